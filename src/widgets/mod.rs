//! Shared drawing: styles from a theme, lines of spans, sparklines.

mod line;
mod paint;
mod spark;

pub use line::{Pen, fill};
pub use paint::Paint;
pub use spark::spark;
