//! Articles that come with their marks from elsewhere: a server, or the database of another program. They are read as items of feeds are, with the same
//! cleaning.

use super::Pen;
use crate::article::Article;
use crate::notice::Notice;
use crate::source;
use crate::store::{Arrival, FeedKey, Foreign, Incoming, Mark, told_apart};
use std::collections::HashMap;

/// Articles that are written at once.
const BATCH: usize = 500;

/// An item as an article; `None` where it says nothing. `feed` and `title` are the address and the title of its feed.
///
/// The article is named by its feed, as one that came from the feed itself: its own address is the item's word, which must not open the reader's network.
pub(super) fn article(item: &Foreign, feed: &str, title: &str) -> Option<Article> {
    let date = item.published.and_then(|s| jiff::Timestamp::from_second(s).ok()).map(|t| t.to_string());
    let authors: Vec<_> = (!item.author.is_empty()).then(|| serde_json::json!({ "name": item.author })).into_iter().collect();
    let item_of_feed = serde_json::json!({
        "id": item.url, "url": item.url, "title": item.title, "content_html": item.html, "date_published": date, "authors": authors,
    });
    // A feed is read in one pass: its title has to come before its items, which take it for the name of their site.
    let document =
        format!(r#"{{"version":"https://jsonfeed.org/version/1.1","title":{},"items":[{item_of_feed}]}}"#, serde_json::json!(title));
    let (media_type, today) = (Some("application/feed+json"), Some(super::today()));
    let input = source::Input { media_type, today, ..source::Input::new(feed, document.as_bytes()) };
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
    let read: Vec<Option<Article>> = items.iter().map(|item| article(item, &item.feed, "")).collect();
    let mut names = told_apart(read.iter().flatten()).into_iter();
    let names: Vec<Option<String>> = read.iter().map(|read| read.as_ref().and_then(|_| names.next().flatten())).collect();
    let new = writer.write(|batch| {
        let mut new = 0;
        for ((item, article), name) in items.iter().zip(&read).zip(&names) {
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
            let incoming = Incoming { article, feed, guid: name.as_deref(), raw: None, at: item.published };
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::whole;

    fn item(feed: &str) -> Foreign {
        Foreign {
            feed: feed.into(),
            url: "http://127.0.0.1:8766/".into(),
            title: "One".into(),
            html: "<p>Ada came.</p>".into(),
            published: Some(32_472_144_000),
            ..Foreign::default()
        }
    }

    #[test]
    fn an_items_own_address_does_not_open_the_readers_network() {
        let asked = |feed: &str| {
            let item = item(feed);
            let article = article(&item, &item.feed, "Paper").unwrap();
            let mut asked = None;
            let _ = whole::page(&article, |request| {
                asked = Some((request.url.to_owned(), request.given));
                Err(Notice::new("not asked"))
            });
            asked
        };
        let page = "http://127.0.0.1:8766/".to_owned();
        assert_eq!(asked("https://a.example/feed"), Some((page.clone(), false)));
        assert_eq!(asked("http://127.0.0.1:8766/feed"), Some((page, true)));
    }

    #[test]
    fn an_item_has_the_identity_that_it_has_in_its_feed_and_no_day_to_come() {
        let article = article(&item("https://a.example/feed"), "https://a.example/feed", "Paper").unwrap();
        let feed = "<rss version=\"2.0\"><channel><title>Paper</title><item><title>One</title><link>http://127.0.0.1:8766/</link>\
            <description>&lt;p&gt;Ada came.&lt;/p&gt;</description></item></channel></rss>";
        let own = source::read_nth(&source::Input::new("https://a.example/feed", feed.as_bytes()), 0);
        assert_eq!((article.id, &article.source, &article.url), (own.id, &own.source, &own.url));
        // The year 2999.
        assert_eq!(article.published, None);
    }
}
