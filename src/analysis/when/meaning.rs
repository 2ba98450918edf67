//! What a time expression means before anything is known of its article.

use super::calendar::TimeOfDay;
use crate::lexicon::when::{Season, Tense, Unit, Which};

/// A time expression as the grammar understood it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Expression {
    /// Index of its first token in the sentence.
    pub first: usize,
    /// One past the index of its last token.
    pub end: usize,
    /// What it means.
    pub meaning: Meaning,
    /// The time of the day, where one is said.
    pub time: Option<TimeOfDay>,
    /// TIMEX3 modifier.
    pub modifier: Option<&'static str>,
}

/// Which year a date lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum YearOf {
    /// This one, astronomical.
    Given(i16),
    /// Not said.
    Open,
    /// "January of last year": the year that is pointed to.
    Pointed(Which),
    /// "last May": the nearest such month, season or feast in that direction.
    Nearest(Which),
}

/// An amount of units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    /// In tenths.
    Tenths(u32),
    /// "2 1/2": whole units and a half.
    Half(u32),
    /// TIMEX3 `X`.
    Unknown,
}

/// The part of TIMEX3 that an expression belongs to, with what it says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Meaning {
    /// A day of a month.
    Day(YearOf, i8, i8),
    /// "the 10th".
    DayOfMonth(i8),
    /// The week of a day.
    WeekOf(YearOf, i8, i8),
    /// A month.
    Month(YearOf, i8),
    /// A season.
    Season(YearOf, Season),
    /// A quarter of a year.
    Quarter(YearOf, i8),
    /// Half a year.
    Half(YearOf, i8),
    /// A year, astronomical.
    Year(i16),
    /// The decade that begins with this year.
    Decade(i16),
    /// A year by its last two digits: "'98".
    ShortYear(u8),
    /// A decade by its last two digits: "the '80s".
    ShortDecade(u8),
    /// A century as in `Stretch::Century`.
    Century(i16),
    /// A weekday, Monday = 1; `None` where it stands alone.
    Weekday(u8, Option<Which>),
    /// "a week ago Friday", "two weeks from Monday": so many weeks from the nearest such weekday on that side.
    WeekdayOff(u8, i16),
    /// A feast, by its number in `holiday`.
    Holiday(u8, YearOf),
    /// "last week", "the year"; `None` for a bare "the".
    Pointed(Unit, Option<Which>),
    /// "year-end".
    YearEnd,
    /// "two years ago", "a year later", "in three days".
    Offset(Offset),
    /// Days from today.
    Today(i8),
    /// "10 a.m.", "the morning": only a time of the day; with the way it points.
    TimeOfDay(Option<Which>),
    /// A length.
    Duration(Amount, Unit),
    /// A length by two units, "two years and three months".
    Lengths(Amount, Unit, Amount, Unit),
    /// Something that comes back.
    Set(Set),
    /// A vague reference.
    Vague(Tense),
    /// "former", "recent", "future" before a noun: a time expression in histories only.
    Attribute(Tense),
}

/// A distance on the calendar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Offset {
    /// How many units.
    pub amount: Amount,
    /// Of what.
    pub unit: Unit,
    /// True where it goes into the future.
    pub ahead: bool,
    /// True where it starts from the publication day, false where from the reference time.
    pub from_now: bool,
}

/// What comes back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Set {
    /// Each unit.
    Each(Amount, Unit),
    /// Each weekday of this number.
    Weekday(u8),
    /// Each month of this number.
    Month(i8),
    /// Each season.
    Season(Season),
    /// Each such part of the day.
    PartOfDay,
}

impl Amount {
    /// A whole number.
    pub(super) fn whole(n: u32) -> Self {
        n.checked_mul(10).map_or(Self::Unknown, Self::Tenths)
    }

    /// The nearest whole number; `None` where it is unknown.
    pub(super) fn round(self) -> Option<i64> {
        match self {
            Self::Tenths(n) => Some(i64::from(n / 10)),
            Self::Half(n) => Some(n.into()),
            Self::Unknown => None,
        }
    }
}
