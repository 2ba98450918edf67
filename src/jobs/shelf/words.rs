//! Between the store's words and the shelf's.

use crate::app::shelf::{
    Copies, FeedChoice, FeedId, FeedLine, FullText, Holdings, SavedLine, Sort, StoredKey, StoredMark, StoredRow, WatchLine,
};
use crate::locale::{dated, tr};
use crate::notice::Notice;
use crate::store::{self, ArticleKey, Choice, Feed, FeedKey, Mark, Order, Row, Snapshot};
use crate::text::clean_line;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use std::sync::Arc;

/// The second of the day at which an article stands of which only the day is known.
const NOON: i64 = 43_200;

fn local(at: i64) -> Option<Zoned> {
    Timestamp::from_second(at).ok().map(|t| t.to_zoned(TimeZone::system()))
}

/// The day that it is here.
pub(super) fn today(now: i64) -> Date {
    local(now).map(|z| z.date()).unwrap_or_default()
}

/// A line of a list.
pub(super) fn row(row: Row, group: Option<Arc<str>>) -> StoredRow {
    let at = row.cursor.at;
    // At noon sharp only the day is known, and it is the article's own wherever the reader is.
    let of_day = at.rem_euclid(86_400) == NOON;
    let zoned = local(at);
    let own = row.published.filter(|_| of_day);
    StoredRow {
        key: StoredKey(row.cursor.key.0),
        day: own.or_else(|| zoned.as_ref().map(Zoned::date)).unwrap_or_default(),
        time: zoned.filter(|_| !of_day).map(|z| z.time()),
        title: clean_line(&row.title),
        site: row.site.as_deref().map(clean_line),
        group,
        read: row.read,
        starred: row.starred,
        followed: false,
        copies: Copies::None,
    }
}

/// The line of an article that was deleted since the list was made.
pub(super) fn gone(key: ArticleKey, group: Option<Arc<str>>) -> StoredRow {
    StoredRow {
        key: StoredKey(key.0),
        day: Date::default(),
        time: None,
        title: "(deleted)".to_owned(),
        site: None,
        group,
        read: true,
        starred: false,
        followed: false,
        copies: Copies::None,
    }
}

/// The order of a list.
pub(super) fn order(sort: Sort) -> Order {
    if sort.oldest { Order::Oldest } else { Order::Newest }
}

pub(super) fn mark(mark: &StoredMark) -> Mark {
    match mark {
        StoredMark::Read(on) => Mark::Read(*on),
        StoredMark::Starred(on) => Mark::Starred(*on),
        StoredMark::Tag(tag) => Mark::Tag(tag.clone()),
        StoredMark::Untag(tag) => Mark::Untag(tag.clone()),
    }
}

pub(super) fn choice(choice: FeedChoice) -> Choice {
    let FeedChoice { name, folder, tags, full_text, keep_days } = choice;
    let full_text = match full_text {
        FullText::Auto => store::FullText::Auto,
        FullText::OnDemand => store::FullText::OnDemand,
        FullText::Never => store::FullText::Never,
    };
    Choice { name: Some(name).filter(|n| !n.is_empty()), folder, tags, full_text, keep_days }
}

fn chosen(choice: &Choice) -> FeedChoice {
    let full_text = match choice.full_text {
        store::FullText::Auto => FullText::Auto,
        store::FullText::OnDemand => FullText::OnDemand,
        store::FullText::Never => FullText::Never,
    };
    FeedChoice {
        name: choice.name.clone().unwrap_or_default(),
        folder: choice.folder.clone(),
        tags: choice.tags.clone(),
        full_text,
        keep_days: choice.keep_days,
    }
}

/// When something was, for the eye: `today 14:05`, `21 Jan 14:05`.
fn when(at: i64, today: Date) -> String {
    let Some(zoned) = local(at) else { return String::new() };
    let day = if zoned.date() == today { tr!("today").to_owned() } else { dated(zoned.day(), zoned.month(), zoned.year()) };
    format!("{day} {}", zoned.strftime("%H:%M"))
}

fn feed(feed: &Feed, today: Date) -> FeedLine {
    let health = &feed.health;
    let gone = || Notice::new(tr!("The server says that the feed is gone for good")).hint(tr!("remove it, or look for its new address"));
    FeedLine {
        id: FeedId(feed.key.0),
        url: clean_line(&feed.url),
        shown: clean_line(feed.shown()),
        choice: chosen(&feed.choice),
        checked: health.checked.map(|at| when(at, today)).unwrap_or_default(),
        trouble: health.failure.clone().or_else(|| health.gone.then(gone)),
        articles: feed.articles,
        unread: feed.unread,
    }
}

/// What is in the library.
pub(super) fn holdings(snapshot: &Snapshot<'_>, feeds: &[Feed], now: i64) -> Result<Holdings, Notice> {
    let (tally, today) = (snapshot.tally()?, today(now));
    let saved = |s: store::SavedSearch| SavedLine { name: clean_line(&s.name), query: s.query, articles: s.articles, unread: s.unread };
    Ok(Holdings {
        feeds: feeds.iter().map(|f| feed(f, today)).collect(),
        watches: snapshot.watches()?.into_iter().map(watch).collect(),
        searches: snapshot.searches()?.into_iter().map(saved).collect(),
        articles: tally.articles,
        unread: tally.unread,
        starred: tally.starred,
        today,
    })
}

fn watch(watch: store::Watch) -> WatchLine {
    let new = u64::try_from(watch.new).unwrap_or(u64::MAX);
    WatchLine { id: watch.id, name: clean_line(&watch.name), new, announce: watch.announce }
}

pub(super) fn feed_key(feed: FeedId) -> FeedKey {
    FeedKey(feed.0)
}
