//! Dates with a month or a weekday: "Jan. 10", "10 January 2019", "2019-01-10", "last May", "Friday, Oct. 23".

use super::{Found, Grammar, follows_article};
use crate::analysis::when::holiday;
use crate::analysis::when::meaning::{Meaning, YearOf};
use crate::lexicon::when::{Key, Lex, Unit, Which};

impl Grammar<'_> {
    /// Any date.
    pub(super) fn date(&self, i: usize) -> Found {
        let found = [
            self.numeric(i),
            self.month_date(i),
            self.day_month(i),
            self.weekday(i),
            self.season(i),
            self.quarter(i),
            self.years(i),
            self.feast(i),
        ];
        found.into_iter().flatten().max_by_key(|f| f.0)
    }

    /// `2019-01-10`, `2019/01/10`, `01/10/2019`.
    fn numeric(&self, i: usize) -> Found {
        let (Lex::Digits { value: a, len: a_len }, Lex::Mark(mark @ ('-' | '/'))) = (self.at(i), self.at(i + 1)) else { return None };
        let (Lex::Digits { value: b, len: b_len @ 1..=2 }, true) = (self.at(i + 2), self.mark(i + 3, mark)) else { return None };
        let Lex::Digits { value: c, len: c_len } = self.at(i + 4) else { return None };
        if self.mark(i + 5, mark) || matches!(self.before(i), Lex::Mark('-' | '/')) {
            return None;
        }
        let (year, month, day) = match (a_len, c_len) {
            (4, 1..=2) if b_len == 2 => (a, b, c),
            (1..=2, 4) if a <= 12 && !(self.day_first && b <= 12) => (c, a, b),
            (1..=2, 4) => (c, b, a),
            (1..=2, 2) if mark == '/' && a <= 12 && b_len == 2 => (if c < 50 { 2000 + c } else { 1900 + c }, a, b),
            _ => return None,
        };
        let (month, day) =
            (i8::try_from(month).ok().filter(|m| (1..=12).contains(m))?, i8::try_from(day).ok().filter(|d| (1..=31).contains(d))?);
        Some((i + 5, Meaning::Day(YearOf::Given(i16::try_from(year).ok()?), month, day)))
    }

    /// A month's number where the word at `i` is one: "may" and "march" need a neighbour that settles it.
    pub(super) fn month(&self, i: usize) -> Option<i8> {
        let Lex::Month(month, sure) = self.at(i) else { return None };
        let word = self.word(i);
        let full = word.len() > 4 || word.ends_with('.') || matches!(word, "June" | "July" | "JUNE" | "JULY");
        (sure && full || self.month_by_context(i)).then_some(month as i8)
    }

    fn month_by_context(&self, i: usize) -> bool {
        let number = |lex| matches!(lex, Lex::Digits { value: 1..=31, len: 1..=2 } | Lex::Ordinal(1..=31));
        let year = matches!(self.at(self.past(i + 1, ',')), Lex::Digits { value: 1000..=2199, len: 4 });
        if number(self.at(i + 1)) || year || number(self.before(i)) {
            return true;
        }
        if !self.capital(i) || self.word(i).len() == 3 && !self.says(i, "may") || self.says(i, "sept") {
            return false;
        }
        let before = match self.before(i) {
            Lex::Key(Key::The) => self.word(i + 1).starts_with(char::is_lowercase),
            Lex::Key(key) => matches!(
                key,
                Key::In
                    | Key::Of
                    | Key::To
                    | Key::From
                    | Key::Between
                    | Key::By
                    | Key::Before
                    | Key::After
                    | Key::Every
                    | Key::And
                    | Key::Or
            ),
            Lex::Which(which) => follows_article(which) || which == Which::This,
            Lex::Edge(_) | Lex::Approx(_) => true,
            Lex::Mark('-') => matches!(i.checked_sub(2).map(|n| self.at(n)), Some(Lex::Edge(_) | Lex::Month(..))),
            _ => i > 0 && (self.says(i - 1, "since") || self.says(i - 1, "during") || self.says(i - 1, "for")),
        };
        // "March on Washington", "to March", "May said": a name or a verb.
        before
            && (!self.capital(i + 1) || matches!(self.at(i + 1), Lex::Month(..) | Lex::Key(_)))
            && !(self.is(i + 1, Key::On) && self.capital(i + 2))
    }

    /// Dates that begin with a month or with a word that points to one.
    fn month_date(&self, i: usize) -> Found {
        if let Lex::Which(which) = self.at(self.past_key(i, Key::The)) {
            let at = self.past_key(i, Key::The) + 1;
            let month = self.month(at).filter(|_| follows_article(which) || which == Which::This)?;
            let plain = self.month_from(at, month)?;
            return Some(match plain.1 {
                Meaning::Month(YearOf::Open, m) => (plain.0, Meaning::Month(YearOf::Nearest(which), m)),
                Meaning::Day(YearOf::Open, m, d) => (plain.0, Meaning::Day(YearOf::Nearest(which), m, d)),
                other => (plain.0, other),
            });
        }
        let month = self.month(i)?;
        self.month_from(i, month)
    }

    fn month_from(&self, i: usize, month: i8) -> Found {
        let the = self.past_key(i + 1, Key::The);
        let after = if the > i + 1 && self.capital(the) { i + 1 } else { the };
        if let Some(day) = self.day_number(after) {
            let (end, year) = self.year_behind(after + 1).unwrap_or((after + 1, YearOf::Open));
            return Some((end, Meaning::Day(year, month, day)));
        }
        let (end, year) = self.year_behind(i + 1).unwrap_or((i + 1, YearOf::Open));
        Some((end, Meaning::Month(year, month)))
    }

    /// A day of the month that is not the beginning of something else.
    fn day_number(&self, i: usize) -> Option<i8> {
        let (day, ordinal) = match self.at(i) {
            Lex::Digits { value, len: 1..=2 } => (value, false),
            Lex::Ordinal(value) => (value, true),
            _ => return None,
        };
        let unit = !ordinal && matches!(self.at(i + 1), Lex::Unit(_, true)) || self.mark(i + 1, '%') || self.says(i + 1, "percent");
        i8::try_from(day).ok().filter(|d| (1..=31).contains(d) && !unit)
    }

    /// ", 2019", "of 2019", "last year", "of that year" behind a month or a day.
    fn year_behind(&self, i: usize) -> Option<(usize, YearOf)> {
        let at = self.past(i, ',');
        if let Some((end, year)) = self.year_number(at) {
            return Some((end, YearOf::Given(year)));
        }
        let of = self.past_key(i, Key::Of);
        if of > i
            && let Some((end, year)) = self.year_number(of)
        {
            return Some((end, YearOf::Given(year)));
        }
        self.pointed_year(of)
    }

    /// "last year", "this year", "that year", "the same year", "the following year".
    pub(super) fn pointed_year(&self, i: usize) -> Option<(usize, YearOf)> {
        let at = self.past_key(i, Key::The);
        let Lex::Which(which) = self.at(at) else { return None };
        let twice = matches!((which, self.at(at + 1)), (Which::That, Lex::Which(Which::Same)));
        let at = at + usize::from(twice);
        matches!(self.at(at + 1), Lex::Unit(Unit::Year, false)).then_some((at + 2, YearOf::Pointed(which)))
    }

    /// "10 January 2019", "the 10th of January", "3rd March".
    fn day_month(&self, i: usize) -> Found {
        let the = self.past_key(i, Key::The);
        let day = self.day_number(the)?;
        if let Some(found) = self.leaning_day(the, day) {
            return Some(found);
        }
        let of = self.past_key(the + 1, Key::Of);
        if let Some(month) = self.month(of) {
            let (end, year) = self.year_behind(of + 1).unwrap_or((of + 1, YearOf::Open));
            return Some((end, Meaning::Day(year, month, day)));
        }
        let bare = the > i && matches!(self.at(the), Lex::Ordinal(2..)) && !self.word(the).starts_with(char::is_alphabetic);
        let ends = matches!(self.at(the + 1), Lex::Mark('.' | ',' | ';') | Lex::Key(Key::And | Key::Or | Key::To | Key::In));
        (bare && ends && matches!(self.before(i), Lex::Key(Key::On | Key::By | Key::To))).then_some((the + 1, Meaning::DayOfMonth(day)))
    }

    /// The first day of "3-5 March" or "13 and 15 April": its month stands behind the second.
    fn leaning_day(&self, i: usize, day: i8) -> Found {
        let joined = matches!(self.at(i + 1), Lex::Mark('-') | Lex::Key(Key::And | Key::To | Key::Or));
        let other = self.day_number(i + 2).filter(|other| joined && *other > day)?;
        let of = self.past_key(i + 3, Key::Of);
        let month = self.month(of)?;
        let year = self.year_behind(of + 1).map_or(YearOf::Open, |(_, year)| year);
        (other > day).then_some((i + 1, Meaning::Day(year, month, day)))
    }

    /// "Monday", "last Friday", "the previous Friday", "Friday, Oct. 23", "this coming Sunday, March eighth".
    fn weekday(&self, i: usize) -> Found {
        let (at, which) = self.pointing(self.past_key(i, Key::The))?;
        if at > i && which.is_none() {
            return None;
        }
        let Lex::Weekday(day, plural, sure) = self.at(at) else { return None };
        let certain = sure || matches!(self.at(self.past(at + 1, ',')), Lex::Month(..) | Lex::Digits { value: 1..=31, len: 1..=2 });
        if plural || !certain || !self.capital(at) && self.word(at).len() < 6 {
            return None;
        }
        let mixed = |n: usize| self.capital(n) && self.word(n).chars().any(char::is_lowercase);
        if at == i && matches!(self.before(i), Lex::Key(Key::The)) && self.at(at + 1) == Lex::Other && mixed(at + 1) {
            // "the Sunday Times": a name.
            return None;
        }
        let next = self.past(at + 1, ',');
        let next = if matches!(self.at(next), Lex::Key(Key::The)) && !matches!(self.at(next + 1), Lex::Ordinal(_)) { at + 1 } else { next };
        if let Some(found @ (_, Meaning::Day(..))) = self.month_date(next).or_else(|| self.day_month(next)).or_else(|| self.numeric(next)) {
            return Some(found);
        }
        Some((at + 1, Meaning::Weekday(day, which)))
    }

    /// A feast by its name.
    fn feast(&self, i: usize) -> Found {
        let mut at = self.past_key(i, Key::The);
        let mut year = YearOf::Open;
        if let Lex::Which(which) = self.at(at) {
            year = YearOf::Nearest(which);
            at += 1;
        }
        if !self.capital(at) {
            return None;
        }
        let (words, feast) = holiday::named(|n| self.word(at + n))?;
        let end = at + words;
        let (end, year) = self.year_behind(end).unwrap_or((end, year));
        Some((end, Meaning::Holiday(feast, year)))
    }
}
