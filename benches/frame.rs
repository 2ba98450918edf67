//! A frame: all panes of an open article at 200×60, a key with its redraw, and the map.

use criterion::{Criterion, criterion_group, criterion_main};
use dateline::app::timeline::{Moments, Source, Whole};
use dateline::app::{ACTIONS, ArticleId, Effect, Event, Found, Listing, Origin, Report, Size, State, Wanted, update};
use dateline::article::{
    Analysed, Annotations, Article, Entity, EntityId, Event as ArticleEvent, GazetteerPlace, Granularity, Interval, Kind, Mention,
    MentionForm, PlaceId, PlaceKind, PlaceRelation,
};
use dateline::config::{Config, Depth};
use dateline::lexicon::SAMPLES;
use dateline::text::Span;
use dateline::tui::draw;
use dateline::widgets::Paint;
use dateline::{analysis, jobs};
use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::hint::black_box;
use std::sync::Arc;

const COLUMNS: u16 = 200;
const ROWS: u16 = 60;

fn read(wanted: &Wanted) -> Arc<Analysed> {
    Arc::new(jobs::read(wanted).map(analysis::analyse).unwrap_or_default())
}

/// A reader with the samples and 10,000 more lines in the list.
fn reader() -> State {
    let actions: Vec<&str> = ACTIONS.iter().map(|a| a.name).collect();
    let (mut state, _) = State::new(Config::load(None, &actions), Vec::new(), None);
    state.view.size = Size { columns: COLUMNS, rows: ROWS };
    let sample =
        |n: usize| Origin::Memory { name: format!("{n} {}", SAMPLES[n % SAMPLES.len()].0), bytes: SAMPLES[n % SAMPLES.len()].1.into() };
    let found = (0..10_000).map(|n| Found { origin: sample(n), problem: None }).collect();
    for effect in update(&mut state, Event::Report(Report::Listed(Listing { found, done: true, ..Listing::default() }))) {
        open(&mut state, effect);
    }
    state
}

/// From nothing to the first picture with the samples: configuration, listing, reading and analysing the first article, drawing.
fn start(c: &mut Criterion) {
    let actions: Vec<&str> = ACTIONS.iter().map(|a| a.name).collect();
    let area = Rect::new(0, 0, COLUMNS, ROWS);
    c.bench_function("start/first-picture", |b| {
        b.iter(|| {
            let (mut state, _) = State::new(Config::load(None, &actions), Vec::new(), None);
            let found = SAMPLES
                .iter()
                .map(|(name, bytes)| Found { origin: Origin::Memory { name: (*name).to_owned(), bytes: (*bytes).into() }, problem: None });
            let listing = Listing { found: found.collect(), done: true, ..Listing::default() };
            for effect in update(&mut state, Event::Report(Report::Listed(listing))) {
                open(&mut state, effect);
            }
            let mut buffer = Buffer::empty(area);
            let paint = Paint::new(state.config.theme(true, Depth::True), Depth::True);
            draw(&mut state, &paint, area, &mut buffer);
            buffer
        });
    });
}

fn open(state: &mut State, effect: Effect) {
    if let Effect::Open { ticket, wanted } = effect {
        let document = Ok(read(&wanted));
        update(state, Event::Report(Report::Opened { ticket, id: wanted.id, document }));
    }
}

fn frame(c: &mut Criterion) {
    let mut state = reader();
    let area = Rect::new(0, 0, COLUMNS, ROWS);
    let mut buffer = Buffer::empty(area);
    let paint = Paint::new(state.config.theme(true, Depth::True), Depth::True);
    draw(&mut state, &paint, area, &mut buffer);
    c.bench_function("frame/200x60", |b| b.iter(|| draw(black_box(&mut state), &paint, area, &mut buffer)));
    for (name, keys) in [("scroll", ["j", "k"]), ("next-name", ["]", "["]), ("list", ["Alt-1", "Alt-2"])] {
        let keys = keys.map(|k| k.parse().unwrap_or(dateline::config::Key::plain(dateline::config::KeyCode::Esc)));
        let mut turn = 0;
        c.bench_function(&format!("key-to-frame/{name}"), |b| {
            b.iter(|| {
                turn += 1;
                black_box(update(&mut state, Event::Key(keys[turn % 2])));
                draw(&mut state, &paint, area, &mut buffer);
            });
        });
    }
}

/// So many articles with a hundred moments each.
fn sources(articles: u32) -> Vec<Source> {
    let moments = |article: u32| {
        let day = |n: u32| Date::constant(1900, 1, 1).checked_add(jiff::Span::new().days(i64::from((article * 37 + n * 11) % 40_000))).ok();
        let text = format!("Ada Miller opened bridge {article}");
        let event = |n: u32| ArticleEvent {
            span: Span::new(0, text.len()),
            time: Some(0),
            interval: day(n).map(|d| Interval { from: d.at(0, 0, 0, 0), to: d.at(23, 59, 0, 0), granularity: Granularity::Day }),
            entities: Vec::new(),
            future: false,
            statement: false,
        };
        let events = (0..100).map(event).collect();
        let article = Article { text: text.clone(), ..Article::default() };
        Moments::of(&Analysed { article, found: Annotations { events, ..Annotations::default() } })
    };
    (0..articles).map(|n| Source { article: ArticleId(n), published: None, moments: Arc::new(moments(n)) }).collect()
}

/// The timeline of all articles with 1,000 to 100,000 moments, and with `DATELINE_BENCH_LARGE=1` a million.
fn timeline(c: &mut Criterion) {
    [(10, "1k"), (100, "10k"), (1000, "100k")].into_iter().for_each(|(articles, size)| timeline_of(c, articles, size));
    if std::env::var_os("DATELINE_BENCH_LARGE").is_some() {
        timeline_of(c, 10_000, "1M");
    }
}

/// Putting a timeline together, which a job does, and a key with its redraw.
fn timeline_of(c: &mut Criterion, articles: u32, size: &str) {
    let sources = sources(articles);
    let mut group = c.benchmark_group("timeline");
    group.sample_size(10);
    group.bench_function(format!("gather/{size}"), |b| b.iter(|| Whole::new(black_box(sources.clone()), None)));
    group.finish();
    let mut state = reader();
    let area = Rect::new(0, 0, COLUMNS, ROWS);
    let mut buffer = Buffer::empty(area);
    let paint = Paint::new(state.config.theme(true, Depth::True), Depth::True);
    let key = |k: &str| Event::Key(k.parse().unwrap_or(dateline::config::Key::plain(dateline::config::KeyCode::Esc)));
    for effect in update(&mut state, key("T")) {
        if let Effect::Gather { ticket, .. } = effect {
            let whole = Arc::new(Whole::new(sources.clone(), None));
            update(&mut state, Event::Report(Report::Gathered { ticket, whole }));
        }
    }
    draw(&mut state, &paint, area, &mut buffer);
    for (name, keys) in [("step", ["j", "k"]), ("zoom", ["-", "+"]), ("ends", ["G", "g"])] {
        let mut turn = 0;
        c.bench_function(&format!("timeline/{size}/{name}"), |b| {
            b.iter(|| {
                turn += 1;
                black_box(update(&mut state, key(keys[turn % 2])));
                draw(&mut state, &paint, area, &mut buffer);
            });
        });
    }
}

/// An article that names 300 places all over the world.
fn places() -> Analysed {
    let text = "Somewhere. ".repeat(300);
    let mut found = Annotations::default();
    for n in 0..300u32 {
        let span = Span::new(n as usize * 11, n as usize * 11 + 9);
        let place = GazetteerPlace {
            id: PlaceId(n),
            name: format!("Somewhere {n}"),
            kind: PlaceKind::City,
            feature: "PPL",
            country: None,
            admin1: None,
            population: None,
            latitude: f64::from(n * 37 % 140) - 60.0,
            longitude: f64::from(n * 91 % 360) - 180.0,
            zone: None,
            relation: PlaceRelation::Is,
            score: 1.0,
            runner_up: None,
        };
        let (name, place) = (place.name.clone(), Some(place));
        found.entities.push(Entity { kind: Kind::Place, name, aliases: Vec::new(), roles: Vec::new(), salience: 0.0, place });
        found.mentions.push(Mention { span, kind: Kind::Place, form: MentionForm::Name, score: 1.0, entity: EntityId(n) });
    }
    Analysed { article: Article { text, ..Article::default() }, found }
}

/// The map on the whole screen: the world, and a part of it with all the detail there is.
fn map(c: &mut Criterion) {
    let mut state = reader();
    if let Some(open) = &mut state.open {
        open.take(Arc::new(places()), true);
    }
    let area = Rect::new(0, 0, COLUMNS, ROWS);
    let mut buffer = Buffer::empty(area);
    let paint = Paint::new(state.config.theme(true, Depth::True), Depth::True);
    for (name, keys) in [("world", "m"), ("near", "n + + +")] {
        for key in keys.split(' ').filter_map(|k| k.parse().ok()) {
            update(&mut state, Event::Key(key));
            draw(&mut state, &paint, area, &mut buffer);
        }
        c.bench_function(&format!("frame/map-{name}"), |b| b.iter(|| draw(black_box(&mut state), &paint, area, &mut buffer)));
    }
}

/// A key and the picture after it in a list of 100,000 stored articles beside a tree of 2,000 feeds.
fn shelf(c: &mut Criterion) {
    use dateline::app::shelf::{Answer, Ask, FeedId, FeedLine, Holdings, StoredKey, StoredRow};
    let actions: Vec<&str> = ACTIONS.iter().map(|a| a.name).collect();
    let (mut state, effects) = State::with_library(Config::load(None, &actions));
    state.view.size = Size { columns: COLUMNS, rows: ROWS };
    let row = |n: i64| StoredRow {
        key: StoredKey(n),
        day: Date::constant(2019, 1, 21),
        time: None,
        title: format!("The council of the town approved the bridge, said the mayor, number {n}"),
        site: Some("paper.example".to_owned()),
        group: None,
        read: n % 3 == 0,
        starred: n % 100 == 0,
        followed: false,
        copies: dateline::app::shelf::Copies::None,
    };
    let feed = |n: i64| FeedLine { id: FeedId(n), shown: format!("Feed {n}"), unread: 16, articles: 50, ..FeedLine::default() };
    let holdings = Holdings { feeds: (0..2000).map(feed).collect(), articles: 100_000, unread: 66_000, ..Holdings::default() };
    for effect in effects {
        if let Effect::Shelf(Ask::List { ticket, .. }) = effect {
            let listed = Answer::Listed { list: ticket, total: 100_000, at: 0, from: 0, rows: (0..300).map(row).collect() };
            update(&mut state, Event::Report(Report::Shelf(listed)));
        }
    }
    update(&mut state, Event::Report(Report::Shelf(Answer::Holdings(Arc::new(holdings)))));
    let area = Rect::new(0, 0, COLUMNS, ROWS);
    let mut buffer = Buffer::empty(area);
    let paint = Paint::new(state.config.theme(true, Depth::True), Depth::True);
    draw(&mut state, &paint, area, &mut buffer);
    let keys = ["j", "k"].map(|k| k.parse().unwrap_or(dateline::config::Key::plain(dateline::config::KeyCode::Esc)));
    let mut turn = 0;
    c.bench_function("key/library", |b| {
        b.iter(|| {
            turn += 1;
            black_box(update(&mut state, Event::Key(keys[turn % 2])));
            draw(&mut state, &paint, area, &mut buffer);
        });
    });
}

criterion_group!(benches, start, frame, shelf, timeline, map);
criterion_main!(benches);
