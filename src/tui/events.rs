//! Keys, mouse and size from the terminal as events.

use super::background::{Listener, Verdict};
use super::pictures::Drawn;
use crate::app::{Event, Size};
use crate::config::{Key, KeyCode};
use crossterm::event::{self, KeyCode as Code, KeyEvent, KeyEventKind, KeyModifiers, MouseEvent};
use std::io;
use std::sync::mpsc::Sender;
use std::time::Duration;

/// How long it is looked whether something lies there already. crossterm does not look at all where it is nothing.
const EARLY: Duration = Duration::from_millis(1);

/// What the thread that listens to the terminal hands on.
#[derive(Debug)]
pub(super) enum Input {
    /// Something that the state understands.
    Event(Event),
    /// A mouse event, which the layout has to make sense of.
    Mouse(MouseEvent),
    /// A picture has been made into cells.
    Drawn(Drawn),
}

/// Reads the terminal on a thread of its own and sends what comes.
pub(super) fn forward(send: &Sender<Input>) -> io::Result<()> {
    let send = send.clone();
    std::thread::Builder::new().name("terminal".to_owned()).spawn(move || {
        let mut listener = Listener::default();
        let mut early = true;
        // An error means that the terminal is gone.
        while let Some(event) = {
            early = early && event::poll(EARLY).unwrap_or(false);
            event::read().ok()
        } {
            for input in inputs(if early { entered(event) } else { event }, &mut listener) {
                if send.send(input).is_err() {
                    return;
                }
            }
        }
        let _ = send.send(Input::Event(Event::Quit { code: 129 }));
    })?;
    Ok(())
}

/// What was typed before the terminal was taken went through its own line editing, which makes a line feed of Enter.
fn entered(event: event::Event) -> event::Event {
    match event {
        event::Event::Key(key) if (key.code, key.modifiers) == (Code::Char('j'), KeyModifiers::CONTROL) => {
            event::Event::Key(KeyEvent::new(Code::Enter, KeyModifiers::NONE))
        }
        other => other,
    }
}

fn inputs(event: event::Event, listener: &mut Listener) -> Vec<Input> {
    match event {
        event::Event::Key(key) if key.kind == KeyEventKind::Release => Vec::new(),
        event::Event::Key(key) => match listener.take(key) {
            Verdict::Held => Vec::new(),
            Verdict::Background { dark } => vec![Input::Event(Event::Background { dark })],
            Verdict::Keys(keys) => keys.into_iter().filter_map(translate).map(|k| Input::Event(Event::Key(k))).collect(),
        },
        event::Event::Mouse(mouse) => vec![Input::Mouse(mouse)],
        event::Event::Paste(text) => vec![Input::Event(Event::Paste(text))],
        event::Event::Resize(columns, rows) => vec![Input::Event(Event::Resize(Size { columns, rows }))],
        event::Event::FocusGained | event::Event::FocusLost => Vec::new(),
    }
}

/// A key of the terminal as the keymap writes it.
fn translate(key: KeyEvent) -> Option<Key> {
    let code = match key.code {
        Code::Char(c) => KeyCode::Char(c),
        Code::Enter => KeyCode::Enter,
        Code::Tab | Code::BackTab => KeyCode::Tab,
        Code::Esc => KeyCode::Esc,
        Code::Backspace => KeyCode::Backspace,
        Code::Delete => KeyCode::Delete,
        Code::Up => KeyCode::Up,
        Code::Down => KeyCode::Down,
        Code::Left => KeyCode::Left,
        Code::Right => KeyCode::Right,
        Code::Home => KeyCode::Home,
        Code::End => KeyCode::End,
        Code::PageUp => KeyCode::PageUp,
        Code::PageDown => KeyCode::PageDown,
        Code::F(n) => KeyCode::F(n),
        _ => return None,
    };
    let has = |m: KeyModifiers| key.modifiers.contains(m);
    let shift = has(KeyModifiers::SHIFT) || key.code == Code::BackTab;
    Some(Key::new(code, has(KeyModifiers::CONTROL), has(KeyModifiers::ALT), shift))
}
