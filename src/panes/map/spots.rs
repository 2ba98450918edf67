//! Places as dots, the larger the more often they are named, with as many names as there is room for.

use crate::app::{Point, Spot, State, Wish, place_labels};
use crate::article::PlaceId;
use crate::config::{Ink, Marker};
use crate::lexicon::gazetteer;
use crate::locale::territory;
use crate::text::{cut, width};
use crate::widgets::{Paint, Pen};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::collections::HashMap;

/// Cells of a name on the map, at most.
const NAME: usize = 24;

/// Up to so many degrees in a dot, countries of so many people have their names on the map.
const LANDS: [(f64, u64); 4] = [(0.06, 0), (0.15, 500_000), (0.3, 4_000_000), (0.6, 25_000_000)];

/// Countries that the gazetteer knows but that are no more.
const GONE: [&str; 2] = ["AN", "CS"];

/// Draws dots and names over the outlines.
pub(super) fn draw(state: &State, paint: &Paint, area: Rect, buffer: &mut Buffer) {
    let map = &state.view.map;
    let most = map.spots.first().map_or(1, |s| s.mentions);
    let dots = dots(state);
    let lands = lands(state);
    let quiet = |(name, (column, row)): &(&str, (u16, u16))| Wish { column: *column, row: *row, width: cells(name), quiet: true };
    let wishes: Vec<Wish> = dots.iter().map(|(n, at)| wish(&map.spots[*n], *at)).chain(lands.iter().map(quiet)).collect();
    let labels = place_labels(&wishes, area.width, area.height);
    for ((name, _), label) in lands.iter().zip(&labels[dots.len()..]) {
        if let Some((column, row)) = *label {
            write(&cut(name, NAME), column, row, paint.of(Ink::Faint), area, buffer);
        }
    }
    for ((n, at), label) in dots.into_iter().zip(labels) {
        let chosen = map.selected == Some(n);
        let spot = &map.spots[n];
        if let Some((column, row)) = label {
            write(&cut(spot.shown(), NAME), column, row, name_style(paint, chosen), area, buffer);
        }
        let sign = sign(spot, most, state.config.settings.map_marker);
        let style = if chosen { paint.of(Ink::Accent) } else { paint.hue(Ink::Place) };
        put(sign, at, style, area, buffer);
    }
}

/// The spots that have a cell, each cell once: the selected one first, then by weight.
fn dots(state: &State) -> Vec<(usize, (u16, u16))> {
    let map = &state.view.map;
    let order = map.selected.into_iter().chain((0..map.spots.len()).filter(|n| map.selected != Some(*n)));
    let mut taken = HashMap::new();
    let mut dots = Vec::new();
    for n in order {
        let Some(at) = map.spots.get(n).and_then(|s| map.view.cell(s.point())) else { continue };
        if taken.insert(at, n).is_none() {
            dots.push((n, at));
        }
    }
    dots
}

/// Countries to find one's way by, where the map is near enough: the larger ones first, and none that is on the map as a place.
fn lands(state: &State) -> Vec<(&'static str, (u16, u16))> {
    let map = &state.view.map;
    let Some((_, least)) = LANDS.into_iter().find(|(scale, _)| map.view.scale() <= *scale) else { return Vec::new() };
    let is_spot = |id: PlaceId| map.spots.iter().any(|s| s.place.id == id);
    let mut lands: Vec<_> = gazetteer::countries()
        .filter_map(|c| {
            let people = c.place.population().filter(|p| *p >= least && !GONE.contains(&c.code.as_str()))?;
            let at = map.view.cell(Point::new(c.place.latitude(), c.place.longitude()))?;
            (!is_spot(c.place.id())).then(|| (people, territory(c.code.as_str()).unwrap_or(c.place.name()), at))
        })
        .collect();
    lands.sort_by_key(|(people, name, _)| (std::cmp::Reverse(*people), *name));
    lands.into_iter().map(|(_, name, at)| (name, at)).collect()
}

fn cells(name: &str) -> u16 {
    u16::try_from(width(&cut(name, NAME))).unwrap_or(0)
}

fn wish(spot: &Spot, (column, row): (u16, u16)) -> Wish {
    Wish { column, row, width: cells(spot.shown()), quiet: false }
}

/// A dot: hollow for what covers much ground, in three sizes by how its mentions compare with the most.
fn sign(spot: &Spot, most: u32, marker: Marker) -> &'static str {
    let share = f64::from(spot.mentions) / f64::from(most.max(3));
    let size = usize::from(share > 0.2) + usize::from(share > 0.6);
    match (marker, spot.place.kind.is_area()) {
        (Marker::Ascii, true) => ["o", "o", "O"][size],
        (Marker::Ascii, false) => ["*", "*", "#"][size],
        (_, true) => ["◦", "○", "◎"][size],
        (_, false) => ["•", "●", "◉"][size],
    }
}

fn name_style(paint: &Paint, chosen: bool) -> Style {
    if chosen { paint.of(Ink::Current) } else { paint.of(Ink::Place) }
}

fn put(sign: &str, (column, row): (u16, u16), style: Style, area: Rect, buffer: &mut Buffer) {
    if let Some(cell) = buffer.cell_mut((area.x + column, area.y + row)) {
        // The ground stays: it may be the theme's own.
        let ground = cell.bg;
        cell.reset();
        cell.set_symbol(sign).set_bg(ground).set_style(style);
    }
}

/// A name with a free cell before and behind it.
fn write(name: &str, column: u16, row: u16, style: Style, area: Rect, buffer: &mut Buffer) {
    let cells = u16::try_from(width(name)).unwrap_or(0);
    for x in column.saturating_sub(1)..(column + cells + 1).min(area.width) {
        put(" ", (x, row), Style::new(), area, buffer);
    }
    Pen::new(buffer, Rect { x: area.x + column, width: cells, ..area }, row).text(name, style);
}
