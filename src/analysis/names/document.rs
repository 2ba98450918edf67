//! What the rest of the document tells about a word: its usual neighbours, and whether it also occurs in lower case.

use super::words::{CAPITAL, LETTERS, UPPER, Word, hash, key};
use std::ops::Range;

/// Most neighbours that are told of one word.
const NEIGHBOURS: usize = 6;

/// The key of "also occurs in lower case".
const LOWER: u32 = 1;

/// The document's knowledge of its capitalised words.
#[derive(Debug, Default)]
pub struct Document {
    /// Words, sorted, with their part of `facts`.
    words: Vec<(u32, u32)>,
    facts: Vec<u32>,
}

impl Document {
    /// Reads all words of a document; `sentences` are ranges of them.
    #[must_use]
    pub fn new(words: &[Word], sentences: impl Iterator<Item = Range<usize>>) -> Self {
        let mut lower: Vec<u32> = words.iter().filter(|w| w.is(LETTERS) && !w.is(CAPITAL)).map(|w| w.lower).collect();
        lower.sort_unstable();
        lower.dedup();
        let mut seen = Vec::new();
        for sentence in sentences {
            let sentence = words.get(sentence).unwrap_or(&[]);
            for (at, word) in sentence.iter().enumerate().filter(|(_, w)| w.is(CAPITAL)) {
                let step = |n: Option<&Word>, seed| n.map(|n| key(seed, n.lower, 0));
                let before = at.checked_sub(1).and_then(|n| sentence.get(n));
                let fact = [step(before, 1), step(sentence.get(at + 1), 2)];
                seen.extend(fact.into_iter().flatten().map(|fact| (word.exact, true, fact)));
                if lower.binary_search(&word.lower).is_ok() {
                    seen.push((word.exact, true, LOWER));
                }
                if let Some(long) = long_form(sentence, at) {
                    let facts = [key(3, long.lower, 0), key(4, long.profile(), 0)];
                    seen.extend(facts.map(|fact| (word.exact, false, fact)));
                }
            }
        }
        seen.sort_unstable();
        let mut document = Self::default();
        let mut counts: Vec<(usize, u32)> = Vec::new();
        for facts in seen.chunk_by(|a, b| a.0 == b.0) {
            counts.clear();
            let rank = |same: &[(u32, bool, u32)]| if same[0].1 { usize::MAX - same.len() } else { 0 };
            counts.extend(facts.chunk_by(|a, b| a == b).map(|same| (rank(same), same[0].2)));
            counts.sort_unstable();
            document.facts.extend(counts.iter().take(NEIGHBOURS).map(|(_, fact)| *fact));
            document.words.push((facts[0].0, document.facts.len() as u32));
        }
        document
    }

    /// Hands what is known of the capitalised word `exact` to `sink`.
    pub fn around(&self, exact: u32, sink: &mut impl FnMut(u32)) {
        let Ok(at) = self.words.binary_search_by_key(&exact, |(word, _)| *word) else { return };
        let first = at.checked_sub(1).map_or(0, |n| self.words[n].1);
        self.facts.get(first as usize..self.words[at].1 as usize).into_iter().flatten().for_each(|fact| sink(*fact));
    }
}

/// The last word of the name that the word at `at` is the short form of: what stands before the brackets around it.
fn long_form(sentence: &[Word], at: usize) -> Option<&Word> {
    let is = |at: usize, mark: char| sentence.get(at).is_some_and(|w| w.exact == hash([mark].into_iter()));
    let short = sentence.get(at).is_some_and(|w| w.is(UPPER)) && at >= 2 && is(at - 1, '(') && is(at + 1, ')');
    if short { sentence.get(at - 2).filter(|w| w.is(LETTERS)) } else { None }
}
