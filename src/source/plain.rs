//! Plain text, perhaps with front matter.

use super::decode::is_binary;
use super::{Format, Head, Input, Problems, Take, dateline, decode, front_matter, headings, paragraphs, title_from_path};
use crate::article::{Article, Block, BlockKind};
use crate::locale::tr;
use crate::text::{Cleaned, clean_noting};

/// Changed characters that are remembered; a text with more of them is hardly one.
const MAX_CLEANED: usize = 4096;

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
        let mut changes = Vec::new();
        let cleaned = clean_noting(&raw, |change| {
            if changes.len() <= MAX_CLEANED {
                changes.push(change);
            }
        });
        drop(raw);
        let body = front_matter::take(&cleaned, &mut article);
        fill(&mut article, body);
        if changes.len() <= MAX_CLEANED {
            article.cleaned = placed(&changes, cleaned.len() - body.len(), body, &article.text);
        }
        if article.text.is_empty() {
            article.problems.push(tr!("there are no words in it").to_owned());
        }
        // There is only this one, so it does not matter whether another is wanted.
        let _ = take(article);
        Problems::new()
    }
}

/// The changes behind the byte `head` of the cleaned text, as they lie in `text`, which has the words of `body` with other white space.
fn placed(changes: &[Cleaned], head: usize, body: &str, text: &str) -> Vec<Cleaned> {
    let mut words = text.char_indices().filter(|(_, c)| !c.is_whitespace()).peekable();
    let mut of_body = body.char_indices().filter(|(_, c)| !c.is_whitespace()).peekable();
    let mut out = Vec::new();
    for change in changes {
        let Some(at) = (change.at as usize).checked_sub(head) else { continue };
        while of_body.next_if(|(n, _)| *n < at).is_some() {
            words.next();
        }
        let at = words.peek().map_or(text.len(), |(n, _)| *n);
        out.push(Cleaned { at: u32::try_from(at).unwrap_or(u32::MAX), ..*change });
    }
    out
}

/// Lays the cleaned words out in blocks and reads what stands at their head: title, byline, dateline.
pub(super) fn fill(article: &mut Article, body: &str) {
    let paragraphs::Laid { text, paragraphs } = paragraphs::lay_out(body);
    article.text = text;
    article.blocks = paragraphs.iter().map(|p| Block { span: p.span, kind: BlockKind::Paragraph }).collect();
    headings::mark(article, &paragraphs);
    if article.title.is_empty() {
        article.title = title_from_path(&article.source);
    }
    dateline::mark(article);
}
