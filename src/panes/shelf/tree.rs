//! The tree.

use crate::app::shelf::{Level, Node, NodeKind, Shelf};
use crate::app::{Pane, State};
use crate::config::Ink;
use crate::locale::number;
use crate::panes::{list_rows, select};
use crate::widgets::{Paint, Pen};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub(super) fn draw(state: &State, shelf: &Shelf, paint: &Paint, area: Rect, buffer: &mut Buffer) {
    let tree = &shelf.tree;
    for (at, row) in list_rows(tree.cursor, tree.nodes.len(), area, 1) {
        let node = &tree.nodes[at];
        let focused = shelf.level == Level::Tree;
        let listed = !focused && node.of == shelf.list.of;
        if focused && at == tree.cursor.selected {
            select(state, paint, Pane::Articles, area, row, buffer);
        }
        line(node, listed, paint, Rect { y: area.y + row, height: 1, ..area }, buffer);
    }
}

fn line(node: &Node, listed: bool, paint: &Paint, area: Rect, buffer: &mut Buffer) {
    let sign = match node.kind {
        NodeKind::Folder(true) => "▾ ",
        NodeKind::Folder(false) => "▸ ",
        NodeKind::Search => "⌕ ",
        NodeKind::Watch => "◆ ",
        NodeKind::Feed if node.trouble => "! ",
        NodeKind::Whole | NodeKind::Feed => "  ",
    };
    let count = match node.kind {
        NodeKind::Whole if node.unread == 0 => node.articles,
        _ => node.unread,
    };
    let name = match node.kind {
        _ if listed => Ink::Title,
        NodeKind::Whole | NodeKind::Search | NodeKind::Watch => Ink::Text,
        _ if node.unread > 0 => Ink::Text,
        _ => Ink::Dim,
    };
    let mut pen = Pen::new(buffer, area, 0);
    pen.space(1 + usize::from(node.depth.min(6)) * 2);
    pen.text(sign, paint.of(if node.trouble && node.kind == NodeKind::Feed { Ink::Warning } else { Ink::Faint }));
    if count > 0 {
        let quiet = node.kind == NodeKind::Whole && node.unread == 0;
        pen.right(" ", paint.of(Ink::Dim));
        pen.right(&number(usize::try_from(count).unwrap_or(usize::MAX)), paint.of(if quiet { Ink::Faint } else { Ink::Dim }));
    }
    pen.text(&node.label, paint.of(name));
}
