//! The moments of a view of the library, for its timeline: read on a thread of its own, the newest articles first, and shown as they come, each time with
//! four times as many, so that all rounds together cost a third more than the last one.

use super::viewed::seen;
use super::{now, words};
use crate::app::shelf::{Answer, StoredRow, Viewed};
use crate::app::timeline::{Moments, Source, Whole};
use crate::app::{ArticleId, Report, Ticket};
use crate::article::Event;
use crate::jobs::slot::Slot;
use crate::jobs::{Reporter, guarded};
use crate::notice::Notice;
use crate::store::{Order, Reader, Snapshot};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Articles after which moments are shown for the first time.
const FIRST: usize = 500;

/// How many times more articles the next showing waits for.
const MORE: usize = 4;

/// Moments that are held: about 250 bytes each.
const MOST: usize = 1_000_000;

/// Whose moments are wanted.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) ticket: Ticket,
    pub(super) of: Viewed,
    pub(super) filter: Option<u64>,
}

/// The thread that reads moments.
#[derive(Debug)]
pub(super) struct Gathering {
    slot: Arc<Slot<Request>>,
    /// The newest request; an older one is given up.
    newest: Arc<AtomicU64>,
}

impl Gathering {
    pub(super) fn start(path: PathBuf, reporter: Reporter) -> std::io::Result<Self> {
        let newest = Arc::<AtomicU64>::default();
        let wanted = Arc::clone(&newest);
        let slot = Slot::serve("moments", move |request: Request| {
            let goes_on = || wanted.load(Ordering::Relaxed) == request.ticket.0;
            let read = || Ok(gather(&path, &request, &goes_on, &reporter));
            if let Err(notice) = guarded(read).unwrap_or_else(|fault| Err(Notice::new(fault))) {
                reporter.tell(Report::Shelf(Answer::Refused { ticket: None, notice }));
            }
        })?;
        Ok(Self { slot, newest })
    }

    pub(super) fn ask(&self, request: Request) {
        self.newest.store(request.ticket.0, Ordering::Relaxed);
        self.slot.put(request);
    }
}

fn gather(path: &Path, request: &Request, goes_on: &dyn Fn() -> bool, reporter: &Reporter) -> Result<(), Notice> {
    let mut reader = Reader::open(path)?;
    let snapshot = reader.snapshot(now())?;
    let seen = seen(&snapshot, &request.of, now())?;
    let places = snapshot.places(&seen.bits, Order::Newest, None, usize::MAX)?;
    let mut read = Read::default();
    let mut next = FIRST;
    for (done, place) in places.iter().enumerate() {
        if !goes_on() {
            return Ok(());
        }
        if done == next {
            next *= MORE;
            reporter.tell(read.answer(request, places.len() - done, true));
        }
        // One that is damaged says so when it is opened.
        if let Ok(Some((moments, row))) = of_article(&snapshot, place.key, &seen.names) {
            read.add(moments, row);
        }
        if read.moments >= MOST {
            reporter.tell(read.answer(request, places.len() - done - 1, false));
            return Ok(());
        }
    }
    reporter.tell(read.answer(request, 0, false));
    Ok(())
}

/// What was read so far.
#[derive(Default)]
struct Read {
    sources: Vec<Source>,
    rows: Vec<Arc<StoredRow>>,
    moments: usize,
}

impl Read {
    fn add(&mut self, moments: Moments, row: StoredRow) {
        let Ok(number) = u32::try_from(self.rows.len()) else { return };
        self.moments += moments.list().len();
        self.sources.push(Source { article: ArticleId(number), published: Some(row.day), moments: Arc::new(moments) });
        self.rows.push(Arc::new(row));
    }

    fn answer(&self, request: &Request, left: usize, more: bool) -> Report {
        let whole = Arc::new(Whole::of_library(self.sources.clone(), self.rows.clone(), request.filter));
        Report::Shelf(Answer::Moments { ticket: request.ticket, whole, left, more })
    }
}

/// The moments of one article in which one of `names` occurs, or all with none.
fn of_article(
    snapshot: &Snapshot<'_>,
    key: crate::store::ArticleKey,
    names: &[crate::store::EntityKey],
) -> Result<Option<(Moments, StoredRow)>, Notice> {
    let (Some(stored), Some(row)) = (snapshot.open(key)?, snapshot.row(key)?) else { return Ok(None) };
    let named = |e: &Event| e.entities.iter().any(|id| stored.entities.get(id.0 as usize).is_some_and(|k| names.contains(k)));
    let moments = Moments::of_those(&stored.analysed, |e| names.is_empty() || named(e));
    Ok(Some((moments, words::row(row, None))))
}
