//! Tests: what both sides did, against a server in memory; and both clients against a small server on the loopback address.

use super::*;
use crate::query;
use crate::store::{Choice, Holder, Mark, Order, Writer};
use std::path::PathBuf;

const NOW: i64 = 1_700_000_000;

/// A library in a folder of its own, gone afterwards.
struct Library(PathBuf);

impl Library {
    fn new(name: &str) -> (Self, Writer, Reader) {
        let folder = std::env::temp_dir().join(format!("dateline-sync-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        let path = folder.join("library.db");
        let writer = Writer::claim(&path, &Holder::this("test")).unwrap();
        let reader = Reader::open(&path).unwrap();
        (Self(folder), writer, reader)
    }
}

impl Drop for Library {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A server in memory.
#[derive(Default)]
struct Fake {
    feeds: Vec<Subscription>,
    items: Vec<Item>,
    /// Tags with the items that have them, where it keeps any.
    labels: Option<Vec<Tagged>>,
    /// It breaks off when it is to mark so many more times.
    patience: Option<usize>,
    asked: Vec<String>,
}

impl Server for Fake {
    fn subscriptions(&mut self) -> Result<Vec<Subscription>, Notice> {
        Ok(self.feeds.clone())
    }

    fn subscribe(&mut self, url: &str, title: &str, folder: &str) -> Result<(), Notice> {
        if url.contains("bad") {
            return Err(Notice::new("no feed there"));
        }
        let id = format!("f{}", self.feeds.len() + 1);
        self.feeds.push(Subscription { id, url: url.to_owned(), title: title.to_owned(), folder: folder.to_owned() });
        Ok(())
    }

    fn edit(&mut self, _: &Subscription, wanted: &Subscription) -> Result<(), Notice> {
        self.asked.push(format!("edit {} {} {}", wanted.id, wanted.title, wanted.folder));
        self.feeds.iter_mut().filter(|f| f.id == wanted.id).for_each(|f| f.clone_from(wanted));
        Ok(())
    }

    fn unsubscribe(&mut self, id: &str) -> Result<(), Notice> {
        self.feeds.retain(|f| f.id != id);
        Ok(())
    }

    fn items(&mut self, _: Option<&str>, known: &HashMap<String, Marks>, take: &mut Take<'_>) -> Result<String, Notice> {
        for item in &self.items {
            match known.get(&item.id) {
                None => take(vec![item.clone()])?,
                Some(marks) if *marks != item.marks => take(vec![Item { entry: None, ..item.clone() }])?,
                Some(_) => {}
            }
        }
        Ok("1".to_owned())
    }

    fn tags(&mut self) -> Result<Option<Vec<Tagged>>, Notice> {
        Ok(self.labels.clone())
    }

    fn tag(&mut self, tag: &str, on: bool, ids: &[&str]) -> Result<(), Notice> {
        let labels = self.labels.get_or_insert_default();
        if !labels.iter().any(|l| l.0 == tag) {
            labels.push((tag.to_owned(), Vec::new()));
        }
        for (_, items) in labels.iter_mut().filter(|l| l.0 == tag) {
            items.retain(|id| !ids.contains(&id.as_str()));
            items.extend(ids.iter().filter(|_| on).map(|id| (*id).to_owned()));
        }
        Ok(())
    }

    fn mark(&mut self, set: Set, ids: &[&str]) -> Result<(), Notice> {
        match &mut self.patience {
            Some(0) => return Err(Notice::new("the line is dead")),
            Some(n) => *n -= 1,
            None => {}
        }
        for item in self.items.iter_mut().filter(|i| ids.contains(&i.id.as_str())) {
            match set {
                Set::Read(on) => item.marks.read = on,
                Set::Starred(on) => item.marks.starred = on,
            }
        }
        Ok(())
    }
}

fn feed(id: &str, url: &str, folder: &str) -> Subscription {
    Subscription { id: id.to_owned(), url: url.to_owned(), title: id.to_uppercase(), folder: folder.to_owned() }
}

fn item(id: &str, feed: &str) -> Item {
    let entry = Foreign {
        feed: feed.to_owned(),
        url: format!("http://paper.example/{id}"),
        title: format!("Story {id}"),
        html: format!("<p>Story {id} is told here &amp; in {id} words.</p>"),
        published: Some(NOW - 1000),
        ..Foreign::default()
    };
    Item { id: id.to_owned(), marks: Marks::default(), changed: None, entry: Some(entry) }
}

fn sync(writer: &mut Writer, reader: &mut Reader, server: &mut dyn Server) -> Result<Summary, Notice> {
    run(writer, reader, server, "test ada", NOW, &mut |_| {})
}

fn keys(reader: &mut Reader, text: &str) -> Vec<ArticleKey> {
    let snapshot = reader.snapshot(NOW).unwrap();
    let found = snapshot.find(&query::parse(text).unwrap()).unwrap();
    snapshot.rows(&found, Order::Oldest, None, 100).unwrap().iter().map(|r| r.cursor.key).collect()
}

#[test]
fn tags_go_both_ways() {
    let (_folder, mut writer, mut reader) = Library::new("tags");
    let mut server = Fake { feeds: vec![feed("f1", "http://paper.example/feed", "")], ..Fake::default() };
    server.items = ["a", "b", "c"].map(|id| item(id, "f1")).to_vec();
    server.labels = Some(vec![("latam".to_owned(), vec!["a".to_owned(), "unknown".to_owned()])]);
    sync(&mut writer, &mut reader, &mut server).unwrap();
    assert_eq!(keys(&mut reader, "tag:latam"), keys(&mut reader, "\"story a\""));
    // Here one is tagged and one freed; there another one is tagged.
    let (a, b) = (keys(&mut reader, "\"story a\"")[0], keys(&mut reader, "\"story b\"")[0]);
    writer.write(|w| w.mark([b], &Mark::Tag("wall".into())).and_then(|_| w.mark([a], &Mark::Untag("latam".into())))).unwrap();
    server.labels.as_mut().unwrap()[0].1.push("c".to_owned());
    let second = sync(&mut writer, &mut reader, &mut server).unwrap();
    assert_eq!((second.taken, second.sent), (1, 2), "{second:?}");
    let there = server.labels.clone().unwrap();
    assert_eq!(there, [("latam".to_owned(), vec!["unknown".to_owned(), "c".to_owned()]), ("wall".to_owned(), vec!["b".to_owned()])]);
    assert_eq!(keys(&mut reader, "tag:latam"), keys(&mut reader, "\"story c\""));
    assert_eq!(sync(&mut writer, &mut reader, &mut server).unwrap(), Summary::default());
    // There it is taken away.
    server.labels.as_mut().unwrap()[1].1.clear();
    assert_eq!(sync(&mut writer, &mut reader, &mut server).unwrap().taken, 1);
    assert!(keys(&mut reader, "tag:wall").is_empty());
}

#[test]
fn articles_and_marks_go_both_ways() {
    let (_folder, mut writer, mut reader) = Library::new("both");
    let mut server = Fake { feeds: vec![feed("f1", "http://paper.example/feed", "News")], ..Fake::default() };
    server.items = ["a", "b", "c", "d"].map(|id| item(id, "f1")).to_vec();
    server.items[3].marks = Marks { read: true, starred: true };
    let first = sync(&mut writer, &mut reader, &mut server).unwrap();
    assert_eq!((first.new, first.taken, first.sent, first.feeds.added), (4, 0, 0, 1), "{first:?}");
    assert_eq!(keys(&mut reader, "is:read is:starred \"story d\"").len(), 1);
    assert_eq!(keys(&mut reader, "folder:news is:unread").len(), 3);
    assert_eq!(keys(&mut reader, "source:f1").len(), 4, "articles are of the feed that the server names");
    // Nothing happened on either side.
    assert_eq!(sync(&mut writer, &mut reader, &mut server).unwrap(), Summary::default());
    // Here one is read and one starred; there one is read, and the star of the last one goes.
    let (a, b) = (keys(&mut reader, "\"story a\""), keys(&mut reader, "\"story b\""));
    writer.write(|batch| batch.mark(a, &Mark::Read(true)).and_then(|_| batch.mark(b, &Mark::Starred(true)))).unwrap();
    server.items[2].marks.read = true;
    server.items[3].marks.starred = false;
    assert_eq!(reader.snapshot(NOW).unwrap().unsent().unwrap().len(), 2);
    let second = sync(&mut writer, &mut reader, &mut server).unwrap();
    assert_eq!((second.taken, second.sent), (2, 2), "{second:?}");
    let there: Vec<(bool, bool)> = server.items.iter().map(|i| (i.marks.read, i.marks.starred)).collect();
    assert_eq!(there, [(true, false), (false, true), (true, false), (true, false)]);
    assert_eq!(keys(&mut reader, "is:unread").len(), 1);
    assert_eq!(sync(&mut writer, &mut reader, &mut server).unwrap(), Summary::default());
}

#[test]
fn what_was_done_without_the_network_waits_and_the_later_change_holds() {
    let (_folder, mut writer, mut reader) = Library::new("wait");
    let mut server = Fake { feeds: vec![feed("f1", "http://paper.example/feed", "")], ..Fake::default() };
    server.items = ["a", "b"].map(|id| item(id, "f1")).to_vec();
    sync(&mut writer, &mut reader, &mut server).unwrap();
    let all = keys(&mut reader, "");
    writer.write(|b| b.mark(all.clone(), &Mark::Read(true)).and_then(|_| b.mark(all.clone(), &Mark::Starred(true)))).unwrap();
    // The line breaks after the read marks: the stars wait.
    server.patience = Some(1);
    assert!(sync(&mut writer, &mut reader, &mut server).is_err());
    let unsent = reader.snapshot(NOW).unwrap().unsent().unwrap();
    assert!(unsent.len() == 2 && unsent.iter().all(|u| u.before == Marks { read: true, starred: false }), "{unsent:?}");
    server.patience = None;
    assert_eq!(sync(&mut writer, &mut reader, &mut server).unwrap().sent, 2);
    // Unread here; there somebody took the star away, and says that it was later than that, of one article, and earlier, of the other.
    writer.write(|b| b.mark(all, &Mark::Read(false))).unwrap();
    for (item, when) in server.items.iter_mut().zip([i64::MAX, 1]) {
        item.marks.starred = false;
        item.changed = Some(when);
    }
    sync(&mut writer, &mut reader, &mut server).unwrap();
    let there: Vec<(bool, bool)> = server.items.iter().map(|i| (i.marks.read, i.marks.starred)).collect();
    assert_eq!(there, [(true, false), (false, false)], "the later one holds, and what only one side changed");
    assert_eq!(keys(&mut reader, "is:unread -is:starred").len(), 1);
    assert_eq!(keys(&mut reader, "is:read -is:starred").len(), 1);
}

#[test]
fn subscriptions_go_both_ways() {
    let (_folder, mut writer, mut reader) = Library::new("feeds");
    let mut server = Fake { feeds: vec![feed("f1", "https://one.example/feed", "News")], ..Fake::default() };
    let add = |writer: &mut Writer, url: &str, folder: &str| {
        let choice = Choice { folder: folder.to_owned(), name: Some(url.to_owned()), ..Choice::default() };
        writer.write(|b| b.add_feed(url, "").and_then(|(key, _)| b.choose(key, &choice).map(|()| key))).unwrap()
    };
    // The same feed in another writing, one that the server takes and one that it does not.
    let one = add(&mut writer, "http://one.example/feed/", "Mine");
    let two = add(&mut writer, "http://two.example/feed", "Mine");
    add(&mut writer, "http://bad.example/feed", "");
    let first = sync(&mut writer, &mut reader, &mut server).unwrap();
    assert_eq!((first.feeds.added, first.feeds.sent, first.problems.len()), (0, 1, 1), "{first:?}");
    assert_eq!(server.asked, ["edit f1 http://one.example/feed/ Mine"], "what the reader chose here holds the first time");
    assert_eq!(served(&mut reader, NOW).unwrap().len(), 2);
    // Renamed there, moved here, removed here, added there, removed there.
    server.asked.clear();
    server.feeds[0].title = "One".to_owned();
    let choice = Choice { folder: "Other".to_owned(), name: Some("http://one.example/feed/".to_owned()), ..Choice::default() };
    writer.write(|b| b.choose(one, &choice).and_then(|()| b.remove_feed(two, false, 0).map(drop))).unwrap();
    server.feeds.push(feed("f3", "http://three.example/feed", "News"));
    let second = sync(&mut writer, &mut reader, &mut server).unwrap();
    assert_eq!((second.feeds.added, second.feeds.unsubscribed), (1, 1), "{second:?}");
    let feeds = reader.snapshot(NOW).unwrap().feeds().unwrap();
    let shown: Vec<(&str, &str)> = feeds.iter().map(|f| (f.choice.folder.as_str(), f.shown())).collect();
    assert_eq!(shown, [("", "http://bad.example/feed"), ("News", "F3"), ("Other", "One")]);
    assert_eq!(server.asked, ["edit f1 One Other"]);
    server.feeds.retain(|f| f.id != "f3");
    assert_eq!(sync(&mut writer, &mut reader, &mut server).unwrap().feeds.removed, 1);
    // A server that suddenly has nothing is not believed.
    server.feeds.clear();
    assert!(sync(&mut writer, &mut reader, &mut server).unwrap_err().hint.contains("nothing was removed"));
    // Another server: everything begins anew, and nothing is lost.
    let mut other = Fake { feeds: vec![feed("x", "http://one.example/feed", "")], ..Fake::default() };
    run(&mut writer, &mut reader, &mut other, "other ada", NOW, &mut |_| {}).unwrap();
    assert_eq!(reader.snapshot(NOW).unwrap().feeds().unwrap().len(), 2);
}

#[cfg(feature = "network")]
mod wires {
    use super::*;
    use std::io::{BufRead, BufReader, Read, Write};
    use std::sync::{Arc, Mutex};

    type Log = Arc<Mutex<Vec<String>>>;

    /// Answers each request by `answer`, which gets method with path, headers and body; keeps what was asked.
    fn serve(answer: impl Fn(&str, &str, &str) -> (u16, String) + Send + 'static) -> (String, Log) {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let log = Log::default();
        let kept = log.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { return };
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                let mut head = Vec::new();
                let mut line = String::new();
                while reader.read_line(&mut line).is_ok_and(|n| n > 2) {
                    head.push(std::mem::take(&mut line).trim_end().to_owned());
                }
                let length = head.iter().find_map(|l| l.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok()).unwrap_or(0);
                let mut body = vec![0; length];
                reader.read_exact(&mut body).unwrap();
                let body = String::from_utf8(body).unwrap();
                let first = head.first().map(|l| l.trim_end_matches(" HTTP/1.1").to_owned()).unwrap_or_default();
                let (status, said) = answer(&first, &head.join("\n"), &body);
                kept.lock().unwrap().push(format!("{first} {body}").trim_end().to_owned());
                let _ = write!(stream, "HTTP/1.1 {status} X\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{said}", said.len());
            }
        });
        (base, log)
    }

    #[test]
    fn google_reader() {
        let (base, log) = serve(|asked, head, body| {
            let path = asked.split(' ').nth(1).unwrap_or("");
            if path.ends_with("/accounts/ClientLogin") {
                let known = body.contains("Email=ada&Passwd=p%26w");
                return if known { (200, "SID=x\nAuth=ada/key\n".into()) } else { (401, "Unauthorized!".into()) };
            }
            assert!(head.contains("authorization: GoogleLogin auth=ada/key"), "{head}");
            let ids = |list: &[&str]| {
                format!("{{\"itemRefs\":[{}]}}", list.iter().map(|i| format!("{{\"id\":\"{i}\"}}")).collect::<Vec<_>>().join(","))
            };
            let said = match path.trim_start_matches("/reader/api/0/") {
                "token" => "tok\n".into(),
                p if p.starts_with("subscription/list") => "{\"subscriptions\":[{\"id\":\"feed/5\",\"title\":\"Paper\",\"url\":\"http://paper.example/f\",\
                    \"categories\":[{\"id\":\"user/-/label/News\",\"label\":\"News\"}]}]}".into(),
                p if p.contains("starred") => ids(&["-1"]),
                p if p.contains("xt=") => ids(&["255"]),
                p if p.contains("ids") => ids(&["255", "-1"]),
                p if p.starts_with("stream/items/contents") => "{\"items\":[{\"id\":\"tag:google.com,2005:reader/item/00000000000000ff\",\"title\":\"Ada\",\
                    \"published\":1700000000,\"timestampUsec\":\"1700000500000000\",\"canonical\":[{\"href\":\"http://paper.example/1\"}],\
                    \"categories\":[\"user/-/state/com.google/reading-list\"],\"origin\":{\"streamId\":\"feed/5\"},\"summary\":{\"content\":\"<p>Ada came.</p>\"}},\
                    {\"id\":\"tag:google.com,2005:reader/item/ffffffffffffffff\",\"title\":\"Bob\",\"categories\":[\"user/1/state/com.google/read\"],\
                    \"alternate\":[{\"href\":\"http://paper.example/2\"}],\"origin\":{\"streamId\":\"feed/5\"},\"content\":{\"content\":\"Bob went.\"}}]}".into(),
                _ => "OK".into(),
            };
            (200, said)
        });
        assert!(greader::Greader::sign_in(&base, "ada", "wrong").err().unwrap().what.contains("does not accept"));
        let mut server = greader::Greader::sign_in(&base, "ada", "p&w").unwrap();
        let (_folder, mut writer, mut reader) = Library::new("greader");
        let first = sync(&mut writer, &mut reader, &mut server).unwrap();
        assert_eq!((first.new, first.feeds.added), (2, 1), "{first:?}");
        assert_eq!(keys(&mut reader, "\"ada came\" is:unread folder:news").len(), 1);
        let bob = keys(&mut reader, "\"bob went\" is:read is:starred");
        log.lock().unwrap().clear();
        writer.write(|b| b.mark(bob, &Mark::Starred(false))).unwrap();
        assert_eq!(sync(&mut writer, &mut reader, &mut server).unwrap().sent, 1);
        let asked = log.lock().unwrap().join("\n");
        assert!(asked.contains("&ot=1699914100"), "what is new is asked for from a day before the last: {asked}");
        let star = "edit-tag T=tok&r=user%2F-%2Fstate%2Fcom.google%2Fstarred&i=tag%3Agoogle.com%2C2005%3Areader%2Fitem%2Fffffffffffffffff";
        assert!(asked.contains(star), "{asked}");
        assert!(!asked.contains("contents"), "nothing that is known is asked for again: {asked}");
        // The feed goes into another folder, and out of all of them: it must not stay in the one that it was in.
        let edited = |writer: &mut Writer, reader: &mut Reader, server: &mut greader::Greader, folder: &str| {
            let feed = reader.snapshot(NOW).unwrap().feeds().unwrap().remove(0);
            writer.write(|b| b.choose(feed.key, &Choice { folder: folder.to_owned(), ..feed.choice.clone() })).unwrap();
            log.lock().unwrap().clear();
            sync(writer, reader, server).unwrap();
            log.lock().unwrap().iter().find_map(|a| a.split_once("subscription/edit ").map(|(_, form)| form.to_owned())).unwrap()
        };
        let of = "T=tok&ac=edit&s=feed%2F5&t=Paper";
        let [news, world] = ["News", "World"].map(|name| format!("user%2F-%2Flabel%2F{name}"));
        assert_eq!(edited(&mut writer, &mut reader, &mut server, "World"), format!("{of}&a={world}&r={news}"));
        // This server goes on saying that the feed lies in News, as if a reader had put it back there.
        sync(&mut writer, &mut reader, &mut server).unwrap();
        assert_eq!(edited(&mut writer, &mut reader, &mut server, ""), format!("{of}&r={news}"));
    }

    #[test]
    fn miniflux() {
        let (base, log) = serve(|asked, head, _| {
            if !head.to_lowercase().contains("x-auth-token: key") {
                return (401, "{\"error_message\":\"Access Unauthorized\"}".into());
            }
            let entry = |id: u32, status: &str, starred: bool| {
                format!(
                    "{{\"id\":{id},\"feed_id\":7,\"status\":\"{status}\",\"starred\":{starred},\"title\":\"Story {id}\",\"url\":\"http://paper.example/{id}\",\
                     \"content\":\"<p>Words of {id}.</p>\",\"published_at\":\"2023-11-14T22:00:00Z\",\"changed_at\":\"2023-11-14T22:13:20.5Z\"}}"
                )
            };
            let said = match asked.split_once("/v1/").map_or("", |(_, p)| p) {
                "feeds" => {
                    "[{\"id\":7,\"feed_url\":\"http://paper.example/f\",\"title\":\"Paper\",\"category\":{\"id\":1,\"title\":\"All\"}}]"
                        .into()
                }
                "entries/2" => entry(2, "unread", false),
                p if p.starts_with("entries?") && p.contains("after_entry_id=0") => {
                    format!(
                        "{{\"total\":3,\"entries\":[{},{},{}]}}",
                        entry(1, "read", false),
                        entry(2, "unread", false),
                        entry(3, "removed", false)
                    )
                }
                _ => String::new(),
            };
            (if said.is_empty() { 204 } else { 200 }, said)
        });
        let mut locked = miniflux::Miniflux::new(&base, "ada", "word");
        assert!(locked.subscriptions().unwrap_err().what.contains("does not accept"));
        let mut server = miniflux::Miniflux::new(&format!("{base}/"), "", "key");
        let (_folder, mut writer, mut reader) = Library::new("miniflux");
        let first = sync(&mut writer, &mut reader, &mut server).unwrap();
        assert_eq!((first.new, first.feeds.added), (2, 1), "{first:?}");
        let two = keys(&mut reader, "\"words of 2\" is:unread");
        writer.write(|b| b.mark(two.clone(), &Mark::Read(true)).and_then(|_| b.mark(two, &Mark::Starred(true)))).unwrap();
        log.lock().unwrap().clear();
        assert_eq!(sync(&mut writer, &mut reader, &mut server).unwrap().sent, 2);
        let asked = log.lock().unwrap().clone();
        assert!(asked.iter().any(|a| a.contains("changed_after=1699999999")), "{asked:?}");
        assert!(asked.iter().any(|a| a == "PUT /v1/entries {\"entry_ids\":[2],\"status\":\"read\"}"), "{asked:?}");
        assert!(asked.iter().any(|a| a == "PUT /v1/entries/2/bookmark"), "{asked:?}");
    }
}
