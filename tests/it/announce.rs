//! What is new of whom the reader follows is announced: once, in one line, by the terminal or a command of the reader's choice, from the reader and from cron.

use super::pty::Terminal;
use super::store::Library;
use std::path::Path;
use std::time::{Duration, Instant};

/// A library of a folder with one article, in which Ada Miller is followed, announced or not.
fn followed(name: &str, announce: bool) -> Library {
    let library = Library::new(name);
    note(&library, "one", "The wall", "Ada Miller met Karl Weiss in Berlin.");
    library.done(&["add", &library.folder.path("news")]);
    let add = ["watch", "add", "ada miller", "--announce"];
    library.done(&add[..if announce { 4 } else { 3 }]);
    library
}

fn note(library: &Library, file: &str, title: &str, text: &str) {
    let text = format!("---\ntitle: {title}\npublished: 2019-01-22\nsite: one.example\n---\n{text}\n");
    library.folder.file(&format!("news/{file}.txt"), &text);
}

/// The announcements among what a program has written to its terminal.
fn announced(raw: &[u8]) -> Vec<String> {
    let raw = String::from_utf8_lossy(raw);
    let sequences = raw.split("\x1b]").skip(1).filter(|s| s.starts_with("9;") || s.starts_with("777;"));
    sequences.map(|s| s.split("\x1b\\").next().unwrap_or_default().to_owned()).collect()
}

/// A reader of the library that has looked at its folder once more and found a new article.
fn reader(library: &Library, config: &[&str]) -> Terminal {
    let path = library.folder.path("library.db");
    let mut t = Terminal::start(&[&["--library", path.as_str()][..], config].concat(), 120, 30);
    t.wait("the list", |s| s.contains("The wall"));
    note(library, "two", "The moon", "Ada Miller spoke about the moon; so did Ada Miller the day before.");
    note(library, "three", "A garden", "Nothing happened in the garden, said Karl Weiss.");
    t.keys("R");
    t.wait("what is new", |s| s.contains("2 new"));
    t
}

/// Reads on until something holds, or for a moment where nothing is to come.
fn on(t: &mut Terminal, until: impl Fn(&Terminal) -> bool) {
    let end = Instant::now() + Duration::from_secs(20);
    while !until(t) && Instant::now() < end {
        t.settle();
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn the_terminal_announces_once_what_is_new_and_rings_no_bell() {
    let library = followed("announce-osc", true);
    let mut t = reader(&library, &[]);
    on(&mut t, |t| !announced(&t.raw).is_empty());
    // Another look finds nothing, and a title is no way to the terminal.
    t.keys("R");
    t.wait("nothing new", |s| s.contains("Nothing new in"));
    t.settle();
    std::thread::sleep(Duration::from_millis(1500));
    t.settle();
    assert_eq!(announced(&t.raw), ["9;dateline: 1 new of Ada Miller"]);
    assert!(!t.raw.contains(&0x07));
    note(&library, "four", "The sea", "Ada Miller went to the sea.");
    t.keys("R");
    on(&mut t, |t| announced(&t.raw).len() > 1);
    assert_eq!(announced(&t.raw).len(), 2, "what came later is announced by itself");
    t.keys("q");
    assert_eq!(t.end(), 0);
}

#[test]
fn nothing_is_announced_that_the_reader_does_not_want_announced() {
    let library = followed("announce-off", false);
    let mut t = reader(&library, &[]);
    t.wait("it is counted", |s| s.contains("◆"));
    std::thread::sleep(Duration::from_millis(1500));
    t.settle();
    assert_eq!(announced(&t.raw), [] as [&str; 0]);
    t.keys("q");
    assert_eq!(t.end(), 0);
}

/// A configuration whose command adds its arguments to a file, a line for each run; and the file.
fn command(library: &Library) -> (String, String) {
    let said = library.folder.path("said");
    let line = format!("announce-command = [\"/bin/sh\", \"-c\", \"echo \\\"$#:$1\\\" >> {said}\", \"sh\"]\n");
    let file = library.folder.file("config/config.toml", &line);
    (Path::new(&file).parent().unwrap().to_str().unwrap().to_owned(), said)
}

#[test]
fn a_command_announces_in_the_place_of_the_terminal() {
    let library = followed("announce-command", true);
    let (config, said) = command(&library);
    let mut t = reader(&library, &["--config", &config]);
    let lines = || std::fs::read_to_string(&said).unwrap_or_default();
    on(&mut t, |_| !lines().is_empty());
    std::thread::sleep(Duration::from_millis(1500));
    t.settle();
    assert_eq!(lines(), "1:1 new of Ada Miller\n");
    t.wait("what the look has found, and no word of the command", |s| s.contains("2 new") && !s.contains("Started"));
    assert_eq!(announced(&t.raw), [] as [&str; 0]);
    t.keys("q");
    assert_eq!(t.end(), 0);
}

#[test]
fn fetch_announces_by_the_command_of_the_configuration_or_its_own_or_in_a_line() {
    let library = followed("announce-fetch", true);
    let (config, said) = command(&library);
    note(&library, "two", "The moon", "Ada Miller spoke about the moon.");
    library.done(&["--config", &config, "fetch"]);
    library.done(&["--config", &config, "fetch"]);
    assert_eq!(std::fs::read_to_string(&said).unwrap(), "1:1 new of Ada Miller\n");
    let own = library.folder.path("own");
    let script = library.folder.file("own.sh", &format!("echo \"$1\" > {own}\n"));
    note(&library, "four", "The lake", "Ada Miller went to the lake.");
    library.done(&["--config", &config, "fetch", "--announce-with", &format!("sh {script}")]);
    assert_eq!(std::fs::read_to_string(&own).unwrap(), "1 new of Ada Miller\n");
    // From cron, without a command, it is a plain line on standard error.
    note(&library, "five", "The river", "Ada Miller went to the river.");
    let output = library.run(&["fetch"]);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "dateline: 1 new of Ada Miller\n");
}
