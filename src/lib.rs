//! dateline: a terminal news reader that knows who, where and when.
//!
//! The modules in the order in which an article passes them; ARCHITECTURE.md says who may use whom.

// Positions in text: spans, tokens, sentences, cleaning, folding, display width and wrapping.
pub mod text;

// The vocabulary: what an article is and what can be found in one.
pub mod article;

// An article as a document for elsewhere: plain text, Markdown, a page, citations.
pub mod edition;

// The interface's words in the reader's language.
pub mod locale;

// What went wrong or was done, why, and what to do.
pub mod notice;

// What is looked for: the query language, from text to tree and back.
pub mod query;

// The embedded assets as read-only tables.
pub mod lexicon;

// Bytes → articles and problems: one file per format.
pub mod source;

// Which names of different articles are one entity, which articles tell one story: rules without a library.
pub mod link;

// Article → annotations: names, who, when, quotations.
pub mod analysis;

// The library on disk: feeds, articles, what was found in them, and what the reader did with them.
pub mod store;

// Config, keymap and theme files → typed values.
pub mod config;

// What the reader is doing: state, events, effects, update.
pub mod app;

// Effects on threads; each ends in one report.
pub mod jobs;

// Shared drawing.
#[cfg(feature = "terminal")]
pub mod widgets;

// One file per pane: what it measures and how it draws itself.
#[cfg(feature = "terminal")]
pub mod panes;

// The terminal on and off, keys to events, the layout, the one loop.
#[cfg(feature = "terminal")]
pub mod tui;

// The command line: the reader's arguments, and the same without a screen.
pub mod cli;
