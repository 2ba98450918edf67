//! The article's text, with its names, moments and quotations marked.

use super::empty;
use crate::app::{Entry, MarkKind, Open, Origin, Overlay, Pane, State, Status, Trail};
use crate::article::Kind;
use crate::config::{Dateline, Ink, Signs};
use crate::locale::tr;
use crate::text::{PieceKind, Row, Span, clean_line, small_capital, typeset, width};
use crate::widgets::{Paint, Pen};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use std::borrow::Cow;

/// Cells that stay free on each side of the text.
const MARGIN: u16 = 2;

/// Cells behind which tags say something.
const TAGS: usize = 6;

/// Lays the text out for `area`.
pub fn measure(state: &mut State, area: Rect) {
    let cells = usize::from(body(state, area).width);
    let height = usize::from(area.height);
    let look = state.open.as_ref().map(|open| state.look(&open.document.article));
    state.view.text = (cells, height);
    if let (Some(open), Some(look)) = (&mut state.open, look)
        && (open.measure_cells(), open.height(), open.look()) != (cells, height, look)
    {
        open.measure(cells, height, look);
    }
}

/// The column of text in `area`: as wide as the measure, in the middle.
#[must_use]
pub fn body(state: &State, area: Rect) -> Rect {
    let width = area.width.saturating_sub(2 * MARGIN).min(state.measure()).max(1);
    Rect { x: area.x + (area.width.saturating_sub(width)) / 2, width, ..area }
}

/// Draws the text.
pub fn draw(state: &State, paint: &Paint, area: Rect, buffer: &mut Buffer) {
    let Some(open) = &state.open else {
        return empty(paint, area, &nothing(state), buffer);
    };
    if open.document.article.text.is_empty() {
        empty(paint, Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area }, tr!("This article is empty."), buffer);
    }
    let body = body(state, area);
    let lit = lit(state, open);
    for (n, row) in (0..).zip(&open.rows).take(usize::from(area.height)) {
        if !row.is_blank() {
            Line { state, open, paint, row: *row, area: Rect { y: body.y + n, height: 1, ..body }, margin: area }.draw(&lit, buffer);
        }
    }
    tags(state, open, paint, body, buffer);
    super::pictures::draw_in_text(open, paint, body, buffer);
    if state.focus == Pane::Text && body.x > area.x + 1 {
        let eye = u16::try_from(open.eye_row()).unwrap_or(0);
        let margin = Rect { x: body.x - 1, y: body.y, width: 1, height: area.height };
        Pen::new(buffer, margin, eye.min(area.height.saturating_sub(1))).text("▏", paint.of(Ink::Faint));
    }
    if let Overlay::Hints(hints) = &state.overlay {
        for (label, mark) in hints.labels.iter().filter(|(l, _)| l.starts_with(&hints.typed)) {
            hint(open, body, area, (label, mark.span.start), paint, buffer);
        }
    }
    if let Overlay::Links(typed) = &state.overlay {
        for (number, span) in open.links_in(open.visible()) {
            let label = number.to_string();
            if label.starts_with(typed) {
                hint(open, body, area, (&label, span.start), paint, buffer);
            }
        }
    }
}

/// What to say while no article is open.
fn nothing(state: &State) -> String {
    let entries = state.library.entries();
    if let Some(entry) = state.arriving().and_then(|id| state.library.entry(id)) {
        return match entry.origin {
            Origin::Standard => tr!("Waiting for standard input…").to_owned(),
            Origin::Stream(_) | Origin::Web(_) => tr!("Waiting for {title}…", title = entry.title),
            _ => tr!("Reading…").to_owned(),
        };
    }
    match entries.iter().find(|e| matches!(e.status, Status::Failed(_))) {
        _ if state.progress.scanning => tr!("Looking for articles…").to_owned(),
        Some(Entry { title, status: Status::Failed(reason), .. }) => format!("{title}: {reason}."),
        _ => super::unopened(state, tr!("The text")),
    }
}

/// The article's tags in the library, behind what stands over its title.
fn tags(state: &State, open: &Open, paint: &Paint, body: Rect, buffer: &mut Buffer) {
    let tags: &[String] = state.library.entry(open.id).map_or(&[], |entry| &entry.tags);
    let over = (0..body.height).zip(&open.rows).take_while(|(_, row)| row.kind == PieceKind::Kicker).last();
    let Some((n, row)) = over.filter(|_| !tags.is_empty()) else { return };
    let shown: Vec<String> = tags.iter().map(|tag| format!("#{}", clean_line(tag))).collect();
    let before = usize::from(row.indent) + width(row.span.of(open.masthead()));
    let mut pen = Pen::new(buffer, body, n);
    if pen.room() > before + TAGS {
        pen.space(before).text(" · ", paint.of(Ink::Dim)).text(&shown.join(" "), paint.of(Ink::Dim));
    }
}

/// Stretches on the screen that are lit up: hits of a search, or the mentions of the chosen name.
fn lit(state: &State, open: &Open) -> Vec<Span> {
    let visible = open.visible();
    let near = |spans: &[Span]| {
        let first = spans.partition_point(|s| s.end <= visible.start);
        spans[first..].iter().take_while(|s| s.start < visible.end).copied().collect()
    };
    match (&state.overlay, &state.trail) {
        (Overlay::Find(find), _) => near(&find.hits),
        (_, Some(Trail::Hits { spans, .. })) => near(spans),
        (_, Some(Trail::Name { entity: Some(entity), .. })) => near(open.mentions(*entity)),
        _ => Vec::new(),
    }
}

/// One row of text.
struct Line<'a> {
    state: &'a State,
    open: &'a Open,
    paint: &'a Paint,
    row: Row,
    /// Its cells.
    area: Rect,
    /// The pane, in whose margin the numbers of links stand.
    margin: Rect,
}

impl Line<'_> {
    fn draw(&self, lit: &[Span], buffer: &mut Buffer) {
        let Self { open, paint, row, area, .. } = *self;
        let (text, ink) = match row.kind {
            PieceKind::Kicker => (open.masthead(), Ink::Dim),
            PieceKind::Title => (open.masthead(), Ink::Title),
            PieceKind::Heading => (open.document.article.text.as_str(), Ink::Title),
            PieceKind::Picture(_) => (open.masthead(), Ink::Dim),
            PieceKind::Caption => (open.document.article.text.as_str(), Ink::Dim),
            PieceKind::Paragraph | PieceKind::Item(_) | PieceKind::Quotation | PieceKind::Row => {
                (open.document.article.text.as_str(), Ink::Text)
            }
        };
        if matches!(row.kind, PieceKind::Item(_))
            && row.indent > 0
            && let Some(marker) = open.marker_before(row.span.start)
        {
            Pen::new(buffer, area, 0).text(&marker, paint.of(Ink::Dim));
        }
        let mut pen = Pen::new(buffer, area, 0);
        pen.space(usize::from(row.indent)).text(&self.set(text), paint.of(ink));
        if row.hyphen {
            pen.text("-", paint.of(ink));
        }
        if row.kind.is_masthead() {
            return;
        }
        if self.state.view.marks {
            self.links(buffer);
            self.quotations(buffer);
            for mark in open.marks_in(row.span) {
                self.over(mark.span, paint.of(ink_of(mark.kind)), buffer);
            }
        }
        self.dateline(buffer);
        // A search is looked for with the eyes; the chosen name is only to be told from the others.
        let hits = matches!((&self.state.overlay, &self.state.trail), (Overlay::Find(_), _) | (_, Some(Trail::Hits { .. })));
        for span in lit {
            self.over(*span, paint.of(if hits { Ink::Match } else { Ink::Selected }), buffer);
        }
        if let Some(cursor) = open.cursor {
            let span = lit.iter().copied().find(|s| s.start == cursor).or_else(|| open.mark_at(cursor).map(|m| m.span));
            if let Some(span) = span.filter(|s| s.start == cursor) {
                self.over(span, paint.of(Ink::Current), buffer);
            }
        }
    }

    /// Underlines the links, and writes their numbers beside the row in which they begin.
    fn links(&self, buffer: &mut Buffer) {
        let links = &self.open.document.article.links;
        let first = links.partition_point(|l| !l.span.is_empty() && l.span.end <= self.row.span.start);
        for link in links[first..].iter().take_while(|l| !l.span.is_empty() && l.span.start < self.row.span.end) {
            self.over(link.span, self.paint.of(Ink::Link), buffer);
        }
        let margin = Rect { x: self.area.right(), width: self.margin.right().saturating_sub(self.area.right()), ..self.area };
        let mut pen = Pen::new(buffer, margin, 0);
        for (number, _) in self.open.links_in(self.row.span) {
            let number = number.to_string();
            if pen.room() > number.len() {
                pen.space(1).text(&number, self.paint.of(Ink::Faint));
            }
        }
    }

    /// The words of the row with the signs that the reader wants.
    fn set<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let words = self.row.span.of(text);
        if self.state.config.settings.print.signs == Signs::AsWritten {
            return Cow::Borrowed(words);
        }
        let before = text.get(..self.row.span.start as usize).and_then(|t| t.chars().next_back());
        Cow::Owned(typeset(words, before, self.open.document.article.language.as_deref()))
    }

    /// The place at the beginning of the story stands out. Without colours weight has another meaning.
    fn dateline(&self, buffer: &mut Buffer) {
        let Some(dateline) = &self.open.document.article.dateline else { return };
        match self.state.config.settings.print.dateline {
            Dateline::Bold if self.paint.of(Ink::Place).fg.is_some() => {
                self.over(dateline.place, Style::new().add_modifier(Modifier::BOLD), buffer);
            }
            Dateline::SmallCapitals if dateline.place.overlaps(self.row.span) => self.small_capitals(dateline.place, buffer),
            _ => {}
        }
    }

    /// Shows the letters behind the first one of each word as small capitals.
    fn small_capitals(&self, span: Span, buffer: &mut Buffer) {
        let text = &self.open.document.article.text;
        let mut inside = false;
        for (at, c) in span.of(text).char_indices() {
            let offset = span.start + u32::try_from(at).unwrap_or(0);
            let x = self.area.x.saturating_add(u16::try_from(self.row.column(text, offset)).unwrap_or(u16::MAX));
            if inside
                && self.row.span.contains(offset)
                && let Some(cell) = buffer.cell_mut((x, self.area.y))
            {
                cell.set_char(small_capital(c));
            }
            inside = c.is_alphabetic();
        }
    }

    fn quotations(&self, buffer: &mut Buffer) {
        let quotes = &self.open.document.found.quotes;
        let first = quotes.partition_point(|q| q.span.end <= self.row.span.start);
        // Nested quotations end later than they begin in order; one step back catches the outer one.
        for quote in quotes[first.saturating_sub(1)..].iter().take_while(|q| q.span.start < self.row.span.end) {
            if quote.kind != crate::article::QuoteKind::Indirect {
                self.over(quote.span, self.paint.of(Ink::Quotation), buffer);
            }
        }
    }

    /// Lays a style over the part of `span` that stands on this row.
    fn over(&self, span: Span, style: Style, buffer: &mut Buffer) {
        if !span.overlaps(self.row.span) {
            return;
        }
        let text = &self.open.document.article.text;
        let cells = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        let from = cells(self.row.column(text, span.start));
        let to = cells(self.row.column(text, span.end));
        let area = Rect { x: self.area.x.saturating_add(from), width: to.saturating_sub(from), ..self.area };
        buffer.set_style(area.intersection(buffer.area), style);
    }
}

/// The ink of a mark.
fn ink_of(kind: MarkKind) -> Ink {
    match kind {
        MarkKind::Name(_, kind) => ink_of_kind(kind),
        MarkKind::Moment(_) => Ink::Moment,
        MarkKind::Quotation(_) => Ink::Quotation,
    }
}

/// The ink of a kind of names, the same in every pane.
#[must_use]
pub fn ink_of_kind(kind: Kind) -> Ink {
    match kind {
        Kind::Person => Ink::Person,
        Kind::Place => Ink::Place,
        Kind::Organization => Ink::Organization,
        Kind::Other => Ink::Other,
    }
}

/// Writes a label in the cells before what begins at a byte offset, or over its first ones at the beginning of a row.
fn hint(open: &Open, body: Rect, area: Rect, (label, offset): (&str, u32), paint: &Paint, buffer: &mut Buffer) {
    let Some((n, row)) = (0..).zip(&open.rows).find(|(_, r)| !r.kind.is_masthead() && r.span.contains(offset)) else { return };
    let column = row.column(&open.document.article.text, offset);
    let cells = width(label);
    let x = (usize::from(body.x) + column).saturating_sub(cells).max(usize::from(area.x));
    let at = Rect { x: u16::try_from(x).unwrap_or(u16::MAX), y: body.y + n, width: u16::try_from(cells).unwrap_or(2), height: 1 };
    Pen::new(buffer, at, 0).text(label, paint.of(Ink::Hint));
}
