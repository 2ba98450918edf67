//! What of the library is on the screen, and as what it can be written into a file.

use super::ask::Shelved;
use crate::app::page::PageOf;
use crate::locale::tr;

/// What the reader looks at in the library: whose articles, moments and places are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Viewed {
    /// A list, and whether only what was not read.
    List(Shelved, bool),
    /// A page.
    Page(PageOf),
}

/// As what a view is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViewFormat {
    /// Everything, for other programs.
    Json,
    /// A table.
    Csv,
    /// To read.
    Markdown,
    /// The places.
    Geojson,
    /// The moments.
    Ics,
    /// Who occurs with whom.
    Graphml,
}

impl ViewFormat {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Markdown, Self::Json, Self::Csv, Self::Geojson, Self::Ics, Self::Graphml];

    /// Its name, which is also how files of it end.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Markdown => "md",
            Self::Geojson => "geojson",
            Self::Ics => "ics",
            Self::Graphml => "graphml",
        }
    }

    /// What it holds of a view.
    #[must_use]
    pub fn holds(self) -> &'static str {
        match self {
            Self::Json => tr!("everything, for other programs"),
            Self::Csv => tr!("a table of everything"),
            Self::Markdown => tr!("everything, to read"),
            Self::Geojson => tr!("the places, for maps"),
            Self::Ics => tr!("the moments, for calendars"),
            Self::Graphml => tr!("who occurs with whom, for programs that draw graphs"),
        }
    }
}

/// Something that is followed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WatchLine {
    /// Its number.
    pub id: i64,
    /// What it is called.
    pub name: String,
    /// Articles that came since it was looked at, and were not read.
    pub new: u64,
    /// True where new articles are announced.
    pub announce: bool,
}

/// How far a refresh is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Refreshing {
    /// Feeds that were looked at.
    pub done: usize,
    /// Feeds to look at.
    pub of: usize,
    /// Articles that came.
    pub new: usize,
}
