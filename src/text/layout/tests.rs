//! Texts set in rows.

use super::*;

const TEXT: &str = "The first paragraph goes on for a little while so that it wraps.\nShort.\nThe last one ends it here.";

fn layout(text: &str, measure: usize) -> Layout {
    let mut at = 0;
    let spans: Vec<_> = text
        .split('\n')
        .map(|line| {
            let span = Span::new(at, at + line.len());
            at += line.len() + 1;
            (span, PieceKind::Paragraph)
        })
        .collect();
    let mut layout = Layout::new(text, &[], &[], spans);
    layout.set_measure(measure, Look { gap: 1, ..Look::default() });
    layout
}

fn shown(layout: &mut Layout, text: &str, top: Place, height: usize) -> Vec<String> {
    layout.window(text, top, height).iter().map(|r| r.span.of(text).to_owned() + if r.hyphen { "-" } else { "" }).collect()
}

#[test]
fn wraps_and_parts_with_blank_rows() {
    let rows = shown(&mut layout(TEXT, 24), TEXT, Place::default(), 99);
    assert_eq!(
        rows,
        ["The first paragraph goes", "on for a little while so", "that it wraps.", "", "Short.", "", "The last one ends it", "here."]
    );
}

#[test]
fn steps_there_and_back_over_pieces() {
    let mut l = layout(TEXT, 24);
    let down = l.step(TEXT, Place::default(), 6);
    assert_eq!(down, Place { piece: 2, row: 0 });
    assert_eq!(l.step(TEXT, down, -6), Place::default());
    assert_eq!(l.step(TEXT, down, 99), Place { piece: 2, row: 1 });
    assert_eq!(l.step(TEXT, down, -99), Place::default());
    assert_eq!(l.last_top(TEXT, 2), Place { piece: 2, row: 0 });
    assert_eq!(l.last_top(TEXT, 99), Place::default());
}

#[test]
fn finds_the_row_of_every_byte() {
    let mut l = layout(TEXT, 24);
    for offset in 0..TEXT.len() as u32 {
        let place = l.place(TEXT, offset);
        let row = l.window(TEXT, place, 1)[0];
        assert!(row.span.start <= offset && offset <= row.span.end + 1, "{offset} {row:?}");
        assert_eq!(l.offset(TEXT, place), row.span.start);
    }
}

#[test]
fn items_hang_together_and_quotations_stand_in() {
    let text = "one two three four five six\nseven\neight nine ten eleven twelve\nend";
    let kinds = [PieceKind::Item(2), PieceKind::Item(4), PieceKind::Quotation, PieceKind::Paragraph];
    let mut at = 0;
    let blocks = text.split('\n').zip(kinds).map(|(line, kind)| {
        at += line.len() + 1;
        (Span::new(at - line.len() - 1, at - 1), kind)
    });
    let mut l = Layout::new(text, &[], &[], blocks);
    l.set_measure(24, Look { gap: 1, ..Look::default() });
    let rows = l.window(text, Place::default(), 20);
    let shown: Vec<(u16, bool)> = rows.iter().map(|r| (r.indent, r.is_blank())).collect();
    assert_eq!(shown, [(2, false), (2, false), (4, false), (0, true), (4, false), (4, false), (0, true), (0, false)]);
    l.set_measure(10, Look::default());
    assert!(l.window(text, Place::default(), 20).iter().all(|r| r.indent == 0));
}

#[test]
fn without_gaps_paragraphs_are_indented() {
    let mut l = layout(TEXT, 24);
    l.set_measure(24, Look { indent: 2, ..Look::default() });
    let rows = l.window(TEXT, Place::default(), 99);
    assert!(rows.iter().all(|r| !r.is_blank()));
    let indents: Vec<u16> = rows.iter().map(|r| r.indent).collect();
    assert_eq!(indents, [2, 0, 0, 2, 2, 0]);
    assert_eq!(rows[0].column(TEXT, 4), 6);
}

#[test]
fn rows_of_running_text_can_stand_apart() {
    let mut l = layout(TEXT, 24);
    l.set_measure(24, Look { gap: 1, spacing: 1, ..Look::default() });
    let blanks: Vec<bool> = l.window(TEXT, Place::default(), 99).iter().map(|r| r.is_blank()).collect();
    assert_eq!(blanks, [false, true, false, true, false, true, true, false, true, true, false, true, false, true]);
    for offset in 0..TEXT.len() as u32 {
        let place = l.place(TEXT, offset);
        let row = l.window(TEXT, place, 1)[0];
        assert!(row.span.start <= offset && offset <= row.span.end + 1, "{offset} {row:?}");
    }
}

#[test]
fn a_masthead_stands_above_the_text() {
    let lines = [(PieceKind::Kicker, "Caracas · 5 min".to_owned()), (PieceKind::Title, "A title that wraps".to_owned())];
    let mut l = Layout::new("Body.", &lines, &[], [(Span::new(0, 5), PieceKind::Paragraph)]);
    l.set_measure(12, Look { gap: 1, ..Look::default() });
    let rows = l.window("Body.", Place::default(), 99);
    let over: Vec<&str> = rows.iter().filter(|r| r.kind.is_masthead()).map(|r| r.span.of(l.masthead())).collect();
    assert_eq!(over, ["Caracas · 5", "min", "A title that", "wraps", ""]);
    assert_eq!(rows.last().unwrap().span, Span::new(0, 5));
    assert_eq!(l.place("Body.", 0), Place { piece: 2, row: 0 });
}

#[test]
fn no_row_is_wider_than_the_measure() {
    let text = "日本語のテキスト and internationalization co-operative 👩\u{200d}🚀 supercalifragilistic ".repeat(20);
    for measure in [1, 2, 7, 30, 72] {
        let mut l = layout(&text, measure);
        l.set_measure(measure, Look { hyphenate: measure > 20, indent: 2, ..Look::default() });
        for row in l.window(&text, Place::default(), 9999) {
            let cells = width(row.span.of(&text)) + usize::from(row.hyphen) + usize::from(row.indent);
            assert!(cells <= measure.max(2), "{cells} > {measure}");
        }
    }
}

#[test]
fn a_long_line_is_parted() {
    let text = "word ".repeat(1_000_000);
    let mut l = layout(&text, 72);
    let end = l.last_top(&text, 10);
    assert!(end.piece > 500);
    assert_eq!(l.window(&text, end, 99).len(), 10);
    let middle = l.place(&text, 2_500_000);
    assert!(l.offset(&text, middle) <= 2_500_000);
}

#[test]
fn pictures_stand_where_they_belong() {
    let text = "One.\nBelow it.\nTwo.";
    let blocks =
        [(Span::new(0, 4), PieceKind::Paragraph), (Span::new(5, 14), PieceKind::Caption), (Span::new(15, 19), PieceKind::Paragraph)];
    let pictures = [(5, "A ferry".to_owned()), (19, "A pier".to_owned())];
    let mut l = Layout::new(text, &[(PieceKind::Kicker, "Rome".to_owned())], &pictures, blocks);
    l.set_measure(20, Look { gap: 1, picture: 2, ..Look::default() });
    let shown = |r: &Row| if r.kind.is_masthead() { r.span.of("RomeA ferryA pier") } else { r.span.of(text) }.to_owned();
    let top = Place::default();
    let rows: Vec<String> = l.window(text, top, 99).iter().map(shown).collect();
    assert_eq!(rows, ["Rome", "One.", "", "", "", "A ferry", "Below it.", "", "Two.", "", "", "", "A pier"]);
    let lead = l.place(text, 5);
    assert_eq!((lead, l.offset(text, lead)), (Place { piece: 3, row: 0 }, 5));
    assert_eq!(l.place(text, 16).piece, 4);
    assert_eq!(l.offset(text, Place { piece: 2, row: 1 }), 5);
    assert_eq!(l.place(text, 19).piece, 5);
}
