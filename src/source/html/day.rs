//! Days as pages write them, in the forms and languages of the web.

use jiff::civil::Date;

/// Names of months by number, in small letters, full and short, as they stand in dates of some twenty languages.
const MONTHS: [&str; 12] = [
    "january jan januar jänner janvier janv enero ene gennaio genn gen janeiro januari stycznia styczeń sty января янв січня ledna leden ocak ianuarie ιανουαρίου januára \
     január januar tammikuuta siječnja sausio",
    "february feb febr februar februari février fevrier févr fév febrero febbraio febbr fevereiro fev lutego luty lut февраля фев лютого února únor şubat subat februarie \
     φεβρουαρίου február helmikuuta veljače",
    "march mar märz maerz mär mrz mars marzo março marco maart mrt marca marzec марта мар березня března březen mart martie μαρτίου március maaliskuuta ožujka",
    "april apr avril avr abril abr aprile kwietnia kwiecień kwi апреля апр квітня dubna duben nisan aprilie απριλίου április huhtikuuta travnja",
    "may mai mayo maggio magg mag maio mei maj maja мая май травня května květen mayıs μαΐου május toukokuuta svibnja",
    "june jun juni juin junio giugno giu junho czerwca czerwiec cze июня июн червня června červen haziran iunie ιουνίου június kesäkuuta lipnja",
    "july jul juli juillet juil julio luglio lug julho lipca lipiec lip июля июл липня července červenec temmuz iulie ιουλίου július heinäkuuta srpnja",
    "august aug août aout agosto ago augusti augustus sierpnia sierpień sie августа авг серпня srpna srpen ağustos αυγούστου augusztus elokuuta kolovoza",
    "september sep sept septembre septiembre settembre sett setembro set września wrzesień wrz сентября сен вересня září eylül septembrie σεπτεμβρίου szeptember syyskuuta rujna",
    "october oct oktober okt octobre octubre ottobre ott outubro out października październik paź октября окт жовтня října říjen ekim octombrie οκτωβρίου október lokakuuta",
    "november nov novembre noviembre novembro listopada listopad lis ноября ноя листопада listopadu kasım noiembrie νοεμβρίου marraskuuta studenoga",
    "december dec dezember dez décembre decembre déc dic diciembre dicembre dezembro grudnia grudzień gru декабря дек грудня prosince prosinec aralık decembrie \
     δεκεμβρίου joulukuuta prosinca",
];

/// Words between the parts of a date.
const JOINTS: &[&str] = &["st", "nd", "rd", "th", "de", "of", "do", "del", "er", "г", "р", "th,", "º", "ª"];

/// Which number of `3/4/2019` is the month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Order {
    DayFirst,
    MonthFirst,
}

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Token<'a> {
    /// Digits: value and how many.
    Number(u64, usize),
    Word(&'a str),
    Sign(char),
}

/// The first whole day that `text` names, from the year `from` on.
pub(super) fn find(text: &str, order: Order, from: i16) -> Option<Date> {
    // Every day has a number in it, and most lines have none.
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let lower = text.to_lowercase();
    let tokens = tokens(&lower);
    (0..tokens.len()).filter_map(|n| at(tokens.get(n..)?, order)).find(|d| d.year() >= from)
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let class = |c: char| {
            if c.is_ascii_digit() {
                1
            } else if c.is_alphabetic() && !matches!(c, '年' | '月' | '日' | '년' | '월' | '일') {
                2
            } else {
                0
            }
        };
        let len = match class(c) {
            0 => c.len_utf8(),
            kind => rest.find(|c| class(c) != kind).unwrap_or(rest.len()),
        };
        let (word, after) = rest.split_at(len);
        match class(c) {
            1 => out.push(Token::Number(word.get(..18).unwrap_or(word).parse().unwrap_or(0), len)),
            2 => out.push(Token::Word(word)),
            _ if c.is_whitespace() => {}
            _ => out.push(Token::Sign(c)),
        }
        rest = after;
    }
    out
}

/// The day that begins with the first of `tokens`.
fn at(tokens: &[Token<'_>], order: Order) -> Option<Date> {
    use Token::{Number, Sign, Word};
    match *tokens {
        // 20190121, also with a time behind it.
        [Number(n, digits @ (8 | 12 | 14)), ..] => {
            let n = n / 10u64.pow(u32::try_from(digits - 8).ok()?);
            day(n / 10_000, n / 100 % 100, n % 100)
        }
        [Number(y, 4), Sign(a), Number(m, 1..=2), Sign(b), Number(d, 1..=2), ..] if parts(a) && parts(b) => day(y, m, d),
        [Number(d, 1..=2), Sign(a), Number(m, 1..=2), Sign(b), Number(y, 4), ..] if parts(a) && a == b => numbers(d, m, y, a, order),
        [Number(d, 1..=2), Sign('.'), Number(m, 1..=2), Sign('.'), Number(y, 2), ..] => day(2000 + y, m, d),
        [Number(d, 1..=2), ref rest @ ..] => {
            let rest = joints(rest);
            let [Word(name), ref rest @ ..] = *rest else { return None };
            let [Number(y, 4), ..] = *joints(rest) else { return None };
            day(y, month(name)?, d)
        }
        [Word(name), ref rest @ ..] => {
            let [Number(d, 1..=2), ref rest @ ..] = *joints(rest) else { return None };
            let [Number(y, 4), ..] = *joints(rest) else { return None };
            day(y, month(name)?, d)
        }
        _ => None,
    }
}

fn parts(sign: char) -> bool {
    matches!(sign, '-' | '/' | '.' | '年' | '月' | '년' | '월' | '‑' | '–')
}

/// Three numbers with the year last: their order is that of the page's language, where the numbers do not decide.
fn numbers(a: u64, b: u64, year: u64, sign: char, order: Order) -> Option<Date> {
    let month_first = b > 12 || order == Order::MonthFirst && sign != '.' && a <= 12;
    if month_first { day(year, a, b) } else { day(year, b, a) }
}

/// What follows the signs and small words between the parts of a date.
fn joints<'t, 'a>(mut tokens: &'t [Token<'a>]) -> &'t [Token<'a>] {
    for _ in 0..3 {
        match tokens {
            [Token::Sign('.' | ',' | '-' | '/' | '\'' | 'º' | 'ª' | '°'), rest @ ..] => tokens = rest,
            [Token::Word(word), rest @ ..] if JOINTS.contains(word) => tokens = rest,
            _ => break,
        }
    }
    tokens
}

fn month(name: &str) -> Option<u64> {
    (1..).zip(MONTHS).find(|(_, names)| names.split_ascii_whitespace().any(|n| n == name)).map(|(n, _)| n)
}

/// A day of the calendar; the first day of the computers' count is what a page says that knows no date.
fn day(year: u64, month: u64, day: u64) -> Option<Date> {
    let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    ((1900..2100).contains(&year) && (year, month, day) != (1970, 1, 1)).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_the_web() {
        let cases = [
            "2019-01-21T23:10:00-05:00",
            "20190121",
            "201901211530",
            "Mon, 21 Jan 2019 10:00:00 GMT",
            "Jan. 21st, 2019",
            "January 21, 2019 4:20am",
            "Monday 21st of January 2019",
            "21. Januar 2019",
            "21.01.2019, 10:30 Uhr",
            "21.1.19",
            "21 de enero de 2019",
            "le 21 janvier 2019 à 10h",
            "21 января 2019 г.",
            "2019年1月21日",
            "1/21/2019",
            "21/1/2019",
            "Published: 2019/01/21",
        ];
        for text in cases {
            assert_eq!(find(text, Order::DayFirst, 1990), Date::new(2019, 1, 21).ok(), "{text}");
        }
        assert_eq!(find("3/4/2019", Order::MonthFirst, 1990), Date::new(2019, 3, 4).ok());
        assert_eq!(find("3/4/2019", Order::DayFirst, 1990), Date::new(2019, 4, 3).ok());
        assert_eq!(find("3.4.2019", Order::MonthFirst, 1990), Date::new(2019, 4, 3).ok());
    }

    #[test]
    fn what_is_no_day() {
        for text in [
            "",
            "2019",
            "January 2019",
            "30.2.2019",
            "1970-01-01",
            "1815-06-18",
            "3019-01-21",
            "12345678",
            "1.2.3",
            "may 5",
            "10:20:2019",
            &"9".repeat(400),
        ] {
            assert_eq!(find(text, Order::DayFirst, 1900), None, "{text}");
        }
        assert_eq!(find("1912-04-15 and 2019-04-15", Order::DayFirst, 1990), Date::new(2019, 4, 15).ok());
    }
}
