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
    /// The lists and feeds of the library.
    Feeds,
    /// A list or feed by its number.
    Feed(usize),
    /// The articles of the library that a query means.
    Search(String),
    /// The next unread article.
    New,
    /// A star for the open article, or none.
    Star,
    /// The open article is not read again.
    Unread,
    /// All of the list is read.
    Done,
    /// What was done last is taken back.
    Undo,
    /// All feeds are asked for what is new.
    Refresh,
    /// A feed or folder into the library.
    Add(String),
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
    ("feeds", "", "the lists and feeds of the library, with what is unread in them"),
    ("feed", "NUMBER", "the articles of a list or feed, by its number"),
    ("search", "WORDS", "the articles of the library with these words; who:, where:, when: and said: go before what they ask for"),
    ("new", "", "the next unread article of the list"),
    ("star", "", "a star for the open article, or none again"),
    ("unread", "", "the open article is not read again"),
    ("done", "", "all of the list is read"),
    ("undo", "", "what was done last is taken back"),
    ("update", "", "all feeds are asked for what is new"),
    ("add", "WORDS", "a feed or a folder into the library, by its address or path"),
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
        let whole = WORDS.iter().find(|(known, ..)| *known == word);
        let Some((known, wants, _)) = whole.or_else(|| WORDS.iter().find(|(known, ..)| known.starts_with(&word))) else {
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
            ("feeds", _) => Self::Feeds,
            ("feed", Some(number)) => Self::Feed(number),
            ("search", _) if !rest.is_empty() => Self::Search(rest.to_owned()),
            ("new", _) => Self::New,
            ("star", _) => Self::Star,
            ("unread", _) => Self::Unread,
            ("done", _) => Self::Done,
            ("undo", _) => Self::Undo,
            ("update", _) => Self::Refresh,
            ("add", _) if !rest.is_empty() => Self::Add(rest.to_owned()),
            ("help", _) => Self::Help,
            ("quit", _) => Self::Quit,
            (known, _) => {
                return Err(format!(
                    "After {known} comes {}.",
                    match (known, *wants) {
                        ("add", _) => "an address or a folder",
                        (_, "WORDS") => "what is to be found",
                        _ => "a number",
                    }
                ));
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
        assert_eq!(read("feeds"), Ok(Command::Feeds));
        assert_eq!(read("feed 2"), Ok(Command::Feed(2)));
        assert_eq!(read("search who:miller"), Ok(Command::Search("who:miller".into())));
        assert_eq!((read("new"), read("n"), read("s")), (Ok(Command::New), Ok(Command::Next), Ok(Command::Quotations)));
        assert_eq!(read("add"), Err("After add comes an address or a folder.".into()));
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
