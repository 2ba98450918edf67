//! The timeline: of the open article beside its text, and of all articles on the whole screen.
//!
//! Moments are sorted and counted at every unit of zoom beforehand (`chronicle`), by the article's arrival for one article and by a job for all of
//! them (`whole`, from the compact `moments` of each). What is on the screen is computed from them row by row (`lens`) and cell by cell (`axis`).

mod axis;
mod chronicle;
mod lens;
mod moments;
mod unit;
mod whole;

pub use axis::{Axis, Cell};
pub use chronicle::{Chronicle, Item, Row};
pub use lens::{Lens, Order, Rows, TimelineRow};
pub use moments::{Moment, Moments};
pub use unit::Unit;
pub use whole::{Source, Told, Whole};

use super::action::Action;
use super::effect::{Effect, Ticket};
use super::library::ArticleId;
use super::lists::Cursor;
use super::open::{EntityRow, Open};
use super::page;
use super::shelf::{self, Ask, StoredKey, Viewed};
use super::state::{Pane, State};
use super::trail::Trail;
use super::travel;
use crate::article::{Analysed, EntityId, Event, Kind};
use crate::locale::tr;
use crate::notice::Notice;
use crate::text::{Span, fold};
use jiff::civil::DateTime;
use std::sync::Arc;

/// The name whose moments alone are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// What it is.
    pub kind: Kind,
    /// How it is written.
    pub shown: String,
    folded: String,
}

impl Filter {
    fn new(kind: Kind, shown: &str) -> Self {
        Self { kind, shown: shown.to_owned(), folded: fold(shown) }
    }

    /// The same in all articles.
    fn key(&self) -> u64 {
        moments::name_key(self.kind, &self.folded)
    }
}

/// How the timelines are looked at.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    /// True where the whole screen is for the moments of all articles, and not for those of the open one.
    pub everywhere: bool,
    /// That of the open article.
    pub here: Lens,
    /// That of all articles.
    pub all: Lens,
    /// Whose moments alone are shown, in both.
    pub filter: Option<Filter>,
    /// The timeline of all articles.
    pub session: Session,
}

/// The timeline of all articles, as far as it has been put together.
#[derive(Clone, Debug, Default)]
pub struct Session {
    /// What is shown.
    pub whole: Arc<Whole>,
    /// The selected row.
    pub cursor: Cursor,
    /// True while a newer one is being put together.
    pub waiting: bool,
    /// Whose moments of the library are shown; `None` where there is no library.
    pub of: Option<Viewed>,
    /// Articles of the library that are still to be read for it.
    pub left: usize,
    /// The pane from which it was opened.
    from: Pane,
    ticket: Ticket,
    /// The library's revision and the filter of the newest request.
    asked: Option<(u64, Option<u64>)>,
    /// The moment to select once it is there.
    target: Option<Target>,
}

/// A moment by its place, which stays true when others come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Target {
    article: Whose,
    span: Span,
    from: DateTime,
}

/// The article of a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    /// One of the session.
    Entry(ArticleId),
    /// One of the library.
    Stored(StoredKey),
}

impl Session {
    /// The article of a telling.
    fn whose(&self, article: ArticleId) -> Whose {
        self.whole.row(article).map_or(Whose::Entry(article), |row| Whose::Stored(row.key))
    }
}

/// True where the timeline of all articles is on the screen.
#[must_use]
pub fn shows_all(state: &State) -> bool {
    state.view.full && state.view.timeline.everywhere && state.focus == Pane::Timeline
}

/// The rows that are on the screen; `None` without an article.
#[must_use]
pub fn rows(state: &State) -> Option<Rows<'_>> {
    let timeline = &state.view.timeline;
    if shows_all(state) {
        return Some(Rows::new(&timeline.session.whole.chronicle, timeline.all, None));
    }
    let open = state.open.as_ref()?;
    Some(Rows::new(&open.timeline, timeline.here, open.document.article.published))
}

/// The cursor of the timeline on the screen.
#[must_use]
pub fn cursor(state: &State) -> Cursor {
    if shows_all(state) { state.view.timeline.session.cursor } else { state.view.panes.timeline }
}

/// Changes the cursor of the timeline on the screen.
pub fn set_cursor(state: &mut State, cursor: Cursor) {
    if shows_all(state) {
        state.view.timeline.session.cursor = cursor;
    } else {
        state.view.panes.timeline = cursor;
    }
}

fn lens(state: &mut State) -> &mut Lens {
    if shows_all(state) { &mut state.view.timeline.all } else { &mut state.view.timeline.here }
}

/// The moments of one article: all, or those that `wanted` keeps.
#[must_use]
pub(super) fn of_article(document: &Analysed, wanted: impl Fn(&Event) -> bool) -> Chronicle {
    let events = (0..).zip(&document.found.events).filter(|(_, e)| wanted(e));
    let item = |(source, e): (u32, &Event)| Item { interval: e.interval, future: e.future, light: moments::is_light(e), source };
    Chronicle::new(events.map(item).collect())
}

/// Shows of the open article what the filter keeps.
pub(super) fn apply_filter(state: &mut State) {
    let Some(open) = &mut state.open else { return };
    let wanted: Option<Option<EntityId>> = state.view.timeline.filter.as_ref().map(|f| open.entity_named(f.kind, &f.folded));
    open.timeline = of_article(&open.document, |e| wanted.is_none_or(|id| id.is_some_and(|id| e.entities.contains(&id))));
    state.view.timeline.here.unfolded = None;
}

/// Changes how the timeline is looked at, and keeps the moment that is selected.
fn change(state: &mut State, how: impl FnOnce(&mut State)) {
    let at = cursor(state).selected;
    let row = rows(state).and_then(|r| r.get(at));
    let source = rows(state).and_then(|r| row.and_then(|row| r.item(row))).map(|i| i.source);
    how(state);
    let mut cursor = cursor(state);
    let Some(rows) = rows(state) else { return };
    let marker = matches!(row, Some(TimelineRow::Published(_))).then(|| rows.marker()).flatten();
    let to = source.and_then(|s| rows.position_of_source(s)).or(marker).unwrap_or(at);
    cursor.select(to, rows.len());
    set_cursor(state, cursor);
}

/// Does what an action of the timeline means.
pub(super) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::AllMoments => whole_screen(state),
        Action::ZoomIn => zoom(state, true),
        Action::ZoomOut => zoom(state, false),
        Action::Order => change(state, |state| {
            let lens = lens(state);
            lens.order = if lens.order == Order::Calendar { Order::Text } else { Order::Calendar };
        }),
        Action::Drawer => drawer(state),
        Action::Unfold => unfold(state),
        Action::Filter => filter(state),
        _ => {}
    }
    Vec::new()
}

/// The timeline of all articles on the whole screen, or back from it; in the library that of the list.
fn whole_screen(state: &mut State) {
    if shows_all(state) {
        return leave(state);
    }
    state.view.timeline.session.of = shelf::viewed(state);
    state.view.timeline.session.from = state.focus;
    show_again(state);
    // Something may have come since.
    if state.view.timeline.session.of.is_some() {
        state.view.timeline.session.asked = None;
    }
}

/// The timeline of a view of the library on the whole screen.
pub(super) fn show(state: &mut State, of: Viewed) {
    let session = &mut state.view.timeline.session;
    (session.of, session.asked, session.from) = (Some(of), None, state.focus);
    (state.view.timeline.everywhere, state.view.full) = (true, false);
    show_again(state);
}

/// Gives the whole screen back: to the page that the timeline is of, or to the panes.
pub(super) fn leave(state: &mut State) {
    state.view.full = false;
    if state.view.timeline.session.of.is_some() {
        state.focus_on(state.view.timeline.session.from);
    }
    let page = state.view.pages.top().map(|p| Viewed::Page(p.of.clone()));
    if page.is_some() && page == state.view.timeline.session.of {
        state.overlay = super::Overlay::Page;
    }
}

/// The timeline of all articles on the whole screen, as it was left.
pub(super) fn show_again(state: &mut State) {
    let here = target(state);
    state.focus_on(Pane::Timeline);
    (state.view.full, state.view.timeline.everywhere) = (true, true);
    if let Some(here) = here {
        find(state, here);
    }
}

/// The moment beside the text that is selected, or the day of the article: it is selected among all of them too.
fn target(state: &State) -> Option<Target> {
    let open = state.open.as_ref()?;
    let article = match state.library.entry(open.id)?.origin {
        super::Origin::Stored(key) => Whose::Stored(key),
        _ => Whose::Entry(open.id),
    };
    let rows = Rows::new(&open.timeline, state.view.timeline.here, open.document.article.published);
    let selected = rows.get(state.view.panes.timeline.selected).and_then(|row| rows.item(row)).and_then(|item| {
        let event = open.document.found.events.get(item.source as usize)?;
        Some(Target { article, span: event.span, from: item.interval?.from })
    });
    let day = || Some(Target { article, span: Span::default(), from: open.document.article.published?.at(0, 0, 0, 0) });
    selected.or_else(day)
}

/// Selects a moment among those of all articles, or the nearest one before it; remembered until the moments are there.
fn find(state: &mut State, target: Target) {
    let session = &mut state.view.timeline.session;
    session.target = Some(target);
    let rows = Rows::new(&session.whole.chronicle, state.view.timeline.all, None);
    let dated = session.whole.chronicle.dated();
    let from = |item: &Item| item.interval.map(|i| i.from);
    let first = dated.partition_point(|i| from(i) < Some(target.from));
    let same = |item: &Item| {
        let mut tellings = (0..session.whole.count(item)).filter_map(|n| session.whole.told(item, n));
        tellings.any(|t| (session.whose(t.article), t.span) == (target.article, target.span))
    };
    let of_time = dated.iter().skip(first).take_while(|i| from(i) == Some(target.from));
    let at = of_time.take(MOST_OF_ONE_TIME).position(same).map_or(first.min(dated.len().saturating_sub(1)), |n| first + n);
    if let Some(row) = u32::try_from(at).ok().and_then(|n| rows.position(n)) {
        let len = rows.len();
        session.cursor.select(row, len);
    }
}

/// Moments of one time among which a certain one is looked for.
const MOST_OF_ONE_TIME: usize = 4096;

fn zoom(state: &mut State, closer: bool) {
    let Some(chronicle) = chronicle(state) else { return };
    let lens_now = if shows_all(state) { state.view.timeline.all } else { state.view.timeline.here };
    match lens_now.zoomed(chronicle, closer) {
        Some(next) => change(state, |state| *lens(state) = Lens { order: Order::Calendar, ..next }),
        None => state.notice = Some(Notice::new(if closer { tr!("Hours are the closest") } else { tr!("Centuries are the farthest") })),
    }
}

fn chronicle(state: &State) -> Option<&Chronicle> {
    if shows_all(state) { Some(&state.view.timeline.session.whole.chronicle) } else { state.open.as_ref().map(|o| &o.timeline) }
}

/// Lists the moments without a date, or puts them away. From far above, the heading comes into sight.
fn drawer(state: &mut State) {
    let Some(loose) = chronicle(state).map(|c| c.loose().len()) else { return };
    if loose == 0 {
        state.notice = Some(Notice::new(tr!("Every moment here has a date")));
        return;
    }
    change(state, |state| lens(state).drawer ^= true);
    let mut cursor = cursor(state);
    let Some(rows) = rows(state).filter(Rows::drawer_is_open) else { return };
    cursor.select(rows.len() - loose, rows.len());
    set_cursor(state, cursor);
}

/// Lists what the single articles say of the selected moment, or puts it away.
fn unfold(state: &mut State) {
    let selected = rows(state).and_then(|r| r.get(cursor(state).selected));
    match selected {
        Some(TimelineRow::Gathered(_)) => closer(state),
        Some(TimelineRow::Drawer(_) | TimelineRow::Loose(_)) => drawer(state),
        Some(TimelineRow::Part(..)) => change(state, |state| lens(state).unfolded = None),
        Some(TimelineRow::Moment(n)) => {
            let whole = &state.view.timeline.session.whole;
            let count = whole.chronicle.dated().get(n as usize).filter(|_| shows_all(state)).map_or(0, |i| whole.count(i));
            if count < 2 {
                state.notice = Some(Notice::new(tr!("One article alone tells this")));
                return;
            }
            let folded = state.view.timeline.all.unfolded.is_some_and(|(other, _)| other == n);
            change(state, |state| lens(state).unfolded = (!folded).then_some((n, count)));
        }
        _ => {}
    }
}

/// Zooms in until the selected moment has a row of its own.
fn closer(state: &mut State) {
    change(state, |state| {
        lens(state).zoom = None;
    });
}

/// Shows the moments of the chosen name alone, or all again. In the list of names that is the selected one, elsewhere the one that is followed.
fn filter(state: &mut State) {
    let Some(open) = &state.open else { return };
    let entity = |id: EntityId| open.document.found.entities.get(id.0 as usize).map(|e| Filter::new(e.kind, &e.name));
    let selected = || match open.entities.get(state.view.panes.entities.selected) {
        Some(EntityRow::Entity(id)) => entity(*id),
        _ => None,
    };
    let chosen = match &state.trail {
        Some(Trail::Name { kind, shown, .. }) if state.focus != Pane::Entities => Some(Filter::new(*kind, shown)),
        _ => selected(),
    };
    let on = state.view.timeline.filter.is_some();
    let next = if state.focus == Pane::Entities {
        chosen.filter(|c| Some(c) != state.view.timeline.filter.as_ref())
    } else {
        chosen.filter(|_| !on)
    };
    if next.is_none() && !on {
        state.notice = Some(Notice::new(tr!("No name is chosen")).hint(tr!("choose one in the list of names")));
        return;
    }
    set_filter(state, next);
}

fn set_filter(state: &mut State, filter: Option<Filter>) {
    state.notice = Some(match &filter {
        Some(filter) => Notice::new(tr!("The timeline shows {name} alone", name = filter.shown)),
        None => Notice::new(tr!("The timeline shows all moments")),
    });
    change(state, |state| {
        state.view.timeline.filter = filter;
        apply_filter(state);
    });
}

/// Goes to what is selected: to its clause, closer to what is gathered in it, into the drawer.
pub(super) fn select(state: &mut State) -> Vec<Effect> {
    let at = cursor(state).selected;
    let Some(row) = rows(state).and_then(|r| r.get(at)) else { return Vec::new() };
    let item = rows(state).and_then(|r| r.item(row)).copied();
    match (row, item) {
        (TimelineRow::Drawer(_), _) => drawer(state),
        (TimelineRow::Gathered(_), _) => closer(state),
        (TimelineRow::Published(_), _) => jump(state, Span::default()),
        (_, Some(item)) if shows_all(state) => return visit(state, &item, row),
        (_, Some(item)) => {
            let event = |open: &Open| open.document.found.events.get(item.source as usize).map(|e| e.span);
            if let Some(span) = state.open.as_ref().and_then(event) {
                jump(state, span);
            }
        }
        (_, None) => {}
    }
    Vec::new()
}

fn jump(state: &mut State, span: Span) {
    state.focus_on(Pane::Text);
    travel::jump(state, span);
}

/// Opens the clause of a moment in its article.
fn visit(state: &mut State, item: &Item, row: TimelineRow) -> Vec<Effect> {
    let part = if let TimelineRow::Part(_, n) = row { n } else { 0 };
    let Some((article, span)) = state.view.timeline.session.whole.told(item, part).map(|t| (t.article, t.span)) else { return Vec::new() };
    let stored = state.view.timeline.session.whole.row(article).cloned();
    state.focus_on(Pane::Text);
    let Some(row) = stored else { return travel::visit_clause(state, article, span) };
    let effects = shelf::read_at(state, &row, Some(span));
    page::back_to_timeline(state);
    effects
}

/// The request for the timeline of all articles, where it is on the screen and older than the library. While articles come in, it waits until
/// there is an eighth more of them, so that all requests together cost little more than the last one.
pub(super) fn refresh(state: &mut State) -> Option<Effect> {
    if !shows_all(state) {
        return None;
    }
    let stored = state.view.timeline.session.of.clone();
    let here = target(state);
    let revision = if stored.is_some() { 0 } else { state.library.revision() };
    let now = (revision, state.view.timeline.filter.as_ref().map(Filter::key));
    let coming = state.library.is_reading();
    let session = &mut state.view.timeline.session;
    if let Some((revision, filter)) = session.asked
        && filter == now.1
        && (session.waiting || revision == now.0 || coming && now.0 < revision + revision / 8 + 1)
    {
        return None;
    }
    (session.asked, session.waiting) = (Some(now), true);
    let ticket = state.next_ticket();
    let session = &mut state.view.timeline.session;
    session.ticket = ticket;
    if let Some(of) = stored {
        // What was shown is another view's.
        (session.whole, session.left, session.cursor.selected, session.cursor.top) = (Arc::default(), 0, 0, 0);
        session.target = here;
        return Some(Effect::Shelf(Ask::Moments { ticket, of, filter: now.1 }));
    }
    Some(Effect::Gather { ticket, sources: state.library.sources(), filter: now.1 })
}

/// Takes in the moments of the library as far as they were read.
pub(super) fn read_from_library(state: &mut State, ticket: Ticket, whole: Arc<Whole>, (left, more): (usize, bool)) {
    if state.view.timeline.session.ticket == ticket {
        gathered(state, ticket, whole);
        let today = state.view.shelf.as_ref().map(|s| s.tree.holdings.today);
        let timeline = &mut state.view.timeline;
        let session = &mut timeline.session;
        (session.left, session.waiting) = (left, more);
        if let Some(today) = today.filter(|_| session.target.is_none() && session.cursor.selected == 0) {
            // What was last comes first into sight.
            let dated = session.whole.chronicle.dated();
            let last = dated.partition_point(|i| i.interval.is_some_and(|i| i.from.date() <= today)).saturating_sub(1);
            let rows = Rows::new(&session.whole.chronicle, timeline.all, None);
            if let Some(row) = u32::try_from(last).ok().and_then(|n| rows.position(n)) {
                session.cursor.select(row, rows.len());
            }
        }
    }
}

/// Takes in the timeline of all articles, and keeps the moment that is selected.
pub(super) fn gathered(state: &mut State, ticket: Ticket, whole: Arc<Whole>) {
    let timeline = &mut state.view.timeline;
    if timeline.session.ticket != ticket {
        return;
    }
    let session = &mut timeline.session;
    let rows = Rows::new(&session.whole.chronicle, timeline.all, None);
    let selected = rows.get(session.cursor.selected).and_then(|r| rows.item(r)).and_then(|item| {
        let told = session.whole.told(item, 0)?;
        Some(Target { article: session.whose(told.article), span: told.span, from: item.interval?.from })
    });
    let target = selected.or(session.target);
    (session.whole, session.waiting) = (whole, false);
    timeline.all.unfolded = None;
    let len = Rows::new(&session.whole.chronicle, timeline.all, None).len();
    session.cursor.select(session.cursor.selected, len);
    if let Some(target) = target {
        find(state, target);
    }
}
