//! Sentences as byte spans over tokens.

use super::{Span, Token, TokenKind};

/// Abbreviations that only ever stand before a name or number, so that a full stop after them ends nothing.
const NEVER_LAST: &[&str] = &[
    "mr.", "mrs.", "ms.", "dr.", "drs.", "prof.", "gen.", "gov.", "govs.", "sen.", "sens.", "rep.", "reps.", "rev.", "hon.", "lt.", "col.",
    "capt.", "maj.", "sgt.", "cpl.", "pvt.", "adm.", "cmdr.", "brig.", "st.", "mt.", "ft.", "messrs.", "mme.", "mlle.", "msgr.", "pres.",
    "supt.", "insp.", "det.", "vs.", "no.", "nos.", "fr.", "jan.", "feb.", "mar.", "apr.", "jun.", "jul.", "aug.", "sep.", "sept.", "oct.",
    "nov.", "dec.",
];

/// The sentences of `text`, each from its first to its last token, closing quotation marks and brackets included.
///
/// A line break between tokens always ends a sentence: `tokens` come from an article's text, where it parts paragraphs.
#[must_use]
pub fn sentences(text: &str, tokens: &[Token]) -> Vec<Span> {
    let mut out = Vec::new();
    let mut first: Option<usize> = None;
    for at in 0..tokens.len() {
        let start = *first.get_or_insert(at);
        if ends_after(text, tokens, at) {
            out.push(tokens[start].span.join(tokens[at].span));
            first = None;
        }
    }
    out
}

/// True where a sentence ends with the token `at`.
fn ends_after(text: &str, tokens: &[Token], at: usize) -> bool {
    let Some(next) = tokens.get(at + 1) else { return true };
    let gap = Span { start: tokens[at].span.end, end: next.span.start }.of(text);
    if gap.contains('\n') {
        return true;
    }
    if gap.is_empty() {
        return false;
    }
    match stop(text, tokens, at) {
        None => false,
        Some(Stop::Sure) => opens(text, tokens, at + 1, true),
        Some(Stop::Doubtful) => opens(text, tokens, at + 1, false),
    }
}

enum Stop {
    Sure,
    Doubtful,
}

/// The stop that the token at `at` closes, looking back over closing marks.
fn stop(text: &str, tokens: &[Token], at: usize) -> Option<Stop> {
    let mut back = at;
    while is_closing(tokens[back].of(text)) {
        back = back.checked_sub(1)?;
        if at - back > 4 {
            return None;
        }
    }
    let word = tokens[back].of(text);
    match word {
        "." | "!" | "?" | "…" | "。" | "！" | "？" => Some(Stop::Sure),
        _ if word.len() > 1 && word.ends_with('.') && tokens[back].kind == TokenKind::Word => {
            let never = NEVER_LAST.iter().any(|a| a.eq_ignore_ascii_case(word)) || word.chars().count() == 2;
            (!never || back < at).then_some(Stop::Doubtful)
        }
        _ => None,
    }
}

/// True where the token at `at` can open a sentence. After an abbreviation only a common opener does.
fn opens(text: &str, tokens: &[Token], at: usize, sure: bool) -> bool {
    let mut at = at;
    while let Some(mark) = tokens.get(at).map(|t| t.of(text)).filter(|m| is_opening(m)) {
        // Behind an abbreviation a quotation opens a sentence; brackets and dashes mostly go on with it: "10 a.m. (0800 GMT) on Friday".
        match mark {
            "(" | "[" => {}
            "—" | "–" | "-" if !sure => return false,
            _ if !sure => return true,
            _ => {}
        }
        at += 1;
    }
    let Some(first) = tokens.get(at).and_then(|t| t.of(text).chars().next()) else { return true };
    if sure {
        return !first.is_lowercase() && !is_closing(tokens[at].of(text));
    }
    OPENERS.contains(&tokens[at].of(text))
}

/// Capitalised words that begin sentences far more often than they belong to a name.
const OPENERS: &[&str] = &[
    "A",
    "After",
    "All",
    "Although",
    "An",
    "And",
    "As",
    "At",
    "Because",
    "Before",
    "But",
    "By",
    "During",
    "Earlier",
    "Even",
    "For",
    "From",
    "He",
    "Her",
    "His",
    "However",
    "I",
    "If",
    "In",
    "It",
    "Its",
    "Last",
    "Many",
    "Meanwhile",
    "Mr.",
    "Mrs.",
    "Ms.",
    "No",
    "Not",
    "Now",
    "Of",
    "On",
    "One",
    "Or",
    "Our",
    "She",
    "Since",
    "So",
    "Some",
    "Still",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "Though",
    "To",
    "Under",
    "Until",
    "We",
    "What",
    "When",
    "Where",
    "While",
    "Who",
    "Why",
    "With",
    "Yet",
    "You",
];

fn is_closing(word: &str) -> bool {
    matches!(word, "\"" | "”" | "’" | "'" | "»" | ")" | "]" | "''")
}

fn is_opening(word: &str) -> bool {
    matches!(word, "\"" | "“" | "‘" | "'" | "«" | "(" | "[" | "„" | "—" | "–" | "-" | "•")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens;

    fn split(text: &str) -> Vec<&str> {
        sentences(text, &tokens(text)).iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn stops_abbreviations_and_quotes() {
        assert_eq!(split("Mr. Maduro left. He ran."), ["Mr. Maduro left.", "He ran."]);
        assert_eq!(split("It was Jan. 10. Nobody came."), ["It was Jan. 10.", "Nobody came."]);
        assert_eq!(split("In the U.S. Senate it failed."), ["In the U.S. Senate it failed."]);
        assert_eq!(split("He left the U.S. The senate stayed."), ["He left the U.S.", "The senate stayed."]);
        assert_eq!(split("It hit at 9 a.m. (0700 GMT) on Friday. It left."), ["It hit at 9 a.m. (0700 GMT) on Friday.", "It left."]);
        assert_eq!(split("He left the U.S. — for good."), ["He left the U.S. — for good."]);
        assert_eq!(split("He left the U.S. (The senate stayed.)"), ["He left the U.S.", "(The senate stayed.)"]);
        assert_eq!(split("“Go.” She went."), ["“Go.”", "She went."]);
        assert_eq!(split("“Go!” she said. (So it was.) End"), ["“Go!” she said.", "(So it was.)", "End"]);
        assert_eq!(split("J. K. Rowling wrote"), ["J. K. Rowling wrote"]);
        assert_eq!(split("One\nTwo three.\nFour"), ["One", "Two three.", "Four"]);
        assert_eq!(split("It rose 3.5 percent. 27 people came."), ["It rose 3.5 percent.", "27 people came."]);
        assert!(split("").is_empty());
    }
}
