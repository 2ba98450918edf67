//! Lengths of time and what is built from them: "three days", "a two-year term", "six weeks ago", "every two years".

use super::{Found, Grammar, is_calendar};
use crate::analysis::when::meaning::{Amount, Meaning, Offset, Set};
use crate::lexicon::when::{Edge, Key, Lex, Tense, Unit, Vague, Which};

impl Grammar<'_> {
    /// Any expression that counts units.
    pub(super) fn length(&self, i: usize) -> Found {
        self.set(i)
            .or_else(|| self.pointed_length(i))
            .or_else(|| self.counted(i))
            .or_else(|| self.bare_units(i))
            .or_else(|| self.unit_long(i))
    }

    /// "two years", "a week", "five-year", with "ago", "later" or "or so" behind it.
    fn counted(&self, i: usize) -> Found {
        if self.is(i, Key::A)
            && let Some((end, amount, unit)) = self.amount_of_units(i + 1)
            && self.is(end, Key::Period)
        {
            return Some((end + 1, Meaning::Duration(amount, unit)));
        }
        let (end, amount, unit) = self.amount_of_units(i)?;
        let compound = self.is(i, Key::A) && self.mark(end, '-') && matches!(self.at(end + 1), Lex::Key(Key::Ago) | Lex::Edge(_));
        if compound || self.is_age(end) || self.is_part_of_more(i, end) || self.is_fraction(i, end, unit) || self.is_name(end - 1) {
            return None;
        }
        if let Some(found) = self.offset(end, amount, unit) {
            return Some(found);
        }
        let second = self.past_key(end, Key::And);
        if second > end
            && let Some((after, more, smaller)) = self.amount_of_units(second)
            && (smaller as u8) < unit as u8
            && matches!(self.at(second), Lex::Digits { .. } | Lex::Cardinal(_))
        {
            return Some((after, Meaning::Lengths(amount, unit, more, smaller)));
        }
        let half = self.is(end, Key::And) && self.is(end + 1, Key::A) && self.is(end + 2, Key::Half);
        if unit == Unit::Quarter && self.is(i, Key::A) {
            // "nearly a quarter": a share.
            return None;
        }
        match amount {
            Amount::Tenths(n) if half => Some((end + 3, Meaning::Duration(Amount::Half(n / 10), unit))),
            _ => Some((self.long(self.or_so(end)), Meaning::Duration(amount, unit))),
        }
    }

    /// An amount and its unit, adjectives and hyphens between them allowed.
    fn amount_of_units(&self, i: usize) -> Option<(usize, Amount, Unit)> {
        let (mut at, amount) = self.amount(i)?;
        let hyphen = self.mark(at, '-');
        at += usize::from(hyphen);
        let mut adjectives = 0;
        while adjectives < 2
            && (matches!(self.at(at), Lex::Key(Key::Full | Key::More | Key::Other))
                || matches!(self.at(at), Lex::Which(Which::Past | Which::Previous)))
        {
            at += 1;
            adjectives += 1;
        }
        let Lex::Unit(unit, plural) = self.at(at) else { return None };
        if amount == Amount::Tenths(0) {
            return None;
        }
        if !plural && !hyphen && matches!(self.at(i), Lex::Digits { len: 4, .. }) {
            // "the 1988 quarter": a year.
            return None;
        }
        let one = amount == Amount::whole(1) || amount == Amount::Tenths(5);
        let singular_fits = one || hyphen || matches!(self.at(i), Lex::Digits { .. } | Lex::Cardinal(_) | Lex::Vague(Vague::Several));
        if plural && self.is(i, Key::A) && one || !plural && !singular_fits {
            return None;
        }
        Some((at + 1, amount, unit))
    }

    /// True for "-old", "years old", "years of age": ages are no time expressions in TimeBank's news.
    fn is_age(&self, end: usize) -> bool {
        self.is(self.past(end, '-'), Key::Old) || self.is(end, Key::Of) && self.says(end + 1, "age")
    }

    /// True inside a larger number or a name: "$2 a day" is a set and not meant here, "1 a.m." is a time.
    fn is_part_of_more(&self, i: usize, end: usize) -> bool {
        matches!(self.before(i), Lex::Mark('$' | '£' | '€' | '#')) || self.mark(end, '-') && self.digits(end + 1).is_some()
    }

    /// "three-quarters of", "a quarter of": shares and not time.
    fn is_fraction(&self, i: usize, end: usize, unit: Unit) -> bool {
        let counted = !matches!(self.at(i), Lex::Vague(_));
        unit == Unit::Quarter
            && counted
            && (self.is(end, Key::Of) || self.mark(end - 2, '-') && matches!(self.at(end - 1), Lex::Unit(_, true)))
    }

    /// A capital letter makes a unit a part of a name: "60 Minutes".
    fn is_name(&self, i: usize) -> bool {
        let word = self.word(i);
        self.capital(i) && word.chars().any(char::is_lowercase)
    }

    /// "or so", "or more", "or two".
    pub(super) fn or_so(&self, end: usize) -> usize {
        let more = matches!(self.at(end + 1), Lex::Key(Key::So | Key::More) | Lex::Cardinal(2));
        if self.is(end, Key::Or) && more { end + 2 } else { end }
    }

    /// "ago", "earlier", "later", "before", "from now" behind an amount.
    fn offset(&self, end: usize, amount: Amount, unit: Unit) -> Found {
        let end = self.or_so(end);
        let hyphen = self.past(end, '-');
        if let Some(found) = self.weekday_off(end, amount, unit) {
            return Some(found);
        }
        let (after, ahead, from_now) = match self.at(hyphen) {
            Lex::Key(Key::Ago) => (hyphen + 1, false, true),
            Lex::Edge(Edge::Earlier) => (hyphen + 1, false, false),
            Lex::Edge(Edge::Later) if hyphen == end => (end + 1, true, false),
            Lex::Other if self.says(end, "previously") => (end + 1, false, false),
            Lex::Other if self.says(end, "hence") => (end + 1, true, true),
            Lex::Key(Key::From) if self.says(end + 1, "now") || self.says(end + 1, "today") => (end + 2, true, true),
            _ => return None,
        };
        Some((after, Meaning::Offset(Offset { amount, unit, ahead, from_now })))
    }

    /// "ago Friday", "from Monday" behind an amount of weeks.
    fn weekday_off(&self, end: usize, amount: Amount, unit: Unit) -> Found {
        let sign = match self.at(end) {
            Lex::Key(Key::Ago) => -1,
            Lex::Key(Key::From) => 1,
            _ => return None,
        };
        let at = self.past_key(end + 1, Key::On);
        let Lex::Weekday(day, false, true) = self.at(at) else { return None };
        let weeks = i16::try_from(amount.round().filter(|n| (1..=9).contains(n) && unit == Unit::Week)?).ok()?;
        Some((at + 1, Meaning::WeekdayOff(day, sign * weeks)))
    }

    /// "the last two weeks", "the first nine months", "the nine months", "coming weeks", "recent years".
    fn pointed_length(&self, i: usize) -> Found {
        let article =
            matches!(self.at(i), Lex::Key(Key::The | Key::Its | Key::All)) || matches!(self.at(i), Lex::Which(Which::These | Which::Those));
        let mut at = i + usize::from(article);
        let pointer = match self.at(at) {
            Lex::Which(which) => Some(which),
            Lex::Ordinal(1) | Lex::Edge(Edge::Start | Edge::Mid | Edge::End | Edge::Later) => Some(Which::Same),
            Lex::Key(Key::Final) => Some(Which::Same),
            _ => None,
        };
        at += usize::from(pointer.is_some());
        if pointer.is_none() && !article {
            return None;
        }
        if pointer == Some(Which::This) || pointer == Some(Which::That) {
            return None;
        }
        if let Some((end, amount, unit)) = self.amount_of_units(at).filter(|_| !self.is(at, Key::A)) {
            let hyphen = pointer.is_none() && (at..end).any(|n| self.mark(n, '-'));
            if self.is_age(end) || hyphen || pointer.is_none() && !self.is(i, Key::The) {
                return None;
            }
            return Some((self.or_so(end), Meaning::Duration(amount, unit)));
        }
        self.pointed_units(i, at, pointer)
    }

    /// Plural units behind a pointing word: vague.
    fn pointed_units(&self, i: usize, at: usize, pointer: Option<Which>) -> Found {
        let Lex::Unit(unit, true) = self.at(at) else { return None };
        let mut end = at + 1;
        while matches!(self.at(end), Lex::Key(Key::And | Key::Or)) && matches!(self.at(end + 1), Lex::Unit(_, true)) {
            end += 2;
        }
        let bare = pointer.is_none() && self.is(i, Key::The);
        if bare && matches!(self.at(end), Lex::Key(Key::Before | Key::After) | Lex::Which(Which::That)) {
            return None;
        }
        let meaning = match pointer {
            Some(Which::Recent | Which::Past) => Meaning::Vague(Tense::Past),
            Some(Which::Coming) => Meaning::Vague(Tense::Future),
            Some(Which::These) if unit == Unit::Day => Meaning::Vague(Tense::Present),
            None if matches!(self.at(i), Lex::Which(Which::These)) && unit == Unit::Day => Meaning::Vague(Tense::Present),
            None if matches!(self.at(i), Lex::Which(_)) => return None,
            _ => Meaning::Duration(Amount::Unknown, unit),
        };
        Some((if self.says(end, "ahead") { end + 1 } else { end }, meaning))
    }

    /// "days", "years later": plural units alone.
    fn bare_units(&self, i: usize) -> Found {
        let Lex::Unit(unit, true) = self.at(i) else { return None };
        let joined = matches!(self.before(i), Lex::Mark('-') | Lex::Cardinal(_) | Lex::Digits { .. } | Lex::Key(Key::Other));
        if joined || matches!(unit, Unit::Second | Unit::Quarter | Unit::Semester | Unit::Weekend) || self.is_age(i + 1) {
            return None;
        }
        let mut end = i + 1;
        while matches!(self.at(end), Lex::Key(Key::And | Key::Or)) && matches!(self.at(end + 1), Lex::Unit(_, true)) {
            end += 2;
        }
        if let Some(found) = self.offset(end, Amount::Unknown, unit) {
            return Some(found);
        }
        Some((self.long(end), Meaning::Duration(Amount::Unknown, unit)))
    }

    /// "-long" behind a unit.
    fn long(&self, end: usize) -> usize {
        let at = self.past(end, '-');
        if at > end && self.is(at, Key::Long) { at + 1 } else { end }
    }

    /// "year-long", "a day-long visit".
    fn unit_long(&self, i: usize) -> Found {
        let Lex::Unit(unit, false) = self.at(i) else { return None };
        let end = self.long(i + 1);
        (end > i + 1).then_some((end, Meaning::Duration(Amount::whole(1), unit)))
    }

    /// "every day", "each of the past three years" aside: "every two weeks", "per month", "daily", "each Thursday".
    fn set(&self, i: usize) -> Found {
        match self.at(i) {
            Lex::Often(_, true) => Some((i + 1, Meaning::Set(Set::PartOfDay))),
            Lex::Often(unit, _) => Some((i + 1, Meaning::Set(Set::Each(Amount::whole(1), unit)))),
            Lex::Key(Key::Per) => match self.at(i + 1) {
                Lex::Unit(unit, false) if is_calendar(unit) => Some((i + 2, Meaning::Set(Set::Each(Amount::whole(1), unit)))),
                _ => None,
            },
            Lex::Key(Key::Every) => self.every(i + 1),
            Lex::Weekday(day, true, true) => Some((i + 1, Meaning::Set(Set::Weekday(day)))),
            _ => None,
        }
    }

    fn every(&self, at: usize) -> Found {
        let at = at + usize::from(self.is(at, Key::Other) || self.says(at, "single") || self.says(at, "other"));
        match self.at(at) {
            Lex::Unit(unit, false) => Some((at + 1, Meaning::Set(Set::Each(Amount::whole(1), unit)))),
            Lex::Weekday(day, _, _) => Some((at + 1, Meaning::Set(Set::Weekday(day)))),
            Lex::Month(month, _) => Some((at + 1, Meaning::Set(Set::Month(month.try_into().ok()?)))),
            Lex::Season(season, _) => Some((at + 1, Meaning::Set(Set::Season(season)))),
            Lex::Part(..) => Some((at + 1, Meaning::Set(Set::PartOfDay))),
            _ => {
                let (end, amount, unit) = self.amount_of_units(at)?;
                Some((end, Meaning::Set(Set::Each(amount, unit))))
            }
        }
    }
}
