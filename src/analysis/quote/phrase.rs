//! Noun phrases and verbs in a row of items, told apart by word lists and endings: no parser, but enough to find who says something.

use super::items::{Item, Shape};
use crate::lexicon::who::Class;

/// Items that a noun phrase, a subject or a look-back may take at most; what is longer is no longer read as one phrase.
const REACH: usize = 14;

/// Items looked at to the left of a participle for the verb that governs it.
const LOOK_BACK: usize = 60;

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
        self.word(at).eq_ignore_ascii_case(word)
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

    /// The subject of the verb at `verb`, looked for directly to its left.
    ///
    /// Steps over auxiliaries, adverbs and dates ("Trump on Monday also said"), over an apposition or relative clause between commas, and from a
    /// prepositional phrase to what it belongs to ("a spokesman for the city said").
    pub(super) fn subject_of(&self, verb: usize) -> Option<Phrase> {
        if self.is_passive(verb) {
            return self.agent(verb);
        }
        let mut at = self.before_adverbials(verb)?;
        if self.items[at].is_pause() || self.items[at].is_mark(')') {
            at = self.before_parenthesis(at)?;
        }
        if self.is_word(at, "who") {
            return Some((at, at));
        }
        if self.is_word(at, "which") || self.is_word(at, "that") {
            return self.antecedent(at);
        }
        self.climb(at)
    }

    /// True for "was asked", "when asked".
    pub(super) fn is_passive(&self, verb: usize) -> bool {
        let mut at = verb;
        while at > 0 && (self.is_adverb(at - 1)) {
            at -= 1;
        }
        let past = !self.is(verb, Class::PARTICIPLE) && !self.word(verb).ends_with('s');
        past && at > 0 && ["was", "were", "been", "be", "being", "is", "are", "when", "if", "as"].iter().any(|w| self.is_word(at - 1, w))
    }

    /// "by X" behind a passive verb.
    pub(super) fn agent(&self, verb: usize) -> Option<Phrase> {
        let by = (verb + 1..self.items.len()).take(8).take_while(|at| !self.items[*at].is_quote()).find(|at| self.is_word(*at, "by"))?;
        self.phrase_starting(by + 1, self.items.len())
    }

    /// The last item before `verb` that is no auxiliary, adverb or date.
    fn before_adverbials(&self, verb: usize) -> Option<usize> {
        let mut at = verb.checked_sub(1)?;
        for _ in 0..REACH {
            let skips = self.is(at, Class::AUXILIARY) && !self.is_name(at)
                || self.is_adverb(at) && !self.is_name(at)
                || self.is(at, Class::CALENDAR) && !self.is_name(at)
                || self.is_word(at, "to")
                || self.is_word(at, "on") && self.is(at + 1, Class::CALENDAR);
            if !skips {
                return Some(at);
            }
            at = at.checked_sub(1)?;
        }
        None
    }

    /// From the comma, dash or bracket at `close` to the last item before the apposition, relative clause or remark that it closes.
    fn before_parenthesis(&self, close: usize) -> Option<usize> {
        if self.items[close].is_mark(')') {
            let open = (close.saturating_sub(REACH)..close).rev().find(|at| self.items[*at].is_mark('('))?;
            return open.checked_sub(1);
        }
        // "X (D-Ohio), said"
        if let Some(bracket) = close.checked_sub(1).filter(|at| self.items[*at].is_mark(')')) {
            return self.before_parenthesis(bracket);
        }
        let floor = close.saturating_sub(LOOK_BACK);
        let mut best = None;
        for at in (floor..close).rev() {
            if self.items[at].is_quote() {
                break;
            }
            if !self.items[at].is_pause() || at == 0 {
                continue;
            }
            // "X (D-Ohio), who …, said"
            let before = if self.items[at - 1].is_mark(')') { self.before_parenthesis(at - 1) } else { Some(at - 1) };
            let Some(last) = before else { continue };
            let Some(phrase) = self.phrase_ending(last).and_then(|p| self.root(p)).filter(|p| self.can_speak(*p)) else { continue };
            // A name or pronoun before the comma is what the apposition explains.
            if self.is_name(phrase.1) || self.is(phrase.1, Class::PRONOUN) {
                return Some(last);
            }
            best = best.or(Some(last));
        }
        best
    }

    /// What the relative pronoun at `at` stands for, or the pronoun itself where that cannot be told.
    fn antecedent(&self, at: usize) -> Option<Phrase> {
        let before = at.checked_sub(1)?;
        let before = if self.items[before].is_pause() { before.checked_sub(1)? } else { before };
        self.climb(before).filter(|p| self.can_speak(*p))
    }

    /// The phrase that ends at `last`, or what it belongs to: from "the city" to "a spokesman for the city".
    fn climb(&self, last: usize) -> Option<Phrase> {
        let base = self.phrase_ending(last)?;
        // "In Houston Trump said": the preposition opens the sentence, so the names behind it hold more than its object.
        let Some(root) = self.root(base) else { return Some(self.last_name(base)) };
        // A name says it all; "a spokesman" needs what follows.
        Some(if self.is_name(root.1) { root } else { (root.0, base.1) })
    }

    /// What the phrase `base` belongs to; `None` where a preposition before it belongs to nothing.
    fn root(&self, base: Phrase) -> Option<Phrase> {
        if self.is(base.1, Class::PRONOUN) {
            return Some(base);
        }
        let mut top = base;
        while base.1 - top.0 <= REACH {
            let Some(before) = top.0.checked_sub(1) else { break };
            // "a source speaking to X", "a letter obtained by X", "a woman wearing a hat"
            let reduced = |at: usize| self.is_participle(at).then(|| at.checked_sub(1)).flatten().and_then(|at| self.phrase_ending(at));
            if ["after", "before", "since", "until"].iter().any(|w| self.is_word(before, w)) {
                // "days after X said": a clause of its own.
                break;
            }
            if self.is(before, Class::PREPOSITION) {
                let owner = before.checked_sub(1)?;
                top = reduced(owner).or_else(|| self.phrase_ending(owner))?;
            } else if self.word(before).ends_with("ing")
                && let Some(owner) = reduced(before)
            {
                top = owner;
            } else {
                break;
            }
        }
        Some(top)
    }

    /// True for a participle that can stand behind a noun: "speaking", "obtained".
    fn is_participle(&self, at: usize) -> bool {
        let word = self.word(at);
        self.is_verbal(at) && (word.ends_with("ing") || word.ends_with("ed"))
    }

    /// The run of names at the end of a phrase, where it has one.
    fn last_name(&self, (first, last): Phrase) -> Phrase {
        let mut start = last;
        while start > first && self.is_name(start) && (self.is_name(start - 1) || self.is(start - 1, Class::PARTICLE)) {
            start -= 1;
        }
        if self.is_name(start) { (start, last) } else { (first, last) }
    }

    /// The subject right before the participle at `verb`: "with X saying", "a hat reading".
    pub(super) fn absolute_subject(&self, verb: usize) -> Option<Phrase> {
        let last = self.before_adverbials(verb)?;
        let phrase = self.phrase_ending(last)?;
        let before = phrase.0.checked_sub(1)?;
        let with = self.is_word(before, "with");
        // "both agreed, X saying … and Y calling …"
        let parted = self.is_name(last) && (self.is(before, Class::COORDINATOR) || self.items[before].is_pause());
        (with || parted || self.is_word(verb, "reading")).then_some(phrase)
    }

    /// The subject of the clause of speech that holds a clause with the subject `inner`: "X" in "X said that he believes".
    ///
    /// Who reports what somebody thinks is the one whose words are quoted.
    pub(super) fn reporting_subject(&self, inner: Phrase) -> Option<Phrase> {
        if self.is(inner.1, Class::SUBORDINATOR) {
            return None;
        }
        if inner.0 > 0 && self.is_word(inner.0 - 1, "what") {
            return self.governing_subject(inner.0 - 1);
        }
        let links = |at: &usize| {
            let opens = self.is(*at, Class::SUBORDINATOR | Class::COORDINATOR)
                && !["that", "if", "whether", "because"].iter().any(|w| self.is_word(*at, w));
            !opens && !matches!(self.shape(*at), Some(Shape::Mark(_) | Shape::Quote(_)))
        };
        let floor = inner.0.saturating_sub(REACH);
        let mut cues = (floor..inner.0).rev().take_while(links).filter(|at| self.is_cue(*at) && !self.is(*at, Class::THOUGHT));
        cues.find_map(|cue| {
            let participle = self.is(cue, Class::PARTICIPLE);
            let subject = if participle { self.governing_subject(cue) } else { self.subject_of(cue) };
            subject.filter(|s| self.can_speak(*s))
        })
    }

    /// True where a verb stands right before the phrase: then it is an object, no subject.
    pub(super) fn is_object(&self, phrase: Phrase) -> bool {
        let Some(before) = phrase.0.checked_sub(1) else { return false };
        !self.is(phrase.1, Class::PRONOUN) && self.is_verbal(before) && !self.is(before, Class::REPORT)
    }

    /// The subject of the main clause that governs the participle, infinitive or second verb at `verb`.
    ///
    /// A verb of speech before it comes first, for what follows is told by the same speaker; then the nearest verb of a main clause.
    pub(super) fn governing_subject(&self, verb: usize) -> Option<Phrase> {
        let floor = verb.saturating_sub(LOOK_BACK);
        let (mut main, mut other) = (None, None);
        for at in (floor..verb).rev() {
            let Some(subject) = self.clause_subject(at) else { continue };
            if self.is_subordinate(subject.0) || self.is_word(subject.1, "who") {
                other = other.or(Some(subject));
            } else if self.is(at, Class::REPORT) && !self.is(at, Class::THOUGHT) {
                return Some(subject);
            } else {
                main = main.or(Some(subject));
            }
        }
        main.or(other)
    }

    /// The subject of the finite verb at `verb`, where it is one and can speak.
    fn clause_subject(&self, verb: usize) -> Option<Phrase> {
        if !self.is_finite(verb) || verb > 0 && self.is_finite(verb - 1) {
            return None;
        }
        let subject = self.subject_of(verb).filter(|s| self.can_speak(*s) && !self.is_object(*s));
        let subject = subject.or_else(|| self.inverted_subject(verb))?;
        // "test scores", "those points": a plural, no verb.
        let plural = self.word(subject.1).ends_with('s') && self.shape(subject.1) == Some(Shape::Lower);
        let third = self.word(verb).ends_with('s') && !self.is(verb, Class::AUXILIARY);
        let hangs = subject.0 > 0 && self.is(subject.0 - 1, Class::PREPOSITION);
        (!(plural && third || hangs)).then_some(subject)
    }

    /// The subject behind the verb of speech at `verb`: "…, said X, …"
    pub(super) fn inverted_subject(&self, verb: usize) -> Option<Phrase> {
        let opens = verb.checked_sub(1).is_none_or(|at| self.items[at].is_pause() || self.items[at].is_quote());
        if !(opens && self.is_cue(verb) && self.is(verb, Class::REPORT) && !self.is(verb, Class::PARTICIPLE)) {
            return None;
        }
        let phrase = self.phrase_starting(verb + 1, self.items.len()).filter(|p| self.can_speak(*p))?;
        self.get(phrase.1 + 1).is_none_or(|i| matches!(i.shape, Shape::Mark(_))).then_some(phrase)
    }

    /// True where the clause whose subject begins at `first` depends on another one.
    fn is_subordinate(&self, first: usize) -> bool {
        first > 0 && (self.is(first - 1, Class::SUBORDINATOR) || self.is_cue(first - 1))
    }

    /// The subject of the sentence: that of its first main verb before `end`.
    pub(super) fn main_subject(&self, end: usize) -> Option<Phrase> {
        let end = end.min(LOOK_BACK).min(self.items.len());
        let mut fallback = None;
        for at in 1..end {
            let Some(subject) = self.clause_subject(at) else { continue };
            if !self.is_subordinate(subject.0) {
                return Some(subject);
            }
            fallback = fallback.or(Some(subject));
        }
        fallback.or_else(|| self.first_phrase(end))
    }

    /// The first phrase that can speak, behind an opening prepositional phrase.
    fn first_phrase(&self, end: usize) -> Option<Phrase> {
        (0..end).find_map(|at| {
            let opens = at == 0 || !self.is_nominal(at - 1) && !self.is(at - 1, Class::PREPOSITION);
            let phrase = opens.then(|| self.phrase_starting(at, end)).flatten()?;
            self.can_speak(phrase).then_some(phrase)
        })
    }

    /// The bytes of a phrase.
    pub(super) fn span(&self, (first, last): Phrase) -> Option<crate::text::Span> {
        Some(self.get(first)?.span.join(self.get(last)?.span))
    }
}
