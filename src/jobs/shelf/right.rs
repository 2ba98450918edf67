//! The right to write, as a reader on the screen has it: kept while nobody else wants it, given to a command that stands in line, and taken back when that
//! one has ended or lets others in.

use crate::jobs::{guarded, turn};
use crate::locale::tr;
use crate::notice::Notice;
use crate::store::{Batch, Holder, Opened, Turn, Writer};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender};
use std::time::Instant;

/// What came of asking for the right to write.
pub(super) enum Asked {
    /// It is ours, as before.
    Ours,
    /// It is ours since now.
    New,
    /// Another program has it, or the library cannot be written.
    Not,
}

pub(super) struct Right {
    path: PathBuf,
    writer: Option<Writer>,
    /// Why it is not ours: another program, or what is wrong.
    other: Option<Result<Holder, Notice>>,
    /// Our place in the line.
    turn: Option<Turn>,
    /// Not to be asked for before: somebody is let in.
    door: Option<Instant>,
}

impl Right {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, writer: None, other: None, turn: None, door: None }
    }

    pub(super) fn is_ours(&self) -> bool {
        self.writer.is_some()
    }

    /// True while a command writes, which ends by itself: what is to be written waits for it.
    pub(super) fn is_lent(&self) -> bool {
        self.writer.is_none() && (self.door.is_some() || matches!(&self.other, Some(Ok(holder)) if !holder.stays))
    }

    /// Who writes instead of us; nobody does where the library cannot be written at all.
    pub(super) fn other(&self) -> Option<String> {
        self.other.as_ref().filter(|_| self.writer.is_none())?.as_ref().ok().map(Holder::to_string)
    }

    /// What keeps us from writing where that is no other program.
    pub(super) fn trouble(&self) -> Option<Notice> {
        self.other.as_ref().filter(|_| self.writer.is_none())?.as_ref().err().cloned()
    }

    /// Asks for the right without waiting; `urgent` stands in line for it.
    pub(super) fn claim(&mut self, urgent: bool) -> Asked {
        if self.writer.is_some() {
            return Asked::Ours;
        }
        if self.door.is_some_and(|until| Instant::now() < until) {
            return Asked::Not;
        }
        self.door = None;
        self.other = match Writer::open(&self.path, &Holder::reader()) {
            Ok(Opened::Ours(writer)) => {
                (self.writer, self.turn) = (Some(*writer), None);
                return Asked::New;
            }
            Ok(Opened::Theirs(holder)) => Some(Ok(holder)),
            Err(notice) => Some(Err(notice)),
        };
        if urgent && self.turn.is_none() && self.is_lent() {
            self.turn = Turn::take(&self.path).ok().flatten();
        }
        Asked::Not
    }

    /// Lets a command in that stands in line; true where there was one.
    pub(super) fn give_way(&mut self) -> bool {
        let wanted = self.writer.as_ref().is_some_and(Writer::is_wanted);
        if wanted {
            self.writer = None;
            self.door = Some(Instant::now() + turn::DOOR);
        }
        wanted
    }

    /// A change, where we may write.
    pub(super) fn write<T>(&mut self, change: impl FnOnce(&Batch<'_>) -> Result<T, Notice>) -> Result<T, Notice> {
        match &mut self.writer {
            Some(writer) => guarded(|| Ok(writer.write(change))).unwrap_or_else(|fault| Err(Notice::new(fault))),
            None => Err(self.trouble().unwrap_or_else(|| {
                let who = self.other().unwrap_or_else(|| tr!("another program").to_owned());
                Notice::new(tr!("The library cannot be changed now"))
                    .because(tr!("{who} writes to it", who))
                    .hint(tr!("it can when that has ended"))
            })),
        }
    }

    /// The writer itself, where we may write.
    pub(super) fn writer(&mut self) -> Option<&mut Writer> {
        self.writer.as_mut()
    }

    /// Lends the writer to another thread and waits for it. One that is not given back was lost with its thread, and is opened again.
    pub(super) fn lend(&mut self, give: &Sender<Writer>, back: &Receiver<Writer>) {
        if let Some(writer) = self.writer.take()
            && give.send(writer).is_ok()
        {
            self.writer = back.recv().ok();
        }
    }
}
