//! Where each pane stands. The text has the first claim on the space; what does not fit is a key away.

use crate::app::{COLUMNS, Edge, Hit, Overlay, Pane, State};
use crate::panes;
use crate::text::width;
use ratatui::layout::{Position, Rect};
use std::ops::Range;

/// From this height on the right column holds two panes, one over the other.
const TWO: u16 = 30;

/// From this height on it holds three.
const THREE: u16 = 52;

/// What stands in the right column, from top to bottom.
const SIDE: [Pane; 4] = [Pane::Entities, Pane::Timeline, Pane::Quotations, Pane::Map];

/// Below this size nothing can be shown.
const LEAST: (u16, u16) = (40, 10);

/// A place on the screen with the pane that it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The panes that share the place; the one that is shown is [`Slot::pane`].
    pub tabs: Vec<Pane>,
    /// The pane that is shown.
    pub pane: Pane,
    /// Its title row.
    pub title: Rect,
    /// What is below the title.
    pub body: Rect,
}

impl Slot {
    fn new(area: Rect, tabs: &[Pane], pane: Pane) -> Self {
        let title = Rect { height: area.height.min(1), ..area };
        let body = Rect { y: area.y + title.height, height: area.height - title.height, ..area };
        Self { tabs: tabs.to_vec(), pane, title, body }
    }

    /// The names of the tabs with the columns that they take, from the left edge of the title. Names are shortened to their numbers where
    /// there is no room.
    #[must_use]
    pub fn names(&self) -> Vec<(Pane, String, Range<u16>)> {
        let full = |pane: Pane| format!("{} {}", number(pane), pane.title());
        let all: usize = self.tabs.iter().map(|p| width(&full(*p)) + 3).sum();
        let roomy = all + 6 <= usize::from(self.title.width);
        let mut at = self.title.x + 1;
        self.tabs
            .iter()
            .map(|pane| {
                let name = if roomy || *pane == self.pane { full(*pane) } else { number(*pane).to_string() };
                let end = at + u16::try_from(width(&name)).unwrap_or(0);
                let columns = at..end;
                at = end + 3;
                (*pane, name, columns)
            })
            .collect()
    }
}

fn number(pane: Pane) -> usize {
    Pane::ALL.iter().position(|p| *p == pane).unwrap_or(0) + 1
}

/// The whole screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Screen {
    /// The panes that are shown.
    pub slots: Vec<Slot>,
    /// Hairlines between columns.
    pub rules: Vec<(Edge, Rect)>,
    /// The foot line.
    pub foot: Rect,
    /// Panes that are not shown, where the screen is too small to name them elsewhere.
    pub hidden: Vec<Pane>,
    /// True where the screen is too small for anything but a message.
    pub too_small: bool,
}

/// Lays the panes out in `area`.
#[must_use]
pub fn screen(state: &State, area: Rect) -> Screen {
    if area.width < LEAST.0 || area.height < LEAST.1 {
        return Screen { too_small: true, ..Screen::default() };
    }
    let foot = Rect { y: area.bottom() - 1, height: 1, ..area };
    let main = Rect { height: area.height - 1, ..area };
    if state.view.zen {
        let title = Rect { height: 0, ..main };
        let body = Rect { y: main.y + 1, height: main.height - 1, ..main };
        return Screen { slots: vec![Slot { tabs: Vec::new(), pane: Pane::Text, title, body }], foot, ..Screen::default() };
    }
    if area.width < COLUMNS || state.view.full {
        let slots = vec![Slot::new(main, &Pane::ALL, state.focus)];
        let narrow = area.width < 72;
        let hidden = Pane::ALL.into_iter().filter(|p| narrow && *p != state.focus).collect();
        return Screen { slots, foot, hidden, ..Screen::default() };
    }
    let (list, side) = state.view.split.columns(area.width);
    let text = area.width - list - side - 2;
    let column = |x: u16, width: u16| Rect { x: area.x + x, width, ..main };
    // Who looks through the library has its tree and its list in the place of list and text; with no article open in all of it.
    if state.view.shelf.is_some() && state.focus == Pane::Articles {
        let width = if state.open.is_some() { list + 1 + text } else { area.width };
        let mut slots = vec![Slot::new(column(0, width), &[Pane::Articles], Pane::Articles)];
        let mut rules = Vec::new();
        if state.open.is_some() {
            slots.extend(right(state, column(width + 1, side), area.height));
            rules.push((Edge::Side, column(width, 1)));
        }
        return Screen { slots, rules, foot, ..Screen::default() };
    }
    let mut slots =
        vec![Slot::new(column(0, list), &[Pane::Articles], Pane::Articles), Slot::new(column(list + 1, text), &[Pane::Text], Pane::Text)];
    slots.extend(right(state, column(list + text + 2, side), area.height));
    let rules = vec![(Edge::List, column(list, 1)), (Edge::Side, column(list + 1 + text, 1))];
    Screen { slots, rules, foot, ..Screen::default() }
}

/// The right column: one, two or three panes, one over the other.
fn right(state: &State, area: Rect, rows: u16) -> Vec<Slot> {
    let part = |y: u16, height: u16| Rect { y: area.y + y, height, ..area };
    if rows < TWO {
        let shown = if SIDE.contains(&state.view.right) { state.view.right } else { Pane::Entities };
        return vec![Slot::new(area, &SIDE, shown)];
    }
    let half = state.view.split.upper(area.height);
    if rows < THREE {
        return vec![
            Slot::new(part(0, half - 1), &[Pane::Entities], Pane::Entities),
            Slot::new(part(half, area.height - half), &SIDE[1..], state.view.lower),
        ];
    }
    let said = area.height / 4;
    let when = area.height * 3 / 10;
    let who = area.height - when - said;
    vec![
        Slot::new(part(0, who - 1), &[Pane::Entities], Pane::Entities),
        Slot::new(part(who, when - 1), &[Pane::Timeline], Pane::Timeline),
        Slot::new(part(who + when, said), &SIDE[2..], if state.view.lower == Pane::Map { Pane::Map } else { Pane::Quotations }),
    ]
}

/// The pane at a cell, with the column of it.
#[must_use]
pub(super) fn pane_at(state: &State, area: Rect, at: Position) -> Option<(Pane, u16)> {
    let screen = screen(state, area);
    let slot = screen.slots.iter().find(|s| s.body.contains(at) || s.title.contains(at))?;
    Some((slot.pane, at.x.saturating_sub(slot.body.x)))
}

/// The line between two panes at a cell: a hairline, or the blank row over the second of two panes on the right side.
fn edge(screen: &Screen, at: Position) -> Option<Edge> {
    if let Some((edge, _)) = screen.rules.iter().find(|(_, rule)| rule.contains(at)) {
        return Some(*edge);
    }
    match screen.slots.as_slice() {
        [.., above, below] if screen.slots.len() == 4 && at.x >= below.title.x && at.y >= above.body.bottom() && at.y < below.title.y => {
            Some(Edge::Upper)
        }
        _ => None,
    }
}

/// What a click at a cell hits.
#[must_use]
pub fn hit(state: &State, area: Rect, at: Position) -> Option<Hit> {
    let screen = screen(state, area);
    if screen.foot.contains(at)
        && let Some(action) = panes::foot::action_at(state, &screen.hidden, screen.foot, at.x)
    {
        return Some(Hit::Key(action));
    }
    match &state.overlay {
        Overlay::Palette(_) => {
            let rows = panes::palette::results(area);
            return Some(match (rows.contains(at), panes::palette::area(area).contains(at)) {
                (true, _) => Hit::Overlay { row: at.y - rows.y },
                (false, true) => return None,
                (false, false) => Hit::Outside,
            });
        }
        Overlay::Card(card) => {
            let rows = panes::card::facts(card, area);
            return Some(match (rows.contains(at), panes::card::area(card, area).contains(at)) {
                (true, _) => Hit::Overlay { row: at.y - rows.y },
                (false, true) => return None,
                (false, false) => Hit::Outside,
            });
        }
        Overlay::Page => {
            if let Some(cell) = panes::page::bar_at(state, area, at) {
                return Some(Hit::Bar { cell });
            }
            let rows = panes::page::rows(state, area);
            return rows.contains(at).then(|| Hit::Overlay { row: at.y - rows.y });
        }
        Overlay::Help(_) | Overlay::Welcome | Overlay::Shelf(_) | Overlay::Picture(_) => return Some(Hit::Outside),
        _ => {}
    }
    if let Some(edge) = edge(&screen, at) {
        return Some(Hit::Edge(edge));
    }
    let slot = screen.slots.iter().find(|s| s.body.contains(at) || s.title.contains(at))?;
    if slot.title.contains(at) {
        let named = slot.names().into_iter().find(|(.., columns)| columns.contains(&at.x)).map(|(pane, ..)| pane);
        return Some(Hit::Title(named.unwrap_or(slot.pane)));
    }
    let body = panes::body(state, slot.pane, slot.body);
    if at.y < body.y {
        return Some(Hit::Title(slot.pane));
    }
    let column = at.x.checked_sub(body.x).unwrap_or(u16::MAX);
    let row = (at.y - body.y) / panes::item_rows(state, slot.pane, slot.body).max(1);
    Some(Hit::Inside { pane: slot.pane, row, column })
}
