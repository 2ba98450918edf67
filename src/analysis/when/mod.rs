//! Time expressions, their values on the calendar, and the clauses that they date.
//!
//! Tokens → lexical categories (`scan`) → expressions with their meaning (`grammar`, `meaning`) → places on the calendar (`resolve`, `direction`,
//! `calendar`, `holiday`) → TIMEX3 (`value`) → clauses (`clause`).

mod calendar;
mod clause;
mod direction;
mod event;
#[cfg(test)]
mod fuzz;
mod grammar;
mod holiday;
mod meaning;
mod resolve;
mod scan;
mod speaker;
#[cfg(test)]
mod tests;
mod value;

use super::{Annotator, Reading, Sentence};
use crate::article::{Annotations, Timex};
use crate::lexicon::when::Lex;
use crate::text::Span;
use calendar::Stretch;
use direction::{Around, Direction};
use grammar::Grammar;
use jiff::civil::Date;
use meaning::{Expression, Meaning, YearOf};
use resolve::Context;

/// Time expressions, their values on the calendar, and the clauses that they date.
#[derive(Debug)]
pub struct When;

impl Annotator for When {
    fn name(&self) -> &'static str {
        "when"
    }

    fn annotate(&self, reading: &Reading<'_>, found: &mut Annotations) {
        let lex = scan::categories(&reading.article.text, &reading.tokens);
        let mut read = expressions(reading, &lex);
        let narrative = is_narrative(reading, &read);
        if !narrative {
            read.retain(|(_, e)| !matches!(e.meaning, Meaning::Attribute(_)));
        }
        let mut context = Context::new(reading.article.published, narrative);
        context.filed = filed(reading, &read, &context);
        for of_sentence in read.chunk_by(|a, b| a.0 == b.0) {
            let Some(sentence) = of_sentence.first().and_then(|(n, _)| reading.sentences.get(*n)).copied() else { continue };
            let first = found.times.len();
            for (n, (number, expression)) in of_sentence.iter().enumerate() {
                context.sentence = *number;
                let next = of_sentence.get(n + 1).map(|(_, e)| e).filter(|next| gives_day(expression, next));
                context.spoken = None;
                context.day_behind = next.and_then(|next| context.stretch(next, direction(reading, sentence, next)));
                let spoken = speaker::spoken_on(reading, sentence, expression, of_sentence.get(n + 1..).unwrap_or(&[]));
                context.spoken = spoken.and_then(|day| context.stretch(day, direction(reading, sentence, day)));
                found.times.extend(timex(reading, sentence, expression, &mut context));
            }
            event::add(reading, sentence, of_sentence, first, found);
        }
        tell_undated(reading, found);
        event::add_lede(reading, found);
        found.events.sort_by_key(|e| (e.span.start, e.span.end));
    }
}

/// Days before the publication day within which a dateline gives the day of the article, and not that of an earlier event.
const FILED_BEFORE: i32 = 10;

/// The day of the dateline.
fn filed(reading: &Reading<'_>, read: &[(usize, Expression)], context: &Context) -> Option<Date> {
    let date = reading.article.dateline.as_ref()?.date?;
    let token = reading.token_at(date.start);
    let at = |(number, e): &&(usize, Expression)| reading.sentences.get(*number).is_some_and(|s| s.first as usize + e.first == token);
    let (_, expression) = read.iter().find(at)?;
    let day = context.stretch(expression, Direction::Past).and_then(Stretch::first)?;
    let before = (context.published? - day).get_days();
    (-1..=FILED_BEFORE).contains(&before).then_some(day)
}

/// Says that relative expressions stay without a date where the article has none.
fn tell_undated(reading: &Reading<'_>, found: &mut Annotations) {
    let undated = found.times.iter().filter(|t| t.value.is_none()).count();
    if reading.article.published.is_none() && undated > 0 {
        found.problems.push(format!("no day of publication: {undated} time expressions that count from it have no date"));
    }
}

/// All expressions with the number of their sentence; token indices count from the sentence's first.
fn expressions(reading: &Reading<'_>, lex: &[Lex]) -> Vec<(usize, Expression)> {
    let mut all = Vec::new();
    let day_first = reading.article.site.as_deref().is_some_and(writes_day_first);
    let mut of_sentence = Vec::new();
    for (number, sentence) in reading.sentences.iter().enumerate() {
        let first = sentence.first as usize;
        let last = sentence.last as usize;
        let Some(lex) = lex.get(first..last) else { continue };
        let words = |i: usize| if first + i < last { reading.word(first + i) } else { "" };
        Grammar::read(lex, &words, day_first, &mut of_sentence);
        all.extend(of_sentence.drain(..).map(|e| (number, e)));
    }
    all
}

/// True for hosts of countries that write 1/2/2019 for the first of February: all but those that follow the United States.
fn writes_day_first(site: &str) -> bool {
    const OTHERS: &[&str] = &["us", "ph", "ca", "io", "co", "tv", "ai", "me", "fm"];
    let domain = site.rsplit('.').next().unwrap_or("");
    domain.len() == 2 && site.len() > 2 && !OTHERS.contains(&domain)
}

/// True for a text that tells its own dates, as a history does: many years far from the publication day, few words that count from it.
fn is_narrative(reading: &Reading<'_>, read: &[(usize, Expression)]) -> bool {
    let published = reading.article.published.map(|d| d.year());
    let far = |year: i16| published.is_none_or(|p| (i32::from(p) - i32::from(year)).abs() > 1);
    let mut told = 0;
    let mut deictic = 0;
    for (_, expression) in read {
        match expression.meaning {
            Meaning::Day(YearOf::Given(y), ..) | Meaning::Month(YearOf::Given(y), _) | Meaning::Year(y) if far(y) => told += 1,
            Meaning::Weekday(..) | Meaning::Today(_) | Meaning::Pointed(_, Some(_)) => deictic += 1,
            Meaning::Offset(offset) if offset.from_now => deictic += 1,
            _ => {}
        }
    }
    told >= 8 && told > 5 * deictic
}

/// Tokens between a time of the clock and the day that it belongs to.
const DAY_BEHIND: usize = 5;

fn gives_day(time: &Expression, next: &Expression) -> bool {
    let day = next.time.is_none() && matches!(next.meaning, Meaning::Day(..) | Meaning::Weekday(..) | Meaning::Today(_));
    time.meaning == Meaning::TimeOfDay(None) && day && next.first <= time.end + DAY_BEHIND
}

/// Where the words around an expression point to, if its meaning leaves that open.
fn direction(reading: &Reading<'_>, sentence: Sentence, expression: &Expression) -> Direction {
    if !needs_direction(expression.meaning) {
        return Direction::Unknown;
    }
    let first = sentence.first as usize;
    let count = (sentence.last - sentence.first) as usize;
    let word = |i: usize| if i < count { reading.word(first + i) } else { "" };
    let purposes = !matches!(expression.meaning, Meaning::Weekday(..));
    Around { word, first: expression.first, end: expression.end, count }.direction(purposes)
}

fn timex(reading: &Reading<'_>, sentence: Sentence, expression: &Expression, context: &mut Context) -> Option<Timex> {
    let place = context.resolve(expression, direction(reading, sentence, expression));
    let first = sentence.first as usize;
    let start = reading.tokens.get(first + expression.first)?.span;
    let end = reading.tokens.get((first + expression.end).checked_sub(1)?)?.span;
    Some(Timex {
        span: Span { start: start.start, end: end.end },
        kind: value::kind(expression),
        value: value::value(expression, place.as_ref(), reading.article.published.is_some()),
        modifier: expression.modifier,
        interval: place.and_then(|p| p.stretch.interval(p.time)),
    })
}

fn needs_direction(meaning: Meaning) -> bool {
    match meaning {
        Meaning::Day(year, ..)
        | Meaning::Month(year, _)
        | Meaning::Season(year, _)
        | Meaning::Quarter(year, _)
        | Meaning::Holiday(_, year) => !matches!(year, YearOf::Given(_)),
        Meaning::Weekday(..) => true,
        _ => false,
    }
}
