//! The map: keys and the mouse in, screen out.

use super::atlas::{EUROPE, PACIFIC, VENEZUELA, reader};
use super::reader::Reader;
use dateline::app::{Event, Hit, Mouse, Pane, Scope, Size};
use dateline::config::{Depth, Marker};
use dateline::tui::draw;
use dateline::widgets::Paint;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

fn venezuela() -> Reader {
    reader(80, 24, &[("Crisis", VENEZUELA), ("Union", EUROPE)])
}

/// The line under the map.
fn says(reader: &mut Reader) -> String {
    let screen = reader.screen();
    screen.lines().rev().nth(1).unwrap_or("").to_owned()
}

/// The name of the selected place.
fn chosen(reader: &Reader) -> &str {
    reader.state.view.map.chosen().map_or("", |s| &s.place.name)
}

/// The cell of a place on the map, as the mouse would hit it.
fn cell(reader: &Reader, name: &str) -> Hit {
    let map = &reader.state.view.map;
    let spot = map.spots.iter().find(|s| s.place.name == name).unwrap();
    let (column, row) = map.view.cell(spot.point()).unwrap();
    Hit::Inside { pane: Pane::Map, row, column }
}

#[test]
fn the_map_at_80_by_24() {
    let mut r = venezuela();
    insta::assert_snapshot!("map_narrow", r.keys("Alt-6").screen());
    insta::assert_snapshot!("map_narrow_near", r.keys("n n + +").screen());
    insta::assert_snapshot!("map_narrow_list", r.keys("t").screen());
}

#[test]
fn the_map_at_200_by_60() {
    let mut r = reader(200, 60, &[("Union", EUROPE), ("Islands", PACIFIC), ("Crisis", VENEZUELA)]);
    insta::assert_snapshot!("map_wide", r.keys("m").screen());
    insta::assert_snapshot!("map_wide_pane", r.keys("Esc").screen());
    insta::assert_snapshot!("map_world", r.keys("m s").screen());
}

#[test]
fn other_signs_than_braille() {
    let mut r = venezuela();
    r.keys("Alt-6");
    for (marker, name) in [(Marker::HalfBlock, "half_block"), (Marker::Dots, "dots"), (Marker::Ascii, "ascii")] {
        let mut config = (*r.state.config).clone();
        config.settings.map_marker = marker;
        r.state.config = config.into();
        let screen = r.screen();
        if marker == Marker::Ascii {
            assert!(screen.lines().skip(1).take(21).all(|l| l.is_ascii() || l.contains(['á', 'í', 'ú'])), "{screen}");
        }
        insta::assert_snapshot!(format!("map_{name}"), screen);
    }
}

#[test]
fn places_are_gone_through_by_weight_and_enter_goes_to_their_mentions() {
    let mut r = venezuela();
    r.keys("Alt-6 n");
    assert_eq!(chosen(&r), "Venezuela");
    assert!(says(&mut r).contains("Venezuela") && says(&mut r).contains("9 mentions"), "{}", says(&mut r));
    r.keys("n n");
    assert_eq!(chosen(&r), "Caracas");
    r.keys("N");
    assert_eq!(chosen(&r), "United States");
    r.keys("] Enter");
    assert_eq!((r.state.focus, r.cursor()), (Pane::Text, "Caracas"));
    assert!(r.foot().contains("Caracas: 1 of 4"), "{}", r.foot());
    r.keys("n");
    assert!(r.foot().contains("Caracas: 2 of 4"), "{}", r.foot());
}

#[test]
fn the_whole_screen_and_back() {
    let mut r = reader(120, 40, &[("Crisis", VENEZUELA)]);
    assert!(!r.screen().contains("10 places in this article"));
    r.keys("m");
    assert!(r.state.view.full && r.state.focus == Pane::Map);
    // There Tab goes from place to place.
    r.keys("Tab Tab Shift-Tab");
    assert_eq!(chosen(&r), "Venezuela");
    r.keys("m");
    assert_eq!((r.state.view.full, r.state.focus), (false, Pane::Text));
    r.keys("m Esc");
    assert_eq!((r.state.view.full, r.state.focus), (false, Pane::Map));
    r.keys("Tab");
    assert_eq!(r.state.focus, Pane::Articles);
    r.keys("m n Enter");
    assert_eq!((r.state.view.full, r.state.focus), (false, Pane::Text));
    // Where there is no room beside the map, Esc leads back to the text as well.
    let mut narrow = venezuela();
    narrow.keys("m Esc");
    assert_eq!((narrow.state.view.full, narrow.state.focus), (false, Pane::Text));
}

#[test]
fn the_scope_goes_from_the_article_to_a_name_to_all_articles() {
    let mut r = venezuela();
    r.keys("Alt-3 Enter Esc Alt-6 s");
    assert_eq!(r.state.view.map.scope, Scope::Library, "no name is followed");
    assert!(says(&mut r).contains("26 places in 2 articles"), "{}", says(&mut r));
    let berlin = r.state.view.map.spots.iter().position(|s| s.place.name == "Brussels").unwrap();
    r.state.view.map.selected = Some(berlin);
    r.keys("Enter");
    assert_eq!((r.title(), r.cursor()), ("Union", "Brussels"));
    r.keys("g ] Enter Alt-6 s s");
    assert_eq!(r.state.view.map.scope, Scope::Name);
    let names: Vec<&str> = r.state.view.map.spots.iter().map(|s| s.place.name.as_str()).collect();
    assert_eq!(names, ["Berlin"], "what stands in one sentence with Ada Miller");
    assert!(says(&mut r).contains("1 place in sentences with Ada Miller"), "{}", says(&mut r));
}

#[test]
fn across_the_antimeridian() {
    let mut r = reader(80, 24, &[("Islands", PACIFIC)]);
    r.keys("Alt-6");
    let screen = r.screen();
    for name in ["Suva", "Apia", "Anadyr"] {
        assert!(screen.contains(name), "{screen}");
    }
    let map = &r.state.view.map;
    assert!(map.view.center().longitude.abs() > 150.0, "{:?}", map.view);
    let column = |name: &str| map.view.cell(map.spots.iter().find(|s| s.place.name == name).unwrap().point()).unwrap().0;
    assert!(column("Suva") < column("Apia"));
}

#[test]
fn the_mouse_selects_goes_there_zooms_and_draws() {
    let mut r = venezuela();
    r.keys("Alt-6");
    let hit = cell(&r, "Lima");
    r.happen(Event::Mouse(Mouse::Hover(hit)));
    assert!(says(&mut r).contains("Lima"), "{}", says(&mut r));
    r.happen(Event::Mouse(Mouse::Hover(Hit::Title(Pane::Text))));
    assert!(says(&mut r).contains("10 places"), "{}", says(&mut r));
    r.happen(Event::Mouse(Mouse::Click(hit)));
    assert_eq!(chosen(&r), "Lima");
    let before = r.state.view.map.view;
    let Hit::Inside { row, column, .. } = hit else { unreachable!() };
    r.happen(Event::Mouse(Mouse::Drag(Hit::Inside { pane: Pane::Map, row: row - 3, column: column + 5 })));
    assert_eq!(cell(&r, "Lima"), Hit::Inside { pane: Pane::Map, row: row - 3, column: column + 5 });
    r.happen(Event::Mouse(Mouse::Wheel { pane: Pane::Map, column: 0, rows: -3 }));
    assert!(r.state.view.map.view.scale() < before.scale());
    assert_eq!(cell(&r, "Lima"), Hit::Inside { pane: Pane::Map, row: row - 3, column: column + 5 }, "the place under the pointer stays");
    r.keys("0");
    assert_eq!(r.state.view.map.view, before);
    let hit = cell(&r, "Lima");
    r.happen(Event::Mouse(Mouse::Click(hit)));
    assert_eq!((r.state.focus, r.cursor()), (Pane::Text, "Lima"));
}

#[test]
fn panning_and_zooming_never_leave_the_earth() {
    let mut r = venezuela();
    r.keys("m");
    for keys in [
        "h h h h h h h h h h h h h h h h h h h h",
        "k k k k k k k k k k k",
        "- - - - - - -",
        "j j j j j j",
        "+ + + + + + + + + + + + + + +",
        "d d d u g",
    ] {
        r.keys(keys);
        let view = r.state.view.map.view;
        assert!(view.center().latitude.abs() + view.reach().1 <= 90.0 + 1e-6 || view.center().latitude == 0.0, "{keys}: {view:?}");
        assert!(view.center().longitude.abs() <= 180.0);
    }
    for (columns, rows) in [(40, 10), (300, 90), (41, 11), (80, 24)] {
        r.area = Rect::new(0, 0, columns, rows);
        r.happen(Event::Resize(Size { columns, rows }));
        r.buffer();
    }
}

#[test]
fn the_map_goes_with_the_text() {
    let mut r = reader(120, 40, &[("Crisis", VENEZUELA)]);
    r.keys("Alt-6 Alt-2 ]");
    assert_eq!(chosen(&r), "Caracas");
    r.keys("] ]");
    assert_eq!(chosen(&r), "Venezuela");
}

#[test]
fn without_places_it_says_so() {
    let mut r = Reader::two();
    r.keys("m");
    let places = r.state.view.map.spots.len();
    assert!(places > 0 || r.screen().contains("No place"), "{}", r.screen());
    let mut r = Reader::new(80, 24, &[("a.txt", "Nothing is named here.\n")]);
    r.keys("m n");
    assert!(r.screen().contains("No place that is on the map is named"), "{}", r.screen());
    assert!(r.foot().contains("No place on the map"), "{}", r.foot());
    r.keys("Enter t j k Enter s t");
}

#[test]
fn the_selected_place_and_the_borders_are_told_without_colour() {
    let mut r = venezuela();
    r.keys("Alt-6 n");
    let screen = r.screen();
    let buffer = r.buffer();
    let (y, line) = (0u16..).zip(screen.lines()).find(|(_, l)| l.contains("Venezuela")).unwrap();
    let x = u16::try_from(line[..line.find("Venezuela").unwrap()].chars().count()).unwrap();
    assert!(buffer[(x, y)].modifier.contains(Modifier::REVERSED));
    let weak = buffer.content().iter().filter(|c| c.modifier.contains(Modifier::DIM) && c.symbol() >= "\u{2801}").count();
    assert!(weak > 20, "{weak}");
}

#[test]
fn an_article_with_3000_places_is_drawn_in_every_size() {
    let rows: Vec<super::atlas::Row> = (0..3000u32)
        .map(|n| {
            let name: &'static str = format!("Place number {n}").leak();
            (name, "", dateline::article::PlaceKind::City, f64::from(n % 181) - 90.0, f64::from(n * 7 % 361) - 180.0, 1)
        })
        .collect();
    let mut r = reader(200, 60, &[("Gazette", rows.leak())]);
    r.keys("m n n N t G t s");
    for (columns, rows) in [(40, 10), (120, 40)] {
        let area = Rect::new(0, 0, columns, rows);
        let mut buffer = Buffer::empty(area);
        r.state.view.size = Size { columns, rows };
        let paint = Paint::new(r.state.config.theme(true, Depth::True), Depth::True);
        draw(&mut r.state, &paint, area, &mut buffer);
    }
    assert_eq!(r.state.view.map.spots.len(), 3000);
}

#[test]
fn a_place_is_put_right_for_its_source_and_undone() {
    let text = |n: u32| format!("---\ntitle: Story {n}\nsite: example.org\n---\nA fire broke out in Paris on Monday, the mayor said.\n");
    let (a, b) = (text(1), text(2));
    let mut r = Reader::new(120, 40, &[("a.txt", &a), ("b.txt", &b)]);
    let paris = |r: &Reader| {
        let found = &r.state.open.as_ref().unwrap().document.found;
        found.entities.iter().find_map(|e| e.place.as_ref().filter(|p| p.name == "Paris").and_then(|p| p.admin1.clone()))
    };
    let first = paris(&r);
    r.keys("] Enter p").typed("texas").keys("Enter");
    assert_eq!(paris(&r).as_deref(), Some("Texas"), "{}", r.screen());
    assert!(r.foot().contains("example.org") && r.foot().contains("U undoes it"), "{}", r.foot());
    r.keys("J");
    assert_eq!((r.title(), paris(&r).as_deref()), ("Story 2", Some("Texas")));
    r.keys("K U");
    assert_eq!(paris(&r), first);
    r.keys("J");
    assert_eq!(paris(&r), first);
}

#[test]
fn the_card_of_a_place_says_where_it_is() {
    let mut r = venezuela();
    r.keys("Alt-6 n n n c");
    let screen = r.screen();
    assert!(screen.contains("Caracas, Venezuela (VE)") && screen.contains("10.48° N, 66.88° W"), "{screen}");
    r.keys("o Esc");
}
