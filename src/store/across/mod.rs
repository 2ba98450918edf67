//! What holds across articles: which names are one entity, which articles tell one story, what rises, and what the reader follows.
//!
//! `link` has the rules; here stand the look-ups that bring the few candidates for them, and what the reader decided. A new article costs look-ups,
//! never a rebuild.

mod company;
mod differences;
pub(super) mod identity;
mod join;
mod page;
pub(super) mod righted;
mod rise;
mod stories;
mod tables;
pub(super) mod telling;
mod watch;

pub use company::{Circle, Companion};
pub use differences::Differences;
pub use identity::Belongs;
pub use page::{Office, Page, Passage, Reported, Variant};
pub use righted::{EntityMark, Identified};
pub use rise::Rising;
pub use stories::{Story, Telling};
pub use watch::{Watch, Watched, announcement};

pub(super) use tables::TABLES;

/// The statements of this folder that must go through an index.
#[cfg(test)]
pub(super) const EACH: &[&[&str]] =
    &[identity::sql::EACH, join::sql::EACH, page::sql::EACH, rise::sql::EACH, stories::sql::EACH, telling::sql::EACH];
