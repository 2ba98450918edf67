//! TIMEX3 types and values.

use super::calendar::{Stretch, TimeOfDay, part_name, season_name};
use super::meaning::{Amount, Expression, Meaning, Set};
use super::resolve::Place;
use crate::article::TimexType;
use crate::lexicon::when::{Tense, Unit};

/// The TIMEX3 type of an expression.
pub(super) fn kind(expression: &Expression) -> TimexType {
    match expression.meaning {
        Meaning::Duration(..) | Meaning::Lengths(..) => TimexType::Duration,
        Meaning::Set(_) => TimexType::Set,
        _ if expression.time.is_some() => TimexType::Time,
        _ => TimexType::Date,
    }
}

/// The TIMEX3 value; `None` where it depends on a day that is not known. `published` says whether the publication day is: then "today" without a
/// place is the present of a history.
pub(super) fn value(expression: &Expression, place: Option<&Place>, published: bool) -> Option<String> {
    match expression.meaning {
        Meaning::Duration(amount, unit) => Some(length(amount, unit)),
        Meaning::Lengths(a, u, b, v) => Some(lengths(&length(a, u), &length(b, v))),
        Meaning::Set(set) => Some(set_value(set) + &expression.time.map_or_else(String::new, TimeOfDay::value)),
        Meaning::Vague(tense) | Meaning::Attribute(tense) => Some(tense_name(tense).to_owned()),
        Meaning::Offset(offset) if offset.amount == Amount::Unknown => {
            Some(tense_name(if offset.ahead { Tense::Future } else { Tense::Past }).to_owned())
        }
        Meaning::Today(0) if place.is_none() && published => Some(tense_name(Tense::Present).to_owned()),
        _ => place.map(|p| match (p.stretch, p.time) {
            (Stretch::Day(_), Some(time)) => format!("{}{}", p.stretch.value(), time.value()),
            _ => p.stretch.value(),
        }),
    }
}

fn tense_name(tense: Tense) -> &'static str {
    match tense {
        Tense::Past => "PAST_REF",
        Tense::Present => "PRESENT_REF",
        Tense::Future => "FUTURE_REF",
    }
}

/// `P3D`, `PT2H`, `P2Y6M`.
fn length(amount: Amount, unit: Unit) -> String {
    let (letter, factor, time) = match unit {
        Unit::Second => ("S", 1, true),
        Unit::Minute => ("M", 1, true),
        Unit::Hour => ("H", 1, true),
        Unit::Day => ("D", 1, false),
        Unit::Week => ("W", 1, false),
        Unit::Fortnight => ("W", 2, false),
        Unit::Weekend => ("D", 2, false),
        Unit::Month => ("M", 1, false),
        Unit::Quarter => ("Q", 1, false),
        Unit::Semester => ("M", 6, false),
        Unit::Year => ("Y", 1, false),
        Unit::Decade => ("Y", 10, false),
        Unit::Century => ("Y", 100, false),
        Unit::Millennium => ("Y", 1000, false),
    };
    let mark = if time { "PT" } else { "P" };
    let smaller = match unit {
        Unit::Year => Some((6, "M")),
        Unit::Hour => Some((30, "M")),
        Unit::Minute => Some((30, "S")),
        Unit::Day => None,
        _ => None,
    };
    match (amount, smaller) {
        (Amount::Unknown, _) => unknown_length(unit, mark, letter),
        (Amount::Half(n), Some((half, small))) => format!("{mark}{n}{letter}{half}{small}"),
        (Amount::Tenths(5), Some((half, small))) => format!("{mark}{half}{small}"),
        (Amount::Half(n), None) => format!("{mark}{}{letter}", decimal((u64::from(n) * 10 + 5) * factor)),
        (Amount::Tenths(n), _) => format!("{mark}{}{letter}", decimal(u64::from(n) * factor)),
    }
}

/// A number of tenths: `2`, `2.5`.
fn decimal(tenths: u64) -> String {
    match tenths % 10 {
        0 => (tenths / 10).to_string(),
        rest => format!("{}.{rest}", tenths / 10),
    }
}

fn unknown_length(unit: Unit, mark: &str, letter: &str) -> String {
    match unit {
        Unit::Decade => "PXDE".to_owned(),
        Unit::Century => "PXCE".to_owned(),
        Unit::Millennium => "PXX".to_owned(),
        _ => format!("{mark}X{letter}"),
    }
}

/// Two lengths as one: `P2Y` and `P3M` → `P2Y3M`.
fn lengths(a: &str, b: &str) -> String {
    match b.strip_prefix("PT") {
        Some(_) if a.starts_with("PT") => format!("{a}{}", &b[2..]),
        Some(_) => format!("{a}{}", &b[1..]),
        None => format!("{a}{}", &b[1..]),
    }
}

fn set_value(set: Set) -> String {
    match set {
        Set::Each(amount, unit) => length(amount, unit),
        Set::Weekday(day) => format!("XXXX-WXX-{day}"),
        Set::Month(month) => format!("XXXX-{month:02}"),
        Set::Season(season) => format!("XXXX-{}", season_name(season)),
        Set::PartOfDay => format!("XXXX-XX-XXT{}", part_name(crate::lexicon::when::Part::Night)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_of_units_that_are_counted_in_smaller_ones() {
        let half = |n, unit| length(Amount::Half(n), unit);
        assert_eq!([half(2, Unit::Decade), half(1, Unit::Century), half(1, Unit::Fortnight)], ["P25Y", "P150Y", "P3W"]);
        assert_eq!([half(2, Unit::Week), half(2, Unit::Year), half(2, Unit::Hour)], ["P2.5W", "P2Y6M", "PT2H30M"]);
        assert_eq!([length(Amount::Tenths(25), Unit::Fortnight), length(Amount::Tenths(5), Unit::Century)], ["P5W", "P50Y"]);
    }
}
