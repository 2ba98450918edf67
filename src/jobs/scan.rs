//! Finding what can be read under the given paths.

use super::{Reporter, fetch, guarded, open};
use crate::app::{Found, Listing, Origin, Report};
use crate::locale::tr;
use crate::notice::Notice;
use crate::source;
use std::fs::{self, File};
use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use walkdir::{DirEntry, WalkDir};

/// The list grows at least this often while folders are walked.
const PATIENCE: Duration = Duration::from_millis(30);

/// Walks `paths` and reports what it finds, in the order of names.
///
/// `stops` grows when nobody wants more: what has been found by then is all.
pub(super) fn run(paths: Vec<PathBuf>, stops: &AtomicU64, reporter: &Reporter) {
    let began = stops.load(Ordering::Relaxed);
    let mut scan = Scan { listing: Listing::default(), last: Instant::now(), first: true, stopped: (stops, began), reporter };
    for path in paths {
        if scan.is_stopped() {
            break;
        }
        // The list must come to its end, whatever lies in one path.
        if let Err(fault) = guarded(|| {
            scan.path(path.clone());
            Ok(())
        }) {
            scan.found(Origin::File(path), Some(fault));
        }
    }
    scan.listing.done = true;
    scan.report();
}

struct Scan<'a> {
    listing: Listing,
    last: Instant,
    /// True until the first entry has been reported, so that reading can begin at once.
    first: bool,
    /// The count of stops, and what it was when this walk began.
    stopped: (&'a AtomicU64, u64),
    reporter: &'a Reporter,
}

impl Scan<'_> {
    fn is_stopped(&self) -> bool {
        self.stopped.0.load(Ordering::Relaxed) != self.stopped.1
    }

    /// A path that was named by the reader: nothing of it is passed over in silence.
    fn path(&mut self, path: PathBuf) {
        if path == Path::new("-") {
            return self.found(Origin::Standard, None);
        }
        if let Some(url) = path.to_str().filter(|p| fetch::is_address(p)) {
            return self.found(Origin::Web(url.to_owned()), None);
        }
        match fs::metadata(&path) {
            Err(error) => {
                let why = open::missing(&path, &error);
                self.found(Origin::File(path), Some(why));
            }
            Ok(meta) if meta.is_dir() => self.folder(&path),
            Ok(meta) if meta.is_file() => match kind(&path) {
                Ok(Kind::Many) => self.unfold(path),
                Ok(Kind::One) => self.found(Origin::File(path), None),
                Ok(Kind::None) => self.found(Origin::File(path), Some(tr!("this is no text").to_owned())),
                Err(reason) => self.found(Origin::File(path), Some(reason)),
            },
            Ok(_) => self.found(Origin::Stream(path), None),
        }
    }

    fn folder(&mut self, root: &Path) {
        let mut hidden = 0;
        let walk = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
        for entry in walk.filter_entry(|e| !passed_over(e, &mut hidden)) {
            if self.is_stopped() {
                break;
            }
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) if entry.file_type().is_file() => self.file(entry.into_path()),
                // Pipes, sockets and devices would never end or never begin.
                Ok(_) => self.listing.binary += 1,
                Err(error) => {
                    let path = error.path().unwrap_or(root).to_owned();
                    let why = match (error.loop_ancestor(), error.io_error()) {
                        (Some(_), _) => tr!("a link that leads back to a folder above it").to_owned(),
                        (None, Some(error)) => open::reason(error),
                        (None, None) => tr!("it cannot be read").to_owned(),
                    };
                    self.found(Origin::File(path), Some(why));
                }
            }
        }
        self.listing.hidden += hidden;
    }

    fn file(&mut self, path: PathBuf) {
        match kind(&path) {
            Ok(Kind::None) => self.listing.binary += 1,
            Ok(Kind::One) => self.found(Origin::File(path), None),
            Ok(Kind::Many) => self.unfold(path),
            Err(reason) => self.found(Origin::File(path), Some(reason)),
        }
    }

    /// Every article in a file of many is an entry of its own, listed as it is read.
    fn unfold(&mut self, path: PathBuf) {
        let bytes = match open::file(&path) {
            Ok(bytes) => bytes,
            Err(reason) => return self.found(Origin::File(path), Some(reason)),
        };
        let name = path.display().to_string();
        let input = source::Input { today: Some(open::today()), ..source::Input::new(&name, &bytes) };
        let mut count = 0;
        let problems = source::each(&input, &mut |article| {
            count += 1;
            self.found(Origin::Held(Arc::new(article)), None);
            ControlFlow::Continue(())
        });
        match problems.into_iter().next() {
            Some(problem) if count == 0 => self.found(Origin::File(path), Some(problem)),
            Some(problem) => self.reporter.tell(Report::Said(Notice::new(name).because(problem))),
            None => {}
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
        self.reporter.tell(Report::Listed(Listing { found, ..self.listing }));
        (self.last, self.first) = (Instant::now(), false);
    }
}

/// Hidden entries are passed over and counted; the root itself never is.
fn passed_over(entry: &DirEntry, hidden: &mut u32) -> bool {
    let is = entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
    *hidden += u32::from(is);
    is
}

/// What lies in a file, as far as its beginning shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing that can be read.
    None,
    /// One article.
    One,
    /// Any number of them.
    Many,
}

/// What lies in a file.
///
/// # Errors
/// Why it cannot be read, in words for a reader.
pub fn kind(path: &Path) -> Result<Kind, String> {
    let mut head = Vec::with_capacity(source::HEAD);
    let file = File::open(path).map_err(|e| open::reason(&e))?;
    file.take(source::HEAD as u64).read_to_end(&mut head).map_err(|e| open::reason(&e))?;
    let format = guarded(|| Ok(source::recognise(&source::Input::new(&path.to_string_lossy(), &head))))?;
    Ok(format.map_or(Kind::None, |f| if f.holds_many() { Kind::Many } else { Kind::One }))
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;
    use std::sync::{Arc, Mutex};

    /// A folder of its own for a test, gone afterwards.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("dateline-scan-{name}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&path);
            fs::create_dir_all(&path).unwrap();
            Self(path)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    /// What a scan of `path` finds, as `name` or `name: problem`, and its counts of hidden and binary files.
    fn scan(path: PathBuf) -> (Vec<String>, u32, u32) {
        let listings: Arc<Mutex<Vec<Listing>>> = Arc::default();
        let keep = Arc::clone(&listings);
        let reporter = Reporter::new(move |report| {
            if let Report::Listed(listing) = report {
                keep.lock().unwrap().push(listing);
            }
        });
        run(vec![path], &AtomicU64::default(), &reporter);
        let listings = listings.lock().unwrap();
        let last = listings.last().unwrap();
        assert!(last.done && listings.iter().filter(|l| l.done).count() == 1);
        let shown = |found: &Found| {
            let name = Path::new(&found.origin.name()).file_name().unwrap().to_string_lossy().into_owned();
            found.problem.as_ref().map_or(name.clone(), |p| format!("{name}: {p}"))
        };
        (listings.iter().flat_map(|l| &l.found).map(shown).collect(), last.hidden, last.binary)
    }

    #[test]
    fn folders_links_pipes_and_what_is_no_text() {
        let folder = Folder::new("all");
        let at = |name: &str| folder.0.join(name);
        fs::create_dir(at("below")).unwrap();
        fs::write(at("below/b.txt"), "Berlin.").unwrap();
        fs::write(at("a.txt"), "Ada.").unwrap();
        fs::write(at("empty.txt"), "").unwrap();
        fs::write(at(".hidden"), "not shown").unwrap();
        fs::write(at("picture.png"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap();
        symlink(at("gone"), at("broken.txt")).unwrap();
        symlink(&folder.0, at("below/loop")).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
        let (found, hidden, binary) = scan(folder.0.clone());
        let want =
            ["a.txt", "b.txt", "loop: a link that leads back to a folder above it", "broken.txt: the file is not there", "empty.txt"];
        assert_eq!(found, want);
        assert_eq!((hidden, binary), (1, 2));
    }

    #[test]
    fn every_article_in_a_file_of_many_is_an_entry() {
        let folder = Folder::new("many");
        fs::write(folder.0.join("f.xml"), "<rss><channel><item><title>A</title></item><item><title>B</title></item></channel></rss>")
            .unwrap();
        fs::write(folder.0.join("none.xml"), "<rss><channel></channel></rss>").unwrap();
        assert_eq!(scan(folder.0.clone()).0, ["f.xml#1", "f.xml#2", "none.xml: the feed has no items"]);
        assert_eq!(scan(PathBuf::from("https://a.example/feed")).0, ["feed"]);
    }

    #[test]
    fn what_the_reader_names_is_never_passed_over() {
        let folder = Folder::new("named");
        assert_eq!(scan(folder.0.join("nothing.txt")).0, ["nothing.txt: the file is not there"]);
        fs::write(folder.0.join("x.bin"), [0u8; 100]).unwrap();
        assert_eq!(scan(folder.0.join("x.bin")).0, ["x.bin: this is no text"]);
        fs::write(folder.0.join(".note"), "Hidden, but named.").unwrap();
        assert_eq!(scan(folder.0.join(".note")).0, [".note"]);
        assert!(scan(folder.0.join("x.bin/below")).0[0].contains(": "));
    }
}
