//! What the analysis found, and the index to it: who is named where, which moments are told of, who says what.

use super::codec::{self, Numbered};
use super::fault::Result;
use super::ident::hash;
use super::pack::Content;
use super::writer::Batch;
use super::{ArticleKey, EntityKey};
use crate::article::{Analysed, Entity, EntityId, Interval, PlaceRelation};
use crate::lexicon::gazetteer;
use crate::text::fold;
use rusqlite::{OptionalExtension, params};
use std::collections::{BTreeMap, HashSet};

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
    /// Keeps what was found in an article by the analysis of version `version` (see [`stored_version`]) in the place of what was known.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn annotate(&self, article: ArticleKey, version: u32, analysed: &Analysed) -> Result<()> {
        self.forget(article)?;
        let found = &analysed.found;
        let mut keys = Vec::with_capacity(found.entities.len());
        for entity in &found.entities {
            keys.push(self.entity(entity)?.0);
        }
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
        Ok(())
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
        let mut said = String::new();
        let mut put = self.connection.prepare_cached("INSERT INTO quotation (entity, article, quote) VALUES (?1, ?2, ?3)")?;
        for (n, quote) in analysed.found.quotes.iter().enumerate() {
            said.push_str(quote.span.of(&analysed.article.text));
            // A word that nobody looks for, so that no phrase reaches from one quotation into the next.
            said.push_str(" \u{1}0\u{1} ");
            if let Some(key) = quote.speaker.and_then(|EntityId(id)| keys.get(id as usize)) {
                put.execute(params![key, article.0, n])?;
            }
        }
        if !said.is_empty() {
            self.connection.prepare_cached("INSERT INTO said (rowid, text) VALUES (?1, ?2)")?.execute(params![article.0, fold(&said)])?;
        }
        Ok(())
    }

    /// The library's entity for one of an article: the same kind and name, or the same place of the gazetteer.
    fn entity(&self, entity: &Entity) -> Result<EntityKey> {
        let place = entity.place.as_ref().filter(|p| matches!(p.relation, PlaceRelation::Is | PlaceRelation::Within));
        let exact = place.filter(|p| p.relation == PlaceRelation::Is);
        let key = hash(&exact.map_or_else(|| fold(&entity.name), |p| format!("@{}", p.id.0)));
        let mut one = self.connection.prepare_cached("SELECT id, name FROM entity WHERE kind = ?1 AND key = ?2")?;
        let known: Option<(i64, String)> =
            one.query_row(params![entity.kind.number(), key], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let id = match known {
            Some((id, name)) => {
                self.call(id, entity, &name, false)?;
                id
            }
            None => {
                let name = exact.map_or(&entity.name, |p| &p.name);
                let mut put = self.connection.prepare_cached("INSERT INTO entity (kind, key, name, place) VALUES (?1, ?2, ?3, ?4)")?;
                put.execute(params![entity.kind.number(), key, name, place.map(|p| p.id.0)])?;
                let id = self.connection.last_insert_rowid();
                self.call(id, entity, name, true)?;
                id
            }
        };
        if let Some(place) = place {
            self.locate(place.id)?;
        }
        Ok(EntityKey(id))
    }

    /// Keeps the forms of an entity's name that have words which `name`, the one it stands under, has not, and puts the words into the index of names.
    fn call(&self, id: i64, entity: &Entity, name: &str, new: bool) -> Result<()> {
        let name = fold(name);
        let named: HashSet<&str> = words(&name).collect();
        let says_more = |form: &&String| words(&fold(form)).any(|w| !named.contains(w));
        let more: Vec<&String> = std::iter::once(&entity.name).chain(&entity.aliases).filter(says_more).collect();
        if more.is_empty() && !new {
            return Ok(());
        }
        let before = if new { String::new() } else { self.forms(id)? };
        let mut put = self.connection.prepare_cached("INSERT OR IGNORE INTO form (entity, form) VALUES (?1, ?2)")?;
        let mut added = 0;
        for form in more {
            added += put.execute(params![id, form])?;
        }
        if added == 0 && !new {
            return Ok(());
        }
        // The index keeps no text of its own, so what stands in it has to be said again to be taken out.
        if !new {
            let mut gone = self.connection.prepare_cached("INSERT INTO names (names, rowid, forms) VALUES ('delete', ?1, ?2)")?;
            gone.execute(params![id, before])?;
        }
        let mut put = self.connection.prepare_cached("INSERT INTO names (rowid, forms) VALUES (?1, ?2)")?;
        put.execute(params![id, self.forms(id)?])?;
        Ok(())
    }

    /// All forms of an entity's name, as they are indexed.
    fn forms(&self, id: i64) -> Result<String> {
        let all =
            "SELECT name || coalesce((SELECT ' ' || group_concat(form, ' ') FROM form WHERE entity = ?1), '') FROM entity WHERE id = ?1";
        let forms: String = self.connection.prepare_cached(all)?.query_row([id], |row| row.get(0))?;
        Ok(fold(&forms))
    }

    fn locate(&self, id: crate::article::PlaceId) -> Result<()> {
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
        self.connection.prepare_cached("DELETE FROM said WHERE rowid = ?1")?.execute([id])?;
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

/// The words of a folded name.
fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty())
}

/// First minute and length in minutes.
fn stretch(interval: Interval) -> (i64, i64) {
    let first = codec::minute(interval.from);
    (first, (codec::minute(interval.to) - first).max(0))
}
