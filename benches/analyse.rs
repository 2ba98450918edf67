//! Reading and analysing: the samples, whole and by annotator.

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use dateline::analysis::{self, ANNOTATORS, Reading};
use dateline::article::{Annotations, Article};
use dateline::lexicon::{SAMPLES, gazetteer};
use dateline::source;
use std::hint::black_box;

fn articles() -> Vec<Article> {
    SAMPLES.iter().map(|(name, bytes)| source::read_nth(&source::Input::new(name, bytes), 0)).collect()
}

/// An article of two million bytes: the samples one after another. What costs more than its length would show here.
fn long() -> Article {
    let samples = articles();
    let text = samples.iter().map(|a| a.text.as_str()).collect::<Vec<_>>().join("\n");
    let text = vec![text.as_str(); 2_000_000 / text.len()].join("\n");
    let name = "long.txt";
    source::read_nth(&source::Input::new(name, text.as_bytes()), 0)
}

fn analyse(c: &mut Criterion) {
    let articles = articles();
    let words: usize = articles.iter().map(|a| a.text.split_whitespace().count()).sum();
    let mut group = c.benchmark_group("analyse");
    group.throughput(Throughput::Elements(words as u64));
    group.bench_function("read", |b| b.iter(|| black_box(self::articles())));
    group.bench_function("all", |b| b.iter(|| articles.iter().map(|a| analysis::analyse(a.clone()).found.mentions.len()).sum::<usize>()));
    by_annotator(&mut group, &articles);
    group.finish();
    let long = long();
    let mut group = c.benchmark_group("long");
    group.sample_size(10).throughput(Throughput::Elements(long.text.split_whitespace().count() as u64));
    by_annotator(&mut group, std::slice::from_ref(&long));
}

/// Each annotator by itself, with what those before it found.
fn by_annotator(group: &mut BenchmarkGroup<'_, WallTime>, articles: &[Article]) {
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

/// Names that are looked up: of many places, of one, of none, and the key of each.
fn look_up(c: &mut Criterion) {
    let names = ["Springfield", "São Paulo", "the Republic of the Congo", "St. Louis", "Nowhere-upon-Nothing", "Wall Street"];
    let keys: Vec<String> = names.iter().map(|n| gazetteer::key(n)).collect();
    let mut group = c.benchmark_group("gazetteer");
    group.throughput(Throughput::Elements(names.len() as u64));
    group.bench_function("key", |b| b.iter(|| names.iter().map(|n| gazetteer::key(n).len()).sum::<usize>()));
    group.bench_function("find", |b| b.iter(|| keys.iter().map(|k| gazetteer::find(k).len()).sum::<usize>()));
}

criterion_group!(benches, analyse, look_up);
criterion_main!(benches);
