//! An entity and its company as GraphML, for programs that draw and measure graphs.

use crate::article::Kind;
use crate::store::Page;
use crate::text::clean_line;
use std::fmt::Write;

/// The graph: a node for each, an edge to each companion with how close the two are.
pub(super) fn write(page: &Page) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n\
         <key id=\"name\" for=\"node\" attr.name=\"name\" attr.type=\"string\"/>\n\
         <key id=\"kind\" for=\"node\" attr.name=\"kind\" attr.type=\"string\"/>\n\
         <key id=\"weight\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>\n\
         <key id=\"articles\" for=\"edge\" attr.name=\"articles\" attr.type=\"int\"/>\n<graph edgedefault=\"undirected\">\n",
    );
    let mut node = |id: i64, name: &str, kind: &str| {
        let _ = writeln!(out, "<node id=\"e{id}\"><data key=\"name\">{}</data><data key=\"kind\">{kind}</data></node>", escaped(name));
    };
    node(page.key.0, &page.name, page.kind.map_or("other", Kind::name));
    page.company.iter().for_each(|c| node(c.key.0, &c.name, c.kind.name()));
    for c in &page.company {
        let _ = writeln!(
            out,
            "<edge source=\"e{}\" target=\"e{}\"><data key=\"weight\">{:.3}</data><data key=\"articles\">{}</data></edge>",
            page.key.0, c.key.0, c.weight, c.articles
        );
    }
    out.push_str("</graph>\n</graphml>\n");
    out
}

/// Text in which nothing is markup.
fn escaped(text: &str) -> String {
    clean_line(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Companion, EntityKey};
    use quick_xml::events::Event;

    #[test]
    fn a_graph_is_read_back() {
        let companion = Companion {
            key: EntityKey(2),
            kind: Kind::Organization,
            name: "A & <B>\u{7}".to_owned(),
            place: None,
            weight: 1.5,
            articles: 3,
        };
        let page = Page { key: EntityKey(1), name: "Ada".to_owned(), company: vec![companion], ..Page::default() };
        let written = write(&page);
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
