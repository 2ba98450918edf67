//! OPML: lists of feeds, as programs that read feeds hand them on to each other.

use super::decode;
use super::xml::{Node, Tag, Walk};
use crate::text::clean_line;
use std::fmt::Write;

/// Feeds that one list may have; what lies beyond is left out and said so.
const MAX_FEEDS: usize = 100_000;

/// Headings around a feed that count.
const MAX_LEVELS: usize = 16;

/// A feed in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// Its address.
    pub url: String,
    /// What it is called; empty where the list does not say.
    pub title: String,
    /// The address of its site.
    pub site_url: Option<String>,
    /// The headings that it stands under, parted by `/`.
    pub folder: String,
}

/// The feeds in a list, and what could not be read of it.
#[must_use]
pub fn read(bytes: &[u8]) -> (Vec<Outline>, Vec<String>) {
    let (text, problem) = decode::decode(bytes, super::xml::declared_encoding(bytes));
    let mut problems: Vec<String> = problem.into_iter().collect();
    let mut walk = Walk::new(&text);
    let mut feeds = Vec::new();
    // The headings around the place where the walk stands, with the depth of each.
    let mut headings: Vec<(usize, String)> = Vec::new();
    let mut opml = false;
    loop {
        match walk.next() {
            Node::Open(tag) if tag.is("outline") => {
                headings.retain(|(depth, _)| *depth < walk.depth());
                match address(&tag) {
                    Some(url) if feeds.len() < MAX_FEEDS => feeds.push(outline(&tag, url, &headings)),
                    Some(_) => {
                        problems.push(format!("only the first {MAX_FEEDS} feeds were read"));
                        break;
                    }
                    None if headings.len() >= MAX_LEVELS => {}
                    None => headings.push((walk.depth(), title(&tag).replace('/', "-"))),
                }
            }
            Node::Open(tag) => opml |= tag.is("opml"),
            Node::Close => headings.retain(|(depth, _)| *depth <= walk.depth()),
            Node::Text(_) => {}
            Node::End => break,
        }
    }
    if feeds.is_empty() {
        problems.push(if opml { "there is no feed in it" } else { "it is no OPML" }.to_owned());
    }
    (feeds, problems)
}

fn address(tag: &Tag<'_>) -> Option<String> {
    tag.attribute("xmlUrl").map(|url| clean_line(&url)).filter(|url| url.contains("://"))
}

fn title(tag: &Tag<'_>) -> String {
    let words = |name| tag.attribute(name).map(|t| clean_line(&t)).filter(|t| !t.is_empty());
    words("text").or_else(|| words("title")).unwrap_or_default()
}

fn outline(tag: &Tag<'_>, url: String, headings: &[(usize, String)]) -> Outline {
    let names: Vec<&str> = headings.iter().map(|(_, name)| name.as_str()).filter(|name| !name.is_empty()).collect();
    let site_url = tag.attribute("htmlUrl").map(|u| clean_line(&u)).filter(|u| !u.is_empty());
    Outline { url, title: title(tag), site_url, folder: names.join("/") }
}

/// A list of feeds as OPML 2.0, folders as outlines around their feeds. The feeds stand in order of their folders.
#[must_use]
pub fn write(feeds: &[Outline]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    <title>dateline</title>\n  </head>\n  <body>\n",
    );
    let mut open: Vec<&str> = Vec::new();
    for feed in feeds {
        let folder: Vec<&str> = feed.folder.split('/').filter(|p| !p.is_empty()).collect();
        let same = open.iter().zip(&folder).take_while(|(a, b)| a == b).count();
        close(&mut out, &mut open, same);
        for name in &folder[same..] {
            let _ = writeln!(out, "{}<outline text=\"{}\">", indent(open.len()), escape(name));
            open.push(name);
        }
        let title = escape(if feed.title.is_empty() { &feed.url } else { &feed.title });
        let site = feed.site_url.as_deref().map(|u| format!(" htmlUrl=\"{}\"", escape(u))).unwrap_or_default();
        let _ = writeln!(
            out,
            "{}<outline type=\"rss\" text=\"{title}\" title=\"{title}\" xmlUrl=\"{}\"{site}/>",
            indent(open.len()),
            escape(&feed.url)
        );
    }
    close(&mut out, &mut open, 0);
    out.push_str("  </body>\n</opml>\n");
    out
}

fn close(out: &mut String, open: &mut Vec<&str>, keep: usize) {
    while open.len() > keep {
        open.pop();
        let _ = writeln!(out, "{}</outline>", indent(open.len()));
    }
}

fn indent(depth: usize) -> String {
    "  ".repeat(depth + 2)
}

fn escape(text: &str) -> String {
    clean_line(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed(url: &str, title: &str, folder: &str) -> Outline {
        Outline { url: url.into(), title: title.into(), site_url: None, folder: folder.into() }
    }

    #[test]
    fn folders_around_feeds() {
        let list = r#"<?xml version="1.0"?><opml version="1.0"><head><title>x</title></head><body>
            <outline text="News"><outline text="South &amp; more"><outline text="A" xmlUrl="http://a.example/?x=1&amp;y=2"/></outline>
            <outline title="B" xmlUrl="http://b.example" htmlUrl="http://b.example/home"></outline></outline>
            <outline text="C" xmlUrl="http://c.example"/><outline text="no feed" url="x"/></body></opml>"#;
        let (feeds, problems) = read(list.as_bytes());
        assert!(problems.is_empty(), "{problems:?}");
        let b = Outline { site_url: Some("http://b.example/home".into()), ..feed("http://b.example", "B", "News") };
        assert_eq!(feeds, [feed("http://a.example/?x=1&y=2", "A", "News/South & more"), b, feed("http://c.example", "C", "")]);
    }

    #[test]
    fn what_is_written_reads_back() {
        let feeds = [
            feed("http://a.example", "", ""),
            feed("http://b.example/?a=1&b=\"2\"", "B <b> & \"q\"", "News"),
            feed("http://c.example", "C", "News/Latam/Chile"),
            feed("http://d.example", "D", "News/Latam"),
            feed("http://e.example", "E", "Sport"),
        ];
        let (read, problems) = read(write(&feeds).as_bytes());
        assert!(problems.is_empty());
        let mut wanted = feeds.to_vec();
        wanted[0].title = "http://a.example".into();
        assert_eq!(read, wanted);
    }

    #[test]
    fn damage_is_told() {
        assert_eq!(read(b"just words").1, ["it is no OPML"]);
        assert_eq!(read(b"<opml><body></body></opml>").1, ["there is no feed in it"]);
        assert_eq!(read(b"<opml><body><outline text=\"A\"><outline xmlUrl=\"http://a.example\" text=").0.len(), 0);
        assert_eq!(read(b"<opml><body><outline text=\"A\"><outline xmlUrl=\"http://a.example\">").0.len(), 1);
        let deep = format!("<opml><body>{}", "<outline text=\"x\">".repeat(20_000));
        assert_eq!(read(deep.as_bytes()).1.len(), 1);
    }
}
