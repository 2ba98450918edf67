//! What can be typed: a word, or its first letters, and perhaps a number or words.

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

/// Words, whether something follows them, and what each does.
pub(super) const WORDS: &[(&str, &str, &str)] = &[
    ("next", "", "the next paragraph; an empty line does the same"),
    ("back", "", "the paragraph before"),
    ("paragraph", "NUMBER", "a paragraph by its number; without one, the same again"),
    ("read", "", "all the rest of the article"),
    ("list", "NUMBER", "ten articles, from this number on"),
    ("open", "NUMBER", "an article by its number; the number alone does the same"),
    ("following", "", "the article after this one"),
    ("preceding", "", "the article before this one"),
    ("who", "", "the names of the article"),
    ("name", "NUMBER", "what is known of a name, by its number; it is followed from then on"),
    ("mention", "", "the sentence with the next mention of the name that is followed"),
    ("said", "", "the quotations, with their speakers"),
    ("timeline", "", "what happened when, in the order of the calendar"),
    ("places", "", "the places of the article, and where they are"),
    ("find", "WORDS", "where these words stand in the article"),
    ("where", "", "where you are"),
    ("link", "", "the address of the article"),
    ("help", "", "this list"),
    ("quit", "", "leave"),
];

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
        let word = word.to_lowercase();
        let Some((known, wants, _)) = WORDS.iter().find(|(known, ..)| known.starts_with(&word)) else {
            return Err(format!("I do not know {word}. Type help for what can be typed."));
        };
        let number: Option<usize> = rest.parse().ok();
        if *wants == "NUMBER" && !rest.is_empty() && number.is_none() {
            return Err(format!("After {known} comes a number."));
        }
        Ok(match (*known, number) {
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
            (known, _) => {
                return Err(format!("After {known} comes {}.", if *wants == "WORDS" { "what is to be found" } else { "a number" }));
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        for (word, wants, _) in WORDS {
            let line = match *wants {
                "NUMBER" => format!("{word} 1"),
                "WORDS" => format!("{word} a"),
                _ => (*word).to_owned(),
            };
            assert!(Command::read(&line).is_ok(), "{line}");
        }
    }
}
