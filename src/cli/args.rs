//! The arguments. Help texts here are the manual: they name every option, exit code and file.

use crate::query::{self, Age, Query, Term};
use clap::{Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

const AFTER: &str = "\
Without FILE the samples inside the program are opened.

Inside, ? shows the keys; f jumps to a name, n goes on to its next mention, : finds anything, q leaves.

Examples:
  dateline news/                       read a folder
  curl -s URL | dateline -             read standard input
  dateline analyze --format json a.txt print what is found in an article
  dateline timeline --format ics news/*.txt > news.ics
                                       the moments of many articles as a calendar
  dateline places news/*.txt > places.geojson
                                       the places of many articles for a map
  dateline add https://example.org/feed; dateline add ~/news
                                       put a feed and a folder into the library
  dateline search 'who:guaidó where:venezuela when:2019-01'
                                       find articles in it

Exit codes: 0 done; 1 a command met something wrong, said so and did the rest; 2 wrong arguments, or no terminal for
the panes; 128 + N ended by signal N.

Files: ~/.local/share/dateline/library.db is the library; ~/.config/dateline/config.toml, keymap.toml and themes/*.toml; `dateline config` says where they are and prints the defaults.
Environment: NO_COLOR, COLORTERM and TERM choose the colours, XDG_CONFIG_HOME the place of the configuration,
XDG_DATA_HOME that of the library.";

/// What `--version` adds: where the data in the program comes from.
const LONG_VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "\n\n", include_str!("../../assets/LICENCES.txt"));

/// A terminal news reader that knows who, where and when.
///
/// Reads articles, finds the people, organisations, places, moments and quotations in them, and jumps between them.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, long_version = LONG_VERSION, after_help = AFTER, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    /// Folder of the configuration, instead of ~/.config/dateline.
    #[arg(long, value_name = "FOLDER", global = true)]
    pub(crate) config: Option<PathBuf>,

    /// The library, instead of ~/.local/share/dateline/library.db.
    #[arg(long, value_name = "FILE", global = true)]
    pub(crate) library: Option<PathBuf>,

    /// Files and folders to read; `-` reads standard input.
    #[arg(value_name = "FILE")]
    pub(crate) paths: Vec<PathBuf>,

    /// Read line by line, for screen readers and braille: no boxes, one thing a line, positions in words. Type help inside.
    #[arg(long)]
    pub(crate) linear: bool,

    /// Day of publication (YYYY-MM-DD) of all articles, before what they say themselves.
    #[arg(long, value_name = "DATE", global = true, value_parser = day)]
    pub(crate) published: Option<Date>,
}

/// A day as an argument.
fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "write it as 2019-01-21".to_owned())
}

/// For how many days something is kept: days alone, or an age as queries write it. A month counts thirty days, a year 365.
pub(super) fn days(text: &str) -> Result<u32, String> {
    let age = || {
        let (n, days) = match query::parse(&format!("newer:{text}")).ok()? {
            Query::Term(Term::Newer(Age::Days(n))) => (n, 1),
            Query::Term(Term::Newer(Age::Weeks(n))) => (n, 7),
            Query::Term(Term::Newer(Age::Months(n))) => (n, 30),
            Query::Term(Term::Newer(Age::Years(n))) => (n, 365),
            _ => return None,
        };
        u32::try_from(n).ok()?.checked_mul(days)
    };
    text.parse().ok().or_else(age).ok_or_else(|| "write it as 30d, 4w, 3m (months), 1y, or a number of days".to_owned())
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print what is found in articles as JSON.
    ///
    /// Prints people, places, times, events and quotations (schema dateline/analysis/1), in the order of the input. Offsets count Unicode code
    /// points of `article.text`, end exclusive. Where a file holds several articles, `article.source` counts them: `feed.xml#1`. What cannot
    /// be read is told on standard error and left out.
    Analyze(Analyze),
    /// Print the dated events of articles in order of the calendar: JSON, CSV, iCalendar or Markdown.
    ///
    /// An event is a clause with its place on the calendar: when it is and how precisely that is known, the words, the people, places and
    /// organisations in them, and the article. All articles are put into one order; events of one time stand in the order of the articles and
    /// of their texts, those without a date last. What cannot be read, or stands in the way of a date, is told on standard error.
    Timeline(Timeline),
    /// Put feeds, folders and files into the library.
    ///
    /// A feed is noted and fetched by `dateline fetch`; a folder is read with everything below it and stays a source, so that adding it again takes
    /// in what is new; a file is read. What is there already is known again, by its address and its words.
    Add(super::add::Add),
    /// Ask all feeds for what is new, and analyse it. For cron too: nothing is printed but a summary and what went wrong.
    ///
    /// Feeds that have not changed cost one small answer. A feed that failed is asked again later, each time after a longer wait; one that is
    /// gone for good only with --all. Exit code 1 where a feed did not answer.
    Fetch(super::fetch::Fetch),
    /// Bring the library and a server of your own into step: FreshRSS, Miniflux, others with the API of Google Reader.
    Sync(super::sync::Sync),
    /// Say what you want of feeds: name, folder, tags, full text, for how long their articles are kept.
    Feed(super::feed::FeedChoice),
    /// Mark articles as read or not, starred or not, tagged or not, by query.
    Mark(super::mark::Marking),
    /// Take back the last change of marks, feeds or saved searches that a command made, and the ones before it.
    Undo,
    /// Take feeds out of the library.
    Remove(super::remove::Remove),
    /// List feeds and saved searches with their unread and all articles.
    List(super::list::List),
    /// Find articles in the library: by who, where, when, words, source, tag.
    Search(super::search::Search),
    /// Print all that the library knows of somebody or something.
    ///
    /// Names, roles with their days, mentions over time, what was said by them and of them, moments, company, places and articles. Counts are those
    /// of all articles; roles, words and company are read in the latest sixty and the first twelve.
    Show(super::across::show::Show),
    /// Print the stories of these days: articles that tell one event, those that most sources tell first.
    Stories(super::across::stories::Stories),
    /// Print what is new: stories, who and what rises, and what is followed said and did.
    Digest(super::across::digest::Digest),
    /// Say who is who in all articles: join, split, part and rename, list what was decided, take it back.
    #[command(subcommand)]
    Entities(super::across::entities::Entities),
    /// Follow people, places, organisations and saved searches.
    #[command(subcommand)]
    Watch(super::across::watch::Watch),
    /// Take over feeds from other programs.
    Import(super::import::Import),
    /// Print feeds or articles of the library for other programs.
    #[command(subcommand)]
    Export(super::export::Export),
    /// Copy the library into a new file, while it is in use.
    Backup(super::backup::Backup),
    /// Say whether the library is sound; save what can be read of a damaged one.
    Check(super::check::Check),
    /// Print the places of articles with their coordinates: GeoJSON, CSV or KML.
    ///
    /// Each place that is named is printed once, with how often and in which articles; the most named come first. Streets and quarters that are
    /// known only by the city that they lie in count for the city. What is named only by its people ("Peruvian") or in a body's name is left out.
    /// What cannot be read is told on standard error and left out.
    Places(Places),
    /// Say where the configuration is, what is wrong with it, and print the defaults.
    Config,
    /// Say what this copy can do, and what is wrong with the terminal, the configuration or the library.
    ///
    /// Three signs: ok, note (worth knowing) and BAD (does not work; exit code 1). Nothing is changed. Put it into reports of faults.
    Doctor,
    /// Print or write what is made from the program's own tables: man pages, completions.
    #[command(subcommand)]
    Generate(super::generate::Generate),
}

/// What `dateline analyze` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Analyze {
    /// One object a line, or one indented array.
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    pub(crate) format: Format,

    /// Address of the page in FILE: its links count from there, and it may tell the day of publication.
    #[arg(long, value_name = "URL")]
    pub(crate) url: Option<String>,

    /// Files to analyse; `-` reads standard input.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// One JSON object a line.
    Jsonl,
    /// One indented JSON array.
    Json,
}

/// What `dateline timeline` is told.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_TIMELINE)]
pub(crate) struct Timeline {
    /// What to print.
    #[arg(long, value_enum, default_value_t = TimelineFormat::Jsonl)]
    pub(crate) format: TimelineFormat,

    /// Files to read; `-` reads standard input.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
}

const AFTER_TIMELINE: &str = "\
Relative dates (\"Monday\", \"last year\") count from the day of publication: the one
that the article gives in its front matter or dateline, or --published.

jsonl: schema dateline/timeline/1. `from` and `to` are days, or minutes where the
  granularity is `time`, both inclusive; `start` and `end` count Unicode code
  points of the article's text.
csv: RFC 4180 in UTF-8. Several names in one field are parted by \"; \". A field
  that begins with = + - @ gets an apostrophe before it, so that no spreadsheet
  runs it as a formula.
ics: RFC 5545. A time of day is local time without a zone; all else takes whole
  days, a month or a year all of its days. Left out are events without a date or
  before the year 0, and an article that is given again. The output is the same
  on every run; an event keeps its UID while the article's words are the same.
markdown: a heading for each year, a bullet for each event.

Examples:
  dateline timeline --format markdown a.txt b.txt > timeline.md
  dateline timeline --format ics --published 2019-01-21 story.txt > story.ics
  dateline timeline news/*.txt | jq -r 'select(.future) | [.from, .text] | @tsv'";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TimelineFormat {
    /// One JSON object a line.
    Jsonl,
    /// A table for spreadsheets, with a header line.
    Csv,
    /// A calendar for calendar programs.
    Ics,
    /// A page to read.
    Markdown,
}

/// What `dateline places` is told.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_PLACES)]
pub(crate) struct Places {
    /// What to print.
    #[arg(long, value_enum, default_value_t = PlacesFormat::Geojson)]
    pub(crate) format: PlacesFormat,

    /// Files to read; `-` reads standard input.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
}

const AFTER_PLACES: &str = "\
Coordinates are those of WGS 84, in degrees; of a country or region the point
where its name is written. Which of several places of one name is meant is
decided from the article, from the others given with it that name the same site,
and is never certain: `score` says how sure it is.

geojson: RFC 7946, one FeatureCollection of points. `id` is the place's number,
  below 2147483648 GeoNames' own.
csv: RFC 4180 in UTF-8. Several names in one field are parted by \"; \". A field
  that begins with = + - @ gets an apostrophe before it, so that no spreadsheet
  runs it as a formula; numbers are written as they are.
kml: OGC KML 2.2, one Document of Placemarks.

Examples:
  dateline places news/*.txt > places.geojson
  dateline places --format kml story.txt > story.kml
  dateline places --format csv news/*.txt | head";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PlacesFormat {
    /// Points for maps on the web and geographic information systems.
    Geojson,
    /// A table for spreadsheets, with a header line.
    Csv,
    /// Points for virtual globes.
    Kml,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_something_is_kept_is_days_or_an_age() {
        for (text, kept) in [("9", 9), ("0", 0), ("30d", 30), ("4w", 28), ("3m", 90), ("1y", 365)] {
            assert_eq!(days(text), Ok(kept), "{text}");
        }
        for text in ["", "d", "12h", "2019-01", "-3", "30d OR x", "soon", "99999999999", "1.5"] {
            assert!(days(text).is_err_and(|e| e.contains("30d")), "{text}");
        }
    }
}
