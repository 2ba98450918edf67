//! The names of an article that may be places, each with its candidates and what speaks for each before the text is asked.

use crate::analysis::Reading;
use crate::article::{Annotations, CountryCode, Entity, GazetteerPlace, Kind, MentionForm, PlaceKind, PlaceRelation};
use crate::lexicon::gazetteer::{self, Candidate, NameKind, Place, Role, role};
use crate::lexicon::who::{Class, class};
use std::collections::{HashMap, HashSet};

/// Candidates that are looked at, the most populous first.
const MOST: usize = 40;

/// Bytes of the longest name that is looked up.
const LONGEST: usize = 80;

/// Words of the longest name in which a place is looked for.
const WORDS: usize = 10;

/// Places that a bare name means although a larger one has it: the usage of news agencies.
const USUAL: &[(&str, u32)] = &[("new york", 5_128_581), ("washington", 4_140_963), ("york", 2_633_352), ("gaza", 281_133)];

/// A name of the article with its candidates: what it means once, it means everywhere in the article.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// The key that was found in the gazetteer.
    pub(super) key: String,
    /// The entities that are or have the name, and how they belong to the place.
    pub(super) entities: Vec<(usize, PlaceRelation)>,
    /// What it may mean.
    pub(super) senses: Vec<Sense>,
    /// How often it is named.
    pub(super) count: usize,
    /// True where a reader has said what it means.
    pub(super) corrected: bool,
}

/// A candidate, read once from the gazetteer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sense {
    pub(super) place: Place,
    pub(super) kind: PlaceKind,
    pub(super) country: Option<CountryCode>,
    pub(super) division: Option<Place>,
    pub(super) point: (f64, f64),
    /// What speaks for it: logits, as in [`super::weigh`].
    pub(super) score: f32,
}

impl Name {
    /// The place with the highest score, and how sure it is.
    pub(super) fn answer(&self, relation: PlaceRelation) -> Option<GazetteerPlace> {
        let mut order: Vec<&Sense> = self.senses.iter().collect();
        order.sort_by(|a, b| b.score.total_cmp(&a.score));
        let best = order.first()?;
        let rest: f32 = order.iter().map(|s| (s.score - best.score).exp()).sum();
        let runner_up = order.get(1).map(|s| s.place);
        let score = if self.corrected { 1.0 } else { (1.0 / rest).min(0.99) };
        Some(best.place.to_entity(relation, score, runner_up))
    }

    /// The candidate with the highest score.
    pub(super) fn best(&self) -> Option<&Sense> {
        self.senses.iter().max_by(|a, b| a.score.total_cmp(&b.score))
    }
}

/// The names that may be places, in the order of their first entities.
pub(super) fn names(reading: &Reading<'_>, found: &Annotations) -> Vec<Name> {
    let text = &reading.article.text;
    let mut forms: Vec<Vec<&str>> = vec![Vec::new(); found.entities.len()];
    let mut counts = vec![0; found.entities.len()];
    let mut named = HashSet::new();
    for mention in found.mentions.iter().filter(|m| m.form == MentionForm::Name) {
        let (Some(forms), form) = (forms.get_mut(mention.entity.0 as usize), mention.span.of(text)) else { continue };
        counts[mention.entity.0 as usize] += 1;
        if forms.len() < 4 && form.len() <= LONGEST && !forms.contains(&form) {
            forms.push(form);
            if mention.kind == Kind::Place {
                named.insert(gazetteer::key(form));
            }
        }
    }
    let mut names: Vec<Name> = Vec::new();
    let mut of_key: HashMap<(String, bool), usize> = HashMap::new();
    for (n, entity) in found.entities.iter().enumerate() {
        let looked = forms[n].iter().find_map(|f| look_up(f, entity.kind, &named));
        // An unknown place is kept: a reader may say where it is.
        let unknown = || Some(Looked { key: gazetteer::key(forms[n].first()?), relation: PlaceRelation::Is, senses: Vec::new() });
        let Some(Looked { key, relation, senses }) = looked.or_else(|| unknown().filter(|_| entity.kind == Kind::Place)) else { continue };
        let at = *of_key.entry((key.clone(), relation == PlaceRelation::Demonym)).or_insert(names.len());
        if at == names.len() {
            names.push(Name { key, entities: Vec::new(), senses, count: 0, corrected: false });
        }
        names[at].entities.push((n, relation));
        names[at].count += counts[n];
    }
    names
}

/// What a look-up finds.
struct Looked {
    key: String,
    relation: PlaceRelation,
    senses: Vec<Sense>,
}

/// The candidates for a name of an entity of that kind; `named` are the keys of what the article names as places.
fn look_up(name: &str, kind: Kind, named: &HashSet<String>) -> Option<Looked> {
    let key = gazetteer::key(name);
    match kind {
        Kind::Person => None,
        Kind::Place => place(&key).or_else(|| contained(&key, kind, named)),
        Kind::Organization => landmark(&key).or_else(|| state(name)).or_else(|| contained(&key, kind, named)),
        Kind::Other => demonym(&key).or_else(|| landmark(&key)).or_else(|| state(name)).or_else(|| contained(&key, kind, named)),
    }
}

/// The candidates for a place: by the whole name, or without what narrows it.
fn place(key: &str) -> Option<Looked> {
    let looked = |key: &str, relation, senses: Vec<Sense>| (!senses.is_empty()).then(|| Looked { key: key.to_owned(), relation, senses });
    looked(key, PlaceRelation::Is, senses(key, |_| true)).or_else(|| {
        let bare = plain(key)?;
        // "North London" is a part of it, "Oaxaca State" the whole.
        let same = key.starts_with(bare) || key.contains(" of ");
        looked(bare, if same { PlaceRelation::Is } else { PlaceRelation::Within }, senses(bare, |c| c.name != NameKind::Demonym))
    })
}

/// The name without words that narrow it, where anything is left that is known.
fn plain(key: &str) -> Option<&str> {
    let known = |k: &&str| gazetteer::is_known(k);
    let head = key.split_once(' ').and_then(|(first, rest)| match rest.strip_prefix("of ") {
        Some(rest) if role(first).is(Role::SORT) => Some(rest),
        _ => Some(rest).filter(|_| role(first).is(Role::BEFORE)),
    });
    // "Metro area" is two words behind the name.
    let tail = |k: &'_ str| k.rsplit_once(' ').filter(|(_, last)| role(last).is(Role::BEHIND)).map_or(0, |(rest, _)| rest.len());
    let shorter = |k| Some(tail(k)).filter(|n| *n > 0).and_then(|n| key.get(..n));
    let once = shorter(key);
    head.filter(known)
        .or_else(|| once.filter(known))
        .or_else(|| once.and_then(shorter).filter(known))
        .or_else(|| head.and_then(|h| h.get(..tail(h)).filter(|k| !k.is_empty())).filter(known))
        // "Londoners": a plural of people.
        .or_else(|| key.strip_suffix('s').filter(|k| k.len() > 4).filter(known))
}

/// A site, region or water of that very name, although it was not taken for a place: "the White House", "the European Union".
fn landmark(key: &str) -> Option<Looked> {
    if key.split(' ').all(|w| role(w).is(Role::DIRECTION)) {
        return None;
    }
    let named = |c: &Candidate| matches!(c.name, NameKind::Official | NameKind::Alternate);
    let fits = |c: &Candidate| named(c) && !matches!(c.place.kind(), PlaceKind::City | PlaceKind::District | PlaceKind::Quarter);
    let senses = senses(key, fits);
    let site = senses.iter().any(|s| s.kind == PlaceKind::Site);
    (!senses.is_empty()).then(|| Looked {
        key: key.to_owned(),
        relation: if site { PlaceRelation::Is } else { PlaceRelation::Named },
        senses,
    })
}

/// The state that a body's name begins with in its short form: "U.S. Senate".
fn state(name: &str) -> Option<Looked> {
    let first = name.split_whitespace().next().filter(|f| f.len() <= 6 && !f.contains(char::is_lowercase))?;
    let key = gazetteer::key(first);
    let senses = senses(&key, |c| c.name == NameKind::Short);
    let clear = first.contains('.') || senses.iter().any(|s| s.kind == PlaceKind::Country);
    (clear && !senses.is_empty()).then_some(Looked { key, relation: PlaceRelation::Named, senses })
}

/// The candidates for a name inside a longer one: "Boston University". What the article names as a place by itself goes first, then a division or
/// country, then what is longest. Of towns only larger ones count, for most words are some village; and a street or a work is seldom where it is
/// named after.
fn contained(key: &str, kind: Kind, named: &HashSet<String>) -> Option<Looked> {
    let words: Vec<(usize, &str)> = key.split(' ').scan(0, |at, w| Some((std::mem::replace(at, *at + w.len() + 1), w))).collect();
    if words.len() > WORDS || kind == Kind::Place && words.last().is_some_and(|w| role(w.1).is(Role::STREET)) {
        return None;
    }
    let towns = kind == Kind::Organization || kind == Kind::Place && words.len() > 2;
    let relation = if kind == Kind::Place { PlaceRelation::Within } else { PlaceRelation::Named };
    let mut best: Option<(u8, Looked)> = None;
    for length in (1..=words.len()).rev() {
        for part in words.windows(length) {
            let end = part[length - 1].0 + part[length - 1].1.len();
            let part = &key[part[0].0..end];
            let rank = rank(part, length, named);
            if rank == 0 || best.as_ref().is_some_and(|(known, _)| *known >= rank.max(7)) || !gazetteer::is_known(part) {
                continue;
            }
            let fits =
                |c: &Candidate| c.name != NameKind::Short && (rank == 9 || is_large(c, length) && (towns || is_wide(c.place.kind())));
            let senses = senses(part, fits);
            let rank = if senses.iter().any(|s| is_wide(s.kind)) { rank.max(7) } else { rank };
            if !senses.is_empty() && best.as_ref().is_none_or(|(known, _)| *known < rank) {
                best = Some((rank, Looked { key: part.to_owned(), relation, senses }));
            }
        }
    }
    best.map(|b| b.1)
}

/// How likely a part of a name is a place in it: 9 where the article names that place, otherwise the longer the likelier; 0 where it is none.
fn rank(part: &str, words: usize, named: &HashSet<String>) -> u8 {
    let common = part.len() < 4
        || part.split(' ').all(|w| role(w).is(Role::DIRECTION))
        || words == 1 && (NO_PLACE.iter().any(|c| class(part).is(*c)) || role(part).is(Role::GENERIC) || role(part).is(Role::BEHIND));
    match () {
        () if common => 0,
        () if named.contains(part) => 9,
        () => words.min(6) as u8,
    }
}

fn is_wide(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::Country | PlaceKind::Division | PlaceKind::Continent)
}

fn is_large(candidate: &Candidate, words: usize) -> bool {
    match candidate.place.kind() {
        PlaceKind::District => words > 1 && candidate.name == NameKind::Official,
        PlaceKind::City if candidate.name == NameKind::Official => candidate.place.weight() > if words > 1 { 2_000 } else { 8_000 },
        PlaceKind::City => candidate.name == NameKind::Alternate && candidate.place.weight() > 100_000,
        kind => is_wide(kind),
    }
}

/// Words that do something else in a sentence or in a body's name.
const NO_PLACE: [Class; 2] = [Class::FUNCTION, Class::ORGANIZATION];

/// The place whose people, language or adjective the words are: of "Venezuelan-American" the last, for that is what somebody is now.
fn demonym(key: &str) -> Option<Looked> {
    let last =
        key.rsplit(' ').next().filter(|l| l.len() < key.len() && !key.ends_with("american indians") && !key.ends_with("american indian"));
    [Some(key), last].into_iter().flatten().find_map(|key| {
        let senses = senses(key, |c| c.name == NameKind::Demonym);
        (!senses.is_empty()).then(|| Looked { key: key.to_owned(), relation: PlaceRelation::Demonym, senses })
    })
}

/// The places that a source's name of a place may mean.
pub(super) fn known_as(key: &str) -> Vec<Sense> {
    senses(key, |c| c.name != NameKind::Demonym)
}

/// The places named `key`, with what speaks for each by itself.
fn senses(key: &str, fits: impl Fn(&Candidate) -> bool) -> Vec<Sense> {
    let usual = USUAL.iter().find(|u| u.0 == key).map(|u| u.1);
    let candidates = gazetteer::find(key).into_iter().filter(fits).take(MOST);
    candidates.map(|c| sense(c, key, usual.is_some_and(|id| c.place.id().0 == id))).collect()
}

/// What a candidate is worth before the text is asked: how many live there, what it is, and whether it is called so.
fn sense(candidate: Candidate, name: &str, usual: bool) -> Sense {
    let Candidate { place, name: named } = candidate;
    let kind = place.kind();
    let is_district = name.rsplit(' ').next().is_some_and(|last| role(last).is(Role::DISTRICT));
    let mut score = (place.weight() as f32 + 10.0).log10();
    score += match named {
        NameKind::Official => 0.0,
        // Small places have other names that nobody uses any more.
        NameKind::Alternate if place.weight() < 100_000 => -2.0,
        NameKind::Alternate => -0.8,
        NameKind::Short | NameKind::Demonym => 0.3,
    };
    score += match kind {
        PlaceKind::Country => 3.0,
        PlaceKind::Continent => 2.5,
        PlaceKind::Division if name.split(' ').all(|w| role(w).is(Role::DIRECTION)) => -1.5,
        PlaceKind::Division => 1.5,
        PlaceKind::District if is_district => 2.0,
        PlaceKind::District => -1.0,
        PlaceKind::Region => 0.6,
        PlaceKind::Water | PlaceKind::Mountain => -0.3,
        PlaceKind::Site => 1.0,
        PlaceKind::City | PlaceKind::Quarter => match place.feature() {
            "PPLC" => 0.6,
            "PPLA" => 0.3,
            _ => 0.0,
        },
    };
    if usual {
        score += 2.5;
    }
    let point = (place.latitude(), place.longitude());
    Sense { place, kind, country: place.country(), division: place.division(), point, score }
}

/// What a correction is worth: more than all else together.
const CORRECTED: f32 = 1000.0;

/// Lets readers' corrections win.
pub(super) fn correct(names: &mut [Name], reading: &Reading<'_>, entities: &[Entity]) {
    let site = reading.article.site.as_deref();
    let fitting: Vec<_> = reading.known.places.iter().filter(|c| c.site.is_none() || c.site.as_deref() == site).collect();
    if fitting.is_empty() {
        return;
    }
    let mut places: HashMap<String, Option<Place>> = HashMap::new();
    // Those of the source stand behind those of all sources, so that they win.
    for correction in fitting.iter().filter(|c| c.site.is_none()).chain(fitting.iter().filter(|c| c.site.is_some())) {
        places.insert(gazetteer::key(&correction.name), correction.place.and_then(gazetteer::place));
    }
    for name in names {
        let own = || name.entities.iter().filter_map(|(e, _)| places.get(&gazetteer::key(&entities.get(*e)?.name))).next();
        let Some(place) = places.get(&name.key).or_else(own) else { continue };
        name.corrected = true;
        name.senses.retain(|s| Some(s.place) != *place && place.is_some());
        if let Some(place) = *place {
            let sense = sense(Candidate { place, name: NameKind::Official }, "", false);
            name.senses.push(Sense { score: CORRECTED, ..sense });
        }
    }
}
