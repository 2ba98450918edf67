//! Annotations as bytes, field by field rather than thing by thing: bytes of one kind beside each other pack better. Spans count from the one before,
//! shares are kept to a thousandth, a join names its antecedent by its distance, and a name is told by a mention that has it.

use super::Numbered;
use super::bytes::{Sink, Tape};
use super::calendar::{put_events, put_times, take_events, take_times};
use crate::article::{
    Annotations, Entity, EntityId, GazetteerPlace, Join, Kind, Mention, MentionForm, PlaceId, PlaceRelation, Quote, QuoteKind, Reason,
    Role, SpeakerRule,
};
use crate::lexicon::gazetteer;
use crate::text::Span;
use std::collections::HashMap;

/// What was found in `text` as bytes.
pub(crate) fn put_found(found: &Annotations, text: &str) -> Vec<u8> {
    let Annotations { sentences, entities, mentions, joins, actors, times, events, quotes, problems } = found;
    let mut out = Sink::default();
    put_sentences(&mut out, sentences);
    put_mentions(&mut out, mentions);
    put_joins(&mut out, joins, mentions);
    put_entities(&mut out, entities, mentions, text);
    out.list(actors, |o, n| o.number(u64::from(*n)));
    put_times(&mut out, times);
    put_events(&mut out, events, times);
    let mut last = 0;
    out.list(quotes, |o, quote| put_quote(o, quote, &mut last));
    out.list(problems, |o, p| o.text(p));
    out.0
}

/// What [`put_found`] made of what was found in `text`; `None` where the bytes are damaged or of another layout.
pub(crate) fn take_found(bytes: &[u8], text: &str) -> Option<Annotations> {
    let mut tape = Tape(bytes);
    let sentences = take_sentences(&mut tape)?;
    let mentions = take_mentions(&mut tape)?;
    let joins = take_joins(&mut tape, &mentions)?;
    let entities = take_entities(&mut tape, &mentions, text)?;
    let actors = tape.list(Tape::small)?;
    let times = take_times(&mut tape)?;
    let events = take_events(&mut tape, &times)?;
    let mut last = 0;
    let quotes = tape.list(|t| take_quote(t, &mut last))?;
    let problems = tape.list(Tape::string)?;
    tape.0.is_empty().then_some(Annotations { sentences, entities, mentions, joins, actors, times, events, quotes, problems })
}

/// Sentences follow each other: what lies between two is nearly always one space.
fn put_sentences(out: &mut Sink, sentences: &[Span]) {
    out.number(sentences.len() as u64);
    let mut end = 0;
    for span in sentences {
        out.signed(i64::from(span.start) - i64::from(end));
        end = span.end;
    }
    sentences.iter().for_each(|span| out.number(span.len() as u64));
}

fn take_sentences(tape: &mut Tape<'_>) -> Option<Vec<Span>> {
    let gaps = tape.list(Tape::signed)?;
    let mut end = 0u32;
    let mut sentence = |gap: i64| {
        let start = u32::try_from(i64::from(end).checked_add(gap)?).ok()?;
        end = start.checked_add(tape.small()?)?;
        Some(Span { start, end })
    };
    gaps.into_iter().map(&mut sentence).collect()
}

fn put_mentions(out: &mut Sink, mentions: &[Mention]) {
    out.number(mentions.len() as u64);
    let mut last = 0;
    mentions.iter().for_each(|Mention { span, .. }| out.span(*span, &mut last));
    mentions.iter().for_each(|Mention { kind, form, .. }| out.byte(kind.number() * 16 + form.number()));
    mentions.iter().for_each(|Mention { entity, .. }| out.number(u64::from(entity.0)));
    mentions.iter().for_each(|Mention { span: _, kind: _, form: _, score, entity: _ }| out.share(*score));
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

/// How many mentions back an antecedent is looked for.
const REACH: usize = 256;

/// An antecedent is nearly always an earlier mention: it is told by how many mentions lie between, or by its span where it is not.
fn put_joins(out: &mut Sink, joins: &[Join], mentions: &[Mention]) {
    out.number(joins.len() as u64);
    joins.iter().for_each(|Join { reason, .. }| out.byte(reason.number()));
    for (n, Join { reason: _, antecedent }) in joins.iter().enumerate() {
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

fn take_joins(tape: &mut Tape<'_>, mentions: &[Mention]) -> Option<Vec<Join>> {
    let mut joins = tape.list(|t| Some(Join { reason: Reason::of(t.byte()?)?, antecedent: None }))?;
    for (n, join) in joins.iter_mut().enumerate() {
        join.antecedent = match usize::try_from(tape.number()?).ok()? {
            0 => None,
            1 => Some(tape.span(&mut 0)?),
            back => Some(mentions.get((n + 1).checked_sub(back)?)?.span),
        };
    }
    Some(joins)
}

/// Names are nearly always the words of a mention, and those of one entity stand behind those of the one before.
#[derive(Default)]
struct Names<'a> {
    /// The first mention with these words.
    first: HashMap<&'a str, i64>,
    last: i64,
}

impl<'a> Names<'a> {
    fn of(mentions: &[Mention], text: &'a str) -> Self {
        let mut first = HashMap::new();
        for (n, mention) in (0..).zip(mentions) {
            first.entry(mention.span.of(text)).or_insert(n);
        }
        Self { first, last: -1 }
    }

    /// The number of a mention, counted from the last one; where there is none, or it is the last one again, 0 and the words.
    fn put(&mut self, out: &mut Sink, name: &str) {
        match self.first.get(name) {
            Some(n) if *n != self.last => {
                out.signed(n - self.last);
                self.last = *n;
            }
            _ => {
                out.signed(0);
                out.text(name);
            }
        }
    }
}

fn take_name(tape: &mut Tape<'_>, mentions: &[Mention], text: &str, last: &mut i64) -> Option<String> {
    match tape.signed()? {
        0 => tape.string(),
        step => {
            *last = last.checked_add(step)?;
            Some(mentions.get(usize::try_from(*last).ok()?)?.span.of(text).to_owned())
        }
    }
}

fn put_entities(out: &mut Sink, entities: &[Entity], mentions: &[Mention], text: &str) {
    let mut names = Names::of(mentions, text);
    out.number(entities.len() as u64);
    entities.iter().for_each(|Entity { kind, .. }| out.byte(kind.number()));
    entities.iter().for_each(|Entity { name, .. }| names.put(out, name));
    entities.iter().for_each(|Entity { aliases, .. }| out.list(aliases, |o, alias| names.put(o, alias)));
    let mut last = 0;
    entities.iter().for_each(|Entity { roles, .. }| out.list(roles, |o, Role { span }| o.span(*span, &mut last)));
    entities.iter().for_each(|Entity { salience, .. }| out.share(*salience));
    for Entity { kind: _, name: _, aliases: _, roles: _, salience: _, place } in entities {
        // The rest of a place stands in the gazetteer.
        out.maybe(place.as_ref(), |o, GazetteerPlace { id, relation, score, runner_up, .. }| {
            o.number(u64::from(id.0));
            o.byte(relation.number());
            o.share(*score);
            o.maybe(*runner_up, |o, id| o.number(u64::from(id.0)));
        });
    }
}

fn take_entities(tape: &mut Tape<'_>, mentions: &[Mention], text: &str) -> Option<Vec<Entity>> {
    let entity = |kind| Entity { kind, name: String::new(), aliases: Vec::new(), roles: Vec::new(), salience: 0.0, place: None };
    let mut entities = tape.list(|t| Kind::of(t.byte()?).map(entity))?;
    let mut last = -1;
    for entity in &mut entities {
        entity.name = take_name(tape, mentions, text, &mut last)?;
    }
    for entity in &mut entities {
        entity.aliases = tape.list(|t| take_name(t, mentions, text, &mut last))?;
    }
    let mut last = 0;
    for entity in &mut entities {
        entity.roles = tape.list(|t| Some(Role { span: t.span(&mut last)? }))?;
    }
    for entity in &mut entities {
        entity.salience = tape.share()?;
    }
    for entity in &mut entities {
        entity.place = tape.maybe(take_place)?.flatten();
    }
    Some(entities)
}

fn take_place(tape: &mut Tape<'_>) -> Option<Option<GazetteerPlace>> {
    let id = PlaceId(tape.small()?);
    let relation = PlaceRelation::of(tape.byte()?)?;
    let score = tape.share()?;
    let runner_up = tape.maybe(|t| t.small().map(PlaceId))?.and_then(gazetteer::place);
    // A place that a later gazetteer has given up is no damage.
    Some(gazetteer::place(id).map(|p| p.to_entity(relation, score, runner_up)))
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
