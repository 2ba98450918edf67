//! Feasts and public days by rule.

use super::calendar::{easter, moved, weekday_near};
use crate::lexicon::when::Unit;
use jiff::civil::Date;

/// How a feast finds its day in a year.
enum Rule {
    /// Month and day.
    Fixed(i8, i8),
    /// Days from Easter Sunday.
    Easter(i16),
    /// The n-th weekday (Monday = 1) of a month, counted from the day: "the first Tuesday from 2 November on".
    From(i8, i8, u8),
    /// The last weekday of a month, counted back from its last day.
    Until(i8, i8, u8),
}

/// Names in lower case with their rules; longer names stand before shorter ones that they begin with.
const FEASTS: &[(&[&str], Rule)] = &[
    (&["new", "year", "’s", "eve"], Rule::Fixed(12, 31)),
    (&["new", "year", "'s", "eve"], Rule::Fixed(12, 31)),
    (&["new", "year", "’s", "day"], Rule::Fixed(1, 1)),
    (&["new", "year", "'s", "day"], Rule::Fixed(1, 1)),
    (&["new", "years", "day"], Rule::Fixed(1, 1)),
    (&["martin", "luther", "king", "day"], Rule::From(1, 15, 1)),
    (&["groundhog", "day"], Rule::Fixed(2, 2)),
    (&["valentine", "’s", "day"], Rule::Fixed(2, 14)),
    (&["valentine", "'s", "day"], Rule::Fixed(2, 14)),
    (&["presidents", "day"], Rule::From(2, 15, 1)),
    (&["st.", "patrick", "’s", "day"], Rule::Fixed(3, 17)),
    (&["st.", "patrick", "'s", "day"], Rule::Fixed(3, 17)),
    (&["ash", "wednesday"], Rule::Easter(-46)),
    (&["palm", "sunday"], Rule::Easter(-7)),
    (&["good", "friday"], Rule::Easter(-2)),
    (&["easter", "sunday"], Rule::Easter(0)),
    (&["easter", "monday"], Rule::Easter(1)),
    (&["easter"], Rule::Easter(0)),
    (&["ascension", "day"], Rule::Easter(39)),
    (&["pentecost"], Rule::Easter(49)),
    (&["may", "day"], Rule::Fixed(5, 1)),
    (&["mother", "’s", "day"], Rule::From(5, 8, 7)),
    (&["mother", "'s", "day"], Rule::From(5, 8, 7)),
    (&["memorial", "day"], Rule::Until(5, 31, 1)),
    (&["father", "’s", "day"], Rule::From(6, 15, 7)),
    (&["father", "'s", "day"], Rule::From(6, 15, 7)),
    (&["juneteenth"], Rule::Fixed(6, 19)),
    (&["fourth", "of", "july"], Rule::Fixed(7, 4)),
    (&["bastille", "day"], Rule::Fixed(7, 14)),
    (&["labor", "day"], Rule::From(9, 1, 1)),
    (&["columbus", "day"], Rule::From(10, 8, 1)),
    (&["halloween"], Rule::Fixed(10, 31)),
    (&["all", "saints", "’", "day"], Rule::Fixed(11, 1)),
    (&["all", "saints", "'", "day"], Rule::Fixed(11, 1)),
    (&["election", "day"], Rule::From(11, 2, 2)),
    (&["guy", "fawkes", "night"], Rule::Fixed(11, 5)),
    (&["armistice", "day"], Rule::Fixed(11, 11)),
    (&["veterans", "day"], Rule::Fixed(11, 11)),
    (&["thanksgiving", "day"], Rule::From(11, 22, 4)),
    (&["thanksgiving"], Rule::From(11, 22, 4)),
    (&["christmas", "eve"], Rule::Fixed(12, 24)),
    (&["christmas", "day"], Rule::Fixed(12, 25)),
    (&["christmas"], Rule::Fixed(12, 25)),
    (&["boxing", "day"], Rule::Fixed(12, 26)),
];

/// The feast that is named from `word(0)` on: how many tokens, and its number.
pub(super) fn named<'a>(word: impl Fn(usize) -> &'a str) -> Option<(usize, u8)> {
    let first = word(0).bytes().next()?.to_ascii_lowercase();
    let starts = |name: &[&str]| name.first().is_some_and(|w| w.as_bytes().first() == Some(&first));
    let fits = |name: &[&str]| name.iter().enumerate().all(|(n, part)| word(n).eq_ignore_ascii_case(part));
    let at = FEASTS.iter().position(|(name, _)| starts(name) && fits(name))?;
    Some((FEASTS[at].0.len(), u8::try_from(at).ok()?))
}

/// The day of a feast in a year.
pub(super) fn day(feast: u8, year: i16) -> Option<Date> {
    match FEASTS.get(usize::from(feast))?.1 {
        Rule::Fixed(month, day) => Date::new(year, month, day).ok(),
        Rule::Easter(days) => moved(easter(year, false)?, Unit::Day, days.into()),
        Rule::From(month, day, weekday) => weekday_near(Date::new(year, month, day).ok()?, weekday, false, true),
        Rule::Until(month, day, weekday) => weekday_near(Date::new(year, month, day).ok()?, weekday, true, true),
    }
}
