//! A person's name at one place of a text: its words, and what stands before them.

use crate::analysis::Reading;
use crate::lexicon::who::{Class, Gender, class};
use crate::link::name::{Parts, is_honorific};
use crate::text::Span;

/// Title words looked at before a name: "former Deputy Prime Minister X".
const TITLES: usize = 5;

/// A person's name at one place of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name<'n> {
    /// Its words.
    pub(super) parts: &'n Parts,
    /// The gender that titles before or within the name tell: "Ms.", "actress".
    pub(super) title: Option<Gender>,
    /// True where an honorific such as "Mr." stands before it, which a given name alone never has.
    pub(super) honored: bool,
}

impl<'n> Name<'n> {
    /// The name `parts` that stands at `span`, with what stands before it.
    pub(super) fn at(parts: &'n Parts, reading: &Reading<'_>, span: Span) -> Self {
        let mut name = Self { parts, title: parts.title, honored: parts.honored };
        let first = reading.token_at(span.start);
        for at in (first.saturating_sub(TITLES)..first).rev() {
            let word = reading.word(at);
            let kind = class(word);
            let gap = reading.tokens.get(at).map_or("\n", |t| Span { start: t.span.end, end: span.start }.of(&reading.article.text));
            if !kind.is(Class::TITLE | Class::ROLE) || gap.contains('\n') {
                break;
            }
            name.title = name.title.or(kind.gender());
            name.honored |= is_honorific(word);
        }
        name
    }

    /// True for a name of several words.
    pub(super) fn is_full(&self) -> bool {
        self.parts.form.len() > 1
    }

    /// The last word; empty for a name without letters.
    pub(super) fn last(&self) -> &'n str {
        self.parts.form.last()
    }

    /// The gender of the person, by title or given name.
    pub(super) fn gender(&self) -> Option<Gender> {
        self.title.or_else(|| self.parts.gender())
    }
}
