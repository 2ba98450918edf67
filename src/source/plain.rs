//! Plain text, perhaps with front matter.

use super::decode::is_binary;
use super::{Format, Head, Input, Problems, Take, dateline, decode, front_matter, headings, paragraphs, title_from_path};
use crate::article::{Article, Block, BlockKind};
use crate::text::clean;

/// The format that takes every text.
#[derive(Debug)]
pub(super) struct PlainText;

impl Format for PlainText {
    fn name(&self) -> &'static str {
        "text"
    }

    fn sniff(&self, head: &Head<'_>) -> bool {
        !is_binary(head.input.bytes)
    }

    fn read(&self, input: &Input<'_>, take: &mut Take<'_>) -> Problems {
        let mut article =
            Article { source: input.name.to_owned(), format: self.name(), url: input.url.map(str::to_owned), ..Article::default() };
        let (raw, problem) = decode::decode(input.bytes, input.charset());
        article.problems.extend(problem);
        let cleaned = clean(&raw);
        drop(raw);
        let body = front_matter::take(&cleaned, &mut article);
        fill(&mut article, body);
        // There is only this one, so it does not matter whether another is wanted.
        let _ = take(article);
        Problems::new()
    }
}

/// Lays the cleaned words out in blocks and reads what stands at their head: title, byline, dateline.
fn fill(article: &mut Article, body: &str) {
    let paragraphs::Laid { text, paragraphs } = paragraphs::lay_out(body);
    article.text = text;
    article.blocks = paragraphs.iter().map(|p| Block { span: p.span, kind: BlockKind::Paragraph }).collect();
    headings::mark(article, &paragraphs);
    if article.title.is_empty() {
        article.title = title_from_path(&article.source);
    }
    dateline::mark(article);
}
