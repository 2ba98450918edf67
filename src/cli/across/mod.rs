//! The commands for what holds across articles: pages of people and places, stories, what rises, what is followed, and who is who.

pub(super) mod digest;
pub(super) mod entities;
pub(super) mod export;
mod graphml;
mod page;
pub(super) mod show;
pub(super) mod stories;
mod table;
pub(super) mod watch;

use crate::cli::library;
use crate::jobs::shelf::VISIT;
use crate::locale::tr;
use crate::notice::Notice;
use crate::store::{EntityKey, Snapshot};
use crate::text::clean_line;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Seconds of a day.
const DAY: i64 = 86_400;

/// The day of an instant, as the library counts days: in UTC.
fn day(at: i64) -> Date {
    Timestamp::from_second(at).map_or(Date::ZERO, |t| t.to_zoned(TimeZone::UTC).date())
}

/// The first instant of a day.
fn instant(day: Date) -> i64 {
    day.to_zoned(TimeZone::UTC).map_or(0, |z| z.timestamp().as_second())
}

/// From when on: a day, `today`, `yesterday`, or an age such as `7d` or `3w`.
fn since(text: &str) -> Result<Since, String> {
    let age = |unit: char, seconds: i64| text.strip_suffix(unit).and_then(|n| n.parse::<i64>().ok()).map(|n| n.saturating_mul(seconds));
    match text {
        "today" => Ok(Since::Days(0)),
        "yesterday" => Ok(Since::Days(1)),
        "last-visit" | "last visit" => Ok(Since::Visit),
        _ => age('d', DAY)
            .or_else(|| age('w', 7 * DAY))
            .or_else(|| age('h', 3600))
            .map(Since::Age)
            .or_else(|| text.parse().ok().map(Since::Day))
            .ok_or_else(|| "write it as yesterday, last-visit, 3d, 2w or 2019-01-21".to_owned()),
    }
}

/// An instant told by its distance from now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Since {
    /// The beginning of a day so many days ago.
    Days(i64),
    /// So many seconds ago.
    Age(i64),
    /// The beginning of a day.
    Day(Date),
    /// When the reader was last open; yesterday where it never was.
    Visit,
}

impl Since {
    /// The instant, in seconds since 1970.
    ///
    /// # Errors
    /// Where the library cannot be read.
    fn instant(self, snapshot: &Snapshot<'_>, now: i64) -> Result<i64, Notice> {
        let visit = if self == Self::Visit { snapshot.setting(VISIT)?.and_then(|v| v.parse().ok()) } else { None };
        Ok(visit.unwrap_or_else(|| self.before(now)))
    }

    fn before(self, now: i64) -> i64 {
        match self {
            Self::Visit => Self::Days(1).before(now),
            Self::Days(days) => now.div_euclid(DAY) * DAY - days * DAY,
            Self::Age(seconds) => now.saturating_sub(seconds.max(0)),
            Self::Day(day) => instant(day),
        }
    }
}

/// The entity that a reader means by a name. Where several are called so the most frequent is taken; `#12` names one by its number.
pub(super) fn meant(snapshot: &Snapshot<'_>, name: &str) -> Result<EntityKey, Notice> {
    if let Some(number) = name.strip_prefix('#').and_then(|n| n.parse().ok()) {
        if snapshot.entity(EntityKey(number))?.is_some() {
            return snapshot.subject(EntityKey(number));
        }
    } else if let Some((key, _)) = snapshot.meant(name, 1)?.first() {
        return Ok(*key);
    }
    Err(Notice::new(tr!("Nobody and nothing in the library is called '{name}'", name = clean_line(name)))
        .hint(tr!("all its words have to be given as they are written; dateline search finds articles by other words")))
}

/// Text on one line, cut where it is very long.
fn short(text: &str, cells: usize) -> String {
    crate::text::cut(&clean_line(text), cells)
}

/// Seconds since 1970, for all commands of this folder.
fn now() -> i64 {
    library::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn since_when() {
        let noon = 1_548_072_000; // 2019-01-21 12:00
        let at = |text: &str| day(since(text).unwrap().before(noon)).to_string();
        assert_eq!(at("today"), "2019-01-21");
        assert_eq!(at("yesterday"), "2019-01-20");
        assert_eq!(at("2w"), "2019-01-07");
        assert_eq!(at("2018-12-31"), "2018-12-31");
        assert_eq!(since("1h").unwrap().before(noon), noon - 3600);
        assert!(since("soon").is_err());
        assert_eq!(day(i64::MAX), Date::ZERO);
    }
}
