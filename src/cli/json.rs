//! The analysis as JSON, schema `dateline/analysis/1`: a published format that only grows.

use super::original::Original;
use crate::article::{Analysed, Annotations, CountryCode, EntityId, Granularity, Interval};
use crate::lexicon::gazetteer;
use crate::text::{Span, is_harmful};
use serde::Serialize;
use std::fmt::Write;

/// Name and version of the format.
pub(crate) const SCHEMA: &str = "dateline/analysis/1";

/// One article's line. Offsets count Unicode code points of `article.text`.
#[derive(Serialize)]
pub(crate) struct Analysis<'a> {
    schema: &'static str,
    article: Article<'a>,
    entities: Vec<Entity<'a>>,
    mentions: Vec<Mention<'a>>,
    times: Vec<Time<'a>>,
    events: Vec<Event<'a>>,
    quotes: Vec<Quote<'a>>,
    problems: Vec<&'a str>,
}

#[derive(Serialize)]
struct Article<'a> {
    id: String,
    source: &'a str,
    format: &'a str,
    title: &'a str,
    byline: Option<&'a str>,
    site: Option<&'a str>,
    url: Option<&'a str>,
    published: Option<String>,
    language: Option<&'a str>,
    text: &'a str,
}

/// A stretch of text, flattened into the object that has it.
#[derive(Serialize)]
struct Piece<'a> {
    start: u32,
    end: u32,
    text: &'a str,
}

#[derive(Serialize)]
struct Entity<'a> {
    id: u32,
    kind: &'static str,
    name: &'a str,
    aliases: &'a [String],
    salience: f32,
    roles: Vec<Piece<'a>>,
    place: Option<Place<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    name: &'a str,
    admin1: Option<&'a str>,
    country: Option<&'a str>,
    latitude: f64,
    longitude: f64,
    feature: &'static str,
    kind: &'static str,
    population: Option<u64>,
    id: u32,
    geonames: Option<u32>,
    relation: &'static str,
    score: f32,
    runner_up: Option<String>,
}

#[derive(Serialize)]
struct Mention<'a> {
    #[serde(flatten)]
    piece: Piece<'a>,
    entity: u32,
    kind: &'static str,
    form: &'static str,
    score: f32,
    /// A place that stands for those who act there.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    actor: bool,
}

#[derive(Serialize)]
struct Time<'a> {
    #[serde(flatten)]
    piece: Piece<'a>,
    #[serde(rename = "type")]
    kind: &'static str,
    value: Option<&'a str>,
    #[serde(rename = "mod", skip_serializing_if = "Option::is_none")]
    modifier: Option<&'static str>,
    from: Option<String>,
    to: Option<String>,
}

#[derive(Serialize)]
struct Event<'a> {
    #[serde(flatten)]
    piece: Piece<'a>,
    time: Option<u32>,
    from: Option<String>,
    to: Option<String>,
    granularity: Option<&'static str>,
    future: bool,
    entities: Vec<u32>,
}

#[derive(Serialize)]
struct Quote<'a> {
    #[serde(flatten)]
    piece: Piece<'a>,
    kind: &'static str,
    speaker: Option<u32>,
    speaker_start: Option<u32>,
    speaker_end: Option<u32>,
    speaker_text: Option<&'a str>,
    /// What "it" or "they" in the place of a speaker goes back to.
    antecedent_start: Option<u32>,
    antecedent_end: Option<u32>,
    antecedent_text: Option<&'a str>,
    cue_start: Option<u32>,
    cue_end: Option<u32>,
    score: f32,
}

/// The JSON view of one analysed article, whose text is `original`.
pub(crate) fn view<'a>(analysed: &'a Analysed, original: &'a Original<'_>) -> Analysis<'a> {
    let Analysed { article, found } = analysed;
    let text = original.text();
    let chars = original.chars();
    let piece = |span: Span| {
        let span = original.span(span);
        Piece { start: chars.chars(span.start), end: chars.chars(span.end), text: span.of(text) }
    };
    Analysis {
        schema: SCHEMA,
        article: Article {
            id: format!("{:016x}", article.id),
            source: &article.source,
            format: article.format,
            title: &article.title,
            byline: article.byline.as_deref(),
            site: article.site.as_deref(),
            url: article.url.as_deref(),
            published: article.published.map(|d| d.to_string()),
            language: article.language.as_deref(),
            text,
        },
        entities: entities(found, &piece),
        mentions: mentions(found, &piece),
        times: times(found, &piece),
        events: events(found, &piece),
        quotes: quotes(found, &piece),
        problems: article.problems.iter().chain(&found.problems).map(String::as_str).collect(),
    }
}

fn entities<'a>(found: &'a Annotations, piece: &impl Fn(Span) -> Piece<'a>) -> Vec<Entity<'a>> {
    let place = |p: &'a crate::article::GazetteerPlace| Place {
        name: &p.name,
        admin1: p.admin1.as_deref(),
        country: p.country.as_ref().map(CountryCode::as_str),
        latitude: p.latitude,
        longitude: p.longitude,
        feature: p.feature,
        kind: p.kind.name(),
        population: p.population,
        id: p.id.0,
        geonames: p.id.geonames(),
        relation: p.relation.name(),
        score: rounded(p.score),
        runner_up: p.runner_up.and_then(gazetteer::place).map(|r| r.label()),
    };
    (0..)
        .zip(&found.entities)
        .map(|(id, e)| Entity {
            id,
            kind: e.kind.name(),
            name: &e.name,
            aliases: &e.aliases,
            salience: rounded(e.salience),
            roles: e.roles.iter().map(|r| piece(r.span)).collect(),
            place: e.place.as_ref().map(place),
        })
        .collect()
}

fn mentions<'a>(found: &'a Annotations, piece: &impl Fn(Span) -> Piece<'a>) -> Vec<Mention<'a>> {
    let mention = |(n, m): (u32, &crate::article::Mention)| Mention {
        piece: piece(m.span),
        entity: m.entity.0,
        kind: m.kind.name(),
        form: m.form.name(),
        score: rounded(m.score),
        actor: found.actors.binary_search(&n).is_ok(),
    };
    (0..).zip(&found.mentions).map(mention).collect()
}

fn times<'a>(found: &'a Annotations, piece: &impl Fn(Span) -> Piece<'a>) -> Vec<Time<'a>> {
    found
        .times
        .iter()
        .map(|t| {
            let (from, to) = ends(t.interval);
            Time { piece: piece(t.span), kind: t.kind.name(), value: t.value.as_deref(), modifier: t.modifier, from, to }
        })
        .collect()
}

fn events<'a>(found: &'a Annotations, piece: &impl Fn(Span) -> Piece<'a>) -> Vec<Event<'a>> {
    found
        .events
        .iter()
        .map(|e| {
            let (from, to) = ends(e.interval);
            let granularity = e.interval.map(|i| i.granularity.name());
            let entities = e.entities.iter().map(|id| id.0).collect();
            Event { piece: piece(e.span), time: e.time, from, to, granularity, future: e.future, entities }
        })
        .collect()
}

fn quotes<'a>(found: &'a Annotations, piece: &impl Fn(Span) -> Piece<'a>) -> Vec<Quote<'a>> {
    found
        .quotes
        .iter()
        .map(|q| {
            let speaker = q.speaker_span.map(piece);
            let antecedent = q.antecedent.map(piece);
            let cue = q.cue.map(piece);
            Quote {
                piece: piece(q.span),
                kind: q.kind.name(),
                speaker: q.speaker.map(|EntityId(n)| n),
                speaker_start: speaker.as_ref().map(|p| p.start),
                speaker_end: speaker.as_ref().map(|p| p.end),
                speaker_text: speaker.map(|p| p.text),
                antecedent_start: antecedent.as_ref().map(|p| p.start),
                antecedent_end: antecedent.as_ref().map(|p| p.end),
                antecedent_text: antecedent.map(|p| p.text),
                cue_start: cue.as_ref().map(|p| p.start),
                cue_end: cue.map(|p| p.end),
                score: rounded(q.score),
            }
        })
        .collect()
}

/// Both ends of an interval: days as `2019-01-21`, anything shorter with hour and minute.
pub(super) fn ends(interval: Option<Interval>) -> (Option<String>, Option<String>) {
    let Some(Interval { from, to, granularity }) = interval else { return (None, None) };
    let print = |t: jiff::civil::DateTime| {
        if granularity == Granularity::Time { format!("{}T{:02}:{:02}", t.date(), t.hour(), t.minute()) } else { t.date().to_string() }
    };
    (Some(print(from)), Some(print(to)))
}

/// Scores with three decimals: more would pretend to a precision that they do not have.
fn rounded(score: f32) -> f32 {
    (score * 1000.0).round() / 1000.0
}

/// JSON in which every character that a terminal should not get is written as `\uXXXX`: a file's name may hold any, and the value stays the same.
pub(crate) fn harmless(json: String) -> String {
    let harmful = |c: char| c != '\n' && is_harmful(c);
    if !json.chars().any(harmful) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        if harmful(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn harmful_characters_are_written_as_numbers() {
        let name = "a\u{9b}b\u{202e}c\u{7f}d\u{e0041}é";
        let json = harmless(serde_json::to_string(name).unwrap());
        assert_eq!(json, "\"a\\u009bb\\u202ec\\u007fd\\udb40\\udc41é\"");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), name);
    }
}
