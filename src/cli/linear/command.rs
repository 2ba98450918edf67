//! What can be typed: a word, or its first letters, and perhaps a number or words.

use crate::locale::{self, tr, tr_later};
use crate::text::fold;

/// Something that the reader asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Command {
    /// The next paragraph.
    Next,
    /// The paragraph before.
    Back,
    /// A paragraph by its number, from 1; the same again without.
    Paragraph(Option<usize>),
    /// The rest of the article.
    Rest,
    /// The articles, from this number on.
    List(usize),
    /// An article by its number.
    Open(usize),
    /// The article after this one.
    NextArticle,
    /// The article before this one.
    PreviousArticle,
    /// Who and what is named.
    Names,
    /// What is known of a name, by its number; it is followed from then on.
    Name(usize),
    /// The next mention of the name that is followed.
    Mention,
    /// What was said.
    Quotations,
    /// What happened when.
    Timeline,
    /// Which places are named, and where they are.
    Places,
    /// Where words stand.
    Find(String),
    /// Where the reader is.
    Where,
    /// The address of the article.
    Link,
    /// What can be typed.
    Help,
    /// The end.
    Quit,
}

/// What can follow a word.
const NUMBER: &str = tr_later!("NUMBER");
const SOUGHT: &str = tr_later!("WORDS");

/// Words, whether something follows them, and what each does.
pub(super) const WORDS: &[(&str, &str, &str)] = &[
    (tr_later!("next" in "typed"), "", tr_later!("the next paragraph; an empty line does the same")),
    (tr_later!("back" in "typed"), "", tr_later!("the paragraph before")),
    (tr_later!("paragraph" in "typed"), NUMBER, tr_later!("a paragraph by its number; without one, the same again")),
    (tr_later!("read" in "typed"), "", tr_later!("all the rest of the article")),
    (tr_later!("list" in "typed"), NUMBER, tr_later!("ten articles, from this number on")),
    (tr_later!("open" in "typed"), NUMBER, tr_later!("an article by its number; the number alone does the same")),
    (tr_later!("following" in "typed"), "", tr_later!("the article after this one")),
    (tr_later!("preceding" in "typed"), "", tr_later!("the article before this one")),
    (tr_later!("who" in "typed"), "", tr_later!("the names of the article")),
    (tr_later!("name" in "typed"), NUMBER, tr_later!("what is known of a name, by its number; it is followed from then on")),
    (tr_later!("mention" in "typed"), "", tr_later!("the sentence with the next mention of the name that is followed")),
    (tr_later!("said" in "typed"), "", tr_later!("the quotations, with their speakers")),
    (tr_later!("timeline" in "typed"), "", tr_later!("what happened when, in the order of the calendar")),
    (tr_later!("places" in "typed"), "", tr_later!("the places of the article, and where they are")),
    (tr_later!("find" in "typed"), SOUGHT, tr_later!("where these words stand in the article")),
    (tr_later!("where" in "typed"), "", tr_later!("where you are")),
    (tr_later!("link" in "typed"), "", tr_later!("the address of the article")),
    (tr_later!("help" in "typed"), "", tr_later!("this list")),
    (tr_later!("quit" in "typed"), "", tr_later!("leave")),
];

/// The row of a word, of which the first letters are enough: in the reader's language, else in English. Accents and capitals may be left out.
fn known(word: &str) -> Option<&'static (&'static str, &'static str, &'static str)> {
    let word = fold(word);
    let begins = |known: &str| fold(known).starts_with(&word);
    WORDS.iter().find(|(key, ..)| begins(locale::meant(key))).or_else(|| WORDS.iter().find(|(key, ..)| begins(locale::english(key))))
}

impl Command {
    /// Reads a line.
    ///
    /// # Errors
    /// What is wrong with it, and what may have been meant.
    pub(super) fn read(line: &str) -> Result<Self, String> {
        if line.is_empty() {
            return Ok(Self::Next);
        }
        if let Ok(number) = line.parse() {
            return Ok(Self::Open(number));
        }
        let (word, rest) = line.split_once(char::is_whitespace).map_or((line, ""), |(word, rest)| (word, rest.trim()));
        let Some((key, wants, _)) = known(word) else {
            return Err(tr!("I do not know {word}. Type help for what can be typed.", word));
        };
        let known = locale::meant(key);
        let number: Option<usize> = rest.parse().ok();
        if *wants == NUMBER && !rest.is_empty() && number.is_none() {
            return Err(tr!("After {known} comes a number.", known));
        }
        Ok(match (locale::english(key), number) {
            ("next", _) => Self::Next,
            ("back", _) => Self::Back,
            ("paragraph", number) => Self::Paragraph(number),
            ("read", _) => Self::Rest,
            ("list", number) => Self::List(number.unwrap_or(1)),
            ("open", Some(number)) => Self::Open(number),
            ("following", _) => Self::NextArticle,
            ("preceding", _) => Self::PreviousArticle,
            ("who", _) => Self::Names,
            ("name", Some(number)) => Self::Name(number),
            ("mention", _) => Self::Mention,
            ("said", _) => Self::Quotations,
            ("timeline", _) => Self::Timeline,
            ("places", _) => Self::Places,
            ("find", _) if !rest.is_empty() => Self::Find(rest.to_owned()),
            ("where", _) => Self::Where,
            ("link", _) => Self::Link,
            ("help", _) => Self::Help,
            ("quit", _) => Self::Quit,
            _ if *wants == SOUGHT => return Err(tr!("After {known} comes what is to be found.", known)),
            _ => return Err(tr!("After {known} comes a number.", known)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{Language, speaking};

    #[test]
    fn words_first_letters_and_numbers() {
        let read = |line: &str| Command::read(line);
        assert_eq!(read(""), Ok(Command::Next));
        assert_eq!(read("12"), Ok(Command::Open(12)));
        assert_eq!(read("o 3"), Ok(Command::Open(3)));
        assert_eq!(read("NEXT"), Ok(Command::Next));
        assert_eq!(read("find  the moon"), Ok(Command::Find("the moon".into())));
        assert_eq!(read("p"), Ok(Command::Paragraph(None)));
        assert_eq!(read("w"), Ok(Command::Names));
        assert_eq!(read("whe"), Ok(Command::Where));
        assert_eq!(read("open"), Err("After open comes a number.".into()));
        assert_eq!(read("open x"), Err("After open comes a number.".into()));
        assert_eq!(read("find"), Err("After find comes what is to be found.".into()));
        assert!(read("xyzzy").is_err_and(|e| e.contains("xyzzy")));
    }

    #[test]
    fn every_word_is_understood_and_no_letter_is_taken_twice_by_chance() {
        for language in Language::ALL {
            for (key, wants, _) in WORDS {
                let read = |word: &str| {
                    let line = match *wants {
                        NUMBER => format!("{word} 1"),
                        SOUGHT => format!("{word} a"),
                        _ => word.to_owned(),
                    };
                    Command::read(&line).unwrap_or_else(|e| panic!("{line}: {e}"))
                };
                let english = read(locale::english(key));
                assert_eq!(speaking(language, || read(locale::meant(key))), english, "{}", language.code());
            }
        }
    }
}
