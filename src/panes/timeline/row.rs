//! One row of the list: when, where that lies under the axis, what happens, and who tells it.

use super::{Plan, is_heading};
use crate::app::timeline::{self, Axis, Item, Rows, TimelineRow};
use crate::app::{ArticleId, Open, State, day, when};
use crate::article::{Event, Granularity, Interval};
use crate::config::Ink;
use crate::locale::{self, tr, trn};
use crate::text::{cut, width};
use crate::widgets::{Paint, Pen};
use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Cells of the marks before the date: of the paragraph that is being read, and of the moment's kind.
pub(super) const SIGNS: u16 = 3;

/// Cells of the date in the reader's language: as wide as `30 Jan–2 Feb`, `20 May 12:30` and `Jun–Aug 1990`, with the year also where it could be plain if
/// `with_year` says so.
pub(super) fn date_column(with_year: bool) -> u16 {
    let dated = |day, month| if with_year { locale::dated(day, month, 1990) } else { locale::day(day, month) };
    let samples = [
        format!("{}–{}", locale::day(30, 1), dated(2, 2)),
        format!("{} 12:30", dated(20, 5)),
        format!("{}–{} 1990", locale::short_month(6), locale::short_month(8)),
    ];
    samples.iter().map(|s| u16::try_from(width(s)).unwrap_or(0)).max().unwrap_or(0)
}

/// What all rows are drawn with.
pub(super) struct Context<'a> {
    pub state: &'a State,
    pub paint: &'a Paint,
    pub plan: &'a Plan,
    pub rows: &'a Rows<'a>,
    pub axis: &'a Axis,
}

/// What a row says.
struct Says<'a> {
    date: String,
    text: &'a str,
    /// Before the text: how many moments are gathered in the row.
    count: Option<usize>,
    /// At the right end.
    source: String,
}

/// Draws a row of the list.
pub(super) fn draw(context: &Context<'_>, shown: TimelineRow, line: u16, buffer: &mut Buffer) {
    if is_heading(shown) {
        return heading(context, shown, Pen::new(buffer, context.plan.list, line));
    }
    let Some(item) = context.rows.item(shown) else { return };
    let says = says(context, shown, item);
    let (paint, plan) = (context.paint, context.plan);
    let ink = if item.future { Ink::Future } else { Ink::Moment };
    let part = matches!(shown, TimelineRow::Part(..));
    let mut pen = Pen::new(buffer, plan.list, line);
    pen.text(if is_read(context.state, item) { "▎" } else { " " }, paint.hue(Ink::Accent));
    pen.column(if part { "" } else { sign(context.state, item, shown) }, 2, paint.hue(ink));
    let date_ink = if item.light { paint.hue(ink) } else { paint.of(ink) };
    pen.column(&says.date, date_cells(context), date_ink).space(1);
    if plan.lane > 0 {
        pen.space(usize::from(plan.lane) + 1);
    }
    if plan.source > 0 {
        let several = context.state.view.timeline.session.whole.count(item) > 1 && !part;
        let ink = if several { Ink::Accent } else { Ink::Dim };
        pen.right(&padded(&says.source, plan.source), paint.of(ink));
    }
    if let Some(count) = says.count {
        pen.text(&format!("{}  ", trn!(count, "{n} moment", "{n} moments")), paint.of(Ink::Text));
    }
    let quiet = item.light || says.count.is_some() || part;
    pen.text(says.text, paint.of(if quiet { Ink::Dim } else { Ink::Text }));
    if let Some(interval) = item.interval.filter(|_| plan.lane > 0 && !part) {
        let (x, cells) = plan.cells();
        lane(context, item, interval, Rect { x: plan.list.x + x, width: cells, y: plan.list.y + line, height: 1 }, buffer);
    }
}

/// `text` in exactly `cells` cells, so that what is at the right edge is aligned at its left.
fn padded(text: &str, cells: u16) -> String {
    let shown = cut(text, usize::from(cells));
    let pad = usize::from(cells).saturating_sub(width(&shown));
    format!("{shown}{}", " ".repeat(pad))
}

fn heading(context: &Context<'_>, shown: TimelineRow, mut pen: Pen<'_>) {
    let paint = context.paint;
    match shown {
        TimelineRow::Published(date) => {
            let ink = paint.of(Ink::Published);
            pen.space(1).text("◆ ", ink).column(&day(date, None), date_cells(context), ink).space(1).text(tr!("published"), ink);
        }
        TimelineRow::Drawer(count) => {
            let sign = if context.rows.drawer_is_open() { "▾" } else { "▸" };
            pen.space(1)
                .text(&format!("{sign} {}  ", tr!("Vague or undated")), paint.of(Ink::Dim))
                .text(&count.to_string(), paint.of(Ink::Faint));
        }
        _ => {}
    }
}

/// In narrow panes the date takes no more than it needs for a day.
fn date_cells(context: &Context<'_>) -> usize {
    let cells = usize::from(context.plan.date);
    if context.plan.list.width < 36 { cells.min(10) } else { cells }
}

fn says<'a>(context: &Context<'a>, shown: TimelineRow, item: &'a Item) -> Says<'a> {
    let state = context.state;
    let count = if let TimelineRow::Gathered(row) = shown { Some(context.rows.count(row)) } else { None };
    let unit = context.rows.unit();
    let gathered = item.interval.filter(|_| count.is_some()).map(|i| unit.label(unit.bin(i.from)));
    if timeline::shows_all(state) {
        let whole = &state.view.timeline.session.whole;
        let part = if let TimelineRow::Part(_, n) = shown { Some(n) } else { None };
        let told = whole.told(item, part.unwrap_or(0));
        let tellings = whole.count(item);
        let source = match (told, count) {
            (_, Some(_)) => String::new(),
            (Some(_), None) if tellings > 1 && part.is_none() => trn!(tellings, "{n} article", "{n} articles"),
            (Some(told), None) => title(state, told.article).to_owned(),
            (None, None) => String::new(),
        };
        let date = gathered
            .or_else(|| item.interval.filter(|_| part.is_none()).map(|i| fitting(i, None, date_cells(context))))
            .unwrap_or_default();
        return Says { date, text: told.map_or("", |t| t.clause), count, source };
    }
    let event = state.open.as_ref().and_then(|open| Some((open, event(open, item)?)));
    let text = event.map_or("", |(open, event)| event.span.of(&open.document.article.text));
    let published = state.open.as_ref().and_then(|o| o.document.article.published);
    let date = gathered.or_else(|| item.interval.map(|i| fitting(i, published, date_cells(context))));
    let date = date.or_else(|| event.map(|(open, event)| words(open, event).to_owned())).unwrap_or_default();
    Says { date, text, count, source: String::new() }
}

fn title(state: &State, article: ArticleId) -> &str {
    if let Some(row) = state.view.timeline.session.whole.row(article) {
        return &row.title;
    }
    state.library.entry(article).map_or("", |e| e.title.as_str())
}

fn event<'a>(open: &'a Open, item: &Item) -> Option<&'a Event> {
    open.document.found.events.get(item.source as usize)
}

/// The words of the time expression, where the calendar says nothing: "in recent weeks".
fn words<'a>(open: &'a Open, event: &Event) -> &'a str {
    let timex = event.time.and_then(|t| open.document.found.times.get(t as usize));
    timex.map_or("", |t| t.span.of(&open.document.article.text))
}

/// A date in its own precision, with the time of the clock where that is known to the minute.
fn dated(interval: Interval, published: Option<Date>) -> String {
    if interval.granularity != Granularity::Time || interval.from != interval.to {
        return when(interval, published);
    }
    let shown = day(interval.from.date(), published.map(Date::year));
    format!("{shown} {}", interval.from.strftime("%H:%M"))
}

/// A date that fits into so many cells: where its own precision is too long, `14–20 Jan 2012`, the day without the clock, else the months.
fn fitting(interval: Interval, published: Option<Date>, cells: usize) -> String {
    let less =
        |granularity: Granularity| (interval.granularity < granularity).then(|| when(Interval { granularity, ..interval }, published));
    let all = || [Some(dated(interval, published)), less(Granularity::Day), less(Granularity::Month)].into_iter().flatten();
    all().find(|date| width(date) <= cells).unwrap_or_else(|| dated(interval, published))
}

/// What kind of moment it is: planned ○, of the publication day ●, a stretch of time ━, any other ·.
fn sign(state: &State, item: &Item, shown: TimelineRow) -> &'static str {
    let Some(interval) = item.interval else { return "" };
    let published = super::published(state);
    let today = published.is_some_and(|p| interval.from.date() == p && interval.to.date() == p);
    let stretch = interval.granularity > Granularity::Time && interval.from.date() != interval.to.date();
    match (item.future, today, stretch) {
        _ if matches!(shown, TimelineRow::Gathered(_)) => "▪",
        (true, ..) => "○",
        (_, true, _) => "●",
        (.., true) => "━",
        _ => "·",
    }
}

/// True where the moment's clause stands in the paragraph that is being read.
fn is_read(state: &State, item: &Item) -> bool {
    let Some(open) = state.open.as_ref().filter(|o| !timeline::shows_all(state) && !o.at_start()) else { return false };
    event(open, item).is_some_and(|e| open.paragraph(open.eye()).overlaps(e.span))
}

/// Where a moment lies under the axis: a day is a point, a year a band; what lies beside the axis points there.
fn lane(context: &Context<'_>, item: &Item, interval: Interval, area: Rect, buffer: &mut Buffer) {
    let paint = context.paint;
    let ink = if item.future { Ink::Future } else { Ink::Moment };
    let put = |at: usize, sign: &str, ink: Ink, buffer: &mut Buffer| {
        let x = u16::try_from(at).unwrap_or(0).min(area.width.saturating_sub(1));
        Pen::new(buffer, Rect { x: area.x + x, width: 1, ..area }, 0).text(sign, paint.hue(ink));
    };
    let day = super::published(context.state).and_then(|d| context.axis.cell(d.at(12, 0, 0, 0)));
    if let Some(at) = day {
        put(at, "┊", Ink::Published, buffer);
    }
    let covered = context.axis.covered(interval);
    let band = covered.len() > 1;
    for at in covered.clone() {
        let sign = match (item.future, band) {
            (true, true) => "┄",
            (true, false) => "○",
            (false, true) => "━",
            (false, false) => "●",
        };
        put(at, sign, ink, buffer);
    }
    if covered.is_empty() {
        let (at, sign) = if covered.start == 0 { (0, "‹") } else { (context.axis.cells.saturating_sub(1), "›") };
        put(at, sign, Ink::Faint, buffer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{Language, speaking};

    #[test]
    fn a_date_too_long_for_its_column_says_less() {
        let day = |month, day| jiff::civil::date(2012, month, day).at(0, 0, 0, 0);
        let week = |from, to| Interval { from, to, granularity: Granularity::Week };
        let published = Some(jiff::civil::date(2019, 1, 21));
        assert_eq!(fitting(week(day(1, 14), day(1, 20)), published, 12), "Jan 2012");
        assert_eq!(fitting(week(day(1, 14), day(1, 20)), published, 14), "14–20 Jan 2012");
        assert_eq!(fitting(week(day(1, 30), day(2, 2)), published, 12), "Jan–Feb 2012");
        let noon = jiff::civil::date(2019, 5, 20).at(12, 30, 0, 0);
        let noon = Interval { from: noon, to: noon, granularity: Granularity::Time };
        assert_eq!((fitting(noon, published, 12), fitting(noon, published, 10)), ("20 May 12:30".into(), "20 May".into()));
    }

    #[test]
    fn no_language_has_its_dates_cut() {
        for (language, cells) in [(Language::English, [12, 17]), (Language::Spanish, [12, 17]), (Language::German, [14, 19])] {
            let widest = |published: Option<Date>| {
                let moments = (1..=12).flat_map(|month| [1, 20].map(|day| Date::constant(2019, month, day).at(12, 30, 0, 0)));
                let at = |at| Interval { from: at, to: at, granularity: Granularity::Time };
                moments.map(|moment| width(&dated(at(moment), published))).max()
            };
            let (column, needed) = speaking(language, || {
                ([date_column(false), date_column(true)], [widest(Some(jiff::civil::date(2019, 1, 21))), widest(None)])
            });
            assert_eq!(column, cells, "{language:?}");
            assert!(needed.into_iter().zip(cells).all(|(needed, cells)| needed <= Some(usize::from(cells))), "{language:?}: {needed:?}");
        }
    }
}
