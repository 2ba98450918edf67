//! Markdown (CommonMark with tables, by pulldown-cmark), perhaps with front matter.

use super::html::{Raw, Shot, lay};
use super::{Format, Head, Input, Problems, Take, dateline, decode, front_matter, title_from_path};
use crate::article::{Article, BlockKind};
use crate::text::{clean, clean_line, fold};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The format of Markdown.
#[derive(Debug)]
pub(super) struct Markdown;

impl Format for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    /// Plain text and Markdown look alike: a name decides, or several signs that plain text seldom has.
    fn sniff(&self, head: &Head<'_>) -> bool {
        let name = head.input.name.to_ascii_lowercase();
        if head.text.is_empty() || name.ends_with(".txt") {
            return false;
        }
        [".md", ".markdown", ".mkd"].iter().any(|end| name.ends_with(end)) || signs(head.text) >= 2
    }

    fn read(&self, input: &Input<'_>, take: &mut Take<'_>) -> Problems {
        let mut article =
            Article { source: input.name.to_owned(), format: self.name(), url: input.url.map(str::to_owned), ..Article::default() };
        let (raw, problem) = decode::decode(input.bytes, input.charset());
        article.problems.extend(problem);
        let cleaned = clean(&raw);
        drop(raw);
        let body = front_matter::take(&cleaned, &mut article);
        let blocks = blocks(body);
        let first = blocks.first().filter(|b| b.kind == BlockKind::Heading).map(|b| b.text.clone());
        article.title_in_text = first.as_ref().is_some_and(|f| article.title.is_empty() || fold(f) == fold(&article.title));
        if article.title.is_empty() {
            article.title = first.map(|f| clean_line(&f)).filter(|f| !f.is_empty()).unwrap_or_else(|| title_from_path(input.name));
        }
        let base = article.url.clone();
        lay(&mut article, blocks, base.as_deref());
        dateline::mark(&mut article);
        let _ = take(article);
        Problems::new()
    }
}

/// How many kinds of Markdown's signs stand in `text`: headings, links, emphasis, fences.
fn signs(text: &str) -> usize {
    let heading = |l: &str| l.trim_start_matches('#').starts_with(' ') && l.starts_with('#') && !l.starts_with("#######");
    let link = |l: &str| l.contains("](http") || l.contains("](/");
    let strong = |l: &str| l.matches("**").count() >= 2;
    let fence = |l: &str| l.starts_with("```");
    let kinds: [&dyn Fn(&str) -> bool; 4] = [&heading, &link, &strong, &fence];
    kinds.iter().filter(|is| text.lines().any(is)).count()
}

/// The blocks of a document.
fn blocks(text: &str) -> Vec<Raw> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut reader = Reader::default();
    for event in Parser::new_ext(text, options) {
        reader.event(event);
    }
    reader.flush();
    if let Some(last) = reader.blocks.last_mut() {
        last.pictures.append(&mut reader.pictures);
    }
    reader.blocks
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Raw>,
    text: String,
    links: Vec<(usize, usize, String)>,
    /// Where the open links begin and what they lead to.
    open: Vec<(usize, String)>,
    /// Pictures before the next block, and the one that is being read.
    pictures: Vec<Shot>,
    picture: Option<Shot>,
    /// Lists that are open, with the number of the next entry.
    lists: Vec<Option<u64>>,
    quotes: usize,
    heading: bool,
    row: bool,
}

impl Reader {
    fn kind(&self) -> BlockKind {
        match self.lists.last() {
            _ if self.heading => BlockKind::Heading,
            _ if self.row => BlockKind::Row,
            Some(number) => BlockKind::Item(number.and_then(|n| u16::try_from(n).ok())),
            None if self.quotes > 0 => BlockKind::Quotation,
            None => BlockKind::Paragraph,
        }
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.words(&text),
            Event::SoftBreak => self.words(" "),
            Event::HardBreak | Event::Rule => self.flush(),
            Event::Html(_) | Event::InlineHtml(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    /// What stands in place of a picture is no part of the text.
    fn words(&mut self, words: &str) {
        self.picture.as_mut().map_or(&mut self.text, |shot| &mut shot.alt).push_str(words);
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Link { dest_url, .. } => self.open.push((self.text.len(), dest_url.into_string())),
            Tag::Image { dest_url, .. } => self.picture = Some(Shot { src: dest_url.into_string(), alt: String::new() }),
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {}
            Tag::TableCell => {
                if !self.text.is_empty() {
                    self.text.push_str(" | ");
                }
            }
            tag => {
                self.flush();
                match tag {
                    Tag::Heading { .. } => self.heading = true,
                    Tag::BlockQuote(_) => self.quotes += 1,
                    Tag::List(first) => self.lists.push(first),
                    Tag::TableHead | Tag::TableRow => self.row = true,
                    _ => {}
                }
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Link => {
                if let Some((from, url)) = self.open.pop() {
                    self.links.push((from, self.text.len(), url));
                }
            }
            TagEnd::Image => self.pictures.extend(self.picture.take()),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::TableCell => {}
            tag => {
                self.flush();
                match tag {
                    TagEnd::Heading(_) => self.heading = false,
                    TagEnd::BlockQuote(_) => self.quotes = self.quotes.saturating_sub(1),
                    TagEnd::List(_) => drop(self.lists.pop()),
                    TagEnd::TableHead | TagEnd::TableRow => self.row = false,
                    TagEnd::Item => {
                        if let Some(Some(number)) = self.lists.last_mut() {
                            *number += 1;
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    fn flush(&mut self) {
        let kind = self.kind();
        let text = std::mem::take(&mut self.text);
        let mut links = std::mem::take(&mut self.links);
        // A link that goes on into the next block carries its words in both.
        for (from, url) in &mut self.open {
            links.push((*from, text.len(), url.clone()));
            *from = 0;
        }
        if text.contains('\n') {
            let lines = text.lines().filter(|l| !l.trim().is_empty());
            self.blocks.extend(lines.map(|l| Raw { kind, text: l.trim_end().to_owned(), ..Raw::default() }));
        } else if !text.trim().is_empty() {
            self.blocks.push(Raw { kind, text, links, pictures: std::mem::take(&mut self.pictures) });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::PicturePlace;
    use crate::source::read_nth;

    fn read(text: &str) -> Article {
        read_nth(&Input { url: Some("https://a.example/b/"), ..Input::new("x.md", text.as_bytes()) }, 0)
    }

    #[test]
    fn blocks_keep_their_kind() {
        let text = "---\nauthor: Ann Lee\n---\n# A *title*\n\nFirst [words](c.html) and\nmore.\n\n> Said so.\n\n3. three\n4. four\n\n- a\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n```\ncode 1\n\ncode 2\n```\n[no](javascript:alert(1)) <b>html</b>\n";
        let article = read(text);
        let lines: Vec<(BlockKind, &str)> = article.blocks.iter().map(|b| (b.kind, b.span.of(&article.text))).collect();
        let want = [
            (BlockKind::Heading, "A title"),
            (BlockKind::Paragraph, "First words and more."),
            (BlockKind::Quotation, "Said so."),
            (BlockKind::Item(Some(3)), "three"),
            (BlockKind::Item(Some(4)), "four"),
            (BlockKind::Item(None), "a"),
            (BlockKind::Row, "x | y"),
            (BlockKind::Row, "1 | 2"),
            (BlockKind::Paragraph, "code 1"),
            (BlockKind::Paragraph, "code 2"),
            (BlockKind::Paragraph, "no html"),
        ];
        assert_eq!(lines, want);
        assert_eq!((article.title.as_str(), article.title_in_text, article.byline.as_deref()), ("A title", true, Some("Ann Lee")));
        let links: Vec<(&str, &str)> = article.links.iter().map(|l| (l.span.of(&article.text), l.url.as_str())).collect();
        assert_eq!(links, [("words", "https://a.example/b/c.html")]);
    }

    #[test]
    fn pictures_stand_before_the_next_block() {
        let article =
            read("# T\n\nOne.\n\n![A *ferry*\nat sea](f.png)\n\nTwo ![](https://x.example/y.jpg) here. ![no](data:x)\n\n![End](e.png)\n");
        assert_eq!(article.text, "T\nOne.\nTwo  here.");
        let web = |url: &str| PicturePlace::Web(url.to_owned());
        let pictures: Vec<_> = article.pictures.iter().map(|p| (p.place.clone(), p.alt.as_str(), p.at)).collect();
        let two = 7;
        let want = [
            (web("https://a.example/b/f.png"), "A ferry at sea", two),
            (web("https://x.example/y.jpg"), "", two),
            (web("https://a.example/b/e.png"), "End", two),
        ];
        assert_eq!(pictures, want);
        let local = read_nth(&Input::new("x.md", b"![A](img/a.png)\n\nWords.\n"), 0);
        assert_eq!(local.pictures[0].place, PicturePlace::Beside("img/a.png".to_owned()));
    }

    #[test]
    fn plain_text_stays_plain() {
        let format = |name, text: &str| read_nth(&Input::new(name, text.as_bytes()), 0).format;
        assert_eq!(format("-", "# Title\n\nSome **strong** words."), "markdown");
        assert_eq!(format("a.txt", "# Title\n\nSome **strong** words."), "text");
        assert_eq!(format("-", "A title\n\nHe paid * and ** for # 5."), "text");
    }

    #[test]
    fn wild_markdown_is_survived() {
        for text in
            ["[".repeat(50_000), "> ".repeat(20_000), "- ".repeat(5_000), "*a ".repeat(50_000), "`".repeat(50_000), "| ".repeat(20_000)]
        {
            let _ = read(&text);
        }
    }
}
