//! Folders that are sources of the library, watched while the reader is open: what is written or moved there comes in by itself.

use super::analyse::Nudge;
use super::lend::Borrowed;
use super::now;
use super::read::Look;
use super::write::Job;
use crate::app::Report;
use crate::jobs::{Reporter, folder};
use crate::locale::tr;
use crate::notice::Notice;
use crate::store::Feed;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender};

/// Word for the thread that watches.
#[derive(Debug)]
pub(super) enum Word {
    /// The folders to watch from now on.
    Folders(Vec<Feed>),
    /// Something was written here.
    Touched(Vec<PathBuf>),
    /// Nobody reads any more.
    End,
}

/// The thread's things.
pub(super) struct Watcher {
    pub(super) own: Sender<Word>,
    pub(super) writing: Sender<Job>,
    pub(super) reading: Sender<Look>,
    pub(super) thinking: Sender<Nudge>,
    pub(super) reporter: Reporter,
}

impl Watcher {
    /// Watches until nobody reads any more.
    pub(super) fn serve(self, words: &Receiver<Word>) {
        let mut feeds: Vec<Feed> = Vec::new();
        let mut watch = None;
        while let Ok(word) = words.recv() {
            let mut touched = Vec::new();
            match word {
                Word::End => return,
                Word::Folders(folders) => {
                    let own = self.own.clone();
                    watch = folder::Watch::start(&folders, move |paths| drop(own.send(Word::Touched(paths))));
                    feeds = folders;
                    continue;
                }
                Word::Touched(paths) => touched.extend(paths),
            }
            // What is being written comes in many steps.
            std::thread::sleep(folder::QUIET);
            for word in words.try_iter() {
                match word {
                    Word::Touched(paths) => touched.extend(paths),
                    Word::End => return,
                    again @ Word::Folders(_) => drop(self.own.send(again)),
                }
            }
            feeds.iter_mut().filter(|f| touched.iter().any(|path| path.starts_with(&f.url))).for_each(|f| self.look(f));
        }
        drop(watch);
    }

    fn look(&self, feed: &mut Feed) {
        let at = now();
        match folder::look(&mut Borrowed(self.writing.clone()), feed, at, &|| true) {
            Ok((new, changed)) => {
                feed.health.checked = Some(at);
                if new + changed > 0 {
                    let _ = self.reading.send(Look::Changed(true));
                    let _ = self.thinking.send(Nudge::Look);
                    let shown = feed.shown().to_owned();
                    let said = match new {
                        0 => tr!("{changed} changed in {shown}", changed, shown),
                        _ => tr!("{new} new in {shown}", new, shown),
                    };
                    self.reporter.tell(Report::Said(Notice::new(crate::text::clean_line(&said))));
                }
            }
            Err(notice) => self.reporter.tell(Report::Said(notice)),
        }
    }
}
