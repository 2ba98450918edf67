//! JSON Feed: items are given on one by one as they are read, so that a file that was cut off loses only its last one.

use super::super::Take;
use super::item::{Channel, Item, Piece, Writing, address, language, person};
use super::{super::markup, date};
use crate::locale::tr;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::fmt;
use std::ops::ControlFlow;

/// Gives the items of a feed to `take`; says what was wrong with the whole.
pub(super) fn read(text: &str, url: Option<&str>, take: &mut Take<'_>) -> Option<String> {
    let mut count = 0;
    let mut counted = |article| {
        count += 1;
        take(article)
    };
    let channel = Channel { link: url.map(str::to_owned), ..Channel::default() };
    let mut feed = Feed { url, channel, take: &mut counted, stopped: false };
    let mut json = serde_json::Deserializer::from_str(text);
    let read = json.deserialize_map(&mut feed);
    let stopped = feed.stopped;
    match read {
        _ if stopped => None,
        Err(error) if count > 0 => Some(tr!("the feed breaks off after {count} items: {error}", count, error)),
        Err(error) => Some(tr!("this is no sound JSON: {error}", error)),
        Ok(()) if count == 0 => Some(tr!("the feed has no items").to_owned()),
        Ok(()) => None,
    }
}

struct Feed<'f, 't> {
    url: Option<&'f str>,
    channel: Channel,
    take: &'f mut Take<'t>,
    stopped: bool,
}

impl<'de> Visitor<'de> for &mut Feed<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON Feed")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "items" => map.next_value_seed(Items(self))?,
                "title" => self.channel.title = markup::line(&string(&map.next_value()?).unwrap_or_default()),
                "home_page_url" => {
                    let page: Value = map.next_value()?;
                    self.channel.link = string(&page).and_then(|page| address(self.url, &page)).or(self.channel.link.take());
                }
                "language" => self.channel.language = string(&map.next_value()?).as_deref().and_then(language),
                "author" | "authors" => self.channel.author = names(&map.next_value()?).first().map(|name| person(name)),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
            if self.stopped {
                return Err(serde::de::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}

/// The list of items.
struct Items<'i, 'f, 't>(&'i mut Feed<'f, 't>);

impl<'de> DeserializeSeed<'de> for Items<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Items<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of items")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(value) = list.next_element::<Value>()? {
            let Some(item) = item(&value, self.0.url) else { continue };
            if (self.0.take)(item.article(&self.0.channel, "jsonfeed")) == ControlFlow::Break(()) {
                self.0.stopped = true;
                return Err(serde::de::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}

fn item(value: &Value, url: Option<&str>) -> Option<Item> {
    let value = value.as_object()?;
    let text = |key: &str| value.get(key).and_then(string).filter(|s| !s.trim().is_empty());
    let link = |key: &str| text(key).and_then(|link| address(url, &link));
    let plain = |raw| Piece { raw, writing: Writing::Plain };
    let mut item = Item {
        title: text("title").map(plain),
        link: link("url").or_else(|| link("external_url")),
        guid: link("id"),
        summary: text("summary").map(plain),
        content: text("content_html").map(|raw| Piece { raw, writing: Writing::Html }).or_else(|| text("content_text").map(plain)),
        language: text("language").as_deref().and_then(language),
        ..Item::default()
    };
    item.days.published = text("date_published").as_deref().and_then(date::day);
    item.days.updated = text("date_modified").as_deref().and_then(date::day);
    item.odd_date = text("date_published").map(|d| crate::text::clean_line(&d).chars().take(40).collect());
    for name in ["authors", "author"].iter().filter_map(|key| value.get(*key)).flat_map(names) {
        item.author(&name);
    }
    for file in value.get("attachments").and_then(Value::as_array).into_iter().flatten() {
        item.enclose(file.get("url").and_then(string).and_then(|file| address(url, &file)));
    }
    Some(item)
}

/// A string; a number where one should be, as for identities.
fn string(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The names of one author or of several.
fn names(value: &Value) -> Vec<String> {
    let name = |v: &Value| string(v).or_else(|| v.get("name").and_then(string));
    match value {
        Value::Array(list) => list.iter().filter_map(name).collect(),
        one => name(one).into_iter().collect(),
    }
}
