//! Tokens → the tree.

use super::lex::{Piece, Token, lex};
use super::time::{age, days};
use super::{Field, Problem, Query, State, Term, Words, join};
use crate::locale::tr;
use crate::text::Span;

/// How deep brackets may lie in brackets.
pub const MAX_DEPTH: usize = 50;

/// How many terms a query may have.
pub const MAX_TERMS: usize = 500;

/// Reads a query; an empty one asks for everything.
///
/// # Errors
/// The first thing in `text` that makes no sense, with its place.
pub fn parse(text: &str) -> Result<Query, Problem> {
    let tokens = lex(text)?;
    let mut parser = Parser { text, tokens: &tokens, at: 0, depth: 0, terms: 0 };
    let query = parser.either(Field::Text)?;
    match parser.peek() {
        None => Ok(query),
        Some(token) => Err(Problem::new(token.span, tr!("this bracket closes nothing"), tr!("take it away"))),
    }
}

struct Parser<'a> {
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
    depth: usize,
    terms: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.at)
    }

    fn next(&mut self) -> Option<&'a Token> {
        let token = self.tokens.get(self.at);
        self.at += 1;
        token
    }

    fn end(&self) -> Span {
        Span::new(self.text.len(), self.text.len())
    }

    /// Alternatives, parted by `OR`. `field` is what a bare word is about.
    fn either(&mut self, field: Field) -> Result<Query, Problem> {
        let mut parts = vec![self.both(field)?];
        while let Some(Token { piece: Piece::Or, span }) = self.peek() {
            self.at += 1;
            if matches!(self.peek(), None | Some(Token { piece: Piece::Close | Piece::Or, .. })) || self.at == 1 {
                return Err(Problem::new(*span, tr!("OR needs something on both sides"), tr!("to look for the word, write \"or\"")));
            }
            parts.push(self.both(field)?);
        }
        Ok(if parts.len() == 1 { parts.pop().unwrap_or_default() } else { join(parts, false) })
    }

    /// Terms side by side.
    fn both(&mut self, field: Field) -> Result<Query, Problem> {
        let mut parts = Vec::new();
        loop {
            match self.peek() {
                None | Some(Token { piece: Piece::Close, .. }) => break,
                Some(Token { piece: Piece::Or, span }) if parts.is_empty() => {
                    return Err(Problem::new(*span, tr!("OR needs something on both sides"), tr!("to look for the word, write \"or\"")));
                }
                Some(Token { piece: Piece::Or, .. }) => break,
                Some(Token { piece: Piece::And, .. }) => self.at += 1,
                Some(_) => parts.push(self.one(field)?),
            }
        }
        Ok(join(parts, true))
    }

    fn one(&mut self, field: Field) -> Result<Query, Problem> {
        let Some(token) = self.next() else { return Err(Problem::new(self.end(), tr!("something is missing here"), "")) };
        match &token.piece {
            Piece::Not => self.not(field, token.span),
            Piece::Open => self.group(field, token.span),
            Piece::Field(field) => self.value(*field, token.span),
            Piece::Word(text, star) | Piece::Quoted(text, star) => self.term(field, text, *star, token.span),
            Piece::Close | Piece::Or | Piece::And => Err(Problem::new(token.span, tr!("something is missing before this"), "")),
        }
    }

    fn not(&mut self, field: Field, span: Span) -> Result<Query, Problem> {
        match self.peek() {
            None | Some(Token { piece: Piece::Close | Piece::Or | Piece::And, .. }) => {
                Err(Problem::new(span, tr!("nothing follows that could be left out"), tr!("write the term right behind it: -sport")))
            }
            Some(_) => {
                self.enter(span)?;
                let inner = self.one(field)?;
                self.depth -= 1;
                Ok(match inner {
                    Query::Not(twice) => *twice,
                    other => Query::Not(Box::new(other)),
                })
            }
        }
    }

    fn group(&mut self, field: Field, span: Span) -> Result<Query, Problem> {
        self.enter(span)?;
        let inner = self.either(field)?;
        self.depth -= 1;
        match self.next() {
            Some(Token { piece: Piece::Close, span: end }) if inner == Query::All => {
                Err(Problem::new(span.join(*end), tr!("nothing stands in these brackets"), tr!("take them away")))
            }
            Some(Token { piece: Piece::Close, .. }) => Ok(inner),
            _ => Err(Problem::new(span, tr!("this bracket is not closed"), tr!("write ) where it ends"))),
        }
    }

    /// One level deeper.
    fn enter(&mut self, span: Span) -> Result<(), Problem> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            Err(Problem::new(span, tr!("brackets are too deep here"), tr!("write it in fewer levels")))
        } else {
            Ok(())
        }
    }

    /// What follows a field's colon: a word, a quotation, or a group of them.
    fn value(&mut self, field: Field, span: Span) -> Result<Query, Problem> {
        match self.peek() {
            // White space ends a field: `who: x` would otherwise mean something else than it looks like.
            Some(token) if token.span.start == span.end => match &token.piece {
                Piece::Open => {
                    self.at += 1;
                    self.group(field, token.span)
                }
                Piece::Word(text, star) | Piece::Quoted(text, star) => {
                    self.at += 1;
                    self.term(field, text, *star, token.span)
                }
                _ => Err(missing(field, span)),
            },
            _ => Err(missing(field, span)),
        }
    }

    fn term(&mut self, field: Field, text: &str, prefix: bool, span: Span) -> Result<Query, Problem> {
        self.terms += 1;
        if self.terms > MAX_TERMS {
            return Err(Problem::new(span, tr!("a query has at most {n} terms", n = MAX_TERMS), ""));
        }
        if !text.chars().any(char::is_alphanumeric) {
            return Err(Problem::new(span, tr!("there is no word in this"), ""));
        }
        term(field, text, prefix, span).map(Query::Term)
    }
}

fn missing(field: Field, span: Span) -> Problem {
    let example = super::FIELDS.iter().find(|row| row.field == field).map_or("", |row| row.example);
    Problem::new(span, tr!("nothing follows the colon"), tr!("write it without a space, as in {example}", example))
}

/// The term that `text` means in `field`.
fn term(field: Field, text: &str, prefix: bool, span: Span) -> Result<Term, Problem> {
    let words = || Words { text: text.to_owned(), prefix };
    Ok(match field {
        Field::Text | Field::Title | Field::Said | Field::By => Term::Words(field, words()),
        Field::Who | Field::Person | Field::Org | Field::Where => Term::Named(field, words()),
        Field::Source | Field::Feed | Field::Folder | Field::Tag | Field::Lang => Term::Label(field, text.to_owned()),
        Field::When => Term::When(days(text, span)?),
        Field::Published => Term::Published(days(text, span)?),
        Field::Newer => Term::Newer(age(text, span)?),
        Field::Older => Term::Older(age(text, span)?),
        Field::Is => Term::Is(state(text, span)?),
    })
}

fn state(text: &str, span: Span) -> Result<State, Problem> {
    let wanted = text.to_lowercase();
    let found = State::ALL.into_iter().find(|s| s.name() == wanted || s.name().trim_end_matches("red") == wanted);
    found.ok_or_else(|| Problem::new(span, tr!("no article is '{text}'", text), tr!("is:unread, is:read, is:starred or is:tagged")))
}
