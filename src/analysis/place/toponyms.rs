//! Names that the gazetteer says are places: evidence that is used before names are joined.
//!
//! The name finder reads one sentence at a time and knows few towns. What is added or corrected here is certain by its form: "Charleston, W.Va.",
//! "Sen. Smith, R-Marshall,", "Henry County", "a road in Glen Allen".

use crate::analysis::{Annotator, Reading};
use crate::article::{Annotations, EntityId, Kind, Mention, MentionForm, PlaceKind};
use crate::lexicon::gazetteer::{self, NameKind};
use crate::lexicon::when::{Key, Lex, Unit, is_our_time, look_up};
use crate::text::{Span, TokenKind};
use std::collections::HashSet;

/// How sure what the gazetteer adds is.
const SCORE: f32 = 0.8;

/// Tokens of the longest short form: "W.Va.".
const SHORT: usize = 3;

/// Parties before the place that somebody was elected in: "R-Marshall".
const PARTIES: &[&str] = &["R", "D", "I", "DFL", "L", "G", "Ind", "NDP", "PC"];

/// Short forms that are as often something else, and count behind a place only.
const DOUBTFUL: &[&str] = &["Miss.", "La.", "Del.", "Cal.", "Man.", "Pa."];

/// Short forms of two letters with a full stop.
const TWO: &[&str] = &["Ga.", "Ky.", "La.", "Md.", "Mo.", "Pa.", "Va.", "Vt."];

/// Last words of second-level divisions.
const DISTRICTS: &[&str] = &["County", "Township", "Twp", "Twp.", "Parish", "Borough", "Shire"];

/// Adds and corrects mentions of places by what the gazetteer and the words beside them say.
#[derive(Debug)]
pub struct Toponyms;

impl Annotator for Toponyms {
    fn name(&self) -> &'static str {
        "toponyms"
    }

    fn annotate(&self, reading: &Reading<'_>, found: &mut Annotations) {
        found.mentions.retain(|m| !is_era(reading, m.span));
        let surnames = surnames(reading, found);
        for mention in &mut found.mentions {
            correct(reading, mention, &surnames);
        }
        add_short(reading, found);
        found.mentions.sort_by_key(|m| (m.span.start, m.span.end));
    }
}

/// True for what is nothing but the era of a year: "753 B.C.", "the fourth century B.C.", "A.D. 79", but not "Vancouver, B.C." or "the 2017 B.C. election".
fn is_era(reading: &Reading<'_>, span: Span) -> bool {
    let year = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let before = reading.token_at(span.start).checked_sub(1).map_or("", |t| reading.word(t));
    let counted = year(before) || matches!(look_up(before), Lex::Unit(Unit::Century | Unit::Millennium, _));
    let text = span.of(&reading.article.text);
    match look_up(text) {
        Lex::Key(Key::Bc) => counted && !before.parse::<i16>().is_ok_and(is_our_time),
        Lex::Key(Key::Ad) => !text.contains(char::is_lowercase) && (counted || year(reading.word(reading.token_at(span.end)))),
        _ => false,
    }
}

/// The last words of people's names of several words: such a word alone is most likely the person again.
fn surnames(reading: &Reading<'_>, found: &Annotations) -> HashSet<String> {
    let people = found.mentions.iter().filter(|m| m.kind == Kind::Person).map(|m| m.span.of(&reading.article.text));
    people.filter_map(|name| name.rsplit_once(char::is_whitespace)).map(|(_, last)| last.to_lowercase()).collect()
}

/// Makes a place of what its form says is one.
fn correct(reading: &Reading<'_>, mention: &mut Mention, surnames: &HashSet<String>) {
    if mention.kind == Kind::Place {
        return;
    }
    let text = mention.span.of(&reading.article.text);
    if let Some(cut) = elected(reading, mention.span, text) {
        mention.span.start += cut;
        (mention.kind, mention.score) = (Kind::Place, SCORE);
        return;
    }
    let is_district =
        text.rsplit_once(' ').is_some_and(|(_, last)| DISTRICTS.contains(&last)) && named(text, |c| c.place.kind() == PlaceKind::District);
    let inside = mention.kind != Kind::Organization
        && stands_in(reading, mention.span)
        && !surnames.contains(&text.to_lowercase())
        && named(text, |c| matches!(c.name, NameKind::Official) && c.place.kind() != PlaceKind::Site);
    let contained =
        mention.kind != Kind::Other && followed_by_container(reading, mention.span) && named(text, |c| c.name != NameKind::Demonym);
    let short = text.ends_with('.') && is_short(text);
    if is_district && mention.kind == Kind::Person || inside || contained || short {
        (mention.kind, mention.score) = (Kind::Place, SCORE);
    }
}

/// Bytes before the place in "R-Marshall", where a comma or bracket stands before that.
fn elected(reading: &Reading<'_>, span: Span, text: &str) -> Option<u32> {
    let (party, place) = text.split_once(['-', '–'])?;
    let before = reading.token_at(span.start).checked_sub(1)?;
    let fits = PARTIES.contains(&party) && matches!(reading.word(before), "," | "(") && place.starts_with(char::is_uppercase);
    fits.then(|| u32::try_from(text.len() - place.len()).unwrap_or(0))
}

/// True where some place so called passes the test.
fn named(name: &str, fits: impl Fn(&gazetteer::Candidate) -> bool) -> bool {
    name.len() < 80 && gazetteer::find(&gazetteer::key(name)).iter().any(fits)
}

/// True behind "in" and the like, where no person stands.
fn stands_in(reading: &Reading<'_>, span: Span) -> bool {
    let before = reading.token_at(span.start).checked_sub(1).map_or("", |t| reading.word(t));
    let next = reading.word(reading.token_at(span.end));
    matches!(before, "in" | "near" | "outside" | "throughout" | "downtown") && !matches!(next, "'s" | "’s" | "-")
}

/// True before ", Texas" or ", Texas,".
fn followed_by_container(reading: &Reading<'_>, span: Span) -> bool {
    let comma = reading.token_at(span.end);
    if reading.word(comma) != "," {
        return false;
    }
    (1..=3).any(|length| {
        let ends = reading.tokens.get(comma + 1).zip(reading.tokens.get(comma + length));
        let Some((first, last)) = ends else { return false };
        let closed = !reading.word(comma + length + 1).starts_with(char::is_uppercase);
        let name = first.span.join(last.span).of(&reading.article.text);
        closed && name.starts_with(char::is_uppercase) && is_division(name) && lies_in(reading, span, name)
    })
}

fn is_division(name: &str) -> bool {
    named(name, |c| c.name != NameKind::Demonym && c.place.kind() == PlaceKind::Division)
}

/// True where the gazetteer has a place of the name in that division.
fn lies_in(reading: &Reading<'_>, span: Span, division: &str) -> bool {
    let inner = gazetteer::find(&gazetteer::key(span.of(&reading.article.text)));
    let outer = gazetteer::find(&gazetteer::key(division));
    inner.iter().any(|i| outer.iter().any(|o| i.place != o.place && i.place.division() == Some(o.place)))
}

/// Adds the short forms of divisions that end with a full stop, and any behind a place and a comma.
fn add_short(reading: &Reading<'_>, found: &mut Annotations) {
    let mut added = Vec::new();
    let mut next = found.mentions.iter().peekable();
    let mut last_place = 0;
    let mut at = 0;
    while at < reading.tokens.len() {
        let token = reading.tokens[at];
        while let Some(mention) = next.next_if(|m| m.span.end <= token.span.start) {
            if mention.kind == Kind::Place {
                last_place = mention.span.end;
            }
        }
        let comma = at > 0 && reading.word(at - 1) == "," && last_place > 0 && last_place == reading.tokens[at - 1].span.start;
        let short = (1..=SHORT).rev().find_map(|length| short(reading, at, length, comma));
        let short = short.filter(|span| next.peek().is_none_or(|m| !m.span.overlaps(*span)) && !is_era(reading, *span));
        let Some(span) = short else {
            at += 1;
            continue;
        };
        added.push(Mention { span, kind: Kind::Place, form: MentionForm::Name, score: SCORE, entity: EntityId::UNJOINED });
        at = reading.token_at(span.end);
    }
    found.mentions.extend(added);
}

/// The short form of a division in `length` tokens from `at`.
fn short(reading: &Reading<'_>, at: usize, length: usize, behind_place: bool) -> Option<Span> {
    let (first, last) = (reading.tokens.get(at)?, reading.tokens.get(at + length - 1)?);
    let span = first.span.join(last.span);
    let text = span.of(&reading.article.text);
    let dotted = text.ends_with('.') && text.len() > 2;
    let plain = first.kind == TokenKind::Word && last.kind == TokenKind::Word && text.len() <= 8;
    if !plain
        || !(dotted || behind_place)
        || !text.starts_with(|c: char| c.is_ascii_uppercase())
        || !behind_place && DOUBTFUL.contains(&text)
    {
        return None;
    }
    is_short(text).then_some(span)
}

/// True for the short form of a division as it is written: "Miss." and "MS", but not "Ms.".
fn is_short(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let postal = letters == 2 && !text.contains('.') && !text.contains(char::is_lowercase);
    let written = letters > 2 || postal || text.matches('.').count() == 2 || TWO.contains(&text);
    written && named(text, |c| c.name == NameKind::Short && c.place.kind() == PlaceKind::Division)
}
