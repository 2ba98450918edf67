//! Feeds: RSS 0.90 to 2.0, Atom 0.3 and 1.0, JSON Feed. Each item is an article.
//!
//! Real feeds are damaged, cut off, of no version that was ever published, and carry markup inside of markup. So nothing is refused: what looks like
//! an item is read as one, as feedparser does, whose test files `docs/sources.md` measures this against.

mod date;
mod discover;
mod item;
mod json;
mod xml;

#[cfg(test)]
mod tests;

pub use discover::feeds;

pub(super) use date::day;
pub(super) use item::language;

use super::xml::{Node, Walk, declared_encoding};
use super::{Format, Head, Input, Problems, Take, decode};

/// RSS and Atom.
#[derive(Debug)]
pub(super) struct Feed;

impl Format for Feed {
    fn name(&self) -> &'static str {
        "feed"
    }

    fn sniff(&self, head: &Head<'_>) -> bool {
        is_feed(head.text)
    }

    fn holds_many(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>, take: &mut Take<'_>) -> Problems {
        let (text, problem) = decode::decode(input.bytes, input.charset().or_else(|| declared_encoding(input.bytes)));
        let mut problems: Problems = problem.into_iter().collect();
        problems.extend(xml::read(&text, input.url, take));
        problems
    }
}

/// JSON Feed, <https://www.jsonfeed.org/version/1.1/>.
#[derive(Debug)]
pub(super) struct JsonFeed;

impl Format for JsonFeed {
    fn name(&self) -> &'static str {
        "jsonfeed"
    }

    fn sniff(&self, head: &Head<'_>) -> bool {
        // JSON may stand in any order: the version before or after the items.
        let items = || head.text.contains("\"items\"") && (head.text.contains("\"content_") || head.text.contains("\"home_page_url\""));
        head.text.starts_with('{') && (head.text.contains("jsonfeed.org/version") || items())
    }

    fn holds_many(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>, take: &mut Take<'_>) -> Problems {
        let (text, problem) = decode::decode(input.bytes, input.charset());
        let mut problems: Problems = problem.into_iter().collect();
        problems.extend(json::read(&text, input.url, take));
        problems
    }
}

/// True for text whose outermost element is that of a feed.
fn is_feed(text: &str) -> bool {
    if !text.starts_with('<') {
        return false;
    }
    let mut walk = Walk::new(text);
    loop {
        match walk.next() {
            Node::Open(tag) if tag.is("rdf") => return text.contains("/rss") || text.contains("netscape.com") || text.contains("item"),
            Node::Open(tag) => return ["rss", "feed", "channel"].iter().any(|name| tag.is(name)),
            Node::End => return false,
            Node::Text(_) | Node::Close => {}
        }
    }
}
