//! Annotated articles: JSON lines → the features and labels of each sentence.

use crate::learn::Random;
use dateline::analysis::Reading;
use dateline::analysis::names::document::Document;
use dateline::analysis::names::features::Sentence;
use dateline::analysis::names::labels::{self, OUTSIDE, Position};
use dateline::analysis::names::words::{Word, words};
use dateline::article::{Article, Kind};
use serde::Deserialize;
use std::error::Error;
use std::fs;
use std::ops::Range;

/// Genres of GUM whose texts are CC BY-SA: what is learnt from them would have to carry that licence.
const SHARE_ALIKE: [&str; 2] = ["GUM_bio_", "GUM_voyage_"];

/// One document in so many is learnt a second time with other capitals.
const VARIED: u64 = 3;

/// One line of an annotated set; offsets are code points.
#[derive(Deserialize)]
struct Line {
    id: String,
    text: String,
    names: Vec<(usize, usize, String)>,
    /// Where a teacher was in doubt.
    #[serde(default)]
    unsure: Vec<(usize, usize)>,
}

/// Text with its names, in code points.
struct Text {
    id: String,
    text: String,
    names: Vec<(usize, usize, Kind)>,
    unsure: Vec<(usize, usize)>,
}

/// What a set is read for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// Annotated: to learn from.
    Learn,
    /// Labelled by a teacher: to learn from, for what it is worth.
    Taught,
    /// To measure by.
    Measure,
}

/// A document ready for learning.
pub(crate) struct Doc {
    pub(crate) words: Vec<Word>,
    pub(crate) labels: Vec<u8>,
    pub(crate) sentences: Vec<Range<usize>>,
    /// Those to learn from.
    pub(crate) lessons: Vec<Range<usize>>,
    /// The features of each token.
    pub(crate) features: Vec<Vec<u32>>,
    /// What the second look would add to each token.
    pub(crate) votes: Vec<Vec<u32>>,
    /// False where the set does not annotate other names.
    pub(crate) others: bool,
    /// Labelled by a teacher, not by a reader.
    pub(crate) taught: bool,
}

/// Reads a set; sentences of one document, told by the number sign in their ids, are joined again. To learn from, some come varied.
pub(crate) fn read(path: &str, purpose: Use) -> Result<Vec<Doc>, Box<dyn Error>> {
    let mut texts: Vec<Text> = Vec::new();
    for line in fs::read_to_string(path)?.lines() {
        let line: Line = serde_json::from_str(line)?;
        if SHARE_ALIKE.iter().any(|genre| line.id.starts_with(genre)) {
            continue;
        }
        let id = line.id.split('#').next().unwrap_or_default().to_owned();
        let names = line.names.iter().map(|(s, e, kind)| (*s, *e, self::kind(kind)));
        // CrossNER's sentences come from all over the encyclopedia under one id.
        match texts.last_mut().filter(|t| t.id == id && !path.contains("crossner")) {
            Some(text) => {
                let base = text.text.chars().count() + 1;
                text.text.push('\n');
                text.text.push_str(&line.text);
                text.names.extend(names.map(|(s, e, kind)| (s + base, e + base, kind)));
                text.unsure.extend(line.unsure.iter().map(|(s, e)| (s + base, e + base)));
            }
            None => texts.push(Text { id, names: names.collect(), text: line.text, unsure: line.unsure }),
        }
    }
    let others = !path.contains("uner");
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let varied: Vec<Text> = texts
        .iter()
        .filter(|_| purpose == Use::Learn && random.next().is_multiple_of(VARIED))
        .collect::<Vec<_>>()
        .into_iter()
        .map(|t| vary(t, &mut random))
        .collect();
    let doc = |text| Doc { others, taught: purpose == Use::Taught, ..doc(text) };
    Ok(texts.iter().chain(&varied).map(doc).collect())
}

/// The same text with capitals used otherwise in half of its sentences: as in headlines, in capitals, or not at all.
fn vary(text: &Text, random: &mut Random) -> Text {
    let article = Article { text: text.text.clone(), ..Article::default() };
    let mut out = String::with_capacity(text.text.len());
    let mut done = 0;
    for sentence in &Reading::new(&article).sentences {
        let span = sentence.span.range();
        out.push_str(&text.text[done..span.start]);
        done = span.end;
        let words = &text.text[span];
        match random.next() % 12 {
            0 | 1 => out.extend(words.chars().map(upper)),
            2 | 3 => {
                let mut before = ' ';
                for c in words.chars() {
                    out.push(if before == ' ' { upper(c) } else { c });
                    before = c;
                }
            }
            4 => out.extend(words.chars().map(lower)),
            5 => {
                let first = words.find([' ', ',']).unwrap_or(words.len());
                out.extend(words[..first].chars().map(upper));
                out.push_str(&words[first..]);
            }
            _ => out.push_str(words),
        }
    }
    out.push_str(&text.text[done..]);
    Text { id: text.id.clone(), text: out, names: text.names.clone(), unsure: text.unsure.clone() }
}

/// Letters whose other case is not one letter stay, so that offsets stay.
fn upper(c: char) -> char {
    let mut upper = c.to_uppercase();
    if upper.len() == 1 { upper.next().unwrap_or(c) } else { c }
}

fn lower(c: char) -> char {
    let mut lower = c.to_lowercase();
    if lower.len() == 1 { lower.next().unwrap_or(c) } else { c }
}

fn kind(name: &str) -> Kind {
    match name {
        "PER" => Kind::Person,
        "LOC" => Kind::Place,
        "ORG" => Kind::Organization,
        _ => Kind::Other,
    }
}

fn doc(text: &Text) -> Doc {
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
    let lessons = sure(text, &reading, &sentences);
    Doc { lessons, votes: vec![Vec::new(); words.len()], words, labels, sentences, features, others: true, taught: false }
}

/// The sentences in which nothing is unsure; the others are heard as context, and teach nothing.
fn sure(text: &Text, reading: &Reading<'_>, sentences: &[Range<usize>]) -> Vec<Range<usize>> {
    let bytes: Vec<usize> = text.text.char_indices().map(|c| c.0).collect();
    let mut doubts: Vec<usize> = text.unsure.iter().filter_map(|(start, _)| Some(reading.token_at(*bytes.get(*start)? as u32))).collect();
    doubts.sort_unstable();
    let sure = |s: &&Range<usize>| doubts.get(doubts.partition_point(|at| *at < s.start)).is_none_or(|at| *at >= s.end);
    sentences.iter().filter(sure).cloned().collect()
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
            for (at, label) in (first..last).zip(&mut labels[first..last]) {
                *label = labels::label(*kind, position(at == first, at + 1 == last));
            }
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
