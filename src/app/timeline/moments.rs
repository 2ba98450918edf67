//! The moments of one article in the form in which the library keeps those of thousands.

use crate::article::{Analysed, Event, Interval, Kind};
use crate::text::{Span, fnv, fold};

/// Moments that are kept of one article; a book must not push out all others.
pub(in crate::app) const MAX_MOMENTS: usize = 1000;

/// Bytes of a clause that are kept.
const MAX_CLAUSE: usize = 180;

/// One moment of an article.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// When it is, as far as that is known.
    pub interval: Option<Interval>,
    /// The clause in the article's text.
    pub span: Span,
    /// True for what is planned or foretold.
    pub future: bool,
    /// True for what has less weight.
    pub light: bool,
    clause_end: u32,
    names_end: u32,
}

/// The moments of one article, in order of the text: about a hundred bytes each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Moments {
    list: Box<[Moment]>,
    clauses: Box<str>,
    names: Box<[u64]>,
    /// How many more the article has.
    pub left_out: u32,
}

impl Moments {
    /// The moments of an analysed article.
    #[must_use]
    pub fn of(analysed: &Analysed) -> Self {
        Self::of_those(analysed, |_| true)
    }

    /// Those moments of an analysed article that are wanted.
    #[must_use]
    pub fn of_those(analysed: &Analysed, wanted: impl Fn(&Event) -> bool) -> Self {
        let Analysed { article, found } = analysed;
        let keys: Vec<u64> = found.entities.iter().map(|e| name_key(e.kind, &fold(&e.name))).collect();
        let (mut list, mut clauses, mut names) = (Vec::new(), String::new(), Vec::new());
        let events: Vec<&Event> = found.events.iter().filter(|e| wanted(e)).collect();
        for event in events.iter().take(MAX_MOMENTS) {
            clauses.push_str(cut(event.span.of(&article.text)));
            names.extend(event.entities.iter().filter_map(|id| keys.get(id.0 as usize)));
            list.push(Moment {
                interval: event.interval,
                span: event.span,
                future: event.future,
                light: is_light(event),
                clause_end: u32::try_from(clauses.len()).unwrap_or(u32::MAX),
                names_end: u32::try_from(names.len()).unwrap_or(u32::MAX),
            });
        }
        let left_out = u32::try_from(events.len() - list.len()).unwrap_or(u32::MAX);
        Self { list: list.into(), clauses: clauses.into(), names: names.into(), left_out }
    }

    /// None of them, and their number.
    #[must_use]
    pub fn none(&self) -> Self {
        let left_out = self.left_out.saturating_add(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        Self { left_out, ..Self::default() }
    }

    /// The moments.
    #[must_use]
    pub fn list(&self) -> &[Moment] {
        &self.list
    }

    /// The clause of a moment, cut where it is very long.
    #[must_use]
    pub fn clause(&self, n: usize) -> &str {
        let start = n.checked_sub(1).and_then(|n| self.list.get(n)).map_or(0, |m| m.clause_end);
        self.list.get(n).and_then(|m| self.clauses.get(start as usize..m.clause_end as usize)).unwrap_or("")
    }

    /// Who and what occurs in a moment, as keys that are the same in all articles.
    #[must_use]
    pub fn names(&self, n: usize) -> &[u64] {
        let start = n.checked_sub(1).and_then(|n| self.list.get(n)).map_or(0, |m| m.names_end);
        self.list.get(n).and_then(|m| self.names.get(start as usize..m.names_end as usize)).unwrap_or(&[])
    }
}

/// True for statements, and for what the publication day alone dates.
pub(in crate::app) fn is_light(event: &Event) -> bool {
    event.statement || event.time.is_none()
}

/// The key of a name, the same in all articles: its kind and its folded writing (FNV-1a).
pub(in crate::app) fn name_key(kind: Kind, folded: &str) -> u64 {
    fnv(folded.bytes().chain([0, kind as u8]))
}

fn cut(clause: &str) -> &str {
    let end = (0..=MAX_CLAUSE.min(clause.len())).rev().find(|n| clause.is_char_boundary(*n)).unwrap_or(0);
    clause.get(..end).unwrap_or("")
}

/// Somebody with a name.
#[cfg(test)]
pub(super) fn person(name: &str) -> crate::article::Entity {
    crate::article::Entity { kind: Kind::Person, name: name.to_owned(), aliases: vec![], roles: vec![], salience: 0.0, place: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Annotations, Article, EntityId};

    #[test]
    fn clauses_and_names_are_those_of_the_article() {
        let text = format!("Ada spoke. Karl and Ada left. {}", "é".repeat(200));
        let event = |start: usize, end: usize, who: &[u32]| Event {
            span: Span::new(start, end),
            time: None,
            interval: None,
            entities: who.iter().map(|n| EntityId(*n)).collect(),
            future: false,
            statement: false,
        };
        let found = Annotations {
            entities: vec![person("Ada"), person("Karl")],
            events: vec![event(0, 9, &[0]), event(11, 28, &[1, 0]), event(30, text.len(), &[])],
            ..Annotations::default()
        };
        let moments = Moments::of(&Analysed { article: Article { text, ..Article::default() }, found });
        assert_eq!([moments.clause(0), moments.clause(1)], ["Ada spoke", "Karl and Ada left"]);
        assert_eq!(moments.clause(2), "é".repeat(90));
        assert_eq!(moments.names(0), [name_key(Kind::Person, "ada")]);
        assert_eq!(moments.names(1), [name_key(Kind::Person, "karl"), name_key(Kind::Person, "ada")]);
        assert!(moments.names(2).is_empty());
        assert_eq!((moments.clause(9), moments.names(9)), ("", &[][..]));
        assert_ne!(name_key(Kind::Person, "ada"), name_key(Kind::Place, "ada"));
    }
}
