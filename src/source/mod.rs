//! Bytes → articles and what could not be read. One file per format; nothing here touches a file or the clock.

mod dateline;
mod decode;
mod front_matter;
mod headings;
mod paragraphs;
mod plain;

#[cfg(test)]
mod tests;

pub use decode::is_binary;

use crate::article::Article;
use std::borrow::Cow;

/// The largest input that is read, in bytes; what lies beyond is left out and said so.
pub const MAX_BYTES: usize = 256 << 20;

/// One input as it came in.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// Where it came from: a path or an address as given, `-` for standard input.
    pub source: &'a str,
    /// Its bytes; one more than [`MAX_BYTES`] is enough to tell that something was left out.
    pub bytes: &'a [u8],
}

/// A kind of input that articles can be read from.
pub trait Format: Sync {
    /// Its name in `Article::format` and in messages.
    fn name(&self) -> &'static str;

    /// True where `input` looks like this format; decided from the first few thousand bytes.
    fn sniff(&self, input: &Input<'_>) -> bool;

    /// The articles in `input`. Never fails: what cannot be read is said in the article's problems.
    fn read(&self, input: &Input<'_>) -> Vec<Article>;
}

/// All formats, the most particular first; the first that recognises an input reads it. Plain text takes what is left.
pub const FORMATS: &[&dyn Format] = &[&plain::PlainText];

/// All articles of one input.
#[must_use]
pub fn read(input: &Input<'_>) -> Vec<Article> {
    let kept = Input { bytes: input.bytes.get(..MAX_BYTES).unwrap_or(input.bytes), ..*input };
    let format = FORMATS.iter().find(|f| f.sniff(&kept));
    let mut articles = format.map(|f| f.read(&kept)).unwrap_or_default();
    if kept.bytes.len() < input.bytes.len()
        && let Some(last) = articles.last_mut()
    {
        last.problems.push(format!("only the first {} MiB were read", MAX_BYTES >> 20));
    }
    for article in &mut articles {
        article.id = id(&article.title, &article.text);
    }
    articles
}

/// The first article of one input; an empty one that says so where there is none.
#[must_use]
pub fn read_one(input: &Input<'_>) -> Article {
    read(input).into_iter().next().unwrap_or_else(|| Article {
        source: input.source.to_owned(),
        problems: vec!["no article was found in it".to_owned()],
        ..Article::default()
    })
}

/// FNV-1a (Fowler, Noll, Vo; 64 bits) over title and text: the same article has the same number in every run and on every machine.
fn id(title: &str, text: &str) -> u64 {
    let bytes = title.bytes().chain(std::iter::once(0)).chain(text.bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The host of a web address, without `www.`.
fn host(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?.to_lowercase();
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
