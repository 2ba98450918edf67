//! JSON-LD: what a page says of its article in the vocabulary of schema.org.

use super::dom::{Dom, Id};
use serde_json::Value;

/// Objects that are looked at.
const MAX_OBJECTS: usize = 2000;

/// Types of an article, by the end of their names.
const ARTICLES: &[&str] = &["Article", "BlogPosting", "Posting", "Report", "Review", "Recipe"];

/// What is taken from it; empty where the page does not say.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) headline: Option<String>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) author: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) image: Option<String>,
    pub(super) language: Option<String>,
    pub(super) url: Option<String>,
}

/// Reads all scripts of JSON-LD in the page, those that are damaged by their words.
pub(super) fn read(dom: &Dom) -> Facts {
    let mut objects = Vec::new();
    let mut damaged = Vec::new();
    for script in dom.all(Dom::ROOT, "script") {
        let is_ld = dom.attr(script, "type").is_some_and(|t| t.to_ascii_lowercase().contains("ld+json"));
        if is_ld {
            let text = source(dom, script);
            match serde_json::from_str::<Value>(&text) {
                Ok(value) => flatten(value, &mut objects, 0),
                Err(_) => damaged.push(text),
            }
        }
    }
    let mut facts = Facts::default();
    let mut ranked: Vec<&Value> = objects.iter().collect();
    ranked.sort_by_key(|o| rank(o));
    for object in ranked.into_iter().filter(|o| rank(o) < 3) {
        facts.take(object);
    }
    for text in damaged {
        facts.published = facts.published.take().or_else(|| quoted(&text, "datePublished"));
        facts.modified = facts.modified.take().or_else(|| quoted(&text, "dateModified"));
        facts.headline = facts.headline.take().or_else(|| quoted(&text, "headline"));
    }
    facts
}

/// A script's text as JSON: without comment marks around it and the raw line breaks in strings that JSON forbids.
fn source(dom: &Dom, script: Id) -> String {
    let text: String = dom.children(script).filter_map(|c| dom.text(c)).collect();
    // The look at the page before it was parsed may have put a space behind the "<".
    let marks = ["<!--", "< !--", "//", "<![CDATA[", "< ![CDATA["];
    let trimmed = marks.iter().fold(text.trim(), |rest, mark| rest.trim_start_matches(mark));
    let trimmed = trimmed.trim_end_matches("-->").trim_end_matches("]]>").trim_end_matches("//").trim().trim_end_matches(';');
    trimmed.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// All objects with a type, also those in lists, graphs and under `mainEntity`; serde_json has bounded how deep they nest.
fn flatten(value: Value, out: &mut Vec<Value>, depth: usize) {
    if out.len() >= MAX_OBJECTS || depth > 8 {
        return;
    }
    match value {
        Value::Array(values) => values.into_iter().for_each(|v| flatten(v, out, depth + 1)),
        Value::Object(mut object) => {
            for key in ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "hasPart"] {
                if object.get(key).is_some_and(|v| v.is_array() || v.is_object())
                    && let Some(inner) = object.remove(key)
                {
                    flatten(inner, out, depth + 1);
                }
            }
            out.push(Value::Object(object));
        }
        _ => {}
    }
}

/// Articles first, then pages, then what has a headline; 3 for all else.
fn rank(object: &Value) -> u8 {
    let is = |wanted: &dyn Fn(&str) -> bool| match object.get("@type") {
        Some(Value::String(t)) => wanted(t),
        Some(Value::Array(ts)) => ts.iter().filter_map(Value::as_str).any(wanted),
        _ => false,
    };
    match () {
        () if is(&|t| ARTICLES.iter().any(|a| t.ends_with(a))) => 0,
        () if is(&|t| t.ends_with("WebPage") || t.ends_with("CreativeWork") || t.ends_with("ItemPage")) => 1,
        () if object.get("headline").is_some() => 2,
        () => 3,
    }
}

impl Facts {
    /// Fills what is still empty.
    fn take(&mut self, object: &Value) {
        let text = |key: &str| object.get(key).and_then(one);
        fill(&mut self.headline, || text("headline").or_else(|| if rank(object) == 0 { text("name") } else { None }));
        fill(&mut self.published, || text("datePublished").or_else(|| text("dateCreated")));
        fill(&mut self.modified, || text("dateModified"));
        fill(&mut self.author, || object.get("author").or_else(|| object.get("creator")).and_then(names));
        fill(&mut self.publisher, || object.get("publisher").and_then(names));
        fill(&mut self.image, || object.get("image").and_then(address));
        fill(&mut self.language, || text("inLanguage"));
        fill(&mut self.url, || text("url"));
    }
}

fn fill(slot: &mut Option<String>, value: impl FnOnce() -> Option<String>) {
    if slot.is_none() {
        *slot = value().filter(|v| !v.trim().is_empty());
    }
}

/// A value, or the first of several.
fn one(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(values) => values.first().and_then(Value::as_str).map(str::to_owned),
        _ => None,
    }
}

/// The names of people or organisations, parted by commas.
fn names(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => Some(name.clone()),
        Value::Object(object) => object.get("name").and_then(one),
        Value::Array(values) => {
            let all: Vec<String> = values.iter().take(10).filter_map(|v| if v.is_array() { None } else { names(v) }).collect();
            (!all.is_empty()).then(|| all.join(", "))
        }
        _ => None,
    }
}

/// The address of a picture.
fn address(value: &Value) -> Option<String> {
    match value {
        Value::String(url) => Some(url.clone()),
        Value::Object(object) => object.get("url").and_then(one),
        Value::Array(values) => values.first().filter(|v| !v.is_array()).and_then(address),
        _ => None,
    }
}

/// The string behind `"key":` in JSON that cannot be parsed.
pub(super) fn quoted(text: &str, key: &str) -> Option<String> {
    let (_, rest) = text.split_once(&format!("\"{key}\""))?;
    let rest = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    rest.split('"').next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(json: &str) -> Facts {
        read(&Dom::parse(&format!("<script type=\"application/ld+json\">{json}</script>")))
    }

    #[test]
    fn the_article_is_found_in_a_graph() {
        let f = facts(
            r#"{"@graph": [{"@type": "WebSite", "name": "Site", "datePublished": "2001-01-01"},
               {"@type": ["NewsArticle", "X"], "headline": "A title", "datePublished": "2019-01-21", "author": [{"name": "Ann Lee"}, {"name": "Bo Ray"}],
                "publisher": {"@type": "Organization", "name": "The Paper"}, "image": [{"url": "https://a.example/i.jpg"}]}]}"#,
        );
        assert_eq!(f.headline.as_deref(), Some("A title"));
        assert_eq!(f.published.as_deref(), Some("2019-01-21"));
        assert_eq!(f.author.as_deref(), Some("Ann Lee, Bo Ray"));
        assert_eq!(f.publisher.as_deref(), Some("The Paper"));
        assert_eq!(f.image.as_deref(), Some("https://a.example/i.jpg"));
    }

    #[test]
    fn damage_is_survived() {
        let f = facts("{\"@type\": \"NewsArticle\", \"headline\": \"A \n title\", \"datePublished\": \"2019-01-21\"}");
        assert_eq!(f.headline.as_deref(), Some("A   title"));
        assert_eq!(facts("{\"datePublished\" : \"2019-01-21\", oops").published.as_deref(), Some("2019-01-21"));
        assert!(facts(&"[".repeat(100_000)).published.is_none());
        assert!(facts(&format!("{}1{}", "{\"@graph\":[".repeat(100), "]}".repeat(100))).headline.is_none());
    }
}
