//! Many files as analysed articles: in the order of the input, with the homes of their sources learnt on the way.
//!
//! Which Springfield a local paper means shows only in many of its articles. So articles are analysed in batches, all sources of a batch are learnt
//! from, and only then places are decided on. What was learnt from one batch holds for the next. Memory is bounded by the size of a batch, however
//! many articles lie in one file, and the result does not depend on the order in which threads come to an end.

use super::input::{self, Given};
use super::{Outcome, line, out};
use crate::analysis::place::{self, Homes};
use crate::analysis::{self, Known};
use crate::article::{Analysed, Article};
use crate::jobs;
use crate::notice::Notice;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Bytes of the articles of a batch.
const BATCH_BYTES: usize = 4 << 20;

/// Articles of a batch.
const BATCH_ARTICLES: usize = 4096;

/// Analyses all files, and those below folders, and does `work` with each article on all cores; gives the results to `take` in the order of the
/// input until it wants no more.
///
/// What cannot be read is told on standard error and left out.
pub(super) fn run<T: Send>(
    named: &[PathBuf],
    given: Given<'_>,
    work: impl Fn(&Analysed) -> Result<T, Notice> + Sync,
    take: impl FnMut(T) -> ControlFlow<()> + Send,
) -> Outcome {
    let files = input::files(named);
    let mut run = Run { given, work, take, homes: Homes::default(), waiting: Vec::new(), bytes: 0, outcome: Outcome::Done, stopped: false };
    let mut left = files.as_slice();
    while let Some((first, others)) = left.split_first().filter(|_| !run.stopped) {
        if input::holds_many(first) {
            run.many(first);
            left = others;
        } else {
            let (now, later) = left.split_at(batch(left));
            run.single(now);
            left = later;
        }
    }
    run.analyse();
    run.outcome
}

/// How many files at the head of `files` hold one article each, and are read together.
fn batch(files: &[PathBuf]) -> usize {
    let mut bytes = 0;
    let size = |path: &Path| std::fs::metadata(path).map_or(0, |m| m.len());
    let fit = files.iter().take(BATCH_ARTICLES).take_while(|path| {
        bytes += size(path);
        bytes <= BATCH_BYTES as u64 && !input::holds_many(path)
    });
    fit.count().max(1)
}

/// A run through all files.
struct Run<'g, W, F> {
    given: Given<'g>,
    work: W,
    take: F,
    homes: Homes,
    /// Articles that are still to be analysed, and the bytes of their text.
    waiting: Vec<Article>,
    bytes: usize,
    outcome: Outcome,
    /// True once nobody wants any more.
    stopped: bool,
}

impl<T: Send, W: Fn(&Analysed) -> Result<T, Notice> + Sync, F: FnMut(T) -> ControlFlow<()> + Send> Run<'_, W, F> {
    /// Reads files of one article each, on all cores.
    fn single(&mut self, files: &[PathBuf]) {
        let given = self.given;
        let mut found = Vec::with_capacity(files.len());
        let outcome = line::run(
            files.len(),
            |n| input::articles(&files[n], given),
            |read| {
                found.push(read);
                ControlFlow::Continue(())
            },
        );
        self.outcome = self.outcome.and(outcome);
        for (articles, problems) in found {
            self.told(&problems);
            articles.into_iter().for_each(|article| self.put(article));
        }
    }

    /// Reads a file that may hold any number of articles, and analyses them whenever there are enough.
    fn many(&mut self, file: &Path) {
        let given = self.given;
        let read = input::each(file, given, &mut |article| {
            self.put(article);
            if self.stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        match read {
            Ok(problems) => self.told(&problems),
            Err(problem) => self.told(&[problem]),
        }
    }

    fn told(&mut self, problems: &[Notice]) {
        problems.iter().for_each(out::complain);
        self.outcome = self.outcome.and(if problems.is_empty() { Outcome::Done } else { Outcome::Partly });
    }

    fn put(&mut self, article: Article) {
        // Never two large ones at once.
        if self.bytes + article.text.len() > BATCH_BYTES {
            self.analyse();
        }
        self.bytes += article.text.len();
        self.waiting.push(article);
        if self.bytes >= BATCH_BYTES || self.waiting.len() >= BATCH_ARTICLES {
            self.analyse();
        }
    }

    /// Analyses what waits, learns from it, decides on its places, and gives it on.
    fn analyse(&mut self) {
        self.bytes = 0;
        let articles = shared(std::mem::take(&mut self.waiting));
        if self.stopped || articles.is_empty() {
            return;
        }
        let mut analysed = Vec::with_capacity(articles.len());
        let read = line::run(
            articles.len(),
            |n| taken(&articles, n).map(analyse).transpose(),
            |found| {
                analysed.extend(found);
                ControlFlow::Continue(())
            },
        );
        analysed.iter().for_each(|a| self.homes.learn(a));
        self.homes.settle();
        let (articles, homes, work) = (shared(analysed), &self.homes, &self.work);
        let (take, stopped) = (&mut self.take, &mut self.stopped);
        let done = line::run(
            articles.len(),
            |n| taken(&articles, n).map(|article| work(&at_home(article, homes))).transpose(),
            |result| {
                let flow = result.map_or(ControlFlow::Continue(()), &mut *take);
                *stopped |= flow.is_break();
                flow
            },
        );
        self.outcome = self.outcome.and(read).and(done);
    }
}

/// Things that threads take, each one once.
fn shared<T>(things: Vec<T>) -> Vec<Mutex<Option<T>>> {
    things.into_iter().map(|thing| Mutex::new(Some(thing))).collect()
}

fn taken<T>(things: &[Mutex<Option<T>>], n: usize) -> Option<T> {
    things.get(n)?.lock().unwrap_or_else(PoisonError::into_inner).take()
}

/// One article, analysed. A fault in it must not take the others with it.
fn analyse(article: Article) -> Result<Analysed, Notice> {
    let source = article.source.clone();
    jobs::guarded(|| Ok(analysis::analyse(article))).map_err(|fault| Notice::new(source).because(fault))
}

/// The articles of one file, and what could not be read of it.
pub(super) fn read(file: &Path, given: Given<'_>) -> Result<(Vec<Analysed>, Vec<Notice>), Notice> {
    let (articles, mut problems) = input::articles(file, given)?;
    let mut analysed = Vec::with_capacity(articles.len());
    for article in articles {
        match analyse(article) {
            Ok(article) => analysed.push(article),
            Err(fault) => problems.push(fault),
        }
    }
    Ok((analysed, problems))
}

/// The article with its places decided on by what is known of its source.
fn at_home(mut article: Analysed, homes: &Homes) -> Analysed {
    if let Some(home) = homes.get(article.article.site.as_deref()) {
        place::locate(&mut article, Known { home: Some(home), ..Known::default() });
    }
    article
}
