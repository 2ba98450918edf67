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

/// The index of the span to go to from the byte `at`: the next one after it, or the last one before it; `None` at the end.
#[must_use]
pub(super) fn next(spans: &[Span], at: Option<u32>, forward: bool) -> Option<usize> {
    let Some(at) = at else { return if forward { (!spans.is_empty()).then_some(0) } else { spans.len().checked_sub(1) } };
    if forward {
        let n = spans.partition_point(|s| s.start <= at);
        (n < spans.len()).then_some(n)
    } else {
        spans.partition_point(|s| s.start < at).checked_sub(1)
    }
}

/// Where the reader is on the trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrailStatus {
    /// The name or query.
    pub shown: String,
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
        let number = |spans: &[Span]| open.cursor.and_then(|at| spans.iter().position(|s| s.start == at)).map(|n| n + 1);
        match self.trail.as_ref()? {
            Trail::Hits { query, spans } => Some(TrailStatus { shown: query.clone(), at: number(spans), of: spans.len(), article: None }),
            Trail::Name { kind, shown, name, entity } => {
                // In an article without the name there is nothing to say of it.
                let spans: Vec<Span> = open.mentions((*entity)?).collect();
                let postings = name.or_else(|| self.library.name(*kind, shown)).map_or(&[][..], |n| self.library.postings(n));
                let at = postings.iter().position(|p| p.0 == open.id);
                let article = at.map(|n| (n + 1, postings.len()));
                Some(TrailStatus { shown: shown.clone(), at: number(&spans), of: spans.len(), article })
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
        assert_eq!(next(&spans, Some(0), true), Some(0));
        assert_eq!(next(&spans, Some(5), true), Some(1));
        assert_eq!(next(&spans, Some(40), true), None);
        assert_eq!(next(&spans, Some(40), false), Some(1));
        assert_eq!(next(&spans, Some(5), false), None);
        assert_eq!(next(&spans, None, true), Some(0));
        assert_eq!(next(&spans, None, false), Some(2));
        assert_eq!(next(&[], Some(1), true), None);
    }
}
