//! Places: which place of the gazetteer a name means.
//!
//! Each name has candidates ([`senses`]); what the text says right beside it ([`clues`]), what its source mostly writes about ([`home`]), and where
//! the article's other places lie ([`weigh`]) decide among them. [`toponyms`] runs before names are joined and uses the gazetteer as evidence that a
//! name is a place at all. [`actors`] tells a place from those who act there ("Washington said").

mod actors;
mod capital;
mod choices;
mod clues;
mod home;
mod senses;
mod toponyms;
mod weigh;

use super::{Annotator, Known, Reading};
use crate::article::{Analysed, Annotations, Kind, MentionForm, PlaceKind, PlaceRelation};
use senses::Name;

pub use choices::{Choice, choices};
pub use home::{Home, Homes};
pub use toponyms::Toponyms;

/// Which place of the gazetteer each name means.
#[derive(Debug)]
pub struct Places;

impl Annotator for Places {
    fn name(&self) -> &'static str {
        "place"
    }

    fn annotate(&self, reading: &Reading<'_>, found: &mut Annotations) {
        let mut names = senses::names(reading, found);
        senses::correct(&mut names, reading, &found.entities);
        clues::add(reading, found, &mut names);
        weigh::weigh(&mut names, reading.known.home);
        for (name, entity, relation) in names.iter().flat_map(|n| n.entities.iter().map(move |(e, r)| (n, *e, *r))) {
            found.entities[entity].place = name.answer(relation);
        }
        within(reading, found, &names);
        capital::add(reading, found);
        actors::mark(reading, found);
    }
}

/// Decides on the places of an article again, with what has become known since: a home that was learnt, a reader's correction.
pub fn locate(analysed: &mut Analysed, known: Known<'_>) {
    let Analysed { article, found } = analysed;
    // Of a longer text only the beginning was looked through; what was decided there stays.
    if article.text.len() > super::MOST {
        return;
    }
    let reading = Reading::knowing(article, known);
    found.entities.iter_mut().for_each(|e| e.place = None);
    capital::clear(found);
    Places.annotate(&reading, found);
}

/// How sure it is that an unknown place lies in the city that is named around it.
const WITHIN: f32 = 0.4;

/// Puts streets, buildings and quarters that the gazetteer lacks into the city that the text names around them.
fn within(reading: &Reading<'_>, found: &mut Annotations, names: &[Name]) {
    let mut known = vec![false; found.entities.len()];
    names.iter().filter(|n| !n.senses.is_empty() || n.corrected).flat_map(|n| &n.entities).for_each(|(e, _)| known[*e] = true);
    let is_unknown = |n: usize| found.entities[n].kind == Kind::Place && !known[n];
    let mut unknown: Vec<Option<_>> = vec![None; found.entities.len()];
    let mentions: Vec<_> = found.mentions.iter().filter(|m| m.form == MentionForm::Name).collect();
    let place = |at: usize| {
        let place = found.entities.get(mentions.get(at)?.entity.0 as usize)?.place.as_ref()?;
        (place.relation == PlaceRelation::Is && place.kind != PlaceKind::Continent).then_some(place)
    };
    let town = |at: usize| place(at).filter(|p| clues::is_town(p.kind));
    for (at, mention) in mentions.iter().enumerate() {
        let entity = mention.entity.0 as usize;
        if entity >= unknown.len() || !is_unknown(entity) || unknown[entity].is_some() {
            continue;
        }
        let after =
            (at + 1..at + 3).find(|n| mentions.get(*n).is_some_and(|m| clues::leads_into(reading, mention.span, m.span))).and_then(place);
        let near = |n: &usize| mentions[*n].span.end + NEAR > mention.span.start;
        let before = || (0..at).rev().take_while(near).find_map(town);
        unknown[entity] = after.or_else(before).cloned();
    }
    let first = (0..mentions.len().min(LOOK)).find_map(town).cloned();
    let home = reading.known.home.and_then(Home::town);
    for (entity, place) in found.entities.iter_mut().zip(unknown).zip(&known).filter(|(_, k)| !**k).map(|(e, _)| e) {
        if entity.kind != Kind::Place {
            continue;
        }
        entity.place = place.or_else(|| home.map(|h| h.to_entity(PlaceRelation::Within, WITHIN, None))).or_else(|| first.clone());
        if let Some(place) = &mut entity.place {
            (place.relation, place.score, place.runner_up) = (PlaceRelation::Within, WITHIN, None);
        }
    }
}

/// Bytes before an unknown place in which the city around it is looked for.
const NEAR: u32 = 600;

/// Names at the head of the article among which it is looked for at last.
const LOOK: usize = 8;

#[cfg(test)]
mod tests;
