//! The terminal's answer to the question for its background colour, which comes in between the keys.
//!
//! The answer is `ESC ] 11 ; rgb : hhhh / hhhh / hhhh` (or `rgba`) and `ESC \` or BEL. crossterm knows nothing of it and hands it on letter by letter: Alt-]
//! and so on. It is taken out here, however late it comes, so that start waits for nothing and no letter of it acts as a key.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// What an answer begins with after `Alt-]`.
const HEAD: &str = "11;";

/// The longest colour that is taken for one.
const MAX: usize = 40;

/// What became of a key.
#[derive(Debug, PartialEq)]
pub(super) enum Verdict {
    /// It is part of an answer that goes on.
    Held,
    /// The answer is complete.
    Background {
        /// True for a dark colour.
        dark: bool,
    },
    /// These are keys, the last of them the newest.
    Keys(Vec<KeyEvent>),
}

/// Looks for the answer in the stream of keys.
#[derive(Debug, Default)]
pub(super) struct Listener {
    held: Vec<KeyEvent>,
}

impl Listener {
    /// Takes the next key.
    pub(super) fn take(&mut self, key: KeyEvent) -> Verdict {
        let alt = key.modifiers == KeyModifiers::ALT;
        if self.held.is_empty() {
            if alt && key.code == KeyCode::Char(']') {
                self.held.push(key);
                return Verdict::Held;
            }
            return Verdict::Keys(vec![key]);
        }
        let body: String = self.held.iter().skip(1).filter_map(|k| k.code.as_char()).collect();
        let bell = key.code == KeyCode::Char('g') && key.modifiers == KeyModifiers::CONTROL;
        if bell || alt && key.code == KeyCode::Char('\\') {
            self.held.clear();
            let color = body.strip_prefix(HEAD).and_then(|c| c.strip_prefix("rgb:").or_else(|| c.strip_prefix("rgba:")));
            return match color.and_then(luminance) {
                Some(light) => Verdict::Background { dark: light < 0.5 },
                None => Verdict::Held,
            };
        }
        self.held.push(key);
        let next = key.code.as_char().filter(|_| (key.modifiers - KeyModifiers::SHIFT).is_empty());
        // Behind the number of the question everything up to the end is its answer, whatever it says.
        let fits = next.is_some_and(|c| HEAD.chars().nth(body.chars().count()).is_none_or(|wanted| c == wanted));
        if fits && self.held.len() < MAX { Verdict::Held } else { Verdict::Keys(std::mem::take(&mut self.held)) }
    }
}

/// Relative luminance, from 0 to 1, of `hh/hh/hh` with one to four digits each (weights of ITU-R BT.709, without gamma: enough to tell dark from
/// light).
fn luminance(color: &str) -> Option<f64> {
    let mut parts = color.split('/').map(|part| {
        let most = 16u32.checked_pow(u32::try_from(part.len()).ok()?)?.checked_sub(1).filter(|n| *n > 0)?;
        Some(f64::from(u32::from_str_radix(part, 16).ok()?) / f64::from(most))
    });
    let (red, green, blue) = (parts.next()??, parts.next()??, parts.next()??);
    Some(0.2126 * red + 0.7152 * green + 0.0722 * blue)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(c: char, modifiers: KeyModifiers) -> KeyEvent {
        KeyEvent::new(KeyCode::Char(c), modifiers)
    }

    fn hear(answer: &str, end: KeyEvent) -> Verdict {
        let mut listener = Listener::default();
        assert_eq!(listener.take(key(']', KeyModifiers::ALT)), Verdict::Held);
        for c in answer.chars() {
            assert_eq!(listener.take(key(c, KeyModifiers::NONE)), Verdict::Held, "{c}");
        }
        listener.take(end)
    }

    #[test]
    fn dark_and_light_with_both_ends() {
        let st = key('\\', KeyModifiers::ALT);
        let bell = key('g', KeyModifiers::CONTROL);
        assert_eq!(hear("11;rgb:0000/0000/0000", st), Verdict::Background { dark: true });
        assert_eq!(hear("11;rgb:ff/fA/f0", bell), Verdict::Background { dark: false });
        assert_eq!(hear("11;rgba:ffff/ffff/ffff/ffff", st), Verdict::Background { dark: false });
        assert_eq!(hear("11;rgb:", bell), Verdict::Held);
        assert_eq!(hear("11;?what", st), Verdict::Held);
    }

    #[test]
    fn other_keys_pass() {
        let mut listener = Listener::default();
        let j = key('j', KeyModifiers::NONE);
        assert_eq!(listener.take(j), Verdict::Keys(vec![j]));
        let bracket = key(']', KeyModifiers::ALT);
        assert_eq!(listener.take(bracket), Verdict::Held);
        assert_eq!(listener.take(j), Verdict::Keys(vec![bracket, j]));
        assert_eq!(listener.take(j), Verdict::Keys(vec![j]));
    }
}
