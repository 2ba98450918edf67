//! Positions in text and the shapes of text: spans, tokens, sentences, folding, display width and wrapping.
//!
//! Everything here is a pure function of strings. Offsets are bytes unless a name says `chars`.

mod announce;
mod chars;
mod clean;
mod fnv;
mod fold;
mod hyphen;
mod layout;
mod map;
mod sentence;
mod span;
mod spark;
mod token;
mod typeset;
mod width;
mod xml;

pub use announce::announcement;
pub use chars::CharIndex;
pub use clean::{Cleaned, clean, clean_line, clean_noting, commands, find_command, is_harmful};
pub use fnv::{Fnv, fnv};
pub use fold::{Needle, fold, titled};
pub use layout::{Layout, Look, Piece, PieceKind, Place, Row};
pub use map::{Map, Set};
pub use sentence::sentences;
pub use span::Span;
pub use spark::{bar, levels, spark};
pub use token::{Token, TokenKind, tokens};
pub use typeset::{small_capital, typeset};
pub use width::{cut, width};
pub use xml::escaped_xml;
