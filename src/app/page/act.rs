//! What keys do on a page, and what comes from the library for it.

use super::{DEEP, Lead, Page, PageOf, PageRow, Sheet};
use crate::app::act as panes;
use crate::app::action::Action;
use crate::app::effect::{Effect, Ticket};
use crate::app::library::ArticleId;
use crate::app::lists::Cursor;
use crate::app::shelf::{self, Ask};
use crate::app::state::{Overlay, State};
use crate::config::{Key, KeyCode};
use crate::locale::tr;
use crate::notice::Notice;

/// Does what an action means for pages; `None` for what is no affair of theirs.
pub(in crate::app) fn act(state: &mut State, action: Action) -> Option<Vec<Effect>> {
    Some(match action {
        Action::Back => return back_from_article(state),
        Action::Page => open_chosen(state),
        Action::Pages => show(state),
        Action::Stories if state.is_beginning() => vec![Effect::LookForPrograms],
        Action::Stories => open(state, PageOf::Stories),
        Action::Rising => open(state, PageOf::Rising),
        Action::Followed => open(state, PageOf::Followed),
        Action::Follow => watch(state),
        _ => return None,
    })
}

/// Opens a page over the panes.
fn open(state: &mut State, of: PageOf) -> Vec<Effect> {
    if state.view.shelf.is_none() {
        return shelf::absent(state, Action::Pages);
    }
    let ticket = state.next_ticket();
    let pages = &mut state.view.pages;
    if !matches!(state.overlay, Overlay::Page) && pages.away.is_none() {
        pages.stack.clear();
    }
    pages.away = None;
    if pages.stack.len() >= DEEP {
        pages.stack.remove(0);
    }
    pages.stack.push(Page { of: of.clone(), sheet: None, cursor: Cursor::default(), zoom: 0, ticket });
    state.overlay = Overlay::Page;
    vec![Effect::Shelf(Ask::Page { ticket, of })]
}

/// Opens the page of the name that is chosen in the article on the screen.
pub(in crate::app) fn open_chosen(state: &mut State) -> Vec<Effect> {
    let entity = match &state.overlay {
        Overlay::Card(card) => Some(card.entity),
        _ => panes::chosen_entity(state),
    };
    match (entity, shelf::on_screen(state)) {
        (Some(entity), Some(article)) => open(state, PageOf::Named(article, entity)),
        (None, Some(_)) => {
            state.notice = Some(Notice::new(tr!("No name is chosen")).hint(tr!("] goes to the next name, Enter chooses it")));
            Vec::new()
        }
        _ => shelf::absent(state, Action::Page),
    }
}

/// Shows the last page again.
fn show(state: &mut State) -> Vec<Effect> {
    if state.view.pages.stack.is_empty() {
        return open(state, PageOf::Stories);
    }
    state.overlay = Overlay::Page;
    Vec::new()
}

/// Takes in a page that was asked for; one that nobody waits for any more is dropped.
pub(in crate::app) fn come(state: &mut State, ticket: Ticket, sheet: Sheet) -> Vec<Effect> {
    if let Some(page) = state.view.pages.stack.iter_mut().find(|p| p.ticket == ticket) {
        page.sheet = Some(sheet);
        let first = page.rows().iter().position(|r| r.lead.is_some()).unwrap_or(0);
        let len = page.rows().len();
        page.cursor.select(first, len);
        page.cursor.top = 0;
    }
    Vec::new()
}

/// Lets a key do what it means on a page.
pub(in crate::app) fn press(state: &mut State, key: Key, action: Option<Action>) -> Vec<Effect> {
    let plain = !key.ctrl && !key.alt;
    match key.code {
        KeyCode::Char('+') if plain => return zoom(state, true),
        KeyCode::Char('-') if plain => return zoom(state, false),
        KeyCode::Left | KeyCode::Backspace => return back(state),
        KeyCode::Right => return follow(state),
        _ => {}
    }
    let Some(page) = state.view.pages.stack.last_mut() else { return Vec::new() };
    let height = page.cursor.height.max(2).cast_signed();
    match action {
        Some(Action::Down) => page.step(1),
        Some(Action::Up) => page.step(-1),
        Some(Action::HalfPageDown) => turn(page, height / 2),
        Some(Action::HalfPageUp) => turn(page, -height / 2),
        Some(Action::PageDown) => turn(page, height - 2),
        Some(Action::PageUp) => turn(page, 2 - height),
        Some(Action::Top) => page.step(isize::MIN + 1),
        Some(Action::Bottom) => page.step(isize::MAX),
        Some(Action::NextKind | Action::NextPane) => part(page),
        Some(Action::Select) => return follow(state),
        Some(Action::Back) => return back(state),
        Some(Action::Cancel) => state.overlay = Overlay::None,
        Some(action @ (Action::Quit | Action::Help | Action::Stories | Action::Rising | Action::Followed)) => {
            return panes::act(state, action);
        }
        Some(Action::Follow) => return watch(state),
        _ => {}
    }
    Vec::new()
}

/// A part of the screen further: to the nearest row that leads somewhere.
fn turn(page: &mut Page, by: isize) {
    let len = page.rows().len();
    let at = page.cursor.selected.saturating_add_signed(by).min(len.saturating_sub(1));
    let leads = |n: &usize| page.rows().get(*n).is_some_and(|r| r.lead.is_some());
    let to = (at..len).find(leads).or_else(|| (0..at).rev().find(leads)).unwrap_or(at);
    page.cursor.select(to, len);
}

/// To the first row of the next part.
fn part(page: &mut Page) {
    let rows: &[PageRow] = page.rows();
    let heading = |from: usize| (from..rows.len()).find(|n| rows[*n].kind == super::RowKind::Heading);
    let next = heading(page.cursor.selected).or_else(|| heading(0));
    let to = next.and_then(|h| (h..rows.len()).find(|n| rows[*n].lead.is_some()));
    let len = rows.len();
    if let Some(to) = to {
        page.cursor.select(to, len);
    }
}

fn zoom(state: &mut State, finer: bool) -> Vec<Effect> {
    if let Some(page) = state.view.pages.stack.last_mut() {
        page.zoom = if finer { (page.zoom + 1).min(20) } else { page.zoom.saturating_sub(1) };
    }
    Vec::new()
}

/// Goes where the selected row leads.
fn follow(state: &mut State) -> Vec<Effect> {
    let Some(lead) = state.view.pages.top().and_then(Page::selected).cloned() else { return Vec::new() };
    match lead {
        Lead::Page(of) => open(state, of),
        Lead::Article(row, span) => {
            state.overlay = Overlay::None;
            let effects = shelf::read_at(state, &row, span);
            at_article(state);
            effects
        }
    }
}

/// Remembers the article that a page led to, so that the way back leads to the page.
fn at_article(state: &mut State) {
    let id = state.arriving().or(state.open.as_ref().map(|o| o.id));
    let depth = state.jumps.depth();
    state.view.pages.away = id.map(|id| (id, depth));
}

/// The way back from an article that a page led to, where the reader has not jumped on from there; `None` elsewhere.
fn back_from_article(state: &mut State) -> Option<Vec<Effect>> {
    let here: ArticleId = state.open.as_ref()?.id;
    let depth = state.jumps.depth();
    // Leaving the article before left one jump.
    state.view.pages.away.filter(|(id, then)| *id == here && depth <= then + 1)?;
    state.view.pages.away = None;
    state.overlay = Overlay::Page;
    Some(Vec::new())
}

/// To the page before, or to the panes.
fn back(state: &mut State) -> Vec<Effect> {
    state.view.pages.stack.pop();
    if state.view.pages.stack.is_empty() {
        state.overlay = Overlay::None;
    }
    Vec::new()
}

/// Follows who the page is of from now on, or no longer.
fn watch(state: &mut State) -> Vec<Effect> {
    match state.view.pages.top().map(|p| p.of.clone()) {
        Some(of @ (PageOf::Entity(_) | PageOf::Named(..))) => vec![Effect::Shelf(Ask::Follow(of))],
        _ => {
            state.notice =
                Some(Notice::new(tr!("Only people, organisations and places can be followed here")).hint(tr!("open the page of one")));
            Vec::new()
        }
    }
}

/// Turns the wheel over a page.
pub(in crate::app) fn wheel(state: &mut State, by: isize) {
    if let Some(page) = state.view.pages.stack.last_mut() {
        let len = page.rows().len();
        page.cursor.scroll(by, len);
    }
}

/// A click on a row of a page goes where it leads.
pub(in crate::app) fn click(state: &mut State, row: usize) -> Vec<Effect> {
    let Some(page) = state.view.pages.stack.last_mut() else { return Vec::new() };
    let at = page.cursor.top + row;
    if page.rows().get(at).is_none_or(|r| r.lead.is_none()) {
        return Vec::new();
    }
    page.cursor.selected = at;
    follow(state)
}
