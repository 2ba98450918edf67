//! An article without its text: where it came from, its blocks and its dateline.

use super::Numbered;
use super::bytes::{Sink, Tape, fixed};
use crate::article::{Article, Block, BlockKind, Dateline, Link, LinkKind, Picture, PicturePlace};
use crate::text::{Cleaned, Span};
use jiff::civil::Date;

/// Everything of `article` but its text, title and number, which stand in columns of their own.
pub(crate) fn put_head(article: &Article) -> Vec<u8> {
    let Article {
        id,
        source,
        format,
        title: _,
        title_in_text,
        byline,
        site,
        url,
        published,
        language,
        text: _,
        blocks,
        links,
        pictures,
        dateline,
        problems,
        cleaned,
    } = article;
    let mut out = Sink::default();
    out.number(*id);
    out.text(source);
    out.text(format);
    out.byte(u8::from(*title_in_text));
    for words in [byline, site, url, language] {
        out.maybe(words.as_deref(), Sink::text);
    }
    out.maybe(*published, |o, day| o.signed(day_number(day)));
    let mut last = 0;
    out.list(blocks, |o, Block { span, kind }| {
        put_kind(o, *kind);
        o.span(*span, &mut last);
    });
    let mut last = 0;
    out.list(links, |o, Link { kind, url, span }| {
        o.byte(kind.number());
        o.text(url);
        o.span(*span, &mut last);
    });
    out.maybe(dateline.as_ref(), put_dateline);
    out.list(problems, |o, p| o.text(p));
    let mut last = 0;
    out.list(cleaned, |o, Cleaned { at, was, is }| {
        o.span(Span { start: *at, end: *at }, &mut last);
        o.number(u64::from(u32::from(*was)));
        o.maybe(*is, |o, c| o.number(u64::from(u32::from(c))));
    });
    out.list(pictures, put_picture);
    out.0
}

fn put_picture(out: &mut Sink, Picture { place, alt, at }: &Picture) {
    let (on_the_web, path) = match place {
        PicturePlace::Web(url) => (true, url),
        PicturePlace::Beside(path) => (false, path),
    };
    out.byte(u8::from(on_the_web));
    out.text(path);
    out.text(alt);
    out.number(u64::from(*at));
}

fn take_picture(tape: &mut Tape<'_>) -> Option<Picture> {
    let on_the_web = tape.byte()? == 1;
    let path = tape.string()?;
    let place = if on_the_web { PicturePlace::Web(path) } else { PicturePlace::Beside(path) };
    Some(Picture { place, alt: tape.string()?, at: tape.small()? })
}

/// 0 to 5 are kinds without a number; 6 and more an entry of a list with its number.
fn put_kind(out: &mut Sink, kind: BlockKind) {
    out.number(match kind {
        BlockKind::Paragraph => 0,
        BlockKind::Heading => 1,
        BlockKind::Quotation => 2,
        BlockKind::Caption => 3,
        BlockKind::Row => 4,
        BlockKind::Item(None) => 5,
        BlockKind::Item(Some(number)) => 6 + u64::from(number),
    });
}

fn take_kind(tape: &mut Tape<'_>) -> Option<BlockKind> {
    Some(match tape.number()? {
        0 => BlockKind::Paragraph,
        1 => BlockKind::Heading,
        2 => BlockKind::Quotation,
        3 => BlockKind::Caption,
        4 => BlockKind::Row,
        5 => BlockKind::Item(None),
        number => BlockKind::Item(Some(u16::try_from(number - 6).ok()?)),
    })
}

fn put_dateline(out: &mut Sink, dateline: &Dateline) {
    let Dateline { span, place, region, date, agency } = dateline;
    let mut last = 0;
    out.span(*span, &mut last);
    out.span(*place, &mut last);
    for part in [region, date, agency] {
        out.maybe(*part, |o, span| o.span(span, &mut last));
    }
}

/// What [`put_head`] made, with its text and title; `None` where the bytes are damaged.
pub(crate) fn take_head(bytes: &[u8], title: String, text: String) -> Option<Article> {
    let mut tape = Tape(bytes);
    let id = tape.number()?;
    let source = tape.string()?;
    let format = fixed(tape.text()?);
    let title_in_text = tape.byte()? == 1;
    let mut words = || tape.maybe(Tape::string);
    let (byline, site, url, language) = (words()?, words()?, words()?, words()?);
    let published = tape.maybe(|t| day_of(t.signed()?))?;
    let mut last = 0;
    let blocks = tape.list(|t| Some(Block { kind: take_kind(t)?, span: t.span(&mut last)? }))?;
    let mut last = 0;
    let links = tape.list(|t| Some(Link { kind: LinkKind::of(t.byte()?)?, url: t.string()?, span: t.span(&mut last)? }))?;
    let dateline = tape.maybe(take_dateline)?;
    let problems = tape.list(Tape::string)?;
    let mut last = 0;
    let letter = |t: &mut Tape<'_>| char::from_u32(t.small()?);
    let cleaned = tape.list(|t| Some(Cleaned { at: t.span(&mut last)?.start, was: letter(t)?, is: t.maybe(letter)? }))?;
    // Articles that came in before pictures were known end here.
    let pictures = if tape.0.is_empty() { Vec::new() } else { tape.list(take_picture)? };
    Some(Article {
        id,
        source,
        format,
        title,
        title_in_text,
        byline,
        site,
        url,
        published,
        language,
        text,
        blocks,
        links,
        pictures,
        dateline,
        problems,
        cleaned,
    })
}

fn take_dateline(tape: &mut Tape<'_>) -> Option<Dateline> {
    let mut last = 0;
    let (span, place) = (tape.span(&mut last)?, tape.span(&mut last)?);
    let mut part = || tape.maybe(|t| t.span(&mut last));
    Some(Dateline { span, place, region: part()?, date: part()?, agency: part()? })
}

/// Days since 1970-01-01.
pub(crate) fn day_number(day: Date) -> i64 {
    day.duration_since(jiff::civil::date(1970, 1, 1)).as_secs().div_euclid(86_400)
}

/// The day that lies so many days after 1970-01-01.
pub(crate) fn day_of(number: i64) -> Option<Date> {
    let days = jiff::Span::new().try_days(number).ok()?;
    jiff::civil::date(1970, 1, 1).checked_add(days).ok()
}
