//! Draws the reader on the samples as SVG: `cargo run --example picture > docs/reader.svg`, and with `map` behind it the map of all samples.
//!
//! The pictures in README.md are made by this and nothing else.

use dateline::app::{ACTIONS, Effect, Event, Found, Listing, Origin, Report, Size, State, Summary, update};
use dateline::config::{Config, Depth};
use dateline::lexicon::SAMPLES;
use dateline::tui::draw;
use dateline::widgets::Paint;
use dateline::{analysis, jobs};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::Arc;

const COLUMNS: u16 = 132;
const ROWS: u16 = 38;
const CELL: (f32, f32) = (8.4, 17.0);
const INK: &str = "#d6d3cc";
const PAPER: &str = "#16181a";

fn main() {
    let mut state = reader();
    let area = Rect::new(0, 0, COLUMNS, ROWS);
    let mut buffer = Buffer::empty(area);
    let paint = Paint::new(state.config.theme(true, Depth::True), Depth::True);
    draw(&mut state, &paint, area, &mut buffer);
    let wanted = std::env::args().nth(1);
    for key in if wanted.as_deref() == Some("map") { ["m", "s", "n"] } else { ["3", "j", "Enter"] } {
        if let Ok(key) = key.parse() {
            update(&mut state, Event::Key(key));
            draw(&mut state, &paint, area, &mut buffer);
        }
    }
    draw(&mut state, &paint, area, &mut buffer);
    // A closed pipe is the reader's own wish.
    let _ = writeln!(std::io::stdout(), "{}", svg(&buffer));
}

fn reader() -> State {
    let actions: Vec<&str> = ACTIONS.iter().map(|a| a.name).collect();
    let (mut state, _) = State::new(Config::load(None, &actions), Vec::new(), None);
    state.view.size = Size { columns: COLUMNS, rows: ROWS };
    let found = SAMPLES
        .iter()
        .map(|(name, bytes)| Found { origin: Origin::Memory { name: (*name).to_owned(), bytes: (*bytes).into() }, problem: None });
    let listing = Listing { found: found.rev().collect(), done: true, ..Listing::default() };
    let mut effects = update(&mut state, Event::Report(Report::Listed(listing)));
    while let Some(effect) = effects.pop() {
        let report = match effect {
            Effect::Open { ticket, wanted } => Report::Opened {
                ticket,
                id: wanted.id,
                document: Ok(Arc::new(jobs::read(&wanted).map(analysis::analyse).unwrap_or_default())),
            },
            Effect::Index(all) => {
                Report::Indexed(all.iter().map(|w| (w.id, jobs::read(w).map(|a| Summary::of(&analysis::analyse(a))))).collect())
            }
            _ => continue,
        };
        effects.extend(update(&mut state, Event::Report(report)));
    }
    state
}

fn svg(buffer: &Buffer) -> String {
    let (width, height) = (f32::from(COLUMNS) * CELL.0 + 24.0, f32::from(ROWS) * CELL.1 + 24.0);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"14\">\n<rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"{PAPER}\"/>\n"
    );
    for y in 0..ROWS {
        let mut x = 0;
        while x < COLUMNS {
            let cell = &buffer[(x, y)];
            let mut end = x + 1;
            while end < COLUMNS && look(&buffer[(end, y)]) == look(cell) {
                end += 1;
            }
            let text: String = (x..end).map(|x| buffer[(x, y)].symbol()).collect();
            run(&mut out, cell, &text, x, y);
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
fn run(out: &mut String, cell: &Cell, text: &str, x: u16, y: u16) {
    let (left, top) = (12.0 + f32::from(x) * CELL.0, 12.0 + f32::from(y) * CELL.1);
    let cells = text.chars().count() as f32;
    if let Some(paper) = hex(cell.bg) {
        let _ =
            writeln!(out, "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{}\" fill=\"{paper}\"/>", cells * CELL.0, CELL.1);
    }
    if text.trim().is_empty() {
        return;
    }
    let ink = hex(cell.fg).unwrap_or_else(|| INK.to_owned());
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
