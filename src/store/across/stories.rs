//! Stories as a reader sees them: what is told these days, by whom, about whom and where.

use super::identity::root;
use crate::article::Kind;
use crate::store::codec;
use crate::store::fault::Result;
use crate::store::reader::{Row, Snapshot};
use crate::store::{ArticleKey, Bits, EntityKey};
use rusqlite::{OptionalExtension, params};
use std::collections::{HashMap, HashSet};

/// The latest articles that are looked at for a list of stories.
const LATEST: usize = 20_000;

/// Articles of a story that are read to say whom it is about.
const READ: usize = 10;

/// People and places that are named of a story.
const NAMED: usize = 5;

/// Articles that tell one event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Story {
    /// Its number.
    pub key: i64,
    /// The article that is nearest to all others.
    pub headline: Row,
    /// How many articles tell it, and how many of them in the days that were asked for.
    pub articles: u64,
    /// Those in the days that were asked for.
    pub lately: usize,
    /// How many sources tell it, in these days.
    pub sources: usize,
    /// Its first and last article, in seconds since 1970.
    pub span: (i64, i64),
    /// Who and which bodies occur in it, the most named first.
    pub people: Vec<(EntityKey, String)>,
    /// Where it happens.
    pub places: Vec<(EntityKey, String)>,
}

/// An article that tells a story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Telling {
    /// The article.
    pub row: Row,
    /// Whose copy it is, with a few changes.
    pub copy_of: Option<ArticleKey>,
}

/// The statements of this file.
pub(in crate::store) mod sql {
    pub(crate) const LATELY: &str = "SELECT t.story, a.id, a.source FROM article a CROSS JOIN telling t ON t.article = a.id
         WHERE a.at >= ?1 AND a.at < ?2 ORDER BY a.at DESC, a.id DESC LIMIT ?3";
    pub(crate) const STORY: &str = "SELECT headline, articles FROM story WHERE id = ?1";
    pub(crate) const TELLINGS: &str = "SELECT article, copy_of FROM telling WHERE story = ?1 ORDER BY story DESC, article DESC LIMIT ?2";
    pub(crate) const COPY: &str = "SELECT copy_of FROM telling WHERE article = ?1";
    pub(crate) const ENTITIES: &str = "SELECT entities FROM finding WHERE article = ?1";
    #[cfg(test)]
    pub(crate) const EACH: &[&str] = &[LATELY, STORY, TELLINGS, COPY, ENTITIES];
}

/// What was seen of a story in some days.
#[derive(Default)]
struct Seen {
    articles: usize,
    sources: HashSet<Option<i64>>,
}

impl Snapshot<'_> {
    /// The stories told between two instants, those of the most sources first; of `of`, where articles are given, else of the whole library.
    ///
    /// # Errors
    /// Where the library cannot be read; so for all that follow.
    pub fn stories(&self, (from, to): (i64, i64), of: Option<&crate::store::Matches>, limit: usize) -> Result<Vec<Story>> {
        let mut stories: HashMap<i64, Seen> = HashMap::new();
        let mut some = self.transaction.prepare_cached(sql::LATELY)?;
        let mut rows = some.query(params![from, to, LATEST])?;
        while let Some(row) = rows.next()? {
            if of.is_some_and(|of| !row.get(1).is_ok_and(|id| of.contains(ArticleKey(id)))) {
                continue;
            }
            let seen = stories.entry(row.get(0)?).or_default();
            seen.articles += 1;
            seen.sources.insert(row.get(2)?);
        }
        let mut all: Vec<(i64, Seen)> = stories.into_iter().collect();
        all.sort_by_key(|(key, seen)| std::cmp::Reverse((seen.sources.len(), seen.articles, *key)));
        all.truncate(limit);
        let whole = |(key, seen): (i64, Seen)| -> Result<Option<Story>> {
            Ok(self.story(key)?.map(|story| Story { lately: seen.articles, sources: seen.sources.len(), ..story }))
        };
        all.into_iter().filter_map(|one| whole(one).transpose()).collect()
    }

    /// The articles that appeared between two instants.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn between(&self, from: i64, to: i64) -> Result<Bits> {
        let mut some = self.transaction.prepare_cached(super::rise::sql::BETWEEN)?;
        Ok(some.query_map([from, to], |row| row.get::<_, i64>(0))?.collect::<rusqlite::Result<_>>()?)
    }

    /// What a story is called: the title of its headline's article.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn story_title(&self, story: i64) -> Result<Option<String>> {
        Ok(self.headline(story)?.map(|key| self.row(key)).transpose()?.flatten().map(|row| row.title))
    }

    /// The article of a story that is nearest to the others.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn headline(&self, story: i64) -> Result<Option<ArticleKey>> {
        let mut one = self.transaction.prepare_cached(sql::STORY)?;
        Ok(one.query_row([story], |row| row.get(0).map(ArticleKey)).optional()?)
    }

    /// The story that an article tells.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn story_of(&self, article: ArticleKey) -> Result<Option<i64>> {
        let mut one = self.transaction.prepare_cached(super::page::sql::STORY)?;
        Ok(one.query_row([article.0], |row| row.get(0)).optional()?)
    }

    /// Whose copy an article is, with a few changes.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn copy_of(&self, article: ArticleKey) -> Result<Option<ArticleKey>> {
        let mut one = self.transaction.prepare_cached(sql::COPY)?;
        let copy: Option<Option<i64>> = one.query_row([article.0], |row| row.get(0)).optional()?;
        Ok(copy.flatten().map(ArticleKey))
    }

    /// A story; `None` where there is none of that number.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn story(&self, key: i64) -> Result<Option<Story>> {
        let mut one = self.transaction.prepare_cached(sql::STORY)?;
        let found = one.query_row([key], |row| Ok((ArticleKey(row.get(0)?), row.get::<_, i64>(1)?.unsigned_abs()))).optional()?;
        let Some((headline, articles)) = found else { return Ok(None) };
        let mut story = Story { key, articles, headline: self.row(headline)?.unwrap_or_default(), ..Story::default() };
        let tellings = self.tellings(key, READ)?;
        let mut sources: HashSet<&Option<String>> = HashSet::new();
        story.span = (i64::MAX, i64::MIN);
        let mut names: HashMap<i64, usize> = HashMap::new();
        for telling in &tellings {
            let at = telling.row.cursor.at;
            story.span = (story.span.0.min(at), story.span.1.max(at));
            sources.insert(&telling.row.site);
            // Copies say nothing new.
            if telling.copy_of.is_none() {
                self.roots_of(telling.row.cursor.key.0)?.into_iter().for_each(|name| *names.entry(name).or_default() += 1);
            }
        }
        (story.lately, story.sources) = (tellings.len(), sources.len());
        self.name_story(&mut story, names)?;
        Ok(Some(story))
    }

    fn name_story(&self, story: &mut Story, names: HashMap<i64, usize>) -> Result<()> {
        let mut names: Vec<(i64, usize)> = names.into_iter().collect();
        names.sort_unstable_by_key(|(id, count)| (std::cmp::Reverse(*count), *id));
        for (id, _) in names {
            let Some(line) = self.line(id)? else { continue };
            let list = if line.kind == Kind::Place { &mut story.places } else { &mut story.people };
            if list.len() < NAMED && line.kind != Kind::Other {
                list.push((EntityKey(id), self.called(EntityKey(id))?));
            }
            if story.places.len() >= NAMED && story.people.len() >= NAMED {
                break;
            }
        }
        Ok(())
    }

    /// The library's names of an article, in the order of its entities.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn entities_of(&self, article: ArticleKey) -> Result<Vec<EntityKey>> {
        let mut one = self.transaction.prepare_cached(sql::ENTITIES)?;
        let bytes: Option<Option<Vec<u8>>> = one.query_row([article.0], |row| row.get(0)).optional()?;
        Ok(bytes.flatten().and_then(|b| codec::take_numbers(&b)).unwrap_or_default().into_iter().map(EntityKey).collect())
    }

    /// The entities of an article, each once.
    pub(super) fn roots_of(&self, article: i64) -> Result<Vec<i64>> {
        let mut out = Vec::new();
        for name in self.entities_of(ArticleKey(article))? {
            let root = root(&self.transaction, name.0)?;
            if !out.contains(&root) {
                out.push(root);
            }
        }
        Ok(out)
    }

    /// The articles of a story, the latest first.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn tellings(&self, story: i64, limit: usize) -> Result<Vec<Telling>> {
        let mut some = self.transaction.prepare_cached(sql::TELLINGS)?;
        let all = some.query_map(params![story, limit], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(1)?)))?;
        let mut out = Vec::new();
        for telling in all {
            let (article, copy_of) = telling?;
            if let Some(row) = self.row(ArticleKey(article))? {
                out.push(Telling { row, copy_of: copy_of.map(ArticleKey) });
            }
        }
        out.sort_by_key(|t| std::cmp::Reverse(t.row.cursor));
        Ok(out)
    }
}
