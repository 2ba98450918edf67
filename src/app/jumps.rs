//! The jump list: back and forward through everything that was jumped from, across articles, as in vim.

use super::library::ArticleId;
use super::session::Resumed;
use crate::text::Place;
use std::collections::BTreeMap;

/// Places that are remembered.
const MAX: usize = 200;

/// A place to come back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JumpPoint {
    /// The article.
    pub article: ArticleId,
    /// Byte offset of the first row on the screen.
    pub top: u32,
    /// The same row by its number, which holds while the measure is the same.
    pub place: Place,
    /// The measure, in cells.
    pub measure: usize,
    /// Byte offset of the mark under the cursor.
    pub cursor: Option<u32>,
}

/// Where the reader has been.
#[derive(Clone, Debug, Default)]
pub struct Jumps {
    points: Vec<JumpPoint>,
    /// How many of the points lie behind; those after it lie ahead.
    behind: usize,
    /// Places under letters.
    kept: BTreeMap<char, JumpPoint>,
    /// What an earlier session left, until its articles are listed.
    pub(super) resumed: Resumed,
}

impl Jumps {
    /// Keeps a place under a letter; one that was there before is given up.
    pub fn keep(&mut self, letter: char, point: JumpPoint) {
        self.kept.insert(letter, point);
    }

    /// The place under a letter.
    #[must_use]
    pub fn kept(&self, letter: char) -> Option<JumpPoint> {
        self.kept.get(&letter).copied()
    }

    /// The places that lie behind, the newest last.
    #[must_use]
    pub fn behind(&self) -> &[JumpPoint] {
        self.points.get(..self.behind).unwrap_or_default()
    }

    /// Puts earlier places before all others.
    pub fn before(&mut self, mut earlier: Vec<JumpPoint>) {
        let room = MAX.saturating_sub(self.points.len());
        earlier.drain(..earlier.len().saturating_sub(room));
        self.behind += earlier.len();
        self.points.splice(..0, earlier);
    }

    /// The letters that have a place, with it.
    pub fn letters(&self) -> impl Iterator<Item = (char, JumpPoint)> {
        self.kept.iter().map(|(letter, point)| (*letter, *point))
    }

    /// How many jumps lie behind.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.behind
    }

    /// Remembers where a jump begins; what lay ahead is forgotten.
    pub fn leave(&mut self, from: JumpPoint) {
        self.points.truncate(self.behind);
        if self.points.last() != Some(&from) {
            self.points.push(from);
        }
        if self.points.len() > MAX {
            self.points.remove(0);
        }
        self.behind = self.points.len();
    }

    /// The place before `here`, which is then ahead.
    pub fn back(&mut self, here: JumpPoint) -> Option<JumpPoint> {
        while self.behind > 0 {
            self.behind -= 1;
            let to = std::mem::replace(&mut self.points[self.behind], here);
            if to != here {
                return Some(to);
            }
        }
        None
    }

    /// The place that lies behind where nothing is open yet, as at the beginning of a session.
    pub fn last(&mut self) -> Option<JumpPoint> {
        self.behind = self.behind.checked_sub(1)?;
        self.points.get(self.behind).copied()
    }

    /// The place after `here`, which is then behind.
    pub fn forward(&mut self, here: JumpPoint) -> Option<JumpPoint> {
        while self.behind < self.points.len() {
            let to = std::mem::replace(&mut self.points[self.behind], here);
            self.behind += 1;
            if to != here {
                return Some(to);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(top: u32) -> JumpPoint {
        JumpPoint { article: ArticleId(top / 100), top, place: Place::default(), measure: 72, cursor: None }
    }

    #[test]
    fn back_and_forward_visit_the_same_places() {
        let mut jumps = Jumps::default();
        jumps.leave(at(1));
        jumps.leave(at(120));
        // Now at 240.
        assert_eq!(jumps.back(at(240)), Some(at(120)));
        assert_eq!(jumps.back(at(120)), Some(at(1)));
        assert_eq!(jumps.back(at(1)), None);
        assert_eq!(jumps.forward(at(1)), Some(at(120)));
        assert_eq!(jumps.forward(at(120)), Some(at(240)));
        assert_eq!(jumps.forward(at(240)), None);
    }

    #[test]
    fn a_new_jump_forgets_what_lay_ahead() {
        let mut jumps = Jumps::default();
        jumps.leave(at(1));
        jumps.leave(at(2));
        assert_eq!(jumps.back(at(3)), Some(at(2)));
        jumps.leave(at(2));
        assert_eq!(jumps.forward(at(9)), None);
        assert_eq!(jumps.back(at(9)), Some(at(2)));
        assert_eq!(jumps.back(at(2)), Some(at(1)));
    }

    #[test]
    fn the_oldest_are_forgotten() {
        let mut jumps = Jumps::default();
        for n in 0..1000 {
            jumps.leave(at(n));
        }
        let mut here = at(1000);
        let mut steps = 0;
        while let Some(to) = jumps.back(here) {
            here = to;
            steps += 1;
        }
        assert_eq!((steps, here), (MAX, at(800)));
    }
}
