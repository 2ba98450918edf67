//! Datelines: where, when and by whom a story was filed, before its first sentence.
//!
//! The forms are those of the agencies' style books: `CARACAS, Venezuela — `, `LONDON, March 3 (Reuters) - `, `WASHINGTON (AP) — `,
//! `NAIROBI, 26 June 2008 (IRIN) - `, `New Delhi, Nov 15 (PTI) `, `(Reuters) - `, `ISLAMABAD: `.

use crate::article::{Article, BlockKind, Dateline};
use crate::text::Span;
use jiff::civil::Date;

/// Bytes within which a dateline must be closed.
const MAX_LEN: usize = 120;

/// Blocks at the head of a text, headings aside, among which the dateline is looked for.
const HEAD: usize = 3;

/// Agencies and services that close a dateline in brackets also without a dash.
const AGENCIES: &str = "AA ABS-CBN ACN ADN AFP AKI ANI ANP ANSA ANTARA AP APA APP ATS BBC BERNAMA BSS BTA CBC CMC CNA CNN CNS CP CTK DPA EFE ENS GNA \
    IANS INTERFAX IPS IRIN IRNA ITAR-TASS KUNA KYODO LUSA MENA MNA MTI NAN NNN NYT PA PAP PNA PTI RIA REUTERS SANA SAPA SPA TASS TNS \
    TT UNB UNI UPI VNA VOA WAM XINHUA YONHAP";

/// Words in capitals before a colon or dash that name no place.
const LABELS: &str = "A ADVERTISEMENT ADVISORY ALERT ALSO AN ANALYSIS ANSWER AT BACKGROUND BREAKING BRIEF BY COLUMN COMMENT CORRECTED CORRECTION \
    DEBATE EDITORIAL EXCLUSIVE EXPLAINED EXPLAINER FACTBOX FACTS FEATURE FOCUS FROM GALLERY HOST IMPORTANT IN INTERVIEW INTRO LETTER \
    LIVE MAP NEWS NO NOTE OBITUARY ON OPINION PHOTO PHOTOS PODCAST POLL PROFILE QUESTION READ RELATED REPORT REVIEW SEE SINCE SOURCE \
    SOURCES SPECIAL SPOILER SPORT SPORTS SUMMARY TABLE TIMELINE TIP TODAY UPDATE UPDATED URGENT VIDEO WARNING WATCH WEATHER WHAT WHO \
    WHY YES";

/// Small words inside names of places.
const JOINTS: &str = "and of the de da do dos del di du des la le el al en sur upon am an der on";

/// Finds the dateline of `article`; one that names a whole day also says when the article was published.
pub(super) fn mark(article: &mut Article) {
    let openings = || article.blocks.iter().filter(|b| b.kind == BlockKind::Paragraph).map(|b| (b.span, b.span.of(&article.text)));
    // A speaker's name in capitals before each paragraph is a transcript.
    let transcript = openings().take(HEAD * 3).filter(|(_, line)| capitals_and_colon(line).is_some()).count() > 1;
    let found = openings().take(HEAD).find_map(|(span, line)| {
        let found = parse(line).filter(|_| !(transcript && capitals_and_colon(line).is_some()))?;
        Some((found.moved(span.start), line, found))
    });
    let Some((dateline, line, found)) = found else { return };
    article.published = article.published.or_else(|| whole_day(found.date?.of(line)));
    article.dateline = Some(dateline);
}

impl Dateline {
    fn moved(&self, by: u32) -> Self {
        let span = |s: Span| Span { start: s.start + by, end: s.end + by };
        Self {
            span: span(self.span),
            place: span(self.place),
            region: self.region.map(span),
            date: self.date.map(span),
            agency: self.agency.map(span),
        }
    }
}

/// How the head of a line is closed.
#[derive(Clone, Copy, PartialEq)]
enum Close {
    Dash,
    Colon,
    /// A known agency in brackets.
    Agency,
    /// The end of the line.
    End,
}

/// The dateline at the beginning of `line`, with spans in `line`. Where an agency alone is named, the place is empty.
pub(super) fn parse(line: &str) -> Option<Dateline> {
    let (len, close, sign) = head(line)?;
    let head = Head { line, len };
    let parts = head.parts()?;
    let rest = line.get(len + sign..)?.trim_start();
    let sure = parts.agency.is_some() || parts.date.is_some();
    let place = parts.place.of(line);
    let capitals = is_capitals(place);
    let opens = rest.trim_start_matches(['“', '"', '‘', '\'']).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let credible = match close {
        Close::End => capitals && parts.date.is_some_and(|d| whole_day(d.of(line)).is_some()),
        Close::Agency => capitals || opens || rest.is_empty(),
        Close::Colon => capitals || sure,
        Close::Dash if sure => true,
        // Without agency or date, a name in small letters is as likely to begin a sentence.
        Close::Dash => {
            let known = capitals || parts.region.is_some() || line.get(len..)?.trim_start().starts_with('—');
            known && (opens || rest.is_empty() && capitals)
        }
    };
    let in_words = close == Close::End || rest.chars().take(60).any(char::is_lowercase) || !rest.chars().any(char::is_alphabetic);
    let end = if close == Close::End || close == Close::Agency { len } else { len + sign };
    (credible && in_words && !is_label(place)).then(|| Dateline { span: Span::new(0, end), ..parts })
}

/// Where the head of a line ends and what closes it; the last figure is how many bytes the closing sign takes, with the space before it.
fn head(line: &str) -> Option<(usize, Close, usize)> {
    let mut brackets = false;
    let mut agency_end = None;
    for (at, c) in line.char_indices().take_while(|(at, _)| *at < MAX_LEN) {
        let before = line.get(..at)?;
        let after = line.get(at + c.len_utf8()..)?;
        let body = before.trim_end().len();
        let closed = |close, more: usize| Some((body, close, at + c.len_utf8() + more - body));
        match c {
            '(' => brackets = true,
            ')' => {
                brackets = false;
                agency_end = before.rsplit('(').next().filter(|a| is_agency(a)).map(|_| at + 1);
            }
            _ if brackets => {}
            '.' | ',' if agency_end.is_some() => agency_end = None,
            '—' | '–' | '―' | '_' if after.starts_with([' ', '“', '"']) || after.is_empty() || c == '—' => {
                return closed(Close::Dash, 0);
            }
            '-' if after.starts_with("- ") => return closed(Close::Dash, 1),
            '-' if after.starts_with(' ') && before.ends_with([' ', ')']) => return closed(Close::Dash, 0),
            ':' if after.starts_with(' ') => return closed(Close::Colon, 0),
            '.' | '/' | ',' | '\'' | '’' | '-' | ' ' | '\u{a0}' => {}
            _ if agency_end.is_some() => break,
            _ if c.is_alphanumeric() => {}
            _ => return None,
        }
    }
    match agency_end {
        Some(end) => Some((end, Close::Agency, 0)),
        None if line.len() < MAX_LEN => Some((line.len(), Close::End, 0)),
        None => None,
    }
}

/// True where `word` is one of the words of a table.
fn listed(table: &str, word: &str) -> bool {
    table.split(' ').any(|w| w == word)
}

fn is_agency(text: &str) -> bool {
    let first = text.split([' ', '/', ',']).next().unwrap_or("");
    listed(AGENCIES, &first.to_uppercase())
}

/// What stands before the dash.
struct Head<'a> {
    line: &'a str,
    len: usize,
}

impl Head<'_> {
    /// Place, region, date and agency; `None` where something else is named.
    fn parts(&self) -> Option<Dateline> {
        let text = self.line.get(..self.len)?;
        let (names, agency) = match text.strip_suffix(')').and_then(|t| t.rsplit_once('(')) {
            Some((names, agency)) => (names, Some(Span::new(names.len() + 1, names.len() + 1 + agency.trim_end().len()))),
            None => (text, None),
        };
        if names.is_empty() && agency.is_some_and(|a| !is_agency(a.of(self.line))) {
            return None;
        }
        if agency.is_some_and(|a| !is_credit(a.of(self.line))) || names.contains(['(', ')']) {
            return None;
        }
        let mut found = Dateline { span: Span::default(), place: Span::default(), region: None, date: None, agency };
        let mut at = 0;
        for (n, segment) in names.split(',').enumerate() {
            let start = at + segment.len() - segment.trim_start().len();
            at += segment.len() + 1;
            self.add(&mut found, n == 0, Span::new(start, start + segment.trim().len()))?;
        }
        // An agency outside of brackets needs its date.
        let named = !found.place.is_empty() || found.agency.is_some_and(|_| agency.is_some() || found.date.is_some());
        named.then_some(found)
    }

    /// Puts one part between commas where it belongs.
    fn add(&self, found: &mut Dateline, first: bool, part: Span) -> Option<()> {
        let text = part.of(self.line);
        let dated = date_from(text);
        let day = dated.map(|at| Span::new(part.start as usize + at, part.end as usize));
        let name = Span::new(part.start as usize, part.start as usize + text.get(..dated.unwrap_or(text.len()))?.trim_end().len());
        if let Some(day) = day {
            found.date = Some(found.date.map_or(day, |d| d.join(day)));
        }
        if name.is_empty() {
            return Some(());
        }
        // After the date only its own parts may come.
        let house = first && found.agency.is_none() && (text.ends_with(" News") || is_agency(text));
        if !house && !is_name(name.of(self.line)) || found.date.is_some() && day.is_none() {
            return None;
        }
        if !first {
            found.region = Some(found.region.map_or(name, |r| r.join(name)));
        } else if house {
            found.agency = Some(name);
        } else {
            found.place = name;
        }
        Some(())
    }
}

/// What brackets before the dash may hold: an agency or a paper.
fn is_credit(text: &str) -> bool {
    text.len() <= 40 && text.starts_with(char::is_alphabetic) && (is_agency(text) || is_name(text))
}

/// One to five words that begin with capitals, perhaps with small words between them.
fn is_name(text: &str) -> bool {
    let mut words = text.split([' ', '/', '\u{a0}']).filter(|w| !w.is_empty()).peekable();
    let capital =
        |w: &str| w.trim_start_matches(['\'', '’']).starts_with(char::is_uppercase) || w.starts_with("al-") || w.starts_with("el-");
    words.peek().is_some_and(|w| capital(w))
        && words.clone().count() <= 6
        && words.all(|w| (capital(w) && !w.contains(|c: char| c.is_ascii_digit())) || listed(JOINTS, w))
}

/// True for names in capitals, small words aside: `PORT-AU-PRINCE`, `RIO de JANEIRO`.
fn is_capitals(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let rest: usize = text.split(' ').filter(|w| listed(JOINTS, w)).map(str::len).sum();
    letters >= 3 && text.chars().filter(|c| c.is_lowercase()).count() <= rest
}

fn is_label(place: &str) -> bool {
    let upper = place.to_uppercase();
    upper.split([' ', '\'', '’', '/']).any(|w| listed(LABELS, w))
}

/// Names in capitals before a colon at the beginning of a line.
fn capitals_and_colon(line: &str) -> Option<&str> {
    let (name, _) = line.get(..line.len().min(60)).unwrap_or("").split_once(": ")?;
    is_capitals(name).then_some(name)
}

/// Where in a part between commas its date begins: at a month, a day of the week, a day number with a month, a year.
fn date_from(text: &str) -> Option<usize> {
    let starts = std::iter::once(0).chain(text.match_indices(' ').map(|(at, _)| at + 1));
    starts.filter_map(|at| Some((at, text.get(at..)?))).find(|(_, rest)| is_date(rest)).map(|(at, _)| at)
}

/// The parts of a printed day.
#[derive(Default)]
struct Day {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    weekday: bool,
}

fn is_date(text: &str) -> bool {
    day(text).is_some()
}

/// Reads a day such as `Monday`, `March 3`, `26 June 2008`, `2008`, `2008-06-26`; `None` where a word is not part of one.
fn day(text: &str) -> Option<Day> {
    let mut found = Day::default();
    if let Ok(date) = text.parse::<Date>() {
        return Some(Day { year: Some(date.year()), month: Some(date.month()), day: Some(date.day()), weekday: false });
    }
    for word in text.split([' ', ',', '\u{a0}']).filter(|w| !w.is_empty()) {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let suffix = word.get(digits.len()..).unwrap_or("");
        match digits.parse::<i16>() {
            Ok(n @ 1..=31) if found.day.is_none() && ["", "st", "nd", "rd", "th"].contains(&suffix) => found.day = i8::try_from(n).ok(),
            Ok(n @ 1000..=2999) if found.year.is_none() && suffix.is_empty() => found.year = Some(n),
            Ok(_) => return None,
            Err(_) if found.month.is_none() && month(word).is_some() => found.month = month(word),
            Err(_) if !found.weekday && is_weekday(word) => found.weekday = true,
            Err(_) => return None,
        }
    }
    let named = found.month.is_some() || found.weekday || found.year.is_some();
    (named && (found.day.is_none() || found.month.is_some())).then_some(found)
}

/// The day that `text` names with its year.
fn whole_day(text: &str) -> Option<Date> {
    let day = day(text)?;
    Date::new(day.year?, day.month?, day.day?).ok()
}

/// The day of a line that says when the text was published: a whole day alone, perhaps after "Published" and before a time of the clock.
pub(super) fn publication(line: &str) -> Option<Date> {
    if line.len() > MAX_LEN / 2 {
        return None;
    }
    let lower = line.to_ascii_lowercase();
    let said = ["published", "posted"].iter().find(|w| lower.starts_with(*w)).map_or(0, |w| w.len());
    let rest = line.get(said..)?.trim_start_matches([':', ' ']);
    let rest = rest.strip_prefix("on ").unwrap_or(rest);
    let ends = rest.match_indices([' ', ',', '|']).map(|(at, _)| at).chain([rest.len()]);
    ends.filter_map(|at| Some((whole_day(rest.get(..at)?)?, rest.get(at..)?))).find(|(_, time)| is_time(time)).map(|(day, _)| day)
}

/// True for nothing, and for what begins like a time of the clock: `, 7:35 am`, ` at 1:00pm CST`, ` | 13:45`.
fn is_time(text: &str) -> bool {
    let text = text.trim_start_matches([' ', ',', '|', '-', '–', '—', '•', 'T']);
    let text = text.strip_prefix("at ").unwrap_or(text);
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let after = text.get(digits..).unwrap_or("").trim_start();
    text.is_empty() || (1..=2).contains(&digits) && [":", ".", "h", "am", "pm", "a.m", "p.m"].iter().any(|mark| after.starts_with(mark))
}

/// True for a line that is nothing but a day.
pub(super) fn is_bare_date(line: &str) -> bool {
    line.len() <= 40 && is_date(line)
}

fn month(word: &str) -> Option<i8> {
    const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    const WHOLE: &[&str] =
        &["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    let word = if word == "sept" { "sep" } else { &word };
    let at = WHOLE.iter().position(|m| *m == word).or_else(|| MONTHS.iter().position(|m| *m == word))?;
    i8::try_from(at + 1).ok()
}

fn is_weekday(word: &str) -> bool {
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    days.iter().any(|d| *d == word || word.len() >= 3 && word.len() <= 5 && d.starts_with(&word) && word != "sun")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Place | region | date | agency.
    fn shown(line: &str) -> Option<String> {
        let found = parse(line)?;
        let of = |s: Option<Span>| s.map_or("", |s| s.of(line)).to_owned();
        Some([of(Some(found.place)), of(found.region), of(found.date), of(found.agency)].join("|"))
    }

    #[test]
    fn agencies_forms() {
        let cases = [
            ("CARACAS, Venezuela — Soldiers were held", "CARACAS|Venezuela||"),
            ("LONDON, March 3 (Reuters) - Shares fell", "LONDON||March 3|Reuters"),
            ("WASHINGTON (AP) — The senate", "WASHINGTON|||AP"),
            ("WASHINGTON (AP) _ The senate", "WASHINGTON|||AP"),
            ("PARIS/BERLIN — Two ministers", "PARIS/BERLIN|||"),
            ("PARIS—Two ministers", "PARIS|||"),
            ("NAIROBI, 26 June 2008 (IRIN) - Rains", "NAIROBI||26 June 2008|IRIN"),
            ("(Reuters) - Shares fell", "|||Reuters"),
            ("afrol News, 26 June - Rains fell", "||26 June|afrol News"),
            ("NEW YORK (AP) — The senate", "NEW YORK|||AP"),
            ("HAVANA (AP ) -- The senate", "HAVANA|||AP"),
            ("Dec 29 (Reuters) - Shares", "||Dec 29|Reuters"),
            ("MIAMI _", "MIAMI|||"),
            ("Washington (CNN)", "Washington|||CNN"),
            ("New Delhi, Nov 15 (PTI) The court", "New Delhi||Nov 15|PTI"),
            ("BEIJING, Oct. 12 (Xinhua) -- China", "BEIJING||Oct. 12|Xinhua"),
            ("ISLAMABAD: The court has", "ISLAMABAD|||"),
            ("PORT-AU-PRINCE, Haiti, Jan. 13, 2010 — Aid", "PORT-AU-PRINCE|Haiti|Jan. 13, 2010|"),
            ("LONDON 1996-08-30", "LONDON||1996-08-30|"),
            ("Springfield, Ill., Monday - The river", "Springfield|Ill.|Monday|"),
            ("Washington — The president", "Washington|||"),
            ("RIO de JANEIRO, Brazil – The carnival", "RIO de JANEIRO|Brazil||"),
            ("ST. JOHN’S, Newfoundland — Fishermen", "ST. JOHN’S|Newfoundland||"),
        ];
        for (line, want) in cases {
            assert_eq!(shown(line).as_deref(), Some(want), "{line}");
        }
    }

    #[test]
    fn what_only_looks_like_one() {
        let lines = [
            "",
            "Paris — the city of light — was dark.",
            "WARNING: The text has spoilers",
            "EDITOR’S NOTE: This story",
            "VIDEO - The minister speaks",
            "OBAMA WINS - SENATE LOST",
            "The mayor, a former judge (and a poet) - he wrote",
            "Breaking News - The mayor resigns",
            "A photo by Ann Lee (AP). The harbour",
            "Ann Lee (AP) told the court",
            "(NEW) — The harbour",
            "Maduro, the president, said - at last - that",
            "A man - The man",
            "In 2008 - The year",
            "LONDON",
            "Note: This is it",
            "“PARIS — The city",
            "By Jane Doe — The writer",
        ];
        for line in lines {
            assert_eq!(shown(line), None, "{line}");
        }
    }

    #[test]
    fn lines_with_the_day_of_publication() {
        let day = Date::new(2013, 12, 10).ok();
        let lines = [
            "December 10, 2013",
            "Tuesday, 10 December 2013",
            "Published: 2013-12-10",
            "Posted on Dec 10, 2013 at 7:35 am EST",
            "Published 10 December 2013, 13:45",
            "10 Dec 2013 | 1 pm",
        ];
        for line in lines {
            assert_eq!(publication(line), day, "{line}");
        }
        for line in [
            "",
            "Published",
            "December 10",
            "2013",
            "On December 10, 2013 he left",
            "December 10, 2013 was cold",
            "December 10, 2013 12 people",
            "Published December",
        ] {
            assert_eq!(publication(line), None, "{line}");
        }
    }

    #[test]
    fn days() {
        assert_eq!(whole_day("26 June 2008"), Date::new(2008, 6, 26).ok());
        assert_eq!(whole_day("Jan. 13, 2010"), Date::new(2010, 1, 13).ok());
        assert_eq!(whole_day("31 June 2008"), None);
        assert_eq!(whole_day("March 3"), None);
        assert!(is_bare_date("Tuesday, 3rd March 2020"));
        assert!(!is_bare_date("Springfield"));
        assert!(!is_bare_date("12"));
    }
}
