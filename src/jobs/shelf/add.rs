//! Adding a feed by its address, or by that of a page that names it, or a folder.

use super::Stop;
use super::server::{Wish, heard};
use super::write::Job;
use crate::app::Report;
use crate::app::shelf::Answer;
use crate::jobs::Reporter;
use crate::jobs::fetch::{self, Request};
use crate::locale::tr;
use crate::notice::Notice;
use crate::source;
use crate::store::Choice;
use crate::text::clean_line;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::mpsc::Sender;

/// Looks at an address on a thread of its own, until the reader stops it, and has the feed added that is there.
pub(super) fn add(what: String, choice: Choice, writing: Sender<Job>, stop: Stop, reporter: Reporter) {
    let (said, number) = (reporter.clone(), stop.number());
    let work = move || match folder(&what).map_or_else(|| wait(what, move || stop.number() == number), Ok) {
        Ok((url, title)) => drop(writing.send(Job::Feed { url, title, choice })),
        Err(notice) => {
            reporter.tell(Report::Shelf(Answer::Refreshing(None)));
            reporter.tell(Report::Said(notice));
        }
    };
    if let Err(error) = std::thread::Builder::new().name("add".to_owned()).spawn(work) {
        said.tell(Report::Said(Notice::new(tr!("Nothing was added")).because(error)));
    }
}

/// Looks for the feed until it is found or not wanted any more.
fn wait(what: String, wish: impl Wish) -> Result<(String, String), Notice> {
    let asks = wish.clone();
    heard(&wish, move || find(&what, &asks)).unwrap_or_else(|| Err(Notice::new(tr!("Nothing was added"))))
}

/// The path with the home folder for a `~` before it.
pub(super) fn at_home(path: &str) -> PathBuf {
    use etcetera::BaseStrategy;
    let home = || etcetera::base_strategy::Xdg::new().ok().map(|base| base.home_dir().to_owned());
    match path.strip_prefix('~').filter(|rest| rest.is_empty() || rest.starts_with('/')) {
        Some(rest) => home().map_or_else(|| PathBuf::from(path), |home| home.join(rest.trim_start_matches('/'))),
        None => PathBuf::from(path),
    }
}

/// The folder that is meant, with its name as the title.
fn folder(what: &str) -> Option<(String, String)> {
    let path = std::fs::canonicalize(at_home(what)).ok().filter(|path| path.is_dir())?;
    let title = path.file_name().map(|name| clean_line(&name.to_string_lossy())).unwrap_or_default();
    Some((path.display().to_string(), title))
}

/// The address of the feed that is meant, with its title where that is known; looked for as long as `goes_on`.
fn find(what: &str, goes_on: &dyn Fn() -> bool) -> Result<(String, String), Notice> {
    let address = what.strip_prefix("feed:").unwrap_or(what);
    let address = if fetch::is_address(address) { address.to_owned() } else { format!("https://{}", address.trim_start_matches('/')) };
    if !address.contains('.') && !address.contains("localhost") {
        return Err(Notice::new(tr!("{what} is no address", what))
            .because(tr!("there is no such folder either"))
            .hint(tr!("single files: dateline add FILE")));
    }
    let request = Request { url: &address, given: true, ..Request::default() };
    let fetched = fetch::get(&request, &mut |_, _| if goes_on() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
        .map_err(|failure| failure.notice)?;
    let input = fetched.input(&address);
    if source::recognise(&input).is_some_and(|f| matches!(f.name(), "feed" | "jsonfeed")) {
        let moved = fetched.moved.clone();
        return Ok((moved.unwrap_or(address), String::new()));
    }
    match source::feeds(input.bytes, &fetched.url).into_iter().next() {
        Some(feed) => Ok((feed, String::new())),
        None => Err(Notice::new(tr!("There is no feed at {address}", address))
            .because(tr!("the page names none"))
            .hint(tr!("give the address of the feed itself"))),
    }
}
