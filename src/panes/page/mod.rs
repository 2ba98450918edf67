//! A page of the library on the whole screen: its name, when it was in the news, and its rows.

mod figure;

use super::text::ink_of_kind;
use crate::app::page::{Bar, Figure, Page, PageRow, RowKind, Sheet};
use crate::app::{Action, State, page_day, page_days};
use crate::config::Ink;
use crate::locale::{tr, trn};
use crate::text::{clean_line, cut, levels, width};
use crate::widgets::{Paint, Pen, fill};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Cells of what stands before a row.
const LABEL: usize = 12;

/// Rows of the head: name, facts, bar, and what is under the bar's cursor.
const HEAD: u16 = 4;

/// Screens from this width and height on have the drawings beside the rows.
const BESIDE: (u16, u16) = (118, 24);

/// Rows of a page, at most as wide as can be read along.
const WIDEST: u16 = 140;

/// The part of the screen in which the rows stand.
#[must_use]
pub fn rows(state: &State, screen: Rect) -> Rect {
    let all = body(screen);
    let drawings = beside(state, screen).width;
    Rect { width: (all.width - drawings.min(all.width)).min(WIDEST), ..all }
}

/// The part of the screen for the drawings beside the rows; empty where there is no room, or nothing to be drawn.
fn beside(state: &State, screen: Rect) -> Rect {
    let all = body(screen);
    let drawn = state.view.pages.top().and_then(|p| p.sheet.as_ref()).is_some_and(|s| s.company.nodes.len() > 1);
    let width = if drawn && screen.width >= BESIDE.0 && screen.height >= BESIDE.1 { (all.width * 2 / 5).min(72) } else { 0 };
    Rect { x: all.right() - width, width, ..all }
}

/// Everything below the head.
fn body(screen: Rect) -> Rect {
    let side = if screen.width > 100 { 4 } else { 1 };
    let head = HEAD.min(screen.height / 3);
    Rect {
        x: screen.x + side,
        y: screen.y + head,
        width: screen.width.saturating_sub(2 * side),
        height: screen.height.saturating_sub(head + 1),
    }
}

/// Everything above that.
fn head(screen: Rect) -> Rect {
    let body = body(screen);
    Rect { y: screen.y, height: body.y - screen.y, ..body }
}

/// Cells of a day before the bar, with the space that follows.
const DAY: usize = 11;

/// Cells of two days, from one to the other.
const DAYS: usize = 23;

/// Cells of the bar, at most.
const BAR: usize = 80;

/// The cell of the bar at a cell of a page's screen; `None` where it is not on the bar.
#[must_use]
pub fn bar_at(state: &State, screen: Rect, at: Position) -> Option<u16> {
    let head = head(screen);
    let bar = &state.view.pages.top()?.bar;
    let column = at.x.checked_sub(head.x + DAY as u16)?;
    let cell = usize::from(column) / bar.columns();
    (at.y == head.y + 2 && head.height > 2 && cell < bar.cells()).then_some(cell as u16)
}

/// Tells the page how many rows and cells of its bar fit.
pub fn measure(state: &mut State, screen: Rect) {
    let height = usize::from(rows(state, screen).height);
    let cells = usize::from(head(screen).width).saturating_sub(30).min(BAR);
    if let Some(page) = state.view.pages.stack.last_mut() {
        page.measure_bar(cells);
    }
    if let Some(page) = state.view.pages.stack.last_mut().filter(|p| p.cursor.height != height) {
        let len = page.rows().len();
        page.cursor.measure(height, len);
    }
}

/// Draws the page over all panes; the foot line stays.
pub fn draw(state: &State, paint: &Paint, screen: Rect, buffer: &mut Buffer) {
    let Some(page) = state.view.pages.top() else { return };
    let all = Rect { height: screen.height.saturating_sub(1), ..screen };
    fill(buffer, all, paint.ground(state.view.dark));
    let area = rows(state, screen);
    let head = head(screen);
    let Some(sheet) = &page.sheet else {
        Pen::new(buffer, head, 0).text("…", paint.of(Ink::Dim));
        return;
    };
    draw_head(state, paint, (page, sheet), head, buffer);
    let figures = figure::Figures { state, paint, sheet, selected: page.figure.map(|(_, n)| n) };
    if let Some((figure, _)) = page.figure {
        return figures.draw(figure, body(screen), buffer);
    }
    drawings(&figures, beside(state, screen), buffer);
    for (at, row) in super::list_rows(page.cursor, sheet.rows.len(), area, 1) {
        if at == page.cursor.selected && sheet.rows[at].lead.is_some() {
            let line = Rect { y: area.y + row, height: 1, ..area }.intersection(buffer.area);
            buffer.set_style(line, paint.of(Ink::Selected));
        }
        draw_row(paint, &sheet.rows[at], &mut Pen::new(buffer, area, row));
    }
}

/// The graph above the map, or what there is of both.
fn drawings(figures: &figure::Figures<'_>, area: Rect, buffer: &mut Buffer) {
    if area.width == 0 {
        return;
    }
    let inner = Rect { x: area.x + 3, width: area.width.saturating_sub(3), ..area };
    let places = figures.sheet.company.of(Figure::Map).count() > 0;
    let upper = if places { inner.height / 2 } else { inner.height.min(24) };
    figures.draw(Figure::Graph, Rect { height: upper.saturating_sub(1), ..inner }, buffer);
    if places {
        figures.draw(Figure::Map, Rect { y: inner.y + upper, height: inner.height - upper, ..inner }, buffer);
    }
}

fn draw_head(state: &State, paint: &Paint, (page, sheet): (&Page, &Sheet), head: Rect, buffer: &mut Buffer) {
    let ink = sheet.kind.map_or(Ink::Title, ink_of_kind);
    let mut pen = Pen::new(buffer, head, 0);
    let (title, keys) = (clean_line(&sheet.title), tr!("Enter goes there  ← back  Esc closes"));
    if pen.room() > width(&title) + width(keys) + 1 {
        pen.right(keys, paint.of(Ink::Dim));
    }
    pen.text(&title, paint.of(ink).patch(paint.of(Ink::Title)));
    Pen::new(buffer, head, 1).text(&clean_line(&sheet.facts), paint.of(Ink::Dim));
    if page.bar.cells() > 1 && head.height > 2 {
        draw_bar(state, paint, &page.bar, (sheet, paint.of(ink)), head, buffer);
    }
}

/// When articles appeared, with the first and the last day that is shown; below it the time under the cursor.
fn draw_bar(state: &State, paint: &Paint, bar: &Bar, (sheet, style): (&Sheet, Style), head: Rect, buffer: &mut Buffer) {
    let counts = bar.counts(&sheet.times);
    let (from, to) = bar.shown();
    let columns = bar.columns();
    let wide: String = levels(&counts).chars().flat_map(|level| std::iter::repeat_n(level, columns)).collect();
    let mut pen = Pen::new(buffer, head, 2);
    pen.column(&page_day(from), DAY - 1, paint.of(Ink::Dim)).space(1).text(&wide, style).space(1);
    pen.text(&page_day(to - 1), paint.of(Ink::Dim));
    let Some((cell, time)) = bar.cursor() else {
        let keys = tr!("{closer} {farther} zooms", closer = state.key_of(Action::ZoomIn), farther = state.key_of(Action::ZoomOut));
        if pen.room() > width(&keys) + 4 {
            pen.space(2).text(&keys, paint.of(Ink::Faint));
        }
        return;
    };
    let left = DAY + cell * columns;
    let under = Rect { x: head.x + left as u16, y: head.y + 2, width: columns as u16, height: 1 };
    buffer.set_style(under.intersection(head), paint.of(Ink::Accent));
    let count = counts.get(cell).copied().unwrap_or(0);
    let says = format!("{} · {}", page_days(time), trn!(count as u64, "{n} article", "{n} articles"));
    // On a low screen the facts give way.
    let row = if head.height > 3 { 3 } else { 1 };
    let mut pen = Pen::new(buffer, head, row);
    let (before, cells) = (left + (columns - 1) / 2, width(&says));
    if row == 1 {
        pen.column(&says, usize::from(head.width), paint.of(Ink::Moment));
    } else if before + cells + 2 <= pen.room() {
        pen.space(before).text("▲", paint.of(Ink::Accent)).space(1).text(&says, paint.of(Ink::Moment));
    } else {
        pen.space(before.saturating_sub(cells + 1)).text(&says, paint.of(Ink::Moment)).space(1).text("▲", paint.of(Ink::Accent));
    }
}

fn draw_row(paint: &Paint, row: &PageRow, pen: &mut Pen<'_>) {
    let ink = match row.kind {
        RowKind::Space => return,
        RowKind::Heading => {
            pen.text(&row.text, paint.of(Ink::Dim));
            return;
        }
        RowKind::Plain | RowKind::Listed(_) | RowKind::Article(false) => Ink::Text,
        RowKind::Dim | RowKind::Article(true) => Ink::Dim,
        RowKind::Name(kind) => ink_of_kind(kind),
        RowKind::Said => Ink::Quotation,
        RowKind::Moment => Ink::Text,
    };
    pen.space(2);
    let label = if row.kind == RowKind::Moment { Ink::Moment } else { Ink::Dim };
    pen.column(&clean_line(&row.label), LABEL, paint.of(label)).space(1);
    let text = clean_line(&row.text);
    let note = cut(&clean_line(&row.note), note_room(pen.room(), width(&text)));
    pen.right(&note, paint.of(Ink::Dim));
    pen.text(&text, paint.of(ink));
}

/// Cells of a note at the right end of a row of `room` cells: what its text of `text` cells leaves, and in any case a third, or two days.
fn note_room(room: usize, text: usize) -> usize {
    room.saturating_sub(text + 2).max(room / 3).max(DAYS.min(room / 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_takes_what_its_text_leaves() {
        assert_eq!(note_room(60, 9), 49);
        assert_eq!(note_room(60, 200), DAYS);
        assert_eq!(note_room(120, 200), 40);
        assert_eq!(note_room(24, 200), 12);
    }
}
