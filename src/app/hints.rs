//! Letters beside everything on the screen that can be jumped to.

use super::open::{Mark, MarkKind, Open};
use crate::article::{Quote, QuoteKind};

/// Letters for labels: those under the fingers first.
const LETTERS: &[u8] = b"asdfjklghqwertyuiopzxcvbnm";

/// The labels that are shown, and what has been typed of one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// Labels with their marks, in order of the text.
    pub labels: Vec<(String, Mark)>,
    /// What has been typed so far.
    pub typed: String,
}

impl Hints {
    /// Labels for everything that is on the screen of `open`.
    #[must_use]
    pub fn new(open: &Open) -> Self {
        let visible = open.visible();
        let names = open.marks_in(visible).iter().copied();
        // Statements in the writer's own words are not marked in the text.
        let marked = |(_, quote): &(u32, &Quote)| quote.kind != QuoteKind::Indirect;
        let quotes =
            (0..).zip(&open.document.found.quotes).filter(marked).map(|(n, q)| Mark { span: q.span, kind: MarkKind::Quotation(n) });
        let mut marks: Vec<Mark> = names.chain(quotes).filter(|m| visible.contains(m.span.start)).collect();
        marks.sort_by_key(|m| (m.span.start, m.span.end));
        marks.dedup_by_key(|m| m.span.start);
        let labels = labels(marks.len()).into_iter().zip(marks).collect();
        Self { labels, typed: String::new() }
    }

    /// The mark whose label has been typed in full.
    #[must_use]
    pub fn chosen(&self) -> Option<Mark> {
        self.labels.iter().find(|(label, _)| *label == self.typed).map(|(_, mark)| *mark)
    }

    /// True where some label begins with what has been typed.
    #[must_use]
    pub fn possible(&self) -> bool {
        self.labels.iter().any(|(label, _)| label.starts_with(&self.typed))
    }
}

/// `count` labels, none the beginning of another: as many single letters as possible, the rest pairs.
fn labels(count: usize) -> Vec<String> {
    let base = LETTERS.len();
    // With `n` letters kept as beginnings of pairs there are base - n + n * base labels.
    let pairs = count.saturating_sub(base).div_ceil(base - 1).min(base);
    let single = LETTERS[..base - pairs].iter().map(|c| char::from(*c).to_string());
    let firsts = &LETTERS[base - pairs..];
    let double = firsts.iter().flat_map(|a| LETTERS.iter().map(|b| format!("{}{}", char::from(*a), char::from(*b))));
    single.chain(double).take(count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_label_begins_another() {
        for count in [0, 1, 26, 27, 60, 300, 676] {
            let labels = labels(count);
            assert_eq!(labels.len(), count);
            for a in &labels {
                assert!(labels.iter().filter(|b| b.starts_with(a.as_str())).count() == 1, "{a} of {count}");
            }
        }
    }
}
