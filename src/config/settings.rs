//! The settings of `config.toml`.

use super::document::{Document, Field, nearest};
use super::own;
use super::{Depth, Mistake, Preset};
use crate::locale::{self, tr};
use serde::Deserialize;

/// The settings as they come with the program: also the model for a reader's own file.
pub const DEFAULT_SETTINGS: &str = include_str!("../../assets/config.toml");

/// The theme that goes by the terminal's background.
pub(super) const AUTO: &str = "auto";

/// What a reader can set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The language of the interface.
    pub language: Language,
    /// The name of a theme, or `auto` for the built-in one that suits the terminal's background.
    pub theme: String,
    /// Which colours to use.
    pub colors: Colors,
    /// Cells in a line of text, at most.
    pub measure: u16,
    /// How text is set.
    pub print: Print,
    /// The themes that `auto` chooses from.
    pub grounds: Grounds,
    /// Whether names, moments and quotations are marked in the text from the start.
    pub marks: bool,
    /// Whether clicks and the wheel are listened to.
    pub mouse: bool,
    /// Lines that one notch of the wheel moves.
    pub wheel_lines: u16,
    /// Whether nothing moves by small steps on its own.
    pub reduced_motion: bool,
    /// The keys to begin with.
    pub keys: Preset,
    /// What the map is drawn with.
    pub map_marker: Marker,
    /// How the library is kept and read.
    pub shelf: Shelf,
    /// The address of a map on the web, with `{latitude}` and `{longitude}` where they go.
    pub map_url: String,
    /// How articles leave the program.
    pub out: Out,
    /// When an article's pictures are fetched and shown.
    pub pictures: Pictures,
    /// How the terminal is to show them.
    pub picture_protocol: PictureProtocol,
}

/// How the library is kept and read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelf {
    /// Minutes between two looks at all feeds while the library is open; 0 where only the reader asks for it.
    pub refresh_minutes: u16,
    /// What is read with an article that the reader opens.
    pub share_read: ShareRead,
    /// The program that announces what is new of what is followed, with the line as its last argument; empty for the terminal's own way.
    pub announce: Vec<String>,
}

/// What is read with an article that the reader opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShareRead {
    /// Nothing else.
    #[default]
    Own,
    /// Its copies: what one agency sent to several papers.
    Copies,
    /// All articles of its story.
    Story,
}

/// The language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// As the environment says.
    #[default]
    Auto,
    /// English.
    En,
    /// Spanish.
    Es,
    /// German.
    De,
}

impl Language {
    /// The language to speak where the environment asks for `told`.
    #[must_use]
    pub fn or(self, told: locale::Language) -> locale::Language {
        match self {
            Self::Auto => told,
            Self::En => locale::Language::English,
            Self::Es => locale::Language::Spanish,
            Self::De => locale::Language::German,
        }
    }
}

/// When an article's pictures are fetched and shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pictures {
    /// When a key asks for them; over ssh, never.
    #[default]
    Auto,
    /// Never.
    Off,
    /// When a key asks for them.
    OnDemand,
    /// In the text, as soon as their places come on the screen.
    Always,
}

/// How the terminal is to show pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PictureProtocol {
    /// As its name says that it can.
    #[default]
    Auto,
    /// By kitty's protocol.
    Kitty,
    /// By iTerm2's.
    Iterm2,
    /// By sixel.
    Sixel,
    /// By two colours in each cell.
    HalfBlock,
}

/// How articles, quotations and names leave the program. Texts hold [`super::PLACEHOLDERS`] in braces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Out {
    /// The address at which a name is looked up.
    pub lookup_url: String,
    /// The folder for saved articles; `~` at its beginning is the home folder.
    pub save_folder: String,
    /// The program that prints what comes on its standard input; empty for none.
    pub print: Vec<String>,
    /// The program that gives an article on to somebody; empty for none.
    pub share: Vec<String>,
    /// The program that takes what is copied on its standard input; empty for the terminal's own way.
    pub copy: Vec<String>,
}

/// How text is set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Print {
    /// Whether long words are broken at the ends of lines.
    pub hyphenate: bool,
    /// Blank lines between paragraphs; with none, paragraphs are indented.
    pub paragraph_gap: u16,
    /// Columns of that indent.
    pub paragraph_indent: u16,
    /// Blank lines between the lines of a paragraph.
    pub line_gap: u16,
    /// Whether typewriter quotation marks and dashes are shown as printed ones.
    pub signs: Signs,
    /// How the place at the beginning of a story is shown.
    pub dateline: Dateline,
}

/// How quotation marks and dashes are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Signs {
    /// As the article has them.
    #[default]
    AsWritten,
    /// As a printer sets them.
    Printed,
}

/// How the place at the beginning of a story is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dateline {
    /// Heavier than the rest.
    #[default]
    Bold,
    /// In small capitals.
    SmallCapitals,
    /// As it is.
    Plain,
}

/// What goes by the terminal's background.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grounds {
    /// The background, where the reader knows it better.
    pub background: Background,
    /// The theme for a dark one.
    pub dark: String,
    /// The theme for a light one.
    pub light: String,
}

/// The terminal's background.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Background {
    /// The terminal is asked; where it does not answer, it counts as dark.
    #[default]
    Auto,
    /// Dark, whatever it says.
    Dark,
    /// Light, whatever it says.
    Light,
}

impl Background {
    /// Whether the background is dark, where the terminal says or lets guess `told`.
    #[must_use]
    pub fn is_dark(self, told: bool) -> bool {
        match self {
            Self::Auto => told,
            Self::Dark => true,
            Self::Light => false,
        }
    }
}

/// What the lines of the map are drawn with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Marker {
    /// Braille: two by four dots in a cell.
    #[default]
    Braille,
    /// Halves of cells.
    HalfBlock,
    /// A dot in a cell.
    Dots,
    /// Signs that every terminal has.
    Ascii,
}

/// Which colours to use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Colors {
    /// As many as the terminal says it has; none with `NO_COLOR`.
    #[default]
    Auto,
    /// None.
    None,
    /// Sixteen.
    #[serde(rename = "16")]
    Ansi16,
    /// 256.
    #[serde(rename = "256")]
    Indexed256,
    /// Red, green and blue.
    True,
}

impl Colors {
    /// How many colours to use on a terminal that says it has `detected`.
    #[must_use]
    pub fn depth(self, detected: Depth) -> Depth {
        match self {
            Self::Auto => detected,
            Self::None => Depth::None,
            Self::Ansi16 => Depth::Ansi16,
            Self::Indexed256 => Depth::Indexed256,
            Self::True => Depth::True,
        }
    }
}

/// All settings with how each is read.
const FIELDS: &[Field<Settings>] = &[
    Field { name: "language", set: |s, v| v.put(&mut s.language) },
    Field { name: "theme", set: |s, v| v.put(&mut s.theme) },
    Field { name: "colors", set: |s, v| v.put(&mut s.colors) },
    Field { name: "measure", set: |s, v| v.within(&mut s.measure, 20..=200) },
    Field { name: "background", set: |s, v| v.put(&mut s.grounds.background) },
    Field { name: "dark-theme", set: |s, v| v.put(&mut s.grounds.dark) },
    Field { name: "light-theme", set: |s, v| v.put(&mut s.grounds.light) },
    Field { name: "hyphenate", set: |s, v| v.put(&mut s.print.hyphenate) },
    Field { name: "paragraph-gap", set: |s, v| v.within(&mut s.print.paragraph_gap, 0..=2) },
    Field { name: "paragraph-indent", set: |s, v| v.within(&mut s.print.paragraph_indent, 0..=8) },
    Field { name: "line-gap", set: |s, v| v.within(&mut s.print.line_gap, 0..=2) },
    Field { name: "signs", set: |s, v| v.put(&mut s.print.signs) },
    Field { name: "dateline", set: |s, v| v.put(&mut s.print.dateline) },
    Field { name: "marks", set: |s, v| v.put(&mut s.marks) },
    Field { name: "mouse", set: |s, v| v.put(&mut s.mouse) },
    Field { name: "wheel-lines", set: |s, v| v.within(&mut s.wheel_lines, 1..=20) },
    Field { name: "reduced-motion", set: |s, v| v.put(&mut s.reduced_motion) },
    Field { name: "keys", set: |s, v| v.put(&mut s.keys) },
    Field { name: "lookup-url", set: |s, v| v.read().and_then(own::web).map(|url| s.out.lookup_url = url) },
    Field { name: "save-folder", set: |s, v| v.put(&mut s.out.save_folder) },
    Field { name: "print-command", set: |s, v| own::program(v).map(|p| s.out.print = p) },
    Field { name: "share-command", set: |s, v| own::program(v).map(|p| s.out.share = p) },
    Field { name: "copy-command", set: |s, v| own::program(v).map(|p| s.out.copy = p) },
    Field { name: "announce-command", set: |s, v| own::program(v).map(|p| s.shelf.announce = p) },
    Field { name: "share-read", set: |s, v| v.put(&mut s.shelf.share_read) },
    Field { name: "map-marker", set: |s, v| v.put(&mut s.map_marker) },
    Field { name: "refresh-minutes", set: |s, v| v.within(&mut s.shelf.refresh_minutes, 0..=10_080) },
    Field { name: "pictures", set: |s, v| v.put(&mut s.pictures) },
    Field { name: "picture-protocol", set: |s, v| v.put(&mut s.picture_protocol) },
    Field { name: "map-url", set: |s, v| v.read().and_then(|url| map_url(url).map(|url| s.map_url = url)) },
];

/// What an address of a map has to hold.
const MAP_URL_PARTS: [&str; 2] = ["{latitude}", "{longitude}"];

/// An address that can be opened with the place filled in.
fn map_url(url: String) -> Result<String, String> {
    let web = url.starts_with("https://") || url.starts_with("http://");
    match MAP_URL_PARTS.iter().find(|part| !url.contains(**part)) {
        None if web && !url.contains(|c: char| c.is_control() || c.is_whitespace()) => Ok(url),
        None => Err(tr!("'{url}' is no address that begins with https:// or http://", url)),
        Some(part) => Err(tr!("'{url}' has no {part}", url, part)),
    }
}

impl Settings {
    /// Reads the defaults, then the reader's file (its name and its text) over them, key by key; `themes` are the names of all themes.
    #[must_use]
    pub fn load(user: Option<(&str, &str)>, themes: &[&str]) -> (Self, Vec<Mistake>) {
        let mut settings = Self::default();
        let mut mistakes = Vec::new();
        for (file, text) in std::iter::once(("config.toml (built in)", DEFAULT_SETTINGS)).chain(user) {
            let document = Document::read(file, text, &mut mistakes);
            document.apply(document.entries(), FIELDS, &mut settings, &mut mistakes);
            settings.check_theme(&document, themes, &mut mistakes);
        }
        mistakes.sort_by_key(|m| m.line);
        (settings, mistakes)
    }

    /// The language that the reader's file asks for, without looking at the rest of it: mistakes are told in that language too.
    pub(super) fn language(user: &str) -> Language {
        let document = Document::read("config.toml", user, &mut Vec::new());
        let value = document.entries().find(|(key, _)| key.get_ref() == "language").map(|(_, value)| value.read());
        value.and_then(Result::ok).unwrap_or_default()
    }

    /// Goes back to what is built in where no theme has the name that is set.
    fn check_theme(&mut self, document: &Document<'_>, themes: &[&str], mistakes: &mut Vec<Mistake>) {
        for (key, fallback) in [("theme", AUTO), ("dark-theme", "dark"), ("light-theme", "light")] {
            let name = match key {
                "theme" => &mut self.theme,
                "dark-theme" => &mut self.grounds.dark,
                _ => &mut self.grounds.light,
            };
            if name == fallback || themes.contains(&name.as_str()) {
                continue;
            }
            let wanted = std::mem::replace(name, fallback.to_owned());
            let Some((key, _)) = document.entries().find(|(known, _)| known.get_ref() == key) else { continue };
            let near = nearest(&wanted, themes.iter().copied().chain([fallback]));
            let hint = near.map(|n| tr!("did you mean '{n}'?", n)).unwrap_or_default();
            document.tell(mistakes, key, tr!("there is no theme '{wanted}'", wanted), hint);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(text: &str) -> (Settings, Vec<String>) {
        let (settings, mistakes) = Settings::load(Some(("config.toml", text)), &["dark"]);
        (settings, mistakes.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn the_defaults_set_everything() {
        let (settings, mistakes) = Settings::load(None, &[]);
        assert_eq!(mistakes, []);
        assert_eq!((settings.measure, settings.theme.as_str(), settings.marks, settings.mouse), (72, "auto", true, true));
        for field in FIELDS {
            assert!(DEFAULT_SETTINGS.lines().any(|l| l.starts_with(&format!("{} = ", field.name))), "{}", field.name);
        }
    }

    #[test]
    fn a_mistake_costs_one_key() {
        let (settings, mistakes) =
            load("measure = 500\nmark = true\nmouse = \"no\"\nhyphenate = false\nparagraph-gap = 2\ncolors = \"256\"\nwheel-lines\n");
        assert_eq!((settings.measure, settings.mouse, settings.print.hyphenate, settings.print.paragraph_gap), (72, true, false, 2));
        assert_eq!(settings.colors, Colors::Indexed256);
        assert_eq!(mistakes[0], "config.toml:1: measure: 500 is not between 20 and 200");
        assert_eq!(mistakes[1], "config.toml:2: unknown key 'mark' (did you mean 'marks'?)");
        assert!(mistakes[2].starts_with("config.toml:3: mouse: invalid type: string \"no\", expected a boolean"), "{mistakes:?}");
        assert!(mistakes[3].starts_with("config.toml:7: "), "{mistakes:?}");
        assert_eq!(mistakes.len(), 4, "{mistakes:?}");
    }

    #[test]
    fn any_text_is_survived() {
        for text in [
            "",
            "\u{feff}measure = 60",
            "[[[",
            "= = =",
            "measure = 60\nmeasure = 61",
            "\"",
            "a = \"\"\"",
            "\0",
            "theme = {",
            "[measure]\nx = 1",
        ] {
            let (settings, _) = load(text);
            assert!((20..=200).contains(&settings.measure));
        }
        let (_, mistakes) = load(&(0..20_000).map(|n| format!("k{n} = 1\n")).collect::<String>());
        assert_eq!(mistakes.len(), 50);
    }
}
