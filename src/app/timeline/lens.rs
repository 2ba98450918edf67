//! How a timeline is looked at: its zoom, its order, what is unfolded; and the rows that follow from it.

use super::chronicle::{Chronicle, Item, Row};
use super::unit::Unit;
use jiff::civil::Date;

/// In which order the rows stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Of the calendar.
    #[default]
    Calendar,
    /// Of the text.
    Text,
}

/// How a timeline is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lens {
    /// The unit of the axis; `None` for the one that fits the moments. Rows of one bin are one row at units coarser than that.
    pub zoom: Option<Unit>,
    /// The order of the rows.
    pub order: Order,
    /// True where the moments without a date are listed.
    pub drawer: bool,
    /// A moment under which those of the single articles are listed, and how many they are.
    pub unfolded: Option<(u32, usize)>,
}

/// A row of a timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimelineRow {
    /// The day of publication.
    Published(Date),
    /// A moment: an index into [`Chronicle::dated`].
    Moment(u32),
    /// Several moments of one bin: a row of [`Chronicle::row`].
    Gathered(usize),
    /// What one article says of the moment that is unfolded: which of them.
    Part(u32, usize),
    /// The heading of the drawer with the number of moments in it.
    Drawer(usize),
    /// A moment without a date: an index into [`Chronicle::loose`].
    Loose(usize),
}

/// The rows of a chronicle through a lens.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a> {
    chronicle: &'a Chronicle,
    lens: Lens,
    published: Option<Date>,
    /// Rows of dated moments.
    dated: usize,
    /// Where the day of publication stands among them, if it does.
    marker: Option<usize>,
    /// Where the parts of the unfolded moment stand, with their number.
    parts: (usize, usize),
}

impl Lens {
    /// The unit of the axis.
    #[must_use]
    pub fn unit(&self, chronicle: &Chronicle) -> Unit {
        self.zoom.unwrap_or_else(|| chronicle.fit())
    }

    /// Goes to the next finer or coarser unit; `None` at the last.
    #[must_use]
    pub fn zoomed(mut self, chronicle: &Chronicle, closer: bool) -> Option<Self> {
        let unit = self.unit(chronicle);
        let next = if closer { unit.finer() } else { unit.coarser() }?;
        self.zoom = (next != chronicle.fit()).then_some(next);
        Some(self)
    }
}

impl<'a> Rows<'a> {
    /// The rows; `published` is marked among them where they stand in order of the calendar.
    #[must_use]
    pub fn new(chronicle: &'a Chronicle, lens: Lens, published: Option<Date>) -> Self {
        let unit = lens.unit(chronicle);
        let calendar = lens.order == Order::Calendar;
        let dated = if calendar { chronicle.rows(unit) } else { chronicle.dated().len() };
        let published = published.filter(|_| calendar);
        let marker = published.map(|day| chronicle.rows_before(unit, day.at(0, 0, 0, 0)));
        let mut rows = Self { chronicle, lens, published, dated, marker, parts: (0, 0) };
        if let Some((moment, count)) = lens.unfolded
            && let Some(row) = rows.position(moment)
            && rows.get(row) == Some(TimelineRow::Moment(moment))
        {
            rows.parts = (row + 1, count);
        }
        rows
    }

    /// The unit of the axis.
    #[must_use]
    pub fn unit(&self) -> Unit {
        self.lens.unit(self.chronicle)
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        let loose = self.chronicle.loose().len();
        let drawer = if loose == 0 { 0 } else { 1 + if self.drawer_is_open() { loose } else { 0 } };
        self.above() + drawer
    }

    /// True where there is nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.chronicle.dated().is_empty() && self.chronicle.loose().is_empty() && self.marker.is_none()
    }

    /// Rows above the drawer.
    fn above(&self) -> usize {
        self.dated + usize::from(self.marker.is_some()) + self.parts.1
    }

    /// True where the moments without a date are listed: where the reader wants it, and where there are no others.
    #[must_use]
    pub fn drawer_is_open(&self) -> bool {
        self.lens.drawer || self.chronicle.dated().is_empty()
    }

    /// The row at `at`, from the top.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<TimelineRow> {
        if let Some(below) = at.checked_sub(self.above()) {
            let loose = self.chronicle.loose().len();
            return match below {
                0 if loose > 0 => Some(TimelineRow::Drawer(loose)),
                1.. if below <= loose && self.drawer_is_open() => Some(TimelineRow::Loose(below - 1)),
                _ => None,
            };
        }
        let (from, count) = self.parts;
        if count > 0 && (from..from + count).contains(&at) {
            return Some(TimelineRow::Part(self.lens.unfolded?.0, at - from));
        }
        let at = if at >= from + count { at - count } else { at };
        match self.marker {
            Some(marker) if at == marker => self.published.map(TimelineRow::Published),
            Some(marker) if at > marker => self.moment_row(at - 1),
            _ => self.moment_row(at),
        }
    }

    fn moment_row(&self, row: usize) -> Option<TimelineRow> {
        if self.lens.order == Order::Text {
            return self.chronicle.nth_in_text(row).map(TimelineRow::Moment);
        }
        match self.chronicle.row(self.unit(), row) {
            Row::One(n) => Some(TimelineRow::Moment(n)),
            Row::Many([]) => None,
            Row::Many(_) => Some(TimelineRow::Gathered(row)),
        }
    }

    /// The row that shows a dated moment.
    #[must_use]
    pub fn position(&self, moment: u32) -> Option<usize> {
        let row = match self.lens.order {
            Order::Text => self.chronicle.rank_in_text(moment)?,
            Order::Calendar => self.chronicle.row_of(self.unit(), moment),
        };
        let row = row + usize::from(self.marker.is_some_and(|m| row >= m));
        let (from, count) = self.parts;
        Some(if count > 0 && row >= from { row + count } else { row })
    }

    /// The row of the publication day.
    #[must_use]
    pub fn marker(&self) -> Option<usize> {
        let (from, count) = self.parts;
        self.marker.map(|m| if count > 0 && m >= from { m + count } else { m })
    }

    /// The row of a moment, dated or not; `None` where it is in the closed drawer.
    #[must_use]
    pub fn position_of_source(&self, source: u32) -> Option<usize> {
        if let Some(moment) = self.chronicle.of_source(source) {
            return self.position(moment);
        }
        let n = self.chronicle.loose().binary_search_by_key(&source, |i| i.source).ok()?;
        self.drawer_is_open().then(|| self.above() + 1 + n)
    }

    /// The moments of a row that stand for it, in order; none for headings.
    #[must_use]
    pub fn item(&self, row: TimelineRow) -> Option<&'a Item> {
        match row {
            TimelineRow::Moment(n) | TimelineRow::Part(n, _) => self.chronicle.dated().get(n as usize),
            TimelineRow::Gathered(row) => self.chronicle.dated().get(self.chronicle.row(self.unit(), row).first()? as usize),
            TimelineRow::Loose(n) => self.chronicle.loose().get(n),
            TimelineRow::Published(_) | TimelineRow::Drawer(_) => None,
        }
    }

    /// How many moments a gathered row holds.
    #[must_use]
    pub fn count(&self, row: usize) -> usize {
        match self.chronicle.row(self.unit(), row) {
            Row::One(_) => 1,
            Row::Many(all) => all.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Granularity, Interval};
    use jiff::civil::date;

    /// Ten days of January 2019 told backwards, one day of 2017, two without a date.
    fn chronicle() -> Chronicle {
        let item = |source: u32, day: Option<Date>| {
            let interval = day.map(|d| Interval { from: d.at(0, 0, 0, 0), to: d.at(23, 59, 0, 0), granularity: Granularity::Day });
            Item { interval, future: false, light: false, source }
        };
        let mut items: Vec<Item> = (0..10).map(|n| item(n, Some(date(2019, 1, 20 - n as i8)))).collect();
        items.extend([item(10, Some(date(2017, 3, 1))), item(11, None), item(12, None)]);
        Chronicle::new(items)
    }

    fn all(rows: &Rows<'_>) -> Vec<TimelineRow> {
        (0..rows.len()).map(|n| rows.get(n).unwrap()).collect()
    }

    #[test]
    fn rows_in_order_of_the_calendar_with_the_day_and_the_drawer() {
        let c = chronicle();
        let day = date(2019, 1, 18);
        let rows = Rows::new(&c, Lens::default(), Some(day));
        let shown = all(&rows);
        assert_eq!(shown.len(), 13);
        assert_eq!(shown[8], TimelineRow::Published(day));
        assert_eq!(shown[12], TimelineRow::Drawer(2));
        assert_eq!(rows.get(13), None);
        for n in 0..11 {
            assert_eq!(rows.get(rows.position(n).unwrap()), Some(TimelineRow::Moment(n)));
        }
        assert_eq!(rows.position_of_source(11), None);
        let open = Rows::new(&c, Lens { drawer: true, ..Lens::default() }, Some(day));
        assert_eq!(open.get(open.position_of_source(12).unwrap()), Some(TimelineRow::Loose(1)));
        assert_eq!(open.len(), 15);
    }

    #[test]
    fn text_order_has_no_day_among_it() {
        let c = chronicle();
        let rows = Rows::new(&c, Lens { order: Order::Text, ..Lens::default() }, Some(date(2019, 1, 18)));
        let sources: Vec<u32> = all(&rows).iter().filter_map(|r| rows.item(*r)).map(|i| i.source).collect();
        assert_eq!(sources, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        assert_eq!(rows.position_of_source(4), Some(4));
    }

    #[test]
    fn zoomed_out_a_month_is_one_row_and_zoomed_in_again_it_is_as_before() {
        let c = chronicle();
        let lens = Lens::default();
        let out = lens.zoomed(&c, false).and_then(|l| l.zoomed(&c, false)).unwrap();
        assert_eq!(out.zoom, Some(Unit::Month));
        let rows = Rows::new(&c, out, Some(date(2019, 1, 18)));
        let shown = all(&rows);
        assert_eq!(shown[0], TimelineRow::Moment(0));
        assert_eq!(shown[1], TimelineRow::Gathered(1));
        assert_eq!((rows.count(1), shown.len()), (10, 4));
        assert_eq!(rows.position(5), Some(1));
        let back = out.zoomed(&c, true).and_then(|l| l.zoomed(&c, true)).unwrap();
        assert_eq!(back, lens);
        let mut far = lens;
        while let Some(next) = far.zoomed(&c, false) {
            far = next;
        }
        assert_eq!(far.zoom, Some(Unit::Century));
    }

    #[test]
    fn parts_stand_under_their_moment() {
        let c = chronicle();
        let rows = Rows::new(&c, Lens { unfolded: Some((3, 2)), ..Lens::default() }, Some(date(2019, 1, 18)));
        let shown = all(&rows);
        assert_eq!(shown[3..7], [TimelineRow::Moment(3), TimelineRow::Part(3, 0), TimelineRow::Part(3, 1), TimelineRow::Moment(4)]);
        assert_eq!(rows.marker().and_then(|m| rows.get(m)), Some(TimelineRow::Published(date(2019, 1, 18))));
        for n in 0..11 {
            assert_eq!(rows.get(rows.position(n).unwrap()), Some(TimelineRow::Moment(n)));
        }
        assert_eq!(shown.len(), 15);
    }

    #[test]
    fn without_any_date_the_drawer_is_open() {
        let c = Chronicle::new(vec![Item { interval: None, future: false, light: false, source: 0 }]);
        let rows = Rows::new(&c, Lens::default(), None);
        assert_eq!(all(&rows), [TimelineRow::Drawer(1), TimelineRow::Loose(0)]);
        assert!(Rows::new(&Chronicle::default(), Lens::default(), None).is_empty());
    }
}
