//! The timeline as comma-separated values (RFC 4180), for spreadsheets.

use super::Row;
use crate::article::Kind;
use crate::cli::json::ends;
use crate::text::clean;
use std::borrow::Cow;
use std::io::{self, Write};

/// The header line.
const HEADER: [&str; 14] = [
    "from",
    "to",
    "granularity",
    "future",
    "text",
    "people",
    "places",
    "organizations",
    "others",
    "title",
    "source",
    "published",
    "article",
    "start",
];

/// Writes the header and a record for each row.
pub(super) fn write(out: &mut impl Write, rows: &[Row]) -> io::Result<()> {
    record(out, HEADER.map(Cow::Borrowed))?;
    rows.iter().try_for_each(|row| record(out, fields(row)))
}

fn fields(row: &Row) -> [Cow<'_, str>; HEADER.len()] {
    let (from, to) = ends(row.interval);
    let names = |kind| Cow::Owned(row.named(kind).join("; "));
    let article = &row.article;
    [
        from.unwrap_or_default().into(),
        to.unwrap_or_default().into(),
        row.interval.map_or("", |i| i.granularity.name()).into(),
        if row.future { "true" } else { "false" }.into(),
        row.text.as_str().into(),
        names(Kind::Person),
        names(Kind::Place),
        names(Kind::Organization),
        names(Kind::Other),
        article.title.as_str().into(),
        article.source.as_str().into(),
        article.published.map_or_else(String::new, |d| d.to_string()).into(),
        format!("{:016x}", article.id).into(),
        row.start.to_string().into(),
    ]
}

fn record<'a>(out: &mut impl Write, fields: impl IntoIterator<Item = Cow<'a, str>>) -> io::Result<()> {
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
    if text.starts_with(is_formula) {
        text.insert(0, '\'');
    }
    if text.contains([',', '"', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// Characters at the head of a field that make spreadsheets run it (OWASP, "CSV Injection"), also in their full width.
fn is_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Granularity;
    use crate::cli::timeline::tests::row;
    use jiff::civil::date;

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
        for harmful in ["+1", "-1", "@SUM(A1)", "＝1"] {
            assert_eq!(encode(harmful), format!("'{harmful}"));
        }
        // What is not shown cannot hide the sign.
        assert_eq!(encode("\u{200b}=1"), "'=1");
        assert_eq!(encode("a=1"), "a=1");
    }

    #[test]
    fn a_header_and_a_record() {
        let mut row = row(date(2013, 1, 1), date(2013, 12, 31), Granularity::Year, "Ana and Bo met, briefly");
        row.names = [(Kind::Person, "Ana"), (Kind::Place, "Rome"), (Kind::Person, "Bo")].map(|(k, n)| (k, n.to_owned())).to_vec();
        let mut out = Vec::new();
        write(&mut out, &[row]).unwrap();
        let out = String::from_utf8(out).unwrap();
        let (header, rest) = out.split_once("\r\n").unwrap();
        assert_eq!(header.split(',').count(), HEADER.len());
        assert_eq!(
            rest,
            "2013-01-01,2013-12-31,year,false,\"Ana and Bo met, briefly\",Ana; Bo,Rome,,,A Title,news/a.txt,2019-01-21,000000000000002a,7\r\n"
        );
    }
}
