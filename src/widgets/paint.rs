//! A theme as the terminal's styles.

use crate::config::{self, Color, Depth, Ink, Theme};
use ratatui::style::{Color as Screen, Modifier, Style};

/// The styles of one theme at the terminal's depth of colour.
#[derive(Clone, Debug)]
pub struct Paint {
    styles: Vec<Style>,
    /// Whether the theme is meant for a dark ground.
    dark: bool,
}

impl Paint {
    /// Prepares the styles of `theme`.
    #[must_use]
    pub fn new(theme: &Theme, depth: Depth) -> Self {
        Self { styles: Ink::ALL.iter().map(|ink| style(theme.style(*ink), depth)).collect(), dark: theme.dark }
    }

    /// The style of the whole screen: text on the terminal's own ground, or on the theme's where the terminal's does not suit it.
    #[must_use]
    pub fn ground(&self, dark_terminal: bool) -> Style {
        let text = self.of(Ink::Text);
        if self.dark == dark_terminal { text } else { text.patch(self.of(Ink::Paper)) }
    }

    /// The colour of an ink without its weight, slant and underline: for bars and signs.
    #[must_use]
    pub fn hue(&self, ink: Ink) -> Style {
        Style { fg: self.of(ink).fg, ..Style::new() }
    }

    /// The style of an ink.
    #[must_use]
    pub fn of(&self, ink: Ink) -> Style {
        self.styles.get(ink as usize).copied().unwrap_or_default()
    }
}

fn style(style: config::Style, depth: Depth) -> Style {
    let style = style.at(depth);
    let color = |c: Option<Color>| c.map(screen_color);
    let attributes = [
        (style.bold, Modifier::BOLD),
        (style.dim, Modifier::DIM),
        (style.italic, Modifier::ITALIC),
        (style.underline, Modifier::UNDERLINED),
        (style.reverse, Modifier::REVERSED),
    ];
    let modifier = attributes.iter().filter(|(on, _)| *on).fold(Modifier::empty(), |all, (_, m)| all | *m);
    Style { fg: color(style.fg), bg: color(style.bg), ..Style::new() }.add_modifier(modifier)
}

/// A colour of the configuration as the terminal's.
#[must_use]
pub fn screen_color(color: Color) -> Screen {
    match color {
        Color::Ansi(n) | Color::Indexed(n) => Screen::Indexed(n),
        Color::Rgb(r, g, b) => Screen::Rgb(r, g, b),
    }
}
