//! The arguments.

use clap::{Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

/// A terminal news reader that knows who, where and when.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    /// Files and folders to read; `-` reads standard input.
    pub(crate) paths: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print what is found in articles as JSON.
    Analyze(Analyze),
}

/// Prints people, places, times, events and quotations of articles as JSON (schema dateline/analysis/1), in the order of the input.
#[derive(Debug, clap::Args)]
pub(crate) struct Analyze {
    /// One object a line, or one indented array.
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    pub(crate) format: Format,

    /// Day of publication (YYYY-MM-DD) for all articles, before what they say themselves.
    #[arg(long, value_name = "DATE")]
    pub(crate) published: Option<Date>,

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
