//! `dateline feed`: what is wanted of feeds that are in the library: name, folder, tags, full text, for how long.

use super::add::Policy;
use super::{Outcome, library, mark, remove};
use crate::locale::tr;
use crate::notice::Notice;
use crate::store::Choice;
use crate::text::clean_line;
use std::path::Path;

/// What `dateline feed` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct FeedChoice {
    /// Your name for it; an empty one leaves it its own.
    #[arg(long)]
    name: Option<String>,

    /// The folder of the library that it goes into; levels are parted by `/`, an empty one takes it out of its folder.
    #[arg(long)]
    folder: Option<String>,

    /// A tag to give; may be given several times.
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,

    /// A tag to take away.
    #[arg(long = "untag", value_name = "TAG")]
    untags: Vec<String>,

    /// When the full text of its articles is fetched.
    #[arg(long, value_enum)]
    full_text: Option<Policy>,

    /// How long its articles are kept: 30d, 4w, 1y or a number of days; what is starred or tagged stays. 0 keeps them for ever.
    #[arg(long, value_name = "AGE", value_parser = super::args::days)]
    keep: Option<u32>,

    /// Addresses or names, as `dateline list` shows them.
    #[arg(required = true, value_name = "FEED")]
    feeds: Vec<String>,
}

impl FeedChoice {
    /// What was chosen, with what is told now.
    fn over(&self, before: &Choice) -> Choice {
        let mut tags: Vec<String> = before.tags.iter().chain(&self.tags).filter(|t| !self.untags.contains(t)).cloned().collect();
        tags.sort();
        tags.dedup();
        Choice {
            name: self.name.clone().or_else(|| before.name.clone()).filter(|n| !n.trim().is_empty()),
            folder: self.folder.as_ref().map_or_else(|| before.folder.clone(), |f| f.trim_matches('/').to_owned()),
            tags,
            full_text: self.full_text.map_or(before.full_text, Policy::chosen),
            keep_days: self.keep.map_or(before.keep_days, |days| Some(days).filter(|d| *d > 0)),
        }
    }
}

/// Changes the feeds that are named; what cannot be found is told, and the rest is changed.
pub(super) fn run(options: &FeedChoice, at: Option<&Path>) -> Outcome {
    let changed = || -> Result<Outcome, Notice> {
        let feeds = library::reader(at)?.snapshot(library::now())?.feeds()?;
        let mut writer = library::writer(at, "feed")?;
        let mut outcome = Outcome::Done;
        for wanted in &options.feeds {
            let done = remove::one(&feeds, wanted).and_then(|feed| {
                let choice = options.over(&feed.choice);
                if choice != feed.choice {
                    writer.write(|batch| mark::chosen(batch, feed).and_then(|()| batch.choose(feed.key, &choice)))?;
                }
                Ok(library::print(&format!(
                    "{}: {}\n",
                    clean_line(feed.shown()),
                    if choice == feed.choice { tr!("as it was") } else { tr!("changed") }
                )))
            });
            outcome = outcome.and(library::told(done));
        }
        writer.write(|batch| batch.count_searches(library::now()))?;
        Ok(outcome)
    };
    library::told(changed())
}
