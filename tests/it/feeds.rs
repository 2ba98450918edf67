//! Feeds and addresses in the reader and on the command line.

use super::cli::{Folder, dateline, err, out};
use super::reader::Reader;
use dateline::app::{ArticleId, Effect, Event, Found, Listing, Origin, Report, update};
use dateline::article::Article;
use dateline::notice::Notice;
use dateline::source::{Input, read};
use serde_json::Value;
use std::io::{Read, Write};
use std::sync::Arc;

const FEED: &str = "<?xml version='1.0'?><rss version='2.0'><channel><title>The Post</title><link>https://post.example/</link>\
    <item><title>Council agrees</title><link>/1</link><pubDate>Mon, 21 Jan 2019 05:00:00 GMT</pubDate><description>Ada Miller spoke on Monday.</description></item>\
    <item><title>Mayor resigns \u{1b}]0;x\u{7}</title><link>/2</link><description>Karl Weiss left.</description></item></channel></rss>";

fn items() -> Vec<Arc<Article>> {
    read(&Input::new("post.xml", FEED.as_bytes())).0.into_iter().map(Arc::new).collect()
}

fn listed(origin: Origin) -> Event {
    Event::Report(Report::Listed(Listing { found: vec![Found { origin, problem: None }], done: true, ..Listing::default() }))
}

#[test]
fn every_item_is_an_article_of_the_list() {
    let mut r = Reader::new(120, 32, &[]);
    r.happen(listed(Origin::Web("https://post.example/feed".into())));
    assert!(r.screen().contains("Waiting for https://post.example/feed"), "{}", r.screen());
    r.happen(Event::Report(Report::Fetching { bytes: 512 << 10, of: Some(1 << 20) }));
    assert!(r.foot().contains("fetching, 50 %"), "{}", r.foot());
    let origins = items().into_iter().map(Origin::Held).collect();
    r.happen(Event::Report(Report::Slurped { id: ArticleId(0), origins: Ok(origins) }));
    assert_eq!((r.title(), r.state.library.entries().len()), ("Council agrees", 2));
    assert!(!r.foot().contains("fetching"), "{}", r.foot());
    r.keys("J");
    assert!(r.title().starts_with("Mayor resigns"), "{}", r.title());
    assert_eq!(r.state.library.entries()[0].published, Some(jiff::civil::date(2019, 1, 21)));
}

#[test]
fn the_whole_article_takes_the_place_of_its_beginning() {
    let mut r = Reader::new(120, 32, &[]);
    for item in items() {
        r.happen(listed(Origin::Held(item)));
    }
    let effects = update(&mut r.state, Event::Key("F".parse().unwrap()));
    assert!(matches!(effects.as_slice(), [Effect::FetchWhole { id: ArticleId(0), .. }]), "{effects:?}");
    let effects = update(&mut r.state, Event::Key("Esc".parse().unwrap()));
    assert!(matches!(effects.as_slice(), [Effect::StopFetching]));
    let whole = Article { text: "Ada Miller spoke on Monday. The council agreed at once.".into(), ..(*items()[0]).clone() };
    r.happen(Event::Report(Report::FetchedWhole { id: ArticleId(0), origin: Ok(Origin::Held(Arc::new(whole))) }));
    assert!(r.state.open.as_ref().unwrap().document.article.text.ends_with("agreed at once."));
    let failed = || Event::Report(Report::FetchedWhole { id: ArticleId(0), origin: Err(Notice::new("There is no such page")) });
    r.happen(failed());
    assert!(!r.foot().contains("no such page"), "nobody waits for it");
    let f = || Event::Key("F".parse().unwrap());
    assert_eq!((update(&mut r.state, f()).len(), update(&mut r.state, f()).len()), (1, 0), "one request is enough");
    r.happen(failed());
    assert!(r.foot().contains("no such page"));
    // What comes after the end changes nothing: Esc closes the next thing.
    r.happen(Event::Report(Report::Fetching { bytes: 1, of: None }));
    r.keys("z Esc");
    assert!(!r.state.view.full);
}

#[test]
fn analyze_prints_a_line_for_each_item() {
    let folder = Folder::new("feed");
    let file = folder.file("post.xml", FEED);
    let output = dateline(&["analyze", &file], "");
    let lines: Vec<Value> = out(&output).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let found: Vec<(String, &str)> = lines
        .iter()
        .map(|l| (l["article"]["source"].as_str().unwrap().replace(&file, ""), l["article"]["url"].as_str().unwrap()))
        .collect();
    assert_eq!(found, [("#1".to_owned(), "https://post.example/1"), ("#2".to_owned(), "https://post.example/2")], "{}", err(&output));
    assert!(!out(&output).contains('\u{1b}'));
}

#[cfg(feature = "network")]
#[test]
fn analyze_reads_an_address() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/feed", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let head =
                format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n", FEED.len());
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(FEED.as_bytes()));
        }
    });
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["analyze", &address])
        .env("LC_ALL", "C")
        .env("NO_PROXY", "127.0.0.1")
        .output()
        .unwrap();
    let text = out(&output);
    assert_eq!(text.lines().count(), 2, "{}", err(&output));
    let first: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    assert_eq!(first["article"]["source"].as_str().unwrap(), format!("{address}#1"));
    // A relative link counts from where the feed was found, whatever the feed calls its page.
    assert!(first["article"]["url"].as_str().unwrap().ends_with("/1"));
}

#[test]
fn a_feed_in_a_folder_that_is_written_anew_loses_nothing() {
    let library = super::store::Library::new("folder-feed");
    let item = |n: usize| {
        let text = format!("Number {n} of the harbour's reports, with its own words {}.", "and more ".repeat(n));
        format!("<item><title>Report {n}</title><link>http://harbour.example/{n}</link><description>{text}</description></item>")
    };
    let write = |numbers: &[usize]| {
        let items: String = numbers.iter().map(|n| item(*n)).collect();
        library.folder.file("news/feed.xml", &format!("<rss version=\"2.0\"><channel><title>Harbour</title>{items}</channel></rss>"));
    };
    write(&[3, 2, 1]);
    library.done(&["add", &library.folder.path("news")]);
    library.done(&["mark", "star", "title:\"report 1\""]);
    library.done(&["mark", "read", "title:\"report 3\""]);
    write(&[5, 4, 3]);
    library.done(&["fetch", "--no-analysis"]);
    assert_eq!(library.done(&["search", "--count", "reports"]), "5\n");
    assert_eq!(library.done(&["search", "--count", "is:starred title:\"report 1\""]), "1\n");
    assert_eq!(library.done(&["search", "--count", "is:unread"]), "4\n");
    // Items that have one address are told apart by their titles, here too.
    let one_address = ["<link>http://harbour.example/3</link>", "<link>http://harbour.example/4</link>"];
    let text = std::fs::read_to_string(library.folder.path("news/feed.xml")).unwrap();
    let text = text.replace("<title>Harbour</title>", "<title>Alerts</title>").replace(" of the harbour's", " of other");
    let text =
        text.replace(one_address[0], "<link>http://alerts.example/</link>").replace(one_address[1], "<link>http://alerts.example/</link>");
    library.folder.file("alerts/feed.xml", &text.replace("<title>Report", "<title>Alert"));
    library.done(&["add", &library.folder.path("alerts")]);
    assert_eq!(library.done(&["search", "--count", "title:alert"]), "3\n");
    assert!(library.done(&["fetch", "--no-analysis"]).contains("0 new"));
    assert_eq!(library.done(&["search", "--count", "title:alert"]), "3\n");
}
