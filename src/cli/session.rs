//! Sessions on the disk: what one leaves for the next over the same files or library, in `$XDG_STATE_HOME/dateline/sessions`.
//!
//! Nothing depends on them: what cannot be read or written is as if it had never been.

use crate::app::Session;
use etcetera::BaseStrategy;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Sessions that are kept; the oldest are forgotten.
const MAX: usize = 100;

/// Bytes of a session that are read.
const MAX_BYTES: u64 = 1 << 20;

fn folder() -> Option<PathBuf> {
    etcetera::base_strategy::Xdg::new().ok()?.state_dir().map(|dir| dir.join("dateline").join("sessions"))
}

/// The name of the session over these files and folders; that of the samples where there are none.
pub(super) fn name(paths: &[PathBuf]) -> String {
    let mut hasher = DefaultHasher::new();
    for path in paths {
        std::fs::canonicalize(path).unwrap_or_else(|_| path.clone()).hash(&mut hasher);
    }
    if paths.is_empty() { "samples.json".to_owned() } else { format!("{:016x}.json", hasher.finish()) }
}

/// The name of the session over a library.
pub(super) fn of_library(path: &Path) -> String {
    format!("library-{}", name(&[path.to_owned()]))
}

/// What the last session of this name left.
pub(super) fn left(name: &str) -> Option<Session> {
    let file = std::fs::File::open(folder()?.join(name)).ok()?;
    let mut text = String::new();
    file.take(MAX_BYTES).read_to_string(&mut text).ok()?;
    serde_json::from_str(&text).ok()
}

/// Keeps a session for the next one of its name.
pub(super) fn keep(name: &str, session: &Session) {
    let (Some(folder), Ok(text)) = (folder(), serde_json::to_string(session)) else { return };
    let kept = std::fs::create_dir_all(&folder).and_then(|()| {
        // Whole or not at all: a reader may be ended while it writes.
        let half = folder.join(format!("{name}.{}", std::process::id()));
        std::fs::write(&half, text)?;
        std::fs::rename(half, folder.join(name))
    });
    if kept.is_ok() {
        forget_oldest(&folder);
    }
}

fn forget_oldest(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut all: Vec<_> = entries.flatten().filter_map(|e| Some((e.metadata().ok()?.modified().ok()?, e.path()))).collect();
    if all.len() > MAX {
        all.sort();
        for (_, path) in all.iter().take(all.len() - MAX) {
            let _ = std::fs::remove_file(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_by_what_is_read() {
        let of = |paths: &[&str]| name(&paths.iter().map(PathBuf::from).collect::<Vec<_>>());
        assert_eq!(of(&[]), "samples.json");
        assert_eq!(of(&["src"]), of(&["./src/../src"]));
        assert_ne!(of(&["src"]), of(&["tests"]));
        assert_ne!(of(&["src", "tests"]), of(&["src"]));
    }
}
