//! Pictures as cells, and what stays of them.

use super::*;
use ratatui::layout::Rect;

fn how(protocol: Protocol, depth: Depth) -> How {
    let cell = if protocol == Protocol::HalfBlocks { (1, 2) } else { (10, 20) };
    How { protocol, cell, depth, dark: true, tmux: false }
}

/// Red above, blue below.
fn flag(width: u32, height: u32) -> Arc<Pixels> {
    let color = |y: u32| if y < height / 2 { [255, 0, 0] } else { [0, 0, 255] };
    let rgb = (0..height).flat_map(|y| (0..width).flat_map(move |_| color(y))).collect();
    Arc::new(Pixels { width, height, rgb })
}

fn room(width: u16, height: u16) -> Size {
    Size { width, height }
}

fn place(pixels: &Arc<Pixels>, area: Rect, above: u16, rows: u16) -> Placed {
    Placed { pixels: Arc::clone(pixels), area, above, rows }
}

#[test]
fn a_picture_fits_and_keeps_its_shape() {
    assert_eq!(fit((1600, 900), room(80, 20), (10, 20)), room(71, 20));
    assert_eq!(fit((1600, 400), room(80, 20), (10, 20)), room(80, 10));
    assert_eq!(fit((100, 100), room(80, 20), (10, 20)), room(20, 10), "twice its size at most");
    assert_eq!(fit((1600, 900), room(72, 12), (1, 2)), room(43, 12));
    assert_eq!(fit((1, 100_000), room(80, 20), (10, 20)).width, 1);
}

#[cfg(feature = "pictures")]
#[test]
fn half_blocks_take_the_colours_that_there_are() {
    let colors = |depth| {
        let cells = drawn(&flag(4, 6), room(2, 2), how(Protocol::HalfBlocks, depth), 1).cells.unwrap();
        let cell = |y| cells[(0, y)].clone();
        (cell(0).symbol().to_owned(), cell(0).fg.to_string(), cell(1).bg.to_string())
    };
    assert_eq!(colors(Depth::True), ("▀".to_owned(), "#FF0000".to_owned(), "#0000FF".to_owned()));
    assert_eq!(colors(Depth::Indexed256), ("▀".to_owned(), "196".to_owned(), "21".to_owned()));
    // Without colours, what is brighter is fuller.
    assert_eq!(colors(Depth::None), ("▒".to_owned(), "Reset".to_owned(), "Reset".to_owned()));
}

#[cfg(feature = "pictures")]
#[test]
fn what_kitty_has_to_be_told_does_not_stand_in_a_cell() {
    let drawn = drawn(&flag(40, 40), room(4, 2), how(Protocol::Kitty, Depth::True), 0x0012_3456);
    let (number, told) = drawn.told.as_ref().unwrap();
    assert_eq!(*number, 0x0012_3456);
    assert!(told.starts_with("\x1b_Gq=2,i=1193046,a=T,U=1,") && told.ends_with("\x1b\\"), "{told:?}");
    let cells = drawn.cells.as_ref().unwrap();
    assert!(cells.content().iter().all(|c| c.symbol().starts_with(encode::PLACEHOLDER)));
    assert_eq!(cells[(0, 0)].fg, ratatui::style::Color::Rgb(0x12, 0x34, 0x56));
}

#[cfg(feature = "pictures")]
#[test]
fn every_protocol_draws_and_leaves_nothing_behind() {
    let screen = Rect::new(0, 0, 20, 8);
    let words = || Buffer::with_lines(vec!["words words words wo"; 8]);
    let flag = flag(80, 80);
    for protocol in [Protocol::Kitty, Protocol::Iterm2, Protocol::Sixel, Protocol::HalfBlocks] {
        let how = how(protocol, Depth::True);
        let mut with = words();
        draw_now(&[place(&flag, Rect::new(2, 1, 16, 4), 0, 4)], how, &mut with);
        assert_ne!(with, words(), "{protocol:?}");
        // Every cell that the picture had is written again when it goes, so that nothing of it stays.
        let after = words();
        let covered = screen.positions().filter(|p| with[*p] != after[*p]).count();
        assert_eq!(with.diff(&after).len(), covered, "{protocol:?}");
        assert!(covered >= 8 * 4, "{protocol:?}: {covered}");
        assert!(with.diff(&with.clone()).is_empty(), "{protocol:?}: what stays is not sent again");
    }
}

#[cfg(feature = "pictures")]
#[test]
fn a_part_of_a_picture_is_drawn_only_where_it_can_be() {
    let flag = flag(80, 80);
    let lower_half = place(&flag, Rect::new(0, 0, 16, 2), 2, 4);
    for protocol in [Protocol::Kitty, Protocol::Iterm2, Protocol::Sixel, Protocol::HalfBlocks] {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 16, 4));
        draw_now(std::slice::from_ref(&lower_half), how(protocol, Depth::True), &mut buffer);
        assert_eq!(buffer == Buffer::empty(buffer.area), protocol.paints_pixels(), "{protocol:?}");
        if protocol == Protocol::HalfBlocks {
            assert_eq!(buffer[(5, 1)].fg.to_string(), "#0000FF");
            assert_eq!(buffer[(5, 2)].symbol(), " ");
        }
    }
}

#[cfg(feature = "pictures")]
#[test]
fn kitty_is_told_once_and_forgets_in_the_end() {
    let (send, done) = mpsc::channel();
    let mut gallery = Gallery::start(how(Protocol::Kitty, Depth::True), move |d| send.send(d).unwrap()).unwrap();
    let places = [place(&flag(40, 40), Rect::new(0, 0, 8, 2), 0, 2)];
    let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 2));
    assert_eq!(gallery.show(&places, &mut buffer), "");
    gallery.take(done.recv().unwrap());
    assert!(gallery.show(&places, &mut buffer).contains("a=T"));
    assert_eq!(gallery.show(&places, &mut buffer), "");
    gallery.retell();
    assert!(gallery.show(&places, &mut buffer).contains("a=T"));
    let number = (std::process::id() & 0xffff) << 8 | 1;
    assert_eq!(gallery.farewell(), format!("\x1b_Ga=d,d=I,i={number},q=2\x1b\\"));
    assert_eq!(gallery.farewell(), "");
}

#[test]
fn pixels_that_are_too_few_are_no_fault_of_the_program() {
    let broken = Arc::new(Pixels { width: 100, height: 100, rgb: vec![0; 5] });
    assert!(drawn(&broken, room(10, 10), how(Protocol::HalfBlocks, Depth::True), 1).cells.is_none());
}
