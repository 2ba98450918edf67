//! Tokens: words, numbers and single marks with their byte spans.
//!
//! A word keeps its inner apostrophe (O'Brien, don't) and its own full stop (U.S., Mr., Jan.); hyphens, a final 's and every
//! other mark stand alone, so that an annotator can name the capitalised part of "Sydney-based" and join "Kim Jong-un" again.

use super::Span;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, perhaps with digits: `Maduro`, `U.S.`, `G20`.
    Word,
    /// Digits with inner separators: `27`, `1,000.5`, `10:30`.
    Number,
    /// The possessive or clitic `'s`.
    Clitic,
    /// An address or handle: `https://…`, `a@b.org`, `@name`.
    Address,
    /// One mark of punctuation or one symbol.
    Mark,
}

/// One token of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
}

impl Token {
    /// The token's own text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        self.span.of(text)
    }
}

/// Words that keep their full stop although a sentence may go on after it.
const ABBREVIATIONS: &[&str] = &[
    "adm", "apr", "asst", "aug", "ave", "bldg", "blvd", "brig", "bros", "capt", "cent", "cmdr", "co", "col", "comdr", "corp", "cpl", "dec",
    "dept", "det", "dist", "dr", "drs", "ed", "est", "etc", "feb", "fig", "fr", "ft", "gen", "gov", "govs", "hon", "hr", "hwy", "inc",
    "insp", "jan", "jr", "jul", "jun", "lt", "ltd", "maj", "mar", "messrs", "mfg", "mgr", "min", "mme", "mlle", "mr", "mrs", "ms", "msgr",
    "mt", "no", "nos", "nov", "oct", "ofc", "op", "pfc", "ph.d", "plc", "pp", "pres", "prof", "pvt", "rd", "rep", "reps", "res", "rev",
    "sec", "sen", "sens", "sept", "sep", "sgt", "sr", "st", "ste", "supt", "tel", "univ", "vol", "vs", "viz", "approx", "ala", "ariz",
    "ark", "calif", "colo", "conn", "del", "fla", "ga", "ill", "ind", "kan", "ky", "la", "md", "mass", "mich", "minn", "miss", "mo",
    "mont", "neb", "nev", "okla", "ore", "pa", "penn", "tenn", "tex", "va", "vt", "wash", "wis", "wyo", "mon", "tue", "tues", "wed", "thu",
    "thur", "thurs", "fri", "sat", "sun",
];

/// Words of [`ABBREVIATIONS`] that are also plain words or endings of sentences: they keep the full stop only before a capital or digit.
const DOUBTFUL: &[&str] = &[
    "no", "sat", "sun", "mar", "wash", "miss", "ill", "min", "sec", "res", "fig", "del", "la", "ed", "est", "mass", "ind", "op", "cent",
    "wed", "fri", "mon", "ore", "mo", "det", "ark",
];

/// The tokens of `text` in order; white space lies between them.
///
/// Linear in the length of the text; never fails.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::with_capacity(text.len() / 5 + 1);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let (len, kind) = next(text, at, c);
        out.push(Token { span: Span::new(at, at + len), kind });
        at += len;
    }
    out
}

fn next(text: &str, at: usize, first: char) -> (usize, TokenKind) {
    let rest = &text[at..];
    if first.is_ascii_digit() {
        return number(rest);
    }
    if first == '@' && rest[1..].starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return (1 + run(&rest[1..], |c| c.is_ascii_alphanumeric() || c == '_'), TokenKind::Address);
    }
    if is_apostrophe(first) {
        return clitic(text, at, first);
    }
    if is_word(first) { word(rest) } else { (first.len_utf8(), TokenKind::Mark) }
}

/// Digits with inner `,` `.` `:` between digits, and letters that cling to them (`10th`, `4x4`, `1990s`).
fn number(rest: &str) -> (usize, TokenKind) {
    let bytes = rest.as_bytes();
    let mut end = run(rest, |c| c.is_ascii_digit());
    while end + 1 < bytes.len() && matches!(bytes[end], b',' | b'.' | b':') && bytes[end + 1].is_ascii_digit() {
        end += 1 + run(&rest[end + 1..], |c| c.is_ascii_digit());
    }
    let tail = run(&rest[end..], is_word);
    let kind = if tail > 0 { TokenKind::Word } else { TokenKind::Number };
    (end + tail, kind)
}

/// `'s` after a word is a clitic; any other apostrophe outside a word is a mark.
fn clitic(text: &str, at: usize, mark: char) -> (usize, TokenKind) {
    let len = mark.len_utf8();
    let after = &text[at + len..];
    let joined = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    let ends = |s: &str| !s.starts_with(is_word);
    if joined && after.starts_with(['s', 'S']) && ends(&after[1..]) { (len + 1, TokenKind::Clitic) } else { (len, TokenKind::Mark) }
}

fn word(rest: &str) -> (usize, TokenKind) {
    if let Some(len) = address(rest) {
        return (len, TokenKind::Address);
    }
    if let Some(len) = initials(rest) {
        return (len, TokenKind::Word);
    }
    let mut end = run(rest, is_word);
    while let Some(len) = inner_apostrophe(&rest[end..]) {
        end += len;
    }
    if rest[end..].starts_with('.') && keeps_stop(&rest[..end], &rest[end + 1..]) {
        end += 1;
    }
    (end, TokenKind::Word)
}

/// `'` and the letters after it, where it stands inside a word and is not a final `'s`.
fn inner_apostrophe(rest: &str) -> Option<usize> {
    let mark = rest.chars().next().filter(|c| is_apostrophe(*c))?;
    let after = &rest[mark.len_utf8()..];
    let letters = run(after, is_word);
    let possessive = letters == 1 && after.starts_with(['s', 'S']);
    (letters > 0 && !possessive).then_some(mark.len_utf8() + letters)
}

/// More letters with full stops than any abbreviation has.
const MAX_INITIALS: usize = 16;

/// `U.S.`, `p.m.`, `J.`, `Ph.D.`: single letters with full stops. A lone lower-case letter or a lone `I` is not an initial.
fn initials(rest: &str) -> Option<usize> {
    let mut end = 0;
    let mut count = 0;
    loop {
        let mut chars = rest[end..].chars();
        match (chars.next(), chars.next()) {
            (Some(letter), Some('.')) if letter.is_alphabetic() && count < MAX_INITIALS => {
                end += letter.len_utf8() + 1;
                count += 1;
            }
            _ => break,
        }
    }
    let first = rest.chars().next()?;
    let lone = count == 1 && first.is_uppercase() && first != 'I' && !rest[end..].starts_with(is_word);
    let many = count > 1 && !rest[end..].starts_with(is_word);
    (lone || many).then_some(end)
}

fn keeps_stop(word: &str, after: &str) -> bool {
    if word.len() > 6 {
        return false;
    }
    let lower = word.to_ascii_lowercase();
    if !ABBREVIATIONS.contains(&lower.as_str()) || after.starts_with(is_word) {
        return false;
    }
    if DOUBTFUL.contains(&lower.as_str()) {
        let capital = word.starts_with(char::is_uppercase);
        let next = after.trim_start_matches([' ', '\u{a0}']).chars().next();
        return capital && next.is_some_and(|c| c.is_ascii_digit()) || lower == "no" && next.is_some_and(|c| c.is_ascii_digit());
    }
    true
}

/// The longest web address, in bytes, that is taken as one token.
const MAX_ADDRESS: usize = 2048;

/// The longest mail address, in bytes: RFC 5321 allows 254.
const MAX_MAIL: usize = 254;

/// Web and mail addresses from their first letter, without closing punctuation.
fn address(rest: &str) -> Option<usize> {
    let head = &rest.as_bytes()[..rest.len().min(8)];
    let web = head.starts_with(b"http://") || head.starts_with(b"https://") || head.starts_with(b"www.");
    // The bound keeps a text of hyphens linear: every word in it would look to the end otherwise.
    let rest = &rest[..rest.floor_char_boundary(if web { MAX_ADDRESS } else { MAX_MAIL })];
    let len = run(rest, |c| c.is_ascii_alphanumeric() || "/:.@_-~%?&=#+,;!$*".contains(c));
    let body = rest[..len].trim_end_matches(['.', ',', ';', ':', '!', '?', '-']);
    let mail = || {
        // Only a run that holds an @ with a dotted host behind it; the search is bounded by the run.
        body.split_once('@').is_some_and(|(user, host)| {
            !user.is_empty() && host.contains('.') && host.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-')
        })
    };
    (web || mail()).then_some(body.len()).filter(|n| *n > 0)
}

fn run(text: &str, keep: impl Fn(char) -> bool) -> usize {
    text.find(|c| !keep(c)).unwrap_or(text.len())
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || is_combining(c)
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '‘' | '`')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> String {
        tokens(text).iter().map(|t| t.of(text)).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn words_numbers_and_marks() {
        let cases = [
            ("Mr. Maduro’s bid", "Mr.|Maduro|’s|bid"),
            ("on Jan. 10.", "on|Jan.|10|."),
            ("the U.S. and J. K. Rowling", "the|U.S.|and|J.|K.|Rowling"),
            ("town-hall-style", "town|-|hall|-|style"),
            ("O'Brien doesn't", "O'Brien|doesn't"),
            ("“We need,” said", "“|We|need|,|”|said"),
            ("1,000.5 at 10:30 a.m.", "1,000.5|at|10:30|a.m."),
            ("the 1990s, the 10th", "the|1990s|,|the|10th"),
            ("see https://a.org/x?y=1.", "see|https://a.org/x?y=1|."),
            ("write to x.y@b.org, now", "write|to|x.y@b.org|,|now"),
            ("soldiers’ actions", "soldiers|’|actions"),
            ("He said no. Then", "He|said|no|.|Then"),
            ("It was I. He left", "It|was|I|.|He|left"),
            ("日本 ×2", "日本|×|2"),
            ("", ""),
        ];
        for (text, want) in cases {
            assert_eq!(split(text), want, "{text}");
        }
    }

    #[test]
    fn long_runs_stay_linear() {
        for unit in ["a", "'", "a.", "@", "a'", "1.", "a@", "http://", ".", "A-", "www.", "é-"] {
            let text = unit.repeat(40_000);
            for text in [format!("{text}ab"), text] {
                let covered: usize = tokens(&text).iter().map(|t| t.span.len()).sum();
                assert_eq!(covered, text.len(), "{unit}");
            }
        }
    }
}
