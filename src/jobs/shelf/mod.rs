//! The library for the reader on the screen: one thread reads it, one writes to it, one opens articles, one analyses what is new.
//!
//! Reading never waits for writing. Where another program writes, everything is shown and nothing is changed until that program ends.

mod add;
mod analyse;
mod decide;
mod folders;
mod folds;
mod lend;
mod list;
mod moments;
mod open;
mod page;
mod read;
mod right;
mod server;
mod viewed;
mod words;
mod write;

pub use page::sheet;
pub use viewed::{Seen, seen};
pub use write::VISIT;

pub use server::get;

use super::Reporter;
use super::homes::Sources;
use super::priority;
use super::slot::Slot;
use crate::app::shelf::{Ask, ViewFormat, Viewed};
use crate::app::{Ticket, Wanted};
use crate::notice::Notice;
use crate::store::Snapshot;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Sender};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Writes a view of the library, seen at an instant in seconds since 1970, as a file of a format. Those who write formats stand above the jobs, so they
/// hand this down.
pub type Exporter = fn(&Snapshot<'_>, &Viewed, ViewFormat, i64) -> Result<String, Notice>;

/// Where the library is, and how often its feeds are looked at.
#[derive(Clone, Debug)]
pub struct Library {
    /// The file.
    pub path: PathBuf,
    /// Time between two looks at all feeds; none where only the reader asks for it.
    pub every: Option<Duration>,
    /// The folder of the configuration, where the reader's own server is named.
    pub config: Option<PathBuf>,
    /// How views of it become files.
    pub export: Exporter,
}

/// The threads of the library.
#[derive(Debug)]
pub(super) struct Threads {
    reading: Sender<read::Look>,
    writing: Sender<write::Job>,
    opening: Arc<Slot<(Ticket, Wanted)>>,
    moments: moments::Gathering,
    stop: Stop,
    /// The thread that writes: the program does not end before everything is on the disk.
    writer: Option<std::thread::JoinHandle<()>>,
    thinking: Sender<analyse::Nudge>,
    watching: Sender<folders::Word>,
}

/// Ends the refresh that is under way.
#[derive(Clone, Debug, Default)]
pub(super) struct Stop(Arc<AtomicU64>);

impl Stop {
    fn now(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    /// The number of the refresh that begins now.
    fn number(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Threads {
    /// Starts them.
    ///
    /// # Errors
    /// Where the system gives no more threads.
    pub(super) fn start(library: &Library, sources: &Sources, reporter: &Reporter) -> std::io::Result<Self> {
        let (reading, looks) = mpsc::channel();
        let (writing, jobs) = mpsc::channel();
        let (thinking, nudges) = mpsc::channel();
        let stop = Stop::default();
        let (watching, folders) = mpsc::channel();
        let path = || library.path.clone();
        let spawn = |name: &str, work: Box<dyn FnOnce() + Send>| std::thread::Builder::new().name(name.to_owned()).spawn(work);
        let ways = read::Ways { writing: writing.clone(), watching: watching.clone() };
        let reader = read::Reading::new(library.clone(), ways, stop.clone(), reporter.clone());
        let watcher = folders::Watcher {
            own: watching.clone(),
            writing: writing.clone(),
            reading: reading.clone(),
            thinking: thinking.clone(),
            reporter: reporter.clone(),
        };
        spawn("folders", Box::new(move || watcher.serve(&folders)))?;
        spawn("shelf", Box::new(move || reader.serve(&looks)))?;
        let ways = write::Ways { reading: reading.clone(), thinking: thinking.clone(), own: writing.clone() };
        let writer = write::Writing::new(library.clone(), ways, stop.clone(), reporter.clone());
        let writer = spawn("writer", Box::new(move || writer.serve(&jobs)))?;
        let analyst = analyse::Analyst::new(path(), writing.clone(), sources.clone());
        spawn(
            "analyst",
            Box::new(move || {
                priority::lower();
                analyst.serve(&nudges);
            }),
        )?;
        let opener = open::Opener::new(path(), sources.clone(), reporter.clone());
        let opening = Slot::serve("stored", move |(ticket, wanted)| opener.open(ticket, &wanted))?;
        let moments = moments::Gathering::start(path(), reporter.clone())?;
        Ok(Self { reading, writing, opening, moments, stop, writer: Some(writer), thinking, watching })
    }

    /// Opens a stored article; the newest request wins.
    pub(super) fn open(&self, ticket: Ticket, wanted: Wanted) {
        self.opening.put((ticket, wanted));
    }

    /// Hands what is asked to the thread that does it.
    pub(super) fn ask(&self, ask: Ask) {
        // A thread that is gone has said why; nobody is left to be asked.
        match ask {
            Ask::StopRefresh => self.stop.now(),
            Ask::Moments { ticket, of, filter } => self.moments.ask(moments::Request { ticket, of, filter }),
            ask if read::reads(&ask) => drop(self.reading.send(read::Look::Ask(ask))),
            ask => drop(self.writing.send(write::Job::Ask(ask))),
        }
    }
}

impl Drop for Threads {
    /// Ends the threads; what was asked before is written first.
    fn drop(&mut self) {
        self.stop.now();
        let _ = self.writing.send(write::Job::End);
        let _ = self.reading.send(read::Look::End);
        let _ = self.thinking.send(analyse::Nudge::End);
        let _ = self.watching.send(folders::Word::End);
        if let Some(writer) = self.writer.take() {
            let _ = writer.join();
        }
    }
}

/// Makes an empty library, where there is none.
pub(super) fn make(path: &Path) -> Result<(), crate::notice::Notice> {
    crate::store::Writer::open(path, &crate::store::Holder::this("dateline")).map(drop)
}

/// Seconds since 1970.
fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| i64::try_from(d.as_secs()).unwrap_or(i64::MAX))
}

/// A reader of the library, opened when it is first needed.
fn opened<'a>(reader: &'a mut Option<crate::store::Reader>, path: &Path) -> Result<&'a mut crate::store::Reader, crate::notice::Notice> {
    match reader {
        Some(reader) => Ok(reader),
        None => Ok(reader.insert(crate::store::Reader::open(path)?)),
    }
}
