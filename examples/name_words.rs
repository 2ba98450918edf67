//! Packs the word classes and name lists of the name finder into `assets/names/words.bin`.
//!
//! `cargo run --release --example name_words -- OUT.bin WORDS.tsv ORGANIZATIONS.txt`; see assets/names/README.md.

#![allow(clippy::print_stdout)]

use dateline::analysis::Reading;
use dateline::analysis::names::{features, words};
use dateline::article::Article;
use dateline::lexicon::names::{ACRONYM, BODY, Entry, HEAD};
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
        let Some(key) = parts.next().and_then(key) else { continue };
        let mut number = || parts.next().and_then(|n| n.parse::<u16>().ok()).unwrap_or(0);
        let entry = entries.entry(key).or_default();
        let classes = [number(), number(), number(), number(), number(), number()];
        if classes != [0; 6] {
            entry.classes = classes;
        }
        entry.lists |= number();
    }
    let mut list = 0;
    for line in fs::read_to_string(&args[2])?.lines().filter(|line| !line.starts_with('#')) {
        match line {
            "[names]" => list = BODY,
            "[heads]" => list = HEAD,
            "[acronyms]" => list = ACRONYM,
            _ => {
                for name in line.split(';').filter_map(key) {
                    entries.entry(features::body(name)).or_default().lists |= list;
                }
            }
        }
    }
    let bytes = Table::write(entries.iter().map(|(k, e)| (*k, e.row())).collect());
    println!("{} entries, {} bytes", entries.len(), bytes.len());
    fs::write(&args[0], bytes)?;
    Ok(())
}
