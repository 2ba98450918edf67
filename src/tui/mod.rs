//! The terminal: on and off, keys and mouse in, pictures out, and the one loop.

mod background;
mod draw;
mod events;
mod layout;
mod look;
pub mod pictures;
mod probe;
mod signals;
mod terminal;

pub use draw::{draw, pictures as picture_places};
pub use layout::{Screen, Slot, hit, screen};
pub use look::{depth, paint};
pub use probe::{Seen, look_at_terminal};

use crate::app::{Alarm, Edge, Effect, Event, Hit, Listing, Mouse, Overlay, Report, Session, Size, State, update};
use crate::config::Config;
use crate::jobs::shelf::{Exporter, Library};
use crate::jobs::{Jobs, Reporter};
use crate::locale::tr;
use crate::notice::Notice;
use crate::widgets::Paint;
use events::Input as Inbox;
use pictures::Gallery;
use ratatui::layout::{Position, Rect};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};
use terminal::Terminal;

/// What the reader wants to read.
#[derive(Debug)]
pub enum Input {
    /// Files and folders.
    Paths(Vec<PathBuf>),
    /// Articles that are in memory already, the samples; and where a library can be begun.
    Ready(Listing, Option<PathBuf>),
    /// The library in this file.
    Library(PathBuf),
}

/// The first picture waits this long for the first article, so that it need not be drawn twice.
const FIRST_PICTURE: Duration = Duration::from_millis(15);

/// Events that are taken in before the screen is drawn again.
const MAX_BURST: usize = 4096;

/// Opens the screen and reads until the reader leaves. Returns the exit code, and what the session leaves for the next one.
/// `published` is the day of all articles, before what they say; `session` is what an earlier one left; `export` writes views of the library.
///
/// # Errors
/// Where standard output is no terminal that can show the panes, or the system gives no threads.
pub fn run(
    mut config: Config,
    (input, export): (Input, Exporter),
    published: Option<jiff::civil::Date>,
    session: Option<Session>,
) -> Result<(u8, Session), Notice> {
    terminal::check()?;
    settle(&mut config);
    let (send, events) = mpsc::channel::<Inbox>();
    let failed = |e: std::io::Error| Notice::new(tr!("The screen cannot be opened")).because(e);
    let report = send.clone();
    let library = place(&config, &input, export).filter(|_| matches!(input, Input::Library(_)));
    let jobs = Jobs::start(library.as_ref(), Reporter::new(move |r| drop(report.send(Inbox::Event(Event::Report(settled(r)))))))
        .map_err(failed)?;
    let welcome = matches!(input, Input::Ready(..));
    let place = place(&config, &input, export);
    let mut session = session;
    let (mut state, effects) = match input {
        Input::Paths(paths) => State::new(config, paths, published),
        Input::Library(_) => match session.take() {
            Some(session) => State::resumed_library(config, session),
            None => State::with_library(config),
        },
        Input::Ready(listing, _) => {
            let (state, _) = State::new(config, Vec::new(), published);
            let _ = send.send(Inbox::Event(Event::Report(Report::Listed(listing))));
            (state, Vec::new())
        }
    };
    match session {
        Some(session) => state.resume(session),
        None if welcome => state.overlay = Overlay::Welcome,
        None => {}
    }
    for effect in effects {
        jobs.run(effect);
    }
    if let Some(dir) = state.config.dir.clone() {
        jobs.watch(dir);
    }
    let mouse = state.config.settings.mouse;
    // Before the screen is taken over, so that no change of its size is missed.
    signals::forward(&send).map_err(failed)?;
    let mut terminal = Terminal::open(mouse).map_err(failed)?;
    state.view.size = terminal.size();
    state.view.dark = state.config.settings.grounds.background.is_dark(look::dark(|name| std::env::var(name).ok()));
    let done = send.clone();
    let gallery = Gallery::start(look::pictures(&state), move |drawn| drop(done.send(Inbox::Drawn(drawn)))).map_err(failed)?;
    let (config, dark) = (Arc::clone(&state.config), state.view.dark);
    let outcome = Loop { jobs, events, paint: look::paint(&state), dark, config, gallery, place, alarms: Vec::new(), edge: None }.read(
        &mut state,
        &mut terminal,
        &send,
    );
    drop(terminal);
    outcome.map_err(failed)?;
    Ok((state.quit.unwrap_or(0), state.session()))
}

/// Where the library is, or can be, and how often its feeds are looked at.
fn place(config: &Config, input: &Input, export: Exporter) -> Option<Library> {
    let (Input::Library(path) | Input::Ready(_, Some(path))) = input else { return None };
    let minutes = u64::from(config.settings.shelf.refresh_minutes);
    let every = (minutes > 0).then(|| Duration::from_secs(minutes * 60));
    Some(Library { path: path.clone(), every, config: config.dir.clone(), export })
}

struct Loop {
    jobs: Jobs,
    events: Receiver<Inbox>,
    paint: Paint,
    /// What the paint was made for.
    dark: bool,
    gallery: Gallery,
    config: Arc<Config>,
    /// Where a library can be begun.
    place: Option<Library>,
    /// When the state wants to be woken, one alarm of each kind.
    alarms: Vec<(Instant, Alarm)>,
    /// The edge between panes that the mouse holds.
    edge: Option<Edge>,
}

impl Loop {
    /// Waits for events, lets them happen, and draws; until the state says that it is over.
    fn read(&mut self, state: &mut State, terminal: &mut Terminal, send: &mpsc::Sender<Inbox>) -> std::io::Result<()> {
        self.first(state, terminal)?;
        self.picture(state, terminal)?;
        // The keyboard is read, and the terminal asked for its background, only now: nothing delays the first picture.
        events::forward(send)?;
        terminal.ask_background()?;
        while state.quit.is_none() {
            let Some(event) = self.next() else { break };
            let mut next = Some(event);
            let mut burst = 0;
            while let Some(event) = next {
                self.happen(state, event, terminal)?;
                burst += 1;
                next = if burst < MAX_BURST && state.quit.is_none() { self.events.try_recv().ok() } else { None };
            }
            if state.quit.is_none() {
                self.picture(state, terminal)?;
            }
        }
        terminal.tell(&self.gallery.farewell())
    }

    /// The next event, or the next alarm where that comes first; `None` once nobody can send any more.
    fn next(&mut self) -> Option<Inbox> {
        let Some((n, &(at, alarm))) = self.alarms.iter().enumerate().min_by_key(|(_, (at, _))| *at) else { return self.events.recv().ok() };
        match self.events.recv_timeout(at.saturating_duration_since(Instant::now())) {
            Ok(event) => Some(event),
            Err(mpsc::RecvTimeoutError::Timeout) => {
                self.alarms.remove(n);
                Some(Inbox::Event(Event::Wake(alarm)))
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => None,
        }
    }

    /// Gives the first article a moment to come in.
    fn first(&mut self, state: &mut State, terminal: &mut Terminal) -> std::io::Result<()> {
        let deadline = Instant::now() + FIRST_PICTURE;
        let waits =
            |state: &State| state.view.shelf.as_ref().map_or(state.open.is_none(), |s| s.list.is_coming() || s.tree.nodes.is_empty());
        while waits(state) && state.quit.is_none() {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.events.recv_timeout(left) {
                Ok(event) => self.happen(state, event, terminal)?,
                Err(_) => break,
            }
        }
        Ok(())
    }

    fn happen(&mut self, state: &mut State, event: Inbox, terminal: &mut Terminal) -> std::io::Result<()> {
        let event = match event {
            Inbox::Event(event) => event,
            Inbox::Drawn(drawn) => {
                self.gallery.take(drawn);
                return Ok(());
            }
            Inbox::Mouse(mouse) => match pointed(state, mouse, &mut self.edge) {
                Some(mouse) => Event::Mouse(mouse),
                None => return Ok(()),
            },
        };
        if let Event::Resize(size) = event {
            if size == terminal.size() {
                return Ok(());
            }
            terminal.resize(size)?;
            self.gallery.set(look::pictures(state));
            self.gallery.retell();
        }
        for effect in update(state, event) {
            match effect {
                Effect::Suspend => {
                    terminal.tell(&self.gallery.farewell())?;
                    terminal.suspend()?;
                    state.view.size = terminal.size();
                }
                Effect::Redraw => {
                    terminal.forget()?;
                    self.gallery.retell();
                }
                Effect::Begin => self.begin(state),
                Effect::Copy(text) => terminal.copy(&text)?,
                Effect::Announce(line) => terminal.announce(&line)?,
                Effect::Wake(after, alarm) => {
                    self.alarms.retain(|(_, other)| !alarm.replaces(*other));
                    self.alarms.push((Instant::now() + after, alarm));
                }
                effect => self.jobs.run(effect),
            }
        }
        Ok(())
    }

    /// Makes a library where there was none.
    fn begin(&mut self, state: &mut State) {
        let begun = match &self.place {
            Some(place) => self.jobs.begin(place),
            None => Err(Notice::new(tr!("There is no place for a library")).because(tr!("there is no home folder"))),
        };
        if let Err(notice) = begun {
            state.notice = Some(notice);
        }
    }

    fn picture(&mut self, state: &mut State, terminal: &mut Terminal) -> std::io::Result<()> {
        if state.view.dark != self.dark || !Arc::ptr_eq(&state.config, &self.config) {
            (self.paint, self.dark, self.config) = (look::paint(state), state.view.dark, Arc::clone(&state.config));
            self.gallery.set(look::pictures(state));
        }
        let (paint, gallery) = (&self.paint, &mut self.gallery);
        terminal.draw(|area, buffer| {
            draw(state, paint, area, buffer);
            gallery.show(&picture_places(state, area), buffer)
        })
    }
}

/// Where nothing is said about pictures, the terminal and the way to it decide.
fn settle(config: &mut Config) {
    config.settings.pictures = pictures::when(config.settings.pictures, |name| std::env::var(name).ok());
}

/// A report in which that is decided: the configuration may have been written anew.
fn settled(mut report: Report) -> Report {
    if let Report::Configured(config) = &mut report {
        settle(config);
    }
    report
}

/// What the mouse points at.
fn pointed(state: &State, mouse: crossterm::event::MouseEvent, held: &mut Option<Edge>) -> Option<Mouse> {
    use crossterm::event::{MouseButton, MouseEventKind};
    let Size { columns, rows } = state.view.size;
    let area = Rect::new(0, 0, columns, rows);
    let at = Position { x: mouse.column, y: mouse.row };
    let wheel = |rows| layout::pane_at(state, area, at).map(|(pane, column)| Mouse::Wheel { pane, column, rows });
    let notch = i32::from(state.config.settings.wheel_lines);
    if let (MouseEventKind::Drag(MouseButton::Left), Some(edge)) = (mouse.kind, *held) {
        return Some(Mouse::Pull { edge, column: at.x, row: at.y });
    }
    *held = None;
    match mouse.kind {
        MouseEventKind::ScrollDown => wheel(notch),
        MouseEventKind::ScrollUp => wheel(-notch),
        MouseEventKind::Down(MouseButton::Left) => {
            let hit = layout::hit(state, area, at);
            *held = if let Some(Hit::Edge(edge)) = hit { Some(edge) } else { None };
            hit.map(Mouse::Click)
        }
        MouseEventKind::Drag(MouseButton::Left) => layout::hit(state, area, at).map(Mouse::Drag),
        MouseEventKind::Moved | MouseEventKind::Up(MouseButton::Left) => layout::hit(state, area, at).map(Mouse::Hover),
        _ => None,
    }
}
