//! The article that is being read: its marks, its lists, and where the reader is in it.

use super::jumps::JumpPoint;
use super::library::ArticleId;
use super::named::{self, Mentions};
use super::picture::Pictures;
use super::timeline::{self, Chronicle};
use crate::article::{Analysed, Article, BlockKind, EntityId, Kind, MentionForm, QuoteKind};
use crate::locale::{long_date, tr};
use crate::text::{Layout, Look, PieceKind, Place, Row, Span, titled};
use std::sync::Arc;

/// What a marked stretch of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// A name.
    Name(EntityId, Kind),
    /// A time expression: an index into `Annotations::times`.
    Moment(u32),
    /// A quotation: an index into `Annotations::quotes`.
    Quotation(u32),
}

/// A stretch of text that can be jumped to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: MarkKind,
}

/// The place of a picture, as far as it is on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeenPicture {
    /// The number of the picture.
    pub number: u16,
    /// The row on the screen, from 0.
    pub row: usize,
    /// Rows of the picture above the screen.
    pub above: u16,
    /// Rows that are left free for it on the screen; none where pictures are not shown in the text.
    pub rows: u16,
}

/// A row of the list of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntityRow {
    /// Air between two kinds.
    Space,
    /// A heading with the number of names under it.
    Heading(Kind, usize),
    /// A name.
    Entity(EntityId),
}

/// An article on the screen.
#[derive(Debug)]
pub struct Open {
    /// Its number in the library.
    pub id: ArticleId,
    /// The article and what was found in it.
    pub document: Arc<Analysed>,
    /// False while the analysis is still to come.
    pub analysed: bool,
    /// Names and time expressions, in order of the text.
    pub marks: Vec<Mark>,
    /// Rows of the list of names.
    pub entities: Vec<EntityRow>,
    /// Its moments: all, or those of the name to which the reader keeps.
    pub timeline: Chronicle,
    /// Byte offset of the mark under the cursor, after a jump.
    pub cursor: Option<u32>,
    /// The rows on the screen; set when the pane is measured.
    pub rows: Vec<Row>,
    /// Its pictures, as far as they have been asked for.
    pub pictures: Pictures,
    pub(super) mentions: Mentions,
    layout: Layout,
    top: Place,
    height: usize,
    /// Where the reader was before the size changed: byte offset, its row, and the height then. Kept until the reader moves, so that any
    /// number of changes leads back to the same place.
    anchor: Option<(u32, usize, usize)>,
}

impl Open {
    /// Opens `document` at its beginning.
    #[must_use]
    pub fn new(id: ArticleId, document: Arc<Analysed>, analysed: bool) -> Self {
        let mut open = Self {
            id,
            document: Arc::default(),
            analysed,
            marks: Vec::new(),
            entities: Vec::new(),
            timeline: Chronicle::default(),
            cursor: None,
            rows: Vec::new(),
            pictures: Pictures::default(),
            mentions: Mentions::default(),
            layout: Layout::default(),
            top: Place::default(),
            height: 0,
            anchor: None,
        };
        open.take(document, analysed);
        open
    }

    /// Takes in another analysis of the same text, without moving anything.
    pub fn take(&mut self, document: Arc<Analysed>, analysed: bool) {
        self.mentions = Mentions::new(&document.found);
        self.marks = marks(&document);
        self.entities = named::rows(&document, &self.mentions);
        self.mentions.place(&self.entities);
        self.timeline = timeline::of_article(&document, |_| true);
        let (measure, look) = (self.layout.measure(), self.layout.look());
        self.layout = layout(&document);
        self.document = document;
        self.analysed = analysed;
        if measure > 0 {
            self.layout.set_measure(measure, look);
            self.frame();
        }
    }

    /// Lays the text out for a pane; what is under the eye stays there.
    pub fn measure(&mut self, measure: usize, height: usize, look: Look) {
        let at_start = self.top == Place::default();
        // Before the first picture a place is one of a measure that nobody has seen: its words are what counts.
        let words = self.words_at_top().filter(|_| self.height == 0 && !at_start);
        let anchor = self.anchor.unwrap_or_else(|| (self.eye(), self.row_of(self.eye()), self.height));
        self.layout.set_measure(measure, look);
        if !at_start && self.height > 0 {
            let (eye, row, rows) = anchor;
            let text = &self.document.article.text;
            let place = self.layout.place(text, eye);
            let keep = (row * height / rows.max(1)).min(height.saturating_sub(1));
            self.top = self.layout.step(text, place, -keep.cast_signed());
            self.anchor = Some(anchor);
        }
        if let Some(offset) = words {
            self.top = self.layout.place(&self.document.article.text, offset);
        }
        self.height = height;
        self.frame();
    }

    /// Byte offset of the row at the top, also where no row is on the screen yet.
    fn words_at_top(&mut self) -> Option<u32> {
        let row = self.layout.window(&self.document.article.text, self.top, 1).into_iter().next()?;
        (!row.kind.is_masthead()).then_some(row.span.start)
    }

    /// The row on the screen that holds the byte `offset`, else the one under the eye.
    fn row_of(&self, offset: u32) -> usize {
        let holds = |r: &Row| !r.kind.is_masthead() && r.span.start <= offset && offset < r.span.end.max(r.span.start + 1);
        self.rows.iter().position(holds).unwrap_or_else(|| self.eye_row())
    }

    /// Ends a move of the reader's.
    fn settle(&mut self) {
        self.anchor = None;
        self.frame();
    }

    /// Brings the top into its bounds and reads the rows on the screen.
    fn frame(&mut self) {
        let text = &self.document.article.text;
        let last = self.layout.last_top(text, self.height);
        self.top = self.top.min(last);
        self.rows = self.layout.window(text, self.top, self.height);
    }

    /// Where the reader is: changes with every scroll and every move of the cursor.
    #[must_use]
    pub fn position(&self) -> (Place, Option<u32>) {
        (self.top, self.cursor)
    }

    /// The text above the article, which rows of the masthead index.
    #[must_use]
    pub fn masthead(&self) -> &str {
        self.layout.masthead()
    }

    /// True where nothing has been scrolled or jumped to.
    #[must_use]
    pub fn at_start(&self) -> bool {
        self.position() == (Place::default(), None)
    }

    /// Rows that fit on the screen.
    #[must_use]
    pub fn height(&self) -> usize {
        self.height
    }

    /// The measure in cells.
    #[must_use]
    pub fn measure_cells(&self) -> usize {
        self.layout.measure()
    }

    /// How paragraphs are set.
    #[must_use]
    pub fn look(&self) -> Look {
        self.layout.look()
    }

    /// Scrolls by `by` rows; the cursor is let go, and the eye counts again.
    pub fn scroll(&mut self, by: isize) {
        self.top = self.layout.step(&self.document.article.text, self.top, by);
        self.cursor = None;
        self.settle();
    }

    /// Scrolls to the end.
    pub fn bottom(&mut self) {
        self.top = self.layout.last_top(&self.document.article.text, self.height);
        self.cursor = None;
        self.settle();
    }

    /// Scrolls to the beginning.
    pub fn start(&mut self) {
        self.top = Place::default();
        self.cursor = None;
        self.settle();
    }

    /// Shows `span` and puts the cursor on it. What is already comfortably on the screen stays where it is.
    pub fn go(&mut self, span: Span) {
        self.cursor = Some(span.start);
        let margin = (self.height / 8).min(3);
        let seen = self.rows.iter().position(|r| !r.is_blank() && !r.kind.is_masthead() && r.span.end > span.start);
        let first = self.rows.iter().find(|r| !r.kind.is_masthead()).map_or(u32::MAX, |r| r.span.start);
        let at_end = self.rows.len() < self.height;
        let comfortable = first <= span.start && seen.is_some_and(|n| at_end || n + margin < self.height);
        if !comfortable || self.height == 0 {
            let text = &self.document.article.text;
            let place = self.layout.place(text, span.start);
            self.top = self.layout.step(text, place, -(self.height / 3).cast_signed());
        }
        self.settle();
    }

    /// Goes back to a place of the jump list: to the exact row while the measure is the same, else to the row with the same words.
    pub fn restore(&mut self, point: JumpPoint) {
        let same = self.layout.measure() == point.measure;
        self.top = if same { point.place } else { self.layout.place(&self.document.article.text, point.top) };
        self.cursor = point.cursor;
        self.settle();
    }

    /// Where the reader is, to come back to.
    #[must_use]
    pub fn point(&self) -> JumpPoint {
        JumpPoint { article: self.id, top: self.top(), place: self.top, measure: self.layout.measure(), cursor: self.cursor }
    }

    /// Byte offset of the first row on the screen.
    #[must_use]
    pub fn top(&self) -> u32 {
        self.rows.iter().find(|r| !r.kind.is_masthead()).filter(|_| self.top != Place::default()).map_or(0, |r| r.span.start)
    }

    /// Bytes on the screen.
    #[must_use]
    pub fn visible(&self) -> Span {
        let mut body = self.rows.iter().filter(|r| !r.kind.is_masthead());
        let Some(first) = body.next() else { return Span::default() };
        let last = body.next_back().unwrap_or(first);
        first.span.join(last.span)
    }

    /// Rows that are left free for each picture in the text.
    #[must_use]
    pub fn picture_rows(&self) -> u16 {
        self.layout.look().picture
    }

    /// The pictures whose places are on the screen, from top to bottom.
    #[must_use]
    pub fn pictures_on_screen(&self) -> Vec<SeenPicture> {
        let free = self.picture_rows();
        let mut seen: Vec<SeenPicture> = Vec::new();
        for (row, kind) in self.rows.iter().map(|r| r.kind).enumerate() {
            let PieceKind::Picture(number) = kind else { continue };
            match seen.last_mut().filter(|s| s.number == number) {
                Some(last) => last.rows = (last.rows + 1).min(free.saturating_sub(last.above)),
                None => {
                    // The first row on the screen may be any of its piece; every other piece begins with its first row.
                    let above = if row == 0 { u16::try_from(self.top.row).unwrap_or(u16::MAX).min(free) } else { 0 };
                    seen.push(SeenPicture { number, row, above, rows: 1.min(free - above) });
                }
            }
        }
        seen
    }

    /// Bytes above and below the screen.
    fn around(&self) -> (u64, u64) {
        let visible = self.visible();
        let all = u32::try_from(self.document.article.text.len()).unwrap_or(u32::MAX);
        let above = if self.top == Place::default() { 0 } else { visible.start };
        (u64::from(above), u64::from(all.saturating_sub(visible.end)))
    }

    /// How far the article has been scrolled through, from 0 to 100; `None` where all of it is on the screen.
    #[must_use]
    pub fn percent(&self) -> Option<u64> {
        let (above, below) = self.around();
        (above + below > 0).then(|| above * 100 / (above + below))
    }

    /// The row on which the reader's eye is taken to be: it wanders from the first to the last row as the text is scrolled through, so that
    /// every paragraph comes under it.
    #[must_use]
    pub fn eye_row(&self) -> usize {
        if self.top == Place::default() || self.rows.is_empty() {
            return 0;
        }
        let (above, below) = self.around();
        let last = self.rows.len() as u64 - 1;
        usize::try_from(last * above / (above + below).max(1)).unwrap_or(0)
    }

    /// The byte offset at which the reader is: the cursor where it is on the screen, else the row under the eye.
    #[must_use]
    pub fn eye(&self) -> u32 {
        let visible = self.visible();
        if let Some(cursor) = self.cursor.filter(|c| visible.contains(*c)) {
            return cursor;
        }
        let row = self.rows.iter().skip(self.eye_row()).find(|r| !r.kind.is_masthead());
        row.map_or(visible.start, |r| r.span.start)
    }

    /// The block of the text in which the byte `offset` stands.
    #[must_use]
    pub fn paragraph(&self, offset: u32) -> Span {
        let blocks = &self.document.article.blocks;
        let n = blocks.partition_point(|b| b.span.start <= offset).saturating_sub(1);
        blocks.get(n).map_or_else(Span::default, |b| b.span)
    }

    /// What stands before the row that begins at the byte `offset`, where that is the first row of an entry of a list.
    #[must_use]
    pub fn marker_before(&self, offset: u32) -> Option<String> {
        let blocks = &self.document.article.blocks;
        blocks.get(blocks.binary_search_by_key(&offset, |b| b.span.start).ok()?)?.kind.marker()
    }

    /// The mark under the cursor.
    #[must_use]
    pub fn mark_at_cursor(&self) -> Option<Mark> {
        self.cursor.and_then(|at| self.mark_at(at))
    }

    /// The mark that covers the byte `offset`: a name or moment before a quotation.
    #[must_use]
    pub fn mark_at(&self, offset: u32) -> Option<Mark> {
        let near = self.marks_in(Span { start: offset, end: offset + 1 });
        near.iter().rev().find(|m| m.span.contains(offset)).copied().or_else(|| {
            let quotes = &self.document.found.quotes;
            let n = quotes.partition_point(|q| q.span.start <= offset).checked_sub(1)?;
            let span = quotes[n].span;
            let marked = quotes[n].kind != QuoteKind::Indirect;
            (marked && span.contains(offset)).then_some(Mark { span, kind: MarkKind::Quotation(u32::try_from(n).ok()?) })
        })
    }

    /// Names and moments that may overlap `window`, in order.
    #[must_use]
    pub fn marks_in(&self, window: Span) -> &[Mark] {
        // Names and moments are short; looking a little further back than the longest catches those that began before the window.
        let first = self.marks.partition_point(|m| m.span.start + LONGEST_MARK < window.start);
        let last = self.marks.partition_point(|m| m.span.start < window.end);
        self.marks.get(first..last).unwrap_or(&[])
    }
}

/// Bytes within which a name or moment that overlaps a window begins before it.
const LONGEST_MARK: u32 = 400;

/// The text's blocks, under a line on place, date and length, and under the title where that is not among them.
fn layout(document: &Analysed) -> Layout {
    let article = &document.article;
    let mut masthead: Vec<_> = kickers(article).into_iter().map(|line| (PieceKind::Kicker, line)).collect();
    if !article.title_in_text {
        masthead.push((PieceKind::Title, article.title.clone()));
    }
    let blocks = article.blocks.iter().map(|b| {
        let kind = match b.kind {
            BlockKind::Paragraph => PieceKind::Paragraph,
            BlockKind::Heading => PieceKind::Heading,
            BlockKind::Item(_) => PieceKind::Item(b.kind.marker().map_or(0, |m| u16::try_from(m.chars().count()).unwrap_or(0))),
            BlockKind::Quotation => PieceKind::Quotation,
            BlockKind::Caption => PieceKind::Caption,
            BlockKind::Row => PieceKind::Row,
        };
        (b.span, kind)
    });
    Layout::new(&article.text, &masthead, &pictures(article), blocks)
}

/// What stands in the place of a picture, in characters at most.
const MAX_WORDS: usize = 240;

/// Where the pictures stand, with a line for each: the page's own words for those who do not see it.
fn pictures(article: &Article) -> Vec<(u32, String)> {
    let words = |alt: &str| if alt.is_empty() { tr!("Picture").to_owned() } else { alt.chars().take(MAX_WORDS).collect() };
    article.pictures.iter().map(|p| (p.at, format!("▣ {}", words(&p.alt)))).collect()
}

/// Words that are read in a minute, by the mean of 190 studies (Brysbaert, 2019: 238 for non-fiction).
const WORDS_A_MINUTE: usize = 238;

/// Place, date and time to read; below, who wrote and who carried it.
fn kickers(article: &Article) -> Vec<String> {
    let words = article.text.split_ascii_whitespace().count();
    let minutes = words.div_ceil(WORDS_A_MINUTE).max(1);
    let length = if minutes < 100 { tr!("{minutes} min", minutes) } else { tr!("{hours} h", hours = minutes.div_ceil(60)) };
    let place = article.dateline.as_ref().map(|d| titled(d.place.of(&article.text))).filter(|p| !p.is_empty());
    let date = article.published.map_or_else(|| tr!("undated").to_owned(), |d| long_date(d.day(), d.month(), d.year()));
    let join = |parts: Vec<Option<String>>| parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let first = join(vec![place, Some(date), Some(length)]);
    let second = join(vec![article.byline.clone(), article.site.clone()]);
    if second.is_empty() { vec![first] } else { vec![first, second] }
}

fn marks(document: &Analysed) -> Vec<Mark> {
    let found = &document.found;
    let names = found.mentions.iter().filter(|m| m.form == MentionForm::Name && m.entity != EntityId::UNJOINED);
    let names = names.map(|m| Mark { span: m.span, kind: MarkKind::Name(m.entity, m.kind) });
    let moments = (0..).zip(&found.times).map(|(n, t)| Mark { span: t.span, kind: MarkKind::Moment(n) });
    let mut marks: Vec<Mark> = names.chain(moments).filter(|m| m.span.len() < LONGEST_MARK as usize).collect();
    marks.sort_by_key(|m| m.span);
    marks
}
