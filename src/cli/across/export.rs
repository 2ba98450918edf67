//! A view of the library as a file: a list, a page, a story, what rises. Each view has its articles; those give moments, places and who occurs with whom.

use super::{day, graphml, page, table};
use crate::app::page::{Lead, PageOf, PageRow, RowKind, Sheet};
use crate::app::shelf::{ViewFormat, Viewed};
use crate::article::{Analysed, EntityId};
use crate::cli::args::{PlacesFormat, TimelineFormat};
use crate::cli::csv::record;
use crate::cli::json::harmless;
use crate::cli::{places, timeline};
use crate::jobs::shelf::{Seen, seen, sheet};
use crate::notice::Notice;
use crate::store::{ArticleKey, EntityKey, Order, Row, Snapshot};
use crate::text::clean_line;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write;

/// Who and what are in a graph at most: those that most articles name.
const NODES: usize = 200;

/// A view, schema `dateline/view/1`.
#[derive(Serialize)]
struct View<'a> {
    schema: &'static str,
    title: &'a str,
    facts: &'a str,
    rows: Vec<RowView<'a>>,
}

/// A row of a view. Numbers are those of the library.
#[derive(Serialize)]
struct RowView<'a> {
    part: &'a str,
    label: &'a str,
    text: &'a str,
    note: &'a str,
    article: Option<i64>,
    entity: Option<i64>,
    story: Option<i64>,
}

/// Writes a view, seen at an instant in seconds since 1970.
///
/// # Errors
/// Where the library cannot be read, or does not have the view any more.
pub(in crate::cli) fn write(snapshot: &Snapshot<'_>, of: &Viewed, format: ViewFormat, now: i64) -> Result<String, Notice> {
    let entity = matches!(of, Viewed::Page(PageOf::Entity(_) | PageOf::Named(..)));
    match format {
        ViewFormat::Ics => Ok(timeline::text_of(TimelineFormat::Ics, articles(snapshot, &seen(snapshot, of, now)?)?)),
        ViewFormat::Geojson => {
            Ok(places::text_of(PlacesFormat::Geojson, articles(snapshot, &seen(snapshot, of, now)?)?.map(|(analysed, _)| analysed)))
        }
        _ if entity => entity_as(snapshot, of, format, now),
        ViewFormat::Graphml => Ok(graphml::write(&together(snapshot, &seen(snapshot, of, now)?)?)),
        _ => {
            let sheet = match of {
                Viewed::Page(of) => sheet(snapshot, of, now)?,
                Viewed::List(..) => list(snapshot, &seen(snapshot, of, now)?)?,
            };
            Ok(match format {
                ViewFormat::Csv => csv(&sheet),
                ViewFormat::Markdown => markdown(&sheet),
                _ => json(&sheet),
            })
        }
    }
}

fn entity_as(snapshot: &Snapshot<'_>, of: &Viewed, format: ViewFormat, now: i64) -> Result<String, Notice> {
    let key = seen(snapshot, of, now)?.names.first().copied().unwrap_or_default();
    let page = snapshot.page(key)?.unwrap_or_default();
    Ok(match format {
        ViewFormat::Graphml => graphml::write(&graphml::of_page(&page)),
        ViewFormat::Markdown => page::text(&page, true),
        ViewFormat::Csv => {
            let mut out = Vec::new();
            // Memory takes everything that is written to it.
            let _ = table::write(&mut out, &page);
            String::from_utf8(out).unwrap_or_default()
        }
        _ => page::json(&page),
    })
}

/// The articles of a view one after the other, the newest first, each with the entity that the view is of among its own.
fn articles<'a>(
    snapshot: &'a Snapshot<'_>,
    seen: &'a Seen,
) -> Result<impl Iterator<Item = (Analysed, Option<Vec<EntityId>>)> + 'a, Notice> {
    let places = snapshot.places(&seen.bits, Order::Newest, None, usize::MAX)?;
    // One that is damaged says so when it is opened.
    let stored = places.into_iter().filter_map(|place| snapshot.open(place.key).ok().flatten());
    Ok(stored.map(|stored| {
        let ours = (0..).zip(&stored.entities).filter(|(_, e)| seen.names.contains(e)).map(|(n, _)| EntityId(n)).collect();
        (stored.analysed, (!seen.names.is_empty()).then_some(ours))
    }))
}

/// Who and what is named in the same articles: those that most of them name, with in how many each two are.
fn together(snapshot: &Snapshot<'_>, seen: &Seen) -> Result<graphml::Graph, Notice> {
    let mut subjects: HashMap<EntityKey, EntityKey> = HashMap::new();
    let mut counts: HashMap<EntityKey, usize> = HashMap::new();
    let mut all: Vec<Vec<EntityKey>> = Vec::new();
    for id in seen.bits.iter() {
        let mut here = Vec::new();
        for name in snapshot.entities_of(ArticleKey(id))? {
            let subject = match subjects.get(&name) {
                Some(subject) => *subject,
                None => *subjects.entry(name).or_insert(snapshot.subject(name)?),
            };
            here.push(subject);
        }
        here.sort_unstable();
        here.dedup();
        here.iter().for_each(|key| *counts.entry(*key).or_default() += 1);
        all.push(here);
    }
    let mut order: Vec<(EntityKey, usize)> = counts.into_iter().collect();
    order.sort_unstable_by_key(|(key, count)| (std::cmp::Reverse(*count), *key));
    order.truncate(NODES);
    let mut graph = graphml::Graph::default();
    for (key, _) in &order {
        if let Some((named, _)) = snapshot.entity(*key)? {
            graph.nodes.push((key.0, snapshot.called(*key)?, named.kind));
        }
    }
    let mut pairs: HashMap<(i64, i64), usize> = HashMap::new();
    let drawn: std::collections::HashSet<EntityKey> = order.into_iter().map(|(key, _)| key).collect();
    for here in &mut all {
        here.retain(|key| drawn.contains(key));
        for (n, a) in here.iter().enumerate() {
            here[n + 1..].iter().for_each(|b| *pairs.entry((a.0, b.0)).or_default() += 1);
        }
    }
    graph.edges = pairs.into_iter().map(|((a, b), count)| (a, b, count as f32, count)).collect();
    graph.edges.sort_by_key(|(a, b, _, count)| (std::cmp::Reverse(*count), *a, *b));
    Ok(graph)
}

/// The articles of a list as the rows of a page.
fn list(snapshot: &Snapshot<'_>, seen: &Seen) -> Result<Sheet, Notice> {
    let mut rows = vec![PageRow::heading("Articles")];
    for place in snapshot.places(&seen.bits, Order::Newest, None, usize::MAX)? {
        rows.extend(snapshot.row(place.key)?.map(|stored| line(&stored)));
    }
    let facts = crate::locale::trn!(seen.bits.len(), "{n} article", "{n} articles");
    Ok(Sheet { title: "Articles".to_owned(), facts, rows, ..Sheet::default() })
}

/// A list may be long: its rows lead nowhere, and are told by their numbers.
fn line(stored: &Row) -> PageRow {
    PageRow {
        kind: RowKind::Listed(stored.cursor.key.0),
        label: day(stored.cursor.at).to_string(),
        text: stored.title.clone(),
        note: stored.site.clone().unwrap_or_default(),
        lead: None,
    }
}

/// The rows that say something, each with the heading that it stands under.
fn rows(sheet: &Sheet) -> Vec<RowView<'_>> {
    let mut part = "";
    let mut out = Vec::new();
    for row in &sheet.rows {
        match row.kind {
            RowKind::Space => continue,
            RowKind::Heading => {
                part = &row.text;
                continue;
            }
            _ => {}
        }
        let mut view = RowView { part, label: &row.label, text: &row.text, note: &row.note, article: None, entity: None, story: None };
        match (&row.lead, row.kind) {
            (_, RowKind::Listed(key)) => view.article = Some(key),
            (Some(Lead::Article(stored, _)), _) => view.article = Some(stored.key.0),
            (Some(Lead::Page(PageOf::Entity(key)) | Lead::Name(key, _)), _) => view.entity = Some(*key),
            (Some(Lead::Page(PageOf::Story(key))), _) => view.story = Some(*key),
            _ => {}
        }
        out.push(view);
    }
    out
}

fn json(sheet: &Sheet) -> String {
    let view = View { schema: "dateline/view/1", title: &sheet.title, facts: &sheet.facts, rows: rows(sheet) };
    harmless(serde_json::to_string_pretty(&view).unwrap_or_default()) + "\n"
}

fn csv(sheet: &Sheet) -> String {
    let mut out = Vec::new();
    let number = |n: Option<i64>| Cow::from(n.map(|n| n.to_string()).unwrap_or_default());
    // Memory takes everything that is written to it.
    let _ = record(&mut out, ["part", "label", "text", "note", "article", "entity", "story"].map(Cow::from));
    for r in rows(sheet) {
        let words = [r.part, r.label, r.text, r.note].map(|w| Cow::from(clean_line(w)));
        let _ = record(&mut out, words.into_iter().chain([number(r.article), number(r.entity), number(r.story)]));
    }
    String::from_utf8(out).unwrap_or_default()
}

fn markdown(sheet: &Sheet) -> String {
    let text = |t: &str| page::escaped(&clean_line(t));
    let mut out = format!("# {}\n\n{}\n", text(&sheet.title), text(&sheet.facts));
    let mut before = "";
    for row in rows(sheet) {
        if row.part != before {
            let _ = writeln!(out, "\n## {}\n", text(row.part));
            before = row.part;
        }
        let parts = [row.label, row.text, row.note].into_iter().filter(|p| !p.is_empty()).map(text);
        let _ = writeln!(out, "- {}", parts.collect::<Vec<_>>().join("  "));
    }
    out
}
