//! The timeline as a calendar (RFC 5545, iCalendar).

use super::{Row, Source};
use crate::article::{Granularity, Interval};
use crate::text::clean;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use std::collections::HashSet;
use std::io::{self, Write};

/// Octets in a line without its line break (RFC 5545, 3.1).
const LINE: usize = 75;

/// Writes one calendar. Left out: events without a date, years that iCalendar cannot write, and articles that came before.
pub(super) fn write(out: &mut impl Write, rows: &[Row]) -> io::Result<()> {
    line(out, "BEGIN:VCALENDAR")?;
    line(out, "VERSION:2.0")?;
    line(out, "PRODID:-//dateline//dateline timeline//EN")?;
    let mut seen = HashSet::new();
    for row in rows {
        if let Some(interval) = row.interval.filter(|i| i.from.year() >= 0)
            && seen.insert((row.article.id, row.start, row.nth))
        {
            event(out, row, interval)?;
        }
    }
    line(out, "END:VCALENDAR")
}

fn event(out: &mut impl Write, row: &Row, interval: Interval) -> io::Result<()> {
    let article = &row.article;
    line(out, "BEGIN:VEVENT")?;
    line(out, &format!("UID:{}", uid(row)))?;
    line(out, &format!("DTSTAMP:{}T000000Z", basic(stamp(article, interval))))?;
    if interval.granularity == Granularity::Time {
        time(out, interval)?
    } else {
        days(out, interval)?
    }
    line(out, &format!("SUMMARY:{}", escape(&row.text)))?;
    line(out, &format!("DESCRIPTION:{}", escape(&format!("{}\n{}", article.title, article.source))))?;
    if !row.names.is_empty() {
        let names: Vec<String> = row.names.iter().map(|(_, name)| escape(name)).collect();
        line(out, &format!("CATEGORIES:{}", names.join(",")))?;
    }
    // What is in the news takes none of the reader's own time.
    line(out, "TRANSP:TRANSPARENT")?;
    line(out, "END:VEVENT")
}

/// The same in every run as long as the article's words are the same.
fn uid(row: &Row) -> String {
    let again = if row.nth == 0 { String::new() } else { format!("-{}", row.nth + 1) };
    format!("{:016x}-{}{again}@dateline", row.article.id, row.start)
}

/// The day that stands for the moment of writing. It is not the clock's, so that the same articles always give the same calendar.
fn stamp(article: &Source, interval: Interval) -> Date {
    article.published.filter(|day| day.year() >= 0).unwrap_or(interval.from.date())
}

/// Whole days; the end is the day after the last one.
fn days(out: &mut impl Write, interval: Interval) -> io::Result<()> {
    line(out, &format!("DTSTART;VALUE=DATE:{}", basic(interval.from.date())))?;
    // The calendar's very last day has none after it; without an end an event takes its first day.
    match interval.to.date().tomorrow() {
        Ok(end) => line(out, &format!("DTEND;VALUE=DATE:{}", basic(end))),
        Err(_) => Ok(()),
    }
}

/// A local time without a zone; a moment of the clock has no end.
fn time(out: &mut impl Write, interval: Interval) -> io::Result<()> {
    let print = |t: DateTime| format!("{}T{:02}{:02}00", basic(t.date()), t.hour(), t.minute());
    line(out, &format!("DTSTART:{}", print(interval.from)))?;
    match interval.to.checked_add(1.minute()) {
        Ok(end) if interval.from < interval.to => line(out, &format!("DTEND:{}", print(end))),
        _ => Ok(()),
    }
}

fn basic(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// A value of type TEXT (RFC 5545, 3.3.11), without control characters.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '\n' => out.push_str("\\n"),
            ',' | ';' | '\\' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

/// Writes a content line, folded: no line has more than 75 octets, and no character is cut.
fn line(out: &mut impl Write, mut text: &str) -> io::Result<()> {
    let mut room = LINE;
    while text.len() > room {
        let (head, rest) = text.split_at(text.floor_char_boundary(room));
        out.write_all(head.as_bytes())?;
        out.write_all(b"\r\n ")?;
        text = rest;
        // The space before a folded line counts.
        room = LINE - 1;
    }
    out.write_all(text.as_bytes())?;
    out.write_all(b"\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Kind;
    use crate::cli::timeline::tests::row;
    use jiff::civil::date;

    fn folded(text: &str) -> String {
        let mut out = Vec::new();
        line(&mut out, text).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn calendar(rows: &[Row]) -> Vec<String> {
        let mut out = Vec::new();
        write(&mut out, rows).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert_eq!(out.matches('\n').count(), out.matches("\r\n").count());
        out.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
    }

    fn has(lines: &[String], wanted: &[&str]) {
        for line in wanted {
            assert!(lines.iter().any(|l| l == line), "{line} in {lines:#?}");
        }
    }

    #[test]
    fn lines_are_folded_between_characters() {
        assert_eq!(folded(&"x".repeat(75)), format!("{}\r\n", "x".repeat(75)));
        assert_eq!(folded(&"x".repeat(76)), format!("{}\r\n x\r\n", "x".repeat(75)));
        assert_eq!(folded(&"x".repeat(150)), format!("{}\r\n {}\r\n x\r\n", "x".repeat(75), "x".repeat(74)));
        for c in ["é", "漢", "🚀"] {
            for shift in 0..4 {
                let text = format!("{}{}", "x".repeat(shift), c.repeat(200));
                let out = folded(&text);
                assert!(out.split("\r\n").all(|l| l.len() <= 75), "{out}");
                assert_eq!(out.replace("\r\n ", ""), format!("{text}\r\n"));
            }
        }
    }

    #[test]
    fn separators_are_escaped() {
        assert_eq!(escape("a, b; c\\d: \"e\"\r\nf"), "a\\, b\\; c\\\\d: \"e\"\\nf");
        assert_eq!(escape("\u{1b}[0m\u{202e}"), "\u{fffd}[0m");
    }

    #[test]
    fn a_day_ends_before_the_next_one() {
        let mut row = row(date(2019, 1, 23), date(2019, 1, 23), Granularity::Day, "A march, they said");
        row.names = vec![(Kind::Person, "Ana".to_owned()), (Kind::Organization, "Bits, Inc.".to_owned())];
        let lines = calendar(&[row]);
        has(
            &lines,
            &[
                "UID:000000000000002a-7@dateline",
                "DTSTAMP:20190121T000000Z",
                "DTSTART;VALUE=DATE:20190123",
                "DTEND;VALUE=DATE:20190124",
                "SUMMARY:A march\\, they said",
                "DESCRIPTION:A Title\\nnews/a.txt",
                "CATEGORIES:Ana,Bits\\, Inc.",
                "TRANSP:TRANSPARENT",
            ],
        );
        assert_eq!((lines[0].as_str(), lines[1].as_str()), ("BEGIN:VCALENDAR", "VERSION:2.0"));
    }

    #[test]
    fn what_is_coarse_takes_all_its_days() {
        let year = calendar(&[row(date(2013, 1, 1), date(2013, 12, 31), Granularity::Year, "It began")]);
        has(&year, &["DTSTART;VALUE=DATE:20130101", "DTEND;VALUE=DATE:20140101"]);
        let last = calendar(&[row(date(9990, 1, 1), Date::MAX, Granularity::Decade, "It ended")]);
        has(&last, &["DTSTART;VALUE=DATE:99900101"]);
        assert!(!last.iter().any(|l| l.starts_with("DTEND")));
    }

    #[test]
    fn times_of_day_are_local() {
        let day = date(2019, 1, 21);
        let at = |from: (i8, i8), to: (i8, i8)| {
            let interval = Interval { from: day.at(from.0, from.1, 0, 0), to: day.at(to.0, to.1, 0, 0), granularity: Granularity::Time };
            calendar(&[Row { interval: Some(interval), ..row(day, day, Granularity::Day, "x") }])
        };
        has(&at((5, 0), (11, 59)), &["DTSTART:20190121T050000", "DTEND:20190121T120000"]);
        has(&at((17, 0), (23, 59)), &["DTSTART:20190121T170000", "DTEND:20190122T000000"]);
        let moment = at((9, 45), (9, 45));
        has(&moment, &["DTSTART:20190121T094500"]);
        assert!(!moment.iter().any(|l| l.starts_with("DTEND")));
    }

    #[test]
    fn without_a_publication_day_the_event_stamps_itself() {
        let mut row = row(date(1066, 10, 14), date(1066, 10, 14), Granularity::Day, "A battle");
        row.article = std::sync::Arc::new(Source::default());
        has(&calendar(&[row]), &["DTSTAMP:10661014T000000Z", "UID:0000000000000000-7@dateline"]);
    }

    #[test]
    fn no_uid_twice_and_nothing_without_a_date() {
        let day = date(2019, 1, 21);
        let one = row(day, day, Granularity::Day, "x");
        let other = Row { nth: 1, ..one.clone() };
        let vague = Row { interval: None, start: 1, ..one.clone() };
        let old = Row { start: 2, ..row(date(-43, 3, 15), date(-43, 3, 15), Granularity::Day, "x") };
        let lines = calendar(&[old, one.clone(), other, one, vague]);
        let uids: Vec<_> = lines.iter().filter(|l| l.starts_with("UID")).collect();
        assert_eq!(uids, ["UID:000000000000002a-7@dateline", "UID:000000000000002a-7-2@dateline"]);
    }
}
