//! What the commands of the library have in common: where it is, who writes, what time it is, and how output ends.

use super::{Outcome, out};
use crate::jobs::turn;
use crate::locale::tr;
use crate::notice::Notice;
use crate::query::{self, Problem, Query};
use crate::store::{self, Holder, Reader, Writer};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Where the library is: as given, or at its usual place.
pub(super) fn path(given: Option<&Path>) -> Result<PathBuf, Notice> {
    given.map(Path::to_owned).or_else(store::default_path).ok_or_else(|| {
        Notice::new(tr!("There is no place for the library"))
            .because(tr!("there is no home folder"))
            .hint(tr!("--library PATH says where it is"))
    })
}

/// Seconds since 1970.
pub(super) fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| i64::try_from(d.as_secs()).unwrap_or(i64::MAX))
}

/// True where there is a library.
pub(super) fn is_there(given: Option<&Path>) -> bool {
    path(given).is_ok_and(|path| path.exists())
}

/// What is said where the library that is named is not there to be read.
pub(super) fn missing(path: &Path) -> Notice {
    Notice::new(tr!("There is no library at {path}", path = path.display())).hint(tr!("dateline --library PATH add URL makes one"))
}

/// The right to write to the library that there is, for `command`. None is made: what changes a library has nothing to do without one.
pub(super) fn writer(given: Option<&Path>, command: &str) -> Result<Writer, Notice> {
    store::must_exist(&path(given)?)?;
    maker(given, command)
}

/// The right to write, for `command`, which fills a library: one is made where there is none.
pub(super) fn maker(given: Option<&Path>, command: &str) -> Result<Writer, Notice> {
    turn::claim(&path(given)?, &Holder::this(&format!("dateline {command}")))
}

/// The library to read.
pub(super) fn reader(given: Option<&Path>) -> Result<Reader, Notice> {
    Reader::open(&path(given)?)
}

/// Tells what went wrong.
pub(super) fn told(result: Result<Outcome, Notice>) -> Outcome {
    result.unwrap_or_else(|notice| {
        out::complain(&notice);
        Outcome::Partly
    })
}

/// Prints `text` on standard output.
pub(super) fn print(text: &str) -> Outcome {
    let mut stdout = out::stdout();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Ok(()) => Outcome::Done,
        Err(error) => out::stopped(&error),
    }
}

/// The query in the words of the arguments; a mistake is shown below its place.
pub(super) fn query(words: &[String]) -> Result<Query, Outcome> {
    let text = words.join(" ");
    query::parse(&text).map_err(|problem| {
        let _ = io::stderr().write_all(pointed(&text, &problem).as_bytes());
        Outcome::Usage
    })
}

/// The query, marks below what is wrong in it, and why.
fn pointed(text: &str, problem: &Problem) -> String {
    let line = crate::text::clean(text).replace('\n', " ");
    let cells = |end: u32| text.get(..end as usize).map_or(0, crate::text::width);
    let (start, end) = (cells(problem.span.start), cells(problem.span.end));
    let marks = "^".repeat((end - start.min(end)).max(1));
    let hint = if problem.hint.is_empty() { String::new() } else { format!(" ({})", problem.hint) };
    format!("  {line}\n  {}{marks}\ndateline: {}\n", " ".repeat(start), crate::text::clean_line(&format!("{}{hint}", problem.what)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_marked_below_its_place() {
        let text = "guaidó wo:x";
        let shown = pointed(text, &query::parse(text).unwrap_err());
        assert!(shown.starts_with("  guaidó wo:x\n         ^^\ndateline: there is no field 'wo' (did you mean who:"), "{shown}");
    }
}
