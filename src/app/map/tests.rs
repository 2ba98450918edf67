//! What the tests of the map share: places and spots without a gazetteer.

use super::{Spot, Target};
use crate::article::{CountryCode, EntityId, GazetteerPlace, PlaceId, PlaceKind, PlaceRelation};

/// A city at these degrees north and east.
pub(super) fn place(id: u32, name: &str, latitude: f64, longitude: f64) -> GazetteerPlace {
    GazetteerPlace {
        id: PlaceId(id),
        name: name.to_owned(),
        kind: PlaceKind::City,
        feature: "PPL",
        country: None,
        admin1: None,
        population: None,
        latitude,
        longitude,
        zone: None,
        relation: PlaceRelation::Is,
        score: 1.0,
        runner_up: None,
    }
}

/// A spot of that kind in that country.
pub(super) fn spot(id: u32, name: &str, country: &str, kind: PlaceKind, mentions: u32) -> Spot {
    let place = GazetteerPlace { kind, country: CountryCode::new(country), ..place(id, name, 0.0, 0.0) };
    Spot { place, mentions, articles: 1, target: Target::Entity(EntityId(id)) }
}
