//! The list of articles.

use super::{empty, list_rows, select};
use crate::app::{Action, ArticleId, Entry, Pane, State, Status, day};
use crate::config::Ink;
use crate::locale::tr;
use crate::widgets::{Paint, Pen};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// In panes narrower than this an article takes two rows: its title, and below it its day and place.
const WIDE: u16 = 50;

/// Rows that one article takes.
#[must_use]
pub fn item_rows(area: Rect) -> u16 {
    if area.width < WIDE { 2 } else { 1 }
}

/// Sets how many articles fit.
pub fn measure(state: &mut State, area: Rect) {
    let len = state.library.entries().len();
    let items = usize::from(area.height / item_rows(area));
    let cursor = &mut state.view.panes.articles;
    if cursor.height != items {
        cursor.measure(items, len);
    }
}

/// Draws the list.
pub fn draw(state: &State, paint: &Paint, area: Rect, buffer: &mut Buffer) {
    let entries = state.library.entries();
    let cursor = state.view.panes.articles;
    if entries.is_empty() {
        let says =
            if state.progress.scanning { tr!("Looking for articles…") } else { tr!("No article. Start dateline with files or folders.") };
        return empty(paint, area, says, buffer);
    }
    if state.progress.samples {
        invite(state, paint, entries.len(), area, buffer);
    }
    let open = state.arriving().or(state.open.as_ref().map(|o| o.id));
    let rows = item_rows(area);
    for (at, row) in list_rows(cursor, entries.len(), area, rows) {
        if at == cursor.selected {
            (row..row + rows).for_each(|row| select(state, paint, Pane::Articles, area, row, buffer));
        }
        let id = ArticleId(u32::try_from(at).unwrap_or(u32::MAX));
        item(&entries[at], open == Some(id), paint, Rect { y: area.y + row, height: rows, ..area }, buffer);
    }
}

/// Below the samples, where there is room: how to have articles of one's own.
fn invite(state: &State, paint: &Paint, entries: usize, area: Rect, buffer: &mut Buffer) {
    let taken = u16::try_from(entries).unwrap_or(u16::MAX).saturating_mul(item_rows(area)).saturating_add(1);
    let below = Rect { y: area.y.saturating_add(taken), height: area.height.saturating_sub(taken), ..area };
    if below.height > 6 {
        let (add, import) = (state.key_of(Action::Add), state.import_key());
        let says = tr!("These are samples. {add} adds a feed or a folder, {import} takes over the feeds of other readers.", add, import);
        empty(paint, below, &says, buffer);
    }
}

fn item(entry: &Entry, open: bool, paint: &Paint, area: Rect, buffer: &mut Buffer) {
    let (title, note) = match &entry.status {
        Status::Failed(reason) => (Ink::Warning, reason.clone()),
        _ if open => (Ink::Title, about(entry)),
        _ => (Ink::Text, about(entry)),
    };
    let mut first = Pen::new(buffer, area, 0);
    first.text(if open { "▸ " } else { "  " }, paint.of(Ink::Accent));
    if area.height == 1 {
        first.right(" ", paint.of(Ink::Dim)).right(&note, paint.of(Ink::Dim));
    }
    first.text(&entry.title, paint.of(title));
    if area.height > 1 {
        Pen::new(buffer, area, 1).space(2).text(&note, paint.of(Ink::Dim));
    }
}

/// Day and place.
fn about(entry: &Entry) -> String {
    let parts = [entry.published.map(|d| day(d, None)), entry.place.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
