//! The grammar of time expressions: small rules over lexical categories, each from one token on, longest match first.

mod clock;
mod date;

mod length;
mod number;
mod pointed;
mod range;
mod vague;
mod year;

use super::calendar::TimeOfDay;
use super::meaning::{Expression, Meaning};
use crate::lexicon::when::{Approx, Edge, Key, Lex, Part, Unit, Which};

/// One sentence as the rules see it.
#[derive(Clone, Copy)]
pub(super) struct Grammar<'a> {
    /// Categories of its tokens.
    lex: &'a [Lex],
    /// Its tokens as text.
    words: &'a dyn Fn(usize) -> &'a str,
    /// True where 01/02/2019 is in February.
    day_first: bool,
}

/// What a rule found: the end of the match and its meaning.
type Found = Option<(usize, Meaning)>;

impl<'a> Grammar<'a> {
    /// The expressions of a sentence, in order, without overlap.
    pub(super) fn read(lex: &'a [Lex], words: &'a dyn Fn(usize) -> &'a str, day_first: bool, out: &mut Vec<Expression>) {
        let grammar = Self { lex, words, day_first };
        let mut at = 0;
        while at < lex.len() {
            let found = if grammar.may_open(at) { grammar.expression(at) } else { None };
            match found {
                Some(expression) => {
                    at = expression.end.max(at + 1);
                    out.push(expression);
                    at = grammar.range(at, out);
                }
                None => at += 1,
            }
        }
    }

    fn at(&self, i: usize) -> Lex {
        self.lex.get(i).copied().unwrap_or(Lex::Other)
    }

    /// The category before `i`.
    fn before(&self, i: usize) -> Lex {
        i.checked_sub(1).map_or(Lex::Other, |i| self.at(i))
    }

    fn is(&self, i: usize, key: Key) -> bool {
        matches!(self.at(i), Lex::Key(k) if k == key)
    }

    fn mark(&self, i: usize, mark: char) -> bool {
        matches!(self.at(i), Lex::Mark(m) if m == mark)
    }

    fn word(&self, i: usize) -> &'a str {
        (self.words)(i)
    }

    fn says(&self, i: usize, word: &str) -> bool {
        self.word(i).eq_ignore_ascii_case(word)
    }

    fn capital(&self, i: usize) -> bool {
        self.word(i).starts_with(char::is_uppercase)
    }

    /// `i`, or the index after the mark there.
    fn past(&self, i: usize, mark: char) -> usize {
        i + usize::from(self.mark(i, mark))
    }

    /// `i`, or the index after the key there.
    fn past_key(&self, i: usize, key: Key) -> usize {
        i + usize::from(self.is(i, key))
    }

    /// False where no expression can begin: most articles stand before a word that has nothing to do with time.
    fn may_open(&self, i: usize) -> bool {
        match self.at(i) {
            Lex::Key(Key::The | Key::A | Key::Its | Key::All | Key::Full) => !matches!(self.at(i + 1), Lex::Other),
            Lex::Mark('\'') => matches!(self.at(i + 1), Lex::Decade(_) | Lex::Digits { len: 2, .. }),
            lex => opens(lex),
        }
    }

    /// The longest expression from `i` on.
    fn expression(&self, i: usize) -> Option<Expression> {
        let plain = self.core(i);
        let qualified = self.qualified(i);
        match (plain, qualified) {
            (Some(p), Some(q)) => Some(if q.end >= p.end { q } else { p }),
            (p, q) => p.or(q),
        }
    }

    /// An expression without what qualifies it.
    fn core(&self, i: usize) -> Option<Expression> {
        let plain = |(end, meaning)| Expression { first: i, end, meaning, time: None, modifier: None };
        let found = [self.date(i), self.length(i), self.pointed(i), self.vague(i)];
        let longest = found.into_iter().flatten().max_by_key(|f| f.0).map(plain);
        let clock = self.clock(i);
        [longest, clock].into_iter().flatten().max_by_key(|e| e.end)
    }

    /// An expression behind what qualifies it: "early", "the end of", "more than".
    fn qualified(&self, i: usize) -> Option<Expression> {
        let (next, modifier, kind) = self.edge(i).or_else(|| self.approx(i))?;
        let core = self.core(next)?;
        let fits = match kind {
            Qualifier::Edge => !is_length(core.meaning),
            Qualifier::Approx => {
                let article = matches!(self.at(next), Lex::Key(Key::The | Key::Its) | Lex::Vague(_));
                let about = modifier == Some("APPROX");
                let point = core.time.is_some()
                    || matches!(core.meaning, Meaning::Year(_) | Meaning::Day(..) | Meaning::Month(..) | Meaning::Pointed(_, None));
                !article && (is_length(core.meaning) || matches!(core.meaning, Meaning::Offset(_)) || about && point)
            }
            Qualifier::Pointing => {
                // "Earlier Friday" tells an order, "earlier this week" a part of the week.
                let weekday = matches!(core.meaning, Meaning::Weekday(..)) && modifier.is_some();
                !weekday && matches!(core.meaning, Meaning::Pointed(..) | Meaning::Today(_) | Meaning::Weekday(..)) || core.time.is_some()
            }
        };
        // "Early Monday" is a part of that day.
        let early = modifier == Some("START") && core.time.is_none() && matches!(core.meaning, Meaning::Weekday(..) | Meaning::Today(_));
        let time = if early { Some(TimeOfDay::Part(Part::Early)) } else { core.time };
        fits.then_some(Expression { first: i, modifier: modifier.or(core.modifier), time, ..core })
    }

    /// "early", "mid-", "the end of", "later in", "sometime".
    fn edge(&self, i: usize) -> Option<(usize, Option<&'static str>, Qualifier)> {
        let at = self.past_key(i, Key::The);
        let Lex::Edge(edge) = self.at(at) else { return None };
        let next = at + 1;
        let name = match edge {
            Edge::Start | Edge::Beginning => "START",
            Edge::Mid => "MID",
            Edge::End | Edge::Close => "END",
            Edge::Earlier => "BEFORE",
            Edge::Later => "AFTER",
            Edge::Sometime => return Some((self.past_key(next, Key::In), None, Qualifier::Pointing)),
        };
        let of = self.past_key(next, Key::Of);
        let (end, kind) = match edge {
            Edge::Beginning | Edge::Close if of == next => return None,
            Edge::Beginning | Edge::Close => (of, Qualifier::Edge),
            Edge::Mid => (of.max(self.past(next, '-')), Qualifier::Edge),
            Edge::Earlier | Edge::Later => (self.past_key(self.past_key(next, Key::In), Key::On), Qualifier::Pointing),
            _ => (self.past_key(self.past_key(self.past(next, '-'), Key::In), Key::On), Qualifier::Edge),
        };
        Some((end, Some(name), kind))
    }

    /// "about", "more than", "at least", "up to", "no more than".
    fn approx(&self, i: usize) -> Option<(usize, Option<&'static str>, Qualifier)> {
        let than = |at: usize, name| self.is(at + 1, Key::Than).then_some((at + 2, Some(name), Qualifier::Approx));
        let one = |name| Some((i + 1, Some(name), Qualifier::Approx));
        match self.at(i) {
            Lex::Approx(Approx::About) => one("APPROX"),
            Lex::Approx(Approx::Under) => one("LESS_THAN"),
            Lex::Approx(Approx::Over) => one("MORE_THAN"),
            Lex::Key(Key::More) => than(i, "MORE_THAN"),
            Lex::Key(Key::Less) => than(i, "LESS_THAN"),
            Lex::Key(Key::At) if self.is(i + 1, Key::Least) => Some((i + 2, Some("EQUAL_OR_MORE"), Qualifier::Approx)),
            Lex::Key(Key::At) if self.is(i + 1, Key::Most) => Some((i + 2, Some("EQUAL_OR_LESS"), Qualifier::Approx)),
            Lex::Key(Key::Up) if self.is(i + 1, Key::To) => Some((i + 2, Some("EQUAL_OR_LESS"), Qualifier::Approx)),
            Lex::Key(Key::No) if self.is(i + 1, Key::More) => than(i + 1, "EQUAL_OR_LESS"),
            Lex::Key(Key::No) if self.is(i + 1, Key::Less) => than(i + 1, "EQUAL_OR_MORE"),
            _ => None,
        }
    }
}

/// What stands before an expression.
enum Qualifier {
    Edge,
    Approx,
    Pointing,
}

fn is_length(meaning: Meaning) -> bool {
    matches!(meaning, Meaning::Duration(..) | Meaning::Lengths(..))
}

/// True where an expression can begin with such a token.
fn opens(lex: Lex) -> bool {
    match lex {
        Lex::Other => false,
        Lex::Mark(_) | Lex::Clitic | Lex::Meridiem(_) | Lex::Scale(_) => false,
        Lex::Key(key) => matches!(
            key,
            Key::The
                | Key::A
                | Key::At
                | Key::More
                | Key::Less
                | Key::Up
                | Key::Half
                | Key::Other
                | Key::Every
                | Key::Per
                | Key::Its
                | Key::Fiscal
                | Key::No
                | Key::Right
                | Key::Feast
                | Key::Overnight
                | Key::Former
                | Key::Future
                | Key::Tonight
                | Key::Ad
                | Key::All
                | Key::Full
        ),
        _ => true,
    }
}

/// True for units that lie on the calendar and not in the day.
fn is_calendar(unit: Unit) -> bool {
    !matches!(unit, Unit::Second | Unit::Minute | Unit::Hour)
}

/// True for words that point and may follow an article: "the last", "the coming".
fn follows_article(which: Which) -> bool {
    !matches!(which, Which::This | Which::That | Which::These | Which::Those)
}
