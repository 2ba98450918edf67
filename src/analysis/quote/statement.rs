//! Statements told in the writer's words: "X said that …", "…, X said", "according to X, …".

use super::items::{Item, Shape};
use super::phrase::{Clause, Phrase};
use super::speaker::according_at;
use crate::lexicon::who::Class;
use crate::text::Span;

/// Items that a statement needs; less is a remark.
const LEAST: usize = 3;

/// A statement in a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Statement {
    /// What is stated.
    pub(super) span: Span,
    /// The words that name the speaker.
    pub(super) speaker: Span,
    /// The verb or phrase that attributes.
    pub(super) cue: Span,
}

/// The statement of a sentence without quotations.
pub(super) fn statement(clause: &Clause<'_>) -> Option<Statement> {
    let end = body_end(clause)?;
    let reported = (1..end).filter(|at| is_report(clause, *at)).find_map(|verb| reported(clause, verb, end));
    reported.or_else(|| by_source(clause, end))
}

/// One past the last item before the closing punctuation.
fn body_end(clause: &Clause<'_>) -> Option<usize> {
    let last = clause.items.iter().rposition(|i| !matches!(i.shape, Shape::Mark('.' | '!' | '?' | '…' | ':')))?;
    Some(last + 1)
}

/// True for a verb that reports whatever follows, or another verb of speech before "that".
fn is_report(clause: &Clause<'_>, at: usize) -> bool {
    let that = clause.is_word(at + 1, "that");
    clause.is_cue(at) && !clause.is(at, Class::PARTICIPLE) && (that || clause.is(at, Class::REPORT))
}

fn reported(clause: &Clause<'_>, verb: usize, end: usize) -> Option<Statement> {
    let speaks = |p: &Phrase| clause.can_speak(*p);
    let subject = clause.subject_of(verb).filter(|p| speaks(p) && !clause.is_object(*p) && !tells_itself(clause, *p));
    if let Some(subject) = subject {
        if let Some(first) = content_start(clause, verb, end) {
            return statement_of(clause, (first, end - 1), subject, (verb, verb));
        }
        // "…, X said, after …"
        let comma = subject.0.checked_sub(1).filter(|at| clause.items[*at].is_mark(','))?;
        return before(clause, comma, subject, verb);
    }
    // "…, said X."
    let comma = verb.checked_sub(1).filter(|at| clause.items[*at].is_mark(','))?;
    let subject = clause.phrase_starting(verb + 1, end).filter(speaks)?;
    before(clause, comma, subject, verb)
}

/// True for the writer's own "I" and "we", and for "who", behind which more is told about a person than by one.
fn tells_itself(clause: &Clause<'_>, subject: Phrase) -> bool {
    ["i", "we", "you", "who"].iter().any(|w| clause.is_word(subject.1, w))
}

/// The statement from the beginning of the sentence to the comma before its speaker.
fn before(clause: &Clause<'_>, comma: usize, subject: Phrase, verb: usize) -> Option<Statement> {
    let next = verb.max(subject.1) + 1;
    let rests = clause.items.get(next).is_none_or(|i| matches!(i.shape, Shape::Mark(_)))
        || clause.is(next, Class::CALENDAR | Class::ADVERB)
        || ["on", "in", "at", "during", "after", "by"].iter().any(|w| clause.is_word(next, w));
    let last = comma.checked_sub(1).filter(|_| rests)?;
    (last + 1 >= LEAST).then(|| statement_of(clause, (0, last), subject, (verb, verb))).flatten()
}

/// The first item of what the verb reports: behind the one who is told, the day, and "that".
fn content_start(clause: &Clause<'_>, verb: usize, end: usize) -> Option<usize> {
    let that = (verb + 1..end).take(12).take_while(|at| !clause.items[*at].is_mark(',')).find(|at| clause.is_word(*at, "that"));
    let mut first = that.map_or(verb + 1, |at| at + 1);
    if that.is_none() {
        let told = ["told", "tells", "reminded", "assured", "informed", "warned", "asked"].iter().any(|w| clause.is_word(verb, w));
        if told {
            // "told reporters", "told him", "told the city's paper"
            let alone = clause.is(first, Class::OBJECT)
                || clause.items.get(first).is_some_and(|i| i.shape == Shape::Lower && !i.class.is(Class::FUNCTION));
            first = if alone { first + 1 } else { clause.phrase_starting(first, end).map_or(first, |(_, last)| last + 1) };
        }
        while clause.is(first, Class::CALENDAR) || clause.is_word(first, "on") && clause.is(first + 1, Class::CALENDAR) {
            first += 1;
        }
        let breaks = clause.items.get(first).is_none_or(|i| matches!(i.shape, Shape::Mark(_)))
            || clause.is(first, Class::PREPOSITION | Class::COORDINATOR);
        if breaks || !clause.has_finite(first, end.min(first + 12)) {
            return None;
        }
    }
    (first + LEAST <= end).then_some(first)
}

/// "according to X" at the beginning or behind a comma.
fn by_source(clause: &Clause<'_>, end: usize) -> Option<Statement> {
    let found = (0..end).find_map(|at| according_at(clause, at))?;
    let cue = found.cue?;
    let comma = (found.phrase.1 + 1..end).find(|at| clause.items[*at].is_mark(','));
    let content = match (cue.0, comma) {
        (0, Some(comma)) if comma + LEAST < end => (comma + 1, end - 1),
        (0, _) => return None,
        (at, _) => {
            let last = (at - 1).checked_sub(usize::from(clause.items[at - 1].is_mark(',')))?;
            (0, last)
        }
    };
    (content.1 + 1 >= content.0 + LEAST).then(|| statement_of(clause, content, found.phrase, cue)).flatten()
}

fn statement_of(clause: &Clause<'_>, content: Phrase, speaker: Phrase, cue: Phrase) -> Option<Statement> {
    debug_assert!(clause.items.iter().all(|i| !Item::is_quote(i)));
    Some(Statement { span: clause.span(content)?, speaker: clause.span(speaker)?, cue: clause.span(cue)? })
}
