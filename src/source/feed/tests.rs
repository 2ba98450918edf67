//! Feeds as they should be and as they are.

use super::super::{Input, each, read, recognise};
use crate::article::{Article, LinkKind};
use jiff::civil::date;
use std::ops::ControlFlow;

fn items(feed: &str) -> Vec<Article> {
    read(&Input::new("feed", feed.as_bytes())).0
}

fn titles(feed: &str) -> Vec<String> {
    items(feed).into_iter().map(|a| a.title).collect()
}

fn rss(items: &str) -> String {
    format!(
        "<?xml version='1.0'?><rss version='2.0'><channel><title>The Post</title><link>https://post.example/</link><language>en-US</language>{items}</channel></rss>"
    )
}

#[test]
fn an_item_says_who_when_and_where_to() {
    let feed = rss("<item xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:dc='http://purl.org/dc/elements/1.1/'>\
        <title>Council &amp;amp; mayor &lt;b&gt;agree&lt;/b&gt;</title><link>/story/1</link><dc:creator>Ann Lee</dc:creator>\
        <pubDate>Sun, 20 Jan 2019 23:30:00 -0500</pubDate><description>Short.</description>\
        <content:encoded><![CDATA[<p>LONDON — The council <a href='../vote'>voted</a>.</p><p>More.</p>]]></content:encoded>\
        <enclosure url='https://post.example/a.mp3' type='audio/mpeg'/></item>");
    let all = items(&feed);
    let item = all.first().unwrap();
    assert_eq!(item.title, "Council & mayor agree");
    assert_eq!(item.url.as_deref(), Some("https://post.example/story/1"));
    assert_eq!((item.byline.as_deref(), item.site.as_deref(), item.language.as_deref()), (Some("Ann Lee"), Some("The Post"), Some("en")));
    // The day is the one on the writer's calendar.
    assert_eq!(item.published, Some(date(2019, 1, 20)));
    assert_eq!(item.text, "LONDON — The council voted.\nMore.");
    assert_eq!(item.dateline.as_ref().unwrap().place.of(&item.text), "LONDON");
    let links: Vec<(LinkKind, &str)> = item.links.iter().map(|l| (l.kind, l.url.as_str())).collect();
    assert_eq!(links, [(LinkKind::Page, "https://post.example/vote"), (LinkKind::Enclosure, "https://post.example/a.mp3")]);
    assert_eq!((item.source.as_str(), item.format), ("feed#1", "feed"));
}

#[test]
fn all_the_old_forms() {
    let rdf = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://my.netscape.com/rdf/simple/0.9/'>\
        <channel><title>C</title></channel><image><title>no</title></image><item><title>A</title></item><item><title>B</title></item></rdf:RDF>";
    assert_eq!(titles(rdf), ["A", "B"]);
    let atom03 = "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry><title mode='escaped' type='text/html'>A &lt;i&gt;b&lt;/i&gt;</title>\
        <issued>2004-01-01T19:48:21Z</issued><link rel='alternate' href='http://a.example/1'/><content type='application/xhtml+xml'>\
        <div xmlns='http://www.w3.org/1999/xhtml'><p>One</p><p>Two</p></div></content></entry></feed>";
    let entry = items(atom03).remove(0);
    assert_eq!((entry.title.as_str(), entry.text.as_str(), entry.published), ("A b", "One\nTwo", Some(date(2004, 1, 1))));
    assert_eq!(titles("<rss version='3.7 beta'><channel><item><title>Odd</title></item></channel></rss>"), ["Odd"]);
    let json = "\u{feff}{\"version\": \"https://jsonfeed.org/version/1\", \"title\": \"T\", \"items\": [{\"id\": 7, \"url\": \"https://a.example/7\", \
        \"content_html\": \"<p>Seven</p>\", \"date_published\": \"2019-01-21T05:00:00Z\", \"author\": {\"name\": \"Ann\"}}, {\"id\": \"x\", \"title\": \"cut";
    let (articles, problems) = read(&Input::new("f.json", json.as_bytes()));
    assert_eq!((articles.len(), problems.len()), (1, 1));
    assert_eq!(
        (articles[0].text.as_str(), articles[0].byline.as_deref(), articles[0].published),
        ("Seven", Some("Ann"), Some(date(2019, 1, 21)))
    );
}

#[test]
fn damage_loses_only_what_is_damaged() {
    assert_eq!(titles(&rss("<item><title>A & B</title><item><title>C").replace("</channel></rss>", "")), ["A & B", "C"]);
    assert_eq!(
        titles(&rss("<item><title>A</title><description><p>x<br>y</description></item><item><title>B &nbsp; C</title></item>")),
        ["A", "B C"]
    );
    let utf16: Vec<u8> = rss("<item><title>Wide</title></item>").encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(read(&Input::new("x", &utf16)).0[0].title, "Wide");
    let mut latin = b"<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><rss><item><title>Caf\xe9</title></item></rss>".to_vec();
    latin.extend_from_slice(b"<!-- end -->");
    assert_eq!(read(&Input::new("x", &latin)).0[0].title, "Café");
    // Duplicate and missing ids are two items and one without an address.
    assert_eq!(items(&rss("<item><guid>1</guid><title>A</title></item><item><guid>1</guid><title>A</title></item><item/>")).len(), 3);
}

#[test]
fn hostile_words_stay_words() {
    let feed = rss("<item><title>\u{1b}]0;owned\u{7}&#27;[31m red \u{202e}x</title><link>javascript:alert(1)</link><description>&lt;a \
        href=\"data:text/html,x\"&gt;a&lt;/a&gt;&lt;script&gt;evil()&lt;/script&gt;</description></item>");
    let item = items(&feed).remove(0);
    assert!(!item.title.contains(['\u{1b}', '\u{7}', '\u{202e}']));
    assert_eq!((item.url, item.links.len(), item.text.as_str()), (None, 0, "a"));
    let laughs = "<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]><rss><channel><item><title>&b;</title></item></channel></rss>";
    assert_eq!(titles(laughs), ["&b;"]);
    let deep = rss(&format!("<item><title>{}x</title></item>", "<b>".repeat(100_000)));
    assert!(titles(&deep)[0].starts_with('x'));
    let json = format!("{{\"version\": \"https://jsonfeed.org/version/1\", \"items\": {}", "[".repeat(100_000));
    assert_eq!(read(&Input::new("x", json.as_bytes())).1.len(), 1);
}

#[test]
fn what_is_said_again_and_again_costs_nothing() {
    let authors: String = (0..50_000).map(|n| format!("<author>Ann {n}</author>")).collect();
    let byline = items(&rss(&format!("<item><title>A</title>{authors}</item>"))).remove(0).byline;
    assert_eq!(byline.as_deref(), Some("Ann 0, Ann 1, Ann 2, Ann 3, Ann 4, Ann 5, Ann 6, Ann 7"));
    let (open, closed) = ("<x xml:base='http://b.example/'>".repeat(20_000), "</x>".repeat(20_000));
    let item = items(&rss(&format!("<item><title>A</title>{open}<link>in</link>{closed}</item>"))).remove(0);
    assert_eq!(item.url.as_deref(), Some("http://b.example/in"));
    // A base counts only where it is said.
    let item = items(&rss(&format!("<item><title>A</title>{open}{closed}<link>out</link></item>"))).remove(0);
    assert_eq!(item.url.as_deref(), Some("https://post.example/out"));
    let name = format!("<author><{}>{}", "x".repeat(200_000), "&amp;".repeat(100_000));
    assert_eq!(titles(&rss(&format!("<item><title>A</title>{name}</author></item>"))), ["A"]);
}

#[test]
fn dates_that_cannot_be_are_no_dates() {
    let dated = |date: &str| items(&rss(&format!("<item><title>x</title><pubDate>{date}</pubDate></item>"))).remove(0);
    let odd = dated("the day before");
    assert_eq!((odd.published, odd.problems.len()), (None, 1));
    assert_eq!(dated("Mon, 21 Jan 1850 00:00:00 GMT").published, Some(date(1850, 1, 21)));
    assert_eq!(dated("0000-00-00T00:00:00Z").published, None);
}

#[test]
fn a_page_is_no_feed_and_a_feed_no_page() {
    let name = |bytes: &[u8]| recognise(&Input::new("x", bytes)).map(super::super::Format::name);
    assert_ne!(name(b"<!DOCTYPE html><html><head><title>rss</title></head><body>feed</body></html>"), Some("feed"));
    assert_eq!(name(b"\n<!-- hello --><?xml-stylesheet href='x'?><rss version='2.0'><channel>"), Some("feed"));
    assert_eq!(name(b"Warning: the <rss> element of 1999"), Some("text"));
}

#[test]
fn a_reader_who_has_enough_is_not_given_more() {
    let feed = rss(&"<item><title>x</title></item>".repeat(10_000));
    let mut seen = 0;
    let problems = each(&Input::new("x", feed.as_bytes()), &mut |_| {
        seen += 1;
        if seen == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!((seen, problems.len()), (3, 0));
}
