//! Byte offsets as code-point offsets, for the outside world.

/// Bytes between two remembered positions; a look-up counts at most this many.
const STEP: usize = 256;

/// Turns byte offsets of one text into code-point offsets in constant time.
#[derive(Debug)]
pub struct CharIndex<'a> {
    text: &'a str,
    marks: Vec<u32>,
}

impl<'a> CharIndex<'a> {
    /// One pass over `text`.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        let mut seen = 0;
        for block in text.as_bytes().chunks(STEP) {
            marks.push(seen);
            seen += count(block);
        }
        Self { text, marks }
    }

    /// The number of code points that begin before byte `offset` (clamped to the text).
    #[must_use]
    pub fn chars(&self, offset: u32) -> u32 {
        let offset = (offset as usize).min(self.text.len());
        let block = (offset / STEP).min(self.marks.len().saturating_sub(1));
        let Some(mark) = self.marks.get(block) else { return 0 };
        mark + count(&self.text.as_bytes()[block * STEP..offset])
    }
}

/// Code points that begin in `bytes`: all bytes but continuation bytes.
fn count(bytes: &[u8]) -> u32 {
    let n = bytes.iter().filter(|b| (**b as i8) >= -0x40).count();
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_code_points_over_block_borders() {
        let text = "aé日🙂".repeat(200);
        let index = CharIndex::new(&text);
        for (n, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(index.chars(at as u32), n as u32);
        }
        assert_eq!(index.chars(u32::MAX), 800);
        assert_eq!(CharIndex::new("").chars(3), 0);
    }
}
