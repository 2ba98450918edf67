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

/// The page with tags left out that nest deeper than [`MAX_DEPTH`] and attributes beyond [`MAX_ATTRIBUTES`]; unchanged where there are none.
///
/// Whether a script or title is text up to its end tag depends on what stands around it, which only the parser knows. So what nests is not
/// counted there (the tree has a bound of its own), but attributes are.
pub(super) fn tame(html: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let (mut at, mut kept, mut depth) = (0, 0, 0usize);
    let mut raw = None;
    while let Some(tag) = next_tag(html, at) {
        at = tag.end;
        let mut drop = None;
        match (tag.kind, raw) {
            (Kind::End, Some(name)) if tag.name.eq_ignore_ascii_case(name) => raw = None,
            (_, Some(_)) | (Kind::Other, _) => {}
            (Kind::Start, None) if nests(tag.name) => {
                depth += 1;
                drop = (depth > MAX_DEPTH).then_some((tag.start, tag.end));
                raw = Some(tag.name).filter(|name| is(RAW, name));
                depth -= usize::from(raw.is_some());
            }
            (Kind::End, None) if nests(tag.name) && !is(RAW, tag.name) => {
                drop = (depth > MAX_DEPTH).then_some((tag.start, tag.end));
                depth = depth.saturating_sub(1);
            }
            (Kind::Start | Kind::End, None) => {}
        }
        if drop.is_none() && tag.overflow < tag.end {
            drop = Some((tag.overflow, tag.end - 1));
        }
        if let Some((from, to)) = drop {
            out.push_str(html.get(kept..from).unwrap_or(""));
            kept = to;
        }
    }
    if kept == 0 {
        return Cow::Borrowed(html);
    }
    out.push_str(html.get(kept..).unwrap_or(""));
    Cow::Owned(out)
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
}

struct Tag<'a> {
    kind: Kind,
    name: &'a str,
    start: usize,
    /// One past its `>`.
    end: usize,
    /// Where the first attribute too many begins; `usize::MAX` where all are few enough.
    overflow: usize,
}

/// The next tag from `at`.
fn next_tag(html: &str, at: usize) -> Option<Tag<'_>> {
    let bytes = html.as_bytes();
    let mut from = at;
    loop {
        let start = from + find(bytes.get(from..)?, b'<')?;
        let kind = match bytes.get(start + 1)? {
            b'!' | b'?' => Kind::Other,
            b'/' => Kind::End,
            c if c.is_ascii_alphabetic() => Kind::Start,
            _ => {
                from = start + 1;
                continue;
            }
        };
        let name_at = start + 1 + usize::from(kind == Kind::End);
        let rest = html.get(name_at..)?;
        let len = rest.bytes().take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b'>' | b'/')).count();
        let name = rest.get(..len).unwrap_or("");
        if kind == Kind::Other {
            // An unclosed comment goes to the end of the page.
            let close = rest.strip_prefix("!--").map_or_else(|| rest.find('>').map(|n| n + 1), |inside| comment_end(inside).map(|n| n + 3));
            return Some(Tag { kind, name, start, end: name_at + close?, overflow: usize::MAX });
        }
        let (end, overflow) = tag_end(bytes, name_at + len)?;
        return Some(Tag { kind, name, start, end, overflow });
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

/// One past the `>` of a tag whose name ends at `at`, and where the first attribute too many begins.
fn tag_end(bytes: &[u8], mut at: usize) -> Option<(usize, usize)> {
    let (mut count, mut overflow, mut in_name, mut after_equals) = (0, usize::MAX, false, false);
    loop {
        match *bytes.get(at)? {
            b'>' => return Some((at + 1, overflow)),
            quote @ (b'"' | b'\'') if after_equals => {
                at += 1 + find(bytes.get(at + 1..)?, quote)?;
                (in_name, after_equals) = (false, false);
            }
            b'=' => after_equals = true,
            b if b.is_ascii_whitespace() || b == b'/' => in_name = false,
            _ => {
                if !in_name && !after_equals {
                    count += 1;
                    if count > MAX_ATTRIBUTES {
                        overflow = overflow.min(at);
                    }
                }
                (in_name, after_equals) = (true, false);
            }
        }
        at += 1;
    }
}

fn find(bytes: &[u8], wanted: u8) -> Option<usize> {
    bytes.iter().position(|b| *b == wanted)
}

#[cfg(test)]
mod tests {
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
}
