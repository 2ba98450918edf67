//! What the reader follows: entities and saved searches, with the articles that came since they were last looked at.

use crate::locale::tr;
use crate::notice::Notice;
use crate::query::{self, Query, State, Term};
use crate::store::fault::Result;
use crate::store::reader::{Order, Row, Snapshot};
use crate::store::search::Matches;
use crate::store::writer::Batch;
use crate::store::{Bits, EntityKey};
use crate::text::clean_line;
use rusqlite::{Connection, OptionalExtension, params};

/// Articles that were not read.
const UNREAD: Query = Query::Term(Term::Is(State::Unread));

/// What is followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Watched {
    /// Somebody or something.
    Entity(EntityKey),
    /// A saved search, by its name.
    Search(String),
}

/// Something that the reader follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watch {
    /// Its number.
    pub id: i64,
    /// What is followed.
    pub what: Watched,
    /// What it is called.
    pub name: String,
    /// True where new articles are announced.
    pub announce: bool,
    /// Articles that came since it was looked at, and were not read.
    pub new: usize,
    /// Articles that came since the last announcement.
    pub untold: usize,
    seen: i64,
}

/// The statements of this file.
pub(in crate::store) mod sql {
    pub(crate) const ALL: &str = "SELECT id, entity, search, announce, seen, told FROM watch ORDER BY id";
    pub(crate) const NEWEST: &str = "SELECT coalesce(max(id), 0) FROM article";
    pub(crate) const SEARCH: &str = "SELECT query FROM search WHERE name = ?1";
}

/// What there is to announce of what is followed, in one line; `None` where there is nothing.
#[must_use]
pub fn announcement(watches: &[Watch]) -> Option<String> {
    let news = watches.iter().filter(|w| w.announce && w.untold > 0);
    let news: Vec<String> = news.map(|w| format!("{} new of {}", w.untold, clean_line(&w.name))).collect();
    (!news.is_empty()).then(|| news.join(", "))
}

fn newest(connection: &Connection) -> Result<i64> {
    Ok(connection.prepare_cached(sql::NEWEST)?.query_row([], |row| row.get(0))?)
}

impl Batch<'_> {
    /// Follows something from now on; with `announce` new articles are announced. Following it again only changes that.
    ///
    /// # Errors
    /// Where there is no search of that name, or the library cannot be written.
    pub fn watch(&self, what: &Watched, announce: bool) -> Result<()> {
        let newest = newest(self.connection)?;
        match what {
            Watched::Entity(key) => {
                let mut put = self.connection.prepare_cached(
                    "INSERT INTO watch (entity, announce, seen, told) VALUES (?1, ?2, ?3, ?3) ON CONFLICT (entity) DO UPDATE SET announce = excluded.announce",
                )?;
                put.execute(params![super::identity::root(self.connection, key.0)?, announce, newest])?;
            }
            Watched::Search(name) => {
                let known = self.connection.prepare_cached(sql::SEARCH)?.exists([name])?;
                if !known {
                    return Err(Notice::new(tr!("There is no saved search '{name}'", name))
                        .hint(tr!("dateline search --save NAME QUERY makes one")));
                }
                let mut put = self.connection.prepare_cached(
                    "INSERT INTO watch (search, announce, seen, told) VALUES (?1, ?2, ?3, ?3) ON CONFLICT (search) DO UPDATE SET announce = excluded.announce",
                )?;
                put.execute(params![name, announce, newest])?;
            }
        }
        Ok(())
    }

    /// Follows something no longer.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn unwatch(&self, id: i64) -> Result<()> {
        self.connection.execute("DELETE FROM watch WHERE id = ?1", [id])?;
        Ok(())
    }

    /// Remembers that all articles up to now were looked at.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn looked_at_watch(&self, id: i64) -> Result<()> {
        let newest = newest(self.connection)?;
        self.connection.execute("UPDATE watch SET seen = ?2, told = max(told, ?2) WHERE id = ?1", [id, newest])?;
        Ok(())
    }

    /// Remembers that all articles up to now were announced, so that each is announced once.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn announced(&self) -> Result<()> {
        let newest = newest(self.connection)?;
        self.connection.execute("UPDATE watch SET told = ?1", [newest])?;
        Ok(())
    }
}

impl Snapshot<'_> {
    /// What the reader follows.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn watches(&self) -> Result<Vec<Watch>> {
        let mut some = self.transaction.prepare_cached(sql::ALL)?;
        type Parts = (i64, Option<i64>, Option<String>, bool, i64, i64);
        let all = some.query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?, r.get(5)?)))?;
        let all: Vec<Parts> = all.collect::<rusqlite::Result<_>>()?;
        let unread = if all.is_empty() { Bits::default() } else { self.finder().find(&UNREAD)? };
        let mut out = Vec::with_capacity(all.len());
        for (id, entity, search, announce, seen, told) in all {
            let what = match (entity, search) {
                (Some(entity), _) => Watched::Entity(EntityKey(entity)),
                (None, Some(search)) => Watched::Search(search),
                (None, None) => continue,
            };
            let name = match &what {
                Watched::Entity(key) => self.called(*key)?,
                Watched::Search(name) => name.clone(),
            };
            let all = self.of_watch(&what)?;
            let after = |last: i64| all.bits().into_iter().flat_map(Bits::iter).filter(move |id| *id > last);
            let new = after(seen).filter(|id| unread.contains(*id)).count();
            out.push(Watch { id, name, announce, new, untold: after(told).count(), seen, what });
        }
        Ok(out)
    }

    /// All articles of something that is followed.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn of_watch(&self, what: &Watched) -> Result<Matches> {
        match what {
            Watched::Entity(key) => self.naming_all(*key),
            Watched::Search(name) => {
                let mut one = self.transaction.prepare_cached(sql::SEARCH)?;
                let text: Option<String> = one.query_row([name], |row| row.get(0)).optional()?;
                // A search that was deleted finds nothing.
                let Some(query) = text.and_then(|t| query::parse(&t).ok()) else {
                    return Ok(Matches { bits: Some(Bits::default()), count: 0 });
                };
                let all = self.find(&query)?;
                // The whole library is a search too.
                let bits = match all.bits {
                    Some(bits) => bits,
                    None => self.finder().find(&Query::All)?,
                };
                Ok(Matches { count: bits.len(), bits: Some(bits) })
            }
        }
    }

    /// The articles of something that is followed which came since it was looked at and were not read, the newest first.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn new_of(&self, watch: &Watch, limit: usize) -> Result<Vec<Row>> {
        let new = self.unseen_of(watch)?;
        self.rows(&Matches { count: new.len(), bits: Some(new) }, Order::Newest, None, limit)
    }

    fn unseen_of(&self, watch: &Watch) -> Result<Bits> {
        let unread = self.finder().find(&UNREAD)?;
        let all = self.of_watch(&watch.what)?;
        Ok(all.bits().map(|b| b.iter().filter(|id| *id > watch.seen && unread.contains(*id)).collect()).unwrap_or_default())
    }

    /// The articles that are new of anything that is followed.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn new_of_all(&self) -> Result<Bits> {
        let mut out = Bits::default();
        for watch in self.watches()?.into_iter().filter(|w| w.new > 0) {
            out.add(&self.unseen_of(&watch)?);
        }
        Ok(out)
    }
}
