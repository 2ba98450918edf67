//! What the name finder must find, and what it must survive.

use crate::analysis::analyse;
use crate::article::{Analysed, Article, Kind};

fn read(text: &str) -> Analysed {
    analyse(Article { text: text.to_owned(), ..Article::default() })
}

/// All names as `kind: words`, joined by `; `.
fn names(text: &str) -> String {
    let analysed = read(text);
    let show = |m: &crate::article::Mention| format!("{}: {}", m.kind.name(), m.span.of(text));
    analysed.found.mentions.iter().filter(|m| m.form == crate::article::MentionForm::Name).map(show).collect::<Vec<_>>().join("; ")
}

#[track_caller]
fn check(text: &str, want: &str) {
    assert_eq!(names(text), want, "{text}");
}

#[test]
fn people_without_titles_and_clitics() {
    check("President Emmanuel Macron met Mr. Scholz’s aide on Monday.", "person: Emmanuel Macron; person: Scholz");
    check("“We lost,” said Mary O’Brien, a nurse.", "person: Mary O’Brien");
    check("South Korea’s leader Kim Dae-jung spoke.", "place: South Korea; person: Kim Dae-jung");
    check("The son of Martin Luther King Jr. spoke to reporters.", "person: Martin Luther King Jr.");
}

#[test]
fn places_in_datelines_and_lists() {
    check("LAGOS, Nigeria — Police said on Friday that two men were held.", "place: LAGOS; place: Nigeria");
    check("They flew from Lima, Peru, to Quito.", "place: Lima; place: Peru; place: Quito");
    check("The Sydney-based group said so.", "place: Sydney");
}

#[test]
fn organisations() {
    check("He teaches at the University of Ghana.", "organization: University of Ghana");
    check("Shares of Smith & Brown fell on Friday.", "organization: Smith & Brown");
    check("The United Nations Security Council met in New York.", "organization: United Nations Security Council; place: New York");
}

#[test]
fn others() {
    check("The Venezuelan military and French officials agreed.", "other: Venezuelan; other: French");
}

#[test]
fn a_surname_follows_its_full_name() {
    let text = "Rosa Santiago won the race. In the town hall, Santiago thanked her voters. Santiago will take office in May.";
    check(text, "person: Rosa Santiago; person: Santiago; person: Santiago");
}

#[test]
fn addresses_are_no_names() {
    check("See https://www.London.example/Paris and write to John.Smith@Berlin.example now.", "");
}

#[test]
fn odd_input_is_survived() {
    let long = "A".repeat(1 << 20);
    let quotes = "\"".repeat(100_000);
    let many = "Ana Silva, ".repeat(10_000);
    let odd = [
        "",
        " ",
        ".",
        "\n\n",
        "🙂🙂🙂",
        "𝔘𝔫𝔦𝔠𝔬𝔡𝔢",
        "د. محمد صلاح في القاهرة",
        "東京で会見した。",
        &long,
        &quotes,
        &many,
        "e\u{301}\u{301}",
        "''s",
        "-",
    ];
    for text in odd {
        let analysed = read(text);
        let mut end = 0;
        for mention in &analysed.found.mentions {
            assert!(mention.span.start >= end && !mention.span.of(text).is_empty());
            assert!((0.0..=1.0).contains(&mention.score));
            end = mention.span.end;
        }
    }
}

#[test]
fn capitals_and_no_capitals() {
    let text = "Police in London arrested two men on Tuesday after a raid in Birmingham.";
    let found = names(&text.to_uppercase());
    assert!(found.contains("place: LONDON") && found.contains("place: BIRMINGHAM"), "{found}");
    assert!(!names(&text.to_lowercase()).contains("person"));
    assert_eq!(names("THE MINISTER SAID THAT THE PRICE OF BREAD WILL NOT RISE THIS YEAR."), "");
}

#[test]
fn another_language_is_said_so() {
    let text =
        "El presidente dijo que la ley no fue aprobada por el congreso y que los partidos de la oposición están en contra del gobierno.";
    assert_eq!(read(text).found.problems.len(), 1);
    let english = read("The president said that the law was not passed by the house and that it is up to the parties to agree on it now.");
    assert!(english.found.problems.is_empty());
    assert!(english.found.mentions.iter().all(|m| m.kind == Kind::Organization));
}
