//! The index of the library: every article read and analysed for who is named in it, on the cores that nobody waits for.

use super::homes::Sources;
use super::{Reporter, guarded, open};
use crate::app::{Origin, Report, Summary, Wanted};
use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A report is sent at least this often, so that progress is seen…
const PATIENCE: Duration = Duration::from_millis(100);

/// …and at most for so many articles.
const BATCH: usize = 64;

/// Files longer than this, in bytes, wait until all others have been read.
const LARGE: u64 = 1 << 20;

/// The queue of articles to index, and the threads that work on it.
#[derive(Debug)]
pub(super) struct Index {
    queue: Arc<Queue>,
}

#[derive(Debug, Default)]
struct Queue {
    waiting: Mutex<Waiting>,
    filled: Condvar,
}

#[derive(Debug, Default)]
struct Waiting {
    articles: VecDeque<Wanted>,
    large: VecDeque<Wanted>,
}

impl Index {
    pub(super) fn start(sources: &Sources, reporter: &Reporter) -> std::io::Result<Self> {
        let queue: Arc<Queue> = Arc::default();
        // One core is left to the screen.
        let workers = std::thread::available_parallelism().map_or(1, usize::from).saturating_sub(1).max(1);
        for _ in 0..workers {
            let (queue, sources, reporter) = (Arc::clone(&queue), sources.clone(), reporter.clone());
            std::thread::Builder::new().name("index".to_owned()).spawn(move || work(&queue, &sources, &reporter))?;
        }
        Ok(Self { queue })
    }

    pub(super) fn add(&self, articles: Vec<Wanted>) {
        self.queue.lock().articles.extend(articles);
        self.queue.filled.notify_all();
    }
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next article, the large ones last; `None` where nothing waits now.
    fn next(&self) -> Option<Wanted> {
        loop {
            let wanted = self.lock().articles.pop_front();
            match wanted {
                Some(wanted) if is_large(&wanted) => self.lock().large.push_back(wanted),
                Some(wanted) => return Some(wanted),
                None => return self.lock().large.pop_front(),
            }
        }
    }

    fn sleep(&self) {
        let waiting = self.lock();
        if waiting.articles.is_empty() && waiting.large.is_empty() {
            drop(self.filled.wait(waiting).unwrap_or_else(PoisonError::into_inner));
        }
    }
}

fn is_large(wanted: &Wanted) -> bool {
    matches!(&wanted.origin, Origin::File(path) if std::fs::metadata(path).is_ok_and(|m| m.len() > LARGE))
}

fn work(queue: &Queue, sources: &Sources, reporter: &Reporter) {
    let mut done = Vec::with_capacity(BATCH);
    let mut since = Instant::now();
    loop {
        let next = queue.next();
        if !done.is_empty() && (next.is_none() || done.len() >= BATCH || since.elapsed() > PATIENCE) {
            reporter.tell(Report::Indexed(std::mem::take(&mut done)));
        }
        match next {
            Some(wanted) => {
                if done.is_empty() {
                    since = Instant::now();
                }
                done.push((wanted.id, index(&wanted, sources)));
            }
            None => queue.sleep(),
        }
    }
}

fn index(wanted: &Wanted, sources: &Sources) -> Result<Summary, String> {
    guarded(|| {
        let analysed = open::annotate(open::read(wanted)?, &wanted.corrections, &wanted.places, sources);
        sources.learn(&analysed);
        Ok(Summary::of(&analysed))
    })
}
