//! Articles that tell one event: what an article is about as a short list of terms, how near two are, which story a new one belongs to, and what two
//! copies of one text do not share.

use crate::article::{Analysed, Kind};
use crate::lexicon::who::{Class, class};
use crate::text::{Span, fold};
use std::collections::{HashMap, HashSet};

/// Words of the text that count; news tells what happened at its beginning.
const WORDS: usize = 300;

/// The words at the beginning that count fully; later ones count half.
const LEAD: usize = 150;

/// Letters by which words are compared: without most endings.
const STEM: usize = 6;

/// Words and names that are kept of an article.
const KEPT_WORDS: usize = 56;
const KEPT_NAMES: usize = 32;

/// From this likeness on an article belongs to a story: the mean cosine to the nearest three of its articles.
const SAME_STORY: f32 = 0.22;

/// From this likeness to a second story on the article shows that the two are one.
const ONE_STORY: f32 = 0.24;

/// Articles of a story that a new one is compared with.
const NEAREST: usize = 3;

/// Words of a shingle, and how many of the smallest hashes of shingles are kept.
const SHINGLE: usize = 4;
const SKETCH: usize = 24;

/// From this resemblance on a text is a copy of another.
const COPY: f32 = 0.5;

/// Words of four letters and more that news has everywhere.
const COMMON: &[&str] = &[
    "also", "first", "just", "last", "like", "many", "more", "most", "much", "news", "only", "other", "over", "people", "report", "said",
    "says", "some", "such", "than", "them", "these", "those", "time", "told", "week", "well", "will", "year", "years",
];

/// A term as a number of [`TERM_BYTES`]: of a million terms one in seventeen shares its number with another, which says little beside eighty others.
pub type Term = u32;

/// Bytes of a term, and of a hash in a sketch, as they are kept.
const TERM_BYTES: usize = 3;

/// A term of an article before it is known how frequent it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weighed {
    /// The term.
    pub term: Term,
    /// How much it says here.
    pub weight: f32,
    /// True for a name.
    pub is_name: bool,
}

/// What an article is about: words and names, of any language. `keys` are the library's numbers of the article's entities.
#[must_use]
pub fn terms(analysed: &Analysed, keys: &[i64]) -> Vec<Weighed> {
    let mut weights: HashMap<Term, f32> = HashMap::new();
    let Analysed { article, found } = analysed;
    let words = |text: &str| -> Vec<Term> {
        let letters = text.split(|c: char| !c.is_alphanumeric());
        letters.filter(|w| w.len() > 2).take(WORDS).map(fold).filter(|w| says_something(w)).map(|w| term(w.chars().take(STEM))).collect()
    };
    for (n, word) in words(&article.text).into_iter().enumerate() {
        *weights.entry(word).or_default() += if n < LEAD { 1.0 } else { 0.5 };
    }
    for word in words(&article.title) {
        *weights.entry(word).or_default() += 1.0;
    }
    for weight in weights.values_mut() {
        *weight = 1.0 + weight.ln_1p();
    }
    let mut terms: Vec<Weighed> = weights.into_iter().map(|(term, weight)| Weighed { term, weight, is_name: false }).collect();
    let mut names: HashMap<Term, f32> = HashMap::new();
    for (entity, key) in found.entities.iter().zip(keys) {
        let weight = 1.0 + (20.0 * entity.salience).ln_1p();
        names.insert(term(format!("@{key}").chars()), weight);
        // A surname alone is not yet joined to the full name.
        if let Some(last) = entity.name.split(' ').next_back().filter(|_| entity.kind == Kind::Person) {
            names.insert(term(format!("@{}", fold(last)).chars()), weight);
        }
    }
    terms.extend(names.into_iter().map(|(term, weight)| Weighed { term, weight, is_name: true }));
    terms.sort_unstable_by_key(|t| t.term);
    terms
}

fn says_something(word: &str) -> bool {
    !class(word).is(Class::FUNCTION | Class::CALENDAR) && !COMMON.contains(&word)
}

fn term(letters: impl Iterator<Item = char>) -> Term {
    hash(letters) & 0xff_ffff
}

/// FNV-1a, folded to 32 bits.
fn hash(letters: impl Iterator<Item = char>) -> u32 {
    let hash = letters.fold(0xcbf2_9ce4_8422_2325_u64, |h, c| (h ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3));
    (hash ^ (hash >> 32)) as u32
}

/// The strongest terms of an article with their weights: together of length 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks(Vec<(Term, f32)>);

impl Marks {
    /// Terms weighed by how few of `articles` have them; `having` says how many for each. Names and words count one half each.
    #[must_use]
    pub fn new(terms: &[Weighed], having: &[u64], articles: u64) -> Self {
        let rare = |n: u64| ((articles as f32 + 20.0) / (n as f32 + 20.0)).ln().max(0.01);
        let all = || terms.iter().zip(having).map(|(t, n)| (t.is_name, (t.term, t.weight * rare(*n))));
        let some = |wanted: bool, kept: usize| strongest(all().filter(|t| t.0 == wanted).map(|t| t.1).collect(), kept);
        let (words, names) = (some(false, KEPT_WORDS), some(true, KEPT_NAMES));
        let half = if words.is_empty() || names.is_empty() { 1.0 } else { 0.5_f32.sqrt() };
        let mut all: Vec<(Term, f32)> = words.into_iter().chain(names).map(|(t, w)| (t, w * half)).collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        Self(all)
    }

    /// The `count` strongest terms.
    pub fn strongest(&self, count: usize) -> impl Iterator<Item = Term> {
        self.0.iter().take(count).map(|t| t.0)
    }

    /// The terms by their numbers, to compare one article with many.
    #[must_use]
    pub fn index(&self) -> HashMap<Term, f32> {
        self.0.iter().copied().collect()
    }

    /// How alike two articles are, from 0 to 1: the cosine. The other one is given by its [`Marks::index`].
    #[must_use]
    pub fn likeness(&self, other: &HashMap<Term, f32>) -> f32 {
        self.0.iter().filter_map(|(t, w)| other.get(t).map(|o| w * o)).sum()
    }

    /// As bytes: each term in three, its weight in one.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|(t, w)| t.to_le_bytes().into_iter().take(TERM_BYTES).chain([(w * 255.0) as u8])).collect()
    }

    /// What [`Marks::to_bytes`] made; what is left over is no term.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Self {
        let one = |b: &[u8; TERM_BYTES + 1]| (Term::from_le_bytes([b[0], b[1], b[2], 0]), f32::from(b[3]) / 255.0);
        Self(bytes.as_chunks().0.iter().map(one).collect())
    }
}

/// The `kept` strongest terms, together of length 1.
fn strongest(mut all: Vec<(Term, f32)>, kept: usize) -> Vec<(Term, f32)> {
    all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    all.truncate(kept);
    let length = all.iter().map(|t| t.1 * t.1).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    all.iter_mut().for_each(|t| t.1 /= length);
    all
}

/// A short sketch of a text: the smallest hashes of its runs of four words, of which the upper 24 bits are kept. Two texts share of them what they share of
/// their words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch(Vec<u32>);

impl Sketch {
    /// The sketch of a text; empty for one of a few words.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let words: Vec<u32> = fold(text).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(|w| hash(w.chars())).collect();
        let mix = |run: &[u32]| run.iter().fold(7u32, |h, w| (h ^ w).wrapping_mul(0x9e37_79b1).rotate_left(13)) >> 8;
        let mut hashes: Vec<u32> = words.windows(SHINGLE).map(mix).collect();
        hashes.sort_unstable();
        hashes.dedup();
        hashes.truncate(SKETCH);
        Self(if hashes.len() < SKETCH { Vec::new() } else { hashes })
    }

    /// The share of words that two texts have in common, about.
    #[must_use]
    pub fn resemblance(&self, other: &Self) -> f32 {
        if self.0.is_empty() || other.0.is_empty() {
            return 0.0;
        }
        let mut both: Vec<u32> = self.0.iter().chain(&other.0).copied().collect();
        both.sort_unstable();
        both.dedup();
        both.truncate(SKETCH);
        let shared = both.iter().filter(|h| self.0.binary_search(h).is_ok() && other.0.binary_search(h).is_ok()).count();
        shared as f32 / both.len() as f32
    }

    /// True for texts that are one with a few changes: agency copy.
    #[must_use]
    pub fn is_copy(&self, other: &Self) -> bool {
        self.resemblance(other) >= COPY
    }

    /// As bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|h| h.to_le_bytes().into_iter().take(TERM_BYTES)).collect()
    }

    /// What [`Sketch::to_bytes`] made.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self(bytes.as_chunks::<TERM_BYTES>().0.iter().map(|b| u32::from_le_bytes([b[0], b[1], b[2], 0])).collect())
    }
}

/// The story that an article belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct Chosen {
    /// The story.
    pub story: i64,
    /// How near the article is to it.
    pub likeness: f32,
    /// Others that it is as near to: they are the same story.
    pub also: Vec<i64>,
}

/// The story that an article belongs to, of those of articles that are near, each with its likeness. None for a new story.
#[must_use]
pub fn choose(near: &[(i64, f32)]) -> Option<Chosen> {
    let mut stories: HashMap<i64, Vec<f32>> = HashMap::new();
    for (story, likeness) in near {
        stories.entry(*story).or_default().push(*likeness);
    }
    let mean = |mut of: Vec<f32>| {
        of.sort_by(|a, b| b.total_cmp(a));
        of.truncate(NEAREST);
        of.iter().sum::<f32>() / of.len().max(1) as f32
    };
    let mut stories: Vec<(i64, f32)> = stories.into_iter().map(|(story, of)| (story, mean(of))).collect();
    stories.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let (story, likeness) = stories.first().copied().filter(|b| b.1 >= SAME_STORY)?;
    let also = stories.iter().skip(1).filter(|s| s.1 >= ONE_STORY).map(|s| s.0).collect();
    Some(Chosen { story, likeness, also })
}

/// The sentences of `text` that `other` does not have, whatever their case, accents and punctuation.
#[must_use]
pub fn only_in(text: &str, sentences: &[Span], other: &str, theirs: &[Span]) -> Vec<Span> {
    let bare = |sentence: &str| -> String { fold(sentence).chars().filter(|c| c.is_alphanumeric()).collect() };
    let known: HashSet<String> = theirs.iter().map(|s| bare(s.of(other))).collect();
    sentences.iter().filter(|s| !known.contains(&bare(s.of(text)))).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Annotations, Article, Entity};

    fn about(title: &str, text: &str, names: &[&str]) -> Analysed {
        let entity = |n: &&str| Entity {
            kind: Kind::Person,
            name: (*n).to_owned(),
            aliases: Vec::new(),
            roles: Vec::new(),
            salience: 0.2,
            place: None,
        };
        let article = Article { title: title.to_owned(), text: text.to_owned(), ..Article::default() };
        Analysed { article, found: Annotations { entities: names.iter().map(entity).collect(), ..Annotations::default() } }
    }

    fn marks(analysed: &Analysed, keys: &[i64]) -> Marks {
        let terms = terms(analysed, keys);
        Marks::new(&terms, &vec![1; terms.len()], 100)
    }

    #[test]
    fn shared_names_and_words_make_articles_alike() {
        let bridge = marks(&about("Bridge opened", "The mayor opened the long bridge over the harbour.", &["Ada Miller"]), &[1]);
        let again = marks(&about("A bridge at last", "Miller opened a bridge across the harbour.", &["Ada Miller"]), &[1]);
        let flood = marks(&about("Villages flooded", "Heavy rain flooded several villages in the valley.", &["Karl Weiss"]), &[2]);
        assert!(
            bridge.likeness(&again.index()) > SAME_STORY && bridge.likeness(&flood.index()) < 0.05,
            "{}",
            bridge.likeness(&again.index())
        );
        assert!((bridge.likeness(&bridge.index()) - 1.0).abs() < 1e-4);
        let stored = Marks::of_bytes(&bridge.to_bytes());
        assert!((bridge.likeness(&stored.index()) - 1.0).abs() < 0.02);
        assert_eq!(Marks::of_bytes(&[1, 2, 3]), Marks::default());
    }

    #[test]
    fn the_nearest_story_or_none() {
        let chosen = choose(&[(1, 0.3), (1, 0.3), (2, 0.4), (2, 0.04)]).unwrap();
        assert_eq!((chosen.story, chosen.also), (1, vec![]));
        assert_eq!(choose(&[(1, 0.3), (2, 0.5)]).unwrap().also, [1], "the article shows that they are one");
        assert_eq!(choose(&[(1, 0.1)]), None);
        assert_eq!(choose(&[]), None);
    }

    #[test]
    fn copies_and_what_they_do_not_share() {
        let words: Vec<String> = (0..120).map(|n| format!("word{n}")).collect();
        let text = words.join(" ");
        let copy = format!("{text} and an end of its own");
        let (a, b) = (Sketch::new(&text), Sketch::new(&copy));
        assert!(a.is_copy(&b) && Sketch::of_bytes(&a.to_bytes()) == a);
        let other: Vec<String> = (0..120).map(|n| format!("other{n}")).collect();
        assert!(!a.is_copy(&Sketch::new(&other.join(" "))));
        assert!(!Sketch::new("two words").is_copy(&Sketch::new("two words")), "too short to tell");
        let (one, two) = ("It rained. The sun came.", "The sun came! It snowed.");
        let only = only_in(one, &[Span::new(0, 10), Span::new(11, 24)], two, &[Span::new(0, 13), Span::new(14, 24)]);
        assert_eq!(only, [Span::new(0, 10)]);
    }
}
