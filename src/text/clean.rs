//! The sanitiser: the one door that text from outside passes.
//!
//! Control and escape characters become visible replacement signs, so that nothing that a terminal would obey gets further and a reader still sees
//! that something was there. Invisible characters that can hide or reorder text are dropped.

use unicode_normalization::UnicodeNormalization;

/// The sign shown for a character that must not reach a terminal.
const REPLACEMENT: char = '\u{fffd}';

/// Combining marks kept on one letter; real scripts need at most three or four.
const MAX_MARKS: usize = 4;

/// What bytes 0x80 to 0x9F mean in Windows-1252: pages that were decoded as Latin-1 carry them as C1 controls.
const WINDOWS_1252: [char; 32] = [
    '€',
    REPLACEMENT,
    '‚',
    'ƒ',
    '„',
    '…',
    '†',
    '‡',
    'ˆ',
    '‰',
    'Š',
    '‹',
    'Œ',
    REPLACEMENT,
    'Ž',
    REPLACEMENT,
    REPLACEMENT,
    '‘',
    '’',
    '“',
    '”',
    '•',
    '–',
    '—',
    '˜',
    '™',
    'š',
    '›',
    'œ',
    REPLACEMENT,
    'ž',
    'Ÿ',
];

/// `text` made safe for a terminal: line ends are `\n`, tabs are spaces, controls are `U+FFFD`, and invisible or reordering characters are gone.
///
/// Zero-width joiners stay between non-ASCII characters (emoji, Indic and Arabic scripts need them); more than four combining marks on one
/// letter are cut off. Letters and their marks are joined (NFC). Idempotent.
#[must_use]
pub fn clean(text: &str) -> String {
    clean_noting(text, |_| {})
}

/// What [`clean`] did to one character that is no white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cleaned {
    /// Where its replacement stands in the cleaned text, as a byte offset, or where it would stand.
    pub at: u32,
    /// The character that came in.
    pub was: char,
    /// The character that stands for it; `None` where it was dropped.
    pub is: Option<char>,
}

/// [`clean`], which tells `note` of every character that it changed, in order.
pub fn clean_noting(text: &str, mut note: impl FnMut(Cleaned)) -> String {
    // Most pieces of most texts are that clean already, and bytes are looked at many at a time.
    if text.bytes().all(|b| matches!(b, b' '..=b'~' | b'\n')) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut marks = 0;
    let mut letter = Letter::default();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if matches!(c, ' '..='~') {
            letter.end(&out, &mut note);
            letter.begin(c, c);
            marks = 0;
            out.push(c);
            continue;
        }
        if c >= FIRST_MARK && letter.takes(c, &mut out) {
            continue;
        }
        let kept = match c {
            '\r' => {
                if chars.peek() == Some(&'\n') {
                    continue;
                }
                Some('\n')
            }
            '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
            '\t' => Some(' '),
            '\0'..='\u{1f}' | '\u{7f}' => Some(REPLACEMENT),
            '\u{80}'..='\u{9f}' => Some(WINDOWS_1252[c as usize - 0x80]),
            '\u{200c}' | '\u{200d}' if joins(&out, chars.peek().copied()) => Some(c),
            _ if is_hidden(c) => None,
            _ => Some(canonical(c)),
        };
        if let Some(kept) = kept {
            marks = if unicode_normalization::char::is_combining_mark(kept) { marks + 1 } else { 0 };
        }
        match kept.filter(|_| marks <= MAX_MARKS) {
            Some(kept) => {
                letter.end(&out, &mut note);
                letter.begin(if c.is_whitespace() { kept } else { c }, kept);
                out.push(kept);
            }
            None => letter.dropped.push(c),
        }
    }
    letter.end(&out, &mut note);
    out
}

/// The first character that can be joined with the one before it.
const FIRST_MARK: char = '\u{300}';

/// The character at the end of the cleaned text, which may be joined with marks that follow (NFC): what is told of it waits until it is whole.
#[derive(Default)]
struct Letter {
    /// As it came in and as it stands now; `None` before the first.
    now: Option<(char, char)>,
    /// What came after it and is not there any more: joined with it, or hidden.
    dropped: Vec<char>,
}

impl Letter {
    fn begin(&mut self, was: char, is: char) {
        self.now = Some((was, is));
    }

    /// Joins a mark with the letter at the end of `out`, where the two make one character.
    fn takes(&mut self, mark: char, out: &mut String) -> bool {
        let Some((was, is)) = self.now else { return false };
        let Some(whole) = unicode_normalization::char::compose(is, mark) else { return false };
        out.pop();
        out.push(whole);
        self.dropped.push(mark);
        self.now = Some((was, whole));
        true
    }

    /// Tells of the letter at the end of `out`, which gets no more marks.
    fn end(&mut self, out: &str, note: &mut impl FnMut(Cleaned)) {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        if let Some((was, is)) = self.now.filter(|(was, is)| was != is) {
            note(Cleaned { at: offset(out.len() - is.len_utf8()), was, is: Some(is) });
        }
        for was in self.dropped.drain(..) {
            note(Cleaned { at: offset(out.len()), was, is: None });
        }
    }
}

/// The character that stands for one of the doubles in Unicode (the Ångström sign is the letter Å), as NFC wants it.
fn canonical(c: char) -> char {
    let double = matches!(c, '\u{340}'..='\u{387}' | '\u{1f71}'..='\u{1fff}' | '\u{2000}' | '\u{2001}' | '\u{2126}'..='\u{212b}' | '\u{2329}' | '\u{232a}' | '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}');
    if !double {
        return c;
    }
    let mut form = std::iter::once(c).nfc();
    match (form.next(), form.next()) {
        (Some(same), None) => same,
        _ => c,
    }
}

/// [`clean`] for one line (titles, names of files, messages): every run of white space is one space, none at the ends.
#[must_use]
pub fn clean_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in clean(text).split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// True for a character that must not reach a terminal as it is: controls, and what hides or reorders others. A line break is one of them.
#[must_use]
pub fn is_harmful(c: char) -> bool {
    !matches!(c, ' '..='~') && (c.is_control() || is_hidden(c))
}

/// True for a character that a terminal, or whoever reads from one, could be led astray by: controls other than line feed and tab, what changes the
/// direction of writing, separators of lines and paragraphs, tags. Joiners stay: scripts and pictures need them.
#[must_use]
pub fn commands(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{e0000}'..='\u{e007f}' => true,
        _ => c.is_control(),
    }
}

/// The byte offset of the first character that [commands], if there is one. It asks for the first byte of a character before it decodes any: what is
/// printed passes here, and next to nothing of it can be one.
#[must_use]
pub fn find_command(text: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let rest = text.as_bytes().get(from..)?;
        from += rest.iter().position(|b| MAY_COMMAND[usize::from(*b)])?;
        let c = text.get(from..)?.chars().next()?;
        if commands(c) {
            return Some(from);
        }
        from += c.len_utf8();
    }
}

/// The bytes that a character can begin with which [commands].
const MAY_COMMAND: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = (byte < 0x20 && byte != 0x0a && byte != 0x09) || matches!(byte, 0x7f | 0xc2 | 0xd8 | 0xe2 | 0xf3);
        byte += 1;
    }
    table
};

fn joins(before: &str, after: Option<char>) -> bool {
    let visible = |c: char| !c.is_ascii() && !is_hidden(c);
    before.chars().next_back().is_some_and(visible) && after.is_some_and(visible)
}

/// Characters without a picture of their own that hide, join or reorder what stands around them.
fn is_hidden(c: char) -> bool {
    // Letters of most scripts, and the signs of typography.
    if c < '\u{ad}' || matches!(c, '\u{2010}'..='\u{2027}') {
        return false;
    }
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_are_shown_not_sent() {
        assert_eq!(clean("a\u{1b}[31mb\u{7}\0"), "a\u{fffd}[31mb\u{fffd}\u{fffd}");
        assert_eq!(clean("one\r\ntwo\rthree\u{2028}four\u{85}five"), "one\ntwo\nthree\nfour\nfive");
        assert_eq!(clean("a\tb"), "a b");
        assert_eq!(clean("it\u{92}s \u{93}so\u{94} \u{81}"), "it’s “so” \u{fffd}");
    }

    #[test]
    fn what_commands_is_found_by_its_first_byte() {
        for c in (0..=0x0010_ffff).filter_map(char::from_u32) {
            assert_eq!(find_command(c.encode_utf8(&mut [0; 4])), commands(c).then_some(0), "{c:?}");
        }
        assert_eq!(find_command("é“\u{9b}"), Some(5));
        assert_eq!(find_command("“plain” – text\n\twith é and 字"), None);
    }

    #[test]
    fn hidden_characters_go_and_joiners_of_scripts_stay() {
        assert_eq!(clean("pay\u{202e}lap\u{200b} \u{feff}co\u{ad}op\u{e0041}"), "paylap coop");
        assert_eq!(clean("👩\u{200d}🚀 a\u{200d}b"), "👩\u{200d}🚀 ab");
        assert_eq!(clean("शक्\u{200d}ति"), "शक्\u{200d}ति");
        assert_eq!(clean(&format!("e{}x", "\u{301}".repeat(50))), format!("\u{e9}{}x", "\u{301}".repeat(4)));
    }

    #[test]
    fn every_change_is_told() {
        let mut notes = Vec::new();
        assert_eq!(clean_noting("a\u{ad}b\r\n\u{1b}c\t", |n| notes.push(n)), "ab\n\u{fffd}c ");
        let hidden = Cleaned { at: 1, was: '\u{ad}', is: None };
        assert_eq!(notes, [hidden, Cleaned { at: 3, was: '\u{1b}', is: Some('\u{fffd}') }]);
    }

    #[test]
    fn letters_and_their_marks_are_one_character() {
        let mut notes = Vec::new();
        let text = "Jose\u{301} Vie\u{302}\u{323}t \u{212b}";
        assert_eq!(clean_noting(text, |n| notes.push(n)), "Jos\u{e9} Vi\u{ea}\u{323}t \u{c5}");
        let whole = Cleaned { at: 3, was: 'e', is: Some('\u{e9}') };
        assert_eq!(notes[..2], [whole, Cleaned { at: 5, was: '\u{301}', is: None }]);
        assert_eq!(clean("\u{1100}\u{1161}\u{11a8}"), "\u{ac01}");
        assert_eq!(clean("a\u{200b}\u{301}"), "\u{e1}");
    }

    #[test]
    fn cleaning_twice_changes_nothing() {
        let wild: String = (0u32..0x3000).chain(0xe0000..0xe0100).filter_map(char::from_u32).collect();
        let once = clean(&wild);
        assert_eq!(clean(&once), once);
        assert!(once.chars().all(|c| c == '\n' || !c.is_control()));
    }

    #[test]
    fn one_line() {
        assert_eq!(clean_line("  A \n\t title\u{1b} "), "A title\u{fffd}");
    }
}
