//! Which theme, and how many colours.

use super::pictures::{How, Protocol, in_multiplexer, protocol};
use crate::app::State;
use crate::config::Depth;
use crate::widgets::Paint;
use std::env;

/// The styles of the reader's theme on this terminal.
#[must_use]
pub fn paint(state: &State) -> Paint {
    let depth = state.config.settings.colors.depth(depth(|name| env::var(name).ok()));
    Paint::new(state.config.theme(state.view.dark, depth), depth)
}

/// How this terminal is to show pictures.
#[must_use]
pub(super) fn pictures(state: &State) -> How {
    let var = |name: &str| env::var(name).ok();
    let settings = &state.config.settings;
    let depth = settings.colors.depth(depth(var));
    let size = crossterm::terminal::window_size().ok();
    let cell = size.map(|s| (s.width / s.columns.max(1), s.height / s.rows.max(1))).filter(|(width, height)| *width > 0 && *height > 0);
    let protocol = protocol(settings.picture_protocol, depth, cell.is_some(), var);
    let cell = if protocol == Protocol::HalfBlocks { (1, 2) } else { cell.unwrap_or(USUAL_CELL) };
    How { protocol, cell, depth, dark: state.view.dark, tmux: in_multiplexer(var) }
}

/// Width and height of a cell in pixels where a terminal does not say.
const USUAL_CELL: (u16, u16) = (10, 20);

/// Whether the ground is dark before the terminal has said so itself: by `COLORFGBG`, as rxvt and Konsole set it; dark where nothing is known.
#[must_use]
pub(super) fn dark(var: impl Fn(&str) -> Option<String>) -> bool {
    let ground = var("COLORFGBG").and_then(|v| v.rsplit(';').next().and_then(|n| n.parse::<u8>().ok()));
    ground.is_none_or(|n| n < 7 || n == 8)
}

/// The colours of the terminal, by the names and values that are common: `NO_COLOR`, `COLORTERM`, `TERM`.
#[must_use]
pub fn depth(var: impl Fn(&str) -> Option<String>) -> Depth {
    if var("NO_COLOR").is_some_and(|v| !v.is_empty()) {
        return Depth::None;
    }
    let term = var("TERM").unwrap_or_default();
    let colorterm = var("COLORTERM").unwrap_or_default();
    if matches!(colorterm.as_str(), "truecolor" | "24bit") || term.ends_with("-direct") || var("WT_SESSION").is_some() {
        Depth::True
    } else if term.contains("256color") || ["kitty", "alacritty", "ghostty", "foot", "wezterm"].iter().any(|t| term.contains(t)) {
        Depth::Indexed256
    } else if matches!(term.as_str(), "vt100" | "vt102" | "vt220") {
        Depth::None
    } else {
        Depth::Ansi16
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(vars: &[(&str, &str)]) -> Depth {
        depth(|name| vars.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
    }

    #[test]
    fn the_ground_by_colorfgbg() {
        let of = |value: &str| dark(|name| (name == "COLORFGBG").then(|| value.to_owned()));
        assert!(of("15;0") && of("15;default;0") && of("nonsense") && dark(|_| None));
        assert!(!of("0;15") && !of("0;default;7"));
    }

    #[test]
    fn the_usual_terminals() {
        assert_eq!(of(&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")]), Depth::True);
        assert_eq!(of(&[("TERM", "xterm-256color")]), Depth::Indexed256);
        assert_eq!(of(&[("TERM", "xterm-kitty")]), Depth::Indexed256);
        assert_eq!(of(&[("TERM", "linux")]), Depth::Ansi16);
        assert_eq!(of(&[("TERM", "vt100")]), Depth::None);
        assert_eq!(of(&[("TERM", "xterm"), ("COLORTERM", "truecolor"), ("NO_COLOR", "1")]), Depth::None);
        assert_eq!(of(&[("TERM", "xterm"), ("NO_COLOR", "")]), Depth::Ansi16);
    }
}
