//! What the reader is doing: the state, what can happen to it, and what it asks of the world.
//!
//! [`update`] is the only way in which the state changes. It reads no file, no clock and no screen: what it needs done comes out as
//! [`Effect`]s, and their results come back as [`Event::Report`]s.

mod act;
mod action;
mod card;
mod correct;
mod dates;
mod effect;
mod event;
mod find;
mod follow;
mod hints;
mod input;
mod jumps;
mod keys;
mod library;
mod links;
mod lists;
mod looks;
mod map;
mod mouse;
mod named;
mod open;
mod out;
mod pace;
pub mod page;
mod palette;
mod picture;
mod reports;
mod session;
pub mod shelf;
mod state;
pub mod timeline;
mod trail;
mod travel;
mod typing;
mod why;

pub use action::{ACTIONS, Action, ActionInfo};
pub use card::{Card, CardRow, Label, PlaceFact};
pub use dates::{day, page_day, page_days, when};
pub use effect::{Alarm, Effect, Found, Given, Listing, Origin, Report, Summary, SummaryEntity, Ticket, Wanted};
pub use event::{Event, Hit, Mouse};
pub use find::Find;
pub use hints::Hints;
pub use input::Input;
pub use jumps::{JumpPoint, Jumps};
pub use library::{ArticleId, Entry, Library, NameId, Status};
pub use lists::Cursor;
pub use looks::{COLUMNS, Edge, Split};
pub use map::{DOTS, Home, Map, MapRow, Places, Point, Scope, Spot, Target, Viewport, Wish, measure as measure_map, place_labels};
pub use open::{EntityRow, Mark, MarkKind, Open, SeenPicture};
pub use pace::Pace;
pub use palette::{Palette, PaletteItem, PaletteTarget, ShelfTarget, rank};
pub use picture::{Coming, Loaded, Pictures, Pixels};
pub use session::{Session, Spot as SessionSpot};
pub use shelf::measure as measure_shelf;
pub use state::{Asked, Cursors, Fetching, Help, Overlay, Pane, Progress, Size, State, View};
pub use trail::{Trail, TrailStatus};
pub use travel::visit;
pub use typing::Typing;

/// Lets `event` happen to `state`; what has to be done in the world is returned.
///
/// Costs what is on the screen, never what is in the library.
pub fn update(state: &mut State, event: Event) -> Vec<Effect> {
    let position = |state: &State| state.open.as_ref().map(|o| (o.id, o.position()));
    let before = position(state);
    let mut effects = match event {
        Event::Key(key) => keys::press(state, key),
        Event::Paste(text) => keys::paste(state, &text),
        Event::Mouse(mouse) => mouse::point(state, mouse),
        Event::Report(report @ (Report::Text { .. } | Report::Opened { .. })) if state.is_busy() => {
            state.landed = Some(report);
            Vec::new()
        }
        Event::Report(report) => reports::take(state, report),
        Event::Resize(size) => {
            state.view.size = size;
            Vec::new()
        }
        Event::Background { dark } => {
            state.view.dark = state.config.settings.grounds.background.is_dark(dark);
            Vec::new()
        }
        Event::Wake(Alarm::Typing(round)) => {
            typing::woken(state, round);
            Vec::new()
        }
        Event::Wake(Alarm::Pace(round)) => pace::woken(state, round),
        Event::Suspend => vec![Effect::Suspend],
        Event::Quit { code } => {
            state.quit = Some(code);
            Vec::new()
        }
    };
    if !state.is_busy()
        && let Some(report) = state.landed.take()
    {
        effects.extend(reports::take(state, report));
    }
    effects.extend(timeline::refresh(state));
    effects.extend(shelf::settle(state));
    if before != position(state) {
        follow::follow(state);
    }
    effects.extend(picture::refresh(state));
    effects
}
