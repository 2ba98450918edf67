//! How often each annotator asks for memory: allocations a sentence, in articles of growing length.
//!
//! `cargo bench --bench allocations`. What an annotator hands on (mentions, moments, quotations, strings in them) counts with the rest.

#![allow(clippy::print_stdout)]

use dateline::analysis::{ANNOTATORS, Reading};
use dateline::article::{Annotations, Article};
use dateline::lexicon::SAMPLES;
use dateline::source;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;

#[global_allocator]
static COUNTED: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// How often the samples stand one after another.
const LENGTHS: [usize; 3] = [1, 4, 16];

/// Allocations, growths of them included, while `work` runs.
fn count<T>(work: impl FnOnce() -> T) -> (usize, T) {
    let region = Region::new(COUNTED);
    let out = work();
    let change = region.change();
    (change.allocations + change.reallocations, out)
}

fn main() {
    let samples: Vec<Article> = SAMPLES.iter().map(|(name, bytes)| source::read_nth(&source::Input::new(name, bytes), 0)).collect();
    let text = samples.iter().map(|article| article.text.as_str()).collect::<Vec<_>>().join("\n");
    println!("{:<12}{:>10}{:>14}{:>16}", "", "sentences", "allocations", "a sentence");
    for times in LENGTHS {
        let article = Article { text: vec![text.as_str(); times].join("\n"), ..samples.first().cloned().unwrap_or_default() };
        let (tokens, reading) = count(|| Reading::new(&article));
        let sentences = reading.sentences.len();
        let show = |name: &str, count: usize| {
            println!("{name:<12}{sentences:>10}{count:>14}{:>16.3}", count as f64 / sentences.max(1) as f64);
        };
        show("tokens", tokens);
        let mut found = Annotations { sentences: reading.sentences.iter().map(|s| s.span).collect(), ..Annotations::default() };
        for annotator in ANNOTATORS {
            // Once before it is counted: tables that are made on first use belong to the start.
            annotator.annotate(&reading, &mut found.clone());
            let (count, ()) = count(|| annotator.annotate(&reading, &mut found));
            show(annotator.name(), count);
        }
    }
}
