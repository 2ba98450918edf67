//! The axis over the list: how many moments each bin holds, which stretches longer moments cover, and what the bins are called.

use super::{Plan, published};
use crate::app::State;
use crate::app::timeline::{Axis, Cell, Chronicle, Item};
use crate::config::Ink;
use crate::widgets::{Paint, Pen, bar};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::ops::Range;

/// Draws the axis with the cells of the selected moment brighter than the others.
pub(super) fn draw(
    state: &State,
    plan: &Plan,
    axis: &Axis,
    (chronicle, selected): (&Chronicle, Option<&Item>),
    paint: &Paint,
    buffer: &mut Buffer,
) {
    let (x, cells) = plan.cells();
    let strip = Rect { x: plan.axis.x + x, width: cells, ..plan.axis };
    let chosen = selected.and_then(|i| i.interval).map_or(0..0, |i| axis.covered(i));
    density(&axis.density(chronicle), chosen, paint, strip, buffer);
    let (before, after) = axis.beyond(chronicle);
    let edges = [(before, plan.axis.x + x - 1, "‹"), (after, strip.right(), "›")];
    for (_, x, sign) in edges.into_iter().filter(|(more, ..)| *more) {
        Pen::new(buffer, Rect { x, width: 1, ..plan.axis }, 0).text(sign, paint.of(Ink::Dim));
    }
    let day = published(state).and_then(|d| axis.cell(d.at(12, 0, 0, 0)));
    for (at, label) in axis.ticks(day) {
        place(strip, at, 1, buffer).text(&label, paint.of(Ink::Faint));
    }
    if let Some(at) = day {
        place(strip, at, 1, buffer).text("◆", paint.of(Ink::Published));
    }
    if plan.lane > 0 {
        let left = Rect { width: x.saturating_sub(2), ..plan.axis };
        Pen::new(buffer, left, 0).space(usize::from(super::row::SIGNS)).text(axis.unit.name(), paint.of(Ink::Faint));
    }
}

/// A pen at a cell of the strip.
fn place(strip: Rect, at: usize, row: u16, buffer: &mut Buffer) -> Pen<'_> {
    let x = u16::try_from(at).unwrap_or(u16::MAX).min(strip.width);
    Pen::new(buffer, Rect { x: strip.x + x, width: strip.width - x, ..strip }, row)
}

/// Points as bars, and bands as a line where no point stands on them.
fn density(cells: &[Cell], chosen: Range<usize>, paint: &Paint, strip: Rect, buffer: &mut Buffer) {
    let most = cells.iter().map(|c| c.points).max().unwrap_or(0).max(3);
    let mut pen = Pen::new(buffer, strip, 0);
    for (n, cell) in cells.iter().enumerate() {
        let ink = if chosen.contains(&n) { Ink::Accent } else { Ink::Moment };
        match (cell.points, cell.band) {
            (0, false) => pen.space(1),
            (0, true) => pen.text("─", paint.hue(if ink == Ink::Moment { Ink::Faint } else { ink })),
            (points, _) => pen.text(bar(points, most), paint.hue(ink)),
        };
    }
}
