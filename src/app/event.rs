//! Everything that can happen to the reader: one closed list.

use super::action::Action;
use super::effect::{Alarm, Report};
use super::looks::Edge;
use super::state::{Pane, Size};
use crate::config::Key;

/// Something that happened.
#[derive(Debug)]
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something over a pane.
    Mouse(Mouse),
    /// The terminal has another size.
    Resize(Size),
    /// The terminal said whether its background is dark.
    Background {
        /// True for a dark one.
        dark: bool,
    },
    /// Work that was asked for has come to an end, or gives word of its progress.
    Report(Report),
    /// The time is over that was asked for.
    Wake(Alarm),
    /// The shell wants the terminal for a while.
    Suspend,
    /// The world wants the program to end.
    Quit {
        /// The exit code to end with.
        code: u8,
    },
}

/// What the mouse did, in cells of what lies under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mouse {
    /// The left button went down.
    Click(Hit),
    /// The wheel turned, down where positive, over a pane.
    Wheel {
        /// The pane under the pointer.
        pane: Pane,
        /// Column of the pane, from 0.
        column: u16,
        /// Rows to move.
        rows: i32,
    },
    /// The pointer moved with the left button held.
    Drag(Hit),
    /// The pointer moved without a button.
    Hover(Hit),
    /// The pointer moved with the button held on an edge between panes, to this column and row of the screen.
    Pull {
        /// The edge.
        edge: Edge,
        /// Column from 0.
        column: u16,
        /// Row from 0.
        row: u16,
    },
}

/// What lies under the pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hit {
    /// A cell inside a pane, from its upper left corner below the title.
    Inside {
        /// The pane.
        pane: Pane,
        /// Row from 0.
        row: u16,
        /// Column from 0.
        column: u16,
    },
    /// A pane's title.
    Title(Pane),
    /// A line between two panes.
    Edge(Edge),
    /// A row of the overlay on top, from 0.
    Overlay {
        /// Row from 0.
        row: u16,
    },
    /// A key that the foot line offers.
    Key(Action),
    /// A page's bar.
    Bar {
        /// The cell of it, from 0.
        cell: u16,
    },
    /// Beside the overlay on top.
    Outside,
}
