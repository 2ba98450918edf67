//! How things are shown, as the reader changes it while reading: theme, measure, widths of panes, the text alone.

use super::action::Action;
use super::state::{Pane, State, View};
use crate::config::Config;
use crate::locale::tr;
use crate::notice::Notice;
use std::sync::Arc;

/// Columns by which a key changes a width.
const STEP: u16 = 4;

/// From this width of the screen on there are three columns; below it a pane has all of it.
pub const COLUMNS: u16 = 100;

/// Widths that the reader has given to panes; `None` for what suits the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// Columns of the list of articles.
    pub list: Option<u16>,
    /// Columns of the right side.
    pub side: Option<u16>,
    /// Of a thousand rows of the right side, those of its upper pane.
    pub upper: Option<u16>,
}

/// The least columns of the list, the text and the right side.
const LEAST: (u16, u16, u16) = (12, 32, 20);

impl Split {
    /// Columns of the list and of the right side on a screen of this width, which leave the text its own.
    #[must_use]
    pub fn columns(self, width: u16) -> (u16, u16) {
        let side = self.side.unwrap_or((width * 3 / 10).clamp(32, 64));
        let list = self.list.unwrap_or((width / 5).clamp(20, 32));
        let side = side.clamp(LEAST.2, width.saturating_sub(LEAST.0 + LEAST.1 + 2).max(LEAST.2));
        let list = list.clamp(LEAST.0, width.saturating_sub(side + LEAST.1 + 2).max(LEAST.0));
        (list, side)
    }

    /// Rows of the upper pane of the right side, of `rows`.
    #[must_use]
    pub fn upper(self, rows: u16) -> u16 {
        let share = |upper: u16| u16::try_from((u32::from(rows) * u32::from(upper.min(1000)) + 500) / 1000).unwrap_or(rows);
        self.upper.map_or(rows / 2, share).clamp(4.min(rows), rows.saturating_sub(4).max(4.min(rows)))
    }
}

/// A line between panes that can be moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Between the list and the text.
    List,
    /// Between the text and the right side.
    Side,
    /// Between the two panes of the right side.
    Upper,
}

impl View {
    /// Moves an edge to a cell of the screen.
    pub(super) fn pull(&mut self, edge: Edge, column: u16, row: u16) {
        let (width, rows) = (self.size.columns, self.size.rows.saturating_sub(1).max(1));
        match edge {
            Edge::List => self.split.list = Some(column),
            Edge::Side => self.split.side = Some(width.saturating_sub(column + 1)),
            Edge::Upper => self.split.upper = u16::try_from(u32::from(row) * 1000 / u32::from(rows)).ok().map(|n| n.clamp(100, 900)),
        }
        // What the screen has no room for is not remembered.
        let (list, side) = self.split.columns(width);
        self.split.list = self.split.list.map(|_| list);
        self.split.side = self.split.side.map(|_| side);
    }
}

/// Does what an action of this room means.
pub(super) fn act(state: &mut State, action: Action) {
    match action {
        Action::Zoom => (state.view.full, state.view.timeline.everywhere) = (!state.view.full, false),
        Action::ToggleMarks => state.view.marks = !state.view.marks,
        Action::Zen => zen(state),
        Action::Wider | Action::Narrower => measure(state, action == Action::Wider),
        Action::GrowPane | Action::ShrinkPane => resize(state, action == Action::GrowPane),
        Action::NextTheme => next_theme(state),
        _ => {}
    }
}

/// Gives the pane in focus more columns, or fewer.
fn resize(state: &mut State, grow: bool) {
    let view = &mut state.view;
    let (list, side) = view.split.columns(view.size.columns);
    let step = |width: u16, more: bool| if more { width + STEP } else { width.saturating_sub(STEP) };
    match state.focus {
        Pane::Articles => view.split.list = Some(step(list, grow)),
        Pane::Text => (view.split.list, view.split.side) = (Some(step(list, !grow)), Some(step(side, !grow))),
        Pane::Entities | Pane::Timeline | Pane::Quotations | Pane::Map => view.split.side = Some(step(side, grow)),
    }
    let (list, side) = view.split.columns(view.size.columns);
    view.split.list = view.split.list.map(|_| list);
    view.split.side = view.split.side.map(|_| side);
}

/// Makes the lines of the text longer, or shorter.
fn measure(state: &mut State, wider: bool) {
    let now = state.measure();
    let next = if wider { now.saturating_add(STEP).min(200) } else { now.saturating_sub(STEP).max(20) };
    state.view.measure = Some(next);
    state.notice = Some(Notice::new(tr!("Lines of {next} columns at most", next)));
}

/// The text alone on the screen, or everything again.
fn zen(state: &mut State) {
    state.view.zen = !state.view.zen;
    state.view.full = false;
    if state.view.zen {
        state.focus_on(Pane::Text);
    }
}

/// The next theme, in the order of the list.
fn next_theme(state: &mut State) {
    let names: Vec<&str> = state.config.themes.iter().map(|t| t.name.as_str()).collect();
    let at = names.iter().position(|n| *n == state.config.settings.theme);
    let next = at.map_or(0, |n| n + 1);
    let name = names.get(next).map_or_else(|| "auto".to_owned(), |n| (*n).to_owned());
    set_theme(state, name);
}

/// Shows everything in another theme, until the program ends.
pub(super) fn set_theme(state: &mut State, name: String) {
    state.notice = Some(Notice::new(tr!("Theme: {name}", name)).hint(tr!("theme = \"{name}\" in config.toml keeps it", name)));
    let mut config = Config::clone(&state.config);
    config.settings.theme = name;
    state.config = Arc::new(config);
}

/// Takes in a configuration that has changed on the disk. What the reader has set by keys stays; a theme that was tried out does not.
pub(super) fn configure(state: &mut State, config: Config) {
    let says = match config.mistakes.first() {
        None => Notice::new(tr!("The configuration has changed and is in use")),
        Some(mistake) => Notice::new(tr!("The configuration has changed")).because(mistake),
    };
    if config.settings.marks != state.config.settings.marks {
        state.view.marks = config.settings.marks;
    }
    state.config = Arc::new(config);
    state.view.dark = state.config.settings.grounds.background.is_dark(state.view.dark);
    state.view.typing.clear();
    state.notice = Some(says);
}

impl State {
    /// The longest line of text, in columns.
    #[must_use]
    pub fn measure(&self) -> u16 {
        self.view.measure.unwrap_or(self.config.settings.measure)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_keeps_its_room_whatever_is_pulled() {
        for width in [100, 120, 200, 333] {
            for (list, side) in [(None, None), (Some(0), Some(0)), (Some(999), Some(999)), (Some(5), Some(999)), (Some(999), None)] {
                let (l, s) = Split { list, side, upper: None }.columns(width);
                assert!(l >= 12 && s >= 20 && width - l - s - 2 >= 32, "{width} {list:?} {side:?}: {l} {s}");
            }
        }
        for rows in [1, 5, 8, 30, 99] {
            for upper in [None, Some(0), Some(1000)] {
                assert!(Split { upper, ..Split::default() }.upper(rows) <= rows);
            }
        }
    }
}
