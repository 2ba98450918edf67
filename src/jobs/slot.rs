//! A thread with room for one waiting request: a newer request takes the place of the one that waits.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// The place in which the next request waits.
#[derive(Debug)]
pub(super) struct Slot<T> {
    waiting: Mutex<Option<T>>,
    filled: Condvar,
}

impl<T: Send + 'static> Slot<T> {
    /// Starts a thread that does `work` for one request after the other.
    pub(super) fn serve(name: &str, work: impl Fn(T) + Send + 'static) -> std::io::Result<Arc<Self>> {
        let slot = Arc::new(Self { waiting: Mutex::new(None), filled: Condvar::new() });
        let served = Arc::clone(&slot);
        std::thread::Builder::new().name(name.to_owned()).spawn(move || {
            loop {
                work(served.take());
            }
        })?;
        Ok(slot)
    }

    /// Leaves a request; one that still waits is forgotten.
    pub(super) fn put(&self, request: T) {
        *self.waiting.lock().unwrap_or_else(PoisonError::into_inner) = Some(request);
        self.filled.notify_one();
    }

    fn take(&self) -> T {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(request) = waiting.take() {
                return request;
            }
            waiting = self.filled.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[test]
    fn the_newest_waiting_request_wins() {
        let (done, results) = mpsc::channel();
        let (go, gate) = mpsc::channel::<()>();
        let slot = Slot::serve("test", move |n: u32| {
            done.send(n).unwrap();
            gate.recv().unwrap();
        })
        .unwrap();
        slot.put(1);
        assert_eq!(results.recv().unwrap(), 1);
        // While the first is being done, two more come; only the newest is kept.
        slot.put(2);
        slot.put(3);
        go.send(()).unwrap();
        assert_eq!(results.recv().unwrap(), 3);
        go.send(()).unwrap();
        assert!(results.recv_timeout(std::time::Duration::from_millis(20)).is_err());
    }
}
