//! The columns of the gazetteer in their place: fixed-width little-endian numbers, read one at a time.

use super::{CONTINENTS, Country, Place};
use crate::article::CountryCode;

/// In a column of rows: no such row.
pub(super) const NONE: u32 = u32::MAX;

/// The sections of the file, in its order.
#[derive(Clone, Copy, Debug)]
pub(super) enum Section {
    /// `u32` numbers of the places, in order.
    Ids,
    /// Signed three-byte numbers, in parts of a degree.
    Latitude,
    /// The same.
    Longitude,
    /// `u16` rows of the groups.
    Group,
    /// `u8` positions in the table of features.
    Feature,
    /// `u16`: see [`Columns::population`].
    Population,
    /// `u32` where each sixteenth label begins.
    Blocks,
    /// Usual names, each after its length in a byte.
    Labels,
    /// Country (`u16` row), division (`u32` place), zone (`u16`).
    Groups,
    /// Names of time zones, each filled up with spaces to [`ZONE`] bytes.
    Zones,
    /// Code (two letters), place (`u32`), capital (`u32`), continent (`u8`).
    Countries,
    /// Lists of places for names that several have.
    Postings,
    /// The map of names.
    Names,
}

/// How many sections there are.
pub(super) const SECTIONS: usize = 13;

/// Parts of a degree: three bytes hold ±180 degrees at 2.8 m.
pub(super) const PARTS: f64 = 40_000.0;

/// Labels between two known beginnings.
pub(super) const BLOCK: u32 = 16;

/// Bytes of a row of groups.
pub(super) const GROUP: usize = 8;

/// Bytes of a name of a time zone; the longest of the database has 32.
pub(super) const ZONE: usize = 32;

/// Bytes of a row of countries.
pub(super) const COUNTRY: usize = 11;

/// The sections of the file.
#[derive(Debug)]
pub(super) struct Columns<'a> {
    sections: [&'a [u8]; SECTIONS],
}

/// What places of one group share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) country: Option<CountryCode>,
    pub(super) division: Option<u32>,
    pub(super) zone: Option<u16>,
}

impl<'a> Columns<'a> {
    /// The sections of a file that begins with their lengths; `None` where it is too short for them.
    pub(super) fn read(bytes: &'a [u8]) -> Option<Self> {
        let mut sections = [&[][..]; SECTIONS];
        let mut rest = bytes.get(4 * SECTIONS..)?;
        for (n, section) in sections.iter_mut().enumerate() {
            (*section, rest) = rest.split_at_checked(number::<4>(bytes, n)? as usize)?;
        }
        Some(Self { sections })
    }

    pub(super) fn section(&self, section: Section) -> &'a [u8] {
        self.sections[section as usize]
    }

    /// How many places there are.
    pub(super) fn len(&self) -> u32 {
        u32::try_from(self.section(Section::Ids).len() / 4).unwrap_or(NONE)
    }

    pub(super) fn id(&self, row: u32) -> u32 {
        number::<4>(self.section(Section::Ids), row as usize).unwrap_or(0)
    }

    /// The row of the place with a number.
    pub(super) fn row_of(&self, id: u32) -> Option<u32> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.id(middle) < id { low = middle + 1 } else { high = middle }
        }
        (low < self.len() && self.id(low) == id).then_some(low)
    }

    /// Degrees in the section of latitudes or longitudes.
    pub(super) fn degrees(&self, section: Section, row: u32) -> f64 {
        let parts = number::<3>(self.section(section), row as usize).unwrap_or(0);
        // The sign is the highest of the three bytes'.
        f64::from((parts << 8) as i32 >> 8) / PARTS
    }

    pub(super) fn feature(&self, row: u32) -> u8 {
        self.section(Section::Feature).get(row as usize).copied().unwrap_or(u8::MAX)
    }

    /// Twelve bits of digits and four of a power of ten.
    pub(super) fn population(&self, row: u32) -> u64 {
        let packed = number::<2>(self.section(Section::Population), row as usize).unwrap_or(0);
        u64::from(packed & 0xfff) * 10u64.pow(packed >> 12)
    }

    pub(super) fn name(&self, row: u32) -> &'a str {
        self.label(row).unwrap_or_default()
    }

    fn label(&self, row: u32) -> Option<&'a str> {
        let start = number::<4>(self.section(Section::Blocks), (row / BLOCK) as usize)?;
        let mut rest = self.section(Section::Labels).get(start as usize..)?;
        for _ in 0..row % BLOCK {
            rest = rest.get(1 + usize::from(*rest.first()?)..)?;
        }
        std::str::from_utf8(rest.get(1..1 + usize::from(*rest.first()?))?).ok()
    }

    pub(super) fn group(&self, row: u32) -> Group {
        self.group_row(row).unwrap_or_default()
    }

    fn group_row(&self, row: u32) -> Option<Group> {
        let group = number::<2>(self.section(Section::Group), row as usize)? as usize;
        let row = self.section(Section::Groups).get(GROUP * group..GROUP * (group + 1))?;
        let (country, zone) = (number::<2>(row, 0)?, u16::try_from(number::<2>(row, 3)?).ok()?);
        let division = number::<4>(row.get(2..6)?, 0)?;
        Some(Group {
            country: self.country(country as usize).map(|c| c.code),
            division: (division != NONE).then_some(division),
            zone: (zone != u16::MAX).then_some(zone),
        })
    }

    pub(super) fn zone(&self, zone: u16) -> Option<&'a str> {
        let zone = usize::from(zone);
        std::str::from_utf8(self.section(Section::Zones).get(ZONE * zone..ZONE * (zone + 1))?).ok().map(str::trim_end)
    }

    /// The country in a row.
    pub(super) fn country(&self, row: usize) -> Option<Country> {
        let row = self.section(Section::Countries).get(COUNTRY * row..COUNTRY * (row + 1))?;
        let code = CountryCode::new(std::str::from_utf8(row.get(..2)?).ok()?)?;
        let (place, capital) = (number::<4>(row.get(2..)?, 0)?, number::<4>(row.get(6..)?, 0)?);
        let continent = CONTINENTS.get(usize::from(*row.get(10)?)).copied().unwrap_or_default();
        Some(Country { code, place: Place(place), continent, capital: (capital != NONE).then_some(Place(capital)) })
    }

    /// The country with a code.
    pub(super) fn country_of(&self, code: CountryCode) -> Option<Country> {
        let (mut low, mut high) = (0, self.section(Section::Countries).len() / COUNTRY);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.country(middle)?.code < code { low = middle + 1 } else { high = middle }
        }
        self.country(low).filter(|c| c.code == code)
    }
}

/// The number `at` in a column of numbers of `N` bytes.
#[inline]
fn number<const N: usize>(column: &[u8], at: usize) -> Option<u32> {
    let bytes = column.get(N * at..N * (at + 1))?;
    Some(bytes.iter().rev().fold(0, |n, b| n << 8 | u32::from(*b)))
}

/// Numbers of seven bits a byte, the lowest first, the eighth bit set where more follow.
#[derive(Debug)]
pub(super) struct Varints<'a>(pub(super) &'a [u8]);

impl Iterator for Varints<'_> {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        let end = self.0.iter().take(9).position(|b| b & 0x80 == 0)? + 1;
        let (bytes, rest) = self.0.split_at(end);
        self.0 = rest;
        Some(bytes.iter().rev().fold(0, |n, b| n << 7 | u64::from(b & 0x7f)))
    }
}
