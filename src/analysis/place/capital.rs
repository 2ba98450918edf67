//! "the capital": the one capital that the article has named before.

use crate::analysis::Reading;
use crate::article::{Annotations, EntityId, Join, Kind, Mention, MentionForm, PlaceRelation, Reason};
use crate::lexicon::gazetteer;
use crate::lexicon::who::{Class, class};
use crate::text::Span;

/// How sure it is.
const SCORE: f32 = 0.8;

/// Takes back what [`add`] has added, where places are decided on again.
pub(super) fn clear(found: &mut Annotations) {
    let kept: Vec<bool> = found.mentions.iter().map(|m| m.kind != Kind::Place || m.form != MentionForm::Nominal).collect();
    let mut keep = kept.iter();
    found.mentions.retain(|_| keep.next().copied().unwrap_or(true));
    let mut keep = kept.iter();
    found.joins.retain(|_| keep.next().copied().unwrap_or(true));
}

/// Adds the mentions of a capital as "the capital". Where the article names several capitals, nothing is certain and nothing is added.
pub(super) fn add(reading: &Reading<'_>, found: &mut Annotations) {
    let capitals: Vec<EntityId> = (0..).map(EntityId).zip(&found.entities).filter(|(_, e)| is_capital(e)).map(|(id, _)| id).collect();
    let &[capital] = capitals.as_slice() else { return };
    let named: Vec<Span> = found.mentions.iter().filter(|m| m.entity == capital).map(|m| m.span).collect();
    let mut added = Vec::new();
    for at in 1..reading.tokens.len() {
        let Some(span) = description(reading, at) else { continue };
        let Some(antecedent) = named.iter().rev().find(|n| n.end <= span.start) else { continue };
        let next = found.mentions.partition_point(|m| m.span.end <= span.start);
        if found.mentions.get(next).is_some_and(|m| m.span.overlaps(span)) {
            continue;
        }
        let join = Join { reason: Reason::Description, antecedent: Some(*antecedent) };
        added.push((Mention { span, kind: Kind::Place, form: MentionForm::Nominal, score: SCORE, entity: capital }, join));
    }
    if added.is_empty() || found.joins.len() != found.mentions.len() {
        return;
    }
    added.extend(found.mentions.drain(..).zip(found.joins.drain(..)));
    added.sort_by_key(|(m, _)| (m.span.start, m.span.end));
    (found.mentions, found.joins) = added.into_iter().unzip();
}

/// True for a country's capital that is named as such a place.
fn is_capital(entity: &crate::article::Entity) -> bool {
    let Some(place) = entity.place.as_ref().filter(|p| entity.kind == Kind::Place && p.relation == PlaceRelation::Is) else { return false };
    let country = place.country.and_then(gazetteer::country);
    country.and_then(|c| c.capital).is_some_and(|c| c.id() == place.id)
}

/// "the capital" with its last word at token `at`, where nothing makes it another's or something else: "the capital of", "the capital gains".
fn description(reading: &Reading<'_>, at: usize) -> Option<Span> {
    if reading.word(at) != "capital" || !reading.word(at - 1).eq_ignore_ascii_case("the") {
        return None;
    }
    let next = reading.word(at + 1);
    let free = FREE.iter().any(|f| class(next).is(*f)) || matches!(next, "early" | "late" | "yesterday" | "today");
    let narrowed = matches!(next, "of" | "for") || next == "-" || next.starts_with(char::is_alphabetic) && !free;
    (!narrowed).then(|| reading.tokens[at - 1].span.join(reading.tokens[at].span))
}

/// What can follow a noun phrase.
const FREE: [Class; 3] = [Class::FUNCTION, Class::VERB, Class::CALENDAR];
