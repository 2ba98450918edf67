//! Standard output and error. Messages pass the sanitiser: a file's name may hold anything.

use super::Outcome;
use crate::notice::Notice;
use crate::text::clean_line;
use std::io::{self, Write};

/// Prints `notice` on standard error, as one line without control characters.
pub(crate) fn complain(notice: &Notice) {
    // Nothing is left to tell it to where standard error is closed.
    let _ = writeln!(io::stderr(), "dateline: {}", clean_line(&notice.to_string()));
}

/// How a run ends that cannot write its output: a reader who has closed the pipe has seen enough; any other reason is told.
pub(crate) fn stopped(error: &io::Error) -> Outcome {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Outcome::Done;
    }
    complain(&Notice::new("The output cannot be written").because(error));
    Outcome::Partly
}
