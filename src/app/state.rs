//! The state: everything that the screen shows is a function of it.

use super::action::Action;
use super::card::Card;
use super::effect::{Effect, Report, Ticket};
use super::find::Find;
use super::hints::Hints;
use super::input::Input;
use super::jumps::{JumpPoint, Jumps};
use super::library::{ArticleId, Library};
use super::lists::Cursor;
use super::looks::Split;
use super::map::Map;
use super::open::Open;
use super::pace::Pace;
use super::palette::Palette;
use super::shelf::Shelf;
use super::timeline::Timeline;
use super::trail::Trail;
use super::typing::Typing;
use crate::article::{Analysed, Article};
use crate::config::{Config, Context, Pictures};
use crate::locale::tr;
use crate::notice::Notice;
use crate::text::{Look, Span};
use jiff::civil::Date;
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;

/// Columns and rows of the terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
}

/// A pane, in the order of the keys `1` to `6`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Pane {
    /// The list of articles.
    Articles,
    /// The text.
    #[default]
    Text,
    /// Who and where.
    Entities,
    /// When.
    Timeline,
    /// What was said.
    Quotations,
    /// Where.
    Map,
}

impl Pane {
    /// All panes in the order of their keys.
    pub const ALL: [Self; 6] = [Self::Articles, Self::Text, Self::Entities, Self::Timeline, Self::Quotations, Self::Map];

    /// The pane's title.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Articles => tr!("Articles"),
            Self::Text => tr!("Text"),
            Self::Entities => tr!("Who & where"),
            Self::Timeline => tr!("When"),
            Self::Quotations => tr!("Said"),
            Self::Map => tr!("Map"),
        }
    }

    /// The section of `keymap.toml` with the keys of this pane.
    #[must_use]
    pub fn context(self) -> Context {
        match self {
            Self::Articles => Context::Articles,
            Self::Text => Context::Text,
            Self::Entities => Context::Entities,
            Self::Timeline => Context::Timeline,
            Self::Quotations => Context::Quotations,
            Self::Map => Context::Map,
        }
    }
}

/// How far the help is scrolled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Help {
    /// Rows above the screen.
    pub top: usize,
    /// The most that it can be scrolled; set when it is measured.
    pub last: usize,
}

impl Help {
    /// Scrolls by `by` rows, to the ends at most.
    pub(super) fn scroll(&mut self, by: isize) {
        self.top = self.top.saturating_add_signed(by).min(self.last);
    }
}

/// What lies over the panes.
#[derive(Clone, Debug, Default)]
pub enum Overlay {
    /// Nothing.
    #[default]
    None,
    /// The keys.
    Help(Help),
    /// The search line.
    Find(Find),
    /// The palette.
    Palette(Palette),
    /// The card of an entity.
    Card(Card),
    /// Letters beside the marks.
    Hints(Hints),
    /// The number of a link, as far as it has been typed.
    Links(String),
    /// The line for the publication day.
    Date(Input),
    /// What the library asks or shows.
    Shelf(super::shelf::Over),
    /// A page of the library: the last one of [`View::pages`].
    Page,
    /// The picture with this number, as large as it goes.
    Picture(u16),
    /// A letter is awaited.
    Letter(Asked),
    /// A word of welcome.
    Welcome,
}

/// What a letter is awaited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// To keep this place under it.
    Keep,
    /// To go back to the place under it.
    Return,
}

/// Rows of the text that a picture in it takes: enough to see what it shows, and a part of the smallest screen.
const PICTURE_ROWS: u16 = 12;

/// How far a page has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fetching {
    /// The article whose page it is; `None` for an address that the reader gave.
    pub article: Option<ArticleId>,
    /// Bytes that have come.
    pub bytes: u64,
    /// Bytes that are expected, where the server said so.
    pub of: Option<u64>,
}

/// How far the work in the background is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// The page that is coming from the web.
    pub fetching: Option<Fetching>,
    /// True while folders are being walked.
    pub scanning: bool,
    /// Hidden files passed over.
    pub hidden: u32,
    /// Binary files passed over.
    pub binary: u32,
    /// True where the articles are the samples.
    pub samples: bool,
}

/// How things are shown.
#[derive(Clone, Debug)]
pub struct View {
    /// Size of the terminal.
    pub size: Size,
    /// True where the terminal's background is dark.
    pub dark: bool,
    /// True where names, moments and quotations are marked in the text.
    pub marks: bool,
    /// The cursors of the list panes.
    pub panes: Cursors,
    /// How the timelines are looked at.
    pub timeline: Timeline,
    /// The lower right pane where there is room for one only: the timeline, the quotations or the map.
    pub lower: Pane,
    /// The right pane where there is room for one only.
    pub right: Pane,
    /// True where the pane in focus has the whole screen.
    pub full: bool,
    /// Measure in cells and height in rows of the text; set when the pane is measured.
    pub text: (usize, usize),
    /// The map.
    pub map: Map,
    /// The library, where that is what is read.
    pub shelf: Option<Shelf>,
    /// The pages of the library that led to one another.
    pub pages: super::page::Pages,
    /// What has been typed of a longer command.
    pub typing: Typing,
    /// How the text scrolls by itself.
    pub pace: Pace,
    /// True where the text has the screen for itself.
    pub zen: bool,
    /// The longest line of text in columns, where the reader has said so.
    pub measure: Option<u16>,
    /// Widths that the reader has given to the panes.
    pub split: Split,
}

/// The cursors of the list panes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursors {
    /// Of the list of articles.
    pub articles: Cursor,
    /// Of the list of names.
    pub entities: Cursor,
    /// Of the timeline.
    pub timeline: Cursor,
    /// Of the quotations.
    pub quotations: Cursor,
}

/// Where to go once an article has come in.
#[derive(Clone, Debug)]
pub(super) enum Arrival {
    /// To its beginning.
    Start,
    /// Nowhere: it is on the screen, and the reader stays there.
    Here,
    /// To a place of the jump list.
    Point(JumpPoint),
    /// To a clause.
    Clause(Span),
    /// To the first (or last) mention of the trail's name.
    Mention {
        /// True for the first.
        first: bool,
    },
}

/// Articles that were read lately, the newest last.
#[derive(Debug, Default)]
pub(super) struct Recent(VecDeque<(ArticleId, Arc<Analysed>)>);

impl Recent {
    /// Articles that are kept.
    const MAX: usize = 16;
    /// Bytes of text that are kept, the newest article not counted.
    const MAX_BYTES: usize = 8 << 20;

    pub(super) fn keep(&mut self, id: ArticleId, document: Arc<Analysed>) {
        self.0.retain(|(other, _)| *other != id);
        self.0.push_back((id, document));
        while self.0.len() > Self::MAX || self.bytes() > Self::MAX_BYTES {
            self.0.pop_front();
        }
    }

    fn bytes(&self) -> usize {
        self.0.iter().rev().skip(1).map(|(_, d)| d.article.text.len()).sum()
    }

    pub(super) fn get(&self, id: ArticleId) -> Option<Arc<Analysed>> {
        self.0.iter().find(|(other, _)| *other == id).map(|(_, document)| Arc::clone(document))
    }

    pub(super) fn forget(&mut self, id: ArticleId) {
        self.0.retain(|(other, _)| *other != id);
    }
}

/// What the reader is doing.
#[derive(Debug)]
pub struct State {
    /// Settings, keymap and themes.
    pub config: Arc<Config>,
    /// All articles of this session.
    pub library: Library,
    /// The article on the screen.
    pub open: Option<Open>,
    /// The pane in focus.
    pub focus: Pane,
    /// What lies over the panes.
    pub overlay: Overlay,
    /// Where the reader has been.
    pub jumps: Jumps,
    /// What `n` and `N` follow.
    pub trail: Option<Trail>,
    /// What the foot line has to say.
    pub notice: Option<Notice>,
    /// How things are shown.
    pub view: View,
    /// How far the work in the background is.
    pub progress: Progress,
    /// The exit code, once the program is to end.
    pub quit: Option<u8>,
    pub(super) recent: Recent,
    pub(super) ticket: Ticket,
    /// The article that is being read in, its request, and where to go in it.
    pub(super) arriving: Option<(ArticleId, Ticket, Arrival)>,
    /// An article that came in while something lay over the panes that speaks of the one before; it waits until that is closed.
    pub(super) landed: Option<Report>,
}

impl State {
    /// A reader who has just started, and the effects that bring the articles under `paths` in. `published` is the day of publication of all of
    /// them, where the reader gave one.
    #[must_use]
    pub fn new(config: Config, paths: Vec<PathBuf>, published: Option<Date>) -> (Self, Vec<Effect>) {
        let more = config.mistakes.len().saturating_sub(1);
        let notice = config.mistakes.first().map(|m| {
            let one = Notice::new(m.to_string());
            if more > 0 {
                Notice::new(tr!("{n} mistakes in the configuration, see dateline config", n = more + 1)).because(one)
            } else {
                one
            }
        });
        let state = Self {
            view: View {
                size: Size::default(),
                dark: true,
                marks: config.settings.marks,
                panes: Cursors::default(),
                timeline: Timeline::default(),
                lower: Pane::Timeline,
                right: Pane::Entities,
                full: false,
                text: (72, 0),
                map: Map::default(),
                shelf: None,
                pages: super::page::Pages::default(),
                typing: Typing::default(),
                pace: Pace::default(),
                zen: false,
                measure: None,
                split: Split::default(),
            },
            config: Arc::new(config),
            library: Library::new(published),
            open: None,
            focus: Pane::Text,
            overlay: Overlay::None,
            jumps: Jumps::default(),
            trail: None,
            notice,
            progress: Progress { scanning: true, ..Progress::default() },
            quit: None,
            recent: Recent::default(),
            ticket: Ticket::default(),
            arriving: None,
            landed: None,
        };
        (state, vec![Effect::Scan(paths)])
    }

    /// A reader who has just opened the library, and the effects that bring its first list in.
    #[must_use]
    pub fn with_library(config: Config) -> (Self, Vec<Effect>) {
        let (mut state, _) = Self::new(config, Vec::new(), None);
        let effects = Shelf::open(&mut state);
        (state, effects)
    }

    /// The article that is being read in and is not on the screen yet.
    #[must_use]
    pub fn arriving(&self) -> Option<ArticleId> {
        self.arriving.as_ref().map(|(id, ..)| *id)
    }

    /// Where keys are pressed now: on a page, or in the pane in focus.
    #[must_use]
    pub fn context(&self) -> Context {
        let page = matches!(self.overlay, Overlay::Page) || self.view.pages.beneath() && matches!(self.overlay, Overlay::Help(_));
        if page { Context::Page } else { self.focus.context() }
    }

    /// The keys of an action in the pane in focus, as text; empty where it has none.
    #[must_use]
    pub fn keys_of(&self, action: Action) -> String {
        self.keys_named(action.info().name)
    }

    /// The keys of an action, macro or command by its name.
    #[must_use]
    pub fn keys_named(&self, name: &str) -> String {
        let keys = self.config.keymap.keys_of(self.context(), name);
        keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    /// The first of the keys of an action in the pane in focus, as text; empty where it has none.
    #[must_use]
    pub fn key_of(&self, action: Action) -> String {
        let keys = self.config.keymap.keys_of(self.context(), action.info().name);
        keys.first().map(ToString::to_string).unwrap_or_default()
    }

    /// True while something lies over the panes that speaks of the open article, which therefore must not change under it.
    pub(super) fn is_busy(&self) -> bool {
        self.open.is_some() && !matches!(self.overlay, Overlay::None | Overlay::Help(_) | Overlay::Welcome)
    }

    /// Closes what lies over the panes; a search that is given up goes back to where it began.
    pub(super) fn close_overlay(&mut self) {
        let closed = std::mem::take(&mut self.overlay);
        super::page::uncover(self);
        let Overlay::Find(find) = closed else { return };
        if let Some(open) = &mut self.open {
            open.restore(find.origin);
        }
    }

    /// How an article is laid out.
    #[must_use]
    pub fn look(&self, article: &Article) -> Look {
        let print = &self.config.settings.print;
        let language = article.language.as_ref().and_then(|l| l.as_bytes().get(..2)).and_then(|code| code.try_into().ok());
        let shown = cfg!(feature = "pictures") && self.config.settings.pictures == Pictures::Always;
        let picture = if shown { PICTURE_ROWS } else { 0 };
        Look {
            hyphenate: print.hyphenate,
            language,
            gap: print.paragraph_gap,
            indent: print.paragraph_indent,
            spacing: print.line_gap,
            picture,
        }
    }

    /// The next request's number.
    pub(super) fn next_ticket(&mut self) -> Ticket {
        self.ticket.0 += 1;
        self.ticket
    }

    /// Where the reader is now.
    pub(super) fn here(&self) -> Option<JumpPoint> {
        self.open.as_ref().map(Open::point)
    }

    /// Puts `pane` in focus and brings it to the front of the place that it shares. A pane that had the whole screen gives it up for another.
    pub(super) fn focus_on(&mut self, pane: Pane) {
        self.view.full &= pane == self.focus;
        self.view.zen &= pane == Pane::Text;
        self.focus = pane;
        match pane {
            Pane::Timeline | Pane::Quotations | Pane::Map => {
                self.view.lower = pane;
                self.view.right = pane;
            }
            Pane::Entities => self.view.right = pane,
            Pane::Articles | Pane::Text => {}
        }
    }
}
