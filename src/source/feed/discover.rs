//! The feeds that a page of HTML names in its head.

use super::super::{link, markup};

/// Bytes of a page in which its head is looked for.
const HEAD: usize = 512 << 10;

/// Bytes of a tag that are read.
const MAX_TAG: usize = 4 << 10;

/// Feeds of a page that are told.
const MAX_FEEDS: usize = 20;

/// The addresses of the feeds that the page at `url` names, in its order; none where the bytes are no page.
#[must_use]
pub fn feeds(page: &[u8], url: &str) -> Vec<String> {
    let head = String::from_utf8_lossy(page.get(..HEAD).unwrap_or(page));
    let mut found = Vec::new();
    let lower = head.to_ascii_lowercase();
    for (at, _) in lower.match_indices("<link") {
        let rest = head.get(at..).unwrap_or("");
        // A tag that is left open ends where the next one begins.
        let end = lower.get(at + 1..).and_then(|rest| rest.find("<link")).map_or(rest.len(), |n| n + 1);
        let tag = rest.get(..rest.floor_char_boundary(end.min(MAX_TAG))).unwrap_or("");
        let attribute = |name| markup::attribute(tag, name);
        let is = |name, wanted: &[&str]| attribute(name).is_some_and(|v| wanted.iter().any(|w| v.to_ascii_lowercase().contains(w)));
        if !is("rel", &["alternate", "feed"]) || !is("type", &["rss+xml", "atom+xml", "feed+json"]) {
            continue;
        }
        let feed = attribute("href").and_then(|href| link::resolve(Some(url), &href));
        found.extend(feed.filter(|f| !found.contains(f)));
        if found.len() >= MAX_FEEDS {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::feeds;

    #[test]
    fn the_head_names_them() {
        let page = "<html><head><LINK rel='stylesheet' href='a.css'><link rel=alternate type='application/rss+xml' title='x' href='/feed'>\
            <link rel='alternate' type='application/atom+xml' href='javascript:x'><link rel='alternate' type='text/html' hreflang='de' href='/de'>";
        assert_eq!(feeds(page.as_bytes(), "https://a.example/x"), ["https://a.example/feed"]);
        let open = format!("{}<link rel=alternate type=application/rss+xml href=/f>", "<link".repeat(90_000));
        assert_eq!(feeds(open.as_bytes(), "https://a.example/x"), ["https://a.example/f"]);
        assert!(feeds(b"\xff\xfe<link", "https://a.example/x").is_empty());
    }
}
