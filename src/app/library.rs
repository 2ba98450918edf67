//! The articles of this session: what is listed, what is known of each, and who is named where.

use super::effect::{Effect, Given, Origin, Summary, SummaryEntity, Wanted};
use super::map::Places;
use super::shelf::StoredKey;
use super::timeline::{Moments, Source};
use crate::article::{Correction, Kind, PlaceCorrection};
use crate::locale::tr;
use crate::text::fold;
use jiff::civil::Date;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

/// The number of an article in this session: an index into the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId(pub u32);

/// The number of a name that articles share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameId(pub u32);

/// How far an article has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// Found, not yet read.
    Listed,
    /// Read; its names are in the index.
    Indexed,
    /// It cannot be read, for this reason.
    Failed(String),
}

/// One line of the list.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where its bytes are.
    pub origin: Origin,
    /// Its title; the name of its file until it has been read.
    pub title: String,
    /// Day of publication.
    pub published: Option<Date>,
    /// The place of its dateline, as printed.
    pub place: Option<String>,
    /// How far it has come.
    pub status: Status,
    /// What the reader has said about its publication day.
    pub given: Given,
    /// What happens in it, and when.
    pub moments: Arc<Moments>,
    /// What the reader has said about who is who in it, in this order.
    pub corrections: Arc<[Correction]>,
    /// Its tags in the library, in the order of the alphabet.
    pub tags: Vec<String>,
}

/// Moments that are kept of all articles together: some forty megabytes.
const MAX_MOMENTS: usize = 250_000;

/// A name and the articles that hold it.
#[derive(Debug)]
struct Name {
    kind: Kind,
    shown: Box<str>,
    /// Sorted by article.
    postings: Vec<(ArticleId, u32)>,
}

/// All articles of this session.
#[derive(Debug, Default)]
pub struct Library {
    entries: Vec<Entry>,
    names: Vec<Name>,
    /// The names that each entry holds.
    names_of: Vec<Box<[NameId]>>,
    by_name: HashMap<(Kind, Box<str>), NameId>,
    /// The entries of stored articles.
    by_key: HashMap<StoredKey, ArticleId>,
    places: Places,
    /// What the reader has said about places, in any article.
    place_corrections: Arc<[PlaceCorrection]>,
    /// Entries that have been read or given up.
    settled: usize,
    /// Moments of all entries.
    moments: usize,
    /// Moments that there is no room for.
    left_out: usize,
    /// Grows with every change of an entry's moments.
    revision: u64,
    /// What the reader has said about the publication day of all articles.
    given: Given,
}

impl Library {
    /// An empty library whose articles have this publication day, where the reader gave one.
    #[must_use]
    pub fn new(published: Option<Date>) -> Self {
        Self { given: published.map_or(Given::Own, Given::Day), ..Self::default() }
    }

    /// What has to be known to read an article.
    #[must_use]
    pub fn wanted(&self, id: ArticleId) -> Option<Wanted> {
        self.entry(id).map(|e| Wanted {
            id,
            origin: e.origin.clone(),
            given: e.given,
            corrections: Arc::clone(&e.corrections),
            places: Arc::clone(&self.place_corrections),
        })
    }

    /// The articles, in the order of the list.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// One article.
    #[must_use]
    pub fn entry(&self, id: ArticleId) -> Option<&Entry> {
        self.entries.get(id.0 as usize)
    }

    /// One article, to change.
    pub fn entry_mut(&mut self, id: ArticleId) -> Option<&mut Entry> {
        self.entries.get_mut(id.0 as usize)
    }

    /// The entry of a stored article.
    #[must_use]
    pub fn stored(&self, key: StoredKey) -> Option<ArticleId> {
        self.by_key.get(&key).copied()
    }

    /// How many entries have been read or given up.
    #[must_use]
    pub fn settled(&self) -> usize {
        self.settled
    }

    /// Adds an entry at the end of the list.
    pub fn add(&mut self, origin: Origin, problem: Option<String>) -> ArticleId {
        let id = ArticleId(u32::try_from(self.entries.len()).unwrap_or(u32::MAX));
        let title = file_title(&origin);
        if let Origin::Stored(key) = origin {
            self.by_key.insert(key, id);
        }
        let status = problem.map_or(Status::Listed, Status::Failed);
        self.settled += usize::from(status != Status::Listed);
        let published = match &origin {
            Origin::Held(article) => self.given.over(article.published),
            _ => None,
        };
        self.entries.push(Entry {
            origin,
            title,
            published,
            place: None,
            status,
            given: self.given,
            corrections: Arc::default(),
            moments: Arc::default(),
            tags: Vec::new(),
        });
        self.names_of.push(Box::default());
        id
    }

    /// What was waited for has come: another origin takes the place of the one that can be read no more.
    pub fn replace(&mut self, id: ArticleId, origin: Option<Origin>) {
        let given = self.given;
        if let (Some(origin), Some(entry)) = (origin, self.entries.get_mut(id.0 as usize)) {
            if let Origin::Held(article) = &origin {
                (entry.title, entry.published) = (file_title(&origin), given.over(article.published));
            }
            entry.origin = origin;
        }
    }

    /// Takes in what was found in an article, or why it could not be read.
    pub fn settle(&mut self, id: ArticleId, result: Result<Summary, String>) {
        let Some(entry) = self.entries.get_mut(id.0 as usize) else { return };
        let first_time = entry.status == Status::Listed;
        self.settled += usize::from(first_time);
        match result {
            Err(reason) => {
                entry.status = Status::Failed(reason);
                // What cannot be opened any more must not be jumped to.
                self.keep_moments(id, Arc::default());
                self.post_all(id, &[]);
                self.put_places(id, Vec::new());
            }
            Ok(summary) => {
                // A feed's item may have none: what was shown before is better than nothing.
                if !summary.title.is_empty() {
                    entry.title = summary.title;
                }
                entry.published = entry.given.over(summary.published);
                entry.place = summary.place;
                entry.status = Status::Indexed;
                self.keep_moments(id, summary.moments);
                self.post_all(id, &summary.entities);
                self.put_places(id, summary.entities);
            }
        }
    }

    /// Keeps the moments of an article, as far as there is room for them; of those that there is no room for their number.
    fn keep_moments(&mut self, id: ArticleId, moments: Arc<Moments>) {
        let Some(entry) = self.entries.get_mut(id.0 as usize) else { return };
        self.moments -= entry.moments.list().len();
        self.left_out -= entry.moments.left_out as usize;
        let room = self.moments + moments.list().len() <= MAX_MOMENTS;
        entry.moments = if room { moments } else { Arc::new(moments.none()) };
        self.moments += entry.moments.list().len();
        self.left_out += entry.moments.left_out as usize;
        self.revision += 1;
    }

    /// How often the moments of an entry have changed.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// True while files wait to be read; what comes out of a pipe may never come.
    #[must_use]
    pub fn is_reading(&self) -> bool {
        let waits = |e: &Entry| e.status == Status::Listed && !matches!(e.origin, Origin::Stream(_) | Origin::Standard | Origin::Stored(_));
        self.settled < self.entries.len() && self.entries.iter().any(waits)
    }

    /// Moments that are not kept because there are too many.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// All articles that have been read, with their moments.
    #[must_use]
    pub fn sources(&self) -> Vec<Source> {
        let read = (0..).map(ArticleId).zip(&self.entries).filter(|(_, e)| e.status == Status::Indexed);
        read.map(|(article, e)| Source { article, published: e.published, moments: Arc::clone(&e.moments) }).collect()
    }

    /// Takes in what the index found, unless the article has been opened, or given up, in the meantime.
    pub fn index(&mut self, id: ArticleId, result: Result<Summary, String>) {
        if self.entry(id).is_some_and(|e| e.status == Status::Listed) {
            self.settle(id, result);
        }
    }

    fn put_places(&mut self, id: ArticleId, entities: Vec<SummaryEntity>) {
        let named = |e: SummaryEntity| Some((e.place?, self.name(e.kind, &e.name)?, e.kind, e.count));
        let places: Vec<_> = entities.into_iter().filter_map(named).collect();
        self.places.put(id, &places);
    }

    /// What the reader has said about places, in any article.
    #[must_use]
    pub fn place_corrections(&self) -> Arc<[PlaceCorrection]> {
        Arc::clone(&self.place_corrections)
    }

    /// What the reader said about places before this session; it comes before all that is said in it.
    pub fn remember_places(&mut self, places: Arc<[PlaceCorrection]>) {
        self.place_corrections = places.iter().chain(self.place_corrections.iter()).cloned().collect();
    }

    /// Gives an article other corrections: some more, or some fewer. Of two that speak of one place the later one holds, in whatever articles
    /// they were made.
    pub fn correct(&mut self, id: ArticleId, corrections: Arc<[Correction]>) {
        let Some(entry) = self.entry_mut(id) else { return };
        let before = std::mem::replace(&mut entry.corrections, Arc::clone(&corrections));
        let same = before.iter().zip(corrections.iter()).take_while(|(a, b)| a == b).count();
        let of_place = |c: &Correction| if let Correction::Place(place) = c { Some(place.clone()) } else { None };
        let mut places = self.place_corrections.to_vec();
        for gone in before[same..].iter().rev().filter_map(of_place) {
            if let Some(at) = places.iter().rposition(|p| *p == gone) {
                places.remove(at);
            }
        }
        places.extend(corrections[same..].iter().filter_map(of_place));
        self.place_corrections = places.into();
    }

    /// The articles that are known to name a place so.
    #[must_use]
    pub fn naming(&self, name: &str) -> Vec<ArticleId> {
        let of_kind = |kind| self.name(kind, name).map(|n| self.postings(n)).unwrap_or_default();
        let mut ids: Vec<_> = Kind::ALL.into_iter().flat_map(of_kind).map(|(id, _)| *id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// Takes back that an article has been read: what is found in it next replaces what was found before.
    pub fn unsettle(&mut self, id: ArticleId) {
        if let Some(entry) = self.entries.get_mut(id.0 as usize).filter(|e| e.status == Status::Indexed) {
            entry.status = Status::Listed;
            self.settled -= 1;
        }
    }

    /// Asks for articles to be read again in the background.
    pub fn reread(&mut self, ids: &[ArticleId]) -> Vec<Effect> {
        // What is in the library is read again when it is opened.
        let ids: Vec<ArticleId> = ids.iter().copied().filter(|id| self.entry(*id).is_some_and(|e| !e.origin.is_stored())).collect();
        ids.iter().for_each(|id| self.unsettle(*id));
        let wanted: Vec<Wanted> = ids.iter().filter_map(|id| self.wanted(*id)).filter(|w| !w.origin.comes_once()).collect();
        if wanted.is_empty() { Vec::new() } else { vec![Effect::Index(wanted)] }
    }

    /// True while an address of the web other than `id`'s is waited for.
    #[must_use]
    pub fn awaits_web(&self, id: ArticleId) -> bool {
        let waits = |e: &Entry| matches!(e.origin, Origin::Web(_)) && e.status == Status::Listed;
        self.entries.iter().enumerate().any(|(n, e)| n != id.0 as usize && waits(e))
    }

    /// The places of all articles.
    #[must_use]
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// Enters who is named in an article, in the place of what was entered for it before.
    fn post_all(&mut self, id: ArticleId, entities: &[SummaryEntity]) {
        let before = self.names_of.get_mut(id.0 as usize).map(std::mem::take).unwrap_or_default();
        for name in before {
            if let Some(name) = self.names.get_mut(name.0 as usize)
                && let Ok(at) = name.postings.binary_search_by_key(&id, |p| p.0)
            {
                name.postings.remove(at);
            }
        }
        let names: Vec<NameId> = entities.iter().map(|e| self.post(id, e.kind, &e.name, e.count)).collect();
        if let Some(slot) = self.names_of.get_mut(id.0 as usize) {
            *slot = names.into();
        }
    }

    fn post(&mut self, id: ArticleId, kind: Kind, shown: &str, count: u32) -> NameId {
        let key = (kind, fold(shown).into_boxed_str());
        let names = &mut self.names;
        let id_of_name = *self.by_name.entry(key).or_insert_with(|| {
            names.push(Name { kind, shown: shown.into(), postings: Vec::new() });
            NameId(u32::try_from(names.len() - 1).unwrap_or(u32::MAX))
        });
        let Some(name) = self.names.get_mut(id_of_name.0 as usize) else { return id_of_name };
        // A dateline writes BERLIN; where another article writes Berlin, that is the name.
        if shown.chars().any(char::is_lowercase) && !name.shown.chars().any(char::is_lowercase) {
            name.shown = shown.into();
        }
        match name.postings.binary_search_by_key(&id, |p| p.0) {
            Ok(at) => name.postings[at].1 += count,
            Err(at) => name.postings.insert(at, (id, count)),
        }
        id_of_name
    }

    /// The shared name of an entity; `None` while no article with it has been indexed.
    #[must_use]
    pub fn name(&self, kind: Kind, name: &str) -> Option<NameId> {
        self.by_name.get(&(kind, fold(name).into_boxed_str())).copied()
    }

    /// The articles that hold a name with the number of mentions, in the order of the list.
    #[must_use]
    pub fn postings(&self, name: NameId) -> &[(ArticleId, u32)] {
        self.names.get(name.0 as usize).map_or(&[], |n| &n.postings)
    }

    /// All names that some article holds: number, kind, how it is written, and in how many articles.
    pub fn names(&self) -> impl Iterator<Item = (NameId, Kind, &str, usize)> {
        let held = (0..).map(NameId).zip(&self.names).filter(|(_, n)| !n.postings.is_empty());
        held.map(|(id, n)| (id, n.kind, &*n.shown, n.postings.len()))
    }

    /// Kind and writing of a name.
    #[must_use]
    pub fn shown(&self, name: NameId) -> Option<(Kind, &str)> {
        self.names.get(name.0 as usize).map(|n| (n.kind, &*n.shown))
    }
}

/// A title to show before the file has been read: its name without the ending.
fn file_title(origin: &Origin) -> String {
    let shown = match origin {
        Origin::Standard => tr!("standard input").to_owned(),
        Origin::File(path) | Origin::Stream(path) => stem(path),
        Origin::Web(url) => url.clone(),
        Origin::Stored(_) => String::new(),
        Origin::Held(article) if !article.title.is_empty() => article.title.clone(),
        Origin::Held(article) => article.url.clone().unwrap_or_else(|| article.source.clone()),
        Origin::Memory { name, .. } => stem(Path::new(name)),
    };
    crate::text::clean_line(&shown)
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::PlaceId;

    fn summary(names: &[(&str, u32)]) -> Summary {
        let entities =
            names.iter().map(|(n, c)| SummaryEntity { kind: Kind::Person, name: (*n).to_owned(), count: *c, place: None }).collect();
        Summary { title: "T".into(), entities, ..Summary::default() }
    }

    #[test]
    fn names_are_shared_whatever_their_accents_and_the_order_of_indexing() {
        let mut library = Library::default();
        for n in 0..3 {
            library.add(Origin::File(format!("/a/{n}.txt").into()), None);
        }
        library.settle(ArticleId(2), Ok(summary(&[("Juan Guaidó", 2)])));
        library.settle(ArticleId(0), Ok(summary(&[("JUAN GUAIDO", 1), ("Ada", 1)])));
        library.settle(ArticleId(1), Err("gone".into()));
        let name = library.name(Kind::Person, "Juan Guaido").unwrap();
        assert_eq!(library.postings(name), [(ArticleId(0), 1), (ArticleId(2), 2)]);
        assert_eq!(library.shown(name).unwrap().1, "Juan Guaidó");
        assert_eq!(library.name(Kind::Place, "Ada"), None);
        assert_eq!(library.settled(), 3);
        // Opening an indexed article again counts nothing twice.
        library.settle(ArticleId(2), Ok(summary(&[("Juan Guaidó", 2)])));
        assert_eq!(library.postings(name).len(), 2);
        assert_eq!(library.settled(), 3);
        // What the reader has corrected takes the place of what stood there.
        library.settle(ArticleId(0), Ok(summary(&[("Juan Guaidó", 2)])));
        assert_eq!(library.postings(name), [(ArticleId(0), 2), (ArticleId(2), 2)]);
        assert!(library.names().all(|(_, _, shown, _)| shown != "Ada"));
    }

    #[test]
    fn a_file_is_called_by_its_name_until_it_is_read() {
        let mut library = Library::default();
        let id = library.add(Origin::File("/tmp/a\u{1b}b.txt".into()), Some("no permission".into()));
        assert_eq!(library.entry(id).unwrap().title, "a\u{fffd}b");
        assert_eq!(library.settled(), 1);
    }

    #[test]
    fn of_two_corrections_of_a_place_the_later_one_holds_whatever_article_it_was_made_in() {
        let mut library = Library::default();
        for n in 0..2 {
            library.add(Origin::File(format!("/a/{n}.txt").into()), None);
        }
        let paris = |n| PlaceCorrection { site: None, name: "Paris".into(), place: Some(PlaceId(n)) };
        let say = |n| Arc::from([Correction::Place(paris(n))]);
        library.correct(ArticleId(1), say(1));
        library.correct(ArticleId(0), say(2));
        assert_eq!(*library.place_corrections(), [paris(1), paris(2)]);
        library.correct(ArticleId(1), Arc::default());
        assert_eq!(*library.place_corrections(), [paris(2)]);
    }

    #[test]
    fn what_cannot_be_opened_any_more_is_not_jumped_to_and_what_is_read_again_counts_once() {
        let mut library = Library::default();
        library.add(Origin::File("/a/0.txt".into()), None);
        library.settle(ArticleId(0), Ok(summary(&[("Ada", 2)])));
        let effects = library.reread(&[ArticleId(0)]);
        assert!(matches!(effects.as_slice(), [Effect::Index(wanted)] if wanted.len() == 1));
        assert_eq!((library.settled(), library.naming("ada")), (0, vec![ArticleId(0)]));
        library.index(ArticleId(0), Err("gone".into()));
        assert_eq!((library.settled(), library.naming("Ada")), (1, vec![]));
    }
}
