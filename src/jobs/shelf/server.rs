//! A look at the sources of the library, on threads of their own: the reader's own server, the servers of feeds, folders. What they answer is written by
//! the one thread that writes.

use super::lend::Borrowed;
use super::write::Job;
use super::{Library, Stop, now};
use crate::app::Report;
use crate::app::shelf::{Answer, Refreshing};
use crate::config::Account;
use crate::jobs::fetch::{self, Request, Validators};
use crate::jobs::refresh::{Answer as Answered, Trouble};
use crate::jobs::{Pen, Reporter, folder, guarded, priority, sync, whole};
use crate::locale::tr;
use crate::notice::Notice;
use crate::store::{Feed, Reader};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::Duration;

/// Servers that are asked at once.
const AT_ONCE: usize = 8;

/// How often it is looked whether an answer is still wanted that does not come.
const LOOK: Duration = Duration::from_millis(50);

/// What came of asking for a feed.
#[derive(Debug)]
pub(super) struct Look {
    pub(super) feed: Feed,
    pub(super) answer: Result<Answered, Trouble>,
    /// Feeds that are asked together with it.
    pub(super) of: usize,
}

/// What is looked at.
#[derive(Debug, Default)]
pub(super) struct Round {
    /// Feeds on the web.
    pub(super) web: Vec<Feed>,
    /// Folders of files.
    pub(super) folders: Vec<Feed>,
    /// Feeds that the reader's own server has.
    pub(super) served: Vec<Feed>,
    /// True where also those are asked that are to be left alone for now.
    pub(super) all: bool,
    /// True where the reader's own server is asked.
    pub(super) server: bool,
}

/// Asks the server of one feed, as long as `goes_on`. An address that came from the reader may lie in the reader's own network.
///
/// # Errors
/// Why there is no answer.
pub fn get(feed: &Feed, goes_on: &dyn Fn() -> bool) -> Result<Answered, Trouble> {
    let validators = Validators { etag: feed.health.etag.clone(), last_modified: feed.health.modified.clone() };
    let request = Request { url: &feed.url, validators, given: !feed.found };
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

/// Looks at what `round` names, hands each answer on as it comes, and then asks for the pages of articles of which their feeds gave only the beginning.
pub(super) fn refresh(mut round: Round, library: Library, stop: Stop, writing: Sender<Job>, reporter: Reporter) {
    let (number, at) = (stop.number(), now());
    let all = round.all;
    let account = round.server.then(|| Account::load(library.config.as_deref()).0).flatten();
    if account.is_none() {
        // Where no server is set up any more, nobody else asks for the feeds that came from one.
        round.web.append(&mut round.served);
    }
    round.web.retain(|f| all || f.health.is_due(at));
    let asked = Refreshing { of: round.web.len() + round.folders.len() + round.served.len(), ..Refreshing::default() };
    reporter.tell(Report::Shelf(Answer::Refreshing(Some(asked))));
    let said = reporter.clone();
    let work = move || {
        priority::lower();
        let goes_on = move || stop.number() == number;
        let told = account.and_then(|account| in_step(&account, &library, (asked, round.served.len()), &writing));
        look(&round, asked, &goes_on, &writing);
        let _ = writing.send(Job::Refreshed(asked, told));
        if goes_on() && pages(&library, at, &goes_on, &writing).is_ok_and(|pages| pages.whole > 0) {
            let _ = writing.send(Job::Came(Refreshing::default(), 0));
        }
    };
    if let Err(error) = std::thread::Builder::new().name("refresh".to_owned()).spawn(work) {
        said.tell(Report::Shelf(Answer::Refreshing(None)));
        said.tell(Report::Said(Notice::new(tr!("The feeds cannot be asked")).because(error)));
    }
}

/// Asks for the pages of articles of which their feeds gave only the beginning. Nobody waits for these: they come in one by one, and have time.
fn pages(library: &Library, at: i64, goes_on: &(impl Wish + Sync), writing: &Sender<Job>) -> Result<whole::Summary, Notice> {
    let mut pen = Borrowed(writing.clone());
    // The answers of the feeds stand in the line before this: once it is our turn, they are written, and it is known which pages they want.
    pen.lend(&mut |_| Ok(()))?;
    let get = |article: &_| whole::get(article, goes_on);
    whole::complete(&mut pen, &mut Reader::open(&library.path)?, (AT_ONCE / 2, at), (&get, goes_on), &mut |_| {})
}

fn look(round: &Round, asked: Refreshing, goes_on: &(impl Wish + Sync), writing: &Sender<Job>) {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE.min(round.web.len()) {
            let (next, writing) = (&next, writing.clone());
            scope.spawn(move || ask(&round.web, asked.of, next, goes_on, &writing));
        }
    });
    for feed in round.folders.iter().take_while(|_| goes_on()) {
        let looked = folder::look(&mut Borrowed(writing.clone()), feed, now(), goes_on);
        let (new, failed) = looked.map_or((0, 1), |(new, _)| (new, 0));
        let _ = writing.send(Job::Came(Refreshing { done: 1, new, of: asked.of }, failed));
    }
}

/// Brings the library and the reader's own server into step; answers what went wrong, which must not keep the feeds from being asked that the server does
/// not have. `served` is how many it had.
fn in_step(account: &Account, library: &Library, (asked, served): (Refreshing, usize), writing: &Sender<Job>) -> Option<Notice> {
    // A command that asks for something would ask on the screen that is read.
    let done = sync::secret(account, false).and_then(|(secret, _)| {
        let mut reader = Reader::open(&library.path)?;
        let summary = guarded(|| Ok(sync::with(account, &secret, &mut Borrowed(writing.clone()), &mut reader, now())))
            .unwrap_or_else(|fault| Err(Notice::new(fault)))?;
        Ok((summary, sync::served(&mut reader, now())?.len()))
    });
    let (new, has, trouble) = match done {
        Ok((summary, has)) => (summary.new, has, summary.problems.into_iter().next()),
        Err(notice) => (0, served, Some(out_of_step(account, notice))),
    };
    drop(writing.send(Job::Came(Refreshing { new, of: asked.of - served + has, done: has }, 0)));
    trouble
}

/// Why the server and the library are not in step, and that nothing is lost by it. The server is named once.
fn out_of_step(account: &Account, notice: Notice) -> Notice {
    let why = if notice.what.starts_with(&account.server) && !notice.why.is_empty() { notice.why } else { notice.to_string() };
    let server = crate::text::clean_line(&account.server);
    Notice::new(tr!("Not in step with {server}", server)).because(why).hint(tr!("what you mark waits here and is sent the next time"))
}

fn ask(feeds: &[Feed], of: usize, next: &AtomicUsize, goes_on: &impl Wish, writing: &Sender<Job>) {
    while goes_on() {
        let Some(feed) = feeds.get(next.fetch_add(1, Ordering::Relaxed)) else { return };
        let (asked, wish) = (feed.clone(), goes_on.clone());
        let answer = heard(goes_on, move || {
            guarded(|| Ok(get(&asked, &wish)))
                .unwrap_or_else(|fault| Err(Trouble { notice: Notice::new(asked.url.clone()).because(fault), ..Trouble::default() }))
        });
        // What was broken off is no failure of the feed.
        let Some(answer) = answer.filter(|answer| answer.is_ok() || goes_on()) else { return };
        if writing.send(Job::Fetched(Box::new(Look { feed: feed.clone(), answer, of }))).is_err() {
            return;
        }
    }
}

/// Whether something is still wanted.
pub(super) trait Wish: Fn() -> bool + Clone + Send + 'static {}

impl<F: Fn() -> bool + Clone + Send + 'static> Wish for F {}

/// What `work` comes to; `None` once it is not wanted any more. A server that says nothing is not waited for then: the request ends in its own time, and
/// nobody hears it.
pub(super) fn heard<T: Send + 'static>(wish: &impl Wish, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (send, receive) = mpsc::sync_channel(1);
    std::thread::Builder::new().name("request".to_owned()).spawn(move || drop(send.send(work()))).ok()?;
    loop {
        match receive.recv_timeout(LOOK) {
            Ok(answer) => return Some(answer),
            Err(RecvTimeoutError::Timeout) if wish() => {}
            Err(_) => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    #[test]
    fn who_says_nothing_is_not_waited_for_by_one_who_has_stopped() {
        let wanted = Arc::new(AtomicBool::new(true));
        let wish = {
            let wanted = Arc::clone(&wanted);
            move || wanted.load(Ordering::Relaxed)
        };
        assert_eq!(heard(&wish, || 7), Some(7));
        let (_open, silent) = mpsc::channel::<()>();
        let gives_up = Arc::clone(&wanted);
        let stops = std::thread::spawn(move || gives_up.store(false, Ordering::Relaxed));
        assert_eq!(heard(&wish, move || silent.recv().is_ok()), None);
        stops.join().unwrap();
    }
}
