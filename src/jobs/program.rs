//! Other programs, started without a shell: what prints, gives on, copies, or is the reader's own.

use super::Reporter;
use crate::app::Report;
use crate::locale::tr;
use crate::notice::Notice;
use std::io::{Read, Write};
use std::process::{Command, Stdio};

/// Bytes of a program's complaint that are read.
const MAX_COMPLAINT: u64 = 1000;

/// Starts a program and gives it its input; says whether that went well, and later what it complained of, where it ended badly.
pub(super) fn run(program: &[String], input: Option<String>, reporter: &Reporter) {
    let name = program.first().cloned().unwrap_or_default();
    let failed = |why: String| failed(program, why);
    let quiet = input.is_none();
    let says = match start(program, input) {
        Err(error) => failed(super::reason(&error)),
        // A program that goes on without input (a player, a browser) is not waited for before that is said.
        Ok(child) if quiet => {
            reporter.tell(Report::Said(Notice::new(tr!("Started {name}", name))));
            match end(child) {
                Some(why) => failed(why),
                None => return,
            }
        }
        Ok(child) => end(child).map_or_else(|| Notice::new(tr!("Handed to {name}", name)), failed),
    };
    reporter.tell(Report::Said(says));
}

/// Starts a program for which nobody waits: only that it did not work is said.
pub(super) fn quietly(program: &[String], reporter: &Reporter) {
    let why = start(program, None).map_or_else(|error| Some(super::reason(&error)), end);
    why.into_iter().for_each(|why| reporter.tell(Report::Said(failed(program, why))));
}

fn failed(program: &[String], why: String) -> Notice {
    let name = program.first().cloned().unwrap_or_default();
    Notice::new(tr!("{name} did not work", name)).because(why)
}

fn start(program: &[String], input: Option<String>) -> std::io::Result<std::process::Child> {
    let (first, others) = program.split_first().ok_or_else(|| std::io::Error::other(tr!("no program is named")))?;
    let stdin = if input.is_some() { Stdio::piped() } else { Stdio::null() };
    let mut child = Command::new(first).args(others).stdin(stdin).stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
    if let (Some(mut pipe), Some(input)) = (child.stdin.take(), input) {
        // A program may have read enough before the end.
        let _ = pipe.write_all(input.as_bytes());
    }
    Ok(child)
}

/// Waits for the end; says why it was a bad one.
fn end(mut child: std::process::Child) -> Option<String> {
    let mut complaint = String::new();
    if let Some(stderr) = child.stderr.take() {
        let mut bytes = Vec::new();
        let mut stderr = stderr;
        let _ = stderr.by_ref().take(MAX_COMPLAINT).read_to_end(&mut bytes);
        // The rest is read away, so that the program does not wait for a reader.
        let _ = std::io::copy(&mut stderr, &mut std::io::sink());
        complaint = String::from_utf8_lossy(&bytes).lines().next().unwrap_or("").to_owned();
    }
    match child.wait() {
        Ok(status) if status.success() => None,
        Ok(status) if complaint.is_empty() => Some(status.to_string()),
        Ok(_) => Some(complaint),
        Err(error) => Some(super::reason(&error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[cfg(unix)]
    fn told(program: &[&str], input: Option<&str>) -> Vec<String> {
        let (send, said) = mpsc::channel();
        let reporter = Reporter::new(move |report| {
            if let Report::Said(notice) = report {
                send.send(notice.to_string()).unwrap();
            }
        });
        run(&program.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>(), input.map(str::to_owned), &reporter);
        drop(reporter);
        said.iter().collect()
    }

    #[cfg(unix)]
    #[test]
    fn what_becomes_of_a_program_is_told() {
        assert_eq!(told(&["cat"], Some("text")), ["Handed to cat"]);
        assert_eq!(told(&["true"], None), ["Started true"]);
        assert_eq!(told(&["sh", "-c", "echo no paper >&2; exit 3"], Some("text")), ["sh did not work: no paper"]);
        assert!(told(&["dateline-no-such-program"], None)[0].starts_with("dateline-no-such-program did not work: "));
        // More input than a pipe holds, and a program that reads none of it.
        assert_eq!(told(&["true"], Some(&"x".repeat(1 << 20))), ["Handed to true"]);
    }
}
