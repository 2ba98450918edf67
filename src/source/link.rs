//! Addresses on the web: what a link means where it stands (RFC 3986, section 5), and which ones are followed.

use crate::article::{LinkKind, PicturePlace};

/// Pictures of an article that are kept.
pub(super) const MAX_PICTURES: usize = 300;

/// Links of an article that are kept.
pub(super) const MAX_LINKS: usize = 2000;

/// Bytes of an address; servers refuse far shorter ones. A base counts again for each link of its page.
const MAX_ADDRESS: usize = 8 << 10;

/// Bytes of an address for mail (RFC 5321, section 4.5.3.1).
const MAX_MAIL: usize = 320;

/// The host of an absolute address, in small letters, without user and port; empty where there is none.
#[must_use]
pub fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or("");
    let authority = authority.rsplit('@').next().unwrap_or("");
    let host = match authority.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or(""),
        None => authority.split(':').next().unwrap_or(""),
    };
    host.to_ascii_lowercase()
}

/// The absolute address that `link` means on a page at `base`; `None` for everything that is not `http` or `https` (`javascript:`, `data:`, `file:` and
/// whatever else programs would run), for what means nothing without a base, and for what is too long to be meant.
#[must_use]
pub fn resolve(base: Option<&str>, link: &str) -> Option<String> {
    if link.len() > MAX_ADDRESS || base.is_some_and(|b| b.len() > MAX_ADDRESS) {
        return None;
    }
    // As browsers do: tabs and line breaks inside an address are nothing.
    let link: String = link.trim().chars().filter(|c| !c.is_control()).collect();
    let link = crate::text::clean_line(&link);
    if let Some(scheme) = scheme(&link) {
        let rest = link.get(scheme.len() + 1..)?;
        // In small letters, as everybody expects them who asks what an address begins with.
        let scheme = scheme.to_ascii_lowercase();
        let web = matches!(scheme.as_str(), "http" | "https");
        let host = rest.strip_prefix("//")?;
        return (web && host.starts_with(|c: char| c.is_alphanumeric() || c == '[')).then(|| format!("{scheme}:{rest}"));
    }
    let base = base.filter(|b| scheme(b).is_some());
    if let Some(rest) = link.strip_prefix("//") {
        let scheme = base.and_then(scheme).unwrap_or("https");
        return resolve(None, &format!("{scheme}://{rest}"));
    }
    let base = resolve(None, base?)?;
    let (site, path, query) = parts(&base)?;
    if link.is_empty() || link.starts_with('#') {
        return Some(format!("{site}{path}{query}{link}"));
    }
    if link.starts_with('?') {
        return Some(format!("{site}{path}{link}"));
    }
    let (target, tail) = link.split_at(link.find(['?', '#']).unwrap_or(link.len()));
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let whole = if target.starts_with('/') { target.to_owned() } else { format!("{folder}/{target}") };
    Some(format!("{site}{}{tail}", without_dots(&whole)))
}

/// What words in a text lead to: a page, or the address that a mail goes to.
pub(super) fn target(base: Option<&str>, href: &str) -> Option<String> {
    let href = href.trim();
    match scheme(href) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto") => mail(href.get(scheme.len() + 1..)?),
        _ => resolve(base, href),
    }
}

/// What an address that [`target`] gave leads to.
pub(super) fn kind(url: &str) -> LinkKind {
    if url.starts_with("mailto:") { LinkKind::Mail } else { LinkKind::Page }
}

/// The link to somebody's mail. What else it would put into the mail is left out: some mail programs attach the files that a link names.
fn mail(to: &str) -> Option<String> {
    let to: String = to.split('?').next()?.chars().filter(|c| !c.is_control()).collect();
    let to = crate::text::clean_line(&unquoted(&to));
    let (who, host) = to.rsplit_once('@')?;
    let strange = |c: char| c.is_whitespace() || matches!(c, '?' | '&' | '#' | '%' | '"' | '<' | '>' | '\\');
    (!who.is_empty() && !host.is_empty() && to.len() <= MAX_MAIL && !to.contains(strange)).then(|| format!("mailto:{to}"))
}

/// Where the picture is that a page at `base` names as `src`. Without a base it may lie beside the file; `None` for what is written in the page itself
/// (`data:`), and for what leads out of the file's folder.
pub(super) fn picture(base: Option<&str>, src: &str) -> Option<PicturePlace> {
    if let Some(url) = resolve(base, src) {
        return Some(PicturePlace::Web(url));
    }
    let path = unquoted(src.trim().split(['?', '#']).next()?);
    let strange = |c: char| crate::text::is_harmful(c) || matches!(c, '\\' | ':');
    if base.is_some() || path.is_empty() || path.len() > MAX_ADDRESS || path.starts_with('/') || path.contains(strange) {
        return None;
    }
    let names: Vec<&str> = path.split('/').filter(|name| !matches!(*name, "" | ".")).collect();
    (!names.contains(&"..")).then(|| PicturePlace::Beside(names.join("/")))
}

/// An address with its `%20` and the like resolved.
pub(super) fn unquoted(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok()).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match code.filter(|_| first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or(&[]);
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// The scheme of an address, without its colon.
fn scheme(link: &str) -> Option<&str> {
    let (scheme, _) = link.split_once(':')?;
    let valid = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    valid.then_some(scheme)
}

/// Scheme and host, path, and query of an absolute address; the fragment is left out.
fn parts(url: &str) -> Option<(&str, &str, &str)> {
    let url = url.split('#').next()?;
    let host = url.find("://")? + 3;
    let path = url.get(host..)?.find(['/', '?']).map_or(url.len(), |at| host + at);
    let query = url.find('?').unwrap_or(url.len());
    Some((url.get(..path)?, url.get(path..query)?, url.get(query..)?))
}

/// A path without its `.` and `..`.
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        match segment {
            "." | ".." => {
                if segment == ".." {
                    kept.pop();
                }
                if last {
                    kept.push("");
                }
            }
            _ => kept.push(segment),
        }
    }
    format!("/{}", kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{MAX_ADDRESS, host, kind, picture, resolve, target};
    use crate::article::LinkKind;
    use crate::article::PicturePlace::{Beside, Web};

    #[test]
    fn hosts_of_all_kinds_of_addresses() {
        assert_eq!(host("https://Ann:x@www.A.example:8080/a?b#c"), "www.a.example");
        assert_eq!(host("http://[2001:DB8::1]:8080/"), "2001:db8::1");
        assert_eq!(host("http://a.example\\@b.example/"), "a.example");
        assert_eq!(host("a.example/x"), "");
    }

    #[test]
    fn what_is_too_long_is_no_address() {
        let long = format!("http://a.example/{}", "x".repeat(MAX_ADDRESS));
        assert_eq!((resolve(None, &long), resolve(Some(&long), "b")), (None, None));
    }

    #[test]
    fn relative_links_as_in_the_standard() {
        let base = Some("http://a.example/b/c/d.html?q#f");
        let cases = [
            ("g", "http://a.example/b/c/g"),
            ("./g/", "http://a.example/b/c/g/"),
            ("/g", "http://a.example/g"),
            ("//g.example/x", "http://g.example/x"),
            ("?y", "http://a.example/b/c/d.html?y"),
            ("g?y#s", "http://a.example/b/c/g?y#s"),
            ("#s", "http://a.example/b/c/d.html?q#s"),
            ("", "http://a.example/b/c/d.html?q"),
            ("..", "http://a.example/b/"),
            ("../../../g", "http://a.example/g"),
            ("../g/.", "http://a.example/b/g/"),
            (" https://x.example/\n a ", "https://x.example/ a"),
            ("http://a:b@x.example:8/", "http://a:b@x.example:8/"),
            ("HTTPS://X.example/Y", "https://X.example/Y"),
        ];
        for (link, want) in cases {
            assert_eq!(resolve(base, link).as_deref(), Some(want), "{link}");
        }
        assert_eq!(resolve(Some("https://a.example"), "g").as_deref(), Some("https://a.example/g"));
        assert_eq!(resolve(None, "//g.example/x").as_deref(), Some("https://g.example/x"));
    }

    #[test]
    fn pictures_lie_on_the_web_or_beside_the_file() {
        let web = |url: &str| Some(Web(url.to_owned()));
        let beside = |path: &str| Some(Beside(path.to_owned()));
        assert_eq!(picture(Some("https://a.example/b/c.html"), "../p.png"), web("https://a.example/p.png"));
        assert_eq!(picture(None, "https://a.example/p.png"), web("https://a.example/p.png"));
        assert_eq!(picture(None, "page_files/a%20b.jpg?x=1"), beside("page_files/a b.jpg"));
        assert_eq!(picture(None, "./p.png"), beside("p.png"));
        for src in
            ["file:///etc/passwd", "/etc/passwd", "..", "a/../../b", "%2e%2e/secret", "%2Fetc", "C:\\a.png", "data:image/png;base64,AA", ""]
        {
            assert_eq!(picture(None, src), None, "{src}");
        }
        assert_eq!(picture(Some("https://a.example/"), "file:///etc/passwd"), None);
    }

    #[test]
    fn a_mail_goes_to_an_address_and_takes_nothing_along() {
        let mail = |href: &str| target(Some("https://a.example/"), href).filter(|url| kind(url) == LinkKind::Mail);
        for href in ["mailto:ann@a.example", " MailTo:ann%40a.example?subject=x&attach=/etc/passwd", "mailto:ann@a.exam\nple"] {
            assert_eq!(mail(href).as_deref(), Some("mailto:ann@a.example"), "{href:?}");
        }
        for href in
            ["mailto:", "mailto:ann", "mailto:@a.example", "mailto:a b@a.example", "mailto:a%3Fattach=x@a.example", "mail:a@b.example"]
        {
            assert_eq!(mail(href), None, "{href:?}");
        }
        assert_eq!(target(Some("https://a.example/"), "b"), Some("https://a.example/b".to_owned()));
        assert_eq!(kind("https://a.example/b"), LinkKind::Page);
    }

    #[test]
    fn only_the_web() {
        for link in [
            "javascript:alert(1)",
            "java\nscript:x",
            " data:text/html,x",
            "file:///etc/passwd",
            "mailto:a@example.org",
            "http:",
            "https://",
            "x:y",
        ] {
            assert_eq!(resolve(Some("http://a.example/"), link), None, "{link}");
        }
        assert_eq!(resolve(None, "relative"), None);
        assert_eq!(resolve(Some("file:///home"), "relative"), None);
    }
}
