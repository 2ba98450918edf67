//! Who and where: entities and their mentions.

use super::GazetteerPlace;
use crate::locale::tr_later;
use crate::text::Span;

/// The number of an entity within its article: an index into `Annotations::entities`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

impl EntityId {
    /// The entity of a mention before `analysis::who` has joined the mentions.
    pub const UNJOINED: Self = Self(u32::MAX);
}

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A human being, also a fictional one.
    Person,
    /// A country, region, city, water, street or building.
    Place,
    /// A company, authority, party, team or medium.
    Organization,
    /// Nationalities, named events, works, products, laws.
    Other,
}

impl Kind {
    /// All kinds in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Person, Self::Place, Self::Organization, Self::Other];

    /// The kind as it is written in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Place => "place",
            Self::Organization => "organization",
            Self::Other => "other",
        }
    }

    /// What it is called on the screen, in English: to be translated there.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Person => tr_later!("person"),
            Self::Place => tr_later!("place"),
            Self::Organization => tr_later!("organisation"),
            Self::Other => tr_later!("other"),
        }
    }
}

/// Somebody or something that an article names, with all its mentions joined.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// What it is.
    pub kind: Kind,
    /// The fullest form of the name in the article.
    pub name: String,
    /// Other forms seen, without the full one.
    pub aliases: Vec<String>,
    /// What the article says that a person is ("an opposition lawmaker"), best first.
    pub roles: Vec<Role>,
    /// Share of the article that is about it, from 0 to 1.
    pub salience: f32,
    /// Where it is on the map: for places, for what is named after the people of a place, and for bodies with a place in their name.
    pub place: Option<GazetteerPlace>,
}

/// What an article says that a person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Role {
    /// The words.
    pub span: Span,
}

/// How a mention names its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MentionForm {
    /// By name.
    Name,
    /// By a description: "the lawmaker".
    Nominal,
    /// By a pronoun.
    Pronoun,
}

impl MentionForm {
    /// The form as it is written in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Nominal => "nominal",
            Self::Pronoun => "pronoun",
        }
    }
}

/// One place in the text that names an entity. A name's span leaves out titles, a leading article and a final 's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mention {
    /// The words.
    pub span: Span,
    /// What is named; the same as the entity's kind for all but doubtful mentions.
    pub kind: Kind,
    /// How it is named.
    pub form: MentionForm,
    /// How sure the finding is, from 0 to 1.
    pub score: f32,
    /// Who or what is named.
    pub entity: EntityId,
}

/// Why a mention belongs to its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// It is the first mention.
    First,
    /// The same name.
    Same,
    /// Another form of the full name: an initial, a middle name, a nickname, another spelling or order.
    Variant,
    /// The surname of a full name.
    Surname,
    /// The given name of a full name.
    GivenName,
    /// A middle word of a name, or one half of a double surname.
    PartOfName,
    /// The initials of a name: "BAI".
    Acronym,
    /// The beginning or end of a longer name: "the Assembly".
    ShortForm,
    /// Another name of the same: "Britain", "the U.K."
    OtherName,
    /// A description that the text ties to the name: "the court".
    Description,
    /// A pronoun whose gender and place fit.
    Pronoun,
    /// "I" in the words of a speaker.
    Speaker,
    /// The reader said so.
    Merged,
    /// The reader said that it is nobody named before.
    SplitOff,
}

impl Reason {
    /// The reason in words for a reader, to be followed by the name that the mention goes back to.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::First => tr_later!("first mention"),
            Self::Same => tr_later!("the same name as"),
            Self::Variant => tr_later!("another form of"),
            Self::Surname => tr_later!("the surname of"),
            Self::GivenName => tr_later!("the given name of"),
            Self::PartOfName => tr_later!("a part of the name"),
            Self::Acronym => tr_later!("the initials of"),
            Self::ShortForm => tr_later!("short for"),
            Self::OtherName => tr_later!("another name of"),
            Self::Description => tr_later!("a description of"),
            Self::Pronoun => tr_later!("a pronoun for"),
            Self::Speaker => tr_later!("in the words of"),
            Self::Merged => tr_later!("joined by you to"),
            Self::SplitOff => tr_later!("split off by you"),
        }
    }
}

/// How a mention came to its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Join {
    /// Why.
    pub reason: Reason,
    /// The mention before it that it goes back to; `None` for a first mention, or where the full name only follows.
    pub antecedent: Option<Span>,
}
