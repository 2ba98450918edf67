//! Pictures on the screen: made into cells on a thread of their own, kept, and copied into each image of the screen.
//!
//! A picture is drawn whole or not at all where the terminal paints pixels over its cells (sixel, iTerm2), and never under something else: so no part
//! of one stays behind. kitty's pictures live in the terminal; each is taken away when it is no longer kept, and all of them when the screen is left.

mod encode;
mod protocol;

pub(super) use protocol::in_multiplexer;
pub use protocol::{Protocol, protocol, when};

use crate::app::Pixels;
use crate::config::Depth;
use crate::panes::pictures::Placed;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Size};
use std::collections::VecDeque;
use std::fmt::Write;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};

/// Pictures that are kept as cells.
const KEPT: usize = 8;

/// How the terminal is to show pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct How {
    /// The sequences that it knows.
    pub protocol: Protocol,
    /// Width and height of a cell in pixels; for half blocks, 1 and 2.
    pub cell: (u16, u16),
    /// Its colours, for half blocks.
    pub depth: Depth,
    /// Whether its ground is dark, for half blocks without colours.
    pub dark: bool,
    /// True where sequences have to pass through tmux.
    pub tmux: bool,
}

/// A picture as the cells of this terminal.
#[derive(Debug)]
pub struct Drawn {
    /// What it was made from, for a box of this size.
    pixels: Arc<Pixels>,
    room: Size,
    /// The cells; `None` where it could not be drawn.
    pub cells: Option<Buffer>,
    /// What the terminal has to be told once before the cells mean anything, and under which number it then knows the picture.
    told: Option<(u32, String)>,
    is_told: bool,
}

/// A picture to be made into cells.
#[derive(Debug)]
struct Request {
    pixels: Arc<Pixels>,
    room: Size,
    how: How,
    number: u32,
}

/// Makes a picture into cells that fit into `room`; `number` is what the terminal is to call it. A fault in an encoder costs the picture alone.
#[must_use]
pub fn drawn(pixels: &Arc<Pixels>, room: Size, how: How, number: u32) -> Drawn {
    let encode = || encode::encode(pixels, room, how, number);
    let cells = std::panic::catch_unwind(std::panic::AssertUnwindSafe(encode)).ok().flatten();
    let mut drawn = Drawn { pixels: Arc::clone(pixels), room, cells, told: None, is_told: false };
    if let Some(cell) = drawn.cells.as_mut().and_then(|b| b.cell_mut(Position::ORIGIN)).filter(|_| how.protocol == Protocol::Kitty) {
        let symbol = cell.symbol().to_owned();
        let (before, shown) = symbol.split_at(symbol.find(encode::PLACEHOLDER).unwrap_or(0));
        cell.set_symbol(shown);
        drawn.told = Some((number, before.to_owned()));
    }
    drawn
}

/// The pictures that are kept for the screen.
pub(super) struct Gallery {
    how: How,
    requests: Sender<Request>,
    /// True while one is being made.
    busy: bool,
    kept: VecDeque<Drawn>,
    /// Numbers that the terminal is to forget.
    gone: Vec<u32>,
    made: u32,
}

impl Gallery {
    /// Starts the thread; what it has made is handed to `done`.
    ///
    /// # Errors
    /// Where the system gives no thread.
    pub(super) fn start(how: How, done: impl Fn(Drawn) + Send + 'static) -> std::io::Result<Self> {
        let (requests, wanted) = mpsc::channel::<Request>();
        std::thread::Builder::new().name("pictures".to_owned()).spawn(move || {
            for Request { pixels, room, how, number } in wanted {
                done(drawn(&pixels, room, how, number));
            }
        })?;
        Ok(Self { how, requests, busy: false, kept: VecDeque::new(), gone: Vec::new(), made: 0 })
    }

    /// Another way to show pictures; those made for the last one are given up.
    pub(super) fn set(&mut self, how: How) {
        if self.how != how {
            self.how = how;
            self.drop_all();
        }
    }

    /// Takes in a picture that has been made.
    pub(super) fn take(&mut self, drawn: Drawn) {
        self.busy = false;
        self.kept.push_back(drawn);
        while self.kept.len() > KEPT {
            let oldest = self.kept.pop_front();
            self.gone.extend(oldest.and_then(|d| d.number()));
        }
    }

    /// The terminal has forgotten everything: it is told again.
    pub(super) fn retell(&mut self) {
        self.kept.iter_mut().for_each(|d| d.is_told = false);
    }

    /// What makes the terminal forget all pictures, before the screen is left.
    pub(super) fn farewell(&mut self) -> String {
        self.drop_all();
        self.forget()
    }

    fn drop_all(&mut self) {
        self.gone.extend(self.kept.drain(..).filter_map(|d| d.number()));
    }

    /// The terminal is told to forget what is gone (kitty's graphics protocol, "Deleting images").
    fn forget(&mut self) -> String {
        let tmux = self.how.tmux;
        self.gone.drain(..).fold(String::new(), |mut out, number| {
            let delete = format!("\x1b_Ga=d,d=I,i={number},q=2\x1b\\");
            let _ = if tmux { write!(out, "\x1bPtmux;{}\x1b\\", delete.replace('\x1b', "\x1b\x1b")) } else { write!(out, "{delete}") };
            out
        })
    }

    /// Copies the pictures into the screen, and has the missing ones made, one after the other. Returns what the terminal has to be told first.
    pub(super) fn show(&mut self, places: &[Placed], buffer: &mut Buffer) -> String {
        let mut tell = self.forget();
        for place in places {
            let room = place.room();
            match self.kept.iter_mut().find(|d| Arc::ptr_eq(&d.pixels, &place.pixels) && d.room == room) {
                Some(drawn) => drawn.show(place, self.how.protocol, buffer, &mut tell),
                None if self.busy => {}
                None => {
                    self.made = self.made % 255 + 1;
                    // Other programs may have pictures in the same terminal.
                    let number = (std::process::id() & 0xffff) << 8 | self.made;
                    let request = Request { pixels: Arc::clone(&place.pixels), room, how: self.how, number };
                    self.busy = self.requests.send(request).is_ok();
                }
            }
        }
        tell
    }
}

impl Drawn {
    fn number(&self) -> Option<u32> {
        self.told.as_ref().filter(|_| self.is_told).map(|(number, _)| *number)
    }

    /// Copies the cells to their place, in the middle of their box.
    fn show(&mut self, place: &Placed, protocol: Protocol, buffer: &mut Buffer, tell: &mut String) {
        if copy(self.cells.as_ref(), place, protocol, buffer) && !self.is_told {
            self.is_told = true;
            tell.push_str(self.told.as_ref().map_or("", |(_, told)| told));
        }
    }
}

/// Copies `cells` into the middle of their box, as far as that is on the screen; returns whether anything was copied.
fn copy(cells: Option<&Buffer>, place: &Placed, protocol: Protocol, buffer: &mut Buffer) -> bool {
    let Some(cells) = cells else { return false };
    let (free, shown) = (place.area, cells.area);
    let left = free.x + free.width.saturating_sub(shown.width) / 2;
    let over = place.rows.saturating_sub(shown.height) / 2;
    let whole = over >= place.above && over + shown.height <= place.above + free.height;
    if protocol.paints_pixels() && !whole {
        return false;
    }
    for row in 0..free.height {
        let Some(from) = (place.above + row).checked_sub(over).filter(|from| *from < shown.height) else { continue };
        for column in 0..shown.width.min(free.width) {
            let cell: Option<&Cell> = cells.cell(Position { x: column, y: from });
            if let (Some(cell), Some(to)) = (cell, buffer.cell_mut(Position { x: left + column, y: free.y + row })) {
                *to = cell.clone();
            }
        }
    }
    true
}

/// Draws the pictures at `places` at once, as the thread would: for tests and for pictures of the program.
pub fn draw_now(places: &[Placed], how: How, buffer: &mut Buffer) {
    for place in places {
        copy(drawn(&place.pixels, place.room(), how, 1).cells.as_ref(), place, how.protocol, buffer);
    }
}

/// Columns and rows for a picture of `width` by `height` pixels in `room`: as large as it fits, at most twice its size.
#[cfg(any(feature = "pictures", test))]
fn fit((width, height): (u32, u32), room: Size, cell: (u16, u16)) -> Size {
    let [width, height] = [width, height].map(|n| f64::from(n.max(1)));
    let [across, down] = [cell.0, cell.1].map(|n| f64::from(n.max(1)));
    let scale = (f64::from(room.width) * across / width).min(f64::from(room.height) * down / height).min(2.0);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded by the room, which is u16")]
    let cells = |n: f64, most: u16| (n.round() as u16).clamp(1, most.max(1));
    Size { width: cells(width * scale / across, room.width), height: cells(height * scale / down, room.height) }
}

#[cfg(test)]
mod tests;
