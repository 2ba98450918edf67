//! Names that an article has in capitals alone, as in datelines and headlines, written as a reader would write them.

use crate::analysis::Reading;
use crate::article::{Entity, Kind};
use crate::lexicon::gazetteer;
use crate::lexicon::who::{Class, class};
use crate::text::{Map, Set, titled};

/// Letters of the longest word that is taken for initials where nothing says otherwise: "UN", "UAE".
const SHORT: usize = 3;

/// Letters of the longest name of a place that is left alone where the gazetteer does not know it: "USSR".
const SHORT_PLACE: usize = 4;

/// Writes the names that stand in capitals alone as they are written elsewhere in the article, as the gazetteer writes them, or with capitals where their
/// words begin. What may be initials stays. The form in capitals stays among the other forms.
pub(super) fn calm(reading: &Reading<'_>, entities: &mut [Entity]) {
    let loud = || entities.iter().filter(|e| is_loud(&e.name));
    if loud().next().is_none() {
        return;
    }
    let spellings = spellings(reading, loud().flat_map(|e| words(&e.name)).map(str::to_lowercase).collect());
    for entity in entities.iter_mut().filter(|e| is_loud(&e.name)) {
        let name = match entity.kind {
            Kind::Person => person(&entity.name, &spellings),
            Kind::Place => place(&entity.name, &spellings),
            Kind::Organization | Kind::Other => thing(&entity.name, &spellings),
        };
        if let Some(name) = name.filter(|name| *name != entity.name) {
            entity.aliases.retain(|form| *form != name);
            entity.aliases.insert(0, std::mem::replace(&mut entity.name, name));
        }
    }
}

/// True for a name of which no letter is small and some could be.
fn is_loud(name: &str) -> bool {
    !name.contains(char::is_lowercase) && name.chars().filter(|c| c.is_uppercase()).nth(SHORT).is_some()
}

/// The words of a name: parted by spaces and hyphens.
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split([' ', '-']).filter(|word| !word.is_empty())
}

/// How an article writes words with a capital and small letters: the first spelling of each, by the word in small letters.
type Spellings<'a> = Map<String, &'a str>;

fn spellings<'a>(reading: &Reading<'a>, wanted: Set<String>) -> Spellings<'a> {
    let mut found = Spellings::default();
    for token in 0..reading.tokens.len() {
        let word = reading.word(token);
        if !word.starts_with(char::is_uppercase) || !word.contains(char::is_lowercase) {
            continue;
        }
        let lower = word.to_lowercase();
        if wanted.contains(&lower) {
            found.entry(lower).or_insert(word);
        }
    }
    found
}

/// Somebody's name; one word alone may be initials ("AMLO"), unless the article writes it otherwise elsewhere.
fn person(name: &str, spellings: &Spellings<'_>) -> Option<String> {
    let several = words(name).nth(1).is_some();
    each_word(name, |word| {
        let known = spellings.get(&word.to_lowercase()).map(|known| (*known).to_owned());
        known.or_else(|| several.then(|| if stays(name, word) { word.to_owned() } else { capital(word) }))
    })
}

/// True for a word of a person's name that stays as it is: initials, the number of a king, with which no name begins.
fn stays(name: &str, word: &str) -> bool {
    let vowel = |c: char| matches!(c, 'A' | 'E' | 'I' | 'O' | 'U' | 'Y') || !c.is_ascii();
    let number = !name.starts_with(word) && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    word.contains('.') || number || word.chars().count() <= SHORT && !word.contains(vowel)
}

/// A word with one capital; a particle has none, and behind "Mc" or an apostrophe stands another.
fn capital(word: &str) -> String {
    if class(word).is(Class::PARTICLE) {
        return word.to_lowercase();
    }
    let lower = titled(word);
    match lower.strip_prefix("Mc") {
        Some(rest) if rest.len() > 1 => format!("Mc{}", titled(&rest.to_uppercase())),
        _ => lower,
    }
}

fn place(name: &str, spellings: &Spellings<'_>) -> Option<String> {
    let key = gazetteer::key(name);
    let same = |known: &&str| !is_loud(known) && gazetteer::key(known) == key;
    let mut names = gazetteer::find(&key).into_iter().map(|c| c.place.name()).filter(same).peekable();
    let first = names.peek().copied();
    // Of several spellings the one with the same accents; who has none may not have them in capitals.
    let known = names.find(|known| known.to_uppercase() == name).or(first.filter(|_| name.is_ascii()));
    let long = || words(name).any(|word| word.chars().count() > SHORT_PLACE);
    known
        .map(str::to_owned)
        .or_else(|| each_word(name, |word| spellings.get(&word.to_lowercase()).map(|known| (*known).to_owned())))
        .or_else(|| long().then(|| titled(name)))
}

/// Another name: only as the article itself writes all its words elsewhere, since it may well be initials.
fn thing(name: &str, spellings: &Spellings<'_>) -> Option<String> {
    each_word(name, |word| {
        let small = class(word).is(Class::FUNCTION) && !name.starts_with(word);
        let known = spellings.get(&word.to_lowercase()).filter(|_| word.chars().count() > SHORT).map(|known| (*known).to_owned());
        known.or_else(|| small.then(|| word.to_lowercase()))
    })
}

/// The name with each word as `write` gives it; `None` where it does not know one.
fn each_word(name: &str, write: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut out = String::with_capacity(name.len());
    for part in name.split_inclusive([' ', '-']) {
        let word = part.trim_end_matches([' ', '-']);
        out.push_str(&if word.is_empty() { String::new() } else { write(word)? });
        out.push_str(part.get(word.len()..).unwrap_or(""));
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;

    /// The name that an entity has after all, in an article with this text.
    fn calmed(kind: Kind, name: &str, text: &str) -> String {
        let article = Article { text: text.to_owned(), ..Article::default() };
        let reading = Reading::new(&article);
        let entity = Entity { kind, name: name.to_owned(), aliases: Vec::new(), roles: Vec::new(), salience: 0.0, place: None };
        let mut entities = [entity];
        calm(&reading, &mut entities);
        let [entity] = entities;
        assert_eq!(entity.aliases.iter().any(|form| form == name), entity.name != name);
        entity.name
    }

    #[test]
    fn places_of_datelines() {
        for (loud, calm) in [
            ("VALPARAÍSO", "Valparaíso"),
            ("PORT-AU-PRINCE", "Port-au-Prince"),
            ("PERU", "Peru"),
            ("UAE", "UAE"),
            ("USSR", "USSR"),
            ("GRAU BISTEVIK", "Grau Bistevik"),
        ] {
            assert_eq!(calmed(Kind::Place, loud, ""), calm, "{loud}");
        }
    }

    #[test]
    fn people_of_headlines() {
        for (loud, calm) in [
            ("ADA MILLER", "Ada Miller"),
            ("JOÃO DE SOUZA-O'NEIL", "João de Souza-O'Neil"),
            ("PETER MCDONALD II", "Peter McDonald II"),
            ("J.R. SMYTHE", "J.R. Smythe"),
            ("XI JINPING", "Xi Jinping"),
            ("AMLO", "AMLO"),
        ] {
            assert_eq!(calmed(Kind::Person, loud, ""), calm, "{loud}");
        }
        assert_eq!(calmed(Kind::Person, "LEE MACARTHY", "a letter of MacArthy to Lee"), "Lee MacArthy");
        assert_eq!(calmed(Kind::Person, "MILLER", "Miss Miller spoke."), "Miller");
    }

    #[test]
    fn what_may_be_initials_stays() {
        for name in ["UNESCO", "NATO SUMMIT", "WHO", "BANK OF KELLAN"] {
            assert_eq!(calmed(Kind::Organization, name, "Who went to the Summit?"), name);
        }
        assert_eq!(calmed(Kind::Organization, "BANK OF KELLAN", "A Bank in Kellan."), "Bank of Kellan");
    }
}
