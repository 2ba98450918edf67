//! The library on the screen: keys in, screen out, with the true threads and a true library behind it.

use crate::cli::Folder;
use dateline::analysis;
use dateline::app::{self, Event, Report, Size, State, update};
use dateline::article::Article;
use dateline::config::{Config, Depth};
use dateline::jobs::shelf::Library;
use dateline::jobs::{Jobs, Reporter};
use dateline::store::{Choice, Holder, Incoming, Reader, Writer, stored_version};
use dateline::tui::draw;
use dateline::widgets::Paint;
use jiff::civil::date;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

/// How long a screen may take; generous, as it only bounds a failure.
const PATIENCE: Duration = Duration::from_secs(20);

/// A reader of a library.
pub(crate) struct Shelf {
    state: State,
    jobs: Jobs,
    reports: Receiver<Report>,
    area: Rect,
}

impl Shelf {
    pub(crate) fn open(path: &Path, columns: u16, rows: u16) -> Self {
        let actions: Vec<&str> = app::ACTIONS.iter().map(|a| a.name).collect();
        let (send, reports) = mpsc::channel();
        // How views become files is the command line's affair, and tested there.
        let export: dateline::jobs::shelf::Exporter = |_, of, format, _| Ok(format!("{of:?} as {}", format.name()));
        let library = Library { path: path.to_owned(), every: None, config: None, export };
        let jobs = Jobs::start(Some(&library), Reporter::new(move |report| drop(send.send(report)))).unwrap();
        let (mut state, effects) = State::with_library(Config::load(None, &actions));
        state.view.size = Size { columns, rows };
        let mut shelf = Self { state, jobs, reports, area: Rect::new(0, 0, columns, rows) };
        shelf.screen();
        effects.into_iter().for_each(|effect| shelf.jobs.run(effect));
        shelf
    }

    /// Lets files be saved in a folder.
    pub(crate) fn save_in(&mut self, folder: &str) {
        let mut config = (*self.state.config).clone();
        config.settings.out.save_folder = folder.to_owned();
        self.happen(Event::Report(Report::Configured(Box::new(config))));
    }

    fn happen(&mut self, event: Event) {
        for effect in update(&mut self.state, event) {
            self.jobs.run(effect);
        }
        self.screen();
    }

    pub(crate) fn keys(&mut self, keys: &str) -> &mut Self {
        for key in keys.split(' ') {
            self.happen(Event::Key(key.parse().unwrap()));
        }
        self
    }

    fn typed(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.keys(&if c == ' ' { "Space".to_owned() } else { c.to_string() });
        }
        self
    }

    pub(crate) fn screen(&mut self) -> String {
        let mut buffer = Buffer::empty(self.area);
        let paint = Paint::new(self.state.config.theme(true, Depth::None), Depth::None);
        draw(&mut self.state, &paint, self.area, &mut buffer);
        let rows = buffer.content().chunks(usize::from(self.area.width));
        rows.map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>().trim_end().to_owned())
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// Waits until the screen shows something; answers it.
    pub(crate) fn until(&mut self, shows: impl Fn(&str) -> bool) -> String {
        let end = Instant::now() + PATIENCE;
        loop {
            let screen = self.screen();
            if shows(&screen) {
                return screen;
            }
            match self.reports.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(report) => self.happen(Event::Report(report)),
                Err(_) => panic!("it never came:\n{screen}"),
            }
        }
    }

    pub(crate) fn sees(&mut self, text: &str) -> String {
        self.until(|screen| screen.contains(text))
    }
}

fn article(n: usize, site: &str, title: &str, text: &str) -> Article {
    let day = date(2019, 1, 21).checked_sub(jiff::Span::new().days(i64::try_from(n / 3).unwrap())).unwrap();
    let url = format!("https://{site}/{n}");
    let whole = format!("---\ntitle: {title}\npublished: {day}\nsite: {site}\nurl: {url}\n---\n{text}\n");
    dateline::source::read_nth(&dateline::source::Input::new(&url, whole.as_bytes()), 0)
}

fn add(writer: &mut Writer, n: usize, feed: &str, title: &str, text: &str) {
    publish(writer, (n, "paper.example"), feed, title, text);
}

/// Adds an article of a site; the larger its number, the older it is.
pub(crate) fn publish(writer: &mut Writer, (n, site): (usize, &str), feed: &str, title: &str, text: &str) {
    let article = article(n, site, title, text);
    let analysed = analysis::analyse(article.clone());
    writer
        .write(|batch| {
            let (feed, _) = batch.add_feed(feed, "")?;
            let incoming = Incoming { article: &article, feed: Some(feed), guid: None, raw: None, at: None };
            let (dateline::store::Arrival::New(key) | dateline::store::Arrival::Changed(key) | dateline::store::Arrival::Known(key)) =
                batch.take_in(&incoming, 1_700_000_000)?
            else {
                return Ok(());
            };
            batch.annotate(key, stored_version(analysis::VERSION), &analysed)
        })
        .unwrap();
}

/// A library that is gone after its test.
pub(crate) struct Stored {
    path: PathBuf,
    _folder: Folder,
}

impl std::ops::Deref for Stored {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.path
    }
}

/// A library of two feeds, one of them in a folder, with `more` articles beside the first three.
pub(crate) fn library(name: &str, more: usize) -> Stored {
    let folder = Folder::new(&format!("shelf-{name}"));
    let path = PathBuf::from(folder.path("library.db"));
    let mut writer = Writer::claim(&path, &Holder::this("the test")).unwrap();
    add(&mut writer, 0, "https://paper.example/feed", "The wall", "Ada Miller met Karl Weiss in Berlin. Miller said the wall had stood.");
    add(&mut writer, 1, "https://paper.example/feed", "The moon", "In Moscow, Ada Miller spoke about the moon.");
    add(&mut writer, 2, "https://blog.example/feed", "A garden", "Nothing happened in the garden, said Karl Weiss.");
    for n in 3..3 + more {
        add(&mut writer, n, "https://blog.example/feed", &format!("Post {n}"), &format!("Words of number {n}."));
    }
    writer
        .write(|batch| {
            let (paper, _) = batch.add_feed("https://paper.example/feed", "")?;
            let (blog, _) = batch.add_feed("https://blog.example/feed", "")?;
            batch.choose(paper, &Choice { name: Some("Paper".into()), folder: "news/world".into(), ..Choice::default() })?;
            batch.choose(blog, &Choice { name: Some("Blog".into()), ..Choice::default() })
        })
        .unwrap();
    Stored { path, _folder: folder }
}

#[test]
fn the_next_mention_lies_in_the_next_article_of_the_library() {
    let path = library("along", 0);
    let mut shelf = Shelf::open(&path, 140, 30);
    shelf.until(|s| s.contains("The wall") && s.contains("Blog"));
    shelf.keys("/").typed("title:wall").keys("Enter").until(|s| s.contains("1/1") && s.contains("The wall"));
    shelf.keys("Enter").until(|s| s.contains("Miller said the wall") && s.contains("People  2"));
    shelf.keys("] Enter n").sees("2 of 2");
    shelf.keys("n").sees("spoke about the moon");
    shelf.until(|s| s.contains("Ada Miller: 1 of 1"));
    shelf.keys("n").sees("Miller said the wall");
    shelf.keys("Ctrl-o").sees("spoke about the moon");
}

#[test]
fn the_list_of_unread_articles_stands_beside_the_tree() {
    let path = library("first", 0);
    let mut shelf = Shelf::open(&path, 110, 14);
    shelf.until(|s| s.contains("The wall") && s.contains("Blog"));
    insta::assert_snapshot!(shelf.screen());
    // Out to the tree and to the folder's feed, which is listed at once.
    shelf.keys("h j j j").until(|s| s.contains("1/2") && !s.contains("A garden"));
    insta::assert_snapshot!(shelf.screen());
}

#[test]
fn a_narrow_screen_shows_one_after_the_other() {
    let path = library("narrow", 0);
    let mut shelf = Shelf::open(&path, 60, 14);
    shelf.until(|s| s.contains("The wall"));
    insta::assert_snapshot!(shelf.screen());
    shelf.keys("h").sees("Blog");
    insta::assert_snapshot!(shelf.screen());
}

#[test]
fn opening_marks_read_and_all_marks_are_taken_back_in_their_order() {
    let path = library("marks", 0);
    let mut shelf = Shelf::open(&path, 120, 24);
    shelf.until(|s| s.contains("Unread") && s.contains("1/3"));
    shelf.keys("Enter").sees("Nothing happened in the garden");
    shelf.keys("Alt-1").until(|s| s.lines().any(|l| l.contains("Unread") && l.contains(" 2 ")));
    shelf.keys("j s").sees("★");
    shelf.keys("A").until(|s| !s.contains('●') && s.contains("articles marked"));
    shelf.keys("h").until(|s| s.lines().any(|l| l.contains("Starred")));
    shelf.keys("U").until(|s| s.matches('●').count() == 2);
    shelf.keys("U").until(|s| !s.contains('★'));
    // The open one keeps its own sign.
    shelf.keys("U").until(|s| s.matches('●').count() == 2 && s.lines().any(|l| l.contains("Unread") && l.contains(" 3 ")));
    let tally = Reader::open(&path).unwrap().snapshot(0).unwrap().tally().unwrap();
    assert_eq!((tally.unread, tally.starred), (3, 0));
}

#[test]
fn tags_stand_where_they_are_changed_and_over_the_text() {
    let path = library("tags", 0);
    let mut shelf = Shelf::open(&path, 120, 24);
    shelf.sees("1/3");
    shelf.keys("Enter").sees("Nothing happened in the garden");
    shelf.keys("t").typed("war later").keys("Enter").sees("Tagged: war later");
    shelf.sees("paper.example · #later #war");
    shelf.keys("t").sees("Tag: #later #war");
    shelf.typed("-w").keys("Tab Enter").sees("No longer tagged: war");
    shelf.until(|s| s.contains("paper.example · #later") && !s.contains("#war"));
    shelf.keys("U").sees("Undone: 1 article tagged war again");
    shelf.sees("paper.example · #later #war");
}

#[test]
fn a_query_completes_points_at_mistakes_and_is_kept_under_a_name() {
    let path = library("query", 0);
    let mut shelf = Shelf::open(&path, 120, 24);
    shelf.sees("1/3");
    shelf.keys("S").typed("whe").sees("names this place");
    shelf.keys("Tab").typed("mos").keys("Tab").sees("where:Moscow");
    shelf.keys("Enter").until(|s| s.contains("1/1") && s.contains("The moon"));
    shelf.keys("+").typed("Moon shots").keys("Enter").until(|s| s.contains("⌕ Moon shots"));
    shelf.keys("S Ctrl-u").typed("wo:x").keys("Enter").sees("there is no field 'wo'");
    shelf.keys("Esc h").until(|s| s.contains("Moon shots"));
    // Gone, and back again.
    shelf.keys("g j j j Delete").until(|s| !s.contains("⌕"));
    shelf.keys("U").sees("⌕ Moon shots");
}

#[test]
fn a_list_of_thousands_holds_a_window_of_itself() {
    let path = library("thousands", 2500);
    let mut shelf = Shelf::open(&path, 110, 24);
    shelf.sees("1/2,503");
    shelf.keys("G").until(|s| s.contains("2,503/2,503") && s.contains("Post 2502"));
    shelf.keys("PageUp PageUp PageUp PageUp PageUp PageUp PageUp PageUp PageUp PageUp").until(|s| s.matches("Post ").count() > 15);
    shelf.keys("g").until(|s| s.contains("1/2,503") && s.contains("The wall"));
    // The oldest first, then together by person.
    shelf.keys("Ctrl-r").until(|s| s.contains("oldest first") && s.contains("Post 2502"));
    shelf.keys("Ctrl-r V V").until(|s| s.contains("by person") && s.contains("Ada Miller"));
}

#[test]
fn while_another_program_writes_the_library_is_read_and_what_comes_waits() {
    let path = library("second", 0);
    let other = Holder { command: "the other one".to_owned(), ..Holder::reader() };
    let mut writer = Writer::claim(&path, &other).unwrap();
    let mut shelf = Shelf::open(&path, 120, 24);
    shelf.until(|s| s.contains("read only: the other one") && s.contains("A garden"));
    shelf.keys("s").sees("The library cannot be changed now");
    shelf.until(|s| !s.contains('★'));
    add(&mut writer, 0, "https://blog.example/feed", "Fresh", "Something new from Lima.");
    let screen = shelf.sees("1 new");
    assert!(!screen.contains("Fresh"), "{screen}");
    shelf.keys("i").until(|s| s.contains("Fresh") && !s.contains("1 new"));
    drop(writer);
    shelf.until(|s| !s.contains("read only"));
    shelf.keys("s").sees("★");
}

#[test]
fn a_command_writes_while_the_reader_is_open_and_marks_wait_for_it() {
    let path = library("turns", 0);
    let mut shelf = Shelf::open(&path, 120, 24);
    shelf.until(|s| s.contains("A garden") && !s.contains("read only"));
    // The reader has the right to write, and gives it to who waits for it.
    let mut writer = dateline::jobs::turn::claim(&path, &Holder::this("a command")).unwrap();
    shelf.until(|s| s.contains("read only: a command"));
    shelf.keys("s").sees("★");
    add(&mut writer, 0, "https://blog.example/feed", "Fresh", "Something new from Lima.");
    shelf.sees("1 new");
    // A command that writes for long lets in who waits.
    let starred = || {
        let mut reader = dateline::store::Reader::open(&path).unwrap();
        reader.snapshot(0).unwrap().tally().unwrap().starred
    };
    assert_eq!(starred(), 0);
    let begun = Instant::now();
    while starred() == 0 && begun.elapsed() < PATIENCE {
        dateline::jobs::turn::give_way(&mut writer).unwrap();
    }
    assert_eq!(starred(), 1);
    drop(writer);
    shelf.until(|s| !s.contains("read only"));
}

#[test]
fn a_removed_feed_comes_back() {
    let path = library("removed", 2);
    let mut shelf = Shelf::open(&path, 120, 24);
    shelf.until(|s| s.contains("A garden") && s.contains("Blog"));
    shelf.keys("h").typed("jjjjjj").sees("│ Blog");
    let counts = |path: &Path| {
        let mut reader = dateline::store::Reader::open(path).unwrap();
        let snapshot = reader.snapshot(0).unwrap();
        (snapshot.feeds().unwrap().len(), snapshot.tally().unwrap())
    };
    let before = counts(&path);
    shelf.keys("Delete Enter").sees("Removed, ");
    assert!(counts(&path).0 == 1 && counts(&path).1.articles < before.1.articles);
    shelf.keys("U").sees("the feed and its articles are back");
    assert_eq!(counts(&path), before);
}

#[test]
fn a_folder_is_added_and_watched() {
    let path = library("watched", 0);
    let folder = path.parent().unwrap().join("notes");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("one.txt"), "First note\n\nAda Miller wrote this in Lima.\n").unwrap();
    let mut shelf = Shelf::open(&path, 120, 24);
    shelf.sees("A garden");
    shelf.keys("a").typed(folder.to_str().unwrap()).keys("Enter").sees("1 new article in 1 feed");
    // What is written there comes in by itself.
    std::thread::sleep(Duration::from_millis(400));
    std::fs::write(folder.join("two.txt"), "Second note\n\nKarl Weiss wrote this in Quito.\n").unwrap();
    shelf.sees("1 new in notes");
}

#[test]
fn what_is_put_right_is_kept_and_holds_in_the_next_session() {
    let path = library("corrections", 0);
    let mut shelf = Shelf::open(&path, 120, 30);
    shelf.sees("1/3");
    shelf.keys("/").typed("title:wall").keys("Enter").until(|s| s.contains("1/1") && s.contains("The wall"));
    shelf.keys("Enter").sees("had stood");
    // The second mention is somebody else.
    shelf.keys("] ] ] ] x").sees("Split off from Ada Miller");
    let kept = |path: &Path| Reader::open(path).unwrap().snapshot(0).unwrap().corrections(None).unwrap();
    let end = Instant::now() + PATIENCE;
    while kept(&path).is_empty() && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(10));
    }
    drop(shelf);
    let mut again = Shelf::open(&path, 120, 30);
    again.sees("1/2");
    again.keys("/").typed("title:wall").keys("Enter").until(|s| s.contains("1/1") && s.contains("The wall"));
    again.keys("Enter").sees("had stood");
    assert_eq!(again.state.library.entries()[0].corrections.len(), 1);
    again.keys("Alt-3").sees("Miller");
    again.keys("Alt-2 U").sees("is not split off any more");
    let end = Instant::now() + PATIENCE;
    while !kept(&path).iter().all(|k| k.undone) && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(10));
    }
    assert!(kept(&path).iter().all(|k| k.undone));
}

#[test]
fn the_card_of_a_feed_is_changed_line_by_line() {
    let path = library("card", 0);
    let mut shelf = Shelf::open(&path, 110, 30);
    shelf.sees("Blog");
    shelf.keys("h G E").sees("Full text");
    shelf.keys("Enter Ctrl-u").typed("My blog").keys("Enter").sees("My blog");
    shelf.keys("j Enter").typed("own").keys("Enter").until(|s| s.contains("▾ own"));
    shelf.keys("j j Enter").sees("when asked for");
    shelf.keys("j Enter").typed("30").keys("Enter").sees("30 days");
    shelf.keys("Esc U U U U").until(|s| !s.contains("▾ own") && s.contains("Blog"));
}
