//! The names of months and days, and the order in which a language puts them. Numbers of months and days count from 1, weekdays from Monday. Years are
//! astronomical, as the calendar counts them: 0 is 1 BC, -492 is 493 BC.

use super::tr;

/// The word at a place of a list.
fn nth(list: &'static str, number: i8) -> &'static str {
    usize::try_from(number).ok().and_then(|n| list.split(' ').nth(n.checked_sub(1)?)).unwrap_or_default()
}

/// A month by its number: `January`.
#[must_use]
pub fn month(number: i8) -> &'static str {
    nth(tr!("January February March April May June July August September October November December"), number)
}

/// A month in three letters: `Jan`.
#[must_use]
pub fn short_month(number: i8) -> &'static str {
    nth(tr!("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"), number)
}

/// A day of the week by its number: `Monday`.
#[must_use]
pub fn weekday(number: i8) -> &'static str {
    nth(tr!("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"), number)
}

/// A day of the week in two or three letters: `Mon`.
#[must_use]
pub fn short_weekday(number: i8) -> &'static str {
    nth(tr!("Mon Tue Wed Thu Fri Sat Sun"), number)
}

/// A day without its year, in few cells: `21 Jan`.
#[must_use]
pub fn day(day: i8, month: i8) -> String {
    tr!("{day} {month}", day, month = short_month(month))
}

/// The number that historians give a year before Christ: there is none between 1 BC and 1.
fn before_christ(year: i16) -> i32 {
    1 - i32::from(year)
}

/// A year as historians count it: `2019`, `493 BC`.
#[must_use]
pub fn year(year: i16) -> String {
    if year > 0 { year.to_string() } else { tr!("{year} BC", year = before_christ(year)) }
}

/// The years from one to another: `2013–2019`, `480–479 BC`, `27 BC–14`.
#[must_use]
pub fn years(first: i16, last: i16) -> String {
    match (first > 0, last > 0) {
        _ if first == last => year(first),
        (false, false) => tr!("{year} BC", year = format!("{}–{}", before_christ(first), before_christ(last))),
        _ => format!("{}–{}", year(first), year(last)),
    }
}

/// The decade in which a year lies: `1990s`, `420s BC`.
#[must_use]
pub fn decade(year: i16) -> String {
    if year > 0 { tr!("{year}s", year = year / 10 * 10) } else { tr!("{year}s BC", year = before_christ(year) / 10 * 10) }
}

/// A day in few cells: `21 Jan 2019`.
#[must_use]
pub fn dated(day: i8, month: i8, year: i16) -> String {
    tr!("{day} {month} {year}", day, month = short_month(month), year = self::year(year))
}

/// A day in words: `21 January 2019`.
#[must_use]
pub fn long_date(day: i8, month: i8, year: i16) -> String {
    tr!("{day} {long_month} {year}", day, long_month = self::month(month), year = self::year(year))
}

#[cfg(test)]
mod tests {
    use super::super::{Language, speaking};
    use super::*;

    #[test]
    fn dates_in_the_order_of_each_language() {
        let all = || [day(21, 1), dated(21, 1, 2019), long_date(1, 3, 2019), weekday(7).to_owned(), short_weekday(1).to_owned()];
        assert_eq!(all(), ["21 Jan", "21 Jan 2019", "1 March 2019", "Sunday", "Mon"]);
        assert_eq!(speaking(Language::German, all), ["21. Jan", "21. Jan 2019", "1. März 2019", "Sonntag", "Mo"]);
        assert_eq!(speaking(Language::Spanish, all), ["21 ene", "21 ene 2019", "1 de marzo de 2019", "domingo", "lun"]);
        assert_eq!([month(0), month(13), short_month(-1)], [""; 3]);
    }

    #[test]
    fn years_before_christ_have_their_mark_once() {
        let all = || [year(-492), years(-479, -478), years(-26, 14), decade(-428), decade(-419), dated(21, 9, -479)];
        assert_eq!(all(), ["493 BC", "480–479 BC", "27 BC–14", "420s BC", "420s BC", "21 Sep 480 BC"]);
        let german = ["493 v. Chr.", "480–479 v. Chr.", "27 v. Chr.–14", "420er v. Chr.", "420er v. Chr.", "21. Sep 480 v. Chr."];
        assert_eq!(speaking(Language::German, all), german);
        let spanish = ["493 a. C.", "480–479 a. C.", "27 a. C.–14", "años 420 a. C.", "años 420 a. C.", "21 sep 480 a. C."];
        assert_eq!(speaking(Language::Spanish, all), spanish);
        assert_eq!([year(0), year(1), years(2019, 2019), years(1800, 1899)], ["1 BC", "1", "2019", "1800–1899"]);
        assert_eq!([decade(1999), decade(5), decade(0)], ["1990s", "0s", "0s BC"]);
    }
}
