//! The arguments. Help texts here are the manual: they name every option, exit code and file.

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

Exit codes: 0 done; 1 some input could not be read, the rest was done; 2 wrong arguments, or no terminal for the panes;
128 + N ended by signal N.

Files: ~/.config/dateline/config.toml, keymap.toml and themes/*.toml; `dateline config` says where they are and prints the defaults.
Environment: NO_COLOR, COLORTERM and TERM choose the colours, XDG_CONFIG_HOME the place of the configuration.";

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

    /// Files and folders to read; `-` reads standard input.
    #[arg(value_name = "FILE")]
    pub(crate) paths: Vec<PathBuf>,

    /// Day of publication (YYYY-MM-DD) of all articles, before what they say themselves.
    #[arg(long, value_name = "DATE", global = true)]
    pub(crate) published: Option<Date>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print what is found in articles as JSON.
    Analyze(Analyze),
    /// Say where the configuration is, what is wrong with it, and print the defaults.
    Config,
}

/// Prints people, places, times, events and quotations of articles as JSON (schema dateline/analysis/1), in the order of the input.
///
/// Offsets count Unicode code points of `article.text`, end exclusive. What cannot be read is told on standard error and left out.
#[derive(Debug, clap::Args)]
pub(crate) struct Analyze {
    /// One object a line, or one indented array.
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    pub(crate) format: Format,

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
