//! `dateline remove`: feeds out of the library.

use super::{Outcome, library, mark};
use crate::locale::{tr, trn};
use crate::notice::Notice;
use crate::store::{Feed, Writer};
use std::path::Path;

/// What `dateline remove` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Remove {
    /// Keep all articles of the feeds; without it only the starred and tagged ones stay, and those that other feeds have too.
    #[arg(long)]
    keep_articles: bool,

    /// Addresses, names or folders on the disk of feeds, as `dateline list` shows them.
    #[arg(required = true, value_name = "FEED")]
    feeds: Vec<String>,
}

/// Removes the feeds that are named; what cannot be removed is told, and the rest is.
pub(super) fn run(options: &Remove, at: Option<&Path>) -> Outcome {
    let removed = || -> Result<Outcome, Notice> {
        let feeds = library::reader(at)?.snapshot(library::now())?.feeds()?;
        let mut writer = library::writer(at, "remove")?;
        let mut outcome = Outcome::Done;
        for wanted in &options.feeds {
            let done = one(&feeds, wanted).and_then(|feed| remove(&mut writer, feed, options.keep_articles));
            outcome = outcome.and(library::told(done));
        }
        writer.write(|batch| batch.count_searches(library::now()))?;
        Ok(outcome)
    };
    library::told(removed())
}

/// The one feed that `wanted` names.
pub(super) fn one<'a>(feeds: &'a [Feed], wanted: &str) -> Result<&'a Feed, Notice> {
    let path = std::fs::canonicalize(wanted).map(|p| p.display().to_string()).unwrap_or_default();
    let exact = feeds.iter().find(|f| f.url == wanted || f.url == path);
    let named: Vec<&Feed> = feeds.iter().filter(|f| f.shown().eq_ignore_ascii_case(wanted)).collect();
    match (exact, &named[..]) {
        (Some(feed), _) | (None, &[feed]) => Ok(feed),
        (None, []) => {
            Err(Notice::new(tr!("There is no feed '{feed}'", feed = wanted)).hint(tr!("dateline list shows addresses and names")))
        }
        (None, _) => Err(Notice::new(tr!("Several feeds are called '{feed}'", feed = wanted))
            .hint(tr!("give the address of one: dateline list shows them"))),
    }
}

fn remove(writer: &mut Writer, feed: &Feed, keep: bool) -> Result<Outcome, Notice> {
    let shown = crate::text::clean_line(feed.shown());
    let gone = writer.write(|batch| {
        let gone = batch.remove_feed(feed.key, keep, library::now())?;
        mark::removed(batch, gone.id, &shown)?;
        Ok(gone.articles)
    })?;
    let articles = trn!(gone, "{n} article", "{n} articles");
    Ok(library::print(&(tr!("{shown}: removed, {articles} with it; dateline undo brings it back", shown, articles) + "\n")))
}
