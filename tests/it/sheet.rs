//! Pages of the library on the screen: what stands on them, where their rows lead, and the way back.

use super::shelf::{Shelf, Stored, library, publish};
use dateline::query;
use dateline::store::{Holder, Reader, Writer};
use std::path::Path;
use std::time::{Duration, Instant};

const FEED: &str = "https://paper.example/feed";

/// A library with these articles beside the first three: numbers (the larger, the older), sites, titles and texts.
fn with(name: &str, articles: &[(usize, &str, &str, &str)]) -> Stored {
    let path = library(name, 0);
    let mut writer = Writer::claim(&path, &Holder::this("the test")).unwrap();
    articles.iter().for_each(|(n, site, title, text)| publish(&mut writer, (*n, site), FEED, title, text));
    path
}

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
    shelf.keys("B").sees("What the news is about");
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

#[test]
fn the_bar_of_a_page_is_moved_in_and_leads_to_the_articles_of_a_time() {
    let there = "Ada Miller was there.";
    let path = with(
        "sheet-bar",
        &[
            (30, "paper.example", "The bridge", there),
            (31, "paper.example", "The bridge again", there),
            (60, "paper.example", "The harbour", there),
        ],
    );
    let mut shelf = Shelf::open(&path, 120, 40);
    shelf.sees("1/6");
    shelf.keys("j j Enter").sees("met Karl Weiss in Berlin");
    shelf.keys("] C").sees("person · 5 articles");
    let whole = shelf.screen();
    assert!(whole.contains("2019-01-01") && whole.contains("2019-01-21") && !whole.contains('▲'), "{whole}");
    shelf.keys("-");
    let at_end = shelf.screen();
    assert!(at_end.contains('▲') && at_end.contains("21 Jan 2019 · 2 articles"), "{at_end}");
    shelf.keys("N").sees("▲ 11 Jan 2019 · 2 articles");
    shelf.keys("h").sees("10 Jan 2019 · 0 articles");
    shelf.keys("Enter").sees("No article is of this time");
    shelf.keys("l Enter").sees("Ada Miller · 11 Jan 2019");
    let list = shelf.sees("1/2");
    assert!(list.contains("The bridge again") && !list.contains("The harbour"), "{list}");
    // The page is as it was left, and another step to a row leaves the bar.
    shelf.keys("Ctrl-o").sees("11 Jan 2019 · 2 articles");
    shelf.keys("g").sees("1 Jan 2019 · 1 article");
    shelf.keys("Esc");
    assert!(!shelf.screen().contains('▲'));
    shelf.keys("+").sees("1 Jan 2019 · 1 article");
    shelf.keys("j");
    assert!(!shelf.screen().contains('▲'));
    shelf.keys("h").until(|s| !s.contains("person · 5 articles"));
}

/// What three papers tell of a bridge, one of them in another one's words.
const BRIDGE: &str = "Maria Lopez, the mayor of Lyon, opened the new bridge across the harbour on Monday. “The bridge is ours,” Lopez said. Thousands \
    of people walked over the bridge, which took the engineers of Acme Works nine years and cost twice what had been planned.";
const CROSSED: &str = "Maria Lopez crossed the harbour bridge of Lyon on Monday with engineers of Acme Works. “It holds,” said Karl Weiss.";

fn bridge(name: &str) -> Stored {
    let copy = format!("{BRIDGE} It was cold.");
    with(
        name,
        &[
            (0, "one.example", "Bridge opened in Lyon", BRIDGE),
            (1, "two.example", "New bridge opens", &copy),
            (2, "three.example", "Mayor crosses bridge", CROSSED),
        ],
    )
}

#[test]
fn the_page_of_a_story_has_its_drawings() {
    let path = bridge("sheet-story");
    let mut shelf = Shelf::open(&path, 120, 40);
    shelf.sees("1/6");
    shelf.keys("I").sees("Told by several sources");
    shelf.keys("Enter").sees("story · ");
    // Beside the rows, and each on the whole screen, as on any page.
    let page = shelf.screen();
    assert!(page.matches("Maria Lopez").count() > 1 && page.contains("Acme Works") && page.contains("what differs"), "{page}");
    shelf.keys("m").until(|s| s.contains("Karl Weiss") && !s.contains("what differs"));
    shelf.keys("m").until(|s| s.contains("Lyon") && !s.contains("Karl Weiss"));
    shelf.keys("Enter").sees("place · 3 articles");
    shelf.keys("h").sees("story · ");
}

#[test]
fn copies_fold_under_the_first_in_a_list_by_story() {
    let path = bridge("sheet-copies");
    let mut shelf = Shelf::open(&path, 120, 30);
    shelf.sees("1/6");
    shelf.keys("V V V V").sees("+1 copy");
    let folded = shelf.sees("1/5");
    assert!(folded.contains("● Bridge opened in Lyon") != folded.contains("● New bridge opens"), "{folded}");
    // The row that has a copy may be the first or the second of its story.
    let line = folded.lines().position(|l| l.contains("+1 copy")).unwrap() - folded.lines().position(|l| l.contains("●")).unwrap();
    (0..line).for_each(|_| _ = shelf.keys("j"));
    shelf.keys("o").sees("↳");
    let unfolded = shelf.sees("/6");
    assert!(unfolded.contains("Bridge opened in Lyon") && unfolded.contains("New bridge opens") && !unfolded.contains("+1 copy"));
    // What differs, from the copy; and back.
    shelf.keys("j w").sees("It was cold.");
    shelf.keys("h").sees("↳");
    shelf.keys("o").sees("+1 copy");
    // What is read above takes in what is folded there.
    shelf.keys("A").sees("6 articles marked");
    shelf.keys("U").sees("Undone: 6 articles unread again");
}

/// How many articles of a library a query finds.
fn found(path: &Path, query: &str) -> usize {
    let mut reader = Reader::open(path).unwrap();
    reader.snapshot(0).unwrap().find(&query::parse(query).unwrap()).unwrap().count
}

#[test]
fn a_place_that_is_put_right_is_so_in_all_stored_articles_of_the_source_and_undone() {
    let text = |n: usize| format!("A fire broke out in Paris on Monday, said mayor number {n}.");
    let path = with(
        "sheet-place",
        &[
            (0, "one.example", "First fire", &text(1)),
            (1, "one.example", "Second fire", &text(2)),
            (2, "two.example", "Third fire", &text(3)),
        ],
    );
    let comes = |count: usize, shelf: &mut Shelf| {
        let end = Instant::now() + Duration::from_secs(20);
        while found(&path, "where:texas") != count {
            assert!(Instant::now() < end, "{} and not {count}", found(&path, "where:texas"));
            std::thread::sleep(Duration::from_millis(20));
            shelf.screen();
        }
    };
    let mut shelf = Shelf::open(&path, 120, 40);
    shelf.sees("1/6");
    assert_eq!((found(&path, "where:texas"), found(&path, "where:france")), (0, 3));
    shelf.keys("/ t i t l e : f i r s t Enter").sees("1/1");
    shelf.keys("Enter").sees("A fire broke out");
    shelf.keys("] p").sees("Paris, Texas");
    shelf.keys("t e x a s").until(|s| s.contains("Paris, Texas") && !s.contains("Paris, Ontario"));
    shelf.keys("Enter").sees("in all articles of one.example");
    comes(2, &mut shelf);
    assert_eq!(found(&path, "where:france"), 1, "the other source keeps its own");
    // The page of the place in the second article is that of the town in Texas, and so is its spot on the map.
    let towns = |path: &Path| {
        let mut reader = Reader::open(path).unwrap();
        let snapshot = reader.snapshot(0).unwrap();
        let row = snapshot.rows(&snapshot.find(&query::parse("title:second").unwrap()).unwrap(), dateline::store::Order::Newest, None, 1);
        let stored = snapshot.open(row.unwrap()[0].cursor.key).unwrap().unwrap();
        let at = stored.analysed.found.entities.iter().position(|e| e.name == "Paris").unwrap();
        let page = snapshot.page(stored.entities[at]).unwrap().unwrap();
        let place = stored.analysed.found.entities[at].place.clone().unwrap();
        (page.articles.count, page.place == Some(place.id), place.admin1.as_deref() == Some("Texas"), place.longitude < -90.0)
    };
    assert_eq!(towns(&path), (2, true, true, true));
    shelf.keys("U").sees("Paris");
    comes(0, &mut shelf);
    assert_eq!((found(&path, "where:france"), towns(&path)), (3, (3, true, false, false)));
}

#[test]
fn company_tells_two_of_one_name_apart_and_the_words_for_it_are_kept() {
    let path = library("sheet-company", 0);
    let mut shelf = at_ada(&path);
    // Behind what was said and the moments: with whom.
    shelf.keys("Tab Tab X").sees("Is somebody else there");
    shelf.keys("t h e Space w a l k e r Enter").sees("Ada Miller is the walker there");
    shelf.sees("person · 1 article ");
    shelf.keys("G X").sees("Is somebody else there: the walker");
    shelf.keys("Esc U").sees("taken back");
    shelf.sees("person · 2 articles");
}
