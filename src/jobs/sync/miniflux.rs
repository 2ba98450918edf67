//! The API of Miniflux. It says of each entry when its marks changed, so what changed since the last time is all that is asked for, and the later one
//! of two changes is known.

use super::wire::{add, ask, json};
use super::{Item, Server, Set, Subscription, Take};
use crate::jobs::fetch::Call;
use crate::notice::Notice;
use crate::store::{Foreign, Marks};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json as object};
use std::collections::HashMap;

/// Entries that are asked for at once.
const LOT: usize = 200;

/// A server and the key to it.
pub(super) struct Miniflux {
    base: String,
    header: (&'static str, String),
    categories: Option<Vec<Category>>,
}

#[derive(Clone, Deserialize)]
struct Category {
    id: i64,
    #[serde(default)]
    title: String,
}

#[derive(Deserialize)]
struct RawFeed {
    id: i64,
    feed_url: String,
    #[serde(default)]
    title: String,
    category: Option<Category>,
}

#[derive(Deserialize)]
struct Entries {
    #[serde(default)]
    entries: Option<Vec<RawEntry>>,
}

#[derive(Deserialize)]
struct RawEntry {
    id: i64,
    feed_id: i64,
    #[serde(default)]
    status: String,
    #[serde(default)]
    starred: bool,
    #[serde(default)]
    title: String,
    #[serde(default)]
    url: String,
    #[serde(default)]
    author: String,
    #[serde(default)]
    content: String,
    #[serde(default)]
    published_at: String,
    #[serde(default)]
    changed_at: String,
}

impl Miniflux {
    /// `secret` is a key of the API where there is no user, or else the user's password.
    pub(super) fn new(server: &str, user: &str, secret: &str) -> Self {
        let base = server.trim_end_matches('/').trim_end_matches("/v1").to_owned();
        let header = if user.is_empty() {
            ("x-auth-token", secret.to_owned())
        } else {
            ("authorization", format!("Basic {}", base64(format!("{user}:{secret}").as_bytes())))
        };
        Self { base, header, categories: None }
    }

    fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> Result<(String, Vec<u8>), Notice> {
        let url = format!("{}/v1/{path}", self.base);
        let headers = [("accept", "application/json"), ("content-type", "application/json"), (self.header.0, self.header.1.as_str())];
        let body = body.map(Value::to_string).unwrap_or_default();
        let headers = if body.is_empty() { [headers[0], headers[2]].to_vec() } else { headers.to_vec() };
        let bytes = ask(&Call { method, url: &url, headers: &headers, body: body.as_bytes() })?;
        Ok((url, bytes))
    }

    fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Notice> {
        let (url, bytes) = self.ask("GET", path, None)?;
        json(&url, &bytes)
    }

    /// The number of a folder, which is made where there is none; of the first one for no folder.
    fn category(&mut self, folder: &str) -> Result<Option<i64>, Notice> {
        let known = match &self.categories {
            Some(known) => known.clone(),
            None => self.get("categories")?,
        };
        let found = if folder.is_empty() { known.first() } else { known.iter().find(|c| c.title == folder) }.map(|c| c.id);
        self.categories = Some(known);
        if found.is_some() || folder.is_empty() {
            return Ok(found);
        }
        let (url, bytes) = self.ask("POST", "categories", Some(&object!({ "title": folder })))?;
        let made: Category = json(&url, &bytes)?;
        let id = made.id;
        self.categories.iter_mut().for_each(|all| all.push(made.clone()));
        Ok(Some(id))
    }
}

impl Server for Miniflux {
    fn subscriptions(&mut self) -> Result<Vec<Subscription>, Notice> {
        let feeds: Vec<RawFeed> = self.get("feeds")?;
        let one = |f: RawFeed| Subscription {
            id: f.id.to_string(),
            url: f.feed_url,
            title: f.title,
            folder: f.category.map(|c| c.title).unwrap_or_default(),
        };
        Ok(feeds.into_iter().map(one).filter(|s| crate::jobs::fetch::is_address(&s.url)).collect())
    }

    fn subscribe(&mut self, url: &str, title: &str, folder: &str) -> Result<(), Notice> {
        #[derive(Deserialize)]
        struct Made {
            feed_id: i64,
        }
        let category = self.category(folder)?;
        let (at, bytes) = self.ask("POST", "feeds", Some(&object!({ "feed_url": url, "category_id": category })))?;
        let made: Made = json(&at, &bytes)?;
        if !title.is_empty() {
            self.ask("PUT", &format!("feeds/{}", made.feed_id), Some(&object!({ "title": title })))?;
        }
        Ok(())
    }

    fn edit(&mut self, _: &Subscription, wanted: &Subscription) -> Result<(), Notice> {
        let category = self.category(&wanted.folder)?;
        self.ask("PUT", &format!("feeds/{}", wanted.id), Some(&object!({ "title": wanted.title, "category_id": category }))).map(drop)
    }

    fn unsubscribe(&mut self, id: &str) -> Result<(), Notice> {
        self.ask("DELETE", &format!("feeds/{id}"), None).map(drop)
    }

    fn items(&mut self, since: Option<&str>, known: &HashMap<String, Marks>, take: &mut Take<'_>) -> Result<String, Notice> {
        let mut latest = since.and_then(|s| s.parse::<i64>().ok()).unwrap_or(0);
        let from = latest;
        let mut after = 0;
        loop {
            let mut path = "entries?".to_owned();
            add(&mut path, "order", "id");
            add(&mut path, "direction", "asc");
            add(&mut path, "limit", &LOT.to_string());
            add(&mut path, "after_entry_id", &after.to_string());
            if from > 0 {
                // The second before: what changed within the last one may not have been there yet.
                add(&mut path, "changed_after", &(from - 1).to_string());
            }
            let entries = self.get::<Entries>(&path)?.entries.unwrap_or_default();
            let Some(last) = entries.iter().map(|e| e.id).max().filter(|last| *last > after) else { break };
            let full = entries.len() >= LOT;
            after = last;
            let items: Vec<Item> = entries.into_iter().filter(|e| e.status != "removed").map(item).collect();
            latest = items.iter().filter_map(|i| i.changed).fold(latest, i64::max);
            take(items.into_iter().filter_map(|i| news(i, known)).collect())?;
            if !full {
                break;
            }
        }
        Ok(if latest > 0 { latest.to_string() } else { String::new() })
    }

    fn mark(&mut self, set: Set, ids: &[&str]) -> Result<(), Notice> {
        let numbers: Vec<i64> = ids.iter().filter_map(|id| id.parse().ok()).collect();
        match set {
            Set::Read(read) => {
                let status = if read { "read" } else { "unread" };
                self.ask("PUT", "entries", Some(&object!({ "entry_ids": numbers, "status": status }))).map(drop)
            }
            // There is only a switch: it is used where the entry is not yet as wanted.
            Set::Starred(starred) => numbers.iter().try_for_each(|id| {
                let entry: RawEntry = self.get(&format!("entries/{id}"))?;
                if entry.starred == starred { Ok(()) } else { self.ask("PUT", &format!("entries/{id}/bookmark"), None).map(drop) }
            }),
        }
    }
}

/// What of an item is news: all of one that is not known, the marks of one that is.
fn news(item: Item, known: &HashMap<String, Marks>) -> Option<Item> {
    match known.get(&item.id) {
        None => Some(item),
        Some(marks) => (*marks != item.marks).then_some(Item { entry: None, ..item }),
    }
}

fn item(raw: RawEntry) -> Item {
    let second = |text: &str| text.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_second);
    let marks = Marks { read: raw.status == "read", starred: raw.starred };
    let (changed, published) = (second(&raw.changed_at), second(&raw.published_at));
    let entry =
        Foreign { feed: raw.feed_id.to_string(), url: raw.url, title: raw.title, author: raw.author, html: raw.content, published, marks };
    Item { id: raw.id.to_string(), marks, changed, entry: Some(entry) }
}

/// RFC 4648.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let at = |n: usize| u32::from(three.get(n).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for n in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * n) & 63) as usize];
            out.push(if n > three.len() { '=' } else { char::from(letter) });
        }
    }
    out
}
