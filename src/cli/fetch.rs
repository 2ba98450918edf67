//! `dateline fetch`: the library's feeds looked at again, for the reader and for cron.

use super::across::watch;
use super::{Outcome, folders, library, out, settings, sync};
use crate::jobs::refresh::{self, Summary};
use crate::jobs::{self, folder, shelf, whole};
use crate::locale::{tr, trn};
use crate::notice::Notice;
use crate::store::Feed;
use crate::text::{clean_line, cut};
use std::io::{self, IsTerminal, Write};
use std::path::Path;

/// Cells of a line of progress.
const WIDTH: usize = 78;

/// What `dateline fetch` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Fetch {
    /// Feeds that are asked at once.
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=64))]
    jobs: u16,

    /// Ask also those that failed a short time ago, that wait, or that are gone.
    #[arg(long)]
    all: bool,

    /// Leave the analysis of new articles to the reader, or to the next fetch without this.
    #[arg(long)]
    no_analysis: bool,

    /// Leave articles as the feed gives them, also where it gives only the beginning and their pages are wanted.
    #[arg(long)]
    no_full_text: bool,

    /// Then go on watching the folders that are sources, and take in what is written there, until ended.
    #[arg(long)]
    watch: bool,

    /// Leave the server alone that `dateline sync` knows, and ask its feeds from here.
    #[arg(long)]
    no_sync: bool,

    /// Announce what is new of what is followed by this command, which gets the line as its last argument; else announce-command of config.toml does, else the
    /// terminal.
    #[arg(long, value_name = "COMMAND")]
    announce_with: Option<String>,

    /// Only these feeds, by address or name.
    #[arg(value_name = "FEED")]
    feeds: Vec<String>,
}

impl Fetch {
    /// The command that announces, in words; none for the terminal.
    fn announcer(&self, config: Option<&Path>) -> Vec<String> {
        let words = self.announce_with.as_ref().map(|command| command.split_whitespace().map(str::to_owned).collect());
        words.unwrap_or_else(|| settings::load(config).settings.shelf.announce)
    }
}

/// Fetches, analyses what is new, and says how it went: 0 where all feeds answered, 1 where some did not.
pub(super) fn run(options: &Fetch, at: Option<&Path>, config: Option<&Path>) -> Outcome {
    let fetched = library::told(all(options, at, config));
    // Without a library there is nothing to watch either, and that has been said.
    if !options.watch || !library::is_there(at) {
        return fetched;
    }
    fetched.and(library::told(folders::watch(at, &options.feeds, &options.announcer(config))))
}

fn all(options: &Fetch, at: Option<&Path>, config: Option<&Path>) -> Result<Outcome, Notice> {
    let asked = !options.no_sync && options.feeds.is_empty();
    let open = if asked && sync::is_set_up(config) { library::maker } else { library::writer };
    let mut writer = open(at, "fetch")?;
    let mut reader = library::reader(at)?;
    let now = library::now();
    let progress = Progress { shown: io::stderr().is_terminal() };
    let answer = if asked { sync::before_fetch(&mut writer, &mut reader, config) } else { Ok(None) };
    // Where no server is set up any more, nobody else asks for the feeds that came from one.
    let served = if matches!(answer, Ok(None)) { Vec::new() } else { jobs::sync::served(&mut reader, now)? };
    // A server that does not answer must not keep the feeds from being asked that it does not have.
    let (synced, mut outcome) = answer.map_or_else(|notice| (None, library::told(Err(notice))), |summary| (summary, Outcome::Done));
    let mut feeds = wanted(reader.snapshot(now)?.feeds()?, &options.feeds)?;
    feeds.retain(|f| !options.feeds.is_empty() || !served.contains(&f.key));
    let get = |feed: &Feed| shelf::get(feed, &|| true);
    let count = feeds.len();
    let mut tell = |sum: &Summary, feed: &Feed| {
        progress.show(&tr!("{done} of {count}, {new} new: {feed}", done = sum.looked, count, new = sum.new, feed = feed.shown()));
    };
    let mut all = options.all || !options.feeds.is_empty();
    all |= feeds.iter().all(|f| f.health.checked.is_none());
    let mut summary = refresh::refresh(&mut writer, &feeds, (usize::from(options.jobs), all, now), &get, &mut tell)?;
    for feed in feeds.iter().filter(|f| folder::is_folder(f)) {
        let (new, changed) = folder::look(&mut writer, feed, now, &|| true)?;
        (summary.looked, summary.new, summary.changed) = (summary.looked + 1, summary.new + new, summary.changed + changed);
    }
    let mut pages = whole::Summary::default();
    if !options.no_full_text {
        let mut tell = |sum: &whole::Summary| progress.show(&trn!(sum.whole, "{n} whole text", "{n} whole texts"));
        let get = |article: &_| whole::get(article, &|| true);
        pages = whole::complete(&mut writer, &mut reader, (usize::from(options.jobs), now), (&get, &|| true), &mut tell)?;
    }
    if !options.no_analysis {
        refresh::analyse(&mut writer, &mut reader, now, &mut |done| progress.show(&trn!(done, "{n} analysed", "{n} analysed")))?;
    }
    writer.write(|batch| batch.expire(now).and_then(|_| batch.count_searches(now)))?;
    writer.tidy()?;
    progress.show("");
    // Who is named shows only once an article is analysed: until then there is nothing to announce, and nothing counts as announced.
    if !options.no_analysis
        && let Some(line) = watch::announcement(&mut writer)?
    {
        watch::announce(&line, &options.announcer(config));
    }
    for feed in reader.snapshot(now)?.feeds()?.iter().filter(|f| f.health.checked == Some(now)) {
        feed.health.failure.iter().for_each(out::complain);
    }
    if let Some(synced) = synced {
        outcome = outcome.and(if synced.problems.is_empty() { Outcome::Done } else { Outcome::Partly });
        library::print(&sync::said(&synced));
    }
    let printed = library::print(&said(&summary, &pages));
    Ok(outcome.and(if summary.failed > 0 { Outcome::Partly } else { Outcome::Done }).and(printed))
}

/// The feeds that are named, or all.
pub(super) fn wanted(feeds: Vec<Feed>, names: &[String]) -> Result<Vec<Feed>, Notice> {
    if names.is_empty() {
        return Ok(feeds);
    }
    let named = |f: &Feed, name: &str| f.url == *name || f.shown().eq_ignore_ascii_case(name);
    if let Some(missing) = names.iter().find(|name| !feeds.iter().any(|f| named(f, name))) {
        return Err(Notice::new(tr!("There is no feed '{feed}'", feed = missing)).hint(tr!("dateline list shows addresses and names")));
    }
    Ok(feeds.into_iter().filter(|f| names.iter().any(|name| named(f, name))).collect())
}

/// The summary in a line.
fn said(sum: &Summary, pages: &whole::Summary) -> String {
    let (feeds, new) = (trn!(sum.looked, "{n} feed", "{n} feeds"), trn!(sum.new, "{n} new article", "{n} new articles"));
    let parts = [
        (sum.changed, trn!(sum.changed, "{n} changed", "{n} changed")),
        (pages.whole, trn!(pages.whole, "{n} whole text", "{n} whole texts")),
        (sum.same, trn!(sum.same, "{n} feed as it was", "{n} feeds as they were")),
        (sum.failed, trn!(sum.failed, "{n} failed", "{n} failed")),
        (sum.waiting, trn!(sum.waiting, "{n} not asked yet again", "{n} not asked yet again")),
    ];
    let more: String = parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, part)| format!(", {part}")).collect();
    format!("{feeds}: {new}{more}\n")
}

/// One line on a terminal that is written over.
struct Progress {
    shown: bool,
}

impl Progress {
    fn show(&self, line: &str) {
        if self.shown {
            let _ = write!(io::stderr(), "\r\x1b[K{}", cut(&clean_line(line), WIDTH));
        }
    }
}
