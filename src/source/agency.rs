//! Agency copy in XML: NITF, and NewsML 1 and G2, which wrap it or a page of HTML. Headline, byline, dateline and days are said outright.

use super::feed::day;
use super::xml::{Node, Tag, Walk, declared_encoding, root};
use super::{Format, Head, Input, Problems, Take, dateline, decode, link, markup, site};
use crate::article::{Article, BlockKind, Link, LinkKind, Picture, PicturePlace};
use crate::locale::tr;
use crate::text::{Span, clean_line};
use jiff::civil::Date;

/// The News Industry Text Format.
#[derive(Debug)]
pub(super) struct Nitf;

/// NewsML 1.x and NewsML-G2.
#[derive(Debug)]
pub(super) struct NewsMl;

impl Format for Nitf {
    fn name(&self) -> &'static str {
        "nitf"
    }

    fn sniff(&self, head: &Head<'_>) -> bool {
        head.text.starts_with('<') && root(head.text).is_some_and(|tag| tag.is("nitf"))
    }

    fn read(&self, input: &Input<'_>, take: &mut Take<'_>) -> Problems {
        read(input, self.name(), take)
    }
}

impl Format for NewsMl {
    fn name(&self) -> &'static str {
        "newsml"
    }

    fn sniff(&self, head: &Head<'_>) -> bool {
        let is = |tag: Tag<'_>| ["newsmessage", "newsitem", "newsml"].iter().any(|name| tag.is(name));
        head.text.starts_with('<') && root(head.text).is_some_and(is)
    }

    fn holds_many(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>, take: &mut Take<'_>) -> Problems {
        read(input, self.name(), take)
    }
}

/// What an agency says of a story.
#[derive(Debug, Default)]
pub(super) struct Story {
    pub(super) headline: String,
    /// What stands for the headline where there is none.
    pub(super) slug: String,
    pub(super) byline: Option<String>,
    /// The dateline as it is to be printed, or the place where the story was filed.
    pub(super) dateline: Option<String>,
    pub(super) agency: Option<String>,
    pub(super) published: Option<Date>,
    /// The day of this version, where no other is known.
    pub(super) revised: Option<Date>,
    pub(super) language: Option<String>,
    pub(super) url: Option<String>,
    pub(super) body: Vec<markup::Line>,
    pub(super) image: Option<String>,
    pub(super) summary: String,
}

impl Story {
    /// The article; `None` where the story has no words.
    pub(super) fn article(mut self, format: &'static str) -> Option<Article> {
        if self.body.is_empty() && !self.summary.is_empty() {
            self.body = vec![markup::Line::new(BlockKind::Paragraph, self.summary)];
        }
        if self.headline.is_empty() {
            self.headline = self.slug;
        }
        if self.body.is_empty() && self.headline.is_empty() {
            return None;
        }
        let site = self.agency.or_else(|| self.url.as_deref().and_then(site));
        let mut article = Article {
            format,
            title: self.headline,
            byline: self.byline,
            site,
            published: self.published.or(self.revised),
            language: self.language,
            url: self.url,
            ..Article::default()
        };
        if article.title.is_empty() {
            article.title = self.body.first().map(|l| l.text.chars().take(80).collect()).unwrap_or_default();
        }
        // Printed, the dateline opens the first paragraph.
        let first = self.body.iter_mut().find(|l| l.kind == BlockKind::Paragraph);
        if let (Some(place), Some(first)) = (self.dateline.filter(|d| !d.is_empty()), first)
            && dateline::parse(&first.text).is_none()
        {
            let place = place.trim_end_matches([' ', '-', '–', '—', ':']);
            let head = format!("{place} — ");
            first.text.insert_str(0, &head);
            for (range, _) in &mut first.links {
                *range = range.start + head.len()..range.end + head.len();
            }
        }
        article.title_in_text = self.body.first().is_some_and(|l| l.text == article.title);
        markup::fill(&mut article, &self.body);
        article.pictures.extend(self.image.clone().map(|url| Picture { place: PicturePlace::Web(url), ..Picture::default() }));
        article.links.extend(self.image.map(|url| Link { kind: LinkKind::Image, url, span: Span::default() }));
        dateline::mark(&mut article);
        Some(article)
    }
}

/// Whether a document lies in the body of another: one in a body of that one is laid out as it is.
#[derive(Clone, Copy, PartialEq)]
enum Level {
    Outer,
    Inner,
}

/// Where a story's body stands.
const BODIES: &[&str] = &["body.content", "inlinexml", "inlinedata", "datacontent"];

fn read(input: &Input<'_>, format: &'static str, take: &mut Take<'_>) -> Problems {
    let (text, problem) = decode::decode(input.bytes, input.charset().or_else(|| declared_encoding(input.bytes)));
    let mut problems: Problems = problem.into_iter().collect();
    let mut walk = Walk::new(&text);
    let mut story = Story { url: input.url.map(str::to_owned), ..Story::default() };
    let mut count = 0;
    loop {
        match walk.next() {
            Node::Open(tag) if tag.is("newsitem") => {
                if let Some(article) = std::mem::take(&mut story).article(format) {
                    count += 1;
                    if take(article).is_break() {
                        return problems;
                    }
                }
            }
            Node::Open(tag) => element(&mut walk, &tag, &mut story, Level::Outer),
            Node::Text(_) | Node::Close => {}
            Node::End => break,
        }
    }
    if let Some(article) = story.article(format) {
        count += 1;
        let _ = take(article);
    }
    if count == 0 {
        problems.push(tr!("no story was found in it").to_owned());
    }
    problems
}

/// Takes in one element of NITF or NewsML; what says nothing of the story is walked through.
fn element<'a>(walk: &mut Walk<'a>, tag: &Tag<'a>, story: &mut Story, level: Level) {
    let name = tag.name.to_ascii_lowercase();
    let norm = |name: &str| tag.attribute(name).and_then(|v| day(&v));
    match name.as_str() {
        "remoteinfo" | "rightsinfo" | "assert" | "concept" | "itemref" | "catalogref" => walk.skip(),
        "hl1" | "headline" => {
            let line = markup::line(&walk.value().text);
            if story.headline.is_empty() {
                story.headline = line;
            }
        }
        "title" if story.slug.is_empty() => story.slug = markup::line(&walk.value().text),
        "byline" | "bytag" | "by" => story.byline = story.byline.take().or_else(|| byline(&walk.value().text)),
        "dateline" => printed(walk, story),
        "located" if story.dateline.is_none() => story.dateline = located(walk),
        "distributor" | "org" | "provider" => {
            let line = some_line(&walk.value().text).or_else(|| tag.attribute("literal").map(|l| clean_line(&l)));
            story.agency = story.agency.take().or(line);
        }
        "date.issue" | "story.date" | "date.release" => story.published = story.published.or(norm("norm")),
        "pubdata" => story.published = norm("date.publication").or(story.published),
        "contentcreated" | "firstcreated" | "datelinedate" | "thisrevisioncreated" => {
            story.published = story.published.or(day(&walk.value().text));
        }
        "versioncreated" => story.revised = day(&walk.value().text),
        "language" => story.language = tag.attribute("tag").and_then(|t| super::feed::language(&t)),
        "abstract" | "description" => story.summary = markup::line(&walk.value().text),
        "link" => story.url = story.url.take().or_else(|| link::resolve(None, &tag.attribute("href")?)),
        body if BODIES.contains(&body) => {
            let value = walk.value();
            // NITF or HTML with a head of its own lies in some bodies.
            match value.markup {
                Some(inner) if level == Level::Outer && (inner.contains("<body.head") || inner.contains("<nitf")) => nested(inner, story),
                Some(inner) => lay_out(inner, story),
                None => lay_out(&value.text, story),
            }
        }
        _ => {}
    }
}

/// Takes in a dateline as it is to be printed: the words of its elements, which may stand without a mark between them.
fn printed(walk: &mut Walk<'_>, story: &mut Story) {
    let depth = walk.depth();
    let mut words = String::new();
    loop {
        match walk.next() {
            Node::Open(tag) => {
                if words.ends_with(char::is_alphanumeric) {
                    words.push_str(", ");
                }
                if tag.is("story.date") {
                    story.published = story.published.or_else(|| day(&tag.attribute("norm")?));
                }
            }
            Node::Text(text) => words.push_str(&text),
            Node::Close if walk.depth() >= depth => {}
            Node::Close | Node::End => break,
        }
    }
    story.dateline = story.dateline.take().or_else(|| some_line(&words));
}

fn nested(inner: &str, story: &mut Story) {
    let mut walk = Walk::new(inner);
    loop {
        match walk.next() {
            Node::Open(tag) => element(&mut walk, &tag, story, Level::Inner),
            Node::End => return,
            Node::Text(_) | Node::Close => {}
        }
    }
}

fn lay_out(body: &str, story: &mut Story) {
    let laid = if markup::is_html(body) { markup::lay_out(body, story.url.as_deref()) } else { markup::plain(body) };
    if laid.lines.len() > story.body.len() {
        (story.image, story.body) = (laid.image(), laid.lines);
    }
}

/// The name in an element that holds a place: that of its `<name>`, or all its characters.
fn located(walk: &mut Walk<'_>) -> Option<String> {
    let depth = walk.depth();
    let mut name = None;
    loop {
        match walk.next() {
            Node::Open(tag) if tag.is("name") && name.is_none() => name = some_line(&walk.value().text),
            Node::Open(tag) if tag.is("broader") => walk.skip(),
            Node::Open(_) => {}
            Node::Text(text) => name = name.or_else(|| some_line(&text)),
            Node::Close if walk.depth() >= depth => {}
            Node::Close | Node::End => return name,
        }
    }
}

fn some_line(text: &str) -> Option<String> {
    Some(markup::line(text)).filter(|l| !l.is_empty())
}

/// A byline without the word before the name.
pub(super) fn byline(text: &str) -> Option<String> {
    let line = some_line(text)?;
    let bare = line.strip_prefix("By ").or_else(|| line.strip_prefix("BY ")).unwrap_or(&line);
    Some(bare.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    #[test]
    fn nitf_names_headline_byline_dateline_and_day() {
        let nitf = "<?xml version='1.0'?><nitf><head><title>Slug</title><docdata><date.issue norm='20190121T050000Z'/></docdata></head><body><body.head>\
            <hedline><hl1>Ministers meet</hl1></hedline><byline>By <person>Ann Lee</person></byline><distributor>Example Press</distributor>\
            <dateline><location>PARIS</location><story.date norm='20190121'>Jan. 21</story.date></dateline></body.head><body.content><p>Ministers met on Monday.</p><hl2>Later</hl2><p>They left.</p>\
            </body.content></body></nitf>";
        let (articles, problems) = read(&Input::new("n.xml", nitf.as_bytes()));
        let story = &articles[0];
        assert_eq!(
            (story.title.as_str(), story.byline.as_deref(), story.site.as_deref()),
            ("Ministers meet", Some("Ann Lee"), Some("Example Press"))
        );
        assert_eq!((story.published, story.format), (Some(jiff::civil::date(2019, 1, 21)), "nitf"));
        assert_eq!(story.text, "PARIS, Jan. 21 — Ministers met on Monday.\nLater\nThey left.");
        assert_eq!(story.dateline.as_ref().unwrap().place.of(&story.text), "PARIS");
        assert_eq!(story.blocks[1].kind, BlockKind::Heading);
        assert!(problems.is_empty());
    }

    #[test]
    fn newsml_g2_holds_several_stories() {
        let item = |head: &str| {
            format!(
                "<newsItem><itemMeta><versionCreated>2019-01-22T01:00:00Z</versionCreated></itemMeta><contentMeta><contentCreated>2019-01-21T05:00:00+01:00\
                </contentCreated><located><name>Berlin</name><broader><name>Germany</name></broader></located><by>By Ann Lee</by><headline>{head}</headline>\
                <language tag='en-GB'/></contentMeta><contentSet><inlineXML><html xmlns='http://www.w3.org/1999/xhtml'><head><title>x</title></head><body><p>The \
                talks began.</p></body></html></inlineXML></contentSet></newsItem>"
            )
        };
        let message = format!("<newsMessage><itemSet>{}{}</itemSet></newsMessage>", item("One"), item("Two"));
        let (articles, problems) = read(&Input::new("m.xml", message.as_bytes()));
        assert_eq!(articles.iter().map(|a| a.title.as_str()).collect::<Vec<_>>(), ["One", "Two"], "{problems:?}");
        let story = &articles[1];
        assert_eq!((story.language.as_deref(), story.published), (Some("en"), Some(jiff::civil::date(2019, 1, 21))));
        assert!(story.text.starts_with("Berlin — ") && story.text.ends_with("The talks began."), "{}", story.text);
        assert_eq!(story.dateline.as_ref().unwrap().place.of(&story.text), "Berlin");
    }

    #[test]
    fn documents_inside_of_documents_come_to_an_end() {
        let nitf = format!("{}<p>Ministers met.</p>", "<nitf><body.content>".repeat(5000));
        let (articles, _) = read(&Input::new("n.xml", nitf.as_bytes()));
        assert!(articles[0].text.contains("Ministers met."));
    }
}
