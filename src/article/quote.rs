//! What was said, and by whom.

use super::EntityId;
use crate::locale::tr_later;
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
    /// What "it" or "they" in the place of a speaker goes back to.
    pub antecedent: Option<Span>,
    /// The verb or phrase that attributes them ("said", "according to").
    pub cue: Option<Span>,
    /// How sure the speaker is, from 0 to 1.
    pub score: f32,
    /// How the speaker was found; `None` where nobody was.
    pub rule: Option<SpeakerRule>,
}

/// Below this score a speaker is a guess.
const SURE: f32 = 0.6;

impl Quote {
    /// The words that name the speaker: behind a pronoun's back, and without a "who" behind them; `None` where nobody is named.
    #[must_use]
    pub fn speaker_words<'a>(&self, text: &'a str) -> Option<&'a str> {
        let words = self.antecedent.or(self.speaker_span)?.of(text);
        Some(words.strip_suffix(" who").map_or(words, |w| w.trim_end_matches(',')))
    }

    /// True where the speaker is no more than a guess.
    #[must_use]
    pub fn is_doubtful(&self) -> bool {
        self.score < SURE
    }
}

/// How the speaker of a quotation was found; the order is from sure to doubtful.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SpeakerRule {
    /// “…,” said X.
    VerbSubject,
    /// “…,” X said.
    SubjectVerb,
    /// X said, “…”
    Before,
    /// according to X
    According,
    /// X: “…”
    Colon,
    /// A line below the quotation: — X
    Signed,
    /// The sentence has another quotation with a speaker.
    SameSentence,
    /// A whole quotation after one with a speaker in the same paragraph.
    SameParagraph,
    /// A paragraph of quotation after one with a speaker.
    NextParagraph,
    /// “…,” X did something.
    Beside,
    /// The next sentence says who spoke.
    NextSentence,
    /// A verb of speech later in the sentence.
    Late,
    /// The subject of the sentence.
    SentenceSubject,
    /// The subject of the sentence before.
    PreviousSubject,
    /// The name or letter before a turn of an interview.
    Label,
    /// A statement in the writer's words: X said that …
    Reported,
}

impl SpeakerRule {
    /// How often the rule is right: its precision on PolNeAR's training articles, rounded. Labels and statements are not marked there.
    #[must_use]
    pub fn score(self) -> f32 {
        match self {
            Self::SubjectVerb => 0.97,
            Self::VerbSubject => 0.96,
            Self::SameParagraph | Self::Signed => 0.95,
            Self::Label | Self::Reported => 0.9,
            Self::Before => 0.86,
            Self::According => 0.83,
            Self::Beside => 0.75,
            Self::Colon | Self::NextSentence => 0.7,
            Self::Late => 0.68,
            Self::SameSentence | Self::NextParagraph => 0.6,
            Self::SentenceSubject => 0.53,
            Self::PreviousSubject => 0.48,
        }
    }

    /// The rule in words for a reader.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::VerbSubject => tr_later!("a verb of speech follows, and then the speaker"),
            Self::SubjectVerb => tr_later!("the speaker follows, and then a verb of speech"),
            Self::Before => tr_later!("the speaker and a verb of speech stand before it"),
            Self::According => tr_later!("“according to” names the speaker"),
            Self::Colon => tr_later!("the speaker and a colon stand before it"),
            Self::Signed => tr_later!("the line below signs it"),
            Self::SameSentence => tr_later!("another quotation of the sentence has this speaker"),
            Self::SameParagraph => tr_later!("the paragraph goes on with the words of this speaker"),
            Self::NextParagraph => tr_later!("the paragraph before has this speaker"),
            Self::Beside => tr_later!("this name follows the comma within the marks"),
            Self::NextSentence => tr_later!("the next sentence says who spoke"),
            Self::Late => tr_later!("a verb of speech comes later in the sentence"),
            Self::SentenceSubject => tr_later!("a guess: the subject of the sentence"),
            Self::PreviousSubject => tr_later!("a guess: the subject of the sentence before"),
            Self::Label => tr_later!("the label of an interview"),
            Self::Reported => tr_later!("told in the writer’s words"),
        }
    }
}
