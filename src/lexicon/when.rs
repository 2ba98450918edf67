//! The words of time: what a word can mean to the grammar of `analysis::when`, from `assets/when/words.txt`.

mod category;
mod cue;
mod table;

pub use cue::{Cue, Cues, is_cue};

use category::category_of;
use std::sync::LazyLock;
use table::Table;

/// The table as it was written.
const SOURCE: &str = include_str!("../../assets/when/words.txt");

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A second.
    Second,
    /// A minute.
    Minute,
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// A week from Monday to Sunday.
    Week,
    /// Two weeks.
    Fortnight,
    /// Saturday and Sunday.
    Weekend,
    /// A month.
    Month,
    /// A quarter of a year.
    Quarter,
    /// Half a year.
    Semester,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// A thousand years.
    Millennium,
}

/// A season of the northern year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Season {
    /// March to May.
    Spring,
    /// June to August.
    Summer,
    /// September to November.
    Autumn,
    /// December to February.
    Winter,
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The small hours: "early Monday".
    Early,
    /// TIMEX3 `TMO`.
    Morning,
    /// TIMEX3 `TMI`.
    Midday,
    /// TIMEX3 `TAF`.
    Afternoon,
    /// TIMEX3 `TEV`.
    Evening,
    /// TIMEX3 `TNI`.
    Night,
    /// TIMEX3 `TDT`.
    Daytime,
}

/// A word that points from one stretch of the calendar to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The one that holds the anchor.
    This,
    /// The one before the anchor.
    Last,
    /// As [`Which::Last`], but of amounts: those that end at the anchor.
    Past,
    /// The one after the anchor.
    Next,
    /// The one before the reference time.
    Previous,
    /// The one after the reference time.
    Following,
    /// The one that comes.
    Coming,
    /// The one that holds the publication day.
    Current,
    /// The newest one that is over.
    Latest,
    /// The one just spoken of.
    Same,
    /// The one just spoken of.
    That,
    /// A plural near the anchor.
    These,
    /// A plural away from the anchor.
    Those,
    /// A vague past.
    Recent,
}

/// An amount that is not a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vague {
    /// Few.
    Few,
    /// Several.
    Several,
    /// Many.
    Many,
    /// Some.
    Some,
    /// Two.
    Couple,
    /// Twelve.
    Dozen,
    /// Dozens, scores.
    Dozens,
}

/// A word that names a part of a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// "early".
    Start,
    /// "mid", "middle".
    Mid,
    /// "late".
    End,
    /// "beginning", "start".
    Beginning,
    /// "end", "close".
    Close,
    /// "earlier".
    Earlier,
    /// "later".
    Later,
    /// "sometime".
    Sometime,
}

/// How an amount is qualified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Approx {
    /// "about".
    About,
    /// "nearly".
    Under,
    /// "over".
    Over,
}

/// What a vague adverb points to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    /// TIMEX3 `PAST_REF`.
    Past,
    /// TIMEX3 `PRESENT_REF`.
    Present,
    /// TIMEX3 `FUTURE_REF`.
    Future,
}

/// A function word of the grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named after its word")]
pub enum Key {
    The,
    A,
    Of,
    In,
    On,
    At,
    To,
    And,
    Or,
    From,
    Between,
    By,
    Ago,
    Before,
    After,
    Half,
    More,
    Less,
    Than,
    Least,
    Most,
    Up,
    So,
    Old,
    Fiscal,
    Other,
    Full,
    All,
    Period,
    Term,
    Future,
    Near,
    Era,
    Time,
    Bc,
    Ad,
    Zone,
    Oclock,
    Overnight,
    Tonight,
    Its,
    No,
    Right,
    Long,
    Comparable,
    While,
    Final,
    Latter,
    Former,
    Feast,
    Every,
    Per,
}

/// The lexical category of one token.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Lex {
    /// Nothing of time.
    Other,
    /// A whole number in digits.
    Digits {
        /// Its value.
        value: u32,
        /// How many digits it has; 0 where it was written with separators.
        len: u8,
    },
    /// A number in digits with one decimal, in tenths.
    Tenths(u32),
    /// A time of the clock in digits, `10:30`.
    Clock(u8, u8),
    /// A mark of punctuation; all dashes are `-` and all apostrophes are `'`.
    Mark(char),
    /// A final 's.
    Clitic,
    /// A small number in letters.
    Cardinal(u32),
    /// Hundred, thousand and so on.
    Scale(u32),
    /// First, 1st.
    Ordinal(u32),
    /// A unit of time; true for the plural.
    Unit(Unit, bool),
    /// A month; false where the word is as often something else.
    Month(u8, bool),
    /// A weekday from Monday = 1, true for the plural, and false where the word is as often something else.
    Weekday(u8, bool, bool),
    /// A season; false where the word is as often something else.
    Season(Season, bool),
    /// A part of the day; true for the plural.
    Part(Part, bool),
    /// Noon or midnight: the hour.
    Hour(u8),
    /// a.m. or p.m.: hours to be added.
    Meridiem(u8),
    /// Today and its neighbours.
    Day(i8),
    /// `Q1` to `Q4`.
    QuarterCode(u8),
    /// `1990s` or `nineties`: the number as written.
    Decade(u32),
    /// A pointing word.
    Which(Which),
    /// A vague amount.
    Vague(Vague),
    /// A part of a stretch.
    Edge(Edge),
    /// About, nearly, over.
    Approx(Approx),
    /// Daily, weekly, nightly: the unit, or the part of the day.
    Often(Unit, bool),
    /// Now, recently.
    Adverb(Tense),
    /// A function word.
    Key(Key),
}

/// True for years that no history counts before Christ but round ones: "the 2017 B.C. election" is in British Columbia, and "2000 B.C." long ago.
#[must_use]
pub fn is_our_time(year: i16) -> bool {
    (1901..2100).contains(&year) && year % 50 != 0
}

/// The category of a word in any case.
#[must_use]
pub fn look_up(word: &str) -> Lex {
    TABLE.get(word).unwrap_or(Lex::Other)
}

static TABLE: LazyLock<Table<Lex>> = LazyLock::new(|| {
    let mut table = Table::new();
    for (word, lex) in entries().flatten() {
        table.insert(word, lex);
    }
    table
});

/// All words of the source with their categories; an error is a line that cannot be read.
fn entries() -> impl Iterator<Item = Result<(&'static str, Lex), &'static str>> {
    SOURCE.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).flat_map(|line| {
        let (head, words) = line.split_once(" : ").unwrap_or((line, "?"));
        let (category, argument) = head.split_once(' ').unwrap_or((head, ""));
        words.split_whitespace().map(move |word| category_of(category, argument, word).map(|lex| (word, lex)).ok_or(line))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_understood() {
        let bad: Vec<_> = entries().filter_map(Result::err).collect();
        assert!(bad.is_empty(), "{bad:?}");
        assert!(entries().flatten().all(|(word, _)| table::fits(word)));
    }

    #[test]
    fn finds_words_in_any_case() {
        assert_eq!(look_up("Monday"), Lex::Weekday(1, false, true));
        assert_eq!(look_up("MONDAYS"), Lex::Weekday(1, true, true));
        assert_eq!(look_up("years"), Lex::Unit(Unit::Year, true));
        assert_eq!(look_up("century"), Lex::Unit(Unit::Century, false));
        assert_eq!(look_up("May"), Lex::Month(5, false));
        assert_eq!(look_up("weather"), Lex::Other);
        assert_eq!(look_up(""), Lex::Other);
    }
}
