//! What part of the earth the map shows, and where on it a point lies.
//!
//! The projection is equirectangular, true to scale at the middle of the view: a degree of longitude is drawn as long as it is there. Distances on the
//! map are in dots, of which a cell holds two by four, so that they are about square.

/// Dots in a cell, across and down.
pub const DOTS: (u16, u16) = (2, 4);

/// A degree of longitude is never drawn shorter than this part of one of latitude, so that the poles can be looked at.
const LEAST_SQUEEZE: f64 = 0.25;

/// Degrees of latitude from top to bottom at the nearest.
const NEAREST: f64 = 1.5;

/// The part of the view that is left free around what it is fitted to: names stand there.
const MARGIN: f64 = 0.2;

/// A point on the earth, in degrees north and east.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// From -90 to 90.
    pub latitude: f64,
    /// From -180 to 180.
    pub longitude: f64,
}

impl Point {
    /// The point at these degrees, brought into their bounds.
    #[must_use]
    pub fn new(latitude: f64, longitude: f64) -> Self {
        let finite = |degrees: f64| if degrees.is_finite() { degrees } else { 0.0 };
        Self { latitude: finite(latitude).clamp(-90.0, 90.0), longitude: turn(finite(longitude)) }
    }
}

/// Degrees of longitude between -180 and 180.
fn turn(degrees: f64) -> f64 {
    if (-180.0..=180.0).contains(&degrees) { degrees } else { (degrees + 180.0).rem_euclid(360.0) - 180.0 }
}

/// The part of the earth on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Viewport {
    center: Point,
    /// Degrees of latitude in a dot.
    scale: f64,
    /// Dots across and down.
    size: (f64, f64),
}

impl Default for Viewport {
    fn default() -> Self {
        Self::new(1, 1)
    }
}

impl Viewport {
    /// The whole earth on so many cells.
    #[must_use]
    pub fn new(columns: u16, rows: u16) -> Self {
        let size = (f64::from(columns.max(1)) * f64::from(DOTS.0), f64::from(rows.max(1)) * f64::from(DOTS.1));
        let mut view = Self { center: Point::default(), scale: f64::MAX, size };
        view.settle();
        view
    }

    /// The same middle and the same width on another number of cells.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        let wanted = Self::new(columns, rows);
        self.scale *= (self.size.0 / wanted.size.0).max(self.size.1 / wanted.size.1);
        self.size = wanted.size;
        self.settle();
    }

    /// Its columns and rows.
    #[must_use]
    pub fn cells(&self) -> (u16, u16) {
        ((self.size.0 / f64::from(DOTS.0)) as u16, (self.size.1 / f64::from(DOTS.1)) as u16)
    }

    /// Degrees of latitude in a dot.
    #[must_use]
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// The point in the middle.
    #[must_use]
    pub fn center(&self) -> Point {
        self.center
    }

    /// How much shorter a degree of longitude is drawn than one of latitude.
    #[must_use]
    pub fn squeeze(&self) -> f64 {
        self.center.latitude.to_radians().cos().max(LEAST_SQUEEZE)
    }

    /// Half of what is seen, in degrees of longitude and latitude: of the former at most half a circle.
    #[must_use]
    pub fn reach(&self) -> (f64, f64) {
        ((self.size.0 * self.scale / self.squeeze() / 2.0).min(180.0), self.size.1 * self.scale / 2.0)
    }

    /// Where a point lies, in dots from the upper left corner; also beside the view. The earth is cut opposite the middle.
    #[must_use]
    pub fn project(&self, point: Point) -> (f64, f64) {
        self.place(turn(point.longitude - self.center.longitude), point.latitude)
    }

    /// Where degrees of longitude east of the middle and degrees north lie. Longitudes are not turned, so that lines stay whole.
    #[must_use]
    pub fn place(&self, east: f64, north: f64) -> (f64, f64) {
        let x = self.size.0 / 2.0 + east * self.squeeze() / self.scale;
        (x, self.size.1 / 2.0 + (self.center.latitude - north) / self.scale)
    }

    /// The point at so many dots from the upper left corner.
    #[must_use]
    pub fn point(&self, x: f64, y: f64) -> Point {
        let east = (x - self.size.0 / 2.0) * self.scale / self.squeeze();
        Point::new(self.center.latitude - (y - self.size.1 / 2.0) * self.scale, self.center.longitude + east)
    }

    /// The cell of a point, counted from the upper left one; none beside the view.
    #[must_use]
    pub fn cell(&self, point: Point) -> Option<(u16, u16)> {
        let (x, y) = self.project(point);
        let inside = (0.0..self.size.0).contains(&x) && (0.0..self.size.1).contains(&y);
        inside.then(|| ((x / f64::from(DOTS.0)) as u16, (y / f64::from(DOTS.1)) as u16))
    }

    /// Moves the view by dots to the right and down.
    pub fn pan(&mut self, right: f64, down: f64) {
        self.center = Point::new(self.center.latitude - down * self.scale, self.center.longitude + right * self.scale / self.squeeze());
        self.settle();
    }

    /// Brings everything `factor` times nearer. The point that lies at `about`, in dots, stays where it is as far as the poles allow.
    pub fn zoom(&mut self, factor: f64, about: (f64, f64)) {
        let fixed = self.point(about.0, about.1);
        self.scale /= factor;
        self.settle();
        // Twice, because the length of a degree of longitude changes with the middle.
        for _ in 0..2 {
            let (x, y) = self.project(fixed);
            self.pan(x - about.0, y - about.1);
        }
    }

    /// Puts a point into the middle.
    pub fn look_at(&mut self, point: Point) {
        self.center = point;
        self.settle();
    }

    /// Shows points with so many degrees around each; the whole earth where there are none. Points on both sides of 180° are seen across it.
    pub fn fit(&mut self, points: &[(Point, f64)]) {
        let Some((first, last)) = arc(points) else {
            (self.center, self.scale) = (Point::default(), f64::MAX);
            return self.settle();
        };
        let edge = |sign: f64| points.iter().map(|(p, around)| (p.latitude + sign * around) * sign).fold(f64::MIN, f64::max) * sign;
        let (south, north) = (edge(-1.0).max(-90.0), edge(1.0).min(90.0));
        self.center = Point::new(f64::midpoint(south, north), first + (last - first) / 2.0);
        let (width, height) = (self.size.0 * (1.0 - MARGIN), self.size.1 * (1.0 - MARGIN));
        self.scale = ((last - first) * self.squeeze() / width).max((north - south) / height);
        self.settle();
    }

    /// Keeps the scale and the middle within bounds: no nearer than makes sense, no farther than the whole earth, no emptiness beyond a pole
    /// that could be avoided.
    fn settle(&mut self) {
        let whole = (180.0 / self.size.1).max(360.0 * self.squeeze() / self.size.0);
        self.scale = self.scale.clamp((NEAREST / self.size.1).min(whole), whole);
        let room = (90.0 - self.size.1 * self.scale / 2.0).max(0.0);
        self.center = Point::new(self.center.latitude.clamp(-room, room), self.center.longitude);
    }
}

/// The shortest stretch of longitudes that holds all points with what is around them, as degrees east from its beginning to its end; the end may
/// lie beyond 180°.
fn arc(points: &[(Point, f64)]) -> Option<(f64, f64)> {
    let mut spans: Vec<(f64, f64)> = points
        .iter()
        .map(|(p, around)| {
            let around = (around / p.latitude.to_radians().cos().max(LEAST_SQUEEZE)).min(180.0);
            (p.longitude - around, p.longitude + around)
        })
        .collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (first, mut end) = *spans.first()?;
    // The widest gap between one stretch and the next is what need not be shown.
    let (mut gap, mut from, mut to) = (f64::MIN, first, end);
    for (start, stop) in spans.iter().skip(1) {
        if start - end > gap {
            (gap, from, to) = (start - end, *start, end + 360.0);
        }
        end = end.max(*stop);
    }
    if first + 360.0 - end >= gap {
        (from, to) = (first, end);
    }
    Some((from, to.min(from + 360.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: (f64, f64), b: (f64, f64)) -> bool {
        (a.0 - b.0).abs() < 1e-6 && (a.1 - b.1).abs() < 1e-6
    }

    #[test]
    fn the_whole_earth_fills_the_view_and_no_more() {
        for (columns, rows) in [(80, 22), (200, 58), (60, 14), (200, 5), (20, 60), (1, 1)] {
            let view = Viewport::new(columns, rows);
            let (left, top) = view.place(-180.0, 90.0);
            let (right, bottom) = view.place(180.0, -90.0);
            assert!(left >= -1e-9 && top >= -1e-9 && right <= view.size.0 + 1e-9 && bottom <= view.size.1 + 1e-9, "{view:?}");
            assert!(left.abs() < 1e-9 || top.abs() < 1e-9, "{view:?}");
        }
    }

    #[test]
    fn points_come_back() {
        let mut view = Viewport::new(80, 22);
        view.fit(&[(Point::new(10.5, -66.9), 5.0)]);
        for point in [Point::new(10.5, -66.9), Point::new(12.0, -70.0), Point::new(4.7, -62.0)] {
            let (x, y) = view.project(point);
            let back = view.point(x, y);
            assert!(near((back.latitude, back.longitude), (point.latitude, point.longitude)), "{back:?}");
        }
        assert_eq!(view.cell(Point::new(10.5, -66.9)), Some((40, 11)));
        assert_eq!(view.cell(Point::new(-50.0, 100.0)), None);
    }

    #[test]
    fn a_degree_of_longitude_is_as_long_as_at_the_middle() {
        let mut view = Viewport::new(80, 22);
        view.fit(&[(Point::new(60.0, 25.0), 5.0)]);
        let (a, b) = (view.project(Point::new(60.0, 25.0)), view.project(Point::new(60.0, 26.0)));
        let c = view.project(Point::new(61.0, 25.0));
        assert!(((b.0 - a.0) / (a.1 - c.1) - 0.5).abs() < 0.01, "{a:?} {b:?} {c:?}");
    }

    #[test]
    fn fits_go_across_the_antimeridian() {
        let (suva, anadyr, majuro) = (Point::new(-18.1, 178.4), Point::new(64.7, 177.5), Point::new(7.1, 171.4));
        let apia = Point::new(-13.8, -171.8);
        for points in [vec![suva, apia], vec![apia, anadyr, majuro, suva]] {
            let mut view = Viewport::new(80, 22);
            view.fit(&points.iter().map(|p| (*p, 2.0)).collect::<Vec<_>>());
            assert!(view.reach().0 < 120.0, "{view:?}");
            assert!(points.iter().all(|p| view.cell(*p).is_some()), "{view:?}");
            assert!(view.center().longitude.abs() > 160.0, "{view:?}");
        }
    }

    #[test]
    fn everything_that_is_fitted_is_seen() {
        let points = [(90.0, 0.0), (-90.0, 180.0), (0.0, -180.0), (51.5, 0.0), (-33.9, 151.2), (40.7, -74.0), (0.0, 180.0)];
        for n in 1..=points.len() {
            for around in [0.0, 3.0, 90.0, 500.0] {
                let points: Vec<(Point, f64)> = points[..n].iter().map(|(lat, lon)| (Point::new(*lat, *lon), around)).collect();
                let mut view = Viewport::new(80, 22);
                view.fit(&points);
                for (point, _) in &points {
                    let (x, y) = view.project(*point);
                    assert!(
                        (-1e-6..=view.size.0 + 1e-6).contains(&x) && (-1e-6..=view.size.1 + 1e-6).contains(&y),
                        "{n} {point:?} {view:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn zooming_keeps_the_point_and_the_poles_are_the_end() {
        let mut view = Viewport::new(80, 22);
        let about = (100.0, 30.0);
        let before = view.point(about.0, about.1);
        view.zoom(4.0, about);
        let after = view.point(about.0, about.1);
        assert!((before.latitude - after.latitude).abs() < 0.5 && (before.longitude - after.longitude).abs() < 0.5, "{before:?} {after:?}");
        for _ in 0..100 {
            view.pan(0.0, -50.0);
        }
        assert!(view.center().latitude + view.reach().1 <= 90.0 + 1e-9);
        for _ in 0..100 {
            view.zoom(1.5, (0.0, 0.0));
        }
        assert!((view.reach().1 * 2.0 - NEAREST).abs() < 1e-9, "{view:?}");
        view.zoom(1e-9, (0.0, 0.0));
        assert!((view.scale() - Viewport::new(80, 22).scale()).abs() < 1.0, "{view:?}");
    }

    #[test]
    fn going_round_the_earth_leads_back() {
        let mut view = Viewport::new(80, 22);
        view.zoom(4.0, (80.0, 44.0));
        let start = view.center().longitude;
        let step = 15.0 * view.squeeze() / view.scale();
        for _ in 0..24 {
            view.pan(step, 0.0);
            assert!((-180.0..=180.0).contains(&view.center().longitude));
        }
        assert!((view.center().longitude - start).abs() < 1e-6);
    }

    #[test]
    fn nonsense_becomes_a_point() {
        for point in [Point::new(f64::NAN, f64::INFINITY), Point::new(1e300, -1e300), Point::new(-91.0, 540.0)] {
            assert!((-90.0..=90.0).contains(&point.latitude) && (-180.0..=180.0).contains(&point.longitude), "{point:?}");
        }
    }
}
