//! `dateline FILE…`: the reader.

use super::args::Args;
use super::{Outcome, out, samples, session, settings};
use crate::notice::Notice;
use crate::tui::{self, Input};
use std::io::{self, IsTerminal};
use std::path::Path;

/// Opens the reader on the given paths, or on the samples.
pub(super) fn run(args: Args) -> Outcome {
    let opened = check(&args).and_then(|()| {
        let config = settings::load(args.config.as_deref());
        let of = session::name(&args.paths);
        let left = session::left(&of);
        let input = if args.paths.is_empty() { Input::Ready(samples::listing()) } else { Input::Paths(args.paths) };
        tui::run(config, input, args.published, left).map(|(code, next)| {
            session::keep(&of, &next);
            code
        })
    });
    match opened {
        Ok(0) => Outcome::Done,
        Ok(code) => Outcome::Ended(code),
        Err(notice) => {
            out::complain(&notice);
            Outcome::Usage
        }
    }
}

/// What can be known to be wrong before the screen is taken over.
fn check(args: &Args) -> Result<(), Notice> {
    if args.paths.iter().any(|p| p == Path::new("-")) && io::stdin().is_terminal() {
        return Err(Notice::new("Standard input is this terminal, so no article can come from it").hint("curl -s URL | dateline -"));
    }
    match &args.config {
        Some(folder) if !folder.is_dir() => Err(Notice::new(folder.display().to_string())
            .because("there is no such folder")
            .hint("--config wants the folder of config.toml")),
        _ => Ok(()),
    }
}
