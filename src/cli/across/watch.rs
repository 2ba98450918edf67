//! `dateline watch`: what is followed, with what is new of it, and the announcements.

use super::{day, meant, now, short};
use crate::cli::{Outcome, library, out};
use crate::locale::tr;
use crate::notice::Notice;
use crate::store::{self, Watch as Kept, Watched, Writer};
use crate::text::{clean_line, fold};
use clap::Subcommand;
use std::fmt::Write;
use std::path::Path;

/// New articles that are printed of each.
const ROWS: usize = 50;

/// What `dateline watch` is told.
#[derive(Debug, Subcommand)]
pub(crate) enum Watch {
    /// Follow somebody or something, or a saved search.
    Add {
        /// A name, #number, or the name of a saved search with --search.
        name: String,
        /// NAME is that of a saved search.
        #[arg(long)]
        search: bool,
        /// Say so after a fetch when there is something new.
        #[arg(long)]
        announce: bool,
    },
    /// List what is followed, with how many articles are new.
    List,
    /// Print the new articles of one, or of all, and count them as seen.
    New {
        /// As in the list; without it all.
        name: Option<String>,
    },
    /// Follow something no longer.
    Remove {
        /// As in the list.
        name: String,
    },
}

/// Follows, lists, prints.
pub(in crate::cli) fn run(command: &Watch, at: Option<&Path>) -> Outcome {
    library::told(match command {
        Watch::Add { name, search, announce } => add(name, *search, *announce, at),
        Watch::List => list(at),
        Watch::New { name } => new(name.as_deref(), at),
        Watch::Remove { name } => remove(name, at),
    })
}

fn add(name: &str, search: bool, announce: bool, at: Option<&Path>) -> Result<Outcome, Notice> {
    let (what, shown) = if search {
        (Watched::Search(name.to_owned()), name.to_owned())
    } else {
        let mut reader = library::reader(at)?;
        let snapshot = reader.snapshot(now())?;
        let key = meant(&snapshot, name)?;
        (Watched::Entity(key), snapshot.called(key)?)
    };
    library::writer(at, "watch")?.write(|batch| batch.watch(&what, announce))?;
    Ok(library::print(&(tr!("{name}: followed from now on", name = clean_line(&shown)) + "\n")))
}

fn all(at: Option<&Path>) -> Result<Vec<Kept>, Notice> {
    library::reader(at)?.snapshot(now())?.watches()
}

fn list(at: Option<&Path>) -> Result<Outcome, Notice> {
    let mut out = String::new();
    for watch in all(at)? {
        let what = if matches!(watch.what, Watched::Search(_)) { tr!("search" in "watch list") } else { "" };
        let announced = if watch.announce { tr!("announced") } else { "" };
        let _ = writeln!(out, "{:>7}  {:<40} {what:<7} {announced}", watch.new, short(&watch.name, 40));
    }
    Ok(library::print(&out))
}

fn one(name: &str, at: Option<&Path>) -> Result<Kept, Notice> {
    let wanted = fold(name);
    all(at)?.into_iter().find(|w| fold(&w.name) == wanted).ok_or_else(|| {
        Notice::new(tr!("Nothing that is followed is called '{name}'", name = clean_line(name)))
            .hint(tr!("dateline watch list shows what is"))
    })
}

fn new(name: Option<&str>, at: Option<&Path>) -> Result<Outcome, Notice> {
    let watches = name.map_or_else(|| all(at), |name| Ok(vec![one(name, at)?]))?;
    let mut out = String::new();
    {
        let mut reader = library::reader(at)?;
        let snapshot = reader.snapshot(now())?;
        for watch in &watches {
            for row in snapshot.new_of(watch, ROWS)? {
                let _ = writeln!(out, "{}  {}  {}", day(row.cursor.at), clean_line(&watch.name), clean_line(&row.title));
            }
        }
    }
    library::writer(at, "watch")?.write(|batch| watches.iter().try_for_each(|w| batch.looked_at_watch(w.id)))?;
    Ok(library::print(&out))
}

fn remove(name: &str, at: Option<&Path>) -> Result<Outcome, Notice> {
    let watch = one(name, at)?;
    library::writer(at, "watch")?.write(|batch| batch.unwatch(watch.id))?;
    Ok(library::print(&(tr!("{name}: not followed any more", name = clean_line(&watch.name)) + "\n")))
}

/// What is to be announced after a fetch: one line for all, once; `None` where there is nothing.
///
/// # Errors
/// Where the library cannot be read or written.
pub(in crate::cli) fn announcement(writer: &mut Writer) -> Result<Option<String>, Notice> {
    let watches = crate::store::Reader::open(writer.path())?.snapshot(now())?.watches()?;
    if watches.is_empty() {
        return Ok(None);
    }
    writer.write(|batch| batch.announced())?;
    Ok(store::announcement(&watches))
}

/// Announces a line: by a command, which gets it as its last argument, or to the desktop through the terminal (OSC 9), where there is one.
pub(in crate::cli) fn announce(line: &str, command: &[String]) {
    let Some((program, words)) = command.split_first() else { return out::notify(line) };
    if let Err(error) = std::process::Command::new(program).args(words).arg(line).status() {
        out::complain(&Notice::new(tr!("The command '{command}' cannot be run", command = clean_line(program))).because(error));
    }
}
