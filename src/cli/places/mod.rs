//! `dateline places`: the places of many articles, each once, with their coordinates.

mod csv;
mod geojson;
mod kml;

use super::args::{Places, PlacesFormat};
use super::input::Given;
use super::{Outcome, articles, out};
use crate::article::{Analysed, GazetteerPlace, MentionForm, PlaceId, PlaceRelation};
use crate::lexicon::gazetteer;
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;
use std::sync::Arc;

/// A place with all that is said of it in any format.
#[derive(Clone, Debug)]
struct Row {
    /// The place, with the score of its surest mention.
    place: GazetteerPlace,
    /// What the articles call it.
    names: BTreeSet<String>,
    /// How often it is named.
    mentions: usize,
    /// Where it is named, in the order of the input.
    articles: Vec<Arc<Source>>,
}

/// What is kept of an article.
#[derive(Clone, Debug, Default, serde::Serialize)]
struct Source {
    id: String,
    source: String,
    title: String,
    site: Option<String>,
    published: Option<String>,
}

impl Row {
    /// The name of its country.
    fn country(&self) -> &'static str {
        self.place.country.and_then(gazetteer::country).map_or("", |c| c.place.name())
    }
}

/// Prints the places of all files. What cannot be read is told on standard error and left out; `published` goes before what the articles say.
pub(super) fn run(options: &Places, published: Option<Date>) -> Outcome {
    let mut rows = BTreeMap::new();
    let given = Given { published, url: None };
    let outcome = articles::run(
        &options.files,
        given,
        |analysed| Ok(self::rows(analysed)),
        |found| {
            found.into_iter().for_each(|row| add(&mut rows, row));
            ControlFlow::Continue(())
        },
    );
    let rows = sorted(rows);
    outcome.and(print(options.format, &rows).map_or_else(|error| out::stopped(&error), |()| Outcome::Done))
}

/// The places of one article.
fn rows(analysed: &Analysed) -> Vec<Row> {
    let Analysed { article, found } = analysed;
    let source = Arc::new(Source {
        id: format!("{:016x}", article.id),
        source: article.source.clone(),
        title: article.title.clone(),
        site: article.site.clone(),
        published: article.published.map(|d| d.to_string()),
    });
    let mut mentions = vec![0; found.entities.len()];
    for mention in found.mentions.iter().filter(|m| m.form == MentionForm::Name) {
        if let Some(count) = mentions.get_mut(mention.entity.0 as usize) {
            *count += 1;
        }
    }
    let row = |(entity, mentions): (&crate::article::Entity, usize)| {
        let place = entity.place.as_ref().filter(|p| matches!(p.relation, PlaceRelation::Is | PlaceRelation::Within))?;
        let names = std::iter::once(&entity.name).chain(&entity.aliases).cloned().collect();
        Some(Row { place: place.clone(), names, mentions, articles: vec![Arc::clone(&source)] })
    };
    found.entities.iter().zip(mentions).filter_map(row).collect()
}

/// Adds a row to the one of its place.
fn add(rows: &mut BTreeMap<PlaceId, Row>, row: Row) {
    let Some(known) = rows.get_mut(&row.place.id) else {
        rows.insert(row.place.id, row);
        return;
    };
    known.mentions += row.mentions;
    known.names.extend(row.names);
    if known.place.score < row.place.score {
        known.place = row.place;
    }
    for article in row.articles {
        if known.articles.last().is_none_or(|last| !Arc::ptr_eq(last, &article)) {
            known.articles.push(article);
        }
    }
}

/// The places of articles of the library.
pub(super) fn text_of(format: PlacesFormat, articles: impl Iterator<Item = Analysed>) -> String {
    let mut all = BTreeMap::new();
    articles.flat_map(|analysed| rows(&analysed)).for_each(|row| add(&mut all, row));
    let mut out = Vec::new();
    // Memory takes everything that is written to it.
    let _ = write(&mut out, format, &sorted(all));
    String::from_utf8(out).unwrap_or_default()
}

/// The most named first.
fn sorted(rows: BTreeMap<PlaceId, Row>) -> Vec<Row> {
    let mut rows: Vec<Row> = rows.into_values().collect();
    rows.sort_by_key(|r| Reverse(r.mentions));
    rows
}

fn print(format: PlacesFormat, rows: &[Row]) -> io::Result<()> {
    let mut out = BufWriter::new(out::stdout());
    write(&mut out, format, rows)?;
    out.flush()
}

fn write(out: &mut impl Write, format: PlacesFormat, rows: &[Row]) -> io::Result<()> {
    match format {
        PlacesFormat::Geojson => geojson::write(out, rows),
        PlacesFormat::Csv => csv::write(out, rows),
        PlacesFormat::Kml => kml::write(out, rows),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{CountryCode, PlaceKind};

    /// A row of a town called `name`.
    pub(super) fn row(name: &str, latitude: f64, longitude: f64) -> Row {
        let place = GazetteerPlace {
            id: PlaceId(42),
            name: name.to_owned(),
            kind: PlaceKind::City,
            feature: "PPL",
            country: CountryCode::new("FJ"),
            admin1: None,
            population: Some(1200),
            latitude,
            longitude,
            zone: None,
            relation: PlaceRelation::Is,
            score: 0.75,
            runner_up: None,
        };
        let source = Source { id: "2a".to_owned(), source: "a.txt".to_owned(), title: "A & B".to_owned(), ..Source::default() };
        Row { place, names: BTreeSet::from([name.to_owned()]), mentions: 2, articles: vec![Arc::new(source)] }
    }

    #[test]
    fn one_row_for_each_place() {
        let mut rows = BTreeMap::new();
        let (first, second) = (row("Levuka", -17.68, 178.83), row("Ovalau", -17.68, 178.83));
        let shared = Row { articles: first.articles.clone(), ..first.clone() };
        [first, shared, second].into_iter().for_each(|r| add(&mut rows, r));
        let rows = sorted(rows);
        assert_eq!((rows.len(), rows[0].mentions, rows[0].articles.len()), (1, 6, 2));
        assert_eq!(rows[0].names.iter().map(String::as_str).collect::<Vec<_>>(), ["Levuka", "Ovalau"]);
    }
}
