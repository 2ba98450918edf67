//! Writing into one row of a buffer from left to right, and from the right edge.

use super::Paint;
use crate::config::Ink;
use crate::text::{cut, width};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// A place in one row: what is written moves it on and never leaves the row.
#[derive(Debug)]
pub struct Pen<'a> {
    buffer: &'a mut Buffer,
    x: u16,
    end: u16,
    y: u16,
}

impl<'a> Pen<'a> {
    /// A pen at the left edge of the row `row` (from 0) of `area`. Outside of the buffer it writes nothing.
    #[must_use]
    pub fn new(buffer: &'a mut Buffer, area: Rect, row: u16) -> Self {
        let area_in = area.intersection(buffer.area);
        let inside = row < area_in.height;
        let end = if inside { area_in.right() } else { area_in.x };
        Self { buffer, x: area_in.x, end, y: area_in.y.saturating_add(row) }
    }

    /// Cells that are left.
    #[must_use]
    pub fn room(&self) -> usize {
        usize::from(self.end.saturating_sub(self.x))
    }

    /// Writes `text`, cut with an ellipsis where there is no room for all of it.
    pub fn text(&mut self, text: &str, style: Style) -> &mut Self {
        let room = self.room();
        if room == 0 || text.is_empty() {
            return self;
        }
        let shown = cut(text, room);
        self.x = self.put(self.x, &shown, room, style);
        self
    }

    /// Writes from column `x` on, and gives the column behind. On a row whose letters and ground are exchanged, colours of letters would become grounds
    /// of many colours, so the row keeps its own.
    fn put(&mut self, x: u16, text: &str, cells: usize, style: Style) -> u16 {
        let exchanged = self.buffer.cell((x, self.y)).is_some_and(|cell| cell.modifier.contains(Modifier::REVERSED));
        let style = if exchanged { Style { fg: None, bg: None, ..style } } else { style };
        self.buffer.set_stringn(x, self.y, text, cells, style).0
    }

    /// Writes `text` in exactly `cells` cells.
    pub fn column(&mut self, text: &str, cells: usize, style: Style) -> &mut Self {
        let cells = cells.min(self.room());
        let shown = cut(text, cells);
        let pad = cells.saturating_sub(width(&shown));
        self.text(&shown, style).space(pad)
    }

    /// Leaves `cells` cells free.
    pub fn space(&mut self, cells: usize) -> &mut Self {
        self.x += u16::try_from(cells.min(self.room())).unwrap_or(0);
        self
    }

    /// Writes `text` at the right edge and takes its cells away; nothing where there is no room for it and one cell more.
    pub fn right(&mut self, text: &str, style: Style) -> &mut Self {
        let cells = width(text);
        if cells > 0 && cells < self.room() {
            let at = self.end - u16::try_from(cells).unwrap_or(0);
            self.put(at, text, cells, style);
            self.end = at.saturating_sub(1);
        }
        self
    }
}

/// Clears `area` and gives it a style.
pub fn fill(buffer: &mut Buffer, area: Rect, style: Style) {
    let area = area.intersection(buffer.area);
    for position in area.positions() {
        if let Some(cell) = buffer.cell_mut(position) {
            cell.reset();
            cell.set_style(style);
        }
    }
}

/// Clears `area` for what lies over the panes. Where the theme has no ground of its own for that, hairlines say where it ends.
pub fn lay(buffer: &mut Buffer, area: Rect, paint: &Paint) {
    let style = paint.of(Ink::Overlay);
    fill(buffer, area, style);
    let area = area.intersection(buffer.area);
    if style.bg.is_some() || area.width < 2 || area.height < 2 {
        return;
    }
    let rule = paint.of(Ink::Rule);
    let line = "─".repeat(usize::from(area.width - 2));
    Pen::new(buffer, area, 0).text("┌", rule).text(&line, rule).text("┐", rule);
    for row in 1..area.height - 1 {
        Pen::new(buffer, area, row).text("│", rule).right("│", rule);
    }
    Pen::new(buffer, area, area.height - 1).text("└", rule).text(&line, rule).text("┘", rule);
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Color;

    fn row(draw: impl Fn(&mut Pen<'_>)) -> String {
        let area = Rect::new(0, 0, 12, 1);
        let mut buffer = Buffer::empty(area);
        draw(&mut Pen::new(&mut buffer, area, 0));
        buffer.content().iter().map(ratatui::buffer::Cell::symbol).collect()
    }

    #[test]
    fn left_right_and_columns() {
        let plain = Style::new();
        assert_eq!(row(|p| _ = p.right("42", plain).text("a long title", plain)), "a long t… 42");
        assert_eq!(row(|p| _ = p.column("ab", 4, plain).text("cd", plain)), "ab  cd      ");
        assert_eq!(row(|p| _ = p.column("abcdef", 4, plain).text("g", plain)), "abc…g       ");
        assert_eq!(row(|p| _ = p.right("much too wide!", plain).text("x", plain)), "x           ");
    }

    #[test]
    fn an_exchanged_row_keeps_its_colours() {
        let area = Rect::new(0, 0, 6, 1);
        let mut buffer = Buffer::empty(area);
        buffer.set_style(area, Style::new().reversed());
        Pen::new(&mut buffer, area, 0).right("2", Style::new().yellow()).text("ab", Style::new().yellow().bold());
        assert!(buffer.content().iter().all(|cell| cell.fg == Color::Reset && cell.modifier.contains(Modifier::REVERSED)));
        assert!(buffer.content()[1].modifier.contains(Modifier::BOLD));
    }

    #[test]
    fn outside_of_the_buffer_nothing_is_written() {
        let area = Rect::new(0, 0, 4, 1);
        let mut buffer = Buffer::empty(area);
        Pen::new(&mut buffer, Rect::new(9, 9, 5, 5), 3).text("x", Style::new());
        assert_eq!(buffer, Buffer::empty(area));
    }
}
