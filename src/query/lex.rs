//! The tokens of a query, each with its place.

use super::{Field, Problem};
use crate::locale::tr;
use crate::text::Span;

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A bare word; true where a star follows it.
    Word(String, bool),
    /// Words in quotation marks; true where a star follows them.
    Quoted(String, bool),
    /// A field's name with its colon.
    Field(Field),
    /// `-` before something, or `NOT`.
    Not,
    /// `OR` or `|`.
    Or,
    /// `AND`.
    And,
    /// `(`
    Open,
    /// `)`
    Close,
}

/// A token and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) piece: Piece,
    pub(super) span: Span,
}

/// True for what opens or closes a quotation: programs that write letters turn `"` into one of the others.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

/// The tokens of `text`, in order.
///
/// # Errors
/// A quotation without an end, and a field that does not exist.
pub(super) fn lex(text: &str) -> Result<Vec<Token>, Problem> {
    let mut out: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let start = at;
        let simple = match c {
            c if c.is_whitespace() => {
                at += c.len_utf8();
                continue;
            }
            '(' => Some(Piece::Open),
            ')' => Some(Piece::Close),
            '|' => Some(Piece::Or),
            '-' | '!' if begins(&text[at + 1..]) => Some(Piece::Not),
            _ => None,
        };
        let piece = match simple {
            Some(piece) => {
                at += 1;
                piece
            }
            None if is_mark(c) => quoted(text, &mut at)?,
            None => word(text, &mut at, matches!(out.last(), Some(Token { piece: Piece::Field(_), span }) if span.end as usize == start))?,
        };
        out.push(Token { piece, span: Span::new(start, at) });
    }
    Ok(out)
}

/// True where something follows that a minus can turn round.
fn begins(rest: &str) -> bool {
    rest.chars().next().is_some_and(|c| !c.is_whitespace() && !matches!(c, ')' | '|' | '-'))
}

/// A quotation that begins at `at`; the mark that closes it need not be of the kind that opened it.
fn quoted(text: &str, at: &mut usize) -> Result<Piece, Problem> {
    let open = *at;
    let first = open + text[open..].chars().next().map_or(1, char::len_utf8);
    let Some((end, mark)) = text[first..].char_indices().find(|(_, c)| is_mark(*c)) else {
        return Err(Problem::new(Span::new(open, text.len()), tr!("the quotation marks are not closed"), tr!("write \" at its end")));
    };
    *at = first + end + mark.len_utf8();
    let star = star(text, at);
    Ok(Piece::Quoted(text[first..first + end].trim().to_owned(), star))
}

/// Takes the star at `at`, if there is one.
fn star(text: &str, at: &mut usize) -> bool {
    let star = text[*at..].starts_with('*');
    *at += usize::from(star);
    star
}

/// A word, an operator or a field's name; after a field's name (`value`) it is a word whatever it says.
fn word(text: &str, at: &mut usize, value: bool) -> Result<Piece, Problem> {
    let start = *at;
    let rest = &text[start..];
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '|') || is_mark(c)).unwrap_or(rest.len());
    let word = &rest[..end];
    if !value && let Some((name, after)) = word.split_once(':') {
        // Addresses and times of the clock have colons too.
        let named = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphabetic()) && !after.starts_with("//");
        if named {
            let span = Span::new(start, start + name.len());
            *at = start + name.len() + 1;
            return Field::find(name).map(Piece::Field).ok_or_else(|| unknown(name, span, word));
        }
    }
    *at = start + end;
    Ok(match word {
        "OR" if !value => Piece::Or,
        "AND" if !value => Piece::And,
        "NOT" if !value => Piece::Not,
        _ => match word.strip_suffix('*') {
            Some(stem) if !stem.is_empty() => Piece::Word(stem.to_owned(), true),
            _ => Piece::Word(word.to_owned(), false),
        },
    })
}

fn unknown(name: &str, span: Span, word: &str) -> Problem {
    let wanted = name.to_ascii_lowercase();
    let close = |near: &str| strsim::damerau_levenshtein(near, &wanted) <= near.len().min(wanted.len()) / 2;
    let alike = |near: &str| strsim::jaro_winkler(near, &wanted);
    let near = super::FIELDS.iter().map(|row| row.name).filter(|near| close(near)).max_by(|a, b| alike(a).total_cmp(&alike(b)));
    let hint = match near {
        Some(near) => tr!("did you mean {near}:? To look for the words, write \"{word}\"", near, word),
        None => tr!("fields are {list}; to look for the words, write \"{word}\"", list = list(), word),
    };
    Problem::new(span, tr!("there is no field '{name}'", name), hint)
}

fn list() -> String {
    super::FIELDS.iter().map(|row| row.name).collect::<Vec<_>>().join(", ")
}
