//! The lists follow the text: what is under the eye is the selected row. The text never follows a list by itself.

use super::open::{EntityRow, Open};
use super::state::{Pane, State};
use super::timeline::Rows;
use crate::article::{EntityId, MentionForm};
use crate::text::Span;

/// The lists of an article that has just been opened: names from the first one, the timeline around the day of publication.
pub(super) fn start(state: &mut State) {
    let Some(open) = &state.open else { return };
    let panes = &mut state.view.panes;
    for cursor in [&mut panes.entities, &mut panes.timeline, &mut panes.quotations] {
        (cursor.selected, cursor.top) = (0, 0);
    }
    let first = open.entities.iter().position(|r| matches!(r, EntityRow::Entity(_))).unwrap_or(0);
    panes.entities.select(first, open.entities.len());
    panes.entities.top = 0;
    let rows = Rows::new(&open.timeline, state.view.timeline.here, open.document.article.published);
    panes.timeline.select(rows.marker().unwrap_or(0), rows.len());
}

/// The lists of another analysis of the same article: what is selected stays in its row, as far as there are so many.
pub(super) fn keep(state: &mut State) {
    let Some(open) = &state.open else { return };
    let panes = &mut state.view.panes;
    let name = |n: &usize| matches!(open.entities[*n], EntityRow::Entity(_));
    let at = panes.entities.selected.min(open.entities.len());
    let near = (at..open.entities.len()).find(name).or_else(|| (0..at).rev().find(name));
    panes.entities.select(near.unwrap_or(0), open.entities.len());
    let rows = Rows::new(&open.timeline, state.view.timeline.here, open.document.article.published);
    panes.timeline.select(panes.timeline.selected, rows.len());
    panes.quotations.select(panes.quotations.selected, open.document.found.quotes.len());
}

/// Selects in every list but the one in focus what stands at the eye; at the beginning of an article nothing is at the eye yet.
pub(super) fn follow(state: &mut State) {
    let Some(open) = state.open.as_ref().filter(|o| !o.at_start()) else { return };
    let eye = open.eye();
    let found = &open.document.found;
    let panes = &mut state.view.panes;
    if state.focus != Pane::Entities
        && let Some(row) = entity_at(open, eye).and_then(|id| open.row_of_entity(id))
    {
        panes.entities.select(row, open.entities.len());
    }
    if state.focus != Pane::Timeline
        && let Some(event) = at(&found.events, eye, open, |e| e.span)
        && let rows = Rows::new(&open.timeline, state.view.timeline.here, open.document.article.published)
        && let Some(row) = u32::try_from(event).ok().and_then(|e| rows.position_of_source(e))
    {
        panes.timeline.select(row, rows.len());
    }
    if state.focus != Pane::Quotations
        && let Some(quote) = at(&found.quotes, eye, open, |q| q.span)
    {
        panes.quotations.select(quote, found.quotes.len());
    }
}

fn entity_at(open: &Open, eye: u32) -> Option<EntityId> {
    let mentions = &open.document.found.mentions;
    let visible = open.visible();
    let from = mentions.partition_point(|m| m.span.end <= eye);
    let named = |m: &&crate::article::Mention| m.form == MentionForm::Name && m.entity != EntityId::UNJOINED;
    let ahead = mentions[from..].iter().take_while(|m| m.span.start < visible.end).find(named);
    ahead.or_else(|| mentions[..from].iter().rev().find(named)).map(|m| m.entity)
}

/// The index of the item that covers `eye`; else of the nearest one in the same paragraph; else of the next one on the screen; else of the last one
/// before it. Items are sorted by their start.
fn at<T>(items: &[T], eye: u32, open: &Open, span: impl Fn(&T) -> Span) -> Option<usize> {
    let paragraph = open.paragraph(eye);
    let visible = open.visible();
    let after = items.partition_point(|i| span(i).start <= eye);
    let before = after.checked_sub(1);
    let next = Some(after).filter(|n| *n < items.len());
    let within = |n: &usize, whole: Span| items.get(*n).is_some_and(|i| whole.overlaps(span(i)));
    let covering = before.filter(|n| span(&items[*n]).contains(eye));
    let near = before.filter(|n| within(n, paragraph)).or_else(|| next.filter(|n| within(n, paragraph)));
    covering.or(near).or_else(|| next.filter(|n| within(n, visible))).or(before)
}
