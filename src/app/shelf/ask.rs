//! What the shelf asks of the library on disk, and what comes back: the reader's own words for it, so that nothing here knows how it is stored.

use super::decision::Decision;
use super::holdings::{FeedChoice, FeedId, Holdings};
use super::row::{StoredKey, StoredRow};
use super::sort::Sort;
use super::viewed::{Refreshing, ViewFormat, Viewed};
use crate::app::page::{PageOf, Sheet};
use crate::app::timeline::Whole;
use crate::app::{ArticleId, Ticket};
use crate::article::{Article, Correction, EntityId, Kind, PlaceCorrection};
use crate::config::ShareRead;
use crate::notice::Notice;
use crate::query::Completion;
use jiff::civil::Date;
use std::sync::Arc;

/// Which articles a list holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Shelved {
    /// All.
    All,
    /// Those not yet read.
    #[default]
    Unread,
    /// Those with a star.
    Starred,
    /// Those of a feed.
    Feed(FeedId),
    /// Those of the feeds of a folder and of the folders inside.
    Folder(Arc<str>),
    /// Those that a query means, given as text.
    Query(Arc<str>),
    /// Those of something that is followed, by its number.
    Watch(i64),
    /// Those of a page that appeared in some time.
    Part(Arc<PagePart>),
}

/// Articles of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagePart {
    /// Which page.
    pub of: PageOf,
    /// When they appeared: the first instant and the end, in seconds since 1970.
    pub time: (i64, i64),
    /// What the list of them is called.
    pub name: Arc<str>,
}

/// A list that is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListWish {
    /// Which articles.
    pub of: Shelved,
    /// Only those not yet read.
    pub unread_only: bool,
    /// In which order.
    pub sort: Sort,
    /// Articles whose copies stand below them.
    pub unfolded: Vec<StoredKey>,
    /// The article around which it is shown first; its beginning where that is not in it.
    pub around: Option<StoredKey>,
    /// Rows that are wanted at once.
    pub rows: usize,
}

/// Something to do with articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoredMark {
    /// Read, or not.
    Read(bool),
    /// Starred, or not.
    Starred(bool),
    /// Given a tag.
    Tag(String),
    /// Freed from a tag.
    Untag(String),
}

/// Articles that something is done with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// This one.
    One(StoredKey),
    /// Those of the list from one index up to another, without it.
    Rows(usize, usize),
    /// Those of the list that are older than so many days.
    Older(u32),
    /// This one, and what of its story is read with it.
    Shared(StoredKey, ShareRead),
}

/// Where feeds, and what was read of them, can be taken over from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// A list of feeds, which nearly every program can write.
    Opml,
    /// newsboat.
    Newsboat,
    /// newsraft.
    Newsraft,
    /// eilmeldung.
    Eilmeldung,
}

impl Program {
    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Opml => "OPML",
            Self::Newsboat => "newsboat",
            Self::Newsraft => "newsraft",
            Self::Eilmeldung => "eilmeldung",
        }
    }

    /// What `dateline import` calls it.
    #[must_use]
    pub fn word(self) -> &'static str {
        if self == Self::Opml { "opml" } else { self.name() }
    }
}

/// Something asked of the library.
#[derive(Clone, Debug)]
pub enum Ask {
    /// Make a list; the newest one is the one that is shown.
    List {
        /// The number of the list.
        ticket: Ticket,
        /// Which.
        wish: ListWish,
    },
    /// Rows of the list.
    Rows {
        /// The number of the list.
        list: Ticket,
        /// The first one.
        from: usize,
        /// How many.
        count: usize,
    },
    /// The next unread article of the list behind an index, around the end.
    NextUnread {
        /// The number of the list.
        list: Ticket,
        /// The index.
        from: usize,
    },
    /// What can stand at the cursor of a query.
    Complete {
        /// The number of the request.
        ticket: Ticket,
        /// The query so far.
        text: String,
        /// The byte at which the cursor stands.
        cursor: usize,
    },
    /// A page.
    Page {
        /// The number of the request.
        ticket: Ticket,
        /// Which.
        of: PageOf,
    },
    /// The next article of the library that names somebody of an article, older ones first; the newer ones where not `forward`.
    Along {
        /// The article.
        article: StoredKey,
        /// Who, in that article.
        entity: EntityId,
        /// The direction.
        forward: bool,
    },
    /// Follow whom a page is of; announce it where it is followed; follow it no longer where it is announced.
    Follow(PageOf),
    /// Follow something no longer, by its number.
    Unfollow(i64),
    /// Follow the search of this query, where it is saved; as [`Self::Follow`].
    FollowSearch(Arc<str>),
    /// The moments of a view, for its timeline; they come in several answers, each with more of them.
    Moments {
        /// The number of the request.
        ticket: Ticket,
        /// Whose.
        of: Viewed,
        /// The key of the name whose moments alone are wanted.
        filter: Option<u64>,
    },
    /// Write a view into a file.
    Export {
        /// Which.
        of: Viewed,
        /// As what.
        format: ViewFormat,
        /// The folder, as the settings name it.
        folder: String,
        /// The name of the file.
        name: String,
    },
    /// Decide who is who in all articles.
    Decide(Decision),
    /// Take back a decision, or with `false` let it hold again.
    Undecide(i64, bool),
    /// Who else is called so: for a decision that the page's entity is one with them.
    Candidates(PageOf, String),
    /// Why the library joined a name of an article with others.
    Why(StoredKey, EntityId),
    /// The tags of an article, and those in use.
    Tags(StoredKey),
    /// Open the address of an article in the reader's browser.
    Browse(StoredKey),
    /// Do something with articles.
    Mark {
        /// The number of the request: what [`Ask::Undo`] takes back.
        ticket: Ticket,
        /// Which.
        which: Which,
        /// What.
        mark: StoredMark,
    },
    /// Take back what was done under a number.
    Undo(Ticket),
    /// Keep what the reader has said about an article: so many of the corrections that were kept hold, and these come after them.
    Correct {
        /// The article.
        key: StoredKey,
        /// How many of those that were kept still hold.
        hold: usize,
        /// Those that are new.
        more: Vec<Correction>,
    },
    /// Keep which day an article is of, in the reader's words.
    Redate {
        /// The article.
        key: StoredKey,
        /// The day; none where it is not known.
        day: Option<Date>,
    },
    /// Add a feed or a folder, and fetch what is in it.
    Add {
        /// An address or a path.
        what: String,
        /// What the reader chose for it.
        choice: FeedChoice,
    },
    /// Take over what a program holds, and fetch its feeds.
    Import {
        /// Which program.
        program: Program,
        /// The file, where it is not at its usual place.
        file: Option<String>,
    },
    /// Keep what a reader chose for a feed.
    Choose {
        /// The feed.
        feed: FeedId,
        /// The choice.
        choice: FeedChoice,
    },
    /// Keep the whole text of an article of which the feed gave only the beginning.
    Whole {
        /// The article.
        key: StoredKey,
        /// As its page has it.
        article: Box<Article>,
    },
    /// Take a feed out.
    Remove {
        /// The number of the request: what [`Ask::Undo`] takes back.
        ticket: Ticket,
        /// The feed.
        feed: FeedId,
        /// True where its articles stay.
        keep: bool,
    },
    /// Save a search under a name; `None` for the query removes it.
    Save {
        /// The name.
        name: String,
        /// The query.
        query: Option<String>,
    },
    /// Look at feeds for what is new.
    Refresh {
        /// These; all with none.
        feeds: Vec<FeedId>,
    },
    /// End the refresh that is under way.
    StopRefresh,
}

/// Word from the library.
#[derive(Clone, Debug)]
pub enum Answer {
    /// What is in it now.
    Holdings(Arc<Holdings>),
    /// A list was made.
    Listed {
        /// Its number.
        list: Ticket,
        /// Its articles.
        total: usize,
        /// The index of the article around which it was asked for; 0 where that is not in it.
        at: usize,
        /// The index of the first of the rows.
        from: usize,
        /// Rows around that.
        rows: Vec<StoredRow>,
    },
    /// Rows of a list.
    Rows {
        /// Its number.
        list: Ticket,
        /// The index of the first of them.
        from: usize,
        /// The rows.
        rows: Vec<StoredRow>,
    },
    /// The moments of a view, as far as they were read.
    Moments {
        /// The request.
        ticket: Ticket,
        /// Their timeline.
        whole: Arc<Whole>,
        /// Articles that are not read.
        left: usize,
        /// True where they are being read.
        more: bool,
    },
    /// A decision was made, under this number; what was decided, in words.
    Decided(i64, String),
    /// A decision was taken back, or holds again.
    Undecided(String),
    /// Who may be meant: number, name, kind, and how many articles.
    Candidates(Vec<(i64, String, Kind, u64)>),
    /// Why the library joined a name with others.
    Why(String),
    /// What is new of what is followed, to be announced once.
    Announce(String),
    /// A page.
    Page {
        /// The request.
        ticket: Ticket,
        /// What is on it.
        sheet: Box<Sheet>,
    },
    /// The article that was asked for by [`Ask::Along`], with what whom it is about is called there; none where no other names them.
    Along {
        /// The article that it was asked from.
        from: StoredKey,
        /// The next one.
        next: Option<(StoredRow, String)>,
        /// The direction.
        forward: bool,
    },
    /// Articles that belong to a list and came after it was made.
    Waiting {
        /// Its number.
        list: Ticket,
        /// How many.
        new: usize,
    },
    /// The next unread article of a list, with its index.
    NextUnread {
        /// The number of the list.
        list: Ticket,
        /// Where it is; `None` where all are read.
        at: Option<(usize, StoredRow)>,
    },
    /// What can stand at the cursor.
    Completed {
        /// The request.
        ticket: Ticket,
        /// What can.
        completion: Completion,
    },
    /// What the reader has said about an article before; comes before the article itself.
    Remembered {
        /// Its number in this session.
        id: ArticleId,
        /// Who is who in it.
        corrections: Arc<[Correction]>,
        /// Which day it is of: `Some(None)` where the reader said that it is not known.
        day: Option<Option<Date>>,
    },
    /// The tags of an article, in the order of the alphabet.
    Tags {
        /// The article.
        key: StoredKey,
        /// Those that it has.
        has: Vec<String>,
        /// Those in use, where they were asked for.
        known: Vec<String>,
    },
    /// What the reader has said about places, in any article.
    Places(Arc<[PlaceCorrection]>),
    /// Something was done, or taken back, with so many articles.
    Marked {
        /// The number of the request.
        ticket: Ticket,
        /// How many.
        count: usize,
        /// True where it was taken back.
        undone: bool,
    },
    /// The whole text of an article is kept.
    Whole(StoredKey),
    /// Something was not done.
    Refused {
        /// The number of the request, where it was to be taken back.
        ticket: Option<Ticket>,
        /// Why.
        notice: Notice,
    },
    /// Who else writes to the library; none where we do.
    Writer(Option<String>),
    /// How far a refresh is; none when it has ended.
    Refreshing(Option<Refreshing>),
}
