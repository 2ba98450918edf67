//! What is remembered beside articles: the session, saved searches with their counts, corrections, jumps.

use super::ArticleKey;
use super::corrections::{self, Righted};
use super::fault::Result;
use super::reader::Snapshot;
use super::search::Finder;
use super::writer::Batch;
use crate::query;
use rusqlite::{Connection, OptionalExtension, params};

/// Jumps that are kept.
const MAX_JUMPS: usize = 1000;

/// A query under a name, with its counts as of the last change that was counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedSearch {
    /// Its name.
    pub name: String,
    /// The query as text.
    pub query: String,
    /// How many articles it finds.
    pub articles: u64,
    /// How many of them are unread.
    pub unread: u64,
}

/// A correction as it was kept.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptCorrection {
    /// Its number; later ones are higher.
    pub id: i64,
    /// When, in seconds since 1970.
    pub made: i64,
    /// The article that it is about; `None` for all, or where it is gone.
    pub article: Option<ArticleKey>,
    /// What was put right; `None` for what a newer program kept.
    pub righted: Option<Righted>,
    /// True where the reader took it back.
    pub undone: bool,
}

/// A jump as it was kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptJump {
    /// When, in seconds since 1970.
    pub made: i64,
    /// The article that it came from.
    pub article: Option<ArticleKey>,
    /// All else, as JSON of the caller's own.
    pub body: String,
}

impl Snapshot<'_> {
    /// What is kept under a name: the reader's session.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn setting(&self, name: &str) -> Result<Option<String>> {
        setting(self.connection(), name)
    }

    /// The saved searches with their counts.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn searches(&self) -> Result<Vec<SavedSearch>> {
        searches(self.connection())
    }

    /// The corrections of an article, or all with `None`, in the order in which they were made.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn corrections(&self, article: Option<ArticleKey>) -> Result<Vec<KeptCorrection>> {
        corrections(self.connection(), article)
    }

    /// The last jumps, the newest first.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn jumps(&self, limit: usize) -> Result<Vec<KeptJump>> {
        jumps(self.connection(), limit)
    }
}

impl Batch<'_> {
    /// Keeps `value`, JSON of the caller's own, under a name: the reader's session.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn set(&self, name: &str, value: &str) -> Result<()> {
        let mut put = self.connection.prepare_cached("INSERT OR REPLACE INTO setting (name, value) VALUES (?1, ?2)")?;
        put.execute([name, value])?;
        Ok(())
    }

    /// What was kept under a name.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn get(&self, name: &str) -> Result<Option<String>> {
        setting(self.connection, name)
    }

    /// Saves a search under a name, in the place of another of that name, and counts it; `None` removes it.
    ///
    /// # Errors
    /// Where the query is none, or the library cannot be written.
    pub fn save_search(&self, name: &str, text: Option<&str>, now: i64) -> Result<()> {
        let Some(text) = text else {
            self.connection.execute("DELETE FROM search WHERE name = ?1", [name])?;
            return Ok(());
        };
        query::parse(text).map_err(|p| crate::notice::Notice::new(p.what).hint(p.hint))?;
        let mut put = self
            .connection
            .prepare_cached("INSERT INTO search (name, query) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET query = excluded.query")?;
        put.execute([name, text])?;
        self.count_searches(now)
    }

    /// Counts all saved searches; after articles came or were marked.
    ///
    /// # Errors
    /// Where the library cannot be read or written.
    pub fn count_searches(&self, now: i64) -> Result<()> {
        let saved = searches(self.connection)?;
        if saved.is_empty() {
            return Ok(());
        }
        self.index()?;
        let finder = Finder::new(self.connection, now);
        let unread = finder.unread()?;
        let mut put = self.connection.prepare_cached("UPDATE search SET articles = ?2, unread = ?3 WHERE name = ?1")?;
        for search in saved {
            // A query that an older program could read is not lost because this one cannot: it keeps its last count.
            let Ok(query) = query::parse(&search.query) else { continue };
            let mut found = finder.find(&query)?;
            let articles = found.len();
            found.keep(&unread);
            put.execute(params![search.name, articles, found.len()])?;
        }
        Ok(())
    }

    /// Keeps a correction of one article, or of all; answers its number.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn correct(&self, article: Option<ArticleKey>, righted: &Righted, now: i64) -> Result<i64> {
        let (kind, body) = corrections::put(righted);
        let mut put = self.connection.prepare_cached("INSERT INTO correction (made, article, kind, body) VALUES (?1, ?2, ?3, ?4)")?;
        put.execute(params![now, article.map(|a| a.0), kind, body])?;
        Ok(self.connection.last_insert_rowid())
    }

    /// Takes a correction back, or makes it hold again.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn undo_correction(&self, id: i64, undone: bool) -> Result<()> {
        self.connection.prepare_cached("UPDATE correction SET undone = ?2 WHERE id = ?1")?.execute(params![id, undone])?;
        Ok(())
    }

    /// Keeps these jumps in the place of those that were kept, the newest last; of too many the oldest go.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn keep_jumps(&self, jumps: &[KeptJump]) -> Result<()> {
        self.connection.execute("DELETE FROM jump", [])?;
        let mut put = self
            .connection
            .prepare_cached("INSERT INTO jump (made, article, body) VALUES (?1, (SELECT id FROM article WHERE id = ?2), ?3)")?;
        for KeptJump { made, article, body } in jumps.get(jumps.len().saturating_sub(MAX_JUMPS)..).unwrap_or_default() {
            put.execute(params![made, article.map(|a| a.0), body])?;
        }
        Ok(())
    }
}

/// What was kept under a name.
pub(super) fn setting(connection: &Connection, name: &str) -> Result<Option<String>> {
    let mut one = connection.prepare_cached("SELECT value FROM setting WHERE name = ?1")?;
    Ok(one.query_row([name], |row| row.get(0)).optional()?)
}

/// The saved searches, in the order in which they were saved.
fn searches(connection: &Connection) -> Result<Vec<SavedSearch>> {
    let mut some = connection.prepare_cached("SELECT name, query, articles, unread FROM search ORDER BY id")?;
    let rows = some.query_map([], |row| {
        let (articles, unread) = (row.get::<_, i64>(2)?, row.get::<_, i64>(3)?);
        Ok(SavedSearch { name: row.get(0)?, query: row.get(1)?, articles: articles.unsigned_abs(), unread: unread.unsigned_abs() })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The corrections of an article, or of all with `None`, in the order in which they were made.
pub(super) fn corrections(connection: &Connection, article: Option<ArticleKey>) -> Result<Vec<KeptCorrection>> {
    let of_one = "SELECT id, made, article, kind, body, undone FROM correction WHERE article = ?1 ORDER BY id";
    let of_all = "SELECT id, made, article, kind, body, undone FROM correction WHERE ?1 IS NULL ORDER BY id";
    let mut some = connection.prepare_cached(if article.is_some() { of_one } else { of_all })?;
    let rows = some.query_map([article.map(|a| a.0)], |row| {
        let (kind, body) = (row.get::<_, String>(3)?, row.get::<_, String>(4)?);
        Ok(KeptCorrection {
            id: row.get(0)?,
            made: row.get(1)?,
            article: row.get::<_, Option<i64>>(2)?.map(ArticleKey),
            righted: corrections::take(&kind, &body),
            undone: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The last jumps, the newest first.
fn jumps(connection: &Connection, limit: usize) -> Result<Vec<KeptJump>> {
    let mut some = connection.prepare_cached("SELECT made, article, body FROM jump ORDER BY id DESC LIMIT ?1")?;
    let rows = some.query_map([limit], |row| {
        Ok(KeptJump { made: row.get(0)?, article: row.get::<_, Option<i64>>(1)?.map(ArticleKey), body: row.get(2)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
