//! The library's feeds looked at again, and its articles analysed: many threads ask and think, one writes.
//!
//! Nothing here knows the network: what asks a server is handed in, so that a test needs none.

use super::guarded;
use crate::analysis;
use crate::article::{Analysed, Article};
use crate::notice::Notice;
use crate::source;
use crate::store::{Arrival, ArticleKey, Feed, Health, Incoming, Reader, Writer, stored_version};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Feeds, or analysed articles, that are written in one change: a change waits for the disk.
const BATCH: usize = 32;

/// The first wait after a failure, in seconds; each further one doubles it, up to a day.
const FIRST_WAIT: i64 = 600;

/// What a server answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub modified: Option<String>,
    /// Where the feed has moved for good.
    pub moved: Option<String>,
    /// The address that relative links count from.
    pub url: String,
    /// `Content-Type`.
    pub media_type: Option<String>,
    /// The feed; `None` where it is as it was.
    pub bytes: Option<Vec<u8>>,
}

/// Why a server gave no answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trouble {
    /// What happened and what to do.
    pub notice: Notice,
    /// Seconds that the server asks to be left alone.
    pub wait: Option<i64>,
    /// True where it says that the feed is gone for good.
    pub gone: bool,
}

/// How a refresh went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Feeds that were looked at.
    pub looked: usize,
    /// Those that are as they were.
    pub same: usize,
    /// Those that gave no answer.
    pub failed: usize,
    /// Those that wait because they failed before, or asked for it.
    pub waiting: usize,
    /// New articles.
    pub new: usize,
    /// Articles with other words than before.
    pub changed: usize,
}

/// A feed with its answer and what was read in it.
type Looked = (usize, Result<(Answer, Vec<Article>, Vec<String>), Trouble>);

/// Looks at `feeds` again with `jobs` threads and takes in what is new; `tell` hears after each feed how many are done.
///
/// A feed that failed is not asked again before its time, unless `all`. A failure of one feed is kept with it and stops none of the others.
///
/// # Errors
/// Where the library cannot be written.
pub fn refresh(
    writer: &mut Writer,
    feeds: &[Feed],
    (jobs, all, now): (usize, bool, i64),
    get: &(dyn Fn(&Feed) -> Result<Answer, Trouble> + Sync),
    tell: &mut dyn FnMut(&Summary, &Feed),
) -> Result<Summary, Notice> {
    let due = |feed: &&Feed| feed.url.contains("://") && (all || !feed.health.gone && feed.health.retry.is_none_or(|at| at <= now));
    let asked: Vec<&Feed> = feeds.iter().filter(due).collect();
    let web = feeds.iter().filter(|f| f.url.contains("://")).count();
    let mut summary = Summary { waiting: web - asked.len(), ..Summary::default() };
    let next = AtomicUsize::new(0);
    let (sender, receiver) = sync_channel(BATCH);
    std::thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, asked.len().max(1)) {
            let (sender, next, asked) = (sender.clone(), &next, &asked);
            scope.spawn(move || ask(asked, next, get, &sender));
        }
        drop(sender);
        write(writer, &asked, receiver, now, &mut summary, tell)
    })?;
    Ok(summary)
}

/// Asks for one feed after the other, until all are taken or nobody listens.
fn ask(asked: &[&Feed], next: &AtomicUsize, get: &(dyn Fn(&Feed) -> Result<Answer, Trouble> + Sync), sender: &SyncSender<Looked>) {
    loop {
        let n = next.fetch_add(1, Ordering::Relaxed);
        let Some(feed) = asked.get(n) else { return };
        let looked = guarded(|| Ok(get(feed).map(|answer| read(feed, answer))));
        let looked =
            looked.unwrap_or_else(|fault| Err(Trouble { notice: Notice::new(feed.url.clone()).because(fault), ..Trouble::default() }));
        if sender.send((n, looked)).is_err() {
            return;
        }
    }
}

/// The articles in an answer, and what could not be read of it.
fn read(feed: &Feed, answer: Answer) -> (Answer, Vec<Article>, Vec<String>) {
    let Some(bytes) = &answer.bytes else { return (answer, Vec::new(), Vec::new()) };
    let url = if answer.url.is_empty() { &feed.url } else { &answer.url };
    let input = source::Input { url: Some(url), media_type: answer.media_type.as_deref(), ..source::Input::new(&feed.url, bytes) };
    // A page that stands where the feed was must not come in as an article.
    let feed = source::recognise(&input).is_some_and(|f| matches!(f.name(), "feed" | "jsonfeed"));
    let (articles, problems) = if feed { source::read(&input) } else { (Vec::new(), vec!["what came is no feed".to_owned()]) };
    (answer, articles, problems)
}

/// Writes what has come, as many feeds at once as are there. Where it cannot, it lets the receiver go, so that nobody waits to be heard.
fn write(
    writer: &mut Writer,
    asked: &[&Feed],
    receiver: Receiver<Looked>,
    now: i64,
    summary: &mut Summary,
    tell: &mut dyn FnMut(&Summary, &Feed),
) -> Result<(), Notice> {
    while let Ok(first) = receiver.recv() {
        let mut batch: Vec<Looked> = vec![first];
        batch.extend(receiver.try_iter().take(BATCH - 1));
        let mut sum = *summary;
        writer.write(|b| {
            for (n, looked) in &batch {
                let Some(feed) = asked.get(*n) else { continue };
                sum.looked += 1;
                take(b, feed, looked, now, &mut sum)?;
            }
            Ok(())
        })?;
        *summary = sum;
        batch.iter().filter_map(|(n, _)| asked.get(*n)).for_each(|feed| tell(summary, feed));
    }
    Ok(())
}

fn take(
    batch: &crate::store::Batch<'_>,
    feed: &Feed,
    looked: &Result<(Answer, Vec<Article>, Vec<String>), Trouble>,
    now: i64,
    sum: &mut Summary,
) -> Result<(), Notice> {
    let before = &feed.health;
    let (answer, articles, problems) = match looked {
        Ok(looked) => looked,
        Err(trouble) => {
            sum.failed += 1;
            return batch.looked(feed.key, &failed(before, trouble, now), "", None);
        }
    };
    sum.same += usize::from(answer.bytes.is_none());
    for article in articles {
        match batch.take_in(&Incoming { article, feed: Some(feed.key), guid: None, raw: None, at: None }, now)? {
            Arrival::New(_) => sum.new += 1,
            Arrival::Changed(_) => sum.changed += 1,
            Arrival::Known(_) | Arrival::Deleted => {}
        }
    }
    if answer.bytes.is_some() && articles.is_empty() && !problems.is_empty() {
        sum.failed += 1;
        let notice =
            Notice::new(feed.url.clone()).because(problems.join("; ")).hint("see in a browser whether the address is that of a feed");
        return batch.looked(feed.key, &failed(before, &Trouble { notice, ..Trouble::default() }, now), "", None);
    }
    if let Some(url) = &answer.moved {
        batch.move_feed(feed.key, url)?;
    }
    let kept =
        |new: &Option<String>, old: &Option<String>| if answer.bytes.is_some() { new.clone() } else { new.clone().or_else(|| old.clone()) };
    let health = Health {
        etag: kept(&answer.etag, &before.etag),
        modified: kept(&answer.modified, &before.modified),
        checked: Some(now),
        ..Health::default()
    };
    // Articles of a feed have its title for their site.
    let title = articles.first().and_then(|a| a.site.as_deref()).unwrap_or_default();
    batch.looked(feed.key, &health, title, None)
}

/// What is kept of a failure: the validators stay, and the next try is put off.
fn failed(before: &Health, trouble: &Trouble, now: i64) -> Health {
    let failures = before.failures.saturating_add(1);
    let wait = trouble.wait.unwrap_or_else(|| (FIRST_WAIT << (failures - 1).min(8)).min(86_400)).clamp(0, 7 * 86_400);
    Health {
        checked: Some(now),
        retry: Some(now.saturating_add(wait)),
        failures,
        failure: Some(trouble.notice.clone()),
        gone: trouble.gone,
        ..before.clone()
    }
}

/// Analyses all articles whose analysis is not of the newest version, on all cores; `tell` hears how many are done. Answers how many there were.
///
/// # Errors
/// Where the library cannot be read or written.
pub fn analyse(writer: &mut Writer, reader: &mut Reader, now: i64, tell: &mut dyn FnMut(usize)) -> Result<usize, Notice> {
    let version = stored_version(analysis::VERSION);
    let mut done = 0;
    // A library made before names were joined across articles is joined bit by bit.
    while writer.write(|batch| batch.catch_up(BATCH))? == BATCH {}
    loop {
        let snapshot = reader.snapshot(now)?;
        let stale = snapshot.stale(version, BATCH)?;
        let mut articles = Vec::with_capacity(stale.len());
        for key in &stale {
            // What is damaged cannot be analysed; it is marked as done below, so that it is not asked for again and again.
            articles.push((*key, snapshot.open(*key).ok().flatten().map(|s| s.analysed.article).unwrap_or_default()));
        }
        drop(snapshot);
        if articles.is_empty() {
            return Ok(done);
        }
        let analysed = think(articles);
        done += analysed.len();
        writer.write(|batch| analysed.iter().try_for_each(|(key, analysed)| batch.annotate(*key, version, analysed)))?;
        tell(done);
    }
}

/// Analyses some articles on all cores. One that the analysis stumbles over keeps its text and has nothing found in it.
fn think(articles: Vec<(ArticleKey, Article)>) -> Vec<(ArticleKey, Analysed)> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let share = articles.len().div_ceil(workers).max(1);
    let one = |(key, article): &(ArticleKey, Article)| {
        let done = guarded(|| Ok(analysis::analyse(article.clone())));
        (*key, done.unwrap_or_else(|_| Analysed { article: article.clone(), ..Analysed::default() }))
    };
    std::thread::scope(|scope| {
        let parts: Vec<_> = articles.chunks(share).map(|part| scope.spawn(move || part.iter().map(one).collect::<Vec<_>>())).collect();
        parts.into_iter().filter_map(|part| part.join().ok()).flatten().collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Holder;

    const FEED: &str = "<rss version=\"2.0\"><channel><title>Paper</title>\
        <item><title>One</title><link>http://a.example/1</link><description>Ada Lovelace came to Berlin.</description></item>\
        <item><title>Two</title><link>http://a.example/2</link><description>She left on Monday.</description></item></channel></rss>";

    #[test]
    fn a_refresh_asks_once_and_remembers_what_it_heard() {
        let folder = std::env::temp_dir().join(format!("dateline-refresh-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        let path = folder.join("library.db");
        let mut writer = Writer::claim(&path, &Holder::this("test")).unwrap();
        writer
            .write(|b| {
                ["http://a.example/feed", "http://gone.example", "http://page.example", "/a/folder"]
                    .iter()
                    .try_for_each(|u| b.add_feed(u, "").map(drop))
            })
            .unwrap();
        let get = |feed: &Feed| match feed.url.as_str() {
            "http://gone.example" => Err(Trouble { notice: Notice::new("gone"), wait: None, gone: true }),
            "http://page.example" => Ok(Answer { bytes: Some(Vec::new()), ..Answer::default() }),
            "http://new.example/feed" if feed.health.etag.as_deref() == Some("\"1\"") => Ok(Answer::default()),
            _ => Ok(Answer {
                etag: Some("\"1\"".into()),
                moved: Some("http://new.example/feed".into()),
                bytes: Some(FEED.into()),
                ..Answer::default()
            }),
        };
        let mut look = |now: i64| {
            let feeds = Reader::open(&path).unwrap().snapshot(now).unwrap().feeds().unwrap();
            refresh(&mut writer, &feeds, (4, false, now), &get, &mut |_, _| {}).unwrap()
        };
        let first = look(1_000_000);
        assert_eq!((first.looked, first.new, first.failed, first.waiting), (3, 2, 2, 0), "{first:?}");
        let second = look(1_000_060);
        assert_eq!((second.looked, second.same, second.new, second.waiting), (1, 1, 0, 2), "{second:?}");
        let third = look(1_000_000 + FIRST_WAIT);
        assert_eq!((third.looked, third.failed), (2, 1), "{third:?}");
        let mut reader = Reader::open(&path).unwrap();
        assert_eq!(analyse(&mut writer, &mut reader, 0, &mut |_| {}).unwrap(), 2);
        assert_eq!(analyse(&mut writer, &mut reader, 0, &mut |_| {}).unwrap(), 0);
        let snapshot = reader.snapshot(0).unwrap();
        assert_eq!(snapshot.find(&crate::query::parse("where:germany").unwrap()).unwrap().count, 1);
        let feeds = snapshot.feeds().unwrap();
        let page = feeds.iter().find(|f| f.url == "http://page.example").unwrap();
        assert_eq!((page.health.failures, page.health.retry), (2, Some(1_000_000 + 3 * FIRST_WAIT)));
        assert!(page.health.failure.as_ref().unwrap().hint.contains("browser"));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
