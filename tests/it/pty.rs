//! A few runs of the program in a true terminal: start, jump, resize, and how it leaves.

use crate::cli::Folder;
use dateline::analysis;
use dateline::article::Analysed;
use dateline::source::{Input, read_nth};
use dateline::store::{Arrival, Holder, Incoming, Writer, stored_version};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

/// How long a screen may take to show what is waited for; generous, as it only bounds a failure.
const PATIENCE: Duration = Duration::from_secs(20);

pub(super) struct Terminal {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    input: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    /// Everything that the program has written.
    pub(super) raw: Vec<u8>,
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

fn cells(n: u16) -> std::num::NonZero<u16> {
    n.try_into().unwrap()
}

impl Terminal {
    pub(super) fn start(args: &[&str], columns: u16, rows: u16) -> Self {
        Self::start_as("xterm-256color", size(columns, rows), args)
    }

    fn start_as(term: &str, size: PtySize, args: &[&str]) -> Self {
        let (columns, rows) = (size.cols, size.rows);
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_dateline"));
        command.args(args);
        command.env("TERM", term);
        command.env("LC_ALL", "C");
        for name in ["TERM_PROGRAM", "LC_TERMINAL", "TMUX", "SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"] {
            command.env_remove(name);
        }
        command.env("XDG_CONFIG_HOME", "/nonexistent");
        command.env("XDG_DATA_HOME", "/nonexistent");
        // No folder can be made there, whoever runs the test.
        command.env("XDG_STATE_HOME", "/dev/null");
        command.env_remove("NO_COLOR");
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (send, output) = mpsc::channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 8192];
            while let Ok(n @ 1..) = reader.read(&mut buffer) {
                if send.send(buffer[..n].to_vec()).is_err() {
                    break;
                }
            }
        });
        let input = pair.master.take_writer().unwrap();
        Self { master: pair.master, child, input, output, screen: vt100::Parser::new(cells(rows), cells(columns), 0), raw: Vec::new() }
    }

    fn take(&mut self, bytes: Vec<u8>) {
        self.screen.process(&bytes);
        self.raw.extend(bytes);
    }

    pub(super) fn keys(&mut self, keys: &str) {
        self.input.write_all(keys.as_bytes()).unwrap();
        self.input.flush().unwrap();
    }

    pub(super) fn text(&self) -> String {
        self.screen.screen().contents()
    }

    pub(super) fn wait(&mut self, what: &str, until: impl Fn(&str) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !until(&self.text()) {
            let left = end.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.take(bytes),
                Err(_) => panic!("{what} never came:\n{}", self.text()),
            }
        }
    }

    /// Waits until nothing has been written for a moment.
    pub(super) fn settle(&mut self) {
        while let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(40)) {
            self.take(bytes);
        }
    }

    /// Waits for the end; returns the exit code and reads what is still to be read.
    pub(super) fn end(&mut self) -> u32 {
        let end = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(Instant::now() < end, "it does not end:\n{}", self.text());
            std::thread::sleep(Duration::from_millis(5));
        };
        while let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(100)) {
            self.take(bytes);
        }
        assert_eq!(bells(&self.raw), 0, "a bell never rings");
        status.exit_code()
    }

    /// True where the terminal was given back: main screen, cursor shown, mouse and paste modes off.
    pub(super) fn restored(&self) -> bool {
        let screen = self.screen.screen();
        let mouse = screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None;
        !screen.alternate_screen() && !screen.hide_cursor() && mouse && !screen.bracketed_paste()
    }

    fn signal(&self, name: &str) {
        let pid = self.child.process_id().unwrap().to_string();
        assert!(std::process::Command::new("kill").args(["-s", name, &pid]).status().unwrap().success());
    }
}

/// How often the terminal was told to ring. Behind what is meant for the terminal itself (OSC: clipboard, background) the same byte is only its end.
fn bells(raw: &[u8]) -> usize {
    let (mut rings, mut command) = (0, false);
    for (byte, next) in raw.iter().zip(raw.iter().skip(1).chain([&0])) {
        match (byte, next) {
            (0x1b, b']') => command = true,
            (0x1b, b'\\') => command = false,
            (7, _) if command => command = false,
            (7, _) => rings += 1,
            _ => {}
        }
    }
    rings
}

#[test]
fn bells_are_told_from_ends_of_commands() {
    assert_eq!(bells(b"a\x07b\x1b]52;c;YQ==\x07\x1b]11;?\x1b\\\x07"), 2);
}

#[test]
fn what_is_typed_before_the_first_picture_is_understood() {
    let mut t = Terminal::start(&[], 120, 40);
    // The program has not taken the terminal yet, which makes a line feed of Enter.
    t.keys(":help\r");
    t.wait("the help", |s| s.contains("Keys · "));
    t.keys("\u{1b}");
    t.wait("the article", |s| !s.contains("Keys · "));
    t.keys("q");
    assert_eq!(t.end(), 0);
    assert!(t.restored());
}

#[test]
fn starts_with_the_samples_jumps_and_restores_the_terminal() {
    let mut t = Terminal::start(&[], 120, 40);
    t.wait("the panes", |s| s.contains("Articles") && s.contains("People") && s.contains("4 When"));
    assert!(t.screen.screen().alternate_screen());
    // The list of names, its first entry, its next mention.
    t.keys("\x1b3\r\r");
    t.wait("the trail", |s| s.contains(": 1 of "));
    t.keys("n");
    t.wait("the next mention", |s| s.contains(": 2 of ") || s.contains("article 2 of"));
    t.keys("q");
    assert_eq!(t.end(), 0);
    assert!(t.restored());
}

#[test]
fn every_size_of_the_terminal_is_served() {
    let mut t = Terminal::start(&[], 120, 40);
    t.wait("the panes", |s| s.contains("Articles"));
    for (columns, rows, shows) in [(80, 24, "2 Text"), (40, 10, "3 who"), (30, 8, "40×10"), (200, 60, "Said"), (100, 30, "Who & where")] {
        t.master.resize(size(columns, rows)).unwrap();
        t.screen.screen_mut().set_size(cells(rows), cells(columns));
        t.wait(shows, |s| s.contains(shows));
    }
    t.keys("q");
    assert_eq!(t.end(), 0);
}

#[test]
fn the_terminal_is_given_back_when_killed() {
    for (signal, code) in [("TERM", 128 + 15), ("INT", 128 + 2)] {
        let mut t = Terminal::start(&[], 100, 30);
        t.wait("the panes", |s| s.contains("Articles"));
        t.signal(signal);
        assert_eq!(t.end(), code);
        assert!(t.restored(), "{signal}");
    }
}

#[test]
fn it_stops_for_the_shell_and_comes_back() {
    let mut t = Terminal::start(&[], 100, 30);
    t.wait("the panes", |s| s.contains("Articles"));
    t.keys("\x1a");
    let end = Instant::now() + PATIENCE;
    while !t.restored() && Instant::now() < end {
        if let Ok(bytes) = t.output.recv_timeout(Duration::from_millis(100)) {
            t.take(bytes);
        }
    }
    assert!(t.restored());
    // The terminal is given back before the program stops, and a signal that comes in between is lost: it is sent until it is heard.
    let end = Instant::now() + PATIENCE;
    while !t.text().contains("Articles") && Instant::now() < end {
        t.signal("CONT");
        while let Ok(bytes) = t.output.recv_timeout(Duration::from_millis(100)) {
            t.take(bytes);
        }
    }
    t.wait("the panes again", |s| s.contains("Articles"));
    t.keys("q");
    assert_eq!(t.end(), 0);
}

#[test]
fn nothing_is_written_while_nothing_happens() {
    let mut t = Terminal::start(&[], 100, 30);
    t.wait("the panes", |s| s.contains("People"));
    while let Ok(bytes) = t.output.recv_timeout(Duration::from_millis(1500)) {
        t.take(bytes);
    }
    let before = t.raw.len();
    if let Ok(bytes) = t.output.recv_timeout(Duration::from_millis(600)) {
        panic!("{:?}", String::from_utf8_lossy(&bytes));
    }
    assert_eq!(t.raw.len(), before);
    t.keys("q");
    t.end();
}

#[test]
fn ten_thousand_pasted_keys_and_the_answer_on_the_background() {
    let mut t = Terminal::start(&[], 100, 30);
    t.wait("the panes", |s| s.contains("Articles"));
    t.keys("\x1b]11;rgb:ffff/ffff/ffff\x1b\\");
    t.keys(&"jk".repeat(5000));
    t.keys("?");
    t.wait("the help", |s| s.contains("any other key closes"));
    t.keys("\x1b");
    t.wait("the panes without the help", |s| !s.contains("any other key closes"));
    t.keys("q");
    assert_eq!(t.end(), 0);
}

#[test]
fn a_library_of_thousands_opens_moves_and_is_left() {
    let folder = Folder::new("pty-library");
    let path = PathBuf::from(folder.path("library.db"));
    let mut writer = Writer::claim(&path, &Holder::this("the test")).unwrap();
    writer
        .write(|batch| {
            let (feed, _) = batch.add_feed("https://letters.example/feed", "Letters")?;
            for n in 0..3000 {
                let text = format!("---\ntitle: Letter {n}\npublished: 2019-01-21\n---\nWords of letter {n}.\n");
                let article = read_nth(&Input::new("letter", text.as_bytes()), 0);
                let incoming = Incoming { article: &article, feed: Some(feed), guid: Some(&article.title), raw: None, at: None };
                if let Arrival::New(key) = batch.take_in(&incoming, 1_600_000_000)? {
                    // Nothing found is enough here, and spares the analysis.
                    let analysed = Analysed { article, ..Analysed::default() };
                    batch.annotate(key, stored_version(analysis::VERSION), &analysed)?;
                }
            }
            Ok(())
        })
        .unwrap();
    drop(writer);
    let library = path.to_str().unwrap();
    let mut t = Terminal::start(&["--library", library], 120, 30);
    t.wait("the list", |s| s.contains("Unread") && s.contains("/3,000") && s.contains("Letter "));
    t.keys("G");
    t.wait("its end", |s| s.contains("3,000/3,000"));
    t.keys("\r");
    t.wait("the article", |s| s.contains("Words of letter"));
    t.keys("q");
    assert_eq!(t.end(), 0);
    assert!(t.restored());
    let count = std::process::Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["--library", library, "search", "--count", "is:unread"])
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&count.stdout).trim(), "2999", "what was opened is read, and that was written before the end");
}

/// A PNG of 32 by 32 pixels that are the redder the lower they stand.
#[cfg(feature = "pictures")]
fn red() -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    let red = |y: u32| u8::try_from(y * 8).unwrap();
    image::RgbImage::from_fn(32, 32, |_, y| image::Rgb([red(y), 0, 0])).write_to(&mut out, image::ImageFormat::Png).unwrap();
    out.into_inner()
}

#[cfg(feature = "pictures")]
#[test]
fn a_picture_beside_the_article_is_shown_and_taken_away() {
    let folder = Folder::new("pty-picture");
    folder.bytes("red.png", &red());
    let path = folder.file("a.md", "# Red\n\nThe words come first.\n\n![A red square](red.png)\n\nAnd last.\n");
    // Half blocks, where the terminal does not say how large its cells are.
    let mut t = Terminal::start(&[&path], 80, 24);
    t.wait("the text", |s| s.contains("▣ A red square"));
    t.keys("P");
    t.wait("the picture", |s| s.contains("▄▄▄▄▄▄▄▄") && s.contains("Picture 1 of 1"));
    t.keys("\x1b");
    t.wait("the text again", |s| s.contains("The words come first.") && !s.contains('▄'));
    t.keys("q");
    assert_eq!(t.end(), 0);
    // kitty is sent the pixels once, and told to forget them at the end.
    let pixels = PtySize { rows: 24, cols: 80, pixel_width: 800, pixel_height: 480 };
    let mut t = Terminal::start_as("xterm-kitty", pixels, &[&path]);
    t.wait("the text", |s| s.contains("▣ A red square"));
    t.keys("P");
    t.wait("the picture", |s| s.contains('\u{10EEEE}'));
    t.keys("\x1b");
    t.wait("the text again", |s| s.contains("The words come first.") && !s.contains('\u{10EEEE}'));
    t.keys("P");
    t.wait("the picture again", |s| s.contains('\u{10EEEE}'));
    t.keys("\x1b");
    t.wait("the text again", |s| !s.contains('\u{10EEEE}'));
    t.keys("q");
    assert_eq!(t.end(), 0);
    let raw = String::from_utf8_lossy(&t.raw).into_owned();
    assert_eq!((raw.matches("a=T,U=1").count(), raw.matches("_Ga=d,d=I").count()), (1, 1));
}
