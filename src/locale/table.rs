//! The table of `assets/strings/`: read when a language other than English asks for the first word, and never otherwise.

use super::{Language, language};
use std::collections::HashMap;
use std::sync::OnceLock;

/// The table as it comes with the program.
pub const STRINGS: &str = include_str!("../../assets/strings/strings.toml");

/// What parts a meaning from its word in a key.
const MEANING: char = '|';

/// The texts of one language by their keys; more than one for what is counted.
type Column = HashMap<String, Vec<String>>;

/// The columns in the order of [`Language::ALL`], each read when it is first needed.
static COLUMNS: [OnceLock<Column>; Language::ALL.len()] = [const { OnceLock::new() }; Language::ALL.len()];

/// The column of a language. A table that cannot be read is empty, and everything stays English; a test reads it.
fn column(language: Language) -> Option<&'static Column> {
    COLUMNS.get(language as usize).map(|column| column.get_or_init(|| read(language.code()).unwrap_or_default()))
}

fn read(code: &str) -> Option<Column> {
    let mut column = Column::new();
    for (key, row) in STRINGS.parse::<toml::Table>().ok()? {
        let toml::Value::Table(mut row) = row else { continue };
        let forms = match row.remove(code) {
            Some(toml::Value::String(form)) => vec![form],
            Some(toml::Value::Array(forms)) => forms.into_iter().filter_map(|f| f.as_str().map(str::to_owned)).collect(),
            _ => continue,
        };
        column.insert(key, forms);
    }
    Some(column)
}

/// The forms of a key in the language that is spoken; `None` for English, and for what the table does not have.
fn forms(key: &str) -> Option<&'static [String]> {
    match language() {
        Language::English => None,
        other => column(other)?.get(key).map(Vec::as_slice),
    }
}

/// An English text in the language that is spoken.
#[must_use]
pub fn text(english: &str) -> &str {
    forms(english).and_then(<[String]>::first).map_or(english, String::as_str)
}

/// An English word of a certain meaning, `meaning|word`, in the language that is spoken.
#[must_use]
pub fn meant(key: &str) -> &str {
    forms(key).and_then(<[String]>::first).map_or(english(key), String::as_str)
}

/// The English word of a key, without its meaning.
#[must_use]
pub fn english(key: &str) -> &str {
    key.split_once(MEANING).map_or(key, |(_, word)| word)
}

/// The form that goes with `n`: of `one` and `many` in English, else of those that the table lists for `one`.
#[must_use]
pub fn plural<'a>(n: impl TryInto<u64>, one: &'a str, many: &'a str) -> &'a str {
    let form = language().form(n.try_into().unwrap_or(u64::MAX));
    let english = if form == 0 { one } else { many };
    forms(one).and_then(|forms| forms.get(form).or(forms.last())).map_or(english, String::as_str)
}
