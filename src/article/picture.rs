//! The pictures of an article: where they stand and where they are. Their bytes are read when a reader asks for them.

use super::{Article, BlockKind};
use crate::text::Span;

/// A picture that belongs to an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// Where its bytes are.
    pub place: PicturePlace,
    /// What it shows, in the words of the page for those who do not see it; empty where the page has none.
    pub alt: String,
    /// Where it stands in [`Article::text`]: the byte at which the block below it begins, or the end of the text.
    pub at: u32,
}

/// Where the bytes of a picture are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PicturePlace {
    /// On the web, at an absolute address with `http` or `https`.
    Web(String),
    /// In a file beside the article's own: a path of plain names, parted by `/`, from the folder of [`Article::source`] downwards, or from the
    /// root of the book that holds it. Only what came in without an address on the web has such pictures.
    Beside(String),
}

impl Default for PicturePlace {
    fn default() -> Self {
        Self::Beside(String::new())
    }
}

impl Article {
    /// The words below a picture: those of the block at which it stands, where that is a caption.
    #[must_use]
    pub fn caption(&self, picture: &Picture) -> Option<Span> {
        let n = self.blocks.binary_search_by_key(&picture.at, |b| b.span.start).ok()?;
        self.blocks.get(n).filter(|b| b.kind == BlockKind::Caption).map(|b| b.span)
    }
}
