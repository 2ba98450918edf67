//! Pages of the library on the whole screen: somebody with all that is known, a story, all stories, who rises, what is followed. Each is a list of rows,
//! most of them jumps; the pages that led to a page lie below it.

mod act;
mod bar;
mod decide;
mod figure;

pub(super) use act::{act, back_to_timeline, click, come, covered, differences, open_chosen, point, press, reload, uncover, wheel};
pub use bar::Bar;
pub(super) use decide::{candidates, export_as, merge};
pub use figure::{Company, Figure, Node};

use super::effect::Ticket;
use super::library::ArticleId;
use super::lists::Cursor;
use super::shelf::{Shelved, StoredRow};
use crate::article::{EntityId, Kind};
use crate::text::Span;
use std::sync::Arc;

/// Pages that lead back; of more the first are forgotten.
const DEEP: usize = 64;

/// Which page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageOf {
    /// An entity of the library, by its number.
    Entity(i64),
    /// An entity of a stored article.
    Named(super::shelf::StoredKey, EntityId),
    /// A story, by its number.
    Story(i64),
    /// What is told these days.
    Stories,
    /// Who and what is named more than usual today.
    Rising,
    /// What is followed, with what is new of it.
    Followed,
    /// The copies of an article, with what each has that the others do not.
    Copies(super::shelf::StoredKey),
    /// What was decided about who is who.
    Decisions,
}

/// Where a row leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lead {
    /// To an article, and to a place in it.
    Article(StoredRow, Option<Span>),
    /// To another page.
    Page(PageOf),
    /// To the articles that a query means.
    List(Arc<str>),
    /// To the articles with this very name of an entity: its number, and what asks for them.
    Name(i64, Arc<str>),
    /// To a decision, by its number: taken back, or holding again where it was taken back.
    Decision(i64, bool),
}

/// What a row is, which decides how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// Air between two parts.
    Space,
    /// The name of a part.
    Heading,
    /// A fact.
    Plain,
    /// Something less sure or less important.
    Dim,
    /// Somebody or something.
    Name(Kind),
    /// Somebody's words.
    Said,
    /// Something that happened.
    Moment,
    /// An article, and whether it was read.
    Article(bool),
    /// An article of a list, by its number; only in what is written into files.
    Listed(i64),
}

/// A row of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRow {
    /// What it is.
    pub kind: RowKind,
    /// What stands before it: a day, a count.
    pub label: String,
    /// The words.
    pub text: String,
    /// What stands at the right end: a source, a speaker.
    pub note: String,
    /// Where it leads.
    pub lead: Option<Lead>,
}

impl PageRow {
    /// A heading.
    #[must_use]
    pub fn heading(text: &str) -> Self {
        Self { kind: RowKind::Heading, label: String::new(), text: text.to_owned(), note: String::new(), lead: None }
    }

    /// Air.
    #[must_use]
    pub fn space() -> Self {
        Self { kind: RowKind::Space, ..Self::heading("") }
    }
}

/// A page as it came from the library.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Its name.
    pub title: String,
    /// What it is of, for its colour.
    pub kind: Option<Kind>,
    /// A line below the name.
    pub facts: String,
    /// When articles appeared, in seconds since 1970, in order; drawn as a bar.
    pub times: Arc<[i64]>,
    /// Its rows.
    pub rows: Vec<PageRow>,
    /// With whom, what and where it occurs, for its drawings.
    pub company: Company,
}

/// A page on the screen.
#[derive(Clone, Debug)]
pub struct Page {
    /// Which.
    pub of: PageOf,
    /// What is in it; none while it is looked up.
    pub sheet: Option<Sheet>,
    /// The selected row.
    pub cursor: Cursor,
    /// What its bar shows.
    pub bar: Bar,
    /// The drawing that has the whole screen, and what is selected in it.
    pub figure: Option<(Figure, usize)>,
    ticket: Ticket,
}

impl Page {
    /// The page's rows.
    #[must_use]
    pub fn rows(&self) -> &[PageRow] {
        self.sheet.as_ref().map_or(&[], |s| &s.rows)
    }

    /// When its articles appeared, in seconds since 1970, in order.
    #[must_use]
    pub fn times(&self) -> &[i64] {
        self.sheet.as_ref().map_or(&[], |s| &s.times)
    }

    /// Gives the bar its cells.
    pub fn measure_bar(&mut self, cells: usize) {
        let times = self.sheet.as_ref().map_or(&[][..], |s| &s.times);
        self.bar.measure(times, cells);
    }

    /// The selected row, where it leads somewhere.
    #[must_use]
    pub fn selected(&self) -> Option<&Lead> {
        self.rows().get(self.cursor.selected)?.lead.as_ref()
    }

    /// Moves the selection by `by` rows that lead somewhere, or scrolls to what is above and below them.
    fn step(&mut self, by: isize) {
        let rows = self.sheet.as_ref().map_or(&[][..], |s| &s.rows);
        let leads = |n: &usize| rows.get(*n).is_some_and(|r| r.lead.is_some());
        let mut at = self.cursor.selected;
        for _ in 0..by.unsigned_abs().min(rows.len()) {
            let next = if by > 0 { (at + 1..rows.len()).find(leads) } else { (0..at).rev().find(leads) };
            at = next.unwrap_or(at);
        }
        self.cursor.select(at, rows.len());
        // The heading above the first row is shown with it.
        if (0..at).all(|n| !leads(&n)) {
            self.cursor.top = 0;
        }
    }
}

/// The pages that led to one another, the one on the screen last.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    /// From the first to the one on the screen.
    pub stack: Vec<Page>,
    /// The article that was opened from the last one or from its timeline.
    away: Option<Away>,
    /// True while a page lies under what is open on top.
    beneath: bool,
    /// The list that the last one led to.
    listed: Option<Shelved>,
    /// Of whom somebody was told apart last, and by which words: the next article is often of the same one.
    apart: Option<(PageOf, String)>,
}

/// An article that a page or a timeline led to.
#[derive(Clone, Copy, Debug)]
struct Away {
    article: ArticleId,
    /// How many jumps lay behind then.
    depth: usize,
    /// True where the timeline of the library led there.
    timeline: bool,
}

impl Pages {
    /// The page on the screen.
    #[must_use]
    pub fn top(&self) -> Option<&Page> {
        self.stack.last()
    }

    /// By which words somebody was told apart last who has this page's name; empty where nobody was.
    fn apart(&self, of: &PageOf) -> String {
        self.apart.as_ref().filter(|(known, _)| known == of).map(|(_, label)| label.clone()).unwrap_or_default()
    }

    /// Remembers these words.
    pub(super) fn told_apart(&mut self, of: PageOf, label: &str) {
        self.apart = Some((of, label.to_owned()));
    }

    /// True while a page lies under what is open on top.
    #[must_use]
    pub fn beneath(&self) -> bool {
        self.beneath
    }
}
