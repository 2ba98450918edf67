//! When: time expressions (TIMEX3) and the clauses that they place on the calendar.

use super::EntityId;
use crate::locale::{self, tr};
use crate::text::Span;
use jiff::civil::DateTime;

/// TIMEX3's four types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimexType {
    /// A day or something longer.
    Date,
    /// A part of a day or a time of the clock.
    Time,
    /// A length of time.
    Duration,
    /// Something that comes back.
    Set,
}

impl TimexType {
    /// The type as TIMEX3 writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
            Self::Set => "SET",
        }
    }
}

/// How precisely a moment is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Granularity {
    /// A time of the clock or a part of a day.
    Time,
    /// A day.
    Day,
    /// A week or a weekend.
    Week,
    /// A month.
    Month,
    /// A quarter, a half-year or a season.
    Quarter,
    /// A year.
    Year,
    /// A decade.
    Decade,
    /// A century or longer.
    Century,
}

impl Granularity {
    /// The granularity as it is written in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
            Self::Decade => "decade",
            Self::Century => "century",
        }
    }
}

/// A stretch of the calendar, both ends inclusive, with the precision at which it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// First minute.
    pub from: DateTime,
    /// Last minute.
    pub to: DateTime,
    /// How precisely both are known.
    pub granularity: Granularity,
}

impl Interval {
    /// When it begins, written as far as it is known, in ISO 8601's order: `2019-01-21`, `2019-01`, `2019`, `1980s`; before Christ in words, `Sep 480 BC`.
    #[must_use]
    pub fn begins(self) -> String {
        let day = self.from.date();
        if day.year() < 1 {
            return self.begins_before_christ();
        }
        match self.granularity {
            Granularity::Time | Granularity::Day | Granularity::Week => day.to_string(),
            Granularity::Month | Granularity::Quarter => day.strftime("%Y-%m").to_string(),
            Granularity::Year => day.strftime("%Y").to_string(),
            Granularity::Decade | Granularity::Century => format!("{}s", day.strftime("%Y")),
        }
    }

    /// The same where no figures are read as they are meant: ISO 8601 writes 480 BC as -0479.
    fn begins_before_christ(self) -> String {
        let (day, month, year) = (self.from.day(), self.from.month(), self.from.year());
        match self.granularity {
            Granularity::Time | Granularity::Day | Granularity::Week => locale::dated(day, month, year),
            Granularity::Month | Granularity::Quarter => {
                tr!("{month} {year}", month = locale::short_month(month), year = locale::year(year))
            }
            Granularity::Year => locale::year(year),
            Granularity::Decade => locale::decade(year),
            Granularity::Century => locale::years(year, self.to.year()),
        }
    }
}

/// A time expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Timex {
    /// The words.
    pub span: Span,
    /// TIMEX3 type.
    pub kind: TimexType,
    /// TIMEX3 value as in TempEval-3: `2019-01-21TMO`, `2018-Q2`, `P3D`, `PAST_REF`; `None` where it cannot be known, as for "Monday" in an article
    /// without a date.
    pub value: Option<String>,
    /// TIMEX3 modifier: `START`, `MID`, `END`, `APPROX`, …
    pub modifier: Option<&'static str>,
    /// Where it lies on the calendar; `None` for durations, sets and vague references.
    pub interval: Option<Interval>,
}

/// A clause with its place on the calendar: one row of the timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The clause.
    pub span: Span,
    /// The time expression that dates it: an index into `Annotations::times`; `None` where the publication day does.
    pub time: Option<u32>,
    /// When it is, as far as that is known.
    pub interval: Option<Interval>,
    /// Who and what occurs in the clause.
    pub entities: Vec<EntityId>,
    /// True for what is planned or foretold.
    pub future: bool,
    /// True where the clause tells that something was said, and not what happened.
    pub statement: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn beginnings_as_far_as_they_are_known() {
        let begins = |year, granularity| {
            Interval { from: date(year, 9, 20).at(0, 0, 0, 0), to: date(year, 9, 20).at(23, 59, 0, 0), granularity }.begins()
        };
        let all = [Granularity::Day, Granularity::Month, Granularity::Year, Granularity::Decade];
        assert_eq!(all.map(|g| begins(1980, g)), ["1980-09-20", "1980-09", "1980", "1980s"]);
        assert_eq!(all.map(|g| begins(-479, g)), ["20 Sep 480 BC", "Sep 480 BC", "480 BC", "480s BC"]);
    }
}
