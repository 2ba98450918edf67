//! Words around time expressions, from `assets/when/cues.txt`.

use super::table::Table;
use std::sync::LazyLock;

/// The list as it was written.
const SOURCE: &str = include_str!("../../../assets/when/cues.txt");

/// What a word says about the clause that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cue {
    /// Of what is to come.
    Ahead,
    /// Of what is to come, right before the expression.
    AheadNear,
    /// Of what is to come, before an infinitive.
    Intends,
    /// An irregular past form.
    Past,
    /// A form of "be" that makes a participle timeless.
    Passive,
    /// Behind it an infinitive does not look ahead.
    NoPurpose,
    /// Behind "to" it is no verb.
    NoInfinitive,
    /// An article or a possessive.
    Determiner,
    /// A verb that reports words.
    Saying,
    /// It begins a subordinate clause.
    Subordinator,
    /// Behind a verb of saying it does not begin what was said.
    NoSubject,
    /// An irregular finite verb.
    Finite,
    /// It closes a noun phrase.
    ClosesNoun,
    /// It does not go on with a noun phrase behind a date.
    NoNoun,
    /// A noun that a four-digit number before it counts.
    Counted,
}

/// The names of the cues in the list, in the order of [`Cue`].
const NAMES: &[(&str, Cue)] = &[
    ("ahead", Cue::Ahead),
    ("ahead-near", Cue::AheadNear),
    ("intends", Cue::Intends),
    ("past", Cue::Past),
    ("passive", Cue::Passive),
    ("no-purpose", Cue::NoPurpose),
    ("no-infinitive", Cue::NoInfinitive),
    ("determiner", Cue::Determiner),
    ("saying", Cue::Saying),
    ("subordinator", Cue::Subordinator),
    ("no-subject", Cue::NoSubject),
    ("finite", Cue::Finite),
    ("closes-noun", Cue::ClosesNoun),
    ("no-noun", Cue::NoNoun),
    ("counted", Cue::Counted),
];

/// All cues of one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cues(u16);

impl Cues {
    /// The cues of a word in any case.
    #[must_use]
    pub fn of(word: &str) -> Self {
        TABLE.get(word).unwrap_or_default()
    }

    /// True where the word has this cue.
    #[must_use]
    pub fn has(self, cue: Cue) -> bool {
        self.0 & bit(cue) != 0
    }
}

/// True where the word has the cue, in any case.
#[must_use]
pub fn is_cue(word: &str, cue: Cue) -> bool {
    Cues::of(word).has(cue)
}

static TABLE: LazyLock<Table<Cues>> = LazyLock::new(|| {
    let mut table: Table<Cues> = Table::new();
    for (word, cue) in entries().flatten() {
        let before = table.get(word).unwrap_or_default();
        table.insert(word, Cues(before.0 | bit(cue)));
    }
    table
});

fn bit(cue: Cue) -> u16 {
    1 << cue as u16
}

/// All words of the list with a cue; an error is a line that cannot be read.
fn entries() -> impl Iterator<Item = Result<(&'static str, Cue), &'static str>> {
    SOURCE.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).flat_map(|line| {
        let (name, words) = line.split_once(" : ").unwrap_or((line, "?"));
        let cue = NAMES.iter().find(|(n, _)| *n == name).map(|(_, cue)| *cue);
        words.split_whitespace().map(move |word| cue.map(|cue| (word, cue)).ok_or(line))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::when::table::fits;

    #[test]
    fn every_line_of_the_list_is_understood() {
        let bad: Vec<_> = entries().filter_map(Result::err).collect();
        assert!(bad.is_empty(), "{bad:?}");
        assert!(entries().flatten().all(|(word, _)| fits(word)));
    }

    #[test]
    fn a_word_may_have_several_cues() {
        let said = Cues::of("said");
        assert!(said.has(Cue::Saying) && said.has(Cue::Past) && said.has(Cue::Finite) && !said.has(Cue::Ahead));
        assert!(is_cue("Until", Cue::AheadNear));
        assert_eq!(Cues::of("lamp"), Cues::default());
    }
}
