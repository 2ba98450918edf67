//! Where names begin and end, put right by what their own words say: joined suffixes and firms, no marks at the edges.

use super::features;
use super::words::Word;
use crate::analysis::Reading;
use crate::article::Kind;
use crate::lexicon::names::{GIVEN, HEAD, SURNAME};
use crate::text::TokenKind;

/// A name: its first token, one past its last token, and what it names.
pub(super) type Name = (usize, usize, Kind);

/// What follows a person's name after a comma.
const SUFFIXES: &[&str] = &["Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"];

/// Letters of the longest second syllable of a given name that is written small: `Jae-in`, `Zhong-ming`.
const SYLLABLE: usize = 6;

/// The names put right, in order.
pub(super) fn tidy(reading: &Reading<'_>, names: impl Iterator<Item = Name>) -> Vec<Name> {
    let mut out: Vec<Name> = Vec::new();
    for (first, last, kind) in names {
        let last = syllable(reading, last, kind);
        let Some((first, last)) = bare(reading, first, last) else { continue };
        match out.last_mut() {
            Some(before) if suffix(reading, *before, first, last) => before.1 = last,
            Some(before) if firm(reading, *before, (first, last, kind)) => *before = (before.0, last, Kind::Organization),
            _ => out.push((first, last, kind)),
        }
    }
    out
}

/// A person whose last word heads organisations and is nobody's name is an organisation.
pub(super) fn headed(words: &[Word], (first, last, kind): Name) -> Name {
    let heads = |word: &Word| features::own(word) & HEAD != 0 && word.entry.lists & (GIVEN | SURNAME) == 0;
    let headed = kind == Kind::Person && last > first + 1 && words.get(last - 1).is_some_and(heads);
    (first, last, if headed { Kind::Organization } else { kind })
}

/// Beyond the small second syllable, where a person's name would end with its hyphen.
fn syllable(reading: &Reading<'_>, last: usize, kind: Kind) -> usize {
    let next = reading.word(last);
    let small = next.starts_with(char::is_lowercase) && next.len() <= SYLLABLE && glued(reading, last);
    if kind == Kind::Person && small && reading.word(last - 1) == "-" { last + 1 } else { last }
}

/// The range without marks at its edges; a closing bracket or a plus may belong to a name.
fn bare(reading: &Reading<'_>, mut first: usize, mut last: usize) -> Option<(usize, usize)> {
    let is_mark =
        |at: usize| reading.tokens.get(at).is_none_or(|t| t.kind == TokenKind::Mark && !matches!(reading.word(at), ")" | "+" | "!"));
    while first < last && is_mark(first) {
        first += 1;
    }
    while first < last && is_mark(last - 1) {
        last -= 1;
    }
    (first < last).then_some((first, last))
}

/// True where the name at `first` is only the suffix of the person before it.
fn suffix(reading: &Reading<'_>, before: Name, first: usize, last: usize) -> bool {
    let comma = first == before.1 + 1 && reading.word(before.1) == ",";
    before.2 == Kind::Person && comma && last == first + 1 && SUFFIXES.contains(&reading.word(first))
}

/// True where an ampersand between two single words makes them one firm.
fn firm(reading: &Reading<'_>, before: Name, name: Name) -> bool {
    let single = before.1 == before.0 + 1 && name.1 == name.0 + 1;
    let kinds = [before.2, name.2].iter().all(|kind| matches!(kind, Kind::Person | Kind::Organization));
    single && kinds && name.0 == before.1 + 1 && reading.word(before.1) == "&"
}

/// True where no white space stands before the token.
fn glued(reading: &Reading<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| reading.tokens.get(at));
    before.zip(reading.tokens.get(at)).is_some_and(|(before, token)| before.span.end == token.span.start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;

    fn tidied(text: &str, names: &[Name]) -> Vec<Name> {
        let article = Article { text: text.to_owned(), ..Article::default() };
        tidy(&Reading::new(&article), names.iter().copied())
    }

    #[test]
    fn joins_and_trims() {
        use Kind::{Organization, Person, Place};
        assert_eq!(tidied("Lee Dae-in left", &[(0, 3, Person)]), [(0, 4, Person)]);
        assert_eq!(tidied("Rio-based", &[(0, 2, Place)]), [(0, 1, Place)]);
        assert_eq!(tidied("Ed Roe, Jr. left", &[(0, 2, Person), (3, 4, Person)]), [(0, 4, Person)]);
        assert_eq!(tidied("Roe & Doe rose", &[(0, 1, Person), (2, 3, Person)]), [(0, 3, Organization)]);
        assert_eq!(tidied("“ -", &[(0, 2, Person)]), []);
    }
}
