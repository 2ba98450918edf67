//! Trains the name finder's weights from annotated articles and writes `assets/names/weights.bin`.
//!
//! `cargo run --release --example train_names -- OUT.bin TRAIN.jsonl… --measure DEV.jsonl…`; see assets/names/README.md.

mod gold;
mod learn;

use dateline::analysis::names::labels::{INSIDE, LABELS};
use dateline::analysis::names::model::Model;
use learn::{Options, Row, Weights};
use std::error::Error;
use std::fs;

fn write(weights: &Weights, size: usize) -> Vec<u8> {
    let mut rows: Vec<(f32, u32, Row)> = weights
        .index
        .iter()
        .map(|(k, n)| {
            let mut r = weights.rows[*n as usize];
            let o = r[INSIDE];
            r.iter_mut().for_each(|x| *x -= o);
            let spread = r.iter().fold(0f32, |a, b| a.max(*b)) - r.iter().fold(0f32, |a, b| a.min(*b));
            (spread, *k, r)
        })
        .collect();
    rows.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    eprintln!("{} features, kept {size}, least spread {}", rows.len(), rows.get(size).map_or(0.0, |r| r.0));
    rows.truncate(size);
    let unit = env("UNIT", 64.0f32);
    let row = |r: &Row| {
        let most = r[..INSIDE].iter().fold(0f32, |a, b| a.max(b.abs())) * unit;
        let shift = (0..7).find(|s| most / ((1 << s) as f32) <= 127.0).unwrap_or(7);
        let scale = unit / (1 << shift) as f32;
        let weights = r[..INSIDE].iter().map(|x| (x * scale).round().clamp(-127.0, 127.0) as i8 as u8);
        [shift as u8].into_iter().chain(weights).collect()
    };
    let rows = rows.iter().map(|(_, k, r)| (*k, row(r)));
    let mut transitions = [[0i16; LABELS]; LABELS];
    for (to, from) in transitions.iter_mut().zip(&weights.transitions) {
        for (to, from) in to.iter_mut().zip(from) {
            *to = (from * unit).round().clamp(-32000.0, 32000.0) as i16;
        }
    }
    Model::write(unit, &transitions, rows.collect())
}

fn env<T: std::str::FromStr>(name: &str, default: T) -> T {
    std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(default)
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let cut = args.iter().position(|a| a == "--measure").unwrap_or(args.len());
    let mut docs = Vec::new();
    for path in &args[1..cut] {
        docs.extend(gold::read(path)?);
    }
    let o = Options {
        epochs: env("EPOCHS", 8),
        least: env("LEAST", 2),
        seed: env("SEED", 0),
        drop: env("DROP", 0.0),
        second: env("SECOND", 0.5),
        average_from: 0,
        margin: env("MARGIN", 1.0),
        decay: env("DECAY", 0) == 1,
    };
    let folds = env("FOLDS", 4);
    if o.second > 0.0 {
        for fold in 0..folds {
            let part: Vec<_> = docs.iter().enumerate().filter(|(n, _)| n % folds != fold).map(|d| d.1).collect();
            let w = learn::train(&part, &Options { epochs: 4, second: 0.0, ..o });
            for (_, d) in docs.iter_mut().enumerate().filter(|(n, _)| n % folds == fold) {
                let first = w.first_look(d);
                d.votes = learn::votes(d, &first);
            }
        }
    }
    let weights = learn::train(&docs.iter().collect::<Vec<_>>(), &o);
    for path in args.get(cut + 1..).unwrap_or(&[]) {
        let docs = gold::read(path)?;
        let first: Vec<_> = docs.iter().map(|d| weights.first_look(d)).collect();
        println!("{} first  {}", path.rsplit('/').next().unwrap_or(""), learn::measure(&docs, &first));
        if o.second > 0.0 {
            let second: Vec<_> = docs.iter().zip(&first).map(|(d, f)| weights.second_look(d, f)).collect();
            println!("{} second {}", path.rsplit('/').next().unwrap_or(""), learn::measure(&docs, &second));
        }
    }
    if args[0] != "-" {
        fs::write(&args[0], write(&weights, env("SIZE", 230_000)))?;
    }
    Ok(())
}
