//! What copies of one article do not share.

use super::stories::Telling;
use crate::link::story::only_in;
use crate::store::ArticleKey;
use crate::store::fault::Result;
use crate::store::reader::{Snapshot, Stored};
use crate::text::{Span, clean_line};

/// Copies that are compared.
const COPIES: usize = 60;

/// Articles of a story among which copies are looked for.
const TELLINGS: usize = 2000;

/// A copy beside the article that it is one of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// The copy.
    pub copy: Telling,
    /// Sentences that only the copy has, with their places in it.
    pub more: Vec<(Span, String)>,
    /// Sentences that only the first article has, with their places in it.
    pub less: Vec<(Span, String)>,
}

impl Snapshot<'_> {
    /// The article that this one is a copy of, or itself, and all of its copies with what each has that it does not, and the other way round.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn copies_of(&self, article: ArticleKey) -> Result<(ArticleKey, Vec<Differences>)> {
        let Some(story) = self.story_of(article)? else { return Ok((article, Vec::new())) };
        let tellings = self.tellings(story, TELLINGS)?;
        let first = tellings.iter().find(|t| t.row.cursor.key == article).and_then(|t| t.copy_of).unwrap_or(article);
        let Some(whole) = self.open(first)? else { return Ok((first, Vec::new())) };
        let mut out = Vec::new();
        for copy in tellings.into_iter().filter(|t| t.copy_of == Some(first)).take(COPIES) {
            let Some(other) = self.open(copy.row.cursor.key)? else { continue };
            out.push(Differences { copy, more: only(&other, &whole), less: only(&whole, &other) });
        }
        Ok((first, out))
    }
}

/// The sentences of `a` that `b` does not have.
fn only(a: &Stored, b: &Stored) -> Vec<(Span, String)> {
    let (a, b) = (&a.analysed, &b.analysed);
    let spans = only_in(&a.article.text, &a.found.sentences, &b.article.text, &b.found.sentences);
    spans.into_iter().map(|s| (s, clean_line(s.of(&a.article.text)))).collect()
}
