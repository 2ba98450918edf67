//! The right to write, lent for one change at a time. A command has it; in the reader on the screen the thread that writes lends it to those that ask
//! servers and read folders, so that a mark never waits for them.

use super::turn;
use crate::locale::tr;
use crate::notice::Notice;
use crate::store::{Batch, Writer};

/// Something that the right to write can be had from.
pub trait Pen {
    /// Does `work` with the writer.
    ///
    /// # Errors
    /// Those of `work`, and where the right cannot be had.
    fn lend(&mut self, work: &mut dyn FnMut(&mut Writer) -> Result<(), Notice>) -> Result<(), Notice>;
}

impl Pen for Writer {
    /// A command that writes for long lets those write between two changes that wait for it.
    fn lend(&mut self, work: &mut dyn FnMut(&mut Writer) -> Result<(), Notice>) -> Result<(), Notice> {
        work(self)?;
        turn::give_way(self)
    }
}

impl dyn Pen + '_ {
    /// Does `change`, as [`Writer::write`] does.
    ///
    /// # Errors
    /// Those of `change` and of the disk.
    pub fn write<T>(&mut self, change: impl FnOnce(&Batch<'_>) -> Result<T, Notice>) -> Result<T, Notice> {
        let (mut change, mut done) = (Some(change), None);
        self.lend(&mut |writer| {
            if let Some(change) = change.take() {
                done = Some(writer.write(change)?);
            }
            Ok(())
        })?;
        done.ok_or_else(|| Notice::new(tr!("The library cannot be changed now")))
    }

    /// As [`Writer::train`].
    ///
    /// # Errors
    /// Where the library cannot be read or written.
    pub fn train(&mut self) -> Result<(), Notice> {
        self.lend(&mut Writer::train)
    }
}
