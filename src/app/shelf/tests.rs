//! The library through `update` alone: keys and answers in, questions out.

use super::ask::{Answer, Ask, Shelved, StoredMark, Which};
use super::holdings::Holdings;
use super::row::StoredKey;
use super::window::tests::rows;
use super::{Level, Shelf};
use crate::app::{ACTIONS, Effect, Event, Pane, Report, State, Ticket, update};
use crate::config::Config;
use crate::notice::Notice;
use std::sync::Arc;

fn asked(effects: Vec<Effect>) -> Vec<Ask> {
    effects.into_iter().filter_map(|e| if let Effect::Shelf(ask) = e { Some(ask) } else { None }).collect()
}

fn keys(state: &mut State, keys: &str) -> Vec<Ask> {
    keys.split(' ').flat_map(|key| asked(update(state, Event::Key(key.parse().unwrap())))).collect()
}

fn answer(state: &mut State, answer: Answer) -> Vec<Ask> {
    asked(update(state, Event::Report(Report::Shelf(answer))))
}

fn shelf(state: &State) -> &Shelf {
    state.view.shelf.as_ref().unwrap()
}

/// A reader with a list of a thousand unread articles.
fn thousand() -> (State, Ticket) {
    let actions: Vec<&str> = ACTIONS.iter().map(|a| a.name).collect();
    let (mut state, effects) = State::with_library(Config::load(None, &actions));
    let list = match asked(effects).as_slice() {
        [Ask::List { ticket, wish }] if wish.of == Shelved::Unread => *ticket,
        other => panic!("{other:?}"),
    };
    answer(&mut state, Answer::Listed { list, total: 1000, at: 0, from: 0, rows: rows(0..200) });
    let holdings = Holdings { articles: 3000, unread: 1000, ..Holdings::default() };
    answer(&mut state, Answer::Holdings(Arc::new(holdings)));
    super::measure(state.view.shelf.as_mut().unwrap(), 20, 20, 24);
    (state, list)
}

#[test]
fn new_articles_wait_and_the_list_stays() {
    let (mut state, list) = thousand();
    keys(&mut state, "j j j");
    assert!(answer(&mut state, Answer::Waiting { list, new: 12 }).is_empty());
    assert_eq!((shelf(&state).list.cursor.selected, shelf(&state).list.window.total(), shelf(&state).list.waiting), (3, 1000, 12));
    // Taken in, the selected article stays selected, in its row of the screen.
    let asks = keys(&mut state, "i");
    let [Ask::List { ticket, wish }] = asks.as_slice() else { panic!("{asks:?}") };
    assert_eq!(wish.around, Some(StoredKey(3)));
    answer(&mut state, Answer::Listed { list: *ticket, total: 1012, at: 15, from: 0, rows: rows(0..200) });
    let cursor = shelf(&state).list.cursor;
    assert_eq!((cursor.selected, cursor.top, shelf(&state).list.waiting), (15, 12, 0));
    // Word about the list before is not about this one.
    answer(&mut state, Answer::Waiting { list, new: 5 });
    assert_eq!(shelf(&state).list.waiting, 0);
}

#[test]
fn rows_are_asked_for_around_the_screen_and_once() {
    let (mut state, list) = thousand();
    let asks = keys(&mut state, "G");
    let [Ask::Rows { list: of, from, count }] = asks.as_slice() else { panic!("{asks:?}") };
    assert_eq!((*of, *from + *count), (list, 1000));
    assert!(keys(&mut state, "k k").is_empty());
    answer(&mut state, Answer::Rows { list, from: *from, rows: rows(*from..1000) });
    assert_eq!(shelf(&state).list.selected().unwrap().key, StoredKey(997));
}

#[test]
fn an_article_whose_row_is_still_to_come_is_opened_when_it_has() {
    let (mut state, list) = thousand();
    let asks = keys(&mut state, "G Enter");
    let [Ask::Rows { from, .. }] = asks.as_slice() else { panic!("{asks:?}") };
    assert_eq!(state.focus, Pane::Articles);
    let asks = answer(&mut state, Answer::Rows { list, from: *from, rows: rows(*from..1000) });
    assert!(matches!(asks.as_slice(), [Ask::Mark { which: Which::One(StoredKey(999)), .. }]), "{asks:?}");
    assert_eq!(state.focus, Pane::Text);
}

#[test]
fn a_mark_is_seen_at_once_and_goes_where_it_was_refused() {
    let (mut state, _) = thousand();
    let asks = keys(&mut state, "s");
    let [Ask::Mark { ticket, which: Which::One(StoredKey(0)), mark: StoredMark::Starred(true) }] = asks.as_slice() else {
        panic!("{asks:?}")
    };
    assert!(shelf(&state).list.selected().unwrap().starred);
    answer(&mut state, Answer::Refused { ticket: Some(*ticket), notice: Notice::new("no") });
    assert!(keys(&mut state, "U").is_empty(), "there is nothing to take back");
}

#[test]
fn marks_are_taken_back_one_after_the_other_the_last_first() {
    let (mut state, _) = thousand();
    let asks = keys(&mut state, "s v A");
    let tickets: Vec<Ticket> =
        asks.iter().map(|ask| if let Ask::Mark { ticket, .. } = ask { *ticket } else { panic!("{ask:?}") }).collect();
    let back: Vec<Ticket> =
        keys(&mut state, "U U U").iter().map(|ask| if let Ask::Undo(ticket) = ask { *ticket } else { panic!("{ask:?}") }).collect();
    assert_eq!(back, tickets.iter().rev().copied().collect::<Vec<_>>());
}

#[test]
fn the_list_follows_the_tree_and_the_keys_lead_in_and_out() {
    let (mut state, _) = thousand();
    assert_eq!((state.focus, shelf(&state).level), (Pane::Articles, Level::List));
    assert!(keys(&mut state, "h").is_empty());
    let asks = keys(&mut state, "j");
    assert!(matches!(asks.as_slice(), [Ask::List { wish, .. }] if wish.of == Shelved::All), "{asks:?}");
    keys(&mut state, "l");
    assert_eq!(shelf(&state).level, Level::List);
    // An article that is opened is marked read.
    let (mut state, _) = thousand();
    let asks = keys(&mut state, "Enter");
    assert!(matches!(asks.as_slice(), [Ask::Mark { mark: StoredMark::Read(true), .. }]), "{asks:?}");
    assert_eq!(state.focus, Pane::Text);
}

#[test]
fn a_mistake_in_a_query_stays_to_be_put_right() {
    let (mut state, _) = thousand();
    keys(&mut state, "S w o : x");
    assert!(keys(&mut state, "Enter").is_empty());
    assert!(matches!(&state.overlay, crate::app::Overlay::Shelf(super::Over::Query(q)) if q.problem.is_some()));
    let asks = keys(&mut state, "Ctrl-u l i m a Enter");
    assert!(matches!(asks.last(), Some(Ask::List { wish, .. }) if wish.of == Shelved::Query("lima".into())), "{asks:?}");
}

#[test]
fn jumps_of_an_earlier_session_lead_back() {
    let (mut state, _) = thousand();
    let spot = |n: i64| crate::app::SessionSpot { source: format!("library#{n}"), title: format!("Article {n}"), top: 7, cursor: None };
    state.resume(crate::app::Session { jumps: vec![spot(4), spot(5)], ..crate::app::Session::default() });
    assert_eq!(state.focus, Pane::Articles);
    let opened = |state: &mut State, key: &str| {
        let effects = update(state, Event::Key(key.parse().unwrap()));
        effects.into_iter().find_map(|e| if let Effect::Open { wanted, .. } = e { Some(wanted.origin.name()) } else { None })
    };
    assert_eq!(opened(&mut state, "Ctrl-o").as_deref(), Some("library#5"));
    assert_eq!(opened(&mut state, "Ctrl-o").as_deref(), Some("library#4"));
    // What is left for the next session names what was taken up.
    assert!(state.session().jumps.iter().all(|s| s.stored().is_some() && !s.title.is_empty()));
}

/// A reader at the first start: the samples, and no library yet.
fn first_start() -> State {
    let actions: Vec<&str> = ACTIONS.iter().map(|a| a.name).collect();
    let (mut state, _) = State::new(Config::load(None, &actions), Vec::new(), None);
    let listing = crate::app::Listing { done: true, samples: true, ..crate::app::Listing::default() };
    update(&mut state, Event::Report(Report::Listed(listing)));
    state.overlay = crate::app::Overlay::Welcome;
    state
}

fn effects(state: &mut State, keys: &str) -> Vec<Effect> {
    keys.split(' ').flat_map(|key| update(state, Event::Key(key.parse().unwrap()))).collect()
}

#[test]
fn a_library_begins_with_the_first_feed_and_not_before() {
    let mut state = first_start();
    assert!(state.is_beginning() && effects(&mut state, "a x Esc").is_empty() && state.view.shelf.is_none());
    let done = effects(&mut state, "a a . b Enter");
    let begun = done.iter().position(|e| matches!(e, Effect::Begin));
    let added = done.iter().position(|e| matches!(e, Effect::Shelf(Ask::Add { what, .. }) if what == "a.b"));
    assert!(begun < added && begun.is_some(), "{done:?}");
    assert!(state.view.shelf.is_some() && state.focus == Pane::Articles && !state.is_beginning());
}

#[test]
fn what_other_programs_hold_is_offered_and_taken_over() {
    let mut state = first_start();
    assert!(matches!(effects(&mut state, "I").as_slice(), [Effect::LookForPrograms]));
    let found = vec![(super::Program::Newsboat, "/home/a/.newsboat/urls".to_owned())];
    update(&mut state, Event::Report(Report::Programs(found)));
    let done = effects(&mut state, "Enter");
    assert!(matches!(done.first(), Some(Effect::Begin)), "{done:?}");
    assert!(matches!(done.last(), Some(Effect::Shelf(Ask::Import { program: super::Program::Newsboat, file: None }))), "{done:?}");
    // While it runs Esc stops it, as it does a refresh.
    assert!(matches!(keys(&mut state, "Esc").as_slice(), [Ask::StopRefresh]));
    // In a library that has something to tell the same key tells it; the list of feeds is asked for its place.
    let (mut state, _) = thousand();
    assert!(matches!(keys(&mut state, "I").as_slice(), [Ask::Page { .. }]));
    assert!(matches!(effects(&mut state, "Esc Alt-i").as_slice(), [Effect::LookForPrograms]));
    update(&mut state, Event::Report(Report::Programs(Vec::new())));
    assert!(effects(&mut state, "Enter").is_empty());
    let asks = keys(&mut state, "l . o Enter");
    assert!(matches!(asks.as_slice(), [Ask::Import { program: super::Program::Opml, file: Some(file) }] if file == "l.o"), "{asks:?}");
}

#[test]
fn the_library_is_opened_where_it_was_left() {
    let (mut state, list) = thousand();
    keys(&mut state, "j j Enter");
    let session = state.session();
    let kept = session.shelf.clone().unwrap();
    assert_eq!((kept.of.as_str(), kept.selected, kept.reading), ("unread", Some(2), Some((2, true, false))));
    let text = serde_json::to_string(&session).unwrap();
    let actions: Vec<&str> = ACTIONS.iter().map(|a| a.name).collect();
    let session = crate::app::Session {
        here: Some(crate::app::SessionSpot { source: "library#2".into(), top: 40, ..crate::app::SessionSpot::default() }),
        ..serde_json::from_str(&text).unwrap()
    };
    let (state, effects) = State::resumed_library(Config::load(None, &actions), session);
    assert!(
        matches!(&effects[0], Effect::Shelf(Ask::List { wish, .. }) if wish.around == Some(StoredKey(2)) && wish.of == Shelved::Unread)
    );
    assert!(matches!(&effects[1], Effect::Open { wanted, .. } if wanted.origin == crate::app::Origin::Stored(StoredKey(2))), "{effects:?}");
    assert_eq!(state.focus, Pane::Text);
    let _ = list;
}

#[test]
fn an_empty_list_takes_in_what_comes() {
    let (mut state, _) = thousand();
    let asks = keys(&mut state, "e");
    let [Ask::List { ticket, .. }] = asks.as_slice() else { panic!("{asks:?}") };
    answer(&mut state, Answer::Listed { list: *ticket, total: 0, at: 0, from: 0, rows: Vec::new() });
    assert!(matches!(answer(&mut state, Answer::Waiting { list: *ticket, new: 4 }).as_slice(), [Ask::List { .. }]));
    assert!(answer(&mut state, Answer::Waiting { list: *ticket, new: 5 }).is_empty(), "it is asked for once");
}

#[test]
fn out_of_the_text_to_the_list_to_the_tree_and_no_further() {
    let (mut state, _) = thousand();
    keys(&mut state, "Enter");
    assert_eq!(state.focus, Pane::Text);
    keys(&mut state, "h");
    assert_eq!((state.focus, shelf(&state).level), (Pane::Articles, Level::List));
    keys(&mut state, "h h");
    assert_eq!(shelf(&state).level, Level::Tree);
    assert!(state.notice.as_ref().is_some_and(|n| n.what.contains("q leaves")), "{:?}", state.notice);
}

#[test]
fn enter_on_an_empty_list_opens_nothing_later() {
    let (mut state, _) = thousand();
    keys(&mut state, "h");
    let asks = keys(&mut state, "j");
    let [Ask::List { ticket, .. }] = asks.as_slice() else { panic!("{asks:?}") };
    answer(&mut state, Answer::Listed { list: *ticket, total: 0, at: 0, from: 0, rows: Vec::new() });
    assert!(keys(&mut state, "l Enter").is_empty());
    keys(&mut state, "h");
    let asks = keys(&mut state, "k");
    let [Ask::List { ticket, .. }] = asks.as_slice() else { panic!("{asks:?}") };
    assert!(answer(&mut state, Answer::Listed { list: *ticket, total: 3, at: 0, from: 0, rows: rows(0..3) }).is_empty());
    assert_eq!(state.focus, Pane::Articles);
}

#[test]
fn what_is_asked_of_a_list_on_its_way_is_not_done_to_the_one_before() {
    let (mut state, _) = thousand();
    keys(&mut state, "h");
    let asks = keys(&mut state, "j");
    let [Ask::List { ticket, .. }] = asks.as_slice() else { panic!("{asks:?}") };
    assert!(keys(&mut state, "l A v s").is_empty(), "nothing of the list before is marked");
    assert!(keys(&mut state, "Enter").is_empty());
    let asks = answer(&mut state, Answer::Listed { list: *ticket, total: 50, at: 0, from: 0, rows: rows(500..550) });
    assert!(matches!(asks.as_slice(), [Ask::Mark { which: Which::One(StoredKey(500)), .. }]), "{asks:?}");
    assert_eq!(state.focus, Pane::Text);
}

#[test]
fn in_the_tree_no_article_is_marked() {
    let (mut state, _) = thousand();
    keys(&mut state, "h");
    assert!(keys(&mut state, "v s").is_empty());
    assert!(state.notice.is_some());
}

#[test]
fn what_could_not_be_taken_back_can_be_tried_again() {
    let (mut state, _) = thousand();
    let asks = keys(&mut state, "s");
    let [Ask::Mark { ticket, .. }] = asks.as_slice() else { panic!("{asks:?}") };
    for _ in 0..2 {
        let asks = keys(&mut state, "U");
        assert!(matches!(asks.as_slice(), [Ask::Undo(of)] if of == ticket), "{asks:?}");
        answer(&mut state, Answer::Refused { ticket: Some(*ticket), notice: Notice::new("the disk is full") });
    }
}

#[test]
fn the_next_article_of_a_list_on_its_way_is_the_next_one_of_it() {
    let (mut state, list) = thousand();
    keys(&mut state, "j j j");
    answer(&mut state, Answer::Waiting { list, new: 12 });
    let asks = keys(&mut state, "i");
    let [Ask::List { ticket, .. }] = asks.as_slice() else { panic!("{asks:?}") };
    assert!(keys(&mut state, "J").is_empty());
    let asks = answer(&mut state, Answer::Listed { list: *ticket, total: 1012, at: 15, from: 0, rows: rows(0..200) });
    assert!(matches!(asks.as_slice(), [Ask::Mark { which: Which::One(StoredKey(16)), .. }]), "{asks:?}");
}

#[test]
fn an_article_that_was_wanted_is_not_opened_once_the_reader_has_gone_on() {
    let (mut state, _) = thousand();
    keys(&mut state, "h");
    let asks = keys(&mut state, "j");
    let [Ask::List { ticket, .. }] = asks.as_slice() else { panic!("{asks:?}") };
    keys(&mut state, "l Enter h");
    assert!(answer(&mut state, Answer::Listed { list: *ticket, total: 50, at: 0, from: 0, rows: rows(0..50) }).is_empty());
    assert_eq!((state.focus, shelf(&state).level), (Pane::Articles, Level::Tree));
}

#[test]
fn what_is_no_query_is_shown_to_be_put_right() {
    let (mut state, _) = thousand();
    let asks = asked(super::ask_for(&mut state, "Alert: one"));
    assert!(matches!(asks.as_slice(), [Ask::Complete { .. }]), "{asks:?}");
    let crate::app::Overlay::Shelf(super::Over::Query(line)) = &state.overlay else { panic!("{:?}", state.overlay) };
    assert!(line.problem.is_some() && line.input.text().starts_with("Alert: one"));
    let asks = asked(super::ask_for(&mut state, "alert one"));
    assert!(matches!(asks.as_slice(), [Ask::List { wish, .. }] if wish.of == Shelved::Query("alert one".into())), "{asks:?}");
}
