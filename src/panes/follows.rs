//! What can follow the keys that have been typed: a few columns over the foot line, once the reader has thought for a moment.

use crate::app::State;
use crate::config::Ink;
use crate::text::width;
use crate::widgets::{Paint, Pen, lay};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Cells between two columns.
const GAP: usize = 4;

/// Draws it over the lowest rows of `screen`, above the foot line.
pub fn draw(state: &State, paint: &Paint, screen: Rect, buffer: &mut Buffer) {
    let follows: Vec<(String, &str)> = state.what_follows().into_iter().map(|(keys, label)| (keys.to_string(), label)).collect();
    if follows.is_empty() {
        return;
    }
    let keys = follows.iter().map(|(keys, _)| width(keys)).max().unwrap_or(0);
    let labels = follows.iter().map(|(_, label)| width(label)).max().unwrap_or(0);
    let cells = keys + 2 + labels + GAP;
    let room = usize::from(screen.width.saturating_sub(4));
    let columns = (room / cells.max(1)).clamp(1, follows.len());
    let rows = u16::try_from(follows.len().div_ceil(columns)).unwrap_or(u16::MAX).min(screen.height.saturating_sub(4));
    let area = Rect { y: screen.bottom().saturating_sub(rows + 3), height: rows + 2, ..screen };
    lay(buffer, area, paint);
    for (n, (key, label)) in follows.iter().enumerate().take(columns * usize::from(rows)) {
        // Down the columns, as a list is read.
        let (column, row) = (n / usize::from(rows.max(1)), n % usize::from(rows.max(1)));
        let cell = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        let at = Rect { x: area.x + 2 + cell(column * cells), width: cell(cells), y: area.y + 1, height: rows };
        Pen::new(buffer, at.intersection(area), cell(row))
            .column(key, keys, paint.of(Ink::Accent))
            .space(2)
            .text(label, paint.of(Ink::Text));
    }
}
