//! Which names of different articles are one entity, and which articles tell one story: rules over what was found in them, without a library.
//!
//! `store` looks up who might be meant and keeps what is decided here; the reader's own decisions stand above all rules.

use crate::locale::tr_later;

pub mod body;
pub mod form;
pub mod name;
pub mod person;
pub mod story;

/// Why a name belongs to an entity of the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// The same name, or the same place of the gazetteer.
    Same,
    /// Another form of a full name: initials, a middle name, a nickname, another order.
    Variant,
    /// A surname alone where only one known person fits source, time and company: a guess.
    Surname,
    /// The initials that an article gives with the name.
    Acronym,
    /// The reader said so.
    Reader,
}

impl Rule {
    /// The rule in words for a reader, to be followed by the name that stands for the entity.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Same => tr_later!("the same name as"),
            Self::Variant => tr_later!("another form of"),
            Self::Surname => tr_later!("possibly, because nobody else of that surname fits source, time and company:"),
            Self::Acronym => tr_later!("the initials of"),
            Self::Reader => tr_later!("decided by you:"),
        }
    }

    /// True where it is no more than a guess.
    #[must_use]
    pub fn is_doubtful(self) -> bool {
        self == Self::Surname
    }
}
