//! Trains the name finder's weights from annotated articles and writes `assets/names/weights.bin`.
//!
//! `cargo run --release --example train_names -- OUT.bin TRAIN.jsonl… [--measure DEV.jsonl…]`; see assets/names/README.md.

use dateline::analysis::Reading;
use dateline::analysis::names::document::Document;
use dateline::analysis::names::features::Sentence;
use dateline::analysis::names::labels::{INSIDE, LABELS, OUTSIDE, Position, label, may_begin, may_end, may_follow};
use dateline::analysis::names::model::Model;
use dateline::analysis::names::words::words;
use dateline::article::{Article, Kind};
use serde_json::Value;
use std::collections::HashMap;
use std::error::Error;
use std::fs;

/// A document: for each sentence its features by token and its labels.
struct Doc {
    sentences: Vec<(Vec<Vec<u32>>, Vec<u8>)>,
}

/// Text and names in code points.
struct Gold {
    text: String,
    names: Vec<(usize, usize, Kind)>,
}

fn read(path: &str) -> Result<Vec<Gold>, Box<dyn Error>> {
    let mut docs: Vec<(String, Gold)> = Vec::new();
    for line in fs::read_to_string(path)?.lines() {
        let v: Value = serde_json::from_str(line)?;
        let id = v["id"].as_str().unwrap_or("").split('#').next().unwrap_or("").to_owned();
        let text = v["text"].as_str().unwrap_or("");
        let mut names = Vec::new();
        for n in v["names"].as_array().into_iter().flatten() {
            let kind = match n[2].as_str() {
                Some("PER") => Kind::Person,
                Some("LOC") => Kind::Place,
                Some("ORG") => Kind::Organization,
                _ => Kind::Other,
            };
            names.push((n[0].as_u64().unwrap_or(0) as usize, n[1].as_u64().unwrap_or(0) as usize, kind));
        }
        match docs.last_mut().filter(|d| d.0 == id && !path.contains("crossner")) {
            Some((_, doc)) => {
                let base = doc.text.chars().count() + 1;
                doc.text.push('\n');
                doc.text.push_str(text);
                doc.names.extend(names.iter().map(|(s, e, k)| (s + base, e + base, *k)));
            }
            None => docs.push((id, Gold { text: text.to_owned(), names })),
        }
    }
    Ok(docs.into_iter().map(|d| d.1).collect())
}

fn features(gold: &Gold) -> Doc {
    let article = Article { text: gold.text.clone(), ..Article::default() };
    let reading = Reading::new(&article);
    let all = words(&reading);
    let mut byte: Vec<usize> = gold.text.char_indices().map(|c| c.0).collect();
    byte.push(gold.text.len());
    let mut labels = vec![OUTSIDE; all.len()];
    let mut lost = 0;
    for (s, e, kind) in &gold.names {
        let first = reading.token_at(byte[*s] as u32);
        let last = reading.token_at(byte[*e] as u32);
        let fits =
            first < last && reading.tokens[first].span.start as usize == byte[*s] && reading.tokens[last - 1].span.end as usize == byte[*e];
        if !fits {
            lost += 1;
            continue;
        }
        for at in first..last {
            let position = match (at == first, at + 1 == last) {
                (true, true) => Position::Unit,
                (true, false) => Position::Begin,
                (false, true) => Position::Last,
                _ => Position::Inside,
            };
            labels[at] = label(*kind, position);
        }
    }
    if lost > 3 {
        eprintln!("lost {lost}");
    }
    let ranges = || reading.sentences.iter().map(|s| s.first as usize..s.last as usize);
    let document = Document::new(&all, ranges());
    let mut runs = Vec::new();
    let mut sentences = Vec::new();
    for range in ranges() {
        let sentence = Sentence::new(&all[range.clone()], &mut runs);
        let mut rows = Vec::new();
        for at in 0..range.len() {
            let mut row = Vec::new();
            sentence.features(at, &document, &mut |f| row.push(f));
            rows.push(row);
        }
        let mut y = labels[range].to_vec();
        // a name over a sentence border cannot be learnt
        for at in 0..y.len() {
            let ok = if at == 0 { may_begin(y[0]) } else { may_follow(y[at - 1], y[at]) };
            if !ok || at + 1 == y.len() && !may_end(y[at]) {
                y[at] = OUTSIDE;
            }
        }
        sentences.push((rows, y));
    }
    Doc { sentences }
}

type Row = [f32; LABELS];

struct Weights {
    index: HashMap<u32, u32>,
    rows: Vec<Row>,
    transitions: [Row; LABELS],
}

fn decode(emissions: &[Row], transitions: &[Row; LABELS]) -> Vec<u8> {
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

struct Rng(u64);
impl Rng {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

fn train(docs: &[Doc], epochs: usize, least: u32) -> Weights {
    let mut count: HashMap<u32, u32> = HashMap::new();
    for f in docs.iter().flat_map(|d| &d.sentences).flat_map(|s| &s.0).flatten() {
        *count.entry(*f).or_default() += 1;
    }
    let mut keys: Vec<u32> = count.iter().filter(|(_, c)| **c >= least).map(|(k, _)| *k).collect();
    keys.sort_unstable();
    let index: HashMap<u32, u32> = keys.iter().enumerate().map(|(n, k)| (*k, n as u32)).collect();
    let data: Vec<(Vec<Vec<u32>>, &Vec<u8>)> = docs
        .iter()
        .flat_map(|d| &d.sentences)
        .filter(|s| !s.0.is_empty())
        .map(|s| (s.0.iter().map(|t| t.iter().filter_map(|f| index.get(f).copied()).collect()).collect(), &s.1))
        .collect();
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
    let mut rng = Rng(88172645463325252);
    for epoch in 0..epochs {
        for i in (1..order.len()).rev() {
            order.swap(i, (rng.next() % (i as u64 + 1)) as usize);
        }
        let mut wrong = 0;
        for &q in &order {
            let (x, y) = &data[q];
            let em: Vec<Row> = x
                .iter()
                .zip(y.iter())
                .map(|(fs, gold)| {
                    let mut e = [1.0; LABELS];
                    e[usize::from(*gold)] = 0.0;
                    for f in fs {
                        for (s, v) in e.iter_mut().zip(&w[*f as usize]) {
                            *s += v;
                        }
                    }
                    e
                })
                .collect();
            let p = decode(&em, &trans);
            if &p != *y {
                wrong += 1;
                for t in 0..p.len() {
                    let (g, h) = (usize::from(y[t]), usize::from(p[t]));
                    if g != h {
                        for f in &x[t] {
                            let f = *f as usize;
                            w[f][g] += 1.0;
                            a[f][g] += c;
                            w[f][h] -= 1.0;
                            a[f][h] -= c;
                        }
                    }
                    if t > 0 {
                        let (g0, h0) = (usize::from(y[t - 1]), usize::from(p[t - 1]));
                        if (g0, g) != (h0, h) {
                            trans[g0][g] += 1.0;
                            ta[g0][g] += c;
                            trans[h0][h] -= 1.0;
                            ta[h0][h] -= c;
                        }
                    }
                }
            }
            c += 1.0;
        }
        eprintln!("epoch {epoch}: {wrong} of {} sentences wrong", order.len());
    }
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

fn write(weights: &Weights, size: usize) -> Vec<u8> {
    // 99.9 % of weights fit; the rest saturate
    let mut rows: Vec<(f32, u32, Row)> = weights
        .index
        .iter()
        .map(|(k, n)| {
            let mut r = weights.rows[*n as usize];
            let o = r[INSIDE];
            r.iter_mut().for_each(|x| *x -= o);
            let spread = r.iter().fold(0f32, |a, b| a.max(*b)) - r.iter().fold(0f32, |a, b| a.min(*b));
            (spread, *k, r)
        })
        .collect();
    rows.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    eprintln!("{} features, kept {size}, least spread {}", rows.len(), rows.get(size).map_or(0.0, |r| r.0));
    rows.truncate(size);
    let mut all: Vec<f32> = rows.iter().flat_map(|r| r.2).map(f32::abs).collect();
    all.sort_by(f32::total_cmp);
    let unit = 127.0 / all[(all.len() as f64 * 0.9995) as usize];
    let rows = rows.iter().map(|(_, k, r)| (*k, r[..INSIDE].iter().map(|x| (x * unit).round().clamp(-127.0, 127.0) as i8 as u8).collect()));
    let mut transitions = [[0i16; LABELS]; LABELS];
    for (to, from) in transitions.iter_mut().zip(&weights.transitions) {
        for (to, from) in to.iter_mut().zip(from) {
            *to = (from * unit).round().clamp(-32000.0, 32000.0) as i16;
        }
    }
    Model::write(unit, &transitions, rows.collect())
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let mut docs = Vec::new();
    for path in &args[1..] {
        docs.extend(read(path)?.iter().map(features));
        eprintln!("{path}: {}", docs.len());
    }
    let weights = train(&docs, 8, 2);
    fs::write(&args[0], write(&weights, 230_000))?;
    Ok(())
}
