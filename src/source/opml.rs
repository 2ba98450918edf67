//! OPML, the lists of feeds that readers exchange. Addresses are taken only where they lead to the web: other readers let a list run commands.

use super::decode;
use super::link;
use super::markup;
use super::xml::{Node, Walk, declared_encoding};
use super::{Format, Head, Input, Problems, Take};
use crate::article::{Article, BlockKind, Link, LinkKind};
use crate::text::{Span, clean_line, escaped_xml};
use std::collections::HashSet;
use std::fmt::Write;

/// Folders inside of folders that are told apart.
const MAX_DEPTH: usize = 16;

/// One feed of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subscription {
    /// Its title.
    pub title: String,
    /// The address of the feed.
    pub feed: String,
    /// The address of the page that the feed belongs to.
    pub page: Option<String>,
    /// The folders that it lies in, from the outermost.
    pub folders: Vec<String>,
}

/// A list of feeds as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subscriptions {
    /// The title of the list.
    pub title: String,
    /// The feeds, in order.
    pub feeds: Vec<Subscription>,
    /// What was not taken, and why, in words for a reader.
    pub skipped: Vec<String>,
}

/// Reads a list of feeds. Only `http` and `https` are taken; what is passed over is said.
#[must_use]
pub fn import(bytes: &[u8]) -> Subscriptions {
    let (text, problem) = decode::decode(bytes, declared_encoding(bytes));
    let mut list = Subscriptions { skipped: problem.into_iter().collect(), ..Subscriptions::default() };
    let mut walk = Walk::new(&text);
    let mut known = HashSet::new();
    // Folders with the depth of their elements.
    let mut folders: Vec<(usize, String)> = Vec::new();
    loop {
        match walk.next() {
            Node::Open(tag) if tag.is("title") && list.title.is_empty() => list.title = markup::line(&walk.value().text),
            Node::Open(tag) if tag.is("outline") => {
                let depth = walk.depth();
                let words = |name: &str| tag.attribute(name).map(|v| markup::line(&v)).filter(|v| !v.is_empty());
                let title = words("title").or_else(|| words("text"));
                let address = ["xmlUrl", "url"].iter().find_map(|name| tag.attribute(name)).filter(|a| !a.trim().is_empty());
                match address {
                    Some(address) => {
                        let folders = folders.iter().map(|(_, name)| name.clone()).collect();
                        let page = tag.attribute("htmlUrl").and_then(|page| link::resolve(None, &page));
                        list.add(title, &address, page, folders, &mut known);
                    }
                    None if folders.len() < MAX_DEPTH => folders.extend(title.map(|t| (depth, t))),
                    None => {}
                }
            }
            Node::Open(_) | Node::Text(_) => {}
            Node::Close => {
                let depth = walk.depth();
                folders.retain(|(at, _)| *at <= depth);
            }
            Node::End => return list,
        }
    }
}

impl Subscriptions {
    fn add(&mut self, title: Option<String>, address: &str, page: Option<String>, folders: Vec<String>, known: &mut HashSet<String>) {
        // "feed:" before an address is a habit of old readers.
        let bare = address.trim();
        let bare = bare.strip_prefix("feed:").map_or(bare, |rest| rest.trim_start_matches('/'));
        let whole = if bare.contains(':') { bare.to_owned() } else { format!("http://{bare}") };
        match link::resolve(None, &whole) {
            Some(feed) if !known.insert(feed.clone()) => self.skipped.push(format!("{feed} is there twice")),
            Some(feed) => self.feeds.push(Subscription { title: title.unwrap_or_else(|| feed.clone()), feed, page, folders }),
            None => {
                let shown: String = clean_line(address).chars().take(80).collect();
                self.skipped.push(format!("“{shown}” is no web address and was not taken"));
            }
        }
    }
}

/// A list of feeds as OPML 2.0.
#[must_use]
pub fn export(title: &str, feeds: &[Subscription]) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    <title>");
    out.push_str(&escaped_xml(title));
    out.push_str("</title>\n  </head>\n  <body>\n");
    let mut open: Vec<&str> = Vec::new();
    let indent = |depth: usize| "  ".repeat(depth + 2);
    for feed in feeds {
        let same = open.iter().zip(&feed.folders).take_while(|(a, b)| **a == b.as_str()).count();
        while open.len() > same {
            open.pop();
            let _ = writeln!(out, "{}</outline>", indent(open.len()));
        }
        for folder in feed.folders.iter().skip(same) {
            let _ = writeln!(out, "{}<outline text=\"{}\">", indent(open.len()), escaped_xml(folder));
            open.push(folder);
        }
        let page = feed.page.as_deref().map(|p| format!(" htmlUrl=\"{}\"", escaped_xml(p))).unwrap_or_default();
        let (title, url) = (escaped_xml(&feed.title), escaped_xml(&feed.feed));
        let _ = writeln!(out, "{}<outline type=\"rss\" text=\"{title}\" title=\"{title}\" xmlUrl=\"{url}\"{page}/>", indent(open.len()));
    }
    while open.pop().is_some() {
        let _ = writeln!(out, "{}</outline>", indent(open.len()));
    }
    out.push_str("  </body>\n</opml>\n");
    out
}

/// The format: a list of feeds is read as an article of links.
#[derive(Debug)]
pub(super) struct Opml;

impl Format for Opml {
    fn name(&self) -> &'static str {
        "opml"
    }

    fn sniff(&self, head: &Head<'_>) -> bool {
        head.text.starts_with('<') && super::xml::root(head.text).is_some_and(|tag| tag.is("opml"))
    }

    fn read(&self, input: &Input<'_>, take: &mut Take<'_>) -> Problems {
        let list = import(input.bytes);
        let mut article = Article { format: self.name(), title: list.title, ..Article::default() };
        if article.title.is_empty() {
            article.title = super::title_from_path(input.name);
        }
        let lines: Vec<markup::Line> = list.feeds.iter().map(line).collect();
        markup::fill(&mut article, &lines);
        let feeds = list.feeds.iter().zip(&article.blocks);
        article.links =
            feeds.map(|(f, b)| Link { kind: LinkKind::Page, url: f.feed.clone(), span: title_span(b.span, &f.title) }).collect();
        let _ = take(article);
        list.skipped
    }
}

fn line(feed: &Subscription) -> markup::Line {
    markup::Line::new(BlockKind::Item(None), format!("{} — {}", feed.title, feed.feed))
}

fn title_span(line: Span, title: &str) -> Span {
    Span::new(line.start as usize, line.start as usize + title.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_whatever_their_version() {
        let text = "<opml><head><title>Mine</title></head><body><outline text='World &amp; all'><outline text='A' type='rss' xmlUrl='https://a.example/f' \
            htmlUrl='https://a.example/'/></outline><outline title='B' xmlurl='b.example/rss'><outline text='C' xmlUrl='feed://c.example/x'/>";
        let list = import(text.as_bytes());
        assert_eq!(list.title, "Mine");
        let found: Vec<(&str, &str, usize)> = list.feeds.iter().map(|f| (f.title.as_str(), f.feed.as_str(), f.folders.len())).collect();
        assert_eq!(found, [("A", "https://a.example/f", 1), ("B", "http://b.example/rss", 0), ("C", "http://c.example/x", 0)]);
        assert!(list.skipped.is_empty());
        let again = import(export("Mine", &list.feeds).as_bytes());
        assert_eq!(again, list);
    }

    #[test]
    fn only_the_web_is_taken_and_the_rest_is_said() {
        let text = "<opml version='1.0'><body><outline text='x' xmlUrl='exec:~/run.sh'/><outline xmlUrl='file:///etc/passwd'/>\
            <outline xmlUrl='|rm -rf /'/><outline xmlUrl='filter:a:http://b'/><outline xmlUrl='http://ok.example/'/><outline xmlUrl='http://ok.example/'/>";
        let list = import(text.as_bytes());
        assert_eq!(list.feeds.iter().map(|f| f.feed.as_str()).collect::<Vec<_>>(), ["http://ok.example/"]);
        assert_eq!(list.skipped.len(), 5);
        assert!(list.skipped[0].contains("exec:"));
    }

    #[test]
    fn export_keeps_nothing_that_closes_an_attribute() {
        let feed = Subscription { title: "a\"/><script>".into(), feed: "http://x.example/?a=1&b=2".into(), ..Subscription::default() };
        assert_eq!(import(export("t", std::slice::from_ref(&feed)).as_bytes()).feeds[0].feed, feed.feed);
        assert!(!export("t", &[feed]).contains("<script>"));
    }
}
