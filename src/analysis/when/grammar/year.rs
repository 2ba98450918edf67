//! Years, decades, centuries, seasons, quarters and halves.

use super::{Found, Grammar, follows_article};
use crate::analysis::when::meaning::{Meaning, YearOf};
use crate::lexicon::when::{Cue, Edge, Key, Lex, Season, Unit, Which, is_cue, is_our_time};

impl Grammar<'_> {
    /// Years, decades and centuries.
    pub(super) fn years(&self, i: usize) -> Found {
        [self.year(i), self.decade(i), self.century(i)].into_iter().flatten().max_by_key(|f| f.0)
    }

    /// A year in four digits, or in fewer with an era; no judgement of what stands around it.
    pub(super) fn year_number(&self, i: usize) -> Option<(usize, i16)> {
        if let Lex::Digits { value, len: 1..=4 } = self.at(i) {
            let value = i16::try_from(value).ok()?;
            if self.is(i + 1, Key::Bc) && !is_our_time(value) {
                return Some((i + 2, 1 - value));
            }
            if self.is(i + 1, Key::Ad) && self.capital(i + 1) {
                return Some((i + 2, value));
            }
            let four = matches!(self.at(i), Lex::Digits { len: 4, .. }) && (1000..2200).contains(&value);
            return four.then_some((i + 1, value));
        }
        let (mid, century) = self.cardinal(i).filter(|(_, n)| (10..=20).contains(n))?;
        let (end, rest) = self.cardinal(mid).filter(|(_, n)| *n >= 10)?;
        Some((end, i16::try_from(century * 100 + rest).ok()?))
    }

    /// "2019", "the year 2000", "fiscal 1989", "493 BC", "nineteen ninety-six".
    fn year(&self, i: usize) -> Found {
        if self.is(i, Key::Ad)
            && self.capital(i)
            && let Some(year @ 1..) = self.digits(i + 1)
        {
            return Some((i + 2, Meaning::Year(i16::try_from(year).ok().filter(|y| *y < 3000)?)));
        }
        let mut at = self.past_key(i, Key::The);
        let fiscal = self.is(at, Key::Fiscal);
        at += usize::from(fiscal);
        let named = matches!(self.at(at), Lex::Unit(Unit::Year, _));
        at += usize::from(named);
        if at > i && !fiscal && !named {
            return self.year_period(i, at);
        }
        if named && let (Lex::Cardinal(2), Lex::Scale(1000)) = (self.at(at), self.at(at + 1)) {
            return Some((at + 2, Meaning::Year(2000)));
        }
        let (end, year) = self.year_number(at)?;
        let (end, _) = self.beyond(end);
        (at > i || self.is_year(i, end)).then_some((end, Meaning::Year(year)))
    }

    /// "the 1988 period": the article belongs to it only before a word for a period.
    fn year_period(&self, i: usize, at: usize) -> Found {
        let (end, year) = self.year_number(at)?;
        let period = self.is(end, Key::Period) || matches!(self.at(end), Lex::Unit(Unit::Quarter, false));
        (at == i + 1 && period).then_some((end + 1, Meaning::Quarter(YearOf::Given(year), 0)))
    }

    /// "1990 and beyond", "1994 or later".
    fn beyond(&self, end: usize) -> (usize, bool) {
        let later = self.is(end, Key::Or) && self.at(end + 1) == Lex::Edge(Edge::Later);
        let beyond = self.is(end, Key::And) && self.says(end + 1, "beyond");
        if later || beyond { (end + 2, true) } else { (end, false) }
    }

    /// True where a bare number of four digits is a year and not an amount, a code or a part of a longer number.
    fn is_year(&self, i: usize, end: usize) -> bool {
        let plain = matches!(self.at(i), Lex::Digits { len: 4, .. }) && end == i + 1;
        if !plain {
            return true;
        }
        let linked = |n: usize| matches!(self.at(n), Lex::Digits { len: 4, value: 1000..=2199 } | Lex::Month(..));
        let before = match self.before(i) {
            Lex::Mark('$' | '£' | '€' | '¥' | '#' | '.' | '+' | '=' | '@' | ':' | '*') => false,
            Lex::Mark('-' | '/') => i >= 2 && (linked(i - 2) || matches!(self.at(i - 2), Lex::Edge(_) | Lex::Other)),
            Lex::Digits { .. } | Lex::Ordinal(_) | Lex::Tenths(_) | Lex::Cardinal(_) => false,
            Lex::Approx(_) | Lex::Key(Key::Than | Key::Least) => !matches!(self.at(end), Lex::Other) || self.word(end).is_empty(),
            _ => true,
        };
        let after = match self.at(end) {
            Lex::Unit(_, plural) => !plural && !self.mark(end, '-'),
            Lex::Scale(_) | Lex::Mark('%' | '/' | '$' | '€' | '+') => false,
            Lex::Mark('-') => {
                !matches!(self.at(end + 1), Lex::Unit(..))
                    && (linked(end + 1) || !matches!(self.at(end + 1), Lex::Digits { len: 3 | 5.., .. }))
            }
            Lex::Mark(':') => true,
            Lex::Other if self.says(end, "AH") || self.says(end, "A.H.") => false,
            _ => !is_cue(self.word(end), Cue::Counted),
        };
        before && after
    }

    /// "the 1990s", "the '80s", "the nineties", "the 470s BC".
    fn decade(&self, i: usize) -> Found {
        let mut at = self.past_key(i, Key::The);
        at = if self.mark(at, '\'') { at + 1 } else { self.past(at, '-') };
        if let (Lex::Digits { value, len: 2 }, true) = (self.at(at), at == i + 1 && self.mark(i, '\'')) {
            let led =
                matches!(self.before(i), Lex::Key(Key::In | Key::Of | Key::From | Key::To | Key::By) | Lex::Month(..) | Lex::Season(..));
            let year = u8::try_from(value).ok().filter(|_| led && !matches!(self.at(at + 1), Lex::Unit(..)))?;
            return Some((at + 1, Meaning::ShortYear(year)));
        }
        let Lex::Decade(number) = self.at(at) else { return None };
        let spelled = !self.word(at).starts_with(|c: char| c.is_ascii_digit());
        if self.is(at + 1, Key::Bc) {
            return Some((at + 2, Meaning::Decade(1 - i16::try_from(number).ok()? - 9)));
        }
        match number {
            1000..=1900 if number % 100 == 0 && !self.beside_decade(i, at) => {
                Some((at + 1, Meaning::Century(i16::try_from(number / 100).ok()?)))
            }
            1000..2200 => Some((at + 1, Meaning::Decade(i16::try_from(number).ok()?))),
            20..=90 if at > i && !(spelled && matches!(self.before(i), Lex::Key(Key::In)) && self.is(i, Key::Its)) => {
                Some((at + 1, Meaning::ShortDecade(number as u8)))
            }
            _ => None,
        }
    }

    /// True for "the 1900s and 1910s", "the 1890s to the 1900s": a decade beside another one, where "the 1900s" alone are a century.
    fn beside_decade(&self, i: usize, at: usize) -> bool {
        let joins = |lex: Lex| matches!(lex, Lex::Key(Key::And | Key::Or | Key::To) | Lex::Mark('-' | ','));
        let decade = |lex: Lex| matches!(lex, Lex::Decade(number) if number % 100 != 0);
        let next = self.past_key(at + 2, Key::The);
        let before = i.checked_sub(2).filter(|_| joins(self.before(i))).is_some_and(|n| decade(self.at(n)));
        before || joins(self.at(at + 1)) && decade(self.at(next))
    }

    /// "the 20th century", "the fourth century BC".
    fn century(&self, i: usize) -> Found {
        let at = self.past_key(i, Key::The);
        let (number, end) = match self.at(at) {
            Lex::Cardinal(20) if self.mark(at + 1, '-') => match self.at(at + 2) {
                Lex::Ordinal(n @ 1..=9) => (20 + n, at + 3),
                _ => return None,
            },
            Lex::Ordinal(n) => (n, at + 1),
            _ => return None,
        };
        let unit = self.past(end, '-');
        if !matches!(self.at(unit), Lex::Unit(Unit::Century, _)) || number > 30 {
            return None;
        }
        let number = i16::try_from(number).ok()?;
        if self.is(unit + 1, Key::Bc) {
            return Some((unit + 2, Meaning::Century(-number)));
        }
        Some((unit + 1 + usize::from(self.is(unit + 1, Key::Ad) && self.capital(unit + 1)), Meaning::Century(number - 1)))
    }

    /// "summer", "last fall", "the winter of 1914", "spring 2009", "the summer".
    pub(super) fn season(&self, i: usize) -> Found {
        let (mut at, which) = self.pointing(self.past_key(i, Key::The))?;
        let edge = matches!(self.at(at), Lex::Edge(Edge::Start | Edge::Mid | Edge::End)) && at > i;
        at = if edge { self.past(at + 1, '-') } else { at };
        let Lex::Season(season, sure) = self.at(at) else { return None };
        let end = at + 1;
        if let Some((after, year)) = self.season_year(end) {
            return Some((after, Meaning::Season(year, season)));
        }
        let pointed = which.filter(|w| follows_article(*w) || matches!(w, Which::This | Which::That));
        let led =
            matches!(self.before(i), Lex::Key(Key::In | Key::By | Key::Of | Key::Before | Key::After | Key::From | Key::To) | Lex::Edge(_));
        // "a spring", "springs", "the fall of Saigon", "Winter Olympics".
        let name = self.capital(at) && (self.capital(end) || !led && i == at);
        let common = if sure {
            !name
        } else {
            led && !matches!(self.before(i), Lex::Key(Key::To)) && !self.is(end, Key::Of) && !name && !self.word(at).ends_with('s')
        };
        let year = pointed.map_or(YearOf::Open, YearOf::Nearest);
        let alone = season == Season::Spring && i < at && self.ends_phrase(end) && !self.capital(at);
        (pointed.is_some() || common || alone).then_some((end, Meaning::Season(year, season)))
    }

    fn season_year(&self, end: usize) -> Option<(usize, YearOf)> {
        let of = self.past_key(end, Key::Of);
        let at = if of == end { self.past(end, ',') } else { of };
        if let Some((after, year)) = self.year_number(at) {
            return Some((after, YearOf::Given(year)));
        }
        self.pointed_year(of).filter(|_| of > end)
    }

    /// "the third quarter", "third-quarter", "this year's first quarter", "the 1988 second quarter", "Q3 2018", "the second half of 1990".
    pub(super) fn quarter(&self, i: usize) -> Found {
        let mut at = self.past_key(i, Key::The);
        let mut year = YearOf::Open;
        if let Some((end, of)) = self.pointed_year(at) {
            if self.at(end) != Lex::Clitic {
                return None;
            }
            (at, year) = (end + 1, of);
        } else if let Some((end, of)) = self.year_number(at) {
            (at, year) = (self.past_clitic(end), YearOf::Given(of));
        } else if let Some(end) = self.year_earlier(at) {
            (at, year) = (end, YearOf::Pointed(Which::Previous));
        }
        if self.is(at, Key::Fiscal) {
            at = self.past(at + 1, '-');
        }
        if year != YearOf::Open && matches!(self.at(at), Lex::Unit(Unit::Quarter, false)) {
            return Some((at + 1, Meaning::Quarter(year, 0)));
        }
        let (number, end, half) = self.numbered_part(at)?;
        if year == YearOf::Open {
            let of = self.past_key(end, Key::Of);
            let comma = self.past(end, ',');
            let of_fiscal = self.past_key(of, Key::Fiscal);
            let said = self.year_number(of_fiscal).or_else(|| self.year_number(comma)).map(|(e, y)| (e, YearOf::Given(y)));
            if let Some((after, of_year)) = said.or_else(|| self.pointed_year(of)) {
                return Some((after, if half { Meaning::Half(of_year, number) } else { Meaning::Quarter(of_year, number) }));
            }
            if half {
                return None;
            }
        }
        if self.is(i, Key::The) && self.mark(end - 2, '-') && year == YearOf::Open && at == i + 1 {
            return None;
        }
        Some((end, if half { Meaning::Half(year, number) } else { Meaning::Quarter(year, number) }))
    }

    /// "third quarter", "third-quarter", "Q3", "second half": number, end, and whether it is a half.
    fn numbered_part(&self, at: usize) -> Option<(i8, usize, bool)> {
        if let Lex::QuarterCode(number) = self.at(at) {
            return Some((number as i8, at + 1, false));
        }
        let number = match self.at(at) {
            Lex::Ordinal(n @ 1..=4) => n as i8,
            Lex::Which(Which::Last) => 9,
            Lex::Key(Key::Latter) => 9,
            _ => return None,
        };
        let unit = self.past(at + 1, '-');
        let unit = if self.is(unit, Key::Fiscal) { unit + 1 } else { unit };
        match self.at(unit) {
            Lex::Unit(Unit::Quarter, false) if number <= 4 => Some((number, unit + 1, false)),
            Lex::Key(Key::Half) if number <= 2 => Some((number, unit + 1, true)),
            Lex::Key(Key::Half) if number == 9 => Some((2, unit + 1, true)),
            _ => None,
        }
    }

    /// "year-earlier", "year-ago" before a noun.
    pub(super) fn year_earlier(&self, i: usize) -> Option<usize> {
        let year = matches!(self.at(i), Lex::Unit(Unit::Year, false)) && self.mark(i + 1, '-');
        (year && matches!(self.at(i + 2), Lex::Key(Key::Ago) | Lex::Edge(Edge::Earlier))).then_some(i + 3)
    }

    fn past_clitic(&self, i: usize) -> usize {
        i + usize::from(self.at(i) == Lex::Clitic)
    }
}
