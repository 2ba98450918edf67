//! Annotated articles: JSON lines → the features and labels of each sentence.

use dateline::analysis::Reading;
use dateline::analysis::names::document::Document;
use dateline::analysis::names::features::Sentence;
use dateline::analysis::names::labels::{OUTSIDE, Position, label};
use dateline::analysis::names::words::{Word, words};
use dateline::article::{Article, Kind};
use serde::Deserialize;
use std::error::Error;
use std::fs;
use std::ops::Range;

/// One line of an annotated set; offsets are code points.
#[derive(Deserialize)]
struct Line {
    id: String,
    text: String,
    names: Vec<(usize, usize, String)>,
}

/// Text with its names, in code points.
struct Text {
    id: String,
    text: String,
    names: Vec<(usize, usize, Kind)>,
}

/// A document ready for learning.
pub struct Doc {
    pub words: Vec<Word>,
    pub labels: Vec<u8>,
    pub sentences: Vec<Range<usize>>,
    /// The features of each token.
    pub features: Vec<Vec<u32>>,
    /// What the second look would add to each token.
    pub votes: Vec<Vec<u32>>,
    /// False where the set does not annotate other names.
    pub others: bool,
}

/// Reads a set; sentences of one document, told by the number sign in their ids, are joined again.
pub fn read(path: &str) -> Result<Vec<Doc>, Box<dyn Error>> {
    let mut texts: Vec<Text> = Vec::new();
    for line in fs::read_to_string(path)?.lines() {
        let line: Line = serde_json::from_str(line)?;
        let id = line.id.split('#').next().unwrap_or_default().to_owned();
        let names = line.names.iter().map(|(s, e, kind)| (*s, *e, self::kind(kind)));
        // CrossNER's sentences come from all over the encyclopedia under one id.
        match texts.last_mut().filter(|t| t.id == id && !path.contains("crossner") && std::env::var("SINGLE").is_err()) {
            Some(text) => {
                let base = text.text.chars().count() + 1;
                text.text.push('\n');
                text.text.push_str(&line.text);
                text.names.extend(names.map(|(s, e, kind)| (s + base, e + base, kind)));
            }
            None => texts.push(Text { id, names: names.collect(), text: line.text }),
        }
    }
    let others = !path.contains("uner");
    Ok(texts.iter().map(|text| doc(text, others)).collect())
}

fn kind(name: &str) -> Kind {
    match name {
        "PER" => Kind::Person,
        "LOC" => Kind::Place,
        "ORG" => Kind::Organization,
        _ => Kind::Other,
    }
}

fn doc(text: &Text, others: bool) -> Doc {
    let article = Article { text: text.text.clone(), ..Article::default() };
    let reading = Reading::new(&article);
    let words = words(&reading);
    let mut sentences: Vec<_> = reading.sentences.iter().map(|s| s.first as usize..s.last as usize).collect();
    sentences.retain(|s| !s.is_empty());
    let labels = labels(text, &reading);
    let document = Document::new(&words, sentences.iter().cloned());
    let mut features = vec![Vec::new(); words.len()];
    let mut runs = Vec::new();
    for range in &sentences {
        let sentence = Sentence::new(&words[range.clone()], &mut runs);
        for (at, row) in features[range.clone()].iter_mut().enumerate() {
            sentence.features(at, &document, &mut |feature| row.push(feature));
        }
    }
    Doc { votes: vec![Vec::new(); words.len()], words, labels, sentences, features, others }
}

/// The label of every token; a name that is not made of whole tokens of one sentence is left out.
fn labels(text: &Text, reading: &Reading<'_>) -> Vec<u8> {
    let mut labels = vec![OUTSIDE; reading.tokens.len()];
    let bytes: Vec<usize> = text.text.char_indices().map(|c| c.0).chain([text.text.len()]).collect();
    for (start, end, kind) in &text.names {
        let (start, end) = (bytes[*start] as u32, bytes[*end] as u32);
        let (first, last) = (reading.token_at(start), reading.token_at(end));
        let whole = first < last && reading.tokens[first].span.start == start && reading.tokens[last - 1].span.end == end;
        if whole && reading.sentence_at(start) == reading.sentence_at(end - 1) {
            for at in first..last {
                labels[at] = label(*kind, position(at == first, at + 1 == last));
            }
        } else if std::env::var("LOST").is_ok() {
            let a = bytes.partition_point(|b| *b < start as usize);
            eprintln!("lost {:?}", text.text.chars().skip(a.saturating_sub(15)).take(40).collect::<String>());
        }
    }
    labels
}

fn position(first: bool, last: bool) -> Position {
    match (first, last) {
        (true, true) => Position::Unit,
        (true, false) => Position::Begin,
        (false, true) => Position::Last,
        (false, false) => Position::Inside,
    }
}
