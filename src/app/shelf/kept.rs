//! What a session over the library leaves for the next one: the list that was chosen, and the article that was open.

use super::ask::{FeedId, Shelved};
use super::row::{Copies, StoredKey, StoredRow};
use super::sort::GroupBy;
use super::{Level, Shelf, ask_list};
use crate::app::effect::Effect;
use crate::app::state::State;
use serde::{Deserialize, Serialize};

/// The library as it was left. All of it may be missing: a newer program may have written it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// Which articles the list held, as [`word`] writes it.
    pub of: String,
    /// True for the unread alone.
    pub unread_only: bool,
    /// True for the oldest first.
    pub oldest: bool,
    /// How they stood together: steps from by day.
    pub by: u8,
    /// True where the keys moved in the tree.
    pub tree: bool,
    /// The selected article.
    pub selected: Option<i64>,
    /// The article that was opened last: its number, and whether it was read and had a star.
    pub reading: Option<(i64, bool, bool)>,
}

/// Which articles, in a word that [`shelved`] reads.
fn word(of: &Shelved) -> String {
    match of {
        Shelved::All => "all".to_owned(),
        Shelved::Unread => "unread".to_owned(),
        Shelved::Starred => "starred".to_owned(),
        Shelved::Feed(feed) => format!("feed {}", feed.0),
        Shelved::Folder(path) => format!("folder {path}"),
        Shelved::Query(query) => format!("query {query}"),
        Shelved::Watch(id) => format!("watch {}", id),
        // A glance at a page, and no list to come back to.
        Shelved::Part(_) => "all".to_owned(),
    }
}

fn shelved(word: &str) -> Shelved {
    match word.split_once(' ') {
        Some(("feed", feed)) => feed.parse().map_or(Shelved::Unread, |n| Shelved::Feed(FeedId(n))),
        Some(("folder", path)) => Shelved::Folder(path.into()),
        Some(("query", query)) => Shelved::Query(query.into()),
        Some(("watch", watch)) => watch.parse().map_or(Shelved::Unread, Shelved::Watch),
        _ if word == "all" => Shelved::All,
        _ if word == "starred" => Shelved::Starred,
        _ => Shelved::Unread,
    }
}

impl Kept {
    /// What is left of a library on the screen.
    pub(crate) fn of(shelf: &Shelf) -> Self {
        let list = &shelf.list;
        let mut by = (0, GroupBy::default());
        while by.1 != list.sort.by && by.0 < 8 {
            by = (by.0 + 1, by.1.next());
        }
        Self {
            of: word(&list.of),
            unread_only: list.unread_only,
            oldest: list.sort.oldest,
            by: by.0,
            tree: shelf.level == Level::Tree,
            selected: list.selected().map(|row| row.key.0),
            reading: shelf.reading.as_ref().map(|row| (row.key.0, row.read, row.starred)),
        }
    }

    /// Takes it up again.
    pub(crate) fn resume(self, state: &mut State) -> Vec<Effect> {
        let of = shelved(&self.of);
        let Some(shelf) = &mut state.view.shelf else { return Vec::new() };
        shelf.list.sort.oldest = self.oldest;
        shelf.list.sort.by = (0..self.by.min(8)).fold(GroupBy::default(), |by, _| by.next());
        shelf.list.of = of.clone();
        shelf.list.unread_only = self.unread_only;
        shelf.level = if self.tree { Level::Tree } else { Level::List };
        shelf.reading = self.reading.map(|(key, read, starred)| StoredRow {
            key: StoredKey(key),
            day: jiff::civil::Date::default(),
            time: None,
            title: String::new(),
            site: None,
            group: None,
            read,
            starred,
            followed: false,
            copies: Copies::None,
        });
        ask_list(state, of, self.selected.map(StoredKey))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_found_again() {
        let all = [
            Shelved::All,
            Shelved::Unread,
            Shelved::Starred,
            Shelved::Feed(FeedId(7)),
            Shelved::Folder("a b/c".into()),
            Shelved::Query("who:\"a b\" newer:7d".into()),
        ];
        for of in all {
            assert_eq!(shelved(&word(&of)), of);
        }
        assert_eq!((shelved(""), shelved("feed x"), shelved("new")), (Shelved::Unread, Shelved::Unread, Shelved::Unread));
    }
}
