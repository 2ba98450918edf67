//! Days and ages in a query.

use super::Problem;
use crate::locale::tr;
use crate::text::Span;
use jiff::civil::{Date, DateTime};

/// A stretch of days; an open end is `None`. Both ends are inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Days {
    /// Its beginning.
    pub from: Option<Point>,
    /// Its end; the same as the beginning for a single point.
    pub to: Option<Point>,
}

/// A day or a stretch of the calendar with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Point {
    /// `1990s`, by its first year.
    Decade(i16),
    /// `2019`
    Year(i16),
    /// `2019-01`
    Month(i16, i8),
    /// `2019-01-21`
    Day(Date),
    /// `today`
    Today,
    /// `yesterday`
    Yesterday,
}

/// How old an article is, or the day that it is measured from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Age {
    /// `12h`
    Hours(i32),
    /// `7d`
    Days(i32),
    /// `2w`
    Weeks(i32),
    /// `3m`
    Months(i32),
    /// `1y`
    Years(i32),
    /// `2019-01-21`: since the beginning of that.
    Since(Point),
}

impl Point {
    /// Its first and last day; none outside the calendar.
    #[must_use]
    pub fn ends(self, today: Date) -> Option<(Date, Date)> {
        let years = |from: i16, to: i16| Some((Date::new(from, 1, 1).ok()?, Date::new(to, 12, 31).ok()?));
        match self {
            Self::Decade(year) => years(year, year + 9),
            Self::Year(year) => years(year, year),
            Self::Month(year, month) => Date::new(year, month, 1).ok().map(|d| (d, d.last_of_month())),
            Self::Day(day) => Some((day, day)),
            Self::Today => Some((today, today)),
            Self::Yesterday => today.yesterday().ok().map(|d| (d, d)),
        }
    }
}

impl Days {
    /// The first and the last day; the calendar's own ends where a side is open.
    #[must_use]
    pub fn ends(self, today: Date) -> (Date, Date) {
        let from = self.from.and_then(|p| p.ends(today)).map_or(Date::MIN, |(from, _)| from);
        let to = self.to.and_then(|p| p.ends(today)).map_or(Date::MAX, |(_, to)| to);
        (from, to)
    }
}

impl Age {
    /// The moment that lies so far back from `now`; the calendar's first one where it lies before that.
    #[must_use]
    pub fn before(self, now: DateTime) -> DateTime {
        let back = match self {
            Self::Hours(n) => jiff::Span::new().try_hours(n),
            Self::Days(n) => jiff::Span::new().try_days(n),
            Self::Weeks(n) => jiff::Span::new().try_weeks(n),
            Self::Months(n) => jiff::Span::new().try_months(n),
            Self::Years(n) => jiff::Span::new().try_years(n),
            Self::Since(point) => {
                return point.ends(now.date()).map_or(DateTime::MIN, |(from, _)| from.to_datetime(jiff::civil::time(0, 0, 0, 0)));
            }
        };
        back.and_then(|back| now.checked_sub(back)).unwrap_or(DateTime::MIN)
    }
}

/// Reads `2019-01..2019-03`, `2019..`, `..2019` or a single point.
pub(super) fn days(text: &str, span: Span) -> Result<Days, Problem> {
    let at = |part: &str| -> Result<Option<Point>, Problem> {
        if part.is_empty() {
            return Ok(None);
        }
        point(part).map(Some).ok_or_else(|| {
            Problem::new(
                span,
                tr!("'{part}' is no day", part),
                tr!("write 2019, 2019-01, 2019-01-21, 1990s, today, or two of them as 2019-01..2019-03"),
            )
        })
    };
    let days = match text.split_once("..") {
        None => {
            let point = at(text)?;
            Days { from: point, to: point }
        }
        Some((from, to)) => Days { from: at(from)?, to: at(to.trim_start_matches('.'))? },
    };
    // Where `today` lies does not matter for an order that is wrong on every day.
    let fixed = |p: Option<Point>| p.filter(|p| !matches!(p, Point::Today | Point::Yesterday)).and_then(|p| p.ends(Date::MAX));
    if let (Some((from, _)), Some((_, to))) = (fixed(days.from), fixed(days.to))
        && from > to
    {
        return Err(Problem::new(span, tr!("this ends before it begins"), tr!("write the earlier day first")));
    }
    Ok(days)
}

fn point(text: &str) -> Option<Point> {
    match text.to_ascii_lowercase().as_str() {
        "today" => return Some(Point::Today),
        "yesterday" => return Some(Point::Yesterday),
        _ => {}
    }
    if let Some(decade) = text.strip_suffix('s') {
        return year(decade).filter(|y| y % 10 == 0).map(Point::Decade);
    }
    let mut parts = text.split('-');
    let year = year(parts.next()?)?;
    let Some(month) = parts.next() else { return Some(Point::Year(year)) };
    let month = small(month).filter(|m| (1..=12).contains(m))?;
    let point = match parts.next() {
        None => Point::Month(year, month),
        Some(day) => Point::Day(Date::new(year, month, small(day)?).ok()?),
    };
    parts.next().is_none().then_some(point)
}

/// A year in three or four figures.
fn year(text: &str) -> Option<i16> {
    ((3..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// A month or a day in one or two figures.
fn small(text: &str) -> Option<i8> {
    ((1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// Reads `7d`, `12h`, `2w`, `3m`, `1y` or a day.
pub(super) fn age(text: &str, span: Span) -> Result<Age, Problem> {
    let wrong = || Problem::new(span, tr!("'{text}' is no age", text), tr!("write 12h, 7d, 2w, 3m (months), 1y, or a day as 2019-01-21"));
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let count = || number.parse::<i32>().ok().filter(|n| *n <= 10_000);
    match unit {
        "h" => count().map(Age::Hours),
        "d" => count().map(Age::Days),
        "w" => count().map(Age::Weeks),
        "m" | "mo" => count().map(Age::Months),
        "y" => count().map(Age::Years),
        _ => point(text).map(Age::Since),
    }
    .ok_or_else(wrong)
}
