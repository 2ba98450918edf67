//! Articles about places whose coordinates stand in the test: what the map shows does not depend on what the analysis finds.

use super::reader::Reader;
use dateline::app::{ArticleId, Effect, Event, Found, Listing, Origin, Report, Summary, update};
use dateline::article::{
    Analysed, Annotations, Article, Block, BlockKind, CountryCode, Entity, EntityId, GazetteerPlace, Kind, Mention, MentionForm, PlaceId,
    PlaceKind, PlaceRelation,
};
use dateline::text::Span;
use std::sync::Arc;

/// Name, country, kind, degrees north and east, and how often it is named.
pub(super) type Row = (&'static str, &'static str, PlaceKind, f64, f64, u32);

pub(super) const VENEZUELA: &[Row] = &[
    ("Caracas", "VE", PlaceKind::City, 10.48, -66.88, 4),
    ("Venezuela", "VE", PlaceKind::Country, 8.0, -66.0, 9),
    ("Maracaibo", "VE", PlaceKind::City, 10.63, -71.64, 1),
    ("Bogotá", "CO", PlaceKind::City, 4.61, -74.08, 2),
    ("Cúcuta", "CO", PlaceKind::City, 7.89, -72.5, 1),
    ("Washington", "US", PlaceKind::City, 38.9, -77.04, 3),
    ("United States", "US", PlaceKind::Country, 39.8, -98.5, 5),
    ("Brasília", "BR", PlaceKind::City, -15.78, -47.93, 1),
    ("Lima", "PE", PlaceKind::City, -12.04, -77.03, 1),
    ("Latin America", "", PlaceKind::Region, -4.4, -61.3, 2),
];

pub(super) const EUROPE: &[Row] = &[
    ("Berlin", "DE", PlaceKind::City, 52.52, 13.41, 6),
    ("Paris", "FR", PlaceKind::City, 48.85, 2.35, 4),
    ("London", "GB", PlaceKind::City, 51.51, -0.13, 5),
    ("Brussels", "BE", PlaceKind::City, 50.85, 4.35, 7),
    ("Warsaw", "PL", PlaceKind::City, 52.23, 21.01, 2),
    ("Kyiv", "UA", PlaceKind::City, 50.45, 30.52, 3),
    ("Moscow", "RU", PlaceKind::City, 55.75, 37.62, 3),
    ("Rome", "IT", PlaceKind::City, 41.89, 12.48, 1),
    ("Madrid", "ES", PlaceKind::City, 40.42, -3.7, 1),
    ("Vienna", "AT", PlaceKind::City, 48.21, 16.37, 1),
    ("Bratislava", "SK", PlaceKind::City, 48.15, 17.11, 1),
    ("Budapest", "HU", PlaceKind::City, 47.5, 19.04, 1),
    ("Prague", "CZ", PlaceKind::City, 50.09, 14.42, 2),
    ("Amsterdam", "NL", PlaceKind::City, 52.37, 4.89, 1),
    ("Germany", "DE", PlaceKind::Country, 51.5, 10.5, 5),
    ("Stockholm", "SE", PlaceKind::City, 59.33, 18.06, 1),
];

pub(super) const PACIFIC: &[Row] = &[
    ("Suva", "FJ", PlaceKind::City, -18.14, 178.44, 3),
    ("Apia", "WS", PlaceKind::City, -13.83, -171.77, 2),
    ("Nukuʻalofa", "TO", PlaceKind::City, -21.14, -175.2, 1),
    ("Anadyr", "RU", PlaceKind::City, 64.73, 177.51, 1),
];

/// An article in which each place is named so often, one sentence a mention, and a person together with the first place.
pub(super) fn article(title: &str, rows: &[Row]) -> Analysed {
    let mut text = String::new();
    let mut found = Annotations::default();
    let person = EntityId(u32::try_from(rows.len()).unwrap());
    for n in 0..rows.iter().map(|r| r.5).max().unwrap_or(0) {
        for (id, row) in (0..).map(EntityId).zip(rows).filter(|(_, r)| n < r.5) {
            let start = text.len();
            if id.0 == 0 {
                named(&mut text, &mut found, "Ada Miller", person, Kind::Person);
                text.push_str(" was in ");
            }
            named(&mut text, &mut found, row.0, id, Kind::Place);
            text.push_str(" was in the news.");
            found.sentences.push(Span::new(start, text.len()));
            text.push(' ');
        }
    }
    found.entities = rows.iter().map(|r| entity(r.0, Kind::Place, Some(place(r)))).collect();
    found.entities.push(entity("Ada Miller", Kind::Person, None));
    let blocks = vec![Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph }];
    Analysed { article: Article { title: title.to_owned(), text, blocks, ..Article::default() }, found }
}

fn named(text: &mut String, found: &mut Annotations, name: &str, entity: EntityId, kind: Kind) {
    let span = Span::new(text.len(), text.len() + name.len());
    text.push_str(name);
    found.mentions.push(Mention { span, kind, form: MentionForm::Name, score: 1.0, entity });
}

fn entity(name: &str, kind: Kind, place: Option<GazetteerPlace>) -> Entity {
    Entity { kind, name: name.to_owned(), aliases: Vec::new(), roles: Vec::new(), salience: 0.1, place }
}

fn place(&(name, country, kind, latitude, longitude, _): &Row) -> GazetteerPlace {
    GazetteerPlace {
        id: PlaceId(name.bytes().fold(7, |id: u32, b| id.wrapping_mul(31).wrapping_add(b.into()))),
        name: name.to_owned(),
        kind,
        feature: "",
        country: CountryCode::new(country),
        admin1: None,
        population: None,
        latitude,
        longitude,
        zone: None,
        relation: PlaceRelation::Is,
        score: 0.9,
        runner_up: None,
    }
}

/// A reader of these articles, at the first one. All of them have been opened, so that none is read again.
pub(super) fn reader(columns: u16, rows: u16, articles: &[(&'static str, &'static [Row])]) -> Reader {
    let mut reader = Reader::new(columns, rows, &[]);
    let origin = |name: &str| Origin::Memory { name: name.to_owned(), bytes: b"x"[..].into() };
    let found = articles.iter().map(|(name, _)| Found { origin: origin(name), problem: None }).collect();
    land(&mut reader, articles, Event::Report(Report::Listed(Listing { found, done: true, ..Listing::default() })));
    for _ in 1..articles.len() {
        land(&mut reader, articles, Event::Key("J".parse().unwrap()));
    }
    for _ in 1..articles.len() {
        land(&mut reader, articles, Event::Key("K".parse().unwrap()));
    }
    reader.buffer();
    reader
}

fn land(reader: &mut Reader, articles: &[(&'static str, &'static [Row])], event: Event) {
    for effect in update(&mut reader.state, event) {
        let document = |id: ArticleId| Arc::new(article(articles[id.0 as usize].0, articles[id.0 as usize].1));
        let report = match effect {
            Effect::Open { ticket, wanted } => Report::Opened { ticket, id: wanted.id, document: Ok(document(wanted.id)) },
            Effect::Index(all) => Report::Indexed(all.iter().map(|w| (w.id, Ok(Summary::of(&document(w.id))))).collect()),
            _ => continue,
        };
        land(reader, articles, Event::Report(report));
    }
}
