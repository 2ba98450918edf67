//! `dateline analyze`: files in, JSON out, on all cores, in the order of the input.

use super::args::{Analyze, Format};
use super::{Outcome, input, json, line};
use crate::analysis;
use crate::notice::Notice;
use jiff::civil::Date;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;

/// Analyses all files; what cannot be read is told on standard error and left out. `published` goes before what the articles say.
pub(super) fn run(options: &Analyze, published: Option<Date>) -> Outcome {
    let mut printer = Printer { format: options.format, written: 0, closed: false };
    let work = |n: usize| print(&options.files[n], options.format, published);
    let outcome = line::run(options.files.len(), work, |json| printer.print(&json));
    printer.close();
    outcome
}

/// Reads, analyses and prints one file into memory.
fn print(path: &Path, format: Format, published: Option<Date>) -> Result<Vec<u8>, Notice> {
    let analysed = analysis::analyse(input::article(path, published)?);
    let view = json::view(&analysed);
    let printed = match format {
        Format::Jsonl => serde_json::to_vec(&view),
        Format::Json => serde_json::to_vec_pretty(&view),
    };
    printed.map_err(|e| Notice::new(path.display().to_string()).because(e))
}

/// Puts the articles' JSON together on standard output.
struct Printer {
    format: Format,
    written: usize,
    closed: bool,
}

impl Printer {
    /// Prints one article; breaks where nobody reads any more.
    fn print(&mut self, json: &[u8]) -> ControlFlow<()> {
        self.closed = self.write(json).is_err();
        self.written += 1;
        if self.closed { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
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

    /// Ends the output.
    fn close(self) {
        if self.format == Format::Json && !self.closed {
            let end: &[u8] = if self.written == 0 { b"[]\n" } else { b"\n]\n" };
            let _ = io::stdout().lock().write_all(end);
        }
    }
}
