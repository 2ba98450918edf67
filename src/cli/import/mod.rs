//! `dateline import`: feeds, and what was read and starred, from other programs.

mod newsboat;
mod newsraft;

use super::{Outcome, library, out};
use crate::jobs;
use crate::notice::Notice;
use crate::source::opml::{self, Subscription};
use crate::store::{Choice, ForeignFeed, NewsFlash, Writer, newsboat_cache};
use clap::Subcommand;
use etcetera::BaseStrategy;
use std::path::{Path, PathBuf};

/// The largest list that is read, in bytes.
const MAX_BYTES: u64 = 64 << 20;

/// What `dateline import` is told.
#[derive(Debug, Subcommand)]
pub(crate) enum Import {
    /// A list of feeds in OPML, which nearly every program can write.
    Opml {
        /// The list.
        file: PathBuf,
    },
    /// The feeds of newsboat with their tags, names and queries, and its articles with what was read and flagged.
    ///
    /// Queries become saved searches, where they say nothing that dateline's cannot; flagged articles get a star.
    Newsboat {
        /// The list of feeds; without it ~/.newsboat/urls or ~/.config/newsboat/urls.
        file: Option<PathBuf>,

        /// The cache with the articles; without it ~/.newsboat/cache.db or ~/.local/share/newsboat/cache.db, where FILE is not given.
        #[arg(long, value_name = "FILE")]
        cache: Option<PathBuf>,
    },
    /// The feeds of newsraft, with its sections as folders.
    Newsraft {
        /// The list of feeds; without it ~/.config/newsraft/feeds.
        file: Option<PathBuf>,
    },
    /// The feeds of eilmeldung (or NewsFlash) with their folders, and its articles with what was read, starred and tagged.
    Eilmeldung {
        /// Its database.sqlite, or the OPML that it exports; without it ~/.local/state/eilmeldung/database.sqlite or where else that may lie.
        file: Option<PathBuf>,
    },
}

/// A feed to take over.
struct Feed {
    subscription: Subscription,
    name: Option<String>,
    tags: Vec<String>,
}

/// Takes over the feeds; those that are there already keep what was chosen for them.
pub(super) fn run(options: &Import, at: Option<&Path>) -> Outcome {
    library::told(import(options, at))
}

/// What a list of another program holds.
#[derive(Default)]
struct List {
    file: PathBuf,
    feeds: Vec<Feed>,
    searches: Vec<(String, String)>,
    problems: Vec<String>,
    /// The database with the articles.
    cache: Option<Cache>,
}

/// The database of another program.
enum Cache {
    Newsboat(PathBuf),
    NewsFlash(NewsFlash),
}

fn import(options: &Import, at: Option<&Path>) -> Result<Outcome, Notice> {
    let list = list(options)?;
    for problem in &list.problems {
        out::complain(&Notice::new(list.file.display().to_string()).because(problem));
    }
    let mut writer = library::writer(at, "import")?;
    let now = library::now();
    let new = take(&mut writer, &list.feeds)?;
    writer.write(|batch| list.searches.iter().try_for_each(|(name, query)| batch.save_search(name, Some(query), now)))?;
    let mut line = format!("{new} new feeds, {} known", list.feeds.len() - new);
    if !list.searches.is_empty() {
        line.push_str(&format!(", {} saved searches", list.searches.len()));
    }
    if let Some(cache) = &list.cache {
        let articles = jobs::taken::take(&mut writer, now, |each| match cache {
            Cache::Newsboat(path) => newsboat_cache(path, each),
            Cache::NewsFlash(database) => database.articles(each),
        })?;
        writer.write(|batch| batch.count_searches(now))?;
        line.push_str(&format!(", {articles} new articles"));
    }
    line.push_str("; dateline fetch gets their articles\n");
    Ok(if list.problems.is_empty() { Outcome::Done } else { Outcome::Partly }.and(library::print(&line)))
}

fn list(options: &Import) -> Result<List, Notice> {
    let missing = |program: &str| {
        Notice::new(format!("{program}'s list of feeds is not at its usual places"))
            .hint(format!("dateline import {program} FILE says where it is"))
    };
    Ok(match options {
        Import::Opml { file } => opml(file)?,
        Import::Eilmeldung { file } => {
            let file = file.clone().or_else(eilmeldung).ok_or_else(|| missing("eilmeldung"))?;
            if is_database(&file) { news_flash(file)? } else { opml(&file)? }
        }
        Import::Newsboat { file, cache } => {
            let usual = if file.is_none() { newsboat::cache() } else { None };
            let file = file.clone().or_else(newsboat::list).ok_or_else(|| missing("newsboat"))?;
            let newsboat::Urls { feeds, searches, problems } = newsboat::urls(&String::from_utf8_lossy(&bytes(&file)?));
            List { file, feeds, searches, problems, cache: cache.clone().or(usual).map(Cache::Newsboat) }
        }
        Import::Newsraft { file } => {
            let file = file.clone().or_else(newsraft::list).ok_or_else(|| missing("newsraft"))?;
            let (feeds, problems) = newsraft::feeds(&String::from_utf8_lossy(&bytes(&file)?));
            List { file, feeds, problems, ..List::default() }
        }
    })
}

fn opml(file: &Path) -> Result<List, Notice> {
    let list = opml::import(&bytes(file)?);
    let feeds = list.feeds.into_iter().map(|subscription| Feed { subscription, name: None, tags: Vec::new() }).collect();
    Ok(List { file: file.to_owned(), feeds, problems: list.skipped, ..List::default() })
}

/// eilmeldung's database at its usual places.
fn eilmeldung() -> Option<PathBuf> {
    let base = etcetera::base_strategy::Xdg::new().ok()?;
    let folders = [base.state_dir(), Some(base.data_dir())].into_iter().flatten();
    folders.map(|dir| dir.join("eilmeldung/database.sqlite")).find(|p| p.is_file())
}

fn is_database(file: &Path) -> bool {
    use std::io::Read;
    let mut begin = [0; 16];
    std::fs::File::open(file).and_then(|mut f| f.read_exact(&mut begin)).is_ok() && begin == *b"SQLite format 3\0"
}

fn news_flash(file: PathBuf) -> Result<List, Notice> {
    let database = NewsFlash::open(&file)?;
    let feed = |f: ForeignFeed| {
        let folders = (!f.folder.is_empty()).then(|| crate::text::clean_line(&f.folder).replace('/', "-")).into_iter().collect();
        let subscription = Subscription { feed: f.url, title: crate::text::clean_line(&f.title), folders, ..Subscription::default() };
        Feed { subscription, name: None, tags: Vec::new() }
    };
    let feeds = database.feeds()?.into_iter().map(feed).collect();
    Ok(List { file, feeds, cache: Some(Cache::NewsFlash(database)), ..List::default() })
}

fn bytes(file: &Path) -> Result<Vec<u8>, Notice> {
    use std::io::Read;
    let mut bytes = Vec::new();
    let read = std::fs::File::open(file).and_then(|f| f.take(MAX_BYTES).read_to_end(&mut bytes));
    read.map_err(|e| Notice::new(file.display().to_string()).because(jobs::reason(&e)))?;
    Ok(bytes)
}

/// All feeds at once: an import of thousands is one change.
fn take(writer: &mut Writer, feeds: &[Feed]) -> Result<usize, Notice> {
    writer.write(|batch| {
        let mut count = 0;
        for Feed { subscription, name, tags } in feeds {
            let (feed, new) = batch.add_feed(&subscription.feed, &subscription.title)?;
            if new {
                count += 1;
                let choice = Choice { name: name.clone(), folder: subscription.folders.join("/"), tags: tags.clone(), ..Choice::default() };
                batch.choose(feed, &choice)?;
            }
        }
        Ok(count)
    })
}
