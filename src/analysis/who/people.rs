//! The mentions of people joined: full names first, the longest before the shorter ones, then single words in the order of the text.

use super::Joined;
use super::name::Name;
use crate::analysis::Reading;
use crate::article::{Mention, Reason};
use crate::lexicon::who::{Gender, given_name};
use crate::link::name::Parts;
use crate::text::Map;
use std::cmp::Reverse;

/// People looked at for one word; of more that share it only the latest count.
const CANDIDATES: usize = 24;

/// Different full forms remembered of one person.
const FORMS: usize = 8;

/// A person: the names seen and when.
#[derive(Debug, Default)]
struct Person<'n> {
    names: Vec<Name<'n>>,
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

/// People in the order in which they came, nearly always a single one.
#[derive(Debug, Default)]
struct Ids {
    first: Option<u32>,
    more: Vec<u32>,
}

/// All people and by what they are found.
#[derive(Debug, Default)]
struct People<'n> {
    all: Vec<Person<'n>>,
    by_word: Map<&'n str, Ids>,
    by_initials: Map<String, Ids>,
    by_bones: Map<Bones, Ids>,
}

/// Joins the mentions with the indices `which`; the answers stand in their order, clusters counted from 0.
/// With them the genders of the clusters.
pub(super) fn join(reading: &Reading<'_>, mentions: &[Mention], which: &[usize]) -> (Vec<Joined>, Vec<Option<Gender>>) {
    let (parts, of) = parts(reading, mentions, which);
    let names: Vec<Name<'_>> = which.iter().zip(of).map(|(m, n)| Name::at(&parts[n], reading, mentions[*m].span)).collect();
    let mut people = People::default();
    let mut joined = vec![Joined { cluster: usize::MAX, reason: Reason::First, antecedent: None }; which.len()];
    for uses in introductions(&names).chunk_by(|a, b| a.1 == b.1) {
        let (person, reason) = people.introduce(names[uses[0].2]);
        for (_, _, at) in uses {
            joined[*at] = Joined { cluster: person, reason, antecedent: None };
        }
    }
    for (at, name) in names.iter().enumerate() {
        if !name.is_full() {
            let (person, reason) = people.refer(*name);
            joined[at] = Joined { cluster: person, reason, antecedent: None };
        }
        people.see(&mut joined[at], at, name);
    }
    (joined, people.all.iter().map(|p| p.title.or(p.gender)).collect())
}

/// The names of mentions taken apart, each spelling once, and for each mention the number of its own.
fn parts(reading: &Reading<'_>, mentions: &[Mention], which: &[usize]) -> (Vec<Parts>, Vec<usize>) {
    let mut parts = Vec::new();
    let mut known: Map<&str, usize> = Map::default();
    let mut part = |name| {
        *known.entry(name).or_insert_with(|| {
            parts.push(Parts::read(name));
            parts.len() - 1
        })
    };
    let of = which.iter().map(|m| part(mentions[*m].span.of(&reading.article.text))).collect();
    (parts, of)
}

/// The gender that the names of one person tell, titles before given names.
pub(super) fn gender(reading: &Reading<'_>, mentions: &[&Mention]) -> Option<Gender> {
    let parts: Vec<Parts> = mentions.iter().map(|m| Parts::read(m.span.of(&reading.article.text))).collect();
    let names: Vec<Name<'_>> = mentions.iter().zip(&parts).map(|(m, parts)| Name::at(parts, reading, m.span)).collect();
    names.iter().find_map(|n| n.title).or_else(|| names.iter().find_map(Name::gender))
}

/// The uses of names of several words as (words, number of the name, mention): the longest names first, equals in the order of the text.
fn introductions(names: &[Name<'_>]) -> Vec<(Reverse<usize>, usize, usize)> {
    let mut numbers: Map<&str, usize> = Map::default();
    let mut uses = Vec::new();
    for (at, name) in names.iter().enumerate().filter(|(_, n)| n.is_full()) {
        let next = numbers.len();
        let form = &name.parts.form;
        uses.push((Reverse(form.len()), *numbers.entry(form.text()).or_insert(next), at));
    }
    uses.sort_unstable();
    uses
}

/// What misspelling seldom changes of a word: its first letter, and its consonants as a set of bits.
type Bones = (char, u32);

/// The bones of a word without a final s; `None` for short words.
fn bones(word: &str) -> Option<Bones> {
    let word = word.trim_end_matches('s');
    let first = word.chars().next().filter(|_| (5..32).contains(&word.len()))?;
    let consonants = word.chars().filter(|c| c.is_alphabetic() && !"aeiouy".contains(*c));
    Some((first, consonants.fold(0, |bits, c| bits | 1 << (u32::from(c) % 32))))
}

impl Ids {
    /// Adds somebody who is not among the latest.
    fn enter(&mut self, id: u32) {
        match self.first {
            None => self.first = Some(id),
            Some(_) if self.latest().any(|known| known == id as usize) => {}
            Some(_) => self.more.push(id),
        }
    }

    /// The latest ones first.
    fn latest(&self) -> impl Iterator<Item = usize> {
        self.more.iter().rev().copied().chain(self.first).take(CANDIDATES).map(|id| id as usize)
    }
}

impl<'n> People<'n> {
    /// The person with the full name `name`, a new one where it fits nobody.
    fn introduce(&mut self, name: Name<'n>) -> (usize, Reason) {
        let gender = name.gender();
        let differ = |a: Option<Gender>, b: Option<Gender>| a.zip(b).is_some_and(|(a, b)| a != b);
        let fits = |p: &Person<'_>| {
            !differ(p.gender, name.title)
                && !differ(gender, p.names.first().and_then(|n| n.title))
                && p.names.iter().all(|n| n.parts.fits(name.parts))
        };
        let found = self
            .candidates(name.last())
            .chain(self.candidates(name.parts.form.first()))
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
    fn know(&mut self, person: usize, name: Name<'n>) {
        let Some(entry) = self.all.get_mut(person) else { return };
        entry.gender = entry.gender.or_else(|| name.gender());
        if entry.names.len() >= FORMS {
            return;
        }
        entry.names.push(name);
        let id = u32::try_from(person).unwrap_or(u32::MAX);
        for word in name.parts.form.words() {
            self.by_word.entry(word).or_default().enter(id);
            for part in word.split('-').filter(|part| part.len() < word.len()) {
                self.by_word.entry(part).or_default().enter(id);
            }
        }
        if let Some(bones) = bones(name.last()) {
            self.by_bones.entry(bones).or_default().enter(id);
        }
        if let Some(initials) = name.parts.initials() {
            self.by_initials.entry(initials.collect()).or_default().enter(id);
        }
    }

    /// The latest people who have `word` in a name.
    fn candidates(&self, word: &str) -> impl Iterator<Item = usize> {
        self.by_word.get(word).into_iter().flat_map(Ids::latest)
    }

    /// The person whom a single word names.
    fn refer(&mut self, name: Name<'n>) -> (usize, Reason) {
        let word = name.last();
        let fits = |p: &usize| {
            let person = &self.all[*p];
            name.title.is_none() || person.gender.is_none() || person.gender == name.title
        };
        let rank = |p: usize| self.all[p].names.iter().map(|n| n.parts.stands_for(word, name.honored)).max().unwrap_or(0);
        let by_initials = self.by_initials.get(word).into_iter().flat_map(Ids::latest);
        let best = self.candidates(word).chain(by_initials).filter(fits).map(|p| (rank(p), p)).filter(|(rank, _)| *rank > 0);
        let best = best.max_by_key(|(rank, p)| (*rank, self.all[*p].count, self.all[*p].last));
        if let Some((rank, person)) = best {
            let named = self.all[person].names.iter().any(Name::is_full);
            let given = self.all[person].names.iter().any(|n| n.is_full() && n.parts.form.first() == word);
            let reason = match (named, rank) {
                (false, _) => Reason::Same,
                (_, 3) => Reason::Surname,
                (_, 1) => Reason::Acronym,
                _ if given => Reason::GivenName,
                _ => Reason::PartOfName,
            };
            return (person, reason);
        }
        if let Some(person) = self.misspelt(word).filter(|p| fits(p)) {
            return (person, Reason::Variant);
        }
        self.all.push(Person::default());
        self.know(self.all.len() - 1, name);
        (self.all.len() - 1, Reason::First)
    }

    /// The person with a full name whose surname is nearly `word`: letters doubled, left out or swapped.
    fn misspelt(&self, word: &str) -> Option<usize> {
        let edits = if word.len() < 7 { 1 } else { 2 };
        let near = |n: &Name<'_>| n.is_full() && strsim::damerau_levenshtein(n.last(), word) <= edits;
        let alike = self.by_bones.get(&bones(word)?).filter(|_| given_name(word).is_none())?;
        alike.latest().find(|p| self.all[*p].names.iter().any(near))
    }

    /// Takes note of a mention in the order of the text, and of the mention that it goes back to.
    fn see(&mut self, joined: &mut Joined, at: usize, name: &Name<'_>) {
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
        if name.is_full() {
            person.introduced = Some(at);
        }
    }
}
