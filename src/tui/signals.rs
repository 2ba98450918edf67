//! Signals as events: the world's wish to stop or end the program, and another size of the terminal.
//!
//! crossterm tells of a new size too, but only once its own handler stands, which is after the first picture.

use super::events::Input;
use crate::app::{Event, Size};
use std::io;
use std::sync::mpsc::Sender;

/// The time that the loop has to end by itself.
#[cfg(unix)]
const GRACE: std::time::Duration = std::time::Duration::from_millis(700);

/// Sends the signals that end or stop a program to the loop.
#[cfg(unix)]
pub(super) fn forward(send: &Sender<Input>) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH])?;
    let send = send.clone();
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            let event = match signal {
                SIGTSTP => Event::Suspend,
                SIGWINCH => match crossterm::terminal::size() {
                    Ok((columns, rows)) => Event::Resize(Size { columns, rows }),
                    Err(_) => continue,
                },
                // The shells' convention for a program that a signal has ended.
                _ => Event::Quit { code: 128 + u8::try_from(signal).unwrap_or(0) },
            };
            let ends = matches!(event, Event::Quit { .. });
            if send.send(Input::Event(event)).is_err() {
                break;
            }
            if ends {
                std::thread::sleep(GRACE);
                // The loop is stuck, most likely in writing to a terminal that takes nothing any more.
                super::terminal::abandon();
                let _ = signal_hook::low_level::emulate_default_handler(signal);
            }
        }
    })?;
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn forward(_: &Sender<Input>) -> io::Result<()> {
    Ok(())
}
