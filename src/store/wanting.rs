//! Articles of which a feed gave only the beginning: the list of those whose pages are still to be asked for, and what came of it.

use super::ArticleKey;
use super::fault::Result;
use super::intake::Incoming;
use super::reader::Snapshot;
use super::writer::Batch;
use crate::article::Article;
use crate::text::titled;
use rusqlite::params;

/// How often a page is asked for that does not come.
const TRIES: i64 = 3;

impl Snapshot<'_> {
    /// Articles whose pages are to be asked for, those that came last first.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn wanting(&self, limit: usize) -> Result<Vec<ArticleKey>> {
        let mut some = self.connection().prepare_cached("SELECT article FROM wanting ORDER BY article DESC LIMIT ?1")?;
        Ok(some.query_map([limit], |row| row.get(0).map(ArticleKey))?.collect::<rusqlite::Result<_>>()?)
    }
}

impl Batch<'_> {
    /// Has the page of an article asked for.
    ///
    /// # Errors
    /// Where the library cannot be written; so for all that follow.
    pub fn want_whole(&self, article: ArticleKey) -> Result<()> {
        self.connection.prepare_cached("INSERT OR REPLACE INTO wanting (article) VALUES (?1)")?.execute([article.0])?;
        Ok(())
    }

    /// The page of an article did not come; it is asked for again the next time, but not for ever. `never` where it came and says no more.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn not_whole(&self, article: ArticleKey, never: bool) -> Result<()> {
        self.connection.prepare_cached("UPDATE wanting SET tries = tries + 1 WHERE article = ?1")?.execute([article.0])?;
        let mut gone = self.connection.prepare_cached("DELETE FROM wanting WHERE article = ?1 AND (?2 OR tries >= ?3)")?;
        gone.execute(params![article.0, never, TRIES])?;
        Ok(())
    }

    /// Puts the text of an article's page in the place of what the feed gave. The feed still knows it by its own words. What was found in it is found
    /// anew. Answers whether the article is there.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn complete(&self, key: ArticleKey, article: &Article) -> Result<bool> {
        self.connection.prepare_cached("DELETE FROM wanting WHERE article = ?1")?.execute([key.0])?;
        if !self.connection.prepare_cached("SELECT 1 FROM article WHERE id = ?1")?.exists([key.0])? {
            return Ok(false);
        }
        self.forget(key)?;
        self.unindex_text(key.0)?;
        let place = article.dateline.as_ref().map(|d| titled(d.place.of(&article.text)));
        let mut put = self
            .connection
            .prepare_cached("UPDATE article SET language = coalesce(?2, language), place = ?3, analysis = 0 WHERE id = ?1")?;
        put.execute(params![key.0, article.language, place])?;
        self.put_body(key.0, &Incoming { article, feed: None, guid: None, raw: None, at: None })?;
        Ok(true)
    }
}
