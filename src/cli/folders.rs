//! `dateline fetch --watch`: what is written in the folders that are sources of the library comes in as it is written.

use super::across::watch;
use super::fetch::wanted;
use super::{Outcome, library};
use crate::jobs::{folder, refresh};
use crate::locale::tr;
use crate::notice::Notice;
use crate::store::Feed;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

/// Watches until it is ended. The right to write is held only while something is taken in.
pub(super) fn watch(at: Option<&Path>, names: &[String], announcer: &[String]) -> Result<Outcome, Notice> {
    let folders = || -> Result<Vec<Feed>, Notice> {
        let feeds = wanted(library::reader(at)?.snapshot(library::now())?.feeds()?, names)?;
        Ok(feeds.into_iter().filter(folder::is_folder).collect())
    };
    let (send, touched) = mpsc::channel::<Vec<PathBuf>>();
    let Some(_watched) = folder::Watch::start(&folders()?, move |paths| drop(send.send(paths))) else {
        return Err(Notice::new(tr!("There is no folder to watch")).hint(tr!("dateline add FOLDER makes one a source of the library")));
    };
    while let Ok(mut paths) = touched.recv() {
        std::thread::sleep(folder::QUIET);
        paths.extend(touched.try_iter().flatten());
        let feeds = folders()?;
        let touched = feeds.iter().filter(|f| paths.iter().any(|path| path.starts_with(&f.url)));
        // What cannot be taken in now is, with the next change or the next fetch.
        library::told(take_in(at, &touched.collect::<Vec<_>>(), announcer).map(|()| Outcome::Done));
    }
    Ok(Outcome::Done)
}

fn take_in(at: Option<&Path>, feeds: &[&Feed], announcer: &[String]) -> Result<(), Notice> {
    let mut writer = library::writer(at, "fetch --watch")?;
    let mut came = 0;
    for feed in feeds {
        let (new, changed) = folder::look(&mut writer, feed, library::now(), &|| true)?;
        came += new + changed;
        if new + changed > 0 {
            let counts = tr!("{new} new, {changed} changed", new, changed);
            library::print(&format!("{}: {counts}\n", crate::text::clean_line(feed.shown())));
        }
    }
    if came == 0 {
        return Ok(());
    }
    refresh::analyse(&mut writer, &mut library::reader(at)?, library::now(), &mut |_| {})?;
    writer.write(|batch| batch.count_searches(library::now()))?;
    writer.tidy()?;
    if let Some(line) = watch::announcement(&mut writer)? {
        watch::announce(&line, announcer);
    }
    Ok(())
}
