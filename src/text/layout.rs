//! Lines for a screen: paragraphs wrapped to a measure, only where somebody looks.
//!
//! A text is cut into pieces (paragraphs; very long ones into several), and a piece is wrapped when a row of it is first asked for. So a
//! resize or a jump costs what is on the screen, in a note of ten lines as in a file of 50 MB.

use super::{Span, hyphen, width};
use textwrap::core::Word;
use textwrap::wrap_algorithms::{Penalties, wrap_first_fit, wrap_optimal_fit};
use textwrap::{WordSeparator, WordSplitter};

/// A piece is at most this long, in bytes, before it is parted at a space.
const MAX_PIECE: usize = 8192;

/// Wrapped pieces that are remembered before the far ones are forgotten.
const MAX_WRAPPED: usize = 4096;

/// What a piece of text is for the eye.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// A paragraph of the body.
    Paragraph,
    /// A title or heading.
    Heading,
    /// An entry of a list, which leaves this many cells to its bullet or number.
    Item(u16),
    /// A quotation that is set off.
    Quotation,
    /// The words below a picture.
    Caption,
    /// A row of a table.
    Row,
    /// Place, date and length over the title. Its spans index [`Layout::masthead`].
    Kicker,
    /// A title that is not part of the article's text. Its spans index [`Layout::masthead`].
    Title,
    /// The place of the picture with this number: rows left free for it, then words about it. Its spans index [`Layout::masthead`].
    Picture(u16),
}

impl PieceKind {
    /// True for what is not part of the article's text: the lines above it, and the places of its pictures.
    #[must_use]
    pub fn is_masthead(self) -> bool {
        matches!(self, Self::Kicker | Self::Title | Self::Picture(_))
    }

    /// True where pieces of this kind stand close together.
    fn is_listed(self) -> bool {
        matches!(self, Self::Item(_) | Self::Row)
    }
}

/// A stretch of text that is wrapped on its own.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    /// Where it stands in the text, or in the masthead.
    pub span: Span,
    /// The byte offset at which it stands in the text: where it begins; for what is no part of the text, where the text goes on below it.
    pub at: u32,
    /// What it is.
    pub kind: PieceKind,
    /// True where a blank row follows.
    pub closes: bool,
}

/// One row on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The text on it; empty on a blank row, which stands at the end of its piece.
    pub span: Span,
    /// What it belongs to.
    pub kind: PieceKind,
    /// True where a hyphen is drawn behind it.
    pub hyphen: bool,
    /// Cells that stay free before it.
    pub indent: u16,
}

impl Row {
    /// True for the empty row between two pieces.
    #[must_use]
    pub fn is_blank(self) -> bool {
        self.span.is_empty()
    }

    /// Cells before the byte `offset` on this row.
    #[must_use]
    pub fn column(self, text: &str, offset: u32) -> usize {
        let end = offset.clamp(self.span.start, self.span.end);
        usize::from(self.indent) + width(Span { start: self.span.start, end }.of(text))
    }
}

/// How paragraphs are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Whether long words are parted at the end of a row.
    pub hyphenate: bool,
    /// The language by whose rules that is done (ISO 639-1).
    pub language: Option<[u8; 2]>,
    /// Blank rows between paragraphs.
    pub gap: u16,
    /// Rows that are left free for each picture.
    pub picture: u16,
    /// Cells by which a paragraph begins further in where no blank row sets it off.
    pub indent: u16,
    /// Blank rows between the rows of a paragraph.
    pub spacing: u16,
}

/// Cells by which a quotation that is set off stands further in.
const INDENT: u16 = 4;

/// A row, named by its piece, stable while other pieces are wrapped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The number of the piece.
    pub piece: usize,
    /// The number of the row within it.
    pub row: usize,
}

/// The rows of one text at one measure.
#[derive(Debug, Default)]
pub struct Layout {
    masthead: String,
    pieces: Vec<Piece>,
    rows: Vec<Option<Box<[Row]>>>,
    wrapped: usize,
    measure: usize,
    look: Look,
}

impl Layout {
    /// A layout over `paragraphs` of `text` (in order), under the lines of a masthead, with `pictures` (in order) before the paragraphs that
    /// begin at their offsets or after them.
    #[must_use]
    pub fn new(
        text: &str,
        masthead: &[(PieceKind, String)],
        pictures: &[(u32, String)],
        paragraphs: impl IntoIterator<Item = (Span, PieceKind)>,
    ) -> Self {
        let mut over = String::new();
        let mut pieces = Vec::new();
        let mut add = |kind, line: &str, at, closes, pieces: &mut Vec<Piece>| {
            let start = over.len();
            over.push_str(line);
            pieces.push(Piece { span: Span::new(start, over.len()), at, kind, closes });
        };
        for (kind, line) in masthead {
            add(*kind, line, 0, *kind == PieceKind::Title, &mut pieces);
        }
        let mut pictures = (0..).zip(pictures).peekable();
        for (span, kind) in paragraphs {
            while let Some((n, (at, words))) = pictures.next_if(|(_, (at, _))| *at <= span.start) {
                // The words below a picture stand close to it.
                add(PieceKind::Picture(n), words, *at, kind != PieceKind::Caption, &mut pieces);
            }
            if let Some(above) =
                pieces.last_mut().filter(|p| p.kind.is_listed() && std::mem::discriminant(&p.kind) == std::mem::discriminant(&kind))
            {
                above.closes = false;
            }
            part(text, span, kind, &mut pieces);
        }
        for (n, (at, words)) in pictures {
            add(PieceKind::Picture(n), words, *at, true, &mut pieces);
        }
        if let Some(last) = pieces.last_mut() {
            last.closes = false;
        }
        let rows = vec![None; pieces.len()];
        Self { masthead: over, pieces, rows, wrapped: 0, measure: 0, look: Look::default() }
    }

    /// The text of the masthead, which the spans of its rows index.
    #[must_use]
    pub fn masthead(&self) -> &str {
        &self.masthead
    }

    /// Sets the measure in cells; what was wrapped for another one is forgotten.
    pub fn set_measure(&mut self, measure: usize, look: Look) {
        let measure = measure.max(1);
        if (self.measure, self.look) != (measure, look) {
            (self.measure, self.look) = (measure, look);
            self.forget();
        }
    }

    /// The measure in cells; 0 before the first [`Layout::set_measure`].
    #[must_use]
    pub fn measure(&self) -> usize {
        self.measure
    }

    /// How paragraphs are set.
    #[must_use]
    pub fn look(&self) -> Look {
        self.look
    }

    /// The place `by` rows further down (up where negative), stopping at both ends.
    pub fn step(&mut self, text: &str, from: Place, by: isize) -> Place {
        let mut at = self.clamp(text, from);
        let mut left = by;
        while left > 0 {
            let inside = self.count(text, at.piece).saturating_sub(at.row + 1);
            let down = inside.min(left.unsigned_abs());
            at.row += down;
            left -= down.cast_signed();
            if left > 0 {
                if at.piece + 1 >= self.pieces.len() {
                    break;
                }
                at = Place { piece: at.piece + 1, row: 0 };
                left -= 1;
            }
        }
        while left < 0 {
            let up = at.row.min(left.unsigned_abs());
            at.row -= up;
            left += up.cast_signed();
            if left < 0 {
                let Some(piece) = at.piece.checked_sub(1) else { break };
                at = Place { piece, row: self.count(text, piece).saturating_sub(1) };
                left += 1;
            }
        }
        at
    }

    /// The place of the row on which the byte `offset` stands; the nearest one before it where it stands between rows.
    pub fn place(&mut self, text: &str, offset: u32) -> Place {
        let body = self.pieces.partition_point(|p| matches!(p.kind, PieceKind::Kicker | PieceKind::Title));
        if self.pieces.len() == body {
            return Place::default();
        }
        let after = self.pieces[body..].partition_point(|p| p.at <= offset);
        let piece = body + after.saturating_sub(1);
        if self.pieces[piece].kind.is_masthead() {
            return Place { piece, row: 0 };
        }
        let rows = self.rows(text, piece);
        let row = rows.partition_point(|r| r.span.start <= offset).saturating_sub(1);
        Place { piece, row }
    }

    /// At most `height` rows from `top` downwards.
    pub fn window(&mut self, text: &str, top: Place, height: usize) -> Vec<Row> {
        let mut out = Vec::with_capacity(height);
        let mut at = self.clamp(text, top);
        while out.len() < height && at.piece < self.pieces.len() {
            out.extend(self.rows(text, at.piece).iter().skip(at.row).take(height - out.len()));
            at = Place { piece: at.piece + 1, row: 0 };
        }
        out
    }

    /// The lowest useful top: with it the last row stands at the foot of a screen of `height` rows.
    pub fn last_top(&mut self, text: &str, height: usize) -> Place {
        let Some(piece) = self.pieces.len().checked_sub(1) else { return Place::default() };
        let end = Place { piece, row: self.count(text, piece).saturating_sub(1) };
        self.step(text, end, 1 - height.max(1).cast_signed())
    }

    /// The byte offset at which the row at `place` begins; where it is no part of the text, that at which the text goes on below it.
    pub fn offset(&mut self, text: &str, place: Place) -> u32 {
        let at = self.clamp(text, place);
        let Some(piece) = self.pieces.get(at.piece).copied() else { return 0 };
        if piece.kind.is_masthead() {
            return piece.at;
        }
        self.rows(text, at.piece).get(at.row).map_or(piece.span.start, |r| r.span.start)
    }

    fn clamp(&mut self, text: &str, place: Place) -> Place {
        let piece = place.piece.min(self.pieces.len().saturating_sub(1));
        Place { piece, row: place.row.min(self.count(text, piece).saturating_sub(1)) }
    }

    fn count(&mut self, text: &str, piece: usize) -> usize {
        self.rows(text, piece).len()
    }

    fn rows(&mut self, text: &str, piece: usize) -> &[Row] {
        let Some(&what) = self.pieces.get(piece) else { return &[] };
        if self.rows[piece].is_none() {
            if self.wrapped >= MAX_WRAPPED {
                self.forget();
            }
            self.wrapped += 1;
            let source = if what.kind.is_masthead() { &self.masthead } else { text };
            self.rows[piece] = Some(wrap(source, what, self.measure.max(1), self.look));
        }
        self.rows[piece].as_deref().unwrap_or(&[])
    }

    fn forget(&mut self) {
        self.rows.fill(None);
        self.wrapped = 0;
    }
}

/// Cuts one paragraph into pieces of at most [`MAX_PIECE`] bytes, at spaces where there are any.
fn part(text: &str, span: Span, kind: PieceKind, out: &mut Vec<Piece>) {
    let mut rest = span;
    while rest.len() > MAX_PIECE {
        let limit = text.floor_char_boundary(rest.start as usize + MAX_PIECE);
        let head = &text[rest.start as usize..limit];
        let end = head.rfind(' ').map_or(limit, |n| rest.start as usize + n + 1);
        out.push(Piece { span: Span::new(rest.start as usize, end), at: rest.start, kind, closes: false });
        rest = Span::new(end, rest.end as usize);
    }
    out.push(Piece { span: rest, at: rest.start, kind, closes: true });
}

fn wrap(text: &str, piece: Piece, measure: usize, look: Look) -> Box<[Row]> {
    let (first, others) = indents(piece.kind, measure, look);
    let words = words(piece.span.of(text), measure - usize::from(first.max(others)), look);
    let running = matches!(piece.kind, PieceKind::Paragraph | PieceKind::Quotation | PieceKind::Item(_));
    let spacing = if running { look.spacing } else { 0 };
    let blank = |at: usize| Row { span: Span::new(at, at), kind: piece.kind, hyphen: false, indent: 0 };
    let mut at = piece.span.start as usize;
    let mut rows = vec![blank(at); if matches!(piece.kind, PieceKind::Picture(_)) { usize::from(look.picture) } else { 0 }];
    for line in lines(&words, measure, [first, others]) {
        let full: usize = line.iter().map(|w| w.word.len() + w.whitespace.len()).sum();
        let last = line.last();
        let shown = full - last.map_or(0, |w| w.whitespace.len());
        let hyphen = last.is_some_and(|w| !w.penalty.is_empty());
        let indent = if rows.is_empty() { first } else { others };
        if let Some(above) = rows.last().map(|r| r.span.end as usize) {
            rows.extend(std::iter::repeat_n(blank(above), usize::from(spacing)));
        }
        rows.push(Row { span: Span::new(at, at + shown), kind: piece.kind, hyphen, indent });
        at += full;
    }
    let end = piece.span.end as usize;
    let gap = spacing + if piece.kind == PieceKind::Paragraph { look.gap } else { look.gap.max(1) };
    let blanks = match (piece.closes, rows.is_empty()) {
        (true, _) => usize::from(gap),
        (false, true) => 1,
        (false, false) => usize::from(spacing),
    };
    rows.extend(std::iter::repeat_n(blank(end), blanks));
    rows.into()
}

/// Cells that stay free before the first row of a piece, and before its others. Very narrow columns have none to spare.
fn indents(kind: PieceKind, measure: usize, look: Look) -> (u16, u16) {
    match kind {
        _ if measure <= 20 => (0, 0),
        PieceKind::Paragraph if look.gap == 0 => (look.indent, 0),
        PieceKind::Item(marker) => (marker.min(8), marker.min(8)),
        PieceKind::Quotation => (INDENT, INDENT),
        _ => (0, 0),
    }
}

fn words(body: &str, measure: usize, look: Look) -> Vec<Word<'_>> {
    static HYPHENS: WordSplitter = WordSplitter::HyphenSplitter;
    let splitter = if look.hyphenate { hyphen::splitter(look.language) } else { &HYPHENS };
    let words = WordSeparator::UnicodeBreakProperties.find_words(body);
    textwrap::core::break_words(textwrap::word_splitters::split_words(words, splitter), measure)
}

/// Optimal fit (Knuth and Plass, as textwrap does it); first fit where the widths overflow its arithmetic.
fn lines<'a, 'b>(words: &'b [Word<'a>], measure: usize, indents: [u16; 2]) -> Vec<&'b [Word<'a>]> {
    #[allow(clippy::cast_precision_loss, reason = "a measure is a number of terminal columns")]
    let widths = indents.map(|indent| (measure - usize::from(indent)) as f64);
    wrap_optimal_fit(words, &widths, &Penalties::new()).unwrap_or_else(|_| wrap_first_fit(words, &widths))
}

#[cfg(test)]
mod tests;
