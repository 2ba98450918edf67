//! Keys that are pressed one after the other: `g`, `gg`, `Ctrl-w Ctrl-w`.

use super::{Key, KeyCode};
use crate::locale::tr;
use std::fmt;
use std::str::FromStr;

/// The most keys that one action may take.
const MAX: usize = 4;

/// One key or several, never none.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sequence(Vec<Key>);

impl Sequence {
    /// The keys, in order.
    #[must_use]
    pub fn keys(&self) -> &[Key] {
        &self.0
    }

    /// What is left of the sequence once `typed` has been pressed; `None` where it does not begin so, or is over.
    #[must_use]
    pub fn after(&self, typed: &[Key]) -> Option<Self> {
        self.0.strip_prefix(typed).filter(|rest| !rest.is_empty()).map(|rest| Self(rest.to_vec()))
    }

    /// True where both cannot be told apart while they are typed: one is the other, or its beginning.
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0) || other.0.starts_with(&self.0)
    }
}

impl FromStr for Sequence {
    type Err = String;

    /// Reads keys parted by spaces; two plain signs may stand together, as in `gg`.
    fn from_str(text: &str) -> Result<Self, String> {
        let one = match text.parse::<Key>() {
            Ok(key) => return Ok(Self(vec![key])),
            Err(what) => what,
        };
        let parts: Vec<&str> = text.split_whitespace().collect();
        let signs: Vec<char> = text.chars().collect();
        match (parts.as_slice(), signs.as_slice()) {
            ([_], [a, b]) => [a, b].into_iter().map(|c| c.to_string().parse()).collect::<Result<_, _>>().map(Self),
            ([] | [_], _) => Err(one),
            (parts, _) if parts.len() > MAX => Err(tr!("'{text}' is longer than {most} keys", text, most = MAX)),
            (parts, _) => parts.iter().map(|part| part.parse()).collect::<Result<_, _>>().map(Self),
        }
    }
}

impl fmt::Display for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = |k: &Key| matches!(k.code, KeyCode::Char(c) if c != ' ' && !k.ctrl && !k.alt);
        let between = if self.0.len() == 2 && self.0.iter().all(sign) { "" } else { " " };
        for (n, key) in self.0.iter().enumerate() {
            write!(f, "{}{key}", if n > 0 { between } else { "" })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, String> {
        text.parse::<Sequence>().map(|s| s.to_string())
    }

    #[test]
    fn written_and_read_again() {
        for text in ["g", "gg", "Ctrl-w Ctrl-w", "y l x", "Space", "g Space", "Up", "F1", "'a"] {
            assert_eq!(read(text).as_deref(), Ok(text));
        }
        assert_eq!(read("g g").as_deref(), Ok("gg"));
        assert_eq!(read(" ").as_deref(), Ok("Space"));
        assert_eq!(read("PagUp").unwrap_err(), "'PagUp' is no key, did you mean 'PageUp'?");
        assert_eq!(read("g PagUp").unwrap_err(), "'PagUp' is no key, did you mean 'PageUp'?");
        assert_eq!(read("a b c d e").unwrap_err(), "'a b c d e' is longer than 4 keys");
        assert!(read("").is_err() && read("ggg").is_err());
    }

    #[test]
    fn beginnings_meet() {
        let s = |text: &str| text.parse::<Sequence>().unwrap();
        assert!(s("g").meets(&s("gg")) && s("gg").meets(&s("g")) && s("gg").meets(&s("gg")));
        assert!(!s("gg").meets(&s("gm")) && !s("x").meets(&s("g")));
        assert_eq!(s("gg").after(s("g").keys()), Some(s("g")));
        assert_eq!(s("gg").after(s("gg").keys()), None);
    }
}
