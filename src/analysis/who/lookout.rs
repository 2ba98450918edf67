//! A sieve before a hash map: nearly every word of a text is passed over by its first letter and length alone.

/// The first letters and lengths of the words that are looked for.
#[derive(Debug)]
pub(super) struct Lookout {
    lengths: [u64; 256],
}

impl Lookout {
    /// A sieve for `words`, which are folded.
    pub(super) fn new<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        let mut lengths = [0; 256];
        for word in words {
            if let Some(first) = word.as_bytes().first() {
                lengths[usize::from(*first)] |= bit(word.len());
            }
        }
        Self { lengths }
    }

    /// False where `word` is surely none of the words, whatever its case; words with other letters than ASCII always pass.
    pub(super) fn passes(&self, word: &str) -> bool {
        let Some(first) = word.as_bytes().first() else { return false };
        let known = self.lengths[usize::from(first.to_ascii_lowercase())];
        known & bit(word.len()) != 0 || !word.is_ascii()
    }
}

/// The bit of a length; all long words share one.
fn bit(len: usize) -> u64 {
    1 << len.min(63)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_looked_for_is_lost() {
        let sieve = Lookout::new(["maduro", "guaido"]);
        assert!(sieve.passes("Maduro") && sieve.passes("MADURO") && sieve.passes("Guaidó"));
        assert!(!sieve.passes("Madura!") && !sieve.passes("the") && !sieve.passes(""));
        assert!(Lookout::new(["x".repeat(99).as_str()]).passes(&"x".repeat(99)));
    }
}
