//! `dateline FILE…`: the reader.

use super::args::Args;
use super::{Outcome, out, settings};
use crate::app::{Found, Listing, Origin};
use crate::lexicon::SAMPLES;
use crate::tui::{self, Input};

/// Opens the reader on the given paths, or on the samples.
pub(super) fn run(args: Args) -> Outcome {
    let config = settings::load(args.config.as_deref());
    let input = if args.paths.is_empty() { Input::Ready(samples()) } else { Input::Paths(args.paths) };
    match tui::run(config, input, args.published) {
        Ok(0) => Outcome::Done,
        Ok(code) => Outcome::Ended(code),
        Err(notice) => {
            out::complain(&notice);
            Outcome::Usage
        }
    }
}

/// The samples as a scan would find them, the newest first.
fn samples() -> Listing {
    let found = SAMPLES
        .iter()
        .rev()
        .map(|(name, bytes)| Found { origin: Origin::Memory { name: (*name).to_owned(), bytes: (*bytes).into() }, problem: None });
    Listing { found: found.collect(), done: true, ..Listing::default() }
}
