//! Who and where: the names of the open article under their kinds, with role, quotations, mentions, and where in the text these are.

use super::text::ink_of_kind;
use super::{empty, list_rows, select};
use crate::app::{EntityRow, Open, Pane, State};
use crate::article::{EntityId, Kind};
use crate::config::Ink;
use crate::text::{cut, width};
use crate::widgets::{Paint, Pen, spark};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Cells of the bar that shows where in the text a name occurs, in a wide and in a narrow pane.
const BAR: (usize, usize) = (8, 5);

/// Panes narrower than this keep the cells for names and roles.
const WIDE: u16 = 48;

/// Sets how many rows fit.
pub fn measure(state: &mut State, area: Rect) {
    let len = state.open.as_ref().map_or(0, |o| o.entities.len());
    let cursor = &mut state.view.panes.entities;
    if cursor.height != usize::from(area.height) {
        cursor.measure(usize::from(area.height), len);
    }
    let heading = state.open.as_ref().is_some_and(|o| matches!(o.entities.get(cursor.selected), Some(EntityRow::Heading(..))));
    if heading && cursor.selected == 0 {
        cursor.selected = 1;
    }
}

/// Draws the list.
pub fn draw(state: &State, paint: &Paint, area: Rect, buffer: &mut Buffer) {
    let Some(open) = state.open.as_ref().filter(|o| !o.entities.is_empty()) else {
        let says = match &state.open {
            Some(open) if !open.analysed => "Looking for names…",
            Some(_) => "No names found in this article.",
            None => "",
        };
        return empty(paint, area, says, buffer);
    };
    let cursor = state.view.panes.entities;
    for (at, row) in list_rows(cursor, open.entities.len(), area, 1) {
        match open.entities[at] {
            EntityRow::Space => {}
            // At the very foot a heading would stand over nothing.
            EntityRow::Heading(..) if row + 1 == area.height => {}
            EntityRow::Heading(kind, count) => {
                let mut pen = Pen::new(buffer, area, row);
                pen.space(1).text(heading(kind), paint.of(Ink::Dim)).text(&format!("  {count}"), paint.of(Ink::Faint));
            }
            EntityRow::Entity(id) => {
                if at == cursor.selected {
                    select(state, paint, Pane::Entities, area, row, buffer);
                }
                let bar = if area.width < WIDE { BAR.1 } else { BAR.0 };
                line(open, id, bar, paint, Pen::new(buffer, area, row));
            }
        }
    }
}

/// Name, role, how often quoted, how often named, and where in the text.
fn line(open: &Open, id: EntityId, cells: usize, paint: &Paint, mut pen: Pen<'_>) {
    let Some(entity) = open.document.found.entities.get(id.0 as usize) else { return };
    let text = &open.document.article.text;
    let ink = paint.of(ink_of_kind(entity.kind));
    let count = open.mentions(id).len();
    let bar = spark(open.mentions(id).iter().map(|s| s.start), text.len(), cells);
    pen.space(2);
    if pen.room() > 24 {
        pen.right(&bar, paint.hue(ink_of_kind(entity.kind)));
    }
    // In a narrow pane every cell is the name's and the role's.
    let digits = if cells == BAR.0 { 2 } else { 1 };
    pen.right(&format!("{count:>digits$}"), paint.of(Ink::Dim));
    let said = open.said(id);
    if said > 0 && pen.room() > 20 {
        pen.right(&format!("“{said}"), paint.of(Ink::Quotation));
    }
    let role = entity.roles.first().map(|r| short(r.span.of(text))).unwrap_or_default();
    let room = pen.room();
    let name = cut(&entity.name, room);
    pen.text(&name, ink);
    // A role that has to be cut to a few letters says nothing.
    if !role.is_empty() && room > width(&name) + 8 {
        pen.space(2).text(role, paint.of(Ink::Dim)).space(1);
    }
}

/// A role without its article.
fn short(role: &str) -> &str {
    ["the ", "an ", "a ", "The ", "An ", "A "].iter().find_map(|a| role.strip_prefix(a)).unwrap_or(role)
}

fn heading(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "People",
        Kind::Organization => "Organisations",
        Kind::Place => "Places",
        Kind::Other => "Other names",
    }
}
