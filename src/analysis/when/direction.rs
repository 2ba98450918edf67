//! Which way a bare weekday or month points: the nearest verb, modal or preposition around it decides.

/// Where the words around an expression point to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// Back from the publication day.
    Past,
    /// Ahead of it.
    Future,
    /// No word says.
    Unknown,
}

/// How many tokens around an expression are looked at.
const REACH: usize = 24;

/// Words of what is to come.
const AHEAD: &[&str] = &[
    "will",
    "won't",
    "won’t",
    "shall",
    "would",
    "may",
    "might",
    "can",
    "could",
    "should",
    "must",
    "scheduled",
    "expected",
    "due",
    "planned",
    "plans",
    "plan",
    "planning",
    "upcoming",
    "until",
    "till",
    "ahead",
    "going",
    "hopes",
    "hope",
    "intends",
    "intend",
    "expects",
    "expect",
    "forecast",
    "projected",
    "slated",
    "deadline",
    "begins",
    "starts",
    "expires",
    "opens",
    "upcoming",
    "tentatively",
    "anticipates",
    "awaits",
];

/// Past forms that do not end in -ed.
const PAST: &[&str] = &[
    "was",
    "were",
    "had",
    "did",
    "said",
    "began",
    "came",
    "went",
    "took",
    "won",
    "lost",
    "fell",
    "rose",
    "met",
    "made",
    "got",
    "gave",
    "told",
    "left",
    "died",
    "became",
    "found",
    "held",
    "saw",
    "shot",
    "led",
    "ran",
    "sold",
    "paid",
    "sent",
    "struck",
    "broke",
    "grew",
    "wrote",
    "spoke",
    "sank",
    "blew",
    "flew",
    "drew",
    "threw",
    "fought",
    "brought",
    "bought",
    "caught",
    "taught",
    "thought",
    "kept",
    "built",
    "been",
    "since",
    "stood",
    "understood",
    "sought",
    "swore",
    "sworn",
    "shown",
    "seen",
    "given",
    "taken",
    "done",
    "born",
    "slid",
    "sprang",
    "lay",
    "overthrew",
    "withdrew",
    "arose",
    "beat",
    "hit",
    "quit",
    "fled",
    "felt",
    "dealt",
    "meant",
    "sat",
    "spent",
    "lent",
    "rang",
    "sang",
];

/// The direction of the expression at `first..end` among `count` words of its sentence.
pub(super) fn direction<'a>(word: impl Fn(usize) -> &'a str, first: usize, end: usize, count: usize) -> Direction {
    let back = (first.saturating_sub(REACH)..first).rev().map(|i| judge(word(i), word(i + 1), i + 1 == first));
    let on = (end..count.min(end + REACH)).map(|i| judge(word(i), word(i + 1), false));
    back.chain(on).find(|d| *d != Direction::Unknown).unwrap_or(Direction::Unknown)
}

fn judge(word: &str, next: &str, adjacent: bool) -> Direction {
    if word.len() < 2 || word.len() > 14 {
        return Direction::Unknown;
    }
    let is = |list: &[&str]| list.iter().any(|w| w.eq_ignore_ascii_case(word));
    let calls = (word.eq_ignore_ascii_case("called") || word.eq_ignore_ascii_case("calls")) && next.eq_ignore_ascii_case("for");
    if calls || adjacent && word.eq_ignore_ascii_case("by") || is(AHEAD) || word.ends_with("'ll") || word.ends_with("’ll") {
        return Direction::Future;
    }
    let regular = word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed") && word.starts_with(char::is_lowercase);
    if regular || is(PAST) { Direction::Past } else { Direction::Unknown }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, expression: &str) -> Direction {
        let words: Vec<_> = text.split(' ').collect();
        let at = words.iter().position(|w| *w == expression).expect("the expression is in the text");
        direction(|i| words.get(i).copied().unwrap_or(""), at, at + 1, words.len())
    }

    #[test]
    fn nearest_cue_wins() {
        assert_eq!(of("they have called for a strike on Friday", "Friday"), Direction::Future);
        assert_eq!(of("On Friday he will speak", "Friday"), Direction::Future);
        assert_eq!(of("he said they met on Friday", "Friday"), Direction::Past);
        assert_eq!(of("before the planned march on Friday", "Friday"), Direction::Future);
        assert_eq!(of("a quiet Friday", "Friday"), Direction::Unknown);
    }
}
