//! XML as it is found in the wild: elements, attributes and characters out of damaged, cut off and undeclared markup.
//!
//! quick-xml cuts the input into tags and text; this walk keeps the stack of open elements, closes what was left open, and knows the named characters
//! of HTML. A document's own entities are never expanded, so that nothing can grow.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;

/// How far up the stack an end tag is matched with its beginning; what is nested deeper without being closed is damage.
const REACH: usize = 128;

/// Open elements that are counted; what is nested deeper is taken flat.
const MAX_DEPTH: usize = 4096;

/// Bytes of a name in which its prefix is looked for, where that is done again and again.
const MAX_PREFIX: usize = 64;

/// Bytes at most of a reference such as `&thetasym;`.
const MAX_REFERENCE: usize = 40;

/// A step of the walk.
#[derive(Debug)]
pub(super) enum Node<'a> {
    /// An element begins.
    Open(Tag<'a>),
    /// Characters, with references resolved.
    Text(Cow<'a, str>),
    /// One or more elements ended; [`Walk::depth`] says how many are still open.
    Close,
    /// The end of the input.
    End,
}

/// The beginning of an element.
#[derive(Clone, Debug)]
pub(super) struct Tag<'a> {
    /// What stands before the colon of its name; empty where there is none.
    pub(super) prefix: &'a str,
    /// Its name without prefix, as written.
    pub(super) name: &'a str,
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    fn new(raw: &'a str) -> Self {
        let end = raw.find(|c: char| c.is_ascii_whitespace()).unwrap_or(raw.len());
        let (name, attributes) = raw.split_at(end);
        let (prefix, name) = name.split_once(':').unwrap_or(("", name));
        Self { prefix, name, attributes }
    }

    /// True where the name is `name`, whatever the case of its letters.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The attributes with their whole names, in order; what is no attribute is passed over.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> {
        let start = BytesStart::from_content(self.attributes, 0);
        let pairs: Vec<(&'a str, &'a str)> = start
            .html_attributes()
            .with_checks(false)
            .filter_map(Result::ok)
            .filter_map(|a| Some((within(self.attributes, a.key.0)?, within(self.attributes, &a.value)?)))
            .collect();
        pairs.into_iter().map(|(key, value)| (key, unescape(value)))
    }

    /// The value of an attribute, by its name without prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        let local = |key: &str| key.rsplit(':').next().unwrap_or(key).eq_ignore_ascii_case(name);
        self.attributes().find(|(key, _)| local(key)).map(|(_, value)| value)
    }
}

/// The same characters as `part`, borrowed for as long as `whole`, in which they lie.
fn within<'a>(whole: &'a str, part: &str) -> Option<&'a str> {
    let at = (part.as_ptr() as usize).checked_sub(whole.as_ptr() as usize)?;
    whole.get(at..at + part.len())
}

/// What an element holds.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Value<'a> {
    /// All its characters, those of the elements inside too.
    pub(super) text: String,
    /// The markup inside, as written, where elements are in it.
    pub(super) markup: Option<&'a str>,
}

/// A walk through a document.
pub(super) struct Walk<'a> {
    input: &'a str,
    reader: Reader<&'a [u8]>,
    open: Vec<&'a str>,
    /// Elements that were opened beyond [`MAX_DEPTH`].
    beyond: usize,
    /// Where the last node began.
    at: usize,
}

impl<'a> Walk<'a> {
    /// A walk from the beginning of `input`, after a declaration if there is one.
    pub(super) fn new(input: &'a str) -> Self {
        let mut reader = Reader::from_str(input);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        config.expand_empty_elements = true;
        Self { input, reader, open: Vec::new(), beyond: 0, at: 0 }
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len() + self.beyond
    }

    /// The name of the innermost open element, without prefix; empty outside of all.
    pub(super) fn inside(&self) -> &'a str {
        let name = self.open.last().copied().unwrap_or("");
        let colon = name.bytes().take(MAX_PREFIX).position(|b| b == b':');
        colon.and_then(|at| name.get(at + 1..)).unwrap_or(name)
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX).min(self.input.len())
    }

    /// The next node.
    pub(super) fn next(&mut self) -> Node<'a> {
        loop {
            self.at = self.position();
            let node = match self.reader.read_event() {
                Ok(Event::Start(tag)) => self.start(&tag),
                Ok(Event::End(tag)) => self.end(tag.name().0),
                Ok(Event::Text(_)) => Some(Node::Text(Cow::Borrowed(self.input.get(self.at..self.position()).unwrap_or("")))),
                Ok(Event::CData(data)) => within(self.input, &data).map(|t| Node::Text(Cow::Borrowed(t))),
                Ok(Event::GeneralRef(_)) => Some(Node::Text(unescape(self.input.get(self.at..self.position()).unwrap_or("")))),
                Ok(Event::Eof) => Some(Node::End),
                Ok(_) => None,
                Err(_) => self.damaged(),
            };
            if let Some(node) = node {
                return node;
            }
        }
    }

    fn start(&mut self, tag: &BytesStart<'a>) -> Option<Node<'a>> {
        let raw = within(self.input, tag)?;
        // A "<" in running text.
        if !raw.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            // What looks like its end follows at once, or was never there; it matches nothing.
            return Some(Node::Text(Cow::Borrowed(self.input.get(self.at..self.position()).unwrap_or(""))));
        }
        let name = raw.find(|c: char| c.is_ascii_whitespace()).and_then(|end| raw.get(..end)).unwrap_or(raw);
        if self.open.len() < MAX_DEPTH {
            self.open.push(name)
        } else {
            self.beyond += 1
        }
        Some(Node::Open(Tag::new(raw)))
    }

    /// Closes the element that an end tag names and all that were left open in it; an end without a beginning is nothing.
    fn end(&mut self, name: &str) -> Option<Node<'a>> {
        if self.beyond > 0 {
            self.beyond -= 1;
            return Some(Node::Close);
        }
        let found = self.open.iter().rev().take(REACH).position(|open| *open == name)?;
        self.open.truncate(self.open.len() - found - 1);
        Some(Node::Close)
    }

    /// What the reader cannot cut into nodes: the rest of a file that was cut off in a tag, or in characters that are still worth having.
    fn damaged(&mut self) -> Option<Node<'a>> {
        let rest = self.input.get(self.at..).unwrap_or("");
        let kept = rest.strip_prefix("<![CDATA[").map(|text| Node::Text(Cow::Borrowed(text)));
        // Whatever the reader made of it, it is not asked again: it may not have moved.
        self.reader = Reader::from_str("");
        Some(kept.unwrap_or(Node::End))
    }

    /// Everything in the element that has just been opened, to its end or that of an element around it.
    pub(super) fn value(&mut self) -> Value<'a> {
        let depth = self.depth();
        let start = self.position();
        let mut value = Value::default();
        let mut elements = false;
        loop {
            match self.next() {
                Node::Open(_) => elements = true,
                Node::Text(text) => value.text.push_str(&text),
                Node::Close if self.depth() >= depth => {}
                Node::Close => {
                    value.markup = self.input.get(start..self.at).filter(|_| elements);
                    return value;
                }
                Node::End => {
                    value.markup = self.input.get(start..).filter(|_| elements);
                    return value;
                }
            }
        }
    }

    /// Passes over everything in the element that has just been opened.
    pub(super) fn skip(&mut self) {
        let depth = self.depth();
        while !matches!(self.next(), Node::End) && self.depth() >= depth {}
    }
}

/// The outermost element of a document, from its beginning.
pub(super) fn root(text: &str) -> Option<Tag<'_>> {
    let mut walk = Walk::new(text);
    loop {
        match walk.next() {
            Node::Open(tag) => return Some(tag),
            Node::Text(text) if text.trim().is_empty() => {}
            Node::Close => {}
            Node::Text(_) | Node::End => return None,
        }
    }
}

/// The encoding that an XML declaration at the beginning of `bytes` names.
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<&str> {
    let start = bytes.iter().take(64).position(|b| *b == b'<')?;
    let declaration = bytes.get(start..)?.strip_prefix(b"<?xml")?;
    let end = declaration.iter().take(400).position(|b| *b == b'>')?;
    let (_, rest) = std::str::from_utf8(declaration.get(..end)?).ok()?.split_once("encoding")?;
    let value = rest.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value.get(1..)?.split(quote).next().map(str::trim)
}

/// `text` with its references resolved: decimal, hexadecimal, and the names of XML and HTML. What is no reference stays.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find('&') else { return Cow::Borrowed(text) };
    let (before, mut rest) = text.split_at(first);
    let mut out = String::with_capacity(text.len());
    out.push_str(before);
    while let Some(after) = rest.strip_prefix('&') {
        let end = after
            .bytes()
            .take(MAX_REFERENCE)
            .position(|b| !(b.is_ascii_alphanumeric() || b == b'#'))
            .unwrap_or(after.len().min(MAX_REFERENCE));
        let name = after.get(..end).unwrap_or("");
        let closed = after.get(end..).is_some_and(|r| r.starts_with(';'));
        match reference(name) {
            Some(resolved) if closed => {
                resolved.push_to(&mut out);
                rest = after.get(end + 1..).unwrap_or("");
            }
            _ => {
                out.push('&');
                rest = after;
            }
        }
        let next = rest.find('&').unwrap_or(rest.len());
        out.push_str(rest.get(..next).unwrap_or(""));
        rest = rest.get(next..).unwrap_or("");
    }
    Cow::Owned(out)
}

/// What a reference stands for.
enum Resolved {
    Char(char),
    Named(&'static str),
}

impl Resolved {
    fn push_to(&self, out: &mut String) {
        match self {
            Self::Char(c) => out.push(*c),
            Self::Named(text) => out.push_str(text),
        }
    }
}

fn reference(name: &str) -> Option<Resolved> {
    let number = match name.strip_prefix('#') {
        None => return quick_xml::escape::resolve_html5_entity(name).map(Resolved::Named),
        Some(digits) => match digits.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => digits.parse(),
        },
    };
    Some(Resolved::Char(number.ok().and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The walk as a line: `<name` opens, `>` closes to a depth, text as it is.
    fn walk(input: &str) -> String {
        let mut walk = Walk::new(input);
        let mut out = String::new();
        loop {
            match walk.next() {
                Node::Open(tag) => out.push_str(&format!("<{} ", tag.name)),
                Node::Text(text) => out.push_str(&text),
                Node::Close => out.push_str(&format!(">{}", walk.depth())),
                Node::End => return out,
            }
        }
    }

    #[test]
    fn what_is_left_open_is_closed() {
        assert_eq!(walk("<a><b>one<br>two</b></c></a>"), "<a <b one<br two>1>0");
        assert_eq!(walk("<a><b/>x"), "<a <b >1x");
        assert_eq!(walk("<a>x <"), "<a x ");
        assert_eq!(walk("<a>x<![CDATA[y & <z"), "<a xy & <z");
        assert_eq!(walk("<a>x<b attr='"), "<a x");
    }

    #[test]
    fn references_and_what_looks_like_them() {
        assert_eq!(unescape("AT&amp;T &eacute;&#233;&#xE9; & &nothing; a&b=c &"), "AT&T ééé & &nothing; a&b=c &");
        assert_eq!(walk("<a>1 &lt; 2 & 3 &nbsp;&lol;</a>"), "<a 1 < 2 & 3 \u{a0}&lol;>0");
        assert_eq!(unescape("&#xffffffff;&#55296;"), "\u{fffd}\u{fffd}");
    }

    #[test]
    fn entities_of_the_document_do_not_grow() {
        let laughs = "<!DOCTYPE a [<!ENTITY l 'ha'><!ENTITY l2 '&l;&l;&l;'>]><a>&l2;</a>";
        assert_eq!(walk(laughs), "<a &l2;>0");
    }

    #[test]
    fn values_and_attributes() {
        let mut steps = Walk::new("<x:item a='1' xml:lang=en b=\"&lt;\"><p>One</p> two</x:item><next/>");
        let Node::Open(tag) = steps.next() else { unreachable!() };
        assert_eq!((tag.prefix, tag.name), ("x", "item"));
        assert_eq!(tag.attribute("lang").as_deref(), Some("en"));
        assert_eq!(tag.attribute("B").as_deref(), Some("<"));
        assert_eq!(steps.value(), Value { text: "One two".to_owned(), markup: Some("<p>One</p> two") });
        assert!(matches!(steps.next(), Node::Open(tag) if tag.is("NEXT")));
    }

    #[test]
    fn depth_and_stray_ends_cost_nothing() {
        let deep = format!("{}x{}", "<d>".repeat(200_000), "</d>".repeat(200_000));
        assert!(walk(&deep).ends_with(">0"));
        assert_eq!(walk(&format!("<a>{}", "</b>".repeat(100_000))), "<a ");
    }
}
