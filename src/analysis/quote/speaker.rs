//! Who says a quotation, from the sentence that it stands in.

use super::items::{Item, Shape};
use super::marks::Segment;
use super::phrase::{Clause, Phrase};
use crate::article::SpeakerRule as Rule;
use crate::lexicon::who::Class;

/// Items between a quotation and the verb that follows its speaker: "“…,” X, an officer of the city's police, said".
const REACH: usize = 30;

/// A speaker in a sentence: the words that name it, the verb, and the rule.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    /// The speaker's words.
    pub(super) phrase: Phrase,
    /// The verb or phrase that attributes, as item indices.
    pub(super) cue: Option<Phrase>,
    /// How it was found.
    pub(super) rule: Rule,
}

/// The speaker of the quotation at item `at` of the sentence.
pub(super) fn speaker(clause: &Clause<'_>, at: usize, segments: &[Segment]) -> Option<Found> {
    // “…,” and X said …: what follows tells something else.
    let goes_on = clause.is(at + 1, Class::COORDINATOR).then(|| before(clause, at, segments)).flatten();
    goes_on
        .or_else(|| after(clause, at, segments))
        .or_else(|| name_and_colon(clause, at))
        .or_else(|| before(clause, at, segments))
        .or_else(|| according(clause))
        .or_else(|| late(clause, at))
}

/// The last character of the quotation at item `at`.
fn last_of(clause: &Clause<'_>, at: usize, segments: &[Segment]) -> char {
    segment(clause, at, segments).map_or(' ', |s| s.last)
}

fn segment<'s>(clause: &Clause<'_>, at: usize, segments: &'s [Segment]) -> Option<&'s Segment> {
    let Some(Shape::Quote(n)) = clause.items.get(at).map(|i| i.shape) else { return None };
    segments.get(n as usize)
}

/// “…,” said X; “…,” X said; “…,” according to X.
fn after(clause: &Clause<'_>, quote: usize, segments: &[Segment]) -> Option<Found> {
    let items = clause.items;
    let mut at = quote + 1;
    while items.get(at).is_some_and(Item::is_pause) {
        at += 1;
    }
    items.get(at).filter(|i| !i.is_quote())?;
    let speaks = |p: &Phrase| clause.can_speak(*p);
    if clause.is_cue(at)
        && !clause.is(at, Class::PARTICIPLE)
        && !addresses(clause, at)
        && let Some(phrase) = clause.phrase_starting(at + 1, items.len()).filter(speaks)
    {
        return Some(Found { phrase, cue: Some((at, at)), rule: Rule::VerbSubject });
    }
    if let Some(found) = according_at(clause, at) {
        return Some(found);
    }
    // "On “This Week,” X said …": a name set apart, not what X said.
    let words = segment(clause, quote, segments).map_or(0, |s| s.words);
    if quote > 0 && words <= 3 {
        return None;
    }
    let long = |n: &usize| matches!(items[*n].shape, Shape::Quote(q) if segments.get(q as usize).is_some_and(|s| s.words > 3));
    let end = (at..items.len()).take(REACH).find(long).unwrap_or((at + REACH).min(items.len()));
    let last = last_of(clause, quote, segments);
    let complete = matches!(last, ',' | '?' | '!' | '-' | '—') || items.get(quote + 1).is_some_and(Item::is_pause);
    let verb = (at + 1..end).find(|n| clause.is_cue(*n) && !clause.is(*n, Class::PARTICIPLE));
    let subject = verb.and_then(|v| clause.subject_of(v).filter(|p| p.0 >= at && speaks(p)).map(|p| (v, p)));
    if let Some((verb, phrase)) = subject {
        let near = phrase.0 == at && clause.is(verb, Class::REPORT);
        return (complete || near && last.is_alphanumeric()).then_some(Found { phrase, cue: Some((verb, verb)), rule: Rule::SubjectVerb });
    }
    // “…,” X riffed: whatever X does, the comma within the marks says that it is X who speaks.
    let phrase = clause.phrase_starting(at, end).filter(|p| quote == 0 && last == ',' && speaks(p))?;
    Some(Found { phrase, cue: None, rule: Rule::Beside })
}

/// True for a verb whose object, not its subject, follows: "told reporters".
fn addresses(clause: &Clause<'_>, verb: usize) -> bool {
    ["told", "tells", "reminded", "assured", "informed", "thanked", "urged"].iter().any(|w| clause.is_word(verb, w))
}

/// NAME: “…”
fn name_and_colon(clause: &Clause<'_>, quote: usize) -> Option<Found> {
    let colon = quote.checked_sub(1).filter(|at| clause.items[*at].is_mark(':'))?;
    let last = colon.checked_sub(1).filter(|at| clause.is_name(*at))?;
    let mut first = last;
    while first > 0 && clause.is_name(first - 1) {
        first -= 1;
    }
    // "They agree – X: “…”" is X's, "they told X: “…”" is not.
    let opens = first == 0 || clause.items[first - 1].is_pause();
    if !opens && (0..colon).any(|at| clause.is_cue(at)) {
        return None;
    }
    Some(Found { phrase: (first, last), cue: None, rule: Rule::Colon })
}

/// X said “…”; X, …, called Y “…”; X did something, saying “…”.
fn before(clause: &Clause<'_>, quote: usize, segments: &[Segment]) -> Option<Found> {
    let titled = segment(clause, quote, segments).is_some_and(|s| s.titled);
    for verb in (0..quote).rev().take(REACH) {
        if clause.items[verb].is_quote() && matches!(last_of(clause, verb, segments), ',' | '.' | '!' | '?') {
            break;
        }
        if !clause.is_cue(verb) {
            continue;
        }
        if titled && !names_it(clause, verb, quote) {
            return None;
        }
        if let Some(phrase) = told_by(clause, verb) {
            return Some(Found { phrase, cue: Some((verb, verb)), rule: Rule::Before });
        }
    }
    None
}

/// True where the words that look like a title are what the verb introduces: "called him “Big Boy”", but not "said on “Big Show”".
fn names_it(clause: &Clause<'_>, verb: usize, quote: usize) -> bool {
    // Works are read and written too.
    if ["read", "reads", "wrote", "writes", "sang", "sings"].iter().any(|w| clause.is_word(verb, w)) {
        return false;
    }
    let between = verb + 1..quote;
    between.len() <= 3 && between.into_iter().all(|at| !clause.is(at, Class::PREPOSITION) && clause.items[at].shape != Shape::Clitic)
}

/// Who utters what the verb of speech at `verb` introduces.
fn told_by(clause: &Clause<'_>, verb: usize) -> Option<Phrase> {
    let speaks = |p: &Phrase| clause.can_speak(*p);
    if clause.is_passive(verb) {
        return clause.agent(verb).filter(speaks);
    }
    let participle = clause.is(verb, Class::PARTICIPLE);
    let depends = participle || verb > 0 && clause.is_word(verb - 1, "to");
    let direct = || clause.subject_of(verb).filter(|p| speaks(p) && !clause.is_object(*p));
    let phrase = if depends { None } else { direct() }
        .or_else(|| clause.inverted_subject(verb))
        .or_else(|| participle.then(|| clause.absolute_subject(verb)).flatten().filter(speaks))
        .or_else(|| clause.governing_subject(verb))
        .or_else(|| clause.main_subject(verb))
        .filter(speaks)?;
    let nested = clause.is(phrase.1, Class::PRONOUN) || clause.is(verb, Class::THOUGHT);
    Some(if nested { clause.reporting_subject(phrase).unwrap_or(phrase) } else { phrase })
}

/// "according to X" anywhere in the sentence.
fn according(clause: &Clause<'_>) -> Option<Found> {
    (0..clause.items.len()).take(2 * REACH).find_map(|at| according_at(clause, at))
}

/// "according to X" at item `at`.
pub(super) fn according_at(clause: &Clause<'_>, at: usize) -> Option<Found> {
    if !(clause.is_word(at, "according") && clause.is_word(at + 1, "to")) {
        return None;
    }
    let phrase = clause.phrase_starting(at + 2, clause.items.len()).filter(|p| clause.can_speak(*p))?;
    Some(Found { phrase, cue: Some((at, at + 1)), rule: Rule::According })
}

/// The last verb of speech behind the quotation: “…” in the matter, X said.
fn late(clause: &Clause<'_>, quote: usize) -> Option<Found> {
    let end = clause.items.len().min(quote + 2 * REACH);
    (quote + 1..end).rev().filter(|verb| clause.is_cue(*verb) && clause.is(*verb, Class::REPORT)).find_map(|verb| {
        let speaks = |p: &Phrase| clause.can_speak(*p);
        let left = clause.subject_of(verb).filter(|p| p.0 > quote && speaks(p));
        let phrase = left.or_else(|| clause.phrase_starting(verb + 1, clause.items.len()).filter(speaks))?;
        Some(Found { phrase, cue: Some((verb, verb)), rule: Rule::Late })
    })
}
