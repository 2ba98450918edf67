//! What holds across articles, from files to the pipe: pages, stories, the digest, decisions, what is followed.

use crate::store::Library;
use serde_json::Value;

/// Three papers about one bridge, one about rain, and who came before.
fn papers(name: &str) -> Library {
    let library = Library::new(name);
    let article = |file: &str, site: &str, title: &str, text: &str| {
        library
            .folder
            .file(&format!("news/{file}.txt"), &format!("---\ntitle: {title}\npublished: 2019-01-21\nsite: {site}\n---\n{text}\n"));
    };
    let bridge = "Maria Lopez, the mayor of Lyon, opened the new bridge across the harbour on Monday. “The bridge is ours,” Lopez said. \
        Thousands of people walked over the bridge, which took the engineers of Acme Works nine years and cost twice what had been planned.";
    article("a", "one.example", "Bridge opened in Lyon", bridge);
    article("b", "two.example", "New bridge opens", &format!("{bridge} It was cold."));
    article(
        "c",
        "three.example",
        "Mayor crosses bridge",
        "Maria A. Lopez crossed the harbour bridge of Lyon on Monday with engineers of Acme Works. “It holds,” said Karl Weiss.",
    );
    article("d", "two.example", "Rain", "Heavy rain flooded several villages near Hanoi on 12 January 2019, said Nguyen Van Long.");
    library.done(&["add", &library.folder.path("news")]);
    library
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|e| panic!("{e}: {text}"))
}

#[test]
fn a_page_in_all_formats() {
    let library = papers("across-show");
    let text = library.done(&["show", "maria", "lopez"]);
    assert!(
        text.starts_with("Maria Lopez\nperson · 3 articles") && text.contains("Maria A. Lopez (1)") && text.contains("mayor of Lyon"),
        "{text}"
    );
    assert!(library.done(&["show", "--format", "markdown", "maria", "lopez"]).starts_with("# Maria Lopez\n"));
    let page = json(&library.done(&["show", "--format", "json", "maria lopez"]));
    assert_eq!((&page["schema"], &page["kind"], page["articles"].as_u64()), (&"dateline/entity/1".into(), &"person".into(), Some(3)));
    assert_eq!(page["said"].as_array().unwrap().len(), 2);
    assert!(page["company"].as_array().unwrap().iter().any(|c| c["name"] == "Acme Works"));
    let id = page["id"].as_i64().unwrap();
    let graph = library.done(&["show", "--format", "graphml", &format!("#{id}")]);
    assert!(graph.contains(&format!("<node id=\"e{id}\">")) && graph.trim_end().ends_with("</graphml>"));
    let calendar = library.done(&["show", "--format", "ics", "maria lopez"]);
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n") && calendar.contains("DTSTART;VALUE=DATE:20190121"), "{calendar}");
    let places = json(&library.done(&["show", "--format", "geojson", "maria lopez"]));
    assert!(places["features"].as_array().unwrap().iter().any(|f| f["properties"]["name"] == "Lyon"));
    let table = library.done(&["show", "--format", "csv", "maria lopez"]);
    assert!(table.starts_with("part,words,who,from,to,articles\r\nname,Maria Lopez,"), "{table}");
    let place = json(&library.done(&["show", "--format", "json", "lyon"]));
    assert_eq!((&place["kind"], place["articles"].as_u64()), (&"place".into(), Some(3)));
    let nobody = library.run(&["show", "nobody at all"]);
    assert_eq!(nobody.status.code(), Some(1));
}

#[test]
fn stories_and_their_copies() {
    let library = papers("across-stories");
    let lines = library.done(&["stories", "--since", "2019-01-01", "--format", "json"]);
    let stories: Vec<Value> = lines.lines().map(json).collect();
    assert_eq!((stories.len(), stories[0]["articles"].as_u64(), stories[0]["sources"].as_u64()), (2, Some(3), Some(3)), "{lines}");
    let number = stories[0]["id"].to_string();
    let one = json(&library.done(&["stories", "--story", &number, "--format", "json"]));
    assert_eq!(one["tellings"].as_array().unwrap().iter().filter(|t| !t["copy_of"].is_null()).count(), 1);
    assert!(one["timeline"].as_array().unwrap().iter().any(|m| m["from"] == "2019-01-21"));
    let text = library.done(&["stories", "--story", &number, "--differences"]);
    assert!(text.contains("+ It was cold."), "{text}");
    assert_eq!(library.done(&["stories", "--since", "2019-01-01", "rain"]).lines().count(), 2);
    assert_eq!(library.done(&["stories"]), "", "nothing of the last days");
    assert_eq!(library.run(&["stories", "--story", "999"]).status.code(), Some(1));
}

#[test]
fn decisions_are_listed_and_taken_back() {
    let library = papers("across-decisions");
    library.done(&["entities", "merge", "karl weiss", "maria lopez"]);
    assert!(
        library.done(&["show", "karl weiss"]).contains("also Maria A. Lopez (1), Karl Weiss (1)")
            || library.done(&["show", "karl weiss"]).contains("Karl Weiss (1)")
    );
    library.done(&["entities", "rename", "maria lopez", "The mayor"]);
    assert!(library.done(&["show", "the mayor"]).starts_with("The mayor\n"));
    let list: Vec<Value> = library.done(&["entities", "list", "--json"]).lines().map(json).collect();
    assert_eq!(list.len(), 2);
    let merge = list[0]["id"].to_string();
    library.done(&["entities", "undo", &merge]);
    assert!(library.done(&["show", "karl weiss"]).starts_with("Karl Weiss\n"));
    assert!(library.done(&["entities", "list"]).contains("(taken back)"));
    library.done(&["entities", "redo", &merge]);
    assert!(library.done(&["show", "karl weiss"]).starts_with("The mayor\n"));
    library.done(&["entities", "split", "the mayor", "Maria A. Lopez"]);
    assert_eq!(json(&library.done(&["show", "--format", "json", "maria a. lopez"]))["articles"], 1);
    library.done(&["entities", "part", "acme works", "of Hanoi", "source:two.example"]);
    assert!(library.done(&["show", "acme works (of hanoi)"]).contains("· 1 article "));
    assert_eq!(library.run(&["entities", "undo", "999"]).status.code(), Some(1));
}

#[test]
fn what_is_followed_and_the_digest() {
    let library = papers("across-digest");
    library.done(&["watch", "add", "maria lopez", "--announce"]);
    library.done(&["search", "--save", "Rain", "rain"]);
    library.done(&["watch", "add", "--search", "Rain"]);
    assert_eq!(library.run(&["watch", "add", "--search", "Snow"]).status.code(), Some(1));
    let more = library.folder.file(
        "more.txt",
        "---\ntitle: Lopez again\npublished: 2019-01-22\nsite: one.example\n---\nMaria Lopez spoke of rain. “Enough,” Lopez said.\n",
    );
    library.done(&["add", &more]);
    let list = library.done(&["watch", "list"]);
    assert_eq!(list.lines().map(|l| l.trim_start().starts_with('1')).collect::<Vec<_>>(), [true, true], "{list}");
    assert!(library.done(&["watch", "new", "maria lopez"]).contains("Lopez again"));
    assert!(library.done(&["watch", "list"]).lines().next().unwrap().trim_start().starts_with('0'));
    let digest = library.done(&["digest", "--since", "2019-01-20"]);
    assert!(digest.contains("## Stories") && digest.contains("Bridge") && digest.contains("Enough"), "{digest}");
    let digest = json(&library.done(&["digest", "--since", "2019-01-20", "--format", "json"]));
    assert_eq!(digest["schema"], "dateline/digest/1");
    assert_eq!(digest["said"].as_array().unwrap().len(), 3);
    library.done(&["watch", "remove", "rain"]);
    assert_eq!(library.done(&["watch", "list"]).lines().count(), 1);
}

/// The records of RFC 4180.
fn records(text: &str) -> Vec<Vec<String>> {
    let mut out = vec![vec![String::new()]];
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let record = out.last_mut().unwrap();
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => record.last_mut().unwrap().push(chars.next().unwrap()),
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(String::new()),
            '\r' if !quoted => {}
            '\n' if !quoted => out.push(vec![String::new()]),
            c => record.last_mut().unwrap().push(c),
        }
    }
    out.pop();
    out
}

#[test]
fn every_view_in_every_format_can_be_read_back() {
    let library = papers("across-views");
    let stories = library.done(&["stories", "--since", "2019-01-01", "--format", "json"]);
    let story = json(stories.lines().next().unwrap())["id"].to_string();
    library.done(&["watch", "add", "maria lopez"]);
    library.done(&["entities", "rename", "karl weiss", "The engineer"]);
    let views: &[&[&str]] = &[
        &[],
        &["bridge"],
        &["--page", "maria lopez"],
        &["--page", "lyon"],
        &["--story", &story],
        &["--stories"],
        &["--rising"],
        &["--followed"],
        &["--decisions"],
    ];
    for view in views {
        let text = |format: &str| library.done(&[&["export", "view", "--format", format][..], view].concat());
        let whole = json(&text("json"));
        assert!(["dateline/view/1", "dateline/entity/1"].contains(&whole["schema"].as_str().unwrap()), "{view:?}");
        let rows = records(&text("csv"));
        assert!(rows.iter().all(|r| r.len() == rows[0].len()), "{view:?} {rows:?}");
        if let Some(all) = whole["rows"].as_array() {
            assert_eq!(all.len() + 1, rows.len(), "{view:?}");
        }
        assert!(text("markdown").starts_with("# "), "{view:?}");
        let places = json(&text("geojson"));
        assert_eq!(places["type"], "FeatureCollection", "{view:?}");
        let calendar = text("ics").replace("\r\n ", "");
        let count = |line: &str| calendar.lines().filter(|l| *l == line).count();
        assert!(count("BEGIN:VCALENDAR") == 1 && count("BEGIN:VEVENT") == count("END:VEVENT"), "{view:?}");
        let graph = text("graphml");
        let mut reader = quick_xml::Reader::from_str(&graph);
        let (mut nodes, mut ends) = (Vec::new(), Vec::new());
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Start(e) | quick_xml::events::Event::Empty(e) => {
                    for a in e.attributes().map(Result::unwrap) {
                        let value = a.value.to_string();
                        match a.key.as_ref() {
                            "id" if e.name().as_ref() == "node" => nodes.push(value),
                            "source" | "target" => ends.push(value),
                            _ => {}
                        }
                    }
                }
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
        assert!(ends.iter().all(|end| nodes.contains(end)), "{view:?} {graph}");
    }
    let moments = library.done(&["export", "view", "--format", "ics", "--page", "maria lopez"]);
    assert!(moments.contains("DTSTART;VALUE=DATE:20190121") && !moments.contains("villages"), "{moments}");
    let all = library.done(&["export", "view", "--format", "ics"]);
    assert!(all.contains("villages"), "{all}");
    assert_eq!(library.run(&["export", "view", "--page", "lyon", "bridge"]).status.code(), Some(2));
    assert!(library.done(&["digest", "--since", "last-visit"]).starts_with("# Since "));
}

#[test]
fn contradictory_and_far_days_are_taken_as_they_are() {
    let library = Library::new("across-days");
    let article = |file: &str, day: &str, text: &str| {
        library
            .folder
            .file(&format!("news/{file}.txt"), &format!("---\ntitle: {file}\npublished: {day}\nsite: one.example\n---\n{text}\n"));
    };
    article("old", "1850-03-02", "Ada Lovelace met Charles Babbage in London on 2 March 1850.");
    article("far", "2150-03-02", "Ada Lovelace met Charles Babbage in London on Monday.");
    article("twice", "2019-01-21", "On Monday, 3 January 1990, Ada Lovelace will speak, she said on 21 January 2019 at 25:70.");
    library.done(&["add", &library.folder.path("news")]);
    let page = json(&library.done(&["show", "--format", "json", "ada lovelace"]));
    assert_eq!(page["articles"], 3);
    assert_eq!(page["first"], "1850-03-02");
    assert_ne!(page["last"], "2150-03-02", "what is dated in the future came now");
    library.done(&["stories", "--since", "1800-01-01"]);
    library.done(&["digest", "--since", "1800-01-01"]);
    library.done(&["export", "view", "--format", "ics"]);
}
