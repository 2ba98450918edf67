//! Plain text, perhaps with front matter.

use super::{Format, Input, dateline, decode, front_matter, headings, is_binary, paragraphs, title_from_path};
use crate::article::{Article, Block, BlockKind};
use crate::text::clean;

/// The format that takes everything.
#[derive(Debug)]
pub(super) struct PlainText;

impl Format for PlainText {
    fn name(&self) -> &'static str {
        "text"
    }

    fn sniff(&self, _: &Input<'_>) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Vec<Article> {
        let mut article = Article { source: input.source.to_owned(), format: self.name(), ..Article::default() };
        if is_binary(input.bytes) {
            article.problems.push("this does not look like text".to_owned());
        }
        let (raw, problem) = decode::decode(input.bytes);
        article.problems.extend(problem);
        let cleaned = clean(&raw);
        drop(raw);
        let body = front_matter::take(&cleaned, &mut article);
        fill(&mut article, body);
        vec![article]
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
