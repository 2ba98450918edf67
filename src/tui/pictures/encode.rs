//! Pixels as cells, by ratatui-image.

use super::How;
use crate::app::Pixels;
use ratatui::buffer::Buffer;
use ratatui::layout::Size;

/// The character that stands for a part of a picture in kitty's protocol ("Unicode placeholders").
pub(super) const PLACEHOLDER: char = '\u{10EEEE}';

#[cfg(not(feature = "pictures"))]
pub(super) fn encode(_: &Pixels, _: Size, _: How, _: u32) -> Option<Buffer> {
    None
}

/// The cells of a picture that fit into `room`; `None` where an encoder refuses.
#[cfg(feature = "pictures")]
pub(super) fn encode(pixels: &Pixels, room: Size, how: How, number: u32) -> Option<Buffer> {
    use super::Protocol;
    use image::imageops::{self, FilterType};
    use image::{DynamicImage, ImageBuffer, Rgb};
    use ratatui::layout::Rect;
    use ratatui::widgets::Widget;
    use ratatui_image::protocol::{self, halfblocks::Halfblocks, iterm2::Iterm2, kitty::Kitty, sixel::Sixel};

    let size = super::fit((pixels.width, pixels.height), room, how.cell);
    let [width, height] = [(size.width, how.cell.0), (size.height, how.cell.1)].map(|(n, cell)| u32::from(n) * u32::from(cell));
    let picture = ImageBuffer::<Rgb<u8>, &[u8]>::from_raw(pixels.width, pixels.height, &pixels.rgb)?;
    let image = DynamicImage::ImageRgb8(imageops::resize(&picture, width, height, FilterType::Triangle));
    let encoded = match how.protocol {
        Protocol::Kitty => Kitty::new(image, size, number, how.tmux, true).map(protocol::Protocol::Kitty),
        Protocol::Iterm2 => Iterm2::new(image, size, how.tmux).map(protocol::Protocol::ITerm2),
        Protocol::Sixel => Sixel::new(image, size, how.tmux).map(protocol::Protocol::Sixel),
        Protocol::HalfBlocks => Halfblocks::new(image, size).map(protocol::Protocol::Halfblocks),
    }
    .ok()?;
    let area = Rect::new(0, 0, size.width, size.height);
    let mut buffer = Buffer::empty(area);
    ratatui_image::Image::new(&encoded).render(area, &mut buffer);
    if how.protocol == Protocol::HalfBlocks {
        buffer.content.iter_mut().for_each(|cell| colors::tone(cell, how));
    }
    Some(buffer)
}

/// The colours of half blocks on a terminal that has fewer.
#[cfg(feature = "pictures")]
mod colors {
    use super::How;
    use crate::config::{Color, Depth};
    use crate::widgets::screen_color;
    use ratatui::buffer::Cell;
    use ratatui::style::Color as Screen;

    /// Signs that are ever fuller.
    const SHADES: [&str; 5] = [" ", "░", "▒", "▓", "█"];

    /// Gives a cell the nearest colours that there are; without any, a sign as bright as they were.
    pub(super) fn tone(cell: &mut Cell, how: How) {
        let (Screen::Rgb(r, g, b), Screen::Rgb(s, h, c)) = (cell.fg, cell.bg) else { return };
        let both = [Color::Rgb(r, g, b), Color::Rgb(s, h, c)];
        if how.depth == Depth::None {
            // The square root stands for what the eye makes of a luminance.
            let light = both.map(Color::luminance).iter().sum::<f32>() / 2.0;
            let ink = if how.dark { light.sqrt() } else { 1.0 - light.sqrt() };
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 4")]
            let shade = (ink * 4.0).round().clamp(0.0, 4.0) as usize;
            cell.reset();
            cell.set_symbol(SHADES.get(shade).copied().unwrap_or(" "));
        } else {
            let [fg, bg] = both.map(|color| color.at(how.depth).map_or(Screen::Reset, screen_color));
            (cell.fg, cell.bg) = (fg, bg);
        }
    }
}
