//! The features of a token: 32-bit keys into the weights. Trainer and reader call the same functions, so that they cannot drift.
//!
//! The first argument of each `key` is the number of the feature's kind; no two kinds share one, and a change of any makes the weights
//! worthless until they are trained again.

use super::document::Document;
use super::words::{ADDRESS, CAPITAL, GLUED, LETTERS, UPPER, Word, hash, key};
use crate::lexicon::names;

/// What stands beyond the ends of a sentence.
const EDGE: Word =
    Word { exact: 1, lower: 1, shape: 1, head: [0; 4], tail: [0; 4], entry: names::Entry { classes: [0; 6], lists: 0 }, flags: 0 };

/// Most words that a name in the lexicon has.
const LONGEST_ENTRY: usize = 4;

/// A sentence as the features see it.
#[derive(Debug)]
pub struct Sentence<'a> {
    words: &'a [Word],
    /// How capitals are used: 0 as usual, 1 all capitals, 2 every word has one, 3 none.
    case: u32,
    runs: &'a [Run],
}

/// The run of capitalised tokens around a token.
#[derive(Clone, Copy, Debug, Default)]
pub struct Run {
    /// First token, in the sentence.
    first: u32,
    /// One past the last token.
    last: u32,
    /// What the lexicon says of the longest entry over this token: its lists, its length and the place in it.
    lists: u32,
    /// The same of the longest entry among organisations.
    bodies: u32,
    /// The lists of organisations that the word by itself is in.
    own: u32,
}

impl<'a> Sentence<'a> {
    /// Reads the sentence once; `runs` is room that may be used again.
    pub fn new(words: &'a [Word], runs: &'a mut Vec<Run>) -> Self {
        runs.clear();
        runs.resize(words.len(), Run::default());
        find_runs(words, runs);
        find_entries(words, runs);
        find_bodies(words, runs);
        Self { words, case: case(words), runs }
    }

    fn at(&self, at: usize, step: isize) -> &Word {
        at.checked_add_signed(step).and_then(|n| self.words.get(n)).unwrap_or(&EDGE)
    }

    /// Hands all features of the token `at` to `sink`.
    pub fn features(&self, at: usize, document: &Document, sink: &mut impl FnMut(u32)) {
        self.own(at, sink);
        self.around(at, sink);
        self.pairs(at, sink);
        self.run(at, sink);
        self.lists(at, sink);
        self.bodies(at, sink);
        let word = self.at(at, 0);
        if word.is(CAPITAL) {
            document.around(word.exact, &mut |k| sink(key(80, k, 0)));
        }
    }

    fn own(&self, at: usize, sink: &mut impl FnMut(u32)) {
        let word = self.at(at, 0);
        sink(key(0, 0, 0));
        sink(key(1, word.exact, 0));
        sink(key(2, word.lower, 0));
        sink(key(3, word.shape, 0));
        for (n, (head, tail)) in (0u32..).zip(word.head.iter().zip(word.tail)) {
            if *head != 0 {
                sink(key(4 + n, *head, 0));
                sink(key(8 + n, tail, 0));
            }
        }
        sink(key(12, u32::from(word.flags & (CAPITAL | UPPER | LETTERS | ADDRESS)), self.case));
        sink(key(13, word.shape, self.case * 2 + u32::from(at == 0)));
        for (n, class) in (0u32..).zip(word.entry.classes) {
            sink(key(14 + n, class.into(), u32::from(word.is(CAPITAL))));
        }
    }

    fn around(&self, at: usize, sink: &mut impl FnMut(u32)) {
        for step in [-3isize, -2, -1, 1, 2, 3] {
            let word = self.at(at, step);
            let seed = (20 + 8 * (step + 3)) as u32;
            sink(key(seed, word.lower, 0));
            sink(key(seed + 1, word.entry.classes[1].into(), 0));
            if step.abs() <= 2 {
                sink(key(seed + 2, word.shape, 0));
                sink(key(seed + 3, word.entry.classes[0].into(), 0));
                sink(key(seed + 7, word.profile(), 0));
            }
            if step.abs() == 1 {
                sink(key(seed + 4, word.exact, 0));
                sink(key(seed + 5, word.tail[2], 0));
                sink(key(seed + 6, word.entry.classes[2].into(), 0));
            }
        }
    }

    fn pairs(&self, at: usize, sink: &mut impl FnMut(u32)) {
        let [b, a, x, y, z] = [-2, -1, 0, 1, 2].map(|step| self.at(at, step));
        sink(key(100, a.lower, x.lower));
        sink(key(101, x.lower, y.lower));
        sink(key(102, key(0, a.shape, x.shape), y.shape));
        sink(key(103, b.lower, a.lower));
        sink(key(104, y.lower, z.lower));
        sink(key(105, a.lower, y.lower));
        sink(key(106, x.shape, a.lower));
        sink(key(107, x.shape, y.lower));
        let class = |w: &Word| u32::from(w.entry.classes[1]);
        sink(key(108, class(a), class(x)));
        sink(key(109, class(x), class(y)));
        sink(key(110, class(a), class(y)));
        let [pa, px, py] = [a, x, y].map(Word::profile);
        sink(key(112, pa, px));
        sink(key(113, px, py));
        sink(key(114, key(0, pa, px), py));
        sink(key(117, a.follower(), px));
        sink(key(118, y.leader(), px));
        sink(key(119, key(0, a.follower(), px), y.leader()));
        sink(key(115, a.lower, px));
        sink(key(116, px, y.lower));
        let glue = u32::from(x.is(GLUED)) + 2 * u32::from(y.is(GLUED));
        sink(key(111, glue, x.shape));
    }

    /// The words before and after the run of capitals that the token stands in, and its first and last word.
    fn run(&self, at: usize, sink: &mut impl FnMut(u32)) {
        let Some(run) = self.runs.get(at).filter(|r| r.last > r.first) else { return };
        let (first, last) = (run.first as usize, run.last as usize);
        let (before, after) = (self.at(first, -1), self.at(last, 0));
        let place = (at - first).min(3) as u32 * 8 + (last - first).min(5) as u32;
        sink(key(120, place, 0));
        sink(key(121, before.lower, 0));
        sink(key(122, after.lower, 0));
        sink(key(123, before.entry.classes[1].into(), 0));
        sink(key(124, after.entry.classes[1].into(), 0));
        sink(key(140, self.at(first, -2).lower, before.lower));
        sink(key(141, after.lower, self.at(last, 1).lower));
        sink(key(147, before.follower(), place));
        sink(key(148, after.leader(), place));
        sink(key(149, before.follower(), after.leader()));
        sink(key(142, before.lower, after.lower));
        sink(key(143, before.lower, place));
        sink(key(144, after.lower, place));
        if last - first > 1 {
            let (head, tail) = (self.at(first, 0), self.at(last, -1));
            sink(key(145, head.lower, tail.lower));
            sink(key(146, tail.lower, place));
            sink(key(125, tail.lower, 0));
            sink(key(126, head.lower, 0));
            sink(key(127, tail.entry.classes[1].into(), 0));
            sink(key(129, key(0, head.profile(), tail.profile()), (last - first).min(3) as u32));
            sink(key(128, head.entry.classes[1].into(), 0));
        }
    }

    /// What the lists of organisations say: of the token, of the ends of its run, and whether the run gets a short form in brackets.
    fn bodies(&self, at: usize, sink: &mut impl FnMut(u32)) {
        let get = |at: usize| self.runs.get(at).copied().unwrap_or_default();
        let run = get(at);
        if run.bodies != 0 {
            sink(key(150, run.bodies, 0));
            sink(key(151, run.bodies, self.at(at, 0).shape));
        }
        let (before, after) = (at.checked_sub(1).map_or(0, |at| get(at).bodies), get(at + 1).bodies);
        if before != 0 {
            sink(key(152, before, run.bodies));
        }
        if after != 0 {
            sink(key(153, after, run.bodies));
        }
        let (first, last) = (run.first as usize, run.last as usize);
        if last <= first {
            return;
        }
        let place = (at - first).min(3) as u32 * 8 + (last - first).min(5) as u32;
        let (head, tail) = (get(first).own, get(last - 1).own);
        if last - first > 1 && head | tail != 0 {
            sink(key(154, tail, place));
            sink(key(155, head, place));
        }
        if shortened(|step| self.words.get(last + step)) {
            sink(key(156, place, 0));
            sink(key(157, self.at(last, -1).profile(), 0));
        }
    }

    fn lists(&self, at: usize, sink: &mut impl FnMut(u32)) {
        let lists = |at: usize| self.runs.get(at).map_or(0, |r| r.lists);
        let here = lists(at);
        if here != 0 {
            sink(key(130, here, 0));
            sink(key(131, here, self.at(at, 0).shape));
        }
        let (before, after) = (at.checked_sub(1).map_or(0, lists), lists(at + 1));
        if before != 0 {
            sink(key(132, before, here));
        }
        if after != 0 {
            sink(key(133, after, here));
        }
    }
}

/// How a sentence uses capitals.
fn case(words: &[Word]) -> u32 {
    let letters = words.iter().filter(|w| w.is(LETTERS));
    let (mut all, mut capital, mut upper) = (0, 0, 0);
    for word in letters {
        all += 1;
        capital += u32::from(word.is(CAPITAL));
        upper += u32::from(word.is(UPPER));
    }
    match () {
        () if all >= 3 && upper * 3 >= all * 2 => 1,
        () if all >= 4 && capital * 4 >= all * 3 => 2,
        () if all >= 5 && capital == 0 => 3,
        () => 0,
    }
}

/// Fills in the runs: capitalised tokens, with what is glued between two of them.
fn find_runs(words: &[Word], runs: &mut [Run]) {
    let mut at = 0;
    while at < words.len() {
        let first = at;
        while words.get(at).is_some_and(|w| w.is(CAPITAL) || at > first && w.is(GLUED) && !w.is(LETTERS) && glues(words, at)) {
            at += 1;
        }
        for run in &mut runs[first..at] {
            (run.first, run.last) = (first as u32, at as u32);
        }
        at = at.max(first + 1);
    }
}

/// True for a mark that holds two capitalised words together: `Jean-Pierre`.
fn glues(words: &[Word], at: usize) -> bool {
    words.get(at + 1).is_some_and(|next| next.is(CAPITAL | GLUED))
}

/// Fills in the longest entry of the lexicon over each token; entries begin with a capital.
fn find_entries(words: &[Word], runs: &mut [Run]) {
    let mut at = 0;
    while at < words.len() {
        let (length, lists) = if words[at].is(CAPITAL) { longest(&words[at..], words[at].entry.lists, |name| name) } else { (1, 0) };
        for (n, run) in (0u32..).zip(&mut runs[at..at + length]) {
            run.lists = marked(lists, length, n);
        }
        at += length;
    }
}

/// The same for organisations, and what each word is among them by itself.
fn find_bodies(words: &[Word], runs: &mut [Run]) {
    let mut end = 0;
    for (at, word) in words.iter().enumerate().filter(|(_, word)| word.is(CAPITAL)) {
        let own = own(word);
        runs[at].own = own.into();
        if at < end {
            continue;
        }
        let (length, lists) = longest(&words[at..], own, body);
        for (n, run) in (0u32..).zip(&mut runs[at..at + length]) {
            run.bodies = marked(lists, length, n);
        }
        end = if lists == 0 { at } else { at + length };
    }
}

/// The lists of an entry of so many words, told apart by its length and by whether this is its first word.
fn marked(lists: u32, length: usize, at: u32) -> u32 {
    if lists == 0 { 0 } else { lists << 4 | u32::from(length > 1) << 1 | u32::from(at == 0) }
}

/// The longest entry at the beginning of `words`: its length and lists. `own` are those of the first word, `place` makes the key of an entry.
fn longest(words: &[Word], own: u16, place: impl Fn(u32) -> u32) -> (usize, u32) {
    let mut best = (1, u32::from(own));
    let mut name = words[0].lower;
    for (n, word) in words.iter().enumerate().take(LONGEST_ENTRY).skip(1) {
        name = joined(name, word.lower);
        let lists = names::word(place(name)).lists;
        if lists != 0 {
            best = (n + 1, lists.into());
        }
    }
    best
}

/// True where the tokens that `next` counts from 0 are a word of capitals in brackets.
fn shortened<'a>(next: impl Fn(usize) -> Option<&'a Word>) -> bool {
    let is = |step, mark: char| next(step).is_some_and(|w| w.exact == hash([mark].into_iter()));
    next(1).is_some_and(|w| w.is(UPPER)) && is(0, '(') && is(2, ')')
}

/// The lists of organisations that a word by itself is in.
pub(super) fn own(word: &Word) -> u16 {
    names::word(body(word.lower)).lists
}

/// The key in the lexicon under which a name stands among organisations.
#[must_use]
pub fn body(name: u32) -> u32 {
    key(201, name, 0)
}

/// The key in the lexicon of a name of several words: that of all but the last, and the last.
#[must_use]
pub fn joined(name: u32, word: u32) -> u32 {
    key(200, name, word)
}
