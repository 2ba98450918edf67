//! Where the names of places stand on the map: beside their dots, the weightiest first, none over another.

/// A dot that would like to have its name beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Column of the dot.
    pub column: u16,
    /// Row of the dot.
    pub row: u16,
    /// Cells of the name; 0 for a dot that has none.
    pub width: u16,
    /// True for a name without a dot, which stands in the middle of what it names or nowhere.
    pub quiet: bool,
}

/// For each wish, in order of their weight, the column and row at which its name begins; none where there is no room. All dots stay free.
#[must_use]
pub fn place(wishes: &[Wish], columns: u16, rows: u16) -> Vec<Option<(u16, u16)>> {
    let mut grid =
        Grid { columns: i32::from(columns), rows: i32::from(rows), taken: vec![false; usize::from(columns) * usize::from(rows)] };
    for wish in wishes.iter().filter(|w| !w.quiet) {
        grid.take(i32::from(wish.column), i32::from(wish.row), 1);
    }
    wishes.iter().map(|wish| grid.find(*wish)).collect()
}

struct Grid {
    columns: i32,
    rows: i32,
    taken: Vec<bool>,
}

impl Grid {
    /// The first free place of those around a dot: right, left, above and below.
    fn find(&mut self, wish: Wish) -> Option<(u16, u16)> {
        if wish.width == 0 {
            return None;
        }
        let (x, y, width) = (i32::from(wish.column), i32::from(wish.row), i32::from(wish.width));
        let middle = [(x - width / 2, y)];
        let around = [
            (x + 2, y),
            (x - 1 - width, y),
            (x + 1, y - 1),
            (x + 1, y + 1),
            (x - width, y - 1),
            (x - width, y + 1),
            (x - width / 2, y - 1),
            (x - width / 2, y + 1),
        ];
        let around: &[(i32, i32)] = if wish.quiet { &middle } else { &around };
        let &(column, row) = around.iter().find(|(column, row)| self.is_free(*column, *row, width, (x, y)))?;
        self.take(column, row, width);
        Some((u16::try_from(column).ok()?, u16::try_from(row).ok()?))
    }

    /// True where a name fits, with a free cell at both of its ends; its own dot may be there.
    fn is_free(&self, column: i32, row: i32, width: i32, dot: (i32, i32)) -> bool {
        let inside = (0..self.rows).contains(&row) && column >= 0 && column + width <= self.columns;
        let mut cells = (column - 1).max(0)..(column + width + 1).min(self.columns);
        inside && cells.all(|x| (x, row) == dot || !self.taken[(row * self.columns + x) as usize])
    }

    fn take(&mut self, column: i32, row: i32, width: i32) {
        for x in column.max(0)..(column + width).min(self.columns) {
            if (0..self.rows).contains(&row) {
                self.taken[(row * self.columns + x) as usize] = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(column: u16, row: u16, width: u16) -> Wish {
        Wish { column, row, width, quiet: false }
    }

    #[test]
    fn the_first_stands_right_of_its_dot_and_the_others_make_room() {
        assert_eq!(place(&[wish(3, 2, 5)], 20, 5), [Some((5, 2))]);
        // At the right edge it stands on the left.
        assert_eq!(place(&[wish(17, 2, 5)], 20, 5), [Some((11, 2))]);
        let two = place(&[wish(3, 2, 5), wish(4, 2, 5)], 20, 5);
        assert_eq!(two, [Some((4, 1)), Some((6, 2))]);
    }

    #[test]
    fn names_cover_neither_names_nor_dots() {
        let wishes: Vec<Wish> = (0..400u16).map(|n| wish(n * 37 % 60, n * 11 % 20, 3 + n % 9)).collect();
        let placed = place(&wishes, 60, 20);
        let mut cells = std::collections::HashSet::new();
        for wish in &wishes {
            cells.insert((wish.column, wish.row));
        }
        let mut count = 0;
        for (wish, at) in wishes.iter().zip(&placed) {
            if let Some((column, row)) = at {
                count += 1;
                assert!(column + wish.width <= 60 && *row < 20);
                for x in *column..column + wish.width {
                    assert!(cells.insert((x, *row)), "{wish:?} at {at:?}");
                }
            }
        }
        assert!(count > 10, "{count}");
    }

    #[test]
    fn no_room_and_no_grid() {
        assert_eq!(place(&[wish(2, 0, 30)], 20, 1), [None]);
        assert_eq!(place(&[wish(2, 0, 3)], 0, 0), [None]);
        assert_eq!(place(&[], 0, 0), []);
    }
}
