//! Reading and analysing: the samples, whole and by annotator.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dateline::analysis::{self, ANNOTATORS, Reading};
use dateline::article::{Annotations, Article};
use dateline::lexicon::SAMPLES;
use dateline::source;
use std::hint::black_box;

fn articles() -> Vec<Article> {
    SAMPLES.iter().map(|(name, bytes)| source::read_nth(&source::Input::new(name, bytes), 0)).collect()
}

fn analyse(c: &mut Criterion) {
    let articles = articles();
    let words: usize = articles.iter().map(|a| a.text.split_whitespace().count()).sum();
    let mut group = c.benchmark_group("analyse");
    group.throughput(Throughput::Elements(words as u64));
    group.bench_function("read", |b| b.iter(|| black_box(self::articles())));
    group.bench_function("all", |b| b.iter(|| articles.iter().map(|a| analysis::analyse(a.clone()).found.mentions.len()).sum::<usize>()));
    let readings: Vec<Reading<'_>> = articles.iter().map(Reading::new).collect();
    let mut before: Vec<Annotations> = readings.iter().map(|_| Annotations::default()).collect();
    for annotator in ANNOTATORS {
        group.bench_function(annotator.name(), |b| {
            b.iter_batched(
                || before.clone(),
                |mut found| {
                    for (reading, found) in readings.iter().zip(&mut found) {
                        annotator.annotate(reading, found);
                    }
                    found
                },
                criterion::BatchSize::LargeInput,
            );
        });
        for (reading, found) in readings.iter().zip(&mut before) {
            annotator.annotate(reading, found);
        }
    }
}

criterion_group!(benches, analyse);
criterion_main!(benches);
