//! The second look: how a word was labelled elsewhere in the document by the first.

use super::labels::{LABELS, OUTSIDE};
use super::words::{CAPITAL, LETTERS, Word, key};

/// Where the keys of the word before, the word itself and the word after begin.
const BEFORE: u32 = 300;
const OWN: u32 = 310;
const AFTER: u32 = 320;

/// The labels that the first look gave to each capitalised word, over the whole document.
#[derive(Debug, Default)]
pub struct Votes {
    /// Words with the number of each label, sorted.
    words: Vec<(u32, [u16; LABELS])>,
}

impl Votes {
    /// Counts the labels of all words.
    #[must_use]
    pub fn new(words: &[Word], labels: &[u8]) -> Self {
        let mut seen: Vec<(u32, u8)> = words.iter().zip(labels).filter(|(w, _)| counts(w)).map(|(w, l)| (w.lower, *l)).collect();
        seen.sort_unstable();
        let mut votes = Self { words: Vec::with_capacity(seen.len()) };
        for same in seen.chunk_by(|a, b| a.0 == b.0) {
            let mut count = [0u16; LABELS];
            for (_, label) in same {
                let count = &mut count[usize::from((*label).min(OUTSIDE))];
                *count = count.saturating_add(1);
            }
            votes.words.push((same[0].0, count));
        }
        votes
    }

    /// Hands what the other occurrences of `words[at]` and its neighbours were called to `sink`.
    pub fn features(&self, words: &[Word], labels: &[u8], at: usize, sink: &mut impl FnMut(u32)) {
        for (seed, step) in [(BEFORE, -1), (OWN, 0), (AFTER, 1)] {
            let Some(at) = at.checked_add_signed(step) else { continue };
            if let (Some(word), Some(label)) = (words.get(at), labels.get(at))
                && counts(word)
            {
                self.told(word, *label, seed, sink);
            }
        }
    }

    fn told(&self, word: &Word, own: u8, seed: u32, sink: &mut impl FnMut(u32)) {
        let Ok(at) = self.words.binary_search_by_key(&word.lower, |(w, _)| *w) else { return };
        let mut count = self.words[at].1;
        let mine = &mut count[usize::from(own.min(OUTSIDE))];
        *mine = mine.saturating_sub(1);
        let total: u32 = count.iter().map(|n| u32::from(*n)).sum();
        if total == 0 {
            return;
        }
        let (mut top, mut ways) = ((0, 0), 0);
        for (label, n) in (0u32..).zip(count).filter(|(_, n)| *n > 0) {
            sink(key(seed, label, (u32::from(n) * 4).div_ceil(total)));
            top = top.max((n, label));
            ways |= way(label);
        }
        sink(key(seed + 1, top.1, total.min(3)));
        sink(key(seed + 2, ways, 0));
        if seed == OWN {
            sink(key(seed + 3, top.1, word.entry.lists.into()));
            sink(key(seed + 4, ways, word.entry.lists.into()));
        }
    }
}

/// A bit for the way in which a word was used: outside, and for each kind alone or as a part.
fn way(label: u32) -> u32 {
    if label == u32::from(OUTSIDE) { 1 } else { 2 << (label / 4 * 2 + u32::from(label % 4 == 3)) }
}

fn counts(word: &Word) -> bool {
    word.is(CAPITAL | LETTERS)
}
