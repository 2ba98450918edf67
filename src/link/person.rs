//! People across articles: under which parts a full name is found again, whose name it is, and whom a surname alone means.

use super::name::Parts;
use crate::lexicon::who::families;

/// Seconds of a day.
const DAY: u64 = 86_400;

/// Days for which somebody who was named in full is still known by the surname.
const KNOWN_FOR: u64 = 90 * DAY;

/// The parts under which a person's full name is looked up: the surname with what a given name begins with. Few people share one, however
/// frequent the surname. None for a single word.
#[must_use]
pub fn parts(name: &Parts) -> Vec<String> {
    let (form, count) = (&name.form, name.form.len());
    if count < 2 {
        return Vec::new();
    }
    let (first, last) = (form.first(), form.last());
    let given = count.saturating_sub(name.surname().split(' ').count()).max(1);
    let letter = |w: &str| w.chars().next().map(String::from).unwrap_or_default();
    let mut parts = Vec::new();
    for word in form.words().take(given) {
        parts.push(format!("{last} {}", letter(word)));
        parts.extend(families(word).iter().map(|f| format!("{last} #{f}")));
    }
    // "Andrés Manuel López" is "Andrés Manuel López Obrador".
    parts.extend(form.words().skip(1).take(count - 2).map(|w| format!("{w} {}", letter(first))));
    // "Orbán Viktor" is "Viktor Orbán".
    if count == 2 {
        parts.push(format!("{first} {}", letter(last)));
    }
    // One letter of a long surname may be wrong.
    if last.len() >= 6 {
        parts.push(format!("{first} ~{}", letter(last)));
    }
    parts.sort_unstable();
    parts.dedup();
    parts
}

/// The single words by which a person with this full name may be called.
#[must_use]
pub fn surnames(name: &Parts) -> Vec<String> {
    if name.form.len() < 2 {
        return Vec::new();
    }
    let last = name.form.last();
    let mut words = vec![last.to_owned()];
    words.extend(last.split('-').filter(|p| *p != last).map(str::to_owned));
    if name.is_family_first() {
        words.push(name.form.first().to_owned());
    }
    words
}

/// Somebody whom a full name might mean.
#[derive(Clone, Debug, Default)]
pub struct Candidate {
    /// The full names seen.
    pub names: Vec<Parts>,
    /// How many articles name this person.
    pub articles: u64,
    /// How much of the article's company this person is known to keep; see [`company`].
    pub company: f32,
}

/// The candidate who has the full name `name`, as an index: all known forms fit. Of several the one who keeps the same company, then the most frequent;
/// a bare initial that fits several means nobody.
#[must_use]
pub fn full(name: &Parts, candidates: &[Candidate]) -> Option<usize> {
    let differ = |c: &Candidate| {
        let gender = c.names.iter().find_map(Parts::gender);
        name.gender().zip(gender).is_some_and(|(a, b)| a != b) && !c.names.iter().any(|n| n.form.text() == name.form.text())
    };
    let fits = |c: &&(usize, &Candidate)| {
        let known = c.1.company > 0.0 || !is_misspelt(name, &c.1.names);
        known && !c.1.names.is_empty() && !differ(c.1) && c.1.names.iter().all(|n| n.fits(name))
    };
    let all: Vec<(usize, &Candidate)> = candidates.iter().enumerate().collect();
    let fitting: Vec<&(usize, &Candidate)> = all.iter().filter(fits).collect();
    let initial = name.form.first().chars().count() == 1;
    if fitting.len() > 1 && initial && fitting.iter().all(|c| c.1.company <= 0.0) {
        return None;
    }
    fitting.into_iter().max_by(|a, b| a.1.company.total_cmp(&b.1.company).then(a.1.articles.cmp(&b.1.articles))).map(|c| c.0)
}

/// True where no word that ends one of the names stands in the other: only a letter of the surname may have been wrong. In one article that is a slip; in a
/// library it may as well be somebody else, unless the company is the same.
#[must_use]
pub fn is_misspelt(name: &Parts, names: &[Parts]) -> bool {
    let has = |a: &Parts, b: &Parts| a.form.words().any(|w| w == b.form.last());
    !names.iter().any(|n| has(n, name) || has(name, n))
}

/// Somebody whom a surname alone might mean, as far as the article tells.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Acquaintance {
    /// True where the article's own source named this person in full.
    pub same_source: bool,
    /// Seconds between the article and the nearest one that names this person in full.
    pub apart: u64,
    /// How much of the article's company this person is known to keep.
    pub company: f32,
}

/// The one person whom a surname means, as an index: known to the same source or in the same company, not long before or after, and nobody else is,
/// or nobody else keeps half as much of the company.
#[must_use]
pub fn lone(people: &[Acquaintance]) -> Option<usize> {
    let fits = |p: &&(usize, &Acquaintance)| p.1.apart <= KNOWN_FOR && (p.1.same_source || p.1.company > 0.0);
    let all: Vec<(usize, &Acquaintance)> = people.iter().enumerate().collect();
    let mut fitting: Vec<&(usize, &Acquaintance)> = all.iter().filter(fits).collect();
    fitting.sort_by(|a, b| b.1.company.total_cmp(&a.1.company));
    match fitting[..] {
        [one] => Some(one.0),
        [best, next, ..] if best.1.company > 2.0 * next.1.company => Some(best.0),
        _ => None,
    }
}

/// What one entity that two articles share counts as company: less the more articles name it.
#[must_use]
pub fn company(articles: u64) -> f32 {
    1.0 / (1.0 + (articles as f32).ln_1p())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(names: &[&str], articles: u64) -> Candidate {
        Candidate { names: names.iter().map(|n| Parts::read(n)).collect(), articles, company: 0.0 }
    }

    #[test]
    fn names_of_one_person_share_a_part() {
        for (a, b) in [
            ("Juan Andrés Mejía", "Andres Mejia"),
            ("Bill Clinton", "William Clinton"),
            ("William J. Clinton", "Bill Clinton"),
            ("Andrés Manuel López", "Andrés Manuel López Obrador"),
            ("Viktor Orbán", "Orbán Viktor"),
            ("Ursula von der Leyen", "Ursula Von der Leyen"),
            ("Nicolás Maduro Moros", "Nicolás Maduro"),
            ("Viktor Yanukovych", "Viktor Yanukovich"),
            ("J. B. Pritzker", "Jay Pritzker"),
        ] {
            let (a, b) = (parts(&Parts::read(a)), parts(&Parts::read(b)));
            assert!(a.iter().any(|p| b.contains(p)), "{a:?} {b:?}");
        }
        assert!(parts(&Parts::read("Guaidó")).is_empty());
        assert!(parts(&Parts::read("")).is_empty());
    }

    #[test]
    fn a_full_name_is_whose_forms_all_fit() {
        let people = [candidate(&["John A. Smith"], 9), candidate(&["Jane Smith"], 2), candidate(&["John Smith", "John B. Smith"], 1)];
        assert_eq!(full(&Parts::read("John A. Smith Jr."), &people[..2]), Some(0));
        assert_eq!(full(&Parts::read("Mary Smith"), &people), None);
        assert_eq!(full(&Parts::read("J. Smith"), &people), None, "an initial that fits several");
        assert_eq!(full(&Parts::read("J. Smith"), &people[..1]), Some(0));
        let known = Candidate { company: 0.4, ..people[1].clone() };
        assert_eq!(full(&Parts::read("J. Smith"), &[people[0].clone(), known]), Some(1));
    }

    #[test]
    fn a_misspelt_surname_needs_the_same_company() {
        let hansen = candidate(&["John Hansen"], 3);
        assert_eq!(full(&Parts::read("John Hanson"), std::slice::from_ref(&hansen)), None);
        assert_eq!(full(&Parts::read("John Hanson"), &[Candidate { company: 0.3, ..hansen }]), Some(0));
        assert!(!is_misspelt(&Parts::read("Orbán Viktor"), &[Parts::read("Viktor Orbán")]));
    }

    #[test]
    fn a_surname_means_the_only_one_who_fits() {
        let near = Acquaintance { same_source: true, apart: DAY, company: 0.0 };
        let far = Acquaintance { apart: 400 * DAY, ..near };
        let stranger = Acquaintance { same_source: false, ..near };
        assert_eq!(lone(&[near]), Some(0));
        assert_eq!(lone(&[far, stranger, near]), Some(2));
        assert_eq!(lone(&[near, near]), None);
        assert_eq!(lone(&[near, Acquaintance { company: 0.5, ..near }]), Some(1));
        assert_eq!(lone(&[far]), None);
        assert_eq!(lone(&[stranger]), None);
        assert_eq!(lone(&[]), None);
    }

    #[test]
    fn surnames_with_hyphens_and_before_the_given_name() {
        assert_eq!(surnames(&Parts::read("Kim Jong-un")), ["jong-un", "jong", "un", "kim"]);
        assert_eq!(surnames(&Parts::read("Delcy Rodríguez")), ["rodriguez"]);
    }
}
