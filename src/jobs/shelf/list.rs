//! A list as it was made: which articles, in which order, and where each row stands, whatever is written meanwhile.
//!
//! Of a short or grouped list every place is held. Of a long one every five hundredth: a row is found by a short walk from the one before it, so a
//! list of a hundred thousand articles takes some kilobytes.

use super::folds::Folds;
use super::{viewed, words};
use crate::app::Ticket;
use crate::app::shelf::{GroupBy, ListWish, PagePart, Shelved, StoredKey, StoredRow, Viewed};
use crate::article::Kind;
use crate::notice::Notice;
use crate::query::{self, Query, State, Term};
use crate::store::{ArticleKey, Bits, Cursor, Matches, Order, Snapshot};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// Of lists up to this length every place is held.
const SHORT: usize = 2000;

/// Steps between two places that are held of a long list.
const STEP: usize = 500;

/// Articles that are looked at to put them together by site; older ones are left out.
const MOST_BY_SOURCE: usize = 20_000;

/// Articles that are looked at to put them together by who or what they name.
const MOST_BY_NAME: usize = 3000;

/// An article's place in a list, and what it is grouped by.
type Placed = (Option<Arc<str>>, Cursor);

/// A list.
#[derive(Debug)]
pub(super) struct List {
    pub(super) ticket: Ticket,
    wish: ListWish,
    order: Order,
    bits: Bits,
    places: Places,
    total: usize,
    /// Those that are new of what is followed.
    followed: Bits,
    /// Copies, in a list by story.
    folds: Folds,
    /// The rows that the reader was given last.
    pub(super) shown: Range<usize>,
}

#[derive(Debug)]
enum Places {
    /// All, with their groups.
    All(Vec<Placed>),
    /// The last one of each [`STEP`].
    Steps(Vec<Cursor>),
}

impl List {
    /// Makes a list.
    ///
    /// # Errors
    /// Where the query is none, or the library cannot be read; so for all that follow.
    pub(super) fn new(snapshot: &Snapshot<'_>, ticket: Ticket, wish: ListWish) -> Result<Self, Notice> {
        let bits = wanted(snapshot, &wish)?;
        let order = words::order(wish.sort);
        let followed = snapshot.new_of_all()?;
        let (total, places, folds) = (bits.len(), Places::Steps(Vec::new()), Folds::default());
        let mut list = Self { ticket, order, total, bits, places, followed, folds, shown: 0..0, wish };
        let by = list.wish.sort.by;
        if by != GroupBy::Day {
            let unfolded = (&mut list.folds, list.wish.unfolded.as_slice());
            list.places = Places::All(grouped(snapshot, &list.bits, order, by, unfolded)?);
        } else if list.total <= SHORT {
            list.places = Places::All(short(snapshot, &list.bits, order)?);
        }
        if let Places::All(all) = &list.places {
            list.total = all.len();
        }
        Ok(list)
    }

    pub(super) fn total(&self) -> usize {
        self.total
    }

    /// Rows from `from` on.
    pub(super) fn rows(&mut self, snapshot: &Snapshot<'_>, from: usize, count: usize) -> Result<Vec<StoredRow>, Notice> {
        let places = self.places(snapshot, from, count)?;
        let rows = places.into_iter().map(|(group, place)| {
            let row = snapshot.row(place.key)?;
            let (followed, copies) = (self.followed.contains(place.key.0), self.folds.stand(place.key));
            let row = row.map_or_else(|| words::gone(place.key, group.clone()), |row| words::row(row, group.clone()));
            Ok(StoredRow { followed: followed && !row.read, copies, ..row })
        });
        let rows: Vec<StoredRow> = rows.collect::<Result<_, Notice>>()?;
        self.shown = from..from + rows.len();
        Ok(rows)
    }

    /// The places of rows from `from` on.
    fn places(&mut self, snapshot: &Snapshot<'_>, from: usize, count: usize) -> Result<Vec<Placed>, Notice> {
        let steps = match &mut self.places {
            Places::All(all) => return Ok(all.iter().skip(from).take(count).cloned().collect()),
            Places::Steps(steps) => steps,
        };
        walk(snapshot, &self.bits, self.order, steps, |steps| steps.len() >= from / STEP)?;
        let before = (from / STEP).min(steps.len());
        let skip = from - before * STEP;
        let after = before.checked_sub(1).and_then(|n| steps.get(n)).copied();
        let places = snapshot.places(&self.bits, self.order, after, skip.saturating_add(count))?;
        Ok(places.into_iter().skip(skip).map(|place| (None, place)).collect())
    }

    /// The row of an article; `None` where it is not in the list.
    pub(super) fn position(&mut self, snapshot: &Snapshot<'_>, key: StoredKey) -> Result<Option<usize>, Notice> {
        if !self.bits.contains(key.0) {
            return Ok(None);
        }
        let steps = match &mut self.places {
            Places::All(all) => {
                let shown = self.folds.shown(ArticleKey(key.0));
                return Ok(all.iter().position(|(_, place)| place.key == shown));
            }
            Places::Steps(steps) => steps,
        };
        let Some(wanted) = snapshot.place(ArticleKey(key.0))? else { return Ok(None) };
        let newest = self.order == Order::Newest;
        let before = |place: &Cursor| if newest { *place > wanted } else { *place < wanted };
        walk(snapshot, &self.bits, self.order, steps, |steps| steps.last().is_some_and(|last| !before(last)))?;
        let block = steps.partition_point(before);
        let after = block.checked_sub(1).and_then(|n| steps.get(n)).copied();
        let inside = snapshot.places(&self.bits, self.order, after, STEP)?;
        Ok(inside.iter().position(|place| *place == wanted).map(|n| block * STEP + n))
    }

    /// The articles of some rows, with what is folded under them.
    pub(super) fn keys(&mut self, snapshot: &Snapshot<'_>, rows: Range<usize>) -> Result<Vec<ArticleKey>, Notice> {
        if rows == (0..self.total) {
            return Ok(self.bits.iter().map(ArticleKey).collect());
        }
        let places = self.places(snapshot, rows.start, rows.len())?;
        let folded = places.iter().flat_map(|(_, place)| self.folds.under(place.key));
        let folded: Vec<ArticleKey> = folded.copied().collect();
        Ok(places.into_iter().map(|(_, place)| place.key).chain(folded).collect())
    }

    /// Its articles that are older than an instant.
    pub(super) fn older(&self, snapshot: &Snapshot<'_>, than: i64) -> Result<Vec<ArticleKey>, Notice> {
        let places = snapshot.places(&self.bits, Order::Oldest, None, usize::MAX)?;
        Ok(places.into_iter().take_while(|place| place.at < than).map(|place| place.key).collect())
    }

    /// The first row from `from` on whose article is in `set`.
    pub(super) fn next(&mut self, snapshot: &Snapshot<'_>, from: usize, set: &Bits) -> Result<Option<(usize, ArticleKey)>, Notice> {
        for start in (from..self.total).step_by(STEP) {
            let some = self.places(snapshot, start, STEP)?;
            if let Some((n, (_, place))) = some.iter().enumerate().find(|(_, (_, place))| set.contains(place.key.0)) {
                return Ok(Some((start + n, place.key)));
            }
        }
        Ok(None)
    }

    /// Looks again at what is followed.
    pub(super) fn mark_followed(&mut self, snapshot: &Snapshot<'_>) -> Result<(), Notice> {
        self.followed = snapshot.new_of_all()?;
        Ok(())
    }

    /// How many articles belong to the list that came after it was made.
    pub(super) fn waiting(&self, snapshot: &Snapshot<'_>) -> Result<usize, Notice> {
        let mut now = wanted(snapshot, &self.wish)?;
        now.remove(&self.bits);
        Ok(now.len())
    }
}

/// Holds more places of a long list, until that is `enough` or its end is reached.
fn walk(
    snapshot: &Snapshot<'_>,
    bits: &Bits,
    order: Order,
    steps: &mut Vec<Cursor>,
    enough: impl Fn(&[Cursor]) -> bool,
) -> Result<(), Notice> {
    while !enough(steps) {
        let some = snapshot.places(bits, order, steps.last().copied(), STEP * 16)?;
        let before = steps.len();
        steps.extend(some.iter().skip(STEP - 1).step_by(STEP));
        if steps.len() == before {
            break;
        }
    }
    Ok(())
}

/// The articles of a list.
pub(super) fn wanted(snapshot: &Snapshot<'_>, wish: &ListWish) -> Result<Bits, Notice> {
    let mut bits = match &wish.of {
        Shelved::Part(part) => in_part(snapshot, part)?,
        of => bits(snapshot, matches(snapshot, of)?)?,
    };
    if wish.unread_only {
        bits.keep(&unread(snapshot)?);
    }
    Ok(bits)
}

/// The articles of a page that appeared in some time.
fn in_part(snapshot: &Snapshot<'_>, part: &PagePart) -> Result<Bits, Notice> {
    let mut bits = viewed::seen(snapshot, &Viewed::Page(part.of.clone()), super::now())?.bits;
    bits.keep(&snapshot.between(part.time.0, part.time.1)?);
    Ok(bits)
}

fn matches(snapshot: &Snapshot<'_>, of: &Shelved) -> Result<Matches, Notice> {
    let find = |query: &Query| snapshot.find(query);
    Ok(match of {
        Shelved::All => snapshot.everything()?,
        Shelved::Unread => find(&Query::Term(Term::Is(State::Unread)))?,
        Shelved::Starred => find(&Query::Term(Term::Is(State::Starred)))?,
        Shelved::Feed(feed) => snapshot.of_feed(words::feed_key(*feed))?,
        Shelved::Folder(path) => find(&Query::Term(Term::Label(query::Field::Folder, path.to_string())))?,
        Shelved::Watch(id) => {
            let watch = snapshot.watches()?.into_iter().find(|w| w.id == *id);
            watch.map_or_else(|| Ok(Matches::none()), |watch| snapshot.of_watch(&watch.what))?
        }
        Shelved::Query(text) => find(&query::parse(text).map_err(|p| Notice::new(p.what).hint(p.hint))?)?,
        Shelved::Part(_) => Matches::none(),
    })
}

/// All articles that are not read.
pub(super) fn unread(snapshot: &Snapshot<'_>) -> Result<Bits, Notice> {
    bits(snapshot, snapshot.find(&Query::Term(Term::Is(State::Unread)))?)
}

pub(super) fn bits(snapshot: &Snapshot<'_>, matches: Matches) -> Result<Bits, Notice> {
    match matches.bits() {
        Some(bits) => Ok(bits.clone()),
        None => Ok(snapshot.everything()?.bits().cloned().unwrap_or_default()),
    }
}

/// Every place of a short list.
fn short(snapshot: &Snapshot<'_>, bits: &Bits, order: Order) -> Result<Vec<Placed>, Notice> {
    let mut places: Vec<Cursor> = Vec::with_capacity(bits.len());
    for id in bits.iter() {
        places.extend(snapshot.place(ArticleKey(id))?);
    }
    places.sort_unstable();
    if order == Order::Newest {
        places.reverse();
    }
    Ok(places.into_iter().map(|place| (None, place)).collect())
}

/// Every place of a list in groups: the largest first, those without one last, each in the order of the list.
fn grouped(
    snapshot: &Snapshot<'_>,
    bits: &Bits,
    order: Order,
    by: GroupBy,
    (folds, unfolded): (&mut Folds, &[StoredKey]),
) -> Result<Vec<Placed>, Notice> {
    let most = if by == GroupBy::Source { MOST_BY_SOURCE } else { MOST_BY_NAME };
    let mut groups: HashMap<Option<String>, Vec<Cursor>> = HashMap::new();
    for place in snapshot.places(bits, order, None, most)? {
        let name = match by {
            GroupBy::Source => snapshot.row(place.key)?.and_then(|row| row.site),
            GroupBy::Person => snapshot.main_entity(place.key, Kind::Person)?,
            GroupBy::Place => snapshot.main_entity(place.key, Kind::Place)?,
            GroupBy::Story => snapshot.story_of(place.key)?.map(|story| format!("{story}")),
            GroupBy::Day => None,
        };
        groups.entry(name).or_default().push(place);
    }
    if by == GroupBy::Story {
        groups = told(snapshot, groups, order)?;
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by(|(a, x), (b, y)| (a.is_none(), std::cmp::Reverse(x.len()), a).cmp(&(b.is_none(), std::cmp::Reverse(y.len()), b)));
    let named = |name: Option<String>| Arc::<str>::from(name.map_or_else(|| "–".to_owned(), |n| crate::text::clean_line(&n)));
    let mut out = Vec::new();
    for (name, places) in groups {
        let places = if by == GroupBy::Story { folds.fold(snapshot, places, unfolded)? } else { places };
        let name = named(name);
        out.extend(places.into_iter().map(|place| (Some(Arc::clone(&name)), place)));
    }
    Ok(out)
}

/// Groups of stories by their titles; what one article alone tells stands together at the end.
fn told(
    snapshot: &Snapshot<'_>,
    groups: HashMap<Option<String>, Vec<Cursor>>,
    order: Order,
) -> Result<HashMap<Option<String>, Vec<Cursor>>, Notice> {
    let mut out: HashMap<Option<String>, Vec<Cursor>> = HashMap::new();
    for (story, places) in groups {
        let number = story.filter(|_| places.len() > 1).and_then(|story| story.parse().ok());
        let title = number.map(|story| snapshot.story_title(story)).transpose()?.flatten();
        out.entry(title).or_default().extend(places);
    }
    for places in out.values_mut() {
        places.sort_unstable();
        if order == Order::Newest {
            places.reverse();
        }
    }
    Ok(out)
}
