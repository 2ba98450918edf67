//! The library as the reader sees it: a tree of feeds and searches, the list of the chosen one, and what is done with articles.
//!
//! Nothing here is stored: what has to be read or written comes out as [`Effect::Shelf`] and comes back as an [`Answer`]. Of a list only the rows
//! around the screen are held. An article that is opened becomes an entry of the session, so that jumps, trails and timelines know it like any other.

mod act;
mod answer;
mod ask;
mod begin;
mod card;
mod decision;
mod holdings;
mod kept;
mod lines;
mod marks;
mod query;
mod row;
mod sort;
mod tree;
mod viewed;
mod window;

#[cfg(test)]
mod tests;

pub use ask::{Answer, Ask, ListWish, PagePart, Program, Shelved, StoredMark, Which};
pub use card::{CardLine, FeedCard};
pub use decision::{Decision, Within};
pub use holdings::{FeedChoice, FeedId, FeedLine, FullText, Holdings, SavedLine};
pub use kept::Kept;
pub use lines::{Asks, Line};
pub use query::QueryLine;
pub use row::{Copies, StoredKey, StoredRow};
pub use sort::{GroupBy, Sort};
pub use tree::{Node, NodeKind, Tree};
pub use viewed::{Refreshing, ViewFormat, Viewed, WatchLine};
pub use window::Window;

pub(super) use act::{act, choose, click, go, query as ask, wheel};
pub(super) use answer::take;
pub(super) use begin::{absent, offer};
pub(super) use marks::{corrected, redated, undo};
pub(super) use query::ask_for;

use super::effect::{Effect, Origin, Ticket};
use super::library::ArticleId;
use super::lists::Cursor;
use super::state::{Overlay, Pane, State};
use super::trail::Trail;
use super::travel;
use crate::article::EntityId;
use crate::config::Key;
use crate::text::Span;
use marks::Done;

/// Lists whose order is kept.
const MAX_SORTS: usize = 200;

/// The library on the screen.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    /// What can be listed.
    pub tree: Tree,
    /// The list that was chosen.
    pub list: List,
    /// Which of the two the keys move in.
    pub level: Level,
    /// Columns that the tree takes beside the list; 0 where one of them is shown. Set when the pane is measured.
    pub beside: u16,
    /// Who else writes to the library.
    pub writer: Option<String>,
    /// How far a refresh is.
    pub refreshing: Option<Refreshing>,
    /// The line of the article that was opened last.
    pub reading: Option<StoredRow>,
    /// What was done, the newest last.
    history: Vec<Done>,
    /// What was asked to be taken back and is not answered yet.
    undoing: Vec<Done>,
    /// The orders that lists were given, each list its own.
    sorts: Vec<(Shelved, Sort)>,
}

/// Which part of the library the keys move in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Level {
    /// The tree.
    Tree,
    /// The list.
    #[default]
    List,
}

/// A list of stored articles.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// What it holds.
    pub of: Shelved,
    /// True where it holds only what was not read when it was made.
    pub unread_only: bool,
    /// Its order.
    pub sort: Sort,
    /// The rows around the screen.
    pub window: Window,
    /// The selected row.
    pub cursor: Cursor,
    /// Articles whose copies stand below them.
    unfolded: Vec<StoredKey>,
    /// Articles that belong to it and came later.
    pub waiting: usize,
    /// The list that was asked for last.
    ticket: Ticket,
    /// The list whose rows are held.
    shown: Ticket,
    /// What is to be opened of a list as soon as it is there.
    wanted: Option<(Ticket, Wanted)>,
}

/// What was asked to be opened before it was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    /// A row whose article is not held yet.
    Row(usize),
    /// What is selected in the list that is on its way.
    Selected,
    /// The article so many rows further in it.
    Turn(isize),
    /// The next one in it that was not read.
    Unread,
}

impl List {
    /// True while the list that is wanted has not come.
    #[must_use]
    pub fn is_coming(&self) -> bool {
        self.ticket != self.shown
    }

    /// True where the selected row is to be opened and has come.
    fn is_wanted(&self) -> bool {
        self.wanted == Some((self.shown, Wanted::Row(self.cursor.selected))) && self.selected().is_some()
    }

    /// The selected row, where it is held and the list is the one that the reader chose.
    fn chosen(&self) -> Option<&StoredRow> {
        self.selected().filter(|_| !self.is_coming())
    }

    /// The selected row, where it is held.
    #[must_use]
    pub fn selected(&self) -> Option<&StoredRow> {
        self.window.row(self.cursor.selected)
    }
}

/// What the shelf lays over the panes.
#[derive(Clone, Debug)]
pub enum Over {
    /// A line to type in.
    Line(Line),
    /// A query.
    Query(QueryLine),
    /// What is known of a feed, and what the reader chose for it.
    Card(FeedCard),
}

impl Shelf {
    /// The list that the reader begins with is asked for.
    pub(super) fn open(state: &mut State) -> Vec<Effect> {
        state.view.shelf = Some(Self::default());
        state.focus = Pane::Articles;
        state.progress.scanning = false;
        ask_list(state, Shelved::Unread, None)
    }
}

/// Asks for a list, around an article of it where one is given.
fn ask_list(state: &mut State, of: Shelved, around: Option<StoredKey>) -> Vec<Effect> {
    let ticket = state.next_ticket();
    let Some(shelf) = &mut state.view.shelf else { return Vec::new() };
    let list = &mut shelf.list;
    if list.of != of {
        list.unread_only = false;
        list.unfolded.clear();
        list.sort = shelf.sorts.iter().find(|(other, _)| *other == of).map(|(_, sort)| *sort).unwrap_or_default();
    }
    (list.of, list.ticket) = (of.clone(), ticket);
    let wish =
        ListWish { of, unread_only: list.unread_only, sort: list.sort, unfolded: list.unfolded.clone(), around, rows: window::FIRST };
    vec![Effect::Shelf(Ask::List { ticket, wish })]
}

/// Gives the list another order, which it keeps while others are looked at.
fn sort(state: &mut State, how: impl FnOnce(&mut Sort)) -> Vec<Effect> {
    let Some(shelf) = &mut state.view.shelf else { return Vec::new() };
    how(&mut shelf.list.sort);
    let (of, sort) = (shelf.list.of.clone(), shelf.list.sort);
    shelf.sorts.retain(|(other, _)| *other != of);
    shelf.sorts.push((of.clone(), sort));
    if shelf.sorts.len() > MAX_SORTS {
        shelf.sorts.remove(0);
    }
    ask_list(state, of, None)
}

/// Asks for the same list again, as it is now; the selected article stays selected.
fn ask_again(state: &mut State) -> Vec<Effect> {
    let Some(shelf) = &state.view.shelf else { return Vec::new() };
    let around = shelf.list.selected().map(|r| r.key);
    ask_list(state, shelf.list.of.clone(), around)
}

/// What follows from whatever has happened: the list follows the tree, rows come in around the screen.
pub(super) fn settle(state: &mut State) -> Vec<Effect> {
    let Some(shelf) = &mut state.view.shelf else { return Vec::new() };
    let mut effects = Vec::new();
    let chosen = shelf.tree.selected().map(|n| n.of.clone());
    if let Some(of) = chosen.filter(|of| shelf.level == Level::Tree && *of != shelf.list.of) {
        return ask_list(state, of, None);
    }
    let list = &mut shelf.list;
    if !list.is_coming() {
        let screen = list.cursor.top..list.cursor.top + list.cursor.height.max(1);
        if let Some((from, count)) = list.window.missing(screen) {
            effects.push(Effect::Shelf(Ask::Rows { list: list.shown, from, count }));
        }
    }
    effects
}

/// The cursor of the list of articles, or of the tree, with the length.
pub(super) fn cursor(shelf: &Shelf) -> (Cursor, usize) {
    match shelf.level {
        Level::Tree => (shelf.tree.cursor, shelf.tree.nodes.len()),
        Level::List => (shelf.list.cursor, shelf.list.window.total()),
    }
}

/// Sets that cursor.
pub(super) fn set_cursor(shelf: &mut Shelf, cursor: Cursor) {
    match shelf.level {
        Level::Tree => shelf.tree.cursor = cursor,
        Level::List => shelf.list.cursor = cursor,
    }
}

/// Sets how many rows of the tree and of the list fit, and how many columns the tree takes beside the list.
pub fn measure(shelf: &mut Shelf, tree: usize, list: usize, beside: u16) {
    shelf.beside = beside;
    if shelf.tree.cursor.height != tree {
        shelf.tree.cursor.measure(tree, shelf.tree.nodes.len());
    }
    if shelf.list.cursor.height != list {
        shelf.list.cursor.measure(list, shelf.list.window.total());
    }
}

/// Opens an article of the list: it becomes an entry of the session, and is read from then on.
fn read(state: &mut State, row: StoredRow) -> Vec<Effect> {
    let id = entry(state, &row);
    state.focus_on(Pane::Text);
    let mut effects = travel::visit(state, id);
    if let Some(shelf) = &mut state.view.shelf {
        (shelf.list.wanted, shelf.reading) = (None, Some(row.clone()));
    }
    if !row.read {
        effects.extend(marks::mark(state, row.key, StoredMark::Read(true)));
    }
    effects
}

/// What the reader looks at in the list.
pub(super) fn viewed(state: &State) -> Option<Viewed> {
    state.view.shelf.as_ref().map(|s| Viewed::List(s.list.of.clone(), s.list.unread_only))
}

/// Opens an article that a page leads to, at a place of it.
pub(super) fn read_at(state: &mut State, row: &StoredRow, span: Option<Span>) -> Vec<Effect> {
    let id = entry(state, row);
    state.focus_on(Pane::Text);
    let mut effects = match span {
        Some(span) => travel::visit_clause(state, id, span),
        None => travel::visit(state, id),
    };
    if !row.read {
        effects.extend(marks::mark(state, row.key, StoredMark::Read(true)));
    }
    effects
}

/// Opens an article at the first mention (or the last) of who is followed, who is called `name` there.
fn read_mention(state: &mut State, row: &StoredRow, name: String, first: bool) -> Vec<Effect> {
    let id = entry(state, row);
    if let Some(Trail::Name { shown, entity, name: known, .. }) = &mut state.trail {
        (*shown, *entity, *known) = (name, None, None);
    }
    state.focus_on(Pane::Text);
    let mut effects = travel::visit_mention(state, id, first);
    if let Some(shelf) = &mut state.view.shelf {
        shelf.reading = Some(row.clone());
    }
    if !row.read {
        effects.extend(marks::mark(state, row.key, StoredMark::Read(true)));
    }
    effects
}

/// The question for the next article of the library that names an entity of the article on the screen.
pub(super) fn ask_along(state: &State, entity: EntityId, forward: bool) -> Option<Effect> {
    let article = on_screen(state)?;
    Some(Effect::Shelf(Ask::Along { article, entity, forward }))
}

/// The entry of a stored article, made where there is none.
fn entry(state: &mut State, row: &StoredRow) -> ArticleId {
    let id = state.library.stored(row.key).unwrap_or_else(|| state.library.add(Origin::Stored(row.key), None));
    if let Some(entry) = state.library.entry_mut(id).filter(|e| e.title.is_empty()) {
        entry.title = crate::text::clean_line(&row.title);
    }
    id
}

/// The stored article that is on the screen.
pub(super) fn on_screen(state: &State) -> Option<StoredKey> {
    let open = state.open.as_ref()?;
    match state.library.entry(open.id)?.origin {
        Origin::Stored(key) => Some(key),
        _ => None,
    }
}

/// Does what an action means in the library, for a reader without a screen; what means nothing there does nothing.
pub fn perform(state: &mut State, action: super::action::Action) -> Vec<Effect> {
    act(state, action).unwrap_or_default()
}

/// Shows a list, for a reader without a screen.
pub fn show(state: &mut State, of: Shelved) -> Vec<Effect> {
    act::go(state, of)
}

/// Selects the row at `index` of the list and asks for what is not held around it.
pub fn look_at(state: &mut State, index: usize) -> Vec<Effect> {
    if let Some(shelf) = &mut state.view.shelf {
        let total = shelf.list.window.total();
        shelf.list.cursor.select(index, total);
        shelf.list.cursor.top = shelf.list.cursor.selected;
    }
    settle(state)
}

/// Lets a key do what it means in what the shelf has laid over the panes.
pub(super) fn press(state: &mut State, key: Key) -> Vec<Effect> {
    match &state.overlay {
        Overlay::Shelf(Over::Line(_)) => lines::press(state, key),
        Overlay::Shelf(Over::Query(_)) => query::press(state, key),
        Overlay::Shelf(Over::Card(_)) => card::press(state, key),
        _ => Vec::new(),
    }
}

/// Puts pasted text into the line that is being typed.
pub(super) fn paste(state: &mut State, line: &str) -> Vec<Effect> {
    match &mut state.overlay {
        Overlay::Shelf(Over::Line(typed)) => typed.input.insert(line),
        Overlay::Shelf(Over::Query(query)) => {
            query.input.insert(line);
            return query::edited(state);
        }
        Overlay::Shelf(Over::Card(card)) => {
            if let Some(edit) = &mut card.edit {
                edit.insert(line);
            }
        }
        _ => {}
    }
    Vec::new()
}
