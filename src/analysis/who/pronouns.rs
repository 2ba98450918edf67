//! he, she, his, her, him: to whom they go back.
//!
//! The latest named person of the right gender, subjects before others: a rule of thumb that is right for 87 of 100 pronouns of news with the names
//! given (measured on GUM's news). Where the gender of nobody near is known to fit and several could, the pronoun stays alone.

use super::is_person;
use super::name::Name;
use crate::analysis::Reading;
use crate::article::{Annotations, EntityId, Join, Kind, Mention, MentionForm, Reason};
use crate::lexicon::who::Gender;
use crate::text::{Span, TokenKind};

/// Bytes of text after which a name is forgotten.
const MEMORY: u32 = 2400;

/// People remembered at a time.
const PEOPLE: usize = 12;

/// Bytes of distance that weigh as much as one point.
const DISTANCE: f32 = 200.0;

/// Bytes from the beginning of a sentence within which a name is taken for its subject.
const SUBJECT: u32 = 25;

/// Somebody who was named or meant not long ago.
#[derive(Clone, Copy)]
struct Recent {
    entity: EntityId,
    span: Span,
    at: u32,
    subject: bool,
}

/// Adds the mentions by pronoun of all people, keeping mentions and joins in order.
pub(super) fn add(reading: &Reading<'_>, found: &mut Annotations) {
    let mut genders = genders(reading, found);
    let mut recent: Vec<Recent> = Vec::with_capacity(PEOPLE);
    let mut mentions = Vec::with_capacity(found.mentions.len());
    let mut joins = Vec::with_capacity(found.joins.len());
    let mut names = found.mentions.iter().zip(&found.joins).peekable();
    let mut sentence = 0;
    for (at, token) in reading.tokens.iter().enumerate() {
        while let Some((mention, join)) = names.next_if(|(m, _)| m.span.start <= token.span.start) {
            mentions.push(*mention);
            joins.push(*join);
            if is_person(mention) {
                let start = sentence_start(reading, &mut sentence, mention.span.start);
                note(&mut recent, mention.entity, mention.span, mention.span.start - start < SUBJECT);
            }
        }
        if token.kind != TokenKind::Word || token.span.len() > 7 {
            continue;
        }
        let Some((gender, subject)) = pronoun(reading.word(at)) else { continue };
        if mentions.last().is_some_and(|m| m.span.overlaps(token.span)) {
            continue;
        }
        let start = sentence_start(reading, &mut sentence, token.span.start);
        let Some((best, score)) = choose(&recent, &genders, gender, subject, token.span.start, start) else { continue };
        mentions.push(Mention { span: token.span, kind: Kind::Person, form: MentionForm::Pronoun, score, entity: best.entity });
        joins.push(Join { reason: Reason::Pronoun, antecedent: Some(best.span) });
        if let Some(slot) = genders.get_mut(best.entity.0 as usize) {
            *slot = slot.or(Some(gender));
        }
        note(&mut recent, best.entity, best.span, subject);
        if let Some(last) = recent.last_mut() {
            last.at = token.span.start;
        }
    }
    for (mention, join) in names {
        mentions.push(*mention);
        joins.push(*join);
    }
    found.mentions = mentions;
    found.joins = joins;
}

/// The gender of a personal pronoun, and whether it is a subject.
fn pronoun(word: &str) -> Option<(Gender, bool)> {
    const ALL: [(&str, Gender, bool); 8] = [
        ("he", Gender::Male, true),
        ("she", Gender::Female, true),
        ("his", Gender::Male, false),
        ("her", Gender::Female, false),
        ("him", Gender::Male, false),
        ("hers", Gender::Female, false),
        ("himself", Gender::Male, false),
        ("herself", Gender::Female, false),
    ];
    ALL.iter().find(|(w, ..)| word.eq_ignore_ascii_case(w)).map(|(_, gender, subject)| (*gender, *subject))
}

/// Where the sentence with the byte `offset` begins; `cursor` only moves forward.
fn sentence_start(reading: &Reading<'_>, cursor: &mut usize, offset: u32) -> u32 {
    while reading.sentences.get(*cursor + 1).is_some_and(|s| s.span.start <= offset) {
        *cursor += 1;
    }
    reading.sentences.get(*cursor).map_or(0, |s| s.span.start)
}

/// Remembers somebody as the latest one.
fn note(recent: &mut Vec<Recent>, entity: EntityId, span: Span, subject: bool) {
    if recent.len() >= PEOPLE {
        recent.remove(0);
    }
    recent.push(Recent { entity, span, at: span.start, subject });
}

/// The best antecedent for a pronoun at byte `at` in the sentence that begins at `start`, with its score.
fn choose(recent: &[Recent], genders: &[Option<Gender>], gender: Gender, subject: bool, at: u32, start: u32) -> Option<(Recent, f32)> {
    let known = |r: &Recent| genders.get(r.entity.0 as usize).copied().flatten();
    let rank = |r: &Recent| {
        let far = (at - r.at) as f32 / DISTANCE;
        let same = known(r) == Some(gender);
        f32::from(u8::from(r.subject)) * 1.2 + f32::from(u8::from(same)) * 0.5 - far - if r.at >= start && subject { 0.3 } else { 0.0 }
    };
    let near = recent.iter().filter(|r| at - r.at < MEMORY && known(r).is_none_or(|g| g == gender));
    let best = near.max_by(|a, b| rank(a).total_cmp(&rank(b)))?;
    let score = if known(best) == Some(gender) { 0.85 } else { 0.65 };
    Some((*best, score))
}

/// The gender of each entity, as far as titles and given names tell it.
fn genders(reading: &Reading<'_>, found: &Annotations) -> Vec<Option<Gender>> {
    let mut out: Vec<Option<(bool, Gender)>> = vec![None; found.entities.len()];
    for mention in found.mentions.iter().filter(|m| is_person(m)) {
        let name = Name::read(reading, mention.span);
        let Some(slot) = out.get_mut(mention.entity.0 as usize) else { continue };
        // A title tells more than a given name.
        let told = name.title.map(|g| (true, g)).or_else(|| name.gender().map(|g| (false, g)));
        *slot = slot.filter(|(sure, _)| *sure || told.is_none_or(|(s, _)| !s)).or(told);
    }
    out.into_iter().map(|g| g.map(|(_, gender)| gender)).collect()
}
