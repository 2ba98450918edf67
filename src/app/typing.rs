//! Keys that mean something only together: sequences, counts before an action, and the keys that a macro presses.

use super::act::{self, act};
use super::action::Action;
use super::effect::{Alarm, Effect};
use super::keys;
use super::links;
use super::state::{Pane, State};
use crate::config::{Bound, Does, Key, KeyCode, Sequence};
use crate::locale::tr;
use crate::notice::Notice;
use std::time::Duration;

/// How long the reader may think before what can follow is shown.
const MOMENT: Duration = Duration::from_millis(600);

/// The highest count.
const MAX_COUNT: u32 = 9999;

/// Repetitions of an action that costs more than a step in a list.
const MAX_TIMES: u32 = 200;

/// What a count before it is worth showing for.
const COUNTED: &[Action] =
    &[Action::NextPane, Action::Down, Action::Up, Action::Bottom, Action::NextMatch, Action::NextName, Action::NextArticle, Action::Links];

/// Keys that one macro presses, those of the macros in it counted.
const MAX_PRESSED: u16 = 500;

/// What has been typed of something longer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typing {
    /// Keys of a sequence that goes on.
    pub keys: Vec<Key>,
    /// How often what follows is to be done.
    pub count: Option<u32>,
    /// True once the reader has thought for a moment: what can follow is shown.
    pub shown: bool,
    /// Grows with every key, so that an alarm for an earlier one is known.
    round: u32,
    /// Keys that the running macro has pressed.
    pressed: u16,
}

impl Typing {
    /// True where nothing waits for another key.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty() && self.count.is_none()
    }

    /// What has been typed, to be shown.
    #[must_use]
    pub fn text(&self) -> String {
        let count = self.count.map(|n| n.to_string()).unwrap_or_default();
        self.keys.iter().fold(count, |text, key| text + &key.to_string())
    }

    /// Forgets what has been typed.
    pub(super) fn clear(&mut self) {
        (self.count, self.shown) = (None, false);
        self.keys.clear();
    }
}

/// What a key came to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Typed {
    /// More keys have to follow.
    More,
    /// An action, and how often.
    Does(Command, Option<u32>),
    /// Nothing.
    Nothing,
}

/// Something that keys are bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Command {
    /// An action of the table.
    Action(Action),
    /// The reader's own macro or command of this name.
    Own(String),
}

impl Command {
    fn named(name: &str) -> Self {
        Action::named(name).map_or_else(|| Self::Own(name.to_owned()), Self::Action)
    }

    /// The action of the table, where it is one.
    pub(super) fn action(&self) -> Option<Action> {
        match self {
            Self::Action(action) => Some(*action),
            Self::Own(_) => None,
        }
    }
}

/// Takes a key to those typed before it.
///
/// Where they mean nothing together, the earlier ones are given up and the key counts by itself: whoever has begun something by mistake loses no key.
pub(super) fn take(state: &mut State, key: Key) -> Typed {
    let (config, context) = (std::sync::Arc::clone(&state.config), state.context());
    let typing = &mut state.view.typing;
    typing.round = typing.round.wrapping_add(1);
    if key.code == KeyCode::Esc && !typing.is_empty() {
        typing.clear();
        return Typed::More;
    }
    if typing.keys.is_empty()
        && let Some(digit) = digit(key)
        && (typing.count.is_some() || digit > 0 && config.keymap.lookup(context, &[key]) == Bound::Nothing)
    {
        typing.shown = false;
        typing.count = Some((typing.count.unwrap_or(0) * 10 + digit).min(MAX_COUNT));
        return Typed::More;
    }
    typing.keys.push(key);
    match config.keymap.lookup(context, &typing.keys) {
        Bound::Begins => Typed::More,
        Bound::Does(name) => {
            let count = typing.count;
            typing.clear();
            Typed::Does(Command::named(name), count)
        }
        Bound::Nothing if typing.keys.len() > 1 => {
            typing.clear();
            take(state, key)
        }
        Bound::Nothing => {
            typing.clear();
            Typed::Nothing
        }
    }
}

fn digit(key: Key) -> Option<u32> {
    match key {
        Key { code: KeyCode::Char(c), ctrl: false, alt: false, .. } => c.to_digit(10),
        _ => None,
    }
}

/// Asks to be woken when the reader has thought for a moment about what comes next.
pub(super) fn wait(state: &State) -> Vec<Effect> {
    let typing = &state.view.typing;
    if typing.is_empty() || typing.shown { Vec::new() } else { vec![Effect::Wake(MOMENT, Alarm::Typing(typing.round))] }
}

/// The moment is over.
pub(super) fn woken(state: &mut State, round: u32) {
    let typing = &mut state.view.typing;
    typing.shown |= typing.round == round && !typing.is_empty();
}

/// Does what keys are bound to, as often as was asked for.
pub(super) fn run(state: &mut State, command: &Command, count: Option<u32>) -> Vec<Effect> {
    match (command, count) {
        (Command::Own(name), _) => own(state, name),
        (Command::Action(action), None) => act(state, *action),
        (Command::Action(Action::Top | Action::Bottom), Some(n)) => {
            act::nth(state, n as usize);
            Vec::new()
        }
        (Command::Action(Action::NextPane), Some(n)) => {
            if let Some(pane) = numbered(n) {
                state.focus_on(pane);
            }
            Vec::new()
        }
        (Command::Action(Action::Links), Some(n)) => links::open_numbered(state, n),
        (Command::Action(action), Some(n)) if action.repeats() => repeat(state, *action, n),
        (Command::Action(action), Some(_)) => act(state, *action),
    }
}

/// The pane of a number, as it stands in its title.
fn numbered(n: u32) -> Option<Pane> {
    usize::try_from(n).ok()?.checked_sub(1).and_then(|n| Pane::ALL.get(n)).copied()
}

fn repeat(state: &mut State, action: Action, times: u32) -> Vec<Effect> {
    if let Some(sign) = act::is_step(state, action) {
        if state.focus == Pane::Entities {
            // Headings between the names are no rows that a step could stop on.
            (0..times).for_each(|_| act::scroll(state, sign));
        } else {
            act::scroll(state, sign * times as isize);
        }
        return Vec::new();
    }
    let mut effects = Vec::new();
    for _ in 0..times.min(MAX_TIMES) {
        effects.extend(act(state, action));
        // There is nothing further, and that has been said.
        if state.notice.is_some() {
            break;
        }
    }
    effects
}

/// Runs a macro or command of the reader's.
fn own(state: &mut State, name: &str) -> Vec<Effect> {
    let config = std::sync::Arc::clone(&state.config);
    let Some(own) = config.keymap.own().iter().find(|own| own.name == name) else { return Vec::new() };
    match &own.does {
        Does::Keys(keys) => press_all(state, name, keys),
        does => super::out::run(state, does),
    }
}

fn press_all(state: &mut State, name: &str, keys: &[Key]) -> Vec<Effect> {
    let outermost = state.view.typing.pressed == 0;
    let mut effects = Vec::new();
    for key in keys {
        if state.view.typing.pressed >= MAX_PRESSED {
            state.notice =
                Some(Notice::new(tr!("The macro {name} has pressed {n} keys", name, n = MAX_PRESSED)).hint(tr!("does it call itself?")));
            break;
        }
        state.view.typing.pressed += 1;
        effects.extend(keys::press(state, *key));
        // The next key means the list that this one chose.
        effects.extend(super::shelf::settle(state));
    }
    if outermost {
        state.view.typing.pressed = 0;
    }
    effects
}

impl State {
    /// What can follow the keys that have been typed, and what each does in a few words; empty until the reader has thought for a moment.
    #[must_use]
    pub fn what_follows(&self) -> Vec<(Sequence, &str)> {
        let typing = &self.view.typing;
        if !typing.shown {
            return Vec::new();
        }
        if let Some(count) = typing.count.filter(|_| typing.keys.is_empty()) {
            return self.what_counts(count);
        }
        let mut after = self.config.keymap.after(self.context(), &typing.keys);
        after.sort();
        after.into_iter().map(|(keys, name)| (keys, Action::named(name).map_or(name, |a| a.info().label()))).collect()
    }

    /// The keys that a count is worth typing for, and what they do with this one.
    fn what_counts(&self, count: u32) -> Vec<(Sequence, &str)> {
        let of = |action: &Action| {
            let key = self.config.keymap.keys_of(self.focus.context(), action.info().name).first().copied()?.clone();
            let label = match action {
                Action::NextPane => numbered(count)?.title(),
                Action::Bottom => tr!("to this row"),
                _ => action.info().label(),
            };
            Some((key, label))
        };
        COUNTED.iter().filter_map(of).collect()
    }
}
