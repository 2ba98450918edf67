//! The keys of the pane in focus, made from the table of actions.

use crate::app::{ACTIONS, State};
use crate::config::Ink;
use crate::text::width;
use crate::widgets::{Paint, Pen, fill};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The box of the help on a screen of this size.
#[must_use]
pub fn area(screen: Rect) -> Rect {
    super::palette::centred(screen, 92, u16::try_from(ACTIONS.len() + 4).unwrap_or(u16::MAX))
}

/// Draws the help, scrolled down by `top` rows.
pub fn draw(state: &State, paint: &Paint, top: usize, screen: Rect, buffer: &mut Buffer) {
    let area = area(screen);
    fill(buffer, area, paint.of(Ink::Overlay));
    let inner = Rect { x: area.x + 2, y: area.y + 1, width: area.width.saturating_sub(4), height: area.height.saturating_sub(2) };
    Pen::new(buffer, inner, 0)
        .right("any other key closes", paint.of(Ink::Dim))
        .text(&format!("Keys · {}", state.focus.title()), paint.of(Ink::Title));
    let rows: Vec<(String, &str)> =
        ACTIONS.iter().map(|a| (state.keys_of(a.action), a.help)).filter(|(keys, _)| !keys.is_empty()).collect();
    let cells = rows.iter().map(|(keys, _)| width(keys)).max().unwrap_or(0).min(usize::from(inner.width) / 3);
    let height = usize::from(inner.height.saturating_sub(2));
    let top = top.min(rows.len().saturating_sub(height));
    for (row, (keys, help)) in (2..).zip(rows.iter().skip(top).take(height)) {
        Pen::new(buffer, inner, row).column(keys, cells, paint.of(Ink::Accent)).space(2).text(help, paint.of(Ink::Text));
    }
}
