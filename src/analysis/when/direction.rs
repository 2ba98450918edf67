//! Which way a bare weekday or month points: the nearest verb, modal or preposition around it decides.

use crate::lexicon::when::{Cue, Cues, is_cue};

/// Where the words around an expression point to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// Back from the publication day.
    Past,
    /// Ahead of it.
    Future,
    /// To the nearest one: "through January".
    Nearest,
    /// No word says.
    Unknown,
}

/// How many tokens before an expression, or after it, are looked at.
const REACH: usize = 14;

/// The longest word that is looked at, in bytes.
const LONGEST: usize = 14;

/// The words of a sentence around an expression.
pub(super) struct Around<'w, F: Fn(usize) -> &'w str> {
    /// The word at an index of the sentence, empty beyond its end.
    pub word: F,
    /// The first token of the expression.
    pub first: usize,
    /// One past its last token.
    pub end: usize,
    /// Tokens of the sentence.
    pub count: usize,
}

impl<'w, F: Fn(usize) -> &'w str> Around<'w, F> {
    /// The direction; `purposes` says whether an infinitive before the expression counts as looking ahead.
    pub(super) fn direction(&self, purposes: bool) -> Direction {
        let possessive = matches!((self.word)(self.end), "'s" | "’s");
        let reach = if possessive { 3 } else { REACH };
        let back = (self.first.saturating_sub(reach)..self.first).rev().map(|i| self.judge(i, purposes));
        if let Some(found) = back.into_iter().find(|d| *d != Direction::Unknown) {
            return found;
        }
        if possessive || !self.opens_clause() {
            return Direction::Unknown;
        }
        let on = (self.end..self.count.min(self.end + REACH)).map(|i| self.judge(i, false));
        on.into_iter().find(|d| *d != Direction::Unknown).unwrap_or(Direction::Unknown)
    }

    /// True where the expression stands before its verb: at the beginning of the sentence or behind a comma.
    fn opens_clause(&self) -> bool {
        let before = |n: usize| self.first.checked_sub(n).map_or(",", |i| (self.word)(i));
        let mark = |w: &str| !w.starts_with(char::is_alphanumeric);
        mark(before(1)) || mark(before(2)) && before(1).len() <= 6
    }

    /// True where nothing between `i` and the expression begins another clause.
    fn same_clause(&self, i: usize) -> bool {
        let close = self.first.checked_sub(i).is_some_and(|n| n <= REACH) && (self.word)(self.first - 1) != "the";
        close && (i..self.first).all(|n| !matches!((self.word)(n), "," | "but" | "and" | ";" | "that"))
    }

    fn judge(&self, i: usize, purposes: bool) -> Direction {
        let word = (self.word)(i);
        if word.len() < 2 || word.len() > LONGEST {
            return Direction::Unknown;
        }
        let next = (self.word)(i + 1);
        let before = |n: usize| i.checked_sub(n).map_or("", |i| (self.word)(i));
        let cues = Cues::of(word);
        if i + 1 == self.first && (word.eq_ignore_ascii_case("through") || purposes && word.eq_ignore_ascii_case("by")) {
            return Direction::Nearest;
        }
        if cues.has(Cue::Ahead) || self.looks_ahead(i, cues) || word.ends_with("'ll") || word.ends_with("’ll") {
            return if before(1) == "been" || before(2) == "had" { Direction::Past } else { Direction::Future };
        }
        if purposes && word == "to" && self.same_clause(i) && is_infinitive(next) && !is_cue(before(1), Cue::NoPurpose) {
            return Direction::Future;
        }
        let adjective = before(1) != "that" && is_cue(before(1), Cue::Determiner) || matches!(before(1), "still" | "newly" | "recently");
        let regular =
            !adjective && word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed") && word.starts_with(char::is_lowercase);
        let passive = is_cue(before(1), Cue::Passive) || before(1).ends_with("ly") && is_cue(before(2), Cue::Passive);
        if (regular || cues.has(Cue::Past)) && !passive { Direction::Past } else { Direction::Unknown }
    }

    /// "called for", "ahead of", "as soon as", "set to": they look ahead by what stands beside them.
    fn looks_ahead(&self, i: usize, cues: Cues) -> bool {
        let word = (self.word)(i);
        let before = i.checked_sub(1).map_or("", |i| (self.word)(i));
        let near = i < self.first && self.first - i <= 3 && word.starts_with(char::is_lowercase);
        // "They planned a march on Saturday": what one plans lies ahead, unless one had planned it.
        let plans = word == "planned" && i < self.first && !matches!(before, "had" | "d") && is_cue((self.word)(i + 1), Cue::Determiner);
        match (self.word)(i + 1) {
            "for" => matches!(word, "called" | "calls" | "call" | "calling" | "set" | "planned" | "slated" | "booked"),
            "as" if near => matches!(word, "soon" | "early"),
            "to" if cues.has(Cue::Intends) || word == "planned" && before != "had" => true,
            _ => plans || near && cues.has(Cue::AheadNear),
        }
    }
}

/// True where the word behind "to" can be a verb.
fn is_infinitive(word: &str) -> bool {
    let ending = word.ends_with("ing") || word.ends_with('s') && !word.ends_with("ss");
    word.len() > 1 && word.starts_with(|c: char| c.is_ascii_lowercase()) && !ending && !is_cue(word, Cue::NoInfinitive)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, expression: &str) -> Direction {
        let words: Vec<_> = text.split(' ').collect();
        let at = words.iter().position(|w| *w == expression).expect("the expression is in the text");
        let word = |i: usize| words.get(i).copied().unwrap_or("");
        Around { word, first: at, end: at + 1, count: words.len() }.direction(true)
    }

    #[test]
    fn nearest_cue_wins() {
        assert_eq!(of("they have called for a strike on Friday", "Friday"), Direction::Future);
        assert_eq!(of("On Friday he will speak", "Friday"), Direction::Future);
        assert_eq!(of("he said they met on Friday", "Friday"), Direction::Past);
        assert_eq!(of("talks were to end ahead of Friday 's march", "Friday"), Direction::Future);
        assert_eq!(of("a quiet Friday", "Friday"), Direction::Unknown);
        assert_eq!(of("they planned a large march in the city on Friday", "Friday"), Direction::Future);
        assert_eq!(of("the council had planned a march on Friday", "Friday"), Direction::Past);
        assert_eq!(of("a meeting set for the capital in January", "January"), Direction::Future);
        assert_eq!(of("the dividend would be paid in January", "January"), Direction::Future);
        assert_eq!(of("the firm agreed to buy a rival in January", "January"), Direction::Future);
    }
}
