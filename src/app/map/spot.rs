//! What the map shows: places, each once, with how often they are named.

use super::super::library::{Library, NameId};
use super::super::open::Open;
use super::view::Point;
use crate::article::{EntityId, GazetteerPlace, Kind, Mention, MentionForm, PlaceId, PlaceKind, PlaceRelation};
use crate::locale::territory;
use std::collections::HashMap;

/// Places of the library that are shown, the most mentioned ones.
const MOST: usize = 3000;

/// A place on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// The place.
    pub place: GazetteerPlace,
    /// How often it is named.
    pub mentions: u32,
    /// In how many articles.
    pub articles: u32,
    /// What names it; of several the one that does so most plainly and most often.
    pub target: Target,
}

/// What names a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// An entity of the open article.
    Entity(EntityId),
    /// A name of the library.
    Name(NameId, Kind),
}

impl Spot {
    /// Its name, as the reader's language has it where it is a country or a continent.
    #[must_use]
    pub fn shown(&self) -> &str {
        let name = match (self.place.kind, self.place.country) {
            (PlaceKind::Country, Some(code)) => territory(code.as_str()),
            (PlaceKind::Continent, _) => territory(&self.place.name),
            _ => None,
        };
        name.unwrap_or(&self.place.name)
    }

    /// Where it is.
    #[must_use]
    pub fn point(&self) -> Point {
        Point::new(self.place.latitude, self.place.longitude)
    }

    /// Degrees of latitude around it that belong to it, as far as its kind tells, with some of what lies near.
    pub(super) fn around(&self) -> f64 {
        match self.place.kind {
            PlaceKind::Continent => 30.0,
            PlaceKind::Region | PlaceKind::Water | PlaceKind::Mountain => 12.0,
            PlaceKind::Country => 7.0,
            PlaceKind::Division => 5.0,
            PlaceKind::District | PlaceKind::City | PlaceKind::Quarter | PlaceKind::Site => 3.0,
        }
    }

    /// What makes one name of a place better than another: that it is its name, and how often it stands there.
    fn rank(relation: PlaceRelation, mentions: u32) -> (bool, u32) {
        (relation == PlaceRelation::Is, mentions)
    }
}

/// True for what shows a place: a body that has a place in its name is not there.
pub(in crate::app) fn is_shown(place: &GazetteerPlace) -> bool {
    place.relation != PlaceRelation::Named
}

/// The places of the open article, the most mentioned first; the spot of each entity that has one. With `with`, only mentions in sentences count
/// that name that entity too.
pub(super) fn of_article(open: &Open, with: Option<EntityId>) -> (Vec<Spot>, HashMap<EntityId, usize>) {
    let counts = with.map(|with| beside(open, with));
    let mut gathered = Gathered::default();
    let mut ids = Vec::new();
    for (id, entity) in (0..).map(EntityId).zip(&open.document.found.entities) {
        let Some(place) = entity.place.as_ref().filter(|p| is_shown(p)) else { continue };
        let named = open.mentions(id).len();
        let mentions = counts.as_ref().map_or(named, |c| c.get(&id).copied().unwrap_or(0));
        if mentions > 0 {
            gathered.add(place, u32::try_from(mentions).unwrap_or(u32::MAX), Target::Entity(id));
            ids.push((id, place.id));
        }
    }
    let spots = gathered.sorted();
    let at: HashMap<PlaceId, usize> = spots.iter().enumerate().map(|(n, s)| (s.place.id, n)).collect();
    (spots, ids.into_iter().filter_map(|(id, place)| at.get(&place).map(|n| (id, *n))).collect())
}

/// How often each entity is named in the sentences that name `with`.
fn beside(open: &Open, with: EntityId) -> HashMap<EntityId, usize> {
    let found = &open.document.found;
    let mut counts = HashMap::new();
    for sentence in &found.sentences {
        let first = found.mentions.partition_point(|m| m.span.start < sentence.start);
        let here = found.mentions[first..].iter().take_while(|m| m.span.start < sentence.end);
        if here.clone().any(|m| m.entity == with) {
            for mention in here.filter(|m| is_name(m)) {
                *counts.entry(mention.entity).or_insert(0) += 1;
            }
        }
    }
    counts
}

fn is_name(mention: &Mention) -> bool {
    mention.form == MentionForm::Name
}

/// The places of all articles of the library, the most mentioned first.
pub(super) fn of_library(library: &Library) -> Vec<Spot> {
    let mut spots: Vec<Spot> = library.places().spots().collect();
    if spots.len() > MOST {
        spots.select_nth_unstable_by_key(MOST, |s| std::cmp::Reverse(s.mentions));
        spots.truncate(MOST);
    }
    spots.sort_by_key(|s| (std::cmp::Reverse(s.mentions), s.place.id));
    spots
}

/// Places that are being counted.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    spots: Vec<(Spot, (bool, u32))>,
    at: HashMap<PlaceId, usize>,
}

impl Gathered {
    fn add(&mut self, place: &GazetteerPlace, mentions: u32, target: Target) {
        let rank = Spot::rank(place.relation, mentions);
        match self.at.get(&place.id).and_then(|n| self.spots.get_mut(*n)) {
            Some((spot, best)) => {
                spot.mentions = spot.mentions.saturating_add(mentions);
                if rank > *best {
                    (spot.place, spot.target, *best) = (place.clone(), target, rank);
                }
            }
            None => {
                self.at.insert(place.id, self.spots.len());
                self.spots.push((Spot { place: place.clone(), mentions, articles: 1, target }, rank));
            }
        }
    }

    /// The most mentioned first; among equals, the first named.
    fn sorted(self) -> Vec<Spot> {
        let mut spots: Vec<Spot> = self.spots.into_iter().map(|(spot, _)| spot).collect();
        spots.sort_by_key(|s| std::cmp::Reverse(s.mentions));
        spots
    }
}
