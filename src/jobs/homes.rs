//! What the sources of this session mostly write about, learnt while their articles are indexed: it decides which Springfield a local paper means.

use crate::analysis::place::{Home, Homes};
use crate::article::Analysed;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A home is drawn from its names anew once it has grown by this part of itself.
const GROWTH: u32 = 8;

/// The homes of all sources.
#[derive(Clone, Debug, Default)]
pub(super) struct Sources(Arc<Mutex<Known>>);

#[derive(Debug, Default)]
struct Known {
    homes: Homes,
    /// Articles that were learnt from: one that is read again teaches nothing new.
    seen: HashSet<u64>,
    /// Homes with their conclusions, by site.
    drawn: HashMap<String, Arc<Home>>,
}

impl Sources {
    fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Learns from an article.
    pub(super) fn learn(&self, analysed: &Analysed) {
        let mut known = self.lock();
        if known.seen.insert(analysed.article.id) {
            known.homes.learn(analysed);
        }
    }

    /// The home of a site, as far as it is known by now.
    pub(super) fn home(&self, site: Option<&str>) -> Option<Arc<Home>> {
        let (site, mut home) = {
            let known = self.lock();
            let home = known.homes.get(site)?;
            let drawn = known.drawn.get(home.site()).filter(|d| d.articles() + d.articles() / GROWTH >= home.articles());
            if let Some(drawn) = drawn {
                return Some(Arc::clone(drawn));
            }
            (home.site().to_owned(), home.clone())
        };
        // The votes are counted while others go on learning.
        home.settle();
        let home = Arc::new(home);
        self.lock().drawn.insert(site, Arc::clone(&home));
        Some(home)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{self, place};
    use crate::article::Article;
    use crate::source::{Input, read_nth};

    fn article(town: &str, n: usize) -> Article {
        let text = format!(
            "---\ntitle: Bridges {n}\nsite: news.example\n---\nThe bridge between {town} and Temple was closed, the county said.\n"
        );
        read_nth(&Input::new("a.txt", text.as_bytes()), 0)
    }

    #[test]
    fn what_a_source_writes_about_decides_between_places_of_one_name() {
        let sources = Sources::default();
        assert!(sources.home(Some("news.example")).is_none());
        for (n, town) in ["Waco", "Killeen", "Belton", "Harker Heights", "Copperas Cove", "Waco"].iter().enumerate() {
            sources.learn(&analysis::analyse(article(town, n)));
        }
        let home = sources.home(Some("News.example")).unwrap();
        assert_eq!(home.articles(), 6);
        assert!(Arc::ptr_eq(&home, &sources.home(Some("news.example")).unwrap()), "drawn once");
        let mut analysed = analysis::analyse(article("Paris", 9));
        place::locate(&mut analysed, analysis::Known { home: Some(&home), ..analysis::Known::default() });
        let paris = analysed.found.entities.iter().find(|e| e.name == "Paris").and_then(|e| e.place.as_ref()).unwrap();
        assert_eq!(paris.admin1.as_deref(), Some("Texas"));
    }

    #[test]
    fn an_article_teaches_once() {
        let sources = Sources::default();
        let analysed = analysis::analyse(article("Waco", 0));
        sources.learn(&analysed);
        sources.learn(&analysed);
        assert!(sources.home(Some("news.example")).is_none(), "one article is no source");
    }
}
