//! What the name finder must find, and what it must survive.

use super::labels;
use super::model::MODEL;
use crate::analysis::analyse;
use crate::article::{Analysed, Article, Dateline, Kind};
use crate::text::Span;

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
fn datelines_of_all_makes() {
    check("NAIROBI, Kenya — The minister resigned.", "place: NAIROBI; place: Kenya");
    check("ABUJA: A court has freed the banker.", "place: ABUJA");
    check("PARIS/BERLIN, March 3 — The talks failed.", "place: PARIS; place: BERLIN");
    check("Members met in New Delhi. LIMA (Reuters) - The minister resigned.", "place: New Delhi; place: LIMA; organization: Reuters");
}

#[test]
fn a_dateline_says_what_its_words_are() {
    let text = "LISBON, Feb 5 (AP) — The ferry sailed again.";
    let dateline = Dateline {
        span: Span::new(0, 21),
        place: Span::new(0, 6),
        region: None,
        date: Some(Span::new(8, 13)),
        agency: Some(Span::new(15, 17)),
    };
    let read = |dateline| {
        let found = analyse(Article { text: text.to_owned(), dateline, ..Article::default() }).found;
        found.mentions.iter().map(|m| (m.kind, m.span.of(text))).collect::<Vec<_>>()
    };
    assert!(read(None).iter().any(|m| m.1 == "Feb 5"), "the model is wrong about it");
    assert_eq!(read(Some(dateline)), [(Kind::Place, "LISBON"), (Kind::Organization, "AP")]);
    // The model takes it for something else, and so it stays where nothing but a dash says otherwise.
    let text = "The Xoqz (AP) — It rained on the ferry.";
    for (agency, place) in [(Some(Span::new(10, 12)), true), (None, false)] {
        let odd = Dateline { span: Span::new(0, 15), place: Span::new(4, 8), region: None, date: None, agency };
        let found = analyse(Article { text: text.to_owned(), dateline: Some(odd), ..Article::default() }).found;
        assert_eq!(found.mentions.iter().any(|m| (m.kind, m.span.of(text)) == (Kind::Place, "Xoqz")), place);
    }
}

#[test]
fn headlines_in_every_case() {
    check("Court Orders Arrest Of Former Minister Moses Kuria Over Remarks", "person: Moses Kuria");
    check("FLOODS KILL TWELVE IN NORTHERN BANGLADESH", "place: BANGLADESH");
    let amid = "Heavy rain fell overnight.\n\nFLOODS KILL TWELVE IN BANGLADESH\n\nThe river rose by two metres in Sylhet.";
    check(amid, "place: BANGLADESH; place: Sylhet");
    assert!(names("police in lagos arrest three men after raid").contains("place: lagos"));
    check("THE PRESIDENT OF GHANA, NANA AKUFO-ADDO, FLEW TO ACCRA.", "place: GHANA; person: NANA AKUFO-ADDO; place: ACCRA");
}

#[test]
fn particles_hyphens_apostrophes_and_initials() {
    check("Ludwig van der Heide and Ana de la Cruz were married.", "person: Ludwig van der Heide; person: Ana de la Cruz");
    check("Marie-Claire Dubois-Leroy spoke.", "person: Marie-Claire Dubois-Leroy");
    check("Sean O'Malley met Siobhán O’Donoghue-Kelly.", "person: Sean O'Malley; person: Siobhán O’Donoghue-Kelly");
    check("J.R.R. Tolkien and George W. Bush never met.", "person: J.R.R. Tolkien; person: George W. Bush");
    check("Robert F. Kennedy Jr. and Sammy Davis, Jr., sang.", "person: Robert F. Kennedy Jr.; person: Sammy Davis, Jr.");
    check("Abdel Fattah al-Sisi met Mohammed bin Salman.", "person: Abdel Fattah al-Sisi; person: Mohammed bin Salman");
    check("Fiona MacDonald beat Kirsty McLeod.", "person: Fiona MacDonald; person: Kirsty McLeod");
    check("Mayor Chiang Wan-an spoke with Ban Ki-moon.", "person: Chiang Wan-an; person: Ban Ki-moon");
    check("Médecins Sans Frontières works in N'Djamena.", "organization: Médecins Sans Frontières; place: N'Djamena");
}

#[test]
fn firms_with_their_marks_and_forms() {
    check("Procter & Gamble sued AT&T Inc. in court.", "organization: Procter & Gamble; organization: AT&T Inc.");
    check("Shares of Bennett and Coleman Corp. rose.", "organization: Bennett and Coleman Corp.");
    check("Lawyers for Davis Polk & Wardwell LLP left.", "organization: Davis Polk & Wardwell LLP");
    check("Samsung Electronics Co Ltd said so.", "organization: Samsung Electronics Co Ltd");
}

#[test]
fn the_longest_name_wins() {
    check("She studied at the University of Cape Town.", "organization: University of Cape Town");
    check(
        "The Bank of England and the London School of Economics agreed.",
        "organization: Bank of England; organization: London School of Economics",
    );
    check("The Kenya Defence Forces said so.", "organization: Kenya Defence Forces");
}

#[test]
fn bylines_and_speakers() {
    check("By Jane Whitfield and Tomás Herrera", "person: Jane Whitfield; person: Tomás Herrera");
    check("By ABEL OKORO, Staff Writer", "person: ABEL OKORO");
    check("WHITFIELD: Did you ever go to Havana?", "person: WHITFIELD; place: Havana");
    let end = "(Reporting by Li Wei in Beijing and Ahmed Saleh in Cairo; editing by Tom Brown)";
    check(end, "person: Li Wei; place: Beijing; person: Ahmed Saleh; place: Cairo; person: Tom Brown");
}

#[test]
fn addresses_are_no_names() {
    check("See https://www.London.example/Paris and write to John.Smith@Berlin.example now.", "");
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
