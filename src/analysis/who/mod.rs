//! One person is one person: mentions joined into entities, with roles, pronouns and the reason for every join.

mod capitals;
mod corrections;
mod kinds;
mod lookout;
mod name;
mod nominals;
mod people;
mod pronouns;
mod roles;
mod things;

use super::{Annotator, Reading};
use crate::article::{Annotations, Entity, EntityId, Join, Kind, Mention, MentionForm, Reason};
use crate::lexicon::who::Gender;
use crate::text::{Map, Set};

/// One person is one person: mentions joined into entities, with roles.
#[derive(Debug)]
pub struct Who;

/// What a mention was joined to; indices count the mentions of one kind.
#[derive(Clone, Copy, Debug)]
struct Joined {
    /// The number of the cluster.
    cluster: usize,
    /// Why.
    reason: Reason,
    /// The earlier mention that it goes back to.
    antecedent: Option<usize>,
}

impl Annotator for Who {
    fn name(&self) -> &'static str {
        "who"
    }

    fn annotate(&self, reading: &Reading<'_>, found: &mut Annotations) {
        found.mentions.sort_by_key(|m| (m.span.start, m.span.end));
        kinds::attach_suffixes(reading, found);
        kinds::recall_honored(reading, found);
        kinds::recall(reading, found);
        let kinds = kinds::settle(reading, found);
        let genders = join(reading, found, &kinds);
        roles::add(reading, found);
        nominals::add(reading, found);
        pronouns::add(reading, found, genders);
        weigh(found);
    }
}

/// The mentions by name in clusters, before these become entities.
#[derive(Debug, Default)]
struct Clusters {
    /// For each mention the kind of its entity and how it was joined; antecedents are indices into all mentions.
    of: Vec<(Kind, Joined)>,
    /// The genders of the clusters of people that names and titles tell.
    genders: Map<usize, Option<Gender>>,
    /// Mentions of those whom the reader has joined to another entity, which keeps its name.
    taken_in: Set<usize>,
}

/// Joins the mentions by name into entities, numbered by their first mention; answers the gender of each.
fn join(reading: &Reading<'_>, found: &mut Annotations, kinds: &[Kind]) -> Vec<Option<Gender>> {
    let mut clusters = cluster(reading, found, kinds);
    corrections::apply(reading, &mut found.mentions, &mut clusters);
    let mut ids = Map::default();
    let mut forms = Set::default();
    let mut others = Vec::new();
    for (at, (kind, joined)) in clusters.of.iter().enumerate() {
        let text = found.mentions[at].span.of(&reading.article.text);
        let id = *ids.entry((*kind, joined.cluster)).or_insert_with(|| {
            found.entities.push(entity(*kind));
            found.entities.len() - 1
        });
        found.mentions[at].entity = EntityId(u32::try_from(id).unwrap_or(u32::MAX));
        if forms.insert((id, text)) {
            if clusters.taken_in.contains(&at) {
                others.push((id, text));
            } else {
                found.entities[id].aliases.push(text.to_owned());
            }
        }
        let antecedent = joined.antecedent.map(|a| found.mentions[a].span);
        found.joins.push(Join { reason: joined.reason, antecedent });
    }
    found.entities.iter_mut().for_each(name);
    capitals::calm(reading, &mut found.entities);
    for (id, form) in others {
        found.entities[id].aliases.push(form.to_owned());
    }
    let mut of_entity = vec![None; found.entities.len()];
    for ((kind, cluster), id) in ids {
        of_entity[id] = clusters.genders.get(&cluster).copied().flatten().filter(|_| kind == Kind::Person);
    }
    of_entity
}

/// The clusters that the rules make of the mentions, whose kinds are `kinds`.
fn cluster(reading: &Reading<'_>, found: &Annotations, kinds: &[Kind]) -> Clusters {
    let alone = Joined { cluster: usize::MAX, reason: Reason::First, antecedent: None };
    let mut clusters = Clusters { of: kinds.iter().map(|kind| (*kind, alone)).collect(), ..Clusters::default() };
    for kind in Kind::ALL {
        let which: Vec<usize> = (0..found.mentions.len()).filter(|m| kinds[*m] == kind).collect();
        let joined = match kind {
            Kind::Person => {
                let (joined, genders) = people::join(reading, &found.mentions, &which);
                clusters.genders = genders.into_iter().enumerate().collect();
                joined
            }
            _ => things::join(reading, &found.mentions, &which, kind),
        };
        for (at, joined) in which.iter().zip(joined) {
            let antecedent = joined.antecedent.and_then(|a| which.get(a)).copied();
            clusters.of[*at].1 = Joined { antecedent, ..joined };
        }
    }
    clusters
}

fn entity(kind: Kind) -> Entity {
    Entity { kind, name: String::new(), aliases: Vec::new(), roles: Vec::new(), salience: 0.0, place: None }
}

/// Picks the name from all forms seen: the fullest, and of equals the one that is not in capitals.
fn name(entity: &mut Entity) {
    let mut forms = std::mem::take(&mut entity.aliases);
    let shouted = |f: &str| !f.contains(char::is_lowercase);
    let best = (0..forms.len())
        .max_by_key(|n| (forms[*n].split_whitespace().count(), !shouted(&forms[*n]), forms[*n].len(), std::cmp::Reverse(*n)));
    if let Some(best) = best {
        entity.name = forms.remove(best);
    }
    entity.aliases = forms;
}

/// Sets each entity's salience: its share of all mentions, early ones weighing more.
fn weigh(found: &mut Annotations) {
    let weight = |place: usize| 1.0 + 1.0 / (1.0 + place as f32 / 8.0);
    let total: f32 = (0..found.mentions.len()).map(weight).sum();
    for (place, mention) in found.mentions.iter().enumerate() {
        if let Some(entity) = found.entities.get_mut(mention.entity.0 as usize) {
            entity.salience += weight(place) / total;
        }
    }
}

/// True for a mention of a person by name.
fn is_person(mention: &Mention) -> bool {
    mention.kind == Kind::Person && mention.form == MentionForm::Name
}

#[cfg(test)]
mod tests;
