//! The card of a feed: what is known of it, and what the reader chose for it, line by line to be changed.

use super::holdings::{FeedChoice, FeedId, FeedLine, FullText};
use super::{Over, marks};
use crate::app::effect::Effect;
use crate::app::input::Input;
use crate::app::state::{Overlay, State};
use crate::config::{Key, KeyCode};
use crate::locale::{tr, trn};
use crate::notice::Notice;

/// A card on the screen.
#[derive(Clone, Debug)]
pub struct FeedCard {
    /// Whose it is.
    pub feed: FeedId,
    /// The selected line.
    pub selected: usize,
    /// What is being typed into it.
    pub edit: Option<Input>,
}

/// A line that can be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardLine {
    /// The reader's name for it.
    Name,
    /// Its folder.
    Folder,
    /// Its tags.
    Tags,
    /// When the full text is fetched.
    FullText,
    /// How long articles are kept.
    Keep,
}

impl CardLine {
    /// All lines, in their order.
    pub const ALL: [Self; 5] = [Self::Name, Self::Folder, Self::Tags, Self::FullText, Self::Keep];

    /// What stands before it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Name => tr!("Name"),
            Self::Folder => tr!("Folder"),
            Self::Tags => tr!("Tags"),
            Self::FullText => tr!("Full text"),
            Self::Keep => tr!("Kept for"),
        }
    }

    /// What it holds, in words.
    #[must_use]
    pub fn value(self, feed: &FeedLine) -> String {
        let choice = &feed.choice;
        match self {
            Self::Name => feed.shown.clone(),
            Self::Folder if choice.folder.is_empty() => tr!("none").to_owned(),
            Self::Tags if choice.tags.is_empty() => tr!("none").to_owned(),
            Self::Folder => choice.folder.clone(),
            Self::Tags => choice.tags.join(" "),
            Self::FullText => match choice.full_text {
                FullText::Auto => tr!("fetched where the feed holds too little"),
                FullText::OnDemand => tr!("when asked for"),
                FullText::Never => tr!("never"),
            }
            .to_owned(),
            Self::Keep => choice.keep_days.map_or_else(|| tr!("ever").to_owned(), |n| trn!(n, "{n} day", "{n} days")),
        }
    }

    /// What is typed over.
    fn typed(self, choice: &FeedChoice) -> String {
        match self {
            Self::Name => choice.name.clone(),
            Self::Folder => choice.folder.clone(),
            Self::Tags => choice.tags.join(" "),
            Self::FullText => String::new(),
            Self::Keep => choice.keep_days.map(|n| n.to_string()).unwrap_or_default(),
        }
    }

    /// The choice with what was typed; `None` where that has no meaning.
    fn put(self, choice: &FeedChoice, text: &str) -> Option<FeedChoice> {
        let mut choice = choice.clone();
        match self {
            Self::Name => choice.name = text.to_owned(),
            Self::Folder => choice.folder = text.trim_matches('/').to_owned(),
            Self::Tags => {
                choice.tags = text.split(|c: char| c.is_whitespace() || c == ',').filter(|t| !t.is_empty()).map(str::to_owned).collect();
                choice.tags.sort();
                choice.tags.dedup();
            }
            Self::FullText => {}
            Self::Keep if text.is_empty() => choice.keep_days = None,
            Self::Keep => choice.keep_days = Some(text.trim_end_matches(" days").parse().ok().filter(|n| *n > 0)?),
        }
        Some(choice)
    }
}

impl FeedCard {
    /// The card of a feed.
    #[must_use]
    pub fn new(feed: FeedId) -> Self {
        Self { feed, selected: 0, edit: None }
    }
}

pub(super) fn press(state: &mut State, key: Key) -> Vec<Effect> {
    let Overlay::Shelf(Over::Card(card)) = &mut state.overlay else { return Vec::new() };
    let last = CardLine::ALL.len() - 1;
    if let Some(edit) = &mut card.edit {
        match key.code {
            KeyCode::Esc => card.edit = None,
            KeyCode::Enter => {
                let text = edit.text().trim().to_owned();
                return accept(state, &text);
            }
            _ => drop(edit.press(key)),
        }
        return Vec::new();
    }
    match key.code {
        KeyCode::Down | KeyCode::Char('j') | KeyCode::Tab => card.selected = (card.selected + 1).min(last),
        KeyCode::Up | KeyCode::Char('k') => card.selected = card.selected.saturating_sub(1),
        KeyCode::Enter | KeyCode::Char('l' | ' ') => return change(state),
        _ => state.overlay = Overlay::None,
    }
    Vec::new()
}

/// The feed of the card with its selected line.
fn of(state: &State) -> Option<(CardLine, FeedLine)> {
    let Overlay::Shelf(Over::Card(card)) = &state.overlay else { return None };
    let feed = state.view.shelf.as_ref()?.tree.holdings.feeds.iter().find(|f| f.id == card.feed)?;
    Some((*CardLine::ALL.get(card.selected)?, feed.clone()))
}

/// Begins to type into the selected line; one that has only a few values takes the next of them.
fn change(state: &mut State) -> Vec<Effect> {
    let Some((line, feed)) = of(state) else { return Vec::new() };
    if line == CardLine::FullText {
        let full_text = match feed.choice.full_text {
            FullText::Auto => FullText::OnDemand,
            FullText::OnDemand => FullText::Never,
            FullText::Never => FullText::Auto,
        };
        return marks::choose(state, feed.id, FeedChoice { full_text, ..feed.choice });
    }
    if let Overlay::Shelf(Over::Card(card)) = &mut state.overlay {
        card.edit = Some(Input::new(line.typed(&feed.choice)));
    }
    Vec::new()
}

fn accept(state: &mut State, text: &str) -> Vec<Effect> {
    let Some((line, feed)) = of(state) else { return Vec::new() };
    let Some(choice) = line.put(&feed.choice, text) else {
        state.notice = Some(Notice::new(tr!("That is no number of days")).hint(tr!("empty keeps articles for ever")));
        return Vec::new();
    };
    if let Overlay::Shelf(Over::Card(card)) = &mut state.overlay {
        card.edit = None;
    }
    marks::choose(state, feed.id, choice)
}
