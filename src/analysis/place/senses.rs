//! The names of an article that may be places, each with its candidates and what speaks for each before the text is asked.

use crate::analysis::Reading;
use crate::article::{Annotations, CountryCode, GazetteerPlace, Kind, MentionForm, PlaceKind, PlaceRelation};
use crate::lexicon::gazetteer::{self, Candidate, NameKind, Place};
use std::collections::HashMap;

/// Candidates that are looked at, the most populous first.
const MOST: usize = 40;

/// Bytes of the longest name that is looked up.
const LONGEST: usize = 80;

/// Words of the longest name in which a place is looked for.
const WORDS: usize = 10;

/// Words that only narrow down a place, before its name.
const BEFORE: &[&str] = &[
    "northern",
    "southern",
    "eastern",
    "western",
    "central",
    "north",
    "south",
    "east",
    "west",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
    "northeastern",
    "northwestern",
    "southeastern",
    "southwestern",
    "downtown",
    "greater",
    "metropolitan",
    "metro",
    "upper",
    "lower",
    "inner",
    "mid",
    "city of",
    "town of",
    "village of",
    "state of",
    "province of",
    "county of",
    "kingdom of",
    "republic of",
    "island of",
    "borough of",
    "commonwealth of",
    "peoples republic of",
    "old",
    "rural",
    "suburban",
    "occupied",
    "former",
];

/// The same behind its name.
const BEHIND: &[&str] = &[
    "city",
    "county",
    "parish",
    "province",
    "state",
    "region",
    "district",
    "area",
    "metro area",
    "metropolitan area",
    "township",
    "town",
    "twp",
    "village",
    "prefecture",
    "governorate",
    "oblast",
    "municipality",
    "borough",
    "peninsula",
    "republic",
    "islands",
    "suburb",
    "suburbs",
    "north",
    "south",
    "east",
    "west",
    "coast",
    "shire",
    "metro",
    "emirate",
    "department",
    "voivodeship",
    "raion",
    "canton",
];

/// What makes a name a second-level division.
const DISTRICT: &[&str] = &["county", "parish", "district", "borough", "province", "township", "shire", "raion"];

/// Places that a bare name means although a larger one has it: the usage of news agencies.
const USUAL: &[(&str, u32)] = &[("new york", 5_128_581), ("washington", 4_140_963), ("york", 2_633_352), ("gaza", 281_133)];

/// A name of the article: an entity with its candidates.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// The entity.
    pub(super) entity: usize,
    /// Its names as keys.
    pub(super) keys: Vec<String>,
    /// How the entity belongs to its place.
    pub(super) relation: PlaceRelation,
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
    pub(super) fn answer(&self) -> Option<GazetteerPlace> {
        let mut order: Vec<&Sense> = self.senses.iter().collect();
        order.sort_by(|a, b| b.score.total_cmp(&a.score));
        let best = order.first()?;
        let rest: f32 = order.iter().map(|s| (s.score - best.score).exp()).sum();
        let runner_up = order.get(1).map(|s| s.place);
        let score = if self.corrected { 1.0 } else { (1.0 / rest).min(0.99) };
        Some(best.place.to_entity(self.relation, score, runner_up))
    }

    /// The candidate with the highest score.
    pub(super) fn best(&self) -> Option<&Sense> {
        self.senses.iter().max_by(|a, b| a.score.total_cmp(&b.score))
    }
}

/// The names that may be places, in the order of their entities.
pub(super) fn names(reading: &Reading<'_>, found: &Annotations) -> Vec<Name> {
    let text = &reading.article.text;
    let mut forms: Vec<Vec<&str>> = vec![Vec::new(); found.entities.len()];
    let mut counts = vec![0; found.entities.len()];
    for mention in found.mentions.iter().filter(|m| m.form == MentionForm::Name) {
        let (Some(forms), form) = (forms.get_mut(mention.entity.0 as usize), mention.span.of(text)) else { continue };
        counts[mention.entity.0 as usize] += 1;
        if forms.len() < 4 && !forms.contains(&form) {
            forms.push(form);
        }
    }
    let mut out = Vec::new();
    for (n, entity) in found.entities.iter().enumerate() {
        let keys: Vec<String> = forms[n].iter().filter(|f| f.len() <= LONGEST).map(|f| gazetteer::key(f)).collect();
        let looked = keys.iter().find_map(|key| look_up(key, entity.kind));
        let (relation, senses) = looked.unwrap_or((PlaceRelation::Is, Vec::new()));
        if entity.kind == Kind::Place || !senses.is_empty() {
            out.push(Name { entity: n, keys, relation, senses, count: counts[n], corrected: false });
        }
    }
    out
}

/// What a look-up finds.
type Looked = (PlaceRelation, Vec<Sense>);

/// The candidates for a name of an entity of that kind.
fn look_up(key: &str, kind: Kind) -> Option<Looked> {
    match kind {
        Kind::Person => None,
        Kind::Place => place(key),
        Kind::Organization => {
            let senses = contained(key, true);
            (!senses.is_empty()).then_some((PlaceRelation::Named, senses))
        }
        Kind::Other => demonym(key),
    }
}

/// The candidates for a place: by the whole name, without what narrows it, or by a name inside it.
fn place(key: &str) -> Option<Looked> {
    let whole = senses(key, key, |_| true);
    if !whole.is_empty() {
        return Some((PlaceRelation::Is, whole));
    }
    if let Some(bare) = plain(key) {
        let senses = senses(bare, key, |c| c.name != NameKind::Demonym);
        if !senses.is_empty() {
            let same = BEHIND.iter().any(|b| strip_end(key, b) == Some(bare)) || key.contains(" of ");
            return Some((if same { PlaceRelation::Is } else { PlaceRelation::Within }, senses));
        }
    }
    let inside = contained(key, false);
    (!inside.is_empty()).then_some((PlaceRelation::Within, inside))
}

/// The name without words that narrow it, where anything is left.
fn plain(key: &str) -> Option<&str> {
    let head = |k| BEFORE.iter().find_map(|b| strip_start(k, b));
    let tail = |k| BEHIND.iter().find_map(|b| strip_end(k, b));
    let known = |k: &&str| gazetteer::is_known(k);
    head(key).filter(known).or_else(|| tail(key).filter(known)).or_else(|| head(key).and_then(tail).filter(known)).or_else(|| {
        // "Richmondites", "Gazans": a plural of people.
        key.strip_suffix('s').filter(|k| k.len() > 4).filter(known)
    })
}

fn strip_start<'k>(key: &'k str, word: &str) -> Option<&'k str> {
    key.strip_prefix(word)?.strip_prefix(' ')
}

fn strip_end<'k>(key: &'k str, word: &str) -> Option<&'k str> {
    key.strip_suffix(word)?.strip_suffix(' ')
}

/// The candidates for the longest name inside a longer one: "Boston University". Only large places count, for most words are some village.
fn contained(key: &str, all: bool) -> Vec<Sense> {
    let starts: Vec<usize> = std::iter::once(0).chain(key.match_indices(' ').map(|(at, _)| at + 1)).collect();
    if starts.len() > WORDS || starts.len() < 2 && !all {
        return Vec::new();
    }
    let end = |last: usize| starts.get(last).map_or(key.len(), |s| s - 1);
    for length in (1..=starts.len()).rev() {
        for first in 0..=starts.len() - length {
            let part = &key[starts[first]..end(first + length)];
            if part.len() < 4 {
                continue;
            }
            let senses = senses(part, part, |c| c.name != NameKind::Short && is_large(c, length));
            if !senses.is_empty() {
                return senses;
            }
        }
    }
    Vec::new()
}

fn is_large(candidate: &Candidate, words: usize) -> bool {
    match candidate.place.kind() {
        PlaceKind::Country | PlaceKind::Division | PlaceKind::Continent => true,
        PlaceKind::City => candidate.name != NameKind::Demonym && candidate.place.weight() > if words > 1 { 3_000 } else { 15_000 },
        _ => false,
    }
}

/// The place whose people, language or adjective the words are.
fn demonym(key: &str) -> Option<Looked> {
    let mut found = senses(key, key, |c| c.name == NameKind::Demonym);
    if found.is_empty() {
        // "Venezuelan-American" is both; the last one is what somebody is now.
        let last = key.rsplit(' ').next().filter(|l| l.len() < key.len())?;
        found = senses(last, last, |c| c.name == NameKind::Demonym);
    }
    (!found.is_empty()).then_some((PlaceRelation::Demonym, found))
}

/// The places named `key`, with what speaks for each by itself; `name` is the whole name as it stands.
fn senses(key: &str, name: &str, fits: impl Fn(&Candidate) -> bool) -> Vec<Sense> {
    let usual = USUAL.iter().find(|u| u.0 == key).map(|u| u.1);
    let candidates = gazetteer::find(key).into_iter().filter(fits).take(MOST);
    candidates.map(|c| sense(c, name, usual.is_some_and(|id| c.place.id().0 == id))).collect()
}

/// What a candidate is worth before the text is asked: how many live there, what it is, and whether it is called so.
fn sense(candidate: Candidate, name: &str, usual: bool) -> Sense {
    let Candidate { place, name: named } = candidate;
    let kind = place.kind();
    let is_district = DISTRICT.iter().any(|d| name.ends_with(d));
    let mut score = (place.weight() as f32 + 10.0).log10();
    score += match named {
        NameKind::Official => 0.0,
        NameKind::Alternate => -0.8,
        NameKind::Short | NameKind::Demonym => 0.3,
    };
    score += match kind {
        PlaceKind::Country => 3.0,
        PlaceKind::Continent => 2.5,
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
pub(super) fn correct(names: &mut [Name], reading: &Reading<'_>) {
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
        let Some(place) = name.keys.iter().find_map(|k| places.get(k)) else { continue };
        name.corrected = true;
        name.senses.retain(|s| Some(s.place) != *place && place.is_some());
        if let Some(place) = *place {
            let sense = sense(Candidate { place, name: NameKind::Official }, "", false);
            name.senses.push(Sense { score: CORRECTED, ..sense });
        }
    }
}
