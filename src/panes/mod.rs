//! One file per pane: what it measures, and how it draws itself. Drawing is a function of the state and an area, and changes nothing.

pub mod articles;
pub mod card;
pub mod entities;
pub mod follows;
pub mod foot;
pub mod help;
pub mod map;
pub mod page;
pub mod palette;
pub mod pictures;
pub mod quotations;
pub mod shelf;
pub mod text;
pub mod timeline;
pub mod welcome;

use crate::app::{Action, Cursor, Pane, State};
use crate::config::Ink;
use crate::locale::tr;
use crate::widgets::{Paint, Pen};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Tells the state how much of a pane fits into `area`. Costs nothing where neither its state nor its size has changed.
pub fn measure(state: &mut State, pane: Pane, area: Rect) {
    match pane {
        Pane::Articles if state.view.shelf.is_some() => shelf::measure(state, area),
        Pane::Articles => articles::measure(state, area),
        Pane::Text => text::measure(state, area),
        Pane::Entities => entities::measure(state, area),
        Pane::Timeline => timeline::measure(state, area),
        Pane::Quotations => quotations::measure(state, area),
        Pane::Map => map::measure(state, area),
    }
}

/// Draws a pane into `area`.
pub fn draw(state: &State, paint: &Paint, pane: Pane, area: Rect, buffer: &mut Buffer) {
    match pane {
        Pane::Articles => match &state.view.shelf {
            Some(library) => shelf::draw(state, library, paint, area, buffer),
            None => articles::draw(state, paint, area, buffer),
        },
        Pane::Text => text::draw(state, paint, area, buffer),
        Pane::Entities => entities::draw(state, paint, area, buffer),
        Pane::Timeline => timeline::draw(state, paint, area, buffer),
        Pane::Quotations => quotations::draw(state, paint, area, buffer),
        Pane::Map => map::draw(state, paint, area, buffer),
    }
}

/// What stands at the right end of a pane's title: a position or a count.
#[must_use]
pub fn info(state: &State, pane: Pane) -> String {
    let open = state.open.as_ref();
    let of = |cursor: Cursor, len: usize| if len == 0 { String::new() } else { format!("{}/{len}", cursor.selected + 1) };
    match pane {
        Pane::Articles => match &state.view.shelf {
            Some(library) => shelf::info(library),
            None => of(state.view.panes.articles, state.library.entries().len()),
        },
        Pane::Text => open.and_then(crate::app::Open::percent).map_or_else(String::new, |n| format!("{n} %")),
        Pane::Entities => open.map_or_else(String::new, |o| match o.rank_of_row(state.view.panes.entities.selected) {
            (_, 0) => String::new(),
            (at, names) => format!("{at}/{names}"),
        }),
        Pane::Timeline => timeline::info(state),
        Pane::Quotations => open.map_or_else(String::new, |o| of(state.view.panes.quotations, o.document.found.quotes.len())),
        Pane::Map => map::info(state),
    }
}

/// The part of a pane's area in which its rows stand.
#[must_use]
pub fn body(state: &State, pane: Pane, area: Rect) -> Rect {
    match pane {
        Pane::Text => text::body(state, area),
        Pane::Timeline => timeline::list(state, area),
        Pane::Articles => state.view.shelf.as_ref().map_or(area, |library| shelf::body(library, area)),
        Pane::Entities | Pane::Quotations | Pane::Map => area,
    }
}

/// Rows that one item of a pane's list takes in `area`.
#[must_use]
pub fn item_rows(state: &State, pane: Pane, area: Rect) -> u16 {
    match &state.view.shelf {
        _ if pane != Pane::Articles => 1,
        Some(library) => shelf::item_rows(library, area),
        None => articles::item_rows(area),
    }
}

/// The items of a list with this cursor that are on the screen, with the row in `area` at which each begins.
fn list_rows(cursor: Cursor, len: usize, area: Rect, item_rows: u16) -> impl Iterator<Item = (usize, u16)> {
    let items = usize::from(area.height / item_rows.max(1)).min(len.saturating_sub(cursor.top));
    (0..items).map(move |n| (cursor.top + n, u16::try_from(n).unwrap_or(u16::MAX).saturating_mul(item_rows)))
}

/// Lays the colour of the selection under a row: strong in the pane in focus, quiet in the others.
fn select(state: &State, paint: &Paint, pane: Pane, area: Rect, row: u16, buffer: &mut Buffer) {
    let style = paint.of(if state.focus == pane { Ink::Selected } else { Ink::Followed });
    let line = Rect { y: area.y + row, height: 1, ..area }.intersection(buffer.area);
    if style.bg.is_some() || state.focus == pane {
        buffer.set_style(line, style);
    } else {
        // Few colours hold no quiet background: a sign stands for it.
        Pen::new(buffer, Rect { x: line.x + 1, ..line }, 0).text("›", paint.of(Ink::Accent));
    }
}

/// What an empty pane says while no article is open: what would stand in it, and which keys bring it there.
fn unopened(state: &State, what: &str) -> String {
    if state.progress.scanning || state.arriving().is_some() {
        return String::new();
    }
    let (list, open) = (state.key_of(Action::Pane1), state.key_of(Action::Select));
    tr!("{what} of the open article. {list} and {open} open one from the list.", what, list, open)
}

/// A sentence in the middle of an empty pane.
fn empty(paint: &Paint, area: Rect, says: &str, buffer: &mut Buffer) {
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    for (row, line) in (1..).zip(textwrap::wrap(says, usize::from(inner.width.max(1)))) {
        Pen::new(buffer, inner, row).text(&line, paint.of(Ink::Dim));
    }
}
