//! A linear look at a page before it is parsed: the parser takes time that grows with the square of nesting and of attributes.

use std::borrow::Cow;

/// Elements that may be open at once. Of 3,900 real pages none has more than 51.
const MAX_DEPTH: usize = 512;

/// Attributes that a tag may have.
const MAX_ATTRIBUTES: usize = 256;

/// Elements that hold no others.
const VOID: &[&str] = &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Elements that the parser closes by itself when the next one begins: a thousand of them without end tags are no nesting.
const SELF_CLOSING: &[&str] =
    &["p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "html", "body", "head"];

/// Elements whose content is text up to their end tag.
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// How characters begin that are no markup in XML.
const DATA: &str = "<![CDATA[";

/// The page with tags left out that nest deeper than [`MAX_DEPTH`] and attributes beyond [`MAX_ATTRIBUTES`]; unchanged where there are none.
///
/// Whether a script or title is text up to its end tag depends on what stands around it, which only the parser knows. So what nests is not
/// counted there (the tree has a bound of its own), but attributes are, and what would be read differently as text and as tags is made text.
pub(super) fn tame(html: &str) -> Cow<'_, str> {
    let mut page = Edited { html, out: String::new(), kept: 0 };
    let (mut at, mut depth) = (0, 0usize);
    while let Some(tag) = next_tag(html, at) {
        at = tag.end;
        let mut drop = false;
        match tag.kind {
            Kind::Start if is(RAW, tag.name) => {
                page.limit(&tag);
                let end = raw_end(html, at, tag.name);
                page.raw(at, end);
                at = end;
                continue;
            }
            // Data in a picture and a comment anywhere else: without its beginning what follows is read the same way by both.
            Kind::Data => page.replace(tag.start, tag.end, ""),
            Kind::Start if nests(tag.name) => {
                depth += 1;
                drop = depth > MAX_DEPTH;
            }
            Kind::End if nests(tag.name) && !is(RAW, tag.name) => {
                drop = depth > MAX_DEPTH;
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
        if drop { page.replace(tag.start, tag.end, "") } else { page.limit(&tag) }
    }
    page.done()
}

/// A page and what has been changed of it so far.
struct Edited<'a> {
    html: &'a str,
    out: String,
    /// Where what has not been copied begins.
    kept: usize,
}

impl<'a> Edited<'a> {
    fn replace(&mut self, from: usize, to: usize, by: &str) {
        self.out.push_str(self.html.get(self.kept..from).unwrap_or(""));
        self.out.push_str(by);
        self.kept = to;
    }

    /// Leaves out the attributes that are too many.
    fn limit(&mut self, tag: &Tag<'_>) {
        if tag.overflow < tag.end {
            self.replace(tag.overflow, tag.end - usize::from(tag.closed), "");
        }
    }

    /// The content of an element that is text, or not. From the first tag on that does not end in it, or that may be such an element too, the
    /// two readings part; so none of what follows stays a tag.
    fn raw(&mut self, from: usize, to: usize) {
        let inside = self.html.get(..to).unwrap_or("");
        let mut at = from;
        while let Some(tag) = next_tag(inside, at) {
            let parts = !tag.closed || tag.kind == Kind::Data || tag.kind == Kind::Start && is(RAW, tag.name);
            if parts {
                for (at, _) in inside.get(tag.start..).unwrap_or("").match_indices('<') {
                    self.replace(tag.start + at, tag.start + at + 1, "< ");
                }
                return;
            }
            self.limit(&tag);
            at = tag.end;
        }
    }

    fn done(mut self) -> Cow<'a, str> {
        if self.kept == 0 {
            return Cow::Borrowed(self.html);
        }
        self.out.push_str(self.html.get(self.kept..).unwrap_or(""));
        Cow::Owned(self.out)
    }
}

/// Where the end tag of the raw element `name` begins, looked for from `at`.
fn raw_end(html: &str, at: usize, name: &str) -> usize {
    let ends = |rest: &str| {
        let next = rest.as_bytes().get(name.len()).copied();
        rest.get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name))
            && next.is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'))
    };
    let found = html.get(at..).unwrap_or("").match_indices("</").find(|(n, _)| html.get(at + n + 2..).is_some_and(ends));
    found.map_or(html.len(), |(n, _)| at + n)
}

/// XML for an HTML parser, which takes `<title/>` for a beginning without an end: empty elements get their end tags.
pub(super) fn close_empty(xml: &str) -> String {
    let mut out = String::with_capacity(xml.len());
    let (mut at, mut kept) = (0, 0);
    while let Some(tag) = next_tag(xml, at) {
        at = tag.end;
        let empty = tag.kind == Kind::Start && xml.get(tag.end.saturating_sub(2)..tag.end) == Some("/>");
        if empty && !is(VOID, tag.name) {
            out.push_str(xml.get(kept..tag.end - 2).unwrap_or(""));
            out.push_str("></");
            out.push_str(tag.name.trim_end_matches('/'));
            out.push('>');
            kept = tag.end;
        }
    }
    out.push_str(xml.get(kept..).unwrap_or(""));
    out
}

fn nests(name: &str) -> bool {
    !is(VOID, name) && !is(SELF_CLOSING, name)
}

fn is(list: &[&str], name: &str) -> bool {
    list.iter().any(|n| n.eq_ignore_ascii_case(name))
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Start,
    End,
    /// Comments, declarations.
    Other,
    /// The beginning of characters in XML, which HTML has in pictures and formulas alone.
    Data,
}

struct Tag<'a> {
    kind: Kind,
    name: &'a str,
    start: usize,
    /// One past its `>`, or the end of the page.
    end: usize,
    /// False where the page ends in it.
    closed: bool,
    /// Where the first attribute too many begins; `usize::MAX` where all are few enough.
    overflow: usize,
}

/// The next tag from `at`.
fn next_tag(html: &str, at: usize) -> Option<Tag<'_>> {
    let bytes = html.as_bytes();
    let mut from = at;
    loop {
        let start = from + find(bytes.get(from..)?, b'<')?;
        let kind = match (bytes.get(start + 1)?, bytes.get(start + 2)) {
            (b'!', _) if html.get(start..).is_some_and(|rest| rest.starts_with(DATA)) => Kind::Data,
            (b'!' | b'?', _) => Kind::Other,
            (b'/', Some(c)) => {
                if c.is_ascii_alphabetic() {
                    Kind::End
                } else {
                    Kind::Other
                }
            }
            (c, _) if c.is_ascii_alphabetic() => Kind::Start,
            _ => {
                from = start + 1;
                continue;
            }
        };
        let name_at = start + 1 + usize::from(kind == Kind::End);
        let rest = html.get(name_at..)?;
        let len = rest.bytes().take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b'>' | b'/')).count();
        let name = rest.get(..len).unwrap_or("");
        let (close, overflow) = match kind {
            Kind::Data => (Some(start + DATA.len()), usize::MAX),
            Kind::Other => {
                let close = rest.strip_prefix("!--").map_or_else(|| rest.find('>').map(|n| n + 1), |c| comment_end(c).map(|n| n + 3));
                (close.map(|n| name_at + n), usize::MAX)
            }
            Kind::Start | Kind::End => tag_end(bytes, name_at + len),
        };
        // What is left open goes to the end of the page.
        return Some(Tag { kind, name, start, end: close.unwrap_or(html.len()), closed: close.is_some(), overflow });
    }
}

/// One past the end of a comment, counted from behind its `<!--`; `<!-->` is one too.
fn comment_end(inside: &str) -> Option<usize> {
    if inside.starts_with('>') {
        return Some(1);
    }
    if inside.starts_with("->") {
        return Some(2);
    }
    let ends = |at: &usize| inside.get(..*at).is_some_and(|before| before.ends_with("--") || before.ends_with("--!"));
    inside.match_indices('>').map(|(at, _)| at).find(ends).map(|at| at + 1)
}

/// Where in a tag a character stands, after its name.
enum At {
    BeforeName,
    Name,
    AfterName,
    BeforeValue,
    Value,
}

/// One past the `>` of a tag whose name ends at `at`, if it has one, and where the first attribute too many begins: as the standard reads
/// attributes (HTML, section 13.2.5), or what looks like a quotation mark here would hide tags from this look that the parser sees.
fn tag_end(bytes: &[u8], mut at: usize) -> (Option<usize>, usize) {
    let (mut count, mut overflow, mut state) = (0, usize::MAX, At::BeforeName);
    while let Some(&byte) = bytes.get(at) {
        let space = byte.is_ascii_whitespace();
        state = match (state, byte) {
            (_, b'>') => return (Some(at + 1), overflow),
            (At::BeforeValue, quote @ (b'"' | b'\'')) => {
                let Some(len) = bytes.get(at + 1..).and_then(|rest| find(rest, quote)) else { return (None, overflow) };
                at += 1 + len;
                At::BeforeName
            }
            (At::Name | At::AfterName, b'=') => At::BeforeValue,
            (At::BeforeName | At::Name | At::AfterName, b'/') => At::BeforeName,
            (At::Name, _) if space => At::AfterName,
            (At::Value, _) if space => At::BeforeName,
            (same @ (At::BeforeName | At::AfterName | At::BeforeValue), _) if space => same,
            (At::BeforeValue | At::Value, _) => At::Value,
            (At::Name, _) => At::Name,
            (At::BeforeName | At::AfterName, _) => {
                count += 1;
                if count > MAX_ATTRIBUTES {
                    overflow = overflow.min(at);
                }
                At::Name
            }
        };
        at += 1;
    }
    (None, overflow)
}

fn find(bytes: &[u8], wanted: u8) -> Option<usize> {
    bytes.iter().position(|b| *b == wanted)
}

#[cfg(test)]
mod tests {
    use super::super::dom::Dom;
    use super::*;

    #[test]
    fn real_pages_pass_unchanged() {
        for html in [
            "<p>One<p>Two<br>three",
            "<!-- <div> -->a<script>if (a<b) '<div>'</script><a href='x>y' title=\">\">b</a>",
            "< 3 and a<b <",
            "<div",
            "<!--",
            "<!--><p>a</p><!-- -- --!><p>b</p>",
        ] {
            assert!(matches!(tame(html), Cow::Borrowed(same) if same == html), "{html}");
        }
        assert!(matches!(tame(&"<p>".repeat(5000)), Cow::Borrowed(_)));
    }

    #[test]
    fn empty_elements_of_xml_are_closed() {
        assert_eq!(close_empty("<title/><br/><item id=\"a/\"/>x<p>y</p>"), "<title></title><br/><item id=\"a/\"></item>x<p>y</p>");
    }

    #[test]
    fn what_nests_too_deep_goes_and_its_words_stay() {
        let html = format!("{}word{}<p>end</p>", "<ul><li>".repeat(2000), "</li></ul>".repeat(2000));
        let tamed = tame(&html);
        assert_eq!(tamed.matches("<ul>").count(), MAX_DEPTH);
        assert_eq!(tamed.matches("</ul>").count(), MAX_DEPTH);
        assert!(tamed.contains("word") && tamed.ends_with("<p>end</p>"));
    }

    #[test]
    fn comments_end_where_browsers_end_them() {
        for comment in ["<!-->", "<!--->", "<!-- a --->", "<!-- a --!>", "<!-- -->", "<!---- -->"] {
            let html = format!("{comment}{}", "<ul>".repeat(600));
            assert_eq!(tame(&html).matches("<ul>").count(), MAX_DEPTH, "{comment}");
        }
    }

    #[test]
    fn attributes_too_many_go() {
        let many: String = (0..20_000).map(|n| format!(" a{n}='>'")).collect();
        let html = format!("<p{many}>word</p>");
        let tamed = tame(&html);
        assert!(tamed.len() < 4000 && tamed.ends_with(">word</p>") && tamed.contains("a255="), "{}", tamed.len());
    }

    #[test]
    fn no_attributes_hide_from_the_look() {
        let many: String = (0..2000).map(|n| format!(" a{n}")).collect();
        for (before, after) in [
            ("<textarea><!--</textarea>", "-->"),
            ("<textarea><x y=\"</textarea>", "\">"),
            ("<svg><title><x y=\"</title>", "\">"),
            ("<script><!-- <script> </script>", "</script>"),
            ("<svg><title><style></title><p x=\"</style>", "\">"),
            ("<svg><![CDATA[ ><p x=\"]]>", "\">"),
            ("<p =\">", "\">"),
            ("<p a=b=\">", "\">"),
            ("</!x=\">", "\">"),
            ("<title>", "</title>"),
            ("", ""),
        ] {
            let html = format!("{before}<p{many}>word{after}");
            let page = Dom::parse(&tame(&html));
            assert!(page.all(Dom::ROOT, "p").all(|p| page.attr(p, "a1999").is_none()), "{before}");
        }
        assert!(tame(&format!("<p{many}")).len() < 3000);
        assert_eq!(tame("<svg><title>a<style></title><p x=\"</style>\">"), "<svg><title>a< style></title><p x=\"</style>\">");
    }

    #[test]
    fn sound_scripts_pass_unchanged() {
        for html in ["<script>a < b; '<p>x</p>'</script><TEXTAREA><!-- x --></TextArea ><title>A</title>", "<a href=/a/b=c/'d>x</a>"] {
            assert!(matches!(tame(html), Cow::Borrowed(_)), "{html}");
        }
    }
}
