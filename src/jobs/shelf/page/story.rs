//! The page of a story: who and where, its timeline, its articles with copies folded; and the page of what copies do not share.

use super::{FEW, ROWS, article, company, lead, part, row};
use crate::app::ArticleId;
use crate::app::page::{Lead, PageOf, PageRow, RowKind, Sheet};
use crate::app::page_day as day;
use crate::app::shelf::StoredKey;
use crate::app::timeline::{Item, Moments, Source, Whole};
use crate::article::Kind;
use crate::locale::{tr, trn};
use crate::notice::Notice;
use crate::store::{ArticleKey, Companion, Snapshot, Stored, Telling};
use std::sync::Arc;

/// Articles whose moments make the timeline of a story.
const READ: usize = 60;

/// The page of a story.
pub(super) fn story(snapshot: &Snapshot<'_>, key: i64) -> Result<Sheet, Notice> {
    let story = snapshot.story(key)?.ok_or_else(|| Notice::new(tr!("This story is not in the library any more")))?;
    let mut rows = Vec::new();
    let tellings = snapshot.tellings(key, 4 * ROWS)?;
    let read = read(snapshot, &tellings)?;
    let stored: Vec<&Stored> = read.iter().map(|(_, stored)| stored).collect();
    let (named, ties) = snapshot.company_of(&stored)?;
    for (heading, kinds) in [(tr!("Who"), &[Kind::Person, Kind::Organization][..]), (tr!("Where" in "card"), &[Kind::Place])] {
        part(&mut rows, heading, named.iter().filter(|c| kinds.contains(&c.kind)).take(FEW).map(name));
    }
    part(&mut rows, tr!("Moments"), moments(snapshot, &read)?);
    part(&mut rows, tr!("Articles"), articles(&tellings));
    let times: Vec<i64> = tellings.iter().rev().map(|t| t.row.cursor.at).collect();
    let articles = trn!(story.articles, "{n} article", "{n} articles");
    let sources = trn!(story.sources as u64, "{n} source", "{n} sources");
    let facts = format!("{} · {articles} · {sources} · {} – {}", tr!("story"), day(story.span.0), day(story.span.1));
    let company = company(&named, &ties);
    Ok(Sheet { title: story.headline.title, kind: None, facts, times: times.into(), rows, company })
}

/// Somebody or something of a story, with how many of its articles name it.
fn name(named: &Companion) -> PageRow {
    let lead = Some(Lead::Page(PageOf::Entity(named.key.0)));
    row(RowKind::Name(named.kind), format!("{}×", named.articles), named.name.clone(), String::new(), lead)
}

/// The latest articles of a story, in the order of time. A copy tells nothing that the first does not.
fn read<'a>(snapshot: &Snapshot<'_>, tellings: &'a [Telling]) -> Result<Vec<(&'a Telling, Stored)>, Notice> {
    let mut out = Vec::new();
    for telling in tellings.iter().filter(|t| t.copy_of.is_none()).take(READ) {
        out.extend(snapshot.open(telling.row.cursor.key)?.map(|stored| (telling, stored)));
    }
    out.reverse();
    Ok(out)
}

/// The story's articles; copies of one are a row below it.
fn articles(tellings: &[Telling]) -> Vec<PageRow> {
    let mut rows = Vec::new();
    // The first may be older than what is listed: then its copies stand for themselves.
    let listed = |key: Option<ArticleKey>| key.filter(|key| tellings.iter().any(|t| t.row.cursor.key == *key));
    for telling in tellings.iter().filter(|t| listed(t.copy_of).is_none()) {
        rows.push(article(telling.row.clone()));
        let key = telling.row.cursor.key;
        let copies: Vec<&str> = tellings.iter().filter(|t| t.copy_of == Some(key)).map(|t| t.row.site.as_deref().unwrap_or("–")).collect();
        if !copies.is_empty() {
            let count = trn!(copies.len(), "{n} copy", "{n} copies");
            let lead = Some(Lead::Page(PageOf::Copies(StoredKey(key.0))));
            rows.push(row(RowKind::Dim, String::new(), format!("{count}: {}", copies.join(", ")), tr!("what differs").to_owned(), lead));
        }
    }
    rows
}

/// The moments of a story's articles in order of the calendar; what several tell is one, with their number.
fn moments(snapshot: &Snapshot<'_>, read: &[(&Telling, Stored)]) -> Result<Vec<PageRow>, Notice> {
    let source = |(n, (telling, stored)): (u32, &(&Telling, Stored))| {
        let moments = Arc::new(Moments::of(&stored.analysed));
        Source { article: ArticleId(n), published: telling.row.published, moments }
    };
    let sources = (0..).zip(read).map(source).collect();
    let whole = Whole::new(sources, None);
    let several = |item: &Item| whole.count(item) > 1;
    let mut wanted: Vec<&Item> = whole.chronicle.dated().iter().filter(|i| !i.light || several(i)).collect();
    // Of many those that most tell, in order of the calendar again.
    wanted.sort_by_key(|i| std::cmp::Reverse(whole.count(i)));
    wanted.truncate(2 * FEW);
    wanted.sort_by_key(|i| i.interval.map(|i| (i.from, i.to)));
    let mut rows = Vec::new();
    for item in wanted {
        let (Some(told), Some(interval)) = (whole.told(item, 0), item.interval) else { continue };
        let telling = read.get(told.article.0 as usize).map(|(telling, _)| telling);
        let lead = telling.map(|t| lead(snapshot, t.row.cursor.key, Some(told.span))).transpose()?.flatten();
        let note = if several(item) { trn!(whole.count(item), "{n} source", "{n} sources") } else { String::new() };
        rows.push(row(RowKind::Moment, interval.begins(), told.clause.replace('\n', " "), note, lead));
    }
    Ok(rows)
}

/// What copies of an article have that it does not, and the other way round.
pub(super) fn copies(snapshot: &Snapshot<'_>, key: ArticleKey) -> Result<Sheet, Notice> {
    let (first, copies) = snapshot.copies_of(key)?;
    let whole = snapshot.row(first)?.ok_or_else(|| Notice::new(tr!("This article is not in the library any more")))?;
    let mut rows = Vec::new();
    part(&mut rows, tr!("First"), [article(whole.clone())]);
    for differences in copies {
        let copy = differences.copy.row.clone();
        let copy_key = copy.cursor.key;
        let heading = copy.site.clone().unwrap_or_else(|| day(copy.cursor.at));
        let mut of = vec![article(copy)];
        if differences.more.is_empty() && differences.less.is_empty() {
            of.push(row(RowKind::Dim, String::new(), tr!("word for word the same").to_owned(), String::new(), None));
        }
        for (span, words) in differences.more {
            of.push(row(RowKind::Plain, tr!("+ has").to_owned(), words, String::new(), lead(snapshot, copy_key, Some(span))?));
        }
        for (span, words) in differences.less {
            of.push(row(RowKind::Dim, tr!("− lacks").to_owned(), words, String::new(), lead(snapshot, first, Some(span))?));
        }
        part(&mut rows, &heading, of);
    }
    let facts = tr!("copies of one article: the sentences that each has and lacks").to_owned();
    Ok(Sheet { title: whole.title, facts, rows, ..Sheet::default() })
}
