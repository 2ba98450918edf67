//! The names of months and days, and the order in which a language puts them. Numbers of months and days count from 1, weekdays from Monday.

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

/// A day in few cells: `21 Jan 2019`.
#[must_use]
pub fn dated(day: i8, month: i8, year: i16) -> String {
    tr!("{day} {month} {year}", day, month = short_month(month), year)
}

/// A day in words: `21 January 2019`.
#[must_use]
pub fn long_date(day: i8, month: i8, year: i16) -> String {
    tr!("{day} {long_month} {year}", day, long_month = self::month(month), year)
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
}
