//! What an article says that a person is: titles before the name, appositions and relative clauses after it.

use super::is_person;
use crate::analysis::Reading;
use crate::article::{Annotations, EntityId, Kind, Role};
use crate::lexicon::who::{Class, class};
use crate::link::name::is_honorific;
use crate::text::{Set, Span, TokenKind};

/// Tokens that a role may take.
const LENGTH: usize = 30;

/// What a number between commas behind a name can be: the age of somebody who is in the news.
const AGES: std::ops::RangeInclusive<u8> = 1..=115;

/// Titles that say nothing without a noun behind them.
const NO_OFFICE: &[&str] = &[
    "dr",
    "sir",
    "first",
    "us",
    "u.s",
    "under",
    "house",
    "senior",
    "former",
    "ex",
    "acting",
    "interim",
    "prime",
    "vice",
    "hon",
    "majority",
    "minority",
    "opposition",
];

/// Verbs that tell what somebody is: "who leads the party".
const LEADING: &[&str] = &["leads", "heads", "runs", "chairs", "represents", "directs", "owns", "founded", "co-founded", "led", "headed"];

/// A role while roles are gathered: the number of its entity, its rank among them (0 is the best), where it stands.
type Told = (u32, u8, Span);

/// Adds the roles of all people, the best first.
pub(super) fn add(reading: &Reading<'_>, found: &mut Annotations) {
    let mut told: Vec<Told> = Vec::new();
    for (at, mention) in found.mentions.iter().enumerate().filter(|(_, m)| is_person(m)) {
        let EntityId(entity) = mention.entity;
        told.extend(before(reading, mention.span).map(|span| (entity, 3, span)));
        told.extend(apposed_before(reading, mention.span).map(|span| (entity, 1, span)));
        told.extend(copula(reading, mention.span).map(|span| (entity, 1, span)));
        let next = found.mentions[at + 1..].iter().find(|m| m.kind == Kind::Person).map(|m| m.span);
        after(reading, mention.span, next, |rank, span| told.push((entity, rank, span)));
        if let Some(body) = found.mentions.get(at + 1).filter(|m| m.kind == Kind::Organization) {
            told.extend(affiliation(reading, mention.span, body.span).map(|span| (entity, 4, span)));
        }
    }
    told.sort_by_key(|(entity, rank, span)| (*entity, *rank, span.start));
    for mine in told.chunk_by(|a, b| a.0 == b.0) {
        let mut seen: Set<String> = Set::default();
        let words = |span: Span| span.of(&reading.article.text).to_lowercase();
        let fresh = mine.iter().filter(|(.., span)| mine.len() == 1 || seen.insert(words(*span)));
        if let Some(entity) = found.entities.get_mut(mine[0].0 as usize) {
            entity.roles = fresh.map(|(.., span)| Role { span: *span }).collect();
        }
    }
}

fn class_at(reading: &Reading<'_>, at: usize) -> Class {
    class(reading.word(at))
}

/// An office right before the name: "President", "opposition leader". Honorifics say nothing about what somebody is.
fn before(reading: &Reading<'_>, name: Span) -> Option<Span> {
    let end = reading.token_at(name.start);
    let floor = end.saturating_sub(8);
    let joined = |at: usize| {
        !reading.tokens.get(at).map_or("\n", |t| Span { start: t.span.end, end: name.start }.of(&reading.article.text)).contains('\n')
    };
    let last = end.checked_sub(1).filter(|at| is_office(reading.word(*at)) && joined(*at))?;
    let capital = |at: usize| reading.word(at).starts_with(char::is_uppercase);
    let mut first = hyphened(reading, last);
    let mut sure = first;
    let mut in_body = false;
    // "French Foreign Minister", "the veteran opposition leader": the words that belong to the office. Unknown words in lower case do only
    // where an article or a possessive opens the phrase, for they may as well be verbs.
    while first > floor && joined(first - 1) && reading.tokens.get(first - 1).is_some_and(|t| t.kind == TokenKind::Word) {
        let word = class_at(reading, first - 1);
        // "Secretary of State", but not "cousin of President X"
        let office_of = reading.word(first - 1) == "of" && first > 1 && class_at(reading, first - 2).is(Class::TITLE);
        if office_of {
            first -= 2;
            sure = first;
            continue;
        }
        // "years under Gen. X", but "Under Secretary X"
        let governs = word.is(Class::PREPOSITION) && !capital(first - 1);
        if governs || word.is(Class::FUNCTION | Class::CALENDAR | Class::SPEECH | Class::VERB) && !word.is(Class::TITLE | Class::ROLE) {
            let opens = word.is(Class::DETERMINER | Class::POSSESSIVE);
            sure = if opens { first } else { sure };
            break;
        }
        // "Bread Board president": what stands before the head of a body's name belongs to it.
        let body = sure == first && (in_body || capital(first) && class_at(reading, first).is(Class::ORGANIZATION));
        first = hyphened(reading, first - 1);
        in_body = body && capital(first);
        if capital(first) && capital(last) || in_body || word.is(Class::TITLE | Class::ROLE | Class::ORGANIZATION) {
            sure = first;
        }
    }
    let first = sure;
    Some(reading.tokens.get(first)?.span.join(reading.tokens.get(last)?.span))
}

/// True for a word that names an office or says what somebody is, without another noun behind it.
fn is_office(word: &str) -> bool {
    let adjective = NO_OFFICE.iter().any(|w| word.trim_end_matches('.').eq_ignore_ascii_case(w));
    class(word).is(Class::TITLE | Class::ROLE) && !adjective && !is_honorific(word)
}

/// The first token of the word that ends with the token `at`: "front" in "front-runner".
fn hyphened(reading: &Reading<'_>, at: usize) -> usize {
    let touches = |n: usize| reading.tokens.get(n).zip(reading.tokens.get(n + 1)).is_some_and(|(a, b)| a.span.end == b.span.start);
    let compound = at > 1 && reading.word(at - 1) == "-" && touches(at - 1) && touches(at - 2);
    if compound { at - 2 } else { at }
}

/// "the town's mayor" in "the town's mayor, X, …": what stands before the name and a comma, where another comma or the end follows it.
fn apposed_before(reading: &Reading<'_>, name: Span) -> Option<Span> {
    let first = reading.token_at(name.start);
    let comma = first.checked_sub(1).filter(|at| reading.word(*at) == ",")?;
    let closed = matches!(reading.word(reading.token_at(name.end)), "," | "." | "—" | "–");
    let noun = comma.checked_sub(1).filter(|at| closed && class_at(reading, *at).is(Class::ROLE))?;
    let lower = |at: usize| reading.word(at).starts_with(char::is_lowercase);
    if !lower(noun) || class_at(reading, noun).is(Class::POSSESSIVE) {
        return None;
    }
    let opens = |at: usize| class_at(reading, at).is(Class::DETERMINER | Class::POSSESSIVE);
    let mut start = noun;
    for at in (noun.saturating_sub(7)..noun).rev() {
        let token = reading.tokens.get(at)?;
        if opens(at) {
            start = at;
            break;
        }
        let belongs =
            token.kind == TokenKind::Clitic || token.kind == TokenKind::Number || reading.word(at) == "-" || token.kind == TokenKind::Word;
        if !belongs || class_at(reading, at).is(Class::FUNCTION) && !class_at(reading, at).is(Class::ROLE) {
            break;
        }
        // "Maduro’s wife": a name with its 's opens the phrase too.
        if reading.tokens.get(at + 1).is_some_and(|t| t.kind == TokenKind::Clitic) && !lower(at) {
            start = at;
        }
    }
    let begins_line = Span { start: reading.tokens.get(start)?.span.start, end: name.start }.of(&reading.article.text).contains('\n');
    (start < noun && !begins_line).then(|| reading.tokens[start].span.join(reading.tokens[noun].span))
}

/// "the mayor of Y" in "X is the mayor of Y".
fn copula(reading: &Reading<'_>, name: Span) -> Option<Span> {
    let verb = reading.token_at(name.end);
    let first = verb + 1;
    if !matches!(reading.word(verb), "is" | "was") || !matches!(reading.word(first), "the" | "a" | "an") {
        return None;
    }
    let end = (first..reading.tokens.len().min(first + LENGTH))
        .find(|n| closes(reading, *n, name) || class_at(reading, *n).is(Class::SUBORDINATOR | Class::COORDINATOR))?;
    is_role(reading, first, end).then(|| reading.tokens[first].span.join(reading.tokens[end - 1].span))
}

/// "of the Board" in "X of the Board": the body that a person belongs to.
fn affiliation(reading: &Reading<'_>, name: Span, body: Span) -> Option<Span> {
    let between = Span { start: name.end, end: body.start };
    let link = between.of(&reading.article.text).trim();
    let is_link = matches!(link, "of" | "of the" | "from" | "from the" | "with" | "with the");
    let first = reading.tokens.get(reading.token_at(name.end)).filter(|_| is_link && between.len() < 12)?;
    Some(first.span.join(body))
}

/// What follows the name between commas; `next` is the next name of a person.
fn after(reading: &Reading<'_>, name: Span, next: Option<Span>, mut tell: impl FnMut(u8, Span)) {
    let mut at = reading.token_at(name.end);
    if reading.word(at) != "," {
        return;
    }
    at += 1;
    // "X, 35, a lawmaker"
    if let Some(number) = reading.tokens.get(at).filter(|t| t.kind == TokenKind::Number && matches!(reading.word(at + 1), "," | ".")) {
        if reading.word(at).parse().is_ok_and(|years: u8| AGES.contains(&years)) {
            tell(5, number.span);
        }
        at += 2;
    }
    let end = (at..reading.tokens.len().min(at + LENGTH)).find(|n| closes(reading, *n, name));
    let Some(end) = end.filter(|end| *end > at) else { return };
    let relative = (at..end).find(|n| reading.word(*n).eq_ignore_ascii_case("who"));
    // A comma is often missing: "X, president of Y said".
    let verb = (at + 1..end).find(|n| is_verb(reading, *n));
    let phrase_end = relative.unwrap_or(end).min(verb.unwrap_or(end));
    let span = |first: usize, last: usize| Some(reading.tokens.get(first)?.span.join(reading.tokens.get(last)?.span));
    if phrase_end > at
        && is_role(reading, at, phrase_end)
        && !lists(reading, at, phrase_end, next)
        && let Some(span) = span(at, phrase_end - 1)
    {
        tell(0, span);
    }
    if let Some(span) = relative.and_then(|who| leading(reading, who + 1, end)).and_then(|first| span(first, end - 1)) {
        tell(2, span);
    }
}

/// True where the words are the next one of a list: in "X, Governor Y and Z" the office is Y's, in "X, the son of Governor Y" it is not.
fn lists(reading: &Reading<'_>, first: usize, end: usize, next: Option<Span>) -> bool {
    let inside = next.map(|n| reading.token_at(n.start)).filter(|at| (first..end).contains(at));
    let clitic = |n: usize| reading.tokens.get(n).is_some_and(|t| t.kind == TokenKind::Clitic);
    let links = |n: usize| class_at(reading, n).is(Class::PREPOSITION) || reading.word(n) == "of" || clitic(n);
    inside.is_some_and(|at| !(first..at).any(links))
}

/// True for a verb that ends what somebody is: "president of Y said", "the mayor of Y announced"; not for "the appointed mayor".
fn is_verb(reading: &Reading<'_>, at: usize) -> bool {
    let class = class_at(reading, at);
    let finite = class.is(Class::AUXILIARY | Class::REPORT) || class.is(Class::SPEECH) && reading.word(at).ends_with("ed");
    finite && !class.is(Class::ROLE) && !class_at(reading, at - 1).is(Class::DETERMINER | Class::POSSESSIVE | Class::ADVERB)
}

/// The verb of "who is leading …" or "who heads …", which begins at the token `first`.
fn leading(reading: &Reading<'_>, first: usize, end: usize) -> Option<usize> {
    let verb = (first..end).find(|n| !class_at(reading, *n).is(Class::AUXILIARY | Class::ADVERB))?;
    let progressive = class_at(reading, first).is(Class::AUXILIARY) && reading.word(verb).ends_with("ing");
    // "who represents the town", but not "who represents a danger"
    let leads = LEADING.contains(&reading.word(verb)) && !(reading.word(verb) == "represents" && reading.word(verb + 1) == "a");
    (progressive || leads).then_some(verb)
}

/// True for a mark that ends what follows a name.
fn closes(reading: &Reading<'_>, at: usize, name: Span) -> bool {
    let Some(token) = reading.tokens.get(at) else { return true };
    let gap = Span { start: name.end, end: token.span.start };
    // A hyphen with space before it is a dash.
    let dash = reading.word(at) == "-" && gap.of(&reading.article.text).ends_with(char::is_whitespace);
    dash || matches!(reading.word(at), "," | "." | ";" | ":" | "!" | "?" | "—" | "–" | "(" | ")" | "\"" | "“" | "”")
        || gap.of(&reading.article.text).contains('\n')
}

/// True where the words say what somebody is: a noun for a person near their beginning.
fn is_role(reading: &Reading<'_>, first: usize, end: usize) -> bool {
    if class_at(reading, first).is(Class::VERB
        | Class::SPEECH
        | Class::PREPOSITION
        | Class::AUXILIARY
        | Class::COORDINATOR
        | Class::SUBORDINATOR)
    {
        return false;
    }
    (first..end)
        .take_while(|at| !class_at(reading, *at).is(Class::PREPOSITION | Class::SUBORDINATOR | Class::AUXILIARY))
        .any(|at| class_at(reading, at).is(Class::ROLE) || is_office(reading.word(at)))
}
