//! Read-only hash tables that lie in the binary as plain bytes: nothing is parsed or copied when the program starts.
//!
//! Layout, all numbers little-endian: `u32` bits of the bucket number, `u32` number of rows, `u32` bytes of a row; then for every
//! bucket and one more the `u32` number of its first row; then a `u16` check for every row; then the rows. A key's upper bits are its
//! bucket, its lower 16 bits its check.

/// Bytes before the buckets.
const HEADER: usize = 12;

/// A table of rows of one length, found by 32-bit keys.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    shift: u32,
    row: usize,
    buckets: &'a [u8],
    checks: &'a [u8],
    rows: &'a [u8],
}

impl<'a> Table<'a> {
    /// The table that begins with `bytes`, and the bytes behind it; `None` where they are no table.
    #[must_use]
    pub fn read(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let bits = number(bytes, 0)? as u32;
        let (count, row) = (number(bytes, 1)?, number(bytes, 2)?);
        let shift = 32u32.checked_sub(bits).filter(|s| (1..32).contains(s))?;
        let rest = bytes.get(HEADER..)?;
        let (buckets, rest) = rest.split_at_checked(4 * ((1usize << bits) + 1))?;
        let (checks, rest) = rest.split_at_checked(count.checked_mul(2)?)?;
        let (rows, rest) = rest.split_at_checked(count.checked_mul(row)?)?;
        Some((Self { shift, row, buckets, checks, rows }, rest))
    }

    /// The row stored under `key`.
    #[must_use]
    #[inline]
    pub fn get(&self, key: u32) -> Option<&'a [u8]> {
        let bucket = (key >> self.shift) as usize;
        let (first, last) = (number(self.buckets, bucket)?, number(self.buckets, bucket + 1)?);
        let check = (key as u16).to_le_bytes();
        let checks = self.checks.get(2 * first..2 * last)?;
        let at = first + checks.chunks_exact(2).position(|c| c == check)?;
        self.rows.get(at * self.row..(at + 1) * self.row)
    }

    /// Writes a table in the layout that [`Table::read`] reads. Rows must be of one length; of keys that share bucket and check the lowest stays.
    #[must_use]
    pub fn write(mut rows: Vec<(u32, Vec<u8>)>) -> Vec<u8> {
        let bits = (rows.len() / 4 + 1).ilog2().clamp(1, 16);
        let slot = |key: u32| (key >> (32 - bits), key as u16);
        rows.sort_by_key(|(key, _)| (slot(*key), *key));
        rows.dedup_by_key(|(key, _)| slot(*key));
        let mut out = Vec::new();
        let mut put = |n: usize| out.extend(u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes());
        put(bits as usize);
        put(rows.len());
        put(rows.first().map_or(0, |(_, row)| row.len()));
        for bucket in 0..=1u32 << bits {
            put(rows.partition_point(|(key, _)| slot(*key).0 < bucket));
        }
        out.extend(rows.iter().flat_map(|(key, _)| slot(*key).1.to_le_bytes()));
        out.extend(rows.iter().flat_map(|(_, row)| row));
        out
    }
}

/// The `u32` number `at` in a list of them.
#[inline]
fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes = bytes.get(4 * at..4 * at + 4)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_written_and_nothing_else() {
        let key = |n: u32| n.wrapping_mul(0x9e37_79b9);
        let rows = (0..1000u32).map(|n| (key(n), n.to_le_bytes()[..3].to_vec())).collect();
        let mut bytes = Table::write(rows);
        bytes.extend(b"tail");
        let (table, rest) = Table::read(&bytes).unwrap();
        assert_eq!(rest, b"tail");
        for n in 0..1000 {
            assert_eq!(table.get(key(n)), Some(&n.to_le_bytes()[..3]));
        }
        assert!((1000..9000).filter(|n| table.get(key(*n)).is_some()).count() < 5);
    }

    #[test]
    fn refuses_what_is_no_table() {
        assert!(Table::read(b"").is_none());
        assert!(Table::read(&[0xff; 40]).is_none());
        let empty = Table::write(Vec::new());
        assert_eq!(Table::read(&empty).unwrap().0.get(7), None);
    }
}
