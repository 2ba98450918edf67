//! What everyone is on about: who and what is named more than usual.

use super::identity::root;
use crate::article::Kind;
use crate::store::EntityKey;
use crate::store::codec;
use crate::store::fault::Result;
use crate::store::reader::Snapshot;
use rusqlite::{OptionalExtension, params};
use std::collections::HashMap;

/// The days before that tell what is usual.
const USUAL: i64 = 28 * 86_400;

/// Articles that are counted of a stretch of time; of more every second, third … one.
const COUNTED: usize = 3000;

/// Somebody or something that is named more than usual.
#[derive(Clone, Debug, PartialEq)]
pub struct Rising {
    /// The name that stands for it.
    pub key: EntityKey,
    /// What it is.
    pub kind: Kind,
    /// What it is called.
    pub name: String,
    /// In how many articles it is named now.
    pub articles: f32,
    /// In how many articles of as long a time it is named usually.
    pub usual: f32,
}

/// The statements of this file.
pub(in crate::store) mod sql {
    pub(crate) const BETWEEN: &str = "SELECT id FROM article WHERE at >= ?1 AND at < ?2";
    #[cfg(test)]
    pub(crate) const EACH: &[&str] = &[BETWEEN];
}

impl Snapshot<'_> {
    /// Who and what is named between two instants more than in the four weeks before, the most surprising first.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn rising(&self, (from, to): (i64, i64), limit: usize) -> Result<Vec<Rising>> {
        let now = self.named_between(from, to)?;
        let before = self.named_between(from.saturating_sub(USUAL), from)?;
        let share = (to.saturating_sub(from)) as f32 / USUAL as f32;
        let mut all: Vec<(i64, f32, f32)> = now
            .into_iter()
            .map(|(id, n)| (id, n, before.get(&id).map_or(0.0, |b| b * share)))
            .filter(|(_, n, usual)| *n > *usual + 1.0)
            .collect();
        // The standard deviation of a count is its root.
        let surprise = |(_, n, usual): &(i64, f32, f32)| (n - usual) / (usual + 1.0).sqrt();
        all.sort_by(|a, b| surprise(b).total_cmp(&surprise(a)).then(a.0.cmp(&b.0)));
        let mut out = Vec::new();
        for (id, articles, usual) in all {
            let Some(line) = self.line(id)?.filter(|l| l.kind != Kind::Other) else { continue };
            out.push(Rising { key: EntityKey(id), kind: line.kind, name: self.called(EntityKey(id))?, articles, usual });
            if out.len() >= limit {
                break;
            }
        }
        Ok(out)
    }

    /// In how many articles of a stretch of time each entity is named, about.
    fn named_between(&self, from: i64, to: i64) -> Result<HashMap<i64, f32>> {
        let mut some = self.transaction.prepare_cached(sql::BETWEEN)?;
        let all: Vec<i64> = some.query_map(params![from, to], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        let step = all.len().div_ceil(COUNTED).max(1);
        let mut names: HashMap<i64, f32> = HashMap::new();
        let mut one = self.transaction.prepare_cached(super::stories::sql::ENTITIES)?;
        for article in all.iter().step_by(step) {
            let bytes: Option<Option<Vec<u8>>> = one.query_row([article], |row| row.get(0)).optional()?;
            let mut here = bytes.flatten().and_then(|b| codec::take_numbers(&b)).unwrap_or_default();
            here.sort_unstable();
            here.dedup();
            here.into_iter().for_each(|name| *names.entry(name).or_default() += step as f32);
        }
        let mut roots: HashMap<i64, f32> = HashMap::new();
        for (name, count) in names {
            *roots.entry(root(&self.transaction, name)?).or_default() += count;
        }
        Ok(roots)
    }
}
