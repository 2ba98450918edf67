//! A line that is being typed.

use super::{Paint, Pen};
use crate::config::Ink;
use crate::text::width;
use ratatui::style::Modifier;
use unicode_segmentation::UnicodeSegmentation;

/// Writes `sign` and a line being typed, with its cursor in sight. The line comes as what is before the cursor, and the whole of it.
pub fn prompt(pen: &mut Pen<'_>, paint: &Paint, sign: &str, (before, whole): (&str, &str)) {
    let after = whole.get(before.len()..).unwrap_or("");
    let under = after.graphemes(true).next().unwrap_or(" ");
    let rest = after.get(under.len()..).unwrap_or("");
    pen.text(sign, paint.of(Ink::Accent));
    let room = pen.room().saturating_sub(2);
    let mut cells = 0;
    let shown = before.grapheme_indices(true).rev().take_while(|(_, g)| {
        cells += width(g);
        cells <= room
    });
    let from = shown.last().map_or(before.len(), |(at, _)| at);
    pen.text(&before[from..], paint.of(Ink::Text));
    pen.text(under, paint.of(Ink::Text).add_modifier(Modifier::REVERSED)).text(rest, paint.of(Ink::Text));
}
