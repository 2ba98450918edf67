//! What the name finder must find, and what it must survive.

use super::model::MODEL;
use super::{Names, labels};
use crate::analysis::{Annotator, Reading, analyse};
use crate::article::{Analysed, Annotations, Article, Kind};

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
    odd.into_iter().for_each(survive);
}

/// Finds the names alone, and checks that they stand in order, on letters' borders, apart from each other.
fn survive(text: &str) {
    let article = Article { text: text.to_owned(), ..Article::default() };
    let mut found = Annotations::default();
    Names.annotate(&Reading::new(&article), &mut found);
    let mut end = 0;
    for mention in &found.mentions {
        assert!(mention.span.start >= end && !mention.span.of(text).is_empty(), "{text}");
        assert!((0.0..=1.0).contains(&mention.score), "{text}");
        end = mention.span.end;
    }
}

/// Text in which pieces of all kinds follow one another at random, and are then damaged: letters dropped, doubled, put elsewhere.
#[test]
fn damaged_text_is_survived() {
    const PIECES: [&str; 24] = [
        "Ana Silva",
        "Lee Dae-in",
        "Smith & Brown",
        "(WHO)",
        "Ministry of Health",
        "LAGOS — ",
        "Jr.",
        "’s",
        "\n\n",
        " ",
        " ",
        ", ",
        ". ",
        "“",
        "”",
        "é\u{301}",
        "🙂",
        "\u{200f}محمد",
        "東京",
        "\u{feff}",
        "www.x.example/",
        "a@b.example",
        "1,000.5%",
        "said that the",
    ];
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    let mut random = |most: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as usize % most.max(1)
    };
    for _ in 0..300 {
        let mut letters: Vec<char> = (0..random(60)).flat_map(|_| PIECES[random(PIECES.len())].chars()).collect();
        for _ in 0..random(20) {
            let (from, to) = (random(letters.len()), random(letters.len()));
            match random(3) {
                _ if letters.is_empty() => {}
                0 => _ = letters.remove(from),
                1 => letters.insert(to, letters[from]),
                _ => letters.swap(from, to),
            }
        }
        survive(&letters.into_iter().collect::<String>());
    }
}

#[test]
fn scores_of_endless_sentences_do_not_overflow() {
    let Some(model) = MODEL.as_ref() else { return };
    let mut labels = Vec::new();
    model.decode(&vec![[i16::MAX; labels::INSIDE]; 100_000], &mut Vec::new(), &mut labels);
    assert_eq!(labels.len(), 100_000);
}

#[test]
fn nobody_is_called_ministry() {
    for text in ["The Kowalski Ministry fell.", "Critics of the Amari Secretariat met."] {
        assert!(!names(text).contains("person: "), "{text}");
    }
}

/// Runs without end in which every token looks like the one before: a step that looked back or ahead over all of them would take hours.
#[test]
fn long_runs_stay_linear() {
    for unit in ["A-", "a@", "Ministry ", "(ABC) ", "&A", "A. ", "U.S.", "Al-", "’s"] {
        survive(&unit.repeat(5_000));
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
