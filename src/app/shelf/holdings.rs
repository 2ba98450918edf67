//! What is in the library: its feeds, what is followed, saved searches, and how many articles.

use super::viewed::WatchLine;
use crate::notice::Notice;
use jiff::civil::Date;

/// The number of a feed in the library.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FeedId(pub i64);

/// When the full text of a feed's articles is fetched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FullText {
    /// Where the feed holds too little of it.
    #[default]
    Auto,
    /// When the reader asks.
    OnDemand,
    /// Never.
    Never,
}

/// What a reader chose for a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedChoice {
    /// The reader's name for it; empty for its own.
    pub name: String,
    /// Its folder, levels parted by `/`; empty for none.
    pub folder: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// When the full text is fetched.
    pub full_text: FullText,
    /// Days that its articles are kept; `None` for ever.
    pub keep_days: Option<u32>,
}

/// A feed, or a folder of files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedLine {
    /// Its number.
    pub id: FeedId,
    /// Its address; a path for a folder.
    pub url: String,
    /// What it is called.
    pub shown: String,
    /// What the reader chose.
    pub choice: FeedChoice,
    /// When it was last looked at, in words; empty for never.
    pub checked: String,
    /// What went wrong then.
    pub trouble: Option<Notice>,
    /// Articles kept of it.
    pub articles: u64,
    /// Those not yet read.
    pub unread: u64,
}

/// A search under a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedLine {
    /// Its name.
    pub name: String,
    /// The query.
    pub query: String,
    /// Articles that it finds.
    pub articles: u64,
    /// Those not yet read.
    pub unread: u64,
}

/// What is in the library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holdings {
    /// The feeds, by folder and name.
    pub feeds: Vec<FeedLine>,
    /// What is followed.
    pub watches: Vec<WatchLine>,
    /// The saved searches.
    pub searches: Vec<SavedLine>,
    /// Articles.
    pub articles: u64,
    /// Those not yet read.
    pub unread: u64,
    /// Those with a star.
    pub starred: u64,
    /// The day that it is.
    pub today: Date,
}
