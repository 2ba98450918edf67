//! What the reader decides about who is who: looked up by the thread that reads, written by the one that writes.

use super::page::who;
use super::{list, now};
use crate::app::page::PageOf;
use crate::app::shelf::{Decision, ListWish, Within};
use crate::article::{Kind, PlaceCorrection};
use crate::locale::{text, tr, trn};
use crate::notice::Notice;
use crate::query::Field;
use crate::store::{ArticleKey, Batch, Bits, EntityKey, Order, Reader, Snapshot};
use crate::text::clean_line;
use std::path::Path;

/// Names that are offered where several are called so.
const OFFERED: usize = 24;

/// Names of the library that a place's name may be, and articles that are analysed again where the reader says which place is meant.
const NAMES: usize = 16;
const AGAIN: usize = 2000;

/// A decision with everything looked up that it needs.
#[derive(Debug)]
pub(super) enum Looked {
    Merge(EntityKey, EntityKey),
    Split(EntityKey),
    Part(EntityKey, String, Bits),
    Rename(EntityKey, String),
}

/// Looks up what a decision is about, and says it in words.
pub(super) fn look(snapshot: &Snapshot<'_>, decision: &Decision) -> Result<(Looked, String), Notice> {
    Ok(match decision {
        Decision::Merge(of, into) => {
            let (from, into) = (who(snapshot, of)?, EntityKey(*into));
            let words = tr!("{name} is {other} in all articles", name = snapshot.called(from)?, other = snapshot.called(into)?);
            (Looked::Merge(from, into), words)
        }
        Decision::Split(name) => {
            let key = EntityKey(*name);
            let name = snapshot.entity(key)?.map(|(named, _)| named.name).unwrap_or_default();
            (Looked::Split(key), tr!("{name} stands for itself", name))
        }
        Decision::Part(of, within, label) => {
            let key = who(snapshot, of)?;
            let bits = match within {
                Within::Article(article) => [article.0].into_iter().collect(),
                Within::Listed(of) => list::wanted(snapshot, &ListWish { of: of.clone(), ..ListWish::default() })?,
            };
            let label = clean_line(label).trim().to_owned();
            let words = tr!("{name} is {label} there", name = snapshot.called(key)?, label);
            (Looked::Part(key, label, bits), words)
        }
        Decision::Rename(of, title) => {
            let (key, title) = (who(snapshot, of)?, clean_line(title).trim().to_owned());
            let words = tr!("{name} is called {title}", name = snapshot.called(key)?, title);
            (Looked::Rename(key, title), words)
        }
    })
}

/// Writes a decision; answers its number.
pub(super) fn write(batch: &Batch<'_>, looked: &Looked, now: i64) -> Result<i64, Notice> {
    match looked {
        Looked::Merge(from, into) => batch.merge(*from, *into, now),
        Looked::Split(name) => batch.split(*name, now),
        Looked::Part(entity, label, articles) => batch.part(*entity, label, articles, now),
        Looked::Rename(entity, title) => batch.rename(*entity, title, now),
    }
}

/// Who else may be meant by a name than the page's own entity.
pub(super) fn candidates(snapshot: &Snapshot<'_>, of: &PageOf, name: &str) -> Result<Vec<(i64, String, Kind, u64)>, Notice> {
    let own = who(snapshot, of).and_then(|key| snapshot.subject(key))?;
    let mut out = Vec::new();
    let named: Vec<EntityKey> = match name.trim().strip_prefix('#').and_then(|n| n.parse().ok()) {
        Some(number) => vec![snapshot.subject(EntityKey(number))?],
        None => snapshot.meant(name, OFFERED)?.into_iter().map(|(key, _)| key).collect(),
    };
    for key in named.into_iter().filter(|key| *key != own) {
        if let Some((entity, _)) = snapshot.entity(key)? {
            let articles = u64::try_from(snapshot.naming_all(key)?.count).unwrap_or(u64::MAX);
            out.push((key.0, clean_line(&snapshot.called(key)?), entity.kind, articles));
        }
    }
    Ok(out)
}

/// Why the library joined a name of an article with those of others, in words.
pub(super) fn why(snapshot: &Snapshot<'_>, article: ArticleKey, entity: usize) -> Result<Option<String>, Notice> {
    let Some(name) = snapshot.open(article)?.and_then(|s| s.entities.get(entity).copied()) else { return Ok(None) };
    let whole = snapshot.names(name)?.len();
    Ok(Some(match snapshot.why(name)? {
        Some((called, rule)) => tr!("in the library {rule} {name}", rule = text(rule.words()), name = clean_line(&called)),
        None if whole > 1 => trn!(
            whole,
            "in the library {n} name is this one's, its page tells why",
            "in the library {n} names are this one's, its page tells why"
        ),
        None => tr!("in the library the same name is the same entity").to_owned(),
    }))
}

/// The newest articles that name places about which something was said: they are to be analysed again.
pub(super) fn naming(path: &Path, places: &[PlaceCorrection]) -> Result<Vec<ArticleKey>, Notice> {
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let mut reader = Reader::open(path)?;
    let snapshot = reader.snapshot(now())?;
    let mut out = Vec::new();
    for place in places {
        let mut keys: Vec<EntityKey> = snapshot.named(&place.name, Field::Text, NAMES)?.into_iter().map(|named| named.key).collect();
        for key in keys.clone() {
            keys.extend(snapshot.names(key)?);
        }
        let rows = snapshot.rows(&snapshot.naming(&keys)?, Order::Newest, None, AGAIN)?;
        out.extend(rows.into_iter().filter(|row| place.site.is_none() || place.site == row.site).map(|row| row.cursor.key));
    }
    Ok(out)
}
