//! The library's articles analysed: on all cores, with what the reader put right, and with what their sources mostly write about.

use super::{BATCH_ANALYSED, Pen, guarded};
use crate::analysis::place::{self, Homes};
use crate::analysis::{self, Known};
use crate::article::{Analysed, Article, Correction, PlaceCorrection};
use crate::notice::Notice;
use crate::store::{ArticleKey, Reader, Righted, Snapshot, stored_version};
use jiff::civil::Date;
use std::collections::{HashMap, HashSet};

/// Stored articles of a source from which its home is learnt before its new ones are analysed.
const LEARNT_FROM: usize = 20;

/// What the reader put right.
#[derive(Debug, Default)]
struct Right {
    names: HashMap<ArticleKey, Vec<Correction>>,
    places: Vec<PlaceCorrection>,
    days: HashMap<ArticleKey, Option<Date>>,
}

impl Right {
    fn load(snapshot: &Snapshot<'_>) -> Result<Self, Notice> {
        let mut right = Self::default();
        for kept in snapshot.corrections(None)?.into_iter().filter(|c| !c.undone) {
            match (kept.righted, kept.article) {
                (Some(Righted::Name(Correction::Place(place))), _) => right.places.push(place),
                (Some(Righted::Name(name)), Some(article)) => right.names.entry(article).or_default().push(name),
                (Some(Righted::Published(day)), Some(article)) => drop(right.days.insert(article, day)),
                _ => {}
            }
        }
        Ok(right)
    }

    fn analyse(&self, key: ArticleKey, mut article: Article) -> Analysed {
        if let Some(day) = self.days.get(&key) {
            article.published = *day;
        }
        let names = self.names.get(&key).map(Vec::as_slice).unwrap_or_default();
        analysis::analyse_knowing(article, Known { home: None, places: &self.places, names })
    }
}

/// What the sources of this run write about.
#[derive(Debug, Default)]
struct Sources {
    homes: Homes,
    known: HashSet<String>,
}

impl Sources {
    /// Learns from what is stored of the sites that are new in this run.
    fn recall(&mut self, snapshot: &Snapshot<'_>, articles: &[(ArticleKey, Article)]) -> Result<(), Notice> {
        for site in articles.iter().filter_map(|(_, a)| a.site.as_deref()) {
            if !self.known.insert(site.to_owned()) {
                continue;
            }
            for key in snapshot.of_site(site, LEARNT_FROM)? {
                if let Ok(Some(stored)) = snapshot.open(key)
                    && stored.analysis > 0
                {
                    self.homes.learn(&stored.analysed);
                }
            }
        }
        Ok(())
    }
}

/// Analyses all articles whose analysis is not of the newest version, on all cores; `tell` hears how many are done. Answers how many there were.
///
/// # Errors
/// Where the library cannot be read or written.
pub fn analyse(writer: &mut dyn Pen, reader: &mut Reader, now: i64, tell: &mut dyn FnMut(usize)) -> Result<usize, Notice> {
    let version = stored_version(analysis::VERSION);
    let right = Right::load(&reader.snapshot(now)?)?;
    let mut sources = Sources::default();
    let mut done = 0;
    // A library made before names were joined across articles is joined bit by bit.
    while writer.write(|batch| batch.catch_up(BATCH_ANALYSED))? == BATCH_ANALYSED {}
    loop {
        let snapshot = reader.snapshot(now)?;
        let stale = snapshot.stale(version, BATCH_ANALYSED)?;
        let mut articles = Vec::with_capacity(stale.len());
        for key in &stale {
            // What is damaged cannot be analysed; it is marked as done below, so that it is not asked for again and again.
            articles.push((*key, snapshot.open(*key).ok().flatten().map(|s| s.analysed.article).unwrap_or_default()));
        }
        sources.recall(&snapshot, &articles)?;
        drop(snapshot);
        if articles.is_empty() {
            return Ok(done);
        }
        let analysed = think(articles, &right, &mut sources.homes);
        done += analysed.len();
        writer.write(|batch| analysed.iter().try_for_each(|(key, analysed)| batch.annotate(*key, version, analysed)))?;
        writer.train()?;
        tell(done);
    }
}

/// Analyses some articles on all cores, learns from them what their sources write about, and then decides on their places. One that the analysis
/// stumbles over keeps its text and has nothing found in it.
fn think(articles: Vec<(ArticleKey, Article)>, right: &Right, homes: &mut Homes) -> Vec<(ArticleKey, Analysed)> {
    let one = |(key, article): (ArticleKey, Article)| {
        let done = guarded(|| Ok(right.analyse(key, article.clone())));
        (key, done.unwrap_or_else(|_| Analysed { article, ..Analysed::default() }))
    };
    let analysed = spread(articles, &one);
    analysed.iter().for_each(|(_, a)| homes.learn(a));
    homes.settle();
    let at_home = |(key, analysed): (ArticleKey, Analysed)| {
        let Some(home) = homes.get(analysed.article.site.as_deref()) else { return (key, analysed) };
        let known = Known { home: Some(home), places: &right.places, names: &[] };
        let located = guarded(|| {
            let mut located = analysed.clone();
            place::locate(&mut located, known);
            Ok(located)
        });
        (key, located.unwrap_or(analysed))
    };
    spread(analysed, &at_home)
}

/// Does `work` with each on all cores, in order.
fn spread<T: Send, U: Send>(all: Vec<T>, work: &(dyn Fn(T) -> U + Sync)) -> Vec<U> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let share = all.len().div_ceil(workers).max(1);
    let mut all = all.into_iter();
    let parts: Vec<Vec<T>> = std::iter::from_fn(|| Some(all.by_ref().take(share).collect::<Vec<T>>()).filter(|p| !p.is_empty())).collect();
    std::thread::scope(|scope| {
        let parts: Vec<_> = parts.into_iter().map(|part| scope.spawn(move || part.into_iter().map(work).collect::<Vec<_>>())).collect();
        parts.into_iter().filter_map(|part| part.join().ok()).flatten().collect()
    })
}
