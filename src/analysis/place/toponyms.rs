//! Names that the gazetteer says are places: evidence that is used before names are joined.

use crate::analysis::{Annotator, Reading};
use crate::article::Annotations;

/// Adds and corrects mentions of places by what the gazetteer and the words beside them say.
#[derive(Debug)]
pub struct Toponyms;

impl Annotator for Toponyms {
    fn name(&self) -> &'static str {
        "toponyms"
    }

    fn annotate(&self, _reading: &Reading<'_>, _found: &mut Annotations) {}
}
