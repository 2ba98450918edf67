//! The numbers under which enums are stored. They stay for ever; a new variant takes the next number, and the compiler asks for it here.

use crate::article::{Granularity, Kind, LinkKind, MentionForm, PlaceRelation, QuoteKind, Reason, SpeakerRule, TimexType};
use crate::link::Rule;

/// An enum that is stored as a number.
pub(crate) trait Numbered: Sized {
    /// Its number.
    fn number(&self) -> u8;
    /// The variant with a number.
    fn of(number: u8) -> Option<Self>;
}

macro_rules! numbered {
    ($type:ident { $($variant:ident = $number:literal),+ $(,)? }) => {
        impl Numbered for $type {
            fn number(&self) -> u8 {
                match self { $(Self::$variant => $number),+ }
            }

            fn of(number: u8) -> Option<Self> {
                match number { $($number => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

numbered!(Kind { Person = 0, Place = 1, Organization = 2, Other = 3 });
numbered!(MentionForm { Name = 0, Nominal = 1, Pronoun = 2 });
numbered!(TimexType { Date = 0, Time = 1, Duration = 2, Set = 3 });
numbered!(Granularity { Time = 0, Day = 1, Week = 2, Month = 3, Quarter = 4, Year = 5, Decade = 6, Century = 7 });
numbered!(QuoteKind { Direct = 0, Mixed = 1, Indirect = 2 });
numbered!(LinkKind { Page = 0, Image = 1, Enclosure = 2, Mail = 3 });
numbered!(PlaceRelation { Is = 0, Within = 1, Demonym = 2, Named = 3 });
numbered!(Reason {
    First = 0,
    Same = 1,
    Variant = 2,
    Surname = 3,
    GivenName = 4,
    PartOfName = 5,
    Acronym = 6,
    ShortForm = 7,
    OtherName = 8,
    Description = 9,
    Pronoun = 10,
    Speaker = 11,
    Merged = 12,
    SplitOff = 13,
});
numbered!(Rule { Same = 0, Variant = 1, Surname = 2, Acronym = 3, Reader = 4 });
numbered!(SpeakerRule {
    VerbSubject = 0,
    SubjectVerb = 1,
    Before = 2,
    According = 3,
    Colon = 4,
    Signed = 5,
    SameSentence = 6,
    SameParagraph = 7,
    NextParagraph = 8,
    Beside = 9,
    NextSentence = 10,
    Late = 11,
    SentenceSubject = 12,
    PreviousSubject = 13,
    Label = 14,
    Reported = 15,
});
