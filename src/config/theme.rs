//! Themes: how each thing on the screen is inked.

use super::document::{Document, Field, Value};
use super::{Color, Depth, Mistake};
use crate::locale::tr;

/// Names and texts of the themes that come with the program. The first two fill the gaps of a reader's dark or light theme.
pub const BUILT_IN_THEMES: [(&str, &str); 12] = [
    ("dark", include_str!("../../assets/themes/dark.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
    ("plain", include_str!("../../assets/themes/plain.toml")),
    ("contrast-dark", include_str!("../../assets/themes/contrast-dark.toml")),
    ("contrast-light", include_str!("../../assets/themes/contrast-light.toml")),
    ("colour-blind-dark", include_str!("../../assets/themes/colour-blind-dark.toml")),
    ("colour-blind-light", include_str!("../../assets/themes/colour-blind-light.toml")),
    ("solarized-dark", include_str!("../../assets/themes/solarized-dark.toml")),
    ("solarized-light", include_str!("../../assets/themes/solarized-light.toml")),
    ("sepia", include_str!("../../assets/themes/sepia.toml")),
    ("night", include_str!("../../assets/themes/night.toml")),
    ("terminal", include_str!("../../assets/themes/terminal.toml")),
];

/// What can be inked: the meaning of a piece of the screen, of which a theme makes a [`Style`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ink {
    /// The article's text.
    Text,
    /// What is read second: bylines, counts, roles.
    Dim,
    /// What is read last: line numbers, unread rows far from the eye.
    Faint,
    /// Titles of the article and of the pane in focus.
    Title,
    /// Hairlines between panes.
    Rule,
    /// The one colour that says "here".
    Accent,
    /// The selected row of a list.
    Selected,
    /// The mention or clause under the cursor.
    Current,
    /// A person's name.
    Person,
    /// A place's name.
    Place,
    /// An organisation's name.
    Organization,
    /// Any other name.
    Other,
    /// A time expression.
    Moment,
    /// Somebody's words.
    Quotation,
    /// The words of a link.
    Link,
    /// What a search found.
    Match,
    /// The letters to type for a jump.
    Hint,
    /// A message.
    Notice,
    /// The foot line.
    Foot,
    /// The day of publication in the timeline.
    Published,
    /// What is planned or foretold.
    Future,
    /// What cannot be read or did not work.
    Warning,
    /// The row of a list that goes with the text, in a pane that is not in focus.
    Followed,
    /// What lies over the panes: help and palette.
    Overlay,
    /// The ground, where the terminal's own does not suit the theme.
    Paper,
    /// Coasts on the map.
    Coast,
    /// Borders on the map.
    Border,
    /// Lakes on the map.
    Water,
}

impl Ink {
    /// All inks, in the order of their numbers.
    pub const ALL: [Self; 28] = [
        Self::Text,
        Self::Dim,
        Self::Faint,
        Self::Title,
        Self::Rule,
        Self::Accent,
        Self::Selected,
        Self::Current,
        Self::Person,
        Self::Place,
        Self::Organization,
        Self::Other,
        Self::Moment,
        Self::Quotation,
        Self::Link,
        Self::Match,
        Self::Hint,
        Self::Notice,
        Self::Foot,
        Self::Published,
        Self::Future,
        Self::Warning,
        Self::Followed,
        Self::Overlay,
        Self::Paper,
        Self::Coast,
        Self::Border,
        Self::Water,
    ];

    /// Its key in the file of a theme.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Dim => "dim",
            Self::Faint => "faint",
            Self::Title => "title",
            Self::Rule => "rule",
            Self::Accent => "accent",
            Self::Selected => "selected",
            Self::Current => "current",
            Self::Person => "person",
            Self::Place => "place",
            Self::Organization => "organization",
            Self::Other => "other",
            Self::Moment => "moment",
            Self::Quotation => "quotation",
            Self::Link => "link",
            Self::Match => "match",
            Self::Hint => "hint",
            Self::Notice => "notice",
            Self::Foot => "foot",
            Self::Published => "published",
            Self::Future => "future",
            Self::Warning => "warning",
            Self::Followed => "followed",
            Self::Overlay => "overlay",
            Self::Paper => "paper",
            Self::Coast => "coast",
            Self::Border => "border",
            Self::Water => "water",
        }
    }
}

/// Colours and attributes; `None` leaves what the terminal has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Of the letters.
    pub fg: Option<Color>,
    /// Behind the letters.
    pub bg: Option<Color>,
    /// Heavier.
    pub bold: bool,
    /// Weaker.
    pub dim: bool,
    /// Slanted.
    pub italic: bool,
    /// With a line below.
    pub underline: bool,
    /// Letters and background exchanged.
    pub reverse: bool,
}

impl Style {
    /// A style without anything.
    const NONE: Self = Self { fg: None, bg: None, bold: false, dim: false, italic: false, underline: false, reverse: false };

    /// The style as a terminal with `depth` can show it.
    ///
    /// Sixteen colours hold no quiet background, and none holds none at all. Where letters and background were both given, they are exchanged
    /// instead, because that row or word has to stand out; a background alone was only a tint and goes.
    #[must_use]
    pub fn at(self, depth: Depth) -> Self {
        let shown = match self.bg {
            Some(Color::Ansi(_)) => depth > Depth::None,
            Some(_) => depth > Depth::Ansi16,
            None => true,
        };
        if shown {
            return Self { fg: self.fg.and_then(|c| c.at(depth)), bg: self.bg.and_then(|c| c.at(depth)), ..self };
        }
        Self { fg: None, bg: None, reverse: self.reverse || self.fg.is_some(), ..self }
    }
}

/// What a style's table can set.
const FIELDS: &[Field<Style>] = &[
    Field { name: "fg", set: |s, v| v.read().map(|c| s.fg = Some(c)) },
    Field { name: "bg", set: |s, v| v.read().map(|c| s.bg = Some(c)) },
    Field { name: "bold", set: |s, v| v.put(&mut s.bold) },
    Field { name: "dim", set: |s, v| v.put(&mut s.dim) },
    Field { name: "italic", set: |s, v| v.put(&mut s.italic) },
    Field { name: "underline", set: |s, v| v.put(&mut s.underline) },
    Field { name: "reverse", set: |s, v| v.put(&mut s.reverse) },
];

/// A style for every ink.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Its name: that of its file without `.toml`.
    pub name: String,
    /// Whether it is meant for a dark background.
    pub dark: bool,
    styles: [Style; Ink::ALL.len()],
}

/// What is drawn with where there is no theme at all.
pub(super) static EMPTY: Theme = Theme { name: String::new(), dark: true, styles: [Style::NONE; Ink::ALL.len()] };

impl Theme {
    /// The themes that come with the program.
    #[must_use]
    pub fn built_in() -> Vec<Self> {
        BUILT_IN_THEMES.iter().map(|(name, text)| Self::fill(EMPTY.clone(), name, name, text).0).collect()
    }

    /// Reads the theme `name` from the text of `file`. What it leaves out is as in the built-in theme for the same background.
    #[must_use]
    pub fn load(name: &str, file: &str, text: &str) -> (Self, Vec<Mistake>) {
        let (first, _) = Self::fill(EMPTY.clone(), name, file, text);
        let (ground, below) = BUILT_IN_THEMES[usize::from(!first.dark)];
        let (base, _) = Self::fill(EMPTY.clone(), ground, ground, below);
        Self::fill(base, name, file, text)
    }

    /// A theme that has a style for every ink.
    pub(super) fn of(name: &str, dark: bool, style: impl Fn(Ink) -> Style) -> Self {
        Self { name: name.to_owned(), dark, styles: Ink::ALL.map(style) }
    }

    /// The style of `ink`.
    #[must_use]
    pub fn style(&self, ink: Ink) -> Style {
        self.styles[ink as usize]
    }

    /// Lays what the file says over `base`.
    fn fill(base: Self, name: &str, file: &str, text: &str) -> (Self, Vec<Mistake>) {
        let mut theme = Self { name: name.to_owned(), ..base };
        let mut mistakes = Vec::new();
        let document = Document::read(file, text, &mut mistakes);
        for (key, value) in document.entries() {
            let set = match Ink::ALL.into_iter().find(|i| i.name() == key.get_ref()) {
                Some(ink) => theme.ink(ink, value, &document, &mut mistakes),
                None if key.get_ref() == "dark" => value.put(&mut theme.dark),
                None => {
                    document.unknown(&mut mistakes, key, tr!("unknown key"), Ink::ALL.into_iter().map(Ink::name).chain(["dark"]));
                    Ok(())
                }
            };
            if let Err(what) = set {
                document.tell(&mut mistakes, key, what, String::new());
            }
        }
        mistakes.sort_by_key(|m| m.line);
        (theme, mistakes)
    }

    /// A colour is short for the table with that colour of the letters.
    fn ink(&mut self, ink: Ink, value: Value<'_>, document: &Document<'_>, mistakes: &mut Vec<Mistake>) -> Result<(), String> {
        let slot = &mut self.styles[ink as usize];
        let mut style = Style::NONE;
        match value.entries() {
            Some(entries) => document.apply(entries, FIELDS, &mut style, mistakes),
            None if value.as_str().is_some() => style.fg = Some(value.read()?),
            None => return Err(tr!("this is no colour and no table such as { fg = \"#c9a86a\", bold = true }").to_owned()),
        }
        *slot = style;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Inks that are read, each on its own background or the theme's.
    fn read_inks() -> impl Iterator<Item = Ink> {
        Ink::ALL.into_iter().filter(|i| !matches!(i, Ink::Rule | Ink::Coast | Ink::Border | Ink::Water))
    }

    fn built_in(name: &str) -> Theme {
        Theme::built_in().into_iter().find(|t| t.name == name).unwrap()
    }

    #[test]
    fn built_in_themes_are_whole() {
        for (name, text) in BUILT_IN_THEMES {
            let (theme, mistakes) = Theme::fill(EMPTY.clone(), name, name, text);
            assert_eq!(mistakes, [], "{name}");
            for ink in Ink::ALL {
                assert!(text.lines().any(|l| l.starts_with(&format!("{} = ", ink.name()))), "{name}: {}", ink.name());
                assert_eq!(Ink::ALL[ink as usize], ink);
            }
            assert_eq!(theme.dark, !["light", "sepia"].contains(&name) && !name.ends_with("-light"), "{name}");
        }
    }

    /// Themes with colours, and the grounds on which they are read: their own, and for the first two those of the usual terminals.
    fn grounds() -> Vec<(Theme, Vec<Color>)> {
        let usual = [
            ("dark", [Color::Rgb(0x16, 0x18, 0x1a), Color::Rgb(0, 0, 0)]),
            ("light", [Color::Rgb(255, 255, 255), Color::Rgb(0xf7, 0xf5, 0xf0)]),
        ];
        let of = |theme: Theme| {
            let own = theme.style(Ink::Paper).bg;
            let more = usual.iter().filter(|(name, _)| *name == theme.name).flat_map(|(_, grounds)| *grounds);
            let all = own.into_iter().chain(more).collect();
            (theme, all)
        };
        Theme::built_in().into_iter().filter(|t| t.name != "plain").map(of).collect()
    }

    #[test]
    fn every_ink_can_be_read() {
        for (theme, grounds) in grounds() {
            let least = if theme.name.starts_with("contrast") { 7.0 } else { 4.5 };
            let text = theme.style(Ink::Text).fg.unwrap();
            assert!(!grounds.is_empty(), "{}", theme.name);
            for (ink, paper) in read_inks().flat_map(|ink| grounds.iter().map(move |paper| (ink, *paper))) {
                let style = theme.style(ink);
                let got = style.fg.unwrap_or(text).contrast(style.bg.unwrap_or(paper));
                assert!(got >= least, "{} {ink:?}: {got:.2}", theme.name);
                assert!(!style.dim, "{} {ink:?}: how weak a terminal makes it is not known", theme.name);
            }
        }
    }

    /// Inks that stand in rows of lists and in what lies over the panes.
    fn inks_of_rows() -> impl Iterator<Item = Ink> {
        read_inks().filter(|ink| !matches!(ink, Ink::Selected | Ink::Current | Ink::Match | Ink::Hint | Ink::Foot | Ink::Published))
    }

    #[test]
    fn rows_can_be_read_on_every_ground_that_lies_under_them() {
        for (theme, _) in grounds() {
            for ground in [Ink::Selected, Ink::Followed, Ink::Overlay] {
                // A row whose letters and ground are exchanged has letters of one colour.
                let Some(row) = theme.style(ground).bg else { continue };
                for (ink, letters) in inks_of_rows().filter_map(|ink| Some((ink, theme.style(ink).fg?))) {
                    let got = letters.contrast(row);
                    assert!(got >= 4.5, "{} {ink:?} on {ground:?}: {got:.2}", theme.name);
                }
            }
        }
    }

    /// Lines tell something too, but nobody reads them letter by letter: WCAG asks for 3 to 1. Hairlines between panes are an ornament.
    #[test]
    fn lines_of_the_map_can_be_seen() {
        for (theme, grounds) in grounds() {
            for ink in [Ink::Coast, Ink::Border, Ink::Water] {
                for ground in &grounds {
                    let got = theme.style(ink).fg.unwrap().contrast(*ground);
                    assert!(got >= 3.0, "{} {ink:?}: {got:.2}", theme.name);
                }
            }
        }
    }

    #[test]
    fn kinds_differ_at_every_depth() {
        let kinds = [Ink::Text, Ink::Person, Ink::Place, Ink::Organization, Ink::Other, Ink::Moment, Ink::Quotation];
        let mut cases = vec![("dark", Depth::Ansi16), ("light", Depth::Ansi16), ("terminal", Depth::Ansi16), ("plain", Depth::None)];
        cases.extend(BUILT_IN_THEMES.iter().flat_map(|(name, _)| [(*name, Depth::True), (*name, Depth::Indexed256)]));
        // These tell kinds apart by weight, slant and underline as well.
        cases.extend(["contrast-dark", "contrast-light", "colour-blind-dark", "colour-blind-light"].map(|name| (name, Depth::None)));
        for (name, depth) in cases {
            let theme = built_in(name);
            for (n, a) in kinds.iter().enumerate() {
                for b in &kinds[n + 1..] {
                    assert_ne!(theme.style(*a).at(depth), theme.style(*b).at(depth), "{name} at {depth:?}: {a:?} and {b:?}");
                }
            }
        }
    }

    #[test]
    fn plain_has_no_colour() {
        let theme = built_in("plain");
        assert!(Ink::ALL.into_iter().all(|i| theme.style(i).fg.is_none() && theme.style(i).bg.is_none()));
    }

    #[test]
    fn backgrounds_become_an_exchange() {
        let style = Style { fg: Some(Color::Rgb(1, 2, 3)), bg: Some(Color::Rgb(40, 40, 40)), bold: true, ..Style::NONE };
        assert_eq!(style.at(Depth::Ansi16), Style { bold: true, reverse: true, ..Style::NONE });
        assert_eq!(style.at(Depth::True), style);
        let own = Style { fg: Some(Color::Ansi(7)), bg: Some(Color::Ansi(4)), ..Style::NONE };
        assert_eq!(own.at(Depth::Ansi16), own);
        assert_eq!(own.at(Depth::None), Style { reverse: true, ..Style::NONE });
        let tint = Style { bg: Some(Color::Rgb(40, 40, 40)), ..Style::NONE };
        assert_eq!(tint.at(Depth::Ansi16), Style::NONE);
    }

    #[test]
    fn a_readers_theme() {
        let text = "dark = false\nperson = \"red\"\nplace = { fg = \"#00f\", bold = true, blod = true }\nplaces = \"red\"\nother = 3\nmoment = { fg = \"blu\" }\n";
        let (theme, mistakes) = Theme::load("mine", "themes/mine.toml", text);
        let told: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
        assert_eq!(theme.style(Ink::Person), Style { fg: Some(Color::Ansi(1)), ..Style::NONE });
        assert_eq!(theme.style(Ink::Place), Style { fg: Some(Color::Rgb(0, 0, 255)), bold: true, ..Style::NONE });
        assert_eq!(theme.style(Ink::Text), built_in("light").style(Ink::Text));
        assert_eq!(theme.style(Ink::Other), built_in("light").style(Ink::Other));
        assert_eq!(
            told,
            [
                "themes/mine.toml:3: unknown key 'blod' (did you mean 'bold'?)",
                "themes/mine.toml:4: unknown key 'places' (did you mean 'place'?)",
                "themes/mine.toml:5: other: this is no colour and no table such as { fg = \"#c9a86a\", bold = true }",
                "themes/mine.toml:6: fg: 'blu' is no colour such as '#c9a86a', 'yellow', 'bright-yellow' or '179', did you mean 'blue'?",
            ]
        );
    }
}
