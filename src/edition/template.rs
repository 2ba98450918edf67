//! Texts with places in braces that are filled in: addresses, arguments, what is copied.

use std::fmt::Write;

/// Names of places with what they stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values(Vec<(&'static str, String)>);

impl Values {
    /// The values of these names.
    #[must_use]
    pub fn new(values: Vec<(&'static str, String)>) -> Self {
        Self(values)
    }

    /// `template` with its places filled in. What is filled in is not looked through again.
    #[must_use]
    pub fn fill(&self, template: &str) -> String {
        self.fill_with(template, str::to_owned)
    }

    /// An address with its places filled in: of what is put in, only what can command nothing in an address stays as it is. An address that is
    /// nothing but `{url}` is the article's own.
    #[must_use]
    pub fn address(&self, template: &str) -> String {
        if template == "{url}" { self.fill(template) } else { self.fill_with(template, encoded) }
    }

    fn fill_with(&self, template: &str, put: impl Fn(&str) -> String) -> String {
        let mut out = String::with_capacity(template.len());
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let value = after.split_once('}').and_then(|(name, more)| {
                let (_, value) = self.0.iter().find(|(known, _)| *known == name)?;
                Some((value, more))
            });
            match value {
                Some((value, more)) => {
                    out.push_str(&put(value));
                    rest = more;
                }
                None => {
                    out.push('{');
                    rest = after;
                }
            }
        }
        out.push_str(rest);
        out
    }
}

/// `text` as a part of an address (RFC 3986, 2.1): everything but letters, digits and `-._` in ASCII is escaped.
#[must_use]
pub fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => out.push(char::from(byte)),
            _ => drop(write!(out, "%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_go_where_their_names_stand() {
        let values = Values::new(vec![("name", "São & {url}".into()), ("url", "https://example.org/a?b=c".into())]);
        assert_eq!(values.fill("{name} at {url}, {else} {"), "São & {url} at https://example.org/a?b=c, {else} {");
        assert_eq!(values.address("https://w.example/{name}"), "https://w.example/S%C3%A3o%20%26%20%7Burl%7D");
        assert_eq!(values.address("{url}"), "https://example.org/a?b=c");
    }
}
