//! What can stand at the cursor.

use super::lex::is_mark;
use super::{FIELDS, Field, State};
use crate::locale::text;
use crate::text::{Span, fold};

/// Where names for the completion come from: the library, or nothing in a test.
pub trait Candidates {
    /// At most `limit` values for `field` that begin with `start` or have a word that does, the most frequent first. Case and accents do not count.
    fn candidates(&self, field: Field, start: &str, limit: usize) -> Vec<String>;
}

/// Knows no names.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nothing;

impl Candidates for Nothing {
    fn candidates(&self, _: Field, _: &str, _: usize) -> Vec<String> {
        Vec::new()
    }
}

/// What can be put in the place of what stands before the cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// The bytes to replace: the word or value before the cursor.
    pub span: Span,
    /// What to put there and, for fields, what it asks; the best first.
    pub items: Vec<(String, &'static str)>,
}

/// What can stand at the byte `cursor` of `text`, at most `limit` of them.
#[must_use]
pub fn complete(text: &str, cursor: usize, names: &dyn Candidates, limit: usize) -> Completion {
    let cursor = (0..=cursor.min(text.len())).rev().find(|n| text.is_char_boundary(*n)).unwrap_or(0);
    let (start, field) = value_start(&text[..cursor]);
    let typed = &text[start..cursor];
    let typed = typed.strip_prefix(is_mark).unwrap_or(typed);
    let items = match field {
        None if text[start..cursor].starts_with(is_mark) => Vec::new(),
        None => fields(typed),
        Some(field) => values(field, typed, names, limit),
    };
    Completion { span: Span::new(start, cursor), items: items.into_iter().take(limit).collect() }
}

/// Where the value before the cursor begins, and the field that it belongs to.
fn value_start(before: &str) -> (usize, Option<Field>) {
    let (mut start, mut field, mut open) = (0, None, false);
    for (at, c) in before.char_indices() {
        let next = at + c.len_utf8();
        let parts = c.is_whitespace() || matches!(c, '(' | ')' | '|');
        if is_mark(c) {
            open = !open;
        } else if open {
            continue;
        } else if parts || c == '-' && at == start && field.is_none() {
            (start, field) = (next, None);
        } else if c == ':'
            && field.is_none()
            && let Some(found) = Field::find(&before[start..at])
        {
            (start, field) = (next, Some(found));
        }
    }
    (start, field)
}

fn fields(typed: &str) -> Vec<(String, &'static str)> {
    let typed = typed.to_ascii_lowercase();
    FIELDS.iter().filter(|row| row.name.starts_with(&typed)).map(|row| (format!("{}:", row.name), text(row.help))).collect()
}

fn values(field: Field, typed: &str, names: &dyn Candidates, limit: usize) -> Vec<(String, &'static str)> {
    let states = State::ALL.map(State::name);
    let fixed: &[&str] = match field {
        Field::Is => &states,
        Field::Newer | Field::Older => &["1d", "7d", "30d", "1y"],
        Field::When | Field::Published => &["today", "yesterday"],
        _ => &[],
    };
    let folded = fold(typed);
    let fixed = fixed.iter().filter(|v| v.starts_with(&folded)).map(|v| (*v).to_owned());
    let found = names.candidates(field, typed, limit).into_iter().map(|name| written(&name));
    fixed.chain(found).map(|v| (v, "")).collect()
}

/// A name as a value.
fn written(name: &str) -> String {
    let plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '/')) && !name.starts_with('-');
    if plain { name.to_owned() } else { format!("\"{}\"", name.replace(is_mark, " ")) }
}
