//! Tests of the resolution, on names that are given: whether they are found is the name finder's business.

use super::*;
use crate::analysis::analyse;
use crate::article::{Article, Entity, EntityId, Join, Mention, PlaceCorrection, PlaceId, Reason};
use crate::text::Span;

const PARIS_TEXAS: PlaceId = PlaceId(4_717_560);
const PARIS_FRANCE: PlaceId = PlaceId(2_988_507);

/// An article with names of one kind each, in order; an entity for each distinct name.
fn given(site: Option<&str>, text: &str, names: &[(&str, Kind)]) -> Analysed {
    let article = Article { text: text.to_owned(), site: site.map(str::to_owned), ..Article::default() };
    let mut found = Annotations::default();
    let mut from = 0;
    for (name, kind) in names {
        let start = from + text[from..].find(name).unwrap();
        from = start + name.len();
        let known = found.entities.iter().position(|e| e.name == *name && e.kind == *kind);
        let entity = known.unwrap_or_else(|| {
            let name = (*name).to_owned();
            found.entities.push(Entity { kind: *kind, name, aliases: Vec::new(), roles: Vec::new(), salience: 0.0, place: None });
            found.entities.len() - 1
        });
        let entity = EntityId(u32::try_from(entity).unwrap());
        found.mentions.push(Mention { span: Span::new(start, from), kind: *kind, form: MentionForm::Name, score: 1.0, entity });
        found.joins.push(Join { reason: Reason::First, antecedent: None });
    }
    Analysed { article, found }
}

fn located(mut analysed: Analysed, known: Known<'_>) -> Analysed {
    locate(&mut analysed, known);
    analysed
}

/// The places of the names, as labels.
fn labels(text: &str, names: &[(&str, Kind)]) -> Vec<String> {
    let analysed = located(given(None, text, names), Known::default());
    let label = |e: &Entity| {
        let place = e.place.as_ref();
        place.and_then(|p| crate::lexicon::gazetteer::place(p.id)).map_or_else(String::new, |p| p.label())
    };
    analysed.found.entities.iter().map(label).collect()
}

fn place(name: &str) -> (&str, Kind) {
    (name, Kind::Place)
}

#[test]
fn what_contains_a_place_decides() {
    for (text, expected) in [
        ("A fire in Paris, Texas, was put out.", "Paris, Texas, United States"),
        ("A fire in the Texas town of Paris was put out.", "Paris, Texas, United States"),
        ("A fire in Paris in Texas was put out.", "Paris, Texas, United States"),
        ("A fire in Paris, France, was put out.", "Paris, Île-de-France, France"),
    ] {
        let mut names = vec![place("Paris"), place(if text.contains("Texas") { "Texas" } else { "France" })];
        names.sort_by_key(|n| text.find(n.0));
        assert!(labels(text, &names).contains(&expected.to_owned()), "{text}: {:?}", labels(text, &names));
    }
    // The container need not have been found as a name.
    assert_eq!(labels("A fire in Paris, Tex., was put out.", &[place("Paris")]), ["Paris, Texas, United States"]);
    // A short form stands behind what lies in it, even where both are called like states.
    for (text, expected) in [
        ("A fire in Indiana, Pa., was put out.", "Indiana, Pennsylvania, United States"),
        ("A fire in Nevada, Mo., was put out.", "Nevada, Missouri, United States"),
        ("A fire in California, MD, was put out.", "California, Maryland, United States"),
    ] {
        let (town, state) = text.strip_prefix("A fire in ").unwrap().split_once(", ").unwrap();
        let names = [place(town), place(state.split_once(',').unwrap().0)];
        assert_eq!(labels(text, &names)[0], expected);
    }
    assert_eq!(
        labels("Fires in Indiana, Ohio and Texas were put out.", &["Indiana", "Ohio", "Texas"].map(place))[0],
        "Indiana, United States"
    );
    // A list is no container.
    let list =
        labels("Trade among Mexico, Texas and China, Japan and Korea grew.", &["Mexico", "Texas", "China", "Japan", "Korea"].map(place));
    assert_eq!(list, ["Mexico", "Texas, United States", "China", "Japan", "South Korea"]);
}

#[test]
fn the_other_places_decide() {
    let text = "Roads from Dublin to Galway, Limerick, Cork and Waterford were closed; trains ran to London, Bristol and Reading.";
    let names = ["Dublin", "Galway", "Limerick", "Cork", "Waterford"].map(place);
    assert!(labels(text, &names).iter().all(|l| l.ends_with("Ireland")), "{:?}", labels(text, &names));
    let text = "From Cambridge, Worcester and Springfield they came to Boston, Massachusetts.";
    let names = ["Cambridge", "Worcester", "Springfield", "Boston", "Massachusetts"].map(place);
    assert!(labels(text, &names)[..4].iter().all(|l| l.ends_with("Massachusetts, United States")), "{:?}", labels(text, &names));
}

#[test]
fn demonyms_bodies_and_landmarks() {
    let names = [
        ("Venezuelan", Kind::Other),
        ("Latin American", Kind::Other),
        ("Boston University", Kind::Organization),
        ("U.S. Senate", Kind::Organization),
    ];
    let text = "Venezuelan and Latin American guests of Boston University met the U.S. Senate at the White House.";
    let names = [names.as_slice(), &[("White House", Kind::Organization)]].concat();
    let analysed = located(given(None, text, &names), Known::default());
    let found: Vec<_> = analysed.found.entities.iter().map(|e| e.place.as_ref().map(|p| (p.name.as_str(), p.relation)).unwrap()).collect();
    use PlaceRelation::{Demonym, Is, Named};
    let expected = [("Venezuela", Demonym), ("Latin America", Demonym), ("Boston", Named), ("United States", Named), ("White House", Is)];
    assert_eq!(found, expected);
}

#[test]
fn people_and_works_have_no_place() {
    let text = "Paris Hilton, Jordan, Georgia and Washington read The Tower.";
    let people = [("Paris Hilton", Kind::Person), ("Jordan", Kind::Person), ("Georgia", Kind::Person), ("Washington", Kind::Person)];
    assert_eq!(labels(text, &people), ["", "", "", ""]);
    assert_eq!(labels("They read The Nice Reading.", &[("The Nice Reading", Kind::Other)]), [""]);
}

#[test]
fn streets_lie_in_the_city_around_them() {
    let text = "In Leeds a shop in Wexcombe Street burned.";
    let analysed = located(given(None, text, &[place("Leeds"), place("Wexcombe Street")]), Known::default());
    let street = analysed.found.entities[1].place.as_ref().unwrap();
    assert_eq!((street.name.as_str(), street.relation, street.runner_up), ("Leeds", PlaceRelation::Within, None));
    assert_eq!(labels("A shop in Wexcombe Street burned.", &[place("Wexcombe Street")]), [""]);
}

/// Articles of a site, each with the names.
fn articles(site: &str, count: usize, names: &[&str]) -> Vec<Analysed> {
    let names: Vec<_> = names.iter().map(|n| place(n)).collect();
    let text: String = names.iter().map(|n| format!("{} is here. ", n.0)).collect();
    (0..count).map(|_| given(Some(site), &text, &names)).collect()
}

fn homes(articles: &[Analysed]) -> Homes {
    let mut homes = Homes::default();
    articles.iter().for_each(|a| homes.learn(a));
    homes.settle();
    homes
}

#[test]
fn a_local_paper_means_its_own_paris() {
    let local = articles("lamarnews.example", 4, &["Paris", "Blossom", "Reno", "Roxton", "Deport", "Clarksville", "Texas"]);
    let national = articles("world.example", 4, &["Paris", "London", "Berlin", "Tokyo", "Lagos", "Lima", "Sydney", "Cairo", "Delhi"]);
    let homes = homes(&[local.clone(), national.clone()].concat());
    let paris = |article: &Analysed| {
        let site = article.article.site.as_deref();
        let alone = given(site, "Paris is here.", &[place("Paris")]);
        located(alone, Known { home: homes.get(site), ..Known::default() }).found.entities[0].place.clone().unwrap().id
    };
    assert_eq!(paris(&local[0]), PARIS_TEXAS);
    assert_eq!(paris(&national[0]), PARIS_FRANCE);
    assert_eq!(homes.get(Some("unknown.example")), None);
    assert_eq!(homes.get(None), None);
}

#[test]
fn a_home_is_the_same_in_any_order_and_after_it_was_kept() {
    let mut all = articles("lamarnews.example", 2, &["Paris", "Blossom", "Texas"]);
    all.extend(articles("LamarNews.example", 1, &["Paris", "Roxton"]));
    let forth = homes(&all);
    all.reverse();
    assert_eq!(forth, homes(&all));
    let kept = forth.get(Some("lamarnews.example")).unwrap();
    let mut again = Homes::default();
    again.insert(Home::restored(kept.site(), kept.articles(), kept.names().map(|(n, c)| (n.to_owned(), c))));
    again.settle();
    assert_eq!(again, forth);
}

#[test]
fn a_reader_is_always_right() {
    let text = "Paris is the capital of France.";
    let correct =
        |site: Option<&str>, place: Option<PlaceId>| PlaceCorrection { site: site.map(str::to_owned), name: "PARIS".to_owned(), place };
    let id = |places: &[PlaceCorrection]| {
        let article = given(Some("a.example"), text, &[place("Paris"), place("France")]);
        located(article, Known { places, ..Known::default() }).found.entities[0].place.as_ref().map(|p| (p.id, p.score))
    };
    assert_eq!(id(&[correct(Some("a.example"), Some(PARIS_TEXAS))]), Some((PARIS_TEXAS, 1.0)));
    assert_eq!(id(&[correct(Some("a.example"), Some(PARIS_TEXAS)), correct(None, None)]), Some((PARIS_TEXAS, 1.0)));
    assert_eq!(id(&[correct(Some("b.example"), Some(PARIS_TEXAS))]).map(|i| i.0), Some(PARIS_FRANCE));
    assert_eq!(id(&[correct(None, None)]), None);
    // A place that the gazetteer lacks can be put somewhere too.
    let street = PlaceCorrection { site: None, name: "Wexcombe Street".to_owned(), place: Some(PARIS_TEXAS) };
    let article = given(None, "A shop in Wexcombe Street burned.", &[place("Wexcombe Street")]);
    let found = located(article, Known { places: &[street], ..Known::default() }).found;
    assert_eq!(found.entities[0].place.as_ref().map(|p| p.id), Some(PARIS_TEXAS));
}

#[test]
fn those_who_act_and_the_capital() {
    let text = "OTTAWA, Canada. Ottawa said on Monday that roads in Ottawa stay open. In the capital, the capital gains tax was cut.";
    let names = ["OTTAWA", "Canada", "Ottawa", "Ottawa"].map(place);
    let mut article = given(None, text, &names);
    for mention in &mut article.found.mentions {
        // The joining of names makes one entity of both spellings.
        mention.entity = EntityId(u32::from(mention.entity.0 == 1));
    }
    let found = located(article, Known::default()).found;
    assert_eq!(found.actors, [2]);
    let nominal: Vec<&str> = found.mentions.iter().filter(|m| m.form == MentionForm::Nominal).map(|m| m.span.of(text)).collect();
    assert_eq!(nominal, ["the capital"]);
    assert_eq!(found.mentions.len(), found.joins.len());
}

#[test]
fn forms_tell_places_in_whole_articles() {
    let text =
        "CHARLESTON, W.Va. (AP) — Ms. Lee and Sen. Ann Smith, R-Marshall, met in Henry County on Monday. The mayor of Charleston said so.";
    let analysed = analyse(Article { text: text.to_owned(), ..Article::default() });
    let place = |name: &str| {
        let mention = analysed.found.mentions.iter().find(|m| m.span.of(text) == name);
        mention.and_then(|m| analysed.found.entities[m.entity.0 as usize].place.clone()).map(|p| p.name)
    };
    assert_eq!(place("W.Va.").as_deref(), Some("West Virginia"));
    assert_eq!(place("Ms."), None);
    assert!(analysed.found.mentions.iter().all(|m| m.span.of(text) != "Ms."));
}

#[test]
fn the_era_of_a_year_is_no_place() {
    let text =
        "The town was founded in 753 B.C. and fell in the fourth century B.C. to its neighbours. She lives in Vancouver, B.C., by the sea.";
    let analysed = analyse(Article { text: text.to_owned(), ..Article::default() });
    let starts: Vec<u32> = analysed.found.mentions.iter().filter(|m| m.span.of(text) == "B.C.").map(|m| m.span.start).collect();
    assert_eq!(starts, [u32::try_from(text.rfind("B.C.").unwrap()).unwrap()]);
}

#[test]
fn hostile_articles_cost_no_more_than_their_length() {
    let long = "Xa".repeat(100);
    assert_eq!(labels(&format!("In {long} it rained."), &[place(&long)]), [""]);
    let words = vec!["Paris"; 60].join(" ");
    labels(&words, &[(&words, Kind::Organization)]);
    let cities = ["Paris", "Springfield", "London", "San José", "Victoria", "Georgia"];
    let text: String = (0..3000).map(|n| format!("{} {n}, ", cities[n % cities.len()])).collect();
    let names: Vec<_> = (0..3000).map(|n| place(cities[n % cities.len()])).collect();
    assert_eq!(labels(&text, &names).len(), cities.len());
    for text in ["", "IN PARIS, TEXAS, FIRE WAS PUT OUT. OF NICE READING MOBILE TURKEY.", "Of course, nice reading about a mobile turkey."]
    {
        let analysed = analyse(Article { text: text.to_owned(), ..Article::default() });
        assert!(analysed.found.mentions.iter().all(|m| !["Of", "Nice", "nice", "mobile", "turkey", "reading"].contains(&m.span.of(text))));
    }
}

#[test]
fn distances_are_right_at_the_edges() {
    assert!(clues::kilometres((90.0, 0.0), (90.0, 180.0)) < 0.001);
    assert!(clues::kilometres((0.0, 180.0), (0.0, -180.0)) < 0.001);
    assert!((clues::kilometres((0.0, 179.5), (0.0, -179.5)) - 111.2).abs() < 0.5);
    assert!((clues::kilometres((-90.0, 0.0), (90.0, 0.0)) - 20_015.0).abs() < 1.0);
}
