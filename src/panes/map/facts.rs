//! What the gazetteer knows of a place, line by line, for its card.

use crate::app::PlaceFact;
use crate::article::{GazetteerPlace, PlaceKind, PlaceRelation};
use crate::lexicon::gazetteer;
use crate::locale::{self, tr};

/// What stands before a fact, and the fact.
pub(in crate::panes) fn fact(place: &GazetteerPlace, fact: PlaceFact, local_time: Option<&str>) -> (&'static str, String) {
    match fact {
        PlaceFact::Name => (label(place), full_name(place)),
        PlaceFact::Population => (tr!("people" in "population"), place.population.map(locale::number).unwrap_or_default()),
        PlaceFact::Coordinates => (tr!("lies at"), coordinates(place)),
        PlaceFact::LocalTime => (tr!("now"), local_time.map_or_else(|| tr!("the time there is not known").to_owned(), str::to_owned)),
        PlaceFact::Doubt => (tr!("or else"), place.runner_up.and_then(gazetteer::place).map(|p| p.label()).unwrap_or_default()),
    }
}

/// How the name belongs to the place: by its kind, where it is the place.
fn label(place: &GazetteerPlace) -> &'static str {
    match place.relation {
        PlaceRelation::Is => locale::text(place.kind.name()),
        PlaceRelation::Within => tr!("lies in"),
        PlaceRelation::Demonym => tr!("of" in "a people"),
        PlaceRelation::Named => tr!("named after"),
    }
}

/// `Caracas, Capital District, Venezuela (VE)`.
fn full_name(place: &GazetteerPlace) -> String {
    let country = place.country.map(|code| {
        let name = locale::territory(code.as_str()).or_else(|| gazetteer::country(code).map(|c| c.place.name()));
        name.map_or_else(|| code.to_string(), |name| format!("{name} ({code})"))
    });
    let is_country = |c: &String| place.kind == PlaceKind::Country || c.starts_with(&place.name);
    match country {
        Some(country) if is_country(&country) && place.admin1.is_none() => country,
        country => [Some(place.name.clone()), place.admin1.clone(), country].into_iter().flatten().collect::<Vec<_>>().join(", "),
    }
}

/// `10.49° N, 66.88° W`.
fn coordinates(place: &GazetteerPlace) -> String {
    let side = |degrees: f64, plus, minus| format!("{}° {}", locale::decimal(degrees.abs(), 2), if degrees < 0.0 { minus } else { plus });
    let (latitude, longitude) = (side(place.latitude, tr!("N"), tr!("S")), side(place.longitude, tr!("E"), tr!("W")));
    tr!("{latitude}, {longitude}", latitude, longitude)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{CountryCode, PlaceId};

    fn caracas() -> GazetteerPlace {
        GazetteerPlace {
            id: PlaceId(3_646_738),
            name: "Caracas".to_owned(),
            kind: PlaceKind::City,
            feature: "PPLC",
            country: CountryCode::new("VE"),
            admin1: Some("Capital District".to_owned()),
            population: Some(2_245_744),
            latitude: 10.4880,
            longitude: -66.8792,
            zone: None,
            relation: PlaceRelation::Is,
            score: 0.9,
            runner_up: None,
        }
    }

    #[test]
    fn facts_in_words() {
        let place = caracas();
        assert_eq!(fact(&place, PlaceFact::Name, None), ("city", "Caracas, Capital District, Venezuela (VE)".to_owned()));
        assert_eq!(fact(&place, PlaceFact::Population, None).1, "2,245,744");
        assert_eq!(fact(&place, PlaceFact::Coordinates, None).1, "10.49° N, 66.88° W");
        let country = GazetteerPlace { name: "Venezuela".to_owned(), kind: PlaceKind::Country, admin1: None, ..caracas() };
        assert_eq!(fact(&country, PlaceFact::Name, None), ("country", "Venezuela (VE)".to_owned()));
        let people = GazetteerPlace { relation: PlaceRelation::Demonym, ..country };
        assert_eq!(fact(&people, PlaceFact::Name, None).0, "of");
    }
}
