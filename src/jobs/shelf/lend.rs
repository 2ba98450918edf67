//! The right to write for the threads that ask servers and read folders: lent by the thread that writes, for one change at a time.

use super::write::Job;
use crate::jobs::Pen;
use crate::locale::tr;
use crate::notice::Notice;
use crate::store::Writer;
use std::sync::mpsc::{self, Sender};

/// Asks the thread that writes for its writer.
pub(super) struct Borrowed(pub(super) Sender<Job>);

impl Pen for Borrowed {
    fn lend(&mut self, work: &mut dyn FnMut(&mut Writer) -> Result<(), Notice>) -> Result<(), Notice> {
        let (give, taken) = mpsc::channel();
        let (back, returned) = mpsc::channel();
        let gone = || Notice::new(tr!("The library cannot be changed now")).because(tr!("another program writes to it"));
        self.0.send(Job::Lend(give, returned)).map_err(|_| gone())?;
        let mut writer = taken.recv().map_err(|_| gone())?;
        let done = work(&mut writer);
        // Where nobody takes it back, nobody writes any more.
        drop(back.send(writer));
        done
    }
}
