//! A small bar of where in a text something occurs.

const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// `cells` characters, each as high as the share of `at` (offsets in a text of `len` bytes) that falls into its part of the text. A part
/// without any is a space, so that one mention is told from none.
#[must_use]
pub fn spark(at: impl Iterator<Item = u32>, len: usize, cells: usize) -> String {
    let mut counts = vec![0usize; cells];
    for offset in at {
        let cell = offset as usize * cells / len.max(1);
        if let Some(count) = counts.get_mut(cell.min(cells.saturating_sub(1))) {
            *count += 1;
        }
    }
    levels(&counts)
}

/// Counts as a bar of one cell each.
#[must_use]
pub fn levels(counts: &[usize]) -> String {
    let most = counts.iter().copied().max().unwrap_or(0).max(3);
    counts.iter().map(|n| if *n == 0 { ' ' } else { LEVELS[((n * 8).div_ceil(most) - 1).min(7)] }).collect()
}

/// One character as high as the share of `count` in `most`; a space for none.
#[must_use]
pub fn bar(count: u32, most: u32) -> &'static str {
    const BARS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
    let height = u64::from(count.min(most)) * 8;
    usize::try_from(height.div_ceil(u64::from(most.max(1)))).ok().and_then(|n| BARS.get(n)).copied().unwrap_or(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heights_follow_counts() {
        assert_eq!(spark([0, 1, 2, 99].into_iter(), 100, 4), "█  ▃");
        assert_eq!(spark([].into_iter(), 100, 3), "   ");
        assert_eq!(spark([500].into_iter(), 0, 2), " ▃");
        assert_eq!(spark([5].into_iter(), 10, 0), "");
    }
}
