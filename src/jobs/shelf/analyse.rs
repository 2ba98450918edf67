//! What is new, or was analysed by an older version, is analysed in the background, a few articles at a time.

use super::write::Job;
use super::{now, opened};
use crate::analysis;
use crate::article::{Analysed, Article, Correction, PlaceCorrection};
use crate::jobs::guarded;
use crate::jobs::homes::Sources;
use crate::jobs::open::annotate;
use crate::notice::Notice;
use crate::store::{ArticleKey, Reader, Righted, Snapshot, stored_version};
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, Sender};

/// Articles that are written together.
const BATCH: usize = 16;

/// Word that there is something to do.
#[derive(Clone, Copy, Debug)]
pub(super) enum Nudge {
    /// Articles may have come.
    Look,
    /// What is known of this article has to be made anew.
    Again(ArticleKey),
    /// Nobody reads any more.
    End,
}

/// The thread's things.
pub(super) struct Analyst {
    path: PathBuf,
    reader: Option<Reader>,
    writing: Sender<Job>,
    sources: Sources,
}

impl Analyst {
    pub(super) fn new(path: PathBuf, writing: Sender<Job>, sources: Sources) -> Self {
        Self { path, reader: None, writing, sources }
    }

    /// Works until nobody asks any more.
    pub(super) fn serve(mut self, nudges: &Receiver<Nudge>) {
        let mut again: Vec<ArticleKey> = Vec::new();
        while let Ok(nudge) = nudges.recv() {
            let mut wanted = vec![nudge];
            loop {
                wanted.extend(nudges.try_iter());
                if wanted.iter().any(|n| matches!(n, Nudge::End)) {
                    return;
                }
                again.extend(wanted.drain(..).filter_map(|n| if let Nudge::Again(key) = n { Some(key) } else { None }));
                let rest = again.split_off(again.len().min(BATCH));
                let some = std::mem::replace(&mut again, rest);
                let keys = if some.is_empty() { self.stale() } else { Ok(some) };
                // What cannot be read is told by the thread that the reader waits for.
                match keys {
                    Ok(keys) if !keys.is_empty() && self.work(&keys).unwrap_or(false) => {}
                    _ => break,
                }
            }
        }
    }

    fn stale(&mut self) -> Result<Vec<ArticleKey>, Notice> {
        opened(&mut self.reader, &self.path)?.snapshot(now())?.stale(stored_version(analysis::VERSION), BATCH)
    }

    /// Analyses some articles and has that written; false where it was not.
    fn work(&mut self, keys: &[ArticleKey]) -> Result<bool, Notice> {
        let Self { path, reader, writing, sources } = self;
        let snapshot = opened(reader, path)?.snapshot(now())?;
        let places = places(&snapshot)?;
        let mut found = Vec::with_capacity(keys.len());
        for key in keys {
            // What is damaged is marked as done, so that it is not asked for again and again.
            let article = snapshot.open(*key).ok().flatten().map(|s| s.analysed.article).unwrap_or_default();
            let said = Said::of(&snapshot, *key)?;
            let article = said.dated(article);
            let bare = Analysed { article: article.clone(), ..Analysed::default() };
            let done = guarded(|| Ok(annotate(article, &said.corrections, &places, sources))).unwrap_or(bare);
            sources.learn(&done);
            found.push((*key, done));
        }
        drop(snapshot);
        let (send, done) = mpsc::channel();
        Ok(writing.send(Job::Found(found, send)).is_ok() && done.recv().unwrap_or(false))
    }
}

/// What the reader has said about places, in any article.
pub(super) fn places(snapshot: &Snapshot<'_>) -> Result<Vec<PlaceCorrection>, Notice> {
    let place = |kept: crate::store::KeptCorrection| match kept.righted {
        Some(Righted::Name(Correction::Place(place))) if !kept.undone => Some(place),
        _ => None,
    };
    Ok(snapshot.corrections(None)?.into_iter().filter_map(place).collect())
}

/// What the reader has said about an article.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// Who is who.
    pub(super) corrections: Vec<Correction>,
    /// Which day it is of.
    pub(super) day: Option<Option<jiff::civil::Date>>,
}

impl Said {
    pub(super) fn of(snapshot: &Snapshot<'_>, key: ArticleKey) -> Result<Self, Notice> {
        let mut said = Self::default();
        for kept in snapshot.corrections(Some(key))?.into_iter().filter(|k| !k.undone) {
            match kept.righted {
                Some(Righted::Name(correction)) => said.corrections.push(correction),
                Some(Righted::Published(day)) => said.day = Some(day),
                Some(Righted::Entity(_)) | None => {}
            }
        }
        Ok(said)
    }

    /// The article with the day that the reader said.
    pub(super) fn dated(&self, article: Article) -> Article {
        match self.day {
            Some(published) => Article { published, ..article },
            None => article,
        }
    }
}
