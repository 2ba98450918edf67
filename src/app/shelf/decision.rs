//! What a reader decides about who is who in all articles.

use super::ask::Shelved;
use super::row::StoredKey;
use crate::app::page::PageOf;

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// All names of the page's entity are names of another one, by its number.
    Merge(PageOf, i64),
    /// A name stands for itself, by its number.
    Split(i64),
    /// In some articles the page's entity is somebody else, whom the label tells apart.
    Part(PageOf, Within, String),
    /// The page's entity is called otherwise.
    Rename(PageOf, String),
}

/// Articles in which a name is somebody else's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Within {
    /// This one.
    Article(StoredKey),
    /// Those of a list.
    Listed(Shelved),
}
