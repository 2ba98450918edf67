//! The library and the reader's own server (FreshRSS and others with the API of Google Reader, Miniflux) in step: subscriptions with their folders,
//! articles, and what was read and starred, both ways.
//!
//! What both sides last agreed on is kept in the library, so that each side's changes are told from the other's silence. Changes that were made without
//! the network wait in the library until the server has acknowledged them.

mod feeds;
mod greader;
mod miniflux;
mod secret;
mod tags;
#[cfg(test)]
mod tests;
mod wire;

pub use secret::secret;

use super::{Pen, taken};
use crate::article::Article;
use crate::config::{Account, ServerKind};
use crate::locale::tr;
use crate::notice::Notice;
use crate::store::{Arrival, ArticleKey, FeedKey, Foreign, Health, Incoming, Marks, Reader, Unsent};
use std::collections::HashMap;

/// Changes that are sent at once.
const SENT_AT_ONCE: usize = 100;

/// Under this name the library keeps which server it is in step with, and up to where.
const SETTING: &str = "sync";

/// What a server calls one of its feeds, and where and what it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subscription {
    /// The server's name for it.
    pub id: String,
    /// The feed's address.
    pub url: String,
    /// Its title, as the reader's server shows it.
    pub title: String,
    /// Its folder; empty for none.
    pub folder: String,
}

/// An item as a server gives it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// The server's name for it.
    pub id: String,
    /// Read and starred.
    pub marks: Marks,
    /// Since when they are as they are, in seconds since 1970, where the server tells.
    pub changed: Option<i64>,
    /// The article, its feed as the server calls it; `None` where only the marks of a known one are told.
    pub entry: Option<Foreign>,
}

/// A mark to be set on the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Set {
    /// Read, or not.
    Read(bool),
    /// Starred, or not.
    Starred(bool),
}

/// A tag with the items that have it.
pub type Tagged = (String, Vec<String>);

/// The feeds that both sides have, by the server's names for them.
type Feeds = HashMap<String, (FeedKey, Subscription)>;

/// Takes items as they come.
pub type Take<'t> = dyn FnMut(Vec<Item>) -> Result<(), Notice> + 't;

/// A server that keeps feeds for a reader.
pub trait Server {
    /// All subscriptions.
    ///
    /// # Errors
    /// Where the server does not answer as it should; so for all that follow.
    fn subscriptions(&mut self) -> Result<Vec<Subscription>, Notice>;

    /// Subscribes to a feed.
    ///
    /// # Errors
    /// Where the server does not answer, or does not take the feed.
    fn subscribe(&mut self, url: &str, title: &str, folder: &str) -> Result<(), Notice>;

    /// Gives a subscription another title or folder than it had `before`.
    ///
    /// # Errors
    /// Where the server does not answer.
    fn edit(&mut self, before: &Subscription, wanted: &Subscription) -> Result<(), Notice>;

    /// Gives a subscription up.
    ///
    /// # Errors
    /// Where the server does not answer.
    fn unsubscribe(&mut self, id: &str) -> Result<(), Notice>;

    /// Gives every item that is not known, and every known one whose marks are not those in `known`, to `take`, which keeps each lot before the next
    /// one is asked for. `since` is what this answered the last time; the answer is kept for the next time.
    ///
    /// # Errors
    /// Where the server does not answer, and those of `take`.
    fn items(&mut self, since: Option<&str>, known: &HashMap<String, Marks>, take: &mut Take<'_>) -> Result<String, Notice>;

    /// Sets a mark on some items.
    ///
    /// # Errors
    /// Where the server does not answer.
    fn mark(&mut self, set: Set, ids: &[&str]) -> Result<(), Notice>;

    /// The tags of items: each tag with the items that have it. `None` where this server keeps none.
    ///
    /// # Errors
    /// Where the server does not answer.
    fn tags(&mut self) -> Result<Option<Vec<Tagged>>, Notice> {
        Ok(None)
    }

    /// Gives items a tag, or takes it from them.
    ///
    /// # Errors
    /// Where the server does not answer, or keeps no tags.
    fn tag(&mut self, tag: &str, on: bool, ids: &[&str]) -> Result<(), Notice> {
        let _ = (tag, on, ids);
        Err(Notice::new(tr!("This server keeps no tags")))
    }
}

/// The client for an account.
///
/// # Errors
/// Where the server does not let the reader in.
pub fn connect(account: &Account, secret: &str) -> Result<Box<dyn Server>, Notice> {
    Ok(match account.kind {
        ServerKind::Miniflux => Box::new(miniflux::Miniflux::new(&account.server, &account.user, secret)),
        ServerKind::FreshRss => Box::new(greader::Greader::sign_in(&greader::freshrss(&account.server), &account.user, secret)?),
        ServerKind::Greader => Box::new(greader::Greader::sign_in(&account.server, &account.user, secret)?),
    })
}

/// Signs in, and brings the library and the reader's server into step.
///
/// # Errors
/// Those of [`connect`] and [`run`].
pub fn with(account: &Account, secret: &str, writer: &mut dyn Pen, reader: &mut Reader, now: i64) -> Result<Summary, Notice> {
    let mut server = connect(account, secret)?;
    let name = format!("{} {}", account.server, account.user);
    run(writer, reader, server.as_mut(), &name, now, &mut |_| {})
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Feeds that were new here, gone here, sent there, gone there.
    pub feeds: feeds::Moved,
    /// New articles.
    pub new: usize,
    /// Marks that changed here.
    pub taken: usize,
    /// Marks that changed there.
    pub sent: usize,
    /// What went wrong without stopping the rest.
    pub problems: Vec<Notice>,
}

/// Brings the library and the server into step; `tell` hears how many articles have come. `name` says which server and account this is.
///
/// # Errors
/// Where the server does not answer, or the library cannot be read or written. What was done until then is kept; the rest follows the next time.
pub fn run(
    writer: &mut dyn Pen,
    reader: &mut Reader,
    server: &mut dyn Server,
    name: &str,
    now: i64,
    tell: &mut dyn FnMut(&Summary),
) -> Result<Summary, Notice> {
    let since = since(writer, reader, name, now)?;
    let mut summary = Summary::default();
    let subscriptions = feeds::agree(writer, reader, server, now, &mut summary)?;
    tell(&summary);
    let known = reader.snapshot(now)?.remote_items()?;
    let feeds: Feeds = {
        let snapshot = reader.snapshot(now)?;
        let of = |id: &str| subscriptions.iter().find(|s| s.id == id).cloned().unwrap_or_default();
        snapshot.remote_feeds()?.into_iter().filter_map(|f| Some((f.id.clone(), (f.feed?, of(&f.id))))).collect()
    };
    let next = server.items(since.as_deref(), &known, &mut |items| {
        take(writer, &feeds, &items, now, &mut summary)?;
        tell(&summary);
        Ok(())
    })?;
    let unsent = reader.snapshot(now)?.unsent()?;
    send(writer, server, &unsent, &mut summary)?;
    tags::agree(writer, reader, server, now, &mut summary)?;
    writer.write(|batch| {
        for (feed, one) in feeds.values() {
            batch.looked(*feed, &Health { checked: Some(now), ..Health::default() }, &one.title, None)?;
        }
        batch.set(SETTING, &serde_json::to_string(&(name, next)).unwrap_or_default())
    })?;
    Ok(summary)
}

/// Up to where the library is in step; with another server than the last time it begins anew.
fn since(writer: &mut dyn Pen, reader: &mut Reader, name: &str, now: i64) -> Result<Option<String>, Notice> {
    let kept: Option<(String, String)> = reader.snapshot(now)?.setting(SETTING)?.and_then(|s| serde_json::from_str(&s).ok());
    match kept {
        Some((server, since)) if server == name => Ok(Some(since).filter(|s| !s.is_empty())),
        _ => {
            let begun = serde_json::to_string(&(name, "")).unwrap_or_default();
            writer.write(|batch| batch.forget_remote().and_then(|()| batch.set(SETTING, &begun)))?;
            Ok(None)
        }
    }
}

/// The feeds that come from the server: nobody else has to ask for them.
///
/// # Errors
/// Where the library cannot be read.
pub fn served(reader: &mut Reader, now: i64) -> Result<Vec<FeedKey>, Notice> {
    Ok(reader.snapshot(now)?.remote_feeds()?.into_iter().filter_map(|f| f.feed).collect())
}

/// Keeps a lot of items.
fn take(writer: &mut dyn Pen, feeds: &Feeds, items: &[Item], now: i64, summary: &mut Summary) -> Result<(), Notice> {
    let read: Vec<Option<(FeedKey, Article)>> = items
        .iter()
        .map(|item| {
            let (feed, one) = feeds.get(&item.entry.as_ref()?.feed)?;
            Some((*feed, taken::article(item.entry.as_ref()?, &one.url, &one.title)?))
        })
        .collect();
    let (mut new, mut taken) = (0, 0);
    writer.write(|batch| {
        (new, taken) = (0, 0);
        for (item, read) in items.iter().zip(&read) {
            match (&item.entry, read) {
                (None, _) => taken += usize::from(batch.take_marks(&item.id, item.marks, item.changed)?),
                (Some(entry), Some((feed, article))) => {
                    if !batch.has_feed(*feed)? {
                        continue;
                    }
                    let incoming = Incoming { article, feed: Some(*feed), guid: Some(&item.id), raw: None, at: entry.published };
                    let (key, is_new): (Option<ArticleKey>, bool) = match batch.take_in(&incoming, now)? {
                        Arrival::New(key) => (Some(key), true),
                        Arrival::Changed(key) | Arrival::Known(key) => (Some(key), false),
                        Arrival::Deleted => (None, false),
                    };
                    new += usize::from(is_new);
                    batch.link_item(&item.id, key, item.marks, is_new)?;
                }
                (Some(_), None) => {}
            }
        }
        Ok(())
    })?;
    writer.train()?;
    (summary.new, summary.taken) = (summary.new + new, summary.taken + taken);
    Ok(())
}

/// Sends what the reader did; what has been acknowledged is noted lot by lot.
fn send(writer: &mut dyn Pen, server: &mut dyn Server, unsent: &[Unsent], summary: &mut Summary) -> Result<(), Notice> {
    for on in [true, false] {
        let read: Vec<&str> = unsent.iter().filter(|u| u.before.read != u.now.read && u.now.read == on).map(|u| u.id.as_str()).collect();
        for lot in read.chunks(SENT_AT_ONCE) {
            server.mark(Set::Read(on), lot)?;
            writer.write(|b| lot.iter().try_for_each(|id| b.sent(id, Some(on), None)))?;
            summary.sent += lot.len();
        }
        let starred = unsent.iter().filter(|u| u.before.starred != u.now.starred && u.now.starred == on);
        for lot in starred.map(|u| u.id.as_str()).collect::<Vec<_>>().chunks(SENT_AT_ONCE) {
            server.mark(Set::Starred(on), lot)?;
            writer.write(|b| lot.iter().try_for_each(|id| b.sent(id, None, Some(on))))?;
            summary.sent += lot.len();
        }
    }
    Ok(())
}
