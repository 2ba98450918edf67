//! The reader knows better: mentions split off, names joined, places put right, and all of it undone. The article is then analysed anew, so that everything else follows.

use super::effect::{Effect, Ticket};
use super::library::ArticleId;
use super::open::{EntityRow, MarkKind, Open};
use super::palette::{Palette, PaletteItem, PaletteTarget};
use super::state::{Overlay, State};
use super::travel;
use crate::article::{Anchor, Correction, EntityId, Kind, PlaceCorrection, PlaceId};
use crate::locale::{self, tr};
use crate::notice::Notice;
use crate::text::{Span, cut};
use std::sync::Arc;

/// Cells of a role beside a name that can be chosen.
const NOTE: usize = 32;

/// Makes the mention under the cursor, and with `onward` all later ones, an entity of its own.
pub(super) fn split(state: &mut State, onward: bool) -> Vec<Effect> {
    let Some(open) = &state.open else { return Vec::new() };
    let under = open.mark_at_cursor().and_then(|m| if let MarkKind::Name(id, _) = m.kind { Some((m.span, id)) } else { None });
    let Some((span, id)) = under else {
        return refuse(
            state,
            Notice::new(tr!("No name under the cursor to split off")).hint(tr!("] goes to the next name, f shows letters to jump")),
        );
    };
    let mentions = open.mentions(id);
    let later = mentions.iter().filter(|m| m.start > span.start).count();
    let name = name_of(open, id);
    if mentions.len() < 2 {
        return refuse(state, Notice::new(tr!("{name} is named only here: there is nothing to split", name)));
    }
    if onward && mentions.first() == Some(&span) {
        let hint = tr!("go to the first mention that is somebody else's");
        return refuse(state, Notice::new(tr!("This is the first mention of {name}: all of them would go", name)).hint(hint));
    }
    let words = span.of(&open.document.article.text);
    let what = match later {
        n if onward && n > 0 => tr!("Split off from {name}: {words} here and {n} further down", name, words, n),
        _ => tr!("Split off from {name}: {words} here", name, words),
    };
    let mention = anchor(open, span);
    correct(state, Correction::Split { mention, onward }, what)
}

/// Asks with whom the chosen entity is one.
pub(super) fn ask(state: &mut State, from: EntityId) {
    let Some(open) = &state.open else { return };
    let kind = kind_of(open, from);
    let others = || open.entities.iter().filter_map(|r| if let EntityRow::Entity(id) = r { Some(*id) } else { None });
    // Those of the same kind come first, each kind in the order of the list.
    let (same, different): (Vec<_>, Vec<_>) = others().filter(|id| *id != from).partition(|id| kind_of(open, *id) == kind);
    let items: Vec<_> = same.into_iter().chain(different).map(|into| item(open, from, into)).collect();
    if items.is_empty() {
        state.notice = Some(Notice::new(tr!("There is no other name in this article")));
        return;
    }
    choose(state, items);
}

/// Makes two entities one. A person and something else are so only when the reader says it twice.
pub(super) fn merge(state: &mut State, from: EntityId, into: EntityId, sure: bool) -> Vec<Effect> {
    let Some(open) = &state.open else { return Vec::new() };
    let (kind, other) = (kind_of(open, into), kind_of(open, from));
    let (Some(first), Some(second)) = (open.mentions(from).first(), open.mentions(into).first()) else { return Vec::new() };
    let (name, stays) = (name_of(open, from), name_of(open, into));
    if !sure && kind != other && (kind == Kind::Person || other == Kind::Person) {
        let says = tr!(
            "{name} ({kind}) and {stays} ({other}) are one all the same",
            name,
            kind = locale::text(other.word()),
            stays,
            other = locale::text(kind.word())
        );
        let item = PaletteItem { text: says.into(), note: "".into(), target: PaletteTarget::Merge { from, into, kind, sure: true } };
        choose(state, vec![item]);
        return Vec::new();
    }
    let what = tr!("Joined: {name} is {stays}", name, stays);
    let correction = Correction::Merge { from: anchor(open, *first), into: anchor(open, *second), kind };
    travel::follow_entity(state, into);
    correct(state, correction, what)
}

/// Takes the last correction of the open article back.
pub(super) fn undo(state: &mut State) -> Vec<Effect> {
    let open = state.open.as_ref().map(|o| o.id);
    let corrected = open.and_then(|id| state.library.entry(id)).is_some_and(|entry| !entry.corrections.is_empty());
    if state.view.shelf.is_some() && !corrected {
        let hint = tr!("what was marked or chosen since the start can be; dateline undo takes back what a command did");
        return refuse(state, Notice::new(tr!("There is nothing to take back")).hint(hint));
    }
    open.map_or_else(Vec::new, |id| undo_in(state, id))
}

/// Takes the last correction of an article back.
pub(super) fn undo_in(state: &mut State, id: ArticleId) -> Vec<Effect> {
    let Some(entry) = state.library.entry(id) else { return Vec::new() };
    let Some((last, rest)) = entry.corrections.split_last() else {
        return refuse(state, Notice::new(tr!("Nothing of this article has been split, joined or put right")));
    };
    let what = match last {
        Correction::Split { mention, .. } => tr!("Undone: {words} is not split off any more", words = mention.words),
        Correction::Merge { from, into, .. } => tr!("Undone: {one} and {other} are two again", one = from.words, other = into.words),
        Correction::Place(place) => tr!("Undone: {name} means what the text says", name = place.name),
    };
    let rest = rest.into();
    let mut effects = put(state, id, rest, false);
    state.notice = Some(Notice::new(what));
    if state.open.as_ref().is_some_and(|o| o.id == id) {
        effects.extend(travel::reanalyse(state));
    } else {
        state.recent.forget(id);
        effects.extend(state.library.reread(&[id]));
    }
    effects
}

fn correct(state: &mut State, correction: Correction, what: String) -> Vec<Effect> {
    let Some(id) = state.open.as_ref().map(|o| o.id) else { return Vec::new() };
    let Some(entry) = state.library.entry(id) else { return Vec::new() };
    let corrections = entry.corrections.iter().cloned().chain([correction]).collect();
    let mut effects = put(state, id, corrections, true);
    let key = state.keys_of(super::Action::Undo);
    let notice = Notice::new(what);
    state.notice = Some(if key.is_empty() { notice } else { notice.hint(tr!("{key} undoes it", key)) });
    effects.extend(travel::reanalyse(state));
    effects
}

/// Gives the open article other corrections. What is said about a place holds in other articles too: those that name it are read again.
fn put(state: &mut State, id: ArticleId, corrections: Arc<[Correction]>, made: bool) -> Vec<Effect> {
    let before = state.library.place_corrections();
    let held = state.library.entry(id).map(|e| Arc::clone(&e.corrections)).unwrap_or_default();
    state.library.correct(id, corrections);
    let mut effects = super::shelf::corrected(state, id, &held, made);
    let after = state.library.place_corrections();
    if after == before {
        return effects;
    }
    state.recent = super::state::Recent::default();
    // One of the lists is the other one and what is said or taken back now.
    let (more, less) = if after.len() > before.len() { (&after, &before) } else { (&before, &after) };
    let said = more.iter().zip(less.iter().map(Some).chain([None])).find(|(a, b)| Some(*a) != *b).map(|(said, _)| said);
    let mut others = said.map(|s| state.library.naming(&s.name)).unwrap_or_default();
    others.retain(|other| *other != id);
    effects.extend(state.library.reread(&others));
    effects
}

/// Asks which place the chosen name means.
pub(super) fn ask_chosen_place(state: &mut State) -> Vec<Effect> {
    match super::act::chosen_entity(state) {
        Some(entity) => ask_place(state, entity),
        None => refuse(
            state,
            Notice::new(tr!("No place is chosen")).hint(tr!("choose one in the text, in the list of names or on the map of this article")),
        ),
    }
}

/// Asks which place a name means.
pub(super) fn ask_place(state: &mut State, entity: EntityId) -> Vec<Effect> {
    let Some(open) = &state.open else { return Vec::new() };
    let name = name_of(open, entity);
    if kind_of(open, entity) != Kind::Place {
        return refuse(state, Notice::new(tr!("{name} is no place", name)).hint(tr!("only places can be put right on the map")));
    }
    if matches!(state.overlay, Overlay::Card(_)) {
        state.overlay = Overlay::None;
    }
    let ticket = state.next_ticket();
    vec![Effect::Places { ticket, entity, name }]
}

/// Shows the places that a name may mean, to choose one; the last line is for what the gazetteer lacks.
pub(super) fn choose_place(state: &mut State, ticket: Ticket, (entity, asked): (EntityId, &str), places: Vec<(PlaceId, String, String)>) {
    let Some(open) = state.open.as_ref().filter(|_| ticket == state.ticket && matches!(state.overlay, Overlay::None)) else { return };
    let name = name_of(open, entity);
    if name != asked {
        // The article was analysed again in the meantime, and the number is somebody else's now.
        return;
    }
    let now = open.document.found.entities.get(entity.0 as usize).and_then(|e| e.place.as_ref()).map(|p| p.id);
    let item = |(id, label, note): (PlaceId, String, String)| {
        let note = if Some(id) == now { tr!("as now · {note}", note) } else { note };
        PaletteItem { text: label.into(), note: note.into(), target: PaletteTarget::Place(entity, Some(id)) }
    };
    let none = tr!("{name} is none of these", name);
    let none = PaletteItem { text: none.into(), note: tr!("not on the map").into(), target: PaletteTarget::Place(entity, None) };
    let items: Vec<_> = places.into_iter().map(item).chain([none]).collect();
    choose(state, items);
}

/// Takes in which place a name means, for this article's source.
pub(super) fn place(state: &mut State, entity: EntityId, place: Option<PlaceId>) -> Vec<Effect> {
    let Some(open) = &state.open else { return Vec::new() };
    let (name, site) = (name_of(open, entity), open.document.article.site.clone());
    let whole = match (&site, place) {
        (_, None) => tr!("{name} is on no map", name),
        (Some(site), _) => tr!("{name} put right, in all articles of {site}", name, site),
        (None, _) => tr!("{name} put right, in all articles", name),
    };
    correct(state, Correction::Place(PlaceCorrection { site, name, place }), whole)
}

fn refuse(state: &mut State, notice: Notice) -> Vec<Effect> {
    state.notice = Some(notice);
    Vec::new()
}

/// Opens the palette with these lines alone.
fn choose(state: &mut State, items: Vec<PaletteItem>) {
    state.overlay = Overlay::Palette(Palette::new(items.into(), state.next_ticket()));
}

fn item(open: &Open, from: EntityId, into: EntityId) -> PaletteItem {
    let role = open.document.found.entities.get(into.0 as usize).and_then(|e| e.roles.first());
    let note = role.map_or_else(|| format!("{}×", open.mentions(into).len()), |r| cut(r.span.of(&open.document.article.text), NOTE));
    let target = PaletteTarget::Merge { from, into, kind: kind_of(open, into), sure: false };
    PaletteItem { text: name_of(open, into).into(), note: note.into(), target }
}

fn anchor(open: &Open, span: Span) -> Anchor {
    Anchor { span, words: span.of(&open.document.article.text).to_owned() }
}

fn name_of(open: &Open, id: EntityId) -> String {
    open.document.found.entities.get(id.0 as usize).map(|e| e.name.clone()).unwrap_or_default()
}

fn kind_of(open: &Open, id: EntityId) -> Kind {
    open.document.found.entities.get(id.0 as usize).map_or(Kind::Other, |e| e.kind)
}
