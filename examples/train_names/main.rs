//! Trains the name finder's weights from annotated articles and writes `assets/names/weights.bin`; the same input gives the same bytes.
//!
//! `cargo run --release --example train_names -- OUT.bin TRAIN.jsonl… [--taught LABELLED.jsonl…] [--measure DEV.jsonl…] [--seeds N]`;
//! see assets/names/README.md.

#![allow(clippy::print_stdout)]

mod gold;
mod learn;
mod measure;
mod pack;

use gold::{Doc, Use};
use learn::{Lesson, Weights};
use std::collections::HashMap;
use std::error::Error;
use std::fs;

const USAGE: &str = "OUT.bin TRAIN.jsonl… [--taught LABELLED.jsonl…] [--measure DEV.jsonl…] [--seeds N]";

/// Rounds over all sentences.
const EPOCHS: usize = 10;

/// Models whose mean is the result.
const SEEDS: u64 = 8;

/// Parts of the training set that are labelled by a model that has not seen them, for the second look.
const FOLDS: usize = 4;

/// Rounds for those models.
const FOLD_EPOCHS: usize = 4;

/// What was asked for.
#[derive(Default)]
struct Args {
    out: String,
    learn: Vec<String>,
    taught: Vec<String>,
    measure: Vec<String>,
    seeds: Option<u64>,
}

impl Args {
    fn read(args: impl Iterator<Item = String>) -> Result<Self, Box<dyn Error>> {
        let mut all = Self::default();
        let mut option = String::new();
        for arg in args {
            match (option.as_str(), arg.as_str()) {
                (_, "--taught" | "--measure" | "--seeds") => option = arg,
                ("--taught", _) => all.taught.push(arg),
                ("--measure", _) => all.measure.push(arg),
                ("--seeds", _) => all.seeds = Some(arg.parse()?),
                _ if all.out.is_empty() => all.out = arg,
                _ => all.learn.push(arg),
            }
        }
        if all.learn.is_empty() { Err(USAGE.into()) } else { Ok(all) }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::read(std::env::args().skip(1))?;
    let mut docs = Vec::new();
    for (paths, purpose) in [(&args.learn, Use::Learn), (&args.taught, Use::Taught)] {
        for path in paths {
            docs.extend(gold::read(path, purpose)?);
        }
    }
    let weights = learn(&mut docs, args.seeds.unwrap_or(SEEDS)).ok_or("nothing to learn from")?;
    for path in &args.measure {
        let docs = gold::read(path, Use::Measure)?;
        let first: Vec<_> = docs.iter().map(|doc| weights.first_look(doc)).collect();
        let second: Vec<_> = docs.iter().zip(&first).map(|(doc, first)| weights.second_look(doc, first)).collect();
        println!("{path}\n  first look  {}\n  second look {}", measure::measure(&docs, &first), measure::measure(&docs, &second));
    }
    fs::write(&args.out, pack::pack(&weights))?;
    Ok(())
}

/// The pruned mean of several models of all documents.
fn learn(docs: &mut [Doc], seeds: u64) -> Option<Weights> {
    for fold in 0..FOLDS {
        // What a teacher labelled is long and noisy: the models for the second look do without, and the first of them reads it.
        let held = |at: usize, doc: &Doc| if doc.taught { fold == 0 } else { at % FOLDS == fold };
        let others: Vec<_> = docs.iter().enumerate().filter(|(at, doc)| !doc.taught && !held(*at, doc)).map(|(_, doc)| doc).collect();
        let weights = Lesson::new(&others).learn(FOLD_EPOCHS, 0);
        for (_, doc) in docs.iter_mut().enumerate().filter(|(at, doc)| held(*at, doc)) {
            doc.votes = learn::votes(doc, &weights.first_look(doc));
        }
    }
    let lesson = Lesson::new(&docs.iter().collect::<Vec<_>>());
    let mut weights = Weights::mean((0..seeds).map(|seed| lesson.learn(EPOCHS, seed)).collect())?;
    let mut counts = HashMap::new();
    for feature in docs.iter().flat_map(|doc| doc.features.iter().chain(&doc.votes)).flatten() {
        *counts.entry(*feature).or_insert(0) += 1;
    }
    pack::prune(&mut weights, &counts);
    Some(weights)
}
