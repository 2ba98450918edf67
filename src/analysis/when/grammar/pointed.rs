//! Units that a word points to: "last week", "this year", "the quarter", "that day", "the year-earlier period".

use super::{Found, Grammar, follows_article};
use crate::analysis::when::meaning::{Amount, Meaning, Offset};
use crate::lexicon::when::{Edge, Key, Lex, Unit, Which};

impl Grammar<'_> {
    /// Up to two pointing words from `i`, as one, and the index after them; `None` where two do not go together.
    pub(super) fn pointing(&self, i: usize) -> Option<(usize, Option<Which>)> {
        let (mut at, mut which) = (i, None);
        for _ in 0..2 {
            if let Lex::Which(w) = self.at(at) {
                which = Some(pair(which, w)?);
                at += 1;
            }
        }
        Some((at, which))
    }

    /// Any such expression.
    pub(super) fn pointed(&self, i: usize) -> Found {
        [self.pointed_unit(i), self.day_word(i), self.comparable(i), self.year_end(i)].into_iter().flatten().max_by_key(|f| f.0)
    }

    fn pointed_unit(&self, i: usize) -> Found {
        let the = self.past_key(i, Key::The);
        let article = the > i || self.is(i, Key::Its);
        let mut at = i + usize::from(article);
        let mut which = None;
        for _ in 0..2 {
            match self.at(at) {
                Lex::Which(w) => {
                    if article && !follows_article(w) {
                        return None;
                    }
                    which = Some(pair(which, w)?);
                    at += 1;
                }
                _ => break,
            }
        }
        for _ in 0..2 {
            at += usize::from(matches!(self.at(at), Lex::Key(Key::Full | Key::Fiscal)));
        }
        let Lex::Unit(unit, false) = self.at(at) else {
            return self.latest_period(at, which);
        };
        let end = at + 1;
        if self.capital(at) && at > 0 && self.capital(at - 1) && self.word(at).chars().any(char::is_lowercase) {
            return None;
        }
        let Some(which) = which else { return self.the_unit(i, end, unit, article) };
        if !article && matches!(which, Which::Previous | Which::Following | Which::Same | Which::Latest | Which::Coming | Which::Recent) {
            return None;
        }
        match (which, unit) {
            (Which::These | Which::Those | Which::Recent, _) | (_, Unit::Second | Unit::Minute | Unit::Hour) => None,
            (Which::Past, Unit::Month | Unit::Week | Unit::Decade | Unit::Century | Unit::Day) => {
                Some((end, Meaning::Duration(Amount::whole(1), unit)))
            }
            // "The next day" goes on from what was told, "next week" from today.
            (Which::Next, Unit::Day) => Some((end, Meaning::Pointed(unit, Some(Which::Following)))),
            _ => Some((self.or_so(end), Meaning::Pointed(unit, Some(which)))),
        }
    }

    fn latest_period(&self, at: usize, which: Option<Which>) -> Found {
        let latest = matches!(which, Some(Which::Latest | Which::Current)) && self.is(at, Key::Period);
        latest.then_some((at + 1, Meaning::Pointed(Unit::Quarter, Some(Which::Latest))))
    }

    /// "the year", "the quarter", "the week", "the year before".
    fn the_unit(&self, i: usize, end: usize, unit: Unit, article: bool) -> Found {
        if !article || self.is(i, Key::Its) {
            return None;
        }
        let once = |ahead| Some((end + 1, Meaning::Offset(Offset { amount: Amount::whole(1), unit, ahead, from_now: false })));
        if self.is(end, Key::Before) && unit == Unit::Day && self.says(end + 1, "yesterday") {
            return Some((end + 2, Meaning::Today(-2)));
        }
        if self.is(end, Key::After) && unit == Unit::Day && self.says(end + 1, "tomorrow") {
            return Some((end + 2, Meaning::Today(2)));
        }
        let closed = matches!(self.at(end + 1), Lex::Mark(_)) || self.word(end + 1).is_empty();
        if self.mark(end, '-') {
            return None;
        }
        match self.at(end) {
            Lex::Key(Key::Before) if closed => return once(false),
            Lex::Key(Key::After) if closed => return once(true),
            Lex::Edge(Edge::Earlier) => return once(false),
            Lex::Which(Which::Following) if closed => return once(true),
            _ => {}
        }
        if let (Unit::Week, true, Some(found)) = (unit, self.is(end, Key::Of), self.date(end + 1)) {
            let Meaning::Day(year, month, day) = found.1 else { return None };
            return Some((found.0, Meaning::WeekOf(year, month, day)));
        }
        let ended = self.says(end, "ended") || self.says(end, "ending") || self.says(end, "to");
        match unit {
            Unit::Year if ended => Some((end, Meaning::Duration(Amount::whole(1), unit))),
            Unit::Day if i >= 2 && self.is(i - 1, Key::In) && matches!(self.at(i - 2), Lex::Edge(_)) => {
                Some((end, Meaning::Pointed(unit, None)))
            }
            Unit::Week | Unit::Month | Unit::Quarter | Unit::Year | Unit::Weekend => Some((end, Meaning::Pointed(unit, None))),
            _ => None,
        }
    }

    /// "today", "yesterday", "the day before yesterday".
    fn day_word(&self, i: usize) -> Found {
        let Lex::Day(days) = self.at(i) else { return None };
        Some((i + 1, Meaning::Today(days)))
    }

    /// "the year-earlier period", "year-ago", "the corresponding period last year".
    fn comparable(&self, i: usize) -> Found {
        let mut at = self.past_key(i, Key::The);
        at += usize::from(self.is(at, Key::Comparable) || matches!(self.at(at), Lex::Which(Which::Same)));
        if let Some(end) = self.year_earlier(at) {
            let noun = self.is(end, Key::Period) || matches!(self.at(end), Lex::Unit(Unit::Quarter, false));
            let meaning = Meaning::Offset(Offset { amount: Amount::whole(1), unit: Unit::Year, ahead: false, from_now: false });
            return if noun { Some((end + 1, meaning)) } else { (at == i).then_some((end, meaning)) };
        }
        if at < i + 2 || !(self.is(at, Key::Period) || matches!(self.at(at), Lex::Unit(Unit::Quarter, false))) {
            return None;
        }
        let (end, _) = self.pointed_year(at + 1)?;
        Some((end, Meaning::Offset(Offset { amount: Amount::whole(1), unit: Unit::Year, ahead: false, from_now: false })))
    }

    /// "year-end", "year's end".
    fn year_end(&self, i: usize) -> Found {
        let unit = match self.at(i) {
            Lex::Unit(unit @ (Unit::Year | Unit::Month), false) => unit,
            _ => return None,
        };
        let at = self.past(i + 1, '-');
        let at = if self.at(at) == Lex::Clitic { at + 1 } else { at };
        let meaning = if unit == Unit::Year && self.mark(i + 1, '-') { Meaning::YearEnd } else { Meaning::Pointed(unit, None) };
        (self.at(at) == Lex::Edge(Edge::Close)).then_some((at + 1, meaning))
    }
}

/// Two pointing words as one: "this past", "that same", "this coming"; `None` where they do not go together.
fn pair(first: Option<Which>, second: Which) -> Option<Which> {
    match (first, second) {
        (None, which) => Some(which),
        (Some(Which::This), Which::Past | Which::Last) => Some(Which::Last),
        (Some(Which::This), Which::Coming | Which::Next) => Some(Which::Coming),
        (Some(Which::That | Which::This), Which::Same) => Some(Which::That),
        _ => None,
    }
}
