//! The library as another program sees it: commands, two programs at once, and a program that is killed.

use super::cli::{Folder, err, out};
use serde_json::Value;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

/// A program with a library of its own.
pub(crate) struct Library {
    pub(crate) folder: Folder,
    pub(crate) path: String,
}

impl Library {
    pub(crate) fn new(name: &str) -> Self {
        let folder = Folder::new(name);
        let path = folder.path("library.db");
        let _ = std::fs::remove_file(&path);
        Self { folder, path }
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command.args(["--library", &self.path]).args(args).env("LC_ALL", "C").env("XDG_CONFIG_HOME", "/nonexistent").stdin(Stdio::null());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// What a command prints that has to succeed.
    pub(crate) fn done(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(output.status.success(), "{args:?}: {}", err(&output));
        out(&output)
    }
}

fn story(n: usize) -> String {
    format!(
        "---\ntitle: Story {n}\npublished: 2019-01-{:02}\n---\nMaria Lopez{n} spoke in Berlin on Monday. “We will go on,” she said.\n",
        n % 28 + 1
    )
}

#[test]
fn from_files_to_answers() {
    let library = Library::new("answers");
    for n in 0..12 {
        library.folder.file(&format!("news/{n:02}.txt"), &story(n));
    }
    let news = library.folder.path("news");
    assert!(library.done(&["add", "--folder", "Papers/Local", "--tag", "local", &news]).contains("12 new, 0 known"));
    assert!(library.done(&["add", &news]).contains("0 new, 12 known"));
    assert_eq!(library.done(&["search", "--count", "who:lopez3", "where:germany"]), "1\n");
    assert_eq!(library.done(&["search", "--count"]), "12\n");
    assert_eq!(library.done(&["search", "--count", "who:lopez3", "-nothing"]), "1\n");
    let lines = library.done(&["search", "--format", "jsonl", "--sort", "oldest", "--limit", "2"]);
    let titles: Vec<String> =
        lines.lines().map(|l| serde_json::from_str::<Value>(l).unwrap()["title"].as_str().unwrap().to_owned()).collect();
    assert_eq!(titles, ["Story 0", "Story 1"]);
    assert_eq!(library.done(&["search", "--format", "tsv", "said:go"]).lines().count(), 12);
    let exported = library.done(&["export", "json", "who:lopez3"]);
    let analysis: Value = serde_json::from_str(exported.trim()).unwrap();
    assert_eq!(analysis["schema"], "dateline/analysis/1");
    let direct = library.run(&["analyze", &format!("{news}/03.txt")]);
    let direct: Value = serde_json::from_str(out(&direct).trim()).unwrap();
    for part in ["entities", "mentions", "times", "events", "quotes"] {
        assert_eq!(analysis[part], direct[part], "{part}");
    }
    assert!(library.done(&["export", "markdown", "who:lopez3"]).starts_with("# Story 3\n"));
    library.done(&["search", "--save", "Mine", "who:lopez3"]);
    let list = library.done(&["list"]);
    assert!(list.contains("Mine: who:lopez3") && list.contains("12      12  in 1 feed, 0 starred"), "{list}");
    assert!(library.done(&["check"]).contains("sound, 12 articles"));
    let copy = library.folder.path("copy.db");
    library.done(&["backup", &copy]);
    assert_eq!(library.run(&["backup", &copy]).status.code(), Some(1));
    assert!(library.done(&["remove", &news]).contains("removed, 12 articles"));
    assert_eq!(library.done(&["search", "--count"]), "0\n");
    let other = Library { path: copy, folder: Folder::new("answers-copy") };
    assert_eq!(other.done(&["search", "--count"]), "12\n");
}

#[test]
fn feeds_come_and_go_as_lists() {
    let library = Library::new("lists");
    let list = library.folder.file(
        "feeds.opml",
        "<opml version=\"2.0\"><body><outline text=\"News\"><outline text=\"A\" xmlUrl=\"https://a.example/feed\"/></outline>\
         <outline text=\"B\" xmlUrl=\"https://b.example/feed\"/></body></opml>",
    );
    assert!(library.done(&["import", "opml", &list]).starts_with("2 new feeds, 0 known"));
    let urls = library.folder.file("urls", "https://a.example/feed tag\nhttps://c.example/feed \"~Sea & sky\"\n");
    assert!(library.done(&["import", "newsboat", &urls]).starts_with("1 new feed, 1 known"));
    library.done(&["add", "--name", "Dee", "feed://d.example/feed"]);
    let exported = library.done(&["export", "opml"]);
    let again = Library::new("lists-again");
    let list = again.folder.file("again.opml", &exported);
    assert!(again.done(&["import", &list]).starts_with("4 new"), "a file alone is OPML");
    assert!(again.done(&["list", "--format", "tsv"]).contains("News\tA\thttps://a.example/feed"));
    assert!(again.done(&["list"]).contains("Sea & sky"));
    let missing = again.run(&["remove", "nobody"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(err(&missing).contains("dateline list"), "{}", err(&missing));
}

#[test]
fn five_thousand_feeds_are_one_change() {
    let library = Library::new("many");
    let outlines: String =
        (0..5000).map(|n| format!("<outline text=\"Feed {n}\" xmlUrl=\"https://host{}.example/{n}\"/>", n % 300)).collect();
    let list = library.folder.file("many.opml", &format!("<opml version=\"2.0\"><body>{outlines}</body></opml>"));
    assert!(library.done(&["import", "opml", &list]).starts_with("5,000 new feeds, 0 known"));
    assert!(library.done(&["import", "opml", &list]).starts_with("0 new feeds, 5,000 known"));
    assert_eq!(library.done(&["list", "--format", "tsv"]).lines().count(), 5000);
}

#[test]
fn articles_are_marked_by_query_and_it_is_taken_back() {
    let library = Library::new("marks");
    for n in 0..6 {
        library.folder.file(&format!("news/{n}.txt"), &story(n));
    }
    let news = library.folder.path("news");
    library.done(&["add", &news]);
    assert!(library.done(&["mark", "read", "who:lopez3", "OR", "who:lopez4"]).starts_with("2 of 2 articles changed"));
    assert!(library.done(&["mark", "tag", "berlin", "where:germany"]).starts_with("6 of 6"));
    assert!(library.done(&["mark", "star", "-who:lopez3", "is:read"]).starts_with("1 of 1"));
    assert_eq!(library.done(&["search", "--count", "is:starred", "tag:berlin"]), "1\n");
    assert_eq!(library.run(&["mark", "read"]).status.code(), Some(2), "all articles are not marked by mistake");
    library.done(&["undo"]);
    library.done(&["undo"]);
    assert_eq!(library.done(&["search", "--count", "is:starred OR tag:berlin"]), "0\n");
    assert_eq!(library.done(&["search", "--count", "is:unread"]), "4\n");
    library.done(&["undo"]);
    assert_eq!(library.run(&["undo"]).status.code(), Some(1));
    assert_eq!(library.done(&["search", "--count", "is:unread"]), "6\n");
    library.done(&["search", "--save", "Germany", "where:germany"]);
    assert_eq!(library.done(&["search", "--saved", "Germany", "--count", "who:lopez1"]), "1\n");
    library.done(&["search", "--forget", "Germany"]);
    assert_eq!(library.run(&["search", "--saved", "Germany"]).status.code(), Some(1));
    library.done(&["feed", &news, "--name", "Paper", "--folder", "A/B", "--tag", "x", "--keep", "9"]);
    library.done(&["feed", "Paper", "--tag", "y", "--untag", "x", "--keep", "0"]);
    assert!(library.done(&["list", "--format", "tsv"]).contains("A/B\tPaper\t"));
    assert_eq!(library.done(&["search", "--count", "tag:y", "-tag:x"]), "6\n");
}

#[test]
fn a_folder_is_looked_at_again() {
    let library = Library::new("folder");
    library.folder.file("news/1.txt", &story(1));
    let news = library.folder.path("news");
    library.done(&["add", &news]);
    library.folder.file("news/2.txt", &story(2));
    library.folder.file("news/1.txt", &story(1).replace("on Monday", "on Tuesday evening"));
    assert!(library.done(&["fetch"]).contains("1 new article, 1 changed"));
    assert_eq!(library.done(&["search", "--count", "who:lopez2"]), "1\n");
    assert_eq!(library.done(&["search", "--count", "\"tuesday evening\""]), "1\n");
    std::fs::remove_dir_all(&news).unwrap();
    let gone = library.run(&["fetch"]);
    assert!(err(&gone).contains("not there"), "{}", err(&gone));
    assert_eq!(library.done(&["search", "--count"]), "2\n");
}

/// newsboat's cache as its version 2.21 makes it, without what is not asked for.
#[test]
fn newsboats_articles_come_with_their_marks() {
    let library = Library::new("newsboat");
    let cache = library.folder.path("cache.db");
    let boat = rusqlite::Connection::open(&cache).unwrap();
    boat.execute_batch(
        "CREATE TABLE rss_item (id INTEGER PRIMARY KEY, guid, title, author, url, feedurl, pubDate INTEGER, content, unread INTEGER,
             flags VARCHAR(52), deleted INTEGER NOT NULL DEFAULT 0);
         INSERT INTO rss_item VALUES
             (1, 'a', 'Bridges', 'Ada', 'http://a.example/1', 'http://a.example/f', 1548000000, '<p>The bridge opened.</p>', 0, NULL, 0),
             (2, 'b', 'Roads', '', 'http://a.example/2', 'http://a.example/f', 1548000000, '<p>The road closed.</p>', 1, 'sx', 0),
             (3, 'c', 'Gone', '', 'http://a.example/3', 'http://a.example/f', 1548000000, '<p>Gone.</p>', 1, '', 1),
             (4, 'd', 'Else', '', 'http://b.example/4', 'http://b.example/f', 1548000000, '<p>Else.</p>', 1, '', 0);",
    )
    .unwrap();
    drop(boat);
    let urls = library.folder.file("urls", "http://a.example/f news\n\"query:Unread news:unread = \\\"yes\\\" and tags # \\\"news\\\"\"\n");
    let told = library.done(&["import", "newsboat", &urls, "--cache", &cache]);
    assert!(told.starts_with("1 new feed, 0 known, 1 saved search, 2 new articles"), "{told}");
    assert_eq!(library.done(&["search", "--count", "is:read", "bridge"]), "1\n");
    assert_eq!(library.done(&["search", "--count", "is:unread is:starred road"]), "1\n");
    assert_eq!(library.done(&["search", "--count", "--saved", "Unread news"]), "1\n");
}

#[test]
fn a_removed_feed_comes_back_with_all_it_had() {
    let library = Library::new("removed");
    let news = library.folder.path("news");
    std::fs::create_dir_all(&news).unwrap();
    (0..3).for_each(|n| std::fs::write(format!("{news}/{n}.md"), story(n)).unwrap());
    library.done(&["add", "--tag", "world", &news]);
    library.done(&["mark", "read", "title:\"Story 1\""]);
    library.done(&["mark", "star", "title:\"Story 2\""]);
    let all = |query: &str| library.done(&["search", "--format", "tsv", query]);
    let queries = ["tag:world", "who:\"maria lopez1\"", "where:germany", "said:\"will go on\"", "is:read", "is:starred", "when:2019-01"];
    let before = queries.map(all);
    assert!(library.done(&["remove", &news]).contains("removed, 2 articles with it"));
    assert_eq!(library.done(&["search", "--count", ""]), "1\n");
    assert!(library.done(&["undo"]).contains("is back with its articles"));
    assert_eq!(queries.map(all), before);
    assert!(library.done(&["check"]).contains("sound"), "{}", library.done(&["check"]));
    // What is there already is known.
    assert!(library.done(&["fetch"]).starts_with("1 feed: 0 new articles"));
}

#[test]
fn what_was_chosen_and_saved_is_taken_back() {
    let library = Library::new("chosen");
    library.done(&["add", "http://a.example/feed", "--name", "First", "--folder", "News"]);
    let list = || library.done(&["list", "--format", "jsonl"]);
    let before = list();
    library.done(&["feed", "First", "--name", "Second", "--folder", "Else", "--tag", "x", "--keep", "9", "--full-text", "never"]);
    assert_ne!(list(), before);
    // What changes nothing is no change to take back.
    assert_eq!(library.done(&["feed", "Second", "--keep", "9"]), "Second: as it was\n");
    library.done(&["search", "--save", "Mine", "is:unread"]);
    library.done(&["search", "--save", "Mine", "is:starred"]);
    library.done(&["search", "--forget", "Mine"]);
    let saved = || library.run(&["search", "--count", "--saved", "Mine"]).status.success();
    assert!(!saved());
    assert_eq!(library.done(&["undo"]), "the search Mine is as it was\n");
    assert!(library.done(&["list"]).contains("Mine: is:starred"));
    library.done(&["undo"]);
    assert!(library.done(&["list"]).contains("Mine: is:unread"));
    assert_eq!(library.done(&["undo"]), "the search Mine is gone again\n");
    assert!(!saved());
    assert_eq!(library.done(&["undo"]), "First is as it was\n");
    assert_eq!(list(), before);
    assert_eq!(library.run(&["undo"]).status.code(), Some(1));
}

#[test]
fn mistakes_are_told_at_their_place() {
    let library = Library::new("mistakes");
    let none = library.run(&["search", "x"]);
    assert_eq!(none.status.code(), Some(1));
    assert!(err(&none).contains("There is no library"), "{}", err(&none));
    let wrong = library.run(&["search", "a", "wher:berlin"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(err(&wrong).contains("    ^^^^\n") && err(&wrong).contains("where:"), "{}", err(&wrong));
    let text = library.folder.file("library.db", &"no database ".repeat(100));
    for args in [&["list"][..], &["add", "https://a.example"], &["check"]] {
        let output = library.run(args);
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        assert!(err(&output).contains("no library"), "{}", err(&output));
    }
    assert!(std::fs::read_to_string(text).unwrap().starts_with("no database"));
}

/// `DATELINE_KILLS` says how often, 25 without it. However often and whenever a program is killed: what it had acknowledged is there, nothing is there twice, and the file is sound.
#[test]
fn a_killed_program_loses_nothing_that_it_said_was_done() {
    let library = Library::new("killed");
    for n in 0..150 {
        library.folder.file(&format!("news/{n:03}.txt"), &story(n));
    }
    let news = library.folder.path("news");
    let mut acknowledged = Vec::new();
    let mut wait = 7u64;
    let kills = std::env::var("DATELINE_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(25);
    for round in 0..kills {
        let mut child = library.command(&["add", &news]).spawn().unwrap();
        wait = wait.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        std::thread::sleep(Duration::from_millis((wait >> 33) % 400));
        let _ = child.kill();
        child.wait().unwrap();
        // One that is let live in between: what it says is done has to last.
        let url = format!("https://example.org/{round}");
        library.done(&["add", &url]);
        acknowledged.push(url);
        if round % 8 == 0 {
            assert!(library.done(&["check"]).contains("sound"));
        }
    }
    library.done(&["add", &news]);
    assert_eq!(library.done(&["search", "--count"]), "150\n");
    let feeds = library.done(&["list", "--format", "tsv"]);
    for url in &acknowledged {
        assert_eq!(feeds.matches(&format!("\t{url}\n")).count(), 1, "{url}");
    }
    assert!(library.done(&["check"]).contains("sound, 150 articles"));
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_read() {
    use super::cli::unprivileged;
    use std::os::unix::fs::PermissionsExt;
    let library = Library::new("readonly");
    let file = library.folder.file("a.txt", &story(1));
    library.done(&["add", &file]);
    let folder = library.folder.path("");
    let mode = |mode| std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(mode)).unwrap();
    mode(0o555);
    let run = |args: &[&str]| unprivileged(library.command(args), &library.folder).map(|mut command| command.output().unwrap());
    let (found, added) = (run(&["search", "--count", "berlin"]), run(&["add", "https://a.example"]));
    mode(0o755);
    // Where nobody but the superuser may run the program, nothing can be tried.
    let (Some(found), Some(added)) = (found, added) else { return };
    assert_eq!(out(&found), "1\n", "{}", err(&found));
    assert_eq!(added.status.code(), Some(1));
    assert!(err(&added).contains("The library cannot be written") && err(&added).contains("--library"), "{}", err(&added));
}

/// Serves one feed on the loopback address: the first answer has an ETag, a request that brings it gets 304, `/old` has moved, `/gone` is gone.
#[cfg(feature = "network")]
fn serve() -> (std::thread::JoinHandle<()>, String, std::sync::Arc<std::sync::Mutex<Vec<String>>>) {
    use std::io::{BufRead, BufReader, Write};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let asked = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let log = asked.clone();
    let thread = std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let lines: Vec<String> = BufReader::new(&stream)
                .lines()
                .map_while(Result::ok)
                .take_while(|l| !l.is_empty())
                .map(|l| l.to_ascii_lowercase())
                .collect();
            let path = lines.first().and_then(|l| l.split(' ').nth(1)).unwrap_or("").to_owned();
            let same = lines.iter().any(|l| l.starts_with("if-none-match:") && l.contains("\"one\""));
            log.lock().unwrap().push(format!("{path}{}", if same { " same" } else { "" }));
            let feed = "<rss version=\"2.0\"><channel><title>Paper</title><item><title>Ada Lovelace came</title>\
                <link>http://paper.example/1</link><description>Ada Lovelace came to Berlin on Monday.</description></item></channel></rss>";
            let head = "Connection: close\r\nContent-Type: application/rss+xml\r\n";
            let answer = match path.as_str() {
                "/old" => format!("HTTP/1.1 301 Moved\r\n{head}Location: /feed\r\nContent-Length: 0\r\n\r\n"),
                "/gone" => format!("HTTP/1.1 410 Gone\r\n{head}Content-Length: 0\r\n\r\n"),
                _ if same => format!("HTTP/1.1 304 Not Modified\r\n{head}ETag: \"one\"\r\n\r\n"),
                _ => format!("HTTP/1.1 200 OK\r\n{head}ETag: \"one\"\r\nContent-Length: {}\r\n\r\n{feed}", feed.len()),
            };
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    (thread, base, asked)
}

#[cfg(feature = "network")]
#[test]
fn a_fetch_asks_for_what_is_new() {
    let library = Library::new("fetch");
    let (_server, base, asked) = serve();
    library.done(&["add", &format!("{base}/old"), &format!("{base}/gone")]);
    let first = library.run(&["fetch"]);
    assert_eq!(first.status.code(), Some(1), "{}", err(&first));
    assert!(out(&first).starts_with("2 feeds: 1 new article, 1 failed"), "{}", out(&first));
    assert_eq!(library.done(&["search", "--count", "who:lovelace", "where:germany"]), "1\n");
    asked.lock().unwrap().clear();
    assert!(library.done(&["fetch"]).starts_with("1 feed: 0 new articles, 1 feed as it was, 1 not asked yet again"));
    // The new address is remembered, and what is gone is left alone.
    assert_eq!(*asked.lock().unwrap(), ["/feed same"]);
    assert!(library.done(&["list"]).contains("(gone)"));
}

#[test]
fn the_library_is_read_line_by_line() {
    use std::io::Write;
    let library = Library::new("linear-library");
    for n in 0..12 {
        library.folder.file(&format!("news/{n:02}.txt"), &story(n));
    }
    library.done(&["add", "--folder", "Papers", &library.folder.path("news")]);
    let typed =
        "list 11\n3\nstar\nunread\nwho\nfollowing\nfeeds\nfeed 3\n1\nwhere\nsearch who:lopez5\n1\nsearch wo:x\ndone\nundo\nnew\nquit\n";
    let mut child = library.command(&["--linear"]).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = out(&output);
    assert!(output.status.success(), "{}", err(&output));
    for line in [
        "dateline. The library: 1 feed, 12 articles, 12 unread.",
        "11. Story 1, unread, 2 January 2019.",
        "12. Story 0, unread, 1 January 2019.",
        "Article 3 of 12: Story 9.",
        "Now read, starred.",
        "Now unread, starred.",
        "1. Maria Lopez9, person, named once, quoted once.",
        "Article 4 of 12: Story 8.",
        "3. Starred, 1 article.",
        "Starred, 1 article.",
        "Article 1 of 1: Story 9.",
        "Article 1 of 1, Story 9, at the beginning.",
        "who:lopez5, 1 article.",
        "Article 1 of 1: Story 5.",
    ] {
        assert!(text.lines().any(|l| l == line), "{line}\n{text}");
    }
    assert!(text.contains("there is no field 'wo'") && !text.contains('\u{1b}'), "{text}");
    let unread = |list: &str| text.lines().find_map(|l| Some(l.strip_prefix(list)?.split(", ").nth(1)?.trim_end_matches('.').to_owned()));
    assert!(unread("2. All, ").is_some_and(|n| n.ends_with(" unread")), "{text}");
    assert_eq!(unread("2. All, "), unread("1. Unread, "), "{text}");
}

#[test]
fn a_word_stops_what_is_being_fetched_line_by_line() {
    use std::io::Write;
    let library = Library::new("linear-stop");
    // It takes what is asked and never answers.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    library.done(&["add", &format!("http://{}/feed", silent.local_addr().unwrap())]);
    let mut child = library.command(&["--linear"]).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"update\nstop\nfeeds\nquit\n").unwrap();
    let text = out(&child.wait_with_output().unwrap());
    let (_, after) = text.split_once("Stopped.").unwrap_or_else(|| panic!("{text}"));
    assert!(after.contains("/feed, feed, 0 articles"), "{text}");
}
