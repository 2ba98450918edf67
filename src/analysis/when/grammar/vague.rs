//! Words that point to no place on the calendar: "now", "recently", "the future".

use super::{Found, Grammar};
use crate::analysis::when::meaning::{Amount, Meaning};
use crate::lexicon::when::{Key, Lex, Tense, Unit, Which};

impl Grammar<'_> {
    /// Any vague reference.
    pub(super) fn vague(&self, i: usize) -> Found {
        match self.at(i) {
            Lex::Adverb(tense) => Some((i + 1, Meaning::Vague(tense))),
            Lex::Which(Which::Current) => Some((i + 1, Meaning::Vague(Tense::Present))),
            Lex::Key(Key::Former) => Some((i + 1, Meaning::Attribute(Tense::Past))),
            Lex::Which(Which::Recent) => Some((i + 1, Meaning::Attribute(Tense::Past))),
            Lex::Key(Key::Future) if matches!(self.at(i + 1), Lex::Unit(_, true)) => Some((i + 2, Meaning::Vague(Tense::Future))),
            Lex::Key(Key::Future) => Some((i + 1, Meaning::Attribute(Tense::Future))),
            Lex::Key(Key::The) => self.the_vague(i + 1),
            Lex::Key(Key::A) if self.is(i + 1, Key::While) => Some((i + 2, Meaning::Duration(Amount::Unknown, Unit::Millennium))),
            Lex::Key(Key::More) if matches!(self.at(i + 1), Lex::Adverb(Tense::Past)) => Some((i + 2, Meaning::Vague(Tense::Past))),
            Lex::Key(Key::Right) if self.says(i + 1, "now") => Some((i + 2, Meaning::Vague(Tense::Present))),
            _ => None,
        }
    }

    fn the_vague(&self, at: usize) -> Found {
        let near = self.is(at, Key::Near);
        let noun = at + usize::from(near);
        match self.at(noun) {
            Lex::Key(Key::Future) => Some((noun + 1, Meaning::Vague(Tense::Future))),
            Lex::Key(Key::Term) if near => Some((noun + 1, Meaning::Vague(Tense::Future))),
            Lex::Which(Which::Past) if !near && (self.ends_phrase(noun + 1) || self.begins_clause(noun + 1)) => {
                Some((noun + 1, Meaning::Vague(Tense::Past)))
            }
            Lex::Which(Which::Recent) if matches!(self.at(noun + 1), Lex::Which(Which::Past)) => {
                Some((noun + 2, Meaning::Vague(Tense::Past)))
            }
            _ => None,
        }
    }

    /// True before a word that begins a clause.
    fn begins_clause(&self, i: usize) -> bool {
        matches!(
            self.word(i),
            "that" | "it" | "he" | "she" | "they" | "we" | "I" | "you" | "have" | "has" | "had" | "was" | "were" | "is" | "are"
        )
    }

    /// True where no noun can follow: before punctuation, a preposition or the end.
    pub(super) fn ends_phrase(&self, i: usize) -> bool {
        match self.at(i) {
            Lex::Mark(_) => true,
            Lex::Key(key) => {
                matches!(key, Key::And | Key::Or | Key::In | Key::On | Key::At | Key::To | Key::By | Key::From | Key::Before | Key::After)
            }
            _ => self.word(i).is_empty(),
        }
    }
}
