//! Coasts, lakes and borders under the places.

use crate::app::Viewport;
use crate::config::{Ink, Marker};
use crate::lexicon::outlines::{Layer, Line, Sheet, lines};
use crate::widgets::{Canvas, Paint};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Degrees in a dot from which on the small sheet has detail enough.
const FAR: f64 = 0.3;

/// Degrees in a dot from which on borders would fill the land.
const NO_BORDERS: f64 = 1.6;

/// Degrees in a dot from which on borders of divisions would.
const NO_DIVISIONS: f64 = 0.3;

/// Islands and lakes that are smaller than so many dots are left out.
const SPECK: (f64, f64) = (1.5, 5.0);

/// The inks of the canvas.
const INKS: [Ink; 4] = [Ink::Coast, Ink::Water, Ink::Border, Ink::Border];

/// Draws what of the outlines lies in the view.
pub(in crate::panes) fn draw(view: &Viewport, marker: Marker, paint: &Paint, area: Rect, buffer: &mut Buffer) {
    let mut canvas = Canvas::new(area.width, area.height);
    let sheet = if view.scale() >= FAR { Sheet::World } else { Sheet::Region };
    for line in lines(sheet) {
        if is_wanted(&line, view) {
            for turn in [-360.0, 0.0, 360.0] {
                draw_line(&mut canvas, line, view, turn, marker);
            }
        }
    }
    canvas.draw(area, marker, &INKS.map(|ink| paint.of(ink)), buffer);
}

/// True for a line that is large enough to be seen, of a layer that is not too fine for the scale.
fn is_wanted(line: &Line<'_>, view: &Viewport) -> bool {
    let scale = view.scale();
    let size = ((line.east - line.west) * view.squeeze()).max(line.north - line.south) / scale;
    match line.layer {
        Layer::Coast => size >= SPECK.0,
        Layer::Lake => size >= SPECK.1,
        Layer::Border => scale < NO_BORDERS,
        Layer::Division => scale < NO_DIVISIONS,
    }
}

/// Draws a line that is moved by `turn` degrees around the earth, where it then lies in the view.
fn draw_line(canvas: &mut Canvas, line: Line<'_>, view: &Viewport, turn: f64, marker: Marker) {
    let (center, (across, up)) = (view.center(), view.reach());
    let east = |longitude: f64| longitude + turn - center.longitude;
    // What lies opposite the middle is drawn once: the half circle to either side is all there is.
    if east(line.east) < -across || east(line.west) > across || line.north < center.latitude - up || line.south > center.latitude + up {
        return;
    }
    // Where a cell is one sign, dashes are gaps.
    let fine = marker == Marker::Braille;
    let (ink, dash) = match line.layer {
        Layer::Coast => (0, (1, 1)),
        Layer::Lake => (1, (1, 1)),
        Layer::Border if fine => (2, (1, 2)),
        Layer::Division if fine => (3, (1, 3)),
        Layer::Border => (2, (1, 1)),
        Layer::Division => (3, (1, 4)),
    };
    canvas.line(line.points().map(|(x, y)| view.place(east(x), y)), ink, dash);
}
