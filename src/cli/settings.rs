//! The configuration on the command line.

use super::{Outcome, out};
use crate::config::{self, Config};
use crate::locale::{self, Language, tr};
use crate::text::clean_line;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The reader's configuration from `folder`, or from the usual place.
pub(super) fn load(folder: Option<&Path>) -> Config {
    look(folder).1
}

pub(super) fn place(folder: Option<&Path>) -> Option<PathBuf> {
    folder.map(Path::to_owned).or_else(config::default_dir)
}

/// Chooses the language of everything that is said: the configuration's, else that of the environment.
pub(super) fn choose_language(folder: Option<&Path>) {
    let values = ["LC_ALL", "LC_MESSAGES", "LANG"].map(|name| std::env::var(name).unwrap_or_default());
    let told = Language::of_environment(values.iter().map(String::as_str));
    locale::choose(config::language(place(folder).as_deref()).or(told));
}

fn actions() -> Vec<&'static str> {
    crate::app::ACTIONS.iter().map(|row| row.name).collect()
}

/// Where the configuration is, and what it says.
pub(super) fn look(folder: Option<&Path>) -> (Option<PathBuf>, Config) {
    let place = place(folder);
    let config = Config::load(place.as_deref(), &actions());
    (place, config)
}

/// Prints where the configuration is, its mistakes, and the defaults.
pub(super) fn print(folder: Option<&Path>) -> Outcome {
    let (place, config) = look(folder);
    let shown = place.map_or_else(|| tr!("nowhere: there is no home folder").to_owned(), |p| clean_line(&p.display().to_string()));
    let text = format!(
        "# configuration: {shown}\n# themes: {}\n\n# defaults of config.toml\n{}\n# defaults of keymap.toml\n{}",
        config.themes.iter().map(|t| clean_line(&t.name)).collect::<Vec<_>>().join(", "),
        config::DEFAULT_SETTINGS,
        config::DEFAULT_KEYMAP
    );
    if let Err(error) = out::stdout().write_all(text.as_bytes()) {
        return out::stopped(&error);
    }
    for mistake in &config.mistakes {
        out::complain(&crate::notice::Notice::new(mistake.to_string()));
    }
    if config.mistakes.is_empty() { Outcome::Done } else { Outcome::Partly }
}
