//! The password for the reader's server: from a command, the environment, or the file with the account.

use crate::config::{ACCOUNT_FILE, Account};
use crate::locale::tr;
use crate::notice::Notice;
use std::process::{Command, Stdio};

/// The variable of the environment that may hold it.
const PASSWORD: &str = "DATELINE_SYNC_PASSWORD";

/// The password, and a warning where others can read it. With `asks` its command has the terminal and may ask the reader for something.
///
/// # Errors
/// Where there is none.
pub fn secret(account: &Account, asks: bool) -> Result<(String, Option<Notice>), Notice> {
    if !account.password_command.is_empty() {
        return from_command(&account.password_command, asks).map(|secret| (secret, None));
    }
    if let Some(secret) = std::env::var(PASSWORD).ok().filter(|s| !s.is_empty()) {
        return Ok((secret, None));
    }
    if account.password.is_empty() {
        return Err(Notice::new(tr!("There is no password for the server"))
            .hint(tr!("password-command in {file} says what prints it", file = ACCOUNT_FILE)));
    }
    let warning = Notice::new(tr!("The password stands in {file}", file = ACCOUNT_FILE))
        .because(tr!("whoever reads the file has it"))
        .hint(tr!("password-command takes it from a password manager or the keyring"));
    Ok((account.password.clone(), Some(warning)))
}

/// The first line that a command prints.
fn from_command(command: &str, asks: bool) -> Result<String, Notice> {
    let told = |why: String| Notice::new(tr!("password-command gives no password")).because(why).hint(tr!("it is: {command}", command));
    let (shell, flag) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    let terminal = || if asks { Stdio::inherit() } else { Stdio::null() };
    let output = Command::new(shell)
        .args([flag, command])
        .stdin(terminal())
        .stderr(terminal())
        .output()
        .map_err(|e| told(crate::jobs::reason(&e)))?;
    if !output.status.success() {
        return Err(told(output.status.to_string()));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().next().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).ok_or_else(|| told(tr!("it prints nothing").to_owned()))
}
