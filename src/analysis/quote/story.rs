//! Speakers from sentence to sentence and paragraph to paragraph.

use super::items::{self, Item};
use super::marks::Segment;
use super::phrase::{Clause, Phrase};
use super::speaker::{self, Found, Rule};
use crate::analysis::Reading;
use crate::lexicon::who::Class;
use crate::text::Span;
use std::ops::Range;

/// Who says a quotation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attribution {
    /// The words that name the speaker.
    pub(super) speaker: Span,
    /// The verb or phrase that attributes.
    pub(super) cue: Option<Span>,
    /// How it was found.
    pub(super) rule: Rule,
    /// True for a whole statement, false for a part of the writer's sentence.
    pub(super) whole: bool,
}

/// What the paragraphs so far tell about the speaker of the next quotation.
#[derive(Debug, Default)]
pub(super) struct Story {
    /// The speaker of the paragraph before, where it had quotations.
    previous: Option<Span>,
    /// The speaker or subject at the end of the paragraph before.
    subject: Option<Span>,
    /// The speaker announced by a colon at the end of the paragraph before.
    announced: Option<Span>,
}

/// What the sentences so far tell within one paragraph.
#[derive(Debug, Default)]
struct Paragraph {
    /// The last speaker.
    speaker: Option<Span>,
    /// The subject of the last sentence.
    subject: Option<Span>,
}

impl Story {
    /// The attributions of all `segments`, in their order.
    pub(super) fn read(reading: &Reading<'_>, segments: &[Segment]) -> Vec<Option<Attribution>> {
        let mut out = vec![None; segments.len()];
        let mut story = Self::default();
        let (mut row, mut sentences) = (Vec::new(), Vec::new());
        let mut first = 0;
        for block in &reading.article.blocks {
            let count = segments[first..].iter().take_while(|s| s.span.start < block.span.end).count();
            let inside = &segments[first..first + count];
            items::items(reading, block.span, inside, u32::try_from(first).unwrap_or(u32::MAX), &mut row);
            items::sentences(reading, &row, segments, &mut sentences);
            if !row.is_empty() {
                story.paragraph(&reading.article.text, &row, &sentences, segments, &mut out);
            }
            first += count;
        }
        out
    }

    fn paragraph(&mut self, text: &str, row: &[Item], sentences: &[Range<usize>], segments: &[Segment], out: &mut [Option<Attribution>]) {
        let mut paragraph = Paragraph::default();
        for (n, range) in sentences.iter().enumerate() {
            let clause = Clause { items: &row[range.clone()], text };
            let next = sentences.get(n + 1).map(|r| Clause { items: &row[r.clone()], text });
            let had = self.sentence(&clause, next, n == 0, segments, &mut paragraph, out);
            paragraph.subject = if had {
                paragraph.speaker.or(paragraph.subject)
            } else {
                clause.main_subject(clause.items.len()).and_then(|p| clause.span(p)).or(paragraph.subject)
            };
        }
        let quoted = row.iter().any(Item::is_quote);
        let last = sentences.last().map(|r| Clause { items: &row[r.clone()], text });
        self.announced = last.filter(|c| c.items.last().is_some_and(|i| i.is_mark(':'))).and_then(|c| announced(&c));
        self.previous = paragraph.speaker.or(self.previous.filter(|_| quoted));
        self.subject = paragraph.speaker.or(paragraph.subject);
    }

    /// Attributes the quotations of one sentence; true where it has any.
    fn sentence(
        &self,
        clause: &Clause<'_>,
        next: Option<Clause<'_>>,
        opens: bool,
        segments: &[Segment],
        paragraph: &mut Paragraph,
        out: &mut [Option<Attribution>],
    ) -> bool {
        let mut same: Option<Span> = None;
        let mut had = false;
        for (at, item) in clause.items.iter().enumerate() {
            let items::Shape::Quote(n) = item.shape else { continue };
            let Some(segment) = segments.get(n as usize) else { continue };
            had = true;
            let whole = at == 0 && (matches!(segment.last, '.' | '!' | '?' | '…' | ',') || !segment.closed);
            let found = speaker::speaker(clause, at, segments).and_then(|f| attribution(clause, &f, whole));
            let told = |speaker: Option<Span>, rule| speaker.map(|speaker| Attribution { speaker, cue: None, rule, whole });
            let found = found.or_else(|| told(same, Rule::SameSentence)).or_else(|| {
                let opens = opens && at == 0;
                let whole = if whole { self.whole(opens, next, paragraph, segment) } else { None };
                whole.or_else(|| goes_on(clause, at, paragraph, segment)).or_else(|| part(clause, at, segment, whole.is_some()))
            });
            if let Some(found) = found {
                same = Some(found.speaker);
                paragraph.speaker = same;
            }
            if let Some(slot) = out.get_mut(n as usize) {
                *slot = found;
            }
        }
        had
    }

    /// The speaker of a whole quotation whose own sentence does not tell.
    fn whole(&self, opens: bool, next: Option<Clause<'_>>, paragraph: &Paragraph, segment: &Segment) -> Option<Attribution> {
        let told = |speaker: Option<Span>, rule| speaker.map(|speaker| Attribution { speaker, cue: None, rule, whole: true });
        let continued = || {
            told(paragraph.speaker, Rule::SameParagraph)
                .or_else(|| told(self.announced.filter(|_| opens), Rule::Colon))
                .or_else(|| told(self.previous.filter(|_| opens), Rule::NextParagraph))
        };
        let following = || {
            let next = next?;
            let verb = (1..next.items.len()).take(12).find(|at| next.is_cue(*at) && next.is(*at, Class::REPORT))?;
            let phrase = next.subject_of(verb).filter(|p| next.can_speak(*p))?;
            told(next.span(phrase), Rule::NextSentence)
        };
        let subject = || {
            let subject = if opens { self.subject } else { paragraph.subject };
            told(subject.filter(|_| segment.words >= 5), Rule::PreviousSubject)
        };
        continued().or_else(following).or_else(subject)
    }
}

/// The speaker of the paragraph, where its words go on at the beginning of a sentence that the writer ends, or behind "then" or "but".
fn goes_on(clause: &Clause<'_>, at: usize, paragraph: &Paragraph, segment: &Segment) -> Option<Attribution> {
    let link = (0..at).all(|n| clause.items[n].is_pause() || clause.is(n, Class::ADVERB | Class::COORDINATOR));
    let long = segment.words >= if at == 0 { 2 * super::LONG } else { super::LONG };
    let speaker = paragraph.speaker.filter(|_| link && long)?;
    Some(Attribution { speaker, cue: None, rule: Rule::SameParagraph, whole: at == 0 })
}

/// The speaker of a part of the writer's sentence: the sentence's subject.
fn part(clause: &Clause<'_>, at: usize, segment: &Segment, whole: bool) -> Option<Attribution> {
    if whole || segment.words < super::LONG {
        return None;
    }
    let phrase = clause.main_subject(at).filter(|p| clause.can_speak(*p))?;
    attribution(clause, &Found { phrase, cue: None, rule: Rule::SentenceSubject }, whole)
}

fn attribution(clause: &Clause<'_>, found: &Found, whole: bool) -> Option<Attribution> {
    let speaker = clause.span(found.phrase)?;
    Some(Attribution { speaker, cue: found.cue.and_then(|c| clause.span(c)), rule: found.rule, whole })
}

/// The speaker whom a sentence with a colon at its end announces.
fn announced(clause: &Clause<'_>) -> Option<Span> {
    let end = clause.items.len() - 1;
    let speaks = |p: &Phrase| clause.can_speak(*p);
    let by_verb = (1..end)
        .rev()
        .take(30)
        .filter(|at| clause.is_cue(*at))
        .find_map(|verb| clause.subject_of(verb).filter(speaks).or_else(|| clause.governing_subject(verb)).filter(speaks));
    let name = || {
        let last = end.checked_sub(1).filter(|at| clause.is_name(*at))?;
        clause.phrase_ending(last).filter(speaks)
    };
    by_verb.or_else(name).or_else(|| clause.main_subject(end).filter(speaks)).and_then(|p| clause.span(p))
}
