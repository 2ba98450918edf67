//! `dateline timeline` as another program sees it.

use super::cli::{Folder, dateline, err, out};
use serde_json::Value;

const FIRST: &str = "\
---
title: Bridge, Old and New
published: 2019-01-21
---
The council of Leeds opened a bridge on Monday. Anna Weber, the mayor, said that work had begun in March 2017, \"with no money; at all\".

A first bridge fell in 1987. The mayor will cross it again on Wednesday. People had asked for it in recent years.
";

const SECOND: &str = "\
---
title: \"*Floods* in the _Valley_\"
published: 2018-06-05
---
The river Aire flooded 40 houses in March 2017. Volunteers met at 9:45 a.m. on Tuesday.
";

/// Both articles in a folder of their own.
fn folder(name: &str) -> (Folder, [String; 2]) {
    let folder = Folder::new(name);
    let files = [folder.file("a.txt", FIRST), folder.file("b.txt", SECOND)];
    (folder, files)
}

fn timeline(format: &str, files: &[String]) -> String {
    let mut args = vec!["timeline", "--format", format];
    args.extend(files.iter().map(String::as_str));
    let output = dateline(&args, "");
    assert!(output.status.success(), "{}", err(&output));
    out(&output)
}

fn objects(text: &str) -> Vec<Value> {
    text.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

#[test]
fn one_order_of_the_calendar_across_articles() {
    let (_folder, files) = folder("timeline-order");
    let events = objects(&timeline("jsonl", &files));
    let dates: Vec<&str> = events.iter().filter_map(|e| e["from"].as_str()).collect();
    assert_eq!(dates, ["1987-01-01", "2017-03-01", "2017-03-01", "2018-06-05T09:45", "2019-01-21", "2019-01-23"]);
    let sources: Vec<&str> = events.iter().take(3).map(|e| e["article"]["source"].as_str().unwrap()).collect();
    assert_eq!(sources, [&files[0], &files[0], &files[1]], "of one time, the article given first comes first");
    assert!(events.last().unwrap()["from"].is_null(), "what has no date comes last");
    assert_eq!(events[5]["future"], true);
    for event in &events {
        assert_eq!(event["schema"], "dateline/timeline/1");
        for key in ["people", "places", "organizations", "others"] {
            assert!(event[key].is_array(), "{key}");
        }
    }
    let reversed = timeline("jsonl", &[files[1].clone(), files[0].clone()]);
    assert_eq!(objects(&reversed)[1]["article"]["source"], files[1].as_str());
}

#[test]
fn events_are_those_of_analyze() {
    let (_folder, files) = folder("timeline-analyze");
    let analysed = out(&dateline(&["analyze", &files[0]], ""));
    let analysed: Value = serde_json::from_str(&analysed).unwrap();
    let mut wanted: Vec<(u64, u64)> =
        analysed["events"].as_array().unwrap().iter().map(|e| (e["start"].as_u64().unwrap(), e["end"].as_u64().unwrap())).collect();
    let mut found: Vec<(u64, u64)> = objects(&timeline("jsonl", &files[..1]))
        .iter()
        .map(|e| {
            assert_eq!(e["article"]["id"], analysed["article"]["id"]);
            (e["start"].as_u64().unwrap(), e["end"].as_u64().unwrap())
        })
        .collect();
    wanted.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, wanted);
}

#[test]
fn a_calendar_that_every_program_reads() {
    let (_folder, files) = folder("timeline-ics");
    let text = timeline("ics", &files);
    assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:") && text.ends_with("END:VCALENDAR\r\n"));
    assert!(text.split("\r\n").all(|l| l.len() <= 75 && !l.contains(['\r', '\n'])));
    let whole = text.replace("\r\n ", "");
    let events: Vec<&str> = whole.split("BEGIN:VEVENT\r\n").skip(1).collect();
    assert_eq!(events.len(), 6, "events without a date are left out");
    let mut uids = Vec::new();
    for event in &events {
        let of = |name: &str| event.lines().find_map(|l| l.strip_prefix(name)).unwrap_or_else(|| panic!("{name} in {event}"));
        uids.push(of("UID:"));
        assert!(of("DTSTAMP:").ends_with("T000000Z"));
        assert!(!of("SUMMARY:").is_empty());
        assert!(of("DESCRIPTION:").contains("\\n"));
    }
    uids.sort_unstable();
    uids.dedup();
    assert_eq!(uids.len(), events.len());
    assert!(events[0].contains("DTSTART;VALUE=DATE:19870101\r\nDTEND;VALUE=DATE:19880101\r\n"), "{}", events[0]);
    assert!(events[3].contains("DTSTART:20180605T094500\r\n") && !events[3].contains("DTEND"), "{}", events[3]);
    assert!(events[4].contains("DESCRIPTION:Bridge\\, Old and New\\n"), "{}", events[4]);
    assert_eq!(timeline("ics", &files), text, "the same on every run");
    let again = [files[0].clone(), files[1].clone(), files[0].clone()];
    assert_eq!(timeline("ics", &again), text, "no UID twice");
}

#[test]
fn a_table_with_a_header() {
    let (_folder, files) = folder("timeline-csv");
    let text = timeline("csv", &files);
    assert!(text.starts_with("from,to,granularity,future,text,people,") && text.ends_with("\r\n"));
    let lines: Vec<&str> = text.split_terminator("\r\n").collect();
    assert_eq!(lines.len(), objects(&timeline("jsonl", &files)).len() + 1);
    assert!(lines[1].starts_with("1987-01-01,1987-12-31,year,false,"), "{}", lines[1]);
    assert!(text.contains(",\"Bridge, Old and New\","));
}

#[test]
fn a_formula_stays_text() {
    let text = "---\ntitle: =cmd|' /C calc'!A0\npublished: 2019-01-21\n---\nThe bridge fell on Monday.\n";
    let table = out(&dateline(&["timeline", "--format", "csv", "-"], text));
    assert!(table.contains(",'=cmd|"), "{table}");
}

#[test]
fn a_page_grouped_by_year() {
    let (_folder, files) = folder("timeline-markdown");
    let page = timeline("markdown", &files);
    let headings: Vec<&str> = page.lines().filter_map(|l| l.strip_prefix("## ")).collect();
    assert_eq!(headings, ["1987", "2017", "2018", "2019", "Undated"]);
    assert!(page.contains("- **March**: ") && page.contains("- **23 January**, to come: "), "{page}");
    assert!(page.contains("\\*Floods\\* in the \\_Valley\\_"), "{page}");
}

#[test]
fn the_day_of_publication_can_be_given() {
    let output = dateline(&["timeline", "--published", "2019-01-21", "-"], "The bridge fell on Tuesday.");
    assert_eq!(objects(&out(&output))[0]["from"].as_str().map(|d| &d[..8]), Some("2019-01-"), "{}", err(&output));
    let output = dateline(&["timeline", "-"], "The bridge fell on Tuesday.");
    assert!(output.status.success() && err(&output).contains("no day of publication"), "{}", err(&output));
}

#[test]
fn nothing_to_print_and_nothing_to_read() {
    for (format, wanted) in [("jsonl", 0), ("csv", 1), ("markdown", 0), ("ics", 4)] {
        let output = dateline(&["timeline", "--format", format, "-"], "");
        assert_eq!(out(&output).lines().count(), wanted, "{format}");
    }
    let (_folder, files) = folder("timeline-partly");
    let output = dateline(&["timeline", "/nonexistent/x.txt", &files[0]], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(!out(&output).is_empty() && err(&output).contains("nonexistent"));
    assert_eq!(dateline(&["timeline"], "").status.code(), Some(2));
}

#[test]
fn help_is_the_manual() {
    let help = out(&dateline(&["timeline", "--help"], ""));
    for word in ["jsonl", "csv", "ics", "markdown", "RFC 5545", "RFC 4180", "dateline/timeline/1", "--published", "Examples", "apostrophe"]
    {
        assert!(help.contains(word), "{word}");
    }
}
