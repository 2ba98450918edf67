//! The indexes of words, written at the end of a change.
//!
//! SQLite's full-text index writes what it holds in memory to its tables whenever a statement with triggers begins, because that one might have to be
//! taken back. So an article's words are kept aside until all its rows are there: one part of the index for each change instead of one for each article,
//! which was a fifth of the time that a first fetch took.

use super::ArticleKey;
use super::fault::Result;
use super::writer::Batch;
use crate::text::fold;
use rusqlite::{OptionalExtension, params};
use std::collections::{BTreeMap, BTreeSet};

/// Words that wait, in bytes, before they are written in the midst of a change.
const MOST: usize = 16 << 20;

/// What waits to be put into the indexes.
#[derive(Debug, Default)]
pub(super) struct Unindexed {
    texts: BTreeMap<i64, Words>,
    said: BTreeMap<i64, String>,
    names: BTreeSet<i64>,
    bytes: usize,
}

/// An article's words, folded.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) text: String,
    pub(super) title: String,
    pub(super) byline: String,
}

impl Batch<'_> {
    /// Has the words of an article indexed.
    pub(super) fn index_text(&self, article: i64, words: Words) -> Result<()> {
        self.waits(words.text.len(), |waiting| drop(waiting.texts.insert(article, words)))
    }

    /// Has the words of an article's quotations indexed.
    pub(super) fn index_said(&self, article: ArticleKey, said: String) -> Result<()> {
        self.waits(said.len(), |waiting| drop(waiting.said.insert(article.0, said)))
    }

    /// Has all forms of an entity's name indexed.
    pub(super) fn index_names(&self, entity: i64) -> Result<()> {
        self.waits(0, |waiting| waiting.names.extend([entity]))
    }

    /// What was said in an article is said no more.
    pub(super) fn unindex_said(&self, article: i64) -> Result<()> {
        self.unindexed.borrow_mut().said.remove(&article);
        self.connection.prepare_cached("DELETE FROM said WHERE rowid = ?1")?.execute([article])?;
        Ok(())
    }

    /// The words of an article that goes, or gets others.
    pub(super) fn unindex_text(&self, article: i64) -> Result<()> {
        self.unindexed.borrow_mut().texts.remove(&article);
        self.connection.prepare_cached("DELETE FROM words WHERE rowid = ?1")?.execute([article])?;
        Ok(())
    }

    fn waits(&self, bytes: usize, put: impl FnOnce(&mut Unindexed)) -> Result<()> {
        let mut waiting = self.unindexed.borrow_mut();
        put(&mut waiting);
        waiting.bytes += bytes;
        let much = waiting.bytes > MOST;
        drop(waiting);
        if much { self.index() } else { Ok(()) }
    }

    /// Writes what waits; before anything is looked for in the indexes, and at the end of a change.
    pub(super) fn index(&self) -> Result<()> {
        let Unindexed { texts, said, names, .. } = self.unindexed.take();
        let mut forms = Vec::with_capacity(names.len());
        let mut one = self.connection.prepare_cached(
            "SELECT name || ' ' || coalesce((SELECT group_concat(form, ' ') FROM form WHERE entity = ?1), '') FROM entity WHERE id = ?1",
        )?;
        for id in names {
            forms.extend(one.query_row([id], |row| row.get::<_, String>(0)).optional()?.map(|all| (id, fold(&all))));
        }
        let mut put = self.connection.prepare_cached("INSERT INTO words (rowid, text, title, byline) VALUES (?1, ?2, ?3, ?4)")?;
        for (id, Words { text, title, byline }) in texts {
            put.execute(params![id, text, title, byline])?;
        }
        let mut put = self.connection.prepare_cached("INSERT INTO said (rowid, text) VALUES (?1, ?2)")?;
        said.iter().try_for_each(|(id, said)| put.execute(params![id, said]).map(drop))?;
        let mut put = self.connection.prepare_cached("INSERT OR REPLACE INTO names (rowid, forms) VALUES (?1, ?2)")?;
        forms.iter().try_for_each(|(id, forms)| put.execute(params![id, forms]).map(drop))?;
        Ok(())
    }
}
