//! Everything that the library knows about one entity: its names, roles, words, moments and company.
//!
//! Counts and times are those of all articles. What has to be read is read in the latest and the first articles only, so that a page of somebody whom
//! half of the library names opens as fast as any other.

use super::company::Companion;
use super::identity::{Belongs, belongs, members, root};
use crate::article::{Annotations, EntityId, Interval, Kind, PlaceId};
use crate::link::Rule;
use crate::store::codec::Numbered;
use crate::store::fault::Result;
use crate::store::reader::{Row, Snapshot, Stored};
use crate::store::search::Matches;
use crate::store::{ArticleKey, Bits, Cursor, EntityKey, Order};
use crate::text::{Span, fold};
use rusqlite::OptionalExtension;
use std::collections::HashMap;

/// The latest and the first articles that are read for a page.
const LATEST: usize = 60;
const FIRST: usize = 12;

/// Up to so many articles their times are asked for one by one; beyond, all of the library are walked.
const FEW: usize = 2000;

/// Passages that are kept for a page: quotations of each sort, and moments.
const PASSAGES: usize = 200;

/// Somebody or something with all that the library knows.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The name that stands for it.
    pub key: EntityKey,
    /// What it is.
    pub kind: Option<Kind>,
    /// What it is called: by the reader, or most often.
    pub name: String,
    /// Its place in the gazetteer.
    pub place: Option<PlaceId>,
    /// All its names, the most frequent first.
    pub variants: Vec<Variant>,
    /// What articles say that it is, the most frequent first.
    pub roles: Vec<Office>,
    /// When each article that names it appeared, in seconds since 1970, in order.
    pub times: Vec<i64>,
    /// Where they appeared, with how many each, the most first.
    pub sources: Vec<(String, u64)>,
    /// What it said, the newest first.
    pub said: Vec<Reported>,
    /// What others said of it, the newest first.
    pub said_of: Vec<Reported>,
    /// The moments in which it occurs, the newest articles first.
    pub moments: Vec<(Passage, Interval)>,
    /// With whom and what it occurs, the closest first.
    pub company: Vec<Companion>,
    /// Which of the company occur together in several of the articles that were read, by their indices.
    pub ties: Vec<(usize, usize)>,
    /// The articles that name it.
    pub articles: Matches,
    /// The latest of them.
    pub latest: Vec<Row>,
    /// How many of them were read for roles, words, moments and company.
    pub read: usize,
}

/// One of the names of an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// The name.
    pub key: EntityKey,
    /// As it is written.
    pub name: String,
    /// How many articles have it.
    pub articles: u64,
    /// Why it belongs to the entity, and to which of its names.
    pub belongs: Option<Belongs>,
}

/// What articles say that somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// The words.
    pub words: String,
    /// When it was first and last said, in seconds since 1970.
    pub seen: (i64, i64),
    /// In how many of the articles that were read.
    pub articles: usize,
    /// Where it was said last.
    pub last: (ArticleKey, Span),
}

/// A passage of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The article.
    pub article: ArticleKey,
    /// Where it stands in the text.
    pub span: Span,
    /// The words.
    pub words: String,
    /// When the article appeared, in seconds since 1970.
    pub at: i64,
}

/// Somebody's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    /// The words.
    pub passage: Passage,
    /// Who said them, where that is somebody else.
    pub speaker: Option<String>,
    /// The story that the article tells.
    pub story: i64,
}

/// The statements of this file.
pub(in crate::store) mod sql {
    pub(crate) const NAME: &str = "SELECT e.kind, coalesce(r.name, e.name), e.place, e.articles, r.name IS NOT NULL FROM entity e LEFT JOIN rename r ON r.entity = e.id WHERE e.id = ?1";
    pub(crate) const WHEN: &str = "SELECT at, source FROM article WHERE id = ?1";
    pub(crate) const ALL_WHEN: &str = "SELECT id, at, source FROM article INDEXED BY article_when WHERE id >= ?1 AND id <= ?2";
    pub(crate) const SITE: &str = "SELECT site FROM source WHERE id = ?1";
    pub(crate) const STORY: &str = "SELECT story FROM telling WHERE article = ?1";
    #[cfg(test)]
    pub(crate) const EACH: &[&str] = &[NAME, WHEN, ALL_WHEN, SITE, STORY];
}

/// A name with what stands in its row.
pub(super) struct Line {
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) place: Option<PlaceId>,
    pub(super) articles: u64,
    renamed: bool,
}

impl Snapshot<'_> {
    pub(super) fn line(&self, id: i64) -> Result<Option<Line>> {
        let mut one = self.transaction.prepare_cached(sql::NAME)?;
        let line = one.query_row([id], |row| {
            Ok(Line {
                kind: Kind::of(row.get(0)?).unwrap_or(Kind::Other),
                name: row.get(1)?,
                place: row.get::<_, Option<u32>>(2)?.map(PlaceId),
                articles: row.get::<_, i64>(3)?.unsigned_abs(),
                renamed: row.get(4)?,
            })
        });
        Ok(line.optional()?)
    }

    /// The name that stands for the entity that a name belongs to.
    ///
    /// # Errors
    /// Where the library cannot be read; so for all that follow.
    pub fn subject(&self, key: EntityKey) -> Result<EntityKey> {
        Ok(EntityKey(root(&self.transaction, key.0)?))
    }

    /// What an entity is called: by the reader, or by its fullest frequent name.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn called(&self, key: EntityKey) -> Result<String> {
        Ok(self.names_of(root(&self.transaction, key.0)?)?.0)
    }

    /// What the entity is called for which `root` stands, and its names.
    fn names_of(&self, root: i64) -> Result<(String, Vec<Variant>)> {
        let mut variants = Vec::new();
        let mut renamed = None;
        for member in members(&self.transaction, root)? {
            let Some(line) = self.line(member)? else { continue };
            if line.renamed {
                renamed = Some(line.name.clone());
            }
            let belongs = belongs(&self.transaction, member)?.filter(|b| b.subject.0 != member);
            variants.push(Variant { key: EntityKey(member), name: line.name, articles: line.articles, belongs });
        }
        variants.sort_by(|a, b| b.articles.cmp(&a.articles).then(a.key.cmp(&b.key)));
        // A guess at a surname names nobody.
        let sure = variants.iter().filter(|v| v.belongs.is_none_or(|b| !matches!(b.rule, Rule::Surname | Rule::Acronym)));
        let best = sure.max_by_key(|v| (v.articles, std::cmp::Reverse(v.key))).map(|v| v.name.clone());
        Ok((renamed.or(best).unwrap_or_default(), variants))
    }

    /// The entity that a reader means by a name: the most frequent one that is called so, or has all its words.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn meant(&self, name: &str, count: usize) -> Result<Vec<(EntityKey, String)>> {
        let wanted = fold(name.trim());
        let mut all: Vec<(bool, u64, EntityKey)> = Vec::new();
        let mut add = |key: EntityKey, exact: bool, articles: u64| match all.iter_mut().find(|a| a.2 == key) {
            Some(known) => *known = (known.0 || exact, known.1 + articles, key),
            None => all.push((exact, articles, key)),
        };
        for named in self.named(name, crate::query::Field::Text, 64)? {
            add(self.subject(named.key)?, fold(&named.name) == wanted, named.articles);
        }
        let mut renamed = self.transaction.prepare_cached("SELECT entity, name FROM rename")?;
        for row in renamed.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))? {
            let (id, title) = row?;
            if fold(&title) == wanted {
                add(self.subject(EntityKey(id))?, true, 0);
            }
        }
        all.sort_by_key(|(exact, articles, key)| (!exact, std::cmp::Reverse(*articles), *key));
        all.into_iter().take(count).map(|(_, _, key)| Ok((key, self.called(key)?))).collect()
    }

    /// All names of the entity that a name belongs to, the one that stands for it first.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn names(&self, key: EntityKey) -> Result<Vec<EntityKey>> {
        Ok(members(&self.transaction, root(&self.transaction, key.0)?)?.into_iter().map(EntityKey).collect())
    }

    /// The articles that name an entity by any of its names.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn naming_all(&self, key: EntityKey) -> Result<Matches> {
        let names = members(&self.transaction, root(&self.transaction, key.0)?)?;
        self.naming(&names.into_iter().map(EntityKey).collect::<Vec<_>>())
    }

    /// The page of an entity; `None` where the library does not have it.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn page(&self, key: EntityKey) -> Result<Option<Page>> {
        let root = root(&self.transaction, key.0)?;
        let Some(line) = self.line(root)? else { return Ok(None) };
        let (name, variants) = self.names_of(root)?;
        let articles = self.naming_all(EntityKey(root))?;
        let mut page = Page { key: EntityKey(root), kind: Some(line.kind), name, place: line.place, variants, articles, ..Page::default() };
        let Some(bits) = page.articles.bits().cloned() else { return Ok(Some(page)) };
        let when = self.when(&bits)?;
        page.times = when.iter().map(|w| w.1).collect();
        page.times.sort_unstable();
        page.sources = self.sources(&when)?;
        page.latest = self.rows(&page.articles, Order::Newest, None, LATEST)?;
        let mut all: Vec<(i64, ArticleKey)> = page.latest.iter().map(|r| (r.cursor.at, r.cursor.key)).collect();
        if page.articles.count > LATEST {
            let last = page.latest.last().map_or(Cursor::default(), |r| r.cursor);
            let oldest = self.oldest(&when, last);
            all.extend(oldest);
        }
        self.read_into(&mut page, &all)?;
        Ok(Some(page))
    }

    /// The first of the articles, the latest of them first, as far as they come before `last`.
    fn oldest(&self, when: &[(i64, i64, Option<i64>)], last: Cursor) -> Vec<(i64, ArticleKey)> {
        let mut all: Vec<(i64, ArticleKey)> = when.iter().map(|w| (w.1, ArticleKey(w.0))).filter(|w| *w < (last.at, last.key)).collect();
        all.sort_unstable();
        all.truncate(FIRST);
        all.reverse();
        all
    }

    /// Number, instant and source of each article of a set.
    pub(super) fn when(&self, bits: &Bits) -> Result<Vec<(i64, i64, Option<i64>)>> {
        let mut out = Vec::new();
        if bits.len() <= FEW {
            let mut one = self.transaction.prepare_cached(sql::WHEN)?;
            for id in bits.iter() {
                if let Some((at, source)) = one.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()? {
                    out.push((id, at, source));
                }
            }
            return Ok(out);
        }
        let (first, last) = (bits.iter().next().unwrap_or(0), bits.iter().last().unwrap_or(0));
        let mut all = self.transaction.prepare_cached(sql::ALL_WHEN)?;
        let mut rows = all.query([first, last])?;
        while let Some(row) = rows.next()? {
            let id = row.get(0)?;
            if bits.contains(id) {
                out.push((id, row.get(1)?, row.get(2)?));
            }
        }
        Ok(out)
    }

    fn sources(&self, when: &[(i64, i64, Option<i64>)]) -> Result<Vec<(String, u64)>> {
        let mut counts: HashMap<i64, u64> = HashMap::new();
        when.iter().filter_map(|w| w.2).for_each(|source| *counts.entry(source).or_default() += 1);
        let mut one = self.transaction.prepare_cached(sql::SITE)?;
        let mut out = Vec::with_capacity(counts.len());
        for (source, count) in counts {
            out.push((one.query_row([source], |row| row.get(0))?, count));
        }
        out.sort_by(|a: &(String, u64), b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        Ok(out)
    }

    /// Reads what articles say about the page's entity.
    fn read_into(&self, page: &mut Page, articles: &[(i64, ArticleKey)]) -> Result<()> {
        let mut company: HashMap<i64, (f32, usize)> = HashMap::new();
        let mut together: Vec<Vec<EntityKey>> = Vec::new();
        let mut offices: HashMap<String, Office> = HashMap::new();
        for (at, key) in articles {
            // One that is damaged says so when it is opened.
            let Ok(Some(stored)) = self.open(*key) else { continue };
            page.read += 1;
            let ours: Vec<EntityId> =
                (0..).zip(&stored.entities).filter(|(_, e)| page.variants.iter().any(|v| v.key == **e)).map(|(n, _)| EntityId(n)).collect();
            let told = Telling { stored: &stored, ours: &ours, at: *at, key: *key };
            told.offices(&mut offices);
            told.company(&mut company);
            let mut story = self.transaction.prepare_cached(sql::STORY)?;
            let story = story.query_row([key.0], |row| row.get(0)).optional()?.unwrap_or_default();
            told.words(page, story);
            together.push(stored.entities);
        }
        page.roles = offices.into_values().collect();
        page.roles.sort_by(|a, b| b.articles.cmp(&a.articles).then(b.seen.1.cmp(&a.seen.1)).then(a.words.cmp(&b.words)));
        page.company = self.companions(company)?;
        page.ties = self.ties(&page.company, &together)?;
        Ok(())
    }

    /// How a name of an article came to its entity, for the why-view: the entity's name and the rule; `None` where it stands for itself.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn why(&self, name: EntityKey) -> Result<Option<(String, Rule)>> {
        let Some(belongs) = belongs(&self.transaction, name.0)? else { return Ok(None) };
        Ok(Some((self.called(belongs.subject)?, belongs.rule)))
    }
}

/// What one article tells about an entity.
struct Telling<'a> {
    stored: &'a Stored,
    /// The entity among those of the article; several where the library has joined them.
    ours: &'a [EntityId],
    at: i64,
    key: ArticleKey,
}

impl Telling<'_> {
    fn found(&self) -> &Annotations {
        &self.stored.analysed.found
    }

    fn passage(&self, span: Span) -> Passage {
        let words = span.of(&self.stored.analysed.article.text).replace('\n', " ");
        Passage { article: self.key, span, words, at: self.at }
    }

    fn offices(&self, offices: &mut HashMap<String, Office>) {
        let entities = self.ours.iter().filter_map(|id| self.found().entities.get(id.0 as usize));
        for role in entities.flat_map(|e| &e.roles) {
            let words = self.passage(role.span).words;
            let here = (self.key, role.span);
            let office = offices.entry(fold(&words)).or_insert_with(|| Office { words, seen: (self.at, self.at), articles: 0, last: here });
            if self.at > office.seen.1 {
                office.last = here;
            }
            office.seen = (office.seen.0.min(self.at), office.seen.1.max(self.at));
            office.articles += 1;
        }
    }

    /// Adds how close others stand: one over the square of the sentences between, for each of their mentions, three at most.
    fn company(&self, company: &mut HashMap<i64, (f32, usize)>) {
        let found = self.found();
        let sentence = |span: Span| found.sentences.partition_point(|s| s.start <= span.start);
        let mut ours: Vec<usize> = found.mentions.iter().filter(|m| self.ours.contains(&m.entity)).map(|m| sentence(m.span)).collect();
        ours.dedup();
        let mut here: HashMap<i64, f32> = HashMap::new();
        for mention in found.mentions.iter().filter(|m| !self.ours.contains(&m.entity)) {
            let Some(key) = self.stored.entities.get(mention.entity.0 as usize) else { continue };
            let at = sentence(mention.span);
            let near = ours.partition_point(|s| *s < at);
            let next = ours.get(near).map_or(usize::MAX, |s| s - at);
            let before = near.checked_sub(1).and_then(|n| ours.get(n)).map_or(usize::MAX, |s| at - s);
            let apart = next.min(before).min(1000) as f32 + 1.0;
            *here.entry(key.0).or_default() += 1.0 / (apart * apart);
        }
        for (key, weight) in here {
            let sum = company.entry(key).or_default();
            *sum = (sum.0 + weight.min(3.0), sum.1 + 1);
        }
    }

    /// Quotations and moments.
    fn words(&self, page: &mut Page, story: i64) {
        let found = self.found();
        let named = |span: Span| found.mentions.iter().any(|m| span.covers(m.span) && self.ours.contains(&m.entity));
        for quote in &found.quotes {
            let own = quote.speaker.is_some_and(|s| self.ours.contains(&s));
            let list = if own { &mut page.said } else { &mut page.said_of };
            if list.len() >= PASSAGES || !own && !named(quote.span) {
                continue;
            }
            let other = quote.speaker.and_then(|s| found.entities.get(s.0 as usize)).map(|e| e.name.clone());
            list.push(Reported { passage: self.passage(quote.span), speaker: other.filter(|_| !own), story });
        }
        for event in &found.events {
            if let Some(interval) = event.interval.filter(|_| page.moments.len() < PASSAGES && !event.statement)
                && event.entities.iter().any(|e| self.ours.contains(e))
            {
                page.moments.push((self.passage(event.span), interval));
            }
        }
    }
}
