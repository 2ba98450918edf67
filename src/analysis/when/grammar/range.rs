//! Ends of ranges that lean on the first one: "April 6 and 7", "March 3-5, 2019", "2013-17".

use super::Grammar;
use crate::analysis::when::meaning::{Expression, Meaning, YearOf};
use crate::lexicon::when::{Key, Lex};

impl Grammar<'_> {
    /// Reads what leans on the last expression; returns where to go on.
    pub(super) fn range(&self, at: usize, out: &mut Vec<Expression>) -> usize {
        let joins = matches!(self.at(at), Lex::Mark('-') | Lex::Key(Key::And | Key::To | Key::Or));
        let Some(last) = out.last_mut().filter(|e| joins && e.end == at && e.time.is_none()) else { return at };
        let i = at + 1;
        let Lex::Digits { value, len } = self.at(i) else { return at };
        if matches!(self.at(i + 1), Lex::Month(..)) {
            return at;
        }
        let plain = |end, meaning| Expression { first: i, end, meaning, time: None, modifier: None };
        match last.meaning {
            Meaning::Day(year, month, day) if len <= 2 && i64::from(value) > i64::from(day) && value <= 31 => {
                let closes = !matches!(
                    self.at(i + 1),
                    Lex::Unit(..) | Lex::Month(..) | Lex::Mark('%') | Lex::Scale(_) | Lex::Meridiem(_) | Lex::Other
                );
                let dash = self.mark(at, '-');
                if !closes && !dash {
                    return at;
                }
                let comma = self.past(i + 1, ',');
                let behind = if comma > i + 1 || dash { self.year_number(comma) } else { None };
                let (end, year) = behind.map_or((i + 1, year), |(end, y)| (end, YearOf::Given(y)));
                last.meaning = Meaning::Day(year, month, day);
                let Ok(day) = i8::try_from(value) else { return at };
                out.push(plain(end, Meaning::Day(year, month, day)));
                end
            }
            Meaning::Year(year) if len == 2 && self.mark(at, '-') && i64::from(value) > i64::from(year % 100) && !self.mark(i + 1, '-') => {
                let Ok(value) = i16::try_from(value) else { return at };
                out.push(plain(i + 1, Meaning::Year(year - year % 100 + value)));
                i + 1
            }
            _ => at,
        }
    }
}
