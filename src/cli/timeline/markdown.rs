//! The timeline as a Markdown page (CommonMark): a heading for each year, a bullet for each event. It is English, whatever the reader speaks.

use super::Row;
use crate::article::{Granularity, Interval};
use crate::edition::escaped;
use crate::locale::{self, Language, speaking};
use crate::text::clean_line;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use std::io::{self, Write};

/// Writes the page; nothing where there are no events.
pub(super) fn write(out: &mut impl Write, rows: &[Row]) -> io::Result<()> {
    speaking(Language::English, || put(out, rows))
}

fn put(out: &mut impl Write, rows: &[Row]) -> io::Result<()> {
    let mut last = None;
    for row in rows {
        let heading = row.interval.map(|i| i.from.year());
        if last != Some(heading) {
            let gap = if last.is_some() { "\n" } else { "" };
            writeln!(out, "{gap}## {}\n", heading.map_or_else(|| "Undated".to_owned(), locale::year))?;
            last = Some(heading);
        }
        bullet(out, row)?;
    }
    Ok(())
}

/// `- **10 January**: clause — *title*`
fn bullet(out: &mut impl Write, row: &Row) -> io::Result<()> {
    let clause = escaped(&clean_line(&row.text));
    let title = escaped(&clean_line(&row.article.title));
    let ahead = if row.future { ", to come" } else { "" };
    match row.interval {
        Some(interval) => writeln!(out, "- **{}**{ahead}: {clause} — *{title}*", when(interval)),
        None => writeln!(out, "- {clause} — *{title}*"),
    }
}

/// When something is, in its own precision, under a heading with the year in which it begins.
fn when(interval: Interval) -> String {
    let Interval { from, to, granularity } = interval;
    let (first, last) = (from.date(), to.date());
    match granularity {
        Granularity::Time => time(from, to),
        Granularity::Week if first.checked_add(6.days()).is_ok_and(|sunday| sunday == last) => format!("week of {}", day(first)),
        Granularity::Day | Granularity::Week => days(first, last),
        Granularity::Quarter if is_quarter(first, last) => format!("Q{}", (first.month() + 2) / 3),
        Granularity::Month | Granularity::Quarter => months(first, last),
        Granularity::Decade if is_decade(first.year(), last.year()) => locale::decade(first.year()),
        Granularity::Year | Granularity::Decade | Granularity::Century => locale::years(first.year(), last.year()),
    }
}

fn time(from: DateTime, to: DateTime) -> String {
    let clock = |t: DateTime| format!("{:02}:{:02}", t.hour(), t.minute());
    let start = format!("{}, {}", day(from.date()), clock(from));
    if from == to {
        start
    } else if from.date() == to.date() {
        format!("{start}–{}", clock(to))
    } else {
        format!("{start} – {}, {}", other_year(day(to.date()), from.date(), to.date()), clock(to))
    }
}

fn days(first: Date, last: Date) -> String {
    if first == last {
        day(first)
    } else if (first.year(), first.month()) == (last.year(), last.month()) {
        format!("{}–{}", first.day(), day(last))
    } else {
        format!("{} – {}", day(first), other_year(day(last), first, last))
    }
}

fn months(first: Date, last: Date) -> String {
    if (first.year(), first.month()) == (last.year(), last.month()) {
        month(first)
    } else if first.year() == last.year() {
        format!("{}–{}", month(first), month(last))
    } else {
        format!("{} – {}", month(first), other_year(month(last), first, last))
    }
}

/// `text`, which is said of `last`, with its year where that is not the one of the heading.
fn other_year(text: String, first: Date, last: Date) -> String {
    if first.year() == last.year() { text } else { format!("{text} {}", locale::year(last.year())) }
}

/// True for ten years as they are counted, from one that ends in 0, or before Christ from one that ends in 9.
fn is_decade(first: i16, last: i16) -> bool {
    let begins = if first > 0 { first % 10 == 0 } else { (1 - first) % 10 == 9 };
    begins && last.checked_sub(first) == Some(9)
}

/// True for three months as they are counted from January.
fn is_quarter(first: Date, last: Date) -> bool {
    first.year() == last.year() && first.month() % 3 == 1 && last.month() == first.month() + 2
}

fn day(date: Date) -> String {
    date.strftime("%-d %B").to_string()
}

fn month(date: Date) -> String {
    date.strftime("%B").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::timeline::tests::row;
    use jiff::civil::date;

    fn page(rows: &[Row]) -> String {
        let mut out = Vec::new();
        write(&mut out, rows).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn years_are_headings() {
        let rows = [
            row(date(2018, 5, 1), date(2018, 5, 31), Granularity::Month, "They voted"),
            row(date(2019, 1, 10), date(2019, 1, 10), Granularity::Day, "He took office"),
            Row { future: true, ..row(date(2019, 1, 23), date(2019, 1, 23), Granularity::Day, "They march") },
            Row { interval: None, ..row(date(2019, 1, 1), date(2019, 1, 1), Granularity::Day, "Some left") },
        ];
        let wanted = "\
## 2018

- **May**: They voted — *A Title*

## 2019

- **10 January**: He took office — *A Title*
- **23 January**, to come: They march — *A Title*

## Undated

- Some left — *A Title*
";
        assert_eq!(page(&rows), wanted);
        assert_eq!(page(&[]), "");
    }

    #[test]
    fn each_in_its_own_precision() {
        let d = |m, day| date(2019, m, day);
        let shown = |first, last, granularity| when(row(first, last, granularity, "").interval.unwrap());
        assert_eq!(shown(d(1, 13), d(1, 15), Granularity::Day), "13–15 January");
        assert_eq!(shown(d(1, 30), d(2, 2), Granularity::Day), "30 January – 2 February");
        assert_eq!(shown(d(12, 30), date(2020, 1, 2), Granularity::Day), "30 December – 2 January 2020");
        assert_eq!(shown(d(1, 14), d(1, 20), Granularity::Week), "week of 14 January");
        assert_eq!(shown(d(1, 19), d(1, 20), Granularity::Week), "19–20 January");
        assert_eq!(shown(d(5, 1), d(7, 31), Granularity::Month), "May–July");
        assert_eq!(shown(d(5, 1), date(2020, 1, 21), Granularity::Month), "May – January 2020");
        assert_eq!(shown(d(4, 1), d(6, 30), Granularity::Quarter), "Q2");
        assert_eq!(shown(d(12, 1), date(2020, 2, 29), Granularity::Quarter), "December – February 2020");
        assert_eq!(shown(date(2013, 1, 1), d(1, 21), Granularity::Year), "2013–2019");
        assert_eq!(shown(date(1990, 1, 1), date(1999, 12, 31), Granularity::Decade), "1990s");
        assert_eq!(shown(date(1800, 1, 1), date(1899, 12, 31), Granularity::Century), "1800–1899");
        assert_eq!(shown(date(-492, 1, 1), date(-489, 12, 31), Granularity::Year), "493–490 BC");
        assert_eq!(shown(date(-428, 1, 1), date(-419, 12, 31), Granularity::Decade), "420s BC");
        assert_eq!(shown(date(-399, 1, 1), date(-300, 12, 31), Granularity::Century), "400–301 BC");
    }

    #[test]
    fn times_of_day() {
        let at = |d, h, m| date(2019, 12, d).at(h, m, 0, 0);
        assert_eq!(time(at(21, 9, 45), at(21, 9, 45)), "21 December, 09:45");
        assert_eq!(time(at(21, 5, 0), at(21, 11, 59)), "21 December, 05:00–11:59");
        assert_eq!(time(at(31, 20, 0), date(2020, 1, 1).at(5, 59, 0, 0)), "31 December, 20:00 – 1 January 2020, 05:59");
    }

    #[test]
    fn clauses_are_one_line_without_markup() {
        let day = date(2019, 1, 10);
        let page = page(&[row(day, day, Granularity::Day, "*a* of AT&T\n- b")]);
        assert!(page.contains("- **10 January**: \\*a\\* of AT&T - b — *A Title*\n"), "{page}");
    }
}
