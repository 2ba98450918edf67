//! dateline: a terminal news reader that knows who, where and when.
//!
//! The modules in the order in which an article passes them; ARCHITECTURE.md says who may use whom.

/// Article → annotations: names, who, when, quotations.
pub mod analysis;
/// The vocabulary: what an article is and what can be found in one.
pub mod article;
/// The same without a screen: `dateline analyze`.
pub mod cli;
/// Settings, keys and themes: files → typed values, with mistakes told by line.
pub mod config;
/// The embedded assets as read-only tables.
pub mod lexicon;
/// What went wrong or was done, why, and what to do.
pub mod notice;
/// Bytes → articles and problems: one file per format.
pub mod source;
/// Positions in text: spans, tokens, sentences, folding, display width and wrapping.
pub mod text;
