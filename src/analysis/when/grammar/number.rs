//! Numbers and amounts: "twenty-four", "2 1/2", "a couple of", "two or three".

use super::Grammar;
use crate::analysis::when::meaning::Amount;
use crate::lexicon::when::{Key, Lex, Vague};

/// Hundreds, thousands and so on in one number: more mean nothing.
const MOST_SCALES: usize = 4;

impl Grammar<'_> {
    /// A number in digits or letters.
    pub(super) fn number(&self, i: usize) -> Option<(usize, Amount)> {
        match self.at(i) {
            Lex::Digits { value: 1, .. } if self.mark(i + 1, '/') && self.digits(i + 2) == Some(2) => Some((i + 3, Amount::Tenths(5))),
            Lex::Digits { value, .. } => {
                let half = self.digits(i + 1) == Some(1) && self.mark(i + 2, '/') && self.digits(i + 3) == Some(2);
                if half {
                    return Some((i + 4, Amount::Half(value)));
                }
                Some(self.scaled(i + 1, value))
            }
            Lex::Tenths(n) => Some((i + 1, Amount::Tenths(n))),
            Lex::Cardinal(_) => {
                let (end, value) = self.cardinal(i)?;
                Some(self.scaled(end, value))
            }
            Lex::Key(Key::A) if matches!(self.at(i + 1), Lex::Scale(_)) => Some(self.scaled(i + 1, 1)),
            _ => None,
        }
    }

    /// The value of a number in digits.
    pub(super) fn digits(&self, i: usize) -> Option<u32> {
        if let Lex::Digits { value, .. } = self.at(i) { Some(value) } else { None }
    }

    /// A number below a hundred in letters.
    pub(super) fn cardinal(&self, i: usize) -> Option<(usize, u32)> {
        let Lex::Cardinal(tens) = self.at(i) else { return None };
        let next = self.past(i + 1, '-');
        match self.at(next) {
            Lex::Cardinal(ones @ 1..=9) if tens >= 20 => Some((next + 1, tens + ones)),
            _ => Some((i + 1, tens)),
        }
    }

    /// `value` times the hundreds and thousands that follow.
    fn scaled(&self, mut end: usize, mut value: u32) -> (usize, Amount) {
        for _ in 0..MOST_SCALES {
            let Lex::Scale(scale) = self.at(end) else { break };
            let Some(product) = value.checked_mul(scale) else { return (end + 1, Amount::Unknown) };
            value = product;
            end += 1;
            let rest = self.past_key(end, Key::And);
            if let Some((after, more)) = self.cardinal(rest) {
                (end, value) = (after, value.saturating_add(more));
            }
        }
        (end, Amount::whole(value))
    }

    /// An amount before a unit: a number, an article, "a few", "half a", "two or three".
    pub(super) fn amount(&self, i: usize) -> Option<(usize, Amount)> {
        let first = self.one_amount(i)?;
        let (end, amount) = first;
        let joined = match self.at(end) {
            Lex::Key(Key::Or | Key::To | Key::And) => matches!(self.at(i), Lex::Digits { .. } | Lex::Cardinal(_)),
            Lex::Mark('-') => self.digits(i).is_some(),
            _ => false,
        };
        if joined && let Some((after, _)) = self.number(end + 1) {
            return Some((after, amount));
        }
        Some(first)
    }

    fn one_amount(&self, i: usize) -> Option<(usize, Amount)> {
        let of = |at| self.past_key(at, Key::Of);
        if let Some(found) = self.number(i) {
            let half = self.past_key(found.0 + 1, Key::A);
            let and_a_half = self.is(found.0, Key::And) && self.is(half, Key::Half);
            return match found.1 {
                Amount::Tenths(n) if and_a_half && n % 10 == 0 => Some((half + 1, Amount::Half(n / 10))),
                _ => Some(found),
            };
        }
        match self.at(i) {
            Lex::Key(Key::A) => match self.at(i + 1) {
                Lex::Vague(Vague::Couple) => Some((of(i + 2), Amount::whole(2))),
                Lex::Vague(Vague::Dozen) => Some((i + 2, Amount::whole(12))),
                Lex::Vague(Vague::Few | Vague::Many) => Some((i + 2, Amount::Unknown)),
                Lex::Key(Key::Half) if self.mark(i + 2, '-') => Some((i + 3, Amount::Tenths(5))),
                Lex::Key(Key::Half) => Some((i + 2, Amount::Tenths(5))),
                _ => Some((i + 1, Amount::whole(1))),
            },
            Lex::Key(Key::Half) => Some((self.past_key(self.past(i + 1, '-'), Key::A), Amount::Tenths(5))),
            Lex::Key(Key::Other) => Some((i + 1, Amount::whole(1))),
            Lex::Vague(Vague::Couple) => Some((of(i + 1), Amount::whole(2))),
            Lex::Vague(Vague::Dozen) => Some((i + 1, Amount::whole(12))),
            Lex::Vague(Vague::Dozens) => Some((of(i + 1), Amount::Unknown)),
            Lex::Vague(_) => Some((i + 1, Amount::Unknown)),
            _ => None,
        }
    }
}
