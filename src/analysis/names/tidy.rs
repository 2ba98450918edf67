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

/// Legal forms that close the name of a firm.
const FORMS: &[&str] = &[
    "Co", "Co.", "Corp", "Corp.", "Inc", "Inc.", "Ltd", "Ltd.", "Limited", "LLC", "LLP", "Plc", "PLC", "plc", "GmbH", "AG", "S.A.", "N.V.",
    "Bhd",
];

/// What follows a hyphen after any name, and is no syllable of it: "the Merkel-led talks".
const COMPOUNDS: &[&str] = &[
    "led", "era", "run", "like", "style", "type", "made", "based", "born", "owned", "backed", "held", "wide", "free", "linked", "aged",
    "turned", "esque", "ism", "ist",
];

/// Letters of the longest second syllable of a given name that is written small: `Jae-in`, `Zhong-ming`.
const SYLLABLE: usize = 6;

/// The names put right, in order.
pub(super) fn tidy(reading: &Reading<'_>, names: impl Iterator<Item = Name>) -> Vec<Name> {
    let mut out: Vec<Name> = Vec::new();
    for (first, last, kind) in names {
        let last = form(reading, syllable(reading, (first, last, kind)), kind);
        let Some((first, last)) = bare(reading, first, last) else { continue };
        match out.last_mut() {
            Some(before) if before.1 > first => {}
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

/// Beyond the small second syllable of a given name, where the name would end before it or with its hyphen.
fn syllable(reading: &Reading<'_>, (first, last, kind): Name) -> usize {
    // `Lee Dae` may have been found without its hyphen; of one word alone too little is known.
    let hyphen = if reading.word(last - 1) == "-" { last - 1 } else { last };
    let long = hyphen < last || last > first + 1;
    let next = reading.word(hyphen + 1);
    let small = !next.is_empty() && next.chars().all(char::is_lowercase) && next.len() <= SYLLABLE && !COMPOUNDS.contains(&next);
    let joined = reading.word(hyphen) == "-" && glued(reading, hyphen) && glued(reading, hyphen + 1) && reading.word(hyphen + 2) != "-";
    if kind == Kind::Person && long && small && joined { hyphen + 2 } else { last }
}

/// Beyond the legal form of a firm.
fn form(reading: &Reading<'_>, mut last: usize, kind: Kind) -> usize {
    while kind == Kind::Organization && FORMS.contains(&reading.word(last)) {
        last += 1;
    }
    last
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

/// True where an ampersand makes the two one firm, or an "and" before a second one with its legal form: `Bennett and Coleman Corp.`
fn firm(reading: &Reading<'_>, before: Name, name: Name) -> bool {
    let single = |name: Name| name.1 == name.0 + 1;
    let is = |name: Name, kind: Kind| name.2 == kind;
    let named = [before, name].into_iter().all(|n| is(n, Kind::Person) || is(n, Kind::Organization));
    let organization = is(before, Kind::Organization) || is(name, Kind::Organization);
    match reading.word(before.1) {
        _ if !named || name.0 != before.1 + 1 => false,
        // Two people may stand in a caption as "Ann Roe & Bo Doe".
        "&" => organization || single(before) && single(name),
        "and" => single(before) && is(before, Kind::Person) && name.1 == name.0 + 2 && FORMS.contains(&reading.word(name.1 - 1)),
        _ => false,
    }
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
        assert_eq!(tidied("Lee Dae-in left", &[(0, 2, Person)]), [(0, 4, Person)]);
        assert_eq!(tidied("Ida Roe-led talks", &[(0, 2, Person)]), [(0, 2, Person)]);
        assert_eq!(tidied("Roe-in talks", &[(0, 1, Person)]), [(0, 1, Person)]);
        assert_eq!(tidied("Rio-based", &[(0, 2, Place)]), [(0, 1, Place)]);
        assert_eq!(tidied("Ed Roe, Jr. left", &[(0, 2, Person), (3, 4, Person)]), [(0, 4, Person)]);
        assert_eq!(tidied("Roe & Doe rose", &[(0, 1, Person), (2, 3, Person)]), [(0, 3, Organization)]);
        assert_eq!(tidied("Roe and Doe Corp. rose", &[(0, 1, Person), (2, 4, Organization)]), [(0, 4, Organization)]);
        assert_eq!(tidied("Roe and Doe Hall rose", &[(0, 1, Person), (2, 4, Organization)]).len(), 2);
        assert_eq!(tidied("Ed Roe & Doe LLP rose", &[(0, 2, Person), (3, 5, Organization)]), [(0, 5, Organization)]);
        assert_eq!(tidied("Ed Roe & Ida Doe", &[(0, 2, Person), (3, 5, Person)]).len(), 2);
        assert_eq!(tidied("Roe Steel Co Ltd rose", &[(0, 2, Organization), (3, 4, Organization)]), [(0, 4, Organization)]);
        assert_eq!(tidied("“ -", &[(0, 2, Person)]), []);
    }
}
