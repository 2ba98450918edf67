//! The averaged structured perceptron (Collins 2002), with a margin and with features left out at random.

use crate::gold::Doc;
use dateline::analysis::names::labels::{LABELS, OUTSIDE, may_begin, may_end, may_follow};
use dateline::analysis::names::votes::Votes;
use std::collections::HashMap;

/// A number for each label.
pub(crate) type Row = [f32; LABELS];

/// A transition that must not be.
const NEVER: f32 = -1e6;

/// Share of features left out at each visit of a sentence, so that no name rests on one clue alone.
const LEFT_OUT: f32 = 0.3;

/// Share of visits that see what the second look adds; the first look has to do without.
const SECOND_LOOKS: f32 = 0.5;

/// Features seen fewer times than this are not learnt; no weight of theirs would be kept in the end.
const SEEN: u32 = 2;

/// Share of the sentences labelled by a teacher that is visited in each round.
const TAUGHT: f32 = 0.5;

/// What the score of a wrong label is raised by while learning.
const MARGIN: f32 = 1.0;

/// What was learnt.
pub(crate) struct Weights {
    /// The row of each feature.
    pub(crate) index: HashMap<u32, u32>,
    pub(crate) rows: Vec<Row>,
    pub(crate) transitions: [Row; LABELS],
}

impl Weights {
    /// Labels a document sentence by sentence.
    pub(crate) fn first_look(&self, doc: &Doc) -> Vec<u8> {
        self.look(doc, |_| &[])
    }

    /// Labels it again, knowing what the first look found.
    pub(crate) fn second_look(&self, doc: &Doc, first: &[u8]) -> Vec<u8> {
        let votes = votes(doc, first);
        self.look(doc, |at| &votes[at])
    }

    fn look<'a>(&self, doc: &Doc, more: impl Fn(usize) -> &'a [u32]) -> Vec<u8> {
        let mut labels = vec![OUTSIDE; doc.words.len()];
        for range in &doc.sentences {
            let emissions: Vec<Row> = range.clone().map(|at| self.emission(doc.features[at].iter().chain(more(at)))).collect();
            labels[range.clone()].copy_from_slice(&decode(&emissions, &self.transitions));
        }
        labels
    }

    fn emission<'a>(&self, features: impl Iterator<Item = &'a u32>) -> Row {
        let mut sum = [0.0; LABELS];
        for row in features.filter_map(|f| self.index.get(f)) {
            add(&mut sum, &self.rows[*row as usize], 1.0);
        }
        sum
    }

    /// The mean of several, which is again a linear model.
    pub(crate) fn mean(mut all: Vec<Self>) -> Option<Self> {
        let share = 1.0 / all.len() as f32;
        let mut mean = all.pop()?;
        for other in &all {
            for (sum, row) in mean.tables().zip(other.rows.iter().chain(&other.transitions)) {
                add(sum, row, 1.0);
            }
        }
        mean.tables().flatten().for_each(|weight| *weight *= share);
        Some(mean)
    }

    fn tables(&mut self) -> impl Iterator<Item = &mut Row> {
        self.rows.iter_mut().chain(&mut self.transitions)
    }
}

/// What the second look adds to each token.
pub(crate) fn votes(doc: &Doc, labels: &[u8]) -> Vec<Vec<u32>> {
    let votes = Votes::new(&doc.words, labels);
    let mut out = vec![Vec::new(); doc.words.len()];
    for range in &doc.sentences {
        let (words, labels) = (&doc.words[range.clone()], &labels[range.clone()]);
        for at in 0..words.len() {
            votes.features(words, labels, at, &mut |feature| out[range.start + at].push(feature));
        }
    }
    out
}

fn add(sum: &mut Row, row: &Row, times: f32) {
    for (sum, value) in sum.iter_mut().zip(row) {
        *sum += times * value;
    }
}

/// The best sequence of labels (Viterbi).
fn decode(emissions: &[Row], transitions: &[Row; LABELS]) -> Vec<u8> {
    let mut best: Row = std::array::from_fn(|label| if may_begin(label as u8) { emissions[0][label] } else { NEVER });
    let mut back = Vec::with_capacity(emissions.len());
    for emission in &emissions[1..] {
        let mut next = [f32::MIN; LABELS];
        let mut from = [0; LABELS];
        for (before, transition) in transitions.iter().enumerate() {
            for label in 0..LABELS {
                let score = best[before] + transition[label];
                if score > next[label] {
                    (next[label], from[label]) = (score, before as u8);
                }
            }
        }
        add(&mut next, emission, 1.0);
        back.push(from);
        best = next;
    }
    let ends = (0..LABELS).filter(|label| may_end(*label as u8));
    let mut label = ends.max_by(|a, b| best[*a].total_cmp(&best[*b])).unwrap_or_default() as u8;
    let mut labels = vec![label];
    for from in back.iter().rev() {
        label = from[usize::from(label)];
        labels.push(label);
    }
    labels.reverse();
    labels
}

/// Numbers that look random and are the same each time (xorshift).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// True in this share of cases.
    fn happens(&mut self, share: f32) -> bool {
        ((self.next() >> 40) as f32) < share * (1u64 << 24) as f32
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, (self.next() % (at as u64 + 1)) as usize);
        }
    }
}

/// The features of all documents that are to be learnt, numbered.
pub(crate) struct Lesson<'a> {
    index: HashMap<u32, u32>,
    sentences: Vec<Sentence<'a>>,
}

struct Sentence<'a> {
    features: Vec<Vec<u32>>,
    votes: Vec<Vec<u32>>,
    labels: &'a [u8],
    others: bool,
    taught: bool,
}

impl<'a> Lesson<'a> {
    pub(crate) fn new(docs: &[&'a Doc]) -> Self {
        let mut counts: HashMap<u32, u32> = HashMap::new();
        for feature in docs.iter().flat_map(|doc| doc.features.iter().chain(&doc.votes)).flatten() {
            *counts.entry(*feature).or_default() += 1;
        }
        let mut index = HashMap::new();
        let mut number = |rows: &[Vec<u32>]| -> Vec<Vec<u32>> {
            let row = |row: &Vec<u32>| {
                let number = |feature: &u32| {
                    let next = index.len() as u32;
                    *index.entry(*feature).or_insert(next)
                };
                row.iter().filter(|feature| counts.get(feature).is_some_and(|n| *n >= SEEN)).map(number).collect()
            };
            rows.iter().map(row).collect()
        };
        let mut sentences = Vec::new();
        for doc in docs {
            for range in &doc.lessons {
                let [features, votes] = [&doc.features, &doc.votes].map(|rows| number(&rows[range.clone()]));
                sentences.push(Sentence { features, votes, labels: &doc.labels[range.clone()], others: doc.others, taught: doc.taught });
            }
        }
        Self { index, sentences }
    }

    /// Learns in so many rounds; `seed` sets the order of the sentences and what is left out.
    pub(crate) fn learn(&self, epochs: usize, seed: u64) -> Weights {
        let mut learner = Learner::new(self.index.len(), seed);
        let mut order: Vec<usize> = (0..self.sentences.len()).collect();
        for _ in 0..epochs {
            learner.random.shuffle(&mut order);
            for sentence in order.iter().map(|at| &self.sentences[*at]) {
                if !sentence.taught || learner.random.happens(TAUGHT) {
                    learner.visit(sentence);
                }
            }
        }
        learner.average();
        Weights { index: self.index.clone(), rows: learner.rows, transitions: learner.transitions }
    }
}

/// Weights on the way, each with its sum over time.
struct Learner {
    rows: Vec<Row>,
    row_sums: Vec<Row>,
    transitions: [Row; LABELS],
    transition_sums: [Row; LABELS],
    /// Sentences seen.
    time: f32,
    random: Random,
}

impl Learner {
    fn new(features: usize, seed: u64) -> Self {
        let allowed = |from: usize, to: usize| if may_follow(from as u8, to as u8) { 0.0 } else { NEVER };
        Self {
            rows: vec![[0.0; LABELS]; features],
            row_sums: vec![[0.0; LABELS]; features],
            transitions: std::array::from_fn(|from| std::array::from_fn(|to| allowed(from, to))),
            transition_sums: [[0.0; LABELS]; LABELS],
            time: 1.0,
            random: Random(0x9e37_79b9_7f4a_7c15 ^ (seed + 1)),
        }
    }

    /// Labels a sentence and moves the weights where that went wrong.
    fn visit(&mut self, sentence: &Sentence<'_>) {
        let second = self.random.happens(SECOND_LOOKS);
        let rows: Vec<Vec<u32>> = sentence
            .features
            .iter()
            .zip(&sentence.votes)
            .map(|(features, votes)| {
                let votes = votes.iter().filter(|_| second);
                features.iter().chain(votes).copied().filter(|_| !self.random.happens(LEFT_OUT)).collect()
            })
            .collect();
        let emissions: Vec<Row> = rows.iter().zip(sentence.labels).map(|(row, gold)| self.emission(row, *gold, sentence.others)).collect();
        let found = decode(&emissions, &self.transitions);
        self.correct(&rows, sentence.labels, &found);
        self.time += 1.0;
    }

    fn emission(&self, row: &[u32], gold: u8, others: bool) -> Row {
        let mut sum = [MARGIN; LABELS];
        sum[usize::from(gold)] = 0.0;
        row.iter().for_each(|feature| add(&mut sum, &self.rows[*feature as usize], 1.0));
        if !others {
            sum[LABELS - 5..LABELS - 1].fill(NEVER);
        }
        sum
    }

    fn correct(&mut self, rows: &[Vec<u32>], gold: &[u8], found: &[u8]) {
        for at in 0..gold.len() {
            let (right, wrong) = (usize::from(gold[at]), usize::from(found[at]));
            if right != wrong {
                for feature in rows[at].iter().map(|f| *f as usize) {
                    for (label, step) in [(right, 1.0), (wrong, -1.0)] {
                        self.rows[feature][label] += step;
                        self.row_sums[feature][label] += step * self.time;
                    }
                }
            }
            let Some(before) = at.checked_sub(1) else { continue };
            let (right, wrong) = ((usize::from(gold[before]), right), (usize::from(found[before]), wrong));
            if right != wrong {
                for ((from, to), step) in [(right, 1.0), (wrong, -1.0)] {
                    self.transitions[from][to] += step;
                    self.transition_sums[from][to] += step * self.time;
                }
            }
        }
    }

    /// Puts the mean over time in place of the last weights.
    fn average(&mut self) {
        let rows = self.rows.iter_mut().chain(&mut self.transitions);
        for (row, sum) in rows.zip(self.row_sums.iter().chain(&self.transition_sums)) {
            add(row, sum, -1.0 / self.time);
        }
    }
}
