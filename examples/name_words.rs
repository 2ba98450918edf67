//! Packs the word classes and name lists of the name finder into `assets/names/words.bin`.
//!
//! `cargo run --release --example name_words -- OUT.bin CLASSES.tsv LISTS.tsv`; see assets/names/README.md.

use dateline::analysis::Reading;
use dateline::analysis::names::{features, words};
use dateline::article::Article;
use dateline::lexicon::names::{COUNTRY, Entry};
use dateline::lexicon::table::Table;
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;

fn key(name: &str) -> Option<u32> {
    let article = Article { text: name.to_owned(), ..Article::default() };
    words::words(&Reading::new(&article)).iter().map(|w| w.lower).reduce(features::joined)
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let mut entries: BTreeMap<u32, Entry> = BTreeMap::new();
    for line in fs::read_to_string(&args[1])?.lines() {
        let mut parts = line.split('\t');
        if let Some(key) = parts.next().and_then(key) {
            let mut number = || parts.next().and_then(|n| n.parse::<u16>().ok()).map_or(0, |n| n + 1);
            entries.entry(key).or_default().classes = [number(), number(), number()];
        }
    }
    for line in fs::read_to_string(&args[2])?.lines() {
        if let Some((name, lists)) = line.split_once('\t') {
            if let Some(key) = key(name) {
                entries.entry(key).or_default().lists |= lists.parse::<u16>().unwrap_or(COUNTRY);
            }
        }
    }
    let bytes = Table::write(entries.iter().map(|(k, e)| (*k, e.row())).collect());
    println!("{} entries, {} bytes", entries.len(), bytes.len());
    fs::write(&args[0], bytes)?;
    Ok(())
}
