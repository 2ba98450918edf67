//! RSS and Atom, all versions in one: an element means by its name what it means in any of them.

use super::super::Take;
use super::super::markup;
use super::super::xml::{Node, Tag, Value, Walk};
use super::date;
use super::item::{Channel, Item, Piece, Writing, address, language, person};
use crate::locale::tr;
use std::ops::ControlFlow;

/// Prefixes that are remembered.
const MAX_SPACES: usize = 64;

/// The vocabulary that an element belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Space {
    /// RSS and Atom themselves, and everything without a prefix.
    Core,
    DublinCore,
    /// `content:encoded` of RSS 1.0.
    Content,
    Media,
    Itunes,
    Xhtml,
    Other,
}

/// What the addresses of namespaces contain, in small letters, the more particular first.
const SPACES: &[(&str, Space)] = &[
    ("purl.org/rss/1.0/modules/content", Space::Content),
    ("purl.org/rss/1.0/modules", Space::Other),
    ("purl.org/dc/", Space::DublinCore),
    ("search.yahoo.com/mrss", Space::Media),
    ("itunes.com/dtds", Space::Itunes),
    ("w3.org/1999/xhtml", Space::Xhtml),
    ("purl.org/rss/", Space::Core),
    ("purl.org/net/rss", Space::Core),
    ("netscape.com/rdf", Space::Core),
    ("netscape.com/publish", Space::Core),
    ("backend.userland.com", Space::Core),
    ("blogs.law.harvard.edu", Space::Core),
    ("w3.org/2005/atom", Space::Core),
    ("purl.org/atom", Space::Core),
    ("example.com/newformat", Space::Core),
    ("example.com/necho", Space::Core),
    ("purl.org/echo", Space::Core),
    ("echo/namespace", Space::Core),
    ("purl.org/pie", Space::Core),
];

/// What prefixes mean that nobody declared.
const PREFIXES: &[(&str, Space)] = &[
    ("dc", Space::DublinCore),
    ("dcterms", Space::DublinCore),
    ("content", Space::Content),
    ("media", Space::Media),
    ("itunes", Space::Itunes),
    ("xhtml", Space::Xhtml),
    ("atom", Space::Core),
    ("atom10", Space::Core),
    ("a10", Space::Core),
    ("rss", Space::Core),
];

/// Gives the items of a feed to `take`; says what was wrong with the whole.
pub(super) fn read(text: &str, url: Option<&str>, take: &mut Take<'_>) -> Option<String> {
    let mut reader = Reader {
        walk: Walk::new(text),
        spaces: Vec::new(),
        bases: url.map(|u| (0, u.to_owned())).into_iter().collect(),
        channel: Channel::default(),
        item: None,
        count: 0,
    };
    reader.run(take);
    (reader.count == 0).then(|| tr!("the feed has no items").to_owned())
}

struct Reader<'a> {
    walk: Walk<'a>,
    spaces: Vec<(&'a str, Space)>,
    /// What relative links count from, with the depth of the element that says so.
    bases: Vec<(usize, String)>,
    channel: Channel,
    /// The item that is open, with its depth.
    item: Option<(usize, Item)>,
    count: usize,
}

impl<'a> Reader<'a> {
    fn run(&mut self, take: &mut Take<'_>) {
        loop {
            match self.walk.next() {
                Node::Open(tag) => {
                    if self.is_item(&tag) && self.finish(take).is_break() {
                        return;
                    }
                    self.open(&tag);
                }
                Node::Close => {}
                Node::Text(_) => continue,
                Node::End => {
                    let _ = self.finish(take);
                    return;
                }
            }
            let depth = self.walk.depth();
            // The innermost come last: a feed may have as many as it is deep.
            while self.bases.pop_if(|(at, _)| *at > depth).is_some() {}
            if self.item.as_ref().is_some_and(|(at, _)| *at > depth) && self.finish(take).is_break() {
                return;
            }
        }
    }

    /// Gives the open item away.
    fn finish(&mut self, take: &mut Take<'_>) -> ControlFlow<()> {
        let Some((_, item)) = self.item.take() else { return ControlFlow::Continue(()) };
        self.count += 1;
        take(item.article(&self.channel, "feed"))
    }

    fn is_item(&self, tag: &Tag<'_>) -> bool {
        (tag.is("item") || tag.is("entry")) && self.space(tag.prefix) == Space::Core
    }

    fn space(&self, prefix: &str) -> Space {
        if prefix.is_empty() {
            return Space::Core;
        }
        let declared = self.spaces.iter().rev().find(|(known, _)| *known == prefix);
        let usual = || PREFIXES.iter().find(|(known, _)| known.eq_ignore_ascii_case(prefix));
        declared.or_else(usual).map_or(Space::Other, |(_, space)| *space)
    }

    fn base(&self) -> Option<&str> {
        self.bases.last().map(|(_, base)| base.as_str())
    }

    /// What an element says about prefixes, base and language.
    fn declarations(&mut self, tag: &Tag<'a>) {
        for (key, value) in tag.attributes() {
            if let Some(prefix) = key.strip_prefix("xmlns:").filter(|_| self.spaces.len() < MAX_SPACES) {
                let value = value.to_ascii_lowercase();
                let space = SPACES.iter().find(|(part, _)| value.contains(part)).map_or(Space::Other, |(_, space)| *space);
                self.spaces.push((prefix, space));
            } else if key.eq_ignore_ascii_case("xml:base") {
                // A base may count from the one around it.
                if let Some(base) = address(self.base(), &value) {
                    self.bases.push((self.walk.depth(), base));
                }
            } else if key.eq_ignore_ascii_case("xml:lang") {
                match &mut self.item {
                    Some((at, item)) if *at == self.walk.depth() => item.language = language(&value),
                    None if self.walk.depth() <= 2 => self.channel.language = language(&value),
                    _ => {}
                }
            }
        }
    }

    fn open(&mut self, tag: &Tag<'a>) {
        let depth = self.walk.depth();
        if self.is_item(tag) {
            self.item = Some((depth, Item::default()));
        }
        self.declarations(tag);
        if let Some((_, item)) = self.item.as_mut().filter(|(at, _)| *at == depth) {
            item.base = self.bases.last().map(|(_, base)| base.clone());
            item.guid = tag.attribute("about").and_then(|about| address(None, &about));
            return;
        }
        let name = tag.name.to_ascii_lowercase();
        let space = self.space(tag.prefix);
        if self.item.is_some() { self.item_element(tag, &name, space) } else { self.channel_element(tag, &name, space) }
    }

    fn channel_element(&mut self, tag: &Tag<'a>, name: &str, space: Space) {
        match (space, name) {
            (Space::Core, "image" | "textinput" | "cloud" | "skiphours" | "skipdays") => self.walk.skip(),
            (Space::Core | Space::DublinCore, "title") => {
                let title = markup::line(&self.piece(tag).raw);
                if self.channel.title.is_empty() {
                    self.channel.title = title;
                }
            }
            (Space::Core, "link") => {
                let link = self.link(tag).filter(|(rel, _)| rel == "alternate").and_then(|(_, link)| link);
                self.channel.link = self.channel.link.take().or(link);
            }
            (Space::Core | Space::DublinCore, "language") => self.channel.language = language(&self.walk.value().text),
            (Space::Core, "author") => {
                let name = person(&self.name());
                self.channel.author = Some(name).filter(|n| !n.is_empty());
            }
            _ => {}
        }
    }

    fn item_element(&mut self, tag: &Tag<'a>, name: &str, space: Space) {
        match (space, name) {
            (Space::Core, "image" | "source" | "textinput" | "contributor") => self.walk.skip(),
            (Space::Core, "title") => {
                let piece = self.piece(tag);
                self.edit(|item| item.title = Some(piece));
            }
            (Space::DublinCore | Space::Media | Space::Itunes, "title") => {
                let piece = self.piece(tag);
                self.edit(|item| item.title = item.title.take().or(Some(piece)));
            }
            (Space::Core, "link") => self.item_link(tag),
            (Space::Core, "guid" | "id") => self.guid(tag),
            (Space::Core | Space::DublinCore, "author" | "creator") => {
                let name = self.name();
                self.edit(|item| item.author(&name));
            }
            (Space::Itunes, "author") => {
                let name = self.walk.value().text;
                self.edit(|item| {
                    if item.authors.is_empty() {
                        item.author(&name)
                    }
                });
            }
            (Space::Core | Space::DublinCore, "pubdate" | "published" | "issued" | "date" | "modified" | "updated" | "created") => {
                self.date(name)
            }
            (Space::Core, "description" | "summary" | "tagline") | (Space::Itunes | Space::Media, "summary" | "description") => {
                let piece = self.piece(tag);
                let own = space == Space::Core;
                self.edit(|item| {
                    if own || item.summary.is_none() {
                        item.summary = Some(piece)
                    }
                });
            }
            (Space::Core, "content" | "fullitem") | (Space::Content, "encoded") | (Space::Xhtml | Space::Core, "body" | "div") => {
                self.content(tag)
            }
            (Space::Core, "enclosure") | (Space::Media, "content") => self.enclosure(tag),
            _ => {}
        }
    }

    fn edit(&mut self, change: impl FnOnce(&mut Item)) {
        if let Some((_, item)) = &mut self.item {
            change(item);
        }
    }

    fn content(&mut self, tag: &Tag<'a>) {
        // Content that lies elsewhere.
        if let Some(source) = tag.attribute("src") {
            let url = address(self.base(), &source);
            self.edit(|item| item.enclose(url));
        }
        let mut piece = self.piece(tag);
        if tag.is("div") || tag.is("body") || tag.is("encoded") {
            piece.writing = Writing::Html;
        }
        // Of several, as of a text in several languages, the longest.
        self.edit(|item| {
            if item.content.as_ref().is_none_or(|known| known.raw.len() < piece.raw.len()) {
                item.content = Some(piece);
            }
        });
    }

    fn enclosure(&mut self, tag: &Tag<'a>) {
        let url = tag.attribute("url").and_then(|url| address(self.base(), &url));
        self.edit(|item| item.enclose(url));
    }

    /// The relation of a link, in small letters, and where it leads.
    fn link(&mut self, tag: &Tag<'a>) -> Option<(String, Option<String>)> {
        let rel = tag.attribute("rel").map_or_else(|| "alternate".to_owned(), |rel| rel.trim().to_ascii_lowercase());
        let rel = rel.rsplit('/').next().unwrap_or("").to_owned();
        let href = tag.attribute("href").map(std::borrow::Cow::into_owned);
        let text = self.walk.value().text;
        let href = href.unwrap_or(text);
        (!href.trim().is_empty()).then(|| (rel, address(self.base(), &href).or_else(|| address(self.channel.link.as_deref(), &href))))
    }

    fn item_link(&mut self, tag: &Tag<'a>) {
        let kind = tag.attribute("type").unwrap_or_default();
        let page = kind.is_empty() || kind.contains("html") || kind.starts_with("text/");
        let Some((rel, link)) = self.link(tag) else { return };
        self.edit(|item| match rel.as_str() {
            "alternate" if page || item.link.is_none() => item.link = link.or(item.link.take()),
            "enclosure" => item.enclose(link),
            _ => {}
        });
    }

    fn guid(&mut self, tag: &Tag<'a>) {
        let named = tag.attribute("isPermaLink").is_some_and(|p| p.trim().eq_ignore_ascii_case("false"));
        let text = self.walk.value().text;
        let address = address(self.base(), &text).filter(|_| !named);
        self.edit(|item| item.guid = address.or(item.guid.take()));
    }

    fn date(&mut self, name: &str) {
        let text = self.walk.value().text;
        let day = date::day(&text);
        self.edit(|item| {
            let days = &mut item.days;
            let place = match name {
                "modified" | "updated" => &mut days.updated,
                "created" => &mut days.created,
                _ => &mut days.published,
            };
            // Who names a day twice means the later word.
            *place = day.or(*place);
            if day.is_none() && !text.trim().is_empty() {
                item.odd_date = Some(crate::text::clean_line(&text).chars().take(40).collect());
            }
        });
    }

    /// The name in an author's element: that of its `<name>`, or all its characters.
    fn name(&mut self) -> String {
        let depth = self.walk.depth();
        let (mut all, mut name, mut email) = (String::new(), String::new(), String::new());
        loop {
            match self.walk.next() {
                Node::Text(text) => {
                    let inside = self.walk.inside();
                    let is = |known: &&str| inside.eq_ignore_ascii_case(known);
                    match ["name", "email", "uri", "url", "homepage"].iter().copied().find(is) {
                        Some("name") => name.push_str(&text),
                        Some("email") => email.push_str(&text),
                        Some(_) => {}
                        None => all.push_str(&text),
                    }
                }
                Node::Open(_) => {}
                Node::Close if self.walk.depth() >= depth => {}
                Node::Close | Node::End => {
                    let first = [name, all].into_iter().find(|n| !n.trim().is_empty());
                    return first.unwrap_or(email);
                }
            }
        }
    }

    /// What an element holds, as its attributes say that it is written.
    fn piece(&mut self, tag: &Tag<'a>) -> Piece {
        let kind = tag.attribute("type").unwrap_or_default().trim().to_ascii_lowercase();
        let mode = tag.attribute("mode").unwrap_or_default().trim().to_ascii_lowercase();
        let Value { text, markup } = self.walk.value();
        let packed = mode == "base64" || kind.contains("octet-stream");
        if let Some(bytes) = packed.then(|| mail_parser::decoders::base64::base64_decode(text.trim().as_bytes())).flatten() {
            return Piece { raw: String::from_utf8_lossy(&bytes).into_owned(), writing: Writing::Plain };
        }
        match markup {
            // Elements inside are markup, whatever the attributes say.
            Some(inner) => Piece { raw: inner.to_owned(), writing: Writing::Html },
            None if kind.contains("html") => Piece { raw: text, writing: Writing::Html },
            None => Piece { raw: text, writing: Writing::Plain },
        }
    }
}
