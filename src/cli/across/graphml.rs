//! Who occurs with whom as GraphML, for programs that draw and measure graphs.

use crate::article::Kind;
use crate::store::{Companion, Page};
use crate::text::{clean_line, escaped_xml};
use std::fmt::Write;

/// Who and what occurs together.
#[derive(Debug, Default)]
pub(super) struct Graph {
    /// Number, name and kind.
    pub(super) nodes: Vec<(i64, String, Kind)>,
    /// Two numbers, how close the two are, and in how many articles both are named.
    pub(super) edges: Vec<(i64, i64, f32, usize)>,
}

/// An entity and its company: an edge to each companion with how close the two are.
pub(super) fn of_page(page: &Page) -> Graph {
    let own = (page.key.0, page.name.clone(), page.kind.unwrap_or(Kind::Other));
    let edge = |c: &Companion| (page.key.0, c.key.0, c.weight, c.articles);
    Graph {
        nodes: std::iter::once(own).chain(page.company.iter().map(|c| (c.key.0, c.name.clone(), c.kind))).collect(),
        edges: page.company.iter().map(edge).collect(),
    }
}

/// The graph as GraphML.
pub(super) fn write(graph: &Graph) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n\
         <key id=\"name\" for=\"node\" attr.name=\"name\" attr.type=\"string\"/>\n\
         <key id=\"kind\" for=\"node\" attr.name=\"kind\" attr.type=\"string\"/>\n\
         <key id=\"weight\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>\n\
         <key id=\"articles\" for=\"edge\" attr.name=\"articles\" attr.type=\"int\"/>\n<graph edgedefault=\"undirected\">\n",
    );
    for (id, name, kind) in &graph.nodes {
        let _ = writeln!(
            out,
            "<node id=\"e{id}\"><data key=\"name\">{}</data><data key=\"kind\">{}</data></node>",
            escaped_xml(&clean_line(name)),
            kind.name()
        );
    }
    for (a, b, weight, articles) in &graph.edges {
        let _ = writeln!(
            out,
            "<edge source=\"e{a}\" target=\"e{b}\"><data key=\"weight\">{weight:.3}</data><data key=\"articles\">{articles}</data></edge>"
        );
    }
    out.push_str("</graph>\n</graphml>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::EntityKey;
    use quick_xml::events::Event;

    #[test]
    fn a_graph_is_read_back() {
        let companion = Companion {
            key: EntityKey(2),
            kind: Kind::Organization,
            name: "A & <B>\u{7}".to_owned(),
            place: None,
            at: None,
            weight: 1.5,
            articles: 3,
        };
        let page = Page { key: EntityKey(1), name: "Ada".to_owned(), company: vec![companion], ..Page::default() };
        let written = write(&of_page(&page));
        let mut reader = quick_xml::Reader::from_str(&written);
        let (mut nodes, mut edges, mut words) = (0, 0, String::new());
        loop {
            match reader.read_event().unwrap() {
                Event::Start(e) => match e.name().as_ref() {
                    "node" => nodes += 1,
                    "edge" => edges += 1,
                    _ => {}
                },
                Event::Text(text) => words.push_str(&text),
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!((nodes, edges), (2, 1));
        assert!(written.contains("A &amp; &lt;B&gt;") && words.contains("1.500"), "{words}");
    }
}
