//! A person's name taken apart, and whether two names can be one person's.

use super::form::Form;
use crate::lexicon::who::{Class, Gender, class, folded, given_name, same_given_name};

/// Frequent family names of countries where they stand first, as they are written in English.
const FAMILY_FIRST: &[&str] = &[
    "kim", "lee", "park", "pak", "choi", "jeong", "jung", "chung", "kang", "cho", "yoon", "yun", "jang", "lim", "han", "shin", "seo",
    "kwon", "hwang", "ahn", "song", "moon", "ri", "hong", "xi", "li", "wang", "zhang", "chang", "liu", "chen", "yang", "huang", "zhao",
    "wu", "zhou", "xu", "sun", "ma", "zhu", "hu", "guo", "he", "lin", "gao", "luo", "zheng", "liang", "tsai", "deng", "mao", "hua", "wen",
    "jiang", "bo", "tang", "nguyen", "tran", "le", "pham", "phan", "vu", "vo", "dang", "bui", "do", "ho", "ngo", "duong", "ly", "truong",
];

/// What the words of a name themselves tell, whoever bears it and wherever it stands.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// Its words in order, without titles.
    pub form: Form,
    /// "jr", "ii".
    suffix: Option<String>,
    /// The gender that titles within the name tell.
    pub title: Option<Gender>,
    /// True where one of them is an honorific.
    pub honored: bool,
}

impl Parts {
    /// The name `name` taken apart.
    #[must_use]
    pub fn read(name: &str) -> Self {
        let mut parts = Self::default();
        let mut words = name.split(|c: char| c.is_whitespace() || "()[]\"“”,".contains(c)).filter(|w| !w.is_empty()).peekable();
        while let Some(word) = words.next() {
            let last = words.peek().is_none();
            let kind = class(word);
            if parts.form.is_empty() && !last && kind.is(Class::TITLE) {
                parts.title = parts.title.or(kind.gender());
                parts.honored |= is_honorific(word);
            } else if !parts.form.is_empty() && last && kind.is(Class::SUFFIX) {
                parts.suffix = Some(folded(word));
            } else {
                parts.form.push(without_possessive(word), |c| !c.is_alphanumeric());
            }
        }
        parts
    }

    /// The name as it is compared across articles: its words, and what stands behind it.
    #[must_use]
    pub fn key(&self) -> String {
        let words = self.form.text();
        self.suffix.as_ref().map_or_else(|| words.to_owned(), |suffix| format!("{words} {suffix}"))
    }

    /// The last word and the particles before it: "van der bellen".
    #[must_use]
    pub fn surname(&self) -> &str {
        let mut first = self.form.len().saturating_sub(1);
        while first > 1 && class(self.form.word(first - 1)).is(Class::PARTICLE) {
            first -= 1;
        }
        self.form.from(first)
    }

    /// The gender that the given name tells.
    #[must_use]
    pub fn gender(&self) -> Option<Gender> {
        given_name(self.form.first()).filter(|_| self.form.len() > 1 && !self.is_family_first())
    }

    /// True where the first word is the family name, as in Korea, China and Vietnam: "Kim Jong-un", "Nguyen Phu Trong", but not "Kim Clijsters".
    #[must_use]
    pub fn is_family_first(&self) -> bool {
        let rest = || self.form.words().skip(1);
        let several = match self.form.len() {
            2 => self.form.last().contains('-'),
            3 => true,
            _ => false,
        };
        several && rest().all(|w| w.len() <= 6 || w.contains('-')) && FAMILY_FIRST.contains(&self.form.first())
    }

    /// The first letters of a name of three words and more: "amlo" for Andrés Manuel López Obrador.
    #[must_use]
    pub fn initials(&self) -> Option<impl Iterator<Item = char>> {
        (3..=5).contains(&self.form.len()).then(|| self.form.words().filter_map(|w| w.chars().next()))
    }

    /// True where two names of several words each can be one person's.
    #[must_use]
    pub fn fits(&self, other: &Self) -> bool {
        if self.suffix.is_some() && other.suffix.is_some() && self.suffix != other.suffix {
            return false;
        }
        let (long, short) = if self.form.len() >= other.form.len() { (self, other) } else { (other, self) };
        let (long_first, short_first) = (long.form.first(), short.form.first());
        if short_first.is_empty() {
            return false;
        }
        let (a, b) = (long.surname(), short.surname());
        let same = a == b || a.len() >= 6 && one_edit(a, b) && long_first == short_first;
        if same {
            // "Andrés Mejía" is "Juan Andrés Mejía", "López Obrador" is "Andrés López Obrador".
            return given_fits(long_first, short_first) || long.form.words().skip(1).any(|w| w == short_first);
        }
        let (longer, shorter) = (long.form.len(), short.form.len());
        if shorter > 1 && longer > shorter && given_fits(long_first, short_first) && is_subsequence(&short.form, &long.form) {
            return true;
        }
        // "Von der Leyen" at the head of a sentence is "Ursula von der Leyen".
        if class(short_first).is(Class::PARTICLE) && shorter > 1 && long.form.from(longer - shorter) == short.form.text() {
            return true;
        }
        // "Orbán Viktor" is "Viktor Orbán".
        shorter == 2 && longer == 2 && long_first == short.form.last() && long.form.last() == short_first
    }

    /// How well the single word `word` stands for this name: 0 not at all, 3 as the surname.
    #[must_use]
    pub fn stands_for(&self, word: &str, honored: bool) -> u8 {
        let (first, last) = (self.form.first(), self.form.last());
        if self.form.len() < 2 {
            return 3 * u8::from(last == word);
        }
        if last == word || first == word && self.is_family_first() {
            return 3;
        }
        if last.split('-').any(|part| part == word) || self.form.words().skip(1).any(|w| w == word) {
            return 2;
        }
        // An honorific stands before the first word only where that is the family name: "Mr. Kim", but not "Mr. John".
        let called = !honored || given_name(first).is_none();
        if called && first == word && word.len() > 1 {
            return 2;
        }
        u8::from(!honored && self.initials().is_some_and(|letters| letters.eq(word.chars())))
    }
}

/// True for what stands before people's names only.
#[must_use]
pub fn is_honorific(word: &str) -> bool {
    ["mr", "mrs", "ms", "miss", "messrs"].iter().any(|h| word.strip_suffix('.').unwrap_or(word).eq_ignore_ascii_case(h))
}

/// A word or name without its possessive 's.
#[must_use]
pub fn without_possessive(word: &str) -> &str {
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}

/// True where two given names can be one: equal, an initial, a short form, a hyphenated form.
fn given_fits(a: &str, b: &str) -> bool {
    if a == b || same_given_name(a, b) {
        return true;
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    match short.chars().count() {
        0 => false,
        1 => long.starts_with(short),
        // "J.B. Pritzker" for "Jay Pritzker": initials have lost their full stops.
        2 if given_name(short).is_none() && !short.contains(['a', 'e', 'i', 'o', 'u', 'y']) => long.chars().next() == short.chars().next(),
        2 => false,
        _ => long.starts_with(short) || a.chars().filter(|c| *c != '-').eq(b.chars().filter(|c| *c != '-')),
    }
}

fn is_subsequence(short: &Form, long: &Form) -> bool {
    let mut rest = long.words();
    short.words().all(|word| rest.any(|other| other == word))
}

/// True where one insertion, deletion or substitution of a byte makes `a` into `b`.
fn one_edit(a: &str, b: &str) -> bool {
    if a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (x, y) = (&a[same..], &b[same..]);
    match (x, y) {
        ([], _) | (_, []) => true,
        ([_, xs @ ..], [_, ys @ ..]) => xs == ys || xs == y || x == ys,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(words: &str) -> Parts {
        let mut parts = Parts::default();
        words.split(' ').for_each(|word| parts.form.push(word, |c| !c.is_alphanumeric()));
        parts
    }

    #[test]
    fn full_names_that_are_one_person() {
        for (a, b) in [
            ("Juan Andrés Mejía", "Andres Mejia"),
            ("Andrés Manuel López Obrador", "López Obrador"),
            ("William Clinton", "Bill Clinton"),
            ("George W. Bush", "George Bush"),
            ("J. K. Rowling", "Joanne Rowling"),
            ("Orbán Viktor", "Viktor Orbán"),
            ("Nicolás Maduro Moros", "Nicolás Maduro"),
            ("Alexander Van der Bellen", "Alexander Van der Bellen"),
            ("Ursula von der Leyen", "Von der Leyen"),
            ("Jean-Claude Juncker", "Jean Claude Juncker"),
        ] {
            assert!(name(a).fits(&name(b)) && name(b).fits(&name(a)), "{a} / {b}");
        }
    }

    #[test]
    fn full_names_that_are_two_people() {
        for (a, b) in
            [("Juan Guaidó", "Juan Mejía"), ("Bill Clinton", "Hillary Clinton"), ("Kim Jong-un", "Kim Yo-jong"), ("Ed Li", "Al Li")]
        {
            assert!(!name(a).fits(&name(b)) && !name(b).fits(&name(a)), "{a} / {b}");
        }
        let suffixed = |s: &str| Parts { suffix: Some(s.to_owned()), ..name("John Roe") };
        assert!(!suffixed("jr").fits(&suffixed("sr")) && suffixed("jr").fits(&name("John Roe")));
    }

    #[test]
    fn one_word_for_a_name() {
        assert_eq!(name("Juan Guaidó").stands_for("guaido", true), 3);
        assert_eq!(name("Kim Jong-un").stands_for("kim", true), 3);
        assert_eq!(name("Kim Roe").stands_for("kim", false), 2);
        assert_eq!(name("Andrés Manuel López Obrador").stands_for("amlo", false), 1);
        assert_eq!(name("John Roe").stands_for("john", true), 0);
        assert_eq!(name("Ann Roe").stands_for("roy", false), 0);
        assert_eq!(name("").stands_for("x", false), 0);
    }

    #[test]
    fn edits() {
        assert!(one_edit("abc", "abd") && one_edit("abc", "ab") && one_edit("bc", "abc") && one_edit("a", "a"));
        assert!(!one_edit("abc", "cab") && !one_edit("abcd", "ab"));
    }
}
