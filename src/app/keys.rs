//! Keys: what is open on top takes them first; then the keymap says which action they mean.

use super::act::act;
use super::action::Action;
use super::effect::Effect;
use super::open::Open;
use super::palette::{PaletteTarget, ShelfTarget};
use super::state::{Asked, Overlay, Pane, State};
use super::trail::Trail;
use super::travel;
use super::typing::{self, Command, Typed};
use crate::config::{Bound, Key, KeyCode};
use crate::locale::tr;
use crate::notice::Notice;
use std::sync::Arc;

/// Lets a key do what it means now.
pub(super) fn press(state: &mut State, key: Key) -> Vec<Effect> {
    state.notice = None;
    if let Some(urgent) = urgent(state, key) {
        state.view.typing.clear();
        return act(state, urgent);
    }
    match &state.overlay {
        Overlay::None | Overlay::Help(_) | Overlay::Card(_) | Overlay::Page | Overlay::Picture(_) => command(state, key),
        Overlay::Welcome => {
            // The first key is not lost on it.
            state.overlay = Overlay::None;
            if key.code == KeyCode::Esc { Vec::new() } else { command(state, key) }
        }
        Overlay::Find(_) => find(state, key),
        Overlay::Palette(_) => palette(state, key),
        Overlay::Hints(_) => hints(state, key),
        Overlay::Links(_) => super::links::press(state, key),
        Overlay::Date(_) => date(state, key),
        Overlay::Shelf(_) => super::shelf::press(state, key),
        Overlay::Letter(asked) => letter(state, *asked, key),
    }
}

/// What works everywhere, unless it stands on a key that a line being typed needs.
fn urgent(state: &State, key: Key) -> Option<Action> {
    let open = !matches!(state.overlay, Overlay::None);
    if key.ctrl && key.code == KeyCode::Char('c') {
        return Some(if open { Action::Cancel } else { Action::Quit });
    }
    let typing = matches!(key.code, KeyCode::Char(_)) && !key.ctrl && !key.alt;
    match state.config.keymap.lookup(state.context(), &[key]) {
        Bound::Does(name) => Action::named(name).filter(|a| matches!(a, Action::Suspend | Action::Redraw) && !(typing && open)),
        _ => None,
    }
}

/// A key that may be one of several which mean something together.
fn command(state: &mut State, key: Key) -> Vec<Effect> {
    let (command, count) = match typing::take(state, key) {
        Typed::More => return typing::wait(state),
        Typed::Does(command, count) => (Some(command), count),
        Typed::Nothing => (None, None),
    };
    let action = command.as_ref().and_then(Command::action);
    match (&state.overlay, command) {
        (Overlay::Help(_), _) => help(state, action),
        (Overlay::Picture(_), _) => super::picture::press(state, key, action),
        (Overlay::Card(_), command @ (None | Some(Command::Action(_)))) => card(state, key, command.and(action)),
        (Overlay::Page, command @ (None | Some(Command::Action(_)))) => super::page::press(state, key, command.and(action)),
        (_, Some(command)) => {
            let mut effects = typing::run(state, &command, count);
            // A digit that asks for a link is the first one of its number.
            let asked = matches!(&state.overlay, Overlay::Links(typed) if typed.is_empty());
            if asked && matches!(key.code, KeyCode::Char('0'..='9')) {
                effects.extend(super::links::press(state, key));
            }
            effects
        }
        (_, None) => Vec::new(),
    }
}

/// The letter of a place.
fn letter(state: &mut State, asked: Asked, key: Key) -> Vec<Effect> {
    state.overlay = Overlay::None;
    let KeyCode::Char(letter @ 'a'..='z') = key.code else {
        let given_up = key.code == KeyCode::Esc;
        state.notice = (!given_up).then(|| Notice::new(tr!("A place is kept under a letter from a to z")));
        return Vec::new();
    };
    match (asked, state.here(), state.jumps.kept(letter)) {
        (Asked::Keep, Some(here), _) => {
            state.jumps.keep(letter, here);
            let back = state.key_of(Action::ToBookmark);
            state.notice =
                Some(Notice::new(tr!("This place is {letter}", letter)).hint(tr!("{back}{letter} comes back to it", back, letter)));
        }
        (Asked::Return, _, Some(point)) => return travel::visit_point(state, point),
        (Asked::Return, ..) => {
            let keep = state.key_of(Action::Bookmark);
            state.notice =
                Some(Notice::new(tr!("There is no place under {letter}", letter)).hint(tr!("{keep}{letter} keeps one", keep, letter)));
        }
        (Asked::Keep, None, _) => {}
    }
    Vec::new()
}

/// Puts pasted text into the line that is being typed; elsewhere it is not a command and does nothing.
pub(super) fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    let line = crate::text::clean_line(text);
    match &mut state.overlay {
        Overlay::Find(find) if find.held.is_none() => {
            find.input.insert(&line);
            search(state)
        }
        Overlay::Palette(palette) if palette.held.is_none() => {
            palette.input.insert(&line);
            rank(state)
        }
        Overlay::Date(input) => {
            input.insert(&line);
            Vec::new()
        }
        Overlay::Shelf(_) => super::shelf::paste(state, &line),
        _ => Vec::new(),
    }
}

fn help(state: &mut State, action: Option<Action>) -> Vec<Effect> {
    let Overlay::Help(help) = &mut state.overlay else { return Vec::new() };
    match action {
        Some(Action::Down) => help.scroll(1),
        Some(Action::Up) => help.scroll(-1),
        Some(Action::PageDown | Action::HalfPageDown) => help.scroll(10),
        Some(Action::PageUp | Action::HalfPageUp) => help.scroll(-10),
        Some(Action::Top) => help.scroll(isize::MIN),
        Some(Action::Bottom) => help.scroll(isize::MAX),
        _ => super::page::uncover(state),
    }
    Vec::new()
}

fn find(state: &mut State, key: Key) -> Vec<Effect> {
    let Overlay::Find(find) = &mut state.overlay else { return Vec::new() };
    if let Some(held) = &mut find.held {
        held.push(key);
        return Vec::new();
    }
    match key.code {
        KeyCode::Esc => state.close_overlay(),
        KeyCode::Enter if find.waiting => find.held = Some(Vec::new()),
        KeyCode::Enter => return accept_find(state),
        KeyCode::Backspace if find.input.text().is_empty() => return act(state, Action::Cancel),
        _ => {
            let before = find.input.text().to_owned();
            find.input.press(key);
            if find.input.text() != before {
                return search(state);
            }
        }
    }
    Vec::new()
}

/// Asks for the hits of what has been typed.
fn search(state: &mut State) -> Vec<Effect> {
    let ticket = state.next_ticket();
    let Overlay::Find(find) = &mut state.overlay else { return Vec::new() };
    let Some(open) = &state.open else { return Vec::new() };
    (find.ticket, find.waiting) = (ticket, true);
    vec![Effect::Find { ticket, document: Arc::clone(&open.document), query: find.input.text().to_owned() }]
}

/// Ends the search where it is: its hits are the trail, and the jump counts from where it began.
pub(super) fn accept_find(state: &mut State) -> Vec<Effect> {
    let Overlay::Find(find) = std::mem::take(&mut state.overlay) else { return Vec::new() };
    if !find.hits.is_empty() {
        if state.here() != Some(find.origin) {
            state.jumps.leave(find.origin);
        }
        state.trail = Some(Trail::Hits { query: find.input.text().to_owned(), spans: find.hits });
    } else if !find.input.text().is_empty() {
        state.notice = Some(Notice::new(tr!("Nothing found for {words}", words = find.input.text())));
    }
    replay(state, find.held)
}

/// Lets the keys that were typed while an answer was awaited do what they mean now.
fn replay(state: &mut State, keys: Option<Vec<Key>>) -> Vec<Effect> {
    let mut effects = Vec::new();
    for key in keys.unwrap_or_default() {
        effects.extend(press(state, key));
        effects.extend(super::shelf::settle(state));
    }
    effects
}

fn palette(state: &mut State, key: Key) -> Vec<Effect> {
    let Overlay::Palette(palette) = &mut state.overlay else { return Vec::new() };
    if let Some(held) = &mut palette.held {
        held.push(key);
        return Vec::new();
    }
    let len = palette.order.len();
    match (key.code, key.ctrl) {
        (KeyCode::Esc, _) => super::page::uncover(state),
        (KeyCode::Enter, _) if palette.waiting => palette.held = Some(Vec::new()),
        (KeyCode::Enter, _) => return accept_palette(state),
        (KeyCode::Down | KeyCode::Tab, false) | (KeyCode::Char('n' | 'j'), true) => palette.cursor.step(1, len),
        (KeyCode::Up, false) | (KeyCode::Char('p' | 'k'), true) => palette.cursor.step(-1, len),
        (KeyCode::PageDown, _) => palette.cursor.step(10, len),
        (KeyCode::PageUp, _) => palette.cursor.step(-10, len),
        (KeyCode::Backspace, _) if palette.input.text().is_empty() => super::page::uncover(state),
        _ => {
            let before = palette.input.text().to_owned();
            palette.input.press(key);
            let changed = palette.input.text() != before;
            let asks = palette.input.text() == "/";
            if asks && state.view.shelf.is_some() {
                return super::shelf::ask(state);
            }
            if changed {
                return rank(state);
            }
        }
    }
    Vec::new()
}

/// Asks for the order of the palette's items.
fn rank(state: &mut State) -> Vec<Effect> {
    let ticket = state.next_ticket();
    let Overlay::Palette(palette) = &mut state.overlay else { return Vec::new() };
    (palette.ticket, palette.waiting) = (ticket, true);
    vec![Effect::Rank { ticket, query: palette.input.text().to_owned(), items: Arc::clone(&palette.items) }]
}

/// Goes where the selected line of the palette leads.
pub(super) fn accept_palette(state: &mut State) -> Vec<Effect> {
    let Overlay::Palette(palette) = std::mem::take(&mut state.overlay) else { return Vec::new() };
    super::page::uncover(state);
    let chosen = palette.order.get(palette.cursor.selected).and_then(|n| palette.items.get(*n as usize)).map(|i| i.target);
    let mut effects = match chosen {
        None => Vec::new(),
        Some(PaletteTarget::Command(action)) => act(state, action),
        Some(PaletteTarget::Shelf(ShelfTarget::Ask)) => super::shelf::ask_for(state, palette.input.text().trim()),
        Some(PaletteTarget::Shelf(target)) => super::shelf::choose(state, target),
        Some(PaletteTarget::Own(n)) => {
            let name = state.config.keymap.own().get(usize::from(n)).map(|own| own.name.clone());
            name.map_or_else(Vec::new, |name| typing::run(state, &Command::Own(name), None))
        }
        Some(PaletteTarget::Theme(n)) => {
            let name = state.config.themes.get(usize::from(n)).map(|theme| theme.name.clone());
            name.into_iter().for_each(|name| super::looks::set_theme(state, name));
            Vec::new()
        }
        Some(PaletteTarget::Article(id)) => {
            state.focus_on(Pane::Text);
            travel::visit(state, id)
        }
        Some(PaletteTarget::Link(number, _)) => super::links::open(state, number),
        Some(PaletteTarget::Merge { from, into, sure, .. }) => super::correct::merge(state, from, into, sure),
        Some(PaletteTarget::Place(entity, place)) => super::correct::place(state, entity, place),
        Some(PaletteTarget::Name(name, kind)) => travel::follow_name(state, name, kind),
        Some(PaletteTarget::Moment(n)) => {
            let event = |open: &Open| open.document.found.events.get(n as usize).map(|e| e.span);
            state.focus_on(Pane::Text);
            if let Some(span) = state.open.as_ref().and_then(event) {
                travel::jump(state, span);
            }
            Vec::new()
        }
    };
    effects.extend(replay(state, palette.held));
    effects
}

fn card(state: &mut State, key: Key, action: Option<Action>) -> Vec<Effect> {
    let Overlay::Card(card) = &mut state.overlay else { return Vec::new() };
    match (key.code, action) {
        (_, Some(Action::Down)) => card.step(1),
        (_, Some(Action::Up)) => card.step(-1),
        (_, Some(Action::HalfPageDown | Action::PageDown)) => card.step(8),
        (_, Some(Action::HalfPageUp | Action::PageUp)) => card.step(-8),
        (_, Some(Action::Top)) => card.step(isize::MIN),
        (_, Some(Action::Bottom)) => card.step(isize::MAX),
        (KeyCode::Enter, _) => accept_card(state),
        (_, Some(Action::Browse)) => return super::map::browse(state),
        (_, Some(Action::Page)) => return super::page::open_chosen(state),
        (_, Some(Action::CorrectPlace)) => {
            let entity = card.entity;
            return super::correct::ask_place(state, entity);
        }
        (_, Some(Action::Merge)) => {
            let entity = card.entity;
            state.overlay = Overlay::None;
            super::correct::ask(state, entity);
        }
        _ => state.overlay = Overlay::None,
    }
    Vec::new()
}

/// Goes where the selected line of the card stands; `n` then follows the name.
pub(super) fn accept_card(state: &mut State) {
    let Overlay::Card(card) = std::mem::take(&mut state.overlay) else { return };
    travel::follow_entity(state, card.entity);
    if let Some(span) = card.target() {
        state.focus_on(Pane::Text);
        travel::jump(state, span);
    }
}

fn hints(state: &mut State, key: Key) -> Vec<Effect> {
    let Overlay::Hints(hints) = &mut state.overlay else { return Vec::new() };
    match key.code {
        KeyCode::Backspace => {
            hints.typed.pop();
        }
        KeyCode::Char(c) if !key.ctrl && !key.alt => {
            hints.typed.extend(c.to_lowercase());
            if let Some(mark) = hints.chosen() {
                state.overlay = Overlay::None;
                travel::jump(state, mark.span);
                travel::choose(state, mark);
            } else if !hints.possible() {
                state.overlay = Overlay::None;
            }
        }
        _ => state.overlay = Overlay::None,
    }
    Vec::new()
}

fn date(state: &mut State, key: Key) -> Vec<Effect> {
    let Overlay::Date(input) = &mut state.overlay else { return Vec::new() };
    match key.code {
        KeyCode::Esc => state.overlay = Overlay::None,
        KeyCode::Enter => {
            let given = Some(input.text().trim()).filter(|t| !t.is_empty());
            match given.map(str::parse).transpose() {
                Ok(day) => {
                    state.overlay = Overlay::None;
                    return travel::redate(state, day);
                }
                Err(_) => state.notice = Some(Notice::new(tr!("That is no date")).hint(tr!("write it as 2019-01-21"))),
            }
        }
        _ => {
            input.press(key);
        }
    }
    Vec::new()
}
