//! Names of organisations, places and other things as they are compared: without article and legal form, initials for acronyms, and with a country
//! where the name alone says too little.

use super::form::Form;
use crate::article::CountryCode;
use crate::lexicon::who::{Class, class, folded};

/// Names of the same place or body, one a line; all else about places is the gazetteer's.
pub const SAME: &[&[&str]] = &[
    &["united states", "us", "usa", "america", "united states of america"],
    &["united kingdom", "uk", "britain", "great britain"],
    &["united arab emirates", "uae", "emirates"],
    &["european union", "eu"],
    &["united nations", "un"],
    &["soviet union", "ussr"],
    &["democratic republic of congo", "democratic republic of the congo", "drc", "dr congo"],
    &["north korea", "dprk"],
    &["saudi arabia", "saudi"],
];

/// What ends a company's name and is left out of its short form.
const LEGAL: &[&str] = &["inc", "corp", "corporation", "co", "company", "ltd", "limited", "plc", "llc", "ag", "sa", "gmbh", "nv", "spa"];

/// The words of a name, folded, without article and legal form.
#[must_use]
pub fn read(name: &str) -> Form {
    let mut words = name.split(|c: char| c.is_whitespace() || "()[]\"“”,".contains(c)).filter(|w| !w.is_empty()).peekable();
    words.next_if(|first| first.eq_ignore_ascii_case("the"));
    let mut form = Form::default();
    for word in words {
        form.push(word, |c| !c.is_alphanumeric() && c != '&');
    }
    if form.is_empty() {
        form.push(name, |c| !c.is_alphanumeric());
    }
    while form.len() > 1 && LEGAL.contains(&form.last()) {
        form.pop();
    }
    form
}

/// True for letters that stand for a longer name: "OAS", "B.R.T."
#[must_use]
pub fn is_acronym(name: &str) -> bool {
    let capitals = name.chars().filter(|c| c.is_uppercase()).count();
    capitals > 1 && 2 * capitals > name.chars().count() && !name.contains(' ')
}

/// The first letters of the capital words: of "Bureau of Animal Industry" it is "bai".
#[must_use]
pub fn initials(form: &Form) -> Option<String> {
    let letters = || form.words().filter(|w| !class(w).is(Class::FUNCTION)).filter_map(|w| w.chars().next());
    (letters().nth(1).is_some()).then(|| letters().collect())
}

/// Words that bodies of many countries have in their names, beside the head nouns of the lexicon.
const GENERIC: &[&str] = &[
    "air",
    "armed",
    "attorney",
    "border",
    "central",
    "chief",
    "civil",
    "coast",
    "constituent",
    "constitutional",
    "criminal",
    "defence",
    "defense",
    "democratic",
    "education",
    "electoral",
    "environment",
    "federal",
    "finance",
    "forces",
    "foreign",
    "general",
    "guard",
    "health",
    "high",
    "immigration",
    "information",
    "intelligence",
    "interior",
    "justice",
    "labor",
    "labour",
    "legislative",
    "liberal",
    "lower",
    "military",
    "national",
    "navy",
    "people's",
    "peoples",
    "popular",
    "public",
    "representatives",
    "republican",
    "revolutionary",
    "royal",
    "security",
    "social",
    "socialist",
    "state",
    "statistics",
    "superior",
    "supreme",
    "trade",
    "transport",
    "treasury",
    "upper",
    "weather",
];

/// True for a name that bodies of many countries share: "National Assembly", "Ministry of Defence", but not "Bolshoi Theatre".
#[must_use]
pub fn is_generic(form: &Form) -> bool {
    form.words().all(|w| class(w).is(Class::ORGANIZATION | Class::FUNCTION) || GENERIC.contains(&w))
}

/// What a body or thing is known by in a library. A name that many countries use counts with its country: "National Assembly" of Venezuela is
/// another one than that of France.
#[must_use]
pub fn key(name: &str, country: Option<CountryCode>) -> String {
    let form = read(name);
    let plain = form.text();
    if let Some([first, ..]) = SAME.iter().find(|s| s.contains(&plain)) {
        return (*first).to_owned();
    }
    match country.filter(|_| is_generic(&form)) {
        Some(country) => format!("{plain} @{country}"),
        None => plain.to_owned(),
    }
}

/// The acronym in a name or a form of it, as it is looked up: three letters and more, because two mean too much.
#[must_use]
pub fn acronym(form: &str) -> Option<String> {
    let bare: String = form.chars().filter(|c| *c != '.').collect();
    let letters: String = folded(&bare).chars().filter(|c| c.is_alphanumeric()).collect();
    (is_acronym(&bare) && (3..=8).contains(&letters.chars().count())).then_some(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_bodies() {
        let (ve, fr) = (CountryCode::new("VE"), CountryCode::new("FR"));
        assert_eq!(key("The Acme Widgets Inc.", ve), "acme widgets");
        assert_eq!(key("Acme Widgets", fr), "acme widgets");
        assert_ne!(key("National Assembly", ve), key("the National Assembly", fr));
        assert_eq!(key("Supreme Court", ve), key("supreme court", ve));
        assert_eq!(key("E.U.", fr), key("European Union", None));
    }

    #[test]
    fn acronyms_have_three_letters_and_more() {
        assert_eq!(acronym("OAS").as_deref(), Some("oas"));
        assert_eq!(acronym("B.R.T.").as_deref(), Some("brt"));
        assert_eq!(acronym("UN"), None);
        assert_eq!(acronym("Acme"), None);
    }
}
