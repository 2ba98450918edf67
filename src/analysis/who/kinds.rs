//! What a name is, settled over the whole article: a model that reads one sentence at a time does not always see it.
//!
//! A full name tells that its surname alone is a person too, "Ms." tells it of any word, and what is named alike is mostly alike.

use super::lookout::Lookout;
use crate::analysis::Reading;
use crate::article::{Annotations, EntityId, Kind, Mention, MentionForm};
use crate::lexicon::who::{Class, class, fold_into, given_name};
use crate::link::name::{is_honorific, without_possessive};
use crate::text::{Map, Span, TokenKind};

/// What a full name of a person counts as evidence for its surname alone.
const FULL_NAME: f32 = 1.5;

/// The score of a mention that only its full name elsewhere tells.
const RECALLED: f32 = 0.7;

/// Votes of one form of a name for each kind, in the order of [`Kind::ALL`].
type Votes = [f32; 4];

/// The names of all mentions as they are compared, one behind another: folded, without article and possessive.
struct Keys {
    folded: String,
    ends: Vec<usize>,
}

impl Keys {
    fn new(text: &str, mentions: &[Mention]) -> Self {
        let mut keys = Self { folded: String::with_capacity(16 * mentions.len()), ends: Vec::with_capacity(mentions.len()) };
        for mention in mentions {
            let name = without_possessive(mention.span.of(text));
            let the = name.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("the "));
            fold_into(if the { &name[4..] } else { name }, &mut keys.folded);
            keys.ends.push(keys.folded.len());
        }
        keys
    }

    /// The keys in the order of the mentions.
    fn iter(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| self.folded.get(start..*end).unwrap_or(""))
    }
}

/// Corrects the kinds of mentions; answers for each the kind of the entity that it is to be joined to.
pub(super) fn settle(reading: &Reading<'_>, found: &mut Annotations) -> Vec<Kind> {
    let keys = Keys::new(&reading.article.text, &found.mentions);
    let mut votes: Map<&str, Votes> = Map::default();
    let mut people: Map<&str, f32> = Map::default();
    for (mention, key) in found.mentions.iter().zip(keys.iter()) {
        votes.entry(key).or_default()[mention.kind as usize] += mention.score.max(0.05);
        if let (Kind::Person, Some((_, surname))) = (mention.kind, without_suffix(key).rsplit_once(' ')) {
            *people.entry(surname).or_default() += FULL_NAME * mention.score;
        }
    }
    let mut kinds = Vec::with_capacity(found.mentions.len());
    for (mention, key) in found.mentions.iter_mut().zip(keys.iter()) {
        let votes = votes.get(key).copied().unwrap_or_default();
        let surname = people.get(key).copied().unwrap_or(0.0);
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

/// Most words of a name behind an honorific: "Mr. van der Bellen".
const HONORED: usize = 4;

/// Adds mentions of people behind "Mr." and the like that were not found.
pub(super) fn recall_honored(reading: &Reading<'_>, found: &mut Annotations) {
    let text = &reading.article.text;
    let mut added = Vec::new();
    let mut next = found.mentions.iter().peekable();
    let opens = |start: u32| matches!(text.as_bytes().get(start as usize), Some(b'M' | b'm'));
    for (at, token) in reading.tokens.iter().enumerate() {
        if !((2..=6).contains(&token.span.len()) && opens(token.span.start) && is_honorific(token.of(text))) {
            continue;
        }
        while next.next_if(|m| m.span.end <= token.span.end).is_some() {}
        let limit = next.peek().map_or(u32::MAX, |m| m.span.start);
        if let Some(span) = honored(reading, at + 1, limit).filter(|s| s.end <= limit) {
            added.push(person(span));
        }
    }
    insert(found, added);
}

/// The name that begins with the token `first`, right behind an honorific: words with a capital, and particles before one.
fn honored(reading: &Reading<'_>, first: usize, limit: u32) -> Option<Span> {
    let text = &reading.article.text;
    let mut last = None;
    let mut end = reading.tokens.get(first.checked_sub(1)?)?.span.end;
    for (at, token) in reading.tokens.iter().enumerate().skip(first).take(HONORED) {
        let word = token.of(text);
        let gap = Span { start: end, end: token.span.start }.of(text);
        let known = class(word);
        let capital = word.starts_with(char::is_uppercase) && word.chars().count() > 1 && !known.is(Class::FUNCTION | Class::TITLE);
        let joined = matches!(gap, " " | "\u{a0}") && token.kind == TokenKind::Word && token.span.start < limit;
        if !joined || !(capital || known.is(Class::PARTICLE)) {
            break;
        }
        end = token.span.end;
        last = capital.then_some(at).or(last);
    }
    Some(reading.tokens.get(first)?.span.join(reading.tokens.get(last?)?.span))
}

fn person(span: Span) -> Mention {
    Mention { span, kind: Kind::Person, form: MentionForm::Name, score: RECALLED, entity: EntityId::UNJOINED }
}

/// Puts `added` where they belong among the mentions.
fn insert(found: &mut Annotations, added: Vec<Mention>) {
    if !added.is_empty() {
        found.mentions.extend(added);
        found.mentions.sort_by_key(|m| (m.span.start, m.span.end));
    }
}

/// Adds mentions of people by a surname that stands alone and was not found, where the full name is known.
pub(super) fn recall(reading: &Reading<'_>, found: &mut Annotations) {
    let keys = Keys::new(&reading.article.text, &found.mentions);
    let mut surnames: Map<&str, bool> = Map::default();
    for (_, key) in found.mentions.iter().zip(keys.iter()).filter(|(m, _)| m.kind == Kind::Person) {
        let name = without_suffix(key);
        if let (Some((first, _)), Some((rest, last))) = (name.split_once(' '), name.rsplit_once(' '))
            && rest.bytes().filter(|b| *b == b' ').count() < 3
        {
            surnames.insert(last, true);
            surnames.entry(first).or_insert_with(|| given_name(first).is_some());
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
            added.push(person(token.span));
        }
    }
    insert(found, added);
}

/// The tokens with a capital that are one of `names`, which the article does not have in lower case as often: "brown" and "white" are words.
fn uses(reading: &Reading<'_>, names: &Map<&str, bool>) -> Vec<usize> {
    let lookout = Lookout::new(names.keys().copied());
    let mut balance: Map<&str, i32> = Map::default();
    let mut uses = Vec::new();
    let mut folded = String::new();
    for (at, token) in reading.tokens.iter().enumerate().filter(|(_, t)| t.kind == TokenKind::Word) {
        let word = token.of(&reading.article.text);
        if !lookout.passes(word) {
            continue;
        }
        if let Some((name, _)) = names.get_key_value(word) {
            *balance.entry(name).or_default() += 1;
        } else if word.starts_with(char::is_uppercase) {
            folded.clear();
            fold_into(word, &mut folded);
            if let Some((name, _)) = names.get_key_value(folded.as_str()) {
                *balance.entry(name).or_default() -= 1;
                uses.push((at, *name));
            }
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
