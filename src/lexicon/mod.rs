//! The embedded assets as read-only tables. The only place of `include_bytes!` and `include_str!` for data of the analysis.

pub mod when;
