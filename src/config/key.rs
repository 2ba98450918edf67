//! Keys as a reader writes them: `g`, `G`, `Ctrl-p`, `Shift-Tab`, `Space`, `F1`.

use crate::locale::tr;
use std::fmt;
use std::str::FromStr;

/// What is pressed, without what is held down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyCode {
    /// A letter, digit, sign or space.
    Char(char),
    /// The enter or return key.
    Enter,
    /// The tabulator.
    Tab,
    /// Escape.
    Esc,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A function key, from 1.
    F(u8),
}

/// A key with what is held down. Made by [`Key::new`], so that the same keys are equal however a terminal reports them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// What is pressed; letters with Shift are capitals.
    pub code: KeyCode,
    /// Control is held down.
    pub ctrl: bool,
    /// Alt, Option or Meta is held down.
    pub alt: bool,
    /// Shift is held down; never with a sign or letter, which already differ by it.
    pub shift: bool,
}

/// Names of keys; of several names for one key, the first is shown.
const NAMES: &[(&str, KeyCode)] = &[
    ("Space", KeyCode::Char(' ')),
    ("Enter", KeyCode::Enter),
    ("Return", KeyCode::Enter),
    ("Tab", KeyCode::Tab),
    ("Esc", KeyCode::Esc),
    ("Escape", KeyCode::Esc),
    ("Backspace", KeyCode::Backspace),
    ("Delete", KeyCode::Delete),
    ("Del", KeyCode::Delete),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("PageUp", KeyCode::PageUp),
    ("PageDown", KeyCode::PageDown),
];

impl Key {
    /// A key in its one form: Shift turns a letter into its capital and means nothing with a sign.
    #[must_use]
    pub fn new(code: KeyCode, ctrl: bool, alt: bool, shift: bool) -> Self {
        match code {
            KeyCode::Char(c) if c != ' ' => {
                let code = KeyCode::Char(if shift { capital(c) } else { c });
                Self { code, ctrl, alt, shift: false }
            }
            _ => Self { code, ctrl, alt, shift },
        }
    }

    /// A key with nothing held down.
    #[must_use]
    pub fn plain(code: KeyCode) -> Self {
        Self::new(code, false, false, false)
    }
}

/// The capital of a letter that has a single one.
fn capital(c: char) -> char {
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

impl FromStr for Key {
    type Err = String;

    /// Reads `Ctrl-`, `Alt-` and `Shift-` in any order and case, then a name or one character.
    fn from_str(text: &str) -> Result<Self, String> {
        let (mut ctrl, mut alt, mut shift) = (false, false, false);
        let mut rest = text;
        while let Some((held, more)) = rest.split_once(['-', '+']).filter(|(_, more)| !more.is_empty()) {
            let slot = match held.to_ascii_lowercase().as_str() {
                "ctrl" | "control" => &mut ctrl,
                "alt" | "meta" => &mut alt,
                "shift" => &mut shift,
                _ => break,
            };
            *slot = true;
            rest = more;
        }
        let code = code(rest).ok_or_else(|| {
            let near = super::document::nearest(rest, NAMES.iter().map(|(n, _)| *n).filter(|_| rest.chars().count() > 1));
            let hint = near.map(|n| tr!(", did you mean '{n}'?", n)).unwrap_or_default();
            tr!("'{text}' is no key{hint}", text, hint)
        })?;
        let sign = matches!(code, KeyCode::Char(c) if !c.is_alphabetic() && c != ' ');
        if shift && sign {
            return Err(tr!("'{text}': write the sign itself that Shift gives", text));
        }
        // A control key is one key, however its letter is written; its capital has to be asked for.
        let code = match code {
            KeyCode::Char(c) if ctrl && !shift && c.is_ascii_uppercase() => KeyCode::Char(c.to_ascii_lowercase()),
            _ => code,
        };
        Ok(Self::new(code, ctrl, alt, shift))
    }
}

fn code(name: &str) -> Option<KeyCode> {
    let mut chars = name.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return Some(KeyCode::Char(c)).filter(|_| !c.is_control());
    }
    if let Some(number) = name.strip_prefix(['F', 'f']).and_then(|n| n.parse::<u8>().ok()) {
        return Some(KeyCode::F(number)).filter(|_| (1..=24).contains(&number));
    }
    NAMES.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, code)| *code)
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let big = matches!(self.code, KeyCode::Char(c) if self.ctrl && c.is_ascii_uppercase());
        for (held, name) in [(self.ctrl, "Ctrl-"), (self.alt, "Alt-"), (self.shift || big, "Shift-")] {
            if held {
                f.write_str(name)?;
            }
        }
        match (NAMES.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((name, _)), _) => f.write_str(name),
            (None, KeyCode::F(n)) => write!(f, "F{n}"),
            (None, KeyCode::Char(c)) if big => write!(f, "{}", c.to_ascii_lowercase()),
            (None, KeyCode::Char(c)) => write!(f, "{c}"),
            (None, _) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Key {
        text.parse().unwrap_or_else(|e| panic!("{e}"))
    }

    #[test]
    fn written_and_read_again() {
        let same = [
            "g",
            "G",
            "?",
            "<",
            "-",
            "+",
            "Ctrl-p",
            "Ctrl--",
            "Alt-Left",
            "Shift-Tab",
            "Space",
            "PageUp",
            "F1",
            "F24",
            "Ctrl-Alt-Delete",
            "Esc",
            "é",
            "Ctrl-Shift-p",
            "Alt-G",
            "Shift-Space",
        ];
        for text in same {
            assert_eq!(key(text).to_string(), text);
        }
        let other = [
            ("shift-g", "G"),
            ("CTRL-P", "Ctrl-p"),
            ("ctrl+p", "Ctrl-p"),
            ("return", "Enter"),
            ("Alt-Ctrl-x", "Ctrl-Alt-x"),
            (" ", "Space"),
            ("f5", "F5"),
        ];
        for (text, shown) in other {
            assert_eq!(key(text).to_string(), shown);
        }
    }

    #[test]
    fn reports_of_terminals_are_one_key() {
        assert_eq!(Key::new(KeyCode::Char('g'), false, false, true), key("G"));
        assert_eq!(Key::new(KeyCode::Char('G'), false, false, true), key("G"));
        assert_eq!(Key::new(KeyCode::Char('?'), false, false, true), key("?"));
        assert_eq!(Key::new(KeyCode::Tab, false, false, true), key("Shift-Tab"));
    }

    #[test]
    fn what_is_no_key() {
        for text in ["", "gg", "Ctrl-", "F0", "F25", "Hyper-x", "Shift-1", "\u{1b}", "Ctrl-Ctrl"] {
            assert!(text.parse::<Key>().is_err(), "{text:?}");
        }
        assert_eq!("PagUp".parse::<Key>().unwrap_err(), "'PagUp' is no key, did you mean 'PageUp'?");
    }
}
