//! Who and where: the names of the open article under their kinds, with role, quotations, mentions, and where in the text these are.

use super::text::ink_of_kind;
use super::{empty, list_rows, select};
use crate::app::{EntityRow, Open, Pane, State};
use crate::article::{EntityId, Kind};
use crate::config::Ink;
use crate::locale::tr;
use crate::text::{cut, width};
use crate::widgets::{Paint, Pen, spark};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Cells of the bar that shows where in the text a name occurs, in a wide and in a narrow pane.
const BAR: (usize, usize) = (8, 5);

/// Cells between a name and its role, and those that a role needs to say something.
const GAP: usize = 2;
const ROLE: usize = 7;

/// Cells of a role too long for its row that are enough beside a bar.
const SOME: usize = 24;

/// Words before a role that only say how lately somebody came to it: without them it is the same office.
const LATELY: &[&str] = &["recently ", "newly ", "elected ", "re-elected ", "installed ", "appointed ", "inaugurated "];

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
            Some(open) if !open.analysed => tr!("Looking for names…"),
            Some(_) => tr!("No names found in this article."),
            None => return empty(paint, area, &super::unopened(state, tr!("The people, organisations and places")), buffer),
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

/// Name, role, where in the text, how often quoted, and how often named. A role comes before the bar where there is no room for both.
fn line(open: &Open, id: EntityId, cells: usize, paint: &Paint, mut pen: Pen<'_>) {
    let Some(entity) = open.document.found.entities.get(id.0 as usize) else { return };
    let text = &open.document.article.text;
    let ink = ink_of_kind(entity.kind);
    pen.space(2);
    pen.right(&format!("{:>2}", open.mentions(id).len()), paint.of(Ink::Dim));
    let said = open.said(id);
    if pen.room() > 20 {
        let said = if said > 0 { format!("“{said}") } else { String::new() };
        pen.right(&format!("{said:>2}"), paint.of(Ink::Quotation));
    }
    let role = entity.roles.first().map(|r| short(r.span.of(text))).unwrap_or_default();
    let left = pen.room().saturating_sub(width(&entity.name) + GAP);
    let beside = left.saturating_sub(cells + 1);
    let both = width(role) <= beside || width(role) > left && beside >= SOME;
    if pen.room() > 16 && (role.is_empty() || left < ROLE || both) {
        let bar = spark(open.mentions(id).iter().map(|s| s.start), text.len(), cells);
        pen.right(&bar, paint.hue(ink));
    }
    let name = cut(&entity.name, pen.room());
    pen.text(&name, paint.of(ink));
    if !role.is_empty() && pen.room() >= GAP + ROLE {
        let room = pen.room() - GAP;
        pen.space(GAP).text(&fitting(role, room), paint.of(Ink::Dim));
    }
}

/// The role where there is room for it; else without how lately it began, then without what follows a comma, and cut at its end. The words before its noun
/// stay, because they make another office of it: a vice president is no president.
fn fitting(role: &str, room: usize) -> String {
    if width(role) <= room {
        return role.to_owned();
    }
    let mut office = role;
    while let Some(rest) = LATELY.iter().find_map(|word| office.strip_prefix(word)) {
        office = rest;
    }
    if width(office) > room {
        office = office.split_once(", ").map_or(office, |(main, _)| main);
    }
    cut(office, room)
}

/// A role without its article.
fn short(role: &str) -> &str {
    ["the ", "an ", "a ", "The ", "An ", "A "].iter().find_map(|a| role.strip_prefix(a)).unwrap_or(role)
}

fn heading(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => tr!("People"),
        Kind::Organization => tr!("Organisations"),
        Kind::Place => tr!("Places"),
        Kind::Other => tr!("Other names"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_cut_to_what_it_is() {
        assert_eq!(fitting("mayor of Y", 20), "mayor of Y");
        assert_eq!(fitting("recently elected mayor of the city of Y", 24), "mayor of the city of Y");
        assert_eq!(fitting("mayor of Y, once its judge", 20), "mayor of Y");
        // What stands before the noun says which office it is.
        assert_eq!(fitting("Vice President", 14), "Vice President");
        assert_eq!(fitting("Vice President", 9), "Vice Pre…");
        assert_eq!(fitting("former chief justice of Y", 16), "former chief ju…");
        assert_eq!(short("the mayor"), "mayor");
    }
}
