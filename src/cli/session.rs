//! Sessions on the disk: what one leaves for the next over the same files, in `$XDG_STATE_HOME/dateline/sessions`, or over a library, in that.
//!
//! Nothing depends on them: what cannot be read or written is as if it had never been.

use crate::app::{Session, SessionSpot as Spot};
use crate::store::{ArticleKey, Holder, KeptJump, Opened, Reader, Writer};
use etcetera::BaseStrategy;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Sessions that are kept; the oldest are forgotten.
const MAX: usize = 100;

/// Under this name a library keeps the session over it, but for the jumps, which have a table.
const SETTING: &str = "session";

/// Jumps that are taken up again.
const MAX_JUMPS: usize = 200;

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

/// What the last session over a library left in it.
pub(super) fn left_in(library: &Path) -> Option<Session> {
    let mut reader = Reader::open(library).ok()?;
    let snapshot = reader.snapshot(super::library::now()).ok()?;
    let mut session: Session = serde_json::from_str(&snapshot.setting(SETTING).ok()??).ok()?;
    session.jumps = snapshot.jumps(MAX_JUMPS).ok()?.into_iter().rev().filter_map(|jump| serde_json::from_str(&jump.body).ok()).collect();
    Some(session)
}

/// Keeps a session over a library in it; false where another program writes there.
pub(super) fn keep_in(library: &Path, session: &Session) -> bool {
    let Ok(Opened::Ours(mut writer)) = Writer::open(library, &Holder::this("dateline")) else { return false };
    let made = super::library::now();
    let jump = |spot: &Spot| {
        let article = spot.stored().map(|key| ArticleKey(key.0));
        Some(KeptJump { made, article, body: serde_json::to_string(spot).ok()? })
    };
    let jumps: Vec<KeptJump> = session.jumps.iter().filter_map(jump).collect();
    let bare = Session { jumps: Vec::new(), ..session.clone() };
    let Ok(text) = serde_json::to_string(&bare) else { return false };
    writer.write(|batch| batch.keep_jumps(&jumps).and_then(|()| batch.set(SETTING, &text))).is_ok()
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
