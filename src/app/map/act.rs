//! What keys and the mouse do to the map.

use super::super::action::Action;
use super::super::effect::Effect;
use super::super::lists::Cursor;
use super::super::state::{Pane, State};
use super::super::travel;
use super::view::DOTS;
use super::{Map, Scope, Target};
use crate::locale::tr;
use crate::notice::Notice;

/// How much nearer a key or a notch of the wheel brings the map.
const ZOOM: f64 = 1.5;

/// The part of the map by which an arrow moves it.
const STEP: f64 = 0.125;

/// Does what `action` means on the map; `None` where it means what it does elsewhere.
pub(in crate::app) fn act(state: &mut State, action: Action) -> Option<Vec<Effect>> {
    if state.view.map.as_list && matches!(action, Action::Down | Action::Up | Action::Left | Action::Right) {
        return None;
    }
    let map = &mut state.view.map;
    match action {
        Action::Left => map.pan(-STEP, 0.0),
        Action::Right => map.pan(STEP, 0.0),
        Action::Down => map.pan(0.0, STEP),
        Action::Up => map.pan(0.0, -STEP),
        Action::HalfPageDown | Action::PageDown if !map.as_list => map.pan(0.0, 4.0 * STEP),
        Action::HalfPageUp | Action::PageUp if !map.as_list => map.pan(0.0, -4.0 * STEP),
        Action::Top | Action::Bottom if !map.as_list => map.fit(),
        Action::ZoomIn => map.zoom(ZOOM, None),
        Action::ZoomOut => map.zoom(1.0 / ZOOM, None),
        Action::Fit => map.fit(),
        Action::MapList => map.as_list = !map.as_list,
        Action::MapScope => change_scope(state),
        Action::NextPlace => step(state, true),
        Action::PreviousPlace => step(state, false),
        // On the whole screen there is no other pane to go to.
        Action::NextPane if state.view.full => step(state, true),
        Action::PreviousPane if state.view.full => step(state, false),
        Action::Select => return Some(select(state)),
        _ => return None,
    }
    Some(Vec::new())
}

impl Map {
    /// Moves the map by parts of itself.
    fn pan(&mut self, right: f64, down: f64) {
        let (columns, rows) = self.view.cells();
        self.view.pan(right * f64::from(columns) * f64::from(DOTS.0), down * f64::from(rows) * f64::from(DOTS.1));
        self.moved = true;
    }

    /// Brings the map nearer: towards the pointer, else towards the selected place where it is in sight, else towards the middle.
    fn zoom(&mut self, factor: f64, pointer: Option<(u16, u16)>) {
        let (columns, rows) = self.view.cells();
        let dots = |(x, y): (u16, u16)| ((f64::from(x) + 0.5) * f64::from(DOTS.0), (f64::from(y) + 0.5) * f64::from(DOTS.1));
        let selected = self.chosen().and_then(|s| self.view.cell(s.point()));
        self.view.zoom(factor, dots(pointer.or(selected).unwrap_or((columns / 2, rows / 2))));
        self.moved = true;
    }

    /// Moves the selection in the list.
    pub(in crate::app) fn set_cursor(&mut self, cursor: Cursor) {
        self.cursor = cursor;
        self.selected = self.of_row().or(self.selected);
    }

    /// The place of the selected line of the list.
    fn of_row(&self) -> Option<usize> {
        self.rows.get(self.cursor.selected)?.spot
    }
}

/// Gives the map the whole screen, or takes it back and goes to the text.
pub(in crate::app) fn open_full(state: &mut State) {
    if state.focus == Pane::Map && state.view.full {
        state.view.full = false;
        state.focus_on(Pane::Text);
    } else {
        state.focus_on(Pane::Map);
        state.view.full = true;
    }
}

/// The article's places, those of the chosen name, those of all articles, and again.
fn change_scope(state: &mut State) {
    let name = super::chosen_name(state);
    let map = &mut state.view.map;
    map.scope = match map.scope {
        Scope::Article if name.is_some() => Scope::Name,
        Scope::Article | Scope::Name => Scope::Library,
        Scope::Library => Scope::Article,
    };
}

/// Selects the next or previous place, the most mentioned first, around the ends.
fn step(state: &mut State, forward: bool) {
    let map = &mut state.view.map;
    let len = map.spots.len();
    if len == 0 {
        state.notice = Some(Notice::new(tr!("No place on the map")));
        return;
    }
    let next = match (map.selected, forward) {
        (None, true) => 0,
        (None, false) => len - 1,
        (Some(n), true) => (n + 1) % len,
        (Some(n), false) => (n + len - 1) % len,
    };
    map.choose(next);
}

/// Goes to where the selected place is named; `n` then follows it.
fn select(state: &mut State) -> Vec<Effect> {
    let map = &state.view.map;
    let spot = if map.as_list { map.of_row() } else { map.selected };
    let Some(spot) = spot.and_then(|n| map.spots.get(n)) else {
        state.notice = Some(Notice::new(tr!("No place is selected")).hint(tr!("n goes to the next one")));
        return Vec::new();
    };
    match spot.target {
        Target::Name(name, kind) => travel::follow_name(state, name, kind),
        Target::Entity(entity) => {
            travel::follow_entity(state, entity);
            let first = state.open.as_ref().and_then(|o| o.mentions(entity).first().copied());
            if let Some(span) = first {
                state.focus_on(Pane::Text);
                travel::jump(state, span);
            }
            Vec::new()
        }
    }
}

/// A click: on a place it selects it, on the selected one it goes there; from anywhere the map can be drawn along.
pub(in crate::app) fn click(state: &mut State, row: u16, column: u16) -> Vec<Effect> {
    let focused = state.focus == Pane::Map;
    state.focus_on(Pane::Map);
    let map = &mut state.view.map;
    if map.as_list {
        let at = map.cursor.top + usize::from(row);
        if at < map.rows.len() && usize::from(row) < map.cursor.height {
            map.cursor.selected = at;
            map.selected = map.of_row();
            return if map.selected.is_some() { select(state) } else { Vec::new() };
        }
        return Vec::new();
    }
    map.pointer = Some((column, row));
    map.dragged = Some((column, row));
    match map.spot_at((column, row)) {
        Some(spot) if focused && map.selected == Some(spot) => select(state),
        Some(spot) => {
            map.choose(spot);
            Vec::new()
        }
        None => Vec::new(),
    }
}

/// The pointer moves over the map with the button held: the map goes with it.
pub(in crate::app) fn drag(state: &mut State, row: u16, column: u16) {
    let map = &mut state.view.map;
    let Some((x, y)) = map.dragged.replace((column, row)).filter(|_| !map.as_list) else { return };
    let cells = |from: u16, to: u16| f64::from(from) - f64::from(to);
    map.view.pan(cells(x, column) * f64::from(DOTS.0), cells(y, row) * f64::from(DOTS.1));
    (map.pointer, map.moved) = (Some((column, row)), true);
}

/// The pointer is over a cell of the map, or elsewhere, without a button.
pub(in crate::app) fn hover(state: &mut State, at: Option<(u16, u16)>) {
    let map = &mut state.view.map;
    (map.pointer, map.dragged) = (at.filter(|_| !map.as_list), None);
}

/// The wheel over the map: towards it and away from it. False where the list is shown, which scrolls.
pub(in crate::app) fn wheel(state: &mut State, rows: i32) -> bool {
    let map = &mut state.view.map;
    if !map.as_list {
        let pointer = map.pointer;
        map.zoom(if rows < 0 { ZOOM } else { 1.0 / ZOOM }, pointer);
    }
    !map.as_list
}
