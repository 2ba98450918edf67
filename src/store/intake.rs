//! Articles arrive: new, known, changed, or known under another name.

use super::codec::put_head;
use super::fault::Result;
use super::ident::{canonical, hash};
use super::index::Words;
use super::pack::Content;
use super::schema::NEXT_ARTICLE;
use super::writer::Batch;
use super::{ArticleKey, FeedKey};
use crate::article::Article;
use crate::text::{fold, titled};
use rusqlite::{OptionalExtension, params};
use std::collections::{HashMap, HashSet};

/// How many articles with the same address or words are looked at before an arriving one is taken for new.
const LOOKED_AT: usize = 20;

/// An article that arrives.
#[derive(Clone, Copy, Debug)]
pub struct Incoming<'a> {
    /// The article.
    pub article: &'a Article,
    /// The feed that it came in.
    pub feed: Option<FeedKey>,
    /// What the feed calls it.
    pub guid: Option<&'a str>,
    /// What came in, where that is not the text.
    pub raw: Option<&'a [u8]>,
    /// When it was published, in seconds since 1970, where that is known better than by the day.
    pub at: Option<i64>,
}

/// What an arriving article turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// One that was not there.
    New(ArticleKey),
    /// One that was there, with other words; it has to be analysed again.
    Changed(ArticleKey),
    /// One that is there.
    Known(ArticleKey),
    /// One that was deleted, and stays so.
    Deleted,
}

/// What identifies an article: numbers of its address and of its words.
struct Marks {
    link: Option<i64>,
    hash: i64,
    item: i64,
}

impl Batch<'_> {
    /// Takes in an article at the instant `now`, in seconds since 1970.
    ///
    /// It is known by the feed's name for it; else by address and words; else by its words within one feed. So neither a feed that gives new names
    /// to everything nor two feeds with one article double it.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn take_in(&self, incoming: &Incoming<'_>, now: i64) -> Result<Arrival> {
        let marks = marks(incoming);
        let known = match self.item(incoming.feed, marks.item)? {
            Some(None) => return Ok(Arrival::Deleted),
            Some(Some(id)) => Some(id),
            None => self.same(incoming, &marks)?,
        };
        let arrival = match known {
            Some(id) if self.hash_of(id)? == Some(marks.hash) => Arrival::Known(ArticleKey(id)),
            Some(id) => {
                self.forget(ArticleKey(id))?;
                self.put(Some(id), incoming, &marks, now)?;
                Arrival::Changed(ArticleKey(id))
            }
            None => Arrival::New(ArticleKey(self.put(None, incoming, &marks, now)?)),
        };
        if let (Some(feed), Arrival::New(key) | Arrival::Changed(key) | Arrival::Known(key)) = (incoming.feed, arrival) {
            self.note_item(feed, marks.item, key, now)?;
        }
        Ok(arrival)
    }

    /// The article of a feed's item: `Some(None)` where it was deleted.
    fn item(&self, feed: Option<FeedKey>, key: i64) -> Result<Option<Option<i64>>> {
        let Some(feed) = feed else { return Ok(None) };
        let mut one = self.connection.prepare_cached("SELECT article FROM item WHERE feed = ?1 AND key = ?2")?;
        Ok(one.query_row(params![feed.0, key], |row| row.get(0)).optional()?)
    }

    fn note_item(&self, feed: FeedKey, key: i64, article: ArticleKey, now: i64) -> Result<()> {
        // An article has one row in a feed, whatever names the feed has had for it: counts go by rows.
        let mut moved = self.connection.prepare_cached("UPDATE OR IGNORE item SET key = ?2, seen = ?4 WHERE article = ?3 AND feed = ?1")?;
        if moved.execute(params![feed.0, key, article.0, now])? == 0 {
            let mut put =
                self.connection.prepare_cached("INSERT OR IGNORE INTO item (feed, key, article, seen) VALUES (?1, ?2, ?3, ?4)")?;
            put.execute(params![feed.0, key, article.0, now])?;
        }
        Ok(())
    }

    fn hash_of(&self, id: i64) -> Result<Option<i64>> {
        Ok(self.connection.prepare_cached("SELECT hash FROM article WHERE id = ?1")?.query_row([id], |row| row.get(0)).optional()?)
    }

    /// The stored article that this one is, under another name.
    fn same(&self, incoming: &Incoming<'_>, marks: &Marks) -> Result<Option<i64>> {
        let feed = incoming.feed.map_or(-1, |f| f.0);
        let words = "SELECT id FROM (SELECT id, link FROM article WHERE hash = ?1 LIMIT ?4)
             WHERE link IS ?2 OR link IS NULL OR ?2 IS NULL OR EXISTS (SELECT 1 FROM item WHERE article = id AND feed = ?3) LIMIT 1";
        let found: Option<i64> = self
            .connection
            .prepare_cached(words)?
            .query_row(params![marks.hash, marks.link, feed, LOOKED_AT], |row| row.get(0))
            .optional()?;
        if found.is_some() || marks.link.is_none() {
            return Ok(found);
        }
        // The same address with other words is the same article only under the same title: some feeds have one address for everything.
        let address = "SELECT id FROM (SELECT id, title FROM article WHERE link = ?1 LIMIT ?4)
             WHERE title = ?2 AND (?3 = -1 OR EXISTS (SELECT 1 FROM item WHERE article = id AND feed = ?3)) LIMIT 1";
        let title = &incoming.article.title;
        Ok(self.connection.prepare_cached(address)?.query_row(params![marks.link, title, feed, LOOKED_AT], |row| row.get(0)).optional()?)
    }

    /// When an article belongs in the lists: its own time, noon where only the day is known. That is never after its arrival; but where the clock is behind,
    /// as late as what came before.
    fn instant(&self, incoming: &Incoming<'_>, published: Option<i64>, now: i64) -> Result<i64> {
        let own = incoming.at.or_else(|| published.map(|day| day * 86_400 + 43_200)).unwrap_or(now);
        if own <= now {
            return Ok(own);
        }
        let newest: Option<i64> = self.connection.prepare_cached("SELECT max(at) FROM article")?.query_row([], |row| row.get(0))?;
        Ok(own.min(newest.unwrap_or(now).max(now)))
    }

    /// Stores an article, in the place of the one with this number where there is one.
    fn put(&self, id: Option<i64>, incoming: &Incoming<'_>, marks: &Marks, now: i64) -> Result<i64> {
        let article = incoming.article;
        let source = article.site.as_deref().map(|site| self.source(site)).transpose()?;
        let place = article.dateline.as_ref().map(|d| titled(d.place.of(&article.text)));
        let published = article.published.map(super::codec::day_number);
        let at = self.instant(incoming, published, now)?;
        let id = if let Some(id) = id {
            let mut put = self.connection.prepare_cached(
                "UPDATE article SET source = ?2, language = ?3, link = ?4, hash = ?5, published = ?6, title = ?7, place = ?8, analysis = 0 WHERE id = ?1",
            )?;
            put.execute(params![id, source, article.language, marks.link, marks.hash, published, article.title, place])?;
            self.unindex_text(id)?;
            id
        } else {
            let mut put = self.connection.prepare_cached(&format!(
                "INSERT INTO article (id, at, arrived, source, language, link, hash, published, title, place)
                 VALUES ({NEXT_ARTICLE}, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
            ))?;
            put.execute(params![at, now, source, article.language, marks.link, marks.hash, published, article.title, place])?;
            self.connection.last_insert_rowid()
        };
        self.put_body(id, incoming)?;
        Ok(id)
    }

    pub(super) fn put_body(&self, id: i64, incoming: &Incoming<'_>) -> Result<()> {
        let article = incoming.article;
        let text = self.packer.pack(Content::Text, article.text.as_bytes())?;
        let raw = incoming.raw.filter(|raw| *raw != article.text.as_bytes()).map(|raw| self.packer.pack(Content::Text, raw)).transpose()?;
        let mut body = self.connection.prepare_cached(
            "INSERT INTO body (article, head, text, raw) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (article) DO UPDATE SET head = excluded.head, text = excluded.text, raw = excluded.raw",
        )?;
        body.execute(params![id, put_head(article), text, raw])?;
        let byline = article.byline.as_deref().map(fold).unwrap_or_default();
        self.index_text(id, Words { text: fold(&article.text), title: fold(&article.title), byline })
    }

    pub(super) fn source(&self, site: &str) -> Result<i64> {
        let known =
            self.connection.prepare_cached("SELECT id FROM source WHERE site = ?1")?.query_row([site], |row| row.get(0)).optional()?;
        if let Some(id) = known {
            return Ok(id);
        }
        self.connection.prepare_cached("INSERT INTO source (site) VALUES (?1)")?.execute([site])?;
        Ok(self.connection.last_insert_rowid())
    }

    /// Deletes an article with all that was found in it. Its feeds remember it, so that it does not come back.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn delete(&self, article: ArticleKey) -> Result<()> {
        self.forget(article)?;
        self.untell(article)?;
        self.unindex_text(article.0)?;
        self.connection.prepare_cached("DELETE FROM article WHERE id = ?1")?.execute([article.0])?;
        Ok(())
    }
}

/// Names for those articles of one answer whose address is that of others too: feeds of changes or of alerts have one for everything, and each new item
/// would take the place of the one before.
#[must_use]
pub fn told_apart<'a>(articles: impl Iterator<Item = &'a Article> + Clone) -> Vec<Option<String>> {
    fn address(article: &Article) -> Option<&str> {
        article.url.as_deref().and_then(|url| url.split('#').next())
    }
    let mut titles: HashMap<&str, &str> = HashMap::new();
    let mut shared: HashSet<&str> = HashSet::new();
    for article in articles.clone() {
        if let Some(url) = address(article)
            && *titles.entry(url).or_insert(&article.title) != article.title
        {
            shared.insert(url);
        }
    }
    let name = |article: &Article| address(article).filter(|url| shared.contains(url)).map(|url| format!("{url} {}", article.title));
    articles.map(name).collect()
}

fn marks(incoming: &Incoming<'_>) -> Marks {
    let article = incoming.article;
    let link = article.url.as_deref().and_then(canonical).map(|c| hash(&c));
    let words = article.id.cast_signed();
    let item = incoming.guid.filter(|g| !g.is_empty()).map(hash).or(link).unwrap_or(words);
    Marks { link, hash: words, item }
}

/// Puts the words of all articles into an index that is new and empty.
pub(super) fn index_all(connection: &rusqlite::Connection) -> Result<()> {
    let packer = super::pack::Packer::load(connection)?;
    let mut all = connection.prepare("SELECT b.article, a.title, b.head, b.text FROM body b JOIN article a ON a.id = b.article")?;
    let mut put = connection.prepare("INSERT OR REPLACE INTO words (rowid, text, title, byline) VALUES (?1, ?2, ?3, ?4)")?;
    let mut rows = all.query([])?;
    while let Some(row) = rows.next()? {
        let (id, title, head): (i64, String, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        // An article whose text is damaged stays in the lists, and is told as damaged when it is opened.
        let Ok(text) = packer.text(&row.get::<_, Vec<u8>>(3)?) else { continue };
        let byline = super::codec::take_head(&head, String::new(), String::new()).and_then(|a| a.byline).unwrap_or_default();
        put.execute(params![id, fold(&text), fold(&title), fold(&byline)])?;
    }
    Ok(())
}
