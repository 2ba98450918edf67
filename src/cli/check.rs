//! `dateline check`: is the library sound, and what can be saved of one that is not.

use super::{Outcome, library, out};
use crate::locale::{tr, trn};
use crate::notice::Notice;
use crate::store;
use crate::text::clean_line;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// What `dateline check` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    /// Save what can be read of a damaged library into this new file.
    #[arg(long, value_name = "NEW-FILE")]
    salvage: Option<PathBuf>,
}

/// Reads the whole library and says what is wrong with it; changes nothing in it.
pub(super) fn run(options: &Check, at: Option<&Path>) -> Outcome {
    let path = match library::path(at) {
        Ok(path) => path,
        Err(notice) => return library::told(Err(notice)),
    };
    library::told(match &options.salvage {
        Some(to) => salvage(&path, to),
        None => inspect(&path),
    })
}

fn inspect(path: &Path) -> Result<Outcome, Notice> {
    let health = store::inspect(path)?;
    let shown = path.display().to_string();
    for what in health.damage.iter().chain(&health.counts) {
        out::complain(&Notice::new(shown.clone()).because(what));
    }
    if health.is_sound() {
        return Ok({
            let articles = trn!(usize::try_from(health.articles).unwrap_or(usize::MAX), "{n} article", "{n} articles");
            let says = tr!("sound, {articles}, {bytes} bytes", articles, bytes = health.bytes);
            library::print(&format!("{}: {says}\n", clean_line(&shown)))
        });
    }
    Err(Notice::new(tr!("{shown} is damaged", shown))
        .because(tr!("the lines above say where"))
        .hint(tr!("dateline check --salvage NEW-FILE saves what can be read; the library itself is left as it is")))
}

fn salvage(path: &Path, to: &Path) -> Result<Outcome, Notice> {
    let saved = store::salvage(path, to)?;
    let mut text = String::new();
    for (table, good, bad) in &saved.tables {
        let lost = if *bad > 0 { format!(", {}", tr!("some could not be read")) } else { String::new() };
        let _ = writeln!(text, "{good:>9} {table}{lost}");
    }
    let advice = tr!("use it with --library, or put it in the place of the damaged one");
    let _ = writeln!(text, "{}: {advice}", clean_line(&to.display().to_string()));
    Ok(library::print(&text))
}
