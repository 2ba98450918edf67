//! Whole little articles, with the names given.

use super::*;
use crate::analysis::Known;
use crate::article::{Anchor, Article, Block, BlockKind, Correction};
use crate::text::Span;

/// The annotations of `text`, in which names stand in brackets: `[Ann Roe]` is a person, `[o:The Board]` a body, `[l:Y]` a place.
fn read(text: &str) -> (Article, Annotations) {
    let (article, mentions) = marked(text);
    let mut found = Annotations { mentions, ..Annotations::default() };
    Who.annotate(&Reading::new(&article), &mut found);
    (article, found)
}

/// The article and the names in brackets, not joined yet.
fn marked(text: &str) -> (Article, Vec<Mention>) {
    let mut article = Article::default();
    let mut mentions = Vec::new();
    for (n, piece) in text.split(['[', ']']).enumerate() {
        let (kind, name) = match piece.split_once(':') {
            Some(("o", name)) if n % 2 == 1 => (Kind::Organization, name),
            Some(("l", name)) if n % 2 == 1 => (Kind::Place, name),
            _ => (Kind::Person, piece),
        };
        let start = article.text.len();
        article.text.push_str(name);
        if n % 2 == 1 {
            let span = Span::new(start, article.text.len());
            mentions.push(Mention { span, kind, form: MentionForm::Name, score: 0.9, entity: EntityId::UNJOINED });
        }
    }
    let mut at = 0;
    for line in article.text.split('\n') {
        article.blocks.push(Block { span: Span::new(at, at + line.len()), kind: BlockKind::Paragraph });
        at += line.len() + 1;
    }
    (article, mentions)
}

/// Each entity with its mentions: "Ann Roe: Ann Roe, Roe, she".
fn entities(text: &str) -> Vec<String> {
    let (article, found) = read(text);
    assert_eq!(found.mentions.len(), found.joins.len());
    assert!(found.mentions.windows(2).all(|w| w[0].span.start <= w[1].span.start));
    let mentions = |id: usize| {
        let mine = found.mentions.iter().filter(|m| m.entity.0 as usize == id);
        mine.map(|m| m.span.of(&article.text)).collect::<Vec<_>>().join(", ")
    };
    found.entities.iter().enumerate().map(|(id, e)| format!("{}: {}", e.name, mentions(id))).collect()
}

#[test]
fn a_person_by_all_names() {
    let text = "ANA ROE [ROE] wins. Deputy [Ana Roe] spoke. Ms. [Roe] left, and [Ana María Roe] slept. She dreamt.";
    assert_eq!(entities(text), ["Ana María Roe: ROE, Ana Roe, Roe, Ana María Roe, She"]);
}

#[test]
fn two_with_one_surname() {
    let text = "[Bob Roe] met [Ann Roe]. Mr. [Roe] sang. Ms. [Roe] danced. [Ann] laughed.";
    assert_eq!(entities(text), ["Bob Roe: Bob Roe, Roe", "Ann Roe: Ann Roe, Roe, Ann"]);
}

#[test]
fn family_names_first() {
    let text = "[Kim Min-jun] met [Kim Ha-yun]. [Kim Min-jun] said so. [Kim] left.";
    assert_eq!(entities(text), ["Kim Min-jun: Kim Min-jun, Kim Min-jun, Kim", "Kim Ha-yun: Kim Ha-yun"]);
}

#[test]
fn surnames_that_were_taken_for_something_else_or_missed() {
    let text = "[Ann Dovecote] came. Then [o:Dovecote] left. And Dovecote slept. Ms. [l:San Tomás] woke.";
    assert_eq!(entities(text), ["Ann Dovecote: Ann Dovecote, Dovecote, Dovecote", "San Tomás: San Tomás"]);
}

#[test]
fn pronouns_by_gender_and_place() {
    let text = "[Ann Roe] called [Bob Doe] on Monday. She was late. He was not.\nIn her letter to the town, [Eve Poe] wept.";
    assert_eq!(entities(text), ["Ann Roe: Ann Roe, She", "Bob Doe: Bob Doe, He", "Eve Poe: her, Eve Poe"]);
    assert_eq!(entities("He went. It is [Bob Doe]."), ["Bob Doe: Bob Doe"]);
}

#[test]
fn descriptions_of_one_only() {
    let text =
        "[Ann Roe], a lawmaker, met the [o:River Court]. The lawmaker left. The court sat. [Bob Doe], a lawmaker, came. The lawmaker sat.";
    assert_eq!(entities(text), ["Ann Roe: Ann Roe, The lawmaker", "River Court: River Court, The court", "Bob Doe: Bob Doe"]);
}

#[test]
fn roles_before_and_behind() {
    let text = "The veteran baker [Ann Roe], 35, the head of the [o:Bread Board] who is leading the strike, met President [Bob Doe], \
                who wept. [Eve Poe], mayor of [l:Y] said so. Secretary of State [Jo Moe] and Dr. [Al Coe] slept.";
    let (article, found) = read(text);
    let roles: Vec<Vec<&str>> = found.entities.iter().map(|e| e.roles.iter().map(|r| r.span.of(&article.text)).collect()).collect();
    let people: Vec<_> = found.entities.iter().zip(roles).filter(|(e, _)| e.kind == Kind::Person).map(|(_, r)| r).collect();
    assert_eq!(
        people,
        [
            vec!["the head of the Bread Board", "leading the strike", "veteran baker", "35"],
            vec!["President"],
            vec!["mayor of Y"],
            vec!["Secretary of State"],
            vec![],
        ]
    );
}

#[test]
fn a_reason_for_every_join() {
    let (article, found) = read("[Ann Roe] and [Roe] and [Ann] and the [o:Bread Board (X)] and she.");
    let reasons: Vec<Reason> = found.joins.iter().map(|j| j.reason).collect();
    assert_eq!(reasons, [Reason::First, Reason::Surname, Reason::GivenName, Reason::First, Reason::Pronoun]);
    let back = found.joins[1].antecedent.map(|s| s.of(&article.text));
    assert_eq!(back, Some("Ann Roe"));
}

#[test]
fn many_names_and_none() {
    assert!(entities("").is_empty());
    // Neighbours differ in more than one letter, for that would be a misspelling.
    let surname = |n: usize| format!("Smith{:05}", n * 7919 % 100_000);
    let many: String = (0..5000).map(|n| format!("[John {0}] and [{0}] met [o:Board {n} of Y]. He slept. ", surname(n))).collect();
    assert_eq!(read(&many).1.entities.len(), 10_000);
    let odd = "[.] [’s] [A] [“”] [Mr.] [a b c d e f g h] [日本 太郎] [ILİ] ".repeat(2000);
    assert!(!read(&odd).1.entities.is_empty());
}

/// Each entity with its mentions, after the reader's corrections; a correction names mentions by their number among the names.
fn corrected(text: &str, corrections: impl Fn(&dyn Fn(usize) -> Anchor) -> Vec<Correction>) -> Vec<String> {
    let (article, found) = read(text);
    let names: Vec<Span> = found.mentions.iter().filter(|m| m.form == MentionForm::Name).map(|m| m.span).collect();
    let anchor = |n: usize| Anchor { span: names[n], words: names[n].of(&article.text).to_owned() };
    let corrections = corrections(&anchor);
    let mut again = Annotations { mentions: marked(text).1, ..Annotations::default() };
    Who.annotate(&Reading::knowing(&article, Known { names: &corrections, ..Known::default() }), &mut again);
    let mentions = |id: usize| {
        let mine = again.mentions.iter().filter(|m| m.entity.0 as usize == id);
        mine.map(|m| m.span.of(&article.text)).collect::<Vec<_>>().join(", ")
    };
    again.entities.iter().enumerate().map(|(id, e)| format!("{} {}: {}", e.kind.name(), e.name, mentions(id))).collect()
}

#[test]
fn two_people_of_one_name_split_by_the_reader() {
    let text = "[Pat Roe], a baker, sang. [Roe] left. [Pat Roe], a smith, danced. Ms. [Roe] wept. She slept.";
    assert_eq!(corrected(text, |_| Vec::new()), ["person Pat Roe: Pat Roe, Roe, Pat Roe, Roe, She"]);
    let onward = corrected(text, |at| vec![Correction::Split { mention: at(2), onward: true }]);
    assert_eq!(onward, ["person Pat Roe: Pat Roe, Roe", "person Pat Roe: Pat Roe, Roe, She"]);
    let only = corrected(text, |at| vec![Correction::Split { mention: at(1), onward: false }]);
    assert_eq!(only, ["person Pat Roe: Pat Roe, Pat Roe, Roe, She", "person Roe: Roe"]);
}

#[test]
fn two_names_made_one_by_the_reader() {
    let text = "[Ann Roe] sang. Ms. [San Tomás] danced. [l:Roeville] slept. She woke.";
    let merge = |at: &dyn Fn(usize) -> Anchor| Correction::Merge { from: at(1), into: at(0), kind: Kind::Person };
    assert_eq!(corrected(text, |at| vec![merge(at)]), ["person Ann Roe: Ann Roe, San Tomás, She", "place Roeville: Roeville"]);
    let back = corrected(text, |at| vec![merge(at), Correction::Split { mention: at(1), onward: false }]);
    assert_eq!(back, ["person Ann Roe: Ann Roe", "person San Tomás: San Tomás, She", "place Roeville: Roeville"]);
    // A correction of another text changes nothing.
    let lost = |at: &dyn Fn(usize) -> Anchor| Anchor { words: "Bob".to_owned(), ..at(1) };
    let same = corrected(text, |at| vec![Correction::Merge { from: lost(at), into: at(0), kind: Kind::Person }]);
    assert_eq!(same, corrected(text, |_| Vec::new()));
}

#[test]
fn a_reason_for_every_correction() {
    let text = "[Ann Roe] sang. [Roe] danced. [Bob Doe] slept.";
    let (article, first) = read(text);
    let anchor = |n: usize| Anchor { span: first.mentions[n].span, words: first.mentions[n].span.of(&article.text).to_owned() };
    let corrections = [
        Correction::Split { mention: anchor(1), onward: false },
        Correction::Merge { from: anchor(2), into: anchor(0), kind: Kind::Person },
    ];
    let mut found = Annotations { mentions: marked(text).1, ..Annotations::default() };
    Who.annotate(&Reading::knowing(&article, Known { names: &corrections, ..Known::default() }), &mut found);
    let reasons: Vec<Reason> = found.joins.iter().map(|j| j.reason).collect();
    assert_eq!(reasons, [Reason::First, Reason::SplitOff, Reason::Merged]);
    assert_eq!(found.joins[2].antecedent, Some(first.mentions[0].span));
}

#[test]
fn particles_initials_suffixes_and_family_names_first() {
    for (text, expected) in [
        (
            "[Ursula von der Leyen] came. [Von der Leyen] spoke. Ms. [von der Leyen] left.",
            vec!["Ursula von der Leyen: Ursula von der Leyen, Von der Leyen, von der Leyen"],
        ),
        ("[Osama bin Laden] hid. [Bin Laden] ran.", vec!["Osama bin Laden: Osama bin Laden, Bin Laden"]),
        (
            "[Andrés Manuel López Obrador] won. [López Obrador] left. [AMLO] slept.",
            vec!["Andrés Manuel López Obrador: Andrés Manuel López Obrador, López Obrador, AMLO"],
        ),
        ("[Martin Roe] [Jr.] spoke. [Roe] left.", vec!["Martin Roe Jr.: Martin Roe Jr., Roe"]),
        ("[Kim Jong-un] met [Ann Roe]. Mr. [Kim] smiled.", vec!["Kim Jong-un: Kim Jong-un, Kim", "Ann Roe: Ann Roe"]),
        ("[ANN ROE] came. [Ann Roe]’s house burnt. [Roe's] did not.", vec!["Ann Roe: ANN ROE, Ann Roe, Roe's"]),
        ("[Ann Waters] came. [Water] left.", vec!["Ann Waters: Ann Waters, Water"]),
    ] {
        assert_eq!(entities(text), expected, "{text}");
    }
}

#[test]
fn the_father_in_an_apposition_is_somebody_else_s() {
    let text = "[Bob Roe] met [Sam Roe], his father, on Monday.";
    assert_eq!(entities(text), ["Bob Roe: Bob Roe, his", "Sam Roe: Sam Roe"]);
}

#[test]
fn the_court_of_a_country_is_a_court() {
    let text = "The [o:River Court of Yland] sat. The court rose.";
    assert_eq!(entities(text), ["River Court of Yland: River Court of Yland, The court"]);
}

#[test]
fn roles_in_every_place() {
    for (text, role) in [
        ("The town’s chief baker, [Ann Roe], wept.", "The town’s chief baker"),
        ("[Ann Roe] is the mayor of [l:Yport].", "the mayor of Yport"),
        ("[Ann Roe] of the [o:Bread Board] wept.", "of the Bread Board"),
        ("He served four years under Gen. [Ann Roe].", "Gen."),
        ("Under Secretary [Ann Roe] wept.", "Under Secretary"),
        ("[Ann Roe], 35, wept.", "35"),
        ("A cousin of the bread star [Ann Roe] wept.", "bread star"),
        ("The front-runner [Ann Roe] wept.", "front-runner"),
        ("Old Bread Board president [Ann Roe] wept.", "Old Bread Board president"),
        ("[Ann Roe], a careful baker - she weighs all - wept.", "a careful baker"),
        ("[Ann Roe], the daughter of Governor [Bob Doe], wept.", "the daughter of Governor Bob Doe"),
        ("[Ann Roe], president of the Bread Board reported that all was well, and left.", "president of the Bread Board"),
        ("[Ann Roe], the newly appointed mayor, wept.", "the newly appointed mayor"),
    ] {
        let (article, found) = read(text);
        let roles: Vec<&str> = found.entities[0].roles.iter().map(|r| r.span.of(&article.text)).collect();
        assert_eq!(roles, [role], "{text}");
    }
}

#[test]
fn who_stands_behind_mr_is_a_person() {
    assert_eq!(entities("[John Key] won the key. Mr Key smiled."), ["John Key: John Key, Key"]);
    assert_eq!(entities("Ms. van der Roe met Mr. [o:Acme] and Mrs. I saw.\nMr.\nDoe"), ["van der Roe: van der Roe", "Acme: Acme"]);
}

#[test]
fn in_a_list_everybody_has_an_office_of_their_own() {
    let (article, found) = read("[Ann Roe], Yland Governor [Bob Doe] and Mayor [Jo Poe] wept. [Bob Doe], a majority of the town, wept.");
    let roles = |n: usize| found.entities[n].roles.iter().map(|r| r.span.of(&article.text)).collect::<Vec<_>>();
    assert_eq!((roles(0), roles(1), roles(2)), (vec![], vec!["Yland Governor"], vec!["Mayor"]));
}
