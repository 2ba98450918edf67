//! Dates for lists: short, in their own precision, the year only where it is not plain.

use crate::article::{Granularity, Interval};
use crate::locale::{self, short_month, short_weekday, tr};
use jiff::civil::Date;

/// Days around the publication day in which a weekday says more than the month.
const NEAR: i32 = 7;

/// A day for a list: `21 Jan`, with the year where it is not `year`.
#[must_use]
pub fn day(date: Date, year: Option<i16>) -> String {
    let (day, month) = (date.day(), date.month());
    if year == Some(date.year()) { locale::day(day, month) } else { locale::dated(day, month, date.year()) }
}

/// The day of an instant in seconds since 1970, as the library counts days: in UTC.
#[must_use]
pub fn page_day(at: i64) -> String {
    jiff::Timestamp::from_second(at).map_or_else(|_| String::new(), |t| t.to_zoned(jiff::tz::TimeZone::UTC).date().to_string())
}

/// The days of a stretch of time, or its hours, where it does not begin and end with days: from its first instant up to its end, both in seconds since
/// 1970, and in UTC.
#[must_use]
pub fn page_days((from, to): (i64, i64)) -> String {
    let civil = |at: i64| jiff::Timestamp::from_second(at).map(|t| t.to_zoned(jiff::tz::TimeZone::UTC).datetime()).unwrap_or_default();
    let (first, last) = (civil(from), civil(to - 1));
    if from % 86_400 == 0 && to % 86_400 == 0 {
        let same_year = first.year() == last.year();
        return if same_year {
            days(first.date(), last.date(), None)
        } else {
            format!("{} – {}", day(first.date(), None), day(last.date(), None))
        };
    }
    let end = civil(to);
    let hour = |at: jiff::civil::DateTime| at.strftime("%H:%M").to_string();
    if first.date() == last.date() {
        return format!("{} {}–{}", day(first.date(), None), hour(first), hour(end));
    }
    format!("{} {} – {} {}", day(first.date(), None), hour(first), day(end.date(), None), hour(end))
}

/// When something is, in its own precision, seen from the publication day: `Mon 21 Jan`, `Mar 2017`, `2013`, `13–15 Jan`, `1990s`, `480–479 BC`.
#[must_use]
pub fn when(interval: Interval, published: Option<Date>) -> String {
    let (from, to) = (interval.from.date(), interval.to.date());
    match interval.granularity {
        Granularity::Time | Granularity::Day | Granularity::Week => days(from, to, published),
        Granularity::Month if from.year() == to.year() && from.month() != to.month() => {
            format!("{}–{}", short_month(from.month()), month(to))
        }
        Granularity::Month if from.year() < 1 && from.year() != to.year() => format!("{}–{}", month(from), month(to)),
        Granularity::Month if from.year() != to.year() => format!("{}–{}", near_month(from), near_month(to)),
        Granularity::Month => month(from),
        Granularity::Quarter => quarter(from, to),
        Granularity::Decade => locale::decade(from.year()),
        Granularity::Year | Granularity::Century => locale::years(from.year(), to.year()),
    }
}

fn days(from: Date, to: Date, published: Option<Date>) -> String {
    let this_year = published.map(Date::year);
    if from == to {
        let near = published.and_then(|p| p.until(from).ok()).is_some_and(|s| s.get_days().abs() <= NEAR);
        return if near {
            tr!("{weekday} {day}", weekday = short_weekday(from.weekday().to_monday_one_offset()), day = day(from, Some(from.year())))
        } else {
            day(from, this_year)
        };
    }
    if (from.year(), from.month()) == (to.year(), to.month()) {
        return tr!("{day}–{end}", day = from.day(), end = day(to, this_year));
    }
    format!("{}–{}", day(from, Some(from.year())), day(to, this_year))
}

/// A month with its year: `Mar 2017`.
fn month(date: Date) -> String {
    tr!("{month} {year}", month = short_month(date.month()), year = locale::year(date.year()))
}

/// A month with the last two digits of its year: `Mar 17`.
fn near_month(date: Date) -> String {
    tr!("{month} {year}", month = short_month(date.month()), year = date.strftime("%y"))
}

/// A quarter by its number; any other part of a year by its months.
fn quarter(from: Date, to: Date) -> String {
    let months = (i32::from(to.year()) - i32::from(from.year())) * 12 + i32::from(to.month()) - i32::from(from.month()) + 1;
    if months == 3 && from.month() % 3 == 1 {
        return tr!("Q{quarter} {year}", quarter = (from.month() + 2) / 3, year = locale::year(from.year()));
    }
    format!("{}–{}", short_month(from.month()), month(to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn shown(from: Date, to: Date, granularity: Granularity) -> String {
        let interval = Interval { from: from.at(0, 0, 0, 0), to: to.at(23, 59, 0, 0), granularity };
        when(interval, Some(date(2019, 1, 21)))
    }

    #[test]
    fn stretches_of_days_and_hours() {
        let at = |date: Date, hour: i64| date.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_second() + hour * 3600;
        let d = date(2019, 1, 14);
        let shown =
            [((d, 0), (date(2019, 1, 15), 0)), ((d, 0), (date(2019, 1, 21), 0)), ((d, 0), (date(2020, 2, 2), 0)), ((d, 9), (d, 11))];
        let shown = shown.map(|((a, h), (b, i))| page_days((at(a, h), at(b, i))));
        assert_eq!(shown, ["14 Jan 2019", "14–20 Jan 2019", "14 Jan 2019 – 1 Feb 2020", "14 Jan 2019 09:00–11:00"]);
        assert_eq!(page_days((at(d, 22), at(d, 25))), "14 Jan 2019 22:00 – 15 Jan 2019 01:00");
        assert!(!page_days((i64::MIN, i64::MAX)).is_empty());
    }

    #[test]
    fn each_in_its_own_precision() {
        let d = |m, day| date(2019, m, day);
        assert_eq!(shown(d(1, 21), d(1, 21), Granularity::Day), "Mon 21 Jan");
        assert_eq!(shown(d(1, 10), d(1, 10), Granularity::Day), "10 Jan");
        assert_eq!(shown(date(2018, 5, 20), date(2018, 5, 20), Granularity::Time), "20 May 2018");
        assert_eq!(shown(d(1, 13), d(1, 15), Granularity::Day), "13–15 Jan");
        assert_eq!(shown(d(1, 30), d(2, 2), Granularity::Day), "30 Jan–2 Feb");
        assert_eq!(shown(date(2017, 3, 1), date(2017, 3, 31), Granularity::Month), "Mar 2017");
        assert_eq!(shown(date(2018, 12, 1), date(2019, 1, 31), Granularity::Month), "Dec 18–Jan 19");
        assert_eq!(shown(d(1, 21), d(1, 27), Granularity::Week), "21–27 Jan");
        assert_eq!(shown(date(2018, 4, 1), date(2018, 6, 30), Granularity::Quarter), "Q2 2018");
        assert_eq!(shown(date(2018, 12, 1), date(2019, 2, 28), Granularity::Quarter), "Dec–Feb 2019");
        assert_eq!(shown(date(2013, 1, 1), date(2013, 12, 31), Granularity::Year), "2013");
        assert_eq!(shown(date(1990, 1, 1), date(1999, 12, 31), Granularity::Decade), "1990s");
    }

    #[test]
    fn years_before_christ() {
        let years = |from, to, granularity| shown(date(from, 1, 1), date(to, 12, 31), granularity);
        assert_eq!(years(-492, -492, Granularity::Year), "493 BC");
        assert_eq!(years(-479, -478, Granularity::Year), "480–479 BC");
        assert_eq!(years(-428, -419, Granularity::Decade), "420s BC");
        assert_eq!(years(-399, -300, Granularity::Century), "400–301 BC");
        assert_eq!(shown(date(-479, 9, 1), date(-479, 9, 30), Granularity::Month), "Sep 480 BC");
        assert_eq!(shown(date(-479, 9, 1), date(-478, 2, 28), Granularity::Month), "Sep 480 BC–Feb 479 BC");
        assert_eq!(shown(date(-479, 7, 1), date(-479, 9, 30), Granularity::Quarter), "Q3 480 BC");
        assert_eq!(shown(date(-479, 9, 20), date(-479, 9, 20), Granularity::Day), "20 Sep 480 BC");
    }
}
