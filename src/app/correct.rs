//! The reader knows better: mentions split off, names joined, and both undone. The article is then analysed anew, so that everything else follows.

use super::effect::Effect;
use super::open::{EntityRow, MarkKind, Open};
use super::palette::{Palette, PaletteItem, PaletteTarget};
use super::state::{Overlay, State};
use super::travel;
use crate::article::{Anchor, Correction, EntityId, Kind};
use crate::notice::Notice;
use crate::text::Span;

/// Makes the mention under the cursor, and with `onward` all later ones, an entity of its own.
pub(super) fn split(state: &mut State, onward: bool) -> Vec<Effect> {
    let Some(open) = &state.open else { return Vec::new() };
    let under = open.mark_at_cursor().and_then(|m| if let MarkKind::Name(id, _) = m.kind { Some((m.span, id)) } else { None });
    let Some((span, id)) = under else {
        return refuse(
            state,
            Notice::new("No name under the cursor to split off").hint("] goes to the next name, f shows letters to jump"),
        );
    };
    let mentions = open.mentions(id);
    let later = mentions.iter().filter(|m| m.start > span.start).count();
    let name = name_of(open, id);
    if mentions.len() < 2 {
        return refuse(state, Notice::new(format!("{name} is named only here: there is nothing to split")));
    }
    if onward && mentions.first() == Some(&span) {
        let hint = "go to the first mention that is somebody else's";
        return refuse(state, Notice::new(format!("This is the first mention of {name}: all of them would go")).hint(hint));
    }
    let words = span.of(&open.document.article.text);
    let what = match later {
        n if onward && n > 0 => format!("Split off from {name}: {words} here and {n} further down"),
        _ => format!("Split off from {name}: {words} here"),
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
        state.notice = Some(Notice::new("There is no other name in this article"));
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
        let says = format!("{name} ({}) and {stays} ({}) are one all the same", other.name(), kind.name());
        let item = PaletteItem { text: says.into(), note: "".into(), target: PaletteTarget::Merge { from, into, kind, sure: true } };
        choose(state, vec![item]);
        return Vec::new();
    }
    let what = format!("Joined: {name} is {stays}");
    let correction = Correction::Merge { from: anchor(open, *first), into: anchor(open, *second), kind };
    travel::follow_entity(state, into);
    correct(state, correction, what)
}

/// Takes the last correction of the open article back.
pub(super) fn undo(state: &mut State) -> Vec<Effect> {
    let open = state.open.as_ref().map(|o| o.id);
    let Some(entry) = open.and_then(|id| state.library.entry_mut(id)) else { return Vec::new() };
    let Some((last, rest)) = entry.corrections.split_last() else {
        return refuse(state, Notice::new("Nothing of this article has been split or joined"));
    };
    let what = match last {
        Correction::Split { mention, .. } => format!("Undone: {} is not split off any more", mention.words),
        Correction::Merge { from, into, .. } => format!("Undone: {} and {} are two again", from.words, into.words),
    };
    entry.corrections = rest.into();
    state.notice = Some(Notice::new(what));
    travel::reanalyse(state)
}

fn correct(state: &mut State, correction: Correction, what: String) -> Vec<Effect> {
    let open = state.open.as_ref().map(|o| o.id);
    let Some(entry) = open.and_then(|id| state.library.entry_mut(id)) else { return Vec::new() };
    entry.corrections = entry.corrections.iter().cloned().chain([correction]).collect::<Vec<_>>().into();
    let key = state.keys_of(super::Action::Undo);
    let notice = Notice::new(what);
    state.notice = Some(if key.is_empty() { notice } else { notice.hint(format!("{key} undoes it")) });
    travel::reanalyse(state)
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
    let note = role.map_or_else(|| format!("{}×", open.mentions(into).len()), |r| r.span.of(&open.document.article.text).to_owned());
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
