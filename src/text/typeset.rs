//! Typewriter signs as a printer sets them: quotation marks of the language, apostrophes, dashes. Sign for sign, so that no column moves.

/// Opening and closing marks of a language, the outer pair and the inner one.
const MARKS: [(&str, [char; 4]); 6] = [
    ("en", ['“', '”', '‘', '’']),
    ("de", ['„', '“', '‚', '‘']),
    ("es", ['«', '»', '“', '”']),
    ("it", ['«', '»', '“', '”']),
    ("fr", ['«', '»', '‹', '›']),
    ("pt", ['“', '”', '‘', '’']),
];

/// A piece of running text as it is printed. `before` is the character that stands before it, none at the beginning of a paragraph; `language` is
/// ISO 639-1. The result has as many characters as `text`, and the same width.
#[must_use]
pub fn typeset(text: &str, before: Option<char>, language: Option<&str>) -> String {
    if !text.contains(['"', '\'', '-']) {
        return text.to_owned();
    }
    let language = language.unwrap_or("en");
    let marks = MARKS.iter().find(|(code, _)| language.starts_with(code)).map_or(MARKS[0].1, |(_, marks)| *marks);
    let mut last = before;
    let mut signs = text.chars().peekable();
    let mut out = String::with_capacity(text.len());
    while let Some(c) = signs.next() {
        let next = signs.peek().copied();
        let opens = last.is_none_or(|l| l.is_whitespace() || "([{—–-“„‘‚«‹".contains(l));
        let spaced = |c: Option<char>| c.is_none_or(char::is_whitespace);
        out.push(match c {
            '"' => marks[usize::from(!opens)],
            // "'90s" and "rock 'n' roll" leave something out; so does every one inside of a word.
            '\'' if opens && next.is_some_and(char::is_alphabetic) => marks[2],
            '\'' if opens || next.is_some_and(char::is_alphanumeric) || last.is_some_and(|l| l == 's') => '’',
            '\'' => marks[3],
            '-' if next == Some('-') || last == Some('-') => '—',
            '-' if spaced(last) && spaced(next) && last.is_some() => '–',
            _ => c,
        });
        last = Some(c);
    }
    out
}

/// Letters as small capitals, where Unicode has them; all others stay.
#[must_use]
pub fn small_capital(c: char) -> char {
    const SMALL: [char; 26] =
        ['ᴀ', 'ʙ', 'ᴄ', 'ᴅ', 'ᴇ', 'ꜰ', 'ɢ', 'ʜ', 'ɪ', 'ᴊ', 'ᴋ', 'ʟ', 'ᴍ', 'ɴ', 'ᴏ', 'ᴘ', 'ꞯ', 'ʀ', 'ꜱ', 'ᴛ', 'ᴜ', 'ᴠ', 'ᴡ', 'x', 'ʏ', 'ᴢ'];
    let at = u32::from(c.to_ascii_lowercase()).checked_sub(u32::from('a'));
    at.and_then(|n| SMALL.get(n as usize)).copied().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width;

    #[test]
    fn as_a_printer_sets_it() {
        let cases = [
            ("\"It's 'fine',\" he said -- twice - in the '90s.", "en", "“It’s ‘fine’,” he said —— twice – in the ’90s."),
            ("Er sagte: \"Nein.\"", "de", "Er sagte: „Nein.“"),
            ("(\"Dijo 'no'\")", "es", "(«Dijo “no”»)"),
            ("co-operate, 1914-1918, the miners' well-known", "en", "co-operate, 1914-1918, the miners’ well-known"),
            ("nothing to do", "en", "nothing to do"),
        ];
        for (text, language, wanted) in cases {
            let set = typeset(text, None, Some(language));
            assert_eq!(set, wanted);
            assert_eq!((set.chars().count(), width(&set)), (text.chars().count(), width(text)));
        }
        // A row that begins inside of a sentence, behind a space or behind a word.
        assert_eq!(typeset("\" she said", Some('.'), None), "” she said");
        assert_eq!(typeset("\"She", Some(' '), None), "“She");
    }

    #[test]
    fn small_capitals_are_as_wide() {
        let set: String = "BERLIN, Köln".chars().map(small_capital).collect();
        assert_eq!(set, "ʙᴇʀʟɪɴ, ᴋöʟɴ");
        assert_eq!(width(&set), 12);
    }
}
