//! One program writes to a library at a time: the one that holds the lock on the file beside it. The system lets go of the lock when that program
//! ends, however it ends.

use super::fault::{self, Result};
use crate::locale::tr;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// The program that writes to a library.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The number of its process.
    pub process: u32,
    /// The machine it runs on.
    pub host: String,
    /// What it is doing: the command.
    pub command: String,
    /// True for a reader on the screen, which keeps the right to write as long as it is open; others end by themselves.
    #[serde(default)]
    pub stays: bool,
}

impl Holder {
    /// This program, doing `command`.
    #[must_use]
    pub fn this(command: &str) -> Self {
        Self { process: std::process::id(), host: host(), command: command.to_owned(), stays: false }
    }

    /// This program as a reader on the screen.
    #[must_use]
    pub fn reader() -> Self {
        Self { stays: true, ..Self::this("dateline") }
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.process == 0 {
            return f.write_str(tr!("another program"));
        }
        write!(f, "{} (process {}", crate::text::clean_line(&self.command), self.process)?;
        if self.host.is_empty() || self.host == host() {
            f.write_str(")")
        } else {
            write!(f, " on {})", crate::text::clean_line(&self.host))
        }
    }
}

/// The name of this machine, where it can be told without asking the system for more than a file.
fn host() -> String {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").or_else(|_| std::fs::read_to_string("/etc/hostname"));
    name.map(|n| n.trim().to_owned()).unwrap_or_default()
}

/// The lock, held until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

/// The lock, or who has it.
#[derive(Debug)]
pub(super) enum Locked {
    /// By us.
    Ours(Lock),
    /// By another program.
    Theirs(Holder),
}

/// Takes the lock of the library at `library` for `holder`, without waiting.
pub(super) fn take(library: &Path, holder: &Holder) -> Result<Locked> {
    let path = beside(library);
    let mut file =
        OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(|e| fault::beside(&path, &e))?;
    match file.try_lock() {
        Ok(()) => {
            let words = serde_json::to_string(holder).unwrap_or_default();
            let written = file.set_len(0).and_then(|()| file.seek(SeekFrom::Start(0))).and_then(|_| file.write_all(words.as_bytes()));
            written.map_err(|e| fault::beside(&path, &e))?;
            Ok(Locked::Ours(Lock { _file: file }))
        }
        Err(TryLockError::WouldBlock) => {
            let mut words = String::new();
            let _ = file.take(4096).read_to_string(&mut words);
            Ok(Locked::Theirs(serde_json::from_str(&words).unwrap_or_default()))
        }
        Err(TryLockError::Error(e)) => Err(fault::beside(&path, &e)),
    }
}

/// Who writes to the library at `path` at this moment, if anybody does. Changes nothing.
#[must_use]
pub fn who_writes(path: &Path) -> Option<Holder> {
    let file = File::open(beside(path)).ok()?;
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => {
            let mut words = String::new();
            let _ = file.take(4096).read_to_string(&mut words);
            Some(serde_json::from_str(&words).unwrap_or_default())
        }
        _ => None,
    }
}

/// A place in the line of those who want to write: who has it is next. It is asked for without waiting, and given up when it is dropped.
///
/// A reader on the screen has the right to write for hours. It looks from time to time whether somebody stands here, and lets that one write.
#[derive(Debug)]
pub struct Turn {
    _file: File,
}

impl Turn {
    /// Stands in line for the library at `library`; `None` where another program does already.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub fn take(library: &Path) -> Result<Option<Self>> {
        let path = next(library);
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(&path).map_err(|e| fault::beside(&path, &e))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(e)) => Err(fault::beside(&path, &e)),
        }
    }

    /// True while somebody stands in line.
    #[must_use]
    pub fn is_taken(library: &Path) -> bool {
        File::open(next(library)).is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
    }
}

/// The lock's file: the library's name with `.lock` behind it.
fn beside(library: &Path) -> PathBuf {
    named(library, ".lock")
}

/// The file of the line.
fn next(library: &Path) -> PathBuf {
    named(library, ".next")
}

fn named(library: &Path, ending: &str) -> PathBuf {
    let mut name = library.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
