//! When: the moments of the open article under an axis of the calendar; on the whole screen, those of all articles.

mod axis;
mod row;

use super::{empty, list_rows, select, unopened};
use crate::app::shelf::Viewed;
use crate::app::timeline::{self, Axis, Chronicle, Lens, TimelineRow};
use crate::app::{Action, Pane, State};
use crate::config::Ink;
use crate::locale::{tr, trn};
use crate::text::cut;
use crate::widgets::{Paint, Pen};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// From this height on the axis stands over the list.
const WITH_AXIS: u16 = 7;

/// Rows of the axis: density, and names of bins.
const AXIS_ROWS: u16 = 2;

/// From this width on each row has its own place under the axis.
const WITH_LANE: u16 = 96;

/// From this width on the rows of all articles name their article.
const WITH_SOURCE: u16 = 56;

/// How the pane's area is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Plan {
    /// The axis over the list; without rows where there is none.
    axis: Rect,
    /// The line that says whose moments are shown; without rows where all are.
    filter: Rect,
    /// The list.
    list: Rect,
    /// Cells of the date.
    date: u16,
    /// Cells in which each row shows its place under the axis; 0 in narrow panes.
    lane: u16,
    /// Cells of the article's name; 0 where it is plain.
    source: u16,
}

impl Plan {
    fn new(state: &State, area: Rect) -> Self {
        let all = timeline::shows_all(state);
        let dated = chronicle(state).map_or(0, |c| c.dated().len());
        let part = |y: u16, height: u16| Rect { y: area.y + y, height, ..area };
        let axis = if area.height >= WITH_AXIS && dated > 1 { AXIS_ROWS } else { 0 };
        let filter = u16::from(state.view.timeline.filter.is_some() && area.height > 2);
        let lane = if area.width >= WITH_LANE && axis > 0 { (area.width / 4).clamp(24, 60) } else { 0 };
        let source = match (all, area.width) {
            (false, _) => 0,
            (true, ..WITH_SOURCE) => 0,
            (true, width) => (width / 5).min(30),
        };
        let date = row::date_column(all);
        Self {
            axis: part(0, axis),
            filter: part(axis, filter),
            list: part(axis + filter, area.height - axis - filter),
            date: date.min(area.width / 2),
            lane,
            source,
        }
    }

    /// Where the axis, and in wide panes the lane of each row, has its first cell, and how many it has.
    fn cells(&self) -> (u16, u16) {
        match self.lane {
            0 => (1, self.axis.width.saturating_sub(2)),
            lane => (row::SIGNS + self.date + 1, lane),
        }
    }
}

fn chronicle(state: &State) -> Option<&Chronicle> {
    if timeline::shows_all(state) {
        return Some(&state.view.timeline.session.whole.chronicle);
    }
    state.open.as_ref().map(|o| &o.timeline)
}

fn lens(state: &State) -> Lens {
    if timeline::shows_all(state) { state.view.timeline.all } else { state.view.timeline.here }
}

/// The part of `area` that holds the list.
#[must_use]
pub fn list(state: &State, area: Rect) -> Rect {
    Plan::new(state, area).list
}

/// Sets how many rows fit.
pub fn measure(state: &mut State, area: Rect) {
    let height = usize::from(list(state, area).height);
    let mut cursor = timeline::cursor(state);
    if cursor.height != height {
        let len = timeline::rows(state).map_or(0, |r| r.len());
        cursor.measure(height, len);
        timeline::set_cursor(state, cursor);
    }
}

/// What stands at the right end of the title: the unit of zoom and the place in the list, or why there are no dates.
#[must_use]
pub fn info(state: &State) -> String {
    let Some(rows) = timeline::rows(state) else { return String::new() };
    if timeline::shows_all(state) {
        let whole = &state.view.timeline.session.whole;
        let session = &state.view.timeline.session;
        let left_out = match (&session.of, session.left, state.library.left_out()) {
            (Some(_), 0, _) | (None, _, 0) => String::new(),
            (Some(_), left, _) if session.waiting => format!(" · {}", trn!(left, "{n} article to go…", "{n} articles to go…")),
            (Some(_), left, _) => format!(" · {}", trn!(left, "{n} older article not read", "{n} older articles not read")),
            (None, _, n) => format!(" · {}", tr!("{n} more not kept", n)),
        };
        let moments = whole.chronicle.dated().len() + whole.chronicle.loose().len();
        let (moments, articles) = (trn!(moments, "{n} moment", "{n} moments"), trn!(whole.articles, "{n} article", "{n} articles"));
        return format!("{}{} · {}{left_out}", whose(state), rows.unit().name(), tr!("{moments} in {articles}", moments, articles));
    }
    if state.open.as_ref().is_some_and(|o| o.document.article.published.is_none()) {
        let key = state.keys_of(Action::SetDate);
        return if key.is_empty() { tr!("undated").to_owned() } else { tr!("undated, {key} dates", key) };
    }
    if rows.is_empty() {
        return String::new();
    }
    format!("{} {}/{}", rows.unit().name(), timeline::cursor(state).selected + 1, rows.len())
}

/// Of which page or list of the library the moments are; empty where there is no library.
fn whose(state: &State) -> String {
    let title = match &state.view.timeline.session.of {
        None => return String::new(),
        Some(Viewed::Page(of)) => state.view.pages.top().filter(|p| p.of == *of).and_then(|p| p.sheet.as_ref()).map(|s| s.title.clone()),
        Some(Viewed::List(of, _)) => state.view.shelf.as_ref().map(|s| s.tree.label(of).to_string()),
    };
    title.map_or_else(String::new, |title| format!("{} · ", cut(&title, 40)))
}

/// Draws the timeline.
pub fn draw(state: &State, paint: &Paint, area: Rect, buffer: &mut Buffer) {
    let plan = Plan::new(state, area);
    if let Some(filter) = &state.view.timeline.filter {
        let mut pen = Pen::new(buffer, plan.filter, 0);
        let keys = state.keys_of(Action::Filter);
        pen.space(1).text(&format!("{} ", tr!("only")), paint.of(Ink::Dim));
        if !keys.is_empty() && pen.room() > 24 {
            pen.right(&format!("{} ", tr!("{keys} shows all", keys)), paint.of(Ink::Faint));
        }
        pen.text(&filter.shown, paint.of(super::text::ink_of_kind(filter.kind)));
    }
    let (Some(rows), Some(chronicle)) = (timeline::rows(state).filter(|r| !r.is_empty()), chronicle(state)) else {
        return empty(paint, plan.list, &nothing(state), buffer);
    };
    let cursor = timeline::cursor(state);
    let selected = rows.get(cursor.selected).and_then(|r| rows.item(r));
    let (_, cells) = plan.cells();
    let day = published(state).map(|d| d.at(12, 0, 0, 0));
    let axis = Axis::around(chronicle, lens(state).unit(chronicle), selected, day, usize::from(cells));
    if plan.axis.height > 0 {
        axis::draw(state, &plan, &axis, (chronicle, selected), paint, buffer);
    }
    for (at, line) in list_rows(cursor, rows.len(), plan.list, 1) {
        if at == cursor.selected {
            select(state, paint, Pane::Timeline, plan.list, line, buffer);
        }
        if let Some(shown) = rows.get(at) {
            row::draw(&row::Context { state, paint, plan: &plan, rows: &rows, axis: &axis }, shown, line, buffer);
        }
    }
}

/// What is said where there is no moment.
fn nothing(state: &State) -> String {
    let session = &state.view.timeline.session;
    if let Some(filter) = state.view.timeline.filter.as_ref().filter(|_| !session.waiting || !timeline::shows_all(state)) {
        return tr!("No moment with {name}.", name = cut(&filter.shown, 40));
    }
    match &state.open {
        _ if timeline::shows_all(state) && session.waiting && session.of.is_some() => tr!("Reading moments…").to_owned(),
        _ if timeline::shows_all(state) && session.waiting => tr!("Reading the moments of {n} articles…", n = state.library.settled()),
        _ if timeline::shows_all(state) => tr!("No moments found in these articles.").to_owned(),
        Some(open) if !open.analysed => tr!("Looking for moments…").to_owned(),
        Some(_) => tr!("No moments found in this article.").to_owned(),
        None => unopened(state, tr!("The moments, in the order of the calendar,")),
    }
}

/// The day that is marked on the axis.
fn published(state: &State) -> Option<jiff::civil::Date> {
    state.open.as_ref().filter(|_| !timeline::shows_all(state)).and_then(|o| o.document.article.published)
}

/// True for rows that are headings and not moments.
fn is_heading(row: TimelineRow) -> bool {
    matches!(row, TimelineRow::Published(_) | TimelineRow::Drawer(_))
}
