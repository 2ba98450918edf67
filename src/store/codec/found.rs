//! Annotations as bytes: spans count from the one before, shares are kept to a thousandth, a join names its antecedent by its distance.

use super::Numbered;
use super::bytes::{Sink, Tape, fixed};
use crate::article::{
    Annotations, Entity, EntityId, Event, GazetteerPlace, Granularity, Interval, Join, Kind, Mention, MentionForm, PlaceId, PlaceRelation,
    Quote, QuoteKind, Reason, Role, SpeakerRule, Timex, TimexType,
};
use crate::lexicon::gazetteer;
use crate::text::Span;
use jiff::civil::DateTime;

/// Annotations as bytes.
pub(crate) fn put_found(found: &Annotations) -> Vec<u8> {
    let Annotations { sentences, entities, mentions, joins, actors, times, events, quotes, problems } = found;
    let mut out = Sink::default();
    let mut last = 0;
    out.list(sentences, |o, span| o.span(*span, &mut last));
    out.list(entities, put_entity);
    put_mentions(&mut out, mentions);
    put_joins(&mut out, joins, mentions);
    out.list(actors, |o, n| o.number(u64::from(*n)));
    let mut last = 0;
    out.list(times, |o, time| put_time(o, time, &mut last));
    let mut last = 0;
    out.list(events, |o, Event { span, time, interval, entities, future, statement }| {
        o.span(*span, &mut last);
        o.byte(u8::from(*future) + 2 * u8::from(*statement));
        o.maybe(*time, |o, n| o.number(u64::from(n)));
        o.maybe(*interval, put_interval);
        o.list(entities, |o, id| o.number(u64::from(id.0)));
    });
    let mut last = 0;
    out.list(quotes, |o, quote| put_quote(o, quote, &mut last));
    out.list(problems, |o, p| o.text(p));
    out.0
}

/// Field by field and not mention by mention: bytes of one kind beside each other pack better.
fn put_mentions(out: &mut Sink, mentions: &[Mention]) {
    out.number(mentions.len() as u64);
    let mut last = 0;
    mentions.iter().for_each(|Mention { span, .. }| out.span(*span, &mut last));
    mentions.iter().for_each(|Mention { kind, form, .. }| out.byte(kind.number() * 16 + form.number()));
    mentions.iter().for_each(|Mention { entity, .. }| out.number(u64::from(entity.0)));
    mentions.iter().for_each(|Mention { span: _, kind: _, form: _, score, entity: _ }| out.share(*score));
}

fn put_entity(out: &mut Sink, entity: &Entity) {
    let Entity { kind, name, aliases, roles, salience, place } = entity;
    out.byte(kind.number());
    out.text(name);
    out.list(aliases, |o, a| o.text(a));
    let mut last = 0;
    out.list(roles, |o, Role { span }| o.span(*span, &mut last));
    out.share(*salience);
    // The rest of a place stands in the gazetteer.
    out.maybe(place.as_ref(), |o, GazetteerPlace { id, relation, score, runner_up, .. }| {
        o.number(u64::from(id.0));
        o.byte(relation.number());
        o.share(*score);
        o.maybe(*runner_up, |o, id| o.number(u64::from(id.0)));
    });
}

/// How many mentions back an antecedent is looked for.
const REACH: usize = 256;

/// An antecedent is nearly always an earlier mention: it is told by how many mentions lie between, or by its span where it is not.
fn put_joins(out: &mut Sink, joins: &[Join], mentions: &[Mention]) {
    out.number(joins.len() as u64);
    for (n, Join { reason, antecedent }) in joins.iter().enumerate() {
        out.byte(reason.number());
        let Some(span) = antecedent else {
            out.number(0);
            continue;
        };
        let earlier = mentions.get(n.saturating_sub(REACH)..n).unwrap_or_default();
        match earlier.iter().rev().position(|m| m.span == *span) {
            Some(back) => out.number(back as u64 + 2),
            None => {
                out.number(1);
                out.span(*span, &mut 0);
            }
        }
    }
}

fn put_time(out: &mut Sink, time: &Timex, last: &mut u32) {
    let Timex { span, kind, value, modifier, interval } = time;
    out.span(*span, last);
    out.byte(kind.number());
    out.maybe(value.as_deref(), Sink::text);
    out.maybe(*modifier, Sink::text);
    out.maybe(*interval, put_interval);
}

fn put_interval(out: &mut Sink, Interval { from, to, granularity }: Interval) {
    out.byte(granularity.number());
    out.signed(minute(from));
    out.signed(minute(to) - minute(from));
}

fn put_quote(out: &mut Sink, quote: &Quote, last: &mut u32) {
    let Quote { span, kind, speaker, speaker_span, antecedent, cue, score, rule } = quote;
    out.span(*span, last);
    out.byte(kind.number());
    out.maybe(*speaker, |o, id| o.number(u64::from(id.0)));
    let mut near = span.start;
    for part in [speaker_span, antecedent, cue] {
        out.maybe(*part, |o, span| o.span(span, &mut near));
    }
    out.share(*score);
    out.maybe(*rule, |o, rule| o.byte(rule.number()));
}

/// What [`put_found`] made; `None` where the bytes are damaged or of another layout.
pub(crate) fn take_found(bytes: &[u8]) -> Option<Annotations> {
    let mut tape = Tape(bytes);
    let mut last = 0;
    let sentences = tape.list(|t| t.span(&mut last))?;
    let entities = tape.list(take_entity)?;
    let mentions = take_mentions(&mut tape)?;
    let joins = take_joins(&mut tape, &mentions)?;
    let actors = tape.list(Tape::small)?;
    let mut last = 0;
    let times = tape.list(|t| take_time(t, &mut last))?;
    let mut last = 0;
    let events = tape.list(|t| {
        let span = t.span(&mut last)?;
        let flags = t.byte()?;
        let (time, interval) = (t.maybe(Tape::small)?, t.maybe(take_interval)?);
        Some(Event {
            span,
            time,
            interval,
            entities: t.list(|t| t.small().map(EntityId))?,
            future: flags & 1 > 0,
            statement: flags & 2 > 0,
        })
    })?;
    let mut last = 0;
    let quotes = tape.list(|t| take_quote(t, &mut last))?;
    let problems = tape.list(Tape::string)?;
    tape.0.is_empty().then_some(Annotations { sentences, entities, mentions, joins, actors, times, events, quotes, problems })
}

fn take_entity(tape: &mut Tape<'_>) -> Option<Entity> {
    let kind = Kind::of(tape.byte()?)?;
    let name = tape.string()?;
    let aliases = tape.list(Tape::string)?;
    let mut last = 0;
    let roles = tape.list(|t| Some(Role { span: t.span(&mut last)? }))?;
    let salience = tape.share()?;
    let place = tape.maybe(|t| {
        let id = PlaceId(t.small()?);
        let relation = PlaceRelation::of(t.byte()?)?;
        let score = t.share()?;
        let runner_up = t.maybe(|t| t.small().map(PlaceId))?.and_then(gazetteer::place);
        // A place that a later gazetteer has given up is no damage.
        Some(gazetteer::place(id).map(|p| p.to_entity(relation, score, runner_up)))
    })?;
    Some(Entity { kind, name, aliases, roles, salience, place: place.flatten() })
}

fn take_mentions(tape: &mut Tape<'_>) -> Option<Vec<Mention>> {
    let mut last = 0;
    let first = |span| Mention { span, kind: Kind::Other, form: MentionForm::Name, score: 0.0, entity: EntityId(0) };
    let mut mentions = tape.list(|t| t.span(&mut last).map(first))?;
    for mention in &mut mentions {
        let packed = tape.byte()?;
        (mention.kind, mention.form) = (Kind::of(packed / 16)?, MentionForm::of(packed % 16)?);
    }
    for mention in &mut mentions {
        mention.entity = EntityId(tape.small()?);
    }
    for mention in &mut mentions {
        mention.score = tape.share()?;
    }
    Some(mentions)
}

fn take_joins(tape: &mut Tape<'_>, mentions: &[Mention]) -> Option<Vec<Join>> {
    let mut n = 0;
    tape.list(|t| {
        let reason = Reason::of(t.byte()?)?;
        let antecedent = match usize::try_from(t.number()?).ok()? {
            0 => None,
            1 => Some(t.span(&mut 0)?),
            back => Some(mentions.get((n + 1usize).checked_sub(back)?)?.span),
        };
        n += 1;
        Some(Join { reason, antecedent })
    })
}

fn take_time(tape: &mut Tape<'_>, last: &mut u32) -> Option<Timex> {
    let span = tape.span(last)?;
    let kind = TimexType::of(tape.byte()?)?;
    let value = tape.maybe(Tape::string)?;
    let modifier = tape.maybe(Tape::text)?.map(fixed);
    Some(Timex { span, kind, value, modifier, interval: tape.maybe(take_interval)? })
}

fn take_interval(tape: &mut Tape<'_>) -> Option<Interval> {
    let granularity = Granularity::of(tape.byte()?)?;
    let from = tape.signed()?;
    let to = from.checked_add(tape.signed()?)?;
    Some(Interval { from: moment(from)?, to: moment(to)?, granularity })
}

fn take_quote(tape: &mut Tape<'_>, last: &mut u32) -> Option<Quote> {
    let span: Span = tape.span(last)?;
    let kind = QuoteKind::of(tape.byte()?)?;
    let speaker = tape.maybe(|t| t.small().map(EntityId))?;
    let mut near = span.start;
    let mut part = || tape.maybe(|t| t.span(&mut near));
    let (speaker_span, antecedent, cue) = (part()?, part()?, part()?);
    let score = tape.share()?;
    let rule = tape.maybe(|t| SpeakerRule::of(t.byte()?))?;
    Some(Quote { span, kind, speaker, speaker_span, antecedent, cue, score, rule })
}

/// Minutes since 1970-01-01 00:00 of the civil calendar.
pub(crate) fn minute(at: DateTime) -> i64 {
    at.duration_since(DateTime::constant(1970, 1, 1, 0, 0, 0, 0)).as_secs().div_euclid(60)
}

/// The moment so many minutes after 1970-01-01 00:00.
pub(crate) fn moment(minute: i64) -> Option<DateTime> {
    let minutes = jiff::Span::new().try_minutes(minute).ok()?;
    DateTime::constant(1970, 1, 1, 0, 0, 0, 0).checked_add(minutes).ok()
}
