//! newsraft's list of feeds: an address on each line, perhaps its name in quotation marks, below headings that begin with `@`.

use super::{Feed, address};
use crate::locale::tr;
use crate::source::opml::Subscription;
use crate::text::clean_line;
use etcetera::BaseStrategy;
use std::path::PathBuf;

/// The list at its usual place.
pub(super) fn list() -> Option<PathBuf> {
    let base = etcetera::base_strategy::Xdg::new().ok()?;
    [base.config_dir().join("newsraft/feeds"), base.home_dir().join(".newsraft/feeds")].into_iter().find(|p| p.is_file())
}

/// The database with the articles, at its usual place.
pub(super) fn cache() -> Option<PathBuf> {
    let base = etcetera::base_strategy::Xdg::new().ok()?;
    [base.data_dir().join("newsraft/newsraft.sqlite3"), base.home_dir().join(".newsraft/newsraft.sqlite3")]
        .into_iter()
        .find(|p| p.is_file())
}

/// The feeds, and what is none. Settings behind `<` or `{` are newsraft's own.
pub(super) fn feeds(text: &str) -> (Vec<Feed>, Vec<String>) {
    let (mut feeds, mut problems) = (Vec::new(), Vec::new());
    let mut section = String::new();
    for (n, line) in text.lines().enumerate() {
        let line = line.trim();
        let own = line.split(['<', '{']).next().unwrap_or(line).trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(heading) = own.strip_prefix('@') {
            section = clean_line(heading.trim()).replace('/', "-");
            continue;
        }
        let (url, rest) = own.split_once(char::is_whitespace).unwrap_or((own, ""));
        let Some(url) = address(url) else {
            problems.push(tr!("line {n}: {url} is no address of a feed", n = n + 1, url = clean_line(url)));
            continue;
        };
        let name = rest.trim().strip_prefix('"').and_then(|r| r.split('"').next()).map(clean_line).filter(|n| !n.is_empty());
        let folders = (!section.is_empty()).then(|| section.clone()).into_iter().collect();
        feeds.push(Feed { subscription: Subscription { feed: url, folders, ..Subscription::default() }, name, tags: Vec::new() });
    }
    (feeds, problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_folders() {
        let list =
            "# mine\nhttps://a.example/f\n\n@ World news < reload-period 60\nhttps://b.example/f \"The Bee\" < item-limit 5\n$(run this)\n";
        let (feeds, problems) = feeds(list);
        let shown: Vec<(&str, Option<&str>, usize)> =
            feeds.iter().map(|f| (f.subscription.feed.as_str(), f.name.as_deref(), f.subscription.folders.len())).collect();
        assert_eq!(shown, [("https://a.example/f", None, 0), ("https://b.example/f", Some("The Bee"), 1)]);
        assert_eq!(feeds[1].subscription.folders, ["World news"]);
        assert_eq!(problems.len(), 1);
    }
}
