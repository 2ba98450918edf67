//! Actions in the library.

use super::ask::{Ask, Shelved};
use super::card::FeedCard;
use super::holdings::FeedId;
use super::lines::{Asks, Line};
use super::query::QueryLine;
use super::row::Copies;
use super::tree::NodeKind;
use super::{Level, Over, Shelf, Wanted, ask_again, ask_list, marks, on_screen, read};
use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::palette::{Palette, PaletteItem, PaletteTarget, ShelfTarget};
use crate::app::state::{Overlay, Pane, State};
use crate::locale::{tr, trn};
use crate::notice::Notice;

/// Cells of a feed's name in a question.
const NAME: usize = 28;

/// Does what an action means in the library; `None` for what means the same everywhere.
pub(crate) fn act(state: &mut State, action: Action) -> Option<Vec<Effect>> {
    let shelf = state.view.shelf.as_ref()?;
    let here = state.focus == Pane::Articles;
    let list = here && shelf.level == Level::List;
    let tree = here && shelf.level == Level::Tree;
    Some(match action {
        Action::Select if tree => into_list(state),
        Action::Select if list => read_selected(state),
        Action::Right if here => return Some(inwards(state)),
        Action::Left if here => outwards(state),
        Action::Find if here => query(state),
        Action::Filter if here => unread_only(state),
        Action::Order if here => super::sort(state, |sort| sort.oldest = !sort.oldest),
        Action::Group => super::sort(state, |sort| sort.by = sort.by.next()),
        Action::Unfold if list => unfold(state),
        Action::Why if list => {
            let row = shelf.list.chosen().filter(|r| r.copies != Copies::None)?.key;
            crate::app::page::differences(state, row)
        }
        Action::Browse | Action::OpenPage if list => shelf.list.chosen().map(|r| Effect::Shelf(Ask::Browse(r.key))).into_iter().collect(),
        Action::NextArticle => turn(state, 1),
        Action::PreviousArticle => turn(state, -1),
        Action::NextUnread => next_unread(state),
        Action::NextMatch if state.trail.is_none() => next_unread(state),
        Action::Undo => return marks::undo(state),
        Action::ToggleRead | Action::ToggleStar | Action::Tag => return marks::act(state, action),
        Action::MarkAllRead | Action::MarkAboveRead | Action::MarkBelowRead => marks::many(state, action),
        Action::MarkOldRead => ask_age(state),
        Action::TakeIn => take_in(state),
        Action::Refresh => refresh(state, false),
        Action::RefreshAll => refresh(state, true),
        Action::Query => query(state),
        Action::SaveSearch => save(state),
        Action::Add => line(state, Line::new(Asks::Add)),
        Action::Import => vec![Effect::LookForPrograms],
        Action::Remove if here => remove(state),
        Action::Remove => no_feed(state),
        Action::FeedCard => card(state),
        Action::Cancel => return cancel(state),
        _ => return None,
    })
}

fn shelf(state: &mut State) -> Option<&mut Shelf> {
    state.view.shelf.as_mut()
}

fn level(state: &mut State, level: Level) -> Vec<Effect> {
    if let Some(shelf) = shelf(state) {
        shelf.level = level;
    }
    Vec::new()
}

fn into_list(state: &mut State) -> Vec<Effect> {
    level(state, Level::List)
}

/// Opens the selected article; one whose row or list has not come yet, when it has.
pub(super) fn read_selected(state: &mut State) -> Vec<Effect> {
    let Some(shelf) = shelf(state) else { return Vec::new() };
    let list = &mut shelf.list;
    let at = list.cursor.selected;
    match list.selected().cloned() {
        // The rows are still those of another list.
        _ if list.is_coming() => list.wanted = Some((list.ticket, Wanted::Selected)),
        Some(row) => return read(state, row),
        None => list.wanted = (at < list.window.total()).then_some((list.shown, Wanted::Row(at))),
    }
    Vec::new()
}

/// Does what was asked while the list was on its way.
pub(super) fn come(state: &mut State, wanted: Wanted) -> Vec<Effect> {
    match wanted {
        Wanted::Selected | Wanted::Row(_) => read_selected(state),
        Wanted::Turn(by) => turn(state, by),
        Wanted::Unread => next_unread(state),
    }
}

/// One step in: a folder is unfolded, the tree leads to its list, the list to the article.
fn inwards(state: &mut State) -> Vec<Effect> {
    let Some(shelf) = shelf(state) else { return Vec::new() };
    match shelf.level {
        Level::Tree if shelf.tree.fold(true) => Vec::new(),
        Level::Tree => into_list(state),
        Level::List => read_selected(state),
    }
}

/// One step out: from the list to the tree, there to the folder around, which is then folded.
fn outwards(state: &mut State) -> Vec<Effect> {
    let Some(shelf) = shelf(state) else { return Vec::new() };
    match shelf.level {
        Level::List => {
            let of = shelf.list.of.clone();
            shelf.tree.go(&of);
            shelf.list.wanted = None;
            shelf.level = Level::Tree;
        }
        Level::Tree => {
            let folder = shelf.tree.selected().is_some_and(|n| n.kind == NodeKind::Folder(true));
            if !(folder && shelf.tree.fold(false) || shelf.tree.up()) {
                let quit = state.key_of(Action::Quit);
                state.notice = Some(Notice::new(tr!("This is the outermost; {quit} leaves the program", quit)));
            }
        }
    }
    Vec::new()
}

/// Gives up one thing at a time: the refresh, then the list for the tree.
fn cancel(state: &mut State) -> Option<Vec<Effect>> {
    if !matches!(state.overlay, Overlay::None) || state.progress.fetching.is_some() {
        return None;
    }
    let idle = state.trail.is_none() && !state.view.full;
    let here = state.focus == Pane::Articles;
    let shelf = shelf(state)?;
    if shelf.refreshing.is_some() {
        return Some(vec![Effect::Shelf(Ask::StopRefresh)]);
    }
    (idle && here && shelf.level == Level::List).then(|| outwards(state))
}

/// Opens the line for a query, with the one whose results are shown.
pub(crate) fn query(state: &mut State) -> Vec<Effect> {
    let Some(shelf) = shelf(state) else { return Vec::new() };
    let text = if let Shelved::Query(text) = &shelf.list.of { text.to_string() } else { String::new() };
    state.overlay = Overlay::Shelf(Over::Query(QueryLine::new(text)));
    super::query::edited(state)
}

pub(super) fn line(state: &mut State, line: Line) -> Vec<Effect> {
    state.overlay = Overlay::Shelf(Over::Line(line));
    Vec::new()
}

fn save(state: &mut State) -> Vec<Effect> {
    let Some(shelf) = shelf(state) else { return Vec::new() };
    let Shelved::Query(text) = shelf.list.of.clone() else {
        state.notice = Some(Notice::new(tr!("There is no query to save")).hint(tr!("S asks one; its results can be kept under a name")));
        return Vec::new();
    };
    line(state, Line::new(Asks::Name(text.to_string())))
}

fn card(state: &mut State) -> Vec<Effect> {
    let Some(feed) = chosen_feed(state) else { return no_feed(state) };
    state.overlay = Overlay::Shelf(Over::Card(FeedCard::new(feed)));
    Vec::new()
}

fn no_feed(state: &mut State) -> Vec<Effect> {
    state.notice = Some(Notice::new(tr!("No feed is chosen")).hint(tr!("choose one in the tree")));
    Vec::new()
}

/// The feed that the tree's selection or the list is of.
fn chosen_feed(state: &State) -> Option<FeedId> {
    let shelf = state.view.shelf.as_ref()?;
    let feed = match shelf.level {
        Level::Tree => shelf.tree.feed(),
        Level::List => shelf.tree.feed_of(&shelf.list.of),
    };
    feed.map(|f| f.id)
}

/// Asks again before a feed goes; a saved search goes at once, and can be taken back.
fn remove(state: &mut State) -> Vec<Effect> {
    let Some(shelf) = shelf(state) else { return Vec::new() };
    let node = match shelf.level {
        Level::Tree => shelf.tree.selected(),
        Level::List => shelf.tree.nodes.iter().find(|n| n.of == shelf.list.of),
    };
    let Some(node) = node.cloned() else { return Vec::new() };
    match (&node.of, node.kind) {
        (Shelved::Watch(id), _) => vec![Effect::Shelf(Ask::Unfollow(*id))],
        (Shelved::Query(query), NodeKind::Search) => marks::forget_search(state, &node.label, query),
        (Shelved::Feed(feed), _) => {
            // What becomes of its articles stands behind the name.
            let name = crate::text::cut(&node.label, NAME);
            let item = |text: String, note: &str, keep| PaletteItem {
                text: text.into(),
                note: note.into(),
                target: PaletteTarget::Shelf(ShelfTarget::Remove(*feed, keep)),
            };
            let items = vec![
                item(
                    trn!(node.articles, "Remove {feed} and its {n} article", "Remove {feed} and its {n} articles", feed = name),
                    tr!("what is starred or tagged stays"),
                    false,
                ),
                item(tr!("Remove {feed}, keep its articles", feed = name), "", true),
            ];
            state.overlay = Overlay::Palette(Palette::new(items.into(), state.next_ticket()));
            Vec::new()
        }
        _ => {
            let hint = tr!("feeds, saved searches and what is followed can");
            state.notice = Some(Notice::new(tr!("{label} cannot be removed", label = node.label)).hint(hint));
            Vec::new()
        }
    }
}

/// Does what a line of the palette says about the library.
pub(crate) fn choose(state: &mut State, target: ShelfTarget) -> Vec<Effect> {
    match target {
        ShelfTarget::Remove(feed, keep) => marks::remove(state, feed, keep),
        ShelfTarget::Older(days) => marks::older(state, days),
        ShelfTarget::Import(program) => super::begin::chosen(state, program),
        ShelfTarget::Feed(feed) => go(state, Shelved::Feed(feed)),
        // The palette has what was typed.
        ShelfTarget::Ask => query(state),
        ShelfTarget::Same(entity) => crate::app::page::merge(state, entity),
        ShelfTarget::Export(format) => crate::app::page::export_as(state, format),
        ShelfTarget::Search(n) => {
            let query = shelf(state).and_then(|s| s.tree.holdings.searches.get(n as usize).map(|s| s.query.as_str().into()));
            query.map_or_else(Vec::new, |query| go(state, Shelved::Query(query)))
        }
    }
}

/// Shows a list.
pub(crate) fn go(state: &mut State, of: Shelved) -> Vec<Effect> {
    state.focus_on(Pane::Articles);
    if let Some(shelf) = shelf(state) {
        shelf.level = Level::List;
        shelf.tree.go(&of);
    }
    ask_list(state, of, None)
}

fn ask_age(state: &mut State) -> Vec<Effect> {
    let item = |(days, text, note): (u32, &str, &str)| PaletteItem {
        text: tr!("Read: what is older than {age}", age = text).into(),
        note: note.into(),
        target: PaletteTarget::Shelf(ShelfTarget::Older(days)),
    };
    // The numbers are there to be typed.
    let ages = [
        (1, tr!("1 day"), tr!("in this list")),
        (3, tr!("3 days"), ""),
        (7, tr!("7 days"), tr!("a week")),
        (14, tr!("14 days"), tr!("2 weeks")),
        (30, tr!("30 days"), ""),
        (90, tr!("90 days"), ""),
        (365, tr!("365 days"), tr!("a year")),
    ];
    let items: Vec<_> = ages.into_iter().map(item).collect();
    state.overlay = Overlay::Palette(Palette::new(items.into(), state.next_ticket()));
    Vec::new()
}

fn unread_only(state: &mut State) -> Vec<Effect> {
    if let Some(shelf) = shelf(state) {
        shelf.list.unread_only = !shelf.list.unread_only;
    }
    ask_again(state)
}

/// Takes in what has come since the list was made. A reader at its newest end sees it; elsewhere the selected article stays where it is.
fn take_in(state: &mut State) -> Vec<Effect> {
    let Some(shelf) = shelf(state) else { return Vec::new() };
    let list = &shelf.list;
    if list.waiting == 0 {
        state.notice = Some(Notice::new(tr!("Nothing new in this list")));
        return Vec::new();
    }
    let at_top = list.cursor.selected == 0 && !list.sort.oldest;
    let of = list.of.clone();
    if at_top { ask_list(state, of, None) } else { ask_again(state) }
}

/// Looks at the feeds of the list for what is new, or at all.
fn refresh(state: &mut State, all: bool) -> Vec<Effect> {
    let Some(shelf) = shelf(state) else { return Vec::new() };
    if shelf.refreshing.is_some() {
        state.notice = Some(Notice::new(tr!("Feeds are being looked at")).hint(tr!("Esc stops it")));
        return Vec::new();
    }
    let of = match shelf.level {
        Level::Tree => shelf.tree.selected().map(|n| &n.of),
        Level::List => Some(&shelf.list.of),
    };
    let feeds = match of {
        _ if all => Vec::new(),
        Some(Shelved::Feed(feed)) => vec![*feed],
        Some(Shelved::Folder(path)) => {
            let inside = |folder: &str| folder.strip_prefix(&**path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
            shelf.tree.holdings.feeds.iter().filter(|f| inside(&f.choice.folder)).map(|f| f.id).collect()
        }
        _ => Vec::new(),
    };
    shelf.refreshing = Some(super::Refreshing::default());
    vec![Effect::Shelf(Ask::Refresh { feeds })]
}

/// Lists the copies of the selected article below it, or folds them again; the page of an article without copies is opened in the browser.
fn unfold(state: &mut State) -> Vec<Effect> {
    let Some(shelf) = shelf(state) else { return Vec::new() };
    let list = &mut shelf.list;
    let Some(row) = list.chosen() else { return Vec::new() };
    let first = match row.copies {
        Copies::None => return vec![Effect::Shelf(Ask::Browse(row.key))],
        Copies::Below => (0..list.cursor.selected).rev().find(|n| list.window.row(*n).is_some_and(|r| r.copies != Copies::Below)),
        _ => Some(list.cursor.selected),
    };
    let Some(key) = first.and_then(|n| list.window.row(n)).map(|row| row.key) else { return Vec::new() };
    let folds = list.unfolded.contains(&key);
    list.unfolded.retain(|other| *other != key);
    if !folds {
        list.unfolded.push(key);
    }
    let of = list.of.clone();
    if !folds {
        let keys = (state.key_of(Action::Unfold), state.key_of(Action::Why), state.key_of(Action::OpenPage));
        let hint = tr!(
            "{fold} folds them, {why} shows what differs, {page} opens a page in the browser",
            fold = keys.0,
            why = keys.1,
            page = keys.2
        );
        state.notice = Some(Notice::new(tr!("The copies stand below the first")).hint(hint));
    }
    ask_list(state, of, Some(key))
}

/// Opens the article `by` lines further down the list.
pub(crate) fn turn(state: &mut State, by: isize) -> Vec<Effect> {
    let reading = on_screen(state);
    let Some(shelf) = shelf(state) else { return Vec::new() };
    let list = &mut shelf.list;
    if list.is_coming() {
        list.wanted = Some((list.ticket, Wanted::Turn(by)));
        return Vec::new();
    }
    // From the article on the screen where the list has it, else from what is selected.
    let at = reading.and_then(|key| list.window.position(key)).unwrap_or(list.cursor.selected);
    let total = list.window.total();
    let next = at.checked_add_signed(by).filter(|n| *n < total);
    let Some(next) = next else {
        state.notice = Some(Notice::new(if by > 0 { tr!("This is the last article") } else { tr!("This is the first article") }));
        return Vec::new();
    };
    list.cursor.select(next, total);
    read_selected(state)
}

/// The next article that was not read, in this list.
fn next_unread(state: &mut State) -> Vec<Effect> {
    let reading = on_screen(state);
    let Some(shelf) = shelf(state) else { return Vec::new() };
    let list = &mut shelf.list;
    if list.is_coming() {
        list.wanted = Some((list.ticket, Wanted::Unread));
        return Vec::new();
    }
    let at = reading.and_then(|key| list.window.position(key)).unwrap_or(list.cursor.selected);
    let from = if list.selected().is_some_and(|r| !r.read && reading != Some(r.key)) && at == list.cursor.selected { at } else { at + 1 };
    let held = (from..list.window.held().end).find(|n| list.window.row(*n).is_some_and(|r| !r.read));
    match held {
        Some(n) => {
            list.cursor.select(n, list.window.total());
            read_selected(state)
        }
        None => vec![Effect::Shelf(Ask::NextUnread { list: list.shown, from })],
    }
}

/// The wheel over the pane: what lies under the pointer scrolls, the tree or the list, and the keys stay where they are.
pub(crate) fn wheel(shelf: &mut Shelf, column: u16, rows: isize) {
    if is_tree(shelf, column) {
        shelf.tree.cursor.scroll(rows, shelf.tree.nodes.len());
    } else {
        shelf.list.cursor.scroll(rows, shelf.list.window.total());
    }
}

/// True where that column of the pane is the tree's.
fn is_tree(shelf: &Shelf, column: u16) -> bool {
    if shelf.beside > 0 { column < shelf.beside } else { shelf.level == Level::Tree }
}

/// A click on a row of the pane: the tree, or the list, with what is clicked selected; a second one on the selected article opens it.
pub(crate) fn click(state: &mut State, row: usize, column: u16) -> Vec<Effect> {
    let Some(shelf) = shelf(state) else { return Vec::new() };
    let tree = is_tree(shelf, column);
    shelf.level = if tree { Level::Tree } else { Level::List };
    let (mut cursor, len) = super::cursor(shelf);
    let at = cursor.top + row;
    if row >= cursor.height || at >= len {
        return Vec::new();
    }
    cursor.selected = at;
    super::set_cursor(shelf, cursor);
    if tree { Vec::new() } else { read_selected(state) }
}
