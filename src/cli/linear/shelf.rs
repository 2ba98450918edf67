//! The library in words: its lists and feeds, the articles of a list, and what is done with them.

use super::Linear;
use super::command::Command;
use super::speak::{self, PAGE, listed};
use crate::app::shelf::{self, Ask, FeedChoice, NodeKind, Shelf, Shelved, StoredRow};
use crate::app::{Action, Effect, Pane, State};
use crate::locale::{long_date, number, tr, trn};
use crate::query;
use std::io::{self, IsTerminal};
use std::time::Duration;

/// How long the library may take to do something.
const SOON: Duration = Duration::from_secs(2);

/// How long the web may take.
const LONG: Duration = Duration::from_secs(60);

/// True while the library has not said yet what is waited for.
pub(super) fn is_coming(state: &State) -> bool {
    state.view.shelf.as_ref().is_some_and(|shelf| shelf.list.is_coming() || shelf.tree.nodes.is_empty())
}

fn shelf(state: &State) -> Option<&Shelf> {
    state.view.shelf.as_ref()
}

/// The list that is read: its name and how many articles it has.
fn about(shelf: &Shelf) -> String {
    let total = shelf.list.window.total();
    format!("{}, {}", shelf.tree.label(&shelf.list.of), trn!(total, "{n} article", "{n} articles"))
}

/// The first lines: what there is.
pub(super) fn greeting(state: &State) -> Option<Vec<String>> {
    let shelf = shelf(state)?;
    let holdings = &shelf.tree.holdings;
    let feeds = trn!(holdings.feeds.len(), "{n} feed", "{n} feeds");
    let unread = counted(holdings.articles, Some(holdings.unread));
    Some(vec![
        tr!("dateline. The library: {feeds}, {unread}.", feeds, unread),
        tr!(
            "This list: {list}. Type list, a number to open an article, new for the next unread one, feeds for other lists, or help.",
            list = about(shelf)
        ),
    ])
}

/// How many articles, and how many of them are unread, where that is known.
fn counted(articles: u64, unread: Option<u64>) -> String {
    let articles = trn!(articles, "{n} article", "{n} articles");
    match unread {
        Some(unread) => tr!("{articles}, {unread} unread", articles, unread = number(unread)),
        None => articles,
    }
}

/// The place of the open article in the list, where it is in it: from 1, and of how many.
pub(super) fn position(state: &State) -> Option<(usize, usize)> {
    let shelf = shelf(state)?;
    let list = &shelf.list;
    let reading = shelf.reading.as_ref()?;
    list.selected().filter(|row| row.key == reading.key).map(|_| (list.cursor.selected + 1, list.window.total()))
}

impl Linear {
    /// The answer to what only the library, or the library otherwise than a list of files, can answer; `None` for everything else.
    pub(super) fn of_library(&mut self, command: &Command) -> Option<Vec<String>> {
        let total = shelf(&self.state)?.list.window.total();
        Some(match command {
            Command::Feeds => {
                self.rest();
                feeds(&self.state)
            }
            Command::Feed(number) => self.choose(*number),
            Command::Search(text) => match query::parse(text) {
                Ok(_) => self.show(Shelved::Query(text.as_str().into())),
                Err(problem) => vec![format!("{}. {}", problem.what, problem.hint).trim_end_matches(['.', ' ']).to_owned() + "."],
            },
            Command::List(from) => self.page(*from),
            Command::Open(n) if (1..=total).contains(n) => {
                self.hold(n - 1);
                self.opening(Action::Select)
            }
            Command::Open(_) => {
                vec![tr!("There is no such article. This list has {articles}.", articles = trn!(total, "{n} article", "{n} articles"))]
            }
            Command::New => self.opening(Action::NextUnread),
            Command::NextArticle => self.opening(Action::NextArticle),
            Command::PreviousArticle => self.opening(Action::PreviousArticle),
            Command::Star => self.mark(Action::ToggleStar),
            Command::Unread => self.mark(Action::ToggleRead),
            Command::Done => self.perform(Action::MarkAllRead),
            Command::Undo => self.perform(Action::Undo),
            Command::Refresh => self.refresh(Action::RefreshAll),
            Command::Add(what) => {
                let choice = FeedChoice::default();
                self.run(vec![Effect::Shelf(Ask::Add { what: what.clone(), choice })]);
                self.say_how_to_stop();
                self.wait_for_word(LONG);
                self.wait_for_refresh();
                Vec::new()
            }
            _ => return None,
        })
    }

    /// Shows a list, and says what it has.
    fn show(&mut self, of: Shelved) -> Vec<String> {
        let effects = shelf::show(&mut self.state, of);
        self.run(effects);
        self.settle();
        shelf(&self.state).map(|shelf| vec![format!("{}.", about(shelf))]).unwrap_or_default().into_iter().chain(self.page(1)).collect()
    }

    fn choose(&mut self, number: usize) -> Vec<String> {
        let node = number.checked_sub(1).and_then(|n| shelf(&self.state)?.tree.nodes.get(n).map(|node| node.of.clone()));
        node.map_or_else(|| vec![tr!("There is no list {number}. Type feeds for all.", number)], |of| self.show(of))
    }

    /// Selects a row and waits until it is there.
    fn hold(&mut self, index: usize) {
        let effects = shelf::look_at(&mut self.state, index);
        self.run(effects);
        let last = |state: &State| shelf(state).map_or(0, |s| (index + PAGE).min(s.list.window.total()).saturating_sub(1));
        self.wait_while(|state| shelf(state).is_some_and(|s| s.list.window.total() > index && s.list.window.row(last(state)).is_none()));
    }

    /// Ten articles of the list from a number on.
    fn page(&mut self, from: usize) -> Vec<String> {
        let total = shelf(&self.state).map_or(0, |s| s.list.window.total());
        let first = from.clamp(1, total.max(1)) - 1;
        self.hold(first);
        let Some(shelf) = shelf(&self.state) else { return Vec::new() };
        let mut lines: Vec<String> = (first..(first + PAGE).min(total)).filter_map(|n| Some(row(n, shelf.list.window.row(n)?))).collect();
        let left = total.saturating_sub(first + PAGE);
        if left > 0 {
            lines.push(tr!("{left} more. Type list {next} for the next.", left, next = first + PAGE + 1));
        }
        listed(lines, tr!("There is no article in this list."))
    }

    /// Does something that opens an article, and says which one.
    fn opening(&mut self, action: Action) -> Vec<String> {
        self.state.focus = if action == Action::Select { Pane::Articles } else { Pane::Text };
        let before = self.state.open.as_ref().map(|open| open.id);
        let effects = shelf::perform(&mut self.state, action);
        let asks = effects.iter().any(|e| matches!(e, Effect::Shelf(Ask::NextUnread { .. })));
        self.run(effects);
        if asks {
            self.wait_while(|state| state.arriving().is_none() && state.notice.is_none() && state.open.as_ref().map(|o| o.id) == before);
        }
        self.settle();
        let Some(id) = self.state.open.as_ref().map(|open| open.id).filter(|_| self.state.notice.is_none()) else { return Vec::new() };
        self.place = speak::Place::default();
        speak::opened(&self.state, id)
    }

    /// Marks the open article, and says how it is marked now.
    fn mark(&mut self, action: Action) -> Vec<String> {
        if self.state.open.is_none() {
            return vec![tr!("No article is open.").to_owned()];
        }
        self.state.focus = Pane::Text;
        let effects = shelf::perform(&mut self.state, action);
        self.run(effects);
        // What is asked next sees it done.
        self.rest();
        let row = shelf(&self.state).and_then(|s| s.reading.as_ref());
        row.map(|row| vec![tr!("Now {state}.", state = marks(row))]).unwrap_or_default()
    }

    /// Does something and waits until the library has said what came of it.
    fn perform(&mut self, action: Action) -> Vec<String> {
        self.state.focus = Pane::Articles;
        let effects = shelf::perform(&mut self.state, action);
        if effects.is_empty() && self.state.notice.is_none() {
            return vec![tr!("There is nothing to take back.").to_owned()];
        }
        self.run(effects);
        self.wait_for_word(SOON);
        if self.state.notice.is_some() { Vec::new() } else { vec![tr!("Done.").to_owned()] }
    }

    fn refresh(&mut self, action: Action) -> Vec<String> {
        let effects = shelf::perform(&mut self.state, action);
        self.run(effects);
        self.say_how_to_stop();
        self.wait_for_refresh();
        let effects = shelf::perform(&mut self.state, Action::TakeIn);
        self.state.notice = self.state.notice.take().filter(|_| !effects.is_empty());
        self.run(effects);
        self.settle();
        shelf(&self.state).map(|shelf| vec![format!("{}.", about(shelf))]).unwrap_or_default()
    }

    /// Says, where somebody types, what the wait is for and how it ends sooner.
    fn say_how_to_stop(&mut self) {
        if io::stdin().is_terminal() {
            self.ears.offer();
            // Where it cannot be said, neither can the answer, which tells.
            let _ = super::say(&[tr!("Asking feeds. Enter stops.").to_owned()], false);
        }
    }

    fn wait_for_word(&mut self, long: Duration) {
        self.wait_at_most(long, |state| state.notice.is_none());
    }

    fn wait_for_refresh(&mut self) {
        self.wait_while(|state| shelf(state).is_some_and(|s| s.refreshing.is_some()));
    }
}

fn marks(row: &StoredRow) -> String {
    let read = if row.read { tr!("read" in "mark") } else { tr!("unread" in "mark") };
    if row.starred { tr!("{read}, starred", read) } else { read.to_owned() }
}

fn row(n: usize, row: &StoredRow) -> String {
    let day = long_date(row.day.day(), row.day.month(), row.day.year());
    let parts = [Some(row.title.trim_end_matches('.').to_owned()), Some(marks(row)), Some(day), row.site.clone()];
    format!("{}. {}.", n + 1, parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

/// All lists with their numbers.
fn feeds(state: &State) -> Vec<String> {
    let Some(shelf) = shelf(state) else { return Vec::new() };
    let line = |(n, node): (usize, &shelf::Node)| {
        let kind = match node.kind {
            NodeKind::Whole => String::new(),
            NodeKind::Search => format!("{}, ", tr!("saved search")),
            NodeKind::Watch => format!("{}, ", tr!("followed")),
            NodeKind::Folder(_) => format!("{}, ", tr!("folder")),
            NodeKind::Feed => format!("{}, ", tr!("feed")),
        };
        let trouble = if node.trouble { format!(", {}", tr!("something went wrong")) } else { String::new() };
        let here = if node.of == shelf.list.of { format!(", {}", tr!("this list" in "chosen")) } else { String::new() };
        // The screen writes one number beside these, and the tree has no other.
        let unread = match node.of {
            Shelved::All => Some(shelf.tree.holdings.unread),
            Shelved::Starred => None,
            _ => Some(node.unread),
        };
        format!("{}. {}, {kind}{}{trouble}{here}.", n + 1, node.label, counted(node.articles, unread))
    };
    listed((0..).zip(&shelf.tree.nodes).map(line).collect(), tr!("The library is empty. Type add and the address of a feed."))
}
