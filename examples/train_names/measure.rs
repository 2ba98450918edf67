//! Exact spans and types against the annotation.

use crate::gold::Doc;
use dateline::analysis::names::labels::names;
use std::collections::HashSet;

/// F1, precision and recall over people, places and organisations, then F1 of each kind, in percent.
pub(crate) fn measure(docs: &[Doc], labels: &[Vec<u8>]) -> String {
    // Found, annotated, both, for each kind.
    let mut counts = [[0f64; 3]; 4];
    for (doc, labels) in docs.iter().zip(labels) {
        let gold: HashSet<_> = names(&doc.labels).map(|n| (n.0, n.1, n.2 as usize)).collect();
        let found: HashSet<_> = names(labels).map(|n| (n.0, n.1, n.2 as usize)).collect();
        for (at, list) in [(0, found.iter()), (1, gold.iter())] {
            list.for_each(|name| counts[name.2][at] += 1.0);
        }
        found.intersection(&gold).for_each(|name| counts[name.2][2] += 1.0);
    }
    let f1 = |[found, gold, both]: [f64; 3]| 200.0 * both / (found + gold).max(1.0);
    let [found, gold, both] = [0, 1, 2].map(|at| counts[..3].iter().map(|c| c[at]).sum::<f64>());
    let [person, place, organization, other] = counts.map(f1);
    let all = f1([found, gold, both]);
    let (precision, recall) = (100.0 * both / found.max(1.0), 100.0 * both / gold.max(1.0));
    format!("{all:.1} (P {precision:.1} R {recall:.1}) PER {person:.1} LOC {place:.1} ORG {organization:.1} MISC {other:.1}")
}
