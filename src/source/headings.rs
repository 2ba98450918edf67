//! What stands at the head of a text and between its paragraphs: title, byline, headings.

use super::paragraphs::{Paragraph, is_item};
use super::{dateline, ends_sentence, without_closing};
use crate::article::{Article, BlockKind};
use crate::text::fold;
use jiff::civil::Date;

/// The longest line that can be a title, in bytes.
const TITLE: usize = 160;

/// The longest line that can be a heading between paragraphs, in bytes.
const HEADING: usize = 100;

/// The longest byline, in bytes.
const BYLINE: usize = 120;

/// Blocks at the head among which title and byline are looked for.
const HEAD: usize = 4;

/// A paragraph of at least this many bytes shows that the short line before it is a title, also where no blank line parts them.
const LONG: usize = 80;

/// How letters begin: no titles.
const GREETINGS: &[&str] = &["dear ", "hello ", "hi ", "hello,", "hi,", "good morning", "good evening", "to whom"];

/// Words that lead on to another: no line ends in them that was not broken there.
const LEADING: &[&str] =
    &["a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "of", "on", "or", "than", "that", "the", "to", "with"];

/// Finds title, byline and day of publication of `article` and marks its headings. What front matter said stays.
pub(super) fn mark(article: &mut Article, paragraphs: &[Paragraph]) {
    let page = Page { text: &article.text, paragraphs };
    let title = if article.title.is_empty() { page.title() } else { page.same_as(&article.title) };
    let byline = page.byline();
    let headings: Vec<usize> = (0..paragraphs.len()).filter(|n| Some(*n) == title || page.is_heading(*n, title)).collect();
    let found = title.map(|n| page.line(n).trim_start_matches(['#', ' ']).to_owned());
    let published = page.published();
    let author = byline.and_then(|n| author(page.line(n))).map(str::to_owned);
    for n in headings.into_iter().filter(|n| Some(*n) != byline) {
        article.blocks[n].kind = BlockKind::Heading;
    }
    article.title_in_text = title == Some(0);
    if let Some(found) = found.filter(|_| article.title.is_empty()) {
        article.title = found;
    }
    article.byline = article.byline.take().or(author);
    article.published = article.published.or(published);
}

struct Page<'a> {
    text: &'a str,
    paragraphs: &'a [Paragraph],
}

impl<'a> Page<'a> {
    fn line(&self, n: usize) -> &'a str {
        self.paragraphs.get(n).map_or("", |p| p.span.of(self.text))
    }

    /// True where a blank line, or the end, follows block `n`.
    fn blank_after(&self, n: usize) -> bool {
        self.paragraphs.get(n + 1).is_none_or(|p| p.blank_before)
    }

    /// The first line that is a title: short, not a sentence, set off from what follows. Only bylines and bare dates may stand before it.
    fn title(&self) -> Option<usize> {
        let n = (0..HEAD).find(|n| author(self.line(*n)).is_none() && !is_day(self.line(*n)))?;
        let (line, next) = (self.line(n), self.line(n + 1));
        let opens = author(next).is_some() || dateline::parse(next).is_some() || is_day(next) || is_rule(next);
        let set_off = opens || self.blank_after(n) || next.len() >= LONG && next.len() > line.len();
        let asks = line.ends_with(['?', '!']) && self.blank_after(n);
        let stopped = ends_sentence(line) && !asks && !opens && !is_title_case(line);
        let short = line.len() <= TITLE && !next.is_empty();
        (short && set_off && !stopped && is_headline(line)).then_some(n)
    }

    /// The first block, where it is the title that front matter gave.
    fn same_as(&self, title: &str) -> Option<usize> {
        let line = self.line(0);
        (line.len() <= title.len() * 2 && fold(line) == fold(title)).then_some(0)
    }

    fn byline(&self) -> Option<usize> {
        (0..HEAD).find(|n| author(self.line(*n)).is_some())
    }

    /// The day of publication, where a line of its own before the first paragraph gives it.
    fn published(&self) -> Option<Date> {
        let lines = (0..HEAD.min(self.paragraphs.len())).map(|n| self.line(n));
        lines.take_while(|line| line.len() <= TITLE && dateline::parse(line).is_none()).find_map(dateline::publication)
    }

    /// A short line that is no sentence, alone between blank lines, with a paragraph below it and none like it next to it.
    fn is_heading(&self, n: usize, title: Option<usize>) -> bool {
        let alone = |n: usize| self.paragraphs.get(n).is_some_and(|p| p.blank_before) && self.blank_after(n) && self.looks_like_heading(n);
        let after_text = n.checked_sub(1).is_none_or(|before| Some(before) == title || !alone(before));
        alone(n) && n + 1 < self.paragraphs.len() && !alone(n + 1) && after_text && Some(n) > title
    }

    fn looks_like_heading(&self, n: usize) -> bool {
        let line = self.line(n);
        let open = without_closing(line).ends_with([',', ';', ':', '-', '—']);
        line.len() <= HEADING && !open && !ends_sentence(line) && is_headline(line) && !is_day(line)
    }
}

/// True for a line that only says when.
fn is_day(line: &str) -> bool {
    dateline::is_bare_date(line) || dateline::publication(line).is_some()
}

/// True for a line drawn below a title.
fn is_rule(line: &str) -> bool {
    line.len() >= 3 && ["=", "-", "~", "*", "_", "—"].iter().any(|mark| line.trim_matches(|c: char| mark.contains(c)).is_empty())
}

/// What titles and headings have in common, whatever stands around them.
fn is_headline(line: &str) -> bool {
    let letter = line.chars().find(|c| c.is_alphanumeric());
    let greets = || line.get(..16).or(Some(line)).map(str::to_lowercase).is_some_and(|l| GREETINGS.iter().any(|g| l.starts_with(g)));
    letter.is_some_and(|c| !c.is_lowercase())
        && line.chars().any(char::is_alphabetic)
        && !line.starts_with(['>', '|', '(', '['])
        && !line.contains("://")
        && !line.contains("   ")
        && !line.ends_with(':')
        && !line.rsplit(' ').next().is_some_and(|word| LEADING.contains(&word))
        && !is_item(line)
        && author(line).is_none()
        && dateline::parse(line).is_none()
        && !greets()
}

/// True for "Most Longer Words Of It Begin With Capitals", as in the titles of many papers.
fn is_title_case(line: &str) -> bool {
    let long = || line.split(' ').filter(|w| w.chars().count() >= 4 && w.starts_with(char::is_alphabetic));
    let capital = long().filter(|w| w.starts_with(char::is_uppercase)).count();
    capital >= 3 && capital * 100 >= long().count() * 85
}

/// Words in a byline that are no names.
const JOINTS: &[&str] =
    &["and", "in", "of", "for", "the", "with", "de", "da", "del", "der", "den", "di", "du", "la", "le", "van", "von", "bin", "al"];

/// Who is named by a line of the form "By Jane Doe" or "By Jane Doe and John Roe, Agency".
fn author(line: &str) -> Option<&str> {
    if line.len() > BYLINE {
        return None;
    }
    let rest = line.strip_prefix("By ").or_else(|| line.strip_prefix("BY ")).or_else(|| line.strip_prefix("by "))?;
    let name = rest.split(['|', '•', '·']).next()?.trim().trim_end_matches(',');
    let words = name.split([' ', ',', '/', '&']).filter(|w| !w.is_empty());
    let is_name = |w: &str| w.starts_with(char::is_uppercase) || JOINTS.contains(&w) || w.starts_with("al-");
    let first = name.split(' ').next()?;
    let is_time = first.ends_with(',') || ["The", "A", "An", "This"].contains(&first);
    let stopped = name.ends_with('.') && !["Jr.", "Sr.", "Ph.D.", "M.D."].iter().any(|t| name.ends_with(t));
    (words.clone().all(is_name) && first.starts_with(char::is_uppercase) && words.count() <= 14 && !is_time && !stopped).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines() {
        assert_eq!(author("By Jane van der Doe and José Roe"), Some("Jane van der Doe and José Roe"));
        assert_eq!(author("BY JANE DOE | 3 March"), Some("JANE DOE"));
        assert_eq!(author("By Ann Lee, Some Agency"), Some("Ann Lee, Some Agency"));
        for line in ["By Tuesday the river had risen", "By then, Maduro", "By The Sea", "Jane Doe", "By", "By March, Paris fell."] {
            assert_eq!(author(line), None, "{line}");
        }
    }

    #[test]
    fn title_case() {
        assert!(is_title_case("Bellwether County Says the Winner Is Known."));
        assert!(!is_title_case("The Ministry said that two trains had collided."));
    }

    #[test]
    fn headlines() {
        assert!(is_headline("Talks fail in Geneva"));
        for line in [
            "",
            "talks fail",
            "- Talks fail",
            "1. Talks",
            "12",
            "Dear Sir",
            "By Jane Doe",
            "https://a.org",
            "> Quoted",
            "Talks fail, as the",
            "He said:",
            "Name   Age",
        ] {
            assert!(!is_headline(line), "{line}");
        }
    }
}
