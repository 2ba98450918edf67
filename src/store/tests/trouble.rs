//! Two programs, foreign and older files, full disks, damage: nothing is lost.

use super::*;

#[test]
fn one_writes_and_the_others_know_who() {
    let folder = Folder::new("lock");
    let writer = folder.writer();
    let Opened::Theirs(holder) = Writer::open(&folder.library(), &Holder::this("second")).unwrap() else { panic!("two writers") };
    assert_eq!((holder.process, holder.command.as_str()), (std::process::id(), "test"));
    let notice = Writer::claim(&folder.library(), &Holder::this("second")).unwrap_err();
    assert!(notice.to_string().contains(&format!("test (process {})", std::process::id())), "{notice}");
    folder.reader();
    drop(writer);
    folder.writer();
}

#[test]
fn files_that_are_not_ours_are_told_and_left_alone() {
    let folder = Folder::new("files");
    let path = folder.library();
    let told = |words: &str| {
        let before = std::fs::read(&path).unwrap();
        let notice = Writer::open(&path, &Holder::this("test")).unwrap_err();
        assert!(notice.to_string().contains(words), "{notice}");
        assert!(!notice.hint.is_empty());
        assert!(Reader::open(&path).unwrap_err().to_string().contains(words));
        assert_eq!(std::fs::read(&path).unwrap(), before);
    };
    std::fs::write(&path, "This is a letter to somebody, not a library. ".repeat(100)).unwrap();
    told("damaged at its very beginning");
    std::fs::remove_file(&path).unwrap();
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE mine (a)").unwrap();
    told("no library of dateline");
    std::fs::remove_file(&path).unwrap();
    drop(folder.writer());
    Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
    told("newer dateline");
    let missing = Reader::open(&folder.0.join("nothing.db")).unwrap_err();
    assert!(missing.hint.contains("dateline add"));
}

#[test]
fn an_older_version_is_copied_and_brought_up_to_date() {
    let folder = Folder::new("migrate");
    let path = folder.library();
    drop(folder.writer());
    let now = schema::MIGRATIONS.len();
    let later = schema::Step { sql: "CREATE TABLE later (a INTEGER) STRICT", then: |_| Ok(()) };
    let steps = [schema::MIGRATIONS, &[later]].concat();
    let mut connection = Connection::open(&path).unwrap();
    super::writer::prepare(&mut connection, &path, &steps).unwrap();
    connection.execute("INSERT INTO later VALUES (1)", []).unwrap();
    drop(connection);
    let copy = folder.0.join(format!("library.db.version-{now}"));
    let version: i64 = Connection::open(copy).unwrap().query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    assert_eq!(version, i64::try_from(now).unwrap());
    assert!(Writer::open(&path, &Holder::this("test")).unwrap_err().what.contains("newer"));
}

#[test]
fn a_full_disk_loses_nothing() {
    let folder = Folder::new("full");
    let mut writer = folder.writer();
    add(&mut writer, &analysed(1, "Ada Lovelace", None, date(2019, 1, 1), date(2019, 1, 1)));
    let pages: u32 = writer.connection().query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    writer.limit(pages + 8);
    let mut told = None;
    for n in 2..500 {
        let text: String = (0..3000).map(|k| char::from(b'a' + ((k * k + n * 7 + k / 3) % 26) as u8)).collect();
        if let Err(notice) = writer.write(|b| b.take_in(&incoming(&article(n, &format!("T{n}"), &text), None), NOW)) {
            told = Some((n, notice));
            break;
        }
    }
    let (failed, notice) = told.unwrap();
    assert_eq!(notice.what, "The disk is full");
    assert_eq!(find(&mut folder.reader(), "").len() as u64, failed - 1);
    writer.limit(1_000_000);
    add(&mut writer, &analysed(9000, "Ada Lovelace", None, date(2019, 1, 1), date(2019, 1, 1)));
    assert!(inspect(&folder.library()).unwrap().is_sound());
}

#[test]
fn a_damaged_page_is_told_and_the_rest_is_saved() {
    let folder = Folder::new("damage");
    let mut writer = folder.writer();
    writer
        .write(|b| {
            let feed = b.add_feed("http://a.example", "A")?.0;
            for n in 0..400 {
                let text = format!("Number {n} has words of its own: {}", "and more of them, ".repeat(50));
                b.take_in(&incoming(&article(n, &format!("T{n}"), &text), Some(feed)), NOW)?;
            }
            b.mark([ArticleKey(3), ArticleKey(300)], &Mark::Starred(true))?;
            Ok(())
        })
        .unwrap();
    writer.tidy().unwrap();
    let root: i64 = writer.connection().query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'body'", [], |row| row.get(0)).unwrap();
    let leaf: i64 = writer
        .connection()
        .query_row("SELECT pageno FROM dbstat WHERE name = 'body' AND pagetype = 'leaf' ORDER BY path LIMIT 1 OFFSET 3", [], |row| {
            row.get(0)
        })
        .unwrap_or(root + 1);
    drop(writer);
    let path = folder.library();
    let mut bytes = std::fs::read(&path).unwrap();
    let at = (usize::try_from(leaf).unwrap() - 1) * 8192;
    bytes[at..at + 8192].fill(0x5a);
    std::fs::write(&path, &bytes).unwrap();
    let health = inspect(&path).unwrap();
    assert!(!health.is_sound());
    let to = folder.0.join("saved.db");
    let saved = salvage(&path, &to).unwrap();
    assert!(saved.tables.iter().any(|t| t.2 > 0), "{saved:?}");
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
    assert!(inspect(&to).unwrap().is_sound(), "{:?}", inspect(&to));
    let mut reader = Reader::open(&to).unwrap();
    let kept = find(&mut reader, "words").len();
    assert!((300..400).contains(&kept), "{kept}");
    assert_eq!(find(&mut reader, "is:starred").len(), 2);
    assert_eq!(reader.snapshot(NOW).unwrap().feeds().unwrap()[0].articles, kept as u64);
    assert!(salvage(&path, &to).unwrap_err().to_string().contains("nothing is overwritten"));
}

/// The superuser may write into every folder, so what SQLite says to others is asked for by its number; `tests/it/store.rs` reads such a folder as somebody
/// else.
#[test]
fn where_no_file_can_be_made_beside_it_a_library_is_read_as_it_lies() {
    use rusqlite::ffi;
    let lacks_room = |code| super::reader::lacks_room(&rusqlite::Error::SqliteFailure(ffi::Error::new(code), None));
    for code in [ffi::SQLITE_CANTOPEN, ffi::SQLITE_READONLY, ffi::SQLITE_READONLY_CANTINIT, ffi::SQLITE_READONLY_DIRECTORY] {
        assert!(lacks_room(code), "{code}");
    }
    assert!(![ffi::SQLITE_NOTADB, ffi::SQLITE_CORRUPT, ffi::SQLITE_BUSY].into_iter().any(lacks_room));
    // What is not in the file yet would be missing.
    let folder = Folder::new("room");
    let path = folder.library();
    drop(folder.writer());
    assert!(!super::reader::is_logged(&path));
    std::fs::write(path.with_file_name("library.db-wal"), "changes").unwrap();
    assert!(super::reader::is_logged(&path));
}

#[test]
fn a_backup_is_a_library() {
    let folder = Folder::new("backup");
    let mut writer = folder.writer();
    add(&mut writer, &analysed(1, "Ada Lovelace", None, date(2019, 1, 1), date(2019, 1, 1)));
    let to = folder.0.join("copy.db");
    folder.reader().backup(&to).unwrap();
    assert!(writer.backup(&to).unwrap_err().to_string().contains("there already"));
    assert_eq!(find(&mut Reader::open(&to).unwrap(), "who:lovelace"), [1]);
    let nowhere = folder.reader().backup(&folder.0.join("none/copy.db")).unwrap_err();
    assert!(nowhere.what.starts_with("The copy"), "{nowhere}");
}

#[test]
fn what_was_decided_and_followed_outlives_damage() {
    let folder = Folder::new("salvaged-decisions");
    let mut writer = folder.writer();
    let made = |n: u64, name: &str| analysed(n, name, None, date(2019, 1, 1), date(2019, 1, 1));
    let (ada, karl) = (made(1, "Ada Lovelace"), made(2, "Karl Weiss"));
    let keys = [add(&mut writer, &ada), add(&mut writer, &karl)];
    let of = |reader: &mut Reader, n: usize| {
        let snapshot = reader.snapshot(NOW).unwrap();
        let key = snapshot.open(keys[n]).unwrap().unwrap().entities[0];
        snapshot.subject(key).unwrap()
    };
    let mut reader = folder.reader();
    let (first, second) = (of(&mut reader, 0), of(&mut reader, 1));
    writer
        .write(|b| {
            b.merge(second, first, NOW)?;
            b.rename(first, "The countess", NOW)?;
            b.save_search("All", Some("words"), NOW)?;
            b.watch(&Watched::Entity(first), true)?;
            b.watch(&Watched::Search("All".into()), false)
        })
        .unwrap();
    drop(writer);
    let to = folder.0.join("saved.db");
    salvage(&folder.library(), &to).unwrap();
    let Opened::Ours(mut writer) = Writer::open(&to, &Holder::this("the test")).unwrap() else { panic!("in use") };
    for (key, made) in keys.iter().zip([&ada, &karl]) {
        writer.write(|b| b.annotate(*key, VERSION, made)).unwrap();
    }
    let mut reader = Reader::open(&to).unwrap();
    assert_eq!(of(&mut reader, 0), of(&mut reader, 1), "they are one again");
    let snapshot = reader.snapshot(NOW).unwrap();
    let named = snapshot.meant("the countess", 2).unwrap();
    assert_eq!(snapshot.page(named[0].0).unwrap().unwrap().articles.count, 2);
    let watches = snapshot.watches().unwrap();
    assert_eq!(watches.iter().map(|w| (w.name.as_str(), w.announce)).collect::<Vec<_>>(), [("The countess", true), ("All", false)]);
}
