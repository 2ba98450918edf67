//! Times of the clock and parts of the day, with the day they belong to.

use super::Grammar;
use crate::analysis::when::calendar::TimeOfDay;
use crate::analysis::when::meaning::{Expression, Meaning, Set};
use crate::lexicon::when::{Edge, Key, Lex, Part, Which};

impl Grammar<'_> {
    /// "10 p.m. Wednesday", "Monday morning", "this evening", "the night of 13 February".
    pub(super) fn clock(&self, i: usize) -> Option<Expression> {
        if let Some((end, time)) = self.clock_time(i) {
            let (end, meaning) = self.day_behind(end).unwrap_or((end, Meaning::TimeOfDay(None)));
            return Some(self.timed(i, end, meaning, time));
        }
        self.day_and_part(i).or_else(|| self.part_of_day(i)).or_else(|| self.one_word(i))
    }

    fn timed(&self, first: usize, end: usize, meaning: Meaning, time: TimeOfDay) -> Expression {
        Expression { first, end, meaning, time: Some(time), modifier: None }
    }

    /// "10:30", "10 a.m.", "5 p.m. EST", "noon", "4 in the morning", "six o'clock".
    fn clock_time(&self, i: usize) -> Option<(usize, TimeOfDay)> {
        let (mut end, hour, minute, digits) = match self.at(i) {
            Lex::Hour(hour) => return Some((i + 1, TimeOfDay::Clock(hour, 0))),
            Lex::Clock(hour, minute) => (i + 1, hour, minute, true),
            Lex::Digits { value: hour @ 1..=12, len: 1..=2 } | Lex::Cardinal(hour @ 1..=12) => (i + 1, hour as u8, 0, false),
            Lex::Tenths(_) => {
                let (hour, minute) = self.word(i).split_once('.')?;
                (i + 1, hour.parse().ok().filter(|h| *h <= 12)?, minute.parse().ok().filter(|m| *m < 60 && minute.len() == 2)?, false)
            }
            _ => return None,
        };
        let mut hour = hour;
        let mut sure = digits && !matches!(self.before(i), Lex::Mark('-' | ':' | '(')) && !matches!(self.at(end), Lex::Mark('-'));
        if let Lex::Meridiem(add) = self.at(end) {
            hour = if hour <= 12 { hour % 12 + add } else { hour };
            end += 1;
            sure = true;
        } else if self.is(end, Key::Oclock) {
            end += 1;
            sure = true;
        }
        if self.is(end, Key::In)
            && self.is(end + 1, Key::The)
            && let Lex::Part(part, false) = self.at(end + 2)
        {
            hour = if hour < 12 && matches!(part, Part::Afternoon | Part::Evening) { hour + 12 } else { hour };
            return Some((end + 3, TimeOfDay::Clock(hour, minute)));
        }
        if !sure {
            return None;
        }
        if self.is(end, Key::Zone) && self.word(end).chars().all(char::is_uppercase) {
            end += 1;
        } else if matches!(self.word(end), "Eastern" | "Central" | "Pacific" | "Mountain" | "local") && self.is(end + 1, Key::Time) {
            end += 2;
        }
        Some((end, TimeOfDay::Clock(hour, minute)))
    }

    /// A day right behind a time: "Wednesday", ", Nov. 6", "today".
    fn day_behind(&self, end: usize) -> Option<(usize, Meaning)> {
        let comma = self.past(end, ',');
        let at = if comma == end { self.past_key(self.past_key(end, Key::Of), Key::On) } else { comma };
        let found = self.date(at).or_else(|| self.pointed(at).filter(|f| matches!(f.1, Meaning::Today(_))))?;
        matches!(found.1, Meaning::Day(..) | Meaning::Weekday(..) | Meaning::Holiday(..) | Meaning::Today(_)).then_some(found)
    }

    /// "Monday morning", "yesterday afternoon", "late Monday morning".
    fn day_and_part(&self, i: usize) -> Option<Expression> {
        let (mid, meaning) = self.date(i).or_else(|| self.pointed(i))?;
        if !matches!(meaning, Meaning::Weekday(..) | Meaning::WeekdayOff(..) | Meaning::Holiday(..) | Meaning::Today(_) | Meaning::Day(..))
        {
            return None;
        }
        let at = self.past(mid, ',');
        let late = usize::from(mid == at && matches!(self.at(at), Lex::Edge(Edge::Start | Edge::End)));
        match self.at(at + late) {
            Lex::Part(part, true) => match meaning {
                Meaning::Weekday(day, None) if mid == at => {
                    Some(self.timed(i, at + 1, Meaning::Set(Set::Weekday(day)), TimeOfDay::Part(part)))
                }
                _ => None,
            },
            Lex::Part(part, false) => Some(self.timed(i, at + late + 1, meaning, TimeOfDay::Part(part))),
            Lex::Hour(hour) if mid == at => Some(self.timed(i, at + 1, meaning, TimeOfDay::Clock(hour, 0))),
            _ => None,
        }
    }

    /// "this morning", "last night", "the next morning", "the morning of 31 January", "the morning".
    fn part_of_day(&self, i: usize) -> Option<Expression> {
        let the = self.past_key(i, Key::The);
        let mut at = the;
        let mut which = None;
        if let Lex::Which(w) = self.at(at) {
            which = Some(w);
            at += 1;
        }
        at = if matches!(self.at(at), Lex::Edge(Edge::Start | Edge::Mid | Edge::End)) && at > i { self.past(at + 1, '-') } else { at };
        let Lex::Part(part, false) = self.at(at) else { return None };
        let time = TimeOfDay::Part(part);
        let end = at + 1 + usize::from(self.says(at + 1, "hours"));
        if self.is(end, Key::Of)
            && let Some((after, day)) = self.day_behind(end)
        {
            return Some(self.timed(i, after, day, time));
        }
        match which {
            Some(Which::This | Which::Last | Which::Next | Which::Previous | Which::Following | Which::That | Which::Same) => {
                let direct = the == i && matches!(which, Some(Which::This | Which::Last | Which::That)) || the > i;
                direct.then(|| self.timed(i, end, Meaning::TimeOfDay(which), time))
            }
            Some(_) => None,
            None => (the > i && matches!(self.before(i), Lex::Key(Key::In))).then(|| self.timed(i, end, Meaning::TimeOfDay(None), time)),
        }
    }

    /// "tonight", "overnight".
    fn one_word(&self, i: usize) -> Option<Expression> {
        let night = TimeOfDay::Part(Part::Night);
        match self.at(i) {
            Lex::Key(Key::Tonight) => Some(self.timed(i, i + 1, Meaning::TimeOfDay(Some(Which::This)), night)),
            Lex::Key(Key::Overnight) => Some(self.timed(i, i + 1, Meaning::TimeOfDay(Some(Which::Last)), night)),
            Lex::Part(Part::Midday, false) => Some(self.timed(i, i + 1, Meaning::TimeOfDay(None), TimeOfDay::Part(Part::Midday))),
            Lex::Part(part @ (Part::Morning | Part::Afternoon | Part::Evening), false)
                if matches!(self.before(i), Lex::Edge(_) | Lex::Mark('-')) =>
            {
                let (end, meaning) = self.day_behind(i + 1).unwrap_or((i + 1, Meaning::TimeOfDay(None)));
                Some(self.timed(i, end, meaning, TimeOfDay::Part(part)))
            }
            _ => None,
        }
    }
}
