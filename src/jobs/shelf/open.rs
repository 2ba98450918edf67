//! Opening a stored article: what was found in it is stored with it, and is made anew only where the reader has put something right since.

use super::analyse::Said;
use super::{now, opened};
use crate::analysis;
use crate::app::shelf::{Answer, StoredKey};
use crate::app::{Origin, Report, Ticket, Wanted};
use crate::article::{Analysed, Correction, PlaceCorrection};
use crate::jobs::homes::Sources;
use crate::jobs::open::annotate;
use crate::jobs::{Reporter, guarded};
use crate::locale::tr;
use crate::store::{ArticleKey, Reader, Stored, stored_version};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// The thread's things.
pub(super) struct Opener {
    path: PathBuf,
    reader: Mutex<Option<Reader>>,
    sources: Sources,
    reporter: Reporter,
}

impl Opener {
    pub(super) fn new(path: PathBuf, sources: Sources, reporter: Reporter) -> Self {
        Self { path, reader: Mutex::new(None), sources, reporter }
    }

    /// Reports an article with all that is known of it.
    pub(super) fn open(&self, ticket: Ticket, wanted: &Wanted) {
        let document = guarded(|| self.read(wanted));
        self.reporter.tell(Report::Opened { ticket, id: wanted.id, document });
    }

    fn read(&self, wanted: &Wanted) -> Result<Arc<Analysed>, String> {
        let Origin::Stored(key) = wanted.origin else { return Err(tr!("it is not in the library").to_owned()) };
        let key = ArticleKey(key.0);
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        let (stored, said) = opened(&mut reader, &self.path)
            .and_then(|reader| {
                let snapshot = reader.snapshot(now())?;
                Ok((snapshot.open(key)?, Said::of(&snapshot, key)?))
            })
            .map_err(|notice| notice.to_string())?;
        let Some(stored) = stored else { return Err(tr!("it is not in the library any more").to_owned()) };
        // What was said in this session is newer than what is kept, or the same.
        let corrections = if wanted.corrections.is_empty() { said.corrections.clone().into() } else { Arc::clone(&wanted.corrections) };
        let told = Answer::Remembered { id: wanted.id, corrections: Arc::clone(&corrections), day: said.day };
        self.reporter.tell(Report::Shelf(told));
        let tags = Answer::Tags { key: StoredKey(key.0), has: stored.tags.clone(), known: Vec::new() };
        self.reporter.tell(Report::Shelf(tags));
        Ok(self.known(stored, &said, &corrections, &wanted.places))
    }

    /// The article with what was found in it.
    fn known(&self, stored: Stored, said: &Said, corrections: &[Correction], places: &[PlaceCorrection]) -> Arc<Analysed> {
        let Stored { analysed, analysis, .. } = stored;
        let put_right = |name: &String| places.iter().any(|p| p.name == *name);
        let about = analysed.found.entities.iter().any(|e| put_right(&e.name) || e.aliases.iter().any(put_right));
        let current = analysis == stored_version(analysis::VERSION) && corrections.is_empty() && said.day.is_none() && !about;
        if current {
            self.sources.learn(&analysed);
            return Arc::new(analysed);
        }
        Arc::new(annotate(said.dated(analysed.article), corrections, places, &self.sources))
    }
}
