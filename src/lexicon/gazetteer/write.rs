//! Puts a gazetteer together in the layout that is read in place.

use super::columns::{BLOCK, NONE, PARTS, ZONE};
use super::{FEATURES, NameKind, key};
use crate::article::CountryCode;
use fst::MapBuilder;
use std::collections::BTreeMap;

/// A place to be written.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Its number.
    pub id: u32,
    /// Its usual name.
    pub name: String,
    /// GeoNames' feature code: one of those that are known.
    pub feature: String,
    /// The code of its country.
    pub country: Option<CountryCode>,
    /// The number of its division.
    pub division: Option<u32>,
    /// How many people live there.
    pub population: u64,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// IANA name of its time zone.
    pub zone: String,
    /// Its names with how they belong to it; the usual one need not be among them.
    pub names: Vec<(NameKind, String)>,
}

/// A country to be written.
#[derive(Clone, Copy, Debug)]
pub struct DraftCountry {
    /// Its code.
    pub code: CountryCode,
    /// The number of its place.
    pub place: u32,
    /// The number of its capital.
    pub capital: Option<u32>,
    /// The position of its continent in `CONTINENTS`.
    pub continent: u8,
}

/// Writes places and countries; of places with one number the first stays. The same input gives the same bytes.
///
/// The file is the `u32` lengths of its sections, then the sections in the order of `Section`. A value in the map of names is, where the lowest
/// bit is set, one place: row, two bits of [`NameKind`], 1. Otherwise the rest is where the postings have the places of the name: their count and
/// each as row and two bits of kind, as varints, the most populous first.
///
/// # Errors
/// Where the map of names cannot be built; its keys are in order, so it can.
pub fn write(mut places: Vec<Draft>, mut countries: Vec<DraftCountry>) -> Result<Vec<u8>, String> {
    places.sort_by_key(|p| p.id);
    places.dedup_by_key(|p| p.id);
    countries.sort_by_key(|c| c.code);
    let row_of = |id: u32| places.binary_search_by_key(&id, |p| p.id).ok().map_or(NONE, row);
    let groups = Groups::new(&places, &countries, &row_of);
    let (blocks, labels) = labels(&places);
    let (postings, names) = names(&places).map_err(|e| e.to_string())?;
    let mut country_rows = Vec::new();
    for country in &countries {
        country_rows.extend(country.code.as_str().as_bytes());
        country_rows.extend(row_of(country.place).to_le_bytes());
        country_rows.extend(country.capital.map_or(NONE, row_of).to_le_bytes());
        country_rows.push(country.continent);
    }
    let degrees = |d: fn(&Draft) -> f64| -> Vec<u8> {
        places.iter().flat_map(|p| ((d(p) * PARTS).round() as i32).to_le_bytes().into_iter().take(3)).collect()
    };
    let feature = |p: &Draft| FEATURES.iter().position(|f| f.0 == p.feature).map_or(u8::MAX, |f| f as u8);
    let sections = [
        places.iter().flat_map(|p| p.id.to_le_bytes()).collect(),
        degrees(|p| p.latitude),
        degrees(|p| p.longitude),
        groups.of_place,
        places.iter().map(feature).collect(),
        places.iter().flat_map(|p| packed(p.population).to_le_bytes()).collect(),
        blocks,
        labels,
        groups.rows,
        groups.zones.iter().flat_map(|z| format!("{z:ZONE$}").into_bytes().into_iter().take(ZONE)).collect(),
        country_rows,
        postings,
        names,
    ];
    let mut out: Vec<u8> = sections.iter().flat_map(|s: &Vec<u8>| row(s.len()).to_le_bytes()).collect();
    out.extend(sections.iter().flatten());
    Ok(out)
}

fn row(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(NONE)
}

/// Twelve bits of digits and four of a power of ten.
fn packed(population: u64) -> u16 {
    let (mut digits, mut power) = (population, 0u16);
    while digits > 0xfff {
        digits = (digits + 5) / 10;
        power += 1;
    }
    digits as u16 | power << 12
}

/// What places share: country, division and time zone.
struct Groups {
    of_place: Vec<u8>,
    rows: Vec<u8>,
    zones: Vec<String>,
}

impl Groups {
    fn new(places: &[Draft], countries: &[DraftCountry], row_of: &dyn Fn(u32) -> u32) -> Self {
        let mut known = BTreeMap::new();
        let mut groups = Self { of_place: Vec::new(), rows: Vec::new(), zones: Vec::new() };
        for place in places {
            let next = known.len() as u16;
            let number = *known.entry((place.country, place.division, &place.zone)).or_insert(next);
            groups.of_place.extend(number.to_le_bytes());
            if number != next {
                continue;
            }
            let country = place.country.and_then(|c| countries.binary_search_by_key(&c, |k| k.code).ok());
            groups.rows.extend(country.map_or(u16::MAX, |c| c as u16).to_le_bytes());
            groups.rows.extend(place.division.map_or(NONE, row_of).to_le_bytes());
            let zone = groups.zone(&place.zone);
            groups.rows.extend(zone.to_le_bytes());
        }
        groups
    }

    fn zone(&mut self, name: &str) -> u16 {
        if name.is_empty() {
            return u16::MAX;
        }
        let at = self.zones.iter().position(|z| z == name).unwrap_or_else(|| {
            self.zones.push(name.to_owned());
            self.zones.len() - 1
        });
        at as u16
    }
}

/// Where each block of labels begins, and the labels.
fn labels(places: &[Draft]) -> (Vec<u8>, Vec<u8>) {
    let (mut blocks, mut labels) = (Vec::new(), Vec::new());
    for (n, place) in places.iter().enumerate() {
        if row(n).is_multiple_of(BLOCK) {
            blocks.extend(row(labels.len()).to_le_bytes());
        }
        let name = place.name.get(..place.name.floor_char_boundary(255)).unwrap_or_default();
        labels.push(name.len() as u8);
        labels.extend(name.as_bytes());
    }
    (blocks, labels)
}

/// The postings and the map of names.
fn names(places: &[Draft]) -> Result<(Vec<u8>, Vec<u8>), fst::Error> {
    let mut of_name: BTreeMap<String, BTreeMap<u32, NameKind>> = BTreeMap::new();
    for (n, place) in places.iter().enumerate() {
        for (kind, name) in std::iter::once((NameKind::Official, &place.name)).chain(place.names.iter().map(|(k, n)| (*k, n))) {
            let kinds = of_name.entry(key(name)).or_default();
            let known = kinds.entry(row(n)).or_insert(kind);
            *known = kind.min(*known);
        }
    }
    of_name.remove("");
    let mut postings = Vec::new();
    let mut map = MapBuilder::memory();
    for (name, kinds) in &of_name {
        let mut rows: Vec<(u32, NameKind)> = kinds.iter().map(|(r, k)| (*r, *k)).collect();
        rows.sort_by_key(|(r, _)| (std::cmp::Reverse(places[*r as usize].population), *r));
        let packed = |(row, kind): &(u32, NameKind)| u64::from(*row) << 2 | *kind as u64;
        if let [one] = rows.as_slice() {
            map.insert(name, packed(one) << 1 | 1)?;
            continue;
        }
        map.insert(name, (postings.len() as u64) << 1)?;
        varint(&mut postings, rows.len() as u64);
        rows.iter().for_each(|r| varint(&mut postings, packed(r)));
    }
    Ok((postings, map.into_inner()?))
}

/// Seven bits a byte, the lowest first.
fn varint(out: &mut Vec<u8>, mut number: u64) {
    while number > 0x7f {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}
