//! `dateline export`: what is in the library, for other programs and for reading elsewhere.

use super::original::Original;
use super::{Outcome, json, library};
use crate::article::Article;
use crate::edition;
use crate::notice::Notice;
use crate::query::Query;
use crate::source::opml::{self, Subscription};
use crate::store::{Order, Row, Snapshot, Stored};
use clap::Subcommand;
use std::fmt::Write;
use std::path::Path;

/// Articles that are read and printed at once.
const WINDOW: usize = 200;

/// What `dateline export` is told.
#[derive(Debug, Subcommand)]
pub(crate) enum Export {
    /// The feeds with their folders, as OPML 2.0.
    Opml,
    /// Articles with all that was found in them, one object a line, as `dateline analyze` prints them.
    Json(Which),
    /// Articles to read: title, source and day, and the text.
    Markdown(Which),
}

/// Which articles.
#[derive(Debug, clap::Args)]
pub(crate) struct Which {
    /// As for `dateline search`; nothing for all.
    #[arg(value_name = "QUERY", allow_hyphen_values = true, trailing_var_arg = true)]
    query: Vec<String>,
}

/// Prints what is asked for.
pub(super) fn run(options: &Export, at: Option<&Path>) -> Outcome {
    let (which, write): (&Which, Writer) = match options {
        Export::Opml => return library::told(feeds(at)),
        Export::Json(which) => (which, as_json),
        Export::Markdown(which) => (which, as_markdown),
    };
    match library::query(&which.query) {
        Ok(query) => library::told(articles(&query, write, at)),
        Err(outcome) => outcome,
    }
}

type Writer = fn(&mut String, &Row, &Stored);

fn feeds(at: Option<&Path>) -> Result<Outcome, Notice> {
    let feeds = library::reader(at)?.snapshot(library::now())?.feeds()?;
    let subscription = |f: &crate::store::Feed| Subscription {
        title: f.shown().to_owned(),
        feed: f.url.clone(),
        page: f.site_url.clone(),
        folders: f.choice.folder.split('/').filter(|p| !p.is_empty()).map(str::to_owned).collect(),
    };
    // A folder of files means nothing to another program.
    let list: Vec<Subscription> = feeds.iter().filter(|f| f.url.contains("://")).map(subscription).collect();
    Ok(library::print(&opml::export("dateline", &list)))
}

/// Prints articles window by window, the oldest first, so that memory does not grow with the library.
fn articles(query: &Query, write: Writer, at: Option<&Path>) -> Result<Outcome, Notice> {
    let mut reader = library::reader(at)?;
    let snapshot: Snapshot<'_> = reader.snapshot(library::now())?;
    let matches = snapshot.find(query)?;
    let mut after = None;
    loop {
        let rows = snapshot.rows(&matches, Order::Oldest, after, WINDOW)?;
        let Some(last) = rows.last() else { return Ok(Outcome::Done) };
        after = Some(last.cursor);
        let mut out = String::new();
        for row in &rows {
            if let Some(stored) = snapshot.open(row.cursor.key)? {
                write(&mut out, row, &stored);
            }
        }
        let printed = library::print(&out);
        if printed != Outcome::Done {
            return Ok(printed);
        }
    }
}

fn as_json(out: &mut String, _: &Row, stored: &Stored) {
    let original = Original::new(&stored.analysed.article);
    let line = serde_json::to_string(&json::view(&stored.analysed, &original)).unwrap_or_default();
    let _ = writeln!(out, "{}", json::harmless(line));
}

fn as_markdown(out: &mut String, row: &Row, stored: &Stored) {
    // The library knows the day where the article does not.
    let article = Article { published: row.published.or(stored.analysed.article.published), ..stored.analysed.article.clone() };
    out.push_str(&edition::markdown(&article));
}
