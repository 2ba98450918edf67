//! Article → annotations. Pure functions on text: no files, no clock, no threads.
//!
//! Each annotator is one folder and one line in [`ANNOTATORS`]; they run in that order, and a later one may use what an earlier one found.

pub mod names;
pub mod place;
pub mod quote;
pub mod when;
pub mod who;

use crate::article::{Analysed, Annotations, Article, Block, Correction, PlaceCorrection};
use crate::text::{self, Span, Token};
use quote::marks::Segment;
use std::cell::OnceCell;

/// The version of the rules. It is raised whenever they find something else in the same article, so that stored analyses are made anew.
pub const VERSION: u32 = 1;

/// One step of the analysis.
pub trait Annotator: Sync {
    /// Its name in messages and benches.
    fn name(&self) -> &'static str;

    /// Adds what it finds in `reading` to `found`. Never fails: text that it cannot make sense of yields nothing.
    fn annotate(&self, reading: &Reading<'_>, found: &mut Annotations);
}

/// All annotators, in the order in which they run: the gazetteer says which names are places before names are joined, and which places they are
/// once they are joined.
pub const ANNOTATORS: &[&dyn Annotator] = &[&names::Names, &place::Toponyms, &who::Who, &place::Places, &when::When, &quote::Quotes];

/// What is known besides the article.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'a> {
    /// What the article's source mostly writes about: it decides between places of one name.
    pub home: Option<&'a place::Home>,
    /// What readers have put right about places; those of other sources may be among them.
    pub places: &'a [PlaceCorrection],
    /// What the reader knows better about who is who in this article, in the order in which it was said. What fits nothing in it changes nothing.
    pub names: &'a [Correction],
}

/// An article with its tokens and sentences, read once and shared by all annotators.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The article.
    pub article: &'a Article,
    /// What is known besides it.
    pub known: Known<'a>,
    /// Tokens of the whole text, in order.
    pub tokens: Vec<Token>,
    /// Sentences of the whole text, in order, each within one block.
    pub sentences: Vec<Sentence>,
    segments: OnceCell<Vec<Segment>>,
}

/// A sentence: its span and its tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From its first to its last token.
    pub span: Span,
    /// Index of its first token.
    pub first: u32,
    /// One past the index of its last token.
    pub last: u32,
}

impl<'a> Reading<'a> {
    /// Reads the article's text into tokens and sentences.
    #[must_use]
    pub fn new(article: &'a Article) -> Self {
        Self::knowing(article, Known::default())
    }

    /// The same with what is known besides the article.
    #[must_use]
    pub fn knowing(article: &'a Article, known: Known<'a>) -> Self {
        let tokens = text::tokens(&article.text);
        let mut at = 0;
        let sentences = text::sentences(&article.text, &tokens)
            .into_iter()
            .map(|span| {
                let first = at;
                while tokens.get(at).is_some_and(|t| t.span.end <= span.end) {
                    at += 1;
                }
                let index = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
                Sentence { span, first: index(first), last: index(at) }
            })
            .collect();
        Self { article, known, tokens, sentences, segments: OnceCell::new() }
    }

    /// What stands in quotation marks, paired when it is first asked for.
    fn segments(&self) -> &[Segment] {
        self.segments.get_or_init(|| quote::marks::pair(&self.article.text, &self.article.blocks))
    }

    /// The text under the token with this index; empty beyond the end.
    #[must_use]
    pub fn word(&self, token: usize) -> &'a str {
        self.tokens.get(token).map_or("", |t| t.span.of(&self.article.text))
    }

    /// The tokens of a sentence.
    #[must_use]
    pub fn tokens_of(&self, sentence: Sentence) -> &[Token] {
        self.tokens.get(sentence.first as usize..sentence.last as usize).unwrap_or(&[])
    }

    /// The index of the sentence that holds the byte `offset`, or of the last one before it.
    #[must_use]
    pub fn sentence_at(&self, offset: u32) -> usize {
        self.sentences.partition_point(|s| s.span.start <= offset).saturating_sub(1)
    }

    /// The index of the first token that begins at or after the byte `offset`.
    #[must_use]
    pub fn token_at(&self, offset: u32) -> usize {
        self.tokens.partition_point(|t| t.span.start < offset)
    }
}

/// Runs all annotators over one article.
#[must_use]
pub fn analyse(article: Article) -> Analysed {
    analyse_knowing(article, Known::default())
}

/// Bytes of a text that are looked through: the longest novels. What a hostile input unpacks to must not take all memory.
const MOST: usize = 4 << 20;

/// Words of it, which are what takes the memory.
const MOST_WORDS: usize = 600_000;

/// The same with what is known besides the article: its source's home, readers' corrections.
#[must_use]
pub fn analyse_knowing(article: Article, known: Known<'_>) -> Analysed {
    let found = match beginning(&article, most(&article.text)) {
        None => annotate(&article, known),
        Some(part) => {
            let mut found = annotate(&part, known);
            let tenths = (part.text.len() * 10) >> 20;
            let (whole, tenth) = (tenths / 10, tenths % 10);
            found.problems.push(format!("only the first {whole}.{tenth} MiB were looked through for names, times and quotations"));
            found
        }
    };
    Analysed { article, found }
}

/// Bytes of `text` that are looked through.
fn most(text: &str) -> usize {
    let text = text.get(..text.floor_char_boundary(MOST)).unwrap_or("");
    let mut inside = false;
    let begins = |(at, byte): (usize, u8)| {
        // Signs of typography, and the sign for what could not be shown, begin with these bytes in UTF-8.
        let word = byte.is_ascii_alphanumeric() || !byte.is_ascii() && !matches!(byte, 0xe2 | 0xef);
        let begins = if word {
            !std::mem::replace(&mut inside, true)
        } else {
            inside = false;
            !byte.is_ascii_whitespace()
        };
        begins.then_some(at)
    };
    text.bytes().enumerate().filter_map(begins).nth(MOST_WORDS).unwrap_or(MOST)
}

fn annotate(article: &Article, known: Known<'_>) -> Annotations {
    let mut found = Annotations::default();
    let reading = Reading::knowing(article, known);
    found.sentences = reading.sentences.iter().map(|s| s.span).collect();
    for annotator in ANNOTATORS {
        annotator.annotate(&reading, &mut found);
    }
    found
}

/// The first `most` bytes of an article whose text is longer. Its spans are those of the whole.
fn beginning(article: &Article, most: usize) -> Option<Article> {
    let text = article.text.get(..article.text.floor_char_boundary(most)).filter(|t| t.len() < article.text.len())?;
    let inside = |b: &Block| Some(Block { span: Span::new(b.span.start as usize, text.len().min(b.span.end as usize)), ..*b });
    let blocks = article.blocks.iter().take_while(|b| (b.span.start as usize) < text.len()).filter_map(inside).collect();
    let (title, site) = (article.title.clone(), article.site.clone());
    let (title_in_text, published) = (article.title_in_text, article.published);
    let (byline, dateline) = (article.byline.clone(), article.dateline.clone());
    Some(Article { title, site, title_in_text, published, byline, dateline, blocks, text: text.to_owned(), ..Article::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Input, read_nth};

    #[test]
    fn of_a_text_without_end_the_beginning_is_looked_through() {
        let article = read_nth(&Input::new("a.txt", "Ada Miller spoke in Berlin é.\n\nKarl Weiss left for Moscow.\n".as_bytes()), 0);
        assert!(beginning(&article, 1000).is_none());
        for most in 0..article.text.len() {
            let part = beginning(&article, most).unwrap();
            assert!(article.text.starts_with(&part.text) && part.text.len() <= most);
            assert!(part.blocks.iter().all(|b| b.span.end as usize <= part.text.len()));
            let found = annotate(&part, Known::default());
            assert!(found.mentions.iter().all(|m| m.span.end as usize <= most));
        }
    }
}
