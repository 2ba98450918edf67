//! The library: the tree of feeds, the list of the chosen one, both side by side where there is room.

mod list;
mod over;
mod tree;

pub use over::{card_area, draw as draw_over, offers_area};

use crate::app::shelf::{Level, Shelf};
use crate::app::{State, measure_shelf};
use crate::config::Ink;
use crate::locale::{number, trn};
use crate::widgets::{Paint, Pen};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// From this width on the tree stands beside the list.
const BOTH: u16 = 82;

/// Columns of the tree beside a list in `width` columns.
fn tree_columns(width: u16) -> u16 {
    (width / 4).clamp(24, 36)
}

/// The tree's and the list's part of the pane; an empty one is not shown. The list has a line of its own above it.
fn parts(shelf: &Shelf, area: Rect) -> (Rect, Rect) {
    let none = Rect { width: 0, ..area };
    if area.width >= BOTH {
        let tree = tree_columns(area.width);
        return (Rect { width: tree, ..area }, Rect { x: area.x + tree + 1, width: area.width - tree - 1, ..area });
    }
    match shelf.level {
        Level::Tree => (area, none),
        Level::List => (none, area),
    }
}

/// The rows of the list below its line.
fn below(list: Rect) -> Rect {
    Rect { y: list.y + list.height.min(1), height: list.height.saturating_sub(1), ..list }
}

/// The part of the pane in which its rows stand; the tree's stand one row higher than the list's.
#[must_use]
pub fn body(shelf: &Shelf, area: Rect) -> Rect {
    if area.width >= BOTH || shelf.level == Level::List { below(area) } else { area }
}

/// Rows that one item takes.
#[must_use]
pub fn item_rows(shelf: &Shelf, area: Rect) -> u16 {
    if area.width < BOTH && shelf.level == Level::Tree { 1 } else { list::item_rows(parts(shelf, area).1) }
}

/// Sets how much fits.
pub fn measure(state: &mut State, area: Rect) {
    let Some(shelf) = &mut state.view.shelf else { return };
    let (tree, list) = parts(shelf, area);
    let beside = if area.width >= BOTH { tree.width } else { 0 };
    let tree_rows = if tree.width > 0 { below(tree).height } else { area.height };
    let list = if list.width > 0 { list } else { area };
    let items = usize::from(below(list).height / list::item_rows(list));
    measure_shelf(shelf, usize::from(if beside > 0 { tree_rows } else { area.height }), items, beside);
}

/// Draws the library.
pub fn draw(state: &State, shelf: &Shelf, paint: &Paint, area: Rect, buffer: &mut Buffer) {
    let (tree, list) = parts(shelf, area);
    if list.width > 0 {
        list::draw(state, shelf, paint, list, buffer);
    }
    if tree.width > 0 {
        let rows = if list.width > 0 { below(tree) } else { tree };
        tree::draw(state, shelf, paint, rows, buffer);
    }
    if tree.width > 0 && list.width > 0 {
        let rule = Rect { x: tree.right(), width: 1, ..area };
        for row in 0..rule.height {
            Pen::new(buffer, rule, row).text("│", paint.of(Ink::Rule));
        }
    }
}

/// What stands at the right end of the pane's title: what waits, where the selection is.
#[must_use]
pub fn info(shelf: &Shelf) -> String {
    let list = &shelf.list;
    let total = list.window.total();
    let at = if total == 0 { String::new() } else { format!("{}/{}", number(list.cursor.selected + 1), number(total)) };
    match list.waiting {
        0 => at,
        n => format!("{}  {at}", trn!(n, "{n} new", "{n} new")),
    }
}
