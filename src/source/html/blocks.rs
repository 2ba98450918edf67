//! An element → blocks of text, with what a reader should not have to pass left out.

use super::body::{Weights, is_aside, is_skipped};
use super::dom::{Dom, Id};
use super::words::of_class;
use crate::article::BlockKind;
use crate::source::ends_sentence;
use crate::source::link::MAX_PICTURES;

/// How deep the walk goes; pages are tamed before they are parsed, so that nothing lies deeper.
const MAX_DEPTH: usize = 1500;

/// An element with fewer than this share of the body's words, in percent, may be left out for its class or its links.
const SMALL: u64 = 40;

/// Links of more than this share, in percent, make a list of links.
const LINKY: u32 = 60;

/// A picture that is said to have fewer pixels than this on a side is a sign, not a picture.
const LEAST: u32 = 48;

/// Words in classes of captions.
const CAPTIONS: &[&str] = &["caption", "captions", "figcaption", "wpcaption"];

/// Words in classes of what speaks of captions and is none.
const NO_CAPTION: &[&str] = &["video", "toggle", "button", "icon", "credit", "closed"];

/// Words in classes of who took a picture.
const CREDITS: &[&str] = &[
    "credit",
    "credits",
    "copyright",
    "source",
    "photographer",
    "photocredit",
    "imagecredit",
    "attribution",
    "author",
    "copyrightholder",
    "offscreen",
];

/// Elements among which a picture is looked for.
const PICTURE_NODES: usize = 40;

/// Blocks back to which a caption is compared.
const RECENT: usize = 40;

/// One block as it stands in the page.
#[derive(Clone, Debug, Default)]
pub(in crate::source) struct Raw {
    pub(in crate::source) kind: BlockKind,
    pub(in crate::source) text: String,
    /// Where the links stand in `text`, in bytes, and where they lead to as the page writes it.
    pub(in crate::source) links: Vec<(usize, usize, String)>,
    /// The pictures that stand before it, or behind the last one.
    pub(in crate::source) pictures: Vec<Shot>,
}

/// A picture as a page names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::source) struct Shot {
    pub(in crate::source) src: String,
    pub(in crate::source) alt: String,
}

impl Raw {
    /// Share of the text that is links, in percent.
    pub(super) fn linked(&self) -> usize {
        let linked: usize = self.links.iter().map(|(from, to, _)| to - from).sum();
        (linked * 100).checked_div(self.text.len()).unwrap_or(0)
    }
}

/// The blocks below `root`. Without `weights` nothing is left out but what is never text: so for fragments, which are all article.
pub(super) fn read(dom: &Dom, weights: Option<&Weights>, root: Id) -> Vec<Raw> {
    let mut reader = Reader::new(dom, weights, root);
    reader.children(root, 0);
    reader.end()
}

/// The caption of the picture that stands above the article's body, in the element `around` both.
pub(super) fn lead(dom: &Dom, weights: &Weights, around: Id, body: Id) -> Vec<Raw> {
    let mut reader = Reader::new(dom, Some(weights), body);
    let mut walk = dom.walk(around);
    while let Some(id) = walk.next().filter(|id| *id != body) {
        if is_picture(dom, id) {
            // Without words it may be anything: a logo, somebody's face.
            reader.pictures.clear();
            reader.captions(id, 0);
            walk.pass_over(id);
        } else if id != around && (is_skipped(dom, id) || is_aside(dom, id)) && !dom.holds(id, body) {
            walk.pass_over(id);
        }
        if !reader.blocks.is_empty() {
            break;
        }
    }
    reader.blocks
}

struct Reader<'d> {
    dom: &'d Dom,
    weights: Option<&'d Weights>,
    root: Id,
    blocks: Vec<Raw>,
    /// The block that is being read; a line break in it is a `br`.
    text: String,
    links: Vec<(usize, usize, String)>,
    /// Pictures that stand before the next block.
    pictures: Vec<Shot>,
    kind: BlockKind,
}

impl<'d> Reader<'d> {
    fn new(dom: &'d Dom, weights: Option<&'d Weights>, root: Id) -> Self {
        let (blocks, text, links, pictures) = (Vec::new(), String::new(), Vec::new(), Vec::new());
        Self { dom, weights, root, blocks, text, links, pictures, kind: BlockKind::Paragraph }
    }

    /// The blocks; pictures after the last one are kept with it.
    fn end(mut self) -> Vec<Raw> {
        self.flush();
        if let Some(last) = self.blocks.last_mut() {
            last.pictures.append(&mut self.pictures);
        }
        self.blocks
    }

    /// Notes a picture, unless it is one of those that only decorate a page or count its readers.
    fn picture(&mut self, id: Id) {
        let value = |name| self.dom.attr(id, name).map(str::trim).filter(|v| !v.is_empty() && !v.starts_with("data:"));
        let small = |name| value(name).and_then(|v| v.trim_end_matches("px").parse::<u32>().ok()).is_some_and(|n| n < LEAST);
        // Pages that load their pictures late keep the address beside a stand-in.
        let Some(src) = value("data-src").or_else(|| value("src")) else { return };
        let known = self.pictures.iter().any(|shot| shot.src == src);
        if !known && !small("width") && !small("height") && self.pictures.len() < MAX_PICTURES {
            self.pictures.push(Shot { src: src.to_owned(), alt: value("alt").unwrap_or("").to_owned() });
        }
    }

    fn children(&mut self, id: Id, depth: usize) {
        for child in self.dom.children(id) {
            match self.dom.text(child) {
                Some(text) => self.inline(text),
                None if depth < MAX_DEPTH => self.element(child, depth + 1),
                None => {}
            }
        }
    }

    fn element(&mut self, id: Id, depth: usize) {
        let name = self.dom.name(id);
        if is_caption(self.dom, id) {
            return self.caption(id, depth);
        }
        if is_skipped(self.dom, id) {
            return;
        }
        if self.is_left_out(id) {
            return self.captions(id, depth);
        }
        match name {
            "br" => self.line_break(),
            "hr" => self.flush(),
            "img" => self.picture(id),
            "a" => self.link(id, depth),
            "q" => {
                self.text.push('“');
                self.children(id, depth);
                self.text.push('”');
            }
            "pre" => self.preformatted(id),
            "table" if is_data(self.dom, id) => self.table(id),
            "ol" | "ul" | "menu" | "dir" => self.list(id, depth),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.block(id, BlockKind::Heading, depth),
            "blockquote" => self.block(id, BlockKind::Quotation, depth),
            "td" | "th" => self.block(id, self.kind, depth),
            _ if is_block(name) => self.block(id, self.kind, depth),
            _ => self.children(id, depth),
        }
    }

    /// True for what stands inside the body and is not of the article.
    fn is_left_out(&self, id: Id) -> bool {
        let Some(weights) = self.weights else { return false };
        let name = self.dom.name(id);
        let small = u64::from(weights.all(id)) * 100 < u64::from(weights.all(self.root)) * SMALL;
        if !small || name.is_empty() {
            return false;
        }
        let list_of_links = || matches!(name, "ul" | "ol" | "div" | "section" | "table" | "dl") && weights.links(id) > LINKY;
        name == "figure" && !self.dom.walk(id).any(|n| matches!(self.dom.name(n), "table" | "blockquote" | "pre"))
            || is_aside(self.dom, id)
            || name == "header" && self.dom.all(id, "h1").next().is_some()
            || list_of_links()
    }

    /// A picture that is left out of the text, and its captions; what else is left out has none of the article's.
    fn captions(&mut self, id: Id, depth: usize) {
        if !is_picture(self.dom, id) {
            return;
        }
        self.flush();
        let mut walk = self.dom.walk(id);
        while let Some(inner) = walk.next() {
            if self.dom.name(inner) == "img" {
                self.picture(inner);
            }
            if is_caption(self.dom, inner) {
                self.caption(inner, depth + 1);
                walk.pass_over(inner);
            } else if inner != id && !is_picture(self.dom, inner) && is_aside(self.dom, inner) {
                walk.pass_over(inner);
            }
        }
    }

    /// One caption, without its buttons and who took the picture.
    fn caption(&mut self, id: Id, depth: usize) {
        self.flush();
        let outer = std::mem::replace(&mut self.kind, BlockKind::Caption);
        let first = self.blocks.len();
        for child in self.dom.children(id) {
            match self.dom.text(child) {
                Some(text) => self.inline(text),
                None if depth < MAX_DEPTH && !is_credit(self.dom, child) => self.element(child, depth + 1),
                None => {}
            }
        }
        self.flush();
        self.kind = outer;
        // Pictures that a page holds in several sizes have their words as often.
        let (before, new) = self.blocks.split_at(first.min(self.blocks.len()));
        let known = |raw: &Raw| before.iter().rev().take(RECENT).any(|b| b.kind == BlockKind::Caption && b.text == raw.text);
        let fresh: Vec<Raw> = new.iter().filter(|raw| !known(raw)).cloned().collect();
        self.blocks.truncate(first);
        self.blocks.extend(fresh);
    }

    fn block(&mut self, id: Id, kind: BlockKind, depth: usize) {
        self.flush();
        let outer = std::mem::replace(&mut self.kind, kind);
        self.children(id, depth);
        self.flush();
        self.kind = outer;
    }

    fn list(&mut self, id: Id, depth: usize) {
        self.flush();
        let numbered = self.dom.name(id) == "ol";
        let mut number = self.dom.attr(id, "start").and_then(|s| s.parse().ok()).unwrap_or(1u16);
        for child in self.dom.children(id) {
            if self.dom.name(child) == "li" && !is_skipped(self.dom, child) && !self.is_left_out(child) {
                self.block(child, BlockKind::Item(numbered.then_some(number)), depth + 1);
                number = number.saturating_add(1);
            } else if self.dom.name(child) != "li" && !self.dom.name(child).is_empty() {
                self.element(child, depth + 1);
            }
        }
        self.flush();
    }

    fn link(&mut self, id: Id, depth: usize) {
        let (blocks, from) = (self.blocks.len(), self.text.len());
        self.children(id, depth);
        // A link around whole blocks carries them all; only the words of a line are remembered.
        let from =
            if self.blocks.len() == blocks { from + usize::from(self.text.get(from..).is_some_and(|t| t.starts_with(' '))) } else { 0 };
        let to = self.text.trim_end().len();
        if let Some(href) = self.dom.attr(id, "href")
            && from < to
        {
            self.links.push((from, to, href.to_owned()));
        }
    }

    fn preformatted(&mut self, id: Id) {
        self.flush();
        let lines: Vec<String> =
            self.dom.walk(id).filter_map(|n| self.dom.text(n)).collect::<String>().lines().map(str::to_owned).collect();
        for line in lines.into_iter().filter(|l| !l.trim().is_empty()) {
            self.blocks.push(Raw { kind: self.kind, text: line.trim_end().to_owned(), ..Raw::default() });
        }
    }

    fn table(&mut self, id: Id) {
        self.flush();
        for row in self.dom.all(id, "tr") {
            let cells: Vec<String> =
                self.dom.children(row).filter(|c| matches!(self.dom.name(*c), "td" | "th")).map(|c| self.dom.words(c, 2000)).collect();
            if cells.iter().any(|c| !c.is_empty()) {
                self.blocks.push(Raw { kind: BlockKind::Row, text: cells.join(" | "), ..Raw::default() });
            }
        }
    }

    /// Adds words with single spaces between them.
    fn inline(&mut self, text: &str) {
        let mut spaced = text.starts_with(char::is_whitespace);
        for word in text.split_whitespace() {
            if spaced && !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                self.text.push(' ');
            }
            self.text.push_str(word);
            spaced = true;
        }
        let only_space = !text.is_empty() && text.trim().is_empty();
        let ends = text.ends_with(char::is_whitespace) || only_space;
        if ends && !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
            self.text.push(' ');
        }
    }

    /// Two line breaks part paragraphs; one does where the line is complete.
    fn line_break(&mut self) {
        let line = self.text.trim_end();
        let last = line.rsplit('\n').next().unwrap_or("");
        if self.text.ends_with('\n') || ends_sentence(last) || last.len() < 50 || last.ends_with(':') {
            return self.flush();
        }
        self.text.truncate(line.len());
        self.text.push('\n');
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let links = std::mem::take(&mut self.links);
        let trimmed = text.trim_end();
        if !trimmed.is_empty() {
            let pictures = std::mem::take(&mut self.pictures);
            self.blocks.push(Raw { kind: self.kind, text: trimmed.replace('\n', " "), links, pictures });
        }
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figure"
            | "form"
            | "header"
            | "hgroup"
            | "html"
            | "li"
            | "main"
            | "p"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "thead"
            | "tfoot"
            | "tr"
            | "caption"
    )
}

/// True for what holds the words below a picture.
fn is_caption(dom: &Dom, id: Id) -> bool {
    let small = || matches!(dom.name(id), "p" | "div" | "span" | "dd") && names_caption(dom, id) && !holds_picture(dom, id);
    dom.name(id) == "figcaption" || small()
}

/// True for a picture with what belongs to it.
fn is_picture(dom: &Dom, id: Id) -> bool {
    matches!(dom.name(id), "figure" | "div" | "dl" | "p") && names_caption(dom, id) || dom.name(id) == "figure" && !is_aside(dom, id)
}

fn names_caption(dom: &Dom, id: Id) -> bool {
    dom.attr(id, "class").is_some_and(|class| {
        let words = of_class(class);
        words.iter().any(|w| CAPTIONS.contains(&w.as_str())) && !words.iter().any(|w| NO_CAPTION.contains(&w.as_str()))
    })
}

fn holds_picture(dom: &Dom, id: Id) -> bool {
    dom.walk(id).take(PICTURE_NODES).any(|n| matches!(dom.name(n), "img" | "picture"))
}

/// True for the name of who took a picture, or who sells it.
fn is_credit(dom: &Dom, id: Id) -> bool {
    let classes = [dom.attr(id, "class"), dom.attr(id, "itemprop")];
    classes.into_iter().flatten().any(|c| of_class(c).iter().any(|w| CREDITS.contains(&w.as_str())))
}

/// True for a table of facts, not one that arranges a page: several rows of several short cells.
fn is_data(dom: &Dom, id: Id) -> bool {
    let (mut rows, mut cells) = (0, 0);
    for node in dom.walk(id) {
        match dom.name(node) {
            "table" if node != id => return false,
            "p" | "div" | "h1" | "h2" | "h3" | "ul" if dom.words(node, 300).len() > 200 => return false,
            "tr" => rows += 1,
            "td" | "th" => cells += 1,
            _ => {}
        }
    }
    rows >= 2 && cells >= rows * 2
}
