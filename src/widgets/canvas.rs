//! Lines drawn as dots, two by four in a cell, and shown in braille or in what a terminal has instead.

use crate::config::Marker;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Dots in a cell, across and down.
const DOTS: (i32, i32) = (2, 4);

/// The bit of the dot in column and row of a cell, as braille numbers them (Unicode, "Braille Patterns").
const BITS: [[u8; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];

/// The dots of the upper half of a cell.
const UPPER: u8 = 0x01 | 0x08 | 0x02 | 0x10;

/// A drawing of lines. Each cell has the ink of the strongest line in it: the one with the lowest number.
#[derive(Debug)]
pub struct Canvas {
    columns: i32,
    rows: i32,
    /// The dots and the ink of each cell.
    cells: Vec<(u8, u8)>,
}

impl Canvas {
    /// An empty drawing of so many cells.
    #[must_use]
    pub fn new(columns: u16, rows: u16) -> Self {
        Self { columns: columns.into(), rows: rows.into(), cells: vec![(0, u8::MAX); usize::from(columns) * usize::from(rows)] }
    }

    /// Draws a line through points in dots from the upper left corner, of which only what lies inside is drawn. Of each `dash` dots `on` are set.
    pub fn line(&mut self, points: impl Iterator<Item = (f64, f64)>, ink: u8, (on, dash): (u32, u32)) {
        let mut before: Option<(f64, f64)> = None;
        let mut phase = 0;
        for point in points {
            if !(point.0.is_finite() && point.1.is_finite()) {
                before = None;
                continue;
            }
            if let Some((a, b)) = before.and_then(|before| self.clip(before, point)) {
                self.segment(round(a), round(b), ink, (on, dash), &mut phase);
            }
            before = Some(point);
        }
    }

    /// The part of a segment that lies inside (Liang and Barsky, 1984).
    fn clip(&self, (x0, y0): (f64, f64), (x1, y1): (f64, f64)) -> Option<((f64, f64), (f64, f64))> {
        let (right, bottom) = (f64::from(self.columns * DOTS.0) - 0.51, f64::from(self.rows * DOTS.1) - 0.51);
        let (dx, dy) = (x1 - x0, y1 - y0);
        let (mut from, mut to) = (0.0f64, 1.0f64);
        for (step, room) in [(-dx, x0 + 0.49), (dx, right - x0), (-dy, y0 + 0.49), (dy, bottom - y0)] {
            if step == 0.0 {
                if room < 0.0 {
                    return None;
                }
            } else if step < 0.0 {
                from = from.max(room / step);
            } else {
                to = to.min(room / step);
            }
        }
        (from <= to).then_some(((x0 + from * dx, y0 + from * dy), (x0 + to * dx, y0 + to * dy)))
    }

    /// Sets the dots from `a` to `b` (Bresenham). The last one does not count for the dashes: the next segment begins with it.
    fn segment(&mut self, a: (i32, i32), b: (i32, i32), ink: u8, (on, dash): (u32, u32), phase: &mut u32) {
        let (dx, dy) = ((b.0 - a.0).abs(), -(b.1 - a.1).abs());
        let (sx, sy) = ((b.0 - a.0).signum(), (b.1 - a.1).signum());
        let (mut x, mut y) = a;
        let mut error = dx + dy;
        let steps = dx.max(-dy);
        for step in 0..=steps {
            if *phase % dash.max(1) < on {
                self.dot(x, y, ink);
            }
            *phase = phase.wrapping_add(u32::from(step < steps));
            let twice = 2 * error;
            if twice >= dy {
                (error, x) = (error + dy, x + sx);
            }
            if twice <= dx {
                (error, y) = (error + dx, y + sy);
            }
        }
    }

    /// Sets one dot.
    pub fn dot(&mut self, x: i32, y: i32, ink: u8) {
        let (column, row) = (x.div_euclid(DOTS.0), y.div_euclid(DOTS.1));
        if !(0..self.columns).contains(&column) || !(0..self.rows).contains(&row) {
            return;
        }
        let bit = BITS[y.rem_euclid(DOTS.1) as usize][x.rem_euclid(DOTS.0) as usize];
        if let Some(cell) = self.cells.get_mut((row * self.columns + column) as usize) {
            *cell = (cell.0 | bit, cell.1.min(ink));
        }
    }

    /// Writes the drawing into `area`; `styles` are those of the inks. Cells without a dot stay as they are.
    pub fn draw(&self, area: Rect, marker: Marker, styles: &[Style], buffer: &mut Buffer) {
        let seen = area.intersection(buffer.area);
        for (row, y) in (0..).zip(seen.top()..seen.bottom()) {
            for (column, x) in (0..).zip(seen.left()..seen.right()) {
                let inside = column < self.columns && row < self.rows;
                let Some((dots, ink)) = self.cells.get((row * self.columns + column) as usize).filter(|c| inside && c.0 != 0) else {
                    continue;
                };
                if let Some(cell) = buffer.cell_mut((x, y)) {
                    cell.set_char(sign(*dots, marker)).set_style(styles.get(usize::from(*ink)).copied().unwrap_or_default());
                }
            }
        }
    }
}

fn round((x, y): (f64, f64)) -> (i32, i32) {
    (x.round() as i32, y.round() as i32)
}

/// What shows the dots of a cell.
fn sign(dots: u8, marker: Marker) -> char {
    match marker {
        Marker::Braille => char::from_u32(0x2800 + u32::from(dots)).unwrap_or(' '),
        Marker::HalfBlock => match (dots & UPPER != 0, dots & !UPPER != 0) {
            (true, true) => '█',
            (true, false) => '▀',
            _ => '▄',
        },
        Marker::Dots => '·',
        Marker::Ascii => ascii(dots),
    }
}

/// The sign of ASCII that looks most like the dots of a cell: by where they lie, and how they lean.
fn ascii(dots: u8) -> char {
    let at = |x: usize, y: usize| dots & BITS[y][x] != 0;
    let column = |x: usize| (0..4).filter(|y| at(x, *y)).count();
    let row = |y: usize| (0..2).filter(|x| at(*x, y)).count();
    let (left, right) = (column(0), column(1));
    let tall = (0..4).filter(|y| row(*y) > 0).count();
    let mean = |x: usize| (0..4).filter(|y| at(x, *y)).sum::<usize>() as f32 / column(x).max(1) as f32;
    match (left, right) {
        _ if tall >= 3 && (left == 0 || right == 0) => '|',
        (1.., 1..) if tall >= 2 && mean(0) - mean(1) > 0.6 => '/',
        (1.., 1..) if tall >= 2 && mean(1) - mean(0) > 0.6 => '\\',
        (1.., 1..) if tall >= 3 => '|',
        (1.., 1..) => ['"', '-', '-', '_'][(0..4).max_by_key(|y| row(*y)).unwrap_or(1)],
        _ => ['\'', '\'', '.', '.'][(0..4).find(|y| row(*y) > 0).unwrap_or(2)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(canvas: &Canvas, marker: Marker) -> Vec<String> {
        let area = Rect::new(0, 0, canvas.columns as u16, canvas.rows as u16);
        let mut buffer = Buffer::empty(area);
        canvas.draw(area, marker, &[Style::new()], &mut buffer);
        buffer.content().chunks(usize::from(area.width)).map(|r| r.iter().map(|c| c.symbol()).collect()).collect()
    }

    #[test]
    fn a_line_across() {
        let mut canvas = Canvas::new(4, 2);
        canvas.line([(-10.0, 1.0), (100.0, 1.0)].into_iter(), 0, (1, 1));
        assert_eq!(shown(&canvas, Marker::Braille), ["⠒⠒⠒⠒", "    "]);
        assert_eq!(shown(&canvas, Marker::HalfBlock), ["▀▀▀▀", "    "]);
        assert_eq!(shown(&canvas, Marker::Dots), ["····", "    "]);
        assert_eq!(shown(&canvas, Marker::Ascii), ["----", "    "]);
    }

    #[test]
    fn leaning_lines_lean_in_ascii() {
        let mut down = Canvas::new(2, 1);
        down.line([(0.0, 0.0), (4.0, 4.0)].into_iter(), 0, (1, 1));
        assert_eq!(shown(&down, Marker::Ascii)[0].chars().next(), Some('\\'));
        let mut up = Canvas::new(2, 1);
        up.line([(0.0, 3.0), (2.0, -1.0)].into_iter(), 0, (1, 1));
        assert_eq!(shown(&up, Marker::Ascii)[0].chars().next(), Some('/'));
        let mut straight = Canvas::new(1, 1);
        straight.line([(1.0, -3.0), (1.0, 9.0)].into_iter(), 0, (1, 1));
        assert_eq!(shown(&straight, Marker::Ascii), ["|"]);
    }

    #[test]
    fn dashes_go_on_from_point_to_point() {
        let mut canvas = Canvas::new(6, 1);
        canvas.line([(0.0, 0.0), (5.0, 0.0), (7.0, 0.0), (12.0, 0.0)].into_iter(), 0, (1, 2));
        assert_eq!(shown(&canvas, Marker::Braille), ["⠁⠁⠁⠁⠁⠁"]);
    }

    #[test]
    fn the_strongest_ink_of_a_cell_counts() {
        let mut canvas = Canvas::new(1, 1);
        canvas.dot(0, 0, 2);
        canvas.dot(1, 1, 0);
        canvas.dot(1, 3, 1);
        assert_eq!(canvas.cells, [(0x01 | 0x10 | 0x80, 0)]);
    }

    #[test]
    fn nothing_outside_is_drawn_and_nothing_is_too_far() {
        let mut canvas = Canvas::new(3, 2);
        let far = [(-1e9, -1e9), (1e9, -1e9), (1e9, 1e9), (-1e9, 1e9), (-1e9, -1e9), (f64::NAN, 3.0), (2.0, f64::INFINITY)];
        canvas.line(far.into_iter(), 0, (1, 1));
        canvas.dot(-1, 0, 0);
        canvas.dot(0, 99, 0);
        assert!(canvas.cells.iter().all(|c| c.0 == 0), "{:?}", canvas.cells);
        Canvas::new(0, 0).line([(0.0, 0.0), (1.0, 1.0)].into_iter(), 0, (1, 1));
    }
}
