//! Many files as analysed articles: in the order of the input, with the homes of their sources learnt on the way.
//!
//! Which Springfield a local paper means shows only in many of its articles. So files are analysed in batches, all sources of a batch are learnt
//! from, and only then places are decided on. What was learnt from one batch holds for the next. Memory is bounded by the size of a batch, and the
//! result does not depend on the order in which threads come to an end.

use super::input::{self, Given};
use super::{Outcome, line, out};
use crate::analysis::place::{self, Homes};
use crate::analysis::{self, Known};
use crate::article::Analysed;
use crate::jobs;
use crate::notice::Notice;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Bytes of the files of a batch.
const BATCH_BYTES: u64 = 8 << 20;

/// Files of a batch.
const BATCH_FILES: usize = 4096;

/// Analyses all files and does `work` with each on all cores; gives the results to `take` in the order of the input until it wants no more.
///
/// What cannot be read is told on standard error and left out.
pub(super) fn run<T: Send>(
    files: &[PathBuf],
    given: Given<'_>,
    work: impl Fn(&Analysed) -> Result<T, Notice> + Sync,
    mut take: impl FnMut(T) -> ControlFlow<()> + Send,
) -> Outcome {
    let mut homes = Homes::default();
    let mut outcome = Outcome::Done;
    let mut start = 0;
    while start < files.len() {
        let batch = &files[start..start + batch(&files[start..])];
        start += batch.len();
        let (read, articles) = analyse(batch, given);
        articles.iter().for_each(|a| homes.learn(a));
        homes.settle();
        let articles: Vec<Mutex<Option<Analysed>>> = articles.into_iter().map(|a| Mutex::new(Some(a))).collect();
        let mut stopped = false;
        let decide = |n: usize| {
            let article = articles[n].lock().unwrap_or_else(PoisonError::into_inner).take();
            article.map(|article| work(&at_home(article, &homes))).transpose()
        };
        let done = line::run(articles.len(), decide, |result| {
            let flow = result.map_or(ControlFlow::Continue(()), &mut take);
            stopped = flow.is_break();
            flow
        });
        outcome = outcome.and(read).and(done);
        if stopped {
            break;
        }
    }
    outcome
}

/// How many of `files` are analysed together.
fn batch(files: &[PathBuf]) -> usize {
    let mut bytes = 0;
    let size = |path: &Path| std::fs::metadata(path).map_or(0, |m| m.len());
    let fit = files.iter().take(BATCH_FILES).take_while(|path| {
        bytes += size(path);
        bytes <= BATCH_BYTES
    });
    fit.count().max(1)
}

/// The articles of a batch.
fn analyse(files: &[PathBuf], given: Given<'_>) -> (Outcome, Vec<Analysed>) {
    let mut articles = Vec::with_capacity(files.len());
    let mut partly = false;
    let outcome = line::run(
        files.len(),
        |n| read(&files[n], given),
        |(found, problems)| {
            articles.extend(found);
            partly |= !problems.is_empty();
            problems.iter().for_each(out::complain);
            ControlFlow::Continue(())
        },
    );
    (outcome.and(if partly { Outcome::Partly } else { Outcome::Done }), articles)
}

/// The articles of one file, and what could not be read of it.
pub(super) fn read(file: &Path, given: Given<'_>) -> Result<(Vec<Analysed>, Vec<Notice>), Notice> {
    let (articles, mut problems) = input::articles(file, given)?;
    let mut analysed = Vec::with_capacity(articles.len());
    for article in articles {
        let source = article.source.clone();
        // A fault in one article of a feed must not take the others with it.
        match jobs::guarded(|| Ok(analysis::analyse(article))) {
            Ok(article) => analysed.push(article),
            Err(fault) => problems.push(Notice::new(source).because(fault)),
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
