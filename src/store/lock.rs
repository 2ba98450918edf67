//! One program writes to a library at a time: the one that holds the lock on the file beside it. The system lets go of the lock when that program
//! ends, however it ends.

use super::fault::{Result, disk};
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
}

impl Holder {
    /// This program, doing `command`.
    #[must_use]
    pub fn this(command: &str) -> Self {
        Self { process: std::process::id(), host: host(), command: command.to_owned() }
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
    let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(|e| disk(&path, &e))?;
    match file.try_lock() {
        Ok(()) => {
            let words = serde_json::to_string(holder).unwrap_or_default();
            let written = file.set_len(0).and_then(|()| file.seek(SeekFrom::Start(0))).and_then(|_| file.write_all(words.as_bytes()));
            written.map_err(|e| disk(&path, &e))?;
            Ok(Locked::Ours(Lock { _file: file }))
        }
        Err(TryLockError::WouldBlock) => {
            let mut words = String::new();
            let _ = file.take(4096).read_to_string(&mut words);
            Ok(Locked::Theirs(serde_json::from_str(&words).unwrap_or_default()))
        }
        Err(TryLockError::Error(e)) => Err(disk(&path, &e)),
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

/// The lock's file: the library's name with `.lock` behind it.
fn beside(library: &Path) -> PathBuf {
    let mut name = library.as_os_str().to_owned();
    name.push(".lock");
    name.into()
}
