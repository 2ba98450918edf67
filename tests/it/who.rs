//! Who is who on the screen: the card, why, and what the reader corrects.

use super::reader::{MOON, Reader, WALL};
use dateline::app::{self, CardRow, Overlay};

const SMITHS: &str = "---\ntitle: Two Smiths\npublished: 2019-01-21\n---\nJohn Smith, a baker, spoke in London on Friday. “Bread is dear now,” Smith said.\n\nJohn Smith, a lawyer, met Ada Miller in Paris. He left early. “It was a long day for us,” Miller said.\n\nMr. Smith was not there, and Ms. Weber said that he was ill.\n";

fn smiths() -> Reader {
    Reader::new(120, 40, &[("smiths.txt", SMITHS), ("moon.txt", MOON)])
}

/// The people of the open article with the words that name them.
fn people(r: &Reader) -> Vec<String> {
    let open = r.state.open.as_ref().unwrap();
    let text = &open.document.article.text;
    let people = (0..).map(app_id).zip(&open.document.found.entities).filter(|(_, e)| e.kind == dateline::article::Kind::Person);
    people.map(|(id, e)| format!("{}: {}", e.name, open.mentions(id).iter().map(|m| m.of(text)).collect::<Vec<_>>().join(", "))).collect()
}

fn app_id(n: u32) -> dateline::article::EntityId {
    dateline::article::EntityId(n)
}

#[test]
fn two_people_of_one_name_are_split_and_the_split_is_undone() {
    let mut r = smiths();
    assert_eq!(people(&r)[0], "John Smith: John Smith, Smith, John Smith, Smith");
    r.keys("/").typed("john smith").keys("Enter n");
    assert_eq!(r.cursor(), "John Smith");
    r.keys("X");
    assert!(r.foot().contains("Split off from John Smith: John Smith here and 1 further down (U undoes it)"), "{}", r.foot());
    assert_eq!(people(&r)[..2], ["John Smith: John Smith, Smith", "John Smith: John Smith, Smith"]);
    r.keys("w");
    assert!(r.foot().contains("split off by you"), "{}", r.foot());
    // It holds when the article is left and opened again, and when it is read for another day.
    r.keys("J K D Ctrl-u").typed("2019-02-01").keys("Enter");
    assert_eq!(people(&r)[..2], ["John Smith: John Smith, Smith", "John Smith: John Smith, Smith"]);
    r.keys("U");
    assert!(r.foot().contains("Undone"), "{}", r.foot());
    assert_eq!(people(&r)[0], "John Smith: John Smith, Smith, John Smith, Smith");
    r.keys("U");
    assert!(r.foot().contains("Nothing of this article has been split"), "{}", r.foot());
}

#[test]
fn one_mention_alone_is_split_off_and_the_index_knows_it() {
    let mut r = smiths();
    let names = |r: &Reader| r.state.library.names().map(|(_, _, shown, n)| (shown.to_owned(), n)).collect::<Vec<_>>();
    assert!(!names(&r).iter().any(|(n, _)| n == "Smith"));
    r.keys("/").typed("mr. smith").keys("Enter ] x");
    assert_eq!(people(&r).iter().filter(|p| p.ends_with("Smith: Smith")).count(), 1, "{:?}", people(&r));
    assert!(names(&r).iter().any(|(n, _)| n == "Smith"));
    r.keys("U");
    assert!(!names(&r).iter().any(|(n, _)| n == "Smith"));
}

#[test]
fn nothing_is_split_where_nothing_can_be() {
    let mut r = smiths();
    r.keys("x");
    assert!(r.foot().contains("No name under the cursor"), "{}", r.foot());
    r.keys("] X");
    assert!(r.foot().contains("first mention of John Smith"), "{}", r.foot());
    r.keys("/").typed("weber").keys("Enter x");
    assert!(r.foot().contains("named only here"), "{}", r.foot());
    assert!(r.state.library.entries()[0].corrections.is_empty());
}

#[test]
fn two_names_are_joined_in_the_list_of_names() {
    let mut r = smiths();
    r.keys("Alt-3 /").typed("weber").keys("Enter =").typed("miller").keys("Enter");
    assert!(r.foot().contains("Joined: Weber is Ada Miller"), "{}", r.foot());
    assert!(people(&r).contains(&"Ada Miller: Ada Miller, Miller, Weber".to_owned()), "{:?}", people(&r));
    // Their words are now one person's.
    r.keys("Alt-3 c");
    assert!(r.screen().contains("2 quotations"), "{}", r.screen());
    r.keys("Esc U");
    assert!(!people(&r).contains(&"Ada Miller: Ada Miller, Miller, Weber".to_owned()));
}

#[test]
fn a_person_and_a_place_are_joined_only_when_said_twice() {
    let mut r = smiths();
    r.keys("/").typed("weber").keys("Enter =").typed("paris").keys("Enter");
    assert!(r.screen().contains("Weber (person) and Paris (place) are one all the same"), "{}", r.screen());
    r.keys("Esc");
    assert!(r.state.library.entries()[0].corrections.is_empty());
    r.keys("=").typed("paris").keys("Enter Enter");
    assert!(r.foot().contains("Joined: Weber is Paris"), "{}", r.foot());
    assert_eq!(r.state.library.entries()[0].corrections.len(), 1);
}

#[test]
fn every_line_of_a_card_leads_to_its_place() {
    let mut r = smiths();
    r.keys("Alt-3 Enter");
    let facts = |r: &Reader| match &r.state.overlay {
        Overlay::Card(card) => card.rows.iter().filter(|row| matches!(row, CardRow::Fact { .. })).count(),
        _ => 0,
    };
    let count = facts(&r);
    assert!(count > 6, "{}", r.screen());
    for n in 0..count {
        if n > 0 {
            r.keys("Alt-3 Enter");
        }
        for _ in 0..n {
            r.keys("j");
        }
        let Overlay::Card(card) = &r.state.overlay else { panic!("no card") };
        let target = card.target().unwrap();
        r.keys("Enter");
        assert_eq!(r.state.open.as_ref().unwrap().cursor, Some(target.start));
        assert_eq!(r.state.focus, app::Pane::Text);
        r.keys("g");
    }
}

#[test]
fn the_first_line_of_a_card_is_the_first_mention() {
    let mut r = Reader::two();
    r.keys("Alt-3 Enter Enter");
    assert_eq!(r.cursor(), "Ada Miller");
    assert!(r.foot().contains("Ada Miller: 1 of 2"), "{}", r.foot());
}

#[test]
fn why_a_quotation_is_its_speakers() {
    let mut r = Reader::new(120, 40, &[("wall.txt", WALL)]);
    r.keys("Alt-5 G w");
    assert!(r.foot().contains("she, Ada Miller, said this") && r.foot().contains("of 100"), "{}", r.foot());
    r.keys("Enter w");
    assert!(r.foot().contains("she, Ada Miller, said this"), "{}", r.foot());
}

#[test]
fn why_a_mention_is_somebody_s() {
    let mut r = smiths();
    r.keys("/").typed("mr. smith").keys("Enter ] w");
    let foot = r.foot();
    assert!(foot.contains("Smith is John Smith, person: the surname of John Smith") && foot.contains("Mr. tells a man"), "{foot}");
}

#[test]
fn a_doubtful_speaker_has_a_sign() {
    let text = "---\ntitle: T\n---\nAda Miller slept through the whole of the long afternoon.\n\n“There is a great deal of bread on the table.”\n\nKarl Weiss said: “We shall see what comes of it.”\n";
    let mut r = Reader::new(120, 40, &[("t.txt", text)]);
    let screen = r.keys("Alt-5").screen();
    assert!(screen.contains("?Ada Miller") && screen.contains(" Karl Weiss      “We"), "{screen}");
    r.keys("Alt-3 Enter");
    assert!(r.screen().contains("?“There is"), "{}", r.screen());
}
