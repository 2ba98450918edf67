//! The terminal: opened, drawn on, left, and always given back as it was.

use crate::app::Size;
use crate::locale::tr;
use crate::notice::Notice;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture, KeyboardEnhancementFlags,
    PopKeyboardEnhancementFlags, PushKeyboardEnhancementFlags,
};
use crossterm::style::Print;
use crossterm::terminal::{self, BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{cursor, execute, queue};
use ratatui::backend::{Backend, ClearType, CrosstermBackend};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::env;
use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

/// True while the screen is ours: what is undone once, by whoever comes first.
static OPEN: AtomicBool = AtomicBool::new(false);

/// Asks the terminal for its background colour (xterm, "Operating System Commands", 11).
const ASK_BACKGROUND: &str = "\x1b]11;?\x1b\\";

/// Says why the screen cannot be used, where it cannot.
///
/// # Errors
/// Where standard output is no terminal, or one that cannot place its cursor.
pub(super) fn check() -> Result<(), Notice> {
    if !io::stdout().is_terminal() {
        return Err(Notice::new(tr!("Standard output is no terminal, so there is nothing to show the panes on"))
            .hint(tr!("for other programs: dateline analyze FILE")));
    }
    match env::var("TERM").as_deref() {
        Ok("dumb") => {
            Err(Notice::new(tr!("TERM=dumb: this terminal cannot show panes")).hint(tr!("for plain output: dateline analyze FILE")))
        }
        Err(_) if cfg!(unix) => {
            Err(Notice::new(tr!("TERM is not set, so nobody knows what this terminal can do"))
                .hint(tr!("try TERM=xterm-256color dateline")))
        }
        _ => Ok(()),
    }
}

/// The screen while it is ours.
///
/// It holds two pictures and sends what differs between them. `ratatui::Terminal` does the same, but asks the terminal for its cursor whenever
/// the size changes, and waits two seconds for an answer that the thread which reads the keyboard takes away.
pub(super) struct Terminal {
    backend: CrosstermBackend<BufWriter<Stdout>>,
    shown: Buffer,
    next: Buffer,
    mouse: bool,
}

impl Terminal {
    /// Takes the screen over. From here on a panic gives it back before its message is printed.
    pub(super) fn open(mouse: bool) -> io::Result<Self> {
        give_back_on_panic();
        let backend = CrosstermBackend::new(BufWriter::with_capacity(1 << 16, io::stdout()));
        let (columns, rows) = terminal::size()?;
        let empty = Buffer::empty(Rect::new(0, 0, columns, rows));
        let terminal = Self { backend, shown: empty.clone(), next: empty, mouse };
        enter(mouse)?;
        Ok(terminal)
    }

    /// Columns and rows.
    pub(super) fn size(&self) -> Size {
        Size { columns: self.shown.area.width, rows: self.shown.area.height }
    }

    /// The terminal has another size now: what it shows after that is its own affair.
    pub(super) fn resize(&mut self, size: Size) -> io::Result<()> {
        let area = Rect::new(0, 0, size.columns, size.rows);
        self.next = Buffer::empty(area);
        self.shown = Buffer::empty(area);
        self.forget()
    }

    /// Draws one picture; only what has changed is sent, as one update, after what `picture` says that the terminal has to be told first.
    pub(super) fn draw(&mut self, picture: impl FnOnce(Rect, &mut Buffer) -> String) -> io::Result<()> {
        let before = picture(self.next.area, &mut self.next);
        let changes = self.shown.diff(&self.next);
        if !changes.is_empty() || !before.is_empty() {
            queue!(self.backend, BeginSynchronizedUpdate, Print(before))?;
            self.backend.draw(changes.into_iter())?;
            execute!(self.backend, EndSynchronizedUpdate)?;
        }
        std::mem::swap(&mut self.shown, &mut self.next);
        Ok(())
    }

    /// Forgets what is on the screen, so that the next picture is sent whole.
    pub(super) fn forget(&mut self) -> io::Result<()> {
        self.shown.reset();
        self.backend.clear_region(ClearType::All)?;
        Backend::flush(&mut self.backend)
    }

    /// Tells the terminal something that shows nothing.
    pub(super) fn tell(&mut self, words: &str) -> io::Result<()> {
        if words.is_empty() { Ok(()) } else { execute!(self.backend, Print(words)) }
    }

    /// Asks for the background colour; the answer comes in like keys.
    pub(super) fn ask_background(&mut self) -> io::Result<()> {
        execute!(self.backend, Print(ASK_BACKGROUND))
    }

    /// Puts `text` into the clipboard of the terminal that the reader sits at, over whatever lies between (xterm, "Operating System Commands", 52).
    pub(super) fn copy(&mut self, text: &str) -> io::Result<()> {
        let inside = |name| env::var_os(name).is_some_and(|v| !v.is_empty());
        execute!(self.backend, Print(clipboard(text, inside("TMUX"), inside("STY"))))
    }

    /// Announces a line on the reader's desktop.
    pub(super) fn announce(&mut self, line: &str) -> io::Result<()> {
        let term = env::var("TERM").unwrap_or_default();
        execute!(self.backend, Print(crate::text::announcement(line, &term)))
    }

    /// Gives the screen back, stops until the shell wakes the program, and takes the screen over again.
    pub(super) fn suspend(&mut self) -> io::Result<()> {
        leave();
        stop();
        enter(self.mouse)?;
        let (columns, rows) = terminal::size()?;
        self.resize(Size { columns, rows })
    }
}

impl Drop for Terminal {
    /// Gives the screen back, however the loop ended.
    fn drop(&mut self) {
        leave();
    }
}

/// The sequence that sets the clipboard. tmux takes it in where `set-clipboard` is on, and hands it on where `allow-passthrough` is: it gets both.
/// screen only hands on, in pieces that its buffer holds.
fn clipboard(text: &str, tmux: bool, screen: bool) -> String {
    let bare = format!("\x1b]52;c;{}\x07", BASE64.encode(text));
    if tmux {
        let wrapped = bare.replace('\x1b', "\x1b\x1b");
        return format!("{bare}\x1bPtmux;{wrapped}\x1b\\");
    }
    if screen {
        let pieces = bare.as_bytes().chunks(SCREEN_BUFFER).map(|piece| format!("\x1bP{}\x1b\\", String::from_utf8_lossy(piece)));
        return pieces.collect();
    }
    bare
}

/// Bytes that screen hands on at once.
const SCREEN_BUFFER: usize = 700;

fn enter(mouse: bool) -> io::Result<()> {
    terminal::enable_raw_mode()?;
    OPEN.store(true, Ordering::SeqCst);
    let mut out = io::stdout();
    execute!(out, EnterAlternateScreen, cursor::Hide, EnableBracketedPaste)?;
    // The Linux console prints what it does not know.
    if env::var("TERM").is_ok_and(|t| t != "linux") {
        execute!(out, PushKeyboardEnhancementFlags(KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES))?;
    }
    if mouse {
        execute!(out, EnableMouseCapture)?;
    }
    Ok(())
}

/// Undoes [`enter`], once, and as far as the terminal is still there: after a hang-up there is nobody left to tell of errors.
fn leave() {
    if !OPEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = io::stdout();
    let _ = queue!(out, DisableMouseCapture);
    if env::var("TERM").is_ok_and(|t| t != "linux") {
        let _ = queue!(out, PopKeyboardEnhancementFlags);
    }
    let _ = queue!(out, DisableBracketedPaste, cursor::Show, LeaveAlternateScreen);
    let _ = out.flush();
    let _ = terminal::disable_raw_mode();
}

/// Gives the terminal its modes back without writing to it: for a program that is to end although its output is stuck.
#[cfg(unix)]
pub(super) fn abandon() {
    if OPEN.load(Ordering::SeqCst) {
        let _ = terminal::disable_raw_mode();
    }
}

/// A panic on the main thread gives the screen back before it prints; one in a job is that job's error, and prints nothing.
fn give_back_on_panic() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let print = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if std::thread::current().name() == Some("main") {
                leave();
                print(info);
            }
        }));
    });
}

#[cfg(unix)]
fn stop() {
    // The program goes on here when the shell says so.
    let _ = signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP);
}

#[cfg(not(unix))]
fn stop() {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_copied_goes_through_tmux_and_screen() {
        assert_eq!(clipboard("Guaidó", false, false), "\x1b]52;c;R3VhaWTDsw==\x07");
        assert_eq!(clipboard("a", true, false), "\x1b]52;c;YQ==\x07\x1bPtmux;\x1b\x1b]52;c;YQ==\x07\x1b\\");
        assert_eq!(clipboard("a", false, true), "\x1bP\x1b]52;c;YQ==\x07\x1b\\");
        assert_eq!(clipboard(&"x".repeat(2000), false, true).matches("\x1bP").count(), 4);
    }
}
