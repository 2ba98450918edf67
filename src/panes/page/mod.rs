//! A page of the library on the whole screen: its name, when it was in the news, and its rows.

mod figure;

use super::text::ink_of_kind;
use crate::app::page::{Figure, Page, PageRow, RowKind, Sheet};
use crate::app::{Action, State};
use crate::config::Ink;
use crate::locale::tr;
use crate::text::{clean_line, spark};
use crate::widgets::{Paint, Pen, fill};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Cells of what stands before a row.
const LABEL: usize = 12;

/// Rows of the head: name, facts, bar, air.
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

/// Tells the page how many rows fit.
pub fn measure(state: &mut State, screen: Rect) {
    let height = usize::from(rows(state, screen).height);
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
    let head = Rect { y: screen.y, height: area.y - screen.y, ..body(screen) };
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
    if pen.room() > 60 {
        pen.right(tr!("Enter goes there  ← back  Esc closes"), paint.of(Ink::Dim));
    }
    pen.text(&clean_line(&sheet.title), paint.of(ink).patch(paint.of(Ink::Title)));
    Pen::new(buffer, head, 1).text(&clean_line(&sheet.facts), paint.of(Ink::Dim));
    if sheet.times.len() < 2 || head.height < 3 {
        return;
    }
    let (from, to) = sheet.range(page.zoom);
    let range = (to - from).max(1).unsigned_abs();
    let first = sheet.times.partition_point(|t| *t < from);
    let at = sheet.times.iter().skip(first).map(|t| u32::try_from((t - from).unsigned_abs() * 1_000_000 / range).unwrap_or(u32::MAX));
    let cells = usize::from(head.width).saturating_sub(30).min(80);
    let (start, end) = (crate::app::page_day(from), crate::app::page_day(to));
    let mut pen = Pen::new(buffer, head, 2);
    pen.text(&start, paint.of(Ink::Dim)).space(1).text(&spark(at, 1_000_001, cells), paint.of(ink)).space(1).text(&end, paint.of(Ink::Dim));
    let keys = tr!("{closer} {farther} zooms", closer = state.key_of(Action::ZoomIn), farther = state.key_of(Action::ZoomOut));
    if pen.room() > keys.len() + 4 {
        pen.space(2).text(&keys, paint.of(Ink::Faint));
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
    let note = crate::text::cut(&clean_line(&row.note), pen.room() / 3);
    pen.right(&note, paint.of(Ink::Dim));
    pen.text(&clean_line(&row.text), paint.of(ink));
}
