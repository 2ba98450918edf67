//! Schemes of the base16 project, as they are: sixteen colours by their places, in the few lines of YAML that all of them have.

use super::{Color, Ink, Mistake, Style, Theme};
use crate::locale::tr;

/// What the sixteen are for, by base16's styling guidelines.
#[derive(Clone, Copy)]
enum Base {
    Paper = 0,
    Panel = 1,
    Selection = 2,
    Comment = 3,
    Dark = 4,
    Text = 5,
    Light = 6,
    Lightest = 7,
    Red = 8,
    Orange = 9,
    Yellow = 10,
    Green = 11,
    Cyan = 12,
    Blue = 13,
    Violet = 14,
}

/// The least contrast of WCAG 2 for running text.
const CONTRAST: f32 = 4.5;

/// Reads a scheme as the theme `name`. Colours that cannot be read on the scheme's own grounds are made lighter or darker until they can: most schemes
/// are made for code, in which a comment may be faint.
pub(super) fn load(name: &str, file: &str, text: &str) -> (Theme, Vec<Mistake>) {
    let mut colors: [Option<Color>; 16] = [None; 16];
    let mut mistakes = Vec::new();
    for (n, line) in (1..).zip(text.lines()) {
        let Some((key, value)) = line.trim().split_once(':') else { continue };
        let place = key.trim().trim_matches(['"', '\'']).to_ascii_lowercase();
        let Some(at) = place.strip_prefix("base").filter(|p| p.len() == 2).and_then(|p| usize::from_str_radix(p, 16).ok()) else {
            continue;
        };
        let Some(slot) = colors.get_mut(at) else { continue };
        let digits: String = value.chars().filter(char::is_ascii_hexdigit).take(6).collect();
        *slot = Color::parse(&format!("#{digits}")).filter(|_| digits.len() == 6);
        if slot.is_none() {
            mistakes.push(mistake(file, Some(n), key.trim(), tr!("this is no colour such as \"c9a86a\"")));
        }
    }
    let missing: Vec<String> = (0..16).filter(|n| colors[*n].is_none()).map(|n| format!("base{n:02X}")).collect();
    if !missing.is_empty() {
        if mistakes.is_empty() {
            let what = tr!("this is no base16 scheme: {keys} is missing", keys = missing.join(", "));
            mistakes.push(mistake(file, None, "", &what));
        }
        return (Theme::load(name, file, "").0, mistakes);
    }
    (theme(name, colors.map(|c| c.unwrap_or(Color::Ansi(7)))), mistakes)
}

fn mistake(file: &str, line: Option<usize>, key: &str, what: &str) -> Mistake {
    Mistake { file: file.to_owned(), line, key: key.to_owned(), what: what.to_owned(), hint: String::new() }
}

fn theme(name: &str, colors: [Color; 16]) -> Theme {
    let of = |base: Base| colors[base as usize];
    let dark = of(Base::Paper).luminance() < of(Base::Text).luminance();
    let grounds = [of(Base::Paper), of(Base::Panel), of(Base::Selection)];
    let on = |base: Base| Style { fg: Some(of(base).readable(&grounds, CONTRAST)), ..Style::default() };
    let bare = |base: Base| Style { fg: Some(of(base)), ..Style::default() };
    let ground = |base: Base| Style { bg: Some(of(base)), ..Style::default() };
    let over = |base: Base| Style { fg: Some(of(Base::Paper).readable(&[of(base)], CONTRAST)), bg: Some(of(base)), ..Style::default() };
    let bold = |style: Style| Style { bold: true, ..style };
    let italic = |style: Style| Style { italic: true, ..style };
    let style = |ink: Ink| match ink {
        Ink::Text => on(Base::Text),
        Ink::Dim | Ink::Foot => on(Base::Dark),
        Ink::Faint => on(Base::Comment),
        Ink::Title => bold(on(Base::Lightest)),
        Ink::Rule | Ink::Border => bare(Base::Selection),
        Ink::Accent => on(Base::Blue),
        Ink::Selected => Style { bg: Some(of(Base::Selection)), ..on(Base::Lightest) },
        Ink::Current | Ink::Hint => bold(over(Base::Blue)),
        Ink::Person | Ink::Notice => on(Base::Yellow),
        Ink::Place => on(Base::Green),
        Ink::Organization => on(Base::Violet),
        Ink::Other => on(Base::Orange),
        Ink::Moment => on(Base::Cyan),
        Ink::Quotation => italic(on(Base::Light)),
        Ink::Link => Style { underline: true, ..Style::default() },
        Ink::Match => over(Base::Yellow),
        Ink::Published => bold(on(Base::Blue)),
        Ink::Future => italic(on(Base::Dark)),
        Ink::Warning => on(Base::Red),
        Ink::Followed | Ink::Overlay => ground(Base::Panel),
        Ink::Paper => ground(Base::Paper),
        Ink::Coast => bare(Base::Dark),
        Ink::Water => bare(Base::Blue),
    };
    Theme::of(name, dark, style)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A scheme in the older form and in the newer one; the colours are of our own.
    fn scheme(newer: bool) -> String {
        let colors = ["1c1f24", "262a31", "323842", "4a525e", "8a93a0", "c3cad4", "dde2e9", "f4f6f9"]
            .into_iter()
            .chain(["d0605e", "d08a4e", "c8a44a", "7fa85a", "52a3a0", "5a8fd0", "a074c4", "8f6a4e"]);
        let line =
            |(n, c): (usize, &str)| if newer { format!("  base{n:02X}: \"#{c}\"\n") } else { format!("base{n:02X}: \"{c}\" # a note\n") };
        let head =
            if newer { "system: \"base16\"\nname: \"Ours\"\nvariant: \"dark\"\npalette:\n" } else { "scheme: \"Ours\"\nauthor: \"us\"\n" };
        head.to_owned() + &colors.enumerate().map(line).collect::<String>()
    }

    #[test]
    fn both_forms_are_one_theme_that_can_be_read() {
        let (theme, mistakes) = load("ours", "themes/ours.yaml", &scheme(true));
        assert_eq!(mistakes, []);
        assert_eq!(load("ours", "themes/ours.yaml", &scheme(false)).0, theme);
        assert!(theme.dark);
        let paper = Color::Rgb(0x1c, 0x1f, 0x24);
        for ink in Ink::ALL.into_iter().filter(|i| !matches!(i, Ink::Rule | Ink::Coast | Ink::Border | Ink::Water)) {
            let style = theme.style(ink);
            let text = theme.style(Ink::Text).fg.unwrap();
            assert!(style.fg.unwrap_or(text).contrast(style.bg.unwrap_or(paper)) >= 4.5, "{ink:?}");
        }
    }

    #[test]
    fn mistakes_are_told_by_line() {
        let (theme, mistakes) = load("ours", "themes/ours.yaml", &scheme(false).replace("\"d08a4e\"", "\"orange\""));
        assert_eq!(mistakes[0].to_string(), "themes/ours.yaml:12: base09: this is no colour such as \"c9a86a\"");
        assert_eq!(theme.name, "ours");
        let (_, mistakes) = load("ours", "themes/ours.yaml", "colors: [1, 2]\n");
        assert!(mistakes[0].to_string().starts_with("themes/ours.yaml: this is no base16 scheme: base00, base01"), "{mistakes:?}");
        for hostile in ["", ":", "base00:\n", "base0é: \"1\"", "base00: \"12345\"", "\u{0}"] {
            assert!(!load("x", "x", hostile).1.is_empty());
        }
    }
}
