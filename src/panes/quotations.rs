//! What was said: the quotations of the open article, speaker first.

use super::{empty, list_rows, select};
use crate::app::{Open, Pane, State};
use crate::article::{Quote, QuoteKind};
use crate::config::Ink;
use crate::locale::tr;
use crate::widgets::{Paint, Pen};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Cells of the speaker's name.
const SPEAKER: usize = 14;

/// Sets how many rows fit.
pub fn measure(state: &mut State, area: Rect) {
    let len = state.open.as_ref().map_or(0, |o| o.document.found.quotes.len());
    let cursor = &mut state.view.panes.quotations;
    if cursor.height != usize::from(area.height) {
        cursor.measure(usize::from(area.height), len);
    }
}

/// Draws the quotations.
pub fn draw(state: &State, paint: &Paint, area: Rect, buffer: &mut Buffer) {
    let Some(open) = state.open.as_ref().filter(|o| !o.document.found.quotes.is_empty()) else {
        let says = match &state.open {
            Some(open) if !open.analysed => tr!("Looking for quotations…"),
            Some(_) => tr!("Nobody is quoted in this article."),
            None => return empty(paint, area, &super::unopened(state, tr!("The quotations, with their speakers,")), buffer),
        };
        return empty(paint, area, says, buffer);
    };
    let cursor = state.view.panes.quotations;
    let quotes = &open.document.found.quotes;
    for (at, row) in list_rows(cursor, quotes.len(), area, 1) {
        if at == cursor.selected {
            select(state, paint, Pane::Quotations, area, row, buffer);
        }
        line(open, &quotes[at], paint, Pen::new(buffer, area, row));
    }
}

fn line(open: &Open, quote: &Quote, paint: &Paint, mut pen: Pen<'_>) {
    let text = &open.document.article.text;
    let entity = quote.speaker.and_then(|id| open.document.found.entities.get(id.0 as usize));
    let words = quote.speaker_words(text);
    let name = entity.map(|e| e.name.as_str()).or(words).unwrap_or("—");
    let doubtful = quote.is_doubtful() && quote.speaker_span.is_some();
    let ink = entity.filter(|_| !doubtful).map_or(Ink::Dim, |e| super::text::ink_of_kind(e.kind));
    let said = if doubtful || quote.kind == QuoteKind::Indirect { Ink::Dim } else { Ink::Quotation };
    // Without colours a doubt has to be a sign too.
    let sign = if doubtful { "?" } else { " " };
    pen.space(1).text(sign, paint.of(Ink::Dim)).column(name, SPEAKER, paint.of(ink)).space(2).text(quote.span.of(text), paint.of(said));
}
