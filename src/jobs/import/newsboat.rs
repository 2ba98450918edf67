//! What newsboat keeps: its list of feeds with tags, names and queries, and in its cache what was read.

use super::{Feed, address};
use crate::locale::tr;
use crate::source::opml::Subscription;
use etcetera::BaseStrategy;
use std::path::PathBuf;

/// What newsboat's list says.
#[derive(Default)]
pub(super) struct Urls {
    pub(super) feeds: Vec<Feed>,
    /// Names and queries.
    pub(super) searches: Vec<(String, String)>,
    pub(super) problems: Vec<String>,
}

/// newsboat's list at its usual places.
pub(super) fn list() -> Option<PathBuf> {
    let base = etcetera::base_strategy::Xdg::new().ok()?;
    [base.home_dir().join(".newsboat/urls"), base.config_dir().join("newsboat/urls")].into_iter().find(|p| p.is_file())
}

/// newsboat's cache at its usual places.
pub(super) fn cache() -> Option<PathBuf> {
    let base = etcetera::base_strategy::Xdg::new().ok()?;
    [base.home_dir().join(".newsboat/cache.db"), base.data_dir().join("newsboat/cache.db")].into_iter().find(|p| p.is_file())
}

/// The feeds in newsboat's `urls`: an address, then tags; a tag that begins with `~` is a name, with `!` a hidden feed.
pub(super) fn urls(text: &str) -> Urls {
    let mut out = Urls::default();
    for (n, line) in text.lines().enumerate() {
        let mut words = words(line, true).into_iter();
        let Some(first) = words.next() else { continue };
        let Some(url) = address(&first) else {
            match first.strip_prefix("query:").and_then(|rest| rest.split_once(':')).map(|(name, query)| (name, search(query))) {
                Some((name, Some(query))) => out.searches.push((crate::text::clean_line(name), query)),
                // Feeds made by a command have no counterpart here.
                _ => out.problems.push(tr!("line {n}: {url} is no address of a feed", n = n + 1, url = crate::text::clean_line(&first))),
            }
            continue;
        };
        let (names, tags): (Vec<String>, Vec<String>) = words.filter(|w| w != "!").partition(|w| w.starts_with('~'));
        let name = names.first().map(|n| n[1..].to_owned());
        let mut tags: Vec<String> = tags.iter().map(|t| crate::text::clean_line(t)).filter(|t| !t.is_empty()).collect();
        tags.sort();
        tags.dedup();
        out.feeds.push(Feed { subscription: Subscription { feed: url, ..Subscription::default() }, name, tags });
    }
    out
}

/// A query of newsboat in the language of the library; `None` where it says what that cannot.
fn search(query: &str) -> Option<String> {
    let mut out = Vec::new();
    if query.contains(['(', ')']) {
        return None;
    }
    let words = words(query, false);
    let mut words = words.iter().map(String::as_str);
    loop {
        let (field, operator, value) = (words.next()?, words.next()?, words.next()?);
        let quoted = || format!("\"{}\"", value.replace('"', " "));
        out.push(match (field, operator) {
            ("unread", "=") => if value == "yes" { "is:unread" } else { "is:read" }.to_owned(),
            ("unread", "!=") => if value == "yes" { "is:read" } else { "is:unread" }.to_owned(),
            ("tags", "#") => format!("tag:{}", quoted()),
            ("tags", "!#") => format!("-tag:{}", quoted()),
            ("title", "=~" | "=") => format!("title:{}", quoted()),
            ("content", "=~") => quoted(),
            ("feedtitle" | "feedlink" | "rssurl", "=" | "=~") => format!("feed:{}", quoted()),
            ("age", "<" | "<=") => format!("newer:{}d", value.parse::<u16>().ok()?),
            ("age", ">" | ">=") => format!("older:{}d", value.parse::<u16>().ok()?),
            ("age", "between") => format!("newer:{}d", value.strip_prefix("0:")?.parse::<u16>().ok()?),
            _ => return None,
        });
        match words.next() {
            None => break,
            Some("and") => {}
            Some("or") => out.push("OR".to_owned()),
            Some(_) => return None,
        }
    }
    let text = out.join(" ");
    crate::query::parse(&text).is_ok().then_some(text)
}

/// Words parted by spaces; in quotation marks they may have spaces, and a backslash makes the next character stand for itself. `#` begins a remark where there are any.
fn words(line: &str, remarks: bool) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let (mut quoted, mut inside) = (false, false);
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match c {
            '#' if remarks && !inside => break,
            '"' => {
                quoted = !quoted;
                if quoted && !inside {
                    out.push(String::new());
                    inside = true;
                }
            }
            c if c.is_whitespace() && !quoted => inside = false,
            c => {
                if !inside {
                    out.push(String::new());
                    inside = true;
                }
                let c = if c == '\\' && quoted { chars.next().unwrap_or(c) } else { c };
                if let Some(word) = out.last_mut() {
                    word.push(c);
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newsboats_list() {
        let list = "# my feeds\nhttp://a.example/feed news \"~A \\\"paper\\\"\" \"south america\"\n\n\"query:Unread:unread = \\\"yes\\\"\"\nhttps://b.example !\nexec:run\n";
        let Urls { feeds, searches, problems } = urls(list);
        assert_eq!(feeds.len(), 2);
        assert_eq!(feeds[0].subscription.feed, "http://a.example/feed");
        assert_eq!(feeds[0].name.as_deref(), Some("A \"paper\""));
        assert_eq!(feeds[0].tags, ["news", "south america"]);
        assert_eq!((feeds[1].name.clone(), feeds[1].tags.len()), (None, 0));
        assert_eq!(searches, [("Unread".to_owned(), "is:unread".to_owned())]);
        assert_eq!(problems.len(), 1);
    }

    #[test]
    fn queries_that_the_library_understands() {
        let query = |text| search(text).unwrap_or_default();
        assert_eq!(query("unread = \"yes\" and tags # \"latin america\""), "is:unread tag:\"latin america\"");
        assert_eq!(query("title =~ \"coup\" or age < 7"), "title:\"coup\" OR newer:7d");
        assert_eq!(query("age between 0:3"), "newer:3d");
        for text in ["unread = \"yes\" and (age < 7)", "flags # \"s\"", "unread", "", "age < x"] {
            assert_eq!(search(text), None, "{text}");
        }
    }
}
