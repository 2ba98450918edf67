//! A new article's names joined with those that the library knows: one look-up for a known name, a few for a new one.

use super::identity::{belongs, members, root};
use crate::article::{Analysed, Annotations, CountryCode, Entity, Kind, PlaceRelation};
use crate::lexicon::gazetteer;
use crate::link::name::Parts;
use crate::link::person::{self, Acquaintance};
use crate::link::{Rule, body};
use crate::store::codec::{self, Numbered};
use crate::store::fault::Result;
use crate::store::ident::hash;
use crate::store::writer::Batch;
use crate::store::{ArticleKey, EntityKey};
use crate::text::fold;
use rusqlite::{OptionalExtension, params};
use std::collections::HashSet;

/// Names that are looked at for one part of a name: of more that share it nobody is guessed from the rest.
const SHARING: usize = 100;

/// People whom one surname may mean; of a surname that more have nobody is guessed.
const SAME_SURNAME: usize = 24;

/// The latest articles of somebody that tell the company.
const LATELY: usize = 8;

/// The statements of this file.
pub(in crate::store) mod sql {
    pub(crate) const KNOWN: &str = "SELECT id, name FROM entity WHERE kind = ?1 AND key = ?2";
    pub(crate) const SETTING: &str = "SELECT at, source FROM article WHERE id = ?1";
    pub(crate) const PART: &str = "SELECT entity FROM name_part WHERE part = ?1 LIMIT ?2";
    pub(crate) const HAS_PART: &str = "SELECT 1 FROM name_part WHERE part = ?1 AND entity = ?2";
    pub(crate) const LATELY: &str = "SELECT article FROM posting WHERE entity = ?1 AND article <> ?2 ORDER BY article DESC LIMIT ?3";
    pub(crate) const COMPANY: &str =
        "SELECT a.at, a.source, f.entities FROM article a LEFT JOIN finding f ON f.article = a.id WHERE a.id = ?1";
    pub(crate) const NAME: &str = "SELECT kind, key, name, articles FROM entity WHERE id = ?1";
    pub(crate) const PARTED: &str = "SELECT part FROM parted WHERE article = ?1 AND entity = ?2";
    #[cfg(test)]
    pub(crate) const EACH: &[&str] = &[KNOWN, SETTING, PART, HAS_PART, LATELY, COMPANY, NAME, PARTED];
}

/// When, where and in whose company names stand.
#[derive(Clone, Debug, Default)]
pub(super) struct Setting {
    pub(super) article: i64,
    pub(super) at: i64,
    pub(super) source: Option<i64>,
    country: Option<CountryCode>,
    /// The names whose entities are sure.
    pub(super) company: Vec<i64>,
}

/// A name as it stands in the library.
pub(super) struct Row {
    pub(super) kind: Kind,
    pub(super) key: i64,
    pub(super) name: String,
    pub(super) articles: u64,
}

impl Batch<'_> {
    /// The library's names for all entities of an article. People by surname alone come last: who else is there tells who they are.
    pub(in crate::store) fn resolve(&self, article: ArticleKey, analysed: &Analysed) -> Result<Vec<i64>> {
        let found = &analysed.found;
        let mut setting = self.setting(article.0)?;
        setting.country = country(found);
        let names: Vec<Option<Parts>> = found.entities.iter().map(|e| (e.kind == Kind::Person).then(|| Parts::read(&e.name))).collect();
        let lone = |n: usize| names.get(n).and_then(Option::as_ref).is_some_and(|name| name.form.len() < 2);
        let mut keys = vec![0; found.entities.len()];
        for (n, entity) in found.entities.iter().enumerate().filter(|(n, _)| !lone(*n)) {
            let (id, _) = self.enter(entity, name_key(entity, setting.country), &setting)?;
            if let Some(name) = names.get(n).and_then(Option::as_ref) {
                self.introduce(id, name, &setting)?;
            }
            keys[n] = self.parted(article.0, id)?;
            setting.company.push(keys[n]);
        }
        for (n, entity) in found.entities.iter().enumerate().filter(|(n, _)| lone(*n)) {
            keys[n] = self.surname(entity, &setting)?;
        }
        Ok(keys)
    }

    /// Full names of an article that are new in the library may be those that earlier articles left out.
    pub(in crate::store) fn look_back_from(&self, article: ArticleKey, found: &Annotations, keys: &[i64]) -> Result<()> {
        let people = found.entities.iter().zip(keys).filter(|(e, _)| e.kind == Kind::Person);
        for (entity, id) in people {
            let name = Parts::read(&entity.name);
            if name.form.len() > 1 && self.name_of(*id)?.is_some_and(|row| row.articles <= 1) {
                self.look_back(*id, &name, article.0)?;
            }
        }
        Ok(())
    }

    pub(super) fn setting(&self, article: i64) -> Result<Setting> {
        let mut one = self.connection.prepare_cached(sql::SETTING)?;
        let (at, source) = one.query_row([article], |row| Ok((row.get(0)?, row.get(1)?))).optional()?.unwrap_or_default();
        Ok(Setting { article, at, source, ..Setting::default() })
    }

    /// The name with this key and its forms; true where the library did not have it.
    fn enter(&self, entity: &Entity, key: String, setting: &Setting) -> Result<(i64, bool)> {
        let place = entity.place.as_ref().filter(|p| matches!(p.relation, PlaceRelation::Is | PlaceRelation::Within));
        let exact = place.filter(|p| p.relation == PlaceRelation::Is);
        let name = exact.map_or(&entity.name, |p| &p.name);
        let (id, known) = self.row(entity.kind, hash(&key), name, place.map(|p| p.id.0))?;
        let mut fresh = known.is_none();
        let mut put = self.connection.prepare_cached("INSERT OR IGNORE INTO form (entity, form) VALUES (?1, ?2)")?;
        let mut forms = Vec::new();
        for form in std::iter::once(&entity.name).chain(&entity.aliases) {
            if known.as_ref().unwrap_or(name) != form && !form.is_empty() && put.execute(params![id, form])? > 0 {
                fresh = true;
                forms.push(form.as_str());
            }
        }
        if fresh {
            self.index_names(id)?;
        }
        if entity.kind == Kind::Organization {
            self.acronyms(id, entity, &forms, known.is_none(), setting)?;
        }
        if let Some(place) = place {
            self.locate(place.id)?;
        }
        Ok((id, known.is_none()))
    }

    /// The row of a name; with its name where it was there.
    pub(super) fn row(&self, kind: Kind, key: i64, name: &str, place: Option<u32>) -> Result<(i64, Option<String>)> {
        let mut one = self.connection.prepare_cached(sql::KNOWN)?;
        let known: Option<(i64, String)> = one.query_row(params![kind.number(), key], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        if let Some((id, name)) = known {
            return Ok((id, Some(name)));
        }
        let mut put = self.connection.prepare_cached("INSERT INTO entity (kind, key, name, place) VALUES (?1, ?2, ?3, ?4)")?;
        put.execute(params![kind.number(), key, name, place])?;
        Ok((self.connection.last_insert_rowid(), None))
    }

    pub(super) fn name_of(&self, id: i64) -> Result<Option<Row>> {
        let mut one = self.connection.prepare_cached(sql::NAME)?;
        let row = one.query_row([id], |row| {
            let (kind, articles) = (Kind::of(row.get(0)?).unwrap_or(Kind::Other), row.get::<_, i64>(3)?.unsigned_abs());
            Ok(Row { kind, key: row.get(1)?, name: row.get(2)?, articles })
        });
        Ok(row.optional()?)
    }

    /// The entity of a name in an article in which the reader has parted it from its like.
    fn parted(&self, article: i64, id: i64) -> Result<i64> {
        let mut one = self.connection.prepare_cached(sql::PARTED)?;
        Ok(one.query_row([article, id], |row| row.get(0)).optional()?.unwrap_or(id))
    }

    /// Lets a name belong to an entity.
    pub(super) fn belong(&self, id: i64, subject: i64, rule: Rule) -> Result<()> {
        let mut put = self.connection.prepare_cached("INSERT OR REPLACE INTO identity (entity, subject, rule) VALUES (?1, ?2, ?3)")?;
        put.execute(params![id, subject, rule.number()])?;
        Ok(())
    }

    pub(super) fn add_parts(&self, id: i64, parts: &[String]) -> Result<()> {
        let mut put = self.connection.prepare_cached("INSERT OR IGNORE INTO name_part (part, entity) VALUES (?1, ?2)")?;
        parts.iter().try_for_each(|part| put.execute(params![hash(part), id]).map(drop))?;
        Ok(())
    }

    /// The entities that have one of the parts, but at most `limit` names of each.
    pub(super) fn sharing(&self, parts: &[String], limit: usize) -> Result<Vec<i64>> {
        let mut some = self.connection.prepare_cached(sql::PART)?;
        let mut names = Vec::new();
        for part in parts {
            for id in some.query_map(params![hash(part), limit], |row| row.get::<_, i64>(0))? {
                names.push(id?);
            }
        }
        names.sort_unstable();
        names.dedup();
        let mut roots = Vec::new();
        for id in names {
            let root = root(self.connection, id)?;
            if !roots.contains(&root) {
                roots.push(root);
            }
        }
        Ok(roots)
    }

    /// A full name that is not known by its parts: whose it is, and how it is found from now on.
    fn introduce(&self, id: i64, name: &Parts, setting: &Setting) -> Result<()> {
        let parts = person::parts(name);
        let Some(first) = parts.first() else { return Ok(()) };
        if self.connection.prepare_cached(sql::HAS_PART)?.exists(params![hash(first), id])? {
            return Ok(());
        }
        self.relate(id, name, setting)?;
        self.add_parts(id, &parts)?;
        let words: Vec<String> = person::surnames(name).iter().map(|w| format!("~{w}")).collect();
        self.add_parts(id, &words)
    }

    /// Joins a full name with the person whom it fits, where there is one.
    pub(super) fn relate(&self, id: i64, name: &Parts, setting: &Setting) -> Result<()> {
        // The reader's word stands above all rules, also where it came before the name itself.
        if belongs(self.connection, id)?.is_some_and(|b| b.rule == Rule::Reader) {
            return Ok(());
        }
        let mut candidates = Vec::new();
        for root in self.sharing(&person::parts(name), SHARING)?.into_iter().filter(|r| *r != id) {
            let mut candidate = person::Candidate::default();
            for member in members(self.connection, root)? {
                let Some(row) = self.name_of(member)? else { continue };
                candidate.articles += row.articles;
                let known = Parts::read(&row.name);
                if known.form.len() > 1 {
                    candidate.names.push(known);
                }
            }
            // Whether the company has to be asked for shows only below: it costs more than all else.
            candidate.company = 1.0;
            if person::full(name, std::slice::from_ref(&candidate)).is_some() {
                candidates.push((root, candidate));
            }
        }
        let several = candidates.len() > 1;
        for (root, candidate) in &mut candidates {
            let asked = several || person::is_misspelt(name, &candidate.names);
            candidate.company = if asked { self.acquaintance(*root, setting)?.company } else { 0.0 };
        }
        let all: Vec<person::Candidate> = candidates.iter().map(|c| c.1.clone()).collect();
        match person::full(name, &all).and_then(|n| candidates.get(n)) {
            Some((root, _)) => self.belong(id, *root, Rule::Variant),
            None => Ok(()),
        }
    }

    /// How near somebody is to an article: in source, time and company.
    fn acquaintance(&self, subject: i64, setting: &Setting) -> Result<Acquaintance> {
        let mut near = Acquaintance { apart: u64::MAX, ..Acquaintance::default() };
        let mut shared: HashSet<i64> = HashSet::new();
        let mut some = self.connection.prepare_cached(sql::LATELY)?;
        let mut one = self.connection.prepare_cached(sql::COMPANY)?;
        for member in members(self.connection, subject)? {
            let articles = some.query_map(params![member, setting.article, LATELY], |row| row.get::<_, i64>(0))?;
            for article in articles.collect::<rusqlite::Result<Vec<_>>>()? {
                let seen = one.query_row([article], |row| {
                    Ok((row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(1)?, row.get::<_, Option<Vec<u8>>>(2)?))
                });
                let Some((at, source, entities)) = seen.optional()? else { continue };
                near.apart = near.apart.min(at.abs_diff(setting.at));
                near.same_source |= source == setting.source;
                let there = entities.and_then(|e| codec::take_numbers(&e)).unwrap_or_default();
                shared.extend(there.into_iter().filter(|e| setting.company.contains(e)));
            }
        }
        for entity in shared {
            near.company += self.name_of(entity)?.map_or(0.0, |row| person::company(row.articles));
        }
        Ok(near)
    }

    /// The person whom the surname of an article means, as far as that can be told.
    fn whom(&self, word: &str, setting: &Setting) -> Result<Option<i64>> {
        let people = self.sharing(&[format!("~{word}")], SHARING)?;
        if people.len() > SAME_SURNAME {
            return Ok(None);
        }
        let near = people.iter().map(|p| self.acquaintance(*p, setting)).collect::<Result<Vec<_>>>()?;
        Ok(person::lone(&near).and_then(|n| people.get(n)).copied())
    }

    /// The name for somebody whom an article calls by one word: that of the only one who fits, or the bare word.
    fn surname(&self, entity: &Entity, setting: &Setting) -> Result<i64> {
        let word = Parts::read(&entity.name).form.last().to_owned();
        let meant = if word.is_empty() { None } else { self.whom(&word, setting)? };
        match meant {
            None => Ok(self.enter(entity, name_key(entity, None), setting)?.0),
            Some(person) => {
                let bare = self.bare(&word)?;
                let id = self.called(person, entity, setting)?;
                // Who was split off by the reader stays apart.
                let apart = belongs(self.connection, id)?.is_some_and(|b| b.subject == EntityKey(id));
                Ok(if apart { bare.unwrap_or(id) } else { id })
            }
        }
    }

    /// The bare surname as a name of its own, where some article left it open who it is.
    fn bare(&self, word: &str) -> Result<Option<i64>> {
        let mut one = self.connection.prepare_cached(sql::KNOWN)?;
        Ok(one.query_row(params![Kind::Person.number(), hash(word)], |row| row.get(0)).optional()?)
    }

    /// The name "X, meaning this person": a guess that can be taken back without touching other articles that say X.
    fn called(&self, person: i64, entity: &Entity, setting: &Setting) -> Result<i64> {
        let of = self.name_of(person)?.map_or(0, |row| row.key);
        let key = format!("{}\u{1}{of:x}", Parts::read(&entity.name).key());
        let (id, fresh) = self.enter(entity, key, setting)?;
        if fresh {
            self.belong(id, person, Rule::Surname)?;
        }
        Ok(id)
    }

    /// A full name that is new may be the one that earlier articles left out.
    fn look_back(&self, id: i64, name: &Parts, article: i64) -> Result<()> {
        let word = name.form.last();
        let Some(bare) = self.bare(word)?.filter(|bare| *bare != id) else { return Ok(()) };
        if belongs(self.connection, bare)?.is_some_and(|b| b.rule == Rule::Reader) {
            return Ok(());
        }
        let mut some = self.connection.prepare_cached(sql::LATELY)?;
        let articles = some.query_map(params![bare, article, LATELY], |row| row.get::<_, i64>(0))?;
        for article in articles.collect::<rusqlite::Result<Vec<_>>>()? {
            let mut there = self.setting(article)?;
            there.company = self.entities_of(article)?;
            if let Some(person) = self.whom(word, &there)?
                && person == root(self.connection, id)?
            {
                let Some(row) = self.name_of(bare)? else { continue };
                let entity =
                    Entity { kind: Kind::Person, name: row.name, aliases: Vec::new(), roles: Vec::new(), salience: 0.0, place: None };
                let called = self.called(person, &entity, &there)?;
                self.move_name(article, bare, called)?;
            }
        }
        Ok(())
    }

    /// The library's names for the entities of a stored article.
    pub(super) fn entities_of(&self, article: i64) -> Result<Vec<i64>> {
        let mut one = self.connection.prepare_cached("SELECT entities FROM finding WHERE article = ?1")?;
        let bytes: Option<Option<Vec<u8>>> = one.query_row([article], |row| row.get(0)).optional()?;
        Ok(bytes.flatten().and_then(|b| codec::take_numbers(&b)).unwrap_or_default())
    }

    /// Lets an article name `to` where it named `from`.
    pub(super) fn move_name(&self, article: i64, from: i64, to: i64) -> Result<()> {
        if from == to {
            return Ok(());
        }
        let run = |sql: &str| self.connection.prepare_cached(sql).and_then(|mut s| s.execute([article, from, to]));
        run("INSERT INTO posting (entity, article, mentions) SELECT ?3, article, mentions FROM posting WHERE article = ?1 AND entity = ?2
             ON CONFLICT DO UPDATE SET mentions = mentions + excluded.mentions")?;
        self.connection.prepare_cached("DELETE FROM posting WHERE article = ?1 AND entity = ?2")?.execute([article, from])?;
        run("UPDATE OR IGNORE quotation SET entity = ?3 WHERE article = ?1 AND entity = ?2")?;
        let entities: Vec<i64> = self.entities_of(article)?.into_iter().map(|e| if e == from { to } else { e }).collect();
        let mut put = self.connection.prepare_cached("UPDATE finding SET entities = ?2 WHERE article = ?1")?;
        put.execute(params![article, codec::put_numbers(&entities)])?;
        Ok(())
    }

    /// Joins a body with its initials, which an article has given with the name.
    fn acronyms(&self, id: i64, entity: &Entity, forms: &[&str], fresh: bool, setting: &Setting) -> Result<()> {
        if let Some(letters) = body::acronym(&entity.name) {
            return if fresh { self.spell_out(id, &letters, setting) } else { Ok(()) };
        }
        for letters in forms.iter().filter_map(|f| body::acronym(f)) {
            self.add_parts(id, &[format!("={letters}")])?;
            let mut one = self.connection.prepare_cached(sql::KNOWN)?;
            let bare = one.query_row(params![Kind::Organization.number(), hash(&letters)], |row| row.get::<_, i64>(0)).optional()?;
            if let Some(bare) = bare.filter(|b| *b != id)
                && belongs(self.connection, bare)?.is_none()
            {
                self.belong(bare, root(self.connection, id)?, Rule::Acronym)?;
            }
        }
        Ok(())
    }

    /// The body for which a new acronym stands: the only one known by it, or the only one in this company.
    pub(super) fn spell_out(&self, id: i64, letters: &str, setting: &Setting) -> Result<()> {
        let known: Vec<i64> = self.sharing(&[format!("={letters}")], SHARING)?.into_iter().filter(|k| *k != id).collect();
        let one = match known[..] {
            [one] => Some(one),
            [] => None,
            _ if known.len() > SAME_SURNAME => None,
            _ => {
                let near = known.iter().map(|k| self.acquaintance(*k, setting)).collect::<Result<Vec<_>>>()?;
                let near: Vec<Acquaintance> = near.into_iter().map(|a| Acquaintance { same_source: false, ..a }).collect();
                person::lone(&near).and_then(|n| known.get(n)).copied()
            }
        };
        one.map_or(Ok(()), |one| self.belong(id, one, Rule::Acronym))
    }
}

/// What a name is looked up by.
fn name_key(entity: &Entity, country: Option<CountryCode>) -> String {
    let place = entity.place.as_ref();
    match place {
        Some(place) if place.relation == PlaceRelation::Is => format!("@{}", place.id.0),
        // Every town has a Main Street.
        Some(place) if place.relation == PlaceRelation::Within => format!("{}@{}", fold(&entity.name), place.id.0),
        _ if entity.kind == Kind::Organization => body::key(&entity.name, place.and_then(|p| p.country).or(country)),
        _ if entity.kind == Kind::Person => {
            Some(Parts::read(&entity.name).key()).filter(|k| !k.is_empty()).unwrap_or_else(|| fold(&entity.name))
        }
        _ => fold(&entity.name),
    }
}

/// The country that an article is mostly about.
fn country(found: &Annotations) -> Option<CountryCode> {
    let mut shares: Vec<(CountryCode, f32)> = Vec::new();
    for (place, salience) in found.entities.iter().filter_map(|e| Some((e.place.as_ref()?, e.salience))) {
        let code = place.country.or_else(|| gazetteer::place(place.id).and_then(|p| p.country()));
        let Some(code) = code else { continue };
        match shares.iter_mut().find(|s| s.0 == code) {
            Some(share) => share.1 += salience,
            None => shares.push((code, salience)),
        }
    }
    shares.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|s| s.0)
}
