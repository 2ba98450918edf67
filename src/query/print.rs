//! A query in words again: its shortest form, which reads back as the same query.

use super::{Age, Days, Field, Point, Query, Term, Words};
use std::fmt::{self, Display, Formatter, Write};

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => Ok(()),
            Self::Term(term) => term.fmt(f),
            Self::Not(inner) => {
                f.write_char('-')?;
                inside(inner, f, matches!(**inner, Self::And(_) | Self::Or(_) | Self::Not(_)))
            }
            Self::And(list) => between(list, " ", f, |q| matches!(q, Self::Or(_) | Self::And(_))),
            Self::Or(list) => between(list, " OR ", f, |q| matches!(q, Self::Or(_))),
        }
    }
}

fn between(list: &[Query], mark: &str, f: &mut Formatter<'_>, wrapped: impl Fn(&Query) -> bool) -> fmt::Result {
    for (n, query) in list.iter().enumerate() {
        if n > 0 {
            f.write_str(mark)?;
        }
        inside(query, f, wrapped(query))?;
    }
    Ok(())
}

fn inside(query: &Query, f: &mut Formatter<'_>, wrapped: bool) -> fmt::Result {
    if wrapped { write!(f, "({query})") } else { query.fmt(f) }
}

impl Display for Term {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words(field, words) | Self::Named(field, words) => {
                if *field != Field::Text {
                    write!(f, "{}:", field.name())?;
                }
                words.fmt(f)
            }
            Self::Label(field, label) => {
                write!(f, "{}:", field.name())?;
                value(label, f)
            }
            Self::When(days) => write!(f, "when:{days}"),
            Self::Published(days) => write!(f, "published:{days}"),
            Self::Newer(age) => write!(f, "newer:{age}"),
            Self::Older(age) => write!(f, "older:{age}"),
            Self::Is(state) => write!(f, "is:{}", state.name()),
        }
    }
}

impl Display for Words {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        value(&self.text, f)?;
        if self.prefix { f.write_char('*') } else { Ok(()) }
    }
}

/// A word, in quotation marks where it would otherwise be read as something else.
fn value(text: &str, f: &mut Formatter<'_>) -> fmt::Result {
    let plain = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '/' | '\'' | '’'))
        && !text.starts_with('-')
        // After a field's name that would be an address.
        && !text.starts_with("//")
        && !matches!(text, "OR" | "AND" | "NOT");
    if plain { f.write_str(text) } else { write!(f, "\"{}\"", text.replace(super::lex::is_mark, " ").trim()) }
}

impl Display for Days {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => from.fmt(f),
            (from, to) => {
                from.map_or(Ok(()), |p| p.fmt(f))?;
                f.write_str("..")?;
                to.map_or(Ok(()), |p| p.fmt(f))
            }
        }
    }
}

impl Display for Point {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decade(year) => write!(f, "{year:04}s"),
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(day) => write!(f, "{day}"),
            Self::Today => f.write_str("today"),
            Self::Yesterday => f.write_str("yesterday"),
        }
    }
}

impl Display for Age {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hours(n) => write!(f, "{n}h"),
            Self::Days(n) => write!(f, "{n}d"),
            Self::Weeks(n) => write!(f, "{n}w"),
            Self::Months(n) => write!(f, "{n}m"),
            Self::Years(n) => write!(f, "{n}y"),
            Self::Since(point) => point.fmt(f),
        }
    }
}
