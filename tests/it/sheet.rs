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
    shelf.keys("I").until(|s| s.contains("Stories") && s.contains("1 source"));
    shelf.keys("B").sees("What everyone is on about");
    shelf.keys("Left").sees("Told by one source");
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

/// A reader at the page of Ada Miller.
fn at_ada(path: &std::path::Path) -> Shelf {
    let mut shelf = Shelf::open(path, 120, 40);
    shelf.sees("1/3");
    shelf.keys("j j Enter").sees("met Karl Weiss in Berlin");
    shelf.keys("] C").sees("person · 2 articles");
    shelf
}

#[test]
fn the_timeline_of_a_page_leads_to_clauses_and_back() {
    let path = library("sheet-timeline", 0);
    let mut shelf = at_ada(&path);
    shelf.keys("T").sees("Ada Miller · ");
    let all = shelf.sees("2 moments in 2 articles");
    assert!(all.contains("In Moscow, Ada Miller spoke about the moon") && all.contains("The moon"), "{all}");
    // Zoom from hours to centuries keeps all of it.
    for unit in ["hours", "days", "weeks", "months", "years", "decades", "centuries"] {
        shelf.keys(if unit == "hours" { "+" } else { "-" });
        assert!(shelf.screen().contains("2 moments") || shelf.screen().contains(unit), "{unit}");
    }
    shelf.keys("Esc").sees("person · 2 articles");
    shelf.keys("T").sees("2 moments in 2 articles");
    shelf.keys("+ + + + + + +");
    shelf.keys("G Enter").until(|s| s.contains("Ada Miller") && s.contains("2 Text"));
    shelf.keys("Ctrl-o").sees("2 moments in 2 articles");
    shelf.keys("T").sees("person · 2 articles");
}

#[test]
fn the_timeline_of_a_list_and_of_a_search() {
    let path = library("sheet-list", 0);
    let mut shelf = Shelf::open(&path, 120, 30);
    shelf.sees("1/3");
    shelf.keys("T").sees("Unread · ");
    shelf.sees("in 3 articles");
    shelf.keys("T").sees("1/3");
    shelf.keys("S").keys("m o o n Enter").sees("1/1");
    shelf.keys("T").sees("in 1 article");
}

#[test]
fn who_is_who_is_decided_on_a_page_and_taken_back() {
    let path = library("sheet-decide", 0);
    let mut shelf = at_ada(&path);
    // Called otherwise, and back.
    shelf.keys("r T h e Space q u e e n Enter").sees("is called The queen (U takes it back)");
    shelf.until(|s| s.starts_with("    The queen"));
    shelf.keys("U").until(|s| s.starts_with("    Ada Miller"));
    // One with another: the page that is open shows both at once.
    shelf.keys("= k a r l Enter").sees("person · 2 articles");
    shelf.sees("Enter does it");
    shelf.keys("Enter").sees("Ada Miller is Karl Weiss in all articles");
    shelf.sees("person · 3 articles");
    // Split while the page is open: Tab goes from part to part, to the names.
    while !shelf.screen().contains("stands for itself") {
        shelf.keys("Tab x");
        shelf.until(|s| s.contains("stands for itself") || s.contains("No name of this page"));
    }
    shelf.until(|s| !s.contains("person · 3 articles"));
    shelf.keys("Y d").sees("Who is who, by you");
    let list = shelf.screen();
    assert!(list.contains("Who is who, by you") && list.contains("taken back") && list.contains("Ada Miller is Karl Weiss"), "{list}");
    // A decision that was taken back holds again, and ends again.
    shelf.keys("Enter").sees("the decision is taken back");
}

#[test]
fn two_of_one_name_are_told_apart_by_an_article() {
    let path = library("sheet-apart", 0);
    let mut shelf = at_ada(&path);
    // The last row is the article about the wall.
    shelf.keys("G X").keys("t h e Space m a s o n Enter").sees("Ada Miller is the mason there");
    shelf.until(|s| s.contains("person · 1 article ") || s.contains("the mason"));
    shelf.keys("U").sees("taken back");
    shelf.sees("person · 2 articles");
}

#[test]
fn drawings_lead_to_pages_and_views_become_files() {
    let path = library("sheet-figure", 0);
    let mut shelf = at_ada(&path);
    shelf.keys("m").until(|s| s.contains("Karl Weiss") && !s.contains("Named as"));
    shelf.keys("m").until(|s| s.contains("Moscow") && !s.contains("Karl Weiss"));
    shelf.keys("m").sees("Named as");
    shelf.keys("m n Enter").until(|s| !s.starts_with("    Ada Miller") && s.contains("Articles"));
    shelf.keys("Left").until(|s| s.starts_with("    Ada Miller"));
    shelf.keys("Esc").sees("Named as");
    shelf.keys("Esc").sees("2 Text");
    // The write-command of a reader's own folder is told where it went.
    let folder = std::env::temp_dir().join(format!("dateline-views-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    shelf.save_in(folder.to_str().unwrap());
    shelf.keys("` Y v").sees("Write this view as md");
    shelf.keys("j s o n Enter").sees("Saved as");
    let written =
        std::fs::read_to_string(folder.join("ada-miller.geojson")).or_else(|_| std::fs::read_to_string(folder.join("ada-miller.json")));
    assert!(written.unwrap().contains("Page("));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn why_a_name_is_in_the_library_is_said() {
    let path = library("sheet-why", 0);
    let mut shelf = Shelf::open(&path, 160, 30);
    shelf.sees("1/3");
    shelf.keys("j j Enter").sees("met Karl Weiss in Berlin");
    shelf.keys("] w").sees("in the library the same name is the same entity");
}

#[test]
fn following_goes_round_and_is_counted_in_the_tree() {
    let path = library("sheet-follow", 0);
    let mut shelf = at_ada(&path);
    shelf.keys("@").sees("is followed from now on");
    shelf.keys("@").sees("what is new is announced");
    shelf.keys("Esc 1 h").until(|s| s.contains("◆ Ada Miller"));
    shelf.keys("`").sees("person · 2 articles");
    shelf.keys("@").sees("is not followed any more");
    shelf.keys("Esc").until(|s| !s.contains("◆ Ada Miller"));
}

#[test]
fn a_list_by_story_and_its_own_order() {
    let path = library("sheet-group", 0);
    let mut shelf = Shelf::open(&path, 120, 20);
    shelf.until(|s| s.contains("1/3") && s.contains("Blog"));
    shelf.keys("V V V V").sees("by story");
    // Another list has an order of its own.
    shelf.keys("h j").until(|s| s.contains("All") && !s.contains("by story"));
    shelf.keys("k").sees("by story");
}
