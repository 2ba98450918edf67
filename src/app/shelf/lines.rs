//! A line that is typed for the library: a tag, an address, a name.

use super::ask::{Ask, FeedChoice, Program, Shelved, StoredMark};
use super::row::StoredKey;
use super::{Decision, Over, Within, begin, marks};
use crate::app::effect::Effect;
use crate::app::input::Input;
use crate::app::page::{self, PageOf};
use crate::app::state::{Overlay, State};
use crate::config::{Key, KeyCode};
use crate::locale::tr;
use crate::notice::Notice;

/// A line to type in.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it is for.
    pub asks: Asks,
    /// What is typed.
    pub input: Input,
}

/// What a line is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asks {
    /// Tags for an article; those with a minus are taken away.
    Tag(StoredKey),
    /// A feed or folder to add.
    Add,
    /// A list of feeds in OPML.
    Opml,
    /// A name for this query.
    Name(String),
    /// With whom the page's entity is one.
    Same(PageOf),
    /// What the page's entity is called.
    Called(PageOf),
    /// Who the page's entity is in some articles.
    Apart(PageOf, Within),
}

impl Asks {
    /// What stands before the line.
    #[must_use]
    pub fn sign(&self) -> &'static str {
        match self {
            Self::Tag(_) => tr!("Tag: "),
            Self::Add => tr!("Add: "),
            Self::Opml => "OPML: ",
            Self::Name(_) => tr!("Name of the search: "),
            Self::Same(_) => tr!("Is the same as: "),
            Self::Called(_) => tr!("Is called: "),
            Self::Apart(..) => tr!("Is somebody else there: "),
        }
    }

    /// What to type, in a few words.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Tag(_) => tr!("words, -word takes one away"),
            Self::Add => tr!("the address of a feed or page, or a folder"),
            Self::Opml => tr!("the list’s file"),
            Self::Name(_) => tr!("an existing name is replaced"),
            Self::Same(_) => tr!("words of a name, or #number"),
            Self::Called(_) => tr!("the name on all pages and lists"),
            Self::Apart(..) => tr!("what tells the two apart: the footballer"),
        }
    }
}

impl Line {
    /// An empty line.
    #[must_use]
    pub fn new(asks: Asks) -> Self {
        Self { asks, input: Input::default() }
    }
}

pub(super) fn press(state: &mut State, key: Key) -> Vec<Effect> {
    let Overlay::Shelf(Over::Line(line)) = &mut state.overlay else { return Vec::new() };
    match key.code {
        KeyCode::Esc => page::uncover(state),
        KeyCode::Backspace if line.input.text().is_empty() => page::uncover(state),
        KeyCode::Enter => {
            let Line { asks, input } = line.clone();
            page::uncover(state);
            return accept(state, asks, input.text().trim());
        }
        _ => drop(line.input.press(key)),
    }
    Vec::new()
}

fn accept(state: &mut State, asks: Asks, text: &str) -> Vec<Effect> {
    if text.is_empty() {
        return Vec::new();
    }
    match asks {
        Asks::Tag(key) => tags(state, key, text),
        Asks::Add => {
            // A feed that is added while a folder is looked at goes there.
            let folder = state.view.shelf.as_ref().and_then(|s| match &s.tree.selected()?.of {
                Shelved::Folder(path) => Some(path.to_string()),
                of => s.tree.feed_of(of).map(|f| f.choice.folder.clone()),
            });
            let mut effects = begin::begin(state);
            if let Some(shelf) = &mut state.view.shelf {
                shelf.refreshing.get_or_insert_default();
            }
            state.notice = Some(Notice::new(tr!("Adding {text}…", text)));
            let choice = FeedChoice { folder: folder.unwrap_or_default(), ..FeedChoice::default() };
            effects.push(Effect::Shelf(Ask::Add { what: text.to_owned(), choice }));
            effects
        }
        Asks::Opml => begin::take_over(state, Program::Opml, Some(text.to_owned())),
        Asks::Name(query) => {
            state.notice = Some(Notice::new(tr!("Saved as {text}", text)));
            vec![Effect::Shelf(Ask::Save { name: text.to_owned(), query: Some(query) })]
        }
        Asks::Same(of) => vec![Effect::Shelf(Ask::Candidates(of, text.to_owned()))],
        Asks::Called(of) => vec![Effect::Shelf(Ask::Decide(Decision::Rename(of, text.to_owned())))],
        Asks::Apart(of, within) => {
            state.view.pages.told_apart(of.clone(), text);
            vec![Effect::Shelf(Ask::Decide(Decision::Part(of, within, text.to_owned())))]
        }
    }
}

fn tags(state: &mut State, key: StoredKey, text: &str) -> Vec<Effect> {
    let mut effects = Vec::new();
    for word in text.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty()) {
        let mark = match word.strip_prefix('-') {
            Some(tag) => StoredMark::Untag(tag.to_owned()),
            None => StoredMark::Tag(word.trim_start_matches('#').to_owned()),
        };
        effects.extend(marks::mark(state, key, mark));
    }
    state.notice = Some(Notice::new(tr!("Tagged: {text}", text)));
    effects
}
