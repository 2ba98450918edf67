//! The first steps: a library where there was none, and what other programs hold.

use super::act::line;
use super::ask::{Ask, Program};
use super::lines::{Asks, Line};
use super::{Refreshing, Shelf};
use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::palette::{Palette, PaletteItem, PaletteTarget, ShelfTarget};
use crate::app::state::{Overlay, State};
use crate::locale::tr;
use crate::notice::Notice;

/// Does what begins a library; says what a library would be good for, where none can be begun.
pub(crate) fn absent(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Add if state.progress.samples => line(state, Line::new(Asks::Add)),
        Action::Import if state.progress.samples => vec![Effect::LookForPrograms],
        _ => {
            state.notice =
                Some(Notice::new(tr!("This needs the library")).hint(tr!("dateline add URL makes one; dateline without files opens it")));
            Vec::new()
        }
    }
}

impl State {
    /// True where there is nothing to tell stories of yet: no library, or one without feeds and articles.
    #[must_use]
    pub fn is_beginning(&self) -> bool {
        match &self.view.shelf {
            None => self.progress.samples,
            Some(shelf) => !shelf.tree.nodes.is_empty() && shelf.tree.holdings.feeds.is_empty() && shelf.tree.holdings.articles == 0,
        }
    }

    /// The key that takes over what other programs hold: the short one while there is nothing else that it could mean.
    #[must_use]
    pub fn import_key(&self) -> String {
        self.key_of(if self.is_beginning() { Action::Stories } else { Action::Import })
    }
}

/// The samples make room for a library, which is made now; nothing where there is one.
pub(super) fn begin(state: &mut State) -> Vec<Effect> {
    if state.view.shelf.is_some() {
        return Vec::new();
    }
    (state.open, state.trail, state.arriving, state.landed) = (None, None, None, None);
    state.progress.samples = false;
    let mut effects = vec![Effect::Begin];
    effects.extend(Shelf::open(state));
    effects
}

/// Lists what can be taken over: what was found, and a list whose place the reader knows.
pub(crate) fn offer(state: &mut State, programs: &[(Program, String)]) {
    if !matches!(state.overlay, Overlay::None | Overlay::Welcome) {
        return;
    }
    let item = |text: String, note: &str, program| PaletteItem {
        text: text.into(),
        note: note.into(),
        target: PaletteTarget::Shelf(ShelfTarget::Import(program)),
    };
    let mut items: Vec<_> = programs
        .iter()
        .map(|(program, path)| item(tr!("The feeds of {program}, and what was read", program = program.name()), path, *program))
        .collect();
    items.push(item(tr!("A list of feeds in OPML").to_owned(), tr!("its place is asked"), Program::Opml));
    state.overlay = Overlay::Palette(Palette::new(items.into(), state.next_ticket()));
}

/// Takes over what was chosen; where an OPML lies has to be said first.
pub(super) fn chosen(state: &mut State, program: Program) -> Vec<Effect> {
    if program == Program::Opml { line(state, Line::new(Asks::Opml)) } else { take_over(state, program, None) }
}

pub(super) fn take_over(state: &mut State, program: Program, file: Option<String>) -> Vec<Effect> {
    let mut effects = begin(state);
    if let Some(shelf) = &mut state.view.shelf {
        shelf.refreshing = Some(Refreshing::default());
    }
    state.notice = Some(Notice::new(tr!("Taking over what {program} holds…", program = program.name())));
    effects.push(Effect::Shelf(Ask::Import { program, file }));
    effects
}
