//! What holds across articles: who is one, what is a story, what the reader decides and follows; and libraries that are hard on it.

use super::*;
use crate::link::Rule;

/// An article that names some, each once and in sentences of their own unless they share one.
fn about(n: u64, site: &str, day: i8, names: &[(Kind, &str, &[&str])]) -> Analysed {
    let mut text = String::new();
    let mut found = Annotations::default();
    for (id, (kind, name, aliases)) in (0..).zip(names) {
        let start = text.len();
        text.push_str(name);
        let span = Span::new(start, text.len());
        text.push_str(" was there. ");
        found.sentences.push(Span::new(start, text.len() - 1));
        found.entities.push(Entity {
            kind: *kind,
            name: (*name).to_owned(),
            aliases: aliases.iter().map(|a| (*a).to_owned()).collect(),
            roles: Vec::new(),
            salience: 0.2,
            place: None,
        });
        found.mentions.push(Mention { span, kind: *kind, form: MentionForm::Name, score: 0.9, entity: EntityId(id) });
        found.joins.push(Join { reason: Reason::First, antecedent: None });
    }
    let mut article = article(n, &format!("Title {n}"), &text);
    article.id = 1_000_000 + n;
    article.site = Some(site.to_owned());
    article.published = Some(date(2019, 1, day));
    Analysed { article, found }
}

const PERSON: Kind = Kind::Person;
const BODY: Kind = Kind::Organization;

fn person(n: u64, site: &str, name: &str, with: &str) -> Analysed {
    about(n, site, 1 + i8::try_from(n % 20).unwrap(), &[(PERSON, name, &[]), (BODY, with, &[])])
}

/// The entity that the first name of an article belongs to, and what it is called.
fn whose(snapshot: &Snapshot<'_>, article: ArticleKey) -> (EntityKey, String) {
    let key = snapshot.open(article).unwrap().unwrap().entities[0];
    (snapshot.subject(key).unwrap(), snapshot.called(key).unwrap())
}

#[test]
fn forms_of_one_name_are_one_person() {
    let folder = Folder::new("forms");
    let mut writer = folder.writer();
    let names = ["Juan Guaidó", "Juan Gerardo Guaidó", "Juan Guaidó", "J. Guaido", "Pedro Guaidó", "William Clinton", "Bill Clinton"];
    let keys: Vec<ArticleKey> = (0..).zip(names).map(|(n, name)| add(&mut writer, &person(n, "a.example", name, "Acme"))).collect();
    let mut reader = folder.reader();
    let snapshot = reader.snapshot(NOW).unwrap();
    let of: Vec<EntityKey> = keys.iter().map(|k| whose(&snapshot, *k).0).collect();
    assert!(of[0] == of[1] && of[0] == of[2] && of[0] == of[3] && of[0] != of[4] && of[5] == of[6] && of[5] != of[0], "{of:?}");
    assert_eq!(whose(&snapshot, keys[1]).1, "Juan Guaidó", "the most frequent form");
    let page = snapshot.page(of[0]).unwrap().unwrap();
    assert_eq!((page.articles.count, page.read, page.times.len(), page.variants.len()), (4, 4, 4, 3));
    assert_eq!(page.company.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(), ["Acme"]);
    let variant = snapshot.open(keys[1]).unwrap().unwrap().entities[0];
    assert_eq!(snapshot.why(variant).unwrap(), Some(("Juan Guaidó".to_owned(), Rule::Variant)));
    let found = snapshot.find(&query::parse("who:gerardo").unwrap()).unwrap();
    assert_eq!(found.count, 4, "a search finds the person by any name");
}

#[test]
fn a_surname_alone_is_a_guess_that_can_be_taken_back() {
    let folder = Folder::new("surname");
    let mut writer = folder.writer();
    let early = add(&mut writer, &person(1, "a.example", "Guaidó", "Acme"));
    let full = add(&mut writer, &person(2, "a.example", "Juan Guaidó", "Acme"));
    let late = add(&mut writer, &person(3, "a.example", "Guaidó", "Bodega"));
    let elsewhere = add(&mut writer, &person(4, "b.example", "Guaidó", "Cantina"));
    let mut reader = folder.reader();
    let number = {
        let snapshot = reader.snapshot(NOW).unwrap();
        let juan = whose(&snapshot, full).0;
        assert_eq!(whose(&snapshot, late).0, juan, "the same source");
        assert_eq!(whose(&snapshot, early).0, juan, "the full name came later");
        assert_ne!(whose(&snapshot, elsewhere).0, juan, "another source and company");
        let page = snapshot.page(juan).unwrap().unwrap();
        assert_eq!(page.articles.count, 3);
        assert!(page.variants.iter().any(|v| v.name == "Guaidó" && v.belongs.is_some_and(|b| b.rule.is_doubtful())));
        let guessed = snapshot.open(late).unwrap().unwrap().entities[0];
        writer.write(|b| b.split(guessed, NOW)).unwrap()
    };
    let late_too = add(&mut writer, &person(5, "a.example", "Guaidó", "Acme"));
    {
        let snapshot = reader.snapshot(NOW).unwrap();
        assert_ne!(whose(&snapshot, late).0, whose(&snapshot, full).0);
        assert_ne!(whose(&snapshot, late_too).0, whose(&snapshot, full).0, "the reader's word holds for what comes");
    }
    writer.write(|b| b.undo_identity(number, true)).unwrap();
    let snapshot = reader.snapshot(NOW).unwrap();
    assert_eq!(whose(&snapshot, late).0, whose(&snapshot, full).0);
    assert!(snapshot.corrections(None).unwrap().iter().all(|c| c.undone));
}

#[test]
fn two_of_one_surname_are_told_apart_by_company_or_not_at_all() {
    let folder = Folder::new("company");
    let mut writer = folder.writer();
    let hillary = add(&mut writer, &person(1, "a.example", "Hillary Clinton", "Senate Library"));
    add(&mut writer, &person(2, "a.example", "George Clinton", "Funkadelic"));
    let music = add(&mut writer, &person(3, "a.example", "Clinton", "Funkadelic"));
    let open = add(&mut writer, &person(4, "a.example", "Clinton", "Acme"));
    let mut reader = folder.reader();
    let snapshot = reader.snapshot(NOW).unwrap();
    assert_eq!(whose(&snapshot, music).1, "George Clinton");
    assert_eq!(whose(&snapshot, open).1, "Clinton");
    assert_eq!(whose(&snapshot, hillary).1, "Hillary Clinton");
}

#[test]
fn acronyms_and_bodies_of_several_countries() {
    let folder = Folder::new("bodies");
    let mut writer = folder.writer();
    let alone = add(&mut writer, &about(1, "a.example", 1, &[(BODY, "OAS", &[])]));
    let both = add(&mut writer, &about(2, "b.example", 2, &[(BODY, "Organization of American States", &["OAS"])]));
    let again = add(&mut writer, &about(3, "c.example", 3, &[(BODY, "O.A.S.", &[])]));
    let assembly = |n: u64, place: &str| {
        let mut made = about(n, "a.example", 4, &[(BODY, "National Assembly", &[]), (Kind::Place, place, &[])]);
        made.found.entities[1].place =
            gazetteer::find(&gazetteer::key(place)).first().map(|c| c.place.to_entity(PlaceRelation::Is, 0.9, None));
        made
    };
    let caracas = add(&mut writer, &assembly(4, "Caracas"));
    let paris = add(&mut writer, &assembly(5, "Paris"));
    let maracaibo = add(&mut writer, &assembly(6, "Maracaibo"));
    let mut reader = folder.reader();
    let snapshot = reader.snapshot(NOW).unwrap();
    let of = |key| whose(&snapshot, key).0;
    assert!(of(alone) == of(both) && of(again) == of(both));
    assert!(of(caracas) == of(maracaibo) && of(caracas) != of(paris));
}

#[test]
fn a_person_merged_with_a_place_and_back() {
    let folder = Folder::new("merge");
    let mut writer = folder.writer();
    let paris = add(&mut writer, &person(1, "a.example", "Paris Hilton", "Acme"));
    let mut town = about(2, "a.example", 2, &[(Kind::Place, "Paris", &[])]);
    town.found.entities[0].place = gazetteer::find("paris").first().map(|c| c.place.to_entity(PlaceRelation::Is, 0.9, None));
    let town = add(&mut writer, &town);
    let mut reader = folder.reader();
    let (person, place) = {
        let snapshot = reader.snapshot(NOW).unwrap();
        (whose(&snapshot, paris).0, whose(&snapshot, town).0)
    };
    let number = writer.write(|b| b.merge(person, place, NOW)).unwrap();
    assert!(writer.write(|b| b.merge(place, person, NOW)).is_err(), "they are one already");
    writer.write(|b| b.rename(person, "Both of them", NOW)).unwrap();
    {
        let snapshot = reader.snapshot(NOW).unwrap();
        let page = snapshot.page(person).unwrap().unwrap();
        assert_eq!((page.key, page.kind, page.articles.count, page.name.as_str()), (place, Some(Kind::Place), 2, "Both of them"));
        assert_eq!(snapshot.meant("both of them", 3).unwrap()[0].0, place);
    }
    writer.write(|b| b.undo_identity(number, true)).unwrap();
    let snapshot = reader.snapshot(NOW).unwrap();
    assert_ne!(whose(&snapshot, paris).0, whose(&snapshot, town).0);
    assert_eq!(whose(&snapshot, town).1, "Both of them", "what else was decided holds");
    assert!(writer.write(|b| b.undo_identity(99, true)).is_err());
}

#[test]
fn two_people_of_one_full_name_are_parted_and_stay_so() {
    let folder = Folder::new("part");
    let mut writer = folder.writer();
    let president = add(&mut writer, &person(1, "politics.example", "John Smith", "Senate Library"));
    let made = person(2, "sport.example", "John Smith", "Rovers");
    let player = add(&mut writer, &made);
    let mut reader = folder.reader();
    let (key, sport) = {
        let snapshot = reader.snapshot(NOW).unwrap();
        let sport = snapshot.find(&query::parse("source:sport.example").unwrap()).unwrap();
        assert_eq!(whose(&snapshot, president).0, whose(&snapshot, player).0);
        (whose(&snapshot, player).0, sport.bits().unwrap().clone())
    };
    let number = writer.write(|b| b.part(key, "the footballer", &sport, NOW)).unwrap();
    writer.write(|b| b.annotate(player, VERSION, &made)).unwrap();
    {
        let snapshot = reader.snapshot(NOW).unwrap();
        assert_eq!(whose(&snapshot, player).1, "John Smith (the footballer)");
        assert_eq!(whose(&snapshot, president).1, "John Smith");
        assert_eq!(snapshot.page(key).unwrap().unwrap().articles.count, 1);
    }
    writer.write(|b| b.undo_identity(number, true)).unwrap();
    let snapshot = reader.snapshot(NOW).unwrap();
    assert_eq!(whose(&snapshot, player).0, whose(&snapshot, president).0);
    assert_eq!(snapshot.page(key).unwrap().unwrap().articles.count, 2);
    assert!(writer.write(|b| b.part(key, "nobody", &Bits::default(), NOW)).is_err());
}

#[test]
fn a_thousand_people_of_one_surname() {
    let folder = Folder::new("thousand");
    let mut writer = folder.writer();
    let letters = |n: usize| -> String { [n / 26 % 26, n % 26, n / 676].iter().map(|l| char::from(b'a' + *l as u8)).collect() };
    for start in (0..1000).step_by(100) {
        writer
            .write(|b| {
                for n in start..start + 100 {
                    let name = format!("{}o Kim", letters(n)[..1].to_uppercase() + &letters(n)[1..]);
                    let made = person(n as u64, "a.example", &name, "Acme");
                    let Arrival::New(key) = b.take_in(&incoming(&made.article, None), NOW)? else { panic!("not new") };
                    b.annotate(key, VERSION, &made)?;
                }
                Ok(())
            })
            .unwrap();
    }
    let open = add(&mut writer, &person(5000, "a.example", "Kim", "Acme"));
    let mut reader = folder.reader();
    let snapshot = reader.snapshot(NOW).unwrap();
    assert_eq!(whose(&snapshot, open).1, "Kim", "nobody is guessed");
    assert!(snapshot.meant("kim", 5).unwrap().len() == 5);
}

#[test]
fn one_name_in_thousands_of_articles_and_days_that_cannot_be() {
    let folder = Folder::new("frequent");
    let mut writer = folder.writer();
    for start in (0..2100u64).step_by(300) {
        writer
            .write(|b| {
                for n in start..start + 300 {
                    let mut made = person(n, &format!("p{}.example", n % 7), "Ada Lovelace", "Acme");
                    match n {
                        0 => made.article.published = Some(date(1850, 5, 1)),
                        1 => made.article.published = Some(date(9998, 5, 1)),
                        _ => {}
                    }
                    let Arrival::New(key) = b.take_in(&incoming(&made.article, None), NOW)? else { panic!("not new") };
                    b.annotate(key, VERSION, &made)?;
                }
                Ok(())
            })
            .unwrap();
    }
    let mut reader = folder.reader();
    let snapshot = reader.snapshot(NOW).unwrap();
    let (key, _) = snapshot.meant("ada lovelace", 1).unwrap().remove(0);
    let page = snapshot.page(key).unwrap().unwrap();
    assert_eq!((page.articles.count, page.times.len(), page.sources.len()), (2100, 2100, 7));
    assert!(page.read <= 72 && page.times.is_sorted() && page.times[0] < 0);
    assert!(page.times.last().is_some_and(|t| *t <= NOW), "what is dated in the future came now");
    assert!(!snapshot.stories((i64::MIN, i64::MAX), None, 10).unwrap().is_empty());
    snapshot.rising((NOW - 86_400, NOW), 10).unwrap();
    snapshot.rising((i64::MIN, i64::MAX), 10).unwrap();
}

#[test]
fn articles_of_one_event_are_a_story_and_copies_are_known() {
    let folder = Folder::new("story");
    let mut writer = folder.writer();
    let words = |from: usize| (from..from + 60).map(|n| format!("{n:03}harbour")).collect::<Vec<_>>().join(" ");
    let told = |n: u64, site: &str, text: String, who: &str| {
        let mut made = about(n, site, 3, &[(PERSON, who, &[])]);
        made.article.text.push_str(&text);
        made
    };
    let first = add(&mut writer, &told(1, "a.example", words(0), "Ada Miller"));
    let copy = add(&mut writer, &told(2, "b.example", format!("{} and more", words(0)), "Ada Miller"));
    let own = add(&mut writer, &told(3, "c.example", words(30), "Ada Miller"));
    let other = add(&mut writer, &told(4, "c.example", words(500), "Karl Weiss"));
    let mut reader = folder.reader();
    {
        let snapshot = reader.snapshot(NOW).unwrap();
        let story = |key| snapshot.story_of(key).unwrap().unwrap();
        assert!(story(first) == story(copy) && story(first) == story(own) && story(first) != story(other));
        let tellings = snapshot.tellings(story(first), 10).unwrap();
        let copies: Vec<_> = tellings.iter().filter_map(|t| t.copy_of.map(|c| (t.row.cursor.key, c))).collect();
        assert_eq!(copies, [(copy, first)]);
        let stories = snapshot.stories((0, i64::MAX), None, 10).unwrap();
        assert_eq!((stories.len(), stories[0].articles, stories[0].sources, stories[0].people[0].1.as_str()), (2, 3, 3, "Ada Miller"));
    }
    writer.write(|b| b.delete(first)).unwrap();
    let snapshot = reader.snapshot(NOW).unwrap();
    let story = snapshot.story_of(copy).unwrap().unwrap();
    let left = snapshot.story(story).unwrap().unwrap();
    assert_eq!(left.articles, 2);
    assert!([copy, own].contains(&left.headline.cursor.key));
    assert!(snapshot.tellings(story, 10).unwrap().iter().all(|t| t.copy_of.is_none()), "the copy stands for itself");
}

#[test]
fn what_is_followed_is_counted_and_announced_once() {
    let folder = Folder::new("watch");
    let mut writer = folder.writer();
    let first = add(&mut writer, &person(1, "a.example", "Ada Lovelace", "Acme"));
    let mut reader = folder.reader();
    let key = whose(&reader.snapshot(NOW).unwrap(), first).0;
    writer
        .write(|b| {
            b.save_search("All of it", Some("lovelace"), NOW)?;
            b.watch(&Watched::Search("All of it".into()), false)?;
            b.watch(&Watched::Entity(key), true)
        })
        .unwrap();
    assert!(writer.write(|b| b.watch(&Watched::Search("None".into()), false)).is_err());
    add(&mut writer, &person(2, "b.example", "Ada Lovelace", "Acme"));
    let counts = |reader: &mut Reader| -> Vec<(usize, usize)> {
        reader.snapshot(NOW).unwrap().watches().unwrap().iter().map(|w| (w.new, w.untold)).collect()
    };
    assert_eq!(counts(&mut reader), [(1, 1), (1, 1)]);
    writer.write(|b| b.announced()).unwrap();
    assert_eq!(counts(&mut reader), [(1, 0), (1, 0)]);
    let watch = reader.snapshot(NOW).unwrap().watches().unwrap().remove(1);
    assert_eq!(reader.snapshot(NOW).unwrap().new_of(&watch, 9).unwrap().len(), 1);
    writer.write(|b| b.looked_at_watch(watch.id)).unwrap();
    assert_eq!(counts(&mut reader), [(1, 0), (0, 0)]);
    writer.write(|b| b.unwatch(watch.id)).unwrap();
    assert_eq!(counts(&mut reader).len(), 1);
}

#[test]
fn a_library_of_before_is_joined_bit_by_bit() {
    let folder = Folder::new("before");
    let mut writer = folder.writer();
    let keys: Vec<ArticleKey> = (0..5)
        .map(|n| add(&mut writer, &person(n, "a.example", if n % 2 == 0 { "Ada Lovelace" } else { "Ada King Lovelace" }, "Acme")))
        .collect();
    // As the first version left it.
    writer
        .connection()
        .execute_batch(
            "DROP TABLE identity; DROP TABLE name_part; DROP TABLE rename; DROP TABLE parted; DROP TRIGGER telling_added; DROP TRIGGER telling_left;
             DROP TABLE telling; DROP TABLE story; DROP TABLE sign; DROP TABLE term; DROP TABLE watch; DROP INDEX article_when;
             DROP TABLE wanting; DROP TABLE removed_article; DROP TABLE removed_item; DROP TABLE removed; DROP TABLE remote_tag;
             DROP TRIGGER article_marked; DROP TABLE remote_item; DROP TABLE remote_feed;
             ALTER TABLE body ADD COLUMN found BLOB; ALTER TABLE body ADD COLUMN entities BLOB;
             UPDATE body SET (found, entities) = (SELECT found, entities FROM finding f WHERE f.article = body.article);
             DROP TABLE finding; DROP TABLE words;
             CREATE VIRTUAL TABLE words USING fts5 (title, byline, text, content='', contentless_delete=1);
             DROP TRIGGER article_spent; DROP TRIGGER feed_spent; DROP TABLE spent; DROP INDEX article_undated;
             ALTER TABLE feed DROP COLUMN found;
             PRAGMA user_version = 1;",
        )
        .unwrap();
    drop(writer);
    assert!(Reader::open(&folder.library()).is_err(), "it has to be brought up to date first");
    let mut writer = folder.writer();
    // What was found has another layout now: it is found again, and joined as it is indexed.
    assert_eq!(folder.reader().snapshot(NOW).unwrap().stale(VERSION, 9).unwrap(), keys);
    assert!(find(&mut folder.reader(), "acme").len() == 5, "the index of words is made anew");
    for (n, key) in (0..).zip(&keys) {
        let again = person(n, "a.example", if n % 2 == 0 { "Ada Lovelace" } else { "Ada King Lovelace" }, "Acme");
        writer.write(|b| b.annotate(*key, VERSION, &again)).unwrap();
    }
    let mut reader = folder.reader();
    let snapshot = reader.snapshot(NOW).unwrap();
    assert!(keys.iter().all(|k| snapshot.story_of(*k).unwrap().is_some()));
    assert_eq!(writer.write(|b| b.catch_up(2)).unwrap(), 0);
    assert_eq!(snapshot.naming_all(whose(&snapshot, keys[0]).0).unwrap().count, 5);
}

#[test]
fn a_library_with_longer_terms_keeps_its_stories() {
    let folder = Folder::new("terms");
    let mut writer = folder.writer();
    for n in 0..4 {
        add(&mut writer, &person(n, "a.example", "Ada Lovelace", "Acme"));
    }
    type Rows = Vec<(i64, Vec<u8>, Vec<u8>)>;
    let tellings = |writer: &Writer| -> Rows {
        let mut all = writer.connection().prepare("SELECT article, marks, sketch FROM telling ORDER BY article").unwrap();
        all.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap().collect::<rusqlite::Result<_>>().unwrap()
    };
    let numbers = |writer: &Writer, sql: &str| -> i64 { writer.connection().query_row(sql, [], |row| row.get(0)).unwrap() };
    let counted = ["SELECT total(term * articles) FROM term", "SELECT total(term * article) FROM sign", "SELECT count(*) FROM form"];
    let counts = |writer: &Writer| counted.map(|sql| numbers(writer, &format!("SELECT CAST(({sql}) AS INTEGER)")));
    let (before, sums) = (tellings(&writer), counts(&writer));
    // As the fourth version had them.
    for (article, marks, sketch) in &before {
        let marks: Vec<u8> = marks.as_chunks::<4>().0.iter().flat_map(|b| [b[0], b[1], b[2], 7, b[3]]).collect();
        let sketch: Vec<u8> = sketch.as_chunks::<3>().0.iter().flat_map(|b| [9, b[0], b[1], b[2]]).collect();
        writer
            .connection()
            .execute("UPDATE telling SET marks = ?2, sketch = ?3 WHERE article = ?1", rusqlite::params![article, marks, sketch])
            .unwrap();
    }
    let back = "UPDATE term SET term = term + (7 << 24); UPDATE sign SET term = term + (7 << 24);
        INSERT INTO form SELECT id, name FROM entity;
        DROP TRIGGER article_spent; DROP TRIGGER feed_spent; DROP TABLE spent; DROP INDEX article_undated;
        ALTER TABLE feed DROP COLUMN found; ALTER TABLE removed DROP COLUMN found; DROP INDEX removed_item_article;
        PRAGMA user_version = 4;";
    writer.connection().execute_batch(back).unwrap();
    drop(writer);
    let writer = folder.writer();
    assert_eq!((tellings(&writer), counts(&writer)), (before, sums));
}
