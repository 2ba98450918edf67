//! `dateline analyze`: files in, JSON out, on all cores, in the order of the input.

use super::args::{Analyze, Format};
use super::{Outcome, json, out};
use crate::analysis;
use crate::notice::Notice;
use crate::source;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::{Condvar, Mutex, PoisonError};

/// Articles that may wait for their turn to be printed, for each worker: the bound on memory.
const AHEAD: usize = 16;

/// Analyses all files; what cannot be read is told on standard error and left out. `published` goes before what the articles say.
pub(crate) fn run(options: &Analyze, published: Option<Date>) -> Outcome {
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(options.files.len());
    let line = Line::new(options.format, workers * AHEAD);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(n) = line.take(options.files.len()) {
                    line.put(n, print(&options.files[n], options.format, published));
                }
            });
        }
    });
    line.close()
}

/// Reads, analyses and prints one file into memory.
fn print(path: &Path, format: Format, published: Option<Date>) -> Result<Vec<u8>, Notice> {
    let shown = path.display().to_string();
    let bytes = bytes(path).map_err(|e| Notice::new(shown.clone()).because(e))?;
    let mut article = source::read_one(&source::Input { source: &shown, bytes: &bytes });
    drop(bytes);
    article.published = published.or(article.published);
    let analysed = analysis::analyse(article);
    let view = json::view(&analysed);
    let printed = match format {
        Format::Jsonl => serde_json::to_vec(&view),
        Format::Json => serde_json::to_vec_pretty(&view),
    };
    printed.map_err(|e| Notice::new(shown).because(e))
}

/// What is in the file, up to one byte more than is read: so it shows that something was left out.
fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let limit = source::MAX_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)?;
    } else {
        std::fs::File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// The queue before the printer: workers take numbers, results leave in the order of the numbers.
struct Line {
    format: Format,
    ahead: usize,
    state: Mutex<Queue>,
    moved: Condvar,
}

#[derive(Default)]
struct Queue {
    taken: usize,
    printed: usize,
    written: usize,
    waiting: BTreeMap<usize, Result<Vec<u8>, Notice>>,
    failed: bool,
    closed: bool,
}

impl Line {
    fn new(format: Format, ahead: usize) -> Self {
        Self { format, ahead, state: Mutex::default(), moved: Condvar::new() }
    }

    /// The next number below `end`; waits while too many results wait for an earlier one. `None` at the end or where nobody reads any more.
    fn take(&self, end: usize) -> Option<usize> {
        let mut queue = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while !queue.closed && queue.taken >= queue.printed + self.ahead {
            queue = self.moved.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
        let n = queue.taken;
        (n < end && !queue.closed).then(|| {
            queue.taken += 1;
            n
        })
    }

    /// Hands in the result for `n` and prints all that are next in turn.
    fn put(&self, n: usize, result: Result<Vec<u8>, Notice>) {
        let mut queue = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        queue.waiting.insert(n, result);
        while let Some(result) = {
            let next = queue.printed;
            queue.waiting.remove(&next)
        } {
            queue.printed += 1;
            match result {
                Ok(json) => {
                    if self.write(&json, queue.written == 0).is_err() {
                        queue.closed = true;
                    }
                    queue.written += 1;
                }
                Err(notice) => {
                    queue.failed = true;
                    out::complain(&notice);
                }
            }
        }
        self.moved.notify_all();
    }

    fn write(&self, json: &[u8], first: bool) -> io::Result<()> {
        let mut stdout = io::stdout().lock();
        if self.format == Format::Json {
            stdout.write_all(if first { b"[\n" } else { b",\n" })?;
        }
        stdout.write_all(json)?;
        if self.format == Format::Jsonl {
            stdout.write_all(b"\n")?;
        }
        stdout.flush()
    }

    /// Ends the output and says how it went.
    fn close(self) -> Outcome {
        let queue = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        if self.format == Format::Json && !queue.closed {
            let end: &[u8] = if queue.written == 0 { b"[]\n" } else { b"\n]\n" };
            let _ = io::stdout().lock().write_all(end);
        }
        if queue.failed { Outcome::Partly } else { Outcome::Done }
    }
}
