//! `dateline show`: the page of somebody or something.

use super::{export, graphml, meant, now, page, table};
use crate::app::page::PageOf;
use crate::app::shelf::{ViewFormat, Viewed};
use crate::cli::{Outcome, library, out};
use crate::locale::tr;
use crate::notice::Notice;
use crate::store::{Page, Snapshot};
use clap::ValueEnum;
use std::path::Path;

/// What `dateline show` is told.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Show {
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// The name, with all its words or only some; of several the most frequent is shown. #12 is the one with that number.
    #[arg(required = true, value_name = "NAME")]
    name: Vec<String>,
}

const AFTER: &str = "\
text, markdown: to read. json: schema dateline/entity/1, one object.
csv: RFC 4180, one row for each name, role, quotation, moment, companion and article,
  told apart by the column `part`.
geojson: RFC 7946, the places named in the articles. ics: RFC 5545, the moments.
graphml: the entity and its company as a weighted graph for Gephi, yEd and others.

Examples:
  dateline show \"Juan Guaidó\"
  dateline show --format ics guaidó > guaido.ics
  dateline show --format json \"#12\" | jq '.said[].words'";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// To read.
    Text,
    /// To read elsewhere.
    Markdown,
    /// All of it.
    Json,
    /// A table.
    Csv,
    /// Places.
    Geojson,
    /// Moments.
    Ics,
    /// Company.
    Graphml,
}

/// Prints the page.
pub(in crate::cli) fn run(options: &Show, at: Option<&Path>) -> Outcome {
    let shown = || -> Result<Outcome, Notice> {
        let mut reader = library::reader(at)?;
        let snapshot = reader.snapshot(now())?;
        let key = meant(&snapshot, &options.name.join(" "))?;
        let page = snapshot.page(key)?.unwrap_or_default();
        Ok(match options.format {
            Format::Text => {
                others(&snapshot, &options.name.join(" "), &page)?;
                library::print(&page::text(&page, false))
            }
            Format::Markdown => library::print(&page::text(&page, true)),
            Format::Json => library::print(&page::json(&page)),
            Format::Csv => table::print(&page).map_or_else(|e| out::stopped(&e), |()| Outcome::Done),
            Format::Graphml => library::print(&graphml::write(&graphml::of_page(&page))),
            Format::Ics | Format::Geojson => {
                let format = if options.format == Format::Ics { ViewFormat::Ics } else { ViewFormat::Geojson };
                library::print(&export::write(&snapshot, &Viewed::Page(PageOf::Entity(key.0)), format, now())?)
            }
        })
    };
    library::told(shown())
}

/// Says who else is called so.
fn others(snapshot: &Snapshot<'_>, name: &str, page: &Page) -> Result<(), Notice> {
    let all = snapshot.meant(name, 6)?;
    let others: Vec<String> = all.iter().filter(|(key, _)| *key != page.key).map(|(key, name)| format!("{name} (#{})", key.0)).collect();
    if !others.is_empty() && !name.starts_with('#') {
        out::complain(&Notice::new(tr!("Others of that name: {names}", names = others.join(", "))));
    }
    Ok(())
}
