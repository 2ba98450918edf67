//! `dateline timeline`: the events of many articles in one order of the calendar.

mod csv;
mod ics;
mod jsonl;
mod markdown;

use super::args::{Timeline, TimelineFormat};
use super::input::{self, Given};
use super::{Outcome, articles, line, out};
use crate::article::{Analysed, EntityId, Event, Interval, Kind};
use crate::notice::Notice;
use crate::text::CharIndex;
use jiff::civil::Date;
use std::collections::HashMap;
use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

/// One event with all that is said of it in any format.
#[derive(Clone, Debug)]
struct Row {
    /// When it is, where that is known.
    interval: Option<Interval>,
    /// First code point of the clause in the article's text.
    start: u32,
    /// One past its last code point.
    end: u32,
    /// How many events of the article that begin at the same place come before: only both together tell events apart.
    nth: u32,
    /// The clause.
    text: String,
    /// True for what is planned or foretold.
    future: bool,
    /// Who and what occurs in the clause.
    names: Vec<(Kind, String)>,
    /// The article.
    article: Arc<Source>,
}

/// What is kept of an article.
#[derive(Clone, Debug, Default)]
struct Source {
    id: u64,
    source: String,
    title: String,
    site: Option<String>,
    published: Option<Date>,
}

impl Row {
    /// The names of one kind.
    fn named(&self, kind: Kind) -> Vec<&str> {
        self.names.iter().filter(|(k, _)| *k == kind).map(|(_, name)| name.as_str()).collect()
    }
}

/// Prints the events of all files. What cannot be read is told on standard error and left out; `published` goes before what the articles say.
pub(super) fn run(options: &Timeline, published: Option<Date>) -> Outcome {
    let mut rows = Vec::new();
    let files = input::files(&options.files);
    let outcome = line::run(
        files.len(),
        |n| read(&files[n], published),
        |(found, problems)| {
            rows.extend(found);
            problems.iter().for_each(out::complain);
            ControlFlow::Continue(())
        },
    );
    sort(&mut rows);
    outcome.and(print(options.format, &rows).map_or_else(|error| out::stopped(&error), |()| Outcome::Done))
}

/// The events of one file, and what stands in the way of a good analysis.
fn read(path: &Path, published: Option<Date>) -> Result<(Vec<Row>, Vec<Notice>), Notice> {
    let (articles, mut notices) = articles::read(path, Given { published, url: None })?;
    let mut all = Vec::new();
    for analysed in articles {
        let problems = analysed.article.problems.iter().chain(&analysed.found.problems);
        notices.extend(problems.map(|p| Notice::new(analysed.article.source.clone()).because(p)));
        all.extend(rows(&analysed));
    }
    Ok((all, notices))
}

/// The events of one article, in order of its text.
fn rows(analysed: &Analysed) -> Vec<Row> {
    let Analysed { article, found } = analysed;
    let chars = CharIndex::new(&article.text);
    let source = Arc::new(Source {
        id: article.id,
        source: article.source.clone(),
        title: article.title.clone(),
        site: article.site.clone(),
        published: article.published,
    });
    let names = |event: &Event| {
        let entities = event.entities.iter().filter_map(|id| found.entities.get(id.0 as usize));
        entities.map(|e| (e.kind, e.name.clone())).collect()
    };
    let mut before: HashMap<u32, u32> = HashMap::new();
    let row = |event: &Event| {
        let seen = before.entry(event.span.start).or_default();
        let nth = *seen;
        *seen += 1;
        Row {
            interval: event.interval,
            start: chars.chars(event.span.start),
            end: chars.chars(event.span.end),
            nth,
            text: event.span.of(&article.text).to_owned(),
            future: event.future,
            names: names(event),
            article: Arc::clone(&source),
        }
    };
    found.events.iter().map(row).collect()
}

/// The events of articles of the library; where entities stand with an article, those in which one of them occurs.
pub(super) fn text_of(format: TimelineFormat, articles: impl Iterator<Item = (Analysed, Option<Vec<EntityId>>)>) -> String {
    let mut all = Vec::new();
    for (analysed, entities) in articles {
        let wanted = |event: &Event| entities.as_ref().is_none_or(|ours| event.entities.iter().any(|e| ours.contains(e)));
        all.extend(rows(&analysed).into_iter().zip(&analysed.found.events).filter(|(_, e)| wanted(e)).map(|(row, _)| row));
    }
    sort(&mut all);
    let mut out = Vec::new();
    // Memory takes everything that is written to it.
    let _ = write(&mut out, format, &all);
    String::from_utf8(out).unwrap_or_default()
}

/// Sorts by beginning and end. Events of one time stay in the order of the articles and of their texts; those without a date come last.
fn sort(rows: &mut [Row]) {
    rows.sort_by_key(|row| (row.interval.is_none(), row.interval.map(|i| (i.from, i.to))));
}

fn print(format: TimelineFormat, rows: &[Row]) -> io::Result<()> {
    let mut out = BufWriter::new(out::stdout());
    write(&mut out, format, rows)?;
    out.flush()
}

fn write(out: &mut impl Write, format: TimelineFormat, rows: &[Row]) -> io::Result<()> {
    match format {
        TimelineFormat::Jsonl => jsonl::write(out, rows),
        TimelineFormat::Csv => csv::write(out, rows),
        TimelineFormat::Ics => ics::write(out, rows),
        TimelineFormat::Markdown => markdown::write(out, rows),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Granularity;
    use jiff::civil::date;

    /// A row of the days `from` to `to` in an article of 2019-01-21.
    pub(super) fn row(from: Date, to: Date, granularity: Granularity, text: &str) -> Row {
        let interval = Interval { from: from.at(0, 0, 0, 0), to: to.at(23, 59, 0, 0), granularity };
        let article = Source {
            id: 0x2a,
            source: "news/a.txt".to_owned(),
            title: "A Title".to_owned(),
            site: None,
            published: Some(date(2019, 1, 21)),
        };
        Row {
            interval: Some(interval),
            start: 7,
            end: 9,
            nth: 0,
            text: text.to_owned(),
            future: false,
            names: Vec::new(),
            article: Arc::new(article),
        }
    }

    #[test]
    fn order_of_the_calendar_and_then_of_the_input() {
        let day = |d, text| row(date(2019, 1, d), date(2019, 1, d), Granularity::Day, text);
        let year = |text| row(date(2019, 1, 1), date(2019, 12, 31), Granularity::Year, text);
        let vague = |text| Row { interval: None, ..year(text) };
        let mut rows = vec![vague("f"), day(21, "d"), vague("g"), year("c"), day(1, "a"), day(21, "e"), day(1, "b")];
        sort(&mut rows);
        assert_eq!(rows.iter().map(|r| r.text.as_str()).collect::<String>(), "abcdefg");
    }

    #[test]
    fn events_that_begin_at_one_place_are_told_apart() {
        let analysed = crate::analysis::analyse(crate::article::Article::default());
        assert!(rows(&analysed).is_empty());
        let event = |start, end| Event {
            span: crate::text::Span::new(start, end),
            time: None,
            interval: None,
            entities: vec![],
            future: false,
            statement: false,
        };
        let article = crate::article::Article { text: "é or not, in 1990".to_owned(), ..Default::default() };
        let found = crate::article::Annotations { events: vec![event(0, 2), event(0, 5), event(3, 9)], ..Default::default() };
        let ids: Vec<_> = rows(&Analysed { article, found }).iter().map(|r| (r.start, r.end, r.nth)).collect();
        assert_eq!(ids, [(0, 1, 0), (0, 4, 1), (2, 8, 0)]);
    }
}
