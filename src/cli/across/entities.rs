//! `dateline entities`: what the reader decides about who is who in all articles, above the rules and until it is taken back.

use super::{day, meant, now};
use crate::cli::json::harmless;
use crate::cli::{Outcome, library};
use crate::locale::tr;
use crate::notice::Notice;
use crate::store::{EntityKey, Identified, Righted, Snapshot};
use crate::text::{clean_line, fold};
use clap::Subcommand;
use serde::Serialize;
use std::fmt::Write;
use std::path::Path;

/// What `dateline entities` is told.
#[derive(Debug, Subcommand)]
pub(crate) enum Entities {
    /// The first is the second: all its names are names of the second.
    Merge {
        /// Who is taken in: a name or #number.
        from: String,
        /// Who stays.
        into: String,
    },
    /// A name stands for itself, whatever the rules say.
    Split {
        /// The entity as it is shown: a name or #number.
        entity: String,
        /// The one of its names that goes; without it the name given first.
        name: Option<String>,
    },
    /// In the articles of a query the name means somebody else: two people of one name.
    Part {
        /// The name of both.
        entity: String,
        /// What tells the other one apart: "the footballer".
        label: String,
        /// The articles of the other one; as for `dateline search`.
        #[arg(required = true, value_name = "QUERY", allow_hyphen_values = true, trailing_var_arg = true)]
        query: Vec<String>,
    },
    /// Call an entity otherwise.
    Rename {
        /// The entity: a name or #number.
        entity: String,
        /// What it is called from now on.
        title: String,
    },
    /// List what was decided.
    List {
        /// One JSON object a line, to be kept elsewhere or applied to another library.
        #[arg(long)]
        json: bool,
    },
    /// Take a decision back.
    Undo {
        /// Its number in the list.
        number: i64,
    },
    /// Let a decision that was taken back hold again.
    Redo {
        /// Its number in the list.
        number: i64,
    },
}

/// A decision, schema `dateline/decision/1`.
#[derive(Serialize)]
struct View<'a> {
    schema: &'static str,
    id: i64,
    made: String,
    undone: bool,
    decision: &'a Identified,
}

/// Decides, lists, or takes back.
pub(in crate::cli) fn run(command: &Entities, at: Option<&Path>) -> Outcome {
    library::told(match command {
        Entities::List { json } => list(*json, at),
        Entities::Undo { number } => undo(*number, true, at),
        Entities::Redo { number } => undo(*number, false, at),
        Entities::Part { entity, label, query } => match library::query(query) {
            Ok(query) => part(entity, label, &query, at),
            Err(outcome) => return outcome,
        },
        Entities::Merge { from, into } => {
            let keys = looked_up(at, |s| Ok((meant(s, from)?, meant(s, into)?)));
            keys.and_then(|(from, into)| decide(at, |batch| batch.merge(from, into, now())))
        }
        Entities::Split { entity, name } => {
            let key = looked_up(at, |s| one_name(s, entity, name.as_deref()));
            key.and_then(|key| decide(at, |batch| batch.split(key, now())))
        }
        Entities::Rename { entity, title } => {
            let key = looked_up(at, |s| meant(s, entity));
            key.and_then(|key| decide(at, |batch| batch.rename(key, clean_line(title).trim(), now())))
        }
    })
}

fn looked_up<T>(at: Option<&Path>, look: impl FnOnce(&Snapshot<'_>) -> Result<T, Notice>) -> Result<T, Notice> {
    let mut reader = library::reader(at)?;
    look(&reader.snapshot(now())?)
}

fn decide(at: Option<&Path>, change: impl FnOnce(&crate::store::Batch<'_>) -> Result<i64, Notice>) -> Result<Outcome, Notice> {
    let number = library::writer(at, "entities")?.write(change)?;
    Ok(library::print(&(tr!("decision {number}; dateline entities undo {number} takes it back", number) + "\n")))
}

/// The one of an entity's names that is called `name`.
fn one_name(snapshot: &Snapshot<'_>, entity: &str, name: Option<&str>) -> Result<EntityKey, Notice> {
    // A number means that very name.
    if let (None, Some(number)) = (name, entity.strip_prefix('#').and_then(|n| n.parse().ok())) {
        return Ok(EntityKey(number));
    }
    let page = snapshot.page(meant(snapshot, entity)?)?.unwrap_or_default();
    let wanted = fold(name.unwrap_or(entity));
    let found = page.variants.iter().find(|v| fold(&v.name) == wanted || name == Some(&format!("#{}", v.key.0)));
    found.map(|v| v.key).ok_or_else(|| {
        let all: Vec<String> = page.variants.iter().map(|v| format!("{} (#{})", v.name, v.key.0)).collect();
        Notice::new(tr!("It has no such name: {name}", name = name.unwrap_or(entity)))
            .because(tr!("its names are {names}", names = all.join(", ")))
    })
}

fn part(entity: &str, label: &str, query: &crate::query::Query, at: Option<&Path>) -> Result<Outcome, Notice> {
    let (key, articles) = looked_up(at, |s| {
        let key = meant(s, entity)?;
        let mut all = s.naming_all(key)?.bits().cloned().unwrap_or_default();
        if let Some(found) = s.find(query)?.bits() {
            all.keep(found);
        }
        Ok((key, all))
    })?;
    decide(at, |batch| batch.part(key, clean_line(label).trim(), &articles, now()))
}

fn undo(number: i64, undone: bool, at: Option<&Path>) -> Result<Outcome, Notice> {
    library::writer(at, "entities")?.write(|batch| batch.undo_identity(number, undone))?;
    Ok(library::print(&format!(
        "{}\n",
        if undone { tr!("decision {number} taken back", number) } else { tr!("decision {number} holds again", number) }
    )))
}

fn list(json: bool, at: Option<&Path>) -> Result<Outcome, Notice> {
    let mut reader = library::reader(at)?;
    let mut out = String::new();
    for kept in reader.snapshot(now())?.corrections(None)? {
        let Some(Righted::Entity(decision)) = &kept.righted else { continue };
        let made = day(kept.made).to_string();
        if json {
            let view = View { schema: "dateline/decision/1", id: kept.id, made, undone: kept.undone, decision };
            let _ = writeln!(out, "{}", harmless(serde_json::to_string(&view).unwrap_or_default()));
        } else {
            let undone = if kept.undone { format!("  ({})", tr!("taken back")) } else { String::new() };
            let _ = writeln!(out, "{:>5}  {made}  {}{undone}", kept.id, clean_line(&decision.words()));
        }
    }
    Ok(library::print(&out))
}
