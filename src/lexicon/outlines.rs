//! Outlines for the map: coasts, lakes and borders of Natural Earth, read where they lie in the binary. assets/outlines/README.md has the layout.

/// The lines of both sheets.
const BYTES: &[u8] = include_bytes!("../../assets/outlines/outlines.bin");

/// Bytes of a sheet's entry at the beginning.
const ENTRY: usize = 8;

/// Bytes of a line before its steps.
const HEAD: usize = 14;

/// How much detail is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// 1:110 million, for the whole world.
    World,
    /// 1:50 million, for a part of it.
    Region,
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// Where land and sea meet.
    Coast,
    /// The shore of a lake.
    Lake,
    /// Between countries.
    Border,
    /// Between first-level divisions of a large country.
    Division,
}

impl Layer {
    const ALL: [Self; 4] = [Self::Coast, Self::Lake, Self::Border, Self::Division];
}

/// A line with the box around it, in degrees north and east.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// What it is.
    pub layer: Layer,
    /// Its western end.
    pub west: f64,
    /// Its southern end.
    pub south: f64,
    /// Its eastern end.
    pub east: f64,
    /// Its northern end.
    pub north: f64,
    first: (u16, u16),
    /// Degrees in a unit.
    unit: f64,
    steps: &'a [u8],
}

impl<'a> Line<'a> {
    /// Its points: degrees east and degrees north.
    pub fn points(self) -> impl Iterator<Item = (f64, f64)> + 'a {
        let (mut x, mut y) = (i32::from(self.first.0), i32::from(self.first.1));
        let degrees = move |x: i32, y: i32| (f64::from(x) * self.unit - 180.0, f64::from(y) * self.unit - 90.0);
        let step = |byte: u8| i32::from(byte.cast_signed());
        let rest = self.steps.chunks_exact(2).map(move |s| {
            (x, y) = (x + step(s[0]), y + step(s[1]));
            degrees(x, y)
        });
        std::iter::once(degrees(i32::from(self.first.0), i32::from(self.first.1))).chain(rest)
    }

    /// The line at the beginning of `bytes`, and what is behind it.
    fn read(bytes: &'a [u8], unit: f64) -> Option<(Self, &'a [u8])> {
        let (head, rest) = bytes.split_at_checked(HEAD)?;
        let layer = *Layer::ALL.get(usize::from(head[0]))?;
        let number = |n: usize| u16::from_le_bytes([head[2 + 2 * n], head[3 + 2 * n]]);
        let (steps, rest) = rest.split_at_checked(2 * usize::from(head[1].checked_sub(1)?))?;
        let (x, y) = (|n| f64::from(number(n)) * unit - 180.0, |n| f64::from(number(n)) * unit - 90.0);
        let line = Self { layer, west: x(0), south: y(1), east: x(2), north: y(3), first: (number(4), number(5)), unit, steps };
        Some((line, rest))
    }
}

/// The lines of a sheet.
pub fn lines(sheet: Sheet) -> impl Iterator<Item = Line<'static>> {
    let (mut bytes, unit) = find(BYTES, sheet).unwrap_or((&[], 1.0));
    std::iter::from_fn(move || {
        let (line, rest) = Line::read(bytes, unit)?;
        bytes = rest;
        Some(line)
    })
}

/// The bytes of a sheet's lines, and the degrees in its unit.
fn find(bytes: &[u8], sheet: Sheet) -> Option<(&[u8], f64)> {
    let number = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let length = |n: usize| number(n * ENTRY).and_then(|n| usize::try_from(n).ok());
    let (n, from) = match sheet {
        Sheet::World => (0, 2 * ENTRY),
        Sheet::Region => (1, 2 * ENTRY + length(0)?),
    };
    let circle = number(n * ENTRY + 4).filter(|c| *c > 0)?;
    Some((bytes.get(from..from.checked_add(length(n)?)?)?, 360.0 / f64::from(circle)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_lies_in_its_box_and_on_the_earth() {
        for (sheet, least) in [(Sheet::World, 400), (Sheet::Region, 2000)] {
            let mut count = 0;
            for line in lines(sheet) {
                count += 1;
                let mut points = 0;
                for (x, y) in line.points() {
                    points += 1;
                    assert!((line.west..=line.east).contains(&x) && (line.south..=line.north).contains(&y), "{line:?}: {x} {y}");
                    assert!((-180.0..=180.0).contains(&x) && (-90.0..=90.0).contains(&y));
                }
                assert!(points > 1);
            }
            assert!(count > least, "{sheet:?}: {count}");
        }
    }

    #[test]
    fn the_whole_asset_is_read() {
        let bytes = |sheet| lines(sheet).map(|l| HEAD + l.steps.len()).sum::<usize>();
        assert_eq!(bytes(Sheet::World) + bytes(Sheet::Region) + 2 * ENTRY, BYTES.len());
        for layer in Layer::ALL {
            assert!(lines(Sheet::Region).any(|l| l.layer == layer), "{layer:?}");
        }
    }

    #[test]
    fn no_line_jumps() {
        for sheet in [Sheet::World, Sheet::Region] {
            for line in lines(sheet) {
                let points: Vec<_> = line.points().collect();
                assert!(points.windows(2).all(|p| (p[0].0 - p[1].0).abs() < 10.0), "{line:?}");
            }
        }
    }

    #[test]
    fn damaged_bytes_end_the_lines() {
        assert!(find(&[], Sheet::World).is_none());
        assert!(find(&[0xff; 40], Sheet::Region).is_none());
        assert!(Line::read(&[9; 40], 1.0).is_none());
        assert!(Line::read(&[0; 40], 1.0).is_none());
        assert!(Line::read(&[0, 200, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13], 1.0).is_none());
    }
}
