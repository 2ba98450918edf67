//! The map: which places it shows, what part of the earth, and which place is selected. Pure; `panes/map` draws it.

mod act;
mod browse;
mod index;
mod label;
mod list;
mod spot;
#[cfg(test)]
mod tests;
mod view;

pub use index::Places;
pub use label::{Wish, place as place_labels};
pub use list::{Home, MapRow};
pub use spot::{Spot, Target};
pub use view::{DOTS, Point, Viewport};

pub(super) use act::{act, click, drag, hover, open_full, wheel};
pub(super) use browse::browse;
pub(super) use spot::is_shown;

use super::lists::Cursor;
use super::open::Open;
use super::state::{Overlay, Pane, State};
use super::trail::Trail;
use crate::article::{Analysed, EntityId, GazetteerPlace, PlaceId};
use std::collections::HashMap;
use std::sync::Arc;

/// Whose places the map shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Those of the open article.
    #[default]
    Article,
    /// Those that stand in one sentence with the chosen name; of a place, the place itself with them.
    Name,
    /// Those of all articles of the session.
    Library,
}

/// What the places on the map were made from: while it is the same, so are they.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Source {
    scope: Scope,
    /// Where the open article's analysis lies in memory; 0 for none.
    document: usize,
    name: Option<EntityId>,
    /// [`Places::changes`].
    library: u64,
}

/// The map on the screen.
#[derive(Clone, Debug, Default)]
pub struct Map {
    /// Whose places it shows.
    pub scope: Scope,
    /// True where a list stands in place of the picture.
    pub as_list: bool,
    /// The part of the earth.
    pub view: Viewport,
    /// The places, the most mentioned first.
    pub spots: Vec<Spot>,
    /// The selected place.
    pub selected: Option<usize>,
    /// The cell under the pointer.
    pub pointer: Option<(u16, u16)>,
    /// The lines of the list.
    pub rows: Vec<MapRow>,
    /// The selected line of the list.
    pub cursor: Cursor,
    spot_of: HashMap<EntityId, usize>,
    source: Source,
    /// The analysis that the places were made from, held so that no other one can come to lie where it does.
    held: Option<Arc<Analysed>>,
    /// True once the reader has moved the map: from then on only a new subject moves it.
    moved: bool,
    /// Where the button went down that is still held.
    dragged: Option<(u16, u16)>,
}

impl Map {
    /// The selected place.
    #[must_use]
    pub fn chosen(&self) -> Option<&Spot> {
        self.spots.get(self.selected?)
    }

    /// The place to speak of: the one under the pointer, else the selected one.
    #[must_use]
    pub fn spoken_of(&self) -> Option<&Spot> {
        self.pointer.and_then(|at| self.spots.get(self.spot_at(at)?)).or_else(|| self.chosen())
    }

    /// The place whose dot is drawn in a cell or, where there is none, in one beside it: the weightiest.
    #[must_use]
    pub fn spot_at(&self, (column, row): (u16, u16)) -> Option<usize> {
        let distance = |spot: &Spot| {
            let (x, y) = self.view.cell(spot.point())?;
            Some((x.abs_diff(column), y.abs_diff(row)))
        };
        let beside = |n: &usize| distance(&self.spots[*n]).is_some_and(|(x, y)| x <= 1 && y == 0);
        let exact = |n: &usize| distance(&self.spots[*n]) == Some((0, 0));
        (0..self.spots.len()).find(exact).or_else(|| (0..self.spots.len()).find(beside))
    }

    /// Places that share the cell of a spot, without itself.
    #[must_use]
    pub fn hidden_behind(&self, spot: &Spot) -> usize {
        let at = self.view.cell(spot.point());
        self.spots.iter().filter(|s| at.is_some() && self.view.cell(s.point()) == at).count().saturating_sub(1)
    }

    /// Shows all places, or the earth where there are none.
    fn fit(&mut self) {
        let points: Vec<(Point, f64)> = self.spots.iter().map(|s| (s.point(), s.around())).collect();
        self.view.fit(&points);
        self.moved = false;
    }

    /// Selects a place and brings it into sight.
    fn choose(&mut self, spot: usize) {
        self.selected = Some(spot);
        if let Some(row) = self.rows.iter().position(|r| r.spot == Some(spot)) {
            self.cursor.select(row, self.rows.len());
        }
        if let Some(point) = self.chosen().map(Spot::point)
            && self.view.cell(point).is_none()
        {
            self.view.look_at(point);
        }
    }

    /// Takes in other places; the selected one stays selected where it is among them.
    fn take(&mut self, spots: Vec<Spot>, spot_of: HashMap<EntityId, usize>, home: impl Fn(&Spot) -> Option<Home>) {
        let selected: Option<PlaceId> = self.chosen().map(|s| s.place.id);
        (self.spots, self.spot_of) = (spots, spot_of);
        self.rows = list::rows(&self.spots, home);
        self.selected = selected.and_then(|id| self.spots.iter().position(|s| s.place.id == id));
        let row = self.rows.iter().position(|r| r.spot.is_some() && r.spot == self.selected);
        let row = row.or_else(|| self.rows.iter().position(|r| r.spot.is_some()));
        self.cursor.select(row.unwrap_or(0), self.rows.len());
    }
}

impl State {
    /// The place that is spoken of: of the card on the screen, else the selected one of the map, else that of the chosen name.
    #[must_use]
    pub fn chosen_place(&self) -> Option<&GazetteerPlace> {
        if let (Pane::Map, Overlay::None) = (self.focus, &self.overlay) {
            return self.view.map.chosen().map(|s| &s.place);
        }
        let entity = match &self.overlay {
            Overlay::Card(card) => Some(card.entity),
            _ => super::act::chosen_entity(self),
        };
        self.open.as_ref()?.document.found.entities.get(entity?.0 as usize)?.place.as_ref()
    }
}

/// The name whose company [`Scope::Name`] shows: the one that is followed.
fn chosen_name(state: &State) -> Option<EntityId> {
    match state.trail {
        Some(Trail::Name { entity, .. }) => entity,
        _ => None,
    }
}

/// Gives the map so many cells and brings its places up to date. `home` knows continent and country of a place. Costs nothing where nothing that
/// it shows has changed.
pub fn measure(state: &mut State, columns: u16, rows: u16, home: impl Fn(&Spot) -> Option<Home>) {
    let map = &state.view.map;
    let library = map.scope == Scope::Library;
    let source = Source {
        scope: map.scope,
        document: state.open.as_ref().filter(|_| !library).map_or(0, |o| Arc::as_ptr(&o.document) as usize),
        name: chosen_name(state).filter(|_| map.scope == Scope::Name),
        library: if library { state.library.places().changes() } else { 0 },
    };
    let resized = map.view.cells() != (columns, rows);
    if source != map.source {
        let (spots, spot_of) = places(state, source);
        let map = &mut state.view.map;
        let grows = library && map.source.scope == Scope::Library;
        map.take(spots, spot_of, home);
        (map.source, map.held) = (source, state.open.as_ref().map(|o| Arc::clone(&o.document)));
        map.view.resize(columns, rows);
        if !(grows && map.moved) {
            map.fit();
        }
    } else if resized {
        let map = &mut state.view.map;
        map.view.resize(columns, rows);
        if !map.moved {
            map.fit();
        }
    }
    let map = &mut state.view.map;
    if map.cursor.height != usize::from(rows) {
        map.cursor.measure(usize::from(rows), map.rows.len());
    }
    follow(state);
}

fn places(state: &State, source: Source) -> (Vec<Spot>, HashMap<EntityId, usize>) {
    match (source.scope, &state.open) {
        (Scope::Library, _) => (spot::of_library(&state.library), HashMap::new()),
        (Scope::Name, Some(open)) if source.name.is_some() => spot::of_article(open, source.name),
        (_, Some(open)) => spot::of_article(open, None),
        (_, None) => Default::default(),
    }
}

/// Where the map is not in focus it goes with the text: the next place from the eye on is selected.
fn follow(state: &mut State) {
    let Some(open) = state.open.as_ref().filter(|_| state.focus != Pane::Map && state.view.map.scope != Scope::Library) else { return };
    if let Some(spot) = at_eye(open, &state.view.map.spot_of) {
        state.view.map.selected = Some(spot);
    }
}

/// The spot of the first place on the screen that is named at the eye or below it.
fn at_eye(open: &Open, spot_of: &HashMap<EntityId, usize>) -> Option<usize> {
    let mentions = &open.document.found.mentions;
    let (eye, visible) = (open.eye(), open.visible());
    let from = mentions.partition_point(|m| m.span.end <= eye);
    let seen = mentions[from..].iter().take_while(|m| m.span.start < visible.end);
    seen.filter_map(|m| spot_of.get(&m.entity)).next().copied()
}
