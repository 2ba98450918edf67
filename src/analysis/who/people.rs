//! The mentions of people joined: full names first, the longest before the shorter ones, then single words in the order of the text.

use super::Joined;
use crate::analysis::Reading;
use crate::article::{Mention, Reason};
use crate::lexicon::who::{Class, Gender, class, given_name};
use crate::link::name::Name;
use crate::text::Span;
use std::collections::HashMap;

/// People looked at for one word; of more that share it only the latest count.
const CANDIDATES: usize = 24;

/// Different full forms remembered of one person.
const FORMS: usize = 8;

/// A person: the names seen and when.
#[derive(Debug, Default)]
struct Person {
    names: Vec<Name>,
    gender: Option<Gender>,
    /// The gender that a title tells, which is surer than that of a given name.
    title: Option<Gender>,
    /// Mentions so far.
    count: u32,
    /// The last mention in the order of the text, as an index into all mentions.
    last: Option<usize>,
    /// The first mention by a full name.
    introduced: Option<usize>,
}

/// All people and by which words they are found.
#[derive(Debug, Default)]
struct People {
    all: Vec<Person>,
    by_word: HashMap<String, Vec<u32>>,
}

/// Title words looked at before a name: "former Deputy Prime Minister X".
const TITLES: usize = 5;

/// Joins the mentions with the indices `which`; the answers stand in their order, clusters counted from 0.
/// With them the genders of the clusters.
pub(super) fn join(reading: &Reading<'_>, mentions: &[Mention], which: &[usize]) -> (Vec<Joined>, Vec<Option<Gender>>) {
    let names: Vec<Name> = which.iter().map(|m| read(reading, mentions[*m].span)).collect();
    let mut people = People::default();
    let mut joined = vec![Joined { cluster: usize::MAX, reason: Reason::First, antecedent: None }; which.len()];
    for (form, uses) in forms(&names) {
        let (person, reason) = people.introduce(form);
        for at in uses {
            joined[at] = Joined { cluster: person, reason, antecedent: None };
        }
    }
    for (at, name) in names.iter().enumerate() {
        if name.words.len() < 2 {
            let (person, reason) = people.refer(name);
            joined[at] = Joined { cluster: person, reason, antecedent: None };
        }
        people.see(&mut joined[at], at, name);
    }
    (joined, people.all.iter().map(|p| p.title.or(p.gender)).collect())
}

/// The gender that the names of one person tell, titles before given names.
pub(super) fn gender(reading: &Reading<'_>, mentions: &[&Mention]) -> Option<Gender> {
    let names: Vec<Name> = mentions.iter().map(|m| read(reading, m.span)).collect();
    names.iter().find_map(|n| n.title).or_else(|| names.iter().find_map(Name::gender))
}

/// The name under `span`, with the titles and nouns for people directly before it.
fn read(reading: &Reading<'_>, span: Span) -> Name {
    let mut name = Name::parse(span.of(&reading.article.text));
    let first = reading.token_at(span.start);
    for at in (first.saturating_sub(TITLES)..first).rev() {
        let word = reading.word(at);
        let gap = reading.tokens.get(at).map_or("\n", |t| Span { start: t.span.end, end: span.start }.of(&reading.article.text));
        if !class(word).is(Class::TITLE | Class::ROLE) || gap.contains('\n') {
            break;
        }
        name.entitle(word);
    }
    name
}

/// Names of several words with their uses, the longest first, equals in the order of the text.
fn forms(names: &[Name]) -> Vec<(&Name, Vec<usize>)> {
    let mut by_words: HashMap<&[String], usize> = HashMap::new();
    let mut forms: Vec<(&Name, Vec<usize>)> = Vec::new();
    for (at, name) in names.iter().enumerate().filter(|(_, n)| n.words.len() > 1) {
        let slot = *by_words.entry(&name.words).or_insert_with(|| {
            forms.push((name, Vec::new()));
            forms.len() - 1
        });
        forms[slot].1.push(at);
    }
    forms.sort_by_key(|(name, _)| std::cmp::Reverse(name.words.len()));
    forms
}

/// The first letter of a word and its consonants in the order of the alphabet, each once and without a final s: what misspelling seldom changes.
/// `None` for short words.
fn skeleton(word: &str) -> Option<String> {
    let word = word.trim_end_matches('s');
    let first = word.chars().next().filter(|_| (5..32).contains(&word.len()))?;
    let mut consonants: Vec<char> = word.chars().filter(|c| c.is_alphabetic() && !"aeiouy".contains(*c)).collect();
    consonants.sort_unstable();
    consonants.dedup();
    // The mark keeps skeletons apart from words in the same index.
    Some(format!("~{first}{}", consonants.iter().collect::<String>()))
}

impl People {
    /// The person with the full name `name`, a new one where it fits nobody.
    fn introduce(&mut self, name: &Name) -> (usize, Reason) {
        let gender = name.gender();
        let differ = |a: Option<Gender>, b: Option<Gender>| a.zip(b).is_some_and(|(a, b)| a != b);
        let fits = |p: &Person| {
            !differ(p.gender, name.title) && !differ(gender, p.names.first().and_then(|n| n.title)) && p.names.iter().all(|n| n.fits(name))
        };
        let found = self
            .candidates(name.last())
            .chain(self.candidates(&name.words[0]))
            .filter(|p| fits(&self.all[*p]))
            .max_by_key(|p| self.all[*p].names.len());
        if let Some(person) = found {
            self.know(person, name);
            return (person, Reason::Variant);
        }
        self.all.push(Person::default());
        self.know(self.all.len() - 1, name);
        (self.all.len() - 1, Reason::First)
    }

    /// Enters a form of a person's name.
    fn know(&mut self, person: usize, name: &Name) {
        let Some(entry) = self.all.get_mut(person) else { return };
        entry.gender = entry.gender.or_else(|| name.gender());
        if entry.names.len() >= FORMS {
            return;
        }
        entry.names.push(name.clone());
        let id = u32::try_from(person).unwrap_or(u32::MAX);
        let words = name.words.iter().flat_map(|w| w.split('-').chain(w.contains('-').then_some(w.as_str())));
        for word in words.map(str::to_owned).chain(skeleton(name.last())).chain(name.initials()) {
            let people = self.by_word.entry(word).or_default();
            if !people.iter().rev().take(CANDIDATES).any(|p| *p == id) {
                people.push(id);
            }
        }
    }

    /// The latest people who have `word` in a name.
    fn candidates(&self, word: &str) -> impl Iterator<Item = usize> {
        self.by_word.get(word).into_iter().flat_map(|ids| ids.iter().rev().take(CANDIDATES).map(|id| *id as usize))
    }

    /// The person whom a single word names.
    fn refer(&mut self, name: &Name) -> (usize, Reason) {
        let word = name.last().to_owned();
        let fits = |p: &usize| {
            let person = &self.all[*p];
            name.title.is_none() || person.gender.is_none() || person.gender == name.title
        };
        let rank = |p: usize| self.all[p].names.iter().map(|n| n.stands_for(&word, name.honored)).max().unwrap_or(0);
        let best = self.candidates(&word).filter(fits).map(|p| (rank(p), p)).filter(|(rank, _)| *rank > 0);
        let best = best.max_by_key(|(rank, p)| (*rank, self.all[*p].count, self.all[*p].last));
        if let Some((rank, person)) = best {
            let named = self.all[person].names.iter().any(|n| n.words.len() > 1);
            let given = self.all[person].names.iter().any(|n| n.words.len() > 1 && n.words[0] == word);
            let reason = match (named, rank) {
                (false, _) => Reason::Same,
                (_, 3) => Reason::Surname,
                (_, 1) => Reason::Acronym,
                _ if given => Reason::GivenName,
                _ => Reason::PartOfName,
            };
            return (person, reason);
        }
        if let Some(person) = self.misspelt(&word).filter(|p| fits(p)) {
            return (person, Reason::Variant);
        }
        self.all.push(Person::default());
        self.know(self.all.len() - 1, name);
        (self.all.len() - 1, Reason::First)
    }

    /// The person with a full name whose surname is nearly `word`: letters doubled, left out or swapped.
    fn misspelt(&self, word: &str) -> Option<usize> {
        let edits = if word.len() < 7 { 1 } else { 2 };
        let near = |n: &Name| n.words.len() > 1 && strsim::damerau_levenshtein(n.last(), word) <= edits;
        let bones = skeleton(word).filter(|_| given_name(word).is_none())?;
        self.candidates(&bones).find(|p| self.all[*p].names.iter().any(near))
    }

    /// Takes note of a mention in the order of the text, and of the mention that it goes back to.
    fn see(&mut self, joined: &mut Joined, at: usize, name: &Name) {
        let Some(person) = self.all.get_mut(joined.cluster) else { return };
        joined.antecedent = person.introduced.or(person.last);
        if joined.antecedent.is_none() {
            joined.reason = Reason::First;
        } else if joined.reason == Reason::First {
            joined.reason = Reason::Same;
        }
        person.count += 1;
        person.last = Some(at);
        person.gender = person.gender.or(name.title);
        person.title = person.title.or(name.title);
        if name.words.len() > 1 {
            person.introduced = Some(at);
        }
    }
}
