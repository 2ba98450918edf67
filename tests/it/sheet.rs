//! Pages of the library on the screen: what stands on them, where their rows lead, and the way back.

use super::shelf::{Shelf, library};

#[test]
fn from_a_name_to_its_page_to_another_article_and_back() {
    let path = library("sheet", 0);
    let mut shelf = Shelf::open(&path, 120, 40);
    shelf.sees("1/3");
    shelf.keys("j j Enter").sees("met Karl Weiss in Berlin");
    let page = shelf.keys("]").keys("C").until(|s| s.contains("person · 2 articles"));
    for part in ["Ada Miller", "With", "Karl Weiss", "Where", "Moscow", "Articles", "The wall"] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    insta::assert_snapshot!(page);
    shelf.keys("G k Enter").sees("spoke about the moon");
    shelf.keys("Ctrl-o").sees("person · 2 articles");
    shelf.keys("Esc").until(|s| !s.contains("person · 2 articles"));
    shelf.keys("`").sees("person · 2 articles");
}

#[test]
fn stories_who_rises_and_what_is_followed() {
    let path = library("sheets", 0);
    let mut shelf = Shelf::open(&path, 120, 40);
    shelf.sees("1/3");
    shelf.keys("I").until(|s| s.contains("Stories") && s.contains("1 of 3"));
    shelf.keys("B").sees("What everyone is on about");
    shelf.keys("Left").sees("sources of articles");
    shelf.keys("Q").sees("nothing yet");
    shelf.keys("Esc j j Enter").sees("met Karl Weiss in Berlin");
    shelf.keys("] C").sees("person · 2 articles");
    shelf.keys("@").sees("Ada Miller is followed from now on");
    shelf.keys("Q").until(|s| s.contains("0 new") && s.contains("Ada Miller"));
}

#[test]
fn a_page_on_small_screens() {
    for (columns, rows) in [(40, 10), (60, 14), (200, 60)] {
        let path = library(&format!("sheet-{columns}"), 0);
        let mut shelf = Shelf::open(&path, columns, rows);
        shelf.sees("The wall");
        shelf.keys("j j Enter").sees("Karl Weiss in");
        shelf.keys("] C").sees("Ada Miller");
        shelf.keys("+ + - j j k PageDown Tab Tab G g Left");
        shelf.screen();
    }
}
