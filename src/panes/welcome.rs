//! The first thing that is seen: what this is, three keys, and how to go on.

use crate::app::{Action, State};
use crate::config::Ink;
use crate::locale::tr;
use crate::widgets::{Paint, Pen, lay};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Cells of the box.
const WIDTH: u16 = 46;

/// The keys that are worth knowing from the start, in the order in which they are needed.
const KEYS: [Action; 3] = [Action::Hints, Action::NextMatch, Action::Help];

/// Draws the welcome in the middle of `place`.
pub fn draw(state: &State, paint: &Paint, place: Rect, buffer: &mut Buffer) {
    let area = super::palette::centred(place, WIDTH, 16);
    lay(buffer, area, paint);
    let inner = Rect { x: area.x + 3, y: area.y + 1, width: area.width.saturating_sub(6), height: area.height.saturating_sub(2) };
    let articles = tr!("{n} articles to begin with, in the list.", n = state.library.entries().len());
    let says = [(1, "dateline", Ink::Title), (2, tr!("knows who, where and when."), Ink::Text), (4, articles.as_str(), Ink::Dim)];
    for (row, text, ink) in says {
        Pen::new(buffer, inner, row - 1).text(text, paint.of(ink));
    }
    for (row, action) in (5..).zip(KEYS) {
        let mut pen = Pen::new(buffer, inner, row);
        pen.column(&state.key_of(action), 4, paint.of(Ink::Accent)).text(action.info().label(), paint.of(Ink::Text));
    }
    Pen::new(buffer, inner, 9).text(tr!("Your own:"), paint.of(Ink::Dim));
    let own = [(state.key_of(Action::Add), tr!("add a feed or a folder")), (state.import_key(), tr!("take over feeds: newsboat, OPML …"))];
    for (row, (key, says)) in (10..).zip(own) {
        Pen::new(buffer, inner, row).column(&key, 4, paint.of(Ink::Accent)).text(says, paint.of(Ink::Text));
    }
    if inner.height > 13 {
        Pen::new(buffer, inner, 13).text(tr!("Any key begins."), paint.of(Ink::Faint));
    }
}
