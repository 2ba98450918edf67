//! Text in which Markdown (CommonMark, GitHub's tables and strikethrough, Pandoc's formulas) reads no sign.

/// Digits of the longest number that begins an item of a list (CommonMark 0.31, 5.2).
const DIGITS: usize = 9;

/// Bytes of the longest named character reference, `&CounterClockwiseContourIntegral;`, without its ampersand.
const REFERENCE: usize = 32;

/// `text` with a backslash before each sign that could mean something where it stands; prose stays as it is.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let table = text.contains('\n');
    for (n, line) in text.split('\n').enumerate() {
        if n > 0 {
            out.push('\n');
        }
        let line = Line::new(line, table);
        let mut before = ' ';
        for (at, c) in line.text.char_indices() {
            if line.means(at, c, before) {
                out.push('\\');
            }
            out.push(c);
            before = c;
        }
    }
    out
}

/// A line, with what is known of it before its signs are looked at.
struct Line<'a> {
    text: &'a str,
    /// Where its first sign stands behind white space.
    start: usize,
    /// Where the number of an item ends, if it begins with one.
    number: Option<usize>,
    /// Where the signs at its end begin that could close a heading.
    closing: usize,
    /// True where it may be a row of a table: a single line is none.
    table: bool,
}

impl<'a> Line<'a> {
    fn new(text: &'a str, table: bool) -> Self {
        let start = text.len() - text.trim_start().len();
        let digits = text.bytes().skip(start).take_while(u8::is_ascii_digit).count();
        let closing = text.trim_end().trim_end_matches('#').len();
        Self { text, start, number: (1..=DIGITS).contains(&digits).then_some(start + digits), closing, table }
    }

    /// True where the sign `c` at a byte of the line, behind `before`, could be read as markup.
    fn means(&self, at: usize, c: char, before: char) -> bool {
        let rest = self.text.get(at + c.len_utf8()..).unwrap_or_default();
        let next = rest.chars().next().unwrap_or(' ');
        let first = at == self.start;
        let apart = before.is_whitespace() && next.is_whitespace();
        match c {
            '\\' | '`' | '[' | ']' => true,
            '*' | '~' | '^' => first || rest.is_empty() || !apart,
            '_' => first || !(apart || before.is_alphanumeric() && next.is_alphanumeric()),
            '<' => next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'),
            '>' => first,
            '&' => is_reference(rest),
            '#' => first || at == self.closing && before.is_whitespace(),
            '|' => first || self.table,
            // "$5 and $10" are amounts.
            '$' => !apart && !next.is_ascii_digit(),
            '=' => first || before == '=' || next == '=',
            '+' => first && next.is_whitespace(),
            '-' => first && (next.is_whitespace() || next == '-'),
            '.' | ')' => self.number == Some(at) && next.is_whitespace(),
            _ => false,
        }
    }
}

/// True for what follows the ampersand of a character reference: `amp;`, `#8212;`.
fn is_reference(rest: &str) -> bool {
    let name = rest.bytes().take(REFERENCE).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    name > 0 && rest.as_bytes().get(name) == Some(&b';')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_inside_a_line_are_plain() {
        assert_eq!(
            escaped("*a* _b_ [c](d) <e> `f` \\g ~~h~~ ^i^ $j$"),
            "\\*a\\* \\_b\\_ \\[c\\](d) \\<e> \\`f\\` \\\\g \\~\\~h\\~\\~ \\^i\\^ \\$j\\$"
        );
        assert_eq!(escaped("&lt;b&gt; &#60;b"), "\\&lt;b\\&gt; \\&#60;b");
        assert_eq!(escaped("A Title ## and in C# ##"), "A Title ## and in C# \\##");
        assert_eq!(escaped("a ==b=="), "a \\=\\=b\\=\\=");
    }

    #[test]
    fn signs_that_begin_a_block_are_plain() {
        let lines =
            ["1986. A great year", "7) Some more", "+ one more", "- x", "---", "# x", "> x", "| a |", "===", "* x", "  - x", "~~~", "12."];
        let wanted = [
            "1986\\. A great year",
            "7\\) Some more",
            "\\+ one more",
            "\\- x",
            "\\---",
            "\\# x",
            "\\> x",
            "\\| a |",
            "\\=\\=\\=",
            "\\* x",
            "  \\- x",
            "\\~\\~\\~",
            "12\\.",
        ];
        assert_eq!(lines.map(escaped), wanted);
        assert_eq!(escaped("a | b\n--- | ---\n1. c"), "a \\| b\n\\--- \\| ---\n1\\. c");
    }

    #[test]
    fn prose_stays_as_it_is() {
        for prose in [
            "Łódź, “so” – it’s 3.5%!",
            "3.5 million, a well-known sum; 5 = 5, 3 < 4 and 4 > 3",
            "AT&T paid $5 and then $10, or US$5–$7, for No. 1 (item #1)",
            "-5 degrees, 5 * 3 and snake_case",
            "1234567890. Too long for an item",
            "Sport | The Daily",
            "+49 30 1234",
        ] {
            assert_eq!(escaped(prose), prose);
        }
    }
}
