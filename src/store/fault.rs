//! What SQLite and the disk say, in words for a reader.

use crate::locale::{text, tr, tr_later};
use crate::notice::Notice;
use rusqlite::{Error, ErrorCode};
use std::path::Path;

/// The result of everything that touches the library.
pub type Result<T> = std::result::Result<T, Notice>;

const SALVAGE: &str = tr_later!("dateline check --salvage NEW-FILE saves what can be read; the library itself is left as it is");

impl From<Error> for Notice {
    fn from(error: Error) -> Self {
        let (what, hint) = match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => (tr!("The library is damaged at its very beginning, or is no library"), text(SALVAGE)),
            Some(ErrorCode::DatabaseCorrupt) => (tr!("The library is damaged"), text(SALVAGE)),
            Some(ErrorCode::DiskFull) => (tr!("The disk is full"), tr!("nothing that was saved is lost; make room and try again")),
            Some(ErrorCode::ReadOnly) => {
                (tr!("The library cannot be written"), tr!("its file or folder is read-only; --library PATH uses another one"))
            }
            Some(ErrorCode::CannotOpen) => {
                (tr!("The library cannot be opened"), tr!("see that its folder is there and yours; --library PATH uses another one"))
            }
            Some(ErrorCode::PermissionDenied) => (tr!("No permission for the library"), tr!("--library PATH uses another one")),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                (tr!("Another program is writing to the library"), tr!("nothing was changed; try again when it has ended"))
            }
            Some(ErrorCode::SystemIoFailure) => {
                (tr!("The disk with the library reports an error"), tr!("copy the library to another disk, then run dateline check"))
            }
            _ => (tr!("The library does not answer as it should"), tr!("dateline check says whether it is damaged")),
        };
        Self::new(what).because(error).hint(hint)
    }
}

/// A file that cannot be read or written.
pub(super) fn disk(path: &Path, error: &std::io::Error) -> Notice {
    let hint = match error.kind() {
        std::io::ErrorKind::StorageFull => tr!("make room and try again"),
        std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => tr!("--library PATH uses another place"),
        _ => "",
    };
    Notice::new(path.display().to_string()).because(system(error)).hint(hint)
}

/// A file beside the library that has to be written before the library is.
pub(super) fn beside(path: &Path, error: &std::io::Error) -> Notice {
    match error.kind() {
        std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => Notice::new(tr!("The library cannot be written"))
            .because(format!("{}: {}", path.display(), system(error)))
            .hint(tr!("its file or folder is read-only; --library PATH uses another one")),
        _ => disk(path, error),
    }
}

/// What the system says, without its number.
pub(super) fn system(error: &std::io::Error) -> String {
    let words = error.to_string();
    words.split(" (os error").next().unwrap_or(&words).to_owned()
}
