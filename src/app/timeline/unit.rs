//! Units of zoom: the calendar cut into bins, from hours to centuries.

use crate::locale::{self, tr};
use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, date};

/// A length into which a timeline cuts the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Hours.
    Hour,
    /// Days.
    Day,
    /// Weeks, from Monday.
    Week,
    /// Months.
    Month,
    /// Years.
    Year,
    /// Decades, from years that end in 0; before Christ from those that end in 9.
    Decade,
    /// Centuries, from years that end in 00, before and after Christ.
    Century,
}

/// The beginning of bin 0 of hours and days.
const EPOCH: Date = date(1970, 1, 1);

/// The day of [`EPOCH`] in its week, Monday = 0.
const EPOCH_WEEKDAY: i64 = 3;

impl Unit {
    /// All units, the finest first.
    pub const ALL: [Self; 7] = [Self::Hour, Self::Day, Self::Week, Self::Month, Self::Year, Self::Decade, Self::Century];

    /// The unit in the plural, for a title.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Hour => tr!("hours"),
            Self::Day => tr!("days"),
            Self::Week => tr!("weeks"),
            Self::Month => tr!("months"),
            Self::Year => tr!("years"),
            Self::Decade => tr!("decades"),
            Self::Century => tr!("centuries"),
        }
    }

    /// The next longer unit.
    #[must_use]
    pub fn coarser(self) -> Option<Self> {
        Self::ALL.get(self as usize + 1).copied()
    }

    /// The next shorter unit.
    #[must_use]
    pub fn finer(self) -> Option<Self> {
        (self as usize).checked_sub(1).and_then(|n| Self::ALL.get(n)).copied()
    }

    /// The number of the bin that holds a minute; later bins have higher numbers, without gaps.
    #[must_use]
    pub fn bin(self, at: DateTime) -> i64 {
        let hours = || at.duration_since(EPOCH.at(0, 0, 0, 0)).as_secs().div_euclid(3600);
        let year = i64::from(at.year());
        match self {
            Self::Hour => hours(),
            Self::Day => hours().div_euclid(24),
            Self::Week => (hours().div_euclid(24) + EPOCH_WEEKDAY).div_euclid(7),
            Self::Month => year * 12 + i64::from(at.month()) - 1,
            Self::Year => year,
            Self::Decade if year > 0 => year / 10,
            Self::Decade => -1 - (1 - year) / 10,
            Self::Century if year > 0 => year / 100,
            Self::Century => (year - 1).div_euclid(100),
        }
    }

    /// The first minute of a bin; `None` beyond the calendar.
    #[must_use]
    pub fn start(self, bin: i64) -> Option<DateTime> {
        let hours = |n: i64| EPOCH.at(0, 0, 0, 0).checked_add(SignedDuration::try_from_hours(n)?).ok();
        let january = |year: i64| Date::new(i16::try_from(year).ok()?, 1, 1).ok().map(|d| d.at(0, 0, 0, 0));
        match self {
            Self::Hour => hours(bin),
            Self::Day => hours(bin.checked_mul(24)?),
            Self::Week => hours(bin.checked_mul(7)?.checked_sub(EPOCH_WEEKDAY)?.checked_mul(24)?),
            Self::Month => {
                let month = i8::try_from(bin.rem_euclid(12) + 1).ok()?;
                Date::new(i16::try_from(bin.div_euclid(12)).ok()?, month, 1).ok().map(|d| d.at(0, 0, 0, 0))
            }
            Self::Year => january(bin),
            Self::Decade => january(first_year(bin, 10, 2)?),
            Self::Century => january(first_year(bin, 100, 1)?),
        }
    }

    /// What a bin is called where it stands alone: `14:00 Mon 21 Jan`, `Mon 21 Jan 2019`, `Mar 2017`, `1990s`, `400–301 BC`; empty beyond the calendar.
    #[must_use]
    pub fn label(self, bin: i64) -> String {
        let Some(at) = self.start(bin) else { return String::new() };
        match self {
            Self::Hour => format!("{} {:02}:00", locale::day(at.day(), at.month()), at.hour()),
            Self::Day => locale::dated(at.day(), at.month(), at.year()),
            Self::Week => tr!("w {date}", date = locale::dated(at.day(), at.month(), at.year())),
            Self::Month => tr!("{month} {year}", month = locale::short_month(at.month()), year = locale::year(at.year())),
            Self::Year => locale::year(at.year()),
            Self::Century if at.year() < 1 => locale::years(at.year(), at.year().saturating_add(99)),
            Self::Decade | Self::Century => locale::decade(at.year()),
        }
    }

    /// What stands under a bin of the axis; `None` under bins that begin nothing longer.
    #[must_use]
    pub fn tick(self, bin: i64) -> Option<String> {
        let at = self.start(bin)?;
        let year = || locale::year(at.year());
        let counted = if at.year() > 0 { at.year() } else { 1 - at.year() };
        match self {
            Self::Hour if at.hour() == 0 => Some(locale::day(at.day(), at.month())),
            Self::Hour if at.hour() == 12 => Some("12h".to_owned()),
            Self::Day if at.day() == 1 && at.month() == 1 => Some(year()),
            Self::Day if at.day() == 1 => Some(locale::short_month(at.month()).to_owned()),
            Self::Day if at.day() % 10 == 0 && at.day() < 30 => Some(at.day().to_string()),
            Self::Week if at.day() <= 7 && at.month() == 1 => Some(year()),
            Self::Week if at.day() <= 7 => Some(locale::short_month(at.month()).to_owned()),
            Self::Month if at.month() == 1 => Some(year()),
            Self::Month if at.month() == 7 => Some(locale::short_month(7).to_owned()),
            Self::Year if counted % 10 == 0 => Some(year()),
            // The nine years before Christ would be the noughts that those after Christ are.
            Self::Decade if bin != -1 && counted / 10 % 10 == 0 => Some(if bin < 0 { locale::year(1 - counted / 10 * 10) } else { year() }),
            Self::Century if bin % 5 == 0 => Some(year()),
            _ => None,
        }
    }
}

/// The first year of a bin of so many years. There is no year 0 to begin one, so those before Christ begin `off` years later than their number says.
fn first_year(bin: i64, years: i64, off: i64) -> Option<i64> {
    match bin {
        0 => Some(1),
        1.. => bin.checked_mul(years),
        _ => bin.checked_mul(years)?.checked_add(off),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_lead_back_to_their_beginnings() {
        let days = [date(2019, 1, 21), date(1969, 12, 28), date(1, 1, 1), date(9999, 12, 31), date(-4712, 3, 1), date(2000, 2, 29)];
        for day in days {
            for unit in Unit::ALL {
                let at = day.at(13, 45, 0, 0);
                let bin = unit.bin(at);
                let start = unit.start(bin).unwrap();
                assert!(start <= at, "{unit:?} {at} {start}");
                assert_eq!(unit.bin(start), bin, "{unit:?} {at}");
                if let Some(next) = unit.start(bin + 1) {
                    assert!(at < next && unit.bin(next) == bin + 1, "{unit:?} {at} {next}");
                }
            }
        }
    }

    #[test]
    fn weeks_begin_on_monday() {
        let start = Unit::Week.start(Unit::Week.bin(date(2019, 1, 27).at(23, 59, 0, 0))).unwrap();
        assert_eq!(start.date(), date(2019, 1, 21));
    }

    #[test]
    fn beyond_the_calendar_there_is_nothing() {
        for unit in Unit::ALL {
            assert_eq!(unit.start(i64::MAX), None);
            assert_eq!(unit.start(i64::MIN), None);
            assert_eq!(unit.label(i64::MAX), "");
        }
    }

    #[test]
    fn each_bin_has_a_name() {
        let label = |unit: Unit| unit.label(unit.bin(date(2019, 1, 21).at(14, 30, 0, 0)));
        assert_eq!(Unit::ALL.map(label), ["21 Jan 14:00", "21 Jan 2019", "w 21 Jan 2019", "Jan 2019", "2019", "2010s", "2000s"]);
        assert_eq!(Unit::Month.tick(Unit::Month.bin(date(2019, 1, 21).at(0, 0, 0, 0))).as_deref(), Some("2019"));
        assert_eq!(Unit::Month.tick(Unit::Month.bin(date(2019, 2, 21).at(0, 0, 0, 0))), None);
    }

    #[test]
    fn years_before_christ_are_counted_backwards() {
        let label = |unit: Unit, year| unit.label(unit.bin(date(year, 9, 20).at(14, 30, 0, 0)));
        let named = [Unit::Day, Unit::Month, Unit::Year, Unit::Decade, Unit::Century].map(|unit| label(unit, -479));
        assert_eq!(named, ["20 Sep 480 BC", "Sep 480 BC", "480 BC", "480s BC", "500–401 BC"]);
        assert_eq!([-428, -419].map(|year| label(Unit::Decade, year)), ["420s BC", "420s BC"]);
        assert_eq!([-399, -300].map(|year| label(Unit::Century, year)), ["400–301 BC", "400–301 BC"]);
        let tick = |unit: Unit, year| unit.tick(unit.bin(date(year, 1, 1).at(0, 0, 0, 0)));
        assert_eq!([-489, -490].map(|year| tick(Unit::Year, year)), [Some("490 BC".to_owned()), None]);
        assert_eq!([-400, 0, 1, 100].map(|year| tick(Unit::Decade, year).unwrap_or_default()), ["400 BC", "", "1", "100"]);
        assert_eq!([-499, 1, 500].map(|year| tick(Unit::Century, year).unwrap_or_default()), ["500 BC", "1", "500"]);
    }
}
