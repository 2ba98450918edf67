//! Long lists by the place of a row: which articles stand where, and who or what an article is mostly about.

use super::bits::Bits;
use super::codec::{self, Numbered};
use super::fault::Result;
use super::reader::{self, Cursor, Order, Snapshot};
use super::search::{self, Matches};
use super::{ArticleKey, FeedKey};
use crate::article::Kind;
use rusqlite::{OptionalExtension, params};

/// The statements of this file.
pub(super) mod sql {
    pub(crate) const NAME: &str = "SELECT name FROM entity WHERE id = ?1 AND kind = ?2";
    pub(crate) const ENTITIES: &str = "SELECT entities FROM finding WHERE article = ?1";
    pub(crate) const MENTIONS: &str = "SELECT mentions FROM posting WHERE entity = ?1 AND article = ?2";
    #[cfg(test)]
    pub(crate) const EACH: &[&str] = &[NAME, ENTITIES, MENTIONS];
}

impl Snapshot<'_> {
    /// The articles of one feed.
    ///
    /// # Errors
    /// Where the library cannot be read; so for all that follow.
    pub fn of_feed(&self, feed: FeedKey) -> Result<Matches> {
        let bits = self.bits(search::sql::FEED, [feed.0])?;
        Ok(Matches { count: bits.len(), bits: Some(bits) })
    }

    /// All articles as a set, so that a list of them stays as it is while others come.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn everything(&self) -> Result<Matches> {
        let bits = self.bits(search::sql::ALL, [])?;
        Ok(Matches { count: bits.len(), bits: Some(bits) })
    }

    fn bits(&self, sql: &str, params: impl rusqlite::Params) -> Result<Bits> {
        let mut bits = Bits::default();
        let mut some = self.transaction.prepare_cached(sql)?;
        let mut rows = some.query(params)?;
        while let Some(row) = rows.next()? {
            bits.insert(row.get(0)?);
        }
        Ok(bits)
    }

    /// The places of at most `count` articles of a set in a list, from behind `after` on.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn places(&self, bits: &Bits, order: Order, after: Option<Cursor>, count: usize) -> Result<Vec<Cursor>> {
        let from = reader::start(order, after);
        let walk = if order == Order::Newest { reader::sql::WALK_NEWEST } else { reader::sql::WALK_OLDEST };
        let mut some = self.transaction.prepare_cached(walk)?;
        let mut rows = some.query(params![from.at, from.key.0])?;
        let mut out = Vec::new();
        while out.len() < count
            && let Some(row) = rows.next()?
        {
            let id = row.get(1)?;
            if bits.contains(id) {
                out.push(Cursor { at: row.get(0)?, key: ArticleKey(id) });
            }
        }
        Ok(out)
    }

    /// Where an article stands in lists; `None` where it is gone.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn place(&self, key: ArticleKey) -> Result<Option<Cursor>> {
        let at = self.transaction.prepare_cached(reader::sql::AT)?.query_row([key.0], |row| row.get(0)).optional()?;
        Ok(at.map(|at| Cursor { at, key }))
    }

    /// The entity of a kind that an article names most; the first named of several. `None` where it names none, or was not analysed.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn main_entity(&self, article: ArticleKey, kind: Kind) -> Result<Option<String>> {
        let packed: Option<Option<Vec<u8>>> =
            self.transaction.prepare_cached(sql::ENTITIES)?.query_row([article.0], |row| row.get(0)).optional()?;
        let keys = packed.flatten().and_then(|e| codec::take_numbers(&e)).unwrap_or_default();
        let mut mentions = self.transaction.prepare_cached(sql::MENTIONS)?;
        let mut name = self.transaction.prepare_cached(sql::NAME)?;
        let mut best: Option<(i64, String)> = None;
        for key in keys {
            let count: i64 = mentions.query_row([key, article.0], |row| row.get(0)).optional()?.unwrap_or(0);
            if best.as_ref().is_some_and(|(most, _)| *most >= count) || count == 0 {
                continue;
            }
            if let Some(found) = name.query_row(params![key, kind.number()], |row| row.get(0)).optional()? {
                best = Some((count, found));
            }
        }
        Ok(best.map(|(_, name)| name))
    }
}
