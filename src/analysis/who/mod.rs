//! One person is one person: mentions joined into entities, with roles.

use super::{Annotator, Reading};
use crate::article::Annotations;

/// One person is one person: mentions joined into entities, with roles.
#[derive(Debug)]
pub struct Who;

impl Annotator for Who {
    fn name(&self) -> &'static str {
        "who"
    }

    fn annotate(&self, _reading: &Reading<'_>, _found: &mut Annotations) {}
}
