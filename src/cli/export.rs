//! `dateline export`: what is in the library, for other programs and for reading elsewhere.

use super::original::Original;
use super::{Outcome, across, json, library};
use crate::app::page::PageOf;
use crate::app::shelf::{Shelved, ViewFormat, Viewed};
use crate::article::Article;
use crate::edition;
use crate::notice::Notice;
use crate::query::Query;
use crate::source::opml::{self, Subscription};
use crate::store::{Order, Row, Snapshot, Stored};
use clap::builder::PossibleValue;
use clap::{Subcommand, ValueEnum};
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
    /// A view as the reader shows it: a list of articles, a page, a story, the stories of these days, who rises, what is followed.
    View(View),
}

/// Which view, and as what.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_VIEW)]
pub(crate) struct View {
    /// What to print.
    #[arg(long, value_enum, default_value_t = ViewFormat::Json)]
    format: ViewFormat,

    /// The page of somebody or something, by name or #number.
    #[arg(long, value_name = "NAME", group = "of")]
    page: Option<String>,

    /// A story, by its number.
    #[arg(long, value_name = "STORY", group = "of")]
    story: Option<i64>,

    /// The stories of these days.
    #[arg(long, group = "of")]
    stories: bool,

    /// Who and what is named more than usual.
    #[arg(long, group = "of")]
    rising: bool,

    /// What is followed, with its new articles.
    #[arg(long, group = "of")]
    followed: bool,

    /// What was decided about who is who.
    #[arg(long, group = "of")]
    decisions: bool,

    /// The articles of this query, as for `dateline search`; nothing for all.
    #[arg(value_name = "QUERY", allow_hyphen_values = true, trailing_var_arg = true, conflicts_with = "of")]
    query: Vec<String>,
}

const AFTER_VIEW: &str = "\
json: schema dateline/view/1, one object with a row for each line of the view; of a page
  dateline/entity/1, as `dateline show` prints it. csv: RFC 4180, the same as a table.
markdown: to read. geojson: RFC 7946, the places named in the view's articles.
ics: RFC 5545, their moments; of a page those in which it occurs.
graphml: who is named in the same articles; of a page the entity and its company.

Examples:
  dateline export view --format ics 'where:venezuela when:2019-01' > january.ics
  dateline export view --format geojson --page \"Juan Guaidó\" > guaido.geojson
  dateline export view --format graphml --stories > stories.graphml";

impl ValueEnum for ViewFormat {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let name = if *self == Self::Markdown { "markdown" } else { self.name() };
        Some(PossibleValue::new(name).help(self.holds()))
    }
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
        Export::View(options) => {
            return match library::query(&options.query) {
                Ok(query) => library::told(view(options, &query, at)),
                Err(outcome) => outcome,
            };
        }
        Export::Json(which) => (which, as_json),
        Export::Markdown(which) => (which, as_markdown),
    };
    match library::query(&which.query) {
        Ok(query) => library::told(articles(&query, write, at)),
        Err(outcome) => outcome,
    }
}

/// Prints a view.
fn view(options: &View, query: &Query, at: Option<&Path>) -> Result<Outcome, Notice> {
    let mut reader = library::reader(at)?;
    let snapshot = reader.snapshot(library::now())?;
    let of = match options {
        View { page: Some(name), .. } => Viewed::Page(PageOf::Entity(across::meant(&snapshot, name)?.0)),
        View { story: Some(story), .. } => Viewed::Page(PageOf::Story(*story)),
        View { stories: true, .. } => Viewed::Page(PageOf::Stories),
        View { rising: true, .. } => Viewed::Page(PageOf::Rising),
        View { followed: true, .. } => Viewed::Page(PageOf::Followed),
        View { decisions: true, .. } => Viewed::Page(PageOf::Decisions),
        _ if *query == Query::All => Viewed::List(Shelved::All, false),
        _ => Viewed::List(Shelved::Query(query.to_string().into()), false),
    };
    Ok(library::print(&across::export::write(&snapshot, &of, options.format, library::now())?))
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
