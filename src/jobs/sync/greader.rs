//! The API of Google Reader, as FreshRSS, The Old Reader, Inoreader, BazQux and others speak it.
//!
//! It tells which items are unread and which are starred, not what changed since when. So both lists are asked for whole (numbers only), compared with
//! what both sides agreed on, and the text is asked for of items that the library does not have. An item that is in neither list was read there, or the
//! server has thrown it away: it counts as read only where the server still has it.

use super::wire::{add, json, send};
use super::{Item, Server, Set, Subscription, Tagged, Take};
use crate::locale::tr;
use crate::notice::Notice;
use crate::store::{Foreign, Marks};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

/// Items that are asked for, or marked, at once.
const LOT: usize = 100;

/// Numbers of items that are asked for at once.
const NUMBERS: usize = 10_000;

/// The most numbers of one list: what a server repeats without end has an end here.
const MOST: usize = 1_000_000;

/// Items of a server that are taken in the first time, beside all that are unread or starred.
const FIRST: usize = 10_000;

const ALL: &str = "user/-/state/com.google/reading-list";
const READ: &str = "user/-/state/com.google/read";
const STARRED: &str = "user/-/state/com.google/starred";
const LABEL: &str = "user/-/label/";

/// What stands before the number of an item in its long form.
const LONG: &str = "tag:google.com,2005:reader/item/";

/// A server, signed in.
pub(super) struct Greader {
    base: String,
    authorization: String,
    token: Option<String>,
}

/// The address of FreshRSS's API, for that of FreshRSS.
pub(super) fn freshrss(server: &str) -> String {
    let bare = server.trim_end_matches('/');
    if bare.ends_with(".php") { bare.to_owned() } else { format!("{bare}/api/greader.php") }
}

#[derive(Deserialize)]
struct Subscriptions {
    subscriptions: Vec<RawSubscription>,
}

#[derive(Deserialize)]
struct RawSubscription {
    id: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    url: String,
    #[serde(default)]
    categories: Vec<Category>,
}

#[derive(Deserialize)]
struct Category {
    #[serde(default)]
    label: String,
    #[serde(default)]
    id: String,
}

#[derive(Deserialize)]
struct Labels {
    #[serde(default)]
    tags: Vec<Label>,
}

#[derive(Deserialize)]
struct Label {
    id: String,
    #[serde(rename = "type", default)]
    kind: Option<String>,
}

#[derive(Deserialize)]
struct Numbers {
    #[serde(rename = "itemRefs", default)]
    items: Vec<Reference>,
    #[serde(default)]
    continuation: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct Reference {
    id: serde_json::Value,
}

#[derive(Deserialize)]
struct Contents {
    #[serde(default)]
    items: Vec<RawItem>,
}

#[derive(Deserialize)]
struct RawItem {
    id: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    author: String,
    #[serde(default)]
    published: Option<serde_json::Value>,
    #[serde(rename = "timestampUsec", default)]
    received: Option<serde_json::Value>,
    #[serde(default)]
    canonical: Vec<Href>,
    #[serde(default)]
    alternate: Vec<Href>,
    #[serde(default)]
    categories: Vec<String>,
    #[serde(default)]
    origin: Origin,
    #[serde(default)]
    summary: Content,
    #[serde(default)]
    content: Content,
}

#[derive(Deserialize)]
struct Href {
    href: String,
}

#[derive(Default, Deserialize)]
struct Origin {
    #[serde(rename = "streamId", default)]
    stream: String,
}

#[derive(Default, Deserialize)]
struct Content {
    #[serde(default)]
    content: String,
}

impl Greader {
    /// Signs in with the name and the API's password.
    pub(super) fn sign_in(server: &str, user: &str, secret: &str) -> Result<Self, Notice> {
        let base = server.trim_end_matches('/').to_owned();
        let mut form = String::new();
        [("Email", user), ("Passwd", secret), ("client", "dateline"), ("accountType", "HOSTED_OR_GOOGLE"), ("service", "reader")]
            .iter()
            .for_each(|(name, value)| add(&mut form, name, value));
        let answer = send(&format!("{base}/accounts/ClientLogin"), &[], Some(&form))?;
        let answer = String::from_utf8_lossy(&answer);
        let auth = answer.lines().find_map(|l| l.strip_prefix("Auth=")).filter(|a| !a.is_empty()).ok_or_else(|| {
            Notice::new(tr!("The server does not answer as one with the API of Google Reader does"))
                .because(tr!("it gave no key"))
                .hint(tr!("see that the address is that of the API, and its kind the right one"))
        })?;
        Ok(Self { base, authorization: format!("GoogleLogin auth={}", auth.trim()), token: None })
    }

    fn ask(&self, path: &str, form: Option<&str>) -> Result<(String, Vec<u8>), Notice> {
        let url = format!("{}/reader/api/0/{path}", self.base);
        let bytes = send(&url, &[("authorization", &self.authorization)], form)?;
        Ok((url, bytes))
    }

    /// The key that changes are sent with.
    fn token(&mut self) -> Result<String, Notice> {
        if let Some(token) = &self.token {
            return Ok(token.clone());
        }
        let (_, bytes) = self.ask("token", None)?;
        let token = String::from_utf8_lossy(&bytes).trim().to_owned();
        self.token = Some(token.clone());
        Ok(token)
    }

    fn change(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<(), Notice> {
        let mut form = String::new();
        add(&mut form, "T", &self.token()?);
        fields.iter().for_each(|(name, value)| add(&mut form, name, value));
        self.ask(path, Some(&form)).map(drop)
    }

    /// The numbers of the items of a stream, the newest first, at most `most`.
    fn numbers(&self, stream: &str, without: Option<&str>, since: Option<&str>, most: usize) -> Result<Vec<String>, Notice> {
        let mut out: Vec<String> = Vec::new();
        let mut next: Option<String> = None;
        while out.len() < most {
            let mut path = "stream/items/ids?".to_owned();
            add(&mut path, "output", "json");
            add(&mut path, "s", stream);
            add(&mut path, "n", &NUMBERS.min(most - out.len()).to_string());
            for (name, value) in [("xt", without), ("ot", since), ("c", next.as_deref())] {
                value.iter().for_each(|v| add(&mut path, name, v));
            }
            let (url, bytes) = self.ask(&path, None)?;
            let lot: Numbers = json(&url, &bytes)?;
            let before = out.len();
            out.extend(lot.items.into_iter().filter_map(|r| text(&r.id)).map(|id| number(&id)));
            next = lot.continuation.as_ref().and_then(text).filter(|c| !c.is_empty());
            if next.is_none() || out.len() == before {
                break;
            }
        }
        Ok(out)
    }

    /// Gives items a tag of the server, or takes it from them.
    fn edit_tag(&mut self, on: bool, tag: &str, ids: &[&str]) -> Result<(), Notice> {
        let ids: Vec<String> = ids.iter().map(|id| long(id)).collect();
        let mut fields = vec![(if on { "a" } else { "r" }, tag)];
        fields.extend(ids.iter().map(|id| ("i", id.as_str())));
        self.change("edit-tag", &fields)
    }

    /// Articles by their numbers.
    fn contents(&mut self, ids: &[String]) -> Result<Vec<Item>, Notice> {
        let mut form = String::new();
        add(&mut form, "T", &self.token()?);
        ids.iter().for_each(|id| add(&mut form, "i", &long(id)));
        let (url, bytes) = self.ask("stream/items/contents?output=json", Some(&form))?;
        Ok(json::<Contents>(&url, &bytes)?.items.into_iter().map(item).collect())
    }
}

impl Server for Greader {
    fn subscriptions(&mut self) -> Result<Vec<Subscription>, Notice> {
        let (url, bytes) = self.ask("subscription/list?output=json", None)?;
        let list: Subscriptions = json(&url, &bytes)?;
        let folder = |c: &Category| if c.label.is_empty() { c.id.rsplit(LABEL).next().unwrap_or("").to_owned() } else { c.label.clone() };
        Ok(list
            .subscriptions
            .into_iter()
            .map(|s| Subscription {
                url: if s.url.is_empty() { s.id.strip_prefix("feed/").unwrap_or(&s.id).to_owned() } else { s.url },
                folder: s.categories.first().map(folder).unwrap_or_default(),
                id: s.id,
                title: s.title,
            })
            .filter(|s| crate::jobs::fetch::is_address(&s.url))
            .collect())
    }

    fn subscribe(&mut self, url: &str, title: &str, folder: &str) -> Result<(), Notice> {
        let (stream, label) = (format!("feed/{url}"), format!("{LABEL}{folder}"));
        let mut fields = vec![("ac", "subscribe"), ("s", stream.as_str())];
        fields.extend((!title.is_empty()).then_some(("t", title)));
        fields.extend((!folder.is_empty()).then_some(("a", label.as_str())));
        self.change("subscription/edit", &fields)
    }

    fn edit(&mut self, before: &Subscription, wanted: &Subscription) -> Result<(), Notice> {
        let [new, old] = [wanted, before].map(|s| format!("{LABEL}{}", s.folder));
        let mut fields = vec![("ac", "edit"), ("s", wanted.id.as_str()), ("t", wanted.title.as_str())];
        fields.extend((!wanted.folder.is_empty()).then_some(("a", new.as_str())));
        // Folders are labels, of which a feed may have several: the old one goes only where that is said.
        fields.extend((!before.folder.is_empty() && new != old).then_some(("r", old.as_str())));
        self.change("subscription/edit", &fields)
    }

    fn unsubscribe(&mut self, id: &str) -> Result<(), Notice> {
        self.change("subscription/edit", &[("ac", "unsubscribe"), ("s", id)])
    }

    fn items(&mut self, since: Option<&str>, known: &HashMap<String, Marks>, take: &mut Take<'_>) -> Result<String, Notice> {
        let unread: HashSet<String> = self.numbers(ALL, Some(READ), None, MOST)?.into_iter().collect();
        let starred: HashSet<String> = self.numbers(STARRED, None, None, MOST)?.into_iter().collect();
        // A day before what came last: not all servers number their items in the order in which they got them.
        let from = since.and_then(|s| s.parse::<i64>().ok()).map(|s| (s - 86_400).to_string());
        let newest = self.numbers(ALL, None, from.as_deref(), if from.is_some() { MOST } else { FIRST })?;
        let marks = |id: &String| Marks { read: !unread.contains(id), starred: starred.contains(id) };
        let changed: Vec<(&String, Marks)> = known.iter().map(|(id, m)| (id, *m)).filter(|(id, m)| marks(id) != *m).collect();
        // What is in no list any more was read, or is gone: the whole list says which.
        let vanished = changed.iter().any(|(id, before)| !before.read && marks(id).read || before.starred && !marks(id).starred);
        let there: HashSet<String> = if vanished { self.numbers(ALL, None, None, MOST)?.into_iter().collect() } else { HashSet::new() };
        let still = |id: &&String| unread.contains(*id) || starred.contains(*id) || there.contains(*id);
        let told = |id: &String| Item { id: id.clone(), marks: marks(id), ..Item::default() };
        take(changed.iter().filter(|(id, _)| still(id)).map(|(id, _)| told(id)).collect())?;
        let mut seen = HashSet::new();
        let wanted: Vec<String> =
            newest.into_iter().chain(unread.iter().cloned()).chain(starred.iter().cloned()).filter(|id| !known.contains_key(id)).collect();
        let wanted: Vec<String> = wanted.into_iter().filter(|id| seen.insert(id.clone())).collect();
        // The oldest first, so that those that belong together stand beside each other in the library.
        let mut latest = since.and_then(|s| s.parse::<i64>().ok()).unwrap_or(0);
        let ordered: Vec<String> = wanted.into_iter().rev().collect();
        for lot in ordered.chunks(LOT) {
            let mut items = self.contents(lot)?;
            for item in &mut items {
                item.marks = marks(&item.id);
                latest = latest.max(item.changed.take().unwrap_or(0));
            }
            take(items)?;
        }
        Ok(if latest > 0 { latest.to_string() } else { since.unwrap_or("").to_owned() })
    }

    fn tags(&mut self) -> Result<Option<Vec<Tagged>>, Notice> {
        // Not every server has this; one that does not answer at all has been noticed before.
        let Ok((url, bytes)) = self.ask("tag/list?output=json", None) else { return Ok(None) };
        let Ok(list) = json::<Labels>(&url, &bytes) else { return Ok(None) };
        // Folders are labels too: the server says which, or feeds lie in them.
        let folders: HashSet<String> = self.subscriptions()?.into_iter().map(|s| s.folder).collect();
        let mut out = Vec::new();
        for Label { id, kind } in list.tags {
            let Some((_, name)) = id.split_once("/label/") else { continue };
            if kind.as_deref().map_or(!folders.contains(name), |kind| kind == "tag") {
                out.push((name.to_owned(), self.numbers(&id, None, None, MOST)?));
            }
        }
        Ok(Some(out))
    }

    fn tag(&mut self, tag: &str, on: bool, ids: &[&str]) -> Result<(), Notice> {
        self.edit_tag(on, &format!("{LABEL}{tag}"), ids)
    }

    fn mark(&mut self, set: Set, ids: &[&str]) -> Result<(), Notice> {
        let (on, tag) = match set {
            Set::Read(on) => (on, READ),
            Set::Starred(on) => (on, STARRED),
        };
        self.edit_tag(on, tag, ids)
    }
}

/// An item with its text. `changed` is when the server got it, which says up to where the library is in step.
fn item(raw: RawItem) -> Item {
    let has = |tag: &str| raw.categories.iter().any(|c| c.ends_with(tag));
    let marks = Marks { read: has("/state/com.google/read"), starred: has("/state/com.google/starred") };
    let url = raw.canonical.into_iter().chain(raw.alternate).map(|h| h.href).next().unwrap_or_default();
    let html = if raw.content.content.is_empty() { raw.summary.content } else { raw.content.content };
    let published = raw.published.as_ref().and_then(text).and_then(|p| p.parse().ok());
    let received = raw.received.as_ref().and_then(text).and_then(|p| p.parse::<i64>().ok()).map(|p| p / 1_000_000);
    let entry = Foreign { feed: raw.origin.stream, url, title: raw.title, author: raw.author, html, published, marks };
    Item { id: number(&raw.id), marks, changed: received, entry: Some(entry) }
}

/// A string, or a number as one.
fn text(value: &serde_json::Value) -> Option<String> {
    match value {
        serde_json::Value::String(text) => Some(text.clone()),
        serde_json::Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// An item's name in one form: servers give numbers as decimals in lists, and as sixteen hexadecimal digits behind a tag in contents.
fn number(id: &str) -> String {
    match id.strip_prefix(LONG) {
        Some(hex) if hex.len() == 16 => u64::from_str_radix(hex, 16).map_or_else(|_| id.to_owned(), |n| n.cast_signed().to_string()),
        _ => id.to_owned(),
    }
}

/// The long form, which all servers understand.
fn long(id: &str) -> String {
    id.parse::<i64>().map_or_else(|_| id.to_owned(), |n| format!("{LONG}{:016x}", n.cast_unsigned()))
}
