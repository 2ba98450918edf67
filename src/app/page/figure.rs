//! The drawings of a page: who occurs with whom as a graph, and the places on a map. What is selected in them leads to its own page.

use super::{Page, PageOf};
use crate::article::Kind;

/// A drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Company as a graph.
    Graph,
    /// Places on a map.
    Map,
}

/// Somebody or something in a drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Its number in the library.
    pub key: i64,
    /// What it is.
    pub kind: Kind,
    /// What it is called.
    pub name: String,
    /// How close it is, from 0 to 1 for the closest.
    pub close: f32,
    /// Degrees north and east of a place on the map.
    pub at: Option<(f64, f64)>,
}

/// With whom, what and where an entity occurs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Company {
    /// The closest first.
    pub nodes: Vec<Node>,
    /// Which of them occur together in several articles, by their indices.
    pub ties: Vec<(usize, usize)>,
}

impl Company {
    /// The nodes of a drawing, the closest first.
    pub fn of(&self, figure: Figure) -> impl Iterator<Item = (usize, &Node)> {
        self.nodes.iter().enumerate().filter(move |(_, node)| figure == Figure::Graph || node.at.is_some())
    }
}

impl Page {
    /// The drawing that follows the one on the screen: the graph, the map, none; those without anything in them are passed over.
    pub(super) fn next_figure(&mut self) {
        let has = |figure: Figure| self.sheet.as_ref().is_some_and(|s| s.company.of(figure).next().is_some());
        let order = match self.figure {
            None => &[Figure::Graph, Figure::Map][..],
            Some((Figure::Graph, _)) => &[Figure::Map],
            Some((Figure::Map, _)) => &[],
        };
        self.figure = order.iter().copied().find(|f| has(*f)).map(|figure| (figure, 0));
    }

    /// Selects the node that comes `by` after the selected one, around the ends.
    pub(super) fn turn_node(&mut self, by: isize) {
        let Some((figure, selected)) = self.figure else { return };
        let count = self.sheet.as_ref().map_or(0, |s| s.company.of(figure).count());
        if count > 0 {
            let step = by.rem_euclid(count.cast_signed()).unsigned_abs();
            self.figure = Some((figure, (selected + step) % count));
        }
    }

    /// The page of the selected node.
    pub(super) fn node(&self) -> Option<PageOf> {
        let (figure, selected) = self.figure?;
        let (_, node) = self.sheet.as_ref()?.company.of(figure).nth(selected)?;
        Some(PageOf::Entity(node.key))
    }
}
