//! Those who read: a connection of their own, and snapshots of one state.

use super::bits::Bits;
use super::entities;
use super::fault::{Result, disk};
use super::feeds::{self, Feed};
use super::pack::Packer;
use super::schema::MIGRATIONS;
use super::search::{Finder, Kept, Matches};
use super::writer::{settle as prepare_once, version};
use super::{ArticleKey, EntityKey, FeedKey, codec};
use crate::article::{Analysed, Annotations};
use crate::locale::tr;
use crate::notice::Notice;
use crate::query::{Candidates, Field, Query};
use jiff::civil::Date;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, Transaction, params};
use std::path::Path;
use std::time::Duration;

/// Up to so many matches are put in order by themselves; beyond, the library's own order is walked until the window is full.
const FEW: usize = 4000;

/// Shows a library.
#[derive(Debug)]
pub struct Reader {
    connection: Connection,
    packer: Packer,
    kept: Kept,
    /// SQLite's number for the state in which `kept` and `packer` were read.
    state: i64,
}

/// One state of the library, however much is written meanwhile.
#[derive(Debug)]
pub struct Snapshot<'a> {
    pub(super) transaction: Transaction<'a>,
    pub(super) packer: &'a Packer,
    kept: &'a Kept,
    pub(super) now: i64,
}

/// Counts of the whole library.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Articles.
    pub articles: u64,
    /// Those not yet read.
    pub unread: u64,
    /// Those with a star.
    pub starred: u64,
}

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The newest first.
    #[default]
    Newest,
    /// The oldest first.
    Oldest,
}

/// A place in a list, which stays the same place while articles come and go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    /// The article's instant.
    pub at: i64,
    /// The article.
    pub key: ArticleKey,
}

/// A line of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Where it stands.
    pub cursor: Cursor,
    /// When it arrived, in seconds since 1970.
    pub arrived: i64,
    /// Day of publication.
    pub published: Option<Date>,
    /// Its title.
    pub title: String,
    /// The site that published it.
    pub site: Option<String>,
    /// The place of its dateline.
    pub place: Option<String>,
    /// True where it was read.
    pub read: bool,
    /// True where it has a star.
    pub starred: bool,
    /// The version of its analysis; 0 where there is none yet.
    pub analysis: u32,
}

/// A stored article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stored {
    /// The article and what was found in it; nothing is found where [`Stored::analysis`] is 0.
    pub analysed: Analysed,
    /// The version of its analysis.
    pub analysis: u32,
    /// The library's entity for each of the article's.
    pub entities: Vec<EntityKey>,
    /// Its tags.
    pub tags: Vec<String>,
    /// The feeds that it came in.
    pub feeds: Vec<FeedKey>,
}

/// The statements of this file.
pub(super) mod sql {
    macro_rules! rows {
        ($rest:literal) => {
            concat!(
                "SELECT a.at, a.id, a.arrived, a.published, a.title, s.site, a.place, a.read, a.starred, a.analysis
                 FROM article a LEFT JOIN source s ON s.id = a.source WHERE ",
                $rest
            )
        };
    }
    pub(crate) const ROW: &str = rows!("a.id = ?1");
    pub(crate) const NEWEST: &str = rows!("(a.at, a.id) < (?1, ?2) ORDER BY a.at DESC, a.id DESC LIMIT ?3");
    pub(crate) const OLDEST: &str = rows!("(a.at, a.id) > (?1, ?2) ORDER BY a.at, a.id LIMIT ?3");
    pub(crate) const NEWEST_UNREAD: &str = rows!("a.read = 0 AND (a.at, a.id) < (?1, ?2) ORDER BY a.at DESC, a.id DESC LIMIT ?3");
    pub(crate) const OLDEST_UNREAD: &str = rows!("a.read = 0 AND (a.at, a.id) > (?1, ?2) ORDER BY a.at, a.id LIMIT ?3");
    pub(crate) const WALK_NEWEST: &str = "SELECT at, id FROM article WHERE (at, id) < (?1, ?2) ORDER BY at DESC, id DESC";
    pub(crate) const WALK_OLDEST: &str = "SELECT at, id FROM article WHERE (at, id) > (?1, ?2) ORDER BY at, id";
    pub(crate) const AT: &str = "SELECT at FROM article WHERE id = ?1";
    pub(crate) const BODY: &str =
        "SELECT b.head, b.text, f.found, f.entities, a.title, a.analysis FROM body b JOIN article a ON a.id = b.article
         LEFT JOIN finding f ON f.article = b.article WHERE b.article = ?1";
    pub(crate) const RAW: &str = "SELECT raw FROM body WHERE article = ?1 AND raw IS NOT NULL";
    pub(crate) const TAGS: &str = "SELECT tag FROM tag WHERE article = ?1 ORDER BY tag";
    pub(crate) const FEEDS: &str = "SELECT feed FROM item WHERE article = ?1 ORDER BY feed";
    pub(crate) const STALE: &str = "SELECT id FROM article WHERE analysis < ?1 ORDER BY analysis LIMIT ?2";
    pub(crate) const OF_SITE: &str =
        "SELECT a.id FROM source s JOIN article a ON a.source = s.id WHERE s.site = ?1 ORDER BY a.id DESC LIMIT ?2";
    #[cfg(test)]
    pub(crate) const EACH: &[&str] =
        &[OF_SITE, ROW, NEWEST, OLDEST, NEWEST_UNREAD, OLDEST_UNREAD, WALK_NEWEST, WALK_OLDEST, AT, BODY, RAW, TAGS, FEEDS, STALE];
}

impl Reader {
    /// Opens the library at `path` to read it, whoever writes to it.
    ///
    /// # Errors
    /// Where there is no library, or it is damaged or of another version.
    pub fn open(path: &Path) -> Result<Self> {
        must_exist(path)?;
        let connection = connect(path)?;
        let version = version(&connection, path, MIGRATIONS.len())?;
        if version < MIGRATIONS.len() {
            return Err(Notice::new(tr!("{path} was made by an older dateline", path = path.display()))
                .because(tr!("it has to be brought up to date first"))
                .hint(tr!("any command that writes to it does so, such as dateline fetch")));
        }
        let packer = Packer::load(&connection)?;
        let state = state(&connection)?;
        Ok(Self { connection, packer, kept: Kept::default(), state })
    }

    /// The library as it is now. `now` is in seconds since 1970.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn snapshot(&mut self, now: i64) -> Result<Snapshot<'_>> {
        let Self { connection, packer, kept, state: seen } = self;
        let transaction = connection.transaction()?;
        // Only a look makes the transaction stay at one state; its number is asked for afterwards, so that nothing of another state is kept.
        transaction.query_row("SELECT articles FROM tally", [], |row| row.get::<_, i64>(0))?;
        let state = state(&transaction)?;
        if state != *seen {
            kept.borrow_mut().clear();
            *packer = Packer::load(&transaction)?;
            *seen = state;
        }
        Ok(Snapshot { transaction, packer, kept, now })
    }

    /// True where something was written since the last snapshot; costs next to nothing, to be asked often.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn has_changed(&self) -> Result<bool> {
        Ok(state(&self.connection)? != self.state)
    }

    /// Copies the library, as it is now, into a new file.
    ///
    /// # Errors
    /// Where `to` exists or cannot be written.
    pub fn backup(&self, to: &Path) -> Result<()> {
        super::check::backup(&self.connection, to)
    }
}

/// Looks whether there is a library at `path`, so that who only looks, or has nothing to write, makes none.
///
/// # Errors
/// Where there is none.
pub fn must_exist(path: &Path) -> Result<()> {
    if path.try_exists().map_err(|e| disk(path, &e))? {
        return Ok(());
    }
    Err(Notice::new(tr!("There is no library at {path}", path = path.display())).hint(tr!("dateline add URL makes one")))
}

/// A connection that only reads. In a folder that cannot be written SQLite has no place for its index of the log: with no log it needs none.
pub(super) fn connect(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let settle = |connection: Connection| -> rusqlite::Result<Connection> {
        connection.busy_timeout(Duration::from_secs(5))?;
        prepare_once(&connection)?;
        connection.execute_batch("PRAGMA query_only = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000;")?;
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok(connection)
    };
    match Connection::open_with_flags(path, flags).and_then(settle) {
        Err(e) if lacks_room(&e) && !is_logged(path) => {
            let Some(name) = path.to_str() else { return Err(e.into()) };
            let name = name.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
            Ok(Connection::open_with_flags(format!("file:{name}?immutable=1"), flags).and_then(settle)?)
        }
        other => Ok(other?),
    }
}

/// True for what SQLite says where it can make no file beside the library: that it may not write where the folder is not the reader's, that it cannot
/// open where the whole disk is read-only. Either comes with the first look and not when the file is opened.
pub(super) fn lacks_room(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly))
}

/// True where changes lie beside the library that are not in it yet: without them it is not the state that was written last.
pub(super) fn is_logged(path: &Path) -> bool {
    ["-wal", "-journal"].iter().any(|ending| {
        let mut log = path.as_os_str().to_owned();
        log.push(ending);
        std::fs::metadata(&log).is_ok_and(|m| m.len() > 0)
    })
}

/// SQLite's number for the state of the file as this connection sees it.
fn state(connection: &Connection) -> Result<i64> {
    Ok(connection.query_row("PRAGMA data_version", [], |row| row.get(0))?)
}

impl Snapshot<'_> {
    /// The state, for those who look at tables of their own.
    pub(super) fn connection(&self) -> &Connection {
        &self.transaction
    }

    pub(super) fn finder(&self) -> Finder<'_> {
        Finder::new(&self.transaction, self.now).keeping(self.kept)
    }

    /// All feeds with their counts, by folder and name.
    ///
    /// # Errors
    /// Where the library cannot be read; so for all that follow.
    pub fn feeds(&self) -> Result<Vec<Feed>> {
        feeds::all(&self.transaction)
    }

    /// Counts of the whole library.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn tally(&self) -> Result<Tally> {
        let count = |row: &rusqlite::Row<'_>, n: usize| row.get::<_, i64>(n).map(i64::unsigned_abs);
        Ok(self.transaction.query_row("SELECT articles, unread, starred FROM tally", [], |row| {
            Ok(Tally { articles: count(row, 0)?, unread: count(row, 1)?, starred: count(row, 2)? })
        })?)
    }

    /// The articles that `query` means.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn find(&self, query: &Query) -> Result<Matches> {
        let tally = self.tally()?;
        if *query == Query::All {
            return Ok(Matches { bits: None, count: usize::try_from(tally.articles).unwrap_or(usize::MAX) });
        }
        let bits = self.finder().find(query)?;
        Ok(Matches { count: bits.len(), bits: Some(bits) })
    }

    /// The articles that name one of these.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn naming(&self, entities: &[EntityKey]) -> Result<Matches> {
        let bits = self.finder().postings(entities)?;
        Ok(Matches { count: bits.len(), bits: Some(bits) })
    }

    /// At most `count` lines of a list, from behind `after` on, or from its top.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn rows(&self, matches: &Matches, order: Order, after: Option<Cursor>, count: usize) -> Result<Vec<Row>> {
        let Some(bits) = &matches.bits else {
            return self.listed(if order == Order::Newest { sql::NEWEST } else { sql::OLDEST }, order, after, count);
        };
        let keys = if matches.count <= FEW { self.sorted(bits, order, after)? } else { self.walked(bits, order, after, count)? };
        keys.into_iter().take(count).filter_map(|key| self.row(key).transpose()).collect()
    }

    /// The top of the list of unread articles, or what follows `after`, without looking at all of them: what a reader shows first.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn unread_rows(&self, order: Order, after: Option<Cursor>, count: usize) -> Result<Vec<Row>> {
        self.listed(if order == Order::Newest { sql::NEWEST_UNREAD } else { sql::OLDEST_UNREAD }, order, after, count)
    }

    fn listed(&self, sql: &str, order: Order, after: Option<Cursor>, count: usize) -> Result<Vec<Row>> {
        let from = start(order, after);
        let mut some = self.transaction.prepare_cached(sql)?;
        let rows = some.query_map(params![from.at, from.key.0, count.min(u32::MAX as usize)], row)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// All of a small set behind `after`, in order.
    fn sorted(&self, bits: &Bits, order: Order, after: Option<Cursor>) -> Result<Vec<ArticleKey>> {
        let from = start(order, after);
        let mut one = self.transaction.prepare_cached(sql::AT)?;
        let mut all = Vec::new();
        for id in bits.iter() {
            if let Some(at) = one.query_row([id], |row| row.get(0)).optional()? {
                all.push(Cursor { at, key: ArticleKey(id) });
            }
        }
        all.retain(|c| if order == Order::Newest { *c < from } else { *c > from });
        all.sort_unstable();
        if order == Order::Newest {
            all.reverse();
        }
        Ok(all.into_iter().map(|c| c.key).collect())
    }

    /// The next `count` of a large set behind `after`.
    fn walked(&self, bits: &Bits, order: Order, after: Option<Cursor>, count: usize) -> Result<Vec<ArticleKey>> {
        Ok(self.places(bits, order, after, count)?.into_iter().map(|place| place.key).collect())
    }

    /// The best `count` of the matches by their words; those of a query without words by their age.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn best(&self, query: &Query, matches: &Matches, count: usize) -> Result<Vec<Row>> {
        let Some(bits) = &matches.bits else { return self.rows(matches, Order::Newest, None, count) };
        let ids = self.finder().ranked(query, bits, count)?;
        if ids.is_empty() {
            return self.rows(matches, Order::Newest, None, count);
        }
        ids.into_iter().filter_map(|id| self.row(ArticleKey(id)).transpose()).collect()
    }

    /// One line; `None` where the article is gone.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn row(&self, key: ArticleKey) -> Result<Option<Row>> {
        Ok(self.transaction.prepare_cached(sql::ROW)?.query_row([key.0], row).optional()?)
    }

    /// An article with all that is known of it; `None` where it is gone.
    ///
    /// # Errors
    /// Where the library cannot be read, or the article is damaged.
    pub fn open(&self, key: ArticleKey) -> Result<Option<Stored>> {
        open(&self.transaction, self.packer, key)
    }

    /// What came in, where that was not the text itself.
    ///
    /// # Errors
    /// Where the library cannot be read, or the article is damaged.
    pub fn raw(&self, key: ArticleKey) -> Result<Option<Vec<u8>>> {
        let packed: Option<Vec<u8>> = self.transaction.prepare_cached(sql::RAW)?.query_row([key.0], |row| row.get(0)).optional()?;
        packed.map(|p| self.packer.unpack(&p)).transpose()
    }

    /// At most `count` articles whose analysis is older than `version`, those without any first: what the background has to do.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn stale(&self, version: u32, count: usize) -> Result<Vec<ArticleKey>> {
        let mut some = self.transaction.prepare_cached(sql::STALE)?;
        let rows = some.query_map(params![version, count], |row| row.get(0).map(ArticleKey))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// At most `count` of the newest articles of a site: what its home is learnt from.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn of_site(&self, site: &str, count: usize) -> Result<Vec<ArticleKey>> {
        let mut some = self.transaction.prepare_cached(sql::OF_SITE)?;
        let rows = some.query_map(params![site, count], |row| row.get(0).map(ArticleKey))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// At most `limit` entities of some kinds whose names have all the words, the last one perhaps unfinished; the most frequent first.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn named(&self, words: &str, field: Field, limit: usize) -> Result<Vec<entities::Named>> {
        entities::named(&self.transaction, words, field, limit)
    }

    /// An entity with its other forms.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn entity(&self, key: EntityKey) -> Result<Option<(entities::Named, Vec<String>)>> {
        entities::one(&self.transaction, key)
    }

    /// The quotations of an entity, as articles and positions in `Annotations::quotes`, the newest articles first, behind `after`.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn quotations(&self, key: EntityKey, after: Option<(ArticleKey, usize)>, limit: usize) -> Result<Vec<(ArticleKey, usize)>> {
        entities::quotations(&self.transaction, key, after, limit)
    }

    /// The moments told of in these days, of all lengths, in order of the calendar; at most `limit` of each class of lengths.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn moments(&self, from: Date, to: Date, within: &Matches, limit: usize) -> Result<Vec<entities::Told>> {
        entities::moments(&self.transaction, from, to, within, limit)
    }
}

impl Candidates for Snapshot<'_> {
    fn candidates(&self, field: Field, start: &str, limit: usize) -> Vec<String> {
        // A completion that cannot be had is no completion: what is wrong with the library shows elsewhere.
        entities::completions(&self.transaction, field, start, limit).unwrap_or_default()
    }
}

/// An article with all that is known of it.
pub(super) fn open(connection: &Connection, packer: &Packer, key: ArticleKey) -> Result<Option<Stored>> {
    type Parts = (Vec<u8>, Vec<u8>, Option<Vec<u8>>, Option<Vec<u8>>, String, u32);
    let mut one = connection.prepare_cached(sql::BODY)?;
    let parts: Option<Parts> =
        one.query_row([key.0], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?, r.get(5)?))).optional()?;
    let Some((head, text, found, entities, title, analysis)) = parts else { return Ok(None) };
    let article = codec::take_head(&head, title, packer.text(&text)?).ok_or_else(|| {
        Notice::new(tr!("The article is damaged")).hint(tr!("dateline check says what else is; fetching it again may help"))
    })?;
    // Nothing stands there where what was found is of an older layout than the tables.
    let found = found.filter(|f| !f.is_empty()).map(|f| packer.unpack(&f)).transpose()?.and_then(|f| codec::take_found(&f, &article.text));
    // What was found by another version is not shown as if it were there: it is made anew.
    let (analysis, found) = found.map_or((0, Annotations::default()), |found| (analysis, found));
    let entities = entities.and_then(|e| codec::take_numbers(&e)).unwrap_or_default().into_iter().map(EntityKey).collect();
    let mut tags = connection.prepare_cached(sql::TAGS)?;
    let mut feeds = connection.prepare_cached(sql::FEEDS)?;
    Ok(Some(Stored {
        analysed: Analysed { article, found },
        analysis,
        entities,
        tags: tags.query_map([key.0], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?,
        feeds: feeds.query_map([key.0], |row| row.get(0).map(FeedKey))?.collect::<rusqlite::Result<_>>()?,
    }))
}

/// The place before the first line.
pub(super) fn start(order: Order, after: Option<Cursor>) -> Cursor {
    let end = if order == Order::Newest { i64::MAX } else { i64::MIN };
    after.unwrap_or(Cursor { at: end, key: ArticleKey(end) })
}

fn row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    Ok(Row {
        cursor: Cursor { at: row.get(0)?, key: ArticleKey(row.get(1)?) },
        arrived: row.get(2)?,
        published: row.get::<_, Option<i64>>(3)?.and_then(codec::day_of),
        title: row.get(4)?,
        site: row.get(5)?,
        place: row.get(6)?,
        read: row.get(7)?,
        starred: row.get(8)?,
        analysis: row.get(9)?,
    })
}
