//! Values in texts, and numbers as a language writes them.

use super::language;
use std::fmt::{Display, Write};

/// Puts the values into the braces that have their names. Braces that nothing fills stay as they are.
#[must_use]
pub fn fill(template: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let value = after.split_once('}').and_then(|(name, behind)| Some((values.iter().find(|v| v.0 == name)?.1, behind)));
        rest = match value {
            Some((value, behind)) => {
                // Writing into a string cannot fail.
                let _ = write!(out, "{value}");
                behind
            }
            None => {
                out.push('{');
                after
            }
        };
    }
    out + rest
}

/// A count as the language that is spoken writes it: `12,345`, `12.345`.
#[must_use]
pub fn number(n: impl TryInto<u64>) -> String {
    let n = n.try_into().unwrap_or(u64::MAX);
    let digits = n.to_string();
    if n < language().parted() {
        return digits;
    }
    let mut out = String::with_capacity(digits.len() * 4 / 3 + 1);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(language().thousands());
        }
        out.push(digit);
    }
    out
}

/// A figure with so many places behind its point, or comma.
#[must_use]
pub fn decimal(value: f64, places: usize) -> String {
    format!("{value:.places$}").replace('.', language().point())
}

#[cfg(test)]
mod tests {
    use super::super::{Language, speaking};
    use super::*;

    #[test]
    fn values_go_where_their_names_stand() {
        assert_eq!(fill("{b} and {a}, {b}", &[("a", &1), ("b", &"x")]), "x and 1, x");
        assert_eq!(fill("{title} {a", &[("a", &1)]), "{title} {a");
        assert_eq!(fill("{{a}}", &[("a", &"{a}")]), "{{a}}");
        assert_eq!(fill("none", &[]), "none");
    }

    #[test]
    fn digits_are_parted_where_they_are_many() {
        assert_eq!([0, 999, 9_999, 12_345, 1_234_567].map(number), ["0", "999", "9,999", "12,345", "1,234,567"]);
        assert_eq!(speaking(Language::German, || [9_999, 12_345].map(number)), ["9999", "12.345"]);
        assert_eq!(speaking(Language::Spanish, || (number(12_345), decimal(1.25, 1))), ("12\u{a0}345".to_owned(), "1,2".to_owned()));
        assert_eq!(decimal(10.488, 2), "10.49");
    }
}
