//! The home of a source: where the places are that its articles write about, learnt from their names alone.
//!
//! Each distinct name of an article votes, split over the divisions and the cells of one degree that have a place so called. What is local agrees
//! with itself; the namesakes scatter. The prior strengthens with the number of articles, and stays weak where the votes scatter, as a national
//! paper's do. It is not told by anybody, and it is a plain table that can be kept.

use super::clues::kilometres;
use super::senses::Sense;
use crate::article::{Analysed, CountryCode, Kind, PlaceId, PlaceKind};
use crate::lexicon::gazetteer::{self, NameKind, Place};
use std::collections::{BTreeMap, BTreeSet};

/// What the whole vote for its country is worth to a candidate.
const COUNTRY: f32 = 1.2;
/// The same for its division.
const DIVISION: f32 = 2.5;
/// The same for being right beside the middle.
const MIDDLE: f32 = 1.5;
/// Kilometres from the middle at which that is worth a third.
const REACH: f64 = 100.0;
/// Articles at which the prior has half of its strength.
const HALF: f32 = 1.0;
/// Votes that are kept for each source, the strongest: a bound on memory.
const KEPT: usize = 512;
/// Names that count of an article.
const NAMES: usize = 400;

/// What a source writes about: votes by place, from its articles. It can be kept and goes on growing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Home {
    /// How many articles were read.
    pub articles: u32,
    /// Votes by country.
    pub countries: BTreeMap<CountryCode, f32>,
    /// Votes by first-level division.
    pub divisions: BTreeMap<PlaceId, f32>,
    /// Votes by cell: whole degrees north and east.
    pub cells: BTreeMap<(i16, i16), f32>,
    /// How often each name was met, so that it votes with the root of it.
    pub names: BTreeMap<String, u32>,
    prior: Prior,
}

/// What follows from the votes.
#[derive(Clone, Debug, Default, PartialEq)]
struct Prior {
    countries: BTreeMap<CountryCode, f32>,
    divisions: BTreeMap<PlaceId, f32>,
    middle: Option<((f64, f64), f32)>,
}

/// The homes of all sources, by their site.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Homes(BTreeMap<String, Home>);

impl Homes {
    /// Learns from an article; one without a site teaches nothing.
    pub fn learn(&mut self, analysed: &Analysed) {
        if let Some(site) = &analysed.article.site {
            self.0.entry(site.to_lowercase()).or_default().learn(analysed);
        }
    }

    /// Draws the conclusions from what was learnt. Until then the homes are as they were.
    pub fn settle(&mut self) {
        self.0.values_mut().for_each(Home::settle);
    }

    /// The home of a site.
    #[must_use]
    pub fn get(&self, site: Option<&str>) -> Option<&Home> {
        self.0.get(&site?.to_lowercase()).filter(|h| h.articles > 1)
    }
}

impl Home {
    /// Counts the names of an article.
    pub fn learn(&mut self, analysed: &Analysed) {
        self.articles += 1;
        let places = analysed.found.entities.iter().filter(|e| e.kind == Kind::Place);
        let keys: BTreeSet<String> = places.map(|e| gazetteer::key(&e.name)).filter(|k| k.len() <= 60).take(NAMES).collect();
        for key in keys {
            if self.names.len() < KEPT * 8 || self.names.contains_key(&key) {
                *self.names.entry(key).or_default() += 1;
            }
        }
    }

    /// Lets the names vote.
    pub fn settle(&mut self) {
        (self.countries, self.divisions, self.cells) = Default::default();
        let names = std::mem::take(&mut self.names);
        for (name, count) in &names {
            self.vote(name, (*count as f32).sqrt());
        }
        self.names = names;
        let strength = self.articles as f32 / (self.articles as f32 + HALF);
        let total: f32 = self.divisions.values().sum::<f32>().max(0.01);
        let mut divisions: Vec<(PlaceId, f32)> = self.divisions.iter().map(|(d, v)| (*d, v / total)).collect();
        divisions.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        divisions.truncate(4);
        self.prior.divisions = divisions.into_iter().map(|(d, share)| (d, strength * (2.0 * share).min(1.0))).collect();
        let total: f32 = self.countries.values().sum::<f32>().max(0.01);
        self.prior.countries = self.countries.iter().map(|(c, v)| (*c, strength * v / total)).collect();
        self.prior.middle = self.middle().map(|(point, weight)| (point, strength * weight));
    }

    /// One name's vote, split over the places so called. A country is everybody's and tells nothing.
    fn vote(&mut self, key: &str, weight: f32) {
        let found = gazetteer::find(key);
        let official = |c: &&gazetteer::Candidate| matches!(c.name, NameKind::Official | NameKind::Short);
        if found.iter().any(|c| matches!(c.place.kind(), PlaceKind::Country | PlaceKind::Continent | PlaceKind::Region)) {
            return;
        }
        let divisions: BTreeSet<PlaceId> = found.iter().filter(official).filter_map(|c| Some(c.place.division()?.id())).collect();
        let several = divisions.len() as f32;
        for id in divisions {
            let vote = weight / several * (0.5 + 0.5 * (6.0 / several).min(1.0));
            *self.divisions.entry(id).or_default() += vote;
            if let Some(country) = gazetteer::place(id).and_then(Place::country) {
                *self.countries.entry(country).or_default() += vote;
            }
        }
        let states: Vec<PlaceId> = found.iter().filter(|c| c.place.kind() == PlaceKind::Division).map(|c| c.place.id()).collect();
        for id in &states {
            *self.divisions.entry(*id).or_default() += 1.5 * weight / states.len() as f32;
        }
        let towns =
            found.iter().filter(official).filter(|c| matches!(c.place.kind(), PlaceKind::City | PlaceKind::Quarter | PlaceKind::District));
        let cells: BTreeSet<(i16, i16)> = towns.map(|c| (c.place.latitude().round() as i16, c.place.longitude().round() as i16)).collect();
        for cell in &cells {
            *self.cells.entry(*cell).or_default() += weight / cells.len() as f32;
        }
    }

    /// The cell with most votes in and around it, and how much it stands out.
    fn middle(&self) -> Option<((f64, f64), f32)> {
        let mut smooth: BTreeMap<(i16, i16), f32> = BTreeMap::new();
        for ((north, east), votes) in &self.cells {
            for (dn, de) in (-1..=1).flat_map(|dn| (-1..=1).map(move |de| (dn, de))) {
                *smooth.entry((north + dn, east + de)).or_default() += votes * if (dn, de) == (0, 0) { 1.0 } else { 0.6 };
            }
        }
        let total: f32 = smooth.values().sum();
        let (cell, votes) = smooth.iter().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0)))?;
        let share = votes / total;
        (share > 0.04).then_some(((f64::from(cell.0), f64::from(cell.1)), (9.0 * share).min(1.0)))
    }

    /// What the home is worth to a candidate.
    pub(super) fn worth(&self, sense: &Sense) -> f32 {
        if !matches!(sense.kind, PlaceKind::City | PlaceKind::Quarter | PlaceKind::District | PlaceKind::Division | PlaceKind::Region) {
            return 0.0;
        }
        let mut worth = 0.0;
        if let Some(share) = sense.country.and_then(|c| self.prior.countries.get(&c)) {
            worth += COUNTRY * share;
        }
        if let Some(share) = sense.division.and_then(|d| self.prior.divisions.get(&d.id())) {
            worth += DIVISION * share;
        }
        if let Some((middle, weight)) = self.prior.middle.filter(|_| sense.kind != PlaceKind::Division) {
            worth += MIDDLE * weight * (-kilometres(middle, sense.point) / REACH).exp() as f32;
        }
        worth
    }

    /// The largest town in the middle, where that stands out.
    pub(super) fn town(&self) -> Option<Place> {
        let (middle, weight) = self.prior.middle?;
        if weight < 0.5 {
            return None;
        }
        let towns = self.names.keys().flat_map(|k| gazetteer::find(k)).map(|c| c.place).filter(|p| p.kind() == PlaceKind::City);
        towns.filter(|p| kilometres(middle, (p.latitude(), p.longitude())) < REACH).max_by_key(|p| (p.weight(), *p))
    }
}
