//! The mouse: a click goes where the same row or name would go by key; the wheel scrolls the pane under it.

use super::act;
use super::action::Action;
use super::card::CardRow;
use super::effect::Effect;
use super::event::{Hit, Mouse};
use super::keys;
use super::map;
use super::open::EntityRow;
use super::state::{Overlay, Pane, State};
use super::{picture, travel};
use crate::text::PieceKind;

/// Lets the mouse do what it points at.
pub(super) fn point(state: &mut State, mouse: Mouse) -> Vec<Effect> {
    match mouse {
        Mouse::Wheel { pane, column, rows } => wheel(state, pane, column, rows),
        Mouse::Click(hit) => click(state, hit),
        Mouse::Drag(hit) => {
            if let (Hit::Inside { pane: Pane::Map, row, column }, Overlay::None) = (hit, &state.overlay) {
                map::drag(state, row, column);
            }
            Vec::new()
        }
        Mouse::Pull { edge, column, row } => {
            state.view.pull(edge, column, row);
            Vec::new()
        }
        Mouse::Hover(hit) => {
            let at = match (hit, &state.overlay) {
                (Hit::Inside { pane: Pane::Map, row, column }, Overlay::None) => Some((column, row)),
                _ => None,
            };
            map::hover(state, at);
            Vec::new()
        }
    }
}

fn wheel(state: &mut State, pane: Pane, column: u16, rows: i32) -> Vec<Effect> {
    let by = rows as isize;
    if pane == Pane::Map && matches!(state.overlay, Overlay::None) && map::wheel(state, rows) {
        return Vec::new();
    }
    if let Overlay::Palette(palette) = &mut state.overlay {
        palette.cursor.step(by.signum(), palette.order.len());
    } else if let Overlay::Card(card) = &mut state.overlay {
        card.step(by.signum());
    } else if let Overlay::Help(help) = &mut state.overlay {
        help.scroll(by);
    } else if matches!(state.overlay, Overlay::Page) {
        super::page::wheel(state, by);
    } else if let Some(shelf) = state.view.shelf.as_mut().filter(|_| pane == Pane::Articles) {
        super::shelf::wheel(shelf, column, by);
    } else if let Some((mut cursor, len)) = act::cursor(state, pane) {
        cursor.scroll(by, len);
        act::set_cursor(state, pane, cursor);
    } else if let Some(open) = &mut state.open {
        // Letters beside marks would stand beside the wrong ones; a search goes on.
        if matches!(state.overlay, Overlay::Hints(_) | Overlay::Links(_)) {
            state.overlay = Overlay::None;
        }
        open.scroll(by);
    }
    Vec::new()
}

fn click(state: &mut State, hit: Hit) -> Vec<Effect> {
    state.notice = None;
    match hit {
        Hit::Key(action) => return press(state, action),
        Hit::Outside => state.close_overlay(),
        Hit::Overlay { row } => {
            if let Overlay::Card(card) = &mut state.overlay {
                let at = card.cursor.top + usize::from(row);
                if matches!(card.rows.get(at), Some(CardRow::Fact { .. })) {
                    card.cursor.selected = at;
                    keys::accept_card(state);
                }
            } else if matches!(state.overlay, Overlay::Page) {
                return super::page::click(state, usize::from(row));
            } else if let Overlay::Palette(palette) = &mut state.overlay {
                let at = palette.cursor.top + usize::from(row);
                if at < palette.order.len() {
                    palette.cursor.selected = at;
                    return keys::accept_palette(state);
                }
            }
        }
        Hit::Bar { cell } => return super::page::point(state, usize::from(cell)),
        Hit::Edge(_) => {}
        Hit::Title(pane) => {
            state.close_overlay();
            state.focus_on(pane);
        }
        Hit::Inside { pane: Pane::Text, row, column } => {
            state.close_overlay();
            state.focus_on(Pane::Text);
            let kind = state.open.as_ref().and_then(|o| o.rows.get(usize::from(row))).map(|r| r.kind);
            match kind {
                Some(PieceKind::Picture(number)) => picture::show(state, number, state.config.settings.pictures),
                _ => click_text(state, usize::from(row), usize::from(column)),
            }
        }
        Hit::Inside { pane: Pane::Map, row, column } => {
            state.close_overlay();
            return map::click(state, row, column);
        }
        Hit::Inside { pane: Pane::Articles, row, column } if state.view.shelf.is_some() => {
            state.close_overlay();
            state.focus_on(Pane::Articles);
            return super::shelf::click(state, usize::from(row), column);
        }
        Hit::Inside { pane, row, .. } => {
            state.close_overlay();
            return click_row(state, pane, usize::from(row));
        }
    }
    Vec::new()
}

/// A click on an offered key presses it, so that it does just what it would do by hand.
fn press(state: &mut State, action: Action) -> Vec<Effect> {
    let keys = state.config.keymap.keys_of(state.context(), action.info().name).first().copied().cloned();
    let mut effects = Vec::new();
    state.view.typing.clear();
    for key in keys.iter().flat_map(|keys| keys.keys()) {
        effects.extend(keys::press(state, *key));
    }
    effects
}

/// A click on a mark chooses it, as Enter does.
fn click_text(state: &mut State, row: usize, column: usize) {
    let Some(open) = &mut state.open else { return };
    let Some(row) = open.rows.get(row).copied() else { return };
    let text = &open.document.article.text;
    let body = row.span.of(text);
    let under = body
        .char_indices()
        .map(|(at, _)| row.span.start + u32::try_from(at).unwrap_or(0))
        .take_while(|at| row.column(text, *at) <= column)
        .last();
    if row.kind.is_masthead() || column >= crate::text::width(body) + usize::from(row.indent) {
        return;
    }
    if let Some(mark) = under.and_then(|at| open.mark_at(at)) {
        open.cursor = Some(mark.span.start);
        travel::choose(state, mark);
    }
}

/// A click on a row selects it and goes there.
fn click_row(state: &mut State, pane: Pane, row: usize) -> Vec<Effect> {
    let Some((mut cursor, len)) = act::cursor(state, pane) else { return Vec::new() };
    state.focus_on(pane);
    let at = cursor.top + row;
    let heading = pane == Pane::Entities && !state.open.as_ref().is_some_and(|o| matches!(o.entities.get(at), Some(EntityRow::Entity(_))));
    if at >= len || row >= cursor.height || heading {
        return Vec::new();
    }
    cursor.selected = at;
    act::set_cursor(state, pane, cursor);
    act::select(state)
}
