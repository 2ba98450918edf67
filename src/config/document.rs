//! One TOML file with the place of everything in it, so that one mistake costs one key.

use super::Mistake;
use crate::locale::tr;
use serde::Deserialize;
use std::ops::RangeInclusive;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue, ValueDeserializer};

/// Mistakes told of one file; whoever makes more has mistaken the file.
const MOST: usize = 50;

/// A file of the configuration, as far as it could be read.
pub(super) struct Document<'a> {
    file: &'a str,
    /// Offsets of the lines' first bytes.
    lines: Vec<usize>,
    root: DeTable<'a>,
}

/// A key with the place where it stands.
pub(super) type Key<'a> = Spanned<DeString<'a>>;

/// One thing that a table can set in a `T`.
pub(super) struct Field<T> {
    /// Its key.
    pub(super) name: &'static str,
    /// Puts the value into the `T`, or says why not.
    pub(super) set: fn(&mut T, &Value<'_>) -> Result<(), String>,
}

impl<'a> Document<'a> {
    /// Reads `text`; what is not TOML is told in `mistakes`, one a line, and the rest is kept.
    pub(super) fn read(file: &'a str, text: &'a str, mistakes: &mut Vec<Mistake>) -> Self {
        let (root, errors) = DeTable::parse_recoverable(text);
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let document = Self { file, lines, root: root.into_inner() };
        for error in errors.iter().take(MOST) {
            let what = error.message().replace('\n', ", ");
            document.push(mistakes, error.span().map_or(0, |s| s.start), String::new(), what, String::new());
        }
        document
    }

    /// The keys of the file outside of all tables, and its tables.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&Key<'a>, Value<'_>)> {
        self.root.iter().map(|(key, value)| (key, Value(value)))
    }

    /// Sets in `target` what `entries` say; every other key is a mistake.
    pub(super) fn apply<'v, T>(
        &self,
        entries: impl Iterator<Item = (&'v Key<'v>, Value<'v>)>,
        fields: &[Field<T>],
        target: &mut T,
        mistakes: &mut Vec<Mistake>,
    ) {
        for (key, value) in entries {
            match fields.iter().find(|f| f.name == key.get_ref()) {
                Some(field) => {
                    if let Err(what) = (field.set)(target, &value) {
                        self.tell(mistakes, key, what, String::new());
                    }
                }
                None => self.unknown(mistakes, key, tr!("unknown key"), fields.iter().map(|f| f.name)),
            }
        }
    }

    /// Tells of a key that means nothing, `what` it is, with the nearest of those that do.
    pub(super) fn unknown<'n>(&self, mistakes: &mut Vec<Mistake>, key: &Key<'_>, what: &str, known: impl Iterator<Item = &'n str>) {
        if mistakes.len() < MOST {
            let hint = nearest(key.get_ref(), known).map(|n| tr!("did you mean '{n}'?", n)).unwrap_or_default();
            self.tell(mistakes, key, format!("{what} '{}'", key.get_ref()), hint);
        }
    }

    /// Tells of a mistake at `key`.
    pub(super) fn tell(&self, mistakes: &mut Vec<Mistake>, key: &Key<'_>, what: String, hint: String) {
        self.push(mistakes, key.span().start, key.get_ref().to_string(), what, hint);
    }

    /// Adds a mistake, unless its line has one already: a broken line is broken once.
    fn push(&self, mistakes: &mut Vec<Mistake>, offset: usize, key: String, what: String, hint: String) {
        let line = Some(self.line(offset));
        if mistakes.len() < MOST && !mistakes.iter().any(|m| m.line == line && m.file == self.file) {
            mistakes.push(Mistake { file: self.file.to_owned(), line, key, what, hint });
        }
    }

    /// The number of the line, from 1, that holds the byte `offset`.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.lines.partition_point(|start| *start <= offset)
    }
}

/// A value of the file.
#[derive(Clone, Copy)]
pub(super) struct Value<'a>(&'a Spanned<DeValue<'a>>);

impl<'a> Value<'a> {
    /// The value as a `T`, or why it is none.
    pub(super) fn read<T: Deserialize<'a>>(&self) -> Result<T, String> {
        T::deserialize(ValueDeserializer::from(self.0.clone())).map_err(|e| e.message().replace('\n', ", "))
    }

    /// Puts the value into `slot`.
    pub(super) fn put<T: Deserialize<'a>>(self, slot: &mut T) -> Result<(), String> {
        *slot = self.read()?;
        Ok(())
    }

    /// Puts a number into `slot` where it lies in `range`.
    pub(super) fn within(self, slot: &mut u16, range: RangeInclusive<u16>) -> Result<(), String> {
        let number: i64 = self.read()?;
        *slot = u16::try_from(number)
            .ok()
            .filter(|n| range.contains(n))
            .ok_or_else(|| tr!("{number} is not between {start} and {end}", number, start = range.start(), end = range.end()))?;
        Ok(())
    }

    /// A string, or `None` for anything else.
    pub(super) fn as_str(&self) -> Option<&'a str> {
        self.0.get_ref().as_str()
    }

    /// The keys and values of a table, or `None` for anything else.
    pub(super) fn entries(&self) -> Option<impl Iterator<Item = (&'a Key<'a>, Value<'a>)> + use<'a>> {
        Some(self.0.get_ref().as_table()?.iter().map(|(key, value)| (key, Value(value))))
    }
}

/// Which of `known` was probably meant by `word`.
pub(super) fn nearest<'n>(word: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let word = word.to_lowercase();
    // Long words are cut: nobody meant them, and the distance takes the product of both lengths.
    let word: String = word.chars().take(40).collect();
    let scored = known.map(|n| (strsim::normalized_damerau_levenshtein(&word, &n.to_lowercase()), n));
    scored.filter(|(score, _)| *score >= 0.5).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, n)| n)
}
