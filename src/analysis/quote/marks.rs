//! Quotation marks paired within a block of text.

use crate::article::Block;
use crate::text::Span;

/// Words between two quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::analysis) struct Segment {
    /// The words with their marks.
    pub(in crate::analysis) span: Span,
    /// False where the closing mark is missing: the words go on in the next block, or the writer forgot it.
    pub(in crate::analysis) closed: bool,
    /// The last character within the marks.
    pub(in crate::analysis) last: char,
    /// The words within, counted by white space.
    pub(in crate::analysis) words: u32,
    /// True where all long words within begin with a capital, as in the title of a work or programme.
    pub(in crate::analysis) titled: bool,
    /// True for words that go on from the block before and only close here.
    pub(in crate::analysis) continues: bool,
}

/// The outermost pairs of quotation marks in all `blocks`, in order, each within one block.
///
/// Marks inside a pair belong to it, so “a ‘b’ c” is one segment. A pair around no letter or digit is none. Linear in the length of the text.
pub(in crate::analysis) fn pair(text: &str, blocks: &[Block]) -> Vec<Segment> {
    let mut out = Vec::new();
    let mut open = false;
    for block in blocks {
        let line = block.span.of(text);
        let from = if open { continuation(line).unwrap_or(0) } else { 0 };
        let mut line = Line { text: line, offset: block.span.start as usize, out: &mut out };
        if from > 0 {
            line.push(0, from, true, true);
        }
        open = line.pair(from);
    }
    out
}

/// Where the words that go on from the block before close: behind a closing mark before any other one.
fn continuation(line: &str) -> Option<usize> {
    let at = line.find(['"', '“', '”', '„', '«', '»'])?;
    let mark = line[at..].chars().next()?;
    let end = at + mark.len_utf8();
    let hangs = mark == '"' && !line[end..].starts_with(char::is_alphanumeric);
    (matches!(mark, '”' | '»') || hangs).then_some(end).filter(|_| at > 0)
}

/// A block whose marks are paired.
struct Line<'a> {
    text: &'a str,
    offset: usize,
    out: &'a mut Vec<Segment>,
}

/// The kind of mark that is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    /// “ „ « or ".
    Double,
    /// ‘ ' or ‹.
    Single,
    /// » before «, as printed in German.
    Reversed,
}

/// A pair that is open: its kind and where it begins.
type Opened = Option<(Open, usize)>;

impl Line<'_> {
    /// Pairs the marks from byte `from` on; true where a pair stays open.
    fn pair(&mut self, from: usize) -> bool {
        let line = self.text;
        let mut open: Opened = None;
        let mut closing = None;
        let mut singles = Singles::default();
        let mut next = from;
        while let Some((at, mark)) = next_mark(line, next) {
            // ''Two apostrophes'' and ``two accents'' are one mark.
            let doubled = matches!(mark, '\'' | '`') && line[at + 1..].starts_with(mark);
            let mark = if doubled { '"' } else { mark };
            let end = at + if doubled { 2 } else { mark.len_utf8() };
            next = end;
            let before = line[..at].chars().next_back().unwrap_or(' ');
            let after = || line[end..].chars().next().unwrap_or(' ');
            let closes = match (mark, open) {
                ('“' | '„' | '«', None) => {
                    open = Some((Open::Double, at));
                    false
                }
                ('»', None) if before.is_whitespace() && after().is_alphanumeric() => {
                    open = Some((Open::Reversed, at));
                    false
                }
                ('«', Some((Open::Reversed, _))) => true,
                ('"', None) => {
                    open = opens_straight(before, after()).then_some((Open::Double, at));
                    false
                }
                ('”' | '»' | '"', Some((Open::Double, _))) => true,
                // A second opening mark that hangs at the end of a word closes: „so“ in German, by mistake in English.
                ('“', Some((Open::Double, start))) => {
                    at > start + mark.len_utf8() && !before.is_whitespace() && !after().is_alphanumeric()
                }
                ('‘' | '\'' | '‹', None) if opens_single(before, after()) => {
                    closing = singles.close(line, end);
                    open = closing.map(|_| (Open::Single, at));
                    false
                }
                ('’' | '\'' | '›', Some((Open::Single, _))) => closing == Some(at),
                _ => false,
            };
            if let (true, Some((_, start))) = (closes, open) {
                self.push(start, end, true, false);
                open = None;
            }
        }
        let Some((Open::Double, start)) = open else { return false };
        self.push(start, line.len(), false, false);
        true
    }

    /// Adds the pair from byte `start` to `end`, unless nothing is said in it.
    fn push(&mut self, start: usize, end: usize, closed: bool, continues: bool) {
        let inner = self.text[start..end].trim_matches(|c: char| is_mark(c) || c.is_whitespace());
        if !inner.contains(char::is_alphanumeric) {
            return;
        }
        let words = u32::try_from(inner.split_whitespace().count()).unwrap_or(u32::MAX);
        let last = inner.chars().next_back().unwrap_or(' ');
        let titled = words <= TITLE && inner.split_whitespace().all(|w| w.len() < 4 || w.starts_with(|c: char| !c.is_lowercase()));
        let titled = titled && inner.starts_with(char::is_uppercase) && !matches!(last, '!' | '?');
        let span = Span::new(self.offset + start, self.offset + end);
        self.out.push(Segment { span, closed, last, words, titled, continues });
    }
}

/// The next quotation mark or apostrophe from byte `from` on. Looks at bytes, for most of a text is neither.
fn next_mark(line: &str, mut from: usize) -> Option<(usize, char)> {
    loop {
        let at = from + line.as_bytes().get(from..)?.iter().position(|b| matches!(b, b'"' | b'\'' | b'`' | 0xc2 | 0xe2))?;
        let c = line.get(at..)?.chars().next()?;
        if is_mark(c) {
            return Some((at, c));
        }
        from = at + c.len_utf8();
    }
}

/// An inch mark, or a mark that hangs at the end of a word, opens nothing.
fn opens_straight(before: char, after: char) -> bool {
    let inch = before.is_ascii_digit() && !after.is_alphanumeric();
    !inch && (!after.is_whitespace() || before.is_whitespace())
}

fn opens_single(before: char, after: char) -> bool {
    (before.is_whitespace() || matches!(before, '(' | '[' | '—' | '–' | '-' | ':')) && after.is_alphabetic()
}

/// Finds closing single marks; remembers what it read so that a line of nothing but apostrophes is read only once.
#[derive(Default)]
struct Singles {
    /// The stretch that was read, and the mark found in it.
    known: Option<(usize, usize, Option<usize>)>,
}

/// Bytes beyond a doubtful mark in which a sure one is looked for.
const DOUBT: usize = 400;

impl Singles {
    /// Where the pair opened before byte `from` closes.
    ///
    /// A mark after a full stop, comma or the like closes surely; one after an s may be an apostrophe ("the soldiers’ plan") and closes
    /// only where no sure one follows soon and before the next opening mark.
    fn close(&mut self, line: &str, from: usize) -> Option<usize> {
        if let Some((start, until, answer)) = self.known
            && start <= from
            && answer.map_or(from < until, |at| from <= at)
        {
            return answer;
        }
        let (until, answer) = closing_single(line, from);
        self.known = Some((from, until, answer));
        answer
    }
}

/// How far the line was read from byte `from`, and the closing mark.
fn closing_single(line: &str, from: usize) -> (usize, Option<usize>) {
    let mut doubtful: Option<usize> = None;
    let mut before = ' ';
    let tail = line.get(from..).unwrap_or("");
    for (at, c) in tail.char_indices().map(|(at, c)| (from + at, c)) {
        if doubtful.is_some_and(|d| at > d + DOUBT) || c == '‘' && before.is_whitespace() {
            return (at, doubtful);
        }
        if matches!(c, '’' | '\'' | '›') && !before.is_whitespace() {
            let next = line[at + c.len_utf8()..].chars().next().unwrap_or(' ');
            let sure = before != 's' || c == '›' || matches!(next, '.' | ',' | ';' | ':' | ')');
            if !next.is_alphanumeric() {
                if sure {
                    return (at, Some(at));
                }
                doubtful = doubtful.or(Some(at));
            }
        }
        before = c;
    }
    (line.len(), doubtful)
}

/// Words that a title may have.
const TITLE: u32 = 6;

/// True for every quotation mark and apostrophe.
pub(in crate::analysis) fn is_mark(c: char) -> bool {
    matches!(c, '`' | '"' | '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '\'' | '‹' | '›' | '‚')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::BlockKind;

    fn split(text: &str) -> Vec<&str> {
        let blocks = [Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph }];
        pair(text, &blocks).iter().map(|s| s.span.of(text)).collect()
    }

    #[test]
    fn every_style_of_marks() {
        assert_eq!(split("“One,” he said, “two ‘three’ four.”"), ["“One,”", "“two ‘three’ four.”"]);
        assert_eq!(split("\"One,\" he said. \"Two.\""), ["\"One,\"", "\"Two.\""]);
        assert_eq!(split("«Un» et „zwei” oder ‘three’."), ["«Un»", "„zwei”", "‘three’"]);
        assert_eq!(split("„Eins“, sagte er. »Zwei«, auch."), ["„Eins“", "»Zwei«"]);
        assert_eq!(split("He said ‘the soldiers’ plan failed,’ and left"), ["‘the soldiers’ plan failed,’"]);
        assert_eq!(split("'It won't do,' she said"), ["'It won't do,'"]);
        assert_eq!(split("''One,'' he said. ``Two.''"), ["''One,''", "``Two.''"]);
        assert_eq!(split("“One,“ he said. “Two.”"), ["“One,“", "“Two.”"]);
    }

    #[test]
    fn apostrophes_and_inches_are_no_quotations() {
        assert!(split("The soldiers’ plan and the '90s and Bob's dog").is_empty());
        assert!(split("a 12\" pipe").is_empty());
        assert!(split("\"\" “” '").is_empty());
    }

    #[test]
    fn a_missing_mark_ends_with_the_block() {
        assert_eq!(split("“We go on"), ["“We go on"]);
        assert!(split("go on” he said").is_empty());
    }

    #[test]
    fn words_go_on_over_a_line_break() {
        let text = "“We go on.\nAnd on,” he said.\nAnd “on.”";
        let breaks = text.match_indices('\n').map(|(at, _)| at).chain([text.len()]);
        let mut from = 0;
        let blocks: Vec<Block> = breaks
            .map(|end| {
                let span = Span::new(from, end);
                from = end + 1;
                Block { span, kind: BlockKind::Paragraph }
            })
            .collect();
        let found: Vec<_> = pair(text, &blocks).iter().map(|s| (s.span.of(text), s.closed, s.continues)).collect();
        assert_eq!(found, [("“We go on.", false, false), ("And on,”", true, true), ("“on.”", true, false)]);
    }

    #[test]
    fn marks_without_end_stay_linear() {
        for unit in ["\"", "'", "‘", "’", "“", " 'a", " ‘as’s", "“a”", "' ", " 's"] {
            let _ = split(&unit.repeat(100_000));
        }
    }
}
