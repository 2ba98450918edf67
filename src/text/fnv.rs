//! FNV-1a (Fowler, Noll, Vo; 64 bits): a number for bytes that is the same in every run and on every machine. Stored numbers depend on it.

use std::hash::Hasher;

/// The number of no bytes.
const BASIS: u64 = 0xcbf2_9ce4_8422_2325;

/// What each byte is multiplied in with.
const PRIME: u64 = 0x0100_0000_01b3;

/// The number of `bytes`.
#[must_use]
pub fn fnv(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(BASIS, step)
}

const fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ byte as u64).wrapping_mul(PRIME)
}

/// The same for hash tables: several times as fast as the standard hash on short words, but only for tables of our own, because colliding words are easily
/// made.
#[derive(Debug)]
pub struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(BASIS)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().copied().fold(self.0, step);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_the_specification() {
        let known = [("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8)];
        for (text, number) in known {
            assert_eq!(fnv(text.bytes()), number, "{text}");
            let mut hasher = Fnv::default();
            text.split_inclusive('o').for_each(|part| hasher.write(part.as_bytes()));
            assert_eq!(hasher.finish(), number, "{text}");
        }
    }
}
