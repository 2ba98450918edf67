//! A query over the library: each term is one look into one index and answers a set of articles; sets are put together here.
//!
//! So the cost of a query is the sum of its terms, whatever their order, and no planner has to guess. Every statement stands in [`sql`], and a test
//! asks SQLite how it would run each of them.

use super::across::identity;
use super::bits::Bits;
use super::codec::{self, Numbered};
use super::fault::Result;
use super::{EntityKey, annotate};
use crate::article::{CountryCode, Kind, PlaceKind};
use crate::lexicon::gazetteer::{self, NameKind};
use crate::query::{Days, Field, Query, State, Term, Words};
use crate::text::fold;
use jiff::civil::{Date, DateTime, Time};
use rusqlite::{Connection, Params, Statement};
use std::cell::RefCell;
use std::collections::HashMap;

/// The statements of this file.
pub(super) mod sql {
    pub(crate) const ALL: &str = "SELECT id FROM article";
    pub(crate) const WORDS: &str = "SELECT rowid FROM words WHERE words MATCH ?1";
    pub(crate) const SAID: &str = "SELECT rowid FROM said WHERE said MATCH ?1";
    pub(crate) const RANKED: &str = "SELECT rowid FROM words WHERE words MATCH ?1 ORDER BY bm25(words, 1.0, 8.0, 4.0)";
    pub(crate) const NAMES: &str =
        "SELECT e.id FROM names n CROSS JOIN entity e ON e.id = n.rowid WHERE names MATCH ?1 AND (?2 >> e.kind) & 1";
    pub(crate) const POSTING: &str = "SELECT article FROM posting WHERE entity = ?1";
    pub(crate) const PLACE: &str = "SELECT p.article FROM entity e JOIN posting p ON p.entity = e.id WHERE e.place = ?1";
    pub(crate) const COUNTRY: &str =
        "SELECT p.article FROM place l CROSS JOIN entity e ON e.place = l.id JOIN posting p ON p.entity = e.id WHERE l.country = ?1";
    pub(crate) const DIVISION: &str =
        "SELECT p.article FROM place l CROSS JOIN entity e ON e.place = l.id JOIN posting p ON p.entity = e.id WHERE l.division = ?1";
    pub(crate) const SOURCE: &str = "SELECT id FROM article WHERE source = ?1";
    pub(crate) const LANGUAGE: &str = "SELECT id FROM article WHERE language = ?1";
    pub(crate) const FEED: &str = "SELECT article FROM item WHERE feed = ?1 AND article IS NOT NULL";
    pub(crate) const TAG: &str = "SELECT article FROM tag WHERE tag = ?1";
    pub(crate) const TAG_ANY: &str = "SELECT DISTINCT article FROM tag";
    pub(crate) const AT: &str = "SELECT id FROM article WHERE at >= ?1 AND at <= ?2";
    pub(crate) const UNDATED: &str = "SELECT id FROM article WHERE published IS NULL";
    pub(crate) const UNREAD: &str = "SELECT id FROM article WHERE read = 0";
    pub(crate) const STARRED: &str = "SELECT id FROM article WHERE starred = 1";
    pub(crate) const MOMENT: &str =
        "SELECT article FROM moment WHERE size = ?1 AND first >= ?2 AND first <= ?3 AND first + minutes >= ?4 AND minutes <= ?5";
    #[cfg(test)]
    pub(crate) const EACH: &[&str] = &[
        ALL, WORDS, SAID, RANKED, NAMES, POSTING, PLACE, COUNTRY, DIVISION, SOURCE, LANGUAGE, FEED, TAG, TAG_ANY, AT, UNDATED, UNREAD,
        STARRED, MOMENT,
    ];
}

/// Names up to so many are followed to the other names of those who have them; a word that more names have tells nobody in particular.
const FEW_NAMES: usize = 500;

/// Sets that are kept while the library stays as it is.
const MAX_KEPT: usize = 64;

/// The articles that a query means, and how many they are. `None` of bits: all of the library, which nobody has to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matches {
    pub(super) bits: Option<Bits>,
    /// How many articles.
    pub count: usize,
}

impl Matches {
    /// True where the article is one of them.
    #[must_use]
    pub fn contains(&self, article: super::ArticleKey) -> bool {
        self.bits.as_ref().is_none_or(|b| b.contains(article.0))
    }

    /// No article.
    #[must_use]
    pub fn none() -> Self {
        Self { bits: Some(Bits::default()), count: 0 }
    }

    /// The set; `None` for the whole library.
    #[must_use]
    pub fn bits(&self) -> Option<&Bits> {
        self.bits.as_ref()
    }
}

/// Sets of terms, by the term as it prints.
pub(super) type Kept = RefCell<HashMap<String, Bits>>;

/// Looks for articles in one state of the library.
#[derive(Debug)]
pub(super) struct Finder<'a> {
    connection: &'a Connection,
    /// Seconds since 1970.
    now: i64,
    kept: Option<&'a Kept>,
}

impl<'a> Finder<'a> {
    pub(super) fn new(connection: &'a Connection, now: i64) -> Self {
        Self { connection, now, kept: None }
    }

    /// The same, keeping sets in `kept`, which has to be emptied when the library changes.
    pub(super) fn keeping(self, kept: &'a Kept) -> Self {
        Self { kept: Some(kept), ..self }
    }

    /// The articles that `query` means.
    pub(super) fn find(&self, query: &Query) -> Result<Bits> {
        match query {
            Query::All => self.all(),
            Query::Term(term) => self.kept(term),
            Query::Not(inner) => {
                let mut all = self.all()?;
                all.remove(&self.find(inner)?);
                Ok(all)
            }
            Query::Or(parts) => {
                let mut any = Bits::default();
                for part in parts {
                    any.add(&self.find(part)?);
                }
                Ok(any)
            }
            Query::And(parts) => self.every(parts),
        }
    }

    /// What holds first, then what must not.
    fn every(&self, parts: &[Query]) -> Result<Bits> {
        let mut found: Option<Bits> = None;
        for part in parts.iter().filter(|p| !matches!(p, Query::Not(_))) {
            let set = self.find(part)?;
            match &mut found {
                None => found = Some(set),
                Some(found) => found.keep(&set),
            }
            if found.as_ref().is_some_and(Bits::is_empty) {
                return Ok(Bits::default());
            }
        }
        let mut found = found.map_or_else(|| self.all(), Ok)?;
        for part in parts {
            if let Query::Not(inner) = part {
                found.remove(&self.find(inner)?);
            }
        }
        Ok(found)
    }

    fn all(&self) -> Result<Bits> {
        self.keep("", || self.set(sql::ALL, []))
    }

    /// The unread articles.
    pub(super) fn unread(&self) -> Result<Bits> {
        self.keep("is:unread", || self.set(sql::UNREAD, []))
    }

    fn kept(&self, term: &Term) -> Result<Bits> {
        match term {
            // They mean something else tomorrow.
            Term::Newer(_) | Term::Older(_) | Term::When(_) | Term::Published(_) => self.term(term),
            _ => self.keep(&term.to_string(), || self.term(term)),
        }
    }

    fn keep(&self, name: &str, make: impl FnOnce() -> Result<Bits>) -> Result<Bits> {
        let Some(kept) = self.kept else { return make() };
        if let Some(known) = kept.borrow().get(name) {
            return Ok(known.clone());
        }
        let set = make()?;
        let mut kept = kept.borrow_mut();
        if kept.len() >= MAX_KEPT {
            kept.clear();
        }
        kept.insert(name.to_owned(), set.clone());
        Ok(set)
    }

    fn set(&self, sql: &str, params: impl Params) -> Result<Bits> {
        let mut bits = Bits::default();
        self.add(&mut bits, sql, params)?;
        Ok(bits)
    }

    fn add(&self, bits: &mut Bits, sql: &str, params: impl Params) -> Result<()> {
        let mut some = self.connection.prepare_cached(sql)?;
        insert(bits, &mut some, params)
    }

    fn term(&self, term: &Term) -> Result<Bits> {
        match term {
            Term::Words(Field::Said, words) => self.said(words),
            Term::Words(Field::Title, words) => self.set(sql::WORDS, [format!("{{title}} : {}", phrase(words))]),
            Term::Words(Field::By, words) => self.set(sql::WORDS, [format!("{{byline}} : {}", phrase(words))]),
            Term::Words(_, words) => self.set(sql::WORDS, [phrase(words)]),
            Term::Named(Field::Where, words) => self.place(words),
            Term::Named(field, words) => self.postings(&self.entities(words, kinds(*field))?),
            Term::Label(field, label) => self.label(*field, label),
            Term::When(days) => self.told(*days),
            Term::Published(days) => {
                let (from, to) = days.ends(self.today());
                let mut bits = self.set(sql::AT, [second(from.to_datetime(Time::midnight())), second(to.to_datetime(Time::MAX))])?;
                // What does not say when it was published stands in the lists by the day that it came.
                bits.remove(&self.set(sql::UNDATED, [])?);
                Ok(bits)
            }
            Term::Newer(age) => self.set(sql::AT, [second(age.before(self.civil())), i64::MAX]),
            Term::Older(age) => self.set(sql::AT, [i64::MIN, second(age.before(self.civil())) - 1]),
            Term::Is(State::Unread) => self.unread(),
            Term::Is(State::Read) => {
                let mut all = self.all()?;
                all.remove(&self.unread()?);
                Ok(all)
            }
            Term::Is(State::Starred) => self.set(sql::STARRED, []),
            Term::Is(State::Tagged) => self.set(sql::TAG_ANY, []),
        }
    }

    /// Articles in whose quotations all the words are; of several that stand together also those in whose text they do.
    fn said(&self, words: &Words) -> Result<Bits> {
        let Some(all) = every_word(words) else { return Ok(Bits::default()) };
        let mut said = self.set(sql::SAID, [&all])?;
        if all.contains(" AND ") && !said.is_empty() {
            said.keep(&self.set(sql::WORDS, [phrase(words)])?);
        }
        Ok(said)
    }

    fn civil(&self) -> DateTime {
        codec::moment(self.now.div_euclid(60)).unwrap_or(DateTime::constant(1970, 1, 1, 0, 0, 0, 0))
    }

    fn today(&self) -> Date {
        self.civil().date()
    }

    /// The entities of some kinds whose names have all the words. `kinds` has a bit for each kind's number.
    pub(super) fn entities(&self, words: &Words, kinds: u8) -> Result<Vec<EntityKey>> {
        let Some(all) = every_word(words) else { return Ok(Vec::new()) };
        let mut some = self.connection.prepare_cached(sql::NAMES)?;
        let rows = some.query_map(rusqlite::params![all, kinds], |row| row.get::<_, i64>(0))?;
        let mut names: Vec<i64> = rows.collect::<rusqlite::Result<_>>()?;
        if names.len() <= FEW_NAMES {
            for name in names.clone() {
                names.extend(identity::members(self.connection, identity::root(self.connection, name)?)?);
            }
            names.sort_unstable();
            names.dedup();
        }
        Ok(names.into_iter().map(EntityKey).collect())
    }

    pub(super) fn postings(&self, entities: &[EntityKey]) -> Result<Bits> {
        let mut bits = Bits::default();
        // Thousands of names may have one word.
        let mut some = self.connection.prepare_cached(sql::POSTING)?;
        entities.iter().try_for_each(|entity| insert(&mut bits, &mut some, [entity.0]))?;
        Ok(bits)
    }

    /// Articles that name a place or one inside it: by the gazetteer, where it knows the name, and by the name itself. `paris, texas` is the
    /// Paris that lies in Texas.
    fn place(&self, words: &Words) -> Result<Bits> {
        let (name, inside) = words.text.split_once(',').map_or((words.text.as_str(), None), |(name, inside)| (name, Some(inside.trim())));
        let mut bits = match inside {
            None => self.postings(&self.entities(words, 1 << Kind::Place.number())?)?,
            Some(_) => Bits::default(),
        };
        for candidate in gazetteer::find(&gazetteer::key(name)) {
            let place = candidate.place;
            if candidate.name == NameKind::Demonym || inside.is_some_and(|inside| !lies_in(place, inside)) {
                continue;
            }
            self.add(&mut bits, sql::PLACE, [place.id().0])?;
            match place.kind() {
                PlaceKind::Country => self.country(&mut bits, place.country())?,
                PlaceKind::Division => self.add(&mut bits, sql::DIVISION, [place.id().0])?,
                PlaceKind::Continent => {
                    for country in gazetteer::countries().filter(|c| c.continent == place.name()) {
                        self.country(&mut bits, Some(country.code))?;
                    }
                }
                _ => {}
            }
        }
        Ok(bits)
    }

    fn country(&self, bits: &mut Bits, code: Option<CountryCode>) -> Result<()> {
        code.map_or(Ok(()), |code| self.add(bits, sql::COUNTRY, [code.as_str()]))
    }

    fn label(&self, field: Field, label: &str) -> Result<Bits> {
        let wanted = fold(label);
        match field {
            Field::Lang => self.set(sql::LANGUAGE, [wanted]),
            Field::Tag => {
                let tagged = self.connection.prepare_cached("SELECT feed FROM feed_tag WHERE tag = ?1")?;
                let mut bits = self.set(sql::TAG, [label])?;
                self.feeds(&mut bits, tagged, [label])?;
                Ok(bits)
            }
            Field::Source => {
                let mut bits = self.feeds_named(&wanted)?;
                for site in self.sites(&wanted)? {
                    self.add(&mut bits, sql::SOURCE, [site])?;
                }
                Ok(bits)
            }
            Field::Folder => {
                let mut bits = Bits::default();
                let inside = format!("{wanted}/");
                for (id, folder) in self.pairs("SELECT id, folder FROM feed")? {
                    let folder = fold(&folder);
                    if folder == wanted || folder.starts_with(&inside) {
                        self.add(&mut bits, sql::FEED, [id])?;
                    }
                }
                Ok(bits)
            }
            _ => self.feeds_named(&wanted),
        }
    }

    /// The articles of feeds whose name, title or address has the words.
    fn feeds_named(&self, wanted: &str) -> Result<Bits> {
        let mut bits = Bits::default();
        for (id, names) in self.pairs("SELECT id, coalesce(name, '') || char(10) || title || char(10) || url FROM feed")? {
            if fold(&names).contains(wanted) {
                self.add(&mut bits, sql::FEED, [id])?;
            }
        }
        Ok(bits)
    }

    /// The numbers of sites that are `wanted`, lie under it (`nytimes.com` has `cooking.nytimes.com`), or have it in their name.
    fn sites(&self, wanted: &str) -> Result<Vec<i64>> {
        let inside = format!(".{wanted}");
        let fits = |site: &str| {
            let site = fold(site);
            site == *wanted || site.ends_with(&inside) || !wanted.contains('.') && site.contains(wanted)
        };
        Ok(self.pairs("SELECT id, site FROM source")?.into_iter().filter(|(_, site)| fits(site)).map(|(id, _)| id).collect())
    }

    /// All rows of a small table.
    fn pairs(&self, sql: &str) -> Result<Vec<(i64, String)>> {
        let mut some = self.connection.prepare_cached(sql)?;
        let rows = some.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn feeds(&self, bits: &mut Bits, mut some: rusqlite::CachedStatement<'_>, params: impl Params) -> Result<()> {
        let feeds: Vec<i64> = some.query_map(params, |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        feeds.into_iter().try_for_each(|feed| self.add(bits, sql::FEED, [feed]))
    }

    /// Articles that tell of a moment that meets these days and is no longer than they are: who asks for a month does not mean "this century".
    fn told(&self, days: Days) -> Result<Bits> {
        let (from, to) = days.ends(self.today());
        let from = codec::minute(from.to_datetime(Time::midnight()));
        let to = codec::minute(to.to_datetime(Time::MAX));
        let mut bits = Bits::default();
        for size in 0..=annotate::size(to - from).min(annotate::MAX_SIZE) {
            let longest = 1440_i64 << size;
            self.add(&mut bits, sql::MOMENT, rusqlite::params![size, from.saturating_sub(longest), to, from, to - from])?;
        }
        Ok(bits)
    }

    /// The articles that have all of a query's words, the best first: words in the title count most. Of at most `limit`.
    pub(super) fn ranked(&self, query: &Query, found: &Bits, limit: usize) -> Result<Vec<i64>> {
        let mut wanted = Vec::new();
        query.each(&mut |term| {
            if let Term::Words(Field::Text | Field::Title | Field::By, words) = term {
                wanted.push(phrase(words));
            }
        });
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let mut some = self.connection.prepare_cached(sql::RANKED)?;
        let mut rows = some.query([wanted.join(" OR ")])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            let id = row.get(0)?;
            if found.contains(id) {
                out.push(id);
            }
            if out.len() >= limit {
                break;
            }
        }
        Ok(out)
    }
}

/// Puts the numbers that a statement answers into `bits`.
fn insert(bits: &mut Bits, statement: &mut Statement<'_>, params: impl Params) -> Result<()> {
    let mut rows = statement.query(params)?;
    while let Some(row) = rows.next()? {
        bits.insert(row.get(0)?);
    }
    Ok(())
}

/// A bit for each kind that a field means.
pub(super) fn kinds(field: Field) -> u8 {
    let bit = |kind: Kind| 1u8 << kind.number();
    match field {
        Field::Person => bit(Kind::Person),
        Field::Org => bit(Kind::Organization),
        Field::Where => bit(Kind::Place),
        _ => bit(Kind::Person) | bit(Kind::Organization),
    }
}

/// True where the place lies in the country or division of that name.
fn lies_in(place: gazetteer::Place, name: &str) -> bool {
    let key = gazetteer::key(name);
    let around = gazetteer::find(&key);
    let country = place.country().and_then(gazetteer::country).map(|c| c.place);
    around.iter().any(|c| Some(c.place) == country || Some(c.place) == place.division())
}

/// Words as FTS5's phrase.
fn phrase(words: &Words) -> String {
    let mut out = format!("\"{}\"", fold(&words.text).replace('"', " "));
    if words.prefix {
        out.push('*');
    }
    out
}

/// Words as FTS5's conjunction; `None` where there are none.
fn every_word(words: &Words) -> Option<String> {
    let folded = fold(&words.text);
    let mut all: Vec<String> = folded.split(|c: char| !is_of_word(c)).filter(|w| !w.is_empty()).map(|w| format!("\"{w}\"")).collect();
    if words.prefix
        && let Some(last) = all.last_mut()
    {
        last.push('*');
    }
    (!all.is_empty()).then(|| all.join(" AND "))
}

/// True for what FTS5's tokenizer takes for a part of a word: letters and digits, but neither the vowel signs of Indian scripts nor letters in circles. An index
/// without places knows no phrases, so that its words have to be the same ones.
fn is_of_word(c: char) -> bool {
    let sign = unicode_normalization::char::is_combining_mark(c) && !('\u{300}'..='\u{331}').contains(&c);
    let circled = matches!(c, '\u{24b6}'..='\u{24e9}' | '\u{1f130}'..='\u{1f189}');
    c.is_alphanumeric() && !sign && !circled
}

/// Seconds since 1970 of a civil moment, taken as UTC.
fn second(at: DateTime) -> i64 {
    codec::minute(at) * 60 + i64::from(at.second())
}
