//! The day of a speaker: "tomorrow" inside a quotation counts from the day on which it was said.

use super::meaning::{Expression, Meaning};
use crate::analysis::{Reading, Sentence};

/// How far back an opening quotation mark is looked for, in tokens.
const REACH: usize = 80;

/// The expression of the same sentence that says when the words around `expression` were spoken, if they are a quotation.
pub(super) fn spoken_on<'e>(
    reading: &Reading<'_>,
    sentence: Sentence,
    expression: &Expression,
    later: &'e [(usize, Expression)],
) -> Option<&'e Expression> {
    let next = later.first().map(|(_, e)| e)?;
    let relative = match expression.meaning {
        Meaning::Today(_) | Meaning::Weekday(..) => true,
        Meaning::Pointed(_, which) => which.is_some(),
        Meaning::Offset(offset) => offset.from_now,
        _ => false,
    };
    let day = matches!(next.meaning, Meaning::Weekday(_, None) | Meaning::Day(..) | Meaning::Today(_));
    let first = sentence.first as usize;
    (relative && day && is_quoted(reading, first, first + expression.first) && !is_quoted(reading, first, first + next.first))
        .then_some(next)
}

/// True where the nearest quotation mark before the token, from `first` on, opens a quotation.
fn is_quoted(reading: &Reading<'_>, first: usize, token: usize) -> bool {
    let quote = (first.max(token.saturating_sub(REACH))..token).rev().find(|i| matches!(reading.word(*i), "\"" | "“" | "”"));
    quote.is_some_and(|i| {
        let clings = reading.tokens.get(i).zip(reading.tokens.get(i + 1)).is_some_and(|(mark, next)| mark.span.end == next.span.start);
        match reading.word(i) {
            "“" => true,
            "”" => false,
            _ => clings && reading.word(i + 1).starts_with(char::is_alphanumeric),
        }
    })
}
