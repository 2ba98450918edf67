//! What keys do on a page, and what comes from the library for it.

use super::{Away, Bar, DEEP, Lead, Page, PageOf, PageRow, Sheet, decide};
use crate::app::act as panes;
use crate::app::action::Action;
use crate::app::effect::{Effect, Ticket};
use crate::app::lists::Cursor;
use crate::app::shelf::{self, Ask, PagePart, Shelved, StoredKey, Viewed};
use crate::app::state::{Overlay, Pane, State};
use crate::app::timeline;
use crate::config::{Key, KeyCode};
use crate::locale::tr;
use crate::notice::Notice;

/// Does what an action means for pages; `None` for what is no affair of theirs.
pub(in crate::app) fn act(state: &mut State, action: Action) -> Option<Vec<Effect>> {
    Some(match action {
        Action::Back => return back_from_list(state).or_else(|| back_from_article(state)),
        Action::Page => open_chosen(state),
        Action::Pages => show(state),
        Action::Stories if state.is_beginning() => vec![Effect::LookForPrograms],
        Action::Stories => open(state, PageOf::Stories),
        Action::Rising => open(state, PageOf::Rising),
        Action::Followed => open(state, PageOf::Followed),
        Action::Decisions => open(state, PageOf::Decisions),
        Action::Export => decide::export(state),
        Action::Follow => watch(state),
        _ => return None,
    })
}

/// Something is opened over a page, which is shown again when that is closed.
pub(in crate::app) fn covered(state: &mut State) {
    state.view.pages.beneath = true;
}

/// What lies on top is closed: the page below is on top again, where there is one.
pub(in crate::app) fn uncover(state: &mut State) {
    let page = std::mem::take(&mut state.view.pages.beneath) && !state.view.pages.stack.is_empty();
    state.overlay = if page { Overlay::Page } else { Overlay::None };
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
    pages.stack.push(Page { of: of.clone(), sheet: None, cursor: Cursor::default(), bar: Bar::default(), figure: None, ticket });
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
        _ if state.view.shelf.is_some() => {
            state.notice = Some(Notice::new(tr!("No article is open")).hint(tr!("Enter opens one; from its names pages are opened")));
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
        page.bar.take(&sheet.times);
        if page.sheet.replace(sheet).is_some() {
            // It is the same page, as it is now.
            let leads = |n: &usize| page.rows().get(*n).is_some_and(|r| r.lead.is_some());
            let at = page.cursor.selected.min(page.rows().len().saturating_sub(1));
            let near = (0..=at).rev().find(leads).unwrap_or(at);
            page.cursor.select(near, page.rows().len());
            page.turn_node(0);
            return Vec::new();
        }
        let first = page.rows().iter().position(|r| r.lead.is_some()).unwrap_or(0);
        let len = page.rows().len();
        page.cursor.select(first, len);
        page.cursor.top = 0;
    }
    Vec::new()
}

/// The page on the screen, asked for again: something was decided.
pub(in crate::app) fn reload(state: &mut State) -> Vec<Effect> {
    let ticket = state.next_ticket();
    let Some(page) = state.view.pages.stack.last_mut() else { return Vec::new() };
    page.ticket = ticket;
    vec![Effect::Shelf(Ask::Page { ticket, of: page.of.clone() })]
}

/// Lets a key do what it means on a page.
pub(in crate::app) fn press(state: &mut State, key: Key, action: Option<Action>) -> Vec<Effect> {
    if key.code == KeyCode::Backspace {
        return back(state);
    }
    if state.view.pages.top().is_some_and(|p| p.figure.is_some())
        && let Some(effects) = in_figure(state, action)
    {
        return effects;
    }
    if let Some(effects) = in_bar(state, action) {
        return effects;
    }
    if let Some(effects) = action.and_then(|action| decide::act(state, action)) {
        return effects;
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
        Some(Action::Select | Action::Right) => return follow(state),
        Some(Action::Back | Action::Left) => return back(state),
        Some(Action::Cancel) => state.overlay = Overlay::None,
        Some(Action::Map) => {
            page.next_figure();
            if page.figure.is_none() {
                let hint = tr!("what occurs together is drawn on the page of a name or a story");
                state.notice = Some(Notice::new(tr!("There is nothing to draw here")).hint(hint));
            }
        }
        Some(Action::AllMoments) => {
            let of = Viewed::Page(page.of.clone());
            state.overlay = Overlay::None;
            timeline::show(state, of);
        }
        Some(Action::Help) => {
            covered(state);
            return panes::act(state, Action::Help);
        }
        Some(action @ (Action::Quit | Action::Stories | Action::Rising | Action::Followed | Action::Decisions)) => {
            return panes::act(state, action);
        }
        Some(Action::Follow) => return watch(state),
        _ => {}
    }
    Vec::new()
}

/// What keys mean in a drawing; `None` for what means the same on the page.
fn in_figure(state: &mut State, action: Option<Action>) -> Option<Vec<Effect>> {
    let page = state.view.pages.stack.last_mut()?;
    match action? {
        Action::Down | Action::NextMatch | Action::NextPane | Action::NextName => page.turn_node(1),
        Action::Up | Action::PreviousMatch | Action::PreviousPane | Action::PreviousName => page.turn_node(-1),
        Action::Select => {
            let of = page.node()?;
            return Some(open(state, of));
        }
        Action::Map => page.next_figure(),
        Action::Cancel => page.figure = None,
        _ => return None,
    }
    Some(Vec::new())
}

/// What keys mean in the bar; `None` for what means the same on the page. Zooming begins to move in it, a step to another row ends that.
fn in_bar(state: &mut State, action: Option<Action>) -> Option<Vec<Effect>> {
    let page = state.view.pages.stack.last_mut()?;
    let times = page.sheet.as_ref().map(|s| std::sync::Arc::clone(&s.times))?;
    let bar = &mut page.bar;
    let held = bar.cursor().is_some();
    match action? {
        action @ (Action::ZoomIn | Action::ZoomOut) => {
            bar.hold(true);
            bar.zoom(&times, action == Action::ZoomIn);
        }
        _ if !held => return None,
        Action::Left => bar.step(-1),
        Action::Right => bar.step(1),
        Action::NextMatch | Action::NextName => bar.turn(&times, true),
        Action::PreviousMatch | Action::PreviousName => bar.turn(&times, false),
        Action::Top => bar.step(isize::MIN),
        Action::Bottom => bar.step(isize::MAX),
        Action::Select => return Some(list_span(state)),
        Action::Cancel => bar.hold(false),
        Action::Down | Action::Up => {
            bar.hold(false);
            return None;
        }
        _ => return None,
    }
    Some(Vec::new())
}

/// Lists the articles of the time under the bar's cursor.
fn list_span(state: &mut State) -> Vec<Effect> {
    let Some(page) = state.view.pages.top() else { return Vec::new() };
    let (Some((cell, time)), Some(sheet)) = (page.bar.cursor(), &page.sheet) else { return Vec::new() };
    if page.bar.counts(&sheet.times).get(cell).is_none_or(|n| *n == 0) {
        let key = state.key_of(Action::NextMatch);
        state.notice = Some(Notice::new(tr!("No article is of this time")).hint(tr!("{key} goes to the next that has some", key)));
        return Vec::new();
    }
    let name = format!("{} · {}", crate::text::clean_line(&sheet.title), crate::app::page_days(time));
    let part = PagePart { of: page.of.clone(), time, name: name.into() };
    list(state, Shelved::Part(part.into()))
}

/// Shows a list that the page leads to.
fn list(state: &mut State, of: Shelved) -> Vec<Effect> {
    state.overlay = Overlay::None;
    state.view.pages.listed = Some(of.clone());
    shelf::go(state, of)
}

/// The way back from a list that a page led to.
fn back_from_list(state: &mut State) -> Option<Vec<Effect>> {
    let listed = state.view.pages.listed.as_ref()?;
    let here = state.view.shelf.as_ref().is_some_and(|s| s.list.of == *listed);
    if !here || state.focus != Pane::Articles || state.view.pages.stack.is_empty() {
        return None;
    }
    state.view.pages.listed = None;
    state.overlay = Overlay::Page;
    Some(Vec::new())
}

/// A click on a cell of the bar puts the cursor there; another one lists its articles.
pub(in crate::app) fn point(state: &mut State, cell: usize) -> Vec<Effect> {
    let again = state.view.pages.stack.last_mut().is_some_and(|page| page.bar.point(cell));
    if again { list_span(state) } else { Vec::new() }
}

/// What the copies of an article do not share.
pub(in crate::app) fn differences(state: &mut State, article: StoredKey) -> Vec<Effect> {
    open(state, PageOf::Copies(article))
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

/// Goes where the selected row leads.
fn follow(state: &mut State) -> Vec<Effect> {
    let Some(lead) = state.view.pages.top().and_then(Page::selected).cloned() else { return Vec::new() };
    match lead {
        Lead::Page(of) => open(state, of),
        Lead::Article(row, span) => {
            state.overlay = Overlay::None;
            let effects = shelf::read_at(state, &row, span);
            at_article(state, false);
            effects
        }
        Lead::List(query) | Lead::Name(_, query) => list(state, Shelved::Query(query)),
        Lead::Decision(id, undone) => vec![Effect::Shelf(Ask::Undecide(id, !undone))],
    }
}

/// Remembers the article that a page, or the library's timeline, led to, so that the way back leads there again.
fn at_article(state: &mut State, timeline: bool) {
    let id = state.arriving().or(state.open.as_ref().map(|o| o.id));
    let depth = state.jumps.depth();
    state.view.pages.away = id.map(|article| Away { article, depth, timeline });
}

/// The library's timeline led to the article that is opened now.
pub(in crate::app) fn back_to_timeline(state: &mut State) {
    at_article(state, true);
}

/// The way back from an article that a page or a timeline led to, where the reader has not jumped on from there; `None` elsewhere.
fn back_from_article(state: &mut State) -> Option<Vec<Effect>> {
    let here = state.open.as_ref()?.id;
    let depth = state.jumps.depth();
    // Leaving the article before left one jump.
    let away = state.view.pages.away.filter(|a| a.article == here && depth <= a.depth + 1)?;
    state.view.pages.away = None;
    if away.timeline {
        timeline::show_again(state);
    } else {
        state.overlay = Overlay::Page;
    }
    Some(Vec::new())
}

/// To the page before, or to the panes.
fn back(state: &mut State) -> Vec<Effect> {
    if let Some(page) = state.view.pages.stack.last_mut()
        && page.figure.take().is_some()
    {
        return Vec::new();
    }
    state.view.pages.stack.pop();
    if state.view.pages.stack.is_empty() {
        state.overlay = Overlay::None;
    }
    Vec::new()
}

/// Follows who the page is of, or the saved search that is listed: from now on, with announcements, no longer.
fn watch(state: &mut State) -> Vec<Effect> {
    if !matches!(state.overlay, Overlay::Page) {
        return watch_search(state);
    }
    match state.view.pages.top().map(|p| p.of.clone()) {
        Some(of @ (PageOf::Entity(_) | PageOf::Named(..))) => vec![Effect::Shelf(Ask::Follow(of))],
        _ => {
            state.notice =
                Some(Notice::new(tr!("Only people, organisations and places can be followed here")).hint(tr!("open the page of one")));
            Vec::new()
        }
    }
}

fn watch_search(state: &mut State) -> Vec<Effect> {
    match shelf::viewed(state) {
        Some(Viewed::List(Shelved::Query(query), _)) => vec![Effect::Shelf(Ask::FollowSearch(query))],
        None => shelf::absent(state, Action::Follow),
        _ => {
            state.notice = Some(Notice::new(tr!("This list cannot be followed")).hint(tr!("saved searches can, and who has a page")));
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
