//! Speakers from sentence to sentence and paragraph to paragraph.

use super::items::{self, Item};
use super::marks::Segment;
use super::phrase::{Clause, Phrase};
use super::speaker::{self, Found};
use super::statement::{Statement, statement};
use crate::analysis::Reading;
use crate::article::SpeakerRule as Rule;
use crate::lexicon::who::Class;
use crate::text::Span;
use std::ops::Range;

/// Who says a quotation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attribution {
    /// The words that name the speaker.
    pub(super) speaker: Span,
    /// What they stand for, where they are "who".
    pub(super) antecedent: Option<Span>,
    /// What they go back to, where they are "it" or "they".
    pub(super) goes_back: Option<Span>,
    /// The verb or phrase that attributes.
    pub(super) cue: Option<Span>,
    /// How it was found.
    pub(super) rule: Rule,
    /// True for a whole statement, false for a part of the writer's sentence.
    pub(super) whole: bool,
}

/// What the article so far tells about the speaker of the next quotation.
#[derive(Debug)]
pub(super) struct Story<'a> {
    text: &'a str,
    segments: &'a [Segment],
    /// The attributions of the segments.
    pub(super) attributions: Vec<Option<Attribution>>,
    /// The statements in the writer's words.
    pub(super) statements: Vec<Statement>,
    /// The speaker of the paragraph before, where it had quotations.
    previous: Option<Span>,
    /// The speaker or subject at the end of the paragraph before.
    subject: Option<Span>,
    /// The speaker announced by a colon at the end of the paragraph before.
    announced: Option<Span>,
    /// The last segment, where the paragraph before is a quotation and nothing else.
    bare: Option<usize>,
    /// The last "it" or "they" that spoke, and what it goes back to.
    pronoun: Option<(Span, Span)>,
    paragraph: Paragraph,
}

/// What the sentences so far tell within one paragraph.
#[derive(Debug, Default)]
struct Paragraph {
    /// The speaker of the last quotation.
    quoted: Option<Span>,
    /// The last one whose words are quoted or told.
    speaker: Option<Span>,
    /// The subject of the last sentence.
    subject: Option<Span>,
}

impl<'a> Story<'a> {
    /// Reads the whole article.
    pub(super) fn read(reading: &Reading<'a>, segments: &'a [Segment]) -> Self {
        let mut story = Self {
            text: &reading.article.text,
            segments,
            attributions: vec![None; segments.len()],
            statements: Vec::new(),
            previous: None,
            subject: None,
            announced: None,
            bare: None,
            pronoun: None,
            paragraph: Paragraph::default(),
        };
        let (mut row, mut sentences) = (Vec::new(), Vec::new());
        let mut first = 0;
        for block in &reading.article.blocks {
            let count = segments[first..].iter().take_while(|s| s.span.start < block.span.end).count();
            let inside = &segments[first..first + count];
            // The dateline belongs to no sentence.
            let start = reading.article.dateline.as_ref().map_or(0, |d| d.span.end).clamp(block.span.start, block.span.end);
            items::items(reading, Span { start, ..block.span }, inside, u32::try_from(first).unwrap_or(u32::MAX), &mut row);
            items::sentences(reading, &row, segments, &mut sentences);
            if !row.is_empty() {
                story.read_paragraph(&row, &sentences);
            }
            first += count;
        }
        story
    }

    fn read_paragraph(&mut self, row: &[Item], sentences: &[Range<usize>]) {
        self.paragraph = Paragraph::default();
        let clause = |range: &Range<usize>| Clause { items: &row[range.clone()], text: self.text };
        let clauses: Vec<Clause<'_>> = sentences.iter().map(clause).collect();
        for (n, clause) in clauses.iter().enumerate() {
            if clause.items.iter().any(Item::is_quote) {
                self.attribute(clause, clauses.get(n + 1), n == 0);
                self.paragraph.subject = self.paragraph.speaker.or(self.paragraph.subject);
            } else {
                self.tell(clause);
            }
        }
        if let (Some(quote), Some(signature)) = (self.bare, clauses.first().and_then(signature)) {
            self.attributions[quote] = told(Some(signature), Rule::Signed, true);
        }
        self.bare = match row {
            [Item { shape: items::Shape::Quote(n), .. }] => Some(*n as usize).filter(|n| *n < self.attributions.len()),
            _ => None,
        };
        let quoted = row.iter().any(Item::is_quote);
        let open = clauses.last().filter(|c| c.items.last().is_some_and(|i| i.is_mark(':')));
        self.announced = open.and_then(announced);
        self.previous = self.paragraph.quoted.or(self.previous.filter(|_| quoted));
        self.subject = self.paragraph.speaker.or(self.paragraph.subject);
    }

    /// Reads a sentence without quotations.
    fn tell(&mut self, clause: &Clause<'_>) {
        let statement = statement(clause);
        let subject = || clause.main_subject(clause.items.len()).and_then(|p| clause.span(p));
        self.paragraph.subject = statement.map(|s| s.speaker).or_else(subject).or(self.paragraph.subject);
        if self.paragraph.quoted.is_some() {
            self.paragraph.speaker = statement.map(|s| s.speaker).or(self.paragraph.speaker);
        }
        self.statements.extend(statement);
    }

    /// Attributes the quotations of one sentence; `opens` is true for the first one of its paragraph.
    fn attribute(&mut self, clause: &Clause<'_>, next: Option<&Clause<'_>>, opens: bool) {
        let mut same: Option<Span> = None;
        for (at, item) in clause.items.iter().enumerate() {
            let items::Shape::Quote(n) = item.shape else { continue };
            let Some(segment) = self.segments.get(n as usize) else { continue };
            let whole = at == 0 && (matches!(segment.last, '.' | '!' | '?' | '…' | ',') || !segment.closed || segment.continues);
            let found = speaker::speaker(clause, at, self.segments)
                .and_then(|f| attribution(clause, &f, whole))
                .or_else(|| told(same.filter(|_| !segment.titled), Rule::SameSentence, whole))
                .or_else(|| if whole { self.whole(opens && at == 0, next, segment) } else { None })
                .or_else(|| self.goes_on(clause, at, segment))
                .or_else(|| if whole { None } else { part(clause, at, segment) });
            let found = found.map(|a| Attribution { goes_back: self.goes_back(a.speaker), ..a });
            if let Some(found) = found {
                same = found.antecedent.or(Some(found.speaker));
                (self.paragraph.speaker, self.paragraph.quoted) = (same, same);
            }
            self.set(n as usize, segment, found);
        }
    }

    /// What a speaker that is "it" or "they" goes back to: the speaker or subject of the sentence before.
    fn goes_back(&mut self, speaker: Span) -> Option<Span> {
        let words = |span: Span| span.of(self.text);
        if !is_pronoun(words(speaker), &["it", "they"]) {
            return None;
        }
        if let Some((_, antecedent)) = self.pronoun.filter(|(pronoun, _)| *pronoun == speaker) {
            return Some(antecedent);
        }
        let before = [self.paragraph.speaker, self.paragraph.subject, self.subject].into_iter().flatten();
        let mut named = before.filter(|s| s.end <= speaker.start && !is_pronoun(words(*s), PRONOUNS));
        let antecedent = named.next()?;
        self.pronoun = Some((speaker, antecedent));
        Some(antecedent)
    }

    /// Enters the attribution of a segment; words that go on over a line break are one speaker's.
    fn set(&mut self, n: usize, segment: &Segment, found: Option<Attribution>) {
        let before = n.checked_sub(1).filter(|_| segment.continues);
        let earlier = before.and_then(|b| self.attributions.get(b).copied().flatten());
        let best = found.into_iter().chain(earlier).min_by_key(|a| a.rule);
        for slot in before.into_iter().chain([n]) {
            if let Some(slot) = self.attributions.get_mut(slot) {
                *slot = best;
            }
        }
    }

    /// The speaker of a whole quotation whose own sentence does not tell.
    fn whole(&self, opens: bool, next: Option<&Clause<'_>>, segment: &Segment) -> Option<Attribution> {
        let continued = || {
            told(self.paragraph.speaker, Rule::SameParagraph, true)
                .or_else(|| told(self.announced.filter(|_| opens), Rule::Colon, true))
                .or_else(|| told(self.previous.filter(|_| opens), Rule::NextParagraph, true))
        };
        let following = || {
            let next = next?;
            let verb = (1..next.items.len()).take(12).find(|at| next.is_cue(*at) && next.is(*at, Class::REPORT))?;
            let phrase = next.subject_of(verb).filter(|p| next.can_speak(*p))?;
            told(next.span(phrase), Rule::NextSentence, true)
        };
        let subject = || {
            let subject = if opens { self.subject } else { self.paragraph.subject };
            told(subject.filter(|_| segment.words >= 5), Rule::PreviousSubject, true)
        };
        continued().or_else(following).or_else(subject)
    }

    /// The speaker of the paragraph, where its words go on at the beginning of a sentence that the writer ends, or behind "then" or "but".
    fn goes_on(&self, clause: &Clause<'_>, at: usize, segment: &Segment) -> Option<Attribution> {
        let link = (0..at).all(|n| clause.items[n].is_pause() || clause.is(n, Class::ADVERB | Class::COORDINATOR));
        let long = segment.words >= if at == 0 { 2 * super::LONG } else { super::LONG };
        told(self.paragraph.speaker.filter(|_| link && long), Rule::SameParagraph, at == 0)
    }
}

/// The name in a line that signs the quotation before it: "— X, mayor of Y".
fn signature(clause: &Clause<'_>) -> Option<Span> {
    let dash = matches!(clause.items.first()?.shape, items::Shape::Mark('-' | '–' | '—' | '―'));
    let name = (1..clause.items.len().min(8)).find(|at| clause.is_name(*at)).filter(|_| dash && clause.items.len() < 20)?;
    clause.phrase_starting(name, clause.items.len()).and_then(|p| clause.span(p))
}

/// Words that name nobody by themselves.
const PRONOUNS: &[&str] = &["it", "they", "he", "she", "who", "i", "we", "you", "that", "this", "which", "some", "one"];

fn is_pronoun(word: &str, of: &[&str]) -> bool {
    of.iter().any(|p| word.eq_ignore_ascii_case(p))
}

fn told(speaker: Option<Span>, rule: Rule, whole: bool) -> Option<Attribution> {
    speaker.map(|speaker| Attribution { speaker, antecedent: None, goes_back: None, cue: None, rule, whole })
}

/// The speaker of a part of the writer's sentence: the sentence's subject.
fn part(clause: &Clause<'_>, at: usize, segment: &Segment) -> Option<Attribution> {
    if segment.words < super::LONG {
        return None;
    }
    let phrase = clause.main_subject(at).filter(|p| clause.can_speak(*p))?;
    attribution(clause, &Found { phrase, cue: None, rule: Rule::SentenceSubject }, false)
}

fn attribution(clause: &Clause<'_>, found: &Found, whole: bool) -> Option<Attribution> {
    let speaker = clause.span(found.phrase)?;
    let (first, last) = found.phrase;
    let who = first == last && clause.is_word(first, "who");
    let antecedent = if who { clause.antecedent(first).and_then(|p| clause.span(p)) } else { None };
    Some(Attribution { speaker, antecedent, goes_back: None, cue: found.cue.and_then(|c| clause.span(c)), rule: found.rule, whole })
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
