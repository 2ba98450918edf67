//! The library's feeds looked at again, and its articles analysed: many threads ask and think, one writes.
//!
//! Nothing here knows the network: what asks a server is handed in, so that a test needs none.

pub use super::annotate::analyse;

use super::{Pen, guarded, whole};
use crate::article::Article;
use crate::locale::tr;
use crate::notice::Notice;
use crate::source;
use crate::store::{Arrival, Feed, FullText, Health, Incoming, told_apart};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Feeds that are written in one change: a change waits for the disk.
const BATCH: usize = 32;

/// The first wait after a failure, in seconds; each further one doubles it, up to a day.
const FIRST_WAIT: i64 = 600;

/// Articles of a feed whose pages are asked for after one look at it: the newest, since feeds begin with them. The first time a feed brings old ones.
const WHOLE: usize = 50;
const WHOLE_AT_FIRST: usize = 10;

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
    /// Why it is not all of the feed: what came is taken in, and the rest asked for the next time.
    pub broken: Option<String>,
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
    writer: &mut dyn Pen,
    feeds: &[Feed],
    (jobs, all, now): (usize, bool, i64),
    get: &(dyn Fn(&Feed) -> Result<Answer, Trouble> + Sync),
    tell: &mut dyn FnMut(&Summary, &Feed),
) -> Result<Summary, Notice> {
    let due = |feed: &&Feed| feed.url.contains("://") && (all || feed.health.is_due(now));
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
    let (media_type, today) = (answer.media_type.as_deref(), Some(super::today()));
    let input = source::Input { url: Some(url), media_type, today, ..source::Input::new(&feed.url, bytes) };
    // A page that stands where the feed was must not come in as an article.
    let feed = source::recognise(&input).is_some_and(|f| matches!(f.name(), "feed" | "jsonfeed"));
    let (articles, problems) = if feed { source::read(&input) } else { (Vec::new(), vec![tr!("what came is no feed").to_owned()]) };
    (answer, articles, problems)
}

/// Writes what has come, as many feeds at once as are there. Where it cannot, it lets the receiver go, so that nobody waits to be heard.
fn write(
    writer: &mut dyn Pen,
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
        writer.train()?;
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
    if !batch.has_feed(feed.key)? {
        return Ok(());
    }
    let before = &feed.health;
    let (answer, articles, problems) = match looked {
        Ok(looked) => looked,
        Err(trouble) => {
            sum.failed += 1;
            return batch.looked(feed.key, &failed(before, trouble, now), "", None);
        }
    };
    sum.same += usize::from(answer.bytes.is_none());
    // The last one of a feed that broke off may be cut: half an address is another address.
    let whole = articles.len() - usize::from(answer.broken.is_some() && !articles.is_empty());
    let mut pages = match (feed.choice.full_text, before.checked) {
        (FullText::Auto, None) => WHOLE_AT_FIRST,
        (FullText::Auto, Some(_)) => WHOLE,
        _ => 0,
    };
    let names = told_apart(articles.iter());
    for (article, name) in articles.iter().zip(&names).take(whole) {
        let key = match batch.take_in(&Incoming { article, feed: Some(feed.key), guid: name.as_deref(), raw: None, at: None }, now)? {
            Arrival::New(key) => {
                sum.new += 1;
                key
            }
            Arrival::Changed(key) => {
                sum.changed += 1;
                key
            }
            Arrival::Known(_) | Arrival::Deleted => continue,
        };
        if pages > 0 && whole::is_part(article) {
            batch.want_whole(key)?;
            pages -= 1;
        }
    }
    let broken =
        answer.broken.as_ref().map(|why| Notice::new(feed.url.clone()).because(why).hint(tr!("the rest is asked for the next time")));
    let nothing =
        || Notice::new(feed.url.clone()).because(problems.join("; ")).hint(tr!("see in a browser whether the address is that of a feed"));
    let empty = answer.bytes.is_some() && articles.is_empty() && !problems.is_empty();
    if let Some(notice) = broken.or_else(|| empty.then(nothing)) {
        sum.failed += 1;
        return batch.looked(feed.key, &failed(before, &Trouble { notice, ..Trouble::default() }, now), "", None);
    }
    if let Some(url) = &answer.moved {
        moved(batch, feed, url)?;
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

/// The feed is somewhere else for good; on another host that is the server's word and not the reader's.
fn moved(batch: &crate::store::Batch<'_>, feed: &Feed, url: &str) -> Result<(), Notice> {
    if batch.move_feed(feed.key, url)? && !super::fetch::same_host(&feed.url, url) {
        batch.found_feed(feed.key, true)?;
    }
    Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Holder, Reader, Writer};

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

    #[test]
    fn a_feed_tells_no_day_that_is_yet_to_come() {
        let item = |year: u32| format!("<item><title>Of {year}</title><pubDate>1 Jan {year} 10:00:00 GMT</pubDate></item>");
        let bytes = Some(format!("<rss version=\"2.0\"><channel>{}{}", item(2019), item(2999)).into_bytes());
        let feed = Feed { url: "http://a.example/feed".into(), ..Feed::default() };
        let (_, articles, _) = read(&feed, Answer { bytes, ..Answer::default() });
        assert_eq!(articles.iter().map(|a| a.published).collect::<Vec<_>>(), [Some(jiff::civil::date(2019, 1, 1)), None]);
    }

    #[test]
    fn a_long_feed_that_breaks_off_and_names_everything_anew_loses_and_doubles_nothing() {
        let folder = std::env::temp_dir().join(format!("dateline-refresh-long-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        let path = folder.join("library.db");
        let mut writer = Writer::claim(&path, &Holder::this("test")).unwrap();
        writer.write(|b| b.add_feed("http://a.example/feed", "").map(drop)).unwrap();
        let feed = |names: &str, count: usize| {
            let item = |n: usize| {
                format!(
                    "<item><title>Item {n}</title><guid>{names}{n}</guid><link>http://a.example/{n}</link><description>Words of {n}.</description></item>"
                )
            };
            format!("<rss version=\"2.0\"><channel><title>Long</title>{}", (0..count).map(item).collect::<String>()).into_bytes()
        };
        let mut look = |now: i64, names: &str, count: usize, broken: bool| {
            let feeds = Reader::open(&path).unwrap().snapshot(now).unwrap().feeds().unwrap();
            let broken = broken.then(|| "it broke off".to_owned());
            let get = |_: &Feed| {
                Ok(Answer { etag: Some("\"1\"".into()), bytes: Some(feed(names, count)), broken: broken.clone(), ..Answer::default() })
            };
            refresh(&mut writer, &feeds, (1, true, now), &get, &mut |_, _| {}).unwrap()
        };
        let first = look(1_000_000, "a", 1200, true);
        assert_eq!((first.new, first.failed), (1199, 1), "{first:?}");
        let feeds = Reader::open(&path).unwrap().snapshot(0).unwrap().feeds().unwrap();
        assert_eq!((feeds[0].health.etag.as_deref(), feeds[0].health.failures), (None, 1), "the rest has to be asked for again");
        let second = look(1_000_100, "a", 3000, false);
        assert_eq!((second.new, second.changed, second.failed), (1801, 0, 0), "{second:?}");
        let third = look(1_000_200, "b", 3000, false);
        assert_eq!((third.new, third.changed), (0, 0), "{third:?}");
        let feeds = Reader::open(&path).unwrap().snapshot(0).unwrap().feeds().unwrap();
        assert_eq!((feeds[0].articles, feeds[0].unread), (3000, 3000));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
