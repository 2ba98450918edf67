//! The library: what comes in is found again, nothing is doubled or lost, and every look goes through an index.

mod across;
mod apart;
mod clock;
mod trouble;

use super::*;
use crate::article::{
    Analysed, Annotations, Article, Entity, EntityId, Event, Granularity, Interval, Join, Kind, Mention, MentionForm, PlaceRelation, Quote,
    QuoteKind, Reason, SpeakerRule,
};
use crate::lexicon::gazetteer;
use crate::query::{self, Candidates, Field};
use crate::text::Span;
use jiff::civil::date;
use rusqlite::Connection;
use std::path::PathBuf;

/// 2019-01-22 00:00 UTC.
const NOW: i64 = 1_548_115_200;
const VERSION: u32 = stored_version(1);

/// A folder of its own, gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("dateline-store-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn library(&self) -> PathBuf {
        self.0.join("library.db")
    }

    fn writer(&self) -> Writer {
        Writer::claim(&self.library(), &Holder::this("test")).unwrap()
    }

    fn reader(&self) -> Reader {
        Reader::open(&self.library()).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn article(n: u64, title: &str, text: &str) -> Article {
    Article {
        id: u64::from(u32::MAX) + n + text.len() as u64,
        source: format!("http://example.org/{n}"),
        format: "plain",
        title: title.to_owned(),
        url: Some(format!("http://example.org/{n}")),
        site: Some("example.org".to_owned()),
        published: Some(date(2019, 1, 1 + i8::try_from(n % 20).unwrap())),
        text: text.to_owned(),
        ..Article::default()
    }
}

fn incoming(article: &Article, feed: Option<FeedKey>) -> Incoming<'_> {
    Incoming { article, feed, guid: None, raw: None, at: None }
}

/// An article about a person in a place, with a quotation and a moment.
fn analysed(n: u64, person: &str, place: Option<&str>, from: jiff::civil::Date, to: jiff::civil::Date) -> Analysed {
    let text = format!("{person} spoke. “We offer amnesty,” {person} said.");
    let at = |words: &str| {
        let start = text.find(words).unwrap();
        Span::new(start, start + words.len())
    };
    let entity =
        |kind, name: &str| Entity { kind, name: name.to_owned(), aliases: Vec::new(), roles: Vec::new(), salience: 0.5, place: None };
    let mut entities = vec![entity(Kind::Person, person)];
    if let Some(place) = place {
        let known = gazetteer::find(&gazetteer::key(place)).first().map(|c| c.place.to_entity(PlaceRelation::Is, 0.9, None));
        entities.push(Entity { place: known, ..entity(Kind::Place, place) });
    }
    let mention = Mention { span: at(person), kind: Kind::Person, form: MentionForm::Name, score: 0.75, entity: EntityId(0) };
    let again =
        Mention { span: Span { start: mention.span.start + 40, end: mention.span.end + 40 }, form: MentionForm::Pronoun, ..mention };
    let interval = Interval {
        from: from.at(0, 0, 0, 0),
        to: to.at(23, 59, 0, 0),
        granularity: if from == to { Granularity::Day } else { Granularity::Month },
    };
    let found = Annotations {
        sentences: vec![at("spoke."), at("said.")],
        entities,
        mentions: vec![mention, again],
        joins: vec![Join { reason: Reason::First, antecedent: None }, Join { reason: Reason::Pronoun, antecedent: Some(mention.span) }],
        events: vec![Event {
            span: at("spoke"),
            time: None,
            interval: Some(interval),
            entities: vec![EntityId(0)],
            future: false,
            statement: true,
        }],
        quotes: vec![Quote {
            span: at("“We offer amnesty,”"),
            kind: QuoteKind::Direct,
            speaker: Some(EntityId(0)),
            speaker_span: None,
            antecedent: None,
            cue: Some(at("said")),
            score: 0.9,
            rule: Some(SpeakerRule::SubjectVerb),
        }],
        ..Annotations::default()
    };
    Analysed { article: article(n, "Title", &text), found }
}

fn add(writer: &mut Writer, analysed: &Analysed) -> ArticleKey {
    writer
        .write(|batch| {
            let Arrival::New(key) = batch.take_in(&incoming(&analysed.article, None), NOW)? else { panic!("not new") };
            batch.annotate(key, VERSION, analysed)?;
            Ok(key)
        })
        .unwrap()
}

/// The numbers of the articles that a query finds, in order of their arrival.
fn find(reader: &mut Reader, text: &str) -> Vec<i64> {
    let snapshot = reader.snapshot(NOW).unwrap();
    let matches = snapshot.find(&query::parse(text).unwrap()).unwrap();
    let mut found: Vec<i64> = snapshot.rows(&matches, Order::Newest, None, 1000).unwrap().iter().map(|r| r.cursor.key.0).collect();
    assert_eq!(found.len(), matches.count);
    found.sort_unstable();
    found
}

#[test]
fn an_article_comes_out_as_it_went_in() {
    let folder = Folder::new("round");
    let mut writer = folder.writer();
    let one = analysed(1, "Juan Guaidó", Some("Caracas"), date(2019, 1, 10), date(2019, 1, 10));
    let key = add(&mut writer, &one);
    let mut reader = folder.reader();
    let stored = reader.snapshot(NOW).unwrap().open(key).unwrap().unwrap();
    assert_eq!(stored.analysed, one);
    assert_eq!(stored.analysis, VERSION);
    assert_eq!(stored.entities.len(), 2);
    assert_eq!(reader.snapshot(NOW).unwrap().open(ArticleKey(99)).unwrap(), None);
}

/// Queries over the library of [`four`], and the articles that they mean.
const TERMS: &[(&str, &[i64])] = &[
    ("", &[1, 2, 3, 4]),
    ("amnesty", &[1, 2, 3]),
    ("AMNESTY guaido", &[1]),
    ("amnest*", &[1, 2, 3]),
    ("amnest", &[]),
    ("\"offer amnesty\"", &[1, 2, 3]),
    ("\"amnesty offer\"", &[]),
    ("who:\"juan guaido\"", &[1]),
    ("who:guaidó OR who:merkel", &[1, 3]),
    ("who:mad*", &[2]),
    ("org:maduro", &[]),
    ("where:caracas", &[1]),
    ("where:venezuela", &[1, 2]),
    ("where:\"caracas, venezuela\"", &[1]),
    ("where:\"caracas, germany\"", &[]),
    ("where:germany -where:venezuela", &[3]),
    ("where:europe", &[3]),
    ("when:2019-01-10", &[1]),
    ("when:2019-01..2019-03", &[1, 3]),
    ("when:2019-01-05..2019-02-10", &[1, 3]),
    ("when:2018", &[2]),
    ("when:2018-06", &[]),
    ("when:..2018", &[2]),
    ("said:amnesty", &[1, 2, 3]),
    ("said:spoke", &[]),
    ("source:nytimes.com", &[4]),
    ("source:times.com", &[]),
    ("source:world", &[4]),
    ("feed:\"world news\"", &[4]),
    ("folder:news", &[4]),
    ("folder:new", &[]),
    ("tag:europe OR tag:south", &[3, 4]),
    ("lang:de", &[4]),
    ("by:herrero", &[4]),
    ("title:coup", &[4]),
    ("U.N.", &[4]),
    ("is:read", &[1]),
    ("is:unread -is:starred", &[3, 4]),
    ("is:tagged", &[3]),
    ("published:2019-01-02", &[1]),
    ("newer:2019-01-04", &[3, 4]),
    ("older:18d", &[1, 2]),
    ("-amnesty", &[4]),
    ("nothing (a OR b)", &[]),
];

/// A library of four articles: three with people, places and moments, one in a feed.
fn four(folder: &Folder) {
    let mut writer = folder.writer();
    let guaido = analysed(1, "Juan Guaidó", Some("Caracas"), date(2019, 1, 10), date(2019, 1, 10));
    let maduro = analysed(2, "Nicolás Maduro", Some("Venezuela"), date(2018, 1, 1), date(2018, 12, 31));
    let merkel = analysed(3, "Angela Merkel", Some("Berlin"), date(2019, 2, 1), date(2019, 2, 28));
    for one in [&guaido, &maduro, &merkel] {
        add(&mut writer, one);
    }
    writer
        .write(|batch| {
            let (feed, new) = batch.add_feed("http://example.org/feed", "World news")?;
            assert!(new);
            let choice = Choice { folder: "News/Latam".into(), tags: vec!["south".into()], ..Choice::default() };
            batch.choose(feed, &choice)?;
            let mut four = article(4, "A coup in three acts", "Der Umsturz, 'U.N.' says.");
            four.language = Some("de".into());
            four.byline = Some("Ana Vanessa Herrero".into());
            four.site = Some("cooking.nytimes.com".into());
            batch.take_in(&incoming(&four, Some(feed)), NOW)?;
            batch.mark([ArticleKey(1)], &Mark::Read(true))?;
            batch.mark([ArticleKey(2)], &Mark::Starred(true))?;
            batch.mark([ArticleKey(3)], &Mark::Tag("europe".into()))?;
            Ok(())
        })
        .unwrap();
}

#[test]
fn every_term_finds_what_it_means() {
    let folder = Folder::new("terms");
    four(&folder);
    let mut reader = folder.reader();
    for (text, wanted) in TERMS {
        assert_eq!(find(&mut reader, text), *wanted, "{text}");
        // The second time the kept sets answer.
        assert_eq!(find(&mut reader, text), *wanted, "{text}");
    }
    let snapshot = reader.snapshot(NOW).unwrap();
    assert_eq!(snapshot.candidates(Field::Who, "gua", 5), ["Juan Guaidó"]);
    assert_eq!(snapshot.candidates(Field::Where, "c", 5), ["Caracas"]);
    assert_eq!(snapshot.candidates(Field::Source, "ny", 5), ["cooking.nytimes.com"]);
    assert_eq!(snapshot.candidates(Field::Tag, "", 5), ["europe", "south"]);
    let all = snapshot.find(&query::Query::All).unwrap();
    let told = snapshot.moments(date(2019, 1, 1), date(2019, 12, 31), &all, 10).unwrap();
    assert_eq!(told.iter().map(|t| t.article.0).collect::<Vec<_>>(), [1, 3]);
    let person = snapshot.named("guaido", Field::Text, 5).unwrap().remove(0);
    assert_eq!(snapshot.quotations(person.key, None, 5).unwrap(), [(ArticleKey(1), 0)]);
    assert_eq!(snapshot.naming(&[person.key]).unwrap().count, 1);
}

#[test]
fn analysing_again_leaves_nothing_of_before() {
    let folder = Folder::new("again");
    let mut writer = folder.writer();
    let before = analysed(1, "Juan Guaidó", Some("Caracas"), date(2019, 1, 10), date(2019, 1, 10));
    let key = add(&mut writer, &before);
    assert_eq!(folder.reader().snapshot(NOW).unwrap().stale(VERSION + 1, 9).unwrap(), [key]);
    let mut after = before.clone();
    after.found = Annotations::default();
    writer.write(|batch| batch.annotate(key, VERSION + 1, &after)).unwrap();
    let mut reader = folder.reader();
    for text in ["who:guaido", "where:caracas", "when:2019", "said:amnesty"] {
        assert_eq!(find(&mut reader, text), [0i64; 0], "{text}");
    }
    assert_eq!(find(&mut reader, "amnesty"), [1]);
    assert!(reader.snapshot(NOW).unwrap().stale(VERSION + 1, 9).unwrap().is_empty());
    // Bytes of another layout are not read as if they were of this one.
    writer.write(|batch| batch.annotate(key, VERSION, &before)).unwrap();
    let nonsense = super::pack::Packer::default().pack(super::pack::Content::Finding, b"\xff\xff\xff\xff").unwrap();
    writer.connection().execute("UPDATE finding SET found = ?1", [nonsense]).unwrap();
    let stored = reader.snapshot(NOW).unwrap().open(key).unwrap().unwrap();
    assert_eq!((stored.analysis, stored.analysed.found), (0, Annotations::default()));
    writer.write(|batch| batch.annotate(key, VERSION, &after)).unwrap();
    assert_eq!(find(&mut folder.reader(), "when:2019"), [0i64; 0]);
    assert!(inspect(&folder.library()).unwrap().is_sound());
}

#[test]
fn nothing_is_doubled_and_nothing_comes_back() {
    let folder = Folder::new("double");
    let mut writer = folder.writer();
    let batch = |writer: &mut Writer, feed: FeedKey, guid: &str, one: &Article, now: i64| {
        writer.write(|b| b.take_in(&Incoming { guid: Some(guid), ..incoming(one, Some(feed)) }, now)).unwrap()
    };
    let (a, b) = writer.write(|b| Ok((b.add_feed("http://a.example", "A")?.0, b.add_feed("http://b.example", "B")?.0))).unwrap();
    let one = article(1, "One", "The words.");
    let Arrival::New(key) = batch(&mut writer, a, "x", &one, NOW) else { panic!() };
    assert_eq!(batch(&mut writer, a, "x", &one, NOW), Arrival::Known(key));
    // All items with new names, once more, and with what counts visitors in the address.
    let mut counted = one.clone();
    counted.url = Some("https://www.example.org/1?utm_source=rss#top".into());
    assert_eq!(batch(&mut writer, a, "y", &counted, NOW), Arrival::Known(key));
    // In another feed too.
    assert_eq!(batch(&mut writer, b, "z", &one, NOW), Arrival::Known(key));
    let feeds = folder.reader().snapshot(NOW).unwrap().feeds().unwrap();
    assert_eq!(feeds.iter().map(|f| (f.articles, f.unread)).collect::<Vec<_>>(), [(1, 1), (1, 1)]);
    // Changed words under the same name; the reader's mark stays.
    writer.write(|b| b.mark([key], &Mark::Read(true))).unwrap();
    let changed = article(1, "One", "Other words.");
    assert_eq!(batch(&mut writer, a, "y", &changed, NOW), Arrival::Changed(key));
    let mut reader = folder.reader();
    assert_eq!(find(&mut reader, "other is:read"), [key.0]);
    assert_eq!(find(&mut reader, "\"the words\""), [0i64; 0]);
    // Another article at the same address is another article.
    let mut other = article(1, "Two", "Words of another one.");
    other.url.clone_from(&one.url);
    assert!(matches!(batch(&mut writer, a, "w", &other, NOW), Arrival::New(_)));
    // A deleted one does not come back.
    writer.write(|b| b.delete(key)).unwrap();
    assert_eq!(batch(&mut writer, a, "y", &changed, NOW), Arrival::Deleted);
    let tally = folder.reader().snapshot(NOW).unwrap().tally().unwrap();
    assert_eq!(tally, Tally { articles: 1, unread: 1, starred: 0 });
    assert!(inspect(&folder.library()).unwrap().is_sound());
}

#[test]
fn a_feed_goes_with_its_articles_but_not_with_what_was_kept() {
    let folder = Folder::new("remove");
    let mut writer = folder.writer();
    writer
        .write(|batch| {
            let feed = batch.add_feed("http://a.example", "A")?.0;
            batch.choose(feed, &Choice { keep_days: Some(10), ..Choice::default() })?;
            for n in 0..6 {
                let age = if n < 3 { 20 * 86_400 } else { 0 };
                let mut one = article(n, &format!("T{n}"), &format!("Words {n}"));
                one.published = one.published.filter(|_| n < 3).or(Some(date(2019, 1, 21)));
                batch.take_in(&incoming(&one, Some(feed)), NOW - age)?;
            }
            batch.mark([ArticleKey(1), ArticleKey(4)], &Mark::Starred(true))?;
            assert_eq!(batch.expire(NOW)?, 2);
            assert_eq!(batch.remove_feed(feed, false, NOW)?.articles, 2);
            Ok(())
        })
        .unwrap();
    let snapshot_rows = find(&mut folder.reader(), "");
    assert_eq!(snapshot_rows, [1, 4]);
    assert!(inspect(&folder.library()).unwrap().is_sound());
}

#[test]
fn a_list_stands_still_while_articles_arrive() {
    let folder = Folder::new("window");
    let mut writer = folder.writer();
    let take = |writer: &mut Writer, range: std::ops::Range<u64>| {
        writer
            .write(|b| {
                for n in range {
                    b.take_in(&incoming(&article(n, &format!("T{n}"), &format!("Words {n}")), None), NOW)?;
                }
                Ok(())
            })
            .unwrap();
    };
    take(&mut writer, 0..100);
    let mut reader = folder.reader();
    for (text, order) in [("", Order::Newest), ("words", Order::Newest), ("words", Order::Oldest), ("", Order::Oldest)] {
        let query = query::parse(text).unwrap();
        let mut seen = Vec::new();
        let mut after = None;
        let (snapshot, mut more) = (reader.snapshot(NOW).unwrap(), true);
        let matches = snapshot.find(&query).unwrap();
        while more {
            let rows = snapshot.rows(&matches, order, after, 7).unwrap();
            more = !rows.is_empty();
            after = rows.last().map(|r| r.cursor).or(after);
            seen.extend(rows.into_iter().map(|r| r.cursor));
        }
        let mut sorted = seen.clone();
        sorted.sort_unstable();
        if order == Order::Newest {
            sorted.reverse();
        }
        assert_eq!((seen.len(), &seen), (100, &sorted), "{text} {order:?}");
    }
    // A snapshot does not see what is written after it; the next one does, and kept sets are not those of before.
    let snapshot = reader.snapshot(NOW).unwrap();
    assert_eq!(snapshot.tally().unwrap().articles, 100);
    take(&mut writer, 100..120);
    assert_eq!(snapshot.tally().unwrap().articles, 100);
    drop(snapshot);
    assert!(reader.has_changed().unwrap());
    assert_eq!(find(&mut reader, "words").len(), 120);
    let top = reader.snapshot(NOW).unwrap().unread_rows(Order::Newest, None, 5).unwrap();
    assert_eq!(top.len(), 5);
}

#[test]
fn what_is_remembered() {
    let folder = Folder::new("memory");
    let mut writer = folder.writer();
    let key = add(&mut writer, &analysed(1, "Ada Lovelace", None, date(2019, 1, 1), date(2019, 1, 1)));
    writer
        .write(|b| {
            b.set("session", "{\"cursor\":1}")?;
            b.save_search("Ada", Some("who:lovelace"), NOW)?;
            let first = b.correct(Some(key), &Righted::Published(Some(date(2019, 1, 2))), NOW)?;
            b.undo_correction(first, true)?;
            b.correct(None, &Righted::Published(None), NOW)?;
            b.keep_jumps(&[KeptJump { made: NOW, article: Some(key), body: "{}".into() }])?;
            assert!(b.save_search("Bad", Some("who:"), NOW).is_err());
            b.mark([key], &Mark::Read(true))?;
            b.count_searches(NOW)
        })
        .unwrap();
    let mut reader = folder.reader();
    let snapshot = reader.snapshot(NOW).unwrap();
    assert_eq!(snapshot.setting("session").unwrap().as_deref(), Some("{\"cursor\":1}"));
    let searches = snapshot.searches().unwrap();
    assert_eq!((searches.len(), searches[0].articles, searches[0].unread), (1, 1, 0));
    let corrections = snapshot.corrections(Some(key)).unwrap();
    assert_eq!((corrections.len(), corrections[0].undone), (1, true));
    assert_eq!(corrections[0].righted, Some(Righted::Published(Some(date(2019, 1, 2)))));
    assert_eq!(snapshot.corrections(None).unwrap().len(), 2);
    assert_eq!(snapshot.jumps(5).unwrap()[0].article, Some(key));
}

#[test]
fn a_dictionary_comes_with_enough_articles() {
    let folder = Folder::new("pack");
    let mut writer = folder.writer();
    let words = ["minister", "said", "on Monday", "the government", "talks", "border", "election", "court", "police", "in the capital"];
    writer
        .write(|b| {
            for n in 0..1100u64 {
                let mut seed = n;
                let text: Vec<&str> = (0..80)
                    .map(|_| {
                        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                        words[(seed >> 40) as usize % words.len()]
                    })
                    .collect();
                b.take_in(&incoming(&article(n, &format!("T{n}"), &text.join(" ")), None), NOW)?;
            }
            Ok(())
        })
        .unwrap();
    let size = |w: &Writer| -> i64 { w.connection().query_row("SELECT sum(length(text)) FROM body", [], |row| row.get(0)).unwrap() };
    let before = size(&writer);
    let mut reader = folder.reader();
    let text = |reader: &mut Reader| reader.snapshot(NOW).unwrap().open(ArticleKey(700)).unwrap().unwrap().analysed.article.text;
    let first = text(&mut reader);
    writer.tidy().unwrap();
    assert!(size(&writer) < before, "{} {before}", size(&writer));
    let free: i64 = writer.connection().query_row("PRAGMA freelist_count", [], |row| row.get(0)).unwrap();
    assert!(free < 4, "what was packed anew leaves no empty pages: {free}");
    // A reader that was there before finds the dictionary.
    assert_eq!(text(&mut reader), first);
}

#[test]
fn every_look_goes_through_an_index() {
    let folder = Folder::new("plans");
    let writer = folder.writer();
    let own = [
        super::search::sql::EACH,
        super::reader::sql::EACH,
        super::entities::sql::EACH,
        super::remote::sql::EACH,
        super::window::sql::EACH,
    ];
    for sql in own.into_iter().chain(super::across::EACH.iter().copied()).flatten() {
        let mut some = writer.connection().prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let count = some.parameter_count();
        let plan: Vec<String> =
            some.query_map(rusqlite::params_from_iter(vec![1; count]), |row| row.get(3)).unwrap().collect::<rusqlite::Result<_>>().unwrap();
        for step in &plan {
            let through = step.starts_with("SEARCH") || step.contains("VIRTUAL TABLE INDEX") || step.contains("COVERING INDEX");
            // Sorting what a few words find is all the sorting there is.
            let sorts = step.contains("USE TEMP B-TREE") && sql.contains("MATCH");
            assert!(through || sorts || step.starts_with("SCAN n VIRTUAL"), "{sql}\n{plan:#?}");
        }
    }
}
