//! The card of an entity.

use super::text::ink_of_kind;
use crate::app::{Card, CardRow, Label, State, when};
use crate::config::Ink;
use crate::locale::{text, tr, trn};
use crate::text::width;
use crate::widgets::{Paint, Pen, lay};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Cells of what stands before a fact.
const LABEL: usize = 14;

/// The box of the card on a screen of this size: as high as its facts need.
#[must_use]
pub fn area(card: &Card, screen: Rect) -> Rect {
    let rows = u16::try_from(card.rows.len() + 4).unwrap_or(u16::MAX);
    super::palette::centred(screen, 100, rows.min(super::palette::tallest(screen, 6)))
}

/// The rows of facts inside the card's box.
#[must_use]
pub fn facts(card: &Card, screen: Rect) -> Rect {
    let area = area(card, screen);
    Rect { x: area.x + 1, y: area.y + 3, width: area.width.saturating_sub(2), height: area.height.saturating_sub(4) }
}

/// Draws the card.
pub fn draw(state: &State, paint: &Paint, card: &Card, screen: Rect, buffer: &mut Buffer) {
    let Some(open) = &state.open else { return };
    let Some(entity) = open.document.found.entities.get(card.entity.0 as usize) else { return };
    let area = area(card, screen);
    lay(buffer, area, paint);
    let title = Rect { x: area.x + 2, y: area.y + 1, width: area.width.saturating_sub(4), height: 1 };
    let mentions = open.mentions(card.entity).len();
    let said = usize::try_from(open.said(card.entity)).unwrap_or(usize::MAX);
    let said = if said > 0 { format!(" · {}", trn!(said, "{n} quotation", "{n} quotations")) } else { String::new() };
    let about = format!("{} · {}{said}", text(entity.kind.word()), trn!(mentions, "{n} mention", "{n} mentions"));
    let mut pen = Pen::new(buffer, title, 0);
    let keys = tr!("Enter go there  Esc close");
    if pen.room() > width(&entity.name) + width(keys) + 2 {
        pen.right(keys, paint.of(Ink::Dim));
    }
    pen.text(&entity.name, paint.of(ink_of_kind(entity.kind)).patch(paint.of(Ink::Title))).space(2).text(&about, paint.of(Ink::Dim));
    let rows = facts(card, screen);
    for (at, row) in super::list_rows(card.cursor, card.rows.len(), rows, 1) {
        if at == card.cursor.selected {
            let line = Rect { y: rows.y + row, height: 1, ..rows }.intersection(buffer.area);
            buffer.set_style(line, paint.of(Ink::Selected));
        }
        let mut pen = Pen::new(buffer, rows, row);
        match &card.rows[at] {
            CardRow::Space => {}
            CardRow::Place(fact) => {
                if let Some(place) = &entity.place {
                    let (label, text) = super::map::facts::fact(place, *fact, card.local_time.as_deref());
                    pen.space(2).column(label, LABEL, paint.of(Ink::Dim)).text(&text, paint.of(Ink::Text));
                }
            }
            CardRow::Heading(heading) => drop(pen.space(1).text(heading, paint.of(Ink::Dim))),
            CardRow::Fact { label, text, doubtful, .. } => fact(state, paint, label, (text, *doubtful), &mut pen),
        }
    }
}

/// A line: label, words, and whether their speaker is only a guess.
fn fact(state: &State, paint: &Paint, label: &Label, (text, doubtful): (&str, bool), pen: &mut Pen<'_>) {
    let published = state.open.as_ref().and_then(|o| o.document.article.published);
    pen.space(1).text(if doubtful { "?" } else { " " }, paint.of(Ink::Dim));
    let ink = match label {
        Label::None => Ink::Text,
        Label::Count(n) => {
            pen.column(&format!("{n}×"), 5, paint.of(Ink::Dim));
            Ink::Text
        }
        Label::Company(n, kind) => {
            pen.column(&format!("{n}×"), 5, paint.of(Ink::Dim));
            ink_of_kind(*kind)
        }
        Label::When(interval) => {
            let date = interval.map_or_else(|| tr!("undated").to_owned(), |i| when(i, published));
            pen.column(&date, LABEL, paint.of(Ink::Moment));
            Ink::Text
        }
        Label::Speaker(name) => {
            pen.column(name, LABEL, paint.of(Ink::Person)).space(1);
            Ink::Text
        }
    };
    pen.text(text, paint.of(if doubtful { Ink::Dim } else { ink }));
}
