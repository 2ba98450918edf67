//! The command line: arguments, exit codes, and the commands that need no screen.

mod analyze;
mod args;
mod json;
mod out;

use args::{Args, Command};
use clap::Parser;
use std::process::ExitCode;

/// How a run ended, as exit codes that scripts can rely on; README.md lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything was done.
    Done = 0,
    /// Some input could not be read; the rest was done.
    Partly = 1,
    /// The arguments are wrong, or the screen cannot be used.
    Usage = 2,
}

/// Parses the arguments and runs what they ask for.
#[must_use]
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            let code = if error.use_stderr() { Outcome::Usage } else { Outcome::Done };
            // A closed pipe is the only way in which this fails, and then nobody is left to tell.
            let _ = error.print();
            return ExitCode::from(code as u8);
        }
    };
    let outcome = match args.command {
        Some(Command::Analyze(options)) => analyze::run(&options),
        None => Outcome::Done,
    };
    ExitCode::from(outcome as u8)
}
