//! Standard output and error. Messages pass the sanitiser: a file's name may hold anything.

use crate::notice::Notice;
use crate::text::clean_line;
use std::io::{self, Write};

/// Prints `notice` on standard error, as one line without control characters.
pub(crate) fn complain(notice: &Notice) {
    // Nothing is left to tell it to where standard error is closed.
    let _ = writeln!(io::stderr(), "dateline: {}", clean_line(&notice.to_string()));
}
