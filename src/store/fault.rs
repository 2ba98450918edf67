//! What SQLite and the disk say, in words for a reader.

use crate::notice::Notice;
use rusqlite::{Error, ErrorCode};
use std::path::Path;

/// The result of everything that touches the library.
pub type Result<T> = std::result::Result<T, Notice>;

const SALVAGE: &str = "dateline check --salvage NEW-FILE saves what can be read; the library itself is left as it is";

impl From<Error> for Notice {
    fn from(error: Error) -> Self {
        let (what, hint) = match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => ("The library is damaged at its very beginning, or is no library", SALVAGE),
            Some(ErrorCode::DatabaseCorrupt) => ("The library is damaged", SALVAGE),
            Some(ErrorCode::DiskFull) => ("The disk is full", "nothing that was saved is lost; make room and try again"),
            Some(ErrorCode::ReadOnly) => {
                ("The library cannot be written", "its file or folder is read-only; --library PATH uses another one")
            }
            Some(ErrorCode::CannotOpen) => {
                ("The library cannot be opened", "see that its folder is there and yours; --library PATH uses another one")
            }
            Some(ErrorCode::PermissionDenied) => ("No permission for the library", "--library PATH uses another one"),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                ("Another program is writing to the library", "nothing was changed; try again when it has ended")
            }
            Some(ErrorCode::SystemIoFailure) => {
                ("The disk with the library reports an error", "copy the library to another disk, then run dateline check")
            }
            _ => ("The library does not answer as it should", "dateline check says whether it is damaged"),
        };
        Self::new(what).because(error).hint(hint)
    }
}

/// A file that cannot be read or written.
pub(super) fn disk(path: &Path, error: &std::io::Error) -> Notice {
    let hint = match error.kind() {
        std::io::ErrorKind::StorageFull => "make room and try again",
        std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => "--library PATH uses another place",
        _ => "",
    };
    Notice::new(path.display().to_string()).because(error).hint(hint)
}
