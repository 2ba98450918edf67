//! The names of an article that may be places, each with its candidates and what speaks for each before the text is asked.

use crate::analysis::Reading;
use crate::article::{Annotations, CountryCode, GazetteerPlace, Kind, MentionForm, PlaceKind, PlaceRelation};
use crate::lexicon::gazetteer::{self, Candidate, NameKind, Place};
use crate::lexicon::who::{Class, class};
use std::collections::{HashMap, HashSet};

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
        let Some(Looked { key, relation, senses }) = forms[n].iter().find_map(|f| look_up(f, entity.kind, &named)) else { continue };
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
        Kind::Place => place(&key).or_else(|| contained(&key, PlaceRelation::Within, named)),
        Kind::Organization => contained(&key, PlaceRelation::Named, named),
        Kind::Other => demonym(&key).or_else(|| contained(&key, PlaceRelation::Named, named)),
    }
}

/// The candidates for a place: by the whole name, or without what narrows it.
fn place(key: &str) -> Option<Looked> {
    let looked = |key: &str, relation, senses: Vec<Sense>| (!senses.is_empty()).then(|| Looked { key: key.to_owned(), relation, senses });
    looked(key, PlaceRelation::Is, senses(key, |_| true)).or_else(|| {
        let bare = plain(key)?;
        let same = BEHIND.iter().any(|b| strip_end(key, b) == Some(bare)) || key.contains(" of ");
        looked(bare, if same { PlaceRelation::Is } else { PlaceRelation::Within }, senses(bare, |c| c.name != NameKind::Demonym))
    })
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

/// The candidates for a name inside a longer one: "Boston University". What the article names as a place by itself goes first, then a division or
/// country, then what is longest. Of towns only larger ones count, for most words are some village.
fn contained(key: &str, relation: PlaceRelation, named: &HashSet<String>) -> Option<Looked> {
    let words: Vec<(usize, &str)> = key.split(' ').scan(0, |at, w| Some((std::mem::replace(at, *at + w.len() + 1), w))).collect();
    if words.len() > WORDS {
        return None;
    }
    let mut best: Option<(u8, Looked)> = None;
    for length in (1..=words.len()).rev() {
        for part in words.windows(length) {
            let end = part[length - 1].0 + part[length - 1].1.len();
            let part = &key[part[0].0..end];
            let rank = rank(part, length, named);
            if best.as_ref().is_some_and(|(known, _)| *known >= rank) || rank == 0 {
                continue;
            }
            let senses = senses(part, |c| c.name != NameKind::Short && (rank == 9 || is_large(c, length)));
            if !senses.is_empty() {
                let weight = if senses.iter().any(|s| is_wide(s.kind)) { rank.max(7) } else { rank };
                if best.as_ref().is_none_or(|(known, _)| *known < weight) {
                    best = Some((weight, Looked { key: part.to_owned(), relation, senses }));
                }
            }
        }
    }
    best.map(|b| b.1)
}

/// How likely a part of a name is a place in it: 9 where the article names that place, otherwise the longer the likelier; 0 where it is none.
fn rank(part: &str, words: usize, named: &HashSet<String>) -> u8 {
    let common = part.len() < 4 || words == 1 && (NO_PLACE.iter().any(|c| class(part).is(*c)) || GENERIC.contains(&part) || BEFORE.contains(&part) || BEHIND.contains(&part));
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
        PlaceKind::City => candidate.name != NameKind::Demonym && candidate.place.weight() > if words > 1 { 2_000 } else { 8_000 },
        kind => is_wide(kind),
    }
}

/// Words of bodies' names that are some place as well.
const GENERIC: &[&str] = &[
    "university", "college", "police", "mission", "center", "centre", "eagle", "superior", "union", "liberty", "independence", "commerce", "industry",
    "enterprise", "hope", "progress", "unity", "justice", "media", "star", "sun", "post", "herald", "times", "mail", "globe", "mirror", "bank",
    "trinity", "grace", "christian", "orange", "green", "golden", "grand", "royal", "imperial", "national", "general", "federal", "capital", "columbia",
    "pacific", "atlantic", "continental", "american legion", "airport", "hospital", "school", "church", "temple", "street", "road", "avenue", "park",
    "lake", "river", "mount", "fort", "port", "bay", "beach", "island", "valley", "hill", "hills", "springs", "falls", "forest", "garden", "gardens",
    "house", "hall", "castle", "bridge", "court", "market", "state", "united", "first", "second", "third", "life", "best", "home", "summit", "harmony",
    "mercy", "providence", "blue", "white", "black", "gold", "silver", "young", "king", "queen", "prince", "president", "senator", "speaker", "energy",
    "moody", "wells", "morgan", "ford", "lincoln center", "fox", "bell", "delta", "alliance", "opportunity", "victory", "freedom", "trade",
];

/// Words that do something else in a sentence or in a body's name.
const NO_PLACE: [Class; 2] = [Class::FUNCTION, Class::ORGANIZATION];

/// The place whose people, language or adjective the words are: of "Venezuelan-American" the last, for that is what somebody is now.
fn demonym(key: &str) -> Option<Looked> {
    let last = key.rsplit(' ').next().filter(|l| l.len() < key.len() && !key.ends_with("american indians") && !key.ends_with("american indian"));
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
        let Some(place) = places.get(&name.key) else { continue };
        name.corrected = true;
        name.senses.retain(|s| Some(s.place) != *place && place.is_some());
        if let Some(place) = *place {
            let sense = sense(Candidate { place, name: NameKind::Official }, "", false);
            name.senses.push(Sense { score: CORRECTED, ..sense });
        }
    }
}
