//! Blocks → the article's own: what papers add around and between the paragraphs goes.

use super::blocks::Raw;
use super::words::{ENDS, LINE_STARTS};
use crate::article::BlockKind;
use crate::source::{dateline, ends_sentence};
use crate::text::fold;

/// A paragraph of at least this many bytes is the article's own, whatever it says of itself.
const LONG: usize = 80;

/// Lines that may be taken from the foot.
const MAX_TRAILING: usize = 4;

/// Calls to do something that are left out also where they make a long line.
const CALLS: &[&str] = &[
    "copyright",
    "©",
    "sign up",
    "subscribe",
    "get the latest",
    "all rights reserved",
    "follow us",
    "we may earn",
    "this post may contain",
    "this document is subject",
    "click here",
    "download our",
    "this material may not",
    "join our",
    "get our",
    "image copyright",
    "follow ",
    "citation:",
    "have a tip",
    "please enable",
];

/// What people who write are called at the foot of an article.
const WRITERS: &[&str] = &[
    "reporter",
    "editor",
    "writer",
    "correspondent",
    "journalist",
    "columnist",
    "producer",
    "curator",
    "contributor",
    "blogger",
    "covers",
    "author of",
    "freelance",
];

/// Drops what is not the article's. `titles` are its title and main heading.
pub(super) fn tidy(mut blocks: Vec<Raw>, titles: &[&str]) -> Vec<Raw> {
    let titles: Vec<String> = titles.iter().map(|t| fold(t)).collect();
    let mut seen = 0;
    blocks.retain(|b| {
        seen += 1;
        let repeats = seen <= 8 && b.text.len() < 300 && titles.iter().any(|title| same(&fold(&b.text), title));
        !repeats && b.text.chars().any(char::is_alphanumeric) && !is_boilerplate(b) && !is_call(b)
    });
    cut_end(&mut blocks);
    let start = blocks.iter().position(is_prose).unwrap_or(0);
    let mut n = 0;
    blocks.retain(|b| {
        n += 1;
        n > start || opens(b)
    });
    for _ in 0..MAX_TRAILING {
        let _ = blocks.pop_if(|last| trails(last));
    }
    blocks
}

fn same(line: &str, title: &str) -> bool {
    !title.is_empty()
        && (line == title
            || line.len() > 20 && title.starts_with(line)
            || title.len() > 20 && line.starts_with(title) && line.len() < title.len() + 30)
}

/// True for a paragraph of running text.
fn is_prose(block: &Raw) -> bool {
    let running = matches!(block.kind, BlockKind::Paragraph | BlockKind::Quotation | BlockKind::Item(_));
    running && block.linked() < 50 && (block.text.len() >= LONG || block.text.len() >= 40 && ends_sentence(&block.text))
}

/// True for what may stand before the first paragraph: a heading, a dateline of its own.
fn opens(block: &Raw) -> bool {
    let capitals = || block.text.chars().all(|c| !c.is_lowercase() && !c.is_ascii_digit());
    match block.kind {
        BlockKind::Heading => block.text.len() < LONG,
        BlockKind::Caption => true,
        BlockKind::Row | BlockKind::Item(_) => block.linked() < 50,
        _ => ends_sentence(&block.text) || dateline::parse(&block.text).is_some() || capitals() && block.text.contains(','),
    }
}

/// True for what stands below the last paragraph: names, dates, headings over nothing, who the writer is.
fn trails(block: &Raw) -> bool {
    let text = &block.text;
    let lower = || text.to_lowercase();
    let is_bio = || {
        let lower = lower();
        text.len() < 500
            && [" is a ", " is an ", " is the ", " covers ", " contributed to ", "’s ", "'s "].iter().any(|s| lower.contains(s))
            && WRITERS.iter().any(|w| lower.contains(w))
            && block.kind == BlockKind::Paragraph
            && !text.contains(['“', '"'])
    };
    match block.kind {
        BlockKind::Heading => true,
        BlockKind::Paragraph => text.len() < 60 && !ends_sentence(text) && (block.linked() > 30 || text.len() < 35) || is_bio(),
        _ => false,
    }
}

/// True for lines that papers put between paragraphs.
fn is_boilerplate(block: &Raw) -> bool {
    let text = block.text.trim_start_matches(['|', '-', '–', '—', '•', '*', '>', '»', '[', ' ']);
    let lower = text.get(..text.floor_char_boundary(60)).unwrap_or("").to_lowercase();
    let known = |list: &[&str]| {
        list.iter().any(|start| {
            lower.strip_prefix(start).is_some_and(|rest| start.ends_with([' ', ':', '|']) || !rest.starts_with(char::is_alphanumeric))
        })
    };
    let weak = ["home", "news", "caption", "close", "comments", "trending", "recommended", "supplied", "loading", "latest"];
    if weak.iter().any(|w| lower == *w) {
        return true;
    }
    let starts = known(LINE_STARTS.as_slice()) && !weak.iter().any(|w| lower.starts_with(w));
    let dated = ["published", "updated", "posted"].iter().any(|w| lower.starts_with(w));
    if dated {
        return text.len() < LONG && text.contains(|c: char| c.is_ascii_digit());
    }
    starts && (text.len() <= 70 || block.linked() >= 30) || text.len() < 600 && known(CALLS)
}

/// True for a line that is nothing but a link to another article.
fn is_call(block: &Raw) -> bool {
    let text = &block.text;
    let capitals = || text.chars().filter(|c| c.is_alphabetic()).all(|c| !c.is_lowercase());
    block.linked() >= 85
        && text.len() < 250
        && text.len() >= 12
        && block.kind == BlockKind::Paragraph
        && (!ends_sentence(text) || capitals())
}

/// Cuts off what follows a heading that ends articles.
fn cut_end(blocks: &mut Vec<Raw>) {
    let total: usize = blocks.iter().map(|b| b.text.len()).sum();
    let mut before = 0;
    let at = blocks.iter().position(|b| {
        before += b.text.len();
        let lower = b.text.trim_end_matches([':', '.', '…', ' ']).to_lowercase();
        let short = b.text.len() < 60;
        short && before * 2 > total && ENDS.iter().any(|e| lower == *e || lower.starts_with(e) && b.kind == BlockKind::Heading)
    });
    if let Some(at) = at {
        let left: usize = blocks.iter().skip(at + 1).filter(|b| b.linked() < 50 && b.text.len() > 150).map(|b| b.text.len()).sum();
        if left * 4 < total {
            blocks.truncate(at);
        }
    }
}
