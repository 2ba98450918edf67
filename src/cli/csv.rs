//! Comma-separated values (RFC 4180), for spreadsheets.

use crate::text::clean;
use std::borrow::Cow;
use std::io::{self, Write};

/// Writes one record.
pub(super) fn record<'a>(out: &mut impl Write, fields: impl IntoIterator<Item = Cow<'a, str>>) -> io::Result<()> {
    for (n, field) in fields.into_iter().enumerate() {
        if n > 0 {
            out.write_all(b",")?;
        }
        out.write_all(encode(&field).as_bytes())?;
    }
    out.write_all(b"\r\n")
}

/// A field as it is written: harmless, and in quotation marks where it has to be.
fn encode(field: &str) -> String {
    let mut text = clean(field);
    if text.starts_with(is_formula) && !is_number(&text) {
        text.insert(0, '\'');
    }
    if text.contains([',', '"', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// True for a plain number, whose sign makes no formula of it.
fn is_number(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit() || b"+-.".contains(&b)) && text.parse::<f64>().is_ok()
}

/// Characters at the head of a field that make spreadsheets run it (OWASP, "CSV Injection"), also in their full width.
fn is_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_only_where_needed() {
        assert_eq!(encode("plain text; really"), "plain text; really");
        assert_eq!(encode("a, b"), "\"a, b\"");
        assert_eq!(encode("the \"new\" plan"), "\"the \"\"new\"\" plan\"");
        assert_eq!(encode("two\nlines"), "\"two\nlines\"");
        assert_eq!(encode("bell\u{7}"), "bell\u{fffd}");
        assert_eq!(encode(""), "");
    }

    #[test]
    fn no_field_is_a_formula() {
        assert_eq!(encode("=HYPERLINK(\"x\",1)"), "\"'=HYPERLINK(\"\"x\"\",1)\"");
        for harmful in ["+1+1", "-A1", "@SUM(A1)", "＝1", "-", "+e1"] {
            assert_eq!(encode(harmful), format!("'{harmful}"));
        }
        // What is not shown cannot hide the sign.
        assert_eq!(encode("\u{200b}=1"), "'=1");
        assert_eq!(encode("a=1"), "a=1");
        assert_eq!((encode("-18.14"), encode("+5")), ("-18.14".to_owned(), "+5".to_owned()));
    }
}
