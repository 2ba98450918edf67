//! Who and what is named in the open article: mentions by entity, and the list of names.

use super::open::{EntityRow, MarkKind, Open};
use crate::article::{Analysed, Annotations, EntityId, Kind, MentionForm};
use crate::text::Span;

/// Where each entity is named, and its row in the list of names.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    /// Spans by entity, each entity's in order of the text.
    spans: Vec<Span>,
    /// Where in `spans` each entity begins, and the end.
    bounds: Vec<usize>,
    /// The row of each entity; `usize::MAX` where it has none.
    rows: Vec<usize>,
    /// Entities with a row.
    names: usize,
    /// How many quotations and statements are each entity's.
    said: Vec<u32>,
}

impl Mentions {
    pub(super) fn new(found: &Annotations) -> Self {
        let count = found.entities.len();
        let named = || found.mentions.iter().filter(|m| m.form == MentionForm::Name && (m.entity.0 as usize) < count);
        let mut bounds = vec![0; count + 1];
        for mention in named() {
            bounds[mention.entity.0 as usize + 1] += 1;
        }
        for n in 1..bounds.len() {
            bounds[n] += bounds[n - 1];
        }
        let mut next = bounds.clone();
        let mut spans = vec![Span::default(); bounds.last().copied().unwrap_or(0)];
        for mention in named() {
            let at = &mut next[mention.entity.0 as usize];
            spans[*at] = mention.span;
            *at += 1;
        }
        let mut said = vec![0; count];
        for speaker in found.quotes.iter().filter_map(|q| q.speaker) {
            if let Some(n) = said.get_mut(speaker.0 as usize) {
                *n += 1;
            }
        }
        Self { spans, bounds, rows: vec![usize::MAX; count], names: 0, said }
    }

    /// Takes note of the rows in which the entities are listed.
    pub(super) fn place(&mut self, rows: &[EntityRow]) {
        for (n, row) in rows.iter().enumerate() {
            if let EntityRow::Entity(id) = row {
                self.rows[id.0 as usize] = n;
                self.names += 1;
            }
        }
    }

    /// How often an entity is named.
    fn count(&self, entity: u32) -> usize {
        let at = entity as usize;
        self.bounds.get(at + 1).zip(self.bounds.get(at)).map_or(0, |(to, from)| to - from)
    }
}

impl Open {
    /// The mentions by name of an entity, in order.
    #[must_use]
    pub fn mentions(&self, entity: EntityId) -> &[Span] {
        let at = entity.0 as usize;
        let bounds = self.mentions.bounds.get(at).zip(self.mentions.bounds.get(at + 1));
        bounds.and_then(|(from, to)| self.mentions.spans.get(*from..*to)).unwrap_or(&[])
    }

    /// How many quotations and statements are an entity's.
    #[must_use]
    pub fn said(&self, entity: EntityId) -> u32 {
        self.mentions.said.get(entity.0 as usize).copied().unwrap_or(0)
    }

    /// The row of an entity in the list of names.
    #[must_use]
    pub fn row_of_entity(&self, entity: EntityId) -> Option<usize> {
        self.mentions.rows.get(entity.0 as usize).copied().filter(|row| *row != usize::MAX)
    }

    /// The number of an entity among the names, from 1, and how many names there are.
    #[must_use]
    pub fn rank_of_row(&self, row: usize) -> (usize, usize) {
        let before = self.entities.get(..=row).unwrap_or(&self.entities);
        (before.iter().filter(|r| matches!(r, EntityRow::Entity(_))).count(), self.mentions.names)
    }

    /// The entity that is called `shown`, by its full name or otherwise: of several the one under the cursor, else the first.
    #[must_use]
    pub fn entity_called(&self, shown: &str) -> Option<EntityId> {
        let entities = &self.document.found.entities;
        let called = |id: &EntityId| entities.get(id.0 as usize).is_some_and(|e| e.name == shown || e.aliases.iter().any(|a| a == shown));
        let here = self.mark_at_cursor().and_then(|m| if let MarkKind::Name(id, _) = m.kind { Some(id) } else { None });
        let full = entities.iter().position(|e| e.name == shown);
        let named = || full.or_else(|| entities.iter().position(|e| e.aliases.iter().any(|a| a == shown)));
        here.filter(called).or_else(|| named().and_then(|n| u32::try_from(n).ok()).map(EntityId))
    }

    /// The entity of this article with this name.
    #[must_use]
    pub fn entity_named(&self, kind: Kind, folded: &str) -> Option<EntityId> {
        let at = self.document.found.entities.iter().position(|e| e.kind == kind && crate::text::fold(&e.name) == folded)?;
        u32::try_from(at).ok().map(EntityId)
    }
}

/// Names under the heading of their kind, the most mentioned first.
pub(super) fn rows(document: &Analysed, mentions: &Mentions) -> Vec<EntityRow> {
    let entities = &document.found.entities;
    let mut rows = Vec::new();
    for kind in [Kind::Person, Kind::Organization, Kind::Place, Kind::Other] {
        let mut ids: Vec<u32> = (0..).zip(entities).filter(|(_, e)| e.kind == kind).map(|(id, _)| id).collect();
        ids.retain(|id| mentions.count(*id) > 0);
        ids.sort_by_key(|id| (std::cmp::Reverse(mentions.count(*id)), *id));
        if !ids.is_empty() {
            if !rows.is_empty() {
                rows.push(EntityRow::Space);
            }
            rows.push(EntityRow::Heading(kind, ids.len()));
            rows.extend(ids.into_iter().map(|id| EntityRow::Entity(EntityId(id))));
        }
    }
    rows
}
