//! What the reader decides on a page about who is who in all articles, and what of a page or list is written into a file.

use super::{Lead, Page, PageOf};
use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::input::Input;
use crate::app::palette::{Palette, PaletteItem, PaletteTarget, ShelfTarget};
use crate::app::shelf::{self, Ask, Asks, Decision, Line, Over, PagePart, Shelved, ViewFormat, Viewed, Within};
use crate::app::state::{Overlay, State};
use crate::article::Kind;
use crate::locale::{text, tr, trn};
use crate::notice::Notice;

/// Does what an action means for who is who; `None` for what is no affair of it.
pub(super) fn act(state: &mut State, action: Action) -> Option<Vec<Effect>> {
    Some(match action {
        Action::Merge => of_entity(state, Asks::Same),
        Action::Rename => of_entity(state, Asks::Called),
        Action::Split => split(state),
        Action::SplitOnward => part(state),
        Action::Export => export(state),
        Action::Undo => shelf::undo(state).unwrap_or_else(|| {
            state.notice =
                Some(Notice::new(tr!("Nothing was decided here")).hint(tr!("the page of decisions lists what was decided before")));
            Vec::new()
        }),
        _ => return None,
    })
}

/// The page on the screen, where it is that of somebody or something.
fn entity(state: &mut State) -> Option<PageOf> {
    let of = state.view.pages.top().map(|p| p.of.clone());
    match of {
        Some(of @ (PageOf::Entity(_) | PageOf::Named(..))) => Some(of),
        _ => {
            state.notice = Some(Notice::new(tr!("This is no page of a person, organisation or place")));
            None
        }
    }
}

fn ask(state: &mut State, asks: Asks) -> Vec<Effect> {
    super::covered(state);
    state.overlay = Overlay::Shelf(Over::Line(Line::new(asks)));
    Vec::new()
}

fn of_entity(state: &mut State, asks: impl FnOnce(PageOf) -> Asks) -> Vec<Effect> {
    entity(state).map_or_else(Vec::new, |of| ask(state, asks(of)))
}

/// The name of the selected row stands for itself.
fn split(state: &mut State) -> Vec<Effect> {
    if let Some(Lead::Name(name, _)) = state.view.pages.top().and_then(Page::selected) {
        return vec![Effect::Shelf(Ask::Decide(Decision::Split(*name)))];
    }
    if entity(state).is_some() {
        let hint = tr!("select one below Named as");
        state.notice = Some(Notice::new(tr!("No name of this page is selected to be split off")).hint(hint));
    }
    Vec::new()
}

/// The name is somebody else's in the articles that the selected row is about: one, all of a source, of a story, or those with somebody; or in those of the
/// time under the bar's cursor.
fn part(state: &mut State) -> Vec<Effect> {
    let Some(of) = entity(state) else { return Vec::new() };
    let with = |of: &PageOf, time: (i64, i64)| Within::Listed(Shelved::Part(PagePart { of: of.clone(), time, name: "".into() }.into()));
    let page = state.view.pages.top();
    let within = match (page.and_then(|p| p.bar.cursor()), page.and_then(Page::selected)) {
        (Some((_, time)), _) => with(&of, time),
        (None, Some(Lead::Article(row, _))) => Within::Article(row.key),
        (None, Some(Lead::List(query))) => Within::Listed(Shelved::Query(query.clone())),
        (None, Some(Lead::Page(of @ (PageOf::Entity(_) | PageOf::Story(_))))) => with(of, (i64::MIN, i64::MAX)),
        _ => {
            let hint = tr!("select an article, a source, a story or somebody that it is named with");
            state.notice = Some(Notice::new(tr!("Which articles are of somebody else?")).hint(hint));
            return Vec::new();
        }
    };
    let label = state.view.pages.apart(&of);
    super::covered(state);
    state.overlay = Overlay::Shelf(Over::Line(Line { input: Input::new(label), ..Line::new(Asks::Apart(of, within)) }));
    Vec::new()
}

/// Shows who may be meant, to be chosen.
pub(in crate::app) fn candidates(state: &mut State, all: Vec<(i64, String, Kind, u64)>) {
    let on_page = matches!(state.overlay, Overlay::Page);
    if all.is_empty() || !on_page {
        state.notice = on_page.then(|| {
            Notice::new(tr!("Nobody else in the library is called so")).hint(tr!("words of the name have to be as they are written"))
        });
        return;
    }
    let item = |(key, name, kind, articles): (i64, String, Kind, u64)| PaletteItem {
        text: name.into(),
        note: format!("{} · {}", text(kind.word()), trn!(articles, "{n} article", "{n} articles")).into(),
        target: PaletteTarget::Shelf(ShelfTarget::Same(key)),
    };
    choose(state, all.into_iter().map(item).collect());
}

/// Opens the palette with these lines alone, over the page where one is on the screen.
fn choose(state: &mut State, items: Vec<PaletteItem>) {
    if matches!(state.overlay, Overlay::Page) {
        super::covered(state);
    }
    state.overlay = Overlay::Palette(Palette::new(items.into(), state.next_ticket()));
}

/// The page's entity is one with another.
pub(in crate::app) fn merge(state: &mut State, into: i64) -> Vec<Effect> {
    entity(state).map_or_else(Vec::new, |of| vec![Effect::Shelf(Ask::Decide(Decision::Merge(of, into)))])
}

/// Asks as what the view is to be written.
pub(super) fn export(state: &mut State) -> Vec<Effect> {
    if state.view.shelf.is_none() {
        return shelf::absent(state, Action::Export);
    }
    let item = |format: ViewFormat| PaletteItem {
        text: tr!("Write this view as {format}", format = format.name()).into(),
        note: format.holds().into(),
        target: PaletteTarget::Shelf(ShelfTarget::Export(format)),
    };
    choose(state, ViewFormat::ALL.map(item).into());
    Vec::new()
}

/// Writes the view on the screen into a file: the page, the timeline's, else the list.
pub(in crate::app) fn export_as(state: &mut State, format: ViewFormat) -> Vec<Effect> {
    let page = matches!(state.overlay, Overlay::Page).then(|| state.view.pages.top().map(|p| Viewed::Page(p.of.clone()))).flatten();
    let shown = crate::app::timeline::shows_all(state).then(|| state.view.timeline.session.of.clone()).flatten();
    let Some(of) = page.or(shown).or_else(|| shelf::viewed(state)) else { return Vec::new() };
    let title = match &of {
        Viewed::Page(_) => state.view.pages.top().and_then(|p| p.sheet.as_ref()).map(|s| s.title.clone()),
        Viewed::List(of, _) => state.view.shelf.as_ref().map(|s| s.tree.label(of).to_string()),
    };
    let name = format!("{}.{}", crate::edition::safe_name(&title.unwrap_or_default(), "view"), format.name());
    let folder = state.config.settings.out.save_folder.clone();
    vec![Effect::Shelf(Ask::Export { of, format, folder, name })]
}
