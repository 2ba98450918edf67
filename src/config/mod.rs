//! Configuration: settings, keys and themes as typed values. Whatever is wrong in a file is told with file, line and the nearest valid word, and costs
//! that one key alone.

mod account;
mod base16;
mod color;
mod document;
mod key;
mod keymap;
mod own;
mod sequence;
mod settings;
mod theme;

pub use account::{ACCOUNT_FILE, Account, ServerKind};
pub use color::{Color, Depth};
pub use key::{Key, KeyCode};
pub use keymap::{Bound, Context, DEFAULT_KEYMAP, Keymap, Preset};
pub use own::{Does, Input, Own, PLACEHOLDERS};
pub use sequence::Sequence;
pub use settings::{
    Background, Colors, DEFAULT_SETTINGS, Dateline, Grounds, Language, Marker, Out, PictureProtocol, Pictures, Print, Settings, ShareRead,
    Signs,
};
pub use theme::{BUILT_IN_THEMES, Ink, Style, Theme};

use crate::locale::tr;
use etcetera::BaseStrategy;
use std::fmt;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Bytes read of each file; no configuration is longer.
const MAX_BYTES: u64 = 1 << 20;

/// Something in a file of the configuration that has no meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The name of the file within the configuration's folder.
    pub file: String,
    /// Its line, from 1; `None` where the file as a whole is meant.
    pub line: Option<usize>,
    /// The key on that line; empty where the line has none.
    pub key: String,
    /// What is wrong.
    pub what: String,
    /// What was probably meant; empty where nothing is near.
    pub hint: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        f.write_str(": ")?;
        if !self.key.is_empty() && !self.what.contains(&format!("'{}'", self.key)) {
            write!(f, "{}: ", self.key)?;
        }
        f.write_str(&self.what)?;
        if self.hint.is_empty() { Ok(()) } else { write!(f, " ({})", self.hint) }
    }
}

/// All that the configuration says.
#[derive(Clone, Debug)]
pub struct Config {
    /// The settings of `config.toml`.
    pub settings: Settings,
    /// The keys of `keymap.toml`.
    pub keymap: Keymap,
    /// All themes: those of the folder `themes` first, then the built-in ones that they do not replace.
    pub themes: Vec<Theme>,
    /// What was wrong in the files.
    pub mistakes: Vec<Mistake>,
    /// The folder that was read, where there is one.
    pub dir: Option<PathBuf>,
}

impl Config {
    /// Reads the configuration in the folder `dir`; files that are not there leave the defaults, as does no folder at all.
    ///
    /// `actions` are the names of all that a key can do.
    #[must_use]
    pub fn load(dir: Option<&Path>, actions: &[&str]) -> Self {
        let mut mistakes = Vec::new();
        let mut file = |name: &str| dir.and_then(|d| read(&d.join(name), name, &mut mistakes));
        let (settings_text, keymap_text) = (file("config.toml"), file("keymap.toml"));
        let themes = themes(dir, &mut mistakes);
        let names: Vec<&str> = themes.iter().map(|t| t.name.as_str()).collect();
        let (settings, found) = Settings::load(settings_text.as_deref().map(|t| ("config.toml", t)), &names);
        mistakes.extend(found);
        let (keymap, found) = Keymap::load(&settings.keys.layers(), keymap_text.as_deref().map(|t| ("keymap.toml", t)), actions);
        mistakes.extend(found);
        Self { settings, keymap, themes, mistakes, dir: dir.map(Path::to_owned) }
    }

    /// The theme for a terminal: the one that the settings name, for `auto` the built-in one for its background, and without colours always `plain`,
    /// because only that tells kinds apart by attributes.
    #[must_use]
    pub fn theme(&self, dark_background: bool, depth: Depth) -> &Theme {
        let wanted = match (depth, self.settings.theme.as_str()) {
            (Depth::None, _) => "plain",
            (_, settings::AUTO) if dark_background => &self.settings.grounds.dark,
            (_, settings::AUTO) => &self.settings.grounds.light,
            (_, name) => name,
        };
        self.themes.iter().find(|t| t.name == wanted).unwrap_or(&theme::EMPTY)
    }
}

/// The language that the configuration in the folder `dir` asks for, before anything else of it is read.
#[must_use]
pub fn language(dir: Option<&Path>) -> Language {
    let text = dir.and_then(|d| read(&d.join("config.toml"), "config.toml", &mut Vec::new()));
    text.map_or_else(Language::default, |text| Settings::language(&text))
}

/// Where the configuration lies unless the reader says otherwise: `$XDG_CONFIG_HOME/dateline` or `~/.config/dateline`, on every system.
#[must_use]
pub fn default_dir() -> Option<PathBuf> {
    etcetera::base_strategy::Xdg::new().ok().map(|base| base.config_dir().join("dateline"))
}

/// What changes when a file of the configuration does: names, times and lengths.
#[must_use]
pub fn stamp(dir: &Path) -> Vec<(PathBuf, Option<SystemTime>, u64)> {
    let mut files = vec![dir.join("config.toml"), dir.join("keymap.toml")];
    files.extend(theme_files(Some(dir), &mut Vec::new()));
    let stamp = |path: PathBuf| {
        let meta = std::fs::metadata(&path).ok()?;
        Some((path, meta.modified().ok(), meta.len()))
    };
    files.into_iter().filter_map(stamp).collect()
}

/// The text of a file; `None` where there is none or it cannot be read, which is told.
fn read(path: &Path, name: &str, mistakes: &mut Vec<Mistake>) -> Option<String> {
    let text = || -> io::Result<String> {
        let mut text = String::new();
        // Asked before it is opened: opening a pipe waits for somebody to write to it.
        if !std::fs::metadata(path)?.is_file() {
            return Err(io::Error::other(tr!("it is not a file")));
        }
        let file = std::fs::File::open(path)?;
        let length = file.take(MAX_BYTES + 1).read_to_string(&mut text)?;
        if length as u64 > MAX_BYTES { Err(io::Error::other(tr!("it is longer than 1 MiB"))) } else { Ok(text) }
    };
    match text() {
        Ok(text) => Some(text),
        Err(e) if e.kind() == io::ErrorKind::NotFound => None,
        Err(e) => {
            mistakes.push(unreadable(name, &e));
            None
        }
    }
}

/// The themes of the folder, in the order of their names, then the built-in ones that none of them replaces.
fn themes(dir: Option<&Path>, mistakes: &mut Vec<Mistake>) -> Vec<Theme> {
    let mut themes: Vec<Theme> = Vec::new();
    for path in theme_files(dir, mistakes) {
        let Some(name) = path.file_stem().and_then(|s| s.to_str()) else { continue };
        let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
        let file = format!("themes/{name}.{ending}");
        if let Some(text) = read(&path, &file, mistakes) {
            let load = if ending == "toml" { Theme::load } else { base16::load };
            let (theme, found) = load(name, &file, &text);
            themes.push(theme);
            mistakes.extend(found);
        }
    }
    for theme in Theme::built_in() {
        if themes.iter().all(|t| t.name != theme.name) {
            themes.push(theme);
        }
    }
    themes
}

/// The files of the folder `themes`.
fn theme_files(dir: Option<&Path>, mistakes: &mut Vec<Mistake>) -> Vec<PathBuf> {
    let Some(dir) = dir else { return Vec::new() };
    match std::fs::read_dir(dir.join("themes")) {
        Ok(entries) => {
            let mut paths: Vec<PathBuf> = entries
                .flatten()
                .map(|e| e.path())
                .filter(|p| p.extension().is_some_and(|e| ["toml", "yaml", "yml"].iter().any(|known| e == *known)))
                .collect();
            paths.sort();
            paths
        }
        Err(e) => {
            mistakes.extend((e.kind() != io::ErrorKind::NotFound).then(|| unreadable("themes", &e)));
            Vec::new()
        }
    }
}

fn unreadable(name: &str, error: &io::Error) -> Mistake {
    Mistake { file: name.to_owned(), line: None, key: String::new(), what: tr!("cannot be read: {error}", error), hint: String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACTIONS: &[&str] = &["quit", "help"];

    fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("dateline-config-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&dir);
        std::fs::create_dir_all(dir.join("themes")).unwrap();
        for (file, text) in files {
            std::fs::write(dir.join(file), text).unwrap();
        }
        dir
    }

    #[test]
    fn without_files_all_is_default() {
        let config = Config::load(None, &keymap::tests::actions());
        assert_eq!(config.mistakes, []);
        assert_eq!(config.theme(true, Depth::True).name, "dark");
        assert_eq!(config.theme(false, Depth::Ansi16).name, "light");
        assert_eq!(config.theme(false, Depth::None).name, "plain");
        let nowhere = Config::load(Some(Path::new("/nowhere/at/all")), &keymap::tests::actions());
        assert_eq!(nowhere.mistakes, []);
        assert_eq!(nowhere.settings, config.settings);
    }

    #[test]
    fn each_file_is_read_and_each_mistake_is_told() {
        let dir = folder(
            "files",
            &[
                ("config.toml", "measure = 60\ntheme = \"duks\"\nmeasur = 3\n"),
                ("keymap.toml", "[global]\nquit = \"x\"\n"),
                ("themes/dusk.toml", "dark = true\ntext = \"#ffffff\"\n"),
                ("themes/broken.toml", "dark = maybe\n"),
            ],
        );
        std::fs::create_dir(dir.join("themes/folder.toml")).unwrap();
        let config = Config::load(Some(&dir), ACTIONS);
        std::fs::remove_dir_all(&dir).unwrap();
        let told: Vec<String> =
            config.mistakes.iter().map(ToString::to_string).filter(|m| !m.starts_with("keymap.toml (built in)")).collect();
        assert_eq!(config.settings.measure, 60);
        assert_eq!(config.settings.theme, "auto");
        assert!(told.contains(&"config.toml:3: unknown key 'measur' (did you mean 'measure'?)".to_owned()), "{told:?}");
        assert!(told.contains(&"config.toml:2: theme: there is no theme 'duks' (did you mean 'dusk'?)".to_owned()), "{told:?}");
        assert!(told.iter().any(|m| m.starts_with("themes/broken.toml:1: ")), "{told:?}");
        assert!(told.contains(&"themes/folder.toml: cannot be read: it is not a file".to_owned()), "{told:?}");
        assert_eq!(config.themes.len(), 2 + BUILT_IN_THEMES.len());
    }
}
