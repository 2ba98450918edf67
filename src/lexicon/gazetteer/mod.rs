//! The gazetteer: places by name and by number, countries with continent and capital. Read where it lies in the binary; nothing is decoded at start.
//!
//! assets/gazetteer/README.md says what is in it and how it is made; [`write()`] has the layout.

mod columns;
mod key;
mod words;
mod write;

use crate::article::{CountryCode, GazetteerPlace, PlaceId, PlaceKind, PlaceRelation};
use columns::{Columns, NONE, Section};
use fst::{Automaton, IntoStreamer, Map, Streamer, automaton::Str};
use std::sync::LazyLock;

pub use key::key;
pub use words::{Role, role};
pub use write::{Draft, DraftCountry, write};

/// Places, names and countries: see assets/gazetteer/README.md.
const BYTES: &[u8] = include_bytes!("../../../assets/gazetteer/gazetteer.bin");

static GAZETTEER: LazyLock<Option<Gazetteer<'static>>> = LazyLock::new(|| Gazetteer::read(BYTES));

/// GeoNames' feature codes that occur, with what they mean here; Natural Earth's features have the nearest one. The position is what is stored.
const FEATURES: &[(&str, PlaceKind)] = &[
    ("CONT", PlaceKind::Continent),
    ("RGN", PlaceKind::Region),
    ("PCLI", PlaceKind::Country),
    ("PCLD", PlaceKind::Country),
    ("ADM1", PlaceKind::Division),
    ("ADM2", PlaceKind::District),
    ("PPLC", PlaceKind::City),
    ("PPLA", PlaceKind::City),
    ("PPLA2", PlaceKind::City),
    ("PPLA3", PlaceKind::City),
    ("PPLA4", PlaceKind::City),
    ("PPLA5", PlaceKind::City),
    ("PPL", PlaceKind::City),
    ("PPLX", PlaceKind::Quarter),
    ("OCN", PlaceKind::Water),
    ("SEA", PlaceKind::Water),
    ("GULF", PlaceKind::Water),
    ("BAY", PlaceKind::Water),
    ("STRT", PlaceKind::Water),
    ("LK", PlaceKind::Water),
    ("STM", PlaceKind::Water),
    ("CNL", PlaceKind::Water),
    ("MTS", PlaceKind::Mountain),
    ("MT", PlaceKind::Mountain),
    ("DSRT", PlaceKind::Region),
    ("PEN", PlaceKind::Region),
    ("ISL", PlaceKind::Region),
    ("ISLS", PlaceKind::Region),
    ("PLN", PlaceKind::Region),
    ("VAL", PlaceKind::Region),
    ("CST", PlaceKind::Region),
    ("CAPE", PlaceKind::Region),
    ("BLDG", PlaceKind::Site),
    ("SQR", PlaceKind::Site),
    ("ST", PlaceKind::Site),
    ("AIRP", PlaceKind::Site),
    ("INSM", PlaceKind::Site),
    ("RELG", PlaceKind::Site),
    ("MNMT", PlaceKind::Site),
    ("STDM", PlaceKind::Site),
    ("PRK", PlaceKind::Site),
    ("BDG", PlaceKind::Site),
    ("PPLL", PlaceKind::City),
    ("PRN", PlaceKind::Site),
    ("NPL", PlaceKind::Site),
];

/// How a name belongs to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// What it is called.
    Official,
    /// Another name or spelling.
    Alternate,
    /// A short form that is written for it in addresses and datelines: "Pa.", "UK".
    Short,
    /// Its people, its language, or the adjective: "Peruvian".
    Demonym,
}

impl NameKind {
    const ALL: [Self; 4] = [Self::Official, Self::Alternate, Self::Short, Self::Demonym];
}

/// A place that a name may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The place.
    pub place: Place,
    /// How the name belongs to it.
    pub name: NameKind,
}

/// A place of the gazetteer: a number of its row, so it costs nothing to copy. What is asked of it is read from its columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place(u32);

/// A country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country {
    /// Its code.
    pub code: CountryCode,
    /// The place, with its name, population and the point where its name is written.
    pub place: Place,
    /// The English name of its continent.
    pub continent: &'static str,
    /// Its capital; none for what has none.
    pub capital: Option<Place>,
}

/// The seven continents, by the number stored with countries.
pub const CONTINENTS: [&str; 7] = ["Africa", "Antarctica", "Asia", "Europe", "North America", "Oceania", "South America"];

/// The places that a name may mean, the most populous first. `key` is what [`key()`] makes of the name.
#[must_use]
pub fn find(key: &str) -> Vec<Candidate> {
    GAZETTEER.as_ref().map_or_else(Vec::new, |g| g.find(key))
}

/// True where some place has the name; cheaper than [`find`].
#[must_use]
pub fn is_known(key: &str) -> bool {
    GAZETTEER.as_ref().is_some_and(|g| g.names.contains_key(key))
}

/// The places whose names begin with `key`, the most populous first; at most `limit`. For choosing a place while its name is typed.
#[must_use]
pub fn complete(key: &str, limit: usize) -> Vec<Place> {
    GAZETTEER.as_ref().map_or_else(Vec::new, |g| g.complete(key, limit))
}

/// The place with a number.
#[must_use]
pub fn place(id: PlaceId) -> Option<Place> {
    GAZETTEER.as_ref().and_then(|g| g.columns.row_of(id.0)).map(Place)
}

/// All places, in order of their numbers.
pub fn places() -> impl Iterator<Item = Place> {
    (0..GAZETTEER.as_ref().map_or(0, |g| g.columns.len())).map(Place)
}

/// The country with a code.
#[must_use]
pub fn country(code: CountryCode) -> Option<Country> {
    GAZETTEER.as_ref()?.columns.country_of(code)
}

/// All countries, in order of their codes.
pub fn countries() -> impl Iterator<Item = Country> {
    (0..).map_while(|n| GAZETTEER.as_ref()?.columns.country(n))
}

impl Place {
    fn columns(self) -> Option<&'static Columns<'static>> {
        GAZETTEER.as_ref().map(|g| &g.columns)
    }

    /// Its number, which stays the same.
    #[must_use]
    pub fn id(self) -> PlaceId {
        PlaceId(self.columns().map_or(0, |c| c.id(self.0)))
    }

    /// Its usual name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.columns().map_or("", |c| c.name(self.0))
    }

    /// GeoNames' feature code.
    #[must_use]
    pub fn feature(self) -> &'static str {
        self.columns().and_then(|c| FEATURES.get(usize::from(c.feature(self.0)))).map_or("", |f| f.0)
    }

    /// What it is.
    #[must_use]
    pub fn kind(self) -> PlaceKind {
        self.columns().and_then(|c| FEATURES.get(usize::from(c.feature(self.0)))).map_or(PlaceKind::City, |f| f.1)
    }

    /// The code of its country.
    #[must_use]
    pub fn country(self) -> Option<CountryCode> {
        self.columns().and_then(|c| c.group(self.0).country)
    }

    /// The first-level division that it lies in; its own for a division.
    #[must_use]
    pub fn division(self) -> Option<Self> {
        self.columns().and_then(|c| c.group(self.0).division).map(Self)
    }

    /// How many people live there, to three digits and more; none where that is not known or not asked.
    #[must_use]
    pub fn population(self) -> Option<u64> {
        let counted = matches!(self.kind(), PlaceKind::Country | PlaceKind::City | PlaceKind::Quarter);
        Some(self.weight()).filter(|p| counted && *p > 0 && self.id().geonames().is_some())
    }

    /// How much it counts among places of its name: its population, for divisions that of its cities, a rough figure for what has none.
    #[must_use]
    pub fn weight(self) -> u64 {
        self.columns().map_or(0, |c| c.population(self.0))
    }

    /// Degrees north.
    #[must_use]
    pub fn latitude(self) -> f64 {
        self.columns().map_or(0.0, |c| c.degrees(Section::Latitude, self.0))
    }

    /// Degrees east.
    #[must_use]
    pub fn longitude(self) -> f64 {
        self.columns().map_or(0.0, |c| c.degrees(Section::Longitude, self.0))
    }

    /// IANA name of its time zone, where it has only one.
    #[must_use]
    pub fn zone(self) -> Option<&'static str> {
        self.columns().and_then(|c| c.zone(c.group(self.0).zone?))
    }

    /// Its name with what tells it from others of that name: "Paris, Texas, United States".
    #[must_use]
    pub fn label(self) -> String {
        let mut label = self.name().to_owned();
        let division = self.division().filter(|d| *d != self);
        let country = self.country().and_then(country).map(|c| c.place).filter(|c| *c != self);
        for part in [division, country].into_iter().flatten().map(Self::name).filter(|p| *p != self.name()) {
            label.push_str(", ");
            label.push_str(part);
        }
        label
    }

    /// The place as an entity's.
    #[must_use]
    pub fn to_entity(self, relation: PlaceRelation, score: f32, runner_up: Option<Self>) -> GazetteerPlace {
        GazetteerPlace {
            id: self.id(),
            name: self.name().to_owned(),
            kind: self.kind(),
            feature: self.feature(),
            country: self.country(),
            admin1: self.division().filter(|d| *d != self).map(|d| d.name().to_owned()),
            population: self.population(),
            latitude: self.latitude(),
            longitude: self.longitude(),
            zone: self.zone(),
            relation,
            score,
            runner_up: runner_up.map(Self::id),
        }
    }
}

/// The tables over the embedded bytes.
struct Gazetteer<'a> {
    columns: Columns<'a>,
    /// Folded names; the value is a place and how the name belongs to it, or where in the postings there are several.
    names: Map<&'a [u8]>,
}

impl<'a> Gazetteer<'a> {
    fn read(bytes: &'a [u8]) -> Option<Self> {
        let columns = Columns::read(bytes)?;
        let names = Map::new(columns.section(Section::Names)).ok()?;
        Some(Self { columns, names })
    }

    fn find(&self, key: &str) -> Vec<Candidate> {
        self.names.get(key).map_or_else(Vec::new, |value| self.candidates(value))
    }

    /// What is behind a value of the map of names: see [`write()`].
    fn candidates(&self, value: u64) -> Vec<Candidate> {
        let candidate = |packed: u64| Candidate {
            place: Place(u32::try_from(packed >> 2).unwrap_or(NONE)),
            name: NameKind::ALL[(packed & 3) as usize],
        };
        if value & 1 == 1 {
            return vec![candidate(value >> 1)];
        }
        let postings = usize::try_from(value >> 1).ok().and_then(|at| self.columns.section(Section::Postings).get(at..));
        let mut postings = columns::Varints(postings.unwrap_or_default());
        let count = postings.next().unwrap_or(0);
        postings.take(usize::try_from(count).unwrap_or(0)).map(candidate).collect()
    }

    fn complete(&self, key: &str, limit: usize) -> Vec<Place> {
        let mut out = Vec::new();
        let mut names = self.names.search(Str::new(key).starts_with()).into_stream();
        // A letter or two begin tens of thousands of names: those in order of the alphabet are enough to choose from.
        for _ in 0..COMPLETIONS {
            let Some((_, value)) = names.next() else { break };
            out.extend(self.candidates(value).into_iter().map(|c| c.place));
        }
        out.sort_by_key(|p| (std::cmp::Reverse(self.columns.population(p.0)), p.0));
        out.dedup();
        out.truncate(limit);
        out
    }
}

/// How many names are looked at for a beginning.
const COMPLETIONS: usize = 4096;

#[cfg(test)]
mod tests;
