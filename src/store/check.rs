//! Is the library sound; a copy of it; and what can be saved of a damaged one.

use super::fault::{Result, disk, system};
use super::reader::{connect, must_exist};
use super::schema::{APPLICATION, MIGRATIONS};
use super::writer::{Batch, PAGES, version};
use crate::locale::{text, tr, tr_later};
use crate::notice::Notice;
use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};
use std::io::ErrorKind;
use std::path::Path;

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// What is wrong with the file, in SQLite's words; empty for a sound one.
    pub damage: Vec<String>,
    /// Counts that do not agree with what is counted.
    pub counts: Vec<String>,
    /// Articles in it, as far as they can be counted.
    pub articles: u64,
    /// Its size in bytes.
    pub bytes: u64,
}

impl Health {
    /// True where nothing is wrong.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.damage.is_empty() && self.counts.is_empty()
    }
}

/// What could be saved of a damaged library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    /// Rows saved and rows that could not be read, for each table.
    pub tables: Vec<(String, u64, u64)>,
}

/// Copies the library behind `connection` into the new file `to`, as of now, whoever writes to it.
pub(super) fn backup(connection: &Connection, to: &Path) -> Result<()> {
    let name = to.to_str().ok_or_else(|| Notice::new(tr!("The name of the copy is no text")).hint(tr!("give a name in UTF-8")))?;
    // A reader's connection refuses whatever writes, and this writes: to the new file.
    let reads = connection.query_row("PRAGMA query_only", [], |row| row.get::<_, bool>(0))?;
    begin(to)?;
    connection.pragma_update(None, "query_only", false)?;
    let copied = connection.execute("VACUUM INTO ?1", [name]);
    connection.pragma_update(None, "query_only", reads)?;
    if copied.is_err() {
        // A part of a copy is none, and would stand in the way of the next one. It was not there before.
        let _ = std::fs::remove_file(to);
    }
    copied?;
    Ok(())
}

/// Makes the empty file that a copy goes into. Where that cannot be, SQLite would only say that it cannot open a library.
fn begin(to: &Path) -> Result<()> {
    let made = std::fs::File::create_new(to).map(drop);
    made.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Notice::new(tr!("{path} is there already", path = to.display()))
            .because(tr!("nothing is overwritten"))
            .hint(tr!("give another name")),
        _ => Notice::new(tr!("The copy cannot be written"))
            .because(format!("{}: {}", to.display(), system(&error)))
            .hint(tr!("see that its folder is there and yours")),
    })
}

/// Counts that are kept, and what they should be.
const COUNTS: &[(&str, &str)] = &[
    (tr_later!("articles of feeds"), "SELECT count(*) FROM feed f WHERE f.articles <> (SELECT count(*) FROM item i WHERE i.feed = f.id AND i.article IS NOT NULL)"),
    (
        tr_later!("unread articles of feeds"),
        "SELECT count(*) FROM feed f
         WHERE f.unread <> (SELECT count(*) FROM item i JOIN article a ON a.id = i.article WHERE i.feed = f.id AND a.read = 0)",
    ),
    (tr_later!("articles of entities"), "SELECT count(*) FROM entity e WHERE e.articles <> (SELECT count(*) FROM posting p WHERE p.entity = e.id)"),
    (
        tr_later!("articles of the library"),
        "SELECT count(*) FROM tally t WHERE t.articles <> (SELECT count(*) FROM article) OR t.unread <> (SELECT count(*) FROM article WHERE read = 0)
            OR t.starred <> (SELECT count(*) FROM article WHERE starred = 1)",
    ),
    (tr_later!("texts of articles"), "SELECT count(*) FROM article a WHERE NOT EXISTS (SELECT 1 FROM body b WHERE b.article = a.id)"),
];

/// Reads the whole library at `path` and says what is wrong with it. Changes nothing.
///
/// # Errors
/// Where it cannot be opened at all.
pub fn inspect(path: &Path) -> Result<Health> {
    must_exist(path)?;
    let bytes = std::fs::metadata(path).map_err(|e| disk(path, &e))?.len();
    let connection = connect(path)?;
    version(&connection, path, MIGRATIONS.len())?;
    let mut health = Health { bytes, ..Health::default() };
    let said = |sql: &str| -> rusqlite::Result<Vec<String>> {
        let mut some = connection.prepare(sql)?;
        some.query_map([], |row| row.get::<_, String>(0))?.collect()
    };
    match said("PRAGMA integrity_check(20)") {
        Ok(lines) => health.damage.extend(lines.into_iter().filter(|l| l != "ok")),
        Err(e) => health.damage.push(e.to_string()),
    }
    match connection.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get::<_, i64>(0)) {
        Ok(0) => {}
        Ok(n) => health.damage.push(tr!("{n} rows belong to nothing", n)),
        Err(e) => health.damage.push(e.to_string()),
    }
    for (what, sql) in COUNTS {
        match connection.query_row(sql, [], |row| row.get::<_, i64>(0)) {
            Ok(0) => {}
            Ok(n) => health.counts.push(tr!("{what}: {n} do not agree", what = text(what), n)),
            Err(e) => health.damage.push(e.to_string()),
        }
    }
    health.articles = connection.query_row("SELECT count(*) FROM article", [], |row| row.get::<_, i64>(0)).map_or(0, i64::unsigned_abs);
    Ok(health)
}

/// What is saved, in an order in which each row finds what it belongs to. The index of words and names is made anew by analysing again.
const SAVED: &[&str] =
    &["setting", "dictionary", "feed", "feed_tag", "source", "article", "body", "item", "tag", "search", "correction", "jump"];

/// Saves what can be read of the library at `path` into the new file `to`. The library itself is left as it is.
///
/// What was found in articles is not saved but found again: `to` has all its articles to be analysed.
///
/// # Errors
/// Where nothing can be read, or `to` exists or cannot be written.
pub fn salvage(path: &Path, to: &Path) -> Result<Saved> {
    must_exist(path)?;
    let old = connect(path)?;
    begin(to)?;
    let mut new = Connection::open(to)?;
    new.execute_batch(PAGES)?;
    new.execute_batch("PRAGMA journal_mode = WAL; PRAGMA foreign_keys = OFF;").or_else(|e| match e {
        rusqlite::Error::ExecuteReturnedResults => Ok(()),
        other => Err(other),
    })?;
    let transaction = new.transaction()?;
    for step in MIGRATIONS {
        transaction.execute_batch(step.sql)?;
    }
    let mut saved = Saved::default();
    for table in SAVED {
        let (good, bad) = rows(&old, &transaction, table)?;
        saved.tables.push(((*table).to_owned(), good, bad));
    }
    transaction.execute_batch("DELETE FROM spent")?;
    rows(&old, &transaction, "spent")?;
    mend(&transaction)?;
    decide(&old, &transaction)?;
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", i64::try_from(MIGRATIONS.len()).unwrap_or(0))?;
    transaction.commit()?;
    Ok(saved)
}

/// Copies the rows of a table, first in one go, and where that meets damage, one by one from both ends.
fn rows(old: &Connection, new: &Connection, table: &str) -> Result<(u64, u64)> {
    let named = |of: &Connection| -> rusqlite::Result<Vec<String>> {
        let mut some = of.prepare("SELECT name FROM pragma_table_info(?1)")?;
        some.query_map([table], |row| row.get(0))?.collect()
    };
    let mut columns = named(new)?;
    // A library of an older version has fewer.
    if let Ok(known) = named(old) {
        columns.retain(|column| known.is_empty() || known.contains(column));
    }
    let list = columns.join(", ");
    let marks = vec!["?"; columns.len()].join(", ");
    let mut put = new.prepare(&format!("INSERT OR IGNORE INTO {table} ({list}) VALUES ({marks})"))?;
    let (mut good, mut bad) = (0, 0);
    for order in ["", " ORDER BY rowid DESC"] {
        let Ok(mut some) = old.prepare(&format!("SELECT {list} FROM {table}{order}")) else { continue };
        let Ok(mut rows) = some.query([]) else { continue };
        loop {
            match rows.next() {
                Ok(Some(row)) => {
                    let values: rusqlite::Result<Vec<Value>> = (0..columns.len()).map(|n| row.get(n)).collect();
                    good += values.and_then(|v| put.execute(params_from_iter(v))).unwrap_or(0) as u64;
                }
                Ok(None) if order.is_empty() => return Ok((good, bad)),
                Ok(None) => break,
                Err(_) => {
                    bad += 1;
                    break;
                }
            }
        }
    }
    Ok((good, bad))
}

/// Makes a salvaged library whole: nothing belongs to what is gone, counts are counted, and everything is to be analysed.
fn mend(new: &Connection) -> Result<()> {
    new.execute_batch(
        "INSERT OR IGNORE INTO spent VALUES ('article', 0), ('feed', 0);
         -- What the reader's own server calls things is lost, so that all has to be asked for again.
         DELETE FROM setting WHERE name = 'sync';
         DELETE FROM article WHERE id NOT IN (SELECT article FROM body);
         DELETE FROM body WHERE article NOT IN (SELECT id FROM article);
         DELETE FROM item WHERE feed NOT IN (SELECT id FROM feed);
         UPDATE item SET article = NULL WHERE article NOT IN (SELECT id FROM article);
         DELETE FROM tag WHERE article NOT IN (SELECT id FROM article);
         DELETE FROM feed_tag WHERE feed NOT IN (SELECT id FROM feed);
         DELETE FROM jump WHERE article NOT IN (SELECT id FROM article);
         UPDATE correction SET article = NULL WHERE article NOT IN (SELECT id FROM article);
         UPDATE article SET source = NULL WHERE source NOT IN (SELECT id FROM source);
         UPDATE article SET analysis = 0;
         UPDATE feed SET articles = (SELECT count(*) FROM item i WHERE i.feed = feed.id AND i.article IS NOT NULL),
             unread = (SELECT count(*) FROM item i JOIN article a ON a.id = i.article WHERE i.feed = feed.id AND a.read = 0);
         UPDATE tally SET articles = (SELECT count(*) FROM article), unread = (SELECT count(*) FROM article WHERE read = 0),
             starred = (SELECT count(*) FROM article WHERE starred = 1);",
    )?;
    super::intake::index_all(new)
}

/// What was decided about who is who holds in the salvaged library from the start, and what was followed is followed. Names are told by kind and key, so
/// that those found again meet what was decided about them.
fn decide(old: &Connection, new: &Connection) -> Result<()> {
    let packer = super::pack::Packer::load(new)?;
    let batch = Batch { connection: new, packer: &packer, unindexed: std::cell::RefCell::default() };
    batch.decide_again()?;
    type Followed = (Option<i64>, Option<String>, bool, i64, i64);
    let watches = "SELECT entity, search, announce, seen, told FROM watch ORDER BY id";
    // A damaged table, or a library without one, has nothing to be followed.
    let Ok(mut some) = old.prepare(watches) else { return Ok(()) };
    let all = some.query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?)));
    let all: Vec<Followed> = all.map(|rows| rows.flatten().collect()).unwrap_or_default();
    for (entity, search, announce, seen, told) in all {
        let name = "SELECT kind, key, name FROM entity WHERE id = ?1";
        let known = entity.and_then(|id| old.query_row(name, [id], |r| Ok((r.get(0)?, r.get(1)?, r.get::<_, String>(2)?))).ok());
        let entity = known.map(|(kind, key, name): (u8, i64, String)| batch.name_again(kind, key, &name)).transpose()?;
        if entity.is_some() || search.is_some() {
            new.execute(
                "INSERT OR IGNORE INTO watch (entity, search, announce, seen, told) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![entity, search, announce, seen, told],
            )?;
        }
    }
    Ok(())
}
