//! Quotations and statements of whole little articles.

use super::*;
use crate::article::{Article, Block, BlockKind, Entity, Join, Reason};
use crate::text::clean;

fn article(text: &str) -> Article {
    let mut article = Article { text: clean(text), ..Article::default() };
    let mut at = 0;
    for line in article.text.split('\n') {
        article.blocks.push(Block { span: Span::new(at, at + line.len()), kind: BlockKind::Paragraph });
        at += line.len() + 1;
    }
    article
}

/// Kind, words and speaker of every quotation.
fn told(text: &str) -> Vec<(QuoteKind, String, Option<String>)> {
    let article = article(text);
    let mut found = Annotations::default();
    Quotes.annotate(&Reading::new(&article), &mut found);
    let of = |s: Span| s.of(&article.text).to_owned();
    found.quotes.iter().map(|q| (q.kind, of(q.span), q.speaker_span.map(of))).collect()
}

/// The speakers of every quotation, `-` for none.
fn speakers(text: &str) -> Vec<String> {
    told(text).into_iter().map(|(_, _, s)| s.unwrap_or_else(|| "-".to_owned())).collect()
}

#[test]
fn orders_of_speaker_verb_and_words() {
    for (text, speaker) in [
        ("“We shall see what comes,” said Ann Roe, a baker.", "Ann Roe"),
        ("“We shall see what comes,” Ann Roe, a baker from Y, said on Monday.", "Ann Roe"),
        ("Ann Roe said: “We shall see what comes.”", "Ann Roe"),
        ("Ann Roe, who bakes bread in Y, called it “a very great day for bread”.", "Ann Roe"),
        ("“We shall see what comes,” according to Ann Roe.", "Ann Roe"),
        ("Ann Roe left the house on Monday, saying “we shall see what comes”.", "Ann Roe"),
        ("Ann Roe met the mayor and said “we shall see what comes”.", "Ann Roe"),
        ("“We shall see what comes,” a spokesman for the city said.", "a spokesman for the city"),
        ("“Shall we see what comes?” Ann Roe asked.", "Ann Roe"),
        ("In Y, Ann Roe was asked by Bob Doe: “Shall we see what comes?”", "Bob Doe"),
        ("“We shall see what comes,” Ann Roe smiled over her bread.", "Ann Roe"),
        ("Ann Roe: “We shall see what comes.”", "Ann Roe"),
    ] {
        assert_eq!(speakers(text), [speaker], "{text}");
    }
}

#[test]
fn it_and_they_go_back_to_a_body() {
    let text = "The bakers’ union said that bread had become dear. “It will be dearer,” it said. “Much dearer than now.”";
    let article = article(text);
    let mut found = Annotations::default();
    Quotes.annotate(&Reading::new(&article), &mut found);
    let speakers: Vec<_> = found.quotes.iter().map(|q| (q.speaker_span.unwrap().of(text), q.speaker_words(text).unwrap())).collect();
    assert_eq!(speakers[1..], [("it", "The bakers’ union"), ("it", "The bakers’ union")]);
}

#[test]
fn whole_statements_and_parts() {
    let kinds = |text: &str| told(text).into_iter().map(|(kind, ..)| kind).collect::<Vec<_>>();
    assert_eq!(kinds("“We shall see what comes,” said Ann Roe."), [QuoteKind::Direct]);
    assert_eq!(kinds("Ann Roe said: “We shall see what comes.”"), [QuoteKind::Direct]);
    assert_eq!(kinds("Ann Roe said they would “see what comes of it” soon."), [QuoteKind::Mixed]);
}

#[test]
fn words_that_go_on() {
    assert_eq!(speakers("“It is so,” she said. “It will be so for years.” “And years.”"), ["she", "she", "she"]);
    assert_eq!(speakers("“It is so,” said Ann Roe. “It will be.\n“It will be so for many years.”"), ["Ann Roe", "Ann Roe", "Ann Roe"]);
    assert_eq!(speakers("Then Ann Roe said this:\n“It will be so for many years.”"), ["Ann Roe"]);
    assert_eq!(speakers("“It will be so for many years.”\n— Ann Roe, baker"), ["Ann Roe"]);
}

#[test]
fn names_set_apart_are_nobody_s_words() {
    assert!(told("She read “The Bread” and went.").is_empty());
    assert!(told("On “Bread Today,” he came on.").iter().all(|(_, words, _)| words != "“Bread Today,”"));
    assert_eq!(speakers("He called the “so-called loaf” a cake."), ["He"]);
}

#[test]
fn statements_in_the_writer_s_words() {
    let cases = [
        ("Ann Roe said that bread had become dear.", "bread had become dear", "Ann Roe"),
        ("Ann Roe told reporters bread had become dear.", "bread had become dear", "Ann Roe"),
        ("Bread has become very dear, the bakers said.", "Bread has become very dear", "the bakers"),
        ("According to Ann Roe, bread has become dear.", "bread has become dear", "Ann Roe"),
        ("Bread has become dear, according to the bakers of Yport.", "Bread has become dear", "the bakers of Yport"),
    ];
    for (text, words, speaker) in cases {
        assert_eq!(told(text), [(QuoteKind::Indirect, words.to_owned(), Some(speaker.to_owned()))], "{text}");
    }
    assert!(told("Ann Roe said hello. We said so. The company announced a new oven.").is_empty());
}

#[test]
fn speakers_are_entities_but_owners_are_not() {
    let article =
        article("“So it is today,” said Ann Roe. “I know that,” said a friend of Ann Roe. The city’s mayor said it was so in the city.");
    let reading = Reading::new(&article);
    let mention = |name: &str, kind, entity| {
        let start = article.text.rfind(name).unwrap();
        let span = Span::new(start, start + name.len());
        Mention { span, kind, form: MentionForm::Name, score: 1.0, entity: EntityId(entity) }
    };
    let start = article.text.find("Ann Roe").unwrap();
    let first = Mention { span: Span::new(start, start + 7), ..mention("Ann Roe", Kind::Person, 0) };
    let mentions = vec![first, mention("Ann Roe", Kind::Person, 0), mention("The city", Kind::Place, 1)];
    let mut found = Annotations { mentions, ..Annotations::default() };
    Quotes.annotate(&reading, &mut found);
    let speakers: Vec<_> = found.quotes.iter().map(|q| q.speaker).collect();
    assert_eq!(speakers, [Some(EntityId(0)), None, None]);
}

#[test]
fn a_roman_one_is_not_the_speaker() {
    let article = article("“World War I was long, and I saw Phase I of it,” said Ann Roe.");
    let mention = |name: &str, kind, entity| {
        let start = article.text.find(name).unwrap();
        let span = Span::new(start, start + name.len());
        Mention { span, kind, form: MentionForm::Name, score: 1.0, entity: EntityId(entity) }
    };
    let entity = |name: &str, kind| Entity { kind, name: name.to_owned(), aliases: vec![], roles: vec![], salience: 0.0, place: None };
    let join = || Join { reason: Reason::First, antecedent: None };
    let mut found = Annotations {
        mentions: vec![mention("World War I", Kind::Other, 1), mention("Ann Roe", Kind::Person, 0)],
        joins: vec![join(), join()],
        entities: vec![entity("Ann Roe", Kind::Person), entity("World War I", Kind::Other)],
        ..Annotations::default()
    };
    Quotes.annotate(&Reading::new(&article), &mut found);
    let said: Vec<u32> = found.mentions.iter().filter(|m| m.form == MentionForm::Pronoun).map(|m| m.span.start).collect();
    assert_eq!(said, [u32::try_from(article.text.find("I saw").unwrap()).unwrap()]);
}

#[test]
fn nothing_breaks_it_and_all_of_it_is_linear() {
    let wild =
        ["\"", "“", "‘a’ ", "“a said ", "said said ", "he said, “x” ", "X, ", "a (", "A: \n", "“a\n", "of the ", "“ç”、", "to be ", "」"];
    for unit in wild {
        let quotes = told(&unit.repeat(5_000));
        assert!(quotes.windows(2).all(|w| w[0].1.len() < usize::MAX), "{unit}");
    }
    assert!(told("").is_empty());
    let _ = told(&"x".repeat(1 << 20));
}

#[test]
fn capitals_only_and_clauses_put_in() {
    assert_eq!(speakers("“WE SHALL SEE WHAT COMES,” MR. ROE SAID."), ["MR. ROE"]);
    assert_eq!(speakers("Ann Roe, who has in the past called Bob “a very great fool indeed”, left."), ["Ann Roe, who"]);
    assert_eq!(speakers("Ann Roe said on Monday she “shall see what comes of it,” and Bob Doe said he would too."), ["Ann Roe"]);
    assert_eq!(speakers("Bakers agree – Ann Roe: “We shall see what comes.”"), ["Ann Roe"]);
}

#[test]
fn who_answers_in_an_interview() {
    let text = "Ann Roe met Bob Doe. Ann Roe bakes.\nQ: Is it so?\nA: It is so.\nQ: Still?\nA: Still so.\nJN: Oh.\nJN: So.";
    let article = article(text);
    let mention = |name: &str, entity| {
        let start = text.find(name).unwrap();
        let span = Span::new(start, start + name.len());
        Mention { span, kind: Kind::Person, form: MentionForm::Name, score: 1.0, entity: EntityId(entity) }
    };
    let again = Mention { span: Span::new(21, 28), ..mention("Ann Roe", 0) };
    let entity =
        |name: &str| Entity { kind: Kind::Person, name: name.to_owned(), aliases: vec![], roles: vec![], salience: 0.0, place: None };
    let mut found = Annotations {
        mentions: vec![mention("Ann Roe", 0), mention("Bob Doe", 1), again],
        entities: ["Ann Roe", "Bob Doe", "Jo Novak"].map(entity).into(),
        ..Annotations::default()
    };
    Quotes.annotate(&Reading::new(&article), &mut found);
    let speakers: Vec<_> = found.quotes.iter().map(|q| q.speaker.map(|e| e.0)).collect();
    assert_eq!(speakers, [None, Some(0), None, Some(0), Some(2), Some(2)]);
    assert_eq!(found.quotes[1].speaker_words(text), Some("Ann Roe"));
}

#[test]
fn the_first_speaker_of_words_that_were_passed_on() {
    for text in [
        "“We shall see what comes,” Ann Roe said, according to the Bread Times.",
        "Ann Roe said on Monday that bread had become dear, according to the Bread Times.",
        "According to the Bread Times, Ann Roe said that bread had become dear.",
    ] {
        assert_eq!(speakers(text), ["Ann Roe"], "{text}");
    }
}
