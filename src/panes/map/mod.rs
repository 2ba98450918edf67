//! Where: the map of the places, or the same as a list, and a line on the place that is selected.

pub(super) mod facts;
mod list;
pub(super) mod outlines;
mod spots;

use super::{empty, unopened};
use crate::app::{Home, Scope, Spot, State, Target, measure_map};
use crate::config::Ink;
use crate::lexicon::gazetteer;
use crate::locale::{territory, text, tr, trn};
use crate::widgets::{Paint, Pen};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// From this height on the last row says what is selected.
const ROOM: u16 = 6;

/// The part of the pane that holds the map.
fn picture(area: Rect) -> Rect {
    Rect { height: area.height - u16::from(area.height >= ROOM), ..area }
}

/// Continent and country of a place, as the gazetteer knows them.
fn home(spot: &Spot) -> Option<Home> {
    let country = gazetteer::country(spot.place.country?)?;
    Some((territory(country.continent).unwrap_or(country.continent), territory(country.code.as_str()).unwrap_or(country.place.name())))
}

/// Gives the map its size and its places.
pub fn measure(state: &mut State, area: Rect) {
    let inner = picture(area);
    measure_map(state, inner.width, inner.height, home);
}

/// Draws the map, or the list.
pub fn draw(state: &State, paint: &Paint, area: Rect, buffer: &mut Buffer) {
    let map = &state.view.map;
    let inner = picture(area);
    if map.as_list {
        list::draw(state, paint, inner, buffer);
    } else {
        outlines::draw(&map.view, state.config.settings.map_marker, paint, inner, buffer);
        spots::draw(state, paint, inner, buffer);
    }
    if map.spots.is_empty() {
        empty(paint, inner, &nothing(state), buffer);
    }
    if inner.height < area.height {
        says(state, paint, Pen::new(buffer, area, inner.height));
    }
}

/// Why there is no place to show.
fn nothing(state: &State) -> String {
    let says = match (&state.open, state.view.map.scope) {
        (_, Scope::Library) => tr!("No place is known in the articles read so far."),
        (Some(open), _) if !open.analysed => tr!("Looking for places…"),
        (Some(_), Scope::Name) => tr!("No place stands in one sentence with the chosen name."),
        (Some(_), Scope::Article) => tr!("No place that is on the map is named in this article."),
        (None, _) => return unopened(state, tr!("The places")),
    };
    says.to_owned()
}

/// The last row: the place under the pointer or the selected one, with what is known of it; else whose places these are.
fn says(state: &State, paint: &Paint, mut pen: Pen<'_>) {
    let map = &state.view.map;
    let Some(spot) = map.spoken_of() else {
        pen.space(1).text(&whose(state), paint.of(Ink::Dim));
        return;
    };
    let mut counts = trn!(spot.mentions, "{n} mention", "{n} mentions");
    if matches!(spot.target, Target::Name(..)) {
        counts = format!("{counts} · {}", trn!(spot.articles, "{n} article", "{n} articles"));
    }
    pen.space(1).right(" ", paint.of(Ink::Dim)).right(&counts, paint.of(Ink::Dim));
    pen.text(spot.shown(), paint.of(Ink::Place)).space(2);
    let parts = [spot.place.admin1.clone(), home(spot).map(|(_, country)| country.to_owned())];
    let around: Vec<String> = parts.into_iter().flatten().filter(|p| p != spot.shown()).collect();
    let around = if around.is_empty() { text(spot.place.kind.name()).to_owned() } else { around.join(", ") };
    pen.text(&around, paint.of(Ink::Dim));
    match map.hidden_behind(spot) {
        0 => {}
        n => drop(pen.text(&format!(" · {}", tr!("{n} more here", n)), paint.of(Ink::Dim))),
    }
}

/// Whose places the map shows.
fn whose(state: &State) -> String {
    let map = &state.view.map;
    let places = trn!(map.spots.len(), "{n} place", "{n} places");
    match map.scope {
        Scope::Article => tr!("{places} in this article", places),
        Scope::Name => match state.trail_status() {
            Some(trail) => tr!("{places} in sentences with {name}", places, name = trail.shown),
            None => tr!("{places} in this article", places),
        },
        Scope::Library => {
            let articles = trn!(state.library.settled(), "{n} article", "{n} articles");
            tr!("{places} in {articles}", places, articles)
        }
    }
}

/// What stands at the right end of the pane's title.
#[must_use]
pub(super) fn info(state: &State) -> String {
    let map = &state.view.map;
    let scope = match map.scope {
        Scope::Article => String::new(),
        Scope::Name => format!("{} · ", tr!("chosen name")),
        Scope::Library => format!("{} · ", tr!("all articles")),
    };
    match map.selected {
        _ if map.spots.is_empty() => String::new(),
        Some(n) => format!("{scope}{}/{}", n + 1, map.spots.len()),
        None => format!("{scope}{}", map.spots.len()),
    }
}
