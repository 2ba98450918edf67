//! What a reader knows better than the rules: who is who in one article.
//!
//! Corrections are plain data that outlives the analysis they correct, so that they can be kept with an article (by its `Article::source`) and given
//! to every later analysis of it.

use super::{Kind, PlaceCorrection};
use crate::text::Span;

/// A mention by name, told in a way that holds for every analysis of the same text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// Where it stands.
    pub span: Span,
    /// The words there.
    pub words: String,
}

/// A reader's correction of who is who.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Correction {
    /// The mention names somebody else than the rules say: an entity of its own.
    Split {
        /// The mention.
        mention: Anchor,
        /// True where all later mentions of the same entity go with it.
        onward: bool,
    },
    /// Two names are one entity's.
    Merge {
        /// A mention of the one that is taken in.
        from: Anchor,
        /// A mention of the one that stays.
        into: Anchor,
        /// What the two are together.
        kind: Kind,
    },
    /// A name means another place, here and in all articles of the source.
    Place(PlaceCorrection),
}
