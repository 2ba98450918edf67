//! WARC, the web archives' format (ISO 28500): each answer of a server is read as if it had just come.

use super::{Format, Head, Input, Problems, Take, each};
use crate::locale::tr;
use std::ops::ControlFlow;

/// Bytes at most of the headers of a record or an answer.
const MAX_HEAD: usize = 64 << 10;

/// Records that were kept without packing, or with all of the file packed.
#[derive(Debug)]
pub(super) struct Warc;

impl Format for Warc {
    fn name(&self) -> &'static str {
        "warc"
    }

    fn sniff(&self, head: &Head<'_>) -> bool {
        head.input.bytes.starts_with(b"WARC/1.")
    }

    fn holds_many(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>, take: &mut Take<'_>) -> Problems {
        let mut problems = Problems::new();
        let mut rest = input.bytes;
        while let Some((head, after)) = headers(rest) {
            let Some(len) = field(head, "content-length").and_then(|l| l.parse::<usize>().ok()) else {
                problems.push(tr!("a record without its length; the rest was left out").to_owned());
                break;
            };
            let record = after.get(..len).unwrap_or(after);
            let answer = field(head, "warc-type").is_some_and(|t| t.eq_ignore_ascii_case("response"));
            if answer && page(input, record, field(head, "warc-target-uri"), take).is_break() {
                break;
            }
            let next = after.get(len..).unwrap_or(&[]);
            rest = next.trim_ascii_start();
        }
        problems
    }
}

/// Reads the page in an answer, if it is one that was found and holds text.
fn page(input: &Input<'_>, record: &[u8], url: Option<&str>, take: &mut Take<'_>) -> ControlFlow<()> {
    let Some((head, body)) = headers(record) else { return ControlFlow::Continue(()) };
    let found = head.split(' ').nth(1).is_some_and(|status| status.starts_with('2'));
    let url = url.map(|u| u.trim_matches(['<', '>']));
    let media_type = field(head, "content-type");
    let text = media_type.is_none_or(|t| ["text/", "xml", "json"].iter().any(|kind| t.contains(kind)));
    if !found || !text || url.is_some_and(|u| u.ends_with("/robots.txt")) {
        return ControlFlow::Continue(());
    }
    let mut flow = ControlFlow::Continue(());
    // A page without a title is called by its address, but what it says of where it lay is never taken for its source: that unlocks networks.
    let answer = Input { name: url.unwrap_or("record"), bytes: body, url, media_type, ..*input };
    // Archives are full of pages that are no articles: that is no problem of the archive.
    let _ = each(&answer, &mut |mut article| {
        article.source.clear();
        flow = take(article);
        flow
    });
    flow
}

/// The lines before the first empty one, and what comes after it.
fn headers(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let head = bytes.get(..MAX_HEAD).unwrap_or(bytes);
    let (at, len) = match head.windows(4).position(|w| w == b"\r\n\r\n") {
        Some(at) => (at, 4),
        None => (head.windows(2).position(|w| w == b"\n\n")?, 2),
    };
    Some((std::str::from_utf8(bytes.get(..at)?).ok()?, bytes.get(at + len..)?))
}

/// The value of a header.
fn field<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().filter_map(|l| l.split_once(':')).find(|(n, _)| n.trim().eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

#[cfg(test)]
mod tests {
    use super::super::{Input, read};

    #[test]
    fn answers_are_read_and_all_else_is_passed_over() {
        let record = |kind: &str, body: &str| {
            format!(
                "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://a.example/x\r\nContent-Length: {}\r\n\r\n{body}\r\n\r\n",
                body.len()
            )
        };
        let answer = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nThe mayor spoke on Monday.";
        let missing = "HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\n\r\nNo.";
        let file =
            [record("warcinfo", "x: y"), record("response", answer), record("response", missing), record("response", answer)].concat();
        let (articles, problems) = read(&Input::new("a.warc", file.as_bytes()));
        assert_eq!(articles.len(), 2, "{problems:?}");
        assert_eq!((articles[0].url.as_deref(), articles[0].source.as_str()), (Some("https://a.example/x"), "a.warc#1"));
        assert_eq!(read(&Input::new("a.warc", b"WARC/1.0\r\nWARC-Type: response\r\n\r\n")).1.len(), 1);
    }

    #[test]
    fn archives_inside_of_archives_come_to_an_end() {
        let mut inner = String::from("The mayor spoke on Monday.");
        for _ in 0..40 {
            let answer = format!("HTTP/1.1 200 OK\r\n\r\n{inner}");
            inner = format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {}\r\n\r\n{answer}", answer.len());
        }
        assert!(read(&Input::new("a.warc", inner.as_bytes())).0.is_empty());
    }
}
