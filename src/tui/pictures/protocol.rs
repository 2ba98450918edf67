//! How this terminal shows pictures, by its name in the environment and the size of its cells.
//!
//! Nothing is asked of the terminal: the thread that reads the keyboard would get the answer, and start would wait for it.

use crate::config::{Depth, PictureProtocol, Pictures};

/// What pictures are written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// kitty's, with placeholders that are characters like others.
    Kitty,
    /// iTerm2's: a file in a sequence.
    Iterm2,
    /// Sixel, of the DEC VT340.
    Sixel,
    /// Two colours in each cell.
    HalfBlocks,
}

impl Protocol {
    /// True where the terminal paints pixels over its cells, all of them at once.
    #[must_use]
    pub fn paints_pixels(self) -> bool {
        matches!(self, Self::Iterm2 | Self::Sixel)
    }
}

/// Terminals with kitty's placeholders, in `TERM` or `TERM_PROGRAM`.
const KITTY: &[&str] = &["kitty", "ghostty"];

/// Terminals with iTerm2's sequence, in `TERM_PROGRAM`.
const ITERM2: &[&str] = &["iterm", "wezterm", "mintty", "rio", "warpterminal", "tabby", "hyper"];

/// Terminals with sixel, in `TERM`.
const SIXEL: &[&str] = &["foot", "mlterm", "contour", "yaft", "sixel"];

/// The protocol for this terminal. `pixels` is true where it says how many pixels its cells have, without which only half blocks fit.
#[must_use]
pub fn protocol(setting: PictureProtocol, depth: Depth, pixels: bool, var: impl Fn(&str) -> Option<String>) -> Protocol {
    let lower = |name: &str| var(name).unwrap_or_default().to_ascii_lowercase();
    let (term, program) = (lower("TERM"), lower("TERM_PROGRAM"));
    let is = |known: &[&str], name: &str| known.iter().any(|k| name.contains(k));
    match setting {
        PictureProtocol::Kitty => Protocol::Kitty,
        PictureProtocol::Iterm2 => Protocol::Iterm2,
        PictureProtocol::Sixel => Protocol::Sixel,
        PictureProtocol::HalfBlock => Protocol::HalfBlocks,
        // tmux and screen pass pictures on only where they are told to; then the reader says so in the settings.
        PictureProtocol::Auto if !pixels || in_multiplexer(&var) => Protocol::HalfBlocks,
        // The number of a picture is written as a colour.
        PictureProtocol::Auto if depth > Depth::None && (is(KITTY, &term) || is(KITTY, &program)) => Protocol::Kitty,
        PictureProtocol::Auto if is(ITERM2, &program) || lower("LC_TERMINAL").contains("iterm") => Protocol::Iterm2,
        PictureProtocol::Auto if is(SIXEL, &term) => Protocol::Sixel,
        PictureProtocol::Auto => Protocol::HalfBlocks,
    }
}

/// True inside of tmux or screen.
pub(in crate::tui) fn in_multiplexer(var: impl Fn(&str) -> Option<String>) -> bool {
    let term = var("TERM").unwrap_or_default();
    var("TMUX").is_some_and(|v| !v.is_empty()) || term.starts_with("tmux") || term.starts_with("screen")
}

/// When pictures are fetched: as the reader says; where they say nothing, when a key asks for them, and not at all over ssh.
#[must_use]
pub fn when(setting: Pictures, var: impl Fn(&str) -> Option<String>) -> Pictures {
    let remote = || ["SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"].iter().any(|name| var(name).is_some_and(|v| !v.is_empty()));
    match setting {
        Pictures::Auto if remote() => Pictures::Off,
        Pictures::Auto => Pictures::OnDemand,
        said => said,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(setting: PictureProtocol, pixels: bool, set: &[(&str, &str)]) -> Protocol {
        protocol(setting, Depth::True, pixels, |name| set.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
    }

    #[test]
    fn terminals_are_known_by_their_names() {
        let auto = PictureProtocol::Auto;
        assert_eq!(found(auto, true, &[("TERM", "xterm-kitty")]), Protocol::Kitty);
        assert_eq!(found(auto, true, &[("TERM", "xterm-256color"), ("TERM_PROGRAM", "ghostty")]), Protocol::Kitty);
        assert_eq!(found(auto, true, &[("TERM_PROGRAM", "WezTerm")]), Protocol::Iterm2);
        assert_eq!(found(auto, true, &[("TERM", "xterm-256color"), ("LC_TERMINAL", "iTerm2")]), Protocol::Iterm2);
        assert_eq!(found(auto, true, &[("TERM", "foot-extra")]), Protocol::Sixel);
        assert_eq!(found(auto, true, &[("TERM", "xterm-256color")]), Protocol::HalfBlocks);
    }

    #[test]
    fn without_pixels_or_inside_of_tmux_half_blocks_are_safe() {
        let auto = PictureProtocol::Auto;
        assert_eq!(found(auto, false, &[("TERM", "xterm-kitty")]), Protocol::HalfBlocks);
        assert_eq!(found(auto, true, &[("TERM", "tmux-256color"), ("TERM_PROGRAM", "WezTerm")]), Protocol::HalfBlocks);
        assert_eq!(found(auto, true, &[("TERM", "xterm-kitty"), ("TMUX", "/tmp/x,1,0")]), Protocol::HalfBlocks);
        assert_eq!(found(PictureProtocol::Sixel, false, &[("TMUX", "x")]), Protocol::Sixel, "the reader knows better");
    }

    #[test]
    fn over_ssh_pictures_are_off_until_the_reader_says_otherwise() {
        let remote = |name: &str| (name == "SSH_CONNECTION").then(|| "10.0.0.1 5 10.0.0.2 22".to_owned());
        assert_eq!(when(Pictures::Auto, remote), Pictures::Off);
        assert_eq!(when(Pictures::Always, remote), Pictures::Always);
        assert_eq!(when(Pictures::Auto, |_| None), Pictures::OnDemand);
    }
}
