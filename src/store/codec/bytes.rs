//! Numbers and strings as bytes. Reading answers `None` wherever the bytes end early or make no sense, and never panics.

use crate::text::Span;
use std::collections::HashSet;
use std::sync::{Mutex, OnceLock, PoisonError};

/// Puts values one behind the other. Numbers are LEB128: seven bits a byte, the lowest first.
#[derive(Debug, Default)]
pub(super) struct Sink(pub(super) Vec<u8>);

impl Sink {
    pub(super) fn byte(&mut self, value: u8) {
        self.0.push(value);
    }

    pub(super) fn number(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push((value & 0x7f) as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }

    /// A number that may be negative; small ones of both signs are short.
    pub(super) fn signed(&mut self, value: i64) {
        self.number(((value << 1) ^ (value >> 63)).cast_unsigned());
    }

    pub(super) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }

    /// A share from 0 to 1, to a thousandth.
    pub(super) fn share(&mut self, value: f32) {
        self.number((value.clamp(0.0, 60.0) * 1000.0).round() as u64);
    }

    /// A span, its beginning counted from `*last`, which moves there.
    pub(super) fn span(&mut self, span: Span, last: &mut u32) {
        self.signed(i64::from(span.start) - i64::from(*last));
        self.number(u64::from(span.end.saturating_sub(span.start)));
        *last = span.start;
    }

    pub(super) fn list<T>(&mut self, list: &[T], mut each: impl FnMut(&mut Self, &T)) {
        self.number(list.len() as u64);
        for item in list {
            each(self, item);
        }
    }

    pub(super) fn maybe<T>(&mut self, value: Option<T>, put: impl FnOnce(&mut Self, T)) {
        self.byte(u8::from(value.is_some()));
        if let Some(value) = value {
            put(self, value);
        }
    }
}

/// Takes values in the order in which they were put.
#[derive(Debug)]
pub(super) struct Tape<'a>(pub(super) &'a [u8]);

impl<'a> Tape<'a> {
    pub(super) fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    pub(super) fn number(&mut self) -> Option<u64> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    pub(super) fn small(&mut self) -> Option<u32> {
        self.number()?.try_into().ok()
    }

    pub(super) fn signed(&mut self) -> Option<i64> {
        let value = self.number()?;
        Some((value >> 1).cast_signed() ^ -((value & 1).cast_signed()))
    }

    pub(super) fn text(&mut self) -> Option<&'a str> {
        let length = usize::try_from(self.number()?).ok()?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        std::str::from_utf8(text).ok()
    }

    pub(super) fn string(&mut self) -> Option<String> {
        self.text().map(str::to_owned)
    }

    pub(super) fn share(&mut self) -> Option<f32> {
        Some(self.small()? as f32 / 1000.0)
    }

    pub(super) fn span(&mut self, last: &mut u32) -> Option<Span> {
        let start = u32::try_from(i64::from(*last).checked_add(self.signed()?)?).ok()?;
        *last = start;
        Some(Span { start, end: start.checked_add(self.small()?)? })
    }

    pub(super) fn list<T>(&mut self, mut each: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let length = usize::try_from(self.number()?).ok()?;
        // Every item has at least one byte, so a damaged length cannot ask for more memory than there are bytes.
        (length <= self.0.len()).then(|| (0..length).map(|_| each(self)).collect())?
    }

    pub(super) fn maybe<T>(&mut self, take: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        match self.byte()? {
            0 => Some(None),
            1 => take(self).map(Some),
            _ => None,
        }
    }
}

/// Different words that [`fixed`] will keep for the life of the program.
const MAX_FIXED: usize = 256;

/// `word` as one of the program's own fixed words: names of formats and modifiers. There are few; what goes beyond is answered by an empty word.
pub(super) fn fixed(word: &str) -> &'static str {
    static WORDS: OnceLock<Mutex<HashSet<&'static str>>> = OnceLock::new();
    let mut words = WORDS.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
    match words.get(word) {
        Some(known) => known,
        None if words.len() < MAX_FIXED && word.len() <= 64 => {
            let kept: &'static str = Box::leak(word.into());
            words.insert(kept);
            kept
        }
        None => "",
    }
}
