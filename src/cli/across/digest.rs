//! `dateline digest`: what is new since a moment, on one page.

use super::page::{Style, escaped};
use super::stories::{bullet, view};
use super::{Since, day, now, short, since};
use crate::article::Kind;
use crate::cli::json::harmless;
use crate::cli::{Outcome, library};
use crate::notice::Notice;
use crate::store::{Rising, Snapshot, Story, Watched};
use crate::text::clean_line;
use clap::ValueEnum;
use serde::Serialize;
use std::path::Path;

/// Stories, names and quotations of a digest.
const STORIES: usize = 12;
const RISING: usize = 12;
const QUOTATIONS: usize = 20;

/// What `dateline digest` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Digest {
    /// From when on: yesterday, last-visit (when the reader was last open), 3d, 2w, 2019-01-21.
    #[arg(long, value_name = "WHEN", default_value = "yesterday", value_parser = since)]
    since: Since,

    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Markdown)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A page.
    Markdown,
    /// One object, schema dateline/digest/1.
    Json,
}

/// What somebody who is followed said.
#[derive(Serialize)]
struct Said {
    speaker: String,
    words: String,
    day: String,
    article: i64,
    title: String,
}

/// Something that is followed, with its new articles.
#[derive(Serialize)]
struct Followed {
    name: String,
    new: Vec<String>,
}

#[derive(Serialize)]
struct Rise<'a> {
    kind: &'static str,
    name: &'a str,
    articles: f32,
    usual: f32,
}

#[derive(Serialize)]
struct View<'a> {
    schema: &'static str,
    since: String,
    stories: Vec<super::stories::View<'a>>,
    rising: Vec<Rise<'a>>,
    followed: &'a [Followed],
    said: &'a [Said],
}

/// Prints the digest.
pub(in crate::cli) fn run(options: &Digest, at: Option<&Path>) -> Outcome {
    let digest = || -> Result<Outcome, Notice> {
        let mut reader = library::reader(at)?;
        let snapshot = reader.snapshot(now())?;
        let from = options.since.instant(&snapshot, now())?;
        let stories = snapshot.stories((from, i64::MAX), None, STORIES)?;
        let rising = snapshot.rising((from, now().max(from + 1)), RISING)?;
        let (followed, said) = followed(&snapshot, from)?;
        Ok(library::print(&match options.format {
            Format::Json => json(from, &stories, &rising, &followed, &said),
            Format::Markdown => markdown(from, &stories, &rising, &followed, &said),
        }))
    };
    library::told(digest())
}

/// What came of what is followed, and what those who are said.
fn followed(snapshot: &Snapshot<'_>, from: i64) -> Result<(Vec<Followed>, Vec<Said>), Notice> {
    let (mut followed, mut said) = (Vec::new(), Vec::new());
    for watch in snapshot.watches()? {
        let rows = snapshot.rows(&snapshot.of_watch(&watch.what)?, crate::store::Order::Newest, None, STORIES)?;
        let new = rows.iter().filter(|r| r.cursor.at >= from).map(|r| clean_line(&r.title)).collect();
        if let Watched::Entity(key) = watch.what
            && let Some(page) = snapshot.page(key)?
        {
            for quote in page.said.iter().filter(|q| q.passage.at >= from).take(QUOTATIONS) {
                let title = page.latest.iter().find(|r| r.cursor.key == quote.passage.article).map(|r| r.title.clone());
                said.push(Said {
                    speaker: page.name.clone(),
                    words: clean_line(&quote.passage.words),
                    day: day(quote.passage.at).to_string(),
                    article: quote.passage.article.0,
                    title: title.unwrap_or_default(),
                });
            }
        }
        followed.push(Followed { name: watch.name, new });
    }
    Ok((followed, said))
}

fn json(from: i64, stories: &[Story], rising: &[Rising], followed: &[Followed], said: &[Said]) -> String {
    let view = View {
        schema: "dateline/digest/1",
        since: day(from).to_string(),
        stories: stories.iter().map(view).collect(),
        rising: rising
            .iter()
            .map(|r| Rise { kind: r.kind.name(), name: &r.name, articles: r.articles, usual: (r.usual * 10.0).round() / 10.0 })
            .collect(),
        followed,
        said,
    };
    harmless(serde_json::to_string_pretty(&view).unwrap_or_default()) + "\n"
}

fn markdown(from: i64, stories: &[Story], rising: &[Rising], followed: &[Followed], said: &[Said]) -> String {
    let mut out = format!("# Since {}\n", day(from));
    let style = Style { markdown: true };
    if !stories.is_empty() {
        out.push_str("\n## Stories\n\n");
        stories.iter().for_each(|s| out.push_str(&format!("- {}\n", bullet(s))));
    }
    for (heading, wanted) in [("People who rise", Kind::Person), ("Organisations", Kind::Organization), ("Places", Kind::Place)] {
        let these = rising.iter().filter(|r| r.kind == wanted);
        // What would be written as 0.0 was not named before.
        let usual = |r: &Rising| if r.usual < 0.05 { "new".to_owned() } else { format!("usually {:.1}", r.usual) };
        style.part(&mut out, heading, these.map(|r| format!("{}: {:.0} articles, {}", clean_line(&r.name), r.articles, usual(r))));
    }
    for one in followed.iter().filter(|f| !f.new.is_empty()) {
        style.part(&mut out, &format!("New of {}", escaped(&clean_line(&one.name))), one.new.iter().map(|t| short(t, 120)));
    }
    style.part(
        &mut out,
        "Said",
        said.iter().map(|s| format!("{}: {} ({}, {})", clean_line(&s.speaker), s.words, s.day, clean_line(&s.title))),
    );
    out
}
