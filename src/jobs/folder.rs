//! Folders of files that are sources of the library: read again, what is new or changed taken in.

use super::{Pen, guarded, open, reason};
use crate::article::Article;
use crate::locale::tr;
use crate::notice::Notice;
use crate::source;
use crate::store::{Arrival, Feed, Health, Incoming, told_apart};
use notify::Watcher;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Files that are written at once.
const BATCH: usize = 64;

/// How long nothing is written before what was written is read.
pub const QUIET: Duration = Duration::from_millis(500);

/// Seconds by which a file may be older than the last look and still be read: disks round times, and clocks differ.
const SLACK: i64 = 5;

/// The files below a folder, in the order of their names, without hidden ones and those that are no text. A folder that cannot be looked into stands among
/// them: who reads it is told why, as of a file that cannot be opened.
#[must_use]
pub fn below(folder: &Path) -> Vec<PathBuf> {
    let visible = |e: &walkdir::DirEntry| e.depth() == 0 || !e.file_name().to_string_lossy().starts_with('.');
    let walk = walkdir::WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter().filter_entry(visible);
    let found = |entry: walkdir::Result<walkdir::DirEntry>| match entry {
        Ok(entry) => entry.file_type().is_file().then(|| entry.into_path()),
        // A link to what is gone, or back to a folder above it, leads to nothing that is to be read.
        Err(error) => error.io_error().filter(|e| e.kind() != ErrorKind::NotFound).and(error.path()).map(Path::to_owned),
    };
    // What cannot be opened is told when it is read.
    walk.filter_map(found).filter(|path| !matches!(super::kind(path), Ok(super::Kind::None))).collect()
}

/// True for a source that is a folder and not an address.
#[must_use]
pub fn is_folder(feed: &Feed) -> bool {
    !feed.url.contains("://")
}

/// The system's word for what is written below some folders, until it is dropped.
#[derive(Debug)]
pub struct Watch {
    _watcher: notify::RecommendedWatcher,
}

impl Watch {
    /// Watches the folders of `feeds` with all below them; `tell` hears, on a thread of its own, where something was written, made or moved. A folder that
    /// cannot be watched (the system has limits) is looked at with the feeds all the same. `None` where nothing can be watched.
    #[must_use]
    pub fn start(feeds: &[Feed], mut tell: impl FnMut(Vec<PathBuf>) + Send + 'static) -> Option<Self> {
        let heard = move |event: notify::Result<notify::Event>| {
            if let Ok(event) = event
                && !event.kind.is_access()
            {
                tell(event.paths);
            }
        };
        let mut watcher = notify::recommended_watcher(heard).ok()?;
        let watched = feeds.iter().filter(|f| watcher.watch(Path::new(&f.url), notify::RecursiveMode::Recursive).is_ok()).count();
        (watched > 0).then_some(Self { _watcher: watcher })
    }
}

/// The folder at a path as a source: its whole path, and what it is called.
///
/// # Errors
/// Where there is none.
pub fn named(path: &Path) -> Result<(String, String), Notice> {
    let told = |e: &std::io::Error| Notice::new(path.display().to_string()).because(super::missing(path, e));
    let whole = std::fs::canonicalize(path).map_err(|e| told(&e))?;
    let title = whole.file_name().map(|n| crate::text::clean_line(&n.to_string_lossy())).unwrap_or_default();
    Ok((whole.display().to_string(), title))
}

/// Takes in what is new or changed in a folder since the last look at it, as long as `goes_on`; answers how many articles were new and how many changed. What
/// cannot be read is kept as the folder's failure, and its articles stay; what was not looked at is looked at the next time.
///
/// # Errors
/// Where the library cannot be written.
pub fn look(writer: &mut dyn Pen, feed: &Feed, now: i64, goes_on: &dyn Fn() -> bool) -> Result<(usize, usize), Notice> {
    let folder = Path::new(&feed.url);
    if let Err(error) = std::fs::metadata(folder) {
        let failure =
            Notice::new(feed.url.clone()).because(reason(&error)).hint(tr!("its articles are kept; dateline remove takes it out"));
        let health = Health { checked: Some(now), failures: feed.health.failures + 1, failure: Some(failure), ..Health::default() };
        writer.write(|batch| batch.looked(feed.key, &health, "", None))?;
        return Ok((0, 0));
    }
    // A look that lies in the future was at a clock that was ahead, and says nothing of what was written since.
    let since = feed.health.checked.filter(|at| *at <= now).map_or(i64::MIN, |at| at - SLACK);
    let files: Vec<PathBuf> = below(folder).into_iter().filter(|path| touched(path) >= since).collect();
    let (mut new, mut changed, mut failure) = (0, 0, None);
    for lot in files.chunks(BATCH) {
        if !goes_on() {
            return Ok((new, changed));
        }
        let mut articles = Vec::new();
        for path in lot {
            match guarded(|| read(path)) {
                Ok(found) => articles.extend(found),
                Err(why) => failure = Some(Notice::new(path.display().to_string()).because(why)),
            }
        }
        let told = told_apart(articles.iter());
        let (mut fresh, mut other) = (0, 0);
        writer.write(|batch| {
            (fresh, other) = (0, 0);
            for (article, told) in articles.iter().zip(&told) {
                let incoming = Incoming { article, feed: Some(feed.key), guid: name(article).or(told.as_deref()), raw: None, at: None };
                match batch.take_in(&incoming, now)? {
                    Arrival::New(_) => fresh += 1,
                    Arrival::Changed(_) => other += 1,
                    Arrival::Known(_) | Arrival::Deleted => {}
                }
            }
            Ok(())
        })?;
        writer.train()?;
        (new, changed) = (new + fresh, changed + other);
    }
    let failures = if failure.is_some() { feed.health.failures + 1 } else { 0 };
    let health = Health { checked: Some(now), failures, failure, ..Health::default() };
    writer.write(|batch| batch.looked(feed.key, &health, "", None))?;
    Ok((new, changed))
}

/// What tells an article of a folder from the others: its file. One of several in a file is not what stands at its number, which is another one when the file
/// is written anew, but what its address or its words say.
#[must_use]
pub fn name(article: &Article) -> Option<&str> {
    let numbered = article.source.rsplit_once('#').is_some_and(|(_, n)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    (!numbered).then_some(article.source.as_str())
}

fn read(path: &Path) -> Result<Vec<Article>, String> {
    let (name, bytes) = (path.display().to_string(), open::file(path)?);
    let (articles, problems) = source::read(&source::Input { today: Some(open::today()), ..source::Input::new(&name, &bytes) });
    match problems.into_iter().next() {
        Some(problem) if articles.is_empty() => Err(problem),
        _ => Ok(articles),
    }
}

/// When a file came to be here as it is, in seconds since 1970: when it was written, or moved here.
fn touched(path: &Path) -> i64 {
    // A folder that cannot be looked into hides what was written in it.
    let Some(meta) = std::fs::metadata(path).ok().filter(|meta| !meta.is_dir()) else { return i64::MAX };
    let written =
        meta.modified().ok().and_then(|t| t.duration_since(std::time::UNIX_EPOCH).ok()).map_or(i64::MAX, |d| d.as_secs().cast_signed());
    written.max(moved(&meta))
}

#[cfg(unix)]
fn moved(meta: &std::fs::Metadata) -> i64 {
    std::os::unix::fs::MetadataExt::ctime(meta)
}

#[cfg(not(unix))]
fn moved(meta: &std::fs::Metadata) -> i64 {
    meta.created().ok().and_then(|t| t.duration_since(std::time::UNIX_EPOCH).ok()).map_or(0, |d| d.as_secs().cast_signed())
}
