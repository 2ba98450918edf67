//! What is read in sentences of all kinds, and that nothing breaks it.

use super::*;
use crate::article::{Article, Block, BlockKind, EntityId, Event, Kind, Mention, MentionForm};
use jiff::civil::{Date, date};

/// A Monday.
const PUBLISHED: Date = date(2019, 1, 21);

/// The article of a text, a paragraph a line, and what is found in it.
pub(super) fn read(text: &str, published: Option<Date>) -> (Article, Annotations) {
    let mut article = Article { text: text.to_owned(), published, ..Article::default() };
    let mut at = 0;
    for line in text.split('\n') {
        article.blocks.push(Block { span: Span::new(at, at + line.len()), kind: BlockKind::Paragraph });
        at += line.len() + 1;
    }
    let mut found = Annotations::default();
    When.annotate(&Reading::new(&article), &mut found);
    (article, found)
}

/// All expressions with their values, as `words=value`, joined by `|`.
fn times(text: &str) -> String {
    let (article, found) = read(text, Some(PUBLISHED));
    let shown = |t: &Timex| format!("{}={}", t.span.of(&article.text), t.value.as_deref().unwrap_or("?"));
    found.times.iter().map(shown).collect::<Vec<_>>().join("|")
}

/// All events that have a date of their own, as `day clause`, joined by `|`.
fn events(text: &str) -> String {
    let (article, found) = read(text, Some(PUBLISHED));
    let day = |e: &Event| e.interval.map_or("vague".to_owned(), |i| i.from.date().to_string());
    let shown = |e: &Event| format!("{}{} {}", day(e), if e.future { "!" } else { "" }, e.span.of(&article.text));
    found.events.iter().filter(|e| e.time.is_some()).map(shown).collect::<Vec<_>>().join("|")
}

fn check(cases: &[(&str, &str)]) {
    for (text, want) in cases {
        assert_eq!(times(text), *want, "{text}");
    }
}

#[test]
fn dates_in_all_written_forms() {
    check(&[
        ("It opened on Jan. 10.", "Jan. 10=2019-01-10"),
        ("It opened on 10 January 2018.", "10 January 2018=2018-01-10"),
        ("It opened on January 10, 2018, and closed.", "January 10, 2018=2018-01-10"),
        ("The 3rd of March 2018 was cold.", "The 3rd of March 2018=2018-03-03"),
        ("Filed 2018-05-04 in court.", "2018-05-04=2018-05-04"),
        ("Filed 05/04/2018 in court.", "05/04/2018=2018-05-04"),
        ("The class of '98 met.", "'98=1998"),
        ("It rained on Saturday, Jan. 19.", "Saturday, Jan. 19=2019-01-19"),
        ("It began in March 2017.", "March 2017=2017-03"),
        ("It began in early March 2017.", "early March 2017=2017-03"),
        ("She left in 1998.", "1998=1998"),
        ("Life in the 1990s was slow.", "the 1990s=199"),
        ("Life in the '80s was slow.", "the '80s=198"),
        ("A ship of the 19th century sank.", "the 19th century=18"),
        ("Sales rose in the second quarter of 2018.", "the second quarter of 2018=2018-Q2"),
        ("Sales rose in Q3 2018.", "Q3 2018=2018-Q3"),
        ("Profit for fiscal 2017 fell.", "fiscal 2017=2017"),
        ("They met in the summer of 2016.", "the summer of 2016=2016-SU"),
        ("It fell in the second half of 2017.", "the second half of 2017=2017-H2"),
        ("The city fell in 493 BC to rebels.", "493 BC=BC0493"),
        ("The 2017 B.C. election was close.", "2017=2017"),
        ("Trade grew in the 1800s.", "the 1800s=18"),
        ("Trade grew in the early 1900s.", "the early 1900s=19"),
        ("Trade grew in the 1900s and 1910s.", "the 1900s=190|1910s=191"),
        ("Trade grew in the 2000s.", "the 2000s=200"),
    ]);
}

#[test]
fn times_of_the_day() {
    check(&[
        ("It hit at 10:30 a.m. Friday.", "10:30 a.m. Friday=2019-01-18T10:30"),
        ("It hit at 10:30 a.m. (0930 GMT) Friday.", "10:30 a.m.=2019-01-18T10:30|Friday=2019-01-18"),
        ("It hit at 5 p.m. EST on Jan. 4.", "5 p.m. EST on Jan. 4=2019-01-04T17:00"),
        ("They arrived on Monday morning.", "Monday morning=2019-01-21TMO"),
        ("They arrived late Sunday night.", "late Sunday night=2019-01-20TNI"),
        ("They arrived last night.", "last night=2019-01-20TNI"),
        ("It began at midnight on New Year’s Eve.", "midnight on New Year’s Eve=2018-12-31T24:00"),
        ("It began on Christmas morning.", "Christmas morning=2018-12-25TMO"),
        ("It began on Thanksgiving Day 2017.", "Thanksgiving Day 2017=2017-11-23"),
        ("They meet at noon today.", "noon today=2019-01-21T12:00"),
        ("They left on Jan. 3. The next morning it snowed.", "Jan. 3=2019-01-03|The next morning=2019-01-04TMO"),
    ]);
}

#[test]
fn relative_expressions() {
    check(&[
        ("He spoke on Monday.", "Monday=2019-01-21"),
        ("He spoke on Tuesday.", "Tuesday=2019-01-15"),
        ("He spoke a week ago Friday.", "a week ago Friday=2019-01-11"),
        ("He spoke two weeks ago on Monday night.", "two weeks ago on Monday=2019-01-07"),
        ("He will speak a week from Friday.", "a week from Friday=2019-02-01"),
        ("He will speak on Tuesday.", "Tuesday=2019-01-22"),
        ("Voters have called for a march on Wednesday.", "Wednesday=2019-01-23"),
        ("He won in May.", "May=2018-05"),
        ("He is expected to win in May.", "May=2019-05"),
        ("It fell last week.", "last week=2019-W03"),
        ("It fell two years ago.", "two years ago=2017"),
        ("It fell a month ago.", "a month ago=2018-12"),
        ("It fell three days ago.", "three days ago=2019-01-18"),
        ("It fell earlier this month.", "earlier this month=2019-01"),
        ("It opened early Monday.", "early Monday=2019-01-21TEM"),
        ("Earlier Friday it rained.", "Friday=2019-01-18"),
        ("It was built in 1990. A year earlier a fire broke out.", "1990=1990|A year earlier=1989"),
        ("He came on Jan. 3. The next day he left.", "Jan. 3=2019-01-03|The next day=2019-01-04"),
        ("It closes next summer.", "next summer=2019-SU"),
        ("It snowed last winter, and this winter; next winter it will not.", "last winter=2017-WI|this winter=2018-WI|next winter=2019-WI"),
        ("It shut over the weekend.", "the weekend=2019-W03-WE"),
        ("Profit fell in the third quarter from a year earlier.", "the third quarter=2018-Q3|a year earlier=2017-Q3"),
        ("He spoke the day before yesterday.", "the day before yesterday=2019-01-19"),
    ]);
}

#[test]
fn a_speaker_counts_from_the_day_of_speaking() {
    check(&[
        ("“We will act tomorrow,” she said on Friday.", "tomorrow=2019-01-19|Friday=2019-01-18"),
        ("\"It was done yesterday,\" she said on Friday.", "yesterday=2019-01-17|Friday=2019-01-18"),
        ("She said it was done yesterday.", "yesterday=2019-01-20"),
    ]);
}

#[test]
fn since_reaches_to_the_publication_day() {
    let (_, found) = read("The bridge has been shut since 2013.", Some(PUBLISHED));
    let event = found.events.first().and_then(|e| e.interval).expect("one event");
    assert_eq!((event.from.date(), event.to.date()), (date(2013, 1, 1), PUBLISHED));
}

#[test]
fn lengths_sets_and_vague_references() {
    check(&[
        ("It took three days.", "three days=P3D"),
        ("It took about two and a half years.", "about two and a half years=P2Y6M"),
        ("It took half an hour.", "half an hour=PT30M"),
        ("A five-year plan was made.", "five-year=P5Y"),
        ("It took more than 20 minutes.", "more than 20 minutes=PT20M"),
        ("It took several weeks.", "several weeks=PXW"),
        ("It lasted a decade.", "a decade=P10Y"),
        ("It rose in the past three months.", "the past three months=P3M"),
        ("He runs every day.", "every day=P1D"),
        ("He runs each Thursday.", "each Thursday=XXXX-WXX-4"),
        ("He runs on Tuesday nights.", "Tuesday nights=XXXX-WXX-2TNI"),
        ("He left in recent weeks.", "recent weeks=PAST_REF"),
        ("He is now in the future.", "now=PRESENT_REF|the future=FUTURE_REF"),
        ("It broke several years ago.", "several years ago=PAST_REF"),
    ]);
}

#[test]
fn feasts() {
    check(&[
        ("They ate on Christmas Day.", "Christmas Day=2018-12-25"),
        ("They ate last Thanksgiving.", "last Thanksgiving=2018-11-22"),
        ("They met on Easter Sunday 2019.", "Easter Sunday 2019=2019-04-21"),
        ("The polls open on Election Day 2020.", "Election Day 2020=2020-11-03"),
    ]);
}

#[test]
fn ranges_are_two_ends_of_one_event() {
    check(&[
        ("It ran from 2013 to 2017.", "2013=2013|2017=2017"),
        ("It ran March 3-5, 2018.", "March 3=2018-03-03|5, 2018=2018-03-05"),
        ("It ran 1999-2001.", "1999=1999|2001=2001"),
        ("It ran from 3 to 5 March 2018.", "3=2018-03-03|5 March 2018=2018-03-05"),
    ]);
    let (_, found) = read("She ruled from 2013 to 2017.", Some(PUBLISHED));
    let event = found.events.first().and_then(|e| e.interval).expect("one event");
    assert_eq!((event.from.date(), event.to.date()), (date(2013, 1, 1), date(2017, 12, 31)));
}

#[test]
fn what_only_looks_like_time() {
    check(&[
        ("Mrs. May said he may march on Washington.", ""),
        ("The second man sat in the sun.", ""),
        ("Some 2000 people and 1984 prisoners fled.", ""),
        ("Call 555-0199 or 202-555-2019.", ""),
        ("They won 3-2 and paid $2,000 for version 10.4.", ""),
        ("Open 24/7, see pages 19-21.", ""),
        ("Prices fall and spring back.", ""),
        ("The 19-year-old was hurt.", ""),
        ("He paid $1999 for it.", ""),
        ("He told the Sunday Times so.", ""),
    ]);
}

#[test]
fn impossible_dates_have_no_value() {
    check(&[("It closed on Feb. 30, 2018.", "Feb. 30, 2018=?")]);
}

#[test]
fn day_and_month_change_places_by_country() {
    let mut article = Article { text: "Filed 05/04/2018 in court.".to_owned(), published: Some(PUBLISHED), ..Article::default() };
    for (site, want) in [("paper.example.uk", "2018-04-05"), ("paper.example.us", "2018-05-04"), ("paper.com", "2018-05-04")] {
        article.site = Some(site.to_owned());
        let mut found = Annotations::default();
        When.annotate(&Reading::new(&article), &mut found);
        assert_eq!(found.times[0].value.as_deref(), Some(want), "{site}");
    }
}

#[test]
fn without_a_publication_day_only_absolute_dates_have_values() {
    let (_, found) = read("On Monday he said that it began on May 4, 2017 and took three days.", None);
    let values: Vec<_> = found.times.iter().map(|t| (t.value.as_deref(), t.interval.is_some())).collect();
    assert_eq!(values, [(None, false), (Some("2017-05-04"), true), (Some("P3D"), false)]);
}

#[test]
fn a_history_goes_on_from_its_own_dates() {
    let text = "In 1917 the front broke. In October 1917 the city rose. In November it fell. In December talks began. In January they failed. \
                On 18 February 1918 the march went on. It ended on 3 March. In 1919, 1920 and 1921 there was war. By 1922 and 1923 there was peace.";
    let values = times(text);
    assert!(values.contains("December=1917-12|January=1918-01"), "{values}");
    assert!(values.contains("3 March=1918-03-03"), "{values}");
}

#[test]
fn brackets_beside_an_expression_do_not_cut_its_clause() {
    for (text, clause) in [
        ("The Bread Board (BB) took the rule on Jan. 3, 2019.", "2019-01-03 The Bread Board (BB) took the rule on Jan. 3, 2019"),
        ("Mr. Roe [right] met Mr. Doe [left] on Jan. 3, 2019.", "2019-01-03 Mr. Roe [right] met Mr. Doe [left] on Jan. 3, 2019"),
        (
            "Talks of Yland (which hosted (twice) Zland) and Xland ended in May 2018.",
            "2018-05-01 Talks of Yland (which hosted (twice) Zland) and Xland ended in May 2018",
        ),
        ("The bridge (it opened in May 2018) was closed.", "2018-05-01 it opened in May 2018"),
        ("The bridge opened in May 2018 (the old one fell) to all.", "2018-05-01 The bridge opened in May 2018 (the old one fell) to all"),
        ("The bridge ( opened in May 2018.", "2018-05-01 opened in May 2018"),
    ] {
        assert_eq!(events(text), clause);
    }
}

#[test]
fn clauses_are_cut_cleanly() {
    let cases = [
        ("Ten men were held on Sunday, the army said, after a raid.", "2019-01-20 Ten men were held on Sunday"),
        ("He said the men had fled in 2017.", "2017-01-01 the men had fled in 2017"),
        ("His win in May was hailed, and the party has said it will go on.", "2018-05-01 His win in May was hailed"),
        ("Unions have called for a strike on Wednesday, which may spread.", "2019-01-23! Unions have called for a strike on Wednesday"),
        ("Nobody moved ahead of Friday’s vote in the north.", "2019-01-25! Friday’s vote"),
        (
            "The army said on Monday that the talks would start on Friday.",
            "2019-01-21 The army said on Monday|2019-01-25! the talks would start on Friday",
        ),
        ("After the king died in 1990, his son took over.", "1990-01-01 the king died in 1990"),
        ("She ran in the 2008 primaries and lost.", "2008-01-01 the 2008 primaries"),
        ("She moved after Jan. 3 at last.", "2019-01-03 She moved after Jan. 3 at last"),
        ("Jan. 3, 2018", ""),
        ("It took three days.", ""),
        ("Dozens have left in recent months.", "vague Dozens have left in recent months"),
    ];
    for (text, want) in cases {
        assert_eq!(events(text), want, "{text}");
    }
}

#[test]
fn the_opening_is_an_event_of_its_day() {
    let (article, found) = read("Ten ministers resigned, the palace said.\nNobody knows why.", Some(PUBLISHED));
    let event = found.events.first().expect("the opening");
    assert_eq!((event.time, event.span.of(&article.text)), (None, "Ten ministers resigned"));
    assert_eq!(event.interval.map(|i| i.from.date()), Some(PUBLISHED));
}

#[test]
fn events_name_who_occurs_in_them() {
    let mut article = Article { text: "Ann Lee met Bo Ray on Friday, and Cy Dow left in May.".to_owned(), ..Article::default() };
    article.published = Some(PUBLISHED);
    let mut found = Annotations::default();
    for (id, (start, end)) in [(0, 7), (12, 18), (34, 40)].into_iter().enumerate() {
        let entity = if id == 1 { EntityId::UNJOINED } else { EntityId(id as u32) };
        found.mentions.push(Mention { span: Span::new(start, end), kind: Kind::Person, form: MentionForm::Name, score: 1.0, entity });
    }
    When.annotate(&Reading::new(&article), &mut found);
    let who: Vec<_> = found.events.iter().map(|e| (e.span.of(&article.text), e.entities.clone())).collect();
    assert_eq!(who, [("Ann Lee met Bo Ray on Friday", vec![EntityId(0)]), ("Cy Dow left in May", vec![EntityId(2)])]);
}

/// Numbers from a fixed seed (the constants of Numerical Recipes).
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

/// Words that the grammar knows, and what else a page may hold.
const PIECES: &[&str] = &[
    "the",
    "a",
    "of",
    "in",
    "on",
    "and",
    "or",
    "to",
    "from",
    "between",
    "by",
    "ago",
    "earlier",
    "later",
    "before",
    "after",
    "next",
    "last",
    "this",
    "that",
    "same",
    "past",
    "few",
    "several",
    "couple",
    "half",
    "quarter",
    "third",
    "second",
    "31st",
    "1990s",
    "'80s",
    "century",
    "decade",
    "millennium",
    "year",
    "years",
    "month",
    "week",
    "weekend",
    "days",
    "hours",
    "-",
    "–",
    "—",
    ",",
    ".",
    ";",
    ":",
    "/",
    "'",
    "’s",
    "“",
    "”",
    "(",
    ")",
    "0",
    "1",
    "12",
    "29",
    "31",
    "99",
    "100",
    "999",
    "2000",
    "9999",
    "99999",
    "4294967295",
    "1,000",
    "2.5",
    "1/2",
    "10:30",
    "24:59",
    "a.m.",
    "p.m.",
    "EST",
    "noon",
    "midnight",
    "Monday",
    "Sat.",
    "Sundays",
    "Jan.",
    "Feb.",
    "May",
    "March",
    "December",
    "spring",
    "fall",
    "winter",
    "morning",
    "night",
    "today",
    "tomorrow",
    "now",
    "recently",
    "BC",
    "AD",
    "million",
    "hundred",
    "billion",
    "thousand",
    "zero",
    "two",
    "twenty",
    "nineteen",
    "fiscal",
    "early",
    "mid",
    "late",
    "end",
    "about",
    "more",
    "than",
    "least",
    "every",
    "each",
    "daily",
    "Easter",
    "Christmas",
    "Eve",
    "said",
    "will",
    "was",
    "which",
    "who",
    "Ω",
    "日本",
    "🙂",
    "e\u{301}",
    "\n",
    "-old",
    "year-earlier",
];

#[test]
fn no_text_and_no_day_breaks_it() {
    let mut random = Random(20_190_121);
    for round in 0..3000 {
        let mut text = String::new();
        for _ in 0..random.below(60) {
            text.push_str(PIECES[random.below(PIECES.len())]);
            if random.below(5) > 0 {
                text.push(' ');
            }
        }
        let year = [1, 2, 1582, 2019, 9998, 9999][random.below(6)];
        let day = Date::new(year, 1 + random.below(12) as i8, 1 + random.below(28) as i8).ok();
        let (article, found) = read(&text, day.filter(|_| round % 7 > 0));
        let whole = |span: Span| !span.of(&article.text).is_empty();
        assert!(found.times.iter().all(|t| whole(t.span)) && found.events.iter().all(|e| whole(e.span)), "{text}");
        assert!(found.times.windows(2).all(|w| w[0].span.end <= w[1].span.start), "{text}");
        assert!(found.times.iter().flat_map(|t| t.interval).all(|i| i.from <= i.to), "{text}");
        assert!(found.events.windows(2).all(|w| w[0].span.start <= w[1].span.start), "{text}");
    }
}

#[test]
fn first_and_last_days_of_the_calendar() {
    for day in [date(1, 1, 1), date(9999, 12, 31), Date::MIN, Date::MAX] {
        for text in [
            "two centuries ago",
            "last year",
            "next week",
            "in 900 decades from now",
            "9999 millennia later",
            "yesterday and tomorrow",
            "last night",
        ] {
            read(&format!("It happened {text}."), Some(day));
        }
    }
}

#[test]
fn long_repetitions_stay_linear() {
    for unit in [
        "full ",
        "zero hundred ",
        "years and ",
        "Monday ",
        "the ",
        "“ ",
        "three days after ",
        ", which on Monday ",
        "that last ",
        "After x ",
    ] {
        read(&unit.repeat(5_000), Some(PUBLISHED));
    }
}
