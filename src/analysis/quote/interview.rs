//! Interviews and transcripts: blocks that begin with "Q:", "A:" or the name of the one who speaks.

use crate::article::Block;
use crate::text::{Span, fold};
use std::collections::HashMap;

/// Bytes that a label may take.
const LABEL: usize = 48;

/// Words that a label may have.
const WORDS: usize = 5;

/// Labelled blocks that make an interview.
const LEAST: usize = 4;

/// The words of one speaker: a block behind its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Turn {
    /// What is said.
    pub(super) span: Span,
    /// The name before the colon; `None` for "Q" and "A".
    pub(super) speaker: Option<Span>,
}

/// The turns of an interview; none where fewer than two labels come back, for "Note:" and "Correction:" are labels too.
pub(super) fn turns(text: &str, blocks: &[Block]) -> Vec<Turn> {
    let labelled: Vec<(String, Span, Span)> = blocks.iter().filter_map(|b| labelled(text, b.span)).collect();
    let mut uses: HashMap<&str, usize> = HashMap::new();
    for (label, ..) in &labelled {
        *uses.entry(surname(label)).or_default() += 1;
    }
    let back = |label: &str| uses.get(surname(label)).is_some_and(|n| *n > 1);
    let kept = labelled.iter().filter(|(label, ..)| back(label));
    if uses.values().filter(|n| **n > 1).count() < 2 || kept.clone().count() < LEAST {
        return Vec::new();
    }
    kept.map(|(label, name, span)| Turn { span: *span, speaker: (!is_letter(label)).then_some(*name) }).collect()
}

/// The last word of a label: "ANN ROE:" is followed by "ROE:".
fn surname(label: &str) -> &str {
    label.rsplit(' ').next().unwrap_or(label)
}

fn is_letter(label: &str) -> bool {
    matches!(label, "q" | "a" | "question" | "answer")
}

/// The folded label of a block, where it stands, and the words behind it.
fn labelled(text: &str, block: Span) -> Option<(String, Span, Span)> {
    let line = block.of(text);
    let head = line.get(..line.char_indices().take_while(|(at, _)| *at <= LABEL).last()?.0 + 1).unwrap_or(line);
    let colon = head.find(':')?;
    let (name, rest) = (&line[..colon], &line[colon + 1..]);
    let name = name.trim_end_matches('.');
    let words = name.split_whitespace().count();
    let capitals = name.split_whitespace().all(|w| w.starts_with(|c: char| c.is_uppercase()) || w.len() < 4);
    if !(1..=WORDS).contains(&words) || !capitals || !name.starts_with(char::is_uppercase) || rest.trim().is_empty() {
        return None;
    }
    let start = block.start as usize;
    let behind = line.len() - rest.trim_start().len();
    Some((fold(name), Span::new(start, start + name.len()), Span::new(start + behind, start + line.trim_end().len())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::BlockKind;

    fn spoken(text: &str) -> Vec<(String, Option<String>)> {
        let mut from = 0;
        let mut blocks = Vec::new();
        for line in text.split('\n') {
            blocks.push(Block { span: Span::new(from, from + line.len()), kind: BlockKind::Paragraph });
            from += line.len() + 1;
        }
        turns(text, &blocks).iter().map(|t| (t.span.of(text).to_owned(), t.speaker.map(|s| s.of(text).to_owned()))).collect()
    }

    #[test]
    fn names_and_letters_that_come_back() {
        let by_name = spoken("ANN ROE: Why?\nJo Doe: Because.\nAnn Roe: So?\nJo Doe: So.");
        assert_eq!(by_name[1], ("Because.".to_owned(), Some("Jo Doe".to_owned())));
        assert_eq!(by_name.len(), 4);
        let shortened = spoken("ANN ROE: Why?\nJO DOE: Because.\nROE: So?\nDOE: So.");
        assert_eq!(shortened.len(), 4);
        let by_letter = spoken("Q: Why?\nA: Because.\nQ. Oh\nQ: So?\nA: So.");
        assert_eq!(by_letter[0], ("Why?".to_owned(), None));
        assert_eq!(by_letter.len(), 4);
    }

    #[test]
    fn other_labels_are_no_interview() {
        assert!(spoken("Note: one\nNote: two\nNote: three\nNote: four").is_empty());
        assert!(spoken("He said: no\nShe said: yes\nHe said: no\nShe said: yes").is_empty());
        assert!(spoken(":\n::\nA:\nÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ").is_empty());
    }
}
