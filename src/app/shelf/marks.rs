//! What the reader does with articles, and takes back: one history for marks, corrections and choices.

use super::ask::{Ask, StoredMark, Which};
use super::holdings::{FeedChoice, FeedId};
use super::lines::{Asks, Line};
use super::row::StoredKey;
use super::{Level, Over, Shelf, on_screen};
use crate::app::action::Action;
use crate::app::effect::{Effect, Origin, Ticket};
use crate::app::library::ArticleId;
use crate::app::state::{Overlay, Pane, State};
use crate::article::Correction;
use crate::config::ShareRead;
use crate::locale::tr;
use crate::notice::Notice;
use jiff::civil::Date;

/// Things that can be taken back.
const MAX: usize = 500;

/// Something that was done and can be taken back.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Done {
    /// Articles were marked, under this number and so.
    Marked(Ticket, StoredMark),
    /// Something was put right in an article.
    Corrected(ArticleId),
    /// Something was chosen for a feed; before it was this.
    Chose(FeedId, FeedChoice),
    /// A feed went, under this number.
    Removed(Ticket),
    /// A saved search went: its name and query.
    Forgot(String, String),
    /// Who is who was decided, under this number.
    Decided(i64),
}

impl Shelf {
    fn did(&mut self, done: Done) {
        if self.history.len() == MAX {
            self.history.remove(0);
        }
        self.history.push(done);
    }

    /// What was asked to be taken back under a number, which is answered now.
    fn undone(&mut self, ticket: Ticket) -> Option<Done> {
        let at = self.undoing.iter().position(|done| done.has(ticket))?;
        Some(self.undoing.remove(at))
    }
}

impl Done {
    /// True for what was done under this number.
    fn has(&self, ticket: Ticket) -> bool {
        matches!(self, Self::Marked(of, _) | Self::Removed(of) if *of == ticket)
    }
}

/// Remembers a decision, so that it can be taken back.
pub(super) fn decided(shelf: &mut Shelf, id: i64) {
    shelf.did(Done::Decided(id));
}

/// The article that a mark is for: the selected one in the list, none in the tree, elsewhere the one on the screen.
fn target(state: &State) -> Option<(StoredKey, bool, bool)> {
    let shelf = state.view.shelf.as_ref()?;
    let row = if state.focus == Pane::Articles {
        shelf.list.chosen().filter(|_| shelf.level == Level::List)
    } else {
        let key = on_screen(state)?;
        let held = shelf.list.window.position(key).and_then(|n| shelf.list.window.row(n));
        held.or(shelf.reading.as_ref().filter(|r| r.key == key))
    };
    row.map(|r| (r.key, r.read, r.starred))
}

/// Marks of one article.
pub(super) fn act(state: &mut State, action: Action) -> Option<Vec<Effect>> {
    let Some((key, read, starred)) = target(state) else {
        state.notice = Some(Notice::new(tr!("No article is chosen")));
        return Some(Vec::new());
    };
    let step = state.focus == Pane::Articles && action == Action::ToggleRead;
    let effects = match action {
        Action::ToggleRead => mark(state, key, StoredMark::Read(!read)),
        Action::ToggleStar => mark(state, key, StoredMark::Starred(!starred)),
        Action::Tag => {
            state.overlay = Overlay::Shelf(Over::Line(Line::new(Asks::Tag(key))));
            vec![Effect::Shelf(Ask::Tags(key))]
        }
        _ => return None,
    };
    if step && let Some(shelf) = &mut state.view.shelf {
        // As in mail: what has been dealt with lies behind.
        let total = shelf.list.window.total();
        shelf.list.cursor.step(1, total);
    }
    Some(effects)
}

/// Marks an article; the screen shows it at once.
pub(super) fn mark(state: &mut State, key: StoredKey, mark: StoredMark) -> Vec<Effect> {
    let ticket = state.next_ticket();
    let Some(shelf) = &mut state.view.shelf else { return Vec::new() };
    let held = shelf.list.window.of(key).into_iter().chain(shelf.reading.as_mut().filter(|r| r.key == key));
    for row in held {
        match mark {
            StoredMark::Read(on) => row.read = on,
            StoredMark::Starred(on) => row.starred = on,
            StoredMark::Tag(_) | StoredMark::Untag(_) => {}
        }
    }
    shelf.did(Done::Marked(ticket, mark.clone()));
    let share = state.config.settings.shelf.share_read;
    let which = if share != ShareRead::Own && mark == StoredMark::Read(true) { Which::Shared(key, share) } else { Which::One(key) };
    vec![Effect::Shelf(Ask::Mark { ticket, which, mark })]
}

/// Marks many articles of the list as read.
pub(super) fn many(state: &mut State, action: Action) -> Vec<Effect> {
    let Some(shelf) = &state.view.shelf else { return Vec::new() };
    if shelf.list.is_coming() {
        state.notice = Some(Notice::new(tr!("The list is still on its way")).hint(tr!("nothing was marked")));
        return Vec::new();
    }
    let (at, total) = (shelf.list.cursor.selected, shelf.list.window.total());
    match action {
        Action::MarkAboveRead => rows(state, Which::Rows(0, at)),
        Action::MarkBelowRead => rows(state, Which::Rows((at + 1).min(total), total)),
        _ => rows(state, Which::Rows(0, total)),
    }
}

/// Marks what is older than so many days as read.
pub(super) fn older(state: &mut State, days: u32) -> Vec<Effect> {
    rows(state, Which::Older(days))
}

fn rows(state: &mut State, which: Which) -> Vec<Effect> {
    let ticket = state.next_ticket();
    if let Some(shelf) = &mut state.view.shelf {
        shelf.did(Done::Marked(ticket, StoredMark::Read(true)));
    }
    vec![Effect::Shelf(Ask::Mark { ticket, which, mark: StoredMark::Read(true) })]
}

/// Keeps what the reader chose for a feed.
pub(super) fn choose(state: &mut State, feed: FeedId, choice: FeedChoice) -> Vec<Effect> {
    let Some(shelf) = &mut state.view.shelf else { return Vec::new() };
    let Some(before) = shelf.tree.holdings.feeds.iter().find(|f| f.id == feed).map(|f| f.choice.clone()) else { return Vec::new() };
    if before == choice {
        return Vec::new();
    }
    shelf.did(Done::Chose(feed, before));
    vec![Effect::Shelf(Ask::Choose { feed, choice })]
}

/// Takes a feed out.
pub(super) fn remove(state: &mut State, feed: FeedId, keep: bool) -> Vec<Effect> {
    let ticket = state.next_ticket();
    if let Some(shelf) = &mut state.view.shelf {
        shelf.did(Done::Removed(ticket));
    }
    vec![Effect::Shelf(Ask::Remove { ticket, feed, keep })]
}

/// Forgets a saved search.
pub(super) fn forget_search(state: &mut State, name: &str, query: &str) -> Vec<Effect> {
    let key = state.keys_of(Action::Undo);
    if let Some(shelf) = &mut state.view.shelf {
        shelf.did(Done::Forgot(name.to_owned(), query.to_owned()));
    }
    state.notice = Some(Notice::new(tr!("The search {name} is gone", name)).hint(tr!("{key} brings it back", key)));
    vec![Effect::Shelf(Ask::Save { name: name.to_owned(), query: None })]
}

/// Takes back the last thing that was done; `None` where nothing was done since the program began.
pub(crate) fn undo(state: &mut State) -> Option<Vec<Effect>> {
    let done = state.view.shelf.as_mut()?.history.pop()?;
    Some(match done {
        Done::Marked(ticket, _) | Done::Removed(ticket) => {
            if let Some(shelf) = &mut state.view.shelf {
                shelf.undoing.push(done);
            }
            vec![Effect::Shelf(Ask::Undo(ticket))]
        }
        Done::Corrected(id) => crate::app::correct::undo_in(state, id),
        Done::Chose(feed, choice) => {
            state.notice = Some(Notice::new(tr!("Undone: the feed is as it was")));
            vec![Effect::Shelf(Ask::Choose { feed, choice })]
        }
        Done::Decided(id) => vec![Effect::Shelf(Ask::Undecide(id, true))],
        Done::Forgot(name, query) => {
            state.notice = Some(Notice::new(tr!("Undone: the search {name} is back", name)));
            vec![Effect::Shelf(Ask::Save { name, query: Some(query) })]
        }
    })
}

/// True where this number gave a tag or took one away.
pub(super) fn is_tag(state: &State, ticket: Ticket) -> bool {
    let tags = |done: &Done| matches!(done, Done::Marked(t, StoredMark::Tag(_) | StoredMark::Untag(_)) if *t == ticket);
    state.view.shelf.as_ref().is_some_and(|s| s.history.iter().any(tags))
}

/// What is so again after marks were taken back, in words.
pub(super) fn taken_back(state: &mut State, ticket: Ticket, articles: &str) -> String {
    let undoing = state.view.shelf.as_mut().and_then(|shelf| shelf.undone(ticket));
    let Some(Done::Marked(_, mark)) = undoing else { return tr!("Undone, {articles}", articles) };
    match mark {
        StoredMark::Read(true) => tr!("Undone: {articles} unread again", articles),
        StoredMark::Read(false) => tr!("Undone: {articles} read again", articles),
        StoredMark::Starred(true) => tr!("Undone: {articles} without the star again", articles),
        StoredMark::Starred(false) => tr!("Undone: {articles} starred again", articles),
        StoredMark::Tag(tag) => tr!("Undone: {articles} no longer tagged {tag}", articles, tag),
        StoredMark::Untag(tag) => tr!("Undone: {articles} tagged {tag} again", articles, tag),
    }
}

/// What was refused was not done, and cannot be taken back; what could not be taken back can be tried again.
pub(super) fn refused(state: &mut State, ticket: Ticket) {
    let Some(shelf) = &mut state.view.shelf else { return };
    match shelf.undone(ticket) {
        Some(done) => shelf.did(done),
        None => shelf.history.retain(|done| !done.has(ticket)),
    }
}

/// What the reader has put right in a stored article is kept; `made` where it is new and can be taken back.
pub(crate) fn corrected(state: &mut State, id: ArticleId, before: &[Correction], made: bool) -> Vec<Effect> {
    let Some(entry) = state.library.entry(id) else { return Vec::new() };
    let Origin::Stored(key) = entry.origin else { return Vec::new() };
    let hold = before.iter().zip(entry.corrections.iter()).take_while(|(a, b)| a == b).count();
    let more = entry.corrections[hold..].to_vec();
    if let Some(shelf) = state.view.shelf.as_mut().filter(|_| made) {
        shelf.did(Done::Corrected(id));
    }
    vec![Effect::Shelf(Ask::Correct { key, hold, more })]
}

/// What the reader has said about the day of a stored article is kept.
pub(crate) fn redated(state: &State, id: ArticleId, day: Option<Date>) -> Vec<Effect> {
    let stored = state.library.entry(id).and_then(|e| if let Origin::Stored(key) = e.origin { Some(key) } else { None });
    stored.map(|key| Effect::Shelf(Ask::Redate { key, day })).into_iter().collect()
}
