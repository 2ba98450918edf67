//! Keys in, screen out: the state, its update and the drawing, without a terminal and without threads.

use super::reader::{MOON, Reader, Slow, WALL};
use dateline::app;
use dateline::app::{Event, Found, Listing, Mouse, Origin, Report, Size};
use dateline::config::Depth;
use dateline::tui::draw;
use dateline::widgets::Paint;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use std::fmt::Write;

#[test]
fn the_wide_screen() {
    insta::assert_snapshot!(Reader::two().screen());
}

/// The first rows of the text with the style of each run, as the themes and depths of colour show them.
#[test]
fn marks_dark_light_and_without_colour() {
    let mut out = String::new();
    for (dark, depth) in [(true, Depth::True), (false, Depth::True), (true, Depth::Indexed256), (true, Depth::Ansi16), (true, Depth::None)]
    {
        let mut reader = Reader::new(80, 24, &[("wall.txt", WALL)]);
        let mut buffer = Buffer::empty(reader.area);
        let paint = Paint::new(reader.state.config.theme(dark, depth), depth);
        draw(&mut reader.state, &paint, reader.area, &mut buffer);
        writeln!(out, "== dark: {dark}, colours: {depth:?}").unwrap();
        for row in buffer.content().chunks(80).skip(2).take(7) {
            for run in row.chunk_by(|a, b| (a.fg, a.bg, a.modifier) == (b.fg, b.bg, b.modifier)) {
                let text: String = run.iter().map(ratatui::buffer::Cell::symbol).collect();
                if !text.trim().is_empty() {
                    writeln!(out, "{:<30} {} on {} {:?}", text.trim(), run[0].fg, run[0].bg, run[0].modifier).unwrap();
                }
            }
        }
    }
    insta::assert_snapshot!(out);
}

#[test]
fn the_screen_of_80_by_24() {
    let mut reader = Reader::new(80, 24, &[("wall.txt", WALL), ("moon.txt", MOON)]);
    insta::assert_snapshot!("narrow_text", reader.screen());
    insta::assert_snapshot!("narrow_entities", reader.keys("Alt-3").screen());
    insta::assert_snapshot!("narrow_timeline", reader.keys("Alt-4").screen());
}

#[test]
fn names_of_panes_are_never_written_over() {
    for columns in [100, 104, 111, 125, 140] {
        let mut r = Reader::new(columns, 32, &[("a.txt", "Ada Miller met Karl Weiss in Berlin on Friday, 3 May 2019.\n")]);
        let screen = r.screen();
        let said = screen.lines().filter_map(|l| l.split_once("4 When   5 Said")).map(|(_, after)| after).next().unwrap();
        assert!(screen.contains("1 Articles ") && (said.is_empty() || said.starts_with(' ')), "{columns}: {said}");
    }
}

#[test]
fn small_and_too_small() {
    let mut reader = Reader::new(40, 10, &[("wall.txt", WALL)]);
    insta::assert_snapshot!("small", reader.screen());
    assert!(Reader::new(39, 10, &[("wall.txt", WALL)]).screen().contains("needs 40×10, this is 39×10"));
}

#[test]
fn kinds_differ_without_colour() {
    let mut reader = Reader::two();
    let buffer = reader.buffer();
    let text = reader.screen();
    let attributes = |name: &str| {
        let (y, line) = (0u16..).zip(text.lines()).find(|(_, l)| l.contains("Ada Miller, a math")).unwrap();
        let x = line[..line.find(name).unwrap()].chars().count();
        buffer[(u16::try_from(x).unwrap(), y)].modifier
    };
    let (person, plain) = (attributes("Ada Miller"), attributes("a mathematician"));
    assert!(person.contains(Modifier::BOLD) && plain.is_empty());
    let mut hidden = Reader::two();
    hidden.keys("M");
    assert_ne!(hidden.buffer(), buffer);
}

#[test]
fn a_name_is_followed_through_the_articles_and_back() {
    let mut r = Reader::two();
    r.keys("Alt-3 Enter Enter");
    assert_eq!(r.cursor(), "Ada Miller");
    assert!(r.foot().contains("Ada Miller: 1 of 2 · article 1 of 2"), "{}", r.foot());
    r.keys("n");
    assert_eq!(r.cursor(), "Miller");
    assert!(r.foot().contains("2 of 2 · article 1 of 2"), "{}", r.foot());
    r.keys("n");
    assert_eq!((r.title(), r.cursor()), ("The moon", "Ada Miller"));
    assert!(r.foot().contains("1 of 2 · article 2 of 2"), "{}", r.foot());
    r.keys("N");
    assert_eq!((r.title(), r.cursor()), ("The wall", "Miller"));
    // Back through all jumps, to where it began, and forward again.
    r.keys("H");
    assert_eq!((r.title(), r.cursor()), ("The moon", "Ada Miller"));
    r.keys("H H");
    assert_eq!((r.title(), r.cursor()), ("The wall", "Ada Miller"));
    r.keys("H");
    assert_eq!(r.state.open.as_ref().unwrap().cursor, None);
    r.keys("L L L");
    assert_eq!((r.title(), r.cursor()), ("The moon", "Ada Miller"));
}

#[test]
fn the_selected_name_is_what_n_follows_in_its_list() {
    let mut r = Reader::two();
    r.keys("Alt-3 j n");
    assert_eq!(r.cursor(), "Karl Weiss");
    r.keys("n");
    assert_eq!(r.cursor(), "Weiss");
    r.keys("k n");
    assert!(r.foot().contains("Ada Miller"), "{}", r.foot());
}

#[test]
fn a_card_shows_what_is_known_and_leads_there() {
    let mut r = Reader::two();
    r.keys("Alt-3 c");
    insta::assert_snapshot!("card", r.screen());
    r.keys("G Enter");
    assert!(matches!(r.state.overlay, app::Overlay::None));
    assert_eq!(r.state.focus, app::Pane::Text);
    r.keys("] w");
    assert!(r.foot().contains(" is "), "{}", r.foot());
}

#[test]
fn an_article_that_arrives_late_changes_nothing_under_what_lies_on_top() {
    let mut r = Slow(Reader::two(), Vec::new());
    r.keys("J D Ctrl-u 2 0 1 9 - 0 1 - 3 0");
    r.land();
    assert_eq!(r.0.title(), "The wall");
    r.keys("Enter").land();
    // The day was meant for the article on which it was typed; the other one has come in behind it.
    let days: Vec<_> = r.0.state.library.entries().iter().map(|e| e.published.unwrap().to_string()).collect();
    assert_eq!(days, ["2019-01-30", "2019-01-22"]);
}

#[test]
fn a_jump_inside_an_article_does_not_lose_its_analysis() {
    let mut r = Slow(Reader::two(), Vec::new());
    r.keys("D Ctrl-u 2 0 1 9 - 0 1 - 3 0 Enter G Ctrl-o");
    r.land();
    assert!(r.0.screen().contains("30 January 2019"), "{}", r.0.screen());
}

#[test]
fn going_back_twice_while_an_article_is_coming_in_loses_no_jump() {
    let three = [("wall.txt", WALL), ("moon.txt", MOON), ("third.txt", "---\ntitle: Third\n---\nAda Miller slept in Paris.\n")];
    let mut reader = Reader::new(120, 32, &three);
    reader.keys("J J");
    reader.state.open.as_mut().unwrap().go(dateline::text::Span::new(0, 1));
    let mut r = Slow(reader, Vec::new());
    r.keys("H H").land();
    assert_eq!(r.0.title(), "The wall");
    r.keys("L").land();
    assert_eq!(r.0.title(), "The moon");
    r.keys("L").land();
    assert_eq!(r.0.title(), "Third");
}

#[test]
fn the_hits_of_a_search_stay_in_their_article() {
    let mut r = Reader::two();
    r.keys("/").typed("berlin").keys("Enter J");
    assert!(!r.foot().contains("berlin"), "{}", r.foot());
}

#[test]
fn a_name_in_the_list_is_followed_over_the_border_of_an_article() {
    let mut r = Reader::two();
    r.keys("Alt-3 n n n");
    assert_eq!((r.title(), r.cursor()), ("The moon", "Ada Miller"));
    r.keys("n");
    assert_eq!((r.title(), r.cursor()), ("The moon", "Miller"));
}

#[test]
fn back_leads_to_the_exact_row() {
    let long: String =
        (0..60).map(|n| format!("Paragraph {n} says something about the state of things in Berlin and elsewhere.\n\n")).collect();
    let mut r = Reader::new(120, 32, &[("long.txt", &long)]);
    for step in 0..40 {
        let before = r.state.open.as_ref().unwrap().position().0;
        r.keys("G H");
        assert_eq!(r.state.open.as_ref().unwrap().position().0, before, "{step}");
        r.keys("j");
    }
}

#[test]
fn a_stream_that_fails_is_told_and_holds_nothing_up() {
    let mut r = Reader::new(120, 32, &[]);
    let found = |origin| Listing { found: vec![Found { origin, problem: None }], done: true, ..Listing::default() };
    r.happen(Event::Report(Report::Listed(found(Origin::Standard))));
    r.happen(Event::Report(Report::Slurped { id: app::ArticleId(0), origins: Err("it is a folder".into()) }));
    assert!(r.foot().contains("it is a folder"), "{}", r.foot());
    r.happen(Event::Report(Report::Listed(found(Origin::Memory { name: "wall.txt".into(), bytes: WALL.as_bytes().into() }))));
    assert_eq!(r.title(), "The wall");
}

#[test]
fn a_search_that_is_left_by_the_mouse_goes_back() {
    let mut r = Reader::two();
    let position = r.state.open.as_ref().unwrap().position();
    r.keys("/").typed("moscow");
    r.happen(Event::Mouse(Mouse::Click(app::Hit::Title(app::Pane::Timeline))));
    assert_eq!(r.state.open.as_ref().unwrap().position(), position);
}

#[test]
fn names_and_moments_in_the_text() {
    let mut r = Reader::two();
    r.keys("] ]");
    assert_eq!(r.cursor(), "Ada Miller");
    r.keys("] [");
    assert_eq!(r.cursor(), "Ada Miller");
    r.keys("Enter");
    assert!(r.foot().contains("Ada Miller"));
    r.keys("}");
    assert_eq!(r.cursor(), "Friday");
    r.keys("} }");
    assert_eq!(r.cursor(), "Wednesday");
    r.keys("{");
    assert_eq!(r.cursor(), "1961");
}

#[test]
fn the_lists_follow_the_text_and_not_the_other_way_round() {
    let mut r = Reader::two();
    let entity = |r: &Reader| r.state.view.panes.entities.selected;
    r.keys("]");
    let first = entity(&r);
    r.keys("] ]");
    assert_ne!(entity(&r), first);
    let position = r.state.open.as_ref().unwrap().position();
    r.keys("Alt-3 j j k Alt-4 j");
    assert_eq!(r.state.open.as_ref().unwrap().position(), position);
}

#[test]
fn a_row_of_the_timeline_leads_to_its_clause() {
    let mut r = Reader::two();
    r.keys("Alt-4 g Enter");
    let open = r.state.open.as_ref().unwrap();
    let text = &open.document.article.text;
    let cursor = open.cursor.unwrap() as usize;
    assert!(text[cursor..].contains("1961") && !text[cursor..].contains("Friday"), "{}", &text[cursor..]);
}

#[test]
fn letters_to_jump() {
    let mut r = Reader::two();
    r.keys("f");
    assert!(r.foot().contains("Type the letters"));
    // The first letter is the first mark on the screen.
    r.keys("a");
    assert_eq!(r.cursor(), "BERLIN");
    r.keys("f Esc");
    assert!(!r.foot().contains("Type the letters"));
}

#[test]
fn searching_while_typing() {
    let mut r = Reader::two();
    r.keys("/").typed("moscow");
    assert!(r.foot().contains("1 hit"), "{}", r.foot());
    r.keys("Esc");
    assert_eq!(r.state.open.as_ref().unwrap().cursor, None);
    r.keys("/").typed("miller").keys("Enter n");
    assert!(r.foot().contains("miller: 2 of 2"), "{}", r.foot());
    r.keys("n");
    assert!(r.foot().contains("From the first again"), "{}", r.foot());
    r.keys("/").typed("zzz").keys("Enter");
    assert!(r.foot().contains("Nothing found for zzz"));
}

#[test]
fn the_palette_finds_everything() {
    let mut r = Reader::two();
    r.keys(":").typed("the moon").keys("Enter");
    assert_eq!(r.title(), "The moon");
    r.keys("Ctrl-p").typed("karl").keys("Enter");
    assert_eq!((r.title(), r.cursor()), ("The wall", "Karl Weiss"));
    r.keys(":").typed("quit").keys("Enter");
    assert_eq!(r.state.quit, Some(0));
}

#[test]
fn the_place_under_the_eye_stays_when_the_screen_changes() {
    let long: String = (0..200)
        .map(|n| format!("Paragraph {n} says something about the state of things in Berlin and elsewhere, at some length.\n\n"))
        .collect();
    let mut r = Reader::new(120, 40, &[("long.txt", &long)]);
    r.keys("Space Space Space Space j j");
    let eye = r.state.open.as_ref().unwrap().eye();
    for (columns, rows) in [(80, 24), (150, 50), (100, 30), (44, 12), (120, 40)] {
        r.area = Rect::new(0, 0, columns, rows);
        r.happen(Event::Resize(Size { columns, rows }));
        r.buffer();
        assert!(r.state.open.as_ref().unwrap().visible().contains(eye), "{columns}×{rows}");
    }
}

#[test]
fn a_given_date_dates_the_moments() {
    let mut r = Reader::new(120, 32, &[("a.txt", "Ada Miller met Karl Weiss in Berlin on Friday.\n")]);
    assert!(r.screen().contains("undated"));
    r.keys("D").typed("2019-13-99").keys("Enter");
    assert!(r.foot().contains("no date"), "{}", r.foot());
    r.keys("Ctrl-u").typed("2019-01-21").keys("Enter");
    assert!(r.screen().contains("21 Jan 2019"), "{}", r.screen());
    // The day can be taken away again.
    r.keys("D Ctrl-u Enter");
    assert!(r.screen().contains("undated"));
}

#[test]
fn the_mouse_goes_where_it_points() {
    let mut r = Reader::two();
    let screen = r.screen();
    let find = |needle: &str| {
        let (y, line) = (0u16..).zip(screen.lines()).find(|(_, l)| l.contains(needle)).unwrap();
        (u16::try_from(line[..line.find(needle).unwrap()].chars().count()).unwrap(), y)
    };
    let (x, y) = find("Ada Miller, a math");
    let hit = dateline::tui::hit(&r.state, r.area, ratatui::layout::Position { x: x + 2, y }).unwrap();
    r.happen(Event::Mouse(Mouse::Click(hit)));
    assert_eq!(r.cursor(), "Ada Miller");
    let (x, y) = find("The moon");
    let hit = dateline::tui::hit(&r.state, r.area, ratatui::layout::Position { x, y }).unwrap();
    r.happen(Event::Mouse(Mouse::Click(hit)));
    assert_eq!(r.title(), "The moon");
}

#[test]
fn what_cannot_be_read_is_listed_with_its_reason() {
    let mut r = Reader::two();
    let found = vec![Found { origin: Origin::File("/x/secret.txt".into()), problem: Some("no permission to read it".into()) }];
    r.happen(Event::Report(Report::Listed(Listing { found, hidden: 3, binary: 2, done: true, samples: false })));
    assert!(r.foot().contains("1 cannot be read, see the list; passed over: 3 hidden, 2 that are no text"), "{}", r.foot());
    r.keys("Alt-1 G");
    assert!(r.foot().contains("no permission"), "{}", r.foot());
    r.keys("Enter");
    assert_eq!(r.title(), "The wall");
}

#[test]
fn help_lists_the_keys_of_the_pane() {
    let mut r = Reader::two();
    insta::assert_snapshot!("help", r.keys("?").screen());
    assert!(!r.keys("x").screen().contains("any other key closes"));
}

#[test]
fn one_pane_can_have_the_whole_screen() {
    let mut reader = Reader::two();
    reader.keys("Alt-3 z");
    assert!(reader.screen().lines().next().unwrap().contains("3 Who & where"));
    assert!(!reader.screen().contains('│'), "no second column");
    reader.keys("Esc");
    assert!(reader.screen().contains('│'));
    reader.keys("z Enter Enter");
    assert!(reader.state.focus == app::Pane::Text && !reader.state.view.full, "what is jumped to is seen");
}

#[test]
fn a_card_on_the_smallest_screen_shows_its_lines() {
    let mut reader = Reader::new(40, 10, &[("wall.txt", WALL)]);
    let shown = reader.keys("Alt-2 ] c").screen();
    assert!(shown.contains("First named"), "{shown}");
}
