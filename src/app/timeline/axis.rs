//! The axis: the part of the calendar that is seen, one bin of the zoom's unit a cell.

use super::chronicle::{Chronicle, Item};
use super::unit::Unit;
use crate::article::Interval;
use crate::text::width;
use jiff::civil::DateTime;
use std::ops::Range;

/// Bins beyond the first and last moment that are still named.
const MARGIN: i64 = 1;

/// The bins that are on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Axis {
    /// The unit of a cell.
    pub unit: Unit,
    /// The bin of the first cell.
    pub first: i64,
    /// Cells.
    pub cells: usize,
    /// First and last bin of all that there is to see.
    extent: (i64, i64),
}

/// What is to be seen in one cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Moments that lie within the cell.
    pub points: u32,
    /// True where a longer moment covers the cell.
    pub band: bool,
}

impl Axis {
    /// The axis with `selected` on it: all moments where there is room for them, else a window that moves on by half its width, so that it
    /// stands still while the selection walks through it. The minute `also` belongs to what there is to see: the publication day.
    #[must_use]
    pub fn around(chronicle: &Chronicle, unit: Unit, selected: Option<&Item>, also: Option<DateTime>, cells: usize) -> Self {
        let also = also.map(|at| unit.bin(at));
        let (from, to) = chronicle.extent(unit).or(also.map(|bin| (bin, bin))).unwrap_or((0, 0));
        let (from, to) = also.map_or((from, to), |bin| (from.min(bin), to.max(bin)));
        let room = i64::try_from(cells.max(1)).unwrap_or(i64::MAX);
        let at = selected.and_then(|i| i.interval).map_or(to, |i| unit.bin(i.from)).clamp(from, to);
        let first = if to - from < room {
            from - (room - 1 - (to - from)) / 2
        } else {
            let half = (room / 2).max(1);
            (from + ((at - from) / half) * half - half / 2).clamp(from, to - room + 1)
        };
        Self { unit, first, cells, extent: (from, to) }
    }

    /// The bin after the last cell.
    fn end(&self) -> i64 {
        self.first.saturating_add(i64::try_from(self.cells).unwrap_or(i64::MAX))
    }

    /// The cell of a minute; `None` where it is not on the axis.
    #[must_use]
    pub fn cell(&self, at: DateTime) -> Option<usize> {
        usize::try_from(self.unit.bin(at) - self.first).ok().filter(|n| *n < self.cells)
    }

    /// The cells that an interval covers on the axis; empty where it lies beside it.
    #[must_use]
    pub fn covered(&self, interval: Interval) -> Range<usize> {
        let (from, to) = (self.unit.bin(interval.from), self.unit.bin(interval.to));
        let inside = |bin: i64| usize::try_from((bin - self.first).max(0)).unwrap_or(0).min(self.cells);
        inside(from)..inside(to.saturating_add(1))
    }

    /// How many moments each cell holds.
    #[must_use]
    pub fn density(&self, chronicle: &Chronicle) -> Vec<Cell> {
        let mut cells = vec![Cell::default(); self.cells];
        let (first, end) = (self.first, self.end());
        let at = |bin: i64| usize::try_from(bin.clamp(first, end) - first).unwrap_or(0);
        for (from, to) in chronicle.bands(self.unit, first, end) {
            for cell in cells.get_mut(at(*from)..at(to.saturating_add(1))).unwrap_or_default() {
                cell.band = true;
            }
        }
        for (bin, count) in chronicle.points(self.unit, first, end) {
            if let Some(cell) = cells.get_mut(at(*bin)) {
                cell.points = *count;
            }
        }
        cells
    }

    /// True where moments lie before the first cell, and after the last.
    #[must_use]
    pub fn beyond(&self, chronicle: &Chronicle) -> (bool, bool) {
        chronicle.extent(self.unit).map_or((false, false), |(from, to)| (from < self.first, to >= self.end()))
    }

    /// Names of bins with the cells at which they begin, as many as have room beside each other and beside `taken`. The first cell is named where
    /// no other is.
    #[must_use]
    pub fn ticks(&self, taken: Option<usize>) -> Vec<(usize, String)> {
        let mut ticks: Vec<(usize, String)> = Vec::new();
        let free = |at: usize, cells: usize| taken.is_none_or(|t| t + 1 < at || t > at + cells);
        let mut room = 0;
        for (at, bin) in (0..self.cells).zip(self.first..) {
            let seen = self.extent.0 - MARGIN <= bin && bin <= self.extent.1 + MARGIN;
            let Some(label) = self.unit.tick(bin).filter(|_| at >= room && seen) else { continue };
            let cells = width(&label);
            if at + cells <= self.cells && free(at, cells) {
                room = at + cells + 1;
                ticks.push((at, label));
            }
        }
        let start = usize::try_from(self.extent.0 - self.first).unwrap_or(0);
        let label = self.unit.label(self.first.max(self.extent.0));
        let cells = width(&label);
        if ticks.first().is_none_or(|(at, _)| start + cells + 1 < *at) && start + cells <= self.cells && free(start, cells) {
            ticks.insert(0, (start, label));
        }
        ticks
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Granularity;
    use jiff::civil::{Date, date};

    fn interval(from: Date, to: Date) -> Interval {
        Interval { from: from.at(0, 0, 0, 0), to: to.at(23, 59, 0, 0), granularity: Granularity::Day }
    }

    fn chronicle(days: &[(Date, Date)]) -> Chronicle {
        let item =
            |(n, (from, to)): (u32, &(Date, Date))| Item { interval: Some(interval(*from, *to)), future: false, light: false, source: n };
        Chronicle::new((0..).zip(days).map(item).collect())
    }

    #[test]
    fn a_year_is_a_band_and_a_day_a_point() {
        let day = date(2013, 3, 5);
        let c = chronicle(&[(date(2013, 1, 1), date(2013, 12, 31)), (day, day)]);
        let axis = Axis::around(&c, Unit::Month, None, None, 12);
        assert_eq!(axis.first, 2013 * 12);
        assert_eq!(axis.covered(interval(day, day)), 2..3);
        assert_eq!(axis.covered(interval(date(2013, 1, 1), date(2013, 12, 31))), 0..12);
        assert_eq!(axis.covered(interval(date(2014, 1, 1), date(2014, 1, 1))), 12..12);
        let cells = axis.density(&c);
        assert!(cells.iter().all(|c| c.band));
        assert_eq!(cells.iter().map(|c| c.points).collect::<Vec<_>>(), [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        assert_eq!(axis.beyond(&c), (false, false));
    }

    #[test]
    fn what_fits_stands_in_the_middle_and_stands_still() {
        let days: Vec<(Date, Date)> = (1..=10).map(|d| (date(2019, 1, d), date(2019, 1, d))).collect();
        let c = chronicle(&days);
        let axes: Vec<Axis> = c.dated().iter().map(|i| Axis::around(&c, Unit::Day, Some(i), None, 20)).collect();
        assert!(axes.iter().all(|a| *a == axes[0]));
        assert_eq!(axes[0].cell(date(2019, 1, 1).at(0, 0, 0, 0)), Some(5));
    }

    #[test]
    fn a_window_holds_the_selection_and_never_leaves_the_moments() {
        let days: Vec<(Date, Date)> =
            (0..2000).map(|n| date(2010, 1, 1).checked_add(jiff::Span::new().days(n)).unwrap()).map(|d| (d, d)).collect();
        let c = chronicle(&days);
        let mut windows = 0;
        let mut before = None;
        for item in c.dated() {
            let axis = Axis::around(&c, Unit::Day, Some(item), None, 30);
            assert!(axis.cell(item.interval.unwrap().from).is_some(), "{item:?} {axis:?}");
            assert_eq!(axis.density(&c).iter().filter(|c| c.points == 1).count(), 30);
            windows += usize::from(before != Some(axis.first));
            before = Some(axis.first);
        }
        assert!(windows < 2000 / 14, "{windows}");
    }

    #[test]
    fn names_stand_apart() {
        let c = chronicle(&[(date(1990, 1, 1), date(1990, 1, 1)), (date(2019, 1, 1), date(2019, 1, 1))]);
        for unit in Unit::ALL {
            for cells in [0, 1, 5, 28, 120] {
                let axis = Axis::around(&c, unit, None, None, cells);
                for taken in [None, Some(0), Some(cells / 2)] {
                    let ticks = axis.ticks(taken);
                    assert!(ticks.windows(2).all(|t| t[0].0 + width(&t[0].1) < t[1].0), "{unit:?} {ticks:?}");
                    assert!(ticks.iter().all(|(at, l)| at + width(l) <= cells), "{unit:?} {ticks:?}");
                    assert!(ticks.iter().all(|(at, l)| taken.is_none_or(|t| t < *at || t >= at + width(l))), "{unit:?} {ticks:?}");
                }
            }
        }
        let years = Axis::around(&c, Unit::Year, None, None, 30);
        assert_eq!(years.ticks(None).iter().map(|t| t.1.as_str()).collect::<Vec<_>>(), ["1990", "2000", "2010"]);
    }
}
