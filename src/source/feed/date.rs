//! The days that feeds, mails and agencies print: RFC 822 and ISO 8601 with everything that is found in their place.

use jiff::civil::Date;

/// Bytes that are looked at; no date is longer.
const MAX_LEN: usize = 100;

/// Names of months by their first letters, in the languages that feeds are written in by badly set-up programs.
const MONTHS: &[(&str, i8)] = &[
    ("jan", 1),
    ("ene", 1),
    ("ιαν", 1),
    ("янв", 1),
    ("feb", 2),
    ("fev", 2),
    ("fév", 2),
    ("φεβ", 2),
    ("фев", 2),
    ("mar", 3),
    ("mär", 3),
    ("mrz", 3),
    ("már", 3),
    ("μάρ", 3),
    ("μαρ", 3),
    ("мар", 3),
    ("apr", 4),
    ("abr", 4),
    ("avr", 4),
    ("ápr", 4),
    ("απρ", 4),
    ("апр", 4),
    ("may", 5),
    ("mai", 5),
    ("mag", 5),
    ("maj", 5),
    ("máj", 5),
    ("mei", 5),
    ("μάι", 5),
    ("μαϊ", 5),
    ("мая", 5),
    ("май", 5),
    ("juni", 6),
    ("jun", 6),
    ("juin", 6),
    ("giu", 6),
    ("jún", 6),
    ("ιούν", 6),
    ("ιον", 6),
    ("июн", 6),
    ("juli", 7),
    ("jul", 7),
    ("juil", 7),
    ("lug", 7),
    ("júl", 7),
    ("ιούλ", 7),
    ("ιολ", 7),
    ("июл", 7),
    ("aug", 8),
    ("ago", 8),
    ("aoû", 8),
    ("aou", 8),
    ("αύγ", 8),
    ("αυγ", 8),
    ("авг", 8),
    ("sep", 9),
    ("set", 9),
    ("szept", 9),
    ("σεπ", 9),
    ("сен", 9),
    ("oct", 10),
    ("okt", 10),
    ("out", 10),
    ("ott", 10),
    ("οκτ", 10),
    ("окт", 10),
    ("nov", 11),
    ("νοέ", 11),
    ("νοε", 11),
    ("ноя", 11),
    ("dec", 12),
    ("dez", 12),
    ("dic", 12),
    ("déc", 12),
    ("δεκ", 12),
    ("дек", 12),
];

/// The day that `text` names, as it is on the calendar where it was written; `None` for what is no date, and outside the years 1000 to 2999.
pub(in crate::source) fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    let text = text.get(..text.floor_char_boundary(MAX_LEN)).unwrap_or(text);
    iso(text).or_else(|| in_words(text)).filter(|d| (1000..=2999).contains(&d.year()))
}

/// `2019-01-21T…`, `20190121`, `2019-01`, `2019`, `2019-021`, `2019/1/21`, `2019.01.21`, `2019년 1월 21일`, the day before its month where that cannot be
/// otherwise.
fn iso(text: &str) -> Option<Date> {
    let digits = |t: &str| t.bytes().take_while(u8::is_ascii_digit).count();
    let n = digits(text);
    let number = |t: &str| t.parse::<i16>().ok();
    let small = |t: &str| t.parse::<i8>().ok();
    let head = text.get(..n)?;
    let rest = text.get(n..)?;
    let ends = |t: &str| !t.starts_with(|c: char| c.is_alphanumeric()) || t.starts_with(['T', 't']);
    match n {
        8 | 12 | 14 if ends(rest) => return Date::new(number(head.get(..4)?)?, small(head.get(4..6)?)?, small(head.get(6..8)?)?).ok(),
        7 if ends(rest) => return ordinal(number(head.get(..4)?)?, number(head.get(4..)?)?),
        6 if ends(rest) => return Date::new(number(head.get(..4)?)?, small(head.get(4..)?)?, 1).ok(),
        4 => {}
        _ => return None,
    }
    let year = number(head)?;
    let Some(rest) = parted(rest) else { return rest.is_empty().then(|| Date::new(year, 1, 1).ok()).flatten() };
    let n = digits(rest);
    let (second, rest) = (rest.get(..n)?, rest.get(n..)?);
    if n == 3 {
        return ordinal(year, number(second)?);
    }
    if n == 4 {
        return Date::new(year, small(second.get(..2)?)?, small(second.get(2..)?)?).ok();
    }
    let second = small(second)?;
    let Some(rest) = parted(rest) else { return Date::new(year, second, 1).ok() };
    let third = small(rest.get(..digits(rest).min(2))?).unwrap_or(1);
    Date::new(year, second, third).or_else(|_| Date::new(year, third, second)).ok()
}

/// What comes after the sign between two parts of a date.
fn parted(text: &str) -> Option<&str> {
    let signs: &[char] = &['-', '/', '.', '_', '년', '월', '年', '月', '−', '–', '\u{2010}', '\u{2011}'];
    let rest = text.strip_prefix(signs)?.trim_start();
    rest.starts_with(|c: char| c.is_ascii_digit()).then_some(rest)
}

fn ordinal(year: i16, day: i16) -> Option<Date> {
    let first = Date::new(year, 1, 1).ok()?;
    let date = first.checked_add(jiff::Span::new().days(i64::from(day) - 1)).ok()?;
    (date.year() == year && day > 0).then_some(date)
}

/// `Mon, 21 Jan 2019 05:00:00 GMT`, `21 January 19`, `Jan 21, 2019`, `Mon Jan 21 05:00:00 2019`, `21-Jan-2019`, in any order.
fn in_words(text: &str) -> Option<Date> {
    let (mut month, mut year) = (None, None);
    let mut numbers: Vec<i16> = Vec::new();
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '/' | '.' | '(' | ')')).filter(|w| !w.is_empty());
    for word in words.filter(|w| !w.contains(':')) {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        match word.get(..digits).and_then(|d| d.parse::<i16>().ok()) {
            Some(n) if digits == 4 && year.is_none() => year = Some(n),
            Some(n) if digits <= 2 => numbers.push(n),
            Some(_) => {}
            // "Mar" may be a Tuesday, and after the year stand names of time zones.
            None if year.is_none() || month.is_none() => month = month_of(word).or(month),
            None => {}
        }
    }
    let mut numbers = numbers.into_iter();
    let (first, second) = (numbers.next()?, numbers.next());
    let small = |n: i16| i8::try_from(n).ok();
    match (month, second) {
        (Some(month), _) => Date::new(year.or_else(|| short_year(second?))?, month, small(first)?).ok(),
        // Without a name, the month stands first, or where only a month can.
        (None, Some(second)) => {
            let (year, first, second) = (year?, small(first)?, small(second)?);
            Date::new(year, first, second).or_else(|_| Date::new(year, second, first)).ok()
        }
        (None, None) => None,
    }
}

/// Two digits as RFC 2822 reads them.
fn short_year(n: i16) -> Option<i16> {
    match n {
        0..=49 => Some(2000 + n),
        50..=99 => Some(1900 + n),
        _ => None,
    }
}

fn month_of(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    MONTHS.iter().find(|(name, _)| word.starts_with(name)).map(|(_, n)| *n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_day_in_all_its_forms() {
        let forms = [
            "Mon, 21 Jan 2019 05:00:00 GMT",
            "Mon, 21 Jan 2019",
            "21 January 2019 05:00 -0500",
            "21 Jan 19",
            "Mon, 21 Jan 19 05:00:00 EST",
            "Jan 21, 2019",
            "Monday, January 21st, 2019",
            "Mon Jan 21 05:00:00 2019",
            "Mon Jan 21 05:00:00 EST 2019",
            "21-Jan-2019",
            "2019-01-21",
            "2019-01-21T05:00:00Z",
            "2019-01-21 05:00",
            "20190121",
            "20190121T050000Z",
            "20190121050000",
            "2019-021",
            "2019021",
            "2019/01/21",
            "2019/1/21",
            "2019.01.21",
            "2019-21-01",
            "01/21/2019",
            "21/01/2019",
            "2019-1-21T5:0",
            "2019-0121",
            "2019년 1월 21일",
            "Δευ, 21 Ιαν 2019 05:00:00 EET",
            "2019-01-21T05:00:00+05:30",
            "Mon, 21 Ene 2019",
            "  2019-01-21  ",
            "Mon, 21 Jan 2019 24:00:00 GMT",
            "Thu,21 Jan 2019 5:00:00",
            "2019−01−21",
        ];
        let want = jiff::civil::date(2019, 1, 21);
        for form in forms {
            assert_eq!(day(form), Some(want), "{form}");
        }
        assert_eq!(day("2019-01"), Some(jiff::civil::date(2019, 1, 1)));
        assert_eq!(day("2019"), Some(jiff::civil::date(2019, 1, 1)));
    }

    #[test]
    fn what_is_no_day() {
        for form in
            ["", "yesterday", "2019-02-30", "0000-00-00", "1", "Mon, 99 Jan 2019", "12:30", "-", "é", "99999999999999999999", "0019-01-01"]
        {
            assert_eq!(day(form), None, "{form}");
        }
        assert_eq!(day(&"9 ".repeat(10_000)), None);
    }
}
