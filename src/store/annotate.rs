//! What the analysis found, and the index to it: who is named where, which moments are told of, who says what.

use super::ArticleKey;
use super::codec;
use super::fault::Result;
use super::pack::{Content, Packer};
use super::writer::Batch;
use crate::article::{Analysed, Annotations, EntityId, Interval};
use crate::lexicon::gazetteer;
use crate::text::fold;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;

/// The version under which an analysis is stored: that of the rules, which the caller knows, and that of the layout.
#[must_use]
pub const fn stored_version(rules: u32) -> u32 {
    rules * 1000 + codec::LAYOUT
}

/// The largest class of lengths: 2^22 days are more than the calendar has.
pub(super) const MAX_SIZE: u32 = 22;

/// The length of an interval as a class: the number of bits of its days. An interval of class `c` is shorter than `2^c` days.
pub(super) fn size(minutes: i64) -> u32 {
    64 - (minutes.max(0) / 1440).cast_unsigned().leading_zeros()
}

impl Batch<'_> {
    /// Keeps what was found in an article by the analysis of version `version` (see [`stored_version`]) in the place of what was known. Nothing is kept where
    /// the article is gone, or has another text by now: it waits for an analysis of that one.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn annotate(&self, article: ArticleKey, version: u32, analysed: &Analysed) -> Result<()> {
        if !self.is_of(article, &analysed.article.text)? {
            return Ok(());
        }
        self.forget(article)?;
        let found = &analysed.found;
        let keys = self.resolve(article, analysed)?;
        self.post(article, analysed, &keys)?;
        for (n, event) in found.events.iter().enumerate() {
            if let Some(interval) = event.interval {
                let (first, minutes) = stretch(interval);
                let mut put = self
                    .connection
                    .prepare_cached("INSERT INTO moment (size, first, article, event, minutes) VALUES (?1, ?2, ?3, ?4, ?5)")?;
                put.execute(params![size(minutes), first, article.0, n, minutes])?;
            }
        }
        self.quotations(article, analysed, &keys)?;
        let mut put = self.connection.prepare_cached("INSERT INTO finding (article, found, entities) VALUES (?1, ?2, ?3)")?;
        put.execute(params![
            article.0,
            self.packer.pack(Content::Finding, &codec::put_found(found, &analysed.article.text))?,
            codec::put_numbers(&keys)
        ])?;
        self.connection.prepare_cached("UPDATE article SET analysis = ?2 WHERE id = ?1")?.execute(params![article.0, version])?;
        self.look_back_from(article, found, &keys)?;
        self.tell(article, analysed, &keys)
    }

    /// True where the article is there and `text` is its text, or its own is damaged: nothing is found in it then, and it is done all the same.
    fn is_of(&self, article: ArticleKey, text: &str) -> Result<bool> {
        if !self.connection.prepare_cached("SELECT 1 FROM article WHERE id = ?1")?.exists([article.0])? {
            return Ok(false);
        }
        let mut one = self.connection.prepare_cached("SELECT head, text FROM body WHERE article = ?1")?;
        let body: Option<(Vec<u8>, Vec<u8>)> = one.query_row([article.0], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let stored = body.and_then(|(head, packed)| codec::take_head(&head, String::new(), self.packer.text(&packed).ok()?));
        Ok(stored.is_none_or(|stored| stored.text == text))
    }

    fn post(&self, article: ArticleKey, analysed: &Analysed, keys: &[i64]) -> Result<()> {
        let mut counts: BTreeMap<i64, u32> = keys.iter().map(|k| (*k, 0)).collect();
        for mention in &analysed.found.mentions {
            if let Some(key) = keys.get(mention.entity.0 as usize) {
                *counts.entry(*key).or_default() += 1;
            }
        }
        let mut put = self.connection.prepare_cached("INSERT INTO posting (entity, article, mentions) VALUES (?1, ?2, ?3)")?;
        for (key, count) in counts {
            put.execute(params![key, article.0, count])?;
        }
        Ok(())
    }

    fn quotations(&self, article: ArticleKey, analysed: &Analysed, keys: &[i64]) -> Result<()> {
        let mut put = self.connection.prepare_cached("INSERT INTO quotation (entity, article, quote) VALUES (?1, ?2, ?3)")?;
        for (n, quote) in analysed.found.quotes.iter().enumerate() {
            if let Some(key) = quote.speaker.and_then(|EntityId(id)| keys.get(id as usize)) {
                put.execute(params![key, article.0, n])?;
            }
        }
        let said = said(&analysed.found, &analysed.article.text);
        if said.is_empty() { Ok(()) } else { self.index_said(article, said) }
    }

    pub(super) fn locate(&self, id: crate::article::PlaceId) -> Result<()> {
        let Some(place) = gazetteer::place(id) else { return Ok(()) };
        let mut put = self.connection.prepare_cached("INSERT OR IGNORE INTO place (id, country, division) VALUES (?1, ?2, ?3)")?;
        put.execute(params![id.0, place.country().map(|c| c.to_string()), place.division().map(|d| d.id().0)])?;
        Ok(())
    }

    /// Takes what was found in an article out of the index.
    pub(super) fn forget(&self, article: ArticleKey) -> Result<()> {
        let id = article.0;
        let mut one = self.connection.prepare_cached(
            "SELECT f.found, f.entities, b.text FROM finding f JOIN body b ON b.article = f.article WHERE f.article = ?1",
        )?;
        let known: Option<(Vec<u8>, Vec<u8>, Vec<u8>)> =
            one.query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
        let Some((found, entities, text)) = known else { return Ok(()) };
        match codec::take_numbers(&entities) {
            Some(keys) => {
                for key in &keys {
                    self.connection.prepare_cached("DELETE FROM posting WHERE entity = ?1 AND article = ?2")?.execute([*key, id])?;
                    self.connection.prepare_cached("DELETE FROM quotation WHERE entity = ?1 AND article = ?2")?.execute([*key, id])?;
                }
            }
            None => self.sweep(&["posting", "quotation"], id)?,
        }
        let text = self.packer.text(&text).unwrap_or_default();
        match self.packer.unpack(&found).ok().and_then(|f| codec::take_found(&f, &text)) {
            // An older layout than the tables, whose moments went with it.
            _ if found.is_empty() => {}
            Some(found) => {
                for (n, interval) in found.events.iter().enumerate().filter_map(|(n, e)| Some((n, e.interval?))) {
                    let (first, minutes) = stretch(interval);
                    let mut gone = self
                        .connection
                        .prepare_cached("DELETE FROM moment WHERE size = ?1 AND first = ?2 AND article = ?3 AND event = ?4")?;
                    gone.execute(params![size(minutes), first, id, n])?;
                }
            }
            None => self.sweep(&["moment"], id)?,
        }
        self.unindex_said(id)?;
        self.connection.prepare_cached("DELETE FROM finding WHERE article = ?1")?.execute([id])?;
        Ok(())
    }

    /// Finds the rows of an article the slow way, where what was stored of it is damaged or of another layout.
    fn sweep(&self, tables: &[&str], id: i64) -> Result<()> {
        for table in tables {
            self.connection.prepare_cached(&format!("DELETE FROM {table} WHERE article = ?1"))?.execute([id])?;
        }
        Ok(())
    }
}

/// The words of all quotations, folded.
fn said(found: &Annotations, text: &str) -> String {
    let mut said = String::new();
    for quote in &found.quotes {
        said.push_str(quote.span.of(text));
        said.push(' ');
    }
    fold(&said)
}

/// Puts the words of all quotations into an index that is new and empty.
pub(super) fn index_said(connection: &Connection) -> Result<()> {
    let packer = Packer::load(connection)?;
    let mut all = connection.prepare("SELECT f.article, f.found, b.text FROM finding f JOIN body b ON b.article = f.article")?;
    let mut put = connection.prepare("INSERT OR REPLACE INTO said (rowid, text) VALUES (?1, ?2)")?;
    let mut rows = all.query([])?;
    while let Some(row) = rows.next()? {
        // What is damaged, or of an older layout, is found again by the next analysis.
        let Ok(text) = packer.text(&row.get::<_, Vec<u8>>(2)?) else { continue };
        let found = packer.unpack(&row.get::<_, Vec<u8>>(1)?).ok().and_then(|f| codec::take_found(&f, &text));
        let said = found.map(|f| said(&f, &text)).unwrap_or_default();
        if !said.is_empty() {
            put.execute(params![row.get::<_, i64>(0)?, said])?;
        }
    }
    Ok(())
}

/// First minute and length in minutes.
fn stretch(interval: Interval) -> (i64, i64) {
    let first = codec::minute(interval.from);
    (first, (codec::minute(interval.to) - first).max(0))
}
