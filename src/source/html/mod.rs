//! Web pages → articles: the body by the votes of its paragraphs, metadata and the day of publication as the page states them.

mod blocks;
mod body;
mod day;
mod dom;
mod guard;
mod json_ld;
mod lines;
mod meta;
mod published;
#[cfg(test)]
mod tests;
mod words;

use super::{Format, Head, Input, Problems, Take, dateline, decode, link, title_from_path};
use crate::article::{Article, Block, BlockKind, Link, LinkKind, Picture, PicturePlace};
use crate::text::{Span, clean, clean_line};
pub(super) use dom::Dom;

/// Bytes of a page that are read; what lies beyond is left out and said so.
const MAX_PAGE: usize = 16 << 20;

/// Bytes at the beginning of a page in which it declares its encoding.
const DECLARED: usize = 4 << 10;

/// The format of web pages.
#[derive(Debug)]
pub(super) struct Html;

impl Format for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn sniff(&self, head: &Head<'_>) -> bool {
        looks_like_html(head.text)
    }

    fn read(&self, input: &Input<'_>, take: &mut Take<'_>) -> Problems {
        let _ = take(page(input, MAX_PAGE));
        Problems::new()
    }
}

/// True where text begins as a page: a doctype, or an element of pages among the first, whatever comments stand before it.
fn looks_like_html(text: &str) -> bool {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    while rest.starts_with("<!--") || rest.starts_with("<?xml") {
        let Some((_, after)) = rest.split_once('>') else { return false };
        rest = after.trim_start();
    }
    let start = rest.get(..rest.floor_char_boundary(16)).unwrap_or("").to_ascii_lowercase();
    let tags = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<title",
        "<meta",
        "<script",
        "<div",
        "<p>",
        "<p ",
        "<article",
        "<h1",
        "<table",
        "<link",
    ];
    tags.iter().any(|tag| start.starts_with(tag))
}

/// The article of a page of which at most `most` bytes are read.
fn page(input: &Input<'_>, most: usize) -> Article {
    let mut article =
        Article { source: input.name.to_owned(), format: Html.name(), url: input.url.map(str::to_owned), ..Article::default() };
    let kept = input.bytes.get(..most).unwrap_or(input.bytes);
    let (html, problem) = decode::decode(kept, input.charset().or_else(|| declared(kept)));
    article.problems.extend(problem);
    let dom = Dom::parse(&guard::tame(&html));
    drop(html);
    if dom.cut || kept.len() < input.bytes.len() {
        article.problems.push("the page is too large; only its beginning was read".to_owned());
    }
    let weights = body::Weights::of(&dom);
    let root = body::find(&dom, &weights);
    meta::read(&dom, input.url, root, &mut article);
    let heading = meta::only_heading(&dom).unwrap_or_default();
    let mut blocks = blocks::lead(&dom, &weights, published::around(&dom, root), root);
    blocks.extend(blocks::read(&dom, Some(&weights), root));
    let blocks = lines::tidy(blocks, &[&article.title, &heading]);
    let base = meta::base(&dom, input.url);
    lay(&mut article, blocks, base.as_deref());
    illustrate(&mut article);
    if article.text.is_empty() {
        article.problems.push("no article was found on this page".to_owned());
    }
    if article.title.is_empty() {
        article.title = title_from_path(input.name);
    }
    dateline::mark(&mut article);
    article
}

/// A page whose text has no pictures shows the one that stands for it; where it has some, that one is most often among them in another size.
fn illustrate(article: &mut Article) {
    let image = article.links.iter().find(|l| l.kind == LinkKind::Image).map(|l| PicturePlace::Web(l.url.clone()));
    if let Some(place) = image.filter(|_| article.pictures.is_empty()) {
        let first = article.blocks.iter().find(|b| b.kind != BlockKind::Heading);
        article.pictures.push(Picture { place, alt: String::new(), at: first.map_or(0, |b| b.span.start) });
    }
}

/// The encoding that a page declares in its first kilobytes.
fn declared(bytes: &[u8]) -> Option<&str> {
    let head = bytes.get(..DECLARED).unwrap_or(bytes);
    let at = head.windows(8).position(|w| w.eq_ignore_ascii_case(b"charset="))?;
    let rest = head.get(at + 8..)?;
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let len = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.')).count();
    std::str::from_utf8(rest.get(..len)?).ok()
}

/// Blocks of text and the links in them, as a document of the web or of a book has them.
pub(super) use blocks::{Raw, Shot};

/// A tree of XML whose names matter and not its finer rules: a book's package.
pub(super) fn xml(text: &str) -> Dom {
    Dom::parse(&guard::tame(&guard::close_empty(text)))
}

/// All blocks of XHTML that is an article from its first word to its last, and its title: a book's chapter.
pub(super) fn whole(xhtml: &str) -> (Vec<Raw>, Option<String>) {
    let dom = xml(xhtml);
    let root = dom.all(Dom::ROOT, "body").next().unwrap_or(Dom::ROOT);
    let title = dom.all(Dom::ROOT, "title").next().map(|id| clean_line(&dom.words(id, 300))).filter(|t| !t.is_empty());
    (blocks::read(&dom, None, root), title)
}

/// Lays blocks out as the article's text, cleaned, with their links.
pub(super) fn lay(article: &mut Article, blocks: Vec<Raw>, base: Option<&str>) {
    let mut links = Vec::new();
    // Pictures before a block that turns out to be empty stand before the next.
    let mut shots = Vec::new();
    for raw in blocks {
        shots.extend(raw.pictures);
        let at = article.text.len() + usize::from(!article.text.is_empty());
        let text = clean(&raw.text).replace('\n', " ");
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        if !article.text.is_empty() {
            article.text.push('\n');
        }
        picture(article, &mut shots, at, base);
        article.text.push_str(text);
        article.blocks.push(Block { span: Span::new(at, at + text.len()), kind: raw.kind });
        // Where cleaning has changed the words, their places are found again by what they say.
        for (from, to, href) in raw.links {
            let words = raw.text.get(from..to).unwrap_or("");
            let found = if text == raw.text { Some(from) } else { text.find(words) };
            if href.starts_with('#') || links.len() >= link::MAX_LINKS {
                continue;
            }
            if let (Some(from), Some(url)) = (found, link::target(base, &href)) {
                links.push(Link { kind: link::kind(&url), url, span: Span::new(at + from, at + from + words.len()) });
            }
        }
    }
    let end = article.text.len();
    picture(article, &mut shots, end, base);
    // Links of the text come first; what the page's head gave, such as its picture, after them.
    links.append(&mut article.links);
    article.links = links;
}

/// Puts pictures into the article at the byte `at`; each is shown once.
fn picture(article: &mut Article, shots: &mut Vec<Shot>, at: usize, base: Option<&str>) {
    for Shot { src, alt } in shots.drain(..) {
        let place = link::picture(base, &src).filter(|place| article.pictures.iter().all(|p| p.place != *place));
        if let Some(place) = place.filter(|_| article.pictures.len() < link::MAX_PICTURES) {
            article.pictures.push(Picture { place, alt: clean_line(&alt), at: u32::try_from(at).unwrap_or(u32::MAX) });
        }
    }
}
