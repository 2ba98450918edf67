//! Display width in terminal cells.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Cells that `text` takes in a terminal.
#[must_use]
pub fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.width() }
}

/// The longest beginning of `text` of at most `cells` cells, with `…` where something was left out.
#[must_use]
pub fn cut(text: &str, cells: usize) -> String {
    let mut used = 0;
    // The end of what fits with room for the ellipsis.
    let mut end = 0;
    for (at, cluster) in text.grapheme_indices(true) {
        used += width(cluster);
        if used > cells {
            return if cells == 0 { String::new() } else { format!("{}…", text[..end].trim_end()) };
        }
        if used < cells {
            end = at + cluster.len();
        }
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_by_cells_not_by_bytes() {
        assert_eq!(cut("Nicolás", 7), "Nicolás");
        assert_eq!(cut("Nicolás Maduro", 8), "Nicolás…");
        assert_eq!(cut("日本語", 5), "日本…");
        assert_eq!(cut("日本語", 4), "日…");
        assert_eq!(cut("abc", 0), "");
        assert_eq!(cut("e\u{301}e\u{301}e\u{301}", 2), "e\u{301}…");
    }
}
