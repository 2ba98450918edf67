//! The timeline beside the text and of all articles: keys in, screen out.

use super::reader::{MOON, Reader, WALL};

const HISTORY: &str = "---\ntitle: A bridge and its town\npublished: 2019-01-21\n---\nLEEDS — The council opened the new bridge on Monday, the mayor, Anna Weber, said.\n\nA first bridge fell in 1987. Work on the new one began in March 2017. Anna Weber was elected in May 2018.\n\nThe river rose on Jan. 10. It fell again on Jan. 12. People had asked for a bridge in recent years.\n\nThe mayor will cross it again on Wednesday.\n";
const ECHO: &str = "---\ntitle: Bridge opened\npublished: 2019-01-22\n---\nLEEDS — The council of Leeds opened the new bridge on Monday, said Anna Weber.\n\nKarl Weiss will sing there on Friday.\n";

fn bridge(columns: u16, rows: u16) -> Reader {
    Reader::new(columns, rows, &[("bridge.txt", HISTORY), ("echo.txt", ECHO), ("wall.txt", WALL), ("moon.txt", MOON)])
}

/// The rows of the pane in focus, without its title, the axis and the foot.
fn rows(r: &mut Reader, above: usize) -> Vec<String> {
    let screen = r.screen();
    let lines: Vec<&str> = screen.lines().collect();
    lines[above..lines.len() - 1].iter().map(|l| (*l).to_owned()).filter(|l| !l.is_empty()).collect()
}

#[test]
fn the_axis_stands_over_the_list() {
    let mut r = bridge(80, 20);
    insta::assert_snapshot!(r.keys("Alt-4").screen());
}

#[test]
fn narrow_and_low() {
    let mut r = bridge(40, 10);
    insta::assert_snapshot!(r.keys("Alt-4").screen());
}

#[test]
fn all_articles_on_the_whole_screen() {
    let mut r = bridge(120, 20);
    insta::assert_snapshot!(r.keys("T").screen());
    assert!(r.keys("T").screen().contains("Articles"), "back to the panes");
}

#[test]
fn zoomed_out_what_lies_in_a_month_is_one_row() {
    let mut r = bridge(80, 24);
    r.keys("Alt-4 g");
    let before = r.screen();
    let count = rows(&mut r, 3).len();
    r.keys("- -");
    let months = r.screen();
    assert!(months.contains("months") && months.contains("Jan 2019") && months.contains("moments"), "{months}");
    assert!(rows(&mut r, 3).len() < count, "{months}");
    for _ in 0..9 {
        r.keys("-");
    }
    assert!(r.screen().contains("centuries"));
    assert!(r.foot().contains("farthest"));
    for _ in 0..5 {
        r.keys("+");
    }
    assert_eq!(r.screen(), before, "zooming in again leads back");
}

#[test]
fn enter_on_a_gathered_row_goes_closer() {
    let mut r = bridge(80, 24);
    r.keys("Alt-4 g - - j j j");
    assert!(r.screen().contains("moments"));
    r.keys("G k k Enter");
    assert!(!r.screen().contains("2 moments"));
}

#[test]
fn text_order_and_back() {
    let mut r = bridge(80, 24);
    r.keys("Alt-4 g");
    assert!(rows(&mut r, 3)[0].contains("1987"));
    r.keys("t g");
    assert!(rows(&mut r, 3)[0].contains("21 Jan"), "{}", r.screen());
    assert!(!r.screen().contains("published"));
    r.keys("t");
    let shown = r.screen();
    assert!(shown.contains("◆"), "{shown}");
}

#[test]
fn what_is_vague_is_in_the_drawer() {
    let mut r = bridge(80, 24);
    r.keys("Alt-4");
    assert!(r.screen().contains("▸ Vague or undated  1") && !r.screen().contains("recent years"));
    r.keys("v");
    assert!(r.screen().contains("▾ Vague or undated  1") && r.screen().contains("recent years"), "{}", r.screen());
    r.keys("Enter");
    let open = r.state.open.as_ref().unwrap();
    assert!(open.document.article.text[open.cursor.unwrap() as usize..].starts_with("People had asked"));
    r.keys("Alt-4 v");
    assert!(!r.screen().contains("recent years"));
    // The heading is a handle, too.
    r.keys("G Enter");
    assert!(r.screen().contains("recent years"));
}

#[test]
fn a_filter_is_seen_and_stays_in_the_timeline_of_all() {
    let mut r = bridge(120, 32);
    r.keys("Alt-3 g e Alt-4");
    let screen = r.screen();
    assert!(screen.contains("only Anna Weber") && screen.contains("Anna Weber was elec") && !screen.contains("· 10 Jan"), "{screen}");
    r.keys("T");
    let all = r.screen();
    assert!(all.contains("only Anna Weber") && all.contains("elected") && !all.contains("mathematician"), "{all}");
    r.keys("e");
    let all = r.screen();
    assert!(!all.contains("only Anna Weber") && all.contains("mathematician"), "{all}");
}

#[test]
fn two_articles_that_tell_the_same_are_one_row() {
    let mut r = bridge(120, 24);
    r.keys("T");
    let screen = r.screen();
    let opened: Vec<&str> = screen.lines().filter(|l| l.contains("opened the new bridge")).collect();
    assert_eq!(opened.len(), 1, "{screen}");
    assert!(opened[0].contains("2 articles"), "{screen}");
    // The moment that was selected beside the text is selected here.
    r.keys("g");
    while !r.screen().lines().any(|l| l.contains("└")) && r.state.view.timeline.session.cursor.selected < 12 {
        r.keys("j o");
    }
    let unfolded = r.screen();
    assert!(unfolded.contains("A bridge and its town") && unfolded.contains("Bridge opened"), "{unfolded}");
}

#[test]
fn a_row_of_all_articles_opens_its_clause_and_there_is_a_way_back() {
    let mut r = bridge(120, 24);
    let title = r.title().to_owned();
    r.keys("T G k");
    assert!(r.state.view.full);
    r.keys("Enter");
    assert!(!r.state.view.full);
    assert_ne!(r.title(), title);
    let open = r.state.open.as_ref().unwrap();
    assert!(open.cursor.is_some());
    r.keys("Ctrl-o");
    assert_eq!(r.title(), title);
}

#[test]
fn the_pane_can_be_clicked_below_its_axis() {
    use dateline::app::{Event, Mouse, Pane};
    use dateline::tui::hit;
    use ratatui::layout::Position;
    let mut r = bridge(80, 24);
    r.keys("Alt-4");
    let screen = r.screen();
    let line = screen.lines().position(|l| l.contains("1987")).unwrap();
    let hit = hit(&r.state, r.area, Position::new(30, line as u16)).unwrap();
    r.happen(Event::Mouse(Mouse::Click(hit)));
    let open = r.state.open.as_ref().unwrap();
    assert_eq!(r.state.focus, Pane::Text);
    assert!(open.document.article.text[open.cursor.unwrap() as usize..].starts_with("A first bridge"));
}
