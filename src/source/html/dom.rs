//! A page as a tree in one list of nodes, built by html5ever.

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, ExpandedName, LocalName, ParseOpts, QualName, local_name, ns};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};

/// Nodes that are kept of a page; at some 100 bytes each this bounds the memory.
const MAX_NODES: usize = 1 << 20;

/// Elements in one another at which reading ends: what the look before parsing could not see.
const MAX_DEPTH: u32 = 1100;

/// Bytes that the parser is given at once, between looks at the number of nodes.
const CHUNK: usize = 8 << 10;

/// The number of a node.
pub(in crate::source) type Id = u32;

/// No node.
const NONE: Id = Id::MAX;

/// Attributes that are kept; `data-` and event attributes are most of a page and say nothing here.
const KEPT: &[&str] = &[
    "alt",
    "aria-hidden",
    "charset",
    "class",
    "content",
    "datetime",
    "hidden",
    "href",
    "http-equiv",
    "id",
    "itemprop",
    "itemtype",
    "lang",
    "name",
    "property",
    "pubdate",
    "rel",
    "role",
    "src",
    "start",
    "style",
    "title",
    "type",
    "value",
    "idref",
    "full-path",
    "media-type",
    "properties",
    "data-src",
    "data-component",
    "height",
    "width",
    "data-date",
];

/// One node of the tree.
#[derive(Debug)]
struct Node {
    parent: Id,
    first: Id,
    last: Id,
    next: Id,
    before: Id,
    /// How many nodes were above it when it was put in its place.
    depth: u32,
    data: Data,
}

#[derive(Debug)]
enum Data {
    /// The document, comments, what is not needed.
    None,
    Text(String),
    Element {
        name: LocalName,
        attrs: Box<[(LocalName, Box<str>)]>,
    },
}

/// A parsed page.
#[derive(Debug)]
pub(in crate::source) struct Dom {
    nodes: Vec<Node>,
    /// True where the page has more nodes, or more of them in one another, than are kept.
    pub(super) cut: bool,
}

impl Dom {
    /// Parses a page; html5ever repairs what is broken as browsers do.
    pub(super) fn parse(html: &str) -> Self {
        let sink = Sink { nodes: RefCell::new(vec![Node::new(Data::None)]), full: Cell::new(false) };
        let mut opts = ParseOpts::default();
        opts.tree_builder.scripting_enabled = false;
        let mut parser = html5ever::parse_document(sink, opts);
        let mut rest = html;
        while !rest.is_empty() && !parser.tokenizer.sink.sink.full.get() {
            let (chunk, tail) = rest.split_at(rest.floor_char_boundary(CHUNK.min(rest.len())));
            parser.process(StrTendril::from_slice(chunk));
            rest = tail;
        }
        parser.finish()
    }

    /// The document, which holds everything.
    pub(in crate::source) const ROOT: Id = 0;

    fn node(&self, id: Id) -> Option<&Node> {
        self.nodes.get(id as usize)
    }

    /// The name of an element; empty for text.
    pub(in crate::source) fn name(&self, id: Id) -> &str {
        match self.node(id).map(|n| &n.data) {
            Some(Data::Element { name, .. }) => name,
            _ => "",
        }
    }

    /// The words of a text node.
    pub(super) fn text(&self, id: Id) -> Option<&str> {
        match self.node(id).map(|n| &n.data) {
            Some(Data::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// True where `inner` is `id` or lies in it.
    pub(super) fn holds(&self, id: Id, inner: Id) -> bool {
        std::iter::successors(Some(inner), |at| self.parent(*at)).any(|at| at == id)
    }

    /// An attribute that was kept.
    pub(in crate::source) fn attr(&self, id: Id, wanted: &str) -> Option<&str> {
        match self.node(id).map(|n| &n.data) {
            Some(Data::Element { attrs, .. }) => attrs.iter().find(|(name, _)| **name == *wanted).map(|(_, value)| &**value),
            _ => None,
        }
    }

    pub(super) fn parent(&self, id: Id) -> Option<Id> {
        self.node(id).map(|n| n.parent).filter(|p| *p != NONE)
    }

    pub(super) fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        let link = |id: Id| (id != NONE).then_some(id);
        std::iter::successors(self.node(id).and_then(|n| link(n.first)), move |id| self.node(*id).and_then(|n| link(n.next)))
    }

    /// The nodes below `root`, each before its children.
    pub(super) fn walk(&self, root: Id) -> Walk<'_> {
        Walk { dom: self, root, next: Some(root) }
    }

    /// Elements below `root` with this name.
    pub(in crate::source) fn all<'d>(&'d self, root: Id, name: &'d str) -> impl Iterator<Item = Id> + 'd {
        self.walk(root).filter(move |id| self.name(*id) == name)
    }

    /// All words below a node with single spaces, at most about `limit` bytes of them.
    pub(in crate::source) fn words(&self, root: Id, limit: usize) -> String {
        let mut out = String::new();
        for id in self.walk(root) {
            if let Some(text) = self.text(id) {
                for word in text.split_whitespace() {
                    if !out.is_empty() {
                        out.push(' ');
                    }
                    out.push_str(word);
                }
            }
            if out.len() > limit {
                break;
            }
        }
        out
    }

    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }
}

/// See [`Dom::walk`].
pub(super) struct Walk<'d> {
    dom: &'d Dom,
    root: Id,
    next: Option<Id>,
}

impl Walk<'_> {
    /// The node after `id` and everything below it.
    fn after(&self, mut id: Id) -> Option<Id> {
        while id != self.root {
            let node = self.dom.node(id)?;
            if node.next != NONE {
                return Some(node.next);
            }
            id = node.parent;
        }
        None
    }

    /// Leaves out what is below `id`, which was given last.
    pub(super) fn pass_over(&mut self, id: Id) {
        self.next = self.after(id);
    }
}

impl Iterator for Walk<'_> {
    type Item = Id;

    fn next(&mut self) -> Option<Id> {
        let id = self.next?;
        let first = self.dom.node(id)?.first;
        self.next = if first == NONE { self.after(id) } else { Some(first) };
        Some(id)
    }
}

impl Node {
    fn new(data: Data) -> Self {
        Self { parent: NONE, first: NONE, last: NONE, next: NONE, before: NONE, depth: 0, data }
    }
}

/// What the parser builds the tree with.
struct Sink {
    nodes: RefCell<Vec<Node>>,
    full: Cell<bool>,
}

/// A node as the parser knows it.
#[derive(Clone)]
struct Handle {
    id: Id,
    name: QualName,
}

impl Sink {
    fn add(&self, data: Data) -> Id {
        let mut nodes = self.nodes.borrow_mut();
        if nodes.len() >= MAX_NODES {
            self.full.set(true);
        }
        nodes.push(Node::new(data));
        Id::try_from(nodes.len() - 1).unwrap_or(NONE)
    }

    fn bare(&self) -> Handle {
        Handle { id: self.add(Data::None), name: nameless() }
    }

    /// Puts `child` under `parent`, before `sibling` or at the end.
    fn insert(&self, parent: Id, sibling: Id, child: NodeOrText<Handle>) {
        let mut nodes = self.nodes.borrow_mut();
        let before = if sibling == NONE { nodes[parent as usize].last } else { nodes[sibling as usize].before };
        let id = match child {
            NodeOrText::AppendNode(handle) => handle.id,
            NodeOrText::AppendText(text) => {
                if before != NONE
                    && let Data::Text(words) = &mut nodes[before as usize].data
                {
                    words.push_str(&text);
                    return;
                }
                nodes.push(Node::new(Data::Text(text.to_string())));
                Id::try_from(nodes.len() - 1).unwrap_or(NONE)
            }
        };
        unlink(&mut nodes, id);
        let depth = nodes[parent as usize].depth + 1;
        if depth > MAX_DEPTH {
            self.full.set(true);
        }
        let node = &mut nodes[id as usize];
        (node.parent, node.before, node.next, node.depth) = (parent, before, sibling, depth);
        match before {
            NONE => nodes[parent as usize].first = id,
            n => nodes[n as usize].next = id,
        }
        match sibling {
            NONE => nodes[parent as usize].last = id,
            n => nodes[n as usize].before = id,
        }
    }
}

/// Takes a node from its parent.
fn unlink(nodes: &mut [Node], id: Id) {
    let Node { parent, next, before, .. } = nodes[id as usize];
    if parent == NONE {
        return;
    }
    match before {
        NONE => nodes[parent as usize].first = next,
        n => nodes[n as usize].next = next,
    }
    match next {
        NONE => nodes[parent as usize].last = before,
        n => nodes[n as usize].before = before,
    }
    let node = &mut nodes[id as usize];
    (node.parent, node.next, node.before) = (NONE, NONE, NONE);
}

fn nameless() -> QualName {
    QualName::new(None, ns!(), local_name!(""))
}

/// The attributes that are kept.
fn kept(attrs: Vec<Attribute>) -> Box<[(LocalName, Box<str>)]> {
    let wanted = attrs.into_iter().filter(|a| KEPT.contains(&&*a.name.local));
    wanted.map(|a| (a.name.local, Box::from(&*a.value))).collect()
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Dom;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Dom {
        Dom { cut: self.full.get(), nodes: self.nodes.into_inner() }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { id: Dom::ROOT, name: nameless() }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> Handle {
        Handle { id: self.add(Data::Element { name: name.local.clone(), attrs: kept(attrs) }), name }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.bare()
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.bare()
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.insert(parent.id, NONE, child);
    }

    fn append_based_on_parent_node(&self, element: &Handle, before: &Handle, child: NodeOrText<Handle>) {
        let has_parent = self.nodes.borrow()[element.id as usize].parent != NONE;
        if has_parent { self.append_before_sibling(element, child) } else { self.append(before, child) }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let parent = self.nodes.borrow()[sibling.id as usize].parent;
        if parent != NONE {
            self.insert(parent, sibling.id, child);
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, more: Vec<Attribute>) {
        if let Data::Element { attrs, .. } = &mut self.nodes.borrow_mut()[target.id as usize].data {
            let mut all = std::mem::take(attrs).into_vec();
            let new = kept(more).into_vec().into_iter().filter(|(name, _)| !all.iter().any(|(known, _)| known == name)).collect::<Vec<_>>();
            all.extend(new);
            *attrs = all.into();
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        unlink(&mut self.nodes.borrow_mut(), target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        loop {
            let child = self.nodes.borrow()[node.id as usize].first;
            if child == NONE {
                return;
            }
            self.insert(new_parent.id, NONE, NodeOrText::AppendNode(Handle { id: child, name: nameless() }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_pages_are_repaired() {
        let dom = Dom::parse("<table><tr><td>a<p>b<b>c<i>d</b>e</table>f");
        assert_eq!(dom.words(Dom::ROOT, 100), "a b c d e f");
        let cell = dom.all(Dom::ROOT, "td").next().unwrap();
        assert_eq!(dom.words(cell, 100), "a b c d e");
        assert_eq!(dom.words(dom.all(Dom::ROOT, "p").next().unwrap(), 100), "b c d e");
    }

    #[test]
    fn memory_is_bounded() {
        let dom = Dom::parse(&"<p>a".repeat(900_000));
        assert!(dom.cut && dom.len() < MAX_NODES + 2 * CHUNK);
    }
}
