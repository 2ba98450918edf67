//! Names of people, places, organisations and other things.

use super::{Annotator, Reading};
use crate::article::Annotations;

/// Names of people, places, organisations and other things.
#[derive(Debug)]
pub struct Names;

impl Annotator for Names {
    fn name(&self) -> &'static str {
        "names"
    }

    fn annotate(&self, _reading: &Reading<'_>, _found: &mut Annotations) {}
}
