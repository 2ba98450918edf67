//! The places of all articles that have been read: how often each is named, and in how many of them.

use super::super::library::{ArticleId, NameId};
use super::spot::{Spot, Target};
use crate::article::{GazetteerPlace, Kind, PlaceId};
use std::collections::HashMap;

/// One place in one article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Posting {
    place: PlaceId,
    name: NameId,
    mentions: u32,
}

/// What is known of a place.
#[derive(Clone, Debug)]
struct Known {
    place: GazetteerPlace,
    kind: Kind,
    mentions: u32,
    articles: u32,
    /// The name by which it was called most often in one article.
    name: (u32, NameId),
}

/// The places of the library.
#[derive(Debug, Default)]
pub struct Places {
    known: HashMap<PlaceId, Known>,
    /// What each article added, so that it can be taken back.
    postings: HashMap<ArticleId, Box<[Posting]>>,
    changes: u64,
}

impl Places {
    /// Takes in the places of an article, each with its name, its kind and its mentions; what the same article held before is forgotten.
    pub fn put(&mut self, article: ArticleId, places: &[(GazetteerPlace, NameId, Kind, u32)]) {
        let before = self.postings.remove(&article).unwrap_or_default();
        if before.is_empty() && places.is_empty() {
            return;
        }
        self.changes += 1;
        self.take_back(&before);
        let mut postings: Vec<Posting> = Vec::with_capacity(places.len());
        for (place, name, kind, mentions) in places {
            let (name, mentions) = (*name, *mentions);
            let again = postings.iter().any(|p| p.place == place.id);
            let known = self.known.entry(place.id).or_insert_with(|| Known {
                place: place.clone(),
                kind: *kind,
                mentions: 0,
                articles: 0,
                name: (0, name),
            });
            known.mentions += mentions;
            known.articles += u32::from(!again);
            if mentions > known.name.0 {
                (known.name, known.kind) = ((mentions, name), *kind);
            }
            postings.push(Posting { place: place.id, name, mentions });
        }
        self.postings.insert(article, postings.into());
    }

    fn take_back(&mut self, before: &[Posting]) {
        for (n, posting) in before.iter().enumerate() {
            let Some(known) = self.known.get_mut(&posting.place) else { continue };
            known.mentions = known.mentions.saturating_sub(posting.mentions);
            known.articles = known.articles.saturating_sub(u32::from(before[..n].iter().all(|p| p.place != posting.place)));
            if known.name.1 == posting.name {
                known.name.0 = 0;
            }
            if known.mentions == 0 {
                self.known.remove(&posting.place);
            }
        }
    }

    /// A number that is another one after every change.
    #[must_use]
    pub fn changes(&self) -> u64 {
        self.changes
    }

    /// All places, in no order.
    pub(super) fn spots(&self) -> impl Iterator<Item = Spot> {
        self.known.values().map(|k| Spot {
            place: k.place.clone(),
            mentions: k.mentions,
            articles: k.articles,
            target: Target::Name(k.name.1, k.kind),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::place;
    use super::*;

    #[test]
    fn an_article_that_is_read_again_counts_once() {
        let mut places = Places::default();
        let (berlin, paris) = (place(1, "Berlin", 52.5, 13.4), place(2, "Paris", 48.9, 2.4));
        places.put(ArticleId(0), &[(berlin.clone(), NameId(0), Kind::Place, 3), (paris.clone(), NameId(1), Kind::Place, 1)]);
        places.put(ArticleId(1), &[(berlin.clone(), NameId(0), Kind::Place, 2), (berlin.clone(), NameId(5), Kind::Other, 1)]);
        let count = |places: &Places| {
            let mut all: Vec<_> = places.spots().map(|s| (s.place.name, s.mentions, s.articles)).collect();
            all.sort();
            all
        };
        assert_eq!(count(&places), [("Berlin".into(), 6, 2), ("Paris".into(), 1, 1)]);
        let before = places.changes();
        // The reader has put a place right: the article holds another one now.
        places.put(ArticleId(0), &[(berlin, NameId(0), Kind::Place, 3), (place(3, "Paris", 33.7, -95.6), NameId(1), Kind::Place, 1)]);
        assert!(places.changes() > before);
        assert_eq!(count(&places), [("Berlin".into(), 6, 2), ("Paris".into(), 1, 1)]);
        assert!(places.spots().all(|s| s.place.id != PlaceId(2)));
        places.put(ArticleId(0), &[]);
        places.put(ArticleId(1), &[]);
        assert_eq!(count(&places), []);
    }
}
