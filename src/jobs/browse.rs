//! An address in the reader's browser or mail program, by the system's own opener.

use crate::locale::tr;
use crate::notice::Notice;
use std::process::{Command, Stdio};

/// The program that opens an address, and what it is told before it. None is a shell: the address is one argument, whatever it holds.
const OPENER: (&str, &[&str]) = if cfg!(target_os = "macos") {
    ("open", &[])
} else if cfg!(windows) {
    ("rundll32", &["url.dll,FileProtocolHandler"])
} else {
    ("xdg-open", &[])
};

/// How an address for mail begins.
const MAIL: &str = "mailto:";

/// The program that opens an address.
#[must_use]
pub fn opener() -> &'static str {
    OPENER.0
}

/// Opens `url` and says so, or why not.
pub(super) fn open(url: &str) -> Notice {
    let mail = url.starts_with(MAIL);
    match start(url, OPENER) {
        Ok(()) if mail => Notice::new(tr!("Opened in the mail program")),
        Ok(()) => Notice::new(tr!("Opened in the browser")),
        Err(why) if mail => Notice::new(tr!("The mail program cannot be opened")).because(why).hint(url),
        Err(why) => Notice::new(tr!("The browser cannot be opened")).because(why).hint(url),
    }
}

fn start(url: &str, (program, before): (&str, &[&str])) -> Result<(), String> {
    if !["https://", "http://", MAIL].iter().any(|scheme| url.starts_with(scheme)) {
        return Err(tr!("only addresses with http://, https:// and mailto: are opened").to_owned());
    }
    let mut command = Command::new(program);
    command.args(before).arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|e| format!("{program}: {}", super::reason(&e)))?;
    // Nobody waits for a browser, but somebody has to take its exit code.
    let wait = std::thread::Builder::new().name("browser".to_owned()).spawn(move || drop(child.wait()));
    wait.map(drop).map_err(|e| e.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_and_mail_are_opened() {
        for url in ["file:///etc/passwd", "javascript:alert(1)", "-x", ""] {
            assert!(start(url, ("dateline-no-such-opener", &[])).is_err_and(|e| e.contains("http")), "{url}");
        }
        for url in ["https://example.org/", "mailto:ann@example.org"] {
            let error = start(url, ("dateline-no-such-opener", &[])).unwrap_err();
            assert!(error.starts_with("dateline-no-such-opener: "), "{error}");
        }
    }
}
