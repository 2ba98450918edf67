//! Names of people, places, organisations and other things.
//!
//! A linear model labels each token from the features around it; see assets/names/README.md for what taught it. The steps, in the order of
//! the modules: [`words`] looks at each token by itself, [`document`] at what the rest of the article tells about it, [`features`] puts both
//! together, [`model`] weighs them and picks the best [`labels`].

pub mod document;
pub mod features;
pub mod labels;
pub mod model;
pub mod votes;
pub mod words;

use super::{Annotator, Reading};
use crate::article::{Annotations, EntityId, Mention, MentionForm};
use crate::text::Span;
use document::Document;
use model::{Emission, MODEL, Model};

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
        let sentences = || reading.sentences.iter().map(|s| s.first as usize..s.last as usize);
        let document = Document::new(&words, sentences());
        let mut emissions = vec![Emission::default(); words.len()];
        let (mut runs, mut back, mut labels) = (Vec::new(), Vec::new(), Vec::with_capacity(words.len()));
        for range in sentences() {
            let sentence = features::Sentence::new(words.get(range.clone()).unwrap_or(&[]), &mut runs);
            for (at, emission) in emissions[range.clone()].iter_mut().enumerate() {
                sentence.features(at, &document, &mut |feature| model.add(feature, emission));
            }
            model.decode(&emissions[range], &mut back, &mut labels);
        }
        found.mentions.extend(mentions(reading, model, &emissions, &labels));
        found.mentions.sort_by_key(|m| m.span);
    }
}

/// The names behind the labels of a whole article.
fn mentions<'a>(
    reading: &'a Reading<'_>,
    model: &'a Model,
    emissions: &'a [Emission],
    labels: &'a [u8],
) -> impl Iterator<Item = Mention> + 'a {
    labels::names(labels).map(|(first, last, kind)| {
        let span = Span { start: reading.tokens[first].span.start, end: reading.tokens[last - 1].span.end };
        let margin = (first..last).map(|at| model.margin(&emissions[at], labels[at])).sum::<f32>() / (last - first) as f32;
        Mention { span, kind, form: MentionForm::Name, score: 1.0 / (1.0 + (-margin).exp()), entity: EntityId::UNJOINED }
    })
}
