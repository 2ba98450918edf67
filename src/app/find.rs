//! Searching in the text while typing.

use super::effect::Ticket;
use super::input::Input;
use super::jumps::JumpPoint;
use crate::config::Key;
use crate::text::Span;

/// A search that is being typed.
#[derive(Clone, Debug)]
pub struct Find {
    /// What is being typed.
    pub input: Input,
    /// Where the reader was; the search looks on from here, and comes back here when it is given up.
    pub origin: JumpPoint,
    /// Byte offset from which it looks on.
    pub from: u32,
    /// The newest request.
    pub ticket: Ticket,
    /// Hits of the newest answer.
    pub hits: Vec<Span>,
    /// True while the newest request is unanswered.
    pub waiting: bool,
    /// Keys typed after an Enter that still waits for the newest answer.
    pub held: Option<Vec<Key>>,
}
