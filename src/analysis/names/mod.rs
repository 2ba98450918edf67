//! Names of people, places, organisations and other things.
//!
//! A linear model labels each token from the features around it; assets/names/README.md says what taught it. The steps, in the order of
//! the modules: [`words`] looks at each token by itself, [`document`] at what the rest of the article tells about it, [`features`] puts both
//! together, [`model`] weighs them and picks the best [`labels`]; [`votes`] lets all occurrences of a word be heard before that is done a
//! second time. [`tidy`] puts the edges of names right. [`language`] says whether the text is one that the model can read.

pub mod document;
pub mod features;
pub mod labels;
mod language;
pub mod model;
mod tidy;
pub mod votes;
pub mod words;

#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod tests;

use super::{Annotator, Reading};
use crate::article::{Annotations, Dateline, EntityId, Kind, Mention, MentionForm};
use crate::text::Span;
use document::Document;
use model::{Emission, MODEL, Model, NO_NAME};
use std::ops::Range;
use votes::Votes;
use words::{ADDRESS, Word};

/// In a text that is not English only names at least this sure are kept.
const SURE: f32 = 0.95;

/// Names of people, places, organisations and other things.
#[derive(Debug)]
pub struct Names;

impl Annotator for Names {
    fn name(&self) -> &'static str {
        "names"
    }

    fn annotate(&self, reading: &Reading<'_>, found: &mut Annotations) {
        let Some(model) = MODEL.as_ref() else { return };
        let words = words::words(reading);
        let sentences: Vec<_> = reading.sentences.iter().map(|s| s.first as usize..s.last as usize).collect();
        let mut look = Look::first(model, &words, &sentences);
        look.second(model, &words, &sentences);
        let mut least = 0.0;
        if let Some(language) = language::foreign(reading) {
            found.problems.push(format!("the text seems to be {language}; names are found well only in English"));
            least = SURE;
        }
        let from = found.mentions.len();
        found.mentions.extend(look.mentions(model, reading, &words).filter(|m| m.score >= least));
        if let Some(dateline) = &reading.article.dateline {
            heed(reading, dateline, &mut found.mentions, from);
        }
        found.mentions.sort_by_key(|m| m.span);
    }
}

/// What the dateline says of itself goes before what the model thinks of the mentions after `from`: its day is no name, and its place is one,
/// of a place.
fn heed(reading: &Reading<'_>, dateline: &Dateline, mentions: &mut Vec<Mention>, from: usize) {
    let overlap = |a: Span, b: Span| a.start < b.end && b.start < a.end;
    let (day, place) = (dateline.date.unwrap_or_default(), dateline.place);
    let mut at = 0;
    mentions.retain(|m| {
        at += 1;
        at <= from || !overlap(m.span, day)
    });
    // A line that has neither day nor agency may be the head of a table: "RUGBY - Results". And of several places in one the model knows best.
    if dateline.date.is_none() && dateline.agency.is_none() {
        return;
    }
    let mut named = mentions.iter_mut().skip(from).filter(|m| overlap(m.span, place)).peekable();
    if named.peek().is_none() && !place.is_empty() && !place.of(&reading.article.text).contains('/') {
        mentions.push(Mention { span: place, kind: Kind::Place, form: MentionForm::Name, score: SURE, entity: EntityId::UNJOINED });
        return;
    }
    for mention in named.filter(|m| m.span == place) {
        mention.kind = Kind::Place;
    }
}

/// What is thought of each token of an article.
struct Look {
    emissions: Vec<Emission>,
    labels: Vec<u8>,
}

impl Look {
    /// Labels every sentence by itself, with what the document tells about its words.
    fn first(model: &Model, words: &[Word], sentences: &[Range<usize>]) -> Self {
        let document = Document::new(words, sentences.iter().cloned());
        let mut look = Self { emissions: vec![Emission::default(); words.len()], labels: Vec::with_capacity(words.len()) };
        let (mut runs, mut back) = (Vec::new(), Vec::new());
        for range in sentences {
            let (Some(words), Some(emissions)) = (words.get(range.clone()), look.emissions.get_mut(range.clone())) else { continue };
            let sentence = features::Sentence::new(words, &mut runs);
            for (at, emission) in emissions.iter_mut().enumerate() {
                if words[at].is(ADDRESS) {
                    *emission = NO_NAME;
                } else {
                    sentence.features(at, &document, &mut |feature| model.add(feature, emission));
                }
            }
            model.decode(emissions, &mut back, &mut look.labels);
        }
        look
    }

    /// Labels every sentence again, with what the first look called its words elsewhere.
    fn second(&mut self, model: &Model, words: &[Word], sentences: &[Range<usize>]) {
        let votes = Votes::new(words, &self.labels);
        let (mut back, mut labels) = (Vec::new(), Vec::with_capacity(self.labels.len()));
        for range in sentences {
            let (Some(words), Some(before)) = (words.get(range.clone()), self.labels.get(range.clone())) else { continue };
            let Some(emissions) = self.emissions.get_mut(range.clone()) else { continue };
            let mut told = false;
            for (at, emission) in emissions.iter_mut().enumerate().filter(|(at, _)| !words[*at].is(ADDRESS)) {
                votes.features(words, before, at, &mut |feature| {
                    told = true;
                    model.add(feature, emission);
                });
            }
            if told {
                model.decode(emissions, &mut back, &mut labels);
            } else {
                labels.extend(before);
            }
        }
        self.labels = labels;
    }

    /// The names behind the labels.
    fn mentions<'a>(&'a self, model: &'a Model, reading: &'a Reading<'_>, words: &[Word]) -> impl Iterator<Item = Mention> + 'a {
        tidy::tidy(reading, labels::names(&self.labels).map(|name| tidy::headed(words, name))).into_iter().filter_map(
            |(first, last, kind)| {
                let (begin, end) = (reading.tokens.get(first)?.span, reading.tokens.get(last - 1)?.span);
                let score = model.sureness(&self.emissions, &self.labels, first..last);
                Some(Mention { span: begin.join(end), kind, form: MentionForm::Name, score, entity: EntityId::UNJOINED })
            },
        )
    }
}
