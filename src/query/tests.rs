//! What is read, how it is printed, where it is wrong, and what can follow.

use super::*;
use jiff::civil::date;

/// The tree in one line, to compare.
fn tree(query: &Query) -> String {
    let list = |name: &str, parts: &[Query]| format!("{name}({})", parts.iter().map(tree).collect::<Vec<_>>().join(", "));
    match query {
        Query::All => "all".to_owned(),
        Query::Term(term) => term.to_string(),
        Query::Not(inner) => format!("not({})", tree(inner)),
        Query::And(parts) => list("and", parts),
        Query::Or(parts) => list("or", parts),
    }
}

fn read(text: &str) -> String {
    parse(text).map_or_else(|p| format!("{}: {} [{}]", p.what, p.span.of(text), p.hint), |q| tree(&q))
}

#[test]
fn the_tree() {
    for (text, wanted) in [
        ("", "all"),
        ("  ", "all"),
        ("coup", "coup"),
        ("title:coup \"exact phrase\" -sport (a OR b)", "and(title:coup, \"exact phrase\", not(sport), or(a, b))"),
        ("a b | c", "or(and(a, b), c)"),
        ("a AND b OR NOT c", "or(and(a, b), not(c))"),
        ("a (b (c d))", "and(a, b, c, d)"),
        ("who:(guaidó OR \"nicolás maduro\") x", "and(or(who:guaidó, who:\"nicolás maduro\"), x)"),
        ("-who:x -\"y z\" -(a b)", "and(not(who:x), not(\"y z\"), not(and(a, b)))"),
        ("Who:“Juan Guaidó” „x y“", "and(who:\"Juan Guaidó\", \"x y\")"),
        ("amnest* \"juan gu\"* title:ven*", "and(amnest*, \"juan gu\"*, title:ven*)"),
        ("covid-19 U.N. 10:30 https://example.org/a:b", "and(covid-19, U.N., \"10:30\", \"https://example.org/a:b\")"),
        ("tag:OR or and", "and(tag:\"OR\", or, and)"),
        (
            "when:2019-01..2019-03 when:1990s when:..2018 published:today newer:7d older:2019-1-5",
            "and(when:2019-01..2019-03, when:1990s, when:..2018, published:today, newer:7d, older:2019-01-05)",
        ),
        ("is:unread is:star", "and(is:unread, is:starred)"),
    ] {
        assert_eq!(read(text), wanted, "{text}");
    }
}

#[test]
fn mistakes_point_at_their_place() {
    for (text, place, words) in [
        ("a wo:x", "wo", "did you mean who:?"),
        ("foo:bar", "foo", "fields are who, person"),
        ("who: x", "who:", "who:\"juan guaidó\""),
        ("a who:", "who:", "nothing follows the colon"),
        ("who:\"juan", "\"juan", "not closed"),
        ("(a", "(", "not closed"),
        ("a)", ")", "closes nothing"),
        ("a who:( )", "( )", "nothing stands"),
        ("a OR", "OR", "both sides"),
        ("OR a", "OR", "both sides"),
        ("a OR OR b", "OR", "both sides"),
        ("a NOT", "NOT", "nothing follows"),
        ("when:2019-13", "2019-13", "is no day"),
        ("when:2019-02-30", "2019-02-30", "is no day"),
        ("when:2020..2019", "2020..2019", "ends before it begins"),
        ("newer:7x", "7x", "is no age"),
        ("is:blue", "blue", "no article is 'blue'"),
        ("a ... b", "...", "no word"),
    ] {
        let problem = parse(text).unwrap_err();
        assert_eq!(problem.span.of(text), place, "{text}: {problem:?}");
        assert!(format!("{} {}", problem.what, problem.hint).contains(words), "{text}: {problem:?}");
    }
    let deep = "(".repeat(MAX_DEPTH + 1);
    assert!(parse(&deep).unwrap_err().what.contains("too deep"));
    assert!(parse(&"-!".repeat(40_000)).is_err());
    assert!(parse(&"a ".repeat(MAX_TERMS + 1)).unwrap_err().what.contains("at most"));
}

#[test]
fn what_is_printed_reads_back() {
    for text in [
        "a (b OR c) -(d e) -f",
        "(a b) OR (c -(d OR e))",
        "who:(a OR b) when:2019..",
        "\"a (b) OR\" tag:\"x y\" \"-z\" \"OR\" title:x*",
        "source:nytimes.com published:..yesterday newer:12h older:3m \"it's\" it's",
        "((a))",
    ] {
        let once = parse(text).unwrap();
        let printed = once.to_string();
        assert_eq!(parse(&printed).unwrap(), once, "{text} → {printed}");
        assert_eq!(parse(&printed).unwrap().to_string(), printed);
    }
}

#[test]
fn any_text_is_read_or_refused() {
    // A small generator: every string over the signs that mean something.
    let signs = ["a", "who:", "is:", "unread", "\"", "(", ")", "-", " OR ", " ", "..", "2019", "*", "é", "”", ":", "when:", "NOT "];
    let mut seed = 7u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..(seed % 9) {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(signs[(seed >> 33) as usize % signs.len()]);
        }
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        match parse(&text) {
            Ok(query) => assert_eq!(parse(&query.to_string()), Ok(query), "{text}"),
            Err(problem) => assert!(text.get(problem.span.range()).is_some(), "{text}"),
        }
        for cursor in 0..=text.len() {
            let done = complete(&text, cursor, &Nothing, 5);
            assert!(text.get(done.span.range()).is_some(), "{text} {cursor}");
        }
    }
}

#[test]
fn days_and_ages_on_the_calendar() {
    let today = date(2019, 3, 31);
    let days = |text: &str| match parse(&format!("when:{text}")) {
        Ok(Query::Term(Term::When(days))) => days.ends(today),
        other => panic!("{other:?}"),
    };
    assert_eq!(days("2019-02"), (date(2019, 2, 1), date(2019, 2, 28)));
    assert_eq!(days("1990s"), (date(1990, 1, 1), date(1999, 12, 31)));
    assert_eq!(days("2018..today"), (date(2018, 1, 1), today));
    assert_eq!(days("yesterday"), (date(2019, 3, 30), date(2019, 3, 30)));
    assert_eq!(days("..2018").0, jiff::civil::Date::MIN);
    let now = today.at(12, 0, 0, 0);
    assert_eq!(Age::Months(1).before(now), date(2019, 2, 28).at(12, 0, 0, 0));
    assert_eq!(Age::Hours(36).before(now), date(2019, 3, 30).at(0, 0, 0, 0));
    assert_eq!(Age::Since(Point::Year(2019)).before(now), date(2019, 1, 1).at(0, 0, 0, 0));
    assert_eq!(Age::Years(20_000).before(now), jiff::civil::DateTime::MIN);
}

struct People;

impl Candidates for People {
    fn candidates(&self, field: Field, start: &str, limit: usize) -> Vec<String> {
        let all = ["Juan Guaidó", "Maduro"];
        let fits = |n: &&str| crate::text::fold(n).split(' ').any(|w| w.starts_with(&crate::text::fold(start)));
        if field == Field::Who { all.into_iter().filter(fits).take(limit).map(str::to_owned).collect() } else { Vec::new() }
    }
}

#[test]
fn completion() {
    // The bar is the cursor.
    for (text, replaced, first) in [
        ("|", "", "who:"),
        ("a wh|", "wh", "who:"),
        ("-wher|", "wher", "where:"),
        ("a (ti|", "ti", "title:"),
        ("who:gua|", "gua", "\"Juan Guaidó\""),
        ("who:\"juan g|", "\"juan g", ""),
        ("who:\"gua|", "\"gua", "\"Juan Guaidó\""),
        ("who:m| is:read", "m", "Maduro"),
        ("is:un|", "un", "unread"),
        ("newer:|", "", "1d"),
        ("\"wh|", "\"wh", ""),
        ("who:maduro |", "", "who:"),
        ("zzz|", "zzz", ""),
    ] {
        let cursor = text.find('|').unwrap();
        let text = text.replace('|', "");
        let done = complete(&text, cursor, &People, 8);
        assert_eq!(done.span.of(&text), replaced, "{text}");
        assert_eq!(done.items.first().map_or("", |i| i.0.as_str()), first, "{text}");
    }
}

#[test]
fn fields_are_unique_and_their_examples_are_queries() {
    for (n, row) in FIELDS.iter().enumerate() {
        assert_eq!(Field::find(row.name), Some(row.field));
        assert!(FIELDS[n + 1..].iter().all(|other| other.name != row.name && other.field != row.field));
        assert!(parse(row.example).is_ok(), "{}", row.example);
    }
}
