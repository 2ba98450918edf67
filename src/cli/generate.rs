//! `dateline generate`: man pages and completions, made from the tables that the program itself uses.

use super::args::Args;
use super::{Outcome, library, out};
use crate::app::ACTIONS;
use crate::config::{Context, DEFAULT_SETTINGS, Keymap, Preset};
use crate::locale::{tr, trn};
use crate::notice::Notice;
use clap::{CommandFactory, Subcommand, ValueEnum};
use roff::{Roff, bold, roman};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What `dateline generate` is told.
#[derive(Debug, Subcommand)]
pub(crate) enum Generate {
    /// Write the man pages into a folder: dateline(1), one page for each command, dateline-keys(5), dateline-config(5).
    Man {
        /// The folder; it is made where it is not there. Pages that are there are replaced.
        #[arg(value_name = "FOLDER")]
        folder: PathBuf,
    },
    /// Print the completions for a shell.
    #[command(after_help = AFTER_COMPLETIONS)]
    Completions {
        /// The shell.
        #[arg(value_enum)]
        shell: Shell,
    },
}

const AFTER_COMPLETIONS: &str = "\
Where they go:
  bash     ~/.local/share/bash-completion/completions/dateline
  zsh      a folder of $fpath, as _dateline
  fish     ~/.config/fish/completions/dateline.fish
  nushell  a file that config.nu sources
  elvish   a file that rc.elv evaluates";

/// A shell that can complete arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Shell {
    /// GNU Bash.
    Bash,
    /// The Z shell.
    Zsh,
    /// The friendly interactive shell.
    Fish,
    /// Nu.
    Nushell,
    /// Elvish.
    Elvish,
}

/// Writes or prints what was asked for.
pub(super) fn run(what: &Generate) -> Outcome {
    match what {
        Generate::Man { folder } => library::told(man(folder)),
        Generate::Completions { shell } => match completions(*shell) {
            Ok(()) => Outcome::Done,
            Err(error) => out::stopped(&error),
        },
    }
}

fn completions(shell: Shell) -> io::Result<()> {
    use clap_complete::Shell as Known;
    let (mut command, mut text) = (Args::command(), Vec::new());
    let known = match shell {
        Shell::Nushell => {
            clap_complete::generate(clap_complete_nushell::Nushell, &mut command, "dateline", &mut text);
            return put(&text);
        }
        Shell::Bash => Known::Bash,
        Shell::Zsh => Known::Zsh,
        Shell::Fish => Known::Fish,
        Shell::Elvish => Known::Elvish,
    };
    clap_complete::generate(known, &mut command, "dateline", &mut text);
    put(&text)
}

fn put(text: &[u8]) -> io::Result<()> {
    let mut stdout = out::stdout();
    stdout.write_all(text)?;
    stdout.flush()
}

/// Writes all pages into `folder`, and says how many.
fn man(folder: &Path) -> Result<Outcome, Notice> {
    let failed = |e: io::Error| Notice::new(tr!("The man pages cannot be written into {folder}", folder = folder.display())).because(e);
    std::fs::create_dir_all(folder).map_err(failed)?;
    let pages = pages().map_err(failed)?;
    for (name, page) in &pages {
        std::fs::write(folder.join(name), page).map_err(failed)?;
    }
    let shown = crate::text::clean_line(&folder.display().to_string());
    Ok(library::print(&(trn!(pages.len(), "{n} page in {folder}", "{n} pages in {folder}", folder = shown) + "\n")))
}

/// The pages with the names of their files.
fn pages() -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut command = Args::command().disable_help_subcommand(true);
    command.build();
    let mut all = Vec::new();
    command_pages(&command, &mut all)?;
    all.push(("dateline-keys.5".to_owned(), keys_page()?));
    all.push(("dateline-config.5".to_owned(), config_page()?));
    Ok(all)
}

/// The page of a command and, below it, of those that it has.
fn command_pages(command: &clap::Command, all: &mut Vec<(String, Vec<u8>)>) -> io::Result<()> {
    let page = clap_mangen::Man::new(command.clone().version(env!("CARGO_PKG_VERSION"))).manual("dateline");
    let file = page.get_filename();
    let mut bytes = Vec::new();
    page.render(&mut bytes)?;
    all.push((file, bytes));
    command.get_subcommands().filter(|c| !c.is_hide_set()).try_for_each(|c| command_pages(c, all))
}

fn page(name: &str, about: &str) -> Roff {
    let mut roff = Roff::new();
    roff.control("TH", [name, "5", "", concat!("dateline ", env!("CARGO_PKG_VERSION")), "dateline"]);
    roff.control("SH", ["NAME"]);
    roff.text([roman(format!("{name} - {about}"))]);
    roff
}

/// The keys, pane by pane: what every pane has once, then what each adds.
fn keys_page() -> io::Result<Vec<u8>> {
    let names: Vec<&str> = ACTIONS.iter().map(|a| a.name).collect();
    let (keymap, _) = Keymap::load(&Preset::Default.layers(), None, &names);
    let mut roff = page("dateline-keys", "the keys of the reader");
    roff.control("SH", ["DESCRIPTION"]);
    roff.text([roman(
        "The keys as they are without a configuration. keymap.toml in the folder of the configuration changes them: under the name of a pane, \
         a line for each action. Every action is also in the palette, and ? shows the keys of the pane in focus.",
    )]);
    for context in Context::ALL {
        let own = |name: &str| context == Context::Global || keymap.is_own(context, name);
        let rows: Vec<_> = ACTIONS.iter().filter(|a| own(a.name)).map(|a| (a, keymap.keys_of(context, a.name))).collect();
        if rows.iter().all(|(_, keys)| keys.is_empty()) {
            continue;
        }
        roff.control("SH", [context.name().to_uppercase().as_str()]);
        for (action, keys) in rows.iter().filter(|(_, keys)| !keys.is_empty()) {
            let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
            roff.control("TP", []);
            roff.text([bold(keys.join(", "))]);
            roff.text([roman(format!("{} ({})", action.help, action.name))]);
        }
    }
    let mut bytes = Vec::new();
    roff.to_writer(&mut bytes)?;
    Ok(bytes)
}

/// The settings, as the file with all defaults.
fn config_page() -> io::Result<Vec<u8>> {
    let mut roff = page("dateline-config", "the settings of the reader");
    roff.control("SH", ["DESCRIPTION"]);
    roff.text([roman(
        "config.toml lies in ~/.config/dateline, or in $XDG_CONFIG_HOME/dateline, or where --config says. What a file does not say keeps its \
         default; what it says wrongly is told with its line and costs that one setting. Below is the file that says all defaults.",
    )]);
    roff.control("SH", ["CONFIG.TOML"]);
    roff.control("nf", []);
    for line in DEFAULT_SETTINGS.lines() {
        roff.text([roman(line)]);
    }
    roff.control("fi", []);
    roff.control("SH", ["SEE ALSO"]);
    roff.text([bold("dateline"), roman("(1), "), bold("dateline-keys"), roman("(5)")]);
    let mut bytes = Vec::new();
    roff.to_writer(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_page_and_every_key_stands_on_one() {
        let pages = pages().unwrap();
        let mut names: Vec<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
        for command in Args::command().get_subcommands() {
            assert!(names.contains(&format!("dateline-{}.1", command.get_name()).as_str()), "{}: {names:?}", command.get_name());
        }
        let text = |name: &str| String::from_utf8(pages.iter().find(|(n, _)| n == name).unwrap().1.clone()).unwrap();
        let keys = text("dateline-keys.5").replace("\\-", "-");
        let (keymap, _) = Keymap::load(&Preset::Default.layers(), None, &ACTIONS.iter().map(|a| a.name).collect::<Vec<_>>());
        for action in ACTIONS.iter().filter(|a| Context::ALL.iter().any(|c| !keymap.keys_of(*c, a.name).is_empty())) {
            assert!(keys.contains(&format!("({})", action.name)), "{}", action.name);
        }
        assert!(text("dateline-config.5").contains("theme"));
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
