//! Time expressions, their values on the calendar, and the clauses that they date.

use super::{Annotator, Reading};
use crate::article::Annotations;

/// Time expressions, their values on the calendar, and the clauses that they date.
#[derive(Debug)]
pub struct When;

impl Annotator for When {
    fn name(&self) -> &'static str {
        "when"
    }

    fn annotate(&self, _reading: &Reading<'_>, _found: &mut Annotations) {}
}
