//! The pictures of an article: their places in the text, and each one over the panes.

use super::reader::Reader;
use dateline::app::{Effect, Event, Loaded, Pixels, Report, update};
use dateline::config::{Depth, Pictures};
use dateline::notice::Notice;
use dateline::tui::picture_places;
use dateline::tui::pictures::{How, Protocol, draw_now};
use ratatui::buffer::Buffer;
use std::sync::Arc;

const ARTICLE: &str = "---\ntitle: The ferry\n---\nThe ferry came back on Monday.\n\n![The old ferry at the pier](https://p.example/ferry.jpg)\n\nIt had left on Friday.\n\n![](https://p.example/pier.jpg)\n\nThe pier is new.\n";

fn reader(setting: Pictures) -> Reader {
    let mut reader = Reader::new(60, 24, &[("ferry.md", ARTICLE)]);
    Arc::make_mut(&mut reader.state.config).settings.pictures = setting;
    reader.buffer();
    reader
}

/// A picture that is brighter from left to right.
fn picture() -> Loaded {
    let (width, height) = (64, 32);
    let rgb = (0..height).flat_map(|_| (0..width).flat_map(|x| [u8::try_from(x * 4).unwrap(); 3])).collect();
    Ok(Arc::new(Pixels { width, height, rgb }))
}

/// Presses a key and answers requests for pictures; returns the numbers that were asked for.
fn press(reader: &mut Reader, key: &str, answer: &Loaded) -> Vec<u16> {
    answered(reader, Event::Key(key.parse().unwrap()), answer)
}

fn answered(reader: &mut Reader, event: Event, answer: &Loaded) -> Vec<u16> {
    let mut asked = Vec::new();
    for effect in update(&mut reader.state, event) {
        if let Effect::LoadPicture { ticket, number, .. } = effect {
            asked.push(number);
            asked.extend(answered(reader, Event::Report(Report::Picture { ticket, picture: answer.clone() }), answer));
        }
    }
    asked
}

fn shown(reader: &mut Reader) -> String {
    let mut buffer: Buffer = reader.buffer();
    let how = How { protocol: Protocol::HalfBlocks, cell: (1, 2), depth: Depth::None, dark: true, tmux: false };
    draw_now(&picture_places(&reader.state, reader.area), how, &mut buffer);
    let rows = buffer.content().chunks(usize::from(reader.area.width));
    rows.map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>().trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

#[test]
fn each_picture_has_a_quiet_row_in_the_text_and_nothing_is_fetched() {
    let mut r = reader(Pictures::OnDemand);
    let screen = r.screen();
    assert!(screen.contains("▣ The old ferry at the pier") && screen.contains("▣ Picture"), "{screen}");
    assert!(press(&mut r, "j", &picture()).is_empty());
}

#[cfg(feature = "pictures")]
#[test]
fn a_key_shows_them_one_after_the_other() {
    let mut r = reader(Pictures::OnDemand);
    assert_eq!(press(&mut r, "P", &picture()), [0]);
    insta::assert_snapshot!("picture_over_the_panes", shown(&mut r));
    assert_eq!(press(&mut r, "Right", &picture()), [1]);
    assert!(shown(&mut r).contains("Picture 2 of 2"));
    // What has come once is not asked for again, and at the end it goes no farther.
    assert!(press(&mut r, "Right", &picture()).is_empty());
    assert!(press(&mut r, "Left", &picture()).is_empty());
    assert!(shown(&mut r).contains("Picture 1 of 2"));
    let opened = update(&mut r.state, Event::Key("o".parse().unwrap()));
    assert!(matches!(&opened[..], [Effect::Browse(url)] if url == "https://p.example/ferry.jpg"), "{opened:?}");
    press(&mut r, "Esc", &picture());
    assert!(r.screen().contains("The ferry came back"));
}

#[cfg(feature = "pictures")]
#[test]
fn failures_and_progress_are_told_in_words_and_esc_gives_up() {
    let mut r = reader(Pictures::OnDemand);
    let effects = update(&mut r.state, Event::Key("P".parse().unwrap()));
    let [Effect::LoadPicture { ticket, number: 0, .. }] = effects[..] else { panic!("{effects:?}") };
    assert!(r.screen().contains("Fetching the picture…"));
    r.happen(Event::Report(Report::PictureComing { ticket, bytes: 300 << 10, of: Some(1200 << 10) }));
    assert!(r.screen().contains("Fetching the picture… 300 of 1200 KiB"));
    let given_up = update(&mut r.state, Event::Key("Esc".parse().unwrap()));
    assert!(matches!(given_up[..], [Effect::StopPicture]), "{given_up:?}");
    // What comes all the same is nobody's.
    r.happen(Event::Report(Report::Picture { ticket, picture: picture() }));
    let failure = Err(Notice::new("The picture cannot be shown").because("there is no such page"));
    assert_eq!(press(&mut r, "P", &failure), [0]);
    assert!(r.screen().contains("The picture cannot be shown: there is no such page"));
}

#[cfg(feature = "pictures")]
#[test]
fn in_the_text_pictures_come_when_their_places_do() {
    let mut r = reader(Pictures::Always);
    assert_eq!(press(&mut r, "j", &picture()), [0, 1], "one after the other");
    insta::assert_snapshot!("picture_in_the_text", shown(&mut r));
    press(&mut r, "G", &picture());
    let end = shown(&mut r);
    assert!(end.contains("The pier is new.") && end.contains('█'), "{end}");
    // Nothing shines through what lies over the text.
    press(&mut r, "?", &picture());
    assert!(picture_places(&r.state, r.area).is_empty());
}

#[test]
fn where_pictures_are_off_a_key_says_so() {
    let mut r = reader(Pictures::Off);
    assert!(press(&mut r, "P", &picture()).is_empty());
    assert!(r.foot().contains("ictures"), "{}", r.foot());
    let mut none = Reader::new(60, 24, &[("a.txt", "No pictures here, and none were taken.\n")]);
    none.keys("P");
    assert!(none.foot().contains("This article has no pictures"));
}

#[test]
fn a_click_on_the_row_of_a_picture_opens_it() {
    use dateline::app::{Hit, Mouse, Overlay, Pane};
    let mut r = reader(Pictures::OnDemand);
    let row = r.screen().lines().position(|l| l.contains("▣ The old ferry")).unwrap() - 1;
    let hit = Hit::Inside { pane: Pane::Text, row: u16::try_from(row).unwrap(), column: 3 };
    let effects = update(&mut r.state, Event::Mouse(Mouse::Click(hit)));
    let opens = matches!(r.state.overlay, Overlay::Picture(0)) && effects.len() == 1;
    assert_eq!(opens, cfg!(feature = "pictures"));
}
