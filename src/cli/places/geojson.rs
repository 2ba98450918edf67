//! Places as GeoJSON (RFC 7946): one collection of points, longitude before latitude.

use super::{Row, Source};
use crate::cli::json::harmless;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Feature<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    id: u32,
    geometry: Point,
    properties: Properties<'a>,
}

#[derive(Serialize)]
struct Point {
    #[serde(rename = "type")]
    kind: &'static str,
    coordinates: [f64; 2],
}

#[derive(Serialize)]
struct Properties<'a> {
    name: &'a str,
    names: Vec<&'a str>,
    kind: &'static str,
    feature: &'static str,
    country: Option<String>,
    country_name: &'static str,
    admin1: Option<&'a str>,
    population: Option<u64>,
    mentions: usize,
    score: f64,
    articles: Vec<&'a Source>,
}

/// Writes the collection, a feature a line.
pub(super) fn write(out: &mut impl Write, rows: &[Row]) -> io::Result<()> {
    out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
    for (n, row) in rows.iter().enumerate() {
        out.write_all(if n == 0 { b"\n" } else { b",\n" })?;
        out.write_all(harmless(serde_json::to_string(&feature(row))?).as_bytes())?;
    }
    out.write_all(b"\n]}\n")
}

fn feature(row: &Row) -> Feature<'_> {
    let place = &row.place;
    Feature {
        kind: "Feature",
        id: place.id.0,
        geometry: Point { kind: "Point", coordinates: [place.longitude, place.latitude] },
        properties: Properties {
            name: &place.name,
            names: row.names.iter().map(String::as_str).collect(),
            kind: place.kind.name(),
            feature: place.feature,
            country: place.country.map(|c| c.to_string()),
            country_name: row.country(),
            admin1: place.admin1.as_deref(),
            population: place.population,
            mentions: row.mentions,
            score: (f64::from(place.score) * 1000.0).round() / 1000.0,
            articles: row.articles.iter().map(AsRef::as_ref).collect(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::places::tests::row;
    use serde_json::Value;

    fn written(rows: &[Row]) -> Value {
        let mut out = Vec::new();
        write(&mut out, rows).unwrap();
        serde_json::from_slice(&out).unwrap()
    }

    #[test]
    fn a_collection_of_points() {
        let value = written(&[row("Taveuni", -16.8, -180.0), row("\"Pole\"\u{9b}", 90.0, 180.0)]);
        assert_eq!(value["type"], "FeatureCollection");
        assert_eq!(value["features"][0]["geometry"], serde_json::json!({"type": "Point", "coordinates": [-180.0, -16.8]}));
        assert_eq!(value["features"][0]["properties"]["country_name"], "Fiji");
        assert_eq!(value["features"][1]["geometry"]["coordinates"], serde_json::json!([180.0, 90.0]));
        assert_eq!(value["features"][1]["properties"]["name"], "\"Pole\"\u{9b}");
    }

    #[test]
    fn no_place_is_a_collection_too() {
        assert_eq!(written(&[])["features"], serde_json::json!([]));
    }
}
