//! Weights as they lie in the binary: the weightiest features, in 8 bits.

use crate::learn::{Row, Weights};
use dateline::analysis::names::labels::{INSIDE, LABELS};
use dateline::analysis::names::model::Model;
use std::collections::HashMap;

/// Features that are kept: more than this changed no figure by a tenth of a point.
const KEPT: usize = 95_000;

/// Steps for one unit of weight.
const UNIT: f32 = 64.0;

/// Measures all labels by the one outside names, and drops all but the features that matter most: their weight times the root of how often
/// they were seen.
pub(crate) fn prune(weights: &mut Weights, counts: &HashMap<u32, u32>) {
    let mut ranked: Vec<(f32, u32)> = Vec::with_capacity(weights.index.len());
    for (feature, at) in &weights.index {
        let row = &mut weights.rows[*at as usize];
        let outside = row[INSIDE];
        row.iter_mut().for_each(|weight| *weight -= outside);
        let (most, least) = row.iter().fold((0f32, 0f32), |(most, least), w| (most.max(*w), least.min(*w)));
        let count = counts.get(feature).copied().unwrap_or(0) as f32;
        ranked.push(((most - least) * count.sqrt(), *feature));
    }
    ranked.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    for (_, feature) in ranked.iter().skip(KEPT) {
        weights.index.remove(feature);
    }
}

/// The bytes of the model.
pub(crate) fn pack(weights: &Weights) -> Vec<u8> {
    let rows = weights.index.iter().map(|(feature, at)| (*feature, row(&weights.rows[*at as usize])));
    let step = |weight: &f32| (weight * UNIT).round().clamp(-32_000.0, 32_000.0) as i16;
    let transitions: [[i16; LABELS]; LABELS] = std::array::from_fn(|from| std::array::from_fn(|to| step(&weights.transitions[from][to])));
    Model::write(UNIT, &transitions, rows.collect())
}

/// A row in 8-bit steps, each worth a power of two that the first byte tells.
fn row(row: &Row) -> Vec<u8> {
    let most = UNIT * row.iter().fold(0f32, |most, weight| most.max(weight.abs()));
    let shift = (0..7u8).find(|shift| most <= 127.0 * f32::from(1u8 << shift)).unwrap_or(7);
    let scale = UNIT / f32::from(1u8 << shift);
    let step = |weight: &f32| (weight * scale).round().clamp(-127.0, 127.0) as i8 as u8;
    [shift].into_iter().chain(row[..INSIDE].iter().map(step)).collect()
}
