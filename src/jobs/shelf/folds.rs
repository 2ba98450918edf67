//! Copies of an article in a list: they fold under one of them, or stand below it.

use crate::app::shelf::{Copies, StoredKey};
use crate::notice::Notice;
use crate::store::{ArticleKey, Cursor, Snapshot};
use std::collections::HashMap;

/// What is folded in a list.
#[derive(Debug, Default)]
pub(super) struct Folds {
    stand: HashMap<ArticleKey, Copies>,
    /// The copies that are folded under an article.
    under: HashMap<ArticleKey, Vec<ArticleKey>>,
}

/// The article that stands for its copies: the one that gives the story its headline, else the first, else what comes first in the list.
fn head(snapshot: &Snapshot<'_>, alike: &[Cursor], root: ArticleKey) -> Result<Cursor, Notice> {
    let story = snapshot.story_of(root)?;
    let headline = story.map(|story| snapshot.headline(story)).transpose()?.flatten();
    let of = |key: ArticleKey| alike.iter().find(|p| p.key == key).copied();
    Ok(headline.and_then(of).or_else(|| of(root)).or(alike.first().copied()).unwrap_or_default())
}

impl Folds {
    /// The places that are left of some, in their order; below the `unfolded` articles stand their copies.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub(super) fn fold(&mut self, snapshot: &Snapshot<'_>, places: Vec<Cursor>, unfolded: &[StoredKey]) -> Result<Vec<Cursor>, Notice> {
        let mut alike: HashMap<ArticleKey, Vec<Cursor>> = HashMap::new();
        let mut roots = Vec::with_capacity(places.len());
        for place in places {
            let root = snapshot.copy_of(place.key)?.unwrap_or(place.key);
            alike.entry(root).or_default().push(place);
            roots.push((root, place));
        }
        let mut out = Vec::with_capacity(roots.len());
        for (root, place) in roots {
            let Some(all) = alike.remove(&root) else { continue };
            let head = if all.len() > 1 { head(snapshot, &all, root)? } else { place };
            let copies: Vec<Cursor> = all.into_iter().filter(|p| p.key != head.key).collect();
            out.push(head);
            if copies.is_empty() {
                continue;
            }
            if unfolded.contains(&StoredKey(head.key.0)) {
                self.stand.insert(head.key, Copies::Unfolded(copies.len()));
                self.stand.extend(copies.iter().map(|p| (p.key, Copies::Below)));
                out.extend(copies);
            } else {
                self.stand.insert(head.key, Copies::Folded(copies.len()));
                self.under.insert(head.key, copies.iter().map(|p| p.key).collect());
            }
        }
        Ok(out)
    }

    /// How an article stands to its copies.
    pub(super) fn stand(&self, key: ArticleKey) -> Copies {
        self.stand.get(&key).copied().unwrap_or_default()
    }

    /// The article under which another one is folded; that one itself where it is not.
    pub(super) fn shown(&self, key: ArticleKey) -> ArticleKey {
        self.under.iter().find(|(_, copies)| copies.contains(&key)).map_or(key, |(head, _)| *head)
    }

    /// The copies that are folded under an article.
    pub(super) fn under(&self, key: ArticleKey) -> &[ArticleKey] {
        self.under.get(&key).map_or(&[], Vec::as_slice)
    }
}
