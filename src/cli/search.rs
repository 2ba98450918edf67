//! `dateline search`: the articles that a query means, for the eye and for scripts.

use super::{Outcome, json, library, mark};
use crate::locale::tr;
use crate::notice::Notice;
use crate::query::Query;
use crate::store::{Order, Row, SavedSearch, Snapshot};
use crate::text::clean_line;
use clap::ValueEnum;
use serde::Serialize;
use std::fmt::Write;
use std::path::Path;

/// Rows that are read and printed at once.
const WINDOW: usize = 1000;

/// What `dateline search` is told.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Search {
    /// What to print.
    #[arg(long, value_enum, default_value_t = Printed::Table)]
    format: Printed,

    /// The order.
    #[arg(long, value_enum, default_value_t = Sort::Newest)]
    sort: Sort,

    /// At most so many.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,

    /// Print only how many there are.
    #[arg(long)]
    count: bool,

    /// Keep the query under this name; `dateline list` shows how many articles it finds.
    #[arg(long, value_name = "NAME")]
    save: Option<String>,

    /// Find by the search that was kept under this name, and what QUERY adds to it.
    #[arg(long, value_name = "NAME")]
    saved: Option<String>,

    /// Forget the search that was kept under this name.
    #[arg(long, value_name = "NAME")]
    forget: Option<String>,

    /// What is looked for; nothing for all. Options stand before it, because a term may begin with a minus.
    #[arg(value_name = "QUERY", allow_hyphen_values = true, trailing_var_arg = true)]
    query: Vec<String>,
}

const AFTER: &str = "\
Terms side by side must all hold; OR asks for one of them, - for none, brackets group.
A word stands for itself, whatever its case and accents; word* for all that begin so;
\"several words\" for themselves in that order.

  who:NAME person:NAME org:NAME   names this person or organisation
  where:PLACE                     names this place or one inside it: where:venezuela,
                                  where:europe, where:\"paris, texas\"
  when:DAYS                       tells of moments in these days: 2019, 2019-01,
                                  2019-01-21, 1990s, today, 2019-01..2019-03, 2019..
  said:WORDS                      has these words in a quotation
  title:WORDS by:WORDS            has them in its title, in its byline
  published:DAYS newer:AGE older:AGE
                                  its own date: newer:7d, older:3m, newer:2019-01
  source:SITE feed:NAME folder:NAME tag:NAME lang:CODE
  is:unread is:read is:starred is:tagged

Examples:
  dateline search 'who:\"juan guaidó\" where:venezuela when:2019-01..2019-03'
  dateline search --format tsv 'title:coup -sport (said:amnesty OR said:trial)'
  dateline search --save Latam 'tag:latam is:unread newer:7d'

jsonl: schema dateline/article/1, one object a line.";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Printed {
    /// Columns for the eye.
    Table,
    /// One JSON object a line.
    Jsonl,
    /// Fields parted by tabs.
    Tsv,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Sort {
    /// The newest first.
    Newest,
    /// The oldest first.
    Oldest,
    /// Those that have the words most and in the title first.
    Best,
}

#[derive(Serialize)]
struct View<'a> {
    schema: &'static str,
    id: i64,
    title: &'a str,
    site: Option<&'a str>,
    place: Option<&'a str>,
    published: Option<String>,
    at: i64,
    read: bool,
    starred: bool,
    url: Option<&'a str>,
    tags: &'a [String],
}

/// Prints the articles that the query means.
pub(super) fn run(options: &Search, at: Option<&Path>) -> Outcome {
    if let Some(name) = &options.forget {
        let forgotten = keep(at, name, None);
        return library::told(forgotten.map(|()| Outcome::Done));
    }
    let words = match saved(options, at) {
        Ok(words) => words,
        Err(notice) => return library::told(Err(notice)),
    };
    let query = match library::query(&words) {
        Ok(query) => query,
        Err(outcome) => return outcome,
    };
    library::told(save(options, &query, at).and_then(|()| {
        let mut reader = library::reader(at)?;
        let snapshot = reader.snapshot(library::now())?;
        print(&snapshot, &query, options)
    }))
}

/// The words of the query, behind those of the saved one.
fn saved(options: &Search, at: Option<&Path>) -> Result<Vec<String>, Notice> {
    let Some(name) = &options.saved else { return Ok(options.query.clone()) };
    let kept = library::reader(at)?.snapshot(library::now())?.searches()?;
    let search = called(kept, name)?;
    Ok(std::iter::once(format!("({})", search.query)).filter(|q| q != "()").chain(options.query.iter().cloned()).collect())
}

/// The search of this name.
fn called(kept: Vec<SavedSearch>, name: &str) -> Result<SavedSearch, Notice> {
    kept.into_iter()
        .find(|s| s.name == name)
        .ok_or_else(|| Notice::new(tr!("There is no saved search '{name}'", name)).hint(tr!("dateline list shows those that there are")))
}

fn save(options: &Search, query: &Query, at: Option<&Path>) -> Result<(), Notice> {
    let Some(name) = &options.save else { return Ok(()) };
    keep(at, name, Some(&query.to_string()))
}

/// Saves a search, or forgets it where there is no query.
fn keep(at: Option<&Path>, name: &str, query: Option<&str>) -> Result<(), Notice> {
    let mut writer = library::writer(at, "search")?;
    let mut reader = library::reader(at)?;
    let snapshot = reader.snapshot(library::now())?;
    if query.is_none() {
        called(snapshot.searches()?, name)?;
    }
    writer.write(|batch| mark::search(&snapshot, batch, name, query))
}

fn print(snapshot: &Snapshot<'_>, query: &Query, options: &Search) -> Result<Outcome, Notice> {
    let matches = snapshot.find(query)?;
    if options.count {
        return Ok(library::print(&format!("{}\n", matches.count)));
    }
    let mut left = options.limit.unwrap_or(usize::MAX);
    if options.sort == Sort::Best {
        return rows(snapshot, &snapshot.best(query, &matches, left)?, options.format);
    }
    let order = if options.sort == Sort::Oldest { Order::Oldest } else { Order::Newest };
    let mut after = None;
    while left > 0 {
        let some = snapshot.rows(&matches, order, after, WINDOW.min(left))?;
        let Some(last) = some.last() else { break };
        (after, left) = (Some(last.cursor), left - some.len());
        let printed = rows(snapshot, &some, options.format)?;
        if printed != Outcome::Done {
            return Ok(printed);
        }
    }
    Ok(Outcome::Done)
}

fn rows(snapshot: &Snapshot<'_>, rows: &[Row], format: Printed) -> Result<Outcome, Notice> {
    let mut out = String::new();
    for row in rows {
        match format {
            Printed::Table => table(&mut out, row),
            Printed::Tsv => {
                let _ = writeln!(
                    out,
                    "{}\t{}\t{}\t{}\t{}",
                    row.cursor.key.0,
                    day(row),
                    marks(row),
                    field(row.site.as_deref()),
                    clean_line(&row.title)
                );
            }
            Printed::Jsonl => {
                let stored = snapshot.open(row.cursor.key)?.unwrap_or_default();
                let line = serde_json::to_string(&view(row, &stored.tags, stored.analysed.article.url.as_deref())).unwrap_or_default();
                let _ = writeln!(out, "{}", json::harmless(line));
            }
        }
    }
    Ok(library::print(&out))
}

fn view<'a>(row: &'a Row, tags: &'a [String], url: Option<&'a str>) -> View<'a> {
    View {
        schema: "dateline/article/1",
        id: row.cursor.key.0,
        title: &row.title,
        site: row.site.as_deref(),
        place: row.place.as_deref(),
        published: row.published.map(|d| d.to_string()),
        at: row.cursor.at,
        read: row.read,
        starred: row.starred,
        url,
        tags,
    }
}

fn table(out: &mut String, row: &Row) {
    let site = field(row.site.as_deref());
    let _ = writeln!(out, "{} {:<2} {site:<24} {}", day(row), marks(row), clean_line(&row.title));
}

/// The day of publication, or as many spaces.
fn day(row: &Row) -> String {
    row.published.map_or_else(|| " ".repeat(10), |d| d.to_string())
}

/// `N` for unread, `*` for starred.
fn marks(row: &Row) -> String {
    format!("{}{}", if row.read { "" } else { "N" }, if row.starred { "*" } else { "" })
}

fn field(text: Option<&str>) -> String {
    text.map(clean_line).unwrap_or_default()
}
