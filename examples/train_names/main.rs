//! Trains the name finder's weights from annotated articles and writes `assets/names/weights.bin`; the same input gives the same bytes.
//!
//! `cargo run --release --example train_names -- OUT.bin TRAIN.jsonl… [--measure DEV.jsonl…]`; see assets/names/README.md.

#![allow(clippy::print_stdout)]

mod gold;
mod learn;
mod measure;
mod pack;

use gold::Doc;
use learn::{Lesson, Weights};
use std::collections::HashMap;
use std::error::Error;
use std::fs;

/// Rounds over all sentences.
const EPOCHS: usize = 10;

/// Models whose mean is the result.
const SEEDS: u64 = 8;

/// Parts of the training set that are labelled by a model that has not seen them, for the second look.
const FOLDS: usize = 4;

/// Rounds for those models.
const FOLD_EPOCHS: usize = 4;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let cut = args.iter().position(|arg| arg == "--measure").unwrap_or(args.len());
    let (train, measured) = (args.get(1..cut).unwrap_or(&[]), args.get(cut + 1..).unwrap_or(&[]));
    let Some(out) = args.first().filter(|_| !train.is_empty()) else {
        return Err("OUT.bin TRAIN.jsonl… [--measure DEV.jsonl…]".into());
    };
    let mut docs = Vec::new();
    for path in train {
        docs.extend(gold::read(path, true)?);
    }
    let weights = learn(&mut docs).ok_or("nothing to learn from")?;
    for path in measured {
        let docs = gold::read(path, false)?;
        let first: Vec<_> = docs.iter().map(|doc| weights.first_look(doc)).collect();
        let second: Vec<_> = docs.iter().zip(&first).map(|(doc, first)| weights.second_look(doc, first)).collect();
        println!("{path}\n  first look  {}\n  second look {}", measure::measure(&docs, &first), measure::measure(&docs, &second));
    }
    fs::write(out, pack::pack(&weights))?;
    Ok(())
}

/// The pruned mean of several models of all documents.
fn learn(docs: &mut [Doc]) -> Option<Weights> {
    for fold in 0..FOLDS {
        let mine = |at: usize| at % FOLDS == fold;
        let others: Vec<_> = docs.iter().enumerate().filter(|(at, _)| !mine(*at)).map(|(_, doc)| doc).collect();
        let weights = Lesson::new(&others).learn(FOLD_EPOCHS, 0);
        for (_, doc) in docs.iter_mut().enumerate().filter(|(at, _)| mine(*at)) {
            doc.votes = learn::votes(doc, &weights.first_look(doc));
        }
    }
    let lesson = Lesson::new(&docs.iter().collect::<Vec<_>>());
    let mut weights = Weights::mean((0..SEEDS).map(|seed| lesson.learn(EPOCHS, seed)).collect())?;
    let mut counts = HashMap::new();
    for feature in docs.iter().flat_map(|doc| doc.features.iter().chain(&doc.votes)).flatten() {
        *counts.entry(*feature).or_insert(0) += 1;
    }
    pack::prune(&mut weights, &counts);
    Some(weights)
}
