//! Going from place to place: within the text, along a trail, between articles.

use super::effect::{Effect, Given, Origin};
use super::jumps::JumpPoint;
use super::library::{ArticleId, Status};
use super::open::{Mark, MarkKind, Open};
use super::shelf::Ask;
use super::state::{Arrival, Fetching, Pane, State};
use super::trail::{self, Trail};
use crate::article::{Analysed, Article, EntityId, Kind};
use crate::locale::tr;
use crate::notice::Notice;
use crate::text::{Span, fold};
use jiff::civil::Date;
use std::sync::Arc;

/// Goes to `span` in the open article and remembers where the jump began.
pub(super) fn jump(state: &mut State, span: Span) {
    let from = state.here();
    if let Some(open) = &mut state.open {
        open.go(span);
    }
    leave(state, from);
}

/// Remembers `from`, where the reader has left it.
fn leave(state: &mut State, from: Option<JumpPoint>) {
    if let Some(from) = from
        && state.here() != Some(from)
    {
        state.jumps.leave(from);
    }
}

/// Goes to the next (or previous) mark that `wanted` accepts. Only a step that scrolls counts as a jump.
pub(super) fn step(state: &mut State, forward: bool, wanted: impl Fn(MarkKind) -> bool) {
    let from = state.here();
    let Some(open) = &mut state.open else { return };
    let marks = &open.marks;
    let eye = open.eye();
    let mark = if forward {
        let first = marks.partition_point(|m| m.span.start < eye || open.cursor == Some(eye) && m.span.start == eye);
        marks[first..].iter().find(|m| wanted(m.kind))
    } else {
        let end = marks.partition_point(|m| m.span.start < eye);
        marks[..end].iter().rev().find(|m| wanted(m.kind))
    };
    let Some(mark) = mark.copied() else {
        state.notice = Some(Notice::new(if forward { tr!("Nothing further down") } else { tr!("Nothing further up") }));
        return;
    };
    let top = open.top();
    open.go(mark.span);
    if open.top() != top
        && let Some(from) = from
    {
        state.jumps.leave(from);
    }
}

/// Chooses what a mark stands for: a name becomes the trail, a moment or quotation the selected row of its pane.
pub(super) fn choose(state: &mut State, mark: Mark) {
    match mark.kind {
        MarkKind::Name(entity, _) => {
            follow_entity(state, entity);
            state.view.right = Pane::Entities;
        }
        MarkKind::Moment(_) => (state.view.lower, state.view.right) = (Pane::Timeline, Pane::Timeline),
        MarkKind::Quotation(_) => (state.view.lower, state.view.right) = (Pane::Quotations, Pane::Quotations),
    }
    super::follow::follow(state);
}

/// Makes the mentions of an entity of the open article the trail.
pub(super) fn follow_entity(state: &mut State, entity: EntityId) {
    let Some(open) = &state.open else { return };
    let Some(what) = open.document.found.entities.get(entity.0 as usize) else { return };
    let name = state.library.name(what.kind, &what.name);
    state.trail = Some(Trail::Name { kind: what.kind, shown: what.name.clone(), name, entity: Some(entity) });
}

/// Follows a shared name from the first article that holds it, the open one before all others.
pub(super) fn follow_name(state: &mut State, name: super::library::NameId, kind: Kind) -> Vec<Effect> {
    let Some(shown) = state.library.shown(name).map(|(_, s)| s.to_owned()) else { return Vec::new() };
    let here = state.open.as_ref().map(|o| o.id);
    let entity = state.open.as_ref().and_then(|o| o.entity_named(kind, &fold(&shown)));
    state.trail = Some(Trail::Name { kind, shown, name: Some(name), entity });
    let postings = state.library.postings(name);
    let Some(target) = postings.iter().map(|p| p.0).find(|id| Some(*id) == here).or_else(|| postings.first().map(|p| p.0)) else {
        return Vec::new();
    };
    state.focus_on(Pane::Text);
    go(state, target, Arrival::Mention { first: true })
}

/// The next (or previous) mention or hit, on into the next article where this one has no more.
pub(super) fn along(state: &mut State, forward: bool) -> Vec<Effect> {
    let (spans, name) = match (&state.trail, &state.open) {
        (Some(Trail::Hits { spans, .. }), Some(_)) => (spans.clone(), None),
        (Some(Trail::Name { entity, kind, shown, .. }), Some(open)) => {
            let spans = entity.map(|e| open.mentions(e).to_vec()).unwrap_or_default();
            (spans, Some((*kind, shown.clone())))
        }
        _ => {
            state.notice = Some(Notice::new(tr!("Nothing to follow")).hint(tr!("choose a name with Enter, or search with /")));
            return Vec::new();
        }
    };
    let at = state.open.as_ref().map(|o| (o.eye(), o.cursor == Some(o.eye())));
    if let Some(n) = trail::next(&spans, at, forward) {
        jump(state, spans[n]);
        return Vec::new();
    }
    let followed = if let Some(Trail::Name { entity, .. }) = &state.trail { *entity } else { None };
    if let Some(ask) = followed.and_then(|entity| super::shelf::ask_along(state, entity, forward)) {
        return vec![ask];
    }
    if let Some((kind, shown)) = name
        && let Some(next) = neighbour(state, kind, &shown, forward)
    {
        return go(state, next, Arrival::Mention { first: forward });
    }
    again(state, &spans, forward);
    Vec::new()
}

/// From the other end of the mentions or hits in this article again.
fn again(state: &mut State, spans: &[Span], forward: bool) {
    if let Some(n) = trail::next(spans, None, forward) {
        jump(state, spans[n]);
        state.notice = Some(Notice::new(match (spans.len(), forward) {
            (1, _) => tr!("This is the only one"),
            (_, true) => tr!("From the first again"),
            (_, false) => tr!("From the last again"),
        }));
    } else {
        state.notice = Some(Notice::new(tr!("No other mention is known yet")));
    }
}

/// From the other end of the mentions in this article again, as no other article has any.
pub(super) fn around(state: &mut State, forward: bool) {
    let entity = if let Some(Trail::Name { entity, .. }) = &state.trail { *entity } else { None };
    let spans = entity.and_then(|e| state.open.as_ref().map(|o| o.mentions(e).to_vec())).unwrap_or_default();
    again(state, &spans, forward);
}

/// Opens an article at the first mention (or the last) of who is followed, and remembers where the jump began.
pub(super) fn visit_mention(state: &mut State, id: ArticleId, first: bool) -> Vec<Effect> {
    go(state, id, Arrival::Mention { first })
}

/// The next (or previous) article that holds the trail's name, around the ends; `None` where there is no other.
fn neighbour(state: &mut State, kind: Kind, shown: &str, forward: bool) -> Option<ArticleId> {
    let here = state.open.as_ref()?.id;
    // The name may have been indexed since the trail began.
    let found = state.library.name(kind, shown)?;
    if let Some(Trail::Name { name, .. }) = &mut state.trail {
        *name = Some(found);
    }
    let postings = state.library.postings(found);
    let next = if forward {
        let n = postings.partition_point(|p| p.0 <= here);
        postings.get(n).or_else(|| postings.first())
    } else {
        let n = postings.partition_point(|p| p.0 < here);
        n.checked_sub(1).and_then(|n| postings.get(n)).or_else(|| postings.last())
    };
    next.map(|p| p.0).filter(|id| *id != here)
}

/// Goes back (or forward) in the jump list.
pub(super) fn retrace(state: &mut State, forward: bool) -> Vec<Effect> {
    // An article that is still to come in counts as reached.
    let here = match &state.arriving {
        Some((_, _, Arrival::Point(point))) => Some(*point),
        _ => state.here(),
    };
    let to = match here {
        Some(here) if forward => state.jumps.forward(here),
        Some(here) => state.jumps.back(here),
        None if forward => None,
        None => state.jumps.last(),
    };
    match to {
        Some(point) => open(state, point.article, Arrival::Point(point)),
        None => {
            state.notice = Some(Notice::new(if forward { tr!("No jump to go forward to") } else { tr!("No jump to go back to") }));
            Vec::new()
        }
    }
}

/// Opens the article `by` lines further down the list and remembers where the jump began.
pub(super) fn turn(state: &mut State, by: isize) -> Vec<Effect> {
    let len = state.library.entries().len();
    let here = state.arriving().or(state.open.as_ref().map(|o| o.id));
    let mut at = here.map_or(0, |id| id.0 as usize);
    loop {
        let next = at.saturating_add_signed(by);
        if next == at || next >= len {
            state.notice = Some(Notice::new(if by > 0 { tr!("This is the last article") } else { tr!("This is the first article") }));
            return Vec::new();
        }
        at = next;
        let id = ArticleId(u32::try_from(at).unwrap_or(u32::MAX));
        if state.library.entry(id).is_some_and(|e| !matches!(e.status, Status::Failed(_))) {
            return visit(state, id);
        }
    }
}

/// Opens an article, at its beginning where it is not open already, and remembers where the jump began.
pub fn visit(state: &mut State, id: ArticleId) -> Vec<Effect> {
    go(state, id, Arrival::Start)
}

/// Opens an article at a clause, and remembers where the jump began.
pub(super) fn visit_clause(state: &mut State, id: ArticleId, span: Span) -> Vec<Effect> {
    go(state, id, Arrival::Clause(span))
}

/// Opens an article at a place that was kept, and remembers where the jump began.
pub(super) fn visit_point(state: &mut State, point: JumpPoint) -> Vec<Effect> {
    state.focus_on(Pane::Text);
    go(state, point.article, Arrival::Point(point))
}

/// Opens an article and remembers where the jump began; an article that is still to be read counts as reached.
fn go(state: &mut State, id: ArticleId, arrival: Arrival) -> Vec<Effect> {
    let from = state.here();
    let effects = open(state, id, arrival);
    match from.filter(|f| f.article != id && state.arriving() == Some(id)) {
        Some(from) => state.jumps.leave(from),
        None => leave(state, from),
    }
    effects
}

/// Opens an article: at once where it is on the screen or on the shelf, else when it has been read.
pub(super) fn open(state: &mut State, id: ArticleId, arrival: Arrival) -> Vec<Effect> {
    let shown = state.open.as_ref().is_some_and(|o| o.id == id);
    if shown {
        arrive(state, &arrival);
        super::follow::follow(state);
    }
    if let Some((coming, _, wanted)) = &mut state.arriving
        && *coming == id
    {
        // One request is enough; where the reader wants to be may have changed.
        *wanted = if shown { Arrival::Here } else { arrival };
        return Vec::new();
    }
    let mut effects = give_up(state);
    if !shown {
        effects.extend(fetch(state, id, arrival));
    }
    effects
}

/// Forgets the article that was to come in. If nobody else has read it, the index does.
fn give_up(state: &mut State) -> Vec<Effect> {
    let before = state.arriving.take().map(|(id, ..)| id);
    let unread = before.filter(|id| state.library.entry(*id).is_some_and(|e| e.status == Status::Listed));
    let wanted = unread.and_then(|id| state.library.wanted(id));
    wanted.filter(|w| !w.origin.comes_once() && !w.origin.is_stored()).map(|w| Effect::Index(vec![w])).into_iter().collect()
}

fn fetch(state: &mut State, id: ArticleId, arrival: Arrival) -> Vec<Effect> {
    if let Some(document) = state.recent.get(id) {
        show(state, id, document, true, &arrival);
        return Vec::new();
    }
    let Some(entry) = state.library.entry(id) else { return Vec::new() };
    if let Status::Failed(reason) = &entry.status {
        state.notice = Some(Notice::new(entry.title.clone()).because(reason));
        return Vec::new();
    }
    let Some(wanted) = state.library.wanted(id) else { return Vec::new() };
    let ticket = state.next_ticket();
    state.arriving = Some((id, ticket, arrival));
    if wanted.origin.comes_once() {
        // Its bytes are on their way already; it opens when they are there.
        return Vec::new();
    }
    vec![Effect::Open { ticket, wanted }]
}

/// Analyses the open article for another publication day, or for none, and stays where the reader is.
pub(super) fn redate(state: &mut State, day: Option<Date>) -> Vec<Effect> {
    let open = state.open.as_ref().map(|o| o.id);
    let Some(entry) = open.and_then(|id| state.library.entry_mut(id)) else { return Vec::new() };
    (entry.given, entry.published) = (Given::from(day), day);
    let mut effects = open.map(|id| super::shelf::redated(state, id, day)).unwrap_or_default();
    effects.extend(reanalyse(state));
    effects
}

/// Analyses the open article for what the reader has said about it, and stays where the reader is.
pub(super) fn reanalyse(state: &mut State) -> Vec<Effect> {
    let Some(open) = &state.open else { return Vec::new() };
    let (id, document) = (open.id, Arc::clone(&open.document));
    let mut effects = give_up(state);
    let Some(entry) = state.library.entry(id) else { return effects };
    let (published, corrections) = (entry.given.over(document.article.published), Arc::clone(&entry.corrections));
    let places = state.library.place_corrections();
    state.recent.forget(id);
    // If another article is opened before this is done, the index does it.
    state.library.unsettle(id);
    let ticket = state.next_ticket();
    state.arriving = Some((id, ticket, Arrival::Here));
    effects.push(Effect::Reanalyse { ticket, id, document, published, corrections, places });
    effects
}

/// Fetches the page of the open article, of which a feed may have told only the beginning.
pub(super) fn fetch_whole(state: &mut State) -> Vec<Effect> {
    let Some(open) = &state.open else { return Vec::new() };
    if state.progress.fetching.is_some_and(|f| f.article == Some(open.id)) {
        return Vec::new();
    }
    if open.document.article.url.is_none() {
        state.notice = Some(Notice::new(tr!("This article has no address on the web")));
        return Vec::new();
    }
    state.progress.fetching = Some(Fetching { article: Some(open.id), ..Fetching::default() });
    vec![Effect::FetchWhole { id: open.id, document: Arc::clone(&open.document) }]
}

/// The page of an article has come: it takes the place of what was known, and is opened anew where that is on the screen.
pub(super) fn fetched_whole(state: &mut State, id: ArticleId, origin: Origin) -> Vec<Effect> {
    let ours = state.view.shelf.as_ref().is_some_and(|shelf| shelf.writer.is_none());
    let Some(entry) = state.library.entry_mut(id) else { return Vec::new() };
    // What is in the library is whole there from now on; where another program writes to it, for this session.
    if let (Origin::Stored(key), Origin::Held(article), true) = (&entry.origin, &origin, ours) {
        return vec![Effect::Shelf(Ask::Whole { key: *key, article: Box::new(Article::clone(article)) })];
    }
    entry.origin = origin;
    reopen(state, id)
}

/// What is known of an article has changed where it is kept: where it is on the screen it is opened anew.
pub(super) fn reopen(state: &mut State, id: ArticleId) -> Vec<Effect> {
    state.recent.forget(id);
    let leaving = state.arriving().is_some_and(|coming| coming != id);
    if leaving || state.open.as_ref().is_none_or(|o| o.id != id) {
        return state.library.reread(&[id]);
    }
    let mut effects = give_up(state);
    effects.extend(fetch(state, id, Arrival::Start));
    effects
}

/// Puts an article on the screen.
pub(super) fn show(state: &mut State, id: ArticleId, document: Arc<Analysed>, analysed: bool, arrival: &Arrival) {
    if analysed {
        state.recent.keep(id, Arc::clone(&document));
    }
    let text = &document.article.text;
    let mut again = false;
    match &mut state.open {
        Some(open) if open.id == id && open.document.article.text == *text => {
            again = open.analysed;
            open.take(document, analysed);
        }
        _ => {
            let look = state.look(&document.article);
            let mut open = Open::new(id, document, analysed);
            let (measure, height) = state.view.text;
            open.measure(measure, height, look);
            state.open = Some(open);
            state.view.panes.articles.select(id.0 as usize, state.library.entries().len());
            if matches!(state.trail, Some(Trail::Hits { .. })) {
                state.trail = None;
            }
        }
    }
    super::timeline::apply_filter(state);
    if again {
        super::follow::keep(state);
    } else {
        super::follow::start(state);
    }
    arrive(state, arrival);
    super::follow::follow(state);
}

/// Goes to where the reader wanted to go in the open article.
fn arrive(state: &mut State, arrival: &Arrival) {
    renumber(state, matches!(arrival, Arrival::Here));
    let Some(open) = &mut state.open else { return };
    match arrival {
        Arrival::Start | Arrival::Here => {}
        Arrival::Point(point) => open.restore(*point),
        Arrival::Clause(span) => open.go(*span),
        Arrival::Mention { first } => {
            let Some(Trail::Name { entity: Some(entity), .. }) = &state.trail else { return };
            let spans = open.mentions(*entity);
            if let Some(n) = trail::next(spans, None, *first) {
                open.go(spans[n]);
            }
        }
    }
}

/// The same name has another number in another article, and in another analysis of the same, where it may also be called otherwise. Where the
/// list of names is in focus, the name that is followed stays selected in it.
fn renumber(state: &mut State, same_article: bool) {
    let (Some(open), Some(Trail::Name { kind, shown, entity, name })) = (&state.open, &mut state.trail) else { return };
    *entity = open.entity_named(*kind, &fold(shown));
    if same_article {
        *entity = open.entity_called(shown).or(*entity);
        if let Some(now) = entity.and_then(|e| open.document.found.entities.get(e.0 as usize)) {
            (*kind, *shown, *name) = (now.kind, now.name.clone(), None);
        }
    }
    let row = entity.and_then(|e| open.row_of_entity(e));
    if let Some(row) = row.filter(|_| state.focus == Pane::Entities) {
        state.view.panes.entities.select(row, open.entities.len());
    }
}
