//! A line that is typed for the library: a tag, an address, a name.

use super::ask::{Ask, Program, Shelved, StoredMark};
use super::holdings::FeedChoice;
use super::row::StoredKey;
use super::{Decision, Over, Within, begin, marks};
use crate::app::effect::Effect;
use crate::app::input::Input;
use crate::app::page::{self, PageOf};
use crate::app::state::{Overlay, State};
use crate::config::{Key, KeyCode};
use crate::locale::tr;
use crate::notice::Notice;
use crate::text::fold;

/// A line to type in.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it is for.
    pub asks: Asks,
    /// What is typed.
    pub input: Input,
    /// The tags that the article has.
    pub has: Vec<String>,
    /// The tags in use.
    pub known: Vec<String>,
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
            Self::Tag(_) => tr!("words, -word takes one away, Tab completes"),
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
        Self { asks, input: Input::default(), has: Vec::new(), known: Vec::new() }
    }

    /// Completes the tag before the cursor: with the first in use that begins so, behind a minus with the first that the article has.
    fn complete(&mut self) {
        let before = self.input.before();
        let word = before.split(parts_tags).next_back().unwrap_or_default();
        let (sign, typed) = word.strip_prefix('-').map_or(("", word.trim_start_matches('#')), |typed| ("-", typed));
        if word.is_empty() {
            return;
        }
        let (away, typed) = (sign == "-", fold(typed));
        let among = if away { &self.has } else { &self.known };
        let fits = among.iter().find(|tag| fold(tag).starts_with(&typed) && (away || !self.has.contains(tag)));
        let Some(tag) = fits else { return };
        let head = format!("{}{sign}{tag} ", before.strip_suffix(word).unwrap_or_default());
        let tail = self.input.text().get(before.len()..).unwrap_or_default().to_owned();
        self.input = Input::new(head);
        self.input.put_after(&tail);
    }
}

/// True for what stands between two tags.
fn parts_tags(c: char) -> bool {
    c.is_whitespace() || c == ','
}

pub(super) fn press(state: &mut State, key: Key) -> Vec<Effect> {
    let Overlay::Shelf(Over::Line(line)) = &mut state.overlay else { return Vec::new() };
    match key.code {
        KeyCode::Esc => page::uncover(state),
        KeyCode::Backspace if line.input.text().is_empty() => page::uncover(state),
        KeyCode::Enter => {
            let Line { asks, input, .. } = line.clone();
            page::uncover(state);
            return accept(state, asks, input.text().trim());
        }
        KeyCode::Tab => line.complete(),
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

/// Gives the article tags, and takes those away that stand behind a minus; of a tag that is there twice the last word counts.
fn tags(state: &mut State, key: StoredKey, text: &str) -> Vec<Effect> {
    let (mut given, mut taken) = (Vec::<String>::new(), Vec::<String>::new());
    for word in text.split(parts_tags) {
        let (tag, list, other) = match word.strip_prefix('-') {
            Some(tag) => (tag, &mut taken, &mut given),
            None => (word.trim_start_matches('#'), &mut given, &mut taken),
        };
        other.retain(|t| t != tag);
        if !tag.is_empty() && !list.iter().any(|t| t == tag) {
            list.push(tag.to_owned());
        }
    }
    let mut effects = Vec::new();
    let asked = given.iter().cloned().map(StoredMark::Tag).chain(taken.iter().cloned().map(StoredMark::Untag));
    for mark in asked {
        effects.extend(marks::mark(state, key, mark));
    }
    if let Some(id) = state.library.stored(key)
        && let Some(entry) = state.library.entry_mut(id)
    {
        entry.tags.retain(|tag| !taken.contains(tag));
        entry.tags.extend(given.iter().cloned());
        entry.tags.sort();
        entry.tags.dedup();
    }
    let said = match (given.join(" "), taken.join(" ")) {
        (text, gone) if gone.is_empty() => tr!("Tagged: {text}", text),
        (text, gone) if text.is_empty() => tr!("No longer tagged: {gone}", gone),
        (text, gone) => tr!("Tagged: {text}; no longer: {gone}", text, gone),
    };
    state.notice = (!effects.is_empty()).then(|| Notice::new(said));
    effects
}

/// The tags of an article have come: for the line in which they are changed, and for its head.
pub(super) fn tagged(state: &mut State, key: StoredKey, has: Vec<String>, known: Vec<String>) {
    if let Overlay::Shelf(Over::Line(line)) = &mut state.overlay
        && line.asks == Asks::Tag(key)
    {
        line.has.clone_from(&has);
        if !known.is_empty() {
            line.known = known;
        }
    }
    if let Some(id) = state.library.stored(key)
        && let Some(entry) = state.library.entry_mut(id)
    {
        entry.tags = has;
    }
}

/// Asks for the tags of the article that is being tagged, or is on the screen: what changed them was done, taken back, or refused.
pub(super) fn ask_tags(state: &State) -> Vec<Effect> {
    let article = match &state.overlay {
        Overlay::Shelf(Over::Line(Line { asks: Asks::Tag(key), .. })) => Some(*key),
        _ => super::on_screen(state),
    };
    article.map(|key| Effect::Shelf(Ask::Tags(key))).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_completed_from_those_in_use_and_behind_a_minus_from_those_of_the_article() {
        let words = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        let (has, known) = (words(&["war"]), words(&["later", "latin", "war", "warsaw"]));
        let completed = |text: &str| {
            let input = Input::new(text.to_owned());
            let mut line = Line { input, has: has.clone(), known: known.clone(), ..Line::new(Asks::Add) };
            line.complete();
            line.input.text().to_owned()
        };
        assert_eq!(completed("LAT"), "later ");
        assert_eq!(completed("red, #lati"), "red, latin ");
        // What the article has is not given again.
        assert_eq!(completed("wa"), "warsaw ");
        assert_eq!(completed("-w"), "-war ");
        for nothing in ["", "red ", "x", "-l"] {
            assert_eq!(completed(nothing), nothing);
        }
    }
}
