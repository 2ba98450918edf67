//! Whole pages of our own making, sound and hostile.

use crate::article::{Article, BlockKind, LinkKind};
use crate::source::{Input, read_nth};
use jiff::civil::date;

const URL: &str = "https://www.harbour-gazette.example/news/ferry.html";

fn read(html: &str) -> Article {
    let input = Input { url: Some(URL), today: Some(date(2024, 6, 1)), ..Input::new("page.html", html.as_bytes()) };
    read_nth(&input, 0)
}

fn lines(article: &Article) -> Vec<&str> {
    article.blocks.iter().map(|b| b.span.of(&article.text)).collect()
}

/// Paragraphs long enough to be told from what stands around them.
const BODY: &str = "<p>The ferry to the outer islands will sail again from Monday, the harbour office said, after three weeks in which fog, ice and a broken
    rudder had kept it in port.</p><p>Passengers who had booked for the cancelled days may use their tickets until the end of the year, an <a href='/office?a=1'>official</a>
    said, or ask for their money back at the pier.</p>";

#[test]
fn a_page_becomes_an_article() {
    let html = format!(
        "<!doctype html><html lang=en-GB><head><title>Ferry sails again - Harbour Gazette</title>
        <meta property=og:site_name content='Harbour Gazette'><meta property=og:image content=/i/ferry.jpg>
        <link rel=canonical href=/news/ferry.html>
        <script type=application/ld+json>{{\"@graph\":[{{\"@type\":\"NewsArticle\",\"headline\":\"Ferry sails again\",
        \"datePublished\":\"2024-02-05T23:30:00-05:00\",\"dateModified\":\"2024-03-01\",\"author\":{{\"name\":\"Ann Lee\"}}}}]}}</script></head><body>
        <nav><ul><li><a href=/>Home</a><li><a href=/news>News</a></ul></nav>
        <article><h1>Ferry sails again</h1><div class=byline>By Ann Lee</div>
        <div class=body>{BODY}<h2>What comes next</h2><ul><li>New rudder in <b>May</b></li><li>Dry dock in autumn</li></ul>
        <blockquote><p>We have waited long enough, said a fisherman who lives on the farthest of the islands.</p></blockquote>
        <div class='related-stories'><h3>Related</h3><p>A teaser for another article that nobody asked for, with many words in it, and commas.</p></div>
        <figure><img src=a.jpg><figcaption>The ferry in port. Photo: B. Ray</figcaption></figure>
        <table><tr><th>Day<th>Sails<tr><td>Mon<td>8:00</table>
        <p>The harbour office will decide in summer whether a second ship is needed for the route.</p></div>
        <p>Sign up for our newsletter</p></article>
        <footer>© Harbour Gazette</footer></body></html>"
    );
    let article = read(&html);
    assert_eq!(article.title, "Ferry sails again");
    assert_eq!(article.byline.as_deref(), Some("Ann Lee"));
    assert_eq!(article.site.as_deref(), Some("Harbour Gazette"));
    assert_eq!(article.url.as_deref(), Some(URL));
    assert_eq!(article.language.as_deref(), Some("en"));
    assert_eq!(article.published, Some(date(2024, 2, 5)));
    assert_eq!(article.format, "html");
    let kinds: Vec<BlockKind> = article.blocks.iter().map(|b| b.kind).collect();
    use BlockKind::{Caption, Heading, Item, Paragraph, Quotation, Row};
    assert_eq!(
        kinds,
        [Paragraph, Paragraph, Heading, Item(None), Item(None), Quotation, Caption, Row, Row, Paragraph],
        "{:?}",
        lines(&article)
    );
    assert!(lines(&article)[0].starts_with("The ferry to the outer islands") && lines(&article)[9].ends_with("the route."));
    assert_eq!(lines(&article)[8], "Mon | 8:00");
    let links: Vec<(LinkKind, &str, &str)> = article.links.iter().map(|l| (l.kind, l.url.as_str(), l.span.of(&article.text))).collect();
    let want = [
        (LinkKind::Page, "https://www.harbour-gazette.example/office?a=1", "official"),
        (LinkKind::Image, "https://www.harbour-gazette.example/i/ferry.jpg", ""),
    ];
    assert_eq!(links, want);
    assert_eq!(article.problems, Vec::<String>::new());
}

#[test]
fn captions_stay_and_what_only_says_whose_picture_it_is_goes() {
    let figure = |caption: &str| format!("<figure><img src=a.jpg>{caption}</figure>");
    let lead = figure("<figcaption>Fog over the old pier <span class=credit>B. Ray</span></figcaption>");
    let old = "<div class='wp-caption alignleft'><img src=b.jpg><p class=wp-caption-text>The rudder, in two parts</p></div>";
    let twice = figure("<figcaption>Ice in the bay</figcaption>").repeat(2);
    let teaser = format!("<div class=related>{}</div>", figure("<figcaption>Nine ways to cook an eel</figcaption>"));
    let credit = figure("<figcaption>Photo: B. Ray</figcaption>");
    let article = read(&format!(
        "<html><body><article><h1>Ferry</h1>{lead}<div class=body>{BODY}{old}{twice}{teaser}{credit}</div></article></body></html>"
    ));
    let captions = article.blocks.iter().filter(|b| b.kind == BlockKind::Caption).map(|b| b.span.of(&article.text));
    assert_eq!(captions.collect::<Vec<_>>(), ["Fog over the old pier", "The rudder, in two parts", "Ice in the bay"]);
    assert_eq!(lines(&article)[0], "Fog over the old pier");
}

#[test]
fn the_day_of_publication_from_every_rung() {
    let cases = [
        ("<meta name=date content=2024-02-05>", ""),
        ("<meta property=article:published_time content=2024-02-05T10:00Z><meta property=article:modified_time content=2024-04-05>", ""),
        ("", "<span itemprop=datePublished content=2024-02-05>yesterday</span>"),
        ("", "<div class=related><time datetime=2024-05-01>1 May</time></div><time datetime=2024-02-05>a while ago</time>"),
        ("", "<div class=article-date>5 February 2024</div>"),
        ("", "<div class=widget><span class=post-date>1/5/2024</span></div><h1>Ferry</h1><div><i></i> 5 Feb 2024</div>"),
        ("", "<div data-date='5 February 2024'></div>"),
        ("", "<p class=postmetadata>5. <a href=/2024/02>February 2024</a>, at noon</p><small class=commentmetadata>1 May 2024</small>"),
        ("", "<h1>Ferry</h1><p>By Ann Lee, February 5, 2024</p>"),
        ("<meta property=og:updated_time content=2024-02-05>", ""),
        ("<script type=application/ld+json>{\"datePublished\": \"2024-02-05\", broken</script>", ""),
    ];
    for (head, body) in cases {
        let article = read(&format!("<html lang=en><head>{head}</head><body>{body}{BODY}</body>"));
        assert_eq!(article.published, Some(date(2024, 2, 5)), "{head}{body}");
    }
}

#[test]
fn days_that_cannot_be_are_not_believed() {
    for day in ["2031-01-01", "1850-01-01", "1970-01-01T00:00:00Z", "0000-00-00", "soon"] {
        let article = read(&format!("<html><head><meta name=date content='{day}'></head><body>{BODY}</body>"));
        assert_eq!(article.published, None, "{day}");
    }
    let article = read(&format!("<html><head><meta name=date content=2031-01-01></head><body>{BODY}</body>"));
    assert_eq!(article.problems, ["it says that it was published on 2031-01-01, which is yet to come"]);
}

#[test]
fn links_that_run_are_no_links() {
    let article = read(&format!(
        "<html><body><article>{BODY}<p>Read the <a href='javascript:alert(1)'>one</a>, the <a href='data:text/html,x'>other</a> \
        and <a href='java\nscript:x'>third</a> of the papers that the office has printed about it.</p></article>"
    ));
    assert_eq!(article.links.len(), 1);
}

#[test]
fn nothing_that_a_terminal_obeys_comes_through() {
    let html = format!(
        "<html><head><title>A \u{1b}]0;evil\u{7} title\u{202e}</title><meta name=author content='Ann \u{1b}[31m Lee'></head><body>\
        <article><p>Escapes \u{1b}[2J and &#27;[31m and \u{9b}31m.</p>{BODY}</article>"
    );
    let article = read(&html);
    for text in [&article.title, &article.text, article.byline.as_ref().unwrap()] {
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
    }
}

#[test]
fn encodings() {
    let page = |meta: &str| {
        format!("<html><head>{meta}<title>Café</title></head><body><article>{BODY}<p>Der Bürgermeister fährt übers Wasser.</p></article>")
    };
    let (latin, _, _) = encoding_rs::ISO_8859_2.encode("Zażółć gęślą jaźń");
    let declared =
        [b"<html><head><meta charset='iso-8859-2'><title>".to_vec(), latin.to_vec(), b"</title></head><body><p>x".to_vec()].concat();
    assert_eq!(read_nth(&Input::new("p", &declared), 0).title, "Zażółć gęślą jaźń");
    // Valid UTF-8 wins over what a page declares wrongly.
    assert_eq!(read(&page("<meta charset=iso-8859-1>")).title, "Café");
}

#[test]
fn hostile_pages_are_survived() {
    let deep = "<ul><li>".repeat(60_000);
    let fonts = format!("{}{}", "<b><i><font size=1>".repeat(2000), "<p>a".repeat(20_000));
    let attributes: String = (0..20_000).map(|n| format!(" a{n}=1")).collect();
    let pages = [
        String::new(),
        "<".repeat(2 << 20),
        format!("<html>{deep}word"),
        format!("<html><body>{fonts}"),
        format!("<html><p{attributes}>{BODY}"),
        format!("<html>{}", "<a href=x>".repeat(100_000)),
        format!("<html>{}", "<table><tr><td>".repeat(20_000)),
        format!("<html>{}", "<!--".repeat(100_000)),
        format!("<html>{}", "&amp".repeat(200_000)),
        format!("<html>{}", "<select><option>".repeat(50_000)),
        format!("<html>{}", "<svg><math>".repeat(50_000)),
        format!("<html><script type=application/ld+json>{}", "[{\"@graph\":".repeat(50_000)),
        format!("<html><svg><title>{}", "<div>".repeat(60_000)),
        format!("<html><svg><title><p{attributes}>"),
        format!("<html><select><xmp>{}", "<b>".repeat(60_000)),
        "<html><body><p>\u{0}\u{fffe}</p>".to_owned(),
    ];
    for page in &pages {
        let article = read(page);
        assert!(article.blocks.iter().all(|b| !b.span.of(&article.text).is_empty()));
    }
}

#[test]
fn a_page_that_is_too_large_is_cut_and_says_so() {
    let page = format!("<html><body><article>{}</article>", BODY.repeat(100));
    let most = page.len() / 2;
    let article = super::page(&Input::new("a.html", page.as_bytes()), most);
    assert_eq!(article.problems, ["the page is too large; only its beginning was read"]);
    assert!(article.text.len() > most / 2);
}
