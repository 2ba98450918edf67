//! The timeline as comma-separated values (RFC 4180), for spreadsheets.

use super::Row;
use crate::article::Kind;
use crate::cli::csv::record;
use crate::cli::json::ends;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Granularity;
    use crate::cli::timeline::tests::row;
    use jiff::civil::date;

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
