//! Actions: what each means in the pane in focus.

use super::action::Action;
use super::card::Card;
use super::effect::Effect;
use super::find::Find;
use super::hints::Hints;
use super::input::Input;
use super::library::{ArticleId, Status};
use super::lists::Cursor;
use super::looks::COLUMNS;
use super::map;
use super::open::{EntityRow, MarkKind};
use super::palette::{self, Palette};
use super::shelf;
use super::state::{Asked, Overlay, Pane, State};
use super::trail::Trail;
use super::{looks, out, pace, timeline, travel};
use crate::article::EntityId;
use crate::locale::tr;
use crate::notice::Notice;
use crate::text::Span;

/// Does what an action means in the pane in focus.
pub(in crate::app) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let here = if state.focus == Pane::Map { map::act(state, action) } else { None };
    if let Some(effects) = here.or_else(|| shelf::act(state, action)).or_else(|| super::page::act(state, action)) {
        return effects;
    }
    match action {
        Action::Down | Action::Up | Action::HalfPageDown | Action::HalfPageUp | Action::PageDown | Action::PageUp => {
            scroll(state, rows(state, action));
        }
        Action::Top | Action::Bottom => edge(state, action == Action::Bottom),
        Action::Select => return select(state),
        Action::NextMatch | Action::PreviousMatch => {
            follow_selected(state);
            return travel::along(state, action == Action::NextMatch);
        }
        Action::NextName | Action::PreviousName => travel::step(state, action == Action::NextName, |k| matches!(k, MarkKind::Name(..))),
        Action::NextMoment | Action::PreviousMoment => {
            travel::step(state, action == Action::NextMoment, |k| matches!(k, MarkKind::Moment(_)));
        }
        Action::NextKind => next_kind(state),
        Action::Back | Action::Forward => return travel::retrace(state, action == Action::Forward),
        Action::NextArticle => return travel::turn(state, 1),
        Action::PreviousArticle => return travel::turn(state, -1),
        Action::NextPane => step_pane(state, 1),
        Action::PreviousPane => step_pane(state, Pane::ALL.len() - 1),
        Action::Pane1 | Action::Pane2 | Action::Pane3 | Action::Pane4 | Action::Pane5 | Action::Pane6 => number_pane(state, action),
        Action::Map => map::open_full(state),
        Action::Zoom | Action::ToggleMarks | Action::Zen | Action::Wider | Action::Narrower => looks::act(state, action),
        Action::GrowPane | Action::ShrinkPane | Action::NextTheme => looks::act(state, action),
        Action::ScrollFaster | Action::ScrollSlower => return pace::change(state, action == Action::ScrollFaster),
        Action::Cancel => return cancel(state),
        Action::Quit => state.quit = Some(0),
        Action::Suspend => return vec![Effect::Suspend],
        Action::Redraw => return vec![Effect::Redraw],
        Action::AllMoments | Action::ZoomIn | Action::ZoomOut | Action::Order | Action::Filter | Action::Drawer | Action::Unfold => {
            return timeline::act(state, action);
        }
        Action::FetchWhole => return travel::fetch_whole(state),
        Action::Pictures => super::picture::open(state),
        Action::Links => super::links::ask(state),
        Action::Why => return super::why::explain(state),
        Action::Browse => return map::browse(state),
        Action::CorrectPlace => return super::correct::ask_chosen_place(state),
        Action::Left => out_of(state),
        Action::NextPlace | Action::PreviousPlace | Action::Right | Action::Fit | Action::MapScope | Action::MapList => {}
        Action::Split | Action::SplitOnward => return super::correct::split(state, action == Action::SplitOnward),
        Action::Undo => return super::correct::undo(state),
        Action::CopyLink | Action::CopyQuotation | Action::CopyCitation | Action::CopyBibtex | Action::CopyText => {
            return out::act(state, action);
        }
        Action::SaveText | Action::SaveMarkdown | Action::SaveHtml | Action::Print | Action::Share => return out::act(state, action),
        Action::OpenPage | Action::LookUp => return out::act(state, action),
        Action::Hints | Action::Card | Action::Merge | Action::Find | Action::Palette | Action::Help | Action::SetDate => {
            return overlay(state, action);
        }
        Action::Bookmark | Action::ToBookmark => return overlay(state, action),
        // All else needs the library.
        _ => return shelf::absent(state, action),
    }
    Vec::new()
}

/// Rows that a step or a page moves, up where negative.
fn rows(state: &State, action: Action) -> isize {
    match action {
        Action::Down => 1,
        Action::Up => -1,
        Action::HalfPageDown => page(state) / 2,
        Action::HalfPageUp => -page(state) / 2,
        Action::PageDown => (page(state) - 2).max(1),
        _ => -(page(state) - 2).max(1),
    }
}

/// One step out: from the text to the list, and from there only a key leads further that leaves the program.
fn out_of(state: &mut State) {
    if state.focus == Pane::Text {
        state.focus_on(Pane::Articles);
    } else {
        let quit = state.key_of(Action::Quit);
        state.notice = Some(Notice::new(tr!("This is the list; {quit} leaves the program", quit)));
    }
}

/// To the pane of this number.
fn number_pane(state: &mut State, action: Action) {
    let keys = [Action::Pane1, Action::Pane2, Action::Pane3, Action::Pane4, Action::Pane5, Action::Pane6];
    if let Some((_, pane)) = keys.into_iter().zip(Pane::ALL).find(|(key, _)| *key == action) {
        state.focus_on(pane);
    }
}

/// Gives up one thing at a time: what lies on top, what is being fetched, the whole screen, the trail, which may be what is shown on it.
fn cancel(state: &mut State) -> Vec<Effect> {
    if !matches!(state.overlay, Overlay::None) {
        state.close_overlay();
    } else if pace::stop(state) {
        state.notice = Some(Notice::new(tr!("The text stands still")));
    } else if state.view.zen {
        state.view.zen = false;
    } else if state.progress.fetching.is_some() {
        return vec![Effect::StopFetching];
    } else if timeline::shows_all(state) {
        timeline::leave(state);
    } else if state.view.full && state.focus == Pane::Map && state.view.size.columns < COLUMNS {
        // There is no room beside the map: to give up the whole screen alone would change nothing.
        map::open_full(state);
    } else if state.view.full {
        state.view.full = false;
    } else if state.trail.is_some() {
        state.trail = None;
    } else if state.progress.scanning {
        state.notice = Some(Notice::new(tr!("No more articles are looked for")));
        return vec![Effect::StopScan];
    }
    Vec::new()
}

/// Opens what lies over the panes.
fn overlay(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Help => state.overlay = Overlay::Help(super::state::Help::default()),
        Action::SetDate => {
            if let Some(open) = &state.open {
                let day = open.document.article.published.map(|d| d.to_string());
                state.overlay = Overlay::Date(Input::new(day.unwrap_or_default()));
            }
        }
        Action::Bookmark | Action::ToBookmark => {
            let asked = if action == Action::Bookmark { Asked::Keep } else { Asked::Return };
            state.overlay = if state.open.is_some() { Overlay::Letter(asked) } else { Overlay::None };
        }
        Action::Palette => {
            let items = palette::items(state);
            state.overlay = Overlay::Palette(Palette::new(items, state.next_ticket()));
        }
        Action::Card | Action::Merge => match chosen_entity(state) {
            Some(entity) if action == Action::Merge => super::correct::ask(state, entity),
            Some(entity) => {
                state.overlay = state.open.as_ref().map_or(Overlay::None, |o| Overlay::Card(Card::new(o, entity)));
                return state.chosen_place().and_then(|p| p.zone).map(Effect::Clock).into_iter().collect();
            }
            None => state.notice = Some(Notice::new(tr!("No name is chosen")).hint(tr!("] goes to the next name, Enter chooses it"))),
        },
        Action::Hints => {
            state.focus_on(Pane::Text);
            let hints = state.open.as_ref().map(Hints::new).unwrap_or_default();
            if hints.labels.is_empty() {
                state.notice = Some(Notice::new(tr!("Nothing on the screen to jump to")));
            } else {
                state.overlay = Overlay::Hints(hints);
            }
        }
        Action::Find => {
            let Some(origin) = state.here() else { return Vec::new() };
            state.focus_on(Pane::Text);
            let from = state.open.as_ref().map_or(0, super::open::Open::eye);
            let ticket = state.next_ticket();
            let find = Find { input: Input::default(), origin, from, ticket, hits: Vec::new(), waiting: false, held: None };
            state.overlay = Overlay::Find(find);
        }
        _ => {}
    }
    Vec::new()
}

/// In the list of names the selected one is what the next mention is asked of.
fn follow_selected(state: &mut State) {
    let selected = chosen_entity(state).filter(|_| state.focus == Pane::Entities);
    let followed = match &state.trail {
        Some(Trail::Name { entity, .. }) => *entity,
        _ => None,
    };
    if let Some(entity) = selected.filter(|e| Some(*e) != followed) {
        travel::follow_entity(state, entity);
    }
}

/// The entity that a card is asked of: the selected one in the list of names, else the one under the cursor, else the one that is followed.
pub(in crate::app) fn chosen_entity(state: &State) -> Option<EntityId> {
    let open = state.open.as_ref()?;
    if state.focus == Pane::Entities {
        return match open.entities.get(state.view.panes.entities.selected) {
            Some(EntityRow::Entity(id)) => Some(*id),
            _ => None,
        };
    }
    if state.focus == Pane::Map {
        return match state.view.map.chosen()?.target {
            map::Target::Entity(id) => Some(id),
            map::Target::Name(..) => None,
        };
    }
    match (open.mark_at_cursor().map(|m| m.kind), &state.trail) {
        (Some(MarkKind::Name(entity, _)), _) => Some(entity),
        (_, Some(Trail::Name { entity, .. })) => *entity,
        _ => None,
    }
}

fn step_pane(state: &mut State, by: usize) {
    let at = Pane::ALL.iter().position(|p| *p == state.focus).unwrap_or(0);
    state.focus_on(Pane::ALL[(at + by) % Pane::ALL.len()]);
}

/// Rows of a page in the pane in focus.
fn page(state: &State) -> isize {
    let rows = match cursor(state, state.focus) {
        Some((cursor, _)) => cursor.height,
        None => state.view.text.1,
    };
    rows.max(2).cast_signed()
}

/// The cursor of a list pane with the length of its list.
pub(super) fn cursor(state: &State, pane: Pane) -> Option<(Cursor, usize)> {
    let panes = &state.view.panes;
    let open = state.open.as_ref();
    match pane {
        Pane::Articles => Some(match &state.view.shelf {
            Some(shelf) => shelf::cursor(shelf),
            None => (panes.articles, state.library.entries().len()),
        }),
        Pane::Text => None,
        Pane::Entities => Some((panes.entities, open.map_or(0, |o| o.entities.len()))),
        Pane::Timeline => Some((timeline::cursor(state), timeline::rows(state).map_or(0, |r| r.len()))),
        Pane::Quotations => Some((panes.quotations, open.map_or(0, |o| o.document.found.quotes.len()))),
        Pane::Map => Some((state.view.map.cursor, state.view.map.rows.len())).filter(|_| state.view.map.as_list),
    }
}

/// Changes the cursor of a list pane.
pub(super) fn set_cursor(state: &mut State, pane: Pane, cursor: Cursor) {
    let panes = &mut state.view.panes;
    match pane {
        Pane::Articles => match &mut state.view.shelf {
            Some(shelf) => shelf::set_cursor(shelf, cursor),
            None => panes.articles = cursor,
        },
        Pane::Text => {}
        Pane::Entities => panes.entities = cursor,
        Pane::Timeline => timeline::set_cursor(state, cursor),
        Pane::Quotations => panes.quotations = cursor,
        Pane::Map => state.view.map.set_cursor(cursor),
    }
}

/// The direction of an action that is a step in a list or a row of the text in the pane in focus; any number of these is one move.
pub(super) fn is_step(state: &State, action: Action) -> Option<isize> {
    let moves = state.focus != Pane::Map || state.view.map.as_list;
    match action {
        Action::Down if moves => Some(1),
        Action::Up if moves => Some(-1),
        _ => None,
    }
}

/// Selects the row `n` (from 1) of a list, or goes to the paragraph `n` of the text.
pub(super) fn nth(state: &mut State, n: usize) {
    let at = n.saturating_sub(1);
    if let Some((mut cursor, len)) = cursor(state, state.focus) {
        cursor.select(at, len);
        set_cursor(state, state.focus, cursor);
        skip_headings(state, 1);
        return;
    }
    let blocks = state.open.as_ref().map(|o| o.document.article.blocks.as_slice()).unwrap_or_default();
    if let Some(block) = blocks.get(at).or_else(|| blocks.last()).map(|b| b.span) {
        travel::jump(state, block);
    }
}

/// Moves down by `by` rows, up where negative.
pub(super) fn scroll(state: &mut State, by: isize) {
    match cursor(state, state.focus) {
        Some((mut cursor, len)) => {
            cursor.step(by, len);
            set_cursor(state, state.focus, cursor);
            skip_headings(state, by);
        }
        None => {
            if let Some(open) = &mut state.open {
                open.scroll(by);
            }
        }
    }
}

fn edge(state: &mut State, end: bool) {
    if let Some((mut cursor, len)) = cursor(state, state.focus) {
        cursor.select(if end { len } else { 0 }, len);
        set_cursor(state, state.focus, cursor);
        skip_headings(state, if end { -1 } else { 1 });
        return;
    }
    let from = state.here();
    let Some(open) = &mut state.open else { return };
    if end {
        open.bottom()
    } else {
        open.start()
    }
    if let Some(from) = from.filter(|f| Some(*f) != state.here()) {
        state.jumps.leave(from);
    }
}

/// Only names are ever selected in the list of names: from a heading the selection moves on in the direction of the step, or back at the end.
fn skip_headings(state: &mut State, by: isize) {
    let Some(open) = &state.open else { return };
    let rows = &open.entities;
    let cursor = &mut state.view.panes.entities;
    let name = |n: &usize| matches!(rows.get(*n), Some(EntityRow::Entity(_)));
    if state.focus != Pane::Entities || name(&cursor.selected) {
        return;
    }
    let (mut up, mut down) = ((0..cursor.selected).rev(), cursor.selected..rows.len());
    let to = if by < 0 { up.find(name).or_else(|| down.find(name)) } else { down.find(name).or_else(|| up.find(name)) };
    if let Some(to) = to {
        cursor.select(to, rows.len());
    }
}

fn next_kind(state: &mut State) {
    let Some(open) = &state.open else { return };
    let rows = &open.entities;
    let cursor = &mut state.view.panes.entities;
    let heading = |from: usize| rows.iter().skip(from).position(|r| matches!(r, EntityRow::Heading(..))).map(|n| n + from);
    if let Some(n) = heading(cursor.selected + 1).or_else(|| heading(0)) {
        cursor.select(n + 1, rows.len());
    }
}

/// Goes to what is selected in the pane in focus.
pub(super) fn select(state: &mut State) -> Vec<Effect> {
    if state.focus == Pane::Timeline {
        return timeline::select(state);
    }
    let Some(open) = &state.open else { return select_article(state) };
    let panes = &state.view.panes;
    let target: Option<Span> = match state.focus {
        Pane::Articles => return select_article(state),
        Pane::Text => {
            let mark = open.mark_at_cursor();
            match mark {
                Some(mark) => travel::choose(state, mark),
                None => {
                    state.notice =
                        Some(Notice::new(tr!("No name under the cursor")).hint(tr!("] goes to the next name, f shows letters to jump")))
                }
            }
            return Vec::new();
        }
        Pane::Entities => return overlay(state, Action::Card),
        Pane::Timeline => None,
        Pane::Quotations => open.document.found.quotes.get(panes.quotations.selected).map(|q| q.span),
        Pane::Map => None,
    };
    if let Some(span) = target {
        state.focus_on(Pane::Text);
        travel::jump(state, span);
    }
    Vec::new()
}

fn select_article(state: &mut State) -> Vec<Effect> {
    let at = state.view.panes.articles.selected;
    let id = ArticleId(u32::try_from(at).unwrap_or(u32::MAX));
    if state.library.entry(id).is_some_and(|e| !matches!(e.status, Status::Failed(_))) {
        state.focus_on(Pane::Text);
    }
    travel::visit(state, id)
}
