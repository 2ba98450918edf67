//! The averaged structured perceptron.

use crate::gold::Doc;
use dateline::analysis::names::labels::{LABELS, OUTSIDE, may_begin, may_end, may_follow, meaning};
use dateline::analysis::names::votes::Votes;
use dateline::article::Kind;
use std::collections::HashMap;

pub type Row = [f32; LABELS];

pub struct Weights {
    pub index: HashMap<u32, u32>,
    pub rows: Vec<Row>,
    pub transitions: [Row; LABELS],
}

pub struct Rng(pub u64);
impl Rng {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    pub fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }
}

pub fn decode(emissions: &[Row], transitions: &[Row; LABELS]) -> Vec<u8> {
    let n = emissions.len();
    let mut best = [f32::MIN / 2.0; LABELS];
    for (l, b) in best.iter_mut().enumerate() {
        if may_begin(l as u8) {
            *b = emissions[0][l];
        }
    }
    let mut back = vec![[0u8; LABELS]; n];
    for t in 1..n {
        let mut next = [f32::MIN / 2.0; LABELS];
        for to in 0..LABELS {
            for from in 0..LABELS {
                let s = best[from] + transitions[from][to];
                if s > next[to] {
                    next[to] = s;
                    back[t][to] = from as u8;
                }
            }
            next[to] += emissions[t][to];
        }
        best = next;
    }
    let mut label = (0..LABELS).filter(|l| may_end(*l as u8)).max_by(|a, b| best[*a].total_cmp(&best[*b])).unwrap_or(0) as u8;
    let mut out = vec![0; n];
    for t in (0..n).rev() {
        out[t] = label;
        label = back[t][usize::from(label)];
    }
    out
}

impl Weights {
    fn emission<'a>(&self, features: impl Iterator<Item = &'a u32>) -> Row {
        let mut e = [0.0; LABELS];
        for f in features {
            if let Some(n) = self.index.get(f) {
                for (s, v) in e.iter_mut().zip(&self.rows[*n as usize]) {
                    *s += v;
                }
            }
        }
        e
    }
    pub fn first_look(&self, doc: &Doc) -> Vec<u8> {
        let mut labels = vec![OUTSIDE; doc.words.len()];
        for range in &doc.sentences {
            let em: Vec<Row> = doc.features[range.clone()].iter().map(|f| self.emission(f.iter())).collect();
            labels[range.clone()].copy_from_slice(&decode(&em, &self.transitions));
        }
        labels
    }
    pub fn second_look(&self, doc: &Doc, first: &[u8]) -> Vec<u8> {
        let votes = votes(doc, first);
        let mut labels = vec![OUTSIDE; doc.words.len()];
        for range in &doc.sentences {
            let em: Vec<Row> = range.clone().map(|at| self.emission(doc.features[at].iter().chain(&votes[at]))).collect();
            labels[range.clone()].copy_from_slice(&decode(&em, &self.transitions));
        }
        labels
    }
}

pub fn votes(doc: &Doc, labels: &[u8]) -> Vec<Vec<u32>> {
    let votes = Votes::new(&doc.words, labels);
    let mut out = vec![Vec::new(); doc.words.len()];
    for range in &doc.sentences {
        let (words, labels) = (&doc.words[range.clone()], &labels[range.clone()]);
        for at in 0..words.len() {
            votes.features(words, labels, at, &mut |f| out[range.start + at].push(f));
        }
    }
    out
}

pub struct Options {
    pub epochs: usize,
    pub least: u32,
    pub seed: u64,
    pub drop: f32,
    pub second: f32,
    pub average_from: usize,
    pub margin: f32,
    pub decay: bool,
}

pub fn train(docs: &[&Doc], o: &Options) -> Weights {
    let mut count: HashMap<u32, u32> = HashMap::new();
    for d in docs {
        for f in d.features.iter().chain(&d.votes).flatten() {
            *count.entry(*f).or_default() += 1;
        }
    }
    let mut keys: Vec<u32> = count.iter().filter(|(_, c)| **c >= o.least).map(|(k, _)| *k).collect();
    keys.sort_unstable();
    let index: HashMap<u32, u32> = keys.iter().enumerate().map(|(n, k)| (*k, n as u32)).collect();
    struct Sent<'a> {
        x: Vec<Vec<u32>>,
        v: Vec<Vec<u32>>,
        y: &'a [u8],
        others: bool,
    }
    let find =
        |rows: &[Vec<u32>]| -> Vec<Vec<u32>> { rows.iter().map(|t| t.iter().filter_map(|f| index.get(f).copied()).collect()).collect() };
    let mut data: Vec<Sent> = Vec::new();
    for d in docs {
        for r in &d.sentences {
            data.push(Sent { x: find(&d.features[r.clone()]), v: find(&d.votes[r.clone()]), y: &d.labels[r.clone()], others: d.others });
        }
    }
    let zero: Row = [0.0; LABELS];
    let (mut w, mut a) = (vec![zero; keys.len()], vec![zero; keys.len()]);
    let mut trans = [zero; LABELS];
    for (from, row) in trans.iter_mut().enumerate() {
        for (to, x) in row.iter_mut().enumerate() {
            if !may_follow(from as u8, to as u8) {
                *x = -1e6;
            }
        }
    }
    let mut ta = [zero; LABELS];
    let mut c = 1.0f32;
    let mut order: Vec<usize> = (0..data.len()).collect();
    let mut rng = Rng(88172645463325252 ^ o.seed.wrapping_mul(0x9E3779B97F4A7C15));
    let mut masked: Vec<Vec<u32>> = Vec::new();
    for epoch in 0..o.epochs {
        for i in (1..order.len()).rev() {
            order.swap(i, (rng.next() % (i as u64 + 1)) as usize);
        }
        let step = if o.decay { 1.0 - epoch as f32 / o.epochs as f32 } else { 1.0 };
        let mut wrong = 0;
        for &q in &order {
            let s = &data[q];
            let second = rng.unit() < o.second;
            masked.clear();
            for (x, v) in s.x.iter().zip(&s.v) {
                let all = x.iter().chain(v.iter().filter(|_| second));
                masked.push(if o.drop > 0.0 { all.filter(|_| rng.unit() >= o.drop).copied().collect() } else { all.copied().collect() });
            }
            let x = &masked;
            let y = s.y;
            let em: Vec<Row> = x
                .iter()
                .zip(y.iter())
                .map(|(fs, gold)| {
                    let mut e = [o.margin; LABELS];
                    e[usize::from(*gold)] = 0.0;
                    for f in fs {
                        for (s, v) in e.iter_mut().zip(&w[*f as usize]) {
                            *s += v;
                        }
                    }
                    if !s.others {
                        for l in 12..16 {
                            e[l] -= 1e5;
                        }
                    }
                    e
                })
                .collect();
            let p = decode(&em, &trans);
            if p != y {
                wrong += 1;
                for t in 0..p.len() {
                    let (g, h) = (usize::from(y[t]), usize::from(p[t]));
                    if g != h {
                        for f in &x[t] {
                            let f = *f as usize;
                            w[f][g] += step;
                            a[f][g] += c * step;
                            w[f][h] -= step;
                            a[f][h] -= c * step;
                        }
                    }
                    if t > 0 {
                        let (g0, h0) = (usize::from(y[t - 1]), usize::from(p[t - 1]));
                        if (g0, g) != (h0, h) {
                            trans[g0][g] += step;
                            ta[g0][g] += c * step;
                            trans[h0][h] -= step;
                            ta[h0][h] -= c * step;
                        }
                    }
                }
            }
            c += 1.0;
        }
        eprint!("{epoch}:{wrong} ");
    }
    eprintln!();
    for (w, a) in w.iter_mut().zip(&a) {
        for (w, a) in w.iter_mut().zip(a) {
            *w -= a / c;
        }
    }
    for (w, a) in trans.iter_mut().zip(&ta) {
        for (w, a) in w.iter_mut().zip(a) {
            *w -= a / c;
        }
    }
    Weights { index, rows: w, transitions: trans }
}

/// Precision, recall and F1 over people, places and organisations, then F1 of each kind, in percent.
pub fn measure(docs: &[Doc], labels: &[Vec<u8>]) -> String {
    use dateline::analysis::names::labels::names;
    let mut c = [[0f64; 3]; 4];
    for (d, p) in docs.iter().zip(labels) {
        let g: std::collections::HashSet<_> = names(&d.labels).map(|n| (n.0, n.1, n.2 as usize)).collect();
        let p: std::collections::HashSet<_> = names(p).map(|n| (n.0, n.1, n.2 as usize)).collect();
        for x in &g {
            c[x.2][1] += 1.0;
        }
        for x in &p {
            c[x.2][0] += 1.0;
            if g.contains(x) {
                c[x.2][2] += 1.0;
            }
        }
    }
    let f = |x: [f64; 3]| 200.0 * x[2] / (x[0] + x[1]);
    let s = [0, 1, 2].map(|n| c[0][n] + c[1][n] + c[2][n]);
    let _ = (Kind::ALL, meaning(0));
    format!(
        "{:.2} (P {:.1} R {:.1}) PER {:.1} LOC {:.1} ORG {:.1} MISC {:.1}",
        f(s),
        100.0 * s[2] / s[0],
        100.0 * s[2] / s[1],
        f(c[0]),
        f(c[1]),
        f(c[2]),
        f(c[3])
    )
}
