//! The clause that a time expression belongs to, cut out of its sentence.
//!
//! No parser: a sentence is cut where a conjunction, a relative pronoun, an attribution, a semicolon or a dash begins a new clause. The cuts are
//! found once per sentence; each looks only a few tokens ahead.

use crate::lexicon::when::{Cue, is_cue};
use std::ops::Range;

/// How far a cut looks for its verb, in tokens.
const REACH: usize = 14;

/// The longest clause, in tokens on each side of its expression.
const LONGEST: usize = 60;

/// The longest rest of a noun phrase behind its date, in tokens.
const LONGEST_NOUN: usize = 5;

/// What begins at a cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Something of its own: after a semicolon, a dash, a bracket without its other half.
    Own,
    /// A bracket opens, which the token with this index closes.
    Opens(usize),
    /// A bracket closes, which the token with this index opened.
    Closes(usize),
    /// What somebody said.
    Content,
    /// "the military said", between commas or at the end.
    Attribution,
    /// A subordinate clause behind a comma or at the beginning.
    Subordinate,
    /// A subordinate clause that follows without a comma.
    Tied,
    /// A further main clause.
    Further,
    /// A relative clause or a participle behind a comma.
    Relative,
}

#[derive(Clone, Copy, Debug)]
struct Cut {
    kind: Kind,
    /// Where the clause before ends.
    end: usize,
    /// Where the new clause begins, without its conjunction.
    start: usize,
}

/// A sentence with its cuts.
pub(super) struct Clauses<'w> {
    words: &'w [&'w str],
    cuts: Vec<Cut>,
    first_comma: Option<usize>,
    /// Brackets that have both halves: each half with the other, in order.
    brackets: Vec<(usize, usize)>,
}

impl<'w> Clauses<'w> {
    /// Finds the cuts of a sentence.
    pub(super) fn new(words: &'w [&'w str]) -> Self {
        let first_comma = words.iter().position(|w| *w == ",");
        let mut clauses = Self { words, cuts: Vec::new(), first_comma, brackets: brackets(words) };
        let mut has_verb = false;
        for (i, word) in words.iter().enumerate() {
            if let Some(cut) = clauses.cut(i, has_verb) {
                has_verb &= !matches!(cut.kind, Kind::Own | Kind::Content | Kind::Further);
                clauses.cuts.push(cut);
            }
            has_verb |= is_verb(word);
        }
        clauses
    }

    /// The clauses that the expression at `at` dates, each without what only leads up to it; usually one.
    pub(super) fn of(&self, at: &Range<usize>, later_times: &[usize]) -> Vec<Range<usize>> {
        if let Some(noun) = self.possessed(at).or_else(|| self.attribute(at)) {
            return vec![noun];
        }
        let (mut start, by) = self.start(at.start);
        let end = self.end(at.end, by, later_times);
        let mut out = Vec::new();
        if let Some(Cut { kind: Kind::Tied, end: tied, .. }) = by
            && !self.has_verb(start..end)
        {
            // "took power after the death in 2013 of …": the noun phrase is one event, what followed it another.
            let main = self.start(tied.saturating_sub(1)).0;
            if start + 1 < at.start && self.word(tied).eq_ignore_ascii_case("after") {
                out.push(self.trimmed(main..tied, at.start));
            } else {
                start = main;
            }
        }
        out.push(self.trimmed(start..end, at.start));
        out.retain(|r| !r.is_empty());
        out
    }

    /// The clause behind "after" or "before" at `i`: what a length of time is measured from.
    pub(super) fn measured_from(&self, i: usize) -> Option<Range<usize>> {
        let tied = matches!(self.word(i), "after" | "before");
        let end = self.end(i + 1, None, &[]);
        (tied && self.has_verb(i + 1..end)).then(|| self.trimmed(i + 1..end, i + 1))
    }

    fn word(&self, i: usize) -> &'w str {
        self.words.get(i).copied().unwrap_or("")
    }

    /// True where a verb stands within the reach of a clause.
    pub(super) fn has_verb(&self, clause: Range<usize>) -> bool {
        let end = clause.end.min(clause.start + 2 * LONGEST);
        self.words.get(clause.start..end).is_some_and(|words| words.iter().any(|w| is_verb(w)))
    }

    fn is_comma(&self, i: usize) -> bool {
        self.word(i) == ","
    }

    /// "Wednesday's protests" dates a noun and not the clause around it.
    fn possessed(&self, at: &Range<usize>) -> Option<Range<usize>> {
        let clitic = matches!(self.word(at.end), "'s" | "’s");
        let end = self.noun_end(at.end + 1);
        (clitic && end > at.end + 1).then_some(at.start..end)
    }

    /// "the 2008 primaries", "his November visit": so does an expression between a determiner and a noun.
    fn attribute(&self, at: &Range<usize>) -> Option<Range<usize>> {
        let first = at.start.checked_sub(1)?;
        let end = self.noun_end(at.end);
        let determined = is_cue(self.word(first), Cue::Determiner);
        (determined && end > at.end && !is_cue(self.word(at.end), Cue::NoNoun)).then(|| {
            let clitic = !self.word(first).starts_with(char::is_alphabetic);
            if clitic { at.start..end } else { first..end }
        })
    }

    /// The end of the noun phrase whose inside begins at `i`.
    fn noun_end(&self, i: usize) -> usize {
        let inside = |word: &str| word.starts_with(char::is_alphanumeric) && !is_cue(word, Cue::ClosesNoun) && !is_verb(word);
        (i..i + LONGEST_NOUN).find(|n| !inside(self.word(*n))).unwrap_or(i + LONGEST_NOUN)
    }

    /// The cut at the token `i`, if one is there.
    fn cut(&self, i: usize, has_verb: bool) -> Option<Cut> {
        let word = self.word(i);
        let at = |kind, end, start| Some(Cut { kind, end, start });
        match word {
            "(" | ")" | "[" | "]" => return at(self.bracket(i), i, i + 1),
            ";" | "—" => return at(Kind::Own, i, i + 1),
            "-" | "–" if self.word(i + 1) == word => return at(Kind::Own, i, i + 2),
            ":" => return at(Kind::Own, i, i + 1),
            "," => return self.comma_cut(i, has_verb),
            _ => {}
        }
        let first = i == 0 || i == 1 && !self.word(0).starts_with(char::is_alphanumeric);
        if first && is_cue(word, Cue::Subordinator) {
            return at(Kind::Subordinate, i, i + 1);
        }
        if i > 0 && !self.is_comma(i - 1) && word.starts_with(char::is_lowercase) && is_cue(word, Cue::Subordinator) {
            return at(Kind::Tied, i, i + 1);
        }
        if is_cue(word, Cue::Saying) && begins_content(self.word(i + 1)) && (i > 0 && !self.is_comma(i - 1)) {
            return at(Kind::Content, i + 1, i + 1);
        }
        let told = word == "that" && (1..=4).any(|n| i.checked_sub(n).is_some_and(|n| is_cue(self.word(n), Cue::Saying)));
        if told {
            return at(Kind::Content, i, i + 1);
        }
        let further = has_verb && matches!(word, "and" | "but") && matches!(self.word(i + 1), "he" | "she" | "they" | "it" | "that");
        if further { at(Kind::Further, i, i + 1) } else { None }
    }

    /// What the bracket at `i` is.
    fn bracket(&self, i: usize) -> Kind {
        let other = self.brackets.binary_search_by_key(&i, |b| b.0).ok().and_then(|n| self.brackets.get(n)).map(|b| b.1);
        match other {
            Some(close) if close > i => Kind::Opens(close),
            Some(open) => Kind::Closes(open),
            None => Kind::Own,
        }
    }

    /// What begins behind the comma at `i`.
    fn comma_cut(&self, i: usize, has_verb: bool) -> Option<Cut> {
        let next = self.word(i + 1);
        let after = |kind, skip| Some(Cut { kind, end: i, start: i + 1 + skip });
        if is_cue(next, Cue::Subordinator) {
            return after(Kind::Subordinate, 1);
        }
        if matches!(next, "which" | "who" | "whose" | "whom" | "where" | "including" | "according") {
            return after(if next == "according" { Kind::Attribution } else { Kind::Relative }, 0);
        }
        if self.attributes(i + 1) {
            return after(Kind::Attribution, 0);
        }
        if matches!(next, "and" | "but" | "or" | "so" | "yet" | "while" | "nor") {
            let verb = (i + 2..i + 2 + REACH).take_while(|n| !self.is_comma(*n)).any(|n| is_finite(self.word(n)));
            return if has_verb && verb { after(Kind::Further, 1) } else { None };
        }
        let participle = next.len() > 5 && next.ends_with("ing") && next.starts_with(char::is_lowercase);
        if participle { after(Kind::Relative, 0) } else { None }
    }

    /// True where "the military said" or "said Ms. X" begins at `i`.
    fn attributes(&self, i: usize) -> bool {
        if is_cue(self.word(i), Cue::Saying) {
            return true;
        }
        for n in i..i + 9 {
            let word = self.word(n);
            if is_cue(word, Cue::Saying) {
                // "the military said the soldiers …" goes on with the content: no attribution but a clause.
                return matches!(self.word(n + 1), "," | "." | "" | "”" | "in" | "on" | "at" | "to" | "during" | "through" | "later")
                    || n + 1 >= self.words.len()
                    || self.word(n + 1).ends_with("day");
            }
            if !word.starts_with(char::is_alphanumeric) && !matches!(word, "'s" | "’s" | "-") || is_verb(word) {
                return false;
            }
        }
        false
    }

    /// Where the clause around the token `at` begins, and the cut that begins it.
    fn start(&self, at: usize) -> (usize, Option<Cut>) {
        let before = self.cuts.partition_point(|c| c.start <= at);
        // What stands in brackets beside the expression is passed over.
        let mut outside = usize::MAX;
        for cut in self.cuts[..before].iter().rev().take(24) {
            if cut.end >= outside {
                continue;
            }
            let closed = (cut.start..at).rev().take(LONGEST).any(|n| self.is_comma(n));
            match cut.kind {
                Kind::Closes(open) => outside = open,
                Kind::Own | Kind::Opens(_) | Kind::Content | Kind::Further | Kind::Tied => return (cut.start, Some(*cut)),
                Kind::Subordinate if closed && cut.end == cut.start - 1 && !self.is_comma(cut.end) => {
                    let comma = self.first_comma.filter(|comma| *comma < at);
                    return (comma.map_or(cut.start, |comma| comma + 1), None);
                }
                Kind::Subordinate if closed => {}
                Kind::Subordinate => return (cut.start, Some(*cut)),
                Kind::Relative | Kind::Attribution => {}
            }
        }
        (0, None)
    }

    /// Where the clause around the token before `at` ends. It stops before other times of what was said.
    fn end(&self, at: usize, by: Option<Cut>, later_times: &[usize]) -> usize {
        let leads = by.is_some_and(|c| c.kind == Kind::Subordinate);
        let comma = || (at..self.words.len().min(at + LONGEST)).find(|n| self.is_comma(*n));
        if leads && let Some(comma) = comma() {
            return comma;
        }
        let from = self.cuts.partition_point(|c| c.end < at);
        let mut outside = 0;
        for cut in self.cuts[from..].iter().take(24) {
            match cut.kind {
                _ if cut.end < outside => {}
                Kind::Opens(close) => outside = close + 1,
                Kind::Tied => {}
                Kind::Content if later_times.last().is_none_or(|t| *t < cut.start) => {}
                _ => return cut.end,
            }
        }
        self.words.len()
    }

    /// Without conjunctions and marks at the ends, without half a quotation, and not longer than a screen can show.
    fn trimmed(&self, clause: Range<usize>, at: usize) -> Range<usize> {
        let mut start = clause.start.max(at.saturating_sub(LONGEST));
        let mut end = clause.end.min(at + LONGEST).min(self.words.len());
        let quotes: Vec<usize> = (start..end).filter(|n| matches!(self.word(*n), "\"" | "“" | "”" | "``" | "''")).collect();
        if quotes.len() % 2 == 1 {
            for quote in quotes {
                if quote < at {
                    start = start.max(quote + 1);
                } else {
                    end = end.min(quote);
                }
            }
        }
        let leads = |w: &str| matches!(w, "and" | "but" | "or" | "so" | "yet" | "that" | "And" | "But" | "Yet" | "So" | "also");
        let mark = |w: &str| !w.starts_with(char::is_alphanumeric);
        while start < end && (leads(self.word(start)) || mark(self.word(start)) && !matches!(self.word(start), "“" | "\"" | "$" | "'")) {
            start += 1;
        }
        while start < end && matches!(self.word(end - 1), "." | "," | ";" | ":" | "—" | "-" | "–" | "and" | "but" | "that" | "!" | "?")
        {
            end -= 1;
        }
        start..end
    }
}

/// The brackets of a sentence that have both halves.
fn brackets(words: &[&str]) -> Vec<(usize, usize)> {
    let (mut open, mut pairs) = (Vec::new(), Vec::new());
    for (i, word) in words.iter().enumerate() {
        match *word {
            "(" | "[" => open.push(i),
            ")" | "]" => {
                let fits = |o: &usize| (words[*o] == "(") == (*word == ")");
                if let Some(o) = open.pop_if(|o| fits(o)) {
                    pairs.extend([(o, i), (i, o)]);
                }
            }
            _ => {}
        }
    }
    pairs.sort_unstable();
    pairs
}

/// True where a word can begin the subject of what is said, right behind the verb.
fn begins_content(word: &str) -> bool {
    word.starts_with(char::is_lowercase) && !word.ends_with("ly") && !is_cue(word, Cue::NoSubject)
}

/// True for words that can only be a finite verb.
fn is_finite(word: &str) -> bool {
    let regular = word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed");
    word.starts_with(char::is_lowercase) && (regular || is_cue(word, Cue::Finite))
}

/// True for words that can only be a form of a verb that stands in a finite clause.
pub(super) fn is_verb(word: &str) -> bool {
    is_finite(word) || matches!(word, "been" | "be" | "n't")
}
