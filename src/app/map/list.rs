//! The map as a list: places under their divisions, countries and continents, with counts. For screen readers too.

use super::spot::Spot;
use crate::article::PlaceKind;
use crate::locale::{self, tr_later};
use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapRow {
    /// How deep it lies: 0 for continents.
    pub depth: usize,
    /// The name.
    pub text: String,
    /// Mentions of it and of all that lies in it.
    pub mentions: u32,
    /// The place, where it is named itself: an index into the spots.
    pub spot: Option<usize>,
}

/// The heading over what lies in no one country.
const NOWHERE: &str = tr_later!("Seas and parts of the world");

/// The names of a continent and of a country.
pub type Home = (&'static str, &'static str);

/// The lines for `spots`, the most mentioned first on every level. `home` knows continent and country of a place.
#[must_use]
pub(super) fn rows(spots: &[Spot], home: impl Fn(&Spot) -> Option<Home>) -> Vec<MapRow> {
    let mut mentions: HashMap<Vec<&str>, (u32, Option<usize>)> = HashMap::new();
    let paths: Vec<Vec<&str>> = spots.iter().map(|s| path(s, home(s))).collect();
    for (n, (spot, path)) in spots.iter().zip(&paths).enumerate() {
        for depth in 1..=path.len() {
            mentions.entry(path[..depth].to_vec()).or_default().0 += spot.mentions;
        }
        // Two places of one name in one division are told apart by nothing: the first one keeps the line, the other gets its own.
        match mentions.get_mut(path) {
            Some((_, at @ None)) => *at = Some(n),
            _ => {
                let mut own = path.clone();
                while mentions.contains_key(&own) {
                    own.push(spot.shown());
                }
                mentions.insert(own, (spot.mentions, Some(n)));
            }
        }
    }
    let weight = |path: &[&str]| Reverse(mentions.get(path).map_or(0, |m| m.0));
    let order = |a: &[&str], b: &[&str]| -> Ordering {
        let level = a.iter().zip(b).take_while(|(a, b)| a == b).count() + 1;
        if a.len() < level || b.len() < level {
            return a.len().cmp(&b.len());
        }
        (weight(&a[..level]), a[level - 1]).cmp(&(weight(&b[..level]), b[level - 1]))
    };
    let mut keys: Vec<&Vec<&str>> = mentions.keys().collect();
    keys.sort_by(|a, b| order(a, b));
    let row = |path: &Vec<&str>| {
        let (count, spot) = mentions.get(path).copied().unwrap_or_default();
        MapRow { depth: path.len() - 1, text: path.last().copied().unwrap_or_default().to_owned(), mentions: count, spot }
    };
    keys.into_iter().map(row).collect()
}

/// Continent, country, division and name of a place, as far as it has them.
fn path(spot: &Spot, home: Option<Home>) -> Vec<&str> {
    let place = &spot.place;
    let mut path = match (home, place.kind) {
        (_, PlaceKind::Continent) => Vec::new(),
        (Some((continent, _)), PlaceKind::Country) => vec![continent],
        (Some((continent, country)), _) => vec![continent, country],
        (None, _) => vec![locale::text(NOWHERE)],
    };
    path.extend(place.admin1.as_deref().filter(|_| home.is_some() && place.kind != PlaceKind::Country));
    path.push(spot.shown());
    path
}

#[cfg(test)]
mod tests {
    use super::super::tests::spot;
    use super::*;

    fn home(spot: &Spot) -> Option<Home> {
        match spot.place.country?.as_str() {
            "US" => Some(("North America", "United States")),
            "VE" => Some(("South America", "Venezuela")),
            _ => None,
        }
    }

    #[test]
    fn places_stand_under_what_holds_them() {
        let mut spots = vec![
            spot(1, "Caracas", "VE", PlaceKind::City, 3),
            spot(2, "Venezuela", "VE", PlaceKind::Country, 5),
            spot(3, "Paris", "US", PlaceKind::City, 1),
            spot(4, "Paris", "US", PlaceKind::City, 2),
            spot(5, "Caribbean Sea", "", PlaceKind::Water, 1),
            spot(6, "South America", "", PlaceKind::Continent, 1),
        ];
        spots[0].place.admin1 = Some("Capital District".into());
        spots[2].place.admin1 = Some("Texas".into());
        spots[3].place.admin1 = Some("Texas".into());
        let shown: Vec<String> = rows(&spots, home)
            .iter()
            .map(|r| format!("{}{} {}{}", "  ".repeat(r.depth), r.text, r.mentions, if r.spot.is_some() { "" } else { " -" }))
            .collect();
        assert_eq!(
            shown,
            [
                "South America 9",
                "  Venezuela 8",
                "    Capital District 3 -",
                "      Caracas 3",
                "North America 3 -",
                "  United States 3 -",
                "    Texas 3 -",
                "      Paris 3",
                "        Paris 2",
                "Seas and parts of the world 1 -",
                "  Caribbean Sea 1",
            ]
        );
    }
}
