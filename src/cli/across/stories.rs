//! `dateline stories`: what is told these days, and what the articles of one story share and do not.

use super::page::Style;
use super::{Since, day, now, short, since};
use crate::app::ArticleId;
use crate::app::timeline::{Moments, Source, Whole};
use crate::cli::json::{ends, harmless};
use crate::cli::{Outcome, library};
use crate::locale::{tr, trn};
use crate::notice::Notice;
use crate::store::{Snapshot, Story, Telling};
use crate::text::clean_line;
use clap::ValueEnum;
use serde::Serialize;
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

/// Articles of one story that are read for its timeline.
const READ: usize = 200;

/// What `dateline stories` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Stories {
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// From when on: yesterday, last-visit, 3d, 2w, 2019-01-21.
    #[arg(long, value_name = "WHEN", default_value = "3d", value_parser = since)]
    since: Since,

    /// At most so many.
    #[arg(long, value_name = "N", default_value_t = 30)]
    limit: usize,

    /// Print one story with its articles and its timeline.
    #[arg(long, value_name = "STORY", conflicts_with_all = ["since", "limit"])]
    story: Option<i64>,

    /// With --story: say of each copy which sentences it does not share.
    #[arg(long, requires = "story")]
    differences: bool,

    /// Only stories of these articles; as for `dateline search`.
    #[arg(value_name = "QUERY", allow_hyphen_values = true, trailing_var_arg = true)]
    query: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// To read.
    Text,
    /// To read elsewhere.
    Markdown,
    /// One object a line, schema dateline/story/1.
    Json,
}

#[derive(Serialize)]
pub(super) struct View<'a> {
    schema: &'static str,
    id: i64,
    title: &'a str,
    article: i64,
    site: Option<&'a str>,
    articles: u64,
    lately: usize,
    sources: usize,
    first: String,
    last: String,
    people: Vec<&'a str>,
    places: Vec<&'a str>,
}

/// Prints the stories.
pub(in crate::cli) fn run(options: &Stories, at: Option<&Path>) -> Outcome {
    let query = match library::query(&options.query) {
        Ok(query) => query,
        Err(outcome) => return outcome,
    };
    let shown = || -> Result<Outcome, Notice> {
        let mut reader = library::reader(at)?;
        let snapshot = reader.snapshot(now())?;
        if let Some(story) = options.story {
            return Ok(library::print(&one(&snapshot, story, options)?));
        }
        let of = (!options.query.is_empty()).then(|| snapshot.find(&query)).transpose()?;
        let stories = snapshot.stories((options.since.instant(&snapshot, now())?, i64::MAX), of.as_ref(), options.limit)?;
        let mut out = String::new();
        for story in &stories {
            match options.format {
                Format::Json => {
                    let _ = writeln!(out, "{}", harmless(serde_json::to_string(&view(story)).unwrap_or_default()));
                }
                Format::Text => out.push_str(&line(story)),
                Format::Markdown => {
                    let _ = writeln!(out, "- {}", bullet(story));
                }
            }
        }
        Ok(library::print(&out))
    };
    library::told(shown())
}

/// A story for other programs.
pub(super) fn view(story: &Story) -> View<'_> {
    View {
        schema: "dateline/story/1",
        id: story.key,
        title: &story.headline.title,
        article: story.headline.cursor.key.0,
        site: story.headline.site.as_deref(),
        articles: story.articles,
        lately: story.lately,
        sources: story.sources,
        first: day(story.span.0).to_string(),
        last: day(story.span.1).to_string(),
        people: story.people.iter().map(|p| p.1.as_str()).collect(),
        places: story.places.iter().map(|p| p.1.as_str()).collect(),
    }
}

fn line(story: &Story) -> String {
    let names = story.people.iter().take(3).chain(story.places.iter().take(2)).map(|n| clean_line(&n.1)).collect::<Vec<_>>();
    let (sources, articles) = counted(story);
    let (key, day, title) = (story.key, day(story.span.1), short(&story.headline.title, 90));
    format!("{key:>7} {sources:>11} {articles:>13}  {day}  {title}\n{:>47}{}\n", "", names.join(" · "))
}

/// How many sources tell it, in how many articles.
fn counted(story: &Story) -> (String, String) {
    (trn!(story.sources, "{n} source", "{n} sources"), trn!(story.articles, "{n} article", "{n} articles"))
}

/// A story as an entry of a list in Markdown.
pub(super) fn bullet(story: &Story) -> String {
    let title = super::page::escaped(&clean_line(&story.headline.title));
    let names: Vec<String> = story.people.iter().take(3).map(|n| super::page::escaped(&clean_line(&n.1))).collect();
    let (sources, articles) = counted(story);
    format!("**{title}** ({sources}, {articles}; {})", names.join(", "))
}

/// One story with its articles, its timeline and, where asked for, what copies do not share.
fn one(snapshot: &Snapshot<'_>, key: i64, options: &Stories) -> Result<String, Notice> {
    let Some(story) = snapshot.story(key)? else {
        return Err(Notice::new(tr!("There is no story {number}", number = key)).hint(tr!("dateline stories lists them")));
    };
    let tellings = snapshot.tellings(key, READ)?;
    let moments = moments(snapshot, &tellings)?;
    if options.format == Format::Json {
        return Ok(json(&story, &tellings, &moments));
    }
    let style = Style { markdown: options.format == Format::Markdown };
    let mut out = line(&story);
    let shown = moments.iter().map(|m| format!("{}  {:>2}×  {}", m.from.as_deref().unwrap_or("?"), m.articles, short(&m.words, 100)));
    style.part(&mut out, "Timeline", shown);
    let row = |t: &Telling| {
        let copy = t.copy_of.map(|c| format!("  (copy of {})", c.0)).unwrap_or_default();
        let site = t.row.site.as_deref().map(clean_line).unwrap_or_default();
        format!("{}  {}  {}  {site}{copy}", t.row.cursor.key.0, day(t.row.cursor.at), short(&t.row.title, 80))
    };
    style.part(&mut out, "Articles", tellings.iter().map(row));
    if options.differences {
        for telling in tellings.iter().filter(|t| t.copy_of.is_none()) {
            let (first, copies) = snapshot.copies_of(telling.row.cursor.key)?;
            for one in copies {
                let heading = format!("{} beside {}", one.copy.row.cursor.key.0, first.0);
                let (more, less) = (one.more.iter().map(|(_, s)| format!("+ {s}")), one.less.iter().map(|(_, s)| format!("- {s}")));
                style.part(&mut out, &heading, more.chain(less));
            }
        }
    }
    Ok(out)
}

/// A moment of a story, with how many articles tell it.
#[derive(Serialize)]
struct Merged {
    from: Option<String>,
    to: Option<String>,
    words: String,
    articles: usize,
}

/// The moments of a story's articles in order of the calendar; what several tell is one.
fn moments(snapshot: &Snapshot<'_>, tellings: &[Telling]) -> Result<Vec<Merged>, Notice> {
    let mut sources = Vec::new();
    // A copy tells nothing that the first does not.
    for (n, telling) in (0..).zip(tellings.iter().rev().filter(|t| t.copy_of.is_none())) {
        if let Some(stored) = snapshot.open(telling.row.cursor.key)? {
            let moments = Arc::new(Moments::of(&stored.analysed));
            sources.push(Source { article: ArticleId(n), published: telling.row.published, moments });
        }
    }
    let whole = Whole::new(sources, None);
    let merged = |item: &crate::app::timeline::Item| {
        let (from, to) = ends(item.interval);
        let words = whole.told(item, 0).map(|t| t.clause.replace('\n', " ")).unwrap_or_default();
        Merged { from, to, words, articles: whole.count(item) }
    };
    Ok(whole.chronicle.dated().iter().filter(|i| !i.light || whole.count(i) > 1).map(merged).collect())
}

#[derive(Serialize)]
struct Whole1<'a> {
    #[serde(flatten)]
    story: View<'a>,
    timeline: &'a [Merged],
    tellings: Vec<Told<'a>>,
}

#[derive(Serialize)]
struct Told<'a> {
    article: i64,
    title: &'a str,
    site: Option<&'a str>,
    day: String,
    copy_of: Option<i64>,
}

fn json(story: &Story, tellings: &[Telling], timeline: &[Merged]) -> String {
    let told =
        |t: &'_ Telling| -> (i64, Option<i64>, String) { (t.row.cursor.key.0, t.copy_of.map(|c| c.0), day(t.row.cursor.at).to_string()) };
    let tellings = tellings
        .iter()
        .map(|t| {
            let (article, copy_of, day) = told(t);
            Told { article, title: &t.row.title, site: t.row.site.as_deref(), day, copy_of }
        })
        .collect();
    harmless(serde_json::to_string_pretty(&Whole1 { story: view(story), timeline, tellings }).unwrap_or_default()) + "\n"
}
