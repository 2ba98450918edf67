//! Where: places of the gazetteer, what they are, and what a reader has put right about them.

use crate::locale::tr_later;
use std::fmt;

/// The number of a place in the gazetteer, the same in every version of it, so that it can be kept on disk.
///
/// Below [`PlaceId::OWN`] it is GeoNames' number; from there on one of dateline's own, told by the place's name and kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(pub u32);

impl PlaceId {
    /// The first number that is not GeoNames'.
    pub const OWN: u32 = 1 << 31;

    /// GeoNames' number, where it has one.
    #[must_use]
    pub fn geonames(self) -> Option<u32> {
        (self.0 < Self::OWN).then_some(self.0)
    }
}

/// ISO 3166-1 alpha-2 code of a country: two capital letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode([u8; 2]);

impl CountryCode {
    /// The code in two ASCII letters of any case; `None` for anything else.
    #[must_use]
    pub fn new(code: &str) -> Option<Self> {
        let &[a, b] = code.as_bytes() else { return None };
        (a.is_ascii_alphabetic() && b.is_ascii_alphabetic()).then(|| Self([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
    }

    /// The two letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The two regional indicators that many terminals show as the country's flag.
    #[must_use]
    pub fn flag(self) -> String {
        self.0.iter().filter_map(|b| char::from_u32(0x1F1E6 + u32::from(b - b'A'))).collect()
    }
}

impl fmt::Debug for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What kind of place it is, from the largest to the smallest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceKind {
    /// One of the seven.
    Continent,
    /// Part of the world or of a country, with borders or without: the Middle East, the Midwest, a desert, an island.
    Region,
    /// A country or a territory with a code of its own.
    Country,
    /// A first-level division: a state, a province.
    Division,
    /// A second-level division: a county, a district.
    District,
    /// A city, town or village.
    City,
    /// A part of a city.
    Quarter,
    /// A sea, lake, river or canal.
    Water,
    /// A mountain or a range of them.
    Mountain,
    /// A building, square, street, airport or base that is known the world over.
    Site,
}

impl PlaceKind {
    /// All kinds, in order.
    pub const ALL: [Self; 10] = [
        Self::Continent,
        Self::Region,
        Self::Country,
        Self::Division,
        Self::District,
        Self::City,
        Self::Quarter,
        Self::Water,
        Self::Mountain,
        Self::Site,
    ];

    /// The kind in a word, as it is written in files and shown to readers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Continent => tr_later!("continent"),
            Self::Region => tr_later!("region"),
            Self::Country => tr_later!("country"),
            Self::Division => tr_later!("division"),
            Self::District => tr_later!("district"),
            Self::City => tr_later!("city"),
            Self::Quarter => tr_later!("quarter"),
            Self::Water => tr_later!("water"),
            Self::Mountain => tr_later!("mountain"),
            Self::Site => tr_later!("site"),
        }
    }

    /// True for what covers so much ground that its coordinates are only where its name is written.
    #[must_use]
    pub fn is_area(self) -> bool {
        matches!(self, Self::Continent | Self::Region | Self::Country | Self::Division | Self::Water)
    }
}

/// How an entity belongs to its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PlaceRelation {
    /// It is the place.
    Is,
    /// It lies in the place, and more is not known: a street or a quarter by its city.
    Within,
    /// It names the people, language or state of the place: "Venezuelan", "the French".
    Demonym,
    /// It is a body with the place in its name: "Boston University".
    Named,
}

impl PlaceRelation {
    /// The relation as it is written in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Is => "is",
            Self::Within => "within",
            Self::Demonym => "demonym",
            Self::Named => "named",
        }
    }
}

/// A place of the gazetteer, as the place of an entity.
///
/// More can be asked of `lexicon::gazetteer` by [`GazetteerPlace::id`].
#[derive(Clone, Debug, PartialEq)]
pub struct GazetteerPlace {
    /// Its number.
    pub id: PlaceId,
    /// Its usual name.
    pub name: String,
    /// What it is.
    pub kind: PlaceKind,
    /// GeoNames' feature code, such as `PPLC`.
    pub feature: &'static str,
    /// Its country; none for seas, continents and what lies in several.
    pub country: Option<CountryCode>,
    /// The name of the first-level division that it lies in; none for countries and for divisions themselves.
    pub admin1: Option<String>,
    /// How many people live there; none where that is not known or not asked.
    pub population: Option<u64>,
    /// Degrees north, from -90 to 90.
    pub latitude: f64,
    /// Degrees east, from -180 to 180.
    pub longitude: f64,
    /// IANA name of its time zone, where it has only one.
    pub zone: Option<&'static str>,
    /// How the entity belongs to it.
    pub relation: PlaceRelation,
    /// How sure it is, from 0 to 1.
    pub score: f32,
    /// The next best place of that name.
    pub runner_up: Option<PlaceId>,
}

/// What a reader has put right: which place a name means in the articles of a source.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PlaceCorrection {
    /// The source, as in [`Article::site`](super::Article::site); none for all sources.
    pub site: Option<String>,
    /// The name; capitals and accents do not count.
    pub name: String,
    /// The place; none where the name means no place that the gazetteer has.
    pub place: Option<PlaceId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_flags() {
        let code = CountryCode::new("ve").unwrap();
        assert_eq!(code.as_str(), "VE");
        assert_eq!(code.flag(), "\u{1F1FB}\u{1F1EA}");
        for wrong in ["", "V", "VEN", "V1", "é"] {
            assert_eq!(CountryCode::new(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn own_numbers_are_not_geonames() {
        assert_eq!(PlaceId(3_646_738).geonames(), Some(3_646_738));
        assert_eq!(PlaceId(PlaceId::OWN).geonames(), None);
    }
}
