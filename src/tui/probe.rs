//! What can be learnt of a terminal by asking it.

use crossterm::terminal;
use std::io::{self, IsTerminal};

/// What a terminal says of itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Columns and rows; none where standard output is no terminal.
    pub size: Option<(u16, u16)>,
    /// True where its keyboard tells apart what older ones send alike (kitty's protocol); none where it cannot be asked.
    pub keyboard: Option<bool>,
}

/// Asks the terminal behind standard output. Waits for its answer, two seconds at most.
#[must_use]
pub fn look_at_terminal() -> Seen {
    if !io::stdout().is_terminal() {
        return Seen::default();
    }
    let keyboard = io::stdin().is_terminal().then(|| terminal::supports_keyboard_enhancement().ok()).flatten();
    Seen { size: terminal::size().ok(), keyboard }
}
