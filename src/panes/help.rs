//! The keys of the pane in focus, made from the table of actions.

use crate::app::{ACTIONS, Help, State};
use crate::config::Ink;
use crate::locale::tr;
use crate::text::width;
use crate::widgets::{Paint, Pen, fill};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The box of the help on a screen of this size.
fn area(screen: Rect) -> Rect {
    super::palette::centred(screen, 110, super::palette::tallest(screen, 4))
}

/// The rows inside the box, below the title.
fn inner(screen: Rect) -> Rect {
    let area = area(screen);
    Rect { x: area.x + 2, y: area.y + 3, width: area.width.saturating_sub(4), height: area.height.saturating_sub(4) }
}

/// Keys and sentences, one row each; a sentence that is too long goes on below. Also the cells that the keys take.
fn rows(state: &State, cells: usize) -> (usize, Vec<(String, String)>) {
    let own = |action: &str| state.config.keymap.is_own(state.context(), action);
    // What only this pane knows comes first.
    let (first, others): (Vec<_>, Vec<_>) = ACTIONS.iter().partition(|a| own(a.name));
    let of_reader = state.config.keymap.own().iter().map(|o| (state.keys_named(&o.name), format!("{}: {}", o.name, o.help())));
    let all = first.into_iter().chain(others).map(|a| (state.keys_of(a.action), a.help().to_owned())).chain(of_reader);
    let keys: Vec<(String, String)> = all.filter(|(keys, _)| !keys.is_empty()).collect();
    let left = keys.iter().map(|(keys, _)| width(keys)).max().unwrap_or(0).min(cells / 3);
    let mut out = Vec::new();
    for (keys, help) in keys {
        let mut keys = keys;
        for line in textwrap::wrap(&help, cells.saturating_sub(left + 2).max(10)) {
            out.push((std::mem::take(&mut keys), line.into_owned()));
        }
    }
    (left, out)
}

/// Sets how far the help can be scrolled.
pub fn measure(state: &mut State, screen: Rect) {
    let inner = inner(screen);
    let all = rows(state, usize::from(inner.width)).1.len();
    if let crate::app::Overlay::Help(help) = &mut state.overlay {
        help.last = all.saturating_sub(usize::from(inner.height));
        help.top = help.top.min(help.last);
    }
}

/// Draws the help.
pub fn draw(state: &State, paint: &Paint, help: Help, screen: Rect, buffer: &mut Buffer) {
    let area = area(screen);
    fill(buffer, area, paint.of(Ink::Overlay));
    let inner = inner(screen);
    let (left, rows) = rows(state, usize::from(inner.width));
    let seen = (help.top + usize::from(inner.height)).min(rows.len());
    let more = if help.last > 0 { tr!("{from}–{to} of {all}, scroll; ", from = help.top + 1, to = seen, all = rows.len()) } else { String::new() };
    let title = Rect { y: area.y + 1, height: 1, ..inner };
    Pen::new(buffer, title, 0)
        .right(&format!("{more}{}", tr!("any other key closes")), paint.of(Ink::Dim))
        .text(
            &format!("{} · {}", tr!("Keys"), if state.view.pages.beneath() { tr!("Page") } else { state.focus.title() }),
            paint.of(Ink::Title),
        );
    for (row, (keys, sentence)) in (0..inner.height).zip(&rows[help.top.min(rows.len())..]) {
        Pen::new(buffer, inner, row).column(keys, left, paint.of(Ink::Accent)).space(2).text(sentence, paint.of(Ink::Text));
    }
}
