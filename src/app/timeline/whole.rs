//! The timeline of all articles: their moments together, and what several of them tell as one.
//!
//! Two articles tell the same event where it is the same day (or the same month, year …) and their clauses share names and words. Words and names
//! that come back on many days ("candidate" in a year of elections) hardly tell one event from another, and count half. Compared are only clauses that
//! share one, and of each only the last few, so that the work grows with the number of moments.

use super::chronicle::{Chronicle, Item};
use super::moments::Moments;
use crate::app::library::ArticleId;
use crate::app::shelf::StoredRow;
use crate::article::{Granularity, Interval};
use crate::text::{fnv, fold};
use jiff::civil::Date;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// How many earlier clauses with one word in common are compared with a clause.
const NEAR: usize = 16;

/// Letters by which words are compared: without most endings.
const STEM: usize = 6;

/// A word or name is common where it comes back on more days than these, and on more than one of [`SHARE`] days.
const DAYS: u32 = 12;

/// See [`DAYS`].
const SHARE: u32 = 20;

/// One article and its moments.
#[derive(Clone, Debug)]
pub struct Source {
    /// The article.
    pub article: ArticleId,
    /// Its day of publication.
    pub published: Option<Date>,
    /// What the library keeps of it.
    pub moments: Arc<Moments>,
}

/// What one article says of a moment: indices into the sources and into their moments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Telling {
    source: u32,
    moment: u32,
}

/// The moments of all articles.
#[derive(Clone, Debug, Default)]
pub struct Whole {
    /// The moments; [`Item::source`] counts events.
    pub chronicle: Chronicle,
    /// Articles that have been read for it.
    pub articles: usize,
    sources: Vec<Source>,
    /// The articles of the library, where it is one's: then [`Source::article`] counts these.
    rows: Vec<Arc<StoredRow>>,
    tellings: Vec<Telling>,
    /// Where in `tellings` each event begins, and the end.
    bounds: Vec<u32>,
}

/// What is shown of one article's telling of a moment.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The article.
    pub article: ArticleId,
    /// Its day of publication.
    pub published: Option<Date>,
    /// Its place in the article.
    pub span: crate::text::Span,
    /// The clause.
    pub clause: &'a str,
}

impl Whole {
    /// Brings the moments of all `sources` together; with a filter only those in which the name with this key occurs.
    #[must_use]
    pub fn new(sources: Vec<Source>, filter: Option<u64>) -> Self {
        let mut tellings: Vec<Telling> = Vec::new();
        for (source, from) in (0..).zip(&sources) {
            let wanted = |n: usize| filter.is_none_or(|key| from.moments.names(n).contains(&key));
            tellings.extend((0..).take(from.moments.list().len()).filter(|n| wanted(*n as usize)).map(|moment| Telling { source, moment }));
        }
        let mut whole = Self { articles: sources.len(), sources, tellings, ..Self::default() };
        let parent = whole.same_events();
        whole.group(&parent);
        let item = |event: usize| -> Option<Item> {
            let tellings = whole.of_event(event)?;
            let first = whole.moment(*tellings.first()?)?;
            let light = tellings.iter().filter_map(|t| whole.moment(*t)).all(|m| m.light);
            Some(Item { interval: first.interval, future: first.future, light, source: u32::try_from(event).ok()? })
        };
        let items = (0..whole.bounds.len().saturating_sub(1)).filter_map(item).collect();
        whole.chronicle = Chronicle::new(items);
        whole
    }

    /// Brings the moments of stored articles together: the numbers of `sources` count the `rows`.
    #[must_use]
    pub fn of_library(sources: Vec<Source>, rows: Vec<Arc<StoredRow>>, filter: Option<u64>) -> Self {
        Self { rows, ..Self::new(sources, filter) }
    }

    /// The stored article that a telling is from; `None` where articles are those of the session.
    #[must_use]
    pub fn row(&self, article: ArticleId) -> Option<&StoredRow> {
        self.rows.get(article.0 as usize).map(|row| &**row)
    }

    fn moment(&self, telling: Telling) -> Option<&super::moments::Moment> {
        self.sources.get(telling.source as usize)?.moments.list().get(telling.moment as usize)
    }

    fn of_event(&self, event: usize) -> Option<&[Telling]> {
        let (from, to) = (*self.bounds.get(event)?, *self.bounds.get(event + 1)?);
        self.tellings.get(from as usize..to as usize)
    }

    /// How many articles tell an event.
    #[must_use]
    pub fn count(&self, item: &Item) -> usize {
        self.of_event(item.source as usize).map_or(0, <[Telling]>::len)
    }

    /// What the `n`-th article says of an event.
    #[must_use]
    pub fn told(&self, item: &Item, n: usize) -> Option<Told<'_>> {
        let telling = *self.of_event(item.source as usize)?.get(n)?;
        let source = self.sources.get(telling.source as usize)?;
        let moment = self.moment(telling)?;
        let clause = source.moments.clause(telling.moment as usize);
        Some(Told { article: source.article, published: source.published, span: moment.span, clause })
    }

    /// For each telling the index of the first one of the same event.
    fn same_events(&self) -> Vec<u32> {
        let mut days: HashMap<(Date, Date), Vec<u32>> = HashMap::new();
        for (n, telling) in (0..).zip(&self.tellings) {
            if let Some(interval) = self.moment(*telling).and_then(|m| m.interval) {
                days.entry(day_key(interval)).or_default().push(n);
            }
        }
        let common = self.common(&days);
        let mut parent: Vec<u32> = (0..).take(self.tellings.len()).collect();
        for tellings in days.values().filter(|t| t.len() > 1) {
            self.join(tellings, &common, &mut parent);
        }
        parent
    }

    /// The words and names that come back on many days.
    fn common(&self, days: &HashMap<(Date, Date), Vec<u32>>) -> HashSet<u64> {
        let least = DAYS.max(u32::try_from(days.len()).unwrap_or(u32::MAX) / SHARE);
        let mut counts: HashMap<u64, u32> = HashMap::new();
        let mut of_day: Vec<u64> = Vec::new();
        for tellings in days.values() {
            of_day.clear();
            for (text, names) in tellings.iter().filter_map(|n| self.clause(*n)) {
                of_day.extend(content(text).chain(names.iter().copied()));
            }
            of_day.sort_unstable();
            of_day.dedup();
            of_day.iter().for_each(|key| *counts.entry(*key).or_default() += 1);
        }
        counts.into_iter().filter(|(_, days)| *days > least).map(|(key, _)| key).collect()
    }

    /// The words and the names of a telling.
    fn clause(&self, telling: u32) -> Option<(&str, &[u64])> {
        let telling = self.tellings.get(telling as usize)?;
        let moments = &self.sources.get(telling.source as usize)?.moments;
        Some((moments.clause(telling.moment as usize), moments.names(telling.moment as usize)))
    }

    /// Joins the tellings of one day, each with the first clause that says the same.
    fn join(&self, day: &[u32], common: &HashSet<u64>, parent: &mut [u32]) {
        let mut events: Vec<Event> = Vec::new();
        let mut having: HashMap<u64, Vec<u32>> = HashMap::new();
        for n in day {
            let Some(telling) = self.tellings.get(*n as usize) else { continue };
            let Some((text, names)) = self.clause(*n) else { continue };
            let clause = Clause::new(text, names, common);
            let mut near: BTreeSet<u32> = BTreeSet::new();
            for key in clause.keys() {
                let lately = having.get(key).map_or(&[][..], |e| e.get(e.len().saturating_sub(NEAR)..).unwrap_or(&[]));
                near.extend(lately);
            }
            // An article tells an event once.
            let same = |e: &&u32| events.get(**e as usize).is_some_and(|e| e.last != telling.source && e.clause.tells_as(&clause));
            let found = near.iter().find(same).copied();
            if let Some(event) = found.and_then(|e| events.get_mut(e as usize)) {
                event.last = telling.source;
                parent[*n as usize] = event.first;
                continue;
            }
            let number = u32::try_from(events.len()).unwrap_or(u32::MAX);
            for key in clause.keys() {
                having.entry(*key).or_default().push(number);
            }
            events.push(Event { first: *n, last: telling.source, clause });
        }
    }

    /// Puts the tellings of one event side by side.
    fn group(&mut self, parent: &[u32]) {
        let mut order: Vec<u32> = (0..).take(parent.len()).collect();
        order.sort_by_key(|n| (parent.get(*n as usize).copied(), *n));
        let mut before = None;
        let mut grouped = Vec::with_capacity(order.len());
        for n in order {
            let Some(telling) = self.tellings.get(n as usize) else { continue };
            let first = parent.get(n as usize).copied();
            if first != before {
                self.bounds.push(u32::try_from(grouped.len()).unwrap_or(u32::MAX));
            }
            before = first;
            grouped.push(*telling);
        }
        self.bounds.push(u32::try_from(grouped.len()).unwrap_or(u32::MAX));
        self.tellings = grouped;
    }
}

/// An event while the tellings of its day are compared.
struct Event {
    first: u32,
    /// The source of its last telling; sources come in order.
    last: u32,
    clause: Clause,
}

/// Parts of a day lie on its day; everything longer has to be the same stretch.
fn day_key(interval: Interval) -> (Date, Date) {
    let (from, to) = (interval.from.date(), interval.to.date());
    if interval.granularity == Granularity::Time { (from, from) } else { (from, to) }
}

/// What a clause is about. Lists are sorted, and each key has its weight: a common one 1, another 2.
struct Clause {
    /// All of it, for what one agency sends to two papers.
    whole: u64,
    words: Vec<(u64, u32)>,
    names: Vec<(u64, u32)>,
}

impl Clause {
    fn new(text: &str, names: &[u64], common: &HashSet<u64>) -> Self {
        let weighed = |key: u64| (key, if common.contains(&key) { 1 } else { 2 });
        let mut words: Vec<(u64, u32)> = content(text).map(weighed).collect();
        let mut names: Vec<(u64, u32)> = names.iter().copied().map(weighed).collect();
        for keys in [&mut words, &mut names] {
            keys.sort_unstable();
            keys.dedup();
        }
        Self { whole: fnv(text.bytes()), words, names }
    }

    /// By what a clause that tells the same can be found.
    fn keys(&self) -> impl Iterator<Item = &u64> {
        self.words.iter().chain(&self.names).map(|(key, _)| key).chain(std::iter::once(&self.whole))
    }

    /// True where both tell the same: in the same words, or with a name and half of the words of the shorter one, or two names and a third, or nearly all
    /// of its words.
    fn tells_as(&self, other: &Self) -> bool {
        let words = shared(&self.words, &other.words);
        let shorter = weight(&self.words).min(weight(&other.words));
        self.whole == other.whole
            || match shared(&self.names, &other.names) {
                0 => words >= 6 && words * 3 >= shorter * 2,
                1 | 2 => words >= 4 && words * 2 >= shorter,
                _ => words >= 4 && words * 3 >= shorter,
            }
    }
}

fn weight(keys: &[(u64, u32)]) -> u32 {
    keys.iter().map(|(_, weight)| weight).sum()
}

/// The words of a clause that say what happens, as keys. Words with a capital are parts of names, which are compared as names.
fn content(text: &str) -> impl Iterator<Item = u64> {
    let letters = text.split(|c: char| !c.is_alphabetic()).filter(|w| w.starts_with(char::is_lowercase));
    letters.map(fold).filter(|w| is_content(w)).map(|w| fnv(w.bytes().take(STEM)))
}

/// What the keys weigh that two sorted lists share.
fn shared(a: &[(u64, u32)], b: &[(u64, u32)]) -> u32 {
    a.iter().filter(|x| b.binary_search(x).is_ok()).map(|(_, weight)| weight).sum()
}

/// True for words of four letters and more that say what happens: nothing that stands in every clause of news.
fn is_content(word: &str) -> bool {
    const COMMON: &[&str] = &[
        "about", "after", "again", "against", "also", "because", "been", "before", "being", "between", "could", "during", "from", "have",
        "having", "into", "last", "more", "most", "next", "only", "other", "over", "said", "says", "since", "some", "such", "than", "that",
        "their", "them", "then", "there", "they", "this", "those", "under", "until", "were", "what", "when", "where", "which", "while",
        "will", "with", "would", "year", "years", "month", "week", "today",
    ];
    word.len() >= 4 && !COMMON.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::super::moments::person;
    use super::*;
    use crate::article::{Analysed, Annotations, Article, EntityId, Event, Kind};
    use crate::text::Span;
    use jiff::civil::date;

    /// An article that tells `clauses`, each of a day and with the names that occur in it.
    fn source(article: u32, clauses: &[(&str, Date)]) -> Source {
        const NAMES: [&str; 3] = ["Ada Miller", "Karl Weiss", "Berlin"];
        let text = clauses.iter().map(|c| c.0).collect::<Vec<_>>().join("\n");
        let entities = NAMES.map(person).into();
        let events = clauses.iter().map(|(clause, day)| {
            let start = text.find(clause).unwrap();
            let named = |n: &usize| clause.contains(NAMES[*n]);
            Event {
                span: Span::new(start, start + clause.len()),
                time: Some(0),
                interval: Some(Interval { from: day.at(0, 0, 0, 0), to: day.at(23, 59, 0, 0), granularity: Granularity::Day }),
                entities: (0..3).filter(named).map(|n| EntityId(n as u32)).collect(),
                future: false,
                statement: false,
            }
        });
        let found = Annotations { entities, events: events.collect(), ..Annotations::default() };
        let analysed = Analysed { article: Article { text, ..Article::default() }, found };
        Source { article: ArticleId(article), published: None, moments: Arc::new(Moments::of(&analysed)) }
    }

    const DAY: Date = date(2019, 1, 21);

    fn counts(whole: &Whole) -> Vec<usize> {
        whole.chronicle.dated().iter().map(|i| whole.count(i)).collect()
    }

    #[test]
    fn two_articles_that_tell_the_same_are_one_moment() {
        let whole = Whole::new(
            vec![
                source(0, &[("Ada Miller opened the new bridge in Berlin", DAY), ("Karl Weiss resigned as mayor", DAY)]),
                source(7, &[("the bridge was opened by Ada Miller, a mathematician", DAY)]),
                source(9, &[("Ada Miller opened the new bridge in Berlin", date(2019, 1, 22))]),
            ],
            None,
        );
        assert_eq!(counts(&whole), [2, 1, 1]);
        let bridge = &whole.chronicle.dated()[0];
        assert_eq!(whole.told(bridge, 0).unwrap().article, ArticleId(0));
        let second = whole.told(bridge, 1).unwrap();
        assert_eq!((second.article, second.clause), (ArticleId(7), "the bridge was opened by Ada Miller, a mathematician"));
        assert!(whole.told(bridge, 2).is_none());
    }

    #[test]
    fn a_name_alone_or_a_day_alone_joins_nothing() {
        let whole = Whole::new(
            vec![
                source(0, &[("Ada Miller opened the new bridge", DAY)]),
                source(1, &[("Ada Miller attended a concert with her family", DAY)]),
                source(2, &[("heavy rain flooded several villages", DAY)]),
            ],
            None,
        );
        assert_eq!(counts(&whole), [1, 1, 1]);
    }

    #[test]
    fn what_comes_back_every_day_tells_no_event_from_another() {
        let days: Vec<Date> = (1..=28).map(|day| date(2019, 2, day)).collect();
        let every: Vec<_> = days.iter().map(|day| ("Ada Miller campaigned as candidate for mayor", *day)).collect();
        let other = source(1, &[("the candidate for mayor, Ada Miller, bought a horse", days[0])]);
        let again = source(2, &[("Ada Miller campaigned as candidate for mayor", days[1])]);
        let whole = Whole::new(vec![source(0, &every), other.clone(), again], None);
        assert_eq!(counts(&whole).iter().filter(|n| **n > 1).count(), 1, "only what is told in the same words");
        assert_eq!(counts(&Whole::new(vec![source(0, &every[..1]), other], None)), [2], "in two articles nothing is common");
    }

    #[test]
    fn one_article_tells_two_things() {
        let twice = [("Ada Miller opened the new bridge", DAY), ("Ada Miller opened the new bridge again", DAY)];
        assert_eq!(counts(&Whole::new(vec![source(0, &twice)], None)), [1, 1]);
    }

    #[test]
    fn a_filter_keeps_the_moments_of_one_name() {
        let sources = vec![source(0, &[("Ada Miller opened the new bridge", DAY), ("Karl Weiss resigned", DAY)])];
        let key = super::super::moments::name_key(Kind::Person, "karl weiss");
        let whole = Whole::new(sources, Some(key));
        assert_eq!(counts(&whole), [1]);
        assert_eq!(whole.told(&whole.chronicle.dated()[0], 0).unwrap().clause, "Karl Weiss resigned");
        assert_eq!(whole.articles, 1);
    }

    #[test]
    fn a_part_of_a_day_lies_on_its_day() {
        let morning = Interval { from: DAY.at(6, 0, 0, 0), to: DAY.at(11, 59, 0, 0), granularity: Granularity::Time };
        assert_eq!(day_key(morning), (DAY, DAY));
    }
}
