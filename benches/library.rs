//! The library: taking in, lists, queries, opening. `cargo bench --bench library`; with `DATELINE_BENCH_LARGE=1` also with 100,000 articles, which takes
//! some minutes to make, and with `=1000000` with a million; the made libraries stay in the target folder for the next run.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a bench that fails has failed")]
#![allow(dead_code, unreachable_pub, reason = "the generator serves other programs too")]

mod generate;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use dateline::query;
use dateline::store::{ArticleKey, Holder, Mark, Opened, Order, Reader, Writer};
use std::hint::black_box;
use std::path::PathBuf;

const NOW: i64 = 1_700_200_000;

fn queries(c: &mut Criterion) {
    for count in generate::sizes().into_iter().filter(|n| *n >= 10_000) {
        let (path, _) = generate::library(count);
        let mut group = c.benchmark_group(format!("library/{count}"));
        group.bench_function("open", |b| b.iter(|| Reader::open(&path).unwrap()));
        group.bench_function("first screen", |b| {
            b.iter(|| {
                let mut reader = Reader::open(&path).unwrap();
                let snapshot = reader.snapshot(NOW).unwrap();
                black_box((snapshot.feeds().unwrap(), snapshot.tally().unwrap(), snapshot.unread_rows(Order::Newest, None, 60).unwrap()));
            });
        });
        for text in [
            "the",
            "berlin",
            "bakori",
            "ber*",
            "\"the president\"",
            "title:council",
            "said:people",
            "who:council",
            "where:germany",
            "when:2019-01",
            "when:2019",
            "newer:30d",
            "is:unread",
            "is:unread where:france -the",
        ] {
            let query = query::parse(text).unwrap();
            group.bench_with_input(BenchmarkId::new("query", text), &query, |b, query| {
                // Nothing is kept from one run to the next.
                b.iter(|| {
                    let mut reader = Reader::open(&path).unwrap();
                    let snapshot = reader.snapshot(NOW).unwrap();
                    let matches = snapshot.find(query).unwrap();
                    black_box(snapshot.rows(&matches, Order::Newest, None, 60).unwrap())
                });
            });
        }
        let mut reader = Reader::open(&path).unwrap();
        let snapshot = reader.snapshot(NOW).unwrap();
        let mut random = generate::Random(5);
        group.bench_function("article", |b| b.iter(|| snapshot.open(ArticleKey(1 + random.below(count) as i64)).unwrap().unwrap()));
        group.bench_function("saved searches", |b| b.iter(|| snapshot.searches().unwrap()));
        group.finish();
    }
}

fn changes(c: &mut Criterion) {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("library-changes.db");
    let _ = std::fs::remove_file(&path);
    let Opened::Ours(mut writer) = Writer::open(&path, &Holder::this("bench")).unwrap() else { panic!("in use") };
    generate::fill(&mut writer, 2000).unwrap();
    let generator = generate::Generator::new();
    let mut n = 1_000_000;
    c.bench_function("changes/take in and annotate 100", |b| {
        b.iter(|| {
            let made: Vec<_> = (n..n + 100).map(|n| generator.article(n)).collect();
            n += 100;
            writer
                .write(|batch| {
                    for analysed in &made {
                        let incoming =
                            dateline::store::Incoming { article: &analysed.article, feed: None, guid: None, raw: None, at: None };
                        if let dateline::store::Arrival::New(key) = batch.take_in(&incoming, NOW)? {
                            batch.annotate(key, 1, analysed)?;
                        }
                    }
                    Ok(())
                })
                .unwrap();
        });
    });
    let mut read = false;
    c.bench_function("changes/mark one", |b| {
        b.iter(|| {
            read = !read;
            writer.write(|batch| batch.mark([ArticleKey(7)], &Mark::Read(read))).unwrap()
        });
    });
}

criterion_group! { name = benches; config = Criterion::default().sample_size(20); targets = queries, changes }
criterion_main!(benches);
