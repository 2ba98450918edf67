//! The card of an entity: everything that the open article knows of it, each line a jump.

use super::lists::Cursor;
use super::open::Open;
use crate::article::{Analysed, EntityId, Interval, Kind, MentionForm, Quote, QuoteKind};
use crate::locale::tr;
use crate::text::Span;
use std::collections::HashMap;

/// Bytes of the first mention's sentence that are shown before the name.
const BEFORE: u32 = 40;

/// Others that are named as occurring together with the entity.
const MAX_COMPANY: usize = 12;

/// A card on the screen.
#[derive(Clone, Debug)]
pub struct Card {
    /// Whom it is about.
    pub entity: EntityId,
    /// The time of the day at its place, once it is known.
    pub local_time: Option<String>,
    /// Its lines.
    pub rows: Vec<CardRow>,
    /// The selected line.
    pub cursor: Cursor,
}

/// A line of a card.
#[derive(Clone, Debug, PartialEq)]
pub enum CardRow {
    /// Air between two sections.
    Space,
    /// The name of a section.
    Heading(&'static str),
    /// What the gazetteer knows of the place.
    Place(PlaceFact),
    /// A fact, and where it stands.
    Fact {
        /// What stands before it.
        label: Label,
        /// The fact itself, in the article's words.
        text: String,
        /// Where it stands in the text.
        target: Span,
        /// True for words whose speaker is no more than a guess.
        doubtful: bool,
    },
}

/// What is known of a place beyond the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceFact {
    /// Its name with what it lies in.
    Name,
    /// How many people live there.
    Population,
    /// Degrees north and east.
    Coordinates,
    /// The time of the day there.
    LocalTime,
    /// What else the name may mean.
    Doubt,
}

/// What stands before a fact.
#[derive(Clone, Debug, PartialEq)]
pub enum Label {
    /// Nothing.
    None,
    /// How often.
    Count(usize),
    /// How often, of an entity of this kind.
    Company(usize, Kind),
    /// When, as far as that is known.
    When(Option<Interval>),
    /// Who said it.
    Speaker(String),
}

impl Card {
    /// The card of an entity of the open article.
    #[must_use]
    pub fn new(open: &Open, entity: EntityId) -> Self {
        let document = &*open.document;
        let (places, others): (Vec<_>, Vec<_>) = company(document, entity).into_iter().partition(|(kind, _)| *kind == Kind::Place);
        let rows_of = |company: Vec<(Kind, CardRow)>| company.into_iter().map(|(_, row)| row).take(MAX_COMPANY).collect();
        let sections = [
            (tr!("First named"), first(open, entity)),
            (tr!("Named as"), variants(open, entity)),
            (tr!("Is" in "card"), roles(document, entity)),
            (tr!("Said" in "card"), said(document, entity, false)),
            (tr!("Said, in the writer’s words"), said(document, entity, true)),
            (tr!("Said of them by others"), said_of(document, entity)),
            (tr!("Moments"), moments(document, entity)),
            (tr!("Named together with"), rows_of(others)),
            (tr!("Where" in "card"), rows_of(places)),
        ];
        let mut rows = place_rows(document, entity);
        for (heading, facts) in sections.into_iter().filter(|(_, facts)| !facts.is_empty()) {
            if !rows.is_empty() {
                rows.push(CardRow::Space);
            }
            rows.push(CardRow::Heading(heading));
            rows.extend(facts);
        }
        let mut card = Self { entity, local_time: None, rows, cursor: Cursor::default() };
        card.step(1);
        card.cursor.top = 0;
        card
    }

    /// Moves the selection by `by` facts.
    pub fn step(&mut self, by: isize) {
        let fact = |n: &usize| matches!(self.rows.get(*n), Some(CardRow::Fact { .. }));
        let mut at = self.cursor.selected;
        for _ in 0..by.unsigned_abs().min(self.rows.len()) {
            let next = if by > 0 { (at + 1..self.rows.len()).find(fact) } else { (0..at).rev().find(fact) };
            at = next.unwrap_or(at);
        }
        self.cursor.select(at, self.rows.len());
    }

    /// Where the selected fact stands.
    #[must_use]
    pub fn target(&self) -> Option<Span> {
        match self.rows.get(self.cursor.selected) {
            Some(CardRow::Fact { target, .. }) => Some(*target),
            _ => None,
        }
    }
}

/// What is known of the entity's place.
fn place_rows(document: &Analysed, entity: EntityId) -> Vec<CardRow> {
    let Some(place) = document.found.entities.get(entity.0 as usize).and_then(|e| e.place.as_ref()) else { return Vec::new() };
    let facts = [
        (PlaceFact::Name, true),
        (PlaceFact::Population, place.population.is_some()),
        (PlaceFact::Coordinates, true),
        (PlaceFact::LocalTime, place.zone.is_some()),
        (PlaceFact::Doubt, place.runner_up.is_some()),
    ];
    let known = facts.into_iter().filter(|(_, known)| *known).map(|(fact, _)| CardRow::Place(fact));
    std::iter::once(CardRow::Heading(tr!("On the map"))).chain(known).collect()
}

fn fact(label: Label, document: &Analysed, span: Span) -> CardRow {
    CardRow::Fact { label, text: span.of(&document.article.text).to_owned(), target: span, doubtful: false }
}

fn quoted(label: Label, document: &Analysed, quote: &Quote) -> CardRow {
    let text = quote.span.of(&document.article.text).to_owned();
    CardRow::Fact { label, text, target: quote.span, doubtful: quote.is_doubtful() }
}

/// The sentence of the first mention, from a little before the name on where it stands far behind the beginning.
fn first(open: &Open, entity: EntityId) -> Vec<CardRow> {
    let Some(target) = open.mentions(entity).first().copied() else { return Vec::new() };
    let found = &open.document.found;
    let text = &open.document.article.text;
    let n = found.sentences.partition_point(|s| s.start <= target.start).saturating_sub(1);
    let sentence = found.sentences.get(n).filter(|s| s.covers(target)).copied().unwrap_or(target);
    let near = text.floor_char_boundary(target.start.saturating_sub(BEFORE) as usize).max(sentence.start as usize);
    let word = text.get(near..target.start as usize).and_then(|t| t.find(' ')).map_or(target.start as usize, |at| near + at + 1);
    let (from, dots) = if near == sentence.start as usize { (near, "") } else { (word, "…") };
    let words = text.get(from..sentence.end as usize).unwrap_or("");
    vec![CardRow::Fact { label: Label::None, text: format!("{dots}{words}"), target, doubtful: false }]
}

/// The forms of the name with their counts, the most used first.
fn variants(open: &Open, entity: EntityId) -> Vec<CardRow> {
    let text = &open.document.article.text;
    let mut forms: Vec<(&str, usize, Span)> = Vec::new();
    let mut at: HashMap<&str, usize> = HashMap::new();
    for &span in open.mentions(entity) {
        let form = span.of(text);
        let n = *at.entry(form).or_insert(forms.len());
        match forms.get_mut(n) {
            Some(known) => known.1 += 1,
            None => forms.push((form, 1, span)),
        }
    }
    forms.sort_by_key(|(_, count, span)| (std::cmp::Reverse(*count), span.start));
    forms.into_iter().map(|(_, count, span)| fact(Label::Count(count), &open.document, span)).collect()
}

fn roles(document: &Analysed, entity: EntityId) -> Vec<CardRow> {
    let roles = document.found.entities.get(entity.0 as usize).map(|e| &e.roles);
    roles.into_iter().flatten().map(|r| fact(Label::None, document, r.span)).collect()
}

/// The entity's own words, or what the writer tells of them.
fn said(document: &Analysed, entity: EntityId, indirect: bool) -> Vec<CardRow> {
    let own = document.found.quotes.iter().filter(|q| q.speaker == Some(entity) && (q.kind == QuoteKind::Indirect) == indirect);
    own.map(|q| quoted(Label::None, document, q)).collect()
}

/// Words of others in which the entity is mentioned.
fn said_of(document: &Analysed, entity: EntityId) -> Vec<CardRow> {
    let mentions: Vec<Span> = document.found.mentions.iter().filter(|m| m.entity == entity).map(|m| m.span).collect();
    let inside = |span: Span| mentions.get(mentions.partition_point(|m| m.start < span.start)).is_some_and(|m| m.end <= span.end);
    let speaker = |q: &Quote| {
        let named = q.speaker.and_then(|id| document.found.entities.get(id.0 as usize)).map(|e| e.name.clone());
        named.or_else(|| q.speaker_words(&document.article.text).map(str::to_owned)).unwrap_or_default()
    };
    let others = document.found.quotes.iter().filter(|q| q.speaker != Some(entity) && inside(q.span));
    others.map(|q| quoted(Label::Speaker(speaker(q)), document, q)).collect()
}

fn moments(document: &Analysed, entity: EntityId) -> Vec<CardRow> {
    let mut events: Vec<_> = document.found.events.iter().filter(|e| e.entities.contains(&entity)).collect();
    events.sort_by_key(|e| (e.interval.is_none(), e.interval, e.span));
    events.into_iter().map(|e| fact(Label::When(e.interval), document, e.span)).collect()
}

/// Who and what is named in the same sentences, the most often first, with their kinds; each leads to the first such sentence.
fn company(document: &Analysed, entity: EntityId) -> Vec<(Kind, CardRow)> {
    let found = &document.found;
    let named: Vec<_> = found.mentions.iter().filter(|m| m.form == MentionForm::Name && m.entity != EntityId::UNJOINED).collect();
    let mut counts: HashMap<EntityId, (usize, Span)> = HashMap::new();
    for sentence in &found.sentences {
        let first = named.partition_point(|m| m.span.start < sentence.start);
        let here = named[first..].iter().take_while(|m| m.span.start < sentence.end);
        if here.clone().any(|m| m.entity == entity) {
            for other in here.filter(|m| m.entity != entity) {
                counts.entry(other.entity).or_insert((0, other.span)).0 += 1;
            }
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(id, (count, _))| (std::cmp::Reverse(*count), *id));
    let row = |(id, (count, target)): (EntityId, (usize, Span))| {
        let other = found.entities.get(id.0 as usize)?;
        let label = Label::Company(count, other.kind);
        Some((other.kind, CardRow::Fact { label, text: other.name.clone(), target, doubtful: false }))
    };
    counts.into_iter().filter_map(row).collect()
}
