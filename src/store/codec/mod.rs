//! Articles and what was found in them as bytes.
//!
//! The layout belongs to [`LAYOUT`]: bytes of another layout are not read but made anew by analysing the article again. Every struct is taken apart
//! field by field, so that the compiler asks here for each field that is added to `article/`; adding one raises [`LAYOUT`]. (What is
//! added at the end of an article's head is empty where the bytes end before it.)

mod bytes;
mod calendar;
mod found;
mod head;
mod numbers;

pub(super) use calendar::{minute, moment};
pub(super) use found::{put_found, take_found};
pub(super) use head::{day_number, day_of, put_head, take_head};
pub(super) use numbers::Numbered;

use bytes::{Sink, Tape};

/// The version of the layout of annotations; part of the analysis' version in the store.
pub(crate) const LAYOUT: u32 = 2;

/// Numbers in one string of bytes.
pub(super) fn put_numbers(numbers: &[i64]) -> Vec<u8> {
    let mut sink = Sink::default();
    sink.list(numbers, |s, n| s.signed(*n));
    sink.0
}

/// What [`put_numbers`] made.
pub(super) fn take_numbers(bytes: &[u8]) -> Option<Vec<i64>> {
    Tape(bytes).list(Tape::signed)
}
