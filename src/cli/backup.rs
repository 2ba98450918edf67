//! `dateline backup`: a copy of the library, while it is in use.

use super::{Outcome, library};
use crate::locale::tr;
use crate::notice::Notice;
use std::path::{Path, PathBuf};

/// What `dateline backup` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Backup {
    /// The file to make; what is there is never overwritten.
    file: PathBuf,
}

/// Copies the library as it is now, whoever writes to it.
pub(super) fn run(options: &Backup, at: Option<&Path>) -> Outcome {
    let copied = || -> Result<Outcome, Notice> {
        library::reader(at)?.backup(&options.file)?;
        let shown = crate::text::clean_line(&options.file.display().to_string());
        Ok(library::print(&(tr!("{shown}: a library like any other; --library opens it", shown) + "\n")))
    };
    library::told(copied())
}
