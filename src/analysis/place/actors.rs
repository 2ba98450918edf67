//! Places that stand for those who act there: "Washington said", "talks between Moscow and Kiev".

use crate::analysis::Reading;
use crate::article::{Annotations, Kind, MentionForm};
use crate::lexicon::who::{Class, class};
use crate::text::Span;

/// Marks the mentions of places that do what only people do.
pub(super) fn mark(reading: &Reading<'_>, found: &mut Annotations) {
    let acts = |m: &&crate::article::Mention| m.kind == Kind::Place && m.form == MentionForm::Name && acts(reading, m.span);
    found.actors = (0..).zip(&found.mentions).filter(|(_, m)| acts(m)).map(|(n, _)| n).collect();
}

/// True where the name is the subject of a verb of speech or thought.
fn acts(reading: &Reading<'_>, span: Span) -> bool {
    let first = reading.token_at(span.start);
    let before = first.checked_sub(1).map_or("", |t| reading.word(t));
    // "in Paris said": the place is no subject there.
    if class(&before.to_lowercase()).is(Class::PREPOSITION) || before == "," {
        return false;
    }
    let mut at = reading.token_at(span.end);
    while matches!(reading.word(at), "has" | "had" | "have" | "also" | "later" | "then" | "now" | "would" | "will" | "and") {
        at += 1;
    }
    class(reading.word(at)).is(Class::SPEECH | Class::THOUGHT) && !class(reading.word(at)).is(Class::PARTICIPLE)
}
