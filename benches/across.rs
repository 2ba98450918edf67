//! What holds across articles, on libraries of any size: joining a new article, pages, stories, what rises. `cargo bench --bench across`; with
//! `DATELINE_BENCH_LARGE=1` also with 100,000 articles, and with `=1000000` with a million. Made libraries stay in the target folder; `docs/across.md` has
//! the figures of a run.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, missing_docs, reason = "a bench that fails has failed")]
#![allow(dead_code, unreachable_pub, reason = "the generator serves other programs too")]

mod generate;

use dateline::article::{Analysed, Annotations, Article, Entity, EntityId, Join, Kind, Mention, MentionForm, Reason};
use dateline::notice::Notice;
use dateline::store::{Arrival, Batch, EntityKey, Holder, Incoming, Opened, Order, Reader, Writer};
use dateline::text::Span;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

const NOW: i64 = 1_700_200_000;

fn main() {
    // `cargo test` runs benches too, and has nothing to look at here.
    if !std::env::args().any(|a| a == "--bench") {
        return;
    }
    println!(
        "{:>9} {:>10} {:>10} {:>10} {:>10} {:>10} {:>10} {:>10} {:>10}",
        "articles", "take in", "join", "page", "largest", "stories", "story", "rising", "growth"
    );
    generate::sizes().into_iter().for_each(measure);
    println!("the page of a name that {FREQUENT} articles have: {:.1} ms", frequent());
}

/// Articles of one name.
const FREQUENT: usize = 50_000;

/// How long the page of somebody takes whom each of many articles names.
fn frequent() -> f64 {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("across-frequent.db");
    if !path.exists() {
        let part = path.with_extension("part");
        let _ = std::fs::remove_file(&part);
        let Opened::Ours(mut writer) = Writer::open(&part, &Holder::this("bench")).unwrap() else { panic!("in use") };
        for from in (0..FREQUENT).step_by(500) {
            writer.write(|batch| (from..from + 500).try_for_each(|n| take(batch, &named(n)))).unwrap();
        }
        drop(writer);
        std::fs::rename(&part, &path).unwrap();
    }
    let mut reader = Reader::open(&path).unwrap();
    let snapshot = reader.snapshot(NOW).unwrap();
    let (key, _) = snapshot.meant("ada lovelace", 1).unwrap().remove(0);
    time(20, |_| drop(snapshot.page(key).unwrap().unwrap()))
}

fn take(batch: &Batch<'_>, analysed: &Analysed) -> Result<(), Notice> {
    let incoming = Incoming { article: &analysed.article, feed: None, guid: None, raw: None, at: None };
    let Arrival::New(key) = batch.take_in(&incoming, NOW)? else { return Ok(()) };
    batch.annotate(key, 1, analysed)
}

/// An article of a day and site of its own that names one person, and two of a few others.
fn named(n: usize) -> Analysed {
    let names = ["Ada Lovelace".to_owned(), format!("Acme {} Works", n % 40), format!("Karl Weiss{}", n % 97)];
    let (mut text, mut found) = (String::new(), Annotations::default());
    for (id, (name, kind)) in (0..).zip(names.iter().zip([Kind::Person, Kind::Organization, Kind::Person])) {
        let span = Span::new(text.len(), text.len() + name.len());
        text.push_str(&format!("{name} was there on day {n}. "));
        found.sentences.push(span);
        found.entities.push(Entity { kind, name: name.clone(), aliases: Vec::new(), roles: Vec::new(), salience: 0.2, place: None });
        found.mentions.push(Mention { span, kind, form: MentionForm::Name, score: 0.9, entity: EntityId(id) });
        found.joins.push(Join { reason: Reason::First, antecedent: None });
    }
    let published = jiff::civil::date(2010, 1, 1).checked_add(jiff::Span::new().days(n as i64 % 4000)).ok();
    let article = Article {
        id: n as u64 + 1,
        title: format!("Day {n}"),
        site: Some(format!("p{}.example", n % 50)),
        text,
        published,
        ..Article::default()
    };
    Analysed { article, found }
}

/// The time that this thread has had a processor, where the system tells; else the time of the clock. So the figures say what the work costs, whatever
/// else the machine does.
fn clock() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let ran = told.and_then(|t| t.split(' ').next().and_then(|n| n.parse().ok()));
    ran.map_or_else(|| START.get_or_init(Instant::now).elapsed(), Duration::from_nanos)
}

/// The mean of some runs in milliseconds: the processor's clock moves in steps of milliseconds on some systems, so that a single run says nothing.
fn mean(runs: Vec<Duration>) -> f64 {
    runs.iter().sum::<Duration>().as_secs_f64() * 1000.0 / runs.len() as f64
}

fn time(count: usize, mut run: impl FnMut(usize)) -> f64 {
    let one = |n| {
        let start = clock();
        run(n);
        clock().saturating_sub(start)
    };
    mean((0..count).map(one).collect())
}

fn measure(count: usize) {
    let (path, bytes) = generate::library(count);
    let mut reader = Reader::open(&path).unwrap();
    let snapshot = reader.snapshot(NOW).unwrap();
    let mut random = generate::Random(3);
    let keys: Vec<EntityKey> = (0..60)
        .flat_map(|_| {
            let row = dateline::store::ArticleKey(1 + random.below(count) as i64);
            snapshot.open(row).unwrap().unwrap().entities.into_iter().take(1)
        })
        .collect();
    let page = time(keys.len(), |n| drop(snapshot.page(keys[n]).unwrap().unwrap()));
    // The entity that most articles name.
    let largest = keys.iter().max_by_key(|k| snapshot.naming_all(**k).unwrap().count).copied().unwrap();
    let largest = time(7, |_| drop(snapshot.page(largest).unwrap().unwrap()));
    let last = snapshot.rows(&Default::default(), Order::Newest, None, 1).ok().and_then(|r| r.first().map(|r| r.cursor.at));
    let last = last.unwrap_or(NOW);
    let stories = time(7, |_| drop(snapshot.stories((last - 3 * 86_400, last + 1), None, 60).unwrap()));
    // The page of the story that most sources tell, as the reader opens it.
    let most = snapshot.stories((last - 3 * 86_400, last + 1), None, 1).unwrap().first().map_or(0, |story| story.key);
    let story = time(7, |_| drop(dateline::jobs::shelf::sheet(&snapshot, &dateline::app::page::PageOf::Story(most), NOW).unwrap()));
    let rising = time(7, |_| drop(snapshot.rising((last - 86_400, last + 1), 20).unwrap()));
    drop(snapshot);
    drop(reader);
    let size = std::fs::metadata(&path).unwrap().len();
    let (taken, joined) = join(&path, count);
    println!(
        "{count:>9} {taken:>7.2} ms {joined:>7.2} ms {page:>7.1} ms {largest:>7.1} ms {stories:>7.1} ms {story:>7.1} ms {rising:>7.1} ms {:>8.2} ×",
        size as f64 / bytes as f64
    );
}

/// Takes new articles into a copy: all that it costs, and the part of what is found in them.
fn join(path: &std::path::Path, count: usize) -> (f64, f64) {
    let copy = path.with_extension("copy");
    let _ = std::fs::remove_file(&copy);
    std::fs::copy(path, &copy).unwrap();
    let Opened::Ours(mut writer) = Writer::open(&copy, &Holder::this("bench")).unwrap() else { panic!("in use") };
    let generator = generate::Generator::new();
    let made: Vec<_> = (count + 7..count + 307).map(|n| generator.article(n)).collect();
    let (mut all, mut joins) = (Vec::new(), Vec::new());
    writer
        .write(|batch| {
            for analysed in &made {
                let start = clock();
                let incoming = Incoming { article: &analysed.article, feed: None, guid: None, raw: None, at: None };
                let Arrival::New(key) = batch.take_in(&incoming, NOW)? else { continue };
                let found = clock();
                batch.annotate(key, 1, analysed)?;
                joins.push(clock().saturating_sub(found));
                all.push(clock().saturating_sub(start));
            }
            Ok(())
        })
        .unwrap();
    drop(writer);
    std::fs::remove_file(&copy).unwrap();
    (mean(all), mean(joins))
}
