//! A person's name taken apart, and whether two names can be one person's.

use crate::lexicon::who::{Class, Gender, class, folded, given_name, same_given_name};

/// Frequent family names of countries where they stand first, as they are written in English.
const FAMILY_FIRST: &[&str] = &[
    "kim", "lee", "park", "pak", "choi", "jeong", "jung", "chung", "kang", "cho", "yoon", "yun", "jang", "lim", "han", "shin", "seo",
    "kwon", "hwang", "ahn", "song", "moon", "ri", "hong", "xi", "li", "wang", "zhang", "chang", "liu", "chen", "yang", "huang", "zhao",
    "wu", "zhou", "xu", "sun", "ma", "zhu", "hu", "guo", "he", "lin", "gao", "luo", "zheng", "liang", "tsai", "deng", "mao", "hua", "wen",
    "jiang", "bo", "tang", "nguyen", "tran", "le", "pham", "phan", "vu", "vo", "dang", "bui", "do", "ho", "ngo", "duong", "ly", "truong",
];

/// A person's name without titles, folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// Its words in order.
    pub words: Vec<String>,
    /// "jr", "ii".
    suffix: Option<String>,
    /// The gender that the words before the name tell: "Ms.", "actress".
    pub title: Option<Gender>,
    /// True where an honorific such as "Mr." stands before it, which a given name alone never has.
    pub honored: bool,
}

impl Name {
    /// The name in `text`, whose own titles and possessive are left out.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut name = Self::default();
        let mut words = text.split(|c: char| c.is_whitespace() || "()[]\"“”,".contains(c)).filter(|w| !w.is_empty()).peekable();
        while let Some(word) = words.next() {
            let last = words.peek().is_none();
            let kind = class(word);
            if name.words.is_empty() && !last && kind.is(Class::TITLE) {
                name.entitle(word);
            } else if !name.words.is_empty() && last && kind.is(Class::SUFFIX) {
                name.suffix = Some(folded(word));
            } else {
                let word = without_possessive(word);
                name.words.push(folded(word).trim_matches(|c: char| !c.is_alphanumeric()).to_owned());
            }
        }
        name.words.retain(|w| !w.is_empty());
        name
    }

    /// The name as it is compared across articles: its words, and what stands behind it.
    #[must_use]
    pub fn key(&self) -> String {
        let words = self.words.join(" ");
        self.suffix.as_ref().map_or(words.clone(), |suffix| format!("{words} {suffix}"))
    }

    /// Takes note of a title, or of a noun for a person, that stands before the name.
    pub fn entitle(&mut self, word: &str) {
        self.title = self.title.or(class(word).gender());
        self.honored |= is_honorific(word);
    }

    /// The last word and the particles before it: "van der bellen".
    #[must_use]
    pub fn surname(&self) -> String {
        let mut first = self.words.len().saturating_sub(1);
        while first > 1 && class(&self.words[first - 1]).is(Class::PARTICLE) {
            first -= 1;
        }
        self.words.get(first..).unwrap_or(&[]).join(" ")
    }

    /// The last word; empty for a name without letters.
    #[must_use]
    pub fn last(&self) -> &str {
        self.words.last().map_or("", String::as_str)
    }

    /// The gender of the person, by title or given name.
    #[must_use]
    pub fn gender(&self) -> Option<Gender> {
        let given = || self.words.first().filter(|_| self.words.len() > 1 && !self.is_family_first()).and_then(|w| given_name(w));
        self.title.or_else(given)
    }

    /// True where the first word is the family name, as in Korea, China and Vietnam: "Kim Jong-un", "Nguyen Phu Trong", but not "Kim Clijsters".
    #[must_use]
    pub fn is_family_first(&self) -> bool {
        let [first, rest @ ..] = self.words.as_slice() else { return false };
        let syllables = |w: &String| w.len() <= 6 || w.contains('-');
        let several = rest.len() == 2 || rest.len() == 1 && rest[0].contains('-');
        FAMILY_FIRST.contains(&first.as_str()) && several && rest.iter().all(syllables)
    }

    /// The first letters of a name of three words and more: "amlo" for Andrés Manuel López Obrador.
    #[must_use]
    pub fn initials(&self) -> Option<String> {
        (3..=5).contains(&self.words.len()).then(|| self.words.iter().filter_map(|w| w.chars().next()).collect())
    }

    /// True where two names of several words each can be one person's.
    #[must_use]
    pub fn fits(&self, other: &Self) -> bool {
        if self.suffix.is_some() && other.suffix.is_some() && self.suffix != other.suffix {
            return false;
        }
        let (long, short) = if self.words.len() >= other.words.len() { (self, other) } else { (other, self) };
        let ([long_first, ..], [short_first, ..]) = (long.words.as_slice(), short.words.as_slice()) else { return false };
        let (a, b) = (long.surname(), short.surname());
        let same = a == b || a.len() >= 6 && one_edit(&a, &b) && long_first == short_first;
        if same {
            // "Andrés Mejía" is "Juan Andrés Mejía", "López Obrador" is "Andrés López Obrador".
            return given_fits(long_first, short_first) || long.words[1..].contains(short_first);
        }
        let subset = short.words.len() > 1 && long.words.len() > short.words.len() && given_fits(long_first, short_first);
        if subset && is_subsequence(&short.words, &long.words) {
            return true;
        }
        // "Von der Leyen" at the head of a sentence is "Ursula von der Leyen".
        if class(short_first).is(Class::PARTICLE) && short.words.len() > 1 && long.words.ends_with(&short.words) {
            return true;
        }
        // "Orbán Viktor" is "Viktor Orbán".
        short.words.len() == 2 && long.words.len() == 2 && long.words[0] == short.words[1] && long.words[1] == short.words[0]
    }

    /// How well the single word `word` stands for this name: 0 not at all, 3 as the surname.
    #[must_use]
    pub fn stands_for(&self, word: &str, honored: bool) -> u8 {
        let [first, .., last] = self.words.as_slice() else { return 3 * u8::from(self.last() == word) };
        if last == word || first == word && self.is_family_first() {
            return 3;
        }
        if last.split('-').any(|part| part == word) || self.words[1..].iter().any(|w| w == word) {
            return 2;
        }
        // An honorific stands before the first word only where that is the family name: "Mr. Kim", but not "Mr. John".
        let called = !honored || given_name(first).is_none();
        if called && first == word && word.len() > 1 {
            return 2;
        }
        u8::from(!honored && self.initials().is_some_and(|i| i == word))
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
        2 if given_name(short).is_none() && !short.contains(['a', 'e', 'i', 'o', 'u', 'y']) => long.starts_with(&short[..1]),
        2 => false,
        _ => long.starts_with(short) || a.replace('-', "") == b.replace('-', ""),
    }
}

fn is_subsequence(short: &[String], long: &[String]) -> bool {
    let mut rest = long.iter();
    short.iter().all(|word| rest.any(|other| other == word))
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

    fn name(words: &str) -> Name {
        Name { words: words.split(' ').map(folded).collect(), ..Name::default() }
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
        let suffixed = |s: &str| Name { suffix: Some(s.to_owned()), ..name("John Roe") };
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
