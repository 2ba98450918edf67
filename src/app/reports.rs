//! Reports: what came back from the world. What is older than the newest request is dropped.

use super::effect::{Effect, Listing, Origin, Report, Summary, Ticket};
use super::keys;
use super::library::{ArticleId, Status};
use super::state::{Arrival, Overlay, State};
use super::{picture, session, timeline, travel};
use crate::article::Analysed;
use crate::locale::tr;
use crate::notice::Notice;
use std::sync::Arc;

/// Takes in a report.
pub(super) fn take(state: &mut State, report: Report) -> Vec<Effect> {
    match report {
        Report::Listed(listing) => return listed(state, listing),
        Report::Slurped { id, origins } => return slurped(state, id, origins),
        Report::FetchedWhole { id, origin } => return fetched_whole(state, id, origin),
        Report::Fetching { bytes, of } => {
            // What has been given up may still send word.
            if let Some(fetching) = &mut state.progress.fetching {
                (fetching.bytes, fetching.of) = (bytes, of);
            }
        }
        Report::Text { ticket, id, document } => arrived(state, ticket, id, document, false),
        Report::Opened { ticket, id, document: Ok(document) } => arrived(state, ticket, id, document, true),
        Report::Opened { ticket, id, document: Err(reason) } => failed(state, ticket, id, reason),
        Report::Indexed(summaries) => {
            for (id, summary) in summaries {
                state.library.index(id, summary);
            }
        }
        Report::Hits { ticket, spans } => return hits(state, ticket, spans),
        Report::Gathered { ticket, whole } => timeline::gathered(state, ticket, whole),
        Report::Ranked { ticket, order } => return ranked(state, ticket, order),
        Report::Places { ticket, entity, name, places } => super::correct::choose_place(state, ticket, (entity, &name), places),
        Report::PictureComing { ticket, bytes, of } => picture::progress(state, ticket, bytes, of),
        Report::Picture { ticket, picture } => picture::loaded(state, ticket, picture),
        Report::Clock(time) => {
            if let Overlay::Card(card) = &mut state.overlay {
                card.local_time = time;
            }
        }
        Report::Said(notice) => state.notice = Some(notice),
        Report::Programs(programs) => super::shelf::offer(state, &programs),
        Report::Shelf(answer) => return super::shelf::take(state, answer),
        Report::Configured(config) => super::looks::configure(state, *config),
    }
    Vec::new()
}

/// New lines for the list; the first one that can be read is opened.
fn listed(state: &mut State, listing: Listing) -> Vec<Effect> {
    state.progress.scanning = !listing.done;
    (state.progress.hidden, state.progress.binary) = (listing.hidden, listing.binary);
    state.progress.samples |= listing.samples;
    let mut effects = Vec::new();
    let mut files = Vec::new();
    let from = state.library.entries().len();
    for found in listing.found {
        let readable = found.problem.is_none();
        let id = state.library.add(found.origin.clone(), found.problem);
        if state.open.is_none() && state.arriving.is_none() && readable {
            effects.extend(travel::open(state, id, Arrival::Start));
        }
        match found.origin {
            _ if !readable => {}
            origin if origin.comes_once() => {
                if matches!(origin, Origin::Web(_)) {
                    state.progress.fetching.get_or_insert_default();
                }
                effects.push(Effect::Slurp { id, origin });
            }
            // What is being opened is analysed there, and its names come from there.
            _ if state.arriving() == Some(id) => {}
            _ => files.extend(state.library.wanted(id)),
        }
    }
    if !files.is_empty() {
        effects.push(Effect::Index(files));
    }
    effects.extend(session::listed(state, from, listing.done));
    if listing.done {
        state.notice = state.notice.take().or_else(|| summary(state));
    }
    effects
}

/// What the reader should know after a scan.
fn summary(state: &State) -> Option<Notice> {
    let entries = state.library.entries();
    let broken = entries.iter().filter(|e| matches!(e.status, Status::Failed(_))).count();
    let passed = [(state.progress.hidden, tr!("hidden")), (state.progress.binary, tr!("that are no text"))];
    let parts: Vec<String> = passed.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    if entries.is_empty() {
        return Some(
            Notice::new(tr!("No article found"))
                .because(parts.join(", "))
                .hint(tr!("give files or folders with text, or none for the samples")),
        );
    }
    let mut says = Vec::new();
    if broken > 0 {
        says.push(tr!("{broken} cannot be read, see the list", broken));
    }
    if !parts.is_empty() {
        says.push(tr!("passed over: {files}", files = parts.join(", ")));
    }
    (!says.is_empty()).then(|| Notice::new(says.join("; ")))
}

/// What was waited for is there: the first article takes the entry that waited, others come after all that are listed.
fn slurped(state: &mut State, id: ArticleId, origins: Result<Vec<Origin>, String>) -> Vec<Effect> {
    let awaited = state.arriving() == Some(id);
    let Some(entry) = state.library.entry(id) else { return Vec::new() };
    let of_web = matches!(entry.origin, Origin::Web(_));
    if of_web && state.progress.fetching.is_some_and(|f| f.article.is_none()) && !state.library.awaits_web(id) {
        state.progress.fetching = None;
    }
    let mut origins = match origins {
        Ok(origins) => origins.into_iter(),
        Err(reason) if awaited => {
            give_up(state, id, reason);
            return Vec::new();
        }
        Err(reason) => {
            state.library.settle(id, Err(reason));
            return Vec::new();
        }
    };
    state.library.replace(id, origins.next());
    let mut effects = Vec::new();
    if awaited || state.open.is_none() && state.arriving.is_none() {
        // The request was for the bytes; this one is for the article.
        state.arriving = None;
        effects.extend(travel::open(state, id, Arrival::Start));
    } else {
        effects.extend(state.library.wanted(id).map(|w| Effect::Index(vec![w])));
    }
    let more: Vec<ArticleId> = origins.map(|origin| state.library.add(origin, None)).collect();
    if !more.is_empty() {
        effects.push(Effect::Index(more.into_iter().filter_map(|id| state.library.wanted(id)).collect()));
    }
    effects
}

fn fetched_whole(state: &mut State, id: ArticleId, origin: Result<Origin, Notice>) -> Vec<Effect> {
    let awaited = state.progress.fetching.is_some_and(|f| f.article == Some(id));
    if awaited {
        state.progress.fetching = None;
    }
    match origin {
        Ok(origin) => travel::fetched_whole(state, id, origin),
        // One that gave way to another has nothing to say.
        Err(notice) => {
            if awaited {
                state.notice = Some(notice);
            }
            Vec::new()
        }
    }
}

fn arrived(state: &mut State, ticket: Ticket, id: ArticleId, document: Arc<Analysed>, analysed: bool) {
    if analysed {
        state.library.settle(id, Ok(Summary::of(&document)));
    }
    let Some((_, _, arrival)) = state.arriving.as_ref().filter(|(_, newest, _)| *newest == ticket) else { return };
    // A text that is on the screen already is not moved by what was found in it; the mention that was looked for is only known now.
    let shown = state.open.as_ref().is_some_and(|o| o.id == id);
    let arrival = if shown && !matches!(arrival, Arrival::Mention { .. }) { Arrival::Here } else { arrival.clone() };
    if analysed {
        state.arriving = None;
    }
    let problem = document.article.problems.first().cloned();
    travel::show(state, id, document, analysed, &arrival);
    if let Some(problem) = problem.filter(|_| analysed && state.notice.is_none()) {
        state.notice = Some(Notice::new(problem));
    }
}

fn failed(state: &mut State, ticket: Ticket, id: ArticleId, reason: String) {
    if state.arriving.as_ref().is_some_and(|(_, newest, _)| *newest == ticket) {
        give_up(state, id, reason);
    }
}

/// An article that was waited for cannot be read.
fn give_up(state: &mut State, id: ArticleId, reason: String) {
    state.arriving = None;
    let title = state.library.entry(id).map(|e| e.title.clone()).unwrap_or_default();
    state.notice = Some(Notice::new(title).because(&reason));
    state.library.settle(id, Err(reason));
}

/// Hits for what is being typed: the text shows the first one from where the search began.
fn hits(state: &mut State, ticket: Ticket, spans: Vec<crate::text::Span>) -> Vec<Effect> {
    let Overlay::Find(find) = &mut state.overlay else { return Vec::new() };
    if find.ticket != ticket {
        return Vec::new();
    }
    (find.waiting, find.hits) = (false, spans);
    let n = find.hits.partition_point(|s| s.start < find.from);
    let hit = find.hits.get(n).or_else(|| find.hits.first()).copied();
    if let Some(open) = &mut state.open {
        match hit {
            Some(span) => open.go(span),
            None => open.restore(find.origin),
        }
    }
    if find.held.is_some() { keys::accept_find(state) } else { Vec::new() }
}

fn ranked(state: &mut State, ticket: Ticket, order: Vec<u32>) -> Vec<Effect> {
    let Overlay::Palette(palette) = &mut state.overlay else { return Vec::new() };
    if palette.ticket != ticket {
        return Vec::new();
    }
    (palette.waiting, palette.order) = (false, order);
    palette.cursor.select(0, palette.order.len());
    if palette.held.is_some() { keys::accept_palette(state) } else { Vec::new() }
}
