//! What a reader put right, as JSON that outlives the program's own types: who is who, which place is meant, the day of publication.

use super::across::{Identified, righted};
use crate::article::{Anchor, Correction, Kind, PlaceCorrection, PlaceId};
use crate::text::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Something that a reader put right.
#[derive(Clone, Debug, PartialEq)]
pub enum Righted {
    /// Who is who in one article, or which place a name means.
    Name(Correction),
    /// Who is who in all articles.
    Entity(Identified),
    /// The day of publication; `None` where it is not to be trusted.
    Published(Option<Date>),
}

#[derive(Serialize, Deserialize)]
struct Mark {
    start: u32,
    end: u32,
    words: String,
}

#[derive(Serialize, Deserialize)]
struct Split {
    mention: Mark,
    onward: bool,
}

#[derive(Serialize, Deserialize)]
struct Merge {
    from: Mark,
    into: Mark,
    kind: String,
}

#[derive(Serialize, Deserialize)]
struct Where {
    site: Option<String>,
    name: String,
    place: Option<u32>,
}

#[derive(Serialize, Deserialize)]
struct Day {
    day: Option<String>,
}

fn mark(anchor: &Anchor) -> Mark {
    Mark { start: anchor.span.start, end: anchor.span.end, words: anchor.words.clone() }
}

fn anchor(mark: Mark) -> Anchor {
    Anchor { span: Span { start: mark.start, end: mark.end }, words: mark.words }
}

/// The name of its kind, and the rest as JSON.
pub(super) fn put(righted: &Righted) -> (&'static str, String) {
    let json = |value: serde_json::Result<String>| value.unwrap_or_default();
    match righted {
        Righted::Name(Correction::Split { mention, onward }) => {
            ("split", json(serde_json::to_string(&Split { mention: mark(mention), onward: *onward })))
        }
        Righted::Name(Correction::Merge { from, into, kind }) => {
            ("merge", json(serde_json::to_string(&Merge { from: mark(from), into: mark(into), kind: kind.name().to_owned() })))
        }
        Righted::Name(Correction::Place(PlaceCorrection { site, name, place })) => {
            ("place", json(serde_json::to_string(&Where { site: site.clone(), name: name.clone(), place: place.map(|p| p.0) })))
        }
        Righted::Entity(decided) => righted::put(decided),
        Righted::Published(day) => ("published", json(serde_json::to_string(&Day { day: day.map(|d| d.to_string()) }))),
    }
}

/// What [`put`] made; `None` for what a newer program made, which stays in the library as it is.
pub(super) fn take(kind: &str, body: &str) -> Option<Righted> {
    Some(match kind {
        "split" => {
            let Split { mention, onward } = serde_json::from_str(body).ok()?;
            Righted::Name(Correction::Split { mention: anchor(mention), onward })
        }
        "merge" => {
            let Merge { from, into, kind } = serde_json::from_str(body).ok()?;
            let kind = Kind::ALL.into_iter().find(|k| k.name() == kind)?;
            Righted::Name(Correction::Merge { from: anchor(from), into: anchor(into), kind })
        }
        "place" => {
            let Where { site, name, place } = serde_json::from_str(body).ok()?;
            Righted::Name(Correction::Place(PlaceCorrection { site, name, place: place.map(PlaceId) }))
        }
        "entity" => return righted::take(body),
        "published" => {
            let Day { day } = serde_json::from_str(body).ok()?;
            Righted::Published(day.map(|d| d.parse()).transpose().ok()?)
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_right_comes_back() {
        let here = Anchor { span: Span { start: 3, end: 9 }, words: "Guaidó".into() };
        let there = Anchor { span: Span { start: 30, end: 36 }, words: "lawmaker".into() };
        for righted in [
            Righted::Name(Correction::Split { mention: here.clone(), onward: true }),
            Righted::Name(Correction::Merge { from: here, into: there, kind: Kind::Person }),
            Righted::Name(Correction::Place(PlaceCorrection {
                site: Some("paper.example".into()),
                name: "Springfield".into(),
                place: Some(PlaceId(4_250_542)),
            })),
            Righted::Published(Some(jiff::civil::date(2019, 1, 21))),
            Righted::Published(None),
        ] {
            let (kind, body) = put(&righted);
            assert_eq!(take(kind, &body), Some(righted), "{body}");
        }
        assert_eq!(take("later", "{}"), None);
        assert_eq!(take("split", "{"), None);
    }
}
