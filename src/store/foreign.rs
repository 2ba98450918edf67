//! What other readers keep in databases of their own.

use super::fault::Result;
use super::reader::connect;
use super::remote::Marks;
use crate::notice::Notice;
use std::path::Path;

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
        })?;
    }
    Ok(())
}
