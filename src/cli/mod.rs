//! The command line: arguments, exit codes, and the commands that need no screen.

mod absent;
mod across;
mod add;
mod analyze;
mod args;
mod articles;
mod backup;
mod check;
mod csv;
mod doctor;
mod export;
mod feed;
mod fetch;
mod folders;
mod generate;
mod import;
mod input;
mod json;
mod library;
mod line;
mod linear;
mod list;
mod mark;
mod original;
mod out;
mod places;
#[cfg(feature = "terminal")]
mod read;
mod remove;
mod samples;
mod search;
#[cfg(feature = "terminal")]
mod session;
mod settings;
mod sync;
mod timeline;

use crate::text::clean;
use args::{Args, Command};
use clap::Parser;
use std::io::{self, Write};
use std::process::ExitCode;

/// How a run ended, as exit codes that scripts can rely on; README.md lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything was done.
    Done,
    /// Some input could not be read; the rest was done.
    Partly,
    /// The arguments are wrong, or the screen cannot be used.
    Usage,
    /// The reader was ended with this code.
    #[cfg_attr(not(feature = "terminal"), expect(dead_code, reason = "only the screen ends with codes of its own"))]
    Ended(u8),
}

impl Outcome {
    /// How two steps went together: the first that did not go well says it.
    fn and(self, next: Self) -> Self {
        if self == Self::Done { next } else { self }
    }

    fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Partly => 1,
            Self::Usage => 2,
            Self::Ended(code) => code,
        }
    }
}

/// Prints help or version on standard output, a wrong argument on standard error: it is repeated there, and may hold anything.
fn told(error: &clap::Error) -> Outcome {
    if error.use_stderr() {
        let _ = write!(io::stderr(), "{}", clean(&error.render().to_string()));
        return Outcome::Usage;
    }
    match error.print() {
        Ok(()) => Outcome::Done,
        Err(error) => out::stopped(&error),
    }
}

/// Parses the arguments and runs what they ask for.
#[must_use]
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            return ExitCode::from(told(&error).code());
        }
    };
    settings::choose_language(args.config.as_deref());
    let library = args.library.as_deref();
    let outcome = match &args.command {
        Some(Command::Add(options)) => add::run(options, library, args.published),
        Some(Command::Feed(options)) => feed::run(options, library),
        Some(Command::Mark(options)) => mark::run(options, library),
        Some(Command::Undo) => mark::undo(library),
        Some(Command::Remove(options)) => remove::run(options, library),
        Some(Command::List(options)) => list::run(options, library),
        Some(Command::Fetch(options)) => fetch::run(options, library, args.config.as_deref()),
        Some(Command::Sync(options)) => sync::run(options, library, args.config.as_deref()),
        Some(Command::Search(options)) => search::run(options, library),
        Some(Command::Show(options)) => across::show::run(options, library),
        Some(Command::Stories(options)) => across::stories::run(options, library),
        Some(Command::Digest(options)) => across::digest::run(options, library),
        Some(Command::Entities(options)) => across::entities::run(options, library),
        Some(Command::Watch(options)) => across::watch::run(options, library),
        Some(Command::Import(options)) => import::run(options, library),
        Some(Command::Export(options)) => export::run(options, library),
        Some(Command::Backup(options)) => backup::run(options, library),
        Some(Command::Check(options)) => check::run(options, library),
        Some(Command::Analyze(options)) => analyze::run(options, args.published),
        Some(Command::Timeline(options)) => timeline::run(options, args.published),
        Some(Command::Places(options)) => places::run(options, args.published),
        Some(Command::Doctor) => doctor::run(args.config.as_deref(), library),
        Some(Command::Generate(what)) => generate::run(what),
        Some(Command::Config) => settings::print(args.config.as_deref()),
        None if absent::refused(&args.paths) => Outcome::Partly,
        None if args.linear => linear(args),
        None => read(args),
    };
    ExitCode::from(outcome.code())
}

/// Reads line by line, without a screen.
fn linear(args: Args) -> Outcome {
    let input = match library::path(args.library.as_deref()) {
        _ if !args.paths.is_empty() => linear::Input::Paths(args.paths),
        Ok(path) if path.exists() => linear::Input::Library(path),
        Ok(path) if args.library.is_some() => {
            out::complain(&library::missing(&path));
            return Outcome::Usage;
        }
        _ => linear::Input::Ready(samples::listing()),
    };
    linear::run(args.config.as_deref(), input, args.published)
}

#[cfg(feature = "terminal")]
fn read(args: Args) -> Outcome {
    read::run(args)
}

#[cfg(not(feature = "terminal"))]
fn read(_: Args) -> Outcome {
    let notice = crate::notice::Notice::new(crate::locale::tr!("This dateline was built without its screen"))
        .hint(crate::locale::tr!("dateline analyze FILE works"));
    out::complain(&notice);
    Outcome::Usage
}
