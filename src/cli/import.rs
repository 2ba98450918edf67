//! `dateline import`: feeds, and what was read and starred, from other programs.

use super::{Outcome, library, out};
use crate::app::shelf::Program;
use crate::jobs::import;
use crate::locale::tr;
use crate::notice::Notice;
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};

/// What `dateline import` is told.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, arg_required_else_help = true)]
pub(crate) struct Import {
    #[command(subcommand)]
    source: Option<Source>,

    /// A list of feeds in OPML; the same as `import opml FILE`.
    file: Option<PathBuf>,
}

/// The program whose feeds they are.
#[derive(Debug, Subcommand)]
enum Source {
    /// A list of feeds in OPML, which nearly every program can write.
    Opml {
        /// The list.
        file: PathBuf,
    },
    /// The feeds of newsboat with their tags, names and queries, and its articles with what was read and flagged.
    ///
    /// Queries become saved searches, where they say nothing that dateline's cannot; flagged articles get a star.
    Newsboat {
        /// The list of feeds; without it ~/.newsboat/urls or ~/.config/newsboat/urls.
        file: Option<PathBuf>,

        /// The cache with the articles; without it ~/.newsboat/cache.db or ~/.local/share/newsboat/cache.db, where FILE is not given.
        #[arg(long, value_name = "FILE")]
        cache: Option<PathBuf>,
    },
    /// The feeds of newsraft, with its sections as folders, and its articles with what was read and marked as important.
    Newsraft {
        /// The list of feeds; without it ~/.config/newsraft/feeds.
        file: Option<PathBuf>,

        /// The database with the articles; without it ~/.local/share/newsraft/newsraft.sqlite3, where FILE is not given.
        #[arg(long, value_name = "FILE")]
        cache: Option<PathBuf>,
    },
    /// The feeds of eilmeldung with its categories as folders, and its articles with what was read and marked.
    Eilmeldung {
        /// Its database, or the OPML that it exported; without it ~/.local/state/eilmeldung/database.sqlite.
        file: Option<PathBuf>,
    },
}

/// Takes over the feeds; those that are there already keep what was chosen for them.
pub(super) fn run(options: &Import, at: Option<&Path>) -> Outcome {
    library::told(take(options, at))
}

fn take(options: &Import, at: Option<&Path>) -> Result<Outcome, Notice> {
    let (program, file, cache) = match &options.source {
        None => (Program::Opml, options.file.as_ref(), None),
        Some(Source::Opml { file }) => (Program::Opml, Some(file), None),
        Some(Source::Newsboat { file, cache }) => (Program::Newsboat, file.as_ref(), cache.as_deref()),
        Some(Source::Newsraft { file, cache }) => (Program::Newsraft, file.as_ref(), cache.as_deref()),
        Some(Source::Eilmeldung { file }) => (Program::Eilmeldung, file.as_ref(), None),
    };
    let list = import::read(program, file.map(PathBuf::as_path), cache)?;
    for problem in &list.problems {
        out::complain(&Notice::new(list.file.display().to_string()).because(problem));
    }
    let mut writer = library::maker(at, "import")?;
    let taken = import::take(&mut writer, &list, library::now(), &|| true)?;
    let told = library::print(&(tr!("{taken}; dateline fetch gets their articles", taken) + "\n"));
    Ok(if list.problems.is_empty() { Outcome::Done } else { Outcome::Partly }.and(told))
}
