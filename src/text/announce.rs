//! The sequence by which a terminal announces a line on the desktop.

use super::clean_line;

/// Longest line that is announced, in characters: what is longer is cut by desktops anyway.
const LONGEST: usize = 200;

/// A line for the desktop. `term` is the terminal's own name ($TERM): those of the rxvt family and foot know OSC 777, all others that announce at all know
/// OSC 9; both at once would be announced twice where a terminal knows both. It ends with ST and not with BEL, which a terminal that knows neither would ring.
#[must_use]
pub fn announcement(line: &str, term: &str) -> String {
    // A semicolon would end the title of OSC 777.
    let line: String = clean_line(line).chars().take(LONGEST).map(|c| if c == ';' { ',' } else { c }).collect();
    if term.starts_with("rxvt") || term.starts_with("foot") {
        format!("\x1b]777;notify;dateline;{line}\x1b\\")
    } else {
        format!("\x1b]9;dateline: {line}\x1b\\")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sequence_and_nothing_that_ends_it_early() {
        assert_eq!(announcement("2 new of Ada", "xterm-256color"), "\x1b]9;dateline: 2 new of Ada\x1b\\");
        assert_eq!(announcement("a;b", "rxvt-unicode-256color"), "\x1b]777;notify;dateline;a,b\x1b\\");
        let hostile = announcement("x\x07\x1b]52;c;AAAA\x07", "xterm");
        assert!(!hostile.contains('\x07') && hostile.ends_with("\x1b\\"), "{hostile:?}");
        assert_eq!(hostile.matches('\x1b').count(), 2);
    }
}
