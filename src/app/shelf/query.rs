//! The line for a query: what can stand at the cursor is offered, and a mistake points at its place.

use super::ask::{Ask, Shelved};
use super::{Over, act};
use crate::app::effect::{Effect, Ticket};
use crate::app::input::Input;
use crate::app::lists::Cursor;
use crate::app::state::{Overlay, State};
use crate::config::{Key, KeyCode};
use crate::query::{Completion, Nothing, Problem, complete, parse};

/// Offers that are shown.
pub(crate) const OFFERS: usize = 8;

/// A query that is being typed.
#[derive(Clone, Debug, Default)]
pub struct QueryLine {
    /// What is typed.
    pub input: Input,
    /// What can stand at the cursor.
    pub offers: Completion,
    /// The offer that the reader has moved to.
    pub chosen: Option<usize>,
    /// What is wrong with the query, once the reader wanted to ask it.
    pub problem: Option<Problem>,
    ticket: Ticket,
    /// True while the library has not said what it knows.
    waiting: bool,
    /// True where the reader wants the first offer as soon as there is one.
    held: bool,
}

impl QueryLine {
    /// A line that holds `text`.
    #[must_use]
    pub fn new(text: String) -> Self {
        let text = if text.is_empty() || text.ends_with(' ') { text } else { text + " " };
        Self { input: Input::new(text), ..Self::default() }
    }
}

/// Asks what can stand at the cursor now.
pub(super) fn edited(state: &mut State) -> Vec<Effect> {
    let ticket = state.next_ticket();
    let Overlay::Shelf(Over::Query(line)) = &mut state.overlay else { return Vec::new() };
    (line.ticket, line.chosen, line.problem) = (ticket, None, None);
    (line.waiting, line.held) = (true, false);
    let (text, cursor) = (line.input.text().to_owned(), line.input.before().len());
    // The names of fields need no library.
    line.offers = complete(&text, cursor, &Nothing, OFFERS);
    vec![Effect::Shelf(Ask::Complete { ticket, text, cursor })]
}

pub(super) fn completed(state: &mut State, ticket: Ticket, completion: Completion) -> Vec<Effect> {
    if let Overlay::Shelf(Over::Query(line)) = &mut state.overlay
        && line.ticket == ticket
    {
        (line.offers, line.waiting) = (completion, false);
        if std::mem::take(&mut line.held) {
            return take(state);
        }
    }
    Vec::new()
}

pub(super) fn press(state: &mut State, key: Key) -> Vec<Effect> {
    let Overlay::Shelf(Over::Query(line)) = &mut state.overlay else { return Vec::new() };
    let offers = line.offers.items.len().min(OFFERS);
    let step = |chosen: Option<usize>, by: isize| {
        let mut cursor = Cursor { height: offers, ..Cursor::default() };
        cursor.select(chosen.map_or(if by > 0 { 0 } else { offers }, |n| n.saturating_add_signed(by)), offers);
        (offers > 0).then_some(cursor.selected)
    };
    match (key.code, key.ctrl) {
        (KeyCode::Esc, _) => state.overlay = Overlay::None,
        (KeyCode::Backspace, _) if line.input.text().is_empty() => state.overlay = Overlay::None,
        (KeyCode::Down, _) | (KeyCode::Char('n' | 'j'), true) => line.chosen = step(line.chosen, 1),
        (KeyCode::Up, _) | (KeyCode::Char('p' | 'k'), true) => line.chosen = step(line.chosen, -1),
        (KeyCode::Tab, _) => return take(state),
        (KeyCode::Enter, _) if line.chosen.is_some() => return take(state),
        (KeyCode::Enter, _) => return accept(state),
        _ => {
            if line.input.press(key) {
                return edited(state);
            }
        }
    }
    Vec::new()
}

/// Puts the chosen offer, or the first one, in the place of what stands before the cursor.
fn take(state: &mut State) -> Vec<Effect> {
    let Overlay::Shelf(Over::Query(line)) = &mut state.overlay else { return Vec::new() };
    let Some((word, _)) = line.offers.items.get(line.chosen.unwrap_or(0)) else {
        line.held = line.waiting;
        return Vec::new();
    };
    let (before, after) = (line.input.before(), line.input.text().get(line.input.before().len()..).unwrap_or(""));
    let Some(kept) = before.get(..line.offers.span.start as usize) else { return Vec::new() };
    let space = if word.ends_with(':') || after.starts_with(' ') { "" } else { " " };
    let (head, tail) = (format!("{kept}{word}{space}"), after.to_owned());
    line.input = Input::new(head);
    line.input.put_after(&tail);
    edited(state)
}

/// Asks for what was typed elsewhere; where that is no query it is shown to be put right.
pub(crate) fn ask_for(state: &mut State, text: &str) -> Vec<Effect> {
    let Err(problem) = parse(text) else { return act::go(state, Shelved::Query(text.into())) };
    state.overlay = Overlay::Shelf(Over::Query(QueryLine::new(text.to_owned())));
    let effects = edited(state);
    if let Overlay::Shelf(Over::Query(line)) = &mut state.overlay {
        line.problem = Some(problem);
    }
    effects
}

/// Asks the query; one that is none stays to be put right.
fn accept(state: &mut State) -> Vec<Effect> {
    let Overlay::Shelf(Over::Query(line)) = &mut state.overlay else { return Vec::new() };
    let text = line.input.text().trim().to_owned();
    if let Err(problem) = parse(line.input.text()) {
        line.problem = Some(problem);
        return Vec::new();
    }
    state.overlay = Overlay::None;
    act::go(state, if text.is_empty() { Shelved::All } else { Shelved::Query(text.into()) })
}
