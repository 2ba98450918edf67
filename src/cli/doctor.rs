//! `dateline doctor`: what this copy can do, on this terminal, with this configuration and this library. For those who wonder, and for reports of faults.

use super::{Outcome, library, settings};
use crate::locale::{number, tr, trn};
use crate::store::{self, Reader};
use crate::text::{clean_line, width};
use std::env;
use std::fmt::Write;
use std::path::Path;

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    /// As it should be.
    Good,
    /// Worth knowing; nothing is broken.
    Note,
    /// Something does not work.
    Bad,
}

/// What was found, part by part.
#[derive(Debug, Default)]
struct Findings {
    text: String,
    bad: bool,
}

impl Findings {
    fn part(&mut self, title: &str) {
        let gap = if self.text.is_empty() { "" } else { "\n" };
        let _ = writeln!(self.text, "{gap}{title}");
    }

    fn line(&mut self, sign: Sign, what: &str, how: &str) {
        self.bad |= sign == Sign::Bad;
        // Words, not colours or pictures: they can be heard, copied and searched for.
        let sign = match sign {
            Sign::Good => tr!("ok" in "doctor"),
            Sign::Note => tr!("note" in "doctor"),
            Sign::Bad => tr!("BAD" in "doctor"),
        };
        let gap = |cells: usize, text: &str| " ".repeat(cells.saturating_sub(width(text)));
        let _ = writeln!(self.text, "  {sign}{}  {what}{}  {}", gap(4, sign), gap(14, what), clean_line(how));
    }
}

/// Prints all of it. Partly where something does not work.
pub(super) fn run(config: Option<&Path>, at: Option<&Path>) -> Outcome {
    let mut findings = Findings::default();
    program(&mut findings);
    terminal(&mut findings, |name| env::var(name).ok());
    configuration(&mut findings, config);
    helpers(&mut findings, env::var_os("PATH").as_deref(), config);
    shelf(&mut findings, at);
    let bad = findings.bad;
    library::print(&findings.text).and(if bad { Outcome::Partly } else { Outcome::Done })
}

fn program(findings: &mut Findings) {
    findings.part(concat!("dateline ", env!("CARGO_PKG_VERSION")));
    for (on, what) in [(cfg!(feature = "terminal"), tr!("screen" in "doctor")), (cfg!(feature = "network"), tr!("network" in "doctor"))] {
        findings.line(if on { Sign::Good } else { Sign::Note }, what, if on { tr!("built in") } else { tr!("left out of this copy") });
    }
    findings.line(
        Sign::Good,
        tr!("system" in "doctor"),
        &tr!("{system} on {processor}", system = env::consts::OS, processor = env::consts::ARCH),
    );
    findings.line(Sign::Good, "SQLite", store::engine());
    findings.line(Sign::Good, tr!("analysis" in "doctor"), &tr!("version {number}", number = crate::analysis::VERSION));
    findings.line(Sign::Good, tr!("gazetteer" in "doctor"), &trn!(crate::lexicon::gazetteer::places().count(), "{n} place", "{n} places"));
    match jiff::tz::TimeZone::get("America/Caracas") {
        Ok(_) => findings.line(Sign::Good, tr!("time zones" in "doctor"), tr!("from the system")),
        Err(_) => findings.line(
            Sign::Note,
            tr!("time zones" in "doctor"),
            tr!("the system has no table of them: the map cannot tell the time of the day at a place"),
        ),
    }
}

/// What the environment says of the terminal.
fn terminal(findings: &mut Findings, var: impl Fn(&str) -> Option<String>) {
    findings.part(tr!("Terminal" in "doctor"));
    let term = var("TERM").unwrap_or_default();
    match term.as_str() {
        "" => findings.line(Sign::Bad, "TERM", tr!("is not set, so the panes cannot be shown; try TERM=xterm-256color")),
        "dumb" => findings.line(Sign::Bad, "TERM", tr!("dumb: cannot show the panes; the commands work")),
        name => findings.line(Sign::Good, "TERM", name),
    }
    screen(findings, &var);
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| var(name).filter(|v| !v.is_empty()));
    let utf8 = locale.as_deref().is_some_and(|l| l.to_lowercase().replace('-', "").contains("utf8"));
    match (locale, utf8) {
        (Some(locale), true) => findings.line(Sign::Good, tr!("characters" in "doctor"), &locale),
        (Some(locale), false) => findings.line(
            Sign::Note,
            tr!("characters" in "doctor"),
            &tr!("{locale} does not say UTF-8: letters may come out wrong", locale),
        ),
        (None, _) => {
            findings.line(Sign::Note, tr!("characters" in "doctor"), tr!("LANG is not set: some terminals then show UTF-8 wrongly"))
        }
    }
    if var("TMUX").is_some() {
        findings.line(Sign::Note, "tmux", tr!("copying needs `set -g set-clipboard on`, true colour a `terminal-features` line with RGB"));
    }
}

#[cfg(feature = "terminal")]
fn screen(findings: &mut Findings, var: &impl Fn(&str) -> Option<String>) {
    use crate::config::Depth;
    let seen = crate::tui::look_at_terminal();
    match seen.size {
        Some((columns, rows)) if columns < 40 || rows < 10 => {
            findings.line(Sign::Bad, tr!("size" in "doctor"), &tr!("{columns}×{rows}: the panes need 40×10", columns, rows));
        }
        Some((columns, rows)) => findings.line(Sign::Good, tr!("size" in "doctor"), &format!("{columns}×{rows}")),
        None => findings.line(Sign::Note, tr!("size" in "doctor"), tr!("standard output is no terminal, so it cannot be asked")),
    }
    let (sign, colours) = match crate::tui::depth(var) {
        Depth::None => (Sign::Note, tr!("none: kinds are told apart by bold, underline and reverse")),
        Depth::Ansi16 => (Sign::Note, tr!("16; COLORTERM=truecolor says that there are more")),
        Depth::Indexed256 => (Sign::Good, tr!("256; COLORTERM=truecolor says that there are more")),
        Depth::True => (Sign::Good, tr!("16 million")),
    };
    findings.line(sign, tr!("colours" in "doctor"), colours);
    let protocol = crate::tui::pictures::protocol(crate::config::PictureProtocol::Auto, crate::tui::depth(var), true, var);
    let pictures = match protocol {
        crate::tui::pictures::Protocol::Kitty => tr!("kitty's protocol"),
        crate::tui::pictures::Protocol::Iterm2 => tr!("iTerm2's protocol"),
        crate::tui::pictures::Protocol::Sixel => "sixel",
        crate::tui::pictures::Protocol::HalfBlocks => tr!("two colours in a cell stand for pixels; picture-protocol says otherwise"),
    };
    findings.line(Sign::Good, tr!("pictures" in "doctor"), pictures);
    match var("COLORFGBG") {
        Some(ground) => {
            findings.line(Sign::Good, tr!("background" in "doctor"), &tr!("asked at the start (OSC 11); else COLORFGBG={ground}", ground))
        }
        None => findings.line(
            Sign::Good,
            tr!("background" in "doctor"),
            tr!("asked at the start (OSC 11); dark where the terminal does not answer"),
        ),
    }
    match seen.keyboard {
        Some(true) => findings.line(Sign::Good, tr!("keyboard" in "doctor"), tr!("tells Tab from Ctrl-i (kitty's protocol)")),
        Some(false) => {
            findings.line(Sign::Note, tr!("keyboard" in "doctor"), tr!("does not tell Tab from Ctrl-i: L and Alt-Right go forward"))
        }
        None => {}
    }
}

#[cfg(not(feature = "terminal"))]
fn screen(_: &mut Findings, _: &impl Fn(&str) -> Option<String>) {}

/// The programs of the system that are called.
fn helpers(findings: &mut Findings, path: Option<&std::ffi::OsStr>, config: Option<&Path>) {
    findings.part(tr!("Programs" in "doctor"));
    let out = settings::look(config).1.settings.out;
    let (browser, copy) = (crate::jobs::opener(), out.copy.first().map(String::as_str));
    for (what, name) in [
        (tr!("browser" in "doctor"), Some(browser)),
        (tr!("print" in "doctor"), out.print.first().map(String::as_str)),
        (tr!("share" in "doctor"), out.share.first().map(String::as_str)),
        (tr!("copy" in "doctor"), copy),
    ] {
        let here =
            |name: &str| path.is_some_and(|path| env::split_paths(path).any(|dir| dir.join(name).is_file())) || Path::new(name).is_file();
        match name {
            Some(name) if here(name) => findings.line(Sign::Good, what, name),
            Some(name) => findings.line(Sign::Note, what, &tr!("{name} is not installed", name)),
            None if what == tr!("copy" in "doctor") => findings.line(Sign::Good, what, tr!("through the terminal (OSC 52)")),
            None => findings.line(Sign::Note, what, tr!("no program is set for it")),
        }
    }
}

fn configuration(findings: &mut Findings, folder: Option<&Path>) {
    findings.part(tr!("Configuration" in "doctor"));
    let (place, config) = settings::look(folder);
    match &place {
        Some(place) if place.is_dir() => findings.line(Sign::Good, tr!("folder" in "doctor"), &place.display().to_string()),
        Some(place) => findings.line(
            Sign::Good,
            tr!("folder" in "doctor"),
            &tr!("{folder} is not there: all is as it comes", folder = place.display()),
        ),
        None => findings.line(Sign::Note, tr!("folder" in "doctor"), tr!("there is no home folder, so there is no configuration")),
    }
    for mistake in &config.mistakes {
        findings.line(Sign::Bad, tr!("mistake" in "doctor"), &mistake.to_string());
    }
    findings.line(Sign::Good, tr!("theme" in "doctor"), &config.settings.theme);
}

fn shelf(findings: &mut Findings, at: Option<&Path>) {
    findings.part(tr!("Library" in "doctor"));
    let path = match library::path(at) {
        Ok(path) => path,
        Err(notice) => return findings.line(Sign::Note, tr!("file" in "doctor"), &notice.to_string()),
    };
    if !path.exists() {
        return findings.line(
            Sign::Good,
            tr!("file" in "doctor"),
            &tr!("{path} is not there yet; dateline add URL makes it", path = path.display()),
        );
    }
    let size = std::fs::metadata(&path).map_or(0, |m| m.len());
    #[expect(clippy::cast_precision_loss, reason = "megabytes with one digit")]
    let shown = format!("{}, {:.1} MB", path.display(), size as f64 / 1e6);
    findings.line(Sign::Good, tr!("file" in "doctor"), &shown);
    let looked = Reader::open(&path).and_then(|mut reader| {
        let snapshot = reader.snapshot(library::now())?;
        Ok((snapshot.tally()?, snapshot.feeds()?))
    });
    match looked {
        Err(notice) => findings.line(Sign::Bad, tr!("reading" in "doctor"), &notice.to_string()),
        Ok((tally, feeds)) => {
            findings.line(
                Sign::Good,
                tr!("articles" in "doctor"),
                &tr!(
                    "{articles}, {unread} of them unread",
                    articles = number(usize::try_from(tally.articles).unwrap_or(usize::MAX)),
                    unread = number(usize::try_from(tally.unread).unwrap_or(usize::MAX))
                ),
            );
            let failing = feeds.iter().filter(|f| f.health.failures > 0).count();
            let sign = if failing > 0 { Sign::Note } else { Sign::Good };
            let more = if failing > 0 { tr!(", {failing} of them failing: dateline list says why", failing) } else { String::new() };
            findings.line(sign, tr!("feeds" in "doctor"), &format!("{}{more}", feeds.len()));
        }
    }
    match store::who_writes(&path) {
        None => findings.line(Sign::Good, tr!("writing" in "doctor"), tr!("nobody writes to it now; dateline check reads all of it")),
        Some(holder) => findings.line(Sign::Note, tr!("writing" in "doctor"), &tr!("{holder} writes to it; others can read", holder)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(vars: &[(&str, &str)]) -> Findings {
        let mut findings = Findings::default();
        terminal(&mut findings, |name| vars.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()));
        findings
    }

    #[test]
    fn a_terminal_is_judged_by_what_it_says() {
        let good = of(&[("TERM", "xterm-kitty"), ("LANG", "de_DE.UTF-8")]);
        assert!(!good.bad && good.text.contains("ok    characters      de_DE.UTF-8"), "{}", good.text);
        assert!(of(&[]).bad);
        let old = of(&[("TERM", "dumb"), ("LC_ALL", "C"), ("TMUX", "/tmp/x")]);
        assert!(old.bad && old.text.contains("does not say UTF-8") && old.text.contains("set-clipboard"), "{}", old.text);
    }

    #[test]
    fn what_it_repeats_is_cleaned() {
        assert!(!of(&[("TERM", "x\u{1b}[31m")]).text.contains('\u{1b}'));
    }
}
