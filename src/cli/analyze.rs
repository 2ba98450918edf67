//! `dateline analyze`: files in, JSON out, on all cores, in the order of the input.

use super::args::{Analyze, Format};
use super::input::Given;
use super::original::Original;
use super::{Outcome, articles, json, out};
use crate::article::Analysed;
use crate::notice::Notice;
use jiff::civil::Date;
use std::io::{self, Write};
use std::ops::ControlFlow;

/// Analyses all files; what cannot be read is told on standard error and left out. `published` goes before what the articles say.
pub(super) fn run(options: &Analyze, published: Option<Date>) -> Outcome {
    let mut printer = Printer { format: options.format, written: 0, stopped: None };
    let given = Given { published, url: options.url.as_deref() };
    let outcome = articles::run(&options.files, given, |a| print(a, options.format), |json| printer.print(&json));
    outcome.and(printer.close())
}

/// Prints one article into memory.
fn print(analysed: &Analysed, format: Format) -> Result<Vec<u8>, Notice> {
    let original = Original::new(&analysed.article);
    let view = json::view(analysed, &original);
    let printed = match format {
        Format::Jsonl => serde_json::to_string(&view),
        Format::Json => serde_json::to_string_pretty(&view),
    };
    printed.map(|text| json::harmless(text).into_bytes()).map_err(|e| Notice::new(analysed.article.source.clone()).because(e))
}

/// Puts the articles' JSON together on standard output.
struct Printer {
    format: Format,
    written: usize,
    /// How the run ends, once nothing more can be written.
    stopped: Option<Outcome>,
}

impl Printer {
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
        let mut stdout = out::stdout();
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
        out::stdout().write_all(end).map_or_else(|error| out::stopped(&error), |()| Outcome::Done)
    }
}
