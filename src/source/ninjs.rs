//! ninjs, the agencies' JSON (IPTC, versions 1 to 3).

use super::agency::{Story, byline};
use super::feed::{day, language};
use super::{Format, Head, Input, Problems, Take, decode, link, markup};
use crate::locale::tr;
use serde_json::Value;

/// Associated items inside of an item that are read as stories of their own.
const MAX_ITEMS: usize = 1000;

/// One story, or a list of them.
#[derive(Debug)]
pub(super) struct Ninjs;

impl Format for Ninjs {
    fn name(&self) -> &'static str {
        "ninjs"
    }

    fn sniff(&self, head: &Head<'_>) -> bool {
        let has = |key: &str| head.text.contains(key);
        let body = has("\"body_xhtml\"") || has("\"body_html\"") || has("\"body_text\"") || has("\"bodies\"");
        head.text.starts_with(['{', '[']) && has("\"uri\"") && (body || has("\"versioncreated\"") || has("\"versionCreated\""))
    }

    fn holds_many(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>, take: &mut Take<'_>) -> Problems {
        let (text, problem) = decode::decode(input.bytes, input.charset());
        let mut problems: Problems = problem.into_iter().collect();
        let root: Value = match serde_json::from_str(&text) {
            Ok(root) => root,
            Err(error) => return vec![tr!("this is no sound JSON: {error}", error)],
        };
        let stories = match &root {
            Value::Array(all) => all.iter().collect::<Vec<_>>(),
            one => vec![one],
        };
        if stories.len() > MAX_ITEMS {
            problems.push(tr!("only the first {n} of {stories} stories were read", n = MAX_ITEMS, stories = stories.len()));
        }
        for article in stories.into_iter().take(MAX_ITEMS).filter_map(|value| story(value).article(self.name())) {
            if take(article).is_break() {
                break;
            }
        }
        problems
    }
}

fn story(value: &Value) -> Story {
    let text = |keys: &[&str]| keys.iter().find_map(|key| words(value.get(*key)?)).filter(|t| !t.trim().is_empty());
    let line = |keys: &[&str]| text(keys).map(|t| markup::line(&t)).filter(|t| !t.is_empty());
    let url = text(&["uri", "url", "altids"]).and_then(|uri| link::resolve(None, &uri));
    let mut story = Story {
        headline: line(&["headline", "headlines", "title"]).unwrap_or_default(),
        byline: text(&["byline", "by", "bylines"]).as_deref().and_then(byline),
        dateline: line(&["dateline", "datelines", "located", "locations"]),
        agency: line(&["infosources", "infosource", "source", "copyrightholder", "copyrightHolder"]),
        published: text(&["contentcreated", "contentCreated", "firstcreated", "firstCreated", "versioncreated", "versionCreated"])
            .as_deref()
            .and_then(day),
        language: text(&["language"]).as_deref().and_then(language),
        summary: line(&["description_text", "descriptions", "description"]).unwrap_or_default(),
        ..Story::default()
    };
    let page = text(&["body_xhtml", "body_html"]).or_else(|| body(value, "html"));
    let laid = match page {
        Some(page) => markup::lay_out(&page, url.as_deref()),
        None => markup::plain(&text(&["body_text"]).or_else(|| body(value, "")).unwrap_or_default()),
    };
    (story.image, story.body, story.url) = (laid.image(), laid.lines, url);
    story
}

/// The characters of a string, of an object that has them as its name or value, or of the first of a list.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(list) => list.iter().find_map(words),
        Value::Object(object) => {
            ["value", "name", "title"].iter().find_map(|key| object.get(*key).and_then(Value::as_str)).map(str::to_owned)
        }
        _ => None,
    }
}

/// A body of version 2: the first whose content type contains `kind`.
fn body(value: &Value, kind: &str) -> Option<String> {
    let bodies = value.get("bodies")?.as_array()?;
    let is = |b: &&Value| {
        let declared = ["contenttype", "contentType", "mimetype"].iter().find_map(|key| b.get(*key).and_then(Value::as_str));
        declared.unwrap_or("").contains(kind)
    };
    bodies.iter().find(is).and_then(words)
}

#[cfg(test)]
mod tests {
    use super::super::{Input, read};

    #[test]
    fn both_generations() {
        let old = r#"{"uri": "https://agency.example/1", "versioncreated": "2019-01-22T01:00:00Z", "firstcreated": "2019-01-21T05:00:00Z", "headline": "Talks begin",
            "byline": "By Ann Lee", "located": "Berlin", "language": "en", "body_xhtml": "<p>Ministers <a href=\"/x\">met</a> on Monday.</p><p>More.</p>"}"#;
        let (articles, _) = read(&Input::new("n.json", old.as_bytes()));
        let story = &articles[0];
        assert_eq!((story.title.as_str(), story.byline.as_deref(), story.format), ("Talks begin", Some("Ann Lee"), "ninjs"));
        assert_eq!(story.text, "Berlin — Ministers met on Monday.\nMore.");
        assert_eq!(story.links[0].span.of(&story.text), "met");
        assert_eq!(story.published, Some(jiff::civil::date(2019, 1, 21)));
        let new = r#"[{"uri": "urn:1", "headlines": [{"role": "main", "value": "One"}], "bodies": [{"contenttype": "text/plain", "value": "Words.\nMore."}],
            "versionCreated": "2019-01-21T05:00:00Z"}, {"uri": "urn:2", "headlines": [{"value": "Two"}], "bodies": []}]"#;
        let (articles, problems) = read(&Input::new("n.json", new.as_bytes()));
        let found: Vec<(&str, &str)> = articles.iter().map(|a| (a.title.as_str(), a.text.as_str())).collect();
        assert_eq!(found, [("One", "Words.\nMore."), ("Two", "")]);
        assert!(problems.is_empty());
    }
}
