//! Shared drawing: styles from a theme, lines of spans, sparklines.

mod line;
mod paint;
mod prompt;
mod spark;

pub use line::{Pen, fill};
pub use paint::Paint;
pub use prompt::prompt;
pub use spark::{bar, spark};
