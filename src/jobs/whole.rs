//! The whole text of articles of which a feed gave only the beginning: which ones those are, and their pages asked for after a look at the feeds.

use super::fetch::{self, Fetched, Request};
use super::{Pen, guarded};
use crate::article::Article;
use crate::notice::Notice;
use crate::source;
use crate::store::{ArticleKey, Reader};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// An item of fewer words is a teaser.
const TEASER: usize = 80;

/// One that ends as if it went on is none from so many words on.
const ENOUGH: usize = 400;

/// Ends of texts that go on elsewhere.
const GOES_ON: &[&str] = &["…", "...", "[…]", "[...]", "(…)", "more", "reading", "→", "»", "weiter", "weiterlesen", "más", "suite"];

/// Pages that are asked for after one look at the feeds.
const MOST: usize = 1000;

/// An article whose page was asked for, and what came.
type Looked = (ArticleKey, Result<Option<Article>, Notice>);

/// What asks for the page of an article, on many threads.
type Get<'a> = dyn Fn(&Article) -> Result<Option<Article>, Notice> + Sync + 'a;

/// What came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Articles that are whole now.
    pub whole: usize,
    /// Those whose pages say no more than the feed.
    pub same: usize,
    /// Pages that did not come.
    pub failed: usize,
}

/// True for an article of which a feed gave, as it seems, only the beginning.
#[must_use]
pub fn is_part(article: &Article) -> bool {
    if !article.url.as_deref().is_some_and(fetch::is_address) {
        return false;
    }
    let end = article.text.trim_end();
    let enough = if GOES_ON.iter().any(|goes_on| end.ends_with(goes_on)) { ENOUGH } else { TEASER };
    article.text.split_whitespace().take(enough).count() < enough
}

/// `article` with the text of its page, which `get` asks for; what a feed said of title, day and author stays. `Ok(None)` where the page says no more.
///
/// # Errors
/// Why there is no page, or not all of it.
pub fn page(article: &Article, get: impl FnOnce(&Request<'_>) -> Result<Fetched, Notice>) -> Result<Option<Article>, Notice> {
    let url = article.url.as_deref().unwrap_or("");
    // A feed of the reader's own network may lead to pages beside it, and no other may lead there.
    let given = fetch::same_host(&article.source, url);
    let fetched = get(&Request { url, given, ..Request::default() })?;
    // Half a page would be kept as the whole text for good.
    if let Some(problem) = fetched.problems.first() {
        return Err(Notice::new(url).because(problem));
    }
    let fault = |fault: String| Notice::new(url).because(fault);
    let page = guarded(|| Ok(source::read_nth(&fetched.input(url), 0))).map_err(fault)?;
    if page.text.len() <= article.text.len() {
        return Ok(None);
    }
    let kept = article.clone();
    let title = if kept.title.is_empty() { page.title.clone() } else { kept.title };
    Ok(Some(Article {
        id: kept.id,
        source: kept.source,
        title_in_text: page.title_in_text && title == page.title,
        title,
        byline: kept.byline.or(page.byline),
        site: kept.site.or(page.site),
        published: kept.published.or(page.published),
        language: kept.language.or(page.language),
        ..page
    }))
}

/// The page of an article from the web, as long as `goes_on`.
///
/// # Errors
/// Why there is none.
pub fn get(article: &Article, goes_on: &dyn Fn() -> bool) -> Result<Option<Article>, Notice> {
    let mut progress = |_, _| if goes_on() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
    page(article, |request| fetch::get(request, &mut progress).map_err(|failure| failure.notice))
}

/// Asks for the pages of all articles that wait for theirs, with `jobs` threads, as long as it goes on; `tell` hears after each how it stands.
///
/// # Errors
/// Where the library cannot be read or written.
pub fn complete(
    writer: &mut dyn Pen,
    reader: &mut Reader,
    (jobs, now): (usize, i64),
    (get, goes_on): (&Get<'_>, &(dyn Fn() -> bool + Sync)),
    tell: &mut dyn FnMut(&Summary),
) -> Result<Summary, Notice> {
    let wanted: Vec<(ArticleKey, Article)> = {
        let snapshot = reader.snapshot(now)?;
        let open = |key| snapshot.open(key).ok().flatten().map(|stored| (key, stored.analysed.article));
        snapshot.wanting(MOST)?.into_iter().filter_map(open).collect()
    };
    let mut summary = Summary::default();
    let next = AtomicUsize::new(0);
    let (sender, receiver) = sync_channel(jobs.max(1));
    std::thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, wanted.len().max(1)) {
            let (sender, next, wanted) = (sender.clone(), &next, &wanted);
            scope.spawn(move || ask(wanted, next, (get, goes_on), &sender));
        }
        drop(sender);
        write(writer, receiver, &mut summary, tell)
    })?;
    Ok(summary)
}

/// Asks for one page after the other, until all are taken or nobody listens.
fn ask(
    wanted: &[(ArticleKey, Article)],
    next: &AtomicUsize,
    (get, goes_on): (&Get<'_>, &(dyn Fn() -> bool + Sync)),
    sender: &SyncSender<Looked>,
) {
    while let Some((key, article)) = wanted.get(next.fetch_add(1, Ordering::Relaxed)).filter(|_| goes_on()) {
        let page = guarded(|| Ok(get(article))).unwrap_or_else(|fault| Err(Notice::new(fault)));
        // What was given up is no try.
        if page.is_err() && !goes_on() {
            return;
        }
        if sender.send((*key, page)).is_err() {
            return;
        }
    }
}

/// Writes what has come. Where it cannot, it lets the receiver go, so that nobody waits to be heard.
fn write(writer: &mut dyn Pen, receiver: Receiver<Looked>, summary: &mut Summary, tell: &mut dyn FnMut(&Summary)) -> Result<(), Notice> {
    for (key, page) in receiver {
        let count = match &page {
            Ok(Some(_)) => &mut summary.whole,
            Ok(None) => &mut summary.same,
            Err(_) => &mut summary.failed,
        };
        *count += 1;
        writer.write(|batch| match &page {
            Ok(Some(article)) => batch.complete(key, article).map(drop),
            Ok(None) => batch.not_whole(key, true),
            Err(_) => batch.not_whole(key, false),
        })?;
        tell(summary);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Arrival, Holder, Incoming, Writer};
    use std::path::PathBuf;

    fn article(words: usize, end: &str) -> Article {
        let text = "word ".repeat(words) + end;
        Article { text, url: Some("https://a.example/1".into()), title: "One".into(), ..Article::default() }
    }

    #[test]
    fn teasers_and_texts_that_go_on_are_parts() {
        assert!(is_part(&article(30, "end.")));
        assert!(is_part(&article(200, "and so on…")));
        assert!(is_part(&article(200, "Continue reading")));
        assert!(!is_part(&article(200, "end.")));
        assert!(!is_part(&article(900, "and so on…")));
        assert!(!is_part(&Article { url: None, ..article(30, "end.") }));
    }

    #[test]
    fn a_page_that_broke_off_is_not_the_whole_text() {
        let bytes = b"The first half of a long page that says far more than the feed.".to_vec();
        let fetched = Fetched { bytes: Some(bytes), problems: vec!["it broke off".into()], ..Fetched::default() };
        let whole = Fetched { problems: Vec::new(), ..fetched.clone() };
        assert_eq!(page(&article(1, "ends."), |_| Ok(fetched)).unwrap_err().why, "it broke off");
        assert!(page(&article(1, "ends."), |_| Ok(whole)).unwrap().is_some());
    }

    #[test]
    fn a_page_is_of_the_readers_own_network_only_where_its_feed_is() {
        let asked = |source: &str| {
            let item = Article { source: source.into(), url: Some("http://127.0.0.1:8766/".into()), ..article(1, "ends.") };
            let mut given = None;
            let _ = page(&item, |request| {
                given = Some(request.given);
                Err(Notice::new("not asked"))
            });
            given
        };
        assert_eq!((asked("http://127.0.0.1:8766/feed#1"), asked("https://a.example/feed#1")), (Some(true), Some(false)));
    }

    fn incoming(article: &Article) -> Incoming<'_> {
        Incoming { article, feed: None, guid: None, raw: None, at: None }
    }

    /// A library in a folder of its own with a feed of `count` articles that wait for their pages: the folder, the one who writes, and the first article.
    fn waiting(name: &str, count: u64) -> (PathBuf, Writer, Article) {
        let folder = std::env::temp_dir().join(format!("dateline-whole-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        let mut writer = Writer::claim(&folder.join("library.db"), &Holder::this("test")).unwrap();
        let part = article(5, "ends.");
        writer
            .write(|b| {
                let feed = b.add_feed("https://a.example/feed", "")?.0;
                for n in 0..count {
                    let mut one = part.clone();
                    (one.id, one.title) = (n + 1, format!("Title {n}"));
                    one.url = Some(format!("https://a.example/{n}"));
                    let Arrival::New(key) = b.take_in(&Incoming { feed: Some(feed), ..incoming(&one) }, 100)? else { panic!() };
                    b.want_whole(key)?;
                }
                Ok(())
            })
            .unwrap();
        (folder, writer, part)
    }

    /// One who has the right to write, on a disk that is full.
    struct Full;

    impl Pen for Full {
        fn lend(&mut self, _: &mut dyn FnMut(&mut Writer) -> Result<(), Notice>) -> Result<(), Notice> {
            Err(Notice::new("the disk is full"))
        }
    }

    #[test]
    fn where_nothing_can_be_written_nobody_goes_on_asking() {
        let (folder, writer, _) = waiting("full", 40);
        drop(writer);
        let mut reader = Reader::open(&folder.join("library.db")).unwrap();
        let asked = AtomicUsize::new(0);
        let get = |_: &Article| -> Result<Option<Article>, Notice> {
            asked.fetch_add(1, Ordering::Relaxed);
            Ok(None)
        };
        let failed = complete(&mut Full, &mut reader, (2, 100), (&get, &|| true), &mut |_| {}).unwrap_err();
        assert_eq!(failed.what, "the disk is full");
        assert!(asked.load(Ordering::Relaxed) < 40, "those who ask end with the one who writes");
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn pages_take_the_place_of_teasers_and_are_asked_for_once() {
        let (folder, mut writer, part) = waiting("pages", 3);
        let path = folder.join("library.db");
        let mut reader = Reader::open(&path).unwrap();
        let get = |article: &Article| match article.title.as_str() {
            "Title 0" => Ok(Some(Article { text: "Berlin is the whole text of it.".into(), ..article.clone() })),
            "Title 1" => Ok(None),
            _ => Err(Notice::new("no answer")),
        };
        let mut round = || complete(&mut writer, &mut reader, (2, 100), (&get, &|| true), &mut |_| {}).unwrap();
        assert_eq!(round(), Summary { whole: 1, same: 1, failed: 1 });
        // What failed is asked for again, but not for ever.
        assert_eq!(round(), Summary { failed: 1, ..Summary::default() });
        assert_eq!(round(), Summary { failed: 1, ..Summary::default() });
        assert_eq!(round(), Summary::default());
        let found =
            |reader: &mut Reader, query: &str| reader.snapshot(100).unwrap().find(&crate::query::parse(query).unwrap()).unwrap().count;
        assert_eq!((found(&mut reader, "berlin"), found(&mut reader, "ends")), (1, 2));
        // The feed gives its own words again: it is the same article, and keeps its whole text.
        let mut again = part.clone();
        (again.id, again.title, again.url) = (1, "Title 0".into(), Some("https://a.example/0".into()));
        let feed = reader.snapshot(100).unwrap().feeds().unwrap()[0].key;
        let arrival = writer.write(|b| b.take_in(&Incoming { feed: Some(feed), ..incoming(&again) }, 200)).unwrap();
        assert!(matches!(arrival, Arrival::Known(_)), "{arrival:?}");
        assert_eq!(found(&mut reader, "berlin"), 1);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
