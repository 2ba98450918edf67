//! From a name to the entity that it belongs to, and back to all names of an entity.

use crate::link::Rule;
use crate::store::EntityKey;
use crate::store::codec::Numbered;
use crate::store::fault::Result;
use rusqlite::{Connection, OptionalExtension, params};

/// How many decisions of the reader are followed from a name to its entity: entities merged into merged ones.
const DEPTH: usize = 16;

/// Names of one entity that are looked at.
pub(super) const NAMES: usize = 64;

/// To whom a name belongs, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Belongs {
    /// The name that stands for the entity.
    pub subject: EntityKey,
    /// Why.
    pub rule: Rule,
}

/// The statements of this file.
pub(in crate::store) mod sql {
    pub(crate) const BELONGS: &str = "SELECT subject, rule FROM identity WHERE entity = ?1";
    pub(crate) const MEMBERS: &str = "SELECT entity FROM identity WHERE subject = ?1 AND entity <> subject LIMIT ?2";
    #[cfg(test)]
    pub(crate) const EACH: &[&str] = &[BELONGS, MEMBERS];
}

/// What was decided of a name; `None` where it stands for itself by no rule.
pub(in crate::store) fn belongs(connection: &Connection, entity: i64) -> Result<Option<Belongs>> {
    let mut one = connection.prepare_cached(sql::BELONGS)?;
    let found = one.query_row([entity], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, u8>(1)?))).optional()?;
    Ok(found.map(|(subject, rule)| Belongs { subject: EntityKey(subject), rule: Rule::of(rule).unwrap_or(Rule::Same) }))
}

/// The name that stands for the entity that a name belongs to.
pub(in crate::store) fn root(connection: &Connection, entity: i64) -> Result<i64> {
    let mut at = entity;
    for _ in 0..DEPTH {
        match belongs(connection, at)? {
            Some(next) if next.subject.0 != at => at = next.subject.0,
            _ => break,
        }
    }
    Ok(at)
}

/// All names of the entity for which `root` stands, itself first.
pub(in crate::store) fn members(connection: &Connection, root: i64) -> Result<Vec<i64>> {
    let mut all = vec![root];
    let mut at = 0;
    let mut some = connection.prepare_cached(sql::MEMBERS)?;
    while let Some(subject) = all.get(at).copied().filter(|_| all.len() < NAMES) {
        for entity in some.query_map(params![subject, NAMES], |row| row.get::<_, i64>(0))? {
            let entity = entity?;
            if !all.contains(&entity) {
                all.push(entity);
            }
        }
        at += 1;
    }
    Ok(all)
}
