//! What can stand before a colon: one table for the parser, the completion and the help.

use crate::locale::tr_later;

/// What a term is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// Title and text: a term without a field.
    Text,
    /// People and organisations.
    Who,
    /// People.
    Person,
    /// Organisations.
    Org,
    /// Places, with all that lies inside.
    Where,
    /// Moments told of.
    When,
    /// Words in quotations.
    Said,
    /// Words in the title.
    Title,
    /// The writer.
    By,
    /// The site that published it, or the feed that it came in.
    Source,
    /// The feed.
    Feed,
    /// The folder of the feed, with the folders inside.
    Folder,
    /// A tag of the article or of its feed.
    Tag,
    /// What the reader has done with it.
    Is,
    /// The article's own date.
    Published,
    /// Its greatest age.
    Newer,
    /// Its smallest age.
    Older,
    /// Its language.
    Lang,
}

/// A line of the table.
#[derive(Clone, Copy, Debug)]
pub struct FieldRow {
    /// The field.
    pub field: Field,
    /// The word before the colon.
    pub name: &'static str,
    /// What it asks, for the help.
    pub help: &'static str,
    /// A term as an example.
    pub example: &'static str,
}

/// Everything that can stand before a colon.
pub const FIELDS: &[FieldRow] = &[
    row(Field::Who, "who", tr_later!("names this person or organisation"), "who:\"juan guaidó\""),
    row(Field::Person, "person", tr_later!("names this person"), "person:maduro"),
    row(Field::Org, "org", tr_later!("names this organisation"), "org:amnesty"),
    row(Field::Where, "where", tr_later!("names this place or one inside it"), "where:venezuela"),
    row(Field::When, "when", tr_later!("tells of moments in these days"), "when:2019-01..2019-03"),
    row(Field::Said, "said", tr_later!("has these words in a quotation"), "said:amnesty"),
    row(Field::Title, "title", tr_later!("has these words in its title"), "title:coup"),
    row(Field::By, "by", tr_later!("was written by"), "by:\"ana vanessa\""),
    row(Field::Source, "source", tr_later!("was published by this site, or came in a feed of this name"), "source:nytimes.com"),
    row(Field::Feed, "feed", tr_later!("came in this feed"), "feed:\"World news\""),
    row(Field::Folder, "folder", tr_later!("came in a feed of this folder"), "folder:news/latam"),
    row(Field::Tag, "tag", tr_later!("has this tag, or its feed has"), "tag:latam"),
    row(Field::Is, "is", tr_later!("unread, read, starred or tagged"), "is:unread"),
    row(Field::Published, "published", tr_later!("is of these days"), "published:2019-01-21"),
    row(Field::Newer, "newer", tr_later!("is at most so old, or not older than a day"), "newer:7d"),
    row(Field::Older, "older", tr_later!("is older than that"), "older:1y"),
    row(Field::Lang, "lang", tr_later!("is in this language"), "lang:es"),
];

const fn row(field: Field, name: &'static str, help: &'static str, example: &'static str) -> FieldRow {
    FieldRow { field, name, help, example }
}

impl Field {
    /// The word before the colon; empty for [`Field::Text`].
    #[must_use]
    pub fn name(self) -> &'static str {
        FIELDS.iter().find(|row| row.field == self).map_or("", |row| row.name)
    }

    /// The field of this name, whatever its case.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        FIELDS.iter().find(|row| row.name.eq_ignore_ascii_case(name)).map(|row| row.field)
    }
}
