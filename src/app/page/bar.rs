//! The bar of a page: when its articles appeared, the stretch of time that is shown of it, and the part of that under a cursor.
//!
//! Its cells begin and end with days of UTC, or with hours where a cell is shorter than a day, so that what is under the cursor has a name. Articles of which
//! only the day is known stand at noon: where all do, no cell is shorter than a day.

/// Seconds.
const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// Columns of a cell, at most: where there are fewer cells than columns they are as wide as they can be.
const WIDEST: usize = 4;

/// What is shown of the times of a page. Instants are in seconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bar {
    /// The stretch that is shown, from its first instant up to its end; empty before it was measured.
    from: i64,
    to: i64,
    /// All of the time from the first to the last article.
    all: (i64, i64),
    /// Columns that the screen has for it; 0 before it was measured.
    room: usize,
    /// The shortest cell, in seconds.
    least: i64,
    /// The cell under the cursor.
    at: usize,
    /// True while keys move in it.
    held: bool,
}

fn floor(at: i64, unit: i64) -> i64 {
    at.div_euclid(unit) * unit
}

fn ceil(at: i64, unit: i64) -> i64 {
    floor(at + unit - 1, unit)
}

impl Bar {
    /// Takes in other times.
    pub(super) fn take(&mut self, times: &[i64]) {
        let days = times.iter().all(|t| t.rem_euclid(DAY) == DAY / 2);
        self.least = if days { DAY } else { HOUR };
        if self.room > 0 {
            self.fit(times, self.room);
        }
    }

    /// Gives it so many columns: what was shown stays shown, as far as it is there.
    pub(super) fn measure(&mut self, times: &[i64], room: usize) {
        if self.room != room && self.least > 0 {
            self.fit(times, room);
        }
    }

    fn fit(&mut self, times: &[i64], room: usize) {
        let (before, middle, at_end) = ((self.from, self.to), self.middle(), self.at + 1 >= self.cells());
        self.room = room;
        let was_all = before == self.all;
        self.all = self.whole(times);
        let kept = (before.0.max(self.all.0), before.1.min(self.all.1));
        if kept.0 < kept.1 && !was_all {
            self.show(kept);
        } else {
            self.show(self.all);
        }
        self.at = if at_end { self.cells().saturating_sub(1) } else { self.cell(middle) };
    }

    /// By what a stretch in so many cells is cut: days, where each cell has one at least.
    fn unit(&self, length: i64, cells: usize) -> i64 {
        if length / i64::try_from(cells.max(1)).unwrap_or(1) >= DAY { DAY } else { self.least.max(HOUR) }
    }

    /// The days, or hours, from the first to the last article.
    fn whole(&self, times: &[i64]) -> (i64, i64) {
        let (Some(first), Some(last)) = (times.first(), times.last()) else { return (0, 0) };
        let unit = self.unit(last + 1 - first, self.room);
        (floor(*first, unit), ceil(last + 1, unit))
    }

    /// Shows a stretch inside of all of it, with edges that have a name.
    fn show(&mut self, (from, to): (i64, i64)) {
        let unit = self.unit(to - from, self.room);
        (self.from, self.to) = (floor(from, unit).max(self.all.0), ceil(to, unit).min(self.all.1));
    }

    /// The stretch that is shown, without its end.
    #[must_use]
    pub fn shown(&self) -> (i64, i64) {
        (self.from, self.to)
    }

    /// Its cells; of a single one there is nothing to be seen.
    #[must_use]
    pub fn cells(&self) -> usize {
        usize::try_from((self.to - self.from) / self.least.max(HOUR)).unwrap_or(0).min(self.room)
    }

    /// The columns of each cell.
    #[must_use]
    pub fn columns(&self) -> usize {
        (self.room / self.cells().max(1)).clamp(1, WIDEST)
    }

    /// The instant at which the cell `n` begins.
    fn edge(&self, n: usize) -> i64 {
        let (length, cells) = (self.to - self.from, self.cells().max(1));
        let unit = self.unit(length, cells);
        let n = i64::try_from(n.min(cells)).unwrap_or(0);
        let offset = length * n / i64::try_from(cells).unwrap_or(1);
        self.from + floor(offset + unit / 2, unit).min(length)
    }

    /// The cell of an instant; the nearest one where it is not shown.
    fn cell(&self, at: i64) -> usize {
        (0..self.cells()).rev().find(|n| self.edge(*n) <= at).unwrap_or(0)
    }

    fn middle(&self) -> i64 {
        i64::midpoint(self.edge(self.at), self.edge(self.at + 1))
    }

    /// How many of the times lie in each cell.
    #[must_use]
    pub fn counts(&self, times: &[i64]) -> Vec<usize> {
        let edges: Vec<usize> = (0..=self.cells()).map(|n| times.partition_point(|t| *t < self.edge(n))).collect();
        edges.windows(2).map(|pair| pair[1] - pair[0]).collect()
    }

    /// The cell under the cursor, and the time that it stands for, without its end; nothing while keys do not move in it.
    #[must_use]
    pub fn cursor(&self) -> Option<(usize, (i64, i64))> {
        (self.held && self.cells() > 1).then(|| (self.at, (self.edge(self.at), self.edge(self.at + 1))))
    }

    /// Lets keys move in it, or not.
    pub(super) fn hold(&mut self, held: bool) {
        self.held = held && self.cells() > 1;
    }

    /// Puts the cursor on a cell; true where it was there before.
    pub(super) fn point(&mut self, cell: usize) -> bool {
        let before = self.cursor().map(|c| c.0);
        self.hold(true);
        self.at = cell.min(self.cells().saturating_sub(1));
        before == Some(self.at)
    }

    /// Moves the cursor by so many cells.
    pub(super) fn step(&mut self, by: isize) {
        self.at = self.at.saturating_add_signed(by).min(self.cells().saturating_sub(1));
    }

    /// Moves the cursor to the next cell in which something lies, or the one before.
    pub(super) fn turn(&mut self, times: &[i64], forward: bool) {
        let counts = self.counts(times);
        let some = |n: &usize| counts.get(*n).is_some_and(|count| *count > 0);
        let to = if forward { (self.at + 1..counts.len()).find(some) } else { (0..self.at).rev().find(some) };
        self.at = to.unwrap_or(self.at);
    }

    /// The instant that stays under the cursor: that of the articles there, or the middle of the cell.
    fn anchor(&self, times: &[i64]) -> i64 {
        let before = |at: i64| times.partition_point(|t| *t < at);
        let here = before(self.edge(self.at))..before(self.edge(self.at + 1));
        times.get(here.clone()).and_then(|t| t.get(here.len() / 2)).copied().unwrap_or_else(|| self.middle())
    }

    /// Shows half of the time around the cursor, or twice as much.
    pub(super) fn zoom(&mut self, times: &[i64], closer: bool) {
        let (all, middle, length) = (self.all, self.anchor(times), self.to - self.from);
        let least = i64::try_from(self.room.div_ceil(WIDEST)).unwrap_or(0) * self.least;
        let wanted = if closer { (length / 2).max(least).min(length) } else { length * 2 };
        if wanted >= all.1 - all.0 {
            self.show(all);
        } else {
            let from = middle - (middle - self.from) * wanted / length.max(1);
            let from = from.clamp(all.0, all.1 - wanted);
            self.show((from, from + wanted));
        }
        self.at = self.cell(middle);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Noon of some days.
    fn noons(days: &[i64]) -> Vec<i64> {
        days.iter().map(|d| d * DAY + 12 * HOUR).collect()
    }

    fn bar(times: &[i64], room: usize) -> Bar {
        let mut bar = Bar::default();
        bar.take(times);
        bar.measure(times, room);
        bar.hold(true);
        bar
    }

    #[test]
    fn cells_begin_and_end_with_days_and_hold_every_time() {
        for room in [2, 7, 40, 80] {
            let times = noons(&[0, 1, 2, 3, 90, 400, 401, 1000]);
            let bar = bar(&times, room);
            assert_eq!(bar.shown(), (0, 1001 * DAY));
            assert_eq!((bar.counts(&times).iter().sum::<usize>(), bar.cells(), bar.columns()), (8, room, 1));
            assert!((0..room).all(|n| bar.edge(n) % DAY == 0 && bar.edge(n) < bar.edge(n + 1)));
        }
        let few = bar(&noons(&[0, 10, 20]), 80);
        assert_eq!((few.cells(), few.columns(), bar(&noons(&[0, 2]), 80).columns()), (21, 3, WIDEST), "a day is a cell at least");
    }

    #[test]
    fn it_zooms_around_the_cursor_and_back() {
        for hours in [0, 1] {
            // An article of which the time is known lets cells be hours.
            let mut times = noons(&[0, 1, 2, 3, 90, 400, 401, 1000]);
            times[5] += hours * HOUR;
            let mut bar = bar(&times, 40);
            bar.turn(&times, false);
            let (_, (from, to)) = bar.cursor().unwrap();
            assert!(from <= times[6] && times[5] < to, "the articles before the last");
            for _ in 0..12 {
                bar.zoom(&times, true);
                let (at, (from, to)) = bar.cursor().unwrap();
                let (start, end) = bar.shown();
                assert!(start <= from && to <= end && at < bar.cells(), "{bar:?}");
                assert!(from <= times[6] && times[5] < to, "what was under the cursor stays there: {bar:?}");
            }
            let least = if hours == 0 { DAY } else { HOUR };
            assert!(bar.shown().1 - bar.shown().0 <= 12 * least, "{bar:?}");
            for _ in 0..12 {
                bar.zoom(&times, false);
            }
            assert_eq!(bar.shown(), (0, 1001 * DAY));
        }
    }

    #[test]
    fn steps_stay_inside_and_turns_pass_over_what_is_empty() {
        let times = noons(&[0, 30]);
        let mut bar = bar(&times, 31);
        assert_eq!(bar.cursor().unwrap(), (30, (30 * DAY, 31 * DAY)));
        bar.step(5);
        assert_eq!(bar.cursor().unwrap().0, 30);
        bar.turn(&times, false);
        assert_eq!(bar.cursor().unwrap().0, 0);
        bar.turn(&times, false);
        bar.step(-1);
        assert_eq!(bar.cursor().unwrap().0, 0);
        assert!(bar.point(0) && !bar.point(99));
        assert_eq!(bar.cursor().unwrap().0, 30);
    }

    #[test]
    fn one_day_and_nothing_have_no_bar_to_move_in() {
        assert_eq!(bar(&noons(&[7, 7]), 80).cursor(), None);
        assert_eq!(bar(&[], 80).cursor(), None);
        assert_eq!(bar(&noons(&[7, 9]), 0).cursor(), None);
        let mut bar = bar(&noons(&[7, 7]), 80);
        bar.zoom(&[], true);
        bar.step(1);
        bar.turn(&[], true);
        assert_eq!(bar.counts(&[]).iter().sum::<usize>(), 0);
        assert_eq!(Bar::default().cells(), 0);
    }

    #[test]
    fn another_width_and_other_articles_leave_what_is_shown() {
        let times = noons(&[0, 10, 20, 1000]);
        let mut bar = bar(&times, 40);
        bar.point(0);
        bar.zoom(&times, true);
        bar.zoom(&times, true);
        let shown = bar.shown();
        bar.measure(&times, 60);
        assert_eq!(bar.shown(), shown);
        bar.take(&noons(&[0, 10, 20, 1000, 1001]));
        assert_eq!(bar.shown(), shown);
        (0..9).for_each(|_| bar.zoom(&times, false));
        bar.take(&noons(&[0, 1100]));
        assert_eq!(bar.shown(), (0, 1101 * DAY), "all stays all");
        bar.take(&noons(&[5000, 5010]));
        assert_eq!(bar.shown(), (5000 * DAY, 5011 * DAY), "nothing of it is there");
    }
}
