//! Articles of which a feed gives only the beginning, as a reader gets them: a server of feeds and pages, the program in a terminal, and the next start of it.

use super::pty::Terminal;
use super::shelf::Shelf;
use super::store::Library;
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::{Arc, Mutex};

/// Pages by their paths; a path that is not here is answered with 404.
type Pages = Arc<Mutex<HashMap<String, String>>>;

/// Serves pages on the loopback address, for as long as the test runs.
fn serve(pages: &Pages) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let pages = Arc::clone(pages);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let lines: Vec<String> = BufReader::new(&stream).lines().map_while(Result::ok).take_while(|l| !l.is_empty()).collect();
            let path = lines.first().and_then(|l| l.split(' ').nth(1)).unwrap_or("");
            let (status, body) = pages.lock().unwrap().get(path).map_or(("404 Not Found", String::new()), |body| ("200 OK", body.clone()));
            let kind = if body.starts_with("<rss") { "application/rss+xml" } else { "text/html; charset=utf-8" };
            let head = format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n", body.len());
            let _ = stream.write_all((head + &body).as_bytes());
        }
    });
    base
}

/// A page as papers have them: a head with a menu, the article, what else may be read, a foot.
fn page(title: &str, paragraphs: &[&str]) -> String {
    let menu: String = ["Home", "World", "Business", "Sport", "Weather", "Subscribe"]
        .iter()
        .map(|m| format!("<li><a href=\"/{m}\">{m}</a></li>"))
        .collect();
    let text: String = paragraphs.iter().map(|p| format!("<p>{p}</p>")).collect();
    let more: String = (0..8).map(|n| format!("<li><a href=\"/more/{n}\">Another headline, number {n}, of the day</a></li>")).collect();
    format!(
        "<!doctype html><html lang=\"en\"><head><title>{title} | The Harbour Post</title><meta property=\"og:title\" content=\"{title}\">\
         <script>var ads = [1, 2, 3];</script></head><body><header><nav><ul>{menu}</ul></nav></header>\
         <div class=\"cookie-banner\"><p>We use cookies to make this page better for everybody.</p><button>Accept</button></div>\
         <main><article><h1>{title}</h1><p class=\"byline\">By Ann Lee</p>{text}</article></main>\
         <aside class=\"related\"><h2>More from today</h2><ul>{more}</ul></aside>\
         <footer><p>© The Harbour Post. All rights reserved.</p></footer></body></html>"
    )
}

const FERRY: &[&str] = &[
    "Ferries between Ardmore and the islands will run again from Monday, the harbour office said, after three weeks in which storms kept them in port.",
    "The first boat is to leave at seven in the morning with medicine, post and some forty islanders who had been waiting in Ardmore since the middle of the month.",
    "Captain Maria Brennan said that the pier at Kilcarra had been mended by divers during the night. “We would not sail if it were not safe,” she said.",
    "Shops on the larger island had run out of fresh milk twelve days before, and neighbours shared what they had in the freezers of the school.",
    "The council in Ardmore wants to decide by the end of March whether a second boat is bought, which would cost nine million euros.",
];

const BRIDGE: &[&str] = &[
    "The old bridge over the Lorne stays closed until June because engineers found cracks in two of its piers, the county said on Tuesday.",
    "Lorries will go by the northern road, which is eleven kilometres longer, while buses may use the footbridge of the railway for a time.",
    "Tom Halloran of the county’s works department said the steel had been ordered from Rotterdam and would be there in five weeks.",
    "People in Westmarch fear for their shops, since most of those who buy there come over the bridge from the villages on the other bank.",
];

fn item(base: &str, n: u8, title: &str, teaser: &str) -> String {
    format!("<item><title>{title}</title><guid>post-{n}</guid><link>{base}/story/{n}</link><description>{teaser}</description></item>")
}

/// A feed of teasers, and the pages of the first two of its articles.
fn paper(pages: &Pages, base: &str) {
    let ferry = item(base, 1, "Ferries Run Again", "Ferries between Ardmore and the islands will run again from Monday …");
    let bridge = item(base, 2, "Bridge Stays Closed", "The old bridge over the Lorne stays closed until June.");
    let gone = item(base, 3, "Market Moves", "The market moves to the square by the church …");
    let feed = format!("<rss version=\"2.0\"><channel><title>The Harbour Post</title>{ferry}{bridge}{gone}</channel></rss>");
    let mut pages = pages.lock().unwrap();
    pages.insert("/feed".into(), feed);
    pages.insert("/story/1".into(), page("Ferries Run Again", FERRY));
    pages.insert("/story/2".into(), page("Bridge Stays Closed", BRIDGE));
}

fn count(library: &Library, query: &[&str]) -> String {
    library.done(&[&["search", "--count"], query].concat()).trim().to_owned()
}

/// Asks the library for the one article with a word in its title, and opens it.
fn choose(t: &mut Terminal, word: &str) {
    t.keys(&format!("Stitle:{word}\r"));
    t.wait("the one article", |s| s.contains(&format!("│ title:{word}")) && s.contains("1/1"));
    t.keys("\r");
}

#[test]
fn pages_of_teasers_come_by_themselves_and_bring_nothing_else_of_the_page() {
    let (library, pages) = (Library::new("whole-auto"), Pages::default());
    let base = serve(&pages);
    paper(&pages, &base);
    library.done(&["add", &format!("{base}/feed")]);
    assert_eq!(library.done(&["fetch"]), "1 feed: 3 new articles, 2 whole texts\n");
    // All of the article, who and where is in it, and nothing of what stands around it.
    assert_eq!(count(&library, &["\"nine million euros\"", "who:brennan"]), "1");
    assert_eq!(count(&library, &["said:safe"]), "1");
    assert_eq!(count(&library, &["rotterdam"]), "1");
    assert_eq!(count(&library, &["cookies OR subscribe OR headline OR \"rights reserved\""]), "0");
    // The article whose page is gone keeps its teaser, with title and source as the feed says.
    assert_eq!(count(&library, &["title:market", "church", "source:harbour"]), "1");
    // The feed gives its teasers again: the whole texts stay.
    let again = library.done(&["fetch", "--all"]);
    assert!(again.starts_with("1 feed: 0 new articles"), "{again}");
    assert_eq!((count(&library, &["rotterdam"]), count(&library, &[])), ("1".to_owned(), "3".to_owned()));
}

#[test]
fn one_look_from_the_screen_brings_pages_and_who_is_in_them() {
    let (library, pages) = (Library::new("whole-look"), Pages::default());
    let base = serve(&pages);
    paper(&pages, &base);
    library.done(&["add", &format!("{base}/feed")]);
    let mut shelf = Shelf::open(Path::new(&library.path), 120, 40);
    shelf.keys("R").sees("3 new articles");
    shelf.until(|_| count(&library, &["(\"nine million euros\" who:brennan) OR (rotterdam who:halloran)"]) == "2");
    // The look is over, whatever comes after it: there can be another one.
    shelf.keys("R").sees("Nothing new");
}

/// A library with the feed of teasers, and the program on it.
fn on_demand(name: &str, base: &str) -> (Library, Terminal) {
    let library = Library::new(name);
    library.done(&["add", &format!("{base}/feed"), "--full-text", "on-demand"]);
    assert_eq!(library.done(&["fetch"]), "1 feed: 3 new articles\n");
    assert_eq!(count(&library, &["rotterdam"]), "0");
    let mut t = Terminal::start(&["--library", &library.path], 120, 40);
    t.wait("the list", |s| s.contains("Bridge Stays Closed") && s.contains("Market Moves"));
    (library, t)
}

#[test]
fn a_page_that_is_asked_for_by_a_key_is_there_at_the_next_start() {
    let pages = Pages::default();
    let base = serve(&pages);
    paper(&pages, &base);
    let (library, mut t) = on_demand("whole-key", &base);
    choose(&mut t, "bridge");
    t.wait("the teaser", |s| s.contains("stays closed until June"));
    t.keys("F");
    t.wait("the page", |s| s.contains("Rotterdam") && !s.contains("cookies"));
    t.keys("q");
    assert_eq!(t.end(), 0);
    assert_eq!(count(&library, &["rotterdam", "westmarch"]), "1");
    // The server is gone: the next start goes on in the article, and shows what is kept.
    pages.lock().unwrap().clear();
    let mut t = Terminal::start(&["--library", &library.path], 120, 40);
    t.wait("the kept page", |s| s.contains("Rotterdam"));
    t.keys("q");
    assert_eq!(t.end(), 0);
}

#[test]
fn a_page_that_does_not_come_leaves_the_teaser() {
    let pages = Pages::default();
    let base = serve(&pages);
    paper(&pages, &base);
    let (library, mut t) = on_demand("whole-gone", &base);
    choose(&mut t, "market");
    t.wait("the teaser", |s| s.contains("to the square by the church"));
    t.keys("F");
    t.wait("why there is no page", |s| s.contains("there is no such page"));
    assert!(t.text().contains("to the square by the church"));
    t.keys("q");
    assert_eq!(t.end(), 0);
    assert_eq!((count(&library, &["church"]), count(&library, &[])), ("1".to_owned(), "3".to_owned()));
}
