//! One picture: titles, panes, hairlines, the foot line, and what lies on top.

use super::layout::{Screen, Slot, screen};
use crate::app::{Overlay, Pane, State};
use crate::config::Ink;
use crate::locale::tr;
use crate::panes;
use crate::panes::pictures::Placed;
use crate::text::width;
use crate::widgets::{Paint, Pen, fill};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Where the pictures stand on the screen that [`draw`] drew.
#[must_use]
pub fn pictures(state: &State, area: Rect) -> Vec<Placed> {
    let text = screen(state, area).slots.iter().find(|s| s.pane == Pane::Text).map(|s| s.body);
    panes::pictures::places(state, text, area)
}

/// Measures the panes for `area` and draws them. Drawing a second time changes nothing.
pub fn draw(state: &mut State, paint: &Paint, area: Rect, buffer: &mut Buffer) {
    fill(buffer, area, paint.ground(state.view.dark));
    let screen = screen(state, area);
    if screen.too_small {
        let says = tr!("dateline needs 40×10, this is {width}×{height}", width = area.width, height = area.height);
        Pen::new(buffer, area, 0).text(&says, paint.of(Ink::Text));
        return;
    }
    match &mut state.overlay {
        Overlay::Card(card) => {
            let height = panes::card::facts(card, area).height;
            card.cursor.measure(usize::from(height), card.rows.len());
        }
        Overlay::Palette(palette) => palette.cursor.measure(usize::from(panes::palette::results(area).height), palette.order.len()),
        Overlay::Help(_) => panes::help::measure(state, area),
        _ => {}
    }
    let page = matches!(state.overlay, Overlay::Page) || state.view.pages.beneath();
    if page {
        panes::page::measure(state, area);
    }
    for slot in &screen.slots {
        panes::measure(state, slot.pane, slot.body);
    }
    let state = &*state;
    rules(&screen, paint, buffer);
    for slot in &screen.slots {
        title(state, paint, slot, buffer);
        panes::draw(state, paint, slot.pane, slot.body, buffer);
    }
    if page {
        panes::page::draw(state, paint, area, buffer);
    }
    let hidden = if page { &[][..] } else { &screen.hidden };
    panes::foot::draw(state, paint, hidden, screen.foot, buffer);
    match &state.overlay {
        Overlay::Help(help) => panes::help::draw(state, paint, *help, area, buffer),
        Overlay::Welcome => {
            let text = screen.slots.iter().find(|s| s.pane == Pane::Text).map_or(area, |s| s.body);
            panes::welcome::draw(state, paint, text, buffer);
        }
        Overlay::Palette(palette) => panes::palette::draw(state, paint, palette, area, buffer),
        Overlay::Card(card) => panes::card::draw(state, paint, card, area, buffer),
        Overlay::Shelf(over) => panes::shelf::draw_over(state, paint, over, (area, screen.foot), buffer),
        Overlay::Picture(number) => panes::pictures::draw(state, paint, *number, area, buffer),
        Overlay::None
        | Overlay::Page
        | Overlay::Find(_)
        | Overlay::Hints(_)
        | Overlay::Links(_)
        | Overlay::Date(_)
        | Overlay::Letter(_) => {}
    }
    panes::foot::say(state, paint, screen.foot, buffer);
    panes::follows::draw(state, paint, area, buffer);
}

fn rules(screen: &Screen, paint: &Paint, buffer: &mut Buffer) {
    for (_, rule) in &screen.rules {
        for row in 0..rule.height {
            Pen::new(buffer, *rule, row).text("│", paint.of(Ink::Rule));
        }
    }
}

/// The names of the panes in a slot: the shown one bright, in focus brighter; a position at the right end.
fn title(state: &State, paint: &Paint, slot: &Slot, buffer: &mut Buffer) {
    if slot.title.height == 0 {
        return;
    }
    let names = slot.names();
    let end = names.last().map_or(slot.title.x, |(.., columns)| columns.end);
    for (pane, name, columns) in names {
        let ink = match (pane == slot.pane, state.focus == slot.pane) {
            (true, true) => Ink::Title,
            (true, false) => Ink::Dim,
            (false, _) => Ink::Faint,
        };
        let at = Rect { x: columns.start, width: columns.end - columns.start, ..slot.title };
        Pen::new(buffer, at, 0).text(&name, paint.of(ink));
    }
    // The names come first; what is said about a pane stands where they leave room for it.
    let info = panes::info(state, slot.pane);
    let rest = Rect { x: end, width: slot.title.right().saturating_sub(end), ..slot.title };
    let mut pen = Pen::new(buffer, rest, 0);
    if pen.room() > width(&info) + 4 {
        pen.right(" ", paint.of(Ink::Dim));
    }
    pen.right(&info, paint.of(Ink::Dim));
    running_title(state, paint, slot, &info, buffer);
}

/// The article's title beside the pane's name, once it has been scrolled out of sight.
fn running_title(state: &State, paint: &Paint, slot: &Slot, info: &str, buffer: &mut Buffer) {
    let Some(open) = state.open.as_ref().filter(|o| slot.pane == Pane::Text && o.top() > 0) else { return };
    let from = slot.names().last().map_or(slot.title.x, |(.., columns)| columns.end) + 3;
    let keep = u16::try_from(width(info)).unwrap_or(0) + 3;
    let at = Rect { x: from, width: slot.title.right().saturating_sub(from + keep), ..slot.title };
    if at.width > 8 {
        Pen::new(buffer, at, 0).text(&open.document.article.title, paint.of(Ink::Dim));
    }
}
