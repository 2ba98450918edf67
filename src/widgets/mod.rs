//! Shared drawing: styles from a theme, lines of spans, sparklines, drawings of dots.

mod canvas;
mod line;
mod paint;
mod prompt;

pub use crate::text::{bar, spark};
pub use canvas::Canvas;
pub use line::{Pen, fill, lay};
pub use paint::{Paint, screen_color};
pub use prompt::prompt;
