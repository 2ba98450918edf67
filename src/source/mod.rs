//! Bytes → articles and what could not be read. One file per format; nothing here touches a file or the clock.

mod agency;
mod archive;
mod budget;
mod dateline;
mod decode;
mod epub;
mod feed;
mod format;
mod front_matter;
mod headings;
mod html;
mod link;
mod mail;
mod markdown;
mod markup;
mod ninjs;
pub mod opml;
mod paragraphs;
mod plain;
mod warc;
mod xml;

#[cfg(test)]
mod tests;

pub use archive::zstd_reader;
pub use feed::feeds;
pub use format::{FORMATS, Format, HEAD, Head, Input, MAX_BYTES, Problems, Take, each, read, read_nth, recognise};
pub use link::{host, resolve};

use std::borrow::Cow;

/// What a web address tells of the name of its site: its host without `www.`, if that is a name.
fn site(url: &str) -> Option<String> {
    let host = host(url);
    let host = host.strip_prefix("www.").unwrap_or(&host);
    host.contains('.').then(|| host.to_owned())
}

/// A title made from the last part of a path: `fall_of-the-wall.txt` → `Fall of the wall`.
fn title_from_path(source: &str) -> String {
    let name = source.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or("");
    let stem = match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    };
    if matches!(stem, "" | "-") {
        return "Standard input".to_owned();
    }
    let chars: Vec<char> = stem.chars().collect();
    let digit = |n: Option<usize>| n.and_then(|n| chars.get(n)).is_some_and(char::is_ascii_digit);
    let mut out = String::with_capacity(stem.len());
    for (at, &c) in chars.iter().enumerate() {
        // The hyphens of a date stay.
        let parts = c == '_' || c == '-' && !(digit(at.checked_sub(1)) && digit(Some(at + 1)));
        match c {
            _ if parts => out.push(' '),
            _ if out.is_empty() => out.extend(c.to_uppercase()),
            _ => out.push(c),
        }
    }
    let line = crate::text::clean_line(&out);
    if !line.is_empty() {
        return line;
    }
    let line = crate::text::clean_line(name);
    if line.is_empty() { "Untitled".to_owned() } else { line }
}

/// A line without what a reader does not see at its end: closing quotation marks and brackets.
fn without_closing(line: &str) -> &str {
    line.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '*' | '_'))
}

/// True where `line` ends as a sentence does.
fn ends_sentence(line: &str) -> bool {
    without_closing(line).ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।'])
}

/// What stands in `text` as a `Cow` that does not outlive the cleaning.
type Decoded<'a> = Cow<'a, str>;
