//! The label of each token: where in a name it stands, and of which kind (the BILOU scheme).

use crate::article::Kind;

/// Labels inside names: four positions for each of the four kinds. [`OUTSIDE`] comes on top.
pub const INSIDE: usize = 16;

/// The label of a token that belongs to no name.
pub const OUTSIDE: u8 = INSIDE as u8;

/// All labels.
pub const LABELS: usize = INSIDE + 1;

/// Where in a name a token stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// First of several.
    Begin,
    /// Neither first nor last.
    Inside,
    /// Last of several.
    Last,
    /// The only one.
    Unit,
}

/// The positions in the order of the labels of one kind.
const POSITIONS: [Position; 4] = [Position::Begin, Position::Inside, Position::Last, Position::Unit];

/// The label of a token at `position` in a name of `kind`.
#[must_use]
pub fn label(kind: Kind, position: Position) -> u8 {
    (kind as u8) * 4 + position as u8
}

/// The kind and position behind a label; `None` outside names.
#[must_use]
pub fn meaning(label: u8) -> Option<(Kind, Position)> {
    let kind = Kind::ALL.get(usize::from(label / 4))?;
    Some((*kind, POSITIONS[usize::from(label % 4)]))
}

/// True where a token labelled `next` may follow one labelled `label` in the same sentence.
#[must_use]
pub fn may_follow(label: u8, next: u8) -> bool {
    let open = matches!(meaning(label), Some((_, Position::Begin | Position::Inside)));
    let goes_on = matches!(meaning(next), Some((_, Position::Inside | Position::Last)));
    if open || goes_on { open && goes_on && label / 4 == next / 4 } else { true }
}

/// True where a sentence may begin with this label.
#[must_use]
pub fn may_begin(label: u8) -> bool {
    may_follow(OUTSIDE, label)
}

/// True where a sentence may end with this label.
#[must_use]
pub fn may_end(label: u8) -> bool {
    may_follow(label, OUTSIDE)
}

/// The names in a sequence of labels: first token, one past the last token, kind.
pub fn names(labels: &[u8]) -> impl Iterator<Item = (usize, usize, Kind)> + '_ {
    let mut begin = 0;
    labels.iter().enumerate().filter_map(move |(at, label)| {
        let (kind, position) = meaning(*label)?;
        if matches!(position, Position::Begin | Position::Unit) {
            begin = at;
        }
        matches!(position, Position::Last | Position::Unit).then_some((begin, at + 1, kind))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_their_meaning() {
        for kind in Kind::ALL {
            for position in POSITIONS {
                assert_eq!(meaning(label(kind, position)), Some((kind, position)));
            }
        }
        assert_eq!(meaning(OUTSIDE), None);
    }

    #[test]
    fn only_whole_names() {
        let person = |p| label(Kind::Person, p);
        assert!(may_follow(person(Position::Begin), person(Position::Last)));
        assert!(!may_follow(person(Position::Begin), label(Kind::Place, Position::Last)));
        assert!(!may_follow(person(Position::Begin), OUTSIDE));
        assert!(may_follow(person(Position::Last), label(Kind::Place, Position::Unit)));
        assert!(!may_begin(person(Position::Last)));
        assert!(!may_end(person(Position::Inside)));
    }

    #[test]
    fn names_of_labels() {
        let unit = label(Kind::Place, Position::Unit);
        let labels = [OUTSIDE, label(Kind::Person, Position::Begin), label(Kind::Person, Position::Last), unit, unit];
        let found: Vec<_> = names(&labels).collect();
        assert_eq!(found, [(1, 3, Kind::Person), (3, 4, Kind::Place), (4, 5, Kind::Place)]);
    }
}
