//! What other threads bring to the one that writes: answers of servers, whole texts, findings, what is followed and decided.

use super::super::add::Place;
use super::super::decide::{self, Looked as Decision};
use super::super::read::Look;
use super::super::server::Look as Looked;
use super::super::{analyse, now};
use super::{Following, Writing};
use crate::analysis;
use crate::app::Report;
use crate::app::shelf::{Answer, Ask, FeedId, Refreshing, StoredKey};
use crate::article::{Analysed, Article};
use crate::jobs::refresh;
use crate::locale::{tr, trn};
use crate::notice::Notice;
use crate::store::{ArticleKey, Choice, FeedKey, Watched, stored_version};
use crate::text::clean_line;
use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Instant;

impl Writing {
    /// The whole text of an article whose beginning is stored.
    pub(super) fn completed(&mut self, key: ArticleKey, article: &Article) {
        match self.write(|batch| batch.complete(key, article)) {
            Ok(_) => {
                self.uncounted = true;
                self.tell(Answer::Whole(StoredKey(key.0)));
                let _ = self.ways.thinking.send(analyse::Nudge::Look);
            }
            Err(notice) => self.refuse(None, notice),
        }
    }

    /// What an analysis found; false where it cannot be kept now.
    pub(super) fn found(&mut self, found: &[(ArticleKey, Analysed)]) -> bool {
        let version = stored_version(analysis::VERSION);
        let kept = self.right.is_ours()
            && self.write(|batch| found.iter().try_for_each(|(key, analysed)| batch.annotate(*key, version, analysed))).is_ok();
        self.uncounted |= kept;
        kept
    }

    /// Follows a name or a search from now on, or does so no more.
    pub(super) fn follow(&mut self, what: &Watched, name: &str, following: Following) {
        let (done, said) = match following {
            Following::On => (self.write(|b| b.watch(what, false)), tr!("{name} is followed from now on", name)),
            Following::Announced => (self.write(|b| b.watch(what, true)), tr!("{name} is followed, and what is new is announced", name)),
            Following::Off(id) => (self.write(|b| b.unwatch(id)), tr!("{name} is not followed any more", name)),
        };
        match done {
            Ok(()) => self.reporter.tell(Report::Said(Notice::new(said))),
            Err(notice) => self.refuse(None, notice),
        }
    }

    /// Writes what the reader decided about who is who.
    pub(super) fn decided(&mut self, looked: &Decision, said: &str) {
        match self.write(|batch| decide::write(batch, looked, now())) {
            Ok(id) => {
                self.uncounted = true;
                self.tell(Answer::Decided(id, clean_line(said)));
            }
            Err(notice) => self.refuse(None, notice),
        }
    }

    /// A feed that was found at an address.
    pub(super) fn feed(&mut self, place: &Place, choice: &Choice) {
        let added = self.write(|batch| {
            let (feed, is_new) = batch.add_feed(&place.url, &place.title)?;
            batch.choose(feed, choice)?;
            // What the reader types is theirs from then on.
            if is_new || !place.found {
                batch.found_feed(feed, place.found)?;
            }
            Ok(feed)
        });
        match added {
            Ok(feed) => self.added(feed, &place.url),
            Err(notice) => {
                self.tell(Answer::Refreshing(None));
                self.refuse(None, notice);
            }
        }
    }

    /// Writes what servers have answered.
    pub(super) fn take_in(&mut self, answers: Vec<Looked>) {
        if answers.is_empty() {
            return;
        }
        (self.progress.done, self.progress.of) = (self.progress.done + answers.len(), answers[0].of);
        if let Some(writer) = self.right.writer() {
            let feeds: Vec<_> = answers.iter().map(|looked| looked.feed.clone()).collect();
            let by_key: HashMap<FeedKey, _> = answers.into_iter().map(|looked| (looked.feed.key, looked.answer)).collect();
            let by_key = Mutex::new(by_key);
            // What came is handed over to the one place that reads and writes answers.
            let get = |feed: &crate::store::Feed| {
                let taken = by_key.lock().unwrap_or_else(std::sync::PoisonError::into_inner).remove(&feed.key);
                taken.unwrap_or_else(|| Err(refresh::Trouble::default()))
            };
            match refresh::refresh(writer, &feeds, (1, true, now()), &get, &mut |_, _| {}) {
                Ok(summary) => {
                    self.progress.new += summary.new;
                    self.failed += summary.failed;
                }
                Err(notice) => self.refuse(None, notice),
            }
        }
        self.uncounted = true;
        self.tell(Answer::Refreshing(Some(self.progress)));
    }

    pub(super) fn end_refresh(&mut self, asked: Refreshing, trouble: Option<Notice>) {
        let (progress, failed) = (std::mem::take(&mut self.progress), std::mem::take(&mut self.failed));
        self.refreshed = Instant::now();
        self.tell(Answer::Refreshing(None));
        let expired = self.write(|batch| batch.expire(now()));
        if let Err(notice) = expired {
            return self.refuse(None, notice);
        }
        self.uncounted = true;
        let _ = self.ways.thinking.send(analyse::Nudge::Look);
        let feeds = trn!(progress.done, "{n} feed", "{n} feeds");
        let said = match progress.new {
            0 => tr!("Nothing new in {feeds}", feeds),
            new => trn!(new, "{n} new article in {feeds}", "{n} new articles in {feeds}", feeds),
        };
        let mut notice = Notice::new(said);
        if let Some(trouble) = trouble {
            // What was marked waits in the library, so this is no reason to stop reading.
            notice = if progress.new == 0 { trouble } else { notice.because(trouble) };
        } else if progress.done < asked.of {
            notice = notice.because(tr!("stopped, {n} not asked", n = asked.of - progress.done));
        } else if failed > 0 {
            notice = notice.hint(tr!("{failed} failed: see ! in the tree, E says why", failed));
        }
        self.reporter.tell(Report::Said(notice));
    }

    /// A feed that was added is looked at at once.
    pub(super) fn added(&mut self, feed: FeedKey, url: &str) {
        self.reporter.tell(Report::Said(Notice::new(tr!("Added {url}", url))));
        let _ = self.ways.reading.send(Look::Ask(Ask::Refresh { feeds: vec![FeedId(feed.0)] }));
    }
}
