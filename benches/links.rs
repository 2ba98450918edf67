//! How well names and articles are joined across a library: B³ of people, and of stories beside a plain TF-IDF clustering.
//!
//! `cargo bench --bench links -- FILE.jsonl`, where each line is an article with its `id`, `topic`, `text` and `people`: mentions of people as
//! `[start, end, person, …]` in code points, persons with the same name over all articles. Articles are taken into a library one by one, in three
//! orders, as they would arrive; what is printed is the mean. `docs/across.md` says what came out. Without a file nothing is measured.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::panic, missing_docs, reason = "a bench that fails has failed")]

use dateline::analysis::{self, Annotator, Reading, who::Who};
use dateline::article::{Analysed, Annotations, Article, EntityId, Kind, Mention, MentionForm};
use dateline::source::{Input, read_nth};
use dateline::store::{Arrival, ArticleKey, EntityKey, Holder, Incoming, Reader, Writer};
use dateline::text::Span;
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

const NOW: i64 = 1_700_000_000;

fn main() {
    let Some(path) = std::env::args().skip(1).find(|a| !a.starts_with("--")) else { return };
    let lines: Vec<Value> = std::fs::read_to_string(path).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    people(&lines);
    stories(&lines);
}

/// An order of the articles that is the same on every machine.
fn order(count: usize, seed: u64) -> Vec<usize> {
    let mut all: Vec<usize> = (0..count).collect();
    all.sort_by_key(|n| (*n as u64 + 1).wrapping_mul(seed | 1).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29));
    all
}

fn library(name: &str) -> (PathBuf, Writer) {
    let path = std::env::temp_dir().join(format!("dateline-links-{name}-{}.db", std::process::id()));
    remove(&path);
    let writer = Writer::claim(&path, &Holder::this("bench")).unwrap();
    (path, writer)
}

/// Removes a library with all that lies beside it.
fn remove(path: &Path) {
    for end in ["", "-wal", "-shm", ".lock", ".next"] {
        let _ = std::fs::remove_file(format!("{}{end}", path.display()));
    }
}

fn take(writer: &mut Writer, analysed: &Analysed) -> ArticleKey {
    writer
        .write(|batch| {
            let incoming = Incoming { article: &analysed.article, feed: None, guid: None, raw: None, at: None };
            let (Arrival::New(key) | Arrival::Known(key) | Arrival::Changed(key)) = batch.take_in(&incoming, NOW)? else { panic!() };
            batch.annotate(key, 1, analysed)?;
            Ok(key)
        })
        .unwrap()
}

/// The article with its mentions of people as they were marked, joined inside it; and the person of each entity, by most of its mentions.
fn marked(n: usize, line: &Value) -> (Analysed, Vec<Option<String>>) {
    let text = line["text"].as_str().unwrap().to_owned();
    let bytes: Vec<usize> = text.char_indices().map(|c| c.0).chain([text.len()]).collect();
    let mut found = Annotations::default();
    let mut gold: HashMap<Span, String> = HashMap::new();
    for mention in line["people"].as_array().unwrap() {
        let at = |n: usize| bytes[mention[n].as_u64().unwrap() as usize];
        let span = Span::new(at(0), at(1));
        gold.insert(span, mention[2].as_str().unwrap().to_owned());
        found.mentions.push(Mention { span, kind: Kind::Person, form: MentionForm::Name, score: 1.0, entity: EntityId::UNJOINED });
    }
    let article = Article { id: n as u64 + 1, source: format!("{n}"), format: "plain", title: format!("{n}"), text, ..Article::default() };
    Who.annotate(&Reading::new(&article), &mut found);
    let mut votes: Vec<HashMap<&str, usize>> = vec![HashMap::new(); found.entities.len()];
    for mention in &found.mentions {
        if let Some(person) = gold.get(&mention.span) {
            *votes[mention.entity.0 as usize].entry(person).or_default() += 1;
        }
    }
    let most = |v: &HashMap<&str, usize>| v.iter().max_by_key(|(p, n)| (**n, std::cmp::Reverse(**p))).map(|(p, _)| (*p).to_owned());
    let people = votes.iter().map(most).collect();
    (Analysed { article, found }, people)
}

fn people(lines: &[Value]) {
    let all: Vec<(Analysed, Vec<Option<String>>)> = lines.iter().enumerate().map(|(n, l)| marked(n, l)).collect();
    let mut sums = [[0.0; 4]; 2];
    for seed in 1..=3 {
        let (path, mut writer) = library("people");
        let mut keys = Vec::new();
        for n in order(all.len(), seed) {
            keys.push((n, take(&mut writer, &all[n].0)));
        }
        drop(writer);
        let mut reader = Reader::open(&path).unwrap();
        let snapshot = reader.snapshot(NOW).unwrap();
        let (mut gold, mut ours, mut exact) = (Vec::new(), Vec::new(), Vec::new());
        for (n, key) in keys {
            let entities: Vec<EntityKey> = snapshot.open(key).unwrap().unwrap().entities;
            for (entity, person) in all[n].1.iter().enumerate() {
                let Some(person) = person else { continue };
                gold.push(person.clone());
                ours.push(snapshot.subject(entities[entity]).unwrap().0.to_string());
                exact.push(all[n].0.found.entities[entity].name.clone());
            }
        }
        if seed == 1 && std::env::var_os("DATELINE_ERRORS").is_some() {
            errors(&gold, &ours, &exact);
        }
        add(&mut sums[0], measure(&gold, &ours));
        add(&mut sums[1], measure(&gold, &exact));
        drop(snapshot);
        drop(reader);
        remove(&path);
    }
    print("people, joined", sums[0]);
    print("people, the same name", sums[1]);
}

/// Persons who are several entities, and entities that are several persons.
fn errors(gold: &[String], ours: &[String], names: &[String]) {
    for (what, of, by) in [("SPLIT", gold, ours), ("MIXED", ours, gold)] {
        let mut groups: HashMap<&str, HashMap<&str, Vec<&str>>> = HashMap::new();
        for ((of, by), name) in of.iter().zip(by).zip(names) {
            groups.entry(of).or_default().entry(by).or_default().push(name);
        }
        for (of, parts) in groups.into_iter().filter(|g| g.1.len() > 1) {
            println!("{what} {of}: {:?}", parts.into_values().collect::<Vec<_>>());
        }
    }
}

fn stories(lines: &[Value]) {
    let read = |l: &Value| read_nth(&Input::new("a.txt", l["text"].as_str().unwrap().as_bytes()), 0);
    let mut all: Vec<Analysed> = lines.iter().map(|l| analysis::analyse(read(l))).collect();
    for (n, analysed) in all.iter_mut().enumerate() {
        // Days are no help: a topic's articles are years apart where they quote the wrong one, and what is in the text is no date line.
        analysed.article.published = None;
        analysed.article.id = n as u64 + 1;
    }
    // In each topic of ECB+ there are two events of one kind, told by the ends of the names.
    let event = |l: &Value| format!("{}{}", l["topic"].as_str().unwrap(), l["id"].as_str().unwrap().contains("plus"));
    let mut sums = [[0.0; 4]; 2];
    for seed in 1..=3 {
        let (path, mut writer) = library("stories");
        let order = order(all.len(), seed);
        let keys: Vec<ArticleKey> = order.iter().map(|n| take(&mut writer, &all[*n])).collect();
        drop(writer);
        let mut reader = Reader::open(&path).unwrap();
        let snapshot = reader.snapshot(NOW).unwrap();
        let gold: Vec<String> = order.iter().map(|n| event(&lines[*n])).collect();
        let ours: Vec<String> = keys.iter().map(|k| snapshot.story_of(*k).unwrap().unwrap().to_string()).collect();
        add(&mut sums[0], measure(&gold, &ours));
        add(&mut sums[1], measure(&gold, &plain(&order.iter().map(|n| all[*n].article.text.as_str()).collect::<Vec<_>>())));
        drop(snapshot);
        drop(reader);
        remove(&path);
    }
    print("stories", sums[0]);
    print("stories, TF-IDF and centroids", sums[1]);
}

/// The plain way: words weighed by TF-IDF, each article to the nearest centroid from a cosine of 0.2 on, which is the best threshold for these texts.
fn plain(texts: &[&str]) -> Vec<String> {
    let mut having: HashMap<String, f64> = HashMap::new();
    let mut stories: Vec<HashMap<String, f64>> = Vec::new();
    let mut out = Vec::new();
    for (n, text) in texts.iter().enumerate() {
        let mut counts: HashMap<String, f64> = HashMap::new();
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 1) {
            *counts.entry(word.to_lowercase()).or_default() += 1.0;
        }
        counts.keys().for_each(|w| *having.entry(w.clone()).or_default() += 1.0);
        counts.iter_mut().for_each(|(w, c)| *c = (1.0 + c.ln()) * ((n as f64 + 2.0) / having[w]).ln());
        let length = |v: &HashMap<String, f64>| v.values().map(|x| x * x).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
        let own = length(&counts);
        counts.values_mut().for_each(|c| *c /= own);
        let cosine =
            |story: &HashMap<String, f64>| counts.iter().filter_map(|(w, c)| story.get(w).map(|s| s * c)).sum::<f64>() / length(story);
        let best = (0..stories.len()).map(|s| (s, cosine(&stories[s]))).max_by(|a, b| a.1.total_cmp(&b.1)).filter(|b| b.1 >= 0.2);
        let story = best.map_or(stories.len(), |b| b.0);
        if story == stories.len() {
            stories.push(HashMap::new());
        }
        counts.into_iter().for_each(|(w, c)| *stories[story].entry(w).or_default() += c);
        out.push(story.to_string());
    }
    out
}

fn add(sum: &mut [f64; 4], more: [f64; 4]) {
    sum.iter_mut().zip(more).for_each(|(s, m)| *s += m / 3.0);
}

/// Precision, recall and F of B³ (Bagga, Baldwin 1998), and the V-measure (Rosenberg, Hirschberg 2007), in percent.
fn measure(gold: &[String], ours: &[String]) -> [f64; 4] {
    fn groups(of: &[String]) -> HashMap<&str, HashSet<usize>> {
        let mut groups: HashMap<&str, HashSet<usize>> = HashMap::new();
        of.iter().enumerate().for_each(|(n, g)| {
            groups.entry(g).or_default().insert(n);
        });
        groups
    }
    let (g, o) = (groups(gold), groups(ours));
    let n = gold.len() as f64;
    let (mut precision, mut recall) = (0.0, 0.0);
    let (mut h_gold, mut h_ours, mut h_gold_ours, mut h_ours_gold) = (0.0, 0.0, 0.0, 0.0);
    for (a, b) in gold.iter().zip(ours) {
        let (a, b) = (&g[a.as_str()], &o[b.as_str()]);
        let both = a.intersection(b).count() as f64;
        let (a, b) = (a.len() as f64, b.len() as f64);
        precision += both / b / n;
        recall += both / a / n;
        h_gold -= (a / n).ln() / n;
        h_ours -= (b / n).ln() / n;
        h_gold_ours -= (both / b).ln() / n;
        h_ours_gold -= (both / a).ln() / n;
    }
    let (homogeneity, completeness) = (1.0 - h_gold_ours / h_gold, 1.0 - h_ours_gold / h_ours);
    let mean = |a: f64, b: f64| 2.0 * a * b / (a + b);
    [precision, recall, mean(precision, recall), mean(homogeneity, completeness)].map(|x| 100.0 * x)
}

fn print(what: &str, [precision, recall, f, v]: [f64; 4]) {
    println!("{what:32} B³ P {precision:.1} R {recall:.1} F {f:.1}   V {v:.1}");
}
