//! The vocabulary: what an article is and what can be found in one. Data, no computing.
//!
//! All spans are byte offsets into [`Article::text`]; all lists are sorted by where they begin, entities by [`EntityId`].

mod correction;
mod entity;
mod moment;
mod picture;
mod place;
mod quote;

pub use correction::{Anchor, Correction};
pub use entity::{Entity, EntityId, Join, Kind, Mention, MentionForm, Reason, Role};
pub use moment::{Event, Granularity, Interval, Timex, TimexType};
pub use picture::{Picture, PicturePlace};
pub use place::{CountryCode, GazetteerPlace, PlaceCorrection, PlaceId, PlaceKind, PlaceRelation};
pub use quote::{Quote, QuoteKind, SpeakerRule};

use crate::text::{Cleaned, Span};
use jiff::civil::Date;

/// One article as it came in, cleaned, before anything was looked for in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// The same for the same title and text, wherever they come from.
    pub id: u64,
    /// Where it came from: a path or an address as given, `-` for standard input.
    pub source: String,
    /// The name of the format that read it, as in `source::FORMATS`.
    pub format: &'static str,
    /// The title, from front matter, the text's first line or the source's name.
    pub title: String,
    /// True where the title is the first block of the text.
    pub title_in_text: bool,
    /// Who wrote it, as printed.
    pub byline: Option<String>,
    /// The host or paper it appeared in.
    pub site: Option<String>,
    /// Its address on the web.
    pub url: Option<String>,
    /// The day of publication; the anchor of every relative date.
    pub published: Option<Date>,
    /// ISO 639-1 code of the language, where known.
    pub language: Option<String>,
    /// The article's own words, blocks parted by single line breaks.
    pub text: String,
    /// The blocks of the text, in order, without overlap.
    pub blocks: Vec<Block>,
    /// Addresses that it leads to: links in the order of the text, then pictures and enclosures.
    pub links: Vec<Link>,
    /// Its pictures, in the order of the text.
    pub pictures: Vec<Picture>,
    /// The dateline that opens the text.
    pub dateline: Option<Dateline>,
    /// What could not be read as it should.
    pub problems: Vec<String>,
    /// The characters that reached the text in another form, in order; none where there were too many to keep.
    pub cleaned: Vec<Cleaned>,
}

/// A stretch of text that stands on its own: one line of [`Article::text`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// The line, without its line break.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block of text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BlockKind {
    /// Running text.
    #[default]
    Paragraph,
    /// A title or a heading between paragraphs.
    Heading,
    /// An entry of a list, with its number where the list has numbers. Neither number nor bullet is part of the text.
    Item(Option<u16>),
    /// A paragraph of a quotation that is set off.
    Quotation,
    /// The words below a picture.
    Caption,
    /// A row of a table, its cells parted by ` | `.
    Row,
}

impl BlockKind {
    /// What a reader sees before an entry of a list; each character takes one cell.
    #[must_use]
    pub fn marker(self) -> Option<String> {
        match self {
            Self::Item(Some(number)) => Some(format!("{number}. ")),
            Self::Item(None) => Some("• ".to_owned()),
            _ => None,
        }
    }
}

/// An address that an article leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What is found there.
    pub kind: LinkKind,
    /// The address: absolute, and `http` or `https`; `mailto` for [`LinkKind::Mail`].
    pub url: String,
    /// The words that carry it; empty where none do.
    pub span: Span,
}

/// What a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// A page.
    Page,
    /// The picture that stands for the whole article.
    Image,
    /// A file that comes with the article: sound, film, document.
    Enclosure,
    /// Somebody's address for mail.
    Mail,
}

/// The opening of a news story that says where and when it was filed, and by which agency: `LONDON, March 3 (Reuters) -`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dateline {
    /// From the first letter to the closing dash.
    pub span: Span,
    /// The place as printed, without what contains it (`CARACAS`).
    pub place: Span,
    /// What contains the place (`Venezuela`).
    pub region: Option<Span>,
    /// The day as printed (`March 3`).
    pub date: Option<Span>,
    /// The agency as printed (`Reuters`).
    pub agency: Option<Span>,
}

/// Everything that was found in one article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annotations {
    /// Sentences, in order.
    pub sentences: Vec<Span>,
    /// Who, where and what is named; a mention's entity is an index into this list.
    pub entities: Vec<Entity>,
    /// Where they are named.
    pub mentions: Vec<Mention>,
    /// Why each mention belongs to its entity: as many as `mentions`, in the same order, once `analysis::who` has run.
    pub joins: Vec<Join>,
    /// Indices of the mentions of places that stand for those who act there: "Washington said"; in order.
    pub actors: Vec<u32>,
    /// Time expressions.
    pub times: Vec<Timex>,
    /// Clauses with a place on the calendar, in order of the text.
    pub events: Vec<Event>,
    /// Quotations, with their speakers.
    pub quotes: Vec<Quote>,
    /// What stands in the way of a good analysis, in words for a reader.
    pub problems: Vec<String>,
}

/// An article with all that was found in it: what a reader opens.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Analysed {
    /// The article.
    pub article: Article,
    /// What was found in it.
    pub found: Annotations,
}
