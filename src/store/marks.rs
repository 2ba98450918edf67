//! What the reader does with articles: read, star, tag. Each answers what it changed, so that it can be undone.

use super::ArticleKey;
use super::fault::Result;
use super::reader::{Snapshot, sql};
use super::writer::Batch;
use rusqlite::params;

/// Something done with an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Read, or not.
    Read(bool),
    /// Starred, or not.
    Starred(bool),
    /// Given a tag.
    Tag(String),
    /// Freed from a tag.
    Untag(String),
}

impl Mark {
    /// What takes it back.
    #[must_use]
    pub fn undone(&self) -> Self {
        match self {
            Self::Read(read) => Self::Read(!read),
            Self::Starred(starred) => Self::Starred(!starred),
            Self::Tag(tag) => Self::Untag(tag.clone()),
            Self::Untag(tag) => Self::Tag(tag.clone()),
        }
    }
}

impl Snapshot<'_> {
    /// The tags of an article, in the order of the alphabet.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn tags(&self, article: ArticleKey) -> Result<Vec<String>> {
        let mut all = self.connection().prepare_cached(sql::TAGS)?;
        let tags: Vec<String> = all.query_map([article.0], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        Ok(tags)
    }
}

impl Batch<'_> {
    /// Marks articles; answers those for which that changed something.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn mark(&self, articles: impl IntoIterator<Item = ArticleKey>, mark: &Mark) -> Result<Vec<ArticleKey>> {
        let sql = match mark {
            Mark::Read(_) => "UPDATE article SET read = ?2 WHERE id = ?1 AND read <> ?2",
            Mark::Starred(_) => "UPDATE article SET starred = ?2 WHERE id = ?1 AND starred <> ?2",
            Mark::Tag(_) => "INSERT OR IGNORE INTO tag (article, tag) SELECT id, ?2 FROM article WHERE id = ?1",
            Mark::Untag(_) => "DELETE FROM tag WHERE article = ?1 AND tag = ?2",
        };
        let mut change = self.connection.prepare_cached(sql)?;
        let mut changed = Vec::new();
        for article in articles {
            let rows = match mark {
                Mark::Read(on) | Mark::Starred(on) => change.execute(params![article.0, on])?,
                Mark::Tag(tag) | Mark::Untag(tag) => change.execute(params![article.0, tag])?,
            };
            if rows > 0 {
                changed.push(article);
            }
        }
        Ok(changed)
    }
}
