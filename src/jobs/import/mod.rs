//! Taking over feeds, and what was read and starred, from other programs: what lies at their usual places, and how it is read.

mod newsboat;
mod newsraft;

use super::{reason, taken};
use crate::app::shelf::Program;
use crate::locale::{number, tr, trn};
use crate::notice::Notice;
use crate::source::opml::{self, Subscription};
use crate::store::{self, Choice, Foreign, Writer};
use etcetera::BaseStrategy;
use std::path::{Path, PathBuf};

/// The largest list that is read, in bytes.
const MAX_BYTES: u64 = 64 << 20;

/// A feed to take over.
#[derive(Clone, Debug, Default)]
struct Feed {
    subscription: Subscription,
    name: Option<String>,
    tags: Vec<String>,
}

/// The database in which another program keeps its articles.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Cache {
    Newsboat(PathBuf),
    Newsraft(PathBuf),
    Eilmeldung(PathBuf),
}

/// What another program holds.
#[derive(Debug, Default)]
pub struct List {
    /// The file with the feeds.
    pub file: PathBuf,
    /// What could not be taken from it, in words.
    pub problems: Vec<String>,
    feeds: Vec<Feed>,
    searches: Vec<(String, String)>,
    cache: Option<Cache>,
}

/// What was taken over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Feeds that the library did not have.
    pub feeds: usize,
    /// Feeds that it had.
    pub known: usize,
    /// Saved searches.
    pub searches: usize,
    /// Articles that it did not have; none where the other program keeps none that can be read.
    pub articles: Option<usize>,
}

impl std::fmt::Display for Taken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let feeds = trn!(self.feeds, "{n} new feed", "{n} new feeds");
        f.write_str(&tr!("{feeds}, {known} known", feeds, known = number(self.known)))?;
        if self.searches > 0 {
            write!(f, ", {}", trn!(self.searches, "{n} saved search", "{n} saved searches"))?;
        }
        self.articles.map_or(Ok(()), |articles| write!(f, ", {}", trn!(articles, "{n} new article", "{n} new articles")))
    }
}

/// The address that `what` is; `None` for a path.
#[must_use]
pub fn address(what: &str) -> Option<String> {
    let what = what.trim();
    let bare = what
        .strip_prefix("feed:")
        .map(|rest| if rest.contains("://") { rest.to_owned() } else { format!("https://{}", rest.trim_start_matches('/')) });
    let url = bare.unwrap_or_else(|| what.to_owned());
    let (scheme, rest) = url.split_once("://")?;
    (matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https") && !rest.is_empty()).then_some(url)
}

/// The programs whose feeds lie at their usual places, each with the file.
fn found() -> Vec<(Program, PathBuf)> {
    let places = [(Program::Newsboat, newsboat::list()), (Program::Newsraft, newsraft::list()), (Program::Eilmeldung, eilmeldung())];
    places.into_iter().filter_map(|(program, path)| Some((program, path?))).collect()
}

/// What [`found`] finds, to be shown.
pub(super) fn offers() -> Vec<(Program, String)> {
    found().into_iter().map(|(program, path)| (program, crate::text::clean_line(&short(&path)))).collect()
}

/// A path with `~` for the home folder, as it is told on a narrow screen.
fn short(path: &Path) -> String {
    let below = etcetera::home_dir().ok().and_then(|home| path.strip_prefix(home).ok().map(Path::to_owned));
    below.map_or_else(|| path.display().to_string(), |rest| format!("~/{}", rest.display()))
}

/// The database of eilmeldung, which is that of the library news-flash, at its usual place.
fn eilmeldung() -> Option<PathBuf> {
    let base = etcetera::base_strategy::Xdg::new().ok()?;
    let folders = [base.state_dir(), Some(base.data_dir())];
    folders.into_iter().flatten().map(|dir| dir.join("eilmeldung/database.sqlite")).find(|p| p.is_file())
}

/// Reads what a program holds: the list in `file`, or the one at its usual place; its articles lie in `cache`, or where they usually lie if the list
/// does too.
///
/// # Errors
/// Where it cannot be read, or is at none of its usual places.
pub fn read(program: Program, file: Option<&Path>, cache: Option<&Path>) -> Result<List, Notice> {
    let missing = || {
        let name = program.name();
        let says = match program {
            Program::Opml => tr!("No list of feeds is named").to_owned(),
            _ => tr!("{name}'s list of feeds is not at its usual places", name),
        };
        Notice::new(says).hint(tr!("dateline import {word} FILE says where it is", word = program.word()))
    };
    let usual = |path: fn() -> Option<PathBuf>| if file.is_none() { path() } else { None };
    let given = |file: Option<PathBuf>| file.ok_or_else(missing);
    Ok(match program {
        Program::Opml => listed(&given(file.map(Path::to_owned))?)?,
        Program::Newsboat => {
            let at = given(file.map(Path::to_owned).or_else(newsboat::list))?;
            let newsboat::Urls { feeds, searches, problems } = newsboat::urls(&String::from_utf8_lossy(&bytes(&at)?));
            let cache = cache.map(Path::to_owned).or_else(|| usual(newsboat::cache));
            List { file: at, feeds, searches, problems, cache: cache.map(Cache::Newsboat) }
        }
        Program::Newsraft => {
            let at = given(file.map(Path::to_owned).or_else(newsraft::list))?;
            let (feeds, problems) = newsraft::feeds(&String::from_utf8_lossy(&bytes(&at)?));
            let cache = cache.map(Path::to_owned).or_else(|| usual(newsraft::cache));
            List { file: at, feeds, problems, cache: cache.map(Cache::Newsraft), ..List::default() }
        }
        Program::Eilmeldung => {
            let at = given(file.map(Path::to_owned).or_else(eilmeldung))?;
            if is_database(&at) { of_database(at)? } else { listed(&at)? }
        }
    })
}

/// True for a file of SQLite.
fn is_database(path: &Path) -> bool {
    use std::io::Read;
    let mut head = [0; 15];
    std::fs::File::open(path).and_then(|mut f| f.read_exact(&mut head)).is_ok() && head == *b"SQLite format 3"
}

/// The feeds in a database of eilmeldung.
fn of_database(file: PathBuf) -> Result<List, Notice> {
    let feeds = store::eilmeldung_feeds(&file)?.into_iter().map(|(feed, title, folder)| {
        let folders = Some(folder).filter(|f| !f.is_empty()).into_iter().collect();
        Feed { subscription: Subscription { feed, title, folders, ..Subscription::default() }, ..Feed::default() }
    });
    Ok(List {
        feeds: feeds.filter(|f| address(&f.subscription.feed).is_some()).collect(),
        cache: Some(Cache::Eilmeldung(file.clone())),
        file,
        ..List::default()
    })
}

fn listed(file: &Path) -> Result<List, Notice> {
    let list = opml::import(&bytes(file)?);
    let feeds = list.feeds.into_iter().map(|subscription| Feed { subscription, ..Feed::default() }).collect();
    Ok(List { file: file.to_owned(), feeds, problems: list.skipped, ..List::default() })
}

fn bytes(file: &Path) -> Result<Vec<u8>, Notice> {
    use std::io::Read;
    let mut bytes = Vec::new();
    let read = std::fs::File::open(file).and_then(|f| f.take(MAX_BYTES).read_to_end(&mut bytes));
    read.map_err(|e| Notice::new(file.display().to_string()).because(reason(&e)))?;
    Ok(bytes)
}

/// Takes over what another program holds, as long as `goes_on`; feeds that are there already keep what was chosen for them.
///
/// # Errors
/// Where the library cannot be written, or the other program's articles cannot be read.
pub fn take(writer: &mut Writer, list: &List, now: i64, goes_on: &dyn Fn() -> bool) -> Result<Taken, Notice> {
    let feeds = subscribe(writer, &list.feeds)?;
    writer.write(|batch| list.searches.iter().try_for_each(|(name, query)| batch.save_search(name, Some(query), now)))?;
    let mut taken = Taken { feeds, known: list.feeds.len() - feeds, searches: list.searches.len(), articles: None };
    let Some(cache) = &list.cache else { return Ok(taken) };
    let mut stopped = false;
    let mut each = |each: &mut dyn FnMut(Foreign) -> Result<(), Notice>| {
        let mut one = |foreign: Foreign| {
            stopped |= !goes_on();
            if stopped { Err(Notice::new(tr!("Stopped"))) } else { each(foreign) }
        };
        match cache {
            Cache::Newsboat(path) => store::newsboat_cache(path, &mut one),
            Cache::Newsraft(path) => store::newsraft_cache(path, &mut one),
            Cache::Eilmeldung(path) => store::eilmeldung_cache(path, &mut one),
        }
        .or_else(|notice| if stopped { Ok(()) } else { Err(notice) })
    };
    taken.articles = Some(taken::take(writer, now, &mut each)?);
    writer.write(|batch| batch.count_searches(now))?;
    Ok(taken)
}

/// All feeds at once: an import of thousands is one change.
fn subscribe(writer: &mut Writer, feeds: &[Feed]) -> Result<usize, Notice> {
    writer.write(|batch| {
        let mut count = 0;
        for Feed { subscription, name, tags } in feeds {
            let (feed, new) = batch.add_feed(&subscription.feed, &subscription.title)?;
            batch.found_feed(feed, false)?;
            if new {
                count += 1;
                let choice = Choice { name: name.clone(), folder: subscription.folders.join("/"), tags: tags.clone(), ..Choice::default() };
                batch.choose(feed, &choice)?;
            }
        }
        Ok(count)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_paths() {
        assert_eq!(address("https://example.org/feed").as_deref(), Some("https://example.org/feed"));
        assert_eq!(address("feed://example.org/feed").as_deref(), Some("https://example.org/feed"));
        assert_eq!(address("feed:http://example.org/feed").as_deref(), Some("http://example.org/feed"));
        for path in ["news/", "a.txt", "file:///etc/passwd", "javascript://x", "https://"] {
            assert_eq!(address(path), None, "{path}");
        }
    }

    #[test]
    fn what_is_missing_is_said() {
        let nowhere = Path::new("/nowhere/at/all");
        assert!(read(Program::Newsboat, Some(nowhere), None).is_err());
        assert!(read(Program::Opml, None, None).unwrap_err().to_string().contains("dateline import opml FILE"));
        assert!(!is_database(nowhere));
    }
}
