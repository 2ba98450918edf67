//! I, me and my within somebody's words: mentions of the speaker.

use crate::analysis::Reading;
use crate::article::{Annotations, EntityId, Join, Kind, Mention, MentionForm, QuoteKind, Reason};
use crate::text::Span;

/// Adds the mentions by pronouns of the first person, keeping mentions and joins in order.
pub(super) fn add(reading: &Reading<'_>, found: &mut Annotations) {
    let mut added: Vec<(Mention, Join)> = Vec::new();
    for quote in found.quotes.iter().filter(|q| q.kind != QuoteKind::Indirect) {
        let Some(entity) = quote.speaker.filter(|EntityId(n)| found.entities.get(*n as usize).is_some_and(|e| e.kind == Kind::Person))
        else {
            continue;
        };
        for token in reading.tokens[reading.token_at(quote.span.start)..].iter().take_while(|t| t.span.start < quote.span.end) {
            if token.span.len() <= 8 && is_first_person(token.of(&reading.article.text)) {
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

/// True for "I", "I'm", "me", "my" and their like.
fn is_first_person(word: &str) -> bool {
    matches!(word, "me" | "Me" | "my" | "My" | "mine" | "Mine" | "myself")
        || word == "I"
        || word.starts_with("I'")
        || word.starts_with("I’")
}
