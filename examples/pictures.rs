//! Draws the reader on the samples as SVG, for README.md and the guide: `cargo run --example pictures` writes all pictures into docs/pictures, and
//! `cargo run --example pictures check` says which of them are no longer what the program shows.

#![expect(clippy::print_stderr, reason = "a tool of its own, which says what is stale")]

use dateline::app::timeline::Whole;
use dateline::app::{ACTIONS, Effect, Event, Found, Listing, Origin, Overlay, Report, Size, State, Summary, Wanted, rank, update};
use dateline::article::Article;
use dateline::config::{Config, Depth};
use dateline::jobs::shelf::Library;
use dateline::jobs::{Jobs, Reporter};
use dateline::lexicon::SAMPLES;
use dateline::source;
use dateline::store::{Arrival, Choice, Holder, Incoming, Writer, stored_version};
use dateline::tui::draw;
use dateline::widgets::Paint;
use dateline::{analysis, jobs};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

/// So long nothing comes once everything has been said.
const QUIET: Duration = Duration::from_millis(700);

/// When the articles of the library came, in seconds since 1970.
const WHEN: i64 = 1_700_000_000;

const CELL: (f32, f32) = (8.4, 17.0);

/// What is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    /// The samples.
    Samples,
    /// The samples at the first start.
    FirstStart,
    /// A library with the samples in three feeds.
    Library,
}

/// A picture: what is read, its name, columns and rows, whether the ground is dark, and the keys that lead to it.
struct Shot {
    of: Of,
    name: &'static str,
    size: (u16, u16),
    dark: bool,
    keys: &'static [&'static str],
}

const fn shot(name: &'static str, size: (u16, u16), dark: bool, keys: &'static [&'static str]) -> Shot {
    Shot { of: Of::Samples, name, size, dark, keys }
}

const fn of(of: Of, shot: Shot) -> Shot {
    Shot { of, ..shot }
}

const SHOTS: &[Shot] = &[
    of(Of::FirstStart, shot("welcome", (110, 30), true, &[])),
    of(Of::Library, shot("library", (120, 24), true, &["j", "j"])),
    of(Of::Library, shot("query", (110, 24), true, &["S", "w", "h", "o", ":", "m", "a", "n"])),
    of(
        Of::Library,
        shot("page", (110, 34), true, &["S", "w", "h", "o", ":", "m", "a", "n", "d", "e", "l", "a", "Enter", "Enter", "]", "]", "]", "C"]),
    ),
    shot("reader", (132, 38), true, &["Alt-3", "j", "Enter", "Enter"]),
    shot("card", (100, 30), true, &["Alt-3", "j", "Enter"]),
    shot("hints", (100, 24), true, &["f"]),
    shot("palette", (100, 24), true, &[":", "b", "e", "r", "l", "i", "n"]),
    shot("timeline", (132, 34), true, &["T"]),
    shot("map", (132, 38), true, &["m", "s", "n"]),
    shot("light", (100, 30), false, &["]"]),
    shot("narrow", (80, 24), true, &[]),
];

fn main() -> ExitCode {
    let check = std::env::args().nth(1).as_deref() == Some("check");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
    let mut code = ExitCode::SUCCESS;
    for shot in SHOTS {
        let path = folder.join(shot.name).with_extension("svg");
        let picture = picture(shot);
        if check {
            if std::fs::read_to_string(&path).ok().as_deref() != Some(picture.as_str()) {
                eprintln!("docs/pictures/{}.svg is not what the program shows: cargo run --example pictures", shot.name);
                code = ExitCode::FAILURE;
            }
        } else if let Err(error) = std::fs::write(&path, picture) {
            eprintln!("{}: {error}", path.display());
            code = ExitCode::FAILURE;
        }
    }
    code
}

fn picture(shot: &Shot) -> String {
    let area = Rect::new(0, 0, shot.size.0, shot.size.1);
    let (mut state, library) = match shot.of {
        Of::Library => library(shot).map(|(state, library)| (state, Some(library))).unwrap_or_else(|| (reader(shot), None)),
        Of::Samples | Of::FirstStart => (reader(shot), None),
    };
    if shot.of == Of::FirstStart {
        state.overlay = Overlay::Welcome;
    }
    let mut buffer = Buffer::empty(area);
    let paint = Paint::new(state.config.theme(shot.dark, Depth::True), Depth::True);
    draw(&mut state, &paint, area, &mut buffer);
    for key in shot.keys {
        if let Ok(key) = key.parse() {
            let effects = update(&mut state, Event::Key(key));
            match &library {
                Some(library) => library.settle(&mut state, effects),
                None => settle(&mut state, effects),
            }
            buffer.reset();
            draw(&mut state, &paint, area, &mut buffer);
        }
    }
    svg(&buffer, shot.dark)
}

/// The reader with the samples read.
fn reader(shot: &Shot) -> State {
    let actions: Vec<&str> = ACTIONS.iter().map(|a| a.name).collect();
    let (mut state, _) = State::new(Config::load(None, &actions), Vec::new(), None);
    state.view.size = Size { columns: shot.size.0, rows: shot.size.1 };
    state.view.dark = shot.dark;
    let found = SAMPLES
        .iter()
        .map(|(name, bytes)| Found { origin: Origin::Memory { name: (*name).to_owned(), bytes: (*bytes).into() }, problem: None });
    let samples = shot.of == Of::FirstStart;
    let listing = Listing { found: found.rev().collect(), done: true, samples, ..Listing::default() };
    let effects = update(&mut state, Event::Report(Report::Listed(listing)));
    settle(&mut state, effects);
    state
}

/// A library and the threads that serve it.
struct Served {
    jobs: Jobs,
    reports: Receiver<Report>,
}

impl Served {
    /// Does what the state asks for until there has been no word for a while.
    fn settle(&self, state: &mut State, effects: Vec<Effect>) {
        effects.into_iter().for_each(|effect| self.jobs.run(effect));
        while let Ok(report) = self.reports.recv_timeout(QUIET) {
            let effects = update(state, Event::Report(report));
            effects.into_iter().for_each(|effect| self.jobs.run(effect));
        }
    }
}

/// The reader of a library, made anew.
fn library(shot: &Shot) -> Option<(State, Served)> {
    let folder = std::env::temp_dir().join(format!("dateline-pictures-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    let path = folder.join("library.db");
    fill_library(&path).ok()?;
    let actions: Vec<&str> = ACTIONS.iter().map(|a| a.name).collect();
    let (send, reports) = mpsc::channel();
    let place = Library { path, every: None, config: None, export: |_, of, _, _| Ok(format!("{of:?}")) };
    let jobs = Jobs::start(Some(&place), Reporter::new(move |report| drop(send.send(report)))).ok()?;
    let (mut state, effects) = State::with_library(Config::load(None, &actions));
    state.view.size = Size { columns: shot.size.0, rows: shot.size.1 };
    state.view.dark = shot.dark;
    let served = Served { jobs, reports };
    served.settle(&mut state, effects);
    Some((state, served))
}

/// Puts the samples into three feeds of a new library.
fn fill_library(path: &Path) -> dateline::store::Result<()> {
    const FEEDS: [&str; 3] = ["Morning Paper", "Evening Post", "World Wire"];
    let mut writer = Writer::claim(path, &Holder::this("pictures"))?;
    for (n, (name, bytes)) in SAMPLES.iter().enumerate() {
        let article = source::read_nth(&source::Input::new(name, bytes), 0);
        let title = FEEDS[n % FEEDS.len()];
        let analysed = analysis::analyse(Article { site: Some(title.to_owned()), ..article });
        let url = format!("https://{}.example/feed", title.to_lowercase().replace(' ', "-"));
        writer.write(|batch| {
            let (feed, _) = batch.add_feed(&url, title)?;
            batch.choose(
                feed,
                &Choice { folder: if n % FEEDS.len() < 2 { "Papers".to_owned() } else { String::new() }, ..Choice::default() },
            )?;
            let incoming = Incoming { article: &analysed.article, feed: Some(feed), guid: None, raw: None, at: None };
            match batch.take_in(&incoming, WHEN)? {
                Arrival::New(key) | Arrival::Changed(key) | Arrival::Known(key) => {
                    batch.annotate(key, stored_version(analysis::VERSION), &analysed)
                }
                Arrival::Deleted => Ok(()),
            }
        })?;
    }
    Ok(())
}

/// Does what the state asks for, here and now, until it asks for nothing more.
fn settle(state: &mut State, mut effects: Vec<Effect>) {
    let analysed = |wanted: &Wanted| jobs::read(wanted).map(analysis::analyse);
    while !effects.is_empty() {
        let report = match effects.remove(0) {
            Effect::Open { ticket, wanted } => {
                let document = analysed(&wanted);
                Report::Opened { ticket, id: wanted.id, document: document.map(Arc::new).map_err(|e| e.to_string()) }
            }
            Effect::Index(all) => {
                Report::Indexed(all.iter().map(|w| (w.id, analysed(w).map(|a| Summary::of(&a)).map_err(|e| e.to_string()))).collect())
            }
            Effect::Gather { ticket, sources, filter } => Report::Gathered { ticket, whole: Arc::new(Whole::new(sources, filter)) },
            Effect::Rank { ticket, query, items } => Report::Ranked { ticket, order: rank(&query, &items) },
            _ => continue,
        };
        effects.extend(update(state, Event::Report(report)));
    }
}

fn svg(buffer: &Buffer, dark: bool) -> String {
    let (ink, paper) = if dark { ("#d6d3cc", "#16181a") } else { ("#26282b", "#fbfaf7") };
    let (columns, rows) = (buffer.area.width, buffer.area.height);
    let (width, height) = (f32::from(columns) * CELL.0 + 24.0, f32::from(rows) * CELL.1 + 24.0);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"14\">\n<rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"{paper}\"/>\n"
    );
    for y in 0..rows {
        let mut x = 0;
        while x < columns {
            let cell = &buffer[(x, y)];
            let mut end = x + 1;
            while end < columns && look(&buffer[(end, y)]) == look(cell) {
                end += 1;
            }
            let text: String = (x..end).map(|x| buffer[(x, y)].symbol()).collect();
            run(&mut out, cell, &text, (x, y), ink);
            x = end;
        }
    }
    out + "</svg>"
}

type Look = (Color, Color, Modifier);

fn look(cell: &Cell) -> Look {
    (cell.fg, cell.bg, cell.modifier)
}

/// One run of cells of the same look.
fn run(out: &mut String, cell: &Cell, text: &str, (x, y): (u16, u16), ink: &str) {
    let (left, top) = (12.0 + f32::from(x) * CELL.0, 12.0 + f32::from(y) * CELL.1);
    let cells = text.chars().count() as f32;
    if let Some(paper) = hex(cell.bg) {
        let _ =
            writeln!(out, "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{}\" fill=\"{paper}\"/>", cells * CELL.0, CELL.1);
    }
    if text.trim().is_empty() {
        return;
    }
    let ink = hex(cell.fg).unwrap_or_else(|| ink.to_owned());
    let bold = if cell.modifier.contains(Modifier::BOLD) { " font-weight=\"bold\"" } else { "" };
    let italic = if cell.modifier.contains(Modifier::ITALIC) { " font-style=\"italic\"" } else { "" };
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    let _ = writeln!(
        out,
        "<text x=\"{left:.1}\" y=\"{:.1}\" fill=\"{ink}\"{bold}{italic} textLength=\"{:.1}\" xml:space=\"preserve\">{escaped}</text>",
        top + 13.0,
        cells * CELL.0
    );
}

fn hex(color: Color) -> Option<String> {
    match color {
        Color::Rgb(r, g, b) => Some(format!("#{r:02x}{g:02x}{b:02x}")),
        _ => None,
    }
}
