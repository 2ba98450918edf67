//! What a name is, settled over the whole article: a model that reads one sentence at a time does not always see it.
//!
//! A full name tells that its surname alone is a person too, "Ms." tells it of any word, and what is named alike is mostly alike.

use super::lookout::Lookout;
use crate::analysis::Reading;
use crate::article::{Annotations, EntityId, Kind, Mention, MentionForm};
use crate::lexicon::who::{Class, class, folded, given_name};
use crate::link::name::{is_honorific, without_possessive};
use crate::text::{Span, TokenKind};
use std::collections::HashMap;

/// What a full name of a person counts as evidence for its surname alone.
const FULL_NAME: f32 = 1.5;

/// The score of a mention that only its full name elsewhere tells.
const RECALLED: f32 = 0.7;

/// Votes of one form of a name for each kind, in the order of [`Kind::ALL`].
type Votes = [f32; 4];

/// Corrects the kinds of mentions; answers for each the kind of the entity that it is to be joined to.
pub(super) fn settle(reading: &Reading<'_>, found: &mut Annotations) -> Vec<Kind> {
    let keys: Vec<String> = found.mentions.iter().map(|m| key(m.span.of(&reading.article.text))).collect();
    let mut votes: HashMap<&str, Votes> = HashMap::new();
    for (mention, key) in found.mentions.iter().zip(&keys) {
        votes.entry(key).or_default()[mention.kind as usize] += mention.score.max(0.05);
    }
    let mut people: HashMap<&str, f32> = HashMap::new();
    for (mention, key) in found.mentions.iter().zip(&keys) {
        if let (Kind::Person, Some((_, surname))) = (mention.kind, without_suffix(key).rsplit_once(' ')) {
            *people.entry(surname).or_default() += FULL_NAME * mention.score;
        }
    }
    let mut kinds = Vec::with_capacity(keys.len());
    for (mention, key) in found.mentions.iter_mut().zip(&keys) {
        let votes = votes.get(key.as_str()).copied().unwrap_or_default();
        let surname = people.get(key.as_str()).copied().unwrap_or(0.0);
        let is_person = mention.kind != Kind::Person && {
            // A place may share a person's name; a body that does is mostly a mistake.
            let others = votes[Kind::Place as usize] + 0.4 * (votes[Kind::Organization as usize] + votes[Kind::Other as usize]);
            surname > 0.0 && surname + votes[Kind::Person as usize] > others || is_honored(reading, mention.span)
        };
        if is_person {
            mention.kind = Kind::Person;
        }
        kinds.push(if mention.kind == Kind::Person { Kind::Person } else { majority(votes) });
    }
    kinds
}

/// The kind with the most votes; the first of [`Kind::ALL`] among equals.
fn majority(votes: Votes) -> Kind {
    Kind::ALL.into_iter().rev().max_by(|a, b| votes[*a as usize].total_cmp(&votes[*b as usize])).unwrap_or(Kind::Other)
}

/// A name as it is compared: folded, without article and possessive.
fn key(name: &str) -> String {
    let name = folded(without_possessive(name));
    name.strip_prefix("the ").map_or(name.clone(), str::to_owned)
}

/// A folded name without "Jr."
fn without_suffix(name: &str) -> &str {
    name.rsplit_once(' ').filter(|(_, last)| class(last).is(Class::SUFFIX)).map_or(name, |(rest, _)| rest)
}

/// True where "Mr." or the like stands right before the name.
fn is_honored(reading: &Reading<'_>, span: Span) -> bool {
    let at = reading.token_at(span.start);
    at > 0 && is_honorific(reading.word(at - 1))
}

/// Joins a "Jr." that was found as a name of its own to the name before it.
pub(super) fn attach_suffixes(reading: &Reading<'_>, found: &mut Annotations) {
    let text = &reading.article.text;
    let is_suffix = |m: &Mention| m.span.len() <= 5 && class(m.span.of(text)).is(Class::SUFFIX);
    if !found.mentions.iter().any(is_suffix) {
        return;
    }
    let mut kept: Vec<Mention> = Vec::with_capacity(found.mentions.len());
    for mention in std::mem::take(&mut found.mentions) {
        match kept.last_mut() {
            Some(name)
                if is_suffix(&mention)
                    && name.kind == Kind::Person
                    && matches!(Span { start: name.span.end, end: mention.span.start }.of(text), " " | ", ") =>
            {
                name.span = name.span.join(mention.span);
            }
            _ => kept.push(mention),
        }
    }
    found.mentions = kept;
}

/// Adds mentions of people by a surname that stands alone and was not found, where the full name is known.
pub(super) fn recall(reading: &Reading<'_>, found: &mut Annotations) {
    let text = &reading.article.text;
    let mut surnames: HashMap<String, bool> = HashMap::new();
    for mention in found.mentions.iter().filter(|m| m.kind == Kind::Person) {
        let name = key(mention.span.of(text));
        let name = without_suffix(&name);
        if let (Some((first, _)), Some((rest, last))) = (name.split_once(' '), name.rsplit_once(' '))
            && rest.bytes().filter(|b| *b == b' ').count() < 3
        {
            surnames.insert(last.to_owned(), true);
            surnames.entry(first.to_owned()).or_insert_with(|| given_name(first).is_some());
        }
    }
    surnames.retain(|word, safe| *safe && word.len() > 2);
    if surnames.is_empty() {
        return;
    }
    let mut added = Vec::new();
    let mut next = found.mentions.iter().peekable();
    for at in uses(reading, &surnames) {
        let token = reading.tokens[at];
        while next.next_if(|m| m.span.end <= token.span.start).is_some() {}
        if next.peek().is_none_or(|m| !m.span.overlaps(token.span)) && stands_alone(reading, at) {
            added.push(Mention {
                span: token.span,
                kind: Kind::Person,
                form: MentionForm::Name,
                score: RECALLED,
                entity: EntityId::UNJOINED,
            });
        }
    }
    found.mentions.extend(added);
    found.mentions.sort_by_key(|m| (m.span.start, m.span.end));
}

/// The tokens with a capital that are one of `names`, which the article does not have in lower case as often: "brown" and "white" are words.
fn uses(reading: &Reading<'_>, names: &HashMap<String, bool>) -> Vec<usize> {
    let lookout = Lookout::new(names.keys().map(String::as_str));
    let mut balance: HashMap<&str, i32> = HashMap::new();
    let mut uses = Vec::new();
    for (at, token) in reading.tokens.iter().enumerate() {
        let word = token.of(&reading.article.text);
        if token.kind != TokenKind::Word || !lookout.passes(word) {
            continue;
        }
        if let Some((name, _)) = names.get_key_value(word) {
            *balance.entry(name).or_default() += 1;
        } else if word.starts_with(char::is_uppercase)
            && let Some((name, _)) = names.get_key_value(&folded(word))
        {
            *balance.entry(name).or_default() -= 1;
            uses.push((at, name.as_str()));
        }
    }
    uses.into_iter().filter(|(_, name)| balance.get(name).is_some_and(|n| *n < 0)).map(|(at, _)| at).collect()
}

/// True where the capitalised word is no part of a longer name and no common word.
fn stands_alone(reading: &Reading<'_>, at: usize) -> bool {
    let known = class(reading.word(at));
    if known.is(Class::FUNCTION | Class::CALENDAR | Class::ORGANIZATION) {
        return false;
    }
    let capital = |at: usize| {
        let word = reading.word(at);
        word.starts_with(char::is_uppercase) && !class(word).is(Class::FUNCTION | Class::TITLE | Class::CALENDAR)
    };
    let touches = |a: usize, b: usize| {
        let span = |n: usize| reading.tokens.get(n).map(|t| t.span);
        span(a).zip(span(b)).is_some_and(|(a, b)| !Span { start: a.end, end: b.start }.of(&reading.article.text).contains('\n'))
    };
    let opens = reading.sentences.get(reading.sentence_at(reading.tokens[at].span.start)).is_some_and(|s| s.first as usize == at);
    let after = capital(at + 1) && touches(at, at + 1);
    let before = !opens && at > 0 && capital(at - 1) && touches(at - 1, at);
    !after && !before
}
