//! Dated clauses: what the timeline shows.

use super::calendar::Stretch;
use super::clause::{Clauses, is_verb};
use super::meaning::{Amount, Expression, Meaning, Offset};
use crate::analysis::{Reading, Sentence};
use crate::article::{Annotations, BlockKind, EntityId, Event, Interval, Timex};
use crate::lexicon::when::{Cue, Tense, is_cue};
use crate::text::Span;
use jiff::civil::Date;
use std::ops::Range;

/// How many events before are searched for one of the same clause.
const NEAR: usize = 8;

/// Expressions of one sentence with the indices of their `Timex`.
pub(super) type Dated<'a> = &'a [(usize, Expression)];

/// Adds the events of one sentence; `first` is the index of its first `Timex`.
pub(super) fn add(reading: &Reading<'_>, sentence: Sentence, dated: Dated<'_>, first: usize, found: &mut Annotations) {
    let words: Vec<&str> = reading.tokens_of(sentence).iter().map(|t| t.of(&reading.article.text)).collect();
    let clauses = Clauses::new(&words);
    let starts: Vec<usize> = dated.iter().map(|(_, e)| e.first).collect();
    let from = found.events.len();
    let mut skip = None;
    for (n, (_, expression)) in dated.iter().enumerate() {
        let index = first + n;
        let Some(timex) = found.times.get(index) else { break };
        if skip.take() == Some(n) || reading.article.dateline.as_ref().is_some_and(|d| d.span.covers(timex.span)) {
            continue;
        }
        let mut at = expression.first..expression.end;
        let mut interval = timex.interval;
        if at.start.checked_sub(1).is_some_and(|i| words[i].eq_ignore_ascii_case("since")) {
            interval = to_now(interval, reading.article.published);
        }
        let other = dated.get(n + 1).map(|(_, e)| e).zip(found.times.get(index + 1).and_then(|t| t.interval));
        if let Some((other, joined)) = other.and_then(|(e, to)| Some((e, range(&words, expression, e, interval?, to)?))) {
            interval = Some(joined);
            at.end = other.end;
            skip = Some(n + 1);
        }
        for clause in clauses_of(&clauses, &words, expression, &at, interval.is_some(), &starts[n + 1..]) {
            push(reading, sentence, &clause, Some(index), interval, found, from);
        }
    }
}

/// The clauses that an expression at `at` places: none for what has no place and for a date on a line of its own.
fn clauses_of(
    clauses: &Clauses<'_>,
    words: &[&str],
    expression: &Expression,
    at: &Range<usize>,
    placed: bool,
    later: &[usize],
) -> Vec<Range<usize>> {
    let mut spans = if placed || is_vague(expression, words) {
        clauses.of(at, later)
    } else if matches!(expression.meaning, Meaning::Duration(..)) {
        clauses.measured_from(expression.end).into_iter().collect()
    } else {
        Vec::new()
    };
    spans.retain(|clause| clause.start < at.start || at.end < clause.end);
    spans
}

/// Sentences in which the opening is looked for: it may stand behind a line with the place and the agency.
const OPENING: usize = 3;

/// Adds the opening sentence as an event of the publication day where nothing in it says when.
pub(super) fn add_lede(reading: &Reading<'_>, found: &mut Annotations) {
    let Some(day) = reading.article.published else { return };
    let titled = usize::from(reading.article.title_in_text);
    let Some(lede) = reading.article.blocks.iter().skip(titled).find(|b| b.kind == BlockKind::Paragraph) else { return };
    let first = reading.sentence_at(lede.span.start);
    for sentence in reading.sentences.iter().copied().skip(first).take(OPENING) {
        let words: Vec<&str> = reading.tokens_of(sentence).iter().map(|t| t.of(&reading.article.text)).collect();
        let inside = |t: &Timex| sentence.span.covers(t.span) && t.interval.is_some();
        if found.times.iter().take_while(|t| t.span.start < sentence.span.end).any(inside) {
            return;
        }
        let opening = reading.article.dateline.as_ref().map_or(0, |d| reading.token_at(d.span.end).saturating_sub(sentence.first as usize));
        let clauses = Clauses::new(&words);
        if let Some(clause) = clauses.of(&(opening..opening + 1), &[]).pop().filter(|c| clauses.has_verb(c.clone())) {
            push(reading, sentence, &clause, None, Stretch::Day(day).interval(None), found, found.events.len());
            return;
        }
    }
}

fn push(
    reading: &Reading<'_>,
    sentence: Sentence,
    clause: &Range<usize>,
    time: Option<usize>,
    interval: Option<Interval>,
    found: &mut Annotations,
    from: usize,
) {
    let base = sentence.first as usize;
    let (Some(first), Some(last)) = (reading.tokens.get(base + clause.start), reading.tokens.get((base + clause.end).saturating_sub(1)))
    else {
        return;
    };
    let span = first.span.join(last.span);
    let recent = found.events.len().saturating_sub(NEAR).max(from.min(found.events.len()));
    let same = found.events.iter_mut().skip(recent).find(|e| e.span == span && agree(e.interval, interval));
    if let Some(same) = same {
        // Two expressions for one moment in one clause ("at 10 a.m." and "on Monday"): the finer one stays.
        if finer(interval, same.interval) {
            same.interval = interval;
            same.time = time.and_then(|t| u32::try_from(t).ok());
        }
        return;
    }
    let future = interval.zip(reading.article.published).is_some_and(|(i, day)| i.from.date() > day);
    let statement = reading.tokens.get(base + clause.start..base + clause.end).is_some_and(|tokens| {
        let mut verbs = tokens.iter().map(|t| t.of(&reading.article.text)).filter(|w| is_verb(w));
        verbs.next().is_some_and(|w| is_cue(w, Cue::Saying))
    });
    let event =
        Event { span, time: time.and_then(|t| u32::try_from(t).ok()), interval, entities: entities(found, span), future, statement };
    found.events.push(event);
}

/// Everybody who is mentioned in the span, once, in order.
fn entities(found: &Annotations, span: Span) -> Vec<EntityId> {
    let first = found.mentions.partition_point(|m| m.span.start < span.start);
    let mut out = Vec::new();
    for mention in found.mentions[first..].iter().take_while(|m| m.span.start < span.end) {
        if mention.entity != EntityId::UNJOINED && span.covers(mention.span) && !out.contains(&mention.entity) {
            out.push(mention.entity);
        }
    }
    out
}

/// The interval of "from 2013 to 2017", "between May and July", "1999-2001".
fn range(words: &[&str], a: &Expression, b: &Expression, from: Interval, to: Interval) -> Option<Interval> {
    let link = *words.get(a.end)?;
    let one = b.first == a.end + 1;
    let before = a.first.checked_sub(1).and_then(|i| words.get(i)).copied().unwrap_or("");
    let opened = before.eq_ignore_ascii_case("from") || before.eq_ignore_ascii_case("between");
    let links = matches!(link, "-" | "–" | "—") || opened && matches!(link, "to" | "until" | "till" | "through" | "and");
    (one && links && from.from <= to.to).then_some(Interval {
        from: from.from,
        to: to.to,
        granularity: from.granularity.max(to.granularity),
    })
}

/// "since 2013": up to the publication day.
fn to_now(interval: Option<Interval>, published: Option<Date>) -> Option<Interval> {
    let now = published.and_then(|day| Stretch::Day(day).interval(None));
    interval.map(|i| Interval { to: now.map_or(i.to, |now| now.to.max(i.to)), ..i })
}

/// True where both can be one moment: they share a part, or one is vague.
fn agree(a: Option<Interval>, b: Option<Interval>) -> bool {
    a.zip(b).is_none_or(|(a, b)| a.from <= b.to && b.from <= a.to)
}

fn finer(new: Option<Interval>, old: Option<Interval>) -> bool {
    new.is_some_and(|n| old.is_none_or(|o| n.granularity < o.granularity))
}

/// True for vague references that still place a clause: "in recent weeks", "several years ago".
fn is_vague(expression: &Expression, words: &[&str]) -> bool {
    match expression.meaning {
        Meaning::Vague(Tense::Past | Tense::Future) => {
            expression.end - expression.first > 1 && words.get(expression.end - 1).is_some_and(|w| w.ends_with('s'))
        }
        Meaning::Offset(Offset { amount: Amount::Unknown, .. }) => true,
        _ => false,
    }
}
