//! Tokens → lexical categories.

use crate::lexicon::when::{Lex, look_up};
use crate::text::{Token, TokenKind};

/// The category of each token of `text`, in order.
pub(super) fn categories(text: &str, tokens: &[Token]) -> Vec<Lex> {
    tokens.iter().map(|t| category(t.of(text), t.kind)).collect()
}

fn category(word: &str, kind: TokenKind) -> Lex {
    match kind {
        TokenKind::Word if word.starts_with(|c: char| c.is_ascii_digit()) => digits_and_letters(word),
        TokenKind::Word => look_up(word),
        TokenKind::Number => number(word),
        TokenKind::Clitic => Lex::Clitic,
        TokenKind::Address => Lex::Other,
        TokenKind::Mark => mark(word),
    }
}

fn mark(word: &str) -> Lex {
    match word.chars().next() {
        Some('-' | '‐' | '‑' | '–' | '—') => Lex::Mark(if word == "—" { '—' } else { '-' }),
        Some('\'' | '’' | '‘' | '`') => Lex::Mark('\''),
        Some(c) => Lex::Mark(c),
        None => Lex::Other,
    }
}

/// `27`, `1,000`, `10:30`, `2.5`.
fn number(word: &str) -> Lex {
    if let Ok(value) = word.parse() {
        return Lex::Digits { value, len: u8::try_from(word.len()).unwrap_or(0) };
    }
    if let Some((hour, rest)) = word.split_once(':') {
        return clock(hour, rest).unwrap_or(Lex::Other);
    }
    if let Some((whole, fraction)) = word.split_once('.') {
        let tenths = |whole: u32, tenth: u32| whole.checked_mul(10).map(|n| Lex::Tenths(n + tenth));
        return match (whole.parse(), fraction.parse()) {
            (Ok(whole), Ok(tenth)) if fraction.len() == 1 => tenths(whole, tenth).unwrap_or(Lex::Other),
            _ => Lex::Other,
        };
    }
    let grouped = word.split(',').skip(1).all(|group| group.len() == 3);
    let value = word.bytes().filter(u8::is_ascii_digit).try_fold(0u32, |n, b| n.checked_mul(10)?.checked_add(u32::from(b - b'0')));
    match value {
        Some(value) if grouped => Lex::Digits { value, len: 0 },
        _ => Lex::Other,
    }
}

fn clock(hour: &str, rest: &str) -> Option<Lex> {
    let (minute, second) = rest.split_once(':').unwrap_or((rest, "00"));
    let two = |s: &str, below: u8| s.parse().ok().filter(|n: &u8| s.len() == 2 && *n < below);
    let hour = hour.parse().ok().filter(|h: &u8| *h <= 24)?;
    let (minute, second) = (two(minute, 60)?, two(second, 60)?);
    // 24:00 is the end of the day, and nothing comes behind it.
    (hour < 24 || (minute, second) == (0, 0)).then_some(Lex::Clock(hour, minute))
}

/// `10th`, `1990s`, `10am`.
fn digits_and_letters(word: &str) -> Lex {
    let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    let (digits, tail) = word.split_at(end);
    let Ok(value) = digits.parse::<u32>() else { return Lex::Other };
    let is = |suffix: &str| tail.eq_ignore_ascii_case(suffix);
    match value {
        1..=999 if is("st") || is("nd") || is("rd") || is("th") => Lex::Ordinal(value),
        _ if is("s") && value % 10 == 0 && matches!(digits.len(), 2..=4) => Lex::Decade(value),
        1..=12 if is("am") => Lex::Clock(value as u8 % 12, 0),
        1..=12 if is("pm") => Lex::Clock(value as u8 % 12 + 12, 0),
        _ => Lex::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens;

    #[test]
    fn numbers_of_all_forms() {
        let seen = |text: &str| categories(text, &tokens(text));
        assert_eq!(seen("1,000 05"), [Lex::Digits { value: 1000, len: 0 }, Lex::Digits { value: 5, len: 2 }]);
        assert_eq!(seen("10:30 25:00 3:5"), [Lex::Clock(10, 30), Lex::Other, Lex::Other]);
        assert_eq!(seen("24:00 24:30 24:00:01"), [Lex::Clock(24, 0), Lex::Other, Lex::Other]);
        assert_eq!(seen("2.5 21st 1990s 7pm"), [Lex::Tenths(25), Lex::Ordinal(21), Lex::Decade(1990), Lex::Clock(19, 0)]);
        assert_eq!(seen("99999999999 1.2.3"), [Lex::Other, Lex::Other]);
    }
}
