//! `dateline import`: feeds, and what was read and starred, from other programs.

use super::add::address;
use super::{Outcome, library, out};
use crate::jobs;
use crate::notice::Notice;
use crate::source::opml::{self, Subscription};
use crate::store::{Choice, Writer};
use clap::Subcommand;
use std::path::{Path, PathBuf};

/// The largest list that is read, in bytes.
const MAX_BYTES: u64 = 64 << 20;

/// What `dateline import` is told.
#[derive(Debug, Subcommand)]
pub(crate) enum Import {
    /// A list of feeds in OPML, which nearly every program can write.
    Opml {
        /// The list.
        file: PathBuf,
    },
    /// The feeds of newsboat: the file `urls` with its tags and names.
    Newsboat {
        /// The file; without it ~/.newsboat/urls or ~/.config/newsboat/urls.
        file: Option<PathBuf>,
    },
    /// The feeds of eilmeldung, from the OPML that it exports.
    Eilmeldung {
        /// The list that it exported.
        file: PathBuf,
    },
}

/// A feed to take over.
struct Feed {
    subscription: Subscription,
    name: Option<String>,
    tags: Vec<String>,
}

/// Takes over the feeds; those that are there already keep what was chosen for them.
pub(super) fn run(options: &Import, at: Option<&Path>) -> Outcome {
    let imported = || -> Result<Outcome, Notice> {
        let (path, feeds, problems) = match options {
            Import::Opml { file } | Import::Eilmeldung { file } => {
                let list = opml::import(&bytes(file)?);
                let feeds = list.feeds.into_iter().map(|subscription| Feed { subscription, name: None, tags: Vec::new() }).collect();
                (file.clone(), feeds, list.skipped)
            }
            Import::Newsboat { file } => {
                let file = file.clone().or_else(newsboat).ok_or_else(|| {
                    Notice::new("newsboat's list of feeds is not at its usual places")
                        .hint("dateline import newsboat FILE says where it is")
                })?;
                let (feeds, problems) = urls(&String::from_utf8_lossy(&bytes(&file)?));
                (file, feeds, problems)
            }
        };
        for problem in &problems {
            out::complain(&Notice::new(path.display().to_string()).because(problem));
        }
        let mut writer = library::writer(at, "import")?;
        let new = take(&mut writer, &feeds)?;
        let line = format!("{new} new feeds, {} known; dateline fetch gets their articles\n", feeds.len() - new);
        Ok(if problems.is_empty() { Outcome::Done } else { Outcome::Partly }.and(library::print(&line)))
    };
    library::told(imported())
}

fn bytes(file: &Path) -> Result<Vec<u8>, Notice> {
    use std::io::Read;
    let mut bytes = Vec::new();
    let read = std::fs::File::open(file).and_then(|f| f.take(MAX_BYTES).read_to_end(&mut bytes));
    read.map_err(|e| Notice::new(file.display().to_string()).because(jobs::reason(&e)))?;
    Ok(bytes)
}

/// newsboat's list at its usual places.
fn newsboat() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    let base = etcetera::base_strategy::Xdg::new().ok()?;
    [base.home_dir().join(".newsboat/urls"), base.config_dir().join("newsboat/urls")].into_iter().find(|p| p.is_file())
}

/// All feeds at once: an import of thousands is one change.
fn take(writer: &mut Writer, feeds: &[Feed]) -> Result<usize, Notice> {
    writer.write(|batch| {
        let mut count = 0;
        for Feed { subscription, name, tags } in feeds {
            let (feed, new) = batch.add_feed(&subscription.feed, &subscription.title)?;
            if new {
                count += 1;
                let choice = Choice { name: name.clone(), folder: subscription.folders.join("/"), tags: tags.clone(), ..Choice::default() };
                batch.choose(feed, &choice)?;
            }
        }
        Ok(count)
    })
}

/// The feeds in newsboat's `urls`: an address, then tags; a tag that begins with `~` is a name, with `!` a hidden feed.
fn urls(text: &str) -> (Vec<Feed>, Vec<String>) {
    let (mut feeds, mut problems) = (Vec::new(), Vec::new());
    for (n, line) in text.lines().enumerate() {
        let mut words = words(line).into_iter();
        let Some(first) = words.next() else { continue };
        let Some(url) = address(&first) else {
            // Feeds made by a query or a command have no counterpart here.
            problems.push(format!("line {}: {} is no address of a feed", n + 1, crate::text::clean_line(&first)));
            continue;
        };
        let (names, tags): (Vec<String>, Vec<String>) = words.filter(|w| w != "!").partition(|w| w.starts_with('~'));
        let name = names.first().map(|n| n[1..].to_owned());
        let mut tags: Vec<String> = tags.iter().map(|t| crate::text::clean_line(t)).filter(|t| !t.is_empty()).collect();
        tags.sort();
        tags.dedup();
        feeds.push(Feed { subscription: Subscription { feed: url, ..Subscription::default() }, name, tags });
    }
    (feeds, problems)
}

/// Words parted by spaces; in quotation marks they may have spaces, and a backslash makes the next character stand for itself. `#` begins a remark.
fn words(line: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let (mut quoted, mut inside) = (false, false);
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match c {
            '#' if !inside => break,
            '"' => {
                quoted = !quoted;
                if quoted && !inside {
                    out.push(String::new());
                    inside = true;
                }
            }
            c if c.is_whitespace() && !quoted => inside = false,
            c => {
                if !inside {
                    out.push(String::new());
                    inside = true;
                }
                let c = if c == '\\' && quoted { chars.next().unwrap_or(c) } else { c };
                if let Some(word) = out.last_mut() {
                    word.push(c);
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newsboats_list() {
        let list = "# my feeds\nhttp://a.example/feed news \"~A \\\"paper\\\"\" \"south america\"\n\n\"query:Unread:unread = \\\"yes\\\"\"\nhttps://b.example !\n";
        let (feeds, problems) = urls(list);
        assert_eq!(feeds.len(), 2);
        assert_eq!(feeds[0].subscription.feed, "http://a.example/feed");
        assert_eq!(feeds[0].name.as_deref(), Some("A \"paper\""));
        assert_eq!(feeds[0].tags, ["news", "south america"]);
        assert_eq!((feeds[1].name.clone(), feeds[1].tags.len()), (None, 0));
        assert_eq!(problems.len(), 1);
    }
}
