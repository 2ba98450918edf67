//! A line that is being typed.

use crate::config::{Key, KeyCode};
use unicode_segmentation::UnicodeSegmentation;

/// The longest line, in bytes; nobody types a longer one, but a paste may hold anything.
const MAX: usize = 1000;

/// One line of text with a cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    text: String,
    cursor: usize,
}

impl Input {
    /// A line that holds `text`, with the cursor behind it.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self { cursor: text.len(), text }
    }

    /// The line so far.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text before the cursor.
    #[must_use]
    pub fn before(&self) -> &str {
        self.text.get(..self.cursor).unwrap_or("")
    }

    /// Puts `text` in at the cursor, as much of it as the line still takes.
    pub fn insert(&mut self, text: &str) {
        let room = MAX.saturating_sub(self.text.len());
        let text = &text[..text.floor_char_boundary(room)];
        self.text.insert_str(self.cursor, text);
        self.cursor += text.len();
    }

    /// Puts `text` in behind the cursor, which stays where it is.
    pub fn put_after(&mut self, text: &str) {
        let at = self.cursor;
        self.insert(text);
        self.cursor = at;
    }

    /// Lets a key edit the line as shells do; false where the key does not edit.
    pub fn press(&mut self, key: Key) -> bool {
        match (key.code, key.ctrl, key.alt) {
            (KeyCode::Char(c), false, false) => self.insert(c.encode_utf8(&mut [0; 4])),
            (KeyCode::Backspace, false, false) | (KeyCode::Char('h'), true, false) => self.cut(self.left()),
            (KeyCode::Char('w'), true, false) | (KeyCode::Backspace, ..) => self.cut(self.word_left()),
            (KeyCode::Char('u'), true, false) => self.cut(0),
            (KeyCode::Delete, ..) => {
                let end = self.right();
                self.text.replace_range(self.cursor..end, "");
            }
            (KeyCode::Left, false, false) => self.cursor = self.left(),
            (KeyCode::Right, false, false) => self.cursor = self.right(),
            (KeyCode::Home, ..) | (KeyCode::Char('a'), true, false) => self.cursor = 0,
            (KeyCode::End, ..) | (KeyCode::Char('e'), true, false) => self.cursor = self.text.len(),
            _ => return false,
        }
        true
    }

    fn cut(&mut self, from: usize) {
        self.text.replace_range(from..self.cursor, "");
        self.cursor = from;
    }

    fn left(&self) -> usize {
        self.before().grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn right(&self) -> usize {
        self.text[self.cursor..].graphemes(true).next().map_or(self.cursor, |g| self.cursor + g.len())
    }

    fn word_left(&self) -> usize {
        let trimmed = self.before().trim_end();
        trimmed.char_indices().rev().find(|(_, c)| c.is_whitespace()).map_or(0, |(at, c)| at + c.len_utf8())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &[&str]) -> (String, String) {
        let mut input = Input::default();
        for key in keys {
            input.press(key.parse().unwrap());
        }
        (input.before().to_owned(), input.text().to_owned())
    }

    #[test]
    fn edits_like_a_shell() {
        assert_eq!(typed(&["a", "é", "b", "Backspace", "Left", "x"]), ("ax".into(), "axé".into()));
        assert_eq!(typed(&["a", "b", "Space", "c", "d", "Ctrl-w"]), ("ab ".into(), "ab ".into()));
        assert_eq!(typed(&["a", "b", "Home", "Delete", "Left", "Backspace"]), (String::new(), "b".into()));
        assert_eq!(typed(&["a", "b", "Left", "Ctrl-u", "Ctrl-e"]), ("b".into(), "b".into()));
    }
}
