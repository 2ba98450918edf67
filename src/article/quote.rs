//! What was said, and by whom.

use super::EntityId;
use crate::text::Span;

/// How words are rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuoteKind {
    /// A whole statement in quotation marks.
    Direct,
    /// A part of a sentence in quotation marks.
    Mixed,
    /// A statement told in the writer's words.
    Indirect,
}

impl QuoteKind {
    /// The kind as it is written in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Indirect => "indirect",
        }
    }
}

/// Somebody's words.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// The words, with their quotation marks.
    pub span: Span,
    /// How they are rendered.
    pub kind: QuoteKind,
    /// Who said them, where that is a named entity.
    pub speaker: Option<EntityId>,
    /// The words that name the speaker ("the military", "Mr. Maduro").
    pub speaker_span: Option<Span>,
    /// The verb or phrase that attributes them ("said", "according to").
    pub cue: Option<Span>,
    /// How sure the speaker is, from 0 to 1.
    pub score: f32,
}
