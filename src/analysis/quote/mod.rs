//! Quotations and their speakers: by quotation marks, verbs of speech and the order of sentences.
//!
//! The rules and their precisions were measured on PolNeAR's training articles (Newell et al., LREC 2018). They read a block of text at a time and
//! look no further than one paragraph back, so the work is linear in the length of the article.

mod interview;
mod items;
pub(super) mod marks;
mod phrase;
mod speaker;
mod statement;
mod story;
mod voice;

use super::{Annotator, Reading};
use crate::article::{Annotations, EntityId, Kind, Mention, MentionForm, Quote, QuoteKind, SpeakerRule as Rule};
use crate::lexicon::who::{Class, class};
use crate::text::Span;
use interview::{Turn, Voice};
use marks::Segment;
use statement::Statement;
use story::{Attribution, Story};

/// Quotations and their speakers.
#[derive(Debug)]
pub struct Quotes;

/// Words from which on something between marks is somebody's words rather than a title or an expression set apart.
const LONG: u32 = 3;

impl Annotator for Quotes {
    fn name(&self) -> &'static str {
        "quote"
    }

    fn annotate(&self, reading: &Reading<'_>, found: &mut Annotations) {
        let text = &reading.article.text;
        let segments = reading.segments();
        let Story { attributions, statements, .. } = Story::read(reading, segments);
        let mut quotes = Vec::with_capacity(segments.len() + statements.len());
        for (segment, attribution) in segments.iter().zip(&attributions) {
            quotes.extend(quote(text, segment, *attribution, found));
        }
        quotes.extend(statements.iter().map(|s| stated(text, s, found)));
        let turns = interview::turns(text, &reading.article.blocks);
        // What the marks tell within a turn is told by its label already.
        let told =
            |q: &Quote| turns[..turns.partition_point(|t| t.span.start <= q.span.start)].last().is_some_and(|t| t.span.covers(q.span));
        quotes.retain(|q| !told(q));
        let guest = turns.first().and_then(|first| interview::guest(first.span.start, found)).copied();
        quotes.extend(turns.iter().map(|turn| said(text, *turn, guest.as_ref(), found)));
        quotes.sort_by_key(|q| (q.span.start, q.span.end));
        found.quotes = quotes;
        voice::add(reading, found);
    }
}

/// The quotation that a turn of an interview is; `guest` is who answers in it.
fn said(text: &str, turn: Turn, guest: Option<&Mention>, found: &Annotations) -> Quote {
    let named = |span| entity(text, span, found).or_else(|| interview::abbreviated(text, span, found));
    let (speaker, antecedent) = match turn.speaker {
        Voice::Named(span) => (named(span), None),
        Voice::Guest => (guest.map(|m| m.entity), guest.map(|m| m.span)),
        Voice::Host => (None, None),
    };
    Quote {
        span: turn.span,
        kind: QuoteKind::Direct,
        speaker,
        speaker_span: turn.speaker.span(),
        antecedent,
        cue: None,
        score: Rule::Label.score(),
        rule: Some(Rule::Label),
    }
}

/// The quotation that a statement in the writer's words is.
fn stated(text: &str, statement: &Statement, found: &Annotations) -> Quote {
    let Statement { span, speaker, cue } = *statement;
    let rule = Rule::Reported;
    Quote {
        span,
        kind: QuoteKind::Indirect,
        speaker: entity(text, speaker, found),
        speaker_span: Some(speaker),
        antecedent: None,
        cue: Some(cue),
        score: rule.score(),
        rule: Some(rule),
    }
}

/// The quotation between two marks; `None` for an expression that nobody is said to have uttered.
fn quote(text: &str, segment: &Segment, attribution: Option<Attribution>, found: &Annotations) -> Option<Quote> {
    let whole = attribution.is_some_and(|a| a.whole) || is_statement(text, segment);
    let kind = if whole { QuoteKind::Direct } else { QuoteKind::Mixed };
    let Some(Attribution { speaker, antecedent, goes_back, cue, rule, whole }) = attribution else {
        return (segment.words >= 2 * LONG).then_some(Quote {
            span: segment.span,
            kind,
            speaker: None,
            speaker_span: None,
            antecedent: None,
            cue: None,
            score: 0.5,
            rule: None,
        });
    };
    let doubtful = rule == Rule::SentenceSubject || rule == Rule::Beside;
    let continued = whole && rule == Rule::SameParagraph;
    if segment.words < LONG && rule > Rule::Colon && !continued || segment.words < 5 && doubtful {
        return None;
    }
    // Before "who" stands a name or a description; a description tells a reader more than the pronoun.
    let named = entity(text, antecedent.or(goes_back).unwrap_or(speaker), found);
    let speaker = antecedent.filter(|_| named.is_none()).map_or(speaker, |a| a.join(speaker));
    Some(Quote {
        span: segment.span,
        kind,
        speaker: named,
        speaker_span: Some(speaker),
        antecedent: goes_back,
        cue,
        score: rule.score(),
        rule: Some(rule),
    })
}

/// True for words that begin and end like a sentence of their own.
fn is_statement(text: &str, segment: &Segment) -> bool {
    let first = segment.span.of(text).chars().find(|c| !marks::is_mark(*c) && !c.is_whitespace());
    segment.words > LONG && first.is_some_and(char::is_uppercase) && matches!(segment.last, '.' | '!' | '?' | '…' | ',')
}

/// The entity that the words `span` name: a mention at their end or beginning, not one that only owns or is a part of what they name.
fn entity(text: &str, span: Span, found: &Annotations) -> Option<EntityId> {
    let first = found.mentions.partition_point(|m| m.span.end <= span.start);
    let inside = || found.mentions[first..].iter().take_while(|m| m.span.start < span.end);
    // In "a spokesman for the city" it is not the city that speaks.
    let owned = |m: &&Mention| {
        let before = Span { start: span.start, end: m.span.start }.of(text);
        before.split_whitespace().any(|w| class(w).is(Class::PREPOSITION) || w == "of")
    };
    let heads = |m: &&Mention| (m.span.end == span.end && !owned(m)) || m.span.covers(span);
    // The owner in "the city's mayor" and the city in "city officials" do not speak.
    let parted = |m: &&Mention| {
        let after = Span { start: m.span.end, end: span.end }.of(text);
        after.starts_with([',', ' ', '\n']) && after.split_whitespace().next().is_none_or(|w| w == "," || class(w).is(Class::FUNCTION))
    };
    let leads = |m: &&Mention| m.span.start == span.start && parted(m);
    let person = |m: &&Mention| m.kind == Kind::Person && m.form == MentionForm::Name;
    let best = inside().find(|m| heads(m) && person(m)).or_else(|| inside().find(heads)).or_else(|| inside().find(leads));
    best.map(|m| m.entity).filter(|e| *e != EntityId::UNJOINED)
}

#[cfg(test)]
mod tests;
