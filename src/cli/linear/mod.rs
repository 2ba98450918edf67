//! `dateline --linear`: the reader for screen readers and braille lines. No boxes and no colours: a line is typed, lines come back, one thing a line,
//! positions in words.

mod command;
mod ears;
mod shelf;
mod speak;

use super::{Outcome, out, settings};
use crate::app::shelf::Ask;
use crate::app::{Effect, Event, Listing, Report, State, Status, measure_map, measure_shelf, update, visit};
use crate::jobs::shelf::Library;
use crate::jobs::{Jobs, Reporter};
use crate::locale::tr;
use crate::notice::Notice;
use command::Command;
use ears::{Ears, Heard, Word};
use jiff::civil::Date;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// What there is to read.
pub(super) enum Input {
    /// Files and folders.
    Paths(Vec<PathBuf>),
    /// Articles that are in memory already: the samples.
    Ready(Listing),
    /// The library in this file.
    Library(PathBuf),
}

/// How long a list waits for the titles of its articles.
const PATIENCE: Duration = Duration::from_secs(3);

/// A library that has been silent for so long has said what it had to say.
const QUIET: Duration = Duration::from_millis(400);

/// How long anything else is waited for.
const MOST: Duration = Duration::from_secs(600);

/// How long what was stopped may take to end.
const ENDING: Duration = Duration::from_secs(3);

/// Reads lines from standard input and answers them, until `quit` or the end.
pub(super) fn run(config: Option<&std::path::Path>, input: Input, published: Option<Date>) -> Outcome {
    match Linear::start(config, input, published) {
        Ok(mut linear) => linear.converse(),
        Err(notice) => {
            out::complain(&notice);
            Outcome::Usage
        }
    }
}

struct Linear {
    state: State,
    jobs: Jobs,
    ears: Ears,
    place: speak::Place,
    /// True since a wait was stopped, until the next line is answered.
    stopped: bool,
}

impl Linear {
    fn start(config: Option<&std::path::Path>, input: Input, published: Option<Date>) -> Result<Self, Notice> {
        let (send, heard) = mpsc::channel();
        let failed = |e: io::Error| Notice::new(tr!("The reader cannot be started")).because(e);
        let config = settings::load(config);
        let library = match &input {
            Input::Library(path) => {
                Some(Library { path: path.clone(), every: None, config: config.dir.clone(), export: super::across::export::write })
            }
            _ => None,
        };
        let ears = Ears::open((send.clone(), heard)).map_err(failed)?;
        let reporter = Reporter::new(move |report| drop(send.send(Heard::Report(report))));
        let jobs = Jobs::start(library.as_ref(), reporter).map_err(failed)?;
        let (state, effects) = match input {
            Input::Paths(paths) => State::new(config, paths, published),
            Input::Library(_) => {
                let (mut state, effects) = State::with_library(config);
                if let Some(shelf) = &mut state.view.shelf {
                    measure_shelf(shelf, speak::PAGE, speak::PAGE, 0);
                }
                (state, effects)
            }
            Input::Ready(listing) => {
                let (mut state, _) = State::new(config, Vec::new(), published);
                let effects = update(&mut state, Event::Report(Report::Listed(listing)));
                (state, effects)
            }
        };
        let mut linear = Self { state, jobs, ears, place: speak::Place::default(), stopped: false };
        linear.run(effects);
        linear.settle();
        Ok(linear)
    }

    /// Waits a little until the articles that are to be listed have been read, so that they have their titles.
    fn wait_for_titles(&mut self, from: usize) {
        self.wait_at_most(PATIENCE, |state| speak::page(state, from).any(|(_, entry)| entry.status == Status::Listed));
    }

    fn run(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            self.jobs.run(effect);
        }
    }

    fn take(&mut self, report: Report) {
        let effects = update(&mut self.state, Event::Report(report));
        self.run(effects);
    }

    /// Waits for what the reader waits for: the list, and the article that is being read in. The index may go on.
    fn settle(&mut self) {
        self.wait_while(|state| state.progress.scanning || state.arriving().is_some() || shelf::is_coming(state));
        while let Word::Report(report) = self.ears.hear(Duration::ZERO) {
            self.take(report);
        }
    }

    /// Takes in reports as long as something is so, and more of them may come.
    fn wait_while(&mut self, waits: impl Fn(&State) -> bool) {
        self.wait_at_most(MOST, waits);
    }

    fn wait_at_most(&mut self, long: Duration, waits: impl Fn(&State) -> bool) {
        let mut end = Instant::now() + long;
        while waits(&self.state) {
            match self.ears.hear(end.saturating_duration_since(Instant::now())) {
                Word::Report(report) => self.take(report),
                Word::Stop if !self.stopped => {
                    self.stop();
                    end = end.min(Instant::now() + ENDING);
                }
                Word::Stop | Word::Silence => return,
            }
        }
    }

    /// Stops what is being fetched or looked for.
    fn stop(&mut self) {
        self.stopped = true;
        let mut effects = Vec::new();
        if self.state.view.shelf.is_some() {
            effects.push(Effect::Shelf(Ask::StopRefresh));
        }
        if self.state.progress.fetching.is_some() {
            effects.push(Effect::StopFetching);
        }
        if self.state.progress.scanning {
            effects.push(Effect::StopScan);
        }
        self.run(effects);
    }

    /// Takes in reports until none has come for a while, or for as long as a list waits for its titles.
    fn rest(&mut self) {
        let end = Instant::now() + PATIENCE;
        while let Word::Report(report) = self.ears.hear(QUIET) {
            self.take(report);
            if Instant::now() > end {
                return;
            }
        }
    }

    fn converse(&mut self) -> Outcome {
        let prompt = io::stdin().is_terminal();
        let mut lines = speak::greeting(&self.state);
        loop {
            if let Some(notice) = self.state.notice.take() {
                lines.push(notice.to_string());
            }
            if let Err(error) = say(&lines, prompt) {
                return out::stopped(&error);
            }
            let mut told = Vec::new();
            let Some(line) = self.ears.line(|report| told.push(report)) else { return Outcome::Done };
            told.into_iter().for_each(|report| self.take(report));
            self.settle();
            self.stopped = false;
            self.ears.answering();
            lines = match Command::read(&line) {
                Ok(Command::Quit) => return Outcome::Done,
                Ok(command) => self.answer(&command),
                Err(says) => vec![says],
            };
            if self.stopped {
                lines.insert(0, tr!("Stopped.").to_owned());
            }
        }
    }

    fn answer(&mut self, command: &Command) -> Vec<String> {
        if let Some(lines) = self.of_library(command) {
            return lines;
        }
        let article = match command {
            Command::Open(n) => n.checked_sub(1),
            Command::NextArticle | Command::PreviousArticle => {
                let here = self.state.open.as_ref().map_or(0, |o| o.id.0 as usize);
                if *command == Command::NextArticle { Some(here + 1) } else { here.checked_sub(1) }
            }
            Command::Places => {
                // The map gathers its places when it is given room, of any size: it is not drawn.
                measure_map(&mut self.state, 80, 24, |_| None);
                return speak::answer(&self.state, &mut self.place, command);
            }
            Command::Stop => return vec![tr!("Nothing is being fetched.").to_owned()],
            Command::List(from) => {
                self.wait_for_titles(*from);
                return speak::answer(&self.state, &mut self.place, command);
            }
            _ => return speak::answer(&self.state, &mut self.place, command),
        };
        let Some(id) = article.and_then(|n| speak::article(&self.state, n)) else {
            return vec![tr!("There is no such article.").to_owned()];
        };
        let effects = visit(&mut self.state, id);
        self.run(effects);
        self.settle();
        self.place = speak::Place::default();
        speak::opened(&self.state, id)
    }
}

/// Prints the lines, and a sign that another one can be typed where somebody types.
fn say(lines: &[String], prompt: bool) -> io::Result<()> {
    let mut out = out::stdout();
    for line in lines {
        writeln!(out, "{line}")?;
    }
    if prompt {
        write!(out, "> ")?;
    }
    out.flush()
}
