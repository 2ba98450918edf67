//! Asking the servers of feeds, on threads of their own: what they answer is written by the one thread that writes.

use super::Stop;
use super::write::Job;
use crate::app::Report;
use crate::app::shelf::{Answer, Refreshing};
use crate::jobs::fetch::{self, Request, Validators};
use crate::jobs::refresh::{Answer as Answered, Trouble};
use crate::jobs::{Reporter, folder, guarded};
use crate::locale::tr;
use crate::notice::Notice;
use crate::store::Feed;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::Sender;

/// Servers that are asked at once.
const AT_ONCE: usize = 8;

/// What came of asking for a feed.
#[derive(Debug)]
pub(super) struct Look {
    pub(super) feed: Feed,
    pub(super) answer: Result<Answered, Trouble>,
    /// Feeds that are asked together with it.
    pub(super) of: usize,
}

/// Asks the server of one feed, as long as `goes_on`. Its address came from the reader, so it may lie in the reader's own network.
///
/// # Errors
/// Why there is no answer.
pub fn get(feed: &Feed, goes_on: &dyn Fn() -> bool) -> Result<Answered, Trouble> {
    let validators = Validators { etag: feed.health.etag.clone(), last_modified: feed.health.modified.clone() };
    let request = Request { url: &feed.url, validators, given: true };
    let mut progress = |_, _| if goes_on() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
    match fetch::get(&request, &mut progress) {
        Ok(fetched) => Ok(Answered {
            etag: fetched.validators.etag,
            modified: fetched.validators.last_modified,
            moved: fetched.moved,
            url: fetched.url,
            media_type: fetched.media_type,
            bytes: fetched.bytes,
            broken: fetched.problems.into_iter().next(),
        }),
        Err(failure) => {
            let wait = failure.retry_after.and_then(|d| i64::try_from(d.as_secs()).ok());
            Err(Trouble { notice: failure.notice, wait, gone: failure.gone })
        }
    }
}

/// Asks for feeds, `all` also those that are to be left alone for now, and hands each answer on as it comes.
pub(super) fn refresh(feeds: Vec<Feed>, all: bool, stop: Stop, writing: Sender<Job>, reporter: Reporter) {
    let now = super::now();
    let due = |f: &Feed| all || !f.health.gone && f.health.retry.is_none_or(|at| at <= now);
    let (folders, feeds): (Vec<Feed>, Vec<Feed>) = feeds.into_iter().partition(folder::is_folder);
    let feeds: Vec<Feed> = feeds.into_iter().filter(due).collect();
    let number = stop.number();
    let asked = Refreshing { of: feeds.len() + folders.len(), ..Refreshing::default() };
    reporter.tell(Report::Shelf(Answer::Refreshing(Some(asked))));
    for folder in folders {
        let _ = writing.send(Job::Folder(Box::new(folder), number));
    }
    let of = asked.of;
    let work = move || {
        let next = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..AT_ONCE.min(feeds.len()) {
                let (feeds, next, stop, writing) = (&feeds, &next, &stop, writing.clone());
                scope.spawn(move || ask((feeds, of), next, &|| stop.number() == number, &writing));
            }
        });
        let _ = writing.send(Job::Refreshed(asked));
    };
    if let Err(error) = std::thread::Builder::new().name("refresh".to_owned()).spawn(work) {
        reporter.tell(Report::Shelf(Answer::Refreshing(None)));
        reporter.tell(Report::Said(Notice::new(tr!("The feeds cannot be asked")).because(error)));
    }
}

fn ask((feeds, of): (&[Feed], usize), next: &AtomicUsize, goes_on: &dyn Fn() -> bool, writing: &Sender<Job>) {
    while goes_on() {
        let Some(feed) = feeds.get(next.fetch_add(1, Ordering::Relaxed)) else { return };
        let answer = guarded(|| Ok(get(feed, goes_on)))
            .unwrap_or_else(|fault| Err(Trouble { notice: Notice::new(feed.url.clone()).because(fault), ..Trouble::default() }));
        // What was broken off is no failure of the feed.
        if !goes_on() && answer.is_err() || writing.send(Job::Fetched(Box::new(Look { feed: feed.clone(), answer, of }))).is_err() {
            return;
        }
    }
}
