//! Text that scrolls by itself, at one of five paces.

use super::effect::{Alarm, Effect};
use super::state::{Overlay, Pane, State};
use crate::locale::tr;
use crate::notice::Notice;
use std::time::Duration;

/// The time that a row takes, from slow to fast, in milliseconds.
const ROW: [u64; 5] = [3200, 2200, 1500, 1000, 650];

/// How text scrolls by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// 0 where it does not, else from 1, slow, to 5.
    pub speed: u8,
    /// The number of the running alarm; an earlier one is of a pace that was given up.
    round: u32,
}

/// Scrolls faster, or slower down to not at all.
pub(super) fn change(state: &mut State, faster: bool) -> Vec<Effect> {
    let pace = &mut state.view.pace;
    let most = u8::try_from(ROW.len()).unwrap_or(u8::MAX);
    pace.speed = if faster { (pace.speed + 1).min(most) } else { pace.speed.saturating_sub(1) };
    if pace.speed == 0 {
        state.notice = Some(Notice::new(tr!("The text stands still")));
        return Vec::new();
    }
    state.notice = Some(Notice::new(tr!("The text scrolls by itself, pace {speed} of {most}", speed = pace.speed, most)));
    state.focus_on(Pane::Text);
    next(state)
}

/// Stops; false where nothing was moving.
pub(super) fn stop(state: &mut State) -> bool {
    std::mem::take(&mut state.view.pace.speed) > 0
}

/// Asks to be woken for the next step: a row, or with little motion a screen after the time of its rows.
fn next(state: &mut State) -> Vec<Effect> {
    let rows = if state.config.settings.reduced_motion { state.view.text.1.saturating_sub(2).max(1) as u64 } else { 1 };
    let pace = &mut state.view.pace;
    let Some(row) = usize::from(pace.speed).checked_sub(1).and_then(|n| ROW.get(n)) else { return Vec::new() };
    pace.round = pace.round.wrapping_add(1);
    vec![Effect::Wake(Duration::from_millis(row * rows), Alarm::Pace(pace.round))]
}

/// The time is over: the text moves on, unless the reader is busy with something else; at its end it stops.
pub(super) fn woken(state: &mut State, round: u32) -> Vec<Effect> {
    if state.view.pace.speed == 0 || state.view.pace.round != round {
        return Vec::new();
    }
    let still = !matches!(state.overlay, Overlay::None) || state.focus != Pane::Text || !state.view.typing.is_empty();
    let rows = if state.config.settings.reduced_motion { state.view.text.1.saturating_sub(2).max(1) } else { 1 };
    let Some(open) = state.open.as_mut().filter(|_| !still) else { return next(state) };
    let before = open.position();
    open.scroll(rows.cast_signed());
    if open.position() == before {
        stop(state);
        state.notice = Some(Notice::new(tr!("This is the end of the article")));
        return Vec::new();
    }
    next(state)
}
