//! "the court", "the lawmaker": descriptions that go back to a name, where only one is so described.

use super::lookout::Lookout;
use crate::analysis::Reading;
use crate::article::{Annotations, Entity, EntityId, Join, Kind, Mention, MentionForm, Reason};
use crate::lexicon::who::{Class, class};
use crate::text::{Map, Span, TokenKind};
use std::borrow::Cow;

/// Bytes of text after which a description no longer goes back to a name.
const MEMORY: u32 = 4000;

/// Words between "the" and the noun: "the 35-year-old opposition lawmaker".
const BETWEEN: usize = 7;

/// How sure a description is.
const SCORE: f32 = 0.7;

/// Who was last described by a noun.
#[derive(Clone, Copy)]
struct Described {
    entity: EntityId,
    span: Span,
    /// Several people are described so: the noun proves nothing.
    shared: bool,
}

/// Adds the mentions by description, keeping mentions and joins in order.
pub(super) fn add(reading: &Reading<'_>, found: &mut Annotations) {
    let nouns = Nouns::new(&reading.article.text, &found.entities);
    let lookout = Lookout::new(nouns.nouns.iter().map(AsRef::as_ref));
    let mut known: Map<&str, Described> = Map::default();
    let mut out: Vec<(Mention, Join)> = Vec::with_capacity(found.mentions.len());
    let mut names = found.mentions.iter().copied().zip(found.joins.iter().copied()).peekable();
    for (at, token) in reading.tokens.iter().enumerate() {
        while let Some((mention, join)) = names.next_if(|(m, _)| m.span.start <= token.span.start) {
            for noun in nouns.of(mention.entity.0 as usize) {
                describe(&mut known, noun, &mention);
            }
            out.push((mention, join));
        }
        if !lookout.passes(token.of(&reading.article.text)) {
            continue;
        }
        let Some(span) = description(reading, at).filter(|s| out.last().is_none_or(|(m, _)| !m.span.overlaps(*s))) else { continue };
        if names.peek().is_some_and(|(m, _)| m.span.overlaps(span)) {
            continue;
        }
        let noun = token.of(&reading.article.text);
        let near = known.get(noun).filter(|d| !d.shared && span.start.saturating_sub(d.span.start) < MEMORY);
        let Some(Described { entity, span: antecedent, .. }) = near.copied() else { continue };
        let kind = found.entities.get(entity.0 as usize).map_or(Kind::Other, |e| e.kind);
        let join = Join { reason: Reason::Description, antecedent: Some(antecedent) };
        out.push((Mention { span, kind, form: MentionForm::Nominal, score: SCORE, entity }, join));
    }
    out.extend(names);
    out.sort_by_key(|(m, _)| (m.span.start, m.span.end));
    (found.mentions, found.joins) = out.into_iter().unzip();
}

/// Takes note that a noun describes the one who is mentioned. Of two bodies with one noun the latest is meant, of two people none.
fn describe<'n>(known: &mut Map<&'n str, Described>, noun: &'n str, mention: &Mention) {
    let new = Described { entity: mention.entity, span: mention.span, shared: false };
    let slot = known.entry(noun).or_insert(new);
    let other = slot.entity != mention.entity && mention.kind == Kind::Person;
    *slot = Described { shared: slot.shared || other, ..new };
}

/// The nouns that describe entities, all in one row.
struct Nouns<'t> {
    nouns: Vec<Cow<'t, str>>,
    /// For each entity where its nouns end.
    ends: Vec<usize>,
}

impl<'t> Nouns<'t> {
    /// The last word of a body's name, and what the article says that a person is.
    fn new(text: &'t str, entities: &'t [Entity]) -> Self {
        let mut all = Self { nouns: Vec::new(), ends: Vec::with_capacity(entities.len()) };
        for entity in entities {
            match entity.kind {
                Kind::Organization => all.nouns.extend(body(&entity.name)),
                Kind::Person => all.nouns.extend(entity.roles.iter().filter_map(|r| head(r.span.of(text)))),
                _ => {}
            }
            all.ends.push(all.nouns.len());
        }
        all
    }

    /// The nouns of the entity with the number `entity`.
    fn of(&self, entity: usize) -> &[Cow<'t, str>] {
        let start = entity.checked_sub(1).map_or(Some(&0), |before| self.ends.get(before));
        start.zip(self.ends.get(entity)).and_then(|(start, end)| self.nouns.get(*start..*end)).unwrap_or(&[])
    }
}

/// The noun in a body's name of several words: of "Supreme Court of Y" it is "court".
fn body(name: &str) -> Option<Cow<'_, str>> {
    let last = name.split_whitespace().take_while(|w| !matches!(*w, "of" | "for" | "on" | "and")).last()?;
    (class(last).is(Class::ORGANIZATION) && name.contains(' ')).then(|| lower(last))
}

/// The noun for a person in a role: "lawmaker" in "an opposition lawmaker from the capital". A former office describes nobody.
fn head(role: &str) -> Option<Cow<'_, str>> {
    let words = role.split_whitespace().map(|w| w.trim_end_matches([',', '.']));
    let mut noun = None;
    for word in words.take_while(|w| !class(w).is(Class::PREPOSITION | Class::SUBORDINATOR)) {
        if ["former", "ex", "late", "then"].iter().any(|w| word.eq_ignore_ascii_case(w)) {
            return None;
        }
        noun = Some(word).filter(|w| class(w).is(Class::ROLE)).or(noun);
    }
    noun.map(lower)
}

/// A word in small letters.
fn lower(word: &str) -> Cow<'_, str> {
    if word.contains(char::is_uppercase) { Cow::Owned(word.to_lowercase()) } else { Cow::Borrowed(word) }
}

/// The description that ends with the token `at`: "the …" up to a noun that nothing narrows any further.
fn description(reading: &Reading<'_>, at: usize) -> Option<Span> {
    let token = reading.tokens.get(at).filter(|t| t.kind == TokenKind::Word)?;
    let noun = reading.word(at);
    if !noun.starts_with(char::is_lowercase) || !class(noun).is(Class::ROLE | Class::ORGANIZATION) {
        return None;
    }
    let next = reading.word(at + 1);
    let close =
        reading.tokens.get(at + 1).is_some_and(|t| t.span.start == token.span.end) && (next == "-" || next.starts_with(['’', '\'']));
    let narrowed = matches!(next, "of" | "for" | "who" | "that") || next.starts_with(char::is_alphanumeric) && !ends_phrase(next);
    if narrowed || close && next == "-" {
        return None;
    }
    for first in (at.saturating_sub(BETWEEN)..at).rev() {
        let word = reading.word(first);
        if word.eq_ignore_ascii_case("the") {
            return reading.tokens.get(first).map(|t| t.span.join(token.span));
        }
        let inner = word == "-" || word.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit()) && !ends_phrase(word);
        if !inner {
            return None;
        }
    }
    None
}

/// True for a word that cannot belong to a noun phrase: a verb, a preposition, a conjunction.
fn ends_phrase(word: &str) -> bool {
    let kind = class(word);
    word.starts_with(char::is_lowercase) && kind.is(Class::FUNCTION | Class::VERB | Class::SPEECH)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;

    fn descriptions(text: &str) -> Vec<String> {
        let article = Article { text: text.to_owned(), ..Article::default() };
        let reading = Reading::new(&article);
        (0..reading.tokens.len()).filter_map(|at| description(&reading, at)).map(|s| s.of(text).to_owned()).collect()
    }

    #[test]
    fn only_what_stands_alone_is_a_description() {
        assert_eq!(descriptions("The court ruled."), ["The court"]);
        assert_eq!(descriptions("So the 35-year-old lawmaker said it."), ["the 35-year-old lawmaker"]);
        assert!(descriptions("the court of appeal; the court rooms; a court ruled; the president of clubs").is_empty());
    }

    #[test]
    fn heads_of_roles() {
        assert_eq!(head("an opposition lawmaker from the capital").as_deref(), Some("lawmaker"));
        assert_eq!(head("the former mayor"), None);
        assert_eq!(head("leading the effort"), None);
    }
}
