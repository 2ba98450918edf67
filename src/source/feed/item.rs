//! One item of a feed, gathered from its elements, and the article that it becomes.

use super::super::{dateline, link, markup, site, title_from_path};
use crate::article::{Article, BlockKind, Link, LinkKind, Picture, PicturePlace};
use crate::locale::tr;
use crate::text::Span;
use jiff::civil::Date;

/// Characters of a title that is taken from the first words.
const TITLE_LEN: usize = 80;

/// What stands for the title of an item that has neither words nor an address: a picture alone, as a rule. A sign says it in every language.
const NO_TITLE: &str = "—";

/// Authors that a byline names.
const MAX_AUTHORS: usize = 8;

/// Files that an item names; more are not shown.
const MAX_ENCLOSURES: usize = 20;

/// What is known of the whole feed.
#[derive(Debug, Default)]
pub(super) struct Channel {
    pub(super) title: String,
    /// Its page on the web.
    pub(super) link: Option<String>,
    pub(super) language: Option<String>,
    pub(super) author: Option<String>,
}

/// How a piece of a feed is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Writing {
    /// Words, unless they have tags in them all the same.
    #[default]
    Plain,
    /// HTML.
    Html,
}

/// A piece of a feed.
#[derive(Debug, Default)]
pub(super) struct Piece {
    pub(super) raw: String,
    pub(super) writing: Writing,
}

/// The days that an item names, the first in this order counts.
#[derive(Debug, Default)]
pub(super) struct Days {
    pub(super) published: Option<Date>,
    pub(super) updated: Option<Date>,
    pub(super) created: Option<Date>,
}

/// An item as it was found.
#[derive(Debug, Default)]
pub(super) struct Item {
    pub(super) title: Option<Piece>,
    /// The address of its page.
    pub(super) link: Option<String>,
    /// Its identity, where that is an address.
    pub(super) guid: Option<String>,
    pub(super) days: Days,
    /// A date that could not be read.
    pub(super) odd_date: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) summary: Option<Piece>,
    pub(super) content: Option<Piece>,
    pub(super) language: Option<String>,
    /// Addresses of the files that come with it.
    pub(super) enclosures: Vec<String>,
    /// What relative links count from.
    pub(super) base: Option<String>,
}

impl Item {
    /// Notes an author, unless the same was noted before, or enough were.
    pub(super) fn author(&mut self, name: &str) {
        let name = person(name);
        if !name.is_empty() && self.authors.len() < MAX_AUTHORS && !self.authors.contains(&name) {
            self.authors.push(name);
        }
    }

    /// Notes a file that comes with the item.
    pub(super) fn enclose(&mut self, url: Option<String>) {
        if let Some(url) = url.filter(|u| self.enclosures.len() < MAX_ENCLOSURES && !self.enclosures.contains(u)) {
            self.enclosures.push(url);
        }
    }

    /// The article that this item is.
    pub(super) fn article(self, channel: &Channel, format: &'static str) -> Article {
        let url = self.link.or(self.guid).or_else(|| self.enclosures.first().cloned());
        let base = self.base.as_deref().or(url.as_deref()).or(channel.link.as_deref());
        let laid = |piece: &Option<Piece>| piece.as_ref().map(|p| lay_out(p, base)).unwrap_or_default();
        // The whole text goes before its beginning.
        let mut laid = Some(laid(&self.content)).filter(|l| !l.lines.is_empty()).unwrap_or_else(|| laid(&self.summary));
        let days = &self.days;
        let mut article = Article {
            format,
            title: self.title.as_ref().map(|t| markup::line(&t.raw)).unwrap_or_default(),
            byline: byline(&self.authors).or_else(|| channel.author.clone()),
            published: days.published.or(days.updated).or(days.created),
            language: self.language.or_else(|| channel.language.clone()),
            ..Article::default()
        };
        article.site = Some(channel.title.clone()).filter(|t| !t.is_empty()).or_else(|| url.as_deref().and_then(site));
        article.url = url;
        if let (None, Some(odd)) = (article.published, self.odd_date) {
            article.problems.push(tr!("the date “{odd}” cannot be read", odd));
        }
        entitle(&mut article, &mut laid.lines);
        if article.title.is_empty() {
            article.title = article.url.as_deref().map_or_else(|| NO_TITLE.to_owned(), title_from_path);
        }
        markup::fill(&mut article, &laid.lines);
        let image = laid.image().map(|url| (LinkKind::Image, url));
        markup::illustrate(&mut article, laid.pictures);
        if let Some(url) = self.enclosures.iter().find(|url| article.pictures.is_empty() && names_picture(url)) {
            article.pictures.push(Picture { place: PicturePlace::Web(url.clone()), ..Picture::default() });
        }
        let files = self.enclosures.into_iter().map(|url| (LinkKind::Enclosure, url));
        article.links.extend(image.into_iter().chain(files).map(|(kind, url)| Link { kind, url, span: Span::default() }));
        dateline::mark(&mut article);
        article
    }
}

/// True for an address whose path ends as those of pictures do.
fn names_picture(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or("").to_ascii_lowercase();
    [".jpg", ".jpeg", ".png", ".webp", ".gif"].iter().any(|end| path.ends_with(end))
}

/// An item has a title and a text: where it has only one of them, it stands for the other too.
fn entitle(article: &mut Article, lines: &mut Vec<markup::Line>) {
    if lines.is_empty() && !article.title.is_empty() {
        lines.push(markup::Line::new(BlockKind::Heading, article.title.clone()));
    }
    // A feed that repeats its titles in its texts means the same words.
    article.title_in_text = lines.first().is_some_and(|line| line.text == article.title);
    if article.title.is_empty() {
        let first = lines.first().map_or("", |line| &line.text);
        let cut = first.char_indices().nth(TITLE_LEN).map(|(at, _)| at);
        article.title = match cut.and_then(|at| first.get(..at)) {
            Some(head) => format!("{}…", head.rsplit_once(' ').map_or(head, |(words, _)| words)),
            None => first.to_owned(),
        };
    }
}

fn lay_out(piece: &Piece, base: Option<&str>) -> markup::Laid {
    match piece.writing {
        Writing::Plain if !markup::is_html(&piece.raw) => markup::plain(&piece.raw),
        _ => {
            let laid = markup::lay_out(&piece.raw, base);
            // Escaped once too often, its tags are still there.
            let again: String = laid.lines.iter().map(|l| l.text.as_str()).collect::<Vec<_>>().join("\n");
            if markup::is_html(&again) { markup::lay_out(&again, base) } else { laid }
        }
    }
}

/// A name without the address that RSS wants before it: `a@example.org (Ann Lee)` and `Ann Lee <a@example.org>` are Ann Lee.
pub(super) fn person(text: &str) -> String {
    let line = markup::line(text);
    if let Some((before, rest)) = line.split_once('(')
        && before.contains('@')
    {
        return rest.trim_end_matches(')').trim().to_owned();
    }
    let bare: Vec<&str> = line.split(' ').filter(|w| !w.contains('@')).collect();
    bare.join(" ").trim_matches([' ', ',', '(', ')', '<', '>', '"']).to_owned()
}

fn byline(authors: &[String]) -> Option<String> {
    (!authors.is_empty()).then(|| authors.join(", "))
}

/// ISO 639-1 code of a language tag: `en-GB` is `en`.
pub(in crate::source) fn language(tag: &str) -> Option<String> {
    let code = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    ((2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase())).then_some(code)
}

/// The address that a link or an identity names, if it leads to the web.
pub(super) fn address(base: Option<&str>, text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty() && !text.contains(char::is_whitespace)).then(|| link::resolve(base, text)).flatten()
}
