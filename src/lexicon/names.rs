//! What the name finder is given besides the text: its weights, the classes of words, and lists of names.

use super::table::Table;
use std::sync::LazyLock;

/// The weights, in the layout that `analysis::names::model` reads.
pub const WEIGHTS: &[u8] = include_bytes!("../../assets/names/weights.bin");

/// Words and names: see assets/names/README.md.
const WORDS: &[u8] = include_bytes!("../../assets/names/words.bin");

/// Bits of a row of the words table: the six classes and the lists, the first lowest.
const BITS: [u32; 7] = [7, 9, 11, 6, 5, 5, 5];

/// Bytes of a row.
const ROW: usize = 6;

static TABLE: LazyLock<Option<Table<'static>>> = LazyLock::new(|| Table::read(WORDS).map(|(table, _)| table));

/// What is known of a word or a name of several words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its class among 127, 511 and 2047, which of 63 profiles it has, and of 31 each the word after it and the word before it; from 1,
    /// 0 where it has none.
    pub classes: [u16; 6],
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

/// Among organisations: the name of one.
pub const BODY: u16 = 1;
/// Among organisations: a word that their names end or begin with.
pub const HEAD: u16 = 2;
/// Among organisations, to tell them apart: an acronym that names none.
pub const ACRONYM: u16 = 4;

impl Entry {
    /// The entry in a row of the table.
    #[must_use]
    pub fn read(row: &[u8]) -> Self {
        let mut bits = row.iter().rev().fold(0u64, |bits, byte| bits << 8 | u64::from(*byte));
        let [a, b, c, d, e, f, lists] = BITS.map(|n| {
            let number = bits & ((1 << n) - 1);
            bits >>= n;
            number as u16
        });
        Self { classes: [a, b, c, d, e, f], lists }
    }

    /// The row that [`Entry::read`] reads.
    #[must_use]
    pub fn row(self) -> Vec<u8> {
        let [a, b, c, d, e, f] = self.classes;
        let numbers = [a, b, c, d, e, f, self.lists].into_iter().zip(BITS).rev();
        let bits = numbers.fold(0u64, |bits, (number, n)| bits << n | u64::from(number) & ((1 << n) - 1));
        bits.to_le_bytes()[..ROW].to_vec()
    }
}

/// What is known under a key, as made by `analysis::names::words`.
#[must_use]
pub fn word(key: u32) -> Entry {
    TABLE.as_ref().and_then(|table| table.get(key)).map_or_else(Entry::default, Entry::read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_entries() {
        let entry = Entry { classes: [127, 1, 2047, 63, 31, 1], lists: CITY | SURNAME };
        assert_eq!(Entry::read(&entry.row()), entry);
        assert_eq!(Entry::read(&[]), Entry::default());
        assert_eq!(Entry::default().row().len(), ROW);
    }
}
