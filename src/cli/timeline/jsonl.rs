//! The timeline as JSON Lines, schema `dateline/timeline/1`: a published format that only grows.

use super::Row;
use crate::article::Kind;
use crate::cli::json::{self, ends};
use serde::Serialize;
use std::io::{self, Write};

/// Name and version of the format.
const SCHEMA: &str = "dateline/timeline/1";

#[derive(Serialize)]
struct Event<'a> {
    schema: &'static str,
    from: Option<String>,
    to: Option<String>,
    granularity: Option<&'static str>,
    future: bool,
    start: u32,
    end: u32,
    text: &'a str,
    people: Vec<&'a str>,
    places: Vec<&'a str>,
    organizations: Vec<&'a str>,
    others: Vec<&'a str>,
    article: Article<'a>,
}

#[derive(Serialize)]
struct Article<'a> {
    id: String,
    source: &'a str,
    title: &'a str,
    site: Option<&'a str>,
    published: Option<String>,
}

/// Writes one object a line.
pub(super) fn write(out: &mut impl Write, rows: &[Row]) -> io::Result<()> {
    for row in rows {
        out.write_all(json::harmless(serde_json::to_string(&view(row))?).as_bytes())?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn view(row: &Row) -> Event<'_> {
    let (from, to) = ends(row.interval);
    let article = &row.article;
    Event {
        schema: SCHEMA,
        from,
        to,
        granularity: row.interval.map(|i| i.granularity.name()),
        future: row.future,
        start: row.start,
        end: row.end,
        text: &row.text,
        people: row.named(Kind::Person),
        places: row.named(Kind::Place),
        organizations: row.named(Kind::Organization),
        others: row.named(Kind::Other),
        article: Article {
            id: format!("{:016x}", article.id),
            source: &article.source,
            title: &article.title,
            site: article.site.as_deref(),
            published: article.published.map(|d| d.to_string()),
        },
    }
}
