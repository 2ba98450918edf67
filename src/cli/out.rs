//! Standard output and error. Messages pass the sanitiser: a file's name may hold anything.

use super::Outcome;
use crate::locale::tr;
use crate::notice::Notice;
use crate::text::{announcement, clean_line, find_command};
use std::io::{self, IsTerminal, StdoutLock, Write};

/// Standard output behind the second gate: whatever a command prints, no character that a terminal would obey gets through, also where the first
/// gate, at the door of `source`, was passed by.
pub(crate) fn stdout() -> Gate<StdoutLock<'static>> {
    Gate { out: io::stdout().lock(), held: Vec::new() }
}

/// A writer of UTF-8 that puts `U+FFFD` in the place of controls (line breaks and tabs aside) and of what reorders or hides text.
#[derive(Debug)]
pub(crate) struct Gate<W: Write> {
    out: W,
    /// The beginning of a character whose end has not come, or a carriage return that may belong to a line break.
    held: Vec<u8>,
}

impl<W: Write> Gate<W> {
    fn pass(&mut self, text: &str) -> io::Result<()> {
        let mut rest = text;
        while let Some(at) = find_command(rest) {
            let (before, from) = rest.split_at(at);
            self.out.write_all(before.as_bytes())?;
            let line_break = from.starts_with("\r\n");
            self.out.write_all(if line_break { "\r" } else { "\u{fffd}" }.as_bytes())?;
            rest = from.get(from.chars().next().map_or(1, char::len_utf8)..).unwrap_or("");
        }
        self.out.write_all(rest.as_bytes())
    }
}

impl<W: Write> Write for Gate<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let plain = |b: &u8| matches!(b, b' '..=b'~' | b'\n' | b'\t');
        if self.held.is_empty() && bytes.iter().all(plain) {
            self.out.write_all(bytes)?;
            return Ok(bytes.len());
        }
        let mut all = std::mem::take(&mut self.held);
        all.extend_from_slice(bytes);
        let mut chunks = all.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            let last = chunks.peek().is_none();
            let valid = chunk.valid();
            // The rest of a character, or the line feed of a line break, may come with the next piece.
            let waits = last && chunk.invalid().is_empty() && valid.ends_with('\r');
            self.pass(if waits { valid.strip_suffix('\r').unwrap_or(valid) } else { valid })?;
            match chunk.invalid() {
                [] if waits => self.held.push(b'\r'),
                [] => {}
                cut if last && std::str::from_utf8(cut).is_err_and(|e| e.error_len().is_none()) => self.held = cut.to_vec(),
                _ => self.out.write_all("\u{fffd}".as_bytes())?,
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Prints `notice` on standard error, as one line without control characters.
pub(crate) fn complain(notice: &Notice) {
    // Nothing is left to tell it to where standard error is closed.
    let _ = writeln!(io::stderr(), "dateline: {}", clean_line(&notice.to_string()));
}

/// Lets the terminal announce a line on the desktop, where standard error is a terminal; elsewhere it is a plain line.
pub(crate) fn notify(line: &str) {
    let mut stderr = io::stderr();
    let term = std::env::var("TERM").unwrap_or_default();
    // Nothing is lost where it cannot be written: the list shows it too.
    let _ = if stderr.is_terminal() {
        stderr.write_all(announcement(line, &term).as_bytes())
    } else {
        writeln!(stderr, "dateline: {}", clean_line(line))
    };
}

/// How a run ends that cannot write its output: a reader who has closed the pipe has seen enough; any other reason is told.
pub(crate) fn stopped(error: &io::Error) -> Outcome {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Outcome::Done;
    }
    complain(&Notice::new(tr!("The output cannot be written")).because(error));
    Outcome::Partly
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passed(pieces: &[&[u8]]) -> String {
        let mut gate = Gate { out: Vec::new(), held: Vec::new() };
        for piece in pieces {
            gate.write_all(piece).unwrap();
        }
        gate.flush().unwrap();
        String::from_utf8(gate.out).unwrap()
    }

    #[test]
    fn nothing_that_a_terminal_obeys_gets_through() {
        assert_eq!(
            passed(&[b"a\x1b[31mb\tc\r\nd\re\n", "\u{9b}2J\u{202e}x\u{7f}é\u{200d}".as_bytes()]),
            "a\u{fffd}[31mb\tc\r\nd\u{fffd}e\n\u{fffd}2J\u{fffd}x\u{fffd}é\u{200d}"
        );
    }

    #[test]
    fn pieces_may_end_anywhere() {
        let text = "São Paulo — “yes”\r\n👩\u{200d}🚀 end\n";
        let bytes: Vec<&[u8]> = text.as_bytes().chunks(1).collect();
        assert_eq!(passed(&bytes), text);
        assert_eq!(passed(&[b"a\xffb", b"\xc3", b"x"]), "a\u{fffd}b\u{fffd}x");
    }
}
