//! What the features know of each token by itself: its spelling in several grains, its shape, its word class and what the lexicon says.

use crate::analysis::Reading;
use crate::lexicon::names::{self, Entry};
use crate::text::{Token, TokenKind};

/// Letters of a word that are looked at; what lies beyond is no name.
const LONGEST: usize = 64;

/// One token, in hashes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// The spelling, quotation marks and dashes made one.
    pub exact: u32,
    /// The same in lower case, digits made one.
    pub lower: u32,
    /// Kinds of characters in order, runs cut at two: `Xxx`, `XX`, `dd`.
    pub shape: u32,
    /// The first one to four letters, in lower case.
    pub head: [u32; 4],
    /// The last one to four letters, in lower case.
    pub tail: [u32; 4],
    /// Word class and lexicon.
    pub entry: Entry,
    /// Case and surroundings, bits of the constants below.
    pub flags: u8,
}

/// Begins with a capital.
pub const CAPITAL: u8 = 1;
/// More than one letter, all of them capitals.
pub const UPPER: u8 = 2;
/// No white space before it.
pub const GLUED: u8 = 4;
/// A word, not a number or a mark.
pub const LETTERS: u8 = 8;
/// A web or mail address or a handle.
pub const ADDRESS: u8 = 16;

impl Word {
    /// True where all bits of `flags` are set.
    #[must_use]
    #[inline]
    pub fn is(&self, flags: u8) -> bool {
        self.flags & flags == flags
    }
}

impl Word {
    /// How the word is used, as its vector tells, and whether it has a capital here.
    #[must_use]
    #[inline]
    pub fn profile(&self) -> u32 {
        u32::from(self.entry.classes[3]) * 2 + u32::from(self.is(CAPITAL))
    }

    /// What its vector tells of the word after it.
    #[must_use]
    #[inline]
    pub fn follower(&self) -> u32 {
        self.entry.classes[4].into()
    }

    /// What its vector tells of the word before it.
    #[must_use]
    #[inline]
    pub fn leader(&self) -> u32 {
        self.entry.classes[5].into()
    }
}

/// A hash of up to two numbers that is spread over all 32 bits; `seed` keeps kinds of keys apart.
#[must_use]
#[inline]
pub fn key(seed: u32, a: u32, b: u32) -> u32 {
    let mut x = (u64::from(a) << 32 | u64::from(b)) ^ u64::from(seed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    x = (x ^ (x >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    (x >> 32) as u32
}

/// A hash of some letters (FNV-1a, folded).
#[must_use]
#[inline]
pub fn hash(letters: impl Iterator<Item = char>) -> u32 {
    let mut h = 0xcbf2_9ce4_8422_2325u64;
    for c in letters {
        h = (h ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3);
    }
    (h ^ (h >> 32)) as u32
}

/// The hash of lower-case letters, digits made one: the key of a word in the lexicon.
fn lower(letters: impl Iterator<Item = char>) -> u32 {
    hash(letters.map(|c| if c.is_ascii_digit() { '0' } else { c }))
}

/// All words of an article.
#[must_use]
pub fn words(reading: &Reading<'_>) -> Vec<Word> {
    let text = &reading.article.text;
    let mut letters = Vec::with_capacity(LONGEST);
    let mut end = 0;
    let word = |token: &Token| {
        let glued = token.span.start == end && end > 0;
        end = token.span.end;
        let word = read(token.of(text), token.kind, &mut letters);
        Word { flags: word.flags | if glued { GLUED } else { 0 }, ..word }
    };
    reading.tokens.iter().map(word).collect()
}

/// One word; `letters` is room for its lower-case letters.
fn read(text: &str, kind: TokenKind, letters: &mut Vec<char>) -> Word {
    let short = || text.chars().take(LONGEST);
    letters.clear();
    letters.extend(short().flat_map(char::to_lowercase).map(plain));
    let lower = lower(letters.iter().copied());
    let affix = |n: usize, from: &[char]| if letters.len() > n { hash(from.iter().copied()) } else { 0 };
    Word {
        exact: hash(short().map(plain)),
        lower,
        shape: shape(short()),
        head: [1, 2, 3, 4].map(|n| affix(n, &letters[..n.min(letters.len())])),
        tail: [1, 2, 3, 4].map(|n| affix(n, &letters[letters.len().saturating_sub(n)..])),
        entry: names::word(lower),
        flags: flags(short(), kind),
    }
}

/// One mark for the many that mean the same.
fn plain(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' | '`' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '–' | '—' | '−' => '-',
        other => other,
    }
}

fn shape(letters: impl Iterator<Item = char>) -> u32 {
    let mut last = [' '; 2];
    hash(letters.filter_map(move |c| {
        let kind = match c {
            c if c.is_uppercase() => 'X',
            c if c.is_alphabetic() => 'x',
            c if c.is_numeric() => 'd',
            c if c.is_ascii() => c,
            c => plain(c),
        };
        let run = last == [kind; 2];
        last = [last[1], kind];
        (!run).then_some(kind)
    }))
}

fn flags(letters: impl Iterator<Item = char> + Clone, kind: TokenKind) -> u8 {
    let capital = letters.clone().next().is_some_and(char::is_uppercase);
    let many = letters.clone().filter(|c| c.is_alphabetic()).nth(1).is_some();
    let upper = capital && many && !letters.clone().any(char::is_lowercase);
    let bit = |on: bool, flag: u8| if on { flag } else { 0 };
    bit(capital, CAPITAL) | bit(upper, UPPER) | bit(kind == TokenKind::Word, LETTERS) | bit(kind == TokenKind::Address, ADDRESS)
}
