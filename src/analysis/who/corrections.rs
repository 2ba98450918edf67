//! The reader's corrections over the rules: mentions split off, entities made one. Roles, pronouns and speakers are found afterwards and follow.

use super::{Clusters, Joined};
use crate::analysis::Reading;
use crate::article::{Anchor, Correction, Kind, Mention, Reason};
use crate::text::Map;

/// Kind and number of a cluster.
type Key = (Kind, usize);

/// Applies the reader's corrections in their order; one that fits no mention is passed over.
pub(super) fn apply(reading: &Reading<'_>, mentions: &mut [Mention], clusters: &mut Clusters) {
    if reading.known.names.is_empty() {
        return;
    }
    let text = &reading.article.text;
    let find = |anchor: &Anchor, mentions: &[Mention]| {
        let first = mentions.partition_point(|m| m.span.start < anchor.span.start);
        let at = mentions[first..].iter().position(|m| m.span == anchor.span)?;
        (anchor.span.of(text) == anchor.words).then_some(first + at)
    };
    // The numbers of the rules' clusters are smaller than the number of mentions.
    let fresh = mentions.len();
    for (n, correction) in reading.known.names.iter().enumerate() {
        match correction {
            Correction::Split { mention, onward } => {
                if let Some(at) = find(mention, mentions) {
                    clusters.split(at, *onward, fresh + 2 * n);
                }
            }
            Correction::Merge { from, into, kind } => {
                if let (Some(from), Some(into)) = (find(from, mentions), find(into, mentions)) {
                    clusters.merge(from, into, *kind, fresh + 2 * n);
                }
            }
            // Who is who stays the same: `place` reads these.
            Correction::Place(_) => {}
        }
    }
    clusters.relink();
    for (mention, (kind, _)) in mentions.iter_mut().zip(&clusters.of).filter(|(_, (_, joined))| joined.cluster >= fresh) {
        mention.kind = *kind;
    }
    let names: Map<usize, Vec<&Mention>> = clusters.of.iter().zip(&*mentions).fold(Map::default(), |mut all, ((_, joined), mention)| {
        all.entry(joined.cluster).or_insert_with(Vec::new).push(mention);
        all
    });
    for (cluster, names) in names.into_iter().filter(|(cluster, _)| *cluster >= fresh) {
        clusters.genders.insert(cluster, super::people::gender(reading, &names));
    }
}

impl Clusters {
    fn key(&self, at: usize) -> Key {
        (self.of[at].0, self.of[at].1.cluster)
    }

    /// Gives the mention `at`, and with `onward` the later ones of its cluster, a cluster of their own; the rest gets a new number too, so that
    /// its gender is read again. The two numbers are `cluster` and the next one.
    fn split(&mut self, at: usize, onward: bool, cluster: usize) {
        let key = self.key(at);
        let moved = |n: usize| n == at || onward && n > at;
        for (n, (kind, joined)) in self.of.iter_mut().enumerate() {
            if (*kind, joined.cluster) == key {
                if moved(n) {
                    self.taken_in.remove(&n);
                }
                joined.cluster = cluster + usize::from(!moved(n));
            }
        }
        self.of[at].1 = Joined { cluster, reason: Reason::SplitOff, antecedent: None };
    }

    /// Makes the clusters of two mentions one of the kind `kind`.
    fn merge(&mut self, from: usize, into: usize, kind: Kind, cluster: usize) {
        let (from, into) = (self.key(from), self.key(into));
        for (at, (old, joined)) in self.of.iter_mut().enumerate() {
            let key = (*old, joined.cluster);
            if key == from && key != into {
                self.taken_in.insert(at);
            }
            if key == from || key == into {
                (*old, joined.cluster) = (kind, cluster);
            }
        }
    }

    /// Lets every mention go back to one of its own cluster.
    fn relink(&mut self) {
        let mut last: Map<Key, usize> = Map::default();
        for at in 0..self.of.len() {
            let key = self.key(at);
            let before = last.insert(key, at);
            let own = self.of[at].1.antecedent.is_some_and(|a| a < self.of.len() && self.key(a) == key);
            let joined = &mut self.of[at].1;
            if own {
                continue;
            }
            joined.antecedent = before;
            joined.reason = match (before, joined.reason) {
                (None, Reason::SplitOff) => Reason::SplitOff,
                (None, _) => Reason::First,
                (Some(_), Reason::First | Reason::SplitOff) => Reason::Merged,
                (Some(_), reason) => reason,
            };
        }
    }
}
