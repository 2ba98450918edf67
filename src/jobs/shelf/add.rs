//! Adding a feed by its address, or by that of a page that names it, or a folder.

use super::write::Job;
use crate::app::Report;
use crate::jobs::fetch::{self, Request};
use crate::jobs::{Reporter, folder};
use crate::notice::Notice;
use crate::source;
use crate::store::Choice;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::mpsc::Sender;

/// Looks at an address on a thread of its own, and has the feed added that is there.
pub(super) fn add(what: String, choice: Choice, writing: Sender<Job>, reporter: Reporter) {
    let said = reporter.clone();
    let work = move || match find(&what) {
        Ok((url, title)) => drop(writing.send(Job::Feed { url, title, choice })),
        Err(notice) => reporter.tell(Report::Said(notice)),
    };
    if let Err(error) = std::thread::Builder::new().name("add".to_owned()).spawn(work) {
        said.tell(Report::Said(Notice::new("Nothing was added").because(error)));
    }
}

/// The folder that is meant; `~` is the reader's own.
fn folder_at(what: &str) -> Option<PathBuf> {
    let home = what.strip_prefix('~').filter(|rest| rest.is_empty() || rest.starts_with('/'));
    let path = match home {
        Some(rest) => PathBuf::from(std::env::var_os("HOME")?).join(rest.trim_start_matches('/')),
        None => PathBuf::from(what),
    };
    path.is_dir().then_some(path)
}

/// The address of the feed that is meant, with its title where that is known.
fn find(what: &str) -> Result<(String, String), Notice> {
    if let Some(folder) = folder_at(what) {
        return folder::named(&folder);
    }
    let address = what.strip_prefix("feed:").unwrap_or(what);
    let address = if fetch::is_address(address) { address.to_owned() } else { format!("https://{}", address.trim_start_matches('/')) };
    if !address.contains('.') && !address.contains("localhost") {
        return Err(Notice::new(format!("{what} is no address and no folder"))
            .hint("an address is like https://example.org/feed, a folder like ~/news"));
    }
    let request = Request { url: &address, given: true, ..Request::default() };
    let fetched = fetch::get(&request, &mut |_, _| ControlFlow::Continue(())).map_err(|failure| failure.notice)?;
    let bytes = fetched.bytes.unwrap_or_default();
    let input =
        source::Input { url: Some(&fetched.url), media_type: fetched.media_type.as_deref(), ..source::Input::new(&address, &bytes) };
    if source::recognise(&input).is_some_and(|f| matches!(f.name(), "feed" | "jsonfeed")) {
        return Ok((fetched.moved.unwrap_or(address), String::new()));
    }
    match source::feeds(&bytes, &fetched.url).into_iter().next() {
        Some(feed) => Ok((feed, String::new())),
        None => Err(Notice::new(format!("There is no feed at {address}"))
            .because("the page names none")
            .hint("give the address of the feed itself")),
    }
}
