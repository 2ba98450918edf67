//! The reader's own server: what it calls feeds and articles, and what both sides last agreed on.
//!
//! Each side may change a mark while the other does not listen. What both last agreed on tells which side did, so nothing has to be guessed: a mark that
//! one side changed is changed on the other. Where both did, and the server says when, the later one holds.

use super::fault::Result;
use super::reader::Snapshot;
use super::writer::Batch;
use super::{ArticleKey, FeedKey};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{HashMap, HashSet};

/// A feed as the server knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RemoteFeed {
    /// What the server calls it.
    pub id: String,
    /// The library's feed; `None` where the reader removed it since.
    pub feed: Option<FeedKey>,
    /// The name that both agreed on.
    pub title: String,
    /// The folder that both agreed on.
    pub folder: String,
}

/// The marks of an article that servers know too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// True where it was read.
    pub read: bool,
    /// True where it has a star.
    pub starred: bool,
}

/// A tag of an article that the server knows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RemoteTag {
    /// The tag.
    pub tag: String,
    /// What the server calls the article.
    pub id: String,
}

/// An article that was marked here, and not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsent {
    /// What the server calls it.
    pub id: String,
    /// As the server has it.
    pub before: Marks,
    /// As the reader wants it.
    pub now: Marks,
}

/// An item with its article.
struct Linked {
    article: i64,
    /// What both sides agreed on.
    agreed: Marks,
    /// Since when the reader wants it otherwise.
    changed: Option<i64>,
    /// As it is here.
    ours: Marks,
}

/// The statements of this file.
pub(super) mod sql {
    pub(crate) const ITEM: &str = "SELECT i.article, i.read, i.starred, i.changed, a.read, a.starred FROM remote_item i JOIN article a ON a.id = i.article WHERE i.id = ?1";
    pub(crate) const UNSENT: &str =
        "SELECT i.id, i.read, i.starred, a.read, a.starred FROM remote_item i JOIN article a ON a.id = i.article
         WHERE i.changed IS NOT NULL ORDER BY i.changed";
    #[cfg(test)]
    pub(crate) const EACH: &[&str] = &[ITEM, UNSENT];
}

/// All feeds that the server knows.
fn feeds(connection: &Connection) -> Result<Vec<RemoteFeed>> {
    let mut some = connection.prepare_cached("SELECT id, feed, title, folder FROM remote_feed")?;
    let rows = some.query_map([], |row| {
        Ok(RemoteFeed { id: row.get(0)?, feed: row.get::<_, Option<i64>>(1)?.map(FeedKey), title: row.get(2)?, folder: row.get(3)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// All articles that the server knows, also those that were deleted here.
fn items(connection: &Connection) -> Result<HashMap<String, Marks>> {
    let mut some = connection.prepare_cached("SELECT id, read, starred FROM remote_item")?;
    let rows = some.query_map([], |row| Ok((row.get(0)?, Marks { read: row.get(1)?, starred: row.get(2)? })))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What has to be sent, in the order in which it was done.
fn unsent(connection: &Connection) -> Result<Vec<Unsent>> {
    let mut some = connection.prepare_cached(sql::UNSENT)?;
    let rows = some.query_map([], |row| {
        let (before, now) = (Marks { read: row.get(1)?, starred: row.get(2)? }, Marks { read: row.get(3)?, starred: row.get(4)? });
        Ok(Unsent { id: row.get(0)?, before, now })
    })?;
    Ok(rows.filter(|u| u.as_ref().map_or(true, |u| u.before != u.now)).collect::<rusqlite::Result<_>>()?)
}

impl Snapshot<'_> {
    /// The feeds that the reader's server knows.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn remote_feeds(&self) -> Result<Vec<RemoteFeed>> {
        feeds(self.connection())
    }

    /// What the server calls its articles, and the marks that both sides last agreed on.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn remote_items(&self) -> Result<HashMap<String, Marks>> {
        items(self.connection())
    }

    /// What the reader marked since, and the server does not know.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn unsent(&self) -> Result<Vec<Unsent>> {
        unsent(self.connection())
    }
}

impl Snapshot<'_> {
    /// The tags of articles that both sides last agreed on.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn remote_tags(&self) -> Result<HashSet<RemoteTag>> {
        self.tags_of("SELECT tag, id FROM remote_tag")
    }

    /// The tags that articles have here which the server knows.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn remote_tagged(&self) -> Result<HashSet<RemoteTag>> {
        self.tags_of("SELECT t.tag, i.id FROM tag t JOIN remote_item i ON i.article = t.article")
    }

    fn tags_of(&self, sql: &str) -> Result<HashSet<RemoteTag>> {
        let mut some = self.connection().prepare_cached(sql)?;
        let rows = some.query_map([], |row| Ok(RemoteTag { tag: row.get(0)?, id: row.get(1)? }))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Batch<'_> {
    /// Both sides agree from now on that an article has a tag, or not; it is so here. Answers whether that changed something here: nothing for an
    /// article that the library does not have.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn agree_on_tag(&self, tag: &RemoteTag, on: bool) -> Result<bool> {
        let RemoteTag { tag, id } = tag;
        let run = |sql: &str| self.connection.prepare_cached(sql).and_then(|mut s| s.execute([tag, id]));
        Ok(if on {
            run("INSERT OR IGNORE INTO remote_tag (tag, id) SELECT ?1, id FROM remote_item WHERE id = ?2")?;
            run("INSERT OR IGNORE INTO tag (tag, article) SELECT ?1, article FROM remote_item WHERE id = ?2 AND article IS NOT NULL")? > 0
        } else {
            run("DELETE FROM remote_tag WHERE tag = ?1 AND id = ?2")?;
            run("DELETE FROM tag WHERE tag = ?1 AND article = (SELECT article FROM remote_item WHERE id = ?2)")? > 0
        })
    }

    /// Keeps what both sides agree on of a feed.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn agree_on_feed(&self, feed: &RemoteFeed) -> Result<()> {
        let mut put =
            self.connection.prepare_cached("INSERT OR REPLACE INTO remote_feed (id, feed, title, folder) VALUES (?1, ?2, ?3, ?4)")?;
        put.execute(params![feed.id, feed.feed.map(|f| f.0), feed.title, feed.folder])?;
        Ok(())
    }

    /// The server does not know the feed any more.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn forget_remote_feed(&self, id: &str) -> Result<()> {
        self.connection.prepare_cached("DELETE FROM remote_feed WHERE id = ?1")?.execute([id])?;
        Ok(())
    }

    /// Forgets everything about the server, because it is another one now. Feeds, articles and marks stay.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn forget_remote(&self) -> Result<()> {
        self.connection.execute_batch("DELETE FROM remote_feed; DELETE FROM remote_tag; DELETE FROM remote_item;")?;
        Ok(())
    }

    /// An article turned out to be what the server calls `id`; `None` for one that was deleted here and stays so. Where the article is new here it
    /// takes the server's marks; where both had it, what is read or starred on one side is so on both.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn link_item(&self, id: &str, article: Option<ArticleKey>, theirs: Marks, new: bool) -> Result<()> {
        let mut put =
            self.connection.prepare_cached("INSERT OR REPLACE INTO remote_item (id, article, read, starred) VALUES (?1, ?2, ?3, ?4)")?;
        put.execute(params![id, article.map(|a| a.0), theirs.read, theirs.starred])?;
        let Some(Linked { article, ours, .. }) = self.remote_item(id)? else { return Ok(()) };
        let both = if new { theirs } else { Marks { read: ours.read || theirs.read, starred: ours.starred || theirs.starred } };
        self.put_marks(article, both)?;
        self.settle(id, both == theirs, None)
    }

    /// Takes over what the server says of an article that both know, and that was so since `when` (seconds since 1970) where the server tells. What
    /// the reader did and the server does not know yet holds, unless the server is the later one. Answers whether a mark changed here.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn take_marks(&self, id: &str, theirs: Marks, when: Option<i64>) -> Result<bool> {
        let Some(Linked { article, agreed, changed, ours }) = self.remote_item(id)? else {
            let mut put = self.connection.prepare_cached("UPDATE remote_item SET read = ?2, starred = ?3 WHERE id = ?1")?;
            put.execute(params![id, theirs.read, theirs.starred])?;
            return Ok(false);
        };
        let later = matches!((when, changed), (Some(when), Some(changed)) if when > changed);
        let one = |ours: bool, agreed: bool, theirs: bool| if later || theirs != agreed { theirs } else { ours };
        let both = Marks { read: one(ours.read, agreed.read, theirs.read), starred: one(ours.starred, agreed.starred, theirs.starred) };
        let changes = self.put_marks(article, both)?;
        let mut put = self.connection.prepare_cached("UPDATE remote_item SET read = ?2, starred = ?3 WHERE id = ?1")?;
        put.execute(params![id, theirs.read, theirs.starred])?;
        self.settle(id, both == theirs, changed)?;
        Ok(changes)
    }

    /// The server has acknowledged that an item is read or not, starred or not.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn sent(&self, id: &str, read: Option<bool>, starred: Option<bool>) -> Result<()> {
        let sql = "UPDATE remote_item SET read = coalesce(?2, read), starred = coalesce(?3, starred) WHERE id = ?1";
        self.connection.prepare_cached(sql)?.execute(params![id, read, starred])?;
        let agree = self.remote_item(id)?.is_none_or(|linked| linked.ours == linked.agreed);
        self.settle(id, agree, None)
    }

    fn remote_item(&self, id: &str) -> Result<Option<Linked>> {
        let mut one = self.connection.prepare_cached(sql::ITEM)?;
        let row = one.query_row([id], |row| {
            let (agreed, ours) = (Marks { read: row.get(1)?, starred: row.get(2)? }, Marks { read: row.get(4)?, starred: row.get(5)? });
            Ok(Linked { article: row.get(0)?, agreed, changed: row.get(3)?, ours })
        });
        Ok(row.optional()?)
    }

    fn put_marks(&self, article: i64, marks: Marks) -> Result<bool> {
        let mut put =
            self.connection.prepare_cached("UPDATE article SET read = ?2, starred = ?3 WHERE id = ?1 AND (read <> ?2 OR starred <> ?3)")?;
        Ok(put.execute(params![article, marks.read, marks.starred])? > 0)
    }

    /// Notes whether something of the item is to be sent, after the trigger has noted that it changed.
    fn settle(&self, id: &str, agree: bool, changed: Option<i64>) -> Result<()> {
        let sql = match (agree, changed) {
            (true, _) => "UPDATE remote_item SET changed = NULL WHERE id = ?1 AND ?2 IS NULL",
            (false, Some(_)) => "UPDATE remote_item SET changed = ?2 WHERE id = ?1",
            (false, None) => {
                "UPDATE remote_item SET changed = coalesce(changed, CAST(strftime('%s', 'now') AS INTEGER)) WHERE id = ?1 AND ?2 IS NULL"
            }
        };
        self.connection.prepare_cached(sql)?.execute(params![id, if agree { None } else { changed }])?;
        Ok(())
    }
}
