//! The index of the library: every article read and analysed once, on the cores that nobody waits for.

use super::{Reporter, guarded, open};
use crate::analysis;
use crate::app::{Report, Summary, Wanted};
use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A report is sent at least this often, so that progress is seen…
const PATIENCE: Duration = Duration::from_millis(100);

/// …and at most for so many articles.
const BATCH: usize = 64;

type Queue = (Mutex<VecDeque<Wanted>>, Condvar);

/// The queue of articles to index, and the threads that work on it.
#[derive(Debug)]
pub(super) struct Index {
    queue: Arc<Queue>,
}

impl Index {
    pub(super) fn start(reporter: &Reporter) -> std::io::Result<Self> {
        let queue: Arc<Queue> = Arc::default();
        // One core is left to the screen.
        let workers = std::thread::available_parallelism().map_or(1, usize::from).saturating_sub(1).max(1);
        for _ in 0..workers {
            let (queue, reporter) = (Arc::clone(&queue), reporter.clone());
            std::thread::Builder::new().name("index".to_owned()).spawn(move || work(&queue, &reporter))?;
        }
        Ok(Self { queue })
    }

    pub(super) fn add(&self, articles: Vec<Wanted>) {
        self.queue.0.lock().unwrap_or_else(PoisonError::into_inner).extend(articles);
        self.queue.1.notify_all();
    }
}

fn work(queue: &Queue, reporter: &Reporter) {
    let mut done = Vec::with_capacity(BATCH);
    let mut since = Instant::now();
    loop {
        let next = queue.0.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        if !done.is_empty() && (next.is_none() || done.len() >= BATCH || since.elapsed() > PATIENCE) {
            reporter.tell(Report::Indexed(std::mem::take(&mut done)));
        }
        match next {
            Some(wanted) => {
                if done.is_empty() {
                    since = Instant::now();
                }
                done.push((wanted.id, index(&wanted)));
            }
            None => {
                let waiting = queue.0.lock().unwrap_or_else(PoisonError::into_inner);
                if waiting.is_empty() {
                    drop(queue.1.wait(waiting).unwrap_or_else(PoisonError::into_inner));
                }
            }
        }
    }
}

fn index(wanted: &Wanted) -> Result<Summary, String> {
    guarded(|| Ok(open::summary(&analysis::analyse(open::read(wanted)?))))
}
