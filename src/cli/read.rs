//! `dateline`, `dateline FILE…`: the reader.

use super::args::Args;
use super::{Outcome, out, samples, session, settings};
use crate::locale::tr;
use crate::notice::Notice;
use crate::tui::{self, Input};
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

/// Opens the reader on the given paths, or on the samples.
pub(super) fn run(args: Args) -> Outcome {
    let opened = check(&args).and_then(|()| {
        let config = settings::load(args.config.as_deref());
        let input = input(args.paths.clone(), args.library.as_deref())?;
        let of = match &input {
            Input::Library(path) => session::of_library(path),
            _ => session::name(&args.paths),
        };
        let library = if let Input::Library(path) = &input { Some(path.clone()) } else { None };
        let left = library.as_deref().and_then(session::left_in).or_else(|| session::left(&of));
        tui::run(config, (input, super::across::export::write), args.published, left).map(|(code, next)| {
            // The samples may have made room for a library.
            let begun = next.shelf.is_some().then(|| super::library::path(args.library.as_deref()).ok()).flatten();
            // In the library itself, where that can be written now.
            if !library.or(begun.clone()).is_some_and(|path| session::keep_in(&path, &next)) {
                session::keep(&begun.map_or(of, |path| session::of_library(&path)), &next);
            }
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

/// What is to be read: files, where some are named; else the library; else the samples, with a word on how to begin a library.
fn input(paths: Vec<PathBuf>, given: Option<&Path>) -> Result<Input, Notice> {
    if !paths.is_empty() {
        return Ok(Input::Paths(paths));
    }
    let library = super::library::path(given);
    match (library, given) {
        (Ok(path), _) if path.exists() => Ok(Input::Library(path)),
        (Ok(path), Some(_)) => Err(super::library::missing(&path)),
        (Err(notice), Some(_)) => Err(notice),
        (place, None) => Ok(Input::Ready(samples::listing(), place.ok())),
    }
}

/// What can be known to be wrong before the screen is taken over.
fn check(args: &Args) -> Result<(), Notice> {
    if args.paths.iter().any(|p| p == Path::new("-")) && io::stdin().is_terminal() {
        return Err(
            Notice::new(tr!("Standard input is this terminal, so no article can come from it")).hint(tr!("curl -s URL | dateline -"))
        );
    }
    match &args.config {
        Some(folder) if !folder.is_dir() => Err(Notice::new(folder.display().to_string())
            .because(tr!("there is no such folder"))
            .hint(tr!("--config wants the folder of config.toml"))),
        _ => Ok(()),
    }
}
