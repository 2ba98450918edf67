//! What the name finder must survive: any text, in time that grows with its length alone.

use super::document::Document;
use super::features::Sentence;
use super::votes::Votes;
use super::{Names, words};
use crate::analysis::{Annotator, Reading};
use crate::article::{Annotations, Article};

/// Finds the names alone, and checks that they stand in order, on letters' borders, apart from each other.
fn survive(text: &str) {
    let article = Article { text: text.to_owned(), ..Article::default() };
    let mut found = Annotations::default();
    Names.annotate(&Reading::new(&article), &mut found);
    let mut end = 0;
    for mention in &found.mentions {
        let name = text.get(mention.span.range());
        assert!(mention.span.start >= end && name.is_some_and(|name| !name.trim().is_empty()), "{mention:?}");
        assert!((0.0..=1.0).contains(&mention.score), "{mention:?}");
        end = mention.span.end;
    }
}

/// Numbers that look random and are the same each time (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 as usize % most.max(1)
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// Any letter of Unicode, the odd ones often.
    fn letter(&mut self) -> char {
        let (first, count) =
            self.pick(&[(0x20, 0x5f), (0xa0, 0x240), (0x300, 0x70), (0x590, 0x170), (0x2000, 0x70), (0x1f300, 0x300), (0, 0x11_0000)]);
        char::from_u32((first + self.below(count)) as u32).unwrap_or(' ')
    }
}

/// Pieces of news as they come: names of all makes, datelines, tables, code, other scripts.
const PIECES: [&str; 40] = [
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
    "👩‍👩‍👧‍👦",
    "\u{200f}محمد صلاح",
    "שרה כהן",
    "東京",
    "김대중",
    "\u{feff}",
    "www.x.example/",
    "a@b.example",
    "1,000.5%",
    "said that the",
    "| Kenya | 3 | 0 |\n",
    "Roe\t12\t4.5\n",
    "fn main() { let Rome = Vec::<Paris>::new(); }",
    "{\"City\": \"Oslo\"}",
    "<b>Lima</b>",
    "al-",
    "van der ",
    "O'",
    "U.S.",
    "St. ",
    "JOHANNESBURG",
    "X and Y Corp.",
    "— ",
];

fn prose(random: &mut Random) -> String {
    (0..random.below(60)).map(|_| random.pick(&PIECES)).collect()
}

/// The same text as damage of all kinds leaves it.
fn damage(random: &mut Random, text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for _ in 0..random.below(20) {
        let (from, to) = (random.below(letters.len()), random.below(letters.len()));
        match random.below(4) {
            _ if letters.is_empty() => letters.push(random.letter()),
            0 => _ = letters.remove(from),
            1 => letters.insert(to, random.letter()),
            2 => letters.insert(to, letters[from]),
            _ => letters.swap(from, to),
        }
    }
    letters.into_iter().collect()
}

/// What a scanner makes of a text: letters taken for others, words broken and run together.
fn scanned(random: &mut Random, text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match (c, random.below(6)) {
            ('l' | 'I', 0) => out.push('1'),
            ('O' | 'o', 0) => out.push('0'),
            ('m', 0) => out.push_str("rn"),
            (' ', 0) => {}
            (c, 1) => out.extend([c, ' ']),
            ('f', 2) => out.push('ﬁ'),
            (c, _) => out.push(c),
        }
    }
    out
}

#[test]
fn any_text_is_survived() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for _ in 0..25 {
        let text = prose(&mut random);
        survive(&text);
        survive(&text.to_uppercase());
        survive(&text.to_lowercase());
        let damaged = damage(&mut random, &text);
        survive(&damaged);
        survive(&scanned(&mut random, &text));
        let letters: String = (0..random.below(200)).map(|_| random.letter()).collect();
        survive(&letters);
    }
}

#[test]
fn odd_text_is_survived() {
    let long = "A".repeat(1 << 20);
    let quotes = "\"".repeat(2_000);
    let list = "Ana Silva, ".repeat(10_000);
    let lines = "Bo Ek\n".repeat(1_000);
    let odd = ["", " ", ".", "\n\n", "🙂🙂🙂", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢", "e\u{301}\u{301}", "''s", "-", &long, &quotes, &list, &lines];
    odd.into_iter().for_each(survive);
}

/// Runs without end in which every token looks like the one before: a step that looked back or ahead over all of them would take hours.
const RUNS: [&str; 10] = ["A-", "a@", "Ministry ", "(ABC) ", "&A", "A. ", "U.S.", "Al-", "’s", "Ana Silva, "];

#[test]
fn long_runs_are_survived() {
    RUNS.iter().for_each(|unit| survive(&unit.repeat(800)));
}

/// Weights that are looked up for all tokens of a text, in both looks.
fn work(text: &str) -> usize {
    let article = Article { text: text.to_owned(), ..Article::default() };
    let reading = Reading::new(&article);
    let words = words::words(&reading);
    let sentences: Vec<_> = reading.sentences.iter().map(|s| s.first as usize..s.last as usize).collect();
    let document = Document::new(&words, sentences.iter().cloned());
    let labels = vec![0; words.len()];
    let votes = Votes::new(&words, &labels);
    let (mut count, mut runs) = (0, Vec::new());
    for range in sentences {
        let (words, labels) = (&words[range.clone()], &labels[range]);
        let sentence = Sentence::new(words, &mut runs);
        for at in 0..words.len() {
            sentence.features(at, &document, &mut |_| count += 1);
            votes.features(words, labels, at, &mut |_| count += 1);
        }
    }
    count
}

#[test]
fn work_grows_with_the_length_alone() {
    for unit in RUNS {
        let (short, long) = (work(&unit.repeat(200)), work(&unit.repeat(1_600)));
        assert!(long <= short * 9, "{unit}: {short} for 200, {long} for 1,600");
    }
}
