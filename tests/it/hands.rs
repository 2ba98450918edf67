//! Hands: sequences, counts, macros and commands, kept places, what leaves the program, and text that scrolls by itself.

use super::reader::{MOON, Reader, WALL};
use dateline::app::{self, Alarm, Edge, Effect, Event, Hit, Mouse, Overlay, Pane};
use dateline::config::{Config, Dateline, Depth, Keymap, Preset, Settings, Signs};
use ratatui::layout::Position;
use std::sync::Arc;

/// A reader with other keys: a preset, and a keymap of their own over it.
fn with_keys(mut reader: Reader, preset: Preset, keymap: &str) -> Reader {
    let actions: Vec<&str> = app::ACTIONS.iter().map(|a| a.name).collect();
    let (keymap, mistakes) = Keymap::load(&preset.layers(), Some(("keymap.toml", keymap)), &actions);
    assert_eq!(mistakes, []);
    reader.state.config = Arc::new(Config { keymap, ..Config::clone(&reader.state.config) });
    reader
}

fn vim() -> Reader {
    with_keys(Reader::two(), Preset::Vim, "")
}

/// Lets the last alarm that was asked for ring.
fn ring(reader: &mut Reader) {
    let alarm = reader.asked.iter().rev().find_map(|e| if let Effect::Wake(_, alarm) = e { Some(*alarm) } else { None }).unwrap();
    reader.happen(Event::Wake(alarm));
}

fn copied(reader: &Reader) -> &str {
    match reader.asked.last() {
        Some(Effect::Copy(text)) => text,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_action_of_the_keymaps_is_known_and_the_other_way_round() {
    let actions: Vec<&str> = app::ACTIONS.iter().map(|a| a.name).collect();
    for preset in [Preset::Default, Preset::Vim, Preset::Newsboat, Preset::Plain] {
        assert_eq!(Keymap::load(&preset.layers(), None, &actions).1, [], "{preset:?}");
    }
    let config = Config::load(None, &actions);
    let bound = |name: &str| dateline::config::Context::ALL.iter().any(|c| !config.keymap.keys_of(*c, name).is_empty());
    assert_eq!(actions.into_iter().filter(|name| !bound(name)).collect::<Vec<_>>(), [] as [&str; 0]);
}

#[test]
fn what_can_follow_is_shown_after_a_moment() {
    let mut r = Reader::two();
    r.keys("y");
    assert!(!r.screen().contains("copy BibTeX") && r.foot().ends_with('y'), "{}", r.foot());
    ring(&mut r);
    let screen = r.screen();
    assert!(screen.contains("b  copy BibTeX") && screen.contains("q  copy quotation"), "{screen}");
    // Whoever has begun by mistake loses no key.
    let top = r.state.view.panes.articles.selected;
    r.keys("Alt-1 y j");
    assert_eq!(r.state.view.panes.articles.selected, top + 1);
    assert!(r.state.view.typing.is_empty() && !r.screen().contains("copy BibTeX"));
    r.keys("y Esc");
    assert!(r.state.view.typing.is_empty());
}

#[test]
fn an_alarm_for_an_earlier_key_shows_nothing() {
    let mut r = Reader::two();
    r.keys("y");
    let old = r.asked.pop();
    r.keys("Esc Y");
    let Some(Effect::Wake(_, alarm @ Alarm::Typing(_))) = old else { panic!("{old:?}") };
    r.happen(Event::Wake(alarm));
    assert!(!r.state.view.typing.shown);
}

#[test]
fn counts_repeat_moves_and_choose_rows() {
    let mut r = vim();
    r.keys("g 3");
    assert_eq!(r.state.focus, Pane::Entities);
    let first = r.state.view.panes.entities.selected;
    r.keys("2 j");
    assert!(r.state.view.panes.entities.selected >= first + 2);
    r.keys("1 G");
    assert_eq!(r.state.view.panes.entities.selected, first);
    r.keys("g 2 3 ]");
    let there = r.state.open.as_ref().unwrap().cursor;
    let mut steps = vim();
    steps.keys("g 2 ] ] ]");
    assert_eq!(there, steps.state.open.as_ref().unwrap().cursor);
    // As far as there is something to go to, and what there is not is said once.
    r.keys("9 9 9 9 9 9 J");
    assert_eq!(r.title(), "The moon");
    assert!(r.foot().contains("This is the last article"), "{}", r.foot());
}

#[test]
fn digits_count_by_default_and_name_panes_and_links() {
    let mut r = Reader::two();
    r.keys("3 Tab");
    assert_eq!(r.state.focus, Pane::Entities);
    r.keys("g 3 j");
    let far = r.state.view.panes.entities.selected;
    r.keys("g j j j");
    assert_eq!(r.state.view.panes.entities.selected, far);
    r.keys("Alt-2");
    assert_eq!(r.state.focus, Pane::Text);
    // Whoever thinks after a digit is shown what it is good for.
    r.keys("4");
    ring(&mut r);
    let screen = r.screen();
    assert!(screen.contains("Tab  When") && screen.contains("j    down"), "{screen}");
    r.keys("Esc");
    assert!(r.state.view.typing.is_empty());
    r.keys("9 Tab");
    assert_eq!(r.state.focus, Pane::Text, "no pane has that number");
}

#[test]
fn a_count_opens_a_link_and_in_newsboats_keys_a_digit_does() {
    let page = "<html><body><article><h1>Links</h1><p>Read the <a href=\"https://a.example/1\">first</a>, the \
                <a href=\"https://a.example/2\">second</a> and the <a href=\"https://a.example/3\">third</a> of them today.</p></article></body></html>";
    let opened = |r: &Reader| r.asked.iter().rev().find_map(|e| if let Effect::Browse(url) = e { Some(url.clone()) } else { None });
    let mut r = Reader::new(120, 32, &[("links.html", page)]);
    r.keys("3 o");
    assert_eq!(opened(&r).as_deref(), Some("https://a.example/3"));
    r.keys("7 o");
    assert!(r.foot().contains("numbered from 1 to 3"), "{}", r.foot());
    let mut r = with_keys(Reader::new(120, 32, &[("links.html", page)]), Preset::Newsboat, "");
    r.keys("2");
    assert_eq!(opened(&r).as_deref(), Some("https://a.example/2"));
}

#[test]
fn a_place_is_kept_under_a_letter_across_articles() {
    let mut r = Reader::two();
    r.keys("] ] \" a");
    assert!(r.foot().contains("This place is a"), "{}", r.foot());
    let here = r.state.open.as_ref().unwrap().point();
    r.keys("J '");
    assert!(r.foot().contains("a The wall"), "{}", r.foot());
    r.keys("a");
    assert_eq!((r.title(), r.state.open.as_ref().unwrap().point()), ("The wall", here));
    r.keys("H");
    assert_eq!(r.title(), "The moon");
    r.keys("' q");
    assert!(r.foot().contains("There is no place under q"), "{}", r.foot());
    let mut r = vim();
    r.keys("m b J ' b");
    assert_eq!(r.title(), "The wall");
}

#[test]
fn macros_press_keys_and_never_run_away() {
    let keymap = "[macro]\nnext = \"J\"\nboth = \"Alt-3 c\"\nover = \"g z\"\n[global]\nnext = \"F5\"\nboth = \"F6\"\nover = \"g z\"\n";
    let mut r = with_keys(Reader::two(), Preset::Default, keymap);
    r.keys("F5");
    assert_eq!(r.title(), "The moon");
    r.keys("F6");
    assert!(matches!(r.state.overlay, Overlay::Card(_)));
    r.keys("Esc g z");
    assert!(r.foot().contains("has pressed 500 keys"), "{}", r.foot());
}

#[test]
fn commands_hand_on_what_they_are_told() {
    let keymap = "[command]\nwiki = { open = \"https://wiki.example/{name}\" }\nplay = { run = [\"mpv\", \"{url}\", \"{title}\"] }\n\
                  speak = { run = \"espeak\", input = \"quotation\" }\nline = { copy = \"{title} ({date})\" }\n\
                  [global]\nwiki = \"F5\"\nplay = \"F6\"\nspeak = \"F7\"\nline = \"F8\"\n";
    let mut r = Reader::two();
    r.keys("W");
    assert!(r.foot().contains("No name is chosen to look up"), "{}", r.foot());
    r.keys("/ w a l l Enter W");
    assert!(matches!(r.asked.last(), Some(Effect::Browse(url)) if url.ends_with("search=wall")), "{:?}", r.asked.last());
    let text = WALL.replace("published:", "url: https://example.org/wall\npublished:");
    let mut r = with_keys(Reader::new(120, 32, &[("wall.txt", &text)]), Preset::Default, keymap);
    r.keys("Alt-3 F5");
    assert!(matches!(r.asked.last(), Some(Effect::Browse(url)) if url == "https://wiki.example/Ada%20Miller"), "{:?}", r.asked.last());
    r.keys("F6");
    let Some(Effect::Run { program, input: None }) = r.asked.last() else { panic!("{:?}", r.asked.last()) };
    assert_eq!(program.as_slice(), ["mpv", "https://example.org/wall", "The wall"]);
    r.keys("Alt-5 j F7");
    let Some(Effect::Run { input: Some(words), .. }) = r.asked.last() else { panic!("{:?}", r.asked.last()) };
    assert_eq!(words, "“It is gone,” — Ada Miller, “The wall”, example.org, 21 January 2019, https://example.org/wall");
    r.keys("F8");
    assert_eq!(copied(&r), "The wall (2019-01-21)");
    r.keys("?");
    assert!(matches!(r.state.overlay, Overlay::Help(_)));
    r.keys("G");
    assert!(r.screen().contains("wiki"), "{}", r.screen());
}

#[test]
fn what_is_copied_and_saved() {
    let mut r = Reader::two();
    r.keys("y l");
    assert!(r.foot().contains("no address on the web"), "{}", r.foot());
    r.keys("y m");
    assert_eq!(copied(&r), "“The wall”, 21 January 2019.");
    r.keys("] ] y q");
    assert!(
        copied(&r).starts_with("“BERLIN — Ada Miller, a mathematician, met Karl Weiss in Berlin on Friday.” — “The wall”"),
        "{}",
        copied(&r)
    );
    r.keys("y b");
    assert!(copied(&r).starts_with("@online{2019wall,"), "{}", copied(&r));
    assert!(r.foot().contains("Copied the BibTeX entry"), "{}", r.foot());
    r.keys("Y m");
    let Some(Effect::Save { name, text, .. }) = r.asked.last() else { panic!("{:?}", r.asked.last()) };
    assert!(name == "2019-01-21-the-wall.md" && text.starts_with("# The wall\n"), "{name}");
    r.keys("Y p");
    assert!(matches!(r.asked.last(), Some(Effect::Run { program, input: Some(_) }) if program[0] == "lp"));
    let long = format!("---\ntitle: Long\n---\n{}\n", "All of this is far too much. ".repeat(4000));
    let mut r = Reader::new(120, 32, &[("long.txt", &long)]);
    r.keys("y t");
    assert!(r.asked.iter().all(|e| !matches!(e, Effect::Copy(_))) && r.foot().contains("more than terminals take"), "{}", r.foot());
}

#[test]
fn the_text_alone_with_a_foot_only_where_there_is_something_to_say() {
    let mut r = Reader::two();
    r.keys("Alt-3 Z");
    let screen = r.screen();
    assert!(
        !screen.contains("Articles") && !screen.contains("? help") && screen.contains("The wall stood") || screen.contains("The wall"),
        "{screen}"
    );
    assert_eq!(r.state.focus, Pane::Text);
    assert_eq!(r.foot(), "");
    r.keys("}");
    r.keys("{ {");
    assert!(r.foot().contains("Nothing further up"), "{}", r.foot());
    r.keys("Esc");
    assert!(r.screen().contains("1 Articles"));
}

#[test]
fn text_scrolls_by_itself_until_its_end() {
    let text: String = (0..60).map(|n| format!("Paragraph {n} says a little.\n\n")).collect();
    let mut r = Reader::new(100, 24, &[("long.txt", &text)]);
    r.keys("> >");
    assert_eq!(r.state.view.pace.speed, 2);
    let first = r.state.open.as_ref().unwrap().position();
    ring(&mut r);
    assert!(r.state.open.as_ref().unwrap().position() > first);
    // It waits while something else is open, and goes on behind it.
    r.keys("?");
    let still = r.state.open.as_ref().unwrap().position();
    ring(&mut r);
    assert_eq!(r.state.open.as_ref().unwrap().position(), still);
    r.keys("Esc");
    for _ in 0..200 {
        ring(&mut r);
    }
    assert_eq!(r.state.view.pace.speed, 0);
    r.keys("g > Esc");
    assert_eq!(r.state.view.pace.speed, 0);
    r.keys("> <");
    assert!(r.foot().contains("stands still"), "{}", r.foot());
}

#[test]
fn edges_between_panes_can_be_drawn_and_keep_the_text_its_room() {
    let mut r = Reader::two();
    let before = r.state.view.text.0;
    r.happen(Event::Mouse(Mouse::Pull { edge: Edge::List, column: 16, row: 5 }));
    r.happen(Event::Mouse(Mouse::Pull { edge: Edge::Side, column: 99, row: 5 }));
    r.buffer();
    assert!(r.state.view.text.0 > before);
    r.happen(Event::Mouse(Mouse::Pull { edge: Edge::List, column: 119, row: 5 }));
    assert!(r.screen().contains("The wall") && r.state.view.text.0 >= 28, "{}", r.screen());
    r.happen(Event::Mouse(Mouse::Pull { edge: Edge::Upper, column: 110, row: 8 }));
    let at = |r: &mut Reader| r.screen().lines().position(|l| l.contains("4 When")).unwrap();
    assert_eq!(at(&mut r), 8);
    let narrow = r.state.view.text.0;
    r.keys("Alt-2 Ctrl-Right");
    assert!(r.state.view.text.0 > narrow);
    r.keys("(");
    assert_eq!(r.state.view.measure, Some(68));
}

/// Clicks on the first cell of a word in the foot line.
fn click_foot(r: &mut Reader, word: &str) {
    let (area, foot) = (*r.buffer().area(), r.foot());
    let before = foot.split(word).next().filter(|before| before.len() < foot.len()).unwrap_or_else(|| panic!("{word}: {foot}"));
    let at = Position { x: u16::try_from(before.chars().count()).unwrap(), y: area.bottom() - 1 };
    let hit = dateline::tui::hit(&r.state, area, at).unwrap_or_else(|| panic!("nothing under {word}: {foot}"));
    r.happen(Event::Mouse(Mouse::Click(hit)));
}

#[test]
fn keys_in_the_foot_line_can_be_clicked() {
    let mut r = Reader::two();
    click_foot(&mut r, "help");
    assert!(matches!(r.state.overlay, Overlay::Help(_)));
    click_foot(&mut r, "Esc");
    assert!(matches!(r.state.overlay, Overlay::None));
    click_foot(&mut r, "jump to a name");
    assert!(matches!(r.state.overlay, Overlay::Hints(_)));
    r.keys("Esc");
    // Where the other panes are a key away, the key is that of the pane.
    let mut narrow = Reader::new(60, 24, &[("The wall", "The wall fell in Berlin on Monday, said Ada Miller.")]);
    click_foot(&mut narrow, "when");
    assert_eq!(narrow.state.focus, Pane::Timeline);
    // Between the keys, and where a line is being typed, there is nothing.
    let area = *narrow.buffer().area();
    assert_eq!(dateline::tui::hit(&narrow.state, area, Position { x: 0, y: 23 }), None);
    narrow.keys(":");
    assert!(!matches!(dateline::tui::hit(&narrow.state, area, Position { x: 2, y: 23 }), Some(Hit::Key(_))));
}

#[test]
fn themes_change_while_reading() {
    let mut r = Reader::two();
    r.keys("Ctrl-t");
    let name = r.state.config.settings.theme.clone();
    assert!(r.foot().contains(&format!("Theme: {name}")), "{}", r.foot());
    assert_eq!(r.state.config.theme(true, Depth::True).name, name);
}

#[test]
fn a_session_goes_on_where_it_ended() {
    let articles: &[(&str, &str)] = &[("wall.txt", WALL), ("moon.txt", MOON)];
    let mut r = Reader::two();
    r.keys("] ] \" a J ] ( Alt-4");
    let session = serde_json::from_str(&serde_json::to_string(&r.state.session()).unwrap()).unwrap();
    let mut next = Reader::resumed(120, 32, articles, session);
    assert_eq!((next.title(), next.cursor(), next.state.focus), ("The moon", r.cursor(), Pane::Timeline));
    assert_eq!(next.state.measure(), 68);
    next.keys("H");
    assert_eq!(next.title(), "The wall");
    next.keys("J ' a");
    assert_eq!((next.title(), next.cursor()), ("The wall", "Ada Miller"));
    // Of an article that is gone nothing is missed, and a file of a newer program is read as far as it is understood.
    let lost = serde_json::from_str(r#"{"here":{"source":"gone.txt","top":5},"jumps":[{"source":"gone.txt","top":1}],"pane":99,"new":1}"#)
        .unwrap();
    let gone = Reader::resumed(120, 32, articles, lost);
    assert_eq!((gone.title(), gone.state.focus), ("The wall", Pane::Text));
}

#[test]
fn the_next_session_shows_the_same_words_first() {
    let text: String =
        (0..60).map(|n| format!("On day {n} the mayor of the town spoke again of the harbour and of the ships in it.\n\n")).collect();
    let articles: &[(&str, &str)] = &[("long.txt", &text)];
    let mut r = Reader::new(120, 32, articles);
    r.keys("Space Space j");
    let top = |r: &Reader| r.state.open.as_ref().unwrap().top();
    let next = Reader::resumed(120, 32, articles, r.state.session());
    assert!(top(&r) > 0);
    assert_eq!(top(&next), top(&r));
}

#[test]
fn the_welcome_costs_no_key() {
    let mut r = Reader::two();
    r.state.overlay = Overlay::Welcome;
    let screen = r.screen();
    assert!(screen.contains("knows who, where and when.") && screen.contains("2 articles to begin with, in the list."), "{screen}");
    assert!(screen.contains("f   jump to a name") && screen.contains("?   help"), "{screen}");
    r.keys("Alt-3");
    assert!(r.state.focus == Pane::Entities && matches!(r.state.overlay, Overlay::None));
}

#[test]
fn text_is_set_as_the_reader_wants_it() {
    let text = "---\ntitle: Set\npublished: 2019-01-21\n---\nBERLIN (Reuters) - Ada Miller said \"it's gone\".\n\nMore.\n";
    let mut r = Reader::new(80, 24, &[("set.txt", text)]);
    assert!(r.screen().contains("BERLIN (Reuters) - Ada Miller said \"it's gone\"."), "{}", r.screen());
    let (mut settings, mistakes) =
        Settings::load(Some(("config.toml", "signs = \"printed\"\ndateline = \"small-capitals\"\nline-gap = 1\n")), &[]);
    settings.theme = "auto".to_owned();
    assert!(mistakes.iter().all(|m| m.file != "config.toml"), "{mistakes:?}");
    assert_eq!((settings.print.signs, settings.print.dateline), (Signs::Printed, Dateline::SmallCapitals));
    r.state.config = Arc::new(Config { settings, ..Config::clone(&r.state.config) });
    let screen = r.screen();
    assert!(screen.contains("Bᴇʀʟɪɴ (Reuters) – Ada Miller said “it’s gone”."), "{screen}");
    let at = |what: &str| screen.lines().position(|l| l.contains(what)).unwrap();
    assert_eq!(at("More.") - at("Bᴇʀʟɪɴ"), 3);
}

#[test]
fn a_changed_configuration_is_taken_in_while_reading() {
    let mut r = Reader::two();
    r.keys("] ]");
    let here = r.cursor().to_owned();
    let config = Config::clone(&with_keys(Reader::two(), Preset::Vim, "").state.config);
    r.happen(Event::Report(app::Report::Configured(Box::new(config))));
    assert!(r.foot().contains("configuration has changed"), "{}", r.foot());
    assert_eq!(r.cursor(), here);
    r.keys("g m");
    assert_eq!(r.state.focus, Pane::Map);
}
