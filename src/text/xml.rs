//! Text inside XML and HTML.

/// `text` with no markup in it, between tags as well as between double quotation marks. It is expected to be clean: control characters have no place in XML.
#[must_use]
pub fn escaped_xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_markup() {
        assert_eq!(escaped_xml("<a b=\"'\"> & é"), "&lt;a b=&quot;'&quot;&gt; &amp; é");
    }
}
