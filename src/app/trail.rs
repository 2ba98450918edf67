//! The trail that `n` and `N` follow: the mentions of a name, or the hits of a search.

use super::library::NameId;
use super::state::State;
use crate::article::{EntityId, Kind};
use crate::text::Span;

/// What `n` and `N` step through.
#[derive(Clone, Debug, PartialEq)]
pub enum Trail {
    /// The mentions of a name, on through all articles that hold it.
    Name {
        /// What it is.
        kind: Kind,
        /// How it is written.
        shown: String,
        /// The shared name; `None` until its article has been indexed.
        name: Option<NameId>,
        /// Its entity in the open article.
        entity: Option<EntityId>,
    },
    /// The hits of a search in the open article.
    Hits {
        /// What was searched for.
        query: String,
        /// Where it was found.
        spans: Vec<Span>,
    },
}

/// The index of the span to go to from a place: the next one after it, or the last one before it; `None` at the end. The place is a byte offset, and
/// whether the cursor stands there: a span that begins at the eye alone has not been visited yet. Without a place, the first or the last span.
#[must_use]
pub(super) fn next(spans: &[Span], from: Option<(u32, bool)>, forward: bool) -> Option<usize> {
    match from {
        None if forward => (!spans.is_empty()).then_some(0),
        None => spans.len().checked_sub(1),
        Some((at, on)) if forward => {
            let n = spans.partition_point(|s| s.start < at || on && s.start == at);
            (n < spans.len()).then_some(n)
        }
        Some((at, _)) => spans.partition_point(|s| s.start < at).checked_sub(1),
    }
}

/// Where the reader is on the trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrailStatus {
    /// The name or query.
    pub shown: String,
    /// True for the hits of a search.
    pub hits: bool,
    /// The number of the mention or hit under the cursor, from 1.
    pub at: Option<usize>,
    /// Mentions or hits in this article.
    pub of: usize,
    /// The number of this article among those that hold the name, and how many those are.
    pub article: Option<(usize, usize)>,
}

impl State {
    /// Where the reader is on the trail; `None` without a trail or an article.
    #[must_use]
    pub fn trail_status(&self) -> Option<TrailStatus> {
        let open = self.open.as_ref()?;
        let number = |spans: &[Span]| open.cursor.and_then(|at| spans.binary_search_by_key(&at, |s| s.start).ok()).map(|n| n + 1);
        match self.trail.as_ref()? {
            Trail::Hits { query, spans } => {
                Some(TrailStatus { shown: query.clone(), hits: true, at: number(spans), of: spans.len(), article: None })
            }
            Trail::Name { kind, shown, name, entity } => {
                // In an article without the name there is nothing to say of it.
                let spans = open.mentions((*entity)?);
                let postings = name.or_else(|| self.library.name(*kind, shown)).map_or(&[][..], |n| self.library.postings(n));
                let at = postings.iter().position(|p| p.0 == open.id);
                let article = at.map(|n| (n + 1, postings.len()));
                Some(TrailStatus { shown: shown.clone(), hits: false, at: number(spans), of: spans.len(), article })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_from_anywhere() {
        let spans = [Span::new(5, 8), Span::new(20, 22), Span::new(40, 41)];
        assert_eq!(next(&spans, Some((0, false)), true), Some(0));
        assert_eq!(next(&spans, Some((5, true)), true), Some(1));
        assert_eq!(next(&spans, Some((40, true)), true), None);
        assert_eq!(next(&spans, Some((40, true)), false), Some(1));
        assert_eq!(next(&spans, Some((5, true)), false), None);
        assert_eq!(next(&spans, Some((5, false)), true), Some(0));
        assert_eq!(next(&spans, None, true), Some(0));
        assert_eq!(next(&spans, None, false), Some(2));
        assert_eq!(next(&[], Some((1, true)), true), None);
    }
}
