//! When: the moments of the open article in order of the calendar.

use super::{empty, list_rows, select};
use crate::app::{Open, Pane, State, TimelineRow, day, when};
use crate::config::Ink;
use crate::widgets::{Paint, Pen};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Cells of the date, as wide as `Jun–Aug 1990`.
const DATE: usize = 12;

/// Sets how many rows fit.
pub fn measure(state: &mut State, area: Rect) {
    let len = state.open.as_ref().map_or(0, |o| o.timeline.len());
    let cursor = &mut state.view.panes.timeline;
    if cursor.height != usize::from(area.height) {
        cursor.measure(usize::from(area.height), len);
    }
}

/// Draws the timeline.
pub fn draw(state: &State, paint: &Paint, area: Rect, buffer: &mut Buffer) {
    let Some(open) = state.open.as_ref().filter(|o| !o.timeline.is_empty()) else {
        let says = match &state.open {
            Some(open) if !open.analysed => "Looking for moments…",
            Some(_) => "No moments found in this article.",
            None => "",
        };
        return empty(paint, area, says, buffer);
    };
    let cursor = state.view.panes.timeline;
    for (at, row) in list_rows(cursor, open.timeline.len(), area, 1) {
        if at == cursor.selected {
            select(state, paint, Pane::Timeline, area, row, buffer);
        }
        line(open, open.timeline[at], paint, Pen::new(buffer, area, row));
    }
}

fn line(open: &Open, row: TimelineRow, paint: &Paint, mut pen: Pen<'_>) {
    let published = open.document.article.published;
    match row {
        TimelineRow::Published(date) => {
            let ink = paint.of(Ink::Published);
            pen.text("◆ ", ink).column(&day(date, None), DATE, ink).space(1).text("published", ink);
        }
        TimelineRow::Undated(count) => {
            pen.text(&format!("  Without a date  {count}"), paint.of(Ink::Dim));
        }
        TimelineRow::Event(n) => {
            let Some(event) = open.document.found.events.get(n as usize) else { return };
            let today = event.interval.is_some_and(|i| published.is_some_and(|p| i.from.date() == p && i.to.date() == p));
            let (sign, ink) = match (event.future, today) {
                (true, _) => ("○", Ink::Future),
                (false, true) => ("●", Ink::Moment),
                (false, false) => ("", Ink::Moment),
            };
            let date = event.interval.map(|i| when(i, published)).unwrap_or_default();
            pen.column(sign, 2, paint.hue(ink)).column(&date, DATE, paint.of(ink)).space(1);
            pen.text(event.span.of(&open.document.article.text), paint.of(Ink::Text));
        }
    }
}
