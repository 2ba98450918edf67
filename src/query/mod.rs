//! The query language: one way to say which articles are meant, for lists, the palette, saved searches and the command line.
//!
//! ```text
//! who:"juan guaidó" where:venezuela when:2019-01..2019-03 said:amnesty source:nytimes.com tag:latam
//! is:unread newer:7d title:coup "exact phrase" -sport (a OR b)
//! ```
//!
//! Terms side by side must all hold; `OR` (or `|`) between them asks for one; `-` or `NOT` for none. A word stands for itself, whatever its case and
//! accents; `word*` for all that begins so; words in quotation marks for themselves in that order. [`FIELDS`] lists what can stand before a colon.
//! Reading a query never touches the library: [`parse()`] answers what is asked, or a [`Problem`] that points at the place; [`complete()`] says what
//! can stand at the cursor; a [`Query`] prints itself in its shortest form, which reads back as the same query.

mod complete;
mod field;
mod lex;
mod parse;
mod print;
mod time;

#[cfg(test)]
mod tests;

pub use complete::{Candidates, Completion, Nothing, complete};
pub use field::{FIELDS, Field, FieldRow};
pub use parse::{MAX_DEPTH, MAX_TERMS, parse};
pub use time::{Age, Days, Point};

use crate::text::Span;

/// What is asked, as a tree.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub enum Query {
    /// Every article.
    #[default]
    All,
    /// Those for which one thing holds.
    Term(Term),
    /// Those for which it does not hold.
    Not(Box<Query>),
    /// Those for which everything holds; at least two.
    And(Vec<Query>),
    /// Those for which something holds; at least two.
    Or(Vec<Query>),
}

/// One thing that can hold for an article.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Term {
    /// Words in some part of an article: [`Field::Text`], [`Field::Title`], [`Field::Said`] or [`Field::By`].
    Words(Field, Words),
    /// A name of somebody or something: [`Field::Who`], [`Field::Person`], [`Field::Org`] or [`Field::Where`].
    Named(Field, Words),
    /// A label that is kept as it is: [`Field::Source`], [`Field::Feed`], [`Field::Folder`], [`Field::Tag`] or [`Field::Lang`].
    Label(Field, String),
    /// A moment of these days is told of.
    When(Days),
    /// The article is of one of these days.
    Published(Days),
    /// The article is at most this old.
    Newer(Age),
    /// The article is older than this.
    Older(Age),
    /// What the reader has done with it.
    Is(State),
}

/// Words in a row.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Words {
    /// As the reader wrote them.
    pub text: String,
    /// True where the last of them only begins so.
    pub prefix: bool,
}

/// What a reader has done with an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Not yet read.
    Unread,
    /// Read.
    Read,
    /// Starred.
    Starred,
    /// Given at least one tag.
    Tagged,
}

impl State {
    /// All states.
    pub const ALL: [Self; 4] = [Self::Unread, Self::Read, Self::Starred, Self::Tagged];

    /// The word behind `is:`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Unread => "unread",
            Self::Read => "read",
            Self::Starred => "starred",
            Self::Tagged => "tagged",
        }
    }
}

/// Why a text is no query, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The bytes of the text that it is about; empty at its end.
    pub span: Span,
    /// What is wrong.
    pub what: String,
    /// What to write instead; empty where that is plain.
    pub hint: String,
}

impl Problem {
    fn new(span: Span, what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { span, what: what.into(), hint: hint.into() }
    }
}

impl Query {
    /// Both hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        join(vec![self, other], true)
    }

    /// Calls `look` with every term of the tree, from left to right.
    pub fn each<'a>(&'a self, look: &mut impl FnMut(&'a Term)) {
        match self {
            Self::All => {}
            Self::Term(term) => look(term),
            Self::Not(inner) => inner.each(look),
            Self::And(list) | Self::Or(list) => list.iter().for_each(|q| q.each(look)),
        }
    }
}

/// The parts as one query, flat: no `And` in an `And`, and nothing that asks for nothing.
fn join(parts: Vec<Query>, all: bool) -> Query {
    let mut flat = Vec::with_capacity(parts.len());
    for part in parts {
        match part {
            Query::And(inner) if all => flat.extend(inner),
            Query::Or(inner) if !all => flat.extend(inner),
            Query::All if all => {}
            other => flat.push(other),
        }
    }
    match flat.len() {
        0 => Query::All,
        1 => flat.pop().unwrap_or_default(),
        _ if all => Query::And(flat),
        _ if flat.contains(&Query::All) => Query::All,
        _ => Query::Or(flat),
    }
}
