//! Work in the background: effects go to threads, reports come back. Each effect that is done ends in exactly one final report.
//!
//! What a reader waits for (opening, searching, the palette) runs on a thread of its own with room for one waiting request: a newer one takes
//! its place. The index is built by the other cores, article by article.

mod annotate;
mod browse;
pub mod fetch;
mod file;
pub mod folder;
mod homes;
pub mod import;
mod index;
mod open;
mod pen;
mod picture;
mod priority;
mod program;
pub mod refresh;
mod scan;
pub mod shelf;
mod slot;
pub mod sync;
pub mod taken;
pub mod turn;
mod watch;
mod web;
pub mod whole;

pub use browse::opener;
pub use open::{missing, read, reason, today};
pub use pen::Pen;
pub use scan::{Kind, kind};

use crate::analysis::place::choices;
use crate::app::timeline::Whole;
use crate::app::{Effect, Origin, Report, rank};
use crate::locale::{tr, weekday};
use crate::notice::Notice;
use crate::text::Needle;
use slot::Slot;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Analysed articles that are written in one change: a change waits for the disk.
const BATCH_ANALYSED: usize = 64;

/// Hits of a search that are kept.
const MAX_HITS: usize = 10_000;

/// Takes reports to wherever events are collected.
#[derive(Clone)]
pub struct Reporter(Arc<dyn Fn(Report) + Send + Sync>);

impl Reporter {
    /// A reporter that hands every report to `take`.
    pub fn new(take: impl Fn(Report) + Send + Sync + 'static) -> Self {
        Self(Arc::new(take))
    }

    fn tell(&self, report: Report) {
        (self.0)(report);
    }
}

impl std::fmt::Debug for Reporter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Reporter")
    }
}

/// The threads and their queues. They end with the program.
#[derive(Debug)]
pub struct Jobs {
    open: Arc<Slot<Effect>>,
    search: Arc<Slot<Effect>>,
    gather: Arc<Slot<Effect>>,
    index: index::Index,
    paths: Arc<Slot<Vec<PathBuf>>>,
    /// Grows with every wish to walk no further.
    walks: Arc<AtomicU64>,
    pictures: Arc<Slot<picture::Wanted>>,
    /// The number of the newest picture that is wanted; 0 for none.
    picture: Arc<AtomicU64>,
    web: web::Web,
    shelf: Option<shelf::Threads>,
    sources: homes::Sources,
    reporter: Reporter,
}

impl Jobs {
    /// Starts the threads, with those of the library where one is read; their reports go to `reporter`.
    ///
    /// # Errors
    /// Where the system gives no more threads.
    pub fn start(library: Option<&shelf::Library>, reporter: Reporter) -> std::io::Result<Self> {
        let [a, b, c, d, e] = [(); 5].map(|()| reporter.clone());
        let sources = homes::Sources::default();
        let of_open = sources.clone();
        let picture = Arc::<AtomicU64>::default();
        let newest = Arc::clone(&picture);
        let walks = Arc::<AtomicU64>::default();
        let stopped = Arc::clone(&walks);
        Ok(Self {
            open: Slot::serve("open", move |effect| open::run(effect, &of_open, &a))?,
            search: Slot::serve("search", move |effect| search(effect, &b))?,
            gather: Slot::serve("gather", move |effect| gather(effect, &d))?,
            paths: Slot::serve("scan", move |paths| scan::run(paths, &stopped, &c))?,
            walks,
            index: index::Index::start(&sources, &reporter)?,
            pictures: Slot::serve("picture", move |wanted| picture::run(&wanted, &newest, &e))?,
            picture,
            web: web::Web::default(),
            shelf: library.map(|l| shelf::Threads::start(l, &sources, &reporter)).transpose()?,
            sources,
            reporter,
        })
    }

    /// Hands an effect to the thread that does it. What concerns the screen alone ([`Effect::Suspend`],
    /// [`Effect::Redraw`], [`Effect::Copy`], [`Effect::Announce`], [`Effect::Wake`]) and [`Effect::Begin`], for which there is [`Jobs::begin`], do nothing
    /// here.
    pub fn run(&self, effect: Effect) {
        match effect {
            Effect::Scan(paths) => self.paths.put(paths),
            Effect::Open { ticket, wanted } if wanted.origin.is_stored() => {
                if let Some(shelf) = &self.shelf {
                    shelf.open(ticket, wanted);
                }
            }
            effect @ (Effect::Open { .. } | Effect::Reanalyse { .. }) => self.open.put(effect),
            Effect::Shelf(ask) => {
                if let Some(shelf) = &self.shelf {
                    shelf.ask(ask);
                }
            }
            Effect::LookForPrograms => self.aside(|| Report::Programs(import::offers())),
            Effect::Index(articles) => self.index.add(articles),
            effect @ (Effect::Find { .. } | Effect::Rank { .. } | Effect::Places { .. }) => self.search.put(effect),
            effect @ Effect::Gather { .. } => self.gather.put(effect),
            Effect::Slurp { id, origin } => {
                let (reporter, watch) = (self.reporter.clone(), self.web.watch());
                let read = move || {
                    let origins = guarded(|| match &origin {
                        Origin::Web(url) => web::read(url, &watch, &reporter),
                        origin => open::unfold(origin),
                    });
                    reporter.tell(Report::Slurped { id, origins });
                };
                if let Err(error) = std::thread::Builder::new().name("stream".to_owned()).spawn(read) {
                    self.reporter.tell(Report::Slurped { id, origins: Err(error.to_string()) });
                }
            }
            Effect::Browse(url) => self.aside(move || Report::Said(browse::open(&url))),
            Effect::Clock(zone) => self.aside(move || Report::Clock(clock(zone))),
            Effect::FetchWhole { id, document } => {
                let (reporter, watch) = (self.reporter.clone(), self.web.watch_newest());
                let fetch = move || {
                    let origin =
                        guarded(|| Ok(web::whole(&document.article, &watch, &reporter))).unwrap_or_else(|fault| Err(Notice::new(fault)));
                    reporter.tell(Report::FetchedWhole { id, origin });
                };
                if let Err(error) = std::thread::Builder::new().name("fetch".to_owned()).spawn(fetch) {
                    self.reporter
                        .tell(Report::FetchedWhole { id, origin: Err(Notice::new(tr!("The page cannot be fetched")).because(error)) });
                }
            }
            Effect::LoadPicture { ticket, document, number } => {
                self.picture.store(ticket.0, Ordering::Relaxed);
                self.pictures.put(picture::Wanted { ticket, document, number });
            }
            Effect::StopPicture => self.picture.store(0, Ordering::Relaxed),
            Effect::StopFetching => self.web.stop(),
            Effect::StopScan => drop(self.walks.fetch_add(1, Ordering::Relaxed)),
            Effect::Save { folder, name, text } => self.aside(move || Report::Said(file::save(&folder, &name, &text))),
            Effect::Run { program, input } => self.launch(move |reporter| program::run(&program, input, reporter)),
            Effect::AnnounceBy(program) => self.launch(move |reporter| program::quietly(&program, reporter)),
            Effect::Suspend | Effect::Redraw | Effect::Copy(_) | Effect::Announce(_) | Effect::Wake(..) | Effect::Begin => {}
        }
    }
}

impl Jobs {
    /// Starts another program, on a thread of its own that waits for its end.
    fn launch(&self, run: impl FnOnce(&Reporter) + Send + 'static) {
        let reporter = self.reporter.clone();
        drop(std::thread::Builder::new().name("program".to_owned()).spawn(move || run(&reporter)));
    }

    /// Makes a library where there is none, and serves it from now on.
    ///
    /// # Errors
    /// Where it cannot be made, or the system gives no more threads.
    pub fn begin(&mut self, library: &shelf::Library) -> Result<(), Notice> {
        if self.shelf.is_none() {
            shelf::make(&library.path)?;
            let failed = |e: std::io::Error| Notice::new(tr!("The library cannot be opened")).because(e);
            self.shelf = Some(shelf::Threads::start(library, &self.sources, &self.reporter).map_err(failed)?);
        }
        Ok(())
    }

    /// Reads the configuration in the folder `dir` again whenever its files change, until the program ends.
    pub fn watch(&self, dir: PathBuf) {
        let reporter = self.reporter.clone();
        // Where the system gives no thread, changes are seen at the next start.
        drop(std::thread::Builder::new().name("watch".to_owned()).spawn(move || watch::run(dir, &reporter)));
    }

    /// Does a little work that nobody waits for, away from the thread that draws.
    fn aside(&self, work: impl FnOnce() -> Report + Send + 'static) {
        let reporter = self.reporter.clone();
        // Where the system gives no thread there is nothing to be said either.
        drop(std::thread::Builder::new().name("aside".to_owned()).spawn(move || reporter.tell(work())));
    }
}

/// The time in a zone, as the system's own table of zones has it: weekday, hour and minute.
fn clock(zone: &str) -> Option<String> {
    jiff::Timestamp::now()
        .in_tz(zone)
        .ok()
        .map(|now| format!("{} {}", weekday(now.weekday().to_monday_one_offset()), now.strftime("%H:%M")))
}

fn search(effect: Effect, reporter: &Reporter) {
    match effect {
        Effect::Find { ticket, document, query } => {
            let find = || Ok(Needle::new(&query).map(|n| n.find(&document.article.text, MAX_HITS)).unwrap_or_default());
            reporter.tell(Report::Hits { ticket, spans: guarded(find).unwrap_or_default() });
        }
        Effect::Rank { ticket, query, items } => {
            let order = guarded(|| Ok(rank(&query, &items))).unwrap_or_default();
            reporter.tell(Report::Ranked { ticket, order });
        }
        Effect::Places { ticket, entity, name } => {
            let choices = guarded(|| Ok(choices(&name))).unwrap_or_default();
            let places = choices.into_iter().map(|c| (c.place, c.label, c.note)).collect();
            reporter.tell(Report::Places { ticket, entity, name, places });
        }
        _ => {}
    }
}

fn gather(effect: Effect, reporter: &Reporter) {
    if let Effect::Gather { ticket, sources, filter } = effect {
        let whole = guarded(|| Ok(Whole::new(sources, filter))).unwrap_or_default();
        reporter.tell(Report::Gathered { ticket, whole: Arc::new(whole) });
    }
}

/// Runs `work`; a fault of the program in it becomes an error like any other.
///
/// # Errors
/// Those of `work`, and one for its panic.
pub fn guarded<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(tr!("dateline stumbled over this article; please report it").to_owned()))
}
