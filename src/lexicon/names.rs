//! What the name finder is given besides the text: its weights, the classes of words, and lists of names.

use super::table::Table;
use std::sync::LazyLock;

/// The weights, in the layout that `analysis::names::model` reads.
pub const WEIGHTS: &[u8] = include_bytes!("../../assets/names/weights.bin");

/// Words and names: see assets/names/README.md.
const WORDS: &[u8] = include_bytes!("../../assets/names/words.bin");

/// Bytes of a row of the words table: three word classes and the lists, as `u16` each.
pub const ROW: usize = 8;

static TABLE: LazyLock<Option<Table<'static>>> = LazyLock::new(|| Table::read(WORDS).map(|(table, _)| table));

/// What is known of a word or a name of several words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its class among 128, 512 and 2048, from 1; 0 where it has none.
    pub classes: [u16; 3],
    /// The lists it is in: a bit each, see the constants below.
    pub lists: u16,
}

/// A country, a part of the world or a large region.
pub const COUNTRY: u16 = 1;
/// A city or town.
pub const CITY: u16 = 2;
/// A first-level division of a country.
pub const REGION: u16 = 4;
/// A given name.
pub const GIVEN: u16 = 8;
/// A surname.
pub const SURNAME: u16 = 16;

impl Entry {
    /// The entry in a row of the table.
    #[must_use]
    pub fn read(row: &[u8]) -> Self {
        let number = |at: usize| row.get(2 * at..2 * at + 2).map_or(0, |b| u16::from(b[0]) | u16::from(b[1]) << 8);
        Self { classes: [number(0), number(1), number(2)], lists: number(3) }
    }

    /// The row that [`Entry::read`] reads.
    #[must_use]
    pub fn row(self) -> Vec<u8> {
        self.classes.iter().chain([&self.lists]).flat_map(|n| n.to_le_bytes()).collect()
    }
}

/// What is known under a key, as made by `analysis::names::words`.
#[must_use]
pub fn word(key: u32) -> Entry {
    TABLE.as_ref().and_then(|table| table.get(key)).map_or_else(Entry::default, Entry::read)
}
