//! I, me and my within somebody's words: mentions of the speaker.

use crate::analysis::Reading;
use crate::article::{Annotations, EntityId, Join, Kind, Mention, MentionForm, QuoteKind, Reason};
use crate::text::Span;

/// Words before a one in Roman numerals: "Phase I".
const NUMBERED: &[&str] = &["Annex", "Appendix", "Category", "Chapter", "Part", "Phase", "Stage", "Tier", "Type", "Volume"];

/// Adds the mentions by pronouns of the first person, keeping mentions and joins in order.
pub(super) fn add(reading: &Reading<'_>, found: &mut Annotations) {
    let names: Vec<Span> = found.mentions.iter().filter(|m| m.form == MentionForm::Name).map(|m| m.span).collect();
    let mut added: Vec<(Mention, Join)> = Vec::new();
    for quote in found.quotes.iter().filter(|q| q.kind != QuoteKind::Indirect) {
        let Some(entity) = quote.speaker.filter(|EntityId(n)| found.entities.get(*n as usize).is_some_and(|e| e.kind == Kind::Person))
        else {
            continue;
        };
        let first = reading.token_at(quote.span.start);
        for (at, token) in (first..).zip(&reading.tokens[first..]).take_while(|(_, t)| t.span.start < quote.span.end) {
            let short = token.span.len() <= 8;
            if short && is_first_person(reading.word(at)) && !is_number(reading, at) && !is_inside(&names, token.span) {
                added.push(spoken(token.span, entity, quote.score, quote.speaker_span));
            }
        }
    }
    if added.is_empty() {
        return;
    }
    let old = std::mem::take(&mut found.mentions).into_iter().zip(std::mem::take(&mut found.joins));
    let mut all: Vec<(Mention, Join)> = old.chain(added).collect();
    all.sort_by_key(|(m, _)| (m.span.start, m.span.end));
    (found.mentions, found.joins) = all.into_iter().unzip();
}

fn spoken(span: Span, entity: EntityId, score: f32, speaker: Option<Span>) -> (Mention, Join) {
    let mention = Mention { span, kind: Kind::Person, form: MentionForm::Pronoun, score, entity };
    (mention, Join { reason: Reason::Speaker, antecedent: speaker })
}

/// True for the numeral of "Phase I".
fn is_number(reading: &Reading<'_>, at: usize) -> bool {
    reading.word(at) == "I" && at.checked_sub(1).is_some_and(|before| NUMBERED.contains(&reading.word(before)))
}

/// True within one of the names, which stand in the order of the text: "World War I".
fn is_inside(names: &[Span], span: Span) -> bool {
    let behind = names.partition_point(|name| name.start <= span.start);
    names.get(..behind).and_then(<[Span]>::last).is_some_and(|name| name.end >= span.end)
}

/// True for "I", "I'm", "me", "my" and their like.
fn is_first_person(word: &str) -> bool {
    matches!(word, "me" | "Me" | "my" | "My" | "mine" | "Mine" | "myself")
        || word == "I"
        || word.starts_with("I'")
        || word.starts_with("I’")
}
