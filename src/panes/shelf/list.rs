//! The list: what stands together has its name once, at its first row and at the top of the screen.

use super::below;
use crate::app::shelf::{Copies, GroupBy, Level, List, Shelf, Shelved, StoredRow};
use crate::app::{Action, Origin, Pane, State, day};
use crate::config::Ink;
use crate::locale::{tr, trn, weekday};
use crate::panes::{empty, list_rows, select};
use crate::widgets::{Paint, Pen};
use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// In parts narrower than this an article takes two rows: its title, and below it its day and site.
const WIDE: u16 = 50;

/// From this width on the site stands in a column of its own.
const SITES: u16 = 72;

/// Cells of a day that stands before its articles.
const DAY: usize = 11;

/// Cells of another name that articles stand under.
const GROUP: usize = 20;

/// Rows that one article takes.
pub(super) fn item_rows(area: Rect) -> u16 {
    if area.width < WIDE { 2 } else { 1 }
}

pub(super) fn draw(state: &State, shelf: &Shelf, paint: &Paint, area: Rect, buffer: &mut Buffer) {
    let list = &shelf.list;
    heading(state, shelf, paint, area, buffer);
    let rows = below(area);
    let total = list.window.total();
    if total == 0 {
        let says = if list.is_coming() { String::new() } else { nothing(state, list) };
        return empty(paint, rows, &says, buffer);
    }
    let open = state.arriving().or(state.open.as_ref().map(|o| o.id)).and_then(|id| state.library.entry(id));
    let open = open.and_then(|e| if let Origin::Stored(key) = e.origin { Some(key) } else { None });
    let lines = item_rows(area);
    let columns = Columns::of(list, area.width);
    let mut before: Option<&StoredRow> = None;
    for (at, row) in list_rows(list.cursor, total, rows, lines) {
        if at == list.cursor.selected && (shelf.level == Level::List || state.focus != Pane::Articles) {
            (row..row + lines).for_each(|row| select(state, paint, Pane::Articles, rows, row, buffer));
        }
        let Some(article) = list.window.row(at) else { continue };
        let new = before.is_none_or(|b| (b.day, &b.group) != (article.day, &article.group));
        let place = Rect { y: rows.y + row, height: lines, ..rows };
        let look = Look { today: shelf.tree.holdings.today, open: open == Some(article.key), first: new };
        if lines == 1 {
            wide(article, &look, &columns, paint, place, buffer)
        } else {
            narrow(article, &look, paint, place, buffer)
        }
        before = Some(article);
    }
}

/// How a row is shown.
struct Look {
    today: Date,
    open: bool,
    /// True where it is the first of those that stand together.
    first: bool,
}

/// Cells of what stands at the right of the titles.
struct Columns {
    site: usize,
    time: usize,
}

impl Columns {
    /// Sites where they differ, times where some are known.
    fn of(list: &List, width: u16) -> Self {
        let screen = list.cursor.top..list.cursor.top + list.cursor.height;
        let (timed, all) =
            screen.filter_map(|n| list.window.row(n)).fold((0, 0), |(n, all), r| (n + usize::from(r.time.is_some()), all + 1));
        // A column that is nearly empty costs the titles more than it tells.
        let timed = timed * 2 > all;
        let grouped = list.sort.by != GroupBy::Day;
        let site = match width {
            _ if matches!(list.of, Shelved::Feed(_)) || list.sort.by == GroupBy::Source => 0,
            ..SITES => 0,
            SITES..110 => 16,
            110.. => 26,
        };
        Self {
            site,
            time: if grouped {
                DAY
            } else if timed {
                5
            } else {
                0
            },
        }
    }
}

/// What the list is of, and in which order.
fn heading(state: &State, shelf: &Shelf, paint: &Paint, area: Rect, buffer: &mut Buffer) {
    let list = &shelf.list;
    let mut pen = Pen::new(buffer, area, 0);
    let mut about = Vec::new();
    if list.unread_only {
        about.push(tr!("unread only"));
    }
    if list.sort.by != GroupBy::Day {
        about.push(list.sort.by.name());
    }
    if list.sort.oldest {
        about.push(tr!("oldest first"));
    }
    pen.space(1).right(" ", paint.of(Ink::Dim));
    if area.width >= WIDE {
        pen.right(&about.join(" · "), paint.of(Ink::Dim));
    }
    let focused = state.focus == Pane::Articles && shelf.level == Level::List;
    pen.text(&shelf.tree.label(&list.of), paint.of(if focused { Ink::Accent } else { Ink::Dim }));
}

/// What an empty list would be filled by, and with which keys.
fn nothing(state: &State, list: &List) -> String {
    let key = |action| state.key_of(action);
    if state.is_beginning() {
        let (add, import) = (key(Action::Add), state.import_key());
        return tr!(
            "The library is empty. {add} adds a feed or a folder; {import} takes over the feeds of newsboat, newsraft, eilmeldung or an OPML.",
            add,
            import
        );
    }
    match list.of {
        Shelved::Query(_) => tr!("No article fits. {query} changes the query.", query = key(Action::Query)),
        _ if list.unread_only => tr!("Everything here is read. {filter} shows it again.", filter = key(Action::Filter)),
        Shelved::Unread => {
            tr!(
                "Everything is read. {all} asks the feeds for more; {left} leads to all lists.",
                all = key(Action::RefreshAll),
                left = key(Action::Left)
            )
        }
        Shelved::Starred => tr!("Nothing has a star. {star} gives one to an article.", star = key(Action::ToggleStar)),
        _ => tr!("No article yet. {refresh} looks for some.", refresh = key(Action::Refresh)),
    }
}

/// A title, and before it whether the article was read and has a star.
fn title(article: &StoredRow, open: bool, paint: &Paint, pen: &mut Pen<'_>) {
    let (sign, ink) = match (open, article.read) {
        (true, _) => ("▸", Ink::Accent),
        (false, false) => ("●", Ink::Accent),
        (false, true) => (" ", Ink::Dim),
    };
    let mark = match (article.starred, article.followed) {
        (true, _) => "★",
        (false, true) => "◆",
        (false, false) => " ",
    };
    pen.text(sign, paint.hue(ink)).text(mark, paint.hue(if article.starred { Ink::Moment } else { Ink::Person }));
    let name = match (open, article.read) {
        (true, _) => Ink::Title,
        (false, false) => Ink::Text,
        (false, true) => Ink::Dim,
    };
    if article.copies == Copies::Below {
        pen.text("↳ ", paint.of(Ink::Faint));
    }
    let shown = if article.title.is_empty() { tr!("(no title)") } else { &article.title };
    pen.text(shown, paint.of(name));
}

fn wide(article: &StoredRow, look: &Look, columns: &Columns, paint: &Paint, area: Rect, buffer: &mut Buffer) {
    let mut pen = Pen::new(buffer, area, 0);
    pen.space(1);
    let (name, cells) = match &article.group {
        Some(group) => (group.to_string(), GROUP),
        None => (short(article.day, look.today), DAY),
    };
    pen.column(if look.first { &name } else { "" }, cells, paint.of(Ink::Dim)).space(1);
    pen.right(" ", paint.of(Ink::Dim));
    let time = match (&article.group, article.time) {
        (Some(_), _) => short(article.day, look.today),
        (None, Some(time)) => time.strftime("%H:%M").to_string(),
        (None, None) => String::new(),
    };
    if columns.time > 0 {
        pen.right(&format!("{time:>0$}", columns.time), paint.of(Ink::Faint));
    }
    if columns.site > 0 {
        let site = crate::text::cut(article.site.as_deref().unwrap_or(""), columns.site);
        let pad = " ".repeat(columns.site.saturating_sub(crate::text::width(&site)));
        pen.right(&format!(" {pad}{site}"), paint.of(Ink::Faint));
    }
    let copies = copies(article);
    if pen.room() > crate::text::width(&copies) + DAY {
        pen.right(&copies, paint.of(Ink::Dim));
    }
    title(article, look.open, paint, &mut pen);
}

/// How many copies are folded under an article, or stand below it.
fn copies(article: &StoredRow) -> String {
    match article.copies {
        Copies::None | Copies::Below => String::new(),
        Copies::Folded(n) => format!("+{}", trn!(n as u64, "{n} copy", "{n} copies")),
        Copies::Unfolded(n) => trn!(n as u64, "{n} copy", "{n} copies"),
    }
}

fn narrow(article: &StoredRow, look: &Look, paint: &Paint, area: Rect, buffer: &mut Buffer) {
    let mut first = Pen::new(buffer, area, 0);
    title(article, look.open, paint, &mut first);
    let name = article.group.as_ref().map_or_else(|| short(article.day, look.today), ToString::to_string);
    let site = article.site.as_deref().unwrap_or("");
    let about: Vec<String> = [name, site.to_owned(), copies(article)].into_iter().filter(|part| !part.is_empty()).collect();
    let about = about.join(" · ");
    Pen::new(buffer, area, 1).space(2).text(&about, paint.of(if look.first { Ink::Dim } else { Ink::Faint }));
}

/// A day beside articles: `Today`, `Yesterday`, `Mon 18`, `12 Jan`, `3 Dec 2018`.
fn short(date: Date, today: Date) -> String {
    match date.until(today).map(|span| span.get_days()) {
        Ok(0) => tr!("Today").to_owned(),
        Ok(1) => tr!("Yesterday").to_owned(),
        Ok(2..=6) => weekday(date.weekday().to_monday_one_offset()).to_owned(),
        _ => day(date, Some(today.year())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_short() {
        let today = date(2019, 1, 21);
        let days = [date(2019, 1, 21), date(2019, 1, 20), date(2019, 1, 16), date(2019, 1, 12), date(2018, 12, 3), date(2019, 1, 22)];
        assert_eq!(days.map(|d| short(d, today)), ["Today", "Yesterday", "Wednesday", "12 Jan", "3 Dec 2018", "22 Jan"]);
    }
}
