//! The foot line: what can be done here, where the reader is on a trail, and what there is to say.

use crate::app::page::PageOf;
use crate::app::shelf::{Level, Over, Refreshing, Shelf};
use crate::app::{Action, Asked, Fetching, Overlay, Pane, State, Status, TrailStatus};
use crate::article::{EntityId, Kind};
use crate::config::Ink;
use crate::locale::{tr, trn};
use crate::text::{clean_line, cut, width};
use crate::widgets::{Paint, Pen, fill, prompt};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Draws the foot line. `hidden` are the panes for which there is no room, where even the keys to them need a word.
pub fn draw(state: &State, paint: &Paint, hidden: &[Pane], area: Rect, buffer: &mut Buffer) {
    let base = paint.of(Ink::Foot);
    let mut pen = Pen::new(buffer, area, 0);
    pen.space(1);
    match &state.overlay {
        Overlay::Find(find) => {
            let hits =
                if find.input.text().is_empty() || find.waiting { String::new() } else { trn!(find.hits.len(), "{n} hit", "{n} hits") };
            aside(&mut pen, paint, &format!("{hits}  {} ", tr!("Enter keep  Esc back")), &hits);
            prompt(&mut pen, paint, "/", (find.input.before(), find.input.text()));
        }
        Overlay::Date(input) => {
            let says = state.notice.as_ref().map_or_else(|| tr!("empty for none").to_owned(), |n| clean_line(&n.to_string()));
            aside(&mut pen, paint, &beside(&state.overlay, &says), "");
            prompt(&mut pen, paint, tr!("Published: "), (input.before(), input.text()));
        }
        Overlay::Hints(_) => {
            pen.text(tr!("Type the letters of a mark to jump there"), base).space(3).text(tr!("Esc leave"), paint.of(Ink::Dim));
        }
        Overlay::Links(typed) => {
            let says = state.notice.as_ref().map_or_else(|| tr!("Enter lists all  Esc leave").to_owned(), |n| clean_line(&n.to_string()));
            aside(&mut pen, paint, &beside(&state.overlay, &says), "");
            prompt(&mut pen, paint, tr!("Link number: "), (typed, typed));
        }
        Overlay::Letter(asked) => letters(state, paint, *asked, &mut pen),
        // What there is to say comes last, over whatever stands there.
        _ if state.notice.is_some() => {}
        _ if state.view.zen => {
            pen.right(&format!("{} ", state.view.typing.text()), paint.of(Ink::Accent));
        }
        _ => {
            for (text, ink) in at_the_right(state) {
                pen.right(&text, paint.of(ink));
            }
            for key in offered(state, hidden, pen.room()) {
                pen.text(&key.shown, paint.of(Ink::Accent)).space(1).text(key.label, paint.of(Ink::Foot)).space(key.gap);
            }
        }
    }
}

/// Rows that what there is to say may take.
const SAID: usize = 3;

/// Says what there is to say: in the foot line, or above it where that is being typed into and has no room. A long answer takes more rows, over the last
/// ones of whatever stands there, for as long as it stands; nothing moves for it.
pub fn say(state: &State, paint: &Paint, foot: Rect, buffer: &mut Buffer) {
    let lines = said(state, foot.width);
    if lines.is_empty() {
        return;
    }
    let typed = is_typed(state);
    let area = cleared(state, paint, lines.len(), (foot, if typed { foot.y } else { foot.bottom() }), buffer);
    for (row, line) in (0..area.height).zip(&lines) {
        let mut pen = Pen::new(buffer, area, row);
        pen.space(1);
        if row + 1 == area.height && !typed {
            for (text, ink) in at_the_right(state) {
                if pen.room() > width(line) + width(&text) {
                    pen.right(&text, paint.of(ink));
                }
            }
        }
        pen.text(line, paint.of(Ink::Notice));
    }
}

/// Rows above the foot line on which [`say`] writes, on a screen of this width.
#[must_use]
pub(super) fn rows_above(state: &State, screen: u16) -> u16 {
    let rows = u16::try_from(said(state, screen).len()).unwrap_or(0);
    if is_typed(state) { rows } else { rows.saturating_sub(1) }
}

/// True where the foot line is being typed into while something is to be said.
fn is_typed(state: &State) -> bool {
    matches!(state.overlay, Overlay::Date(_) | Overlay::Links(_))
}

/// What there is to say, in the rows that it takes on a screen of this width; nothing where that would hide what is asked.
fn said(state: &State, screen: u16) -> Vec<String> {
    let asks =
        matches!(state.overlay, Overlay::Find(_) | Overlay::Hints(_) | Overlay::Letter(_) | Overlay::Shelf(Over::Line(_) | Over::Query(_)));
    let Some(notice) = state.notice.as_ref().filter(|_| !asks) else { return Vec::new() };
    let says = clean_line(&notice.to_string());
    // Beside what is being typed it stands already.
    if is_typed(state) && usize::from(screen) > width(&beside(&state.overlay, &says)) + TYPING + 1 {
        return Vec::new();
    }
    wrapped(&says, usize::from(screen.saturating_sub(2)))
}

/// What stands at the right of a line that is being typed.
fn beside(overlay: &Overlay, says: &str) -> String {
    match overlay {
        Overlay::Date(_) => format!("{says}  {} ", tr!("Enter set  Esc leave")),
        _ => format!("{says} "),
    }
}

/// A sentence in rows of so many cells, as many as may be taken.
pub(super) fn wrapped(says: &str, cells: usize) -> Vec<String> {
    let mut lines: Vec<String> = textwrap::wrap(says, cells.max(1)).into_iter().map(std::borrow::Cow::into_owned).collect();
    if lines.len() > SAID {
        let rest = lines.split_off(SAID - 1).join(" ");
        lines.push(cut(&rest, cells));
    }
    lines
}

/// Clears so many rows above the row `bottom`, over whatever stands there.
pub(super) fn cleared(state: &State, paint: &Paint, rows: usize, (foot, bottom): (Rect, u16), buffer: &mut Buffer) -> Rect {
    let height = u16::try_from(rows).unwrap_or(u16::MAX).min(bottom);
    let area = Rect { y: bottom - height, height, ..foot };
    fill(buffer, area, paint.ground(state.view.dark));
    area
}

/// What stands at the right end while keys are offered or something is said: keys typed so far, and how far things are.
fn at_the_right(state: &State) -> [(String, Ink); 2] {
    let typed = state.view.typing.text();
    [(if typed.is_empty() { typed } else { format!("{typed} ") }, Ink::Accent), (format!("{} ", status(state)), Ink::Dim)]
}

/// A key that the line offers.
struct Key {
    action: Action,
    shown: String,
    label: &'static str,
    /// Free cells behind it.
    gap: usize,
}

impl Key {
    fn cells(&self) -> usize {
        width(&self.shown) + 1 + width(self.label)
    }
}

/// What a click at a column of the line does: what the key there does.
#[must_use]
pub fn action_at(state: &State, hidden: &[Pane], area: Rect, column: u16) -> Option<Action> {
    // Where a line is being typed the keys of the line would be letters of it.
    let keys = matches!(
        state.overlay,
        Overlay::None | Overlay::Welcome | Overlay::Page | Overlay::Card(_) | Overlay::Help(_) | Overlay::Picture(_)
    );
    if !keys || state.notice.is_some() || state.view.zen {
        return None;
    }
    let mut scratch = Buffer::empty(Rect { height: 1, ..area });
    let mut pen = Pen::new(&mut scratch, area, 0);
    pen.space(1);
    for (text, _) in at_the_right(state) {
        pen.right(&text, Style::new());
    }
    let mut at = usize::from(area.x) + 1;
    for key in offered(state, hidden, pen.room()) {
        if (at..at + key.cells()).contains(&usize::from(column)) {
            return Some(key.action);
        }
        at += key.cells() + key.gap;
    }
    None
}

/// The keys for which there is room: those of the pane in focus, or on a narrow screen those to the other panes.
fn offered(state: &State, hidden: &[Pane], room: usize) -> Vec<Key> {
    if hidden.is_empty() || !matches!(state.overlay, Overlay::None | Overlay::Welcome) {
        keys(state, room)
    } else {
        panes(state, hidden, room)
    }
}

/// The letters that have a place, with the titles of the articles.
fn letters(state: &State, paint: &Paint, asked: Asked, pen: &mut Pen<'_>) {
    let says = match asked {
        Asked::Keep => tr!("A letter for this place"),
        Asked::Return => tr!("The letter of a place"),
    };
    pen.text(says, paint.of(Ink::Foot)).space(3).text(tr!("Esc leave"), paint.of(Ink::Dim));
    for (letter, point) in state.jumps.letters() {
        let title = state.library.entry(point.article).map(|e| e.title.as_str()).unwrap_or_default();
        if pen.room() > 12 {
            pen.space(3).text(&letter.to_string(), paint.of(Ink::Accent)).space(1).text(&cut(title, 20), paint.of(Ink::Foot));
        }
    }
}

/// Cells that a line being typed needs at least.
const TYPING: usize = 24;

/// Writes `long` at the right end where it leaves room for typing, else `short`.
fn aside(pen: &mut Pen<'_>, paint: &Paint, long: &str, short: &str) {
    let says = if pen.room() > width(long) + TYPING { long } else { short };
    pen.right(says, paint.of(Ink::Dim));
}

/// The most useful keys of the pane in focus. Whatever has no room, the key to all others has.
fn keys(state: &State, room: usize) -> Vec<Key> {
    const GAP: usize = 3;
    let key = |action: &Action| {
        let label = match (action, &state.overlay) {
            (Action::NextPane, Overlay::Page) => tr!("next part"),
            (Action::NextMatch, Overlay::Page) => tr!("next article"),
            (Action::PreviousMatch, Overlay::Page) => tr!("previous article"),
            _ => action.info().label(),
        };
        Key { action: *action, shown: first_key(state, *action), label, gap: GAP }
    };
    let all: Vec<Key> = useful(state).iter().map(key).filter(|key| !key.shown.is_empty()).collect();
    let mut kept = all.iter().find(|key| key.action == Action::Help).map_or(0, |key| key.cells() + GAP);
    let mut room = room;
    let mut shown = Vec::new();
    for key in all {
        if key.action == Action::Help {
            kept = 0;
        }
        if room >= key.cells() + GAP + kept {
            room -= key.cells() + GAP;
            shown.push(key);
        }
    }
    shown
}

/// The keys to the panes that do not fit on the screen.
fn panes(state: &State, hidden: &[Pane], room: usize) -> Vec<Key> {
    let keys: Vec<String> = hidden.iter().map(|pane| first_key(state, to(*pane))).collect();
    // What all keys have in common is said once.
    let held = keys.first().and_then(|key| key.len().checked_sub(1).and_then(|n| key.get(..n))).unwrap_or_default();
    let held = if keys.iter().all(|key| key.len() == held.len() + 1 && key.starts_with(held)) { held } else { "" };
    let cells: usize = hidden.iter().zip(&keys).map(|(pane, key)| width(key) - width(held) + width(short(*pane)) + 3).sum();
    let gap = if width(held) + cells > room { 1 } else { 2 };
    let key = |(n, (pane, key)): (usize, (&Pane, &String))| {
        let shown = if n == 0 { key.clone() } else { key.get(held.len()..).unwrap_or_default().to_owned() };
        Key { action: to(*pane), shown, label: short(*pane), gap }
    };
    let mut shown: Vec<Key> = hidden.iter().zip(&keys).enumerate().map(key).collect();
    shown.push(Key { action: Action::Help, shown: first_key(state, Action::Help), label: tr!("help"), gap: 0 });
    shown
}

/// The action that leads to a pane.
fn to(pane: Pane) -> Action {
    match pane {
        Pane::Articles => Action::Pane1,
        Pane::Text => Action::Pane2,
        Pane::Entities => Action::Pane3,
        Pane::Timeline => Action::Pane4,
        Pane::Quotations => Action::Pane5,
        Pane::Map => Action::Pane6,
    }
}

fn short(pane: Pane) -> &'static str {
    match pane {
        Pane::Articles => tr!("list"),
        Pane::Text => tr!("text"),
        Pane::Entities => tr!("who" in "pane"),
        Pane::Timeline => tr!("when" in "pane"),
        Pane::Quotations => tr!("said" in "pane"),
        Pane::Map => tr!("map"),
    }
}

fn first_key(state: &State, action: Action) -> String {
    state.key_of(action)
}

/// What can be done on a page of a name, the most useful first.
const OF_NAME: &[Action] = &[
    Action::Select,
    Action::AllMoments,
    Action::Map,
    Action::Follow,
    Action::Export,
    Action::Help,
    Action::Merge,
    Action::Split,
    Action::SplitOnward,
    Action::Rename,
    Action::Undo,
];

/// What can be done on the page of a story.
const OF_STORY: &[Action] = &[Action::Select, Action::AllMoments, Action::Map, Action::Export, Action::Help, Action::Undo];

/// What can be done on any other page.
const OF_PAGE: &[Action] = &[Action::Select, Action::AllMoments, Action::Export, Action::Help, Action::Undo];

/// What can be done in the bar of a page.
const OF_BAR: &[Action] = &[
    Action::Select,
    Action::Left,
    Action::Right,
    Action::ZoomIn,
    Action::ZoomOut,
    Action::Cancel,
    Action::NextMatch,
    Action::PreviousMatch,
];

fn useful(state: &State) -> &'static [Action] {
    let page = state.view.pages.top();
    let place = |entity: EntityId| {
        let found = state.open.as_ref().map(|open| &open.document.found);
        found.and_then(|f| f.entities.get(entity.0 as usize)).is_some_and(|e| e.kind == Kind::Place)
    };
    match &state.overlay {
        Overlay::Page if page.is_some_and(|p| p.figure.is_none() && p.bar.cursor().is_some()) => return OF_BAR,
        Overlay::Page if page.is_some_and(|p| matches!(p.of, PageOf::Entity(_) | PageOf::Named(..))) => return OF_NAME,
        Overlay::Page if page.is_some_and(|p| matches!(p.of, PageOf::Story(_))) => return OF_STORY,
        Overlay::Page => return OF_PAGE,
        Overlay::Card(card) if place(card.entity) => {
            return &[Action::Select, Action::Page, Action::Merge, Action::CorrectPlace, Action::Cancel];
        }
        Overlay::Card(_) => return &[Action::Select, Action::Page, Action::Merge, Action::Cancel],
        Overlay::Help(_) | Overlay::Picture(_) => return &[Action::Cancel],
        _ => {}
    }
    match state.focus {
        Pane::Text if state.trail.is_some() => &[Action::NextMatch, Action::PreviousMatch, Action::Back, Action::Help],
        Pane::Text => &[Action::Hints, Action::NextName, Action::Palette, Action::Help],
        Pane::Articles => match state.view.shelf.as_ref().map(|s| s.level) {
            None => &[Action::Select, Action::Palette, Action::NextPane, Action::Help],
            Some(Level::Tree) => {
                &[Action::Select, Action::Add, Action::FeedCard, Action::Refresh, Action::RefreshAll, Action::Query, Action::Help]
            }
            Some(Level::List) => {
                &[Action::Select, Action::NextUnread, Action::ToggleRead, Action::ToggleStar, Action::Query, Action::Left, Action::Help]
            }
        },
        Pane::Entities => &[Action::Card, Action::NextMatch, Action::Merge, Action::NextKind, Action::Help],
        Pane::Map => &[
            Action::NextPlace,
            Action::Select,
            Action::ZoomIn,
            Action::ZoomOut,
            Action::Fit,
            Action::MapScope,
            Action::MapList,
            Action::Help,
        ],
        Pane::Timeline => &[
            Action::Select,
            Action::ZoomOut,
            Action::Filter,
            Action::AllMoments,
            Action::Help,
            Action::Drawer,
            Action::Order,
            Action::ZoomIn,
            Action::Unfold,
        ],
        Pane::Quotations => &[Action::Select, Action::Back, Action::NextPane, Action::Help],
    }
}

/// Where the reader is on the trail; else how far the work in the background is.
fn status(state: &State) -> String {
    if let Some(status) = state.trail_status() {
        return trail(&status);
    }
    let (settled, all) = (state.library.settled(), state.library.entries().len());
    let selected = state.library.entries().get(state.view.panes.articles.selected);
    match selected.map(|e| &e.status) {
        Some(Status::Failed(reason)) if state.focus == Pane::Articles => clean_line(reason),
        _ if state.progress.fetching.is_some() => state.progress.fetching.map(fetching).unwrap_or_default(),
        _ if state.view.shelf.is_some() => state.view.shelf.as_ref().map(library).unwrap_or_default(),
        _ if state.progress.scanning => tr!("{all} found…", all),
        _ if settled < all => tr!("{settled} of {all} read…", settled, all),
        _ => String::new(),
    }
}

/// How far a refresh is; else who else writes to the library.
fn library(shelf: &Shelf) -> String {
    match (shelf.refreshing, &shelf.writer) {
        (Some(Refreshing { of: 0, .. }), _) => tr!("asking feeds…").to_owned(),
        (Some(Refreshing { done, of, new: 0 }), _) => tr!("{done} of {of} feeds…", done, of),
        (Some(Refreshing { done, of, new }), _) => tr!("{done} of {of} feeds, {new} new…", done, of, new),
        (None, Some(who)) => tr!("read only: {who} writes", who = clean_line(who)),
        (None, None) => String::new(),
    }
}

fn fetching(page: Fetching) -> String {
    let size = |bytes: u64| if bytes < 1 << 20 { format!("{} KiB", bytes >> 10) } else { format!("{} MiB", bytes >> 20) };
    match page.of.filter(|of| *of > 0) {
        Some(of) => tr!("fetching, {part} %…", part = (page.bytes.saturating_mul(100) / of).min(100)),
        None if page.bytes == 0 => tr!("fetching…").to_owned(),
        None => tr!("fetching, {size}…", size = size(page.bytes)),
    }
}

fn trail(status: &TrailStatus) -> String {
    let at = match status.at {
        Some(at) => tr!("{at} of {all}", at, all = status.of),
        None if status.hits => trn!(status.of, "{n} hit", "{n} hits"),
        None => trn!(status.of, "{n} mention", "{n} mentions"),
    };
    let articles = match status.article {
        Some((n, of)) if of > 1 => format!(" · {}", tr!("article {n} of {of}", n, of)),
        _ => String::new(),
    };
    format!("{}: {at}{articles}", cut(&status.shown, 24))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_answer_takes_three_rows_at_most() {
        assert_eq!(wrapped("Nothing is marked", 40), ["Nothing is marked"]);
        let lines = wrapped("one two three four five six", 11);
        assert_eq!(lines, ["one two", "three four", "five six"]);
        let lines = wrapped("one two three four five six seven eight", 9);
        assert_eq!(lines.len(), SAID);
        assert!(lines.iter().all(|l| width(l) <= 9) && lines[2].ends_with('…'), "{lines:?}");
    }
}
