//! The samples inside the program.

use crate::app::{Found, Listing, Origin};
use crate::lexicon::SAMPLES;

/// The samples as a scan would find them, the newest first.
pub(super) fn listing() -> Listing {
    let found = SAMPLES
        .iter()
        .rev()
        .map(|(name, bytes)| Found { origin: Origin::Memory { name: (*name).to_owned(), bytes: (*bytes).into() }, problem: None });
    Listing { found: found.collect(), done: true, samples: true, ..Listing::default() }
}
