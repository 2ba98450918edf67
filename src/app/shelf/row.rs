//! A line of a list of stored articles.

use jiff::civil::{Date, Time};
use std::sync::Arc;

/// The number of an article in the library.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StoredKey(pub i64);

/// A line of a list of stored articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRow {
    /// The article.
    pub key: StoredKey,
    /// The day under which it is listed.
    pub day: Date,
    /// The time of that day, where it is known.
    pub time: Option<Time>,
    /// Its title.
    pub title: String,
    /// The site that published it.
    pub site: Option<String>,
    /// What it is grouped by, where that is not the day.
    pub group: Option<Arc<str>>,
    /// True where it was read.
    pub read: bool,
    /// True where it has a star.
    pub starred: bool,
    /// True where it is new of something that is followed.
    pub followed: bool,
    /// How it stands to its copies in the list.
    pub copies: Copies,
}

/// How an article of a list stands to its copies, which fold under the first of them in lists by story.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Copies {
    /// It has none there.
    #[default]
    None,
    /// So many are folded under it.
    Folded(usize),
    /// So many stand below it.
    Unfolded(usize),
    /// It stands below the first.
    Below,
}
