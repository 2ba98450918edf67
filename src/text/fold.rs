//! Folding for search: case and accents.

use super::Span;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// `text` without accents and in lower case, for look-ups: `Guaidó` → `guaido`.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars().flat_map(|c| seen(c, false, true)).collect()
}

/// What a character looks like to a search: quotation marks, dashes and spaces made plain, and decomposed. Without `accents` marks are dropped and a few
/// letters spelled plainly.
fn seen(c: char, accents: bool, ignore_case: bool) -> impl Iterator<Item = char> {
    let plain = match c {
        '’' | '‘' | 'ʼ' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '–' | '—' | '‐' | '‑' => '-',
        '\u{a0}' | '\n' | '\t' => ' ',
        _ if accents => c,
        'ø' => 'o',
        'Ø' => 'O',
        'ł' => 'l',
        'Ł' => 'L',
        'đ' => 'd',
        'Đ' => 'D',
        'ı' => 'i',
        other => other,
    };
    std::iter::once(plain).nfd().filter(move |c| accents || !is_combining_mark(*c)).flat_map(move |c| {
        let lower = ignore_case.then(|| c.to_lowercase());
        lower.into_iter().flatten().chain((!ignore_case).then_some(c))
    })
}

/// A place in capitals, as datelines have them, with a capital only where a word begins.
#[must_use]
pub fn titled(place: &str) -> String {
    if place.chars().any(char::is_lowercase) {
        return place.to_owned();
    }
    let mut inside = false;
    place
        .chars()
        .flat_map(|c| {
            let shown: Vec<char> = if inside { c.to_lowercase().collect() } else { vec![c] };
            inside = c.is_alphabetic();
            shown
        })
        .collect()
}

/// What a reader searches for. Smart case: a capital in the query makes it matter; an accent in the query makes accents matter.
#[derive(Clone, Debug)]
pub struct Needle {
    letters: Vec<char>,
    ignore_case: bool,
    ignore_accents: bool,
}

impl Needle {
    /// `None` for an empty query.
    #[must_use]
    pub fn new(query: &str) -> Option<Self> {
        let ignore_case = !query.chars().any(char::is_uppercase);
        let ignore_accents = query.nfd().all(|c| !is_combining_mark(c));
        let mut needle = Self { letters: Vec::new(), ignore_case, ignore_accents };
        let letters = query.chars().flat_map(|c| seen(c, !ignore_accents, ignore_case)).collect::<Vec<_>>();
        needle.letters = letters;
        (!needle.letters.is_empty()).then_some(needle)
    }

    /// Every place of the needle in `text`, in order, not overlapping, at most `limit`.
    ///
    /// Linear in practice: a candidate is compared only where its first letter fits.
    #[must_use]
    pub fn find(&self, text: &str, limit: usize) -> Vec<Span> {
        let mut out = Vec::new();
        let mut at = 0;
        let first = self.letters.first().copied().unwrap_or('\0');
        while at < text.len() && out.len() < limit {
            let byte = text.as_bytes()[at];
            let seen = if self.ignore_case { byte.to_ascii_lowercase() } else { byte };
            // Most places are plain letters that do not fit; white space may stand for a space.
            if byte.is_ascii() && char::from(seen) != first && !byte.is_ascii_whitespace() {
                at += 1;
                continue;
            }
            let step = text[at..].chars().next().map_or(1, char::len_utf8);
            match self.matches(&text[at..]) {
                Some(len) => {
                    out.push(Span::new(at, at + len));
                    at += len.max(step);
                }
                None => at += step,
            }
        }
        out
    }

    /// Length in bytes of the match at the very start of `text`.
    fn matches(&self, text: &str) -> Option<usize> {
        let mut want = self.letters.iter();
        let mut next = want.next();
        for (at, c) in text.char_indices() {
            let Some(_) = next else {
                // Marks that follow the last letter belong to the match, or make it another letter.
                let marks = trailing_marks(&text[at..]);
                return (self.ignore_accents || marks == 0).then_some(at + marks);
            };
            for seen in seen(c, !self.ignore_accents, self.ignore_case) {
                if next != Some(&seen) {
                    return None;
                }
                next = want.next();
            }
            if at == 0 && self.ignore_accents && is_combining_mark(c) {
                return None;
            }
        }
        next.is_none().then_some(text.len())
    }
}

fn trailing_marks(text: &str) -> usize {
    text.chars().take_while(|c| is_combining_mark(*c)).map(char::len_utf8).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(query: &str, text: &'a str) -> Vec<&'a str> {
        Needle::new(query).map(|n| n.find(text, 99).iter().map(|s| s.of(text)).collect()).unwrap_or_default()
    }

    #[test]
    fn smart_case_and_accents() {
        assert_eq!(found("nicolas", "Nicolás, NICOLAS, Nicola\u{301}s"), ["Nicolás", "NICOLAS", "Nicola\u{301}s"]);
        assert_eq!(found("Nicolas", "nicolás Nicolás"), ["Nicolás"]);
        assert_eq!(found("nicolás", "Nicolas Nicolás"), ["Nicolás"]);
        assert_eq!(found("josé's", "José’s"), ["José’s"]);
        assert_eq!(found("nicolás maduro", "Nicola\u{301}s\u{a0}Maduro Nicolas Maduro"), ["Nicola\u{301}s\u{a0}Maduro"]);
        assert_eq!(found("café", "cafe cafe\u{301}"), ["cafe\u{301}"]);
        assert_eq!(found("soldiers'", "the soldiers’ plan"), ["soldiers’"]);
        assert_eq!(found("aa", "aaaa"), ["aa", "aa"]);
        assert!(found("", "abc").is_empty());
        assert!(found("ab", "a").is_empty());
    }

    #[test]
    fn capitals_of_a_dateline() {
        assert_eq!(titled("SÃO PAULO"), "São Paulo");
        assert_eq!(titled("PORT-AU-PRINCE"), "Port-Au-Prince");
        assert_eq!(titled("Cape Town"), "Cape Town");
    }

    #[test]
    fn folds_for_look_ups() {
        assert_eq!(fold("GUAIDÓ’s Łódź"), "guaido's lodz");
    }
}
