//! What is one article and what is another: numbers, addresses, feeds that share articles, and what comes again.

use super::*;

#[test]
fn a_number_is_never_given_twice() {
    let folder = Folder::new("numbers");
    let mut writer = folder.writer();
    let feed = writer.write(|b| Ok(b.add_feed("http://a.example", "A")?.0)).unwrap();
    let one = article(1, "One", "The words.");
    let Arrival::New(key) = writer.write(|b| b.take_in(&incoming(&one, Some(feed)), NOW)).unwrap() else { panic!() };
    writer.write(|b| b.remove_feed(feed, false, NOW)).unwrap();
    let other = article(2, "Two", "Other words.");
    let Arrival::New(next) = writer.write(|b| b.take_in(&incoming(&other, None), NOW)).unwrap() else { panic!() };
    let feeds = writer.write(|b| Ok(b.add_feed("http://b.example", "B")?.0)).unwrap();
    assert!(next > key && feeds > feed, "{next:?} {feeds:?}");
    // The page of the article that is gone comes late.
    assert!(!writer.write(|b| b.complete(key, &article(1, "One", "All of the words."))).unwrap());
    assert_eq!(find(&mut folder.reader(), "other"), [next.0]);
    drop(writer);
    // A salvaged library gives none of them either.
    let saved = folder.0.join("saved.db");
    salvage(&folder.library(), &saved).unwrap();
    let mut writer = Writer::claim(&saved, &Holder::this("test")).unwrap();
    writer.write(|b| b.delete(next)).unwrap();
    let third = article(3, "Three", "Third words.");
    let Arrival::New(third) = writer.write(|b| b.take_in(&incoming(&third, None), NOW)).unwrap() else { panic!() };
    assert!(third > next, "{third:?}");
}

#[test]
fn what_was_found_in_a_text_is_not_kept_for_another_one() {
    let folder = Folder::new("stale");
    let mut writer = folder.writer();
    let teaser = analysed(1, "Ada Lovelace", None, date(2019, 1, 1), date(2019, 1, 1));
    let Arrival::New(key) = writer.write(|b| b.take_in(&incoming(&teaser.article, None), NOW)).unwrap() else { panic!() };
    // While it was analysed, its page came.
    writer.write(|b| b.complete(key, &article(1, "Title", "Grace Hopper spoke at length."))).unwrap();
    writer.write(|b| b.annotate(key, VERSION, &teaser)).unwrap();
    assert_eq!(find(&mut folder.reader(), "who:ada"), [0i64; 0]);
    let stale = folder.reader().snapshot(NOW).unwrap().stale(VERSION, 10).unwrap();
    assert_eq!(stale, [key], "it waits to be analysed");
    // One whose text is damaged is done, so that it is not asked for for ever.
    writer.connection().execute("UPDATE body SET text = x'0001020304'", []).unwrap();
    writer.write(|b| b.annotate(key, VERSION, &Analysed::default())).unwrap();
    assert!(folder.reader().snapshot(NOW).unwrap().stale(VERSION, 10).unwrap().is_empty());
    // And where it is gone, there is nothing to do.
    writer.write(|b| b.delete(key)).unwrap();
    writer.write(|b| b.annotate(key, VERSION, &teaser)).unwrap();
    assert!(inspect(&folder.library()).unwrap().is_sound());
}

#[test]
fn items_with_one_address_are_told_apart_by_their_titles() {
    let folder = Folder::new("one-address");
    let mut writer = folder.writer();
    let feed = writer.write(|b| Ok(b.add_feed("http://a.example", "A")?.0)).unwrap();
    let version = |n: u64| Article {
        url: Some(format!("http://a.example/changes#v{n}")),
        ..article(n, &format!("Version {n}"), &format!("What changed: {}.", "x".repeat(n as usize)))
    };
    let mut look = |versions: std::ops::Range<u64>| {
        let all: Vec<Article> = versions.rev().map(version).collect();
        let names = told_apart(all.iter());
        let take = |b: &Batch<'_>, (one, name): (&Article, &Option<String>)| {
            b.take_in(&Incoming { guid: name.as_deref(), ..incoming(one, Some(feed)) }, NOW)
        };
        writer.write(|b| all.iter().zip(&names).map(|one| take(b, one)).collect::<Result<Vec<_>>>()).unwrap()
    };
    assert!(look(1..2).iter().all(|a| matches!(a, Arrival::New(_))));
    let again = look(1..4);
    assert!(matches!(again[..], [Arrival::New(_), Arrival::New(_), Arrival::Known(_)]), "{again:?}");
    assert!(look(2..4).iter().all(|a| matches!(a, Arrival::Known(_))));
    assert_eq!(find(&mut folder.reader(), "changed").len(), 3);
    // An address that all say once, or under one title, is name enough: a new headline is no new article.
    let one = version(1);
    assert_eq!(told_apart([&one, &one].into_iter()), [None, None]);
}

#[test]
fn an_article_that_another_feed_keeps_is_kept() {
    let folder = Folder::new("kept-by-another");
    let mut writer = folder.writer();
    let gone = writer
        .write(|b| {
            let [a, c, k] = ["http://a.example", "http://b.example", "http://c.example"].map(|url| b.add_feed(url, "").map(|f| f.0));
            let (a, c, k) = (a?, c?, k?);
            b.choose(a, &Choice { keep_days: Some(10), ..Choice::default() })?;
            b.choose(c, &Choice { keep_days: Some(15), ..Choice::default() })?;
            let old = NOW - 40 * 86_400;
            let day = |n: u64| Article { published: Some(date(2018, 12, 10)), ..article(n, &format!("T{n}"), &format!("Words {n}")) };
            for (n, feeds) in [(1, vec![a]), (2, vec![a, k]), (3, vec![a, c])] {
                for feed in feeds {
                    b.take_in(&incoming(&day(n), Some(feed)), old)?;
                }
            }
            // What is of today says which day it is.
            b.take_in(&incoming(&Article { published: Some(date(2019, 1, 21)), ..article(9, "Now", "Now.") }, Some(k)), NOW)?;
            b.expire(NOW)
        })
        .unwrap();
    assert_eq!(gone, 2, "of both feeds that keep it for some days, but counted once");
    assert_eq!(find(&mut folder.reader(), "words"), [2]);
}

#[test]
fn a_feed_that_was_added_again_and_comes_back_doubles_nothing() {
    let folder = Folder::new("added-again");
    let mut writer = folder.writer();
    let one = article(1, "One", "The words.");
    let bring = |writer: &mut Writer| {
        writer
            .write(|b| {
                let feed = b.add_feed("http://a.example", "A")?.0;
                b.take_in(&incoming(&one, Some(feed)), NOW)?;
                Ok(feed)
            })
            .unwrap()
    };
    let feed = bring(&mut writer);
    let key = ArticleKey(find(&mut folder.reader(), "words")[0]);
    writer.write(|b| b.mark([key], &Mark::Read(true))).unwrap();
    let removed = writer.write(|b| b.remove_feed(feed, false, NOW)).unwrap();
    bring(&mut writer);
    assert_eq!(find(&mut folder.reader(), "is:unread").len(), 1);
    writer.write(|b| b.restore_feed(removed.id)).unwrap();
    assert_eq!(find(&mut folder.reader(), "is:read").len(), 1, "what was read is read");
    let tally = folder.reader().snapshot(NOW).unwrap().tally().unwrap();
    assert_eq!((tally.articles, tally.unread), (1, 0));
    let feeds = folder.reader().snapshot(NOW).unwrap().feeds().unwrap();
    assert_eq!(feeds.iter().map(|f| f.articles).collect::<Vec<_>>(), [1]);
    assert!(inspect(&folder.library()).unwrap().is_sound());
}

#[test]
fn what_does_not_say_its_day_was_published_on_none() {
    let folder = Folder::new("undated");
    let mut writer = folder.writer();
    let undated = Article { published: None, ..article(1, "Undated", "Some words.") };
    let dated = Article { published: Some(date(2019, 1, 22)), ..article(2, "Dated", "More words.") };
    writer.write(|b| [undated, dated].iter().try_for_each(|one| b.take_in(&incoming(one, None), NOW).map(drop))).unwrap();
    let mut reader = folder.reader();
    assert_eq!((find(&mut reader, "published:2019-01-22"), find(&mut reader, "newer:2d").len()), (vec![2], 2));
}

#[test]
fn words_of_names_are_those_of_the_index() {
    let folder = Folder::new("signs");
    let mut writer = folder.writer();
    add(&mut writer, &analysed(1, "नरेंद्र मोदी", None, date(2019, 1, 1), date(2019, 1, 1)));
    let mut reader = folder.reader();
    assert_eq!(find(&mut reader, "who:मोदी"), [1]);
    assert_eq!(find(&mut reader, "who:aⓐb"), [0i64; 0]);
}

#[test]
fn whose_an_address_is_is_kept() {
    let folder = Folder::new("found");
    let mut writer = folder.writer();
    let found = |folder: &Folder| folder.reader().snapshot(NOW).unwrap().feeds().unwrap()[0].found;
    let feed = writer.write(|b| Ok(b.add_feed("http://a.example", "A")?.0)).unwrap();
    assert!(!found(&folder));
    writer.write(|b| b.found_feed(feed, true)).unwrap();
    assert!(found(&folder));
    let removed = writer.write(|b| b.remove_feed(feed, false, NOW)).unwrap();
    writer.write(|b| b.restore_feed(removed.id)).unwrap();
    assert!(found(&folder), "what comes back is what went");
    // A library of before has no such column, and is saved all the same.
    drop(writer);
    let old = Connection::open(folder.library()).unwrap();
    old.execute_batch("ALTER TABLE feed DROP COLUMN found").unwrap();
    drop(old);
    let saved = folder.0.join("saved.db");
    salvage(&folder.library(), &saved).unwrap();
    assert_eq!(Reader::open(&saved).unwrap().snapshot(NOW).unwrap().feeds().unwrap().len(), 1);
}
