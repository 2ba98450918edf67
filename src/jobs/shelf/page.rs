//! Pages of the library for the screen: what the store knows, as rows.

use super::words;
use crate::app::page::{Lead, PageOf, PageRow, RowKind, Sheet};
use crate::app::page_day as day;
use crate::app::shelf::{StoredKey, StoredRow};
use crate::article::{EntityId, Kind};
use crate::locale::{decimal, text, tr, trn};
use crate::notice::Notice;
use crate::store::{ArticleKey, EntityKey, Order, Page, Passage, Reported, Row, Snapshot, Story, Variant, Watched};
use crate::text::Span;

/// Rows of one part of a page.
const ROWS: usize = 40;

/// Rows of parts that are read at a glance.
const FEW: usize = 12;

/// Days of stories that are listed, and of what rises.
const STORIES: i64 = 3 * 86_400;
const RISING: i64 = 86_400;

/// The page that is asked for.
///
/// # Errors
/// Where the library cannot be read, or has no such page any more.
pub(super) fn sheet(snapshot: &Snapshot<'_>, of: &PageOf, now: i64) -> Result<Sheet, Notice> {
    match of {
        PageOf::Entity(key) => entity(snapshot, EntityKey(*key)),
        PageOf::Named(..) => entity(snapshot, who(snapshot, of)?),
        PageOf::Story(key) => story(snapshot, *key),
        PageOf::Stories => stories(snapshot, now),
        PageOf::Rising => rising(snapshot, now),
        PageOf::Followed => followed(snapshot),
    }
}

/// The entity that a page is of.
///
/// # Errors
/// Where it is none, or the library cannot be read.
pub(super) fn who(snapshot: &Snapshot<'_>, of: &PageOf) -> Result<EntityKey, Notice> {
    let gone = || Notice::new(tr!("The library does not have this name yet")).hint(tr!("it has it once the article is analysed"));
    match of {
        PageOf::Entity(key) => Ok(EntityKey(*key)),
        PageOf::Named(article, entity) => {
            let stored = snapshot.open(ArticleKey(article.0))?.ok_or_else(gone)?;
            stored.entities.get(entity.0 as usize).copied().ok_or_else(gone)
        }
        _ => Err(gone()),
    }
}

/// The next article that names an entity of an article, in the order of the newest first (or the oldest first), around the end; and what it is called
/// there. Nothing where the entity is not known to the library yet, or no other article names it.
///
/// # Errors
/// Where the library cannot be read.
pub(super) fn along(
    snapshot: &Snapshot<'_>,
    (article, entity): (StoredKey, EntityId),
    forward: bool,
) -> Result<Option<(StoredRow, String)>, Notice> {
    let Ok(who) = who(snapshot, &PageOf::Named(article, entity)) else { return Ok(None) };
    let subject = snapshot.subject(who)?;
    let naming = snapshot.naming_all(subject)?;
    let order = if forward { Order::Newest } else { Order::Oldest };
    let here = ArticleKey(article.0);
    let place = snapshot.row(here)?.map(|row| row.cursor);
    let behind = snapshot.rows(&naming, order, place, 1)?.into_iter().next();
    let next = match behind {
        Some(row) => Some(row),
        None => snapshot.rows(&naming, order, None, 1)?.into_iter().find(|row| row.cursor.key != here),
    };
    let Some(next) = next else { return Ok(None) };
    let Some(stored) = snapshot.open(next.cursor.key)? else { return Ok(None) };
    for (found, key) in stored.analysed.found.entities.iter().zip(&stored.entities) {
        if snapshot.subject(*key)? == subject {
            return Ok(Some((words::row(next, None), found.name.clone())));
        }
    }
    Ok(None)
}

fn row(kind: RowKind, label: String, text: String, note: String, lead: Option<Lead>) -> PageRow {
    PageRow { kind, label, text, note, lead }
}

/// A heading and its rows, with air before; nothing where there are no rows.
fn part(rows: &mut Vec<PageRow>, heading: &str, more: impl IntoIterator<Item = PageRow>) {
    let mut more = more.into_iter().peekable();
    if more.peek().is_none() {
        return;
    }
    if !rows.is_empty() {
        rows.push(PageRow::space());
    }
    rows.push(PageRow::heading(heading));
    rows.extend(more);
}

fn entity(snapshot: &Snapshot<'_>, key: EntityKey) -> Result<Sheet, Notice> {
    let page = snapshot.page(key)?.ok_or_else(|| Notice::new(tr!("This name is not in the library any more")))?;
    let mut rows = Vec::new();
    part(
        &mut rows,
        tr!("Is" in "card"),
        page.roles.iter().take(FEW).map(|r| {
            let seen = if day(r.seen.0) == day(r.seen.1) { day(r.seen.0) } else { format!("{} – {}", day(r.seen.0), day(r.seen.1)) };
            row(RowKind::Plain, format!("{}×", r.articles), r.words.clone(), seen, None)
        }),
    );
    for (heading, list) in [(tr!("Said" in "card"), &page.said), (tr!("Said of them by others"), &page.said_of)] {
        let said = by_story(list).into_iter().take(ROWS).map(|q| quoted(snapshot, q)).collect::<Result<Vec<_>, Notice>>()?;
        part(&mut rows, heading, said);
    }
    let moments =
        page.moments.iter().take(ROWS).map(|(p, i)| passage(snapshot, p, RowKind::Moment, i.from.date().to_string(), String::new()));
    part(&mut rows, tr!("Moments"), moments.collect::<Result<Vec<_>, Notice>>()?);
    for (heading, kind) in [(tr!("With"), Kind::Person), (tr!("Organisations"), Kind::Organization), (tr!("Where" in "card"), Kind::Place)]
    {
        let these = page.company.iter().filter(|c| c.kind == kind).take(FEW);
        let most = page.company.iter().map(|c| c.weight).fold(0.0, f32::max);
        part(
            &mut rows,
            heading,
            these.map(|c| {
                let share = (8.0 * c.weight / most.max(f32::MIN_POSITIVE)).ceil() as usize;
                row(
                    RowKind::Name(kind),
                    "▪".repeat(share.clamp(1, 8)),
                    c.name.clone(),
                    format!("{}×", c.articles),
                    Some(Lead::Page(PageOf::Entity(c.key.0))),
                )
            }),
        );
    }
    part(&mut rows, tr!("Named as"), page.variants.iter().take(FEW).map(variant));
    part(
        &mut rows,
        tr!("Sources"),
        page.sources.iter().take(FEW).map(|(site, n)| row(RowKind::Plain, format!("{n}×"), site.clone(), String::new(), None)),
    );
    part(&mut rows, tr!("Articles"), page.latest.iter().take(ROWS).cloned().map(article));
    Ok(Sheet { facts: facts(&page), title: page.name, kind: page.kind, times: page.times.into(), rows })
}

fn facts(page: &Page) -> String {
    let kind = page.kind.map_or("", |kind| text(kind.name()));
    let read = if page.articles.count > page.read {
        format!(" · {}", tr!("{n} of them read for this page", n = page.read))
    } else {
        String::new()
    };
    tr!(
        "{kind} · {articles} in {sources}{read}",
        kind,
        articles = trn!(page.articles.count as u64, "{n} article", "{n} articles"),
        sources = trn!(page.sources.len() as u64, "{n} source", "{n} sources"),
        read
    )
}

/// The newest first, those of one story together.
fn by_story(list: &[Reported]) -> Vec<&Reported> {
    let mut order: Vec<i64> = Vec::new();
    list.iter().for_each(|q| {
        if !order.contains(&q.story) {
            order.push(q.story)
        }
    });
    let mut all: Vec<&Reported> = list.iter().collect();
    all.sort_by_key(|q| order.iter().position(|s| *s == q.story));
    all
}

fn quoted(snapshot: &Snapshot<'_>, quote: &Reported) -> Result<PageRow, Notice> {
    passage(snapshot, &quote.passage, RowKind::Said, day(quote.passage.at), quote.speaker.clone().unwrap_or_default())
}

fn passage(snapshot: &Snapshot<'_>, passage: &Passage, kind: RowKind, label: String, note: String) -> Result<PageRow, Notice> {
    let lead = lead(snapshot, passage.article, Some(passage.span))?;
    Ok(row(kind, label, passage.words.clone(), note, lead))
}

fn lead(snapshot: &Snapshot<'_>, key: ArticleKey, span: Option<Span>) -> Result<Option<Lead>, Notice> {
    Ok(snapshot.row(key)?.map(|row| Lead::Article(words::row(row, None), span)))
}

fn variant(variant: &Variant) -> PageRow {
    let why = variant.belongs.map_or("", |b| text(b.rule.words()));
    let kind = if variant.belongs.is_some_and(|b| b.rule.is_doubtful()) { RowKind::Dim } else { RowKind::Plain };
    row(kind, format!("{}×", variant.articles), variant.name.clone(), why.to_owned(), None)
}

fn article(stored: Row) -> PageRow {
    let (label, text) = (day(stored.cursor.at), stored.title.clone());
    let note = stored.site.clone().unwrap_or_default();
    row(RowKind::Article(stored.read), label, text, note, Some(Lead::Article(words::row(stored, None), None)))
}

fn story(snapshot: &Snapshot<'_>, key: i64) -> Result<Sheet, Notice> {
    let story = snapshot.story(key)?.ok_or_else(|| Notice::new(tr!("This story is not in the library any more")))?;
    let mut rows = Vec::new();
    let names = |kind: Kind, list: &[(EntityKey, String)]| -> Vec<PageRow> {
        list.iter()
            .map(|(key, name)| {
                row(RowKind::Name(kind), String::new(), name.clone(), String::new(), Some(Lead::Page(PageOf::Entity(key.0))))
            })
            .collect()
    };
    part(&mut rows, tr!("Who"), names(Kind::Person, &story.people));
    part(&mut rows, "Where", names(Kind::Place, &story.places));
    let tellings = snapshot.tellings(key, 4 * ROWS)?;
    let times: Vec<i64> = tellings.iter().rev().map(|t| t.row.cursor.at).collect();
    part(
        &mut rows,
        tr!("Articles"),
        tellings.into_iter().map(|t| {
            let copy = t.copy_of.is_some();
            let line = article(t.row);
            if copy { PageRow { kind: RowKind::Dim, note: format!("{} · {}", tr!("copy"), line.note), ..line } } else { line }
        }),
    );
    let facts = format!(
        "{} · {} · {} · {} – {}",
        tr!("story"),
        trn!(story.articles, "{n} article", "{n} articles"),
        trn!(story.sources as u64, "{n} source", "{n} sources"),
        day(story.span.0),
        day(story.span.1)
    );
    Ok(Sheet { title: story.headline.title, kind: None, facts, times: times.into(), rows })
}

fn told(story: &Story) -> PageRow {
    let names: Vec<&str> = story.people.iter().take(2).chain(story.places.iter().take(1)).map(|n| n.1.as_str()).collect();
    row(
        RowKind::Plain,
        tr!("{sources} of {articles}", sources = story.sources, articles = story.articles),
        story.headline.title.clone(),
        names.join(", "),
        Some(Lead::Page(PageOf::Story(story.key))),
    )
}

fn stories(snapshot: &Snapshot<'_>, now: i64) -> Result<Sheet, Notice> {
    let to = newest(snapshot)?.unwrap_or(now).min(now) + 1;
    let stories = snapshot.stories((to - STORIES, to), None, 2 * ROWS)?;
    let (several, single): (Vec<_>, Vec<_>) = stories.iter().partition(|s| s.sources > 1);
    let mut rows = Vec::new();
    part(&mut rows, tr!("Told by several sources"), several.into_iter().map(told));
    part(&mut rows, tr!("By one"), single.into_iter().map(told));
    Ok(Sheet {
        title: tr!("Stories").to_owned(),
        facts: tr!("sources of articles, {from} – {to}", from = day(to - STORIES), to = day(to)),
        rows,
        ..Sheet::default()
    })
}

fn rising(snapshot: &Snapshot<'_>, now: i64) -> Result<Sheet, Notice> {
    let to = newest(snapshot)?.unwrap_or(now).min(now) + 1;
    let rising = snapshot.rising((to - RISING, to), 3 * FEW)?;
    let mut rows = Vec::new();
    for (heading, kind) in [(tr!("People"), Kind::Person), (tr!("Organisations"), Kind::Organization), (tr!("Places"), Kind::Place)] {
        part(
            &mut rows,
            heading,
            rising.iter().filter(|r| r.kind == kind).map(|r| {
                row(
                    RowKind::Name(kind),
                    format!("{:.0}×", r.articles),
                    r.name.clone(),
                    tr!("usually {n}", n = decimal(r.usual.into(), 1)),
                    Some(Lead::Page(PageOf::Entity(r.key.0))),
                )
            }),
        );
    }
    let facts = tr!("named more on {day} than in the four weeks before", day = day(to));
    Ok(Sheet { title: tr!("What everyone is on about").to_owned(), facts, rows, ..Sheet::default() })
}

/// When the newest article appeared: a library that was not fed for a week still shows its last days.
fn newest(snapshot: &Snapshot<'_>) -> Result<Option<i64>, Notice> {
    let all = snapshot.everything()?;
    Ok(snapshot.rows(&all, crate::store::Order::Newest, None, 1)?.first().map(|r| r.cursor.at))
}

fn followed(snapshot: &Snapshot<'_>) -> Result<Sheet, Notice> {
    let mut rows = Vec::new();
    for watch in snapshot.watches()? {
        let new = snapshot.new_of(&watch, FEW)?;
        let mut of = Vec::new();
        if let Watched::Entity(key) = watch.what {
            of.push(row(
                RowKind::Plain,
                trn!(watch.new, "{n} new", "{n} new"),
                watch.name.clone(),
                String::new(),
                Some(Lead::Page(PageOf::Entity(key.0))),
            ));
        } else {
            of.push(row(RowKind::Plain, trn!(watch.new, "{n} new", "{n} new"), watch.name.clone(), tr!("saved search").to_owned(), None));
        }
        of.extend(new.into_iter().map(article));
        part(&mut rows, &watch.name, of);
    }
    let facts = if rows.is_empty() { tr!("nothing yet: W on a page follows whom it is of").to_owned() } else { String::new() };
    Ok(Sheet { title: tr!("Followed").to_owned(), facts, rows, ..Sheet::default() })
}
