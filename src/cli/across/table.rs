//! A page as one table: a row for each name, role, quotation, moment, companion and article.

use super::day;
use crate::cli::csv::record;
use crate::cli::out;
use crate::store::{Page, Reported};
use std::borrow::Cow;
use std::io::{self, BufWriter, Write};

/// The columns.
const COLUMNS: [&str; 6] = ["part", "words", "who", "from", "to", "articles"];

/// Prints the table.
pub(super) fn print(page: &Page) -> io::Result<()> {
    let mut out = BufWriter::new(out::stdout());
    write(&mut out, page)?;
    out.flush()
}

/// Writes the table; `articles` is a count, or the number of the article that the row comes from where the part is a passage.
pub(super) fn write(out: &mut impl Write, page: &Page) -> io::Result<()> {
    record(out, COLUMNS.map(Cow::from))?;
    let mut row = |part: &str, words: &str, who: &str, from: String, to: String, articles: u64| {
        let fields = [part.to_owned(), words.to_owned(), who.to_owned(), from, to, articles.to_string()];
        record(out, fields.into_iter().map(Cow::from))
    };
    let none = String::new;
    for v in &page.variants {
        row("name", &v.name, v.belongs.map_or("", |b| b.rule.words()), none(), none(), v.articles)?;
    }
    for r in &page.roles {
        row("role", &r.words, "", day(r.seen.0).to_string(), day(r.seen.1).to_string(), r.articles as u64)?;
    }
    for (part, list) in [("said", &page.said), ("said of", &page.said_of)] {
        for Reported { passage, speaker, .. } in list {
            let at = day(passage.at).to_string();
            row(part, &passage.words, speaker.as_deref().unwrap_or_default(), at.clone(), at, passage.article.0.unsigned_abs())?;
        }
    }
    for (passage, interval) in &page.moments {
        let (from, to) = (interval.from.date().to_string(), interval.to.date().to_string());
        row("moment", &passage.words, "", from, to, passage.article.0.unsigned_abs())?;
    }
    for c in &page.company {
        row(c.kind.name(), &c.name, "", none(), none(), c.articles as u64)?;
    }
    for a in &page.latest {
        let at = day(a.cursor.at).to_string();
        row("article", &a.title, a.site.as_deref().unwrap_or_default(), at.clone(), at, a.cursor.key.0.unsigned_abs())?;
    }
    Ok(())
}
