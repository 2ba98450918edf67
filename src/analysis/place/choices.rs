//! The places that a name may mean, for a reader who knows better.

use crate::article::PlaceId;
use crate::lexicon::gazetteer;

/// A place to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its number.
    pub place: PlaceId,
    /// Its name with what it lies in.
    pub label: String,
    /// What it is, and how many people live there.
    pub note: String,
}

/// Places that are offered, at most.
const MOST: usize = 100;

/// The places that `name` may mean, the most populous first; then those whose names begin with it.
#[must_use]
pub fn choices(name: &str) -> Vec<Choice> {
    let key = gazetteer::key(name);
    let mut exact: Vec<_> = gazetteer::find(&key).into_iter().map(|c| c.place).collect();
    exact.sort_by_key(|p| std::cmp::Reverse(p.population()));
    let mut seen = Vec::new();
    for place in exact.into_iter().chain(gazetteer::complete(&key, MOST)) {
        if seen.len() < MOST && !seen.contains(&place) {
            seen.push(place);
        }
    }
    let note = |place: gazetteer::Place| match place.population() {
        Some(people) => format!("{} · {}", place.kind().name(), people_in_words(people)),
        None => place.kind().name().to_owned(),
    };
    seen.into_iter().map(|p| Choice { place: p.id(), label: p.label(), note: note(p) }).collect()
}

/// `2.2 million people`, `24,000 people`.
fn people_in_words(people: u64) -> String {
    match people {
        1 => "1 person".to_owned(),
        0..1_000 => format!("{people} people"),
        1_000..1_000_000 => format!("{},000 people", people / 1_000),
        _ => format!("{:.1} million people", people as f64 / 1e6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_populous_stands_first() {
        let paris = choices("Paris");
        assert!(paris[0].label.ends_with("France") && paris[0].note.starts_with("city · 2.1 million"), "{:?}", paris[0]);
        assert!(paris.iter().any(|c| c.label == "Paris, Texas, United States"), "{paris:?}");
        assert!(paris.len() <= MOST);
        let mut numbers: Vec<_> = paris.iter().map(|c| c.place).collect();
        numbers.sort();
        numbers.dedup();
        assert_eq!(numbers.len(), paris.len());
        assert!(choices("").len() <= MOST && choices("Xyzzyqwv").is_empty());
        let said = [1, 7, 24_171, 2_245_744].map(people_in_words);
        assert_eq!(said, ["1 person", "7 people", "24,000 people", "2.2 million people"]);
    }
}
