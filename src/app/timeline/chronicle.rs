//! Moments in order of the calendar, counted beforehand at every unit of zoom, so that a change of zoom costs the same for ten moments and for a
//! hundred thousand.

use super::unit::Unit;
use crate::article::Interval;
use jiff::civil::DateTime;

/// Bins in which half of the moments have to lie at the unit that shows them best.
const FIT: i64 = 48;

/// One moment of a timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// Where it lies; `None` for what is vague or has no date.
    pub interval: Option<Interval>,
    /// True for what is planned or foretold.
    pub future: bool,
    /// True for what has less weight: statements, and what the publication day alone dates.
    pub light: bool,
    /// Its number where it comes from; in order of the text.
    pub source: u32,
}

/// The moments at one unit of zoom.
#[derive(Clone, Debug, Default)]
struct Scale {
    /// Bins with the number of moments that lie within them, in order.
    points: Vec<(i64, u32)>,
    /// First and last bin of stretches that longer moments cover, in order, apart from each other.
    bands: Vec<(i64, i64)>,
    /// Indices of the moments with those of one bin together; empty at units that do not gather.
    order: Vec<u32>,
    /// Where in `order` each row begins.
    starts: Vec<u32>,
    /// The row of each moment.
    row_of: Vec<u32>,
}

/// Moments in order of the calendar.
#[derive(Clone, Debug)]
pub struct Chronicle {
    /// Those with a date, in order of the calendar.
    dated: Vec<Item>,
    /// Those without, in order of the text.
    loose: Vec<Item>,
    /// Indices of `dated` in order of the text.
    text_order: Vec<u32>,
    /// Where each dated moment stands in `text_order`.
    text_rank: Vec<u32>,
    fit: Unit,
    scales: [Scale; Unit::ALL.len()],
}

impl Default for Chronicle {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl Chronicle {
    /// Sorts and counts `items`. Linear but for the sorting.
    #[must_use]
    pub fn new(items: Vec<Item>) -> Self {
        let (mut dated, mut loose): (Vec<Item>, Vec<Item>) = items.into_iter().partition(|i| i.interval.is_some());
        dated.sort_by_key(|i| (i.interval.map(|i| (i.from, i.to)), i.source));
        loose.sort_by_key(|i| i.source);
        let mut text_order: Vec<u32> = (0..).take(dated.len()).collect();
        text_order.sort_by_key(|n| dated.get(*n as usize).map(|i| i.source));
        let mut text_rank = vec![0; dated.len()];
        for (rank, n) in (0..).zip(&text_order) {
            text_rank[*n as usize] = rank;
        }
        let mut scales = Unit::ALL.map(|unit| Scale::counted(unit, &dated));
        let fit = Unit::ALL.into_iter().find(|u| scales[*u as usize].fits(dated.len())).unwrap_or(Unit::Century);
        for unit in Unit::ALL.into_iter().filter(|u| *u > fit) {
            scales[unit as usize].gather(unit, &dated);
        }
        Self { dated, loose, text_order, text_rank, fit, scales }
    }

    /// Moments with a date, in order of the calendar.
    #[must_use]
    pub fn dated(&self) -> &[Item] {
        &self.dated
    }

    /// Moments without a date, in order of the text.
    #[must_use]
    pub fn loose(&self) -> &[Item] {
        &self.loose
    }

    /// The unit at which most moments can be seen side by side and apart from each other.
    #[must_use]
    pub fn fit(&self) -> Unit {
        self.fit
    }

    /// The index of the dated moment that is the `n`-th in the text.
    #[must_use]
    pub fn nth_in_text(&self, n: usize) -> Option<u32> {
        self.text_order.get(n).copied()
    }

    /// Where a dated moment stands in the text, among the dated ones.
    #[must_use]
    pub fn rank_in_text(&self, moment: u32) -> Option<usize> {
        self.text_rank.get(moment as usize).map(|r| *r as usize)
    }

    /// The index of the dated moment with this source.
    #[must_use]
    pub fn of_source(&self, source: u32) -> Option<u32> {
        let at = self.text_order.binary_search_by_key(&Some(source), |n| self.dated.get(*n as usize).map(|i| i.source)).ok()?;
        self.nth_in_text(at)
    }

    /// How many rows the dated moments take at `unit`.
    #[must_use]
    pub fn rows(&self, unit: Unit) -> usize {
        if unit > self.fit { self.scales[unit as usize].starts.len() } else { self.dated.len() }
    }

    /// The dated moments of a row at `unit`: one, or all that one bin holds where the unit is coarser than [`Self::fit`].
    #[must_use]
    pub fn row(&self, unit: Unit, row: usize) -> Row<'_> {
        if unit <= self.fit {
            return Row::One(u32::try_from(row).unwrap_or(u32::MAX));
        }
        let scale = &self.scales[unit as usize];
        let from = scale.starts.get(row).map_or(scale.order.len(), |n| *n as usize);
        let to = scale.starts.get(row + 1).map_or(scale.order.len(), |n| *n as usize);
        match scale.order.get(from..to).unwrap_or(&[]) {
            [one] => Row::One(*one),
            many => Row::Many(many),
        }
    }

    /// The row at `unit` that holds a dated moment.
    #[must_use]
    pub fn row_of(&self, unit: Unit, moment: u32) -> usize {
        if unit <= self.fit {
            return moment as usize;
        }
        self.scales[unit as usize].row_of.get(moment as usize).map_or(0, |r| *r as usize)
    }

    /// How many rows at `unit` lie before a minute.
    #[must_use]
    pub fn rows_before(&self, unit: Unit, at: DateTime) -> usize {
        let before = |n: u32| self.dated.get(n as usize).and_then(|i| i.interval).is_some_and(|i| i.from < at);
        if unit <= self.fit {
            return self.dated.partition_point(|i| i.interval.is_some_and(|i| i.from < at));
        }
        let scale = &self.scales[unit as usize];
        scale.starts.partition_point(|s| scale.order.get(*s as usize).is_some_and(|n| before(*n)))
    }

    /// First and last bin at `unit` in which a moment begins or ends; `None` where there is none.
    #[must_use]
    pub fn extent(&self, unit: Unit) -> Option<(i64, i64)> {
        let scale = &self.scales[unit as usize];
        let points = scale.points.first().zip(scale.points.last()).map(|(a, b)| (a.0, b.0));
        let bands = scale.bands.first().zip(scale.bands.last()).map(|(a, b)| (a.0, b.1));
        match (points, bands) {
            (Some(p), Some(b)) => Some((p.0.min(b.0), p.1.max(b.1))),
            (one, other) => one.or(other),
        }
    }

    /// Bins from `from` to before `to` with the number of moments that lie within them; bins without any are left out.
    #[must_use]
    pub fn points(&self, unit: Unit, from: i64, to: i64) -> &[(i64, u32)] {
        let points = &self.scales[unit as usize].points;
        let first = points.partition_point(|p| p.0 < from);
        let last = points.partition_point(|p| p.0 < to);
        points.get(first..last).unwrap_or(&[])
    }

    /// Stretches of bins that longer moments cover and that reach into `from` to before `to`.
    #[must_use]
    pub fn bands(&self, unit: Unit, from: i64, to: i64) -> &[(i64, i64)] {
        let bands = &self.scales[unit as usize].bands;
        let first = bands.partition_point(|b| b.1 < from);
        let last = bands.partition_point(|b| b.0 < to);
        bands.get(first..last).unwrap_or(&[])
    }
}

/// The dated moments of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row<'a> {
    /// One.
    One(u32),
    /// All that lie in one bin, in order; none beyond the end.
    Many(&'a [u32]),
}

impl Row<'_> {
    /// The first moment of the row.
    #[must_use]
    pub fn first(&self) -> Option<u32> {
        match self {
            Self::One(n) => Some(*n),
            Self::Many(all) => all.first().copied(),
        }
    }
}

/// First and last bin of a moment.
fn bins(unit: Unit, item: &Item) -> (i64, i64) {
    item.interval.map_or((0, 0), |i| {
        let from = unit.bin(i.from);
        (from, unit.bin(i.to).max(from))
    })
}

impl Scale {
    fn counted(unit: Unit, dated: &[Item]) -> Self {
        let mut scale = Self::default();
        for item in dated {
            // The moments come in order of their first bins.
            match bins(unit, item) {
                (from, to) if from == to => match scale.points.last_mut() {
                    Some((bin, count)) if *bin == from => *count += 1,
                    _ => scale.points.push((from, 1)),
                },
                (from, to) => match scale.bands.last_mut() {
                    Some((_, end)) if from <= *end + 1 => *end = to.max(*end),
                    _ => scale.bands.push((from, to)),
                },
            }
        }
        scale
    }

    /// True where half of `all` moments lie within [`FIT`] bins, each within one.
    fn fits(&self, all: usize) -> bool {
        let mut first = 0;
        let (mut sum, mut most) = (0usize, 0usize);
        for (bin, count) in &self.points {
            sum += *count as usize;
            while self.points.get(first).is_some_and(|p| p.0 + FIT <= *bin) {
                sum -= self.points[first].1 as usize;
                first += 1;
            }
            most = most.max(sum);
        }
        most * 2 >= all
    }

    fn gather(&mut self, unit: Unit, dated: &[Item]) {
        // A moment that is longer than a bin stands before those of the bin in which it begins.
        let key = |n: &u32| {
            let (from, to) = dated.get(*n as usize).map_or((0, 0), |i| bins(unit, i));
            (from, from == to)
        };
        self.order = (0..).take(dated.len()).collect();
        self.order.sort_by_key(key);
        self.row_of = vec![0; dated.len()];
        let mut before = None;
        for (at, n) in (0..).zip(&self.order) {
            let now = key(n);
            if before != Some(now) || !now.1 {
                self.starts.push(at);
            }
            before = Some(now);
            self.row_of[*n as usize] = u32::try_from(self.starts.len() - 1).unwrap_or(u32::MAX);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Granularity;
    use jiff::civil::{Date, date};

    pub(in crate::app::timeline) fn item(source: u32, from: Date, to: Date, granularity: Granularity) -> Item {
        let interval = Some(Interval { from: from.at(0, 0, 0, 0), to: to.at(23, 59, 0, 0), granularity });
        Item { interval, future: false, light: false, source }
    }

    fn day(source: u32, d: Date) -> Item {
        item(source, d, d, Granularity::Day)
    }

    fn year(source: u32, y: i16) -> Item {
        item(source, date(y, 1, 1), date(y, 12, 31), Granularity::Year)
    }

    /// A year, and days of a later month with one of an earlier month.
    fn some() -> Chronicle {
        let mut items = vec![year(0, 2013), day(1, date(2017, 3, 5))];
        items.extend((2..10).map(|n| day(n, date(2019, 1, 10 + i8::try_from(n).unwrap()))));
        items.push(Item { interval: None, ..day(10, date(2000, 1, 1)) });
        Chronicle::new(items)
    }

    #[test]
    fn the_calendar_decides_and_then_the_text() {
        let same = date(2019, 1, 1);
        let c = Chronicle::new(vec![day(3, same), day(1, date(2020, 1, 1)), year(2, 2019), day(0, same)]);
        let sources: Vec<u32> = c.dated().iter().map(|i| i.source).collect();
        assert_eq!(sources, [0, 3, 2, 1]);
        let told: Vec<u32> = (0..4).filter_map(|n| c.nth_in_text(n)).map(|n| c.dated()[n as usize].source).collect();
        assert_eq!(told, [0, 1, 2, 3]);
        for n in 0..4u32 {
            assert_eq!(c.nth_in_text(c.rank_in_text(n).unwrap()), Some(n));
            assert_eq!(c.of_source(c.dated()[n as usize].source), Some(n));
        }
        assert_eq!(c.of_source(9), None);
    }

    #[test]
    fn most_moments_fit_at_a_unit() {
        assert_eq!(some().fit(), Unit::Day);
        assert_eq!(Chronicle::new((0..40).map(|n| year(n, 1980 + n as i16)).collect()).fit(), Unit::Year);
        assert_eq!(Chronicle::default().fit(), Unit::Hour);
    }

    #[test]
    fn coarser_units_gather_what_lies_in_one_bin() {
        let c = some();
        assert_eq!(c.rows(Unit::Day), 10);
        assert_eq!(c.rows(Unit::Month), 3, "the year, March 2017, January 2019");
        assert_eq!(c.row(Unit::Month, 0), Row::One(0));
        assert!(matches!(c.row(Unit::Month, 2), Row::Many(all) if all.len() == 8));
        assert_eq!(c.row(Unit::Month, 9), Row::Many(&[]));
        for unit in Unit::ALL {
            for n in 0..10 {
                let row = c.row(unit, c.row_of(unit, n));
                assert!(row == Row::One(n) || matches!(row, Row::Many(all) if all.contains(&n)), "{unit:?} {n}");
            }
        }
        assert_eq!(c.rows_before(Unit::Month, date(2018, 1, 1).at(0, 0, 0, 0)), 2);
        assert_eq!(c.rows_before(Unit::Day, date(2019, 1, 13).at(0, 0, 0, 0)), 3);
    }

    #[test]
    fn a_long_moment_does_not_part_a_bin() {
        let long = item(2, date(2019, 1, 12), date(2019, 4, 30), Granularity::Day);
        let mut items: Vec<Item> = (10..30).map(|n| day(n, date(2019, 1, n as i8))).collect();
        items.push(long);
        items.extend((0..2).map(|n| day(n, date(2018, 12, 30))));
        let c = Chronicle::new(items);
        assert_eq!(c.rows(Unit::Month), 3);
        assert!(matches!(c.row(Unit::Month, 1), Row::One(n) if c.dated()[n as usize] == long));
    }

    #[test]
    fn points_and_bands() {
        let c = some();
        let january = Unit::Month.bin(date(2019, 1, 1).at(0, 0, 0, 0));
        assert_eq!(c.points(Unit::Month, january, january + 1), [(january, 8)]);
        let (from, to) = (Unit::Month.bin(date(2013, 1, 1).at(0, 0, 0, 0)), Unit::Month.bin(date(2013, 12, 1).at(0, 0, 0, 0)));
        assert_eq!(c.bands(Unit::Month, from - 5, from + 1), [(from, to)]);
        assert_eq!(c.bands(Unit::Month, to + 1, to + 9), []);
        assert_eq!(c.points(Unit::Year, 2013, 2014), [(2013, 1)], "at years a year is a point");
        assert_eq!(c.extent(Unit::Year), Some((2013, 2019)));
        assert_eq!(Chronicle::default().extent(Unit::Year), None);
    }
}
