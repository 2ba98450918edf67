//! Waiting for the turn to write. A reader on the screen may be open for hours while cron fetches: who wants to write stands in line, and who writes lets
//! that one in between two changes.

use crate::locale::tr;
use crate::notice::Notice;
use crate::store::{Holder, Opened, Turn, Writer};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How often one who stands in line looks.
const LOOK: Duration = Duration::from_millis(20);

/// How long who lets somebody in leaves the door open: long enough for several looks.
pub const DOOR: Duration = Duration::from_millis(100);

/// How long a command waits for its turn. A reader looks every second whether somebody does.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long a command that let others in waits to go on.
const LONG: Duration = Duration::from_secs(120);

/// The right to write for a command, which waits some seconds for its turn.
///
/// # Errors
/// Where the library cannot be written, or another program keeps it.
pub fn claim(path: &Path, holder: &Holder) -> Result<Writer, Notice> {
    let begun = Instant::now();
    let mut turn = None;
    loop {
        let theirs = match Writer::open(path, holder)? {
            Opened::Ours(writer) => return Ok(*writer),
            Opened::Theirs(theirs) => theirs,
        };
        if begun.elapsed() > PATIENCE {
            return Err(Notice::new(tr!("Another program is writing to the library"))
                .because(theirs)
                .hint(tr!("nothing was changed; end it, or wait, and try again")));
        }
        if turn.is_none() {
            turn = Turn::take(path)?;
        }
        sleep(LOOK);
    }
}

/// Lets a program write that stands in line, and goes on when it is through.
///
/// # Errors
/// Where that one does not come to an end, or the library cannot be read.
pub fn give_way(writer: &mut Writer) -> Result<(), Notice> {
    if !writer.is_wanted() {
        return Ok(());
    }
    writer.rest();
    sleep(DOOR);
    let begun = Instant::now();
    let mut turn = None;
    while begun.elapsed() < LONG {
        if turn.is_none() {
            turn = Turn::take(writer.path())?;
        }
        if turn.is_some() && writer.resume()? {
            return Ok(());
        }
        sleep(LOOK);
    }
    Err(Notice::new(tr!("Another program is writing to the library"))
        .hint(tr!("what was done until now is kept; run it again when that has ended")))
}
