//! Colours and what a terminal with fewer of them shows instead.

use crate::locale::tr;
use serde::de::{Deserialize, Deserializer, Error};
use std::borrow::Cow;

/// How many colours a terminal shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Depth {
    /// None: `NO_COLOR`, or a terminal without colours.
    None,
    /// The sixteen whose looks the reader chose.
    Ansi16,
    /// The sixteen, a cube of 216 and 24 greys.
    Indexed256,
    /// Red, green and blue with 8 bits each.
    True,
}

/// A colour of a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Color {
    /// One of the sixteen, 0 to 15: black, red, green, yellow, blue, magenta, cyan, white, then the same bright.
    Ansi(u8),
    /// One of the cube or a grey, 16 to 255.
    Indexed(u8),
    /// Red, green, blue.
    Rgb(u8, u8, u8),
}

/// The first eight of the sixteen; `bright-` before a name gives the others.
const NAMES: [&str; 8] = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/// The steps of the colour cube, as xterm has them.
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// Below this distance from grey (Oklab's chroma) a colour counts as a grey.
const GREY: f32 = 0.035;

/// A colour with more luminance has more contrast on black than on white.
const MIDDLE: f32 = 0.179;

/// The least contrast of WCAG 2 for running text.
const READABLE: f32 = 4.5;

impl Color {
    /// The colour as a terminal with `depth` can show it; `None` where it shows no colour.
    #[must_use]
    pub fn at(self, depth: Depth) -> Option<Self> {
        match (depth, self) {
            (Depth::None, _) => None,
            (Depth::True, _) | (_, Self::Ansi(_)) | (Depth::Indexed256, Self::Indexed(_)) => Some(self),
            (Depth::Indexed256, Self::Rgb(r, g, b)) => Some(Self::Indexed(nearest_indexed([r, g, b]))),
            (Depth::Ansi16, _) => Some(Self::Ansi(nearest_ansi(self.rgb()))),
        }
    }

    /// Red, green and blue; for the sixteen, as xterm has them.
    #[must_use]
    pub fn rgb(self) -> [u8; 3] {
        match self {
            Self::Rgb(r, g, b) => [r, g, b],
            Self::Indexed(n) | Self::Ansi(n) => indexed_rgb(n),
        }
    }

    /// How bright the colour is, from 0 to 1: relative luminance of WCAG 2.
    #[must_use]
    pub fn luminance(self) -> f32 {
        let [r, g, b] = self.rgb().map(linear);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// Contrast of WCAG 2, from 1 to 21.
    #[must_use]
    pub fn contrast(self, other: Self) -> f32 {
        let (a, b) = (self.luminance() + 0.05, other.luminance() + 0.05);
        a.max(b) / a.min(b)
    }

    /// The colour itself where it has `contrast` on every one of `grounds`; else the nearest step towards white or black that has, or that end.
    #[must_use]
    pub(super) fn readable(self, grounds: &[Self], contrast: f32) -> Self {
        let fits = |color: &Self| grounds.iter().all(|g| color.contrast(*g) >= contrast);
        let least = |end: Self| grounds.iter().map(|g| end.contrast(*g)).fold(f32::MAX, f32::min);
        let (white, black) = (Self::Rgb(255, 255, 255), Self::Rgb(0, 0, 0));
        let end = if least(white) > least(black) { white } else { black };
        let (from, to) = (self.rgb(), end.rgb());
        let step = |n: u16| {
            let mix = |at: usize| u8::try_from((u16::from(from[at]) * (20 - n) + u16::from(to[at]) * n) / 20).unwrap_or(u8::MAX);
            Self::Rgb(mix(0), mix(1), mix(2))
        };
        (0..=20).map(step).find(fits).unwrap_or(end)
    }

    /// Reads `#c9a86a`, `#ca6`, `yellow`, `bright-yellow` or a number from 0 to 255.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if let Some(hex) = text.strip_prefix('#') {
            return Self::hex(hex);
        }
        if let Ok(n) = text.parse::<u8>() {
            return Some(if n < 16 { Self::Ansi(n) } else { Self::Indexed(n) });
        }
        let (name, bright) = text.strip_prefix("bright-").map_or((text, 0), |name| (name, 8));
        let at = NAMES.iter().position(|n| *n == name)?;
        Some(Self::Ansi(u8::try_from(at).ok()? + bright))
    }

    fn hex(digits: &str) -> Option<Self> {
        let values: Vec<u8> = digits.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect::<Option<_>>()?;
        match *values.as_slice() {
            [r, g, b] => Some(Self::Rgb(r * 17, g * 17, b * 17)),
            [r, s, g, h, b, c] => Some(Self::Rgb(r * 16 + s, g * 16 + h, b * 16 + c)),
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for Color {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| {
            let known = NAMES.iter().copied().chain(["bright-black", "bright-white"]);
            let near = super::document::nearest(&text, known).map(|n| tr!(", did you mean '{n}'?", n)).unwrap_or_default();
            D::Error::custom(tr!("'{text}' is no colour such as '#c9a86a', 'yellow', 'bright-yellow' or '179'{near}", text, near))
        })
    }
}

fn indexed_rgb(n: u8) -> [u8; 3] {
    const ANSI: [[u8; 3]; 16] = [
        [0, 0, 0],
        [205, 0, 0],
        [0, 205, 0],
        [205, 205, 0],
        [0, 0, 238],
        [205, 0, 205],
        [0, 205, 205],
        [229, 229, 229],
        [127, 127, 127],
        [255, 0, 0],
        [0, 255, 0],
        [255, 255, 0],
        [92, 92, 255],
        [255, 0, 255],
        [0, 255, 255],
        [255, 255, 255],
    ];
    match n {
        0..16 => ANSI[usize::from(n)],
        16..232 => [36, 6, 1].map(|unit| STEPS[usize::from((n - 16) / unit % 6)]),
        232.. => [8 + (n - 232) * 10; 3],
    }
}

/// The nearest of the cube and the greys, by distance in Oklab, in which equal steps look equal.
fn nearest_indexed(rgb: [u8; 3]) -> u8 {
    let wanted = oklab(rgb);
    let distance = |n: u8| {
        let found = oklab(indexed_rgb(n));
        wanted.iter().zip(found).map(|(a, b)| (a - b) * (a - b)).sum::<f32>()
    };
    (16..=255).min_by(|a, b| distance(*a).total_cmp(&distance(*b))).unwrap_or(16)
}

/// The one of the sixteen with the same hue: for quiet colours the nearest by distance would be a grey, and hues are what tells kinds apart.
fn nearest_ansi(rgb: [u8; 3]) -> u8 {
    let [light, a, b] = oklab(rgb);
    if a.hypot(b) < GREY {
        let greys: [(u8, f32); 4] = [(0, 0.0), (8, 0.6), (7, 0.88), (15, 1.0)];
        return greys.iter().min_by(|x, y| (x.1 - light).abs().total_cmp(&(y.1 - light).abs())).map_or(7, |g| g.0);
    }
    let hue = b.atan2(a);
    let turn = |n: u8| {
        let [_, a, b] = oklab(indexed_rgb(n));
        let between = (b.atan2(a) - hue).abs();
        between.min(std::f32::consts::TAU - between)
    };
    let plain = (1..=6).min_by(|x, y| turn(*x).total_cmp(&turn(*y))).unwrap_or(7);
    // Of what is light because its ground is dark, the plain red, blue and magenta of most terminals are too dark to be read on it.
    let (color, found) = (Color::Rgb(rgb[0], rgb[1], rgb[2]), Color::Ansi(plain));
    let faded = color.luminance() > MIDDLE && found.contrast(Color::Rgb(0, 0, 0)) < READABLE;
    if light > 0.85 || faded { plain + 8 } else { plain }
}

fn linear(channel: u8) -> f32 {
    let c = f32::from(channel) / 255.0;
    if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
}

/// Lightness and the two axes of colour of Oklab (Ottosson 2020).
fn oklab(rgb: [u8; 3]) -> [f32; 3] {
    let [r, g, b] = rgb.map(linear);
    let l = (0.412_221_46 * r + 0.536_332_55 * g + 0.051_445_995 * b).cbrt();
    let m = (0.211_903_5 * r + 0.680_699_5 * g + 0.107_396_96 * b).cbrt();
    let s = (0.088_302_46 * r + 0.281_718_85 * g + 0.629_978_7 * b).cbrt();
    [
        0.210_454_26 * l + 0.793_617_8 * m - 0.004_072_047 * s,
        1.977_998_5 * l - 2.428_592_2 * m + 0.450_593_7 * s,
        0.025_904_037 * l + 0.782_771_77 * m - 0.808_675_77 * s,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_colours() {
        assert_eq!(Color::parse("#c9a86a"), Some(Color::Rgb(0xc9, 0xa8, 0x6a)));
        assert_eq!(Color::parse("#fA0"), Some(Color::Rgb(0xff, 0xaa, 0)));
        assert_eq!(Color::parse("bright-blue"), Some(Color::Ansi(12)));
        assert_eq!(Color::parse("179"), Some(Color::Indexed(179)));
        for text in ["", "#", "#12345", "#ééé", "256", "-1", "bright-", "purple"] {
            assert_eq!(Color::parse(text), None, "{text}");
        }
    }

    #[test]
    fn fewer_colours() {
        let sand = Color::Rgb(0xd9, 0xb9, 0x8a);
        assert_eq!(sand.at(Depth::True), Some(sand));
        assert_eq!(sand.at(Depth::Indexed256), Some(Color::Indexed(180)));
        assert_eq!(sand.at(Depth::Ansi16), Some(Color::Ansi(3)));
        assert_eq!(sand.at(Depth::None), None);
        assert_eq!(Color::Rgb(0x20, 0x21, 0x22).at(Depth::Ansi16), Some(Color::Ansi(0)));
        assert_eq!(Color::Rgb(0xd4, 0xd2, 0xcc).at(Depth::Ansi16), Some(Color::Ansi(7)));
        assert_eq!(Color::Rgb(8, 8, 8).at(Depth::Indexed256), Some(Color::Indexed(232)));
        assert_eq!(Color::Indexed(21).at(Depth::Ansi16), Some(Color::Ansi(4)));
        assert_eq!(Color::Rgb(0x8a, 0xb6, 0xe0).at(Depth::Ansi16), Some(Color::Ansi(12)), "plain blue is too dark for a dark ground");
        assert_eq!(Color::Ansi(9).at(Depth::Indexed256), Some(Color::Ansi(9)));
    }

    #[test]
    fn the_cube_is_its_own_nearest() {
        for n in 16..=255u8 {
            let [r, g, b] = indexed_rgb(n);
            let Some(Color::Indexed(found)) = Color::Rgb(r, g, b).at(Depth::Indexed256) else { panic!("{n}") };
            assert_eq!(indexed_rgb(found), [r, g, b]);
        }
    }
}
