//! Shared drawing: styles from a theme, lines of spans, sparklines, dates.

mod dates;
mod line;
mod paint;
mod spark;

pub use dates::{day, when};
pub use line::{Pen, fill};
pub use paint::Paint;
pub use spark::spark;
