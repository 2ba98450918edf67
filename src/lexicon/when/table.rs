//! A read-only hash table from short words in any case to small values, without allocation on look-up.

/// Slots: a power of two, several times the number of words.
const SLOTS: usize = 2048;

/// The longest word, in bytes: one that fits a `u128`.
const LONGEST: usize = 16;

/// Words with their values.
pub(super) struct Table<T> {
    slots: Vec<(u128, Option<T>)>,
}

impl<T: Copy> Table<T> {
    /// Without words.
    pub(super) fn new() -> Self {
        Self { slots: vec![(0, None); SLOTS] }
    }

    /// Sets the value of a word; words that are too long are left out.
    pub(super) fn insert(&mut self, word: &str, value: T) {
        let Some(key) = packed(word) else { return };
        let at = self.place(key);
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = (key, Some(value));
        }
    }

    /// The value of a word.
    pub(super) fn get(&self, word: &str) -> Option<T> {
        let key = packed(word)?;
        self.slots.get(self.place(key)).and_then(|(_, value)| *value)
    }

    /// The slot of the key, or the free one where it would go; the table is never full.
    fn place(&self, key: u128) -> usize {
        let folded = (key as u64) ^ ((key >> 64) as u64);
        let first = (folded.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 53) as usize;
        (0..SLOTS).map(|step| (first + step) % SLOTS).find(|at| matches!(self.slots[*at].0, k if k == 0 || k == key)).unwrap_or(first)
    }
}

/// True where the word is short enough for the table.
#[cfg(test)]
pub(super) fn fits(word: &str) -> bool {
    packed(word).is_some()
}

/// The word in lower case as one number; `None` where it cannot be in a table.
fn packed(word: &str) -> Option<u128> {
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    Some(word.bytes().fold(0, |key, b| key << 8 | u128::from(b.to_ascii_lowercase())))
}
