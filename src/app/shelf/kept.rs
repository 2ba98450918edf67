//! What a session over the library leaves for the next one: the list that was chosen, and the article that was open.

use super::ask::Shelved;
use super::holdings::FeedId;
use super::row::{Copies, StoredKey, StoredRow};
use super::sort::{GroupBy, Sort};
use super::{Level, MAX_SORTS, Shelf, ask_list};
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
    /// The lists that were given an order of their own: which, whether the oldest come first, and how they stand together.
    pub sorts: Vec<(String, bool, u8)>,
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

/// How articles stand together, in steps from by day.
fn steps(by: GroupBy) -> u8 {
    let all = std::iter::successors(Some(GroupBy::default()), |by| Some(by.next()));
    (0..8).zip(all).find(|(_, other)| *other == by).map_or(0, |(n, _)| n)
}

fn sort(oldest: bool, steps: u8) -> Sort {
    Sort { oldest, by: (0..steps.min(8)).fold(GroupBy::default(), |by, _| by.next()) }
}

impl Kept {
    /// What is left of a library on the screen.
    pub(crate) fn of(shelf: &Shelf) -> Self {
        let list = &shelf.list;
        let lasting = shelf.sorts.iter().filter(|(of, _)| !matches!(of, Shelved::Part(_)));
        Self {
            of: word(&list.of),
            unread_only: list.unread_only,
            oldest: list.sort.oldest,
            by: steps(list.sort.by),
            sorts: lasting.map(|(of, sort)| (word(of), sort.oldest, steps(sort.by))).collect(),
            tree: shelf.level == Level::Tree,
            selected: list.selected().map(|row| row.key.0),
            reading: shelf.reading.as_ref().map(|row| (row.key.0, row.read, row.starred)),
        }
    }

    /// Takes it up again.
    pub(crate) fn resume(self, state: &mut State) -> Vec<Effect> {
        let of = shelved(&self.of);
        let Some(shelf) = &mut state.view.shelf else { return Vec::new() };
        shelf.list.sort = sort(self.oldest, self.by);
        shelf.sorts = self.sorts.iter().take(MAX_SORTS).map(|(of, oldest, by)| (shelved(of), sort(*oldest, *by))).collect();
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
    fn each_list_keeps_its_own_order() {
        let mut shelf = Shelf::default();
        let own = |oldest, by| Sort { oldest, by };
        shelf.sorts = vec![(Shelved::All, own(true, GroupBy::Story)), (Shelved::Feed(FeedId(7)), own(false, GroupBy::Source))];
        let (mut state, _) = State::with_library(crate::config::Config::load(None, &[]));
        Kept::of(&shelf).resume(&mut state);
        assert_eq!(state.view.shelf.unwrap().sorts, shelf.sorts);
        assert!(
            [GroupBy::Day, GroupBy::Source, GroupBy::Person, GroupBy::Place, GroupBy::Story]
                .iter()
                .all(|by| sort(false, steps(*by)).by == *by)
        );
    }

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
