//! An article's text with the characters that came in, for other programs: the screen gets a cleaned one.

use crate::article::Article;
use crate::text::{CharIndex, Span};
use std::borrow::Cow;

/// The text of an article as it came in, but for white space, and where the spans of the cleaned text lie in it.
#[derive(Debug)]
pub(crate) struct Original<'a> {
    text: Cow<'a, str>,
    /// Byte offsets in the cleaned text from which on the original lies further, with the bytes by which it does.
    shifts: Vec<(u32, i64)>,
}

impl<'a> Original<'a> {
    /// Puts back what cleaning changed in the text of `article`.
    pub(crate) fn new(article: &'a Article) -> Self {
        if article.cleaned.is_empty() {
            return Self { text: Cow::Borrowed(&article.text), shifts: Vec::new() };
        }
        let mut text = String::with_capacity(article.text.len() + 4 * article.cleaned.len());
        let mut shifts = Vec::with_capacity(article.cleaned.len());
        let (mut from, mut shift) = (0, 0);
        for change in &article.cleaned {
            let at = change.at as usize;
            text.push_str(article.text.get(from..at).unwrap_or(""));
            text.push(change.was);
            let shown = change.is.map_or(0, char::len_utf8);
            from = at + shown;
            shift += change.was.len_utf8() as i64 - shown as i64;
            // A span that begins where a character was dropped begins behind that character.
            shifts.push((change.at + u32::from(shown > 0), shift));
        }
        text.push_str(article.text.get(from..).unwrap_or(""));
        Self { text: Cow::Owned(text), shifts }
    }

    /// The text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Where `span` of the cleaned text lies in this one.
    pub(crate) fn span(&self, span: Span) -> Span {
        let moved = |offset: u32, first: usize| {
            let shift = first.checked_sub(1).and_then(|n| self.shifts.get(n)).map_or(0, |s| s.1);
            u32::try_from(i64::from(offset) + shift).unwrap_or(offset)
        };
        let start = moved(span.start, self.shifts.partition_point(|s| s.0 <= span.start));
        let end = moved(span.end, self.shifts.partition_point(|s| s.0 < span.end.max(span.start + 1)));
        Span { start, end: end.max(start) }
    }

    /// The number of code points before each byte.
    pub(crate) fn chars(&self) -> CharIndex<'_> {
        CharIndex::new(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Input, read_nth};

    #[test]
    fn spans_lie_on_the_characters_that_came_in() {
        let bytes = "---\ntitle: T\u{ad}\n---\n\u{feff}Ann\u{ad}a\n\n\n  met \u{93}Bo\u{1b}b\u{94}\u{202a} ".as_bytes();
        let article = read_nth(&Input::new("a.txt", bytes), 0);
        assert_eq!(article.text, "Anna\nmet “Bo\u{fffd}b”");
        let original = Original::new(&article);
        assert_eq!(original.text(), "\u{feff}Ann\u{ad}a\nmet \u{93}Bo\u{1b}b\u{94}\u{202a}");
        let of = |words: &str| {
            let start = article.text.find(words).unwrap();
            original.span(Span::new(start, start + words.len())).of(original.text()).to_owned()
        };
        assert_eq!(of("Anna"), "Ann\u{ad}a");
        assert_eq!(of("met"), "met");
        assert_eq!(of("Bo\u{fffd}b"), "Bo\u{1b}b");
        assert_eq!(of("“Bo\u{fffd}b”"), "\u{93}Bo\u{1b}b\u{94}");
        assert!(Original::new(&Article::default()).text().is_empty());
    }
}
