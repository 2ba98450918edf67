//! Articles from the web for the reader: an address that was given, or the page of an article of which a feed told only the beginning.

use super::fetch::{self, Fetched, Request};
use super::{Reporter, guarded, open};
use crate::app::{Origin, Report};
use crate::article::Article;
use crate::locale::tr;
use crate::notice::Notice;
use crate::source;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Progress is told at most this often.
const PATIENCE: Duration = Duration::from_millis(100);

/// What ends requests that are under way.
#[derive(Debug, Default)]
pub(super) struct Web {
    stopped: Arc<AtomicU64>,
    newest: Arc<AtomicU64>,
}

/// What a request looks at to see whether anybody still wants it.
#[derive(Debug)]
pub(super) struct Watch {
    stopped: (Arc<AtomicU64>, u64),
    newest: Option<(Arc<AtomicU64>, u64)>,
}

impl Web {
    /// For a request that only [`Web::stop`] ends.
    pub(super) fn watch(&self) -> Watch {
        Watch { stopped: (Arc::clone(&self.stopped), self.stopped.load(Ordering::Relaxed)), newest: None }
    }

    /// For a request that a newer one of its kind ends too; it ends those before it.
    pub(super) fn watch_newest(&self) -> Watch {
        let number = self.newest.fetch_add(1, Ordering::Relaxed) + 1;
        Watch { newest: Some((Arc::clone(&self.newest), number)), ..self.watch() }
    }

    /// Ends all requests that are under way.
    pub(super) fn stop(&self) {
        self.stopped.fetch_add(1, Ordering::Relaxed);
    }
}

impl Watch {
    fn wanted(&self) -> bool {
        let same = |(now, then): &(Arc<AtomicU64>, u64)| now.load(Ordering::Relaxed) == *then;
        same(&self.stopped) && self.newest.as_ref().is_none_or(same)
    }
}

/// Fetches, and tells how far it has come.
fn get(request: &Request<'_>, watch: &Watch, reporter: &Reporter) -> Result<Fetched, Notice> {
    let mut told = Instant::now();
    reporter.tell(Report::Fetching { bytes: 0, of: None });
    let answer = fetch::get(request, &mut |bytes, of| {
        if told.elapsed() > PATIENCE {
            told = Instant::now();
            reporter.tell(Report::Fetching { bytes, of });
        }
        if watch.wanted() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    answer.map_err(|failure| failure.notice)
}

/// The articles at an address that the reader gave.
///
/// # Errors
/// Why there are none, in words for a reader.
pub(super) fn read(url: &str, watch: &Watch, reporter: &Reporter) -> Result<Vec<Origin>, String> {
    let fetched = get(&Request { url, given: true, ..Request::default() }, watch, reporter).map_err(|notice| notice.why)?;
    let bytes = fetched.bytes.unwrap_or_default();
    let found = open::articles(&input(url, &bytes, &fetched.url, fetched.media_type.as_deref()));
    let feeds = source::feeds(&bytes, &fetched.url);
    let offer = feeds.first().map(|feed| Notice::new(tr!("This page has a feed")).hint(format!("dateline {feed}")));
    if let Some(notice) = fetched.problems.into_iter().map(Notice::new).next().or(offer) {
        reporter.tell(Report::Said(notice));
    }
    found
}

fn input<'a>(name: &'a str, bytes: &'a [u8], url: &'a str, media_type: Option<&'a str>) -> source::Input<'a> {
    source::Input { name, bytes, url: Some(url), media_type, today: Some(super::today()) }
}

/// `article` with the text of its page; what a feed said of title, day and author stays.
///
/// # Errors
/// Why the page says no more.
pub(super) fn whole(article: &Article, watch: &Watch, reporter: &Reporter) -> Result<Origin, Notice> {
    let url = article.url.as_deref().unwrap_or("");
    // A feed of the reader's own network may lead to pages beside it, and no other may lead there.
    let given = fetch::same_host(&article.source, url);
    let fetched = get(&Request { url, given, ..Request::default() }, watch, reporter)?;
    let bytes = fetched.bytes.unwrap_or_default();
    let fault = |fault: String| Notice::new(url).because(fault);
    let page = guarded(|| Ok(source::read_nth(&input(url, &bytes, &fetched.url, fetched.media_type.as_deref()), 0))).map_err(fault)?;
    if page.text.len() <= article.text.len() {
        return Err(Notice::new(tr!("The page has no more than the feed")));
    }
    let kept = article.clone();
    let title = if kept.title.is_empty() { page.title.clone() } else { kept.title };
    Ok(Origin::Held(Arc::new(Article {
        id: kept.id,
        source: kept.source,
        title_in_text: page.title_in_text && title == page.title,
        title,
        byline: kept.byline.or(page.byline),
        site: kept.site.or(page.site),
        published: kept.published.or(page.published),
        language: kept.language.or(page.language),
        ..page
    })))
}
