//! `dateline analyze`: files in, JSON out, on all cores, in the order of the input.

use super::args::{Analyze, Format};
use super::input::{self, Given};
use super::original::Original;
use super::{Outcome, json, line, out};
use crate::article::Article;
use crate::notice::Notice;
use crate::{analysis, jobs};
use jiff::civil::Date;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;

/// Analyses all files; what cannot be read is told on standard error and left out. `published` goes before what the articles say.
pub(super) fn run(options: &Analyze, published: Option<Date>) -> Outcome {
    let mut printer = Printer { format: options.format, written: 0, partly: false, stopped: None };
    let given = Given { published, url: options.url.as_deref() };
    let work = |n: usize| print(&options.files[n], options.format, given);
    let outcome = line::run(options.files.len(), work, |printed| printer.print_all(&printed));
    outcome.and(printer.close())
}

/// The articles of one file as JSON, and what could not be read of it.
type Printed = (Vec<Vec<u8>>, Vec<Notice>);

/// Reads, analyses and prints one file into memory.
fn print(path: &Path, format: Format, given: Given<'_>) -> Result<Printed, Notice> {
    let (articles, mut problems) = input::articles(path, given)?;
    let mut printed = Vec::with_capacity(articles.len());
    for article in articles {
        let source = article.source.clone();
        // A fault in one article of a feed must not take the others with it.
        match jobs::guarded(|| json(article, format)) {
            Ok(json) => printed.push(json),
            Err(fault) => problems.push(Notice::new(source).because(fault)),
        }
    }
    Ok((printed, problems))
}

/// One article, analysed, as JSON.
fn json(article: Article, format: Format) -> Result<Vec<u8>, String> {
    let analysed = analysis::analyse(article);
    let original = Original::new(&analysed.article);
    let view = json::view(&analysed, &original);
    let printed = match format {
        Format::Jsonl => serde_json::to_string(&view),
        Format::Json => serde_json::to_string_pretty(&view),
    };
    printed.map(|text| json::harmless(text).into_bytes()).map_err(|e| e.to_string())
}

/// Puts the articles' JSON together on standard output.
struct Printer {
    format: Format,
    written: usize,
    /// True where something could not be read.
    partly: bool,
    /// How the run ends, once nothing more can be written.
    stopped: Option<Outcome>,
}

impl Printer {
    /// Prints the articles of one file and tells what could not be read; breaks where nothing more can be written.
    fn print_all(&mut self, (articles, problems): &Printed) -> ControlFlow<()> {
        self.partly |= !problems.is_empty();
        problems.iter().for_each(out::complain);
        articles.iter().try_for_each(|json| self.print(json))
    }

    /// Prints one article; breaks where nothing more can be written.
    fn print(&mut self, json: &[u8]) -> ControlFlow<()> {
        if let Err(error) = self.write(json) {
            self.stopped = Some(out::stopped(&error));
            return ControlFlow::Break(());
        }
        self.written += 1;
        ControlFlow::Continue(())
    }

    fn write(&self, json: &[u8]) -> io::Result<()> {
        let mut stdout = io::stdout().lock();
        if self.format == Format::Json {
            stdout.write_all(if self.written == 0 { b"[\n" } else { b",\n" })?;
        }
        stdout.write_all(json)?;
        if self.format == Format::Jsonl {
            stdout.write_all(b"\n")?;
        }
        stdout.flush()
    }

    /// Ends the output and says how it went.
    fn close(self) -> Outcome {
        if let Some(outcome) = self.stopped {
            return outcome;
        }
        let end: &[u8] = match (self.format, self.written) {
            (Format::Jsonl, _) => b"",
            (Format::Json, 0) => b"[]\n",
            (Format::Json, _) => b"\n]\n",
        };
        let done = if self.partly { Outcome::Partly } else { Outcome::Done };
        io::stdout().lock().write_all(end).map_or_else(|error| out::stopped(&error), |()| done)
    }
}
