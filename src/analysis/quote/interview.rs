//! Interviews and transcripts: blocks that begin with "Q:", "A:" or the name of the one who speaks.

use crate::article::{Annotations, Block, EntityId, Kind, Mention, MentionForm};
use crate::text::{Map, Span, fold};

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
    /// Who speaks, by the label.
    pub(super) speaker: Voice,
}

/// Who speaks in a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    /// The one whose name, or its initials, stand here.
    Named(Span),
    /// "Q": who asks, whom the text seldom names.
    Host,
    /// "A": who answers.
    Guest,
}

impl Voice {
    /// The name before the colon.
    pub(super) fn span(self) -> Option<Span> {
        if let Self::Named(span) = self { Some(span) } else { None }
    }
}

/// The turns of an interview; none where fewer than two labels come back, for "Note:" and "Correction:" are labels too.
pub(super) fn turns(text: &str, blocks: &[Block]) -> Vec<Turn> {
    let labelled: Vec<(String, Span, Span)> = blocks.iter().filter_map(|b| labelled(text, b.span)).collect();
    let mut uses: Map<&str, usize> = Map::default();
    for (label, ..) in &labelled {
        *uses.entry(surname(label)).or_default() += 1;
    }
    let back = |label: &str| uses.get(surname(label)).is_some_and(|n| *n > 1);
    let kept = labelled.iter().filter(|(label, ..)| back(label));
    if uses.values().filter(|n| **n > 1).count() < 2 || kept.clone().count() < LEAST {
        return Vec::new();
    }
    kept.map(|(label, name, span)| Turn { span: *span, speaker: voice(label, *name) }).collect()
}

fn voice(label: &str, name: Span) -> Voice {
    match label {
        "q" | "question" => Voice::Host,
        "a" | "answer" => Voice::Guest,
        _ => Voice::Named(name),
    }
}

/// Who answers in an interview whose turns begin at byte `start`: whoever is named most often before them, of equals the first.
pub(super) fn guest(start: u32, found: &Annotations) -> Option<&Mention> {
    let person = |m: &&Mention| m.kind == Kind::Person && m.form == MentionForm::Name && m.entity != EntityId::UNJOINED;
    let before = || found.mentions.iter().take_while(|m| m.span.start < start).filter(person);
    let mut counts: Map<u32, u32> = Map::default();
    before().for_each(|m| *counts.entry(m.entity.0).or_default() += 1);
    let most = counts.values().max()?;
    before().find(|m| counts.get(&m.entity.0) == Some(most))
}

/// The person whose initials, or whose surname in other letters, the label `span` is: "JN" for Jo Novak.
pub(super) fn abbreviated(text: &str, span: Span, found: &Annotations) -> Option<EntityId> {
    let label = fold(span.of(text)).replace('.', "");
    let stands = |name: &str| {
        let name = fold(name);
        let words = || name.split_whitespace();
        let initials = label.len() > 1 && words().filter_map(|w| w.chars().next()).eq(label.chars());
        initials || words().count() > 1 && words().next_back() == Some(surname(&label))
    };
    let mut fitting = found.entities.iter().enumerate().filter(|(_, e)| e.kind == Kind::Person && stands(&e.name));
    let (number, _) = fitting.next().filter(|_| fitting.next().is_none())?;
    u32::try_from(number).ok().map(EntityId)
}

/// The last word of a label: "ANN ROE:" is followed by "ROE:".
fn surname(label: &str) -> &str {
    label.rsplit(' ').next().unwrap_or(label)
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
        turns(text, &blocks).iter().map(|t| (t.span.of(text).to_owned(), t.speaker.span().map(|s| s.of(text).to_owned()))).collect()
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
