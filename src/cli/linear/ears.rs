//! What the conversation hears: what the jobs report, what is typed, and the wish to stop.

use super::command::Command;
use crate::app::Report;
use std::collections::VecDeque;
use std::io::{self, BufRead};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

/// The longest line that is read, in bytes.
const MAX_LINE: u64 = 4096;

/// Lines that are read before they are answered: who types ahead loses none, and a long file is not read into memory.
const AHEAD: usize = 64;

/// One thing that is heard.
pub(super) enum Heard {
    Report(Report),
    /// A line that was typed; `None` at the end of standard input.
    Line(Option<String>),
    /// Ctrl-C.
    Interrupt,
}

/// What a wait ended with.
pub(super) enum Word {
    Report(Report),
    /// Whoever waits has had enough.
    Stop,
    /// Nothing came in time.
    Silence,
}

/// Hears for a conversation. Lines that come while something is waited for are kept for later.
pub(super) struct Ears {
    heard: Receiver<Heard>,
    lines: VecDeque<Option<String>>,
    more: Sender<()>,
    /// Whether it has been said that an empty line stops what is waited for; elsewhere it is the next paragraph.
    offered: bool,
    /// Whether a line is being answered, so that the wish to stop is meant for that.
    answering: bool,
}

impl Ears {
    /// Listens to standard input and to Ctrl-C; `heard` gets the reports besides.
    pub(super) fn open((send, heard): (Sender<Heard>, Receiver<Heard>)) -> io::Result<Self> {
        let (more, wanted) = mpsc::channel();
        for _ in 0..AHEAD {
            let _ = more.send(());
        }
        let ears = Self { heard, lines: VecDeque::new(), more, offered: false, answering: false };
        interrupts(send.clone())?;
        std::thread::Builder::new().name("lines".to_owned()).spawn(move || read_lines(&send, &wanted))?;
        Ok(ears)
    }

    /// From now on until the next line is asked for, the wish to stop is heard.
    pub(super) fn answering(&mut self) {
        self.answering = true;
    }

    /// From now on until the next line is asked for an empty line stops what is waited for.
    pub(super) fn offer(&mut self) {
        self.offered = true;
    }

    /// The next report within `long`, or the wish to stop: Ctrl-C, the word for it, or where that was offered an empty line.
    pub(super) fn hear(&mut self, long: Duration) -> Word {
        if self.answering && self.lines.front().is_some_and(|line| line.as_deref().is_some_and(is_stop)) {
            self.lines.pop_front();
            let _ = self.more.send(());
            return Word::Stop;
        }
        let end = std::time::Instant::now() + long;
        loop {
            match self.heard.recv_timeout(end.saturating_duration_since(std::time::Instant::now())) {
                Ok(Heard::Report(report)) => return Word::Report(report),
                Ok(Heard::Interrupt) => return Word::Stop,
                Ok(Heard::Line(line)) if self.stops(line.as_deref()) => {
                    let _ = self.more.send(());
                    return Word::Stop;
                }
                Ok(Heard::Line(line)) => self.lines.push_back(line),
                Err(_) => return Word::Silence,
            }
        }
    }

    /// True for a line that is meant for what is waited for, and not to be answered later.
    fn stops(&self, line: Option<&str>) -> bool {
        // Behind lines that wait for their answer a line is meant for what they will bring.
        self.answering && self.lines.is_empty() && line.is_some_and(|line| (line.is_empty() && self.offered) || is_stop(line))
    }

    /// The next line to be answered, with the reports that come before it; `None` at the end of standard input, and after Ctrl-C.
    pub(super) fn line(&mut self, mut report: impl FnMut(Report)) -> Option<String> {
        (self.offered, self.answering) = (false, false);
        let line = self.lines.pop_front().unwrap_or_else(|| {
            loop {
                match self.heard.recv() {
                    Ok(Heard::Report(told)) => report(told),
                    Ok(Heard::Line(line)) => break line,
                    Ok(Heard::Interrupt) | Err(_) => break None,
                }
            }
        });
        let _ = self.more.send(());
        line
    }
}

fn is_stop(line: &str) -> bool {
    Command::read(line) == Ok(Command::Stop)
}

/// Sends lines, one for each that is wanted.
fn read_lines(send: &Sender<Heard>, wanted: &Receiver<()>) {
    while wanted.recv().is_ok() {
        let line = read_line();
        let over = line.is_none();
        if send.send(Heard::Line(line)).is_err() || over {
            return;
        }
    }
}

/// The next line of standard input; `None` at its end.
fn read_line() -> Option<String> {
    let mut bytes = Vec::new();
    let mut input = io::stdin().lock();
    let read = io::Read::take(&mut input, MAX_LINE).read_until(b'\n', &mut bytes).ok()?;
    (read > 0).then(|| String::from_utf8_lossy(&bytes).trim().to_owned())
}

/// Sends each Ctrl-C. A second one that comes soon after means the program, which may be busy and hear nothing.
#[cfg(unix)]
fn interrupts(send: Sender<Heard>) -> io::Result<()> {
    use signal_hook::{consts::SIGINT, low_level::emulate_default_handler};
    /// Within this time two are one wish.
    const SOON: Duration = Duration::from_millis(600);
    let mut signals = signal_hook::iterator::Signals::new([SIGINT])?;
    let wait = move || {
        let mut last: Option<std::time::Instant> = None;
        for signal in signals.forever() {
            if last.is_some_and(|at| at.elapsed() < SOON) || send.send(Heard::Interrupt).is_err() {
                let _ = emulate_default_handler(signal);
            }
            last = Some(std::time::Instant::now());
        }
    };
    std::thread::Builder::new().name("signals".to_owned()).spawn(wait).map(drop)
}

#[cfg(not(unix))]
fn interrupts(_: Sender<Heard>) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ears(offered: bool, heard: Vec<Heard>) -> Ears {
        let (send, receive) = mpsc::channel();
        heard.into_iter().for_each(|h| send.send(h).unwrap());
        Ears { heard: receive, lines: VecDeque::new(), more: mpsc::channel().0, offered, answering: true }
    }

    fn line(text: &str) -> Heard {
        Heard::Line(Some(text.to_owned()))
    }

    fn stopped(ears: &mut Ears) -> bool {
        matches!(ears.hear(Duration::ZERO), Word::Stop)
    }

    #[test]
    fn what_is_typed_ahead_is_answered_later() {
        let mut ears = ears(false, vec![line("list"), line(""), line("quit"), Heard::Line(None)]);
        assert!(matches!(ears.hear(Duration::ZERO), Word::Silence));
        let answered: Vec<_> = (0..4).map(|_| ears.line(|_| ())).collect();
        assert_eq!(answered, [Some("list".to_owned()), Some(String::new()), Some("quit".to_owned()), None]);
    }

    #[test]
    fn a_wait_is_stopped_by_a_word_by_an_empty_line_and_by_a_key() {
        for (offered, heard, stops) in
            [(true, "", true), (false, "", false), (false, "stop", true), (true, "STOP", true), (true, "list", false)]
        {
            assert_eq!(stopped(&mut ears(offered, vec![line(heard)])), stops, "{offered} {heard:?}");
        }
        assert!(stopped(&mut ears(false, vec![Heard::Interrupt])));
        // Behind another line an empty one is for the text that it opens.
        let mut heard = ears(true, vec![line("1"), line("")]);
        assert!(!stopped(&mut heard));
        assert_eq!([heard.line(|_| ()), heard.line(|_| ())], [Some("1".to_owned()), Some(String::new())]);
        // Typed before the wait began, it is heard as soon as that does.
        let mut heard = ears(false, vec![line("update"), line("stop"), line("list")]);
        assert!(!stopped(&mut heard));
        assert_eq!(heard.line(|_| ()), Some("update".to_owned()));
        assert!(!stopped(&mut heard), "nothing is being answered yet");
        heard.answering();
        assert!(stopped(&mut heard));
        assert_eq!(heard.line(|_| ()), Some("list".to_owned()));
    }

    #[test]
    fn where_nothing_is_waited_for_a_key_ends() {
        assert_eq!(ears(true, vec![Heard::Interrupt]).line(|_| ()), None);
    }
}
