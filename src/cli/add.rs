//! `dateline add`: feeds, folders and files into the library.

use super::input::Given;
use super::{Outcome, articles, library};
use crate::analysis;
use crate::article::Analysed;
use crate::jobs::import::address;
use crate::jobs::{self, folder};
use crate::locale::tr;
use crate::notice::Notice;
use crate::store::{Arrival, Choice, FeedKey, FullText, Incoming, Writer, stored_version, told_apart};
use clap::ValueEnum;
use jiff::civil::Date;
use std::ops::ControlFlow;
use std::path::Path;

/// Articles that are written at once.
const BATCH: usize = 256;

/// What `dateline add` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Add {
    /// Your name for the feed.
    #[arg(long)]
    name: Option<String>,

    /// The folder of the library that it goes into; levels are parted by `/`.
    #[arg(long, default_value = "")]
    folder: String,

    /// A tag; may be given several times.
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,

    /// When the full text of its articles is fetched.
    #[arg(long, value_enum, default_value_t = Policy::Auto)]
    full_text: Policy,

    /// How long its articles are kept: 30d, 4w, 1y or a number of days; for ever without it. What is starred or tagged stays.
    #[arg(long, value_name = "AGE", value_parser = super::args::days)]
    keep: Option<u32>,

    /// Addresses of feeds, folders, and files.
    #[arg(required = true, value_name = "URL|FOLDER|FILE")]
    what: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Policy {
    /// Where the feed holds too little.
    Auto,
    /// When you ask for it.
    OnDemand,
    /// Never.
    Never,
}

impl Policy {
    pub(super) fn chosen(self) -> FullText {
        match self {
            Self::Auto => FullText::Auto,
            Self::OnDemand => FullText::OnDemand,
            Self::Never => FullText::Never,
        }
    }
}

impl Add {
    fn choice(&self) -> Choice {
        let full_text = self.full_text.chosen();
        let mut tags = self.tags.clone();
        tags.sort();
        tags.dedup();
        Choice {
            name: self.name.clone(),
            folder: self.folder.trim_matches('/').to_owned(),
            tags,
            full_text,
            keep_days: self.keep.filter(|d| *d > 0),
        }
    }
}

/// Adds what is named; what cannot be added is told, and the rest is.
pub(super) fn run(options: &Add, at: Option<&Path>, published: Option<Date>) -> Outcome {
    library::told(Filled::open(at).map(|mut filled| {
        let mut outcome = Outcome::Done;
        for what in &options.what {
            let added = match address(what) {
                Some(url) => subscribe(&mut filled, &url, options),
                None => read(&mut filled, Path::new(what), options, published),
            };
            outcome = outcome.and(library::told(added));
        }
        outcome.and(library::told(filled.close().map(|()| Outcome::Done)))
    }))
}

/// The library that is filled. One that is there is ours from the beginning, so that nothing is read in vain; a new one is made with the first thing that goes
/// into it.
struct Filled<'a> {
    at: Option<&'a Path>,
    writer: Option<Writer>,
}

impl<'a> Filled<'a> {
    fn open(at: Option<&'a Path>) -> Result<Self, Notice> {
        let writer = if library::is_there(at) { Some(library::writer(at, "add")?) } else { None };
        Ok(Self { at, writer })
    }

    fn writer(&mut self) -> Result<&mut Writer, Notice> {
        match &mut self.writer {
            Some(writer) => Ok(writer),
            none => Ok(none.insert(library::maker(self.at, "add")?)),
        }
    }

    fn close(self) -> Result<(), Notice> {
        let Some(mut writer) = self.writer else { return Ok(()) };
        writer.write(|batch| batch.count_searches(library::now()))?;
        writer.tidy()
    }
}

fn subscribe(filled: &mut Filled<'_>, url: &str, options: &Add) -> Result<Outcome, Notice> {
    let new = filled.writer()?.write(|batch| {
        let (feed, new) = batch.add_feed(url, "")?;
        batch.choose(feed, &options.choice())?;
        // What the reader types is theirs from then on.
        batch.found_feed(feed, false)?;
        Ok(new)
    })?;
    let words =
        if new { tr!("added; dateline fetch gets its articles") } else { tr!("was there already; name, folder and tags are as given now") };
    Ok(library::print(&format!("{}: {words}\n", crate::text::clean_line(url))))
}

/// Reads a file, or a folder with everything below it, which becomes a feed of its own.
fn read(filled: &mut Filled<'_>, path: &Path, options: &Add, published: Option<Date>) -> Result<Outcome, Notice> {
    let shown = path.display().to_string();
    let meta = std::fs::metadata(path).map_err(|e| Notice::new(shown.clone()).because(jobs::missing(path, &e)))?;
    let (feed, files) = if meta.is_dir() {
        // One that cannot be looked into is no source.
        std::fs::read_dir(path).map(drop).map_err(|e| Notice::new(shown.clone()).because(jobs::reason(&e)))?;
        let (whole, title) = folder::named(path)?;
        let feed = filled.writer()?.write(|batch| {
            let (feed, _) = batch.add_feed(&whole, &title)?;
            batch.choose(feed, &options.choice())?;
            Ok(feed)
        })?;
        (Some(feed), folder::below(Path::new(&whole)))
    } else {
        (None, vec![path.to_owned()])
    };
    let mut intake = Intake { filled, feed, waiting: Vec::new(), new: 0, known: 0, failure: None };
    let given = Given { published, url: None };
    let outcome = articles::run(&files, given, |a| Ok(a.clone()), |analysed| intake.take(analysed));
    let (new, known) = intake.close()?;
    let counts = tr!("{new} new, {known} known", new, known);
    let line = format!("{}: {counts}\n", crate::text::clean_line(&shown));
    Ok(outcome.and(library::print(&line)))
}

/// Puts analysed articles into the library, many at once.
struct Intake<'a, 'f> {
    filled: &'a mut Filled<'f>,
    feed: Option<FeedKey>,
    waiting: Vec<Analysed>,
    new: usize,
    known: usize,
    failure: Option<Notice>,
}

impl Intake<'_, '_> {
    fn take(&mut self, analysed: Analysed) -> ControlFlow<()> {
        self.waiting.push(analysed);
        if self.waiting.len() >= BATCH {
            self.failure = self.write().err();
        }
        if self.failure.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn write(&mut self) -> Result<(), Notice> {
        let waiting = std::mem::take(&mut self.waiting);
        if waiting.is_empty() {
            return Ok(());
        }
        let writer = self.filled.writer()?;
        let told = told_apart(waiting.iter().map(|analysed| &analysed.article));
        let feed = self.feed;
        let now = library::now();
        let (new, known) = writer.write(|batch| {
            let (mut new, mut known) = (0, 0);
            for (analysed, told) in waiting.iter().zip(&told) {
                let article = &analysed.article;
                let incoming =
                    Incoming { article, feed, guid: feed.and_then(|_| folder::name(article).or(told.as_deref())), raw: None, at: None };
                match batch.take_in(&incoming, now)? {
                    Arrival::New(key) | Arrival::Changed(key) => {
                        batch.annotate(key, stored_version(analysis::VERSION), analysed)?;
                        new += 1;
                    }
                    Arrival::Known(_) | Arrival::Deleted => known += 1,
                }
            }
            Ok((new, known))
        })?;
        writer.train()?;
        self.new += new;
        self.known += known;
        Ok(())
    }

    fn close(mut self) -> Result<(usize, usize), Notice> {
        self.failure.take().map_or(Ok(()), Err)?;
        self.write()?;
        Ok((self.new, self.known))
    }
}
