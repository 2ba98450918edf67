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
    /// Days from the Easter Sunday of the Eastern churches.
    EasternEaster(i16),
    /// Days from the fourth Thursday of November.
    Thanksgiving(i16),
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
    (&["epiphany"], Rule::Fixed(1, 6)),
    (&["australia", "day"], Rule::Fixed(1, 26)),
    (&["martin", "luther", "king", "day"], Rule::From(1, 15, 1)),
    (&["groundhog", "day"], Rule::Fixed(2, 2)),
    (&["valentine", "’s", "day"], Rule::Fixed(2, 14)),
    (&["valentine", "'s", "day"], Rule::Fixed(2, 14)),
    (&["presidents", "day"], Rule::From(2, 15, 1)),
    (&["st.", "patrick", "’s", "day"], Rule::Fixed(3, 17)),
    (&["st.", "patrick", "'s", "day"], Rule::Fixed(3, 17)),
    (&["international", "women", "’s", "day"], Rule::Fixed(3, 8)),
    (&["international", "women", "'s", "day"], Rule::Fixed(3, 8)),
    (&["shrove", "tuesday"], Rule::Easter(-47)),
    (&["mardi", "gras"], Rule::Easter(-47)),
    (&["ash", "wednesday"], Rule::Easter(-46)),
    (&["palm", "sunday"], Rule::Easter(-7)),
    (&["maundy", "thursday"], Rule::Easter(-3)),
    (&["good", "friday"], Rule::Easter(-2)),
    (&["easter", "sunday"], Rule::Easter(0)),
    (&["easter", "monday"], Rule::Easter(1)),
    (&["easter"], Rule::Easter(0)),
    (&["orthodox", "easter"], Rule::EasternEaster(0)),
    (&["earth", "day"], Rule::Fixed(4, 22)),
    (&["anzac", "day"], Rule::Fixed(4, 25)),
    (&["ascension", "day"], Rule::Easter(39)),
    (&["whit", "monday"], Rule::Easter(50)),
    (&["pentecost"], Rule::Easter(49)),
    (&["may", "day"], Rule::Fixed(5, 1)),
    (&["mother", "’s", "day"], Rule::From(5, 8, 7)),
    (&["mother", "'s", "day"], Rule::From(5, 8, 7)),
    (&["memorial", "day"], Rule::Until(5, 31, 1)),
    (&["father", "’s", "day"], Rule::From(6, 15, 7)),
    (&["father", "'s", "day"], Rule::From(6, 15, 7)),
    (&["juneteenth"], Rule::Fixed(6, 19)),
    (&["fourth", "of", "july"], Rule::Fixed(7, 4)),
    (&["canada", "day"], Rule::Fixed(7, 1)),
    (&["bastille", "day"], Rule::Fixed(7, 14)),
    (&["labor", "day"], Rule::From(9, 1, 1)),
    (&["columbus", "day"], Rule::From(10, 8, 1)),
    (&["halloween"], Rule::Fixed(10, 31)),
    (&["all", "saints", "’", "day"], Rule::Fixed(11, 1)),
    (&["all", "saints", "'", "day"], Rule::Fixed(11, 1)),
    (&["election", "day"], Rule::From(11, 2, 2)),
    (&["guy", "fawkes", "night"], Rule::Fixed(11, 5)),
    (&["armistice", "day"], Rule::Fixed(11, 11)),
    (&["remembrance", "day"], Rule::Fixed(11, 11)),
    (&["remembrance", "sunday"], Rule::From(11, 8, 7)),
    (&["veterans", "day"], Rule::Fixed(11, 11)),
    (&["thanksgiving", "day"], Rule::Thanksgiving(0)),
    (&["thanksgiving"], Rule::Thanksgiving(0)),
    (&["black", "friday"], Rule::Thanksgiving(1)),
    (&["cyber", "monday"], Rule::Thanksgiving(4)),
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
        Rule::EasternEaster(days) => moved(easter(year, true)?, Unit::Day, days.into()),
        Rule::Thanksgiving(days) => moved(weekday_near(Date::new(year, 11, 22).ok()?, 4, false, true)?, Unit::Day, days.into()),
        Rule::From(month, day, weekday) => weekday_near(Date::new(year, month, day).ok()?, weekday, false, true),
        Rule::Until(month, day, weekday) => weekday_near(Date::new(year, month, day).ok()?, weekday, true, true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn on(name: &str, year: i16) -> Option<Date> {
        let words: Vec<_> = name.split(' ').collect();
        let (count, feast) = named(|n| words.get(n).copied().unwrap_or(""))?;
        assert_eq!(count, words.len(), "{name}");
        day(feast, year)
    }

    #[test]
    fn days_by_rule() {
        let cases = [
            ("Easter", 2019, date(2019, 4, 21)),
            ("Easter Monday", 2024, date(2024, 4, 1)),
            ("Orthodox Easter", 2019, date(2019, 4, 28)),
            ("Orthodox Easter", 2024, date(2024, 5, 5)),
            ("Good Friday", 2000, date(2000, 4, 21)),
            ("Pentecost", 2016, date(2016, 5, 15)),
            ("Thanksgiving Day", 1999, date(1999, 11, 25)),
            ("Black Friday", 2019, date(2019, 11, 29)),
            ("Election Day", 1998, date(1998, 11, 3)),
            ("Labor Day", 2018, date(2018, 9, 3)),
            ("Memorial Day", 2018, date(2018, 5, 28)),
            ("Presidents Day", 2019, date(2019, 2, 18)),
            ("Remembrance Sunday", 2018, date(2018, 11, 11)),
            ("New Year 's Eve", 1999, date(1999, 12, 31)),
            ("Christmas Eve", 1914, date(1914, 12, 24)),
        ];
        for (name, year, want) in cases {
            assert_eq!(on(name, year), Some(want), "{name} {year}");
        }
        assert_eq!(on("Monday", 2019), None);
    }
}
