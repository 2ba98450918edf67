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

/// Where a feed or a folder is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// Its address, or its path.
    pub(super) url: String,
    /// What it is called, where that is known.
    pub(super) title: String,
    /// True where a page or a redirect named it, on another host than the one that was typed.
    pub(super) found: bool,
}

/// Looks at an address on a thread of its own, until the reader stops it, and has the feed added that is there.
pub(super) fn add(what: String, choice: Choice, writing: Sender<Job>, stop: Stop, reporter: Reporter) {
    let (said, number) = (reporter.clone(), stop.number());
    let work = move || match folder(&what).map_or_else(|| wait(what, move || stop.number() == number), Ok) {
        Ok(place) => drop(writing.send(Job::Feed { place, choice })),
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
fn wait(what: String, wish: impl Wish) -> Result<Place, Notice> {
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
fn folder(what: &str) -> Option<Place> {
    let path = std::fs::canonicalize(at_home(what)).ok().filter(|path| path.is_dir())?;
    let title = path.file_name().map(|name| clean_line(&name.to_string_lossy())).unwrap_or_default();
    Some(Place { url: path.display().to_string(), title, found: false })
}

/// The address of the feed that is meant, with its title where that is known; looked for as long as `goes_on`.
fn find(what: &str, goes_on: &dyn Fn() -> bool) -> Result<Place, Notice> {
    let address = what.strip_prefix("feed:").unwrap_or(what);
    let address = if fetch::is_address(address) { address.to_owned() } else { format!("https://{}", address.trim_start_matches('/')) };
    if !address.contains('.') && !address.contains("localhost") {
        return Err(Notice::new(tr!("{what} is no address", what))
            .because(tr!("there is no such folder either"))
            .hint(tr!("single files: dateline add FILE")));
    }
    let get = |url: &str, given| {
        let mut progress = |_, _| if goes_on() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
        fetch::get(&Request { url, given, ..Request::default() }, &mut progress).map_err(|failure| failure.notice)
    };
    let fetched = get(&address, true)?;
    let at = |url: String| Place { found: !fetch::same_host(&url, &address), url, ..Place::default() };
    let input = fetched.input(&address);
    if source::recognise(&input).is_some_and(|f| matches!(f.name(), "feed" | "jsonfeed")) {
        return Ok(at(fetched.moved.clone().unwrap_or_else(|| address.clone())));
    }
    match source::feeds(input.bytes, &fetched.url).into_iter().next() {
        Some(feed) if fetch::same_host(&feed, &address) => Ok(at(feed)),
        // On another host it is the page's word, which must not lead into the reader's own network.
        Some(feed) => {
            let found = get(&feed, false).map_err(|notice| notice.hint(tr!("give the address of the feed itself")))?;
            Ok(at(found.moved.unwrap_or(feed)))
        }
        None => Err(Notice::new(tr!("There is no feed at {address}", address))
            .because(tr!("the page names none"))
            .hint(tr!("give the address of the feed itself"))),
    }
}

#[cfg(feature = "network")]
#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;
    use std::sync::{Arc, Mutex};

    /// Serves a page that names `feed`, or a feed at `/feed`; answers its port and what was asked for.
    fn serve(feed: &'static str) -> (u16, Arc<Mutex<Vec<String>>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let log = Arc::clone(&asked);
        std::thread::spawn(move || {
            for mut stream in listener.incoming().map_while(Result::ok) {
                let lines: Vec<String> = BufReader::new(&stream).lines().map_while(Result::ok).take_while(|l| !l.is_empty()).collect();
                let path = lines.first().and_then(|l| l.split(' ').nth(1)).unwrap_or("").to_owned();
                let href = feed.replace("PORT", &port.to_string());
                let body = match path.as_str() {
                    "/feed" => "<rss version=\"2.0\"><channel><title>Paper</title></channel></rss>".to_owned(),
                    _ => format!("<!doctype html><head><link rel=alternate type=application/rss+xml href=\"{href}\"></head><p>Words."),
                };
                log.lock().unwrap().push(path);
                let head = format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
                let _ = stream.write_all((head + &body).as_bytes());
            }
        });
        (port, asked)
    }

    #[test]
    fn a_page_leads_to_its_feed_on_its_own_host() {
        let (port, _) = serve("/feed");
        let base = format!("http://127.0.0.1:{port}");
        let own = Place { url: format!("{base}/feed"), ..Place::default() };
        assert_eq!(find(&base, &|| true).unwrap(), own);
        assert_eq!(find(&own.url, &|| true).unwrap(), own);
    }

    #[test]
    fn a_page_does_not_lead_into_the_readers_own_network() {
        let (port, asked) = serve("http://localhost:PORT/feed");
        let refused = find(&format!("http://127.0.0.1:{port}/"), &|| true).unwrap_err();
        assert!(refused.why.contains("private network"), "{refused}");
        assert_eq!(*asked.lock().unwrap(), ["/"], "the feed was not asked for");
    }
}
