//! A reader without a terminal and without threads: keys in, screen out.

use dateline::analysis::{self, Known};
use dateline::app::timeline::Whole;
use dateline::app::{Effect, Event, Found, Listing, Origin, Report, Size, State, Summary, Wanted, rank, update};
use dateline::article::Analysed;
use dateline::config::{Config, Depth};
use dateline::text::Needle;
use dateline::tui::draw;
use dateline::widgets::Paint;
use dateline::{app, jobs};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::sync::Arc;

/// A reader whose effects are done at once.
pub(super) struct Reader {
    pub(super) state: State,
    pub(super) area: Rect,
    /// What was asked of the world beyond articles, searches and lists.
    pub(super) asked: Vec<Effect>,
}

pub(super) const WALL: &str = "---\ntitle: The wall\npublished: 2019-01-21\n---\nBERLIN — Ada Miller, a mathematician, met Karl Weiss in Berlin on Friday.\n\nMs. Miller said the wall had stood since 1961. “It is gone,” she said.\n\nMr. Weiss will travel to Moscow on Wednesday.\n";
pub(super) const MOON: &str = "---\ntitle: The moon\npublished: 2019-01-22\n---\nMOSCOW — Ada Miller spoke about the moon on Monday.\n\nIn Moscow, Miller was cheered.\n";

impl Reader {
    pub(super) fn new(columns: u16, rows: u16, articles: &[(&str, &str)]) -> Self {
        Self::resumed(columns, rows, articles, app::Session::default())
    }

    /// A reader who goes on where an earlier session ended.
    pub(super) fn resumed(columns: u16, rows: u16, articles: &[(&str, &str)], session: app::Session) -> Self {
        let actions: Vec<&str> = app::ACTIONS.iter().map(|a| a.name).collect();
        let (mut state, _) = State::new(Config::load(None, &actions), Vec::new(), None);
        state.view.size = Size { columns, rows };
        state.resume(session);
        let mut reader = Self { state, area: Rect::new(0, 0, columns, rows), asked: Vec::new() };
        let found = articles
            .iter()
            .map(|(name, text)| Found { origin: Origin::Memory { name: (*name).to_owned(), bytes: text.as_bytes().into() }, problem: None })
            .collect();
        reader.happen(Event::Report(Report::Listed(Listing { found, done: true, ..Listing::default() })));
        reader.buffer();
        reader
    }

    pub(super) fn two() -> Self {
        Self::new(120, 32, &[("wall.txt", WALL), ("moon.txt", MOON)])
    }

    pub(super) fn happen(&mut self, event: Event) {
        for effect in update(&mut self.state, event) {
            if matches!(effect, Effect::Copy(_) | Effect::Save { .. } | Effect::Run { .. } | Effect::Wake(..) | Effect::Browse(_)) {
                self.asked.push(effect.clone());
            }
            for report in done(effect) {
                self.happen(Event::Report(report));
            }
        }
    }

    /// Presses keys, written as in `keymap.toml`, parted by spaces.
    pub(super) fn keys(&mut self, keys: &str) -> &mut Self {
        for key in keys.split(' ') {
            self.happen(Event::Key(key.parse().unwrap()));
            self.buffer();
        }
        self
    }

    pub(super) fn typed(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            let key = if c == ' ' { "Space".to_owned() } else { c.to_string() };
            self.keys(&key);
        }
        self
    }

    pub(super) fn buffer(&mut self) -> Buffer {
        let mut buffer = Buffer::empty(self.area);
        let paint = Paint::new(self.state.config.theme(true, Depth::None), Depth::None);
        draw(&mut self.state, &paint, self.area, &mut buffer);
        buffer
    }

    pub(super) fn screen(&mut self) -> String {
        let buffer = self.buffer();
        let rows = buffer.content().chunks(usize::from(self.area.width));
        rows.map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>().trim_end().to_owned())
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// The foot line.
    pub(super) fn foot(&mut self) -> String {
        let screen = self.screen();
        let long = self.state.notice.as_ref().is_some_and(|n| n.to_string().chars().count() + 2 > usize::from(self.area.width));
        if !long {
            return screen.lines().last().unwrap_or("").to_owned();
        }
        // A long answer takes some of the rows above.
        let rows: Vec<&str> = screen.lines().map(str::trim).collect();
        rows[rows.len().saturating_sub(3)..].join(" ")
    }

    /// The text under the cursor's mark.
    pub(super) fn cursor(&self) -> &str {
        let open = self.state.open.as_ref().unwrap();
        open.mark_at_cursor().map_or("", |m| m.span.of(&open.document.article.text))
    }

    pub(super) fn title(&self) -> &str {
        &self.state.open.as_ref().unwrap().document.article.title
    }
}

pub(super) fn read(wanted: &Wanted) -> Arc<Analysed> {
    Arc::new(analysis::analyse_knowing(
        jobs::read(wanted).unwrap(),
        Known { names: &wanted.corrections, places: &wanted.places, ..Known::default() },
    ))
}

pub(super) fn done(effect: Effect) -> Vec<Report> {
    match effect {
        Effect::Open { ticket, wanted } => vec![Report::Opened { ticket, id: wanted.id, document: Ok(read(&wanted)) }],
        Effect::Reanalyse { ticket, id, document, published, corrections, places } => {
            let article = dateline::article::Article { published, ..document.article.clone() };
            vec![Report::Opened {
                ticket,
                id,
                document: Ok(Arc::new(analysis::analyse_knowing(
                    article,
                    Known { names: &corrections, places: &places, ..Known::default() },
                ))),
            }]
        }
        Effect::Index(all) => vec![Report::Indexed(all.iter().map(|w| (w.id, Ok(Summary::of(&read(w))))).collect())],
        Effect::Find { ticket, document, query } => {
            let spans = Needle::new(&query).map(|n| n.find(&document.article.text, 999)).unwrap_or_default();
            vec![Report::Hits { ticket, spans }]
        }
        Effect::Places { ticket, entity, name } => {
            let places = analysis::place::choices(&name).into_iter().map(|c| (c.place, c.label, c.note)).collect();
            vec![Report::Places { ticket, entity, name, places }]
        }
        Effect::Clock(_) => vec![Report::Clock(Some("Monday 12:00".to_owned()))],
        Effect::Gather { ticket, sources, filter } => vec![Report::Gathered { ticket, whole: Arc::new(Whole::new(sources, filter)) }],
        Effect::Rank { ticket, query, items } => vec![Report::Ranked { ticket, order: rank(&query, &items) }],
        Effect::Scan(_)
        | Effect::Slurp { .. }
        | Effect::FetchWhole { .. }
        | Effect::StopFetching
        | Effect::LoadPicture { .. }
        | Effect::StopPicture
        | Effect::Suspend
        | Effect::Redraw
        | Effect::StopScan
        | Effect::Copy(_)
        | Effect::Announce(_)
        | Effect::AnnounceBy(_)
        | Effect::Save { .. }
        | Effect::Run { .. }
        | Effect::Wake(..)
        | Effect::Shelf(_)
        | Effect::Begin
        | Effect::LookForPrograms
        | Effect::Browse(_) => Vec::new(),
    }
}

/// A reader for whom nothing is opened until `land` is called.
pub(super) struct Slow(pub(super) Reader, pub(super) Vec<Effect>);

impl Slow {
    pub(super) fn keys(&mut self, keys: &str) -> &mut Self {
        for key in keys.split(' ') {
            let effects = update(&mut self.0.state, Event::Key(key.parse().unwrap()));
            self.1.extend(effects);
            self.0.buffer();
        }
        self
    }

    pub(super) fn land(&mut self) -> &mut Self {
        for effect in std::mem::take(&mut self.1) {
            for report in done(effect) {
                self.0.happen(Event::Report(report));
            }
        }
        self
    }
}
