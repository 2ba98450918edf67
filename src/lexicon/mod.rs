//! The embedded assets as read-only tables. The only place of `include_bytes!` and `include_str!` for articles and the analysis.

mod samples;

pub use samples::SAMPLES;
