//! Articles that come with their marks from elsewhere: a server, or the database of another program. They are read as items of feeds are, with the same
//! cleaning.

use super::Pen;
use crate::article::Article;
use crate::notice::Notice;
use crate::source;
use crate::store::{Arrival, FeedKey, Foreign, Incoming, Mark};
use std::collections::HashMap;

/// Articles that are written at once.
const BATCH: usize = 500;

/// An item as an article; `None` where it says nothing. `title` is that of its feed.
pub(super) fn article(item: &Foreign, title: &str) -> Option<Article> {
    let date = item.published.and_then(|s| jiff::Timestamp::from_second(s).ok()).map(|t| t.to_string());
    let authors: Vec<_> = (!item.author.is_empty()).then(|| serde_json::json!({ "name": item.author })).into_iter().collect();
    let item_of_feed = serde_json::json!({
        "id": item.url, "url": item.url, "title": item.title, "content_html": item.html, "date_published": date, "authors": authors,
    });
    // A feed is read in one pass: its title has to come before its items, which take it for the name of their site.
    let document =
        format!(r#"{{"version":"https://jsonfeed.org/version/1.1","title":{},"items":[{item_of_feed}]}}"#, serde_json::json!(title));
    let input = source::Input { media_type: Some("application/feed+json"), ..source::Input::new(&item.url, document.as_bytes()) };
    // A fault in one article must not take the others with it.
    let (articles, _) = super::guarded(|| Ok(source::read(&input))).ok()?;
    articles.into_iter().next()
}

/// Takes in all articles that `each` gives, with their marks; those of feeds that the library does not have are left out. Answers how many are new.
///
/// # Errors
/// Where they cannot be read, or the library cannot be written.
pub fn take(
    writer: &mut dyn Pen,
    now: i64,
    each: impl FnOnce(&mut dyn FnMut(Foreign) -> Result<(), Notice>) -> Result<(), Notice>,
) -> Result<usize, Notice> {
    let mut new = 0;
    let mut waiting: Vec<Foreign> = Vec::new();
    let mut feeds: HashMap<String, Option<FeedKey>> = HashMap::new();
    each(&mut |item| {
        waiting.push(item);
        if waiting.len() >= BATCH {
            new += write(writer, &mut feeds, &std::mem::take(&mut waiting), now)?;
        }
        Ok(())
    })?;
    new += write(writer, &mut feeds, &waiting, now)?;
    writer.lend(&mut crate::store::Writer::tidy)?;
    Ok(new)
}

fn write(writer: &mut dyn Pen, feeds: &mut HashMap<String, Option<FeedKey>>, items: &[Foreign], now: i64) -> Result<usize, Notice> {
    let read: Vec<Option<Article>> = items.iter().map(|item| article(item, "")).collect();
    let new = writer.write(|batch| {
        let mut new = 0;
        for (item, article) in items.iter().zip(&read) {
            let Some(article) = article else { continue };
            let feed = match feeds.get(&item.feed) {
                Some(known) => *known,
                None => {
                    let found = batch.feed(&item.feed)?;
                    feeds.insert(item.feed.clone(), found);
                    found
                }
            };
            if feed.is_none() {
                continue;
            }
            let incoming = Incoming { article, feed, guid: None, raw: None, at: item.published };
            let key = match batch.take_in(&incoming, now)? {
                Arrival::New(key) => {
                    new += 1;
                    key
                }
                Arrival::Changed(key) | Arrival::Known(key) => key,
                Arrival::Deleted => continue,
            };
            batch.mark(item.marks.read.then_some(key), &Mark::Read(true))?;
            batch.mark(item.marks.starred.then_some(key), &Mark::Starred(true))?;
        }
        Ok(new)
    })?;
    writer.train()?;
    Ok(new)
}
