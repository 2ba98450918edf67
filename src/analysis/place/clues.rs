//! What the text says right beside a name: "Paris, Texas", "the Texas town of Paris", "Springfield in Ohio", a dateline.

use super::senses::{Name, Sense};
use crate::analysis::Reading;
use crate::article::{Annotations, MentionForm, PlaceKind};
use crate::lexicon::gazetteer::{self, NameKind, Place, Role, role};
use crate::text::{Span, TokenKind};
use std::collections::HashMap;

/// What a container beside the name is worth.
const CONTAINED: f32 = 8.0;

/// Tokens between a name and what contains it.
const GAP: usize = 5;

/// Kilometres within which a place lies in a second-level division, whose borders are not known.
const DISTRICT: f64 = 70.0;

/// True for a city or a part of one.
pub(super) fn is_town(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::City | PlaceKind::Quarter)
}

/// Adds what the containers beside the names are worth to the candidates that lie in them.
pub(super) fn add(reading: &Reading<'_>, found: &Annotations, names: &mut [Name]) {
    let mut of_entity: Vec<Option<usize>> = vec![None; found.entities.len()];
    for (n, name) in names.iter().enumerate() {
        name.entities.iter().for_each(|(e, _)| of_entity[*e] = Some(n));
    }
    let named = |m: &&crate::article::Mention| m.form == MentionForm::Name;
    let mentions: Vec<(Span, Option<usize>)> =
        found.mentions.iter().filter(named).map(|m| (m.span, of_entity.get(m.entity.0 as usize).copied().flatten())).collect();
    let mut bonus: HashMap<(usize, Place), f32> = HashMap::new();
    for (at, (span, name)) in mentions.iter().enumerate() {
        let Some(name) = *name else { continue };
        let mut told = false;
        for (next, container) in mentions.iter().skip(at + 1).take(2) {
            let (Some(container), Some(weight)) = (*container, leads(reading, *span, *next)) else { continue };
            if container == name {
                continue;
            }
            told = true;
            // "China, Japan and Korea" is a list.
            let weight = if are_peers(&names[name], &names[container]) { weight * PEERS } else { weight };
            contain(names, name, &names[container].senses, weight, &mut bonus);
            if weight == 1.0 {
                holds(names, container, name, &mut bonus);
            }
        }
        if !told && let Some(container) = unmarked(reading, *span) {
            contain(names, name, &container, 1.0, &mut bonus);
        }
        if let Some((before, Some(container))) = at.checked_sub(1).map(|b| mentions[b])
            && container != name
            && introduces(reading, before, *span)
        {
            contain(names, name, &names[container].senses, 0.5, &mut bonus);
        }
    }
    for ((name, place), worth) in bonus {
        for sense in names[name].senses.iter_mut().filter(|s| s.place == place) {
            sense.score += worth;
        }
    }
}

/// What a clue is worth between two names that are most likely both countries, or both divisions.
const PEERS: f32 = 0.2;

/// True for two names whose likeliest candidates are both countries, or both divisions. The short form of a division stands behind what lies in it:
/// "Indiana, Pa." is a town.
fn are_peers(one: &Name, other: &Name) -> bool {
    let kind = |n: &Name| n.best().map(|s| s.kind).filter(|k| matches!(k, PlaceKind::Country | PlaceKind::Division | PlaceKind::Continent));
    kind(one).is_some() && kind(one) == kind(other) && (is_short(one) || !is_short(other))
}

/// True for a division by its short form: "Pa.", "PA".
fn is_short(name: &Name) -> bool {
    let Some(best) = name.best().filter(|best| best.kind == PlaceKind::Division) else { return false };
    gazetteer::find(&name.key).iter().any(|c| c.name == NameKind::Short && c.place == best.place)
}

/// Notes what it is worth to the candidates of `name` that they lie in one of `containers`.
fn contain(names: &[Name], name: usize, containers: &[Sense], weight: f32, bonus: &mut HashMap<(usize, Place), f32>) {
    for sense in names[name].senses.iter().filter(|s| containers.iter().any(|c| lies_in(s, c))) {
        let worth = bonus.entry((name, sense.place)).or_default();
        *worth = worth.max(CONTAINED * weight);
    }
}

/// The same for the candidates of `container` in which one of `name` lies.
fn holds(names: &[Name], container: usize, name: usize, bonus: &mut HashMap<(usize, Place), f32>) {
    for sense in names[container].senses.iter().filter(|c| names[name].senses.iter().any(|s| lies_in(s, c))) {
        let worth = bonus.entry((container, sense.place)).or_default();
        *worth = worth.max(CONTAINED * 0.5);
    }
}

/// True where the one lies in the other.
pub(super) fn lies_in(inner: &Sense, outer: &Sense) -> bool {
    if inner.place == outer.place || inner.country.is_none() || inner.country != outer.country {
        return false;
    }
    match outer.kind {
        PlaceKind::Country => inner.kind != PlaceKind::Country,
        PlaceKind::Division => inner.division == Some(outer.place),
        PlaceKind::District => inner.division == outer.division && kilometres(inner.point, outer.point) < DISTRICT,
        PlaceKind::City => matches!(inner.kind, PlaceKind::Quarter | PlaceKind::Site) && kilometres(inner.point, outer.point) < 30.0,
        _ => false,
    }
}

/// Kilometres between two points (haversine).
pub(super) fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (south, north) = (a.0.to_radians(), b.0.to_radians());
    let half = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
    let h = half(a.0, b.0) + south.cos() * north.cos() * half(a.1, b.1);
    2.0 * 6371.0 * h.min(1.0).sqrt().asin()
}

/// True where the text says that what `span` names lies in what `next` names.
pub(super) fn leads_into(reading: &Reading<'_>, span: Span, next: Span) -> bool {
    leads(reading, span, next).is_some()
}

/// How clearly the text says that what `span` names lies in what `next` names: 1 behind a comma or in brackets, less behind "in".
fn leads(reading: &Reading<'_>, span: Span, next: Span) -> Option<f32> {
    let first = reading.token_at(span.end);
    let last = reading.token_at(next.start);
    if last <= first || last - first > GAP {
        return None;
    }
    let mark = matches!(reading.word(first), "," | "(");
    let rest = first + usize::from(mark)..last;
    let words = rest.clone().all(|t| role(reading.word(t)).is(Role::BETWEEN) || role(reading.word(t)).is(Role::SORT));
    let joined = rest.clone().any(|t| matches!(reading.word(t), "in" | "of"));
    match (mark, words) {
        (true, true) => Some(1.0),
        (false, true) if joined => Some(0.6),
        _ => None,
    }
}

/// True for "the Texas town of Paris", "France's Paris".
fn introduces(reading: &Reading<'_>, before: Span, span: Span) -> bool {
    let (first, last) = (reading.token_at(before.end), reading.token_at(span.start));
    if last < first || last - first > GAP {
        return false;
    }
    let mut words = (first..last).map(|t| reading.word(t)).peekable();
    let owned = words.next_if(|w| matches!(*w, "'s" | "’s" | "'" | "’")).is_some();
    let mut noun = false;
    let fits = words.all(|w| {
        noun |= role(w).is(Role::SORT);
        w.starts_with(char::is_lowercase) && !matches!(w, "and" | "or" | "to" | "from" | "in")
    });
    fits && (noun || owned && last - first == 1)
}

/// A country or division behind a comma that was not found as a name: "Paris, Tex."
fn unmarked(reading: &Reading<'_>, span: Span) -> Option<Vec<Sense>> {
    let comma = reading.token_at(span.end);
    if reading.word(comma) != "," {
        return None;
    }
    let capital = |t: &usize| {
        let word = reading.word(*t);
        reading.tokens.get(*t).is_some_and(|t| t.kind == TokenKind::Word) && word.starts_with(char::is_uppercase)
    };
    let most = (comma + 1..comma + 4).take_while(capital).count();
    (1..=most).rev().find_map(|length| {
        let end = reading.tokens.get(comma + length)?.span;
        let name = reading.tokens.get(comma + 1)?.span.join(end);
        let found = divisions(name.of(&reading.article.text));
        (!found.is_empty()).then_some(found)
    })
}

/// The countries and first-level divisions of a name, short or long.
fn divisions(name: &str) -> Vec<Sense> {
    let fits = |c: &gazetteer::Candidate| c.name != NameKind::Demonym && matches!(c.place.kind(), PlaceKind::Country | PlaceKind::Division);
    let sense = |c: gazetteer::Candidate| Sense {
        place: c.place,
        kind: c.place.kind(),
        country: c.place.country(),
        division: c.place.division(),
        point: (0.0, 0.0),
        score: 0.0,
    };
    gazetteer::find(&gazetteer::key(name)).into_iter().filter(fits).map(sense).collect()
}
