//! Stretches of the calendar: days, weeks, months … centuries, with their TIMEX3 values and their ends.

use crate::article::{Granularity, Interval};
use crate::lexicon::when::{Part, Season, Unit};
use jiff::civil::{Date, DateTime};
use jiff::{Span, ToSpan};

/// A stretch of the proleptic Gregorian calendar. Years are astronomical: 0 is 1 BC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stretch {
    /// One day.
    Day(Date),
    /// The week that begins on this Monday.
    Week(Date),
    /// The weekend of the week that begins on this Monday.
    Weekend(Date),
    /// Year and month.
    Month(i16, i8),
    /// Year and quarter.
    Quarter(i16, i8),
    /// Year and half.
    Half(i16, i8),
    /// Year and season; a winter begins in its year.
    Season(i16, Season),
    /// One year.
    Year(i16),
    /// The ten years from this one on.
    Decade(i16),
    /// A century; 19 is 1900 to 1999, -1 the first century before Christ.
    Century(i16),
}

/// A time within a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TimeOfDay {
    /// Hour (24 is midnight at the end of the day) and minute.
    Clock(u8, u8),
    /// A part of the day.
    Part(Part),
}

impl Stretch {
    /// The stretch of the size of `unit` that holds `day`; units below a day give the day.
    pub(super) fn around(unit: Unit, day: Date) -> Self {
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Self::Day(day),
            Unit::Week | Unit::Fortnight => Self::Week(monday(day)),
            Unit::Weekend => Self::Weekend(monday(day)),
            Unit::Month => Self::Month(day.year(), day.month()),
            Unit::Quarter => Self::Quarter(day.year(), (day.month() - 1) / 3 + 1),
            Unit::Semester => Self::Half(day.year(), (day.month() - 1) / 6 + 1),
            Unit::Year => Self::Year(day.year()),
            Unit::Decade => Self::Decade(day.year().div_euclid(10) * 10),
            Unit::Century | Unit::Millennium => Self::Century(century(day.year())),
        }
    }

    /// First day; `None` beyond the calendar.
    pub(super) fn first(self) -> Option<Date> {
        match self {
            Self::Day(d) | Self::Week(d) => Some(d),
            Self::Weekend(d) => d.checked_add(5.days()).ok(),
            Self::Month(y, m) => Date::new(y, m, 1).ok(),
            Self::Quarter(y, q) => Date::new(y, q * 3 - 2, 1).ok(),
            Self::Half(y, h) => Date::new(y, h * 6 - 5, 1).ok(),
            Self::Season(y, s) => Date::new(y, season_month(s), 1).ok(),
            Self::Year(y) | Self::Decade(y) => Date::new(y, 1, 1).ok(),
            Self::Century(c) => Date::new(century_start(c)?, 1, 1).ok(),
        }
    }

    /// Last day; `None` beyond the calendar.
    pub(super) fn last(self) -> Option<Date> {
        let step: Span = match self {
            Self::Day(d) => return Some(d),
            Self::Week(_) => 7.days(),
            Self::Weekend(_) => 2.days(),
            Self::Month(..) => 1.month(),
            Self::Quarter(..) | Self::Season(..) => 3.months(),
            Self::Half(..) => 6.months(),
            Self::Year(_) => 1.year(),
            Self::Decade(_) => 10.years(),
            Self::Century(_) => 100.years(),
        };
        self.first()?.checked_add(step).and_then(|d| d.yesterday()).ok()
    }

    /// The year that it lies in, or begins in.
    pub(super) fn year(self) -> Option<i16> {
        match self {
            Self::Day(d) => Some(d.year()),
            Self::Week(d) | Self::Weekend(d) => Some(d.iso_week_date().year()),
            Self::Month(y, _) | Self::Quarter(y, _) | Self::Half(y, _) | Self::Season(y, _) | Self::Year(y) | Self::Decade(y) => Some(y),
            Self::Century(c) => century_start(c),
        }
    }

    /// The month that it lies in, where it is not longer than one.
    pub(super) fn month(self) -> Option<(i16, i8)> {
        match self {
            Self::Day(d) | Self::Week(d) | Self::Weekend(d) => Some((d.year(), d.month())),
            Self::Month(y, m) => Some((y, m)),
            _ => None,
        }
    }

    /// The same stretch `n` years on.
    pub(super) fn years_on(self, n: i16) -> Option<Self> {
        Some(match self {
            Self::Day(d) => Self::Day(moved(d, Unit::Year, n.into())?),
            Self::Week(d) => Self::Week(monday(moved(d, Unit::Year, n.into())?)),
            Self::Weekend(d) => Self::Weekend(monday(moved(d, Unit::Year, n.into())?)),
            Self::Month(y, m) => Self::Month(y.checked_add(n)?, m),
            Self::Quarter(y, q) => Self::Quarter(y.checked_add(n)?, q),
            Self::Half(y, h) => Self::Half(y.checked_add(n)?, h),
            Self::Season(y, s) => Self::Season(y.checked_add(n)?, s),
            Self::Year(y) => Self::Year(y.checked_add(n)?),
            Self::Decade(y) => Self::Decade(y.checked_add(n)?),
            Self::Century(c) => Self::Century(c),
        })
    }

    /// How precise it is.
    pub(super) fn granularity(self) -> Granularity {
        match self {
            Self::Day(_) => Granularity::Day,
            Self::Week(_) | Self::Weekend(_) => Granularity::Week,
            Self::Month(..) => Granularity::Month,
            Self::Quarter(..) | Self::Half(..) | Self::Season(..) => Granularity::Quarter,
            Self::Year(_) => Granularity::Year,
            Self::Decade(_) => Granularity::Decade,
            Self::Century(_) => Granularity::Century,
        }
    }

    /// From its first to its last minute, or the part of its one day; `None` beyond the calendar.
    pub(super) fn interval(self, time: Option<TimeOfDay>) -> Option<Interval> {
        if let (Self::Day(day), Some(time)) = (self, time) {
            let (from, to) = time.ends(day)?;
            return Some(Interval { from, to, granularity: Granularity::Time });
        }
        Some(Interval { from: self.first()?.at(0, 0, 0, 0), to: self.last()?.at(23, 59, 0, 0), granularity: self.granularity() })
    }

    /// The TIMEX3 value.
    pub(super) fn value(self) -> String {
        match self {
            Self::Day(d) => format!("{}-{:02}-{:02}", year(d.year()), d.month(), d.day()),
            Self::Week(d) => week(d),
            Self::Weekend(d) => format!("{}-WE", week(d)),
            Self::Month(y, m) => format!("{}-{m:02}", year(y)),
            Self::Quarter(y, q) => format!("{}-Q{q}", year(y)),
            Self::Half(y, h) => format!("{}-H{h}", year(y)),
            Self::Season(y, s) => format!("{}-{}", year(y), season_name(s)),
            Self::Year(y) => year(y),
            Self::Decade(y) if y <= 0 => format!("BC{:03}", (1 - i32::from(y)) / 10),
            Self::Decade(y) => format!("{:03}", y / 10),
            Self::Century(c) if c < 0 => format!("BC{:02}", -(i32::from(c) + 1)),
            Self::Century(c) => format!("{c:02}"),
        }
    }
}

impl TimeOfDay {
    /// First and last minute on `day`.
    fn ends(self, day: Date) -> Option<(DateTime, DateTime)> {
        let at = |h: i8, m: i8| day.at(h, m, 0, 0);
        Some(match self {
            Self::Clock(24, _) => (at(23, 59), at(23, 59)),
            Self::Clock(h, m) => {
                let moment = at(i8::try_from(h).ok().filter(|h| *h < 24)?, i8::try_from(m).ok().filter(|m| *m < 60)?);
                (moment, moment)
            }
            Self::Part(Part::Early) => (at(0, 0), at(8, 59)),
            Self::Part(Part::Morning) => (at(5, 0), at(11, 59)),
            Self::Part(Part::Midday) => (at(11, 0), at(13, 59)),
            Self::Part(Part::Afternoon) => (at(12, 0), at(17, 59)),
            Self::Part(Part::Evening) => (at(17, 0), at(22, 59)),
            Self::Part(Part::Daytime) => (at(6, 0), at(19, 59)),
            Self::Part(Part::Night) => (at(20, 0), day.tomorrow().ok()?.at(5, 59, 0, 0)),
        })
    }

    /// The TIMEX3 value, to be put after the day's.
    pub(super) fn value(self) -> String {
        match self {
            Self::Clock(h, m) => format!("T{h:02}:{m:02}"),
            Self::Part(part) => format!("T{}", part_name(part)),
        }
    }
}

/// `day` moved by `n` units; `None` beyond the calendar.
pub(super) fn moved(day: Date, unit: Unit, n: i64) -> Option<Date> {
    let times = |k: i64| n.checked_mul(k);
    let span = match unit {
        Unit::Second | Unit::Minute => Span::new(),
        Unit::Hour => Span::new().try_days(n / 24).ok()?,
        Unit::Day => Span::new().try_days(n).ok()?,
        Unit::Week | Unit::Weekend => Span::new().try_weeks(n).ok()?,
        Unit::Fortnight => Span::new().try_weeks(times(2)?).ok()?,
        Unit::Month => Span::new().try_months(n).ok()?,
        Unit::Quarter => Span::new().try_months(times(3)?).ok()?,
        Unit::Semester => Span::new().try_months(times(6)?).ok()?,
        Unit::Year => Span::new().try_years(n).ok()?,
        Unit::Decade => Span::new().try_years(times(10)?).ok()?,
        Unit::Century => Span::new().try_years(times(100)?).ok()?,
        Unit::Millennium => Span::new().try_years(times(1000)?).ok()?,
    };
    day.checked_add(span).ok()
}

/// The weekday (Monday = 1) nearest before `day` (`before`), or nearest after it; `day` itself where `same`.
pub(super) fn weekday_near(day: Date, weekday: u8, before: bool, same: bool) -> Option<Date> {
    let now = i64::from(day.weekday().to_monday_one_offset());
    let back = (now - i64::from(weekday)).rem_euclid(7);
    let n = match (before, back) {
        (_, 0) if same => 0,
        (true, 0) => -7,
        (true, back) => -back,
        (false, back) => 7 - back,
    };
    moved(day, Unit::Day, n)
}

/// The Monday of the day's week; the day itself at the very beginning of the calendar.
pub(super) fn monday(day: Date) -> Date {
    let back = i64::from(day.weekday().to_monday_zero_offset());
    moved(day, Unit::Day, -back).unwrap_or(day)
}

/// Easter Sunday in the Gregorian calendar (the anonymous computus, Nature 13, 1876), or on the Julian reckoning of the Eastern churches.
pub(super) fn easter(year: i16, eastern: bool) -> Option<Date> {
    let y = i32::from(year);
    if y < 1 {
        return None;
    }
    if eastern {
        let d = (19 * (y % 19) + 15) % 30;
        let e = (2 * (y % 4) + 4 * (y % 7) - d + 34) % 7;
        let julian = date_of(year, (d + e + 114) / 31, (d + e + 114) % 31 + 1)?;
        return moved(julian, Unit::Day, i64::from(y / 100 - y / 400 - 2));
    }
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    date_of(year, (h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1)
}

fn date_of(year: i16, month: i32, day: i32) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn century(year: i16) -> i16 {
    if year > 0 { year / 100 } else { year / 100 - 1 }
}

fn century_start(century: i16) -> Option<i16> {
    match century {
        0 => Some(1),
        c if c > 0 => c.checked_mul(100),
        c => c.checked_mul(100)?.checked_add(1),
    }
}

fn season_month(season: Season) -> i8 {
    match season {
        Season::Spring => 3,
        Season::Summer => 6,
        Season::Autumn => 9,
        Season::Winter => 12,
    }
}

/// The season as TIMEX3 writes it.
pub(super) fn season_name(season: Season) -> &'static str {
    match season {
        Season::Spring => "SP",
        Season::Summer => "SU",
        Season::Autumn => "FA",
        Season::Winter => "WI",
    }
}

/// The part of the day as TIMEX3 writes it.
pub(super) fn part_name(part: Part) -> &'static str {
    match part {
        Part::Early => "EM",
        Part::Morning => "MO",
        Part::Midday => "MI",
        Part::Afternoon => "AF",
        Part::Evening => "EV",
        Part::Night => "NI",
        Part::Daytime => "DT",
    }
}

/// Four digits, with `BC` before the years before 1.
fn year(y: i16) -> String {
    if y <= 0 { format!("BC{:04}", 1 - i32::from(y)) } else { format!("{y:04}") }
}

fn week(monday: Date) -> String {
    let week = monday.iso_week_date();
    format!("{}-W{:02}", year(week.year()), week.week())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn values_and_ends() {
        let day = date(2019, 1, 21);
        let cases = [
            (Stretch::Day(day), "2019-01-21", day, day),
            (Stretch::around(Unit::Week, day), "2019-W04", day, date(2019, 1, 27)),
            (Stretch::around(Unit::Weekend, day), "2019-W04-WE", date(2019, 1, 26), date(2019, 1, 27)),
            (Stretch::around(Unit::Month, day), "2019-01", date(2019, 1, 1), date(2019, 1, 31)),
            (Stretch::around(Unit::Quarter, day), "2019-Q1", date(2019, 1, 1), date(2019, 3, 31)),
            (Stretch::Half(2018, 2), "2018-H2", date(2018, 7, 1), date(2018, 12, 31)),
            (Stretch::Season(2018, Season::Winter), "2018-WI", date(2018, 12, 1), date(2019, 2, 28)),
            (Stretch::Year(2018), "2018", date(2018, 1, 1), date(2018, 12, 31)),
            (Stretch::around(Unit::Decade, day), "201", date(2010, 1, 1), date(2019, 12, 31)),
            (Stretch::around(Unit::Century, day), "20", date(2000, 1, 1), date(2099, 12, 31)),
            (Stretch::Year(-492), "BC0493", date(-492, 1, 1), date(-492, 12, 31)),
            (Stretch::Decade(1 - 479), "BC047", date(-478, 1, 1), date(-469, 12, 31)),
            (Stretch::Century(-4), "BC03", date(-399, 1, 1), date(-300, 12, 31)),
        ];
        for (stretch, value, first, last) in cases {
            assert_eq!(stretch.value(), value);
            assert_eq!((stretch.first(), stretch.last()), (Some(first), Some(last)), "{value}");
        }
    }

    #[test]
    fn parts_of_the_day() {
        let day = Stretch::Day(date(2019, 12, 31));
        let night = day.interval(Some(TimeOfDay::Part(Part::Night))).expect("a night");
        assert_eq!((night.from, night.to), (date(2019, 12, 31).at(20, 0, 0, 0), date(2020, 1, 1).at(5, 59, 0, 0)));
        let midnight = day.interval(Some(TimeOfDay::Clock(24, 0))).expect("an hour");
        assert_eq!(midnight.to, date(2019, 12, 31).at(23, 59, 0, 0));
        assert_eq!(TimeOfDay::Clock(9, 5).value(), "T09:05");
        assert_eq!(Stretch::Day(Date::MAX).interval(Some(TimeOfDay::Part(Part::Night))), None);
    }

    #[test]
    fn weekdays_near_a_monday() {
        let monday = date(2019, 1, 21);
        assert_eq!(weekday_near(monday, 1, true, true), Some(monday));
        assert_eq!(weekday_near(monday, 1, true, false), Some(date(2019, 1, 14)));
        assert_eq!(weekday_near(monday, 3, true, true), Some(date(2019, 1, 16)));
        assert_eq!(weekday_near(monday, 3, false, true), Some(date(2019, 1, 23)));
        assert_eq!(moved(Date::MAX, Unit::Day, 1), None);
        assert_eq!(moved(Date::MIN, Unit::Millennium, i64::MIN), None);
    }
}
