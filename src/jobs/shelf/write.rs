//! The thread that writes: one change after the other, each whole or not at all. Where another program writes, it waits for that one to end.

mod come;

use super::read::Look;
use super::right::{Asked, Right};
use super::server::Look as Looked;
use super::{Library, Stop, analyse, decide, now, words};
use crate::analysis;
use crate::app::shelf::{Answer, Ask, FeedId, Program, Refreshing, Which};
use crate::app::{Report, Ticket};
use crate::article::{Analysed, Article, Correction, PlaceCorrection};
use crate::jobs::{Reporter, import};
use crate::locale::{tr, trn};
use crate::notice::Notice;
use crate::store::{ArticleKey, Batch, Mark, Reader, Righted, Watched, Writer, announcement, stored_version};
use crate::text::clean_line;
use std::collections::{HashMap, VecDeque};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

/// How often it is looked whether the other program has ended.
const RETRY: Duration = Duration::from_secs(2);

/// How often it is looked whether another program wants to write.
const TURN: Duration = Duration::from_secs(1);

/// How often somebody is looked for who lets us write, while something waits to be written.
const URGENT: Duration = Duration::from_millis(20);

/// How long the end of the program waits for a command that writes.
const FAREWELL: Duration = Duration::from_secs(10);

/// Saved searches are counted when nothing was written for so long.
const QUIET: Duration = Duration::from_millis(300);

/// Changes that are done at once.
const MOST: usize = 64;

/// Changes that can be taken back.
const MAX_UNDO: usize = 500;

/// Under what it is kept when the reader was here last.
pub const VISIT: &str = "visit";

/// Articles that are joined with the others at once, where that was not done before.
const CATCH_UP: usize = 32;

/// Something to write.
#[derive(Debug)]
pub(super) enum Job {
    /// What the reader asks.
    Ask(Ask),
    /// Articles that were looked up to be marked.
    Mark { ticket: Ticket, keys: Vec<ArticleKey>, mark: Mark },
    /// A server has answered.
    Fetched(Box<Looked>),
    /// Sources that were looked at without the network, or by the reader's own server: how many, and what came of them.
    Came(Refreshing, usize),
    /// Every server has answered, or the reader has stopped the refresh; and what went wrong with the reader's own server.
    Refreshed(Refreshing, Option<Notice>),
    /// Another thread wants to write for a moment, and gives the writer back.
    Lend(Sender<Writer>, Receiver<Writer>),
    /// The whole text of an article whose beginning is stored.
    Whole(ArticleKey, Box<Article>),
    /// What an analysis found; told when it is written, or that it cannot be.
    Found(Vec<(ArticleKey, Analysed)>, Sender<bool>),
    /// How something is followed from now on, and what it is called.
    Follow(Watched, String, Following),
    /// A decision about who is who, and what to say of it.
    Decide(decide::Looked, String),
    /// A feed that was found at an address, to be looked at.
    Feed { place: super::add::Place, choice: crate::store::Choice },
    /// Nobody reads any more.
    End,
}

/// How something is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Following {
    /// It is.
    On,
    /// It is, and what is new is announced.
    Announced,
    /// It is no longer, under this number.
    Off(i64),
}

/// Where word of changes goes.
#[derive(Debug)]
pub(super) struct Ways {
    pub(super) reading: Sender<Look>,
    pub(super) thinking: Sender<analyse::Nudge>,
    pub(super) own: Sender<Job>,
}

/// What undoing takes.
#[derive(Debug)]
enum Undone {
    Marks(Vec<ArticleKey>, Mark),
    /// A feed that was removed under this number, and what it is called.
    Feed(i64),
}

/// The thread's things.
pub(super) struct Writing {
    library: Library,
    right: Right,
    /// What waits for a command that writes.
    held: Vec<Job>,
    /// Who writes, as it was told last.
    told: Option<Option<String>>,
    undo: VecDeque<Ticket>,
    undone: HashMap<Ticket, Undone>,
    /// True while saved searches have to be counted.
    uncounted: bool,
    /// True while there may be articles that are not joined with the others.
    behind: bool,
    progress: Refreshing,
    failed: usize,
    refreshed: Instant,
    ways: Ways,
    stop: Stop,
    reporter: Reporter,
}

impl Writing {
    pub(super) fn new(library: Library, ways: Ways, stop: Stop, reporter: Reporter) -> Self {
        Self {
            right: Right::new(library.path.clone()),
            library,
            held: Vec::new(),
            told: None,
            undo: VecDeque::new(),
            undone: HashMap::new(),
            uncounted: false,
            behind: true,
            progress: Refreshing::default(),
            failed: 0,
            refreshed: Instant::now(),
            ways,
            stop,
            reporter,
        }
    }

    fn tell(&self, answer: Answer) {
        self.reporter.tell(Report::Shelf(answer));
    }

    /// Says what went wrong; the screen shows what is so instead of what was to be.
    fn refuse(&self, ticket: Option<Ticket>, notice: Notice) {
        self.tell(Answer::Refused { ticket, notice });
        self.changed(true);
    }

    fn changed(&self, at_once: bool) {
        let _ = self.ways.reading.send(Look::Changed(at_once));
    }

    /// Writes until nobody asks any more.
    pub(super) fn serve(mut self, jobs: &Receiver<Job>) {
        self.claim();
        loop {
            let wait = match self.right.is_ours() {
                true if self.uncounted => QUIET,
                true => TURN,
                false if !self.held.is_empty() => URGENT,
                false => RETRY,
            };
            match jobs.recv_timeout(wait) {
                Ok(job) => {
                    let some: Vec<Job> = std::iter::once(job).chain(jobs.try_iter().take(MOST - 1)).collect();
                    let ends = some.iter().any(|job| matches!(job, Job::End));
                    self.held.extend(some.into_iter().filter(|job| !matches!(job, Job::End)));
                    self.go_on();
                    if ends {
                        return self.end();
                    }
                }
                Err(RecvTimeoutError::Timeout) => self.idle(),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Does what was asked, unless a command writes that ends by itself: then it waits for that.
    fn go_on(&mut self) {
        self.claim();
        if !self.right.is_lent() {
            let held = std::mem::take(&mut self.held);
            if !held.is_empty() {
                self.all(held);
            }
        }
        if self.right.give_way() {
            self.told = None;
        }
    }

    /// The right to write, where no other program has it.
    fn claim(&mut self) {
        if let Asked::New = self.right.claim(!self.held.is_empty()) {
            self.changed(true);
            let _ = self.ways.thinking.send(analyse::Nudge::Look);
        }
        let other = self.right.other();
        if self.told.as_ref() != Some(&other) {
            if let Some(notice) = self.right.trouble().filter(|_| self.told.is_none()) {
                self.tell(Answer::Refused { ticket: None, notice });
            }
            self.tell(Answer::Writer(other.clone()));
            self.told = Some(other);
        }
    }

    /// Nothing was asked for a while.
    fn idle(&mut self) {
        self.go_on();
        if !self.right.is_ours() {
            return;
        }
        // A library of before is joined across articles bit by bit.
        if self.behind {
            self.behind = self.write(|batch| batch.catch_up(CATCH_UP)).is_ok_and(|n| n == CATCH_UP);
        }
        if std::mem::take(&mut self.uncounted) {
            let _ = self.write(|batch| batch.count_searches(now()));
            self.changed(true);
            if let Err(notice) = self.announce() {
                self.refuse(None, notice);
            }
        } else if self.library.every.is_some_and(|every| self.refreshed.elapsed() >= every) {
            self.refreshed = Instant::now();
            let _ = self.ways.reading.send(Look::Ask(Ask::Refresh { feeds: Vec::new() }));
        }
    }

    /// Announces what is new of what is followed, once, and in one line for all of it. Who is named shows only once an article is analysed.
    fn announce(&mut self) -> Result<(), Notice> {
        let mut reader = Reader::open(&self.library.path)?;
        let snapshot = reader.snapshot(now())?;
        let watches = snapshot.watches()?;
        let untold = watches.iter().any(|w| w.announce && w.untold > 0);
        if !untold || !snapshot.stale(stored_version(analysis::VERSION), 1)?.is_empty() {
            return Ok(());
        }
        drop(snapshot);
        self.write(|batch| batch.announced())?;
        announcement(&watches).into_iter().for_each(|line| self.tell(Answer::Announce(line)));
        Ok(())
    }

    /// A change, where we may write.
    fn write<T>(&mut self, change: impl FnOnce(&Batch<'_>) -> Result<T, Notice>) -> Result<T, Notice> {
        self.right.write(change)
    }

    /// Does some jobs; servers' answers that came together are written together.
    fn all(&mut self, jobs: Vec<Job>) {
        let mut answers = Vec::new();
        let mut at_once = false;
        for job in jobs {
            match job {
                Job::Fetched(looked) => answers.push(*looked),
                job => {
                    self.take_in(std::mem::take(&mut answers));
                    at_once |= !matches!(job, Job::Found(..));
                    self.one(job);
                }
            }
        }
        self.take_in(answers);
        self.changed(at_once);
    }

    /// Counts what is not counted, and remembers when the reader was here last; then the library is another program's.
    fn end(&mut self) {
        let begun = Instant::now();
        while !self.held.is_empty() && begun.elapsed() < FAREWELL {
            std::thread::sleep(URGENT);
            self.go_on();
        }
        let _ = self.write(|batch| batch.set(VISIT, &now().to_string()));
        if self.uncounted {
            let _ = self.write(|batch| batch.count_searches(now()));
        }
    }

    fn one(&mut self, job: Job) {
        match job {
            Job::Ask(Ask::Mark { ticket, which: Which::One(key), mark }) => self.mark(ticket, &[ArticleKey(key.0)], &words::mark(&mark)),
            Job::Mark { ticket, keys, mark } => self.mark(ticket, &keys, &mark),
            Job::Ask(Ask::Undo(ticket)) => self.take_back(ticket),
            Job::Ask(Ask::Remove { ticket, feed, keep }) => self.remove(ticket, feed, keep),
            Job::Ask(ask) => {
                if let Err(notice) = self.ask(ask) {
                    self.refuse(None, notice);
                }
            }
            Job::Came(progress, failed) => {
                self.progress.done += progress.done;
                self.progress.new += progress.new;
                self.failed += failed;
                self.uncounted = true;
                let _ = self.ways.thinking.send(analyse::Nudge::Look);
                // Whole texts come when the look at the feeds is over.
                if progress.of > 0 {
                    self.tell(Answer::Refreshing(Some(Refreshing { of: progress.of, ..self.progress })));
                }
            }
            Job::Refreshed(asked, trouble) => self.end_refresh(asked, trouble),
            Job::Lend(give, back) => {
                self.right.lend(&give, &back);
                self.uncounted = true;
            }
            Job::Whole(key, article) => self.completed(key, &article),
            Job::Found(found, done) => drop(done.send(self.found(&found))),
            Job::Follow(what, name, following) => self.follow(&what, &clean_line(&name), following),
            Job::Decide(looked, said) => self.decided(&looked, &said),
            Job::Feed { place, choice } => self.feed(&place, &choice),
            Job::Fetched(_) | Job::End => {}
        }
    }

    fn mark(&mut self, ticket: Ticket, keys: &[ArticleKey], mark: &Mark) {
        match self.write(|batch| batch.mark(keys.iter().copied(), mark)) {
            Ok(changed) => {
                self.uncounted = true;
                self.tell(Answer::Marked { ticket, count: changed.len(), undone: false });
                self.did(ticket, Undone::Marks(changed, mark.undone()));
            }
            Err(notice) => self.refuse(Some(ticket), notice),
        }
    }

    fn did(&mut self, ticket: Ticket, undone: Undone) {
        if self.undo.len() == MAX_UNDO
            && let Some(oldest) = self.undo.pop_front()
        {
            self.undone.remove(&oldest);
        }
        self.undo.push_back(ticket);
        self.undone.insert(ticket, undone);
    }

    fn remove(&mut self, ticket: Ticket, feed: FeedId, keep: bool) {
        match self.write(|batch| batch.remove_feed(words::feed_key(feed), keep, now())) {
            Ok(gone) => {
                self.did(ticket, Undone::Feed(gone.id));
                self.uncounted = true;
                let said = trn!(gone.articles, "Removed, {n} article with it", "Removed, {n} articles with it");
                self.reporter.tell(Report::Said(Notice::new(said).hint(tr!("undo brings it back"))));
            }
            Err(notice) => self.refuse(Some(ticket), notice),
        }
    }

    fn take_back(&mut self, ticket: Ticket) {
        let Some(undone) = self.undone.remove(&ticket) else {
            return self.reporter.tell(Report::Said(Notice::new(tr!("This cannot be taken back any more"))));
        };
        self.uncounted = true;
        let done = match &undone {
            Undone::Marks(keys, mark) => self
                .write(|batch| batch.mark(keys.iter().copied(), mark))
                .map(|changed| self.tell(Answer::Marked { ticket, count: changed.len(), undone: true })),
            Undone::Feed(id) => self.write(|batch| batch.restore_feed(*id)).map(|feed| {
                let _ = self.ways.thinking.send(analyse::Nudge::Look);
                let said = if feed.is_some() {
                    tr!("Undone: the feed and its articles are back")
                } else {
                    tr!("This cannot be taken back any more")
                };
                self.reporter.tell(Report::Said(Notice::new(said)));
            }),
        };
        match done {
            Ok(()) => self.undo.retain(|t| *t != ticket),
            Err(notice) => {
                self.undone.insert(ticket, undone);
                self.refuse(Some(ticket), notice);
            }
        }
    }

    fn ask(&mut self, ask: Ask) -> Result<(), Notice> {
        match ask {
            Ask::Correct { key, hold, more } => {
                let key = ArticleKey(key.0);
                let places = self.correct(key, hold, &more)?;
                let _ = self.ways.thinking.send(analyse::Nudge::Again(key));
                for other in decide::naming(&self.library.path, &places)? {
                    let _ = self.ways.thinking.send(analyse::Nudge::Again(other));
                }
            }
            Ask::Redate { key, day } => {
                let key = ArticleKey(key.0);
                self.write(|batch| batch.correct(Some(key), &Righted::Published(day), now()).map(drop))?;
                let _ = self.ways.thinking.send(analyse::Nudge::Again(key));
            }
            Ask::Choose { feed, choice } => {
                self.write(|batch| batch.choose(words::feed_key(feed), &words::choice(choice)))?;
                self.uncounted = true;
            }
            Ask::Unfollow(id) => self.write(|batch| batch.unwatch(id))?,
            Ask::Undecide(id, undone) => {
                self.write(|batch| batch.undo_identity(id, undone))?;
                self.uncounted = true;
                self.tell(Answer::Undecided(
                    if undone { tr!("Undone: the decision is taken back") } else { tr!("The decision holds again") }.to_owned(),
                ));
            }
            Ask::Save { name, query } => self.write(|batch| batch.save_search(&name, query.as_deref(), now()))?,
            Ask::Whole { key, article } => self.one(Job::Whole(ArticleKey(key.0), article)),
            Ask::Import { program, file } => self.import(program, file.as_deref())?,
            Ask::Add { what, choice } => {
                // Only who may write can add; said before anything is fetched.
                self.write(|_| Ok(())).inspect_err(|_| self.tell(Answer::Refreshing(None)))?;
                super::add::add(what, words::choice(choice), self.ways.own.clone(), self.stop.clone(), self.reporter.clone());
            }
            _ => {}
        }
        Ok(())
    }

    /// Takes over what another program holds, until the reader stops it, and looks at all feeds.
    fn import(&mut self, program: Program, file: Option<&str>) -> Result<(), Notice> {
        let number = self.stop.number();
        let taken = self.take_over(program, file, number);
        if taken.is_err() || self.stop.number() != number {
            self.tell(Answer::Refreshing(None));
        } else {
            let _ = self.ways.reading.send(Look::Ask(Ask::Refresh { feeds: Vec::new() }));
        }
        self.uncounted = true;
        self.reporter.tell(Report::Said(Notice::new(tr!("Taken over from {name}: {taken}", name = program.name(), taken = taken?))));
        Ok(())
    }

    fn take_over(&mut self, program: Program, file: Option<&str>, number: u64) -> Result<import::Taken, Notice> {
        self.write(|_| Ok(()))?;
        let list = import::read(program, file.map(super::add::at_home).as_deref(), None)?;
        let Self { right, stop, .. } = self;
        let Some(writer) = right.writer() else { return Ok(import::Taken::default()) };
        import::take(writer, &list, now(), &|| stop.number() == number)
    }

    /// The first `hold` of the corrections that were kept still hold, the others are taken back, and these are new.
    ///
    /// Answers what was said or taken back about places, which holds in other articles too.
    fn correct(&mut self, key: ArticleKey, hold: usize, more: &[Correction]) -> Result<Vec<PlaceCorrection>, Notice> {
        let kept = Reader::open(&self.library.path)?.snapshot(now())?.corrections(Some(key))?;
        let names = kept.iter().filter(|k| !k.undone && matches!(k.righted, Some(Righted::Name(_))));
        let gone: Vec<_> = names.skip(hold).collect();
        let place = |correction: &Correction| if let Correction::Place(place) = correction { Some(place.clone()) } else { None };
        let taken_back = gone.iter().filter_map(|k| if let Some(Righted::Name(c)) = &k.righted { place(c) } else { None });
        let places = taken_back.chain(more.iter().filter_map(place)).collect();
        self.write(|batch| {
            gone.iter().try_for_each(|kept| batch.undo_correction(kept.id, true))?;
            more.iter().try_for_each(|c| batch.correct(Some(key), &Righted::Name(c.clone()), now()).map(drop))
        })?;
        Ok(places)
    }
}
