//! Meanings → places on the calendar, by the publication day and a running reference time.

use super::calendar::{Stretch, TimeOfDay, monday, moved, weekday_near};
use super::direction::Direction;
use super::holiday;
use super::meaning::{Amount, Expression, Meaning, Offset, YearOf};
use crate::lexicon::when::{Part, Season, Unit, Which};
use jiff::civil::Date;

/// Sentences after which a reference time is forgotten in news, where the publication day takes over again.
const MEMORY: usize = 2;

/// The same for a quarter: a report on earnings compares with it throughout.
const QUARTER_MEMORY: usize = 8;

/// A day of a month within so many days of the publication day is the nearest one, whatever the tense.
const NEAR_DAYS: i32 = 130;

/// The same where the words look back.
const NEAR_DAYS_TOLD: i32 = 80;

/// What is known while an article is read from its beginning.
pub(super) struct Context {
    /// The publication day.
    pub published: Option<Date>,
    /// True for a history, told along its own dates and not from the publication day.
    pub narrative: bool,
    /// The day of the dateline, where it is not the publication day: what "today" and "Monday" count from.
    pub filed: Option<Date>,
    /// The last place on the calendar, with the number of its sentence.
    reference: Option<(Stretch, usize)>,
    /// The last month or day of the story's own course: what a history goes on from.
    course: Option<(i16, i8)>,
    /// A bare year that came after it.
    bare_year: Option<i16>,
    /// The last quarter, with the number of its sentence.
    quarter: Option<(Stretch, usize)>,
    /// True after a longer part of the year was spoken of than that quarter.
    whole_year: bool,
    /// The sentence being read.
    pub sentence: usize,
    /// The day on which the words around the expression were spoken, where that is not the publication day.
    pub spoken: Option<Stretch>,
    /// The day that stands right behind a time of the clock: "10:35 a.m. (0735 GMT) Friday".
    pub day_behind: Option<Stretch>,
}

/// Where an expression lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    /// The stretch.
    pub stretch: Stretch,
    /// The time of the day.
    pub time: Option<TimeOfDay>,
}

impl Context {
    /// Nothing read yet.
    pub(super) fn new(published: Option<Date>, narrative: bool) -> Self {
        Self {
            published,
            narrative,
            filed: None,
            reference: None,
            course: None,
            bare_year: None,
            quarter: None,
            whole_year: false,
            sentence: 0,
            day_behind: None,
            spoken: None,
        }
    }

    /// The place of an expression; `None` where it has none or it cannot be known.
    pub(super) fn resolve(&mut self, expression: &Expression, direction: Direction) -> Option<Place> {
        if let Meaning::Duration(amount, Unit::Month) = expression.meaning {
            // "For the nine months": a report's comparisons are with the same part of a year now, and no longer with a quarter.
            self.whole_year |= amount.round().is_some_and(|n| n >= 6);
        }
        let stretch = self.stretch(expression, direction)?;
        self.follow(expression.meaning, stretch);
        self.follow_quarter(expression.meaning, stretch);
        Some(Place { stretch, time: expression.time })
    }

    /// Remembers the quarter that a report is about: not the one it compares with, and none to come.
    fn follow_quarter(&mut self, meaning: Meaning, stretch: Stretch) {
        let Stretch::Quarter(year, _) = stretch else { return };
        let compared = matches!(meaning, Meaning::Offset(_) | Meaning::Quarter(YearOf::Pointed(Which::Previous | Which::Last), _));
        let older = self.quarter.is_some_and(|(q, at)| self.sentence <= at + QUARTER_MEMORY && q.year() > Some(year));
        let ahead = self.published.is_some_and(|day| stretch.first() > Some(day));
        if !compared && !older && !ahead {
            self.quarter = Some((stretch, self.sentence));
            self.whole_year = false;
        }
    }

    /// Moves the reference time. Looks back over years ("two decades earlier") and ahead ("next summer") leave the story where it is.
    fn follow(&mut self, meaning: Meaning, stretch: Stretch) {
        let years = |unit| matches!(unit, Unit::Year | Unit::Decade | Unit::Century | Unit::Millennium);
        match meaning {
            Meaning::Offset(offset) if years(offset.unit) => return,
            Meaning::Season(YearOf::Nearest(_), _) | Meaning::Today(_) if self.narrative => return,
            Meaning::Year(year) => self.bare_year = Some(year),
            _ => {
                if let Some(month) = stretch.month() {
                    (self.course, self.bare_year) = (Some(month), None);
                }
            }
        }
        self.reference = Some((stretch, self.sentence));
    }

    /// As [`Self::resolve`], without moving the reference time.
    pub(super) fn stretch(&self, expression: &Expression, direction: Direction) -> Option<Stretch> {
        match expression.meaning {
            Meaning::Day(year, month, day) => self.day(year, month, day, direction),
            Meaning::DayOfMonth(day) => self.day_of_month(day),
            Meaning::WeekOf(year, month, day) => match self.day(year, month, day, direction)? {
                Stretch::Day(day) => Some(Stretch::Week(monday(day))),
                _ => None,
            },
            Meaning::Month(year, month) => Some(Stretch::Month(self.year_of_month(year, month, direction)?, month)),
            Meaning::Season(year, season) => self.season(year, season, direction),
            Meaning::Quarter(year, quarter) => self.quarter_of(year, quarter, direction),
            Meaning::Half(year, half) => Some(Stretch::Half(self.year(year)?, half)),
            Meaning::Year(year) => Some(Stretch::Year(year)),
            Meaning::Decade(year) => Some(Stretch::Decade(year)),
            Meaning::ShortDecade(short) => self.full_year(short, 0).map(Stretch::Decade),
            Meaning::ShortYear(short) => self.full_year(short, 10).map(Stretch::Year),
            Meaning::Century(century) => Some(Stretch::Century(century)),
            Meaning::Weekday(day, which) => self.weekday(day, which, direction),
            Meaning::WeekdayOff(day, weeks) => self.weekday_off(day, weeks),
            Meaning::Holiday(feast, year) => self.holiday(feast, year, direction),
            Meaning::Pointed(unit, which) => self.pointed(unit, which),
            Meaning::YearEnd => Date::new(self.base(None)?.year(), 12, 31).ok().map(Stretch::Day),
            Meaning::Offset(offset) => self.offset(offset),
            Meaning::Today(_) if self.narrative => None,
            Meaning::Today(days) => Some(Stretch::Day(moved(self.now()?, Unit::Day, days.into())?)),
            Meaning::TimeOfDay(which) => self.day_of_time(which, expression.time),
            Meaning::Duration(..) | Meaning::Lengths(..) | Meaning::Set(_) | Meaning::Vague(_) | Meaning::Attribute(_) => None,
        }
    }

    /// The day from which "last week" counts: the publication day, in a history the reference time.
    fn now(&self) -> Option<Date> {
        let told = if self.narrative { self.reference_day() } else { None };
        self.spoken.and_then(Stretch::first).or(told).or(self.filed).or(self.published)
    }

    fn reference_day(&self) -> Option<Date> {
        self.reference.and_then(|(stretch, _)| stretch.first())
    }

    /// The day from which "the next day" counts: the reference time while it is fresh, then the publication day.
    fn then(&self) -> Option<Date> {
        let fresh = self.reference.filter(|(_, at)| self.narrative || self.sentence <= at + MEMORY);
        fresh.and_then(|(stretch, _)| stretch.first()).or(self.published)
    }

    fn base(&self, which: Option<Which>) -> Option<Date> {
        match which {
            Some(Which::That | Which::Same | Which::Previous | Which::Following) => self.reference_day().or(self.published),
            None if self.narrative => self.then(),
            _ => self.now(),
        }
    }

    /// The year that is meant where no month helps.
    fn year(&self, year: YearOf) -> Option<i16> {
        match year {
            YearOf::Given(year) => Some(year),
            YearOf::Open => self.base(None).map(|d| d.year()),
            YearOf::Pointed(which) | YearOf::Nearest(which) => self.base(Some(which))?.year().checked_add(step(which)),
        }
    }

    fn year_of_month(&self, year: YearOf, month: i8, direction: Direction) -> Option<i16> {
        match year {
            YearOf::Given(_) | YearOf::Pointed(_) => self.year(year),
            YearOf::Nearest(which) => {
                let now = self.base(Some(which))?;
                let this = now.year();
                match step(which) {
                    -1 if month < now.month() => Some(this),
                    -1 => this.checked_sub(1),
                    1 if month > now.month() => Some(this),
                    1 => this.checked_add(1),
                    _ => Some(this),
                }
            }
            YearOf::Open => self.open_year(month, direction),
        }
    }

    /// The year of a bare month. News looks back unless the words look ahead; a history goes on from where it is.
    fn open_year(&self, month: i8, direction: Direction) -> Option<i16> {
        if self.narrative {
            return self.year_told(month);
        }
        if let Some(year) = self.year_said_here().filter(|_| direction != Direction::Future) {
            return Some(year);
        }
        let now = self.published?;
        let months_ahead = (month - now.month()).rem_euclid(12);
        let ahead = match direction {
            Direction::Future => true,
            Direction::Past => false,
            Direction::Nearest => months_ahead <= 6,
            Direction::Unknown => months_ahead <= 1,
        };
        match month.cmp(&now.month()) {
            std::cmp::Ordering::Less if ahead => now.year().checked_add(1),
            std::cmp::Ordering::Greater if !ahead => now.year().checked_sub(1),
            _ => Some(now.year()),
        }
    }

    /// In a history: the year that brings the month nearest to where the story is, or that was just named.
    fn year_told(&self, month: i8) -> Option<i16> {
        let named = self.bare_year.or_else(|| self.reference.and_then(|(stretch, _)| stretch.year()));
        let Some((year, at)) = self.course else { return named.or(self.published.map(|d| d.year())) };
        let months = |y: i16| (i32::from(y) - i32::from(year)) * 12 + i32::from(month) - i32::from(at);
        // In tenths of a month; fitted on one half of WikiWars. A year that was just named costs less, going back costs more against it.
        let cost = |y: i16| match (months(y), self.bare_year) {
            (n, Some(bare)) if bare == y => 4 * n.abs(),
            (0, _) => 0,
            (n, Some(_)) if n < 0 => 30 - 10 * n,
            (n, Some(_)) => 10 + 10 * n,
            (n, None) => 10 * n.abs(),
        };
        let near = [year.checked_add(1), Some(year), year.checked_sub(1), self.bare_year];
        near.into_iter().flatten().min_by_key(|y| cost(*y))
    }

    /// In news: a year of the past that the same sentence has spoken of.
    fn year_said_here(&self) -> Option<i16> {
        let (stretch, at) = self.reference?;
        let year = stretch.year().filter(|_| at == self.sentence)?;
        let far = self.published.is_some_and(|p| (i32::from(p.year()) - i32::from(year)).abs() > 1);
        (far && matches!(stretch, Stretch::Day(_) | Stretch::Month(..))).then_some(year)
    }

    fn day(&self, year: YearOf, month: i8, day: i8, direction: Direction) -> Option<Stretch> {
        let date = |year: i16| Date::new(year, month, day).ok();
        let said = direction != Direction::Future && self.year_said_here().is_some();
        if year != YearOf::Open || self.narrative || said {
            return date(self.year_of_month(year, month, direction)?).map(Stretch::Day);
        }
        let now = self.published?;
        let years = [now.year().checked_sub(1), Some(now.year()), now.year().checked_add(1)];
        let distance = |d: &Date| (*d - now).get_days();
        let candidates = || years.into_iter().flatten().filter_map(date);
        let nearest = candidates().min_by_key(|d| distance(d).abs())?;
        let near = if direction == Direction::Past { NEAR_DAYS_TOLD } else { NEAR_DAYS };
        if distance(&nearest).abs() <= near {
            return Some(Stretch::Day(nearest));
        }
        let fits = |d: &Date| match direction {
            Direction::Past => distance(d) <= 0,
            Direction::Future => distance(d) >= 0,
            Direction::Unknown | Direction::Nearest => true,
        };
        candidates().filter(fits).min_by_key(|d| distance(d).abs()).or(Some(nearest)).map(Stretch::Day)
    }

    fn day_of_month(&self, day: i8) -> Option<Stretch> {
        let (year, month) = match self.reference {
            Some((stretch, at)) if self.narrative || self.sentence <= at + MEMORY => stretch.month(),
            _ => None,
        }
        .or_else(|| self.published.map(|d| (d.year(), d.month())))?;
        Date::new(year, month, day).ok().map(Stretch::Day)
    }

    fn season(&self, year: YearOf, season: Season, direction: Direction) -> Option<Stretch> {
        let middle = match season {
            Season::Spring => 4,
            Season::Summer => 7,
            Season::Autumn => 10,
            Season::Winter => 12,
        };
        let year = match year {
            YearOf::Open if !self.narrative => {
                let now = self.published?;
                let behind = i16::from(direction != Direction::Future && middle > now.month() + 1);
                now.year().checked_sub(behind)
            }
            // The winter of January began in December.
            YearOf::Nearest(which) if season == Season::Winter && step(which) <= 0 => {
                let under_way = i16::from(self.base(Some(which))?.month() <= 2);
                self.year_of_month(year, middle, direction)?.checked_sub(under_way)
            }
            _ => self.year_of_month(year, middle, direction),
        };
        Some(Stretch::Season(year?, season))
    }

    fn quarter_of(&self, year: YearOf, quarter: i8, direction: Direction) -> Option<Stretch> {
        let last = self.quarter.map(|q| q.0).or_else(|| self.finished_quarter());
        if let (0, Some(Stretch::Quarter(of, number))) = (quarter, last) {
            let year = if year == YearOf::Pointed(Which::Previous) { of.checked_sub(1)? } else { self.year(year)? };
            return Some(Stretch::Quarter(year, number));
        }
        if year == YearOf::Pointed(Which::Previous) {
            let now = self.published?;
            return Some(Stretch::Quarter(now.year().checked_sub(1)?, quarter));
        }
        if year != YearOf::Open {
            return Some(Stretch::Quarter(self.year(year)?, quarter));
        }
        let now = self.now()?;
        let current = (now.month() - 1) / 3 + 1;
        let year = match direction {
            Direction::Future if quarter == 1 && current == 4 => now.year().checked_add(1)?,
            Direction::Future => now.year(),
            _ if quarter > current => now.year().checked_sub(1)?,
            _ => now.year(),
        };
        Some(Stretch::Quarter(year, quarter))
    }

    /// The last quarter that was over on the publication day.
    fn finished_quarter(&self) -> Option<Stretch> {
        let before = moved(self.now()?, Unit::Quarter, -1)?;
        Some(Stretch::around(Unit::Quarter, before))
    }

    /// The latest year with these last two digits that is at most `ahead` years ahead.
    fn full_year(&self, short: u8, ahead: i16) -> Option<i16> {
        let limit = self.now().map_or(2000, |d| d.year()).checked_add(ahead)?;
        let year = (limit.div_euclid(100) * 100).checked_add(short.into())?;
        if year > limit { year.checked_sub(100) } else { Some(year) }
    }

    fn weekday(&self, day: u8, which: Option<Which>, direction: Direction) -> Option<Stretch> {
        let base = self.base(which)?;
        let near = |before, same| weekday_near(base, day, before, same);
        let date = match which {
            None if self.narrative => near(false, true),
            None => near(direction != Direction::Future, true),
            Some(Which::Last | Which::Previous | Which::Past) => near(true, false),
            Some(Which::Next | Which::Following | Which::Coming) => near(false, false),
            Some(Which::This) => near(direction == Direction::Past, true),
            Some(_) => near(true, true),
        };
        date.map(Stretch::Day)
    }

    fn weekday_off(&self, day: u8, weeks: i16) -> Option<Stretch> {
        let near = weekday_near(self.now()?, day, weeks < 0, true)?;
        moved(near, Unit::Week, weeks.into()).map(Stretch::Day)
    }

    fn holiday(&self, feast: u8, year: YearOf, direction: Direction) -> Option<Stretch> {
        let now = self.base(None)?;
        let on = |year: Option<i16>| year.and_then(|y| holiday::day(feast, y));
        let day = match year {
            YearOf::Given(_) | YearOf::Pointed(_) => on(self.year(year)),
            YearOf::Nearest(which) if step(which) < 0 => {
                on(Some(now.year())).filter(|d| *d < now).or_else(|| on(now.year().checked_sub(1)))
            }
            YearOf::Nearest(which) if step(which) > 0 => {
                on(Some(now.year())).filter(|d| *d > now).or_else(|| on(now.year().checked_add(1)))
            }
            YearOf::Nearest(_) => on(Some(now.year())),
            YearOf::Open => {
                let reach = if direction == Direction::Future { 366 } else { 31 };
                let years = [now.year().checked_add(1), Some(now.year()), now.year().checked_sub(1)];
                let days = years.into_iter().filter_map(on).filter(|d| (*d - now).get_days() <= reach);
                if reach > 31 { days.filter(|d| *d >= now).min() } else { days.max() }
            }
        };
        day.map(Stretch::Day)
    }

    fn pointed(&self, unit: Unit, which: Option<Which>) -> Option<Stretch> {
        if unit == Unit::Quarter && matches!(which, None | Some(Which::Latest | Which::That | Which::Same)) {
            let over = |q: &Stretch| which != Some(Which::Latest) || q.last() < self.published;
            return self.quarter.map(|q| q.0).filter(over).or_else(|| self.finished_quarter());
        }
        if unit == Unit::Weekend && which.is_none() && !self.narrative {
            let now = self.now()?;
            let early = now.weekday().to_monday_one_offset() <= 3;
            return Some(Stretch::Weekend(moved(monday(now), Unit::Week, if early { -1 } else { 0 })?));
        }
        if let (Unit::Year, None, Some((stretch, at))) = (unit, which, self.reference)
            && at == self.sentence
        {
            return stretch.year().map(Stretch::Year);
        }
        if let (Some(Which::That | Which::Same), Some((reference, _))) = (which, self.reference)
            && unit == Unit::Day
            && !matches!(reference, Stretch::Day(_))
        {
            // "That day" of a month or a year: no more is known.
            return Some(reference);
        }
        let base = if unit == Unit::Day && which.is_none() { self.then() } else { self.base(which) };
        Some(Stretch::around(unit, moved(base?, unit, which.map_or(0, step).into())?))
    }

    fn offset(&self, offset: Offset) -> Option<Stretch> {
        let sign = if offset.ahead { 1 } else { -1 };
        let count = offset.amount.round()?;
        let one_year = offset.unit == Unit::Year && offset.amount == Amount::whole(1) && !offset.ahead;
        if let (true, Some((quarter, at))) = (one_year && !self.narrative, self.quarter)
            && self.sentence <= at + QUARTER_MEMORY
        {
            let compared = quarter.years_on(-1)?;
            return if self.whole_year { compared.year().map(Stretch::Year) } else { Some(compared) };
        }
        let base = match (offset.from_now, offset.ahead) {
            (true, _) => self.now()?,
            (false, true) => self.reference_day().or(self.published)?,
            (false, false) => self.then()?,
        };
        let day = moved(base, offset.unit, count.checked_mul(sign)?)?;
        let unit = match offset.unit {
            Unit::Decade | Unit::Century | Unit::Millennium => Unit::Year,
            unit => unit,
        };
        Some(Stretch::around(unit, day))
    }

    fn day_of_time(&self, which: Option<Which>, time: Option<TimeOfDay>) -> Option<Stretch> {
        let night = time == Some(TimeOfDay::Part(Part::Night));
        let day = match which {
            Some(Which::This) if !self.narrative => self.now()?,
            Some(Which::Last) => moved(self.now()?, Unit::Day, -1)?,
            Some(Which::Next | Which::Following) => moved(self.then()?, Unit::Day, 1)?,
            Some(Which::Previous) => moved(self.then()?, Unit::Day, if night { -1 } else { 0 })?,
            _ => match self.day_behind.map(|day| (day, self.sentence)).or(self.reference) {
                Some((Stretch::Day(day), at)) if self.narrative || self.sentence <= at + MEMORY => day,
                _ => self.published.filter(|_| !self.narrative)?,
            },
        };
        Some(Stretch::Day(day))
    }
}

/// Where a pointing word goes from its base, in units.
fn step(which: Which) -> i16 {
    match which {
        Which::Last | Which::Past | Which::Previous => -1,
        Which::Next | Which::Following | Which::Coming => 1,
        _ => 0,
    }
}
