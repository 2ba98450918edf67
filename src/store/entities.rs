//! Who and what the library names: for completions, pages of people, and the timeline.

use super::codec::{self, Numbered};
use super::fault::Result;
use super::search::{Matches, kinds};
use super::{ArticleKey, EntityKey, annotate};
use crate::article::{Interval, Kind, PlaceId};
use crate::query::Field;
use crate::text::fold;
use jiff::civil::{Date, Time};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// Somebody or something that articles name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its number.
    pub key: EntityKey,
    /// What it is.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// Its place in the gazetteer.
    pub place: Option<PlaceId>,
    /// How many articles name it.
    pub articles: u64,
}

/// A moment that an article tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Told {
    /// Its first minute, counted from 1970.
    pub first: i64,
    /// Its length in minutes.
    pub minutes: i64,
    /// The article.
    pub article: ArticleKey,
    /// Its position in `Annotations::events`.
    pub event: usize,
}

impl Told {
    /// The moment on the calendar; none outside of it.
    #[must_use]
    pub fn ends(&self) -> Option<(jiff::civil::DateTime, jiff::civil::DateTime)> {
        Some((codec::moment(self.first)?, codec::moment(self.first.checked_add(self.minutes)?)?))
    }

    /// True where it lies in the interval.
    #[must_use]
    pub fn lies_in(&self, interval: Interval) -> bool {
        codec::minute(interval.from) <= self.first && self.first.saturating_add(self.minutes) <= codec::minute(interval.to)
    }
}

/// The statements of this file.
pub(super) mod sql {
    pub(crate) const NAMED: &str = "SELECT e.id, e.kind, e.name, e.place, e.articles FROM names n CROSS JOIN entity e ON e.id = n.rowid
         WHERE names MATCH ?1 AND (?2 >> e.kind) & 1 AND e.articles > 0 ORDER BY e.articles DESC, e.id LIMIT ?3";
    pub(crate) const ONE: &str = "SELECT id, kind, name, place, articles FROM entity WHERE id = ?1";
    pub(crate) const FORMS: &str = "SELECT form FROM form WHERE entity = ?1 ORDER BY form";
    pub(crate) const QUOTATIONS: &str =
        "SELECT article, quote FROM quotation WHERE entity = ?1 AND (article, quote) < (?2, ?3) ORDER BY article DESC, quote DESC LIMIT ?4";
    pub(crate) const MOMENTS: &str = "SELECT first, minutes, article, event FROM moment WHERE size = ?1 AND first >= ?2 AND first <= ?3 AND first + minutes >= ?4 ORDER BY first";
    #[cfg(test)]
    pub(crate) const EACH: &[&str] = &[NAMED, ONE, FORMS, QUOTATIONS, MOMENTS];
}

fn entity(row: &Row<'_>) -> rusqlite::Result<Named> {
    Ok(Named {
        key: EntityKey(row.get(0)?),
        kind: Kind::of(row.get(1)?).unwrap_or(Kind::Other),
        name: row.get(2)?,
        place: row.get::<_, Option<u32>>(3)?.map(PlaceId),
        articles: row.get::<_, i64>(4)?.unsigned_abs(),
    })
}

/// Entities whose names have the words, the last one perhaps unfinished.
pub(super) fn named(connection: &Connection, words: &str, field: Field, limit: usize) -> Result<Vec<Named>> {
    let folded = fold(words);
    let all: Vec<String> = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(|w| format!("\"{w}\"")).collect();
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let kinds = if field == Field::Text { u8::MAX } else { kinds(field) };
    let mut some = connection.prepare_cached(sql::NAMED)?;
    let rows = some.query_map(params![format!("{}*", all.join(" AND ")), kinds, limit], entity)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One entity with its other forms.
pub(super) fn one(connection: &Connection, key: EntityKey) -> Result<Option<(Named, Vec<String>)>> {
    let Some(named) = connection.prepare_cached(sql::ONE)?.query_row([key.0], entity).optional()? else { return Ok(None) };
    let mut some = connection.prepare_cached(sql::FORMS)?;
    let forms = some.query_map([key.0], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(Some((named, forms)))
}

/// Where somebody is quoted.
pub(super) fn quotations(
    connection: &Connection,
    key: EntityKey,
    after: Option<(ArticleKey, usize)>,
    limit: usize,
) -> Result<Vec<(ArticleKey, usize)>> {
    let (article, quote) = after.map_or((i64::MAX, 0), |(a, q)| (a.0, q));
    let mut some = connection.prepare_cached(sql::QUOTATIONS)?;
    let rows = some.query_map(params![key.0, article, quote, limit], |row| Ok((ArticleKey(row.get(0)?), row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Moments that meet some days.
pub(super) fn moments(connection: &Connection, from: Date, to: Date, within: &Matches, limit: usize) -> Result<Vec<Told>> {
    let (from, to) = (codec::minute(from.to_datetime(Time::midnight())), codec::minute(to.to_datetime(Time::MAX)));
    let mut out = Vec::new();
    let mut some = connection.prepare_cached(sql::MOMENTS)?;
    for size in 0..=annotate::MAX_SIZE {
        let longest = 1440_i64 << size;
        let mut rows = some.query(params![size, from.saturating_sub(longest), to, from])?;
        let full = out.len() + limit;
        while out.len() < full
            && let Some(row) = rows.next()?
        {
            let told = Told { first: row.get(0)?, minutes: row.get(1)?, article: ArticleKey(row.get(2)?), event: row.get(3)? };
            if within.contains(told.article) {
                out.push(told);
            }
        }
    }
    out.sort_unstable();
    Ok(out)
}

/// Values for a field that begin with `start`.
pub(super) fn completions(connection: &Connection, field: Field, start: &str, limit: usize) -> Result<Vec<String>> {
    let sql = match field {
        Field::Who | Field::Person | Field::Org | Field::Where => {
            return Ok(named(connection, start, field, limit)?.into_iter().map(|n| n.name).collect());
        }
        Field::Source => "SELECT site FROM source",
        Field::Feed => "SELECT coalesce(nullif(name, ''), nullif(title, ''), url) FROM feed",
        Field::Folder => "SELECT DISTINCT folder FROM feed WHERE folder <> ''",
        Field::Tag => "SELECT DISTINCT tag FROM tag UNION SELECT DISTINCT tag FROM feed_tag",
        Field::Lang => "SELECT DISTINCT language FROM article WHERE language IS NOT NULL",
        _ => return Ok(Vec::new()),
    };
    let start = fold(start);
    let mut all = connection.prepare_cached(sql)?;
    let values: Vec<String> = all.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let fits = |v: &String| fold(v).split([' ', '/', '.']).any(|w| w.starts_with(&start)) || fold(v).starts_with(&start);
    let mut values: Vec<String> = values.into_iter().filter(fits).collect();
    values.sort_by_cached_key(|v| v.to_lowercase());
    values.truncate(limit);
    Ok(values)
}
