//! The home of a source: where the places are that its articles write about, learnt from their names alone.
//!
//! Each distinct name votes, split over the divisions and the cells of one degree that have a place so called. What is local agrees with itself; the
//! namesakes scatter. Then each name votes again, for its places as likely as the first votes make them (expectation maximisation), so that Paris
//! in Texas is believed once the towns around it are. The prior strengthens with the number of articles, and stays weak where the votes scatter, as
//! a national paper's do. Nobody tells it anything, and what it has learnt is a plain list of names that can be kept.

use super::clues::kilometres;
use super::senses::{Sense, known_as};
use crate::article::{Analysed, CountryCode, Kind, MentionForm, PlaceKind};
use crate::lexicon::gazetteer::{self, Place};
use std::collections::{BTreeMap, BTreeSet};

/// What it is worth to a candidate that all votes are for its country.
const COUNTRY: f32 = 1.5;
/// The same for half of all votes for its division.
const DIVISION: f32 = 3.0;
/// The same for lying where most votes are.
const MIDDLE: f32 = 2.5;
/// Kilometres from there at which that is worth a third.
const REACH: f64 = 80.0;
/// Places in the middle that are kept.
const CELLS: usize = 8;
/// Articles at which the prior has half of its strength.
const HALF: f32 = 0.7;
/// Votes of a name that is part of the source's own: "parisbeacon.com".
const OWN_NAME: f32 = 4.0;
/// Times that the names vote again.
const ROUNDS: usize = 3;
/// Names that are kept of a source: a bound on memory.
const KEPT: usize = 4096;
/// Names that count of an article.
const NAMES: usize = 400;

/// What a source writes about: its names of places with how many articles have them, and what follows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Home {
    site: String,
    articles: u32,
    names: BTreeMap<String, u32>,
    prior: Option<Prior>,
}

/// Votes by country, by division and by cell of a degree; then shares of them.
#[derive(Clone, Debug, Default, PartialEq)]
struct Votes {
    countries: BTreeMap<CountryCode, f32>,
    divisions: BTreeMap<Place, f32>,
    cells: BTreeMap<(i16, i16), f32>,
    total: f32,
}

/// What follows from the votes.
#[derive(Clone, Debug, Default, PartialEq)]
struct Prior {
    countries: BTreeMap<CountryCode, f32>,
    divisions: BTreeMap<Place, f32>,
    /// Points with their weight, the heaviest first.
    middle: Vec<((f64, f64), f32)>,
}

/// The homes of all sources, by their site.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Homes(BTreeMap<String, Home>);

impl Homes {
    /// Learns from an article; one without a site teaches nothing.
    pub fn learn(&mut self, analysed: &Analysed) {
        if let Some(site) = &analysed.article.site {
            let site = site.to_lowercase();
            self.0.entry(site).or_insert_with_key(|site| Home::new(site)).learn(analysed);
        }
    }

    /// Draws the conclusions from what was learnt since the last time.
    pub fn settle(&mut self) {
        self.0.values_mut().filter(|h| h.prior.is_none()).for_each(Home::settle);
    }

    /// Takes a home that was kept.
    pub fn insert(&mut self, home: Home) {
        self.0.insert(home.site.clone(), home);
    }

    /// The home of a site; none where fewer than two articles are known, for one says nothing that it does not say itself.
    #[must_use]
    pub fn get(&self, site: Option<&str>) -> Option<&Home> {
        self.0.get(&site?.to_lowercase()).filter(|h| h.articles > 1)
    }

    /// All homes, in the order of their sites: to be kept.
    pub fn iter(&self) -> impl Iterator<Item = &Home> {
        self.0.values()
    }
}

impl Home {
    /// A source of which nothing is known yet.
    #[must_use]
    pub fn new(site: &str) -> Self {
        Self { site: site.to_lowercase(), ..Self::default() }
    }

    /// A home that was kept: what [`Home::site`], [`Home::articles`] and [`Home::names`] told.
    #[must_use]
    pub fn restored(site: &str, articles: u32, names: impl IntoIterator<Item = (String, u32)>) -> Self {
        Self { articles, names: names.into_iter().take(KEPT).collect(), ..Self::new(site) }
    }

    /// The site, in lower case.
    #[must_use]
    pub fn site(&self) -> &str {
        &self.site
    }

    /// How many articles it was learnt from.
    #[must_use]
    pub fn articles(&self) -> u32 {
        self.articles
    }

    /// The names of places, as keys, with the number of articles that have them.
    pub fn names(&self) -> impl Iterator<Item = (&str, u32)> {
        self.names.iter().map(|(name, count)| (name.as_str(), *count))
    }

    /// Counts the names of an article.
    pub fn learn(&mut self, analysed: &Analysed) {
        self.articles += 1;
        self.prior = None;
        let Analysed { article, found } = analysed;
        let named = found.mentions.iter().filter(|m| m.kind == Kind::Place && m.form == MentionForm::Name);
        let keys = named.map(|m| gazetteer::key(m.span.of(&article.text))).filter(|k| k.len() <= 60 && gazetteer::is_known(k));
        let keys: BTreeSet<String> = keys.take(4 * NAMES).collect();
        for key in keys.into_iter().take(NAMES) {
            if self.names.len() < KEPT || self.names.contains_key(&key) {
                *self.names.entry(key).or_default() += 1;
            }
        }
    }

    /// Lets the names vote.
    pub fn settle(&mut self) {
        let site: String = self.site.chars().filter(char::is_ascii_alphabetic).collect();
        let named = |key: &str| {
            let letters: String = key.chars().filter(|c| *c != ' ').collect();
            letters.len() >= 4 && site.contains(&letters)
        };
        let names: Vec<(Vec<Sense>, f32, bool)> = self
            .names
            .iter()
            .map(|(key, count)| {
                let own = named(key);
                (known_as(key), (*count as f32).sqrt() * if own { OWN_NAME } else { 1.0 }, own)
            })
            .collect();
        let strength = self.articles as f32 / (self.articles as f32 + HALF);
        let mut votes = Votes::default();
        names.iter().for_each(|(senses, weight, own)| votes.split(senses, *weight, *own));
        let mut prior = Prior::new(&votes, strength);
        for _ in 0..ROUNDS {
            let mut votes = Votes::default();
            names.iter().for_each(|(senses, weight, own)| votes.share(senses, *weight, *own, &prior));
            prior = Prior::new(&votes, strength);
        }
        self.prior = Some(prior);
    }

    /// What the home is worth to a candidate.
    pub(super) fn worth(&self, sense: &Sense) -> f32 {
        self.prior.as_ref().map_or(0.0, |p| p.worth(sense))
    }

    /// The largest town of its names in the middle, where that stands out.
    pub(super) fn town(&self) -> Option<Place> {
        let (middle, weight) = *self.prior.as_ref()?.middle.first()?;
        if weight < 0.5 {
            return None;
        }
        let towns = self.names.keys().flat_map(|k| gazetteer::find(k)).map(|c| c.place).filter(|p| p.kind() == PlaceKind::City);
        towns.filter(|p| kilometres(middle, (p.latitude(), p.longitude())) < REACH).max_by_key(|p| (p.weight(), *p))
    }
}

/// True for what can be at home somewhere; a country or an ocean is everybody's.
fn is_local(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::City | PlaceKind::Quarter | PlaceKind::District | PlaceKind::Division | PlaceKind::Site)
}

fn cell(sense: &Sense) -> (i16, i16) {
    (sense.point.0.round() as i16, sense.point.1.round() as i16)
}

impl Votes {
    /// A name's first vote, in equal parts for all places so called. A country's name tells nothing, unless the source is named so.
    fn split(&mut self, senses: &[Sense], weight: f32, own: bool) {
        if !own && senses.iter().any(|s| matches!(s.kind, PlaceKind::Country | PlaceKind::Continent | PlaceKind::Region)) {
            return;
        }
        let divisions: BTreeSet<Place> = senses.iter().filter_map(|s| s.division).collect();
        let cells: BTreeSet<(i16, i16)> = senses.iter().filter(|s| s.kind != PlaceKind::Division).map(cell).collect();
        for division in &divisions {
            let several = divisions.len() as f32;
            self.vote(*division, weight / several * (0.5 + 0.5 * (6.0 / several).min(1.0)));
        }
        let states: Vec<Place> = senses.iter().filter(|s| s.kind == PlaceKind::Division).map(|s| s.place).collect();
        states.iter().for_each(|s| self.vote(*s, weight / states.len() as f32));
        cells.iter().for_each(|c| *self.cells.entry(*c).or_default() += weight / cells.len() as f32);
        self.total += weight;
    }

    fn vote(&mut self, division: Place, weight: f32) {
        *self.divisions.entry(division).or_default() += weight;
        if let Some(country) = division.country() {
            *self.countries.entry(country).or_default() += weight;
        }
    }

    /// A name's vote for each place as likely as the prior makes it.
    fn share(&mut self, senses: &[Sense], weight: f32, own: bool, prior: &Prior) {
        let worth = |s: &Sense| s.score + prior.worth(s) - if own && !is_local(s.kind) { 3.0 } else { 0.0 };
        let most = senses.iter().map(worth).fold(f32::MIN, f32::max);
        let total: f32 = senses.iter().map(|s| (worth(s) - most).exp()).sum();
        let local: f32 = senses.iter().filter(|s| is_local(s.kind)).map(|s| (worth(s) - most).exp() / total).sum();
        for sense in senses.iter().filter(|s| is_local(s.kind)) {
            let vote = weight * (worth(sense) - most).exp() / total;
            if let Some(division) = sense.division {
                self.vote(division, vote);
            }
            if sense.kind != PlaceKind::Division {
                *self.cells.entry(cell(sense)).or_default() += vote;
            }
        }
        self.total += weight * local;
    }
}

impl Prior {
    fn new(votes: &Votes, strength: f32) -> Self {
        let share = |v: f32| strength * v / votes.total.max(1.0);
        let mut divisions: Vec<(Place, f32)> = votes.divisions.iter().map(|(d, v)| (*d, (2.0 * share(*v)).min(1.0))).collect();
        divisions.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        divisions.truncate(6);
        Self {
            countries: votes.countries.iter().map(|(c, v)| (*c, share(*v).min(1.0))).collect(),
            divisions: divisions.into_iter().collect(),
            middle: Self::middle(votes, strength),
        }
    }

    /// The cells with most votes in and around them.
    fn middle(votes: &Votes, strength: f32) -> Vec<((f64, f64), f32)> {
        let around = |(north, east): (i16, i16)| {
            let cells = (-1..=1).flat_map(|dn| (-1..=1).map(move |de| (dn, de)));
            cells
                .map(|(dn, de)| votes.cells.get(&(north + dn, east + de)).unwrap_or(&0.0) * if (dn, de) == (0, 0) { 1.0 } else { 0.6 })
                .sum::<f32>()
        };
        let mut cells: Vec<((i16, i16), f32)> = votes.cells.keys().map(|c| (*c, around(*c))).collect();
        cells.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let weight = |v: f32| strength * (2.0 * v / votes.total.max(1.0)).min(1.0);
        cells.into_iter().take(CELLS).map(|((n, e), v)| ((f64::from(n), f64::from(e)), weight(v))).filter(|(_, w)| *w > 0.1).collect()
    }

    fn worth(&self, sense: &Sense) -> f32 {
        if !is_local(sense.kind) {
            return 0.0;
        }
        let country = sense.country.and_then(|c| self.countries.get(&c)).unwrap_or(&0.0);
        let division = sense.division.and_then(|d| self.divisions.get(&d)).unwrap_or(&0.0);
        let near = |(point, weight): &((f64, f64), f32)| weight * (-kilometres(*point, sense.point) / REACH).exp() as f32;
        // Divisions are compared by country and votes alone: their point is no place where people are.
        let middle = if sense.kind == PlaceKind::Division { 0.0 } else { self.middle.iter().map(near).fold(0.0, f32::max) };
        COUNTRY * country + DIVISION * division + MIDDLE * middle
    }
}
