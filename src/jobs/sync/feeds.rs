//! Subscriptions on both sides: what was added, removed, renamed or put into another folder on one of them is so on the other afterwards.

use super::{Pen, Server, Subscription, Summary};
use crate::locale::tr;
use crate::notice::Notice;
use crate::store::{Feed, FeedKey, Reader, RemoteFeed};
use std::collections::HashMap;

/// How many feeds came and went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// New here.
    pub added: usize,
    /// Gone here, because they went there.
    pub removed: usize,
    /// New there.
    pub sent: usize,
    /// Gone there, because they went here.
    pub unsubscribed: usize,
}

/// Brings both lists of feeds into step; answers the server's.
pub(super) fn agree(
    writer: &mut dyn Pen,
    reader: &mut Reader,
    server: &mut dyn Server,
    now: i64,
    summary: &mut Summary,
) -> Result<Vec<Subscription>, Notice> {
    let mut there = server.subscriptions()?;
    let known = reader.snapshot(now)?.remote_feeds()?;
    if there.is_empty() && known.iter().any(|k| k.feed.is_some()) {
        return Err(Notice::new(tr!("The server says that it has no feeds at all"))
            .because(tr!("the last time it had some"))
            .hint(tr!("nothing was removed here; see on the server whether this is the right account")));
    }
    let mut changed = give_up(writer, server, &known, &mut there, now, summary)?;
    changed |= subscribe(reader, server, &there, now, summary)?;
    if changed {
        there = server.subscriptions()?;
    }
    take(writer, reader, server, &there, now, summary)?;
    Ok(there)
}

/// What was removed on one side goes on the other. Answers whether the server's list changed.
fn give_up(
    writer: &mut dyn Pen,
    server: &mut dyn Server,
    known: &[RemoteFeed],
    there: &mut Vec<Subscription>,
    now: i64,
    summary: &mut Summary,
) -> Result<bool, Notice> {
    let mut changed = false;
    for one in known {
        match (one.feed, there.iter().any(|s| s.id == one.id)) {
            (Some(_), true) => {}
            (None, listed) => {
                if listed {
                    server.unsubscribe(&one.id)?;
                    there.retain(|s| s.id != one.id);
                    summary.feeds.unsubscribed += 1;
                    changed = true;
                }
                writer.write(|b| b.forget_remote_feed(&one.id))?;
            }
            (Some(feed), false) => {
                // What is starred or tagged stays, as when the reader removes a feed here.
                writer.write(|b| b.remove_feed(feed, false, now).and_then(|_| b.forget_remote_feed(&one.id)))?;
                summary.feeds.removed += 1;
            }
        }
    }
    Ok(changed)
}

/// Feeds that only the library has go to the server; one that it does not take is told and stays what it was.
fn subscribe(
    reader: &mut Reader,
    server: &mut dyn Server,
    there: &[Subscription],
    now: i64,
    summary: &mut Summary,
) -> Result<bool, Notice> {
    let snapshot = reader.snapshot(now)?;
    let (here, linked) = (snapshot.feeds()?, snapshot.remote_feeds()?);
    let mut changed = false;
    for feed in here.iter().filter(|f| f.url.contains("://")) {
        if linked.iter().any(|l| l.feed == Some(feed.key)) || there.iter().any(|s| same(&s.url, &feed.url)) {
            continue;
        }
        match server.subscribe(&feed.url, feed.choice.name.as_deref().unwrap_or(&feed.title), &feed.choice.folder) {
            Ok(()) => {
                summary.feeds.sent += 1;
                changed = true;
            }
            Err(notice) => summary.problems.push(Notice::new(tr!("The server does not take {url}", url = feed.url)).because(notice)),
        }
    }
    Ok(changed)
}

/// Takes in what the server has, and tells it what was renamed or moved here.
fn take(
    writer: &mut dyn Pen,
    reader: &mut Reader,
    server: &mut dyn Server,
    there: &[Subscription],
    now: i64,
    summary: &mut Summary,
) -> Result<(), Notice> {
    let (here, known): (Vec<Feed>, HashMap<String, RemoteFeed>) = {
        let snapshot = reader.snapshot(now)?;
        (snapshot.feeds()?, snapshot.remote_feeds()?.into_iter().map(|k| (k.id.clone(), k)).collect())
    };
    for one in there {
        let agreed = known.get(&one.id);
        let feed = match agreed.and_then(|k| k.feed) {
            Some(key) => here.iter().find(|f| f.key == key),
            None => here.iter().find(|f| same(&f.url, &one.url)),
        };
        let Some(feed) = feed else {
            writer.write(|b| {
                let (key, _) = b.add_feed(&one.url, &one.title)?;
                let choice = crate::store::Choice { folder: one.folder.clone(), ..Default::default() };
                b.choose(key, &choice)?;
                b.agree_on_feed(&remote(one, key))
            })?;
            summary.feeds.added += 1;
            continue;
        };
        let wanted = merge(feed, agreed, one);
        if wanted != *one {
            server.edit(one, &wanted)?;
        }
        writer.write(|b| {
            let mut choice = feed.choice.clone();
            choice.folder.clone_from(&wanted.folder);
            if wanted.title != feed.shown() {
                choice.name = Some(wanted.title.clone());
            }
            if choice != feed.choice {
                b.choose(feed.key, &choice)?;
            }
            if feed.url != one.url {
                b.move_feed(feed.key, &one.url)?;
            }
            b.agree_on_feed(&remote(&wanted, feed.key))
        })?;
    }
    Ok(())
}

/// Title and folder of a feed that both sides have: as on the side that changed it since both agreed; the first time the reader's own choice here, and
/// the server's where there is none.
fn merge(feed: &Feed, agreed: Option<&RemoteFeed>, there: &Subscription) -> Subscription {
    let here = (feed.choice.name.clone().unwrap_or_default(), &feed.choice.folder);
    let pick = |here: &str, agreed: Option<&str>, there: &str| match agreed {
        _ if here.is_empty() && agreed.is_none() => there.to_owned(),
        Some(agreed) if there != agreed || here == agreed => there.to_owned(),
        _ => here.to_owned(),
    };
    // A feed without a name of the reader's own is called as the server calls it.
    let title = if here.0.is_empty() { there.title.clone() } else { pick(&here.0, agreed.map(|a| a.title.as_str()), &there.title) };
    let folder = pick(here.1, agreed.map(|a| a.folder.as_str()), &there.folder);
    Subscription { title, folder, ..there.clone() }
}

fn remote(one: &Subscription, feed: FeedKey) -> RemoteFeed {
    RemoteFeed { id: one.id.clone(), feed: Some(feed), title: one.title.clone(), folder: one.folder.clone() }
}

/// True for two addresses of one feed: servers write them in their own way.
fn same(one: &str, other: &str) -> bool {
    let bare = |url: &str| {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        rest.trim_end_matches('/').to_owned()
    };
    bare(one) == bare(other)
}
