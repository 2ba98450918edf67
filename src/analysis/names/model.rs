//! The linear model: weights of features and of transitions between labels, and the best labels of a sentence under them.
//!
//! Weights are 8-bit numbers that lie in the binary; [`OUTSIDE`] is the zero that the other labels are measured by.

use super::labels::{INSIDE, LABELS, OUTSIDE, may_begin, may_end, may_follow};
use crate::lexicon::names::WEIGHTS;
use crate::lexicon::table::Table;
use std::ops::Range;
use std::sync::LazyLock;

/// What a token's features say for each label inside names, [`OUTSIDE`] being 0.
pub type Emission = [i16; INSIDE];

/// The emission of a token that cannot be part of a name.
pub const NO_NAME: Emission = [i16::MIN / 2; INSIDE];

/// Log odds of a name that is only just better than another reading, and what each unit of margin adds; fitted on articles not learnt from.
const SURENESS: (f32, f32) = (-0.3, 0.0125);

/// A score that no sum of weights reaches: a forbidden transition.
const NEVER: i32 = i32::MIN / 4;

/// The weights.
#[derive(Debug)]
pub struct Model {
    features: Table<'static>,
    transitions: [[i32; LABELS]; LABELS],
    /// Score steps for one unit of the trainer's margin.
    unit: f32,
}

/// The embedded model; `None` only where the binary was built with a broken one, which a test excludes.
pub static MODEL: LazyLock<Option<Model>> = LazyLock::new(|| Model::read(WEIGHTS));

impl Model {
    /// Reads the layout of [`Model::write`]; the weights stay where they are.
    #[must_use]
    pub fn read(bytes: &'static [u8]) -> Option<Self> {
        let (unit, rest) = bytes.split_at_checked(4)?;
        let (numbers, rest) = rest.split_at_checked(2 * LABELS * LABELS)?;
        let mut transitions = [[NEVER; LABELS]; LABELS];
        for (at, pair) in numbers.chunks_exact(2).enumerate() {
            let (from, to) = (at / LABELS, at % LABELS);
            if may_follow(from as u8, to as u8) {
                transitions[from][to] = i16::from_le_bytes([pair[0], pair[1]]).into();
            }
        }
        let (features, _) = Table::read(rest)?;
        Some(Self { features, transitions, unit: f32::from_le_bytes(unit.try_into().ok()?) })
    }

    /// The bytes of a model: score steps for one unit of margin, transitions, rows of weights by feature.
    #[must_use]
    pub fn write(unit: f32, transitions: &[[i16; LABELS]; LABELS], rows: Vec<(u32, Vec<u8>)>) -> Vec<u8> {
        let mut out = unit.to_le_bytes().to_vec();
        out.extend(transitions.iter().flatten().flat_map(|n| n.to_le_bytes()));
        out.extend(Table::write(rows));
        out
    }

    /// Adds what the feature says to `emission`.
    #[inline]
    pub fn add(&self, feature: u32, emission: &mut Emission) {
        if let Some((shift, row)) = self.features.get(feature).and_then(<[u8]>::split_first) {
            for (sum, weight) in emission.iter_mut().zip(row) {
                *sum = sum.saturating_add(i16::from(*weight as i8) << (shift & 7));
            }
        }
    }

    /// How sure the name at `range` is, from 0 to 1: its labels against the best other reading of the same tokens, which is no name at all
    /// or a name of another kind, with the labels around it as they are.
    #[must_use]
    pub fn sureness(&self, emissions: &[Emission], labels: &[u8], range: Range<usize>) -> f32 {
        let label = |at: usize| labels.get(at).copied().unwrap_or(OUTSIDE);
        let before = range.start.checked_sub(1).map_or(OUTSIDE, label);
        let total = |read: &dyn Fn(u8) -> u8| {
            let mut from = before;
            let mut sum = 0;
            for at in range.clone() {
                let to = read(label(at));
                sum += self.transition(from, to) + emissions.get(at).map_or(0, |e| score(e, to));
                from = to;
            }
            sum + self.transition(from, label(range.end))
        };
        let mine = total(&|label| label);
        let kinds = (0..INSIDE as u8 / 4).filter(|kind| *kind != label(range.start) / 4);
        let others = kinds.map(|kind| total(&|label| kind * 4 + label % 4));
        let other = others.fold(total(&|_| OUTSIDE), i32::max);
        let odds = SURENESS.0 + SURENESS.1 * (mine - other) as f32 / self.unit;
        1.0 / (1.0 + (-odds).exp())
    }

    fn transition(&self, from: u8, to: u8) -> i32 {
        self.transitions[usize::from(from.min(OUTSIDE))][usize::from(to.min(OUTSIDE))]
    }

    /// The best sequence of labels (Viterbi), appended to `labels`; `back` is room that may be used again.
    pub fn decode(&self, emissions: &[Emission], back: &mut Vec<[u8; LABELS]>, labels: &mut Vec<u8>) {
        back.clear();
        let mut best: [i32; LABELS] = std::array::from_fn(|label| if may_begin(label as u8) { 0 } else { NEVER });
        for (at, emission) in emissions.iter().enumerate() {
            if at > 0 {
                back.push(self.step(&mut best));
            }
            for (best, score) in best.iter_mut().zip(emission) {
                *best += i32::from(*score);
            }
            // Only differences count; without this a sentence of a million tokens would add up to more than 32 bits hold.
            let top = best.iter().fold(i32::MIN, |top, score| top.max(*score));
            best.iter_mut().for_each(|best| *best = (*best - top).max(NEVER));
        }
        let end = (0..=OUTSIDE).filter(|label| may_end(*label)).max_by_key(|label| best[usize::from(*label)]);
        let first = labels.len();
        let mut label = end.unwrap_or(OUTSIDE);
        for from in back.iter().rev() {
            labels.push(label);
            label = from[usize::from(label)];
        }
        if !emissions.is_empty() {
            labels.push(label);
        }
        labels[first..].reverse();
    }

    /// Moves the best scores on by one transition and says where each came from. Written without a branch, so that labels go side by side.
    fn step(&self, best: &mut [i32; LABELS]) -> [u8; LABELS] {
        let mut next = [i32::MIN; LABELS];
        let mut came = [0i32; LABELS];
        for (from, transitions) in (0i32..).zip(&self.transitions) {
            let before = best[from as usize];
            for ((next, came), transition) in next.iter_mut().zip(&mut came).zip(transitions) {
                let score = before + transition;
                let better = score > *next;
                *came = if better { from } else { *came };
                *next = if better { score } else { *next };
            }
        }
        *best = next;
        came.map(|from| from as u8)
    }
}

/// What the emission says for a label.
fn score(emission: &Emission, label: u8) -> i32 {
    emission.get(usize::from(label)).map_or(0, |s| i32::from(*s))
}
