//! The candidates weighed against each other: by the home of the source, and by where the other places of the article lie.
//!
//! Scores are logits: the sum of what speaks for a candidate, from which a share follows by exponentiation. Every step costs the number of names times
//! their candidates, for the others are summed up by country, by division, and by the most mentioned points.

use super::clues::kilometres;
use super::home::Home;
use super::senses::{Name, Sense};
use crate::article::{CountryCode, PlaceKind};
use crate::lexicon::gazetteer::Place;
use std::collections::HashMap;

/// What the whole share of the article's other places in the same country is worth.
const COUNTRY_SHARE: f32 = 1.2;
/// What one other place in the same country is worth.
const COUNTRY_NEAR: f32 = 1.25;
/// What one other place in the same division is worth.
const DIVISION: f32 = 2.0;
/// What another place right beside is worth.
const NEAR: f32 = 1.5;
/// Kilometres at which a neighbour counts for a third.
const REACH: f64 = 150.0;
/// What counts of all this for the namesakes of a country: its towns around do not make Mexico the one in Missouri.
const NAMESAKE: f32 = 0.4;
/// Points that are looked at for neighbours.
const POINTS: usize = 48;
/// Rounds of weighing; more change nothing.
const ROUNDS: usize = 3;

/// What all places but one are summed up to.
#[derive(Default)]
struct Others {
    total: f32,
    countries: HashMap<CountryCode, f32>,
    divisions: HashMap<Place, f32>,
    /// Points of towns with the name they belong to and their weight, the heaviest first.
    points: Vec<(usize, (f64, f64), f32)>,
}

/// Decides among the candidates of all names.
pub(super) fn weigh(names: &mut [Name], home: Option<&Home>) {
    if let Some(home) = home {
        for sense in names.iter_mut().filter(|n| !n.corrected).flat_map(|n| &mut n.senses) {
            sense.score += home.worth(sense);
        }
    }
    let base: Vec<Vec<f32>> = names.iter().map(|n| n.senses.iter().map(|s| s.score).collect()).collect();
    let mut before: Vec<Option<Place>> = Vec::new();
    for _ in 0..ROUNDS {
        let best: Vec<Option<Place>> = names.iter().map(|n| n.best().map(|s| s.place)).collect();
        if best == before {
            break;
        }
        let others = Others::sum(names);
        let own: Vec<Option<(Sense, f32)>> = names.iter().map(|n| Some((*n.best()?, confidence(n)))).collect();
        for (n, name) in names.iter_mut().enumerate().filter(|(_, name)| name.senses.len() > 1) {
            let country = name.senses.iter().any(|s| s.kind == PlaceKind::Country);
            for (sense, base) in name.senses.iter_mut().zip(&base[n]) {
                let namesake = country && sense.kind != PlaceKind::Country;
                sense.score = base + others.worth(sense, n, own[n].as_ref()) * if namesake { NAMESAKE } else { 1.0 };
            }
        }
        before = best;
    }
}

/// How much a name's best candidate is to be believed by the others: how clearly it leads, and how often it is named.
fn confidence(name: &Name) -> f32 {
    let mut scores: Vec<f32> = name.senses.iter().map(|s| s.score).collect();
    scores.sort_by(|a, b| b.total_cmp(a));
    let lead = match scores.as_slice() {
        [first, second, ..] => 1.0 / (1.0 + (second - first).exp()),
        _ => 1.0,
    };
    lead * (1.0 + (name.count.max(1) as f32).ln())
}

impl Others {
    fn sum(names: &[Name]) -> Self {
        let mut others = Self::default();
        for (n, name) in names.iter().enumerate() {
            let Some(best) = name.best() else { continue };
            let weight = confidence(name);
            if let Some(country) = best.country {
                others.total += weight;
                *others.countries.entry(country).or_default() += weight;
            }
            if let Some(division) = best.division {
                *others.divisions.entry(division).or_default() += weight;
            }
            if has_point(best.kind) {
                others.points.push((n, best.point, weight));
            }
        }
        others.points.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
        others.points.truncate(POINTS);
        others
    }

    /// What the other places speak for a candidate of name `n`, whose own best candidate is not among them.
    fn worth(&self, sense: &Sense, n: usize, own: Option<&(Sense, f32)>) -> f32 {
        let mut worth = 0.0;
        let without = |sum: f32, same: bool| sum - own.map_or(0.0, |(_, weight)| if same { *weight } else { 0.0 });
        if let Some(country) = sense.country {
            let sum = self.countries.get(&country).copied().unwrap_or(0.0);
            let sum = without(sum, own.is_some_and(|(o, _)| o.country == Some(country))).max(0.0);
            let total = without(self.total, own.is_some_and(|(o, _)| o.country.is_some())).max(0.01);
            worth += COUNTRY_SHARE * (sum / total).min(1.0) + COUNTRY_NEAR * (0.5 * sum).min(1.0);
        }
        if let Some(division) = sense.division {
            let sum = self.divisions.get(&division).copied().unwrap_or(0.0);
            worth += DIVISION * without(sum, own.is_some_and(|(o, _)| o.division == Some(division))).clamp(0.0, 1.5);
        }
        if has_point(sense.kind) {
            let near = |(other, point, weight): &(usize, (f64, f64), f32)| {
                if *other == n { 0.0 } else { weight * (-kilometres(*point, sense.point) / REACH).exp() as f32 }
            };
            worth += NEAR * self.points.iter().map(near).sum::<f32>().min(2.0);
        }
        worth
    }
}

/// True for what lies at a point, so that distances mean something.
fn has_point(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::City | PlaceKind::Quarter | PlaceKind::District | PlaceKind::Site | PlaceKind::Region)
}
