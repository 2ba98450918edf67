//! Many inputs on all cores, their results in the order of the inputs, with a bound on how many wait.

use super::{Outcome, out};
use crate::jobs;
use crate::locale::tr;
use crate::notice::Notice;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, PoisonError};

/// Results that may wait for their turn, for each worker: the bound on memory.
const AHEAD: usize = 16;

/// Does `work` for each number below `count` and gives the results to `take` in the order of the numbers, until `take` wants no more.
///
/// What fails is told on standard error, in the same order, and left out.
pub(super) fn run<T: Send>(
    count: usize,
    work: impl Fn(usize) -> Result<T, Notice> + Sync,
    take: impl FnMut(T) -> ControlFlow<()> + Send,
) -> Outcome {
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(count.max(1));
    let queue = Queue { taken: 0, given: 0, waiting: BTreeMap::new(), take, failed: false, closed: false };
    let line = Line { count, ahead: workers * AHEAD, state: Mutex::new(queue), moved: Condvar::new() };
    let worker = || {
        while let Some(n) = line.next() {
            // A fault in one article must not leave the others waiting for its turn.
            let result = jobs::guarded(|| Ok(work(n)));
            line.put(n, result.unwrap_or_else(|fault| Err(Notice::new(tr!("input {number}", number = n + 1)).because(fault))));
        }
    };
    std::thread::scope(|scope| {
        // This thread is a worker too: one large article is then read and analysed in the memory of one thread.
        (1..workers).for_each(|_| drop(scope.spawn(worker)));
        worker();
    });
    let queue = line.state.into_inner().unwrap_or_else(PoisonError::into_inner);
    if queue.failed { Outcome::Partly } else { Outcome::Done }
}

/// The queue between the workers and the one who takes their results.
struct Line<T, F> {
    count: usize,
    ahead: usize,
    state: Mutex<Queue<T, F>>,
    moved: Condvar,
}

struct Queue<T, F> {
    taken: usize,
    given: usize,
    waiting: BTreeMap<usize, Result<T, Notice>>,
    take: F,
    failed: bool,
    closed: bool,
}

impl<T, F: FnMut(T) -> ControlFlow<()>> Line<T, F> {
    /// The next number; waits while too many results wait for an earlier one. `None` at the end or where nobody takes any more.
    fn next(&self) -> Option<usize> {
        let mut queue = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while !queue.closed && queue.taken >= queue.given + self.ahead {
            queue = self.moved.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
        let n = queue.taken;
        (n < self.count && !queue.closed).then(|| {
            queue.taken += 1;
            n
        })
    }

    /// Hands in the result for `n` and gives on all that are next in turn.
    fn put(&self, n: usize, result: Result<T, Notice>) {
        let mut queue = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        queue.waiting.insert(n, result);
        while let Some(result) = {
            let next = queue.given;
            queue.waiting.remove(&next)
        } {
            queue.given += 1;
            match result {
                Ok(result) if !queue.closed => queue.closed = (queue.take)(result).is_break(),
                Ok(_) => {}
                Err(notice) => {
                    queue.failed = true;
                    out::complain(&notice);
                }
            }
        }
        self.moved.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_keep_the_order_of_the_numbers() {
        let mut seen = Vec::new();
        let work = |n: usize| {
            // The first ones take longest, so that later ones have to wait.
            std::thread::sleep(std::time::Duration::from_micros(500u64.saturating_sub(n as u64)));
            Ok(n)
        };
        let outcome = run(600, work, |n| {
            seen.push(n);
            ControlFlow::Continue(())
        });
        assert_eq!(outcome, Outcome::Done);
        assert!(seen.iter().copied().eq(0..600));
    }

    #[test]
    fn what_fails_is_left_out() {
        let mut seen = Vec::new();
        let work = |n: usize| if n == 1 { Err(Notice::new("one")) } else { Ok(n) };
        let outcome = run(3, work, |n| {
            seen.push(n);
            ControlFlow::Continue(())
        });
        assert_eq!((outcome, seen), (Outcome::Partly, vec![0, 2]));
    }

    #[test]
    fn nothing_is_given_after_the_end() {
        let mut seen = 0;
        let outcome = run(10_000, Ok, |_: usize| {
            seen += 1;
            if seen == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert_eq!((outcome, seen), (Outcome::Done, 3));
        assert_eq!(run(0, Ok, |_: usize| ControlFlow::Continue(())), Outcome::Done);
    }
}
