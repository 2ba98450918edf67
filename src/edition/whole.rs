//! The whole article: as plain text, as Markdown, as a page.

use super::{day, escaped};
use crate::article::{Article, BlockKind};
use crate::text::{clean_line, cut, escaped_xml, fold};
use std::fmt::Write;

/// Columns of plain text.
const MEASURE: usize = 72;

/// Cells of a file's name, without its ending.
const NAME: usize = 60;

/// Site, day, byline and address, as far as they are known.
fn about(article: &Article) -> Vec<String> {
    [article.site.clone(), day(article), article.byline.clone(), article.url.clone()]
        .into_iter()
        .flatten()
        .map(|part| clean_line(&part))
        .collect()
}

/// The blocks below the title: what each is, and its words.
fn blocks(article: &Article) -> Vec<(BlockKind, &str)> {
    let skip = usize::from(article.title_in_text);
    let lines: Vec<_> = if article.blocks.is_empty() {
        article.text.lines().map(|line| (BlockKind::Paragraph, line)).collect()
    } else {
        article.blocks.iter().skip(skip).map(|b| (b.kind, b.span.of(&article.text))).collect()
    };
    lines.into_iter().filter(|(_, line)| !line.is_empty()).collect()
}

/// The article as plain text, wrapped, for printing and for other programs.
#[must_use]
pub fn plain(article: &Article) -> String {
    let wrap = |text: &str, first: &str, others: &str| {
        let options = textwrap::Options::new(MEASURE).initial_indent(first).subsequent_indent(others);
        textwrap::fill(text, options)
    };
    let mut out = wrap(&clean_line(&article.title), "", "");
    out.push('\n');
    for line in about(article) {
        let _ = writeln!(out, "{line}");
    }
    for (kind, line) in blocks(article) {
        let (first, others) = match kind {
            BlockKind::Item(_) => (kind.marker().unwrap_or_default(), "  "),
            BlockKind::Quotation => ("    ".to_owned(), "    "),
            BlockKind::Paragraph | BlockKind::Heading | BlockKind::Caption | BlockKind::Row => (String::new(), ""),
        };
        let _ = write!(out, "\n{}\n", wrap(line, &first, others));
    }
    out
}

/// The article as Markdown.
#[must_use]
pub fn markdown(article: &Article) -> String {
    let mut out = format!("# {}\n\n", escaped(&clean_line(&article.title)));
    let about = about(article);
    if !about.is_empty() {
        let _ = writeln!(out, "*{}*\n", escaped(&about.join(" · ")));
    }
    for (kind, line) in blocks(article) {
        let line = escaped(line);
        let _ = match kind {
            BlockKind::Heading => writeln!(out, "## {line}\n"),
            BlockKind::Item(Some(number)) => writeln!(out, "{number}. {line}\n"),
            BlockKind::Item(None) => writeln!(out, "- {line}\n"),
            BlockKind::Quotation => writeln!(out, "> {line}\n"),
            BlockKind::Caption => writeln!(out, "*{line}*\n"),
            BlockKind::Paragraph | BlockKind::Row => writeln!(out, "{line}\n"),
        };
    }
    out
}

/// The article as a page that needs nothing else.
#[must_use]
pub fn html(article: &Article) -> String {
    let title = escaped_xml(&clean_line(&article.title));
    let language = article.language.as_deref().filter(|l| l.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')).unwrap_or("en");
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{title}</title>\n<style>body {{ font: 1.1em/1.5 serif; max-width: 38em; margin: 2em auto; padding: 0 1em }}</style>\n\
         <article>\n<h1>{title}</h1>\n"
    );
    let mut about: Vec<String> =
        [article.site.clone(), day(article), article.byline.clone()].into_iter().flatten().map(|p| escaped_xml(&clean_line(&p))).collect();
    if let Some(url) = article.url.as_deref().filter(|u| u.starts_with("https://") || u.starts_with("http://")) {
        let url = escaped_xml(url);
        about.push(format!("<a href=\"{url}\">{url}</a>"));
    }
    if !about.is_empty() {
        let _ = writeln!(out, "<p><small>{}</small></p>", about.join(" · "));
    }
    let mut list: Option<&str> = None;
    for (kind, line) in blocks(article) {
        let wanted = match kind {
            BlockKind::Item(Some(_)) => Some("ol"),
            BlockKind::Item(None) => Some("ul"),
            _ => None,
        };
        if wanted != list {
            let end = list.map(|tag| format!("</{tag}>\n")).unwrap_or_default();
            let start = wanted.map(|tag| format!("<{tag}>\n")).unwrap_or_default();
            let _ = write!(out, "{end}{start}");
            list = wanted;
        }
        let line = escaped_xml(line);
        let _ = match kind {
            BlockKind::Heading => writeln!(out, "<h2>{line}</h2>"),
            BlockKind::Item(Some(number)) => writeln!(out, "<li value=\"{number}\">{line}</li>"),
            BlockKind::Item(None) => writeln!(out, "<li>{line}</li>"),
            BlockKind::Quotation => writeln!(out, "<blockquote>{line}</blockquote>"),
            BlockKind::Caption => writeln!(out, "<p><small>{line}</small></p>"),
            BlockKind::Paragraph | BlockKind::Row => writeln!(out, "<p>{line}</p>"),
        };
    }
    let end = list.map(|tag| format!("</{tag}>\n")).unwrap_or_default();
    let _ = write!(out, "{end}</article>\n</html>\n");
    out
}

/// A name for the article's file, without an ending: letters and digits of its title, safe on every system.
#[must_use]
pub fn file_name(article: &Article) -> String {
    let day = article.published.map(|d| format!("{d}-")).unwrap_or_default();
    format!("{day}{}", safe_name(&article.title, "article"))
}

/// Letters and digits of a title as the name of a file, safe on every system; `none` where it has none.
#[must_use]
pub fn safe_name(title: &str, none: &str) -> String {
    let folded = fold(title);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let name = cut(&words.join("-"), NAME).trim_end_matches(['…', '-']).to_owned();
    if name.is_empty() { none.to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Block;
    use crate::text::Span;

    fn article() -> Article {
        let text = "Title <b>\nOne & two.\nfirst\nsecond\nSaid so.";
        let kinds = [BlockKind::Heading, BlockKind::Paragraph, BlockKind::Item(None), BlockKind::Item(None), BlockKind::Quotation];
        let mut at = 0;
        let blocks = text.split('\n').zip(kinds).map(|(line, kind)| {
            at += line.len() + 1;
            Block { span: Span::new(at - line.len() - 1, at - 1), kind }
        });
        Article {
            title: "Title <b>".into(),
            title_in_text: true,
            site: Some("A \"paper\"".into()),
            url: Some("https://example.org/?a&b".into()),
            published: Some("2019-01-21".parse().unwrap()),
            blocks: blocks.collect(),
            text: text.into(),
            ..Article::default()
        }
    }

    #[test]
    fn as_text() {
        assert_eq!(
            plain(&article()),
            "Title <b>\nA \"paper\"\n21 January 2019\nhttps://example.org/?a&b\n\nOne & two.\n\n• first\n\n• second\n\n    Said so.\n"
        );
    }

    #[test]
    fn as_markdown() {
        let text = markdown(&article());
        assert!(
            text.starts_with("# Title \\<b>\n\n*A \"paper\" · 21 January 2019 · https://example.org/?a&b*\n\nOne & two.\n\n- first\n"),
            "{text}"
        );
        assert!(text.ends_with("> Said so.\n\n"));
    }

    #[test]
    fn as_a_page() {
        let page = html(&article());
        assert!(page.contains("<h1>Title &lt;b&gt;</h1>") && page.contains("<p>One &amp; two.</p>\n<ul>\n<li>first</li>"), "{page}");
        assert!(page.contains("</ul>\n<blockquote>Said so.</blockquote>\n</article>"), "{page}");
        assert!(page.contains("<a href=\"https://example.org/?a&amp;b\">"), "{page}");
        let hostile = Article { url: Some("javascript:alert(1)".into()), ..Article::default() };
        assert!(!html(&hostile).contains("javascript"));
    }

    #[test]
    fn names_of_files() {
        assert_eq!(file_name(&article()), "2019-01-21-title-b");
        assert_eq!(file_name(&Article { title: "../..".into(), ..Article::default() }), "article");
        assert!(file_name(&Article { title: "long ".repeat(99), ..Article::default() }).len() <= 60);
    }
}
