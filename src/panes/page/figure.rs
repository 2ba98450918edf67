//! The drawings of a page: who occurs with whom as a graph, and the places on a map.

use crate::app::page::{Figure, Node, Sheet};
use crate::app::{Point, State, Viewport, Wish, place_labels};
use crate::config::{Ink, Marker};
use crate::panes::map::outlines;
use crate::panes::text::ink_of_kind;
use crate::text::{clean_line, cut, width};
use crate::widgets::{Canvas, Paint, Pen, fill};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Cells of a name in a drawing, at most.
const NAME: usize = 22;

/// Degrees that are seen around each place.
const AROUND: f64 = 2.5;

/// The inks of the graph's canvas: to whom the page is of, and between others.
const INKS: [Ink; 2] = [Ink::Border, Ink::Faint];

/// What a drawing is drawn with.
#[derive(Clone, Copy)]
pub(super) struct Figures<'a> {
    pub(super) state: &'a State,
    pub(super) paint: &'a Paint,
    pub(super) sheet: &'a Sheet,
    /// The selected node among those of the drawing; none where it stands beside the rows.
    pub(super) selected: Option<usize>,
}

impl Figures<'_> {
    /// Draws one of them into `area`.
    pub(super) fn draw(&self, figure: Figure, area: Rect, buffer: &mut Buffer) {
        if area.width < 20 || area.height < 5 {
            return;
        }
        match figure {
            Figure::Graph => self.graph(area, buffer),
            Figure::Map => self.map(area, buffer),
        }
    }

    fn marker(&self) -> Marker {
        self.state.config.settings.map_marker
    }

    fn style(&self, node: &Node, selected: bool) -> Style {
        if selected { self.paint.of(Ink::Selected).patch(self.paint.of(Ink::Title)) } else { self.paint.of(ink_of_kind(node.kind)) }
    }

    /// The nodes on both sides of the one in the middle, the closer the nearer.
    fn graph(&self, area: Rect, buffer: &mut Buffer) {
        let room = usize::from(area.height).saturating_sub(1);
        let nodes: Vec<(usize, &Node)> = self.sheet.company.of(Figure::Graph).take(room).collect();
        let spots: Vec<(u16, u16)> = (0..nodes.len()).map(|n| self.spot(n, &nodes, area)).collect();
        let middle = (area.width / 2, area.height / 2);
        let dot = |(x, y): (u16, u16)| (f64::from(x) * 2.0 + 0.5, f64::from(y) * 4.0 + 1.5);
        let mut canvas = Canvas::new(area.width, area.height);
        for (a, b) in self.sheet.company.ties.iter().filter(|(a, b)| *a < spots.len() && *b < spots.len()) {
            canvas.line([dot(spots[*a]), dot(spots[*b])].into_iter(), 1, (1, 4));
        }
        spots.iter().for_each(|spot| canvas.line([dot(middle), dot(*spot)].into_iter(), 0, (1, 1)));
        canvas.draw(area, self.marker(), &INKS.map(|ink| self.paint.of(ink)), buffer);
        let title = cut(&clean_line(&self.sheet.title), NAME.min(usize::from(area.width) / 3));
        let kind = self.sheet.kind.map_or(Ink::Title, ink_of_kind);
        let half = cells(&title) / 2 + 1;
        let bold = self.paint.of(kind).patch(self.paint.of(Ink::Title));
        self.word(&format!(" {title} "), (middle.0.saturating_sub(half), middle.1), bold, area, buffer);
        for (n, ((_, node), (x, y))) in nodes.iter().zip(spots).enumerate() {
            let name = cut(&clean_line(&node.name), label_room(area));
            let style = self.style(node, self.selected == Some(n));
            let left = x < middle.0;
            let at = if left { x.saturating_sub(cells(&name) + 1) } else { x + 1 };
            let word = if left { format!("{name} ") } else { format!(" {name}") };
            self.word(&word, (at, y), style, area, buffer);
            self.word(sign(node), (x, y), self.paint.hue(ink_of_kind(node.kind)), area, buffer);
        }
    }

    /// Where a node stands: odd ones to the left, even ones to the right, from top to bottom so that neighbours in closeness are apart.
    fn spot(&self, n: usize, nodes: &[(usize, &Node)], area: Rect) -> (u16, u16) {
        let left = n % 2 == 1;
        let side = if left { nodes.len() / 2 } else { nodes.len().div_ceil(2) };
        // The closest are in the middle of their side, the others above and below.
        let rank = n / 2;
        let from_middle = if rank.is_multiple_of(2) { rank.div_ceil(2) as f64 } else { -(rank.div_ceil(2) as f64) };
        let place = (f64::from(u32::try_from(side).unwrap_or(1).saturating_sub(1)) / 2.0).floor() + from_middle;
        let height = f64::from(area.height);
        let y = ((place + 0.5) * height / side.max(1) as f64).clamp(0.0, height - 1.0);
        let half = f64::from(area.width) / 2.0;
        let title = width(&self.sheet.title).min(NAME).min(usize::from(area.width) / 3) as f64;
        let near = title / 2.0 + 3.0;
        let far = (half - label_room(area) as f64 - 2.0).max(near + 1.0);
        let out = near + (far - near) * (1.0 - f64::from(nodes.get(n).map_or(0.0, |(_, node)| node.close)).clamp(0.0, 1.0));
        let x = if left { half - out } else { half + out };
        (x.clamp(0.0, f64::from(area.width) - 1.0) as u16, y as u16)
    }

    /// The places over the outlines of land and sea.
    fn map(&self, area: Rect, buffer: &mut Buffer) {
        let places: Vec<(&Node, Point)> =
            self.sheet.company.of(Figure::Map).filter_map(|(_, n)| n.at.map(|(north, east)| (n, Point::new(north, east)))).collect();
        let mut view = Viewport::new(area.width, area.height);
        view.fit(&places.iter().map(|(_, point)| (*point, AROUND)).collect::<Vec<_>>());
        outlines::draw(&view, self.marker(), self.paint, area, buffer);
        let seen: Vec<(usize, &Node, (u16, u16))> =
            places.iter().enumerate().filter_map(|(n, (node, point))| Some((n, *node, view.cell(*point)?))).collect();
        let name = |node: &Node| cut(&clean_line(&node.name), NAME);
        let wish = |(_, node, (column, row)): &(usize, &Node, (u16, u16))| Wish {
            column: *column,
            row: *row,
            width: cells(&name(node)),
            quiet: false,
        };
        let labels = place_labels(&seen.iter().map(wish).collect::<Vec<_>>(), area.width, area.height);
        for ((n, node, at), label) in seen.into_iter().zip(labels) {
            let selected = self.selected == Some(n);
            if let Some(at) = label {
                self.word(&name(node), at, self.style(node, selected), area, buffer);
            }
            let style = if selected { self.paint.of(Ink::Accent) } else { self.paint.hue(Ink::Place) };
            self.word(sign(node), at, style, area, buffer);
        }
    }

    /// Writes a word at a cell of `area`, on the ground that is there.
    fn word(&self, word: &str, (x, y): (u16, u16), style: Style, area: Rect, buffer: &mut Buffer) {
        let wide = cells(word).min(area.width.saturating_sub(x));
        let at = Rect { x: area.x + x, y: area.y + y, width: wide, height: 1 }.intersection(area);
        if at.is_empty() {
            return;
        }
        fill(buffer, at, self.paint.ground(self.state.view.dark));
        Pen::new(buffer, at, 0).text(word, style);
    }
}

/// Cells for a name beside its node.
fn label_room(area: Rect) -> usize {
    (usize::from(area.width) / 4).clamp(6, NAME)
}

fn cells(word: &str) -> u16 {
    u16::try_from(width(word)).unwrap_or(u16::MAX)
}

/// The closer, the larger.
fn sign(node: &Node) -> &'static str {
    match node.close {
        0.6.. => "●",
        0.3..0.6 => "•",
        _ => "·",
    }
}
