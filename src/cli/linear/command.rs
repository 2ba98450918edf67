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
    /// What is being fetched is not waited for any longer.
    Stop,
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
    (tr_later!("feeds" in "typed"), "", tr_later!("the lists and feeds of the library, with what is unread in them")),
    (tr_later!("feed" in "typed"), NUMBER, tr_later!("the articles of a list or feed, by its number")),
    (
        tr_later!("search" in "typed"),
        SOUGHT,
        tr_later!("the articles of the library with these words; who:, where:, when: and said: go before what they ask for"),
    ),
    (tr_later!("new" in "typed"), "", tr_later!("the next unread article of the list")),
    (tr_later!("star" in "typed"), "", tr_later!("a star for the open article, or none again")),
    (tr_later!("unread" in "typed"), "", tr_later!("the open article is not read again")),
    (tr_later!("done" in "typed"), "", tr_later!("all of the list is read")),
    (tr_later!("undo" in "typed"), "", tr_later!("what was done last is taken back")),
    (tr_later!("update" in "typed"), "", tr_later!("all feeds are asked for what is new")),
    (tr_later!("add" in "typed"), SOUGHT, tr_later!("a feed or a folder into the library, by its address or path")),
    (
        tr_later!("stop" in "typed"),
        "",
        tr_later!("no longer wait for what is being fetched; Ctrl-C and, while it lasts, an empty line do the same"),
    ),
    (tr_later!("help" in "typed"), "", tr_later!("this list")),
    (tr_later!("quit" in "typed"), "", tr_later!("leave")),
];

/// The row of a word, of which the first letters are enough: in the reader's language, else in English. Accents and capitals may be left out.
fn known(word: &str) -> Option<&'static (&'static str, &'static str, &'static str)> {
    let word = fold(word);
    let find = |named: fn(&'static str) -> &'static str| {
        let whole = WORDS.iter().find(|row| fold(named(row.0)) == word);
        whole.or_else(|| WORDS.iter().find(|row| fold(named(row.0)).starts_with(&word)))
    };
    find(locale::meant).or_else(|| find(locale::english))
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
        let (english, known) = (locale::english(key), locale::meant(key));
        let number: Option<usize> = rest.parse().ok();
        if *wants == NUMBER && !rest.is_empty() && number.is_none() {
            return Err(tr!("After {known} comes a number.", known));
        }
        Ok(match (english, number) {
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
            ("stop", _) => Self::Stop,
            ("help", _) => Self::Help,
            ("quit", _) => Self::Quit,
            ("add", _) => return Err(tr!("After {known} comes an address or a folder.", known)),
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
        assert_eq!(read("feeds"), Ok(Command::Feeds));
        assert_eq!(read("feed 2"), Ok(Command::Feed(2)));
        assert_eq!(read("search who:miller"), Ok(Command::Search("who:miller".into())));
        assert_eq!((read("new"), read("n"), read("s")), (Ok(Command::New), Ok(Command::Next), Ok(Command::Quotations)));
        assert_eq!((read("st"), read("sto")), (Ok(Command::Star), Ok(Command::Stop)));
        assert_eq!(read("add"), Err("After add comes an address or a folder.".into()));
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
