//! Feeds: where articles come from, how the last look at them went, and what the reader wants of each.

use super::fault::Result;
use super::schema::NEXT_FEED;
use super::writer::Batch;
use super::{ArticleKey, FeedKey};
use crate::notice::Notice;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// When the full text of a feed's articles is fetched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum FullText {
    /// Where the feed holds too little of it.
    #[default]
    Auto,
    /// When the reader asks.
    OnDemand,
    /// Never.
    Never,
}

/// A feed, or a folder of files, with its counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// Its number.
    pub key: FeedKey,
    /// Its address; a path for a folder.
    pub url: String,
    /// The site's address.
    pub site_url: Option<String>,
    /// As it calls itself.
    pub title: String,
    /// What the reader chose.
    pub choice: Choice,
    /// How the last look at it went.
    pub health: Health,
    /// True where its address is not the reader's word but that of a page or of a redirect, on another host: it must not lead into their own network.
    pub found: bool,
    /// Articles kept of it.
    pub articles: u64,
    /// Those not yet read.
    pub unread: u64,
}

/// What a reader chose for a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Choice {
    /// The reader's name for it.
    pub name: Option<String>,
    /// Its folder, levels parted by `/`; empty for none.
    pub folder: String,
    /// Its tags, in order of the alphabet.
    pub tags: Vec<String>,
    /// When the full text is fetched.
    pub full_text: FullText,
    /// Days that articles are kept; `None` for ever.
    pub keep_days: Option<u32>,
}

/// How the last look at a feed went. Instants are seconds since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// `ETag` of the last answer.
    pub etag: Option<String>,
    /// `Last-Modified` of the last answer.
    pub modified: Option<String>,
    /// When it was last looked at.
    pub checked: Option<i64>,
    /// Not to be asked before.
    pub retry: Option<i64>,
    /// Failures since the last success.
    pub failures: u32,
    /// The last failure; `None` after a success.
    pub failure: Option<Notice>,
    /// True where the server says that it is gone for good.
    pub gone: bool,
}

impl Health {
    /// True where the feed may be asked at `now`. A look that lies in the future was at a clock that was ahead: what was put off then is not put off.
    #[must_use]
    pub fn is_due(&self, now: i64) -> bool {
        !self.gone && (self.retry.is_none_or(|at| at <= now) || self.checked.is_some_and(|at| at > now))
    }
}

impl Feed {
    /// What it is called: by the reader, by itself, or by its address.
    #[must_use]
    pub fn shown(&self) -> &str {
        self.choice.name.as_deref().filter(|n| !n.is_empty()).or(Some(&self.title)).filter(|t| !t.is_empty()).unwrap_or(&self.url)
    }
}

const COLUMNS: &str = "id, url, site_url, title, name, folder, full_text, keep_days, etag, modified, checked, retry, failures, failure, gone, articles, unread, found";

fn feed(row: &Row<'_>) -> rusqlite::Result<Feed> {
    let full_text = match row.get::<_, i64>(6)? {
        1 => FullText::OnDemand,
        2 => FullText::Never,
        _ => FullText::Auto,
    };
    let failure: Option<String> = row.get(13)?;
    let health = Health {
        etag: row.get(8)?,
        modified: row.get(9)?,
        checked: row.get(10)?,
        retry: row.get(11)?,
        failures: row.get(12)?,
        failure: failure.and_then(|f| serde_json::from_str(&f).ok()).map(|(what, why, hint)| Notice { what, why, hint }),
        gone: row.get(14)?,
    };
    let choice = Choice { name: row.get(4)?, folder: row.get(5)?, tags: Vec::new(), full_text, keep_days: row.get(7)? };
    let (articles, unread) = (row.get::<_, i64>(15)?, row.get::<_, i64>(16)?);
    let count = |n: i64| u64::try_from(n).unwrap_or(0);
    Ok(Feed {
        key: FeedKey(row.get(0)?),
        url: row.get(1)?,
        site_url: row.get(2)?,
        title: row.get(3)?,
        choice,
        health,
        found: row.get(17)?,
        articles: count(articles),
        unread: count(unread),
    })
}

/// All feeds, by folder and name.
pub(super) fn all(connection: &Connection) -> Result<Vec<Feed>> {
    let mut some = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM feed"))?;
    let mut feeds: Vec<Feed> = some.query_map([], feed)?.collect::<rusqlite::Result<_>>()?;
    feeds.sort_by_cached_key(|f| f.key);
    let mut tags = connection.prepare_cached("SELECT feed, tag FROM feed_tag ORDER BY tag")?;
    let mut rows = tags.query([])?;
    while let Some(row) = rows.next()? {
        if let Ok(at) = feeds.binary_search_by_key(&FeedKey(row.get(0)?), |f| f.key) {
            feeds[at].choice.tags.push(row.get(1)?);
        }
    }
    feeds.sort_by_cached_key(|f| (f.choice.folder.to_lowercase(), f.shown().to_lowercase(), f.key));
    Ok(feeds)
}

impl Batch<'_> {
    /// The feed with an address, made where there is none; `true` where it is new.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn add_feed(&self, url: &str, title: &str) -> Result<(FeedKey, bool)> {
        if let Some(known) = self.feed(url)? {
            return Ok((known, false));
        }
        self.connection
            .prepare_cached(&format!("INSERT INTO feed (id, url, title) VALUES ({NEXT_FEED}, ?1, ?2)"))?
            .execute([url, title])?;
        Ok((FeedKey(self.connection.last_insert_rowid()), true))
    }

    /// The feed with an address.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn feed(&self, url: &str) -> Result<Option<FeedKey>> {
        let mut one = self.connection.prepare_cached("SELECT id FROM feed WHERE url = ?1")?;
        Ok(one.query_row([url], |row| row.get(0).map(FeedKey)).optional()?)
    }

    /// True where the feed is there: another program may have removed it while its server was asked.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn has_feed(&self, feed: FeedKey) -> Result<bool> {
        Ok(self.connection.prepare_cached("SELECT 1 FROM feed WHERE id = ?1")?.exists([feed.0])?)
    }

    /// Keeps what the reader chose for a feed.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn choose(&self, feed: FeedKey, choice: &Choice) -> Result<()> {
        let Choice { name, folder, tags, full_text, keep_days } = choice;
        let full_text = match full_text {
            FullText::Auto => 0,
            FullText::OnDemand => 1,
            FullText::Never => 2,
        };
        let mut put =
            self.connection.prepare_cached("UPDATE feed SET name = ?2, folder = ?3, full_text = ?4, keep_days = ?5 WHERE id = ?1")?;
        put.execute(params![feed.0, name, folder, full_text, keep_days])?;
        self.connection.prepare_cached("DELETE FROM feed_tag WHERE feed = ?1")?.execute([feed.0])?;
        for tag in tags {
            self.connection.prepare_cached("INSERT OR IGNORE INTO feed_tag (tag, feed) VALUES (?1, ?2)")?.execute(params![tag, feed.0])?;
        }
        Ok(())
    }

    /// Keeps how a look at a feed went, and what it says of itself; an empty title leaves the one that is known.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn looked(&self, feed: FeedKey, health: &Health, title: &str, site_url: Option<&str>) -> Result<()> {
        let Health { etag, modified, checked, retry, failures, failure, gone } = health;
        let failure = failure.as_ref().and_then(|Notice { what, why, hint }| serde_json::to_string(&(what, why, hint)).ok());
        let mut put = self.connection.prepare_cached(
            "UPDATE feed SET etag = ?2, modified = ?3, checked = ?4, retry = ?5, failures = ?6, failure = ?7, gone = ?8,
                title = iif(?9 = '', title, ?9), site_url = coalesce(?10, site_url) WHERE id = ?1",
        )?;
        put.execute(params![feed.0, etag, modified, checked, retry, failures, failure, gone, title, site_url])?;
        Ok(())
    }

    /// The feed has moved for good. Where another feed is at the new address already, nothing changes and the answer is `false`.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn move_feed(&self, feed: FeedKey, url: &str) -> Result<bool> {
        Ok(self.connection.prepare_cached("UPDATE OR IGNORE feed SET url = ?2 WHERE id = ?1")?.execute(params![feed.0, url])? > 0)
    }

    /// Notes whether the feed's address is not the reader's word ([`Feed::found`]).
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn found_feed(&self, feed: FeedKey, found: bool) -> Result<()> {
        self.connection.prepare_cached("UPDATE feed SET found = ?2 WHERE id = ?1")?.execute(params![feed.0, found])?;
        Ok(())
    }

    /// Deletes the articles of feeds that are kept for some days only, where they are older in each of their feeds, neither starred nor tagged. Answers how
    /// many.
    ///
    /// An article's age counts from its arrival or from the day that it says it was published on, whichever is later, up to the day that
    /// [`Batch::believed`] gives: neither a clock that is ahead nor one that was behind when it arrived makes it old.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn expire(&self, now: i64) -> Result<usize> {
        let now = self.believed(now)?;
        let mut some = self.connection.prepare_cached(
            "SELECT DISTINCT a.id FROM feed f JOIN item i ON i.feed = f.id JOIN article a ON a.id = i.article
             WHERE f.keep_days IS NOT NULL AND a.starred = 0 AND NOT EXISTS (SELECT 1 FROM tag t WHERE t.article = a.id)
               AND max(a.arrived, coalesce(a.published, 0) * 86400) < ?1 - f.keep_days * 86400
               AND NOT EXISTS (SELECT 1 FROM item o JOIN feed g ON g.id = o.feed WHERE o.article = a.id
                   AND (g.keep_days IS NULL OR max(a.arrived, coalesce(a.published, 0) * 86400) >= ?1 - g.keep_days * 86400))",
        )?;
        let old: Vec<i64> = some.query_map([now], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        for id in &old {
            self.delete(ArticleKey(*id))?;
        }
        self.forget_removed(now)?;
        Ok(old.len())
    }

    /// `now`, or the end of the day on which the newest article of the library says it was published, where that is earlier: what is deleted for its age
    /// does not hang on this machine's clock alone.
    fn believed(&self, now: i64) -> Result<i64> {
        let mut newest =
            self.connection.prepare_cached("SELECT published FROM article WHERE published IS NOT NULL ORDER BY at DESC LIMIT 1")?;
        let day: Option<i64> = newest.query_row([], |row| row.get(0)).optional()?;
        Ok(day.map_or(now, |day| now.min((day + 1).saturating_mul(86_400))))
    }
}
