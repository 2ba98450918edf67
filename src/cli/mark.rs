//! `dateline mark` and `dateline undo`: articles read, starred and tagged by query; the last such changes, and what was done with feeds and saved
//! searches, taken back.

use super::{Outcome, library};
use crate::locale::{tr, trn};
use crate::notice::Notice;
use crate::store::{ArticleKey, Batch, Choice, Feed, FeedKey, Mark, Order, Snapshot};
use clap::{Subcommand, ValueEnum};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Changes that can be taken back.
const MOST_UNDONE: usize = 20;

/// Under this name the library keeps them.
const SETTING: &str = "marked";

/// What `dateline mark` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Marking {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Mark as read.
    Read(Which),
    /// Mark as not read.
    Unread(Which),
    /// Give a star.
    Star(Which),
    /// Take the star away.
    Unstar(Which),
    /// Give a tag.
    Tag(Tagged),
    /// Take a tag away.
    Untag(Tagged),
}

/// Which articles.
#[derive(Debug, clap::Args)]
struct Which {
    /// As for `dateline search`: `mark read older:7d -is:starred`.
    #[arg(value_name = "QUERY", required = true, allow_hyphen_values = true, trailing_var_arg = true)]
    query: Vec<String>,
}

/// Which tag, and which articles.
#[derive(Debug, clap::Args)]
struct Tagged {
    /// The tag.
    tag: String,

    /// As for `dateline search`.
    #[arg(value_name = "QUERY", required = true, allow_hyphen_values = true, trailing_var_arg = true)]
    query: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
enum Kind {
    Read,
    Unread,
    Star,
    Unstar,
    Tag,
    Untag,
    /// A feed went: `tag` is what it is called, `articles` the number under which it comes back.
    Removed,
    /// Something was chosen for a feed: `tag` is what it was called, `articles` its number, `before` what was chosen before, as JSON.
    Chosen,
    /// A search was saved or forgotten: `tag` is its name, `before` its query, where there was one.
    Search,
}

/// A change that can be taken back.
#[derive(Debug, Serialize, Deserialize)]
struct Done {
    kind: Kind,
    tag: String,
    articles: Vec<i64>,
    #[serde(default)]
    before: Option<String>,
}

impl Done {
    /// What was done with articles; `None` for what was done with feeds and searches.
    fn mark(&self) -> Option<Mark> {
        Some(match self.kind {
            Kind::Read => Mark::Read(true),
            Kind::Unread => Mark::Read(false),
            Kind::Star => Mark::Starred(true),
            Kind::Unstar => Mark::Starred(false),
            Kind::Tag => Mark::Tag(self.tag.clone()),
            Kind::Untag => Mark::Untag(self.tag.clone()),
            Kind::Removed | Kind::Chosen | Kind::Search => return None,
        })
    }

    /// Takes it back; answers what to say of it.
    fn take_back(&self, batch: &Batch<'_>) -> Result<String, Notice> {
        if let Some(mark) = self.mark() {
            let changed = batch.mark(self.articles.iter().map(|id| ArticleKey(*id)), &mark.undone())?;
            return Ok(trn!(changed.len(), "taken back for {n} article", "taken back for {n} articles") + "\n");
        }
        let (name, number) = (&self.tag, self.articles.first().copied().unwrap_or_default());
        let says = match (self.kind, &self.before) {
            (Kind::Chosen, before) => {
                let before: Choice = before.as_ref().and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
                batch.choose(FeedKey(number), &before)?;
                tr!("{name} is as it was", name)
            }
            (Kind::Search, Some(before)) => {
                batch.save_search(name, Some(before), library::now())?;
                tr!("the search {name} is as it was", name)
            }
            (Kind::Search, None) => {
                batch.save_search(name, None, library::now())?;
                tr!("the search {name} is gone again", name)
            }
            _ if batch.restore_feed(number)?.is_some() => tr!("{name} is back with its articles", name),
            _ => tr!("{name} cannot be brought back any more", name),
        };
        Ok(says + "\n")
    }
}

/// Keeps that a feed was removed, so that it can be taken back.
pub(super) fn removed(batch: &Batch<'_>, id: i64, shown: &str) -> Result<(), Notice> {
    note(batch, Done { kind: Kind::Removed, tag: shown.to_owned(), articles: vec![id], before: None })
}

/// Keeps what was chosen for a feed before something else is.
pub(super) fn chosen(batch: &Batch<'_>, feed: &Feed) -> Result<(), Notice> {
    let before = serde_json::to_string(&feed.choice).ok();
    note(batch, Done { kind: Kind::Chosen, tag: crate::text::clean_line(feed.shown()), articles: vec![feed.key.0], before })
}

/// Saves a search or forgets it, and keeps what there was under its name before.
pub(super) fn search(snapshot: &Snapshot<'_>, batch: &Batch<'_>, name: &str, query: Option<&str>) -> Result<(), Notice> {
    let before = snapshot.searches()?.into_iter().find(|s| s.name == name).map(|s| s.query);
    batch.save_search(name, query, library::now())?;
    if before.as_deref() == query {
        return Ok(());
    }
    note(batch, Done { kind: Kind::Search, tag: name.to_owned(), articles: Vec::new(), before })
}

fn note(batch: &Batch<'_>, done: Done) -> Result<(), Notice> {
    let mut before = batch.get(SETTING)?.map(|kept| read(&kept)).unwrap_or_default();
    before.push(done);
    keep(batch, &before)
}

/// Marks what the query finds.
pub(super) fn run(options: &Marking, at: Option<&Path>) -> Outcome {
    let (kind, tag, words) = match &options.what {
        What::Read(which) => (Kind::Read, "", &which.query),
        What::Unread(which) => (Kind::Unread, "", &which.query),
        What::Star(which) => (Kind::Star, "", &which.query),
        What::Unstar(which) => (Kind::Unstar, "", &which.query),
        What::Tag(tagged) => (Kind::Tag, tagged.tag.as_str(), &tagged.query),
        What::Untag(tagged) => (Kind::Untag, tagged.tag.as_str(), &tagged.query),
    };
    let query = match library::query(words) {
        Ok(query) => query,
        Err(outcome) => return outcome,
    };
    let marked = || -> Result<Outcome, Notice> {
        let mut writer = library::writer(at, "mark")?;
        let mut reader = library::reader(at)?;
        let snapshot = reader.snapshot(library::now())?;
        let mut done = Done { kind, tag: crate::text::clean_line(tag), articles: Vec::new(), before: None };
        let found = every(&snapshot, &query)?;
        let mut before = undoable(&snapshot)?;
        drop(snapshot);
        let count = writer.write(|batch| {
            let changed = done.mark().map_or_else(|| Ok(Vec::new()), |mark| batch.mark(found.iter().copied(), &mark))?;
            done.articles = changed.iter().map(|key| key.0).collect();
            if !changed.is_empty() {
                before.push(done);
                keep(batch, &before)?;
                batch.count_searches(library::now())?;
            }
            Ok(changed.len())
        })?;
        let says = match (count, trn!(found.len(), "{n} article", "{n} articles")) {
            (0, _) if found.is_empty() => tr!("no article matches").to_owned(),
            (0, found) => tr!("none of {found} changed: all are so already", found),
            (_, found) => tr!("{count} of {found} changed; dateline undo takes that back", count, found),
        };
        Ok(library::print(&(says + "\n")))
    };
    library::told(marked())
}

/// Takes the last change back.
pub(super) fn undo(at: Option<&Path>) -> Outcome {
    let undone = || -> Result<Outcome, Notice> {
        let mut writer = library::writer(at, "undo")?;
        let mut before = undoable(&library::reader(at)?.snapshot(library::now())?)?;
        let Some(last) = before.pop() else {
            let hint = tr!("what mark, remove, feed and search --save change can be taken back");
            return Err(Notice::new(tr!("There is nothing to take back")).hint(hint));
        };
        let said = writer.write(|batch| {
            let said = last.take_back(batch)?;
            keep(batch, &before)?;
            batch.count_searches(library::now())?;
            Ok(said)
        })?;
        Ok(library::print(&said))
    };
    library::told(undone())
}

/// All articles of a query.
fn every(snapshot: &Snapshot<'_>, query: &crate::query::Query) -> Result<Vec<ArticleKey>, Notice> {
    let matches = snapshot.find(query)?;
    match matches.bits() {
        Some(bits) => Ok(bits.iter().map(ArticleKey).collect()),
        None => Ok(snapshot.rows(&matches, Order::Oldest, None, usize::MAX)?.into_iter().map(|row| row.cursor.key).collect()),
    }
}

fn undoable(snapshot: &Snapshot<'_>) -> Result<Vec<Done>, Notice> {
    Ok(snapshot.setting(SETTING)?.map(|kept| read(&kept)).unwrap_or_default())
}

/// What was kept; none of what a newer program wrote.
fn read(kept: &str) -> Vec<Done> {
    serde_json::from_str(kept).unwrap_or_default()
}

fn keep(batch: &Batch<'_>, done: &[Done]) -> Result<(), Notice> {
    let last = done.get(done.len().saturating_sub(MOST_UNDONE)..).unwrap_or_default();
    batch.set(SETTING, &serde_json::to_string(last).unwrap_or_default())
}
