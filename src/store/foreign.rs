//! What other readers keep in databases of their own.

use super::fault::Result;
use super::reader::connect;
use super::remote::Marks;
use crate::notice::Notice;
use std::path::{Path, PathBuf};

/// An article in the database of another program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Foreign {
    /// The address of its feed.
    pub feed: String,
    /// Its address.
    pub url: String,
    /// Its title.
    pub title: String,
    /// Who wrote it.
    pub author: String,
    /// Its text as HTML.
    pub html: String,
    /// When it was published, in seconds since 1970.
    pub published: Option<i64>,
    /// Read and starred.
    pub marks: Marks,
    /// Its tags.
    pub tags: Vec<String>,
}

/// A feed in the database of another program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ForeignFeed {
    /// Its address.
    pub url: String,
    /// What it is called there.
    pub title: String,
    /// Its folder; empty for none.
    pub folder: String,
}

/// Gives the articles in newsboat's cache to `each`, which stops by failing. The cache is only read.
///
/// # Errors
/// Where it cannot be read or is none, and those of `each`.
pub fn newsboat_cache(path: &Path, each: &mut dyn FnMut(Foreign) -> Result<()>) -> Result<()> {
    let told = |e: rusqlite::Error| {
        Notice::new(path.display().to_string()).because(e).hint("it should be newsboat's cache.db; see that newsboat is not running")
    };
    let connection = connect(path)?;
    let sql = "SELECT feedurl, url, title, author, content, pubDate, unread, coalesce(flags, '') <> '' FROM rss_item WHERE deleted = 0 ORDER BY id";
    let mut some = connection.prepare(sql).map_err(told)?;
    let mut rows = some.query([]).map_err(told)?;
    while let Some(row) = rows.next().map_err(told)? {
        // Columns that newer versions fill otherwise are taken as they are.
        let text = |n: usize| row.get_ref(n).ok().and_then(|v| v.as_bytes().ok()).map(|b| String::from_utf8_lossy(b).into_owned());
        each(Foreign {
            feed: text(0).unwrap_or_default(),
            url: text(1).unwrap_or_default(),
            title: text(2).unwrap_or_default(),
            author: text(3).unwrap_or_default(),
            html: text(4).unwrap_or_default(),
            published: row.get(5).ok().filter(|at| *at > 0),
            marks: Marks { read: !row.get::<_, bool>(6).unwrap_or(true), starred: row.get(7).unwrap_or(false) },
            tags: Vec::new(),
        })?;
    }
    Ok(())
}

/// A database of news-flash, the library that eilmeldung and NewsFlash keep their articles with.
#[derive(Debug)]
pub struct NewsFlash {
    connection: rusqlite::Connection,
    path: PathBuf,
}

impl NewsFlash {
    /// Opens it to read.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn open(path: &Path) -> Result<Self> {
        Ok(Self { connection: connect(path)?, path: path.to_owned() })
    }

    fn told(&self, error: rusqlite::Error) -> Notice {
        let hint = "it should be the database.sqlite of eilmeldung or NewsFlash";
        Notice::new(self.path.display().to_string()).because(error).hint(hint)
    }

    /// The feeds with their folders.
    ///
    /// # Errors
    /// Where it is no such database.
    pub fn feeds(&self) -> Result<Vec<ForeignFeed>> {
        let sql = "SELECT f.feed_url, f.label, (SELECT c.label FROM feed_mapping m JOIN categories c ON c.category_id = m.category_id
                        WHERE m.feed_id = f.feed_id LIMIT 1)
                   FROM feeds f WHERE f.feed_url IS NOT NULL ORDER BY f.rowid";
        let read = || {
            let mut some = self.connection.prepare(sql)?;
            let rows = some.query_map([], |row| {
                Ok(ForeignFeed { url: row.get(0)?, title: row.get(1)?, folder: row.get::<_, Option<String>>(2)?.unwrap_or_default() })
            })?;
            rows.collect::<rusqlite::Result<_>>()
        };
        read().map_err(|e| self.told(e))
    }

    /// Gives its articles to `each`, which stops by failing.
    ///
    /// # Errors
    /// Where it is no such database, and those of `each`.
    pub fn articles(&self, each: &mut dyn FnMut(Foreign) -> Result<()>) -> Result<()> {
        let has = |table: &str, column: &str| {
            let sql = "SELECT 1 FROM pragma_table_info(?1) WHERE name = ?2";
            self.connection.prepare(sql).and_then(|mut s| s.exists([table, column])).map_err(|e| self.told(e))
        };
        // Newer versions keep the texts in a table of their own, and older ones call the date otherwise.
        let text =
            if has("articles", "html")? { "a.html" } else { "(SELECT t.html FROM article_contents t WHERE t.article_id = a.article_id)" };
        let date = if has("articles", "date")? { "a.date" } else { "a.timestamp" };
        // 0 is read, and starred.
        let sql = format!(
            "SELECT f.feed_url, a.url, a.title, a.author, coalesce({text}, a.summary), CAST(strftime('%s', {date}) AS INTEGER), a.unread = 0, a.marked = 0,
                (SELECT group_concat(g.label, char(10)) FROM taggings x JOIN tags g ON g.tag_id = x.tag_id WHERE x.article_id = a.article_id)
             FROM articles a JOIN feeds f ON f.feed_id = a.feed_id ORDER BY {date}"
        );
        let mut some = self.connection.prepare(&sql).map_err(|e| self.told(e))?;
        let mut rows = some.query([]).map_err(|e| self.told(e))?;
        while let Some(row) = rows.next().map_err(|e| self.told(e))? {
            let text = |n: usize| row.get_ref(n).ok().and_then(|v| v.as_bytes().ok()).map(|b| String::from_utf8_lossy(b).into_owned());
            let tags = text(8).unwrap_or_default();
            each(Foreign {
                feed: text(0).unwrap_or_default(),
                url: text(1).unwrap_or_default(),
                title: text(2).unwrap_or_default(),
                author: text(3).unwrap_or_default(),
                html: text(4).unwrap_or_default(),
                published: row.get(5).ok().filter(|at| *at > 0),
                marks: Marks { read: row.get(6).unwrap_or(false), starred: row.get(7).unwrap_or(false) },
                tags: tags.lines().map(str::to_owned).collect(),
            })?;
        }
        Ok(())
    }
}
