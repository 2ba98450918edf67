//! Articles from the web for the reader: an address that was given, or the page of an article of which a feed told only the beginning.

use super::fetch::{self, Fetched, Request};
use super::{Reporter, open, whole};
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
    let input = fetched.input(url);
    let found = open::articles(&input);
    let feeds = source::feeds(input.bytes, &fetched.url);
    let offer = feeds.first().map(|feed| Notice::new(tr!("This page has a feed")).hint(format!("dateline {feed}")));
    if let Some(notice) = fetched.problems.into_iter().map(Notice::new).next().or(offer) {
        reporter.tell(Report::Said(notice));
    }
    found
}

/// `article` with the text of its page; what a feed said of title, day and author stays.
///
/// # Errors
/// Why the page says no more.
pub(super) fn whole(article: &Article, watch: &Watch, reporter: &Reporter) -> Result<Origin, Notice> {
    match whole::page(article, |request| get(request, watch, reporter))? {
        Some(whole) => Ok(Origin::Held(Arc::new(whole))),
        None => Err(Notice::new(tr!("The page has no more than the feed"))),
    }
}
