//! The pictures of the article: one over the panes, as large as it goes, and those in the text. What is drawn here are their frames and words; the
//! pictures themselves come from the terminal's room, which is told where they stand.

use super::text;
use crate::app::{Coming, Open, Overlay, Pixels, State};
use crate::article::PicturePlace;
use crate::config::Ink;
use crate::locale::tr;
use crate::widgets::{Paint, Pen, fill};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use std::sync::Arc;

/// Rows of words below a picture, at most.
const MAX_WORDS: usize = 3;

/// A picture and the box on the screen in whose middle it belongs.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The picture.
    pub pixels: Arc<Pixels>,
    /// The part of the box that is on the screen.
    pub area: Rect,
    /// Rows of the box above the screen.
    pub above: u16,
    /// Rows of the whole box.
    pub rows: u16,
}

impl Placed {
    /// The size of the whole box.
    #[must_use]
    pub fn room(&self) -> Size {
        Size { width: self.area.width, height: self.rows }
    }
}

/// The pictures that are there to be seen. `text` is where the text stands, if it does.
#[must_use]
pub fn places(state: &State, text: Option<Rect>, screen: Rect) -> Vec<Placed> {
    let Some(open) = state.open.as_ref().filter(|_| state.what_follows().is_empty()) else { return Vec::new() };
    let mut placed: Vec<Placed> = match (&state.overlay, text) {
        (Overlay::Picture(number), _) => {
            let area = inner(open, *number, screen);
            let pixels = open.pictures.get(*number).and_then(|loaded| loaded.as_ref().ok());
            pixels.map(|pixels| Placed { pixels: Arc::clone(pixels), area, above: 0, rows: area.height }).into_iter().collect()
        }
        // A picture under something else would shine through, or leave its rest behind.
        (Overlay::None | Overlay::Find(_) | Overlay::Hints(_) | Overlay::Links(_) | Overlay::Date(_), Some(text)) => {
            in_text(state, open, text)
        }
        _ => Vec::new(),
    };
    // A long answer stands over the last rows.
    let end = screen.bottom().saturating_sub(1 + super::foot::rows_above(state, screen.width));
    placed.retain_mut(|picture| {
        picture.area.height = picture.area.height.min(end.saturating_sub(picture.area.y));
        picture.area.height > 0
    });
    placed
}

fn in_text(state: &State, open: &Open, area: Rect) -> Vec<Placed> {
    let body = text::body(state, area);
    let free = open.picture_rows();
    let places = open.pictures_on_screen().into_iter().filter(|seen| seen.rows > 0);
    let placed = places.filter_map(|seen| {
        let pixels = Arc::clone(open.pictures.get(seen.number)?.as_ref().ok()?);
        let y = body.y + u16::try_from(seen.row).ok()?;
        Some(Placed { pixels, area: Rect { y, height: seen.rows, ..body }, above: seen.above, rows: free })
    });
    placed.collect()
}

/// Says what is to be said of the pictures in the text that are not there.
pub(super) fn draw_in_text(open: &Open, paint: &Paint, body: Rect, buffer: &mut Buffer) {
    for seen in open.pictures_on_screen() {
        let middle = (open.picture_rows() / 2).checked_sub(seen.above).filter(|row| *row < seen.rows);
        if let (Some(middle), Ok(row)) = (middle, u16::try_from(seen.row)) {
            let line = Rect { y: body.y + row + middle, height: 1, ..body };
            centred(&status(open, seen.number), line, paint, buffer);
        }
    }
}

/// What there is to say instead of a picture.
fn status(open: &Open, number: u16) -> String {
    match (open.pictures.get(number), open.pictures.coming(number)) {
        (Some(Ok(_)), _) => String::new(),
        (Some(Err(notice)), _) => notice.to_string(),
        (None, Some(coming)) => progress(coming),
        (None, None) => "…".to_owned(),
    }
}

fn progress(coming: Coming) -> String {
    match (coming.bytes >> 10, coming.of.map(|of| of >> 10)) {
        (0, _) => tr!("Fetching the picture…").to_owned(),
        (have, Some(of)) if of > 0 => tr!("Fetching the picture… {have} of {of} KiB", have, of),
        (have, _) => tr!("Fetching the picture… {have} KiB", have),
    }
}

fn centred(says: &str, area: Rect, paint: &Paint, buffer: &mut Buffer) {
    let lines = textwrap::wrap(says, usize::from(area.width.max(1)));
    for (row, line) in (0..).zip(lines).take(usize::from(area.height.max(1))) {
        let before = usize::from(area.width).saturating_sub(crate::text::width(&line)) / 2;
        Pen::new(buffer, area, row).space(before).text(&line, paint.of(Ink::Dim));
    }
}

/// The box of a picture over the panes: all but the foot line.
fn outer(screen: Rect) -> Rect {
    Rect { height: screen.height.saturating_sub(1), ..screen }
}

/// Where the picture itself stands in it: under the title, over its words.
fn inner(open: &Open, number: u16, screen: Rect) -> Rect {
    let area = outer(screen);
    let words = u16::try_from(words(open, number, area).len()).unwrap_or(0);
    Rect {
        x: area.x + 2.min(area.width),
        y: area.y + 2,
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(3 + if words > 0 { words + 1 } else { 0 }),
    }
}

/// The words below a picture, in rows.
fn words(open: &Open, number: u16, area: Rect) -> Vec<String> {
    let width = usize::from(area.width.saturating_sub(8)).clamp(1, 100);
    let mut lines: Vec<String> =
        textwrap::wrap(open.picture_words(number), width).into_iter().take(MAX_WORDS + 1).map(std::borrow::Cow::into_owned).collect();
    if lines.len() > MAX_WORDS {
        lines.truncate(MAX_WORDS);
        lines.iter_mut().skip(MAX_WORDS - 1).for_each(|last| last.push('…'));
    }
    lines
}

/// Draws what stands around a picture over the panes.
pub fn draw(state: &State, paint: &Paint, number: u16, screen: Rect, buffer: &mut Buffer) {
    let Some(open) = &state.open else { return };
    let area = outer(screen);
    fill(buffer, area, paint.of(Ink::Overlay));
    let title = Rect { x: area.x + 2, width: area.width.saturating_sub(4), height: 1, ..area };
    let mut pen = Pen::new(buffer, title, 0);
    let on_the_web = matches!(open.picture(number).map(|p| &p.place), Some(PicturePlace::Web(_)));
    let browse = if on_the_web { format!("o {}  ", tr!("browser")) } else { String::new() };
    let turn = if open.picture_count() > 1 { format!("← → {}  ", tr!("turn")) } else { String::new() };
    pen.text(&tr!("Picture {n} of {all}", n = number + 1, all = open.picture_count()), paint.of(Ink::Title));
    pen.right(&format!("{turn}{browse}{}", tr!("Esc close")), paint.of(Ink::Dim));
    let inner = inner(open, number, screen);
    let middle = Rect { y: inner.y + inner.height / 2, height: (inner.height / 2).max(1), ..inner };
    centred(&status(open, number), middle, paint, buffer);
    for (row, line) in (inner.height + 1..).zip(words(open, number, area)) {
        let before = usize::from(inner.width).saturating_sub(crate::text::width(&line)) / 2;
        let below = Rect { y: inner.y + row, height: 1, ..inner };
        Pen::new(buffer, below, 0).space(before).text(&line, paint.of(Ink::Text));
    }
}
