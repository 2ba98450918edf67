//! Finding what can be read under the given paths.

use super::{Sender, open};
use crate::app::{Found, Listing, Origin, Report};
use crate::source;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use walkdir::{DirEntry, WalkDir};

/// The list grows at least this often while folders are walked.
const PATIENCE: Duration = Duration::from_millis(30);

/// Bytes by which a file is known to be text or not.
const HEAD: u64 = 1024;

/// Walks `paths` and reports what it finds, in the order of names.
pub(super) fn run(paths: Vec<PathBuf>, send: &Sender) {
    let mut scan = Scan { listing: Listing::default(), last: Instant::now(), first: true, send };
    for path in paths {
        scan.path(path);
    }
    scan.listing.done = true;
    scan.report();
}

struct Scan<'a> {
    listing: Listing,
    last: Instant,
    /// True until the first entry has been reported, so that reading can begin at once.
    first: bool,
    send: &'a Sender,
}

impl Scan<'_> {
    /// A path that was named by the reader: nothing of it is passed over in silence.
    fn path(&mut self, path: PathBuf) {
        if path == Path::new("-") {
            return self.found(Origin::Standard, None);
        }
        match fs::metadata(&path) {
            Err(error) => self.found(Origin::File(path), Some(open::reason(&error))),
            Ok(meta) if meta.is_dir() => self.folder(&path),
            Ok(meta) if meta.is_file() => {
                let problem = match is_binary(&path) {
                    Ok(false) => None,
                    Ok(true) => Some("this is no text".to_owned()),
                    Err(reason) => Some(reason),
                };
                self.found(Origin::File(path), problem);
            }
            Ok(_) => self.found(Origin::Stream(path), None),
        }
    }

    fn folder(&mut self, root: &Path) {
        let mut hidden = 0;
        let walk = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
        for entry in walk.filter_entry(|e| !passed_over(e, &mut hidden)) {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) if entry.file_type().is_file() => self.file(entry.into_path()),
                // Pipes, sockets and devices would never end or never begin.
                Ok(_) => self.listing.binary += 1,
                Err(error) => {
                    let path = error.path().unwrap_or(root).to_owned();
                    let why = match (error.loop_ancestor(), error.io_error()) {
                        (Some(_), _) => "a link that leads back to a folder above it".to_owned(),
                        (None, Some(error)) => open::reason(error),
                        (None, None) => "it cannot be read".to_owned(),
                    };
                    self.found(Origin::File(path), Some(why));
                }
            }
        }
        self.listing.hidden += hidden;
    }

    fn file(&mut self, path: PathBuf) {
        match is_binary(&path) {
            Ok(true) => self.listing.binary += 1,
            Ok(false) => self.found(Origin::File(path), None),
            Err(reason) => self.found(Origin::File(path), Some(reason)),
        }
    }

    fn found(&mut self, origin: Origin, problem: Option<String>) {
        self.listing.found.push(Found { origin, problem });
        if self.first || self.last.elapsed() > PATIENCE {
            self.report();
        }
    }

    fn report(&mut self) {
        let found = std::mem::take(&mut self.listing.found);
        (self.send)(Report::Listed(Listing { found, ..self.listing }));
        (self.last, self.first) = (Instant::now(), false);
    }
}

/// Hidden entries are passed over and counted; the root itself never is.
fn passed_over(entry: &DirEntry, hidden: &mut u32) -> bool {
    let is = entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
    *hidden += u32::from(is);
    is
}

fn is_binary(path: &Path) -> Result<bool, String> {
    let mut head = Vec::with_capacity(usize::try_from(HEAD).unwrap_or(0));
    let file = File::open(path).map_err(|e| open::reason(&e))?;
    file.take(HEAD).read_to_end(&mut head).map_err(|e| open::reason(&e))?;
    Ok(source::is_binary(&head))
}
