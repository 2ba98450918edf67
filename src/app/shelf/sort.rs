//! The order of a list, and what stands together in it.

use crate::locale::tr;

/// How a list is put in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sort {
    /// The oldest first.
    pub oldest: bool,
    /// What stands together.
    pub by: GroupBy,
}

/// What stands together in a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GroupBy {
    /// Articles of a day.
    #[default]
    Day,
    /// Articles of a site.
    Source,
    /// Articles that name the same person most.
    Person,
    /// Articles that name the same place most.
    Place,
    /// Articles that tell the same story.
    Story,
}

impl GroupBy {
    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => tr!("by day"),
            Self::Source => tr!("by source"),
            Self::Person => tr!("by person"),
            Self::Place => tr!("by place"),
            Self::Story => tr!("by story"),
        }
    }

    /// The next way, around the end.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Day => Self::Source,
            Self::Source => Self::Person,
            Self::Person => Self::Place,
            Self::Place => Self::Story,
            Self::Story => Self::Day,
        }
    }
}
