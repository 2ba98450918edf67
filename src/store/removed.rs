//! Feeds that were removed, with the articles that went with them: kept for some days, so that it can be undone.
//!
//! Articles lie there as they were packed, outside all lists and indexes; what was found in them is put into the index again when they come back.

use super::codec::{take_found, take_head};
use super::fault::Result;
use super::index::Words;
use super::schema::{NEXT_ARTICLE, NEXT_FEED};
use super::writer::Batch;
use super::{ArticleKey, FeedKey};
use crate::article::{Analysed, Article};
use crate::text::fold;
use rusqlite::{OptionalExtension, Row, params};
use std::collections::HashMap;

/// Seconds for which a removed feed can come back.
const KEPT: i64 = 14 * 86_400;

/// What came of removing a feed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    /// The number under which [`Batch::restore_feed`] brings it back.
    pub id: i64,
    /// Articles that went with it.
    pub articles: usize,
}

/// An article of a removed feed.
struct Gone {
    id: i64,
    read: bool,
    site: Option<String>,
    analysis: u32,
    title: String,
    head: Vec<u8>,
    text: Vec<u8>,
    found: Option<Vec<u8>>,
    remote: Option<String>,
    corrections: Option<String>,
}

impl Batch<'_> {
    /// Removes a feed and those of its articles that no other feed has and that are neither starred nor tagged, or none with `keep`. It can be brought
    /// back for some days after `now`, in seconds since 1970.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn remove_feed(&self, feed: FeedKey, keep: bool, now: i64) -> Result<Removed> {
        let mut gone: Vec<i64> = Vec::new();
        if !keep {
            let mut some = self.connection.prepare_cached(
                "SELECT a.id FROM item i JOIN article a ON a.id = i.article
                 WHERE i.feed = ?1 AND a.starred = 0 AND NOT EXISTS (SELECT 1 FROM tag t WHERE t.article = a.id)
                   AND NOT EXISTS (SELECT 1 FROM item o WHERE o.article = a.id AND o.feed <> ?1)",
            )?;
            gone = some.query_map([feed.0], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        }
        let mut put = self.connection.prepare_cached(
            "INSERT INTO removed (made, url, site_url, title, name, folder, full_text, keep_days, etag, modified, found, tags, remote)
             SELECT ?2, url, site_url, title, name, folder, full_text, keep_days, etag, modified, found,
                (SELECT json_group_array(tag) FROM feed_tag WHERE feed = ?1), (SELECT r.id FROM remote_feed r WHERE r.feed = ?1)
             FROM feed WHERE id = ?1",
        )?;
        if put.execute(params![feed.0, now])? == 0 {
            return Ok(Removed::default());
        }
        let id = self.connection.last_insert_rowid();
        let run = |sql: &str, one: i64| self.connection.prepare_cached(sql).and_then(|mut s| s.execute([id, one]));
        run("INSERT INTO removed_item SELECT ?1, key, article, seen FROM item WHERE feed = ?2", feed.0)?;
        for article in &gone {
            run(
                "INSERT INTO removed_article SELECT ?1, a.id, a.at, a.arrived, a.read, s.site, a.language, a.link, a.hash, a.analysis, a.published,
                    a.title, a.place, b.head, b.text, b.raw, f.found, (SELECT r.id FROM remote_item r WHERE r.article = a.id),
                    (SELECT json_group_array(c.id) FROM correction c WHERE c.article = a.id)
                 FROM article a JOIN body b ON b.article = a.id LEFT JOIN source s ON s.id = a.source LEFT JOIN finding f ON f.article = a.id
                 WHERE a.id = ?2",
                *article,
            )?;
            self.delete(ArticleKey(*article))?;
        }
        self.connection.execute("DELETE FROM feed WHERE id = ?1", [feed.0])?;
        Ok(Removed { id, articles: gone.len() })
    }

    /// Brings a removed feed back with its articles, as they were; `None` where it cannot be any more. Articles keep their numbers, where those are
    /// free.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn restore_feed(&self, id: i64) -> Result<Option<FeedKey>> {
        let mut one = self.connection.prepare_cached("SELECT url, tags, remote FROM removed WHERE id = ?1")?;
        let known: Option<(String, String, Option<String>)> =
            one.query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
        let Some((url, tags, remote)) = known else { return Ok(None) };
        let mut put = self.connection.prepare_cached(&format!(
            "INSERT OR IGNORE INTO feed (id, url, site_url, title, name, folder, full_text, keep_days, etag, modified, found)
             SELECT {NEXT_FEED}, url, site_url, title, name, folder, full_text, keep_days, etag, modified, found FROM removed WHERE id = ?1"
        ))?;
        put.execute([id])?;
        let Some(feed) = self.feed(&url)? else { return Ok(None) };
        for tag in serde_json::from_str::<Vec<String>>(&tags).unwrap_or_default() {
            self.connection.prepare_cached("INSERT OR IGNORE INTO feed_tag (tag, feed) VALUES (?1, ?2)")?.execute(params![tag, feed.0])?;
        }
        let mut link = self.connection.prepare_cached("UPDATE remote_feed SET feed = ?2 WHERE id = ?1 AND feed IS NULL")?;
        link.execute(params![remote, feed.0])?;
        let back = self.restore_articles(id, feed)?;
        let mut items = self.connection.prepare_cached("SELECT key, article, seen FROM removed_item WHERE removed = ?1")?;
        let mut put = self.connection.prepare_cached(
            "INSERT OR IGNORE INTO item (feed, key, article, seen) SELECT ?1, ?2, (SELECT id FROM article WHERE id = ?3), ?4
             WHERE NOT EXISTS (SELECT 1 FROM item WHERE feed = ?1 AND article = ?3)",
        )?;
        let mut rows = items.query([id])?;
        while let Some(row) = rows.next()? {
            let (key, article, seen): (i64, Option<i64>, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            put.execute(params![feed.0, key, article.map(|a| back.get(&a).copied().unwrap_or(a)), seen])?;
        }
        self.connection.prepare_cached("DELETE FROM removed WHERE id = ?1")?.execute([id])?;
        Ok(Some(feed))
    }

    /// Feeds that were removed long ago do not come back.
    pub(super) fn forget_removed(&self, now: i64) -> Result<()> {
        self.connection.prepare_cached("DELETE FROM removed WHERE made < ?1")?.execute([now.saturating_sub(KEPT)])?;
        Ok(())
    }

    /// Puts the articles of a removed feed where they were; answers the numbers they have now. One that has come again since is not doubled.
    fn restore_articles(&self, removed: i64, feed: FeedKey) -> Result<HashMap<i64, i64>> {
        let mut some = self.connection.prepare_cached(
            "SELECT article, read, site, analysis, title, head, text, found, remote, corrections FROM removed_article WHERE removed = ?1",
        )?;
        let mut back = HashMap::new();
        let mut rows = some.query([removed])?;
        while let Some(row) = rows.next()? {
            let gone = take(row)?;
            let id = match self.came_again(removed, gone.id, feed)? {
                Some(id) => id,
                None => self.restore_article(removed, &gone)?,
            };
            self.restore_what_was_said(&gone, id)?;
            back.insert(gone.id, id);
        }
        Ok(back)
    }

    /// The article that a removed one is now, where its feed was added again and brought it, or another feed did.
    fn came_again(&self, removed: i64, article: i64, feed: FeedKey) -> Result<Option<i64>> {
        let mut one = self.connection.prepare_cached(
            "SELECT i.article FROM removed_item r JOIN item i ON i.feed = ?3 AND i.key = r.key
             WHERE r.removed = ?1 AND r.article = ?2 AND i.article IS NOT NULL
             UNION ALL
             SELECT a.id FROM removed_article r JOIN article a ON a.hash = r.hash AND a.link IS r.link WHERE r.removed = ?1 AND r.article = ?2
             LIMIT 1",
        )?;
        Ok(one.query_row([removed, article, feed.0], |row| row.get(0)).optional()?)
    }

    /// What the reader did with a removed article holds for it again.
    fn restore_what_was_said(&self, gone: &Gone, id: i64) -> Result<()> {
        if gone.read {
            self.connection.prepare_cached("UPDATE article SET read = 1 WHERE id = ?1 AND read = 0")?.execute([id])?;
        }
        let mut link = self.connection.prepare_cached("UPDATE remote_item SET article = ?2 WHERE id = ?1 AND article IS NULL")?;
        link.execute(params![gone.remote, id])?;
        for correction in gone.corrections.as_deref().and_then(|c| serde_json::from_str::<Vec<i64>>(c).ok()).unwrap_or_default() {
            let mut link = self.connection.prepare_cached("UPDATE correction SET article = ?2 WHERE id = ?1 AND article IS NULL")?;
            link.execute([correction, id])?;
        }
        Ok(())
    }

    fn restore_article(&self, removed: i64, gone: &Gone) -> Result<i64> {
        let source = gone.site.as_deref().map(|site| self.source(site)).transpose()?;
        let free = !self.connection.prepare_cached("SELECT 1 FROM article WHERE id = ?1")?.exists([gone.id])?;
        let mut put = self.connection.prepare_cached(&format!(
            "INSERT INTO article (id, at, arrived, read, source, language, link, hash, published, title, place)
             SELECT coalesce(?3, {NEXT_ARTICLE}), at, arrived, ?4, ?5, language, link, hash, published, title, place FROM removed_article WHERE removed = ?1 AND article = ?2"
        ))?;
        put.execute(params![removed, gone.id, free.then_some(gone.id), gone.read, source])?;
        let id = self.connection.last_insert_rowid();
        let run = |sql: &str| self.connection.prepare_cached(sql).and_then(|mut s| s.execute(params![removed, gone.id, id]));
        run(
            "INSERT INTO body (article, head, text, raw) SELECT ?3, head, text, raw FROM removed_article WHERE removed = ?1 AND article = ?2",
        )?;
        // A damaged text stays in the lists, and is told as damaged when it is opened.
        let Ok(text) = self.packer.text(&gone.text) else { return Ok(id) };
        let article = take_head(&gone.head, gone.title.clone(), text).unwrap_or_default();
        let byline = article.byline.as_deref().map(fold).unwrap_or_default();
        self.index_text(id, Words { text: fold(&article.text), title: fold(&gone.title), byline })?;
        self.restore_finding(ArticleKey(id), gone, article)?;
        Ok(id)
    }

    /// What was found in it; where that cannot be read it is analysed again, as a new article is.
    fn restore_finding(&self, key: ArticleKey, gone: &Gone, article: Article) -> Result<()> {
        let found = gone.found.as_deref().and_then(|f| self.packer.unpack(f).ok()).and_then(|f| take_found(&f, &article.text));
        match found {
            Some(found) if gone.analysis > 0 => self.annotate(key, gone.analysis, &Analysed { article, found }),
            _ => Ok(()),
        }
    }
}

fn take(row: &Row<'_>) -> rusqlite::Result<Gone> {
    Ok(Gone {
        id: row.get(0)?,
        read: row.get(1)?,
        site: row.get(2)?,
        analysis: row.get(3)?,
        title: row.get(4)?,
        head: row.get(5)?,
        text: row.get(6)?,
        found: row.get(7)?,
        remote: row.get(8)?,
        corrections: row.get(9)?,
    })
}
