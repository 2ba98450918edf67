//! What is named on the command line to be read, where nothing of it is there: a file that is gone, or a command that was mistyped.

use super::args::Args;
use super::out;
use crate::jobs::{self, fetch};
use crate::locale::tr;
use crate::notice::Notice;
use clap::CommandFactory;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Edits by which a word may differ from the command that was meant.
const EDITS: usize = 2;

/// Tells that nothing is there where that is so of all paths; false where something is, or none is named.
pub(super) fn refused(paths: &[PathBuf]) -> bool {
    let missing: Option<Vec<io::Error>> = paths.iter().map(|path| absent(path)).collect();
    let Some(errors) = missing.filter(|errors| !errors.is_empty()) else { return false };
    for (n, (path, error)) in paths.iter().zip(&errors).enumerate() {
        let notice = Notice::new(path.display().to_string()).because(jobs::missing(path, error));
        // The first word would be the command.
        let meant = path.to_str().filter(|_| n == 0).and_then(near);
        out::complain(&match meant {
            Some(command) => notice.hint(tr!("did you mean dateline {command}?", command)),
            None => notice,
        });
    }
    true
}

/// Why there is nothing at a path; `None` where something is, or may come from it.
fn absent(path: &Path) -> Option<io::Error> {
    if path == Path::new("-") || path.to_str().is_some_and(fetch::is_address) {
        return None;
    }
    std::fs::metadata(path).err().filter(|e| matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory))
}

/// The command whose name is nearly this word.
fn near(word: &str) -> Option<String> {
    let distance = |name: &str| strsim::damerau_levenshtein(name, word);
    let names = Args::command().get_subcommands().map(|c| c.get_name().to_owned()).collect::<Vec<_>>();
    // Of a short word little is left after two edits.
    let close = names.into_iter().filter(|name| distance(name) <= EDITS.min(name.len().min(word.len()) / 2));
    close.min_by_key(|name| distance(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_command_is_guessed() {
        for (word, command) in [("serch", "search"), ("lsit", "list"), ("fecth", "fetch"), ("analyse", "analyze"), ("syn", "sync")] {
            assert_eq!(near(word).as_deref(), Some(command), "{word}");
        }
        for word in ["", "a", "map", "news", "nosuch.txt", "/tmp/list"] {
            assert_eq!(near(word), None, "{word}");
        }
    }

    #[test]
    fn what_comes_from_elsewhere_is_not_absent() {
        let paths = |all: &[&str]| all.iter().map(PathBuf::from).collect::<Vec<_>>();
        for there in [&[][..], &["-"], &["https://a.example/feed"], &["/nonexistent/a", "."]] {
            assert!(!refused(&paths(there)), "{there:?}");
        }
        assert!(refused(&paths(&["/nonexistent/a", "/nonexistent/b"])));
    }
}
