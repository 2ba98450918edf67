//! What the library lays over the panes: a line to type in, a query with what can stand there, the card of a feed.

use crate::app::State;
use crate::app::shelf::{CardLine, FeedCard, FeedLine, Line, Over, QueryLine};
use crate::config::Ink;
use crate::locale::tr;
use crate::panes::foot::{cleared, wrapped};
use crate::panes::palette::centred;
use crate::text::{clean_line, cut, width};
use crate::widgets::{Paint, Pen, fill, lay, prompt};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Cells of what stands before a line of the card.
const LABEL: usize = 12;

/// Draws what lies over the panes; `foot` is the foot line.
pub fn draw(state: &State, paint: &Paint, over: &Over, (screen, foot): (Rect, Rect), buffer: &mut Buffer) {
    match over {
        Over::Line(line) => typed(paint, line, foot, buffer),
        Over::Query(query) => {
            offers(paint, query, screen, buffer);
            asked(state, paint, query, (screen, foot), buffer);
        }
        Over::Card(card) => draw_card(state, paint, card, screen, buffer),
    }
}

/// Cells that a line being typed has at least, before something else stands beside it.
const TYPING: usize = 24;

fn typed(paint: &Paint, line: &Line, foot: Rect, buffer: &mut Buffer) {
    fill(buffer, foot, paint.of(Ink::Foot));
    let mut pen = Pen::new(buffer, foot, 0);
    pen.space(1);
    let tags: Vec<String> = line.has.iter().map(|tag| format!("#{}", clean_line(tag))).collect();
    let tags = cut(&tags.join(" "), pen.room() / 3);
    let sign = line.asks.sign();
    // What is to be typed is told until somebody types, and never at the cost of what is asked for.
    let free = width(sign) + width(&tags) + if line.input.text().is_empty() { 6 } else { TYPING };
    let hints = [format!("{}  Enter  Esc ", line.asks.hint()), "Enter  Esc ".to_owned()];
    if let Some(hint) = hints.iter().find(|hint| pen.room() > width(hint) + free) {
        pen.right(hint, paint.of(Ink::Dim));
    }
    pen.text(sign, paint.of(Ink::Accent));
    if !tags.is_empty() {
        pen.text(&tags, paint.of(Ink::Dim)).space(2);
    }
    prompt(&mut pen, paint, "", (line.input.before(), line.input.text()));
}

/// The query with what is wrong in it marked, and said at the right, or above where there is no room for it.
fn asked(state: &State, paint: &Paint, query: &QueryLine, (screen, foot): (Rect, Rect), buffer: &mut Buffer) {
    let sign = tr!("Ask: ");
    fill(buffer, foot, paint.of(Ink::Foot));
    let mut pen = Pen::new(buffer, foot, 0);
    pen.space(1);
    let says = query.problem.as_ref().map(|p| {
        let hint = if p.hint.is_empty() { String::new() } else { format!(" ({})", p.hint) };
        clean_line(&format!("{}{hint}", p.what))
    });
    let room = pen.room();
    // The cursor stands behind the query.
    let free = room.saturating_sub(width(sign) + width(query.input.text()) + 4);
    let above = match &says {
        Some(says) if width(says) <= free => {
            pen.right(&format!("{says} "), paint.of(Ink::Warning));
            None
        }
        None if room > 76 => {
            pen.right(&format!("{} ", tr!("Tab completes  Enter asks  Esc")), paint.of(Ink::Dim));
            None
        }
        says => says.as_deref(),
    };
    prompt(&mut pen, paint, sign, (query.input.before(), query.input.text()));
    if let Some(problem) = &query.problem {
        let cells = |end: u32| query.input.text().get(..end as usize).map_or(0, width);
        let (start, end) = (cells(problem.span.start), cells(problem.span.end));
        let at = foot.x + 1 + u16::try_from(width(sign) + start).unwrap_or(u16::MAX / 2);
        let marked = Rect { x: at, width: u16::try_from((end - start.min(end)).max(1)).unwrap_or(1), ..foot };
        buffer.set_style(marked.intersection(foot).intersection(buffer.area), paint.of(Ink::Warning));
    }
    if let Some(says) = above {
        let bottom = if query.offers.items.is_empty() { foot.y } else { offers_area(query, screen).y };
        let lines = wrapped(says, usize::from(foot.width.saturating_sub(2)));
        let area = cleared(state, paint, lines.len(), (foot, bottom), buffer);
        for (row, line) in (0..area.height).zip(&lines) {
            Pen::new(buffer, area, row).space(1).text(line, paint.of(Ink::Warning));
        }
    }
}

/// The box above the foot line with what can stand at the cursor.
#[must_use]
pub fn offers_area(query: &QueryLine, screen: Rect) -> Rect {
    let rows = u16::try_from(query.offers.items.len().min(8)).unwrap_or(8);
    let height = (rows + 2).min(screen.height.saturating_sub(1));
    let width = 64.min(screen.width.saturating_sub(2));
    Rect { x: screen.x + 1, y: screen.bottom().saturating_sub(height + 1), width, height }
}

fn offers(paint: &Paint, query: &QueryLine, screen: Rect, buffer: &mut Buffer) {
    if query.offers.items.is_empty() {
        return;
    }
    let area = offers_area(query, screen);
    lay(buffer, area, paint);
    let rows = Rect { y: area.y + 1, height: area.height.saturating_sub(2), ..area };
    for (row, (word, help)) in (0..rows.height).zip(&query.offers.items) {
        if query.chosen == Some(usize::from(row)) {
            let line = Rect { y: rows.y + row, height: 1, ..rows }.intersection(buffer.area);
            buffer.set_style(line, paint.of(Ink::Selected));
        }
        let mut pen = Pen::new(buffer, rows, row);
        let left = if help.is_empty() { usize::from(rows.width) } else { 14 };
        pen.space(2).column(&clean_line(word), left, paint.of(Ink::Text)).text(help, paint.of(Ink::Dim));
    }
}

/// The box of a feed's card.
#[must_use]
pub fn card_area(screen: Rect) -> Rect {
    centred(screen, 84, 18)
}

fn draw_card(state: &State, paint: &Paint, card: &FeedCard, screen: Rect, buffer: &mut Buffer) {
    let feed = state.view.shelf.as_ref().and_then(|s| s.tree.holdings.feeds.iter().find(|f| f.id == card.feed));
    let Some(feed) = feed else { return };
    let area = card_area(screen);
    lay(buffer, area, paint);
    let inner = Rect { x: area.x + 2, y: area.y + 1, width: area.width.saturating_sub(4), height: area.height.saturating_sub(2) };
    let (mut head, keys) = (Pen::new(buffer, inner, 0), tr!("Enter changes  Esc closes"));
    if head.room() > width(&feed.shown) + width(keys) + 1 {
        head.right(keys, paint.of(Ink::Dim));
    }
    head.text(&feed.shown, paint.of(Ink::Title));
    Pen::new(buffer, inner, 1).text(&feed.url, paint.of(Ink::Dim));
    for (n, line) in CardLine::ALL.into_iter().enumerate() {
        let row = 3 + u16::try_from(n).unwrap_or(0);
        if n == card.selected {
            let selected = Rect { x: area.x + 1, y: inner.y + row, width: area.width.saturating_sub(2), height: 1 };
            buffer.set_style(selected.intersection(inner_of(area)).intersection(buffer.area), paint.of(Ink::Selected));
        }
        let mut pen = Pen::new(buffer, inner, row);
        pen.column(line.label(), LABEL, paint.of(Ink::Dim));
        match card.edit.as_ref().filter(|_| n == card.selected) {
            Some(edit) => prompt(&mut pen, paint, "", (edit.before(), edit.text())),
            None => drop(pen.text(&line.value(feed), paint.of(Ink::Text))),
        }
    }
    facts(paint, feed, inner, buffer);
}

fn inner_of(area: Rect) -> Rect {
    Rect { y: area.y + 1, height: area.height.saturating_sub(2), ..area }
}

/// What cannot be changed: counts, the last look, what went wrong.
fn facts(paint: &Paint, feed: &FeedLine, inner: Rect, buffer: &mut Buffer) {
    let checked = if feed.checked.is_empty() { tr!("never") } else { &feed.checked };
    let counts = tr!("{articles}, {unread} unread", articles = feed.articles, unread = feed.unread);
    for (row, label, value) in [(9, tr!("Articles"), counts.as_str()), (10, tr!("Looked at"), checked)] {
        Pen::new(buffer, inner, row).column(label, LABEL, paint.of(Ink::Dim)).text(value, paint.of(Ink::Text));
    }
    let Some(trouble) = &feed.trouble else { return };
    let right = Rect { x: inner.x + 12, width: inner.width.saturating_sub(12), ..inner };
    Pen::new(buffer, inner, 12).column(tr!("Trouble"), LABEL, paint.of(Ink::Warning));
    let lines = textwrap::wrap(&clean_line(&trouble.to_string()), usize::from(right.width.max(10)))
        .into_iter()
        .map(std::borrow::Cow::into_owned)
        .collect::<Vec<_>>();
    for (row, line) in (12..inner.height).zip(lines) {
        Pen::new(buffer, right, row).text(&line, paint.of(Ink::Text));
    }
}
