//! Lines → paragraphs: each line of the result is one block.
//!
//! A line break in a file either parts paragraphs or only keeps lines short, as in mail. Which of the two it does shows in the lines themselves: a
//! line that was broken for its length has no room for the first word of the next.

use crate::text::{Span, width};

/// Hard-wrapped lines are no wider than this, in cells.
const WIDEST: usize = 100;

/// Hard-wrapped lines are at least this wide, in cells; narrower columns are verse, lists or tables.
const NARROWEST: usize = 50;

/// Bytes from which the way of a text's line breaks is learnt.
const SAMPLE: usize = 256 << 10;

/// Text whose lines are its blocks.
#[derive(Debug, Default)]
pub(super) struct Laid {
    /// The blocks, parted by single line breaks.
    pub(super) text: String,
    /// Where they stand.
    pub(super) paragraphs: Vec<Paragraph>,
}

/// One block and how it was set off in the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paragraph {
    /// Its line.
    pub(super) span: Span,
    /// True where a blank line, or the beginning of the file, stood before it.
    pub(super) blank_before: bool,
}

/// Parts `text` into paragraphs. Only white space changes: lines that were broken for their length are joined by one space, runs of spaces
/// become one (but for the columns of tables), blank lines go.
pub(super) fn lay_out(text: &str) -> Laid {
    let wrap = Wrap::of(&text[..text.floor_char_boundary(SAMPLE)]);
    let mut laid = Laid { text: String::with_capacity(text.len()), paragraphs: Vec::new() };
    let mut before: Option<Line<'_>> = None;
    let mut in_list = false;
    let mut blank = true;
    for line in text.split('\n').map(Line::new) {
        if line.body.is_empty() {
            blank = true;
            before = None;
            continue;
        }
        match (before, &wrap) {
            (Some(above), Some(wrap)) if wrap.joins(&above, &line, in_list) => laid.extend(line.body),
            _ => {
                in_list = is_item(line.body);
                laid.start(&line, blank);
            }
        }
        blank = false;
        before = Some(line);
    }
    laid
}

impl Laid {
    fn start(&mut self, line: &Line<'_>, blank_before: bool) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        if line.is_table_row() {
            self.text.push_str(line.body)
        } else {
            push_spaced(&mut self.text, line.body)
        }
        self.paragraphs.push(Paragraph { span: Span::new(start, self.text.len()), blank_before });
    }

    /// Adds a line to the last paragraph; scripts that write no spaces between words are joined without one.
    fn extend(&mut self, body: &str) {
        let unspaced = self.text.chars().next_back().is_some_and(is_unspaced) && body.starts_with(is_unspaced);
        if !unspaced {
            self.text.push(' ');
        }
        push_spaced(&mut self.text, body);
        if let Some(last) = self.paragraphs.last_mut() {
            last.span = Span::new(last.span.start as usize, self.text.len());
        }
    }
}

/// Adds `line` with single spaces between its words; no-break spaces stay.
fn push_spaced(out: &mut String, line: &str) {
    for (n, part) in line.split(' ').filter(|p| !p.is_empty()).enumerate() {
        if n > 0 {
            out.push(' ');
        }
        out.push_str(part);
    }
}

/// A line of the file.
#[derive(Clone, Copy)]
struct Line<'a> {
    /// What is written on it.
    body: &'a str,
    /// Bytes of white space before that; nearly always spaces.
    indent: usize,
}

impl<'a> Line<'a> {
    fn new(line: &'a str) -> Self {
        Self { body: line.trim(), indent: line.len() - line.trim_start().len() }
    }

    /// Cells in all, `WIDEST + 1` for everything wider: a line of many bytes is not measured.
    fn width(&self) -> usize {
        let cells = if self.body.len() > WIDEST * 8 { WIDEST + 1 } else { self.indent + width(self.body) };
        cells.min(WIDEST + 1)
    }

    /// Columns set by runs of spaces or by bars.
    fn is_table_row(&self) -> bool {
        let bars = || self.body.len() > 1 && self.body.starts_with('|') && self.body.ends_with('|');
        self.body.len() <= WIDEST * 4 && (self.body.contains("   ") || bars())
    }

    /// Quoted mail and tables: their lines are never joined.
    fn stands_alone(&self) -> bool {
        self.body.starts_with('>') || self.is_table_row()
    }

    /// Cells of the first word, which would have to fit on the line above.
    fn first_word(&self) -> usize {
        match self.body.chars().next() {
            Some(c) if is_unspaced(c) => 2,
            _ => width(self.body.split(' ').next().unwrap_or("")),
        }
    }

    /// True where the line goes on with a sentence that the line `above` began.
    fn goes_on(&self, above: &Self) -> bool {
        match self.body.chars().find(|c| c.is_alphanumeric()) {
            Some(c) if c.is_lowercase() => true,
            Some(c) if c.is_uppercase() => false,
            _ => !super::ends_sentence(above.body),
        }
    }
}

/// How a text was broken into lines for their length.
struct Wrap {
    /// The width at which lines were broken, in cells.
    width: usize,
    /// The usual indentation; more of it opens a paragraph.
    indent: usize,
}

impl Wrap {
    /// `None` where line breaks part paragraphs.
    fn of(text: &str) -> Option<Self> {
        let (widths, indents) = Self::counts(text);
        let width = quantile(&widths, 9, 10)?;
        let wrap = Self { width, indent: quantile(&indents, 1, 2)? };
        ((NARROWEST..=WIDEST).contains(&width) && wrap.fits(text)).then_some(wrap)
    }

    /// How many lines have each width and each indentation, of the lines with a neighbour.
    fn counts(text: &str) -> ([usize; WIDEST + 2], [usize; WIDEST + 2]) {
        let (mut widths, mut indents) = ([0; WIDEST + 2], [0; WIDEST + 2]);
        let mut add = |line: &Line<'_>| {
            widths[line.width()] += 1;
            indents[line.indent.min(WIDEST)] += 1;
        };
        for (above, line, first) in neighbours(text) {
            if first {
                add(&above);
            }
            add(&line);
        }
        (widths, indents)
    }

    /// True where most lines are full, and sentences run on over their ends.
    fn fits(&self, text: &str) -> bool {
        let (mut all, mut full, mut running) = (0, 0, 0);
        for (above, line, _) in neighbours(text).filter(|(above, line, _)| may_join(above, line)) {
            all += 1;
            if self.is_full(&above, &line) {
                full += 1;
                running += usize::from(line.goes_on(&above));
            }
        }
        full * 2 >= all && running * 10 >= full * 4 && running > 0
    }

    /// True where the first word of `line` had no room on the line `above`.
    fn is_full(&self, above: &Line<'_>, line: &Line<'_>) -> bool {
        above.width() + 1 + line.first_word() > self.width
    }

    /// True where the break between two neighbouring lines only kept the line short.
    fn joins(&self, above: &Line<'_>, line: &Line<'_>, in_list: bool) -> bool {
        if !may_join(above, line) {
            return false;
        }
        if !in_list && line.indent > self.indent && line.indent > above.indent {
            return false;
        }
        let long = || above.width() * 10 >= self.width * 6;
        self.is_full(above, line) || line.body.starts_with(char::is_lowercase) && long()
    }
}

/// True unless one of two neighbouring lines is such that every break before or after it is meant.
fn may_join(above: &Line<'_>, line: &Line<'_>) -> bool {
    !above.stands_alone() && !line.stands_alone() && !is_item(line.body)
}

/// All pairs of neighbouring lines that are not blank; true with the first pair of each run.
fn neighbours(text: &str) -> impl Iterator<Item = (Line<'_>, Line<'_>, bool)> {
    let mut above: Option<Line<'_>> = None;
    let mut first = true;
    text.split('\n').map(Line::new).filter_map(move |line| {
        if line.body.is_empty() {
            above = None;
            first = true;
            return None;
        }
        above.replace(line).map(|a| (a, line, std::mem::replace(&mut first, false)))
    })
}

/// The smallest value that at least `part` of `whole` counted values do not exceed.
fn quantile(counts: &[usize], part: usize, whole: usize) -> Option<usize> {
    let total: usize = counts.iter().sum();
    let mut seen = 0;
    counts.iter().position(|n| {
        seen += n;
        *n > 0 && seen * whole >= total * part
    })
}

/// True for a line that opens an item of a list: a bullet, or a number or letter with a stop or bracket.
pub(super) fn is_item(line: &str) -> bool {
    if let Some(rest) = line.strip_prefix(['-', '*', '•', '·', '–', '—', '+', '▪', '‣', '◦']) {
        return rest.starts_with(' ');
    }
    let mark = line.strip_prefix('(').unwrap_or(line);
    let digits = mark.len() - mark.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let len = match digits {
        0 => usize::from(mark.starts_with(|c: char| c.is_ascii_lowercase())),
        1..=3 => digits,
        _ => 0,
    };
    len > 0 && mark.get(len..).and_then(|r| r.strip_prefix(['.', ')'])).is_some_and(|r| r.starts_with(' '))
}

/// Letters of scripts that part no words by spaces: Chinese, Japanese, Thai, Lao, Burmese, Khmer.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        let laid = lay_out(text);
        let by_span: Vec<String> = laid.paragraphs.iter().map(|p| p.span.of(&laid.text).to_owned()).collect();
        let by_line: Vec<&str> = laid.text.split('\n').filter(|l| !l.is_empty()).collect();
        assert_eq!(by_span, by_line);
        let solid = |s: &str| s.split_whitespace().collect::<String>();
        assert_eq!(solid(&laid.text), solid(text), "only white space may change");
        by_span
    }

    #[test]
    fn one_line_one_paragraph() {
        assert_eq!(lines("One  two \nThree.\n\n\nFour\n"), ["One two", "Three.", "Four"]);
        assert!(lines("").is_empty());
        assert!(lines(" \n\n \n").is_empty());
    }

    #[test]
    fn mail_is_joined_and_lists_and_verse_are_kept() {
        let text = "The council met on Tuesday to decide about the new bridge over the\nriver, which was closed after the flood, and about a toll that many of\nthe traders oppose.\n\n- one bridge\n- two ferries that would have to run all through the night as long\n  as the bridge is closed\n\nRoses are red,\nviolets are blue.\n";
        assert_eq!(lines(text).len(), 5);
        assert!(lines(text)[0].contains("over the river, which"));
        assert!(lines(text)[2].ends_with("as long as the bridge is closed"));
    }

    #[test]
    fn indentation_opens_a_paragraph() {
        let text = "    The harbour was closed at noon, and all boats were sent back to the\nislands, where they had come from in the morning with the whole of their\ncatch.\n    Nobody could say when the ships would be let in again, but the captain\nof the port hoped for the weekend.\n";
        assert_eq!(lines(text).len(), 2);
    }

    #[test]
    fn scripts_without_spaces_are_joined_without_one() {
        let line = "日本の首都である東京では昨日大きな会議が開かれ多くの人々が参加した";
        let text = format!("{line}\n{line}\n{line}\n");
        assert_eq!(lines(&text), [line.repeat(3)]);
    }

    #[test]
    fn huge_input_is_linear() {
        assert_eq!(lines(&"word ".repeat(100_000)).len(), 1);
        assert_eq!(lines(&"a\n".repeat(100_000)).len(), 100_000);
        assert_eq!(lines(&format!("{}\n", "word ".repeat(14)).repeat(10_000)).len(), 1);
    }
}
