//! The palette: anything, by a few of its letters.

use super::action::{ACTIONS, Action};
use super::effect::Ticket;
use super::input::Input;
use super::library::{ArticleId, NameId};
use super::lists::Cursor;
use super::shelf::{FeedId, Program};
use super::state::State;
use crate::article::{EntityId, Kind, LinkKind, PlaceId};
use crate::config::Key;
use crate::locale::{tr, trn};
use crate::text::fold;
use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use std::sync::Arc;

/// Results that are kept.
const MAX_RESULTS: usize = 200;

/// The longest name of a line, in bytes; what is longer is a sentence.
const CALLED: usize = 80;

/// What a line of the palette leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaletteTarget {
    /// An article.
    Article(ArticleId),
    /// A name, at its first mention.
    Name(NameId, Kind),
    /// An event of the open article.
    Moment(u32),
    /// A place that a name of the open article means; none for one that the gazetteer lacks.
    Place(EntityId, Option<PlaceId>),
    /// A link of the open article, by its number, and what it leads to.
    Link(u32, LinkKind),
    /// A command.
    Command(Action),
    /// A macro or command of the reader's own: its number in the keymap.
    Own(u16),
    /// A theme: its number in the configuration.
    Theme(u16),
    /// Two entities of the open article made one.
    Merge {
        /// The one that is taken in.
        from: EntityId,
        /// The one that stays.
        into: EntityId,
        /// What the one that stays is.
        kind: Kind,
        /// True where the reader has been asked whether a person and something else can be one.
        sure: bool,
    },
    /// Something in the library.
    Shelf(ShelfTarget),
}

/// What a line of the palette leads to in the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShelfTarget {
    /// The articles of a feed.
    Feed(FeedId),
    /// A saved search, by its index.
    Search(u32),
    /// A feed removed; `true` where its articles stay.
    Remove(FeedId, bool),
    /// What is older than so many days marked read.
    Older(u32),
    /// The entity with which the page's is one, by its number.
    Same(i64),
    /// A view written as this.
    Export(super::shelf::ViewFormat),
    /// What a program holds, taken over.
    Import(Program),
    /// What is typed, asked of the library.
    Ask,
}

/// A line of the palette.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaletteItem {
    /// What is shown and searched.
    pub text: Arc<str>,
    /// What stands behind it, dimmed.
    pub note: Arc<str>,
    /// Where it leads.
    pub target: PaletteTarget,
}

/// The palette on the screen.
#[derive(Clone, Debug)]
pub struct Palette {
    /// What is being typed.
    pub input: Input,
    /// Everything that can be found.
    pub items: Arc<[PaletteItem]>,
    /// What fits, best first, as indices into the items.
    pub order: Vec<u32>,
    /// The selected line.
    pub cursor: Cursor,
    /// The newest request.
    pub ticket: Ticket,
    /// True while the newest request is unanswered.
    pub waiting: bool,
    /// Keys typed after an Enter that still waits for the newest answer.
    pub held: Option<Vec<Key>>,
}

impl Palette {
    /// A palette in which nothing has been typed yet.
    pub(super) fn new(items: Arc<[PaletteItem]>, ticket: Ticket) -> Self {
        let order = rank("", &items);
        Self { input: Input::default(), items, order, cursor: Cursor::default(), ticket, waiting: false, held: None }
    }
}

/// Everything that can be found now: the open article's moments, articles, names and commands.
pub(super) fn items(state: &State) -> Arc<[PaletteItem]> {
    let item = |text: &str, note: String, target| PaletteItem { text: text.into(), note: note.into(), target };
    let mut items = Vec::new();
    // An article of an earlier visit has no title before it is opened again.
    for (id, entry) in (0..).map(ArticleId).zip(state.library.entries()).filter(|(_, entry)| !entry.title.is_empty()) {
        let note = entry.published.map(|d| d.to_string()).unwrap_or_default();
        items.push(item(&entry.title, note, PaletteTarget::Article(id)));
    }
    for (id, kind, shown, articles) in state.library.names() {
        // Only the library itself knows in how many of its articles a name is.
        let note = if state.view.shelf.is_some() {
            trn!(articles, "{n} opened article", "{n} opened articles")
        } else {
            trn!(articles, "{n} article", "{n} articles")
        };
        items.push(item(shown, note, PaletteTarget::Name(id, kind)));
    }
    if let Some(shelf) = &state.view.shelf {
        let holdings = &shelf.tree.holdings;
        for (n, search) in (0..).zip(&holdings.searches) {
            items.push(item(&search.name, search.query.clone(), PaletteTarget::Shelf(ShelfTarget::Search(n))));
        }
        for feed in &holdings.feeds {
            items.push(item(&feed.shown, feed.choice.folder.clone(), PaletteTarget::Shelf(ShelfTarget::Feed(feed.id))));
        }
    }
    if let Some(open) = &state.open {
        for moment in open.timeline.dated().iter().chain(open.timeline.loose()) {
            if let Some(event) = open.document.found.events.get(moment.source as usize) {
                let when = event.interval.map(|i| super::dates::when(i, open.document.article.published)).unwrap_or_default();
                items.push(item(event.span.of(&open.document.article.text), when, PaletteTarget::Moment(moment.source)));
            }
        }
    }
    for row in ACTIONS {
        let keys = state.keys_of(row.action);
        items.push(item(&format!("{}: {}", row.name, row.help()), keys, PaletteTarget::Command(row.action)));
    }
    for (n, own) in (0..).zip(state.config.keymap.own()) {
        items.push(item(&format!("{}: {}", own.name, own.help()), state.keys_named(&own.name), PaletteTarget::Own(n)));
    }
    for (n, theme) in (0..).zip(&state.config.themes) {
        let note = if theme.dark { tr!("for dark backgrounds") } else { tr!("for light backgrounds") };
        items.push(item(&tr!("theme: {name}", name = theme.name), note.to_owned(), PaletteTarget::Theme(n)));
    }
    if state.view.shelf.is_some() {
        items.push(item(tr!("Ask the whole library for this"), state.keys_of(Action::Query), PaletteTarget::Shelf(ShelfTarget::Ask)));
    }
    items.into()
}

/// The items that fit `query`, best first. An empty query keeps the order of the items.
///
/// Every word of the query has to stand in the item, whatever the case and the accents; only where no item fits in this way do letters count that
/// are scattered in order. What asks the library for the query stands last, and is no answer to nothing.
#[must_use]
pub fn rank(query: &str, items: &[PaletteItem]) -> Vec<u32> {
    let asks = items.last().is_some_and(|i| i.target == PaletteTarget::Shelf(ShelfTarget::Ask));
    let (items, last) = items.split_at(items.len() - usize::from(asks));
    if query.trim().is_empty() {
        return (0..).take(items.len().min(MAX_RESULTS)).collect();
    }
    let whole = whole_words(query, items);
    let order = if whole.is_empty() { scattered(query, items) } else { whole };
    let asked = last.iter().filter_map(|_| u32::try_from(items.len()).ok());
    order.into_iter().take(MAX_RESULTS - last.len()).chain(asked).collect()
}

/// Items that hold every word of the query: those that begin with it first, then those in which more of its words begin a word, then the shorter.
fn whole_words(query: &str, items: &[PaletteItem]) -> Vec<u32> {
    let query = fold(query.trim());
    let words: Vec<&str> = query.split_whitespace().collect();
    let fits = |(n, item): (u32, &PaletteItem)| {
        let text = fold(&item.text);
        let mut begun = 0;
        for word in &words {
            let mut places = text.match_indices(word).peekable();
            places.peek()?;
            begun += usize::from(places.any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric)));
        }
        Some(((!text.starts_with(&query), words.len() - begun, text.len()), n))
    };
    let mut found: Vec<_> = (0..).zip(items).filter_map(fits).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, n)| n).collect()
}

/// What an item is called: letters scattered over whole sentences mean nothing.
fn called(item: &PaletteItem) -> Option<&str> {
    let name = match item.target {
        PaletteTarget::Moment(_) => return None,
        PaletteTarget::Command(_) | PaletteTarget::Own(_) => item.text.split(':').next().unwrap_or(""),
        _ => &item.text,
    };
    (name.len() <= CALLED).then_some(name)
}

fn scattered(query: &str, items: &[PaletteItem]) -> Vec<u32> {
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::new(query, CaseMatching::Smart, Normalization::Smart, AtomKind::Fuzzy);
    let mut buffer = Vec::new();
    let mut scored: Vec<(u32, u32)> = (0..)
        .zip(items)
        .filter_map(|(n, item)| Some((pattern.score(Utf32Str::new(called(item)?, &mut buffer), &mut matcher)?, n)))
        .collect();
    scored.sort_by_key(|(score, n)| (std::cmp::Reverse(*score), *n));
    scored.into_iter().map(|(_, n)| n).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(query: &str, texts: &[&str]) -> Vec<String> {
        let items: Vec<PaletteItem> = texts
            .iter()
            .map(|t| PaletteItem { text: (*t).into(), note: "".into(), target: PaletteTarget::Command(Action::Quit) })
            .collect();
        rank(query, &items).into_iter().map(|n| items[n as usize].text.to_string()).collect()
    }

    #[test]
    fn letters_in_order_accents_folded_best_first() {
        let texts = ["Juan Guaidó", "Guatemala", "A long guide to Aden and Idaho", "Berlin", "quit: Leave", "Not to quit: ever"];
        assert_eq!(find("guaido", &texts), ["Juan Guaidó"]);
        assert_eq!(find("juan gu", &texts), ["Juan Guaidó"]);
        assert_eq!(find("berl", &texts), ["Berlin"]);
        assert_eq!(find("quit", &texts), ["quit: Leave", "Not to quit: ever"]);
        assert_eq!(find("gtml", &texts), ["Guatemala"]);
        assert_eq!(find("", &texts).len(), 6);
        assert!(find("xyz", &texts).is_empty());
    }
}
