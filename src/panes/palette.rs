//! The palette: a line to type in, and what fits.

use super::text::ink_of_kind;
use crate::app::{Palette, PaletteItem, PaletteTarget, ShelfTarget, State};
use crate::article::LinkKind;
use crate::config::Ink;
use crate::locale::{text, tr};
use crate::text::{cut, width};
use crate::widgets::{Paint, Pen, lay, prompt};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Cells that say what a line is.
const KIND: usize = 13;

/// Lines shorter than this keep these cells for what is asked, which says by itself what it is.
const ROOMY: usize = 50;

/// Cells of a note that was cut which still say something.
const NOTE: usize = 14;

/// The box of the palette on a screen of this size.
#[must_use]
pub fn area(screen: Rect) -> Rect {
    centred(screen, 80, 20)
}

/// The rows of results inside the palette's box.
#[must_use]
pub fn results(screen: Rect) -> Rect {
    let area = area(screen);
    Rect { x: area.x + 1, y: area.y + 3, width: area.width.saturating_sub(2), height: area.height.saturating_sub(4) }
}

/// A box of at most `width` by `height` cells, in the middle, a little above.
pub(super) fn centred(screen: Rect, width: u16, height: u16) -> Rect {
    let width = width.min(screen.width.saturating_sub(4)).max(screen.width.min(20));
    let height = height.min(screen.height.saturating_sub(1)).max(screen.height.min(4));
    Rect { x: screen.x + (screen.width - width) / 2, y: screen.y + (screen.height - height) / 3, width, height }
}

/// The rows that a box may have that leaves `air` rows of the screen free; on a low screen it takes all but the foot line.
pub(super) fn tallest(screen: Rect, air: u16) -> u16 {
    screen.height.saturating_sub(if screen.height < 16 { 1 } else { air })
}

/// Draws the palette.
pub fn draw(state: &State, paint: &Paint, palette: &Palette, screen: Rect, buffer: &mut Buffer) {
    let area = area(screen);
    lay(buffer, area, paint);
    let line = Rect { x: area.x + 2, y: area.y + 1, width: area.width.saturating_sub(4), height: 1 };
    let mut pen = Pen::new(buffer, line, 0);
    let input = &palette.input;
    prompt(&mut pen, paint, "› ", (input.before(), input.text()));
    if input.text().is_empty() {
        let asks = match palette.items.first().map(|i| i.target) {
            Some(PaletteTarget::Merge { .. }) => tr!("is one with… Enter joins, Esc leaves"),
            Some(PaletteTarget::Link(..)) => tr!("opens in the browser… Enter opens, Esc leaves"),
            Some(PaletteTarget::Place(..)) => tr!("means… Enter chooses, Esc leaves"),
            Some(PaletteTarget::Shelf(_)) => tr!("Enter does it, Esc leaves"),
            _ => tr!("an article, a name, a moment, a command"),
        };
        pen.space(1).text(asks, paint.of(Ink::Dim));
    }
    let rows = results(screen);
    for (at, row) in super::list_rows(palette.cursor, palette.order.len(), rows, 1) {
        let Some(item) = palette.order.get(at).and_then(|n| palette.items.get(*n as usize)) else { continue };
        if at == palette.cursor.selected {
            let line = Rect { y: rows.y + row, height: 1, ..rows }.intersection(buffer.area);
            buffer.set_style(line, paint.of(Ink::Selected));
        }
        result(state, paint, item, Pen::new(buffer, rows, row));
    }
    if palette.order.is_empty() && !palette.waiting {
        Pen::new(buffer, rows, 0).space(1).text(tr!("Nothing fits"), paint.of(Ink::Dim));
    }
}

fn result(state: &State, paint: &Paint, item: &PaletteItem, mut pen: Pen<'_>) {
    let (kind, ink) = match item.target {
        PaletteTarget::Article(_) => (tr!("article"), Ink::Text),
        PaletteTarget::Name(_, kind) => (text(kind.word()), ink_of_kind(kind)),
        PaletteTarget::Merge { kind, .. } => (text(kind.word()), ink_of_kind(kind)),
        PaletteTarget::Place(..) => (tr!("place"), Ink::Place),
        PaletteTarget::Link(_, LinkKind::Page) => (tr!("link"), Ink::Text),
        PaletteTarget::Link(_, LinkKind::Image) => (tr!("picture"), Ink::Text),
        PaletteTarget::Link(_, LinkKind::Enclosure) => (tr!("file"), Ink::Text),
        PaletteTarget::Link(_, LinkKind::Mail) => (tr!("mail"), Ink::Text),
        PaletteTarget::Moment(_) => (tr!("moment"), Ink::Moment),
        PaletteTarget::Shelf(target) => (kind(target), Ink::Text),
        PaletteTarget::Own(_) => (tr!("your own"), Ink::Text),
        PaletteTarget::Theme(_) => (tr!("theme"), Ink::Text),
        PaletteTarget::Command(action) => {
            let keys = state.keys_of(action);
            pen.space(1)
                .right(&keys, paint.of(Ink::Dim))
                .column(tr!("command"), KIND, paint.of(Ink::Dim))
                .text(&item.text, paint.of(Ink::Text));
            return;
        }
    };
    pen.space(1);
    let asks = match item.target {
        PaletteTarget::Shelf(target) => !matches!(target, ShelfTarget::Feed(_) | ShelfTarget::Search(_) | ShelfTarget::Ask),
        _ => false,
    };
    if !asks || pen.room() >= ROOMY {
        pen.column(kind, KIND, paint.of(Ink::Dim));
    }
    // A moment and a command of the reader's own are told by their notes; everything else by its text.
    let note = match item.target {
        PaletteTarget::Moment(_) | PaletteTarget::Own(_) => item.note.to_string(),
        _ => beside(&item.note, pen.room().saturating_sub(width(&item.text) + 1)),
    };
    pen.right(&note, paint.of(Ink::Dim)).text(&item.text, paint.of(ink));
}

/// A note in the cells that the text of its line leaves: whole, else its beginning where that says something, else nothing.
fn beside(note: &str, free: usize) -> String {
    match width(note) {
        cells if cells <= free => note.to_owned(),
        _ if free >= NOTE => cut(note, free),
        _ => String::new(),
    }
}

/// What a line of the library is.
fn kind(target: ShelfTarget) -> &'static str {
    match target {
        ShelfTarget::Feed(_) => tr!("feed"),
        ShelfTarget::Search(_) => tr!("search" in "kept query"),
        ShelfTarget::Remove(..) => tr!("remove"),
        ShelfTarget::Older(_) => tr!("mark" in "to do"),
        ShelfTarget::Same(_) => tr!("is" in "the same as"),
        ShelfTarget::Export(_) => tr!("write"),
        ShelfTarget::Import(_) => tr!("import"),
        ShelfTarget::Ask => tr!("ask"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_takes_what_its_text_leaves() {
        assert_eq!(beside("what is starred stays", 21), "what is starred stays");
        assert_eq!(beside("what is starred stays", 16), "what is starred…");
        assert_eq!(beside("what is starred stays", 13), "");
        assert_eq!(beside("2019-01-21", 10), "2019-01-21");
        assert_eq!(beside("2019-01-21", 9), "");
    }
}
