//! Quotations and their speakers.

use super::{Annotator, Reading};
use crate::article::Annotations;

/// Quotations and their speakers.
#[derive(Debug)]
pub struct Quotes;

impl Annotator for Quotes {
    fn name(&self) -> &'static str {
        "quote"
    }

    fn annotate(&self, _reading: &Reading<'_>, _found: &mut Annotations) {}
}
