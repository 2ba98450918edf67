//! The part of a list that is held: the rows around those on the screen, whatever the length of the list.

use super::row::{StoredKey, StoredRow};
use std::ops::Range;

/// Rows that are held above and below those on the screen.
const AROUND: usize = 100;

/// Rows that are asked for when nothing is known of the screen yet.
pub(crate) const FIRST: usize = 200;

/// Some rows of a list of known length.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Window {
    total: usize,
    first: usize,
    rows: Vec<StoredRow>,
    /// What was asked for and has not come.
    asked: Option<(usize, usize)>,
}

impl Window {
    /// A new list of `total` articles with the rows from `first` on.
    #[must_use]
    pub fn new(total: usize, first: usize, rows: Vec<StoredRow>) -> Self {
        Self { total, first, rows, asked: None }
    }

    /// The length of the list.
    #[must_use]
    pub fn total(&self) -> usize {
        self.total
    }

    /// A row, where it is held.
    #[must_use]
    pub fn row(&self, at: usize) -> Option<&StoredRow> {
        at.checked_sub(self.first).and_then(|n| self.rows.get(n))
    }

    /// The row of an article, to change, where it is held.
    pub(super) fn of(&mut self, key: StoredKey) -> Option<&mut StoredRow> {
        self.rows.iter_mut().find(|r| r.key == key)
    }

    /// The index of an article, where it is held.
    pub(super) fn position(&self, key: StoredKey) -> Option<usize> {
        self.rows.iter().position(|r| r.key == key).map(|n| self.first + n)
    }

    /// The indices that are held.
    pub(super) fn held(&self) -> Range<usize> {
        self.first..self.first + self.rows.len()
    }

    /// The rows to ask for where those of `screen` are not all held; nothing where they were asked for already.
    pub(super) fn missing(&mut self, screen: Range<usize>) -> Option<(usize, usize)> {
        let screen = screen.start.min(self.total)..screen.end.min(self.total);
        let held = self.held();
        if screen.is_empty() || held.start <= screen.start && screen.end <= held.end {
            return None;
        }
        let from = screen.start.saturating_sub(AROUND);
        let wanted = (from, (screen.end + AROUND).min(self.total) - from);
        let covers = |(start, count): (usize, usize)| start <= screen.start && screen.end <= start + count;
        if self.asked.is_some_and(covers) {
            return None;
        }
        self.asked = Some(wanted);
        Some(wanted)
    }

    /// Takes in rows; they take the place of those that are held.
    pub(super) fn take(&mut self, first: usize, rows: Vec<StoredRow>) {
        (self.first, self.rows, self.asked) = (first, rows, None);
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use jiff::civil::date;

    pub(crate) fn rows(range: Range<usize>) -> Vec<StoredRow> {
        let row = |n: usize| StoredRow {
            key: StoredKey(n as i64),
            day: date(2019, 1, 21),
            time: None,
            title: format!("Article {n}"),
            site: None,
            group: None,
            read: false,
            starred: false,
            followed: false,
            copies: crate::app::shelf::Copies::None,
        };
        range.map(row).collect()
    }

    #[test]
    fn a_list_of_any_length_holds_what_is_around_the_screen() {
        let mut window = Window::new(1_000_000, 0, rows(0..200));
        assert_eq!(window.missing(20..60), None);
        let (from, count) = window.missing(190..230).unwrap();
        assert_eq!((from, count), (90, 240));
        assert_eq!(window.missing(195..235), None, "asked for already");
        window.take(from, rows(from..from + count));
        assert_eq!(window.missing(195..235), None);
        assert_eq!(window.row(195).unwrap().key, StoredKey(195));
        assert_eq!(window.row(10), None);
        // The end of the list.
        let (from, count) = window.missing(999_980..1_000_020).unwrap();
        assert_eq!(from + count, 1_000_000);
    }

    #[test]
    fn what_was_asked_for_elsewhere_does_not_count() {
        let mut window = Window::new(10_000, 0, rows(0..200));
        assert!(window.missing(5000..5040).is_some());
        assert!(window.missing(9000..9040).is_some());
        assert!(Window::default().missing(0..40).is_none());
    }
}
