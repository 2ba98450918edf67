//! The library on disk: feeds, articles, what was found in them, and what the reader did with them. One file, SQLite.
//!
//! - [`Writer`] changes it, in [`Batch`]es that are done whole or not at all. There is one at a time; [`Holder`] says who.
//! - [`Reader`] shows it. A [`Snapshot`] sees one state, whatever is written meanwhile.
//! - [`Snapshot::find`] answers a query with a set of articles, [`Snapshot::rows`] a window of it, counted from a [`Cursor`] and not from the top,
//!   so that a list stands still while articles arrive.
//!
//! `docs/library.md` says what is kept, how it is protected, and how fast it is. Nothing here asks for the time: callers say what `now` is, in
//! seconds since 1970.

mod across;
mod annotate;
mod bits;
mod check;
mod codec;
mod corrections;
mod entities;
mod fault;
mod feeds;
mod foreign;
mod ident;
mod index;
mod intake;
mod lock;
mod marks;
mod memory;
mod pack;
mod reader;
mod remote;
mod removed;
mod schema;
mod search;
mod wanting;
mod window;
mod writer;

#[cfg(test)]
mod tests;

pub use across::{
    Belongs, Circle, Companion, Differences, EntityMark, Identified, Office, Page, Passage, Reported, Rising, Story, Telling, Variant,
    Watch, Watched, announcement,
};
pub use annotate::stored_version;
pub use bits::Bits;
pub use check::{Health as FileHealth, Saved, inspect, salvage};
pub use corrections::Righted;
pub use entities::{Named, Told};
pub use fault::Result;
pub use feeds::{Choice, Feed, FullText, Health};
pub use foreign::{Foreign, eilmeldung_cache, eilmeldung_feeds, newsboat_cache, newsraft_cache};
pub use intake::{Arrival, Incoming, told_apart};
pub use lock::{Holder, Turn, who_writes};
pub use marks::Mark;
pub use memory::{KeptCorrection, KeptJump, SavedSearch};
pub use reader::{Cursor, Order, Reader, Row, Snapshot, Stored, Tally, must_exist};
pub use remote::{Marks, RemoteFeed, RemoteTag, Unsent};
pub use removed::Removed;
pub use search::Matches;
pub use writer::{Batch, Opened, Writer};

use std::path::PathBuf;

/// The number of an article in a library.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleKey(pub i64);

/// The number of a feed in a library.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FeedKey(pub i64);

/// The number of somebody or something that a library's articles name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityKey(pub i64);

/// Where the library lies unless the reader says otherwise: `$XDG_DATA_HOME/dateline/library.db` or `~/.local/share/dateline/library.db`.
#[must_use]
pub fn default_path() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    etcetera::base_strategy::Xdg::new().ok().map(|base| base.data_dir().join("dateline").join("library.db"))
}

/// The version of SQLite in this program.
#[must_use]
pub fn engine() -> &'static str {
    rusqlite::version()
}
