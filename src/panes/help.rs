//! The keys of the pane in focus, made from the table of actions.

use crate::app::{ACTIONS, Action, Help, State};
use crate::config::Ink;
use crate::locale::{text, tr, tr_later};
use crate::text::width;
use crate::widgets::{Paint, Pen, lay};
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

/// A row of the help.
enum Row {
    /// Air.
    Blank,
    /// The name of a part.
    Heading(&'static str),
    /// Keys, and what they do; the keys are empty where a sentence goes on.
    Keys(String, String),
}

/// Where a part of the table of actions begins, and its name.
const PARTS: &[(Action, &str)] = &[
    (Action::Down, tr_later!("Moving")),
    (Action::NextMatch, tr_later!("Names and moments")),
    (Action::Hints, tr_later!("Jumps and search")),
    (Action::NextArticle, tr_later!("Articles and panes")),
    (Action::Map, tr_later!("Map and timeline")),
    (Action::Bookmark, tr_later!("Places to come back to")),
    (Action::OpenPage, tr_later!("Out of the program")),
    (Action::Zen, tr_later!("The screen")),
    (Action::SetDate, tr_later!("The article")),
    (Action::NextUnread, tr_later!("The library")),
    (Action::Page, tr_later!("Across all articles")),
    (Action::Help, tr_later!("The program")),
];

/// The rows: what only this pane knows first, then part by part. Also the cells that the keys take.
fn rows(state: &State, cells: usize) -> (usize, Vec<Row>) {
    let own = |action: &str| state.config.keymap.is_own(state.context(), action);
    let mut parts: Vec<(&str, Vec<(String, String)>)> = vec![(tr!("In this pane"), Vec::new())];
    for action in ACTIONS {
        if let Some((_, name)) = PARTS.iter().find(|(first, _)| *first == action.action) {
            parts.push((text(name), Vec::new()));
        }
        let part = if own(action.name) { parts.first_mut() } else { parts.last_mut() };
        let keys = state.keys_of(action.action);
        if let Some((_, rows)) = part.filter(|_| !keys.is_empty()) {
            rows.push((keys, action.help().to_owned()));
        }
    }
    let of_reader = state.config.keymap.own().iter().map(|o| (state.keys_named(&o.name), format!("{}: {}", o.name, o.help())));
    parts.push((tr!("Your own"), of_reader.filter(|(keys, _)| !keys.is_empty()).collect()));
    parts.retain(|(_, rows)| !rows.is_empty());
    let longest = parts.iter().flat_map(|(_, rows)| rows).map(|(keys, _)| width(keys)).max().unwrap_or(0);
    let left = longest.min(cells / 4);
    (left, laid_out(parts, left, cells))
}

/// The parts as rows; keys and sentences that are too long go on below.
fn laid_out(parts: Vec<(&'static str, Vec<(String, String)>)>, left: usize, cells: usize) -> Vec<Row> {
    let mut out = Vec::new();
    for (name, rows) in parts {
        if !out.is_empty() {
            out.push(Row::Blank);
        }
        out.push(Row::Heading(name));
        for (keys, help) in rows {
            let mut keys = textwrap::wrap(&keys, left.max(1)).into_iter().map(std::borrow::Cow::into_owned).collect::<Vec<_>>().into_iter();
            let mut says = textwrap::wrap(&help, cells.saturating_sub(left + 2).max(10)).into_iter();
            loop {
                let (keys, says) = (keys.next(), says.next());
                if keys.is_none() && says.is_none() {
                    break;
                }
                out.push(Row::Keys(keys.unwrap_or_default(), says.unwrap_or_default().into_owned()));
            }
        }
    }
    out
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
    lay(buffer, area, paint);
    let inner = inner(screen);
    let (left, rows) = rows(state, usize::from(inner.width));
    let seen = (help.top + usize::from(inner.height)).min(rows.len());
    let more = if help.last > 0 {
        tr!("{from}–{to} of {all}, scroll; ", from = help.top + 1, to = seen, all = rows.len())
    } else {
        String::new()
    };
    let title = Rect { y: area.y + 1, height: 1, ..inner };
    Pen::new(buffer, title, 0).right(&format!("{more}{}", tr!("any other key closes")), paint.of(Ink::Dim)).text(
        &format!("{} · {}", tr!("Keys"), if state.view.pages.beneath() { tr!("Page") } else { state.focus.title() }),
        paint.of(Ink::Title),
    );
    for (row, line) in (0..inner.height).zip(&rows[help.top.min(rows.len())..]) {
        let mut pen = Pen::new(buffer, inner, row);
        match line {
            Row::Blank => {}
            Row::Heading(name) => drop(pen.text(name, paint.of(Ink::Dim))),
            Row::Keys(keys, sentence) => {
                pen.column(keys, left, paint.of(Ink::Accent)).space(2).text(sentence, paint.of(Ink::Text));
            }
        }
    }
}
