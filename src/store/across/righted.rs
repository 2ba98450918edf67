//! What the reader decides about who is who: names made one, parted, renamed. Kept with all other corrections, above the rules, and taken back one by one.
//!
//! A name is told by its kind and key, which are the same in every library, so that decisions outlive the rows they were made on.

use super::identity::{belongs, members, root};
use super::join::Setting;
use crate::article::Kind;
use crate::link::name::Parts;
use crate::link::{Rule, body};
use crate::locale::tr;
use crate::notice::Notice;
use crate::store::codec::Numbered;
use crate::store::fault::Result;
use crate::store::writer::Batch;
use crate::store::{ArticleKey, Bits, EntityKey, Righted, corrections, memory};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

/// A name of the library, told so that every library knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntityMark {
    /// The number of its kind.
    kind: u8,
    /// The number made of its folded name or its place.
    key: i64,
    /// The name, for readers.
    pub name: String,
}

/// What a reader decided about who is who in all articles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Identified {
    /// All names of one are names of the other.
    Merge {
        /// Who is taken in.
        from: EntityMark,
        /// Who stays.
        into: EntityMark,
    },
    /// A name is somebody else's than the rules say.
    Split {
        /// The name.
        name: EntityMark,
    },
    /// In some articles the name is somebody else's: two of one name.
    Part {
        /// The name.
        name: EntityMark,
        /// What tells the other one apart.
        label: String,
        /// The articles, by [`crate::article::Article::id`].
        articles: Vec<u64>,
    },
    /// The entity is called otherwise.
    Rename {
        /// One of its names.
        name: EntityMark,
        /// What it is called.
        title: String,
    },
}

impl Identified {
    /// What was decided, in words.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Merge { from, into } => format!("{} is {}", from.name, into.name),
            Self::Split { name } => format!("{} stands for itself", name.name),
            Self::Part { name, label, articles } => {
                let count = if articles.len() == 1 { "1 article".to_owned() } else { format!("{} articles", articles.len()) };
                format!("{} in {count} is {label}", name.name)
            }
            Self::Rename { name, title } => format!("{} is called {title}", name.name),
        }
    }

    fn marks(&self) -> Vec<&EntityMark> {
        match self {
            Self::Merge { from, into } => vec![from, into],
            Self::Split { name } | Self::Part { name, .. } | Self::Rename { name, .. } => vec![name],
        }
    }
}

impl Batch<'_> {
    /// How a name is told in decisions.
    ///
    /// # Errors
    /// Where the library cannot be read, or has no such name.
    pub fn mark_of(&self, key: EntityKey) -> Result<EntityMark> {
        let row = self.name_of(key.0)?.ok_or_else(|| Notice::new(tr!("The name is not in the library any more")))?;
        Ok(EntityMark { kind: row.kind.number(), key: row.key, name: row.name })
    }

    /// Decides that all names of `from` are names of `into`, whatever the two are; answers the number under which it can be taken back.
    ///
    /// # Errors
    /// Where the two are one already, or the library cannot be written.
    pub fn merge(&self, from: EntityKey, into: EntityKey, now: i64) -> Result<i64> {
        let (from, into) = (EntityKey(root(self.connection, from.0)?), EntityKey(root(self.connection, into.0)?));
        if from == into {
            return Err(Notice::new(tr!("They are one already")).hint(tr!("dateline show NAME lists its names")));
        }
        self.decide(Identified::Merge { from: self.mark_of(from)?, into: self.mark_of(into)? }, now)
    }

    /// Decides that a name stands for itself.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn split(&self, name: EntityKey, now: i64) -> Result<i64> {
        self.decide(Identified::Split { name: self.mark_of(name)? }, now)
    }

    /// Decides that the names of an entity mean somebody else in some articles, whom `label` tells apart.
    ///
    /// # Errors
    /// Where none of the articles names it, or the library cannot be written.
    pub fn part(&self, entity: EntityKey, label: &str, articles: &Bits, now: i64) -> Result<i64> {
        let subject = root(self.connection, entity.0)?;
        let mut hashes = Vec::new();
        let mut there = self
            .connection
            .prepare_cached("SELECT a.hash FROM posting p JOIN article a ON a.id = p.article WHERE p.entity = ?1 AND p.article = ?2")?;
        for member in members(self.connection, subject)? {
            for article in articles.iter() {
                if let Some(hash) = there.query_row([member, article], |row| row.get::<_, i64>(0)).optional()? {
                    hashes.push(hash.cast_unsigned());
                }
            }
        }
        if hashes.is_empty() {
            return Err(Notice::new(tr!("None of these articles names it")).hint(tr!("the articles are those that the query finds")));
        }
        let name = self.mark_of(EntityKey(subject))?;
        self.decide(Identified::Part { name, label: label.to_owned(), articles: hashes }, now)
    }

    /// Decides what an entity is called.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn rename(&self, entity: EntityKey, title: &str, now: i64) -> Result<i64> {
        let name = self.mark_of(EntityKey(root(self.connection, entity.0)?))?;
        self.decide(Identified::Rename { name, title: title.to_owned() }, now)
    }

    fn decide(&self, decided: Identified, now: i64) -> Result<i64> {
        self.apply(&decided)?;
        self.correct(None, &Righted::Entity(decided), now)
    }

    /// The row of a mark; made where the library does not have it yet.
    fn marked(&self, mark: &EntityMark) -> Result<i64> {
        let kind = Kind::of(mark.kind).unwrap_or(Kind::Other);
        let (id, known) = self.row(kind, mark.key, &mark.name, None)?;
        if known.is_none() {
            self.index_names(id)?;
        }
        Ok(id)
    }

    /// The row of a name of another library, told by its kind and key.
    pub(in crate::store) fn name_again(&self, kind: u8, key: i64, name: &str) -> Result<i64> {
        let id = self.marked(&EntityMark { kind, key, name: name.to_owned() })?;
        root(self.connection, id)
    }

    /// Makes the library follow a decision.
    pub(in crate::store) fn apply(&self, decided: &Identified) -> Result<()> {
        match decided {
            Identified::Merge { from, into } => {
                let (from, into) = (root(self.connection, self.marked(from)?)?, root(self.connection, self.marked(into)?)?);
                if from == into { Ok(()) } else { self.belong(from, into, Rule::Reader) }
            }
            Identified::Split { name } => {
                let name = self.marked(name)?;
                self.inherit(name)?;
                self.belong(name, name, Rule::Reader)
            }
            Identified::Part { name, label, articles } => self.apply_part(self.marked(name)?, label, articles),
            Identified::Rename { name, title } => {
                let mut put = self.connection.prepare_cached("INSERT OR REPLACE INTO rename (entity, name) VALUES (?1, ?2)")?;
                put.execute(params![root(self.connection, self.marked(name)?)?, title])?;
                Ok(())
            }
        }
    }

    /// The names that belong to `name` belong to the most frequent of them instead: `name` goes.
    fn inherit(&self, name: i64) -> Result<()> {
        let mut some = self.connection.prepare_cached("SELECT i.entity FROM identity i JOIN entity e ON e.id = i.entity WHERE i.subject = ?1 AND i.entity <> ?1 ORDER BY e.articles DESC, e.id")?;
        let all: Vec<i64> = some.query_map([name], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        let Some((heir, others)) = all.split_first() else { return Ok(()) };
        // Where the name belonged to another entity itself, the others stay with that.
        match belongs(self.connection, name)?.filter(|b| b.subject.0 != name) {
            Some(above) => all.iter().try_for_each(|other| self.belong(*other, above.subject.0, Rule::Variant)),
            None => {
                self.connection.prepare_cached("DELETE FROM identity WHERE entity = ?1")?.execute([heir])?;
                others.iter().try_for_each(|other| self.belong(*other, *heir, Rule::Variant))
            }
        }
    }

    fn apply_part(&self, subject: i64, label: &str, articles: &[u64]) -> Result<()> {
        let Some(row) = self.name_of(subject)? else { return Ok(()) };
        let key = part_key(row.key, label);
        let (part, known) = self.row(row.kind, key, &format!("{} ({label})", row.name), None)?;
        if known.is_none() {
            self.index_names(part)?;
        }
        self.belong(part, part, Rule::Reader)?;
        let names = members(self.connection, subject)?;
        let mut one = self.connection.prepare_cached("SELECT id FROM article WHERE hash = ?1")?;
        let mut put = self.connection.prepare_cached("INSERT OR REPLACE INTO parted (article, entity, part) VALUES (?1, ?2, ?3)")?;
        for hash in articles {
            for article in one.query_map([hash.cast_signed()], |row| row.get::<_, i64>(0))?.collect::<rusqlite::Result<Vec<_>>>()? {
                let there = self.entities_of(article)?;
                // What is not analysed yet will name somebody by one of these.
                let there = if there.is_empty() { names.clone() } else { there.into_iter().filter(|n| names.contains(n)).collect() };
                for name in there {
                    put.execute([article, name, part])?;
                    self.move_name(article, name, part)?;
                }
            }
        }
        Ok(())
    }

    /// Takes a decision about who is who back, or makes it hold again; one of another sort is left to [`Batch::undo_correction`].
    ///
    /// The rules look at the names anew, and what else was decided about them is done again in its order.
    ///
    /// # Errors
    /// Where there is no such decision, or the library cannot be written.
    pub fn undo_identity(&self, id: i64, undone: bool) -> Result<()> {
        let all = memory::corrections(self.connection, None)?;
        let entity = |c: &memory::KeptCorrection| match &c.righted {
            Some(Righted::Entity(decided)) => Some(decided.clone()),
            _ => None,
        };
        let Some(decided) = all.iter().find(|c| c.id == id).and_then(entity) else {
            return Err(Notice::new(tr!("There is no decision {number}", number = id)).hint(tr!("dateline entities lists them")));
        };
        self.undo_correction(id, undone)?;
        if let Identified::Part { name, label, .. } = &decided {
            self.unpart(self.marked(name)?, label)?;
        }
        let touched: Vec<&EntityMark> = decided.marks();
        for mark in &touched {
            self.reset(self.marked(mark)?)?;
        }
        let concerns = |d: &Identified| d.marks().iter().any(|m| touched.iter().any(|t| (t.kind, t.key) == (m.kind, m.key)));
        let still = all.iter().filter(|c| if c.id == id { !undone } else { !c.undone });
        still.filter_map(entity).filter(concerns).try_for_each(|d| self.apply(&d))
    }

    /// Lets the rules decide on a name again, as if it were new.
    fn reset(&self, name: i64) -> Result<()> {
        let decided = belongs(self.connection, name)?.is_some_and(|b| b.rule == Rule::Reader);
        self.connection.prepare_cached("DELETE FROM rename WHERE entity = ?1")?.execute([name])?;
        if !decided {
            return Ok(());
        }
        self.connection.prepare_cached("DELETE FROM identity WHERE entity = ?1")?.execute([name])?;
        let Some(row) = self.name_of(name)? else { return Ok(()) };
        if let Some(letters) = body::acronym(&row.name).filter(|_| row.kind == Kind::Organization) {
            return self.spell_out(name, &letters, &Setting::default());
        }
        if row.kind != Kind::Person {
            return Ok(());
        }
        let parsed = Parts::read(&row.name);
        if parsed.form.len() > 1 {
            return self.relate(name, &parsed, &Setting::default());
        }
        // "X, meaning this person": the key tells whom.
        let people = self.sharing(&[format!("~{}", parsed.form.last())], usize::from(u8::MAX))?;
        for person in people {
            let of = self.name_of(person)?.map_or(0, |r| r.key);
            if crate::store::ident::hash(&format!("{}\u{1}{of:x}", parsed.key())) == row.key {
                return self.belong(name, person, Rule::Surname);
            }
        }
        Ok(())
    }

    /// Puts two of one name together again.
    fn unpart(&self, subject: i64, label: &str) -> Result<()> {
        let Some(row) = self.name_of(subject)? else { return Ok(()) };
        let (part, _) = self.row(row.kind, part_key(row.key, label), &row.name, None)?;
        let mut some = self.connection.prepare_cached(
            "SELECT p.article, d.entity FROM posting p JOIN parted d ON d.article = p.article AND d.part = p.entity WHERE p.entity = ?1",
        )?;
        let all: Vec<(i64, i64)> = some.query_map([part], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        for (article, name) in all {
            self.move_name(article, part, name)?;
            self.connection.prepare_cached("DELETE FROM parted WHERE article = ?1 AND entity = ?2")?.execute([article, name])?;
        }
        Ok(())
    }

    /// Does all decisions about who is who again: after the library's names were made anew.
    ///
    /// # Errors
    /// Where the library cannot be read or written.
    pub fn decide_again(&self) -> Result<()> {
        for kept in memory::corrections(self.connection, None)?.into_iter().filter(|c| !c.undone) {
            if let Some(Righted::Entity(decided)) = kept.righted {
                self.apply(&decided)?;
            }
        }
        Ok(())
    }

    /// At most `count` articles that were indexed before names were joined across articles are joined now; answers how many there were.
    ///
    /// # Errors
    /// Where the library cannot be read or written.
    pub fn catch_up(&self, count: usize) -> Result<usize> {
        let mut some = self.connection.prepare_cached("SELECT a.id, a.analysis FROM article a WHERE a.analysis > 0 AND a.id > coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE name = 'across'), 0) AND NOT EXISTS (SELECT 1 FROM telling t WHERE t.article = a.id) ORDER BY a.id LIMIT ?1")?;
        let all: Vec<(i64, u32)> = some.query_map([count], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        for (id, version) in &all {
            // What is damaged is passed over: opening it says so.
            if let Ok(Some(stored)) = crate::store::reader::open(self.connection, self.packer, ArticleKey(*id)) {
                self.annotate(ArticleKey(*id), *version, &stored.analysed)?;
            }
        }
        // Those that come later are joined as they are indexed.
        let newest = || self.connection.query_row("SELECT coalesce(max(id), 0) FROM article", [], |row| row.get::<_, i64>(0));
        let last = if all.len() < count { newest()? } else { all.last().map_or(0, |last| last.0) };
        self.set("across", &last.to_string())?;
        Ok(all.len())
    }
}

/// The key of the one who is told apart by `label`.
fn part_key(key: i64, label: &str) -> i64 {
    crate::store::ident::hash(&format!("{key:x}\u{2}{}", crate::text::fold(label)))
}

/// A decision as JSON, and back; for the table of corrections.
pub(in crate::store) fn put(decided: &Identified) -> (&'static str, String) {
    ("entity", serde_json::to_string(decided).unwrap_or_default())
}

/// What [`put`] made.
pub(in crate::store) fn take(body: &str) -> Option<corrections::Righted> {
    serde_json::from_str(body).ok().map(Righted::Entity)
}
