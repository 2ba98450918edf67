//! The names in `assets/when/words.txt` as categories.

use super::{Approx, Edge, Key, Lex, Part, Season, Tense, Unit, Vague, Which};

/// The category that a line of the table gives to a word; `None` where the line means nothing.
pub(super) fn category_of(category: &str, argument: &str, word: &str) -> Option<Lex> {
    let plural = word.ends_with('s');
    let sure = !argument.ends_with('?');
    let argument = argument.trim_end_matches('?');
    Some(match category {
        "month" => Lex::Month(argument.parse().ok()?, sure),
        "weekday" => Lex::Weekday(argument.parse().ok()?, plural && word.ends_with("days"), sure),
        "unit" => Lex::Unit(unit(argument)?, plural && word != "century" || word == "centuries" || word == "millennia"),
        "season" => Lex::Season(season(argument)?, sure),
        "part" => Lex::Part(part(argument)?, plural),
        "hour" => Lex::Hour(argument.parse().ok()?),
        "meridiem" => Lex::Meridiem(argument.parse().ok()?),
        "day" => Lex::Day(argument.parse().ok()?),
        "cardinal" => Lex::Cardinal(argument.parse().ok()?),
        "scale" => Lex::Scale(argument.parse().ok()?),
        "code" => Lex::QuarterCode(argument.parse().ok()?),
        "ordinal" => Lex::Ordinal(argument.parse().ok()?),
        "decade" => Lex::Decade(argument.parse().ok()?),
        "which" => Lex::Which(which(argument)?),
        "amount" => Lex::Vague(amount(argument)?),
        "edge" => Lex::Edge(edge(argument)?),
        "approx" => Lex::Approx(approx(argument)?),
        "often" if argument == "night" => Lex::Often(Unit::Day, true),
        "often" => Lex::Often(unit(argument)?, false),
        "vague" => Lex::Adverb(tense(argument)?),
        "key" => Lex::Key(key(argument)?),
        "set" if argument == "every" => Lex::Key(Key::Every),
        "set" => Lex::Key(Key::Per),
        _ => return None,
    })
}

fn unit(name: &str) -> Option<Unit> {
    Some(match name {
        "second" => Unit::Second,
        "minute" => Unit::Minute,
        "hour" => Unit::Hour,
        "day" => Unit::Day,
        "week" => Unit::Week,
        "fortnight" => Unit::Fortnight,
        "weekend" => Unit::Weekend,
        "month" => Unit::Month,
        "quarter" => Unit::Quarter,
        "semester" => Unit::Semester,
        "year" => Unit::Year,
        "decade" => Unit::Decade,
        "century" => Unit::Century,
        "millennium" => Unit::Millennium,
        _ => return None,
    })
}

fn season(name: &str) -> Option<Season> {
    Some(match name {
        "spring" => Season::Spring,
        "summer" => Season::Summer,
        "autumn" => Season::Autumn,
        "winter" => Season::Winter,
        _ => return None,
    })
}

fn part(name: &str) -> Option<Part> {
    Some(match name {
        "early" => Part::Early,
        "morning" => Part::Morning,
        "midday" => Part::Midday,
        "afternoon" => Part::Afternoon,
        "evening" => Part::Evening,
        "night" => Part::Night,
        "daytime" => Part::Daytime,
        _ => return None,
    })
}

fn which(name: &str) -> Option<Which> {
    Some(match name {
        "this" => Which::This,
        "last" => Which::Last,
        "past" => Which::Past,
        "next" => Which::Next,
        "previous" => Which::Previous,
        "following" => Which::Following,
        "coming" => Which::Coming,
        "current" => Which::Current,
        "latest" => Which::Latest,
        "same" => Which::Same,
        "that" => Which::That,
        "these" => Which::These,
        "those" => Which::Those,
        "recent" => Which::Recent,
        _ => return None,
    })
}

fn amount(name: &str) -> Option<Vague> {
    Some(match name {
        "few" => Vague::Few,
        "several" => Vague::Several,
        "many" => Vague::Many,
        "some" => Vague::Some,
        "couple" => Vague::Couple,
        "dozen" => Vague::Dozen,
        "dozens" => Vague::Dozens,
        _ => return None,
    })
}

fn edge(name: &str) -> Option<Edge> {
    Some(match name {
        "start" => Edge::Start,
        "mid" => Edge::Mid,
        "end" => Edge::End,
        "beginning" => Edge::Beginning,
        "close" => Edge::Close,
        "earlier" => Edge::Earlier,
        "later" => Edge::Later,
        "sometime" => Edge::Sometime,
        _ => return None,
    })
}

fn approx(name: &str) -> Option<Approx> {
    Some(match name {
        "approx" => Approx::About,
        "less" => Approx::Under,
        "more" => Approx::Over,
        _ => return None,
    })
}

fn tense(name: &str) -> Option<Tense> {
    Some(match name {
        "past" => Tense::Past,
        "present" => Tense::Present,
        "future" => Tense::Future,
        _ => return None,
    })
}

fn key(name: &str) -> Option<Key> {
    Some(match name {
        "the" => Key::The,
        "a" => Key::A,
        "of" => Key::Of,
        "in" => Key::In,
        "on" => Key::On,
        "at" => Key::At,
        "to" => Key::To,
        "and" => Key::And,
        "or" => Key::Or,
        "from" => Key::From,
        "between" => Key::Between,
        "by" => Key::By,
        "ago" => Key::Ago,
        "before" => Key::Before,
        "after" => Key::After,
        "half" => Key::Half,
        "more" => Key::More,
        "less" => Key::Less,
        "than" => Key::Than,
        "least" => Key::Least,
        "most" => Key::Most,
        "up" => Key::Up,
        "so" => Key::So,
        "old" => Key::Old,
        "fiscal" => Key::Fiscal,
        "other" => Key::Other,
        "full" => Key::Full,
        "all" => Key::All,
        "period" => Key::Period,
        "term" => Key::Term,
        "future" => Key::Future,
        "near" => Key::Near,
        "era" => Key::Era,
        "time" => Key::Time,
        "bc" => Key::Bc,
        "ad" => Key::Ad,
        "zone" => Key::Zone,
        "oclock" => Key::Oclock,
        "overnight" => Key::Overnight,
        "tonight" => Key::Tonight,
        "its" => Key::Its,
        "no" => Key::No,
        "right" => Key::Right,
        "long" => Key::Long,
        "former" => Key::Former,
        "comparable" => Key::Comparable,
        "while" => Key::While,
        "final" => Key::Final,
        "latter" => Key::Latter,
        "feast" => Key::Feast,
        _ => return None,
    })
}
