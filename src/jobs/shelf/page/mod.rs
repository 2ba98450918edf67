//! Pages of the library for the screen: what the store knows, as rows.

mod story;

use super::words;
use super::write::VISIT;
use crate::app::page::{Company, Lead, Node, PageOf, PageRow, RowKind, Sheet};
use crate::app::page_day as day;
use crate::app::shelf::{StoredKey, StoredRow};
use crate::article::{EntityId, Kind};
use crate::locale::{decimal, text, tr, trn};
use crate::notice::Notice;
use crate::store::{
    ArticleKey, Companion, EntityKey, Office, Order, Page, Passage, Reported, Righted, Rising, Row, Snapshot, Story, Variant, Watched,
};
use crate::text::Span;

/// Rows of one part of a page.
const ROWS: usize = 40;

/// Rows of parts that are read at a glance.
const FEW: usize = 12;

/// Days of stories that are listed, and of what rises.
pub(super) const STORIES: i64 = 3 * 86_400;
pub(super) const RISING: i64 = 86_400;

/// Who is named less often than this a day was not named before, as far as one place behind the point tells.
const NEVER: f32 = 0.05;

/// Companions in the drawings.
const DRAWN: usize = 14;

/// The page that is asked for.
///
/// # Errors
/// Where the library cannot be read, or has no such page any more.
pub fn sheet(snapshot: &Snapshot<'_>, of: &PageOf, now: i64) -> Result<Sheet, Notice> {
    match of {
        PageOf::Entity(key) => entity(snapshot, EntityKey(*key)),
        PageOf::Named(..) => entity(snapshot, who(snapshot, of)?),
        PageOf::Story(key) => story::story(snapshot, *key),
        PageOf::Stories => stories(snapshot, now),
        PageOf::Rising => rising(snapshot, now),
        PageOf::Followed => followed(snapshot),
        PageOf::Copies(article) => story::copies(snapshot, ArticleKey(article.0)),
        PageOf::Decisions => decisions(snapshot),
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
    let offices = page.roles.iter().take(FEW).map(|office| role(snapshot, office));
    part(&mut rows, tr!("Is" in "card"), offices.collect::<Result<Vec<_>, Notice>>()?);
    for (heading, list) in [(tr!("Said" in "card"), &page.said), (tr!("Said of them by others"), &page.said_of)] {
        part(&mut rows, heading, said(snapshot, list)?);
    }
    let mut moments: Vec<_> = page.moments.iter().collect();
    moments.sort_by_key(|(passage, interval)| std::cmp::Reverse((interval.from, passage.at)));
    let moments = moments.into_iter().take(ROWS).map(|(p, i)| passage(snapshot, p, RowKind::Moment, i.begins(), String::new()));
    part(&mut rows, tr!("Moments"), moments.collect::<Result<Vec<_>, Notice>>()?);
    for (heading, kind) in [(tr!("With"), Kind::Person), (tr!("Organisations"), Kind::Organization), (tr!("Where" in "card"), Kind::Place)]
    {
        let most = page.company.iter().map(|c| c.weight).fold(0.0, f32::max);
        part(&mut rows, heading, page.company.iter().filter(|c| c.kind == kind).take(FEW).map(|c| companion(c, most)));
    }
    part(&mut rows, tr!("Named as"), page.variants.iter().take(FEW).map(|v| variant(v, page.kind)));
    part(&mut rows, tr!("Sources"), page.sources.iter().take(FEW).map(|(site, n)| source(site, *n, &page)));
    part(&mut rows, tr!("Articles"), page.latest.iter().take(ROWS).cloned().map(article));
    let company = company(&page.company, &page.ties);
    Ok(Sheet { facts: facts(&page), title: page.name, kind: page.kind, times: page.times.into(), rows, company })
}

/// What articles say that somebody is, from when to when; it leads to where that was said last.
fn role(snapshot: &Snapshot<'_>, office: &Office) -> Result<PageRow, Notice> {
    let (first, last) = (day(office.seen.0), day(office.seen.1));
    let seen = if first == last { first } else { format!("{first} – {last}") };
    let lead = lead(snapshot, office.last.0, Some(office.last.1))?;
    Ok(row(RowKind::Plain, format!("{}×", office.articles), office.words.clone(), seen, lead))
}

/// Quotations, the newest first; where several are from one story, they stand below its title.
fn said(snapshot: &Snapshot<'_>, list: &[Reported]) -> Result<Vec<PageRow>, Notice> {
    let mut rows = Vec::new();
    for quotes in by_story(list).chunk_by(|a, b| a.story == b.story) {
        let title = if quotes.len() > 1 { snapshot.story_title(quotes[0].story)? } else { None };
        if let Some(title) = title {
            let lead = Some(Lead::Page(PageOf::Story(quotes[0].story)));
            rows.push(row(RowKind::Dim, String::new(), title, tr!("story").to_owned(), lead));
        }
        for quote in quotes {
            rows.push(quoted(snapshot, quote)?);
        }
        if rows.len() >= ROWS {
            break;
        }
    }
    Ok(rows)
}

fn companion(companion: &Companion, most: f32) -> PageRow {
    let share = (8.0 * companion.weight / most.max(f32::MIN_POSITIVE)).ceil() as usize;
    row(
        RowKind::Name(companion.kind),
        "▪".repeat(share.clamp(1, 8)),
        companion.name.clone(),
        format!("{}×", companion.articles),
        Some(Lead::Page(PageOf::Entity(companion.key.0))),
    )
}

/// What the drawings of the page show.
fn company(all: &[Companion], ties: &[(usize, usize)]) -> Company {
    let most = all.iter().map(|c| c.weight).fold(f32::MIN_POSITIVE, f32::max);
    let node = |c: &Companion| Node { key: c.key.0, kind: c.kind, name: c.name.clone(), close: (c.weight / most).sqrt(), at: c.at };
    // Who Syrians or what Christmas is to somebody says little: names of other kinds stand in no drawing.
    let drawn: Vec<usize> = (0..all.len()).filter(|n| all[*n].kind != Kind::Other).take(DRAWN).collect();
    let nodes = drawn.iter().map(|n| node(&all[*n])).collect();
    let at = |n: usize| drawn.iter().position(|d| *d == n);
    let ties = ties.iter().filter_map(|(a, b)| Some((at(*a)?, at(*b)?))).collect();
    Company { nodes, ties }
}

/// The query for the articles that name somebody or something.
fn naming(name: &str, kind: Option<Kind>) -> String {
    let name = name.replace(['"', '\\'], " ");
    match kind {
        Some(Kind::Person | Kind::Organization) => format!("who:\"{name}\""),
        Some(Kind::Place) => format!("where:\"{name}\""),
        _ => format!("\"{name}\""),
    }
}

/// A source, which leads to its articles that name the page's entity.
fn source(site: &str, count: u64, page: &Page) -> PageRow {
    let name = page.variants.first().map_or(page.name.as_str(), |v| v.name.as_str());
    let query = format!("source:{site} {}", naming(name, page.kind));
    row(RowKind::Plain, format!("{count}×"), site.to_owned(), String::new(), Some(Lead::List(query.into())))
}

fn facts(page: &Page) -> String {
    let kind = page.kind.map_or("", |kind| text(kind.word()));
    let read = if page.articles.count > page.read {
        format!(" · {}", tr!("{n} of them read for this page", n = page.read))
    } else {
        String::new()
    };
    let articles = trn!(page.articles.count as u64, "{n} article", "{n} articles");
    // Files of one's own name no source.
    let from = match page.sources.len() as u64 {
        0 => articles,
        n => tr!("{articles} in {sources}", articles, sources = trn!(n, "{n} source", "{n} sources")),
    };
    format!("{kind} · {from}{read}")
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

fn variant(variant: &Variant, of: Option<Kind>) -> PageRow {
    let why = variant.belongs.map_or("", |b| text(b.rule.words()));
    let kind = if variant.belongs.is_some_and(|b| b.rule.is_doubtful()) { RowKind::Dim } else { RowKind::Plain };
    let lead = Lead::Name(variant.key.0, naming(&variant.name, of).into());
    row(kind, format!("{}×", variant.articles), variant.name.clone(), why.trim_end_matches(':').to_owned(), Some(lead))
}

fn article(stored: Row) -> PageRow {
    let (label, text) = (day(stored.cursor.at), stored.title.clone());
    let note = stored.site.clone().unwrap_or_default();
    row(RowKind::Article(stored.read), label, text, note, Some(Lead::Article(words::row(stored, None), None)))
}

fn told(story: &Story) -> PageRow {
    let names: Vec<&str> = story.people.iter().take(2).chain(story.places.iter().take(1)).map(|n| n.1.as_str()).collect();
    row(
        RowKind::Plain,
        trn!(story.sources as u64, "{n} source", "{n} sources"),
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
    part(&mut rows, tr!("Told by one source"), single.into_iter().map(told));
    Ok(Sheet { title: tr!("Stories").to_owned(), facts: format!("{} – {}", day(to - STORIES), day(to)), rows, ..Sheet::default() })
}

/// Who is named more than usual: today, and since the reader was here last.
fn rising(snapshot: &Snapshot<'_>, now: i64) -> Result<Sheet, Notice> {
    let to = newest(snapshot)?.unwrap_or(now).min(now) + 1;
    let visit = snapshot.setting(VISIT)?.and_then(|v| v.parse::<i64>().ok()).filter(|v| *v < to - RISING);
    let mut rows = Vec::new();
    rises(snapshot, &mut rows, (to - RISING, to), "")?;
    if let Some(visit) = visit {
        rises(snapshot, &mut rows, (visit, to), &format!(" · {}", tr!("since your last visit, {day}", day = day(visit))))?;
    }
    let facts = tr!("named more on {day} than in the four weeks before", day = day(to));
    Ok(Sheet { title: tr!("What the news is about").to_owned(), facts, rows, ..Sheet::default() })
}

fn rises(snapshot: &Snapshot<'_>, rows: &mut Vec<PageRow>, time: (i64, i64), when: &str) -> Result<(), Notice> {
    let rising = snapshot.rising(time, 3 * FEW)?;
    let line = |r: &Rising| {
        let lead = Some(Lead::Page(PageOf::Entity(r.key.0)));
        let usual =
            if r.usual < NEVER { tr!("new" in "not named before").to_owned() } else { tr!("usually {n}", n = decimal(r.usual.into(), 1)) };
        row(RowKind::Name(r.kind), format!("{:.0}×", r.articles), r.name.clone(), usual, lead)
    };
    for (heading, kind) in [(tr!("People"), Kind::Person), (tr!("Organisations"), Kind::Organization), (tr!("Places"), Kind::Place)] {
        part(rows, &format!("{heading}{when}"), rising.iter().filter(|r| r.kind == kind).map(line));
    }
    // Stories rise too: what several sources have begun to tell in this time.
    let stories = snapshot.stories(time, None, FEW)?;
    let stories = stories.iter().filter(|s| s.lately > 1 && s.span.0 >= time.0);
    part(rows, &format!("{}{when}", tr!("Stories that began")), stories.map(told));
    Ok(())
}

/// When the newest article appeared: a library that was not fed for a week still shows its last days.
pub(super) fn newest(snapshot: &Snapshot<'_>) -> Result<Option<i64>, Notice> {
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
    let facts = if rows.is_empty() { tr!("nothing yet: @ on a page follows whom it is of").to_owned() } else { String::new() };
    Ok(Sheet { title: tr!("Followed").to_owned(), facts, rows, ..Sheet::default() })
}

/// What was decided, the newest first; each leads to its end, or back.
fn decisions(snapshot: &Snapshot<'_>) -> Result<Sheet, Notice> {
    let mut all = snapshot.corrections(None)?;
    all.reverse();
    let line = |kept: crate::store::KeptCorrection| {
        let Some(Righted::Entity(decision)) = &kept.righted else { return None };
        let (kind, note) = if kept.undone {
            (RowKind::Dim, tr!("taken back; Enter: it holds again"))
        } else {
            (RowKind::Plain, tr!("Enter takes it back"))
        };
        Some(row(kind, day(kept.made), decision.words(), note.to_owned(), Some(Lead::Decision(kept.id, kept.undone))))
    };
    let mut rows = Vec::new();
    part(&mut rows, tr!("Decided"), all.into_iter().filter_map(line));
    let facts = if rows.is_empty() {
        tr!("nothing yet: on a page = joins, x splits off, X tells two of one name apart, r renames")
    } else {
        tr!("dateline entities list --json prints them")
    };
    Ok(Sheet { title: tr!("Who is who, by you").to_owned(), facts: facts.to_owned(), rows, ..Sheet::default() })
}
