//! The places as a list, for those who would rather read than look.

use super::super::{list_rows, select};
use crate::app::{Pane, State};
use crate::config::Ink;
use crate::widgets::{Paint, Pen};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Draws the list.
pub(super) fn draw(state: &State, paint: &Paint, area: Rect, buffer: &mut Buffer) {
    let map = &state.view.map;
    for (at, line) in list_rows(map.cursor, map.rows.len(), area, 1) {
        if at == map.cursor.selected {
            select(state, paint, Pane::Map, area, line, buffer);
        }
        let row = &map.rows[at];
        let ink = if row.spot.is_some() { Ink::Place } else { Ink::Dim };
        let mut pen = Pen::new(buffer, area, line);
        pen.space(2 + 2 * row.depth).right(" ", paint.of(Ink::Dim)).right(&row.mentions.to_string(), paint.of(Ink::Dim));
        pen.text(&row.text, paint.of(ink));
    }
}
