//! The subject of a verb: beside it, behind an apposition, in the main clause, or behind "by".

use super::{Clause, Phrase, REACH};
use crate::analysis::quote::items::Shape;
use crate::lexicon::who::Class;

/// Items looked at to the left of a participle for the verb that governs it.
const LOOK_BACK: usize = 60;

impl Clause<'_> {
    /// The subject of the verb at `verb`, looked for directly to its left.
    ///
    /// Steps over auxiliaries, adverbs and dates ("Trump on Monday also said"), over an apposition or relative clause between commas, and from a
    /// prepositional phrase to what it belongs to ("a spokesman for the city said").
    pub(in crate::analysis::quote) fn subject_of(&self, verb: usize) -> Option<Phrase> {
        if self.is_passive(verb) {
            return self.agent(verb);
        }
        let mut at = self.before_adverbials(verb)?;
        at = self.before_insertion(at).unwrap_or(at);
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
    pub(in crate::analysis::quote) fn is_passive(&self, verb: usize) -> bool {
        let mut at = verb;
        while at > 0 && (self.is_adverb(at - 1)) {
            at -= 1;
        }
        let past = !self.is(verb, Class::PARTICIPLE) && !self.word(verb).ends_with('s');
        past && at > 0 && ["was", "were", "been", "be", "being", "is", "are", "when", "if", "as"].iter().any(|w| self.is_word(at - 1, w))
    }

    /// "by X" behind a passive verb.
    pub(in crate::analysis::quote) fn agent(&self, verb: usize) -> Option<Phrase> {
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

    /// From the end of "has in the past" to what stands before it.
    fn before_insertion(&self, at: usize) -> Option<usize> {
        let (first, _) = self.phrase_ending(at)?;
        let preposition = first.checked_sub(1).filter(|at| self.is(*at, Class::PREPOSITION))?;
        let auxiliary = preposition.checked_sub(1).filter(|at| self.is(*at, Class::AUXILIARY) && !self.is_name(*at))?;
        self.before_adverbials(auxiliary)
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

    /// What the relative pronoun at `at` stands for.
    pub(in crate::analysis::quote) fn antecedent(&self, at: usize) -> Option<Phrase> {
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
    pub(in crate::analysis::quote) fn absolute_subject(&self, verb: usize) -> Option<Phrase> {
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
    pub(in crate::analysis::quote) fn reporting_subject(&self, inner: Phrase) -> Option<Phrase> {
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
    pub(in crate::analysis::quote) fn is_object(&self, phrase: Phrase) -> bool {
        let Some(before) = phrase.0.checked_sub(1) else { return false };
        !self.is(phrase.1, Class::PRONOUN) && self.is_verbal(before) && !self.is(before, Class::REPORT)
    }

    /// The subject of the main clause that governs the participle, infinitive or second verb at `verb`.
    ///
    /// A verb of speech before it comes first, for what follows is told by the same speaker; then the nearest verb of a main clause.
    pub(in crate::analysis::quote) fn governing_subject(&self, verb: usize) -> Option<Phrase> {
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
    pub(in crate::analysis::quote) fn inverted_subject(&self, verb: usize) -> Option<Phrase> {
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
    pub(in crate::analysis::quote) fn main_subject(&self, end: usize) -> Option<Phrase> {
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
}
