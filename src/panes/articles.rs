//! The list of articles.

use super::{empty, list_rows, select};
use crate::app::{ArticleId, Entry, Pane, State, Status};
use crate::config::Ink;
use crate::text::width;
use crate::widgets::{Paint, Pen, day};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Panes narrower than this give the whole row to the title.
const WIDE: u16 = 26;

/// Sets how many articles fit.
pub fn measure(state: &mut State, area: Rect) {
    let len = state.library.entries().len();
    let cursor = &mut state.view.panes.articles;
    if cursor.height != usize::from(area.height) {
        cursor.measure(usize::from(area.height), len);
    }
}

/// Draws the list.
pub fn draw(state: &State, paint: &Paint, area: Rect, buffer: &mut Buffer) {
    let entries = state.library.entries();
    let cursor = state.view.panes.articles;
    if entries.is_empty() {
        let says = if state.progress.scanning { "Looking for articles…" } else { "No article. Start dateline with files or folders." };
        return empty(paint, area, says, buffer);
    }
    let open = state.arriving().or(state.open.as_ref().map(|o| o.id));
    let year = newest_year(state);
    for (at, row) in list_rows(cursor, entries.len(), area) {
        let id = ArticleId(u32::try_from(at).unwrap_or(u32::MAX));
        if at == cursor.selected {
            select(state, paint, Pane::Articles, area, row, buffer);
        }
        line(&entries[at], open == Some(id), year, paint, Pen::new(buffer, area, row), area.width);
    }
}

fn line(entry: &Entry, open: bool, year: Option<i16>, paint: &Paint, mut pen: Pen<'_>, cells: u16) {
    let title = match (&entry.status, open) {
        (Status::Failed(_), _) => Ink::Warning,
        (_, true) => Ink::Title,
        _ => Ink::Text,
    };
    pen.text(if open { "▸ " } else { "  " }, paint.of(Ink::Accent));
    if let Status::Failed(reason) = &entry.status {
        let room = pen.room();
        pen.text(&entry.title, paint.of(title));
        if room > width(&entry.title) + 6 {
            pen.text("  ", paint.of(Ink::Dim)).text(reason, paint.of(Ink::Dim));
        }
        return;
    }
    if let Some(date) = entry.published.filter(|_| cells >= WIDE) {
        pen.space(0).right(" ", paint.of(Ink::Dim)).right(&day(date, year), paint.of(Ink::Dim));
    }
    pen.text(&entry.title, paint.of(title));
}

/// The year of the selected article: dates of other years show theirs.
fn newest_year(state: &State) -> Option<i16> {
    state.library.entries().last().and_then(|e| e.published).map(jiff::civil::Date::year)
}
