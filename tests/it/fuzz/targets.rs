//! What is fuzzed: any bytes go in, and what comes out keeps its promises. Run by `fuzz/` with coverage, and by `mod.rs` on every toolchain.

use crate::reader::{MOON, Reader, WALL};
use dateline::analysis::analyse;
use dateline::app::{ACTIONS, Event, Hit, Mouse, Overlay, Pane, Size};
use dateline::article::{Analysed, Article, Block, LinkKind, Picture, PicturePlace};
use dateline::config::{Key, KeyCode, Keymap, Preset, Settings, Theme};
use dateline::query::{Nothing, complete, parse};
use dateline::source::{FORMATS, Input, each, read_nth};
use dateline::text::{Span, is_harmful};
use ratatui::layout::Rect;
use std::ops::ControlFlow;

/// A target's name and what it does with bytes.
pub(crate) type Target = (&'static str, fn(&[u8]));

/// All targets.
pub(crate) const TARGETS: &[Target] = &[
    ("formats", formats),
    ("analysis", analysis),
    ("time", time),
    ("names", names),
    ("query", query),
    ("config", config),
    ("reader", reader),
];

/// Articles that are looked at of one input; the others come from the same code.
const ENOUGH: usize = 50;

/// The formats: the first byte says which one reads the rest, or that the content decides.
pub(crate) fn formats(data: &[u8]) {
    let Some((which, bytes)) = data.split_first() else { return };
    let input = Input { url: Some("https://a.example/b/"), ..Input::new("a.in", bytes) };
    let mut articles = Vec::new();
    let mut take = |article: Article| {
        articles.push(article);
        if articles.len() < ENOUGH { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    let problems = match FORMATS.get(usize::from(*which)) {
        Some(format) => format.read(&input, &mut take),
        None => each(&input, &mut take),
    };
    // A fault is caught where inputs lie in others, and told.
    assert!(!problems.iter().any(|p| p.contains("stumbled")), "{problems:?}");
    articles.iter().for_each(harmless);
}

/// True for what must not be in a text; joiners stay where scripts need them.
pub(crate) fn forbidden(c: char) -> bool {
    is_harmful(c) && !matches!(c, '\n' | '\u{200c}' | '\u{200d}')
}

/// What every article promises, whatever it was read from.
pub(crate) fn harmless(article: &Article) {
    let line = |text: &str| assert!(!text.chars().any(forbidden) && !text.contains('\n'), "{text:?}");
    line(&article.title);
    [&article.byline, &article.site, &article.language].into_iter().flatten().for_each(|text| line(text));
    assert!(!article.text.chars().any(forbidden), "{:?}", article.text);
    article.problems.iter().for_each(|problem| line(problem));
    for link in &article.links {
        let schemes: &[&str] = if link.kind == LinkKind::Mail { &["mailto:"] } else { &["http://", "https://"] };
        assert!(schemes.iter().any(|scheme| link.url.starts_with(scheme)), "{}", link.url);
        line(&link.url);
        inside(&article.text, link.span);
    }
    for Picture { place, alt, at } in &article.pictures {
        let (PicturePlace::Web(path) | PicturePlace::Beside(path)) = place;
        [path, alt].into_iter().for_each(|text| line(text));
        assert!(!path.starts_with('/') && !path.split('/').any(|name| name == "..") || matches!(place, PicturePlace::Web(_)), "{path}");
        inside(&article.text, Span { start: *at, end: *at });
    }
    let mut end = 0;
    for Block { span, .. } in &article.blocks {
        inside(&article.text, *span);
        assert!(end <= span.start, "blocks overlap");
        end = span.end;
    }
}

fn inside(text: &str, span: Span) {
    assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} of {}", text.len());
}

/// Any text, through all annotators.
pub(crate) fn analysis(data: &[u8]) {
    found(&analyse(read_nth(&Input::new("a.txt", data), 0)));
}

/// What every analysis promises.
fn found(analysed: &Analysed) {
    let (text, found) = (&analysed.article.text, &analysed.found);
    found.sentences.iter().for_each(|s| inside(text, *s));
    found.mentions.iter().for_each(|m| inside(text, m.span));
    found.times.iter().for_each(|t| inside(text, t.span));
    found.events.iter().for_each(|e| inside(text, e.span));
    found.quotes.iter().for_each(|q| inside(text, q.span));
    assert!(found.mentions.is_sorted_by_key(|m| m.span.start), "mentions out of order");
    assert!(found.times.is_sorted_by_key(|t| t.span.start), "times out of order");
    assert!(found.mentions.iter().all(|m| m.entity.0 == u32::MAX || (m.entity.0 as usize) < found.entities.len()), "a mention of nobody");
}

/// Texts made of the words of time.
pub(crate) fn time(data: &[u8]) {
    let words = include_str!("../../../assets/when/words.txt").split_whitespace();
    let cues = include_str!("../../../assets/when/cues.txt").split_whitespace();
    prose(data, &words.chain(cues).chain(MARKS.iter().copied()).collect::<Vec<_>>());
}

/// Texts made of names, titles and quotation marks.
pub(crate) fn names(data: &[u8]) {
    let words = WALL.split_whitespace().chain(MOON.split_whitespace()).chain(NAMES.iter().copied());
    prose(data, &words.chain(MARKS.iter().copied()).collect::<Vec<_>>());
}

/// Numbers and marks that stand between words.
const MARKS: &[&str] = &[
    ".",
    ",",
    "\n\n",
    "“",
    "”",
    "\"",
    "'",
    "’",
    "‘",
    "«",
    "»",
    "(",
    ")",
    "—",
    "-",
    ":",
    ";",
    "?",
    "…",
    "1",
    "3",
    "12",
    "30",
    "1984",
    "2019-02-30",
    "10:30",
    "99999999999999999999",
    "1980s",
    "é",
    "\u{301}",
    "𝔸",
];

/// Names, and the words around them that say what they name.
const NAMES: &[&str] = &[
    "Mr.",
    "Dr",
    "President",
    "Gen.",
    "Ada",
    "Miller",
    "O'Neil",
    "van",
    "der",
    "de",
    "al-Assad",
    "Jr.",
    "III",
    "U.N.",
    "NATO",
    "Bank",
    "of",
    "Washington",
    "said",
    "told",
    "according to",
    "he",
    "she",
    "they",
    "who",
    "Paris",
    "Texas",
    "New",
    "York",
    "the",
    "St.",
    "'s",
    "wrote",
    "JOHN SMITH:",
    "Q.",
    "A.",
];

/// Two bytes choose a word; the first two say when the text was published.
fn prose(data: &[u8], words: &[&str]) {
    let Some((day, rest)) = data.split_first_chunk::<2>() else { return };
    let mut text = String::new();
    for pair in rest.chunks_exact(2).take(2000) {
        let number = usize::from(u16::from_le_bytes([pair[0], pair[1]]));
        let word = words[number % words.len()];
        if !text.is_empty() && !(number / words.len()).is_multiple_of(7) {
            text.push(' ');
        }
        text.push_str(word);
    }
    let mut article = read_nth(&Input::new("a.txt", text.as_bytes()), 0);
    let day = i32::from(u16::from_le_bytes(*day));
    article.published = jiff::civil::date(1950, 1, 1).checked_add(jiff::Span::new().days(day)).ok();
    found(&analyse(article));
}

/// The query language: a query prints itself so that it reads back as the same, and mistakes point into the text.
pub(crate) fn query(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    match parse(&text) {
        Ok(query) => {
            let printed = query.to_string();
            assert_eq!(parse(&printed).as_ref(), Ok(&query), "{printed:?}");
        }
        Err(problem) => inside(&text, problem.span),
    }
    for cursor in [0, text.len() / 2, text.len()] {
        inside(&text, complete(&text, cursor, &Nothing, 10).span);
    }
}

/// Settings, keys and themes: what is wrong costs that key alone, and is told with its line.
pub(crate) fn config(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let actions: Vec<&str> = ACTIONS.iter().map(|a| a.name).collect();
    let (_, settings) = Settings::load(Some(("config.toml", &text)), &["dark", "light"]);
    let (_, keymap) = Keymap::load(&Preset::Default.layers(), Some(("keymap.toml", &text)), &actions);
    let (_, theme) = Theme::load("mine", "themes/mine.toml", &text);
    let lines = text.split('\n').count();
    for mistake in settings.iter().chain(&keymap).chain(&theme) {
        assert!(mistake.line.is_none_or(|line| (1..=lines).contains(&line)), "{mistake}");
    }
}

/// The reader: keys, mouse, pastes and sizes in any order, a picture after each.
pub(crate) fn reader(data: &[u8]) {
    let mut data = data.iter().copied();
    // What is full of control characters is no article.
    let third = String::from_utf8_lossy(&data.by_ref().take(64).collect::<Vec<_>>()).replace(char::is_control, " ") + "Ada Miller.";
    let mut reader = Reader::new(90, 24, &[("wall.txt", WALL), ("moon.txt", MOON), ("third.txt", &third)]);
    for _ in 0..300 {
        if !happen(&mut reader, &mut data) {
            break;
        }
        reader.buffer();
        sound(&reader);
    }
}

/// The next event that the bytes say happens to the reader, who never leaves; false where they are at their end.
pub(crate) fn happen(reader: &mut Reader, data: &mut impl Iterator<Item = u8>) -> bool {
    let Some(event) = event(data) else { return false };
    if let Event::Resize(Size { columns, rows }) = event {
        reader.area = Rect::new(0, 0, columns, rows);
    }
    reader.happen(event);
    reader.state.quit = None;
    true
}

fn event(data: &mut impl Iterator<Item = u8>) -> Option<Event> {
    const CODES: [KeyCode; 14] = [
        KeyCode::Enter,
        KeyCode::Esc,
        KeyCode::Tab,
        KeyCode::Backspace,
        KeyCode::Delete,
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::Home,
        KeyCode::End,
        KeyCode::PageUp,
        KeyCode::PageDown,
        KeyCode::F(1),
    ];
    let (kind, a) = (data.next()?, data.next()?);
    Some(match kind {
        0..140 => Event::Key(Key::new(KeyCode::Char(char::from(a.clamp(b' ', b'~'))), false, false, false)),
        140..190 => Event::Key(Key::new(CODES[usize::from(a) % CODES.len()], false, kind % 7 == 0, a > 200)),
        190..210 => Event::Key(Key::new(KeyCode::Char(char::from(a % 26 + b'a')), true, false, false)),
        210..225 => Event::Resize(Size { columns: u16::from(a), rows: u16::from(data.next()?) / 4 }),
        225..240 => Event::Mouse(mouse(a, u16::from(data.next()?) / 4, u16::from(data.next()?))),
        240..248 => Event::Paste(format!("{}{}", char::from(a), "é \u{1b}[2J\n".repeat(usize::from(a % 3)))),
        248..252 => Event::Background { dark: a % 2 == 0 },
        _ => Event::Suspend,
    })
}

fn mouse(kind: u8, row: u16, column: u16) -> Mouse {
    let pane = Pane::ALL[usize::from(kind) % Pane::ALL.len()];
    let hit = match kind / 16 {
        0..8 => Hit::Inside { pane, row, column },
        8..10 => Hit::Title(pane),
        10..14 => Hit::Overlay { row },
        _ => Hit::Outside,
    };
    match kind % 5 {
        0 | 1 => Mouse::Click(hit),
        2 => Mouse::Wheel { pane, column, rows: i32::from(row) - 30 },
        3 => Mouse::Drag(hit),
        _ => Mouse::Hover(hit),
    }
}

/// What holds between any two events: what is selected exists, what is shown is of the text.
pub(crate) fn sound(reader: &Reader) {
    let state = &reader.state;
    let within = |selected: usize, len: usize, what: &str| assert!(selected < len.max(1), "{what}: {selected} of {len}");
    within(state.view.panes.articles.selected, state.library.entries().len(), "articles");
    if let Some(open) = &state.open {
        let text = &open.document.article.text;
        open.rows.iter().filter(|r| !r.kind.is_masthead()).for_each(|r| inside(text, r.span));
        assert!(open.cursor.is_none_or(|at| text.is_char_boundary(at as usize)), "the cursor stands inside of a character");
        within(state.view.panes.entities.selected, open.entities.len(), "names");
        within(state.view.panes.quotations.selected, open.document.found.quotes.len(), "quotations");
    }
    match &state.overlay {
        Overlay::Palette(palette) => within(palette.cursor.selected, palette.order.len(), "palette"),
        Overlay::Card(card) => within(card.cursor.selected, card.rows.len(), "card"),
        _ => {}
    }
}
