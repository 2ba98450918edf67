//! Word from the library.

use super::ask::{Answer, Shelved};
use super::holdings::Holdings;
use super::row::{StoredKey, StoredRow};
use super::window::Window;
use super::{Shelf, Wanted, act, lines, marks, read};
use crate::app::action::Action;
use crate::app::effect::{Effect, Given, Ticket};
use crate::app::library::ArticleId;
use crate::app::state::{Overlay, State};
use crate::app::travel;
use crate::app::{page, timeline};
use crate::article::Correction;
use crate::locale::{tr, trn};
use crate::notice::Notice;
use jiff::civil::Date;
use std::sync::Arc;

/// Takes in an answer; one about a list that is not shown any more is dropped.
pub(crate) fn take(state: &mut State, answer: Answer) -> Vec<Effect> {
    match answer {
        Answer::Remembered { id, corrections, day } => remember(state, id, corrections, day),
        Answer::Tags { key, has, known } => lines::tagged(state, key, has, known),
        Answer::Places(places) => state.library.remember_places(places),
        Answer::Page { ticket, sheet } => return page::come(state, ticket, *sheet),
        Answer::Moments { ticket, whole, left, more } => timeline::read_from_library(state, ticket, whole, (left, more)),
        Answer::Decided(id, words) => return decided(state, id, &words),
        Answer::Undecided(words) => {
            state.notice = Some(Notice::new(words));
            return page::reload(state);
        }
        Answer::Candidates(all) => page::candidates(state, all),
        Answer::Why(why) => {
            // What the article says stands first.
            let said = state.notice.take().unwrap_or_default();
            state.notice =
                Some(if said.what.is_empty() { Notice::new(why) } else { Notice { why: format!("{}; {why}", said.why), ..said } });
        }
        Answer::Announce(line) => {
            let program = &state.config.settings.shelf.announce;
            if program.is_empty() {
                return vec![Effect::Announce(line)];
            }
            return vec![Effect::AnnounceBy(program.iter().cloned().chain([line]).collect())];
        }
        Answer::Holdings(holdings) => return holdings_came(state, holdings),
        Answer::Along { from, next, forward } => return along(state, from, next, forward),
        Answer::NextUnread { list, at } => return next_unread(state, list, at),
        Answer::Completed { ticket, completion } => return super::query::completed(state, ticket, completion),
        Answer::Marked { ticket, count, undone } => return marked(state, ticket, count, undone),
        Answer::Whole(key) => {
            let id = state.library.stored(key);
            return id.map_or_else(Vec::new, |id| travel::reopen(state, id));
        }
        Answer::Refused { ticket, notice } => {
            if let Some(ticket) = ticket {
                marks::refused(state, ticket);
            }
            state.notice = Some(notice);
            return if ticket.is_some() { lines::ask_tags(state) } else { Vec::new() };
        }
        Answer::Listed { .. } | Answer::Rows { .. } | Answer::Waiting { .. } | Answer::Writer(_) | Answer::Refreshing(_) => {
            return of_the_list(state, answer);
        }
    }
    Vec::new()
}

fn of_the_list(state: &mut State, answer: Answer) -> Vec<Effect> {
    let Some(shelf) = &mut state.view.shelf else { return Vec::new() };
    let wanted = take_in(shelf, answer);
    // Where nothing stands nothing can move: what is new comes in by itself.
    if shelf.list.waiting > 0 && shelf.list.window.total() == 0 && !shelf.list.is_coming() {
        return super::ask_again(state);
    }
    let wanted = wanted.or_else(|| shelf.list.is_wanted().then_some(Wanted::Selected));
    match wanted {
        Some(wanted) if matches!(state.overlay, Overlay::None) => act::come(state, wanted),
        _ => Vec::new(),
    }
}

/// Takes in what is said of the list; answers what was wanted of it while it was on its way.
fn take_in(shelf: &mut Shelf, answer: Answer) -> Option<Wanted> {
    let list = &mut shelf.list;
    match answer {
        Answer::Listed { list: ticket, total, at, from, rows } if ticket == list.ticket => {
            // The selected article stays in its row of the screen.
            let above = list.cursor.selected - list.cursor.top;
            (list.shown, list.waiting) = (ticket, 0);
            list.window = Window::new(total, from, rows);
            list.cursor.top = at.saturating_sub(above);
            list.cursor.select(at, total);
            return list.wanted.take().filter(|(of, _)| *of == ticket).map(|(_, wanted)| wanted);
        }
        Answer::Rows { list: ticket, from, rows } if ticket == list.shown => list.window.take(from, rows),
        Answer::Waiting { list: ticket, new } if ticket == list.shown => list.waiting = new,
        Answer::Writer(writer) => shelf.writer = writer,
        Answer::Refreshing(refreshing) => shelf.refreshing = refreshing,
        _ => {}
    }
    None
}

/// Where nothing is unread, the first list that came with the library holds all.
fn holdings_came(state: &mut State, holdings: Arc<Holdings>) -> Vec<Effect> {
    let Some(shelf) = &mut state.view.shelf else { return Vec::new() };
    // A feed that was chosen in an earlier session may be gone, and what was looked at is selected in the tree.
    let first = shelf.tree.nodes.is_empty();
    let all_read = holdings.unread == 0 && holdings.articles > 0;
    shelf.tree.take(holdings);
    if first {
        let of = shelf.list.of.clone();
        shelf.tree.go(&of);
    }
    if first && all_read && shelf.list.of == Shelved::Unread {
        shelf.tree.go(&Shelved::All);
        return super::ask_list(state, Shelved::All, None);
    }
    Vec::new()
}

/// The next article that names who is followed; where there is none, from the other end of this one again.
fn along(state: &mut State, from: StoredKey, next: Option<(StoredRow, String)>, forward: bool) -> Vec<Effect> {
    if super::on_screen(state) != Some(from) || !matches!(state.overlay, Overlay::None) {
        return Vec::new();
    }
    match next {
        Some((row, name)) => super::read_mention(state, &row, name, forward),
        None => {
            travel::around(state, forward);
            Vec::new()
        }
    }
}

fn next_unread(state: &mut State, ticket: Ticket, at: Option<(usize, StoredRow)>) -> Vec<Effect> {
    let Some(shelf) = state.view.shelf.as_mut().filter(|s| s.list.shown == ticket) else { return Vec::new() };
    match at {
        Some((at, row)) if matches!(state.overlay, Overlay::None) => {
            let total = shelf.list.window.total();
            shelf.list.cursor.select(at, total);
            read(state, row)
        }
        Some(_) => Vec::new(),
        None => {
            state.notice = Some(Notice::new(tr!("All of this list is read")));
            Vec::new()
        }
    }
}

/// A decision was made: the page that it was made on shows what follows from it.
fn decided(state: &mut State, id: i64, words: &str) -> Vec<Effect> {
    if let Some(shelf) = &mut state.view.shelf {
        marks::decided(shelf, id);
    }
    let key = state.keys_of(Action::Undo);
    state.notice = Some(Notice::new(words).hint(tr!("{key} takes it back", key)));
    page::reload(state)
}

/// Articles were marked, or marks taken back. Tags that were read in the meantime are those of before.
fn marked(state: &mut State, ticket: Ticket, count: usize, undone: bool) -> Vec<Effect> {
    let articles = trn!(count, "{n} article", "{n} articles");
    if undone {
        state.notice = Some(Notice::new(marks::taken_back(state, ticket, &articles)));
    } else if count > 1 {
        let key = state.keys_of(Action::Undo);
        state.notice = Some(Notice::new(tr!("{articles} marked", articles)).hint(tr!("{key} takes it back", key)));
    }
    if undone || marks::is_tag(state, ticket) { lines::ask_tags(state) } else { Vec::new() }
}

/// What was said about an article in an earlier session holds in this one.
fn remember(state: &mut State, id: ArticleId, corrections: Arc<[Correction]>, day: Option<Option<Date>>) {
    let Some(entry) = state.library.entry_mut(id) else { return };
    entry.corrections = corrections;
    if let Some(day) = day {
        entry.given = Given::from(day);
    }
}
