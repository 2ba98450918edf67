//! Fragments of HTML, as feeds and mails carry them, cut into lines: one pass over the characters, no tree.

use super::link;
use super::xml::unescape;
use crate::article::{Article, Block, BlockKind, Link, Picture, PicturePlace};
use crate::text::{Span, clean, clean_line};
use std::ops::Range;

/// Bytes of the name of an element with its prefix; no longer one is known.
const MAX_NAME: usize = 64;

/// Lists inside of lists that are counted.
const MAX_LISTS: usize = 64;

/// Elements that begin and end a line.
const BLOCKS: &str = "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 \
    header hl1 hl2 hr html legend li main nav ol option p pre section summary table tbody td tfoot th thead title tr ul";

/// Elements whose characters are no words of the text.
const SILENT: &str = "button head iframe math noscript object script select style svg template textarea";

/// Elements inside a line.
const INLINE: &str = "a abbr acronym b bdi bdo big blink br cite code del dfn em embed font i img ins kbd label mark nobr q s samp small span strike strong sub \
    sup time tt u var wbr";

/// A line of a fragment.
#[derive(Debug, PartialEq)]
pub(super) struct Line {
    pub(super) kind: BlockKind,
    pub(super) text: String,
    /// Where in the text words lead to the web or to somebody's mail, in order.
    pub(super) links: Vec<(Range<usize>, String)>,
}

impl Line {
    /// A line without links.
    pub(super) fn new(kind: BlockKind, text: String) -> Self {
        Self { kind, text, links: Vec::new() }
    }
}

/// The text of a fragment in lines, and its pictures.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Laid {
    pub(super) lines: Vec<Line>,
    pub(super) pictures: Vec<Shot>,
}

/// A picture of a fragment.
#[derive(Debug, PartialEq)]
pub(super) struct Shot {
    /// The line that it stands before.
    line: usize,
    url: String,
    alt: String,
}

impl Laid {
    /// The address of the first picture.
    pub(super) fn image(&self) -> Option<String> {
        self.pictures.first().map(|shot| shot.url.clone())
    }
}

/// Lays out a fragment of HTML; relative links count from `base`.
pub(super) fn lay_out(html: &str, base: Option<&str>) -> Laid {
    let mut page = Page { base, ..Page::default() };
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (text, after) = rest.split_at(at);
        page.text(text);
        let Some((tag, after)) = tag(after, &mut page.ends) else {
            page.text("<");
            rest = after.get(1..).unwrap_or("");
            continue;
        };
        rest = page.tag(&tag, after);
    }
    page.text(rest);
    page.end_line();
    page.laid
}

/// Lays out text without markup: a line break ends a line.
pub(super) fn plain(text: &str) -> Laid {
    let lines = clean(text).lines().map(clean_line).filter(|l| !l.is_empty()).map(|l| Line::new(BlockKind::Paragraph, l)).collect();
    Laid { lines, pictures: Vec::new() }
}

/// `text` without markup, in one line: what a title says. Elements that were escaped once too often are markup too, if they also end.
pub(super) fn line(text: &str) -> String {
    let bare = unescape(&without_tags(text)).into_owned();
    let again = unescape(&bare).into_owned();
    clean_line(&if again.contains("</") && is_html(&again) { without_tags(&again) } else { again })
}

/// True where `text` has a tag that HTML knows.
pub(super) fn is_html(text: &str) -> bool {
    let known = |rest: &str| tag(rest, &mut Ends::default()).is_some_and(|(tag, _)| tag.is_known());
    text.match_indices('<').take(64).filter_map(|(at, _)| text.get(at..)).any(known)
}

/// `text` without the tags that HTML knows and without comments.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut ends = Ends::default();
    while let Some(at) = rest.find('<') {
        out.push_str(rest.get(..at).unwrap_or(""));
        rest = rest.get(at..).unwrap_or("");
        match begins_known(rest).then(|| tag(rest, &mut ends)).flatten().filter(|(tag, _)| tag.is_known()) {
            Some((tag, after)) => {
                if tag.breaks() {
                    out.push(' ');
                }
                rest = if listed(SILENT, tag.name) && !tag.end { ends.past(after, tag.name) } else { after };
            }
            None => {
                out.push('<');
                rest = rest.get(1..).unwrap_or("");
            }
        }
    }
    out.push_str(rest);
    out
}

/// The value of an attribute of the tag at the beginning of `html`.
pub(super) fn attribute(html: &str, name: &str) -> Option<String> {
    tag(html, &mut Ends::default())?.0.attribute(name)
}

/// True where `text` may begin with a tag that HTML knows. Only its name is looked at: what is none may go on to the end of the text, and is passed over by
/// one character.
fn begins_known(text: &str) -> bool {
    let inner = text.strip_prefix('<').unwrap_or(text);
    let body = inner.strip_prefix('/').unwrap_or(inner);
    let end = body.bytes().take(MAX_NAME).position(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'));
    let end = end.or_else(|| (body.len() < MAX_NAME).then_some(body.len()));
    body.starts_with(['!', '?'])
        || end.and_then(|end| body.get(..end)).is_some_and(|name| is_known(name.rsplit(':').next().unwrap_or(name)))
}

/// True for the name of an element of HTML, and for that of a comment, which is empty.
fn is_known(name: &str) -> bool {
    name.is_empty() || [INLINE, BLOCKS, SILENT].iter().any(|table| listed(table, name))
}

fn listed(table: &str, name: &str) -> bool {
    table.split_ascii_whitespace().any(|known| known.eq_ignore_ascii_case(name))
}

/// A tag, a comment or a declaration.
struct Tag<'a> {
    /// Without `/` and prefix; empty for comments and declarations.
    name: &'a str,
    end: bool,
    attributes: &'a str,
}

impl Tag<'_> {
    fn is_known(&self) -> bool {
        is_known(self.name)
    }

    fn breaks(&self) -> bool {
        self.name.eq_ignore_ascii_case("br") || listed(BLOCKS, self.name)
    }

    fn attribute(&self, name: &str) -> Option<String> {
        let start = quick_xml::events::BytesStart::from_content(self.attributes, 0);
        let mut all = start.html_attributes();
        let found = all.with_checks(false).filter_map(Result::ok).find(|a| a.key.0.eq_ignore_ascii_case(name))?;
        Some(unescape(&found.value).into_owned())
    }
}

/// The tag at the beginning of `text` and what comes after it; `None` where there is only a `<`.
fn tag<'t>(text: &'t str, ends: &mut Ends) -> Option<(Tag<'t>, &'t str)> {
    let inner = text.strip_prefix('<')?;
    let nothing = |after| Some((Tag { name: "", end: false, attributes: "" }, after));
    if let Some(comment) = inner.strip_prefix("!--") {
        return nothing(comment.split_once("-->").map_or("", |(_, after)| after));
    }
    if let Some(data) = inner.strip_prefix("![CDATA[") {
        return nothing(data);
    }
    if inner.starts_with(['!', '?']) {
        return nothing(inner.split_once('>').map_or("", |(_, after)| after));
    }
    let end = inner.starts_with('/');
    let body = inner.get(usize::from(end)..)?;
    if !body.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let len = ends.tag_len(body);
    let (content, after) = body.split_at(len);
    let content = content.trim_end_matches('/');
    let name_len = content.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(content.len());
    let (name, attributes) = content.split_at(name_len);
    let name = name.rsplit(':').next().unwrap_or(name);
    Some((Tag { name, end, attributes }, after.get(1..).unwrap_or("")))
}

#[derive(Default)]
struct Page<'a> {
    base: Option<&'a str>,
    laid: Laid,
    line: String,
    /// What the line is, until an element ends that says so.
    kind: Option<BlockKind>,
    /// Elements of quotations that are open.
    quoted: u32,
    /// The lists that are open: the number of the next entry, where they have numbers.
    lists: Vec<Option<u16>>,
    /// True inside `<pre>`, where a line break is one.
    pre: bool,
    /// The link that is open: where it leads, and where in the line it began.
    anchor: Option<(String, usize)>,
    /// The links of the line with their words.
    anchors: Vec<(String, String)>,
    /// Links of all lines.
    links: usize,
    ends: Ends,
}

impl Page<'_> {
    fn text(&mut self, raw: &str) {
        let text = unescape(raw);
        if self.pre {
            let mut lines = text.split('\n');
            self.line.push_str(lines.next().unwrap_or(""));
            for line in lines {
                self.end_line();
                self.line.push_str(line);
            }
        } else {
            self.line.push_str(&text);
        }
    }

    fn end_anchor(&mut self) {
        if let Some((url, start)) = self.anchor.take() {
            let words = clean_line(self.line.get(start..).unwrap_or(""));
            if !words.is_empty() {
                self.links += 1;
                self.anchors.push((url, words));
            }
        }
    }

    fn end_line(&mut self) {
        let open = self.anchor.as_ref().map(|(url, _)| url.clone());
        self.end_anchor();
        let mut text = clean_line(&self.line);
        if self.kind == Some(BlockKind::Row) {
            text = text.trim_matches(['|', ' ']).to_owned();
        }
        self.line.clear();
        let anchors = std::mem::take(&mut self.anchors);
        // A link goes on into the next line.
        self.anchor = open.filter(|_| self.links < link::MAX_LINKS).map(|url| (url, 0));
        if text.is_empty() {
            return;
        }
        let mut from = 0;
        let place = |(url, words): (String, String)| {
            let at = text.get(from..)?.find(&words)? + from;
            from = at + words.len();
            Some((at..from, url))
        };
        let links = anchors.into_iter().filter_map(place).collect();
        let quoted = if self.quoted > 0 { BlockKind::Quotation } else { BlockKind::Paragraph };
        self.laid.lines.push(Line { kind: self.kind.unwrap_or(quoted), text, links });
        // Only the first line of an entry has its bullet.
        if matches!(self.kind, Some(BlockKind::Item(_))) {
            self.kind = None;
        }
    }

    /// Takes in a tag; returns where reading goes on.
    fn tag<'h>(&mut self, tag: &Tag<'_>, after: &'h str) -> &'h str {
        if listed(SILENT, tag.name) && !tag.end {
            return self.ends.past(after, tag.name);
        }
        let cell = tag.name.eq_ignore_ascii_case("td") || tag.name.eq_ignore_ascii_case("th");
        // Paragraphs inside of a cell are the cell's words.
        let in_row = self.kind == Some(BlockKind::Row) && !listed("tr table tbody thead tfoot", tag.name);
        if tag.breaks() && !cell && !in_row {
            self.end_line();
        }
        let begins = |kind| if tag.end { None } else { Some(kind) };
        match tag.name.to_ascii_lowercase().as_str() {
            "hl1" | "hl2" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.kind = begins(BlockKind::Heading),
            "figcaption" | "caption" => self.kind = begins(BlockKind::Caption),
            "tr" => self.kind = begins(BlockKind::Row),
            "td" | "th" => self.line.push_str(if tag.end { " " } else { " | " }),
            "blockquote" => self.quoted = if tag.end { self.quoted.saturating_sub(1) } else { self.quoted + 1 },
            "ol" | "ul" if tag.end => drop(self.lists.pop()),
            "ol" if self.lists.len() < MAX_LISTS => self.lists.push(Some(1)),
            "ul" if self.lists.len() < MAX_LISTS => self.lists.push(None),
            "li" => self.kind = if tag.end { None } else { Some(self.entry()) },
            "pre" => self.pre = !tag.end,
            "p" | "div" if !in_row && !matches!(self.kind, Some(BlockKind::Item(_) | BlockKind::Caption)) => self.kind = None,
            "p" | "br" if in_row => self.line.push(' '),
            "a" => {
                self.end_anchor();
                let target = tag.attribute("href").filter(|_| !tag.end).and_then(|href| link::target(self.base, &href));
                self.anchor = target.filter(|_| self.links < link::MAX_LINKS).map(|url| (url, self.line.len()));
            }
            "img" => self.picture(tag),
            _ => {}
        }
        after
    }

    /// Notes a picture, unless it is a dot that counts readers.
    fn picture(&mut self, tag: &Tag<'_>) {
        let dot = ["width", "height"].iter().any(|name| tag.attribute(name).is_some_and(|n| matches!(n.trim(), "0" | "1" | "2")));
        if dot || self.laid.pictures.len() >= link::MAX_PICTURES {
            return;
        }
        // A line that has begun is the one that the picture stands in.
        let line = self.laid.lines.len();
        if let Some(url) = tag.attribute("src").and_then(|src| link::resolve(self.base, &src)) {
            let alt = clean_line(&tag.attribute("alt").unwrap_or_default());
            self.laid.pictures.push(Shot { line, url, alt });
        }
    }

    /// The next entry of the innermost list.
    fn entry(&mut self) -> BlockKind {
        let number = self.lists.last_mut().and_then(Option::as_mut);
        let this = number.as_deref().copied();
        if let Some(next) = number {
            *next = next.saturating_add(1);
        }
        BlockKind::Item(this)
    }
}

/// Looks for the ends of tags and elements; what a text has no more of is looked for once.
#[derive(Default)]
struct Ends {
    /// Elements that end nowhere.
    missing: Vec<String>,
    /// True once the marks of a tag hid all ends of tags: so damaged, they say nothing.
    hidden: bool,
}

impl Ends {
    /// Bytes before the `>` that closes a tag, one inside quotation marks aside; all of them where none does.
    fn tag_len(&mut self, body: &str) -> usize {
        let mut quote = None;
        let looked = if self.hidden { "" } else { body };
        for (at, byte) in looked.bytes().enumerate() {
            match (quote, byte) {
                (None, b'>') => return at,
                // A mark opens a value only after "=": elsewhere it is an apostrophe or damage.
                (None, b'"' | b'\'') if body.as_bytes().get(at.wrapping_sub(1)) == Some(&b'=') => quote = Some(byte),
                (Some(open), _) if byte == open => quote = None,
                _ => {}
            }
        }
        self.hidden = true;
        body.find('>').unwrap_or(body.len())
    }

    /// What comes after the end tag of `name`. Where it never ends, nothing is left of a script; anything else was only a tag.
    fn past<'h>(&mut self, text: &'h str, name: &str) -> &'h str {
        if !self.missing.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            let ends = text.match_indices("</").filter_map(|(at, _)| text.get(at + 2..));
            for rest in ends {
                if rest.get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name)) {
                    return rest.split_once('>').map_or("", |(_, after)| after);
                }
            }
            self.missing.push(name.to_owned());
        }
        if listed("script style", name) { "" } else { text }
    }
}

/// Puts the pictures of a fragment into the article whose blocks are its lines.
pub(super) fn illustrate(article: &mut Article, pictures: Vec<Shot>) {
    let end = u32::try_from(article.text.len()).unwrap_or(u32::MAX);
    for Shot { line, url, alt } in pictures {
        let (place, at) = (PicturePlace::Web(url), article.blocks.get(line).map_or(end, |b| b.span.start));
        if article.pictures.iter().all(|p| p.place != place) {
            article.pictures.push(Picture { place, alt, at });
        }
    }
}

/// Puts lines into an article as its text, blocks and links.
pub(super) fn fill(article: &mut Article, lines: &[Line]) {
    for line in lines {
        if !article.text.is_empty() {
            article.text.push('\n');
        }
        let start = article.text.len();
        article.text.push_str(&line.text);
        article.blocks.push(Block { span: Span::new(start, article.text.len()), kind: line.kind });
        let link = |(range, url): &(Range<usize>, String)| Link {
            kind: link::kind(url),
            url: url.clone(),
            span: Span::new(start + range.start, start + range.end),
        };
        article.links.extend(line.links.iter().take(link::MAX_LINKS.saturating_sub(article.links.len())).map(link));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(html: &str) -> Vec<String> {
        lay_out(html, None).lines.into_iter().map(|l| l.text).collect()
    }

    #[test]
    fn blocks_are_lines() {
        let html = "Intro <b>bold</b><br/>next<p>One\n two&nbsp;&amp; three</p><script>x < y</script><!-- <p>no</p> -->End";
        assert_eq!(lines(html), ["Intro bold", "next", "One two & three", "End"]);
        assert_eq!(lines("<pre>one\n  two</pre>three\nfour"), ["one", "two", "three four"]);
        assert_eq!(lines("1 < 2 and 3 > 2 <"), ["1 < 2 and 3 > 2 <"]);
        assert_eq!(lines("<a title='a > b' href=x>link</a> <p>it's <i class=x>so"), ["link", "it's so"]);
    }

    #[test]
    fn lines_say_what_they_are() {
        let html = "<h2>Head</h2>Text<ul><li>a<li><p>b</p><p>more</p></ul><ol><li>x</li><li>y</li></ol><blockquote>said</blockquote>\
            <img src=/dot.gif width=1 height=1><figure><img src='/p.png' alt='A &amp; B'><figcaption>Below</figcaption></figure><table><tr><th>One<th>Two</tr><tr><td><p>1</p></td><td>2</td></tr></table>End";
        let laid = lay_out(html, Some("http://s.example/"));
        let found: Vec<(BlockKind, &str)> = laid.lines.iter().map(|l| (l.kind, l.text.as_str())).collect();
        use BlockKind::{Caption, Heading, Item, Paragraph, Quotation, Row};
        let want = [
            (Heading, "Head"),
            (Paragraph, "Text"),
            (Item(None), "a"),
            (Item(None), "b"),
            (Paragraph, "more"),
            (Item(Some(1)), "x"),
            (Item(Some(2)), "y"),
            (Quotation, "said"),
            (Caption, "Below"),
            (Row, "One | Two"),
            (Row, "1 | 2"),
            (Paragraph, "End"),
        ];
        assert_eq!(found, want);
        assert_eq!(laid.pictures, [Shot { line: 8, url: "http://s.example/p.png".to_owned(), alt: "A & B".to_owned() }]);
    }

    #[test]
    fn links_lead_to_the_web_and_know_their_words() {
        let html =
            "<p>See  <a href='/a'>the <b>first</b></a>, <a href=javascript:x>no</a> <a href='//c.example/?x=1&amp;y=2'>one<br>two</a>";
        let mut article = Article::default();
        fill(&mut article, &lay_out(html, Some("http://s.example/z/")).lines);
        let links: Vec<(&str, &str)> = article.links.iter().map(|l| (l.url.as_str(), l.span.of(&article.text))).collect();
        let other = "http://c.example/?x=1&y=2";
        assert_eq!(links, [("http://s.example/a", "the first"), (other, "one"), (other, "two")]);
    }

    #[test]
    fn titles_are_words() {
        assert_eq!(line("AT&amp;amp;T &lt;b&gt;wins&lt;/b&gt; <i>again</i>"), "AT&T wins again");
        assert_eq!(line("<p>The &lt;blink&gt; tag<script>run()</script>s</p>"), "The <blink> tags");
        assert_eq!(line("The <Foo> of 1 < 2 & <title>x"), "The <Foo> of 1 < 2 & x");
        assert_eq!(line("one<br>two"), "one two");
        assert!(is_html("a<br>b") && !is_html("a < b and <foo>"));
    }

    #[test]
    fn damage_and_size_cost_nothing() {
        let long = format!("<a href='http://a.example/{}'>{}", "x".repeat(8000), "x<br>".repeat(20_000));
        assert!(lay_out(&long, None).lines.iter().map(|l| l.links.len()).sum::<usize>() <= link::MAX_LINKS);
        for html in [
            "<math></a>".repeat(50_000),
            "<".repeat(500_000),
            "<a href='".repeat(50_000),
            "<!--".repeat(100_000),
            "<script>".repeat(50_000),
            "<b ".repeat(100_000),
            "<a =\"> \"".repeat(100_000),
            "<q".repeat(300_000),
            format!("{}>", "<zz ".repeat(300_000)),
        ] {
            let _ = lay_out(&html, None);
            let _ = line(&html);
        }
    }
}
