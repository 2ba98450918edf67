//! Texts made of everything that the grammar knows, in any order, on any publication day: nothing breaks it.

use super::tests::read;
use super::*;

/// The lists of words that the grammar reads, and so what it can be led astray with.
const SOURCES: [&str; 2] = [include_str!("../../../assets/when/words.txt"), include_str!("../../../assets/when/cues.txt")];

/// What is no word of the lists: numbers of all lengths, marks, letters of several bytes, what is no time at all.
const OTHERS: &[&str] = &[
    "0",
    "1",
    "2",
    "3-2",
    "5",
    "10",
    "12",
    "24",
    "24/7",
    "29",
    "30",
    "31",
    "32",
    "45",
    "60",
    "99",
    "100",
    "1066",
    "1789",
    "1984",
    "1999-2001",
    "2000",
    "2019",
    "9999",
    "10000",
    "99999999999999999999",
    "4294967295",
    "2147483648",
    "1.5",
    "2.5.1",
    "1,000",
    "1st",
    "2nd",
    "31st",
    "1990s",
    "'80s",
    "'98",
    "10:30",
    "25:61",
    "7pm",
    "2019-01-10",
    "2019-13-45",
    "0000-00-00",
    "02/30/2019",
    "1/2/3",
    "+44",
    "555-1234",
    "$5",
    "5%",
    ".",
    ",",
    ";",
    ":",
    "-",
    "–",
    "—",
    "(",
    ")",
    "“",
    "”",
    "\"",
    "'",
    "’s",
    "'s",
    "...",
    "é",
    "日本",
    "🦀",
    "\u{301}",
    "ﬁ",
    "İ",
    "ß",
    "pp.",
    "v2",
    "Feb. 30",
    "B.C.",
    "A.D.",
    "Washington",
    "people",
    "of",
    "the",
    "said",
    "will",
    "\n",
    "\t",
    "million",
    "Easter",
    "Thanksgiving",
    "Ramadan",
];

/// Xorshift: the same texts on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % n.max(1) as u64).unwrap_or(0)
    }
}

fn vocabulary() -> Vec<&'static str> {
    let words = SOURCES.iter().flat_map(|s| s.lines()).filter_map(|l| l.split_once(" : ")).flat_map(|(_, words)| words.split_whitespace());
    // What is no word comes as often as the words.
    let mut all: Vec<&str> = words.collect();
    let times = all.len() / OTHERS.len();
    for _ in 0..times.max(1) {
        all.extend(OTHERS);
    }
    all
}

fn text(random: &mut Random, vocabulary: &[&str]) -> String {
    let mut text = String::new();
    for _ in 0..=random.below(24) {
        let word = vocabulary[random.below(vocabulary.len())];
        match random.below(6) {
            0 => text.push_str(&word.to_uppercase()),
            1 => {
                let mut letters = word.chars();
                text.extend(letters.next().into_iter().flat_map(char::to_uppercase));
                text.push_str(letters.as_str());
            }
            _ => text.push_str(word),
        }
        text.push_str(["", " ", " ", " ", "-"][random.below(5)]);
    }
    text
}

fn check(text: &str, published: Option<Date>) {
    let found = read(text, published).1;
    let whole = |s: Span| text.get(s.range()).is_some_and(|t| !t.trim().is_empty());
    assert!(found.times.iter().all(|t| whole(t.span)), "{text:?} {published:?} {:?}", found.times);
    assert!(found.times.windows(2).all(|t| t[0].span.end <= t[1].span.start), "{text:?} {published:?} {:?}", found.times);
    let straight = |i: crate::article::Interval| i.from <= i.to;
    assert!(found.times.iter().all(|t| t.interval.is_none_or(straight)), "{text:?} {published:?} {:?}", found.times);
    assert!(found.times.iter().all(|t| t.value.as_ref().is_none_or(|v| !v.is_empty() && v.is_ascii())), "{text:?} {:?}", found.times);
    assert!(found.events.iter().all(|e| whole(e.span) && e.interval.is_none_or(straight)), "{text:?} {published:?} {:?}", found.events);
    assert!(found.events.windows(2).all(|e| e[0].span.start <= e[1].span.start), "{text:?} {:?}", found.events);
    assert!(found.events.iter().all(|e| e.time.is_none_or(|t| (t as usize) < found.times.len())), "{text:?}");
}

fn run(texts: u64, seed: u64) {
    let vocabulary = vocabulary();
    let mut random = Random(seed);
    for _ in 0..texts {
        let text = text(&mut random, &vocabulary);
        let year = i16::try_from(1 + random.below(9999)).unwrap();
        let day = Date::new(year, 1, 1).unwrap().checked_add(jiff::Span::new().days(i64::try_from(random.below(365)).unwrap()));
        // Every tenth text stands at an end of the calendar or has no date.
        let published = match random.below(30) {
            0 => None,
            1 => Some(Date::MAX),
            2 => Some(Date::new(1, 1, 1).unwrap()),
            _ => Some(day.unwrap_or(Date::MAX)),
        };
        check(&text, published);
    }
}

#[test]
fn nothing_breaks_the_grammar() {
    run(600, 0x9e37_79b9_7f4a_7c15);
}

/// Ten million texts, run in a release build before a release: `cargo test --release fuzz -- --ignored`.
#[test]
#[ignore = "takes minutes"]
fn nothing_breaks_the_grammar_for_long() {
    run(10_000_000, 0x2545_f491_4f6c_dd1d);
}
