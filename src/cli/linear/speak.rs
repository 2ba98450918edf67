//! What is answered: lines of plain words.

use super::command::{Command, WORDS};
use crate::app::{ArticleId, EntityRow, Entry, Open, Spot, State, Status, when};
use crate::article::{EntityId, QuoteKind};
use crate::locale::{self, decimal, long_date, tr, trn};
use crate::text::{Needle, Span, titled};

/// Articles of one answer.
pub(super) const PAGE: usize = 10;

/// Hits of a search that are told.
const MAX_HITS: usize = 20;

/// Where the reader is in the open article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// The paragraph that was read last, from 1; 0 before the first one.
    paragraph: usize,
    /// The name that is followed, and how many of its mentions have been read.
    name: Option<(EntityId, usize)>,
}

/// The first lines: what there is.
pub(super) fn greeting(state: &State) -> Vec<String> {
    if let Some(lines) = super::shelf::greeting(state) {
        return lines;
    }
    let articles = state.library.entries().len();
    vec![tr!(
        "dateline. {articles}. Type list, a number to open an article, or help.",
        articles = trn!(articles, "{n} article", "{n} articles")
    )]
}

/// The article at `index` of the list.
pub(super) fn article(state: &State, index: usize) -> Option<ArticleId> {
    (index < state.library.entries().len()).then(|| u32::try_from(index).ok().map(ArticleId)).flatten()
}

/// What is said of an article that has just been opened.
pub(super) fn opened(state: &State, id: ArticleId) -> Vec<String> {
    let Some(open) = state.open.as_ref().filter(|o| o.id == id) else { return Vec::new() };
    let article = &open.document.article;
    let place = article.dateline.as_ref().map(|d| titled(d.place.of(&article.text)));
    let day = article.published.map(|d| long_date(d.day(), d.month(), d.year()));
    let about: Vec<String> = [place, day, article.site.clone(), article.byline.clone()].into_iter().flatten().collect();
    let found = &open.document.found;
    vec![
        format!("{}: {}.", position(state, id), article.title.trim_end_matches('.')),
        if about.is_empty() { tr!("No day and no place are known.").to_owned() } else { format!("{}.", about.join(", ")) },
        format!(
            "{}, {}, {}, {}.",
            trn!(article.blocks.len(), "{n} paragraph", "{n} paragraphs"),
            trn!(names(open).len(), "{n} name", "{n} names"),
            trn!(found.quotes.len(), "{n} quotation", "{n} quotations"),
            trn!(found.events.len(), "{n} moment", "{n} moments"),
        ),
    ]
}

/// Where an article stands in the list.
fn position(state: &State, id: ArticleId) -> String {
    match (super::shelf::position(state), &state.view.shelf) {
        (Some((n, of)), _) => tr!("Article {n} of {of}", n, of),
        (None, Some(_)) => tr!("An article of another list").to_owned(),
        (None, None) => tr!("Article {n} of {of}", n = id.0 + 1, of = state.library.entries().len()),
    }
}

/// The answer to everything that needs no other article.
pub(super) fn answer(state: &State, place: &mut Place, command: &Command) -> Vec<String> {
    match command {
        Command::List(from) => return list(state, *from),
        Command::Help => return help(),
        Command::Feeds | Command::Feed(_) | Command::Search(_) | Command::New | Command::Star | Command::Unread => return no_library(),
        Command::Done | Command::Undo | Command::Refresh | Command::Add(_) => return no_library(),
        _ => {}
    }
    let Some(open) = &state.open else { return vec![tr!("No article is open. Type list, then the number of one.").to_owned()] };
    match command {
        Command::Next => paragraph(open, place, place.paragraph + 1),
        Command::Back => paragraph(open, place, place.paragraph.saturating_sub(1)),
        Command::Paragraph(number) => paragraph(open, place, number.unwrap_or(place.paragraph.max(1))),
        Command::Rest => rest(open, place),
        Command::Names => listed(names(open).into_iter().map(|id| name(open, id)).collect(), tr!("No name was found in this article.")),
        Command::Name(number) => card(open, place, *number),
        Command::Mention => mention(open, place),
        Command::Quotations => listed(quotations(open), tr!("Nobody is quoted in this article.")),
        Command::Timeline => listed(timeline(open), tr!("No moment was found in this article.")),
        Command::Places => listed(places(state), tr!("No place of this article is on the map.")),
        Command::Find(words) => find(open, words),
        Command::Where => vec![whereabouts(state, open, place)],
        Command::Link => {
            vec![open.document.article.url.clone().unwrap_or_else(|| tr!("This article has no address on the web.").to_owned())]
        }
        _ => Vec::new(),
    }
}

fn no_library() -> Vec<String> {
    vec![tr!("This needs the library. dateline add URL makes one; dateline --linear without files opens it.").to_owned()]
}

fn help() -> Vec<String> {
    let line = |(word, wants, does): &(&str, &str, &str)| {
        let wants = if wants.is_empty() { String::new() } else { format!(" {}", locale::text(wants)) };
        format!("{}{wants}: {}.", locale::meant(word), locale::text(does))
    };
    WORDS
        .iter()
        .map(line)
        .chain([tr!("The first letters of a word are enough, where no word before it in this list has them.").to_owned()])
        .collect()
}

/// The articles of one answer from the number `from` (from 1) on, with their places in the list.
pub(super) fn page(state: &State, from: usize) -> impl Iterator<Item = (usize, &Entry)> {
    let entries = state.library.entries();
    entries.iter().enumerate().skip(from.clamp(1, entries.len().max(1)) - 1).take(PAGE)
}

fn list(state: &State, from: usize) -> Vec<String> {
    let entries = state.library.entries();
    let first = from.clamp(1, entries.len().max(1)) - 1;
    let line = |(n, entry): (usize, &Entry)| {
        let day = entry.published.map(|d| long_date(d.day(), d.month(), d.year()));
        let failed = if let Status::Failed(reason) = &entry.status { Some(tr!("cannot be read: {reason}", reason)) } else { None };
        // What cannot be read has no title but its name, which is told whole.
        let title = if failed.is_some() && !entry.origin.is_stored() { entry.origin.name() } else { entry.title.clone() };
        let parts: Vec<String> = [Some(title), day, entry.place.clone(), failed].into_iter().flatten().collect();
        format!("{}. {}.", n + 1, parts.join(", "))
    };
    let mut lines: Vec<String> = page(state, from).map(line).collect();
    let left = entries.len().saturating_sub(first + PAGE);
    if left > 0 {
        lines.push(tr!("{left} more. Type list {next} for the next.", left, next = first + PAGE + 1));
    }
    listed(lines, tr!("There is no article."))
}

pub(super) fn listed(lines: Vec<String>, none: &str) -> Vec<String> {
    if lines.is_empty() { vec![none.to_owned()] } else { lines }
}

/// Reads a paragraph.
fn paragraph(open: &Open, place: &mut Place, number: usize) -> Vec<String> {
    let blocks = &open.document.article.blocks;
    match number.checked_sub(1).and_then(|n| blocks.get(n)) {
        Some(block) => {
            place.paragraph = number;
            let marker = block.kind.marker().unwrap_or_default();
            vec![format!("{marker}{}", block.span.of(&open.document.article.text))]
        }
        None if number == 0 => vec![tr!("This is the beginning.").to_owned()],
        None => {
            vec![tr!("This is the end. The article has {paragraphs}.", paragraphs = trn!(blocks.len(), "{n} paragraph", "{n} paragraphs"))]
        }
    }
}

fn rest(open: &Open, place: &mut Place) -> Vec<String> {
    let all = open.document.article.blocks.len();
    if place.paragraph >= all {
        return paragraph(open, place, all + 1);
    }
    (place.paragraph + 1..=all).flat_map(|n| paragraph(open, place, n)).collect()
}

/// The names of the article in the order of their list.
fn names(open: &Open) -> Vec<EntityId> {
    open.entities.iter().filter_map(|row| if let EntityRow::Entity(id) = row { Some(*id) } else { None }).collect()
}

fn name(open: &Open, id: EntityId) -> String {
    let number = names(open).iter().position(|n| *n == id).map_or(0, |n| n + 1);
    let Some(entity) = open.document.found.entities.get(id.0 as usize) else { return String::new() };
    let role = entity.roles.first().map(|r| r.span.of(&open.document.article.text).to_owned());
    let said = usize::try_from(open.said(id)).unwrap_or(0);
    let parts = [
        Some(entity.name.clone()),
        Some(locale::text(entity.kind.word()).to_owned()),
        role,
        Some(tr!("named {times}", times = times(open.mentions(id).len()))),
        (said > 0).then(|| tr!("quoted {times}", times = times(said))),
    ];
    format!("{number}. {}.", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

fn times(n: usize) -> String {
    match n {
        1 => tr!("once").to_owned(),
        2 => tr!("twice").to_owned(),
        n => trn!(n, "{n} time", "{n} times"),
    }
}

/// What is known of a name, which is followed from then on.
fn card(open: &Open, place: &mut Place, number: usize) -> Vec<String> {
    let Some(id) = number.checked_sub(1).and_then(|n| names(open).get(n).copied()) else {
        return vec![tr!("There is no name {number}. Type who for the names.", number)];
    };
    place.name = Some((id, 0));
    let found = &open.document.found;
    let text = &open.document.article.text;
    let mut lines = vec![name(open, id)];
    let Some(entity) = found.entities.get(id.0 as usize) else { return lines };
    if !entity.aliases.is_empty() {
        lines.push(tr!("Also called {names}.", names = entity.aliases.join(", ")));
    }
    lines.extend(entity.roles.iter().skip(1).map(|r| tr!("Also {role}.", role = r.span.of(text))));
    let said = found.quotes.iter().filter(|q| q.speaker == Some(id));
    lines.extend(said.map(|q| format!("{}: {}", verb(q.kind, q.is_doubtful()), q.span.of(text))));
    lines.extend(found.events.iter().filter(|e| e.entities.contains(&id)).map(|e| moment(open, e.interval, e.span)));
    lines.push(tr!("Type mention for the sentences in which it stands.").to_owned());
    lines
}

fn verb(kind: QuoteKind, doubtful: bool) -> &'static str {
    match (kind, doubtful) {
        (_, true) => tr!("perhaps said"),
        (QuoteKind::Indirect, false) => tr!("said, in the writer's words"),
        (_, false) => tr!("said" in "verb"),
    }
}

fn moment(open: &Open, interval: Option<crate::article::Interval>, span: Span) -> String {
    let article = &open.document.article;
    let day = interval.map_or_else(|| tr!("No date").to_owned(), |i| when(i, None));
    format!("{day}: {}", span.of(&article.text))
}

/// The number of the paragraph in which a place of the text stands.
fn paragraph_of(open: &Open, at: u32) -> usize {
    open.document.article.blocks.partition_point(|b| b.span.start <= at).max(1)
}

fn sentence(open: &Open, at: Span) -> &str {
    let sentences = &open.document.found.sentences;
    let n = sentences.partition_point(|s| s.end <= at.start);
    sentences.get(n).filter(|s| s.covers(at)).copied().unwrap_or_else(|| open.paragraph(at.start)).of(&open.document.article.text)
}

/// The next mention of the name that is followed.
fn mention(open: &Open, place: &mut Place) -> Vec<String> {
    let Some((id, read)) = place.name else { return vec![tr!("No name is followed. Type who, then name and a number.").to_owned()] };
    let spans = open.mentions(id);
    let shown = open.document.found.entities.get(id.0 as usize).map_or("", |e| e.name.as_str());
    let Some(span) = spans.get(read) else {
        place.name = Some((id, 0));
        return vec![tr!("{name} is named no more. Type mention for the first time again.", name = shown)];
    };
    place.name = Some((id, read + 1));
    place.paragraph = paragraph_of(open, span.start);
    vec![tr!(
        "{name}, {n} of {all}, paragraph {paragraph}: {sentence}",
        name = shown,
        n = read + 1,
        all = spans.len(),
        paragraph = place.paragraph,
        sentence = sentence(open, *span)
    )]
}

fn quotations(open: &Open) -> Vec<String> {
    let text = &open.document.article.text;
    let line = |quote: &crate::article::Quote| {
        let named = quote.speaker.and_then(|id| open.document.found.entities.get(id.0 as usize)).map(|e| e.name.as_str());
        let who = named.or_else(|| quote.speaker_words(text)).unwrap_or(tr!("Somebody"));
        tr!(
            "{who} {said}, paragraph {paragraph}: {words}",
            who,
            said = verb(quote.kind, quote.is_doubtful()),
            paragraph = paragraph_of(open, quote.span.start),
            words = quote.span.of(text)
        )
    };
    open.document.found.quotes.iter().map(line).collect()
}

fn timeline(open: &Open) -> Vec<String> {
    let events = &open.document.found.events;
    let items = open.timeline.dated().iter().chain(open.timeline.loose());
    items.filter_map(|item| events.get(item.source as usize)).map(|e| moment(open, e.interval, e.span)).collect()
}

/// The places of the article's map, the most named first: each once, and none for what only has a place in its name.
fn places(state: &State) -> Vec<String> {
    let line = |spot: &Spot| {
        let degrees = |value: f64, ways: [&str; 2]| {
            tr!("{degrees} degrees {way}", degrees = decimal(value.abs(), 2), way = ways[usize::from(value < 0.0)])
        };
        let at = format!(
            "{}, {}",
            degrees(spot.place.latitude, [tr!("north"), tr!("south")]),
            degrees(spot.place.longitude, [tr!("east"), tr!("west")])
        );
        let named = usize::try_from(spot.mentions).unwrap_or(usize::MAX);
        tr!("{name}: {at}, named {times}.", name = spot.shown(), at, times = times(named))
    };
    state.view.map.spots.iter().map(line).collect()
}

fn find(open: &Open, words: &str) -> Vec<String> {
    let hits = Needle::new(words).map(|n| n.find(&open.document.article.text, MAX_HITS)).unwrap_or_default();
    let line =
        |hit: Span| tr!("Paragraph {paragraph}: {sentence}", paragraph = paragraph_of(open, hit.start), sentence = sentence(open, hit));
    let mut lines: Vec<String> = hits.into_iter().map(line).collect();
    lines.dedup();
    listed(lines, &tr!("Nothing found for {words}.", words))
}

fn whereabouts(state: &State, open: &Open, place: &Place) -> String {
    let all = open.document.article.blocks.len();
    let at =
        if place.paragraph == 0 { tr!("at the beginning").to_owned() } else { tr!("paragraph {n} of {all}", n = place.paragraph, all) };
    format!("{}, {}, {at}.", position(state, open.id), open.document.article.title)
}
