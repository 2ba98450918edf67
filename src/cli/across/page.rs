//! A page of somebody or something for the pipe: as text, as Markdown, and as JSON, schema `dateline/entity/1`.

use super::{day, short};
use crate::article::{Interval, Kind};
use crate::cli::json::{ends, harmless};
use crate::lexicon::gazetteer;
use crate::link::Rule;
use crate::locale::{Language, speaking};
use crate::store::{Companion, Page, Passage, Reported, Row, Variant};
use crate::text::{clean_line, spark};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Cells of the sparkline.
const SPARK: usize = 40;

/// Rows of each part of a page of text.
const ROWS: usize = 12;

#[derive(Serialize)]
struct View<'a> {
    schema: &'static str,
    id: i64,
    kind: &'static str,
    name: &'a str,
    place: Option<PlaceView>,
    articles: usize,
    read: usize,
    first: Option<String>,
    last: Option<String>,
    variants: Vec<VariantView<'a>>,
    roles: Vec<RoleView<'a>>,
    days: BTreeMap<String, usize>,
    sources: Vec<(&'a str, u64)>,
    said: Vec<QuoteView<'a>>,
    said_of: Vec<QuoteView<'a>>,
    moments: Vec<MomentView<'a>>,
    company: Vec<CompanionView<'a>>,
    latest: Vec<ArticleView<'a>>,
}

#[derive(Serialize)]
struct PlaceView {
    id: u32,
    label: String,
    latitude: f64,
    longitude: f64,
}

#[derive(Serialize)]
struct VariantView<'a> {
    id: i64,
    name: &'a str,
    articles: u64,
    rule: Option<&'static str>,
    possibly: bool,
}

#[derive(Serialize)]
struct RoleView<'a> {
    words: &'a str,
    first: String,
    last: String,
    articles: usize,
}

#[derive(Serialize)]
struct QuoteView<'a> {
    article: i64,
    day: String,
    story: i64,
    speaker: Option<&'a str>,
    words: &'a str,
}

#[derive(Serialize)]
struct MomentView<'a> {
    article: i64,
    from: Option<String>,
    to: Option<String>,
    words: &'a str,
}

#[derive(Serialize)]
struct CompanionView<'a> {
    id: i64,
    kind: &'static str,
    name: &'a str,
    weight: f32,
    articles: usize,
}

#[derive(Serialize)]
struct ArticleView<'a> {
    id: i64,
    day: String,
    title: &'a str,
    site: Option<&'a str>,
}

/// The page as one JSON object.
pub(super) fn json(page: &Page) -> String {
    harmless(serde_json::to_string_pretty(&view(page)).unwrap_or_default()) + "\n"
}

fn view(page: &Page) -> View<'_> {
    let mut days = BTreeMap::new();
    page.times.iter().for_each(|at| *days.entry(day(*at).to_string()).or_default() += 1);
    View {
        schema: "dateline/entity/1",
        id: page.key.0,
        kind: kind(page),
        name: &page.name,
        place: page.place.and_then(gazetteer::place).map(|p| PlaceView {
            id: p.id().0,
            label: p.label(),
            latitude: p.latitude(),
            longitude: p.longitude(),
        }),
        articles: page.articles.count,
        read: page.read,
        first: page.times.first().map(|at| day(*at).to_string()),
        last: page.times.last().map(|at| day(*at).to_string()),
        variants: page.variants.iter().map(variant).collect(),
        roles: page
            .roles
            .iter()
            .map(|r| RoleView { words: &r.words, first: day(r.seen.0).to_string(), last: day(r.seen.1).to_string(), articles: r.articles })
            .collect(),
        days,
        sources: page.sources.iter().map(|(site, n)| (site.as_str(), *n)).collect(),
        said: page.said.iter().map(reported).collect(),
        said_of: page.said_of.iter().map(reported).collect(),
        moments: page.moments.iter().map(moment).collect(),
        company: page.company.iter().map(companion).collect(),
        latest: page.latest.iter().map(article).collect(),
    }
}

fn variant(v: &Variant) -> VariantView<'_> {
    let rule = v.belongs.map(|b| b.rule);
    VariantView {
        id: v.key.0,
        name: &v.name,
        articles: v.articles,
        rule: rule.map(Rule::words),
        possibly: rule.is_some_and(Rule::is_doubtful),
    }
}

fn reported(q: &Reported) -> QuoteView<'_> {
    let Passage { article, words, at, .. } = &q.passage;
    QuoteView { article: article.0, day: day(*at).to_string(), story: q.story, speaker: q.speaker.as_deref(), words }
}

fn moment((passage, interval): &(Passage, Interval)) -> MomentView<'_> {
    let (from, to) = ends(Some(*interval));
    MomentView { article: passage.article.0, from, to, words: &passage.words }
}

fn companion(c: &Companion) -> CompanionView<'_> {
    CompanionView { id: c.key.0, kind: c.kind.name(), name: &c.name, weight: (c.weight * 100.0).round() / 100.0, articles: c.articles }
}

fn article(row: &Row) -> ArticleView<'_> {
    ArticleView { id: row.cursor.key.0, day: day(row.cursor.at).to_string(), title: &row.title, site: row.site.as_deref() }
}

pub(super) fn kind(page: &Page) -> &'static str {
    page.kind.map_or("other", Kind::name)
}

/// The page to read, its headings and bullets as Markdown where `markdown` is set.
pub(super) fn text(page: &Page, markdown: bool) -> String {
    let mut out = String::new();
    let style = Style { markdown };
    head(&mut out, page, style);
    let range = |(first, last): (i64, i64)| {
        if day(first) == day(last) { day(first).to_string() } else { format!("{} – {}", day(first), day(last)) }
    };
    style.part(
        &mut out,
        "Roles",
        page.roles.iter().take(ROWS).map(|r| format!("{} ({}, {})", short(&r.words, 70), r.articles, range(r.seen))),
    );
    for (heading, list) in [("Said", &page.said), ("Said of it", &page.said_of)] {
        style.part(&mut out, heading, by_story(list).into_iter().take(ROWS).map(quoted));
    }
    // The page is Markdown, and English.
    let begins = |i: &Interval| speaking(Language::English, || i.begins());
    let moments = page.moments.iter().take(ROWS).map(|(p, i)| format!("{:<10}  {}", begins(i), short(&p.words, 100)));
    style.part(&mut out, "Moments", moments);
    for (heading, kind) in [("With", Kind::Person), ("Organisations", Kind::Organization), ("Places", Kind::Place)] {
        let these = page.company.iter().filter(|c| c.kind == kind).take(ROWS);
        style.part(&mut out, heading, these.map(|c| format!("{} ({})", clean_line(&c.name), c.articles)));
    }
    let articles = page
        .latest
        .iter()
        .take(ROWS)
        .map(|r| format!("{}  {}  {}", day(r.cursor.at), short(&r.title, 80), r.site.as_deref().map(clean_line).unwrap_or_default()));
    style.part(&mut out, "Articles", articles);
    out
}

/// The newest first, those of one story together.
fn by_story(list: &[Reported]) -> Vec<&Reported> {
    let mut order: Vec<i64> = Vec::new();
    for quote in list {
        if !order.contains(&quote.story) {
            order.push(quote.story);
        }
    }
    let mut all: Vec<&Reported> = list.iter().collect();
    all.sort_by_key(|q| order.iter().position(|s| *s == q.story));
    all
}

fn quoted(quote: &Reported) -> String {
    let who = quote.speaker.as_deref().map(|s| format!(" — {}", clean_line(s))).unwrap_or_default();
    format!("{}  {}{who}", day(quote.passage.at), short(&quote.passage.words, 140))
}

fn head(out: &mut String, page: &Page, style: Style) {
    let first = page.times.first().copied().unwrap_or_default();
    let last = page.times.last().copied().unwrap_or_default();
    style.title(out, &clean_line(&page.name));
    let place = page.place.and_then(gazetteer::place).map(|p| format!(" · {}", clean_line(&p.label()))).unwrap_or_default();
    let _ = writeln!(
        out,
        "{}{place} · {} · {} – {}",
        kind(page),
        crate::locale::trn!(page.articles.count, "{n} article", "{n} articles"),
        day(first),
        day(last)
    );
    let others: Vec<String> = page.variants.iter().filter(|v| v.name != page.name).take(ROWS).map(named).collect();
    if !others.is_empty() {
        let _ = writeln!(out, "also {}", others.join(", "));
    }
    let range = (last - first).max(1).unsigned_abs();
    let at = page.times.iter().map(|t| u32::try_from(((t - first).unsigned_abs()) * 100_000 / range).unwrap_or(u32::MAX));
    let _ = writeln!(out, "{}", spark(at, 100_001, SPARK));
    let sources: Vec<String> = page.sources.iter().take(ROWS / 2).map(|(site, n)| format!("{} {n}", clean_line(site))).collect();
    if !sources.is_empty() {
        let _ = writeln!(out, "{}", sources.join(" · "));
    }
}

fn named(variant: &Variant) -> String {
    let possibly = if variant.belongs.is_some_and(|b| b.rule.is_doubtful()) { "possibly " } else { "" };
    format!("{possibly}{} ({})", clean_line(&variant.name), variant.articles)
}

/// How headings and lists look.
#[derive(Clone, Copy)]
pub(super) struct Style {
    pub(super) markdown: bool,
}

impl Style {
    fn title(self, out: &mut String, title: &str) {
        let _ = if self.markdown { writeln!(out, "# {}\n", escaped(title)) } else { writeln!(out, "{title}") };
    }

    /// A heading and its rows; nothing where there are none.
    pub(super) fn part(self, out: &mut String, heading: &str, rows: impl Iterator<Item = String>) {
        let mut rows = rows.peekable();
        if rows.peek().is_none() {
            return;
        }
        let _ = if self.markdown { writeln!(out, "\n## {heading}\n") } else { writeln!(out, "\n{heading}") };
        for row in rows {
            let _ = if self.markdown { writeln!(out, "- {}", escaped(&row)) } else { writeln!(out, "  {row}") };
        }
    }
}

/// Text in which nothing is markup.
pub(super) fn escaped(text: &str) -> String {
    crate::edition::escaped(text)
}
