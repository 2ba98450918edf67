//! A block of text as a row of items: words, marks, and every quotation as one item of its own.

use super::marks::Segment;
use crate::analysis::Reading;
use crate::lexicon::who::{Class, class};
use crate::text::{Span, TokenKind};
use std::ops::Range;

/// What an item looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A word in lower case.
    Lower,
    /// A word with a capital.
    Capital,
    /// A number.
    Number,
    /// A possessive 's or the lone apostrophe of a plural.
    Clitic,
    /// A mark of punctuation.
    Mark(char),
    /// A quotation: its number among the segments.
    Quote(u32),
}

/// A word, a mark or a whole quotation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    /// Where it stands.
    pub(super) span: Span,
    /// What it looks like.
    pub(super) shape: Shape,
    /// What a word can be.
    pub(super) class: Class,
}

impl Item {
    /// True for this mark of punctuation.
    pub(super) fn is_mark(&self, mark: char) -> bool {
        self.shape == Shape::Mark(mark)
    }

    /// True for a quotation.
    pub(super) fn is_quote(&self) -> bool {
        matches!(self.shape, Shape::Quote(_))
    }

    /// True for a comma or a dash: what parts a quotation from its cue.
    pub(super) fn is_pause(&self) -> bool {
        matches!(self.shape, Shape::Mark(',' | '—' | '–' | '-'))
    }
}

/// The items of the stretch `block`, with `segments` those that lie in it (`first` is the number of the first one).
pub(super) fn items(reading: &Reading<'_>, block: Span, segments: &[Segment], first: u32, out: &mut Vec<Item>) {
    out.clear();
    // In a text of capitals only, the known words are those that would be small.
    let shouted = !block.of(&reading.article.text).contains(char::is_lowercase);
    let words = |at, end, out: &mut Vec<Item>| {
        let from = out.len();
        let next = words(reading, at, end, out);
        if shouted {
            out[from..].iter_mut().filter(|i| i.shape == Shape::Capital && i.class != Class::NONE).for_each(|i| i.shape = Shape::Lower);
        }
        next
    };
    let mut token = reading.token_at(block.start);
    for (n, segment) in (first..).zip(segments) {
        token = words(token, segment.span.start, out);
        out.push(Item { span: segment.span, shape: Shape::Quote(n), class: Class::NONE });
        while reading.tokens.get(token).is_some_and(|t| t.span.start < segment.span.end) {
            token += 1;
        }
    }
    words(token, block.end, out);
}

/// Adds the tokens from `at` up to the byte `end`; answers the next token. Words joined by a hyphen are one item.
fn words(reading: &Reading<'_>, mut at: usize, end: u32, out: &mut Vec<Item>) -> usize {
    let text = &reading.article.text;
    let from = out.len();
    while let Some(token) = reading.tokens.get(at).filter(|t| t.span.start < end) {
        let word = token.of(text);
        let first = word.chars().next().unwrap_or(' ');
        let joined = out.len() > from && out.last().is_some_and(|i| i.span.end == token.span.start);
        let shape = match token.kind {
            TokenKind::Word | TokenKind::Address if first.is_uppercase() || first == '@' => Shape::Capital,
            TokenKind::Word | TokenKind::Address => Shape::Lower,
            TokenKind::Number => Shape::Number,
            TokenKind::Clitic => Shape::Clitic,
            TokenKind::Mark if matches!(first, '’' | '\'') && joined => Shape::Clitic,
            TokenKind::Mark => Shape::Mark(first),
        };
        let class = if matches!(shape, Shape::Lower | Shape::Capital) { class(word) } else { Class::NONE };
        let item = Item { span: token.span, shape, class };
        if !(joined && merge(out, from, item)) {
            out.push(item);
        }
        at += 1;
    }
    at
}

/// Joins `item` to a word and a hyphen that stand directly before it.
fn merge(out: &mut Vec<Item>, from: usize, item: Item) -> bool {
    let is_word = |i: &Item| matches!(i.shape, Shape::Lower | Shape::Capital | Shape::Number);
    let [.., word, hyphen] = out.get(from..).unwrap_or(&[]) else { return false };
    if !(is_word(&item)
        && is_word(word)
        && matches!(hyphen.shape, Shape::Mark('-' | '‑' | '/' | '&'))
        && word.span.end == hyphen.span.start)
    {
        return false;
    }
    let shape = if word.shape == Shape::Number { item.shape } else { word.shape };
    // Of what the last part can be, only the nouns hold for the whole: "well-said" is no verb.
    let noun = Class::ROLE | Class::ORGANIZATION | Class::TITLE | Class::SOURCE;
    let class = if item.class.is(noun) { item.class } else { Class::NONE };
    let whole = Item { span: word.span.join(item.span), shape, class };
    out.pop();
    if let Some(last) = out.last_mut() {
        *last = whole;
    }
    true
}

/// The sentences of a block as ranges of its items. A quotation never falls apart.
pub(super) fn sentences(reading: &Reading<'_>, items: &[Item], segments: &[Segment], out: &mut Vec<Range<usize>>) {
    out.clear();
    let mut first = 0;
    let mut sentence = items.first().map_or(0, |i| reading.sentence_at(i.span.start));
    for (at, item) in items.iter().enumerate() {
        while reading.sentences.get(sentence).is_some_and(|s| s.span.end < item.span.end) {
            sentence += 1;
        }
        let ends = match item.shape {
            Shape::Quote(n) => segments.get(n as usize).is_some_and(|s| ends_with_quote(items, at, s.last)),
            _ => reading.sentences.get(sentence).is_some_and(|s| s.span.end == item.span.end),
        };
        if ends || at + 1 == items.len() {
            out.push(first..at + 1);
            first = at + 1;
        }
    }
}

/// True where the sentence ends with the quotation at `at`, whose last character is `last`.
fn ends_with_quote(items: &[Item], at: usize, last: char) -> bool {
    let Some(next) = items.get(at + 1) else { return true };
    if !matches!(last, '.' | '!' | '?' | '…') {
        return false;
    }
    match next.shape {
        Shape::Quote(_) | Shape::Mark('(' | '[') => true,
        // “Who?” Bob asked: the name goes on with the sentence.
        Shape::Capital if last != '.' => !items[at + 1..]
            .iter()
            .take(7)
            .take_while(|i| !i.is_quote() && !matches!(i.shape, Shape::Mark('.' | '!' | '?')))
            .any(|i| i.shape == Shape::Lower && i.class.is(Class::REPORT)),
        Shape::Capital => true,
        _ => false,
    }
}
