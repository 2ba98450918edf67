//! The cursor of a list: what is selected and what is on the screen.

/// Rows kept visible above and below the selected one.
const MARGIN: usize = 2;

/// A selection in a list of known length, and the part of the list on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    /// Index of the selected row.
    pub selected: usize,
    /// Index of the first row on the screen.
    pub top: usize,
    /// Rows that fit on the screen; set when the pane is measured.
    pub height: usize,
}

impl Cursor {
    /// Moves the selection by `by` rows within `len` rows.
    pub fn step(&mut self, by: isize, len: usize) {
        self.select(self.selected.saturating_add_signed(by), len);
    }

    /// Selects the row `to`, or the last one.
    pub fn select(&mut self, to: usize, len: usize) {
        self.selected = to.min(len.saturating_sub(1));
        self.show(len);
    }

    /// Scrolls by `by` rows; the selection follows only to stay on the screen.
    pub fn scroll(&mut self, by: isize, len: usize) {
        let last = len.saturating_sub(self.height);
        self.top = self.top.saturating_add_signed(by).min(last);
        let end = (self.top + self.height).min(len).saturating_sub(1);
        self.selected = self.selected.clamp(self.top.min(end), end);
    }

    /// Sets the height, and keeps the selection on the screen.
    pub fn measure(&mut self, height: usize, len: usize) {
        self.height = height;
        self.selected = self.selected.min(len.saturating_sub(1));
        self.show(len);
    }

    /// Moves the window as little as shows the selection with some rows around it.
    fn show(&mut self, len: usize) {
        let margin = MARGIN.min(self.height.saturating_sub(1) / 2);
        let lowest = (self.selected + margin + 1).saturating_sub(self.height);
        let highest = self.selected.saturating_sub(margin);
        self.top = self.top.clamp(lowest.min(highest), highest).min(len.saturating_sub(self.height));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selection_stays_on_the_screen() {
        let mut c = Cursor { height: 10, ..Cursor::default() };
        for to in [0, 50, 3, 99, 98, 40, 1000] {
            c.select(to, 100);
            assert!(c.top <= c.selected && c.selected < c.top + 10, "{c:?}");
            assert!(c.top + 10 <= 100);
        }
        assert_eq!(c.selected, 99);
        c.step(-1000, 100);
        assert_eq!((c.selected, c.top), (0, 0));
    }

    #[test]
    fn scrolling_moves_the_selection_only_at_the_edge() {
        let mut c = Cursor { selected: 5, top: 0, height: 10 };
        c.scroll(3, 100);
        assert_eq!((c.selected, c.top), (5, 3));
        c.scroll(30, 100);
        assert_eq!((c.selected, c.top), (33, 33));
        c.scroll(-99, 100);
        assert_eq!((c.selected, c.top), (9, 0));
    }

    #[test]
    fn empty_lists_and_no_room() {
        let mut c = Cursor::default();
        c.select(5, 0);
        c.measure(0, 0);
        c.scroll(3, 0);
        assert_eq!((c.selected, c.top), (0, 0));
    }
}
