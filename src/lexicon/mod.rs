//! The embedded assets as read-only tables. The only place of `include_bytes!` and `include_str!` for articles and the analysis.

pub mod gazetteer;
pub mod names;
pub mod outlines;
mod samples;
pub mod table;
pub mod when;
pub mod who;

pub use samples::SAMPLES;
