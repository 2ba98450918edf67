//! `dateline list`: the feeds of the library and the saved searches, with their counts.

use super::search::Printed;
use super::{Outcome, json, library};
use crate::locale::{tr, trn};
use crate::notice::Notice;
use crate::store::{Feed, SavedSearch, Tally};
use crate::text::clean_line;
use serde::Serialize;
use std::fmt::Write;
use std::path::Path;

/// What `dateline list` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct List {
    /// What to print.
    #[arg(long, value_enum, default_value_t = Printed::Table)]
    format: Printed,
}

/// A feed's line, schema `dateline/feed/1`.
#[derive(Serialize)]
struct View<'a> {
    schema: &'static str,
    url: &'a str,
    title: &'a str,
    name: Option<&'a str>,
    folder: &'a str,
    tags: &'a [String],
    articles: u64,
    unread: u64,
    checked: Option<i64>,
    gone: bool,
    failures: u32,
    failure: Option<String>,
}

/// Prints the feeds.
pub(super) fn run(options: &List, at: Option<&Path>) -> Outcome {
    let listed = || -> Result<Outcome, Notice> {
        let mut reader = library::reader(at)?;
        let snapshot = reader.snapshot(library::now())?;
        let feeds = snapshot.feeds()?;
        Ok(library::print(&match options.format {
            Printed::Table => table(&feeds, &snapshot.searches()?, snapshot.tally()?),
            Printed::Jsonl => feeds.iter().map(|f| json::harmless(serde_json::to_string(&view(f)).unwrap_or_default()) + "\n").collect(),
            Printed::Tsv => feeds.iter().map(tsv).collect(),
        }))
    };
    library::told(listed())
}

fn view(feed: &Feed) -> View<'_> {
    View {
        schema: "dateline/feed/1",
        url: &feed.url,
        title: &feed.title,
        name: feed.choice.name.as_deref(),
        folder: &feed.choice.folder,
        tags: &feed.choice.tags,
        articles: feed.articles,
        unread: feed.unread,
        checked: feed.health.checked,
        gone: feed.health.gone,
        failures: feed.health.failures,
        failure: feed.health.failure.as_ref().map(ToString::to_string),
    }
}

fn tsv(feed: &Feed) -> String {
    format!(
        "{}\t{}\t{}\t{}\t{}\n",
        feed.unread,
        feed.articles,
        clean_line(&feed.choice.folder),
        clean_line(feed.shown()),
        clean_line(&feed.url)
    )
}

/// Folders as headings, feeds below them, what went wrong below each.
fn table(feeds: &[Feed], searches: &[SavedSearch], tally: Tally) -> String {
    let mut out = String::new();
    let mut folder = "";
    for feed in feeds {
        if feed.choice.folder != folder {
            folder = &feed.choice.folder;
            let _ = writeln!(out, "{}", clean_line(folder));
        }
        let gone = if feed.health.gone { format!(" ({})", tr!("gone")) } else { String::new() };
        let _ = writeln!(out, "{:>7} {:>7}  {}{gone}  {}", feed.unread, feed.articles, clean_line(feed.shown()), clean_line(&feed.url));
        if let Some(failure) = &feed.health.failure {
            let _ = writeln!(out, "                 {}", clean_line(&failure.to_string()));
        }
    }
    for search in searches {
        let _ = writeln!(out, "{:>7} {:>7}  {}: {}", search.unread, search.articles, clean_line(&search.name), clean_line(&search.query));
    }
    let feeds = trn!(feeds.len(), "{n} feed", "{n} feeds");
    let all = tr!("in {feeds}, {starred} starred", feeds, starred = tally.starred);
    let _ = writeln!(out, "{:>7} {:>7}  {all}", tally.unread, tally.articles);
    out
}
