//! Bytes → articles and problems. One file per format; nothing here touches a file or the clock.

use crate::article::{Article, Block, BlockKind};
use crate::text::{Span, clean};

/// The largest input that is read, in bytes; what lies beyond is left out and said so.
pub const MAX_BYTES: usize = 256 << 20;

/// A stand-in that the source room replaces: UTF-8 with front matter, one line one block.
#[must_use]
pub fn read(source: &str, bytes: &[u8]) -> Article {
    let raw = String::from_utf8_lossy(bytes);
    let mut article = Article { source: source.to_owned(), format: "text", ..Article::default() };
    let mut body: &str = &raw;
    if let Some(rest) = raw.strip_prefix("---\n")
        && let Some((head, tail)) = rest.split_once("---\n")
    {
        body = tail;
        for line in head.lines() {
            if let Some(("published", v)) = line.split_once(": ") {
                article.published = v.trim().parse().ok();
            }
            if let Some(("site", v)) = line.split_once(": ") {
                article.site = Some(v.trim().to_owned());
            }
        }
    }
    article.text = clean(body);
    let mut at = 0;
    for line in article.text.split('\n') {
        if !line.trim().is_empty() {
            article.blocks.push(Block { span: Span::new(at, at + line.len()), kind: BlockKind::Paragraph });
        }
        at += line.len() + 1;
    }
    article
}
