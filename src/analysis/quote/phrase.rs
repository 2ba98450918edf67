//! Noun phrases and verbs in a row of items, told apart by word lists and endings: no parser, but enough to find who says something.

mod subject;

use super::items::{Item, Shape};
use crate::lexicon::who::Class;

/// Items that a noun phrase, a subject or a look-back may take at most; what is longer is no longer read as one phrase.
const REACH: usize = 14;

/// A phrase: the indices of its first and last item, both inclusive.
pub(super) type Phrase = (usize, usize);

/// The items of one sentence, and their text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clause<'a> {
    /// The sentence.
    pub(super) items: &'a [Item],
    /// The whole article's text.
    pub(super) text: &'a str,
}

impl<'a> Clause<'a> {
    /// The text of an item.
    pub(super) fn word(&self, at: usize) -> &'a str {
        self.items.get(at).map_or("", |i| i.span.of(self.text))
    }

    /// True where the item is the lower-case word `word`, whatever its case.
    pub(super) fn is_word(&self, at: usize, word: &str) -> bool {
        // Most words are told apart by their lengths.
        self.items.get(at).is_some_and(|i| i.span.len() == word.len() && i.span.of(self.text).eq_ignore_ascii_case(word))
    }

    fn get(&self, at: usize) -> Option<&'a Item> {
        self.items.get(at)
    }

    /// True where the item can be any of `class`.
    pub(super) fn is(&self, at: usize, class: Class) -> bool {
        self.get(at).is_some_and(|i| i.class.is(class))
    }

    fn shape(&self, at: usize) -> Option<Shape> {
        self.get(at).map(|i| i.shape)
    }

    /// True for a capitalised word that can be part of a name.
    pub(super) fn is_name(&self, at: usize) -> bool {
        let Some(item) = self.get(at).filter(|i| i.shape == Shape::Capital) else { return false };
        // "Will" and "May" are names inside a sentence or behind another name.
        if item.class.is(Class::AUXILIARY) && !item.class.is(Class::CALENDAR) {
            return at > 0;
        }
        // "Asked about it, …", "Speaking later, …"; but "Read said" is about a Mr. Read.
        let word = self.word(at);
        let verbal = item.class.is(Class::SPEECH | Class::VERB) || item.class == Class::NONE && word.len() > 5 && word.ends_with("ing");
        if at == 0 && verbal && !self.is(1, Class::SPEECH) && self.shape(1) != Some(Shape::Capital) {
            return false;
        }
        let doubtful = item.class.is(Class::CALENDAR);
        let other = item.class.is(Class::PRONOUN | Class::DETERMINER | Class::POSSESSIVE | Class::ADVERB | Class::PREPOSITION)
            || item.class.is(Class::SUBORDINATOR | Class::COORDINATOR);
        if doubtful {
            return at > 0 && self.shape(at - 1) == Some(Shape::Capital) && !self.is(at - 1, Class::FUNCTION | Class::CALENDAR);
        }
        !other
    }

    /// True for a verb of speech in a finite form or as a participle.
    pub(super) fn is_cue(&self, at: usize) -> bool {
        let Some(item) = self.get(at) else { return false };
        item.shape == Shape::Lower && item.class.is(Class::SPEECH) && !(at > 0 && (self.makes_noun(at - 1) || self.is_planned(at)))
    }

    /// True for "would call", "won't agree": nothing is said yet.
    fn is_planned(&self, at: usize) -> bool {
        self.is(at, Class::BARE) && self.is(at - 1, Class::AUXILIARY)
    }

    /// True for words behind which a verb form is a noun or an adjective: "the claims", "his address".
    fn makes_noun(&self, at: usize) -> bool {
        // Most words are none of these classes, and need no comparing.
        if !self.is(at, Class::POSSESSIVE | Class::DETERMINER | Class::PREPOSITION) {
            return false;
        }
        self.is(at, Class::POSSESSIVE) && !self.is_word(at, "her")
            || self.is_word(at, "the")
            || self.is_word(at, "a")
            || self.is_word(at, "an")
            || self.is_word(at, "of")
    }

    /// True for a verb that can carry a clause.
    fn is_finite(&self, at: usize) -> bool {
        let Some(item) = self.get(at).filter(|i| i.shape == Shape::Lower) else { return false };
        if item.class.is(Class::PARTICIPLE) || at > 0 && (self.makes_noun(at - 1) || self.is_word(at - 1, "to")) {
            return false;
        }
        if item.class.is(Class::AUXILIARY | Class::SPEECH | Class::VERB) {
            return true;
        }
        item.class == Class::NONE && self.word(at).len() > 4 && self.word(at).ends_with("ed")
    }

    /// True where a verb that can carry a clause stands behind the item `first` and before `end`, in the main clause.
    pub(super) fn has_finite(&self, first: usize, end: usize) -> bool {
        (first + 1..end).take_while(|at| !self.is(*at, Class::SUBORDINATOR)).any(|at| self.is_finite(at))
    }

    /// True for an adverb, by list or ending.
    fn is_adverb(&self, at: usize) -> bool {
        let Some(item) = self.get(at) else { return false };
        let word = self.word(at);
        item.class.is(Class::ADVERB) || item.shape == Shape::Lower && word.len() > 4 && word.ends_with("ly") && item.class == Class::NONE
    }

    /// True for what can stand inside a noun phrase besides its determiner.
    fn is_nominal(&self, at: usize) -> bool {
        let Some(item) = self.get(at) else { return false };
        match item.shape {
            Shape::Capital => self.is_name(at) || item.class.is(Class::TITLE | Class::PARTICLE),
            Shape::Lower if item.class.is(Class::FUNCTION) => item.class.is(Class::TITLE | Class::PARTICLE | Class::ROLE),
            Shape::Lower if item.class.is(Class::CALENDAR) => false,
            Shape::Lower => !self.is_verbal(at),
            Shape::Number | Shape::Clitic => true,
            Shape::Mark('&') => true,
            _ => false,
        }
    }

    /// True for a lower-case word that is rather a verb than a part of a noun phrase.
    fn is_verbal(&self, at: usize) -> bool {
        let Some(item) = self.get(at) else { return false };
        let word = self.word(at);
        let form = item.class.is(Class::SPEECH | Class::VERB | Class::PARTICIPLE)
            || item.class == Class::NONE && word.len() > 4 && (word.ends_with("ed") || word.ends_with("ing"));
        if !form || item.class.is(Class::ROLE | Class::SOURCE | Class::ORGANIZATION) {
            return false;
        }
        // "the leading candidate", "the recently installed president"
        let mut before = at;
        while before > 0 && self.is_adverb(before - 1) {
            before -= 1;
        }
        !(before > 0 && (self.is(before - 1, Class::POSSESSIVE | Class::DETERMINER)))
    }

    /// The noun phrase that ends with the item `last`.
    pub(super) fn phrase_ending(&self, last: usize) -> Option<Phrase> {
        let item = self.get(last)?;
        if item.class.is(Class::PRONOUN) {
            return Some((last, last));
        }
        let stands_alone = item.class.is(Class::DETERMINER) && !self.is_article(last);
        if !(self.is_nominal(last) && item.shape != Shape::Clitic || stands_alone) {
            return None;
        }
        let mut first = last;
        while first > 0 && last - first < REACH {
            if self.is(first, Class::DETERMINER | Class::POSSESSIVE) && !self.is_name(first) && !self.is_word(first - 1, "of") {
                break;
            }
            let before = first - 1;
            if self.is_word(before, "that") {
                break;
            }
            let takes = self.is_nominal(before)
                || self.is(before, Class::DETERMINER | Class::POSSESSIVE)
                || self.is_word(before, "of") && before > 0 && (self.is_nominal(before - 1) || self.is(before - 1, Class::DETERMINER))
                || self.is_adverb(before) && before > 0 && self.is_article(before - 1);
            if !takes || self.shape(before) == Some(Shape::Clitic) && before == 0 {
                break;
            }
            first = before;
        }
        Some((first, last))
    }

    fn is_article(&self, at: usize) -> bool {
        ["the", "a", "an"].iter().any(|w| self.is_word(at, w))
    }

    /// The noun phrase that begins with the item `first` and ends before `end`.
    pub(super) fn phrase_starting(&self, first: usize, end: usize) -> Option<Phrase> {
        let end = end.min(self.items.len());
        let mut first = first;
        while first < end && self.is_adverb(first) && !self.is_name(first) {
            first += 1;
        }
        let item = self.get(first).filter(|_| first < end)?;
        if item.class.is(Class::PRONOUN) && !item.class.is(Class::SUBORDINATOR) {
            return Some((first, first));
        }
        // "retired general X", "visiting professor Y"
        let adjective = item.shape == Shape::Lower && !item.class.is(Class::FUNCTION) && (self.is_nominal(first + 1));
        let noun = self.is_nominal(first) && item.shape != Shape::Clitic;
        let opens = noun || adjective || item.class.is(Class::DETERMINER | Class::POSSESSIVE);
        if !opens {
            return None;
        }
        let mut last = first;
        while last + 1 < end && last - first < REACH {
            let next = last + 1;
            let links = self.is_word(next, "of") && (self.is_nominal(next + 1) || self.is(next + 1, Class::DETERMINER | Class::POSSESSIVE));
            let inner = self.is_nominal(next)
                || self.is(next, Class::DETERMINER | Class::POSSESSIVE) && (self.is_word(last, "of") || last == first)
                || last == first && self.is_adverb(next);
            if !(links || inner) {
                break;
            }
            last = next;
        }
        while last > first && (self.shape(last) == Some(Shape::Clitic) || self.is(last, Class::DETERMINER) && !self.is_name(last)) {
            last -= 1;
        }
        Some((first, last))
    }

    /// True where the phrase can name somebody who speaks.
    pub(super) fn can_speak(&self, (first, last): Phrase) -> bool {
        if (first..=last).any(|at| self.items.get(at).is_none_or(Item::is_quote)) {
            return false;
        }
        if self.is(last, Class::PRONOUN) {
            return first == last;
        }
        if self.is_word(first, "that") {
            return false;
        }
        let word = self.word(last);
        (first..=last).any(|at| self.is_name(at))
            || self.is(first, Class::DETERMINER | Class::POSSESSIVE) && (first < last || !self.is_article(first))
            || self.is(last, Class::ROLE | Class::SOURCE)
            || self.shape(last) == Some(Shape::Lower) && word.len() > 3 && word.ends_with('s')
    }

    /// The bytes of a phrase.
    pub(super) fn span(&self, (first, last): Phrase) -> Option<crate::text::Span> {
        Some(self.get(first)?.span.join(self.get(last)?.span))
    }
}
