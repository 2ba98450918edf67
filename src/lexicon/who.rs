//! Words by what they do in a sentence of news: verbs of speech, titles, nouns for people, function words, given names.

use crate::text::{Fnv, fold};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::{BitOr, BitOrAssign};
use std::sync::LazyLock;

/// What a word can be: a set, for many words are several things.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Class(u32);

impl Class {
    /// Nothing that is known.
    pub const NONE: Self = Self(0);
    /// A verb that can introduce somebody's words: "said", "calls".
    pub const SPEECH: Self = Self(1);
    /// A verb that does little else: "said", not "calls".
    pub const REPORT: Self = Self(1 << 1);
    /// The -ing form of a verb.
    pub const PARTICIPLE: Self = Self(1 << 2);
    /// A form of another common verb.
    pub const VERB: Self = Self(1 << 3);
    /// A personal pronoun as a subject.
    pub const PRONOUN: Self = Self(1 << 4);
    /// An article, demonstrative or quantifier.
    pub const DETERMINER: Self = Self(1 << 5);
    /// A possessive pronoun.
    pub const POSSESSIVE: Self = Self(1 << 6);
    /// An auxiliary verb.
    pub const AUXILIARY: Self = Self(1 << 7);
    /// An adverb of the closed list.
    pub const ADVERB: Self = Self(1 << 8);
    /// A preposition.
    pub const PREPOSITION: Self = Self(1 << 9);
    /// A conjunction or relative pronoun that opens a subordinate clause.
    pub const SUBORDINATOR: Self = Self(1 << 10);
    /// "and", "but", "or".
    pub const COORDINATOR: Self = Self(1 << 11);
    /// A weekday, a month, a part of the day.
    pub const CALENDAR: Self = Self(1 << 12);
    /// A title or office before a name.
    pub const TITLE: Self = Self(1 << 14);
    /// A noun for a person.
    pub const ROLE: Self = Self(1 << 15);
    /// A noun for somebody or something that is often cited.
    pub const SOURCE: Self = Self(1 << 16);
    /// The head noun of an organisation's name.
    pub const ORGANIZATION: Self = Self(1 << 17);
    /// What stands behind a name: "Jr.".
    pub const SUFFIX: Self = Self(1 << 18);
    /// A part of a surname that is often not capitalised: "van", "de".
    pub const PARTICLE: Self = Self(1 << 19);
    /// Said of men only.
    pub const MALE: Self = Self(1 << 20);
    /// Said of women only.
    pub const FEMALE: Self = Self(1 << 21);
    /// A personal pronoun that is no subject: "him", "herself".
    pub const OBJECT: Self = Self(1 << 22);
    /// The base form of a verb.
    pub const BARE: Self = Self(1 << 23);
    /// A verb of what somebody thinks: "believes".
    pub const THOUGHT: Self = Self(1 << 24);

    /// Words that never belong to a name and seldom to the middle of a noun phrase.
    pub const FUNCTION: Self = Self(
        Self::PRONOUN.0
            | Self::DETERMINER.0
            | Self::POSSESSIVE.0
            | Self::AUXILIARY.0
            | Self::ADVERB.0
            | Self::PREPOSITION.0
            | Self::SUBORDINATOR.0
            | Self::COORDINATOR.0
            | Self::OBJECT.0,
    );

    /// True where the two share anything.
    #[must_use]
    pub const fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for Class {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Class {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// The gender that a title, a noun or a given name tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    /// A man.
    Male,
    /// A woman.
    Female,
}

impl Class {
    /// The gender of those of whom the word is said.
    #[must_use]
    pub const fn gender(self) -> Option<Gender> {
        match (self.is(Self::MALE), self.is(Self::FEMALE)) {
            (true, false) => Some(Gender::Male),
            (false, true) => Some(Gender::Female),
            _ => None,
        }
    }
}

/// A table by words.
type Table<K, V> = HashMap<K, V, BuildHasherDefault<Fnv>>;

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::new(words(include_str!("../../assets/who/words.txt"))));
static GIVEN: LazyLock<Table<&'static str, Gender>> = LazyLock::new(|| given(include_str!("../../assets/who/given-names.txt")));
static NICKNAMES: LazyLock<Table<&'static str, Vec<u16>>> = LazyLock::new(|| nicknames(include_str!("../../assets/who/nicknames.txt")));

/// What `word` can be, whatever its case.
#[must_use]
pub fn class(word: &str) -> Class {
    if word.is_ascii() {
        return WORDS.get(word);
    }
    // No word of the table is longer.
    if word.len() > 64 { Class::NONE } else { WORDS.get(&word.to_lowercase().replace('’', "'")) }
}

/// The classes of words in a table with open addressing, which is asked for every word of a text: it folds ASCII letters on the way, without a copy, and
/// knows words by a hash of 64 bits alone. Among some thousand words another one would be taken for one of them once in 10¹⁵ words.
#[derive(Debug)]
struct Words {
    /// Hashes and classes; more than a third of the slots are empty, which [`EMPTY`] marks.
    slots: Vec<(u64, Class)>,
}

/// The hash of no word.
const EMPTY: u64 = 0;

impl Words {
    fn new(table: Table<String, Class>) -> Self {
        let size = (3 * table.len() / 2).next_power_of_two();
        let mut words = Self { slots: vec![(EMPTY, Class::NONE); size] };
        for (word, class) in table {
            let hash = hash(&word);
            let at = words.slot(hash);
            words.slots[at] = (hash, class);
        }
        words
    }

    /// The slot that holds the word with this hash, or the empty one where it would stand.
    fn slot(&self, hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (hash >> 32) as usize & mask;
        while self.slots[at].0 != hash && self.slots[at].0 != EMPTY {
            at = (at + 1) & mask;
        }
        at
    }

    fn get(&self, word: &str) -> Class {
        self.slots[self.slot(hash(word))].1
    }
}

/// A hash of a word, eight bytes at a time, the same for small letters and capitals of ASCII; never [`EMPTY`].
fn hash(word: &str) -> u64 {
    // Where a capital has no bit, its small letter has one; the other characters of words have it already.
    const SMALL: u64 = 0x2020_2020_2020_2020;
    const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
    let mix = |hash: u64, part: u64| {
        let hash = (hash ^ (part | SMALL)).wrapping_mul(MIX);
        hash ^ (hash >> 29)
    };
    let mut hash = word.len() as u64;
    let (eights, rest) = word.as_bytes().as_chunks::<8>();
    for eight in eights {
        hash = mix(hash, u64::from_le_bytes(*eight));
    }
    let rest = rest.iter().fold(0, |part, byte| part << 8 | u64::from(*byte));
    mix(mix(hash, rest), MIX) | 1
}

/// The gender that a given name nearly always tells; `name` is folded.
#[must_use]
pub fn given_name(name: &str) -> Option<Gender> {
    let known = |n: &str| GIVEN.get(n).copied();
    known(name).or_else(|| name.split_once('-').and_then(|(first, _)| known(first)))
}

/// True for two forms of one given name: "william", "bill". Both are folded.
#[must_use]
pub fn same_given_name(a: &str, b: &str) -> bool {
    families(a).iter().any(|f| families(b).contains(f))
}

/// The numbers of the families of given names that `name` is a form of: "bill" and "william" share one. It is folded.
#[must_use]
pub fn families(name: &str) -> &'static [u16] {
    NICKNAMES.get(name).map_or(&[][..], Vec::as_slice)
}

/// The lines of an asset with the section that each stands in, without comments.
fn lines(asset: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut section = "";
    asset.lines().filter_map(move |line| {
        let line = line.trim();
        if line.starts_with('#') || line.is_empty() {
            return None;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            section = name;
            return None;
        }
        Some((section, line))
    })
}

fn words(asset: &'static str) -> Table<String, Class> {
    let mut out: Table<String, Class> = Table::default();
    for (section, line) in lines(asset) {
        for word in line.split_whitespace() {
            match section {
                "speech" => verb(word, Class::SPEECH, &mut out),
                "verb" => verb(word, Class::VERB, &mut out),
                other => *out.entry(word.to_owned()).or_default() |= section_class(other),
            }
        }
    }
    out
}

fn section_class(section: &str) -> Class {
    match section {
        "pronoun" => Class::PRONOUN,
        "object" => Class::OBJECT,
        "determiner" => Class::DETERMINER,
        "possessive" => Class::POSSESSIVE,
        "auxiliary" => Class::AUXILIARY,
        "adverb" => Class::ADVERB,
        "preposition" => Class::PREPOSITION,
        "subordinator" => Class::SUBORDINATOR,
        "coordinator" => Class::COORDINATOR,
        "calendar" => Class::CALENDAR,
        "title" => Class::TITLE,
        "title.male" => Class::TITLE | Class::MALE,
        "title.female" => Class::TITLE | Class::FEMALE,
        "role" => Class::ROLE,
        "role.male" => Class::ROLE | Class::MALE,
        "role.female" => Class::ROLE | Class::FEMALE,
        "source" => Class::SOURCE,
        "organization" => Class::ORGANIZATION,
        "suffix" => Class::SUFFIX,
        "particle" => Class::PARTICLE,
        _ => Class::NONE,
    }
}

/// Enters the forms of a verb, written as the asset's first lines say.
fn verb(entry: &str, class: Class, out: &mut Table<String, Class>) {
    let (entry, class) = entry.strip_prefix('*').map_or((entry, class), |e| (e, class | Class::REPORT));
    let (entry, class) = entry.strip_prefix('~').map_or((entry, class), |e| (e, class | Class::THOUGHT));
    if let Some(forms) = entry.strip_prefix('=') {
        for form in forms.split('/') {
            let class = if form.ends_with("ing") { class | Class::PARTICIPLE } else { class };
            *out.entry(form.to_owned()).or_default() |= class;
        }
        return;
    }
    let (entry, bare) = entry.strip_suffix('-').map_or((entry, true), |e| (e, false));
    let (entry, doubled) = entry.strip_suffix('+').map_or((entry, false), |e| (e, true));
    let mut forms = entry.split('/');
    let base = forms.next().unwrap_or_default().trim_end_matches('+');
    let doubled = doubled || entry.contains('+');
    let mut enter = |form: String, class: Class| *out.entry(form).or_default() |= class;
    if bare {
        enter(base.to_owned(), class | Class::BARE);
    }
    let last = base.chars().next_back().unwrap_or_default();
    let stem = if doubled { format!("{base}{last}") } else { base.strip_suffix('e').unwrap_or(base).to_owned() };
    let to_i = base.strip_suffix('y').filter(|s| !s.ends_with(['a', 'e', 'o', 'u']));
    enter(format!("{}ing", if base.ends_with("ee") || base.len() < 3 { base } else { &stem }), class | Class::PARTICIPLE);
    let hissing = ["s", "sh", "ch", "x", "z", "o"].iter().any(|e| base.ends_with(e));
    enter(to_i.map_or_else(|| format!("{base}{}", if hissing { "es" } else { "s" }), |s| format!("{s}ies")), class);
    let mut past = forms.map(|f| f.trim_end_matches('+')).peekable();
    if past.peek().is_none() {
        enter(to_i.map_or_else(|| format!("{stem}ed"), |s| format!("{s}ied")), class);
    }
    for form in past {
        enter(form.to_owned(), class);
    }
}

fn given(asset: &'static str) -> Table<&'static str, Gender> {
    let gender = |section| if section == "male" { Gender::Male } else { Gender::Female };
    lines(asset).flat_map(|(section, line)| line.split_whitespace().map(move |name| (name, gender(section)))).collect()
}

fn nicknames(asset: &'static str) -> Table<&'static str, Vec<u16>> {
    let mut out: Table<_, Vec<u16>> = Table::default();
    for (family, (_, line)) in (0..).zip(lines(asset)) {
        for name in line.split_whitespace() {
            out.entry(name).or_default().push(family);
        }
    }
    out
}

/// A name's word as the tables have it: folded, without full stops.
#[must_use]
pub fn folded(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}

/// Adds a word, as [`folded`] has it, to `out`.
pub fn fold_into(word: &str, out: &mut String) {
    if !word.is_ascii() {
        out.extend(fold(word).chars().filter(|c| *c != '.'));
        return;
    }
    let start = out.len();
    word.split('.').for_each(|part| out.push_str(part));
    out[start..].make_ascii_lowercase();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_have_their_forms() {
        for word in
            ["said", "says", "saying", "admitted", "admitting", "announced", "replies", "replied", "Told", "WROTE", "agreeing", "urging"]
        {
            assert!(class(word).is(Class::SPEECH), "{word}");
        }
        assert!(class("saying").is(Class::PARTICIPLE));
        assert!(class("claimed").is(Class::REPORT) && !class("claim").is(Class::SPEECH));
        assert!(class("went").is(Class::VERB | Class::SPEECH));
        assert!(!class("sayed").is(Class::SPEECH));
    }

    #[test]
    fn titles_and_names_tell_the_gender() {
        assert_eq!(class("Mr.").gender(), Some(Gender::Male));
        assert_eq!(class("spokeswoman").gender(), Some(Gender::Female));
        assert_eq!(class("president").gender(), None);
        assert_eq!(given_name("maria"), Some(Gender::Female));
        assert_eq!(given_name("jean-claude"), given_name("jean"));
        assert!(same_given_name("bill", "william") && same_given_name("ted", "theodore") && same_given_name("ted", "edward"));
        assert!(!same_given_name("bill", "robert"));
    }

    #[test]
    fn no_two_words_of_the_table_share_a_hash() {
        let table = words(include_str!("../../assets/who/words.txt"));
        let hashes: std::collections::HashSet<u64> = table.keys().map(|word| hash(word)).collect();
        assert_eq!(hashes.len(), table.len());
        assert!(!hashes.contains(&EMPTY));
        assert_eq!(hash("Congresswoman"), hash("congresswoman"));
        assert_ne!(hash("said"), hash("sai"));
    }

    #[test]
    fn no_asset_has_an_unknown_section() {
        let asset = include_str!("../../assets/who/words.txt");
        for (section, _) in lines(asset) {
            assert!(matches!(section, "speech" | "verb") || section_class(section) != Class::NONE, "{section}");
        }
        assert_eq!(class(""), Class::NONE);
        assert_eq!(class(&"x".repeat(1 << 20)), Class::NONE);
    }
}
