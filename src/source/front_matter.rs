//! Front matter: `key: value` lines between two `---` lines before the text.

use super::site;
use crate::article::Article;
use crate::locale::tr;
use crate::text::clean_line;
use jiff::civil::Date;

/// Bytes within which the closing line must come; beyond it, the opening line was only a rule.
const MAX_LEN: usize = 16 << 10;

/// Takes the front matter off the beginning of `text` and writes what it says into `article`. Text without front matter comes back whole.
pub(super) fn take<'a>(text: &'a str, article: &mut Article) -> &'a str {
    let Some((head, body)) = split(text) else { return text };
    for (key, value) in head.lines().filter_map(entry) {
        set(article, key, &value);
    }
    if article.site.is_none() {
        article.site = article.url.as_deref().and_then(site);
    }
    body
}

/// Front matter and body; `None` where the text only begins with a rule, or where no line is a known key.
fn split(text: &str) -> Option<(&str, &str)> {
    let start = text.len() - text.trim_start().len();
    let (first, rest) = text.get(start..)?.split_once('\n')?;
    if first.trim_end() != "---" {
        return None;
    }
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if at > MAX_LEN {
            return None;
        }
        if matches!(line.trim_end(), "---" | "...") {
            let head = rest.get(..at)?;
            return head.lines().any(|l| entry(l).is_some()).then_some((head, rest.get(at + line.len()..)?));
        }
        at += line.len();
    }
    None
}

/// What a line of front matter may be about.
#[derive(Clone, Copy)]
enum Key {
    Title,
    Published,
    Byline,
    Site,
    Url,
    Language,
}

/// The keys that are read, with the other names under which programs that write such files know them.
const KEYS: &[(&str, Key)] = &[
    ("title", Key::Title),
    ("headline", Key::Title),
    ("published", Key::Published),
    ("date", Key::Published),
    ("byline", Key::Byline),
    ("author", Key::Byline),
    ("authors", Key::Byline),
    ("site", Key::Site),
    ("url", Key::Url),
    ("language", Key::Language),
    ("lang", Key::Language),
];

/// A known key and its value without quotation marks; `None` for every other line and for empty values.
fn entry(line: &str) -> Option<(Key, String)> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim_end();
    let (_, key) = KEYS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
    let value = clean_line(value);
    let value = value.strip_prefix('[').and_then(|v| v.strip_suffix(']')).unwrap_or(&value);
    let quoted = |mark: char| value.strip_prefix(mark)?.strip_suffix(mark);
    let value = quoted('"').or_else(|| quoted('\'')).unwrap_or(value).trim();
    (!value.is_empty()).then(|| (*key, value.to_owned()))
}

fn set(article: &mut Article, key: Key, value: &str) {
    let owned = || Some(value.to_owned());
    match key {
        Key::Title => value.clone_into(&mut article.title),
        Key::Byline => article.byline = owned(),
        Key::Site => article.site = owned(),
        Key::Url => article.url = owned(),
        Key::Language => article.language = value.split(['-', '_']).next().map(str::to_lowercase),
        Key::Published => match date(value) {
            Some(date) => article.published = Some(date),
            None => article.problems.push(tr!("the front matter's date “{value}” is not of the form 2019-01-21", value)),
        },
    }
}

/// The day of an ISO 8601 date or date-time, as it is on the calendar where it was written.
fn date(value: &str) -> Option<Date> {
    let day = value.get(..10)?.parse().ok()?;
    let rest = value.get(10..)?;
    let time = rest.strip_prefix(['T', 't', ' ']).map(str::trim_start);
    let is_time = |t: &str| t.get(..5).is_some_and(|t| t.parse::<jiff::civil::Time>().is_ok());
    (rest.is_empty() || time.is_some_and(is_time)).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Article, &str) {
        let mut article = Article::default();
        let body = take(text, &mut article);
        (article, body)
    }

    #[test]
    fn known_keys_are_read() {
        let head = "---\nTitle: \"A: b\"\nPUBLISHED: 2019-01-21T23:10:00-05:00\nAuthor: 'Ann Lee'\nurl: https://www.news.example.org:80/a\nlang: en-GB\ntags: x\n---\nText";
        let (article, body) = read(head);
        assert_eq!(body, "Text");
        assert_eq!(article.title, "A: b");
        assert_eq!(article.published, Some(jiff::civil::date(2019, 1, 21)));
        assert_eq!(article.byline.as_deref(), Some("Ann Lee"));
        assert_eq!(article.site.as_deref(), Some("news.example.org"));
        assert_eq!(article.language.as_deref(), Some("en"));
        assert!(article.problems.is_empty());
    }

    #[test]
    fn a_rule_is_not_front_matter() {
        for text in
            ["---\nA text begins.\n---\nIt goes on.", "---\ntitle: never closed\n", "---", "--- \n---\nText", "-- \ntitle: a\n---\n"]
        {
            assert_eq!(read(text).1, text);
        }
    }

    #[test]
    fn dates() {
        let good = ["2019-01-21", "2019-01-21T05:00", "2019-01-21 05:00:10Z", "2019-01-21T05:00:10.5+02:00"];
        assert!(good.iter().all(|d| date(d).is_some()));
        let bad = ["2019", "2019-02-30", "21 January 2019", "2019-01-21x", "2019-01-21T", "2019-01-21T29:00", "2019-01-2é"];
        for d in bad {
            assert_eq!(date(d), None, "{d}");
            let (article, _) = read(&format!("---\npublished: {d}\n---\n"));
            assert_eq!((article.published, article.problems.len()), (None, 1));
        }
    }
}
